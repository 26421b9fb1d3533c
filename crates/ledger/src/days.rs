//! TIMEX3 values in, first and last day out.
//!
//! A day is written `2025-03-14` everywhere in the ledger, so that days compare as words do.
//!
//! **Invariant:** a value that names no stretch of the calendar (`P30D`, `PAST_REF`) has no days.

use jiff::civil::{Date, ISOWeekDate, Weekday};
use jiff::{Span, ToSpan};
use serde::{Deserialize, Serialize};

/// The months, in small letters.
pub(crate) const MONTHS: [&str; 12] = [
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

/// The first and the last day of a stretch of time.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Days {
    /// The first day.
    pub from: String,
    /// The last day, which is in it.
    pub to: String,
}

impl Days {
    /// The days of a TIMEX3 value: a day, a part of one, a week, a month, a quarter, a half, a year, a decade.
    pub fn of(value: &str) -> Option<Self> {
        let year: i16 = value.get(..4).and_then(|digits| digits.parse().ok()).or_else(|| {
            let decade = value.len() == 3;
            decade.then(|| value.parse::<i16>().ok()).flatten().map(|decade| decade * 10)
        })?;
        let whole = |from: Date, length: Span| {
            let after = from.checked_add(length).ok()?;
            Some(Self { from: from.to_string(), to: after.yesterday().ok()?.to_string() })
        };
        if value.len() <= 4 {
            let years = if value.len() == 3 { 10 } else { 1 };
            return whole(Date::new(year, 1, 1).ok()?, years.years());
        }
        let rest = value.get(4..)?.strip_prefix('-')?;
        let number = |words: &str| words.get(..2).and_then(|digits| digits.parse::<i8>().ok());
        if let Some(week) = rest.strip_prefix('W') {
            let monday = ISOWeekDate::new(year, number(week)?, Weekday::Monday).ok()?.date();
            return if week.ends_with("-WE") {
                whole(monday.checked_add(5.days()).ok()?, 2.days())
            } else {
                whole(monday, 1.weeks())
            };
        }
        if let Some(part) = rest.strip_prefix(['Q', 'H']) {
            let months: i8 = if rest.starts_with('Q') { 3 } else { 6 };
            let nth: i8 = part.get(..1)?.parse().ok()?;
            return whole(Date::new(year, months * (nth - 1) + 1, 1).ok()?, i64::from(months).months());
        }
        let first = match rest.get(..2)? {
            "SP" => Some(3),
            "SU" => Some(6),
            "FA" => Some(9),
            "WI" => Some(12),
            _ => None,
        };
        if let Some(first) = first {
            return whole(Date::new(year, first, 1).ok()?, 3.months());
        }
        let month = number(rest)?;
        match rest.get(2..3) {
            None => whole(Date::new(year, month, 1).ok()?, 1.months()),
            Some("-") => whole(Date::new(year, month, number(rest.get(3..)?)?).ok()?, 1.days()),
            Some(_) => None,
        }
    }

    /// Whether the two share a day.
    pub fn meet(&self, other: &Self) -> bool {
        self.from <= other.to && other.from <= self.to
    }

    /// Whether it is one day.
    pub fn is_one(&self) -> bool {
        self.from == self.to
    }
}

/// The day of a date or of a date and time; none where it is no day.
pub fn day(date: &str) -> Option<String> {
    let day: Date = date.get(..10)?.parse().ok()?;
    Some(day.to_string())
}

/// How many days from one to the other, at least 0 either way; none where one is no day.
pub fn apart(a: &str, b: &str) -> Option<u32> {
    Some(number(a)?.abs_diff(number(b)?))
}

/// The number of a day, counted from one that lies before all others; none where it is no day. This is asked for every two accounts that are
/// compared, so a day as the ledger writes it is not parsed by the rules of all ways to write one.
fn number(day: &str) -> Option<i32> {
    let digits = |part: &[u8]| {
        let digit =
            |sum: Option<i32>, byte: &u8| Some(sum? * 10 + i32::from(byte.is_ascii_digit().then(|| byte - b'0')?));
        part.iter().fold(Some(0), digit)
    };
    if let [y1, y2, y3, y4, b'-', m1, m2, b'-', d1, d2] = day.as_bytes()
        && let (Some(year), Some(month), Some(of_month)) = (digits(&[*y1, *y2, *y3, *y4]), digits(&[*m1, *m2]), digits(&[*d1, *d2]))
        // what every month has; its last days are left to the calendar
        && (1..=12).contains(&month)
        && (1..=28).contains(&of_month)
    {
        return Some(counted(year, month, of_month));
    }
    let date: Date = day.parse().ok()?;
    Some(counted(date.year().into(), date.month().into(), date.day().into()))
}

/// Days of the calendar in one count; its years begin in March, so that the day that is put in comes last.
fn counted(year: i32, month: i32, day: i32) -> i32 {
    let (year, month) = if month > 2 { (year, month - 3) } else { (year - 1, month + 9) };
    year * 365 + year.div_euclid(4) - year.div_euclid(100) + year.div_euclid(400) + (month * 153 + 2) / 5 + day
}

/// The day so many days later; the day itself where the calendar ends.
pub fn later(from: &str, days: i64) -> String {
    let date: Option<Date> = from.parse().ok();
    date.and_then(|date| date.checked_add(days.days()).ok()).map_or_else(|| from.to_owned(), |date| date.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_have_their_days() {
        for (value, from, to) in [
            ("2025-03-13", "2025-03-13", "2025-03-13"),
            ("2025-03-13TNI", "2025-03-13", "2025-03-13"),
            ("2025-03-14T10:00", "2025-03-14", "2025-03-14"),
            ("2024-02", "2024-02-01", "2024-02-29"),
            ("2025", "2025-01-01", "2025-12-31"),
            ("199", "1990-01-01", "1999-12-31"),
            ("2025-W11", "2025-03-10", "2025-03-16"),
            ("2025-W11-WE", "2025-03-15", "2025-03-16"),
            ("2025-Q2", "2025-04-01", "2025-06-30"),
            ("2025-H2", "2025-07-01", "2025-12-31"),
            ("2025-SP", "2025-03-01", "2025-05-31"),
        ] {
            assert_eq!(Days::of(value), Some(Days { from: from.into(), to: to.into() }), "{value}");
        }
        for value in ["P30D", "PAST_REF", "PRESENT_REF", "", "XXXX-03-14", "2025-13", "2025-02-30", "2025-03-1", "été"]
        {
            assert_eq!(Days::of(value), None, "{value}");
        }
    }

    #[test]
    fn days_are_counted_and_compared() {
        assert_eq!(apart("2025-02-27", "2025-03-01"), Some(2));
        assert_eq!(apart("2025-03-01", "2024-03-01"), Some(365));
        assert_eq!(apart("2025-02-31", "2025-03-01"), None);
        let mut date: Date = "1996-01-01".parse().unwrap();
        for number in 0..4000 {
            assert_eq!(apart("1996-01-01", &date.to_string()), Some(number));
            date = date.tomorrow().unwrap();
        }
        assert_eq!(later("2025-02-28", 1), "2025-03-01");
        assert_eq!(day("2025-03-14T06:30:00Z").as_deref(), Some("2025-03-14"));
        assert_eq!(day("Friday"), None);
    }
}
