//! Words: a text cut into words, and what the words of a trigger tell.
//!
//! In: a text, or the words of a trigger. Out: words with their places; for a trigger its roots, the classes and
//! families of its kin. A table of English words for happenings (`families.txt`) says which tell one thing in other
//! words ("killed", "slain") and which only go together ("killed", "suicide"). Light verbs and particles are heard
//! only where nothing else is left.
//! **Invariant:** a trigger with a word in it always has a root.

use super::stem::root;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

/// Words that say little about what a text is about.
const COMMON: &str = " \
    a an the of in on at to for from by with as and or but nor so if than then that this these those it its he \
    him his she her hers they them their theirs we us our you your i my me who whom whose which what when \
    where why how there here is are was were be been being am do does did done has have had having will would \
    shall should can could may might must not no n't s t also just only about after before during over under \
    into out up down off again more most other some such own same too very all any both each few because until \
    while through between against above below upon via per mr mrs ms said say says told one two ";
/// Words within a trigger that do not name the happening.
const SMALL: &str = " \
    a an the of in on at to for from by with as and or into out up down off over under through about his her \
    their its my be is are was were been being has have had will would get got ";
/// Small words that belong to a phrase: "broke out".
const PARTICLES: &str = " \
    into off out up down over under on in away to ";
/// Verbs that lend themselves to a noun: "made an offer".
const LIGHT: [&str; 11] = ["make", "take", "give", "have", "hold", "get", "put", "do", "carry", "go", "come"];
/// Words whose classes only report.
const REPORTING: [&str; 3] = ["say", "report", "announce"];

fn within(list: &str, word: &str) -> bool {
    !word.contains(' ') && list.contains(&format!(" {word} "))
}

/// A word or number of a text, and the byte at which it begins.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Word<'t> {
    /// Byte of its first letter.
    pub at: usize,
    /// The word as written.
    pub form: &'t str,
}

impl Word<'_> {
    /// Whether the word tells what a text is about.
    pub fn telling(self) -> bool {
        self.form.chars().nth(1).is_some() && !within(COMMON, &self.form.to_lowercase())
    }

    /// Whether it is written like a name or a number.
    pub fn named(self) -> bool {
        self.form.starts_with(|letter: char| letter.is_uppercase() || letter.is_ascii_digit())
    }
}

/// Cuts a text into words (letters, with what follows an apostrophe) and numbers ("12.30", "1,200").
pub fn words(text: &str) -> Vec<Word<'_>> {
    let mut words = Vec::new();
    let mut rest = text.char_indices().peekable();
    while let Some((at, first)) = rest.next() {
        let number = first.is_ascii_digit();
        if !number && !first.is_alphabetic() {
            continue;
        }
        let mut end = at + first.len_utf8();
        let mut apostrophe = false;
        while let Some(&(here, letter)) = rest.peek() {
            let follows = |fits: fn(char) -> bool| text[here + letter.len_utf8()..].starts_with(fits);
            let goes_on = if number {
                letter.is_ascii_digit()
                    || matches!(letter, '.' | ',' | ':') && follows(|letter| letter.is_ascii_digit())
            } else if apostrophe {
                letter.is_ascii_lowercase()
            } else if matches!(letter, '\'' | '’') {
                apostrophe = true;
                follows(|letter| letter.is_ascii_lowercase())
            } else {
                letter.is_alphabetic()
            };
            if !goes_on {
                break;
            }
            end = here + letter.len_utf8();
            rest.next();
        }
        words.push(Word { at, form: &text[at..end] });
    }
    words
}

/// Classes and families of roots and phrases.
struct Kinship {
    kin: BTreeMap<String, Vec<(u16, u16)>>,
    reporting: BTreeSet<u16>,
    light: BTreeSet<String>,
}

static KINSHIP: LazyLock<Kinship> = LazyLock::new(|| {
    let mut kin: BTreeMap<String, Vec<(u16, u16)>> = BTreeMap::new();
    let mut class = 0;
    let lines = include_str!("families.txt").lines().filter(|line| !line.starts_with('#'));
    for (family, line) in (0..).zip(lines) {
        for words in line.split('|') {
            for word in words.split_whitespace() {
                kin.entry(phrase(word.split('_'))).or_default().push((class, family));
            }
            class += 1;
        }
    }
    let classes = |word: &&str| kin.get(&root(word)).into_iter().flatten().map(|kin| kin.0).collect::<Vec<_>>();
    let reporting = REPORTING.iter().flat_map(classes).collect();
    Kinship { kin, reporting, light: LIGHT.iter().map(|word| root(word)).collect() }
});

/// The roots of a phrase, joined; small words that are no particles are left out.
fn phrase<'w>(words: impl Iterator<Item = &'w str>) -> String {
    words.filter(|word| in_phrase(word)).map(root).collect::<Vec<_>>().join("_")
}

fn in_phrase(word: &str) -> bool {
    !within(SMALL, word) || within(PARTICLES, word)
}

/// What the words of a trigger tell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Trigger {
    /// The words in lower case.
    pub words: String,
    /// Roots of the words that name the happening.
    pub roots: BTreeSet<String>,
    classes: BTreeSet<u16>,
    families: BTreeSet<u16>,
    initials: String,
    abbreviation: String,
    /// Whether it only tells that something was said.
    pub reporting: bool,
}

/// How the triggers of two tellings are akin, the closest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kin {
    /// They share a root, or one abbreviates the other.
    Root,
    /// They tell one thing in other words.
    Class,
    /// What they tell goes together.
    Family,
}

impl Trigger {
    /// Reads the words of a trigger.
    pub fn of(text: &str) -> Trigger {
        let forms: Vec<String> = words(text).iter().map(|word| word.form.to_lowercase()).collect();
        let mut roots: BTreeSet<String> =
            forms.iter().filter(|form| !within(SMALL, form)).map(|form| root(form)).collect();
        if roots.is_empty() {
            roots = forms.iter().map(|form| root(form)).collect();
        }
        if roots.is_empty() {
            roots.insert(text.to_lowercase());
        }
        let heavy: BTreeSet<String> = roots.iter().filter(|root| !KINSHIP.light.contains(*root)).cloned().collect();
        if !heavy.is_empty() {
            roots = heavy;
        }
        let parts: Vec<&str> = forms.iter().map(String::as_str).filter(|form| in_phrase(form)).collect();
        let phrases = parts.windows(2).chain(parts.windows(3)).map(|words| phrase(words.iter().copied()));
        let mut known: Vec<String> = phrases.filter(|phrase| KINSHIP.kin.contains_key(phrase)).collect();
        if known.is_empty() {
            known = roots.iter().cloned().collect();
        }
        let kin: Vec<(u16, u16)> = known.iter().filter_map(|key| KINSHIP.kin.get(key)).flatten().copied().collect();
        let classes: BTreeSet<u16> = kin.iter().map(|kin| kin.0).collect();
        let initials =
            if forms.len() > 1 { forms.iter().filter_map(|form| form.chars().next()).collect() } else { String::new() };
        let letters: String = text.chars().filter(|letter| !matches!(letter, '.' | ' ')).collect();
        let short = (2..7).contains(&letters.len()) && letters.bytes().all(|letter| letter.is_ascii_uppercase());
        Trigger {
            words: text.to_lowercase(),
            roots,
            families: kin.iter().map(|kin| kin.1).collect(),
            reporting: !classes.is_disjoint(&KINSHIP.reporting),
            classes,
            initials,
            abbreviation: if short { letters.to_lowercase() } else { String::new() },
        }
    }

    /// How it is akin to another trigger, if at all.
    pub fn kin(&self, other: &Trigger) -> Option<Kin> {
        let abbreviates = |one: &Trigger, two: &Trigger| !one.initials.is_empty() && one.initials == two.abbreviation;
        if !self.roots.is_disjoint(&other.roots) || abbreviates(self, other) || abbreviates(other, self) {
            Some(Kin::Root)
        } else if !self.classes.is_disjoint(&other.classes) {
            Some(Kin::Class)
        } else if !self.families.is_disjoint(&other.families) {
            Some(Kin::Family)
        } else {
            None
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Kin, Trigger, words};

    fn kin(one: &str, two: &str) -> Option<Kin> {
        assert_eq!(Trigger::of(one).kin(&Trigger::of(two)), Trigger::of(two).kin(&Trigger::of(one)));
        Trigger::of(one).kin(&Trigger::of(two))
    }

    #[test]
    fn triggers_are_akin_by_root_class_or_family() {
        assert_eq!(kin("shelled", "the shelling"), Some(Kin::Root));
        assert_eq!(kin("made an offer", "offered"), Some(Kin::Root));
        assert_eq!(kin("truce", "ceasefire"), Some(Kin::Class));
        assert_eq!(kin("opened fire", "shooting"), Some(Kin::Class));
        assert_eq!(kin("killed", "suicide"), Some(Kin::Family));
        assert_eq!(kin("prisoner exchange programme", "PEP"), Some(Kin::Root));
        assert_eq!(kin("met", "shelled"), None);
    }

    #[test]
    fn only_words_of_saying_report() {
        assert!(Trigger::of("said").reporting && Trigger::of("according to").reporting);
        assert!(!Trigger::of("signed").reporting);
    }

    #[test]
    fn a_trigger_always_has_a_root() {
        for text in ["it", "was", "to", "take", "!?", ""] {
            assert_eq!(Trigger::of(text).roots.len(), 1, "{text}");
        }
    }

    #[test]
    fn text_is_cut_into_words_and_numbers() {
        let forms: Vec<&str> =
            words("At 12.30, Korva’s 1,200 men' left (Zürich).").iter().map(|word| word.form).collect();
        assert_eq!(forms, ["At", "12.30", "Korva’s", "1,200", "men", "left", "Zürich"]);
    }
}
