//! The parts of a rule as written: each at its place, none twice, all fit to stand together.

use super::{
    fault::{Problem, RuleFault},
    ordinals::Ordinals,
    part::Part,
    piece::Piece,
    rule::Frequency,
};

/// The highest INTERVAL and COUNT.
const MOST: u16 = 1000;

/// What the RFC has for times of day, which a rule of days has no use for.
const TIME_PARTS: [&str; 3] = ["BYSECOND", "BYMINUTE", "BYHOUR"];

/// The parts as written, none of them twice.
pub(super) struct Written<'t> {
    /// The rule as a whole.
    pub(super) whole: Piece<'t>,
    /// Name and value of each.
    parts: Vec<(Part, Piece<'t>, Piece<'t>)>,
}

impl<'t> Written<'t> {
    /// The parts of `whole`.
    pub(super) fn read(whole: Piece<'t>) -> Result<Self, RuleFault> {
        let body = match whole.divided(':') {
            Some((name, body)) if name.is("RRULE") => body,
            _ => whole,
        };
        let mut written = Self {
            whole,
            parts: Vec::new(),
        };
        if !body.text().is_empty() {
            body.split(';').try_for_each(|piece| written.admit(piece))?;
        }
        Ok(written)
    }

    fn admit(&mut self, piece: Piece<'t>) -> Result<(), RuleFault> {
        if piece.text().is_empty() {
            return Err(piece.fault(Problem::EmptyPart));
        }
        let Some((name, value)) = piece.divided('=') else {
            let written = piece.quoted();
            return Err(piece.fault(Problem::NoEquals { written }));
        };
        let Some(part) = Part::ALL.into_iter().find(|part| name.is(part.name())) else {
            return Err(unknown(name));
        };
        if self.value(part).is_some() {
            return Err(name.fault(Problem::Twice(part)));
        }
        self.parts.push((part, name, value));
        Ok(())
    }

    fn find(&self, part: Part) -> Option<(Piece<'t>, Piece<'t>)> {
        let found = self.parts.iter().find(|(other, ..)| *other == part);
        found.map(|(_, name, value)| (*name, *value))
    }

    /// Where the name of `part` stands.
    pub(super) fn name(&self, part: Part) -> Option<Piece<'t>> {
        self.find(part).map(|(name, _)| name)
    }

    /// The value of `part`.
    pub(super) fn value(&self, part: Part) -> Option<Piece<'t>> {
        self.find(part).map(|(_, value)| value)
    }

    /// Tells of parts that cannot stand beside each other.
    pub(super) fn refuse_bad_company(&self, frequency: Frequency) -> Result<(), RuleFault> {
        for (part, name, _) in &self.parts {
            let part = *part;
            if !part.suits(frequency) {
                return Err(name.fault(Problem::NotBeside { part, frequency }));
            }
        }
        if let (Some(count), Some(until)) = (self.name(Part::Count), self.name(Part::Until)) {
            let second = if count.span().start > until.span().start {
                count
            } else {
                until
            };
            return Err(second.fault(Problem::CountAndUntil));
        }
        match self.name(Part::BySetPos) {
            Some(name) if Part::BY.iter().all(|part| self.value(*part).is_none()) => {
                Err(name.fault(Problem::PositionAlone))
            }
            _ => Ok(()),
        }
    }

    /// The one number of `part`.
    pub(super) fn number(&self, part: Part) -> Result<Option<u16>, RuleFault> {
        let Some(value) = self.value(part) else { return Ok(None) };
        match digits(value.text(), MOST) {
            Some(number) => Ok(Some(number)),
            None => Err(number_fault(part, value, MOST, false)),
        }
    }

    /// The numbers of `part`, up to `most`; negative ones where they are `signed`.
    pub(super) fn ordinals<const WORDS: usize>(
        &self,
        part: Part,
        most: u16,
        signed: bool,
    ) -> Result<Option<Ordinals<WORDS>>, RuleFault> {
        let Some(value) = self.value(part) else { return Ok(None) };
        let mut set = Ordinals::NONE;
        for piece in value.split(',') {
            let number = if signed {
                signed_digits(piece.text(), most)
            } else {
                digits(piece.text(), most).and_then(|number| i16::try_from(number).ok())
            };
            let Some(number) = number else {
                return Err(number_fault(part, piece, most, signed));
            };
            set = set.with(number);
        }
        Ok(Some(set))
    }
}

fn unknown(name: Piece<'_>) -> RuleFault {
    let of_time = TIME_PARTS.into_iter().find(|time| name.is(time));
    name.fault(of_time.map_or_else(|| Problem::UnknownPart { name: name.quoted() }, Problem::TimePart))
}

fn number_fault(part: Part, place: Piece<'_>, most: u16, signed: bool) -> RuleFault {
    let written = place.quoted();
    place.fault(Problem::Number {
        part,
        most,
        signed,
        written,
    })
}

/// A number from 1 to `most`, in digits only.
fn digits(text: &str, most: u16) -> Option<u16> {
    let all_digits = text.bytes().all(|byte| byte.is_ascii_digit());
    let number = text.parse().ok().filter(|_| all_digits)?;
    (1..=most).contains(&number).then_some(number)
}

/// A number from 1 to `most` or from -1 to minus that; a plus before it will do.
pub(super) fn signed_digits(text: &str, most: u16) -> Option<i16> {
    let number = |text| digits(text, most).and_then(|number| i16::try_from(number).ok());
    match text.strip_prefix('-') {
        Some(text) => number(text).map(|number| -number),
        None => number(text.strip_prefix('+').unwrap_or(text)),
    }
}
