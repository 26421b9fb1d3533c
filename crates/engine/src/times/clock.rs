//! The time of day: "10:35 a.m.", "5 p.m. EST", "18:00 Moscow time", "noon Saturday", "midnight".
//!
//! In: a place on the page, and how to read a date near it. Out: a moment of a day.
//! A clock time belongs to the day that stands beside it, else to one named close by in the sentence, else to the day last told.
//! **Invariant:** a number is a clock time only beside a colon, "a.m." and its kin, "o'clock" or a time zone.

use core::ops::Range;

use super::TimeKind;
use super::calendar::{Date, Moment};
use super::lexicon::Sort;
use super::page::{Page, Reading};

/// A time of the clock as it is written.
#[derive(Clone, Copy)]
pub(super) struct Written {
    hour: u8,
    minute: u8,
    /// Whether it is told in Universal Time, which the value shows with a `Z`.
    universal: bool,
    /// One past its last word.
    pub end: usize,
}

impl Written {
    /// The reading of this clock time on a day.
    pub fn on(self, words: Range<usize>, date: Option<Date>, anchor: Option<Date>) -> Reading {
        let moment = date.map(|date| Moment::Clock(date, self.hour, self.minute));
        let mut reading = Reading::reckoned(words, moment, anchor, "time-clock");
        reading.kind = TimeKind::Time;
        if self.universal {
            reading.value = reading.value.map(|value| value + "Z");
        }
        reading
    }
}

/// The clock time that is written here.
pub(super) fn time_at(page: &Page<'_>, at: usize) -> Option<Written> {
    let written = |hour: u8, minute: u8, next: usize| {
        let universal = page.is(next, &["gmt", "utc"]);
        Written { hour, minute, universal, end: next + zone(page, next) }
    };
    let named = page.word(at);
    if matches!(named, "noon" | "midday" | "midnight") {
        // "high noon", "his noon blessing"
        let before = ["at", "until", "by", "before", "after", "around", "since", "from", "about", "till", "past"];
        let placed = page.follows(at, &before)
            || matches!(page.sort(at + 1), Sort::Weekday(..))
            || page.is(at + 1, &["on", "today", "yesterday", "tomorrow"]);
        return placed.then(|| written(if named == "midnight" { 24 } else { 12 }, 0, at + 1));
    }
    let word = page.word(at);
    let (hour, minute, colon) = match (word.split_once(':'), page.sort(at)) {
        (Some((hour, minute)), _) if hour.len() <= 2 && minute.len() == 2 => {
            (hour.parse::<u8>().ok()?, minute.parse::<u8>().ok()?, true)
        }
        (None, Sort::Number(hour @ 0..=24)) => (hour as u8, 0, false),
        (None, Sort::Number(clock @ 0..=2400))
            if word.len() == 4 && zone(page, at + 1) > 0 && !page.follows(at, &["("]) =>
        {
            ((clock / 100) as u8, (clock % 100) as u8, true)
        }
        _ => return None,
    };
    if hour > 24 || minute > 59 {
        return None;
    }
    let mut end = at + 1;
    let mut hour = hour;
    match (page.word(end), page.word(end + 1), page.word(end + 2)) {
        ("a.m." | "am" | "a.m", ..) if hour <= 12 => {
            (hour, end) = (hour % 12, end + 1);
        }
        ("p.m." | "pm" | "p.m", ..) if hour <= 12 => {
            (hour, end) = (hour % 12 + 12, end + 1);
        }
        ("o'clock" | "o’clock", ..) => {
            end += 1;
            (hour, end) = of_part(page, hour, end);
        }
        ("in", "the", "morning" | "afternoon" | "evening") if hour <= 12 => (hour, end) = of_part(page, hour, end),
        _ if colon && zone(page, end) > 0 => {}
        _ if colon
            && page
                .follows(at, &["at", "after", "before", "by", "until", "around", "from", "since", "about", "to"]) => {}
        _ => return None,
    }
    Some(written(hour, minute, end))
}

/// "in the evening" after an hour.
fn of_part(page: &Page<'_>, hour: u8, at: usize) -> (u8, usize) {
    match (page.word(at), page.word(at + 1), page.word(at + 2)) {
        ("in", "the", "morning") => (hour % 12, at + 3),
        ("in", "the", "afternoon" | "evening") => (hour % 12 + 12, at + 3),
        _ => (hour, at),
    }
}

/// How many words name a time zone here.
fn zone(page: &Page<'_>, at: usize) -> usize {
    match page.word(at) {
        "gmt" | "utc" | "est" | "edt" | "cet" | "cest" | "msk" | "bst" | "eest" | "eet" | "pst" | "pdt" | "cst"
        | "cdt" => 1,
        "et" | "pt" if page.capital(at) => 1,
        "local" | "eastern" | "pacific" | "central" | "universal" if page.word(at + 1) == "time" => 2,
        word if !word.is_empty() && page.capital(at) && page.word(at + 1) == "time" => 2,
        _ => 0,
    }
}

/// `time-clock`
///
/// *What it reads:* "10:35 a.m.", "4:00 p.m. EDT Monday", "18:00 Kyiv time", "noon", "17 o'clock", "4 in the morning".
/// *Why:* attacks and announcements are told to the minute; the zone is kept in the words, the value is the local clock.
/// *Example:* "at 7am on Saturday" is `2022-01-29T07:00`.
/// *Misreadings:* scores ("2:1") and verses; a time in brackets that repeats another in a second zone.
pub(super) fn clock(page: &Page<'_>, at: usize, date_at: &dyn Fn(usize) -> Option<Reading>) -> Option<Reading> {
    let loose = page.is(at, &["around", "after"]);
    let written = time_at(page, at + usize::from(loose))?;
    let end = written.end;
    let beside = end + usize::from(page.is(end, &["on", ","]));
    if let Some(day) = date_at(beside)
        && let Some(date) = day.moment.and_then(Moment::day)
    {
        return Some(written.on(at..day.words.end, Some(date), day.anchor));
    }
    let here = |index: &usize| page.sentence(*index) == page.sentence(at);
    let ahead = (end..end + 8).take_while(here).find_map(date_at);
    let date = ahead.and_then(|day| day.moment).or(page.latest).and_then(Moment::day).or(page.today);
    Some(written.on(at..end, date, date))
}
