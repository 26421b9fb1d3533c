//! Phrases: a verb and its object that are a happening together, whatever the model made of them.
//!
//! In: the trees, and the triggers found so far. Out: one trigger more, or one with another type, for each phrase of the table.
//! Why: "restore diplomatic ties", "contribute two million dollars" are rare in what the model learned from, and mean one thing.
//! Example: "Chad [restored] ties with Niger" is SUPPORT. Misreadings: ties of other sorts ("family ties").

use alloc::vec::Vec;

use super::roles::{of_verb, phrase};
use crate::grammar::{Clauses, Filler, Trigger};
use crate::tokens::Token;

/// The confidence of a trigger that a phrase made.
const BY_PHRASE: f32 = 0.6;

struct Phrase {
    verbs: &'static [&'static str],
    objects: &'static [&'static str],
    kind: &'static str,
    mode: &'static str,
    /// The objects with one of these words beside them only, if any are given.
    beside: &'static [&'static str],
}

const TIES: &[&str] = &["tie", "relation", "relationship", "link"];
const SUMS: &[&str] = &["dollar", "euro", "pound", "million", "billion", "tonne", "ton", "money", "sum"];
const DIPLOMATIC: &[&str] = &["diplomatic", "consular"];

const PHRASES: &[Phrase] = &[
    Phrase {
        verbs: &["restore", "resume", "renew", "normalise", "normalize", "reestablish", "re-establish"],
        objects: TIES,
        kind: "SUPPORT",
        mode: "recognise",
        beside: &[],
    },
    Phrase {
        verbs: &["establish", "open", "upgrade", "improve"],
        objects: TIES,
        kind: "SUPPORT",
        mode: "recognise",
        beside: DIPLOMATIC,
    },
    Phrase {
        verbs: &["sever", "cut", "break", "suspend", "downgrade", "rupture"],
        objects: TIES,
        kind: "SANCTION",
        mode: "diplomatic",
        beside: &[],
    },
    Phrase {
        verbs: &["abandon", "end", "freeze"],
        objects: TIES,
        kind: "SANCTION",
        mode: "diplomatic",
        beside: DIPLOMATIC,
    },
    Phrase {
        verbs: &["recall", "expel"],
        objects: &["ambassador", "envoy", "diplomat"],
        kind: "SANCTION",
        mode: "diplomatic",
        beside: &[],
    },
    Phrase { verbs: &["contribute", "donate"], objects: SUMS, kind: "AID", mode: "economic", beside: &[] },
    Phrase { verbs: &["grant"], objects: &["asylum", "refuge"], kind: "AID", mode: "asylum", beside: &[] },
    Phrase {
        verbs: &["lift", "ease", "waive", "remove"],
        objects: &["sanction", "embargo", "blockade", "curfew", "siege", "restriction", "tariff"],
        kind: "CONCEDE",
        mode: "ease",
        beside: &[],
    },
    Phrase {
        verbs: &["close", "seal", "shut"],
        objects: &["border", "crossing", "airspace"],
        kind: "COERCE",
        mode: "restrict",
        beside: &[],
    },
    Phrase {
        verbs: &["reopen"],
        objects: &["border", "crossing", "airspace", "embassy"],
        kind: "CONCEDE",
        mode: "ease",
        beside: &[],
    },
    Phrase { verbs: &["declare", "impose"], objects: &["curfew"], kind: "COERCE", mode: "restrict", beside: &[] },
    Phrase { verbs: &["present"], objects: &["credential"], kind: "CONSULT", mode: "meeting", beside: &[] },
];

/// Finds the phrases of the table.
pub fn find<'m>(text: &str, tokens: &[Token], clauses: &Clauses<'m>, triggers: &mut Vec<Trigger<'m>>) {
    for verb in 0..clauses.words.len() {
        if clauses.words[verb].upos != "VERB" {
            continue;
        }
        let Some((row, object)) = told(clauses, verb) else { continue };
        if let Some(known) =
            triggers.iter_mut().find(|trigger| trigger.tokens.contains(&verb) || trigger.tokens.contains(&object))
        {
            if known.kind != row.kind && known.kind != "again" {
                known.kind = row.kind;
                known.mode = row.mode;
                known.rule = "event-phrase";
            }
            continue;
        }
        let mut fillers: Vec<Filler> = Vec::new();
        let parties = of_verb(clauses, verb).into_iter().filter(|(_, at)| *at != object);
        for (role, at) in parties.chain(whom(clauses, object).map(|at| ("recipient", at))) {
            if !fillers.iter().any(|filler| filler.role == role) {
                fillers.push(Filler { role, tokens: phrase(text, tokens, clauses, at), confidence: BY_PHRASE });
            }
        }
        triggers.push(Trigger {
            tokens: verb..verb + 1,
            kind: row.kind,
            mode: row.mode,
            status: status(clauses, verb),
            fillers,
            rule: "event-phrase",
            confidence: BY_PHRASE,
        });
    }
}

/// The row of the table that a verb and its object, or its passive subject, tell.
fn told(clauses: &Clauses, verb: usize) -> Option<(&'static Phrase, usize)> {
    let lemma = |at: usize| clauses.words[at].lemma.as_str();
    let rows = PHRASES.iter().filter(|row| row.verbs.contains(&lemma(verb)));
    for row in rows {
        let object = clauses.children(verb).iter().copied().find(|at| {
            matches!(clauses.words[*at].relation, "obj" | "nsubj:pass")
                && named(row.objects, lemma(*at))
                && (row.beside.is_empty()
                    || clauses.children(*at).iter().any(|child| row.beside.contains(&lemma(*child))))
        });
        if let Some(object) = object {
            return Some((row, object));
        }
    }
    None
}

/// A plural that the tagger took for a singular keeps its "s".
fn named(objects: &[&str], lemma: &str) -> bool {
    objects.contains(&lemma) || lemma.strip_suffix('s').is_some_and(|lemma| objects.contains(&lemma))
}

/// "ties with Niger", "sanctions on Mali": the party that hangs on the object.
fn whom<'c>(clauses: &'c Clauses, object: usize) -> impl Iterator<Item = usize> + 'c {
    clauses.dependents(object, "nmod").filter(|at| {
        clauses
            .dependents(*at, "case")
            .any(|case| matches!(clauses.words[case].lemma.as_str(), "with" | "to" | "on" | "against" | "from"))
    })
}

/// How a verb is told by its helpers: "will", "is about to", "may".
fn status(clauses: &Clauses, verb: usize) -> &'static str {
    let helpers: Vec<&str> = clauses.dependents(verb, "aux").map(|at| clauses.words[at].lemma.as_str()).collect();
    let to_come = clauses.words[verb].xpos == "VB" && clauses.words[verb].relation.starts_with("xcomp");
    match () {
        () if helpers.iter().any(|lemma| matches!(*lemma, "may" | "might" | "could")) => "possible",
        () if helpers.iter().any(|lemma| matches!(*lemma, "will" | "shall" | "would")) => "planned",
        () if to_come => "planned",
        () => "occurred",
    }
}
