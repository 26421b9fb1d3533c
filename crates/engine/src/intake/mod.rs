//! Intake: the bytes of a report become a document.
//!
//! In: bytes, and what the caller knows about them. Out: the text that all offsets count in, its paragraphs without the
//! page's furniture, what the page's metadata says of itself, the language, and doubts.
//! Plain text keeps its characters: only a byte order mark goes. A web page becomes the text of its article, paragraphs
//! apart by a blank line. Whatever is too large, too deep or undecodable is cut or replaced, and said so in a doubt.
//! **Invariant:** no input is refused, nothing panics, and no metadata is stated that the page or the caller did not state.

mod article;
pub mod dates;
mod decode;
mod furniture;
mod language;
mod markup;
mod metadata;

use alloc::format;
use alloc::string::{String, ToString};
use alloc::vec::Vec;

use crate::paragraphs;
use crate::span::Span;

/// The most that is read of one document, in bytes of its encoding (twice that in UTF-16).
pub const LARGEST: usize = 2_000_000;

/// One report as it was handed in.
#[derive(Clone, Copy, Debug, Default)]
pub struct Source<'a> {
    /// The report itself.
    pub bytes: &'a [u8],
    /// What the bytes are, where the caller knows.
    pub media: Media,
    /// Where the report came from: a file name, an address, an identifier.
    pub source: Option<&'a str>,
    /// The title, where the caller knows it.
    pub title: Option<&'a str>,
    /// Date or date and time of publication, where the caller knows it.
    pub published: Option<&'a str>,
    /// Who published the report, where the caller knows it.
    pub publisher: Option<&'a str>,
}

/// What the bytes of a report are.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Media {
    /// To be found out from the name of the source and the first lines.
    #[default]
    Unknown,
    /// Plain text.
    Text,
    /// A web page or a piece of one.
    Html,
}

/// A report as it is read: one text, and what is known about it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Document {
    /// Where it came from, as the caller named it.
    pub source: Option<String>,
    /// The text that every span counts in.
    pub text: String,
    /// The paragraphs that are read, without furniture.
    pub paragraphs: Vec<Span>,
    /// What belongs to the page and not to the report, in text order.
    pub noise: Vec<Furniture>,
    /// The title.
    pub title: Option<Told>,
    /// The authors.
    pub byline: Option<Told>,
    /// Who published it.
    pub publisher: Option<Told>,
    /// The date of publication in the words it was told in.
    pub published: Option<Told>,
    /// BCP 47 tag of the language; `und` where it could not be told.
    pub language: String,
    /// What was seen and not settled.
    pub doubts: Vec<Doubt>,
}

/// Something told about a document, and by whom.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Told {
    /// What was told.
    pub words: String,
    /// Who told it.
    pub basis: Basis,
}

/// Who told something about a document.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Basis {
    /// The caller.
    Given,
    /// The page's metadata.
    Metadata,
}

/// A stretch of the page that belongs to the page, not to the report.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Furniture {
    /// Where it stands.
    pub span: Span,
    /// Code of the rule that took it out.
    pub rule: &'static str,
}

/// Something seen and not settled.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Doubt {
    /// Its code.
    pub code: &'static str,
    /// The words it is about.
    pub at: Option<Span>,
    /// One sentence for a person.
    pub message: String,
}

impl Doubt {
    /// A doubt about the document as a whole.
    pub fn new(code: &'static str, message: impl Into<String>) -> Self {
        Doubt { code, at: None, message: message.into() }
    }
}

/// The codes of this room, each with what it means.
pub const RULES: &[(&str, &str)] = &[
    ("empty", "Nothing to read: no bytes, only white space, or a page without text."),
    ("not-text", "The bytes are no text (an image, an archive, a program); nothing was read from them."),
    ("undecodable-bytes", "Some bytes are not valid in the document's encoding; each stands in the text as U+FFFD."),
    ("guessed-encoding", "The bytes are not UTF-8 and do not say what they are; the encoding named was the likeliest."),
    (
        "cut-short",
        "The document was too large, or its markup too deep or too crowded; what is beyond the limit was left out.",
    ),
    (
        "not-english",
        "The text is in another language than English, which this reader does not know; expect little and trust less.",
    ),
    ("separator-line", "Furniture: a line without a letter or a digit, such as asterisks between sections."),
    ("share-counter", "Furniture: a bare number, or a count of shares, comments or views."),
    ("share-button", "Furniture: the labels of buttons that share, print or save the page."),
    ("advertisement", "Furniture: the label of an advertisement, or a note that the report goes on below one."),
    ("read-more", "Furniture: a pointer to another report, a video or the main page."),
    ("subscription", "Furniture: an invitation to subscribe, follow, join, donate or download."),
    ("copyright-line", "Furniture: a copyright notice."),
    ("image-credit", "Furniture: a caption or credit of a picture, video or graphic."),
    ("cookie-notice", "Furniture: a notice about cookies or consent."),
    ("navigation", "Furniture: a menu, a breadcrumb trail, or a label of the page."),
    ("inset-headline", "Furniture: the headline of another report, set in capitals between the paragraphs."),
    ("credits-line", "Furniture: who reported, edited or contributed, or which agencies were used."),
    ("press-contact", "Furniture: whom the press may ask."),
    ("timestamp-bar", "Furniture: when the page was updated, or how long it takes to read."),
    ("social-post", "Furniture: the signature or link of an embedded post."),
    ("disclaimer", "Furniture: a note that the views are the author's own."),
];

/// Reads the bytes of a report into a document.
pub fn read(source: &Source<'_>) -> Document {
    let mut document = Document { source: source.source.map(str::to_string), ..Document::default() };
    let text = decode::decode(source.bytes, &mut document.doubts);
    if is_html(source, &text) {
        let article = article::read(&text, &mut document.doubts);
        let told = |words: Option<String>| words.map(|words| Told { words, basis: Basis::Metadata });
        document.text = article.text;
        document.title = told(article.metadata.title);
        document.byline = told(article.metadata.byline);
        document.publisher = told(article.metadata.publisher);
        document.published = told(article.metadata.published);
    } else {
        document.text = text;
    }
    if document.text.trim().is_empty() && document.doubts.iter().all(|doubt| doubt.code != "not-text") {
        document.doubts.push(Doubt::new("empty", "there is no text in the document"));
    }
    let given = |words: Option<&str>| {
        words
            .filter(|words| !words.trim().is_empty())
            .map(|words| Told { words: words.trim().into(), basis: Basis::Given })
    };
    document.title = given(source.title).or(document.title);
    document.publisher = given(source.publisher).or(document.publisher);
    // a publication date that says nothing is a bad date, not an absent one: the masthead judges it
    document.published =
        source.published.map(|words| Told { words: words.trim().into(), basis: Basis::Given }).or(document.published);
    (document.paragraphs, document.noise) = furniture::part(&document.text, &paragraphs::cut(&document.text));
    document.language = language::of(&document.text, &document.paragraphs).to_string();
    if document.language != "en" && document.language != "und" {
        document.doubts.push(Doubt::new(
            "not-english",
            format!("the text is in another language ({}), which this reader does not know", document.language),
        ));
    }
    document
}

/// Whether the text is markup: told by the caller, by the name of the source, or by the tags in its first lines.
fn is_html(source: &Source<'_>, text: &str) -> bool {
    match source.media {
        Media::Html => return true,
        Media::Text => return false,
        Media::Unknown => {}
    }
    let name = source.source.unwrap_or("").to_ascii_lowercase();
    if [".html", ".htm", ".xhtml"].iter().any(|ending| name.ends_with(ending)) {
        return true;
    }
    if name.ends_with(".txt") {
        return false;
    }
    let head = text[..markup::floor(text, 20_000)].trim_start();
    let starts = |word: &str| head.get(..word.len()).is_some_and(|start| start.eq_ignore_ascii_case(word));
    if starts("<!doctype html") || starts("<html") {
        return true;
    }
    let tags = markup::count_tags(head);
    head.starts_with('<') && tags >= 2 || tags >= 8 && head.len() < tags * 250
}

#[cfg(test)]
mod tests;
