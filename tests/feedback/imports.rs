//! Videos that are being taken in, as the list tells of them.

use std::{sync::Arc, time::Duration};

use yingbi::{
    units::Share,
    wall::{ImportStage, ImportView},
};

use super::Bench;
use crate::support::site::Files;

fn working(percent: u8, seconds: u32) -> ImportView {
    ImportView {
        path: "items/通知/宣传片.mp4".into(),
        stage: ImportStage::Working,
        share: Share::new(percent),
        seconds_left: Some(seconds),
    }
}

fn list(bench: &Bench) -> String {
    String::from_utf8(bench.read("问题清单.txt")).unwrap()
}

#[test]
fn the_clerk_reads_how_far_a_video_is_and_that_it_is_no_problem() {
    let mut bench = Bench::new(&Files::plain());
    bench.imports = vec![
        working(62, 77),
        ImportView {
            path: "items/通知/拷贝中.mov".into(),
            stage: ImportStage::Copying,
            share: None,
            seconds_left: None,
        },
    ];
    bench.settle();
    let told = list(&bench);
    let expected = "没有问题。";
    assert!(told.contains(expected), "{told}");
    let expected = "正在处理的视频（不算问题，处理好自动播出），共 2 个：\r\n   正在转换 宣传片.mp4：62%，约 1 分 20 秒\r\n   拷贝中.mov：等待复制完成\r\n";
    assert!(told.contains(expected), "{told}");
}

#[test]
fn the_list_is_not_written_for_every_per_cent_but_for_every_video() {
    let mut bench = Bench::new(&Files::plain());
    bench.imports = vec![working(1, 300)];
    bench.settle();
    assert!(list(&bench).contains("1%"));
    bench.imports = vec![working(2, 290)];
    bench.turn();
    assert!(list(&bench).contains("：1%"));
    bench.pass(Duration::from_secs(3));
    bench.turn();
    assert!(list(&bench).contains("：2%"));
    bench.imports.clear();
    bench.turn();
    assert!(!list(&bench).contains("正在处理"));
}

#[test]
fn estimates_are_as_rough_as_they_are() {
    let told = |seconds| working(50, seconds).told();
    assert_eq!(told(3).zh, "正在转换 宣传片.mp4：50%，约 5 秒");
    assert_eq!(told(0).zh, "正在转换 宣传片.mp4：50%，约 5 秒");
    assert_eq!(told(58).zh, "正在转换 宣传片.mp4：50%，约 1 分");
    assert_eq!(told(121).en, "converting 宣传片.mp4: 50%, about 2 min 10 s left");
    assert_eq!(told(3601).zh, "正在转换 宣传片.mp4：50%，约 61 分");
    let path = Arc::from("items/a.mp4");
    let waiting = ImportView {
        path,
        stage: ImportStage::Waiting,
        share: None,
        seconds_left: None,
    };
    assert_eq!(waiting.told().zh, "等待转换 a.mp4");
}
