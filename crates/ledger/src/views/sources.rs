//! Who reported: outlets in, how many reports and independent origins each has out.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::{Desk, Scope, named};
use crate::table::Table;

/// One outlet.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Outlet {
    /// Its name.
    pub name: String,
    /// How many reports of it there are.
    pub reports: usize,
    /// How many of them are copies or light rewrites of no earlier report.
    pub origins: usize,
    /// The day of the first.
    pub first: String,
    /// The day of the last.
    pub last: String,
}

/// The outlets in scope, by name.
pub fn sources(desk: &Desk, scope: &Scope) -> (Vec<Outlet>, Table) {
    let mut outlets: BTreeMap<&str, Outlet> = BTreeMap::new();
    for report in desk.reports.values() {
        if !scope.source.as_deref().is_none_or(|name| named(report.outlet(), name)) {
            continue;
        }
        let outlet = outlets.entry(report.outlet()).or_insert_with(|| Outlet {
            name: report.outlet().to_owned(),
            reports: 0,
            origins: 0,
            first: report.known.clone(),
            last: report.known.clone(),
        });
        outlet.reports += 1;
        outlet.origins += usize::from(report.origin == report.key);
        outlet.first = outlet.first.clone().min(report.known.clone());
        outlet.last = outlet.last.clone().max(report.known.clone());
    }
    let rows: Vec<Outlet> = outlets.into_values().collect();
    let mut table = Table::new(&["source", "reports", "of its own", "first", "last"]);
    for row in &rows {
        let cells = vec![
            row.name.clone(),
            row.reports.to_string(),
            row.origins.to_string(),
            row.first.clone(),
            row.last.clone(),
        ];
        table.push(cells, Vec::new(), row);
    }
    (rows, table)
}
