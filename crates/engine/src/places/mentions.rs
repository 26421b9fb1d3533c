//! Mentions: which words name a place.
//!
//! In: the page. Out: mentions in text order. The model's names come first; to them come short forms of states, towns behind a
//! party's letter ("R-Ocilla"), datelines in capitals, and the place that a body is called after ("Athens Police Department").
//! Taken away are names that no book knows and that are a person's, a building's or a street's.
//! **Invariant:** mentions do not overlap, and each lies in one paragraph.

use alloc::borrow::ToOwned;
use alloc::collections::{BTreeMap, BTreeSet};
use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;
use core::ops::Range;

use rapporteur_record::{ActorKind, Form};

use super::words::{BODIES, BUILDINGS, NO_NAMES, POSTAL, SHORT, TOWN_BODIES, TOWN_PEOPLE};
use crate::grammar::{Clauses, NameKind, Trigger, span_of};
use crate::library::{Library, Place, PlaceKind};
use crate::names::Actors;
use crate::span::Span;
use crate::tokens::{Shape, Token};

/// What the room is given.
pub(super) struct Page<'p> {
    pub(super) text: &'p str,
    pub(super) tokens: &'p [Token],
    pub(super) clauses: &'p Clauses<'p>,
    pub(super) triggers: &'p [Trigger<'p>],
    pub(super) actors: &'p Actors,
    pub(super) library: &'p Library,
}

/// Words that name a place.
#[derive(Clone, Debug)]
pub(super) struct Mention {
    pub(super) tokens: Range<usize>,
    pub(super) span: Span,
    /// The name to look for: short forms in full, "Jackson and Barrow counties" as "Jackson County".
    pub(super) name: String,
    /// Whether the words say that it is a state or province, a county or parish.
    pub(super) region: bool,
}

impl Page<'_> {
    pub(super) fn word(&self, at: usize) -> &str {
        self.tokens.get(at).map_or("", |token| token.span.of(self.text))
    }

    pub(super) fn words(&self, range: &Range<usize>) -> String {
        if range.is_empty() {
            return String::new();
        }
        span_of(self.tokens, range).of(self.text).split_whitespace().collect::<Vec<_>>().join(" ")
    }

    pub(super) fn known(&self, name: &str) -> bool {
        self.library.country_by_name(name).is_some() || !self.library.places_named(name).is_empty()
    }

    fn capital(&self, at: usize) -> bool {
        self.word(at).starts_with(char::is_uppercase)
    }

    /// Whether the token follows the one before without a blank.
    fn glued(&self, at: usize) -> bool {
        at > 0 && at < self.tokens.len() && self.tokens[at - 1].span.end == self.tokens[at].span.start
    }
}

/// Finds the mentions of a document.
pub(super) fn find(page: &Page) -> Vec<Mention> {
    let mut found = short_forms(page);
    let persons = persons(page);
    // a name from the books' own pages of the map, then whatever the model says
    for range in county_lists(page).into_iter().chain(datelines(page)).chain(party_towns(page)) {
        add(&mut found, page, range);
    }
    let located = located(page);
    let by_role: Vec<Range<usize>> = page
        .triggers
        .iter()
        .flat_map(|trigger| trigger.fillers.iter().filter(|filler| filler.role == "place"))
        .map(|filler| without_edges(page, filler.tokens.clone()))
        .filter(|range| !range.is_empty())
        .collect();
    for range in &located {
        let led = range.start > 0 && matches!(page.word(range.start - 1), "in" | "at" | "near" | "from" | "outside");
        for part in parts(page, range.clone()) {
            let name = page.words(&part);
            let happens = by_role.iter().any(|role| role.start < part.end && part.start < role.end);
            let single = part.len() == 1;
            let place_after = page.word(part.end) == ",";
            if single && persons.contains(name.as_str()) && !led && !place_after {
                continue;
            }
            let adjective = page.library.country_by_adjective(&name).is_some()
                || page.library.country_by_demonym_noun(&name).is_some();
            if page.known(&name) || happens || adjective || !is_no_place(page, &part, &name, &persons) {
                add(&mut found, page, part);
            } else {
                for inner in called_after(page, &part) {
                    add(&mut found, page, inner);
                }
            }
        }
    }
    for name in page.clauses.names.iter().filter(|name| name.kind != NameKind::Location) {
        let range = without_edges(page, name.tokens.clone());
        let after = page.word(range.end);
        if range.len() <= 3 && TOWN_PEOPLE.contains(&after) && !persons.contains(page.words(&range).as_str()) {
            let places = page.library.places_named(&page.words(&range));
            if !places.is_empty() && page.library.country_by_name(&page.words(&range)).is_none() {
                add(&mut found, page, range.clone());
            }
        }
        if name.kind == NameKind::Organisation {
            for inner in called_after(page, &range) {
                add(&mut found, page, inner);
            }
        }
    }
    for range in by_role {
        if range.clone().any(|at| page.capital(at))
            || !located.iter().any(|name| name.start < range.end && range.start < name.end)
        {
            add(&mut found, page, range);
        }
    }
    found.sort_by_key(|mention| mention.tokens.start);
    again(page, &mut found, &persons);
    found.sort_by_key(|mention| mention.tokens.start);
    found
}

/// Adds a mention, unless words of it are one already.
fn add(found: &mut Vec<Mention>, page: &Page, range: Range<usize>) {
    let range = without_edges(page, range);
    if range.is_empty() || found.iter().any(|other| other.tokens.start < range.end && range.start < other.tokens.end) {
        return;
    }
    let span = span_of(page.tokens, &range);
    let words = page.words(&range);
    let name = words.strip_prefix("the ").unwrap_or(&words).to_owned();
    let counties = matches!(page.word(range.end), "counties" | "Counties" | "county" | "parishes" | "parish")
        || matches!(page.word(range.end), "and" | ",") && in_county_list(page, range.end);
    let (name, region) = match counties && !name.ends_with("County") && range.len() <= 3 {
        true => (format!("{name} County"), true),
        false => {
            let region = ["County", "Parish", "Co.", "Province", "Oblast"].iter().any(|word| name.ends_with(word));
            // "Plateau state", "Herat province": the noun after it says which of its names is meant
            let noun = page.word(range.end);
            let wider = format!("{name} {noun}");
            let noun = matches!(
                noun,
                "state" | "province" | "region" | "oblast" | "governorate" | "prefecture" | "department"
            );
            let is_region = |place: &Place| place.kind == PlaceKind::Region;
            match noun && !region && page.library.places_named(&wider).iter().any(is_region) {
                true => (wider, true),
                false => (name, region),
            }
        }
    };
    found.push(Mention { tokens: range, span, name, region });
}

/// Names that the model marked as places, but for those that act.
fn located(page: &Page) -> Vec<Range<usize>> {
    // a capital or country that acts is its government, not a place
    let acts = |span: Span| {
        page.actors.all.iter().filter(|actor| actor.kind == ActorKind::Government).any(|actor| {
            actor
                .mentions
                .iter()
                .any(|(mention, form)| *form != Form::Nominal && *form != Form::Pronoun && mention.contains(span))
        })
    };
    // but what is struck is a place, whatever else it stands for
    let struck: Vec<Range<usize>> = page
        .triggers
        .iter()
        .filter(|trigger| trigger.kind == "ASSAULT")
        .flat_map(|trigger| trigger.fillers.iter().filter(|filler| matches!(filler.role, "recipient" | "place")))
        .map(|filler| filler.tokens.clone())
        .collect();
    let is_struck =
        |range: &Range<usize>| struck.iter().any(|other| other.start < range.end && range.start < other.end);
    let names = page.clauses.names.iter().filter(|name| name.kind == NameKind::Location);
    names
        .map(|name| whole(page, without_edges(page, name.tokens.clone())))
        .filter(|range| !range.is_empty())
        .filter(|range| is_struck(range) || !acts(span_of(page.tokens, range)))
        .collect()
}

fn without_edges(page: &Page, mut range: Range<usize>) -> Range<usize> {
    range.end = range.end.min(page.tokens.len());
    while range.start < range.end
        && matches!(
            page.word(range.start),
            "the" | "The" | "in" | "near" | "of" | "," | "at" | "on" | "“" | "\"" | "-" | "(" | "‘" | "—" | "–"
        )
    {
        range.start += 1;
    }
    while range.start < range.end
        && matches!(
            page.word(range.end - 1),
            "'s" | "’s" | "," | "." | "'" | "’" | "”" | "\"" | "-" | "(" | ")" | "of" | "and" | "—" | "–"
        )
    {
        range.end -= 1;
    }
    range
}

/// The longest name in the books that holds a run: "Gulf of Mexico" about "Mexico", "Dar es Salaam" about "Dar".
fn whole(page: &Page, range: Range<usize>) -> Range<usize> {
    if range.is_empty() || range.len() > 3 {
        return range;
    }
    let first = range.start.saturating_sub(4);
    let last = (range.end + 4).min(page.tokens.len());
    let paragraph = page.tokens[range.start].paragraph;
    let mut best = range.clone();
    for start in (first..=range.start).rev() {
        for end in range.end..=last {
            let run = start..end;
            let small = |at: usize| {
                matches!(page.word(at), "of" | "the" | "es" | "al" | "de" | "la" | "el" | "and" | "-" | "’" | "'")
            };
            let fits = run.len() > best.len()
                && run.len() <= 5
                && page.capital(start)
                && (page.capital(end - 1) || page.word(end - 1).chars().count() > 3)
                && run.clone().all(|at| {
                    page.tokens[at].paragraph == paragraph && (page.capital(at) || small(at) || at + 1 == end)
                })
                && page.capital(end - 1);
            if fits && page.known(&page.words(&run)) && !region_and_more(page, &run, &best) {
                best = run;
            }
        }
    }
    best
}

/// Whether a longer run is known only because a word for a region was taken off: "Kansas State" of "Kansas".
fn region_and_more(page: &Page, run: &Range<usize>, inner: &Range<usize>) -> bool {
    matches!(page.word(run.end - 1), "State" | "District" | "Area" | "Department" | "Division" | "Parish" | "County")
        && inner.end < run.end
        && !matches!(page.word(run.end - 1), "County" | "Parish")
}

/// A run cut at commas, and at a hyphen between two names.
fn parts(page: &Page, range: Range<usize>) -> Vec<Range<usize>> {
    let mut parts = Vec::new();
    let mut start = range.start;
    for at in range.clone() {
        let whole = || page.known(&page.words(&range));
        if page.word(at) == ","
            || matches!(page.word(at), "-" | "–")
                && page.capital(at + 1)
                && !whole()
                && page.known(&page.words(&(at + 1..range.end)))
        {
            parts.push(start..at);
            start = at + 1;
        }
    }
    parts.push(start..range.end);
    parts.into_iter().map(|part| without_edges(page, part)).filter(|part| !part.is_empty()).collect()
}

/// Family names, and single names, of the persons of the document.
fn persons<'p>(page: &Page<'p>) -> BTreeSet<&'p str> {
    let people = page.clauses.names.iter().filter(|name| name.kind == NameKind::Person && name.tokens.len() > 1);
    people
        .filter(|name| !name.tokens.clone().any(|at| matches!(page.word(at), "-" | "of" | ",")))
        .map(|name| page.tokens[name.tokens.end - 1].span.of(page.text))
        .collect()
}

/// Whether a name that no book knows is nothing on a map.
fn is_no_place(page: &Page, range: &Range<usize>, name: &str, persons: &BTreeSet<&str>) -> bool {
    let last = page.word(range.end - 1);
    let letters = name.chars().filter(|character| character.is_alphabetic()).count();
    let number = |word: &str| word.chars().all(|character| character.is_ascii_digit() || character == '-');
    let numbered = range.len() > 1 && number(last);
    letters < 2
        || !name.starts_with(char::is_uppercase) && !page.capital(range.end - 1)
        || NO_NAMES.contains(&name)
        || numbered
        || number(page.word(range.end)) && NO_NAMES.contains(&page.word(range.start))
        || BUILDINGS.contains(&last)
        || BUILDINGS.contains(&page.word(range.end)) && page.capital(range.end)
        || matches!(
            page.word(range.end),
            "Council" | "Commission" | "Committee" | "Rights" | "Forces" | "Party" | "Conference"
        )
        || range.clone().all(|at| persons.contains(page.word(at)))
        || range.clone().all(|at| NO_NAMES.contains(&page.word(at)))
        || (0..10).any(|digit| name.starts_with(|character: char| character.to_digit(10) == Some(digit)))
}

/// The place within the name of a body: at its beginning ("Athens Police Department") or behind "of" ("University of Texas").
fn called_after(page: &Page, range: &Range<usize>) -> Vec<Range<usize>> {
    let government = |name: &str| page.library.country_by_name(name).is_some();
    let mut found = Vec::new();
    let body_at = |at: usize| at < range.end + 1 && BODIES.contains(&page.word(at));
    let ends_as_body = || (range.start + 1..=range.end).any(body_at);
    // "Clarke County Superior Court"
    let county =
        (range.start + 1..range.end.min(range.start + 4)).find(|at| matches!(page.word(*at), "County" | "Parish"));
    let leading = match county {
        Some(at) => Some(range.start..at + 1),
        None => (1..=3.min(range.len())).rev().map(|length| range.start..range.start + length).find(|run| {
            let name = page.words(run);
            run.end <= range.end
                && name.starts_with(char::is_uppercase)
                && name.len() > 2
                && !NO_NAMES.contains(&&*name)
                && !government(&name)
                && {
                    let places = page.library.places_named(&name);
                    let state = places.iter().any(|place| place.kind == PlaceKind::Region && place.name == name);
                    !places.is_empty()
                        && (state && run.end < range.end
                            || run.end < range.end + 1 && ends_as_body() && !BODIES.contains(&page.word(run.start)))
                }
                && (run.end < range.end || BODIES.contains(&page.word(run.end)))
        }),
    };
    if let Some(run) = leading {
        found.push(run);
    } else if let Some(at) =
        (range.start + 1..range.end.min(range.start + 4)).find(|at| TOWN_BODIES.contains(&page.word(*at)))
    {
        let run = range.start..at;
        let plain = run
            .clone()
            .all(|at| page.capital(at) && !BODIES.contains(&page.word(at)) && !NO_NAMES.contains(&page.word(at)));
        if plain && !government(&page.words(&run)) && page.library.country_by_adjective(&page.words(&run)).is_none() {
            found.push(run);
        }
    }
    if let Some(of) = range.clone().rev().find(|at| page.word(*at) == "of") {
        let run = without_edges(page, of + 1..range.end);
        let name = page.words(&run);
        let head = page.word(of.saturating_sub(1));
        if !run.is_empty()
            && page.known(&name)
            && !government(&name)
            && head != "Bank"
            && (BODIES.contains(&head) || matches!(head, "Bishop" | "Diocese" | "Archdiocese"))
        {
            found.push(run);
        }
    }
    found
}

/// Short forms of states: "Tex." after a comma or a party's letter, "N.C." anywhere, "TX" between a comma and what is no word.
fn short_forms(page: &Page) -> Vec<Mention> {
    let mut found: Vec<Mention> = Vec::new();
    for at in 1..page.tokens.len() {
        if !page.capital(at) || found.last().is_some_and(|last| at < last.tokens.end) {
            continue;
        }
        let start = page.tokens[at].span.start as usize;
        let rest = &page.text[start..];
        let before = page.word(at - 1);
        let party = before == "-" && at > 1 && matches!(page.word(at - 2), "D" | "R" | "I" | "DFL");
        let after_name = (before == "," || before == "(") && at > 1 && page.capital(at - 2);
        let form = SHORT.iter().filter(|(form, _)| rest.starts_with(form)).max_by_key(|(form, _)| form.len());
        let form = form.filter(|(form, _)| party || after_name || form.matches('.').count() > 1).copied();
        let postal = || {
            let next = page.word(at + 1);
            let ends = next.is_empty() || !next.starts_with(char::is_alphabetic);
            POSTAL.iter().find(|(form, _)| page.word(at) == *form && (after_name && ends || party)).copied()
        };
        let Some((form, name)) = form.or_else(postal) else { continue };
        let end = start + form.len();
        let last = (at..page.tokens.len())
            .take_while(|other| (page.tokens[*other].span.start as usize) < end)
            .last()
            .unwrap_or(at);
        let whole = (page.tokens[last].span.end as usize) <= end;
        if whole {
            let (tokens, span) = (at..last + 1, Span::new(start, end));
            found.push(Mention { tokens, span, name: name.to_owned(), region: true });
        }
    }
    found
}

/// The town behind a party's letter: "(R-Ocilla)", "D-Plymouth".
fn party_towns(page: &Page) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    for at in 3..page.tokens.len() {
        let letter = matches!(page.word(at - 2), "D" | "R" | "DFL") && matches!(page.word(at - 3), "," | "(");
        if letter && page.word(at - 1) == "-" && page.glued(at) && page.capital(at) {
            let end =
                (at + 1..at + 3).take_while(|next| page.capital(*next) && !page.glued(*next)).last().unwrap_or(at);
            found.push(at..end + 1);
        }
    }
    found
}

/// Capitals before a dash at the beginning of a paragraph: "CROMWELL —".
fn datelines(page: &Page) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    for at in 0..page.tokens.len() {
        let upper = |at: usize| {
            page.tokens.get(at).is_some_and(|token| token.shape == Shape::Upper && token.span.of(page.text).len() > 2)
        };
        if !upper(at) || at > 0 && upper(at - 1) {
            continue;
        }
        let fresh = at == 0
            || page.tokens[at - 1].paragraph != page.tokens[at].paragraph
            || matches!(page.word(at - 1), "." | "?" | "!" | "”" | "\"");
        let end = (at..at + 4).take_while(|next| upper(*next)).last().unwrap_or(at) + 1;
        let dash = |at: usize| matches!(page.word(at), "—" | "–" | "--" | "---" | "―");
        let agency = page.word(end) == "(" && matches!(page.word(end + 1), "AP" | "Reuters" | "AFP" | "UPI");
        let comma = page.word(end) == ","
            && page.capital(end + 1)
            && (end + 2..end + 6).any(|next| dash(next) || page.word(next) == "(");
        if fresh && (dash(end) || agency || comma) && page.known(&page.words(&(at..end))) {
            found.push(at..end);
        }
    }
    found
}

/// The names before "counties": "Jackson and Barrow counties".
fn county_lists(page: &Page) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    for at in 0..page.tokens.len() {
        if !matches!(page.word(at), "counties" | "Counties") {
            continue;
        }
        let mut end = at;
        while end > 0 {
            let start = (end.saturating_sub(3)..end).rev().take_while(|word| page.capital(*word)).last();
            let Some(start) = start.filter(|start| *start < end) else { break };
            found.push(start..end);
            let mut before = start;
            while before > 0 && matches!(page.word(before - 1), "and" | "," | "&") {
                before -= 1;
            }
            if before == start {
                break;
            }
            end = before;
        }
    }
    found
}

fn in_county_list(page: &Page, from: usize) -> bool {
    let word = |at: usize| page.word(at);
    let list = (from..from + 14).take_while(|at| matches!(word(*at), "," | "and" | "&") || page.capital(*at));
    list.last().is_some_and(|last| matches!(word(last), "Counties") || matches!(word(last + 1), "counties"))
}

/// The same words elsewhere, where no other name holds them.
fn again(page: &Page, found: &mut Vec<Mention>, persons: &BTreeSet<&str>) {
    let mut names: BTreeMap<&str, Mention> = BTreeMap::new();
    for mention in found.iter().filter(|mention| mention.tokens.len() <= 3 && page.known(&mention.name)) {
        let words = mention.span.of(page.text);
        if mention.span == span_of(page.tokens, &mention.tokens)
            && page.capital(mention.tokens.start)
            && !persons.contains(words)
        {
            names.entry(words).or_insert_with(|| mention.clone());
        }
    }
    let mut more = Vec::new();
    for at in 0..page.tokens.len() {
        let held = |at: usize| {
            found.iter().chain(more.iter()).any(|mention: &Mention| mention.tokens.contains(&at))
                || page.clauses.names.iter().any(|name| name.tokens.contains(&at))
        };
        if !page.capital(at) || held(at) {
            continue;
        }
        for length in (1..=3.min(page.tokens.len() - at)).rev() {
            let range = at..at + length;
            let span = span_of(page.tokens, &range);
            if let Some(first) = names.get(span.of(page.text)) {
                let country = page.library.country_by_name(&first.name).is_some()
                    || page.library.capital_of(&first.name).is_some();
                if !country && !page.capital(at + length) && (at == 0 || !page.capital(at - 1)) {
                    more.push(Mention { tokens: range, span, ..first.clone() });
                }
                break;
            }
        }
    }
    found.extend(more);
}
