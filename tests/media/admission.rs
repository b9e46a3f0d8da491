//! Between the folder and the wall: what waits, what is known, what is kept.

use std::{
    fs,
    path::Path,
    sync::{Arc, mpsc},
    time::Duration,
};

use image::ImageFormat;
use tempfile::TempDir;
use yingbi::{
    folder::scan,
    item::Picture,
    media::{Admission, Child, Plains},
    units::Size,
    wall::{Library, ReadFault, SourceFile},
};

use super::child;
use crate::support::{
    pictures::{file, pixels},
    site::{Files, messages},
    xlsx::{Cell, workbook},
};

/// Nothing is measured here: what has not happened by then never will.
const PATIENCE: Duration = Duration::from_secs(60);

const SMALL: Size = Size::new(48, 24);

/// A child of which nothing can come.
fn nobody() -> Child {
    Child::of("/nonexistent", ["child"])
}

/// The plain site in a folder of its own, and these files under its column.
fn site(files: &[(&str, &[u8])]) -> TempDir {
    let folder = TempDir::new().unwrap();
    for file in Files::plain().sources() {
        write(folder.path(), &file.path, file.bytes.as_ref().unwrap());
    }
    for (name, bytes) in files {
        write(folder.path(), &format!("items/通知/{name}"), bytes);
    }
    folder
}

fn write(site: &Path, path: &str, bytes: &[u8]) {
    let place = site.join(path);
    fs::create_dir_all(place.parent().unwrap()).unwrap();
    fs::write(place, bytes).unwrap();
}

fn png(size: Size) -> Vec<u8> {
    file(ImageFormat::Png, size, &pixels(size))
}

fn found(site: &Path) -> Vec<SourceFile> {
    scan(site).unwrap().files
}

fn of<'a>(files: &'a [SourceFile], name: &str) -> &'a SourceFile {
    files.iter().find(|file| file.path.ends_with(name)).unwrap()
}

fn is_waiting(file: &SourceFile) -> bool {
    matches!(file.bytes, Err(ReadFault::Waiting { .. }))
}

#[test]
fn a_picture_waits_until_it_is_done_and_plays_then() {
    let book = workbook(&[
        &[Cell::Text("标题"), Cell::Text("下屏")],
        &[Cell::Text("停水"), Cell::Date(401_768.0)],
    ]);
    let photo = file(ImageFormat::Jpeg, Size::new(640, 480), &pixels(Size::new(640, 480)));
    // A PNG that calls itself something else is as good.
    let site = site(&[
        ("a.png", &png(SMALL)),
        ("b.jpg", &png(SMALL)),
        ("c.JPEG", &photo),
        ("d.xlsx", &book),
    ]);
    let admission = Admission::new(site.path(), child(), None);
    let files = found(site.path());
    let first = admission.admit(&files);
    assert_eq!(first.iter().filter(|file| is_waiting(file)).count(), 4);
    admission.finish();
    let files = admission.admit(&files);
    assert!(!files.iter().any(is_waiting));
    // As small as still covers the screen of 128x32.
    let photo = Picture::read(of(&files, "c.JPEG").bytes.as_ref().unwrap()).unwrap();
    assert_eq!(
        (photo.size(), photo.original()),
        (Size::new(128, 96), Size::new(640, 480))
    );
    let library = Library::default().accept(&files);
    assert_eq!(
        messages(library.problems()),
        ["items/通知/c.JPEG: is shown 43 LEDs wide, about 1/15 of its 640 pixels: small text in it cannot be read"]
    );
    let ids: Vec<&str> = library.wall().unwrap().items().iter().map(|item| &*item.id).collect();
    assert_eq!(ids, ["通知/a.png", "通知/b.jpg", "通知/c.JPEG", "通知/d.xlsx#停水"]);
    // What is in force can be shown again by whoever has no decoder.
    assert_eq!(
        Library::default().accept(&library.kept()).wall().unwrap().digest(),
        library.wall().unwrap().digest()
    );
}

#[test]
fn what_is_refused_is_told_and_its_last_good_version_stays() {
    let site = site(&[("a.png", &png(SMALL)), ("b.xlsx", b"no workbook")]);
    let admission = Admission::new(site.path(), child(), None);
    admission.admit(&found(site.path()));
    admission.finish();
    let before = Library::default().accept(&admission.admit(&found(site.path())));
    assert_eq!(
        messages(before.problems()),
        ["items/通知/b.xlsx: the file is no workbook of the .xlsx kind"]
    );
    // Fault 24: a copy that broke off and came to rest.
    let half = png(SMALL);
    write(site.path(), "items/通知/a.png", &half[..half.len() / 2]);
    let files = found(site.path());
    // While nobody has looked at it yet, all is as it was.
    assert_eq!(
        of(&admission.admit(&files), "a.png").digest,
        of(&before.kept(), "a.png").digest
    );
    admission.finish();
    let after = before.accept(&admission.admit(&files));
    assert_eq!(
        messages(after.problems())[0],
        "items/通知/a.png: the picture is not whole: its end is missing"
    );
    assert_eq!(after.wall().unwrap().digest(), before.wall().unwrap().digest());
    write(site.path(), "items/通知/a.png", &png(Size::new(24, 24)));
    admission.admit(&found(site.path()));
    admission.finish();
    let mended = after.accept(&admission.admit(&found(site.path())));
    assert_eq!(mended.problems().len(), 1);
    assert_ne!(mended.wall().unwrap().digest(), before.wall().unwrap().digest());
}

#[test]
fn nothing_is_made_twice_of_the_same_bytes() {
    let site = site(&[("a.png", &png(SMALL))]);
    let state = TempDir::new().unwrap();
    let first = Admission::new(site.path(), child(), Some(Plains::new(state.path())));
    first.admit(&found(site.path()));
    first.finish();
    let plain = of(&first.admit(&found(site.path())), "a.png").clone();
    // After a start, under another name, by whoever may only read.
    fs::rename(
        site.path().join("items/通知/a.png"),
        site.path().join("items/通知/b.png"),
    )
    .unwrap();
    let second = Admission::new(site.path(), nobody(), Some(Plains::read_only(state.path())));
    second.admit(&found(site.path()));
    second.finish();
    assert_eq!(of(&second.admit(&found(site.path())), "b.png").bytes, plain.bytes);
    // A copy of what is known needs nobody either, and one whose keeping place was spoilt is made anew.
    fs::copy(
        site.path().join("items/通知/b.png"),
        site.path().join("items/通知/c.png"),
    )
    .unwrap();
    let kept = fs::read_dir(state.path().join("plains"))
        .unwrap()
        .next()
        .unwrap()
        .unwrap()
        .path();
    let mut spoilt = fs::read(&kept).unwrap();
    spoilt[40] ^= 1;
    fs::write(&kept, spoilt).unwrap();
    second.admit(&found(site.path()));
    second.finish();
    assert_eq!(of(&second.admit(&found(site.path())), "c.png").bytes, plain.bytes);
    let third = Admission::new(site.path(), nobody(), Some(Plains::read_only(state.path())));
    third.admit(&found(site.path()));
    third.finish();
    let fault = of(&third.admit(&found(site.path())), "c.png")
        .bytes
        .clone()
        .unwrap_err();
    assert!(matches!(fault, ReadFault::Refused { message, .. } if message.en.contains("cannot be started")));
}

#[test]
fn pictures_are_made_anew_when_the_screens_become_others() {
    let size = Size::new(640, 480);
    let site = site(&[("a.png", &png(size))]);
    let admission = Admission::new(site.path(), child(), None);
    let width = |admission: &Admission| {
        let files = found(site.path());
        admission.admit(&files);
        admission.finish();
        let bytes = of(&admission.admit(&files), "a.png").bytes.clone().unwrap();
        Picture::read(&bytes).unwrap().size().width
    };
    assert_eq!(width(&admission), 128);
    let text = Files::plain().text("site.toml").replace("width = 128", "width = 256");
    write(site.path(), "site.toml", text.as_bytes());
    assert_eq!(width(&admission), 256);
    // A site that is bad decides nothing.
    write(site.path(), "site.toml", b"title = ");
    assert_eq!(width(&admission), 256);
}

#[test]
fn a_worker_does_what_comes_and_tells_when_something_is_new() {
    let site = site(&[]);
    let admission = Arc::new(Admission::new(site.path(), child(), None));
    admission.start().unwrap();
    assert!(admission.wait(PATIENCE), "nothing is to be done");
    let (news, told) = mpsc::sync_channel(8);
    admission.listen(move || {
        let _ = news.try_send(());
    });
    write(site.path(), "items/通知/a.png", &png(SMALL));
    assert!(is_waiting(of(&admission.admit(&found(site.path())), "a.png")));
    told.recv_timeout(PATIENCE).unwrap();
    assert!(of(&admission.admit(&found(site.path())), "a.png").bytes.is_ok());
    assert!(admission.wait(PATIENCE));
    // What is gone is forgotten.
    fs::remove_file(site.path().join("items/通知/a.png")).unwrap();
    assert!(
        !admission
            .admit(&found(site.path()))
            .iter()
            .any(|file| file.path.ends_with("a.png"))
    );
    admission.end();
}

#[test]
fn a_file_that_changes_again_is_not_taken_for_what_the_folder_saw() {
    let site = site(&[("a.png", &png(SMALL))]);
    let admission = Admission::new(site.path(), child(), None);
    let files = found(site.path());
    // Between the look and the work there is more of it.
    write(site.path(), "items/通知/a.png", b"half of something else");
    admission.admit(&files);
    admission.finish();
    assert!(is_waiting(of(&admission.admit(&files), "a.png")));
    fs::remove_file(site.path().join("items/通知/a.png")).unwrap();
    admission.finish();
    assert!(is_waiting(of(&admission.admit(&files), "a.png")));
}
