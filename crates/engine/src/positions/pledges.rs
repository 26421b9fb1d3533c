//! Pledges: what someone promised, and what someone foretold for a stated time.
//!
//! In: statements, the times inside them. Out: pledges in text order.
//! A statement whose act is a promise is a pledge, and so is one in which the speaker says "we will"; a forecast is kept only with the
//! time it is for. A later one by the same speaker on the same matter revises the earlier where the words say that it does.
//! **Invariant:** a pledge never revises one that comes after it.

use alloc::collections::BTreeSet;
use alloc::string::{String, ToString};
use alloc::vec;
use alloc::vec::Vec;
use core::ops::Range;

use rapporteur_record::{Act, PledgeKind};

use super::{Given, Pledge, Rest};
use crate::grammar::span_of;
use crate::statements::Statement;
use crate::times::{Time, TimeKind};

/// Words before a time that make it the time by which.
const BY_WHICH: &[&str] = &["within", "in", "by", "before", "until", "over", "this", "next", "than"];
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

/// Finds the pledges that statements make.
pub fn find(given: &Given) -> Vec<Pledge> {
    let mut pledges: Vec<Pledge> = Vec::new();
    for (index, statement) in given.statements.iter().enumerate() {
        let Some(by) = statement.speaker else { continue };
        let Some(words) = promising_piece(given, statement) else { continue };
        let deadline = deadline(given, &words);
        let kind = match statement.act {
            Act::Promise => PledgeKind::Pledge,
            Act::Forecast if deadline.is_some() => PledgeKind::Forecast,
            Act::Assert | Act::Evaluate | Act::Deny | Act::Other if speaks_of_own_will(given, statement, &words) => {
                PledgeKind::Pledge
            }
            _ => continue,
        };
        let revises = revised(given, &pledges, statement, by, &words);
        pledges.push(Pledge {
            by,
            kind,
            content: span_of(given.tokens, &words),
            deadline,
            revises,
            rests_on: vec![Rest::Statement(index)],
            rule: if kind == PledgeKind::Pledge { "pledge-promise" } else { "pledge-forecast" },
        });
    }
    pledges
}

/// The piece of the content that looks ahead, else the longest.
fn promising_piece(given: &Given, statement: &Statement) -> Option<Range<usize>> {
    let ahead = |piece: &&Range<usize>| {
        given.clauses.words[(*piece).clone()].iter().any(|word| word.upos == "AUX" && is_will(&word.lemma))
    };
    statement.tokens.iter().find(ahead).or_else(|| statement.tokens.iter().max_by_key(|piece| piece.len())).cloned()
}

fn is_will(lemma: &str) -> bool {
    matches!(lemma, "will" | "shall" | "'ll" | "’ll" | "wo" | "would")
}

/// Whether a statement says what its speaker will do.
pub fn is_own_will(given: &Given, statement: &Statement) -> bool {
    promising_piece(given, statement).is_some_and(|words| speaks_of_own_will(given, statement, &words))
}

/// "we will help": the main clause has the speaker for subject and looks ahead to a deed.
fn speaks_of_own_will(given: &Given, statement: &Statement, words: &Range<usize>) -> bool {
    let clauses = given.clauses;
    let sentence_end = clauses.sentences[clauses.sentence_of(words.start)].tokens.end.min(words.end);
    let head = clauses.head_of(&(words.start..sentence_end.max(words.start + 1)));
    if clauses.words[head].upos != "VERB"
        || matches!(clauses.words[head].lemma.as_str(), "see" | "know" | "need" | "have" | "win")
    {
        return false;
    }
    let own = clauses.dependents(head, "nsubj").any(|subject| {
        let first_person =
            ["i", "we"].iter().any(|word| given.tokens[subject].span.of(given.text).eq_ignore_ascii_case(word));
        let span = given.tokens[subject].span;
        let speaker = statement
            .speaker
            .is_some_and(|speaker| given.actors.all[speaker].mentions.iter().any(|(at, _)| at.overlaps(span)));
        first_person || speaker
    });
    let will = clauses
        .dependents(head, "aux")
        .any(|aux| is_will(&clauses.words[aux].lemma) && clauses.words[aux].lemma != "would");
    let conditional = clauses.dependents(head, "advcl").any(|clause| {
        clauses.dependents(clause, "mark").any(|mark| given.tokens[mark].span.of(given.text).eq_ignore_ascii_case("if"))
    });
    own && will && !conditional
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
        _ => time.anchor.map(|day| crate::times::calendar::Moment::Day(day).value().to_string()),
    };
    Some((value, anchor))
}

/// The last pledge by the same speaker that shares telling words, where the sentence says that something changed.
fn revised(given: &Given, pledges: &[Pledge], statement: &Statement, by: usize, words: &Range<usize>) -> Option<usize> {
    let clauses = given.clauses;
    let sentence = clauses.sentences[clauses.sentence_of(statement.cue_tokens.start)].tokens.clone();
    if !clauses.words[sentence].iter().any(|word| REVISING.contains(&word.lemma.as_str())) {
        return None;
    }
    let horizon = deadline(given, words).is_some();
    let telling = |range: Range<usize>| -> BTreeSet<&str> {
        clauses.words[range]
            .iter()
            .filter(|word| matches!(word.upos, "NOUN" | "PROPN" | "VERB"))
            .map(|word| word.lemma.as_str())
            .collect()
    };
    let own = telling(words.clone());
    pledges.iter().rposition(|earlier| {
        let first = given.tokens.partition_point(|token| token.span.start < earlier.content.start);
        let end = given.tokens.partition_point(|token| token.span.start < earlier.content.end);
        let shared = telling(first..end).intersection(&own).next().is_some();
        earlier.by == by && (shared || horizon && earlier.deadline.is_some())
    })
}
