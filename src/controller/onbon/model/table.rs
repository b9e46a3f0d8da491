//! The table of all kinds of cards.
//!
//! Types are those of the maker's published sources (bx.dual.dyn.java, BX-V-VI), of cards with fonts those of BX-K; limits those of the manuals
//! of dynamic areas, fifth and sixth generation. What no paper says is assumed, on the safe side, and marked.

use std::time::Duration;

use super::{Evidence, Fact, Family, Model, Quirk, Reads};
use crate::controller::card::CardColour::{Dual, Full, Single};

/// The first bitmap of a D file has the offset 14 though 13 bytes stand before it: offsets count from 1.
pub const OFFSET_FROM_ONE: Quirk = Quirk {
    name: "offset-from-one",
    text: "bitmaps of a D file are counted from 1, with its 13 bytes of head before them",
    evidence: Evidence::Captured,
};

/// The length of a lock to one program of BX-6 is one less than what follows.
pub const SHORT_LOCK: Quirk = Quirk {
    name: "short-lock",
    text: "the lock to one program says 10 bytes and has 11",
    evidence: Evidence::Captured,
};

/// Rows of an area begin where the card's own x is a multiple of a byte or a word.
pub const ABSOLUTE_ROWS: Quirk = Quirk {
    name: "absolute-rows",
    text: "rows of an area are filled up with 1 from where the card's own x is a multiple of a byte or a word",
    evidence: Evidence::Captured,
};

/// A BX-6Q says in its answer to a ping whether it wants RGB888 or RGB565.
pub const COLOUR_CODEC: Quirk = Quirk {
    name: "colour-codec",
    text: "its answer to a ping says whether LEDs are RGB888 or RGB565",
    evidence: Evidence::Documented,
};

/// x and width are eights of LEDs unless the top bit is set.
pub const EIGHTS: Quirk = Quirk {
    name: "eights",
    text: "x and width of an area count eights of LEDs unless their top bit is set",
    evidence: Evidence::Documented,
};

/// Dynamic areas of cards that are neither E nor Q.
pub const AREAS_IN_DOUBT: Quirk = Quirk {
    name: "areas-in-doubt",
    text: "the maker's examples say that of each generation only E and Q have dynamic areas",
    evidence: Evidence::Documented,
};

/// Where the maker's papers say nothing: no number of a speed is written down as a time, so it is taken for hundredths of a second, the unit
/// of all other times on this wire.
const STEP: Fact<Duration> = Fact::assumed(Duration::from_millis(10));

/// The programs stop, and dynamic areas alone are seen. In the maker's examples several areas at a time all say so, each in a request of its
/// own: two of a BX-6E (`bx06_demo.java` of onbonlab/pub), three of a BX-5 (the C# demo of onbonlab/BX-V-VI); and the manual of its library says
/// that several of one request are shown without programs. The other value, 0, is for areas that share no LED with any program: where
/// they do the picture breaks up, says the manual of the sixth generation, and ours lie above a picture that fills the screen.
const ALONE: u8 = 1;

const FIVE: Model = Model {
    name: "",
    family: Family::Five,
    wire: [0; 2],
    wire_evidence: Evidence::Documented,
    areas: Fact::assumed(4),
    memory: Fact::assumed(300_000),
    immediate: Fact::assumed(ALONE),
    block: Fact::captured(1024),
    colours: &[Single, Dual],
    has_serial: Fact::documented(true),
    slowest: Fact::documented(63),
    step: STEP,
    reads: Reads {
        light: true,
        clock: true,
        files: true,
        areas: false,
        evidence: Evidence::Documented,
    },
    quirks: &[ABSOLUTE_ROWS, AREAS_IN_DOUBT],
};

const FIVE_E: Model = Model {
    areas: Fact::documented(4),
    memory: Fact::documented(300_000),
    immediate: Fact::documented(ALONE),
    quirks: &[ABSOLUTE_ROWS],
    ..FIVE
};

const FIVE_Q: Model = Model {
    family: Family::FiveQ,
    colours: &[Full],
    has_serial: Fact::documented(false),
    quirks: &[],
    ..FIVE_E
};

const SIX: Model = Model {
    family: Family::Six,
    quirks: &[ABSOLUTE_ROWS, OFFSET_FROM_ONE, SHORT_LOCK, AREAS_IN_DOUBT],
    ..FIVE
};

const SIX_E: Model = Model {
    areas: Fact::documented(4),
    memory: Fact::documented(300_000),
    immediate: Fact::documented(ALONE),
    quirks: &[ABSOLUTE_ROWS, OFFSET_FROM_ONE, SHORT_LOCK],
    ..SIX
};

const SIX_Q: Model = Model {
    family: Family::SixQ,
    areas: Fact::documented(32),
    memory: Fact::documented(300_000),
    immediate: Fact::documented(ALONE),
    colours: &[Full],
    has_serial: Fact::documented(false),
    quirks: &[OFFSET_FROM_ONE, SHORT_LOCK, COLOUR_CODEC],
    ..SIX
};

const FIVE_K: Model = Model {
    family: Family::FiveK,
    wire_evidence: Evidence::Documented,
    areas: Fact::assumed(4),
    memory: Fact::assumed(2048),
    block: Fact::assumed(0),
    slowest: Fact::documented(0x18),
    reads: Reads {
        light: false,
        clock: false,
        files: false,
        areas: false,
        evidence: Evidence::Assumed,
    },
    quirks: &[EIGHTS],
    ..FIVE
};

const SIX_K: Model = Model {
    family: Family::SixK,
    quirks: &[],
    ..FIVE_K
};

/// A line of the table: what all of its family have, its name and its type.
const fn like(base: Model, name: &'static str, first: u8, second: u8) -> Model {
    Model {
        name,
        wire: [first, second],
        ..base
    }
}

/// All kinds of cards that are known.
#[rustfmt::skip]
pub static MODELS: &[Model] = &[
    like(FIVE, "BX-5A", 0x51, 0x09),
    like(FIVE, "BX-5A1", 0x51, 0x02),
    like(FIVE, "BX-5A3", 0x51, 0x04),
    like(FIVE, "BX-5A4", 0x51, 0x05),
    like(FIVE, "BX-5AT-WIFI", 0x51, 0x16),
    like(FIVE, "BX-5A0-WIFI", 0x51, 0x22),
    like(FIVE, "BX-5A1-WIFI", 0x51, 0x06),
    like(FIVE, "BX-5A2-WIFI", 0x51, 0x07),
    like(FIVE, "BX-5A4-WIFI", 0x51, 0x08),
    like(FIVE_E, "BX-5E1", 0x54, 0x01),
    Model { wire_evidence: Evidence::Captured, ..like(FIVE_E, "BX-5E2", 0x54, 0x02) },
    like(FIVE_E, "BX-5E3", 0x54, 0x03),
    like(FIVE, "BX-5M1", 0x52, 0x00),
    like(FIVE, "BX-5M1X", 0x52, 0x01),
    like(FIVE, "BX-5M2", 0x52, 0x02),
    like(FIVE, "BX-5M3", 0x52, 0x03),
    like(FIVE, "BX-5M4", 0x52, 0x04),
    like(FIVE, "BX-5MT", 0x52, 0x05),
    like(FIVE, "BX-5UT", 0x55, 0x00),
    like(FIVE, "BX-5U0", 0x55, 0x01),
    like(FIVE, "BX-5U1", 0x55, 0x02),
    like(FIVE, "BX-5U2", 0x55, 0x03),
    like(FIVE, "BX-5U3", 0x55, 0x04),
    like(FIVE, "BX-5U4", 0x55, 0x05),
    like(FIVE, "BX-5U5", 0x55, 0x06),
    like(FIVE, "BX-5U", 0x55, 0x07),
    like(FIVE, "BX-5UL", 0x55, 0x08),
    like(FIVE_Q, "BX-5Q0+", 0x56, 0x10),
    like(FIVE_Q, "BX-5Q1+", 0x56, 0x11),
    like(FIVE_Q, "BX-5Q2+", 0x56, 0x12),
    like(SIX, "BX-6M0", 0x62, 0x00),
    like(SIX, "BX-6M1", 0x62, 0x01),
    Model { wire_evidence: Evidence::Captured, ..like(SIX, "BX-6M2", 0x62, 0x02) },
    like(SIX, "BX-6M3", 0x62, 0x03),
    like(SIX, "BX-6M", 0x62, 0x04),
    like(SIX, "BX-6MT", 0x62, 0x05),
    like(SIX, "BX-6M0-YY", 0x62, 0x10),
    like(SIX, "BX-6M1-YY", 0x62, 0x11),
    like(SIX, "BX-6M2-YY", 0x62, 0x12),
    like(SIX, "BX-6M3-YY", 0x62, 0x13),
    like(SIX, "BX-6M-YY", 0x62, 0x14),
    like(SIX, "BX-6X1", 0x62, 0x21),
    like(SIX, "BX-6X2", 0x62, 0x22),
    like(SIX, "BX-6X3", 0x62, 0x23),
    like(SIX, "BX-6U0", 0x63, 0x00),
    like(SIX, "BX-6U1", 0x63, 0x01),
    like(SIX, "BX-6U2", 0x63, 0x02),
    like(SIX, "BX-6U3", 0x63, 0x03),
    like(SIX, "BX-6U", 0x63, 0x04),
    like(SIX, "BX-6UT", 0x63, 0x05),
    like(SIX, "BX-6A0", 0x63, 0x20),
    like(SIX, "BX-6A1", 0x63, 0x21),
    like(SIX, "BX-6A2", 0x63, 0x22),
    like(SIX, "BX-6A3", 0x63, 0x23),
    like(SIX, "BX-6A", 0x63, 0x24),
    like(SIX, "BX-6A0-YY", 0x63, 0x30),
    like(SIX, "BX-6A1-YY", 0x63, 0x31),
    like(SIX, "BX-6A2-YY", 0x63, 0x32),
    like(SIX, "BX-6A3-YY", 0x63, 0x33),
    like(SIX, "BX-6A-YY", 0x63, 0x34),
    like(SIX, "BX-6W0", 0x64, 0x00),
    like(SIX, "BX-6W1", 0x64, 0x01),
    like(SIX, "BX-6W2", 0x64, 0x02),
    like(SIX, "BX-6W3", 0x64, 0x03),
    like(SIX, "BX-6W", 0x64, 0x04),
    like(SIX, "BX-6WT", 0x64, 0x05),
    like(SIX_E, "BX-6E1", 0x74, 0x01),
    Model { wire_evidence: Evidence::Captured, ..like(SIX_E, "BX-6E2", 0x74, 0x02) },
    like(SIX_E, "BX-6E3", 0x74, 0x03),
    like(SIX_E, "BX-6E1X", 0x74, 0x04),
    like(SIX_E, "BX-6E2X", 0x74, 0x05),
    like(SIX_Q, "BX-6Q0", 0x66, 0x00),
    like(SIX_Q, "BX-6Q1", 0x66, 0x01),
    like(SIX_Q, "BX-6Q2", 0x66, 0x02),
    like(SIX_Q, "BX-6Q3", 0x66, 0x03),
    like(SIX_Q, "BX-6Q2L", 0x66, 0x04),
    like(SIX_Q, "BX-6Q3L", 0x66, 0x05),
    like(FIVE_K, "BX-5K1", 0x51, 0x00),
    like(FIVE_K, "BX-5K2", 0x58, 0x00),
    like(FIVE_K, "BX-5MK1", 0x54, 0x00),
    like(FIVE_K, "BX-5MK2", 0x53, 0x00),
    like(FIVE_K, "BX-5K1Q-YY", 0x5c, 0x00),
    like(SIX_K, "BX-6K1", 0x61, 0x00),
    like(SIX_K, "BX-6K2", 0x62, 0x00),
    like(SIX_K, "BX-6K3", 0x63, 0x00),
    like(SIX_K, "BX-6K1-YY", 0x64, 0x00),
    like(SIX_K, "BX-6K2-YY", 0x65, 0x00),
    like(SIX_K, "BX-6K3-YY", 0x66, 0x00),
    like(SIX_K, "BX-6K1-4G", 0x67, 0x00),
    like(SIX_K, "BX-6K2-4G", 0x68, 0x00),
];
