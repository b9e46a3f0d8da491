//! What a card is given to show: bytes for bytes what the maker's own software sends, and dot for dot what the frame has.

mod area;
mod bitmap;
mod entrance;
mod file;
mod model;
mod vectors;
mod words;
