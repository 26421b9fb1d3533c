//! Stretches of time and things that come round: "30-day", "the past 48 hours", "every week".
//!
//! In: a place on the page. Out: a reading whose value counts units (`P30D`), and the measure itself for the rules that
//! reckon from it ("three days ago").
//! An amount and a unit make a measure; words before and after it ("more than", "the past", "or so") widen its span only.
//! **Invariant:** a duration names no day of the calendar.

use alloc::format;
use alloc::string::{String, ToString};
use core::ops::Range;

use super::TimeKind;
use super::calendar::Unit;
use super::lexicon::Sort;
use super::page::{Page, Reading};

/// How many of a unit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Amount {
    /// "several", "a few", or no number at all
    Vague,
    /// "three"
    Whole(u32),
    /// "two and a half"
    AndHalf(u32),
    /// "3.5", as written
    Decimal(String),
}

/// Which stretch is meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Relation {
    /// "three days"
    None,
    /// "the past three days"
    Past,
    /// "the next three days"
    Next,
    /// "the first three days"
    Part,
}

/// An amount of a unit, with the words around it.
#[derive(Clone, Debug)]
pub(super) struct Measure {
    pub words: Range<usize>,
    pub amount: Amount,
    pub unit: Unit,
    pub relation: Relation,
    /// Whether an approximation that belongs to it only before "ago" comes first ("about").
    pub about: bool,
    /// What is left over when the unit is followed by a smaller one: "an hour and 46 minutes".
    minutes: u32,
}

impl Measure {
    /// The TIMEX3 value.
    fn value(&self) -> Option<String> {
        if self.minutes > 0 {
            let Amount::Whole(hours) = self.amount else { return None };
            return Some(format!("PT{hours}H{}M", self.minutes));
        }
        value(&self.amount, self.unit)
    }

    /// The count, where it is a whole number that a calendar can bear.
    pub fn count(&self) -> Option<i32> {
        match self.amount {
            Amount::Whole(count) => i32::try_from(count).ok().filter(|count| *count < 10_000_000),
            _ => None,
        }
    }
}

/// The TIMEX3 value of so many units.
fn value(amount: &Amount, unit: Unit) -> Option<String> {
    let (begin, letter, times) = match unit {
        Unit::Second => ("PT", "S", 1),
        Unit::Minute => ("PT", "M", 1),
        Unit::Hour => ("PT", "H", 1),
        Unit::Day => ("P", "D", 1),
        Unit::Weekend => ("P", "D", 2),
        Unit::Week => ("P", "W", 1),
        Unit::Fortnight => ("P", "W", 2),
        Unit::Month => ("P", "M", 1),
        Unit::Quarter => ("P", "Q", 1),
        Unit::Year => ("P", "Y", 1),
        Unit::Decade => ("P", "Y", 10),
        Unit::Century => ("P", "Y", 100),
    };
    Some(match (amount, unit) {
        (Amount::Vague, Unit::Decade) => "PXDE".to_string(),
        (Amount::Vague, Unit::Century) => "PXCE".to_string(),
        (Amount::Vague, _) => format!("{begin}X{letter}"),
        (Amount::Whole(count), _) => format!("{begin}{}{letter}", count.checked_mul(times)?),
        (Amount::Decimal(written), _) if times == 1 => format!("{begin}{written}{letter}"),
        (Amount::Decimal(_), _) => return None,
        (Amount::AndHalf(0), Unit::Hour) => "PT30M".to_string(),
        (Amount::AndHalf(0), Unit::Year) => "P6M".to_string(),
        (Amount::AndHalf(0), Unit::Minute) => "PT30S".to_string(),
        (Amount::AndHalf(0), Unit::Day) => "PT12H".to_string(),
        (Amount::AndHalf(count), Unit::Hour) => format!("PT{count}H30M"),
        (Amount::AndHalf(count), Unit::Minute) => format!("PT{count}M30S"),
        (Amount::AndHalf(count), Unit::Day) => format!("P{count}DT12H"),
        (Amount::AndHalf(count), Unit::Year) => format!("P{count}Y6M"),
        (Amount::AndHalf(count), _) if times > 1 => {
            format!("{begin}{}{letter}", count.checked_mul(times)?.checked_add(times / 2)?)
        }
        (Amount::AndHalf(count), _) => format!("{begin}{count}.5{letter}"),
    })
}

/// Words that widen a measure's span: how many of them stand here, and whether they belong to it only before "ago".
fn approximation(page: &Page<'_>, at: usize) -> (usize, bool) {
    let (first, second) = (page.word(at), page.word(at + 1));
    match (first, second) {
        ("no", "more" | "less" | "fewer") if page.word(at + 2) == "than" => (3, false),
        ("a", "little") if page.is(at + 2, &["over", "under"]) => (3, false),
        ("more" | "less" | "fewer", "than") | ("at", "least" | "most") | ("up", "to") => (2, false),
        ("just", "over" | "under") | ("well", "over") => (2, false),
        ("nearly" | "almost", _) => (1, false),
        // "over" spreads ("spent over three years") unless nothing is there to be spread
        ("over", "a" | "an") => (1, false),
        ("over", _)
            if page.begins(at) && second != "the"
                || page.follows(at, &["for", "of", "after", "lasted", "lasting", "the", "in", "been", "'s", "’s"]) =>
        {
            (1, false)
        }
        ("about" | "around" | "roughly" | "approximately" | "some", _) => (1, true),
        _ => (0, false),
    }
}

/// A number, with the hundreds and units that belong to it; where it ends.
pub(super) fn number(page: &Page<'_>, at: usize) -> Option<(u32, usize)> {
    let Sort::Number(mut total) = page.sort(at) else { return None };
    let mut next = at + 1;
    let spelled = |index: usize| !page.word(index).starts_with(|c: char| c.is_ascii_digit());
    if spelled(at) && (20..100).contains(&total) && total % 10 == 0 {
        let after = if page.word(next) == "-" { next + 1 } else { next };
        if let Sort::Number(unit @ 1..=9) = page.sort(after)
            && spelled(after)
        {
            (total, next) = (total + unit, after + 1);
        }
    }
    while page.is(next, &["hundred", "thousand"]) {
        let factor = if page.word(next) == "hundred" { 100 } else { 1000 };
        (total, next) = (total.checked_mul(factor)?, next + 1);
    }
    Some((total, next))
}

/// An amount; where it ends.
fn amount(page: &Page<'_>, at: usize) -> Option<(Amount, usize)> {
    let after_article = |next: usize| match page.word(next) {
        "few" => Some((Amount::Vague, next + 1)),
        "couple" if page.word(next + 1) == "of" => Some((Amount::Whole(2), next + 2)),
        "couple" => Some((Amount::Whole(2), next + 1)),
        "number" if page.word(next + 1) == "of" => Some((Amount::Vague, next + 2)),
        "dozen" => Some((Amount::Whole(12), next + 1)),
        "half" => Some((Amount::AndHalf(0), next + 1)),
        "single" | "full" | "whole" | "further" => Some((Amount::Whole(1), next + 1)),
        "hundred" | "thousand" => number(page, next).map(|(count, next)| (Amount::Whole(count), next)),
        _ => matches!(page.sort(next), Sort::Unit(_, false)).then_some((Amount::Whole(1), next)),
    };
    let (found, next) = match page.word(at) {
        "a" | "an" => return after_article(at + 1),
        "another" if matches!(page.sort(at + 1), Sort::Unit(_, false)) => return Some((Amount::Whole(1), at + 1)),
        "another" => number(page, at + 1).map(|(count, next)| (Amount::Whole(count), next))?,
        "half" if page.is(at + 1, &["a", "an"]) => return Some((Amount::AndHalf(0), at + 2)),
        "half" => return Some((Amount::AndHalf(0), at + 1)),
        "few" | "several" | "many" | "multiple" | "countless" => return Some((Amount::Vague, at + 1)),
        "couple" if page.word(at + 1) == "of" => return Some((Amount::Whole(2), at + 2)),
        word => match number(page, at) {
            Some((count, next)) => (Amount::Whole(count), next),
            None => {
                let figures =
                    word.len() <= 6 && word.split('.').count() == 2 && !word.starts_with('.') && !word.ends_with('.');
                let decimal = figures && word.bytes().all(|b| b.is_ascii_digit() || b == b'.');
                (decimal.then(|| Amount::Decimal(word.to_string()))?, at + 1)
            }
        },
    };
    // "two and a half", "2 1/2"
    if let Amount::Whole(count) = found {
        if page.word(next) == "1/2" || page.word(next) == "½" {
            return Some((Amount::AndHalf(count), next + 1));
        }
        if page.word(next) == "and" && page.word(next + 1) == "a" && page.word(next + 2) == "half" {
            return Some((Amount::AndHalf(count), next + 3));
        }
    }
    // "three to four", "12 - 18": the first is kept
    if page.is(next, &["to", "or", "-", "–", "and"])
        && let Some((_, after)) = number(page, next + 1)
    {
        return Some((found, after));
    }
    Some((found, next))
}

/// Words that may stand between an amount and its unit.
const BETWEEN: &[&str] = &[
    "more",
    "additional",
    "full",
    "consecutive",
    "straight",
    "whole",
    "trading",
    "working",
    "business",
    "calendar",
    "long",
    "extra",
    "further",
    "other",
    "successive",
    "-",
    "–",
    "short",
    "difficult",
];

/// Reads a measure that begins here.
pub(super) fn measure(page: &Page<'_>, at: usize) -> Option<Measure> {
    let (skipped, about) = approximation(page, at);
    let mut next = at + skipped;
    if about && page.is(next, &["the", "these"]) {
        return None;
    }
    let article = page.is(next, &["the", "these", "those", "this"]);
    if article {
        next += 1;
    }
    let relation = match page.word(next) {
        "past" | "last" | "previous" | "preceding" => Relation::Past,
        "next" | "coming" | "following" | "upcoming" => Relation::Next,
        "first" | "final" | "latest" | "remaining" | "opening" | "initial" | "early"
            if article || page.is(next, &["first"]) =>
        {
            Relation::Part
        }
        _ => Relation::None,
    };
    if relation != Relation::None {
        next += 1;
    }
    let numbered = amount(page, next).filter(|_| !article || !page.is(next, &["a", "an", "another"]));
    let without = || {
        // "the past year", "the next decade", but "last year" is a date
        let Sort::Unit(unit, plural) = page.sort(next) else { return None };
        let wide = matches!(unit, Unit::Decade | Unit::Century | Unit::Hour | Unit::Minute);
        let stretch = match relation {
            Relation::Past => {
                page.is(next - 1, &["past"]) && !plural || wide && !page.is(next - 1, &["previous", "preceding"])
            }
            Relation::Next => page.is(next - 1, &["next"]) && wide,
            Relation::Part => plural && article,
            Relation::None => false,
        };
        let amount = if plural { Amount::Vague } else { Amount::Whole(1) };
        (stretch && !page.follows(at, &["this"]) && !page.is(at, &["this"])).then_some((amount, next))
    };
    let by_number = numbered.is_some();
    let (amount, mut unit_at) = numbered.or_else(without)?;
    let first = next;
    while by_number && page.is(unit_at, BETWEEN) && unit_at < first + 8 {
        unit_at += 1;
    }
    let hyphen = page.is(unit_at - 1, &["-", "–"]);
    // "the 30-day truce": what stands before belongs to the truce
    if hyphen && relation == Relation::None && (article || skipped > 0) {
        return None;
    }
    let (unit, plural) = match page.sort(unit_at) {
        Sort::Unit(unit, plural) => (unit, plural),
        Sort::Ordinal(2) if hyphen && page.word(unit_at) == "second" => (Unit::Second, false),
        _ => return None,
    };
    let year_number = page.word(first).len() == 4 && page.word(first).bytes().all(|b| b.is_ascii_digit());
    let after_month = matches!(page.sort(first.wrapping_sub(1)), Sort::Month(..));
    let fraction =
        unit == Unit::Quarter && relation == Relation::None && !hyphen && (!plural || page.word(unit_at + 1) == "of");
    let counted_one = matches!(amount, Amount::Whole(1) | Amount::AndHalf(0)) || hyphen;
    if by_number
        && (year_number && !plural
            || after_month && !hyphen
            || fraction
            || plural && page.is(first, &["a", "an"]) && amount == Amount::Whole(1))
    {
        return None;
    }
    // "six year dispute" is English of a kind; "several week" is not
    if !plural && !counted_one && matches!(amount, Amount::Vague) && !page.is(first, &["a"]) {
        return None;
    }
    let mut measure = Measure { words: at..unit_at + 1, amount, unit, relation, about, minutes: 0 };
    let end = unit_at + 1;
    if page.word(end) == "-" && page.is(end + 1, &["earlier", "ago", "end", "ended"]) {
        return None;
    }
    match (page.word(end), page.word(end + 1), page.word(end + 2)) {
        ("and", "a", "half") => {
            if let Amount::Whole(count) = measure.amount {
                measure.amount = Amount::AndHalf(count);
                measure.words.end = end + 3;
            }
        }
        ("and", ..) if unit == Unit::Hour => {
            if let (Some((minutes, after)), Amount::Whole(_)) = (number(page, end + 1), &measure.amount)
                && let Sort::Unit(Unit::Minute, _) = page.sort(after)
            {
                measure.minutes = minutes;
                measure.words.end = after + 1;
            }
        }
        ("or", "so" | "more" | "longer", _) => measure.words.end = end + 2,
        ("-", "long", _) => measure.words.end = end + 2,
        _ => {}
    }
    Some(measure)
}

/// Nouns whose age is told as a stretch of history rather than as somebody's age.
const LASTING: &[&str] = &[
    "war",
    "conflict",
    "ban",
    "truce",
    "blockade",
    "siege",
    "ceasefire",
    "crisis",
    "occupation",
    "invasion",
    "dispute",
    "embargo",
];

/// `time-duration`
///
/// *What it reads:* an amount and a unit: "30-day", "more than three years", "the past 48 hours".
/// *Why:* truces, deadlines and wars are told by how long they last; the span takes in what loosens it ("more than").
/// *Example:* "a 30-day ceasefire" is `P30D`.
/// *Misreadings:* ages of people ("a 36-year-old driver") are left out; "three quarters of voters" is a share.
pub(super) fn duration(page: &Page<'_>, at: usize) -> Option<Reading> {
    let measure = measure(page, at).filter(|measure| !measure.about)?;
    let end = measure.words.end;
    // "24 hours a day" is a way of saying always
    if page.word(end) == "a" && matches!(page.sort(end + 1), Sort::Unit(..)) {
        return None;
    }
    let old = if page.is(end, &["-", "–"]) { end + 1 } else { end };
    let mut words = measure.words.clone();
    if page.word(old) == "old" {
        if measure.unit == Unit::Year && !page.is(old + 1, LASTING) {
            return None;
        }
        words.end = old + 1;
    }
    let mut reading = Reading::value(words, TimeKind::Duration, measure.value()?, "time-duration");
    if matches!(measure.relation, Relation::Past | Relation::Next) {
        reading.anchor = page.today;
    }
    Some(reading)
}

/// Words after which a bare plural counts as a stretch.
const STRETCHING: &[&str] = &[
    "for", "after", "within", "in", "over", "during", "through", "take", "takes", "took", "lasted", "lasting", "spent",
    "spend", "just", "only", "came", "comes", "come", "follows", "followed", "mere", "by", "weeks", "months",
];

/// `time-some-units`
///
/// *What it reads:* units without a number: "for weeks", "months of fighting", "decades-long", "month-long".
/// *Why:* how long is told, how many is not: `PXW`.
/// *Example:* "after months of talks" is `PXM`.
/// *Misreadings:* "the years" of a person's life, "working days" and "three weeks" belong elsewhere.
pub(super) fn some_units(page: &Page<'_>, at: usize) -> Option<Reading> {
    let Sort::Unit(unit, plural) = page.sort(at) else { return None };
    let long = page.is(at + 1, &["-"]) && page.is(at + 2, &["long"]);
    if long {
        let amount = if plural { Amount::Vague } else { Amount::Whole(1) };
        return Some(Reading::value(at..at + 3, TimeKind::Duration, value(&amount, unit)?, "time-some-units"));
    }
    let after = page.is(at + 1, &["of", "after", "before", "later", "earlier", "into", "ahead", "long", "ago"]);
    let before = page.follows(at, STRETCHING) || page.begins(at);
    let counted =
        page.follows(at, &["the", "these", "those", "working", "early", "both", "his", "her", "their", "its", "per"]);
    let hours_of_day = matches!(unit, Unit::Hour | Unit::Quarter) && page.word(at + 1) == "of" && !before;
    if !plural
        || matches!(unit, Unit::Weekend | Unit::Minute | Unit::Second)
        || counted
        || hours_of_day
        || !(after || before)
    {
        return None;
    }
    let end =
        if page.word(at + 1) == "or" && matches!(page.sort(at + 2), Sort::Unit(_, true)) { at + 3 } else { at + 1 };
    Some(Reading::value(at..end, TimeKind::Duration, value(&Amount::Vague, unit)?, "time-some-units"))
}

/// `time-set`
///
/// *What it reads:* what comes round: "every day", "each Thursday", "daily", "twice a week", "on Mondays".
/// *Why:* such words name no one day; a SET keeps them from being dated.
/// *Example:* "every week" is `P1W`; "each Thursday" is `XXXX-WXX-4`.
/// *Misreadings:* "a year" after a preposition is a duration; "The Daily Mail" is a newspaper.
pub(super) fn set(page: &Page<'_>, at: usize) -> Option<Reading> {
    let read = |end: usize, value: String| Some(Reading::value(at..end, TimeKind::Set, value, "time-set"));
    let one = |unit| value(&Amount::Whole(1), unit);
    match page.word(at) {
        // "the daily", "the Ukrainian daily" are newspapers
        "daily" | "weekly" if page.capital(at.wrapping_sub(1)) && !page.begins(at - 1) => return None,
        "daily" if page.follows(at, &["the"]) && !page.word(at + 1).starts_with(char::is_alphabetic) => return None,
        "daily" | "nightly" if !page.capital(at) || page.begins(at) => return read(at + 1, one(Unit::Day)?),
        "weekly" if !page.capital(at) => return read(at + 1, one(Unit::Week)?),
        "hourly" => return read(at + 1, one(Unit::Hour)?),
        "annually" | "yearly" => return read(at + 1, one(Unit::Year)?),
        "monthly" if !page.capital(at) => return read(at + 1, one(Unit::Month)?),
        "every" | "each" => {
            let next = match page.word(at + 1) {
                "single" | "passing" | "successive" => at + 2,
                "other" => {
                    let Sort::Unit(unit, false) = page.sort(at + 2) else { return None };
                    return read(at + 3, value(&Amount::Whole(2), unit)?);
                }
                _ => at + 1,
            };
            return match page.sort(next) {
                Sort::Unit(unit, false) => read(next + 1, one(unit)?),
                Sort::Weekday(day, _) => read(next + 1, format!("XXXX-WXX-{day}")),
                Sort::Month(month, _) => read(next + 1, format!("XXXX-{month:02}")),
                Sort::Season(season) => read(next + 1, format!("XXXX-{}", season.code())),
                Sort::Part(part) => read(next + 1, format!("XXXX-XX-XX{}", part.code())),
                Sort::Number(_) => {
                    let measure = measure(page, next)?;
                    read(measure.words.end, measure.value()?)
                }
                _ => None,
            };
        }
        "per" => {
            let Sort::Unit(unit, false) = page.sort(at + 1) else { return None };
            return read(at + 2, one(unit)?);
        }
        "a" | "an" if rate(page, at) => {
            let Sort::Unit(unit, false) = page.sort(at + 1) else { return None };
            return read(at + 2, one(unit)?);
        }
        _ => {}
    }
    if let Sort::Weekday(day, true) = page.sort(at) {
        return read(at + 1, format!("XXXX-WXX-{day}"));
    }
    if let (Sort::Weekday(day, false), Sort::Part(part)) = (page.sort(at), page.sort(at + 1))
        && page.word(at + 1).ends_with('s')
    {
        return read(at + 2, format!("XXXX-WXX-{day}{}", part.code()));
    }
    None
}

/// Whether "a year" tells how often or how much, as in "$5 billion a year": a figure stands close before.
fn rate(page: &Page<'_>, at: usize) -> bool {
    let Sort::Unit(unit, false) = page.sort(at + 1) else { return false };
    if matches!(
        unit,
        Unit::Quarter | Unit::Weekend | Unit::Decade | Unit::Century | Unit::Minute | Unit::Second | Unit::Fortnight
    ) {
        return false;
    }
    let governed = page.follows(
        at,
        &[
            "for", "in", "within", "than", "after", "nearly", "almost", "over", "about", "of", "half", "least", "from",
            "to", "with", "quite", "just", "barely", "only", "such", "what", "once", "is", "was", "by", "until", "and",
            "or", "under", "around", "at", "on", ",", "as", "the", "later", "earlier", "through", "during", "not",
            "took", "but", "-", "had", "before", "be", "since",
        ],
    ) || page.begins(at);
    let reckoned =
        page.is(at + 2, &["ago", "earlier", "later", "after", "before", "-", "and", "or", "in", "from", "into"]);
    let near = (at.saturating_sub(5)..at).rev().take_while(|index| page.sentence(*index) == page.sentence(at));
    let mut figures = near.filter(|index| {
        matches!(page.sort(*index), Sort::Number(_))
            || page.is(
                *index,
                &["times", "twice", "percent", "%", "million", "billion", "thousands", "tons", "$", "much", "many"],
            )
            || page.word(*index).starts_with(|c: char| c.is_ascii_digit())
    });
    let always = matches!(page.sort(at.wrapping_sub(1)), Sort::Unit(..));
    !governed && !reckoned && !always && figures.next().is_some()
}
