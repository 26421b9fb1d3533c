//! Who did or said it: whether a line tells one who can be whom the question asks about.

use rapporteur_record::{ActorKind, Event, Form};

use super::Bench;
use super::terms::{bears, meets};
use crate::ask::kin::{self, KIN};
use crate::ask::question::Sort;
use crate::ask::sheet::{Line, Sheet};
use crate::ask::words::number;

impl Bench<'_> {
    /// Whether one of the names before the act speaks in the line.
    pub(super) fn speaks(&self, sheet: &Sheet, line: &Line) -> bool {
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
    pub(super) fn spoken_by(&self, sheet: &Sheet, statement: &rapporteur_record::Statement) -> bool {
        self.question.subject.iter().any(|at| statement.speaker.as_deref().is_some_and(|id| self.is(sheet, id, *at)))
    }

    /// Whether an actor of a report is whom a name of the question means, or acts for the country that it means.
    pub(super) fn is(&self, sheet: &Sheet, id: &str, at: usize) -> bool {
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
    pub(super) fn belongs(&self, sheet: &Sheet, actor: usize, at: usize) -> bool {
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
    pub(super) fn doer(&self, sheet: &Sheet, line: &Line, act: Option<u32>) -> bool {
        let known = |id: &String| {
            sheet.index(id).is_some_and(|index| {
                let actor = &sheet.record.actors[index];
                let asked = self
                    .question
                    .terms
                    .iter()
                    .any(|term| matches!(term.sort, Sort::Name { .. }) && bears(sheet, index, term));
                let arms = ["attack", "gun", "drone", "bomb"].map(kin::class);
                let arm = crate::ask::words::words(&actor.name, 0).iter().all(|word| {
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
    pub(super) fn is_speech_act(&self) -> bool {
        self.question.main.iter().any(|main| match &self.question.terms[*main].sort {
            Sort::Act(classes) => classes.iter().any(|class| !KIN[*class].acts.is_empty()),
            _ => false,
        })
    }
}

/// Offices by which a person is meant without being named.
pub(super) const ROLES: [&str; 7] = ["president", "minister", "leader", "counterpart", "premier", "chancellor", "king"];

/// Whether a word is what actors are called in general: which of them did it is answered by a name.
pub(super) fn is_actor(word: &str) -> bool {
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
