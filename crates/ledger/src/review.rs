//! Review: what a person says of an entry in, a decision that the ledger keeps out; and the trail of all decisions.
//!
//! What comes from a file or a keyboard names things as a person does. Here it is held against the ledger: the subject must be there, the
//! value must fit it, and somebody must stand for it with a reason. What passes is kept with the words it is about.
//!
//! **Invariant:** nothing is decided without a reviewer and a reason, and nothing about what the ledger does not have.

use std::collections::BTreeMap;

use rapporteur_record::Record;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use crate::correction::{self, Names};
use crate::days;
use crate::decisions::{Anchor, Decision, of_report};
use crate::entry::{Decided, Entry, What};
use crate::error::Error;
use crate::fold::slug;
use crate::table::Table;
use crate::views::{Desk, Scope, named};

/// A decision as a person hands it in.
#[derive(Clone, Debug, Default, Deserialize)]
pub struct Given {
    /// `accept`, `reject`, `correct`, `merge` or `split`.
    pub verb: String,
    /// What it is about.
    pub subject: String,
    /// The other key (merge), or the corrected fields (correct).
    #[serde(default)]
    pub value: Value,
    /// Who decided.
    #[serde(default)]
    pub reviewer: Option<String>,
    /// Why.
    #[serde(default)]
    pub reason: String,
    /// When.
    #[serde(default)]
    pub day: Option<String>,
    /// Where the subject stands, if it comes from another ledger or from before another reading.
    #[serde(default)]
    pub anchor: Option<Anchor>,
    /// The same for the value.
    #[serde(default)]
    pub into: Option<Anchor>,
}

/// What a decision can be about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Sort {
    Actor,
    Proposal,
    Event,
    Entry,
}

impl Names for Desk<'_> {
    fn actor(&self, name: &str) -> Result<String, String> {
        let all = self.actors.values().map(|actor| (actor.key.as_str(), actor.names.as_slice()));
        unique("actor", "actors", name, all.collect())
    }

    fn proposal(&self, name: &str) -> Result<String, String> {
        let all = self.proposals.values().map(|proposal| (proposal.key.as_str(), proposal.names.as_slice()));
        unique("proposal", "proposals", name, all.collect())
    }
}

/// The one key that a name leads to: the key itself, the whole name, or a part that only one bears.
fn unique(sort: &str, view: &str, name: &str, all: Vec<(&str, &[String])>) -> Result<String, String> {
    let name = name.trim();
    if all.iter().any(|(key, _)| *key == name) {
        return Ok(name.to_owned());
    }
    let fitting = |fits: &dyn Fn(&str) -> bool| -> Vec<&str> {
        all.iter().filter(|(_, names)| names.iter().any(|own| fits(own))).map(|(key, _)| *key).collect()
    };
    let mut keys = fitting(&|own| slug(own) == slug(name));
    if keys.is_empty() {
        keys = fitting(&|own| named(own, name));
    }
    match keys.as_slice() {
        [one] => Ok((*one).to_owned()),
        [] => Err(format!("no {sort} “{name}” in this ledger; `rapporteur {view}` lists them")),
        many => {
            // a country that acts is its government
            let state = |key: &&&str| key.strip_prefix("government:").is_some_and(|country| country.len() == 3);
            let states: Vec<&&str> = many.iter().filter(state).collect();
            if let ([state], false) = (states.as_slice(), name.contains(' ')) {
                return Ok((**state).to_owned());
            }
            let some: Vec<&str> = many.iter().take(4).copied().collect();
            let more = if many.len() > some.len() { " or others" } else { "" };
            Err(format!("“{name}” may be {}{more}; give the key", some.join(" or ")))
        }
    }
}

/// Holds a decision against the ledger: the decision to keep, or one line that says why not.
pub fn check(desk: &Desk, given: &Given, reviewer: Option<&str>, today: &str) -> Result<Decision, String> {
    let reviewer = given.reviewer.as_deref().or(reviewer).map(str::trim).filter(|name| !name.is_empty());
    let reviewer = reviewer.ok_or("no reviewer")?.to_owned();
    let reason = given.reason.trim();
    if reason.is_empty() {
        return Err("no reason".into());
    }
    let day = given.day.as_deref().unwrap_or(today);
    if days::day(day).as_deref() != Some(day) {
        return Err(format!("“{day}” is no day; write it as 2026-02-03"));
    }
    let (sort, anchor) = place(desk, &given.subject, given.anchor.as_ref())?;
    let mut decision = Decision {
        verb: given.verb.clone(),
        subject: given.subject.clone(),
        value: None,
        reviewer,
        reason: reason.to_owned(),
        day: day.to_owned(),
        anchor,
        into: None,
    };
    let (entry, sharing) = (matches!(sort, Sort::Event | Sort::Entry), sort != Sort::Entry);
    match given.verb.as_str() {
        "accept" | "reject" | "correct" if !entry => {
            return Err(format!(
                "only an entry can be taken by “{}”; an actor or proposal by merge or split",
                given.verb
            ));
        }
        "merge" | "split" if !sharing => {
            return Err("only actors, proposals and events are merged and split".into());
        }
        "accept" | "reject" | "split" if !given.value.is_null() => {
            return Err(format!("{} has no value", given.verb));
        }
        "accept" | "reject" => {}
        "correct" => decision.value = Some(corrected(desk, given, decision.anchor.as_ref())?),
        "merge" => {
            let into = given.value.as_str().ok_or("the value of a merge is the other key")?;
            let (other, anchor) = place(desk, into, given.into.as_ref())?;
            if other != sort {
                return Err(format!("{} and {into} are not of one sort", given.subject));
            }
            (decision.value, decision.into) = (Some(into.to_owned()), anchor);
            if sort == Sort::Event && given.into.is_none() && into != given.subject {
                happening(desk, &mut decision, into)?;
            }
        }
        "split" => {
            let merged = |all: Vec<Decision>| {
                let last = all.into_iter().rev().find(|one| one.subject == given.subject && one.is_about_sharing());
                last.is_some_and(|last| last.verb == "merge")
            };
            if decision.anchor.is_none() && !merged(desk.ledger.decisions().map_err(words)?) {
                return Err(format!("{} was not merged; split a name in a report, such as REPORT:a2", given.subject));
            }
        }
        verb => return Err(format!("“{verb}” is none of accept, reject, correct, merge, split")),
    }
    Ok(decision)
}

fn words(error: Error) -> String {
    error.to_string()
}

/// What a key is of, and where it stands in its report.
fn place(desk: &Desk, key: &str, anchor: Option<&Anchor>) -> Result<(Sort, Option<Anchor>), String> {
    let sort = |anchor: &Anchor| match anchor.layer.as_str() {
        "actor" => Sort::Actor,
        "proposal" => Sort::Proposal,
        "event" => Sort::Event,
        _ => Sort::Entry,
    };
    if let Some(anchor) = anchor {
        let record = desk.ledger.record(&anchor.report).map_err(words)?;
        let record = record.ok_or_else(|| format!("no report {} in this ledger", anchor.report))?;
        let id = of_report(key).map_or("", |(_, id)| id);
        anchor.find(&record, id).ok_or_else(|| format!("the report has no {} at “{}”", anchor.layer, anchor.words))?;
        return Ok((sort(anchor), Some(anchor.clone())));
    }
    if let Some((report, id)) = of_report(key) {
        let record = desk.ledger.record(report).map_err(words)?;
        let record = record.ok_or_else(|| format!("no report {report} in this ledger"))?;
        let anchor = Anchor::of(report, &record, id).ok_or_else(|| format!("report {report} has no entry {id}"))?;
        return Ok((sort(&anchor), Some(anchor)));
    }
    if desk.actors.contains_key(key) {
        return Ok((Sort::Actor, None));
    }
    if desk.proposals.contains_key(key) {
        return Ok((Sort::Proposal, None));
    }
    // what was merged away is still there to be taken back
    if desk.ledger.decisions().map_err(words)?.iter().any(|decision| decision.subject == key) {
        return Ok((if key.starts_with("proposal:") { Sort::Proposal } else { Sort::Actor }, None));
    }
    Err(format!("nothing in this ledger has the key “{key}”"))
}

/// Puts the key of the happening, that of its first account, where another account was named.
fn happening(desk: &Desk, decision: &mut Decision, account: &str) -> Result<(), String> {
    let shared = desk.ledger.entry(account).map_err(words)?.and_then(|entry| entry.shared);
    if let Some(first) = shared.filter(|first| first != account)
        && let Some((report, id)) = of_report(&first)
        && let Some(record) = desk.ledger.record(report).map_err(words)?
        && let Some(anchor) = Anchor::of(report, &record, id)
    {
        (decision.value, decision.into) = (Some(first), Some(anchor));
    }
    Ok(())
}

/// The fields of a correction as they are kept.
fn corrected(desk: &Desk, given: &Given, anchor: Option<&Anchor>) -> Result<String, String> {
    let anchor = anchor.ok_or("only an entry of a report is corrected")?;
    let record = desk.ledger.record(&anchor.report).map_err(words)?.ok_or("its report is gone")?;
    let id = of_report(&given.subject).map_or("", |(_, id)| id);
    let id = anchor.find(&record, id).ok_or("its words are gone")?;
    let what = entry_of(&record, &id).ok_or("it is no entry")?;
    let parsed;
    let fields = match &given.value {
        Value::Object(fields) => fields,
        Value::String(json) => {
            parsed = serde_json::from_str::<Value>(json).unwrap_or_default();
            parsed.as_object().ok_or("the value of a correction is an object of fields")?
        }
        _ => return Err("the value of a correction is an object of fields".into()),
    };
    let kept = correction::understood(fields, &what, &record, desk)?;
    serde_json::to_string(&kept).map_err(|error| error.to_string())
}

/// An entry of a record by its id.
fn entry_of(record: &Record, id: &str) -> Option<What> {
    let statement = record.statement(id).cloned().map(What::Statement);
    let event = || record.events.iter().find(|event| event.id == id).cloned().map(What::Event);
    let position = || record.positions.iter().find(|position| position.id == id).cloned().map(What::Position);
    let pledge = || record.pledges.iter().find(|pledge| pledge.id == id).cloned().map(What::Pledge);
    statement.or_else(event).or_else(position).or_else(pledge)
}

/// The entries in scope that nobody decided about yet, report by report and in the order of the text.
pub fn undecided(desk: &Desk, scope: &Scope) -> Result<Vec<Entry>, Error> {
    let mut entries = Vec::new();
    for layer in ["statement", "event", "position", "pledge"] {
        let all = desk.entries(layer, &[], scope)?;
        entries.extend(all.into_iter().filter(|entry| entry.decided.is_none()));
    }
    entries.sort_by(|a, b| (&a.known, &a.report, a.sentence).cmp(&(&b.known, &b.report, b.sentence)));
    Ok(entries)
}

/// The fields of an entry that can be corrected, as a person writes them.
pub fn written(desk: &Desk, entry: &Entry) -> Vec<(&'static str, String)> {
    let name = |key: &str| match desk.proposals.get(key) {
        Some(proposal) => proposal.name.clone(),
        None => desk.name(key),
    };
    let fields = correction::fields(entry.layer()).into_iter();
    fields.map(|field| (field, correction::written(&entry.what, field, name, entry.spot.as_ref()))).collect()
}

/// One decision and what became of it.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Judged {
    /// The decision.
    #[serde(flatten)]
    pub decision: Decision,
    /// `stands`; `overtaken`, where a later decision took its place; `orphaned`, where the latest reading has not what it is about.
    pub state: String,
    /// The present key of what it is about.
    pub key: Option<String>,
}

/// Every decision, the earliest first, and what became of it.
pub fn audit(desk: &Desk) -> Result<(Vec<Judged>, Table), Error> {
    let all = desk.ledger.judged()?;
    let mut latest: BTreeMap<(&str, bool), usize> = BTreeMap::new();
    for (at, (decision, key)) in all.iter().enumerate() {
        if let Some(key) = key {
            latest.insert((key, decision.is_about_sharing()), at);
        }
    }
    let state = |at: usize, decision: &Decision, key: Option<&String>| match key {
        None => "orphaned",
        Some(key) if latest.get(&(key.as_str(), decision.is_about_sharing())) == Some(&at) => "stands",
        Some(_) => "overtaken",
    };
    let states: Vec<&str> =
        all.iter().enumerate().map(|(at, (decision, key))| state(at, decision, key.as_ref())).collect();
    let rows: Vec<Judged> = all
        .iter()
        .zip(states)
        .map(|((decision, key), state)| Judged { decision: decision.clone(), state: state.into(), key: key.clone() })
        .collect();
    let mut table = Table::new(&["day", "reviewer", "verb", "subject", "value", "state", "reason", "words"]);
    for row in &rows {
        let Decision { verb, subject, value, reviewer, reason, day, anchor, .. } = row.decision.clone();
        let words = match &anchor {
            Some(anchor) => anchor.words.clone(),
            None => desk.name(&subject),
        };
        let value = value.unwrap_or_default();
        table.push(vec![day, reviewer, verb, subject, value, row.state.clone(), reason, words], Vec::new(), row);
    }
    Ok((rows, table))
}

/// Marks the rows of a table that rest on entries of some layers that a person decided about; without any the table stays as it is.
pub fn mark(desk: &Desk, table: &mut Table, layers: &[&str]) -> Result<(), Error> {
    let mut marks: BTreeMap<(String, [u32; 2]), Decided> = BTreeMap::new();
    for entry in desk.ledger.decided()? {
        let Some(decided) = entry.decided.as_ref().filter(|_| layers.contains(&entry.layer())) else { continue };
        marks.extend(entry.cites().into_iter().map(|cite| ((cite.report, cite.at), decided.clone())));
    }
    if marks.is_empty() {
        return Ok(());
    }
    let mut column: Vec<Vec<Decided>> = Vec::new();
    for row in &table.rows {
        let mut own: Vec<Decided> = Vec::new();
        for cite in &row.cites {
            if let Some(decided) = marks.get(&(cite.report.clone(), cite.at)).filter(|one| !own.contains(one)) {
                own.push(decided.clone());
            }
        }
        column.push(own);
    }
    if column.iter().all(Vec::is_empty) {
        return Ok(());
    }
    let last = table.columns.len().saturating_sub(1);
    table.columns.insert(last, "decided");
    for (row, own) in table.rows.iter_mut().zip(column) {
        row.cells.insert(last.min(row.cells.len()), own.iter().map(told).collect::<Vec<_>>().join("; "));
        if !own.is_empty()
            && let Ok(Value::Object(mut whole)) = serde_json::from_str(&row.whole)
        {
            whole.insert("decided".into(), json!(own));
            row.whole = Value::Object(whole).to_string();
        }
    }
    Ok(())
}

/// A decision in a few words.
pub fn told(decided: &Decided) -> String {
    let done = if decided.verb == "correct" { "corrected" } else { "accepted" };
    format!("{done} by {}", decided.reviewer)
}
