//! Every protocol over a real socket: our own session and link, and whatever `yingbi simulate` says of it.

use std::{
    net::{Ipv4Addr, SocketAddr},
    num::NonZeroU16,
    sync::atomic::{AtomicU8, Ordering},
};

use yingbi::{
    cli::simulate::{Listen, Protocol, Wanted},
    controller::{Controller, Universes, artnet, sacn},
    frame::Frame,
    link::{Ends, UdpLink},
    simulator::{
        Hub, VirtualController,
        controller::{Kind, Setup},
    },
    site::Route,
    units::{Moment, Size},
};

use super::{PATIENCE, START, free, loopback, of, picture, simulate};

const SIZE: Size = Size::new(64, 32);
const UNIVERSES: Universes = Universes { first: 3, slots: 510 };

fn sacn_session() -> sacn::Sender {
    let settings = sacn::Settings {
        universes: UNIVERSES,
        priority: 100,
        sync: NonZeroU16::new(63_999),
        multicast: false,
    };
    let identity = sacn::Identity {
        cid: [1; 16],
        name: "影壁".into(),
    };
    sacn::Sender::new(settings, identity)
}

fn art_net_session() -> artnet::Sender {
    artnet::Sender::new(artnet::Settings {
        universes: UNIVERSES,
        sync: true,
        discover: false,
    })
}

fn send(session: &mut dyn Controller<Picture = [u8]>, link: &mut UdpLink, now: Moment) {
    let mut out = Vec::new();
    while let Some(transmit) = session.poll_transmit(now, &mut out) {
        // Nobody may listen yet, and lists of universes go to a group: what counts is what is shown.
        let _ = link.send(&transmit, &out, now);
        out.clear();
    }
}

fn is_shown(kind: Kind, session: &mut dyn Controller<Picture = [u8]>) {
    let setup = Setup::plain(kind, SIZE);
    let controller = VirtualController::listen(loopback(), None, setup).unwrap();
    let ends = Ends::Peer(controller.address().to_string().into());
    let mut link = UdpLink::open(ends, &Route::default(), START);
    let mut seen = 0;
    for seed in 1..=4 {
        let painted: Frame = picture(SIZE, seed);
        session.show(painted.bytes(), START);
        send(session, &mut link, START);
        // Without a synchronisation before it, the first picture comes universe by universe.
        let mut arrived = false;
        while !arrived {
            let Some(shown) = controller.newer(seen, PATIENCE) else {
                break;
            };
            seen = shown.number;
            arrived = *shown.frame == painted;
        }
        assert!(arrived, "picture {seed}");
    }
    assert_eq!(controller.refusal(), None);
    assert_eq!(controller.counts().partial, 0);
}

#[test]
fn our_own_sacn_is_shown_as_it_was_painted() {
    is_shown(Kind::Sacn(UNIVERSES), &mut sacn_session());
}

#[test]
fn our_own_art_net_is_shown_as_it_was_painted() {
    is_shown(Kind::ArtNet(UNIVERSES), &mut art_net_session());
}

/// What `yingbi simulate` notes while `session` shows one picture to it.
fn notes(protocol: Protocol, faults: &str, session: &mut dyn Controller<Picture = [u8]>) -> String {
    // Ports of these protocols are shared: an address of its own keeps each test's from the others'.
    static HOSTS: AtomicU8 = AtomicU8::new(1);
    let host = Ipv4Addr::new(127, 0, 77, HOSTS.fetch_add(1, Ordering::Relaxed));
    let address = SocketAddr::from((host, free().port()));
    let wanted = Wanted {
        universe: Some(UNIVERSES.first),
        faults: faults.parse().unwrap(),
        seed: 42,
        ..Wanted::plain(Listen { protocol, address }, SIZE)
    };
    let options = of(&wanted);
    let hub = Hub::default();
    let painted = picture(SIZE, 1);
    let shown = std::sync::atomic::AtomicBool::new(false);
    let (_, notes) = simulate(&options, &hub, || {
        for round in 0..1000 {
            let now = START + std::time::Duration::from_millis(round * 1000);
            let mut link = UdpLink::open(Ends::Peer(address.to_string().into()), &Route::default(), now);
            session.show(painted.bytes(), now);
            session.refresh(now);
            send(session, &mut link, now);
            std::thread::sleep(std::time::Duration::from_millis(10));
            if hub.picture(protocol.name()).is_some_and(|frame| *frame == painted) {
                shown.store(true, Ordering::Relaxed);
                return;
            }
        }
    });
    assert!(shown.load(Ordering::Relaxed), "{notes}");
    notes
}

#[test]
fn the_notes_say_which_universes_it_has_and_what_its_protocol_counts() {
    let sacn = notes(Protocol::Sacn, "", &mut sacn_session());
    assert!(
        sacn.starts_with("an sACN display of 64x32 LEDs, universes 3 to 15 of 510 slots, listens on 127.0.77."),
        "{sacn}"
    );
    assert!(sacn.contains(" withheld, ") && sacn.contains(" late, "), "{sacn}");
    let art_net = notes(Protocol::ArtNet, "", &mut art_net_session());
    assert!(
        art_net.starts_with("an Art-Net display of 64x32 LEDs, universes 3 to 15"),
        "{art_net}"
    );
    assert!(!art_net.contains("seed"), "{art_net}");
}

#[test]
fn the_notes_of_faults_say_how_to_have_them_again_and_what_they_did() {
    let notes = notes(Protocol::ArtNet, "duplicate=100%,delay=1ms", &mut art_net_session());
    assert!(
        notes.contains("the seed of its faults is 42; --seed 42 repeats them\n"),
        "{notes}"
    );
    let last = notes.lines().last().unwrap();
    assert!(
        last.starts_with("faults: 0 lost, 0 reordered, ") && !last.contains(" 0 duplicated"),
        "{notes}"
    );
}
