//! Review by a person: entries and questions on standard output, answers line by line from standard input, decisions into the ledger.
//!
//! Each answer is written down at once, so that whoever stops has lost nothing. It reads plain lines, so that a pipe can answer too.
//!
//! **Invariant:** nothing is decided that a person did not answer; the end of the input is "quit".

use std::io::{self, BufRead, Read, Write};
use std::path::Path;

use rapporteur_ledger::review::{self as law, Given};
use rapporteur_ledger::views::Desk;
use rapporteur_ledger::{Cite, Decision, Entry};
use rapporteur_record::CodePoints;
use serde_json::{Map, Value};

use crate::arguments::Review;
use crate::{CouldNot, Ended, Outcome, complain, ingest, ledger, reports, say};

/// Reviews, applies or lists.
pub fn review(asked: &Review) -> Ended {
    let mut store = ledger::open(&asked.ledger)?;
    let desk = Desk::open(&mut store, asked.scope.as_of.as_deref())?;
    if asked.list {
        return ledger::write(&law::audit(&desk)?.1, asked.format);
    }
    if let Some(path) = &asked.apply {
        let (decisions, refused) = understood(&desk, path, asked.reviewer.as_deref())?;
        let new = desk.ledger.decide_all(&decisions)?.into_iter().filter(|new| *new).count();
        store.settle()?;
        let known = decisions.len() - new;
        say(format!("{new} new, {known} known, {refused} refused\n").as_bytes())?;
        return Ok(if refused > 0 { Outcome::Flawed } else { Outcome::Done });
    }
    let reviewer = asked.reviewer.as_deref().filter(|name| !name.trim().is_empty());
    let reviewer = reviewer.ok_or_else(|| CouldNot("say who reviews, with --reviewer NAME".into()))?;
    let entries = law::undecided(&desk, &ledger::scope(&asked.scope))?;
    let mut lines = io::stdin().lock().lines();
    let mut ask = |question: &str| -> Result<Option<String>, CouldNot> {
        say(question.as_bytes())?;
        io::stdout().flush()?;
        let line = lines.next().transpose().map_err(|error| CouldNot(format!("cannot read the answer: {error}")))?;
        Ok(line.map(|line| line.trim().to_owned()))
    };
    let (mut decided, mut skipped) = (0, 0);
    for (at, entry) in entries.iter().enumerate() {
        say(shown(&desk, entry, at + 1, entries.len())?.as_bytes())?;
        match answered(&desk, entry, reviewer, &mut ask)? {
            Answer::Quit => break,
            Answer::Skip => skipped += 1,
            Answer::Decided(decision) => {
                desk.ledger.decide(&decision)?;
                decided += 1;
            }
        }
    }
    store.settle()?;
    let left = entries.len() - decided;
    say(format!("\n{decided} decided, {skipped} skipped, {left} not decided yet\n").as_bytes())
}

enum Answer {
    Decided(Box<Decision>),
    Skip,
    Quit,
}

/// The decisions of a file that the ledger can take, and how many it cannot; each of these with its reason on standard error.
fn understood(desk: &Desk, path: &Path, reviewer: Option<&str>) -> Result<(Vec<Decision>, usize), CouldNot> {
    let name = path.display();
    let mut words = String::new();
    let mut file = reports::open(path).map_err(CouldNot)?;
    file.read_to_string(&mut words).map_err(|error| CouldNot(format!("cannot read {name}: {error}")))?;
    let today = ingest::today();
    let (mut decisions, mut refused) = (Vec::new(), 0);
    for (number, line) in words.lines().enumerate().filter(|(_, line)| !line.trim().is_empty()) {
        let given = serde_json::from_str::<Given>(line).map_err(|error| error.to_string());
        match given.and_then(|given| law::check(desk, &given, reviewer, &today)) {
            Ok(decision) => decisions.push(decision),
            Err(reason) => {
                complain(&format!("{name}:{}: {reason}", number + 1));
                refused += 1;
            }
        }
    }
    Ok((decisions, refused))
}

/// An entry for a person: its sentence with the words marked, its fields, its rule.
fn shown(desk: &Desk, entry: &Entry, at: usize, count: usize) -> Result<String, CouldNot> {
    let report = desk.reports.get(&entry.report);
    let title = report.and_then(|report| report.title.as_deref()).unwrap_or("without a title");
    let text = desk.ledger.text(&entry.report)?.unwrap_or_default();
    let mut page = format!(
        "\n{at} of {count} · {} · {} · {} · {}\n\n  {}\n\n",
        entry.key,
        desk.outlet(&entry.report),
        entry.known,
        plain(title),
        marked(&text, entry)
    );
    page += &format!("  {} · rule {}\n", entry.layer(), rule(entry));
    for (field, value) in law::written(desk, entry).into_iter().filter(|(_, value)| !value.is_empty()) {
        page += &format!("    {field} = {}\n", plain(&value));
    }
    if let Some(teller) = &entry.teller {
        page += &format!("    told by {}\n", plain(&desk.name(teller)));
    }
    Ok(page)
}

fn rule(entry: &Entry) -> &str {
    use rapporteur_ledger::What;
    match &entry.what {
        What::Statement(statement) => &statement.rule,
        What::Event(event) => &event.rule,
        What::Position(position) => &position.rule,
        What::Pledge(pledge) => &pledge.rule,
    }
}

fn plain(words: &str) -> String {
    rapporteur_ledger::table::plain(words)
}

/// The sentence of an entry, and what of its words stands outside, with its words between brackets.
fn marked(text: &str, entry: &Entry) -> String {
    let points = CodePoints::new(text);
    let mut spans: Vec<[u32; 2]> = match entry.event() {
        Some(event) => vec![event.trigger.at],
        None => entry.cites().iter().map(|Cite { at, .. }| *at).collect(),
    };
    spans.sort_unstable();
    let start = spans.first().map_or(entry.sentence[0], |at| at[0].min(entry.sentence[0]));
    let end = spans.iter().map(|at| at[1]).max().map_or(entry.sentence[1], |end| end.max(entry.sentence[1]));
    let (mut sentence, mut done) = (String::new(), start);
    for at in spans {
        // pieces that overlap are marked once
        let from = at[0].max(done);
        if from >= at[1] {
            continue;
        }
        sentence += points.slice(done, from).unwrap_or_default();
        sentence += &format!("[[{}]]", points.slice(from, at[1]).unwrap_or_default());
        done = at[1];
    }
    sentence += points.slice(done, end).unwrap_or_default();
    plain(&sentence)
}

/// Asks about one entry until there is an answer.
fn answered(
    desk: &Desk,
    entry: &Entry,
    reviewer: &str,
    ask: &mut impl FnMut(&str) -> Result<Option<String>, CouldNot>,
) -> Result<Answer, CouldNot> {
    let mut given = Given { subject: entry.key.clone(), ..Given::default() };
    loop {
        let verb = match ask("a accept, r reject, c correct, s skip, q quit > ")?.as_deref() {
            Some("a" | "accept") => "accept",
            Some("r" | "reject") => "reject",
            Some("c" | "correct") => "correct",
            Some("s" | "skip") => return Ok(Answer::Skip),
            Some("q" | "quit") | None => return Ok(Answer::Quit),
            Some(_) => continue,
        };
        given.verb = verb.into();
        given.value = Value::Null;
        if verb == "correct" {
            match fields(desk, entry, reviewer, ask)? {
                Some(fields) if fields.is_empty() => continue,
                Some(fields) => given.value = Value::Object(fields),
                None => return Ok(Answer::Quit),
            }
        }
        loop {
            let Some(reason) = ask("reason > ")? else { return Ok(Answer::Quit) };
            if !reason.is_empty() {
                given.reason = reason;
                break;
            }
        }
        match law::check(desk, &given, Some(reviewer), &ingest::today()) {
            Ok(decision) => return Ok(Answer::Decided(Box::new(decision))),
            Err(reason) => say(format!("  not taken: {reason}\n").as_bytes())?,
        };
    }
}

/// Asks for fields one by one, as `field = value`, until an empty line; none where the input ends.
fn fields(
    desk: &Desk,
    entry: &Entry,
    reviewer: &str,
    ask: &mut impl FnMut(&str) -> Result<Option<String>, CouldNot>,
) -> Result<Option<Map<String, Value>>, CouldNot> {
    let mut fields = Map::new();
    say(format!("  fields: {}\n", rapporteur_ledger::fields(entry.layer()).join(", ")).as_bytes())?;
    loop {
        let Some(line) = ask("field=value, an empty line ends > ")? else { return Ok(None) };
        if line.is_empty() {
            return Ok(Some(fields));
        }
        let Some((field, value)) = line.split_once('=') else {
            say(b"  write it as status=planned\n")?;
            continue;
        };
        let mut trial = fields.clone();
        trial.insert(field.trim().into(), Value::String(value.trim().into()));
        let given = Given {
            verb: "correct".into(),
            subject: entry.key.clone(),
            value: Value::Object(trial.clone()),
            reason: "a trial".into(),
            ..Given::default()
        };
        match law::check(desk, &given, Some(reviewer), &ingest::today()) {
            Ok(_) => fields = trial,
            Err(reason) => {
                say(format!("  not taken: {reason}\n").as_bytes())?;
            }
        }
    }
}
