//! How a cue looks: scenes made of boxes, pages, tickers, clocks, and the way one gives way to the next.
//!
//! [`Template::measure`] says how many pages a content takes in a zone and how long each stays; [`Template::prepare`] builds a [`Scene`],
//! which may allocate; [`Board::paint`] puts the scenes of all zones on a frame for one tick, which may not. This room reads no
//! clock: the tick and the civil time come in.

mod banner;
mod board;
mod boxes;
mod chart;
mod code;
mod compose;
mod content;
mod course;
mod cut;
mod deal;
mod fault;
mod field;
mod film;
mod fit;
mod flow;
mod hang;
mod ink;
mod join;
mod live;
mod palette;
mod pane;
mod pause;
mod picture;
mod place;
mod read;
mod rendition;
mod roll;
mod rows;
mod sample;
mod scene;
mod setting;
mod strip;
mod table;
mod template;
mod templates;
mod ticker;
mod transition;
mod translate;
mod window;

pub use board::{Act, Board, Leaving};
pub use boxes::{Block, Fill, Sizes, Valign};
pub use content::{Content, Extent};
pub use fault::SceneFault;
pub use field::{Field, TimeField};
pub use film::{Film, Painted};
pub use pane::Pane;
pub use rendition::Rendition;
pub use scene::{Now, Ribbon, Running, Scene, Stirs};
pub use setting::{Setting, Standing};
pub use table::SCENE;
pub use template::{Measured, Template};
pub use templates::Templates;
pub use translate::Translator;
