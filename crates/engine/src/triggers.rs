//! Triggers: which words name a happening, and who fills its roles.
//!
//! In: the triggers that the model marked, sure and unsure, and the trees. Out: triggers, one for each telling of a happening, with
//! their roles filled as far as the sentence tells.
//! A word of which the model is unsure counts when the lexicon of this room knows it for the same type. "Held" and "a meeting" are one
//! trigger. Where the model leaves a role open the tree may fill it: subject, object, "by", "against", "between", a genitive.
//! **Invariant:** a role is never filled from another sentence by a rule of this room.

use alloc::string::String;
use alloc::vec::Vec;
use core::ops::Range;

use crate::grammar::{Clauses, Filler, Trigger, after_dateline, in_one_paragraph};
use crate::span::Span;
use crate::tokens::Token;

/// Least probability of a trigger whose word the lexicon does not know.
const SURE: f32 = 0.40;
/// Least probability of a trigger whose word the lexicon knows for this type.
const KNOWN: f32 = 0.33;
/// Least mean probability of a filler; one below it is heard after the tree.
const SURE_FILLER: f32 = 0.3;
/// The confidence given to a role that a rule filled.
const BY_RULE: f32 = 0.5;

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
    join(text, tokens, clauses, &mut triggers);
    for trigger in &mut triggers {
        for filler in &mut trigger.fillers {
            filler.tokens = after_dateline(tokens, dateline, filler.tokens.clone());
        }
        let (sure, unsure): (Vec<_>, Vec<_>) = trigger
            .fillers
            .drain(..)
            .filter(|filler| !filler.tokens.is_empty())
            .partition(|filler| filler.confidence >= SURE_FILLER);
        trigger.fillers = sure;
        mend(text, tokens, clauses, trigger.tokens.start, &mut trigger.fillers);
        voice(clauses, trigger);
        complete(text, tokens, clauses, trigger);
        likeliest(text, tokens, clauses, trigger, unsure);
        visited(trigger);
    }
    triggers
}

/// Lemmas that name a happening of a type nearly always when the model leans that way too.
const LEXICON: &[(&str, &[&str])] = &[
    ("AGREE", &["agree", "accept", "sign", "deal", "accord", "agreement", "consent", "settle", "approve"]),
    (
        "CONSULT",
        &[
            "meet",
            "meeting",
            "talk",
            "talks",
            "visit",
            "summit",
            "call",
            "phone",
            "consult",
            "negotiate",
            "negotiation",
            "discuss",
            "discussion",
            "consultation",
            "conversation",
            "mediate",
            "mediation",
            "host",
            "receive",
            "travel",
        ],
    ),
    (
        "SUPPORT",
        &[
            "support",
            "back",
            "endorse",
            "welcome",
            "praise",
            "hail",
            "recognise",
            "recognize",
            "congratulate",
            "thank",
            "reaffirm",
        ],
    ),
    ("CONCEDE", &["release", "free", "lift", "ease", "resign", "return", "withdraw", "step"]),
    ("COOPERATE", &["cooperate", "cooperation", "partnership", "exercise", "drill", "share", "trade", "partner"]),
    (
        "AID",
        &[
            "aid",
            "assist",
            "assistance",
            "provide",
            "supply",
            "send",
            "deliver",
            "donate",
            "fund",
            "shelter",
            "package",
            "relief",
        ],
    ),
    ("RETREAT", &["withdraw", "retreat", "ceasefire", "truce", "surrender", "disarm", "withdrawal", "pullout"]),
    ("REQUEST", &["urge", "call", "demand", "ask", "appeal", "request", "plead", "press"]),
    (
        "ACCUSE",
        &[
            "accuse",
            "condemn",
            "denounce",
            "blame",
            "criticise",
            "criticize",
            "allege",
            "investigate",
            "charge",
            "slam",
            "decry",
        ],
    ),
    ("REJECT", &["reject", "refuse", "deny", "veto", "dismiss", "oppose", "rule", "decline"]),
    ("THREATEN", &["threaten", "warn", "threat", "vow", "ultimatum"]),
    ("PROTEST", &["protest", "demonstrate", "rally", "march", "strike", "riot", "demonstration", "boycott"]),
    ("SANCTION", &["sanction", "sanctions", "embargo", "expel", "ban", "blacklist", "designate", "tariff", "suspend"]),
    ("MOBILIZE", &["mobilize", "mobilise", "deploy", "amass", "deployment", "mobilization", "build-up"]),
    (
        "COERCE",
        &[
            "arrest",
            "detain",
            "seize",
            "capture",
            "occupy",
            "deport",
            "jail",
            "blockade",
            "raid",
            "displace",
            "annex",
            "confiscate",
            "imprison",
            "sentence",
            "crackdown",
        ],
    ),
    (
        "ASSAULT",
        &[
            "attack",
            "strike",
            "kill",
            "shell",
            "shelling",
            "bomb",
            "bombing",
            "bombard",
            "invade",
            "invasion",
            "war",
            "fight",
            "fighting",
            "clash",
            "shoot",
            "fire",
            "explode",
            "explosion",
            "blast",
            "assassinate",
            "murder",
            "execute",
            "kidnap",
            "abduct",
            "torture",
            "intercept",
            "offensive",
            "assault",
            "airstrike",
            "raid",
            "destroy",
            "wound",
            "injure",
            "hit",
            "ambush",
            "massacre",
            "airstrikes",
            "conflict",
            "battle",
            "down",
            "repel",
        ],
    ),
];

fn knows(kind: &str, lemma: &str) -> bool {
    LEXICON.iter().any(|(of, lemmas)| *of == kind && lemmas.contains(&lemma))
}

/// Verbs that lend a noun its clause: "held a meeting", "launched an attack".
const LIGHT: &[&str] = &[
    "organize", "organise", "arrange", "schedule", "hold", "have", "make", "launch", "carry", "conduct", "take",
    "give", "stage", "issue", "begin", "start", "continue", "wage", "impose", "announce", "provide", "express",
    "offer", "pay", "reach", "sign", "mount", "inflict", "attend", "receive", "enter", "host", "open", "end", "resume",
    "place", "commit",
];

/// Verbs whose subject does what their object names: "intensify sanctions", "plan attacks".
const CAUSING: &[&str] = &[
    "plan",
    "intensify",
    "step",
    "approve",
    "pledge",
    "promise",
    "increase",
    "expand",
    "escalate",
    "prepare",
    "deliver",
    "send",
    "extend",
    "renew",
    "boost",
    "lift",
    "ease",
    "suspend",
    "halt",
    "cancel",
    "cut",
    "pause",
    "tighten",
    "consider",
    "contemplate",
    "propose",
    "seek",
    "order",
    "authorise",
    "authorize",
    "lead",
    "perpetrate",
    "do",
];

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

/// Verbs of an attack that did not reach its end.
pub const FOILED: &[&str] = &["intercept", "foil", "thwart", "repel", "down", "avert"];

/// Joins pieces of one filler that touch or stand in apposition, keeps each to one paragraph, and drops those without a telling
/// word.
fn mend(text: &str, tokens: &[Token], clauses: &Clauses, trigger: usize, fillers: &mut Vec<Filler>) {
    for filler in fillers.iter_mut() {
        filler.tokens = in_one_paragraph(tokens, trigger, filler.tokens.clone());
    }
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
        if one.role == two.role && (gap.is_empty() || comma && apposed) {
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

// ---- roles from the tree ----

/// Fills the roles of actor and recipient that the model left open.
fn complete(text: &str, tokens: &[Token], clauses: &Clauses, trigger: &mut Trigger) {
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
fn someone(text: &str, tokens: &[Token], clauses: &Clauses, word: usize) -> bool {
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

const PEOPLE: &[&str] = &[
    "force",
    "troop",
    "army",
    "military",
    "soldier",
    "police",
    "government",
    "authority",
    "official",
    "minister",
    "president",
    "leader",
    "rebel",
    "militant",
    "fighter",
    "gunman",
    "protester",
    "demonstrator",
    "civilian",
    "resident",
    "people",
    "envoy",
    "delegation",
    "diplomat",
    "ambassador",
    "country",
    "state",
    "side",
    "party",
    "group",
    "ministry",
    "parliament",
    "lawmaker",
    "senator",
    "opposition",
    "court",
    "council",
    "union",
    "alliance",
    "ally",
    "power",
    "administration",
    "spokesman",
    "spokesperson",
    "spokeswoman",
    "navy",
    "guard",
    "agency",
    "company",
    "worker",
    "student",
    "journalist",
    "prisoner",
    "refugee",
    "general",
    "commander",
    "militia",
    "separatist",
    "insurgent",
    "terrorist",
    "nation",
    "enemy",
    "occupier",
    "invader",
    "defense",
    "defence",
    "hostage",
    "mayor",
    "governor",
    "chancellor",
    "king",
    "activist",
    "candidate",
    "senate",
    "congress",
    "committee",
    "unit",
    "brigade",
    "regime",
];

/// Words of a phrase from its first to its last, without what hangs on it by a clause.
fn phrase(text: &str, tokens: &[Token], clauses: &Clauses, word: usize) -> Range<usize> {
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

fn of_verb(clauses: &Clauses, head: usize) -> Vec<(&'static str, usize)> {
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

/// Words beside a trigger that name the means for sure: type, words, mode; the first row that fits counts.
const MEANS: &[(&str, &[&str], &str)] = &[
    ("ASSAULT", &["drone", "drones", "uav", "uavs", "shahed", "shaheds"], "drone"),
    ("ASSAULT", &["missile", "missiles", "rocket", "rockets"], "missile"),
    ("ASSAULT", &["airstrike", "airstrikes", "air", "bombers"], "aerial"),
    ("ASSAULT", &["shelling", "artillery", "shelled", "mortar", "mortars", "shells"], "artillery"),
    ("ASSAULT", &["invasion", "invaded", "war", "offensive", "counteroffensive", "counter-offensive"], "ground"),
    ("ASSAULT", &["bomb", "bombs", "bombing", "explosive", "explosives", "ied", "blast"], "explosives"),
    ("ASSAULT", &["shot", "gunmen", "gunfire", "gunman"], "firearms"),
    ("ASSAULT", &["kidnapped", "abducted", "abduction", "kidnapping", "hostage", "hostages"], "abduction"),
    ("ASSAULT", &["executed", "execution", "assassinated", "assassination"], "execution"),
    ("ASSAULT", &["beat", "beaten", "beating"], "beating"),
    ("CONSULT", &["telephone", "phone", "phoned", "telephoned"], "phone"),
    ("CONSULT", &["summit"], "summit"),
    ("CONSULT", &["visit", "visited", "visiting", "trip", "travelled", "traveled"], "visit"),
    ("CONSULT", &["mediate", "mediated", "mediation", "mediating", "broker", "brokered"], "third_party"),
    ("CONSULT", &["meeting", "met", "meet", "meetings", "received"], "meeting"),
    ("CONSULT", &["talks", "negotiations", "discussions", "negotiate", "negotiating", "dialogue"], "talks"),
    ("AGREE", &["principle"], "in_principle"),
    ("AGREE", &["accepted", "accept", "accepts"], "accept"),
    ("AGREE", &["signed", "sign", "signing", "signs"], "sign"),
    (
        "ACCUSE",
        &[
            "condemned",
            "condemn",
            "condemns",
            "condemning",
            "denounced",
            "criticised",
            "criticized",
            "criticism",
            "slammed",
            "deplored",
        ],
        "disapprove",
    ),
    ("ACCUSE", &["accused", "accuse", "accuses", "accusing", "blamed", "blames", "alleged", "alleges"], "allege"),
    (
        "ACCUSE",
        &["investigate", "investigation", "investigating", "probe", "inquiry", "indicted", "charged"],
        "investigate",
    ),
    ("REJECT", &["denied", "denies", "deny", "denying"], "accusation"),
    ("SUPPORT", &["welcomed", "welcomes", "welcome"], "welcome"),
    ("SUPPORT", &["praised", "praises", "hailed", "thanked", "commended", "commend", "congratulated"], "praise"),
    ("SUPPORT", &["recognised", "recognized", "recognise", "recognize", "recognition"], "recognise"),
    ("CONCEDE", &["released", "freed", "release", "releasing", "freeing"], "release"),
    ("CONCEDE", &["lifted", "eased", "lift", "ease", "waived", "easing", "lifting"], "ease"),
    ("CONCEDE", &["resigned", "resign", "resignation"], "resign"),
    ("AID", &["humanitarian", "food", "relief", "medical", "medicines"], "humanitarian"),
    ("AID", &["military", "weapons", "arms", "ammunition", "defensive", "tanks", "artillery", "missiles"], "military"),
    ("AID", &["financial", "economic", "loan", "loans", "grant", "budget"], "economic"),
    ("AID", &["asylum", "refugees", "sheltered", "shelter"], "asylum"),
    ("RETREAT", &["ceasefire", "truce", "cease-fire", "armistice"], "ceasefire"),
    ("RETREAT", &["withdraw", "withdrew", "withdrawal", "withdrawn", "pulled", "pullout"], "withdraw"),
    ("RETREAT", &["surrendered", "surrender"], "surrender"),
    ("PROTEST", &["strike", "strikes", "walkout"], "strike"),
    ("PROTEST", &["riot", "riots", "rioted"], "riot"),
    ("PROTEST", &["boycott", "boycotted"], "boycott"),
    (
        "PROTEST",
        &[
            "protested",
            "protest",
            "protests",
            "rally",
            "rallied",
            "marched",
            "demonstrated",
            "demonstration",
            "demonstrations",
        ],
        "demonstrate",
    ),
    ("COERCE", &["arrested", "arrest", "detained", "jailed", "detention", "arrests"], "arrest"),
    ("COERCE", &["seized", "seize", "captured", "capture", "occupied", "annexed", "annexation", "occupation"], "seize"),
    ("COERCE", &["deported", "deportation", "deporting"], "deport"),
    ("COERCE", &["displaced", "evicted", "displacement"], "displace"),
    ("SANCTION", &["expelled", "expulsion", "expel"], "expel"),
    ("SANCTION", &["designated", "designation"], "designate"),
    ("SANCTION", &["tariff", "tariffs", "embargo", "assets", "economic"], "economic"),
    ("MOBILIZE", &["troops", "soldiers", "forces", "reservists"], "troops"),
    ("MOBILIZE", &["alert"], "alert"),
    ("THREATEN", &["sanctions", "tariffs"], "sanctions"),
];
