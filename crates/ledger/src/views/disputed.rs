//! What one says and another denies: claims in, each beside its denials out.
//!
//! A denial is a happening that one account tells and another disclaims, or a statement that denies in the words of an earlier
//! claim by someone else. Only what is told as a fact can be denied: who rejects a plan denies nothing.

use std::collections::BTreeSet;

use rapporteur_record::Status;
use serde::{Deserialize, Serialize};

use super::{Account, Desk, Scope};
use crate::days;
use crate::entry::{Cite, Entry};
use crate::error::Error;
use crate::fold::{Bag, Sharing, Vocabulary};
use crate::table::Table;

/// The share of a denial's telling words that the claim must have.
const SPEAKS_OF_IT: f64 = 0.45;

/// Stems of cues that deny a claim; "rejected" turns down a proposal as often.
const DENIES: &[&str] = &["den", "refut", "disput", "contradict", "disclaim", "dismiss", "rebut"];

/// How many days a claim may be older than its denial.
const WITHIN: u32 = 30;

/// A claim, and who denies it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Disputed {
    /// The words of the claim.
    pub claim: String,
    /// Who makes it.
    pub by: String,
    /// Since when it is known.
    pub day: String,
    /// Where its words stand.
    pub cites: Vec<Cite>,
    /// Who denies it, and in which words.
    pub denials: Vec<Account>,
}

/// Whether it is told as something that is or was so.
fn is_fact(status: Status) -> bool {
    matches!(status, Status::Occurred | Status::Ongoing | Status::Ended | Status::Failed)
}

/// The disputed claims in scope, the earliest first.
pub fn disputed(desk: &Desk, scope: &Scope) -> Result<(Vec<Disputed>, Table), Error> {
    let mut rows: Vec<Disputed> = Vec::new();
    for accounts in desk.happenings(&[], scope)? {
        let denies = |entry: &&Entry| entry.event().is_some_and(|event| event.status == Status::Denied);
        let denials: Vec<&Entry> = accounts.iter().filter(denies).collect();
        let claims: Vec<&Entry> = accounts
            .iter()
            .filter(|entry| {
                entry.event().is_some_and(|event| is_fact(event.status))
                    && denials.iter().any(|denial| denial.teller != entry.teller || denial.report != entry.report)
            })
            .collect();
        if let (Some(claim), false) = (claims.first(), denials.is_empty()) {
            let account = desk.account(claim);
            rows.push(Disputed {
                claim: account.words,
                by: account.by,
                day: account.day,
                cites: claims.iter().flat_map(|claim| claim.cites()).collect(),
                denials: denials.iter().map(|denial| desk.account(denial)).collect(),
            });
        }
    }
    let spoken = |entry: &Entry| entry.statement().and_then(|statement| statement.speaker.clone());
    let said = desk.entries("statement", &[], &Scope::default())?;
    let denies = |entry: &&Entry| {
        let cue = entry.statement().and_then(|statement| statement.cue.as_ref());
        let cue = cue.map_or_else(String::new, |cue| cue.words.to_lowercase());
        entry.kind() == "deny" && DENIES.iter().any(|stem| cue.contains(stem))
    };
    let mut vocabulary = Vocabulary::default();
    let denials: Vec<(&Entry, Bag)> =
        said.iter().filter(denies).map(|entry| (entry, vocabulary.learn(&entry.words()))).collect();
    let words: Vec<Bag> = said.iter().map(|entry| vocabulary.known(&entry.words())).collect();
    let sharing = Sharing::of(&words);
    for (denial, denied) in denials.iter().filter(|(_, words)| words.len() > 1) {
        let near = |claim: &Entry| {
            claim.known <= denial.known && days::apart(&claim.known, &denial.known).is_some_and(|days| days <= WITHIN)
        };
        // they stand in the order in which they became known
        let until = said.partition_point(|claim| claim.known <= denial.known);
        let claim = sharing
            .with(denied, SPEAKS_OF_IT, said[..until].partition_point(|claim| !near(claim))..until)
            .into_iter()
            .map(|(claim, share)| (share, &said[claim]))
            .filter(|(_, claim)| !matches!(claim.kind(), "deny" | "demand" | "promise" | "ask"))
            .filter(|(_, claim)| near(claim) && spoken(claim).is_some() && spoken(claim) != spoken(denial))
            .max_by(|a, b| a.0.total_cmp(&b.0).then_with(|| b.1.known.cmp(&a.1.known)));
        let Some((_, claim)) = claim else { continue };
        let mut denied = desk.account(denial);
        denied.by = spoken(denial).map_or(denied.by, |key| desk.name(&key));
        let claimed = claim.cites();
        if let Some(row) = rows.iter_mut().find(|row| row.cites.iter().any(|cite| claimed.contains(cite))) {
            row.denials.push(denied);
        } else if desk.holds(scope, claim) || desk.holds(scope, denial) {
            rows.push(Disputed {
                claim: claim.words(),
                by: spoken(claim).map_or_else(String::new, |key| desk.name(&key)),
                day: claim.known.clone(),
                cites: claimed,
                denials: vec![denied],
            });
        }
    }
    rows.sort_by(|a, b| (&a.day, &a.cites).cmp(&(&b.day, &b.cites)));
    let mut table = Table::new(&["day", "by", "claim", "denied by", "denial"]);
    for row in &rows {
        let by: BTreeSet<&str> = row.denials.iter().map(|denial| denial.by.as_str()).collect();
        let by: Vec<&str> = by.into_iter().collect();
        let words = row.denials.first().map_or_else(String::new, |denial| denial.words.clone());
        let mut cites = row.cites.clone();
        cites.extend(row.denials.iter().flat_map(|denial| denial.cites.clone()));
        table.push(vec![row.day.clone(), row.by.clone(), row.claim.clone(), by.join(", "), words], cites, row);
    }
    Ok((rows, table))
}
