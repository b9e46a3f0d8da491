//! Test pictures where no daemon runs: the outputs are opened here, and left dark.

use std::{
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    thread,
    time::{Duration, Instant},
};

use tokio::runtime;

use super::{
    show,
    test::{Leaving, Wanted},
};
use crate::{
    cli::{
        arguments::PanelTest as Options,
        exit::{Exit, Failure},
        load,
        terminal::Terminal,
        time,
    },
    daemon::{Exchange, News, Output, source_here},
    diagnostic::Bilingual,
    frame::Frame,
    link::UdpLink,
    panel::Pattern,
    site::Screen,
    units::{Level, Moment},
    wall::PanelTest,
};

/// From one picture to the next.
const PERIOD: Duration = Duration::from_millis(40);

/// The last picture, all dark, is sent for so long.
const DARK: Duration = Duration::from_millis(400);

/// Sends the test pictures until their time is over, or Ctrl-C.
pub(super) fn run(options: &Options, wanted: &Wanted, terminal: &Terminal) -> Result<Exit, Failure> {
    let wall = load::wall(&wanted.site, terminal)?;
    let screen = &wall.site().screens[load::screen(&wall, options.screen.as_deref())?];
    let only = match options.output {
        Some(number) => {
            let number = usize::try_from(number).unwrap_or(usize::MAX);
            show::output(screen, number)?;
            Some(number - 1)
        }
        None => {
            show::output(screen, 1)?;
            None
        }
    };
    let since = time::now();
    let test = PanelTest {
        since,
        until: since.saturating_add(wanted.length).unwrap_or(since),
        by: "panel test".into(),
        output: only,
        patterns: Pattern::or_all(&wanted.patterns).into(),
        level: options.level.and_then(Level::new),
    };
    terminal.say(&Bilingual::new(
        format!("程序没有运行，由本命令直接输出测试画面到屏幕 {}；按 Ctrl-C 结束，结束后熄屏", screen.id),
        format!(
            "no daemon is running: this command sends the test pictures to screen {} itself; Ctrl-C ends them, and the screen goes dark",
            screen.id
        ),
    ));
    Sending::new(screen, &test).send(screen, &test, wanted.length, terminal)
}

/// The outputs that show the pictures.
struct Sending {
    begun: Instant,
    outputs: Vec<Output<UdpLink>>,
    frame: Frame,
    level: Level,
}

impl Sending {
    fn new(screen: &Screen, test: &PanelTest) -> Self {
        let begun = Instant::now();
        let exchange = Arc::<Exchange>::default();
        let outputs = screen.outputs.iter().enumerate();
        let outputs = outputs
            .filter(|(number, _)| test.includes(*number))
            .map(|(number, output)| {
                Output::open(output, &source_here(screen, number), Moment::ZERO).at(&exchange, output)
            });
        Self {
            outputs: outputs.collect(),
            begun,
            frame: Frame::new(screen.size),
            level: test.level.unwrap_or(Level::FULL),
        }
    }

    fn send(
        mut self,
        screen: &Screen,
        test: &PanelTest,
        length: Duration,
        terminal: &Terminal,
    ) -> Result<Exit, Failure> {
        let pressed = listen()?;
        let mut told = Vec::new();
        let first = screen.rate.tick_from(test.since);
        while self.begun.elapsed() < length && !pressed.load(Ordering::Relaxed) {
            let elapsed = jiff::SignedDuration::try_from(self.begun.elapsed()).unwrap_or_default();
            let ticks = screen.rate.ticks(elapsed);
            test.paint(screen, first + ticks, &mut self.frame);
            self.show();
            let problems: Vec<_> = self.outputs.iter().flat_map(Output::problems).collect();
            if problems != told {
                terminal.problems(&problems);
                told = problems;
            }
        }
        let dark = Instant::now() + DARK;
        self.frame = Frame::new(screen.size);
        while Instant::now() < dark {
            self.show();
        }
        Ok(if told.is_empty() { Exit::DONE } else { Exit::PROBLEMS })
    }

    /// Gives the frame to all outputs, and sends what is due until the next one.
    fn show(&mut self) {
        let next = Instant::now() + PERIOD;
        let mut news = Some(News::Refresh);
        while Instant::now() < next {
            let now = self.now();
            for output in &mut self.outputs {
                if let Some(news) = news {
                    output.show(&self.frame, self.level, news, now);
                }
                output.poll(now);
            }
            news = None;
            thread::sleep(Duration::from_millis(1));
        }
    }

    fn now(&self) -> Moment {
        Moment::ZERO + self.begun.elapsed()
    }
}

/// Whether it was asked to end, as by Ctrl-C, from now on.
fn listen() -> Result<Arc<AtomicBool>, Failure> {
    let pressed = Arc::<AtomicBool>::default();
    let theirs = Arc::clone(&pressed);
    let runtime = runtime::Builder::new_current_thread().enable_all().build()?;
    // Taken over before anything is sent.
    let mut leaving = {
        let _inside = runtime.enter();
        Leaving::listen()?
    };
    thread::Builder::new().name("ctrl-c".into()).spawn(move || {
        runtime.block_on(leaving.asked());
        theirs.store(true, Ordering::Relaxed);
    })?;
    Ok(pressed)
}
