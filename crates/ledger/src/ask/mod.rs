//! Ask: a question and what the engine made of it in, entries with their sentences and a verdict out.
//!
//! The question becomes a typed query ([`question`]) that is shown. Sentences that may answer are found by their words and by the entries
//! in them, each is put to the query ([`answer`]), and the best are the answer. What is found decides the verdict: *stated*, *claimed* (only in
//! somebody's words), *disputed* (one says it and another denies it, or the numbers differ), or *not stated*.
//!
//! **Invariant:** no sentence is written here; an answer is made of sentences of reports, or it is “not stated”.

mod answer;
mod kin;
mod question;
mod sheet;
mod words;

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;

use rapporteur_record::{CodePoints, Record};
use serde::Serialize;

use crate::entry::Cite;
use crate::error::Error;
use crate::table::plain;
use crate::views::Desk;

use answer::{Bench, Met};
use kin::KIN;
use question::{Asked, Question, Sort};
use sheet::Sheet;

/// How many sentences are looked up.
const LOOKED_UP: usize = 400;

/// How many reports are opened.
const OPENED: usize = 24;

/// How many entries an answer has at most.
const MOST: usize = 5;

/// How far behind the best an entry of an answer may be.
const BEHIND: f64 = 0.18;

/// How far behind the best an entry may be to have a part in the verdict.
const WEIGHS: f64 = 0.1;

/// How far behind the best an entry may be that says otherwise.
const OTHERWISE: f64 = 0.3;

/// What the ledger says on a question.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub enum Verdict {
    /// A report tells it.
    #[serde(rename = "stated")]
    Stated,
    /// Only somebody's words tell it.
    #[serde(rename = "claimed")]
    Claimed,
    /// One says it and another denies it, or they differ.
    #[serde(rename = "disputed")]
    Disputed,
    /// No report tells it.
    #[serde(rename = "not stated")]
    NotStated,
}

/// The question as it was understood.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Query {
    /// In one line.
    pub shown: String,
    /// What is asked for, the main thing first.
    pub asked: Vec<&'static str>,
    /// The act, as written.
    pub act: Vec<String>,
    /// The type of event that the act is, where it is one.
    #[serde(rename = "type")]
    pub kind: Option<&'static str>,
    /// The names in it.
    pub names: Vec<String>,
    /// Every other word that an answer has to meet.
    pub terms: Vec<String>,
}

/// Where a sentence stands.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Place {
    /// The key of the report.
    pub report: String,
    /// How the report is named, as it was handed in.
    pub source: Option<String>,
    /// In its text, in code points.
    pub at: [u32; 2],
    /// As written.
    pub words: String,
}

/// A piece of an answer.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Found {
    /// The key of the entry; none where only the sentence tells it.
    pub key: Option<String>,
    /// The layer of the entry, or `sentence`.
    pub layer: &'static str,
    /// The sentence.
    pub sentence: Place,
    /// Who published it.
    pub outlet: String,
    /// Since when it is known.
    pub day: String,
    /// Whose words it is in; none is the report's own telling.
    pub by: Option<String>,
    /// The words of the entry, else of the sentence.
    pub words: String,
    /// Whether it denies what is asked.
    pub denies: bool,
    /// Where the words stand.
    pub cites: Vec<Cite>,
}

/// An answer.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Answer {
    /// The question as it was put.
    pub question: String,
    /// As it was understood.
    pub query: Query,
    /// What the ledger says.
    pub verdict: Verdict,
    /// What keeps the nearest sentence from answering, if it is not stated.
    pub lacks: Option<&'static str>,
    /// In whose words alone it is, if it is claimed.
    pub claimed_by: Vec<String>,
    /// What answers, the best first; for what is not stated, what comes nearest.
    pub entries: Vec<Found>,
}

/// Answers a question from the ledger; the question is the text of this record, which the engine made of it.
pub fn ask(desk: &Desk, record: &Record) -> Result<Answer, Error> {
    let text = record.document.text.as_str();
    let question = Question::read(text, record);
    let bench = Bench::new(&question, open(desk, &question)?);
    let lines = bench.lines();
    let best = lines.first().map_or(0.0, |met| met.score);
    let answering: Vec<&Met> = lines.iter().filter(|met| met.answers && met.score >= best - BEHIND).collect();
    let mut answering = answering;
    // who says otherwise belongs to the answer, if not told as fully
    let denied = answering.first().is_some_and(|met| met.denies);
    let of_fact = matches!(question.asked[0], Asked::Whether | Asked::Who | Asked::When | Asked::Where);
    if of_fact && !question.speech && !answering.is_empty() && answering.iter().all(|met| met.denies == denied) {
        let other = lines.iter().find(|met| met.answers && met.denies != denied && met.score >= best - OTHERWISE);
        let at = answering.len().min(1);
        answering.splice(at..at, other);
    }
    let near: Vec<&Met> = lines.iter().take(2).collect();
    let shown = if answering.is_empty() { &near } else { &answering };
    let mut entries: Vec<Found> = Vec::new();
    let mut told: BTreeSet<String> = BTreeSet::new();
    let mut numbers: BTreeSet<u64> = BTreeSet::new();
    let mut tellers: BTreeSet<Option<String>> = BTreeSet::new();
    let (mut says, mut denies) = (false, false);
    for met in shown {
        let sheet = &bench.sheets[met.sheet];
        let line = &sheet.lines[met.line];
        if entries.len() >= MOST {
            break;
        }
        // a sentence that several outlets print is one answer
        if !told.insert(line.words.iter().map(|word| word.plain.as_str()).collect::<Vec<_>>().join(" ")) {
            continue;
        }
        let entry = found(desk, &question, sheet, met);
        (says, denies) = (says || !met.denies, denies || met.denies);
        if met.score >= best - WEIGHS {
            numbers.extend(met.number);
            tellers.insert(entry.by.clone());
        }
        entries.push(entry);
    }
    // how many is disputed in numbers, and not by who denies to have done it
    let counted = question.asked[0] == Asked::HowMany;
    let verdict = if answering.is_empty() {
        Verdict::NotStated
    } else if says && denies && !counted || numbers.len() > 1 {
        Verdict::Disputed
    } else if tellers.contains(&None) {
        Verdict::Stated
    } else {
        Verdict::Claimed
    };
    let claimed_by = if verdict == Verdict::Claimed { tellers.into_iter().flatten().collect() } else { Vec::new() };
    let lacks = lines.first().filter(|_| verdict == Verdict::NotStated).and_then(|met| met.lacks);
    Ok(Answer { question: text.to_owned(), query: query(&question), verdict, lacks, claimed_by, entries })
}

/// The reports that may answer: those with the likeliest sentences.
fn open(desk: &Desk, question: &Question) -> Result<Vec<Sheet>, Error> {
    let mut searched: BTreeSet<String> = BTreeSet::new();
    for term in &question.terms {
        match &term.sort {
            Sort::Day(_) | Sort::Number(_) => {}
            Sort::Name { .. } | Sort::Quote => searched.extend(term.words.iter().map(|word| word.plain.clone())),
            Sort::Act(classes) | Sort::Thing(classes) => {
                searched.insert(term.words[0].plain.clone());
                searched.insert(term.words[0].stem.clone());
                searched.extend(classes.iter().flat_map(|class| kin::searched(*class)).map(str::to_owned));
            }
        }
    }
    let days = question.terms.iter().filter_map(|term| match &term.sort {
        Sort::Day(days) => Some(days),
        _ => None,
    });
    let mut best: BTreeMap<String, f64> = BTreeMap::new();
    for days in days {
        for entry in desk.ledger.entries("event", &[], desk.as_of.as_deref())? {
            if entry.days.as_ref().is_some_and(|own| own.meet(days)) {
                best.insert(entry.report.clone(), 10.0);
            }
        }
    }
    let words: Vec<&str> = searched.iter().map(String::as_str).filter(|word| word.len() > 1).take(120).collect();
    for (report, _, score) in desk.ledger.search(&words, LOOKED_UP)? {
        if desk.reports.contains_key(&report) {
            *best.entry(report).or_default() += score.max(0.0);
        }
    }
    let mut order: Vec<(&String, f64)> = best.iter().map(|(report, score)| (report, *score)).collect();
    order.sort_by(|a, b| b.1.total_cmp(&a.1).then_with(|| a.0.cmp(b.0)));
    let opened = order.into_iter().filter(|(report, _)| desk.reports.contains_key(*report)).take(OPENED);
    opened.filter_map(|(report, _)| Sheet::of(desk.ledger, report).transpose()).collect()
}

/// A line as a piece of an answer.
fn found(desk: &Desk, question: &Question, sheet: &Sheet, met: &Met) -> Found {
    let line = &sheet.lines[met.line];
    let report = desk.reports.get(&sheet.report);
    let own = met.entry.as_ref().map(|id| format!("{}:{id}", sheet.report));
    let entry = own.as_ref().and_then(|key| sheet.entries.iter().find(|entry| entry.key == *key));
    let points = CodePoints::new(&sheet.record.document.text);
    let whole = Cite {
        report: sheet.report.clone(),
        at: line.at,
        words: points.slice(line.at[0], line.at[1]).unwrap_or_default().to_owned(),
    };
    Found {
        key: entry.map(|entry| entry.key.clone()),
        layer: entry.map_or("sentence", crate::entry::Entry::layer),
        sentence: Place {
            report: sheet.report.clone(),
            source: report.and_then(|report| report.source.clone()),
            at: line.at,
            words: line.text.clone(),
        },
        outlet: desk.outlet(&sheet.report).to_owned(),
        day: report.map_or_else(String::new, |report| report.known.clone()),
        by: teller(question, sheet, met),
        words: entry.map_or_else(|| line.text.clone(), crate::entry::Entry::words),
        denies: met.denies,
        cites: entry.map_or_else(|| vec![whole], crate::entry::Entry::cites),
    }
}

/// In whose words a line tells what is asked: none where the report tells it itself, or where the speaker is what is asked about.
fn teller(question: &Question, sheet: &Sheet, met: &Met) -> Option<String> {
    let at = met.act?;
    let tellers = sheet.tellers(at);
    let outer = tellers.first()?;
    if matches!(question.asked[0], Asked::View | Asked::Position) {
        return None;
    }
    let speaker = outer.speaker.as_deref().and_then(|id| sheet.record.actor(id));
    let about = speaker.is_some_and(|actor| {
        let index = sheet.index(&actor.id);
        question.speech
            && question
                .subject
                .iter()
                .any(|at| index.is_some_and(|index| sheet.bears(index, &question.terms[*at].words)))
    });
    if about {
        return None;
    }
    Some(speaker.map_or_else(|| "somebody unnamed".to_owned(), |actor| actor.name.clone()))
}

fn query(question: &Question) -> Query {
    let form = |at: &usize| question.terms[*at].form.clone();
    let classes = question.main.iter().flat_map(|at| match &question.terms[*at].sort {
        Sort::Act(classes) => classes.clone(),
        _ => Vec::new(),
    });
    let kind = classes.flat_map(|class| KIN[class].events.first()).next().map(|event| event.as_str());
    let is_name = |at: &usize| matches!(question.terms[*at].sort, Sort::Name { .. });
    let all = 0..question.terms.len();
    Query {
        shown: question.shown(),
        asked: question.asked.iter().map(Asked::as_str).collect(),
        act: question.main.iter().map(form).collect(),
        kind,
        names: all.clone().filter(is_name).map(|at| form(&at)).collect(),
        terms: all.filter(|at| !is_name(at) && !question.main.contains(at)).map(|at| form(&at)).collect(),
    }
}

impl Answer {
    /// The answer as a page for a person.
    pub fn text(&self) -> String {
        let mut page = format!("{}\n\n", plain(&self.query.shown));
        let verdict = match self.verdict {
            Verdict::Stated => "Stated.".to_owned(),
            Verdict::Claimed => format!("Claimed only by {}.", plain(&self.claimed_by.join(", "))),
            Verdict::Disputed => "Disputed.".to_owned(),
            Verdict::NotStated => "Not stated.".to_owned(),
        };
        let _ = writeln!(page, "{verdict}");
        if self.verdict == Verdict::NotStated && !self.entries.is_empty() {
            let lacks = self.lacks.unwrap_or("what is asked for");
            let _ = writeln!(page, "\nNearest to it, but without {lacks}:");
        }
        for entry in &self.entries {
            let by = entry.by.as_deref().map_or_else(String::new, |by| format!(", in the words of {}", plain(by)));
            let denies = if entry.denies { " (denies it)" } else { "" };
            let _ = writeln!(page, "\n  {}", plain(&entry.sentence.words));
            let _ = writeln!(page, "    {}, {}{by}{denies}", plain(&entry.outlet), entry.day);
        }
        page
    }

    /// The answer as JSON.
    pub fn json(&self) -> String {
        serde_json::to_string_pretty(self).unwrap_or_default() + "\n"
    }
}
