//! Bytes that are no clip, or no whole one.

use yingbi::{
    clip::{Clip, ClipFault, FRAME_LIMIT, Index},
    diagnostic::Explain as _,
};

use super::{clip, frames, head, open, verified};

#[test]
fn a_clip_cut_anywhere_is_not_opened() {
    let bytes = clip(&head(4, 3), &frames(3, 36));
    assert!(verified(&bytes).is_ok());
    for length in 0..bytes.len() {
        assert!(open(&bytes[..length]).is_err(), "cut to {length}");
    }
    let longer = [&bytes[..], b"\n"].concat();
    assert!(open(&longer).is_err());
}

#[test]
fn a_clip_with_any_byte_changed_is_told_from_a_sound_one() {
    let bytes = clip(&head(4, 3), &frames(3, 36));
    for at in 0..bytes.len() {
        for change in [0x01, 0x80, 0xff] {
            let mut changed = bytes.clone();
            changed[at] ^= change;
            assert!(verified(&changed).is_err(), "byte {at} ^ {change}");
        }
    }
}

#[test]
fn every_fault_has_its_name() {
    let bytes = clip(&head(4, 3), &frames(3, 36));
    let changed = |at: usize| {
        let mut changed = bytes.clone();
        changed[at] ^= 0x40;
        verified(&changed).unwrap_err()
    };
    let first = open(&bytes).unwrap().index.stored()[0];
    assert_eq!(verified(b"%PDF-1.7").unwrap_err(), ClipFault::Foreign);
    assert_eq!(verified(&[b'x'; 4000]).unwrap_err(), ClipFault::Foreign);
    assert_eq!(changed(15), ClipFault::Version { version: 0x41 });
    assert_eq!(changed(19), ClipFault::Head);
    assert_eq!(changed(40), ClipFault::Index);
    assert_eq!(changed(first.at as usize + 20), ClipFault::Sum { picture: 0 });
    assert_eq!(verified(&bytes[..bytes.len() - 1]).unwrap_err(), ClipFault::Cut);
    assert_eq!(changed(bytes.len() - 17 - 8 * 4), ClipFault::Table);
    assert_eq!(
        ClipFault::Sum { picture: 7 }.chinese(),
        "播放片段的第 7 幅画面已损坏：校验和不符"
    );
}

#[test]
fn no_more_is_read_than_the_longest_index_has() {
    let bytes = clip(&head(4, 3), &frames(1, 36));
    // A file that claims to be enormous, and an index as long as that.
    let mut end = [0; Index::END];
    end.copy_from_slice(&bytes[bytes.len() - Index::END..]);
    end[..4].copy_from_slice(&u32::MAX.to_le_bytes());
    let mut most = 0;
    let opened = Clip::open(1 << 40, |at, into| {
        most = into.len().max(most);
        let source: &[u8] = if at == 0 { &bytes } else { &end };
        into.copy_from_slice(&source[..into.len()]);
        Ok::<(), ClipFault>(())
    });
    assert_eq!(opened.unwrap_err(), ClipFault::Index);
    assert!(most <= 32 + 24 * FRAME_LIMIT as usize, "{most}");
}
