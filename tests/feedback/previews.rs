//! 预览: every page of every item, and nothing else touched.

use std::{fs, time::Duration};

use yingbi::{diagnostic::Language, feedback::Desk};

use super::{Bench, label, pixels};
use crate::support::site::{Files, PLAIN};

const LONG: &str = "请各处室、各直属单位于本周五下班前报送参会名单，逾期不候。会议材料由办公室统一印发，请勿外传。参会人员请提前十分钟入场，手机调为静音。";

fn three() -> Files {
    Files::plain()
        .with("site.toml", PLAIN.replace("= 32", "= 96"))
        .item("a", "关于开会的通知", "5s")
        .item("b", "9:00 集合?", "5s")
        .with(
            "items/通知/c.md",
            format!("+++\ntitle = \"长\"\n+++\n{}\n", LONG.repeat(3)),
        )
}

#[test]
fn every_page_of_every_item_has_a_picture_by_column_and_title() {
    let mut bench = Bench::new(&three());
    bench.settle();
    assert_eq!(
        bench.previews(),
        [
            "通知/9：00 集合？-第1页.png",
            "通知/关于开会的通知-第1页.png",
            "通知/长-第1页.png",
            "通知/长-第2页.png",
            "通知/长-第3页.png",
        ]
    );
}

#[test]
fn a_preview_is_the_page_that_the_wall_shows_enlarged() {
    let mut bench = Bench::new(&Files::plain().item("a", "欢迎", "5s"));
    bench.settle();
    let (width, height, dots) = pixels(&bench.read("预览/通知/欢迎-第1页.png"));
    assert_eq!((width, height), (4 * 128, 4 * 32));
    let frame = {
        let mut projector = yingbi::wall::Projector::new(bench.wall.clone(), 0);
        let tick = projector.rate().tick_at(bench.now);
        crate::support::site::picture(&mut projector, tick)
    };
    let mut lit = 0;
    for y in 0..32_u32 {
        for x in 0..128_u32 {
            let led = frame.led(x, y).unwrap();
            let at = 3 * ((4 * y + 1) * width + 4 * x + 1) as usize;
            // The middle of an LED has its colour; one that is off is a dark dot.
            let [red, green, blue] = [dots[at], dots[at + 1], dots[at + 2]];
            let expected: embedded_graphics::pixelcolor::Rgb888 = led;
            use embedded_graphics::prelude::RgbColor as _;
            let floor = |value: u8, dark: u8| value.max(dark);
            assert_eq!(
                [red, green, blue],
                [
                    floor(expected.r(), 22),
                    floor(expected.g(), 22),
                    floor(expected.b(), 25)
                ],
                "({x}, {y})"
            );
            lit += u32::from(expected.r() > 60);
        }
    }
    assert!(lit > 100, "{lit}");
}

#[test]
fn what_waits_for_approval_is_drawn_in_a_folder_of_its_own() {
    let files = Files::plain()
        .item("a", "甲", "5s")
        .with("items/通知/待审/乙.txt", "乙\n正文\n")
        .with("items/_旧/通知/甲.txt", "甲\n另一个\n");
    let mut bench = Bench::new(&files);
    bench.settle();
    assert_eq!(
        bench.previews(),
        ["待审/通知/乙-第1页.png", "待审/通知/甲-第1页.png", "通知/甲-第1页.png"]
    );
    // Approved, it moves to the others.
    bench.wall = files.without("items/通知/待审/乙.txt").item("b", "乙", "5s").wall();
    bench.pass(Duration::from_secs(10));
    bench.settle();
    assert_eq!(
        bench.previews(),
        ["待审/通知/甲-第1页.png", "通知/乙-第1页.png", "通知/甲-第1页.png"]
    );
}

#[test]
fn items_whose_titles_make_one_name_have_pictures_of_their_own() {
    let files = Files::plain()
        .item("a", "9:00 集合", "5s")
        .item("b", "9：00 集合", "5s");
    let mut bench = Bench::new(&files);
    bench.settle();
    assert_eq!(
        bench.previews(),
        ["通知/9：00 集合 (2)-第1页.png", "通知/9：00 集合-第1页.png"]
    );
}

#[test]
fn only_what_looks_another_way_is_written_again() {
    let mut bench = Bench::new(&three());
    bench.settle();
    let times = |bench: &Bench| -> Vec<_> {
        let files = bench.previews().into_iter();
        files
            .map(|path| {
                let place = bench.place("预览").join(&path);
                (path, fs::metadata(place).unwrap().modified().unwrap())
            })
            .collect()
    };
    let before = times(&bench);
    bench.wall = three()
        .item("a", "关于开会的通知", "9s")
        .with("items/通知/b.md", "+++\ntitle = \"9:00 集合?\"\n+++\n改了\n")
        .wall();
    bench.pass(Duration::from_secs(10));
    bench.settle();
    let after = times(&bench);
    let changed: Vec<_> = before
        .iter()
        .zip(&after)
        .filter(|(old, new)| old != new)
        .map(|(old, _)| &*old.0)
        .collect();
    assert_eq!(changed, ["通知/9：00 集合？-第1页.png"]);
    // A daemon that starts anew finds its pictures as they are.
    let mut again = Bench::new(&three());
    again.folder = bench.folder;
    again.wall = bench.wall;
    again.desk = Desk::new(again.folder.path(), Language::Chinese);
    again.settle();
    assert_eq!(times(&again), after);
}

#[test]
fn what_is_gone_is_removed_with_its_folder_and_what_is_not_ours_stays() {
    let mut bench = Bench::new(&three());
    bench.settle();
    let own = bench.read("预览/通知/关于开会的通知-第1页.png");
    fs::create_dir_all(bench.place("预览/我的")).unwrap();
    fs::write(bench.place("预览/我的/照片.png"), b"not a picture of ours").unwrap();
    fs::write(bench.place("预览/通知/记录.txt"), b"mine").unwrap();
    // A copy that the clerk has made bears the name of another file.
    fs::write(bench.place("预览/通知/关于开会的通知-第1页 - 副本.png"), &own).unwrap();
    fs::create_dir(bench.place("预览/空的")).unwrap();
    bench.wall = Files::plain().wall();
    bench.pass(Duration::from_secs(10));
    bench.settle();
    assert_eq!(
        bench.previews(),
        ["我的/照片.png", "通知/关于开会的通知-第1页 - 副本.png", "通知/记录.txt"]
    );
    for path in bench.previews() {
        fs::remove_file(bench.place("预览").join(path)).unwrap();
    }
}

#[test]
fn a_file_of_somebody_else_in_the_place_of_a_preview_is_left_there() {
    let mut bench = Bench::new(&three());
    fs::create_dir_all(bench.place("预览/通知")).unwrap();
    fs::write(bench.place("预览/通知/长-第2页.png"), b"mine").unwrap();
    assert_eq!(bench.settle().fault, None);
    assert_eq!(bench.read("预览/通知/长-第2页.png"), b"mine");
    assert_eq!(bench.previews().len(), 5);
}

#[test]
fn pages_beyond_the_bound_are_left_out_and_all_else_is_drawn() {
    // Fault 89.
    let short = |files: Files, nth: u32| files.item(&format!("{nth:02}"), &format!("第{nth}号"), "3s");
    let mut bench = Bench::new(&(0..60).fold(Files::plain(), short));
    bench.desk = Desk::new(bench.folder.path(), Language::Chinese).with_page_limit(50);
    let mut turns = 0;
    while bench.turn().rest < Duration::from_millis(100) {
        bench.pass(Duration::from_millis(30));
        turns += 1;
    }
    assert_eq!(bench.previews().len(), 50);
    // One page a turn: whoever calls rests in between.
    assert!(turns >= 50, "{turns}");
}

#[test]
fn a_picture_says_what_it_is() {
    let mut bench = Bench::new(&three());
    bench.settle();
    let file = bench.read("预览/通知/长-第2页.png");
    assert_eq!(label(&file, "Description").as_deref(), Some("预览/通知/长-第2页.png"));
}

#[test]
fn what_runs_on_the_wall_stands_whole_in_its_preview() {
    let site = PLAIN.replace("id = \"main\"", "id = \"main\"\nkind = \"ticker\"");
    let files = Files::plain()
        .with("site.toml", site)
        .with("items/通知/c.md", format!("+++\ntitle = \"长\"\n+++\n{LONG}\n"));
    let mut bench = Bench::new(&files);
    bench.settle();
    assert_eq!(bench.previews(), ["通知/长-第1页.png"]);
    let (width, height, _) = pixels(&bench.read("预览/通知/长-第1页.png"));
    assert_eq!(width, 4 * 128);
    let views = (height / 4 + 4) / 36;
    // About 70 characters of 16 to 32 dots, 128 dots a line.
    assert!((8..=24).contains(&views), "{views}");
}

#[test]
fn what_waits_for_approval_in_no_column_is_drawn_beside_the_columns_of_drafts() {
    let mut bench = Bench::new(&Files::plain().with("items/待审/乙.txt", "乙\n正文\n"));
    bench.settle();
    assert_eq!(bench.previews(), ["待审/乙-第1页.png"]);
}
