//! What a line does to bytes, by simulated time.

use std::time::Duration;

use yingbi::{
    simulator::{
        card::{Cut, Line, Noise, Wire, byte_time},
        controller::weather::Odds,
    },
    units::Moment,
};

use super::card;

const START: Moment = Moment::from_nanoseconds(1_000_000_000);

fn line(wire: Wire) -> Line {
    Line::new(wire, [card(1)], Noise::default(), START)
}

fn heard(line: &mut Line, at: Moment) -> u64 {
    line.poll(at, &mut Vec::new());
    line.traffic().0
}

#[test]
fn a_byte_takes_ten_bits_and_no_less() {
    for baud in [300, 9600, 57_600, 115_200, 4_000_000] {
        let exact = 10.0 / f64::from(baud);
        let taken = byte_time(baud).as_secs_f64();
        assert!(taken >= exact && taken < exact + 2e-9, "{baud}");
    }
}

#[test]
fn bytes_pass_one_after_the_other_at_the_speed_of_the_line() {
    for baud in [9600, 57_600] {
        let byte = byte_time(baud);
        let mut line = line(Wire::Rs232 { baud });
        line.take(&[0; 100], START);
        let end = START + byte * 60;
        assert_eq!(heard(&mut line, end - Duration::from_nanos(1)), 59);
        assert_eq!(heard(&mut line, end), 60);
        // What comes while others are under way stands behind them; what comes later begins when it comes.
        line.take(&[0; 10], end);
        assert_eq!(heard(&mut line, START + byte * 110), 110);
        let later = START + byte * 1000;
        line.take(&[0; 3], later);
        assert_eq!(heard(&mut line, later + byte * 2), 112);
        assert_eq!(heard(&mut line, later + byte * 3), 113);
    }
}

#[test]
fn it_makes_no_difference_how_often_a_line_is_polled() {
    let byte = byte_time(9600);
    let counts = |step: u32| {
        let mut line = line(Wire::Rs232 { baud: 9600 });
        line.set_noise(Noise {
            lose: percent(10),
            ..Noise::default()
        });
        line.take(&[7; 1000], START);
        let mut at = START;
        while at < START + byte * 1000 {
            at = at + byte * step;
            line.poll(at, &mut Vec::new());
        }
        (line.traffic(), line.spoilt())
    };
    let once = counts(1000);
    assert!(once.1.lost > 50 && once.1.lost < 200, "{once:?}");
    assert_eq!(counts(1), once);
    assert_eq!(counts(40), once);
}

#[test]
fn a_network_takes_no_time() {
    let mut line = line(Wire::Network);
    line.take(&[0; 4000], START);
    assert_eq!(heard(&mut line, START), 4000);
}

#[test]
fn a_line_takes_a_buffer_of_bytes_ahead_and_no_more() {
    let mut line = line(Wire::Rs232 { baud: 9600 });
    assert_eq!(line.room(), 4096);
    line.take(&[0; 4096], START);
    assert_eq!(line.room(), 0);
    heard(&mut line, START + byte_time(9600) * 10);
    assert_eq!(line.room(), 10);
}

#[test]
fn power_and_wire_are_cut_at_the_byte_that_was_asked_for() {
    let byte = byte_time(57_600);
    let mut line = line(Wire::Rs232 { baud: 57_600 });
    line.cut_after(7, Cut::Power(0));
    line.take(&[0; 20], START);
    heard(&mut line, START + byte * 6);
    assert!(line.is_on(0));
    heard(&mut line, START + byte * 7);
    assert!(!line.is_on(0));
    line.power_back(0, START + byte * 8);
    line.cut_after(5, Cut::Wire);
    assert_eq!(
        heard(&mut line, START + byte * 20),
        12,
        "what is under way when it is cut is lost"
    );
    assert!(line.was_severed() && !line.was_severed());
}

#[test]
fn the_same_seed_spoils_the_same_bytes() {
    let spoilt = |seed| {
        let mut line = line(Wire::Rs232 { baud: 57_600 });
        line.set_noise(Noise {
            lose: percent(1),
            duplicate: percent(2),
            corrupt: percent(3),
            seed,
        });
        line.take(&[9; 4000], START);
        line.poll(START + Duration::from_secs(1), &mut Vec::new());
        line.spoilt()
    };
    let one = spoilt(1);
    assert!(
        one.lost > 0 && one.duplicated > one.lost && one.corrupted > one.duplicated,
        "{one:?}"
    );
    assert_eq!(spoilt(1), one);
    assert_ne!(spoilt(2), one);
}

fn percent(percent: u32) -> Odds {
    Odds::new(percent * 10_000)
}
