//! Language: English or not.
//!
//! In: the paragraphs. Out: a BCP 47 tag.
//! The small words settle it: where one word in eight is "the", "of" or their like, the text is English, whatever names and
//! lists it holds. Only where they are rare is the language of the letters asked for, and believed only when it is sure.
//! **Invariant:** a text is not called foreign for its names, its lists or its brevity.

use crate::span::Span;

/// Words that no English prose does without, and that are rare in other languages.
const SMALL: &[&str] = &[
    "the", "of", "and", "to", "that", "for", "with", "was", "his", "this", "from", "which", "were", "been", "have",
    "has", "had", "said", "they", "their", "its", "it", "by", "are", "will", "would", "not", "who", "at", "be", "is",
    "on", "as", "after", "but", "he", "she", "we", "you",
];
/// How much of a text is looked at, in bytes.
const SAMPLE: usize = 20_000;
/// Below this many letters nothing but another script is believed.
const FEW_LETTERS: usize = 120;

/// The language of a text: `en`, another tag where that is sure, `und` where nothing is.
pub(super) fn of(text: &str, paragraphs: &[Span]) -> &'static str {
    let mut sample = alloc::string::String::new();
    for paragraph in paragraphs {
        let words = paragraph.of(text);
        let room = SAMPLE.saturating_sub(sample.len());
        sample.push_str(&words[..super::markup::floor(words, room)]);
        sample.push('\n');
        if sample.len() >= SAMPLE {
            break;
        }
    }
    let letters = sample.chars().filter(|c| c.is_alphabetic()).count();
    let latin = sample.chars().filter(|c| c.is_ascii_alphabetic()).count();
    if letters == 0 {
        return "und";
    }
    let other_script = letters >= 8 && latin * 2 < letters;
    let (mut words, mut small) = (0usize, 0usize);
    for word in sample.split(|c: char| !c.is_alphabetic()).filter(|word| !word.is_empty()) {
        words += 1;
        small += usize::from(SMALL.iter().any(|known| word.eq_ignore_ascii_case(known)));
    }
    if !other_script && (small * 8 >= words || letters < FEW_LETTERS) {
        return "en";
    }
    match whatlang::detect(&sample) {
        Some(found) if found.lang() == whatlang::Lang::Eng => "en",
        // a list of names, or a menu, is no language: small words of English speak against another one
        Some(found) if other_script || found.is_reliable() && small * 25 < words => tag(found.lang()),
        _ if small * 20 >= words => "en",
        _ => "und",
    }
}

/// The BCP 47 tag of a language: two letters where the standard has two.
fn tag(language: whatlang::Lang) -> &'static str {
    let code = language.code();
    let short = TAGS.iter().find(|(long, _)| *long == code);
    short.map_or(code, |(_, short)| short)
}

const TAGS: &[(&str, &str)] = &[
    ("epo", "eo"),
    ("eng", "en"),
    ("rus", "ru"),
    ("cmn", "zh"),
    ("spa", "es"),
    ("por", "pt"),
    ("ita", "it"),
    ("ben", "bn"),
    ("fra", "fr"),
    ("deu", "de"),
    ("ukr", "uk"),
    ("kat", "ka"),
    ("ara", "ar"),
    ("hin", "hi"),
    ("jpn", "ja"),
    ("heb", "he"),
    ("yid", "yi"),
    ("pol", "pl"),
    ("amh", "am"),
    ("jav", "jv"),
    ("kor", "ko"),
    ("nob", "nb"),
    ("dan", "da"),
    ("swe", "sv"),
    ("fin", "fi"),
    ("tur", "tr"),
    ("nld", "nl"),
    ("hun", "hu"),
    ("ces", "cs"),
    ("ell", "el"),
    ("bul", "bg"),
    ("bel", "be"),
    ("mar", "mr"),
    ("kan", "kn"),
    ("ron", "ro"),
    ("slv", "sl"),
    ("hrv", "hr"),
    ("srp", "sr"),
    ("mkd", "mk"),
    ("lit", "lt"),
    ("lav", "lv"),
    ("est", "et"),
    ("tam", "ta"),
    ("vie", "vi"),
    ("urd", "ur"),
    ("tha", "th"),
    ("guj", "gu"),
    ("uzb", "uz"),
    ("pan", "pa"),
    ("aze", "az"),
    ("ind", "id"),
    ("tel", "te"),
    ("pes", "fa"),
    ("mal", "ml"),
    ("ori", "or"),
    ("mya", "my"),
    ("nep", "ne"),
    ("sin", "si"),
    ("khm", "km"),
    ("tuk", "tk"),
    ("aka", "ak"),
    ("zul", "zu"),
    ("sna", "sn"),
    ("afr", "af"),
    ("lat", "la"),
    ("slk", "sk"),
    ("cat", "ca"),
    ("tgl", "tl"),
    ("hye", "hy"),
    ("cym", "cy"),
];
