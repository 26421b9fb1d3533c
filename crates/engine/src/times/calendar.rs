//! The calendar: civil dates, and the moments that TIMEX3 values name.
//!
//! In: years, months and days as they stand in a report. Out: dates one can count with, and moments written as TIMEX3.
//! The Gregorian calendar runs backwards without end, and everything is counted in days since 1970-01-01, so that "the day
//! before", a week's number and Easter are each a line of arithmetic and need no table and no clock.
//! **Invariant:** no date outside the years 1 to 9999, and none that its month does not have.

use alloc::format;
use alloc::string::String;

/// A civil date in the Gregorian calendar.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Date {
    year: i32,
    month: u8,
    day: u8,
}

impl Date {
    /// A date, where the calendar has it and its year lies between 1 and 9999.
    pub fn new(year: i32, month: u8, day: u8) -> Option<Date> {
        let valid = (1..=9999).contains(&year) && (1..=12).contains(&month) && day >= 1 && day <= days_in(year, month);
        valid.then_some(Date { year, month, day })
    }

    /// The year, 1 to 9999.
    pub fn year(self) -> i32 {
        self.year
    }

    /// The month, 1 to 12.
    pub fn month(self) -> u8 {
        self.month
    }

    /// The day of the month, 1 to 31.
    pub fn day(self) -> u8 {
        self.day
    }

    /// Days since 1970-01-01.
    pub fn days(self) -> i32 {
        // the year begins in March, so that the leap day is its last
        let year = if self.month <= 2 { self.year - 1 } else { self.year };
        let month = (i32::from(self.month) + 9) % 12;
        let (era, of_era) = (year.div_euclid(400), year.rem_euclid(400));
        let of_year = (153 * month + 2) / 5 + i32::from(self.day) - 1;
        era * 146_097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719_468
    }

    /// The date that lies so many days after 1970-01-01.
    pub fn from_days(days: i32) -> Option<Date> {
        let shifted = days.checked_add(719_468)?;
        let (era, of_era) = (shifted.div_euclid(146_097), shifted.rem_euclid(146_097));
        let year = (of_era - of_era / 1_460 + of_era / 36_524 - of_era / 146_096) / 365;
        let of_year = of_era - (365 * year + year / 4 - year / 100);
        let month = (5 * of_year + 2) / 153;
        let day = of_year - (153 * month + 2) / 5 + 1;
        let month = if month < 10 { month + 3 } else { month - 9 };
        Date::new(year + era * 400 + i32::from(month <= 2), month as u8, day as u8)
    }

    /// The date so many days later (earlier, when negative).
    pub fn plus(self, days: i32) -> Option<Date> {
        Date::from_days(self.days().checked_add(days)?)
    }

    /// The day of the week: 1 is Monday, 7 is Sunday.
    pub fn weekday(self) -> u8 {
        (self.days() + 3).rem_euclid(7) as u8 + 1
    }

    /// The ISO 8601 week that holds the day, with the year to which that week belongs.
    pub fn week(self) -> (i32, u8) {
        let thursday = self.plus(4 - i32::from(self.weekday())).unwrap_or(self);
        let first = Date { year: thursday.year, month: 1, day: 1 };
        (thursday.year, ((thursday.days() - first.days()) / 7 + 1) as u8)
    }

    /// The day of this weekday that comes nearest, at or before the date.
    pub fn back_to(self, weekday: u8) -> Option<Date> {
        self.plus(-i32::from((7 + self.weekday() - weekday) % 7))
    }

    /// The day of this weekday that comes nearest, at or after the date.
    pub fn on_to(self, weekday: u8) -> Option<Date> {
        self.plus(i32::from((7 + weekday - self.weekday()) % 7))
    }

    /// Easter Sunday of a year, in the western churches or (`eastern`) the Orthodox ones.
    pub fn easter(year: i32, eastern: bool) -> Option<Date> {
        if eastern {
            // the Julian reckoning, moved to the Gregorian calendar
            let moon = (19 * (year % 19) + 15) % 30;
            let sunday = (2 * (year % 4) + 4 * (year % 7) - moon + 34) % 7;
            let (month, day) = ((moon + sunday + 114) / 31, (moon + sunday + 114) % 31 + 1);
            return Date::new(year, month as u8, day as u8)?.plus(year / 100 - year / 400 - 2);
        }
        let (golden, century, of_century) = (year % 19, year / 100, year % 100);
        let moon = (19 * golden + century - century / 4 - (century - (century + 8) / 25 + 1) / 3 + 15) % 30;
        let sunday = (32 + 2 * (century % 4) + 2 * (of_century / 4) - moon - of_century % 4) % 7;
        let late = (golden + 11 * moon + 22 * sunday) / 451;
        let counted = moon + sunday - 7 * late + 114;
        Date::new(year, (counted / 31) as u8, (counted % 31 + 1) as u8)
    }

    /// The `nth` day of this weekday in a month (1 is the first; 0 is the last).
    pub fn nth(year: i32, month: u8, weekday: u8, nth: u8) -> Option<Date> {
        if nth == 0 {
            return Date::new(year, month, days_in(year, month))?.back_to(weekday);
        }
        Date::new(year, month, 1)?.on_to(weekday)?.plus(7 * (i32::from(nth) - 1))
    }
}

/// How many days a month has; 0 where there is no such month.
fn days_in(year: i32, month: u8) -> u8 {
    match month {
        4 | 6 | 9 | 11 => 30,
        2 if year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) => 29,
        2 => 28,
        1..=12 => 31,
        _ => 0,
    }
}

/// When a document was published: a day, and the clock time where it is given.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Published {
    /// The day, as the publisher dates it.
    pub date: Date,
    /// Hour and minute.
    pub clock: Option<(u8, u8)>,
}

impl Published {
    /// Reads `2025-03-14`, `2025-03-14T09:30`, and what follows a `T` more or less; nothing else.
    pub fn parse(written: &str) -> Option<Published> {
        let figures = |from: usize, to: usize| -> Option<i32> {
            let part = written.get(from..to)?;
            part.bytes().all(|b| b.is_ascii_digit()).then(|| part.parse().ok())?
        };
        let marks = written.get(4..5)? == "-" && written.get(7..8)? == "-";
        let date = Date::new(figures(0, 4)?, figures(5, 7)? as u8, figures(8, 10)? as u8).filter(|_| marks)?;
        let clock = figures(11, 13).zip(figures(14, 16)).filter(|(hour, minute)| *hour < 24 && *minute < 60);
        Some(Published { date, clock: clock.map(|(hour, minute)| (hour as u8, minute as u8)) })
    }
}

/// A part of the day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DayPart {
    /// `TMO`
    Morning,
    /// `TAF`
    Afternoon,
    /// `TEV`
    Evening,
    /// `TNI`
    Night,
}

impl DayPart {
    /// What TIMEX3 writes after the day.
    pub fn code(self) -> &'static str {
        match self {
            DayPart::Morning => "TMO",
            DayPart::Afternoon => "TAF",
            DayPart::Evening => "TEV",
            DayPart::Night => "TNI",
        }
    }
}

/// A season of the year.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Season {
    /// `SP`, from March
    Spring,
    /// `SU`, from June
    Summer,
    /// `FA`, from September
    Autumn,
    /// `WI`, from December
    Winter,
}

impl Season {
    /// What TIMEX3 writes after the year.
    pub fn code(self) -> &'static str {
        match self {
            Season::Spring => "SP",
            Season::Summer => "SU",
            Season::Autumn => "FA",
            Season::Winter => "WI",
        }
    }

    /// The month in which the season begins.
    pub fn begins(self) -> u8 {
        match self {
            Season::Spring => 3,
            Season::Summer => 6,
            Season::Autumn => 9,
            Season::Winter => 12,
        }
    }
}

/// A unit in which time is counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unit {
    /// 60 to the minute
    Second,
    /// 60 to the hour
    Minute,
    /// 24 to the day
    Hour,
    /// a calendar day
    Day,
    /// Saturday and Sunday
    Weekend,
    /// Monday to Sunday
    Week,
    /// two weeks
    Fortnight,
    /// a calendar month
    Month,
    /// three months
    Quarter,
    /// a calendar year
    Year,
    /// ten years
    Decade,
    /// a hundred years
    Century,
}

/// What a TIMEX3 date value names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Moment {
    /// `2025-03-14`
    Day(Date),
    /// `2025-03-14TMO`
    Part(Date, DayPart),
    /// `2025-03-14T09:30`
    Clock(Date, u8, u8),
    /// `2025-W11`
    Week(i32, u8),
    /// `2025-W11-WE`
    Weekend(i32, u8),
    /// `2025-03`
    Month(i32, u8),
    /// `2025-Q1`
    Quarter(i32, u8),
    /// `2025-H1`
    Half(i32, u8),
    /// `2025-SP`
    Season(i32, Season),
    /// `2025`
    Year(i32),
    /// `202`: the decade's first three figures
    Decade(i32),
    /// `20`: the century's first two figures
    Century(i32),
}

impl Moment {
    /// The TIMEX3 value.
    pub fn value(self) -> String {
        let day = |date: Date| format!("{:04}-{:02}-{:02}", date.year, date.month, date.day);
        match self {
            Moment::Day(date) => day(date),
            Moment::Part(date, part) => day(date) + part.code(),
            Moment::Clock(date, hour, minute) => format!("{}T{hour:02}:{minute:02}", day(date)),
            Moment::Week(year, week) => format!("{year:04}-W{week:02}"),
            Moment::Weekend(year, week) => format!("{year:04}-W{week:02}-WE"),
            Moment::Month(year, month) => format!("{year:04}-{month:02}"),
            Moment::Quarter(year, quarter) => format!("{year:04}-Q{quarter}"),
            Moment::Half(year, half) => format!("{year:04}-H{half}"),
            Moment::Season(year, season) => format!("{year:04}-{}", season.code()),
            Moment::Year(year) => format!("{year:04}"),
            Moment::Decade(decade) => format!("{decade:03}"),
            Moment::Century(century) => format!("{century:02}"),
        }
    }

    /// The day, where the moment lies within one.
    pub fn day(self) -> Option<Date> {
        match self {
            Moment::Day(date) | Moment::Part(date, _) | Moment::Clock(date, ..) => Some(date),
            _ => None,
        }
    }

    /// Year and month, where the moment lies within one month.
    pub fn month(self) -> Option<(i32, u8)> {
        match self {
            Moment::Month(year, month) => Some((year, month)),
            _ => self.day().map(|date| (date.year, date.month)),
        }
    }

    /// The year, where the moment lies within one.
    pub fn year(self) -> Option<i32> {
        match self {
            Moment::Week(year, _) | Moment::Weekend(year, _) | Moment::Quarter(year, _) => Some(year),
            Moment::Half(year, _) | Moment::Season(year, _) | Moment::Year(year) => Some(year),
            Moment::Decade(_) | Moment::Century(_) => None,
            _ => self.month().map(|(year, _)| year),
        }
    }

    /// The same moment of the year before.
    pub fn year_before(self) -> Option<Moment> {
        match self {
            Moment::Quarter(year, quarter) => (year > 1).then_some(Moment::Quarter(year - 1, quarter)),
            Moment::Month(year, month) => (year > 1).then_some(Moment::Month(year - 1, month)),
            Moment::Day(date) => Date::new(date.year - 1, date.month, date.day).map(Moment::Day),
            _ => self.shifted(Unit::Year, -1),
        }
    }

    /// The moment of this unit that holds the moment; nothing where the moment is itself wider.
    pub fn widened(self, unit: Unit) -> Option<Moment> {
        self.shifted(unit, 0)
    }

    /// The moment so many units later (earlier, when negative), as wide as the unit; nothing where the moment is wider.
    pub fn shifted(self, unit: Unit, count: i32) -> Option<Moment> {
        let days = |days: i32| self.day()?.plus(days.checked_mul(count)?);
        match unit {
            Unit::Second | Unit::Minute | Unit::Hour => None,
            Unit::Day => days(1).map(Moment::Day),
            Unit::Week | Unit::Fortnight | Unit::Weekend => {
                if let Moment::Week(year, week) | Moment::Weekend(year, week) = self {
                    return Moment::Day(monday(year, week)?).shifted(unit, count);
                }
                let (year, week) = days(if unit == Unit::Fortnight { 14 } else { 7 })?.week();
                Some(if unit == Unit::Weekend { Moment::Weekend(year, week) } else { Moment::Week(year, week) })
            }
            Unit::Month => {
                let (year, month) = self.month()?;
                let months = (year * 12 + i32::from(month) - 1).checked_add(count)?;
                let year = months.div_euclid(12);
                (1..=9999).contains(&year).then(|| Moment::Month(year, months.rem_euclid(12) as u8 + 1))
            }
            Unit::Quarter => {
                let (year, quarter) = match self {
                    Moment::Quarter(year, quarter) => (year, quarter),
                    _ => self.month().map(|(year, month)| (year, month.div_ceil(3)))?,
                };
                let quarters = (year * 4 + i32::from(quarter) - 1).checked_add(count)?;
                let year = quarters.div_euclid(4);
                (1..=9999).contains(&year).then(|| Moment::Quarter(year, quarters.rem_euclid(4) as u8 + 1))
            }
            Unit::Year | Unit::Decade | Unit::Century => {
                let years = match unit {
                    Unit::Year => 1,
                    Unit::Decade => 10,
                    _ => 100,
                };
                let year = self.year()?.checked_add(count.checked_mul(years)?)?;
                (1..=9999).contains(&year).then_some(Moment::Year(year))
            }
        }
    }
}

/// The Monday of an ISO week.
fn monday(year: i32, week: u8) -> Option<Date> {
    Date::new(year, 1, 4)?.back_to(1)?.plus(7 * (i32::from(week) - 1))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn date(year: i32, month: u8, day: u8) -> Date {
        Date::new(year, month, day).unwrap()
    }

    #[test]
    fn days_are_counted_there_and_back() {
        assert_eq!(date(1970, 1, 1).days(), 0);
        assert_eq!(date(2000, 3, 1).days(), 11_017);
        for days in [-719_162, -1, 0, 58, 59, 60, 11_015, 11_016, 20_000, 2_932_896] {
            assert_eq!(Date::from_days(days).unwrap().days(), days);
        }
        assert_eq!(date(2024, 2, 28).plus(1), Date::new(2024, 2, 29));
        assert_eq!(date(2023, 12, 31).plus(1), Date::new(2024, 1, 1));
    }

    #[test]
    fn what_the_calendar_lacks_is_no_date() {
        for (year, month, day) in [(2023, 2, 29), (1900, 2, 29), (2024, 13, 1), (2024, 0, 1), (0, 1, 1), (2024, 4, 31)]
        {
            assert_eq!(Date::new(year, month, day), None);
        }
        assert_eq!(Date::from_days(i32::MAX), None);
        assert_eq!(date(9999, 12, 31).plus(1), None);
        assert_eq!(Moment::Year(2024).shifted(Unit::Century, i32::MAX), None);
    }

    #[test]
    fn weekdays_and_weeks() {
        assert_eq!(date(2025, 3, 14).weekday(), 5);
        assert_eq!(date(2025, 3, 14).week(), (2025, 11));
        assert_eq!(date(2021, 1, 1).week(), (2020, 53));
        assert_eq!(date(2024, 12, 30).week(), (2025, 1));
        assert_eq!(date(2025, 3, 14).back_to(4), Date::new(2025, 3, 13));
        assert_eq!(date(2025, 3, 14).back_to(5), Date::new(2025, 3, 14));
        assert_eq!(date(2025, 3, 14).on_to(1), Date::new(2025, 3, 17));
    }

    #[test]
    fn feasts_are_computed() {
        assert_eq!(Date::easter(2025, false), Date::new(2025, 4, 20));
        assert_eq!(Date::easter(2022, false), Date::new(2022, 4, 17));
        assert_eq!(Date::easter(2022, true), Date::new(2022, 4, 24));
        assert_eq!(Date::easter(2024, true), Date::new(2024, 5, 5));
        assert_eq!(Date::nth(1999, 11, 4, 4), Date::new(1999, 11, 25));
        assert_eq!(Date::nth(2024, 5, 1, 0), Date::new(2024, 5, 27));
    }

    #[test]
    fn moments_shift_and_widen() {
        let day = Moment::Day(date(2025, 1, 31));
        assert_eq!(day.shifted(Unit::Month, -1).unwrap().value(), "2024-12");
        assert_eq!(day.shifted(Unit::Quarter, -1).unwrap().value(), "2024-Q4");
        assert_eq!(day.shifted(Unit::Week, 1).unwrap().value(), "2025-W06");
        assert_eq!(day.shifted(Unit::Day, 1).unwrap().value(), "2025-02-01");
        assert_eq!(day.widened(Unit::Year).unwrap().value(), "2025");
        assert_eq!(Moment::Year(2025).widened(Unit::Day), None);
        assert_eq!(Moment::Week(2025, 1).shifted(Unit::Week, -1).unwrap().value(), "2024-W52");
    }

    #[test]
    fn publication_dates_are_read() {
        let published = Published::parse("2025-03-14T09:30:00Z").unwrap();
        assert_eq!((published.date, published.clock), (date(2025, 3, 14), Some((9, 30))));
        assert_eq!(Published::parse("2025-03-14").unwrap().clock, None);
        for wrong in ["", "14 March 2025", "2025-02-30", "2025/03/14", "20250314", "2025-1é-14"] {
            assert_eq!(Published::parse(wrong), None, "{wrong}");
        }
    }
}
