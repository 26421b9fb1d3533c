//! The page as the rules see it: words with their sorts, and what the text has told of time so far.
//!
//! In: the text, its sentences and tokens, the tense of clauses, the day of publication. Out: words the rules may ask about.
//! Rules look at lower-cased words by number and never at the text itself. A token that a missing space has glued together
//! ("Friday.The") is two words here, as machine-translated reports need it.
//! **Invariant:** asking about a word beyond either end is answered with an empty word, never with a panic.

use alloc::string::String;
use alloc::vec::Vec;
use core::ops::Range;

use super::calendar::{Date, Moment, Unit};
use super::lexicon::{self, Sort};
use super::{Tense, TimeKind, tense};
use crate::sentences::Sentence;
use crate::span::Span;
use crate::tokens::Token;

/// One word.
struct Word {
    span: Span,
    token: usize,
    sentence: usize,
    sort: Sort,
    /// Whether a hyphenless "mid" is part of the word ("mid-March" is one token).
    middle: bool,
}

/// What the rules read from, and what they have read so far.
pub(super) struct Page<'t> {
    text: &'t str,
    lower: String,
    words: Vec<Word>,
    tense: &'t dyn Fn(usize) -> Tense,
    /// The day against which "today" is reckoned.
    pub today: Option<Date>,
    /// The last moment that the text named.
    pub latest: Option<Moment>,
    /// The last quarter or year that figures were told for ("a year earlier" means one like it).
    pub period: Option<Moment>,
    /// Where the last reading ended, and what it named.
    pub before: Option<(usize, Moment)>,
}

/// What a rule has read.
#[derive(Clone, Debug)]
pub(super) struct Reading {
    /// From its first word to one past its last.
    pub words: Range<usize>,
    pub kind: TimeKind,
    /// The TIMEX3 value; `None` where it hangs on a day that nobody told.
    pub value: Option<String>,
    /// What it names, where that is a moment.
    pub moment: Option<Moment>,
    /// The day that it was reckoned from.
    pub anchor: Option<Date>,
    pub rule: &'static str,
}

impl Reading {
    /// A moment that stands by itself.
    pub fn moment(words: Range<usize>, moment: Moment, rule: &'static str) -> Reading {
        Reading { words, kind: kind(moment), value: Some(moment.value()), moment: Some(moment), anchor: None, rule }
    }

    /// A moment reckoned from a day; unresolved where either is missing.
    pub fn reckoned(words: Range<usize>, moment: Option<Moment>, anchor: Option<Date>, rule: &'static str) -> Reading {
        let value = moment.map(Moment::value);
        Reading { words, kind: moment.map_or(TimeKind::Date, kind), value, moment, anchor, rule }
    }

    /// A value that names no moment of the calendar.
    pub fn value(words: Range<usize>, kind: TimeKind, value: impl Into<String>, rule: &'static str) -> Reading {
        Reading { words, kind, value: Some(value.into()), moment: None, anchor: None, rule }
    }
}

/// Clock times are TIME; parts of the day are written DATE, as the gold writes them.
fn kind(moment: Moment) -> TimeKind {
    if matches!(moment, Moment::Clock(..)) { TimeKind::Time } else { TimeKind::Date }
}

impl<'t> Page<'t> {
    /// Lays out the page. Without a day of publication, the first full date of the text's head is reckoned from.
    pub fn new(
        text: &'t str,
        sentences: &[Sentence],
        tokens: &[Token],
        tense: &'t dyn Fn(usize) -> Tense,
        today: Option<Date>,
    ) -> Page<'t> {
        // ASCII case folding keeps every byte where it is, so spans fit both
        let lower = text.to_ascii_lowercase();
        let mut words = Vec::with_capacity(tokens.len());
        for (sentence, tokens_of) in sentences.iter().enumerate() {
            for token in tokens_of.tokens.clone().take_while(|token| *token < tokens.len()) {
                unglue(text, tokens[token].span, &mut |span| {
                    let word = span.of(&lower);
                    let stem = word.strip_prefix("mid-").filter(|stem| !stem.is_empty());
                    let sort = lexicon::sort(stem.unwrap_or(word));
                    words.push(Word { span, token, sentence, sort, middle: stem.is_some() });
                });
            }
        }
        Page { text, lower, words, tense, today, latest: None, period: None, before: None }
    }

    /// How many words there are.
    pub fn len(&self) -> usize {
        self.words.len()
    }

    /// The word, in lower case.
    pub fn word(&self, at: usize) -> &str {
        self.words.get(at).map_or("", |word| word.span.of(&self.lower))
    }

    /// The word so many places before.
    pub fn back(&self, at: usize, count: usize) -> &str {
        at.checked_sub(count).map_or("", |at| self.word(at))
    }

    /// Whether the word is one of these.
    pub fn is(&self, at: usize, words: &[&str]) -> bool {
        words.contains(&self.word(at))
    }

    /// Whether the word before is one of these.
    pub fn follows(&self, at: usize, words: &[&str]) -> bool {
        words.contains(&self.back(at, 1))
    }

    /// What the word may mean.
    pub fn sort(&self, at: usize) -> Sort {
        self.words.get(at).map_or(Sort::Plain, |word| word.sort)
    }

    /// Whether "mid-" is part of the word.
    pub fn middle(&self, at: usize) -> bool {
        self.words.get(at).is_some_and(|word| word.middle)
    }

    /// Whether the word begins with a capital letter.
    pub fn capital(&self, at: usize) -> bool {
        self.words.get(at).is_some_and(|word| word.span.of(self.text).starts_with(|c: char| c.is_uppercase()))
    }

    /// Whether the word is the first of its sentence.
    pub fn begins(&self, at: usize) -> bool {
        at == 0 || self.sentence(at) != self.sentence(at - 1)
    }

    /// The number of the word's sentence.
    pub fn sentence(&self, at: usize) -> Option<usize> {
        self.words.get(at).map(|word| word.sentence)
    }

    /// Whether all these words stand in one sentence.
    pub fn together(&self, words: &Range<usize>) -> bool {
        words.end > words.start && self.sentence(words.start) == self.sentence(words.end - 1)
    }

    /// Whether the word touches the one before.
    pub fn glued(&self, at: usize) -> bool {
        at > 0 && at < self.words.len() && self.words[at - 1].span.end == self.words[at].span.start
    }

    /// From the first word's first byte to the last word's last.
    pub fn span(&self, words: &Range<usize>) -> Span {
        match (self.words.get(words.start), words.end.checked_sub(1).and_then(|last| self.words.get(last))) {
            (Some(first), Some(last)) => first.span.to(last.span),
            _ => Span::default(),
        }
    }

    /// The tense of the clause that holds the word: what its own words announce, then a verb close by, then the grammar,
    /// then a guess. "CNN reported on Friday" needs no tree, and a tree may hang Friday from the wrong verb.
    pub fn tense(&self, at: usize) -> Tense {
        if tense::announced(self, at) {
            return Tense::Future;
        }
        tense::close_by(self, at).unwrap_or_else(|| match self.words.get(at).map(|word| (self.tense)(word.token)) {
            // a present tense looks ahead with some verbs only, which the guess knows
            None | Some(Tense::Unknown | Tense::Present) => tense::around(self, at),
            Some(tense) => tense,
        })
    }

    /// The day that is reckoned from, as a moment.
    pub fn now(&self) -> Option<Moment> {
        self.today.map(Moment::Day)
    }

    /// The day of publication, shifted by units.
    pub fn shifted(&self, unit: Unit, count: i32) -> Option<Moment> {
        self.now()?.shifted(unit, count)
    }
}

/// Cuts a token where a sentence ended without a space after its stop: "2014.Today" is `2014`, `.`, `Today`.
fn unglue(text: &str, span: Span, emit: &mut dyn FnMut(Span)) {
    let word = span.of(text);
    let (start, mut from) = (span.start as usize, span.start as usize);
    if word.len() > 3 && word.contains('.') && !word.contains("://") && !word.starts_with("www.") {
        for (at, _) in word.match_indices('.') {
            let (before, mut after) = (word[..at].chars().next_back(), word[at + 1..].chars());
            let ends = before.is_some_and(|c| c.is_lowercase() || c.is_ascii_digit());
            let begins = match after.next() {
                Some('-' | '–') => true,
                Some(letter) => letter.is_uppercase() && after.next().is_none_or(char::is_lowercase),
                None => false,
            };
            if ends && begins && start + at > from {
                emit(Span::new(from, start + at));
                emit(Span::new(start + at, start + at + 1));
                from = start + at + 1;
            }
        }
    }
    emit(Span::new(from, span.end as usize));
}
