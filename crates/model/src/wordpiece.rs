//! In: the text of one word. Out: the numbers of its pieces in the model's vocabulary.
//!
//! BERT's uncased pipeline: drop control characters, split at white space, around CJK ideographs and around
//! punctuation, strip accents, lower-case; then take the longest known piece from the left until the word is used up.
//! The steps and their order are those of the `tokenizers` library, which the model was trained with.
//!
//! **Invariant:** no word is without a piece; what the vocabulary cannot spell is `[UNK]`.

use std::collections::HashMap;

use unicode_normalization::char::decompose_canonical;
use unicode_properties::{GeneralCategory, GeneralCategoryGroup, UnicodeGeneralCategory};

use crate::weights::ModelError;

/// Longer words are unknown, as in BERT; in characters.
const LONGEST_WORD: usize = 100;

/// The vocabulary, and the pieces that open and close every sequence.
#[derive(Clone, Debug)]
pub(crate) struct WordPiece {
    /// Pieces that start a word; only ever asked for one key, so its order shows nowhere.
    starts: HashMap<String, u32>,
    /// Pieces that continue a word, without their `##`.
    continuations: HashMap<String, u32>,
    /// The longest piece, in bytes.
    longest: usize,
    pub unknown: u32,
    pub opening: u32,
    pub closing: u32,
}

impl WordPiece {
    pub fn new(vocabulary: &[String]) -> Result<WordPiece, ModelError> {
        let mut starts = HashMap::with_capacity(vocabulary.len());
        let mut continuations = HashMap::new();
        let mut longest = 0;
        for (number, piece) in vocabulary.iter().enumerate() {
            let number = u32::try_from(number).map_err(|_| ModelError::new("reader", "the vocabulary is too large"))?;
            longest = longest.max(piece.len());
            match piece.strip_prefix("##") {
                Some(rest) if !rest.is_empty() => continuations.insert(rest.to_string(), number),
                _ => starts.insert(piece.clone(), number),
            };
        }
        let special = |piece: &str| {
            let missing = || ModelError::new("reader", format!("the vocabulary has no `{piece}`"));
            starts.get(piece).copied().ok_or_else(missing)
        };
        let (unknown, opening, closing) = (special("[UNK]")?, special("[CLS]")?, special("[SEP]")?);
        Ok(WordPiece { starts, continuations, longest, unknown, opening, closing })
    }

    /// Appends the pieces of one word, at least one, to `pieces`.
    pub fn split(&self, text: &str, pieces: &mut Vec<u32>) {
        let before = pieces.len();
        let mut word = String::new();
        for character in text.chars().filter(|character| !is_dropped(*character)) {
            let alone = is_ideograph(character);
            if alone || character.is_whitespace() {
                self.close(&mut word, pieces);
            }
            decompose_canonical(character, |part| {
                if part.general_category() == GeneralCategory::NonspacingMark {
                    return;
                }
                for lower in part.to_lowercase() {
                    if lower.is_whitespace() {
                        self.close(&mut word, pieces);
                    } else if is_punctuation(lower) {
                        self.close(&mut word, pieces);
                        word.push(lower);
                        self.close(&mut word, pieces);
                    } else {
                        word.push(lower);
                    }
                }
            });
            if alone {
                self.close(&mut word, pieces);
            }
        }
        self.close(&mut word, pieces);
        if pieces.len() == before {
            pieces.push(self.unknown);
        }
    }

    /// Spells `word` by the longest pieces from the left, and empties it.
    fn close(&self, word: &mut String, pieces: &mut Vec<u32>) {
        if word.is_empty() {
            return;
        }
        let before = pieces.len();
        let mut rest = word.as_str();
        if word.chars().count() > LONGEST_WORD {
            pieces.push(self.unknown);
            rest = "";
        }
        while !rest.is_empty() {
            let known = if rest.len() == word.len() { &self.starts } else { &self.continuations };
            let longest = rest.len().min(self.longest);
            let found = (1..=longest).rev().find_map(|end| {
                let piece = rest.get(..end)?;
                known.get(piece).map(|number| (end, *number))
            });
            match found {
                Some((end, number)) => {
                    pieces.push(number);
                    rest = &rest[end..];
                }
                None => {
                    pieces.truncate(before);
                    pieces.push(self.unknown);
                    break;
                }
            }
        }
        word.clear();
    }
}

/// Control, format and private characters and the replacement character, which BERT removes.
fn is_dropped(character: char) -> bool {
    use GeneralCategory::{Control, Format, PrivateUse};
    match character {
        '\t' | '\n' | '\r' => false,
        '\u{fffd}' => true,
        _ => matches!(character.general_category(), Control | Format | PrivateUse),
    }
}

/// BERT counts every ASCII symbol as punctuation, beside what Unicode calls so.
fn is_punctuation(character: char) -> bool {
    character.is_ascii_punctuation() || character.general_category_group() == GeneralCategoryGroup::Punctuation
}

/// The ideograph blocks that BERT sets apart; kana and hangul are not among them.
fn is_ideograph(character: char) -> bool {
    matches!(u32::from(character),
        0x4e00..=0x9fff | 0x3400..=0x4dbf | 0x2_0000..=0x2_a6df | 0x2_a700..=0x2_b73f | 0x2_b740..=0x2_b81f
        | 0x2_b820..=0x2_ceaf | 0xf900..=0xfaff | 0x2_f800..=0x2_fa1f)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn vocabulary() -> Vec<String> {
        let pieces = "[PAD] [UNK] [CLS] [SEP] the mini ##ster ##s ze ##len ##sky kyiv u . - cafe 停 火 ' s 한 ##a";
        pieces.split(' ').map(str::to_string).collect()
    }

    fn spelled(text: &str) -> String {
        let vocabulary = vocabulary();
        let wordpiece = WordPiece::new(&vocabulary).unwrap();
        let mut pieces = Vec::new();
        wordpiece.split(text, &mut pieces);
        pieces.iter().map(|piece| vocabulary[*piece as usize].as_str()).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn takes_the_longest_piece_from_the_left() {
        assert_eq!(spelled("Ministers"), "mini ##ster ##s");
        assert_eq!(spelled("ZELENSKY"), "ze ##len ##sky");
        // "minia" is spelled; "miniq" is not, and is unknown as a whole.
        assert_eq!(spelled("minia"), "mini ##a");
        assert_eq!(spelled("miniq"), "[UNK]");
    }

    #[test]
    fn strips_accents_and_splits_punctuation() {
        assert_eq!(spelled("Café"), "cafe");
        assert_eq!(spelled("Cafe\u{301}"), "cafe");
        assert_eq!(spelled("U.S."), "u . s .");
        assert_eq!(spelled("Kyiv-the"), "kyiv - the");
        assert_eq!(spelled("the\u{2014}the"), "the [UNK] the");
    }

    #[test]
    fn sets_ideographs_apart_and_drops_controls() {
        assert_eq!(spelled("停火"), "停 火");
        assert_eq!(spelled("the\u{200b}\u{7}"), "the");
        assert_eq!(spelled("mini\u{ad}ster"), "mini ##ster");
    }

    #[test]
    fn a_word_of_nothing_is_unknown() {
        assert_eq!(spelled(""), "[UNK]");
        assert_eq!(spelled("\u{301}"), "[UNK]");
        assert_eq!(spelled(" \u{0}\u{fffd}"), "[UNK]");
        assert_eq!(spelled(&"s".repeat(101)), "[UNK]");
        assert_eq!(spelled("the the"), "the the");
    }

    #[test]
    fn a_vocabulary_needs_its_special_pieces() {
        let error = WordPiece::new(&["the".to_string()]).unwrap_err();
        assert!(error.to_string().contains("[UNK]"), "{error}");
    }
}
