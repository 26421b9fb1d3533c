//! A report laid out for answering: its record and its entries in, one line a sentence out, with all that stands in it.
//!
//! **Invariant:** nothing is read here; a line only gathers what the record and the ledger have.

use rapporteur_record::{ActorKind, CodePoints, Form, Record, Statement};

use super::kin;
use super::words::{Word, words};
use crate::entry::Entry;
use crate::error::Error;
use crate::fold::slug;
use crate::store::Ledger;

/// A report, laid out.
pub struct Sheet {
    /// Its place among the reports that are laid out.
    pub number: usize,
    /// The key of the report.
    pub report: String,
    /// Its record.
    pub record: Record,
    /// Its entries, with the ledger's actors.
    pub entries: Vec<Entry>,
    /// Its sentences.
    pub lines: Vec<Line>,
    /// The words of its title.
    pub title: Vec<Word>,
}

/// A sentence.
pub struct Line {
    /// Its place in the report.
    pub number: usize,
    /// First code point, and the one after the last.
    pub at: [u32; 2],
    /// Where its own words begin, after the place and date of a dispatch.
    pub own: u32,
    /// Number of its paragraph.
    pub paragraph: u32,
    /// As written.
    pub text: String,
    /// Its words.
    pub words: Vec<Word>,
    /// Actors spoken of in it, by index in the record.
    pub actors: Vec<usize>,
    /// Expressions of time in it, by index in the record.
    pub times: Vec<usize>,
    /// Events told in it, by index in the record.
    pub events: Vec<usize>,
    /// Statements of which a piece stands in it, by index in the record.
    pub statements: Vec<usize>,
    /// Whether it only repeats the title.
    pub is_title: bool,
}

/// The lines that a span of the text runs through.
fn across(lines: &mut [Line], span: [u32; 2]) -> &mut [Line] {
    let first = lines.partition_point(|line| line.at[1] <= span[0]);
    let end = lines.partition_point(|line| line.at[0] < span[1]).max(first);
    &mut lines[first..end]
}

/// Adds an index that is not there yet; they come in order.
fn put(list: &mut Vec<usize>, index: usize) {
    if list.last() != Some(&index) {
        list.push(index);
    }
}

/// How many code points of a sentence are the place and date that a dispatch begins with: “LIMA, Feb. 3 (Andes Wire) — ”.
fn dateline(text: &str) -> u32 {
    let first: String = text.chars().take_while(|c| c.is_alphabetic()).collect();
    if first.chars().count() < 3 || !first.chars().all(char::is_uppercase) {
        return 0;
    }
    let letters: Vec<char> = text.chars().chain([' ']).take(90).collect();
    let dash =
        letters.windows(3).position(|three| three[0] == ' ' && matches!(three[1], '—' | '–' | '-') && three[2] == ' ');
    dash.map_or(0, |at| at as u32 + 3)
}

impl Sheet {
    /// Lays out a report of a ledger.
    pub fn of(ledger: &Ledger, report: &str) -> Result<Option<Self>, Error> {
        let Some(record) = ledger.record(report)? else { return Ok(None) };
        let entries = ledger.entries_of(report)?;
        let points = CodePoints::new(&record.document.text);
        let title = record.document.title.as_deref().unwrap_or_default();
        let mut lines: Vec<Line> = Vec::new();
        for (number, sentence) in record.sentences.iter().enumerate() {
            let text = points.slice(sentence.at[0], sentence.at[1]).unwrap_or_default().to_owned();
            // the place and date that a dispatch begins with are not of what it tells
            let own = sentence.at[0] + dateline(&text);
            lines.push(Line {
                number,
                at: sentence.at,
                own,
                paragraph: sentence.paragraph,
                words: words(&text, sentence.at[0]).into_iter().filter(|word| word.at[0] >= own).collect(),
                is_title: !title.is_empty() && text.trim() == title.trim() && !text.trim().ends_with('.'),
                text,
                actors: Vec::new(),
                times: Vec::new(),
                events: Vec::new(),
                statements: Vec::new(),
            });
        }
        for (index, actor) in record.actors.iter().enumerate() {
            for mention in &actor.mentions {
                for line in across(&mut lines, mention.at).iter_mut().filter(|line| line.own < mention.at[1]) {
                    put(&mut line.actors, index);
                }
            }
        }
        for (index, time) in record.times.iter().enumerate() {
            across(&mut lines, time.at).iter_mut().for_each(|line| put(&mut line.times, index));
        }
        for (index, event) in record.events.iter().enumerate() {
            for span in core::iter::once(&event.trigger).chain(&event.also) {
                across(&mut lines, span.at).iter_mut().for_each(|line| put(&mut line.events, index));
            }
        }
        for (index, statement) in record.statements.iter().enumerate() {
            for span in statement.content.iter().chain(&statement.cue) {
                across(&mut lines, span.at).iter_mut().for_each(|line| put(&mut line.statements, index));
            }
        }
        Ok(Some(Self { number: 0, report: report.to_owned(), entries, lines, title: words(title, 0), record }))
    }

    /// Whether an actor of the record bears a name: its words are among those of the actor's name or of a mention by name.
    pub fn bears(&self, actor: usize, name: &[Word]) -> bool {
        let Some(actor) = self.record.actors.get(actor) else { return false };
        if actor.kind == ActorKind::Group && actor.name.split(' ').count() > 3 {
            return false;
        }
        let all = |own: &str| {
            let own = slug(own);
            name.iter().all(|word| own.split('-').any(|part| part == word.plain))
        };
        let short = |own: &str| own.split(' ').count() <= name.len() + 3;
        all(&actor.name) && short(&actor.name)
            || actor.mentions.iter().any(|mention| {
                matches!(mention.form, Form::Name | Form::Metonym) && short(&mention.words) && all(&mention.words)
            })
    }

    /// Whether an actor of the record acts for a country: 1 its government or the state, less for its army and its people.
    pub fn acts_for(&self, actor: usize, country: &str) -> f64 {
        let Some(actor) = self.record.actors.get(actor) else { return 0.0 };
        if actor.country.as_deref() != Some(country) {
            return 0.0;
        }
        match actor.kind {
            ActorKind::Government | ActorKind::State => 1.0,
            ActorKind::Military => 0.9,
            ActorKind::Person => 0.7,
            _ => 0.75,
        }
    }

    /// The actor of this id, by index.
    pub fn index(&self, id: &str) -> Option<usize> {
        self.record.actors.iter().position(|actor| actor.id == id)
    }

    /// The speakers in whose words this code point stands, the outermost first.
    pub fn tellers(&self, at: u32) -> Vec<&Statement> {
        let takes_a_stand = |statement: &Statement| {
            // “rejected the plan proposed by”: its content is a thing, and is nobody's telling
            let stands =
                ["accept", "reject", "support", "propose", "promise", "threaten", "demand", "want"].map(kin::class);
            let told = ["say", "deny", "accuse", "forecast", "describe"].map(kin::class);
            let cue = statement.cue.iter().flat_map(|cue| words(&cue.words, 0));
            let classes: Vec<Option<usize>> = cue
                .flat_map(|word| kin::classes(&word.stem).iter().map(|class| Some(*class)).collect::<Vec<_>>())
                .collect();
            classes.iter().any(|class| stands.contains(class)) && !classes.iter().any(|class| told.contains(class))
        };
        let holds = |statement: &&Statement| statement.content.iter().any(|span| span.at[0] <= at && at < span.at[1]);
        let mut tellers: Vec<&Statement> =
            self.record.statements.iter().filter(holds).filter(|statement| !takes_a_stand(statement)).collect();
        let depth = |statement: &Statement| {
            let (mut depth, mut outer) = (0, statement.within.as_deref());
            while let Some(id) = outer.filter(|_| depth < 9) {
                depth += 1;
                outer = self.record.statement(id).and_then(|statement| statement.within.as_deref());
            }
            depth
        };
        tellers.sort_by_key(|statement| depth(statement));
        tellers
    }
}
