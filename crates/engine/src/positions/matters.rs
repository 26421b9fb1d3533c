//! Matters: the ceasefires, talks, deals and memberships that a report names, each with all its mentions.
//!
//! In: the clauses. Out: matters in order of first mention, and for the head word of every mention the matter it means.
//! A noun of the table heads a phrase; phrases of one family whose telling words do not contradict each other are one matter, and
//! a bare "the plan" is whatever was named last.
//! **Invariant:** a word heads a mention of at most one matter.

use alloc::borrow::ToOwned;
use alloc::collections::{BTreeMap, BTreeSet};
use alloc::string::String;
use alloc::vec;
use alloc::vec::Vec;
use core::ops::Range;

use rapporteur_record::ProposalKind;

use super::{Given, words};
use crate::grammar::span_of;
use crate::span::Span;

/// The most words that a name has.
const LONGEST_NAME: usize = 14;

/// One matter.
#[derive(Clone, Debug)]
pub struct Matter {
    /// What sort.
    pub kind: ProposalKind,
    /// Its fullest name in the document.
    pub name: Range<usize>,
    /// Lemmas that tell it from others of its family.
    pub telling: BTreeSet<String>,
    /// Its mentions in text order.
    pub mentions: Vec<Span>,
    family: &'static str,
}

/// All matters of a document.
#[derive(Clone, Debug, Default)]
pub struct Matters {
    /// In order of first mention.
    pub all: Vec<Matter>,
    /// The matter of each head word.
    heads: BTreeMap<usize, usize>,
}

impl Matters {
    /// The matter whose mention this word heads.
    pub fn headed_by(&self, word: usize) -> Option<usize> {
        self.heads.get(&word).copied()
    }

    /// The matter named last before a word that may be called a plan: weapons are none.
    fn last_plan_before(&self, word: usize) -> Option<usize> {
        let plan = |matter: &usize| self.all[*matter].kind != ProposalKind::Aid;
        self.heads.range(..word).rev().map(|(_, matter)| *matter).find(plan)
    }

    /// The matter named last before a word.
    pub fn last_before(&self, word: usize) -> Option<(usize, usize)> {
        self.heads.range(..word).next_back().map(|(head, matter)| (*head, *matter))
    }
}

/// Finds every matter that the document names.
pub fn find(given: &Given) -> Matters {
    let mut matters = Matters::default();
    // matters by their last mention, latest last
    let mut recent: Vec<usize> = Vec::new();
    for head in 0..given.clauses.words.len() {
        let Some((kind, family)) = named_by(given, head) else { continue };
        let name = phrase(given, head);
        let telling = telling(given, &name, head);
        let bare = telling.is_empty();
        let generic = bare && words::is_generic(family);
        let known = if generic && is_definite(given, head) {
            matters.last_plan_before(head)
        } else if generic {
            None
        } else {
            recent.iter().rev().copied().find(|matter| {
                let other = &matters.all[*matter];
                other.family == family && agree(&other.telling, &telling)
            })
        };
        let span = span_of(given.tokens, &name);
        let index = match known {
            Some(index) => {
                let matter = &mut matters.all[index];
                if matter.family == family && telling.len() > matter.telling.len() {
                    matter.name = name;
                }
                if matter.family == family {
                    matter.telling.extend(telling);
                }
                matter.mentions.push(span);
                index
            }
            None => {
                matters.all.push(Matter { kind, name, telling, mentions: vec![span], family });
                matters.all.len() - 1
            }
        };
        matters.heads.insert(head, index);
        recent.retain(|matter| *matter != index);
        recent.push(index);
    }
    matters
}

/// Whether two sets of telling lemmas may tell one thing: one holds the other, or half of all are shared.
pub fn agree(a: &BTreeSet<String>, b: &BTreeSet<String>) -> bool {
    a.is_subset(b) || b.is_subset(a) || share_half(a, b)
}

/// Whether two sets share half of all they hold.
pub fn share_half(a: &BTreeSet<String>, b: &BTreeSet<String>) -> bool {
    let shared = a.intersection(b).count();
    shared > 0 && shared * 2 >= a.union(b).count()
}

fn named_by(given: &Given, at: usize) -> Option<(ProposalKind, &'static str)> {
    let word = &given.clauses.words[at];
    let (kind, family) = words::matter(&word.lemma)?;
    let base = word.relation.split(':').next().unwrap_or("");
    if word.lemma == "join" {
        let has_object = given.clauses.dependents(at, "obj").next().is_some();
        return (word.upos == "VERB" && has_object).then_some((kind, family));
    }
    if !matches!(word.upos, "NOUN" | "PROPN") || matches!(base, "compound" | "flat") {
        return None;
    }
    if word.lemma == "call" && !is_telephone_call(given, at) {
        return None;
    }
    // a "ceasefire proposal" is a ceasefire
    let made_of = given
        .clauses
        .dependents(at, "compound")
        .filter_map(|part| words::matter(&given.clauses.words[part].lemma))
        .find(|(kind, family)| *kind != ProposalKind::Other && *family != "peace");
    Some(made_of.unwrap_or((kind, family)))
}

fn is_telephone_call(given: &Given, at: usize) -> bool {
    let clauses = given.clauses;
    let by_wire = |part: usize| matches!(clauses.words[part].lemma.as_str(), "phone" | "telephone" | "video" | "such");
    clauses.dependents(at, "compound").any(by_wire)
        || clauses.dependents(at, "amod").any(by_wire)
        || clauses.dependents(at, "det").any(by_wire)
}

/// The words of a noun phrase without its articles, relative clauses and coordinated fellows.
pub fn phrase(given: &Given, head: usize) -> Range<usize> {
    let clauses = given.clauses;
    let mut inside = BTreeSet::from([head]);
    let mut open = vec![head];
    while let Some(at) = open.pop() {
        for child in clauses.children(at) {
            let word = &clauses.words[*child];
            let part = match word.relation.split(':').next().unwrap_or("") {
                "det" | "conj" | "cc" | "appos" | "parataxis" | "nsubj" | "cop" | "aux" | "mark" | "advcl" | "expl" => {
                    at != head && word.relation == "det"
                }
                "acl" => word.relation != "acl:relcl",
                "case" => at != head,
                "punct" => given.tokens[*child].span.of(given.text) == "-",
                "nmod" => word.upos != "PRON" && !is_time(given, *child),
                "obl" => !is_time(given, *child),
                _ => true,
            };
            if part && inside.insert(*child) {
                open.push(*child);
            }
        }
    }
    let joins =
        |at: usize| inside.contains(&at) || matches!(clauses.words[at].upos, "PART" | "PUNCT") && hyphen(given, at);
    let mut range = head..head + 1;
    while range.start > 0 && joins(range.start - 1) {
        range.start -= 1;
    }
    while range.end < clauses.words.len() && joins(range.end) && range.len() < LONGEST_NAME {
        range.end += 1;
    }
    shorten(given, range)
}

fn hyphen(given: &Given, at: usize) -> bool {
    matches!(given.tokens[at].span.of(given.text), "-" | "to")
}

/// A range without a dangling function word or mark at its end, or a mark at its start.
pub fn shorten(given: &Given, mut range: Range<usize>) -> Range<usize> {
    let upos = |at: usize| given.clauses.words[at].upos;
    // "not" turns the meaning around and stays
    let kept = |at: usize| given.tokens[at].span.of(given.text).eq_ignore_ascii_case("not");
    while range.len() > 1
        && !kept(range.start)
        && matches!(upos(range.start), "PUNCT" | "CCONJ" | "SCONJ" | "PART" | "ADP")
    {
        range.start += 1;
    }
    while range.len() > 1 && matches!(upos(range.end - 1), "PUNCT" | "ADP" | "DET" | "CCONJ" | "SCONJ" | "PART" | "AUX")
    {
        range.end -= 1;
    }
    range
}

/// Whether a word is part of a time.
pub fn is_time(given: &Given, at: usize) -> bool {
    given.times.iter().any(|time| time.span.contains(given.tokens[at].span))
}

fn is_definite(given: &Given, head: usize) -> bool {
    given.clauses.dependents(head, "det").any(|det| {
        let word = given.tokens[det].span.of(given.text);
        ["the", "this", "that", "these", "those", "such"].iter().any(|known| word.eq_ignore_ascii_case(known))
    })
}

/// The lemmas of a name that tell it from others of its family.
pub fn telling(given: &Given, name: &Range<usize>, head: usize) -> BTreeSet<String> {
    const COMMON: &[&str] =
        &["proposed", "potential", "possible", "new", "such", "any", "further", "own", "propose", "future", "more"];
    name.clone()
        .filter(|at| *at != head)
        .map(|at| &given.clauses.words[at])
        .filter(|word| matches!(word.upos, "NOUN" | "PROPN" | "ADJ" | "NUM" | "VERB"))
        .filter(|word| !COMMON.contains(&word.lemma.as_str()) && words::matter(&word.lemma).is_none())
        .map(|word| word.lemma.to_owned())
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn set(words: &[&str]) -> BTreeSet<String> {
        words.iter().map(|word| String::from(*word)).collect()
    }

    #[test]
    fn names_agree_where_one_holds_the_other() {
        assert!(agree(&set(&[]), &set(&["ukraine"])));
        assert!(agree(&set(&["30", "day"]), &set(&["30", "day", "black", "sea"])));
        assert!(!agree(&set(&["ukraine", "nato"]), &set(&["finland", "nato"])));
    }

    #[test]
    fn nothing_is_half_of_nothing() {
        assert!(!share_half(&set(&[]), &set(&[])));
        assert!(share_half(&set(&["border", "open"]), &set(&["border", "open", "north"])));
    }
}
