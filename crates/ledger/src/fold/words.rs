//! Words of a text in, and how much they tell: a word that few sentences use tells more than one that all use.
//!
//! **Invariant:** what a word tells depends only on the sentences learned so far.

use std::cell::RefCell;
use std::collections::{BTreeSet, HashMap};
use std::ops::Range;

use serde::{Deserialize, Serialize};

/// Words that join others and tell nothing, in alphabetical order.
const PLAIN: &[&str] = &[
    "a", "about", "after", "again", "against", "all", "also", "an", "and", "any", "are", "as", "at", "be", "been",
    "before", "but", "by", "can", "could", "did", "do", "during", "for", "from", "had", "has", "have", "he", "her",
    "him", "his", "if", "in", "into", "is", "it", "its", "may", "might", "more", "most", "no", "not", "of", "on",
    "one", "or", "other", "our", "out", "over", "said", "say", "says", "she", "so", "some", "such", "than", "that",
    "the", "their", "them", "then", "there", "they", "this", "to", "two", "under", "until", "up", "was", "we", "were",
    "what", "when", "which", "while", "who", "will", "with", "would", "you",
];

/// How many sentences use each word.
#[derive(Default, Serialize, Deserialize)]
pub struct Words {
    learned: u32,
    /// Every word seen, in the order in which they came.
    words: Vec<String>,
    /// How many of the sentences learned use each, and what it is counted as: its own stem may be another word.
    used: Vec<u32>,
    counted: Vec<Option<u32>>,
    /// Word to its number.
    #[serde(skip)]
    numbers: HashMap<String, u32>,
    /// What each word tells, with the count of sentences for which that was worked out.
    #[serde(skip)]
    weights: RefCell<Vec<(u32, f64)>>,
}

/// The telling words of a sentence by number, in order.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Bag(Vec<u32>);

impl Words {
    /// The number of a word.
    fn number(&mut self, word: &str) -> u32 {
        if self.numbers.len() < self.words.len() {
            self.numbers = self.words.iter().cloned().zip(0..).collect();
        }
        if let Some(number) = self.numbers.get(word) {
            return *number;
        }
        let number = self.words.len() as u32;
        self.numbers.insert(word.to_owned(), number);
        self.words.push(word.to_owned());
        self.used.push(0);
        self.counted.push(None);
        let stem = stem(word);
        self.counted[number as usize] = match PLAIN.binary_search(&stem) {
            Ok(_) => None,
            Err(_) if stem == word => Some(number),
            Err(_) => Some(self.number(stem)),
        };
        number
    }

    /// The words of a sentence by number.
    pub fn bag(&mut self, words: &BTreeSet<String>) -> Bag {
        Bag::of(words.iter().map(|word| self.number(word)).collect())
    }

    /// Counts the words of a sentence.
    pub fn learn(&mut self, words: &Bag) {
        self.learned += 1;
        for word in Bag::of(words.0.iter().filter_map(|word| self.counted[*word as usize]).collect()).0 {
            self.used[word as usize] += 1;
        }
    }

    /// How much a word tells, from 0 (all sentences have it) upwards.
    fn weight(&self, word: u32) -> f64 {
        let mut weights = self.weights.borrow_mut();
        if weights.len() < self.words.len() {
            weights.resize(self.words.len(), (0, 0.0));
        }
        let weight = &mut weights[word as usize];
        if weight.0 != self.learned {
            let used = f64::from(self.used[word as usize]);
            *weight = (self.learned, ((f64::from(self.learned) + 2.0) / (used + 1.0)).ln().max(0.0));
        }
        weight.1
    }

    /// The share of the words of two sentences that both have, weighed by what they tell: 0 to 1.
    pub fn likeness(&self, a: &Bag, b: &Bag) -> f64 {
        let weigh = |words: &mut dyn Iterator<Item = u32>| words.map(|word| self.weight(word)).sum::<f64>();
        let both = weigh(&mut a.shared(b));
        if both == 0.0 {
            return 0.0;
        }
        let (of_a, of_b) = (weigh(&mut a.0.iter().copied()), weigh(&mut b.0.iter().copied()));
        if of_a.min(of_b) > 0.0 { both / (of_a * of_b).sqrt() } else { 0.0 }
    }
}

impl Bag {
    fn of(mut words: Vec<u32>) -> Self {
        words.sort_unstable();
        words.dedup();
        Self(words)
    }

    /// How many words there are.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// The words in few bits: two words may share one.
    pub fn mask(&self) -> u64 {
        self.0.iter().fold(0, |mask, word| mask | 1 << (word % 64))
    }

    /// Whether another with this mask may have at least this share of these words, and one of them.
    pub fn may_be_in(&self, mask: u64, least: f64) -> bool {
        let most = self.0.iter().filter(|word| mask >> (**word % 64) & 1 == 1).count();
        most > 0 && most as f64 / self.len() as f64 >= least
    }

    /// Whether another has at least this share of these words, and one of them.
    pub fn is_in(&self, other: &Self, least: f64) -> bool {
        let enough = |shared: usize| shared > 0 && shared as f64 / self.len() as f64 >= least;
        enough(self.len().min(other.len())) && enough(self.shared(other).count())
    }

    /// The words of both, in order.
    fn shared<'b>(&'b self, other: &'b Self) -> impl Iterator<Item = u32> + 'b {
        let mut rest = other.0.as_slice();
        self.0.iter().copied().filter(move |word| {
            while let [first, later @ ..] = rest
                && first < word
            {
                rest = later;
            }
            rest.first() == Some(word)
        })
    }
}

/// The telling words of a text: lower-case, cut to their stem, plain ones left out.
pub fn telling(text: &str) -> BTreeSet<String> {
    let mut telling = BTreeSet::new();
    each(text, |word| telling.extend(stem_of(word).map(str::to_owned)));
    telling
}

/// Hands on each word of a text in small letters, and each number, as often as it stands there.
fn each(text: &str, mut take: impl FnMut(&str)) {
    let mut lower = String::new();
    for word in text.split(|c: char| !c.is_alphanumeric()) {
        let long = word.chars().nth(1).is_some() || word.bytes().all(|byte| byte.is_ascii_digit());
        lower.clear();
        if word.is_ascii() {
            lower.push_str(word);
            lower.make_ascii_lowercase();
        } else {
            lower.push_str(&word.to_lowercase());
        }
        if long && !lower.is_empty() {
            take(&lower);
        }
    }
}

/// What is counted of a word: its stem; nothing of a plain one.
fn stem_of(word: &str) -> Option<&str> {
    PLAIN.binary_search(&word).is_err().then(|| stem(word))
}

/// Words by number, in the order in which they were learned.
#[derive(Default)]
pub struct Vocabulary {
    /// By stem.
    numbers: HashMap<String, u32>,
    /// By word as it is written, in small letters: the number of its stem; none for a plain word.
    written: HashMap<String, Option<u32>>,
}

impl Vocabulary {
    /// The telling words of a text; those that were not known are learned.
    pub fn learn(&mut self, text: &str) -> Bag {
        let mut bag = Vec::new();
        each(text, |word| {
            let number = self.written.get(word).copied().unwrap_or_else(|| {
                let next = self.numbers.len() as u32;
                let number = stem_of(word).map(|stem| *self.numbers.entry(stem.to_owned()).or_insert(next));
                self.written.insert(word.to_owned(), number);
                number
            });
            bag.extend(number);
        });
        Bag::of(bag)
    }

    /// The telling words of a text that are known.
    pub fn known(&self, text: &str) -> Bag {
        let mut bag = Vec::new();
        each(text, |word| bag.extend(stem_of(word).and_then(|stem| self.numbers.get(stem))));
        Bag::of(bag)
    }
}

/// Sentences by their telling words: which of many share words with one, without comparing it with each.
#[derive(Default)]
pub struct Sharing {
    /// By the number of a word: the places of the sentences that have it, in order.
    having: Vec<Vec<u32>>,
}

impl Sharing {
    /// The telling words of sentences, by their place in the list.
    pub fn of<'w>(sentences: impl IntoIterator<Item = &'w Bag>) -> Self {
        let mut sharing = Self::default();
        for (place, words) in (0..).zip(sentences) {
            for word in words.0.iter().map(|word| *word as usize) {
                if sharing.having.len() <= word {
                    sharing.having.resize_with(word + 1, Vec::new);
                }
                sharing.having[word].push(place);
            }
        }
        sharing
    }

    /// The sentences of these places that have at least this share of the words, in order, each with its share.
    pub fn with(&self, words: &Bag, least: f64, among: Range<usize>) -> Vec<(usize, f64)> {
        let share = |count: usize| count as f64 / words.len() as f64;
        let Some(fewest) = (1..=words.len()).find(|count| share(*count) >= least) else { return Vec::new() };
        let among = |word: &u32| {
            let places = self.having.get(*word as usize).map_or(&[][..], Vec::as_slice);
            let [from, to] =
                [among.start, among.end].map(|end| places.partition_point(|place| (*place as usize) < end));
            &places[from..to.max(from)]
        };
        let mut having: Vec<&[u32]> = words.0.iter().map(among).collect();
        having.sort_by_key(|places| places.len());
        // who has so many of the words has one of the rare ones; the common ones, which all have, need not be gone through
        let (rare, common) = having.split_at(words.len() - fewest + 1);
        let mut places = rare.concat();
        places.sort_unstable();
        let shares = places.chunk_by(|a, b| a == b).map(|same| {
            let common = common.iter().filter(|places| places.binary_search(&same[0]).is_ok()).count();
            (same[0] as usize, share(same.len() + common))
        });
        shares.filter(|(_, share)| *share >= least).collect()
    }
}

/// A word without the commonest endings.
pub fn stem(word: &str) -> &str {
    for ending in ["ings", "ing", "ed", "es", "s"] {
        if let Some(stem) = word.strip_suffix(ending)
            && stem.chars().count() > 3
            && !stem.ends_with('s')
        {
            return stem;
        }
    }
    word
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rare_words_tell_more() {
        let mut words = Words::default();
        let mut of = |text: &str, learn: bool| {
            let bag = words.bag(&telling(text));
            if learn {
                words.learn(&bag);
            }
            bag
        };
        let [sank, left, strike] =
            ["The ferry sank off Oslo.", "The ferry left Oslo.", "A strike hit the ferry."].map(|text| of(text, true));
        let again = of("Off Oslo, a ferry sank.", false);
        let [ferry, nothing] = ["ferry", ""].map(|text| of(text, false));
        assert!(words.weight(sank.0[2]) > words.weight(ferry.0[0]));
        let (same, other) = (words.likeness(&sank, &again), words.likeness(&sank, &strike));
        assert!(same > 0.9 && other < 0.5 && left != again, "{same} {other}");
        assert_eq!(words.likeness(&nothing, &ferry), 0.0);
    }

    #[test]
    fn sentences_that_share_words_are_found() {
        let mut words = Vocabulary::default();
        let sentences = ["The ferry sank off Oslo.", "A strike hit the ferry.", ""].map(|text| words.learn(text));
        let asked = words.known("The ferry sank; the ferry sank twelvefold.");
        let sharing = Sharing::of(&sentences);
        assert_eq!(sharing.with(&asked, 0.4, 0..3), [(0, 1.0), (1, 0.5)]);
        assert_eq!(sharing.with(&asked, 0.6, 0..3), [(0, 1.0)]);
        assert_eq!(sharing.with(&asked, 0.4, 1..3), [(1, 0.5)]);
        assert_eq!(sharing.with(&sentences[2], 0.4, 0..3), []);
        assert_eq!([0.5, 0.6].map(|least| asked.is_in(&sentences[1], least)), [true, false]);
        assert!(!asked.is_in(&sentences[2], 0.0));
        assert!(asked.may_be_in(sentences[0].mask(), 1.0) && !asked.may_be_in(sentences[2].mask(), 0.0));
        assert!(PLAIN.is_sorted());
    }

    #[test]
    fn endings_go() {
        let stems = ["shelling", "shelled", "shells", "press", "was"].map(stem);
        assert_eq!(stems, ["shell", "shell", "shell", "press", "was"]);
    }
}
