//! How often the daemon may be started without living long.

use std::time::Duration;

use tempfile::TempDir;
use yingbi::{
    daemon::{BUDGET, Budget, SPAN},
    folder::Note,
    units::Moment,
};

struct Machine(TempDir);

impl Machine {
    fn new() -> Self {
        Self(TempDir::new().unwrap())
    }

    fn start(&self, boot: &str, at: Duration) -> Budget {
        Budget::new(Note::new(self.0.path(), "starts"), boot, Moment::ZERO + at)
    }

    /// A start that goes wrong.
    fn fail(&self, boot: &str, at: Duration) {
        self.start(boot, at).try_at(Moment::ZERO + at);
    }
}

const fn at(seconds: u64) -> Duration {
    Duration::from_secs(1_000 + seconds)
}

// Fault 13.
#[test]
fn the_budget_is_spent_after_five_starts_in_five_minutes_that_went_wrong() {
    let machine = Machine::new();
    for number in 0..5 {
        assert!(!machine.start("boot", at(number * 60)).is_spent(), "{number}");
        machine.fail("boot", at(number * 60));
    }
    assert_eq!(BUDGET, 5);
    assert!(machine.start("boot", at(299)).is_spent());
    assert!(machine.start("boot", at(0) + SPAN).is_spent());
    assert!(
        !machine.start("boot", at(1) + SPAN).is_spent(),
        "the first is too long ago"
    );
}

// Fault 13.
#[test]
fn a_start_that_lives_wipes_the_slate_and_one_that_ends_well_does_not_count() {
    let machine = Machine::new();
    (0..4).for_each(|number| machine.fail("boot", at(number)));
    let mut good = machine.start("boot", at(4));
    good.try_at(Moment::ZERO + at(4));
    good.ended();
    assert!(!machine.start("boot", at(5)).is_spent());
    machine.fail("boot", at(5));
    let mut lived = machine.start("boot", at(6));
    assert!(lived.is_spent());
    lived.lived();
    assert!(!machine.start("boot", at(70)).is_spent());
}

// Fault 13.
#[test]
fn a_programme_that_is_tried_again_and_goes_wrong_ends_in_the_safe_page_at_once() {
    let machine = Machine::new();
    (0..5).for_each(|number| machine.fail("boot", at(number)));
    let mut safe = machine.start("boot", at(5));
    assert!(safe.is_spent());
    safe.try_at(Moment::ZERO + at(605));
    assert!(machine.start("boot", at(607)).is_spent());
}

#[test]
fn power_cuts_are_no_crashes_and_what_is_spoilt_is_forgotten() {
    let machine = Machine::new();
    for number in 0..9 {
        machine.fail(&format!("boot-{number}"), at(number));
    }
    assert!(!machine.start("boot-9", at(9)).is_spent());
    (0..5).for_each(|number| machine.fail("boot", at(number)));
    let note = machine.0.path().join("starts");
    let mut bytes = std::fs::read(&note).unwrap();
    bytes[12] ^= 4;
    std::fs::write(&note, bytes).unwrap();
    assert!(!machine.start("boot", at(6)).is_spent());
}
