//! One happening across reports: an account of an event in, the key of its happening out.
//!
//! Two accounts are one happening if they are of one type and enough speaks for it: the day, the place, who took part, the words around
//! them. What speaks against it can outweigh all that: other days, another town for an attack, a phone call against a meeting, another
//! target. Accounts of one teller in one report are never one, since the record would have made one entry of them. Numbers do not count
//! either way: twelve dead and fifteen dead may be one strike told by two sides, and the ledger shows both.
//!
//! **Invariant:** an account joins one happening or begins one, when its report is taken, and stays there.

use std::collections::{BTreeMap, BTreeSet};

use rapporteur_record::{CodePoints, Event, EventType, Mode, Status};
use serde::{Deserialize, Serialize};

use super::actors::Actors;
use super::words::{Bag, Words, stem, telling};
use crate::days::{self, Days};
use crate::entry::{Entry, Spot};

/// What it takes to be one happening.
const SAME: f64 = 3.5;

/// How many days an undated account is looked for among earlier ones.
const WINDOW: u32 = 30;

/// Farther than this is another place, in kilometres.
const FAR: f64 = 35.0;

/// How many code points before and after a trigger its target is looked for.
const BEFORE: u32 = 40;
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
    trigger: String,
    words: Bag,
    targets: BTreeSet<String>,
    denied: bool,
    sentence: [u32; 2],
}

/// The telling words right before and after a trigger, within its sentence.
fn around(points: &CodePoints, trigger: [u32; 2]) -> BTreeSet<String> {
    let before = points.slice(trigger[0].saturating_sub(BEFORE), trigger[0]).unwrap_or_default();
    let before = before.rsplit(['.', ',', ';', '\n']).next().unwrap_or_default();
    let after = points.slice(trigger[1], (trigger[1] + AFTER).min(points.count())).unwrap_or_default();
    let after = after.split(['.', ',', ';', '\n']).next().unwrap_or_default();
    telling(before).into_iter().chain(telling(after)).collect()
}

impl Told {
    /// What of an entry is compared.
    pub fn of(
        entry: &Entry,
        event: &Event,
        points: &CodePoints,
        origin: &str,
        actors: &Actors,
        words: &mut Words,
    ) -> Self {
        let sentence = points.slice(entry.sentence[0], entry.sentence[1]).unwrap_or(&event.evidence.words);
        let words = words.bag(&telling(sentence));
        let targets = around(points, event.trigger.at);
        let parties: BTreeSet<String> = event.actors.iter().chain(&event.recipients).cloned().collect();
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
            trigger: stem(&event.trigger.words.to_lowercase()).to_owned(),
            targets: targets.into_iter().filter(|word| TARGETS.contains(&word.as_str())).collect(),
            denied: event.status == Status::Denied,
            sentence: entry.sentence,
            words,
        }
    }

    /// What an account can be found by: who took part, where it was.
    fn marks(&self) -> BTreeSet<String> {
        let place = self.spot.iter().map(|spot| format!("@{}", spot.name));
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
        let candidates: BTreeSet<usize> = marks
            .iter()
            .filter_map(|mark| self.marked.get(&(told.kind, mark.clone())))
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
    // one teller in one sentence may name a thing twice ("were killed when aircraft bombed"); in two sentences it is two things
    let again = a.report == b.report && a.teller == b.teller;
    if again && (a.sentence != b.sentence || a.denied != b.denied) {
        return None;
    }
    if let (Some(a), Some(b)) = (&a.part, &b.part)
        && a != b
    {
        return None;
    }
    let copy = a.origin == b.origin && a.report != b.report;
    let mut score = when(a, b)? + place(a, b)? + parties(a, b)?;
    // who denies a thing in a report denies what another told there
    if a.report == b.report && a.denied != b.denied {
        score += 3.0;
    }
    if again {
        score -= 1.5;
    }
    score += match (a.mode, b.mode) {
        (Some(a), Some(b)) if a == b => 0.7,
        (Some(Mode::Phone), Some(Mode::Meeting | Mode::Visit | Mode::Summit))
        | (Some(Mode::Meeting | Mode::Visit | Mode::Summit), Some(Mode::Phone)) => return None,
        (Some(_), Some(_)) => -0.7,
        _ => 0.0,
    };
    if !a.targets.is_empty() && !b.targets.is_empty() {
        if a.targets.is_disjoint(&b.targets) && !copy {
            return None;
        }
        score += 0.5;
    }
    if a.trigger == b.trigger {
        score += 0.7;
    }
    let alike = words.likeness(&a.words, &b.words);
    score += 3.0 * alike;
    if copy && alike > 0.5 {
        score += 2.0;
    }
    Some(score)
}

/// The days: told of both, of one, of none.
fn when(a: &Told, b: &Told) -> Option<f64> {
    match (&a.days, &b.days) {
        (Some(a), Some(b)) if a == b && a.is_one() => Some(2.0),
        (Some(a), Some(b)) if a.meet(b) => Some(1.0),
        (Some(ours), Some(theirs)) => {
            // the night before and the morning after
            let near = ours.is_one() && theirs.is_one() && days::apart(&ours.from, &theirs.from) == Some(1);
            (near && (a.part.is_some() || b.part.is_some())).then_some(0.3)
        }
        (Some(dated), None) => undated(dated, &b.known),
        (None, Some(dated)) => undated(dated, &a.known),
        (None, None) => match days::apart(&a.known, &b.known)? {
            0..=2 => Some(0.6),
            3..=7 => Some(0.0),
            WINDOW.. => None,
            _ => Some(-1.5),
        },
    }
}

/// A dated account against one that is not dated but was published on a day.
fn undated(dated: &Days, known: &str) -> Option<f64> {
    let apart = if dated.from.as_str() <= known && known <= dated.to.as_str() {
        0
    } else {
        days::apart(&dated.from, known)?.min(days::apart(&dated.to, known)?)
    };
    match apart {
        0..=2 => Some(0.6),
        3..=7 => Some(0.0),
        WINDOW.. => None,
        _ => Some(-1.5),
    }
}

/// The places: an attack elsewhere is another one; a meeting elsewhere may be one told differently.
fn place(a: &Told, b: &Told) -> Option<f64> {
    let (Some(ours), Some(theirs)) = (&a.spot, &b.spot) else { return Some(0.0) };
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
            _ if ours.is_empty() || theirs.is_empty() => -0.5,
            _ => return None,
        });
    }
    let side = |ours: &BTreeSet<String>, theirs: &BTreeSet<String>, against: f64| {
        if ours.is_empty() || theirs.is_empty() {
            0.0
        } else if ours.is_disjoint(theirs) {
            against
        } else {
            1.0
        }
    };
    // who did it is what sides dispute of an attack; of other acts it is what tells them apart
    let against = if a.kind == EventType::Assault { -0.3 } else { -1.2 };
    let countries = if a.countries.is_disjoint(&b.countries) { 0.0 } else { 0.4 };
    Some(side(&a.actors, &b.actors, against) + side(&a.recipients, &b.recipients, -0.6) + countries)
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
            entry: format!("{report}:{}", telling.len()),
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
            trigger: "strike".into(),
            targets: telling.iter().filter(|word| TARGETS.contains(&word.as_str())).cloned().collect(),
            denied: false,
            sentence: [0, sentence.len() as u32],
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
    fn distances_are_on_the_ground() {
        let spot = |lat, lon| Spot { name: String::new(), country: None, lat: Some(lat), lon: Some(lon), fine: true };
        let far = kilometres(&spot(50.45, 30.52), &spot(55.75, 37.62)).unwrap();
        assert!((far - 755.0).abs() < 10.0, "{far}");
    }
}
