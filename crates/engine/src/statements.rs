//! Statements: who said what, by which words.
//!
//! In: the cues that the model marked, with source and content seen from each, and the actors. Out: statements in text order.
//! The model finds the words; the rules here set them to the codebook: no quotation marks, commas or "that" at the edges of the
//! content, a quotation that goes on belongs to the statement it goes on from, what stands inside a content is nested in it.
//! **Invariant:** a statement's cue never lies inside its own content, and nesting has no circles.

use alloc::vec::Vec;
use core::ops::Range;

use rapporteur_record::{Act, Manner, TimeBasis};

use crate::grammar::{Clauses, Cue, span_of};
use crate::names::{ActorIndex, Actors};
use crate::span::Span;
use crate::times::{Time, TimeKind};
use crate::tokens::Token;

/// One statement; actors, statements and times by index.
#[derive(Clone, Debug)]
pub struct Statement {
    /// Who is responsible for the words.
    pub speaker: Option<ActorIndex>,
    /// The words that name the speaker here.
    pub speaker_at: Option<Span>,
    /// The words that report the communication.
    pub cue: Option<Span>,
    /// What is said, in pieces.
    pub content: Vec<Span>,
    /// The parts of it inside quotation marks.
    pub quoted: Vec<Span>,
    /// Direct, indirect, mixed or a reported act.
    pub manner: Manner,
    /// What the statement does.
    pub act: Act,
    /// To whom.
    pub addressee: Vec<ActorIndex>,
    /// The medium or occasion.
    pub channel: Option<Span>,
    /// The statement it stands in.
    pub within: Option<usize>,
    /// When it was made, where the text or the publication date tells.
    pub time: Option<(alloc::string::String, TimeBasis)>,
    /// Its content's words, as token runs.
    pub tokens: Vec<Range<usize>>,
    /// The cue's words.
    pub cue_tokens: Range<usize>,
    /// The rule that made it.
    pub rule: &'static str,
    /// The model's probability of the cue.
    pub confidence: f32,
}

/// The rules of this room.
pub const RULES: &[(&str, &str)] = &[
    (
        "statement-cue",
        "What it reads: words that report a communication (\"said\", \"according to\", \"in a statement\"), marked by the model's cue head; source, content, addressee and channel are those the role head sees from the cue. Why: most reported speech names its cue. Example: \"Peskov [said] talks had begun\". Misreadings: verbs of thought without a told content.",
    ),
    (
        "statement-continued",
        "What it reads: a quotation without a cue of its own that follows a statement. Why: newspapers let a speaker go on in a second quotation. After a direct statement it is more of the same statement; after a paraphrase it is a statement of its own by the same speaker. Example: \"We are ready,\" he said. \"We will go.\" Misreadings: a scare quotation of several words.",
    ),
    ("headline-statement", "A statement in a title or standfirst that the body tells again makes no entry of its own."),
];

/// What the room is given.
pub struct Given<'g> {
    /// The document's text.
    pub text: &'g str,
    /// Its tokens.
    pub tokens: &'g [Token],
    /// What the model made of them.
    pub clauses: &'g Clauses<'g>,
    /// The cues.
    pub cues: &'g [Cue<'g>],
    /// The actors.
    pub actors: &'g Actors,
    /// The times.
    pub times: &'g [Time],
    /// The date of publication.
    pub published: Option<&'g str>,
    /// The first token that is not head of the page.
    pub body: usize,
}

/// Makes statements of cues.
pub fn attribute(given: &Given) -> Vec<Statement> {
    let Given { text, tokens, clauses, cues, times, published, body, .. } = *given;
    let mut statements: Vec<Statement> = Vec::new();
    for cue in cues.iter().filter(|cue| cue.tokens.start >= body) {
        if let Some(statement) = from_cue(given, cue) {
            let same = statements.iter_mut().find(|other| {
                same_content(other, &statement) && !nests(other, &statement) && !nests(&statement, other)
            });
            match same {
                Some(other) if other.confidence < statement.confidence => *other = statement,
                Some(_) => {}
                None => statements.push(statement),
            }
        }
    }
    share_out(clauses, &mut statements);
    continue_quotations(text, tokens, clauses, &mut statements, body);
    statements.sort_by_key(|s| {
        (
            s.content.first().map_or(0, |c| c.start).min(s.cue.map_or(u32::MAX, |c| c.start)),
            s.cue.map_or(0, |c| c.start),
        )
    });
    nest(&mut statements);
    for index in 0..statements.len() {
        let inside_quotation = outer_is_quoted(&statements, index);
        let statement = &mut statements[index];
        statement.quoted = if inside_quotation { Vec::new() } else { quoted(text, tokens, &statement.tokens) };
        if statement.quoted.is_empty() && dashed(text, tokens, &statement.tokens) {
            statement.quoted = statement.content.clone();
        }
        statement.manner = manner(text, statement);
        statement.time = said_at(clauses, statement, tokens, times, published);
    }
    statements
}

fn from_cue(given: &Given, cue: &Cue) -> Option<Statement> {
    let Given { text, tokens, clauses, actors, body, .. } = *given;
    let predicate = cue.tokens.end - 1;
    let source = cue.fillers.iter().filter(|filler| filler.role == "source").min_by_key(|filler| {
        let distance = filler.tokens.start.abs_diff(predicate);
        let other_sentence = clauses.sentence_of(filler.tokens.start) != clauses.sentence_of(predicate);
        (other_sentence, distance)
    });
    let mut content: Vec<Range<usize>> = Vec::new();
    for filler in cue.fillers.iter().filter(|filler| filler.role == "content") {
        let range = filler.tokens.start.max(body.min(filler.tokens.end))..filler.tokens.end;
        let Some(trimmed) = trim(text, tokens, range) else { continue };
        if trimmed.contains(&predicate) {
            continue;
        }
        match content.last_mut() {
            // pieces with nothing but marks between them are one
            Some(last)
                if tokens[last.end..trimmed.start.max(last.end)]
                    .iter()
                    .all(|t| !t.span.of(text).chars().any(char::is_alphanumeric)) =>
            {
                last.end = trimmed.end.max(last.end);
            }
            _ => content.push(trimmed),
        }
    }
    if content.is_empty() {
        return None;
    }
    let role = |name: &str| {
        cue.fillers
            .iter()
            .filter(move |filler| filler.role == name)
            .map(|filler| filler.tokens.clone())
            .collect::<Vec<_>>()
    };
    let speaker_tokens = source.map(|filler| filler.tokens.clone());
    Some(Statement {
        speaker: speaker_tokens.as_ref().and_then(|range| actors.of(range)),
        speaker_at: speaker_tokens.map(|range| span_of(tokens, &range)),
        cue: Some(span_of(tokens, &cue.tokens)),
        content: content.iter().map(|range| span_of(tokens, range)).collect(),
        quoted: Vec::new(),
        manner: if cue.manner == "reported_act" { Manner::ReportedAct } else { Manner::Indirect },
        act: cue.act.parse().unwrap_or(Act::Other),
        addressee: role("addressee").iter().filter_map(|range| actors.of(range)).collect(),
        channel: role("channel").first().map(|range| span_of(tokens, range)),
        within: None,
        time: None,
        tokens: content,
        cue_tokens: cue.tokens.clone(),
        rule: "statement-cue",
        confidence: cue.confidence,
    })
}

/// Content without the marks, the comma and the "that" at its edges; a closing full stop inside a quotation stays.
pub fn trim(text: &str, tokens: &[Token], mut range: Range<usize>) -> Option<Range<usize>> {
    let word = |at: usize| tokens[at].span.of(text);
    let mark = |at: usize| {
        !word(at).chars().any(|c| c.is_alphanumeric() || matches!(c, '$' | '€' | '£' | '%'))
            && !matches!(word(at), "(" | "[")
    };
    while !range.is_empty() && mark(range.start) {
        range.start += 1;
    }
    if range.len() > 1 && word(range.start).eq_ignore_ascii_case("that") {
        range.start += 1;
        while !range.is_empty() && mark(range.start) {
            range.start += 1;
        }
    }
    while !range.is_empty() {
        let last = range.end - 1;
        let inside_stop =
            matches!(word(last), "." | "!" | "?" | "…") && tokens[last].quoted && tokens[range.start].quoted;
        // a closing mark whose partner is inside stays, with the stop before it
        let closes_inside = is_quotation_mark(word(last)) && tokens[last].quoted && {
            let opened = (range.start..last).rev().find(|at| !tokens[*at].quoted).map_or(range.start, |at| at + 1);
            opened > range.start && is_quotation_mark(word(opened))
        };
        if mark(last) && !inside_stop && !closes_inside && !matches!(word(last), ")" | "]") {
            range.end -= 1;
        } else {
            break;
        }
    }
    (!range.is_empty()).then_some(range)
}

fn same_content(a: &Statement, b: &Statement) -> bool {
    let size = |s: &Statement| s.tokens.iter().map(Range::len).sum::<usize>();
    let mut shared = 0;
    for x in &a.tokens {
        for y in &b.tokens {
            shared += x.end.min(y.end).saturating_sub(x.start.max(y.start));
        }
    }
    shared * 10 > size(a).max(size(b)) * 8
}

/// Whether `inner`'s cue lies in the content of `outer`.
fn nests(outer: &Statement, inner: &Statement) -> bool {
    outer.tokens.iter().any(|piece| piece.contains(&inner.cue_tokens.start))
}

/// How many words apart the cues of two statements can be that lay claim to the same words.
const REACH: usize = 600;

/// A piece that two statements lay claim to belongs to the one whose cue is nearer; the other keeps its remaining pieces.
fn share_out(clauses: &Clauses, statements: &mut [Statement]) {
    let distance = |statement: &Statement, piece: &Range<usize>| {
        let cue = statement.cue_tokens.start;
        let sentences = clauses
            .sentence_of(piece.start)
            .abs_diff(clauses.sentence_of(cue))
            .min(clauses.sentence_of(piece.end - 1).abs_diff(clauses.sentence_of(cue)));
        (sentences, piece.start.saturating_sub(cue).max(cue.saturating_sub(piece.end)))
    };
    for one in 0..statements.len() {
        for two in 0..statements.len() {
            let far = statements[one].cue_tokens.start.abs_diff(statements[two].cue_tokens.start) > REACH;
            if far
                || one == two
                || nests(&statements[two], &statements[one])
                || nests(&statements[one], &statements[two])
            {
                continue;
            }
            let claims = |piece: &Range<usize>| {
                statements[two].tokens.iter().any(|other| {
                    let shared = other.end.min(piece.end).saturating_sub(other.start.max(piece.start));
                    shared * 2 > piece.len() && distance(&statements[two], other) < distance(&statements[one], piece)
                })
            };
            let keep: Vec<bool> = statements[one].tokens.iter().map(|piece| !claims(piece)).collect();
            if keep.iter().any(|kept| *kept) && keep.iter().any(|kept| !*kept) {
                let mut kept = keep.iter();
                statements[one].tokens.retain(|_| *kept.next().unwrap_or(&true));
                let mut kept = keep.iter();
                statements[one].content.retain(|_| *kept.next().unwrap_or(&true));
            }
        }
    }
}

/// A quotation of at least four words that no statement covers goes on from the statement before it.
fn continue_quotations(text: &str, tokens: &[Token], clauses: &Clauses, statements: &mut Vec<Statement>, body: usize) {
    let mut at = body;
    let mut additions: Vec<Statement> = Vec::new();
    while at < tokens.len() {
        if !tokens[at].quoted {
            at += 1;
            continue;
        }
        let from = at;
        while at < tokens.len() && tokens[at].quoted && tokens[at].paragraph == tokens[from].paragraph {
            at += 1;
        }
        let Some(range) = trim(text, tokens, from..at) else { continue };
        let covered =
            statements.iter().any(|s| s.tokens.iter().any(|piece| piece.start < range.end && range.start < piece.end));
        // it must be a whole sentence or more: it begins a sentence and ends one
        let sentence = &clauses.sentences[clauses.sentence_of(range.start)];
        let whole = range.len() >= 4
            && sentence.tokens.start + 1 >= from
            && sentence.tokens.start <= from + 1
            && (at == tokens.len() || clauses.sentences[clauses.sentence_of(range.end - 1)].tokens.end <= at + 1);
        if covered || !whole {
            continue;
        }
        let paragraph = tokens[from].paragraph;
        let before = statements
            .iter_mut()
            .filter(|s| {
                s.within.is_none() && s.tokens.last().is_some_and(|piece| piece.end <= from) && s.cue_tokens.end <= from
            })
            .max_by_key(|s| s.cue_tokens.end.max(s.tokens.last().map_or(0, |piece| piece.end)));
        let Some(before) = before else { continue };
        let near = tokens[before.cue_tokens.start].paragraph + 1 >= paragraph;
        if !near {
            continue;
        }
        let direct = before.tokens.iter().all(|piece| {
            tokens[piece.clone()].iter().all(|t| t.quoted || !t.span.of(text).chars().any(char::is_alphanumeric))
        });
        if direct {
            before.content.push(span_of(tokens, &range));
            before.tokens.push(range);
        } else {
            let mut next = before.clone();
            next.content = [span_of(tokens, &range)].into();
            next.tokens = [range].into();
            next.act = Act::Assert;
            next.rule = "statement-continued";
            additions.push(next);
        }
    }
    statements.extend(additions);
}

/// Points every statement at the innermost one whose content holds its cue and content.
fn nest(statements: &mut [Statement]) {
    for inner in 0..statements.len() {
        let size = |s: &Statement| s.tokens.iter().map(Range::len).sum::<usize>();
        let (cue, own) = (statements[inner].cue_tokens.start, size(&statements[inner]));
        let holds = |outer: &Statement| outer.tokens.iter().any(|piece| piece.contains(&cue)) && size(outer) > own;
        statements[inner].within = (0..statements.len())
            .filter(|outer| *outer != inner && holds(&statements[*outer]))
            .min_by_key(|outer| size(&statements[*outer]));
    }
}

fn outer_is_quoted(statements: &[Statement], index: usize) -> bool {
    let mut at = statements[index].within;
    let mut steps = 0;
    while let Some(outer) = at {
        if statements[outer].manner == Manner::Direct || !statements[outer].quoted.is_empty() {
            return true;
        }
        steps += 1;
        if steps > statements.len() {
            return false;
        }
        at = statements[outer].within;
    }
    false
}

/// The parts of a content that stand inside quotation marks, without the marks.
fn quoted(text: &str, tokens: &[Token], pieces: &[Range<usize>]) -> Vec<Span> {
    let mut spans = Vec::new();
    for piece in pieces {
        let mut from = None;
        for at in piece.start..=piece.end {
            let inside = at < piece.end && tokens[at].quoted && !is_quotation_mark(tokens[at].span.of(text));
            match (inside, from) {
                (true, None) => from = Some(at),
                (false, Some(start)) => {
                    spans.push(span_of(tokens, &(start..at)));
                    from = None;
                }
                _ => {}
            }
        }
    }
    spans
}

/// "- We won't go - he said": a quotation between dashes, the first at the beginning of its paragraph.
fn dashed(text: &str, tokens: &[Token], pieces: &[Range<usize>]) -> bool {
    let Some(first) = pieces.first().filter(|piece| piece.start > 0) else { return false };
    let dash = |at: usize| tokens.get(at).is_some_and(|token| matches!(token.span.of(text), "-" | "–" | "—"));
    let before = first.start - 1;
    dash(before)
        && (before == 0
            || tokens[before - 1].paragraph != tokens[before].paragraph
            || matches!(tokens[before - 1].span.of(text), "." | "!" | "?"))
        && dash(first.end)
}

fn is_quotation_mark(word: &str) -> bool {
    matches!(word, "\"" | "“" | "”" | "«" | "»" | "„" | "``" | "''")
}

fn manner(text: &str, statement: &Statement) -> Manner {
    if statement.manner == Manner::ReportedAct
        && statement.quoted.is_empty()
        && statement.tokens.iter().map(Range::len).sum::<usize>() <= 8
    {
        return Manner::ReportedAct;
    }
    let letters = |spans: &[Span]| {
        spans.iter().map(|span| span.of(text).chars().filter(|c| c.is_alphanumeric()).count()).sum::<usize>()
    };
    match (letters(&statement.quoted), letters(&statement.content)) {
        (0, _) => Manner::Indirect,
        (inside, all) if inside == all => Manner::Direct,
        _ => Manner::Mixed,
    }
}

/// The time that the cue's clause states, else the publication date.
fn said_at(
    clauses: &Clauses,
    statement: &Statement,
    tokens: &[Token],
    times: &[Time],
    published: Option<&str>,
) -> Option<(alloc::string::String, TimeBasis)> {
    let sentence = &clauses.sentences[clauses.sentence_of(statement.cue_tokens.start)];
    let in_content = |span: Span| statement.content.iter().any(|piece| piece.overlaps(span));
    let cue = statement.cue_tokens.start;
    let near = times
        .iter()
        .filter(|time| is_point(time) && sentence.span.contains(time.span) && !in_content(time.span))
        .min_by_key(|time| tokens[cue].span.start.abs_diff(time.span.start));
    let stated = near.and_then(|time| time.value.clone()).map(|value| (value, TimeBasis::Text));
    stated.or_else(|| published.map(|date| (date.get(..10).unwrap_or(date).into(), TimeBasis::Published)))
}

/// Whether a time is a day, an hour or a stretch of the calendar, not a length.
pub fn is_point(time: &Time) -> bool {
    matches!(time.kind, TimeKind::Date | TimeKind::Time)
        && time.value.as_ref().is_some_and(|value| value.starts_with(|c: char| c.is_ascii_digit()))
}
