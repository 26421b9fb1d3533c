//! One actor across reports: an actor of a record in, its key in the ledger out.
//!
//! A government, a state and an army go by their country. A person goes by name: the whole name, or the surname alone where only one
//! known person of that country bears it. Whose official a person is, the words beside the name tell (`homes`); where only an office is told
//! ("Peru’s president"), it is who last held it by what reports say, and only then who the books have for it. Others go by name. Who is not named stays with the report: a senior official of one report is nobody
//! in another.
//!
//! **Invariant:** two persons whose countries are both known and differ are never one for their surname.

use std::collections::{BTreeMap, BTreeSet};

use rapporteur_record::{Actor, ActorKind, Form};
use serde::{Deserialize, Serialize};

use super::homes::Home;
use super::noted::{Grows, Noted};
use crate::store::Person;

/// Offices that speak for a government; other ministers may stand against it.
const SPEAK_FOR_IT: &[&str] = &[
    "president",
    "prime minister",
    "premier",
    "chancellor",
    "foreign minister",
    "king",
    "queen",
    "emperor",
    "government spokesman",
    "government spokesperson",
];

/// The actors known so far.
#[derive(Default, Serialize, Deserialize)]
pub struct Actors {
    known: BTreeMap<String, Person>,
    /// Surname to the keys of the persons who bear it.
    surnames: BTreeMap<String, Vec<String>>,
    /// Country and office to the key of the person who last held it.
    offices: BTreeMap<String, String>,
    /// The office that each person last held, by key.
    held: BTreeMap<String, String>,
    /// Keys of persons whose country is only that of a report about them.
    supposed: BTreeSet<String>,
    /// Each as it was known from a day on.
    noted: Noted<Person>,
}

impl Actors {
    /// The key of an actor of a report, known from before or new, after a person had the last word on it.
    pub fn of(
        &mut self,
        report: &str,
        actor: &Actor,
        home: Option<&Home>,
        decided: impl FnOnce(&str) -> String,
    ) -> String {
        let none = Home::default();
        let home = home.unwrap_or(&none);
        let mut own = actor.clone();
        if let Some(named) = &home.named {
            own.name.clone_from(named);
        }
        if home.told {
            own.country = own.country.or_else(|| home.country.clone());
        }
        let post =
            home.country.as_ref().zip(home.office.as_ref()).map(|(country, office)| format!("{country} {office}"));
        let holder =
            post.as_ref().filter(|_| home.by_office && home.named.is_none()).and_then(|post| self.offices.get(post));
        if let Some(holder) = holder {
            let key = decided(holder);
            if key == *holder {
                return key;
            }
            return self.put(key, &own, "a person's decision");
        }
        let (found, why) = self.find(report, &own);
        let key = decided(&found);
        let why = if key == found { why } else { "a person's decision" };
        let key = self.put(key, &own, why);
        if home.by_office && home.named.is_none() {
            return key;
        }
        if let Some(person) = self.known.get_mut(&key) {
            if home.told && (person.country.is_none() || self.supposed.remove(&key)) {
                person.country.clone_from(&home.country);
            } else if person.country.is_none() && home.country.is_some() {
                person.country.clone_from(&home.country);
                self.supposed.insert(key.clone());
            }
        }
        if let Some(office) = &home.office {
            self.held.insert(key.clone(), office.clone());
        }
        let country = self.country(&key).map(str::to_owned);
        if let (Some(country), Some(office)) = (country, self.held.get(&key)) {
            self.offices.insert(format!("{country} {office}"), key.clone());
        }
        key
    }

    /// The key of the government that a person speaks for by office: its head, its foreign minister, its spokesman.
    pub fn speaks_for(&self, key: &str) -> Option<String> {
        let office = self.held.get(key)?;
        let speaks = SPEAK_FOR_IT.iter().any(|own| own == office);
        let government = self.country(key).filter(|_| speaks).map(|country| format!("government:{country}"));
        government.filter(|government| self.known.contains_key(government))
    }

    /// Puts an actor under a key, and learns its name.
    fn put(&mut self, key: String, actor: &Actor, why: &str) -> String {
        let new = Person {
            key: key.clone(),
            name: actor.name.clone(),
            kind: actor.kind.as_str().to_owned(),
            country: None,
            code: None,
            names: Vec::new(),
            why: Vec::new(),
        };
        let person = self.known.entry(key.clone()).or_insert(new);
        if !person.names.contains(&actor.name) {
            person.names.push(actor.name.clone());
            if person.names.len() > 1 {
                person.why.push(format!("{}: {why}", actor.name));
            }
        }
        if actor.kind == ActorKind::Person && actor.name.split(' ').count() > person.name.split(' ').count() {
            person.name.clone_from(&actor.name);
        }
        person.country = person.country.take().or_else(|| actor.country.clone());
        person.code = person.code.take().or_else(|| actor.code.clone());
        if actor.kind == ActorKind::Person {
            let bearers = self.surnames.entry(surname(&actor.name)).or_default();
            if !bearers.contains(&key) {
                bearers.push(key.clone());
            }
        }
        key
    }

    /// The country of an actor.
    pub fn country(&self, key: &str) -> Option<&str> {
        self.known.get(key)?.country.as_deref()
    }

    /// Notes what is known of an actor from this day on.
    pub fn note(&mut self, key: &str, day: &str) {
        if let Some(person) = self.known.get(key) {
            self.noted.note(key, day, person);
        }
    }

    /// Everyone, as known from each day on which something became known, this day or later.
    pub fn end(self, from: &str) -> Vec<(String, Person)> {
        self.noted.end(from)
    }

    fn find(&self, report: &str, actor: &Actor) -> (String, &'static str) {
        let named = actor.mentions.iter().any(|mention| matches!(mention.form, Form::Name | Form::Metonym));
        let own = || format!("{report}:{}", actor.id);
        let country = actor.country.as_deref();
        match actor.kind {
            ActorKind::Unnamed => (own(), "not named"),
            ActorKind::Group if !named => (own(), "not named"),
            ActorKind::Government | ActorKind::State if of_the_state(actor) => {
                (format!("government:{}", country.unwrap_or_default()), "the government of one country")
            }
            ActorKind::Military if country.is_some() && of_the_country(actor, "MIL") => {
                (format!("military:{}", country.unwrap_or_default()), "the armed forces of one country")
            }
            ActorKind::Person => self.person(actor),
            kind if named || actor.name.chars().any(char::is_uppercase) => {
                let country = country.map_or_else(String::new, |country| format!(":{country}"));
                let sort = if kind == ActorKind::State { ActorKind::Government } else { kind };
                (format!("{sort}:{}{country}", slug(&actor.name)), "one name")
            }
            _ => (own(), "not named"),
        }
    }

    fn person(&self, actor: &Actor) -> (String, &'static str) {
        let slug = slug(&actor.name);
        let country = actor.country.as_deref();
        let agrees = |person: &Person| match (country, person.country.as_deref()) {
            (Some(a), Some(b)) => a == b || self.supposed.contains(&person.key),
            _ => true,
        };
        let bearers = self.surnames.get(&surname(&actor.name)).map_or(&[][..], Vec::as_slice);
        let bearers: Vec<&Person> =
            bearers.iter().filter_map(|key| self.known.get(key)).filter(|p| agrees(p)).collect();
        let parts = actor.name.split(' ').count();
        let same = bearers.iter().find(|person| person.names.iter().any(|name| self::slug(name) == slug));
        if let (Some(same), 2..) = (same, parts) {
            return (same.key.clone(), "one name");
        }
        let fits: Vec<&&Person> = bearers
            .iter()
            .filter(|person| {
                let theirs = person.name.split(' ').count();
                // a surname alone on either side, or first names that begin alike ("J. Quispe", "Jorge Luis Quispe")
                parts == 1 || theirs == 1 || first(&actor.name) == first(&person.name)
            })
            .collect();
        match fits.as_slice() {
            [one] => (one.key.clone(), "one surname, borne by nobody else known"),
            _ => {
                let mut key = format!("person:{slug}");
                while self.known.contains_key(&key) {
                    key.push('+');
                }
                (key, "a name of its own")
            }
        }
    }
}

impl Grows for Person {
    fn since(&self, earlier: &Self) -> Self {
        let mut new = self.clone();
        new.names.drain(..earlier.names.len().min(self.names.len()));
        new.why.drain(..earlier.why.len().min(self.why.len()));
        new
    }

    fn then(&mut self, later: Self) {
        self.name = later.name;
        self.country = later.country;
        self.code = later.code;
        self.names.extend(later.names);
        self.why.extend(later.why);
    }
}

/// Whether an actor is the government of its country, and not a ministry or a regional one.
fn of_the_state(actor: &Actor) -> bool {
    actor.country.is_some()
        && (actor.kind == ActorKind::State
            || actor.rule == "name-government"
            || of_the_country(actor, "GOV") && actor.name.ends_with(" government"))
}

/// Whether the code of an actor is that of its country and this role, and no more.
fn of_the_country(actor: &Actor, role: &str) -> bool {
    actor.code.as_deref().is_some_and(|code| code.len() == 6 && code.ends_with(role))
}

/// The last word of a name, folded.
fn surname(name: &str) -> String {
    slug(name.rsplit(' ').next().unwrap_or_default())
}

/// The first letter of a name.
fn first(name: &str) -> Option<char> {
    slug(name).chars().next()
}

/// A name in small letters without accents, its words joined by hyphens.
pub fn slug(name: &str) -> String {
    let mut slug = String::new();
    for c in name.chars().flat_map(char::to_lowercase) {
        match plain(c) {
            Some(c) => slug.push(c),
            None if slug.ends_with('-') || slug.is_empty() => {}
            None => slug.push('-'),
        }
    }
    slug.trim_end_matches('-').to_owned()
}

/// A letter or digit without its accent; none for everything else.
fn plain(c: char) -> Option<char> {
    Some(match c {
        'á' | 'à' | 'â' | 'ä' | 'ã' | 'å' | 'ā' | 'ă' | 'ą' => 'a',
        'ç' | 'ć' | 'č' => 'c',
        'ď' | 'đ' => 'd',
        'é' | 'è' | 'ê' | 'ë' | 'ē' | 'ę' | 'ě' => 'e',
        'ğ' => 'g',
        'í' | 'ì' | 'î' | 'ï' | 'ī' | 'ı' => 'i',
        'ł' => 'l',
        'ñ' | 'ń' | 'ň' => 'n',
        'ó' | 'ò' | 'ô' | 'ö' | 'õ' | 'ø' | 'ő' => 'o',
        'ř' => 'r',
        'ś' | 'š' | 'ş' | 'ș' => 's',
        'ť' | 'ț' => 't',
        'ú' | 'ù' | 'û' | 'ü' | 'ū' | 'ů' | 'ű' => 'u',
        'ý' | 'ÿ' => 'y',
        'ź' | 'ž' | 'ż' => 'z',
        c if c.is_alphanumeric() => c,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use rapporteur_record::Mention;

    fn actor(kind: ActorKind, name: &str, country: Option<&str>, code: Option<&str>) -> Actor {
        let mention = Mention { at: [0, 1], words: name.into(), form: Form::Name };
        Actor {
            id: "a1".into(),
            name: name.into(),
            kind,
            role: None,
            country: country.map(Into::into),
            member_of: None,
            code: code.map(Into::into),
            mentions: vec![mention],
            rule: String::new(),
            confidence: None,
        }
    }

    #[test]
    fn a_surname_finds_its_only_bearer() {
        let mut actors = Actors::default();
        let mut of = |report: &str, name: &str, country: Option<&str>| {
            actors.of(report, &actor(ActorKind::Person, name, country, None), None, str::to_owned)
        };
        let salas = of("r1", "Inés Salas", Some("PER"));
        assert_eq!(of("r2", "Salas", None), salas);
        assert_eq!(of("r3", "Ines Salas", Some("PER")), salas);
        let other = of("r4", "Salas", Some("ECU"));
        assert_ne!(other, salas);
        assert_eq!(of("r5", "Marco Salas", Some("ECU")), other);
        // now two bear it, and a bare Salas is neither
        let bare = of("r6", "Salas", None);
        assert!(bare != salas && bare != other, "{bare}");
    }

    #[test]
    fn who_holds_an_office_is_what_reports_say_and_then_what_books_say() {
        let mut actors = Actors::default();
        let mut of = |report: &str, name: &str, home: Home| {
            actors.of(report, &actor(ActorKind::Person, name, None, None), Some(&home), str::to_owned)
        };
        let office = |told: bool, by_office: bool| Home {
            country: Some("PER".into()),
            told,
            office: Some("president".into()),
            named: None,
            by_office,
        };
        // nobody else is known
        assert_eq!(of("r1", "Juan Soto", office(true, true)), "person:juan-soto");
        let paz = of("r2", "Luis Paz", office(true, false));
        assert_eq!(of("r3", "Juan Soto", office(true, true)), paz);
        let beside = Home { named: Some("Luis Paz".into()), ..office(true, true) };
        assert_eq!(of("r4", "Juan Soto", beside), paz);
        assert_eq!(actors.speaks_for(&paz), None, "nobody has named the government");
        let government = actor(ActorKind::Government, "Peruvian government", Some("PER"), Some("PERGOV"));
        actors.of("r5", &government, None, str::to_owned);
        assert_eq!(actors.speaks_for(&paz).as_deref(), Some("government:PER"));
        assert_eq!(actors.country(&paz), Some("PER"));
    }

    #[test]
    fn governments_go_by_country_and_the_unnamed_by_report() {
        let mut actors = Actors::default();
        let government = actor(ActorKind::Government, "Peruvian government", Some("PER"), Some("PERGOV"));
        let lima = actors.of("r1", &government, None, str::to_owned);
        let state = actors.of("r2", &actor(ActorKind::State, "Peru", Some("PER"), Some("PER")), None, str::to_owned);
        assert_eq!((lima.as_str(), state.as_str()), ("government:PER", "government:PER"));
        let official = |report: &str, actors: &mut Actors| {
            actors.of(report, &actor(ActorKind::Unnamed, "a senior official", None, None), None, str::to_owned)
        };
        assert_ne!(official("r1", &mut actors), official("r2", &mut actors));
        assert_eq!(slug("São Tomé’s  Wałęsa"), "sao-tome-s-walesa");
    }
}
