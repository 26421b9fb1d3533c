//! Doubts: what the rooms saw and did not settle.
//!
//! In: the document, its head, and what the rooms found. Out: doubts, those of the rooms first, then what only shows when their
//! findings are held against each other.
//! **Invariant:** a doubt changes no entry.

use alloc::format;
use alloc::string::{String, ToString};
use alloc::vec::Vec;
use core::ops::Range;

use rapporteur_record::{Act, ActorKind, EventType, Status};

use crate::events::Event;
use crate::grammar::Clauses;
use crate::intake::{Document, Doubt};
use crate::library::Library;
use crate::masthead::Masthead;
use crate::names::{ActorIndex, Actors};
use crate::places::Place;
use crate::span::Span;
use crate::statements::Statement;
use crate::times::{Date, Time};
use crate::tokens::Token;

/// The codes of this room.
pub const RULES: &[(&str, &str)] = &[
    (
        "unresolved-speaker",
        "A pronoun speaks and nothing in the text settles whom it means; it stays the speaker under its own word.",
    ),
    ("undated", "An expression of time hangs on a day that nobody told, so it has no value."),
    (
        "headline-not-in-body",
        "The title credits someone with a proposal, plan, promise or other act that no statement, event or sentence of the body bears out.",
    ),
    (
        "quotation-left-open",
        "A quotation is opened and its paragraph ends before it is closed; how far the words reach is not certain.",
    ),
    (
        "chronology-conflict",
        "Words of order (\"subsequently\", \"after\") and dates contradict each other, a weekday is not that of its date, or something told as past is dated after the report.",
    ),
    (
        "unsourced",
        "The report passes on what it does not stand for and names nobody who does (\"reportedly\", \"is said to have\").",
    ),
];

/// What the other rooms found.
pub struct Given<'g, 'm> {
    /// The document with its title, and what intake doubted.
    pub document: &'g Document,
    /// Its head.
    pub masthead: &'g Masthead,
    /// Its words.
    pub tokens: &'g [Token],
    /// Their grammar.
    pub clauses: &'g Clauses<'m>,
    /// Who is named.
    pub actors: &'g Actors,
    /// Where.
    pub places: &'g [Place],
    /// When.
    pub times: &'g [Time],
    /// Who said what.
    pub statements: &'g [Statement],
    /// What happened.
    pub events: &'g [Event],
    /// The books.
    pub library: &'g Library,
    /// The first word of the body.
    pub body: usize,
}

impl<'g> Given<'g, '_> {
    fn text(&self) -> &'g str {
        self.document.text.as_str()
    }

    fn word(&self, at: usize) -> String {
        self.tokens.get(at).map(|token| token.span.of(self.text()).to_lowercase()).unwrap_or_default()
    }
}

/// Gathers the doubts of a document.
pub fn gather(given: &Given) -> Vec<Doubt> {
    let mut doubts: Vec<Doubt> = given.document.doubts.iter().chain(&given.masthead.doubts).cloned().collect();
    doubts.extend(unresolved(given));
    doubts.extend(undated(given));
    doubts.extend(ambiguous(given));
    doubts.extend(headline(given));
    doubts.extend(left_open(given));
    doubts.extend(weekdays(given));
    doubts.extend(order(given));
    doubts.extend(unsourced(given));
    doubts
}

fn unresolved<'d>(given: &'d Given) -> impl Iterator<Item = Doubt> + 'd {
    let unresolved = |actor: ActorIndex| given.actors.all[actor].rule == "name-pronoun";
    given.statements.iter().filter(move |statement| statement.speaker.is_some_and(unresolved)).map(|statement| Doubt {
        code: "unresolved-speaker",
        at: statement.speaker_at,
        message: "who speaks here is not settled by the text".into(),
    })
}

fn undated<'d>(given: &'d Given) -> impl Iterator<Item = Doubt> + 'd {
    given.times.iter().filter(|time| time.value.is_none()).map(|time| Doubt {
        code: "undated",
        at: Some(time.span),
        message: format!("{:?} hangs on a day that is not told", time.span.of(given.text())),
    })
}

fn ambiguous<'d>(given: &'d Given) -> impl Iterator<Item = Doubt> + 'd {
    given.places.iter().filter(|place| place.doubtful).map(|place| Doubt {
        code: "ambiguous-place",
        at: place.mentions.first().copied(),
        message: format!("several places are called {}, and the text does not say which", place.name),
    })
}

fn left_open(given: &Given) -> Vec<Doubt> {
    let text = given.text();
    let mut doubts = Vec::new();
    for paragraph in &given.document.paragraphs {
        let words = paragraph.of(text);
        let (opened, closed) = (words.matches('“').count(), words.matches('”').count());
        // a paragraph after it that opens again is how newspapers let a quotation run on
        let after = text[paragraph.end as usize..].trim_start();
        if opened > closed && !after.starts_with('“') {
            doubts.push(Doubt {
                code: "quotation-left-open",
                at: words.rfind('“').map(|at| Span::new(paragraph.start as usize + at, paragraph.end as usize)),
                message: "a quotation is opened here and not closed".into(),
            });
        }
    }
    doubts
}

/// What a title may credit someone with: its words, and how the body would bear it out.
struct Credit {
    words: &'static [&'static str],
    acts: &'static [Act],
    events: &'static [EventType],
}

const PLANS: Credit = Credit {
    words: &["proposal", "proposals", "plan", "offer", "pledge", "promise", "initiative"],
    acts: &[Act::Propose, Act::Promise],
    events: &[],
};

const CREDITS: &[Credit] = &[
    Credit {
        words: &["proposes", "offers", "suggests", "unveils"],
        acts: &[Act::Propose, Act::Promise],
        events: &[EventType::Aid],
    },
    Credit { words: &["pledges", "vows", "promises"], acts: &[Act::Promise, Act::Threaten], events: &[EventType::Aid] },
    Credit { words: &["threatens"], acts: &[Act::Threaten], events: &[EventType::Threaten] },
    Credit { words: &["accepts"], acts: &[], events: &[EventType::Agree, EventType::Concede] },
    Credit { words: &["rejects", "refuses"], acts: &[Act::Deny], events: &[EventType::Reject] },
    Credit { words: &["denies"], acts: &[Act::Deny], events: &[EventType::Reject] },
    Credit {
        words: &["accuses", "blames", "condemns"],
        acts: &[Act::Accuse, Act::Evaluate],
        events: &[EventType::Accuse],
    },
];

/// "Putin's ceasefire proposal", "Oman offers talks": a title that credits someone with what the body does not.
fn headline(given: &Given) -> Option<Doubt> {
    let title = given.masthead.title.as_deref()?;
    let words: Vec<&str> = title
        .split_whitespace()
        .map(|word| word.trim_matches(|c: char| matches!(c, ',' | ':' | '“' | '”' | '"')))
        .collect();
    let owned = words.iter().position(|word| word.ends_with("'s") || word.ends_with("’s")).and_then(|owner| {
        let plan =
            words[owner + 1..].iter().take(4).find(|word| PLANS.words.contains(&word.to_lowercase().as_str()))?;
        let name = [&words[..owner], &[words[owner].trim_end_matches("'s").trim_end_matches("’s")]].concat();
        Some((name, *plan, &PLANS))
    });
    let done = || {
        let (at, credit) = words.iter().enumerate().take(6).find_map(|(at, word)| {
            CREDITS.iter().find(|credit| credit.words.contains(word)).map(|credit| (at, credit))
        })?;
        Some((words[..at].to_vec(), words[at], credit))
    };
    let (name, told, credit) = owned.or_else(done)?;
    let actor = credited(given, &name);
    // who speaks for a country speaks for its government
    let country = given.library.country_by_name(&name.join(" ")).map(|country| country.alpha3);
    if actor.is_none() && country.is_none() {
        return None;
    }
    let speaks_for = |other: ActorIndex| {
        Some(other) == actor || country.is_some() && given.actors.all[other].country.as_deref() == country
    };
    let said = given.statements.iter().any(|s| s.speaker.is_some_and(speaks_for) && credit.acts.contains(&s.act));
    let did = given.events.iter().any(|e| credit.events.contains(&e.kind) && e.actors.iter().copied().any(speaks_for));
    let spoken = actor.is_some_and(|actor| written(given, actor, told));
    (!said && !did && !spoken).then(|| Doubt {
        code: "headline-not-in-body",
        at: given.masthead.title_at,
        message: format!("the title credits {} with a {:?} of which the body says nothing", name.join(" "), told),
    })
}

/// The actor that a title's words name: a person by any part of the name, others by their words.
fn credited(given: &Given, name: &[&str]) -> Option<ActorIndex> {
    let last = *name.last()?;
    let whole = name.join(" ");
    given.actors.all.iter().position(|actor| match actor.kind {
        ActorKind::Person => actor.name.split(' ').any(|part| part == last),
        _ => actor.mentions.iter().any(|(span, _)| {
            let words = span.of(given.text());
            words == whole || name.len() == 1 && words == last
        }),
    })
}

/// A sentence of the body that has the actor and the told word's stem: too much to doubt the title on a misreading.
fn written(given: &Given, actor: ActorIndex, told: &str) -> bool {
    let stem: String = told.to_lowercase().trim_end_matches('s').chars().take(6).collect();
    given.clauses.sentences.iter().any(|sentence| {
        let inside = |span: &Span| {
            sentence
                .tokens
                .clone()
                .any(|at| span.start <= given.tokens[at].span.start && given.tokens[at].span.end <= span.end)
        };
        sentence.tokens.start >= given.body
            && given.actors.all[actor].mentions.iter().any(|(span, _)| inside(span))
            && sentence.tokens.clone().any(|at| by_the_actor(given, actor, at, &stem))
    })
}

/// Whether the word with this stem is the actor's own: its subject, or its owner.
fn by_the_actor(given: &Given, actor: ActorIndex, at: usize, stem: &str) -> bool {
    given.word(at).starts_with(stem)
        && ["nsubj", "nmod:poss", "nmod"].iter().any(|relation| {
            given.clauses.dependents(at, relation).any(|word| {
                let span = given.tokens[word].span;
                given.actors.all[actor].mentions.iter().any(|(m, _)| m.start <= span.start && span.end <= m.end)
            })
        })
}

const WEEKDAYS: &[&str] = &["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];

/// "Monday, 13 March 2025", which was a Thursday.
fn weekdays(given: &Given) -> Vec<Doubt> {
    let mut doubts = Vec::new();
    for time in given.times {
        let words = time.span.of(given.text());
        let lower = words.to_lowercase();
        let Some(told) = WEEKDAYS.iter().position(|day| lower.contains(day)) else { continue };
        // only a date of its own can contradict its weekday: one reckoned from the weekday cannot
        if !words.contains(|c: char| c.is_ascii_digit()) {
            continue;
        }
        let Some(date) = time.value.as_deref().and_then(day) else { continue };
        let was = usize::from(date.weekday()) - 1;
        if was != told {
            doubts.push(Doubt {
                code: "chronology-conflict",
                at: Some(time.span),
                message: format!("{} was a {}", date_words(date), capital(WEEKDAYS[was])),
            });
        }
    }
    doubts
}

fn day(value: &str) -> Option<Date> {
    let mut parts = value.get(..10)?.splitn(3, '-');
    Date::new(parts.next()?.parse().ok()?, parts.next()?.parse().ok()?, parts.next()?.parse().ok()?)
}

fn date_words(date: Date) -> String {
    format!("{:04}-{:02}-{:02}", date.year(), date.month(), date.day())
}

fn capital(word: &str) -> String {
    word.chars().take(1).flat_map(char::to_uppercase).chain(word.chars().skip(1)).collect()
}

/// Whether one TIMEX3 value lies wholly before another, in the finest unit that both tell.
fn before(a: &str, b: &str) -> bool {
    let plain = |value: &str| -> String { value.chars().take_while(|c| c.is_ascii_digit() || *c == '-').collect() };
    let (a, b) = (plain(a), plain(b));
    let length = [10, 7, 4].into_iter().find(|n| a.len() >= *n && b.len() >= *n);
    length.is_some_and(|n| a[..n] < b[..n])
}

const THEREUPON: &[&str] = &["subsequently", "afterwards", "afterward", "thereafter", "thereupon"];

/// Order told in words against order told in dates.
fn order(given: &Given) -> Vec<Doubt> {
    let mut told: Vec<Dated> = given.events.iter().filter_map(|event| Dated::of(given, event)).collect();
    told.sort_by_key(|dated| dated.event.tokens.start);
    let each = told.iter().enumerate().flat_map(|(index, dated)| {
        let alone = [past_after_the_report(given, dated), thereupon(given, &told[..index], dated)];
        alone.into_iter().flatten().chain(told.iter().filter_map(|other| before_and_after(given, dated, other)))
    });
    each.collect()
}

/// An event told as done, with the day that the text gives it.
struct Dated<'g> {
    event: &'g Event,
    time: usize,
    value: &'g str,
}

impl<'g> Dated<'g> {
    fn of(given: &Given<'g, '_>, event: &'g Event) -> Option<Self> {
        let told = matches!(event.status, Status::Occurred | Status::Ongoing | Status::Ended | Status::Failed);
        let time = event.time?;
        let value = given.times[time].value.as_deref()?;
        (told && value.starts_with(|c: char| c.is_ascii_digit())).then_some(Self { event, time, value })
    }
}

/// Told as past, and dated after the report; the year must stand in the text, since a year that was worked out may be wrong.
fn past_after_the_report(given: &Given, dated: &Dated) -> Option<Doubt> {
    let published = given.masthead.published.as_deref()?;
    let span = given.times[dated.time].span;
    (dated.event.status == Status::Occurred
        && dated.value.len() >= 10
        && before(published, dated.value)
        && dated.value.get(..4).is_some_and(|year| span.of(given.text()).contains(year)))
    .then(|| conflict(span, "told as past, and dated after the report"))
}

/// "Subsequently", of a day before that of what was told last.
fn thereupon(given: &Given, earlier: &[Dated], dated: &Dated) -> Option<Doubt> {
    let trigger = dated.event.tokens.start;
    let (sentence, clause) = (given.clauses.sentence_of(trigger), given.clauses.clause_of(trigger));
    let adverb = given.clauses.sentences[sentence]
        .tokens
        .clone()
        .find(|at| THEREUPON.contains(&given.word(*at).as_str()) && given.clauses.clause_of(*at) == clause)?;
    let last = earlier.iter().rev().find(|other| {
        let start = other.event.tokens.start;
        given.clauses.sentence_of(start) + 2 >= sentence && start < adverb
    })?;
    before(dated.value, last.value).then(|| {
        let word = given.word(adverb);
        let message = format!("what came {word} is dated {}, what was before it {}", dated.value, last.value);
        conflict(given.tokens[adverb].span, &message)
    })
}

/// "A after B" or "A before B", against their days.
fn before_and_after(given: &Given, dated: &Dated, other: &Dated) -> Option<Doubt> {
    if other.time == dated.time {
        return None;
    }
    let link = link(given, &dated.event.tokens, &other.event.tokens)?;
    let wrong = match given.word(link).as_str() {
        "after" | "following" => before(dated.value, other.value),
        _ => before(other.value, dated.value),
    };
    wrong.then(|| {
        let message =
            format!("{} against {}: the dates say the opposite of {:?}", dated.value, other.value, given.word(link));
        conflict(given.tokens[link].span, &message)
    })
}

fn conflict(at: Span, message: &str) -> Doubt {
    Doubt { code: "chronology-conflict", at: Some(at), message: message.to_string() }
}

/// The "after" or "before" by which one trigger's clause hangs on the other's.
fn link(given: &Given, main: &Range<usize>, other: &Range<usize>) -> Option<usize> {
    let clauses = given.clauses;
    let (head, below) = (clauses.head_of(main), clauses.head_of(other));
    if clauses.words[below].head != Some(head) {
        return None;
    }
    let marks = ["mark", "case"];
    marks
        .iter()
        .flat_map(|relation| clauses.dependents(below, relation))
        .find(|at| matches!(given.word(*at).as_str(), "after" | "following" | "before"))
}

const HEARSAY: &[&str] = &["reportedly", "allegedly", "purportedly", "supposedly"];

/// What passives without a source pass on.
const TOLD: &[&str] =
    &["say", "report", "believe", "claim", "allege", "rumour", "rumor", "think", "understand", "suspect"];

/// What nobody stands for.
fn unsourced(given: &Given) -> Vec<Doubt> {
    let mut doubts = Vec::new();
    for at in given.body..given.tokens.len() {
        if !HEARSAY.contains(&given.word(at).as_str()) {
            continue;
        }
        // inside someone's words it is they who say so
        let span = given.tokens[at].span;
        let said = given
            .statements
            .iter()
            .any(|s| s.content.iter().any(|content| content.start <= span.start && span.end <= content.end));
        if !said {
            doubts.push(hearsay(span));
        }
    }
    for statement in
        given.statements.iter().filter(|s| s.speaker.is_none() && s.within.is_none() && !s.cue_tokens.is_empty())
    {
        let cue = given.clauses.head_of(&statement.cue_tokens);
        let passive = given.clauses.dependents(cue, "aux:pass").next().is_some()
            && TOLD.contains(&given.clauses.words[cue].lemma.as_str());
        if passive && statement.speaker_at.is_none() {
            doubts.extend(statement.cue.map(hearsay));
        }
    }
    doubts
}

fn hearsay(at: Span) -> Doubt {
    Doubt { code: "unsourced", at: Some(at), message: "nobody is named who says so".into() }
}
