//! Versions of files that the program has failed on.

use std::sync::Arc;

use tempfile::TempDir;
use yingbi::{
    daemon::{Quarantine, Reload},
    folder::{Markers, Note},
    frame::Frame,
    units::Tick,
    wall::{Projector, ReadFault, SourceFile, Task, Witness, Work, witness},
};

use super::site;

const PATH: &str = "items/notices/a.md";

fn files(folder: &TempDir) -> Vec<SourceFile> {
    yingbi::folder::scan(folder.path()).unwrap().files
}

fn file(files: &[SourceFile]) -> &SourceFile {
    files.iter().find(|file| &*file.path == PATH).unwrap()
}

fn work(file: &SourceFile, task: Task) -> Work<'_> {
    Work {
        path: &file.path,
        digest: file.digest,
        task,
    }
}

/// One process after the other, with one state folder.
struct Processes(TempDir);

impl Processes {
    fn new() -> Self {
        Self(TempDir::new().unwrap())
    }

    fn markers(&self) -> Markers {
        Markers::locate(self.0.path(), |_| None)
    }

    fn next(&self) -> Arc<Quarantine> {
        let marks = self.markers().gather();
        let quarantine = Quarantine::new(Note::new(self.0.path(), "quarantine"), &marks);
        quarantine.save().unwrap();
        Arc::new(quarantine)
    }

    /// A process that is lost while it does that work.
    fn lost(&self, work: &Work<'_>) {
        let witness = self.next().witness(self.markers().open("0"));
        witness.begins(work);
        std::mem::forget(witness);
    }
}

// Fault 7.
#[test]
fn two_processes_lost_at_one_version_of_a_file_leave_it_out_and_another_version_is_tried() {
    let (folder, processes) = (site::folder(), Processes::new());
    let files = files(&folder);
    let bad = file(&files);
    processes.lost(&work(bad, Task::Read));
    assert!(!processes.next().holds(bad), "one may have been killed");
    processes.lost(&work(bad, Task::Read));
    for _ in 0..3 {
        assert!(processes.next().holds(bad), "and every later process knows");
    }
    let quarantine = processes.next();
    let without = quarantine.without(&files);
    assert_eq!(file(&without).bytes, Err(ReadFault::Quarantined));
    let others = |files: &[SourceFile]| {
        files
            .iter()
            .filter(|file| &*file.path != PATH)
            .cloned()
            .collect::<Vec<_>>()
    };
    assert_eq!(others(&without), others(&files));

    let mut reload = Reload::new(quarantine);
    let wall = reload.take(&files).unwrap().unwrap();
    assert_eq!(wall.items().len(), 1);
    let [problem] = reload.problems() else {
        panic!("{:?}", reload.problems())
    };
    assert_eq!(
        (&*problem.file, &*problem.message.en),
        (PATH, "the program has failed on this file; it is left out")
    );
    assert!(problem.help.zh.contains("请修改或移走此文件"), "{}", problem.help.zh);

    site::write(folder.path(), PATH, "+++\ntitle = \"改好了\"\n+++\n改好了。\n");
    let wall = reload.take(&self::files(&folder)).unwrap().unwrap();
    assert_eq!((wall.items().len(), reload.problems()), (2, &[][..]));
}

// Fault 7.
#[test]
fn the_last_other_good_version_stays_of_a_file_that_is_left_out() {
    let (folder, processes) = (site::folder(), Processes::new());
    let before = files(&folder);
    site::write(folder.path(), PATH, "+++\ntitle = \"坏的\"\n+++\n坏的。\n");
    let after = files(&folder);
    for _ in 0..2 {
        processes.lost(&work(file(&after), Task::Read));
    }
    let mut reload = Reload::new(processes.next());
    reload.resume(&before);
    assert!(reload.take(&after).unwrap().is_none(), "nothing changes");
    let kept = reload.kept();
    assert_eq!(file(&kept).digest, file(&before).digest);
}

// Fault 8.
#[test]
fn a_suspect_is_none_once_the_work_at_which_it_was_left_is_done() {
    let (folder, processes) = (site::folder(), Processes::new());
    let files = files(&folder);
    let size = yingbi::units::Size { width: 64, height: 32 };
    let suspect = work(file(&files), Task::Prepare(size, 1));
    for _ in 0..5 {
        processes.lost(&suspect);
        let quarantine = processes.next();
        assert!(!quarantine.holds(file(&files)));
        let witness = quarantine.witness(processes.markers().open("0"));
        // Other work on it proves nothing.
        let others = [Task::Read, Task::Prepare(size, 0)].map(|task| work(file(&files), task));
        for done in others.iter().chain([&suspect]) {
            witness.begins(done);
            witness.ends(done);
        }
        quarantine.save().unwrap();
    }
    processes.lost(&suspect);
    let quarantine = processes.next();
    let witness = quarantine.witness(processes.markers().open("0"));
    let other = work(file(&files), Task::Prepare(size, 0));
    witness.begins(&other);
    witness.ends(&other);
    quarantine.save().unwrap();
    drop(witness);
    processes.lost(&suspect);
    assert!(processes.next().holds(file(&files)));
}

// Fault 19.
#[test]
fn a_quarantine_that_is_spoilt_is_empty_and_its_size_is_bounded() {
    let (folder, processes) = (site::folder(), Processes::new());
    let files = files(&folder);
    for _ in 0..2 {
        processes.lost(&work(file(&files), Task::Read));
    }
    assert!(processes.next().holds(file(&files)));
    let note = processes.0.path().join("quarantine");
    let mut bytes = std::fs::read(&note).unwrap();
    bytes[20] ^= 1;
    std::fs::write(&note, bytes).unwrap();
    assert!(!processes.next().holds(file(&files)));

    let marks: Vec<String> = (0..1_000)
        .map(|number| format!("[\"{}\",\"read\",\"items/{number}.md\"]", file(&files).digest))
        .collect();
    let quarantine = Quarantine::new(Note::new(processes.0.path(), "quarantine"), &marks);
    quarantine.save().unwrap();
    assert_eq!(Note::new(processes.0.path(), "quarantine").lines().len(), 256);
}

/// Breaks the work on one item at one task, as a fault of ours in it would.
struct Saboteur {
    path: &'static str,
    is_struck: fn(Task) -> bool,
    then: Option<Box<dyn Witness>>,
}

impl Witness for Saboteur {
    fn begins(&self, work: &Work<'_>) {
        assert!(work.path != self.path || !(self.is_struck)(work.task), "struck");
    }

    fn ends(&self, _work: &Work<'_>) {}

    fn broke(&self, work: &Work<'_>, words: &str) {
        assert_eq!(words, "struck");
        self.then.iter().for_each(|then| then.broke(work, words));
    }
}

/// Breaks that task of the work on the item, on this thread.
fn sabotage(is_struck: fn(Task) -> bool, then: Option<Box<dyn Witness>>) {
    witness(Box::new(Saboteur {
        path: PATH,
        is_struck,
        then,
    }));
}

// Fault 7. Fault 8.
#[test]
fn a_panic_while_an_item_is_read_or_measured_leaves_out_that_item_alone() {
    let folder = site::folder();
    let strikes: [fn(Task) -> bool; 2] = [|task| task == Task::Read, |task| matches!(task, Task::Measure(_))];
    for is_struck in strikes {
        sabotage(is_struck, None);
        let mut reload = Reload::default();
        let wall = reload.take(&files(&folder)).unwrap().unwrap();
        let [problem] = reload.problems() else {
            panic!("{:?}", reload.problems())
        };
        assert_eq!(
            (&*problem.file, &*problem.message.en),
            (PATH, "the program fails on this file: struck")
        );
        let mut projector = Projector::new(wall, 0);
        for second in 0..60 {
            let view = format!("{:?}", projector.view(Tick(25 * (1_800_000_000 + second))));
            assert!(!view.contains("座谈会") && view.contains("政务公开"), "{view}");
        }
    }
}

// Fault 7. Fault 8.
#[test]
fn a_panic_while_a_page_is_set_holds_its_zone_and_leaves_the_item_out_of_the_next_wall() {
    let (folder, processes) = (site::folder(), Processes::new());
    let quarantine = processes.next();
    let files = files(&folder);
    let mut reload = Reload::new(Arc::clone(&quarantine));
    let wall = reload.take(&files).unwrap().unwrap();
    let then = quarantine.witness(processes.markers().open("0"));
    sabotage(|task| matches!(task, Task::Prepare(..)), Some(then));
    let mut projector = Projector::new(wall, 0);
    let mut frame = Frame::new(projector.size());
    for tick in 0..25 * 30 {
        projector.paint(Tick(25 * 1_800_000_000 + tick), &mut frame);
        assert!(frame.bytes().iter().any(|byte| *byte != 0), "the ticker goes on");
    }
    assert!(quarantine.has_grown() && !quarantine.has_grown());
    assert!(quarantine.holds(file(&files)));
    let wall = reload.take(&files).unwrap().unwrap();
    assert_eq!(wall.items().len(), 1);
    quarantine.save().unwrap();
    assert!(
        !processes.next().holds(file(&files)),
        "another process may have mended it"
    );
}
