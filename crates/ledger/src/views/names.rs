//! Who is who and what is what: actors and proposals in, their names and why these are one out.

use super::{Desk, Scope, bears, cell, listed, named};
use crate::table::Table;

/// The actors in scope that are named, by name.
pub fn actors(desk: &Desk, scope: &Scope) -> Table {
    let mut table = Table::new(&["key", "name", "kind", "country", "code", "names", "why one"]);
    let mut actors: Vec<_> = desk.actors.values().filter(|actor| actor.kind != "unnamed").collect();
    actors.retain(|actor| scope.actor.as_deref().is_none_or(|name| bears(actor, name)));
    actors.sort_by(|a, b| (&a.name, &a.key).cmp(&(&b.name, &b.key)));
    for actor in actors {
        let cells = vec![
            actor.key.clone(),
            actor.name.clone(),
            actor.kind.replace('_', " "),
            cell(actor.country.as_ref()),
            cell(actor.code.as_ref()),
            listed(&actor.names),
            actor.why.join("; "),
        ];
        table.push(cells, Vec::new(), actor);
    }
    table
}

/// The proposals in scope, by name.
pub fn proposals(desk: &Desk, scope: &Scope) -> Table {
    let mut table = Table::new(&["key", "name", "kind", "terms", "names", "why one"]);
    let mut proposals: Vec<_> = desk.proposals.values().collect();
    proposals.retain(|own| scope.proposal.as_deref().is_none_or(|name| own.names.iter().any(|own| named(own, name))));
    proposals.sort_by(|a, b| (&a.name, &a.key).cmp(&(&b.name, &b.key)));
    for proposal in proposals {
        let terms: Vec<String> = proposal.terms.iter().map(|term| format!("{} {}", term.term, term.value)).collect();
        let cells = vec![
            proposal.key.clone(),
            proposal.name.clone(),
            proposal.kind.clone(),
            listed(&terms),
            listed(&proposal.names),
            proposal.why.join("; "),
        ];
        table.push(cells, Vec::new(), proposal);
    }
    table
}
