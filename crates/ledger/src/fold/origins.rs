//! Copies and light rewrites: the text of a report in, the earliest report that it was taken from out.
//!
//! Every run of five words is a shingle; of a long text one in four of them, chosen by its hash, is remembered with the reports that had it. A
//! report many of whose shingles another one had within a fortnight counts as taken from it. The shorter of the two is the measure, so that
//! a dispatch with a paragraph more or less is still that dispatch; for another outlet of the same day or the next a quarter is enough, since
//! that is how dispatches are rewritten, and for one of the same outlet that says at its head what it corrects. Shingles that several dispatches have had are a formula ("spoke today by phone with") and tell
//! nothing of where a report comes from.
//!
//! **Invariant:** an origin is an earlier report, and is its own origin.

use std::collections::{BTreeMap, HashMap};
use std::hash::{BuildHasherDefault, Hasher};

use serde::{Deserialize, Serialize};

use crate::days;

/// Words in a shingle.
const RUN: usize = 5;

/// One in so many shingles is remembered, in texts that have enough of them.
const ONE_IN: u64 = 4;

/// A text with fewer shingles than this remembers all of them.
const SHORT: usize = 400;

/// How much of the shorter text must stand in the other.
const SAME: f64 = 0.4;

/// How much it is for a report of another outlet, of the next day at the latest: a dispatch is rewritten while it is news.
const SAME_NEWS: f64 = 0.25;

/// In how many characters at its head a report says that it corrects another.
const HEAD: usize = 60;

/// How many shared shingles it takes at least.
const FEWEST: usize = 12;

/// A shingle that more dispatches than this have had is a formula.
const FORMULA: usize = 2;

/// How many days lie between a dispatch and its copies at most.
const WITHIN: u32 = 14;

/// The shingles of all reports so far.
#[derive(Default)]
pub struct Origins {
    reports: Vec<Seen>,
    /// Shingle to the last report that has it, as a place in `having`.
    last: HashMap<u64, u32, BuildHasherDefault<AsItIs>>,
    /// A report that has a shingle, and the place of the one before it that has the same shingle.
    having: Vec<(u32, Option<u32>)>,
    /// The hash of all shingles of a text to the last report that has these and no others.
    same: HashMap<u64, u32, BuildHasherDefault<AsItIs>>,
}

/// What is remembered of a report.
#[derive(Serialize, Deserialize)]
pub struct Seen {
    key: String,
    origin: String,
    known: String,
    outlet: String,
    shingles: Vec<u64>,
    /// How many of the shingles were no formula when it came.
    telling: usize,
}

/// A shingle is a hash already.
#[derive(Default)]
struct AsItIs(u64);

impl Hasher for AsItIs {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, _: &[u8]) {}

    fn write_u64(&mut self, shingle: u64) {
        self.0 = shingle;
    }
}

impl Origins {
    /// The origin of a report, and how much of the shorter text the other has (1 for a report that is its own origin).
    pub fn of(&mut self, report: &str, outlet: &str, known: &str, text: &str) -> (String, f64) {
        let shingles = shingles(text);
        let mut shared: BTreeMap<u32, usize> = BTreeMap::new();
        let mut telling = shingles.len();
        for shingle in &shingles {
            if self.formula(*shingle) {
                telling -= 1;
                continue;
            }
            for earlier in self.having(*shingle) {
                *shared.entry(earlier).or_default() += 1;
            }
        }
        let near = |seen: &Seen| days::apart(&seen.known, known).is_some_and(|days| days <= WITHIN);
        let corrects = corrects(text);
        let mut best: Option<(f64, &Seen)> = None;
        for (index, count) in shared {
            let Some(seen) = self.reports.get(index as usize) else { continue };
            let likeness = count as f64 / seen.telling.min(telling).max(1) as f64;
            let enough = count >= FEWEST.min(seen.shingles.len().min(shingles.len()));
            let fresh = days::apart(&seen.known, known).is_some_and(|days| days <= 1);
            let same = if fresh && (corrects || seen.outlet != outlet) { SAME_NEWS } else { SAME };
            if enough && likeness >= same && near(seen) && best.is_none_or(|(most, _)| likeness > most) {
                best = Some((likeness, seen));
            }
        }
        // a whole text again is a copy, be it all formulas
        let copied = self.same.get(&whole(&shingles)).filter(|_| !shingles.is_empty());
        if let Some(seen) = copied.and_then(|index| self.reports.get(*index as usize)).filter(|seen| near(seen)) {
            best = Some((1.0, seen));
        }
        let (origin, likeness) =
            best.map_or_else(|| (report.to_owned(), 1.0), |(likeness, seen)| (seen.origin.clone(), likeness.min(1.0)));
        self.see(Seen {
            key: report.to_owned(),
            origin: origin.clone(),
            known: known.to_owned(),
            outlet: outlet.to_owned(),
            shingles,
            telling,
        });
        debug_assert!(self.reports.iter().any(|seen| seen.key == origin));
        (origin, likeness)
    }

    /// Remembers a report.
    pub fn see(&mut self, seen: Seen) {
        let index = self.reports.len() as u32;
        for shingle in &seen.shingles {
            let before = self.last.insert(*shingle, self.having.len() as u32);
            self.having.push((index, before));
        }
        self.same.insert(whole(&seen.shingles), index);
        self.reports.push(seen);
    }

    /// What is remembered of the last report.
    pub fn last(&self) -> Option<&Seen> {
        self.reports.last()
    }

    /// The reports that have a shingle, the latest first.
    fn having(&self, shingle: u64) -> impl Iterator<Item = u32> {
        let mut next = self.last.get(&shingle).copied();
        core::iter::from_fn(move || {
            let (report, before) = *self.having.get(next? as usize)?;
            next = before;
            Some(report)
        })
    }

    /// Whether a shingle is a formula.
    fn formula(&self, shingle: u64) -> bool {
        let mut origins: Vec<&str> = Vec::new();
        for seen in self.having(shingle).filter_map(|index| self.reports.get(index as usize)) {
            if !origins.contains(&seen.origin.as_str()) {
                origins.push(&seen.origin);
            }
            if origins.len() > FORMULA {
                return true;
            }
        }
        false
    }
}

/// Whether a text begins by saying that it corrects another.
fn corrects(text: &str) -> bool {
    let head: String = text.chars().take(HEAD).collect();
    let mut words = head.split(|c: char| !c.is_alphanumeric()).map(str::to_lowercase);
    words.any(|word| matches!(word.as_str(), "corrects" | "corrected" | "correction" | "correcting"))
}

/// The shingles of a text that are remembered, each once.
fn shingles(text: &str) -> Vec<u64> {
    let words: Vec<String> =
        text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).map(str::to_lowercase).collect();
    let mut shingles: Vec<u64> = words.windows(RUN.min(words.len()).max(1)).map(hash).collect();
    shingles.sort_unstable();
    shingles.dedup();
    if shingles.len() > SHORT {
        shingles.retain(|shingle| shingle % ONE_IN == 0);
    }
    shingles
}

/// The hash of a shingle: its words, a space after each.
fn hash(words: &[String]) -> u64 {
    fnv(words.iter().flat_map(|word| word.bytes().chain([b' '])))
}

/// The hash of all shingles of a text.
fn whole(shingles: &[u64]) -> u64 {
    fnv(shingles.iter().flat_map(|shingle| shingle.to_le_bytes()))
}

/// FNV-1a.
fn fnv(bytes: impl Iterator<Item = u8>) -> u64 {
    bytes.fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3))
}

#[cfg(test)]
mod tests {
    use super::*;

    const DISPATCH: &str = "The two foreign ministers met in Oslo on Tuesday for the first time since the border was closed in May. \
        They agreed to open a second crossing for lorries before the end of the month, officials on both sides said. \
        Neither would say whether the prisoners were discussed.";

    #[test]
    fn a_copy_and_a_rewrite_have_one_origin() {
        let mut origins = Origins::default();
        assert_eq!(origins.of("a", "Oslo Wire", "2026-02-03", DISPATCH).0, "a");
        assert_eq!(origins.of("b", "Oslo Wire", "2026-02-03", DISPATCH), ("a".into(), 1.0));
        let rewrite = DISPATCH.replace("Neither would say", "It was not clear").replace("on Tuesday", "this week");
        let (origin, likeness) = origins.of("c", "Oslo Wire", "2026-02-05", &rewrite);
        assert_eq!(origin, "a");
        assert!((0.35..1.0).contains(&likeness));
    }

    #[test]
    fn another_outlet_rewrites_a_dispatch_while_it_is_news() {
        let rewrite = "The two foreign ministers met in Oslo on Tuesday for the first time since the border was closed in May. \
            A second crossing will be opened for lorries soon, it was said afterwards. Nobody wished to speak of prisoners, \
            and the talks were over before lunch, which was soup.";
        for (outlet, day, is_one) in [
            ("Fjord Post", "2026-02-04", true),
            ("Fjord Post", "2026-02-08", false),
            ("Oslo Wire", "2026-02-04", false),
        ] {
            let mut origins = Origins::default();
            origins.of("a", "Oslo Wire", "2026-02-03", DISPATCH);
            assert_eq!(origins.of("b", outlet, day, rewrite).0 == "a", is_one, "{outlet} {day}");
        }
    }

    #[test]
    fn an_outlet_corrects_its_dispatch() {
        let corrected = "The two foreign ministers met in Oslo on Tuesday for the first time since the border was closed in June. \
            A second crossing will be opened for lorries soon, it was said afterwards. Nobody wished to speak of prisoners, \
            and the talks were over before lunch, which was soup.";
        for (head, is_one) in [("(Corrects the month in paragraph 1 to June.) ", true), ("", false)] {
            let mut origins = Origins::default();
            origins.of("a", "Oslo Wire", "2026-02-03", DISPATCH);
            let text = format!("{head}{corrected}");
            assert_eq!(origins.of("b", "Oslo Wire", "2026-02-04", &text).0 == "a", is_one, "{head}");
        }
    }

    #[test]
    fn a_formula_makes_no_copy() {
        let mut origins = Origins::default();
        let formula = "The following is attributable to the spokesperson of the ministry: the minister spoke today by phone with ";
        let texts = [
            "Ana Ruiz of Ecuador about lorries that wait at the second crossing since the bridge was closed in the flood of May.",
            "Jan Berg of Norway, thanked him for the clinic in Loja and asked when the next ship with medicines would sail.",
            "Lia Costa of Brazil on prices of coffee and on a treaty about rivers that both parliaments have yet to vote on.",
            "Omar Diallo of Senegal, who told her of the drought in the north and of wells that his government is drilling there.",
        ];
        for (number, text) in texts.iter().enumerate() {
            let key = number.to_string();
            assert_eq!(origins.of(&key, "Oslo Wire", "2026-02-03", &format!("{formula}{text}")).0, key);
        }
        // and what is nothing but a formula is still a copy of itself
        assert_eq!(origins.of("5", "Oslo Wire", "2026-02-04", formula).0, "5");
        assert_eq!(origins.of("6", "Oslo Wire", "2026-02-05", formula).0, "5");
    }

    #[test]
    fn a_report_of_its_own_and_a_dispatch_of_long_ago_are_their_own_origin() {
        let mut origins = Origins::default();
        origins.of("a", "Oslo Wire", "2026-02-03", DISPATCH);
        let own = "Lorries queued at the crossing on Wednesday, a day after the foreign ministers met in Oslo.";
        assert_eq!(origins.of("b", "Oslo Wire", "2026-02-04", own).0, "b");
        assert_eq!(origins.of("c", "Oslo Wire", "2026-05-03", DISPATCH).0, "c");
        assert_eq!(origins.of("d", "Oslo Wire", "2026-05-03", "").0, "d");
    }
}
