//! How often the flash of cards was written, as a note that outlives the daemon.

use std::{fs, sync::Arc};

use jiff::civil::date;
use tempfile::TempDir;
use yingbi::{daemon::Ledger, folder::Note};

fn ledger(folder: &TempDir) -> Ledger {
    Ledger::open(Note::new(folder.path(), "flash"))
}

#[test]
fn what_was_written_is_known_again_by_line_and_number() {
    let folder = TempDir::new().unwrap();
    let (port, address): (Arc<str>, Arc<str>) = ("/dev/serial/by id/卡".into(), "192.0.2.10:5005".into());
    let (day, before) = (date(2026, 11, 26), date(2026, 11, 25));
    let first = ledger(&folder);
    assert_eq!(first.spent(&port, 1), None);
    first.write(&port, 1, (before, 24));
    first.write(&port, 1, (day, 3));
    first.write(&port, 2, (day, 5));
    first.write(&address, 0xfffe, (before, 7));
    first.save();
    // Nothing is written anew where nothing is new.
    let path = folder.path().join("flash");
    let text = fs::read_to_string(&path).unwrap();
    assert!(text.contains("2026-11-26 3 1 /dev/serial/by id/卡\n"), "{text}");
    fs::remove_file(&path).unwrap();
    first.save();
    assert!(!path.exists());
    fs::write(&path, text).unwrap();
    let again = ledger(&folder);
    assert_eq!(again.spent(&port, 1), Some((day, 3)));
    assert_eq!(again.spent(&port, 2), Some((day, 5)));
    assert_eq!(again.spent(&address, 0xfffe), Some((before, 7)));
    assert_eq!(again.spent(&address, 1), None);
}

#[test]
fn a_note_that_is_torn_is_none_and_cards_that_are_long_gone_are_forgotten() {
    let folder = TempDir::new().unwrap();
    let lines: Vec<Arc<str>> = (0..300).map(|line| format!("/dev/ttyUSB{line}").into()).collect();
    let first = ledger(&folder);
    first.write(&lines[0], 1, (date(2026, 11, 26), 9));
    for line in &lines[1..] {
        first.write(line, 1, (date(2026, 11, 25), 1));
    }
    first.save();
    let again = ledger(&folder);
    assert_eq!(again.spent(&lines[0], 1), Some((date(2026, 11, 26), 9)));
    let known = lines.iter().filter(|line| again.spent(line, 1).is_some());
    assert_eq!(known.count(), 256);
    let path = folder.path().join("flash");
    let whole = fs::read(&path).unwrap();
    fs::write(&path, &whole[..whole.len() / 2]).unwrap();
    assert_eq!(ledger(&folder).spent(&lines[0], 1), None);
}
