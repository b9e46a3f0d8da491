//! The log: lines on their way to standard error, for which nobody waits.
//!
//! ```text
//! tracing --Writing (try_send)--> queue -> log's thread: Gate (what is said again, what is too much) -> standard error
//! ```
//!
//! Whoever reads the log may stop reading, or be gone: then the log's thread waits, the queue fills, and what finds it full is counted.

mod gate;

use std::{
    io::{self, Write},
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
        mpsc::{self, Receiver, RecvTimeoutError, SyncSender},
    },
    thread,
    time::Duration,
};

pub use gate::{Gate, Limits};
use tracing_subscriber::fmt::MakeWriter;

use super::clock;

/// How many lines wait for whoever reads slowly.
const QUEUE: usize = 1_000;

/// How often what is said again is summed up.
const PERIOD: Duration = Duration::from_secs(1);

/// How long the end waits for the last lines.
const FAREWELL: Duration = Duration::from_millis(250);

/// Where lines are put.
#[derive(Clone, Debug)]
pub struct Log {
    queue: SyncSender<Note>,
    dropped: Arc<AtomicU64>,
}

#[derive(Debug)]
enum Note {
    Line(Vec<u8>),
    /// Everything before this was written.
    Flush(SyncSender<()>),
}

impl Log {
    /// Starts the thread that writes to `output` what is within `limits`.
    ///
    /// # Errors
    /// The system gives no thread.
    pub fn start(output: impl Write + Send + 'static, limits: Option<Limits>) -> io::Result<Self> {
        let (queue, inbox) = mpsc::sync_channel(QUEUE);
        let dropped = Arc::<AtomicU64>::default();
        let mut writer = Writer {
            inbox,
            output,
            gate: Gate::new(limits),
            dropped: Arc::clone(&dropped),
        };
        thread::Builder::new()
            .name("log".into())
            .spawn(move || writer.write_on())?;
        Ok(Self { queue, dropped })
    }

    /// Waits a little until everything is written.
    pub fn flush(&self) {
        let (done, is_done) = mpsc::sync_channel(1);
        if self.queue.try_send(Note::Flush(done)).is_ok() {
            let _ = is_done.recv_timeout(FAREWELL);
        }
    }
}

/// One line, as it is put together.
#[derive(Debug)]
pub struct Writing<'a>(&'a Log);

impl<'a> MakeWriter<'a> for Log {
    type Writer = Writing<'a>;

    fn make_writer(&'a self) -> Writing<'a> {
        Writing(self)
    }
}

impl Write for Writing<'_> {
    /// Takes a whole line; waits for nothing.
    fn write(&mut self, line: &[u8]) -> io::Result<usize> {
        if self.0.queue.try_send(Note::Line(line.to_vec())).is_err() {
            self.0.dropped.fetch_add(1, Ordering::Relaxed);
        }
        Ok(line.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// What the log's thread works with.
struct Writer<W> {
    inbox: Receiver<Note>,
    output: W,
    gate: Gate,
    dropped: Arc<AtomicU64>,
}

impl<W: Write> Writer<W> {
    fn write_on(&mut self) {
        loop {
            let note = self.inbox.recv_timeout(PERIOD);
            let now = clock::moment();
            let dropped = self.dropped.swap(0, Ordering::Relaxed);
            self.gate.add_dropped(dropped);
            let mut text = self.gate.due(now);
            match note {
                Ok(Note::Line(line)) => text += &self.gate.take(&String::from_utf8_lossy(&line), now),
                Ok(Note::Flush(done)) => {
                    text += &self.gate.rest();
                    self.put(&text);
                    let _ = done.try_send(());
                    continue;
                }
                Err(RecvTimeoutError::Timeout) => {}
                Err(RecvTimeoutError::Disconnected) => return,
            }
            self.put(&text);
        }
    }

    /// Where nobody reads any more there is nobody to be told.
    fn put(&mut self, text: &str) {
        if !text.is_empty() {
            let _ = self.output.write_all(text.as_bytes());
        }
    }
}
