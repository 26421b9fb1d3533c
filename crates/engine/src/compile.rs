//! Compile: everything the rooms found becomes one record.
//!
//! In: the document and what every room made of it. Out: the record, its entries sorted, numbered and with spans in code points.
//! Only here do bytes become code points and indices become ids, and only here are entries without words of the page dropped.
//! **Invariant:** every span's words are the slice of the text at its offsets; every reference names an entry of this record.

use alloc::borrow::ToOwned;
use alloc::collections::BTreeMap;
use alloc::format;
use alloc::string::{String, ToString};
use alloc::vec::Vec;

use rapporteur_record as record;
use rapporteur_record::{CodePoints, TimePrecision};

use crate::events::Event;
use crate::grammar::Clauses;
use crate::intake::{Document, Doubt};
use crate::masthead::Masthead;
use crate::names::Actors;
use crate::places::Place;
use crate::positions::Stances;
use crate::span::Span;
use crate::statements::Statement;
use crate::times::{Time, TimeKind};

/// What the rooms found.
pub struct Findings<'f> {
    /// The document.
    pub document: &'f Document,
    /// Its head.
    pub masthead: &'f Masthead,
    /// Sentences and trees.
    pub clauses: &'f Clauses<'f>,
    /// Actors.
    pub actors: &'f Actors,
    /// Places.
    pub places: &'f [Place],
    /// Times.
    pub times: &'f [Time],
    /// Statements.
    pub statements: &'f [Statement],
    /// Events.
    pub events: &'f [Event],
    /// Proposals, positions and pledges.
    pub stances: &'f Stances,
    /// What was seen and not settled, from all rooms.
    pub doubts: Vec<Doubt>,
    /// Engine, model and books.
    pub edition: record::Edition,
}

/// Makes the record.
pub fn compile(findings: Findings) -> record::Record {
    let document = findings.document;
    let text = document.text.as_str();
    let edge = Edge { text, points: CodePoints::new(text) };
    let id = |letter: &str, index: usize| format!("{letter}{}", index + 1);
    let actor = |index: usize| id("a", index);
    let at = |span: Span| edge.at(span);

    let actors: Vec<record::Actor> = findings
        .actors
        .all
        .iter()
        .enumerate()
        .map(|(index, found)| record::Actor {
            id: actor(index),
            name: found.name.clone(),
            kind: found.kind,
            role: found.role.clone(),
            country: found.country.clone(),
            member_of: None,
            code: found.code.clone(),
            mentions: found
                .mentions
                .iter()
                .map(|(span, form)| record::Mention { at: at(*span), words: edge.words(*span), form: *form })
                .collect(),
            rule: found.rule.to_owned(),
            confidence: None,
        })
        .collect();

    let places = findings
        .places
        .iter()
        .enumerate()
        .map(|(index, place)| record::Place {
            id: id("l", index),
            name: place.name.clone(),
            kind: place.kind.clone(),
            country: place.country.clone(),
            lat: place.coordinates.map(|(lat, _)| lat),
            lon: place.coordinates.map(|(_, lon)| lon),
            precision: place.precision,
            mentions: place.mentions.iter().map(|span| edge.span(*span)).collect(),
            rule: place.rule.to_owned(),
            confidence: None,
        })
        .collect();

    let times = findings
        .times
        .iter()
        .enumerate()
        .map(|(index, time)| record::Time {
            id: id("t", index),
            at: at(time.span),
            words: edge.words(time.span),
            kind: match time.kind {
                TimeKind::Date => record::TimeType::Date,
                TimeKind::Time => record::TimeType::Time,
                TimeKind::Duration => record::TimeType::Duration,
                TimeKind::Set => record::TimeType::Set,
            },
            value: time.value.clone(),
            anchor: time.anchor.map(|date| crate::times::calendar::Moment::Day(date).value()),
            rule: time.rule.to_owned(),
            confidence: None,
        })
        .collect();

    let statements = findings
        .statements
        .iter()
        .enumerate()
        .map(|(index, s)| record::Statement {
            id: id("s", index),
            speaker: s.speaker.map(actor),
            speaker_at: s.speaker_at.map(|span| edge.span(span)),
            cue: s.cue.map(|span| edge.span(span)),
            content: s.content.iter().map(|span| edge.span(*span)).collect(),
            quoted: s.quoted.iter().map(|span| edge.span(*span)).collect(),
            manner: s.manner,
            act: s.act,
            addressee: s.addressee.iter().map(|index| actor(*index)).collect(),
            via: None,
            channel: s.channel.map(|span| edge.span(span)),
            within: s.within.map(|index| id("s", index)),
            time: s.time.as_ref().map(|(value, basis)| record::StatementTime { value: value.clone(), basis: *basis }),
            rule: s.rule.to_owned(),
            confidence: Some(s.confidence),
        })
        .collect();

    let events = findings
        .events
        .iter()
        .enumerate()
        .map(|(index, e)| record::Event {
            id: id("e", index),
            kind: e.kind,
            mode: e.mode,
            context: Vec::new(),
            actors: e.actors.iter().map(|index| actor(*index)).collect(),
            recipients: e.recipients.iter().map(|index| actor(*index)).collect(),
            trigger: edge.span(e.trigger),
            evidence: edge.span(e.evidence),
            status: e.status,
            asserted_by: e.asserted_by.map(|index| id("s", index)),
            condition: e.condition.map(|span| edge.span(span)),
            purpose: e.purpose.map(|span| edge.span(span)),
            also: e.also.iter().map(|span| edge.span(*span)).collect(),
            time: e.time.and_then(|index| {
                let value = findings.times.get(index)?.value.clone()?;
                Some(record::EventTime { precision: precision(&value), value, from: Some(id("t", index)) })
            }),
            place: e.place.map(|index| id("l", index)),
            counts: e
                .counts
                .iter()
                .map(|count| record::Count {
                    of: count.of.clone(),
                    value: count.value,
                    low: count.low,
                    high: count.high,
                    none_reported: count.none_reported.then_some(true),
                    at: at(count.at),
                    words: edge.words(count.at),
                })
                .collect(),
            cameo: e.cameo.map(|(code, _)| code.to_owned()),
            goldstein: e.cameo.map(|(_, goldstein)| goldstein as f32),
            rule: e.rule.to_owned(),
            confidence: Some(e.confidence),
        })
        .collect();

    let stances = findings.stances;
    let rests_on = |rests: &[crate::positions::Rest]| -> Vec<String> {
        rests
            .iter()
            .map(|rest| match rest {
                crate::positions::Rest::Statement(index) => id("s", *index),
                crate::positions::Rest::Event(index) => id("e", *index),
            })
            .collect()
    };
    let proposals = stances
        .proposals
        .iter()
        .enumerate()
        .map(|(index, p)| record::Proposal {
            id: id("pr", index),
            kind: p.kind,
            name: p.name.clone(),
            terms: p
                .terms
                .iter()
                .map(|term| record::Term {
                    term: term.term.to_owned(),
                    value: term.value.clone(),
                    at: at(term.at),
                    words: edge.words(term.at),
                })
                .collect(),
            proposer: p.proposer.map(actor),
            mentions: p.mentions.iter().map(|span| edge.span(*span)).collect(),
            rule: p.rule.to_owned(),
            confidence: None,
        })
        .collect();
    let positions = stances
        .positions
        .iter()
        .enumerate()
        .map(|(index, p)| record::Position {
            id: id("p", index),
            party: actor(p.party),
            on_behalf_of: p.on_behalf_of.map(actor),
            proposal: id("pr", p.proposal),
            stance: p.stance,
            reservations: p.reservations.iter().map(|span| edge.span(*span)).collect(),
            evidence: p.evidence.iter().map(|span| edge.span(*span)).collect(),
            rests_on: rests_on(&p.rests_on),
            time: p.time.as_ref().map(|(value, basis)| record::StatementTime { value: value.clone(), basis: *basis }),
            rule: p.rule.to_owned(),
            confidence: None,
        })
        .collect();
    let pledges = stances
        .pledges
        .iter()
        .enumerate()
        .map(|(index, p)| record::Pledge {
            id: id("pl", index),
            by: actor(p.by),
            kind: p.kind,
            content: edge.span(p.content),
            deadline: p
                .deadline
                .as_ref()
                .map(|(value, anchor)| record::Deadline { value: value.clone(), anchor: anchor.clone() }),
            revises: p.revises.map(|index| id("pl", index)),
            rests_on: rests_on(&p.rests_on),
            rule: p.rule.to_owned(),
            confidence: None,
        })
        .collect();

    let doubts = findings
        .doubts
        .iter()
        .map(|doubt| record::Doubt {
            code: doubt.code.to_string(),
            at: doubt.at.map(at),
            words: doubt.at.map(|span| edge.words(span)),
            about: None,
            message: doubt.message.clone(),
        })
        .collect();

    let masthead = findings.masthead;
    record::Record {
        format: record::FORMAT.to_owned(),
        edition: findings.edition,
        document: record::Document {
            id: record::document_id(text),
            source: document.source.clone(),
            title: masthead.title.clone(),
            byline: masthead.byline.clone(),
            publisher: masthead.publisher.clone(),
            published: masthead.published.clone(),
            published_basis: masthead.basis,
            language: document.language.clone(),
            text: document.text.clone(),
            noise: document.noise.iter().map(|furniture| edge.span(furniture.span)).collect(),
        },
        sentences: findings
            .clauses
            .sentences
            .iter()
            .map(|s| record::Sentence { at: at(s.span), paragraph: s.paragraph })
            .collect(),
        actors,
        places,
        times,
        statements,
        events,
        proposals,
        positions,
        pledges,
        doubts,
    }
}

/// The books, as the edition names them.
pub fn books(versions: &[(&'static str, &'static str)]) -> BTreeMap<String, String> {
    versions.iter().map(|(name, version)| (name.to_string(), version.to_string())).collect()
}

/// How fine a TIMEX3 value is.
fn precision(value: &str) -> TimePrecision {
    if value.ends_with("_REF") {
        TimePrecision::Reference
    } else if value.starts_with('P') {
        TimePrecision::Duration
    } else if let Some((_, time)) = value.split_once('T') {
        if time.starts_with(|c: char| c.is_ascii_digit()) { TimePrecision::Time } else { TimePrecision::PartOfDay }
    } else if value.contains("-W") {
        TimePrecision::Week
    } else {
        match value.matches('-').count() {
            0 if value.len() == 4 => TimePrecision::Year,
            0 => TimePrecision::Period,
            1 if value.len() == 7 && value[5..].bytes().all(|b| b.is_ascii_digit()) => TimePrecision::Month,
            1 => TimePrecision::Period,
            _ => TimePrecision::Day,
        }
    }
}

/// From bytes to code points.
struct Edge<'t> {
    text: &'t str,
    points: CodePoints<'t>,
}

impl Edge<'_> {
    fn at(&self, span: Span) -> [u32; 2] {
        [self.points.at_byte(span.start), self.points.at_byte(span.end)]
    }

    fn words(&self, span: Span) -> String {
        span.of(self.text).to_owned()
    }

    fn span(&self, span: Span) -> record::Span {
        record::Span { at: self.at(span), words: self.words(span) }
    }
}
