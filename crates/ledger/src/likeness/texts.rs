//! Texts: what each report is about, and how like two reports are.
//!
//! In: reports, in the order in which they became known. Out: for each the earlier reports that are like it, and
//! likenesses of pairs. A report is the bag of its roots, the rare ones weighing most; a second bag holds only names
//! and numbers, which tell two like happenings apart. Weights come from the reports known so far, as if a hundred
//! unlike ones had gone before them, so that the first reports of a ledger can be compared too. Each bag is weighed
//! when its report arrives and never again.
//! **Invariant:** what is added later changes no likeness of two reports that are already here.

use super::stem::root;
use super::words::{Word, words};
use std::collections::{BTreeMap, BTreeSet};

/// Reports that are thought to have gone before the first, unlike it in every word.
const BEFORE: f64 = 100.0;
/// Least weight of a word, however common.
const LEAST_WEIGHT: f64 = 0.05;
/// Least likeness of an earlier report that is worth a look.
pub const NEAR: f64 = 0.08;

/// Weights of roots, by ascending number of the root; their squares add up to one.
pub type Bag = Vec<(u32, f64)>;

/// The cosine of two bags.
pub fn cosine(one: &Bag, two: &Bag) -> f64 {
    let (mut a, mut b, mut sum) = (0, 0, 0.0);
    while let (Some(left), Some(right)) = (one.get(a), two.get(b)) {
        if left.0 == right.0 {
            sum += left.1 * right.1;
        }
        a += usize::from(left.0 <= right.0);
        b += usize::from(right.0 <= left.0);
    }
    sum
}

#[derive(Debug, Clone)]
struct Report {
    all: Bag,
    named: Bag,
    near: Vec<(usize, f64)>,
    nearest: f64,
}

/// The reports known so far.
#[derive(Debug, Clone, Default)]
pub struct Texts {
    numbers: BTreeMap<String, u32>,
    /// In how many reports each root stands.
    spread: Vec<u32>,
    /// In which reports each root stands, with its weight there.
    postings: Vec<Vec<(usize, f64)>>,
    reports: Vec<Report>,
}

impl Texts {
    /// Adds a report and returns its number, counted from zero.
    pub fn add(&mut self, text: &str) -> usize {
        let address =
            |line: &&str| !["http", "www."].iter().any(|start| line.trim_start().to_lowercase().starts_with(start));
        let body: Vec<&str> = text.lines().filter(address).collect();
        let body: Vec<Word> = body.iter().flat_map(|line| words(line)).filter(|word| word.telling()).collect();
        let roots: Vec<String> = body.iter().map(|word| root(word.form)).collect();
        for root in roots.iter().collect::<BTreeSet<_>>() {
            let next = self.spread.len() as u32;
            let number = *self.numbers.entry(root.clone()).or_insert(next) as usize;
            if number == self.spread.len() {
                self.spread.push(0);
                self.postings.push(Vec::new());
            }
            self.spread[number] += 1;
        }
        let report = self.reports.len();
        self.reports.push(Report { all: Bag::new(), named: Bag::new(), near: Vec::new(), nearest: 0.0 });
        let all = self.bag(roots.iter().map(String::as_str));
        let named = body.iter().zip(&roots).filter(|(word, _)| word.named());
        let named = self.bag(named.map(|(_, root)| root.as_str()));
        let mut sums = vec![0.0; report];
        for &(number, weight) in &all {
            for &(other, there) in &self.postings[number as usize] {
                sums[other] += weight * there;
            }
            self.postings[number as usize].push((report, weight));
        }
        let nearest = sums.iter().copied().fold(0.0, f64::max);
        let near = sums.into_iter().enumerate().filter(|(_, likeness)| *likeness >= NEAR).collect();
        self.reports[report] = Report { all, named, near, nearest };
        report
    }

    /// How many reports there are.
    pub fn len(&self) -> usize {
        self.reports.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.reports.is_empty()
    }

    /// The reports before this one whose likeness to it is [`NEAR`] or more, by number, with their likeness.
    pub fn near(&self, report: usize) -> &[(usize, f64)] {
        self.reports.get(report).map_or(&[], |report| &report.near)
    }

    /// How like two reports are in all their words, from 0 to 1; 0 where one of them is unknown.
    pub fn likeness(&self, one: usize, two: usize) -> f64 {
        self.compare(one, two, |report| &report.all)
    }

    /// How like two reports are in their names and numbers, from 0 to 1; 0 where one of them is unknown.
    pub fn named_likeness(&self, one: usize, two: usize) -> f64 {
        self.compare(one, two, |report| &report.named)
    }

    /// The likeness of two reports as part of the greatest that the later of them has to any report before it, from 0
    /// to 1.
    pub fn nearness(&self, one: usize, two: usize) -> f64 {
        match self.reports.get(one.max(two)) {
            Some(later) if later.nearest > 0.0 && one != two => (self.likeness(one, two) / later.nearest).min(1.0),
            _ => 1.0,
        }
    }

    /// How rare a root is among the reports known so far: about 5 for one that stands in a single report of a small
    /// ledger.
    pub fn rarity(&self, root: &str) -> f64 {
        let spread = self.numbers.get(root).map_or(0, |number| self.spread[*number as usize]);
        ((self.reports.len() as f64 + BEFORE) / (f64::from(spread) + 0.5)).ln().max(LEAST_WEIGHT)
    }

    /// The bag of some roots by the weights of now; roots that stand in no report count for its length alone.
    pub fn bag<'r>(&self, roots: impl Iterator<Item = &'r str>) -> Bag {
        let mut counts: BTreeMap<&str, f64> = BTreeMap::new();
        for root in roots {
            *counts.entry(root).or_default() += 1.0;
        }
        let mut squares = 0.0;
        let mut bag = Bag::new();
        for (root, count) in counts {
            let weight = (1.0 + count.ln()) * self.rarity(root);
            squares += weight * weight;
            if let Some(number) = self.numbers.get(root) {
                bag.push((*number, weight));
            }
        }
        bag.sort_by_key(|(number, _)| *number);
        for (_, weight) in &mut bag {
            *weight /= squares.sqrt();
        }
        bag
    }

    fn compare(&self, one: usize, two: usize, bag: fn(&Report) -> &Bag) -> f64 {
        match (self.reports.get(one), self.reports.get(two)) {
            (Some(_), Some(_)) if one == two => 1.0,
            (Some(one), Some(two)) => cosine(bag(one), bag(two)),
            _ => 0.0,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Texts;

    #[test]
    fn reports_of_one_matter_are_near() {
        let mut texts = Texts::default();
        let dam =
            texts.add("The Orlen dam gave way on Tuesday. Engineers in Belmar had warned of cracks in the Orlen dam.");
        let vote =
            texts.add("Parliament in Castra voted on the pension bill. Minister Dallo promised 40 million crowns.");
        let again = texts.add("Belmar buried 14 people after the Orlen dam gave way. Engineers blamed cracks.");
        assert!(texts.likeness(dam, again) > 0.3 && texts.likeness(vote, again) < 0.1);
        assert_eq!(texts.near(again).iter().map(|near| near.0).collect::<Vec<_>>(), [dam]);
        assert_eq!(texts.nearness(dam, again), 1.0);
        assert_eq!(texts.likeness(again, 9), 0.0);
    }

    #[test]
    fn later_reports_change_nothing() {
        let mut texts = Texts::default();
        texts.add("Rebels shelled Tarn on Monday and killed 3.");
        texts.add("Shells killed 3 in Tarn, the mayor said.");
        let before = (texts.likeness(0, 1), texts.named_likeness(0, 1), texts.nearness(0, 1));
        for _ in 0..20 {
            texts.add("Tarn was shelled again. Rebels killed 3 on Monday.");
        }
        assert_eq!(before, (texts.likeness(0, 1), texts.named_likeness(0, 1), texts.nearness(0, 1)));
    }

    #[test]
    fn empty_texts_are_like_nothing() {
        let mut texts = Texts::default();
        let (one, two) = (texts.add(""), texts.add("... http"));
        assert_eq!(texts.likeness(one, two), 0.0);
        assert!(texts.near(two).is_empty());
    }
}
