//! Events: what happened, is planned, demanded, denied.
//!
//! In: the triggers that the model marked, with the words that fill their roles, and the actors, times, places and statements. Out:
//! events in text order.
//! The model says which words name a happening and of what type; the rules here put it in its place: whose telling it is, its
//! clause, when and where, what is counted with it, and which mentions are one happening.
//! **Invariant:** an event inside someone's words is never the author's own; a date is never the publication date.

use alloc::string::{String, ToString};
use alloc::vec::Vec;
use core::ops::Range;

use rapporteur_record::{Act, ActorKind, EventType, Mode, Status};

use crate::grammar::{Clauses, Trigger, span_of};
use crate::library::Library;
use crate::names::{ActorIndex, Actors};
use crate::places::Place;
use crate::span::Span;
use crate::statements::{Statement, is_point};
use crate::times::Time;
use crate::tokens::Token;
use crate::triggers;

/// One event; actors, places, times and statements by index.
#[derive(Clone, Debug)]
pub struct Event {
    /// PLOVER type.
    pub kind: EventType,
    /// Mode within it.
    pub mode: Option<Mode>,
    /// Who did it.
    pub actors: Vec<ActorIndex>,
    /// To whom.
    pub recipients: Vec<ActorIndex>,
    /// The words that name it.
    pub trigger: Span,
    /// The trigger's words.
    pub tokens: Range<usize>,
    /// The clause that tells it.
    pub evidence: Span,
    /// How it is told.
    pub status: Status,
    /// The statement that tells it.
    pub asserted_by: Option<usize>,
    /// The words of its condition.
    pub condition: Option<Span>,
    /// The words of its purpose.
    pub purpose: Option<Span>,
    /// Its further mentions.
    pub also: Vec<Span>,
    /// When.
    pub time: Option<usize>,
    /// Where.
    pub place: Option<usize>,
    /// What is counted.
    pub counts: Vec<Count>,
    /// CAMEO code and Goldstein value.
    pub cameo: Option<(&'static str, f64)>,
    /// The rule that made it.
    pub rule: &'static str,
    /// The model's probability of the type.
    pub confidence: f32,
}

/// A number told with an event.
#[derive(Clone, Debug, PartialEq)]
pub struct Count {
    /// What is counted.
    pub of: String,
    /// The number, where exactly one is told.
    pub value: Option<u64>,
    /// At least.
    pub low: Option<u64>,
    /// At most.
    pub high: Option<u64>,
    /// Told that none were reported.
    pub none_reported: bool,
    /// The words.
    pub at: Span,
}

/// The rules of this room.
pub const RULES: &[(&str, &str)] = &[
    (
        "event-trigger",
        "What it reads: words that name a happening of a PLOVER type, marked by the model's trigger head, with actor, recipient, place and time as the role head sees them from the trigger. Example: \"Russian air defences [intercepted] four drones\". Misreadings: figurative uses (\"under fire from critics\").",
    ),
    (
        "event-phrase",
        "What it reads: a verb and its object that are a happening together, by the table in `triggers/phrases.rs`, whatever the model made of them. Why: such phrases are rare in what the model learned from, and mean one thing. Example: \"Chad [restored] ties with Niger\" is SUPPORT. Misreadings: ties of other sorts (\"family ties\").",
    ),
    (
        "count-number",
        "What it reads: a number before a noun for people, weapons or things struck, near the trigger; \"at least\" and \"up to\" become bounds. Example: \"at least three people were killed\".",
    ),
    (
        "count-none",
        "What it reads: words that say no one is reported hurt. That is not zero: none_reported. Example: \"no reported injuries\".",
    ),
];

/// What the room is given.
pub struct Given<'g> {
    /// The document's text.
    pub text: &'g str,
    /// Its tokens.
    pub tokens: &'g [Token],
    /// What the model made of them.
    pub clauses: &'g Clauses<'g>,
    /// The triggers.
    pub triggers: &'g [Trigger<'g>],
    /// The actors.
    pub actors: &'g Actors,
    /// The places.
    pub places: &'g [Place],
    /// The times.
    pub times: &'g [Time],
    /// The statements.
    pub statements: &'g [Statement],
    /// The books.
    pub library: &'g Library,
    /// The first token that is not headline.
    pub body: usize,
}

/// Makes events of triggers.
pub fn tell(given: &Given) -> Vec<Event> {
    let mut events: Vec<Event> = Vec::new();
    for trigger in given.triggers.iter().filter(|trigger| trigger.tokens.start >= given.body) {
        if trigger.kind == "again" {
            if let Some(event) = told_before(given, &events, trigger) {
                let event = &mut events[event];
                event.also.push(span_of(given.tokens, &trigger.tokens));
                event.time = event.time.or_else(|| time_of(given, trigger));
            }
            continue;
        }
        let Some(event) = from_trigger(given, trigger) else { continue };
        match events.iter_mut().rev().find(|other| same_happening(given, other, &event)) {
            Some(other) => {
                other.also.push(event.trigger);
                other.time = other.time.or(event.time);
                other.place = other.place.or(event.place);
            }
            None => events.push(event),
        }
    }
    dated_again(given, &mut events);
    wars(given, &mut events);
    counts(given, &mut events);
    events
}

/// "the meeting on Thursday night" dates the meeting that was told before without a date.
fn dated_again(given: &Given, events: &mut [Event]) {
    let clauses = given.clauses;
    for time in given.times.iter().enumerate().filter(|(_, time)| is_point(time)) {
        let Some(first) = given.tokens.iter().position(|token| token.span.start >= time.1.span.start) else { continue };
        let last = (first..given.tokens.len()).take_while(|at| given.tokens[*at].span.end <= time.1.span.end).last();
        let noun = clauses.words[clauses.head_of(&(first..last.unwrap_or(first) + 1))].head;
        let Some(noun) = noun.filter(|noun| clauses.words[*noun].upos == "NOUN") else { continue };
        let definite = clauses.dependents(noun, "det").any(|det| clauses.words[det].lemma == "the");
        let named = |event: &Event| event.tokens.clone().any(|at| clauses.words[at].lemma == clauses.words[noun].lemma);
        let before = events.iter_mut().rev().find(|event| event.tokens.end <= noun && named(event));
        if let Some(event) = before.filter(|event| definite && event.time.is_none()) {
            event.time = Some(time.0);
            event.also.push(given.tokens[noun].span);
        }
    }
}

/// A war that is named without its parties is the war whose parties the document tells elsewhere.
fn wars(given: &Given, events: &mut [Event]) {
    let mut told: Vec<((ActorIndex, ActorIndex), usize)> = Vec::new();
    for event in events.iter().filter(|event| event.kind == EventType::Assault && event.status != Status::Failed) {
        if let ([actor], [recipient]) = (event.actors.as_slice(), event.recipients.as_slice()) {
            let state = |index: &ActorIndex| {
                matches!(
                    given.actors.all[*index].kind,
                    ActorKind::Government | ActorKind::Military | ActorKind::State | ActorKind::ArmedGroup
                )
            };
            if state(actor) && state(recipient) {
                match told.iter_mut().find(|(pair, _)| *pair == (*actor, *recipient)) {
                    Some((_, times)) => *times += 1,
                    None => told.push(((*actor, *recipient), 1)),
                }
            }
        }
    }
    for event in events.iter_mut() {
        let open = event.actors.is_empty() || event.recipients.is_empty();
        if !open || event.kind != EventType::Assault || !WAR.contains(&lemma(given, &event.tokens)) {
            continue;
        }
        let fits = |(actor, recipient): &(ActorIndex, ActorIndex)| {
            (event.actors.is_empty() || event.actors.contains(actor))
                && (event.recipients.is_empty() || event.recipients.contains(recipient))
        };
        let best =
            told.iter().filter(|(pair, _)| fits(pair)).max_by_key(|(pair, times)| (*times, core::cmp::Reverse(*pair)));
        if let Some(((actor, recipient), _)) = best.copied() {
            event.actors = [actor].into();
            event.recipients = [recipient].into();
        }
    }
}

fn from_trigger(given: &Given, trigger: &Trigger) -> Option<Event> {
    let kind: EventType = trigger.kind.parse().ok()?;
    let told = triggers::means(given.text, given.tokens, given.clauses, trigger).unwrap_or(trigger.mode);
    let mode = told.parse().ok().filter(|mode| kind.modes().contains(mode));
    let foiled = kind == EventType::Assault && foiled(given, &trigger.tokens);
    let status = if foiled { Status::Failed } else { trigger.status.parse().unwrap_or(Status::Occurred) };
    let of = |role: &str| {
        let mut found: Vec<ActorIndex> = Vec::new();
        for filler in trigger.fillers.iter().filter(|filler| filler.role == role) {
            for actor in given.actors.each_of(&filler.tokens) {
                if !found.contains(&actor) {
                    found.push(actor);
                }
            }
        }
        found
    };
    let (mut actors, mut recipients) = (of("actor"), of("recipient"));
    // whoever is reported to accuse, urge or threaten does so by speaking
    let spoken = given.statements.iter().find(|s| overlap(&s.cue_tokens, &trigger.tokens)).and_then(|s| s.speaker);
    if let Some(speaker) = spoken {
        if !actors.contains(&speaker) {
            actors = [speaker].into();
        }
    }
    if foiled {
        // who intercepts is the one aimed at
        let country = |index: &ActorIndex| given.actors.all[*index].country.as_deref();
        let defender = actors.first().and_then(country);
        let senders: Vec<ActorIndex> = recipients.iter().copied().filter(|actor| country(actor) != defender).collect();
        recipients = core::mem::replace(&mut actors, senders);
    }
    if recipients.is_empty() {
        recipients.extend(given.actors.struck_by(trigger.tokens.start));
    }
    recipients.retain(|recipient| !actors.contains(recipient));
    let place = trigger.fillers.iter().filter(|filler| filler.role == "place").find_map(|filler| {
        let span = span_of(given.tokens, &filler.tokens);
        given.places.iter().position(|place| place.mentions.iter().any(|mention| mention.overlaps(span)))
    });
    let asserted_by = teller(given, &trigger.tokens);
    let condition = condition(given, trigger.tokens.start);
    // an accusation or a demand is made by being told
    let performed = matches!(kind, EventType::Request | EventType::Accuse | EventType::Threaten);
    let status = if performed { status } else { told_as(given, trigger.tokens.start, status, asserted_by, condition) };
    let status = if kind == EventType::Aid && status == Status::Occurred && pledged(given, &trigger.tokens) {
        Status::Planned
    } else {
        status
    };
    // what hangs on a condition shows it
    let condition = match status {
        Status::Conditional => condition.or_else(|| condition_by_word(given, trigger.tokens.start)),
        _ => condition,
    };
    let status = if status == Status::Conditional && condition.is_none() { Status::Possible } else { status };
    let code = given.library.plover.code(kind.as_str(), mode.map(Mode::as_str));
    Some(Event {
        kind,
        mode,
        actors,
        recipients,
        trigger: span_of(given.tokens, &trigger.tokens),
        tokens: trigger.tokens.clone(),
        evidence: evidence(given, trigger),
        status,
        asserted_by,
        condition,
        purpose: purpose(given, trigger.tokens.start),
        also: Vec::new(),
        time: time_of(given, trigger),
        place,
        counts: Vec::new(),
        cameo: code.map(|code| (code.cameo, code.goldstein)),
        rule: trigger.rule,
        confidence: trigger.confidence,
    })
}

/// Aid that is promised or approved, and not yet delivered.
fn pledged(given: &Given, trigger: &Range<usize>) -> bool {
    const PLEDGING: &[&str] = &["promise", "pledge", "approve", "allocate", "earmark", "commit", "announce"];
    let clauses = given.clauses;
    let own = trigger.clone().any(|at| PLEDGING.contains(&clauses.words[at].lemma.as_str()));
    let head = clauses.head_of(trigger);
    let above = clauses.words[head]
        .head
        .filter(|_| matches!(clauses.words[head].relation.split(':').next(), Some("obj" | "xcomp" | "nsubj")));
    own || above.is_some_and(|up| PLEDGING.contains(&clauses.words[up].lemma.as_str()))
}

fn overlap(a: &Range<usize>, b: &Range<usize>) -> bool {
    a.start < b.end && b.start < a.end
}

/// What someone denies, demands, promises or threatens has not therefore happened: where the model reads a plain happening, the act
/// of the statement that tells it decides, unless the words are in the past.
fn told_as(given: &Given, at: usize, status: Status, asserted_by: Option<usize>, condition: Option<Span>) -> Status {
    let Some(act) = asserted_by.map(|index| given.statements[index].act).filter(|_| status == Status::Occurred) else {
        return status;
    };
    let clauses = given.clauses;
    let helped = clauses
        .dependents(at, "aux")
        .any(|aux| matches!(clauses.words[aux].lemma.as_str(), "have" | "be" | "'ve" | "’ve"));
    let finished = match clauses.words[at].xpos {
        "VBD" => true,
        "VBN" => helped || matches!(clauses.words[at].relation.split(':').next(), Some("amod" | "acl")),
        _ => false,
    };
    // only what the statement is about, not what it mentions on the way
    let piece = asserted_by.and_then(|index| given.statements[index].tokens.iter().find(|piece| piece.contains(&at)));
    let about = piece.is_some_and(|piece| clauses.clause_of(clauses.head_of(piece)) == clauses.clause_of(at));
    if !about {
        return status;
    }
    match act {
        Act::Deny => Status::Denied,
        _ if finished => status,
        Act::Demand => Status::Demanded,
        Act::Promise => Status::Planned,
        Act::Propose => Status::Offered,
        Act::Forecast => Status::Possible,
        Act::Threaten => {
            if condition.is_some() {
                Status::Conditional
            } else {
                Status::Possible
            }
        }
        _ => status,
    }
}

/// Whether the words tell of an attack that was stopped: "intercepted", "shot down".
fn foiled(given: &Given, trigger: &Range<usize>) -> bool {
    let lemma = |at: usize| given.clauses.words[at].lemma.as_str();
    triggers::FOILED.contains(&lemma(trigger.start))
        || lemma(trigger.start) == "shoot"
            && (trigger.start + 1..given.tokens.len().min(trigger.start + 5))
                .any(|at| lemma(at) == "down" && given.clauses.words[at].head == Some(trigger.start))
}

/// The clause of the trigger, without the marks at its edges.
fn evidence(given: &Given, trigger: &Trigger) -> Span {
    let clause = given.clauses.subtree(given.clauses.clause_of(trigger.tokens.start));
    let mut range = clause.start.min(trigger.tokens.start)..clause.end.max(trigger.tokens.end);
    let mark = |at: usize| !given.tokens[at].span.of(given.text).chars().any(char::is_alphanumeric);
    while range.len() > 1 && mark(range.start) && range.start < trigger.tokens.start {
        range.start += 1;
    }
    while range.len() > 1 && mark(range.end - 1) && range.end > trigger.tokens.end {
        range.end -= 1;
    }
    span_of(given.tokens, &range)
}

/// The innermost statement in whose content the trigger stands; a statement's own cue is told by the statement around it.
fn teller(given: &Given, trigger: &Range<usize>) -> Option<usize> {
    let size = |statement: &Statement| statement.tokens.iter().map(Range::len).sum::<usize>();
    given
        .statements
        .iter()
        .enumerate()
        .filter(|(_, s)| s.tokens.iter().any(|piece| piece.contains(&trigger.start)))
        .filter(|(_, s)| !overlap(&s.cue_tokens, trigger))
        .min_by_key(|(_, s)| size(s))
        .map(|(index, _)| index)
}

fn time_of(given: &Given, trigger: &Trigger) -> Option<usize> {
    let overlapping = |span: Span| given.times.iter().position(|time| time.span.overlaps(span) && time.value.is_some());
    let told = trigger
        .fillers
        .iter()
        .filter(|filler| filler.role == "time")
        .find_map(|filler| overlapping(span_of(given.tokens, &filler.tokens)));
    if told.is_some() {
        return told;
    }
    // a date in the trigger's own clause that depends on the trigger or its clause
    let clauses = given.clauses;
    let clause = clauses.clause_of(trigger.tokens.start);
    given.times.iter().position(|time| {
        is_point(time)
            && given.tokens.iter().position(|token| token.span.start >= time.span.start).is_some_and(|first| {
                let last = (first..given.tokens.len())
                    .take_while(|at| given.tokens[*at].span.end <= time.span.end)
                    .last()
                    .unwrap_or(first);
                let head = clauses.head_of(&(first..last + 1));
                clauses.words[head].head.is_some_and(|up| up == clause || trigger.tokens.contains(&up))
            })
    })
}

fn marked_clause(given: &Given, at: usize, marks: &[&str]) -> Option<Span> {
    let clauses = given.clauses;
    let mut heads = alloc::vec![at, clauses.clause_of(at)];
    if let Some(up) = clauses.words[clauses.clause_of(at)].head {
        heads.push(up);
    }
    for head in heads {
        for clause in clauses.dependents(head, "advcl") {
            let marked = clauses
                .dependents(clause, "mark")
                .any(|mark| marks.contains(&given.tokens[mark].span.of(given.text).to_lowercase().as_str()));
            let range = clauses.subtree(clause);
            if marked && !range.contains(&at) {
                return crate::statements::trim(given.text, given.tokens, range)
                    .map(|range| span_of(given.tokens, &range));
            }
        }
    }
    None
}

/// "unless they stop", "if attacked".
fn condition(given: &Given, at: usize) -> Option<Span> {
    marked_clause(given, at, &["if", "unless", "provided", "until", "once"])
}

/// The words from "if" or "unless" to the end of their stretch, where the tree does not show the clause.
fn condition_by_word(given: &Given, at: usize) -> Option<Span> {
    let sentence = &given.clauses.sentences[given.clauses.sentence_of(at)];
    let word = |at: usize| given.tokens[at].span.of(given.text);
    let begins = |at: &usize| matches!(word(*at).to_lowercase().as_str(), "if" | "unless");
    let start = sentence.tokens.clone().find(begins)?;
    let end = (start + 1..sentence.tokens.end)
        .find(|at| matches!(word(*at), "," | ";" | "." | "”" | "\""))
        .unwrap_or(sentence.tokens.end);
    (!(start..end).contains(&at)).then(|| span_of(given.tokens, &(start..end)))
}

/// "to compel Kyiv to talk": an infinitive that says what for.
fn purpose(given: &Given, at: usize) -> Option<Span> {
    let clauses = given.clauses;
    for clause in clauses.dependents(at, "advcl") {
        let to = clauses
            .dependents(clause, "mark")
            .any(|mark| given.tokens[mark].span.of(given.text).eq_ignore_ascii_case("to"));
        let range = clauses.subtree(clause);
        if to && clause > at && !range.contains(&at) {
            return crate::statements::trim(given.text, given.tokens, range).map(|range| span_of(given.tokens, &range));
        }
    }
    None
}

fn lemma<'g>(given: &'g Given, tokens: &Range<usize>) -> &'g str {
    given.clauses.words[tokens.start].lemma.as_str()
}

/// Words for a war; a war counts once in a document.
const WAR: &[&str] = &["war", "invasion", "conflict", "aggression"];

/// Whether two triggers tell one happening: the same type, teller, status and word with the same parties, or one without any.
fn same_happening(given: &Given, a: &Event, b: &Event) -> bool {
    let compatible =
        |x: &[ActorIndex], y: &[ActorIndex]| x.is_empty() || y.is_empty() || x.iter().any(|actor| y.contains(actor));
    let crosswise = compatible(&a.actors, &b.recipients)
        && compatible(&a.recipients, &b.actors)
        && !a.actors.is_empty()
        && !a.recipients.is_empty();
    let parties = compatible(&a.actors, &b.actors) && compatible(&a.recipients, &b.recipients);
    let times = match (a.time, b.time) {
        (Some(x), Some(y)) => given.times[x].value == given.times[y].value,
        _ => true,
    };
    let war = |e: &Event| WAR.contains(&lemma(given, &e.tokens)) && e.kind == EventType::Assault;
    if war(a) && war(b) && one_war(given, a, b) {
        return true;
    }
    a.kind == b.kind
        && a.status == b.status
        && times
        && lemma(given, &a.tokens) == lemma(given, &b.tokens)
        && (parties || crosswise && a.kind == EventType::Consult)
        && (a.actors == b.actors || a.kind == EventType::Consult || a.actors.is_empty() || b.actors.is_empty())
}

/// A war is one whether the government or the army is said to wage it, and from whichever side it is told.
fn one_war(given: &Given, a: &Event, b: &Event) -> bool {
    let side = |actors: &[ActorIndex]| -> Vec<String> {
        let name = |index: &ActorIndex| {
            let actor = &given.actors.all[*index];
            actor.country.clone().unwrap_or_else(|| actor.name.clone())
        };
        actors.iter().map(name).collect()
    };
    let meet = |x: &[String], y: &[String]| x.is_empty() || y.is_empty() || x.iter().any(|name| y.contains(name));
    let (a_by, a_on, b_by, b_on) = (side(&a.actors), side(&a.recipients), side(&b.actors), side(&b.recipients));
    meet(&a_by, &b_by) && meet(&a_on, &b_on) || meet(&a_by, &b_on) && meet(&a_on, &b_by)
}

/// The event that a trigger marked `again` names once more: the last one of the same word, or the war that another word for war told.
fn told_before(given: &Given, events: &[Event], trigger: &Trigger) -> Option<usize> {
    let word = lemma(given, &trigger.tokens);
    let war = |word: &str| WAR.contains(&word);
    let names_war = |event: &Event| event.kind == EventType::Assault && war(lemma(given, &event.tokens));
    events.iter().rposition(|event| lemma(given, &event.tokens) == word || war(word) && names_war(event))
}

// ---- counts ----

const PEOPLE: &[&str] = &[
    "people",
    "person",
    "civilian",
    "soldier",
    "child",
    "woman",
    "man",
    "troop",
    "militant",
    "fighter",
    "resident",
    "policeman",
    "officer",
    "rebel",
    "protester",
    "prisoner",
    "hostage",
    "refugee",
    "serviceman",
    "worker",
    "journalist",
    "personnel",
    "body",
    "student",
    "captive",
    "migrant",
    "member",
    "terrorist",
    "insurgent",
    "invader",
    "occupier",
];
const THINGS: &[&str] = &[
    "drone",
    "missile",
    "rocket",
    "tank",
    "aircraft",
    "vehicle",
    "ship",
    "helicopter",
    "shell",
    "bomb",
    "building",
    "house",
    "strike",
    "attack",
    "jet",
    "plane",
    "uav",
    "system",
    "gun",
    "assault",
    "apartment",
    "home",
    "village",
    "airstrike",
    "boat",
    "shelling",
    "settlement",
];
const KILLED: &[&str] = &["kill", "die", "death", "dead", "slay", "murder", "massacre"];
const HURT: &[&str] = &["injure", "wound", "injury", "hurt", "injured", "wounded"];
const HARM: &[&str] = &["injury", "casualty", "death", "victim", "fatality"];

/// Puts every number of people or things with the event nearest to it in its sentence.
fn counts(given: &Given, events: &mut [Event]) {
    let clauses = given.clauses;
    for (at, word) in clauses.words.iter().enumerate().skip(given.body) {
        let sentence = &clauses.sentences[clauses.sentence_of(at)];
        let count = if word.upos == "NUM" && !given.times.iter().any(|time| time.span.contains(given.tokens[at].span)) {
            number(given, at)
        } else if HARM.contains(&word.lemma.as_str()) {
            none_reported(given, at)
        } else {
            None
        };
        let Some(count) = count else { continue };
        let nearest = events
            .iter_mut()
            .filter(|event| sentence.tokens.contains(&event.tokens.start))
            .filter(|event| {
                matches!(
                    event.kind,
                    EventType::Assault
                        | EventType::Coerce
                        | EventType::Mobilize
                        | EventType::Aid
                        | EventType::Concede
                        | EventType::Protest
                        | EventType::Retreat
                        | EventType::Sanction
                )
            })
            .min_by_key(|event| event.tokens.start.abs_diff(at));
        let event = match nearest {
            Some(event) => Some(event),
            // "No one was hurt." in a sentence of its own belongs to what was told just before
            None if count.none_reported => events
                .iter_mut()
                .filter(|event| event.kind == EventType::Assault && event.tokens.start < at)
                .max_by_key(|event| event.tokens.start),
            None => None,
        };
        if let Some(event) = event {
            if !event.counts.iter().any(|other| other.at == count.at) {
                event.counts.push(count);
            }
        }
    }
}

fn number(given: &Given, at: usize) -> Option<Count> {
    let clauses = given.clauses;
    let value = value_of(given.tokens[at].span.of(given.text))?;
    let noun = clauses.words[at].head.filter(|head| clauses.words[at].relation.starts_with("nummod") && *head > at)?;
    let lemma = clauses.words[noun].lemma.as_str();
    let person = PEOPLE.contains(&lemma);
    if !person && !THINGS.contains(&lemma) {
        return None;
    }
    // killed and injured are told by the verb, or by a word beside the noun
    let mut near: Vec<&str> = Vec::new();
    let clause = clauses.clause_of(noun);
    near.push(clauses.words[clause].lemma.as_str());
    near.extend(clauses.words[noun].head.map(|head| clauses.words[head].lemma.as_str()));
    near.extend(clauses.children(noun).iter().map(|child| clauses.words[*child].lemma.as_str()));
    let of = if near.iter().any(|word| KILLED.contains(word)) {
        "killed".to_string()
    } else if near.iter().any(|word| HURT.contains(word)) {
        "injured".to_string()
    } else {
        given.tokens[noun].span.of(given.text).to_lowercase()
    };
    let before = |n: usize| at.checked_sub(n).map_or("", |at| given.tokens[at].span.of(given.text));
    let two = (before(2).to_lowercase(), before(1).to_lowercase());
    let (low, high, from) = match (two.0.as_str(), two.1.as_str()) {
        ("at", "least") | ("more", "than") | ("no", "fewer") => (Some(value), None, at - 2),
        ("up", "to") | ("at", "most") | ("fewer", "than") | ("less", "than") => (None, Some(value), at - 2),
        (_, "over") => (Some(value), None, at - 1),
        _ => (None, None, at),
    };
    let exact = low.is_none() && high.is_none();
    Some(Count {
        of,
        value: exact.then_some(value),
        low,
        high,
        none_reported: false,
        at: span_of(given.tokens, &(from..noun + 1)),
    })
}

fn none_reported(given: &Given, at: usize) -> Option<Count> {
    let clauses = given.clauses;
    let no = clauses
        .children(at)
        .iter()
        .copied()
        .find(|child| given.tokens[*child].span.of(given.text).eq_ignore_ascii_case("no"))?;
    let of = match clauses.words[at].lemma.as_str() {
        "injury" => "injured",
        "death" | "fatality" => "killed",
        _ => "casualties",
    };
    Some(Count {
        of: of.to_string(),
        value: None,
        low: None,
        high: None,
        none_reported: true,
        at: span_of(given.tokens, &(no.min(at)..at + 1)),
    })
}

/// The value of a numeral in figures or words.
pub fn value_of(word: &str) -> Option<u64> {
    let figures: String = word.chars().filter(|c| *c != ',').collect();
    if let Ok(value) = figures.parse() {
        return Some(value);
    }
    const WORDS: &[&str] = &[
        "zero",
        "one",
        "two",
        "three",
        "four",
        "five",
        "six",
        "seven",
        "eight",
        "nine",
        "ten",
        "eleven",
        "twelve",
        "thirteen",
        "fourteen",
        "fifteen",
        "sixteen",
        "seventeen",
        "eighteen",
        "nineteen",
        "twenty",
    ];
    const TENS: &[(&str, u64)] = &[
        ("thirty", 30),
        ("forty", 40),
        ("fifty", 50),
        ("sixty", 60),
        ("seventy", 70),
        ("eighty", 80),
        ("ninety", 90),
        ("hundred", 100),
        ("thousand", 1000),
        ("dozen", 12),
    ];
    let lower = word.to_lowercase();
    WORDS
        .iter()
        .position(|w| *w == lower)
        .map(|value| value as u64)
        .or_else(|| TENS.iter().find(|(w, _)| *w == lower).map(|(_, value)| *value))
}
