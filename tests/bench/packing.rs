//! From a frame to a panel's bytes, 512x256 LEDs: tables, colour order, wiring, bits.
//!
//! The floors: a copy of the frame, for what moves or looks up every byte; one table loop, for processors that look up one byte at a time;
//! the processor's own instruction for the highest bit of sixteen bytes, for bits, over all three bytes of each LED, which must be read, or over one,
//! as if the frame were grey; and, for wiring, a table of where each byte comes from,
//! 32 bits each, as players of pixels commonly have it.

use std::hint::black_box;

use yingbi::{
    frame::Frame,
    panel::{Format, Grid, Lanes, Order, Panel, Spec, Supply, Turn, Walk, Wiring},
    units::{Level, Size},
};

use super::harness::{Budget, Harness};

const SIZE: Size = Size::new(512, 256);
const BYTES: usize = SIZE.leds() * 3;

/// Times packing of 512x256 LEDs.
pub(crate) fn run(harness: &mut Harness) {
    let fixture = Fixture::new();
    fixture.many_at_once(harness);
    fixture.one_at_a_time(harness);
    fixture.wired(harness);
    fixture.bits(harness);
    fixture.limited(harness);
}

struct Fixture {
    frame: Frame,
    table: [u8; 256],
}

fn spec() -> Spec {
    Spec::plain(SIZE.area())
}

fn gamma() -> Spec {
    Spec {
        gamma: [220; 3],
        ..spec()
    }
}

fn ordered(spec: Spec) -> Spec {
    Spec {
        order: Order::Grb,
        ..spec
    }
}

fn each() -> Spec {
    Spec {
        gamma: [220, 210, 200],
        ..spec()
    }
}

/// Modules of 64x32, back and forth, every second row of them upside down.
fn serpentine() -> Grid {
    Grid {
        chain: Walk {
            serpentine: true,
            ..Walk::ROWS
        },
        turned_back: true,
        ..Grid::new(Size::new(64, 32), 8, 8)
    }
}

/// Modules of 64x32 that hang on their side, so that their rows are columns of the wall.
fn columns() -> Grid {
    Grid {
        turn: Turn::Quarter,
        ..Grid::new(Size::new(64, 32), 16, 4)
    }
}

fn wired(spec: &Spec, grid: &Grid) -> Spec {
    Spec {
        wiring: grid.wiring(),
        ..spec.clone()
    }
}

/// A budget of what is packed many bytes at once; where the processor cannot, the figure is stated.
fn if_wide(limit: f64) -> Budget {
    match Lanes::widest().count() {
        1 => Budget::None,
        _ => Budget::Ratio(limit),
    }
}

/// Packs with `lanes` whenever it is called.
fn packs<'f>(spec: &Spec, lanes: Lanes, frame: &'f Frame) -> impl FnMut() + use<'f> {
    let mut panel = Panel::on(spec, lanes);
    let mut out = Vec::new();
    move || {
        panel.pack(black_box(frame), Level::FULL, &mut out);
        black_box(&mut out);
    }
}

impl Fixture {
    fn new() -> Self {
        let bytes = (0..BYTES).map(|at| (at % 251) as u8).collect();
        Self {
            frame: Frame::from_bytes(SIZE, bytes).expect("a picture has its size"),
            table: std::array::from_fn(|value| (value * value / 255) as u8),
        }
    }

    /// The floor of everything: one copy.
    fn copy(&self) -> impl FnMut() {
        let mut copy = vec![0; BYTES];
        move || {
            copy.copy_from_slice(black_box(self.frame.bytes()));
            black_box(&mut copy);
        }
    }

    fn many_at_once(&self, harness: &mut Harness) {
        let subjects = [
            ("pack: linear", spec(), Budget::Ratio(1.6)),
            ("pack: gamma", gamma(), if_wide(1.5)),
            ("pack: gamma, order", ordered(gamma()), if_wide(1.5)),
            ("pack: a gamma a channel, order", ordered(each()), Budget::None),
        ];
        for (name, spec, budget) in subjects {
            let subject = packs(&spec, Lanes::widest(), &self.frame);
            harness.compare(name, budget, ("memcpy", self.copy()), subject);
        }
    }

    /// What other processors do.
    fn one_at_a_time(&self, harness: &mut Harness) {
        let mut out = vec![0; BYTES];
        let table = black_box(self.table);
        let floor = || {
            let (leds, _) = black_box(self.frame.bytes()).as_chunks::<3>();
            let (lit, _) = out.as_chunks_mut::<3>();
            for ([red, green, blue], lit) in leds.iter().zip(lit) {
                *lit = [green, red, blue].map(|value| table[usize::from(*value)]);
            }
            black_box(&mut out);
        };
        harness.compare(
            "pack: gamma, order, byte by byte",
            Budget::Ratio(1.1),
            ("table loop", floor),
            packs(&ordered(gamma()), Lanes::one(), &self.frame),
        );
        harness.compare(
            "pack: one bit, any processor",
            Budget::Ratio(3.0),
            ("movemask, all bytes", self.movemask()),
            packs(&bits(Format::OneBit), Lanes::one(), &self.frame),
        );
    }

    fn wired(&self, harness: &mut Harness) {
        let grid = serpentine();
        let wall = wired(&gamma(), &grid);
        harness.compare(
            "pack: gamma, serpentine 64x32",
            Budget::None,
            ("memcpy", self.copy()),
            packs(&wall, Lanes::widest(), &self.frame),
        );
        harness.compare(
            "pack: u32 gather, serpentine 64x32",
            Budget::AtLeast(if Lanes::widest().count() == 1 { 1.5 } else { 5.0 }),
            ("ours", packs(&wall, Lanes::widest(), &self.frame)),
            self.gather(&grid),
        );
        harness.compare(
            "pack: the same byte by byte",
            Budget::None,
            ("u32 gather", self.gather(&grid)),
            packs(&wall, Lanes::one(), &self.frame),
        );
        for (name, grid) in [
            ("pack: gamma, P10 row by row", Grid::new(Size::new(32, 16), 16, 16)),
            ("pack: gamma, columns", columns()),
        ] {
            let subject = packs(&wired(&gamma(), &grid), Lanes::widest(), &self.frame);
            harness.compare(name, Budget::None, ("memcpy", self.copy()), subject);
        }
    }

    fn bits(&self, harness: &mut Harness) {
        let subjects = [
            ("pack: one bit", Format::OneBit, if_wide(2.0)),
            ("pack: two bits", Format::TwoBit, Budget::None),
            ("pack: grey", Format::Grey, Budget::None),
        ];
        for (name, format, budget) in subjects {
            let subject = packs(&bits(format), Lanes::widest(), &self.frame);
            harness.compare(name, budget, ("movemask, all bytes", self.movemask()), subject);
        }
        let mut grey = self.movemask_of(BYTES / 3);
        let subject = packs(&bits(Format::OneBit), Lanes::widest(), &self.frame);
        harness.compare(
            "pack: one bit, of RGB",
            Budget::None,
            ("movemask, grey", &mut grey),
            subject,
        );
    }

    fn limited(&self, harness: &mut Harness) {
        for (name, carries) in [("pack: gamma, within the supply", 9000), ("pack: gamma, dimmed", 900)] {
            let supply = Some(Supply { carries, draws: 10_000 });
            let subject = packs(&Spec { supply, ..gamma() }, Lanes::widest(), &self.frame);
            harness.compare(name, Budget::None, ("memcpy", self.copy()), subject);
        }
    }

    /// The highest bits of all bytes of the frame, three an LED.
    fn movemask(&self) -> impl FnMut() {
        self.movemask_of(BYTES)
    }

    /// The highest bits of the first `bytes`.
    fn movemask_of(&self, bytes: usize) -> impl FnMut() {
        let mut bits = vec![0_u16; bytes / 16];
        move || {
            let (lines, _) = black_box(&self.frame.bytes()[..bytes]).as_chunks::<16>();
            for (line, bits) in lines.iter().zip(&mut bits) {
                *bits = highest(line);
            }
            black_box(&mut bits);
        }
    }

    /// Every byte looked up where a table says, and then in another table.
    fn gather(&self, grid: &Grid) -> impl FnMut() {
        let Wiring::Modules(modules) = grid.wiring() else {
            unreachable!("a grid is made of modules");
        };
        let leds = modules.iter().flat_map(|module| module.places().collect::<Vec<_>>());
        let bytes = leds.flat_map(|(x, y)| [0, 1, 2].map(|channel| (y * SIZE.width + x) * 3 + channel));
        let map: Vec<u32> = bytes.collect();
        let mut out = vec![0; BYTES];
        move || {
            let bytes = black_box(self.frame.bytes());
            for (from, lit) in map.iter().zip(&mut out) {
                *lit = self.table[usize::from(bytes[*from as usize])];
            }
            black_box(&mut out);
        }
    }
}

fn bits(format: Format) -> Spec {
    Spec { format, ..spec() }
}

#[cfg(target_arch = "x86_64")]
fn highest(line: &[u8; 16]) -> u16 {
    use std::arch::x86_64::{_mm_loadu_si128, _mm_movemask_epi8};
    #[allow(unsafe_code, reason = "the floor is the instruction itself")]
    // SAFETY: there are 16 bytes, and every processor of this kind has the instruction.
    unsafe {
        _mm_movemask_epi8(_mm_loadu_si128(line.as_ptr().cast())) as u16
    }
}

#[cfg(not(target_arch = "x86_64"))]
fn highest(line: &[u8; 16]) -> u16 {
    let bits = line.iter().enumerate();
    bits.fold(0, |bits, (at, byte)| bits | u16::from(byte >> 7) << at)
}
