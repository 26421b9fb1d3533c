//! Names: who the words mean.
//!
//! In: the clauses (names, and the words that fill a role somewhere) and the books. Out: actors, each with its mentions, and for every
//! run of words that fills a role the actor it means.
//! Names are chained by their telling words, places that act by their government, offices by the title near the name or by the books
//! at the report's date, pronouns by the model's coreference head among mentions of fitting number.
//! **Invariant:** a pronoun or title that nothing settles stays an actor of its own words; no name is put in that neither the document
//! nor a book gives.

mod codes;
mod people;
mod pronouns;

use alloc::borrow::ToOwned;
use alloc::collections::BTreeMap;
use alloc::format;
use alloc::string::{String, ToString};
use alloc::vec::Vec;
use core::ops::Range;

use rapporteur_record::{ActorKind, Form};

use crate::grammar::{Clauses, Cue, NameKind, Trigger, span_of};
use crate::library::{CountryKind, Gender, Kind, Library, OfficeKind, Organisation};
use crate::span::Span;
use crate::tokens::{Shape, Token};

/// Index of an actor.
pub type ActorIndex = usize;

/// Someone who speaks, acts or is acted upon.
#[derive(Clone, Debug)]
pub struct Actor {
    /// The fullest name known.
    pub name: String,
    /// What sort of actor.
    pub kind: ActorKind,
    /// Office or function, as written.
    pub role: Option<String>,
    /// ISO 3166-1 alpha-3.
    pub country: Option<String>,
    /// PLOVER/CAMEO actor code.
    pub code: Option<String>,
    /// Mentions in text order.
    pub mentions: Vec<(Span, Form)>,
    /// The rule that made it.
    pub rule: &'static str,
}

/// All actors of a document.
#[derive(Clone, Debug, Default)]
pub struct Actors {
    /// In order of first mention.
    pub all: Vec<Actor>,
    /// The actor that a run of words means.
    meant: BTreeMap<(usize, usize), ActorIndex>,
    /// The actors of every run that names more than one.
    several: BTreeMap<(usize, usize), Vec<ActorIndex>>,
    /// By first word of a trigger: the government of the country that its place lies in.
    struck: BTreeMap<usize, ActorIndex>,
}

impl Actors {
    /// The actor that a run of words means.
    pub fn of(&self, range: &Range<usize>) -> Option<ActorIndex> {
        self.meant.get(&(range.start, range.end)).copied()
    }

    /// The government of the country where an attack, told by the trigger that begins with this word, takes place.
    pub fn struck_by(&self, trigger: usize) -> Option<ActorIndex> {
        self.struck.get(&trigger).copied()
    }

    /// The actors that a run of words means, several where names are joined.
    pub fn each_of(&self, range: &Range<usize>) -> Vec<ActorIndex> {
        match self.several.get(&(range.start, range.end)) {
            Some(several) => several.clone(),
            None => self.of(range).into_iter().collect(),
        }
    }
}

/// The rules of this room.
pub const RULES: &[(&str, &str)] = &[
    (
        "name-person",
        "What it reads: a name that the model marks as a person's. Later mentions that share the surname are the same person, if first names do not differ. Example: \"Dmitry Peskov ... Peskov\". Misreadings: two people of one surname without first names.",
    ),
    (
        "name-government",
        "What it reads: a country, its capital or a by-name of its government where it acts or speaks. Why: \"Moscow\" that acts is the Russian government; \"Moscow\" that is struck is a place. Example: \"Kyiv has accepted\". Misreadings: teams and companies of a country.",
    ),
    (
        "name-military",
        "What it reads: a country's adjective or genitive with a noun for forces. Example: \"Russian troops\", \"Ukraine's army\".",
    ),
    (
        "name-organisation",
        "What it reads: a name that the model or the books mark as an organisation's; acronyms join the full name when the text gives both.",
    ),
    (
        "name-listed",
        "What it reads: a name that a user's own book lists, by the whole of its words or by the name they end in, on the report's date. Why: who brings a book of their own wants its names and codes before ours. Misreadings: a name of the book that means something else on this page.",
    ),
    (
        "name-title",
        "What it reads: a title that stands for a person: \"the Russian leader\", \"the president\". It means the person of this document who bears that title, else the one the books give for the country at the report's date. Misreadings: a title held by two people of one country.",
    ),
    (
        "name-pronoun",
        "What it reads: a pronoun that fills a role. It means whom the model's coreference head points back at; \"I\" and \"we\" in someone's words mean the speaker.",
    ),
    (
        "name-described",
        "What it reads: a description that nothing else settles: \"a senior official\", \"residents\". It stays what the words say.",
    ),
];

/// What the room is given.
#[derive(Clone, Copy)]
pub struct Given<'g> {
    /// The document's text.
    pub text: &'g str,
    /// Its tokens.
    pub tokens: &'g [Token],
    /// What the model made of them.
    pub clauses: &'g Clauses<'g>,
    /// The cues.
    pub cues: &'g [Cue<'g>],
    /// The triggers.
    pub triggers: &'g [Trigger<'g>],
    /// The books.
    pub library: &'g Library,
    /// The date of publication.
    pub published: Option<&'g str>,
    /// The first token that is not head of the page.
    pub body: usize,
    /// The dateline, which names no one.
    pub dateline: Option<Span>,
}

/// Chains mentions into actors.
pub fn chain(given: &Given) -> Actors {
    let Given { text, tokens, clauses, cues, triggers, library, published, body, dateline } = *given;
    let mut room = Room {
        text,
        tokens,
        clauses,
        cues,
        body,
        dateline,
        library,
        date: published.map_or("", |date| date.get(..10).unwrap_or(date)),
        actors: Actors::default(),
        persons: Vec::new(),
        keys: BTreeMap::new(),
        at: BTreeMap::new(),
        order: Vec::new(),
    };
    room.people();
    let mut wanted: Vec<Range<usize>> = Vec::new();
    for cue in cues {
        wanted
            .extend(cue.fillers.iter().filter(|f| matches!(f.role, "source" | "addressee")).map(|f| f.tokens.clone()));
    }
    for trigger in triggers {
        wanted.extend(
            trigger.fillers.iter().filter(|f| matches!(f.role, "actor" | "recipient")).map(|f| f.tokens.clone()),
        );
    }
    wanted.sort_by_key(|range| (range.start, range.end));
    wanted.dedup();
    // first what names itself, then what points at something
    for range in &wanted {
        if !room.is_pronoun(range) {
            room.settle(range, 0);
        }
    }
    for range in &wanted {
        room.settle(range, 0);
    }
    for trigger in triggers.iter().filter(|trigger| trigger.kind == "ASSAULT") {
        room.struck(trigger);
    }
    room.finish()
}

/// A person's name as it stands in the document.
struct Person {
    actor: ActorIndex,
    names: Vec<String>,
    /// Lower-case title words found beside the name.
    titles: Vec<String>,
    /// Country found beside the name or in the books.
    country: Option<String>,
    /// Gender, where a title or a pronoun tells it.
    gender: Option<Gender>,
}

struct Room<'r> {
    text: &'r str,
    tokens: &'r [Token],
    clauses: &'r Clauses<'r>,
    cues: &'r [Cue<'r>],
    /// The first word that is not head of the page.
    body: usize,
    dateline: Option<Span>,
    library: &'r Library,
    date: &'r str,
    actors: Actors,
    persons: Vec<Person>,
    keys: BTreeMap<String, ActorIndex>,
    /// The actor of the mention that ends with or holds this token.
    at: BTreeMap<usize, ActorIndex>,
    order: Vec<(usize, ActorIndex)>,
}

impl Room<'_> {
    fn word(&self, at: usize) -> &str {
        self.tokens[at].span.of(self.text)
    }

    fn words(&self, range: &Range<usize>) -> &str {
        span_of(self.tokens, range).of(self.text)
    }

    fn lower(&self, at: usize) -> String {
        self.word(at).to_lowercase()
    }

    // ---- book-keeping ----

    fn add(&mut self, actor: Actor) -> ActorIndex {
        self.actors.all.push(actor);
        self.actors.all.len() - 1
    }

    fn keyed(&mut self, key: String, make: impl FnOnce() -> Actor) -> ActorIndex {
        if let Some(actor) = self.keys.get(&key) {
            return *actor;
        }
        let actor = self.add(make());
        self.keys.insert(key, actor);
        actor
    }

    fn mention(&mut self, actor: ActorIndex, range: &Range<usize>, form: Form) {
        let span = span_of(self.tokens, range);
        let mentions = &mut self.actors.all[actor].mentions;
        if !mentions.iter().any(|(other, _)| *other == span) {
            mentions.push((span, form));
        }
        for at in range.clone() {
            self.at.insert(at, actor);
        }
        self.order.push((range.start, actor));
    }

    // ---- what a run of words means ----

    fn is_pronoun(&self, range: &Range<usize>) -> bool {
        range.len() == 1 && self.tokens[range.start].shape != Shape::Upper && {
            let word = &self.clauses.words[range.start];
            word.upos == "PRON" || pronouns::pronoun(&self.lower(range.start)).is_some()
        }
    }

    fn settle(&mut self, range: &Range<usize>, depth: usize) -> Option<ActorIndex> {
        if let Some(actor) = self.actors.of(range) {
            return Some(actor);
        }
        if depth > 6 || range.is_empty() {
            return None;
        }
        // joined names are several actors
        let parts = self.joined(range);
        if parts.len() > 1 {
            let several: Vec<ActorIndex> = parts.iter().filter_map(|part| self.settle_one(part, depth + 1)).collect();
            if several.len() > 1 {
                self.actors.several.insert((range.start, range.end), several.clone());
            }
            let first = several.first().copied()?;
            self.actors.meant.insert((range.start, range.end), first);
            return Some(first);
        }
        let actor = self.settle_one(range, depth)?;
        self.actors.meant.insert((range.start, range.end), actor);
        Some(actor)
    }

    /// The parts of "A and B", where each is a name or begins with one.
    fn joined(&self, range: &Range<usize>) -> Vec<Range<usize>> {
        let mut parts = Vec::new();
        let mut from = range.start;
        for at in range.clone() {
            if matches!(self.word(at), "and" | "," | "&") && at > from {
                parts.push(from..at);
                from = at + 1;
            }
        }
        if from < range.end {
            parts.push(from..range.end);
        }
        parts.retain(|part| !part.is_empty());
        let capital = |part: &Range<usize>| {
            part.clone().any(|at| {
                self.tokens[at].shape != Shape::Lower && self.tokens[at].shape != Shape::Mark && self.word(at) != "The"
            })
        };
        let apposition = range.clone().any(|at| self.clauses.words[at].relation == "appos");
        let has_and = range.clone().any(|at| self.word(at) == "and");
        // "JD Vance, Secretary of State Marco Rubio, and Susie Wiles": each part has a person of its own
        let person_of = |part: &Range<usize>| {
            let mut at = part.clone().filter_map(|at| self.at.get(&at).copied());
            at.find(|actor| self.actors.all[*actor].kind == ActorKind::Person)
        };
        let mut people: Vec<ActorIndex> = parts.iter().filter_map(person_of).collect();
        people.sort_unstable();
        people.dedup();
        let each_its_own = people.len() == parts.len();
        if parts.len() > 1
            && has_and
            && (!apposition || each_its_own)
            && parts.iter().all(|part| capital(part) && self.names_someone(part))
        {
            parts
        } else {
            Vec::new()
        }
    }

    fn names_someone(&self, range: &Range<usize>) -> bool {
        range.clone().any(|at| self.at.contains_key(&at))
            || self.country_in(range).is_some()
            || self.clauses.names.iter().any(|name| name.tokens.start < range.end && range.start < name.tokens.end)
    }

    fn settle_one(&mut self, range: &Range<usize>, depth: usize) -> Option<ActorIndex> {
        let range = &self.whole_name(self.without_edges(range.clone()));
        let empty = |at: usize| {
            matches!(self.clauses.words[at].upos, "DET" | "ADP" | "PUNCT" | "PART" | "CCONJ" | "AUX" | "SCONJ")
        };
        if range.is_empty() || range.clone().all(empty) && pronouns::pronoun(&self.lower(range.start)).is_none() {
            return None;
        }
        if self.is_pronoun(range) {
            return Some(self.pronoun(range.start, depth));
        }
        if self.names_no_one(range) {
            return None;
        }
        if let Some(range) = self.author_of_work(range) {
            return self.settle(&range, depth + 1);
        }
        if let Some(person) = self.person_in(range) {
            self.mention(person, range, Form::Name);
            return Some(person);
        }
        if let Some(actor) = self.in_apposition(range) {
            return Some(actor);
        }
        if let Some(actor) = self.introduced(range) {
            return Some(actor);
        }
        if let Some(actor) = self.listed(range) {
            return Some(actor);
        }
        if let Some(actor) = self.body_of_country(range) {
            return Some(actor);
        }
        if let Some(actor) = self.titled(range) {
            return Some(actor);
        }
        if let Some(actor) = self.organisation(range) {
            return Some(actor);
        }
        if let Some(actor) = self.same_description(range) {
            return Some(actor);
        }
        Some(self.described(range))
    }

    /// A run that ends inside the name of a country, or with the adjective of the one thing that follows, with what is missing: "North"
    /// in "North Macedonia", "a Greek" in "a Greek tanker".
    fn whole_name(&self, range: Range<usize>) -> Range<usize> {
        let bare = self.without_article(&range);
        if bare.is_empty() || bare.len() > 2 || self.tokens[bare.start].shape == Shape::Lower {
            return range;
        }
        let last = range.end - 1;
        let same = |at: usize| at < self.tokens.len() && self.tokens[at].paragraph == self.tokens[last].paragraph;
        let longer = (1..=3).rev().filter(|more| same(last + more)).find(|more| {
            let words = self.words(&(bare.start..range.end + more));
            matches!(self.tokens[last + more].shape, Shape::Capitalised | Shape::Upper | Shape::Mixed)
                && self.library.country_by_name(words).is_some()
        });
        if let Some(more) = longer {
            return range.start..range.end + more;
        }
        // "a Greek" alone is hardly ever Greece; "Greek" before a noun that the model left out often is
        let one = matches!(self.lower(range.start).as_str(), "a" | "an");
        let word = &self.clauses.words[last];
        let adjective = one && word.relation == "amod" && self.library.country_by_name(self.words(&bare)).is_none();
        match word.head.filter(|head| adjective && *head > last && *head <= last + 3 && same(*head)) {
            Some(noun) if (range.end..noun).all(|at| self.clauses.words[at].head == Some(noun)) => {
                range.start..noun + 1
            }
            _ => range,
        }
    }

    /// "Tom Haas, the union's general chairman": a name that the model did not mark as a person's, with a person's title after it.
    fn introduced(&mut self, range: &Range<usize>) -> Option<ActorIndex> {
        let comma = range.clone().find(|at| self.word(*at) == ",")?;
        let name = range.start..comma;
        let capital = |at: usize| {
            matches!(self.tokens[at].shape, Shape::Capitalised | Shape::Mixed | Shape::Single | Shape::Dotted)
        };
        let after = comma + 1..range.end;
        let begins = after.clone().next().filter(|at| {
            matches!(self.lower(*at).as_str(), "the" | "a" | "an" | "his" | "her" | "its" | "their") || capital(*at)
        })?;
        if !(2..=4).contains(&name.len())
            || !name.clone().all(|at| capital(at) || self.word(at) == "-")
            || after.len() > 14
        {
            return None;
        }
        if name.clone().any(|at| self.at.contains_key(&at)) || self.library.organisation(self.words(&name)).is_some() {
            return None;
        }
        let role = (begins..after.end)
            .filter_map(|at| self.library.role(self.word(at)))
            .find(|role| role.kind == Kind::Person && !role.honorific)?;
        if self.country_named(&name).is_some() {
            return None;
        }
        let words = tidy(self.words(&name));
        let country = self.country_in(&after);
        let person = self.person_of(&words);
        let known = &mut self.persons[person];
        known.names.push(words);
        known.titles.push(role.noun.to_owned());
        known.country = known.country.take().or(country);
        let (actor, country) = (known.actor, known.country.clone());
        let actor_known = &mut self.actors.all[actor];
        actor_known.role = actor_known.role.take().or_else(|| Some(role.noun.to_owned()));
        actor_known.country = actor_known.country.take().or(country);
        self.mention(actor, &name, Form::Name);
        Some(actor)
    }

    /// Whether a run is a word of quality or deed ("international", "criticised") or a day ("Friday"), and so nobody.
    fn names_no_one(&self, range: &Range<usize>) -> bool {
        const DAYS: [&str; 7] = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];
        let at = range.start;
        let lower = range.len() == 1 && self.tokens[at].shape == Shape::Lower;
        lower
            && matches!(self.clauses.words[at].upos, "ADJ" | "ADV" | "VERB")
            && self.library.role(self.word(at)).is_none()
            || range.len() <= 2
                && range.clone().all(|at| DAYS.contains(&self.lower(at).as_str()) || self.lower(at) == "last")
    }

    /// "an investigation by the newspaper Expresso": a work speaks for who made it, where that is said.
    fn author_of_work(&self, range: &Range<usize>) -> Option<Range<usize>> {
        const WORKS: [&str; 16] = [
            "report",
            "reports",
            "investigation",
            "analysis",
            "study",
            "survey",
            "poll",
            "statement",
            "article",
            "research",
            "assessment",
            "data",
            "figures",
            "post",
            "letter",
            "tally",
        ];
        let head = self.clauses.head_of(range);
        if !WORKS.contains(&self.lower(head).as_str()) {
            return None;
        }
        let link = (head + 1..range.end).find(|at| matches!(self.word(*at), "by" | "from"))?;
        let maker = self.without_edges(link + 1..range.end);
        (link == head + 1 && !maker.is_empty() && self.names_someone(&maker)).then_some(maker)
    }

    fn without_edges(&self, mut range: Range<usize>) -> Range<usize> {
        while !range.is_empty()
            && (matches!(self.word(range.end - 1), "'s" | "’s" | "'" | "’")
                || matches!(self.clauses.words[range.end - 1].upos, "PUNCT" | "ADP" | "CCONJ"))
        {
            range.end -= 1;
        }
        while !range.is_empty()
            && (self.clauses.words[range.start].upos == "PUNCT"
                || matches!(self.word(range.start), "by" | "from" | "with" | "and"))
        {
            range.start += 1;
        }
        range
    }

    /// The person whose name the run is, or holds in apposition to its head.
    fn person_in(&self, range: &Range<usize>) -> Option<ActorIndex> {
        let head = self.clauses.head_of(range);
        // "Peru" within "the president of Peru, Julián Arteaga" is Peru
        let called = |actor: &ActorIndex| self.actors.all[*actor].name.ends_with(self.words(range));
        if self.country_named(range).is_some() && !self.at.get(&head).is_some_and(called) {
            return None;
        }
        for at in range.clone() {
            let Some(actor) =
                self.at.get(&at).copied().filter(|actor| self.actors.all[*actor].kind == ActorKind::Person)
            else {
                continue;
            };
            // walk up from the name to the head of the run: only links that keep to one person
            let mut step = at;
            let mut keeps = true;
            for _ in 0..range.len() {
                if step == head || self.at.get(&head) == Some(&actor) {
                    break;
                }
                let word = &self.clauses.words[step];
                let relation = word.relation.split(':').next().unwrap_or("");
                keeps &= matches!(relation, "flat" | "appos" | "compound" | "list" | "dep" | "parataxis")
                    || word.relation == "nmod:desc";
                match word.head {
                    Some(up) if range.contains(&up) => step = up,
                    _ => break,
                }
            }
            let name_last = self.tokens[at].shape == Shape::Capitalised
                && range.clone().skip_while(|x| *x <= at).all(|x| self.at.get(&x) == Some(&actor));
            let no_link = !range
                .clone()
                .take_while(|x| *x < at)
                .any(|x| matches!(self.word(x), "of" | "for" | "to" | "from" | "'s" | "’s") && x > range.start + 6);
            let preposition_before = range
                .clone()
                .take_while(|x| *x < at)
                .last()
                .is_some_and(|x| matches!(self.word(x), "of" | "for" | "to" | "from" | "with"));
            let possessive_after =
                range.contains(&(at + 1)) && matches!(self.word(at + 1), "'s" | "’s" | "'" | "’") && at + 2 < range.end;
            let possessive_later = range.clone().skip_while(|x| *x <= at).any(|x| matches!(self.word(x), "'s" | "’s"));
            if keeps && !preposition_before && !possessive_after && !possessive_later
                || name_last && no_link && !preposition_before && !self.inside_of_phrase(range, at)
            {
                return Some(actor);
            }
        }
        None
    }

    /// "the United States envoy", followed by ", Steve Witkoff,": the person named right after.
    fn in_apposition(&mut self, range: &Range<usize>) -> Option<ActorIndex> {
        let head = self.clauses.head_of(range);
        self.library.role(&self.lower(head)).filter(|role| role.kind == Kind::Person)?;
        let after = range.end + usize::from(range.end < self.tokens.len() && self.word(range.end) == ",");
        let named = self.at.get(&after).copied().filter(|actor| self.actors.all[*actor].kind == ActorKind::Person)?;
        let same_paragraph = self.tokens[after].paragraph == self.tokens[head].paragraph;
        let relation = self.clauses.words[after].relation.split(':').next().unwrap_or("");
        let linked = matches!(relation, "appos" | "flat" | "compound")
            || self.clauses.words[head].head == Some(after)
            || after == range.end;
        if !same_paragraph || !linked {
            return None;
        }
        self.mention(named, range, Form::Nominal);
        Some(named)
    }

    /// Whether a preposition stands in the run between its head noun and the word.
    fn inside_of_phrase(&self, range: &Range<usize>, at: usize) -> bool {
        let head = self.clauses.head_of(range);
        (head..at).any(|x| {
            matches!(self.word(x), "of" | "for" | "to" | "from" | "with") && self.clauses.words[x].upos == "ADP"
        }) && {
            // "spokesman for the Kremlin Dmitry Peskov" names Peskov all the same: the name begins right after the phrase
            !self.clauses.words[at].relation.starts_with("appos")
        }
    }

    /// Whom the user's own books know by exactly these words, or by the name that they end in: "the mighty Gondor".
    fn listed(&mut self, range: &Range<usize>) -> Option<ActorIndex> {
        let library = self.library;
        if library.actors.all().is_empty() {
            return None;
        }
        let bare = self.without_article(range);
        let head = self.clauses.head_of(&bare);
        let plain = |at: usize| self.tokens[at].shape == Shape::Lower;
        let starts = (bare.start..=head).take_while(|start| *start == bare.start || plain(*start - 1));
        let listed = library.listed(&tidy(self.words(&bare)), self.date).or_else(|| {
            let mut names = starts.map(|start| tidy(self.words(&(start..head + 1))));
            names.find_map(|name| library.listed(&name, self.date))
        })?;
        if listed.kind == Some(Kind::Person) {
            let person = self.person_of(listed.name);
            let actor = self.persons[person].actor;
            self.mention(actor, range, Form::Name);
            return Some(actor);
        }
        let country = listed.country.or_else(|| {
            let root = listed.code.get(..3)?;
            library.countries.by_code(root).map(|country| country.alpha3)
        });
        let actor = self.keyed(format!("listed {}", listed.name), || Actor {
            name: listed.name.to_owned(),
            kind: listed.kind.map_or(ActorKind::Organisation, actor_kind),
            role: listed.role.map(str::to_owned),
            country: country.map(str::to_owned),
            code: some(listed.code),
            mentions: Vec::new(),
            rule: "name-listed",
        });
        self.mention(actor, range, Form::Name);
        Some(actor)
    }

    /// A country, its government, or its forces.
    fn body_of_country(&mut self, range: &Range<usize>) -> Option<ActorIndex> {
        let library = self.library;
        let bare = self.without_article(range);
        let words = tidy(self.words(&bare));
        if let Some(metonym) = library.metonym(&words) {
            let form = Form::Metonym;
            let actor = match (metonym.country, metonym.kind) {
                (Some(country), Kind::Government) => self.government(country),
                (Some(country), Kind::Military) => self.forces(country),
                _ => {
                    let (name, code, country) = (metonym.actor, metonym.code, metonym.country);
                    let kind = actor_kind(metonym.kind);
                    self.keyed(format!("org {name}"), || Actor {
                        name: name.to_owned(),
                        kind,
                        role: None,
                        country: country.map(str::to_owned),
                        code: some(code),
                        mentions: Vec::new(),
                        rule: "name-government",
                    })
                }
            };
            self.mention(actor, range, form);
            return Some(actor);
        }
        if let Some(country) = library.country_by_name(&words) {
            let actor = self.government(country.alpha3);
            self.mention(actor, range, Form::Name);
            return Some(actor);
        }
        if let Some(country) = library.capital_of(&words) {
            let actor = self.government(country.alpha3);
            self.mention(actor, range, Form::Metonym);
            return Some(actor);
        }
        if let Some(country) = library.country_by_adjective(&words).or_else(|| library.country_by_demonym_noun(&words))
        {
            let actor = self.government(country.alpha3);
            self.mention(actor, range, Form::Name);
            return Some(actor);
        }
        // "Russian forces", "Ukraine's government", "the US administration"
        let country = self.country_in(&bare)?;
        let head = self.clauses.head_of(&bare);
        let last = bare.end - 1;
        let noun = [head, last].into_iter().find_map(|at| library.role(&self.lower(at)))?;
        let near = bare.len() <= 6 && !bare.clone().any(|at| self.clauses.words[at].upos == "VERB");
        let whole_body = |word: &str| {
            matches!(
                word,
                "government"
                    | "administration"
                    | "authorities"
                    | "regime"
                    | "leadership"
                    | "state"
                    | "cabinet"
                    | "side"
                    | "federation"
            )
        };
        let noun_word = self.lower(if library.role(&self.lower(head)).is_some() { head } else { last });
        if near
            && noun.kind == Kind::Military
            && (noun.collective || noun_word.ends_with('s'))
            && !self.has_proper_extra(&bare, &country)
        {
            let actor = self.forces(&country);
            self.mention(actor, range, Form::Name);
            return Some(actor);
        }
        if near && whole_body(&noun_word) && !self.has_proper_extra(&bare, &country) {
            let actor = self.government(&country);
            self.mention(actor, range, Form::Name);
            return Some(actor);
        }
        None
    }

    /// Whether the run names more than the country: "the Russian 58th Army", "US Central Command".
    fn has_proper_extra(&self, range: &Range<usize>, country: &str) -> bool {
        range
            .clone()
            .filter(|at| matches!(self.tokens[*at].shape, Shape::Capitalised | Shape::Upper | Shape::Digits))
            .filter(|at| {
                self.country_in(&(*at..*at + 1)).as_deref() != Some(country)
                    && !matches!(
                        self.word(*at),
                        "The"
                            | "Armed"
                            | "Forces"
                            | "Army"
                            | "Military"
                            | "Government"
                            | "United"
                            | "States"
                            | "Kingdom"
                    )
            })
            .count()
            > 0
    }

    fn without_article(&self, range: &Range<usize>) -> Range<usize> {
        let skip = range.len() > 1 && matches!(self.word(range.start), "the" | "The" | "a" | "A" | "an" | "An");
        range.start + usize::from(skip)..range.end
    }

    /// The person of this name, known from before or new.
    fn person_of(&mut self, name: &str) -> usize {
        self.person_named(name).unwrap_or_else(|| self.new_person(name))
    }

    /// The organisation that a row of the books describes.
    fn listed_organisation(&mut self, row: &Organisation) -> ActorIndex {
        self.keyed(format!("org {}", row.name), || Actor {
            name: row.name.to_owned(),
            kind: actor_kind(row.kind),
            role: None,
            country: row.country.map(str::to_owned),
            code: some(row.code),
            mentions: Vec::new(),
            rule: "name-organisation",
        })
    }

    fn government(&mut self, country: &str) -> ActorIndex {
        let library = self.library;
        let known = library.countries.by_code(country);
        if let Some(union) = known.filter(|known| known.kind == CountryKind::Union)
            && let Some(body) = library.organisation(union.name)
        {
            return self.listed_organisation(body);
        }
        self.keyed(format!("government {country}"), || {
            let known = library.countries.by_code(country);
            Actor {
                name: known.map_or(country.to_owned(), |c| {
                    format!("{} government", c.adjectives.first().copied().unwrap_or(c.name))
                }),
                kind: ActorKind::Government,
                role: None,
                country: Some(country.to_owned()),
                code: known.map(|c| format!("{}GOV", c.code)),
                mentions: Vec::new(),
                rule: "name-government",
            }
        })
    }

    fn forces(&mut self, country: &str) -> ActorIndex {
        let library = self.library;
        self.keyed(format!("military {country}"), || {
            let known = library.countries.by_code(country);
            Actor {
                name: known.map_or(country.to_owned(), |c| {
                    format!("{} armed forces", c.adjectives.first().copied().unwrap_or(c.name))
                }),
                kind: ActorKind::Military,
                role: None,
                country: Some(country.to_owned()),
                code: known.map(|c| format!("{}MIL", c.code)),
                mentions: Vec::new(),
                rule: "name-military",
            }
        })
    }

    /// "the Russian leader", "the president", "the minister": whom the title means here.
    fn titled(&mut self, range: &Range<usize>) -> Option<ActorIndex> {
        let library = self.library;
        let head = self.clauses.head_of(range);
        let noun = self.lower(head);
        let (role, whole) = self.title_around(range, head)?;
        if role.kind != Kind::Person
            || noun.ends_with('s') && noun != "chairs" && library.role(&noun).is_some_and(|r| r.noun != noun)
        {
            return None;
        }
        let first = self.lower(range.start);
        let pointing = matches!(first.as_str(), "the" | "his" | "her" | "its" | "their" | "this" | "that");
        let country = self.country_in(range);
        let definite = pointing || self.tokens[head].shape == Shape::Capitalised || country.is_some();
        if !definite || matches!(first.as_str(), "a" | "an" | "one" | "another" | "some") {
            return None;
        }
        let office = self.office_described(range, head).or(role.office);
        // "the president of the European Commission", "the UN chief": who heads that organisation, and no one else
        if let Some(organisation) = self.organisation_beside(range, &whole) {
            let heads = matches!(noun.as_str(), "chief" | "head" | "leader" | "secretary" | "general");
            let kind = office.unwrap_or(OfficeKind::OrganisationHead);
            let held = library.offices.of(organisation).into_iter().filter(|held| held.held_on(self.date));
            let mut held: Vec<_> = held
                .filter(|held| held.titles.contains(&role.noun) || heads && held.kind == kind)
                .map(|held| held.person)
                .collect();
            held.dedup();
            match held.as_slice() {
                [] => return None,
                [one] if !self.date.is_empty() => {
                    let person = self.person_of(one);
                    let actor = self.persons[person].actor;
                    self.mention(actor, range, Form::Nominal);
                    return Some(actor);
                }
                _ => {}
            }
        }
        let former = self.is_past(whole.start) || role.noun.starts_with("former ");
        let bare = role.noun.strip_prefix("former ").unwrap_or(role.noun);
        let leader = matches!(noun.as_str(), "leader" | "president" | "premier" | "chief" | "head");
        // "the minister" is whoever was called one last; a title of several words is itself and no other
        let plain = whole.len() == 1;
        let bears = |person: &Person| {
            let title = person.titles.iter().any(|title| {
                let (then, title) = match title.strip_prefix("former ") {
                    Some(title) => (true, title),
                    None => (false, title.as_str()),
                };
                let of_office = |title: &str| {
                    office.is_some_and(|office| {
                        office != OfficeKind::Minister
                            && library.role(title).and_then(|role| role.office) == Some(office)
                    })
                };
                then == former
                    && (title == bare
                        || plain
                            && office.is_none_or(|office| office == OfficeKind::Minister)
                            && title.ends_with(&noun)
                        || plain && title.ends_with(&noun) && title != "prime minister"
                        || plain && title.starts_with(&format!("{noun} of "))
                        || of_office(title))
            }) || noun == "leader"
                && person.titles.iter().any(|title| {
                    matches!(title.as_str(), "president" | "prime minister" | "chancellor" | "king" | "supreme leader")
                });
            let from = country.is_none() || person.country == country;
            title && from
        };
        // the bearer mentioned last before these words
        let before = self
            .order
            .iter()
            .filter(|(at, _)| *at < range.start)
            .filter_map(|(at, actor)| self.persons.iter().position(|p| p.actor == *actor).map(|p| (*at, p)))
            .filter(|(_, person)| bears(&self.persons[*person]))
            .max_by_key(|(at, _)| *at)
            .map(|(_, person)| person);
        let found = before.or_else(|| self.persons.iter().position(bears));
        if let Some(person) = found {
            let actor = self.persons[person].actor;
            self.mention(actor, range, Form::Nominal);
            return Some(actor);
        }
        // the books, by the report's date; "the minister" alone is any of many
        let country = country?;
        if self.date.is_empty() || former || plain && office == Some(OfficeKind::Minister) {
            return None;
        }
        let office = library
            .offices
            .titled(&country, role.noun, self.date)
            .or_else(|| {
                let kind = office.filter(|kind| *kind != OfficeKind::Minister)?;
                library.office_on(&country, kind, self.date)
            })
            .or_else(|| {
                let of_itself = office.is_none_or(|kind| kind == OfficeKind::HeadOfState);
                (leader && of_itself).then(|| library.offices.titled(&country, "president", self.date)).flatten()
            })
            .or_else(|| {
                (noun == "leader").then(|| library.offices.titled(&country, "prime minister", self.date)).flatten()
            })?;
        let person = self.person_of(office.person);
        let actor = self.persons[person].actor;
        self.actors.all[actor].rule = "name-title";
        self.mention(actor, range, Form::Nominal);
        Some(actor)
    }

    /// The international organisation that a title is of: the name after "of", or right before the title.
    fn organisation_beside(&self, range: &Range<usize>, title: &Range<usize>) -> Option<&'static str> {
        let after =
            (title.end < range.end && matches!(self.word(title.end), "of" | "for")).then(|| title.end + 1..range.end);
        let before = self.without_article(&(range.start..title.start));
        let named = |part: Range<usize>| {
            let part = self.without_edges(part);
            let known = self.library.organisation(&tidy(self.words(&self.without_article(&part))))?;
            (known.kind == Kind::Organisation && known.country.is_none_or(|country| country == "EUE"))
                .then_some(known.name)
        };
        after
            .filter(|part| !part.is_empty())
            .and_then(named)
            .or_else(|| (!before.is_empty()).then(|| named(before)).flatten())
    }

    /// The longest title around the head of a run: "foreign minister", "minister of foreign affairs".
    fn title_around(&self, range: &Range<usize>, head: usize) -> Option<(&crate::library::Role, Range<usize>)> {
        let library = self.library;
        let mut runs: Vec<Range<usize>> = Vec::new();
        for start in range.start.max(head.saturating_sub(3))..=head {
            runs.extend((head + 1..=range.end.min(head + 5)).map(|end| start..end));
        }
        runs.sort_by_key(|run| (core::cmp::Reverse(run.len()), run.start));
        runs.into_iter().find_map(|run| Some((library.role(self.words(&run))?, run)))
    }

    /// The office that a run describes in other words than its title: "the head of Russian diplomacy", "the head of the German
    /// government".
    fn office_described(&self, range: &Range<usize>, head: usize) -> Option<OfficeKind> {
        if !matches!(self.lower(head).as_str(), "head" | "chief" | "boss" | "leader") {
            return None;
        }
        let holds = |words: &[&str]| range.clone().any(|at| words.contains(&self.lower(at).as_str()));
        let ministry = holds(&["ministry", "mfa", "department"]);
        match () {
            () if holds(&["diplomacy"]) || ministry && holds(&["foreign", "diplomatic"]) => {
                Some(OfficeKind::ForeignMinister)
            }
            () if ministry && holds(&["defence", "defense", "war"]) || holds(&["pentagon"]) => {
                Some(OfficeKind::DefenceMinister)
            }
            () if ministry => Some(OfficeKind::Minister),
            () if holds(&["government", "cabinet"]) => Some(OfficeKind::HeadOfGovernment),
            () if holds(&["state"]) && !holds(&["department", "secretary"]) => Some(OfficeKind::HeadOfState),
            () => None,
        }
    }

    fn organisation(&mut self, range: &Range<usize>) -> Option<ActorIndex> {
        let library = self.library;
        let bare = self.without_article(range);
        let words = tidy(self.words(&bare));
        if let Some(known) = library.organisation(&words) {
            let actor = self.listed_organisation(known);
            self.mention(actor, range, Form::Name);
            return Some(actor);
        }
        // a name that the model marked and that heads the run
        let head = self.clauses.head_of(&bare);
        let clauses = self.clauses;
        let name = clauses.names.iter().find(|name| name.tokens.contains(&head) && name.kind != NameKind::Person)?;
        let inner = name.tokens.start.max(bare.start)..name.tokens.end.min(bare.end);
        let inner = self.without_edges(inner);
        let words = tidy(self.words(&inner));
        if words.is_empty() {
            return None;
        }
        let country = self.country_in(&bare);
        if name.kind == NameKind::Location && library.country_by_name(&words).is_some() {
            let country = library.country_by_name(&words)?.alpha3;
            let actor = self.government(country);
            self.mention(actor, range, Form::Name);
            return Some(actor);
        }
        let known = library.organisation(&words);
        let kind = known.map_or(
            if name.kind == NameKind::Location { ActorKind::Government } else { ActorKind::Organisation },
            |o| actor_kind(o.kind),
        );
        let full = known.map_or_else(
            || if bare.len() <= 6 { tidy(self.words(&bare)) } else { words.clone() },
            |o| o.name.to_owned(),
        );
        let code = known.and_then(|o| some(o.code));
        let key = format!("org {full}");
        // an acronym of a name seen before
        let existing = self.keys.iter().find(|(other, _)| {
            other.strip_prefix("org ").is_some_and(|other| {
                acronym(other) == full && full.len() > 1 || acronym(&full) == other && other.len() > 1
            })
        });
        if let Some((_, actor)) = existing {
            let actor = *actor;
            self.mention(actor, range, Form::Name);
            return Some(actor);
        }
        let actor = self.keyed(key, || Actor {
            name: full,
            kind,
            role: None,
            country,
            code,
            mentions: Vec::new(),
            rule: "name-organisation",
        });
        self.mention(actor, range, Form::Name);
        Some(actor)
    }

    /// A definite description whose noun an organisation of this document bears: "the ministry", "the agency".
    fn same_description(&mut self, range: &Range<usize>) -> Option<ActorIndex> {
        if !matches!(self.lower(range.start).as_str(), "the" | "this" | "its") || range.len() > 3 {
            return None;
        }
        let noun = self.lower(range.end - 1);
        let found = self
            .order
            .iter()
            .filter(|(at, _)| *at < range.start)
            .filter(|(_, actor)| {
                let actor = &self.actors.all[*actor];
                actor.kind != ActorKind::Person
                    && actor.rule != "name-described"
                    && actor.name.to_lowercase().split(' ').any(|word| word == noun)
            })
            .max_by_key(|(at, _)| *at)
            .map(|(_, actor)| *actor)?;
        self.mention(found, range, Form::Nominal);
        Some(found)
    }

    fn described(&mut self, range: &Range<usize>) -> ActorIndex {
        let range = range.clone();
        let words = tidy(self.words(&range));
        let head = self.clauses.head_of(&range);
        let role = self.role_in(&range, head);
        let plural = matches!(self.clauses.words[head].xpos, "NNS" | "NNPS");
        let kind = match role.map(|role| role.kind) {
            Some(Kind::Person) if plural => ActorKind::Group,
            Some(Kind::Person) => ActorKind::Unnamed,
            Some(kind) => actor_kind(kind),
            None if plural => ActorKind::Group,
            None if self.clauses.words[head].upos == "PROPN" => ActorKind::Organisation,
            None => ActorKind::Unnamed,
        };
        let country = self.country_in(&range);
        let code = role.and_then(|role| self.composed(country.as_deref(), role.code));
        let definite = !matches!(self.lower(range.start).as_str(), "a" | "an" | "one" | "some" | "another" | "several");
        let name = self.words(&self.without_article(&range)).split_whitespace().collect::<Vec<_>>().join(" ");
        let make = || Actor {
            name: words.clone(),
            kind,
            role: None,
            country,
            code,
            mentions: Vec::new(),
            rule: "name-described",
        };
        let actor =
            if definite { self.keyed(format!("described {}", name.to_lowercase()), make) } else { self.add(make()) };
        self.mention(actor, &range, Form::Nominal);
        actor
    }

    /// An attack on a place whose owner nobody names is an attack on the country that the place lies in.
    fn struck(&mut self, trigger: &Trigger) {
        if trigger.fillers.iter().any(|filler| filler.role == "recipient") {
            return;
        }
        let (clauses, library) = (self.clauses, self.library);
        let clause = clauses.subtree(clauses.clause_of(trigger.tokens.start));
        let by_role = trigger.fillers.iter().find(|filler| filler.role == "place").map(|filler| filler.tokens.clone());
        let by_name = || {
            let names = clauses
                .names
                .iter()
                .filter(|name| name.kind == NameKind::Location && clause.contains(&name.tokens.start));
            let after = names.filter(|name| name.tokens.start > trigger.tokens.start);
            let near = after.filter(|name| name.tokens.start <= trigger.tokens.end + 8);
            let mut led = near.filter(|name| {
                (trigger.tokens.end..name.tokens.start)
                    .any(|at| matches!(self.word(at), "in" | "on" | "of" | "near" | "at" | "against"))
            });
            led.next().map(|name| name.tokens.clone())
        };
        let Some(place) = by_role.or_else(by_name) else { return };
        let bare = self.without_article(&self.without_edges(place));
        let words = tidy(self.words(&bare));
        let country = match library.country_by_name(&words).or_else(|| library.capital_of(&words)) {
            Some(country) => Some(country.alpha3),
            None => library.places_named(&words).first().and_then(|place| place.country),
        };
        let own = trigger
            .fillers
            .iter()
            .filter(|filler| filler.role == "actor")
            .filter_map(|filler| self.actors.of(&filler.tokens))
            .find_map(|actor| self.actors.all[actor].country.clone());
        // a government that the text never names is not put in
        let Some(country) = country.filter(|country| own.as_deref() != Some(country)) else { return };
        let named = self.keys.get(&format!("government {country}")).copied();
        let actor = match named {
            Some(actor) => actor,
            None if library.listed(&words, self.date).is_some() => match self.listed(&bare) {
                Some(actor) => actor,
                None => return,
            },
            None if library.country_by_name(&words).is_some() => {
                let actor = self.government(country);
                self.mention(actor, &bare, Form::Name);
                actor
            }
            None => return,
        };
        self.actors.struck.insert(trigger.tokens.start, actor);
    }

    /// Actors in order of first mention.
    fn finish(self) -> Actors {
        let Actors { all, meant, several, struck } = self.actors;
        let mut order: Vec<ActorIndex> = (0..all.len()).collect();
        let first = |actor: &Actor| {
            actor.mentions.iter().map(|(span, _)| (span.start, span.end)).min().unwrap_or((u32::MAX, 0))
        };
        order.sort_by_key(|index| (first(&all[*index]), *index));
        let mut place = alloc::vec![0; all.len()];
        for (new, old) in order.iter().enumerate() {
            place[*old] = new;
        }
        let mut sorted: Vec<Actor> = order.iter().map(|old| all[*old].clone()).collect();
        for actor in &mut sorted {
            actor.mentions.sort_by_key(|(span, _)| (span.start, span.end));
        }
        Actors {
            all: sorted,
            meant: meant.into_iter().map(|(range, actor)| (range, place[actor])).collect(),
            several: several
                .into_iter()
                .map(|(range, actors)| (range, actors.into_iter().map(|a| place[a]).collect()))
                .collect(),
            struck: struck.into_iter().map(|(trigger, actor)| (trigger, place[actor])).collect(),
        }
    }
}

/// The words on one line.
fn tidy(words: &str) -> String {
    words.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn some(code: &str) -> Option<String> {
    (!code.is_empty()).then(|| code.to_owned())
}

fn initial(a: &str, b: &str) -> bool {
    let first = |word: &str| word.chars().next();
    (a.trim_end_matches('.').chars().count() == 1 || b.trim_end_matches('.').chars().count() == 1)
        && first(a) == first(b)
}

fn acronym(name: &str) -> String {
    name.split([' ', '-']).filter_map(|word| word.chars().next()).filter(|c| c.is_uppercase()).collect()
}

fn actor_kind(kind: Kind) -> ActorKind {
    match kind {
        Kind::Person => ActorKind::Person,
        Kind::Government => ActorKind::Government,
        Kind::State => ActorKind::State,
        Kind::Military => ActorKind::Military,
        Kind::ArmedGroup => ActorKind::ArmedGroup,
        Kind::Organisation => ActorKind::Organisation,
        Kind::Company => ActorKind::Company,
        Kind::Media => ActorKind::Media,
        Kind::Group => ActorKind::Group,
    }
}
