//! Words that take a stance, and nouns that name what stances are taken on.
//!
//! In: a lemma. Out: the stance it shows, or the kind of proposal it names.
//! An attitude ("opposes") has the party for its subject; an appraisal ("is unlikely") has the proposal for its subject and the
//! speaker for its party. The tables hold single words; what they govern is read from the tree.
//! **Invariant:** no lemma stands in two rows of one table.

use rapporteur_record::{ProposalKind, Stance};

/// Verbs, nouns and adjectives whose subject or possessor takes the stance.
const ATTITUDES: &[(Stance, &[&str])] = &[
    (Stance::Accepts, &["accept", "acceptance", "approve", "approval", "ratify", "acquiesce", "sign", "adopt"]),
    (
        Stance::Supports,
        &[
            "support",
            "back",
            "backing",
            "welcome",
            "favor",
            "favour",
            "endorse",
            "endorsement",
            "praise",
            "hail",
            "herald",
            "advocate",
            "embrace",
            "applaud",
            "committed",
            "commitment",
            "commit",
            "ready",
            "readiness",
            "willing",
            "willingness",
            "prepared",
            "openness",
            "optimism",
            "optimistic",
            "hope",
            "hopeful",
            "desire",
            "encourage",
            "aspiration",
            "aspire",
            "champion",
        ],
    ),
    (Stance::Proposes, &["propose", "offer", "suggest", "recommend", "float", "present", "unveil"]),
    (
        Stance::Demands,
        &["demand", "urge", "insist", "insistence", "require", "want", "seek", "push", "call", "appeal", "press"],
    ),
    (Stance::Undecided, &["consider", "weigh", "mull", "contemplate", "undecided", "noncommittal", "study", "examine"]),
    (
        Stance::Doubts,
        &["doubt", "skeptical", "sceptical", "skepticism", "scepticism", "wary", "hesitant", "hesitate", "doubtful"],
    ),
    (Stance::Rejects, &["reject", "rejection", "refuse", "refusal", "dismiss", "decline", "veto", "rebuff", "spurn"]),
    (
        Stance::Opposes,
        &[
            "oppose",
            "opposed",
            "opposition",
            "object",
            "objection",
            "criticize",
            "criticise",
            "criticism",
            "denounce",
            "decry",
            "resist",
            "resistance",
            "reluctant",
            "unwilling",
        ],
    ),
];

/// Adjectives and nouns that appraise: their subject, or what follows "of" and "for", is the proposal.
const APPRAISALS: &[(Stance, &[&str])] = &[
    (
        Stance::Supports,
        &[
            "essential",
            "important",
            "importance",
            "crucial",
            "necessary",
            "necessity",
            "vital",
            "possible",
            "breakthrough",
        ],
    ),
    (Stance::Demands, &["need", "urgent"]),
    (Stance::Undecided, &["premature"]),
    (Stance::Doubts, &["unlikely", "unrealistic", "dim", "remote", "improbable", "naive"]),
    (
        Stance::Rejects,
        &["impossible", "unacceptable", "unthinkable", "meaningless", "inadmissible", "intolerable", "illegitimate"],
    ),
];

/// Lemmas that weaken a stance for something to one with reservations.
const WEAKENING: &[&str] =
    &["general", "generally", "cautious", "cautiously", "modicum", "partial", "partially", "qualified", "lukewarm"];

/// Lemmas in words that qualify a stance taken before them.
const RESERVING: &[&str] = &["clarification", "clarify", "reservation", "caveat", "nuance", "unresolved"];

/// Lemmas that do so after a word of contrast.
const RESERVING_IN_CONTRAST: &[&str] =
    &["concern", "question", "condition", "guarantee", "significant", "issue", "must", "need", "work", "detail"];

/// Words of contrast.
const CONTRAST: &[&str] = &["but", "however", "yet", "although", "though", "nevertheless", "still"];

/// Words whose subject binds itself to what they govern.
const COMMITTING: &[&str] = &[
    "commit",
    "committed",
    "commitment",
    "pledge",
    "promise",
    "vow",
    "undertake",
    "intend",
    "intention",
    "readiness",
    "prepared",
    "ready",
];

/// Verbs that undo what they govern: "lift sanctions" is not for sanctions.
const UNDOING: &[&str] = &[
    "lift", "end", "stop", "halt", "suspend", "block", "ban", "abandon", "drop", "cancel", "prevent", "reject",
    "withdraw", "violate", "break", "scrap", "remove", "ease", "freeze", "quit", "leave", "renounce", "cut",
];

const CEASEFIRE: &str = "ceasefire";
const TALKS: &str = "talks";
const AGREEMENT: &str = "agreement";
const PLAN: &str = "plan";

/// Nouns that name a proposal: kind, family (nouns of one family may name one thing), lemmas. An empty family is the lemma's own.
const MATTERS: &[(ProposalKind, &str, &[&str])] = &[
    (ProposalKind::Ceasefire, CEASEFIRE, &["ceasefire", "cease-fire", "truce", "armistice", "cessation", "moratorium"]),
    (
        ProposalKind::Talks,
        TALKS,
        &[
            "talk",
            "talks",
            "negotiation",
            "dialogue",
            "dialog",
            "diplomacy",
            "consultation",
            "discussion",
            "conversation",
            "summit",
            "mediation",
        ],
    ),
    (ProposalKind::Call, "call", &["call"]),
    (ProposalKind::Talks, "", &["meeting", "conference", "process"]),
    (ProposalKind::Agreement, AGREEMENT, &["agreement", "deal", "accord", "pact", "treaty"]),
    (ProposalKind::Agreement, PLAN, &["plan", "proposal", "initiative", "roadmap", "blueprint"]),
    (
        ProposalKind::Agreement,
        "",
        &["guarantee", "settlement", "solution", "peace", "normalization", "normalisation", "compromise", "concession"],
    ),
    (
        ProposalKind::Membership,
        "membership",
        &["membership", "accession", "admission", "enlargement", "expansion", "entry", "join"],
    ),
    (
        ProposalKind::Territory,
        "",
        &["withdrawal", "annexation", "recognition", "independence", "autonomy", "neutrality", "takeover"],
    ),
    (ProposalKind::Sanctions, "sanctions", &["sanction", "embargo", "tariff"]),
    (
        ProposalKind::Aid,
        "",
        &["aid", "assistance", "funding", "loan", "weapon", "missile", "delivery", "tank", "package"],
    ),
    (
        ProposalKind::Vote,
        "",
        &["vote", "referendum", "election", "bill", "motion", "amendment", "law", "legislation", "resolution"],
    ),
    (ProposalKind::Other, "ban", &["ban", "restriction", "prohibition"]),
    (
        ProposalKind::Other,
        "",
        &[
            "evacuation",
            "release",
            "exchange",
            "swap",
            "corridor",
            "disarmament",
            "denuclearization",
            "denuclearisation",
            "de-escalation",
            "escalation",
            "zone",
            "reform",
            "investigation",
            "inquiry",
            "intervention",
            "mission",
            "deployment",
            "extension",
            "mandate",
            "partnership",
            "cooperation",
            "designation",
            "tribunal",
            "compensation",
        ],
    ),
];

/// The stance of a word whose subject or possessor is the party.
pub fn attitude(lemma: &str) -> Option<Stance> {
    row(ATTITUDES, lemma)
}

/// The stance of a word whose subject is the proposal.
pub fn appraisal(lemma: &str) -> Option<Stance> {
    row(APPRAISALS, lemma)
}

fn row(table: &[(Stance, &[&str])], lemma: &str) -> Option<Stance> {
    table.iter().find(|(_, lemmas)| lemmas.contains(&lemma)).map(|(stance, _)| *stance)
}

/// The kind of proposal that a noun names, and the family of nouns that may name the same one.
pub fn matter(lemma: &str) -> Option<(ProposalKind, &'static str)> {
    MATTERS.iter().find_map(|(kind, family, lemmas)| {
        let own = lemmas.iter().find(|known| **known == lemma)?;
        Some((*kind, if family.is_empty() { *own } else { *family }))
    })
}

/// Whether a family names any proposal told before when it stands bare ("the plan", "the deal").
pub fn is_generic(family: &str) -> bool {
    matches!(family, PLAN)
}

/// Whether the word weakens a stance.
pub fn weakens(lemma: &str) -> bool {
    WEAKENING.contains(&lemma)
}

/// Whether words with these lemmas tell of a reservation.
pub fn reserve<'l>(lemmas: impl Iterator<Item = &'l str> + Clone) -> bool {
    let contrast = lemmas.clone().any(|lemma| CONTRAST.contains(&lemma));
    lemmas.clone().any(|lemma| RESERVING.contains(&lemma))
        || contrast && lemmas.clone().any(|lemma| RESERVING_IN_CONTRAST.contains(&lemma))
}

/// Whether the verb undoes what it governs.
pub fn undoes(lemma: &str) -> bool {
    UNDOING.contains(&lemma)
}

/// Whether the word tells that its subject binds itself to what it governs.
pub fn commits(lemma: &str) -> bool {
    COMMITTING.contains(&lemma)
}

/// The stance of a word under "not".
pub fn negated(stance: Stance) -> Stance {
    match stance {
        Stance::Accepts | Stance::Supports | Stance::Proposes | Stance::Conditional => Stance::Rejects,
        Stance::SupportsWithReservations | Stance::Demands => Stance::Opposes,
        Stance::Doubts | Stance::Rejects | Stance::Opposes => Stance::Supports,
        Stance::Undecided => Stance::Undecided,
    }
}

/// Whether a stance is for its proposal, with or without reservations; none for one still open.
pub fn leans_for(stance: Stance) -> Option<bool> {
    match stance {
        Stance::Undecided => None,
        Stance::Doubts | Stance::Rejects | Stance::Opposes => Some(false),
        _ => Some(true),
    }
}

/// Whether a stance is for its proposal without more.
pub fn is_for(stance: Stance) -> bool {
    matches!(stance, Stance::Accepts | Stance::Supports | Stance::Proposes | Stance::Demands)
}

/// Endings of nouns for something done.
const DOING: &[&str] = &["tion", "sion", "ment", "ance", "ence", "ing", "ure", "awal", "ival", "osal", "erral"];

/// Further nouns for something done.
const DEEDS: &[&str] = &[
    "access", "action", "aid", "approach", "attack", "ban", "boycott", "cut", "effort", "embargo", "end", "exit",
    "flight", "freeze", "halt", "help", "idea", "increase", "inquiry", "limit", "link", "march", "move", "option",
    "order", "pause", "policy", "probe", "progress", "pullout", "purchase", "reform", "release", "request", "return",
    "review", "role", "sale", "scheme", "shift", "status", "step", "stop", "strike", "supply", "support", "switch",
    "tariff", "test", "trade", "transfer", "trial", "use", "visit", "war",
];

/// Whether a noun names something done, or a way of doing it.
pub fn is_doing(lemma: &str) -> bool {
    DEEDS.binary_search(&lemma).is_ok() || DOING.iter().any(|ending| lemma.ends_with(ending))
}

#[cfg(test)]
mod tests {
    use super::*;
    use alloc::vec::Vec;

    #[test]
    fn no_lemma_stands_twice_in_a_table() {
        let unique = |mut lemmas: Vec<&str>| {
            let before = lemmas.len();
            lemmas.sort_unstable();
            lemmas.dedup();
            assert_eq!(lemmas.len(), before);
        };
        unique(ATTITUDES.iter().chain(APPRAISALS).flat_map(|(_, lemmas)| lemmas.iter().copied()).collect());
        unique(MATTERS.iter().flat_map(|(_, _, lemmas)| lemmas.iter().copied()).collect());
    }

    #[test]
    fn not_turns_a_stance_around() {
        assert_eq!(negated(Stance::Accepts), Stance::Rejects);
        assert!(is_for(negated(Stance::Opposes)));
        assert!(!is_for(negated(Stance::Demands)));
    }
}
