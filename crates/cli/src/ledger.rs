//! What a person asks of a ledger: a view and its scope in, a table on standard output.

use std::path::Path;

use rapporteur_ledger::review;
use rapporteur_ledger::table::Table;
use rapporteur_ledger::views::{Desk, Scope};
use rapporteur_ledger::{Days, Error, Ledger};

use crate::arguments::{self, TableFormat, View};
use crate::{CouldNot, Ended, Outcome, complain, say};

/// Opens a ledger that must be there.
pub fn open(path: &Path) -> Result<Ledger, CouldNot> {
    if !path.exists() {
        return Err(CouldNot(format!(
            "there is no ledger {}; make one with `rapporteur ingest PATH... --ledger {}`",
            path.display(),
            path.display()
        )));
    }
    Ok(Ledger::open(path)?)
}

/// The scope of a command line.
pub fn scope(asked: &arguments::Scope) -> Scope {
    let happened = asked.happened.as_ref();
    Scope {
        actor: asked.actor.clone(),
        proposal: asked.proposal.clone(),
        place: asked.place.clone(),
        source: asked.source.clone(),
        since: asked.since.clone(),
        happened: happened.map(|days| Days { from: days.from.clone(), to: days.to.clone() }),
        all: asked.all,
    }
}

/// Writes a view of a ledger, in which rows that rest on reviewed entries of some layers are marked.
pub fn view(view: &View, layers: &[&str], of: impl Fn(&Desk, &Scope) -> Result<Table, Error>) -> Ended {
    let mut ledger = open(&view.ledger)?;
    let desk = Desk::open(&mut ledger, view.scope.as_of.as_deref())?;
    let mut table = of(&desk, &scope(&view.scope))?;
    review::mark(&desk, &mut table, layers)?;
    let ended = write(&table, view.format);
    // the program ends here: what is left of memory need not be put in order
    std::mem::forget((table, desk));
    ended
}

/// Writes a table.
pub fn write(table: &Table, format: TableFormat) -> Ended {
    let words = match format {
        TableFormat::Text => table.text(width()),
        TableFormat::Json => table.json(),
        TableFormat::Csv => table.csv(),
        TableFormat::Md => table.markdown(),
    };
    say(words.as_bytes())
}

/// Writes the page of a ledger; a page that was there stays until the new one is whole.
pub fn dossier(asked: &arguments::Dossier) -> Ended {
    let mut ledger = open(&asked.ledger)?;
    let desk = Desk::open(&mut ledger, asked.scope.as_of.as_deref())?;
    let page = rapporteur_ledger::dossier(&desk, &scope(&asked.scope), &asked.title)?;
    if asked.out == Path::new("-") {
        return say(page.as_bytes());
    }
    let mut beside = asked.out.clone().into_os_string();
    beside.push(".part");
    let cannot = |error: std::io::Error| CouldNot(format!("cannot write {}: {error}", asked.out.display()));
    std::fs::write(&beside, page).map_err(cannot)?;
    std::fs::rename(&beside, &asked.out).map_err(cannot)?;
    Ok(Outcome::Done)
}

/// Lists what could not be read.
pub fn quarantine(path: &Path) -> Ended {
    let ledger = open(path)?;
    let refused = ledger.quarantine()?;
    for (name, reason) in &refused {
        say(format!("{name}: {reason}\n").as_bytes())?;
    }
    if refused.is_empty() {
        complain("nothing is in quarantine");
    }
    Ok(Outcome::Done)
}

/// The width of the terminal; 160 where there is none.
fn width() -> usize {
    terminal_size::terminal_size().map_or(160, |(width, _)| usize::from(width.0))
}
