//! The types of the record, field for field as the format writes them.
//!
//! The order of the fields here is their order in the JSON. What is not stated is `None`, written `null`.
//!
//! **Invariant:** no field holds a guess or a sentinel for something the document does not state.

use alloc::collections::BTreeMap;
use alloc::string::String;
use alloc::vec::Vec;
use serde::{Deserialize, Serialize};

use crate::vocabulary::*;
use crate::wire;

/// The name of an entry inside its record (`a1`, `e12`); unique over all layers.
pub type Id = String;

macro_rules! entries {
    ($($(#[$doc:meta])* $name:ident { $($fields:tt)* })+) => {
        $(
            $(#[$doc])*
            #[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
            #[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
            pub struct $name { $($fields)* }
        )+
    };
}

/// A stretch of the document: `at` counts Unicode code points of `document.text`, end exclusive; `words` is that slice.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Span {
    /// Start and end, in code points, end exclusive.
    pub at: [u32; 2],
    /// The slice of the text at these offsets.
    pub words: String,
}

entries! {
    /// What one document says, and who says it.
    Record {
        /// Always `rapporteur.record/1`.
        pub format: String,
        /// What made this record.
        pub edition: Edition,
        /// The document it was made from.
        pub document: Document,
        /// The sentences, in text order, not overlapping.
        #[serde(default)]
        pub sentences: Vec<Sentence>,
        /// Who acts, speaks or is acted upon.
        #[serde(default)]
        pub actors: Vec<Actor>,
        /// Where.
        #[serde(default)]
        pub places: Vec<Place>,
        /// When: every expression of time.
        #[serde(default)]
        pub times: Vec<Time>,
        /// Who said what.
        #[serde(default)]
        pub statements: Vec<Statement>,
        /// Who did what to whom.
        #[serde(default)]
        pub events: Vec<Event>,
        /// What parties take positions on.
        #[serde(default)]
        pub proposals: Vec<Proposal>,
        /// Who stands where on which proposal.
        #[serde(default)]
        pub positions: Vec<Position>,
        /// What was promised or forecast.
        #[serde(default)]
        pub pledges: Vec<Pledge>,
        /// What the reader saw and did not settle.
        #[serde(default)]
        pub doubts: Vec<Doubt>,
    }

    /// The engine, model and books that made a record, with their versions and checksums.
    Edition {
        /// Version of the engine.
        pub engine: String,
        /// Name and checksum of the model; `null` where none was used.
        pub model: Option<String>,
        /// Book name to version.
        #[serde(default)]
        pub books: BTreeMap<String, String>,
    }

    /// The document as it was read: its text and what its head says about it.
    Document {
        /// SHA-256 of `text`, in hexadecimal.
        pub id: String,
        /// Where the document came from, as the caller named it.
        pub source: Option<String>,
        /// The title, where one is given or found.
        pub title: Option<String>,
        /// The author's line.
        pub byline: Option<String>,
        /// Who published it.
        pub publisher: Option<String>,
        /// Date or date and time of publication, ISO 8601.
        pub published: Option<String>,
        /// Where `published` comes from.
        pub published_basis: PublishedBasis,
        /// BCP 47 tag of the language.
        pub language: String,
        /// The text that all offsets count in.
        pub text: String,
        /// Furniture of the page, which nothing is read from.
        #[serde(default)]
        pub noise: Vec<Span>,
    }

    /// One sentence of the document.
    Sentence {
        /// Start and end, in code points, end exclusive.
        pub at: [u32; 2],
        /// Number of its paragraph, from 0.
        pub paragraph: u32,
    }

    /// Someone who acts, speaks or is acted upon.
    Actor {
        /// `a1`, `a2`, ...
        pub id: Id,
        /// The fullest name the document or the books give.
        pub name: String,
        /// What sort of actor.
        pub kind: ActorKind,
        /// Office or function, as written.
        pub role: Option<String>,
        /// ISO 3166-1 alpha-3.
        pub country: Option<String>,
        /// The actor that this one belongs to.
        pub member_of: Option<Id>,
        /// PLOVER/CAMEO actor code.
        pub code: Option<String>,
        /// Where the document speaks of this actor.
        pub mentions: Vec<Mention>,
        /// The code of the rule or model head that made this entry.
        #[serde(default)]
        pub rule: String,
        /// 0 to 1, where a head gave one.
        #[serde(serialize_with = "wire::hundredths")]
        pub confidence: Option<f32>,
    }

    /// One mention of an actor.
    Mention {
        /// Start and end, in code points, end exclusive.
        pub at: [u32; 2],
        /// The slice of the text at these offsets.
        pub words: String,
        /// The form of the mention.
        pub form: Form,
    }

    /// A place.
    Place {
        /// `l1`-like, unique in the record.
        pub id: Id,
        /// Its name.
        pub name: String,
        /// What sort of place (`city`, `country`, `river`).
        pub kind: String,
        /// ISO 3166-1 alpha-3.
        pub country: Option<String>,
        /// Degrees north.
        pub lat: Option<f64>,
        /// Degrees east.
        pub lon: Option<f64>,
        /// How exactly the place is known.
        pub precision: Precision,
        /// Where the document names it.
        pub mentions: Vec<Span>,
        /// The code of the rule or model head that made this entry.
        #[serde(default)]
        pub rule: String,
        /// 0 to 1, where a head gave one.
        #[serde(serialize_with = "wire::hundredths")]
        pub confidence: Option<f32>,
    }

    /// An expression of time.
    Time {
        /// `t1`, `t2`, ...
        pub id: Id,
        /// Start and end, in code points, end exclusive.
        pub at: [u32; 2],
        /// The slice of the text at these offsets.
        pub words: String,
        /// TIMEX3 type.
        #[serde(rename = "type")]
        pub kind: TimeType,
        /// TIMEX3 value; `null` while it cannot be resolved.
        pub value: Option<String>,
        /// The date that a relative expression was resolved against.
        pub anchor: Option<String>,
        /// The code of the rule or model head that made this entry.
        #[serde(default)]
        pub rule: String,
        /// 0 to 1, where a head gave one.
        #[serde(serialize_with = "wire::hundredths")]
        pub confidence: Option<f32>,
    }

    /// A communication or thought that someone is reported to have expressed.
    Statement {
        /// `s1`, `s2`, ...
        pub id: Id,
        /// Who is responsible for the words; `null` where the document does not tell.
        pub speaker: Option<Id>,
        /// The words that name the speaker here.
        pub speaker_at: Option<Span>,
        /// The words that report the speaking ("said").
        pub cue: Option<Span>,
        /// What is said, in pieces in text order.
        pub content: Vec<Span>,
        /// The parts of it in quotation marks, without the marks.
        #[serde(default)]
        pub quoted: Vec<Span>,
        /// Direct, indirect, mixed or a reported act.
        pub manner: Manner,
        /// What the statement does.
        pub act: Act,
        /// The actors spoken to.
        #[serde(default)]
        pub addressee: Vec<Id>,
        /// The intermediary who passes it on.
        pub via: Option<Id>,
        /// The medium or occasion ("in an interview").
        pub channel: Option<Span>,
        /// The statement that this one is told in.
        pub within: Option<Id>,
        /// When it was said.
        pub time: Option<StatementTime>,
        /// The code of the rule or model head that made this entry.
        #[serde(default)]
        pub rule: String,
        /// 0 to 1, where a head gave one.
        #[serde(serialize_with = "wire::hundredths")]
        pub confidence: Option<f32>,
    }

    /// The date of a statement or position, and where it comes from.
    StatementTime {
        /// TIMEX3 value.
        pub value: String,
        /// The text, or the publication date.
        pub basis: TimeBasis,
    }

    /// A happening, as told.
    Event {
        /// `e1`, `e2`, ...
        pub id: Id,
        /// PLOVER type.
        #[serde(rename = "type")]
        pub kind: EventType,
        /// One of [`EventType::modes`]; `null` where the means are not told.
        pub mode: Option<Mode>,
        /// PLOVER contexts.
        #[serde(default)]
        pub context: Vec<String>,
        /// Who did it.
        #[serde(default)]
        pub actors: Vec<Id>,
        /// To whom.
        #[serde(default)]
        pub recipients: Vec<Id>,
        /// The words that name the happening.
        pub trigger: Span,
        /// The clause that tells it.
        pub evidence: Span,
        /// Told as done, planned, demanded, denied.
        pub status: Status,
        /// The statement it is told in; `null` is the author's own telling.
        pub asserted_by: Option<Id>,
        /// The words of the condition.
        pub condition: Option<Span>,
        /// The words of the purpose.
        pub purpose: Option<Span>,
        /// Further mentions of the same happening.
        #[serde(default)]
        pub also: Vec<Span>,
        /// When; `null` where the text does not date it.
        pub time: Option<EventTime>,
        /// Where (a place id).
        pub place: Option<Id>,
        /// Numbers told with it.
        #[serde(default)]
        pub counts: Vec<Count>,
        /// CAMEO code.
        pub cameo: Option<String>,
        /// Goldstein value, -10 to 10.
        pub goldstein: Option<f32>,
        /// The code of the rule or model head that made this entry.
        #[serde(default)]
        pub rule: String,
        /// 0 to 1, where a head gave one.
        #[serde(serialize_with = "wire::hundredths")]
        pub confidence: Option<f32>,
    }

    /// The date of an event.
    EventTime {
        /// TIMEX3 value.
        pub value: String,
        /// How fine the date is.
        pub precision: TimePrecision,
        /// The expression of time it was taken from.
        pub from: Option<Id>,
    }

    /// A number told with an event.
    Count {
        /// What is counted (`killed`, `troops`).
        pub of: String,
        /// The number; `null` where only bounds or words are given.
        pub value: Option<u64>,
        /// At least this many.
        pub low: Option<u64>,
        /// At most this many.
        pub high: Option<u64>,
        /// "No reported injuries": not the same as zero.
        pub none_reported: Option<bool>,
        /// Start and end, in code points, end exclusive.
        pub at: [u32; 2],
        /// The slice of the text at these offsets.
        pub words: String,
    }

    /// Something that parties take positions on.
    Proposal {
        /// `pr1`, `pr2`, ...
        pub id: Id,
        /// What sort of proposal.
        pub kind: ProposalKind,
        /// Its name, in words of the document.
        pub name: String,
        /// What it lays down.
        #[serde(default)]
        pub terms: Vec<Term>,
        /// Who proposed it.
        pub proposer: Option<Id>,
        /// Where the document speaks of it.
        pub mentions: Vec<Span>,
        /// The code of the rule or model head that made this entry.
        #[serde(default)]
        pub rule: String,
        /// 0 to 1, where a head gave one.
        #[serde(serialize_with = "wire::hundredths")]
        pub confidence: Option<f32>,
    }

    /// One term of a proposal.
    Term {
        /// What it settles (`duration`, `amount`).
        pub term: String,
        /// The normalised value (`P30D`).
        pub value: String,
        /// Start and end, in code points, end exclusive.
        pub at: [u32; 2],
        /// The slice of the text at these offsets.
        pub words: String,
    }

    /// Where a party stands on a proposal.
    Position {
        /// `p1`, `p2`, ...
        pub id: Id,
        /// Whose position.
        pub party: Id,
        /// For whom the party speaks.
        pub on_behalf_of: Option<Id>,
        /// On what.
        pub proposal: Id,
        /// The stance.
        pub stance: Stance,
        /// The reservations or conditions, quoted.
        #[serde(default)]
        pub reservations: Vec<Span>,
        /// The words that show the stance.
        pub evidence: Vec<Span>,
        /// The statements and events it rests on.
        #[serde(default)]
        pub rests_on: Vec<Id>,
        /// When it was taken.
        pub time: Option<StatementTime>,
        /// The code of the rule or model head that made this entry.
        #[serde(default)]
        pub rule: String,
        /// 0 to 1, where a head gave one.
        #[serde(serialize_with = "wire::hundredths")]
        pub confidence: Option<f32>,
    }

    /// What someone promised or forecast.
    Pledge {
        /// `pl1`-like, unique in the record.
        pub id: Id,
        /// Who made it.
        pub by: Id,
        /// Pledge or forecast.
        pub kind: PledgeKind,
        /// Its words.
        pub content: Span,
        /// By when.
        pub deadline: Option<Deadline>,
        /// The earlier pledge that this one changes.
        pub revises: Option<Id>,
        /// The statements and events it rests on.
        #[serde(default)]
        pub rests_on: Vec<Id>,
        /// The code of the rule or model head that made this entry.
        #[serde(default)]
        pub rule: String,
        /// 0 to 1, where a head gave one.
        #[serde(serialize_with = "wire::hundredths")]
        pub confidence: Option<f32>,
    }

    /// The deadline of a pledge.
    Deadline {
        /// TIMEX3 value.
        pub value: String,
        /// The date it counts from; `null` where the document does not tell.
        pub anchor: Option<String>,
    }

    /// What the reader saw and did not settle; `code` is its rule.
    Doubt {
        /// The code that `explain` knows.
        pub code: String,
        /// Start and end, in code points, end exclusive.
        pub at: Option<[u32; 2]>,
        /// The slice of the text at these offsets.
        pub words: Option<String>,
        /// The entry it concerns.
        pub about: Option<Id>,
        /// One sentence for a person.
        pub message: String,
    }
}

impl Span {
    /// A span of these words from `start` to `end`, in code points.
    pub fn new(start: u32, end: u32, words: impl Into<String>) -> Self {
        Self { at: [start, end], words: words.into() }
    }
}

impl Record {
    /// The actor of this id.
    pub fn actor(&self, id: &str) -> Option<&Actor> {
        self.actors.iter().find(|actor| actor.id == id)
    }

    /// The place of this id.
    pub fn place(&self, id: &str) -> Option<&Place> {
        self.places.iter().find(|place| place.id == id)
    }

    /// The statement of this id.
    pub fn statement(&self, id: &str) -> Option<&Statement> {
        self.statements.iter().find(|statement| statement.id == id)
    }

    /// The proposal of this id.
    pub fn proposal(&self, id: &str) -> Option<&Proposal> {
        self.proposals.iter().find(|proposal| proposal.id == id)
    }
}
