//! Files whose bytes are not at hand: told in both languages, and the last good version stays.

use std::sync::Arc;

use yingbi::wall::{Library, ReadFault, SourceFile};

use crate::support::site::Files;

/// The library of a site with one item, after the item's file has become unreadable, and what is said of it in English and Chinese.
fn after(fault: ReadFault) -> (Library, String, String) {
    let files = Files::plain().item("甲", "甲", "4s");
    let mut sources = files.sources();
    let item = sources.iter_mut().find(|file| file.path.starts_with("items/")).unwrap();
    *item = SourceFile {
        bytes: Err(fault),
        ..item.clone()
    };
    let library = files.library().accept(&sources);
    let [problem] = library.problems() else {
        panic!("one problem, not {:?}", library.problems())
    };
    assert_eq!((&*problem.file, &problem.place), ("items/通知/甲.md", &None));
    let (en, zh) = (problem.message.en.clone(), problem.message.zh.clone());
    (library, en, zh)
}

// Fault 89.
#[test]
fn a_text_of_100_mb_is_refused_by_its_size_and_the_limit() {
    let (library, en, zh) = after(ReadFault::TooLarge {
        size: 100_000_000,
        limit: 4_000_000,
    });
    assert_eq!(en, "the file is 100 MB large; at most 4 MB are read");
    assert_eq!(zh, "文件有 100 MB，最多读取 4 MB");
    assert_eq!(library.wall().unwrap().items().len(), 1);
}

// Fault 86.
#[test]
fn an_unreadable_file_is_refused_in_the_systems_words() {
    let (library, en, zh) = after(ReadFault::Unreadable("Permission denied (os error 13)".into()));
    assert_eq!(en, "cannot be read: Permission denied (os error 13)");
    assert_eq!(zh, "无法读取：Permission denied (os error 13)");
    assert_eq!(library.wall().unwrap().items().len(), 1);
}

// Fault 67.
#[test]
fn a_link_out_of_the_site_is_refused_by_where_it_leads() {
    let (library, en, zh) = after(ReadFault::Outside("/etc/passwd".into()));
    assert_eq!(en, "this link leads out of the site, to /etc/passwd");
    assert_eq!(zh, "此链接指向站点之外：/etc/passwd");
    assert_eq!(library.wall().unwrap().items().len(), 1);
}

#[test]
fn a_fault_at_the_first_look_leaves_the_others_in_force() {
    let files = Files::plain().item("甲", "甲", "4s");
    let mut sources = files.sources();
    sources.push(SourceFile {
        path: "items/通知/乙.md".into(),
        bytes: Err(ReadFault::Unreadable("Input/output error (os error 5)".into())),
        digest: sources[0].digest,
    });
    let library = Library::default().accept(&sources);
    let titles: Vec<Arc<str>> = library
        .wall()
        .unwrap()
        .items()
        .iter()
        .map(|item| item.title.clone())
        .collect();
    assert_eq!((titles.len(), &*titles[0], library.problems().len()), (1, "甲", 1));
}
