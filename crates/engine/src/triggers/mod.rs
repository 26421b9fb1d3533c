//! Triggers: which words name a happening, and who fills its roles.
//!
//! In: the triggers that the model marked, sure and unsure, and the trees. Out: triggers, one for each telling of a happening, with
//! their roles filled as far as the sentence tells.
//! A word of which the model is unsure counts when the lexicon of this room knows it for the same type. "Held" and "a meeting" are one
//! trigger. A verb with its object may be a trigger that the model missed (`phrases`). Where the model leaves a role open the tree may
//! fill it (`roles`): subject, object, "by", "against", "between", a genitive.
//! **Invariant:** a role is never filled from another sentence by a rule of this room.

mod lexicon;
mod phrases;
mod roles;

use alloc::string::String;
use alloc::vec::Vec;
use core::ops::Range;

pub use self::lexicon::FOILED;
use self::lexicon::{CAUSING, LIGHT, MEANS, knows};
use self::roles::{phrase, someone};
use crate::grammar::{Clauses, Filler, Trigger, after_dateline, in_one_paragraph};
use crate::span::Span;
use crate::tokens::Token;

/// Least probability of a trigger whose word the lexicon does not know.
const SURE: f32 = 0.39;
/// Least probability of a trigger whose word the lexicon knows for this type.
const KNOWN: f32 = 0.36;
/// Least mean probability of a filler; one below it is heard after the tree.
const SURE_FILLER: f32 = 0.3;

/// Settles the triggers of a document.
pub fn settle<'m>(text: &str, tokens: &[Token], clauses: &Clauses<'m>, dateline: Option<Span>) -> Vec<Trigger<'m>> {
    let mut triggers: Vec<Trigger<'m>> = clauses
        .triggers
        .iter()
        .filter(|trigger| {
            let lemmas = trigger.tokens.clone().map(|at| clauses.words[at].lemma.as_str());
            let known = lemmas.into_iter().any(|lemma| knows(trigger.kind, lemma));
            trigger.confidence >= if known { KNOWN } else { SURE }
        })
        .cloned()
        .collect();
    phrases::find(text, tokens, clauses, &mut triggers);
    join(text, tokens, clauses, &mut triggers);
    for trigger in &mut triggers {
        for filler in &mut trigger.fillers {
            let body = after_dateline(tokens, dateline, filler.tokens.clone());
            filler.tokens = in_one_paragraph(tokens, trigger.tokens.start, body);
        }
        let (sure, unsure): (Vec<_>, Vec<_>) = trigger
            .fillers
            .drain(..)
            .filter(|filler| !filler.tokens.is_empty())
            .partition(|filler| filler.confidence >= SURE_FILLER);
        trigger.fillers = sure;
        near_by(tokens, trigger);
        mend(text, tokens, clauses, &mut trigger.fillers);
        voice(clauses, trigger);
        roles::complete(text, tokens, clauses, trigger);
        likeliest(text, tokens, clauses, trigger, unsure);
        visited(trigger);
    }
    triggers
}

/// Makes one trigger of two that tell one thing: a light verb and its noun, the parts of a compound, an interception and what was
/// intercepted.
fn join(text: &str, tokens: &[Token], clauses: &Clauses, triggers: &mut Vec<Trigger>) {
    triggers.sort_by_key(|trigger| trigger.tokens.start);
    let mut at = 0;
    while at + 1 < triggers.len() {
        let (one, two) = (&triggers[at], &triggers[at + 1]);
        // threatening sanctions is a threat, not a sanction
        let threat = one.kind == "THREATEN" && two.kind == "SANCTION" && {
            let (a, b) = (clauses.head_of(&one.tokens), clauses.head_of(&two.tokens));
            clauses.words[b].head == Some(a)
                && matches!(clauses.words[b].relation.split(':').next(), Some("obj" | "obl" | "xcomp"))
        };
        if threat {
            triggers.remove(at + 1);
            triggers[at].mode = "sanctions";
            continue;
        }
        let same_sentence = clauses.sentence_of(one.tokens.start) == clauses.sentence_of(two.tokens.start);
        if same_sentence && one.kind == two.kind && one.kind != "again" && one_telling(text, tokens, clauses, one, two)
        {
            let two = triggers.remove(at + 1);
            let one = &mut triggers[at];
            let near = two.tokens.start <= one.tokens.end + 2;
            for filler in two.fillers {
                if !one.fillers.iter().any(|other| other.role == filler.role) {
                    one.fillers.push(filler);
                }
            }
            if near {
                one.tokens.end = two.tokens.end;
            }
            if one.mode == "none" || near && two.confidence > one.confidence {
                one.mode = two.mode;
            }
            one.confidence = one.confidence.max(two.confidence);
        } else {
            at += 1;
        }
    }
}

fn one_telling(text: &str, tokens: &[Token], clauses: &Clauses, one: &Trigger, two: &Trigger) -> bool {
    let (a, b) = (clauses.head_of(&one.tokens), clauses.head_of(&two.tokens));
    let linked = clauses.words[b].head == Some(a) || clauses.words[a].head == Some(b);
    let lemma = |at: usize| clauses.words[at].lemma.as_str();
    let between = one.tokens.end..two.tokens.start;
    let apart = between.clone().any(|at| matches!(tokens[at].span.of(text), "," | "and" | ";" | "but" | "or"));
    // a light verb beside its noun, as object or, in the passive, as subject
    let lends = |verb: usize, noun: usize| {
        (LIGHT.contains(&lemma(verb)) || CAUSING.contains(&lemma(verb)))
            && clauses.words[noun].head == Some(verb)
            && matches!(clauses.words[noun].relation.split(':').next(), Some("obj" | "obl" | "nsubj" | "xcomp"))
    };
    let light = lends(a, b) || lends(b, a);
    let compound = clauses.words[a].relation.starts_with("compound") && clauses.words[a].head == Some(b);
    let foiled = FOILED.contains(&lemma(a)) && clauses.words[b].relation.starts_with("acl");
    let coordinate = clauses.words[b].relation.starts_with("conj");
    (light || compound || foiled || linked && !apart && between.len() <= 2) && !coordinate
}

/// A filler in another paragraph counts only where the trigger's own paragraph has none for its role.
fn near_by(tokens: &[Token], trigger: &mut Trigger) {
    let own = tokens[trigger.tokens.start].paragraph;
    let here = |filler: &Filler| tokens[filler.tokens.start].paragraph == own;
    let filled: Vec<&str> = trigger.fillers.iter().filter(|filler| here(filler)).map(|filler| filler.role).collect();
    trigger.fillers.retain(|filler| here(filler) || !filled.contains(&filler.role));
}

/// Joins pieces of one filler that touch or stand in apposition in one paragraph, and drops those without a telling word.
fn mend(text: &str, tokens: &[Token], clauses: &Clauses, fillers: &mut Vec<Filler>) {
    fillers.sort_by_key(|filler| filler.tokens.start);
    let mut at = 0;
    while at + 1 < fillers.len() {
        let (one, two) = (&fillers[at], &fillers[at + 1]);
        let gap = one.tokens.end..two.tokens.start.max(one.tokens.end);
        let comma = gap.len() == 1 && tokens[gap.start].span.of(text) == ",";
        let apposed = two.tokens.clone().any(|word| {
            let word = &clauses.words[word];
            matches!(word.relation.split(':').next(), Some("appos" | "flat"))
                && word.head.is_some_and(|head| one.tokens.contains(&head))
        });
        let together = tokens[one.tokens.start].paragraph == tokens[two.tokens.start].paragraph;
        if together && one.role == two.role && (gap.is_empty() || comma && apposed) {
            let two = fillers.remove(at + 1);
            fillers[at].tokens.end = two.tokens.end;
        } else {
            at += 1;
        }
    }
    fillers.retain(|filler| {
        filler.tokens.clone().any(|at| {
            !matches!(clauses.words[at].upos, "DET" | "ADP" | "PUNCT" | "PART" | "CCONJ" | "AUX" | "SCONJ" | "NUM")
        })
    });
}

/// Sets right what the model took the wrong way round: who stands after "by" acted, the subject of a passive was acted upon.
fn voice(clauses: &Clauses, trigger: &mut Trigger) {
    let verb = clauses.head_of(&trigger.tokens);
    if clauses.words[verb].upos != "VERB" {
        return;
    }
    for filler in &mut trigger.fillers {
        let head = clauses.head_of(&filler.tokens);
        if clauses.words[head].head != Some(verb) {
            continue;
        }
        match (filler.role, clauses.words[head].relation) {
            ("recipient", "obl:agent") => filler.role = "actor",
            ("actor", "nsubj:pass") => filler.role = "recipient",
            _ => {}
        }
    }
}

/// Where neither the model nor the tree is sure who acts or is acted upon, the one the model thinks likeliest.
fn likeliest<'m>(text: &str, tokens: &[Token], clauses: &Clauses, trigger: &mut Trigger<'m>, unsure: Vec<Filler<'m>>) {
    for mut filler in unsure {
        let open = matches!(filler.role, "actor" | "recipient")
            && !trigger.fillers.iter().any(|other| other.role == filler.role);
        let word = clauses.head_of(&filler.tokens);
        filler.tokens = phrase(text, tokens, clauses, word);
        let clash = |range: &Range<usize>| range.start < filler.tokens.end && filler.tokens.start < range.end;
        let clear = !clash(&trigger.tokens) && !trigger.fillers.iter().any(|other| clash(&other.tokens));
        if open && clear && someone(text, tokens, clauses, word) {
            trigger.fillers.push(filler);
        }
    }
}

/// Who is visited: the place of a visit stands for its government.
fn visited(trigger: &mut Trigger) {
    let open = !trigger.fillers.iter().any(|filler| filler.role == "recipient");
    if trigger.kind == "CONSULT" && trigger.mode == "visit" && open {
        let place = trigger.fillers.iter().find(|filler| filler.role == "place").cloned();
        trigger.fillers.extend(place.map(|place| Filler { role: "recipient", ..place }));
    }
}

/// The means that a trigger's own words or their neighbours name, where they name one for sure.
pub fn means(text: &str, tokens: &[Token], clauses: &Clauses, trigger: &Trigger) -> Option<&'static str> {
    let near: Vec<String> = {
        let head = clauses.head_of(&trigger.tokens);
        let mut words: Vec<usize> = trigger.tokens.clone().collect();
        words.extend(clauses.children(head));
        for child in clauses.children(head) {
            words.extend(clauses.dependents(*child, "compound").chain(clauses.dependents(*child, "conj")));
        }
        words.into_iter().map(|at| tokens[at].span.of(text).to_lowercase()).collect()
    };
    let any = |list: &[&str]| near.iter().any(|word| list.contains(&word.as_str()));
    MEANS.iter().find(|(kind, words, _)| *kind == trigger.kind && any(words)).map(|(_, _, mode)| *mode)
}
