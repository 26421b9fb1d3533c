//! Grammar: what the reader model makes of the words.
//!
//! In: tokens and sentences, and the model. Out: clauses: every word with its tags, lemma and place in the tree of its sentence;
//! the names, cues and triggers that the model marked, each cue and trigger with the words that fill its roles.
//! The model reads windows of whole sentences, so that a quotation and its cue or a pronoun and its name are seen together;
//! each word is read in exactly one window, and what a window yields depends on nothing outside it.
//! **Invariant:** no rule of meaning lives here; a head's best guess is passed on with its probability.

use alloc::collections::BTreeMap;
use alloc::string::String;
use alloc::vec;
use alloc::vec::Vec;
use core::ops::Range;

use rapporteur_model::{Encoding, Matrix, Model, viterbi};

use crate::library::Lemmas;
use crate::sentences::Sentence;
use crate::span::Span;
use crate::tokens::Token;

/// The most pieces that one window holds. The model was trained on windows of up to 240.
const WINDOW: usize = 230;

/// Least probability of an unsure trigger or filler that is passed on.
const UNSURE: f32 = 0.15;

/// One word as the model sees it.
#[derive(Clone, Debug)]
pub struct Word<'m> {
    /// Universal part of speech (`VERB`).
    pub upos: &'m str,
    /// Penn tag (`VBD`).
    pub xpos: &'m str,
    /// Base form, lower case.
    pub lemma: String,
    /// The word it depends on; none for the root of its sentence.
    pub head: Option<usize>,
    /// The relation to it (`nsubj`).
    pub relation: &'m str,
}

/// What a name names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NameKind {
    /// A human being.
    Person,
    /// A body of people.
    Organisation,
    /// A place or state.
    Location,
}

/// A run of words that is a name.
#[derive(Clone, Debug)]
pub struct Name {
    /// Its words.
    pub tokens: Range<usize>,
    /// What it names.
    pub kind: NameKind,
    /// The model's probability, of its weakest word.
    pub confidence: f32,
}

/// Words that fill a role seen from a cue or trigger.
#[derive(Clone, Debug)]
pub struct Filler<'m> {
    /// The role (`source`, `content`, `actor`, ...).
    pub role: &'m str,
    /// Its words.
    pub tokens: Range<usize>,
    /// The model's mean probability over them.
    pub confidence: f32,
}

/// Words that report a communication, as the model marked them.
#[derive(Clone, Debug)]
pub struct Cue<'m> {
    /// The cue's words.
    pub tokens: Range<usize>,
    /// Who and what, seen from the cue.
    pub fillers: Vec<Filler<'m>>,
    /// What the statement does.
    pub act: &'m str,
    /// How it is told.
    pub manner: &'m str,
    /// The model's probability of the cue.
    pub confidence: f32,
}

/// Words that name a happening, as the model marked them.
#[derive(Clone, Debug)]
pub struct Trigger<'m> {
    /// The trigger's words.
    pub tokens: Range<usize>,
    /// PLOVER type, or `again` where a happening told before is named once more.
    pub kind: &'m str,
    /// Mode within the type, `none` where the means are not told.
    pub mode: &'m str,
    /// How it is told.
    pub status: &'m str,
    /// Who, to whom, where, when, seen from the trigger.
    pub fillers: Vec<Filler<'m>>,
    /// The rule or head that found it.
    pub rule: &'static str,
    /// The model's probability of the type.
    pub confidence: f32,
}

/// What the model makes of a text.
pub struct Clauses<'m> {
    /// A word for every token.
    pub words: Vec<Word<'m>>,
    /// The sentences, as the trees cut them.
    pub sentences: Vec<Sentence>,
    /// Names in text order.
    pub names: Vec<Name>,
    /// Cues in text order.
    pub cues: Vec<Cue<'m>>,
    /// Triggers in text order.
    pub triggers: Vec<Trigger<'m>>,
    /// For each pronoun the earlier words it may point back at, with the model's belief, best first.
    antecedents: BTreeMap<usize, Vec<(usize, f32)>>,
    children: Vec<Vec<usize>>,
}

/// Reads tokens with the model.
pub fn read<'m>(
    model: &'m Model,
    lemmas: &Lemmas,
    text: &str,
    tokens: &[Token],
    sentences: &[Sentence],
) -> Clauses<'m> {
    let mut clauses = Clauses {
        words: Vec::with_capacity(tokens.len()),
        sentences: Vec::with_capacity(sentences.len()),
        names: Vec::new(),
        cues: Vec::new(),
        triggers: Vec::new(),
        antecedents: BTreeMap::new(),
        children: vec![Vec::new(); tokens.len()],
    };
    for window in windows(model, text, tokens, sentences) {
        let words: Vec<_> = tokens[window.clone()]
            .iter()
            .map(|token| rapporteur_model::Word { text: token.span.of(text), shape: token.model_shape() })
            .collect();
        let encoding = model.encode(&words);
        let reading = Reading { model, encoding: &encoding, offset: window.start };
        let first = clauses.sentences.len();
        reading.sentences(tokens, sentences, &window, &mut clauses.sentences);
        reading.words(lemmas, text, tokens, &clauses.sentences[first..], &mut clauses.words);
        reading.names(&mut clauses.names);
        reading.cues(&mut clauses.cues);
        reading.triggers(&mut clauses.triggers);
        for at in window.filter(|at| clauses.words.get(*at).is_some_and(|word| word.upos == "PRON")) {
            clauses.antecedents.insert(at, reading.antecedents(at));
        }
    }
    for index in 0..clauses.words.len() {
        if let Some(head) = clauses.words[index].head {
            clauses.children[head].push(index);
        }
    }
    clauses
}

/// Runs of whole sentences that fit a window, cut at a paragraph where that leaves the window at least half full.
fn windows(model: &Model, text: &str, tokens: &[Token], sentences: &[Sentence]) -> Vec<Range<usize>> {
    let pieces =
        |range: &Range<usize>| -> usize { tokens[range.clone()].iter().map(|t| model.pieces(t.span.of(text))).sum() };
    let sizes: Vec<usize> = sentences.iter().map(|sentence| pieces(&sentence.tokens)).collect();
    let mut windows = Vec::new();
    let mut from = 0;
    let mut filled = 0;
    for (index, sentence) in sentences.iter().enumerate() {
        let begins_paragraph = index == 0 || sentences[index - 1].paragraph != sentence.paragraph;
        let paragraph: usize = sentences[index..]
            .iter()
            .zip(&sizes[index..])
            .take_while(|(s, _)| s.paragraph == sentence.paragraph)
            .take(40)
            .map(|(_, size)| size)
            .sum();
        let full = filled + sizes[index] > WINDOW;
        let better_here = begins_paragraph && filled >= WINDOW / 2 && filled + paragraph > WINDOW;
        if filled > 0 && (full || better_here) {
            windows.push(from..sentence.tokens.start);
            from = sentence.tokens.start;
            filled = 0;
        }
        if sizes[index] > WINDOW {
            // a sentence that fits no window is cut where it is full
            for at in sentence.tokens.clone() {
                let size = model.pieces(tokens[at].span.of(text));
                if filled > 0 && filled + size > WINDOW {
                    windows.push(from..at);
                    from = at;
                    filled = 0;
                }
                filled += size;
            }
        } else {
            filled += sizes[index];
        }
    }
    if from < tokens.len() {
        windows.push(from..tokens.len());
    }
    windows
}

/// One window being read; `offset` is the index of its first token.
struct Reading<'r, 'm> {
    model: &'m Model,
    encoding: &'r Encoding<'m>,
    offset: usize,
}

impl<'m> Reading<'_, 'm> {
    fn label(&self, head: &str, index: usize) -> &'m str {
        self.model.labels(head).get(index).map_or("", String::as_str)
    }

    /// The window's sentences: those of the rules, cut again where the model is all but sure that another begins.
    fn sentences(&self, tokens: &[Token], sentences: &[Sentence], window: &Range<usize>, out: &mut Vec<Sentence>) {
        let begins = self.encoding.tags("boundary").softmax();
        for sentence in sentences.iter().filter(|s| s.tokens.start < window.end && s.tokens.end > window.start) {
            let range = sentence.tokens.start.max(window.start)..sentence.tokens.end.min(window.end);
            let mut from = range.start;
            let mut push = |from: usize, to: usize| {
                out.push(Sentence {
                    span: tokens[from].span.to(tokens[to - 1].span),
                    paragraph: sentence.paragraph,
                    tokens: from..to,
                });
            };
            let sure =
                |at: &usize| !tokens[*at].quoted && begins.row(at - self.offset).get(1).is_some_and(|p| *p > 0.9);
            for at in (range.start + 1..range.end).filter(sure) {
                push(from, at);
                from = at;
            }
            push(from, range.end);
        }
    }

    fn words(&self, lemmas: &Lemmas, text: &str, tokens: &[Token], sentences: &[Sentence], out: &mut Vec<Word<'m>>) {
        let upos = self.encoding.best_tags("upos");
        let xpos = self.encoding.best_tags("xpos");
        for sentence in sentences {
            let range = sentence.tokens.start - self.offset..sentence.tokens.end - self.offset;
            for (at, attachment) in range.clone().zip(self.encoding.parse(range)) {
                let xpos = self.label("xpos", xpos.get(at).copied().unwrap_or(0));
                out.push(Word {
                    upos: self.label("upos", upos.get(at).copied().unwrap_or(0)),
                    xpos,
                    lemma: lemmas.lemma(tokens[at + self.offset].span.of(text), xpos),
                    head: attachment.head.map(|head| head + self.offset),
                    relation: self.label("parser", attachment.label),
                });
            }
        }
    }

    fn names(&self, out: &mut Vec<Name>) {
        let scores = self.encoding.tags("names");
        for (kind, tokens, _, weakest) in runs(&scores, self.model.labels("names")) {
            let kind = match kind {
                "PER" => NameKind::Person,
                "ORG" => NameKind::Organisation,
                _ => NameKind::Location,
            };
            out.push(Name { tokens: self.shift(tokens), kind, confidence: weakest });
        }
    }

    fn cues(&self, out: &mut Vec<Cue<'m>>) {
        let scores = self.encoding.tags("cue");
        let (acts, manners) = (self.encoding.tags("act"), self.encoding.tags("manner"));
        for (_, tokens, mean, _) in runs(&scores, self.model.labels("cue")) {
            let at = tokens.end - 1;
            out.push(Cue {
                fillers: self.fillers("statement", at),
                act: self.label("act", best(&acts, at)),
                manner: self.label("manner", best(&manners, at)),
                confidence: mean,
                tokens: self.shift(tokens),
            });
        }
    }

    /// Sure and unsure triggers: a word that the best sequence leaves out is passed on too where some type is likely enough.
    fn triggers(&self, out: &mut Vec<Trigger<'m>>) {
        let scores = self.encoding.tags("trigger");
        let labels = self.model.labels("trigger");
        let probabilities = scores.softmax();
        let mut found: Vec<(&'m str, Range<usize>, f32)> =
            runs(&scores, labels).into_iter().map(|(kind, tokens, mean, _)| (kind, tokens, mean)).collect();
        for at in 0..probabilities.rows() {
            let row = probabilities.row(at);
            let begins = |label: &String| label.starts_with("B-") && label != "B-again";
            let Some(label) = (0..labels.len().min(row.len()))
                .filter(|i| begins(&labels[*i]))
                .max_by(|a, b| row[*a].total_cmp(&row[*b]))
            else {
                continue;
            };
            if row[label] >= UNSURE && !found.iter().any(|(_, tokens, _)| tokens.contains(&at)) {
                found.push((&labels[label][2..], at..at + 1, row[label]));
            }
        }
        found.sort_by_key(|(_, tokens, _)| tokens.start);
        let (modes, statuses) = (self.encoding.tags("mode"), self.encoding.tags("status"));
        let mode_labels = self.model.labels("mode");
        for (kind, tokens, confidence) in found {
            let at = tokens.start;
            // the best mode among those of this type
            let of_type = |label: &String| label.split_once('/').is_some_and(|(of, _)| of == kind);
            let row = modes.row(at);
            let best_mode =
                (0..row.len()).filter(|i| of_type(&mode_labels[*i])).max_by(|a, b| row[*a].total_cmp(&row[*b]));
            out.push(Trigger {
                kind,
                mode: best_mode.and_then(|i| mode_labels[i].split_once('/')).map_or("none", |(_, mode)| mode),
                status: self.label("status", best(&statuses, at)),
                fillers: self.fillers("event", at),
                rule: "event-trigger",
                confidence,
                tokens: self.shift(tokens),
            });
        }
    }

    /// The fillers that the best sequence marks, then for every role without one the likeliest word, if it is likely enough.
    fn fillers(&self, head: &str, predicate: usize) -> Vec<Filler<'m>> {
        let scores = self.encoding.roles(head, predicate, 0..self.encoding.words());
        let labels = self.model.role_labels(head);
        let mut fillers: Vec<Filler> = runs(&scores, labels)
            .into_iter()
            .map(|(role, tokens, confidence, _)| Filler { role, tokens: self.shift(tokens), confidence })
            .collect();
        let shares = scores.softmax();
        for (column, label) in labels.iter().enumerate() {
            let Some(role) = label.strip_prefix("B-").filter(|role| !fillers.iter().any(|f| f.role == *role)) else {
                continue;
            };
            let likeliest = (0..shares.rows()).max_by(|a, b| shares.row(*a)[column].total_cmp(&shares.row(*b)[column]));
            if let Some(at) = likeliest.filter(|at| shares.row(*at)[column] >= UNSURE) {
                fillers.push(Filler { role, tokens: self.shift(at..at + 1), confidence: shares.row(at)[column] });
            }
        }
        fillers
    }

    /// The share of "no one before" is dropped, and so are words with next to no share.
    fn antecedents(&self, at: usize) -> Vec<(usize, f32)> {
        let local = at - self.offset;
        let scores = self.encoding.roles("coreference", local, 0..local + 1);
        if scores.columns() == 0 {
            return Vec::new();
        }
        let column: Vec<f32> = (0..scores.rows()).map(|row| scores.row(row)[0]).collect();
        let shares = Matrix::new(1, column.len(), column).softmax();
        let believed = shares.row(0)[..local].iter().enumerate().filter(|(_, share)| **share > 0.005);
        let mut ranked: Vec<(usize, f32)> = believed.map(|(word, share)| (word + self.offset, *share)).collect();
        ranked.sort_by(|a, b| b.1.total_cmp(&a.1).then(b.0.cmp(&a.0)));
        ranked
    }

    fn shift(&self, tokens: Range<usize>) -> Range<usize> {
        tokens.start + self.offset..tokens.end + self.offset
    }
}

fn best(scores: &Matrix, row: usize) -> usize {
    scores.best(row).map_or(0, |(label, _)| label)
}

/// The runs that the best sequence of `B-`, `I-` and `O` labels marks: label, words, mean and least probability.
fn runs<'l>(scores: &Matrix, labels: &'l [String]) -> Vec<(&'l str, Range<usize>, f32, f32)> {
    let sequence = viterbi(scores, labels);
    let probabilities = scores.softmax();
    let mut runs: Vec<(&str, Range<usize>, f32, f32)> = Vec::new();
    for (at, label) in sequence.into_iter().enumerate() {
        let probability = probabilities.row(at)[label];
        match labels[label].split_once('-') {
            Some(("B", kind)) => runs.push((kind, at..at + 1, probability, probability)),
            Some((_, _)) => {
                if let Some((_, tokens, sum, least)) = runs.last_mut() {
                    tokens.end = at + 1;
                    *sum += probability;
                    *least = least.min(probability);
                }
            }
            None => {}
        }
    }
    for (_, tokens, sum, _) in &mut runs {
        *sum /= tokens.len() as f32;
    }
    runs
}

impl Clauses<'_> {
    /// The words that depend on a word.
    pub fn children(&self, word: usize) -> &[usize] {
        &self.children[word]
    }

    /// The words that depend on a word by this relation (subtypes included).
    pub fn dependents<'c>(&'c self, word: usize, relation: &'c str) -> impl Iterator<Item = usize> + 'c {
        self.children[word].iter().copied().filter(move |child| {
            let own = self.words[*child].relation;
            own == relation || own.split_once(':').is_some_and(|(base, _)| base == relation)
        })
    }

    /// The word of a run on which the others depend: the first whose head lies outside.
    pub fn head_of(&self, range: &Range<usize>) -> usize {
        let outside = |at: &usize| self.words[*at].head.is_none_or(|head| !range.contains(&head));
        let candidates = || range.clone().filter(outside);
        candidates()
            .find(|at| self.words[*at].upos != "PUNCT" && self.words[*at].upos != "ADP")
            .or_else(|| candidates().next())
            .unwrap_or(range.start)
    }

    /// First and last word of the subtree of a word.
    pub fn subtree(&self, word: usize) -> Range<usize> {
        let (mut first, mut last) = (word, word);
        let mut open = vec![word];
        while let Some(at) = open.pop() {
            first = first.min(at);
            last = last.max(at);
            open.extend(&self.children[at]);
        }
        first..last + 1
    }

    /// The word that heads the clause of a word: the nearest one upwards that is no mere part of a phrase.
    pub fn clause_of(&self, word: usize) -> usize {
        let mut at = word;
        for _ in 0..self.words.len() {
            let base = self.words[at].relation.split(':').next().unwrap_or("");
            let heads_clause = matches!(base, "root" | "ccomp" | "advcl" | "acl" | "parataxis" | "csubj")
                || base == "conj" && matches!(self.words[at].upos, "VERB" | "AUX");
            match self.words[at].head {
                Some(head) if !heads_clause => at = head,
                _ => break,
            }
        }
        at
    }

    /// Index of the sentence that holds a token.
    pub fn sentence_of(&self, token: usize) -> usize {
        self.sentences
            .partition_point(|sentence| sentence.tokens.end <= token)
            .min(self.sentences.len().saturating_sub(1))
    }

    /// For a pronoun: the earlier words of its window that it may point back at, with the model's belief in each, best first.
    pub fn antecedents(&self, pronoun: usize) -> &[(usize, f32)] {
        self.antecedents.get(&pronoun).map_or(&[], Vec::as_slice)
    }
}

/// The span from the first to the last token of a run.
pub fn span_of(tokens: &[Token], range: &Range<usize>) -> Span {
    match (tokens.get(range.start), tokens.get(range.end.saturating_sub(1))) {
        (Some(first), Some(last)) if !range.is_empty() => first.span.to(last.span),
        _ => Span::default(),
    }
}

/// A run of words without those of the dateline at its beginning: what stands there is nobody's words and nobody's deed.
pub fn after_dateline(tokens: &[Token], dateline: Option<Span>, mut range: Range<usize>) -> Range<usize> {
    while dateline.is_some_and(|line| !range.is_empty() && line.contains(tokens[range.start].span)) {
        range.start += 1;
    }
    range
}

/// The part of a run that lies in one paragraph, the one nearer to the word `at`; the whole run where it crosses no paragraph.
pub fn in_one_paragraph(tokens: &[Token], at: usize, range: Range<usize>) -> Range<usize> {
    let paragraph = |at: usize| tokens[at].paragraph;
    if range.is_empty() || paragraph(range.start) == paragraph(range.end - 1) {
        return range;
    }
    let kept = if at >= range.end { paragraph(range.end - 1) } else { paragraph(range.start) };
    let from = range.clone().find(|at| paragraph(*at) == kept).unwrap_or(range.start);
    let to = range.clone().rev().find(|at| paragraph(*at) == kept).map_or(range.end, |at| at + 1);
    from..to
}
