//! Words of a text in, and how much they tell: a word that few reports use tells more than one that all use.
//!
//! **Invariant:** what a word tells depends only on the reports learned so far.

use std::collections::{BTreeMap, BTreeSet, HashMap};

/// Words that join others and tell nothing, in alphabetical order.
const PLAIN: &[&str] = &[
    "a", "about", "after", "again", "against", "all", "also", "an", "and", "any", "are", "as", "at", "be", "been",
    "before", "but", "by", "can", "could", "did", "do", "during", "for", "from", "had", "has", "have", "he", "her",
    "him", "his", "if", "in", "into", "is", "it", "its", "may", "might", "more", "most", "no", "not", "of", "on",
    "one", "or", "other", "our", "out", "over", "said", "say", "says", "she", "so", "some", "such", "than", "that",
    "the", "their", "them", "then", "there", "they", "this", "to", "two", "under", "until", "up", "was", "we", "were",
    "what", "when", "which", "while", "who", "will", "with", "would", "you",
];

/// How many reports use each word.
#[derive(Default)]
pub struct Words {
    reports: f64,
    /// Only ever asked for a word; its order plays no part.
    used: HashMap<String, u32>,
}

impl Words {
    /// Counts the words of a report.
    pub fn learn(&mut self, text: &str) {
        self.reports += 1.0;
        for word in telling(text) {
            *self.used.entry(word).or_default() += 1;
        }
    }

    /// How much a word tells, from 0 (all reports have it) upwards.
    pub fn weight(&self, word: &str) -> f64 {
        let used = f64::from(self.used.get(word).copied().unwrap_or(0));
        ((self.reports + 2.0) / (used + 1.0)).ln().max(0.0)
    }

    /// The share of the words of two sentences that both have, weighed by what they tell: 0 to 1.
    pub fn likeness(&self, a: &BTreeSet<String>, b: &BTreeSet<String>) -> f64 {
        let weigh = |words: &mut dyn Iterator<Item = &String>| words.map(|word| self.weight(word)).sum::<f64>();
        let (of_a, of_b) = (weigh(&mut a.iter()), weigh(&mut b.iter()));
        let both = weigh(&mut a.intersection(b));
        if of_a.min(of_b) > 0.0 { both / (of_a * of_b).sqrt() } else { 0.0 }
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
        for text in ["The ferry sank off Oslo.", "The ferry left Oslo.", "A strike hit the ferry."] {
            words.learn(text);
        }
        assert!(words.weight("sank") > words.weight("ferry"));
        let of = |text: &str| telling(text);
        let same = words.likeness(&of("The ferry sank off Oslo."), &of("Off Oslo, a ferry sank."));
        let other = words.likeness(&of("The ferry sank off Oslo."), &of("A strike hit the ferry."));
        assert!(same > 0.9 && other < 0.5, "{same} {other}");
        assert_eq!(words.likeness(&of(""), &of("ferry")), 0.0);
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
