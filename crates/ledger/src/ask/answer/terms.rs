//! How far a term of the question is met: a line and its report in, a share and a place out.
//!
//! Every term is looked for by its words, by their kin, by the actors that a name means; then, for less, in the lines around.

use std::collections::BTreeMap;

use rapporteur_record::{ActorKind, Form};

use super::doer::ROLES;
use super::slot::is_month;
use super::{Bench, Hit};
use crate::ask::kin::{self, KIN};
use crate::ask::question::{Sort, Term};
use crate::ask::sheet::{Line, Sheet};
use crate::ask::words::{Word, alike, number, same_name};
use crate::days::Days;

impl Bench<'_> {
    /// How far what it is done to is in a line, apart from the act: “fired the rockets” is not met by “fired”.
    pub(super) fn object(&self, term: &Term, line: &Line, inside: f64) -> f64 {
        let of = |sort: &Sort| match sort {
            Sort::Act(classes) | Sort::Thing(classes) => classes.clone(),
            _ => Vec::new(),
        };
        let own = of(&term.sort);
        let main: Vec<usize> = self.question.main.iter().flat_map(|at| of(&self.question.terms[*at].sort)).collect();
        if own.iter().any(|class| main.contains(class)) { told(&line.words, term, &[]).0 } else { inside }
    }

    /// How far each actor of a report is whom each name of the question means.
    pub(super) fn meant(&self, sheet: &Sheet) -> Vec<Vec<f64>> {
        let of = |(at, term): (usize, &Term)| {
            if !matches!(term.sort, Sort::Name { .. }) {
                return Vec::new();
            }
            let country = self.countries[at].as_deref();
            let value = |actor: usize| {
                let acts = || country.map_or(0.0, |country| sheet.acts_for(actor, country));
                if bears(sheet, actor, term) { 1.0 } else { acts() }
            };
            (0..sheet.record.actors.len()).map(value).collect()
        };
        self.question.terms.iter().enumerate().map(of).collect()
    }

    /// How far each term is met in each line of a report.
    pub(super) fn met(&self, sheet: &Sheet) -> Vec<Vec<Hit>> {
        let terms = || self.question.terms.iter().enumerate();
        sheet.lines.iter().map(|line| terms().map(|(at, term)| self.look(at, term, sheet, line)).collect()).collect()
    }

    /// How far a term is met in a line, and where.
    pub(super) fn inside(&self, at: usize, sheet: &Sheet, line: &Line) -> (f64, Option<u32>) {
        self.inside[sheet.number][line.number][at]
    }

    /// Looks for a term in a line.
    pub(super) fn look(&self, at: usize, term: &Term, sheet: &Sheet, line: &Line) -> (f64, Option<u32>) {
        match &term.sort {
            Sort::Name { .. } => (self.named(at, term, sheet, line), None),
            Sort::Quote => (if has_run(&line.words, &term.words) { 1.0 } else { 0.0 }, Some(line.at[0])),
            Sort::Number(value) => {
                let found = line.words.iter().find(|word| number(word) == Some(*value));
                (if found.is_some() { 1.0 } else { 0.0 }, found.map(|word| word.at[0]))
            }
            Sort::Day(days) => {
                let dated = term.words.iter().any(|word| word.digits() && word.plain.len() == 4);
                let month = term.words.iter().any(|word| is_month(&word.plain));
                (on(sheet, line, days, month && !dated), Some(line.at[0]))
            }
            Sort::Act(classes) | Sort::Thing(classes) => {
                let mut best = told(&line.words, term, classes);
                if self.question.kept && self.question.main.first() == Some(&at) {
                    const KEPT: [&str; 9] =
                        ["kept", "keep", "broke", "broken", "missed", "fulfilled", "honoured", "keeping", "passed"];
                    let kept = line.words.iter().any(|word| KEPT.contains(&word.plain.as_str()));
                    return if kept { best } else { (best.0.min(0.5), best.1) };
                }
                if matches!(term.sort, Sort::Act(_)) {
                    let typed = typed(sheet, line, classes);
                    if typed.0 > best.0 {
                        best = typed;
                    }
                }
                best
            }
        }
    }

    /// How far a term is met around a line: the line before and after it, its paragraph, the title, the report.
    pub(super) fn around(&self, at: usize, term: &Term, sheet: &Sheet, number: usize) -> f64 {
        let mut best = 0.0_f64;
        if matches!(term.sort, Sort::Day(_)) {
            return self.behind(at, sheet, number) * 0.9;
        }
        let paragraph = sheet.lines[number].paragraph;
        let near = number.saturating_sub(3)..(number + 4).min(sheet.lines.len());
        let back = sheet.lines[..number].iter().rev().take_while(|line| line.paragraph == paragraph);
        let on = sheet.lines[number..].iter().take_while(|line| line.paragraph == paragraph);
        for line in sheet.lines[near].iter().chain(back).chain(on).filter(|line| line.number != number) {
            let beside = line.number.abs_diff(number) == 1 && line.paragraph == paragraph;
            best = best.max(if beside { 0.6 } else { 0.5 } * self.inside(at, sheet, line).0);
        }
        best = best.max(0.3 * self.anywhere[sheet.number][at]);
        if best < 0.55 {
            let titled = match &term.sort {
                Sort::Name { .. } => {
                    term.words.iter().all(|own| sheet.title.iter().any(|word| same_name(&own.plain, &word.plain)))
                }
                Sort::Act(classes) | Sort::Thing(classes) => told(&sheet.title, term, classes).0 > 0.5,
                _ => false,
            };
            if titled {
                best = 0.55;
            }
        }
        best
    }

    /// How far a term is met in the line before or after.
    pub(super) fn beside(&self, at: usize, sheet: &Sheet, number: usize) -> f64 {
        let near = [number.checked_sub(1), Some(number + 1)];
        let near = near.into_iter().flatten().filter_map(|number| sheet.lines.get(number));
        near.map(|line| 0.6 * self.inside(at, sheet, line).0).fold(0.0, f64::max)
    }

    /// How far a name is met just before a line, as far as the line can mean it.
    pub(super) fn behind(&self, at: usize, sheet: &Sheet, number: usize) -> f64 {
        let before = number.checked_sub(1).and_then(|before| sheet.lines.get(before));
        let further = number.checked_sub(2).and_then(|before| sheet.lines.get(before));
        let near = before.map_or(0.0, |line| 0.6 * self.inside(at, sheet, line).0);
        let far = further.map_or(0.0, |line| 0.55 * self.inside(at, sheet, line).0);
        near.max(far)
    }

    /// How far a name is in a line: its words, whom its pronouns mean, who speaks it.
    pub(super) fn named(&self, at: usize, term: &Term, sheet: &Sheet, line: &Line) -> f64 {
        let words = term.words.iter().all(|own| line.words.iter().any(|word| word.capital && own.plain == word.plain));
        if words {
            return 1.0;
        }
        let people = term
            .words
            .iter()
            .all(|own| line.words.iter().any(|word| word.capital && same_name(&own.plain, &word.plain)));
        let mut best: f64 = if people { 0.9 } else { 0.0 };
        // a city is hit, and not the government that is called by its name
        let place = match &term.sort {
            Sort::Name { place, country, .. } => {
                *place || country.is_some() && self.hits() && self.question.object.contains(&at)
            }
            _ => false,
        };
        if place && !self.lands[at] {
            return best;
        }
        let value = |actor: usize| self.meant[sheet.number][at][actor];
        // “the President of Peru” may be who is meant
        if let Some(home) = &self.homes[at]
            && line.words.iter().any(|word| ROLES.contains(&word.plain.as_str()))
            && line.actors.iter().any(|actor| sheet.acts_for(*actor, home) > 0.0)
        {
            best = best.max(0.4);
        }
        for actor in &line.actors {
            best = best.max(value(*actor));
        }
        for statement in line.statements.iter().filter_map(|index| sheet.record.statements.get(*index)) {
            if let Some(actor) = statement.speaker.as_deref().and_then(|id| sheet.index(id)) {
                best = best.max(0.9 * value(actor));
            }
        }
        for event in line.events.iter().filter_map(|index| sheet.record.events.get(*index)) {
            for actor in event.actors.iter().chain(&event.recipients).filter_map(|id| sheet.index(id)) {
                best = best.max(0.9 * value(actor));
            }
        }
        best
    }
}

/// Whether a name is that of a country itself, and not of its capital.
pub(super) fn is_land(term: &Term, sheets: &[Sheet]) -> bool {
    let land = |place: &rapporteur_record::Place| {
        place.precision == rapporteur_record::Precision::Country
            && crate::fold::slug(&place.name) == crate::fold::slug(&term.form)
    };
    let short = term.form.chars().all(|c| c.is_uppercase() || c == '.');
    short || sheets.iter().flat_map(|sheet| &sheet.record.places).any(land)
}

/// Whether an actor of a report bears the name of a term, as written or in full.
pub(super) fn bears(sheet: &Sheet, actor: usize, term: &Term) -> bool {
    let full = match &term.sort {
        Sort::Name { full, .. } => full.as_slice(),
        _ => &[],
    };
    sheet.bears(actor, &term.words) || !full.is_empty() && sheet.bears(actor, full)
}

/// The country that the person of this name is of, in any of these reports.
pub(super) fn home(term: &Term, sheets: &[Sheet]) -> Option<String> {
    if !matches!(term.sort, Sort::Name { .. }) {
        return None;
    }
    sheets.iter().find_map(|sheet| {
        let persons = sheet.record.actors.iter().enumerate().filter(|(_, actor)| actor.kind == ActorKind::Person);
        let mut bearing = persons.filter(|(index, _)| sheet.bears(*index, &term.words));
        bearing.find_map(|(_, actor)| actor.country.clone())
    })
}

/// The country that a name means: as the engine read the question, or as the reports use the name for a government.
pub(super) fn country(term: &Term, sheets: &[Sheet]) -> Option<String> {
    let Sort::Name { country, .. } = &term.sort else { return None };
    if country.is_some() {
        return country.clone();
    }
    let mut votes: BTreeMap<&str, usize> = BTreeMap::new();
    for actor in sheets.iter().flat_map(|sheet| &sheet.record.actors) {
        let whole = actor.code.as_deref().is_some_and(|code| code.len() == 6 && code.ends_with("GOV"));
        let Some(country) = actor.country.as_deref().filter(|_| whole && actor.kind == ActorKind::Government) else {
            continue;
        };
        let used =
            actor.mentions.iter().filter(|mention| mention.form == Form::Metonym && mention.words == term.form).count();
        *votes.entry(country).or_default() += used;
    }
    votes.into_iter().filter(|(_, used)| *used > 0).max_by_key(|(_, used)| *used).map(|(country, _)| country.to_owned())
}

/// How far a line's words tell a term: the word itself, a word of its classes, one of its family.
pub(super) fn told(words: &[Word], term: &Term, classes: &[usize]) -> (f64, Option<u32>) {
    let act = matches!(term.sort, Sort::Act(_));
    let mut best = (0.0, None);
    let mut put = |value: f64, at: u32| {
        if value > best.0 {
            best = (value, Some(at));
        }
    };
    for (at, word) in words.iter().enumerate() {
        if term.words.len() == 1 {
            let family = alike(&word.stem, &term.words[0].stem);
            // a noun of the family is not yet the act: “proposal”, “proposed”
            put(if act && family > 0.0 && family < 1.0 { 0.55 } else { family }, word.at[0]);
        } else if word.stem == term.words[0].stem
            && words[at..].iter().take(4).any(|next| next.stem == term.words[1].stem)
        {
            put(1.0, word.at[0]);
        }
        if kin::classes(&word.stem).iter().any(|class| classes.contains(class))
            && !(word.plain == "no" || word.plain.len() < 3)
        {
            put(0.8, word.at[0]);
        }
        for next in words[at + 1..].iter().take(3) {
            let pair = format!("{}_{}", word.stem, next.stem);
            if kin::classes(&pair).iter().any(|class| classes.contains(class)) {
                put(0.85, word.at[0]);
            }
        }
    }
    best
}

/// How far the entries of a line are of the types of these classes, and where.
pub(super) fn typed(sheet: &Sheet, line: &Line, classes: &[usize]) -> (f64, Option<u32>) {
    for event in line.events.iter().filter_map(|index| sheet.record.events.get(*index)) {
        let fits = classes.iter().any(|class| {
            let kin = &KIN[*class];
            kin.events.contains(&event.kind) && event.mode.is_some_and(|mode| kin.modes.contains(&mode))
        });
        if fits && meets(event.trigger.at, line.at) {
            return (0.75, Some(event.trigger.at[0]));
        }
    }
    for statement in line.statements.iter().filter_map(|index| sheet.record.statements.get(*index)) {
        if classes.iter().any(|class| KIN[*class].acts.contains(&statement.act)) {
            let at = statement.cue.as_ref().filter(|cue| meets(cue.at, line.at)).map_or(line.at[0], |cue| cue.at[0]);
            return (0.75, Some(at));
        }
    }
    let stances: Vec<_> = classes.iter().flat_map(|class| KIN[*class].stances).collect();
    for position in &sheet.record.positions {
        if let Some(span) = position
            .evidence
            .iter()
            .find(|span| meets(span.at, line.at))
            .filter(|_| stances.contains(&&position.stance))
        {
            return (0.75, Some(span.at[0]));
        }
    }
    (0.0, None)
}

/// How far a line is about these days: by an expression of time in it, or by being known then.
pub(super) fn on(sheet: &Sheet, line: &Line, days: &Days, any_year: bool) -> f64 {
    let bare = |day: &str| if any_year { day.get(4..).unwrap_or_default().to_owned() } else { day.to_owned() };
    let within = |own: &Days| bare(&days.from) <= bare(&own.from) && bare(&own.to) <= bare(&days.to);
    let told = line.times.iter().filter_map(|index| sheet.record.times.get(*index));
    if told.filter_map(|time| Days::of(time.value.as_deref()?)).any(|own| within(&own)) {
        return 1.0;
    }
    let events = line.events.iter().filter_map(|index| sheet.record.events.get(*index));
    if events.filter_map(|event| Days::of(&event.time.as_ref()?.value)).any(|own| within(&own)) {
        return 1.0;
    }
    let published = sheet.record.document.published.as_deref().and_then(Days::of);
    if published.is_some_and(|own| within(&own)) { 0.7 } else { 0.0 }
}

pub(super) fn meets(a: [u32; 2], b: [u32; 2]) -> bool {
    a[0] < b[1] && b[0] < a[1]
}

/// Whether the words stand in a row.
pub(super) fn has_run(words: &[Word], run: &[Word]) -> bool {
    !run.is_empty() && words.windows(run.len()).any(|window| window.iter().zip(run).all(|(a, b)| a.plain == b.plain))
}
