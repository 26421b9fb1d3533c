//! Times told by their distance: "last week", "two years ago", "three days later", "recently", "the coming days".
//!
//! In: a place on the page. Out: a week, month or year reckoned from the day of publication, or from the last moment told.
//! The value is as wide as the unit in the words: "five years ago" is a year, "two months ago" a month, "two weeks ago" a week.
//! What is near but not measured is `PAST_REF`, `PRESENT_REF` or `FUTURE_REF`.
//! **Invariant:** nothing vague is given a date.

use super::calendar::{Moment, Unit};
use super::durations::{self, Amount, Relation};
use super::lexicon::Sort;
use super::page::{Page, Reading};
use super::{Tense, TimeKind};

const PAST: &str = "PAST_REF";
const PRESENT: &str = "PRESENT_REF";
const FUTURE: &str = "FUTURE_REF";

/// Whether words stand here in this order.
fn stand(page: &Page<'_>, at: usize, words: &[&str]) -> bool {
    words.iter().enumerate().all(|(index, word)| page.word(at + index) == *word)
}

/// Fixed phrases, the longest first where one begins another.
const PHRASES: &[(&[&str], &str)] = &[
    (&["right", "now"], PRESENT),
    (&["until", "now"], PRESENT),
    (&["at", "the", "moment"], PRESENT),
    (&["at", "present"], PRESENT),
    (&["at", "this", "moment"], PRESENT),
    (&["these", "days"], PRESENT),
    (&["nowadays"], PRESENT),
    (&["presently"], PRESENT),
    (&["currently"], PRESENT),
    (&["now"], PRESENT),
    (&["more", "recently"], PAST),
    (&["recently"], PAST),
    (&["lately"], PAST),
    (&["the", "recent", "past"], PAST),
    (&["past", "years"], PAST),
    (&["years", "past"], PAST),
    (&["the", "foreseeable", "future"], FUTURE),
    (&["the", "near", "future"], FUTURE),
    (&["the", "distant", "future"], FUTURE),
    (&["near", "future"], FUTURE),
    (&["the", "near", "term"], FUTURE),
    (&["the", "short", "term"], FUTURE),
    (&["as", "soon", "as", "possible"], FUTURE),
    (&["the", "coming", "days", "and", "weeks"], FUTURE),
    (&["the", "coming", "weeks", "and", "months"], FUTURE),
    (&["recent", "days", "and", "weeks"], PAST),
    (&["recent", "weeks", "and", "months"], PAST),
];

/// `time-reference`
///
/// *What it reads:* "now", "currently", "recent", "recently", "the future", "in the past", "upcoming", "soon".
/// *Why:* they place a clause before, at or after the time of writing without measuring how far.
/// *Example:* "currently" is `PRESENT_REF`.
/// *Misreadings:* "now that" as a conjunction; "as soon as" with an event; "the past president".
pub(super) fn reference(page: &Page<'_>, at: usize) -> Option<Reading> {
    let read = |end: usize, value: &str| Some(Reading::value(at..end, TimeKind::Date, value, "time-reference"));
    // "Now, ..." and "Previously, ..." join sentences, and name no time
    if page.begins(at) && page.word(at + 1) == "," && page.is(at, &["now", "previously"]) {
        return None;
    }
    if let Some((phrase, value)) = PHRASES.iter().find(|(phrase, _)| stand(page, at, phrase)) {
        return read(at + phrase.len(), value);
    }
    let plural = |at: usize| matches!(page.sort(at), Sort::Unit(_, true));
    let article = usize::from(page.word(at) == "the");
    match page.word(at + article) {
        // "recent days", but "recent" alone before any other noun
        "recent" if plural(at + article + 1) => read(at + article + 2, PAST),
        "recent" if article == 0 && !page.capital(at) => read(at + 1, PAST),
        "coming" | "upcoming" | "nearest" if plural(at + article + 1) => read(at + article + 2, FUTURE),
        "future" if article == 0 && plural(at + 1) => read(at + 2, FUTURE),
        "past"
            if article == 1 && !page.word(at + 2).starts_with(char::is_alphanumeric)
                || article == 1
                    && page.follows(at, &["in"])
                    && page.is(at + 2, &["he", "she", "they", "it", "and", "but", "that", "has", "have", "with"]) =>
        {
            read(at + 2, PAST)
        }
        "future" if article == 1 && page.follows(at, &["in", "into", "for", "near"]) && page.word(at + 2) != "of" => {
            read(at + 2, FUTURE)
        }
        "previously" if page.begins(at) || page.follows(at, &["has", "had", "have"]) => read(at + 1, PAST),
        "current" if article == 0 && !page.is(at + 1, &["of"]) => read(at + 1, PRESENT),
        "upcoming" if article == 0 => read(at + 1, FUTURE),
        "soon"
            if article == 0
                && !page.follows(at, &["as", "how", "too", "so", "very"])
                && !page.is(at + 1, &["after", "as", "afterward", "enough"]) =>
        {
            read(at + 1, FUTURE)
        }
        _ => None,
    }
}

/// `time-some-day`
///
/// *What it reads:* "one day", where the clause looks ahead.
/// *Why:* "will one day be" means some time to come, not a stretch of a day.
/// *Example:* "might one day attack" is `FUTURE_REF`.
/// *Misreadings:* "one day after" and "in one day" measure.
pub(super) fn some_day(page: &Page<'_>, at: usize) -> Option<Reading> {
    let ahead = stand(page, at, &["one", "day"])
        && page.follows(at, &["will", "would", "might", "may", "could", "can", "and", "that", "to"])
        && !page.is(at + 2, &["after", "before", "later", "earlier", "ago"])
        && page.tense(at) == Tense::Future;
    ahead.then(|| Reading::value(at..at + 2, TimeKind::Date, FUTURE, "time-some-day"))
}

/// `time-relative-unit`
///
/// *What it reads:* "last week", "this year", "next month", "the previous year", "the following month", "the current year", "the year".
/// *Why:* reckoned from publication; "previous" and "following" from the last moment told.
/// *Example:* "last month" in a report of 14 March 2025 is `2025-02`; "this week" is `2025-W11`.
/// *Misreadings:* "last minute"; "the past week" is a duration.
pub(super) fn unit(page: &Page<'_>, at: usize) -> Option<Reading> {
    let rule = "time-relative-unit";
    let article = usize::from(page.word(at) == "the");
    let mut next = at + article;
    let word = page.word(next);
    let mut shift = match word {
        "last" => -1,
        "this" if article == 0 => 0,
        "current" | "present" | "full" => 0,
        "next" | "coming" => 1,
        "previous" | "preceding" | "prior" => -1,
        "following" | "subsequent" => 1,
        _ => return the_unit(page, at).filter(|_| article == 1),
    };
    let told = matches!(word, "previous" | "preceding" | "prior" | "following" | "subsequent");
    if told && article == 0 {
        return None;
    }
    next += 1;
    if word == "this" && page.is(next, &["past", "coming"]) {
        shift = if page.word(next) == "past" { -1 } else { 1 };
        next += 1;
    }
    let Sort::Unit(unit, false) = page.sort(next) else { return None };
    // "This Week" is a programme
    if page.capital(next) && page.capital(at) && !page.capital(next + 1) {
        return None;
    }
    // "the last week of March" is a week of March
    if article == 1 && page.word(next + 1) == "of" && unit != Unit::Year {
        return None;
    }
    let named = matches!(unit, Unit::Week | Unit::Month | Unit::Year | Unit::Quarter);
    if !named || word == "full" && unit != Unit::Year || page.word(next + 1) == "-" && page.glued(next + 1) {
        return None;
    }
    // "last week's" keeps its noun; "last year" in "last year end" does not
    let base = if told { page.latest.or_else(|| page.now()) } else { page.now() };
    let moment = base.and_then(|base| base.shifted(unit, shift));
    let loose = page.word(next + 1) == "or" && page.word(next + 2) == "so";
    Some(Reading::reckoned(
        at..next + if loose { 3 } else { 1 },
        moment,
        base.and_then(Moment::day).or(page.today),
        rule,
    ))
}

/// "the year", "the week", "the month of talks": units with an article alone.
fn the_unit(page: &Page<'_>, at: usize) -> Option<Reading> {
    let rule = "time-relative-unit";
    let unit = match page.word(at + 1) {
        "year" => Unit::Year,
        "week" => Unit::Week,
        "month"
            if page.is(at.wrapping_sub(1), &["of", "in"])
                && page
                    .is(at.wrapping_sub(2), &["end", "later", "earlier", "beginning", "middle", "start", "rest"]) =>
        {
            Unit::Month
        }
        _ => return None,
    };
    if page.is(at + 2, &["-", "of", "before", "after"]) && !(unit == Unit::Week && page.word(at + 2) == "of") {
        return None;
    }
    if unit == Unit::Week && page.word(at + 2) == "of" {
        let day = super::dates::month_day(page, at + 3)?;
        let week = day.moment.and_then(|moment| moment.widened(Unit::Week));
        return Some(Reading::reckoned(at..day.words.end, week, page.today, rule));
    }
    if unit == Unit::Year && page.is(at + 2, &["ended", "ending", "ends"]) {
        return Some(Reading::value(at..at + 2, TimeKind::Duration, "P1Y", rule));
    }
    Some(Reading::reckoned(at..at + 2, page.shifted(unit, 0), page.today, rule))
}

/// `time-distance`
///
/// *What it reads:* "two years ago", "16 months ago", "a year earlier", "two days later", "three weeks from now", "decades ago".
/// *Why:* "ago" counts from publication, "earlier" and "later" from the last moment that the text told.
/// *Example:* "five years ago" in a report of 2025 is `2020`; "two days later" after "on 13 March" is `2025-03-15`.
/// *Misreadings:* hours and minutes stay durations; with nothing told before, "two days later" stays one too.
pub(super) fn distance(page: &Page<'_>, at: usize) -> Option<Reading> {
    let rule = "time-distance";
    let vague = |end: usize, value: &str| Some(Reading::value(at..end, TimeKind::Date, value, rule));
    // "decades ago", "weeks later"
    if let Sort::Unit(unit, true) = page.sort(at) {
        let wide = !matches!(unit, Unit::Quarter | Unit::Weekend);
        return match page.word(at + 1) {
            "ago" | "earlier" if wide => vague(at + 2, PAST),
            "later" if wide => vague(at + 2, PAST),
            _ => None,
        };
    }
    let measure = durations::measure(page, at).filter(|measure| measure.relation == Relation::None)?;
    let mut end = measure.words.end;
    let clock = matches!(measure.unit, Unit::Hour | Unit::Minute | Unit::Second);
    let (base, sign) = match page.word(end) {
        "ago" => (page.now(), -1),
        "hence" => (page.now(), 1),
        "from" if page.is(end + 1, &["now", "today"]) => {
            end += 1;
            (page.now(), 1)
        }
        "earlier" => (page.latest.or_else(|| page.now()), -1),
        "before" if !page.word(end + 1).starts_with(char::is_alphanumeric) => (page.latest.or_else(|| page.now()), -1),
        "later" | "afterwards" | "afterward" => (page.latest, 1),
        _ => return None,
    };
    let end = end + 1;
    if clock {
        return None;
    }
    if measure.amount == Amount::Vague {
        return vague(end, if page.is(end - 1, &["now", "hence"]) { FUTURE } else { PAST });
    }
    // "a year earlier" in a text that tells of quarters is the same quarter of the year before
    if measure.unit == Unit::Year && measure.count() == Some(1) && page.is(end - 1, &["ago", "earlier"]) {
        let quarter = page.period.is_some_and(|period| matches!(period, Moment::Quarter(..)));
        if quarter || page.word(end - 1) == "ago" || page.latest.is_none_or(|latest| latest.year().is_none()) {
            return Some(Reading::reckoned(at..end, super::periods::year_before(page), page.today, rule));
        }
    }
    let shifted = |base: Moment| match (measure.count(), &measure.amount) {
        (Some(count), _) => base.shifted(measure.unit, sign * count),
        (None, Amount::AndHalf(years)) if measure.unit == Unit::Year => {
            let months = i32::try_from(*years).ok().filter(|years| *years < 9999)? * 12 + 6;
            base.shifted(Unit::Month, sign * months)?.widened(Unit::Year)
        }
        _ => None,
    };
    match (base, base.and_then(shifted)) {
        (_, Some(moment)) => Some(Reading::reckoned(at..end, Some(moment), base.and_then(Moment::day), rule)),
        (None, None) if sign < 0 => Some(Reading::reckoned(at..end, None, None, rule)),
        _ => None,
    }
}

/// `time-year-end`
///
/// *What it reads:* "year-end", "year's end".
/// *Why:* deadlines of firms and treaties; the last day of the year that the tense points at.
/// *Example:* "by year-end" in March 2025 is `2025-12-31`.
/// *Misreadings:* "the year-end party".
pub(super) fn year_end(page: &Page<'_>, at: usize) -> Option<Reading> {
    let rule = "time-year-end";
    let end = match (page.word(at), page.word(at + 1), page.word(at + 2)) {
        ("year", "-", "end") | ("year", "'s" | "’s", "end") => at + 3,
        ("year", "end", _) if page.follows(at, &["by", "at", "until", "around", "since", "before"]) => at + 2,
        _ => return None,
    };
    let year = page.today?.year() - i32::from(page.follows(at, &["since"]));
    let moment = if page.word(at + 1) == "-" {
        Moment::Day(super::calendar::Date::new(year, 12, 31)?)
    } else {
        Moment::Year(year)
    };
    Some(Reading::reckoned(at..end, Some(moment), page.today, rule))
}
