//! From the words of the command line, or from a site's cards, to the cards to be.

use crate::{
    cli::simulate::{Place, SimulateError},
    controller::{
        card::CardColour,
        onbon::{
            Model,
            receiver::{Build, Lamps},
        },
    },
    simulator::card::CardFaults,
    site::{Card, CardWay, Colour},
    units::Size,
};

/// What was asked for on the command line.
#[derive(Clone, Debug)]
pub struct WantedCards {
    /// Where.
    pub place: Place,
    /// What kind; needed unless a site's card says.
    pub model: Option<&'static Model>,
    /// The LEDs behind each; needed unless a site's card says.
    pub size: Option<Size>,
    /// What they can show; unless given, the best that the kind has.
    pub leds: Option<Colour>,
    /// Bits a second of a serial line; 57600 unless given.
    pub baud: Option<u32>,
    /// The address of each; one card of address 1 unless given.
    pub numbers: Vec<u16>,
    /// The cards of a site to be, all on one line, with what the LEDs of their screen can show: they tell all but place and faults.
    pub site: Option<(Vec<Card>, Colour)>,
    /// What goes wrong.
    pub faults: CardFaults,
}

impl WantedCards {
    /// The cards, and the bits a second of their line.
    ///
    /// # Errors
    /// Nothing says what they are or how large; there are no such LEDs, or more than such a card can have; several are to be at one TCP
    /// address; no serial line has that speed.
    pub fn setup(&self) -> Result<(Vec<Build>, u32), SimulateError> {
        let cards = match &self.site {
            Some((cards, colour)) => self.of_site(cards, *colour)?,
            None => self.of_words()?,
        };
        let is_tcp = matches!(self.place, Place::Tcp(_));
        if is_tcp && cards.len() > 1 {
            return Err(SimulateError::Several { count: cards.len() });
        }
        match self.baud {
            Some(_) if is_tcp => return Err(SimulateError::NoLine),
            Some(baud) if !CardWay::SPEEDS.contains(&baud) => return Err(SimulateError::Baud { baud }),
            _ => {}
        }
        let sites = self.site.iter().flat_map(|(cards, _)| cards);
        let of_site = sites.filter_map(|card| card.way.baud()).next();
        Ok((cards, of_site.or(self.baud).unwrap_or(CardWay::BAUD)))
    }

    fn of_words(&self) -> Result<Vec<Build>, SimulateError> {
        let model = self.model.ok_or(SimulateError::NoModel)?;
        let size = self.size.ok_or(SimulateError::NoSize)?;
        let lamps = match self.leds {
            Some(colour) => lamps(model, colour)?,
            None => Lamps::of(model.family),
        };
        let numbers = if self.numbers.is_empty() {
            &[1][..]
        } else {
            &self.numbers
        };
        // What no card could hold as a picture, no card has behind it.
        let planes = match lamps.colour() {
            CardColour::Single => 1,
            CardColour::Dual => 2,
            CardColour::Full => 3,
        };
        let bytes = (u64::from(size.width) * u64::from(size.height) * planes).div_ceil(8);
        if !model.family.takes_words() && bytes > u64::from(model.memory.value) {
            return Err(SimulateError::TooLarge {
                model: model.name,
                bytes,
                memory: model.memory.value,
            });
        }
        let build = |&number: &u16| Build {
            number,
            ..Build::new(model, size, lamps)
        };
        Ok(numbers.iter().map(build).collect())
    }

    fn of_site(&self, cards: &[Card], colour: Colour) -> Result<Vec<Build>, SimulateError> {
        let build = |card: &Card| {
            let build = Build::new(card.model, card.region.size(), lamps(card.model, colour)?);
            // A card that is alone may have any address.
            let number = Some(card.number).filter(|number| *number != crate::controller::onbon::ANY);
            Ok(Build {
                number: number.unwrap_or(build.number),
                ..build
            })
        };
        cards.iter().map(build).collect()
    }
}

/// The LEDs of that colour behind a card of `model`.
fn lamps(model: &'static Model, colour: Colour) -> Result<Lamps, SimulateError> {
    let lamps = match colour {
        Colour::Red => Lamps::Red,
        Colour::Green => Lamps::Green,
        Colour::Amber => Lamps::Amber,
        Colour::RedGreen => Lamps::RedGreen,
        Colour::Full => Lamps::Full,
    };
    if model.colours.contains(&lamps.colour()) {
        Ok(lamps)
    } else {
        Err(SimulateError::Lamps { model: model.name })
    }
}

/// Those of `cards` that hang on the same line as number `number`, from 1.
pub(in crate::cli) fn on_one_line(cards: &[Card], number: usize) -> Option<Vec<Card>> {
    let chosen = cards.get(number.checked_sub(1)?)?;
    let on_it = cards.iter().filter(|card| card.way.line() == chosen.way.line());
    Some(on_it.cloned().collect())
}
