//! Positions: who stands where on which proposal, and what was promised.
//!
//! In: statements and events, and the clauses and actors they rest on. Out: proposals, positions on them, pledges.
//! First the matters that the document names are chained, then every place that shows a stance is read, then readings of one party in one
//! direction on one matter become one position.
//! **Invariant:** every position and pledge rests on a statement or an event of the record.

mod matters;
mod pledges;
mod readings;
mod words;

use alloc::string::String;
use alloc::vec;
use alloc::vec::Vec;
use core::ops::Range;

use rapporteur_record::{ActorKind, PledgeKind, ProposalKind, Stance, TimeBasis};

use self::readings::{Object, Reading};
use crate::events::Event;
use crate::grammar::{Clauses, span_of};
use crate::names::{ActorIndex, Actors};
use crate::span::Span;
use crate::statements::{Statement, trim};
use crate::times::{Time, TimeKind};
use crate::tokens::Token;

/// The most words of a clause that a proposal is named by.
const LONGEST_CLAUSE: usize = 14;

/// Something that parties take positions on.
#[derive(Clone, Debug)]
pub struct Proposal {
    /// What sort.
    pub kind: ProposalKind,
    /// Its name, in words of the document.
    pub name: String,
    /// What it lays down.
    pub terms: Vec<Term>,
    /// Who proposed it.
    pub proposer: Option<ActorIndex>,
    /// Where the document names it.
    pub mentions: Vec<Span>,
    /// The rule that made it.
    pub rule: &'static str,
}

/// One term of a proposal.
#[derive(Clone, Debug)]
pub struct Term {
    /// What it settles (`duration`).
    pub term: &'static str,
    /// Normalised value (`P30D`).
    pub value: String,
    /// The words.
    pub at: Span,
}

/// Where a party stands; proposal, statements and events by index.
#[derive(Clone, Debug)]
pub struct Position {
    /// Whose position.
    pub party: ActorIndex,
    /// For whom the party speaks.
    pub on_behalf_of: Option<ActorIndex>,
    /// On what.
    pub proposal: usize,
    /// The stance.
    pub stance: Stance,
    /// Reservations and conditions, quoted.
    pub reservations: Vec<Span>,
    /// The words that show the stance.
    pub evidence: Vec<Span>,
    /// What it rests on.
    pub rests_on: Vec<Rest>,
    /// When it was taken.
    pub time: Option<(String, TimeBasis)>,
    /// The rule that made it.
    pub rule: &'static str,
}

/// What a position or pledge rests on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Rest {
    /// A statement, by index.
    Statement(usize),
    /// An event, by index.
    Event(usize),
}

/// What someone promised or forecast.
#[derive(Clone, Debug)]
pub struct Pledge {
    /// Who made it.
    pub by: ActorIndex,
    /// Pledge or forecast.
    pub kind: PledgeKind,
    /// Its words.
    pub content: Span,
    /// Deadline value and the date it counts from.
    pub deadline: Option<(String, Option<String>)>,
    /// The earlier pledge that this one changes.
    pub revises: Option<usize>,
    /// What it rests on.
    pub rests_on: Vec<Rest>,
    /// The rule that made it.
    pub rule: &'static str,
}

/// Everything of this room.
#[derive(Clone, Debug, Default)]
pub struct Stances {
    /// Proposals in order of first mention.
    pub proposals: Vec<Proposal>,
    /// Positions in text order.
    pub positions: Vec<Position>,
    /// Pledges in text order.
    pub pledges: Vec<Pledge>,
}

/// What the room is given.
pub struct Given<'g> {
    /// The document's text.
    pub text: &'g str,
    /// Its tokens.
    pub tokens: &'g [Token],
    /// What the model made of them.
    pub clauses: &'g Clauses<'g>,
    /// The actors.
    pub actors: &'g Actors,
    /// The times.
    pub times: &'g [Time],
    /// The statements.
    pub statements: &'g [Statement],
    /// The events.
    pub events: &'g [Event],
}

/// The rules of this room.
pub const RULES: &[(&str, &str)] = &[
    (
        "position-attitude",
        "What it reads: a verb, noun or adjective of attitude (\"opposes\", \"its support for\", \"ready to\"); its subject or possessor is the party, what it governs the proposal; under \"not\" the stance turns around. Why: most stances are told by such a word, as the cue of a statement or inside one. Example: \"Sweden [opposes] the new tariffs\". Misreadings: support for a person or a team.",
    ),
    (
        "position-appraisal",
        "What it reads: an appraisal in someone's words (\"is unlikely\", \"the need for\", \"must\"); the party is the speaker, the thing appraised the proposal. Why: who calls a thing impossible stands against it without saying so. Example: \"membership is [unrealistic], the minister said\". Misreadings: appraisals quoted in order to deny them.",
    ),
    (
        "position-act",
        "What it reads: a statement whose act is a demand, a proposal, or a promise about a matter; its content is the proposal, or names it. Why: to demand or propose a thing is to stand for it. Example: \"the envoy [called for] a truce\". Misreadings: appeals to the public.",
    ),
    (
        "position-event",
        "What it reads: an event whose type is a stance: AGREE accepts, REJECT rejects, SUPPORT supports, REQUEST demands, an offer proposes; an event told as demanded is its speaker's demand. Why: such acts are stances whatever words tell them. Example: \"Kyiv has [accepted] the ceasefire\". Misreadings: refusals of accusations.",
    ),
    (
        "position-precondition",
        "What it reads: a demand told as a condition for a matter. Why: who demands one thing before another stands for the other only then. Example: \"they demand a withdrawal as a [condition] for talks\". Misreadings: conditions that others set.",
    ),
    (
        "proposal-matter",
        "What it reads: a noun for a ceasefire, talks, a deal, membership, sanctions, aid, a vote and the like, with its phrase; phrases of one family whose telling words do not contradict each other are one proposal, and a bare \"the plan\" is what was named last. Why: parties speak of one thing by many names. Example: \"a 30-day truce ... the ceasefire\". Misreadings: two deals of one family without telling words.",
    ),
    (
        "proposal-clause",
        "What it reads: the words of a demanded or proposed deed where they name no matter. Why: what is demanded is often a deed, not a thing with a name. Example: \"to open the border\". Misreadings: long contents whose point comes late.",
    ),
    (
        "pledge-promise",
        "What it reads: a statement whose act is a promise, or one in which the speaker says \"we will\"; its deadline is a length or date after \"within\", \"by\", \"until\". A length keeps no anchor: nobody told when it starts. Why: what binds can later be held against its maker. Example: \"to rebuild the port [within two years]\". Misreadings: threats.",
    ),
    (
        "pledge-forecast",
        "What it reads: a forecast that names the time it is for. Why: only such a forecast can be held against the calendar. Example: \"the war would be over [by spring]\". Misreadings: a date that belongs to the past.",
    ),
];

/// Derives proposals, positions and pledges.
pub fn derive(given: &Given) -> Stances {
    let matters = matters::find(given);
    let (mut readings, commitments) = readings::read(given, &matters);
    for reading in &mut readings {
        reserve(given, reading);
    }
    readings.sort_by_key(|reading| (reading.evidence.start, reading.evidence.end));
    let mut stances = Stances { pledges: pledges::find(given, commitments), ..Stances::default() };
    let mut numbers: Vec<(Object, usize)> = Vec::new();
    for reading in readings {
        let proposal = match numbers.iter().find(|(object, _)| same_object(given, object, &reading.object)) {
            Some((_, proposal)) => *proposal,
            None => {
                stances.proposals.push(proposal(given, &matters, &reading.object));
                stances.proposals.len() - 1
            }
        };
        numbers.push((reading.object.clone(), proposal));
        if reading.stance == Stance::Proposes {
            let proposer = &mut stances.proposals[proposal].proposer;
            *proposer = proposer.or(Some(reading.party));
        }
        put(given, &mut stances.positions, reading, proposal);
    }
    stances
}

fn same_object(given: &Given, a: &Object, b: &Object) -> bool {
    match (a, b) {
        (Object::Matter(a), Object::Matter(b)) => a == b,
        (Object::Clause(a), Object::Clause(b)) => {
            let telling = |words: &Range<usize>| matters::telling(given, words, usize::MAX);
            a == b || matters::share_half(&telling(a), &telling(b))
        }
        _ => false,
    }
}

fn proposal(given: &Given, matters: &matters::Matters, object: &Object) -> Proposal {
    let (kind, name, mentions, rule) = match object {
        Object::Matter(index) => {
            let matter = &matters.all[*index];
            (matter.kind, matter.name.clone(), matter.mentions.clone(), "proposal-matter")
        }
        Object::Clause(words) => {
            let named = given.clauses.words[words.clone()].iter().find_map(|word| words::matter(&word.lemma));
            let kind = named.map_or(ProposalKind::Other, |(kind, _)| kind);
            let name = matters::shorten(given, words.start..words.end.min(words.start + LONGEST_CLAUSE));
            (kind, name, vec![span_of(given.tokens, words)], "proposal-clause")
        }
    };
    let terms = mentions
        .iter()
        .flat_map(|mention| given.times.iter().filter(|time| mention.contains(time.span)))
        .filter(|time| time.kind == TimeKind::Duration && rule == "proposal-matter")
        .filter_map(|time| Some(Term { term: "duration", value: time.value.clone()?, at: time.span }))
        .take(1)
        .collect();
    let name = span_of(given.tokens, &name).of(given.text).split_whitespace().collect::<Vec<_>>().join(" ");
    Proposal { kind, name, terms, proposer: None, mentions, rule }
}

/// Puts a reading to the position of the same party and direction on the same proposal, else makes one.
fn put(given: &Given, positions: &mut Vec<Position>, reading: Reading, proposal: usize) {
    let evidence = span_of(given.tokens, &reading.evidence);
    let same = positions.iter_mut().find(|position| {
        position.party == reading.party
            && position.proposal == proposal
            && words::leans_for(position.stance) == words::leans_for(reading.stance)
    });
    match same {
        Some(position) => {
            if words::is_for(position.stance) && !words::is_for(reading.stance) {
                position.stance = reading.stance;
            }
            if position.evidence.len() < 3 && position.evidence.iter().all(|span| !span.overlaps(evidence)) {
                position.evidence.push(evidence);
            }
            for span in reading.reservations {
                if !position.reservations.contains(&span) {
                    position.reservations.push(span);
                }
            }
            for rest in reading.rests_on {
                if !position.rests_on.contains(&rest) {
                    position.rests_on.push(rest);
                }
            }
        }
        None => positions.push(Position {
            party: reading.party,
            on_behalf_of: on_behalf_of(given.actors, reading.party),
            proposal,
            stance: reading.stance,
            reservations: reading.reservations,
            evidence: vec![evidence],
            time: taken_at(given, &reading.rests_on),
            rests_on: reading.rests_on,
            rule: reading.rule,
        }),
    }
}

/// The government that a person of office speaks for, where the document names it.
fn on_behalf_of(actors: &Actors, party: ActorIndex) -> Option<ActorIndex> {
    let person = &actors.all[party];
    let country = person.country.as_ref()?;
    let in_office = person.kind == ActorKind::Person && person.role.is_some();
    if !in_office {
        return None;
    }
    actors.all.iter().position(|actor| {
        matches!(actor.kind, ActorKind::Government | ActorKind::State) && actor.country.as_ref() == Some(country)
    })
}

fn taken_at(given: &Given, rests_on: &[Rest]) -> Option<(String, TimeBasis)> {
    rests_on.iter().find_map(|rest| match rest {
        Rest::Statement(index) => given.statements[*index].time.clone(),
        Rest::Event(index) => {
            let time = given.events[*index].time?;
            given.times[time].value.clone().map(|value| (value, TimeBasis::Text))
        }
    })
}

/// A stance for something is one with reservations where the same party's next words qualify it.
fn reserve(given: &Given, reading: &mut Reading) {
    if !matches!(reading.stance, Stance::Supports | Stance::SupportsWithReservations | Stance::Accepts) {
        return;
    }
    let sentence = |token: usize| given.clauses.sentence_of(token);
    let last = sentence(reading.evidence.end - 1);
    let qualifying = given.statements.iter().enumerate().find_map(|(index, statement)| {
        let follows = |piece: &&Range<usize>| piece.start >= reading.evidence.end && sentence(piece.start) <= last + 1;
        if statement.speaker != Some(reading.party) {
            return None;
        }
        let piece = statement.tokens.iter().find(follows)?;
        let end = given.clauses.sentences[sentence(piece.start)].tokens.end.min(piece.end);
        // the contrast may stand before the content: "But he said ..."
        let first = given.clauses.sentences[sentence(piece.start)].tokens.start.max(reading.evidence.end);
        let reserved =
            words::reserve(given.clauses.words[first..end.max(first)].iter().map(|word| word.lemma.as_str()));
        reserved.then_some((index, piece.start..end))
    });
    let Some((index, words)) = qualifying else { return };
    let Some(words) = trim(given.text, given.tokens, words) else { return };
    reading.stance = Stance::SupportsWithReservations;
    reading.reservations.push(span_of(given.tokens, &words));
    if !reading.rests_on.contains(&Rest::Statement(index)) {
        reading.rests_on.push(Rest::Statement(index));
    }
}
