//! What single words mean when they speak of time.
//!
//! In: one word in lower case. Out: its sort: a month, a weekday, a unit, a number, a part of the day, or nothing special.
//! A sort says what a word may mean, not what it means here: "may", "march", "second" and "fall" get theirs like all others,
//! and the rules look at the neighbours before they believe it.
//! **Invariant:** a word has one sort, whatever stands around it.

use super::calendar::{DayPart, Season, Unit};

/// What a word may mean.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Sort {
    /// Nothing that speaks of time by itself.
    Plain,
    /// A month, 1 to 12; `bool`: written out in full.
    Month(u8, bool),
    /// A weekday, 1 (Monday) to 7; `bool`: plural ("Mondays").
    Weekday(u8, bool),
    /// A unit; `bool`: plural.
    Unit(Unit, bool),
    /// A number in figures or letters.
    Number(u32),
    /// A place in a row ("third", "21st").
    Ordinal(u32),
    /// A season.
    Season(Season),
    /// A part of the day.
    Part(DayPart),
}

/// The sort of a word in lower case.
pub(super) fn sort(word: &str) -> Sort {
    if let Some(number) = figures(word) {
        return Sort::Number(number);
    }
    if word.as_bytes().first().is_some_and(u8::is_ascii_digit) {
        return ordinal_in_figures(word).map_or(Sort::Plain, Sort::Ordinal);
    }
    let full = |month| Sort::Month(month, true);
    let short = |month| Sort::Month(month, false);
    let one = |unit| Sort::Unit(unit, false);
    let many = |unit| Sort::Unit(unit, true);
    match word {
        "january" => full(1),
        "february" => full(2),
        "march" => full(3),
        "april" => full(4),
        "may" => full(5),
        "june" => full(6),
        "july" => full(7),
        "august" => full(8),
        "september" => full(9),
        "october" => full(10),
        "november" => full(11),
        "december" => full(12),
        "jan" | "jan." => short(1),
        "feb" | "feb." => short(2),
        "mar" | "mar." => short(3),
        "apr" | "apr." => short(4),
        "jun" | "jun." => short(6),
        "jul" | "jul." => short(7),
        "aug" | "aug." => short(8),
        "sep" | "sep." | "sept" | "sept." => short(9),
        "oct" | "oct." => short(10),
        "nov" | "nov." => short(11),
        "dec" | "dec." => short(12),
        "monday" => Sort::Weekday(1, false),
        "tuesday" => Sort::Weekday(2, false),
        "wednesday" => Sort::Weekday(3, false),
        "thursday" => Sort::Weekday(4, false),
        "friday" => Sort::Weekday(5, false),
        "saturday" => Sort::Weekday(6, false),
        "sunday" => Sort::Weekday(7, false),
        "mondays" => Sort::Weekday(1, true),
        "tuesdays" => Sort::Weekday(2, true),
        "wednesdays" => Sort::Weekday(3, true),
        "thursdays" => Sort::Weekday(4, true),
        "fridays" => Sort::Weekday(5, true),
        "saturdays" => Sort::Weekday(6, true),
        "sundays" => Sort::Weekday(7, true),
        "seconds" => many(Unit::Second),
        "minute" => one(Unit::Minute),
        "minutes" => many(Unit::Minute),
        "hour" => one(Unit::Hour),
        "hours" => many(Unit::Hour),
        "day" => one(Unit::Day),
        "days" => many(Unit::Day),
        "weekend" => one(Unit::Weekend),
        "weekends" => many(Unit::Weekend),
        "week" => one(Unit::Week),
        "weeks" => many(Unit::Week),
        "fortnight" => one(Unit::Fortnight),
        "fortnights" => many(Unit::Fortnight),
        "month" => one(Unit::Month),
        "months" => many(Unit::Month),
        "quarter" => one(Unit::Quarter),
        "quarters" => many(Unit::Quarter),
        "year" => one(Unit::Year),
        "years" => many(Unit::Year),
        "decade" => one(Unit::Decade),
        "decades" => many(Unit::Decade),
        "century" => one(Unit::Century),
        "centuries" => many(Unit::Century),
        "spring" => Sort::Season(Season::Spring),
        "summer" => Sort::Season(Season::Summer),
        "autumn" | "fall" => Sort::Season(Season::Autumn),
        "winter" => Sort::Season(Season::Winter),
        "morning" | "mornings" => Sort::Part(DayPart::Morning),
        "afternoon" | "afternoons" => Sort::Part(DayPart::Afternoon),
        "evening" | "evenings" => Sort::Part(DayPart::Evening),
        "night" | "nights" => Sort::Part(DayPart::Night),
        _ => number_word(word).map(Sort::Number).or(ordinal_word(word).map(Sort::Ordinal)).unwrap_or(Sort::Plain),
    }
}

/// A whole number in figures, with or without commas between its thousands.
fn figures(word: &str) -> Option<u32> {
    let grouped = word.contains(',') && word.split(',').skip(1).all(|group| group.len() == 3);
    let plain = word.bytes().all(|b| b.is_ascii_digit() || grouped && b == b',');
    if !plain || word.is_empty() || word.len() > 11 {
        return None;
    }
    word.bytes()
        .filter(u8::is_ascii_digit)
        .try_fold(0u32, |sum, b| sum.checked_mul(10)?.checked_add(u32::from(b - b'0')))
}

fn ordinal_in_figures(word: &str) -> Option<u32> {
    let stem =
        word.strip_suffix("st").or(word.strip_suffix("nd")).or(word.strip_suffix("rd")).or(word.strip_suffix("th"))?;
    figures(stem).filter(|_| stem.len() <= 4)
}

fn number_word(word: &str) -> Option<u32> {
    Some(match word {
        "one" => 1,
        "two" => 2,
        "three" => 3,
        "four" => 4,
        "five" => 5,
        "six" => 6,
        "seven" => 7,
        "eight" => 8,
        "nine" => 9,
        "ten" => 10,
        "eleven" => 11,
        "twelve" => 12,
        "thirteen" => 13,
        "fourteen" => 14,
        "fifteen" => 15,
        "sixteen" => 16,
        "seventeen" => 17,
        "eighteen" => 18,
        "nineteen" => 19,
        "twenty" => 20,
        "thirty" => 30,
        "forty" => 40,
        "fifty" => 50,
        "sixty" => 60,
        "seventy" => 70,
        "eighty" => 80,
        "ninety" => 90,
        "hundred" => 100,
        "thousand" => 1000,
        _ => return None,
    })
}

fn ordinal_word(word: &str) -> Option<u32> {
    Some(match word {
        "first" => 1,
        "second" => 2,
        "third" => 3,
        "fourth" => 4,
        "fifth" => 5,
        "sixth" => 6,
        "seventh" => 7,
        "eighth" => 8,
        "ninth" => 9,
        "tenth" => 10,
        "eleventh" => 11,
        "twelfth" => 12,
        "thirteenth" => 13,
        "fourteenth" => 14,
        "fifteenth" => 15,
        "sixteenth" => 16,
        "seventeenth" => 17,
        "eighteenth" => 18,
        "nineteenth" => 19,
        "twentieth" => 20,
        "thirtieth" => 30,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_have_sorts() {
        assert_eq!(sort("sept."), Sort::Month(9, false));
        assert_eq!(sort("fridays"), Sort::Weekday(5, true));
        assert_eq!(sort("decades"), Sort::Unit(Unit::Decade, true));
        assert_eq!(sort("1,500"), Sort::Number(1500));
        assert_eq!(sort("21st"), Sort::Ordinal(21));
        assert_eq!(sort("nineteen"), Sort::Number(19));
    }

    #[test]
    fn broken_figures_are_plain() {
        for word in ["1,50", "99999999999", ",", "", "3.5", "10:35", "12a", "1,2345", "st"] {
            assert_eq!(sort(word), Sort::Plain, "{word}");
        }
    }
}
