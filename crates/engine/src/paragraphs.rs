//! Paragraphs: the document's text cut where its author cut it.
//!
//! In: the text. Out: spans of paragraphs, without white space at their edges.
//! A blank line always ends a paragraph. A single line break ends one too, unless the text is hard-wrapped: then lines run on
//! in the middle of a sentence, which shows in a lower-case beginning after an unfinished line.
//! **Invariant:** paragraphs do not overlap, and every character that is not white space lies in exactly one.

use alloc::vec::Vec;

use crate::span::Span;

/// Cuts a text into paragraphs.
pub fn cut(text: &str) -> Vec<Span> {
    let mut paragraphs: Vec<Span> = Vec::new();
    let mut open: Option<Span> = None;
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        let span = Span::new(start, start + line.len()).trimmed(text);
        start += line.len();
        if span.is_empty() {
            paragraphs.extend(open.take());
            continue;
        }
        open = match open {
            Some(before) if runs_on(before.of(text), span.of(text)) => Some(before.to(span)),
            before => {
                paragraphs.extend(before);
                Some(span)
            }
        };
    }
    paragraphs.extend(open);
    paragraphs
}

/// Whether a line goes on with the sentence that the line before left unfinished.
fn runs_on(before: &str, line: &str) -> bool {
    let last = before.lines().next_back().unwrap_or(before).trim_end();
    let long = last.chars().count() >= 40;
    let unfinished = !last.ends_with(['.', '!', '?', ':', '"', '”', '’', ')', ';']);
    let lower = line.chars().next().is_some_and(char::is_lowercase);
    let widths = (last.chars().count(), line.chars().count());
    let wrapped = unfinished && widths.0 <= 90 && (40..=100).contains(&widths.1);
    long && (wrapped || lower)
}

#[cfg(test)]
mod tests {
    use super::*;
    use alloc::vec;

    fn words(text: &str) -> Vec<&str> {
        cut(text).iter().map(|span| span.of(text)).collect()
    }

    #[test]
    fn blank_lines_and_line_breaks_cut() {
        assert_eq!(words("Title here\n\n  First.\nSecond.\n"), vec!["Title here", "First.", "Second."]);
        assert_eq!(words(" \n\n"), Vec::<&str>::new());
    }

    #[test]
    fn wrapped_lines_run_on() {
        let text = "The envoy told reporters in the capital on Monday\nthat the talks would go on.\nNext.";
        assert_eq!(words(text).len(), 2);
    }
}
