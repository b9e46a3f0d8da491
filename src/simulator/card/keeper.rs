//! The thread behind virtual cards: it carries bytes between the way and the [`Line`], and makes known what the LEDs show.
//!
//! It looks up at least ten times a second, draws at most fifty times, and is held up by nobody who looks.

use std::{path::PathBuf, sync::Arc, time::Duration};

use rustix::event::{PollFd, PollFlags, Timespec, poll};
use tracing::warn;

use super::{
    CardError, Line, Traffic,
    shared::{Order, Shared},
    way::{Pty, Tcp, Udp},
};
use crate::{
    simulator::{
        Shown,
        controller::{Clock, Refused},
    },
    units::Moment,
};

/// How long it waits at most before it looks whether it shall stop.
const PATIENCE: Duration = Duration::from_millis(100);

/// The least time from one look at the LEDs to the next.
const BETWEEN: Duration = Duration::from_millis(20);

/// How finely it follows a wire: bytes are told so much later at most, and come no sooner for it.
const GRAIN: Duration = Duration::from_millis(1);

/// Bytes that are read at a time.
const GULP: usize = 4096;

/// The way to the cards.
#[derive(Debug)]
pub(super) enum Way {
    Tcp {
        tcp: Tcp,
        udp: Box<Udp>,
    },
    Pty {
        /// `None` while it is unplugged.
        pty: Option<Pty>,
        baud: u32,
        name: Option<PathBuf>,
    },
}

/// All that the thread has.
pub(super) struct Keeper {
    pub(super) way: Way,
    pub(super) line: Line,
    pub(super) clock: Clock,
    pub(super) shared: Arc<Shared>,
    /// When it looked at the LEDs last.
    pub(super) looked: Moment,
    /// Whether something came since.
    pub(super) is_due: bool,
    /// When they may look otherwise by themselves.
    pub(super) changes: Option<Moment>,
    /// How often the first card has begun anew, as far as is known here.
    pub(super) reboots: u64,
    /// What is on its way to the PC.
    pub(super) out: Vec<u8>,
}

impl Keeper {
    /// Runs until it shall stop.
    pub(super) fn run(mut self) {
        while !self.shared.shall_stop() {
            self.wait();
            let orders: Vec<Order> = self.shared.lock().orders.drain(..).collect();
            self.read();
            self.is_due |= self.line.poll(self.clock.now(), &mut self.out);
            let count = orders.len();
            let mut trouble = None;
            for order in orders {
                trouble = self.obey(order).err().or(trouble);
            }
            // Whoever has an answer finds known what it is the answer to.
            self.look(count > 0);
            self.tell();
            self.write();
            self.heed_power();
            if self.line.was_severed() {
                self.sever();
                self.tell();
            }
            self.shared.done(count, trouble);
        }
    }

    /// Waits until something comes or is due.
    fn wait(&self) {
        let now = self.clock.now();
        let behind = matches!(&self.way, Way::Tcp { tcp, .. } if tcp.is_behind());
        let patience = if behind { GRAIN } else { PATIENCE };
        let looks = self.next_look();
        let due = self.line.poll_timeout().map(|due| due.max(now + GRAIN));
        let until = [looks, due].into_iter().flatten().min();
        let patience = until.map_or(patience, |until| until.since(now).min(patience));
        let mut ears = vec![PollFd::new(&self.shared, PollFlags::IN)];
        let is_open = self.line.room() > 0;
        match &self.way {
            Way::Tcp { tcp, udp } => {
                let all = tcp.ears(self.is_listening() && is_open).chain(udp.ears());
                ears.extend(all.map(|ear| PollFd::from_borrowed_fd(ear, PollFlags::IN)));
            }
            Way::Pty { pty: Some(pty), .. } if is_open => ears.push(PollFd::new(pty, PollFlags::IN)),
            Way::Pty { .. } => {}
        }
        let patience = Timespec {
            tv_sec: patience.as_secs().cast_signed(),
            tv_nsec: patience.subsec_nanos().into(),
        };
        if let Err(error) = poll(&mut ears, Some(&patience))
            && error != rustix::io::Errno::INTR
        {
            warn!(%error, "cannot wait");
            std::thread::sleep(PATIENCE);
        }
        self.shared.heard_bell();
    }

    /// Whether the card of a network has power: one that has none takes nobody, and leaves what is sent to it unread.
    fn is_listening(&self) -> bool {
        self.line.is_on(0)
    }

    fn read(&mut self) {
        let now = self.clock.now();
        let is_listening = self.is_listening();
        let mut buffer = [0; GULP];
        let room = self.line.room().min(GULP);
        let count = match &mut self.way {
            Way::Tcp { tcp, udp } => {
                udp.attend(is_listening, now);
                if !is_listening {
                    return;
                }
                tcp.attend(now);
                tcp.read(&mut buffer[..room], now)
            }
            Way::Pty { pty: Some(pty), .. } => {
                if let Some(speed) = pty.speed() {
                    self.line.set_port(speed);
                }
                pty.read(&mut buffer[..room]).unwrap_or_else(|error| {
                    warn!(%error, "cannot read the pseudo-terminal");
                    0
                })
            }
            Way::Pty { pty: None, .. } => 0,
        };
        if count > 0 {
            self.line.take(&buffer[..count], now);
            self.is_due = true;
        }
    }

    fn write(&mut self) {
        let bytes = std::mem::take(&mut self.out);
        if bytes.is_empty() {
            return;
        }
        match &mut self.way {
            Way::Tcp { tcp, .. } => tcp.write(&bytes),
            Way::Pty { pty: Some(pty), .. } => {
                if let Err(error) = pty.write(&bytes) {
                    warn!(%error, "cannot write to the pseudo-terminal");
                }
            }
            Way::Pty { pty: None, .. } => {}
        }
    }

    fn obey(&mut self, order: Order) -> Result<(), CardError> {
        let now = self.clock.now();
        match order {
            Order::PowerCut(card) => self.line.power_cut(card, now),
            Order::PowerBack(card) => self.line.power_back(card, now),
            Order::CutAfter(bytes, what) => self.line.cut_after(bytes, what),
            Order::Noise(noise) => self.line.set_noise(noise),
            Order::Unplug => {
                self.line.sever();
                self.sever();
            }
            Order::Plug => {
                if let Way::Pty { pty, baud, name } = &mut self.way {
                    *pty = None;
                    *pty = Some(Pty::open(*baud, name.as_deref())?);
                }
            }
            Order::Look(card, glance) => {
                self.line.poll(now, &mut self.out);
                glance(self.line.card_mut(card), now);
            }
        }
        Ok(())
    }

    /// A card of a network that was without power knows nothing of whoever was connected.
    fn heed_power(&mut self) {
        let reboots = self.line.card(0).tally().reboots;
        if reboots == self.reboots || !self.is_listening() {
            return;
        }
        self.reboots = reboots;
        if let Way::Tcp { tcp, .. } = &mut self.way {
            tcp.drop_client();
        }
    }

    /// Pulls the cable.
    fn sever(&mut self) {
        match &mut self.way {
            Way::Tcp { tcp, .. } => tcp.drop_client(),
            Way::Pty { pty, .. } => *pty = None,
        }
    }

    /// When it is to look at the LEDs again.
    fn next_look(&self) -> Option<Moment> {
        let soonest = self.looked + BETWEEN;
        if self.is_due {
            return Some(soonest);
        }
        self.changes.map(|changes| changes.max(soonest))
    }

    /// Looks at the LEDs if it is time to, or `at_once`.
    fn look(&mut self, at_once: bool) {
        let now = self.clock.now();
        // What the LEDs show at a moment follows from all that was due before it.
        self.line.poll(now, &mut self.out);
        if !at_once && self.next_look().is_none_or(|next| next > now) {
            return;
        }
        (self.looked, self.is_due, self.changes) = (now, false, None);
        for card in 0..self.line.len() {
            let receiver = self.line.card_mut(card);
            let (frame, brightness) = (receiver.frame(now), receiver.brightness(now));
            let changes = receiver.next_change(now);
            self.changes = self.changes.into_iter().chain(changes).min();
            let mut state = self.shared.lock();
            let seen = &mut state.cards[card];
            seen.brightness = brightness;
            if *seen.shown.frame != frame {
                let number = seen.shown.number + 1;
                let frame = Arc::new(frame);
                seen.shown = Shown { number, frame };
            }
        }
    }

    /// Makes known what passed.
    pub(super) fn tell(&self) {
        let (heard, said) = self.line.traffic();
        let (clients, refused) = match &self.way {
            Way::Tcp { tcp, .. } => tcp.clients(),
            Way::Pty { .. } => (0, 0),
        };
        let mut state = self.shared.lock();
        state.traffic = Traffic {
            heard,
            said,
            spoilt: self.line.spoilt(),
            clients,
            refused,
        };
        state.path = match &self.way {
            Way::Pty { pty: Some(pty), .. } => Some(pty.path().to_owned()),
            Way::Pty { pty: None, .. } | Way::Tcp { .. } => None,
        };
        for (card, seen) in state.cards.iter_mut().enumerate() {
            seen.is_on = self.line.is_on(card);
            seen.refusal = self.line.refusal(card).map(Refused::of);
        }
        drop(state);
        self.shared.changed.notify_all();
    }
}
