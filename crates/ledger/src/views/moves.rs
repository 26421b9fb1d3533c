//! What moved: changes of stance and of status in, one row each out, with the words that show them.

use rapporteur_record::Status;
use serde::{Deserialize, Serialize};

use super::positions::{grouped, stood};
use super::timeline::label;
use super::{Desk, Scope, listed};
use crate::entry::{Cite, Entry};
use crate::error::Error;
use crate::table::Table;

/// One change.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Move {
    /// The day on which it became known.
    pub day: String,
    /// `stance`, or the type of the happening whose status changed.
    pub what: String,
    /// The keys of party and proposal, of a change of stance.
    pub keys: Option<(String, String)>,
    /// Who moved.
    pub party: String,
    /// On which proposal; of a happening, what it is.
    pub proposal: String,
    /// What it was before; none where nothing was known.
    pub from: Option<String>,
    /// What it is now.
    pub to: String,
    /// The words.
    pub words: String,
    /// In whose words.
    pub by: Option<String>,
    /// Where they stand.
    pub cites: Vec<Cite>,
}

/// The changes that became known since a day (`scope.since`), the earliest first.
pub fn moves(desk: &Desk, scope: &Scope) -> Result<(Vec<Move>, Table), Error> {
    let since = scope.since.as_deref().unwrap_or("");
    let whole = Scope { since: None, ..scope.clone() };
    let mut rows = Vec::new();
    for ((proposal, party), mut entries) in grouped(desk, &whole)? {
        entries.sort_by(|a, b| a.known.cmp(&b.known));
        let name = desk.proposals.get(&proposal).map_or_else(|| proposal.clone(), |known| known.name.clone());
        let mut before: Option<&'static str> = None;
        for entry in &entries {
            if before != Some(entry.kind()) && entry.known.as_str() >= since {
                let now = stood(desk, entry);
                rows.push(Move {
                    day: entry.known.clone(),
                    what: "stance".into(),
                    keys: Some((party.clone(), proposal.clone())),
                    party: desk.name(&party),
                    proposal: name.clone(),
                    from: before.map(str::to_owned),
                    to: now.stance,
                    words: now.words,
                    by: now.by,
                    cites: now.cites,
                });
            }
            before = Some(entry.kind());
        }
    }
    for accounts in desk.happenings(&[], &whole)? {
        let mut before: Option<&Entry> = None;
        for entry in &accounts {
            let Some(event) = entry.event() else { continue };
            if let Some(earlier) = before
                && let Some(was) = earlier.event()
                && changed(was.status, event.status)
                && entry.known.as_str() >= since
            {
                rows.push(Move {
                    day: entry.known.clone(),
                    what: event.kind.as_str().into(),
                    keys: None,
                    party: listed(&desk.names(&event.actors)),
                    proposal: label(desk, entry),
                    from: Some(was.status.as_str().into()),
                    to: event.status.as_str().into(),
                    words: entry.words(),
                    by: entry.teller.as_deref().map(|key| desk.name(key)),
                    cites: entry.cites(),
                });
            }
            before = Some(entry);
        }
    }
    rows.sort_by(|a, b| a.day.cmp(&b.day));
    let mut table = Table::new(&["day", "party", "on", "from", "to", "words"]);
    for row in &rows {
        let from = row.from.as_deref().unwrap_or("nothing known").replace('_', " ");
        let to = row.to.replace('_', " ");
        let cells = vec![row.day.clone(), row.party.clone(), row.proposal.clone(), from, to, row.words.clone()];
        table.push(cells, row.cites.clone(), row);
    }
    Ok((rows, table))
}

/// Whether a status moved on: what was coming came, failed or was called off, or is told again as coming. What is wished for moves nothing, and what
/// one tells and another denies is disputed and did not move.
fn changed(was: Status, now: Status) -> bool {
    let stage = |status: Status| match status {
        Status::Possible | Status::Contemplated | Status::Offered | Status::Demanded | Status::Conditional => 0,
        Status::Planned => 1,
        Status::Ongoing => 2,
        Status::Occurred | Status::Ended => 3,
        Status::Failed | Status::Denied => 4,
    };
    let denied = [was, now].contains(&Status::Denied) && ![was, now].contains(&Status::Planned);
    stage(was) != stage(now) && stage(now) > 0 && !denied
}
