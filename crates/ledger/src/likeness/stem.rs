//! Roots: what the forms of a word, and the words made from it, have in common.
//!
//! In: a word. Out: its root, in lower case: "announced", "announces" and "announcement" have one.
//! A table of irregular forms first, then the endings of inflection, then one ending of derivation. A root need not
//! be a word; it only has to be the same for its kin, and seldom the same for strangers.
//! **Invariant:** no root is empty unless its word is, and the root of a word never depends on its neighbours.

use std::collections::BTreeMap;
use std::sync::LazyLock;

static IRREGULAR: LazyLock<BTreeMap<&'static str, &'static str>> = LazyLock::new(|| {
    let mut table = BTreeMap::new();
    for line in include_str!("irregular.txt").lines().filter(|line| !line.starts_with('#')) {
        let mut words = line.split(' ');
        let Some(base) = words.next() else { continue };
        for form in words {
            table.entry(form).or_insert(base);
        }
    }
    table
});

/// Endings of derivation, the longer of two that fit first. "-tion" gives its "t" back: "destruction", "destruct".
const ENDINGS: [&str; 32] = [
    "ization", "isation", "ational", "iation", "ation", "ition", "iate", "iat", "ement", "ment", "ance", "ence",
    "ness", "tion", "sion", "ion", "ery", "ing", "er", "or", "al", "ive", "ist", "ize", "ise", "ate", "at", "age",
    "ee", "e", "y", "i",
];

/// The root of a word; a word with letters beyond ASCII is only put in lower case.
pub fn root(word: &str) -> String {
    let mut root = word.to_lowercase().replace('’', "'");
    if !root.is_ascii() {
        return root;
    }
    if root.ends_with("'s") {
        root.truncate(root.len() - 2);
    }
    if let Some(base) = IRREGULAR.get(root.as_str()) {
        root = String::from(*base);
    } else if root.len() > 3 {
        singular(&mut root);
        if let Some(base) = IRREGULAR.get(root.as_str()) {
            root = String::from(*base);
        }
        if root.len() > 5 && root.ends_with("ing") && has_vowel(&root[..root.len() - 3]) {
            root.truncate(root.len() - 3);
            single(&mut root, b"lsz");
        } else if root.len() > 4 && root.ends_with("ed") && has_vowel(&root[..root.len() - 2]) {
            root.truncate(root.len() - 2);
            single(&mut root, b"lsz");
        }
    }
    if let Some(base) = IRREGULAR.get(root.as_str()) {
        root = String::from(*base);
    }
    let fits = |ending: &&&str| {
        let least = if ending.len() == 1 { 3 } else { 4 };
        root.ends_with(**ending) && root.len() >= ending.len() + least
    };
    if let Some(ending) = ENDINGS.iter().find(fits) {
        root.truncate(root.len() - ending.len());
        if *ending == "tion" {
            root.push('t');
        }
    }
    if root.len() > 3 && root.ends_with('y') {
        root.pop();
        root.push('i');
    }
    if root.len() > 4 && root.ends_with('i') {
        root.pop();
    }
    if root.len() > 3 && root.ends_with('e') {
        root.pop();
    }
    single(&mut root, b"");
    root
}

/// Takes the ending of a plural, or of a verb's third person, off.
fn singular(word: &mut String) {
    let length = word.len();
    if word.ends_with("ies") || word.ends_with("ied") {
        word.truncate(if length > 4 { length - 2 } else { length - 1 });
    } else if ["sses", "shes", "ches", "xes"].iter().any(|ending| word.ends_with(ending)) {
        word.truncate(length - 2);
    } else if word.ends_with('s') && !["ss", "us", "is"].iter().any(|ending| word.ends_with(ending)) {
        word.truncate(length - 1);
    }
}

/// Makes one letter of two at the end, unless it is among those that English words end on twice.
fn single(word: &mut String, twice: &[u8]) {
    let letters = word.as_bytes();
    if let [.., one, two] = letters
        && letters.len() > 3
        && one == two
        && !twice.contains(two)
    {
        word.pop();
    }
}

fn has_vowel(word: &str) -> bool {
    word.bytes().any(|letter| matches!(letter, b'a' | b'e' | b'i' | b'o' | b'u' | b'y'))
}

#[cfg(test)]
mod tests {
    use super::root;

    #[test]
    fn kin_share_a_root() {
        for (one, two) in [
            ("announced", "announcement"),
            ("negotiations", "negotiating"),
            ("struck", "strikes"),
            ("nominee", "nomination"),
            ("deaths", "died"),
            ("stopped", "stoppage"),
            ("convicted", "conviction"),
            ("robbery", "robbed"),
            ("Envoy's", "envoys"),
        ] {
            assert_eq!(root(one), root(two), "{one} {two}");
        }
    }

    #[test]
    fn strangers_do_not() {
        for (one, two) in [("truce", "trust"), ("strike", "strip"), ("meeting", "metal"), ("shell", "shelter")] {
            assert_ne!(root(one), root(two), "{one} {two}");
        }
    }

    #[test]
    fn odd_words_keep_something() {
        for word in ["s", "'s", "e", "ing", "ée", "Größe", "1990s", "", "ss"] {
            assert!(word == "'s" || root(word).is_empty() == word.is_empty(), "{word}");
        }
    }
}
