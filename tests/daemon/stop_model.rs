//! 停播 by random operations, against a model that knows two things: whether the wall is stopped, and whether the file lies there.

use std::fs;

use proptest::{collection::vec, prelude::*};
use rustix::process::Signal;
use tempfile::TempDir;
use yingbi::daemon::{Answer, Asked, ask};

use super::{
    controller::wait,
    process::{Daemon, READY},
    site,
};

#[derive(Clone, Copy, Debug)]
enum Operation {
    Stop,
    Resume,
    FileComes,
    FileGoes,
    Restart,
    Kill,
}

fn operation() -> impl Strategy<Value = Operation> {
    use Operation::{FileComes, FileGoes, Kill, Restart, Resume, Stop};
    prop_oneof![
        2 => Just(Stop),
        4 => Just(Resume),
        2 => Just(FileComes),
        3 => Just(FileGoes),
        1 => Just(Restart),
        1 => Just(Kill),
    ]
}

/// What the model knows.
#[derive(Clone, Copy, Debug, Default)]
struct Model {
    is_stopped: bool,
    has_file: bool,
}

impl Model {
    fn after(self, operation: Operation) -> Self {
        match operation {
            Operation::Stop => Self {
                is_stopped: true,
                ..self
            },
            Operation::Resume => Self {
                is_stopped: self.has_file,
                ..self
            },
            Operation::FileComes => Self {
                is_stopped: true,
                has_file: true,
            },
            Operation::FileGoes => Self {
                has_file: false,
                ..self
            },
            Operation::Restart | Operation::Kill => self,
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 4, max_shrink_iters: 8, ..ProptestConfig::default() })]

    // Fault 4.
    #[test]
    fn whatever_comes_the_wall_is_stopped_when_the_model_says_so(operations in vec(operation(), 1..14)) {
        let (folder, state) = (site::folder(), TempDir::new().unwrap());
        let file = folder.path().join("停播.txt");
        let start = || {
            let daemon = Daemon::start(folder.path(), state.path(), "127.0.0.1:0");
            daemon.says(READY);
            daemon
        };
        let asked = |asked: Asked| ask(state.path(), |_| None, &asked).unwrap();
        let is_stopped = || matches!(asked(Asked::Status), Answer::Stopped { .. });
        let mut daemon = start();
        let mut model = Model::default();
        for operation in operations {
            let before = model;
            model = model.after(operation);
            match operation {
                Operation::Stop => {
                    let answer = asked(Asked::Stop { by: "值班室".into(), reason: None });
                    let told = matches!(answer, Answer::Stopped { already, kept: true, .. } if already == before.is_stopped);
                    prop_assert!(told, "{:?}", answer);
                }
                Operation::Resume => match asked(Asked::Resume { by: "值班室".into() }) {
                    Answer::Running { lifted, kept: true } => {
                        prop_assert!(!model.is_stopped);
                        prop_assert_eq!(lifted, before.is_stopped);
                    }
                    Answer::Refused { file } => prop_assert!(model.is_stopped && file == "停播.txt"),
                    answer => prop_assert!(false, "{:?}", answer),
                },
                Operation::FileComes => {
                    fs::write(&file, "").unwrap();
                    wait("the file is seen", is_stopped);
                }
                Operation::FileGoes => drop(fs::remove_file(&file)),
                Operation::Restart => {
                    daemon.signal(Signal::TERM);
                    prop_assert_eq!(daemon.end().code(), Some(0));
                    daemon = start();
                }
                Operation::Kill => {
                    // What was answered as kept is kept; what a file did may still be on its way.
                    wait("it is kept", || !model.is_stopped || state.path().join("stop.toml").exists());
                    daemon.signal(Signal::KILL);
                    daemon.end();
                    daemon = start();
                }
            }
            prop_assert_eq!(is_stopped(), model.is_stopped, "after {:?}", operation);
        }
    }
}
