//! A record in, a page for a person out: who said what, what happened, who stands where.
//!
//! Each line begins with the number of its sentence, so that a reader finds the words again. Names are those of the
//! actors, words in quotation marks are those of the document.
//!
//! **Invariant:** no control character of a document reaches the terminal.

use std::fmt::Write;

use anstyle::{AnsiColor, Style};
use rapporteur_record::{Event, Id, Manner, PledgeKind, Position, Record, Span, Statement, Status};

const HEADING: Style = Style::new().bold();
const NUMBER: Style = Style::new().dimmed();
const WHO: Style = AnsiColor::Cyan.on_default();
const WHAT: Style = AnsiColor::Yellow.on_default();

/// The page of a record, with the colours of a terminal; who writes it to a file takes them out.
pub fn page(record: &Record) -> String {
    let mut page = heading(record);
    let said = record.statements.iter().map(|statement| (start(&statement.content), said(record, statement)));
    let happened = record.events.iter().map(|event| (event.trigger.at[0], happened(record, event)));
    let positions = record.positions.iter().map(|position| (start(&position.evidence), stands(record, position)));
    let pledges = record.pledges.iter().map(|pledge| {
        let deadline =
            pledge.deadline.as_ref().map_or_else(String::new, |deadline| format!(", deadline {}", deadline.value));
        let verb = if pledge.kind == PledgeKind::Pledge { "pledges" } else { "forecasts" };
        let revises = pledge.revises.as_ref().map_or("", |_| ", in place of an earlier one");
        let line = format!("{} {}: {}{deadline}{revises}", who(record, &pledge.by), what(verb), quote(&pledge.content));
        (pledge.content.at[0], line)
    });
    section(&mut page, record, "Said", said);
    section(&mut page, record, "Happened", happened);
    section(&mut page, record, "Positions", positions);
    section(&mut page, record, "Pledges", pledges);
    section(
        &mut page,
        record,
        "Doubts",
        record.doubts.iter().map(|doubt| {
            let words = doubt.words.as_ref().map_or_else(String::new, |words| format!(" “{}”", plain(words)));
            // A doubt without words stands before the first sentence and has no number.
            (doubt.at.map_or(u32::MAX, |at| at[0]), format!("{}: {}{words}", what(&doubt.code), plain(&doubt.message)))
        }),
    );
    page
}

fn heading(record: &Record) -> String {
    let document = &record.document;
    let first = document.text.lines().map(str::trim).find(|line| !line.is_empty());
    let title = document.title.as_deref().or(first).unwrap_or("An empty report");
    let title: String = plain(title).chars().take(100).collect();
    let about = [&document.publisher, &document.source, &document.published];
    let about: Vec<_> = about.into_iter().flatten().map(|words| plain(words)).collect();
    let mut heading = format!("{HEADING}{title}{HEADING:#}\n");
    if !about.is_empty() {
        let _ = writeln!(heading, "{NUMBER}{}{NUMBER:#}", about.join(" · "));
    }
    heading
}

/// Writes a heading and its lines in text order, each after the number of its sentence; nothing where there is no line.
fn section(page: &mut String, record: &Record, title: &str, lines: impl Iterator<Item = (u32, String)>) {
    let mut lines: Vec<_> = lines.collect();
    if lines.is_empty() {
        return;
    }
    lines.sort_by_key(|(at, _)| *at);
    let _ = writeln!(page, "\n{HEADING}{title}{HEADING:#}");
    for (at, line) in lines {
        let sentence = record.sentences.iter().position(|sentence| sentence.at[0] <= at && at < sentence.at[1]);
        let number = sentence.map_or_else(String::new, |sentence| (sentence + 1).to_string());
        let _ = writeln!(page, "{NUMBER}{number:>4}{NUMBER:#}  {line}");
    }
}

fn said(record: &Record, statement: &Statement) -> String {
    let speaker = statement.speaker.as_ref().map_or_else(|| "someone".into(), |speaker| who(record, speaker));
    let to = listed(record, " to ", &statement.addressee);
    let via = statement.via.as_ref().map_or_else(String::new, |via| format!(" through {}", who(record, via)));
    let cue = statement.cue.as_ref().map_or_else(|| "says".into(), |cue| plain(&cue.words));
    let pieces: Vec<_> = statement.content.iter().map(|piece| plain(&piece.words)).collect();
    let content = pieces.join(" … ");
    let content = match (statement.manner, content.is_empty()) {
        (_, true) => String::new(),
        (Manner::Direct, _) => format!(": “{content}”"),
        _ => format!(": {content}"),
    };
    format!("{speaker}{to}{via}, {}{content}", what(&cue))
}

fn happened(record: &Record, event: &Event) -> String {
    let mode = event.mode.map_or_else(String::new, |mode| format!(" ({})", spaced(mode.as_str())));
    let status = match event.status {
        Status::Occurred => String::new(),
        status => format!(", {}", spaced(status.as_str())),
    };
    let mut line = what(&format!("{}{mode}", event.kind)) + &status;
    line += &listed(record, ": ", &event.actors);
    line += &listed(record, " → ", &event.recipients);
    if let Some(time) = &event.time {
        let _ = write!(line, ", {}", time.value);
    }
    if let Some(place) = event.place.as_ref().and_then(|place| record.place(place)) {
        let _ = write!(line, ", {}", plain(&place.name));
    }
    let _ = write!(line, ": {}", quote(&event.trigger));
    if let Some(condition) = &event.condition {
        let _ = write!(line, ", condition {}", quote(condition));
    }
    for count in &event.counts {
        let _ = write!(line, ", {}: {}", plain(&count.of), plain(&count.words));
    }
    let asserted_by = event.asserted_by.as_ref().and_then(|statement| record.statement(statement));
    if let Some(speaker) = asserted_by.and_then(|statement| statement.speaker.as_ref()) {
        let _ = write!(line, ", according to {}", who(record, speaker));
    }
    line
}

fn stands(record: &Record, position: &Position) -> String {
    let behalf = position.on_behalf_of.as_ref();
    let behalf = behalf.map_or_else(String::new, |behalf| format!(" for {}", who(record, behalf)));
    let proposal = record.proposal(&position.proposal).map_or_else(|| "a proposal".into(), |on| plain(&on.name));
    let mut line =
        format!("{}{behalf} {}: {proposal}", who(record, &position.party), what(&spaced(position.stance.as_str())));
    for reservation in &position.reservations {
        let _ = write!(line, "; {}", quote(reservation));
    }
    line
}

/// The names of some actors after a word; nothing for none.
fn listed(record: &Record, before: &str, actors: &[Id]) -> String {
    let names: Vec<_> = actors.iter().map(|actor| who(record, actor)).collect();
    if names.is_empty() { String::new() } else { before.to_owned() + &names.join(", ") }
}

fn who(record: &Record, actor: &str) -> String {
    let name = record.actor(actor).map_or(actor, |actor| &actor.name);
    format!("{WHO}{}{WHO:#}", plain(name))
}

fn what(words: &str) -> String {
    format!("{WHAT}{words}{WHAT:#}")
}

fn quote(span: &Span) -> String {
    format!("“{}”", plain(&span.words))
}

fn start(spans: &[Span]) -> u32 {
    spans.first().map_or(u32::MAX, |span| span.at[0])
}

fn spaced(word: &str) -> String {
    word.replace('_', " ")
}

/// Words on one line: white space is one space, control characters are left out.
fn plain(words: &str) -> String {
    let words: Vec<&str> = words.split_whitespace().collect();
    words.join(" ").chars().filter(|character| !character.is_control()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn a_page_says_who_what_and_where_it_stands() {
        let text = "The truce.\nAn envoy said Mali might reject it.";
        let span = |words: &str| {
            let start = text.find(words).expect("words of the text");
            json!({"at": [start, start + words.len()], "words": words})
        };
        let record = json!({
            "format": rapporteur_record::FORMAT,
            "edition": {"engine": "0", "model": null},
            "document": {"id": rapporteur_record::document_id(text), "source": "wire.txt", "published": "2025-03-14",
                         "published_basis": "given", "language": "en", "text": text},
            "sentences": [{"at": [0, 10], "paragraph": 0}, {"at": [11, 46], "paragraph": 1}],
            "actors": [
                {"id": "a1", "name": "an envoy", "kind": "unnamed", "mentions": []},
                {"id": "a2", "name": "Mali", "kind": "government", "mentions": []},
            ],
            "statements": [{"id": "s1", "speaker": "a1", "cue": span("said"), "content": [span("Mali might reject it")],
                            "manner": "indirect", "act": "assert"}],
            "events": [{"id": "e1", "type": "REJECT", "mode": "proposal", "actors": ["a2"], "trigger": span("reject"),
                        "evidence": span("Mali might reject it"), "status": "possible", "asserted_by": "s1"}],
            "proposals": [{"id": "pr1", "kind": "ceasefire", "name": "the truce", "mentions": [span("The truce")]}],
            "positions": [{"id": "p1", "party": "a2", "proposal": "pr1", "stance": "supports_with_reservations",
                           "evidence": [span("reject")], "reservations": [span("might")]}],
            "doubts": [{"code": "undated", "message": "The event has no date."}],
        });
        let record = serde_json::from_value(record).expect("a record");
        let plain = anstream::adapter::strip_str(&page(&record)).to_string();
        let expected = "\
The truce.
wire.txt · 2025-03-14

Said
   2  an envoy, said: Mali might reject it

Happened
   2  REJECT (proposal), possible: Mali: “reject”, according to an envoy

Positions
   2  Mali supports with reservations: the truce; “might”

Doubts
      undated: The event has no date.
";
        assert_eq!(plain, expected);
    }
}
