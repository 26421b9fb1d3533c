//! What a question asks: its text and the record that the engine made of it in, a typed query out.
//!
//! The engine reads who is named, when and where; here the question word is read (who, when, how many), the act that is asked about
//! is found among the classes of [`super::kin`], and the rest of the words become terms that an answer has to meet. The query is
//! shown with the answer, so that a question that was misunderstood is seen to be.
//!
//! **Invariant:** every word of the question is either a term, a part of the question word, or says nothing.

use rapporteur_record::{ActorKind, Precision, Record, TimeType};
use serde::Serialize;

use super::kin::{self, KIN};
use super::words::{Word, words};
use crate::days::{Days, MONTHS};

/// What is asked for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Asked {
    /// Who did it.
    Who,
    /// To whom, with whom.
    Whom,
    /// When.
    When,
    /// On which day of the calendar.
    Date,
    /// By when.
    Deadline,
    /// How long or how soon.
    Long,
    /// Where.
    Where,
    /// How many of these.
    HowMany,
    /// How much, which share.
    HowMuch,
    /// Which of these, or what of this sort.
    Which,
    /// What.
    What,
    /// Why.
    Why,
    /// On what condition.
    Condition,
    /// Where a party stands.
    Position,
    /// What a party holds against it.
    Reservation,
    /// What someone thinks of it.
    View,
    /// Who says so.
    Source,
    /// Whether it is so.
    Whether,
}

impl Asked {
    /// The question word, for a person.
    pub fn as_str(&self) -> &'static str {
        match self {
            Self::Who => "who",
            Self::Whom => "whom",
            Self::When => "when",
            Self::Date => "on what date",
            Self::Deadline => "by when",
            Self::Long => "how long",
            Self::Where => "where",
            Self::HowMany => "how many",
            Self::HowMuch => "how much",
            Self::Which => "which",
            Self::What => "what",
            Self::Why => "why",
            Self::Condition => "on what condition",
            Self::Position => "position",
            Self::Reservation => "reservation",
            Self::View => "view",
            Self::Source => "who says so",
            Self::Whether => "whether",
        }
    }
}

/// Whether it is asked for as done, as it is, or as to come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mood {
    /// Did, has, was.
    Done,
    /// Is, does; or nothing that tells.
    Present,
    /// Will, might.
    Open,
}

/// A word or several that an answer has to meet.
#[derive(Clone, Debug, PartialEq)]
pub struct Term {
    /// As written.
    pub form: String,
    /// Its words.
    pub words: Vec<Word>,
    /// What sort of term.
    pub sort: Sort,
    /// Where in the question it begins, in words.
    pub at: usize,
}

/// What sort of term.
#[derive(Clone, Debug, PartialEq)]
pub enum Sort {
    /// A name; of a country, where it is one or its government.
    Name {
        /// ISO 3166-1 alpha-3.
        country: Option<String>,
        /// The words of the name as the engine knows it in full.
        full: Vec<Word>,
        /// Whether it is named as where something is, and not as who acts.
        place: bool,
    },
    /// An act, of these classes.
    Act(Vec<usize>),
    /// A thing, of these classes.
    Thing(Vec<usize>),
    /// A stretch of the calendar.
    Day(Days),
    /// A number.
    Number(u64),
    /// Words in quotation marks.
    Quote,
}

/// A question, read.
#[derive(Clone, Debug)]
pub struct Question {
    /// What is asked for, the main thing first.
    pub asked: Vec<Asked>,
    /// What an answer has to meet.
    pub terms: Vec<Term>,
    /// The terms one of which is the act that is asked about, by index.
    pub main: Vec<usize>,
    /// The names that do it or to which it is done, as the question has them before the act, by index.
    pub subject: Vec<usize>,
    /// What follows the act at once, to which it is done, by index.
    pub object: Vec<usize>,
    /// What is counted or chosen from, by index (`how many DRONES`, `which ELEMENTS`).
    pub noun: Option<usize>,
    /// As done, as it is, or as to come.
    pub mood: Mood,
    /// The words that say which one of several is meant (first, next), by index.
    pub which: Vec<usize>,
    /// Whether it asks after somebody's words.
    pub speech: bool,
    /// Whether it asks if a promise was kept.
    pub kept: bool,
}

const AUXILIARY: [&str; 18] = [
    "did", "do", "does", "has", "have", "had", "is", "are", "was", "were", "will", "would", "can", "could", "may",
    "might", "should", "shall",
];

/// Classes of acts that are words of somebody.
const SPEECH: [&str; 6] = ["say", "describe", "forecast", "threaten", "promise", "demand"];

/// Classes of acts by which a party takes a stand.
const STANCES: [&str; 3] = ["accept", "reject", "support"];

/// Acts that may stand before the act that is meant.
const FULFIL: [&str; 9] = ["keep", "kept", "carry", "carried", "fulfil", "fulfilled", "honour", "honoured", "break"];

impl Question {
    /// Reads a question; the record is what the engine made of its text.
    pub fn read(text: &str, record: &Record) -> Self {
        let text: String = text.chars().take(2000).collect();
        let all = words(&text, 0);
        let mut used = vec![false; all.len()];
        let mut asked = Vec::new();
        let mut noun_at: Option<usize> = None;
        let plain = |at: usize| all.get(at).map_or("", |word| word.plain.as_str());
        let take = |used: &mut Vec<bool>, from: usize, count: usize| {
            used.iter_mut().skip(from).take(count).for_each(|used| *used = true);
        };
        let first_aux =
            all.iter().map(|word| word.plain.as_str()).find(|word| AUXILIARY.contains(word)).unwrap_or_default();
        let mood = match first_aux {
            "did" | "has" | "have" | "had" | "was" | "were" => Mood::Done,
            "will" | "would" | "can" | "could" | "may" | "might" | "should" | "shall" => Mood::Open,
            _ => Mood::Present,
        };
        let mut at = 0;
        while at < all.len() {
            let before = at.checked_sub(1).map_or("", plain);
            let begins = at == 0
                || matches!(
                    before,
                    "and"
                        | "or"
                        | "by"
                        | "on"
                        | "to"
                        | "with"
                        | "against"
                        | "for"
                        | "from"
                        | "says"
                        | "under"
                        | "of"
                        | "in"
                        | "at"
                        | "since"
                        | "until"
                        | "whom"
                        | "said"
                )
                || all[at].gap.contains([',', '?', ';', ':', '.', '—']);
            if !begins {
                at += 1;
                continue;
            }
            let mut count = 1;
            let found = match (plain(at), plain(at + 1)) {
                ("says", "who") | ("said", "who") | ("according", "to") => {
                    count = 2;
                    Some(Asked::Source)
                }
                ("who" | "whose", _) => Some(if before == "says" { Asked::Source } else { Asked::Who }),
                ("whom", _) => Some(if before == "to" && at > 1 && plain(at - 2) == "according" {
                    Asked::Source
                } else {
                    Asked::Whom
                }),
                ("when", _) => Some(if before == "by" || before == "until" { Asked::Deadline } else { Asked::When }),
                ("where", next) => {
                    let stands = AUXILIARY.contains(&next)
                        && all.iter().any(|word| matches!(word.plain.as_str(), "stand" | "stands"));
                    Some(if stands { Asked::Position } else { Asked::Where })
                }
                ("how", "many") => {
                    count = 2;
                    noun_at = noun_at.or(Some(at + 2));
                    Some(Asked::HowMany)
                }
                ("how", "much") => {
                    count = 2;
                    Some(Asked::HowMuch)
                }
                ("how", "soon" | "long" | "quickly") => {
                    count = 2;
                    Some(Asked::Long)
                }
                ("why", _) => Some(Asked::Why),
                ("how", _) => Some(Asked::What),
                ("what" | "which", "date" | "day") => {
                    count = 2;
                    Some(Asked::Date)
                }
                ("what" | "which", "condition" | "conditions" | "terms")
                    if matches!(before, "on" | "under" | "") || at == 0 =>
                {
                    count = 2;
                    Some(Asked::Condition)
                }
                (
                    "what" | "which",
                    "reservation" | "reservations" | "objection" | "objections" | "caveat" | "caveats" | "qualms",
                ) => {
                    count = 2;
                    Some(Asked::Reservation)
                }
                ("what", "reason" | "reasons") if before == "for" => {
                    count = 2;
                    Some(Asked::Why)
                }
                ("what" | "which", "city" | "town" | "place" | "country") if before == "in" || before == "at" => {
                    count = 2;
                    Some(Asked::Where)
                }
                ("what" | "which", next) => {
                    let is = matches!(next, "is" | "was" | "are" | "were");
                    let about =
                        all.iter().enumerate().skip(at).take(9).find_map(|(at, word)| match word.plain.as_str() {
                            "position" | "stance" | "stand" | "attitude" => Some((at, Asked::Position)),
                            "view" | "views" | "opinion" | "assessment" => Some((at, Asked::View)),
                            "reservation" | "reservations" | "objection" | "objections" => {
                                Some((at, Asked::Reservation))
                            }
                            _ => None,
                        });
                    match about {
                        Some((own, asked)) if is || own == at + 1 => {
                            take(&mut used, own, 1);
                            Some(asked)
                        }
                        _ if AUXILIARY.contains(&next)
                            || all.get(at + 1).is_none_or(|word| kin::is_plain(&word.plain)) =>
                        {
                            Some(Asked::What)
                        }
                        _ if all.get(at + 1).is_some_and(|word| !word.gap.trim().is_empty()) => Some(Asked::What),
                        // “what happened”: a verb and no noun
                        _ if next.ends_with("ed") => Some(Asked::What),
                        _ => {
                            noun_at = noun_at.or(Some(at + 1));
                            Some(Asked::Which)
                        }
                    }
                }
                (aux, _) if at == 0 && AUXILIARY.contains(&aux) => Some(Asked::Whether),
                _ => None,
            };
            if let Some(found) = found {
                take(&mut used, at, count);
                if asked.is_empty() && found == Asked::Source {
                    asked.push(Asked::Who);
                } else if !asked.contains(&found) {
                    asked.push(found);
                }
                at += count;
            } else {
                at += 1;
            }
        }
        if asked.is_empty() {
            asked.push(Asked::What);
        }
        let terms = terms(&all, &mut used, record, &text);
        Self::of(asked, terms, &all, noun_at, mood)
    }

    /// Puts together what was found: which term is the act, which names do it.
    fn of(asked: Vec<Asked>, terms: Vec<Term>, all: &[Word], noun_at: Option<usize>, mood: Mood) -> Self {
        let noun = noun_at.and_then(|at| {
            terms.iter().position(|term| (at..at + 3).contains(&term.at) && !matches!(term.sort, Sort::Name { .. }))
        });
        let stance = matches!(asked.first(), Some(Asked::Position | Asked::View | Asked::Reservation));
        let acts: Vec<usize> =
            (0..terms.len()).filter(|at| Some(*at) != noun && matches!(&terms[*at].sort, Sort::Act(_))).collect();
        let is_of = |at: usize, name: &str| match &terms[at].sort {
            Sort::Act(classes) => classes.iter().any(|class| KIN[*class].name == name),
            _ => false,
        };
        let kept = acts.first().is_some_and(|first| is_of(*first, "promise"))
            && asked[0] == Asked::Whether
            && all.iter().any(|word| FULFIL.contains(&word.plain.as_str()));
        let mut main: Vec<usize> = Vec::new();
        if !stance {
            // a noun between an article and a name's possessive is no verb: “the prisoner exchange”, but it may be all there is
            // “when was the aid halted”: in the passive the verb comes last
            let passive =
                all.iter().any(|word| matches!(word.plain.as_str(), "was" | "were" | "been" | "is" | "are" | "be"));
            let verb = |at: &&usize| terms[**at].words[0].plain.ends_with("ed");
            let first = acts.first().filter(|first| passive && !verb(first)).and_then(|_| {
                let rest = acts.iter().skip(1).find(verb)?;
                let between = &all[terms[*acts.first()?].at..terms[*rest].at];
                let apart = between.iter().any(|word| {
                    AUXILIARY.contains(&word.plain.as_str()) || matches!(word.plain.as_str(), "that" | "which" | "who")
                });
                (!apart).then_some(rest)
            });
            main.extend(verb_of(&terms, all).as_ref().or(first).or(acts.first()));
            if kept {
                main.extend(acts.get(1));
            }
            // “killed or injured”
            for pair in acts.windows(2) {
                let [a, b] = [terms[pair[0]].at, terms[pair[1]].at];
                if main.contains(&pair[0]) && b == a + 2 && all.get(a + 1).is_some_and(|word| word.plain == "or") {
                    main.push(pair[1]);
                }
            }
            if main.is_empty() && asked[0] == Asked::HowMany {
                main.extend(noun);
            }
            if main.is_empty() {
                let things = |at: &usize| Some(*at) != noun && matches!(terms[*at].sort, Sort::Thing(_));
                main.extend((0..terms.len()).filter(things).take(1));
            }
            if main.is_empty() {
                main.extend(noun);
            }
        }
        let act_at = main.iter().map(|at| terms[*at].at).min().unwrap_or(usize::MAX);
        let speech = !kept && main.first().is_some_and(|at| SPEECH.iter().any(|name| is_of(*at, name)))
            || asked[0] == Asked::View;
        let joins = |word: &Word| {
            matches!(
                word.plain.as_str(),
                "in" | "on"
                    | "at"
                    | "over"
                    | "near"
                    | "from"
                    | "to"
                    | "about"
                    | "for"
                    | "during"
                    | "with"
                    | "between"
                    | "of"
                    | "by"
                    | "that"
                    | "which"
                    | "who"
                    | "and"
                    | "against"
                    | "after"
                    | "before"
            )
        };
        let last = main.last().map_or(0, |at| terms[*at].at);
        let phrase = (last + 1..all.len()).find(|at| joins(&all[*at]) && *at > last + 1).unwrap_or(all.len());
        let object = (0..terms.len())
            .filter(|at| {
                last < terms[*at].at
                    && terms[*at].at < phrase
                    && !matches!(terms[*at].sort, Sort::Number(_) | Sort::Name { place: true, .. })
            })
            .collect();
        let names = |at: &usize| matches!(terms[*at].sort, Sort::Name { .. });
        let mut subject: Vec<usize> = (0..terms.len())
            .filter(names)
            .filter(|at| terms[*at].at < act_at && !after_preposition(all, terms[*at].at))
            .collect();
        if stance {
            subject.truncate(1);
        }
        const ORDER: [&str; 10] =
            ["first", "second", "third", "next", "last", "latest", "previous", "earlier", "another", "final"];
        let ordered = |at: &usize| {
            let word = terms[*at].at;
            ORDER.contains(&terms[*at].words[0].plain.as_str()) && word > 0 && all[word - 1].plain != "at"
        };
        let which = (0..terms.len()).filter(ordered).collect();
        let mut terms = terms;
        if asked[0] == Asked::Whether {
            // whether it accepts is answered by that it rejects
            for at in &main {
                if let Sort::Act(classes) = &mut terms[*at].sort
                    && classes.iter().any(|class| STANCES.contains(&KIN[*class].name))
                {
                    classes.extend(STANCES.iter().filter_map(|name| kin::class(name)));
                }
            }
        }
        Self { asked, terms, main, subject, object, noun, mood, which, speech, kept }
    }

    /// The query in one line, as it is shown.
    pub fn shown(&self) -> String {
        let mut parts: Vec<String> = vec![self.asked[0].as_str().into()];
        if let Some(noun) = self.noun {
            parts[0] = format!("{} {}", parts[0], self.terms[noun].form);
        }
        for at in &self.main {
            let term = &self.terms[*at];
            let typed = match &term.sort {
                Sort::Act(classes) => {
                    classes.first().and_then(|class| KIN[*class].events.first()).map(|event| event.as_str())
                }
                _ => None,
            };
            parts.push(typed.map_or_else(|| term.form.clone(), |typed| format!("{typed} ({})", term.form)));
        }
        for at in &self.subject {
            parts.push(format!("of {}", self.terms[*at].form));
        }
        for (at, term) in self.terms.iter().enumerate() {
            if self.main.contains(&at) || self.subject.contains(&at) || self.noun == Some(at) {
                continue;
            }
            parts.push(match &term.sort {
                Sort::Name { .. } => format!("with {}", term.form),
                Sort::Day(days) if days.is_one() => format!("on {}", days.from),
                Sort::Day(days) => format!("in {}..{}", days.from, days.to),
                Sort::Quote => format!("“{}”", term.form),
                _ => term.form.clone(),
            });
        }
        parts.extend(self.asked.iter().skip(1).map(|asked| format!("and {}", asked.as_str())));
        parts.join(" · ")
    }
}

/// Whether the name at this word follows a preposition: “in Tumbes”, “of Guayaquil”.
fn after_preposition(all: &[Word], at: usize) -> bool {
    let before = |back: usize| at.checked_sub(back).and_then(|at| all.get(at)).map_or("", |word| word.plain.as_str());
    let is = |word: &str| {
        matches!(word, "in" | "on" | "at" | "over" | "near" | "from" | "to" | "about" | "for" | "during" | "with")
    };
    is(before(1)) || before(1) == "the" && is(before(2))
}

/// The terms of a question: quotations, days, names, then acts and things.
fn terms(all: &[Word], used: &mut [bool], record: &Record, text: &str) -> Vec<Term> {
    let mut terms: Vec<Term> = Vec::new();
    let letters: Vec<char> = text.chars().collect();
    let marks: Vec<usize> = (0..letters.len()).filter(|at| matches!(letters[*at], '“' | '”' | '"')).collect();
    for pair in marks.chunks_exact(2) {
        let inside: Vec<usize> = (0..all.len())
            .filter(|at| pair[0] < all[*at].at[0] as usize && (all[*at].at[1] as usize) <= pair[1])
            .collect();
        if let Some(first) = inside.first() {
            let words: Vec<Word> = inside.iter().map(|at| all[*at].clone()).collect();
            let form = letters[pair[0] + 1..pair[1]].iter().collect();
            terms.push(Term { form, words, sort: Sort::Quote, at: *first });
            inside.iter().for_each(|at| used[*at] = true);
        }
    }
    for time in record.times.iter().filter(|time| matches!(time.kind, TimeType::Date | TimeType::Time)) {
        let Some(days) = time.value.as_deref().and_then(Days::of) else { continue };
        if is_feast(&time.words) {
            continue;
        }
        let inside: Vec<usize> = (0..all.len())
            .filter(|at| time.at[0] <= all[*at].at[0] && all[*at].at[1] <= time.at[1] && !used[*at])
            .collect();
        if let Some(first) = inside.first() {
            let words = inside.iter().map(|at| all[*at].clone()).collect();
            terms.push(Term { form: time.words.clone(), words, sort: Sort::Day(days), at: *first });
            inside.iter().for_each(|at| used[*at] = true);
        }
    }
    let mut at = 0;
    while at < all.len() {
        if used[at]
            || !all[at].capital
            || at == 0 && (kin::is_plain(&all[at].plain) || !kin::classes(&all[at].stem).is_empty())
        {
            at += 1;
            continue;
        }
        let mut end = at + 1;
        while end < all.len() && all[end].capital && !used[end] && all[end].gap == " " && follows(all, end) {
            end += 1;
        }
        let words: Vec<Word> = all[at..end].to_vec();
        let form = words.iter().map(|word| word.form.as_str()).collect::<Vec<_>>().join(" ");
        let span = [words[0].at[0], words[words.len() - 1].at[1]];
        let known = record
            .actors
            .iter()
            .find(|actor| actor.mentions.iter().any(|mention| mention.at[0] < span[1] && span[0] < mention.at[1]));
        let full = known.map_or_else(Vec::new, |actor| super::words::words(&actor.name, 0));
        let country = country(record, span);
        terms.push(Term { form, words, sort: Sort::Name { country, full, place: located(all, at) }, at });
        used[at..end].iter_mut().for_each(|used| *used = true);
        at = end;
    }
    at = 0;
    while at < all.len() {
        let word = &all[at];
        let pair = all.get(at + 1).filter(|_| !used[at]).map(|next| format!("{}_{}", word.stem, next.stem));
        let split = all.get(at + 1..).unwrap_or_default().iter().take(4).position(|next| {
            matches!(next.plain.as_str(), "out" | "back" | "down" | "off" | "up")
                && !kin::classes(&format!("{}_{}", word.stem, next.stem)).is_empty()
        });
        if used[at] {
            at += 1;
            continue;
        }
        if let Some(pair) = pair.filter(|pair| !kin::classes(pair).is_empty()) {
            let form = format!("{} {}", word.form, all[at + 1].form);
            terms.push(Term { form, words: all[at..at + 2].to_vec(), sort: sort(kin::classes(&pair)), at });
            used[at..at + 2].iter_mut().for_each(|used| *used = true);
            at += 2;
            continue;
        }
        if let Some(split) = split {
            let other = at + 1 + split;
            let form = format!("{} {}", word.form, all[other].form);
            let classes = kin::classes(&format!("{}_{}", word.stem, all[other].stem));
            terms.push(Term { form, words: vec![word.clone(), all[other].clone()], sort: sort(classes), at });
            used[at] = true;
            used[other] = true;
            at += 1;
            continue;
        }
        if let Some(number) = super::words::number(word).filter(|_| word.digits() || word.plain.len() > 3) {
            terms.push(Term { form: word.form.clone(), words: vec![word.clone()], sort: Sort::Number(number), at });
        } else if !kin::is_plain(&word.plain) {
            let classes = kin::classes(&word.stem);
            terms.push(Term { form: word.form.clone(), words: vec![word.clone()], sort: sort(classes), at });
        }
        at += 1;
    }
    terms.sort_by_key(|term| term.at);
    terms
}

/// A verb of no class, known by where it stands: right after a name and before no other term (“Did Peru apologise for”), or after “who”.
fn verb_of(terms: &[Term], all: &[Word]) -> Option<usize> {
    let asks = all.iter().any(|word| AUXILIARY.contains(&word.plain.as_str()));
    (0..terms.len()).find(|index| {
        let term = &terms[*index];
        let next = terms.get(index + 1).map_or(usize::MAX, |next| next.at);
        let alone =
            next > term.at + 1 || terms.get(index + 1).is_some_and(|next| matches!(next.sort, Sort::Name { .. }));
        let name = index.checked_sub(1).and_then(|before| terms.get(before)).is_some_and(|before| {
            matches!(before.sort, Sort::Name { .. }) && before.at + before.words.len() == term.at && asks
        });
        let before =
            |back: usize| term.at.checked_sub(back).and_then(|at| all.get(at)).map_or("", |word| word.plain.as_str());
        let who = before(1) == "who" || before(2) == "who" && AUXILIARY.contains(&before(1));
        let apart = before(1) != "who" && name && follows_possessive(all, term.at);
        let acts = terms[..*index].iter().any(|term| matches!(term.sort, Sort::Act(_)));
        let name = name && !after_preposition(all, terms[index - 1].at);
        !acts && matches!(term.sort, Sort::Thing(_)) && alone && !apart && (name || who)
    })
}

/// Whether a possessive was cut off before this word: “Peru’s army”.
fn follows_possessive(all: &[Word], at: usize) -> bool {
    at > 0 && !follows(all, at)
}

/// Whether the name at this word is where something is: “in Quito”, “over Moscow”.
fn located(all: &[Word], at: usize) -> bool {
    let before = |back: usize| at.checked_sub(back).and_then(|at| all.get(at)).map_or("", |word| word.plain.as_str());
    let is = |word: &str| matches!(word, "in" | "at" | "near" | "over" | "inside" | "outside");
    is(before(1)) || before(1) == "the" && is(before(2))
}

/// Whether the words name a feast, which tells what is meant more than when: “the Easter truce”.
fn is_feast(time: &str) -> bool {
    let all = words(time, 0);
    let known = |word: &Word| {
        let calendar = [
            "monday",
            "tuesday",
            "wednesday",
            "thursday",
            "friday",
            "saturday",
            "sunday",
            "today",
            "yesterday",
            "tomorrow",
        ];
        let plain = word.plain.as_str();
        word.digits() || !word.capital || MONTHS.contains(&plain) || calendar.contains(&plain)
    };
    !all.iter().any(Word::digits) && all.iter().any(|word| !known(word))
}

/// Whether a word with a capital goes on the name before it: not after a possessive.
fn follows(all: &[Word], at: usize) -> bool {
    let before = &all[at - 1];
    let width = before.form.chars().count() as u32;
    // a possessive was cut off between the two
    all[at].at[0] <= before.at[0] + width + 1
}

fn sort(classes: &[usize]) -> Sort {
    if classes.iter().any(|class| KIN[*class].act) {
        Sort::Act(classes.to_vec())
    } else {
        Sort::Thing(classes.to_vec())
    }
}

/// The country that the words at this place name, or whose government they name.
fn country(record: &Record, at: [u32; 2]) -> Option<String> {
    let meets = |span: [u32; 2]| span[0] < at[1] && at[0] < span[1];
    let place = record
        .places
        .iter()
        .find(|place| place.precision == Precision::Country && place.mentions.iter().any(|span| meets(span.at)))
        .and_then(|place| place.country.clone());
    let government = || {
        let is = |kind| matches!(kind, ActorKind::Government | ActorKind::State);
        let actor = record.actors.iter().find(|actor| is(actor.kind) && actor.mentions.iter().any(|m| meets(m.at)))?;
        let whole =
            actor.code.as_deref().is_none_or(|code| code.len() <= 3 || code.len() == 6 && code.ends_with("GOV"));
        actor.country.clone().filter(|_| whole)
    };
    place.or_else(government)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A question that the engine found nothing in.
    fn read(text: &str) -> Question {
        let record = serde_json::json!({
            "format": rapporteur_record::FORMAT,
            "edition": {"engine": "0", "model": null},
            "document": {
                "id": "", "source": null, "title": null, "byline": null, "publisher": null, "published": null,
                "published_basis": "unknown", "language": "en", "text": text
            }
        });
        Question::read(text, &Record::from_json(&record.to_string()).expect("a record"))
    }

    fn forms(question: &Question, terms: &[usize]) -> Vec<String> {
        terms.iter().map(|at| question.terms[*at].form.clone()).collect()
    }

    #[test]
    fn the_question_word_says_what_is_asked() {
        for (text, asked) in [
            ("Who met Ilse Brandt, and when?", vec![Asked::Who, Asked::When]),
            ("By when has Kenya promised to leave the Mara bank?", vec![Asked::Deadline]),
            ("On what date did Otieno sign the lease?", vec![Asked::Date]),
            ("How many lorries crossed, and says who?", vec![Asked::HowMany, Asked::Source]),
            ("On what condition did Brandt agree?", vec![Asked::Condition]),
            ("What is Kenya’s position on the pause?", vec![Asked::Position]),
            ("What reservations does Otieno have about the pause?", vec![Asked::Reservation]),
            ("What is Otieno's view of the canal?", vec![Asked::View]),
            ("Has Brandt resigned?", vec![Asked::Whether]),
            ("Which villages were shelled?", vec![Asked::Which]),
            ("umbrella", vec![Asked::What]),
            ("", vec![Asked::What]),
        ] {
            assert_eq!(read(text).asked, asked, "{text}");
        }
    }

    #[test]
    fn the_act_is_the_verb_that_is_asked_about() {
        for (text, act, subject) in [
            ("Who denies having shelled the ferry?", vec!["denies"], vec![]),
            ("Did Kenya apologise for the raid?", vec!["apologise"], vec!["Kenya"]),
            ("When was the aid halted?", vec!["halted"], vec![]),
            ("How many people were injured or killed?", vec!["injured", "killed"], vec![]),
            ("Did Otieno keep his promise to withdraw the guns?", vec!["promise", "withdraw"], vec!["Otieno"]),
            ("Where did the Brandt–Otieno meeting take place?", vec!["meeting"], vec!["Brandt", "Otieno"]),
        ] {
            let question = read(text);
            assert_eq!(forms(&question, &question.main), act, "{text}");
            assert_eq!(forms(&question, &question.subject), subject, "{text}");
        }
    }

    #[test]
    fn the_query_is_shown() {
        assert_eq!(read("Who met Ilse Brandt, and when?").shown(), "who · CONSULT (met) · with Ilse Brandt · and when");
        assert_eq!(read("How many drones did Kenya launch?").shown(), "how many drones · launch · of Kenya");
    }
}
