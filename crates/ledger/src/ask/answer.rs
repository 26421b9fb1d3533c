//! Whether a sentence answers a question: a query and reports in, how well each line meets it out.
//!
//! Every term of the question is looked for in the sentence: by its words, by the types of the events, statements and positions that
//! stand in it, by the actors that its pronouns mean; then, for less, around it. A line answers if the act is in it, if its names are those asked
//! about, if enough of the rest is met, and if the asked slot (where, when, how many, who) is filled in the line itself.
//!
//! **Invariant:** a line whose asked slot is not filled never answers, however alike it is.

use std::collections::BTreeMap;

use rapporteur_record::{ActorKind, Event, Form, Mode, Status, TimeType};

use super::kin::{self, KIN};
use super::question::{Asked, Mood, Question, Sort, Term};
use super::sheet::{Line, Sheet};
use super::words::{Word, alike, number, same_name};
use crate::days::Days;

/// The share of a question that a line has to meet.
const ENOUGH: f64 = 0.58;

/// How well the act that is asked about has to be met.
const ACT: f64 = 0.6;

/// How well a name before the act has to be met.
const SUBJECT: f64 = 0.5;

/// How well any other name has to be met, if only somewhere in the report.
const NAME: f64 = 0.3;

/// How a line meets a question.
#[derive(Clone, Debug)]
pub struct Met {
    /// Its report and number.
    pub sheet: usize,
    /// The number of the line in it.
    pub line: usize,
    /// How much of the question it meets.
    pub score: f64,
    /// Whether it answers.
    pub answers: bool,
    /// What keeps it from answering.
    pub lacks: Option<&'static str>,
    /// Where the act stands, in code points.
    pub act: Option<u32>,
    /// The number that fills the slot, where a number is asked.
    pub number: Option<u64>,
    /// Whether it denies what is asked.
    pub denies: bool,
    /// The entry that tells it: the letter and number of the record.
    pub entry: Option<String>,
}

/// How far a term is met in a line, and where.
type Hit = (f64, Option<u32>);

/// The reports that may answer, and what is known of the words in them.
pub struct Bench<'q> {
    /// The question.
    pub question: &'q Question,
    /// The reports.
    pub sheets: Vec<Sheet>,
    /// How much each term weighs.
    weights: Vec<f64>,
    /// The countries of the names of the question.
    countries: Vec<Option<String>>,
    /// The countries that the persons named in the question are of.
    homes: Vec<Option<String>>,
    /// Whether a name is that of a country itself.
    lands: Vec<bool>,
    /// How far an actor is whom a name means: by report, term, actor.
    meant: Vec<Vec<Vec<f64>>>,
    /// How far a term is met in a line, and where: by report, line, term.
    inside: Vec<Vec<Vec<Hit>>>,
    /// How far a term is met anywhere in a report: by report, term.
    anywhere: Vec<Vec<f64>>,
}

impl<'q> Bench<'q> {
    /// Weighs the terms of a question by how seldom they are in these reports.
    pub fn new(question: &'q Question, sheets: Vec<Sheet>) -> Self {
        let countries = question.terms.iter().map(|term| country(term, &sheets)).collect();
        let homes = question.terms.iter().map(|term| home(term, &sheets)).collect();
        let lands = question.terms.iter().map(|term| is_land(term, &sheets)).collect();
        let mut bench = Self {
            question,
            sheets,
            weights: Vec::new(),
            countries,
            homes,
            lands,
            meant: Vec::new(),
            inside: Vec::new(),
            anywhere: Vec::new(),
        };
        for (number, sheet) in bench.sheets.iter_mut().enumerate() {
            sheet.number = number;
        }
        bench.meant = bench.sheets.iter().map(|sheet| bench.meant(sheet)).collect();
        bench.inside = bench.sheets.iter().map(|sheet| bench.met(sheet)).collect();
        let most = |met: &Vec<Vec<Hit>>| {
            let of = |at: usize| met.iter().map(|line| line[at].0).fold(0.0, f64::max);
            (0..question.terms.len()).map(of).collect()
        };
        bench.anywhere = bench.inside.iter().map(most).collect();
        let lines: usize = bench.sheets.iter().map(|sheet| sheet.lines.len()).sum();
        bench.weights = question
            .terms
            .iter()
            .enumerate()
            .map(|(at, term)| {
                if question.main.contains(&at) {
                    return 1.6;
                }
                match &term.sort {
                    Sort::Name { .. } => 1.5,
                    Sort::Quote => 4.0,
                    Sort::Day(_) => 1.6,
                    Sort::Number(_) => 0.9,
                    Sort::Act(_) | Sort::Thing(_) => {
                        let all = bench.sheets.iter().flat_map(|sheet| &sheet.lines);
                        let having =
                            all.filter(|line| line.words.iter().any(|word| word.stem == term.words[0].stem)).count();
                        let seldom = ((lines + 2) as f64 / (having + 1) as f64).ln() / 4.0;
                        seldom.clamp(0.5, 1.3)
                    }
                }
            })
            .collect();
        bench
    }

    /// Every line that meets something of the question, the best first.
    pub fn lines(&self) -> Vec<Met> {
        let mut met: Vec<Met> = Vec::new();
        for (index, sheet) in self.sheets.iter().enumerate() {
            for number in 0..sheet.lines.len() {
                met.extend(self.line(index, number));
            }
        }
        met.sort_by(|a, b| {
            let known = |met: &Met| (&self.sheets[met.sheet].report, met.line);
            b.answers.cmp(&a.answers).then(b.score.total_cmp(&a.score)).then_with(|| known(a).cmp(&known(b)))
        });
        met
    }

    fn line(&self, index: usize, number: usize) -> Option<Met> {
        let (question, sheet) = (self.question, &self.sheets[index]);
        let line = &sheet.lines[number];
        let (mut got, mut all) = (0.0, 0.0);
        let mut lacks: Option<&'static str> = None;
        let mut act_at: Option<u32> = None;
        let mut act_best = 0.0_f64;
        let mut own = 0.0_f64;
        let mut object = question.object.is_empty();
        let last = question.main.iter().max().copied().unwrap_or(0);
        let (mut topic, mut topics) = (false, false);
        // only counted, nothing done: then whose and where it is has to be told with it
        let counted = question.noun.is_some_and(|noun| question.main.contains(&noun));
        for (at, term) in question.terms.iter().enumerate() {
            let (inside, place) = self.inside(at, sheet, line);
            let value = inside.max(self.around(at, term, sheet, number));
            own = own.max(inside);
            let main = question.main.contains(&at);
            if main && inside > act_best {
                (act_best, act_at) = (inside, place);
            }
            // one of several acts is enough
            if main && question.main.len() > 1 && question.main.iter().any(|other| *other < at) {
                continue;
            }
            let value = if main {
                question.main.iter().map(|other| self.inside(*other, sheet, line).0).fold(value, f64::max)
            } else {
                value
            };
            let weight = if self.is_people(at) { 0.1 } else { self.weights[at] };
            all += weight;
            got += weight * value;
            let meant = line.words.iter().any(|word| matches!(word.plain.as_str(), "it" | "them" | "this" | "these"));
            if at > last && !main && !matches!(term.sort, Sort::Number(_)) {
                topics = true;
                topic |= inside.max(self.beside(at, sheet, number)) >= 0.5;
            }
            object |= question.object.contains(&at)
                && (self.object(term, line, inside) >= 0.55 || meant && self.behind(at, sheet, number) >= 0.5);
            if question.subject.contains(&at) {
                let near = self.behind(at, sheet, number);
                if inside.max(near) < SUBJECT {
                    lacks = lacks.or(Some("who does it"));
                }
            } else if matches!(term.sort, Sort::Name { .. })
                && counted
                && inside.max(self.behind(at, sheet, number)) < SUBJECT
            {
                lacks = lacks.or(Some("a name"));
            } else if matches!(term.sort, Sort::Name { .. })
                && question.object.contains(&at)
                && !question.speech
                && inside < 0.45
            {
                lacks = lacks.or(Some("to whom it is done"));
            } else if matches!(term.sort, Sort::Name { place: true, .. })
                && (self.hits() || self.victims())
                && (value < 0.5 || inside < 0.5 && self.place(sheet, line, None))
            {
                lacks = lacks.or(Some("where it is"));
            } else if matches!(term.sort, Sort::Name { .. }) && value < NAME {
                lacks = lacks.or(Some("a name"));
            } else if matches!(term.sort, Sort::Quote | Sort::Day(_)) && value < 0.5 {
                lacks = lacks.or(Some("the words or the day"));
            }
        }
        if own < 0.3 || all == 0.0 {
            return None;
        }
        let stands = matches!(question.asked[0], Asked::Position | Asked::Reservation);
        let mut entry = None;
        if stands {
            let (value, place, own) = self.stands(sheet, line);
            all += 1.6;
            got += 1.6 * value;
            (act_best, act_at, entry) = (value, place, own);
        } else if question.main.is_empty() {
            act_best = 1.0;
        }
        if act_best < ACT {
            lacks = lacks.or(Some("the act"));
        }
        if line.text.trim_end_matches(['”', '"', '’', ')', ' ']).ends_with('?') {
            lacks = lacks.or(Some("an answer: it asks"));
        }
        if question.which.iter().any(|at| self.inside(*at, sheet, line).0 < ACT) {
            lacks = lacks.or(Some("which one of several"));
        }
        if matches!(question.asked[0], Asked::Who | Asked::Whom) && !object {
            lacks = lacks.or(Some("what it is about"));
        }
        if question.asked[0] == Asked::Which
            && let Some(noun) = question.noun
            && self.inside(noun, sheet, line).0 < ACT
            && !(is_actor(&question.terms[noun].words[0].plain) && self.doer(sheet, line, act_at))
        {
            lacks = lacks.or(Some("what it is chosen from"));
        }
        if question.speech && topics && !topic {
            lacks = lacks.or(Some("what it is about"));
        }
        if question.speech && !question.subject.is_empty() && !self.speaks(sheet, line) {
            lacks = lacks.or(Some("who says it"));
        }
        let share = got / all;
        if share < ENOUGH {
            lacks = lacks.or(Some("too much of the question"));
        }
        let real = self.real(sheet, line, act_at);
        if real.is_none() {
            lacks = lacks.or(Some("that it was done"));
        }
        let filled = self.fills(sheet, line, act_at);
        if filled.is_none() {
            lacks = lacks.or(Some("what is asked for"));
        }
        let typed = self.typed(sheet, line, &mut entry);
        let title = if line.is_title { -0.2 } else { 0.0 };
        Some(Met {
            sheet: index,
            line: number,
            score: share + typed + title + if filled.is_some() { 0.1 } else { 0.0 },
            answers: lacks.is_none(),
            lacks,
            act: act_at,
            number: filled.flatten(),
            denies: real == Some(true),
            entry,
        })
    }

    /// Whether a term only says that people are counted: victims need not be called people.
    fn is_people(&self, at: usize) -> bool {
        self.question.noun == Some(at) && self.victims() && is_people(&self.question.terms[at])
    }

    /// How far what it is done to is in a line, apart from the act: “fired the rockets” is not met by “fired”.
    fn object(&self, term: &Term, line: &Line, inside: f64) -> f64 {
        let of = |sort: &Sort| match sort {
            Sort::Act(classes) | Sort::Thing(classes) => classes.clone(),
            _ => Vec::new(),
        };
        let own = of(&term.sort);
        let main: Vec<usize> = self.question.main.iter().flat_map(|at| of(&self.question.terms[*at].sort)).collect();
        if own.iter().any(|class| main.contains(class)) { told(&line.words, term, &[]).0 } else { inside }
    }

    /// Whether the act is one of force, done to a place.
    fn hits(&self) -> bool {
        let attack = kin::class("attack");
        self.question.main.iter().any(|main| match &self.question.terms[*main].sort {
            Sort::Act(classes) => classes.iter().any(|class| Some(*class) == attack),
            _ => false,
        })
    }

    /// Whether the act is one that is done to people.
    fn victims(&self) -> bool {
        self.question.main.iter().any(|main| match &self.question.terms[*main].sort {
            Sort::Act(classes) => {
                classes.iter().any(|class| matches!(KIN[*class].name, "kill" | "injure" | "detain" | "release"))
            }
            _ => false,
        })
    }

    /// How far each actor of a report is whom each name of the question means.
    fn meant(&self, sheet: &Sheet) -> Vec<Vec<f64>> {
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
    fn met(&self, sheet: &Sheet) -> Vec<Vec<Hit>> {
        let terms = || self.question.terms.iter().enumerate();
        sheet.lines.iter().map(|line| terms().map(|(at, term)| self.look(at, term, sheet, line)).collect()).collect()
    }

    /// How far a term is met in a line, and where.
    fn inside(&self, at: usize, sheet: &Sheet, line: &Line) -> (f64, Option<u32>) {
        self.inside[sheet.number][line.number][at]
    }

    /// Looks for a term in a line.
    fn look(&self, at: usize, term: &Term, sheet: &Sheet, line: &Line) -> (f64, Option<u32>) {
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
    fn around(&self, at: usize, term: &Term, sheet: &Sheet, number: usize) -> f64 {
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
    fn beside(&self, at: usize, sheet: &Sheet, number: usize) -> f64 {
        let near = [number.checked_sub(1), Some(number + 1)];
        let near = near.into_iter().flatten().filter_map(|number| sheet.lines.get(number));
        near.map(|line| 0.6 * self.inside(at, sheet, line).0).fold(0.0, f64::max)
    }

    /// How far a name is met just before a line, as far as the line can mean it.
    fn behind(&self, at: usize, sheet: &Sheet, number: usize) -> f64 {
        let before = number.checked_sub(1).and_then(|before| sheet.lines.get(before));
        let further = number.checked_sub(2).and_then(|before| sheet.lines.get(before));
        let near = before.map_or(0.0, |line| 0.6 * self.inside(at, sheet, line).0);
        let far = further.map_or(0.0, |line| 0.55 * self.inside(at, sheet, line).0);
        near.max(far)
    }

    /// How far a name is in a line: its words, whom its pronouns mean, who speaks it.
    fn named(&self, at: usize, term: &Term, sheet: &Sheet, line: &Line) -> f64 {
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

    /// Whether a line tells where the party stands on what is asked: how well, where, and by which entry.
    fn stands(&self, sheet: &Sheet, line: &Line) -> (f64, Option<u32>, Option<String>) {
        let reserved = self.question.asked[0] == Asked::Reservation;
        let party = self.question.subject.first().copied();
        let fits = |actor: &str| {
            party.is_none_or(|at| {
                sheet.index(actor).is_some_and(|index| {
                    bears(sheet, index, &self.question.terms[at])
                        || self.countries[at].as_deref().is_some_and(|country| sheet.acts_for(index, country) > 0.0)
                })
            })
        };
        for position in &sheet.record.positions {
            let here = position.evidence.iter().chain(&position.reservations).find(|span| meets(span.at, line.at));
            let Some(span) = here else { continue };
            let party = fits(&position.party) || position.on_behalf_of.as_deref().is_some_and(fits);
            let party = party && self.on_proposal(sheet, &position.proposal);
            if party && (!reserved || !position.reservations.is_empty()) {
                return (1.0, Some(span.at[0]), Some(position.id.clone()));
            }
        }
        let names: &[&str] = if reserved {
            &["reserve", "clarify"]
        } else {
            &["accept", "reject", "support", "want", "take back", "reserve"]
        };
        let classes: Vec<usize> = names.iter().filter_map(|name| kin::class(name)).collect();
        let found = line.words.iter().find(|word| kin::classes(&word.stem).iter().any(|class| classes.contains(class)));
        found.map_or((0.0, None, None), |word| (0.75, Some(word.at[0]), None))
    }

    /// Whether a proposal of a report is the one that is asked about, as far as its names tell.
    fn on_proposal(&self, sheet: &Sheet, proposal: &str) -> bool {
        let Some(proposal) = sheet.record.proposal(proposal) else { return false };
        let names = core::iter::once(&proposal.name).chain(proposal.mentions.iter().map(|mention| &mention.words));
        let names: Vec<Word> = names.flat_map(|name| super::words::words(name, 0)).collect();
        let mut things = self.question.terms.iter().enumerate().filter(|(at, term)| {
            !self.question.subject.contains(at)
                && !matches!(term.sort, Sort::Number(_))
                && !is_unit(&term.words[0].plain)
        });
        things.any(|(_, term)| match &term.sort {
            Sort::Act(classes) | Sort::Thing(classes) => told(&names, term, classes).0 >= 0.7,
            _ => has_run(&names, &term.words),
        })
    }

    /// How an act in a line is told, where it was asked for as done: none as not done, else whether it is denied.
    fn real(&self, sheet: &Sheet, line: &Line, act: Option<u32>) -> Option<bool> {
        let question = self.question;
        let denies = |at: u32| {
            let deny = kin::class("deny");
            let own = question.main.iter().any(|main| match &question.terms[*main].sort {
                Sort::Act(classes) => classes.iter().any(|class| Some(*class) == deny),
                _ => false,
            });
            let status = line
                .events
                .iter()
                .filter_map(|index| sheet.record.events.get(*index))
                .any(|event| event.status == Status::Denied && meets(event.trigger.at, [at, at + 1]));
            let spoken =
                line.statements.iter().filter_map(|index| sheet.record.statements.get(*index)).any(|statement| {
                    statement.act == rapporteur_record::Act::Deny
                        && statement.content.iter().any(|span| meets(span.at, [at, at + 1]))
                });
            let before: Vec<&Word> = line.words.iter().filter(|word| word.at[0] < at).rev().take(10).collect();
            let words = before.iter().any(|word| kin::classes(&word.stem).iter().any(|class| Some(*class) == deny))
                || before
                    .iter()
                    .take(4)
                    .any(|word| matches!(word.plain.as_str(), "not" | "never" | "nobody" | "neither"))
                    && before.iter().take(4).all(|word| word.plain != "only");
            !own && (status || spoken || words)
        };
        let Some(at) = act else { return Some(false) };
        let events = question.main.iter().any(|main| match &question.terms[*main].sort {
            Sort::Act(classes) => classes.iter().any(|class| !KIN[*class].events.is_empty()),
            _ => false,
        });
        let checked = question.mood == Mood::Done
            && !question.speech
            && match question.asked[0] {
                Asked::Whether | Asked::When | Asked::Where | Asked::Date | Asked::HowMany => true,
                Asked::Which | Asked::What => events,
                _ => false,
            };
        let position = line.words.iter().position(|word| word.at[0] <= at && at < word.at[1]);
        if question.mood == Mood::Open
            && matches!(question.asked[0], Asked::When | Asked::Where | Asked::Date | Asked::Deadline)
        {
            const TO_COME: [&str; 15] = [
                "will",
                "would",
                "may",
                "might",
                "could",
                "to",
                "plans",
                "plan",
                "planned",
                "due",
                "scheduled",
                "expected",
                "set",
                "foreseen",
                "announced",
            ];
            let before = &line.words[..position.unwrap_or(0)];
            let words = before.iter().rev().take(9).any(|word| TO_COME.contains(&word.plain.as_str()));
            let planned = self.event(sheet, line, act).is_some_and(|event| {
                matches!(
                    event.status,
                    Status::Planned | Status::Possible | Status::Offered | Status::Conditional | Status::Contemplated
                )
            });
            return (words || planned).then(|| denies(at));
        }
        if !checked {
            return Some(denies(at));
        }
        let event = line
            .events
            .iter()
            .filter_map(|index| sheet.record.events.get(*index))
            .find(|event| event.trigger.at[0] <= at && at < event.trigger.at[1]);
        if denies(at) {
            return Some(true);
        }
        if question.asked[0] == Asked::Whether
            && let Some(event) = event
            && event.status == Status::Contemplated
        {
            return Some(false);
        }
        let Some(position) = position else { return Some(false) };
        let before = line.words[..position].iter().rev().take(4).map(|word| word.plain.as_str());
        let mut unreal = false;
        for word in before {
            match word {
                "will" if self.is_stance() => {}
                "threatening" | "threatened" | "contemplated" | "contemplating" | "considering" | "considered"
                | "possible" => {
                    unreal |= question.asked[0] != Asked::Whether;
                }
                "would" | "will" | "shall" | "may" | "might" | "could" | "should" | "if" | "unless" | "until"
                | "to" => unreal = true,
                // “was to be lifted” and “will have been”: nearer words decide
                "has" | "have" | "had" | "was" | "were" | "been" if !unreal => break,
                _ => {}
            }
        }
        let demand = kin::class("demand");
        let that = line.words[..position].iter().rev().take(5).any(|word| word.plain == "that");
        let demanded = line.words[..position].iter().rev().take(7);
        unreal |= that
            && demanded.into_iter().any(|word| {
                word.plain == "insisted"
                    || kin::classes(&word.stem).iter().any(|class| Some(*class) == demand)
                        && !matches!(word.plain.as_str(), "told" | "tell")
            });
        let told = |event: &Event| {
            matches!(
                event.status,
                Status::Planned | Status::Possible | Status::Demanded | Status::Offered | Status::Conditional
            )
        };
        if unreal || event.is_some_and(told) {
            // a thing that was to be and was called off is told as not done
            let off = kin::class("cancel");
            let called_off =
                line.words.iter().any(|word| kin::classes(&word.stem).iter().any(|class| Some(*class) == off));
            return called_off.then_some(true);
        }
        Some(false)
    }

    /// Whether the act is a stand that a party takes.
    fn is_stance(&self) -> bool {
        self.question.main.iter().any(|main| match &self.question.terms[*main].sort {
            Sort::Act(classes) => classes.iter().any(|class| !KIN[*class].stances.is_empty()),
            _ => false,
        })
    }

    /// Whether what is asked for is in the line; the number, where one is asked for.
    fn fills(&self, sheet: &Sheet, line: &Line, act: Option<u32>) -> Option<Option<u64>> {
        let question = self.question;
        let yes = |holds: bool| holds.then_some(None);
        let content = |at: [u32; 2]| {
            line.statements
                .iter()
                .filter_map(|index| sheet.record.statements.get(*index))
                .any(|statement| statement.content.iter().any(|span| meets(span.at, at)) && self.speaks(sheet, line))
        };
        // when it is that somebody says it will be: told in what is said
        let within = question.speech && !question.subject.is_empty();
        let times = || {
            line.times
                .iter()
                .filter_map(|index| sheet.record.times.get(*index))
                .filter(|time| !within || content(time.at))
        };
        let calendar = |value: Option<&str>| value.and_then(Days::of).is_some();
        let own = |time: &&rapporteur_record::Time| !self.question_day(time.value.as_deref());
        match question.asked[0] {
            Asked::What | Asked::Whether | Asked::Position | Asked::Reservation | Asked::Source => {
                yes(!self.empty_noun(line))
            }
            Asked::Which => yes(!self.empty_noun(line)),
            Asked::View => yes(self.speaks(sheet, line)),
            Asked::Who | Asked::Whom => yes(self.doer(sheet, line, act)),
            Asked::When => {
                let told = times().filter(own).any(|time| {
                    matches!(time.kind, TimeType::Date | TimeType::Time)
                        && (calendar(time.value.as_deref())
                            || time.value.as_deref().is_some_and(|value| value.contains('T')))
                });
                let today = line.words.iter().any(|word| word.plain == "today");
                let event = self
                    .event(sheet, line, act)
                    .is_some_and(|event| event.time.as_ref().is_some_and(|time| calendar(Some(&time.value))));
                yes(told || today || event)
            }
            Asked::Date => yes(times().filter(own).any(|time| calendar(time.value.as_deref()))),
            Asked::Deadline => yes(times().filter(own).any(|time| {
                calendar(time.value.as_deref())
                    || time.kind == TimeType::Duration
                        && line
                            .words
                            .iter()
                            .rev()
                            .find(|word| word.at[1] <= time.at[0])
                            .is_some_and(|word| matches!(word.plain.as_str(), "within" | "in" | "next"))
            })),
            Asked::Long => {
                let spans = ["time", "soon", "weeks", "months", "years", "days", "hours", "immediately", "long"];
                yes(times().next().is_some() || line.words.iter().any(|word| spans.contains(&word.plain.as_str())))
            }
            Asked::Where => yes(self.place(sheet, line, act)),
            Asked::HowMany => self.count(line, act).map(Some),
            Asked::HowMuch => {
                let shares = [
                    "half", "third", "quarter", "fifth", "sixth", "tenth", "percent", "per", "most", "all", "majority",
                    "million", "billion", "tonnes",
                ];
                yes(line.words.iter().any(|word| word.digits() || shares.contains(&word.plain.as_str())))
            }
            Asked::Why => {
                let because = [
                    "because",
                    "due",
                    "owing",
                    "reason",
                    "response",
                    "citing",
                    "saying",
                    "retaliation",
                    "since",
                    "over",
                ];
                let purpose = self.event(sheet, line, act).is_some_and(|event| event.purpose.is_some());
                yes(purpose || line.words.iter().any(|word| because.contains(&word.plain.as_str())))
            }
            Asked::Condition => {
                let conditions = [
                    "if",
                    "unless",
                    "provided",
                    "once",
                    "until",
                    "condition",
                    "conditions",
                    "before",
                    "when",
                    "subject",
                ];
                let event = line
                    .events
                    .iter()
                    .filter_map(|at| sheet.record.events.get(*at))
                    .any(|event| event.condition.is_some());
                yes(event || line.words.iter().any(|word| conditions.contains(&word.plain.as_str())))
            }
        }
    }

    /// Whether a time is the day that the question names itself.
    fn question_day(&self, value: Option<&str>) -> bool {
        let Some(days) = value.and_then(Days::of) else { return false };
        self.question.terms.iter().any(|term| matches!(&term.sort, Sort::Day(own) if *own == days))
    }

    /// The event at an act in a line.
    fn event<'s>(&self, sheet: &'s Sheet, line: &Line, act: Option<u32>) -> Option<&'s Event> {
        let at = act?;
        let events = line.events.iter().filter_map(|index| sheet.record.events.get(*index));
        events.into_iter().find(|event| event.trigger.at[0] <= at && at < event.trigger.at[1])
    }

    /// Whether the noun that is asked about is told of only in general: “several elements”, “messages”.
    fn empty_noun(&self, line: &Line) -> bool {
        const SOME: [&str; 13] = [
            "several",
            "some",
            "certain",
            "additional",
            "various",
            "further",
            "other",
            "unspecified",
            "undisclosed",
            "many",
            "few",
            "more",
            "number",
        ];
        const CONTENTS: [&str; 16] = [
            "message", "messages", "letter", "letters", "element", "elements", "detail", "details", "issue", "issues",
            "point", "points", "topic", "topics", "terms", "concerns",
        ];
        let Some(noun) = self.question.noun.map(|at| &self.question.terms[at]) else { return false };
        let mut empty = false;
        for (at, word) in line.words.iter().enumerate() {
            if word.stem != noun.words[0].stem {
                continue;
            }
            let before = line.words[..at].iter().rev().take(2);
            let general = before.clone().any(|word| SOME.contains(&word.plain.as_str()));
            let told = line.words.get(at + 1).is_some_and(|next| {
                next.gap.contains([':', '“', '—'])
                    || matches!(next.plain.as_str(), "saying" | "namely" | "including" | "such")
                    || next.plain == "that" && !general
            });
            let content = CONTENTS.contains(&word.plain.as_str());
            if told || !(general || content) {
                return false;
            }
            empty = true;
        }
        empty
    }

    /// Whether one of the names before the act speaks in the line.
    fn speaks(&self, sheet: &Sheet, line: &Line) -> bool {
        let statements = line.statements.iter().filter_map(|index| sheet.record.statements.get(*index));
        let event = |event: &Event| {
            self.question.subject.iter().any(|at| event.actors.iter().any(|id| self.is(sheet, id, *at)))
        };
        // of a country any of its people may speak: “Peru will leave by April, the minister pledged”
        let country = self.question.subject.iter().any(|at| {
            let term = &self.question.terms[*at];
            self.countries[*at].is_some()
                && term.words.iter().all(|own| line.words.iter().any(|word| word.capital && own.plain == word.plain))
        });
        let person = |id: &str| sheet.record.actor(id).is_some_and(|actor| actor.kind == ActorKind::Person);
        statements.into_iter().any(|statement| {
            self.spoken_by(sheet, statement) || country && statement.speaker.as_deref().is_some_and(person)
        }) || line.events.iter().filter_map(|index| sheet.record.events.get(*index)).any(|told| {
            matches!(told.kind, rapporteur_record::EventType::Threaten | rapporteur_record::EventType::Request)
                && event(told)
        })
    }

    /// Whether one of the names before the act speaks a statement.
    fn spoken_by(&self, sheet: &Sheet, statement: &rapporteur_record::Statement) -> bool {
        self.question.subject.iter().any(|at| statement.speaker.as_deref().is_some_and(|id| self.is(sheet, id, *at)))
    }

    /// Whether an actor of a report is whom a name of the question means, or acts for the country that it means.
    fn is(&self, sheet: &Sheet, id: &str, at: usize) -> bool {
        sheet.index(id).is_some_and(|actor| {
            let own = sheet.record.actors[actor].kind != ActorKind::Unnamed;
            let of = &sheet.record.actors[actor];
            // “his administration”: of whom its name speaks
            let body = matches!(of.kind, ActorKind::Government | ActorKind::Organisation)
                && of.mentions.iter().any(|whole| {
                    sheet.record.actors.iter().enumerate().any(|(index, other)| {
                        index != actor
                            && other.mentions.iter().any(|part| whole.at[0] <= part.at[0] && part.at[1] <= whole.at[1])
                            && bears(sheet, index, &self.question.terms[at])
                    })
                });
            body || self.belongs(sheet, actor, at)
                || bears(sheet, actor, &self.question.terms[at])
                || own && self.countries[at].as_deref().is_some_and(|country| sheet.acts_for(actor, country) > 0.0)
        })
    }

    /// Whether an actor is called “his” or “her” after the person of a name: “his office”, with nobody else named between.
    fn belongs(&self, sheet: &Sheet, actor: usize, at: usize) -> bool {
        let own = &sheet.record.actors[actor];
        let lower = own.name.to_lowercase();
        let Some(mention) = own.mentions.first().filter(|_| lower.starts_with("his ") || lower.starts_with("her "))
        else {
            return false;
        };
        let persons = sheet.record.actors.iter().enumerate().filter(|(_, other)| other.kind == ActorKind::Person);
        let before = persons.flat_map(|(index, other)| {
            let ends = other.mentions.iter().map(|mention| mention.at[1]).filter(|end| *end <= mention.at[0]);
            ends.max().map(|end| (end, index))
        });
        before.max().is_some_and(|(_, index)| bears(sheet, index, &self.question.terms[at]))
    }

    /// Whether the line tells who did it: an actor of the event, the speaker, or a name before the act or after “by”.
    fn doer(&self, sheet: &Sheet, line: &Line, act: Option<u32>) -> bool {
        let known = |id: &String| {
            sheet.index(id).is_some_and(|index| {
                let actor = &sheet.record.actors[index];
                let asked = self
                    .question
                    .terms
                    .iter()
                    .any(|term| matches!(term.sort, Sort::Name { .. }) && bears(sheet, index, term));
                let arms = ["attack", "gun", "drone", "bomb"].map(kin::class);
                let arm = super::words::words(&actor.name, 0).iter().all(|word| {
                    kin::is_plain(&word.plain)
                        || number(word).is_some()
                        || kin::classes(&word.stem).iter().any(|class| arms.contains(&Some(*class)))
                });
                !asked && !arm && !matches!(actor.name.to_lowercase().as_str(), "who" | "whom" | "what" | "anyone")
            })
        };
        let Some(at) = act else { return false };
        // “asked who would pay”: the question is put there, not answered
        let Some(position) = line.words.iter().position(|word| word.at[0] <= at && at < word.at[1]) else {
            return false;
        };
        let before = &line.words[..position];
        const PUT: [&str; 14] = [
            "asked", "ask", "asking", "wondered", "unclear", "know", "about", "over", "clear", "decide", "on", "of",
            "say", "said",
        ];
        let put = before
            .windows(2)
            .rev()
            .take(4)
            .any(|pair| pair[1].plain == "who" && pair[1].gap == " " && PUT.contains(&pair[0].plain.as_str()));
        if put {
            return false;
        }
        if self.question.speech || self.is_speech_act() {
            let spoken = line.statements.iter().filter_map(|index| sheet.record.statements.get(*index));
            let mut spoken = spoken.filter(|statement| {
                statement.cue.as_ref().is_none_or(|cue| meets(cue.at, line.at))
                    || statement.content.iter().any(|span| meets(span.at, line.at))
            });
            if spoken.any(|statement| statement.speaker.as_ref().is_some_and(known)) {
                return true;
            }
        }
        if let Some(event) = self.event(sheet, line, act) {
            if event.actors.iter().any(known) {
                return true;
            }
        }
        // “we fired no rockets”: whoever speaks
        if before.iter().rev().take(3).any(|word| matches!(word.plain.as_str(), "we" | "i"))
            && sheet.tellers(at).iter().any(|statement| statement.speaker.as_ref().is_some_and(known))
        {
            return true;
        }
        // a participle before its noun names nobody: “the proposed ceasefire”
        let mentions = || {
            line.actors.iter().filter(|index| known(&sheet.record.actors[**index].id)).flat_map(|index| {
                let actor = &sheet.record.actors[*index];
                let done_to = line
                    .events
                    .iter()
                    .filter_map(|at| sheet.record.events.get(*at))
                    .any(|event| event.recipients.contains(&actor.id));
                actor
                    .mentions
                    .iter()
                    .filter(|mention| meets(mention.at, line.at) && mention.form != Form::Pronoun)
                    .filter(move |_| {
                        !(matches!(actor.kind, ActorKind::Unnamed) || done_to && actor.kind == ActorKind::Group)
                    })
                    .map(|mention| mention.at)
            })
        };
        let end = line.words[position].at[1];
        let by = line.words[position + 1..].iter().take(4).find(|word| word.plain == "by");
        if let Some(by) = by {
            return mentions().any(|span| span[0] >= by.at[1] && span[0] <= by.at[1] + 40);
        }
        let participle = before.last().is_some_and(|word| {
            matches!(
                word.plain.as_str(),
                "the" | "a" | "an" | "this" | "that" | "be" | "was" | "were" | "been" | "is" | "are"
            )
        });
        if participle {
            return false;
        }
        // a name close before the act, after the place and date that a dispatch begins with
        let close = before.last().is_some_and(|word| {
            let in_question =
                self.question.terms.iter().any(|term| term.words.iter().any(|own| own.plain == word.plain));
            word.capital
                && before.len() > 1
                && !in_question
                && line.words[position].gap == " "
                && line.words[position].plain.ends_with("ed")
        });
        if close {
            return true;
        }
        let begins =
            line.words.windows(2).find(|pair| pair[1].gap.contains(") ") && pair[1].gap.contains(['—', '-', '–']));
        let begins = begins.map_or(line.at[0], |pair| pair[1].at[0]);
        mentions().any(|span| span[0] >= begins && span[1] <= at && at - span[1] < 30) && end > at
    }

    /// Whether the act that is asked about is one of speech or shown in statements: deny, accuse, propose.
    fn is_speech_act(&self) -> bool {
        self.question.main.iter().any(|main| match &self.question.terms[*main].sort {
            Sort::Act(classes) => classes.iter().any(|class| !KIN[*class].acts.is_empty()),
            _ => false,
        })
    }

    /// Whether the line tells a place: that of the event, or one after “in”, “at”, “near”.
    fn place(&self, sheet: &Sheet, line: &Line, act: Option<u32>) -> bool {
        let asked = |name: &str| {
            self.question.terms.iter().any(|term| {
                matches!(term.sort, Sort::Name { .. })
                    && term.words.iter().all(|word| crate::fold::slug(name).split('-').any(|part| part == word.plain))
            })
        };
        let event =
            self.event(sheet, line, act).and_then(|event| event.place.as_deref()).and_then(|id| sheet.record.place(id));
        if event.is_some_and(|place| !asked(&place.name) && place.mentions.iter().any(|span| meets(span.at, line.at))) {
            return true;
        }
        const AT: [&str; 9] = ["in", "at", "near", "outside", "inside", "over", "on", "aboard", "around"];
        let places =
            || sheet.record.places.iter().filter(|place| !asked(&place.name)).flat_map(|place| &place.mentions);
        line.words.iter().enumerate().any(|(at, word)| {
            if !AT.contains(&word.plain.as_str()) {
                return false;
            }
            let Some(first) = line.words.get(at + 1) else { return false };
            let skip = usize::from(first.plain == "the");
            let Some(next) = line.words.get(at + 1 + skip) else { return false };
            let gazetteer = places().any(|span| span.at[0] <= next.at[0] && next.at[0] < span.at[1]);
            // “at the Government Palace”: a name after “at the”
            let building = word.plain == "at"
                && skip == 1
                && (next.capital
                    || SITES.contains(&next.plain.as_str())
                    || line.words.get(at + 3).is_some_and(|word| SITES.contains(&word.plain.as_str())));
            gazetteer || building
        })
    }

    /// The number in the line that counts what is asked.
    fn count(&self, line: &Line, act: Option<u32>) -> Option<u64> {
        let noun = self.question.noun.map(|at| &self.question.terms[at]);
        let people = kin::class("people");
        let victims = self.victims();
        let of_people = noun.is_none_or(is_people);
        let act = act.and_then(|at| line.words.iter().position(|word| word.at[0] <= at && at < word.at[1]));
        let counted = |word: &Word| match noun {
            Some(term) => match &term.sort {
                Sort::Thing(classes) | Sort::Act(classes) => {
                    alike(&word.stem, &term.words[0].stem) > 0.0
                        || kin::classes(&word.stem)
                            .iter()
                            .any(|class| classes.contains(class) && (Some(*class) != people || of_people))
                }
                _ => word.stem == term.words[0].stem,
            },
            None => false,
        };
        let mut best: Option<(usize, u64)> = None;
        for (at, word) in line.words.iter().enumerate() {
            let Some(value) = number(word) else { continue };
            if value == 1 && !word.digits() && !victims {
                continue;
            }
            let after = line.words.get(at + 1);
            // a date, an hour, an age, an ordinal
            if after.is_some_and(|next| is_unit(&next.plain)) || at > 0 && is_month(&line.words[at - 1].plain) {
                continue;
            }
            let noun_near = line.words[at + 1..].iter().take(4).position(counted);
            let reach = if victims && of_people || noun.is_none() { 5 } else { 0 };
            let act_near = act
                .filter(|_| of_people)
                .filter(|act| act.abs_diff(at) <= if victims { 6 } else { reach })
                .map(|act| act.abs_diff(at));
            let near = match (noun_near, act_near) {
                (Some(near), _) => near + 1,
                (None, Some(near)) if victims => near + 2,
                _ => continue,
            };
            if best.is_none_or(|(least, _)| near < least) {
                best = Some((near, value));
            }
        }
        best.map(|(_, value)| value)
    }

    /// A little more for a line whose entry is of the type that is asked for; names the entry.
    fn typed(&self, sheet: &Sheet, line: &Line, entry: &mut Option<String>) -> f64 {
        if entry.is_some() {
            return 0.1;
        }
        let classes: Vec<usize> = self
            .question
            .main
            .iter()
            .flat_map(|main| match &self.question.terms[*main].sort {
                Sort::Act(classes) => classes.clone(),
                _ => Vec::new(),
            })
            .collect();
        let fits = |event: &&Event| {
            classes.iter().any(|class| {
                let kin = &KIN[*class];
                kin.events.contains(&event.kind)
                    && (kin.modes.is_empty() || event.mode.is_some_and(|mode: Mode| kin.modes.contains(&mode)))
            })
        };
        if let Some(event) = line.events.iter().filter_map(|index| sheet.record.events.get(*index)).find(fits) {
            *entry = Some(event.id.clone());
            return 0.05;
        }
        let acts = |act| classes.iter().any(|class| KIN[*class].acts.contains(&act));
        let statements = || line.statements.iter().filter_map(|index| sheet.record.statements.get(*index));
        if let Some(statement) = statements().find(|statement| acts(statement.act)) {
            *entry = Some(statement.id.clone());
            return 0.05;
        }
        let any = line.events.first().and_then(|index| sheet.record.events.get(*index)).map(|event| event.id.clone());
        *entry = any.or_else(|| statements().next().map(|statement| statement.id.clone()));
        0.0
    }
}

/// Whether a term says no more than that people are meant.
fn is_people(term: &Term) -> bool {
    matches!(term.words[0].plain.as_str(), "people" | "person" | "persons" | "victims")
}

/// What a meeting is held in, as a word that is no name.
const SITES: [&str; 16] = [
    "palace",
    "house",
    "base",
    "airport",
    "hotel",
    "embassy",
    "ministry",
    "headquarters",
    "residence",
    "villa",
    "camp",
    "office",
    "hall",
    "border",
    "bridge",
    "conference",
];

/// Offices by which a person is meant without being named.
const ROLES: [&str; 7] = ["president", "minister", "leader", "counterpart", "premier", "chancellor", "king"];

/// Whether a name is that of a country itself, and not of its capital.
fn is_land(term: &Term, sheets: &[Sheet]) -> bool {
    let land = |place: &rapporteur_record::Place| {
        place.precision == rapporteur_record::Precision::Country
            && crate::fold::slug(&place.name) == crate::fold::slug(&term.form)
    };
    let short = term.form.chars().all(|c| c.is_uppercase() || c == '.');
    short || sheets.iter().flat_map(|sheet| &sheet.record.places).any(land)
}

/// Whether an actor of a report bears the name of a term, as written or in full.
fn bears(sheet: &Sheet, actor: usize, term: &Term) -> bool {
    let full = match &term.sort {
        Sort::Name { full, .. } => full.as_slice(),
        _ => &[],
    };
    sheet.bears(actor, &term.words) || !full.is_empty() && sheet.bears(actor, full)
}

/// The country that the person of this name is of, in any of these reports.
fn home(term: &Term, sheets: &[Sheet]) -> Option<String> {
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
fn country(term: &Term, sheets: &[Sheet]) -> Option<String> {
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
fn told(words: &[Word], term: &Term, classes: &[usize]) -> (f64, Option<u32>) {
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
fn typed(sheet: &Sheet, line: &Line, classes: &[usize]) -> (f64, Option<u32>) {
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
fn on(sheet: &Sheet, line: &Line, days: &Days, any_year: bool) -> f64 {
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

fn meets(a: [u32; 2], b: [u32; 2]) -> bool {
    a[0] < b[1] && b[0] < a[1]
}

/// Whether the words stand in a row.
fn has_run(words: &[Word], run: &[Word]) -> bool {
    !run.is_empty() && words.windows(run.len()).any(|window| window.iter().zip(run).all(|(a, b)| a.plain == b.plain))
}

/// Whether a word is what actors are called in general: which of them did it is answered by a name.
fn is_actor(word: &str) -> bool {
    const GENERAL: [&str; 20] = [
        "country",
        "countries",
        "state",
        "states",
        "party",
        "parties",
        "person",
        "people",
        "official",
        "officials",
        "leader",
        "leaders",
        "group",
        "groups",
        "government",
        "governments",
        "organisation",
        "organization",
        "minister",
        "president",
    ];
    GENERAL.contains(&word)
}

fn is_month(word: &str) -> bool {
    const MONTHS: [&str; 12] = [
        "january",
        "february",
        "march",
        "april",
        "may",
        "june",
        "july",
        "august",
        "september",
        "october",
        "november",
        "december",
    ];
    MONTHS.iter().any(|month| *month == word || word.len() == 3 && month.starts_with(word))
}

fn is_unit(word: &str) -> bool {
    is_month(word)
        || matches!(
            word,
            "day"
                | "days"
                | "hour"
                | "hours"
                | "week"
                | "weeks"
                | "month"
                | "months"
                | "year"
                | "years"
                | "minutes"
                | "night"
                | "nights"
                | "am"
                | "pm"
                | "kilometres"
                | "kilometers"
                | "km"
                | "miles"
                | "million"
                | "billion"
                | "percent"
                | "per"
                | "tonnes"
                | "tons"
        )
}
