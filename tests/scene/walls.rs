//! Three walls that are one screen: what they show together, and what happens to one of them while the others go on.

use std::{
    net::SocketAddr,
    sync::{Arc, Mutex},
    time::Instant,
};

use jiff::{SignedDuration, Timestamp};
use rustix::process::Signal;
use yingbi::{
    controller::sacn::{
        Received, Receiver,
        packet::{Data, Packet},
    },
    daemon::Asked,
    frame::Frame,
    simulator::controller::{
        Chain, Effects, Kind, Machine,
        weather::{Faults, Happening, Weather},
    },
    site::Protocol,
    units::{Moment, Tick},
    wall::{Projector, SafePage},
};

use super::trio::{SITE, Tap, Trio, WAYS, output, part, setup, to, until, write};

const ALL: [usize; 3] = [0, 1, 2];

/// Every channel at so many percent of its value.
fn dimmed(frame: &Frame, percent: f64) -> Frame {
    let dim = |value: &u8| (f64::from(*value) * percent / 100.0).round() as u8;
    Frame::from_bytes(frame.size(), frame.bytes().iter().map(dim).collect()).unwrap()
}

#[test]
fn three_walls_show_together_what_the_preview_shows_bright_or_dim_and_every_change_reaches_all_of_them() {
    let trio = Trio::open();
    let begun = Timestamp::now();
    let mut pictures: Vec<Frame> = (0..3)
        .map(|number| trio.preview(begun + SignedDuration::from_secs(2 * number)))
        .collect();
    for picture in &pictures {
        trio.waits_for("what the preview shows", picture);
    }
    trio.item("a", 3);
    trio.item("b", 4);
    let changed = trio.preview(begun);
    let is_new = |number| pictures.iter().all(|old| part(old, number) != part(&changed, number));
    assert!(ALL.into_iter().all(is_new), "a change that every wall shows");
    trio.waits_for("the changed page", &changed);

    let site = trio.text().replace("brightness = 100", "brightness = 40");
    write(trio.site.path(), "site.toml", &site);
    trio.waits_for("the same at 40 %", &dimmed(&changed, 40.0));

    pictures.dedup();
    assert!(pictures.len() > 1, "it was no standing picture");
}

// Fault 85.
#[test]
fn a_controller_that_goes_and_comes_back_is_told_and_lit_again_while_the_others_go_on() {
    let mut trio = Trio::open();
    trio.is_up_to_date(&ALL);
    for number in ALL {
        trio.parts[number].switch_off();
        let address = trio.parts[number].address;
        // What the system tells of a refusal to the port that all of Art-Net shares, it tells to one program that has it.
        let is_told = number < 2;
        if is_told {
            trio.daemon().says(&format!("nothing listens at {address}"));
        }
        trio.item("a", 3 + number as u32);
        let others: Vec<usize> = ALL.into_iter().filter(|other| *other != number).collect();
        trio.is_up_to_date(&others);
        trio.parts[number].switch_on(Faults::default());
        let back = Instant::now();
        trio.is_up_to_date(&ALL);
        eprintln!("{address} is lit {:?} after its return", back.elapsed());
        if is_told {
            let output = format!("output {} of screen \"lobby\"", number + 1);
            trio.daemon()
                .says(&format!("solved: {output}: nothing listens at {address}"));
        }
    }
}

#[test]
fn a_controller_that_forgets_all_again_and_again_shows_the_picture_each_time() {
    let mut trio = Trio::open();
    for part in &mut trio.parts {
        part.switch_off();
        part.switch_on("reboot=2s,boot=300ms".parse().unwrap());
    }
    for _ in 0..3 {
        let down = |trio: &Trio| {
            let reboots = |part: &super::trio::Part| part.controller.as_ref().unwrap().mishaps().reboots;
            trio.parts.iter().map(reboots).min().unwrap()
        };
        let before = down(&trio);
        until("all have started anew", || down(&trio) > before);
        trio.is_up_to_date(&ALL);
    }
}

#[test]
fn a_stop_its_end_and_a_panel_test_reach_all_three() {
    let trio = Trio::open();
    trio.is_up_to_date(&ALL);
    trio.ask(&Asked::Stop {
        by: "test".into(),
        reason: None,
    });
    let mut safe = Frame::new(super::trio::SCREEN);
    SafePage::new(&trio.wall(), 0).paint(Tick(0), &mut safe);
    trio.waits_for("the safe page", &safe);
    trio.ask(&Asked::Resume { by: "test".into() });
    trio.is_up_to_date(&ALL);
    trio.ask(&Asked::Test {
        screen: None,
        output: None,
        patterns: vec!["red".into()],
        seconds: 60,
        level: None,
        by: "test".into(),
    });
    let leds = super::trio::SCREEN.leds();
    let red = Frame::from_bytes(super::trio::SCREEN, [255, 0, 0].repeat(leds)).unwrap();
    trio.waits_for("all red", &red);
    trio.ask(&Asked::EndTest { screens: Vec::new() });
    trio.is_up_to_date(&ALL);
}

/// What a receiver of sACN has seen and shows.
#[derive(Default)]
struct Seen {
    /// Source, universe, and whether it ended the stream.
    data: Vec<([u8; 16], u16, bool)>,
    shown: Option<Frame>,
}

/// Puts a receiver that remembers in the place of the hall's one of sACN.
fn tapped(trio: &mut Trio) -> (Tap, Arc<Mutex<Seen>>) {
    trio.parts[1].switch_off();
    let seen = Arc::<Mutex<Seen>>::default();
    let begun = Instant::now();
    let mut machine = Machine::new(setup(&trio.parts[1].output, Faults::default()), None, Moment::ZERO);
    let (notes, mut effects) = (Arc::clone(&seen), Effects::default());
    let tap = Tap::at(trio.parts[1].address, move |from, datagram| {
        machine.take(from, datagram, Moment::ZERO + begun.elapsed(), &mut effects);
        let mut seen = notes.lock().unwrap();
        if let Some(frame) = effects.shown.drain(..).next_back() {
            seen.shown = Some(frame);
        }
        if let Ok(Packet::Data(Data {
            cid, universe, options, ..
        })) = Packet::parse(datagram)
        {
            seen.data.push((cid, universe, options.terminated));
        }
    });
    (tap, seen)
}

/// Waits until the tapped receiver shows what the files say.
fn is_shown(trio: &Trio, seen: &Mutex<Seen>) {
    let wall = trio.wall();
    until("the receiver of sACN shows what the files say", || {
        let shown = seen.lock().unwrap().shown.clone();
        super::trio::now(&wall)
            .iter()
            .any(|frame| shown.as_ref() == Some(&part(frame, 1)))
    });
}

#[test]
fn a_daemon_that_is_killed_ends_no_stream_and_goes_on_as_the_same_source_an_output_that_is_taken_out_ends_its_own() {
    let mut trio = Trio::open();
    let (_tap, seen) = tapped(&mut trio);
    is_shown(&trio, &seen);
    for number in 3..5 {
        trio.daemon().signal(Signal::KILL);
        trio.daemon.take().unwrap().end();
        // Another picture than the one before, soon after few datagrams: their numbers begin where the last ones were.
        trio.item("a", number);
        trio.start();
        is_shown(&trio, &seen);
    }
    let sources = |seen: &Seen| {
        let mut sources: Vec<[u8; 16]> = seen.data.iter().map(|(cid, ..)| *cid).collect();
        sources.dedup();
        sources
    };
    let ended = |seen: &Seen| seen.data.iter().filter(|(.., ended)| *ended).count();
    assert_eq!(sources(&seen.lock().unwrap()).len(), 1);
    assert_eq!(ended(&seen.lock().unwrap()), 0);

    let universes = match trio.parts[1].output.protocol {
        Protocol::Sacn(settings) => settings.universes.count(trio.parts[1].output.panel.bytes()),
        Protocol::Ddp | Protocol::ArtNet(_) => unreachable!("the second output is sACN"),
    };
    let [ddp, _, art_net] = ALL.map(|number| {
        let address = trio.parts[number].address;
        output(number, &format!("{}address = \"{address}\"\n", WAYS[number]))
    });
    write(trio.site.path(), "site.toml", &format!("{SITE}{ddp}{art_net}"));
    until("the farewell", || ended(&seen.lock().unwrap()) == 3 * universes);
    trio.item("b", 6);
    trio.is_up_to_date(&[0, 2]);
    assert_eq!(ended(&seen.lock().unwrap()), 3 * universes, "nothing follows");
}

#[test]
fn a_wrong_address_is_told_and_the_others_go_on() {
    let trio = Trio::open();
    trio.is_up_to_date(&ALL);
    let mut addresses: Vec<SocketAddr> = trio.parts.iter().map(|part| part.address).collect();
    let right = addresses[1];
    // The port of "discard" on an address of this machine: nobody listens there.
    addresses[1].set_port(9);
    write(trio.site.path(), "site.toml", &format!("{SITE}{}", to(&addresses)));
    trio.daemon().says(&format!("nothing listens at {}", addresses[1]));
    trio.item("a", 3);
    trio.item("b", 4);
    trio.is_up_to_date(&[0, 2]);
    addresses[1] = right;
    write(trio.site.path(), "site.toml", &format!("{SITE}{}", to(&addresses)));
    trio.is_up_to_date(&ALL);
}

/// The whole pictures that a receiver of sACN shows in bad weather, and what the weather did.
struct Storm {
    weather: Weather,
    receiver: Receiver,
    chain: Chain,
    begun: Instant,
    shown: Arc<Mutex<Vec<Frame>>>,
}

impl Storm {
    fn take(&mut self, from: SocketAddr, datagram: &[u8]) {
        let now = Moment::ZERO + self.begun.elapsed();
        self.weather.take(from, datagram, now);
        while let Some(happening) = self.weather.poll(now) {
            let Happening::Arrives { datagram, .. } = happening else {
                continue;
            };
            let received = self.receiver.handle(&datagram, now);
            let Ok(Received::Shown(bytes)) = received else { continue };
            let frame = self.chain.light(bytes);
            if self.receiver.is_whole() {
                self.shown.lock().unwrap().push(frame);
            }
        }
    }
}

#[test]
fn with_synchronisation_no_torn_picture_is_shown_though_datagrams_are_lost_and_overtaken() {
    let mut trio = Trio::open();
    trio.parts[1].switch_off();
    // What moves all over the wall, so that two pictures are never the same.
    let site = trio.text().replace("id = \"main\"", "id = \"main\"\nkind = \"ticker\"");
    write(trio.site.path(), "site.toml", &site);
    write(
        trio.site.path(),
        "pages.toml",
        "zones = [\"main\"]\n[[play]]\ncolumn = \"notices\"\n",
    );
    let output = trio.parts[1].output.clone();
    let Kind::Sacn(universes) = setup(&output, Faults::default()).kind else {
        unreachable!("the second output is sACN");
    };
    let shown = Arc::<Mutex<Vec<Frame>>>::default();
    let faults = "loss=5%,reorder=5%,duplicate=5%".parse().unwrap();
    let mut storm = Storm {
        weather: Weather::new(faults, 7, Moment::ZERO),
        receiver: Receiver::new(universes, output.panel.bytes()).whole_only(),
        chain: Chain::of(&output.panel),
        begun: Instant::now(),
        shown: Arc::clone(&shown),
    };
    trio.daemon().says("the site changed");
    let from = Timestamp::now() - SignedDuration::from_secs(5);
    let tap = Tap::at(trio.parts[1].address, move |from, datagram| storm.take(from, datagram));
    until("many pictures", || shown.lock().unwrap().len() >= 40);
    drop(tap);
    let mut projector = Projector::new(trio.wall(), 0);
    let rate = projector.rate();
    let until = rate.tick_at(Timestamp::now() + SignedDuration::from_secs(1));
    let mut tick = rate.tick_at(from);
    let (mut whole, mut all) = (Frame::new(projector.size()), Vec::new());
    while tick < until {
        projector.paint(tick, &mut whole);
        all.push(part(&whole, 1));
        tick = tick.next();
    }
    let shown = shown.lock().unwrap();
    // The first one or two may be of the pages before.
    for (number, picture) in shown.iter().enumerate().skip(3) {
        assert!(all.contains(picture), "picture {number} is none that was painted");
    }
    let mut different: Vec<&[u8]> = shown.iter().map(Frame::bytes).collect();
    different.dedup();
    assert!(different.len() > 20, "it moves");
}
