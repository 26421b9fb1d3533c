//! Words of a text in, and how much they tell: a word that few sentences use tells more than one that all use.
//!
//! **Invariant:** what a word tells depends only on the sentences learned so far.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet, HashMap};

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
        let mut bag: Vec<u32> = words.iter().map(|word| self.number(word)).collect();
        bag.sort_unstable();
        Bag(bag)
    }

    /// Counts the words of a sentence.
    pub fn learn(&mut self, words: &Bag) {
        self.learned += 1;
        let mut counted: Vec<u32> = words.0.iter().filter_map(|word| self.counted[*word as usize]).collect();
        counted.sort_unstable();
        counted.dedup();
        for word in counted {
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
    /// The words of both, in order.
    fn shared<'b>(&'b self, other: &'b Self) -> impl Iterator<Item = u32> + 'b {
        let mut rest = other.0.as_slice();
        self.0.iter().copied().filter(move |word| {
            let before = rest.iter().take_while(|own| *own < word).count();
            rest = &rest[before..];
            rest.first() == Some(word)
        })
    }
}

/// The telling words of a text: lower-case, cut to their stem, plain ones left out.
pub fn telling(text: &str) -> BTreeSet<String> {
    text.split(|c: char| !c.is_alphanumeric())
        .filter(|word| word.chars().count() > 1 || word.chars().all(|c| c.is_ascii_digit()))
        .map(str::to_lowercase)
        .filter(|word| !word.is_empty() && PLAIN.binary_search(&word.as_str()).is_err())
        .map(|word| stem(&word).to_owned())
        .collect()
}

/// Sentences by their telling words: which of many share words with one, without comparing it with each.
#[derive(Default)]
pub struct Sharing {
    having: BTreeMap<String, Vec<usize>>,
}

impl Sharing {
    /// The telling words of sentences, by their place in the list.
    pub fn of<'w>(sentences: impl IntoIterator<Item = &'w BTreeSet<String>>) -> Self {
        let mut sharing = Self::default();
        for (number, words) in sentences.into_iter().enumerate() {
            for word in words {
                match sharing.having.get_mut(word) {
                    Some(having) => having.push(number),
                    None => _ = sharing.having.insert(word.clone(), vec![number]),
                }
            }
        }
        sharing
    }

    /// The sentences that have at least this share of the words, in order, each with its share.
    pub fn with(&self, words: &BTreeSet<String>, least: f64) -> Vec<(usize, f64)> {
        let mut counts: BTreeMap<usize, usize> = BTreeMap::new();
        for number in words.iter().filter_map(|word| self.having.get(word)).flatten() {
            *counts.entry(*number).or_default() += 1;
        }
        let share = |count: usize| count as f64 / words.len().max(1) as f64;
        counts.into_iter().map(|(number, count)| (number, share(count))).filter(|(_, share)| *share >= least).collect()
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
        let words = ["The ferry sank off Oslo.", "A strike hit the ferry.", ""].map(telling);
        let found = Sharing::of(&words).with(&telling("The ferry sank."), 0.4);
        assert_eq!(found, [(0, 1.0), (1, 0.5)]);
        assert!(PLAIN.is_sorted());
    }

    #[test]
    fn endings_go() {
        let stems = ["shelling", "shelled", "shells", "press", "was"].map(stem);
        assert_eq!(stems, ["shell", "shell", "shell", "press", "was"]);
    }
}
