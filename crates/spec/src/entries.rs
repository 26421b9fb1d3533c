//! A record in, its entries out, in the terms that claims are made in.
//!
//! Every layer has its kind and its fields; references are followed, so that a claim names actors and never ids.
//!
//! **Invariant:** a field that [`fields`] lists stands in every entry of its kind.

use rapporteur_record::{Actor, Count, Id, Record, Span, Statement};

/// The kinds of claims, one a layer of the record.
pub const KINDS: [&str; 9] =
    ["statement", "event", "time", "actor", "place", "proposal", "position", "pledge", "doubt"];

/// The fields that a claim of this kind may name.
pub fn fields(kind: &str) -> &'static [&'static str] {
    match kind {
        "statement" => &[
            "content",
            "cue",
            "speaker",
            "speaker_at",
            "quoted",
            "manner",
            "act",
            "addressee",
            "via",
            "channel",
            "within",
            "time",
        ],
        "event" => &[
            "trigger",
            "evidence",
            "type",
            "mode",
            "status",
            "actors",
            "recipients",
            "asserted_by",
            "condition",
            "purpose",
            "also",
            "time",
            "place",
            "counts",
            "context",
            "cameo",
        ],
        "time" => &["words", "type", "value", "anchor"],
        "actor" => &["name", "kind", "role", "country", "member_of", "code", "mentions"],
        "place" => &["name", "kind", "country", "precision", "mentions"],
        "proposal" => &["name", "kind", "proposer", "terms", "mentions"],
        "position" => &["party", "on_behalf_of", "proposal", "stance", "reservations", "evidence", "time"],
        "pledge" => &["content", "by", "kind", "deadline", "revises"],
        "doubt" => &["code", "words", "message"],
        _ => &[],
    }
}

/// What an entry has in a field, and so how a claim about it is compared.
#[derive(Debug)]
pub enum Has {
    /// Spans, all of them, word for word.
    Words(Vec<String>),
    /// Words that the claim need only share a stretch with.
    About(Vec<String>),
    /// Values of which the claim may name some.
    Among(Vec<String>),
    /// Values, all of them, in any order.
    Values(Vec<String>),
    /// Actors, all of them, each by any of its names.
    Actors(Vec<Known>),
}

/// An actor as claims may name it.
#[derive(Debug)]
pub struct Known {
    pub names: Vec<String>,
    pub kind: &'static str,
}

/// One entry of a record.
#[derive(Debug)]
pub struct Entry {
    pub kind: &'static str,
    /// How a message names it.
    pub name: String,
    pub fields: Vec<(&'static str, Has)>,
}

/// Every entry of a record, layer by layer.
pub fn entries(record: &Record) -> Vec<Entry> {
    let mut entries = Vec::new();
    let mut add = |kind, name, fields| entries.push(Entry { kind, name, fields });
    let actors = |ids: &[Id]| Has::Actors(ids.iter().map(|id| known(record, id)).collect());
    let actor = |id: &Option<Id>| Has::Actors(id.iter().map(|id| known(record, id)).collect());

    for statement in &record.statements {
        let outer = statement.within.as_ref().and_then(|outer| record.statement(outer));
        add(
            "statement",
            named(&statement.id, &pieces(&statement.content)),
            vec![
                ("content", words(&statement.content)),
                ("cue", words(&statement.cue)),
                ("speaker", actor(&statement.speaker)),
                ("speaker_at", words(&statement.speaker_at)),
                ("quoted", words(&statement.quoted)),
                ("manner", value(statement.manner.as_str())),
                ("act", value(statement.act.as_str())),
                ("addressee", actors(&statement.addressee)),
                ("via", actor(&statement.via)),
                ("channel", words(&statement.channel)),
                ("within", Has::Actors(outer.map(|outer| speaker(record, outer)).into_iter().collect())),
                ("time", Has::Values(statement.time.iter().map(|time| time.value.clone()).collect())),
            ],
        );
    }
    for event in &record.events {
        let outer = event.asserted_by.as_ref().and_then(|outer| record.statement(outer));
        let place = event.place.as_ref().and_then(|place| record.place(place));
        add(
            "event",
            named(&event.id, &format!("{} {:?}", event.kind, event.trigger.words)),
            vec![
                ("trigger", about([&event.trigger])),
                ("evidence", about([&event.evidence])),
                ("type", value(event.kind.as_str())),
                ("mode", Has::Values(event.mode.iter().map(|mode| mode.to_string()).collect())),
                ("status", value(event.status.as_str())),
                ("actors", actors(&event.actors)),
                ("recipients", actors(&event.recipients)),
                ("asserted_by", Has::Actors(outer.map(|outer| speaker(record, outer)).into_iter().collect())),
                ("condition", words(&event.condition)),
                ("purpose", words(&event.purpose)),
                ("also", Has::Among(event.also.iter().map(|also| also.words.clone()).collect())),
                ("time", Has::Values(event.time.iter().map(|time| time.value.clone()).collect())),
                ("place", Has::Values(place.iter().map(|place| place.name.clone()).collect())),
                ("counts", Has::Values(event.counts.iter().map(count).collect())),
                ("context", Has::Values(event.context.clone())),
                ("cameo", Has::Values(event.cameo.iter().cloned().collect())),
            ],
        );
    }
    for time in &record.times {
        add(
            "time",
            named(&time.id, &format!("{:?}", time.words)),
            vec![
                ("words", Has::Words(vec![time.words.clone()])),
                ("type", value(time.kind.as_str())),
                ("value", Has::Values(time.value.iter().cloned().collect())),
                ("anchor", Has::Values(time.anchor.iter().cloned().collect())),
            ],
        );
    }
    for entry in &record.actors {
        add(
            "actor",
            named(&entry.id, &entry.name),
            vec![
                ("name", Has::Actors(vec![of(entry)])),
                ("kind", value(entry.kind.as_str())),
                ("role", Has::Values(entry.role.iter().cloned().collect())),
                ("country", Has::Values(entry.country.iter().cloned().collect())),
                ("member_of", actor(&entry.member_of)),
                ("code", Has::Values(entry.code.iter().cloned().collect())),
                ("mentions", Has::Among(entry.mentions.iter().map(|mention| mention.words.clone()).collect())),
            ],
        );
    }
    for place in &record.places {
        add(
            "place",
            named(&place.id, &place.name),
            vec![
                ("name", value(&place.name)),
                ("kind", value(&place.kind)),
                ("country", Has::Values(place.country.iter().cloned().collect())),
                ("precision", value(place.precision.as_str())),
                ("mentions", Has::Among(place.mentions.iter().map(|mention| mention.words.clone()).collect())),
            ],
        );
    }
    for proposal in &record.proposals {
        let terms = proposal.terms.iter().map(|term| format!("{} {}", term.term, term.value));
        add(
            "proposal",
            named(&proposal.id, &proposal.name),
            vec![
                ("name", Has::About(proposal_names(record, &proposal.id))),
                ("kind", value(proposal.kind.as_str())),
                ("proposer", actor(&proposal.proposer)),
                ("terms", Has::Values(terms.collect())),
                ("mentions", Has::Among(proposal.mentions.iter().map(|mention| mention.words.clone()).collect())),
            ],
        );
    }
    for position in &record.positions {
        add(
            "position",
            named(&position.id, position.stance.as_str()),
            vec![
                ("party", Has::Actors(vec![known(record, &position.party)])),
                ("on_behalf_of", actor(&position.on_behalf_of)),
                ("proposal", Has::About(proposal_names(record, &position.proposal))),
                ("stance", value(position.stance.as_str())),
                ("reservations", words(&position.reservations)),
                ("evidence", about(&position.evidence)),
                ("time", Has::Values(position.time.iter().map(|time| time.value.clone()).collect())),
            ],
        );
    }
    for pledge in &record.pledges {
        let earlier = record.pledges.iter().filter(|earlier| Some(&earlier.id) == pledge.revises.as_ref());
        add(
            "pledge",
            named(&pledge.id, &format!("{:?}", pledge.content.words)),
            vec![
                ("content", words([&pledge.content])),
                ("by", Has::Actors(vec![known(record, &pledge.by)])),
                ("kind", value(pledge.kind.as_str())),
                ("deadline", Has::Values(pledge.deadline.iter().map(|deadline| deadline.value.clone()).collect())),
                ("revises", about(earlier.map(|earlier| &earlier.content))),
            ],
        );
    }
    for doubt in &record.doubts {
        add(
            "doubt",
            doubt.code.clone(),
            vec![
                ("code", value(&doubt.code)),
                ("words", Has::About(doubt.words.iter().cloned().collect())),
                ("message", Has::About(vec![doubt.message.clone()])),
            ],
        );
    }
    entries
}

fn named(id: &str, words: &str) -> String {
    format!("{id} {words}")
}

fn value(word: &str) -> Has {
    Has::Values(vec![word.to_owned()])
}

fn words<'a>(spans: impl IntoIterator<Item = &'a Span>) -> Has {
    Has::Words(spans.into_iter().map(|span| span.words.clone()).collect())
}

fn about<'a>(spans: impl IntoIterator<Item = &'a Span>) -> Has {
    Has::About(spans.into_iter().map(|span| span.words.clone()).collect())
}

fn pieces(spans: &[Span]) -> String {
    let pieces: Vec<_> = spans.iter().map(|span| format!("{:?}", span.words)).collect();
    pieces.join(", ")
}

/// A count as claims write it: `killed 4`, `injured none reported`, or `wounded dozens` where no number is told.
fn count(count: &Count) -> String {
    match (count.none_reported, count.value, count.low, count.high) {
        (Some(true), ..) => format!("{} none reported", count.of),
        (_, Some(value), ..) => format!("{} {value}", count.of),
        (_, None, Some(low), Some(high)) => format!("{} {low} to {high}", count.of),
        (_, None, Some(low), None) => format!("{} at least {low}", count.of),
        (_, None, None, Some(high)) => format!("{} at most {high}", count.of),
        (_, None, None, None) => format!("{} {}", count.of, count.words),
    }
}

fn proposal_names(record: &Record, id: &str) -> Vec<String> {
    let proposal = record.proposal(id);
    let name = proposal.map(|proposal| proposal.name.clone());
    name.into_iter()
        .chain(proposal.iter().flat_map(|proposal| &proposal.mentions).map(|span| span.words.clone()))
        .collect()
}

fn speaker(record: &Record, statement: &Statement) -> Known {
    match &statement.speaker {
        Some(speaker) => known(record, speaker),
        None => Known { names: vec!["someone".into()], kind: "unnamed" },
    }
}

fn known(record: &Record, id: &str) -> Known {
    record.actor(id).map_or_else(|| Known { names: vec![id.to_owned()], kind: "unnamed" }, of)
}

/// An actor is claimed by its name or by the words of a mention; a pronoun names nobody.
fn of(actor: &Actor) -> Known {
    let mentions = actor.mentions.iter().filter(|mention| mention.form != rapporteur_record::Form::Pronoun);
    let names = [&actor.name].into_iter().chain(mentions.map(|mention| &mention.words)).cloned().collect();
    Known { names, kind: actor.kind.as_str() }
}
