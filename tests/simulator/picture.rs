//! Picture files, opened again by their libraries' decoders.

use proptest::prelude::*;
use yingbi::{
    diagnostic::Explain,
    frame::Frame,
    simulator::picture::{self, Look},
    units::Size,
};

use super::{frames, sizes};

fn decode_png(file: &[u8]) -> (Size, Vec<u8>) {
    let mut reader = png::Decoder::new(std::io::Cursor::new(file))
        .read_info()
        .expect("a PNG file");
    let mut bytes = vec![0; reader.output_buffer_size().expect("a size in memory")];
    let info = reader.next_frame(&mut bytes).expect("one picture");
    assert_eq!(
        (info.color_type, info.bit_depth),
        (png::ColorType::Rgb, png::BitDepth::Eight)
    );
    (Size::new(info.width, info.height), bytes)
}

proptest! {
    #[test]
    fn a_png_holds_the_frame_dot_for_dot(frame in sizes().prop_flat_map(frames)) {
        let file = picture::png(&frame, Look::PLAIN).expect("a small picture");
        prop_assert_eq!(decode_png(&file), (frame.size(), frame.bytes().to_vec()));
    }

    #[test]
    fn a_scaled_png_holds_each_led_as_a_square(frame in sizes().prop_flat_map(frames), scale in 1_u32..5) {
        let file = picture::png(&frame, Look::plain(scale).expect("within range")).expect("a small picture");
        let (size, bytes) = decode_png(&file);
        prop_assert_eq!(size, Size::new(frame.size().width * scale, frame.size().height * scale));
        for (at, dot) in bytes.chunks_exact(3).enumerate() {
            let (x, y) = (at as u32 % size.width, at as u32 / size.width);
            prop_assert_eq!(dot, &frame.row(y / scale)[(x / scale) as usize * 3..][..3]);
        }
    }
}

#[test]
fn dots_are_round_lit_in_the_middle_and_dark_at_the_corners() {
    let frame = Frame::from_bytes(Size::new(2, 1), vec![255, 0, 0, 0, 0, 0]).expect("two LEDs");
    let file = picture::png(&frame, Look::dots(8).expect("within range")).expect("a small picture");
    let (size, bytes) = decode_png(&file);
    assert_eq!(size, Size::new(16, 8));
    let dot = |x: usize, y: usize| &bytes[(y * 16 + x) * 3..][..3];
    assert_eq!(dot(4, 4), [255, 22, 25], "lit");
    assert_eq!(dot(12, 4), [22, 22, 25], "off");
    assert_eq!(dot(0, 0), [6, 6, 8], "board");
    for (x, y) in (0..8).flat_map(|y| (0..8).map(move |x| (x, y))) {
        assert_eq!(dot(x, y), dot(7 - x, y), "left and right alike");
        assert_eq!(dot(x, y), dot(y, x), "across and down alike");
    }
}

#[test]
fn the_same_frame_gives_the_same_file() {
    let mut frame = Frame::new(Size::new(40, 30));
    frame
        .bytes_mut()
        .iter_mut()
        .enumerate()
        .for_each(|(at, byte)| *byte = (at * 7) as u8);
    let look = Look::dots(5).expect("within range");
    assert_eq!(picture::png(&frame, look), picture::png(&frame, look));
}

#[test]
fn sizes_and_scales_that_make_no_picture_are_refused() {
    let empty = Frame::new(Size::new(0, 8));
    let refused = picture::png(&empty, Look::PLAIN).expect_err("no LEDs");
    assert_eq!(refused.to_string(), "a picture of 0x8 dots cannot be written");
    assert_eq!(refused.chinese(), "无法写出 0x8 点的图片");
    let wall = Frame::new(Size::new(4096, 1024));
    assert!(picture::png(&wall, Look::dots(32).expect("within range")).is_err());
    for scale in [0, 1, 2, 33, u32::MAX] {
        assert!(Look::dots(scale).is_err());
    }
    let refused = Look::plain(33).expect_err("too large");
    assert_eq!(refused.to_string(), "scale 33 is outside of 1 to 32");
    assert_eq!(refused.chinese(), "放大倍数 33 超出 1 至 32 的范围");
}
