//! The power limit: nothing draws more than the supply carries, and what draws less stays as it is.

use proptest::{collection::vec, prelude::*};
use yingbi::{
    frame::Frame,
    panel::{Format, Lanes, Panel, Spec, Supply},
    units::{Level, Size},
};

fn packed(format: Format, supply: Option<Supply>, bytes: &[u8], lanes: Lanes) -> Vec<u8> {
    let size = Size::new(bytes.len() as u32 / 3, 1);
    let spec = Spec {
        format,
        supply,
        ..Spec::plain(size.area())
    };
    let mut out = Vec::new();
    let frame = Frame::from_bytes(size, bytes[..size.leds() * 3].into()).unwrap();
    Panel::on(&spec, lanes).pack(&frame, Level::FULL, &mut out);
    out
}

fn supply(carries: u32, draws: u32) -> Option<Supply> {
    Some(Supply { carries, draws })
}

#[test]
fn a_white_picture_is_dimmed_to_what_the_supply_carries() {
    let white = [255; 30];
    assert_eq!(
        packed(Format::Rgb, supply(5000, 10_000), &white, Lanes::one()),
        [127; 30]
    );
    assert_eq!(
        packed(Format::Grey, supply(2500, 10_000), &white, Lanes::one()),
        [63; 10]
    );
    assert_eq!(packed(Format::Rgb, supply(10_000, 10_000), &white, Lanes::one()), white);
    assert_eq!(packed(Format::Rgb, supply(0, 10_000), &white, Lanes::one()), [0; 30]);
}

#[test]
fn a_line_of_text_draws_little_and_is_not_dimmed() {
    let mut text = [0; 300];
    text[..60].fill(255);
    assert_eq!(packed(Format::Rgb, supply(2000, 10_000), &text, Lanes::one()), text);
    let dimmed = packed(Format::Rgb, supply(1000, 10_000), &text, Lanes::one());
    assert_eq!((&dimmed[..60], &dimmed[60..]), (&[127; 60][..], &[0; 240][..]));
}

#[test]
fn bits_cannot_be_dimmed() {
    let white = [255; 24];
    assert_eq!(packed(Format::OneBit, supply(1, 10_000), &white, Lanes::one()), [0xff]);
    assert_eq!(
        packed(Format::TwoBit, supply(1, 10_000), &white, Lanes::one()),
        [0xff; 2]
    );
}

proptest! {
    #[test]
    fn what_is_lit_never_draws_more_than_the_supply_carries_and_is_dimmed_by_one_factor(
        is_grey in any::<bool>(), bytes in vec(any::<u8>(), 3..1500), carries in 0_u32..100_000, draws in 1_u32..100_000,
    ) {
        let format = if is_grey { Format::Grey } else { Format::Rgb };
        let free = packed(format, None, &bytes, Lanes::one());
        let limited = packed(format, supply(carries, draws), &bytes, Lanes::widest());
        prop_assert_eq!(&limited, &packed(format, supply(carries, draws), &bytes, Lanes::one()));
        let draw = |packed: &[u8]| {
            let sum: f64 = packed.iter().map(|value| f64::from(*value)).sum();
            sum / 255.0 / packed.len() as f64 * f64::from(draws)
        };
        let (wanted, carries) = (draw(&free), f64::from(carries));
        prop_assert!(draw(&limited) <= carries * (1.0 + 1e-12));
        let factor = (carries / wanted).min(1.0);
        for (free, limited) in free.iter().zip(&limited) {
            let exact = if wanted > carries { f64::from(*free) * factor } else { f64::from(*free) };
            prop_assert!(f64::from(*limited) <= exact + 1e-6 && f64::from(*limited) > exact - 1.0 - 1e-6, "{free} {limited} {exact}");
        }
    }
}
