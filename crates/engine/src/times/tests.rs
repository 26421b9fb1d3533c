//! What each family reads, on sentences of our own. All reports are of Friday, 14 March 2025 unless another day is given.

use super::*;
use alloc::format;
use alloc::string::ToString;
use alloc::vec;

fn times_of(text: &str, published: Option<&str>) -> Vec<Time> {
    let paragraphs = crate::paragraphs::cut(text);
    let tokens = crate::tokens::cut(text, &paragraphs);
    let sentences = crate::sentences::cut(text, &tokens);
    resolve(text, &sentences, &tokens, &|_| Tense::Unknown, published.and_then(Published::parse))
}

/// The times of a text as `words = value`.
fn read_on(day: &str, text: &str) -> Vec<String> {
    let written = |time: Time| format!("{} = {}", time.span.of(text), time.value.unwrap_or_else(|| "?".to_string()));
    times_of(text, Some(day)).into_iter().map(written).collect()
}

fn read(text: &str) -> Vec<String> {
    read_on("2025-03-14", text)
}

#[test]
fn weekdays_follow_the_tense() {
    assert_eq!(read("The envoy met the president on Thursday night."), ["Thursday night = 2025-03-13TNI"]);
    assert_eq!(read("The ministers will meet on Monday."), ["Monday = 2025-03-17"]);
    assert_eq!(read("The minister said on Friday the talks had failed."), ["Friday = 2025-03-14"]);
    assert_eq!(read("She goes to Geneva on Tuesday."), ["Tuesday = 2025-03-18"]);
    assert_eq!(read("Three drones fell early on Friday."), ["early on Friday = 2025-03-14TMO"]);
    assert_eq!(read("The vote was scheduled for Wednesday."), ["Wednesday = 2025-03-19"]);
    assert_eq!(
        read("They spoke last Monday and meet again next Monday."),
        ["last Monday = 2025-03-10", "next Monday = 2025-03-17"]
    );
    assert_eq!(
        read("He stays in Warsaw from Monday to Wednesday and will speak there."),
        ["Monday = 2025-03-17", "Wednesday = 2025-03-19"]
    );
}

#[test]
fn the_grammar_outvotes_the_guess() {
    let text = "The parties meet Tuesday.";
    let tokens = crate::tokens::cut(text, &crate::paragraphs::cut(text));
    let sentences = crate::sentences::cut(text, &tokens);
    let published = Published::parse("2025-03-14");
    let value = |tense| resolve(text, &sentences, &tokens, &move |_| tense, published)[0].value.clone();
    assert_eq!(value(Tense::Past).as_deref(), Some("2025-03-11"));
    assert_eq!(value(Tense::Future).as_deref(), Some("2025-03-18"));
}

#[test]
fn full_dates_in_every_order() {
    for (text, value) in [
        ("It was signed on Feb. 28, 2024.", "Feb. 28, 2024 = 2024-02-28"),
        ("It was signed on 28 February 2024.", "28 February 2024 = 2024-02-28"),
        ("It was signed on 2024-02-28.", "2024-02-28 = 2024-02-28"),
        ("It was signed on 02/28/2024.", "02/28/2024 = 2024-02-28"),
        ("It was signed on 28.02.2024.", "28.02.2024 = 2024-02-28"),
        ("It was signed on the 28th of February, 2024.", "the 28th of February, 2024 = 2024-02-28"),
        ("It was signed on Wednesday, February 28, 2024.", "Wednesday, February 28, 2024 = 2024-02-28"),
        ("The world changed on 9/11.", "9/11 = 2001-09-11"),
    ] {
        assert_eq!(read(text), [value]);
    }
    assert_eq!(read("He travels on March 17-19."), ["March 17-19 = 2025-03-17/2025-03-19"]);
    assert_eq!(read("An attack is expected on March 16 or 17."), ["March 16 = 2025-03-16", "17 = 2025-03-17"]);
}

#[test]
fn a_missing_year_is_the_nearest_that_the_tense_allows() {
    assert_eq!(read("They quarrelled on February 28."), ["February 28 = 2025-02-28"]);
    assert_eq!(read("The council approved it in December."), ["December = 2024-12"]);
    assert_eq!(read("The council will vote in December."), ["December = 2025-12"]);
    assert_eq!(read("He spoke in March 2022 and again last April."), ["March 2022 = 2022-03", "last April = 2024-04"]);
    assert_eq!(read("By mid-May the front had moved."), ["mid-May = 2024-05"]);
    assert_eq!(read("It fell at the end of February."), ["the end of February = 2025-02"]);
}

#[test]
fn months_that_are_verbs_and_names_are_left_alone() {
    for text in [
        "The parties may agree.",
        "May said the deal was dead.",
        "Theresa May resigned.",
        "March with us, they shouted.",
        "He held 7,500 prisoners and 2,000 troops.",
        "The mayor sent 2000 soldiers.",
        "It cost $2014 a piece.",
        "Prices fall and spring back.",
        "A 36-year-old driver was killed.",
        "He seconded the motion.",
        "A quarter of voters stayed at home.",
        "The score was 2:1.",
    ] {
        assert_eq!(read(text), Vec::<String>::new(), "{text}");
    }
}

#[test]
fn years_decades_and_centuries() {
    assert_eq!(read("The 2001 invasion came after the wars of the 1990s."), ["2001 = 2001", "the 1990s = 199"]);
    assert_eq!(read("In nineteen ninety-six he won."), ["nineteen ninety-six = 1996"]);
    assert_eq!(read("It is the worst war of the 21st century."), ["the 21st century = 20"]);
    assert_eq!(read("Growth was slow in the late 1970s and the '80s."), ["the late 1970s = 197", "the '80s = 198"]);
}

#[test]
fn days_near_the_report() {
    assert_eq!(
        read("He arrived yesterday and leaves tomorrow morning."),
        ["yesterday = 2025-03-13", "tomorrow morning = 2025-03-15TMO"]
    );
    assert_eq!(read("Russia launched ninety drones overnight."), ["overnight = 2025-03-13TNI"]);
    assert_eq!(read("Talks ran overnight into Monday."), ["overnight = 2025-03-09TNI", "Monday = 2025-03-10"]);
    assert_eq!(read("We shall know more tonight."), ["tonight = 2025-03-14TNI"]);
    assert_eq!(read("Shells fell last night."), ["last night = 2025-03-13TNI"]);
}

#[test]
fn days_told_before_are_counted_from() {
    assert_eq!(
        read("They met on Monday. The day before, he had refused."),
        ["Monday = 2025-03-10", "The day before = 2025-03-09"]
    );
    assert_eq!(
        read("He came on March 3. Two days later, he left."),
        ["March 3 = 2025-03-03", "Two days later = 2025-03-05"]
    );
    assert_eq!(
        read("It began in November 2021. That same year, others fled."),
        ["November 2021 = 2021-11", "That same year = 2021"]
    );
    assert_eq!(
        read("They spoke on Monday; in the evening they signed."),
        ["Monday = 2025-03-10", "in the evening = 2025-03-10TEV"]
    );
    assert_eq!(
        read("The decree came in 1996, and the following year he fell."),
        ["1996 = 1996", "the following year = 1997"]
    );
}

#[test]
fn weeks_months_and_years_around_publication() {
    assert_eq!(
        read("Last week they met; this month they will sign."),
        ["Last week = 2025-W10", "this month = 2025-03"]
    );
    assert_eq!(read("He resigned earlier this year."), ["earlier this year = 2025"]);
    assert_eq!(read("The war began 16 months ago."), ["16 months ago = 2023-11"]);
    assert_eq!(
        read("She left nearly five years ago, not decades ago."),
        ["nearly five years ago = 2020", "decades ago = PAST_REF"]
    );
    assert_eq!(read("They met over the weekend."), ["the weekend = 2025-W10-WE"]);
    assert_eq!(read("Work ends by year-end."), ["year-end = 2025-12-31"]);
    assert_eq!(read("The summit is planned for the week of March 24."), ["the week of March 24 = 2025-W13"]);
}

#[test]
fn stretches_of_time() {
    for (text, value) in [
        ("They proposed a 30-day ceasefire.", "30-day = P30D"),
        ("He promised peace within 24 hours.", "24 hours = PT24H"),
        ("The war has lasted more than three years.", "more than three years = P3Y"),
        ("In the past 48 hours nothing moved.", "the past 48 hours = PT48H"),
        ("It took two and a half years.", "two and a half years = P2Y6M"),
        ("They spoke for half an hour.", "half an hour = PT30M"),
        ("For weeks no aid came.", "weeks = PXW"),
        ("After months of talks they signed.", "months = PXM"),
        ("The decades-long feud goes on.", "decades-long = PXDE"),
        ("Over the past two decades he ruled.", "the past two decades = P20Y"),
        ("They waited a couple of days.", "a couple of days = P2D"),
        ("It rained for twenty-one days.", "twenty-one days = P21D"),
        ("The 18-month-old war goes on.", "18-month-old = P18M"),
        ("The speech lasted an hour and 46 minutes.", "an hour and 46 minutes = PT1H46M"),
    ] {
        assert_eq!(read(text), [value]);
    }
}

#[test]
fn what_comes_round() {
    assert_eq!(read("They meet every week."), ["every week = P1W"]);
    assert_eq!(read("It sails each Thursday."), ["each Thursday = XXXX-WXX-4"]);
    assert_eq!(read("The plan costs $5 billion a year."), ["a year = P1Y"]);
    assert_eq!(read("They are shelled daily."), ["daily = P1D"]);
    assert_eq!(read("On Mondays the court rests."), ["Mondays = XXXX-WXX-1"]);
}

#[test]
fn quarters_and_seasons() {
    assert_eq!(read("Exports fell in the first quarter of 2025."), ["the first quarter of 2025 = 2025-Q1"]);
    assert_eq!(
        read("Profit rose in the fourth quarter from a year earlier."),
        ["the fourth quarter = 2024-Q4", "a year earlier = 2023-Q4"]
    );
    assert_eq!(read("Aid ended in fiscal year 2021."), ["fiscal year 2021 = 2021"]);
    assert_eq!(
        read("They fled in the spring of 2022 and returned last fall."),
        ["the spring of 2022 = 2022-SP", "last fall = 2024-FA"]
    );
    assert_eq!(read("Growth slowed in the second half of 2024."), ["the second half of 2024 = 2024-H2"]);
}

#[test]
fn feasts() {
    assert_eq!(read_on("2025-04-21", "The Easter truce was broken."), ["Easter = 2025-04-20"]);
    assert_eq!(read_on("2000-01-07", "The boy was found on Thanksgiving Day."), ["Thanksgiving Day = 1999-11-25"]);
    assert_eq!(read("Ramadan began in peace."), Vec::<String>::new());
}

#[test]
fn clock_times() {
    assert_eq!(read("Sirens began at 10:35 a.m. on Thursday."), ["10:35 a.m. on Thursday = 2025-03-13T10:35"]);
    assert_eq!(read("The fire was out at 15:00 Kyiv time."), ["15:00 Kyiv time = 2025-03-14T15:00"]);
    assert_eq!(read("It landed at 08:30 UTC."), ["08:30 UTC = 2025-03-14T08:30Z"]);
    assert_eq!(read("They spoke on Monday, March 10, at 4 p.m."), ["Monday, March 10, at 4 p.m. = 2025-03-10T16:00"]);
    assert_eq!(read("The truce began at noon Tuesday."), ["noon Tuesday = 2025-03-11T12:00"]);
}

#[test]
fn near_and_unmeasured() {
    assert_eq!(read("They are currently encircled."), ["currently = PRESENT_REF"]);
    assert_eq!(
        read("In recent days he spoke of the coming weeks."),
        ["recent days = PAST_REF", "the coming weeks = FUTURE_REF"]
    );
    assert_eq!(read("Russia might one day attack."), ["one day = FUTURE_REF"]);
}

#[test]
fn without_a_day_nothing_relative_is_resolved() {
    let values =
        |text: &str| -> Vec<Option<String>> { times_of(text, None).into_iter().map(|time| time.value).collect() };
    assert_eq!(values("He left yesterday and returns on Friday."), [None, None]);
    assert_eq!(values("He left in 2014."), [Some("2014".to_string())]);
    assert_eq!(
        values("KABUL (Jan. 25, 2013) Two men were seized yesterday."),
        [Some("2013-01-25".to_string()), Some("2013-01-24".to_string())]
    );
}

#[test]
fn a_missing_space_hides_nothing() {
    assert_eq!(
        read("The presidents talked on Saturday.The day before, Jones spoke."),
        ["Saturday = 2025-03-08", "The day before = 2025-03-07"]
    );
}

#[test]
fn every_rule_is_explained_and_every_explained_rule_reads() {
    let text = "On 2024-02-28 and on March 3 or 4 he spoke. Yesterday evening they met. The day before, nobody came. \
        It fell in the morning. They flew overnight. They meet every day. On Friday he left. He rested over the weekend. \
        They marched on Easter Monday. It grew in fiscal 2021 and in the first quarter of 2024. Last fall it rained. \
        In the 1990s nobody cared. In December they voted. In 2014 it began. It ends by year-end. He came two years ago. \
        Russia might one day attack. Last week they met. It took three days. For weeks no aid came. They currently wait. \
        It began at 10:35 a.m. on Friday.";
    let mut used: Vec<&str> = times_of(text, Some("2025-03-14")).iter().map(|time| time.rule).collect();
    used.sort_unstable();
    used.dedup();
    let mut explained: Vec<&str> = RULES.iter().map(|(code, _)| *code).collect();
    explained.sort_unstable();
    assert_eq!(used, explained);
}

#[test]
fn no_text_makes_it_panic_and_times_never_overlap() {
    let pieces = [
        "last",
        "the",
        "of",
        "a",
        "half",
        "and",
        "-",
        "99999999999",
        "4000000000 years ago",
        "year",
        "years",
        "ago",
        "March",
        "31",
        "9999",
        "0s",
        "’90s",
        "é",
        "mid-",
        "24:61",
        "13 p.m.",
        "the next",
        "quarter",
        "every",
        "two thousand",
        "hundred hundred hundred hundred hundred",
        "30th",
        "Feb.",
        "centuries",
        "week of",
        "\n\n",
        ".Xy",
        "2024-13-40",
        "1/1/1/1",
        "overnight into",
        "…",
        "fy99",
        "days later",
    ];
    for first in pieces {
        for second in pieces {
            for third in ["", "ago", "of", "March", "later", "a.m."] {
                let text = format!("{first} {second} {third} {first}");
                for published in [None, Some("9999-12-31"), Some("0001-01-01"), Some("2025-03-14")] {
                    let times = times_of(&text, published);
                    assert!(times.windows(2).all(|pair| pair[0].span.end <= pair[1].span.start), "{text}");
                    assert!(times.iter().all(|time| !time.span.of(&text).is_empty()), "{text}");
                }
            }
        }
    }
    assert_eq!(times_of("", None), vec![]);
}
