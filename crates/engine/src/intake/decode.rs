//! Decoding: bytes become characters.
//!
//! In: bytes. Out: a text, and doubts about what could not be decoded.
//! A byte order mark decides; then valid UTF-8; then the zeros that UTF-16 leaves in English text; then the encoding that
//! a page declares; then the likeliest legacy encoding, if what comes out of it looks like words. What is over the limit is
//! cut off before it is decoded, so that the largest file costs no more than the limit.
//! **Invariant:** the text of a valid UTF-8 document is that document, less its byte order mark.

use alloc::format;
use alloc::string::{String, ToString};
use alloc::vec::Vec;

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE};

use super::markup::floor;
use super::{Doubt, LARGEST};

/// The first bytes of files that are no text.
const SIGNATURES: &[&[u8]] = &[
    b"%PDF-",
    b"PK\x03\x04",
    b"\x89PNG",
    b"GIF8",
    b"\xff\xd8\xff",
    b"\x7fELF",
    b"\x1f\x8b",
    b"BZh9",
    b"7z\xbc\xaf",
    b"{\\rtf",
    b"\xd0\xcf\x11\xe0",
    b"RIFF",
    b"OggS",
    b"ID3",
    b"\x28\xb5\x2f\xfd",
];

/// Decodes a document.
pub(super) fn decode(bytes: &[u8], doubts: &mut Vec<Doubt>) -> String {
    let not_text = |doubts: &mut Vec<Doubt>| {
        doubts.push(Doubt::new("not-text", "the bytes are no text; nothing was read from them"));
        String::new()
    };
    if SIGNATURES.iter().any(|signature| bytes.starts_with(signature)) {
        return not_text(doubts);
    }
    let (marked, body) = match Encoding::for_bom(bytes) {
        Some((encoding, length)) => (Some(encoding), &bytes[length..]),
        None => (utf16_without_mark(bytes), bytes),
    };
    let wide = marked.is_some_and(|encoding| encoding != UTF_8);
    let limit = if wide { 2 * LARGEST } else { LARGEST };
    let read = within(body, limit, wide);
    let mut text = match marked {
        Some(encoding) => with(encoding, read, doubts),
        None => unmarked(read, doubts),
    };
    if !is_text(&text) {
        doubts.clear();
        return not_text(doubts);
    }
    if read.len() < body.len() {
        text.truncate(last_break(&text));
        let message = format!("the document has {} bytes; only the first {} were read", body.len(), read.len());
        doubts.push(Doubt::new("cut-short", message));
    }
    text
}

/// The bytes up to the limit, without a character that the limit would cut through.
fn within(bytes: &[u8], limit: usize, wide: bool) -> &[u8] {
    if bytes.len() <= limit {
        return bytes;
    }
    let mut end = limit;
    if wide {
        return &bytes[..end];
    }
    // a UTF-8 character has at most three bytes after its first
    while end > limit - 3 && bytes[end] & 0xC0 == 0x80 {
        end -= 1;
    }
    &bytes[..end]
}

/// Where a text that was cut should end: after a paragraph, or a line, or a word, as near to its end as there is one.
fn last_break(text: &str) -> usize {
    let near = floor(text, text.len().saturating_sub(64_000));
    let tail = &text[near..];
    let found = tail.rfind("\n\n").or_else(|| tail.rfind('\n')).or_else(|| tail.rfind(char::is_whitespace));
    found.map_or(text.len(), |at| near + at)
}

/// UTF-16 without a mark shows in Latin text: every second byte is zero.
fn utf16_without_mark(bytes: &[u8]) -> Option<&'static Encoding> {
    let sample = &bytes[..bytes.len().min(4096) & !1];
    let pairs = sample.len() / 2;
    if pairs < 2 {
        return None;
    }
    let zeros = |parity: usize| sample.iter().skip(parity).step_by(2).filter(|byte| **byte == 0).count();
    let (first, second) = (zeros(0), zeros(1));
    let (many, few) = (pairs * 6 / 10, pairs / 20);
    match () {
        _ if second > many && first <= few => Some(UTF_16LE),
        _ if first > many && second <= few => Some(UTF_16BE),
        _ => None,
    }
}

fn with(encoding: &'static Encoding, bytes: &[u8], doubts: &mut Vec<Doubt>) -> String {
    let (text, broken) = encoding.decode_without_bom_handling(bytes);
    if broken {
        doubts.push(undecodable(&text, encoding));
    }
    text.into_owned()
}

fn undecodable(text: &str, encoding: &'static Encoding) -> Doubt {
    let count = text.matches('\u{FFFD}').count();
    Doubt::new(
        "undecodable-bytes",
        format!("{count} stretches of bytes are not valid {} and stand as U+FFFD", encoding.name()),
    )
}

/// Decodes bytes that bear no mark.
fn unmarked(bytes: &[u8], doubts: &mut Vec<Doubt>) -> String {
    if let Ok(text) = core::str::from_utf8(bytes) {
        return text.to_string();
    }
    let (mut characters, mut errors) = (0, 0);
    for chunk in bytes.utf8_chunks() {
        characters += chunk.valid().chars().filter(|c| !c.is_ascii()).count();
        errors += usize::from(!chunk.invalid().is_empty());
    }
    if characters <= errors {
        if let Some(encoding) = declared(bytes).filter(|encoding| *encoding != UTF_8) {
            return with(encoding, bytes, doubts);
        }
        let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
        detector.feed(bytes, true);
        let encoding = detector.guess(None, Utf8Detection::Deny);
        let (text, broken) = encoding.decode_without_bom_handling(bytes);
        if !broken && reads_as_words(&text) {
            doubts.push(Doubt::new(
                "guessed-encoding",
                format!("the bytes are not UTF-8; they were read as {}", encoding.name()),
            ));
            return text.into_owned();
        }
    }
    with(UTF_8, bytes, doubts)
}

/// The encoding that a page names in its first bytes.
fn declared(bytes: &[u8]) -> Option<&'static Encoding> {
    let head = String::from_utf8_lossy(&bytes[..bytes.len().min(1024)]).to_ascii_lowercase();
    let after = head.split_once("charset=").or_else(|| head.split_once("encoding="))?.1;
    let label = after.trim_start_matches(['"', '\'', ' ']);
    let end = label.find(|c: char| !c.is_ascii_alphanumeric() && !matches!(c, '-' | '_' | ':')).unwrap_or(label.len());
    Encoding::for_label(&label.as_bytes()[..end])
}

/// Whether the letters outside ASCII stand in words, and the marks are marks that people print.
fn reads_as_words(text: &str) -> bool {
    let (mut seen, mut fitting) = (0, 0);
    let mut before = ' ';
    let mut characters = text.chars().peekable();
    while let Some(c) = characters.next() {
        if !c.is_ascii() {
            let after = characters.peek().copied().unwrap_or(' ');
            seen += 1;
            let letter =
                c.is_alphabetic() && !matches!(c, 'ÿ' | 'þ') && (before.is_alphabetic() || after.is_alphabetic());
            fitting += usize::from(letter || "’‘“”„«»–—…•€£°§©®™·½ \u{a0}".contains(c));
        }
        before = c;
    }
    fitting * 5 >= seen * 4
}

/// Whether at most one character in ten is a control or could not be decoded.
fn is_text(text: &str) -> bool {
    let (mut all, mut bad) = (0usize, 0usize);
    for c in text.chars() {
        all += 1;
        bad += usize::from(
            c == '\u{FFFD}' || c.is_control() && !matches!(c, '\t' | '\n' | '\r' | '\u{b}' | '\u{c}' | '\u{85}'),
        );
    }
    bad * 10 <= all
}
