//! A word and its part of speech in; its base form out.
//!
//! English inflects little: a table of irregular forms, then rules of spelling undone in reverse. What rules cannot know
//! is whether a stem lost an "e" ("stat-ed", "visit-ed"); its ending tells nearly always, and the table the rest.
//!
//! **Invariant:** the base form of a word is never empty unless the word is.

use super::LibraryError;
use super::table::{Names, Table};
use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

/// Irregular forms, and the rules for all others.
#[derive(Debug, Clone)]
pub struct Lemmas {
    irregular: Vec<(char, &'static str)>,
    names: Names,
}

impl Lemmas {
    pub(crate) fn parse<'t>(tables: impl Iterator<Item = &'t Table>) -> Result<Lemmas, LibraryError> {
        let mut irregular = Vec::new();
        let mut keys: Vec<(String, u32)> = Vec::new();
        for table in tables {
            for row in table.rows() {
                let row = row?;
                let class = match row.text("class") {
                    "verb" => 'V',
                    "noun" => 'N',
                    "adjective" => 'J',
                    "adverb" => 'R',
                    "other" => 'O',
                    other => return Err(row.error(format!("class cannot be {other:?}"))),
                };
                let lemma = row.required("lemma")?;
                for form in row.list("forms") {
                    keys.push((String::from(form), irregular.len() as u32));
                }
                irregular.push((class, lemma));
            }
        }
        Ok(Lemmas { irregular, names: Names::from_pairs(keys) })
    }

    /// The base form of a word with this Penn Treebank tag (`VBD`, `NNS`, ...). Names keep their capitals; all else is
    /// lower case.
    pub fn lemma(&self, form: &str, xpos: &str) -> String {
        if xpos.starts_with("NNP") {
            return String::from(form);
        }
        let lower = form.to_lowercase().replace('’', "'");
        let class = match xpos.get(..2) {
            Some("VB") | Some("MD") => 'V',
            Some("NN") => 'N',
            Some("JJ") => 'J',
            Some("RB") => 'R',
            _ => 'O',
        };
        if let Some(lemma) = self.irregular(&lower, class) {
            return lemma;
        }
        let lemma = match xpos {
            "VBD" | "VBN" => self.past(&lower),
            "VBG" => self.gerund(&lower),
            "VBZ" => singular(&lower),
            "NNS" => singular(&lower),
            "JJR" | "RBR" => self.compared(&lower, "er"),
            "JJS" | "RBS" => self.compared(&lower, "est"),
            _ => None,
        };
        lemma.filter(|lemma| !lemma.is_empty()).unwrap_or(lower)
    }

    /// The lemma that the table has for a form, or for what follows its last hyphen: "pre-made".
    fn irregular(&self, form: &str, class: char) -> Option<String> {
        let listed = |form: &str| {
            let rows = self.names.rows(form).filter_map(|row| self.irregular.get(row));
            rows.filter(|(of, _)| *of == class).map(|(_, lemma)| *lemma).next()
        };
        listed(form).map(String::from).or_else(|| {
            let (prefix, rest) = form.rsplit_once('-')?;
            listed(rest).map(|lemma| format!("{prefix}-{lemma}"))
        })
    }

    fn past(&self, form: &str) -> Option<String> {
        if let Some(stem) = form.strip_suffix("ied") {
            return Some(format!("{stem}y"));
        }
        let stem = form.strip_suffix("ed").filter(|stem| has_vowel(stem))?;
        Some(base(stem))
    }

    fn gerund(&self, form: &str) -> Option<String> {
        form.strip_suffix("ing").filter(|stem| has_vowel(stem)).map(base)
    }

    fn compared(&self, form: &str, ending: &str) -> Option<String> {
        let stem = form.strip_suffix(ending).filter(|stem| stem.len() > 2 && has_vowel(stem))?;
        if let Some(stem) = stem.strip_suffix('i') {
            return Some(format!("{stem}y"));
        }
        Some(base(stem))
    }
}

fn is_vowel(letter: u8) -> bool {
    matches!(letter, b'a' | b'e' | b'i' | b'o' | b'u')
}

fn has_vowel(stem: &str) -> bool {
    stem.bytes().any(|letter| is_vowel(letter) || letter == b'y')
}

fn singular(form: &str) -> Option<String> {
    let stem = form.strip_suffix('s')?;
    // "1970s" is no plural of a year.
    if stem.len() < 2
        || stem.ends_with(|letter: char| letter.is_ascii_digit())
        || stem.ends_with(['s', 'u'])
        || stem.ends_with("i") && stem.len() < 4
    {
        return None;
    }
    if let Some(stem) = form.strip_suffix("ies") {
        return Some(if stem.len() < 2 { format!("{stem}ie") } else { format!("{stem}y") });
    }
    for ending in ["sses", "shes", "ches", "xes", "zzes", "oes", "uses"] {
        if form.ends_with(ending) {
            let stem = form.strip_suffix("es")?;
            // "houses", "causes" and short "uses" lost no "e"; "viruses" gained one.
            let kept = ending == "uses" && (stem.ends_with("ous") || stem.ends_with("aus") || stem.len() < 5);
            return Some(if kept { format!("{stem}e") } else { String::from(stem) });
        }
    }
    Some(String::from(stem))
}

/// The base form behind a stem that has lost "-ed", "-ing", "-er" or "-est".
fn base(stem: &str) -> String {
    let letters = stem.as_bytes();
    let count = letters.len();
    if !stem.is_ascii() || count < 2 {
        return String::from(stem);
    }
    let (before, last) = (letters[count - 2], letters[count - 1]);
    if before == last && !is_vowel(last) {
        let doubled = match last {
            b's' | b'z' | b'f' => false,
            b'l' => DOUBLED_L.iter().any(|verb| stem.strip_suffix('l') == Some(verb)),
            _ => !matches!(stem, "add" | "err" | "purr" | "odd" | "butt" | "putt" | "boycott" | "egg"),
        };
        return String::from(if doubled { &stem[..count - 1] } else { stem });
    }
    if lost_e(letters) { format!("{stem}e") } else { String::from(stem) }
}

/// Verbs whose last "l" is doubled before an ending.
const DOUBLED_L: [&str; 44] = [
    "annul", "appal", "cancel", "channel", "compel", "control", "counsel", "dispel", "distil", "duel", "enrol",
    "equal", "excel", "expel", "fuel", "fulfil", "funnel", "impel", "initial", "instal", "instil", "label", "level",
    "libel", "marshal", "model", "panel", "parcel", "patrol", "pedal", "propel", "quarrel", "rebel", "refuel", "repel",
    "rival", "shovel", "shrivel", "signal", "stencil", "total", "travel", "tunnel", "unravel",
];

/// Whether a stem that ends in one consonant or a group ended in "e" before its ending was put on.
fn lost_e(stem: &[u8]) -> bool {
    let count = stem.len();
    let last = stem[count - 1];
    let before = stem[count - 2];
    let text = core::str::from_utf8(stem).unwrap_or("");
    let ends = |endings: &[&str]| endings.iter().any(|ending| text.ends_with(ending));
    if is_vowel(last) {
        // "argu-ed", "pursu-ed", "tiptoe-d" against "ski-ed", "echo-ed", "agre-ed".
        return last == b'u' || last == b'e' && before == b'e' || ends(&["dy"]);
    }
    let groups = group_count(stem);
    match last {
        b'v' | b'z' => return before != last,
        b'c' => return true,
        b'l' if !is_vowel(before) => return !matches!(before, b'l' | b'r' | b'w' | b'y'),
        b'g' if !is_vowel(before) => {
            return before == b'r'
                || before == b'd'
                || before == b'l'
                || ends(&["chang", "rang", "lleng", "veng", "unge", "lung", "mang"]) && !ends(&["orang"]);
        }
        b's' if !is_vowel(before) => return matches!(before, b'r' | b'n' | b'p' | b'l') && !ends(&["eyns"]),
        b'h' => return ends(&["breath", "bath", "seeth", "loath", "cloth", "sooth", "teeth"]),
        b'w' | b'x' | b'y' => return ends(&["ow"]) && ends(&["\u{0}"]),
        _ => {}
    }
    if !is_vowel(before) {
        return ends(&["ast", "lapst"]) && ends(&["past", "tast", "wast", "hast"]) && !ends(&["east"]);
    }
    // One vowel, one consonant. Where the stem is of one syllable the consonant would have been doubled, so an "e" fell.
    let two_vowels = count >= 3 && is_vowel(stem[count - 3]);
    if two_vowels && !(stem[count - 3] == b'u' && count >= 4 && stem[count - 4] == b'q') {
        return ends(&[
            "ceas", "creas", "eas", "leas", "reas", "teas", "aus", "caus", "ous", "hous", "ais", "rais", "prais",
            "ois", "oos", "choos", "iat", "eat\u{0}", "uat", "eiv", "ieg", "eag", "iev", "uad", "uid", "loos",
        ]) && !ends(&["bias", "ious", "gras\u{0}"])
            || ends(&["creat", "leagu", "guid", "uic", "reciat"]);
    }
    if groups == 1 {
        return !matches!(last, b'w' | b'x' | b'y');
    }
    match last {
        b't' => {
            ends(&["at", "ut"]) && !ends(&["combat", "format", "output", "input", "rebut"])
                || ends(&["vot", "mot", "quot", "not", "remot", "write", "writ"])
                || ends(&["nvit", "nit", "cit", "git", "pit\u{0}", "spit", "plet", "pet", "let"])
                    && !ends(&[
                        "monit", "profit", "solicit", "elicit", "vomit", "deposit", "trumpet", "carpet", "outlet",
                    ])
                    && ends(&[
                        "invit", "unit", "reunit", "ignit", "cit", "excit", "incit", "recit", "complet", "compet",
                        "delet", "deplet", "obsolet",
                    ])
        }
        b'd' => ends(&["id", "ad", "od", "ud", "ced", "ped", "cred"]) && !ends(&["avoid", "period", "cred"]),
        b'k' | b'b' => !ends(&["climb"]),
        b'm' => {
            ends(&["um", "am", "im", "som", "com", "rem", "hem"]) && !ends(&["program", "victim", "claim", "album"])
        }
        b'n' => {
            ends(&["in", "an\u{0}", "pon", "phon", "don", "clon", "ven", "hyen", "van"])
                && !ends(&["abandon", "pardon", "weapon", "cabin", "origin", "robin", "ruin", "raven", "pen"])
                && !ends(&["even", "driven", "given"])
                || ends(&["interven", "conven", "contraven", "reconven"])
        }
        b'r' => {
            ends(&[
                "ar", "ir", "ur", "hor", "plor", "stor", "gnor", "dor\u{0}", "fer\u{0}", "her", "ver\u{0}", "der\u{0}",
            ]) && !ends(&[
                "ather", "ether", "other", "ither", "cher", "sher", "ocher", "anchor", "author", "murmur", "sulfur",
                "altar", "collar", "pillar", "our",
            ]) || ends(&["adher", "cohe", "coher", "ador", "interfer", "persever", "sever\u{0}", "sincer"])
        }
        b's' => !ends(&["focus", "canvas", "bus", "gas", "bias", "census", "harass"]),
        b'p' => {
            ends(&["ap", "yp", "ip", "op"])
                && ends(&[
                    "escap",
                    "shap",
                    "reshap",
                    "landscap",
                    "typ",
                    "wip",
                    "telescop",
                    "envelop\u{0}",
                    "scrap\u{0}",
                ])
        }
        b'l' => {
            ends(&["ul", "il", "yl", "ol", "al"])
                && !ends(&[
                    "ual", "ial", "ual", "nal", "til", "cil", "veil", "pil\u{0}", "ocal", "etal", "edal", "ival",
                ])
                && !ends(&["control", "patrol", "petrol", "consul"])
                || ends(&["compil", "exil", "reconcil", "mobil", "revil", "profil"])
        }
        b'g' => !ends(&["dialog", "catalog", "analog"]),
        _ => false,
    }
}

/// How many groups of vowels a stem has: about its syllables.
fn group_count(stem: &[u8]) -> usize {
    let mut groups = 0;
    let mut inside = false;
    for (position, letter) in stem.iter().enumerate() {
        let vowel = is_vowel(*letter) || *letter == b'y' && position > 0;
        let after_q = *letter == b'u' && position > 0 && stem[position - 1] == b'q';
        if vowel && !inside && !after_q {
            groups += 1;
        }
        inside = vowel && !after_q;
    }
    groups
}
