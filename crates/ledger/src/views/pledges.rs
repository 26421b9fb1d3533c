//! What was promised and what became of it: pledges in; made, revised, due, kept or broken out, as later reports say.
//!
//! A later report speaks of a pledge when the one who made it, or the government they speak for, is in it and its words are those of the
//! pledge. It says *kept* when it tells a deed done, *broken* when it tells that it was not done or says so in so many words. Without
//! such a report a pledge is `made`, and `due` once its deadline has passed.

use std::cell::OnceCell;
use std::collections::{BTreeMap, BTreeSet};

use rapporteur_record::{Pledge, PledgeKind, Status};
use serde::{Deserialize, Serialize};

use super::{Desk, Reservation, Scope, cell};
use crate::days::{self, Days};
use crate::entry::{Cite, Entry};
use crate::error::Error;
use crate::fold::{Bag, Sharing, Vocabulary, telling};
use crate::table::Table;

/// The share of a pledge's telling words that a deed must have.
const SPEAKS_OF_IT: f64 = 0.4;

/// Words that say of a pledge that it was not kept.
const BROKEN: &[&str] =
    &["broke", "broken", "break", "fail", "unmet", "missed", "reneg", "lapsed", "violat", "unfulfill"];

/// Words that say of a pledge that it was kept.
const KEPT: &[&str] = &["kept", "fulfill", "honour", "honor", "complet", "deliver", "promised", "pledg"];

/// How many days after it a pledge is looked for in deeds.
const WITHIN: u32 = 120;

/// One promise, and what became of it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Promise {
    /// Who made it.
    pub by: String,
    /// `pledge` or `forecast`.
    pub kind: String,
    /// Its words.
    pub words: String,
    /// Since when it is known.
    pub made: String,
    /// By when; a date, or a duration that is not anchored.
    pub due: Option<String>,
    /// `made`, `revised`, `due`, `kept` or `broken`.
    pub state: String,
    /// What later reports say of it.
    pub outcome: Vec<Reservation>,
    /// Where the words stand.
    pub cites: Vec<Cite>,
}

/// The pledges in scope, the earliest first.
pub fn pledges(desk: &Desk, scope: &Scope) -> Result<(Vec<Promise>, Table), Error> {
    let all = desk.entries("pledge", &[], scope)?;
    let deeds = desk.entries(
        "event",
        &["AID", "RETREAT", "CONCEDE", "CONSULT", "AGREE", "SUPPORT", "COOPERATE", "REJECT", "MOBILIZE"],
        &Scope::default(),
    )?;
    // of deeds by others no pledge says anything
    let keys: BTreeSet<&str> = all.iter().filter_map(|entry| Some(entry.pledge()?.by.as_str())).collect();
    let countries: BTreeSet<&str> = keys.iter().filter_map(|key| desk.country(key)).collect();
    let own = |actor: &String| {
        keys.contains(actor.as_str()) || desk.country(actor).is_some_and(|country| countries.contains(country))
    };
    let deeds: Vec<Entry> =
        deeds.into_iter().filter(|deed| deed.event().is_some_and(|event| event.actors.iter().any(own))).collect();
    let mut vocabulary = Vocabulary::default();
    let promised: Vec<Bag> =
        all.iter().map(|entry| vocabulary.learn(entry.pledge().map_or("", |own| &own.content.words))).collect();
    let told: Vec<Bag> = deeds.iter().map(|deed| vocabulary.known(&deed.words())).collect();
    let says: Vec<OnceCell<BTreeSet<String>>> = deeds.iter().map(|_| OnceCell::new()).collect();
    let (like_pledge, like_deed) = (Sharing::of(&promised), Sharing::of(&told));
    let mut revising: BTreeMap<&str, usize> = BTreeMap::new();
    for (at, later) in all.iter().enumerate() {
        if let Some(earlier) = later.pledge().and_then(|own| own.revises.as_deref()) {
            revising.entry(earlier).or_insert(at);
        }
    }
    let mut rows = Vec::new();
    for (at, entry) in all.iter().enumerate() {
        let Some(pledge) = entry.pledge() else { continue };
        let words = &promised[at];
        let due = pledge.deadline.as_ref().map(|deadline| deadline.value.clone());
        let due_day = due.as_deref().and_then(Days::of).map(|days| days.to);
        let alike = like_pledge.with(words, SPEAKS_OF_IT, at + 1..all.len());
        let alike = alike.iter().map(|(at, _)| *at).filter(|later| revises(desk, entry, &all[*later]));
        let revised = alike.chain(revising.get(entry.key.as_str()).copied()).min().map(|later| &all[later]);
        // they stand in the order in which they became known
        let after = deeds.partition_point(|deed| deed.known <= entry.known);
        let soon = |deed: &Entry| days::apart(&deed.known, &entry.known).is_some_and(|days| days <= WITHIN);
        let until = after + deeds[after..].partition_point(soon);
        let outcome: Vec<(&str, &Entry)> = like_deed
            .with(words, SPEAKS_OF_IT, after..until)
            .into_iter()
            .filter_map(|(at, share)| {
                let told = || says[at].get_or_init(|| telling(&deeds[at].words()));
                Some((became(desk, pledge, &deeds[at], told, share)?, &deeds[at]))
            })
            .collect();
        let over = due_day.is_some_and(|day| day < desk.today);
        let state = match outcome.last() {
            Some((state, _)) => state,
            None if revised.is_some() => "revised",
            None if over => "due",
            None => "made",
        };
        let told = outcome.iter().map(|(_, deed)| *deed).chain(revised);
        rows.push(Promise {
            by: desk.name(&pledge.by),
            kind: pledge.kind.as_str().into(),
            words: pledge.content.words.clone(),
            made: entry.known.clone(),
            due,
            state: state.to_owned(),
            outcome: told.map(|deed| Reservation { words: deed.words(), cites: deed.cites() }).collect(),
            cites: entry.cites(),
        });
    }
    let mut table = Table::new(&["made", "by", "due", "state", "words", "outcome"]);
    for row in &rows {
        let outcome = row.outcome.last().map_or_else(String::new, |told| told.words.clone());
        let kind = if row.kind == PledgeKind::Forecast.as_str() { "forecast, " } else { "" };
        let state = format!("{kind}{}", row.state);
        let cells = vec![row.made.clone(), row.by.clone(), cell(row.due.as_ref()), state, row.words.clone(), outcome];
        table.push(cells, row.cites.clone(), row);
    }
    Ok((rows, table))
}

/// Whether a later pledge in the words of an earlier one takes its place: the same party promises the same with another deadline.
fn revises(desk: &Desk, earlier: &Entry, later: &Entry) -> bool {
    let (Some(old), Some(new)) = (earlier.pledge(), later.pledge()) else { return false };
    let deadlines = [&old.deadline, &new.deadline].map(|deadline| deadline.as_ref().map(|deadline| &deadline.value));
    one_party(desk, &old.by, &new.by) && deadlines[1].is_some() && deadlines[0] != deadlines[1]
}

/// What a later deed in the words of a pledge says of it; none where it does not speak of it.
fn became<'t>(
    desk: &Desk,
    pledge: &Pledge,
    deed: &Entry,
    told: impl Fn() -> &'t BTreeSet<String>,
    share: f64,
) -> Option<&'static str> {
    let event = deed.event()?;
    if !event.actors.iter().any(|actor| one_party(desk, &pledge.by, actor)) {
        return None;
    }
    let says = |list: &[&str]| told().iter().any(|word| list.iter().any(|stem| word.starts_with(stem)));
    match event.status {
        Status::Failed | Status::Denied => Some("broken"),
        Status::Occurred | Status::Ended if says(BROKEN) => Some("broken"),
        Status::Occurred | Status::Ended if says(KEPT) || share > 0.5 => Some("kept"),
        _ => None,
    }
}

/// Whether two actors are one, or a government and someone of its country.
pub(super) fn one_party(desk: &Desk, a: &str, b: &str) -> bool {
    a == b || desk.country(a).is_some() && desk.country(a) == desk.country(b)
}
