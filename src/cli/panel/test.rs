//! `yingbi panel test`: test pictures on the outputs of a screen.
//!
//! A daemon that runs is asked for them, so that its own outputs send them, its page shows them and its journal tells of them. Where none
//! runs, the outputs are opened here.

use std::time::Duration;

use tokio::{
    runtime,
    signal::unix::{self, Signal, SignalKind},
    time,
};

use super::bare;
use crate::{
    cli::{
        arguments::{PanelTest as Options, SITE},
        exit::{Exit, Failure},
        stop::{self, Reached},
        terminal::Terminal,
        time as civil,
    },
    daemon::{self, Answer, Asked, ControlError},
    diagnostic::Bilingual,
    panel::Pattern,
    wall::PanelTest,
};

/// Shows them until their time is over, or Ctrl-C.
pub(super) fn run(options: &Options, terminal: &Terminal) -> Result<Exit, Failure> {
    let wanted = Wanted::read(options)?;
    let asked = Asked::Test {
        screen: options.screen.clone(),
        output: options.output,
        patterns: wanted
            .patterns
            .iter()
            .map(|pattern| pattern.name().to_owned())
            .collect(),
        seconds: u32::try_from(wanted.length.as_secs()).unwrap_or(u32::MAX),
        level: options.level,
        by: stop::by("panel test"),
    };
    match stop::reach(options.state.as_deref(), &asked)? {
        Reached::Daemon(folder, Answer::Testing { screen, until }) => {
            let until = civil::told(&until);
            terminal.say(&Bilingual::new(
                format!("屏幕 {screen} 正在显示测试画面，至 {until} 止；按 Ctrl-C 提前结束"),
                format!("screen {screen} shows test pictures until {until}; Ctrl-C ends them sooner"),
            ));
            let ask = |asked: &Asked| daemon::ask(&folder, |name| std::env::var_os(name), asked);
            let is_stopped = || matches!(ask(&Asked::Status), Ok(Answer::Stopped { .. }));
            if wait(wanted.length, is_stopped)? {
                terminal.say(&Bilingual::new(
                    "已停播，测试随之结束；恢复请运行 yingbi resume",
                    "the wall was stopped, and with it the test is over; run yingbi resume to go on",
                ));
                return Ok(Exit::DONE);
            }
            let ended = ask(&Asked::EndTest { screens: vec![screen] });
            ended.map_err(|error| Failure::of(Exit::UNAVAILABLE, &error))?;
            terminal.say(&Bilingual::new(
                "测试结束，恢复播出",
                "the test is over, and the wall goes on",
            ));
            Ok(Exit::DONE)
        }
        Reached::Daemon(
            _,
            Answer::Untested {
                zh,
                en,
                help_zh,
                help_en,
            },
        ) => Err(Failure::new(
            Exit::UNAVAILABLE,
            Bilingual::new(zh, en),
            Bilingual::new(help_zh, help_en),
        )),
        Reached::Daemon(..) => Err(Failure::of(Exit::UNAVAILABLE, &ControlError::Unclear)),
        // The state folder stays ours meanwhile, so that no daemon begins to send beside us.
        Reached::Nobody(state) => {
            let exit = bare::run(options, &wanted, terminal)?;
            state.hand_over();
            Ok(exit)
        }
    }
}

/// What is to be shown.
pub(super) struct Wanted {
    pub(super) site: std::path::PathBuf,
    /// All where none is named.
    pub(super) patterns: Vec<Pattern>,
    pub(super) length: Duration,
}

impl Wanted {
    /// A word that is a pattern's name is one; the first that is none is the site.
    fn read(options: &Options) -> Result<Self, Failure> {
        let length = match &options.length {
            Some(text) => civil::length(text)?.unsigned_abs(),
            None => PanelTest::LONGEST,
        };
        let (mut site, mut patterns) = (None, Vec::new());
        for word in &options.words {
            match Pattern::named(word) {
                Some(pattern) => patterns.push(pattern),
                None if site.is_none() => site = Some(word.into()),
                None => return Err(no_pattern(word)),
            }
        }
        Ok(Self {
            site: site.unwrap_or_else(|| SITE.into()),
            patterns,
            length: length.clamp(Duration::from_secs(1), PanelTest::LONGEST),
        })
    }
}

fn no_pattern(word: &str) -> Failure {
    let names = |name: fn(Pattern) -> &'static str, between| Pattern::ALL.map(name).join(between);
    Failure::new(
        Exit::USAGE,
        Bilingual::new(
            format!("没有测试画面“{word}”"),
            format!("there is no test picture \"{word}\""),
        ),
        Bilingual::new(
            format!("测试画面有：{}", names(Pattern::chinese, "、")),
            format!("there are: {}", names(Pattern::name, ", ")),
        ),
    )
}

/// How often the daemon is asked whether the wall was stopped meanwhile.
const GLANCE: Duration = Duration::from_secs(1);

/// Waits for Ctrl-C or the like, at most for `length`; whether the wall was stopped meanwhile.
fn wait(length: Duration, is_stopped: impl Fn() -> bool) -> Result<bool, Failure> {
    let runtime = runtime::Builder::new_current_thread().enable_all().build()?;
    runtime.block_on(async {
        let mut leaving = Leaving::listen()?;
        let end = time::Instant::now() + length;
        loop {
            let next = end.min(time::Instant::now() + GLANCE);
            tokio::select! {
                () = leaving.asked() => return Ok(false),
                () = time::sleep_until(next) => {}
            }
            if is_stopped() {
                return Ok(true);
            }
            if next == end {
                return Ok(false);
            }
        }
    })
}

/// The signals that end a test: Ctrl-C, and those by which a terminal that is closed or a connection that is lost ends its programs, so that
/// no wall is left with test pictures.
pub(super) struct Leaving([Signal; 3]);

impl Leaving {
    /// Takes them over; needs a runtime around it.
    pub(super) fn listen() -> std::io::Result<Self> {
        Ok(Self([
            unix::signal(SignalKind::interrupt())?,
            unix::signal(SignalKind::terminate())?,
            unix::signal(SignalKind::hangup())?,
        ]))
    }

    /// Waits for one of them.
    pub(super) async fn asked(&mut self) {
        let [interrupt, terminate, hangup] = &mut self.0;
        tokio::select! {
            _ = interrupt.recv() => {}
            _ = terminate.recv() => {}
            _ = hangup.recv() => {}
        }
    }
}
