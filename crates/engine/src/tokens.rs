//! Tokens: the words of every paragraph.
//!
//! In: the text and its paragraphs. Out: tokens in text order, each with its shape and whether it stands inside quotation marks.
//! White space cuts first, then punctuation is peeled from both ends, then clitics and hyphens are cut as the English
//! Web Treebank cuts them ("did n't", "well - known", "can not"), because the reader model learned its grammar there.
//! **Invariant:** a token is a slice of the text, holds no white space, and overlaps no other token.

use alloc::vec::Vec;

use crate::span::Span;

/// One word or punctuation mark.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Token {
    /// Where it stands.
    pub span: Span,
    /// Index of its paragraph.
    pub paragraph: u32,
    /// What its letters look like.
    pub shape: Shape,
    /// Whether it stands inside quotation marks (the marks themselves count as inside).
    pub quoted: bool,
}

/// What a word's letters look like; the model's vocabulary is lower-cased, so case reaches it this way.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub enum Shape {
    /// `talks`
    Lower = 0,
    /// `Moscow`
    Capitalised = 1,
    /// `NATO`
    Upper = 2,
    /// `McCain`, `iPhone`
    Mixed = 3,
    /// `30`, `F16`
    Digits = 4,
    /// `,` and whatever else has no letter
    Mark = 5,
    /// `I`, `A`
    Single = 6,
    /// `U.S.`, `Gen.`
    Dotted = 7,
}

impl Shape {
    /// The shape of a word.
    pub fn of(word: &str) -> Shape {
        let letters = word.chars().filter(|c| c.is_alphabetic()).count();
        if word.chars().any(|c| c.is_numeric()) {
            return Shape::Digits;
        }
        if letters == 0 {
            return Shape::Mark;
        }
        let upper = word.chars().filter(|c| c.is_uppercase()).count();
        let first = word.chars().next().is_some_and(char::is_uppercase);
        match upper {
            0 => Shape::Lower,
            _ if word.ends_with('.') && first => Shape::Dotted,
            1 if first && letters == 1 => Shape::Single,
            n if n == letters => Shape::Upper,
            1 if first => Shape::Capitalised,
            _ => Shape::Mixed,
        }
    }
}

impl Token {
    /// The number under which the model knows shape and quotation together (0 to 15).
    pub fn model_shape(&self) -> u8 {
        self.shape as u8 + if self.quoted { 8 } else { 0 }
    }
}

/// Cuts paragraphs into tokens.
pub fn cut(text: &str, paragraphs: &[Span]) -> Vec<Token> {
    let mut tokens = Vec::new();
    for (index, paragraph) in paragraphs.iter().enumerate() {
        let from = tokens.len();
        let words = paragraph.of(text);
        let mut at = 0;
        for chunk in words.split_inclusive(char::is_whitespace) {
            let begin = paragraph.start as usize + at;
            at += chunk.len();
            let chunk = chunk.trim_end_matches(char::is_whitespace);
            if !chunk.is_empty() {
                let last = words[at..].trim_start().is_empty();
                split_chunk(text, begin, begin + chunk.len(), last, &mut |start, end| {
                    tokens.push(Token {
                        span: Span::new(start, end),
                        paragraph: index as u32,
                        shape: Shape::of(&text[start..end]),
                        quoted: false,
                    });
                });
            }
        }
        mark_quotations(text, &mut tokens[from..]);
    }
    tokens
}

const OPENING: &[char] =
    &['"', '“', '„', '«', '‘', '\'', '(', '[', '{', '<', '`', '*', '¿', '¡', '#', '-', '–', '—', '•'];
const CLOSING: &[char] =
    &['"', '”', '“', '»', '’', '\'', ')', ']', '}', '>', ',', ';', ':', '!', '?', '…', '`', '*', '%', '—', '–'];
const CURRENCY: &[char] = &['$', '€', '£', '¥', '₽', '₴', '₹'];

/// Words that end in a full stop of their own, lower-cased, without it.
const ABBREVIATIONS: &[&str] = &[
    "mr", "mrs", "ms", "dr", "prof", "gen", "lt", "col", "maj", "capt", "sgt", "cpl", "brig", "adm", "cmdr", "sen",
    "rep", "gov", "pres", "hon", "rev", "fr", "st", "jr", "sr", "jan", "feb", "mar", "apr", "jun", "jul", "aug", "sep",
    "sept", "oct", "nov", "dec", "inc", "corp", "co", "ltd", "bros", "vs", "etc", "dept", "univ", "est", "approx",
    "ave", "blvd", "ft", "mt", "no", "nos", "vol", "pp", "fig", "al", "ph.d", "cf", "op", "messrs", "mme", "secy",
    "atty", "supt", "det", "calif", "conn", "fla", "ill", "mass", "mich", "minn", "okla", "pa", "penn", "tenn", "tex",
    "va", "wash", "wis", "ariz", "ark", "colo", "del", "ga", "ind", "kan", "ky", "la", "md", "mo", "mont", "neb",
    "nev", "ore", "ala", "viz",
];

/// Abbreviations that are also common words: they keep the stop only before a number or a name.
const AMBIGUOUS: &[&str] = &[
    "no", "co", "mar", "fig", "est", "al", "mo", "pa", "ill", "mass", "wash", "la", "ind", "del", "fr", "ore", "ga",
    "op", "det", "jun", "dec", "sep", "nos", "kan",
];

/// First parts that stay joined to what follows their hyphen.
const PREFIXES: &[&str] = &[
    "non", "e", "mid", "re", "anti", "co", "pre", "pro", "cross", "post", "over", "multi", "ex", "sub", "counter",
    "semi", "mini", "neo", "socio", "inter", "trans", "ultra", "un", "de", "bi", "tri", "intra", "extra", "micro",
    "macro", "mega", "quasi", "pseudo", "vice", "under", "hyper", "super",
];

fn is_web(word: &str) -> bool {
    let lower = |suffix: &str| word.len() > suffix.len() && word.to_ascii_lowercase().ends_with(suffix);
    word.contains("://")
        || word.starts_with("www.")
        || word.contains('@') && word.contains('.') && !word.starts_with('@')
        || [".com", ".org", ".net", ".gov", ".edu", ".co.uk", ".ru", ".ua"].iter().any(|suffix| lower(suffix))
            && !word.contains(',')
        || (word.contains(".com/") || word.contains(".org/") || word.contains(".gov/"))
}

/// Whether the word keeps the full stop that follows it. `next` is the first character after it.
fn keeps_stop(stem: &str, next: Option<char>, last: bool) -> bool {
    if stem.is_empty() {
        return false;
    }
    let letters: Vec<char> = stem.chars().collect();
    if letters.len() == 1 {
        return letters[0].is_uppercase() && (letters[0] != 'I' || !last);
    }
    // "U.S", "p.m", "a.k.a": a letter and a stop, over and over
    if stem.contains('.')
        && stem.split('.').all(|part| part.chars().count() <= 2 && part.chars().all(char::is_alphabetic))
    {
        return true;
    }
    let lower = stem.to_lowercase();
    if !ABBREVIATIONS.contains(&lower.as_str()) {
        return false;
    }
    if last {
        return matches!(lower.as_str(), "etc" | "inc" | "corp" | "jr" | "sr" | "ltd" | "ph.d");
    }
    if AMBIGUOUS.contains(&lower.as_str()) {
        return letters[0].is_uppercase() && next.is_some_and(|c| c.is_numeric() || c.is_uppercase() && lower != "no");
    }
    true
}

/// Cuts one stretch without white space; `emit` gets the byte range of each token in order.
fn split_chunk(text: &str, mut start: usize, end: usize, last: bool, emit: &mut dyn FnMut(usize, usize)) {
    // what is peeled from the end comes last, so it waits on a stack
    let mut tail: Vec<(usize, usize)> = Vec::new();
    let mut stop = end;
    // leading marks
    while start < stop {
        let rest = &text[start..stop];
        let Some(first) = rest.chars().next() else { break };
        let width = first.len_utf8();
        if rest.len() == width {
            break;
        }
        // a clitic that stands alone ('s), a decade ('90s), an emphasised run (*** or --)
        if matches!(first, '\'' | '’' | '‘') && is_clitic(&rest[width..]) {
            break;
        }
        if OPENING.contains(&first) {
            if first == '-' && rest[width..].starts_with(|c: char| c.is_numeric()) {
                break;
            }
            let run = rest.chars().take_while(|c| *c == first).count();
            let joined = if matches!(first, '-' | '*' | '`' | '<') || first == '\'' && run == 2 { run } else { 1 };
            emit(start, start + width * joined);
            start += width * joined;
        } else if CURRENCY.contains(&first) {
            emit(start, start + width);
            start += width;
        } else if rest.starts_with("...") || first == '…' {
            let run = if first == '…' { width } else { rest.len() - rest.trim_start_matches('.').len() };
            emit(start, start + run);
            start += run;
        } else {
            break;
        }
    }
    // trailing marks
    while start < stop {
        let rest = &text[start..stop];
        let Some(final_mark) = rest.chars().next_back() else { break };
        let width = final_mark.len_utf8();
        if rest.len() == width {
            break;
        }
        if final_mark == '.' {
            let dots = rest.len() - rest.trim_end_matches('.').len();
            if dots >= 2 {
                tail.push((stop - dots, stop));
                stop -= dots;
                continue;
            }
            let next = text[end..].chars().find(|c| !c.is_whitespace());
            let at_end = last && tail.iter().all(|(from, to)| !text[*from..*to].chars().any(char::is_alphanumeric));
            if is_web(&rest[..rest.len() - 1]) || !keeps_stop(&rest[..rest.len() - 1], next, at_end) {
                tail.push((stop - 1, stop));
                stop -= 1;
                continue;
            }
            break;
        }
        if !CLOSING.contains(&final_mark) {
            break;
        }
        // workers' and s' : the apostrophe is a word of its own either way
        if is_web(rest) && matches!(final_mark, '%' | '*') {
            break;
        }
        // an emoticon or a run of marks stays one token
        let run = rest.chars().rev().take_while(|c| *c == final_mark).count();
        let joined =
            if matches!(final_mark, '!' | '?' | '*' | '`' | '>') || final_mark == '\'' && run == 2 { run } else { 1 };
        let joined = if joined * width >= rest.len() { 1 } else { joined };
        tail.push((stop - width * joined, stop));
        stop -= width * joined;
    }
    if start < stop {
        split_core(text, start, stop, emit);
    }
    while let Some((from, to)) = tail.pop() {
        emit(from, to);
    }
}

fn is_clitic(rest: &str) -> bool {
    let word: &str = rest.split(|c: char| !c.is_alphanumeric()).next().unwrap_or("");
    let lower = word.to_ascii_lowercase();
    matches!(lower.as_str(), "s" | "m" | "re" | "ve" | "ll" | "d" | "em" | "til" | "cause")
        || word.len() == 3 && word.ends_with('s') && word[..2].bytes().all(|b| b.is_ascii_digit())
}

/// Cuts what is left between the marks: clitics, hyphens, slashes, dashes, units.
fn split_core(text: &str, start: usize, end: usize, emit: &mut dyn FnMut(usize, usize)) {
    let word = &text[start..end];
    if is_web(word) {
        return emit(start, end);
    }
    // dashes and dots inside: "talks—he", "wait...what", "said:“No"
    for (at, c) in word.char_indices() {
        let width = c.len_utf8();
        let inner = at > 0 && at + width < word.len();
        let around = |offset: usize| word[offset..].chars().next();
        let letters_around = || {
            word[..at].chars().next_back().is_some_and(char::is_alphabetic)
                && around(at + width).is_some_and(char::is_alphabetic)
        };
        let run = match c {
            '—' | '–' | '…' | '“' | '”' | '"' | '(' | ')' | '[' | ']' if inner => width,
            ';' | '!' | '?' | ',' | ':' if inner && letters_around() => width,
            '/' if inner && letters_around() => width,
            '-' if inner && word[at..].starts_with("--") => word[at..].len() - word[at..].trim_start_matches('-').len(),
            '.' if inner && glued_sentence(&word[..at], &word[at + 1..]) => width,
            '.' if inner && word[at..].starts_with("..") => word[at..].len() - word[at..].trim_start_matches('.').len(),
            _ => 0,
        };
        if run > 0 && at + run < word.len() {
            split_chunk(text, start, start + at, false, emit);
            emit(start + at, start + at + run);
            return split_chunk(text, start + at + run, end, false, emit);
        }
    }
    split_hyphens(text, start, end, emit);
}

/// "weapon.He added", "war.- We": a sentence that begins without a space, as in machine-translated texts. What is before the stop ends as a
/// word does; what is after it begins as a sentence does.
fn glued_sentence(before: &str, after: &str) -> bool {
    let ending: Vec<char> = before.chars().rev().take(3).collect();
    let word = ending.len() == 3 && ending.iter().all(|c| c.is_lowercase())
        || before.len() >= 4 && before.chars().all(|c| c.is_ascii_digit());
    let mut letters = after.chars();
    let begins = match letters.next() {
        Some('-' | '–') => true,
        Some(first) if first.is_uppercase() => {
            letters.next().is_none_or(|c| c.is_lowercase() || matches!(c, ',' | '\'' | '’'))
        }
        _ => false,
    };
    word && begins
}

fn split_hyphens(text: &str, start: usize, end: usize, emit: &mut dyn FnMut(usize, usize)) {
    let word = &text[start..end];
    let figures = word.chars().all(|c| c.is_numeric() || matches!(c, '-' | '.' | '/'));
    // telephone numbers and dates stay whole; years and scores (1999-2001, 3-2) do not
    let figures_kept = figures && (word.matches('-').count() >= 2 || word.split('-').any(|part| part.len() == 3));
    let mut from = start;
    if !figures_kept {
        for (at, _) in word.match_indices('-') {
            let at = start + at;
            let (before, after) = (&text[from..at], &text[at + 1..end]);
            if before.is_empty() || after.is_empty() || !after.starts_with(char::is_alphanumeric) {
                continue;
            }
            if PREFIXES.contains(&before.to_lowercase().as_str()) && !before.chars().all(char::is_uppercase) {
                continue;
            }
            split_clitics(text, from, at, emit);
            emit(at, at + 1);
            from = at + 1;
        }
    }
    split_clitics(text, from, end, emit);
}

fn split_clitics(text: &str, start: usize, end: usize, emit: &mut dyn FnMut(usize, usize)) {
    let word = &text[start..end];
    let lower = word.to_ascii_lowercase();
    let cut = |at: usize, emit: &mut dyn FnMut(usize, usize)| {
        emit(start, start + at);
        emit(start + at, end);
    };
    match lower.as_str() {
        "cannot" | "gonna" | "gotta" => return cut(3, emit),
        "wanna" => return cut(3, emit),
        _ => {}
    }
    for negation in ["n't", "n’t"] {
        if lower.ends_with(negation) && lower.len() > negation.len() {
            return cut(word.len() - negation.len(), emit);
        }
    }
    for mark in ['\'', '’'] {
        if let Some(at) = lower.rfind(mark) {
            let tail = &lower[at + mark.len_utf8()..];
            if at > 0 && matches!(tail, "s" | "m" | "re" | "ve" | "ll" | "d") {
                return cut(at, emit);
            }
        }
    }
    // 5pm, 30km, 100mm: a figure and its unit
    let figures =
        lower.len() - lower.trim_start_matches(|c: char| c.is_ascii_digit() || matches!(c, '.' | ',' | ':')).len();
    if figures > 0
        && matches!(
            &lower[figures..],
            "am" | "pm"
                | "km"
                | "kg"
                | "m"
                | "bn"
                | "mm"
                | "cm"
                | "k"
                | "mph"
                | "kph"
                | "p.m."
                | "a.m."
                | "gb"
                | "mb"
                | "mw"
        )
    {
        return cut(figures, emit);
    }
    // US$5 and $5
    if let Some(at) = word.find(CURRENCY) {
        let width = word[at..].chars().next().map_or(1, char::len_utf8);
        if at + width < word.len() && word[at + width..].starts_with(|c: char| c.is_numeric()) && at <= 3 {
            return cut(at + width, emit);
        }
    }
    emit(start, end);
}

/// Marks what stands inside quotation marks; one that is never closed ends with its paragraph.
fn mark_quotations(text: &str, tokens: &mut [Token]) {
    let mut depth = false;
    let mut opened_at = 0;
    for index in 0..tokens.len() {
        let word = tokens[index].span.of(text);
        let (opens, closes) = match word {
            "“" | "„" | "«" | "``" => (true, false),
            "”" | "»" | "''" => (false, true),
            "\"" => (!depth, depth),
            _ => (false, false),
        };
        if opens && !depth {
            depth = true;
            opened_at = index;
        }
        tokens[index].quoted = depth || closes && index > 0 && tokens[index - 1].quoted;
        if closes {
            depth = false;
        }
    }
    // a straight mark that never closes quotes nothing when it stands late and alone
    if depth && tokens.len() - opened_at <= 1 {
        for token in &mut tokens[opened_at..] {
            token.quoted = false;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use alloc::string::{String, ToString};

    fn words(text: &str) -> String {
        let paragraphs = crate::paragraphs::cut(text);
        cut(text, &paragraphs).iter().map(|token| token.span.of(text)).collect::<Vec<_>>().join(" ").to_string()
    }

    #[test]
    fn punctuation_is_peeled() {
        assert_eq!(words("\"We agree,\" he said (twice)."), "\" We agree , \" he said ( twice ) .");
        assert_eq!(words("Wait... what?!"), "Wait ... what ? !");
        assert_eq!(words("talks—he said"), "talks — he said");
    }

    #[test]
    fn abbreviations_keep_their_stop() {
        assert_eq!(
            words("Gen. Smith left the U.S. at 5 p.m. on Monday."),
            "Gen. Smith left the U.S. at 5 p.m. on Monday ."
        );
        assert_eq!(words("J. Smith said no. He left."), "J. Smith said no . He left .");
    }

    #[test]
    fn clitics_and_hyphens_are_cut() {
        assert_eq!(words("They didn't, Kyiv’s 30-day plan cannot."), "They did n't , Kyiv ’s 30 - day plan can not .");
        assert_eq!(words("anti-war workers' co-chair"), "anti-war workers ' co-chair");
        assert_eq!(words("about $5m or €3.5bn, 20%"), "about $ 5 m or € 3.5 bn , 20 %");
    }

    #[test]
    fn quotations_are_marked() {
        let text = "He said “we will not go” and left.";
        let tokens = cut(text, &crate::paragraphs::cut(text));
        let quoted: Vec<&str> = tokens.iter().filter(|t| t.quoted).map(|t| t.span.of(text)).collect();
        assert_eq!(quoted, ["“", "we", "will", "not", "go", "”"]);
    }

    #[test]
    fn every_character_is_kept() {
        for text in ["a-b--c///d..e,,f'''g\"\"h", "-- --- -", "'''", "$$$", "*a*", "...", "’s", "x’", "1-2-3", "—a—"]
        {
            let joined: String = words(text).split(' ').collect();
            assert_eq!(joined, text.split(' ').collect::<String>(), "{text}");
        }
    }
}
