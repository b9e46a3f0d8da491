//! What is an answer, and what is none.

use yingbi::{
    controller::{
        card::CardColour,
        onbon::{
            message::{ErrorCode, Reply, Request},
            packet::{Framing, HOST, Header, Packet},
            session::{Ask, Exchange, Outcome},
        },
    },
    units::{Moment, Size},
};

use super::rig::{millis, settings};

const SERIAL: Option<u32> = Some(57600);

fn exchange() -> Exchange {
    Exchange::new(&settings("BX-6E2", Size::new(32, 16), CardColour::Dual, SERIAL))
}

fn ask(request: &Request<'_>) -> Ask {
    Ask::new(
        settings("BX-6E2", Size::new(32, 16), CardColour::Dual, SERIAL).model,
        request,
    )
}

/// The frame of a reply from card `number`.
fn said(number: u16, framing: Framing, reply: &Reply<'_>) -> Vec<u8> {
    let header = Header {
        destination: HOST,
        source: number,
        ..Header::to(1, [0x74, 0x02], framing, 0)
    };
    let mut data = Vec::new();
    reply.encode(&mut data);
    let mut out = Vec::new();
    let data = &data;
    Packet { header, data }.frame(&mut out);
    out
}

fn sent(exchange: &mut Exchange, now: Moment) -> bool {
    let mut out = Vec::new();
    exchange.poll_transmit(now, &mut out).is_some()
}

const AT: Moment = Moment::from_nanoseconds(5_000_000_000);

#[test]
fn an_answer_of_another_card_command_or_framing_or_with_a_flaw_is_none() {
    let mut exchange = exchange();
    exchange.ask(ask(&Request::Status), AT);
    assert!(sent(&mut exchange, AT));
    let status = Reply::with(0xa2, 0x8f, &[1; 24]);
    let now = AT + millis(50);
    exchange.handle(&said(2, Framing::Six, &status), now);
    exchange.handle(&said(1, Framing::Six, &Reply::with(0xa2, 0x80, &[1; 24])), now);
    exchange.handle(&said(1, Framing::Dynamic, &status), now);
    exchange.handle(&said(1, Framing::Six, &Reply::ACK), now);
    let mut spoilt = said(1, Framing::Six, &status);
    spoilt[45] ^= 4;
    exchange.handle(&spoilt, now);
    assert_eq!(exchange.outcome(), None);
    exchange.handle(&said(1, Framing::Six, &status), now);
    assert!(matches!(exchange.outcome(), Some(Outcome::Done(answer)) if answer.data == [1; 24]));
    assert_eq!(exchange.outcome(), None);
}

#[test]
fn an_acknowledgement_that_is_late_is_not_taken_for_the_next_one() {
    let mut exchange = exchange();
    exchange.ask(ask(&Request::DeleteAllAreas), AT);
    let mut now = AT;
    while exchange.is_waiting() {
        sent(&mut exchange, now);
        now = exchange.poll_timeout().map_or(now, |at| at.max(now + millis(1)));
    }
    assert_eq!(exchange.outcome(), Some(Outcome::Silent));
    // The next one is fenced by a ping, before whose answer no acknowledgement counts.
    exchange.handle(&said(1, Framing::Dynamic, &Reply::ACK), now);
    exchange.ask(ask(&Request::DeleteAreas { ids: vec![1] }), now);
    now = now + millis(10);
    assert!(sent(&mut exchange, now));
    exchange.handle(&said(1, Framing::Dynamic, &Reply::ACK), now);
    assert_eq!(exchange.outcome(), None);
    assert!(!exchange.is_sent());
    exchange.handle(
        &said(1, Framing::Six, &Reply::with(0xa2, 0x80, &[0; 20])),
        now + millis(20),
    );
    now = now + millis(30);
    assert!(sent(&mut exchange, now));
    exchange.handle(&said(1, Framing::Dynamic, &Reply::ACK), now + millis(20));
    assert!(matches!(exchange.outcome(), Some(Outcome::Done(_))));
}

#[test]
fn a_refusal_is_told_by_its_number() {
    let mut exchange = exchange();
    exchange.ask(ask(&Request::Switch { is_on: true }), AT);
    assert!(sent(&mut exchange, AT));
    exchange.handle(&said(1, Framing::Six, &Reply::refusal(ErrorCode(17))), AT + millis(20));
    assert_eq!(exchange.outcome(), Some(Outcome::Refused(ErrorCode(17))));
}

#[test]
fn a_request_is_repeated_and_then_given_up() {
    let mut exchange = exchange();
    exchange.ask(ask(&Request::Switch { is_on: true }), AT);
    let (mut now, mut times) = (AT, 0);
    while exchange.is_waiting() {
        times += u32::from(sent(&mut exchange, now));
        now = exchange.poll_timeout().map_or(now, |at| at.max(now + millis(1)));
    }
    assert_eq!((times, exchange.outcome()), (2, Some(Outcome::Silent)));
    assert!(now.since(AT) < millis(5500));
    assert_eq!(exchange.tally().unanswered, 2);
}
