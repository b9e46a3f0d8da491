//! What somebody else does to a card.

use std::sync::Arc;

use super::{
    Receiver,
    area::Dynamic,
    bitmap::Bitmap,
    files::{File, PICTURES, PROGRAM},
    light::{BRIGHTEST, Brightness},
    mischief::Intrusion,
    page::Page,
    region::Region,
};
use crate::{controller::onbon::packet::checksum::crc32, units::Moment};

impl Receiver {
    /// Somebody else does that.
    pub(super) fn intrude(&mut self, what: Intrusion, now: Moment) {
        self.tally.intrusions += 1;
        match what {
            Intrusion::Area => {
                let place = self.build.size.area();
                let region = Region::new(place, vec![Page::still(self.lit())]);
                self.ram.areas.clear();
                self.ram.areas.insert(0, Arc::new(Dynamic::foreign(region, now)));
            }
            Intrusion::Delete => {
                self.ram.areas.clear();
                self.ram.words.clear();
            }
            Intrusion::Program => self.foreign_program(now),
            Intrusion::Clock(seconds) => self.clock.shift(seconds.saturating_neg()),
            Intrusion::Brightness(level) => self.flash.brightness = Brightness::by_hand(level.min(BRIGHTEST)),
            Intrusion::Off => self.ram.by_hand = Some((false, now)),
        }
        self.changed(now);
    }

    /// The whole screen lit.
    fn lit(&self) -> Bitmap {
        Bitmap::lit(self.screen.layout, self.build.lamps, self.build.size.area())
    }

    /// P000 of somebody else, in place of all files.
    fn foreign_program(&mut self, now: Moment) {
        let (picture, is_six) = (self.lit(), self.is_six());
        let files = &mut self.flash.store.files;
        files.clear();
        if is_six {
            let mut pictures = b"\x09D000\0\0\0\0\0\0\0\0".to_vec();
            pictures.extend_from_slice(picture.bytes());
            files.insert(*b"D000", file(PICTURES, pictures));
        }
        let size = self.build.size;
        let mut area = vec![0; 5];
        area.extend_from_slice(&(size.width as u16).to_le_bytes());
        area.extend_from_slice(&(size.height as u16).to_le_bytes());
        let length = picture.bytes().len() as u32;
        // At rest, 10 s, once, the whole width.
        let mut page = vec![0, 1, 0, 0, 0xe8, 0x03, 1];
        page.extend_from_slice(&(size.width as u16).to_le_bytes());
        if is_six {
            area.extend_from_slice(&[0, 0, 0x65, 0, 0, 0, 0, 0, 0, 0]);
            page.extend_from_slice(&[0; 9]);
            page.extend_from_slice(&14_u32.to_le_bytes());
            page.extend_from_slice(&length.to_le_bytes());
        } else {
            area.push(0);
            page.extend_from_slice(&[0; 4]);
            page.extend_from_slice(picture.bytes());
        }
        area.extend_from_slice(&[1, 0]);
        area.extend_from_slice(&(page.len() as u32).to_le_bytes());
        area.extend_from_slice(&page);
        let mut program = b"\0P000\0\0\x01\0\0".to_vec();
        program.resize(program.len() + if is_six { 10 } else { 0 }, 0);
        // Every day, no first date, no last date, no periods, no border, no protected text, one area.
        program.extend_from_slice(&[0xff, 0xff, 0xff, 1, 1, 0xff, 0xff, 1, 1, 0, 0, 0, 1]);
        program.extend_from_slice(&(area.len() as u32).to_le_bytes());
        program.extend_from_slice(&area);
        files.insert(*b"P000", file(PROGRAM, program));
        self.written(now);
    }
}

/// A file of `bytes`, with its sum.
fn file(kind: u8, mut bytes: Vec<u8>) -> File {
    let sum = crc32(&bytes);
    bytes.extend_from_slice(&sum.to_le_bytes());
    File {
        kind,
        bytes: bytes.into(),
    }
}
