//! Likeness: whether two tellings in different reports are of the same happening.
//!
//! In: reports in the order in which they became known, and their tellings: the words of a trigger in a sentence.
//! Out: for each telling the happening it belongs to, an earlier one or a new one, and how probable that is.
//! Two tellings can be the same only where their triggers are akin (`words`) and their reports near (`texts`). Then a
//! weighted sum of a few likenesses, of the reports' names and numbers above all, gives a probability. The weights
//! were learned from annotated news (ECB+, topics 1 to 35). A telling goes to the happening whose three likeliest
//! tellings are on average likeliest to be the same.
//! **Invariant:** a telling never changes its happening because of what is put later.

mod stem;
mod texts;
mod words;

use std::collections::BTreeMap;

use self::stem::root;
use self::texts::{Bag, cosine};
pub use self::texts::{NEAR, Texts};
use self::words::{Trigger, words};

/// Least bond of a telling and a happening that are one.
pub const SAME: f64 = 0.4;
/// Of how many tellings the bond to a happening is the mean.
const BEST: usize = 3;
/// Words on either side of a trigger that are its surroundings.
const WINDOW: usize = 6;
/// Rarity is divided by this, so that it is about one for a rare word.
const RARE: f64 = 5.0;

/// How much each likeness weighs for triggers of one kinship.
struct Weights {
    always: f64,
    names: f64,
    nearest: f64,
    sentence: f64,
    window: f64,
    rarity: f64,
    same_words: f64,
    reporting: f64,
    one_sentence: f64,
}

/// Tellings in two reports: triggers that share a root, a class, a family.
const APART: [Weights; 3] = [
    Weights {
        always: -4.34,
        names: 5.5,
        nearest: 2.34,
        sentence: 1.86,
        window: 0.36,
        rarity: -0.34,
        same_words: 0.58,
        reporting: -1.95,
        one_sentence: 0.0,
    },
    Weights {
        always: -4.21,
        names: 5.03,
        nearest: 1.77,
        sentence: 0.32,
        window: 2.08,
        rarity: 0.07,
        same_words: 0.0,
        reporting: -1.69,
        one_sentence: 0.0,
    },
    Weights {
        always: -1.72,
        names: 3.09,
        nearest: 2.48,
        sentence: 0.17,
        window: 2.43,
        rarity: -8.44,
        same_words: 0.0,
        reporting: -2.77,
        one_sentence: 0.0,
    },
];

/// Tellings in one report, in the same order.
const TOGETHER: [Weights; 3] = [
    Weights {
        always: 0.84,
        names: 0.0,
        nearest: 0.0,
        sentence: 0.95,
        window: 0.87,
        rarity: 0.09,
        same_words: 0.81,
        reporting: -2.02,
        one_sentence: -2.66,
    },
    Weights {
        always: -0.16,
        names: 0.0,
        nearest: 0.0,
        sentence: 0.25,
        window: 0.45,
        rarity: 0.62,
        same_words: 0.0,
        reporting: -1.17,
        one_sentence: -1.95,
    },
    Weights {
        always: -0.03,
        names: 0.0,
        nearest: 0.0,
        sentence: -0.23,
        window: 0.83,
        rarity: -2.33,
        same_words: 0.0,
        reporting: -1.12,
        one_sentence: -1.39,
    },
];

/// One mention of a happening.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Telling<'t> {
    /// The number of its report in [`Texts`].
    pub report: usize,
    /// The sentence that tells it.
    pub sentence: &'t str,
    /// The bytes of the trigger in the sentence.
    pub at: core::ops::Range<usize>,
}

/// A telling made ready to be compared.
#[derive(Debug, Clone)]
pub struct Account {
    report: usize,
    trigger: Trigger,
    rarity: f64,
    sentence: Bag,
    window: Bag,
    text: String,
}

impl Account {
    /// Reads a telling by what is known when its report has just been added. A trigger that is not a slice of the
    /// sentence is taken to be empty.
    pub fn of(texts: &Texts, telling: &Telling) -> Account {
        let at = telling.at.clone();
        let trigger = Trigger::of(telling.sentence.get(at.clone()).unwrap_or(""));
        let all = words(telling.sentence);
        let first = all.iter().position(|word| at.contains(&word.at)).unwrap_or(0);
        let last = all.iter().rposition(|word| at.contains(&word.at)).unwrap_or(0);
        let bag = |from: usize, to: usize| {
            let around =
                all[from.min(to)..to].iter().enumerate().filter(|(_, word)| word.telling() && !at.contains(&word.at));
            let roots: Vec<String> = around.map(|(_, word)| root(word.form)).collect();
            texts.bag(roots.iter().map(String::as_str))
        };
        Account {
            report: telling.report,
            rarity: trigger.roots.iter().map(|root| texts.rarity(root)).fold(0.0, f64::max),
            trigger,
            sentence: bag(0, all.len()),
            window: bag(first.saturating_sub(WINDOW), (last + 1 + WINDOW).min(all.len())),
            text: String::from(telling.sentence),
        }
    }

    /// The number of its report.
    pub fn report(&self) -> usize {
        self.report
    }
}

/// The probability that two tellings are of the same happening, from 0 to 1; 0 where triggers are not akin or reports
/// not near.
pub fn alike(texts: &Texts, one: &Account, two: &Account) -> f64 {
    let Some(kin) = one.trigger.kin(&two.trigger) else { return 0.0 };
    let together = one.report == two.report;
    if !together && texts.likeness(one.report, two.report) < NEAR {
        return 0.0;
    }
    let weights = &if together { TOGETHER } else { APART }[kin as usize];
    let is = |fact: bool| f64::from(u8::from(fact));
    let sum = weights.always
        + weights.names * texts.named_likeness(one.report, two.report)
        + weights.nearest * texts.nearness(one.report, two.report)
        + weights.sentence * cosine(&one.sentence, &two.sentence)
        + weights.window * cosine(&one.window, &two.window)
        + weights.rarity * one.rarity.min(two.rarity) / RARE
        + weights.same_words * is(one.trigger.words == two.trigger.words)
        + weights.reporting * is(one.trigger.reporting || two.trigger.reporting)
        + weights.one_sentence * is(together && one.text == two.text);
    1.0 / (1.0 + (-sum).exp())
}

/// How strongly a telling belongs to a happening, from its probabilities to be the same as each telling there: the
/// mean of the three greatest, or of all where there are fewer; 0 where there is none.
pub fn bond(probabilities: &mut [f64]) -> f64 {
    probabilities.sort_by(|one, two| two.total_cmp(one));
    let best = &probabilities[..probabilities.len().min(BEST)];
    if best.is_empty() { 0.0 } else { best.iter().sum::<f64>() / best.len() as f64 }
}

/// Tellings put to happenings, one after the other.
#[derive(Debug, Clone, Default)]
pub struct Happenings {
    accounts: Vec<(Account, usize)>,
    of_report: BTreeMap<usize, Vec<usize>>,
    count: usize,
}

impl Happenings {
    /// Puts a telling to the happening it belongs to, or to a new one, and returns the number of that happening,
    /// counted from zero. `may` says of an account put before, by its number, and its happening whether this telling
    /// could be of that one at all: by its type, its day, its place. A happening that it may not join through any
    /// account is left alone.
    pub fn put(&mut self, texts: &Texts, account: Account, may: impl Fn(usize, usize) -> bool) -> usize {
        let near = texts.near(account.report).iter().map(|near| near.0);
        let mut bonds: BTreeMap<usize, Vec<f64>> = BTreeMap::new();
        for report in near.chain([account.report]) {
            for &number in self.of_report.get(&report).into_iter().flatten() {
                let (other, happening) = &self.accounts[number];
                if may(number, *happening) {
                    let probability = alike(texts, &account, other);
                    if probability > 0.0 {
                        bonds.entry(*happening).or_default().push(probability);
                    }
                }
            }
        }
        let mut best = (SAME, None);
        for (happening, mut probabilities) in bonds {
            let bond = bond(&mut probabilities);
            if bond > best.0 {
                best = (bond, Some(happening));
            }
        }
        let happening = best.1.unwrap_or(self.count);
        self.count = self.count.max(happening + 1);
        self.of_report.entry(account.report).or_default().push(self.accounts.len());
        self.accounts.push((account, happening));
        happening
    }

    /// How many happenings there are.
    pub fn len(&self) -> usize {
        self.count
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.count == 0
    }
}

#[cfg(test)]
mod tests {
    use super::{Account, Happenings, SAME, Telling, Texts, alike, bond};

    const SHELLED: &str =
        "Rebels shelled the market of Tarn on Monday and killed 14 people, the mayor Ilo Brandt said.";
    const SHELLING: &str = "Ilo Brandt, mayor of Tarn, said the rebels' shelling of the market had taken 14 lives.";
    const ELSEWHERE: &str =
        "In Castra the opposition staged a walkout. Farmers shelled peas for the minister of trade, Ana Dallo.";

    fn account(texts: &mut Texts, sentence: &str, trigger: &str) -> Account {
        let report = texts.add(sentence);
        again(texts, report, sentence, trigger)
    }

    fn again(texts: &Texts, report: usize, sentence: &str, trigger: &str) -> Account {
        let start = sentence.find(trigger).unwrap();
        Account::of(texts, &Telling { report, sentence, at: start..start + trigger.len() })
    }

    #[test]
    fn one_happening_in_two_reports_is_one() {
        let mut texts = Texts::default();
        let mut happenings = Happenings::default();
        let tellings = [(SHELLED, "shelled"), (ELSEWHERE, "shelled"), (SHELLING, "shelling")];
        let put = tellings.map(|(sentence, trigger)| {
            let account = account(&mut texts, sentence, trigger);
            happenings.put(&texts, account, |_, _| true)
        });
        assert_eq!(put, [0, 1, 0]);
        assert_eq!(happenings.len(), 2);
    }

    #[test]
    fn what_may_not_be_is_not() {
        let mut texts = Texts::default();
        let mut happenings = Happenings::default();
        for (sentence, trigger) in [(SHELLED, "shelled"), (SHELLING, "shelling")] {
            let account = account(&mut texts, sentence, trigger);
            happenings.put(&texts, account, |_, _| false);
        }
        assert_eq!(happenings.len(), 2);
    }

    #[test]
    fn likeness_has_no_direction() {
        let mut texts = Texts::default();
        let one = account(&mut texts, SHELLED, "shelled");
        let said = again(&texts, one.report(), SHELLED, "said");
        let two = account(&mut texts, SHELLING, "shelling");
        assert_eq!(alike(&texts, &one, &two), alike(&texts, &two, &one));
        assert!(alike(&texts, &one, &two) > SAME);
        assert_eq!(alike(&texts, &said, &two), 0.0);
    }

    #[test]
    fn saying_is_seldom_the_same() {
        let mut texts = Texts::default();
        let one = account(&mut texts, SHELLED, "said");
        let two = account(&mut texts, SHELLING, "said");
        let (one_deed, two_deed) = (again(&texts, 0, SHELLED, "shelled"), again(&texts, 1, SHELLING, "shelling"));
        assert!(alike(&texts, &one, &two) < alike(&texts, &one_deed, &two_deed));
    }

    #[test]
    fn a_bond_is_the_mean_of_the_best_three() {
        assert_eq!(bond(&mut []), 0.0);
        assert_eq!(bond(&mut [0.25, 0.75]), 0.5);
        assert_eq!(bond(&mut [0.0, 0.5, 0.75, 1.0]), 0.75);
    }

    #[test]
    fn a_trigger_outside_its_sentence_is_no_harm() {
        let mut texts = Texts::default();
        let report = texts.add("Größe");
        for at in [3..4, 0..99, 5..5] {
            Account::of(&texts, &Telling { report, sentence: "Größe", at });
        }
        Account::of(&texts, &Telling { report: 7, sentence: "", at: 0..1 });
    }
}
