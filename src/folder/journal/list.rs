//! The list of a programme's files, as it is kept: whole, or as what changed since another programme.
//!
//! ```text
//! {"files": {"site.toml": "9f2c…", …}}
//! {"base": "51ab…", "depth": 3, "files": {"items/notices/a.md": "07de…"}, "gone": ["items/notices/b.md"]}
//! ```
//!
//! A site has a thousand files, and a clerk changes one of them: without this, lists would take more room than everything else.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

use serde::{Deserialize, Serialize};

use crate::{units::Digest, wall::Manifest};

/// How many lists may stand one upon the other.
pub(super) const DEEPEST: u32 = 50;

/// A list as it is kept.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct List {
    /// The programme since which it says what changed; `None` where it is whole.
    #[serde(default, skip_serializing_if = "Option::is_none", with = "maybe")]
    pub(super) base: Option<Digest>,
    /// How many lists it stands upon.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub(super) depth: u32,
    /// Path and digest of the files, or of those that are new.
    #[serde(with = "names")]
    pub(super) files: BTreeMap<Arc<str>, Digest>,
    /// The files that are gone.
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    pub(super) gone: BTreeSet<Arc<str>>,
}

/// The programme that was kept last: what the next one's list may stand upon.
#[derive(Clone, Debug)]
pub(super) struct Base {
    pub(super) digest: Digest,
    pub(super) manifest: Manifest,
    pub(super) depth: u32,
}

impl List {
    /// The list of `manifest`: what changed since `base`, unless that is too much or the lists would stand too high.
    pub(super) fn of(manifest: &Manifest, base: Option<&Base>) -> Self {
        let whole = Self {
            files: manifest
                .files()
                .map(|(path, digest)| (Arc::clone(path), digest))
                .collect(),
            ..Self::default()
        };
        let Some(base) = base.filter(|base| base.depth < DEEPEST) else {
            return whole;
        };
        let before: BTreeMap<_, _> = base.manifest.files().collect();
        let gone = before.keys().filter(|path| !whole.files.contains_key(**path));
        let gone: BTreeSet<Arc<str>> = gone.map(|path| Arc::clone(path)).collect();
        let mut files = whole.files.clone();
        files.retain(|path, digest| before.get(path) != Some(digest));
        if (files.len() + gone.len()) * 4 > whole.files.len() {
            return whole;
        }
        Self {
            base: Some(base.digest),
            depth: base.depth + 1,
            files,
            gone,
        }
    }

    /// What it lists, where it stands upon `below`.
    pub(super) fn over(self, below: &Manifest) -> Manifest {
        let stays = below
            .files()
            .filter(|(path, _)| !self.gone.contains(*path))
            .map(|(path, digest)| (Arc::clone(path), digest));
        Manifest::new(stays.chain(self.files))
    }

    pub(super) fn write(&self) -> Vec<u8> {
        let mut text = serde_json::to_vec_pretty(self).expect("texts alone can be written");
        text.push(b'\n');
        text
    }

    pub(super) fn read(bytes: &[u8]) -> Option<Self> {
        serde_json::from_slice(bytes).ok()
    }
}

const fn is_zero(depth: &u32) -> bool {
    *depth == 0
}

/// A digest as text, or none.
mod maybe {
    use serde::{Deserialize as _, Deserializer, Serializer, de::Error as _};

    use crate::units::Digest;

    pub(super) fn serialize<S: Serializer>(digest: &Option<Digest>, serializer: S) -> Result<S::Ok, S::Error> {
        match digest {
            Some(digest) => serializer.collect_str(digest),
            None => serializer.serialize_none(),
        }
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Digest>, D::Error> {
        let text = Option::<String>::deserialize(deserializer)?;
        text.map(|text| text.parse().map_err(D::Error::custom)).transpose()
    }
}

/// Paths with their digests as text.
mod names {
    use std::{collections::BTreeMap, sync::Arc};

    use serde::{Deserialize as _, Deserializer, Serializer, de::Error as _};

    use crate::units::Digest;

    pub(super) fn serialize<S: Serializer>(
        files: &BTreeMap<Arc<str>, Digest>,
        serializer: S,
    ) -> Result<S::Ok, S::Error> {
        serializer.collect_map(files.iter().map(|(path, digest)| (path, digest.to_string())))
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(
        deserializer: D,
    ) -> Result<BTreeMap<Arc<str>, Digest>, D::Error> {
        let files = BTreeMap::<Arc<str>, String>::deserialize(deserializer)?;
        let parsed = files.into_iter().map(|(path, digest)| Ok((path, digest.parse()?)));
        let parsed: Result<_, crate::units::NotADigest> = parsed.collect();
        parsed.map_err(D::Error::custom)
    }
}
