//! Days near the report's own: "Friday", "Thursday night", "yesterday", "this morning", "overnight", "the day before".
//!
//! In: a place on the page. Out: a day or a part of one, reckoned from the day of publication or the last day told.
//! A weekday is the nearest one before publication where the clause looks back and the nearest after where it looks ahead;
//! the publication's own weekday is that very day.
//! **Invariant:** without a day to reckon from, nothing here gets a value.

use core::ops::Range;

use super::Tense;
use super::calendar::{Date, DayPart, Moment, Unit};
use super::lexicon::Sort;
use super::page::{Page, Reading};

/// The part of the day that is named here; where it ends. "morning hours" is a morning.
fn part_at(page: &Page<'_>, at: usize) -> Option<(DayPart, usize)> {
    match page.sort(at) {
        Sort::Part(part) if !page.word(at).ends_with('s') => Some((part, at + 1)),
        _ => None,
    }
}

/// A day, or the part of it that follows: "Friday", "Friday morning", "Friday in the evening"; its reading.
fn with_part(page: &Page<'_>, words: Range<usize>, date: Option<Date>, rule: &'static str) -> Reading {
    let glue = usize::from(page.is(words.end, &["-", "–"]));
    match part_at(page, words.end + glue) {
        Some((part, end)) => {
            Reading::reckoned(words.start..end, date.map(|date| Moment::Part(date, part)), page.today, rule)
        }
        None => Reading::reckoned(words, date.map(Moment::Day), page.today, rule),
    }
}

/// A weekday in the present tense is a plan: "goes to Moscow on Tuesday".
fn ahead(tense: Tense) -> bool {
    matches!(tense, Tense::Future | Tense::Present)
}

/// `time-weekday`
///
/// *What it reads:* "Friday", "on Thursday night", "last Monday", "this coming Sunday", "the previous Friday".
/// *Why:* news dates nearly everything by the weekday.
/// *Example:* "on Thursday night" in a report of Friday, 14 March 2025 is `2025-03-13TNI`.
/// *Misreadings:* "Black Friday" and "Friday" as a name; a weekday ahead whose clause has no future in it.
pub(super) fn weekday(page: &Page<'_>, at: usize) -> Option<Reading> {
    let rule = "time-weekday";
    let mut next = at;
    let mut asked = "";
    if page.word(next) == "the" && page.is(next + 1, &["previous", "following", "preceding", "next", "past", "last"]) {
        next += 1;
    }
    if page.is(next, &["last", "next", "this", "previous", "following", "preceding", "past", "coming", "same"]) {
        asked = page.word(next);
        next += 1;
        if asked == "this" && page.is(next, &["coming", "past"]) {
            asked = if page.word(next) == "coming" { "next" } else { "last" };
            next += 1;
        }
    }
    let Sort::Weekday(day, false) = page.sort(next) else { return None };
    if page.follows(next, &["black", "super", "ash", "palm", "bloody"]) && page.capital(next.wrapping_sub(1)) {
        return None;
    }
    let Some(today) = page.today else { return Some(with_part(page, at..next + 1, None, rule)) };
    let before = |from: Date| from.plus(-1)?.back_to(day);
    let after = |from: Date| from.plus(1)?.on_to(day);
    let told = page.latest.and_then(Moment::day).unwrap_or(today);
    let date = match asked {
        "last" | "past" => before(today),
        "next" | "coming" => after(today),
        "this" => today.on_to(day),
        // "from Friday to Sunday"
        "" if page.is(next.wrapping_sub(1), &["to", "through", "-", "–", "until"]) => match page.before {
            Some((end, Moment::Day(from))) if end + 1 == next => after(from),
            _ if ahead(page.tense(next)) => today.on_to(day),
            _ => today.back_to(day),
        },
        "" if page.is(next + 1, &["'s", "’s"]) && !super::tense::announced(page, next) => today.back_to(day),
        "previous" | "preceding" => before(told),
        "following" => after(told),
        _ if ahead(page.tense(next)) => today.on_to(day),
        _ => today.back_to(day),
    };
    Some(with_part(page, at..next + 1, date, rule))
}

/// `time-near-day`
///
/// *What it reads:* "today", "yesterday", "tomorrow morning", "the day after tomorrow", "tonight", "last night", "this evening".
/// *Why:* these count from the day of publication.
/// *Example:* "yesterday evening" in a report of 14 March is `2025-03-13TEV`.
/// *Misreadings:* "today" in the sense of "nowadays" is dated all the same; "USA Today" is a newspaper.
pub(super) fn near_day(page: &Page<'_>, at: usize) -> Option<Reading> {
    let rule = "time-near-day";
    let day = |shift: i32| page.today.and_then(|today| today.plus(shift));
    let part = |end: usize, shift: i32, part: DayPart| {
        Some(Reading::reckoned(at..end, day(shift).map(|date| Moment::Part(date, part)), page.today, rule))
    };
    match (page.word(at), page.word(at + 1), page.word(at + 2)) {
        ("today", ..) => {
            let paper = page.capital(at) && !page.begins(at) && page.back(at, 1).ends_with(char::is_alphanumeric);
            (!paper).then(|| with_part(page, at..at + 1, day(0), rule))
        }
        ("yesterday", ..) => Some(with_part(page, at..at + 1, day(-1), rule)),
        ("tomorrow", ..) => Some(with_part(page, at..at + 1, day(1), rule)),
        ("tonight", ..) => part(at + 1, 0, DayPart::Night),
        ("last", "night" | "evening", _) => part(at + 2, -1, part_at(page, at + 1)?.0),
        ("this", "morning" | "afternoon" | "evening", _) => part(at + 2, 0, part_at(page, at + 1)?.0),
        ("day", "before" | "after", "yesterday" | "tomorrow") | ("the", "day", "before" | "after") => {
            let start = at + usize::from(page.word(at) == "the");
            let ahead = match (page.word(start + 1), page.word(start + 2)) {
                ("before", "yesterday") => -2,
                ("after", "tomorrow") => 2,
                ("before", "tomorrow") | ("after", "yesterday") => 0,
                _ => return None,
            };
            Some(with_part(page, at..start + 3, day(ahead), rule))
        }
        _ => None,
    }
}

/// `time-overnight`
///
/// *What it reads:* "overnight", "during the night", "in the early hours".
/// *Why:* reports of attacks are written in the morning and tell of the night before: the night that began the day before
/// publication, or on the day before the one named ("overnight into Monday").
/// *Example:* "Russia launched 90 drones overnight" in a report of 14 March is `2025-03-13TNI`.
/// *Misreadings:* "became famous overnight" means suddenly.
pub(super) fn overnight(page: &Page<'_>, at: usize) -> Option<Reading> {
    let end = match (page.word(at), page.word(at + 1), page.word(at + 2)) {
        ("overnight", ..) => at + 1,
        ("during", "the", "night") => at + 3,
        _ => return None,
    };
    let named = match page.sort(end + 1) {
        Sort::Weekday(day, _) if page.is(end, &["into", "to"]) => page.today.and_then(|today| today.back_to(day)),
        _ => page.today,
    };
    let night = named.and_then(|date| date.plus(-1)).map(|date| Moment::Part(date, DayPart::Night));
    Some(Reading::reckoned(at..end, night, page.today, "time-overnight"))
}

/// `time-part-of-day`
///
/// *What it reads:* "in the morning", "the night of February 3", "the morning of March 9", "the afternoon".
/// *Why:* a part of the day belongs to the day it names, else to the last day told, else to the day of publication.
/// *Example:* "in the morning" after "on Thursday" is that Thursday's morning.
/// *Misreadings:* "in the evening of his life"; a habit ("he reads in the evening").
pub(super) fn part_of_day(page: &Page<'_>, at: usize) -> Option<Reading> {
    let rule = "time-part-of-day";
    let start = at + usize::from(page.word(at) == "in");
    let (part, end) = part_at(page, start + 1).filter(|_| page.is(start, &["the", "that"]))?;
    if page.word(end) == "of" {
        if start > at {
            return None;
        }
        let day = super::dates::month_day(page, end + 1).or_else(|| weekday(page, end + 1))?;
        let date = day.moment.and_then(Moment::day);
        return Some(Reading::reckoned(at..day.words.end, date.map(|date| Moment::Part(date, part)), page.today, rule));
    }
    if part == DayPart::Night || start == at && page.is(end, &["before", "after"]) {
        return None;
    }
    // "the morning session"
    if start == at
        && page.word(end).starts_with(char::is_alphabetic)
        && !page.is(end, &["to", "and", "when", "as", "he", "she", "they", "in", "at", "that"])
    {
        return None;
    }
    let date = page.latest.and_then(Moment::day).or(page.today);
    Some(Reading::reckoned(at..end, date.map(|date| Moment::Part(date, part)), date, rule))
}

/// `time-day-told`
///
/// *What it reads:* "the day before", "the next day", "the following morning", "that same day", "the previous night", "this day".
/// *Why:* such days count from the last day that the text has told.
/// *Example:* "on 13 March ... the next day" is `2025-03-14`.
/// *Misreadings:* "the day before the vote" counts from an event and is left alone.
pub(super) fn day_told(page: &Page<'_>, at: usize) -> Option<Reading> {
    let rule = "time-day-told";
    let told = page.latest.and_then(Moment::day).or(page.today);
    let read = |end: usize, shift: i32| {
        let moment = told.and_then(|date| date.plus(shift)).map(Moment::Day);
        Some(Reading::reckoned(at..end, moment, told, rule))
    };
    let closes = |end: usize| !page.word(end).starts_with(char::is_alphanumeric) || page.begins(end);
    match (page.word(at), page.word(at + 1), page.word(at + 2)) {
        ("the", "day", "before") if closes(at + 3) => read(at + 3, -1),
        ("the", "day", "after") if closes(at + 3) => read(at + 3, 1),
        ("the", "night" | "evening", "before") if closes(at + 3) => {
            let part = part_at(page, at + 1)?.0;
            let moment = told.and_then(|date| date.plus(-1)).map(|date| Moment::Part(date, part));
            Some(Reading::reckoned(at..at + 3, moment, told, rule))
        }
        ("the", "next" | "following" | "previous" | "preceding", _) => {
            let shift = if page.is(at + 1, &["next", "following"]) { 1 } else { -1 };
            if page.word(at + 2) == "day" {
                return read(at + 3, shift);
            }
            let (part, end) = part_at(page, at + 2)?;
            let moment = told.and_then(|date| date.plus(shift)).map(|date| Moment::Part(date, part));
            Some(Reading::reckoned(at..end, moment, told, rule))
        }
        ("that" | "the", "same", "day") => read(at + 3, 0),
        ("that", "day", _) if page.follows(at, &["on", "earlier", "later", "until", "since"]) || page.begins(at) => {
            read(at + 2, 0)
        }
        ("this", "day", _) if page.follows(at, &["on"]) => {
            Some(Reading::reckoned(at..at + 2, page.now(), page.today, rule))
        }
        ("the", "day", _)
            if page.follows(at, &["in"]) && page.is(at.wrapping_sub(2), &["earlier", "later", "early", "late"]) =>
        {
            read(at + 2, 0)
        }
        ("the" | "that", "same", "week" | "month" | "year") | ("that", "week" | "month" | "year", _) => {
            let unit_at = at + 1 + usize::from(page.word(at + 1) == "same");
            let Sort::Unit(unit, _) = page.sort(unit_at) else { return None };
            let latest = page.latest.or_else(|| page.now());
            let moment = latest.and_then(|latest| latest.widened(unit));
            Some(Reading::reckoned(at..unit_at + 1, moment, latest.and_then(Moment::day), rule))
        }
        _ => None,
    }
}

/// `time-weekend`
///
/// *What it reads:* "the weekend", "this weekend", "last weekend", "over the weekend".
/// *Why:* Saturday and Sunday of a week; with "the" the nearest one that the tense allows.
/// *Example:* "over the weekend" on Monday 17 March 2025 is `2025-W11-WE`.
/// *Misreadings:* "the weekend edition".
pub(super) fn weekend(page: &Page<'_>, at: usize) -> Option<Reading> {
    if page.sort(at + 1) != Sort::Unit(Unit::Weekend, false)
        || !page.is(at, &["the", "this", "last", "next", "past", "coming"])
    {
        return None;
    }
    let today = page.today;
    let of = |shift: i32| {
        let (year, week) = today?.plus(7 * shift)?.week();
        Some(Moment::Weekend(year, week))
    };
    let ending = today.is_some_and(|today| today.weekday() >= 6);
    let moment = match page.word(at) {
        "last" | "past" => of(-1),
        "next" => of(1),
        "this" | "coming" => of(0),
        _ if ending || page.follows(at, &["of"]) || page.tense(at) == Tense::Future => of(0),
        _ => of(-1),
    };
    Some(Reading::reckoned(at..at + 2, moment, today, "time-weekend"))
}
