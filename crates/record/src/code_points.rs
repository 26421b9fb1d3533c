//! Code points of a text: byte offsets in, code point offsets out, and slices by code point.
//!
//! Inside the engine everything counts bytes; the format counts code points, as Python does. The one table that turns
//! one into the other stands here, so that the program and its verification agree on it.
//!
//! **Invariant:** no slice is taken off a character boundary.

use alloc::vec::Vec;

/// A text with the byte offset of each of its code points.
pub struct CodePoints<'a> {
    text: &'a str,
    /// Byte offset of every code point, and the length of the text; empty where the text is ASCII and the two agree.
    starts: Vec<u32>,
}

impl<'a> CodePoints<'a> {
    /// Reads the text once. A text of more than 4 GiB has no offsets in this format and is read as empty.
    pub fn new(text: &'a str) -> Self {
        let text = if u32::try_from(text.len()).is_ok() { text } else { "" };
        let starts = if text.is_ascii() {
            Vec::new()
        } else {
            let ends = core::iter::once(text.len() as u32);
            text.char_indices().map(|(byte, _)| byte as u32).chain(ends).collect()
        };
        Self { text, starts }
    }

    /// How many code points the text has.
    pub fn count(&self) -> u32 {
        if self.starts.is_empty() { self.text.len() as u32 } else { self.starts.len() as u32 - 1 }
    }

    /// The slice from code point `start` to `end`, end exclusive; none where it lies outside the text.
    pub fn slice(&self, start: u32, end: u32) -> Option<&'a str> {
        self.text.get(self.byte(start)? as usize..self.byte(end)? as usize)
    }

    /// The byte offset of a code point, or of the end of the text.
    pub fn byte(&self, code_point: u32) -> Option<u32> {
        if self.starts.is_empty() {
            (code_point <= self.text.len() as u32).then_some(code_point)
        } else {
            self.starts.get(code_point as usize).copied()
        }
    }

    /// The code point that begins at a byte; for a byte inside a character, that character.
    pub fn at_byte(&self, byte: u32) -> u32 {
        if self.starts.is_empty() {
            byte.min(self.text.len() as u32)
        } else {
            (self.starts.partition_point(|&start| start <= byte) as u32).saturating_sub(1)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_characters_not_bytes() {
        let points = CodePoints::new("Łódź 🕊 x");
        assert_eq!(points.count(), 8);
        assert_eq!(points.slice(0, 4), Some("Łódź"));
        assert_eq!(points.slice(5, 6), Some("🕊"));
        assert_eq!(points.slice(5, 9), None);
        assert_eq!(points.slice(6, 5), None);
        for point in 0..=8 {
            assert_eq!(points.at_byte(points.byte(point).unwrap()), point);
        }
        assert_eq!(points.at_byte(1), 0);
    }

    #[test]
    fn ascii_needs_no_table() {
        let points = CodePoints::new("Kyiv");
        assert_eq!((points.count(), points.at_byte(3), points.at_byte(9)), (4, 3, 4));
        assert_eq!(points.slice(1, 4), Some("yiv"));
        assert_eq!(points.slice(1, 5), None);
    }
}
