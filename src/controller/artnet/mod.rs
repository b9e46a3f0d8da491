//! Art-Net 4, over UDP port 6454. See `README.md` in this folder.

mod settings;

pub use settings::Settings;
