//! Doubts: what the rooms saw and did not settle.
//!
//! In: the document, its head, and what the rooms found. Out: doubts, those of the rooms first, then what only shows when their
//! findings are held against each other.
//! **Invariant:** a doubt changes no entry.

use alloc::format;
use alloc::vec::Vec;

use rapporteur_record::{Act, ActorKind};

use crate::intake::{Document, Doubt};
use crate::masthead::Masthead;
use crate::names::Actors;
use crate::places::Place;
use crate::statements::Statement;
use crate::times::Time;

/// The codes of this room.
pub const RULES: &[(&str, &str)] = &[
    (
        "unresolved-speaker",
        "A pronoun speaks and nothing in the text settles whom it means; it stays the speaker under its own word.",
    ),
    ("undated", "An expression of time hangs on a day that nobody told, so it has no value."),
    (
        "headline-not-in-body",
        "The title credits someone with a proposal, plan or promise that no statement or position of the body bears out.",
    ),
    (
        "quotation-left-open",
        "A quotation is opened and its paragraph ends before it is closed; how far the words reach is not certain.",
    ),
];

/// Gathers the doubts of a document.
pub fn gather(
    document: &Document,
    masthead: &Masthead,
    actors: &Actors,
    places: &[Place],
    times: &[Time],
    statements: &[Statement],
) -> Vec<Doubt> {
    let text = document.text.as_str();
    let mut doubts: Vec<Doubt> = document.doubts.iter().chain(&masthead.doubts).cloned().collect();
    for statement in statements {
        let unresolved = statement.speaker.is_some_and(|actor| actors.all[actor].rule == "name-pronoun");
        if unresolved {
            doubts.push(Doubt {
                code: "unresolved-speaker",
                at: statement.speaker_at,
                message: "who speaks here is not settled by the text".into(),
            });
        }
    }
    for time in times.iter().filter(|time| time.value.is_none()) {
        doubts.push(Doubt {
            code: "undated",
            at: Some(time.span),
            message: format!("{:?} hangs on a day that is not told", time.span.of(text)),
        });
    }
    for place in places.iter().filter(|place| place.doubtful) {
        doubts.push(Doubt {
            code: "ambiguous-place",
            at: place.mentions.first().copied(),
            message: format!("several places are called {}; the most populous was taken", place.name),
        });
    }
    doubts.extend(headline(document, masthead, actors, statements));
    for paragraph in &document.paragraphs {
        let words = paragraph.of(text);
        let (opened, closed) = (words.matches('“').count(), words.matches('”').count());
        // a paragraph after it that opens again is how newspapers let a quotation run on
        let after = text[paragraph.end as usize..].trim_start();
        if opened > closed && !after.starts_with('“') {
            doubts.push(Doubt {
                code: "quotation-left-open",
                at: words
                    .rfind('“')
                    .map(|at| crate::span::Span::new(paragraph.start as usize + at, paragraph.end as usize)),
                message: "a quotation is opened here and not closed".into(),
            });
        }
    }
    doubts
}

/// "Putin's ceasefire proposal": a title that gives someone a plan which the body does not.
fn headline(document: &Document, masthead: &Masthead, actors: &Actors, statements: &[Statement]) -> Option<Doubt> {
    let title = masthead.title.as_deref()?;
    const PLANS: &[&str] = &["proposal", "plan", "offer", "pledge", "promise", "initiative"];
    let words: Vec<&str> = title.split_whitespace().collect();
    let owner = words.iter().position(|word| word.ends_with("'s") || word.ends_with("’s"))?;
    let plan = words[owner + 1..]
        .iter()
        .take(4)
        .find(|word| PLANS.contains(&word.trim_matches(|c: char| !c.is_alphanumeric())))?;
    let name = words[owner].trim_end_matches("'s").trim_end_matches("’s");
    let actor = actors
        .all
        .iter()
        .position(|actor| actor.kind == ActorKind::Person && actor.name.split(' ').any(|part| part == name))?;
    let borne_out = statements
        .iter()
        .any(|statement| statement.speaker == Some(actor) && matches!(statement.act, Act::Propose | Act::Promise));
    let at = masthead.title_at;
    (!borne_out && document.paragraphs.len() > 2).then(|| Doubt {
        code: "headline-not-in-body",
        at,
        message: format!("the title speaks of {name}'s {plan}, the body reports none of {name}'s making"),
    })
}
