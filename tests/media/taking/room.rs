//! Clips and the room for them: a disk that is full, a quota that is too small, what is let go and what somebody deletes.

use std::{
    fs,
    sync::Arc,
    time::{Duration, Instant},
};

use yingbi::{
    media::{Admission, Clips},
    wall::ImportStage,
};

use super::{Bench, OTHER, PATH, PATIENCE, VIDEO, put};
use crate::media::{
    child,
    clips::{Disk, write as write_clip},
};

#[test]
fn a_full_disk_is_told_of_the_video_and_tried_again_when_there_is_room() {
    let Some(disk) = Disk::new("2m") else { return };
    let mut bench = Bench::new(&[(PATH, VIDEO)]);
    let maker = Arc::clone(&bench.maker);
    let admission = Admission::new(bench.site.path(), child(), None);
    bench.admission = Arc::new(admission.with_clips(Clips::new(disk.path()), maker));
    bench.maker.plan(|order, _| write_clip(order, 1_000_000));
    let log = disk.path().join("log");
    fs::write(&log, vec![1; 1_500_000]).unwrap();
    bench.read();
    bench.film();
    let told = bench.admission.store_problems();
    assert_eq!((told.len(), &*told[0].file), (1, PATH));
    assert!(told[0].message.zh.contains("磁盘空间不足") && told[0].help.zh.contains("腾出空间后自动重试"));
    // The wall is what it was, and the video waits.
    assert_eq!((bench.problems(), bench.clips().len()), (Vec::new(), 0));
    assert_eq!(bench.admission.progress()[0].stage, ImportStage::Waiting);
    fs::remove_file(log).unwrap();
    // It is tried again by itself after half a minute, or when the site gives more room.
    bench.admission.set_clip_space(1 << 30);
    bench.film();
    assert_eq!((bench.admission.store_problems(), bench.clips().len()), (Vec::new(), 1));
}

#[test]
fn too_small_a_quota_is_told_and_harms_nothing_that_plays() {
    let (a, b) = ("items/通知/a.mp4", "items/通知/b.mp4");
    let mut bench = Bench::new(&[(a, VIDEO)]);
    bench.maker.plan(|order, _| write_clip(order, 700_000));
    bench.admission.set_clip_space(1 << 20);
    bench.read();
    bench.film();
    let plays = bench.clips();
    bench.admission.protect(plays.iter().copied().collect());
    put(bench.site.path(), b, OTHER);
    bench.read();
    bench.film();
    let told = bench.admission.store_problems();
    assert_eq!((told.len(), &*told[0].file), (1, b));
    assert!(told[0].message.zh.contains("视频缓存 1 MiB 已用满") && told[0].help.zh.contains("clip_space"));
    assert_eq!(bench.clips(), plays);
    assert!(Clips::new(bench.state.path()).take(plays[0]).is_some());
    bench.admission.set_clip_space(2 << 20);
    bench.film();
    assert_eq!((bench.admission.store_problems(), bench.clips().len()), (Vec::new(), 2));
}

#[test]
fn what_was_let_go_stays_in_the_programme_and_is_made_again_when_it_plays_soon() {
    let (a, b) = ("items/通知/a.mp4", "items/通知/b.mp4");
    let mut bench = Bench::new(&[(a, VIDEO)]);
    bench.maker.plan(|order, _| write_clip(order, 700_000));
    bench.admission.set_clip_space(1 << 20);
    bench.read();
    bench.film();
    let first = bench.clips()[0];
    // Nothing of it plays within two days.
    bench.admission.protect([].into());
    put(bench.site.path(), b, OTHER);
    bench.read();
    bench.film();
    let clips = Clips::new(bench.state.path());
    assert_eq!(
        (clips.take(first), bench.clips().len(), bench.wants().len()),
        (None, 2, 0)
    );
    assert_eq!(bench.maker.count(), 2);
    // Now it does, and the other one does not.
    bench.admission.protect([first].into());
    bench.film();
    assert!(clips.take(first).is_some());
    assert_eq!((bench.maker.count(), bench.clips().len()), (3, 2));
}

#[test]
fn a_clip_that_somebody_deletes_is_missed_and_made_again() {
    let mut bench = Bench::new(&[(PATH, VIDEO)]);
    bench.read();
    bench.film();
    let clip = bench.clips()[0];
    bench.admission.protect([clip].into());
    bench.admission.start().unwrap();
    let place = Clips::new(bench.state.path()).path(clip);
    fs::remove_file(&place).unwrap();
    let deadline = Instant::now() + PATIENCE;
    while !place.exists() {
        assert!(Instant::now() < deadline, "nobody misses it");
        std::thread::sleep(Duration::from_millis(20));
    }
    bench.admission.end();
    // The programme has not changed.
    let files = bench.found();
    bench.accept(&files);
    assert_eq!((bench.clips(), bench.wants().len()), (vec![clip], 0));
}
