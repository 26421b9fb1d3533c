//! People: names that the model marks as a person's in; one person for each, with titles and country, out.
//!
//! A name is freed of titles and countries, joined to the person who bears it already, and looked up among the offices.
//!
//! **Invariant:** two people whose first names differ are never one.

use super::*;
use crate::library::{Gender, Office, alike};

impl Room<'_> {
    pub(super) fn people(&mut self) {
        let clauses = self.clauses;
        // a title that the model marked as a name of its own belongs to the name right after it
        let mut runs: Vec<Range<usize>> = Vec::new();
        for name in clauses.names.iter().filter(|name| name.kind == NameKind::Person) {
            match runs.last_mut() {
                Some(last) if last.end == name.tokens.start && self.only_titles(last) => last.end = name.tokens.end,
                // "Ursula" and "Leyen" around "von der"
                Some(last) if last.end < name.tokens.start && self.particles(last.end..name.tokens.start) => {
                    last.end = name.tokens.end;
                }
                _ => runs.push(name.tokens.clone()),
            }
        }
        for run in runs {
            let in_dateline = self.dateline.is_some_and(|line| line.contains(self.tokens[run.start].span));
            if in_dateline || self.only_titles(&run) {
                continue;
            }
            let range = self.bare_name(run);
            if range.is_empty() || self.is_known_otherwise(&range) || self.is_many(&range) {
                continue;
            }
            let words = tidy(self.words(&range));
            let (titles, country) = self.beside(&range);
            let gender = self.gender_beside(&range);
            let person = match self.person_named(&words) {
                Some(person) => person,
                None => self.new_person(&words),
            };
            let known = &mut self.persons[person];
            if !known.names.contains(&words) {
                known.names.push(words.clone());
            }
            for title in titles {
                if !known.titles.contains(&title) {
                    known.titles.push(title);
                }
            }
            known.country = known.country.take().or(country);
            known.gender = known.gender.or(gender);
            let actor = known.actor;
            let longer = words.chars().count() > self.actors.all[actor].name.chars().count();
            if longer
                && !self.actors.all[actor].name.ends_with(&words)
                && self.library.offices_held(&self.actors.all[actor].name).is_empty()
            {
                self.actors.all[actor].name = words;
            }
            self.mention(actor, &range, Form::Name);
        }
        for person in &self.persons {
            let actor = &mut self.actors.all[person.actor];
            actor.role = actor.role.take().or_else(|| person.titles.first().cloned());
            actor.country = actor.country.take().or_else(|| person.country.clone());
        }
        self.code_people();
    }

    /// Whether the words between two names are those that stand inside one: "von der", "al-".
    fn particles(&self, range: Range<usize>) -> bool {
        const PARTICLES: [&str; 20] = [
            "von", "der", "van", "den", "de", "la", "le", "bin", "ibn", "al", "el", "da", "dos", "das", "del", "di",
            "ul", "ur", "ben", "ter",
        ];
        let particle = |at: usize| PARTICLES.contains(&self.word(at).to_lowercase().as_str());
        range.len() <= 3
            && self.tokens[range.start].paragraph == self.tokens[range.end].paragraph
            && range.clone().any(particle)
            && range.clone().all(|at| particle(at) || self.word(at) == "-")
    }

    /// A name without titles and countries before it and a possessive after it.
    pub(super) fn bare_name(&self, mut range: Range<usize>) -> Range<usize> {
        while range.len() > 1 && matches!(self.word(range.end - 1), "'s" | "’s" | "'" | "’" | "," | ".") {
            range.end -= 1;
        }
        while range.len() > 1 {
            let title = self.title_at(range.start, range.end);
            // "Russian President ...", "U.S. Secretary of State ...": a country before a title
            let country = (1..=3).find(|n| {
                range.start + n < range.end
                    && self.country_named(&(range.start..range.start + n)).is_some()
                    && self.title_at(range.start + n, range.end) > 0
            });
            // "(Secretary of) State Antony Blinken": the name begins inside a title
            let inside = range.start >= 2 && self.word(range.start - 1) == "of" && self.word(range.start) == "State";
            let skip = if title > 0 { title } else { country.unwrap_or(usize::from(inside)) };
            if skip == 0 || skip >= range.len() {
                break;
            }
            range.start += skip;
        }
        range
    }

    /// Whether a run is nothing but titles and countries: "Russian President".
    pub(super) fn only_titles(&self, range: &Range<usize>) -> bool {
        let mut at = range.start;
        while at < range.end {
            let title = self.title_at(at, range.end + 1);
            let country = (1..=3.min(range.end - at)).rev().find(|n| self.country_named(&(at..at + n)).is_some());
            match (title, country) {
                (0, None) => return false,
                (0, Some(n)) | (n, _) => at += n,
            }
        }
        true
    }

    /// How many words from here on are a title ("Prime Minister", "Gen."), leaving at least one for the name.
    pub(super) fn title_at(&self, start: usize, end: usize) -> usize {
        (1..=4.min(end.saturating_sub(start + 1)))
            .rev()
            .find(|n| {
                let words = self.words(&(start..start + n));
                let role = self.library.role(words).or_else(|| self.library.role(words.trim_end_matches('.')));
                role.is_some_and(|role| role.title || role.honorific || role.kind == Kind::Person)
            })
            .unwrap_or(0)
    }

    /// Whether a run is a word for many people and no name: "Campaigners", "Muslims".
    fn is_many(&self, range: &Range<usize>) -> bool {
        let lower = self.lower(range.start);
        range.len() == 1
            && lower.ends_with('s')
            && self.library.role(&lower).is_some_and(|role| role.noun != lower)
            && self.clauses.words[range.start].xpos.ends_with('S')
    }

    /// Whether the books know these words as a country, capital or organisation rather than a person.
    pub(super) fn is_known_otherwise(&self, range: &Range<usize>) -> bool {
        let words = self.words(range);
        let own = self.library.listed(words, self.date);
        own.is_some_and(|own| own.kind.is_some_and(|kind| kind != Kind::Person))
            || self.library.organisation(words).is_some()
            || range.len() == 1
                && (self.library.country_by_name(words).is_some()
                    || self.library.metonym(words).is_some()
                    || self.library.country_by_adjective(words).is_some()
                    || self.library.capital_of(words).is_some())
    }

    pub(super) fn person_named(&self, words: &str) -> Option<usize> {
        let parts: Vec<&str> = words.split(' ').collect();
        let last = parts.last()?;
        let position = |test: &dyn Fn(&Vec<&str>) -> bool| {
            self.persons.iter().rposition(|person| person.names.iter().any(|name| test(&name.split(' ').collect())))
        };
        if let Some(found) = position(&|other| other.join(" ") == words) {
            return Some(found);
        }
        // a surname after the full name, or the full name after a surname
        let same = |known: Option<&&str>| known.is_some_and(|known| alike(known, last));
        if parts.len() == 1 {
            return position(&|other| other.last() == Some(last))
                .or_else(|| position(&|other| other.first() == Some(last)))
                .or_else(|| position(&|other| same(other.last())));
        }
        let first = |other: &str| other == parts[0] || initial(other, parts[0]) || alike(other, parts[0]);
        position(&|other| other.last() == Some(last) && (other.len() == 1 || first(other[0])))
            .or_else(|| position(&|other| same(other.last()) && (other.len() == 1 || first(other[0]))))
            .or_else(|| {
                // "Joko Widodo" and "President Widodo" aside, a spelling the books know to be the same
                let books = self.held(words);
                let person = books.first()?.person;
                self.persons.iter().rposition(|known| self.actors.all[known.actor].name == person)
            })
    }

    pub(super) fn new_person(&mut self, words: &str) -> usize {
        let office = self.office_of(words);
        let name = office.as_ref().map_or(words.to_owned(), |office| {
            if words.contains(' ') { words.to_owned() } else { office.person.to_string() }
        });
        let actor = self.add(Actor {
            name,
            kind: ActorKind::Person,
            role: None,
            country: office.as_ref().and_then(|office| office.country).map(str::to_owned),
            code: office.as_ref().and_then(|office| self.code_of_office(office)),
            mentions: Vec::new(),
            rule: "name-person",
        });
        let mut titles = Vec::new();
        if let Some(office) = &office {
            let now = self.date.is_empty() || office.held_on(self.date);
            let former = |title: &&str| if now { title.to_string() } else { format!("former {title}") };
            titles.extend(office.titles.iter().map(former));
        }
        self.persons.push(Person {
            actor,
            names: Vec::new(),
            titles,
            country: office.and_then(|office| office.country).map(str::to_owned),
            gender: None,
        });
        self.persons.len() - 1
    }

    /// The offices of everyone of this name, as spelled, without an initial, or as another system of transliteration spells it.
    fn held(&self, words: &str) -> Vec<&Office> {
        let held = self.library.offices_held(words);
        if !held.is_empty() {
            return held;
        }
        // "Antony J. Blinken" is in the books without his initial
        let plain: Vec<&str> =
            words.split(' ').filter(|part| !part.ends_with('.') || part.chars().count() > 2).collect();
        let plain = plain.join(" ");
        let held = self.library.offices_held(&plain);
        if !held.is_empty() {
            return held;
        }
        let alike = self.library.offices.held_by_alike(&plain);
        let one = |office: &&Office| alike.first().is_some_and(|first| first.person == office.person);
        if alike.iter().all(one) { alike } else { Vec::new() }
    }

    /// The office that the one person of this name holds at the report's date, or held last.
    pub(super) fn office_of(&self, words: &str) -> Option<Office> {
        let held = self.held(words);
        let first = held.first()?;
        if held.iter().any(|office| office.person != first.person) {
            let now: Vec<_> = held.iter().filter(|office| self.date.is_empty() || office.held_on(self.date)).collect();
            return match now.as_slice() {
                [] => None,
                [one, rest @ ..] if rest.iter().all(|office| office.person == one.person) => Some((**one).clone()),
                _ => None,
            };
        }
        let now = held.iter().find(|office| !self.date.is_empty() && office.held_on(self.date));
        Some((**now.or_else(|| held.iter().max_by_key(|office| office.to.unwrap_or("9999")))?).clone())
    }

    /// What the words right before a name say of gender: "Mrs", "Queen", "spokeswoman".
    fn gender_beside(&self, range: &Range<usize>) -> Option<Gender> {
        let before = (range.start.saturating_sub(2)..range.start).rev();
        let same = |at: &usize| self.tokens[*at].paragraph == self.tokens[range.start].paragraph;
        before.take_while(same).find_map(|at| {
            let word = self.word(at);
            self.library.role(word).or_else(|| self.library.role(word.trim_end_matches('.')))?.gender
        })
    }

    /// Titles and country in the words that belong to a name: before it, or in apposition after it.
    pub(super) fn beside(&self, range: &Range<usize>) -> (Vec<String>, Option<String>) {
        let (mut titles, mut country) = (Vec::new(), None);
        let from = range.start.saturating_sub(8);
        let mut at = range.start;
        let mut look = |at: usize, titles: &mut Vec<String>| {
            let word = self.word(at);
            let bare = word.trim_end_matches('.');
            if let Some(role) = self.library.role(word).or_else(|| self.library.role(bare)) {
                if !role.honorific && role.kind == Kind::Person {
                    let former = at > 0 && self.is_past(at);
                    titles.push(if former { format!("former {}", role.noun) } else { role.noun.to_string() });
                }
            }
            if let Some(of) = self.country_in(&(at..at + 1)) {
                country.get_or_insert(of);
            }
        };
        // "the president of Peru, Julián Arteaga": the name stands in apposition to its title
        if at > 1 && self.word(at - 1) == "," && self.titled_before(range) {
            at -= 1;
        }
        while at > from && self.tokens[at - 1].paragraph == self.tokens[range.start].paragraph {
            at -= 1;
            let word = self.word(at);
            let belongs = matches!(self.clauses.words[at].upos, "PROPN" | "NOUN" | "ADJ")
                || matches!(word, "of" | "the" | "’s" | "'s" | "-" | "for" | "to");
            if !belongs || self.at.contains_key(&at) {
                break;
            }
            look(at, &mut titles);
        }
        // ", the Kremlin spokesman,"
        if range.end + 1 < self.tokens.len() && self.word(range.end) == "," {
            let head = self.clauses.head_of(range);
            let apposition: Vec<usize> =
                self.clauses.dependents(head, "appos").filter(|at| *at > range.end && *at < range.end + 12).collect();
            for at in apposition {
                let whole = self.clauses.subtree(at);
                if whole.start > range.end {
                    for word in whole.start..whole.end.min(at + 6) {
                        look(word, &mut titles);
                    }
                }
            }
        }
        titles.dedup();
        (titles, country)
    }

    /// Whether a name after a comma is in apposition to a title of one person before it.
    fn titled_before(&self, range: &Range<usize>) -> bool {
        let words = &self.clauses.words;
        let name = self.clauses.head_of(range);
        let beside = match words[name].relation {
            "appos" => true,
            // the trees often take "of Peru, Julián Arteaga" for a list
            "conj" => self.clauses.dependents(name, "cc").next().is_none(),
            _ => false,
        };
        let up = words[name].head.filter(|up| beside && *up < range.start);
        let country = |at: usize| words[at].relation == "nmod" && self.country_named(&(at..at + 1)).is_some();
        let title = up.and_then(|up| {
            if country(up) { words[up].head } else { Some(up).filter(|_| words[name].relation == "appos") }
        });
        let one = |title: usize| {
            let role = self.library.role(self.word(title));
            role.is_some_and(|role| role.kind == Kind::Person) && !words[title].xpos.ends_with('S')
        };
        title.is_some_and(|title| title + 8 > range.start && one(title))
    }

    /// Whether the words before a title say that it is held no more: "former", "then", "ex-".
    pub(super) fn is_past(&self, title: usize) -> bool {
        (title.saturating_sub(4)..title).rev().any(|at| matches!(self.lower(at).as_str(), "former" | "ex" | "late"))
            && self.tokens[title.saturating_sub(4)..title]
                .iter()
                .all(|t| t.shape != Shape::Mark || t.span.of(self.text) == "-")
    }

    /// The country whose name, adjective, people or capital is among the words.
    pub(super) fn country_in(&self, range: &Range<usize>) -> Option<String> {
        for at in range.clone() {
            if !self.word(at).starts_with(char::is_uppercase) {
                continue;
            }
            for end in (at + 1..=(at + 4).min(range.end)).rev() {
                let words = self.words(&(at..end));
                let words = words.trim_end_matches(['.', ',']);
                let whole = self.words(&(at..end));
                let found = self
                    .library
                    .country_by_name(whole)
                    .or_else(|| self.library.country_by_name(words))
                    .or_else(|| self.library.country_by_adjective(whole))
                    .or_else(|| self.library.country_by_demonym_noun(whole))
                    .or_else(|| self.library.capital_of(whole));
                if let Some(country) = found {
                    return Some(country.alpha3.to_owned());
                }
                if let Some(country) = self.library.metonym(words).and_then(|metonym| metonym.country) {
                    return Some(country.to_owned());
                }
            }
        }
        None
    }

    /// The country that exactly these words name.
    pub(super) fn country_named(&self, range: &Range<usize>) -> Option<String> {
        let words = self.words(range);
        let library = self.library;
        let found = library
            .country_by_name(words)
            .or_else(|| library.country_by_adjective(words))
            .or_else(|| library.country_by_demonym_noun(words))
            .or_else(|| library.capital_of(words));
        found
            .map(|country| country.alpha3.to_owned())
            .or_else(|| library.metonym(words).and_then(|metonym| metonym.country).map(str::to_owned))
    }
}
