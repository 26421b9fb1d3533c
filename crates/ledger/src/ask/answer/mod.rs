//! Whether a sentence answers a question: a query and reports in, how well each line meets it out.
//!
//! Every term of the question is looked for in the sentence: by its words, by the types of the events, statements and positions that
//! stand in it, by the actors that its pronouns mean; then, for less, around it. A line answers if the act is in it, if its names are those asked
//! about, if enough of the rest is met, and if the asked slot (where, when, how many, who) is filled in the line itself.
//!
//! **Invariant:** a line whose asked slot is not filled never answers, however alike it is.

mod doer;
mod happened;
mod slot;
mod terms;

use rapporteur_record::{Event, Mode};

use super::kin::{self, KIN};
use super::question::{Asked, Question, Sort, Term};
use super::sheet::{Line, Sheet};
use doer::is_actor;
use terms::{country, home, is_land};

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
