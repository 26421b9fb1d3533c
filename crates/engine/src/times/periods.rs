//! Quarters, halves, fiscal years and seasons: "the third quarter of 1990", "fiscal 2021", "last fall".
//!
//! In: a place on the page. Out: a period of a year.
//! Which year is meant follows from what is written beside ("this year's", "of 1990"), else from the day of publication:
//! a quarter that has not begun yet belongs to the year before unless the clause looks ahead.
//! **Invariant:** "fall" and "spring" are seasons only beside a word that makes them so; they are verbs otherwise.

use super::calendar::{Date, Moment, Unit};
use super::dates::year_at;
use super::lexicon::Sort;
use super::page::{Page, Reading};
use super::{Tense, TimeKind};

/// Whose period it is.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Whose {
    /// nothing is written beside it
    Unsaid,
    /// "the latest", "the current"
    Latest,
    /// a year is written: "the 1988 quarter", "last year's third quarter"
    Year(i32),
    /// "the year-ago quarter"
    YearBefore,
}

/// "this year's", "last year": the year; where it ends.
fn asked_year(page: &Page<'_>, at: usize) -> Option<(i32, usize)> {
    let shift = match page.word(at) {
        "this" => 0,
        "last" => -1,
        "next" => 1,
        _ => return None,
    };
    let fiscal = usize::from(page.word(at + 1) == "fiscal");
    (page.word(at + 1 + fiscal) == "year").then_some((page.today?.year() + shift, at + 2 + fiscal))
}

/// `time-quarter`
///
/// *What it reads:* "the third quarter", "third-quarter", "this year's first quarter", "the year-ago period", "the quarter", "the second half of 1989".
/// *Why:* figures of firms and states are told by the quarter; "the quarter" is the one told last.
/// *Example:* "the first quarter of 2025" is `2025-Q1`.
/// *Misreadings:* "a quarter of voters"; a fiscal quarter is written as if it were the calendar's.
pub(super) fn quarter(page: &Page<'_>, at: usize) -> Option<Reading> {
    let rule = "time-quarter";
    let mut next = at;
    let mut whose = Whose::Unsaid;
    let mut compared = false;
    if let Some((year, end)) = asked_year(page, at).filter(|(_, end)| page.is(*end, &["'s", "’s"])) {
        (whose, next) = (Whose::Year(year), end + 1);
    }
    let article = page.word(next) == "the";
    next += usize::from(article);
    for _ in 0..3 {
        match (page.word(next), page.word(next + 1), page.word(next + 2)) {
            ("year", "-", "ago" | "earlier") => (whose, next) = (Whose::YearBefore, next + 3),
            ("latest" | "current" | "most", ..) if article => (whose, next) = (Whose::Latest, next + 1),
            ("fiscal", "-", _) => next += 2,
            ("comparable" | "corresponding" | "same", ..) => (compared, next) = (true, next + 1),
            ("fiscal" | "recent", ..) => next += 1,
            _ => match year_at(page, next).filter(|_| page.word(next).len() == 4 && whose == Whose::Unsaid) {
                Some((year, end)) => (whose, next) = (Whose::Year(year), end),
                None => break,
            },
        }
    }
    let ordinal = match page.sort(next) {
        Sort::Ordinal(ordinal @ 1..=4) => Some(ordinal as u8),
        _ if page.is(next, &["last", "final", "latter"]) && page.word(next + 1) == "half" => Some(2),
        _ if page.is(next, &["final"]) && page.word(next + 1) == "quarter" => Some(4),
        _ => None,
    };
    if ordinal.is_some() {
        next += 1;
        // "the third-quarter loss": the article belongs to the loss
        if page.word(next) == "-" && page.word(at) == "the" {
            return None;
        }
        next += usize::from(page.word(next) == "-");
    }
    let unit = page.word(next);
    if unit == "half" {
        return half(page, at, next, ordinal?, whose);
    }
    // "the same period last year", "the same month a year ago"
    if compared && ordinal.is_none() && matches!(unit, "period" | "quarter" | "month") {
        let last_year = page.word(next + 1) == "last" && page.word(next + 2) == "year";
        let year_ago =
            page.word(next + 1) == "a" && page.word(next + 2) == "year" && page.is(next + 3, &["ago", "earlier"]);
        if last_year || year_ago {
            let end = next + if last_year { 3 } else { 4 };
            let moment = page.latest.and_then(Moment::year_before);
            return Some(Reading::reckoned(at..end, moment.or_else(|| year_before(page)), page.today, rule));
        }
    }
    let period = unit == "period" && whose != Whose::Unsaid && ordinal.is_none();
    let bare =
        unit == "quarter" && (ordinal.is_some() || whose != Whose::Unsaid || article && page.word(next + 1) != "of");
    if !period && !bare {
        // "year-earlier profit": an adjective of its own
        let adjective = whose == Whose::YearBefore && next == at + 3 && !article;
        return adjective.then(|| Reading::reckoned(at..next, year_before(page), page.today, rule));
    }
    let mut end = next + 1;
    // "of 1990", "of fiscal 1990", "of last year", "a year ago"
    let of = end + usize::from(page.is(end, &["of", "in"]));
    let fiscal = of + usize::from(page.word(of) == "fiscal");
    if let Some((year, after)) =
        year_at(page, fiscal).or_else(|| asked_year(page, of)).filter(|_| page.word(end) == "of" || of == end)
    {
        (whose, end) = (Whose::Year(year), after);
    } else if page.word(end) == "a" && page.word(end + 1) == "year" && page.is(end + 2, &["ago", "earlier"]) {
        (whose, end) = (Whose::YearBefore, end + 3);
    }
    let told = page.period;
    let moment = match (ordinal, whose) {
        (Some(ordinal), Whose::Year(year)) => Some(Moment::Quarter(year, ordinal)),
        (Some(ordinal), _) => quarter_of(page, next, ordinal)
            .and_then(|moment| if whose == Whose::YearBefore { moment.year_before() } else { Some(moment) }),
        (None, Whose::YearBefore) => year_before(page),
        (None, Whose::Year(year)) => match told {
            Some(Moment::Quarter(_, ordinal)) => Some(Moment::Quarter(year, ordinal)),
            _ => Some(Moment::Year(year)),
        },
        (None, _) => told.or_else(|| page.shifted(Unit::Quarter, 0)),
    };
    Some(Reading::reckoned(at..end, moment, page.today, rule))
}

/// The same period a year before the one told last: "the year-ago quarter", "a year earlier".
pub(super) fn year_before(page: &Page<'_>) -> Option<Moment> {
    match page.period {
        Some(quarter @ Moment::Quarter(..)) => quarter.year_before(),
        _ => page.shifted(Unit::Year, -1),
    }
}

/// The quarter of this number that the clause means.
fn quarter_of(page: &Page<'_>, at: usize, ordinal: u8) -> Option<Moment> {
    let today = page.today?;
    let current = today.month().div_ceil(3);
    let future = page.tense(at) == Tense::Future;
    let before = ordinal > current && !future;
    Some(Moment::Quarter(today.year() - i32::from(before), ordinal))
}

fn half(page: &Page<'_>, at: usize, unit_at: usize, ordinal: u8, whose: Whose) -> Option<Reading> {
    let rule = "time-quarter";
    let of = unit_at + 1 + usize::from(page.word(unit_at + 1) == "of");
    let decade = super::dates::decade(page, of).filter(|_| of == unit_at + 2);
    if let Some(decade) = decade {
        return Some(Reading::moment(at..decade.words.end, decade.moment?, rule));
    }
    let named = page.word(of) == "the" && page.word(of + 1) == "year";
    let (year, end) = match (year_at(page, of).or_else(|| asked_year(page, of)), whose) {
        (Some(year), _) => year,
        (None, Whose::Year(year)) => (year, unit_at + 1),
        _ if named => (page.today?.year(), of + 2),
        _ => return None,
    };
    (ordinal <= 2).then(|| Reading::reckoned(at..end, Some(Moment::Half(year, ordinal)), page.today, rule))
}

/// `time-fiscal-year`
///
/// *What it reads:* "fiscal 1989", "Fiscal Year (FY) 2021", "FY 2014", "the current fiscal year".
/// *Why:* budgets are told by fiscal years; the value is the year by which they are named.
/// *Example:* "fiscal year 2021" is `2021`.
/// *Misreadings:* the months that a fiscal year covers are not worked out.
pub(super) fn fiscal_year(page: &Page<'_>, at: usize) -> Option<Reading> {
    let rule = "time-fiscal-year";
    let mut next = at;
    if page.word(next) == "fiscal" {
        next += 1;
        next += usize::from(page.word(next) == "year");
        if page.word(next) == "(" && page.word(next + 1) == "fy" && page.word(next + 2) == ")" {
            next += 3;
        }
        let (year, end) = year_at(page, next)?;
        return Some(Reading::moment(at..end, Moment::Year(year), rule));
    }
    if let Some(glued) = page.word(at).strip_prefix("fy") {
        let short = |figures: &str| figures.parse::<i32>().ok().filter(|_| figures.bytes().all(|b| b.is_ascii_digit()));
        let (year, end) = match glued.len() {
            0 => year_at(page, at + 1)?,
            2 => (2000 + short(glued)?, at + 1),
            4 => (short(glued).filter(|year| (1900..2150).contains(year))?, at + 1),
            _ => return None,
        };
        return Some(Reading::moment(at..end, Moment::Year(year), rule));
    }
    next += usize::from(page.word(next) == "the");
    let shift = match page.word(next) {
        "current" | "latest" | "this" | "present" => Some(0),
        "last" | "previous" | "past" => Some(-1),
        "next" | "coming" => Some(1),
        _ => None,
    };
    next += usize::from(shift.is_some());
    if page.word(next) != "fiscal" || page.word(next + 1) != "year" || next == at {
        return None;
    }
    let moment = page.shifted(Unit::Year, shift.unwrap_or(0));
    Some(Reading::reckoned(at..next + 2, moment, page.today, rule))
}

/// `time-season`
///
/// *What it reads:* "last fall", "the spring of 2022", "this summer", "autumn last year", "in the summer".
/// *Why:* offensives and elections are told by the season.
/// *Example:* "the spring of 2022" is `2022-SP`.
/// *Misreadings:* "the fall of Kabul", "prices fall"; a winter is named after the year in which it begins.
pub(super) fn season(page: &Page<'_>, at: usize) -> Option<Reading> {
    let rule = "time-season";
    let mut next = at + usize::from(page.word(at) == "the");
    let article = next > at;
    next += usize::from(article && page.is(next, &["early", "late", "mid"]));
    let asked = match page.word(next) {
        "last" | "past" | "previous" => Some(-1),
        "this" => Some(0),
        "next" | "coming" => Some(1),
        _ => None,
    };
    next += usize::from(asked.is_some());
    let Sort::Season(season) = page.sort(next) else { return None };
    let mut end = next + 1;
    let of = end + usize::from(page.word(end) == "of");
    if let Some((year, end)) = year_at(page, of).or_else(|| asked_year(page, of)) {
        return Some(Reading::moment(at..end, Moment::Season(year, season), rule));
    }
    let fall = page.word(next) == "fall";
    let said = page.follows(
        at,
        &["in", "since", "until", "by", "during", "through", "before", "after", "over", "early", "late", "mid"],
    ) || page.follows(at, &["and", "or"]) && page.before.is_some_and(|(end, _)| end + 1 == at);
    let adjective = page.is(end, &["olympics", "games", "school", "break", "camp", "house", "palace"]);
    let stands = asked.is_some() || article && !fall && page.word(end) != "of" || said && !fall && !page.capital(next);
    if !stands || adjective {
        return None;
    }
    end += usize::from(page.is(end, &["months", "season"]));
    let Some(today) = page.today else {
        return Some(Reading::value(at..end, TimeKind::Date, alloc::format!("XXXX-{}", season.code()), rule));
    };
    let begins = |year: i32| Date::new(year, season.begins(), 1);
    let years = (-2..=1).map(|shift| today.year() + shift);
    let middle = |year: &i32| begins(*year).map_or(i32::MAX, |date| (date.days() + 45 - today.days()).abs());
    let over = |year: &i32| begins(*year).is_some_and(|date| date.days() + 90 <= today.days());
    let year = match asked {
        Some(-1) => years.filter(over).max(),
        Some(1) => years.filter(|year| begins(*year).is_some_and(|date| date > today)).min(),
        _ => years.min_by_key(middle),
    };
    Some(Reading::reckoned(at..end, year.map(|year| Moment::Season(year, season)), Some(today), rule))
}
