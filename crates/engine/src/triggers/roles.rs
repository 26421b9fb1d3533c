//! Roles from the tree: who is subject, object, "by", "against", "between" or in the genitive of a trigger.
//!
//! In: a trigger with what the model filled. Out: the same with the roles that it left open filled where the sentence tells them.
//! **Invariant:** a role is never filled from another sentence.

use alloc::vec::Vec;
use core::ops::Range;

use super::lexicon::{CAUSING, LIGHT, PEOPLE};
use crate::grammar::{Clauses, Filler, Trigger};
use crate::tokens::Token;

/// The confidence given to a role that a rule filled.
const BY_RULE: f32 = 0.5;

/// Fills the roles of actor and recipient that the model left open.
pub fn complete(text: &str, tokens: &[Token], clauses: &Clauses, trigger: &mut Trigger) {
    let has = |role: &str| trigger.fillers.iter().any(|filler| filler.role == role);
    let (no_actor, no_recipient) = (!has("actor"), !has("recipient"));
    if !no_actor && !no_recipient || trigger.kind == "again" {
        return;
    }
    let head = clauses.head_of(&trigger.tokens);
    let found = match clauses.words[head].upos {
        "VERB" | "AUX" | "ADJ" => of_verb(clauses, head),
        _ => of_noun(text, tokens, clauses, head),
    };
    let taken = |range: &Range<usize>| {
        trigger.fillers.iter().any(|filler| filler.tokens.start < range.end && range.start < filler.tokens.end)
    };
    let mut added: Vec<Filler> = Vec::new();
    for (role, word) in found {
        let open = if role == "actor" { no_actor } else { no_recipient };
        if !open || added.iter().any(|filler| filler.role == role) {
            continue;
        }
        let range = phrase(text, tokens, clauses, word);
        let inside = range.start < trigger.tokens.end && trigger.tokens.start < range.end;
        if !range.is_empty() && !taken(&range) && !inside && someone(text, tokens, clauses, word) {
            added.push(Filler { role, tokens: range, confidence: BY_RULE });
        }
    }
    trigger.fillers.extend(added);
}

/// Whether a word can be someone: a name, a pronoun, or a noun for people and bodies (left to the names room to judge).
pub fn someone(text: &str, tokens: &[Token], clauses: &Clauses, word: usize) -> bool {
    let own = &clauses.words[word];
    let capital = tokens[word].span.of(text).starts_with(char::is_uppercase);
    match own.upos {
        "PROPN" => true,
        "PRON" => {
            !matches!(own.lemma.as_str(), "it" | "that" | "this" | "which" | "there" | "what" | "these" | "those")
        }
        "NOUN" => capital || PEOPLE.contains(&own.lemma.as_str()),
        "ADJ" => capital,
        _ => false,
    }
}

/// Words of a phrase from its first to its last, without what hangs on it by a clause.
pub fn phrase(text: &str, tokens: &[Token], clauses: &Clauses, word: usize) -> Range<usize> {
    let mut range = word..word + 1;
    let mut open = alloc::vec![word];
    while let Some(at) = open.pop() {
        for child in clauses.children(at) {
            let base = clauses.words[*child].relation.split(':').next().unwrap_or("");
            let within = matches!(
                base,
                "det" | "amod" | "compound" | "flat" | "nummod" | "nmod" | "appos" | "case" | "punct" | "fixed"
            );
            let beside = if at == word { matches!(base, "case" | "punct") } else { base == "appos" };
            if within && !beside {
                range.start = range.start.min(*child);
                range.end = range.end.max(*child + 1);
                open.push(*child);
            }
        }
    }
    // a possessive mark belongs to the case of the word itself
    while range.len() > 1 && !tokens[range.end - 1].span.of(text).chars().any(char::is_alphanumeric) {
        range.end -= 1;
    }
    range
}

/// Who fills the roles of a verb.
pub fn of_verb(clauses: &Clauses, head: usize) -> Vec<(&'static str, usize)> {
    let mut found = Vec::new();
    let passive =
        clauses.children(head).iter().any(|at| matches!(clauses.words[*at].relation, "nsubj:pass" | "aux:pass"));
    for child in clauses.children(head) {
        match clauses.words[*child].relation {
            "nsubj" | "csubj" if !passive => found.push(("actor", *child)),
            "nsubj:pass" | "csubj:pass" => found.push(("recipient", *child)),
            "obj" | "iobj" => found.push(("recipient", *child)),
            "obl:agent" => found.push(("actor", *child)),
            "obl" => {
                let case = clauses.dependents(*child, "case").next().map(|at| clauses.words[at].lemma.as_str());
                match case {
                    Some("by") if passive => found.push(("actor", *child)),
                    Some("against" | "on" | "with" | "to" | "at") => found.push(("recipient", *child)),
                    _ => {}
                }
            }
            _ => {}
        }
    }
    // "troops shelling the city": a participle or a controlled verb shares the subject of its clause
    if !found.iter().any(|(role, _)| *role == "actor") && !passive {
        let relation = clauses.words[head].relation.split(':').next().unwrap_or("");
        if let Some(up) = clauses.words[head].head {
            match relation {
                "xcomp" | "advcl" | "conj" | "parataxis" => {
                    found.extend(clauses.dependents(up, "nsubj").take(1).map(|at| ("actor", at)))
                }
                "acl" if clauses.words[head].xpos == "VBG" => found.push(("actor", up)),
                "acl" if clauses.words[head].xpos == "VBN" => found.push(("recipient", up)),
                _ => {}
            }
        }
    }
    found
}

fn of_noun(text: &str, tokens: &[Token], clauses: &Clauses, head: usize) -> Vec<(&'static str, usize)> {
    let mut found = Vec::new();
    for child in clauses.children(head) {
        let case = clauses.dependents(*child, "case").next().map(|at| tokens[at].span.of(text).to_lowercase());
        match (clauses.words[*child].relation, case.as_deref()) {
            ("nmod:poss", _) => found.push(("actor", *child)),
            ("amod" | "compound", _) => found.push(("actor", *child)),
            ("nmod", Some("by")) => found.push(("actor", *child)),
            ("nmod", Some("against" | "on" | "with" | "to" | "for" | "of")) => found.push(("recipient", *child)),
            ("nmod", Some("between")) => {
                found.push(("actor", *child));
                found.extend(clauses.dependents(*child, "conj").take(1).map(|at| ("recipient", at)));
            }
            _ => {}
        }
    }
    // "violence committed against civilians by all parties"
    for clause in clauses.dependents(head, "acl").filter(|at| clauses.words[*at].xpos == "VBN") {
        if LIGHT.contains(&clauses.words[clause].lemma.as_str()) || clauses.words[clause].lemma == "perpetrate" {
            for child in clauses.dependents(clause, "obl") {
                let case = clauses.dependents(child, "case").next().map(|at| tokens[at].span.of(text).to_lowercase());
                match case.as_deref() {
                    Some("by") => found.push(("actor", child)),
                    Some("against" | "on") => found.push(("recipient", child)),
                    _ => {}
                }
            }
        }
    }
    // "Russia launched an attack": the subject of the verb that lends the noun its clause
    if let Some(up) = clauses.words[head].head.filter(|up| clauses.words[*up].upos == "VERB") {
        let as_object =
            clauses.words[head].relation.starts_with("obj") || clauses.words[head].relation.starts_with("obl");
        let verb = clauses.words[up].lemma.as_str();
        if as_object && (LIGHT.contains(&verb) || CAUSING.contains(&verb)) {
            found.extend(of_verb(clauses, up).into_iter().filter(|(_, at)| *at != head));
        }
    }
    found
}
