//! The lines that have cards at present: which thread has which.

use std::{
    collections::{BTreeMap, VecDeque},
    io,
    sync::{Arc, Mutex, MutexGuard, PoisonError, mpsc},
    time::Duration,
};

use super::{Ask, Bell, Reply, Seat, SheetBox, thread};
use crate::{
    controller::onbon::session::Order,
    daemon::{shared::Shared, threads::Alive},
    site::{CardWay, Screen},
};

/// So many questions wait for one line; whoever comes then is turned away.
const ASKS: usize = 16;

/// How long a line's thread may take to answer: it looks up four times a second.
const PATIENCE: Duration = Duration::from_secs(2);

/// The lines that have a thread, by address or port.
#[derive(Debug, Default)]
pub(in crate::daemon) struct Lines(Mutex<BTreeMap<Arc<str>, Arc<Inbox>>>);

/// What comes to a line's thread, besides sheets.
#[derive(Debug)]
pub(super) struct Inbox {
    pub(super) bell: Arc<Bell>,
    state: Mutex<State>,
}

#[derive(Debug, Default)]
struct State {
    joining: Vec<Seat>,
    asks: VecDeque<Ask>,
    /// The thread ends and takes nothing any more.
    is_over: bool,
}

impl Lines {
    /// Brings the screen's card of that number, from 0 on, to its line, and starts the line's thread where it is the first; its mailbox.
    /// `alive` are tokens of the daemon, which the thread holds, and of the screen, held until the mailbox is closed.
    pub(in crate::daemon) fn join(
        &self,
        screen: &Screen,
        number: usize,
        shared: &Arc<Shared>,
        (all, own): (Alive, Alive),
    ) -> io::Result<Arc<SheetBox>> {
        let card = &screen.cards[number];
        let line = card.way.line();
        let mut lines = self.lock();
        let inbox = match lines.get(line) {
            Some(inbox) => Arc::clone(inbox),
            None => {
                let inbox = Arc::new(Inbox {
                    bell: Arc::new(Bell::new()?),
                    state: Mutex::default(),
                });
                thread::start(card.way.clone(), Arc::clone(&inbox), shared, all)?;
                lines.insert(Arc::clone(line), Arc::clone(&inbox));
                inbox
            }
        };
        let mailbox = Arc::new(SheetBox::new(Arc::clone(&inbox.bell)));
        let spent = shared.house.ledger.spent(line, card.number);
        let seat = Seat::new(screen, number, card, Arc::clone(&mailbox))
            .holding(own)
            .having_spent(spent);
        inbox.lock().joining.push(seat);
        inbox.bell.ring();
        Ok(mailbox)
    }

    /// How the card of that number, from 0 on, of `screen` stands, on that way, once `order` is with it; `None` where its line does not
    /// answer. Waits for that, two seconds at most.
    pub(in crate::daemon) fn ask(
        &self,
        screen: &Arc<str>,
        number: usize,
        way: &CardWay,
        order: Option<Order>,
    ) -> Option<Reply> {
        let inbox = Arc::clone(self.lock().get(way.line())?);
        let (reply, answer) = mpsc::sync_channel(1);
        let mut state = inbox.lock();
        if state.asks.len() >= ASKS {
            return Some(Reply::Busy);
        }
        state.asks.push_back(Ask {
            card: (Arc::clone(screen), number),
            order,
            reply,
        });
        drop(state);
        inbox.bell.ring();
        answer.recv_timeout(PATIENCE).ok()
    }

    /// Whether the thread of `inbox` may end: then nothing comes to it any more.
    pub(super) fn end(&self, line: &Arc<str>, inbox: &Arc<Inbox>) -> bool {
        let mut lines = self.lock();
        let mut state = inbox.lock();
        if !state.joining.is_empty() {
            return false;
        }
        state.is_over = true;
        state.asks.clear();
        if lines.get(line).is_some_and(|other| Arc::ptr_eq(other, inbox)) {
            lines.remove(line);
        }
        true
    }

    fn lock(&self) -> MutexGuard<'_, BTreeMap<Arc<str>, Arc<Inbox>>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Inbox {
    /// What has come.
    pub(super) fn take(&self) -> (Vec<Seat>, VecDeque<Ask>) {
        let mut state = self.lock();
        (std::mem::take(&mut state.joining), std::mem::take(&mut state.asks))
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
