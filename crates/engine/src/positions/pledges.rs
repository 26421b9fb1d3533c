//! Pledges: what someone promised, and what someone foretold for a stated time.
//!
//! In: statements, the times inside them. Out: pledges in text order.
//! A statement whose act is a promise is a pledge, and so is one in which the speaker says "we will"; a forecast is kept only with the
//! time it is for. A later one by the same speaker on the same matter revises the earlier where the words say that it does.
//! **Invariant:** a pledge never revises one that comes after it.

use alloc::collections::BTreeSet;
use alloc::string::String;
use alloc::vec;
use alloc::vec::Vec;
use core::ops::Range;

use rapporteur_record::{Act, ActorKind, Manner, PledgeKind};

use super::{Given, Pledge, Rest};
use crate::grammar::span_of;
use crate::names::ActorIndex;
use crate::span::Span;
use crate::statements::{Statement, trim};
use crate::times::{Time, TimeKind};

/// Words before a time that make it the time by which.
const BY_WHICH: &[&str] = &["within", "in", "by", "before", "until", "over", "this", "next", "than"];
/// Verbs that tell no deed even under "will".
const NO_DEED: &[&str] =
    &["see", "know", "need", "have", "win", "say", "become", "be", "think", "hope", "like", "want"];
/// Lemmas in the sentence of a later pledge that say it changes an earlier one.
const REVISING: &[&str] = &[
    "adjust",
    "revise",
    "later",
    "instead",
    "now",
    "delay",
    "postpone",
    "extend",
    "soften",
    "timeline",
    "backtrack",
    "shift",
    "push",
];

/// Cues that foretell whatever act the model sees in them.
const FORETELLING: &[&str] =
    &["suggest", "predict", "expect", "estimate", "forecast", "foresee", "anticipate", "prediction", "expectation"];

/// Finds the pledges that statements make.
pub fn find(given: &Given, commitments: Vec<Commitment>) -> Vec<Pledge> {
    let mut pledges: Vec<Pledge> = Vec::new();
    for (index, statement) in given.statements.iter().enumerate() {
        for (by, words) in promises(given, statement) {
            push(given, &mut pledges, PledgeKind::Pledge, by, words, index);
        }
        let Some((by, words)) = statement.speaker.zip(statement.tokens.first().cloned()) else { continue };
        let told = pledges.last().is_some_and(|pledge| pledge.rests_on == [Rest::Statement(index)]);
        let foretells = statement.act == Act::Forecast
            || given.clauses.words[statement.cue_tokens.clone()]
                .iter()
                .any(|word| FORETELLING.contains(&word.lemma.as_str()));
        if foretells && !told && deadline(given, &words).is_some() {
            push(given, &mut pledges, PledgeKind::Forecast, by, words, index);
        }
    }
    for commitment in commitments {
        push(given, &mut pledges, PledgeKind::Pledge, commitment.by, commitment.words, commitment.statement);
    }
    revise(given, &mut pledges);
    pledges
}

/// What someone's words say that a party is committed to.
#[derive(Clone, Debug)]
pub struct Commitment {
    /// Who is bound.
    pub by: ActorIndex,
    /// To what.
    pub words: Range<usize>,
    /// The statement that says so.
    pub statement: usize,
}

/// Whether a statement says what its speaker will do.
pub fn is_own_will(given: &Given, statement: &Statement) -> bool {
    sentences_of(given, statement).into_iter().any(|part| own_will(given, statement, &part).is_some())
}

fn push(
    given: &Given,
    pledges: &mut Vec<Pledge>,
    kind: PledgeKind,
    by: ActorIndex,
    words: Range<usize>,
    statement: usize,
) {
    let Some(mut words) = trim(given.text, given.tokens, words) else { return };
    while words.len() > 1 && matches!(given.clauses.words[words.start].upos, "CCONJ" | "SCONJ") {
        words.start += 1;
    }
    let content = span_of(given.tokens, &words);
    if pledges.iter().any(|other| other.content.overlaps(content)) {
        return;
    }
    pledges.push(Pledge {
        by,
        kind,
        content,
        deadline: deadline(given, &words),
        revises: None,
        rests_on: vec![Rest::Statement(statement)],
        rule: if kind == PledgeKind::Pledge { "pledge-promise" } else { "pledge-forecast" },
    });
}

/// The pledges of one statement: its sentences that say what is willed, else all of a promise.
fn promises(given: &Given, statement: &Statement) -> Vec<(ActorIndex, Range<usize>)> {
    let Some(speaker) = statement.speaker else { return Vec::new() };
    let promise = statement.act == Act::Promise;
    if !promise && matches!(statement.act, Act::Accuse | Act::Threaten | Act::Ask) {
        return Vec::new();
    }
    let parts = sentences_of(given, statement);
    let mut found: Vec<(ActorIndex, Range<usize>)> = Vec::new();
    for part in &parts {
        let Some((by, words)) = own_will(given, statement, part) else { continue };
        let words = if promise && parts.len() == 1 { part.clone() } else { words };
        match found.last_mut() {
            // a promise goes on over sentences
            Some((known, last)) if promise && *known == by && last.end + 2 >= words.start => last.end = words.end,
            _ => found.push((by, words)),
        }
    }
    if found.is_empty() && promise {
        found.extend(statement.tokens.iter().max_by_key(|piece| piece.len()).map(|piece| (speaker, piece.clone())));
    }
    found
}

/// The content cut at its sentences' ends.
fn sentences_of(given: &Given, statement: &Statement) -> Vec<Range<usize>> {
    let clauses = given.clauses;
    let mut parts = Vec::new();
    for piece in &statement.tokens {
        let mut from = piece.start;
        while from < piece.end {
            let end = clauses.sentences[clauses.sentence_of(from)].tokens.end.min(piece.end).max(from + 1);
            parts.push(from..end);
            from = end;
        }
    }
    parts
}

/// "we will help": a clause whose subject is the speaker or the speaker's own country, looking ahead to a deed.
fn own_will(given: &Given, statement: &Statement, part: &Range<usize>) -> Option<(ActorIndex, Range<usize>)> {
    let clauses = given.clauses;
    let head = clauses.head_of(part);
    part.clone().find_map(|verb| {
        let word = &clauses.words[verb];
        if word.upos != "VERB" || NO_DEED.contains(&word.lemma.as_str()) || !looks_ahead(given, statement, verb) {
            return None;
        }
        let subject = clauses.dependents(verb, "nsubj").next()?;
        let by = bound(given, statement, subject)?;
        let words = clauses.subtree(verb);
        let own = words.start.max(part.start)..words.end.min(part.end);
        Some((by, if verb == head { part.clone() } else { own }))
    })
}

fn looks_ahead(given: &Given, statement: &Statement, verb: usize) -> bool {
    let clauses = given.clauses;
    let helped =
        |words: &[&str]| clauses.dependents(verb, "aux").any(|aux| words.contains(&clauses.words[aux].lemma.as_str()));
    let mark = |clause: usize, word: &str| {
        clauses.dependents(clause, "mark").any(|mark| given.tokens[mark].span.of(given.text).eq_ignore_ascii_case(word))
    };
    let will = helped(&["will", "shall", "'ll", "’ll", "wo"])
        || helped(&["would"]) && statement.manner != Manner::Direct && !helped(&["have"]);
    let present = clauses.dependents(verb, "aux").any(|aux| {
        ["is", "are", "am", "'re", "’re", "'m", "’m"]
            .iter()
            .any(|word| given.tokens[aux].span.of(given.text).eq_ignore_ascii_case(word))
    });
    let going =
        present && clauses.words[verb].lemma == "go" && clauses.dependents(verb, "xcomp").any(|deed| mark(deed, "to"));
    let supposed = clauses.dependents(verb, "advcl").any(|clause| mark(clause, "if")) || mark(verb, "if");
    (will || going) && !supposed
}

/// Whom a promise with this subject binds: the speaker, or the speaker's own government where it is named.
fn bound(given: &Given, statement: &Statement, subject: usize) -> Option<ActorIndex> {
    let speaker = statement.speaker?;
    let word = given.tokens[subject].span.of(given.text);
    if ["i", "we"].iter().any(|own| word.eq_ignore_ascii_case(own)) {
        return Some(speaker);
    }
    let span = given.tokens[subject].span;
    let named = (0..given.actors.all.len())
        .find(|actor| given.actors.all[*actor].mentions.iter().any(|(at, _)| at.contains(span)));
    match named {
        Some(actor) if actor == speaker => Some(speaker),
        Some(actor) => {
            let (own, theirs) = (&given.actors.all[speaker].country, &given.actors.all[actor].country);
            let government = matches!(given.actors.all[actor].kind, ActorKind::Government | ActorKind::State);
            (government && own.is_some() && own == theirs).then_some(actor)
        }
        None => {
            let pointing = ["he", "she"].iter().any(|other| word.eq_ignore_ascii_case(other));
            (pointing && statement.manner != Manner::Direct).then_some(speaker)
        }
    }
}

/// The time by which: a length or a day ahead after "within", "by", "until".
fn deadline(given: &Given, words: &Range<usize>) -> Option<(String, Option<String>)> {
    let span = span_of(given.tokens, words);
    let by_which = |time: &&Time| {
        let first = given.tokens.partition_point(|token| token.span.end <= time.span.start);
        let before = first.saturating_sub(3).max(words.start)..(first + 1).min(words.end);
        let led = before
            .into_iter()
            .any(|at| BY_WHICH.iter().any(|word| given.tokens[at].span.of(given.text).eq_ignore_ascii_case(word)));
        let past = time.value.as_deref().is_some_and(|value| value.ends_with("_REF"));
        matches!(time.kind, TimeKind::Date | TimeKind::Duration | TimeKind::Time) && led && !past
    };
    let time = given.times.iter().filter(|time| span.contains(time.span)).find(by_which)?;
    let value = time.value.clone()?;
    let anchor = match time.kind {
        TimeKind::Duration => None,
        _ => time.anchor.map(|day| crate::times::calendar::Moment::Day(day).value()),
    };
    Some((value, anchor))
}

/// Points every pledge at the earlier one by the same party that its sentence says it changes.
fn revise(given: &Given, pledges: &mut [Pledge]) {
    pledges.sort_by_key(|pledge| (pledge.content.start, pledge.content.end));
    let clauses = given.clauses;
    let tokens = |span: Span| {
        let at = |byte: u32| given.tokens.partition_point(|token| token.span.start < byte);
        at(span.start)..at(span.end)
    };
    let telling = |span: Span| -> BTreeSet<&str> {
        clauses.words[tokens(span)]
            .iter()
            .filter(|word| matches!(word.upos, "NOUN" | "PROPN" | "VERB"))
            .map(|word| word.lemma.as_str())
            .collect()
    };
    for later in 1..pledges.len() {
        let content = pledges[later].content;
        let sentence = clauses.sentences[clauses.sentence_of(tokens(content).start)].tokens.clone();
        if !clauses.words[sentence].iter().any(|word| REVISING.contains(&word.lemma.as_str())) {
            continue;
        }
        let own = telling(content);
        pledges[later].revises = (0..later).rev().find(|earlier| {
            let other = &pledges[*earlier];
            let both_dated = pledges[later].deadline.is_some() && other.deadline.is_some();
            let shared = telling(other.content).intersection(&own).next().is_some();
            other.by == pledges[later].by && (shared || both_dated)
        });
    }
}
