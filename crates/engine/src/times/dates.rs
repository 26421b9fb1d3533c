//! Dates as the calendar writes them: "February 28, 2024", "28 February", "2024-02-28", "March 2022", "2014", "the 1990s".
//!
//! In: a place on the page. Out: a day, a month, a year, a decade or a century.
//! What the writer left out (the year, or the month in "March 15 and 16") comes from the day of publication and the tense of the
//! clause: the nearest such date wins, unless the tense makes the farther one much likelier.
//! **Invariant:** "May", "March" and a bare number are dates only where their neighbours say so.

use alloc::format;
use core::ops::Range;

use super::calendar::{Date, Moment, Unit};
use super::lexicon::Sort;
use super::page::{Page, Reading};
use super::{Tense, TimeKind};

/// A year written in four figures (or as "nineteen ninety-six"), where one is expected; where it ends.
pub(super) fn year_at(page: &Page<'_>, at: usize) -> Option<(i32, usize)> {
    let word = page.word(at);
    if word.len() == 4 && word.bytes().all(|b| b.is_ascii_digit()) {
        return match page.sort(at) {
            Sort::Number(year @ 1000..=2199) => Some((year as i32, at + 1)),
            _ => None,
        };
    }
    // "nineteen ninety-six", "two thousand (and) five"
    let century = match (word, page.word(at + 1)) {
        ("eighteen", _) => 1800,
        ("nineteen", _) => 1900,
        ("twenty", "-") => return None,
        ("twenty", _) => 2000,
        ("two", "thousand") => {
            let after = if page.word(at + 2) == "and" { at + 3 } else { at + 2 };
            return match page.sort(after) {
                Sort::Number(rest @ 1..=99) if !page.word(after).starts_with(|c: char| c.is_ascii_digit()) => {
                    Some((2000 + rest as i32, after + 1))
                }
                _ => Some((2000, at + 2)),
            };
        }
        _ => return None,
    };
    if page.word(at + 1).starts_with(|c: char| c.is_ascii_digit()) {
        return None;
    }
    let (rest, next) = super::durations::number(page, at + 1).filter(|(rest, _)| (10..100).contains(rest))?;
    Some((century + rest as i32, next))
}

/// A day of the month: "7", "7th", "seventh", "twenty-first"; where it ends.
fn day_at(page: &Page<'_>, at: usize) -> Option<(u8, usize)> {
    match page.sort(at) {
        Sort::Number(day @ 1..=31) if page.word(at).len() <= 2 => Some((day as u8, at + 1)),
        Sort::Number(tens @ (20 | 30)) => {
            let after = if page.word(at + 1) == "-" { at + 2 } else { at + 1 };
            let Sort::Ordinal(unit @ 1..=9) = page.sort(after) else { return None };
            Some(((tens + unit) as u8, after + 1)).filter(|(day, _)| *day <= 31)
        }
        Sort::Ordinal(day @ 1..=31) => Some((day as u8, at + 1)),
        _ => None,
    }
}

/// A day of the month in figures only.
fn figure_day(page: &Page<'_>, at: usize) -> Option<(u8, usize)> {
    day_at(page, at).filter(|_| page.word(at).starts_with(|c: char| c.is_ascii_digit()))
}

/// The month that a word names, where it is written as a name.
fn month_at(page: &Page<'_>, at: usize) -> Option<(u8, usize)> {
    match page.sort(at) {
        Sort::Month(month, full) if page.capital(at) => {
            // "Sept" and "." may be two tokens
            let stop = !full && page.word(at + 1) == "." && page.glued(at + 1);
            Some((month, if stop { at + 2 } else { at + 1 }))
        }
        _ => None,
    }
}

/// The year that follows a date: "2024", ", 2024", "of 2024", "this year", "of last year".
fn year_after(page: &Page<'_>, at: usize) -> Option<(i32, usize)> {
    let at = if page.is(at, &[",", "of", "in"]) { at + 1 } else { at };
    if let Some((year, next)) = year_at(page, at).filter(|(year, _)| (1400..2150).contains(year)) {
        let comma = page.word(at - 1) == ",";
        // "on April 7, 2000 troops": a count, not a year
        let counted = comma && matches!(page.word(next), "troops" | "people" | "soldiers" | "men");
        return (!counted).then_some((year, next));
    }
    let at = if page.word(at) == "the" { at + 1 } else { at };
    let shift = match page.word(at) {
        "this" | "same" => 0,
        "last" | "previous" => -1,
        "next" | "following" => 1,
        _ => return None,
    };
    (page.word(at + 1) == "year").then_some((page.today?.year() + shift, at + 2))
}

/// The nearest of three neighbouring years for a date whose year is not written.
fn nearest(page: &Page<'_>, at: usize, of_year: impl Fn(i32) -> Option<Date>) -> Option<Date> {
    let today = page.today?;
    let tense = page.tense(at);
    // "in September" takes its clause's tense; "the April 19 agreement" hardly
    let factor = if page.follows(at, &["in", "on", "since", "back", "ended", "by"]) { 8 } else { 2 };
    let cost = |date: &Date| {
        let away = date.days() - today.days();
        let against = match tense {
            Tense::Past => away > 0,
            Tense::Future => away < 0,
            Tense::Present | Tense::Unknown => false,
        };
        // a date that has just gone by or is just to come outweighs a verb that was misread
        away.abs() * if against { factor } else { 1 } + i32::from(away > 0)
    };
    (-1..=1).filter_map(|shift| of_year(today.year() + shift)).min_by_key(cost)
}

fn unknown_year(month: u8, day: Option<u8>) -> alloc::string::String {
    day.map_or_else(|| format!("XXXX-{month:02}"), |day| format!("XXXX-{month:02}-{day:02}"))
}

/// A reading of a day whose year may be missing.
fn day_reading(page: &Page<'_>, words: Range<usize>, year: Option<i32>, month: u8, day: u8) -> Option<Reading> {
    let rule = "time-month-day";
    if let Some(year) = year {
        return Some(Reading::moment(words, Moment::Day(Date::new(year, month, day)?), rule));
    }
    Date::new(2000, month, day)?;
    // years after the attacks of 2001, their day needs no year
    if (month, day) == (9, 11)
        && page.today.is_some_and(|today| today.year() > 2001 && !(8..=10).contains(&today.month()))
    {
        return Date::new(2001, 9, 11).map(|date| Reading::moment(words, Moment::Day(date), rule));
    }
    match nearest(page, words.start, |year| Date::new(year, month, day)) {
        Some(date) => Some(Reading::reckoned(words, Some(Moment::Day(date)), page.today, rule)),
        None => Some(Reading::value(words, TimeKind::Date, unknown_year(month, Some(day)), rule)),
    }
}

/// A reading of several days in a row: "March 9-11".
fn days_reading(page: &Page<'_>, words: Range<usize>, year: Option<i32>, month: u8, days: (u8, u8)) -> Option<Reading> {
    let (first, last) = days;
    let mut reading = day_reading(page, words, year, month, first)?;
    let date = reading.moment.and_then(Moment::day)?;
    let end = Date::new(date.year(), month, last).filter(|end| *end > date)?;
    reading.value = Some(format!("{}/{}", Moment::Day(date).value(), Moment::Day(end).value()));
    Some(reading)
}

/// `time-month-day`
///
/// *What it reads:* "Feb. 28, 2024", "28 February", "the 7th of May", "Friday, August 21, 2015", "March 9-11".
/// *Why:* the commonest full date of a report; a missing year is the nearest that the clause's tense allows.
/// *Example:* "on February 28" in a report of 14 March 2025 is `2025-02-28`.
/// *Misreadings:* "May 7 people" is no date, nor is "March 4 Life".
pub(super) fn month_day(page: &Page<'_>, at: usize) -> Option<Reading> {
    let mut next = at;
    if let Sort::Weekday(_, false) = page.sort(next) {
        next += 1 + usize::from(page.word(next + 1) == ",");
    }
    if let Some((month, after)) = month_at(page, next) {
        let after = if page.word(after) == "the" { after + 1 } else { after };
        let (day, mut end) = day_at(page, after)?;
        if page.is(end, &["percent", "%"]) {
            return None;
        }
        // "March 9-11", "March 9 to 11"
        let mut last = None;
        if page.is(end, &["-", "–", "to"])
            && let Some((to, after)) = figure_day(page, end + 1)
            && to > day
            && page.word(after) != "-"
        {
            (last, end) = (Some(to), after);
        }
        let year = year_after(page, end);
        let (year, end) = year.map_or((None, end), |(year, end)| (Some(year), end));
        return match last {
            Some(last) => days_reading(page, at..end, year, month, (day, last)),
            None => day_reading(page, at..end, year, month, day),
        };
    }
    // "28 February", "the 7th of May", "9-11 March"
    let next =
        if page.word(next) == "the" && matches!(page.sort(next + 1), Sort::Ordinal(_)) { next + 1 } else { next };
    let (day, mut end) = day_at(page, next)?;
    let mut last = None;
    if page.is(end, &["-", "–", "to"])
        && let Some((to, after)) = figure_day(page, end + 1)
        && to > day
    {
        (last, end) = (Some(to), after);
    }
    end += usize::from(page.word(end) == "of");
    let (month, end) = month_at(page, end)?;
    // "10 May 25": a year in two figures, next to nothing else that it could be
    let short = match page.sort(end) {
        Sort::Number(year @ 0..=99) if page.word(end).len() == 2 && !page.glued(end + 1) => {
            Some((2000 + year as i32, end + 1))
        }
        Sort::Number(year @ 10..=39) if page.word(end).len() == 2 => Some((2000 + year as i32, end + 1)),
        _ => None,
    };
    let (year, end) = year_after(page, end).or(short).map_or((None, end), |(year, end)| (Some(year), end));
    match last {
        Some(last) => days_reading(page, at..end, year, month, (day, last)),
        None => day_reading(page, at..end, year, month, day),
    }
}

/// `time-day-again`
///
/// *What it reads:* the second day of a pair whose month is written once: "April 24 and 25", "February 16 or 17".
/// *Why:* the second day is a date of its own.
/// *Example:* "on February 16 or 17" gives two days.
/// *Misreadings:* "on March 5 and 20 people": a number before a noun counts things.
pub(super) fn day_again(page: &Page<'_>, at: usize) -> Option<Reading> {
    let (end, moment) = page.before?;
    let joined = end + 1 == at && page.follows(at, &["and", "or"]);
    let Moment::Day(before) = moment else { return None };
    let (day, next) = figure_day(page, at).filter(|_| joined)?;
    let counts = page.word(next).starts_with(char::is_alphabetic)
        && !page.is(
            next,
            &[
                "in", "at", "to", "of", "for", "with", "that", "which", "as", "when", "where", "and", "but", "by",
                "he", "she", "they", "it", "we",
            ],
        );
    if counts || day <= before.day() {
        return None;
    }
    let date = Date::new(before.year(), before.month(), day)?;
    Some(Reading::reckoned(at..next, Some(Moment::Day(date)), Some(before), "time-day-again"))
}

/// `time-numeric-date`
///
/// *What it reads:* "2024-02-28", "02/28/2024", "28.02.2024", "9/11".
/// *Why:* datelines, tables and captions write dates in figures.
/// *Example:* "28/02/2024" is `2024-02-28`; "9/11" is `2001-09-11`.
/// *Misreadings:* with both figures under thirteen, the month is taken to come first where a slash divides, the day where a stop does.
pub(super) fn numeric_date(page: &Page<'_>, at: usize) -> Option<Reading> {
    let rule = "time-numeric-date";
    let word = page.word(at);
    if !word.starts_with(|c: char| c.is_ascii_digit()) {
        return None;
    }
    let day = |year, month: i32, day: i32| {
        Date::new(year, u8::try_from(month).ok()?, u8::try_from(day).ok()?).map(Moment::Day)
    };
    if word == "9/11" {
        return Some(Reading::moment(at..at + 1, day(2001, 9, 11)?, rule));
    }
    let (date, clock) = word.split_once('t').unwrap_or((word, ""));
    let mark = date.chars().find(|c| !c.is_ascii_digit()).filter(|c| matches!(c, '-' | '/' | '.'))?;
    let mut parts = date.split(mark);
    let mut part = || {
        let part = parts.next()?;
        (part.len() <= 4 && part.bytes().all(|b| b.is_ascii_digit())).then(|| part.parse::<i32>().ok())?
    };
    let (first, second, third) = (part()?, part()?, part()?);
    if parts.next().is_some() || clock.bytes().any(|b| !b.is_ascii_digit() && !b":.z+-".contains(&b)) {
        return None;
    }
    let lengths = date.find(mark).unwrap_or(0);
    let moment = if lengths == 4 {
        day(first, second, third)
    } else {
        let written = date.rsplit(mark).next().map_or(0, str::len);
        let year = match written {
            4 => third,
            2 if mark == '/' => {
                if third < 50 {
                    2000 + third
                } else {
                    1900 + third
                }
            }
            _ => return None,
        };
        let american = mark == '/' && first <= 12;
        if american { day(year, first, second) } else { day(year, second, first) }
    };
    Some(Reading::moment(at..at + 1, moment?, rule))
}

/// Words after which a month's name is surely a month.
const BEFORE_MONTH: &[&str] = &[
    "in",
    "since",
    "by",
    "until",
    "till",
    "from",
    "to",
    "of",
    "last",
    "next",
    "this",
    "early",
    "late",
    "mid",
    "and",
    "or",
    "through",
    "between",
    "during",
    "before",
    "after",
    "for",
    "back",
    "each",
    "every",
    "earlier",
    "later",
    "an",
    "its",
    "till",
    "around",
    "throughout",
    "past",
    "end",
    "upcoming",
    "coming",
];

/// `time-month`
///
/// *What it reads:* "March", "in May", "mid-November", "March 2022", "January this year", "the month of May", "last April".
/// *Why:* much is dated by its month alone.
/// *Example:* "in December" in a report of May 2025 is `2024-12`, for the clause looks back.
/// *Misreadings:* "March" and "May" beginning a sentence are verbs or names; "Theresa May" and "April Smith" are people.
pub(super) fn month(page: &Page<'_>, at: usize) -> Option<Reading> {
    let rule = "time-month";
    let mut next = at;
    if page.word(at) == "the" && page.word(at + 1) == "month" && page.word(at + 2) == "of" {
        next = at + 3;
    }
    let asked = match page.word(next) {
        "last" | "next" | "this" => Some(page.word(next)),
        _ => None,
    };
    next += usize::from(asked.is_some() || page.is(next, &["past"]) && page.follows(next, &["this"]));
    let middle = page.middle(next);
    let (month, mut end) = if middle {
        let Sort::Month(month, _) = page.sort(next) else { return None };
        (month, next + 1)
    } else {
        month_at(page, next)?
    };
    if let Some((year, end)) = year_after(page, end).filter(|_| asked.is_none()) {
        // "April 7, 2020" was read as a day; here the month stands before its year
        return Some(Reading::moment(at..end, Moment::Month(year, month), rule));
    }
    let written = middle || matches!(page.sort(next), Sort::Month(_, true)) || page.back(end, 1).ends_with('.');
    if !written || day_at(page, end).is_some_and(|_| page.word(end).starts_with(|c: char| c.is_ascii_digit())) {
        return None;
    }
    let ambiguous = matches!(month, 3 | 5) || !matches!(page.sort(next), Sort::Month(_, true));
    let governed = middle || asked.is_some() || next > at || BEFORE_MONTH.contains(&page.back(next, 1));
    let person = page.capital(end) && !page.begins(end) && matches!(month, 4..=6 | 8) && !governed;
    let lower_after = page.word(end).starts_with(|c: char| c.is_lowercase());
    let stands = governed || !ambiguous && !person || month == 3 && page.follows(next, &["the"]) && lower_after;
    let named = page.capital(next.wrapping_sub(1)) && !page.begins(next - 1) && !governed && ambiguous;
    if !stands || named || page.begins(next) && ambiguous && !governed {
        return None;
    }
    if page.word(end) == "-" && page.word(end + 1) == "month" {
        end += 2;
    }
    let Some(today) = page.today else {
        return Some(Reading::value(at..end, TimeKind::Date, unknown_year(month, None), rule));
    };
    // "last April" is the April before this month; "next April" the one after
    let this = |shift: i32| Some(Moment::Month(today.year() + shift, month));
    let moment = match asked {
        Some("last") => this(-i32::from(month >= today.month())),
        Some("next") => this(i32::from(month <= today.month())),
        Some(_) => this(0),
        None if month == today.month() => this(0),
        None => nearest(page, at, |year| Date::new(year, month, 15)).map(|date| Moment::Month(date.year(), month)),
    };
    Some(Reading::reckoned(at..end, moment, Some(today), rule))
}

/// Words after which four figures are surely a year.
const BEFORE_YEAR: &[&str] = &[
    "in",
    "since",
    "by",
    "until",
    "till",
    "from",
    "to",
    "of",
    "early",
    "late",
    "mid",
    "and",
    "or",
    "through",
    "between",
    "during",
    "before",
    "after",
    "for",
    "back",
    "as",
    "(",
    "throughout",
    "than",
    "pre",
    "post",
    "into",
    "around",
    "–",
    "-",
    "summer",
    "spring",
    "winter",
    "autumn",
    "fall",
];

/// Words that four figures count when they follow them.
const COUNTED: &[&str] = &[
    "troops",
    "people",
    "soldiers",
    "men",
    "women",
    "km",
    "kilometers",
    "kilometres",
    "miles",
    "meters",
    "metres",
    "feet",
    "percent",
    "%",
    "tons",
    "tonnes",
    "dollars",
    "euros",
    "million",
    "billion",
    "hours",
    "days",
    "years",
    "times",
    "points",
    "pounds",
    "barrels",
    "gmt",
    "utc",
    "houses",
    "homes",
    "dead",
    "refugees",
    "prisoners",
    "children",
    "personnel",
    "vehicles",
    "drones",
    "shares",
    "workers",
    "members",
];

/// `time-year`
///
/// *What it reads:* "2014", "in 1948", "the year 2000", "mid-1996", "post-1959", "nineteen ninety-six".
/// *Why:* the past is told in years.
/// *Example:* "the 2001 invasion" is `2001`.
/// *Misreadings:* "2000 troops" and "$1990" count; a number after "about" or "some" is no year.
pub(super) fn year(page: &Page<'_>, at: usize) -> Option<Reading> {
    let rule = "time-year";
    let named = page.word(at) == "the" && page.word(at + 1) == "year"
        || page.word(at) == "year" && !page.follows(at, &["fiscal", "the"]);
    let next = if named { at + if page.word(at) == "the" { 2 } else { 1 } } else { at };
    let word = page.word(next);
    let stem = word.strip_prefix("mid-").or(word.strip_prefix("post-")).or(word.strip_prefix("pre-"));
    if let Some(year) = stem.filter(|stem| stem.len() == 4).and_then(|stem| stem.parse::<i32>().ok()) {
        return (1000..2150).contains(&year).then(|| Reading::moment(at..next + 1, Moment::Year(year), rule));
    }
    let (year, end) = year_at(page, next)?;
    let spelled = !word.starts_with(|c: char| c.is_ascii_digit());
    if named || spelled {
        let follows = spelled && !named && !page.follows(at, &["in", "since", "by", "until", "of", "from", "to"]);
        return (!follows).then(|| Reading::moment(at..end, Moment::Year(year), rule));
    }
    let governed = BEFORE_YEAR.contains(&page.back(at, 1));
    let counted = COUNTED.contains(&page.word(end))
        || page.follows(
            at,
            &[
                "about",
                "some",
                "nearly",
                "almost",
                "over",
                "approximately",
                "roughly",
                "$",
                "€",
                "£",
                "no.",
                "page",
                "#",
                "us$",
                "c$",
                "at",
                "up",
            ],
        )
        || page.follows(at, &["than"]) && !page.is(at.wrapping_sub(2), &["later", "earlier", "rather", "other"])
        || matches!(page.sort(at.wrapping_sub(1)), Sort::Number(_))
            && page.back(at, 1).starts_with(|c: char| c.is_ascii_digit())
        || page.capital(at.wrapping_sub(1)) && !page.begins(at - 1) && page.sort(at - 1) == Sort::Plain && !governed
        || page.is(end, &["-", "–"]) && matches!(page.sort(end + 1), Sort::Unit(_, false))
        || page.glued(at)
            && page.follows(at, &["-", "/", ".", ":"])
            && !matches!(page.sort(at.wrapping_sub(2)), Sort::Number(1000..=2150))
            && !page.back(at, 2).starts_with(char::is_alphabetic);
    let likely = (1900..=2060).contains(&year);
    let old = (1000..1900).contains(&year) && governed && !page.word(end).starts_with(char::is_alphabetic)
        || (1400..1900).contains(&year) && page.follows(at, &["in", "since", "(", "the"]);
    (!counted && (likely || old)).then(|| Reading::moment(at..end, Moment::Year(year), rule))
}

/// `time-decade`
///
/// *What it reads:* "the 1990s", "the late 1970s", "the '80s", "the nineties", "the 21st century", "this decade".
/// *Why:* wider than a year; the value keeps only the figures that are told.
/// *Example:* "the 1990s" is `199`; "the 20th century" is `19`.
/// *Misreadings:* "in her 20s" is an age; "Century" in a firm's name is part of the name.
pub(super) fn decade(page: &Page<'_>, at: usize) -> Option<Reading> {
    let rule = "time-decade";
    let mut next = at + usize::from(page.word(at) == "the");
    let article = next > at;
    let told = next;
    // "the early 1980s" keeps its article
    if article && page.is(next, &["early", "late", "mid"]) {
        next += 1;
        next += usize::from(page.word(next) == "-");
    }
    let read = |end: usize, moment: Moment| Some(Reading::moment(at..end, moment, rule));
    let word = page.word(next);
    let word = word.strip_prefix("mid-").unwrap_or(word);
    let paired = page.before.is_some_and(|(end, moment)| end + 1 == at && matches!(moment, Moment::Decade(_)));
    let quoted = word.strip_prefix('\'').or(word.strip_prefix('’')).or(word.strip_prefix('‘'));
    if let Some(figures) = quoted.unwrap_or(word).strip_suffix("0s")
        && figures.bytes().all(|b| b.is_ascii_digit())
    {
        return match (figures.len(), figures.parse::<i32>().ok()?) {
            (3, decade @ 100..=209) if !page.follows(at, &["his", "her", "their"]) => {
                read(next + 1, Moment::Decade(decade))
            }
            (1, decade @ 2..=9) if quoted.is_some() || decade >= 5 && (article || paired) => {
                read(next + 1, Moment::Decade(190 + decade))
            }
            _ => None,
        };
    }
    let spelled = ["twenties", "thirties", "forties", "fifties", "sixties", "seventies", "eighties", "nineties"];
    if let Some(decade) = spelled.iter().position(|name| *name == word).filter(|_| article) {
        return read(next + 1, Moment::Decade(192 + decade as i32));
    }
    if let (Sort::Ordinal(ordinal @ 2..=30), Sort::Unit(Unit::Century, false)) = (page.sort(next), page.sort(next + 1))
    {
        return read(next + 2, Moment::Century(ordinal as i32 - 1));
    }
    if page.word(told) == "this" {
        let unit = if page.word(told + 1) == "decisive" { told + 2 } else { told + 1 };
        let year = page.today?.year();
        let moment = match page.sort(unit) {
            Sort::Unit(Unit::Decade, false) => Moment::Decade(year / 10),
            Sort::Unit(Unit::Century, false) => Moment::Century(year / 100),
            _ => return None,
        };
        return Some(Reading::reckoned(at..unit + 1, Some(moment), page.today, rule));
    }
    None
}
