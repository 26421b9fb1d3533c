//! Markup: a page's tags are brought into bounds before a tree is built from them.
//!
//! In: a page. Out: the same text in balanced tags, with only the tags and attributes that a later step looks at.
//! Tree builders are at their worst where nobody ever looks: a hundred thousand open tags, formatting that is opened again
//! in every paragraph, attributes by the thousand. Here each open tag is closed where it must be, what is too deep loses its
//! tag and keeps its text, formatting goes, and programs, styles and controls go with their contents.
//! **Invariant:** no tag stands deeper than [`DEEPEST`], no tag carries an attribute outside [`ATTRIBUTES`], and every open tag
//! is closed in order.

use alloc::collections::BTreeMap;
use alloc::string::String;
use alloc::vec::Vec;

/// How deep tags may nest.
const DEEPEST: usize = 500;
/// How many tags a page may have.
const MOST_TAGS: usize = 60_000;
/// How many attributes of one tag are looked at.
const MOST_ATTRIBUTES: usize = 64;
/// The longest value of an attribute, in bytes.
const LONGEST_VALUE: usize = 4_000;
/// The longest block of machine-readable metadata, in bytes.
const LONGEST_SCRIPT: usize = 400_000;
/// How far down the open tags one looks for a tag that a new one closes.
const LOOK_BACK: usize = 64;

/// Blocks: each closes an open paragraph.
const BLOCKS: &[&str] = &[
    "address",
    "article",
    "aside",
    "blockquote",
    "caption",
    "center",
    "dd",
    "details",
    "div",
    "dl",
    "dt",
    "fieldset",
    "figcaption",
    "figure",
    "footer",
    "form",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "header",
    "hgroup",
    "li",
    "main",
    "menu",
    "nav",
    "ol",
    "p",
    "pre",
    "section",
    "summary",
    "table",
    "tbody",
    "td",
    "tfoot",
    "th",
    "thead",
    "tr",
    "ul",
];
/// Tags inside a line that tell something: links, authors, times.
const INLINE: &[&str] = &["a", "abbr", "cite", "label", "q", "span", "sub", "sup", "time"];
/// Tags without contents.
const VOID: &[&str] = &["br", "hr", "img", "input", "link", "meta"];
/// The frame of a page, opened once and never closed by hand.
const FRAME: &[&str] = &["body", "head", "html"];
/// Tags that go with all that is in them.
const HIDDEN: &[&str] = &[
    "applet", "audio", "button", "canvas", "datalist", "dialog", "frameset", "iframe", "map", "math", "noembed",
    "noframes", "noscript", "object", "script", "select", "style", "svg", "template", "textarea", "video",
];
/// The attributes that a later step looks at.
const ATTRIBUTES: &[&str] = &[
    "aria-hidden",
    "aria-modal",
    "class",
    "content",
    "datetime",
    "hidden",
    "href",
    "id",
    "itemprop",
    "lang",
    "name",
    "property",
    "pubdate",
    "rel",
    "role",
    "style",
    "type",
];

/// A page within bounds.
pub(super) struct Bounded {
    /// Its markup.
    pub html: String,
    /// Whether something was left out because it was too much or too deep.
    pub cut: bool,
}

/// Brings a page within bounds.
pub(super) fn bound(page: &str) -> Bounded {
    let mut writer = Writer { html: String::with_capacity(page.len()), ..Writer::default() };
    let mut rest = page;
    // names whose closing tag was looked for and not found: none stands further on either
    let mut unclosed: Vec<&str> = Vec::new();
    while let Some(at) = rest.find('<') {
        writer.html.push_str(&rest[..at]);
        rest = &rest[at..];
        if let Some(comment) = rest.strip_prefix("<!--") {
            rest = comment.find("-->").map_or("", |end| &comment[end + 3..]);
            continue;
        }
        if rest.starts_with("<!") || rest.starts_with("<?") {
            rest = rest.find('>').map_or("", |end| &rest[end + 1..]);
            continue;
        }
        let opens = rest[1..].strip_prefix('/').unwrap_or(&rest[1..]).starts_with(|c: char| c.is_ascii_alphabetic());
        if !opens {
            // a mark that opens nothing is text
            writer.html.push_str("&lt;");
            rest = &rest[1..];
            continue;
        }
        // a tag that never ends takes the rest with it, as it does in a browser
        let Some(tag) = Tag::at(rest) else {
            rest = "";
            break;
        };
        rest = &rest[tag.length..];
        writer.cut |= tag.crowded;
        let Some(name) = tag.known else { continue };
        let skipped = !tag.closes && HIDDEN.contains(&name);
        if skipped || !tag.closes && name == "title" {
            let found = if unclosed.contains(&name) { None } else { find_end(rest, name) };
            let Some(end) = found else {
                unclosed.push(name);
                continue;
            };
            let inside = &rest[..end];
            rest = &rest[end..];
            writer.keep_whole(name, &tag, inside);
            continue;
        }
        match name {
            _ if HIDDEN.contains(&name) || name == "title" => {}
            _ if FRAME.contains(&name) => {
                if !tag.closes && !writer.framed.contains(&name) {
                    writer.framed.push(name);
                    writer.write(name, &tag.attributes);
                }
            }
            _ if VOID.contains(&name) => writer.write(name, &tag.attributes),
            _ if tag.closes => writer.close(name),
            _ => writer.open(name, &tag.attributes),
        }
        if writer.tags > MOST_TAGS {
            writer.cut = true;
            rest = "";
        }
    }
    writer.html.push_str(rest);
    while let Some((name, written)) = writer.opened.pop() {
        writer.end(name, written);
    }
    Bounded { html: writer.html, cut: writer.cut }
}

/// How many tags of known names a text has.
pub(super) fn count_tags(text: &str) -> usize {
    // a tag of a thousand bytes is rare enough not to be counted
    let tag = |at: usize| Tag::at(&text[at..floor(text, at + 1000)]);
    text.match_indices('<').filter(|(at, _)| tag(*at).is_some_and(|tag| tag.known.is_some())).count()
}

/// The nearest beginning of a character at or before a byte, or the end of the text.
pub(super) fn floor(text: &str, mut at: usize) -> usize {
    at = at.min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

/// Where the closing tag of a name begins.
fn find_end(text: &str, name: &str) -> Option<usize> {
    text.match_indices("</").map(|(at, _)| at).find(|at| {
        let end = at + 2 + name.len();
        text.get(at + 2..end).is_some_and(|word| word.eq_ignore_ascii_case(name))
            && !text.as_bytes().get(end).is_some_and(u8::is_ascii_alphanumeric)
    })
}

/// One tag of a page.
struct Tag<'p> {
    /// Its name, where this room has a use for it.
    known: Option<&'static str>,
    closes: bool,
    attributes: Vec<(&'static str, &'p str)>,
    /// Whether it had more attributes, or longer ones, than are looked at.
    crowded: bool,
    /// Its length in bytes, brackets included.
    length: usize,
}

impl<'p> Tag<'p> {
    /// The tag at the start of a text; none where there is none, or where it never ends.
    fn at(text: &'p str) -> Option<Tag<'p>> {
        let bytes = text.as_bytes();
        let closes = bytes.get(1) == Some(&b'/');
        let start = if closes { 2 } else { 1 };
        if !bytes.get(start)?.is_ascii_alphabetic() {
            return None;
        }
        let ends_name = |byte: &u8| byte.is_ascii_whitespace() || matches!(byte, b'/' | b'>');
        let mut at = start + bytes[start..].iter().position(ends_name)?;
        let mut tag = Tag { known: known(&text[start..at]), closes, attributes: Vec::new(), crowded: false, length: 0 };
        let mut seen = 0;
        loop {
            at += bytes[at..].iter().position(|byte| !byte.is_ascii_whitespace() && *byte != b'/')?;
            if bytes[at] == b'>' {
                tag.length = at + 1;
                return Some(tag);
            }
            let name = at;
            at += 1;
            at += bytes[at..].iter().position(|byte| ends_name(byte) || *byte == b'=')?;
            let name = &text[name..at];
            let next = at + bytes[at..].iter().position(|byte| !byte.is_ascii_whitespace())?;
            let mut value = "";
            if bytes[next] == b'=' {
                at = next + 1 + bytes[next + 1..].iter().position(|byte| !byte.is_ascii_whitespace())?;
                let quote = bytes[at];
                if matches!(quote, b'"' | b'\'') {
                    let length = bytes[at + 1..].iter().position(|byte| *byte == quote)?;
                    value = &text[at + 1..at + 1 + length];
                    at += length + 2;
                } else {
                    let length = bytes[at..].iter().position(|byte| byte.is_ascii_whitespace() || *byte == b'>')?;
                    value = &text[at..at + length];
                    at += length;
                }
            }
            seen += 1;
            if seen > MOST_ATTRIBUTES {
                tag.crowded = true;
                continue;
            }
            if let Some(known) = ATTRIBUTES.iter().copied().find(|known| known.eq_ignore_ascii_case(name)) {
                if value.len() > LONGEST_VALUE {
                    tag.crowded = true;
                } else if tag.attributes.iter().all(|(before, _)| *before != known) {
                    tag.attributes.push((known, value));
                }
            }
        }
    }

    fn has(&self, name: &str, value: &str) -> bool {
        self.attributes.iter().any(|(at, told)| *at == name && told.trim().eq_ignore_ascii_case(value))
    }
}

fn known(name: &str) -> Option<&'static str> {
    [BLOCKS, INLINE, VOID, FRAME, HIDDEN, &["title"]]
        .into_iter()
        .flatten()
        .copied()
        .find(|known| known.eq_ignore_ascii_case(name))
}

#[derive(Default)]
struct Writer {
    html: String,
    /// The open tags, and whether each was written or left out for its depth.
    opened: Vec<(&'static str, bool)>,
    counts: BTreeMap<&'static str, usize>,
    /// How many of the open tags were written.
    depth: usize,
    framed: Vec<&'static str>,
    titled: bool,
    tags: usize,
    cut: bool,
}

impl Writer {
    fn write(&mut self, name: &str, attributes: &[(&'static str, &str)]) {
        self.tags += 1;
        self.html.push('<');
        self.html.push_str(name);
        for (attribute, value) in attributes {
            self.html.push(' ');
            self.html.push_str(attribute);
            self.html.push_str("=\"");
            self.html.push_str(&value.replace('"', "&quot;"));
            self.html.push('"');
        }
        self.html.push('>');
    }

    /// Writes an element whose contents are no markup, where a later step reads them.
    fn keep_whole(&mut self, name: &'static str, tag: &Tag<'_>, inside: &str) {
        let metadata = name == "script" && tag.has("type", "application/ld+json");
        if metadata && inside.len() > LONGEST_SCRIPT {
            self.cut = true;
        } else if metadata && !inside.contains("<!--") || name == "title" && self.opened.is_empty() && !self.titled {
            self.titled |= name == "title";
            self.write(name, &tag.attributes);
            self.html.push_str(inside);
            self.html.push_str("</");
            self.html.push_str(name);
            self.html.push('>');
        } else {
            self.html.push(' ');
        }
    }

    fn open(&mut self, name: &'static str, attributes: &[(&'static str, &str)]) {
        if BLOCKS.contains(&name) {
            self.close_back(&["p"], BLOCKS);
        }
        match name {
            "li" => self.close_back(&["li"], &["ul", "ol", "menu", "table", "td"]),
            "dd" | "dt" => self.close_back(&["dd", "dt"], &["dl", "table", "td"]),
            "td" | "th" => self.close_back(&["td", "th"], &["tr", "table"]),
            "tr" => self.close_back(&["tr"], &["table"]),
            "tbody" | "thead" | "tfoot" => self.close_back(&["tbody", "thead", "tfoot", "caption"], &["table"]),
            "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => self.close_back(&["h1", "h2", "h3", "h4", "h5", "h6"], BLOCKS),
            "a" => self.close("a"),
            "form" if self.counts.get("form").is_some_and(|count| *count > 0) => return,
            _ => {}
        }
        let written = self.depth < DEEPEST;
        if written {
            self.write(name, attributes);
            self.depth += 1;
        } else {
            // the words of what is left out must not run together
            self.html.push(' ');
            self.cut = true;
        }
        self.opened.push((name, written));
        *self.counts.entry(name).or_default() += 1;
    }

    /// Closes a tag and all that was opened in it; nothing where no such tag is open.
    fn close(&mut self, name: &'static str) {
        if self.counts.get(name).is_none_or(|count| *count == 0) {
            return;
        }
        while let Some((inner, written)) = self.opened.pop() {
            self.end(inner, written);
            if inner == name {
                break;
            }
        }
    }

    fn end(&mut self, name: &'static str, written: bool) {
        if let Some(count) = self.counts.get_mut(name) {
            *count -= 1;
        }
        if written {
            self.depth -= 1;
            self.html.push_str("</");
            self.html.push_str(name);
            self.html.push('>');
        }
    }

    /// Closes the nearest open tag of these names, unless one of the walls stands before it.
    fn close_back(&mut self, names: &[&'static str], walls: &[&str]) {
        let found =
            self.opened.iter().rev().take(LOOK_BACK).find(|(open, _)| names.contains(open) || walls.contains(open));
        if let Some((open, _)) = found.copied().filter(|(open, _)| names.contains(open)) {
            self.close(open);
        }
    }
}
