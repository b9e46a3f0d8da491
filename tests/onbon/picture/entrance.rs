//! How pages come in, in numbers of the card.

use std::{num::NonZeroU16, time::Duration};

use yingbi::controller::{
    card::Entrance,
    onbon::{
        Model,
        picture::entrance::{CONTINUE_LEFT, FONT_LEFT, FONT_UP, Lost, MOVE_LEFT, MOVE_UP, QUICK, effect, led_time},
    },
};

fn six() -> &'static Model {
    Model::named("BX-6E2").unwrap()
}

fn speed(leds: u16) -> NonZeroU16 {
    NonZeroU16::new(leds).unwrap()
}

#[test]
fn each_entrance_has_its_display_mode() {
    let modes = [
        Entrance::Cut,
        Entrance::FromRight(speed(50)),
        Entrance::FromBelow(speed(50)),
        Entrance::Running(speed(50)),
    ]
    .map(|entrance| {
        (
            effect(six(), entrance).mode,
            effect(Model::named("BX-5K1").unwrap(), entrance).mode,
        )
    });
    let expected = [
        (QUICK, QUICK),
        (MOVE_LEFT, FONT_LEFT),
        (MOVE_UP, FONT_UP),
        (CONTINUE_LEFT, FONT_LEFT),
    ];
    assert_eq!(modes, expected);
}

#[test]
fn the_speed_is_the_nearest_in_time_and_what_is_lost_is_told() {
    let told = |leds| {
        let effect = effect(six(), Entrance::Running(speed(leds)));
        (effect.speed, effect.led.as_millis(), effect.lost)
    };
    let other = |wanted, given| Some(Lost::Speed { wanted, given });
    assert_eq!(told(100), (0, 10, None));
    assert_eq!(told(50), (1, 20, None));
    assert_eq!(told(60), (1, 20, other(60, 50)));
    assert_eq!(told(1000), (0, 10, other(1000, 100)));
    assert_eq!(told(30), (2, 30, other(30, 33)));
    assert_eq!(told(1), (63, 640, other(1, 2)));
}

#[test]
fn no_other_speed_number_is_nearer() {
    for model in [six(), Model::named("BX-5K1").unwrap()] {
        for leds in 1..=1000 {
            let found = effect(model, Entrance::FromRight(speed(leds)));
            let wanted = Duration::from_secs(1) / u32::from(leds);
            let nearest = (0..=model.slowest.value)
                .map(|number| led_time(model, number).abs_diff(wanted))
                .min()
                .unwrap();
            let slack = Duration::from_micros(2);
            assert!(found.led.abs_diff(wanted) <= nearest + slack, "{leds}: {found:?}");
            assert_eq!(found.led, led_time(model, found.speed));
        }
    }
}

#[test]
fn words_that_run_lose_their_seam() {
    let lost = effect(Model::named("BX-6K1").unwrap(), Entrance::Running(speed(50))).lost;
    assert_eq!(lost, Some(Lost::Seamless));
}
