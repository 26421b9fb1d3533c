//! Whether an act is told as it was asked for: done, not done, denied, or a stand that a party takes.

use rapporteur_record::{Event, Status};

use super::Bench;
use super::slot::is_unit;
use super::terms::{bears, has_run, meets, told};
use crate::ask::kin::{self, KIN};
use crate::ask::question::{Asked, Mood, Sort};
use crate::ask::sheet::{Line, Sheet};
use crate::ask::words::Word;

impl Bench<'_> {
    /// Whether a line tells where the party stands on what is asked: how well, where, and by which entry.
    pub(super) fn stands(&self, sheet: &Sheet, line: &Line) -> (f64, Option<u32>, Option<String>) {
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
    pub(super) fn on_proposal(&self, sheet: &Sheet, proposal: &str) -> bool {
        let Some(proposal) = sheet.record.proposal(proposal) else { return false };
        let names = core::iter::once(&proposal.name).chain(proposal.mentions.iter().map(|mention| &mention.words));
        let names: Vec<Word> = names.flat_map(|name| crate::ask::words::words(name, 0)).collect();
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
    pub(super) fn real(&self, sheet: &Sheet, line: &Line, act: Option<u32>) -> Option<bool> {
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
    pub(super) fn is_stance(&self) -> bool {
        self.question.main.iter().any(|main| match &self.question.terms[*main].sort {
            Sort::Act(classes) => classes.iter().any(|class| !KIN[*class].stances.is_empty()),
            _ => false,
        })
    }
}
