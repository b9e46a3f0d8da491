//! Serial ports are asked each on a thread of its own, while the networks are listened to.

use std::{
    sync::Arc,
    thread::{self, JoinHandle},
};

use super::{Findings, FoundCard, Ways, cards::on_port, search::told};
use crate::{
    cli::card::CardError,
    diagnostic::Bilingual,
    link::{LinkError, PortError},
};

/// A port that is being asked.
pub(super) type Asked = JoinHandle<Result<Vec<FoundCard>, CardError>>;

/// Begins to ask on all of `ports`.
pub(super) fn begin(ports: &[Arc<str>]) -> Vec<Asked> {
    let ask = |port: &Arc<str>| {
        let port = Arc::clone(port);
        thread::spawn(move || on_port(&port))
    };
    ports.iter().map(ask).collect()
}

/// Waits for what is found: some seconds for each speed.
pub(super) fn end(asked: Vec<Asked>, ways: &Ways, findings: &mut Findings, troubles: &mut Vec<Bilingual>) {
    for port in asked {
        match port.join() {
            Ok(Ok(cards)) => cards.into_iter().for_each(|card| findings.cards.keep(card)),
            Ok(Err(error)) if ways.are_ports_named || is_of_interest(&error) => troubles.push(told(&error)),
            Ok(Err(_)) => {}
            // Its panic was reported by the thread.
            Err(_) => {}
        }
    }
}

/// Whether it is told of a port that nobody named: a card may be behind it.
const fn is_of_interest(error: &CardError) -> bool {
    matches!(
        error,
        CardError::Jumble { .. }
            | CardError::Link(LinkError::Port(PortError::Held { .. } | PortError::Forbidden { .. }))
    )
}
