//! What was threatened, on what condition, and whether it was carried out: threats in, one row each out.
//!
//! A threat counts as carried out when a later account tells that the one who threatened, or someone of that country, did to the
//! threatened what the mode of the threat names: sanctions for sanctions, an attack or a mobilisation for a military threat.

use rapporteur_record::{Event, EventType, Mode, Status};
use serde::{Deserialize, Serialize};

use super::pledges::one_party;
use super::{Desk, Reservation, Scope, cell, listed};
use crate::days;
use crate::entry::{Cite, Entry};
use crate::error::Error;
use crate::table::Table;

/// How many days after it a threat is looked for in deeds.
const WITHIN: u32 = 180;

/// One threat.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Threat {
    /// Who threatens.
    pub by: String,
    /// Whom.
    pub against: Vec<String>,
    /// The words.
    pub words: String,
    /// The words of the condition.
    pub condition: Option<String>,
    /// Since when it is known.
    pub day: String,
    /// `open` or `carried out`.
    pub state: String,
    /// The deeds, in words of later reports.
    pub outcome: Vec<Reservation>,
    /// Where the words stand.
    pub cites: Vec<Cite>,
}

/// The threats in scope, the earliest first, each with all its accounts.
pub fn threats(desk: &Desk, scope: &Scope) -> Result<(Vec<Threat>, Table), Error> {
    let deeds =
        desk.entries("event", &["SANCTION", "ASSAULT", "MOBILIZE", "COERCE", "RETREAT", "REJECT"], &Scope::default())?;
    let mut rows = Vec::new();
    for accounts in desk.happenings(&["THREATEN"], scope)? {
        let Some(first) = accounts.first() else { continue };
        let Some(event) = first.event().filter(|event| event.status != Status::Denied) else { continue };
        let done: Vec<&Entry> = deeds.iter().filter(|deed| carried_out(desk, first, event, deed)).collect();
        let by = listed(&desk.names(&event.actors));
        let condition = accounts.iter().filter_map(Entry::event).find_map(|event| event.condition.as_ref());
        rows.push(Threat {
            by: if by.is_empty() { desk.account(first).by } else { by },
            against: desk.names(&event.recipients),
            words: first.words(),
            condition: condition.map(|span| span.words.clone()),
            day: first.known.clone(),
            state: if done.is_empty() { "open" } else { "carried out" }.into(),
            outcome: done.iter().map(|deed| Reservation { words: deed.words(), cites: deed.cites() }).collect(),
            cites: accounts.iter().flat_map(Entry::cites).collect(),
        });
    }
    let mut table = Table::new(&["day", "by", "against", "condition", "state", "words"]);
    for row in &rows {
        let cells = vec![
            row.day.clone(),
            row.by.clone(),
            listed(&row.against),
            cell(row.condition.as_ref()),
            row.state.clone(),
            row.words.clone(),
        ];
        table.push(cells, row.cites.clone(), row);
    }
    Ok((rows, table))
}

/// Whether a deed is what was threatened.
fn carried_out(desk: &Desk, threat: &Entry, event: &Event, deed: &Entry) -> bool {
    let Some(done) = deed.event().filter(|done| matches!(done.status, Status::Occurred | Status::Ongoing)) else {
        return false;
    };
    let named = match event.mode {
        Some(Mode::Sanctions) => done.kind == EventType::Sanction,
        Some(Mode::Military) => matches!(done.kind, EventType::Assault | EventType::Mobilize),
        Some(Mode::Restrict) => matches!(done.kind, EventType::Coerce | EventType::Sanction),
        _ => false,
    };
    if !named || deed.known <= threat.known {
        return false;
    }
    let by_them = || done.actors.iter().any(|actor| event.actors.iter().any(|other| one_party(desk, actor, other)));
    let to_them = || {
        event.recipients.is_empty()
            || done.recipients.is_empty()
            || done.recipients.iter().any(|one| event.recipients.iter().any(|other| one_party(desk, one, other)))
    };
    by_them() && to_them() && days::apart(&deed.known, &threat.known).is_some_and(|days| days <= WITHIN)
}
