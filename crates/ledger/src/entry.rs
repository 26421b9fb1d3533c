//! One entry of one report as the ledger holds it: the record's own entry with the ledger's actors in it.
//!
//! The entry itself is that of the record, word for word; only its ids are exchanged: an actor's for the key of the actor across
//! reports, a statement's for the key of that entry; and who takes a stance speaks for a government where the office is known to. Beside it stands what a reader of many reports asks first: whose telling it
//! is, since when it was known, on which days it happened, where.
//!
//! **Invariant:** every entry can be cited: it has a report and words at offsets in it.

use rapporteur_record::{Event, Place, Pledge, Position, Precision, Span, Statement};
use serde::{Deserialize, Serialize};

use crate::days::Days;
use crate::error::Error;

/// An entry of a report.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Entry {
    /// The report's key, a colon, the id in the record.
    pub key: String,
    /// The key of the report.
    pub report: String,
    /// The day from which the report counts as known.
    pub known: String,
    /// The sentence that holds its words, in code points.
    pub sentence: [u32; 2],
    /// Who tells it: the actor whose words it stands in; none is the report's own telling.
    pub teller: Option<String>,
    /// When it happened, or was said, as far as the report dates it.
    pub days: Option<Days>,
    /// Where, as far as the report tells.
    pub spot: Option<Spot>,
    /// The happening (of an event) or proposal (of a position) that it belongs to.
    pub shared: Option<String>,
    /// What the record has.
    pub what: What,
    /// What a reviewer decided about it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub decided: Option<Decided>,
}

/// A reviewer's word on an entry.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Decided {
    /// `accept` or `correct`; a rejected entry is not shown.
    pub verb: String,
    /// Who decided.
    pub reviewer: String,
    /// Why.
    pub reason: String,
}

/// An entry of the record, by layer.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "layer", rename_all = "lowercase")]
pub enum What {
    /// Who said what.
    Statement(Statement),
    /// What happened.
    Event(Event),
    /// Who stands where.
    Position(Position),
    /// What was promised.
    Pledge(Pledge),
}

/// A place, as the report names it and as the gazetteer knows it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Spot {
    /// Its name.
    pub name: String,
    /// ISO 3166-1 alpha-3.
    pub country: Option<String>,
    /// Degrees north.
    pub lat: Option<f64>,
    /// Degrees east.
    pub lon: Option<f64>,
    /// Whether it is a settlement or finer, not a region or country.
    pub fine: bool,
}

impl Spot {
    /// The place of a record.
    pub fn of(place: &Place) -> Self {
        Self {
            name: place.name.clone(),
            country: place.country.clone(),
            lat: place.lat,
            lon: place.lon,
            fine: matches!(place.precision, Precision::Exact | Precision::Settlement),
        }
    }
}

/// Words of a report that an answer rests on.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Cite {
    /// The key of the report.
    pub report: String,
    /// Start and end in its text, in code points, end exclusive.
    pub at: [u32; 2],
    /// The slice of the text at these offsets.
    pub words: String,
}

/// What an entry has beside its key, report, day and layer, which stand in its row, and what the record has.
type About = ([u32; 2], Option<String>, Option<Days>, Option<Spot>, Option<String>, Option<Decided>);

impl Entry {
    /// The entry as bytes, without what stands beside them in its row.
    pub(crate) fn pack(&self) -> Result<Vec<u8>, Error> {
        let about = (self.sentence, &self.teller, &self.days, &self.spot, &self.shared, &self.decided);
        Ok(match &self.what {
            What::Statement(own) => postcard::to_stdvec(&(about, own)),
            What::Event(own) => postcard::to_stdvec(&(about, own)),
            What::Position(own) => postcard::to_stdvec(&(about, own)),
            What::Pledge(own) => postcard::to_stdvec(&(about, own)),
        }?)
    }

    /// The entry of a row.
    pub(crate) fn unpack(key: &str, report: &str, known: &str, layer: &str, packed: &[u8]) -> Result<Self, Error> {
        let (about, own): (About, &[u8]) = postcard::take_from_bytes(packed)?;
        let (sentence, teller, days, spot, shared, decided) = about;
        let what = match layer {
            "statement" => What::Statement(postcard::from_bytes(own)?),
            "event" => What::Event(postcard::from_bytes(own)?),
            "position" => What::Position(postcard::from_bytes(own)?),
            _ => What::Pledge(postcard::from_bytes(own)?),
        };
        let [key, report, known] = [key, report, known].map(str::to_owned);
        Ok(Self { key, report, known, sentence, teller, days, spot, shared, what, decided })
    }

    /// The words that the entry rests on, the most telling first.
    pub fn cites(&self) -> Vec<Cite> {
        let cite = |span: &Span| Cite { report: self.report.clone(), at: span.at, words: span.words.clone() };
        self.spans().iter().map(cite).collect()
    }

    fn spans(&self) -> &[Span] {
        let one = core::slice::from_ref;
        match &self.what {
            What::Statement(statement) if statement.content.is_empty() => statement.cue.as_slice(),
            What::Statement(statement) => &statement.content,
            What::Event(event) => one(&event.evidence),
            What::Position(position) => &position.evidence,
            What::Pledge(pledge) => one(&pledge.content),
        }
    }

    /// The words of the entry in one line.
    pub fn words(&self) -> String {
        let pieces: Vec<&str> = self.spans().iter().map(|span| span.words.as_str()).collect();
        pieces.join(" … ")
    }

    /// All actors of the entry, in order, each once.
    pub fn parties(&self) -> Vec<&str> {
        let one = core::slice::from_ref;
        let lists: [&[String]; 3] = match &self.what {
            What::Statement(s) => [s.speaker.as_slice(), &s.addressee, s.via.as_slice()],
            What::Event(e) => [&e.actors, &e.recipients, &[]],
            What::Position(p) => [one(&p.party), p.on_behalf_of.as_slice(), &[]],
            What::Pledge(p) => [one(&p.by), &[], &[]],
        };
        let mut parties: Vec<&str> = Vec::new();
        for key in lists.into_iter().flatten().chain(&self.teller) {
            if !parties.contains(&key.as_str()) {
                parties.push(key);
            }
        }
        parties
    }

    /// The name of its layer.
    pub fn layer(&self) -> &'static str {
        match self.what {
            What::Statement(_) => "statement",
            What::Event(_) => "event",
            What::Position(_) => "position",
            What::Pledge(_) => "pledge",
        }
    }

    /// Its type within the layer: act, PLOVER type, stance, kind.
    pub fn kind(&self) -> &'static str {
        match &self.what {
            What::Statement(s) => s.act.as_str(),
            What::Event(e) => e.kind.as_str(),
            What::Position(p) => p.stance.as_str(),
            What::Pledge(p) => p.kind.as_str(),
        }
    }

    /// The event it is, where it is one.
    pub fn event(&self) -> Option<&Event> {
        match &self.what {
            What::Event(event) => Some(event),
            _ => None,
        }
    }

    /// The statement it is, where it is one.
    pub fn statement(&self) -> Option<&Statement> {
        match &self.what {
            What::Statement(statement) => Some(statement),
            _ => None,
        }
    }

    /// The position it is, where it is one.
    pub fn position(&self) -> Option<&Position> {
        match &self.what {
            What::Position(position) => Some(position),
            _ => None,
        }
    }

    /// The pledge it is, where it is one.
    pub fn pledge(&self) -> Option<&Pledge> {
        match &self.what {
            What::Pledge(pledge) => Some(pledge),
            _ => None,
        }
    }
}
