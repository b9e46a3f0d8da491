//! What people put among the items and cannot be shown is told, and never opened; what their programs leave behind is not even told.

use std::fs;

use rustix::fs::{CWD, FileType, Mode};
use yingbi::{
    diagnostic::Severity,
    folder::scan,
    wall::{Foreign, Library, ReadFault},
};

use super::scan::{site, write};

#[test]
fn documents_and_videos_among_the_items_are_listed_and_never_opened() {
    let site = site(&[("items/通知/甲.txt", "甲"), ("fonts/说明.pdf", "")]);
    let expected = [
        ("items/通知/a.docx", Foreign::Document),
        ("items/通知/b.WPS", Foreign::Document),
        ("items/通知/c.pdf", Foreign::Pages),
        ("items/通知/d.ofd", Foreign::Pages),
        ("items/通知/e.pptx", Foreign::Slides),
        ("items/通知/f.et", Foreign::Sheet),
        ("items/通知/g.html", Foreign::Web),
        ("items/通知/h.rmvb", Foreign::OldVideo),
        ("items/通知/i.heic", Foreign::Picture),
        ("items/通知/j.zip", Foreign::Archive),
        ("items/通知/k.lnk", Foreign::Shortcut),
        ("items/通知/l.exe", Foreign::Program),
        ("items/通知/m.log", Foreign::Text),
        ("items/通知/n", Foreign::Bare),
        ("items/通知/o.dat", Foreign::Unknown),
        ("手册.pdf", Foreign::Misplaced),
        ("手册.txt", Foreign::Misplaced),
    ];
    for (path, _) in expected {
        // Whoever opened this would wait for ever.
        rustix::fs::mknodat(CWD, site.path().join(path), FileType::Fifo, Mode::RWXU, 0).unwrap();
    }
    let found = scan(site.path()).unwrap();
    let foreign: Vec<_> = found
        .files
        .iter()
        .filter_map(|file| match &file.bytes {
            Err(ReadFault::Foreign(foreign)) => Some((&*file.path, *foreign)),
            _ => None,
        })
        .collect();
    assert_eq!(foreign, expected);
    assert_eq!(found.files.len(), expected.len() + 2);
    assert!(
        expected
            .iter()
            .all(|(path, foreign)| Foreign::of(path) == Some(*foreign))
    );
}

#[test]
fn each_of_them_is_a_warning_with_one_line_of_remedy() {
    let site = site(&[("items/通知/甲.docx", "PK"), ("items/通知/待审/乙.rmvb", "")]);
    write(site.path(), "site.toml", crate::support::site::PLAIN);
    let library = Library::default().accept(&scan(site.path()).unwrap().files);
    let told: Vec<_> = library
        .problems()
        .iter()
        .map(|problem| {
            (
                &*problem.file,
                &*problem.message.zh,
                &*problem.help.zh,
                problem.severity,
            )
        })
        .collect();
    assert_eq!(
        told,
        [
            (
                "items/通知/待审/乙.rmvb",
                "这种格式的视频不能显示",
                "请在电脑上另存为 MP4（H.264）视频，放回本文件夹",
                Severity::Warning
            ),
            (
                "items/通知/甲.docx",
                "文字处理文档不能显示",
                "请在 WPS 中另存为“纯文本(*.txt)”，放回本文件夹",
                Severity::Warning
            ),
        ]
    );
}

// Fault 55.
#[test]
fn what_programs_leave_behind_is_passed_over() {
    let left = [
        "~$通知.txt",
        "~$通知.docx",
        "~WRL0001.txt",
        ".~lock.甲.txt#",
        ".~甲.txt",
        ".甲.txt.swp",
        "甲.txt~",
        "甲.txt.tmp",
        "甲.TMP",
        "甲.txt.bak",
        "甲.txt.swp",
        "Thumbs.db",
        "thumbs.db",
        "desktop.ini",
        "Desktop.ini",
        ".DS_Store",
        "._甲.txt",
        "README.txt",
    ];
    let site = site(&[("items/通知/甲.txt", "甲")]);
    for name in left {
        fs::write(site.path().join("items/通知").join(name), "x").unwrap();
    }
    let found = scan(site.path()).unwrap();
    let paths: Vec<&str> = found.files.iter().map(|file| &*file.path).collect();
    assert_eq!(paths, ["items/通知/甲.txt", "site.toml"]);
}

#[test]
fn what_is_ours_at_the_root_is_not_told_and_a_shortcut_says_to_copy_the_file_itself() {
    let site = site(&[
        ("肃静.txt", "2026-05-15\n"),
        ("不拆词.txt", ""),
        ("phrases.txt", ""),
        ("停播说明.txt", ""),
        ("README.txt", ""),
    ]);
    write(site.path(), "site.toml", crate::support::site::PLAIN);
    write(site.path(), "items/通知/甲.lnk", "");
    let library = Library::default().accept(&scan(site.path()).unwrap().files);
    let told: Vec<_> = library
        .problems()
        .iter()
        .map(|problem| (&*problem.message.zh, &*problem.help.zh))
        .collect();
    assert_eq!(told, [("这是快捷方式，不能显示", "请复制文件本身，放进本文件夹")]);
}

#[test]
fn a_folder_full_of_what_nobody_plays_is_told_by_its_first_few() {
    let site = site(&[]);
    for number in 10..60 {
        write(site.path(), &format!("items/通知/{number}.dat"), "");
    }
    let found = scan(site.path()).unwrap();
    let paths: Vec<&str> = found.files.iter().map(|file| &*file.path).collect();
    assert_eq!(
        (paths.len(), paths[0], paths[19]),
        (21, "items/通知/10.dat", "items/通知/29.dat")
    );
}
