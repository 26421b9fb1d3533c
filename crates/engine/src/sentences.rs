//! Sentences: where one ends and the next begins.
//!
//! In: the text, its paragraphs and tokens. Out: sentences in order, each a run of tokens inside one paragraph.
//! A sentence ends at a full stop, question or exclamation mark (with the marks that close after it) when what follows looks
//! like a beginning; abbreviations keep their stop inside the token, so most doubtful stops never reach this room.
//! **Invariant:** every token lies in exactly one sentence, and no sentence crosses a paragraph.

use alloc::vec::Vec;
use core::ops::Range;

use crate::span::Span;
use crate::tokens::{Shape, Token};

/// One sentence.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sentence {
    /// From its first to its last token.
    pub span: Span,
    /// Index of its paragraph.
    pub paragraph: u32,
    /// Its tokens.
    pub tokens: Range<usize>,
}

/// Cuts tokens into sentences.
pub fn cut(text: &str, tokens: &[Token]) -> Vec<Sentence> {
    let mut sentences = Vec::new();
    let mut from = 0;
    for index in 0..tokens.len() {
        let last = index + 1 == tokens.len() || tokens[index + 1].paragraph != tokens[index].paragraph;
        if last || ends_at(text, tokens, from, index) {
            sentences.push(Sentence {
                span: tokens[from].span.to(tokens[index].span),
                paragraph: tokens[from].paragraph,
                tokens: from..index + 1,
            });
            from = index + 1;
        }
    }
    sentences
}

const CLOSERS: &[&str] = &["\"", "”", "’", "''", "'", ")", "]", "»"];

/// Whether a sentence that began at `from` ends with token `index` (which is not the paragraph's last).
fn ends_at(text: &str, tokens: &[Token], from: usize, index: usize) -> bool {
    let word = |at: usize| tokens[at].span.of(text);
    let paragraph = tokens[index].paragraph;
    let inside = |at: usize| at < tokens.len() && tokens[at].paragraph == paragraph;
    // the marks that close after the stop belong to the sentence: it ends at the last of them
    let is_closer = |at: usize| {
        CLOSERS.contains(&word(at))
            && (word(at) != "\"" || tokens[at].quoted && tokens[at - 1].quoted && !opens(tokens, at))
            && glued(tokens, at)
    };
    if inside(index + 1) && is_closer(index + 1) {
        return false;
    }
    let mut stop = index;
    while stop > from && is_closer(stop) {
        stop -= 1;
    }
    let mark = word(stop);
    let next = index + 1;
    let begins = begins_sentence(text, tokens, next);
    match mark {
        "!" | "?" => begins,
        _ if mark.starts_with(['!', '?']) => begins,
        "." => begins || runs_on(text, tokens, stop, next) || stop == index && !starts_lower(text, tokens, next),
        _ if mark.starts_with("..") || mark == "…" => begins,
        // an abbreviation can end a sentence too: "in the U.S. The ..."
        _ if tokens[stop].shape == Shape::Dotted
            || matches!(mark, "a.m." | "p.m." | "etc." | "Inc." | "Corp." | "Jr.") =>
        {
            begins && stop > from + 1 && common_beginning(word(next)) && !is_title(mark)
        }
        _ => false,
    }
}

/// Whether this straight quotation mark opens: it stands apart from what is before and is glued to what follows.
fn opens(tokens: &[Token], at: usize) -> bool {
    let apart = at == 0 || tokens[at - 1].span.end < tokens[at].span.start;
    let follows = at + 1 < tokens.len() && tokens[at + 1].span.start == tokens[at].span.end;
    apart && follows
}

fn glued(tokens: &[Token], at: usize) -> bool {
    at > 0 && tokens[at - 1].span.end == tokens[at].span.start
}

fn starts_lower(text: &str, tokens: &[Token], at: usize) -> bool {
    tokens[at].span.of(text).chars().next().is_some_and(char::is_lowercase)
}

fn begins_sentence(text: &str, tokens: &[Token], at: usize) -> bool {
    let word = tokens[at].span.of(text);
    let apart = at > 0 && tokens[at - 1].span.end < tokens[at].span.start;
    match word {
        "“" | "‘" | "\"" | "(" | "[" | "-" | "–" | "—" | "*" | "«" | "'" | "•" | "`" | "``" => {
            apart && at + 1 < tokens.len() && !starts_lower(text, tokens, at + 1)
        }
        _ => apart && word.chars().next().is_some_and(|c| c.is_uppercase() || c.is_numeric()),
    }
}

/// "weapon.He added", "ready.”He": the next sentence follows without a space. The room of tokens has cut there already.
fn runs_on(text: &str, tokens: &[Token], stop: usize, next: usize) -> bool {
    let word = tokens[next].span.of(text);
    let opening = word == "\"" && tokens[next].quoted && !tokens[stop].quoted;
    let begins = word.starts_with(char::is_uppercase) || matches!(word, "-" | "–" | "“") || opening;
    begins && glued(tokens, next) && glued(tokens, stop) && tokens[stop - 1].shape != Shape::Dotted
}

fn is_title(word: &str) -> bool {
    matches!(
        word.trim_end_matches('.').to_lowercase().as_str(),
        "mr" | "mrs"
            | "ms"
            | "dr"
            | "prof"
            | "gen"
            | "lt"
            | "col"
            | "maj"
            | "capt"
            | "sgt"
            | "sen"
            | "rep"
            | "gov"
            | "st"
            | "adm"
    ) || word.chars().count() == 2
}

/// Words that begin a sentence far more often than they follow an abbreviation inside a name.
fn common_beginning(word: &str) -> bool {
    matches!(
        word,
        "The"
            | "A"
            | "An"
            | "He"
            | "She"
            | "It"
            | "They"
            | "We"
            | "I"
            | "In"
            | "On"
            | "At"
            | "But"
            | "And"
            | "This"
            | "That"
            | "These"
            | "Those"
            | "His"
            | "Her"
            | "Its"
            | "Their"
            | "For"
            | "As"
            | "If"
            | "When"
            | "While"
            | "After"
            | "Before"
            | "According"
            | "However"
            | "Meanwhile"
            | "There"
            | "What"
            | "Why"
            | "How"
            | "Who"
            | "“"
            | "\""
            | "You"
            | "With"
            | "Also"
            | "Earlier"
            | "Last"
            | "Some"
            | "Many"
            | "Both"
            | "Since"
            | "From"
            | "By"
            | "To"
            | "Our"
            | "My"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sentences(text: &str) -> Vec<&str> {
        let paragraphs = crate::paragraphs::cut(text);
        let tokens = crate::tokens::cut(text, &paragraphs);
        cut(text, &tokens).iter().map(|s| s.span.of(text)).collect()
    }

    #[test]
    fn stops_end_sentences() {
        assert_eq!(sentences("He left. She stayed."), ["He left.", "She stayed."]);
        assert_eq!(sentences("“We go.” He left."), ["“We go.”", "He left."]);
        assert_eq!(sentences("\"We go.\" He left. \"Now.\""), ["\"We go.\"", "He left.", "\"Now.\""]);
    }

    #[test]
    fn abbreviations_do_not() {
        assert_eq!(
            sentences("Gen. Smith met U.S. Secretary Jones at 5 p.m. Friday."),
            ["Gen. Smith met U.S. Secretary Jones at 5 p.m. Friday."]
        );
        assert_eq!(
            sentences("They went to the U.S. The talks failed."),
            ["They went to the U.S.", "The talks failed."]
        );
    }

    #[test]
    fn a_question_inside_a_quotation_goes_on() {
        assert_eq!(sentences("“Why now?” she asked. Nobody knew."), ["“Why now?” she asked.", "Nobody knew."]);
    }
}
