//! The asked slot: whether a line itself says where, when, how many, who or what.

use rapporteur_record::{Event, TimeType};

use super::terms::meets;
use super::{Bench, is_people};
use crate::ask::kin;
use crate::ask::question::{Asked, Sort};
use crate::ask::sheet::{Line, Sheet};
use crate::ask::words::{Word, alike, number};
use crate::days::{Days, MONTHS};

impl Bench<'_> {
    /// Whether what is asked for is in the line; the number, where one is asked for.
    pub(super) fn fills(&self, sheet: &Sheet, line: &Line, act: Option<u32>) -> Option<Option<u64>> {
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
    pub(super) fn question_day(&self, value: Option<&str>) -> bool {
        let Some(days) = value.and_then(Days::of) else { return false };
        self.question.terms.iter().any(|term| matches!(&term.sort, Sort::Day(own) if *own == days))
    }

    /// The event at an act in a line.
    pub(super) fn event<'s>(&self, sheet: &'s Sheet, line: &Line, act: Option<u32>) -> Option<&'s Event> {
        let at = act?;
        let events = line.events.iter().filter_map(|index| sheet.record.events.get(*index));
        events.into_iter().find(|event| event.trigger.at[0] <= at && at < event.trigger.at[1])
    }

    /// Whether the noun that is asked about is told of only in general: “several elements”, “messages”.
    pub(super) fn empty_noun(&self, line: &Line) -> bool {
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

    /// Whether the line tells a place: that of the event, or one after “in”, “at”, “near”.
    pub(super) fn place(&self, sheet: &Sheet, line: &Line, act: Option<u32>) -> bool {
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
    pub(super) fn count(&self, line: &Line, act: Option<u32>) -> Option<u64> {
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
}

/// What a meeting is held in, as a word that is no name.
pub(super) const SITES: [&str; 16] = [
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

pub(super) fn is_month(word: &str) -> bool {
    MONTHS.iter().any(|month| *month == word || word.len() == 3 && month.starts_with(word))
}

pub(super) fn is_unit(word: &str) -> bool {
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
