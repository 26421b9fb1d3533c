//! One table a layer: entries in, CSV or Parquet out.
//!
//! Both have the same columns. Several names in one cell stand between semicolons, keys beside names in the same order. Offsets count code
//! points of the text of the report.
//!
//! **Invariant:** a cell of words never begins with what a spreadsheet computes; a number stays a number.

use std::io::Write;
use std::sync::Arc;

use parquet::basic::{LogicalType, Repetition, Type as Physical};
use parquet::data_type::{ByteArray, ByteArrayType, DoubleType, Int64Type};
use parquet::errors::ParquetError;
use parquet::file::properties::WriterProperties;
use parquet::file::writer::SerializedFileWriter;
use parquet::schema::types::Type;
use rapporteur_record::Span;

use crate::entry::{Entry, What};
use crate::error::Error;
use crate::review::told;
use crate::store::Report;
use crate::table::safe;
use crate::views::{Desk, Scope, side};

/// How many rows a group of a Parquet file has at most.
const GROUP: usize = 100_000;

/// A table of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Layer {
    /// Who said what.
    Statements,
    /// What happened, an account a row.
    Events,
    /// Who stands where.
    Positions,
    /// What was promised.
    Pledges,
}

impl Layer {
    fn word(self) -> &'static str {
        match self {
            Self::Statements => "statement",
            Self::Events => "event",
            Self::Positions => "position",
            Self::Pledges => "pledge",
        }
    }
}

/// What a cell holds; none is "not stated".
enum Cell {
    Words(Option<String>),
    Whole(Option<i64>),
    Number(Option<f64>),
}

type Row = Vec<(&'static str, Cell)>;

fn words(words: impl Into<String>) -> Cell {
    Cell::Words(Some(words.into()))
}

fn maybe(words: Option<impl Into<String>>) -> Cell {
    Cell::Words(words.map(Into::into))
}

/// Names in one cell; a semicolon in a name gives way.
fn names(desk: &Desk, keys: &[String]) -> Cell {
    let names: Vec<String> = keys.iter().map(|key| desk.name(key).replace(';', ",")).collect();
    Cell::Words((!names.is_empty()).then(|| names.join("; ")))
}

fn keys(keys: &[String]) -> Cell {
    Cell::Words((!keys.is_empty()).then(|| keys.join("; ")))
}

fn pieces(spans: &[Span]) -> Cell {
    let words: Vec<&str> = spans.iter().map(|span| span.words.as_str()).collect();
    Cell::Words((!words.is_empty()).then(|| words.join(" … ")))
}

fn number(number: Option<f32>) -> Cell {
    // through words, so that 0.9 stays 0.9
    Cell::Number(number.and_then(|number| number.to_string().parse().ok()))
}

/// The columns that every layer has, then its own, then the words.
fn row(desk: &Desk, entry: &Entry) -> Row {
    let report: Option<&Report> = desk.reports.get(&entry.report);
    let name = |key: &Option<String>| maybe(key.as_deref().map(|key| desk.name(key)));
    let mut row: Row = vec![
        ("key", words(&entry.key)),
        ("report", words(&entry.report)),
        ("outlet", words(desk.outlet(&entry.report))),
        ("source", maybe(report.and_then(|report| report.source.as_deref()))),
        ("title", maybe(report.and_then(|report| report.title.as_deref()))),
        ("published", maybe(report.and_then(|report| report.published.as_deref()))),
        ("known", words(&entry.known)),
        ("origin", maybe(report.map(|report| report.origin.as_str()))),
        ("teller", name(&entry.teller)),
        ("teller_key", maybe(entry.teller.as_deref())),
    ];
    let days = [
        ("first_day", maybe(entry.days.as_ref().map(|days| days.from.as_str()))),
        ("last_day", maybe(entry.days.as_ref().map(|days| days.to.as_str()))),
    ];
    let (rule, confidence) = match &entry.what {
        What::Statement(statement) => {
            row.extend(days);
            row.extend([
                ("speaker", name(&statement.speaker)),
                ("speaker_key", maybe(statement.speaker.as_deref())),
                ("addressees", names(desk, &statement.addressee)),
                ("addressee_keys", keys(&statement.addressee)),
                ("via", name(&statement.via)),
                ("via_key", maybe(statement.via.as_deref())),
                ("within", maybe(statement.within.as_deref())),
                ("act", words(statement.act.as_str())),
                ("manner", words(statement.manner.as_str())),
                ("cue", maybe(statement.cue.as_ref().map(|span| span.words.as_str()))),
            ]);
            (&statement.rule, statement.confidence)
        }
        What::Event(event) => {
            let counts = (!event.counts.is_empty()).then(|| serde_json::to_string(&event.counts).unwrap_or_default());
            row.extend(days);
            row.extend([
                ("happening", maybe(entry.shared.as_deref())),
                ("type", words(event.kind.as_str())),
                ("mode", maybe(event.mode.map(|mode| mode.as_str()))),
                ("status", words(event.status.as_str())),
                ("actors", names(desk, &event.actors)),
                ("actor_keys", keys(&event.actors)),
                ("recipients", names(desk, &event.recipients)),
                ("recipient_keys", keys(&event.recipients)),
                ("asserted_by", maybe(event.asserted_by.as_deref())),
                ("time", maybe(event.time.as_ref().map(|time| time.value.as_str()))),
                ("place", maybe(entry.spot.as_ref().map(|spot| spot.name.as_str()))),
                ("country", maybe(entry.spot.as_ref().and_then(|spot| spot.country.as_deref()))),
                ("latitude", Cell::Number(entry.spot.as_ref().and_then(|spot| spot.lat))),
                ("longitude", Cell::Number(entry.spot.as_ref().and_then(|spot| spot.lon))),
                ("condition", maybe(event.condition.as_ref().map(|span| span.words.as_str()))),
                ("counts", Cell::Words(counts)),
                ("cameo", maybe(event.cameo.as_deref())),
                ("goldstein", number(event.goldstein)),
                ("trigger", words(&event.trigger.words)),
            ]);
            (&event.rule, event.confidence)
        }
        What::Position(position) => {
            let proposal = desk.proposals.get(&position.proposal);
            row.extend(days);
            row.extend([
                ("party", words(desk.name(&position.party))),
                ("party_key", words(&position.party)),
                ("on_behalf_of", name(&position.on_behalf_of)),
                ("on_behalf_of_key", maybe(position.on_behalf_of.as_deref())),
                ("proposal", maybe(proposal.map(|proposal| proposal.name.as_str()))),
                ("proposal_key", words(&position.proposal)),
                ("stance", words(position.stance.as_str())),
                ("side", words(side(position.stance))),
                ("reservations", pieces(&position.reservations)),
            ]);
            (&position.rule, position.confidence)
        }
        What::Pledge(pledge) => {
            row.extend([
                ("by", words(desk.name(&pledge.by))),
                ("by_key", words(&pledge.by)),
                ("kind", words(pledge.kind.as_str())),
                ("deadline", maybe(pledge.deadline.as_ref().map(|deadline| deadline.value.as_str()))),
                ("revises", maybe(pledge.revises.as_deref())),
            ]);
            (&pledge.rule, pledge.confidence)
        }
    };
    let at = entry.cites().first().map(|cite| cite.at);
    row.extend([
        ("rule", words(rule)),
        ("confidence", number(confidence)),
        ("decided", maybe(entry.decided.as_ref().map(told))),
        ("start", Cell::Whole(at.map(|at| at[0].into()))),
        ("end", Cell::Whole(at.map(|at| at[1].into()))),
        ("words", words(entry.words())),
    ]);
    row
}

/// The rows of a layer.
fn rows(desk: &Desk, scope: &Scope, layer: Layer) -> Result<Vec<Row>, Error> {
    let mut entries = desk.entries(layer.word(), &[], scope)?;
    entries.sort_by(|a, b| (&a.known, &a.report).cmp(&(&b.known, &b.report)));
    Ok(entries.iter().map(|entry| row(desk, entry)).collect())
}

/// The columns of a layer, with an empty cell each.
fn columns(desk: &Desk, layer: Layer) -> Row {
    row(desk, &empty(layer))
}

/// An entry in which nothing is stated, for its columns.
fn empty(layer: Layer) -> Entry {
    use rapporteur_record::{Act, Event, EventType, Manner, Pledge, PledgeKind, Position, Stance, Statement, Status};
    let span = Span::new(0, 0, "");
    let (id, rule) = (String::new, String::new);
    let what = match layer {
        Layer::Statements => What::Statement(Statement {
            id: id(),
            speaker: None,
            speaker_at: None,
            cue: None,
            content: Vec::new(),
            quoted: Vec::new(),
            manner: Manner::Direct,
            act: Act::Other,
            addressee: Vec::new(),
            via: None,
            channel: None,
            within: None,
            time: None,
            rule: rule(),
            confidence: None,
        }),
        Layer::Events => What::Event(Event {
            id: id(),
            kind: EventType::Agree,
            mode: None,
            context: Vec::new(),
            actors: Vec::new(),
            recipients: Vec::new(),
            trigger: span.clone(),
            evidence: span,
            status: Status::Occurred,
            asserted_by: None,
            condition: None,
            purpose: None,
            also: Vec::new(),
            time: None,
            place: None,
            counts: Vec::new(),
            cameo: None,
            goldstein: None,
            rule: rule(),
            confidence: None,
        }),
        Layer::Positions => What::Position(Position {
            id: id(),
            party: id(),
            on_behalf_of: None,
            proposal: id(),
            stance: Stance::Undecided,
            reservations: Vec::new(),
            evidence: Vec::new(),
            rests_on: Vec::new(),
            time: None,
            rule: rule(),
            confidence: None,
        }),
        Layer::Pledges => What::Pledge(Pledge {
            id: id(),
            by: id(),
            kind: PledgeKind::Pledge,
            content: span,
            deadline: None,
            revises: None,
            rests_on: Vec::new(),
            rule: rule(),
            confidence: None,
        }),
    };
    Entry {
        key: id(),
        report: id(),
        known: id(),
        sentence: [0, 0],
        teller: None,
        days: None,
        spot: None,
        shared: None,
        what,
        decided: None,
    }
}

/// Writes a layer as CSV (RFC 4180), a header first.
pub fn csv(desk: &Desk, scope: &Scope, layer: Layer, out: &mut dyn Write) -> Result<usize, Error> {
    let header: Vec<&str> = columns(desk, layer).iter().map(|(name, _)| *name).collect();
    write!(out, "{}\r\n", header.join(","))?;
    for row in rows(desk, scope, layer)? {
        let cells: Vec<String> = row
            .iter()
            .map(|(_, cell)| match cell {
                Cell::Words(words) => safe(&readable(words.as_deref().unwrap_or_default())),
                Cell::Whole(number) => number.map_or_else(String::new, |number| number.to_string()),
                Cell::Number(number) => number.map_or_else(String::new, |number| number.to_string()),
            })
            .collect();
        write!(out, "{}\r\n", cells.join(","))?;
    }
    Ok(0)
}

/// Words without control characters, except line breaks and tabs, which a quoted cell may hold.
fn readable(words: &str) -> String {
    words.chars().map(|c| if c.is_control() && !matches!(c, '\n' | '\t') { ' ' } else { c }).collect()
}

/// Writes a layer as Parquet.
pub fn parquet(desk: &Desk, scope: &Scope, layer: Layer, out: &mut dyn Write) -> Result<usize, Error> {
    let file = packed(&columns(desk, layer), &rows(desk, scope, layer)?);
    out.write_all(&file.map_err(|error| Error::Broken(error.to_string()))?)?;
    Ok(0)
}

fn packed(columns: &Row, rows: &[Row]) -> Result<Vec<u8>, ParquetError> {
    let mut fields = Vec::new();
    for (name, cell) in columns {
        let physical = match cell {
            Cell::Words(_) => Physical::BYTE_ARRAY,
            Cell::Whole(_) => Physical::INT64,
            Cell::Number(_) => Physical::DOUBLE,
        };
        let logical = matches!(cell, Cell::Words(_)).then_some(LogicalType::String);
        let field = Type::primitive_type_builder(name, physical).with_repetition(Repetition::OPTIONAL);
        fields.push(Arc::new(field.with_logical_type(logical).build()?));
    }
    let schema = Arc::new(Type::group_type_builder("schema").with_fields(fields).build()?);
    let mut file = SerializedFileWriter::new(Vec::new(), schema, Arc::new(WriterProperties::builder().build()))?;
    for rows in rows.chunks(GROUP) {
        let mut group = file.next_row_group()?;
        let mut at = 0;
        while let Some(mut column) = group.next_column()? {
            let cells = || rows.iter().filter_map(|row| row.get(at)).map(|(_, cell)| cell);
            let stated = |cell: &Cell| match cell {
                Cell::Words(words) => words.is_some(),
                Cell::Whole(number) => number.is_some(),
                Cell::Number(number) => number.is_some(),
            };
            let levels: Vec<i16> = cells().map(|cell| i16::from(stated(cell))).collect();
            match &columns[at].1 {
                Cell::Words(_) => {
                    let values: Vec<ByteArray> = cells()
                        .filter_map(|cell| match cell {
                            Cell::Words(words) => words.as_deref().map(ByteArray::from),
                            _ => None,
                        })
                        .collect();
                    column.typed::<ByteArrayType>().write_batch(&values, Some(&levels), None)?;
                }
                Cell::Whole(_) => {
                    let values: Vec<i64> = cells()
                        .filter_map(|cell| match cell {
                            Cell::Whole(number) => *number,
                            _ => None,
                        })
                        .collect();
                    column.typed::<Int64Type>().write_batch(&values, Some(&levels), None)?;
                }
                Cell::Number(_) => {
                    let values: Vec<f64> = cells()
                        .filter_map(|cell| match cell {
                            Cell::Number(number) => *number,
                            _ => None,
                        })
                        .collect();
                    column.typed::<DoubleType>().write_batch(&values, Some(&levels), None)?;
                }
            }
            column.close()?;
            at += 1;
        }
        group.close()?;
    }
    file.into_inner()
}

#[cfg(test)]
mod tests {
    use super::*;
    use parquet::file::reader::{FileReader, SerializedFileReader};

    #[test]
    fn a_parquet_file_holds_words_numbers_and_gaps() {
        let row = |words: Option<&str>, number: Option<f64>| -> Row {
            vec![("words", maybe(words)), ("at", Cell::Whole(Some(7))), ("number", Cell::Number(number))]
        };
        let rows = [row(Some("a\n=b"), Some(-3.5)), row(None, None)];
        let file = packed(&row(None, None), &rows).unwrap();
        let reader = SerializedFileReader::new(bytes::Bytes::from(file)).unwrap();
        let read: Vec<String> = reader.get_row_iter(None).unwrap().map(|row| row.unwrap().to_string()).collect();
        assert_eq!(read, ["{words: \"a\n=b\", at: 7, number: -3.5E0}", "{words: null, at: 7, number: null}"]);
    }

    #[test]
    fn an_empty_table_has_its_columns() {
        let file = packed(&vec![("words", words(""))], &[]).unwrap();
        let reader = SerializedFileReader::new(bytes::Bytes::from(file)).unwrap();
        assert_eq!(reader.metadata().file_metadata().schema_descr().num_columns(), 1);
    }
}
