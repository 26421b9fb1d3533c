//! One happening across reports: an account of an event in, the key of its happening out.
//!
//! Two accounts are one happening if they are of one type and enough speaks for it: the day, the place, who took part, the words around
//! them. What speaks against it can outweigh all that: other days, another town for an attack, a phone call against a meeting, another
//! target. A later sentence of a report that has no day and place of its own may go on about what an earlier one told ("Fifteen people were
//! killed"); else accounts of one teller in one report are never one, since the record would have made one entry of them. A proposal is spoken
//! of on many days and is one thing all the while. Numbers do not count either way: twelve dead and fifteen dead may be one strike told by two
//! sides, and the ledger shows both.
//!
//! The trained likeness of `likeness` was tried here in place of the weighed words, and beside them: on the worked process it was no better
//! (`evals/README.md`), and it compares every report with every other.
//!
//! **Invariant:** an account joins one happening or begins one, when its report is taken, and stays there.

use std::collections::{BTreeMap, BTreeSet};

use rapporteur_record::{CodePoints, Event, EventType, Mode, Record, Status};
use serde::{Deserialize, Serialize};

use super::actors::Actors;
use super::words::{Bag, Words, stem, telling};
use crate::days::{self, Days};
use crate::entry::{Entry, Spot};

/// What it takes to be one happening.
const SAME: f64 = 3.5;

/// How much it speaks for two accounts that all their words are the same.
const ALIKE: f64 = 3.5;

/// How many days an undated account is looked for among earlier ones.
const WINDOW: u32 = 30;

/// Farther than this is another place, in kilometres.
const FAR: f64 = 35.0;

/// How many code points before and after a trigger its target is looked for.
const BEFORE: u32 = 60;
const AFTER: u32 = 60;

/// Things that are struck or seized: two accounts that name different ones are of two happenings.
const TARGETS: &[&str] = &[
    "airfield",
    "airport",
    "apartment",
    "barrack",
    "base",
    "bridge",
    "bus",
    "camp",
    "cathedral",
    "checkpoint",
    "church",
    "clinic",
    "convoy",
    "customs",
    "depot",
    "dam",
    "embassy",
    "factory",
    "farm",
    "ferry",
    "harbour",
    "hospital",
    "hotel",
    "house",
    "market",
    "mosque",
    "pipeline",
    "plant",
    "port",
    "post",
    "prison",
    "railway",
    "refinery",
    "residential",
    "road",
    "school",
    "ship",
    "square",
    "station",
    "substation",
    "terminal",
    "train",
    "truck",
    "university",
    "warehouse",
    "well",
];

/// Words before a trigger that tell it from what was told before: "a second strike", "the war since January".
const APART: &[&str] = &[
    "since",
    "second",
    "third",
    "another",
    "other",
    "earlier",
    "previous",
    "previously",
    "last",
    "years",
    "months",
    "far",
];

/// Stems of words that tell what an act of force did, and not the act.
const RESULTS: &[&str] = &["kill", "killing", "die", "died", "dead", "wound", "injur", "hurt", "loss", "maim", "sunk"];

/// How far apart two sentences of a report may begin, in code points, for the later to go on about the earlier.
const GOES_ON: u32 = 600;

/// One account of an event, as it is compared.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Told {
    entry: String,
    report: String,
    origin: String,
    teller: Option<String>,
    known: String,
    kind: EventType,
    mode: Option<Mode>,
    days: Option<Days>,
    part: Option<String>,
    spot: Option<Spot>,
    actors: BTreeSet<String>,
    recipients: BTreeSet<String>,
    countries: BTreeSet<String>,
    /// The country of who tells it.
    home: Option<String>,
    trigger: String,
    words: Bag,
    /// The telling words of its sentence that begin with a capital.
    named: BTreeSet<String>,
    targets: BTreeSet<String>,
    status: Status,
    sentence: [u32; 2],
    /// The proposal that the trigger is a name of.
    proposal: Option<String>,
    /// Telling words of who it was done to.
    whom: BTreeSet<String>,
    /// Whether it is spoken of as known: "the shelling".
    definite: bool,
    /// Whether it is told apart from another in so many words.
    another: bool,
    /// Whether it is a clause that goes on after a comma: ", killing four".
    clause: bool,
}

/// The telling words right before and after a trigger, within its sentence.
fn around(points: &CodePoints, trigger: [u32; 2]) -> BTreeSet<String> {
    let before = points.slice(trigger[0].saturating_sub(BEFORE), trigger[0]).unwrap_or_default();
    let before = before.rsplit(['.', ',', ';', '\n']).next().unwrap_or_default();
    let after = points.slice(trigger[1], (trigger[1] + AFTER).min(points.count())).unwrap_or_default();
    let after = after.split(['.', ',', ';', '\n']).next().unwrap_or_default();
    telling(before).into_iter().chain(telling(after)).collect()
}

/// The telling words of a sentence that begin with a capital.
fn named(sentence: &str) -> BTreeSet<String> {
    let words = sentence.split(|c: char| !c.is_alphanumeric());
    words.filter(|word| word.starts_with(char::is_uppercase)).flat_map(telling).collect()
}

/// The report that an account is from.
pub struct From<'r> {
    pub record: &'r Record,
    pub points: &'r CodePoints<'r>,
    /// The dispatch that it was taken from.
    pub origin: &'r str,
    /// The keys of its proposals, by id.
    pub proposals: &'r BTreeMap<&'r str, String>,
}

impl Told {
    /// What of an entry is compared.
    pub fn of(entry: &Entry, event: &Event, from: &From, actors: &Actors, words: &mut Words) -> Self {
        let From { record, points, origin, proposals } = *from;
        let sentence = points.slice(entry.sentence[0], entry.sentence[1]).unwrap_or(&event.evidence.words);
        let bag = words.bag(&telling(sentence));
        let targets = around(points, event.trigger.at);
        let parties: BTreeSet<String> = event.actors.iter().chain(&event.recipients).cloned().collect();
        let before = points.slice(entry.sentence[0], event.trigger.at[0]).unwrap_or_default().to_lowercase();
        let clause = before.rsplit([',', ';']).next().unwrap_or_default();
        let own = event.id.as_str();
        let recipients = record.events.iter().find(|event| event.id == own).map(|event| event.recipients.as_slice());
        let whom = recipients.unwrap_or_default().iter().filter_map(|id| record.actor(id));
        let names_it = |at: [u32; 2]| at[0] < event.trigger.at[1] && event.trigger.at[0] < at[1];
        let proposal = record.proposals.iter().find(|told| told.mentions.iter().any(|mention| names_it(mention.at)));
        let part = event.time.as_ref().and_then(|time| time.value.get(10..)).filter(|part| part.len() == 3);
        Self {
            entry: entry.key.clone(),
            report: entry.report.clone(),
            origin: origin.to_owned(),
            teller: entry.teller.clone(),
            known: entry.known.clone(),
            kind: event.kind,
            mode: event.mode,
            days: entry.days.clone(),
            part: part.map(str::to_owned),
            spot: entry.spot.clone(),
            countries: parties.iter().filter_map(|key| actors.country(key)).map(str::to_owned).collect(),
            actors: event.actors.iter().cloned().collect(),
            recipients: event.recipients.iter().cloned().collect(),
            home: entry.teller.as_deref().and_then(|key| actors.country(key)).map(str::to_owned),
            trigger: stem(&event.trigger.words.to_lowercase()).to_owned(),
            targets: targets.into_iter().filter(|word| TARGETS.contains(&word.as_str())).collect(),
            status: event.status,
            sentence: entry.sentence,
            proposal: proposal.and_then(|told| proposals.get(told.id.as_str())).cloned(),
            whom: whom.flat_map(|actor| telling(&actor.name)).collect(),
            definite: before.ends_with("the "),
            another: clause.split(|c: char| !c.is_alphanumeric()).any(|word| APART.contains(&word)),
            clause: before.trim_end().ends_with(',')
                && event.trigger.words.split(' ').next().is_some_and(|word| word.ends_with("ing")),
            named: named(sentence),
            words: bag,
        }
    }

    /// Whether it is told as something that was, is, or is said not to have been.
    fn is_told(&self) -> bool {
        use Status::{Denied, Ended, Failed, Occurred, Ongoing};
        matches!(self.status, Occurred | Ongoing | Ended | Failed | Denied)
    }

    fn denied(&self) -> bool {
        self.status == Status::Denied
    }

    /// What an account can be found by: who took part, where it was.
    fn marks(&self) -> BTreeSet<String> {
        let place = self.spot.iter().map(|spot| format!("@{}", spot.name.to_lowercase()));
        let target = self.targets.iter().map(|target| format!("~{target}"));
        let place = place.chain(self.proposal.clone()).chain(target);
        self.actors.iter().chain(&self.recipients).chain(&self.countries).cloned().chain(place).collect()
    }
}

/// The happenings known so far.
#[derive(Default, Serialize, Deserialize)]
pub struct Happenings {
    accounts: Vec<Vec<Told>>,
    keys: Vec<String>,
    /// Type and mark to the happenings that have it, the earliest first.
    marked: BTreeMap<(EventType, String), Vec<usize>>,
    pub words: Words,
    /// The report of the last account, and the happenings told in it.
    last: String,
    here: Vec<usize>,
}

impl Happenings {
    /// The key of the happening that an account tells, known from before or new.
    pub fn of(&mut self, told: Told) -> String {
        if self.last != told.report {
            self.last.clone_from(&told.report);
            self.here.clear();
        }
        self.words.learn(&told.words);
        let marks = told.marks();
        // a place may be named beside an event that is not told to be there
        let named = told.named.iter().map(|word| format!("@{word}"));
        let candidates: BTreeSet<usize> = marks
            .iter()
            .cloned()
            .chain(named)
            .filter_map(|mark| self.marked.get(&(told.kind, mark)))
            .flat_map(|found| found.iter().rev().take(400))
            .chain(&self.here)
            .copied()
            .filter(|index| self.accounts[*index].first().is_some_and(|account| account.kind == told.kind))
            .collect();
        let mut best: Option<(f64, usize)> = None;
        for index in candidates {
            let Some(accounts) = self.accounts.get(index) else { continue };
            let score = self.against(&told, accounts);
            if score >= SAME && best.is_none_or(|(most, _)| score > most) {
                best = Some((score, index));
            }
        }
        let index = best.map_or_else(
            || {
                self.accounts.push(Vec::new());
                self.keys.push(told.entry.clone());
                self.accounts.len() - 1
            },
            |(_, index)| index,
        );
        for mark in marks {
            let having = self.marked.entry((told.kind, mark)).or_default();
            if having.last() != Some(&index) {
                having.push(index);
            }
        }
        self.here.push(index);
        self.accounts[index].push(told);
        self.keys[index].clone()
    }

    /// How well an account fits a happening: its likeness to the account most like it, if none speaks against it.
    fn against(&self, told: &Told, accounts: &[Told]) -> f64 {
        // what is proposed is known by the proposal, whenever and by whomever it is spoken of
        let mut proposals = accounts.iter().filter_map(|account| account.proposal.as_ref()).peekable();
        if told.proposal.is_some() && proposals.peek().is_some() {
            return if proposals.any(|own| told.proposal.as_ref() == Some(own)) { 2.0 * SAME } else { f64::MIN };
        }
        let mut best = f64::MIN;
        for account in accounts {
            match likeness(&self.words, told, account) {
                Some(score) => best = best.max(score),
                None => return f64::MIN,
            }
        }
        best
    }
}

/// How much speaks for two accounts being of one happening; none where something rules it out.
fn likeness(words: &Words, a: &Told, b: &Told) -> Option<f64> {
    let one_report = a.report == b.report;
    let again = one_report && a.teller == b.teller;
    let one_sentence = one_report && a.sentence == b.sentence;
    if one_sentence && again {
        if a.denied() != b.denied() {
            return None;
        }
        if a.clause {
            return Some(2.0 * SAME);
        }
    }
    if let (Some(a), Some(b)) = (&a.part, &b.part)
        && a != b
    {
        return None;
    }
    let modes = mode(a, b)?;
    if let Some(score) = goes_on(a, b) {
        return Some(score + modes + ALIKE * words.likeness(&a.words, &b.words));
    }
    // one teller in one sentence may name a thing twice ("were killed when aircraft bombed"); in two sentences it is two things
    if again && !one_sentence {
        return None;
    }
    let copy = a.origin == b.origin && !one_report;
    let mut score = when(a, b)? + place(a, b)? + parties(a, b)? + modes;
    // who denies a thing in a report denies what another told there before
    if one_report && a.denied() && !b.denied() {
        score += 3.0;
    }
    if again {
        score -= 1.5;
    }
    if !a.targets.is_empty() && !b.targets.is_empty() {
        if a.targets.is_disjoint(&b.targets) && !copy {
            return None;
        }
        score += 0.5;
        if a.definite && a.trigger == b.trigger {
            score += 2.0;
        }
    }
    if a.trigger == b.trigger {
        score += 0.7;
    }
    // that two things stand in one sentence does not make them like
    let alike = if one_sentence { 0.0 } else { words.likeness(&a.words, &b.words) };
    score += ALIKE * alike;
    if copy && alike > 0.5 {
        score += 2.0;
    }
    Some(score)
}

/// The means: a call is no meeting, and guns are told as shells here and as shots there.
fn mode(a: &Told, b: &Told) -> Option<f64> {
    use Mode::{Artillery, Firearms, Meeting, Phone, Summit, Visit};
    match (a.mode, b.mode) {
        (Some(a), Some(b)) if a == b => Some(0.7),
        (Some(Phone), Some(Meeting | Visit | Summit)) | (Some(Meeting | Visit | Summit), Some(Phone)) => None,
        (Some(Artillery), Some(Firearms)) | (Some(Firearms), Some(Artillery)) => Some(0.0),
        (Some(_), Some(_)) => Some(-0.7),
        _ => Some(0.0),
    }
}

/// How much speaks for a later sentence of a report going on about what an earlier one told ("Fifteen people were killed"); none where it
/// is no such sentence. It has no day and place of its own, and does not tell its matter apart from another in so many words.
fn goes_on(later: &Told, earlier: &Told) -> Option<f64> {
    let goes_on = later.report == earlier.report
        && matches!(later.kind, EventType::Assault | EventType::Concede)
        && later.sentence[0] > earlier.sentence[0]
        && later.sentence[0] - earlier.sentence[0] <= GOES_ON
        && (later.days.is_none() || earlier.days.is_none() || later.days == earlier.days)
        && later.spot.is_none()
        && !later.another
        && later.is_told()
        && earlier.is_told();
    if !goes_on {
        return None;
    }
    let others = !later.whom.is_empty() && !earlier.whom.is_empty() && later.whom.is_disjoint(&earlier.whom);
    if later.kind != EventType::Assault && (later.mode != earlier.mode || others) {
        return None;
    }
    let mut score = 3.0;
    let result = RESULTS.contains(&later.trigger.as_str()) || later.whom.contains("nobody");
    if result {
        score += 1.0;
    } else if later.denied() || later.definite || later.days.is_some() {
        score += 0.7;
    }
    // who did it, said after what was done
    if earlier.actors.is_empty() && !later.actors.is_empty() {
        score += 0.7;
    }
    if !later.targets.is_disjoint(&earlier.targets) || later.trigger == earlier.trigger {
        score += 0.5;
    } else if !later.targets.is_empty() && !earlier.targets.is_empty() {
        // what was hit is what sides dispute
        score -= if later.teller == earlier.teller { 2.0 } else { 0.5 };
    }
    let answers =
        later.teller != earlier.teller && later.home.as_ref().is_some_and(|home| earlier.countries.contains(home));
    if answers {
        score += 0.4;
    } else if !result && !later.countries.is_empty() && !earlier.countries.is_empty() {
        score += if later.countries.is_disjoint(&earlier.countries) { -0.7 } else { 0.4 };
    }
    Some(score - 0.5 * f64::from(later.sentence[0] - earlier.sentence[0]) / f64::from(GOES_ON))
}

/// The days: told of both, of one, of none.
fn when(a: &Told, b: &Told) -> Option<f64> {
    if done_by_then(a, b) || done_by_then(b, a) {
        return Some(1.0);
    }
    match (&a.days, &b.days) {
        (Some(a), Some(b)) if a == b && a.is_one() => Some(2.0),
        (Some(a), Some(b)) if a.meet(b) => Some(1.0),
        (Some(ours), Some(theirs)) => {
            // the night before and the morning after; a meeting of "a day after" and of the day
            let near = ours.is_one() && theirs.is_one() && days::apart(&ours.from, &theirs.from) == Some(1);
            let talks = a.kind == EventType::Consult;
            (near && (talks || a.part.is_some() || b.part.is_some())).then_some(0.3)
        }
        (Some(dated), None) => undated(dated, &b.known, b.definite),
        (None, Some(dated)) => undated(dated, &a.known, a.definite),
        (None, None) => match days::apart(&a.known, &b.known)? {
            0..=2 => Some(0.6),
            3..=7 => Some(0.0),
            WINDOW.. => None,
            _ => Some(-1.5),
        },
    }
}

/// Whether what was to be done by a day is told as done by then, and after it was announced.
fn done_by_then(planned: &Told, done: &Told) -> bool {
    let at = done.days.as_ref().map_or(&done.known, |days| &days.from);
    let by = planned.days.as_ref().filter(|days| planned.status == Status::Planned && days.from > planned.known);
    let told = matches!(done.status, Status::Occurred | Status::Ended);
    told && planned.kind != EventType::Consult && by.is_some_and(|days| planned.known <= *at && *at <= days.to)
}

/// A dated account against one that is not dated but was published on a day; what is spoken of as known may be of long ago.
fn undated(dated: &Days, known: &str, definite: bool) -> Option<f64> {
    let apart = if dated.from.as_str() <= known && known <= dated.to.as_str() {
        0
    } else {
        days::apart(&dated.from, known)?.min(days::apart(&dated.to, known)?)
    };
    match apart {
        0..=2 => Some(0.6),
        3..=7 => Some(0.0),
        WINDOW.. if !definite => None,
        _ => Some(-1.5),
    }
}

/// The places: an attack elsewhere is another one; a meeting elsewhere may be one told differently.
fn place(a: &Told, b: &Told) -> Option<f64> {
    let (Some(ours), Some(theirs)) = (&a.spot, &b.spot) else {
        // a place that the sentence names, though not as that of the event
        let beside = |spot: &Option<Spot>, other: &Told| {
            spot.as_ref().is_some_and(|spot| spot.fine && telling(&spot.name).is_subset(&other.named))
        };
        return Some(if beside(&a.spot, b) || beside(&b.spot, a) { 0.8 } else { 0.0 });
    };
    if ours.name == theirs.name {
        return Some(if ours.fine { 1.7 } else { 0.6 });
    }
    if !(ours.fine && theirs.fine) {
        let apart = ours.country.is_some() && theirs.country.is_some() && ours.country != theirs.country;
        return if apart && a.kind == EventType::Assault { None } else { Some(0.0) };
    }
    if a.kind == EventType::Consult {
        return Some(-0.7);
    }
    match kilometres(ours, theirs) {
        Some(far) if far <= FAR => Some(0.0),
        _ => None,
    }
}

/// Who took part: the same actors, the same countries, others.
fn parties(a: &Told, b: &Told) -> Option<f64> {
    if matches!(a.kind, EventType::Consult | EventType::Agree | EventType::Cooperate) {
        let ours: BTreeSet<&String> = a.actors.union(&a.recipients).collect();
        let theirs: BTreeSet<&String> = b.actors.union(&b.recipients).collect();
        let shared = ours.intersection(&theirs).count();
        let countries = a.countries.intersection(&b.countries).count();
        return Some(match (shared, countries) {
            (2.., _) => 2.2,
            (1, 2..) => 1.8,
            (1, _) => 1.0,
            (0, 2..) => 1.2,
            (0, 1) => 0.0,
            _ if unknown(&ours, a) || unknown(&theirs, b) => -0.5,
            _ => return None,
        });
    }
    let side = |ours: &BTreeSet<String>, theirs: &BTreeSet<String>, against: f64| {
        let all = |keys: &BTreeSet<String>, told: &Told| keys.iter().all(|key| key.starts_with(&told.report));
        if ours.is_empty() || theirs.is_empty() || ours.is_disjoint(theirs) && (all(ours, a) || all(theirs, b)) {
            0.0
        } else if ours.is_disjoint(theirs) {
            // a government and its army are one side
            if a.countries.len() == 1 && a.countries == b.countries { 0.0 } else { against }
        } else {
            1.0
        }
    };
    // who did it is what sides dispute of an attack; of other acts it is what tells them apart
    let against = if a.kind == EventType::Assault { -0.3 } else { -1.2 };
    let whom = if !a.whom.is_disjoint(&b.whom) {
        0.5
    } else if a.kind == EventType::Assault || a.whom.is_empty() || b.whom.is_empty() {
        0.0
    } else {
        -0.4
    };
    let countries = if a.countries.is_disjoint(&b.countries) { 0.0 } else { 0.4 };
    Some(side(&a.actors, &b.actors, against) + side(&a.recipients, &b.recipients, -0.6) + countries + whom)
}

/// Whether nobody of these is known beyond the report.
fn unknown(keys: &BTreeSet<&String>, told: &Told) -> bool {
    told.countries.is_empty() && keys.iter().all(|key| key.starts_with(&told.report))
}

/// The distance of two places, on a sphere.
fn kilometres(a: &Spot, b: &Spot) -> Option<f64> {
    let (lat, other) = (a.lat?.to_radians(), b.lat?.to_radians());
    let east = (a.lon? - b.lon?).to_radians();
    let chord = ((lat - other) / 2.0).sin().powi(2) + lat.cos() * other.cos() * (east / 2.0).sin().powi(2);
    Some(2.0 * 6371.0 * chord.sqrt().min(1.0).asin())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(words: &mut Words, report: &str, day: &str, sentence: &str) -> Told {
        let kind = EventType::Assault;
        let spot = Spot { name: "Loja".into(), country: Some("ECU".into()), lat: None, lon: None, fine: true };
        let telling = telling(sentence);
        Told {
            entry: format!("{report}:{sentence}"),
            report: report.into(),
            origin: report.into(),
            teller: None,
            known: day.into(),
            kind,
            mode: None,
            days: Days::of(day),
            part: None,
            spot: Some(spot),
            actors: BTreeSet::new(),
            recipients: BTreeSet::new(),
            countries: BTreeSet::new(),
            home: None,
            trigger: "strike".into(),
            targets: telling.iter().filter(|word| TARGETS.contains(&word.as_str())).cloned().collect(),
            status: Status::Occurred,
            sentence: [0, sentence.len() as u32],
            proposal: None,
            whom: BTreeSet::new(),
            definite: false,
            another: false,
            clause: false,
            named: named(sentence),
            words: words.bag(&telling),
        }
    }

    #[test]
    fn one_strike_told_twice_and_two_strikes_of_one_day() {
        let mut happenings = Happenings::default();
        let mut of = |report: &str, day: &str, sentence: &str| {
            let told = told(&mut happenings.words, report, day, sentence);
            happenings.of(told)
        };
        let market = of("a", "2026-02-10", "A strike on the market in Loja killed twelve people");
        let again = of("b", "2026-02-10", "At least nine people died when a strike hit the market in Loja");
        let depot = of("b", "2026-02-10", "A second strike hit a fuel depot in Loja");
        let next = of("c", "2026-02-14", "A strike on the market in Loja killed two people");
        assert_eq!(market, again);
        assert_ne!(market, depot);
        assert_ne!(market, next);
    }

    #[test]
    fn a_later_sentence_goes_on_about_what_was_told() {
        let mut happenings = Happenings::default();
        let market = told(&mut happenings.words, "a", "2026-02-10", "A strike hit the market in Loja on Tuesday");
        let follows = |happenings: &mut Happenings, sentence: &str, trigger: &str| Told {
            days: None,
            spot: None,
            trigger: stem(trigger).to_owned(),
            sentence: [200, 260],
            ..told(&mut happenings.words, "a", "2026-02-10", sentence)
        };
        let first = happenings.of(market);
        let killed = follows(&mut happenings, "Fifteen people were killed, the mayor said", "killed");
        assert_eq!(happenings.of(killed), first);
        // what is told of another day, or is told apart, is another thing
        let other =
            Told { another: true, ..follows(&mut happenings, "Hundreds were killed since the war began", "killed") };
        assert_ne!(happenings.of(other), first);
        let thursday = "A strike hit the market in Loja again on Thursday";
        let next = told(&mut happenings.words, "d", "2026-02-12", thursday);
        assert_ne!(happenings.of(next), first);
    }

    #[test]
    fn a_proposal_is_one_thing_whenever_it_is_spoken_of() {
        let mut happenings = Happenings::default();
        let mut spoken = |report: &str, day: &str, proposal: &str| {
            let told = told(&mut happenings.words, report, day, "the truce");
            let proposal = Some(proposal.into());
            happenings.of(Told { kind: EventType::Retreat, proposal, status: Status::Demanded, ..told })
        };
        let truce = spoken("a", "2026-02-10", "proposal:truce");
        assert_eq!(spoken("b", "2026-04-01", "proposal:truce"), truce);
        assert_ne!(spoken("c", "2026-02-10", "proposal:pause"), truce);
    }

    #[test]
    fn what_was_planned_and_what_was_done_by_then_are_one() {
        let mut happenings = Happenings::default();
        let left = |happenings: &mut Happenings, report: &str, known: &str, status: Status, sentence: &str| Told {
            kind: EventType::Retreat,
            status,
            known: known.into(),
            days: (status == Status::Planned).then(|| Days::of("2026-04-20")).flatten(),
            actors: BTreeSet::from(["government:ECU".into()]),
            countries: BTreeSet::from(["ECU".into()]),
            ..told(&mut happenings.words, report, known, sentence)
        };
        let announced = "to leave the two posts in Loja by 20 April";
        let announced = left(&mut happenings, "a", "2026-04-10", Status::Planned, announced);
        let planned = happenings.of(announced);
        let done = left(&mut happenings, "b", "2026-04-19", Status::Occurred, "Soldiers have left both posts in Loja");
        assert_eq!(happenings.of(done.clone()), planned);
        let late = Told { known: "2026-05-19".into(), report: "c".into(), entry: "c:1".into(), ..done };
        assert_ne!(happenings.of(late), planned);
    }

    #[test]
    fn distances_are_on_the_ground() {
        let spot = |lat, lon| Spot { name: String::new(), country: None, lat: Some(lat), lon: Some(lon), fine: true };
        let far = kilometres(&spot(50.45, 30.52), &spot(55.75, 37.62)).unwrap();
        assert!((far - 755.0).abs() < 10.0, "{far}");
    }
}
