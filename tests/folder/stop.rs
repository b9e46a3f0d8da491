//! What at the root of a site's folder stops the wall, by its name alone.

use std::fs;

use yingbi::{
    diagnostic::Severity,
    folder::{scan, stop_file},
    wall::Library,
};

use super::scan::{site, write};

#[test]
fn a_folder_called_stop_stops_the_wall_and_one_that_only_begins_so_does_not() {
    for (name, stops) in [
        ("停播", true),
        ("停播(1)", true),
        ("停播 - 副本", true),
        ("停播记录", false),
        ("不停播", false),
    ] {
        let site = site(&[]);
        fs::create_dir(site.path().join(name)).unwrap();
        let expected = stops.then(|| name.to_owned());
        assert_eq!(stop_file(site.path()).unwrap(), expected, "{name}");
    }
}

#[test]
fn a_file_that_asks_for_a_stop_among_the_items_is_never_an_item_and_says_where_to_put_it() {
    let names = [
        "停播",
        "停播.txt",
        "停播(1).txt",
        "停播 - 副本.txt",
        "停播.txt.txt",
        "停播.png",
        "停播.docx",
        "STOP.txt",
        "Stop.md",
    ];
    for name in names {
        let site = site(&[("items/通知/停水.txt", "停水")]);
        write(site.path(), "site.toml", crate::support::site::PLAIN);
        write(site.path(), &format!("items/通知/{name}"), "停播");
        let library = Library::default().accept(&scan(site.path()).unwrap().files);
        let told: Vec<_> = library
            .problems()
            .iter()
            .map(|problem| (&*problem.file, &*problem.help.zh, problem.severity))
            .collect();
        let path = format!("items/通知/{name}");
        assert_eq!(
            told,
            [(&*path, "要停播，请把此文件放到站点文件夹的最外层", Severity::Error)]
        );
        let items: Vec<_> = library
            .wall()
            .unwrap()
            .items()
            .iter()
            .map(|item| item.file.to_string())
            .collect();
        assert_eq!(items, ["items/通知/停水.txt"], "{name}");
        assert_eq!(stop_file(site.path()).unwrap(), None);
    }
}
