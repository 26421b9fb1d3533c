//! Times: the expressions of a report that say when, and what they mean.
//!
//! In: the text, its sentences and tokens, the tense of clauses, and the day of publication. Out: times in text order, each
//! with its TIMEX3 value.
//! One walk over the words: at each word every family of rules may read, the longest reading wins, and what it names is
//! remembered for what follows ("two days later"). Words that lead in ("early", "the end of") are read once for all families.
//! **Invariant:** no two times overlap, none crosses a sentence, and a value that hangs on an untold day is left out.

pub mod calendar;
mod clock;
mod dates;
mod days;
mod durations;
mod holidays;
mod lexicon;
mod page;
mod periods;
mod relative;
mod tense;

use alloc::string::String;
use alloc::vec::Vec;

pub use calendar::{Date, Published};

use crate::sentences::Sentence;
use crate::span::Span;
use crate::tokens::Token;
use calendar::{DayPart, Moment, Unit};
use lexicon::Sort;
use page::{Page, Reading};

/// A time expression and its meaning.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Time {
    /// Its words, in bytes of the text.
    pub span: Span,
    /// The TIMEX3 type.
    pub kind: TimeKind,
    /// The TIMEX3 value; `None` where it hangs on a day that nobody told (the doubt `undated`).
    pub value: Option<String>,
    /// The day that a relative expression was reckoned from.
    pub anchor: Option<Date>,
    /// The code of the rule that read it.
    pub rule: &'static str,
}

/// The TIMEX3 type of a time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum TimeKind {
    /// A day, or anything wider; parts of the day too, as the gold has them.
    Date,
    /// A time of the clock.
    Time,
    /// A stretch of time.
    Duration,
    /// Something that comes round.
    Set,
}

impl TimeKind {
    /// The word that TIMEX3 uses.
    pub fn name(self) -> &'static str {
        match self {
            TimeKind::Date => "DATE",
            TimeKind::Time => "TIME",
            TimeKind::Duration => "DURATION",
            TimeKind::Set => "SET",
        }
    }
}

/// Which way a clause looks from the time of writing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tense {
    /// It tells what has been.
    Past,
    /// It tells what is.
    Present,
    /// It tells what is to come.
    Future,
    /// The grammar cannot say; the room then looks at the nearest verbs itself.
    Unknown,
}

/// Finds and resolves the times of a text.
///
/// `tense` is asked for the tense of the clause that holds a token, by the token's number. Without `published`, the first full
/// date near the beginning of the text (its dateline) is reckoned from.
pub fn resolve(
    text: &str,
    sentences: &[Sentence],
    tokens: &[Token],
    tense: &dyn Fn(usize) -> Tense,
    published: Option<Published>,
) -> Vec<Time> {
    let mut page = Page::new(text, sentences, tokens, tense, published.map(|published| published.date));
    if page.today.is_none() {
        page.today = dateline(&page);
    }
    let mut times = Vec::new();
    let mut at = 0;
    while at < page.len() {
        let Some(reading) = longest(&page, at) else {
            at += 1;
            continue;
        };
        at = reading.words.end;
        remember(&mut page, &reading);
        let Reading { words, kind, value, anchor, rule, .. } = reading;
        times.push(Time { span: page.span(&words), kind, value, anchor, rule });
    }
    times
}

/// How many words from the beginning a dateline may stand.
const HEAD: usize = 60;

/// The first full date of the text's head.
fn dateline(page: &Page<'_>) -> Option<Date> {
    let full = |at: usize| dates::month_day(page, at).or_else(|| dates::numeric_date(page, at));
    (0..page.len().min(HEAD)).filter_map(full).find_map(|reading| reading.moment.and_then(Moment::day))
}

/// The longest reading that begins at a word; of equals, the first family's.
fn longest(page: &Page<'_>, at: usize) -> Option<Reading> {
    let direct = plain(page, at);
    let led = led_in(page, at);
    [direct, led].into_iter().flatten().max_by_key(|reading| reading.words.end)
}

/// One family's way of reading.
type Rule = fn(&Page<'_>, usize) -> Option<Reading>;

/// Every family, those that know most about a word first.
const FAMILIES: &[Rule] = &[
    dates::numeric_date,
    dates::month_day,
    dates::day_again,
    days::near_day,
    days::day_told,
    days::part_of_day,
    days::overnight,
    durations::set,
    days::weekday,
    days::weekend,
    holidays::holiday,
    periods::fiscal_year,
    periods::quarter,
    periods::season,
    dates::decade,
    dates::month,
    dates::year,
    relative::year_end,
    relative::distance,
    relative::some_day,
    relative::unit,
    durations::duration,
    durations::some_units,
    relative::reference,
];

/// A reading without a word that leads in.
fn plain(page: &Page<'_>, at: usize) -> Option<Reading> {
    let mut best = timed(page, at);
    for rule in FAMILIES {
        let Some(reading) = rule(page, at).filter(|reading| page.together(&reading.words)) else { continue };
        if best.as_ref().is_none_or(|best| reading.words.end > best.words.end) {
            best = Some(reading);
        }
    }
    best
}

/// A day that a clock time may belong to.
fn day(page: &Page<'_>, at: usize) -> Option<Reading> {
    [dates::month_day, days::near_day, days::weekday, dates::numeric_date].into_iter().find_map(|rule| rule(page, at))
}

/// A clock time, alone, before its day ("9 a.m. Tuesday") or after it ("Monday, June 6, at 4 p.m.").
fn timed(page: &Page<'_>, at: usize) -> Option<Reading> {
    let date_at = |at: usize| day(page, at);
    if let Some(reading) = clock::clock(page, at, &date_at) {
        return Some(reading).filter(|reading| page.together(&reading.words));
    }
    let day = day(page, at)?;
    let mut next = day.words.end;
    next += usize::from(page.word(next) == ",");
    next += usize::from(page.word(next) == "at");
    let written = clock::time_at(page, next)?;
    let reading = written.on(at..written.end, day.moment.and_then(Moment::day), day.anchor);
    Some(reading).filter(|reading| page.together(&reading.words))
}

/// Where within a moment a word that leads in points.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Lead {
    Early,
    Late,
    /// "later", "earlier", "the end of", "mid", "around": the span widens, the value stays
    Within,
}

/// The words that lead in here; where they end.
fn lead_at(page: &Page<'_>, at: usize) -> Option<(Lead, usize)> {
    let mut next = at;
    let article = page.word(next) == "the";
    next += usize::from(article);
    let lead = match page.word(next) {
        "early" if page.word(next + 1) == "hours" && page.word(next + 2) == "of" => {
            return Some((Lead::Early, next + 3));
        }
        "early" => Lead::Early,
        "late" => Lead::Late,
        "later" | "earlier" | "mid" | "sometime" | "around" if !article => Lead::Within,
        "mid" => Lead::Within,
        "end" | "beginning" | "start" | "middle" | "close" | "outset" if page.word(next + 1) == "of" => {
            return Some((Lead::Within, next + 2));
        }
        _ => return None,
    };
    next += 1;
    // "early on Friday", "late-November", "earlier in February"
    next += usize::from(page.is(next, &["on", "in", "-"]));
    Some((lead, next))
}

/// A reading with words that lead in: "early Friday", "the end of the year", "later this month".
fn led_in(page: &Page<'_>, at: usize) -> Option<Reading> {
    let (lead, next) = lead_at(page, at)?;
    let mut reading = plain(page, next)?;
    let moment = reading.moment?;
    // "to get around Wednesday's ruling"
    if page.word(at) == "around" && matches!(page.sort(next), Sort::Weekday(..) | Sort::Plain) {
        return None;
    }
    let part = match (lead, moment) {
        (Lead::Early, Moment::Day(date)) => Some(Moment::Part(date, DayPart::Morning)),
        (Lead::Late, Moment::Day(date)) => Some(Moment::Part(date, DayPart::Night)),
        _ => None,
    };
    if let Some(part) = part {
        reading.moment = Some(part);
        reading.value = Some(part.value());
    }
    reading.words.start = at;
    Some(reading).filter(|reading| page.together(&reading.words))
}

/// Keeps what a reading named, for the readings after it.
fn remember(page: &mut Page<'_>, reading: &Reading) {
    page.before = reading.moment.map(|moment| (reading.words.end, moment));
    if let Some(moment) = reading.moment {
        page.latest = Some(moment);
        // the quarter that an older one is compared with stays the one told
        let older =
            matches!((page.period, moment), (Some(Moment::Quarter(told, _)), Moment::Quarter(year, _)) if year < told);
        if matches!(moment, Moment::Quarter(..)) && !older {
            page.period = Some(moment);
        }
    }
    // "for the nine months ... a year earlier": figures are no longer those of a quarter
    let months = matches!(page.sort(reading.words.end - 1), Sort::Unit(Unit::Month | Unit::Year, _));
    if reading.kind == TimeKind::Duration && months && page.is(reading.words.start, &["the"]) {
        page.period = page.shifted(Unit::Year, 0);
    }
}

/// Every rule of this room: its code, and what `explain` says of it.
pub const RULES: &[(&str, &str)] = &[
    (
        "time-numeric-date",
        "A date in figures: 2024-02-28, 02/28/2024, 28.02.2024, 9/11. With a slash the month comes first unless it cannot.",
    ),
    (
        "time-month-day",
        "A day of a month: Feb. 28, 2024; 28 February; March 9-11. A missing year is the nearest that the clause's tense allows.",
    ),
    ("time-day-again", "The second day of a pair whose month is written once: February 16 or 17."),
    (
        "time-near-day",
        "Today, yesterday, tomorrow, tonight, last night, this morning: counted from the day of publication.",
    ),
    ("time-day-told", "The day before, the next day, that same year: counted from the last moment that the text told."),
    ("time-part-of-day", "In the morning, the night of February 3: a part of the day named, or of the last day told."),
    ("time-overnight", "Overnight: the night before publication, or before the day it runs into."),
    ("time-set", "What comes round: every day, each Thursday, daily, $5 billion a year."),
    (
        "time-weekday",
        "A weekday, alone or with a part of the day: the nearest before publication, or after it where the clause looks ahead.",
    ),
    ("time-weekend", "The weekend, this weekend, last weekend: Saturday and Sunday of a week."),
    (
        "time-holiday",
        "A feast or memorial day known by name, where its date can be computed; lunar feasts are left out.",
    ),
    ("time-fiscal-year", "Fiscal 1989, FY 2021: written as the year by which it is named."),
    ("time-quarter", "Quarters and halves of a year, and the quarter or period told last."),
    ("time-season", "Last fall, the spring of 2022: a season; a winter is named after the year in which it begins."),
    ("time-decade", "The 1990s, the '80s, the 21st century: the figures of the year that are told."),
    ("time-month", "A month, with or without its year: the nearest that the clause's tense allows."),
    ("time-year", "Four figures that are a year and not a count."),
    ("time-year-end", "Year-end: the last day of the year."),
    ("time-distance", "Two years ago, a year earlier, two days later: as wide as the unit in the words."),
    ("time-some-day", "One day, in a clause that looks ahead: some time to come."),
    (
        "time-relative-unit",
        "Last week, this year, the following month: counted from publication or from the last moment told.",
    ),
    ("time-duration", "An amount of a unit: 30-day, more than three years, the past 48 hours."),
    ("time-some-units", "Units without a number: for weeks, decades-long."),
    ("time-reference", "Now, recently, the future: before, at or after the time of writing, without measure."),
    ("time-clock", "A time of day beside a colon, a.m. or p.m., o'clock or a time zone, on the day named beside it."),
];

#[cfg(test)]
mod tests;
