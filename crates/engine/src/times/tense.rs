//! Whether a clause looks back or ahead, where no grammar has said so.
//!
//! In: a word on the page. Out: a tense. The nearest verb that shows its tense decides, with the one to the left preferred,
//! because English puts its times after the verb ("said Friday", "will meet on Monday").
//! **Invariant:** never looks beyond the word's own sentence.

use super::Tense;
use super::page::Page;

/// Words that announce what is yet to come, whatever the tense of their verb: "was scheduled for Friday".
const ANNOUNCING: &[&str] = &[
    "scheduled",
    "slated",
    "due",
    "upcoming",
    "deadline",
    "payable",
    "expires",
    "expire",
    "effective",
    "postponed",
    "expected",
    "expects",
    "expect",
    "plans",
    "planned",
    "planning",
    "forthcoming",
];

const FUTURE: &[&str] = &[
    "will", "'ll", "’ll", "wo", "shall", "would", "may", "might", "should", "must", "intends", "aims", "hopes",
    "going", "plan", "until", "starting", "ahead", "tomorrow",
];

const PAST: &[&str] = &[
    "said", "was", "were", "had", "did", "told", "met", "took", "made", "came", "left", "began", "fell", "rose",
    "struck", "held", "gave", "won", "lost", "saw", "found", "got", "led", "sent", "spoke", "became", "wrote", "went",
    "knew", "ran", "sold", "bought", "paid", "hit", "been", "since", "has", "have", "ago", "flew", "shot", "broke",
    "drew", "grew", "stood", "brought", "thought", "taken", "seen", "done", "built", "fought", "heard", "kept",
    "meant", "put", "set", "cut", "shut", "signed",
];

/// Verbs of plans: in the present they tell what is to come ("goes to Moscow on Tuesday").
const PRESENT: &[&str] = &[
    "goes",
    "go",
    "meets",
    "meet",
    "visits",
    "arrives",
    "arrive",
    "begins",
    "begin",
    "opens",
    "open",
    "starts",
    "start",
    "travels",
    "travel",
    "leaves",
    "returns",
    "hosts",
    "holds",
    "hold",
    "resumes",
    "resume",
    "reconvenes",
    "reopen",
    "re-open",
    "heads",
];

/// Whether the clause announces what is to come: such a word stands a few words to the left.
pub(super) fn announced(page: &Page<'_>, at: usize) -> bool {
    let from = at.saturating_sub(9);
    let mut near = (from..at).rev().take_while(|index| page.sentence(*index) == page.sentence(at));
    let before = page.back(at, 1);
    if matches!(before, "until" | "till" | "through") && !page.begins(at.saturating_sub(1)) {
        return !near.any(|index| matches!(page.word(index), "from" | "since" | "lasted" | "lived" | "was" | "were"));
    }
    if before == "as" && page.is(at.saturating_sub(2), &["soon", "early"]) {
        return true;
    }
    // "had been due to expire" looks back, "lower-than-expected" announces nothing
    let announces = |index: usize| {
        (ANNOUNCING.contains(&page.word(index)) || page.word(index) == "set" && page.is(index + 1, &["for", "to"]))
            && !page.follows(index, &["-", "than", "been", "previously", "long", "so"])
    };
    near.take_while(|index| !matches!(page.word(*index), ";" | "said" | "." | "after")).any(announces)
}

/// The tense of a verb that stands right before: "reported on Friday", "will meet Monday".
pub(super) fn close_by(page: &Page<'_>, at: usize) -> Option<Tense> {
    let near = (at.saturating_sub(3)..at).rev().take_while(|index| page.sentence(*index) == page.sentence(at));
    near.filter_map(|index| told(page, index)).next().filter(|tense| *tense != Tense::Present)
}

/// The tense of the nearest verb that shows one.
pub(super) fn around(page: &Page<'_>, at: usize) -> Tense {
    let here = |index: usize| page.sentence(index) == page.sentence(at);
    let left = (at.saturating_sub(14)..at).rev().take_while(|index| here(*index)).enumerate();
    // what comes after a comma is another clause, unless the time stands before its own: "On Monday, they will vote"
    let fronted = page.begins(at) || page.begins(at.saturating_sub(1)) || page.begins(at.saturating_sub(2));
    let goes_on = |index: &usize| here(*index) && (fronted || page.word(*index) != ",");
    let right = (at + 1..at + 12).take_while(goes_on).enumerate();
    let shown = |(distance, index): (usize, usize)| told(page, index).map(|tense| (distance, tense));
    match (left.filter_map(shown).next(), right.filter_map(shown).next()) {
        (Some((left, _)), Some((right, tense))) if right + 3 < left => tense,
        (Some((_, tense)), _) | (None, Some((_, tense))) => tense,
        (None, None) => Tense::Unknown,
    }
}

/// The tense that a single word shows.
fn told(page: &Page<'_>, at: usize) -> Option<Tense> {
    let word = page.word(at);
    if FUTURE.contains(&word) && !page.capital(at) {
        return Some(Tense::Future);
    }
    // "is to meet", "are due to leave"
    if word == "to" && matches!(page.back(at, 1), "is" | "are" | "am") {
        return Some(Tense::Future);
    }
    // "could not be reached Friday"
    if matches!(word, "not" | "n't" | "n’t") && matches!(page.back(at, 1), "could") {
        return Some(Tense::Past);
    }
    if PRESENT.contains(&word) {
        // "would meet", "to hold": the verb before tells
        let infinitive = page.follows(at, &["to", "would", "could", "did", "not", "n't", "n’t"]);
        return (!infinitive).then_some(Tense::Present);
    }
    // "is heard in May": a participle is not yet a past
    if page.follows(at, &["is", "are", "be", "being"]) {
        return None;
    }
    let regular = word.len() > 3 && word.ends_with("ed") && (!word.ends_with("eed") || word == "agreed");
    let regular = regular && word != "hundred" && !page.capital(at) && !page.follows(at, &["the", "a", "an"]);
    (regular || PAST.contains(&word)).then_some(Tense::Past)
}
