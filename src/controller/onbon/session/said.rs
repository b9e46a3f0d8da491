//! What a card said of itself, against what the site says of it.

use super::{
    exchange::Answer,
    fault::Fault,
    standing::Told,
    trouble::{Matter, Troubles},
};
use crate::{
    controller::{
        card::CardColour,
        onbon::{
            Family, Layout, MODELS, Model, Settings,
            message::{Identity, More},
        },
    },
    units::Size,
};

/// What a card said of itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Said {
    pub(super) told: Told,
    /// How its LEDs are written; `None` for cards with fonts, and for what is no such card.
    pub(super) layout: Option<Layout>,
    /// Whether it can be driven at all.
    pub(super) is_fit: bool,
}

impl Said {
    /// What `answer` to a ping says.
    pub(super) fn new(answer: &Answer, settings: &Settings) -> Self {
        let identity = if settings.model.family.takes_words() {
            None
        } else {
            Identity::parse(&answer.data).ok()
        };
        let told = told(answer, settings, identity.as_ref());
        let colour = told.colour.unwrap_or(settings.colour);
        let is_short = identity.is_some_and(|identity| matches!(identity.more, Some(More::Six { codec: 1, .. })));
        let layout = match settings
            .model
            .layout(colour)
            .or_else(|| settings.model.layout(settings.colour))
        {
            Some(Layout::Rgb888) if is_short => Some(Layout::Rgb565High),
            layout => layout,
        };
        let is_fit = told.has_parameters && is_alike(settings.model, told.wire);
        Self { told, layout, is_fit }
    }

    /// Says what of it is not as the site says.
    pub(super) fn judge(&self, settings: &Settings, troubles: &mut Troubles) {
        let told = &self.told;
        let model = settings.model;
        let is_same = model.family.takes_words() || told.wire == model.wire;
        let wrong = (!is_same).then(|| Fault::WrongType {
            expected: model.name,
            found: told.name.map_or_else(|| wire_name(told.wire), str::to_owned),
            goes_on: is_alike(model, told.wire),
        });
        troubles.set(Matter::Kind, wrong);
        let no_parameters = (!told.has_parameters).then_some(Fault::NoParameters);
        let has_size = told.size != Size::default() && told.has_parameters;
        troubles.set(Matter::Parameters, no_parameters);
        let (expected, found) = (settings.size, told.size);
        let size = (has_size && found != expected).then_some(Fault::WrongSize { expected, found });
        troubles.set(Matter::Size, size);
        let expected = settings.colour;
        let other = told.colour.filter(|found| *found != expected && told.has_parameters);
        troubles.set(
            Matter::Colour,
            other.map(|found| Fault::WrongColour { expected, found }),
        );
    }

    /// The LEDs that areas may lie on.
    pub(super) fn size(&self, settings: &Settings) -> Size {
        if self.told.size == Size::default() {
            settings.size
        } else {
            self.told.size
        }
    }
}

fn told(answer: &Answer, settings: &Settings, identity: Option<&Identity>) -> Told {
    let Some(identity) = identity else {
        return Told {
            wire: answer.device,
            name: Model::of_font_wire(answer.device[0]).map(|model| model.name),
            firmware: String::new(),
            number: answer.from,
            has_parameters: true,
            size: Size::default(),
            colour: None,
            frame_max: answer.frame_max,
        };
    };
    let wire = identity.device;
    Told {
        wire,
        name: Model::of_wire(wire).map(|model| model.name),
        firmware: identity.firmware.clone(),
        number: identity.address,
        has_parameters: identity.is_configured,
        size: Size::new(identity.width.into(), identity.height.into()),
        // Three colours with levels are written as full colour is, and only full-colour cards have them.
        colour: identity
            .card_colour()
            .filter(|colour: &CardColour| settings.model.layout(*colour).is_some()),
        frame_max: answer.frame_max,
    }
}

/// Whether a card of that type speaks and draws as `model` does.
fn is_alike(model: &Model, wire: [u8; 2]) -> bool {
    if model.family.takes_words() || wire == model.wire {
        return true;
    }
    let family = |of: &Model| of.family;
    let known = Model::of_wire(wire).map(family);
    // The first byte is the family.
    let mut kin = MODELS
        .iter()
        .filter(|kin| !kin.family.takes_words() && kin.wire[0] == wire[0]);
    let found: Option<Family> = known.or_else(|| kin.next().map(family));
    found == Some(model.family)
}

/// A type that has no name.
fn wire_name(wire: [u8; 2]) -> String {
    format!("{:02X}{:02X}", wire[0], wire[1])
}
