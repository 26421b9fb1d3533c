//! A text cut into words: text in, words with their places, stems and whether they are written as names out.
//!
//! **Invariant:** a place counts code points of the text.

use super::kin::stem;
use crate::fold::slug;

/// A word of a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Word {
    /// As written, without a possessive.
    pub form: String,
    /// In small letters without accents.
    pub plain: String,
    /// Without its ending.
    pub stem: String,
    /// First code point, and the one after the last.
    pub at: [u32; 2],
    /// Whether it begins with a capital letter.
    pub capital: bool,
    /// What stands between it and the word before.
    pub gap: String,
}

impl Word {
    /// Whether it is a number in digits.
    pub fn digits(&self) -> bool {
        self.plain.chars().all(|c| c.is_ascii_digit() || c == ',' || c == '.')
    }
}

/// The words of a text that begins at a code point of a larger one.
pub fn words(text: &str, start: u32) -> Vec<Word> {
    let letters: Vec<char> = text.chars().collect();
    let inside = |at: usize| {
        let near = |at: Option<usize>| at.and_then(|at| letters.get(at)).is_some_and(|c| c.is_ascii_digit());
        matches!(letters[at], ',' | '.') && near(at.checked_sub(1)) && near(Some(at + 1))
            // U.S., a.m.
            || letters[at] == '.'
                && at > 0
                && letters[at - 1].is_alphabetic()
                && (at < 2 || !letters[at - 2].is_alphanumeric())
                && (letters.get(at + 1).is_some_and(|c| c.is_alphabetic()) || at >= 2 && letters[at - 2] == '.')
    };
    let mut words: Vec<Word> = Vec::new();
    let (mut at, mut last) = (0, 0);
    while at < letters.len() {
        if !letters[at].is_alphanumeric() {
            at += 1;
            continue;
        }
        let first = at;
        while at < letters.len() && (letters[at].is_alphanumeric() || inside(at)) {
            at += 1;
        }
        let form: String = letters[first..at].iter().collect();
        let gap: String = letters[last..first].iter().collect();
        last = at;
        let possessive = matches!(form.as_str(), "s" | "S" | "t") && (gap == "’" || gap == "'");
        if possessive && !words.is_empty() {
            continue;
        }
        let lower = if form.starts_with(|c: char| c.is_ascii_digit()) {
            form.to_lowercase()
        } else {
            slug(&form.replace('.', ""))
        };
        words.push(Word {
            stem: stem(&lower),
            plain: lower,
            at: [start + first as u32, start + at as u32],
            capital: letters[first].is_uppercase(),
            form,
            gap,
        });
    }
    words
}

/// How far two words of things are one word: 1 for the same stem, less for one family.
pub fn alike(a: &str, b: &str) -> f64 {
    if a == b {
        return 1.0;
    }
    let common = a.chars().zip(b.chars()).take_while(|(a, b)| a == b).count();
    let longer = a.chars().count().max(b.chars().count());
    if common >= 5 && common * 100 >= longer * 62 { 0.75 } else { 0.0 }
}

/// Whether two words written as names name one thing: the same, or a country and its people.
pub fn same_name(a: &str, b: &str) -> bool {
    if a == b {
        return true;
    }
    let (short, long) = if a.len() <= b.len() { (a, b) } else { (b, a) };
    if short.chars().count() < 4 {
        return false;
    }
    let bare = short.strip_suffix(['a', 'e', 'o', 'y']).unwrap_or(short);
    [short, bare].iter().filter_map(|start| long.strip_prefix(start)).any(|rest| {
        ["n", "an", "ian", "ians", "ans", "ns", "i", "is", "ese", "ish", "ic", "s", "vian", "vians", "en"]
            .contains(&rest)
    })
}

/// The number that a word writes, in digits or letters; none is 0.
pub fn number(word: &Word) -> Option<u64> {
    if word.digits() {
        return word.plain.replace([',', '.'], "").parse().ok();
    }
    const SMALL: [&str; 21] = [
        "no",
        "one",
        "two",
        "three",
        "four",
        "five",
        "six",
        "seven",
        "eight",
        "nine",
        "ten",
        "eleven",
        "twelve",
        "thirteen",
        "fourteen",
        "fifteen",
        "sixteen",
        "seventeen",
        "eighteen",
        "nineteen",
        "twenty",
    ];
    const TENS: [&str; 7] = ["thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"];
    const LARGE: [(&str, u64); 6] =
        [("nobody", 0), ("none", 0), ("dozens", 24), ("hundreds", 200), ("thousands", 2000), ("dozen", 12)];
    let plain = word.plain.as_str();
    SMALL
        .iter()
        .position(|own| *own == plain)
        .map(|at| at as u64)
        .or_else(|| TENS.iter().position(|own| *own == plain).map(|at| 30 + 10 * at as u64))
        .or_else(|| LARGE.iter().find(|(own, _)| *own == plain).map(|(_, value)| *value))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_have_their_places() {
        let words = words("Peru’s 30-day “truce”, U.S. aid: 1,200.", 10);
        let forms: Vec<&str> = words.iter().map(|word| word.form.as_str()).collect();
        assert_eq!(forms, ["Peru", "30", "day", "truce", "U.S.", "aid", "1,200"]);
        assert_eq!(words[1].at, [17, 19]);
        assert_eq!(number(&words[6]), Some(1200));
        assert_eq!(words[4].plain, "us");
    }

    #[test]
    fn a_people_has_its_country_and_no_other() {
        assert!(same_name("peru", "peruvian") && same_name("ukraine", "ukrainian") && same_name("russia", "russian"));
        assert!(!same_name("iran", "iraq") && !same_name("niger", "nigeria") && !same_name("oman", "roman"));
        assert!(alike(&stem("military"), &stem("militarily")) > 0.0);
        assert!(alike("party", "parade") == 0.0);
    }
}
