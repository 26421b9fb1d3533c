//! Who met whom: meetings, calls and visits in, their state and the accounts of both sides out.
//!
//! A contact that was planned for a day is `lapsed` when it was called off (in so many words, whatever the account's status), or when reports of more than three days later know of nothing
//! held. What a side leaves out is what another account of the contact says in words that no report of that side has.

use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use rapporteur_record::{Event, Status};
use serde::{Deserialize, Serialize};

use super::timeline::{happening, label};
use super::{Account, Desk, Scope, cell, listed};
use crate::days;
use crate::entry::{Cite, Entry};
use crate::error::Error;
use crate::fold::{Bag, Vocabulary};
use crate::table::Table;

/// After so many days without a word of it, a planned contact has lapsed.
const PATIENCE: i64 = 3;

/// The share of telling words by which a sentence says what another says.
const SAID: f64 = 0.4;

/// Words that say of a contact that it was not held.
const CALLED_OFF: &[&str] = &[
    "cancelled",
    "canceled",
    "called off",
    "postponed",
    "put off",
    "not taken place",
    "not take place",
    "never took place",
    "fell through",
];

/// How many sentences are named as left out, for each side.
const MOST: usize = 3;

/// One contact.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Contact {
    /// The key of the happening.
    pub key: String,
    /// Who.
    pub parties: Vec<String>,
    /// Their keys.
    pub party_keys: Vec<String>,
    /// PLOVER mode.
    pub mode: Option<String>,
    /// The day; none where no account dates it.
    pub day: Option<String>,
    /// Where.
    pub place: Option<String>,
    /// `planned`, `held`, `lapsed`, `offered`, `demanded`, `denied` or `possible`.
    pub state: String,
    /// It, in a few words of the ledger.
    pub label: String,
    /// What each says of it.
    pub accounts: Vec<Account>,
    /// What a side leaves out of what another says.
    pub left_out: Vec<LeftOut>,
    /// Where the words stand.
    pub cites: Vec<Cite>,
}

/// Words about a contact that one side does not have.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct LeftOut {
    /// The outlet that does not have them.
    pub side: String,
    /// The outlet that has them.
    pub by: String,
    /// The words.
    pub words: String,
    /// Where they stand.
    pub cites: Vec<Cite>,
}

/// The contacts in scope, by day.
pub fn contacts(desk: &Desk, scope: &Scope) -> Result<(Vec<Contact>, Table), Error> {
    let mut rows = Vec::new();
    let mut opened = Opened::default();
    for accounts in desk.happenings(&["CONSULT"], scope)? {
        let Some(whole) = happening(desk, &accounts) else { continue };
        let mut parties = whole.actors;
        parties.extend(whole.recipients.into_iter().filter(|name| !parties.contains(name)).collect::<Vec<_>>());
        rows.push(Contact {
            key: whole.key,
            parties,
            party_keys: keys(&accounts),
            mode: whole.mode,
            state: state(desk, &accounts, &called_off(desk, &accounts, &mut opened)?).into(),
            day: whole.from,
            place: whole.place,
            label: accounts.first().map_or_else(String::new, |entry| label(desk, entry)),
            left_out: left_out(desk, &accounts, &mut opened)?,
            accounts: accounts.iter().map(|entry| desk.account(entry)).collect(),
            cites: whole.cites,
        });
    }
    rows.sort_by(|a, b| {
        let [a, b] =
            [a, b].map(|row| (row.day.as_ref().or(row.accounts.first().map(|account| &account.day)), &row.key));
        a.cmp(&b)
    });
    let mut table = Table::new(&["day", "state", "who", "how", "place", "accounts", "words"]);
    for row in &rows {
        let by: BTreeSet<&str> = row.accounts.iter().map(|account| account.by.as_str()).collect();
        let by: Vec<String> = by.into_iter().map(str::to_owned).collect();
        let words = row.cites.first().map_or_else(String::new, |cite| cite.words.clone());
        let cells = vec![
            cell(row.day.as_ref()),
            row.state.clone(),
            listed(&row.parties),
            cell(row.mode.as_ref()).replace('_', " "),
            cell(row.place.as_ref()),
            listed(&by),
            words,
        ];
        table.push(cells, row.cites.clone(), row);
    }
    Ok((rows, table))
}

/// The actors and recipients of all accounts, each once.
fn keys(accounts: &[Entry]) -> Vec<String> {
    let events = accounts.iter().filter_map(Entry::event);
    let keys: BTreeSet<&String> = events.flat_map(|event| event.actors.iter().chain(&event.recipients)).collect();
    keys.into_iter().cloned().collect()
}

/// The accounts in whose sentence the contact is said not to have been held.
fn called_off(desk: &Desk, accounts: &[Entry], opened: &mut Opened) -> Result<BTreeSet<String>, Error> {
    let mut off = BTreeSet::new();
    // a report is opened only where something was planned that another account may call off
    let planned = accounts.iter().any(|entry| entry.event().is_some_and(|event| event.status == Status::Planned));
    for entry in accounts {
        let mut small = entry.words().to_lowercase();
        if planned && accounts.len() > 1 {
            let sentences = opened.sentences(desk, &entry.report)?;
            let own = sentences.iter().find(|(.., cite)| cite.at == entry.sentence);
            small = own.map_or(small, |(.., cite)| cite.words.to_lowercase());
        }
        if CALLED_OFF.iter().any(|phrase| small.contains(phrase)) {
            off.insert(entry.key.clone());
        }
    }
    Ok(off)
}

/// What became of a contact, as far as the accounts tell.
fn state(desk: &Desk, accounts: &[Entry], off: &BTreeSet<String>) -> &'static str {
    let status = |entry: &Entry| {
        let status = entry.event()?.status;
        Some(if off.contains(&entry.key) { Status::Failed } else { status })
    };
    let statuses = || accounts.iter().filter_map(status);
    if statuses().any(|status| matches!(status, Status::Occurred | Status::Ongoing | Status::Ended)) {
        return "held";
    }
    let last = statuses().next_back();
    if matches!(last, Some(Status::Failed)) || matches!(last, Some(Status::Denied)) && accounts.len() > 1 {
        return "lapsed";
    }
    let over = |entry: &Entry| {
        let days = entry.days.as_ref()?;
        Some(days::later(&days.to, PATIENCE) < desk.today)
    };
    let planned = |event: &Event| event.status == Status::Planned;
    let due: Vec<bool> = accounts.iter().filter(|e| e.event().is_some_and(planned)).filter_map(over).collect();
    match last {
        _ if !due.is_empty() && due.iter().all(|over| *over) => "lapsed",
        Some(Status::Planned) => "planned",
        Some(Status::Denied | Status::Failed) => "denied",
        Some(Status::Offered) => "offered",
        Some(Status::Demanded) => "demanded",
        _ => "possible",
    }
}

/// A sentence of a report: its telling words, these in few bits, and where it stands.
type Sentence = (Bag, u64, Cite);

/// The sentences of reports, which are opened once however many contacts they tell.
#[derive(Default)]
struct Opened {
    words: Vocabulary,
    reports: BTreeMap<String, Rc<Vec<Sentence>>>,
}

impl Opened {
    fn sentences(&mut self, desk: &Desk, report: &str) -> Result<Rc<Vec<Sentence>>, Error> {
        if let Some(sentences) = self.reports.get(report) {
            return Ok(Rc::clone(sentences));
        }
        let sentences = desk.ledger.sentences(report)?.into_iter().map(|(at, words)| {
            let telling = self.words.learn(&words);
            let mask = telling.mask();
            (telling, mask, Cite { report: report.to_owned(), at, words })
        });
        let sentences = Rc::new(sentences.collect());
        self.reports.insert(report.to_owned(), Rc::clone(&sentences));
        Ok(sentences)
    }
}

/// For every two outlets that tell a contact: sentences of the one about it that no report of the other has.
fn left_out(desk: &Desk, accounts: &[Entry], opened: &mut Opened) -> Result<Vec<LeftOut>, Error> {
    let mut sides: Vec<(&str, Vec<&Entry>)> = Vec::new();
    for entry in accounts {
        let outlet = desk.outlet(&entry.report);
        match sides.iter_mut().find(|(name, _)| *name == outlet) {
            Some((_, entries)) => entries.push(entry),
            None => sides.push((outlet, vec![entry])),
        }
    }
    let mut left_out = Vec::new();
    if sides.len() < 2 || sides.len() > 8 {
        return Ok(left_out);
    }
    let mut texts = Vec::new();
    for (name, entries) in &sides {
        let mut has = Vec::new();
        let mut says = Vec::new();
        let reports: BTreeSet<&str> = entries.iter().map(|entry| entry.report.as_str()).collect();
        for report in reports {
            let sentences = opened.sentences(desk, report)?;
            let told: Vec<u32> =
                entries.iter().filter(|entry| entry.report == report).map(|entry| entry.sentence[0]).collect();
            for number in 0..sentences.len() {
                // the sentence that tells the contact, and the two after it
                let near = &sentences[number.saturating_sub(2)..=number];
                if near.iter().any(|(_, _, cite)| told.contains(&cite.at[0])) {
                    says.push((Rc::clone(&sentences), number));
                }
            }
            has.push(sentences);
        }
        texts.push((*name, has, says));
    }
    for (side, has, _) in &texts {
        let says_it = |words: &Bag| {
            let mut all = has.iter().flat_map(|report| report.iter());
            all.any(|(own, mask, _)| words.may_be_in(*mask, SAID) && words.is_in(own, SAID))
        };
        for (by, _, says) in &texts {
            if side == by {
                continue;
            }
            let says = says.iter().map(|(sentences, number)| &sentences[*number]);
            let missing = says.filter(|(words, ..)| words.len() > 4 && !says_it(words));
            left_out.extend(missing.take(MOST).map(|(_, _, cite)| LeftOut {
                side: (*side).to_owned(),
                by: (*by).to_owned(),
                words: cite.words.clone(),
                cites: vec![cite.clone()],
            }));
        }
    }
    Ok(left_out)
}
