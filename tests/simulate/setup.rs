//! From the words of the command line, and from a site's output, to the controller to be.

use std::num::NonZeroU16;

use yingbi::{
    cli::simulate::{Listen, SimulateError, Wanted},
    controller::Universes,
    diagnostic::Explain as _,
    panel::{Format, Wiring},
    simulator::controller::Kind,
    site::{self, Colour, Output},
    units::Size,
};

use crate::support::site::PLAIN;

const SIZE: Size = Size::new(128, 32);

fn wanted(listen: &str) -> Wanted {
    Wanted::plain(listen.parse::<Listen>().unwrap(), SIZE)
}

fn kind(wanted: &Wanted) -> Kind {
    wanted.setup().unwrap().1.kind
}

fn refused(wanted: &Wanted) -> SimulateError {
    wanted.setup().unwrap_err()
}

/// The output of a site, from these lines on.
fn output(lines: &str) -> Output {
    let plain = PLAIN.replace("rate = 50", "rate = 25");
    let text = format!("{plain}\n[[screen.output]]\n{lines}");
    let parsed = site::parse("site.toml", text.as_bytes());
    assert_eq!(parsed.diagnostics, []);
    parsed.value.unwrap().screens[0].outputs[0].clone()
}

#[test]
fn universes_begin_where_the_protocol_begins_and_hold_whole_leds() {
    assert_eq!(kind(&wanted("ddp")), Kind::Ddp);
    assert_eq!(kind(&wanted("sacn")), Kind::Sacn(Universes { first: 1, slots: 510 }));
    assert_eq!(
        kind(&wanted("artnet")),
        Kind::ArtNet(Universes { first: 0, slots: 510 })
    );
    let grey = Wanted {
        format: Format::Grey,
        universe: Some(7),
        ..wanted("artnet")
    };
    assert_eq!(kind(&grey), Kind::ArtNet(Universes { first: 7, slots: 512 }));
    let few = Wanted {
        slots: NonZeroU16::new(300),
        ..wanted("sacn")
    };
    assert_eq!(kind(&few), Kind::Sacn(Universes { first: 1, slots: 300 }));
}

#[test]
fn universes_that_there_are_not_are_refused() {
    // 25 universes of 510 slots hold the picture.
    for (listen, universe, slots) in [
        ("sacn", Some(0), None),
        ("sacn", Some(63_976), None),
        ("artnet", Some(32_744), None),
        ("sacn", None, NonZeroU16::new(513)),
    ] {
        let wanted = Wanted {
            universe,
            slots,
            ..wanted(listen)
        };
        let error = refused(&wanted);
        assert!(matches!(error, SimulateError::Universes { .. }), "{error}");
        assert_eq!(error.help().en, "compare --universe and --slots with --size");
    }
    let last = Wanted {
        universe: Some(63_975),
        ..wanted("sacn")
    };
    assert!(last.setup().is_ok());
}

#[test]
fn without_a_size_and_without_a_site_there_is_nothing_to_be() {
    let nothing = Wanted {
        size: None,
        ..wanted("ddp")
    };
    assert!(matches!(refused(&nothing), SimulateError::NoSize));
}

#[test]
fn a_sites_output_tells_universes_wiring_and_format() {
    let lines = "protocol = \"sacn\"\naddress = \"192.0.2.1\"\nuniverse = 9\nmodules = \"P10 4x2\"\norder = \"grb\"";
    let from_site = Wanted {
        size: None,
        output: Some((output(lines), Colour::Full)),
        ..wanted("sacn")
    };
    let (_, setup) = from_site.setup().unwrap();
    assert_eq!(setup.kind, Kind::Sacn(Universes { first: 9, slots: 510 }));
    assert_eq!(setup.chain.size(), SIZE);
    assert!(matches!(output(lines).panel.wiring, Wiring::Modules(_)));
    // The first LED of the first module takes green first.
    let mut wire = vec![0; setup.chain.bytes()];
    wire[0] = 200;
    assert_eq!(setup.chain.light(&wire).bytes()[..3], [0, 200, 0]);
}

#[test]
fn a_sites_leds_shine_in_the_colour_of_its_screen() {
    let mut strip = output("protocol = \"ddp\"\naddress = \"192.0.2.1\"");
    strip.panel.format = Format::OneBit;
    let red = Wanted {
        size: None,
        output: Some((strip, Colour::Red)),
        ..wanted("ddp")
    };
    let (_, setup) = red.setup().unwrap();
    let lit = setup.chain.light(&vec![0xff; setup.chain.bytes()]);
    assert!(lit.bytes().chunks(3).all(|led| led == [255, 0, 0]));
}

#[test]
fn another_protocol_than_the_sites_is_named_with_the_remedy() {
    let other = Wanted {
        size: None,
        output: Some((output("protocol = \"artnet\""), Colour::Full)),
        ..wanted("ddp")
    };
    let error = refused(&other);
    assert_eq!(error.to_string(), "the site's output speaks artnet, not ddp");
    assert_eq!(error.chinese(), "站点的这路输出用 artnet，不是 ddp");
    assert!(error.help().en.starts_with("write --listen artnet"));
}
