//! How a page comes in, as written: `"cut"`, `"fade"`, `"fade 0.5s"`, `"淡入 1秒"`.

use jiff::SignedDuration;
use serde_json::{Value, json};
use toml::de::DeValue;

use super::{Effect, Transition};
use crate::{
    diagnostic::Bilingual,
    document::{
        Describe, Kind, Spot,
        kind::{Duration, Word, Words, parse_duration},
    },
};

const EFFECTS: Words<Effect> = Words(&[
    Word::new("cut", "直切", Effect::Cut),
    Word::new("fade", "淡入", Effect::Fade),
    Word::new("push", "左推", Effect::Push),
    Word::new("rise", "上推", Effect::Rise),
]);

const RANGE: Duration = Duration::seconds(0, 5);

/// What an effect takes where no time is written: half a second is seen as a movement and delays nobody.
const USUAL: SignedDuration = SignedDuration::from_millis(500);

/// A transition: an effect and, after a space, its duration.
#[derive(Clone, Copy, Debug)]
pub(super) struct TransitionKind;

impl Describe for TransitionKind {
    fn describe(&self) -> Bilingual {
        let effects = EFFECTS.describe();
        Bilingual::new(
            format!("{}，后可加 0 至 5 秒的时长（如 \"淡入 0.5秒\"）", effects.zh),
            format!(
                "{}, with a duration from 0 s to 5 s (such as \"fade 0.5s\")",
                effects.en
            ),
        )
    }

    fn schema(&self) -> Value {
        let names: Vec<_> = EFFECTS.0.iter().flat_map(|word| [word.en, word.zh]).collect();
        json!({ "type": "string", "pattern": format!("^({})( .+)?$", names.join("|")) })
    }
}

impl Kind for TransitionKind {
    type Value = Transition;

    fn read(&self, spot: &Spot<'_>) -> Option<Transition> {
        let written = match spot.value() {
            DeValue::String(text) => parse(text),
            _ => None,
        };
        written.or_else(|| spot.refuse())
    }
}

fn parse(text: &str) -> Option<Transition> {
    let text = text.trim();
    let (name, time) = text.split_once(' ').unwrap_or((text, ""));
    let effect = EFFECTS.find(name)?;
    let duration = match (effect, time.is_empty()) {
        // A cut takes no time, so none may be written.
        (Effect::Cut, true) => SignedDuration::ZERO,
        (Effect::Cut, false) => return None,
        (_, true) => USUAL,
        (_, false) => RANGE.within(parse_duration(time)?)?,
    };
    Some(Transition { effect, duration })
}
