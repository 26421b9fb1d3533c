//! Who said what to whom: statements in, one row each out.

use serde::{Deserialize, Serialize};

use super::{Desk, Scope, cell, day, listed};
use crate::entry::Cite;
use crate::error::Error;
use crate::table::Table;

/// One statement.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Said {
    /// The day it was said, else known.
    pub day: String,
    /// Who; none where the report does not tell.
    pub by: Option<String>,
    /// To whom.
    pub to: Vec<String>,
    /// The intermediary.
    pub via: Option<String>,
    /// In whose statement it is told.
    pub within: Option<String>,
    /// What it does.
    pub act: String,
    /// How it is told.
    pub manner: String,
    /// Its words.
    pub words: String,
    /// Who published it.
    pub outlet: String,
    /// Where the words stand.
    pub cites: Vec<Cite>,
}

/// All statements in scope, by day.
pub fn said(desk: &Desk, scope: &Scope) -> Result<(Vec<Said>, Table), Error> {
    let mut rows: Vec<Said> = Vec::new();
    for entry in desk.entries("statement", &[], scope)? {
        let Some(statement) = entry.statement() else { continue };
        rows.push(Said {
            day: day(&entry).to_owned(),
            by: statement.speaker.as_deref().map(|key| desk.name(key)),
            to: desk.names(&statement.addressee),
            via: statement.via.as_deref().map(|key| desk.name(key)),
            within: entry.teller.as_deref().map(|key| desk.name(key)),
            act: statement.act.as_str().into(),
            manner: statement.manner.as_str().into(),
            words: entry.words(),
            outlet: desk.outlet(&entry.report).into(),
            cites: entry.cites(),
        });
    }
    rows.sort_by(|a, b| a.day.cmp(&b.day));
    let mut table = Table::new(&["day", "by", "to", "act", "outlet", "words"]);
    for row in &rows {
        let by = match (&row.by, &row.within) {
            (Some(by), Some(within)) => format!("{by}, according to {within}"),
            (by, _) => cell(by.as_ref()),
        };
        let cells = vec![row.day.clone(), by, listed(&row.to), row.act.clone(), row.outlet.clone(), row.words.clone()];
        table.push(cells, row.cites.clone(), row);
    }
    Ok((rows, table))
}
