//! Reads one report into a record.
//!
//! In: the bytes of one report, the books and the model. Out: its record. The modules below are the walk of one report, in
//! reading order: each may use those above it and none below.
//! **Invariant:** no file, clock, network, environment, thread or random order is ever consulted: the same bytes, books and
//! weights make the same record on any machine.
#![no_std]
#![forbid(unsafe_code)]
extern crate alloc;

pub mod library;
pub mod span;

pub mod compile;
pub mod cues;
pub mod doubts;
pub mod events;
pub mod grammar;
pub mod intake;
pub mod masthead;
pub mod names;
pub mod paragraphs;
pub mod places;
pub mod positions;
pub mod sentences;
pub mod statements;
pub mod times;
pub mod tokens;
pub mod triggers;

use alloc::borrow::ToOwned;
use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;
use core::fmt;

use rapporteur_model::{Model, ModelError};
use rapporteur_record::{Edition, Record};

pub use intake::{Media, Source};
pub use library::{Library, LibraryError};

/// The version of the engine, as records name it.
pub const VERSION: &str = env!("CARGO_PKG_VERSION");

/// The books and the model, opened once and handed to every reading; shared by any number of threads.
pub struct Reader {
    /// The books.
    pub library: Library,
    /// The model.
    pub model: Model,
}

/// Why a reader could not be opened.
#[derive(Debug)]
pub enum ReaderError {
    /// A table of the books is broken.
    Books(LibraryError),
    /// The weights are broken.
    Model(ModelError),
}

impl fmt::Display for ReaderError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            ReaderError::Books(error) => write!(f, "the books cannot be read: {error}"),
            ReaderError::Model(error) => write!(f, "the model cannot be read: {error}"),
        }
    }
}

impl core::error::Error for ReaderError {}

impl ReaderError {
    /// The error, where it lies in a book that the user brought.
    pub fn in_own_book(&self) -> Option<&LibraryError> {
        match self {
            ReaderError::Books(error) if error.table.starts_with("actors") => Some(error),
            _ => None,
        }
    }
}

impl Reader {
    /// Opens tables (name and text of each, see [`Library::parse`]) and weights.
    pub fn open(tables: &[(&'static str, &'static str)], weights: &[u8]) -> Result<Reader, ReaderError> {
        let library = Library::parse(tables).map_err(ReaderError::Books)?;
        let model = Model::from_bytes(weights).map_err(ReaderError::Model)?;
        Ok(Reader { library, model })
    }

    /// What records of this reader say that they were made by.
    pub fn edition(&self) -> Edition {
        Edition {
            engine: format!("rapporteur {VERSION}"),
            model: Some(format!("{} {}", self.model.name(), self.model.version())),
            books: compile::books(&self.library.versions),
        }
    }
}

/// Reads one report.
pub fn read(reader: &Reader, source: &Source) -> Record {
    let document = intake::read(source);
    let masthead = masthead::read(&document);
    let text = document.text.as_str();
    // text in another language yields no entries
    let foreign = document.doubts.iter().any(|doubt| doubt.code == "not-english");
    let paragraphs: &[span::Span] = if foreign { &[] } else { &document.paragraphs };
    let published = masthead.published.as_deref();

    let tokens = tokens::cut(text, paragraphs);
    let sentences = sentences::cut(text, &tokens);
    let clauses = grammar::read(&reader.model, &reader.library.lemmas, text, &tokens, &sentences);
    let cues = cues::settle(text, &tokens, &clauses, masthead.dateline);
    let triggers = triggers::settle(text, &tokens, &clauses, masthead.dateline);
    // what stands above the body makes no entries, but its times count
    let body = tokens.partition_point(|token| (token.paragraph as usize) < masthead.body_start);
    let actors = names::chain(&names::Given {
        text,
        tokens: &tokens,
        clauses: &clauses,
        cues: &cues,
        triggers: &triggers,
        library: &reader.library,
        published,
        body,
        dateline: masthead.dateline,
    });
    let tense = |token: usize| tense_of(&clauses, token);
    let times = times::resolve(text, &clauses.sentences, &tokens, &tense, published.and_then(times::Published::parse));
    let places = places::resolve(text, &tokens, &clauses, &triggers, &actors, &reader.library);
    let statements = statements::attribute(&statements::Given {
        text,
        tokens: &tokens,
        clauses: &clauses,
        cues: &cues,
        actors: &actors,
        times: &times,
        published,
        body,
    });
    let events = events::tell(&events::Given {
        text,
        tokens: &tokens,
        clauses: &clauses,
        triggers: &triggers,
        actors: &actors,
        places: &places,
        times: &times,
        statements: &statements,
        library: &reader.library,
        body,
    });
    let stances = positions::derive(&positions::Given {
        text,
        tokens: &tokens,
        clauses: &clauses,
        actors: &actors,
        times: &times,
        statements: &statements,
        events: &events,
    });
    let doubts = doubts::gather(&doubts::Given {
        document: &document,
        masthead: &masthead,
        tokens: &tokens,
        clauses: &clauses,
        actors: &actors,
        places: &places,
        times: &times,
        statements: &statements,
        events: &events,
        library: &reader.library,
        body,
    });
    compile::compile(compile::Findings {
        document: &document,
        masthead: &masthead,
        clauses: &clauses,
        actors: &actors,
        places: &places,
        times: &times,
        statements: &statements,
        events: &events,
        stances: &stances,
        doubts,
        edition: reader.edition(),
    })
}

/// Which way the clause of a token looks, by its verb and auxiliaries.
fn tense_of(clauses: &grammar::Clauses, token: usize) -> times::Tense {
    let head = clauses.clause_of(token);
    let verb = &clauses.words[head];
    let auxiliaries = || clauses.dependents(head, "aux").chain(clauses.dependents(head, "cop"));
    let helps = |words: &[&str]| auxiliaries().any(|at| words.contains(&clauses.words[at].lemma.as_str()));
    if helps(&["will", "shall", "wo", "'ll", "’ll"]) || auxiliaries().any(|at| clauses.words[at].xpos == "MD") {
        return times::Tense::Future;
    }
    let past = |at: usize| clauses.words[at].xpos == "VBD";
    if past(head) || auxiliaries().any(past) {
        return times::Tense::Past;
    }
    match verb.xpos {
        "VBN" if auxiliaries().next().is_none() || helps(&["have"]) => times::Tense::Past,
        "VBZ" | "VBP" => times::Tense::Present,
        _ => times::Tense::Unknown,
    }
}

/// The words, tags and trees of a report as CoNLL-U: UPOS, XPOS, head, relation, names in MISC (`Entity=PER`).
pub fn parse(reader: &Reader, source: &Source) -> String {
    let document = intake::read(source);
    let text = document.text.as_str();
    // every paragraph is parsed, furniture too: this is the view of the grammar room
    let paragraphs = paragraphs::cut(text);
    let tokens = tokens::cut(text, &paragraphs);
    let sentences = sentences::cut(text, &tokens);
    let clauses = grammar::read(&reader.model, &reader.library.lemmas, text, &tokens, &sentences);
    let mut out = String::new();
    let mut paragraph = None;
    for (number, sentence) in clauses.sentences.iter().enumerate() {
        if paragraph != Some(sentence.paragraph) {
            paragraph = Some(sentence.paragraph);
            out.push_str("# newpar\n");
        }
        let line = sentence.span.of(text).split_whitespace().collect::<Vec<_>>().join(" ");
        out.push_str(&format!("# sent_id = {}\n# text = {line}\n", number + 1));
        for at in sentence.tokens.clone() {
            let word = &clauses.words[at];
            let head = word.head.map_or(0, |head| head + 1 - sentence.tokens.start);
            let name = clauses.names.iter().find(|name| name.tokens.contains(&at)).map(|name| {
                let kind = match name.kind {
                    grammar::NameKind::Person => "PER",
                    grammar::NameKind::Organisation => "ORG",
                    grammar::NameKind::Location => "LOC",
                };
                format!("Entity={}-{kind}", if name.tokens.start == at { "B" } else { "I" })
            });
            let glued = at + 1 < sentence.tokens.end && tokens[at + 1].span.start == tokens[at].span.end;
            let mut misc: Vec<String> = name.into_iter().collect();
            if glued {
                misc.push("SpaceAfter=No".to_owned());
            }
            let misc = if misc.is_empty() { "_".to_owned() } else { misc.join("|") };
            out.push_str(&format!(
                "{}\t{}\t{}\t{}\t{}\t_\t{head}\t{}\t_\t{misc}\n",
                at + 1 - sentence.tokens.start,
                tokens[at].span.of(text),
                if word.lemma.is_empty() { "_" } else { &word.lemma },
                word.upos,
                word.xpos,
                word.relation,
            ));
        }
        out.push('\n');
    }
    out
}

/// Every rule and doubt code with its explanation, by room.
fn rules() -> impl Iterator<Item = &'static (&'static str, &'static str)> {
    [
        intake::RULES,
        masthead::RULES,
        names::RULES,
        times::RULES,
        places::RULES,
        statements::RULES,
        events::RULES,
        positions::RULES,
        doubts::RULES,
    ]
    .into_iter()
    .flatten()
}

/// What a rule or doubt code means.
pub fn explain(code: &str) -> Option<&'static str> {
    rules().find(|(known, _)| *known == code).map(|(_, explanation)| *explanation)
}

/// Every code that [`explain`] knows, sorted.
pub fn codes() -> Vec<&'static str> {
    let mut codes: Vec<&'static str> = rules().map(|(code, _)| *code).collect();
    codes.sort_unstable();
    codes.dedup();
    codes
}
