//! Days known by name: "Easter", "Thanksgiving", "Christmas Eve", "World Refugee Day".
//!
//! In: a place on the page. Out: the day of publication's nearest day of that name, in the direction of the tense.
//! Only days that fall on a fixed date, on a numbered weekday or at Easter are known; those of the lunar calendars are not
//! computed and not guessed.
//! **Invariant:** a name that different countries give to different days ("Independence Day") is never dated.

use super::Tense;
use super::calendar::{Date, Moment};
use super::lexicon::Sort;
use super::page::{Page, Reading};

/// How a holiday falls in a year.
enum Falls {
    /// month and day
    On(u8, u8),
    /// month, weekday, which of them (0: the last)
    Nth(u8, u8, u8),
    /// days after Easter Sunday
    Easter(i32),
    /// days after the Orthodox Easter Sunday
    OrthodoxEaster(i32),
    /// the Tuesday after the first Monday of November
    Election,
}

const NAMES: &[(&[&str], Falls)] = &[
    (&["thanksgiving", "day"], Falls::Nth(11, 4, 4)),
    (&["thanksgiving"], Falls::Nth(11, 4, 4)),
    (&["christmas", "day"], Falls::On(12, 25)),
    (&["christmas", "eve"], Falls::On(12, 24)),
    (&["christmas"], Falls::On(12, 25)),
    (&["new", "year", "'s", "day"], Falls::On(1, 1)),
    (&["new", "year", "’s", "day"], Falls::On(1, 1)),
    (&["new", "year", "'s", "eve"], Falls::On(12, 31)),
    (&["new", "year", "’s", "eve"], Falls::On(12, 31)),
    (&["valentine", "'s", "day"], Falls::On(2, 14)),
    (&["valentine", "’s", "day"], Falls::On(2, 14)),
    (&["halloween"], Falls::On(10, 31)),
    (&["may", "day"], Falls::On(5, 1)),
    (&["victory", "day"], Falls::On(5, 9)),
    (&["labor", "day"], Falls::Nth(9, 1, 1)),
    (&["memorial", "day"], Falls::Nth(5, 1, 0)),
    (&["veterans", "day"], Falls::On(11, 11)),
    (&["election", "day"], Falls::Election),
    (&["orthodox", "easter"], Falls::OrthodoxEaster(0)),
    (&["easter", "sunday"], Falls::Easter(0)),
    (&["easter", "monday"], Falls::Easter(1)),
    (&["good", "friday"], Falls::Easter(-2)),
    (&["palm", "sunday"], Falls::Easter(-7)),
    (&["ash", "wednesday"], Falls::Easter(-46)),
    (&["easter"], Falls::Easter(0)),
    (&["pentecost"], Falls::Easter(49)),
    (&["international", "women", "'s", "day"], Falls::On(3, 8)),
    (&["international", "women", "’s", "day"], Falls::On(3, 8)),
    (&["world", "refugee", "day"], Falls::On(6, 20)),
    (&["earth", "day"], Falls::On(4, 22)),
    (&["world", "press", "freedom", "day"], Falls::On(5, 3)),
    (&["human", "rights", "day"], Falls::On(12, 10)),
];

impl Falls {
    fn in_year(&self, year: i32) -> Option<Date> {
        match *self {
            Falls::On(month, day) => Date::new(year, month, day),
            Falls::Nth(month, weekday, nth) => Date::nth(year, month, weekday, nth),
            Falls::Easter(after) => Date::easter(year, false)?.plus(after),
            Falls::OrthodoxEaster(after) => Date::easter(year, true)?.plus(after),
            Falls::Election => Date::nth(year, 11, 1, 1)?.plus(1),
        }
    }
}

/// `time-holiday`
///
/// *What it reads:* "Easter Monday", "last Thanksgiving", "on Election Day", "World Refugee Day", "Christmas 2022".
/// *Why:* truces and messages are tied to feasts.
/// *Example:* "the Easter truce" in a report of 21 April 2025 is `2025-04-20`.
/// *Misreadings:* "the Christmas tree"; Orthodox Easter where the text does not say which; Ramadan and other lunar feasts.
pub(super) fn holiday(page: &Page<'_>, at: usize) -> Option<Reading> {
    let rule = "time-holiday";
    let asked = page.is(at, &["last", "next", "this"]);
    let next = at + usize::from(asked);
    if page.sort(next) != Sort::Plain && !page.is(next, &["may"]) || !page.capital(next) {
        return None;
    }
    let named = |name: &[&str]| name.iter().enumerate().all(|(index, word)| page.word(next + index) == *word);
    let (name, falls) = NAMES.iter().find(|(name, _)| named(name))?;
    let mut end = next + name.len();
    if !page.capital(end - 1) && name.len() > 1 {
        return None;
    }
    if let Some((year, after)) = super::dates::year_at(page, end + usize::from(page.word(end) == ",")) {
        end = after;
        return Some(Reading::moment(at..end, Moment::Day(falls.in_year(year)?), rule));
    }
    let Some(today) = page.today else { return Some(Reading::reckoned(at..end, None, None, rule)) };
    let days = (-1..=1).filter_map(|shift| falls.in_year(today.year() + shift));
    let nearest = |date: &Date| (date.days() - today.days()).abs();
    let date = match page.word(at) {
        "last" => days.filter(|date| *date < today).max(),
        "next" => days.filter(|date| *date > today).min(),
        "this" => falls.in_year(today.year()),
        _ if page.tense(next) == Tense::Future => days.filter(|date| *date >= today).min(),
        _ => days.min_by_key(nearest),
    };
    Some(Reading::reckoned(at..end, date.map(Moment::Day), Some(today), rule))
}
