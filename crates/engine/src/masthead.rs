//! Masthead: what stands above the body of a report, and where the body begins.
//!
//! In: a document. Out: title, standfirst, byline, dateline, publisher and date of publication, each where it stands.
//! The head is read from the top, one paragraph after the other, until the first that is prose. The caller's word goes before
//! the page's metadata, and that before what is printed; a title is taken from print only where the line has the look of one.
//! **Invariant:** a date that was not told is not put in: without a year in print there is no date of publication.

use alloc::format;
use alloc::string::{String, ToString};
use alloc::vec::Vec;

use rapporteur_record::PublishedBasis;

use crate::intake::{Basis, Document, Doubt, dates};
use crate::span::Span;

/// The head of a report.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Masthead {
    /// The title's words.
    pub title: Option<String>,
    /// The title, where it stands in the text.
    pub title_at: Option<Span>,
    /// The sentence between title and body that sums the report up.
    pub standfirst: Option<Span>,
    /// The authors, or who issued the report.
    pub byline: Option<String>,
    /// The byline, where it stands in the text.
    pub byline_at: Option<Span>,
    /// Who published it.
    pub publisher: Option<String>,
    /// Date or date and time of publication, ISO 8601.
    pub published: Option<String>,
    /// Where the date of publication comes from.
    pub basis: PublishedBasis,
    /// The dateline, with the mark that ends it.
    pub dateline: Option<Span>,
    /// The place or places of the dateline.
    pub dateline_place: Option<Span>,
    /// The paragraphs that are title or standfirst.
    pub headline_paragraphs: Vec<usize>,
    /// The first paragraph of the body; what is before it is head.
    pub body_start: usize,
    /// What was seen and not settled.
    pub doubts: Vec<Doubt>,
}

/// The codes of this room, each with what it means.
pub const RULES: &[(&str, &str)] = &[
    ("bad-publication-date", "The date of publication that was given is no date; the report is read without one."),
    ("no-publication-date", "Nobody says when the report was published, so words like \"yesterday\" stay unresolved."),
];

/// How many paragraphs the head can have.
const LONGEST_HEAD: usize = 12;

/// Reads the head of a document.
pub fn read(document: &Document) -> Masthead {
    let text = document.text.as_str();
    let told_title = document.title.as_ref().map(|told| told.words.as_str());
    let mut head = Masthead {
        title: told_title.map(str::to_string),
        title_at: None,
        standfirst: None,
        byline: document.byline.as_ref().map(|told| told.words.clone()),
        byline_at: None,
        publisher: document.publisher.as_ref().map(|told| told.words.clone()),
        published: None,
        basis: PublishedBasis::Unknown,
        dateline: None,
        dateline_place: None,
        headline_paragraphs: Vec::new(),
        body_start: 0,
        doubts: Vec::new(),
    };
    let mut printed = None;
    let paragraphs = &document.paragraphs;
    let mut at = 0;
    while at < paragraphs.len().min(LONGEST_HEAD) {
        let span = paragraphs[at];
        let words = span.of(text);
        if let Some(found) = dateline(words) {
            // datelines begin the body; one that stands alone is the last line of the head
            head.dateline = Some(Span::new(span.start as usize, span.start as usize + found.length));
            head.dateline_place =
                found.place.map(|(from, to)| Span::new(span.start as usize + from, span.start as usize + to));
            printed = printed.or(found.day.and_then(|day| day.iso()));
            at += usize::from(found.length == words.len());
            break;
        }
        if let Some(day) = date_line(words) {
            printed = printed.or(day.iso());
        } else if head.title_at.is_none() && told_title.is_some_and(|title| same_words(title, words)) {
            head.title_at = Some(span);
            head.headline_paragraphs.push(at);
        } else if is_release_line(words) {
            // the number of a release is read by nobody
        } else if is_byline(words) {
            if head.byline_at.is_none() {
                head.byline_at = Some(span);
                head.byline.get_or_insert_with(|| byline_name(words).to_string());
            }
        } else if head.title_at.is_none() && head.byline_at.is_none() && is_headline(document, at) {
            head.title_at = Some(span);
            head.headline_paragraphs.push(at);
            if head.title.is_none() {
                head.title = Some(words.trim_end_matches(';').split_whitespace().collect::<Vec<_>>().join(" "));
            }
        } else if head.title_at.is_some() && head.standfirst.is_none() && is_standfirst(document, at) {
            head.standfirst = Some(span);
            head.headline_paragraphs.push(at);
        } else {
            break;
        }
        at += 1;
    }
    // a document that is all head has a body all the same
    head.body_start = if at >= paragraphs.len() { head.headline_paragraphs.len().min(paragraphs.len()) } else { at };
    date(document, printed, &mut head);
    head
}

/// Settles the date of publication and who told it.
fn date(document: &Document, printed: Option<String>, head: &mut Masthead) {
    match &document.published {
        Some(told) => match dates::iso(&told.words) {
            Some(day) => {
                head.published = Some(day);
                head.basis = match told.basis {
                    Basis::Given => PublishedBasis::Given,
                    Basis::Metadata => PublishedBasis::Metadata,
                };
            }
            None => {
                let message = format!("\"{}\" is no date that can be read; write it as 2025-03-14", told.words);
                head.doubts.push(Doubt::new("bad-publication-date", message));
            }
        },
        None => {
            if let Some(day) = printed {
                head.published = Some(day);
                head.basis = PublishedBasis::Dateline;
            }
        }
    }
    if head.published.is_none() {
        let message = "the date of publication is not known; times told relative to it stay unresolved";
        head.doubts.push(Doubt::new("no-publication-date", message));
    }
}

/// A dateline at the beginning of a paragraph.
struct Dateline {
    /// Its length in bytes, with the mark and white space behind it.
    length: usize,
    /// The place or places, from the beginning of the paragraph, in bytes.
    place: Option<(usize, usize)>,
    day: Option<dates::Day>,
}

/// Agencies and broadcasters that stand in datelines.
const AGENCIES: &[&str] = &[
    "AP",
    "AFP",
    "Reuters",
    "REUTERS",
    "UPI",
    "CNN",
    "CNN Business",
    "CNN Newsroom",
    "BelTA",
    "TASS",
    "Interfax",
    "Interfax-Ukraine",
    "Ukrinform",
    "Xinhua",
    "PTI",
    "ANI",
    "IANS",
    "dpa",
    "DPA",
    "EFE",
    "ANSA",
    "Kyodo",
    "Yonhap",
    "KCNA",
    "IRNA",
    "SANA",
    "WAM",
    "PAP",
    "Anadolu",
    "AA",
    "RFE/RL",
    "VOA",
    "BBC",
    "NPR",
    "Bloomberg",
    "Kyiv Post",
    "Kyodo News",
    "PA",
    "Sputnik",
    "APA",
    "Trend",
    "BNS",
    "CTK",
    "MTI",
    "The Associated Press",
    "Associated Press",
    "Agence France-Presse",
    "Thomson Reuters Foundation",
    "TNN",
    "SABC",
    "IPS",
];
/// Words in capitals that open a paragraph and are no place.
const NOT_PLACES: &[&str] = &[
    "NATO",
    "UNESCO",
    "UNICEF",
    "OPEC",
    "ASEAN",
    "OSCE",
    "IAEA",
    "ISIS",
    "ISIL",
    "HAMAS",
    "EXCLUSIVE",
    "BREAKING",
    "UPDATE",
    "WATCH",
    "OPINION",
    "ANALYSIS",
    "EXPLAINER",
    "VIDEO",
    "QUESTION",
    "ANSWER",
    "NOTE",
    "CORRECTION",
    "FACT",
    "BRICS",
    "ECOWAS",
    "UNHCR",
    "UNRWA",
    "NEWS",
];

/// The dateline that a paragraph begins with: a place in capitals or before an agency or a date, then a dash.
fn dateline(words: &str) -> Option<Dateline> {
    let head = &words[..words.char_indices().nth(110).map_or(words.len(), |(at, _)| at)];
    // the agency alone: "(CNN)", "CNN —"
    if let Some((_, after)) = bracketed(head).filter(|(agency, _)| is_agency(agency)) {
        let rest = mark(after).unwrap_or(after).trim_start();
        return Some(Dateline { length: head.len() - rest.len(), place: None, day: None });
    }
    // the place runs up to the first mark that cannot be in it
    let end = head
        .char_indices()
        .find(|(at, c)| matches!(c, '(' | ':' | ';' | '"' | '“' | '—' | '–' | '_') || *c == '-' && dash(head, *at));
    let end = end.map_or(head.len(), |(at, _)| at);
    let mut place = head[..end].trim_end();
    let mut rest = &head[end..];
    let (mut agency, mut day) = (false, None);
    // the agency may stand without brackets: "Moscow CNN —"
    if let Some(name) = AGENCIES.iter().filter(|name| place.ends_with(*name)).max_by_key(|name| name.len()) {
        let before = &place[..place.len() - name.len()];
        if before.is_empty() || before.ends_with(' ') {
            place = before.trim_end();
            agency = true;
        }
    }
    // the day stands behind the last comma, or is all that the brackets hold
    for (at, _) in place.match_indices(',') {
        if let Some((found, _)) = dates::printed(&place[at + 1..]).filter(|(_, after)| after.trim().is_empty()) {
            day = Some(found);
            place = place[..at].trim_end();
            break;
        }
    }
    while let Some((inside, after)) = bracketed(rest) {
        let found = dates::printed(inside).filter(|(_, after)| after.trim().is_empty());
        match found {
            Some((found, _)) => day = Some(found),
            None if is_agency(inside) => agency = true,
            None => return None,
        }
        rest = after.trim_start();
    }
    let marked = mark(rest);
    let alone = rest.trim().is_empty() && head.len() == words.len();
    let in_capitals = is_shouted_place(place);
    let placed = in_capitals && (marked.is_some() || alone && (agency || day.is_some()) || agency && day.is_some())
        || is_place_like(place) && (agency || day.is_some()) && (marked.is_some() || agency && in_capitals);
    let agency_alone = place.is_empty() && agency && marked.is_some();
    if !placed && !agency_alone {
        return None;
    }
    let rest = marked.unwrap_or(rest).trim_start();
    let place = (!place.is_empty()).then_some((0, place.len()));
    Some(Dateline { length: head.len() - rest.len(), place, day })
}

/// What stands in the brackets at the beginning, and what follows them.
fn bracketed(words: &str) -> Option<(&str, &str)> {
    words.strip_prefix('(')?.split_once(')').map(|(inside, after)| (inside.trim(), after))
}

fn is_agency(words: &str) -> bool {
    AGENCIES.iter().any(|name| words.eq_ignore_ascii_case(name))
}

/// Whether the hyphen at a place stands for a dash: spaces about it, or doubled.
fn dash(words: &str, at: usize) -> bool {
    words[at..].starts_with("--") || words[..at].ends_with([' ', ')']) && words[at + 1..].starts_with(' ')
}

/// What follows the dash at the beginning.
fn mark(words: &str) -> Option<&str> {
    let words = words.trim_start();
    ["--", "—", "–", "-", "_"].iter().find_map(|mark| words.strip_prefix(mark))
}

/// A place in capitals, with a region in any case behind a comma: `LA CROSSE, Wisc.`, `MADRID/BERLIN`
fn is_shouted_place(words: &str) -> bool {
    let (place, region) = words.split_once(',').unwrap_or((words, ""));
    let letters = place.chars().filter(|c| c.is_alphabetic()).count();
    letters >= 4
        && place.split_whitespace().count() <= 5
        && !place.chars().any(char::is_lowercase)
        && !place.contains(|c: char| c.is_ascii_digit())
        && !NOT_PLACES.contains(&place.trim())
        && (region.is_empty() || is_place_like(region.trim()))
}

/// A few words that all begin with a capital.
fn is_place_like(words: &str) -> bool {
    let mut count = 0;
    let capital = words
        .split(|c: char| c.is_whitespace() || matches!(c, ',' | '/'))
        .filter(|word| !word.is_empty())
        .all(|word| {
            count += 1;
            word.starts_with(char::is_uppercase) || matches!(word, "of" | "de" | "la" | "al" | "and" | "the" | "el")
        });
    capital && (1..=6).contains(&count)
}

/// The day of a line that tells nothing else: `Friday, August 21, 2015`, `Published: 14 March 2025, 10:20`
fn date_line(words: &str) -> Option<dates::Day> {
    if words.len() > 80 || words.ends_with('.') {
        return None;
    }
    let lower = words.to_lowercase();
    let label =
        ["first published", "published on", "published at", "published", "posted on", "posted", "date:", "issued"]
            .iter()
            .find(|label| lower.starts_with(*label));
    let rest = label.map_or(words, |label| words.get(label.len()..).unwrap_or(words));
    let (day, after) = dates::printed(rest.trim_start_matches([':', ' ', '-', '|']))?;
    let after = after.trim_start_matches([',', ' ', '|', '-', '–', '•', '·', 'T']);
    // behind the day stands the time of day at most, or when the report was changed
    let clock = after.is_empty() || after.starts_with(|c: char| c.is_ascii_digit()) || after.starts_with("at ");
    let changed = after.to_lowercase().starts_with("updated");
    ((clock || changed) && after.split_whitespace().count() <= 10).then_some(day)
}

/// Numbers and marks of releases: `2013-01-S-025`, `For Immediate Release`
fn is_release_line(words: &str) -> bool {
    let lower = words.to_lowercase();
    let code = words.len() <= 30
        && !words.contains(' ')
        && words.contains(|c: char| c.is_ascii_digit())
        && words.contains(['-', '/'])
        && !words.chars().any(char::is_lowercase);
    let label = [
        "for immediate release",
        "press release",
        "media note",
        "media advisory",
        "fact sheet",
        "joint statement",
        "press statement",
        "remarks",
    ];
    code || words.len() <= 60 && label.iter().any(|label| lower == *label)
        || lower.starts_with("for immediate release") && words.len() <= 60
}

/// Words of office that stand behind the name of who issued a statement.
const OFFICES: &[&str] = &[
    "secretary",
    "spokesperson",
    "spokesman",
    "spokeswoman",
    "minister",
    "president",
    "ambassador",
    "correspondent",
    "reporter",
    "editor",
    "director",
    "chancellor",
    "commissioner",
    "representative",
    "envoy",
    "general",
    "chief",
    "writer",
    "columnist",
    "analyst",
    "staff",
];

/// Whether a line tells who wrote or issued the report.
fn is_byline(words: &str) -> bool {
    let count = words.split_whitespace().count();
    let lower = words.to_lowercase();
    if words.contains('\n') && count > 20 {
        return false;
    }
    if (lower.starts_with("the below is attributable to") || lower.starts_with("the following is attributable to"))
        && count <= 25
    {
        return true;
    }
    if words.ends_with(['.', '!', '?', ':']) && !words.ends_with("Jr.") || count > 16 {
        return false;
    }
    if lower.starts_with("office of the ") && count <= 10 || is_agency(words) {
        return true;
    }
    if lower.starts_with("by ") || lower.starts_with("by: ") || lower.starts_with("author: ") {
        return is_names(byline_name(words));
    }
    // a name, then an office: "Ned Price, Department Spokesperson"
    let Some((name, office)) = words.split_once(", ") else { return false };
    (2..=5).contains(&name.split_whitespace().count())
        && is_names(name)
        && office.starts_with(char::is_uppercase)
        && office.split(|c: char| !c.is_alphabetic()).any(|word| OFFICES.contains(&word.to_lowercase().as_str()))
}

/// Names of persons or agencies: words with capitals and little between them.
fn is_names(words: &str) -> bool {
    let mut count = 0;
    words.split_whitespace().all(|word| {
        count += 1;
        let bare = word.trim_start_matches(['(', '@']);
        bare.starts_with(|c: char| !c.is_lowercase())
            || matches!(
                bare,
                "and" | "in" | "for" | "of" | "de" | "van" | "von" | "der" | "al" | "bin" | "the" | "|" | "with" | "at"
            )
    }) && (1..=16).contains(&count)
}

fn byline_name(words: &str) -> &str {
    ["By: ", "By ", "BY ", "by ", "Author: "].iter().find_map(|label| words.strip_prefix(label)).unwrap_or(words).trim()
}

/// Whether a paragraph has the look of a title: short, no full stop, and prose below it.
fn is_headline(document: &Document, at: usize) -> bool {
    let text = document.text.as_str();
    let span = document.paragraphs[at];
    let words = span.of(text);
    let count = words.split_whitespace().count();
    // a question may be a lead as well as a title; the longer, the likelier
    let most = if words.ends_with('?') { 16 } else { 20 };
    if !(2..=most).contains(&count) || words.chars().count() > 170 || words.matches('\n').count() > 1 || goes_on(words)
    {
        return false;
    }
    let Some(below) = document.paragraphs.get(at + 1..) else { return false };
    let prose = |words: &str| words.split_whitespace().count() >= 10 && words.contains(['.', '!', '?', '”', '"', '…']);
    if !below.iter().take(LONGEST_HEAD).any(|span| prose(span.of(text))) {
        return false;
    }
    let first = words.chars().next().unwrap_or(' ');
    if first.is_lowercase() || matches!(first, '-' | '–' | '—' | '•' | '*') {
        return false;
    }
    // a colon announces what follows, a comma goes on; a speaker's label is no title
    if words.ends_with([':', ',', '-', '–', '—']) || is_speaker(words) {
        return false;
    }
    let quoted_to_the_end = words.starts_with(['"', '“']) && words.ends_with(['"', '”']);
    let bare = words.trim_end_matches(['"', '”', '’', '\'', ')']);
    if quoted_to_the_end {
        return false;
    }
    if !bare.ends_with('.') || bare.ends_with("..") {
        return true;
    }
    // with a full stop only where it has the capitals of a title, or a dateline stands below
    let long: Vec<&str> =
        words.split_whitespace().filter(|word| word.chars().filter(|c| c.is_alphabetic()).count() >= 4).collect();
    let capitals = long
        .iter()
        .filter(|word| word.trim_start_matches(['"', '“', '‘', '\'']).starts_with(char::is_uppercase))
        .count();
    let titled = long.len() >= 3 && capitals * 10 >= long.len() * 8;
    let above_dateline = below.first().is_some_and(|span| dateline(span.of(text)).is_some());
    titled || above_dateline && count <= 18
}

/// Whether a sentence ends inside the words and another begins.
fn goes_on(words: &str) -> bool {
    words.match_indices(". ").any(|(at, _)| {
        let before = words[..at].rsplit(|c: char| !c.is_alphabetic()).next().unwrap_or("");
        before.len() >= 3 && before.chars().all(char::is_lowercase) && words[at + 2..].starts_with(char::is_uppercase)
    })
}

/// `QUESTION: Thank you.`, `MR PRICE: Yes`
fn is_speaker(words: &str) -> bool {
    words.split_once(':').is_some_and(|(label, _)| {
        label.len() <= 40 && label.chars().any(char::is_alphabetic) && !label.chars().any(char::is_lowercase)
    }) && words.split_whitespace().count() <= 24
        && words.ends_with(['.', '?', '!'])
}

/// Whether the paragraph below a title is a standfirst: one or two sentences, and a byline or a date below it.
fn is_standfirst(document: &Document, at: usize) -> bool {
    let text = document.text.as_str();
    let words = document.paragraphs[at].of(text);
    let Some(next) = document.paragraphs.get(at + 1).map(|span| span.of(text)) else { return false };
    // a title that ends in a semicolon goes on in the line below
    let announced = at > 0 && document.paragraphs[at - 1].of(text).ends_with(';');
    let body_below = document.paragraphs.len() > at + 2 || dateline(next).is_some();
    words.split_whitespace().count() <= 45
        && body_below
        && (announced || date_line(next).is_some() || is_byline(next) || dateline(next).is_some())
}

/// Whether two lines say the same words, whatever their quotation marks, spaces and case.
fn same_words(one: &str, other: &str) -> bool {
    let letters =
        |words: &str| words.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect::<String>();
    one.len() <= 1_000 && other.len() <= 1_000 && !one.is_empty() && letters(one) == letters(other)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::intake::{self, Source};

    const PROSE: &str =
        "The two foreign ministers met in the old harbour and agreed to meet again before the end of the month.";

    struct Read {
        document: Document,
        head: Masthead,
    }

    fn read_given(words: &str, title: Option<&str>, published: Option<&str>) -> Read {
        let document = intake::read(&Source { bytes: words.as_bytes(), title, published, ..Source::default() });
        let head = read(&document);
        Read { document, head }
    }

    fn read_text(words: &str) -> Read {
        read_given(words, None, None)
    }

    impl Read {
        fn words(&self, span: Option<Span>) -> Option<&str> {
            span.map(|span| span.of(&self.document.text))
        }

        fn body(&self) -> &str {
            self.document.paragraphs.get(self.head.body_start).map_or("", |span| span.of(&self.document.text))
        }
    }

    #[test]
    fn a_headline_above_prose_is_the_title() {
        let read =
            read_text(&format!("Ministers’ harbour talks end without a deal\n\n    0\n    0\n\n{PROSE}\n\n{PROSE}"));
        assert_eq!(read.head.title.as_deref(), Some("Ministers’ harbour talks end without a deal"));
        assert_eq!(read.words(read.head.title_at), Some("Ministers’ harbour talks end without a deal"));
        assert_eq!((read.head.headline_paragraphs.as_slice(), read.body()), (&[0][..], PROSE));
    }

    #[test]
    fn prose_is_no_title() {
        let leads = [
            "The ministers met in the old harbour on Tuesday.",
            "“We will not sign,” the minister said.",
            "QUESTION: What about the harbour?",
            "The minister said:",
            "- We will not sign - said the minister",
            "The talks are over. The ministers have left the harbour",
        ];
        for lead in leads {
            let read = read_text(&format!("{lead}\n\n{PROSE}"));
            assert_eq!((read.head.title_at, read.head.body_start), (None, 0), "{lead}");
        }
        assert_eq!(read_text("Ministers’ harbour talks end").head.title, None);
        assert_eq!(read_text("").head.body_start, 0);
    }

    #[test]
    fn a_given_title_is_found_in_the_text() {
        let read =
            read_given(&format!("'Close', Say The Ministers.\n\n{PROSE}"), Some("“Close”, say the ministers"), None);
        assert_eq!(read.head.title.as_deref(), Some("“Close”, say the ministers"));
        assert_eq!(read.words(read.head.title_at), Some("'Close', Say The Ministers."));
        assert_eq!(read_given(PROSE, Some("Elsewhere"), None).head.title_at, None);
    }

    #[test]
    fn the_head_is_read_line_by_line() {
        let words = format!(
            "Harbour talks end without a deal\n\nMinisters left after nine hours, their aides say.\n\nBy Jane Doe and John Roe\n\n\
             Published: 14 March 2025, 10:20\n\nVALLETTA, Malta, March 13 (Reuters) - {PROSE}\n\n{PROSE}"
        );
        let read = read_text(&words);
        let head = &read.head;
        assert_eq!(read.words(head.standfirst), Some("Ministers left after nine hours, their aides say."));
        assert_eq!(head.byline.as_deref(), Some("Jane Doe and John Roe"));
        assert_eq!((head.published.as_deref(), head.basis), (Some("2025-03-14"), PublishedBasis::Dateline));
        assert_eq!(read.words(head.dateline), Some("VALLETTA, Malta, March 13 (Reuters) - "));
        assert_eq!(read.words(head.dateline_place), Some("VALLETTA, Malta"));
        assert_eq!((head.headline_paragraphs.as_slice(), head.body_start), (&[0, 1][..], 4));
        assert!(head.doubts.is_empty());
    }

    #[test]
    fn datelines_are_told_from_prose() {
        let cases = [
            ("KYIV, March 14 (Reuters) - ", Some("KYIV")),
            ("MOSCOW — ", Some("MOSCOW")),
            ("WASHINGTON (AP) — ", Some("WASHINGTON")),
            ("LA CROSSE, Wisc. — ", Some("LA CROSSE, Wisc.")),
            ("MADRID/BERLIN, 3 May (AFP) – ", Some("MADRID/BERLIN")),
            ("Kyiv, March 14 (Interfax-Ukraine) – ", Some("Kyiv")),
            ("KABUL, Afghanistan (Jan. 25, 2013) – ", Some("KABUL, Afghanistan")),
            ("Hong Kong CNN — ", Some("Hong Kong")),
            ("(CNN) — ", None),
            ("CNN — ", None),
        ];
        for (dateline, place) in cases {
            let read = read_text(&format!("{dateline}{PROSE}"));
            assert_eq!(read.words(read.head.dateline), Some(dateline));
            assert_eq!(read.words(read.head.dateline_place), place, "{dateline}");
            assert_eq!(read.head.body_start, 0);
        }
        let prose = [
            "NATO — the alliance — met. ",
            "Putin — the president — left. ",
            "He (Macron) left. ",
            "EXCLUSIVE: The ministers met. ",
            "The U.S. - not Malta - paid. ",
        ];
        for words in prose {
            assert_eq!(read_text(&format!("{words}{PROSE}")).head.dateline, None, "{words}");
        }
    }

    #[test]
    fn the_issuer_of_a_statement_is_its_byline() {
        for line in ["Office of the Spokesperson", "Jane Doe, Department Spokesperson", "By Jane Doe", "Reuters"] {
            let read = read_text(&format!("Harbour Talks\n\n{line}\n\n{PROSE}"));
            assert_eq!(read.words(read.head.byline_at), Some(line));
            assert_eq!((read.head.title.as_deref(), read.body()), (Some("Harbour Talks"), PROSE));
        }
    }

    #[test]
    fn dates_are_told_or_absent() {
        let given = read_given(PROSE, None, Some("2025-03-14"));
        assert_eq!((given.head.published.as_deref(), given.head.basis), (Some("2025-03-14"), PublishedBasis::Given));
        for bad in ["yesterday", "2025-02-30", "", "14"] {
            let read = read_given(PROSE, None, Some(bad));
            let codes: Vec<_> = read.head.doubts.iter().map(|doubt| doubt.code).collect();
            assert_eq!(codes, ["bad-publication-date", "no-publication-date"], "{bad}");
            assert_eq!((read.head.published, read.head.basis), (None, PublishedBasis::Unknown));
        }
        // a day without a year is no date of publication
        let read = read_text(&format!("KYIV, March 14 (Reuters) - {PROSE}"));
        assert_eq!((read.head.published.clone(), read.head.doubts[0].code), (None, "no-publication-date"));
        let read = read_text(&format!("Harbour talks go on\n\nFriday, August 21, 2015\n\n{PROSE}"));
        assert_eq!((read.head.published.as_deref(), read.body()), (Some("2015-08-21"), PROSE));
    }
}
