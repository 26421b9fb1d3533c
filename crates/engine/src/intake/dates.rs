//! Dates: a date as people and pages print it becomes a date that sorts.
//!
//! In: a few words. Out: an ISO 8601 date, with the time of day where it was told in that form.
//! Month names, weekdays and ordinals are read in English; of numbers only an order that can mean one thing is read, so that
//! 03/04/2025 stays unread while 25/04/2025 does not.
//! **Invariant:** a day that the calendar does not have is never returned.

use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

const MONTHS: [&str; 12] = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
];
const WEEKDAYS: [&str; 7] = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];

/// A day as it is printed; the year may be left to the reader.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Day {
    /// The year, where it is printed.
    pub year: Option<u16>,
    /// The month, from 1.
    pub month: u8,
    /// The day of the month, from 1.
    pub day: u8,
}

impl Day {
    /// The day as `YYYY-MM-DD`; none where the year is not printed.
    pub fn iso(&self) -> Option<String> {
        self.year.map(|year| format!("{year:04}-{:02}-{:02}", self.month, self.day))
    }
}

/// The date, or date and time, that the words are; none where they are anything else, or a day that does not exist.
pub fn iso(words: &str) -> Option<String> {
    let words = words.trim();
    if let Some((day, rest)) = numbered(words) {
        let day = day.iso()?;
        let rest = rest.trim();
        return if rest.is_empty() { Some(day) } else { clock(rest).map(|clock| format!("{day}T{clock}")) };
    }
    let (day, rest) = printed(words)?;
    // the time of day behind a printed date is not told in a form that sorts; the day is
    let rest = rest.trim();
    let known =
        rest.is_empty() || rest.len() <= 40 && rest.chars().any(|c| c.is_ascii_digit()) && rest.contains([':', '.']);
    if known { day.iso() } else { None }
}

/// The day printed at the beginning of the words, and what follows it.
pub fn printed(words: &str) -> Option<(Day, &str)> {
    let mut rest = words.trim_start();
    if let Some((weekday, after)) = word(rest).filter(|(word, _)| names(&WEEKDAYS, word, 3).is_some()) {
        let after = after.strip_prefix('.').filter(|_| weekday.len() <= 5).unwrap_or(after);
        rest = after.trim_start().trim_start_matches(',').trim_start();
    }
    if let Some(found) = numbered(rest) {
        return Some(found);
    }
    if let Some((month, after)) = month(rest) {
        let (day, after) = number(after.trim_start())?;
        let after = ordinal(after);
        let (year, after) = year(after).map_or((None, after), |(year, after)| (Some(year), after));
        return valid(year, month, day).map(|day| (day, after));
    }
    let (day, after) = number(rest)?;
    let after = ordinal(after).trim_start().trim_start_matches('-');
    let after = after.strip_prefix("of ").unwrap_or(after);
    let (month, after) = month(after)?;
    let (year, after) = year(after).map_or((None, after), |(year, after)| (Some(year), after));
    valid(year, month, day).map(|day| (day, after))
}

/// A date in numbers: year first, or an order that can mean one thing only.
fn numbered(words: &str) -> Option<(Day, &str)> {
    let digits = words.bytes().take_while(u8::is_ascii_digit).count();
    if digits == 8 {
        let part = |range: core::ops::Range<usize>| words[range].parse::<u16>().ok();
        return valid(Some(part(0..4)?), part(4..6)? as u8, part(6..8)? as u8).map(|day| (day, &words[8..]));
    }
    let mark = words[digits..].chars().next().filter(|c| matches!(c, '-' | '/' | '.'))?;
    let first: u16 = words[..digits].parse().ok()?;
    let (second, rest) = number(&words[digits + 1..])?;
    let rest = rest.strip_prefix(mark)?;
    let length = rest.bytes().take_while(u8::is_ascii_digit).count();
    let third: u16 = rest[..length].parse().ok()?;
    let rest = &rest[length..];
    if digits == 4 && length <= 2 {
        return valid(Some(first), second, third as u8).map(|day| (day, rest));
    }
    if digits > 2 || length != 4 {
        return None;
    }
    let first = first as u8;
    match (first <= 12, second <= 12) {
        (true, true) if first != second => None,
        (true, _) => valid(Some(third), first, second).map(|day| (day, rest)),
        _ => valid(Some(third), second, first).map(|day| (day, rest)),
    }
}

/// The time of day behind an ISO date, in the same form: `hh:mm:ss` and the zone where one is told.
fn clock(words: &str) -> Option<String> {
    let words = words.strip_prefix(['T', 't']).unwrap_or(words);
    let pair = |at: usize| words.get(at..at + 2).filter(|p| p.bytes().all(|b| b.is_ascii_digit()))?.parse::<u8>().ok();
    let colon = |at: usize| words.as_bytes().get(at) == Some(&b':');
    let (hour, minute) = (pair(0).filter(|hour| *hour < 24)?, pair(3).filter(|minute| colon(2) && *minute < 60)?);
    let (second, mut rest) = if colon(5) { (pair(6).filter(|s| *s <= 60)?, &words[8..]) } else { (0, &words[5..]) };
    if let Some(fraction) = rest.strip_prefix(['.', ',']) {
        let digits = fraction.bytes().take_while(u8::is_ascii_digit).count();
        rest = &fraction[digits..];
    }
    let zone = match rest.trim() {
        "" => String::new(),
        "Z" | "z" | "UTC" | "GMT" => "Z".into(),
        told => {
            let sign = told.chars().next().filter(|c| matches!(c, '+' | '-'))?;
            let digits: String = told[1..].chars().filter(|c| *c != ':').collect();
            let fits = digits.bytes().all(|b| b.is_ascii_digit()) && matches!(digits.len(), 2 | 4);
            let (hours, minutes) = digits.split_at_checked(2).filter(|_| fits)?;
            let minutes = if minutes.is_empty() { "00" } else { minutes };
            (hours <= "14" && minutes < "60").then(|| format!("{sign}{hours}:{minutes}"))?
        }
    };
    Some(format!("{hour:02}:{minute:02}:{second:02}{zone}"))
}

fn valid(year: Option<u16>, month: u8, day: u8) -> Option<Day> {
    if year.is_some_and(|year| !(1000..=2999).contains(&year)) {
        return None;
    }
    let leap = year.is_none_or(|year| year % 4 == 0 && (year % 100 != 0 || year % 400 == 0));
    let days = match month {
        1 | 3 | 5 | 7 | 8 | 10 | 12 => 31,
        4 | 6 | 9 | 11 => 30,
        2 if leap => 29,
        2 => 28,
        _ => return None,
    };
    (1..=days).contains(&day).then_some(Day { year, month, day })
}

fn word(words: &str) -> Option<(&str, &str)> {
    let end = words.find(|c: char| !c.is_ascii_alphabetic()).unwrap_or(words.len());
    (end > 0).then(|| words.split_at(end))
}

/// A number of one or two digits.
fn number(words: &str) -> Option<(u8, &str)> {
    let end = words.bytes().take_while(u8::is_ascii_digit).count();
    if !(1..=2).contains(&end) {
        return None;
    }
    Some((words[..end].parse().ok()?, &words[end..]))
}

fn ordinal(words: &str) -> &str {
    ["st", "nd", "rd", "th"].iter().find_map(|ending| words.strip_prefix(ending)).unwrap_or(words)
}

fn month(words: &str) -> Option<(u8, &str)> {
    let (name, rest) = word(words)?;
    let month = names(&MONTHS, name, 3)?;
    let rest = if name.len() < MONTHS[month].len() { rest.strip_prefix('.').unwrap_or(rest) } else { rest };
    Some((month as u8 + 1, rest))
}

/// A year of four digits behind a comma, a hyphen or a space.
fn year(words: &str) -> Option<(u16, &str)> {
    let after = words.trim_start_matches([',', ' ', '-', '\u{a0}']);
    let digits = after.bytes().take_while(u8::is_ascii_digit).count();
    if digits != 4 || after.len() == words.len() {
        return None;
    }
    after[..4].parse().ok().filter(|year| (1000..=2999).contains(year)).map(|year| (year, &after[4..]))
}

/// Which of the names a word is, whole or shortened to at least some letters.
fn names(all: &[&str], word: &str, least: usize) -> Option<usize> {
    let word = word.to_ascii_lowercase();
    let matching: Vec<usize> = (0..all.len())
        .filter(|index| all[*index] == word || word.len() >= least && word.len() <= 5 && all[*index].starts_with(&word))
        .collect();
    matching.first().copied()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn printed_dates_become_dates_that_sort() {
        let cases = [
            ("2025-03-14", "2025-03-14"),
            ("2025/3/4", "2025-03-04"),
            ("20250314", "2025-03-14"),
            ("14 March 2025", "2025-03-14"),
            ("March 14, 2025", "2025-03-14"),
            ("Mar. 14th, 2025", "2025-03-14"),
            ("Fri, 14 Mar 2025 18:30:00 GMT", "2025-03-14"),
            ("Friday, August 21, 2015", "2015-08-21"),
            ("25/12/2024", "2024-12-25"),
            ("12/25/2024", "2024-12-25"),
            ("4.4.2024", "2024-04-04"),
            ("2024-02-29", "2024-02-29"),
            ("2025-03-14T18:30:00Z", "2025-03-14T18:30:00Z"),
            ("2025-03-14 18:30", "2025-03-14T18:30:00"),
            ("2025-03-14T18:30:00.123+0100", "2025-03-14T18:30:00+01:00"),
            ("March 14, 2025 at 10:20 a.m.", "2025-03-14"),
        ];
        for (words, expected) in cases {
            assert_eq!(iso(words).as_deref(), Some(expected), "{words}");
        }
    }

    #[test]
    fn what_is_no_day_is_no_date() {
        let cases = [
            "",
            "today",
            "2025",
            "2025-03",
            "March 2025",
            "14 March",
            "2025-02-29",
            "2025-13-01",
            "2025-00-10",
            "31 April 2025",
            "03/04/2025",
            "2025-03-14T25:00",
            "2025-03-14Tnoon",
            "2025-03-14 and more",
            "0000-01-01",
            "１４ March 2025",
            "14 Marchember 2025",
            "2025-03-14T10:00+99:00",
        ];
        for words in cases {
            assert_eq!(iso(words), None, "{words}");
        }
    }
}
