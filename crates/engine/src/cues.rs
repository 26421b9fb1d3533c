//! Cues: which words report a communication, and who and what belongs to each.
//!
//! In: the cues that the model marked, and the trees. Out: the same cues with their source, content and addressee as the codebook cuts
//! them.
//! The model learned where contents begin and end from people who cut them by another book; here they are set to ours: "urge someone
//! to" begins at "to", a paraphrase stays in its sentence, a closing mark whose partner is inside belongs inside.
//! **Invariant:** a content that is not quoted lies in one paragraph.

use alloc::vec::Vec;
use core::ops::Range;

use crate::grammar::{Clauses, Cue, Filler, after_dateline, in_one_paragraph};
use crate::span::Span;
use crate::tokens::Token;

/// Least mean probability of a filler.
const SURE: f32 = 0.3;

/// Settles the cues of a document.
pub fn settle<'m>(text: &str, tokens: &[Token], clauses: &Clauses<'m>, dateline: Option<Span>) -> Vec<Cue<'m>> {
    let mut cues: Vec<Cue<'m>> = clauses.cues.clone();
    let room = Room { text, tokens, clauses };
    room.halves(&mut cues);
    for at in 0..cues.len() {
        room.verb_group(&mut cues, at);
        let second = cues[at + 1..].iter().find(|other| room.goes_on(&cues[at], other)).map(|other| other.tokens.start);
        let cue = &mut cues[at];
        room.lead(cue);
        for filler in &mut cue.fillers {
            filler.tokens = after_dateline(tokens, dateline, filler.tokens.clone());
        }
        cue.fillers.retain(|filler| !filler.tokens.is_empty() && filler.confidence >= SURE);
        room.source_in_paragraph(cue);
        room.join(cue);
        for filler in cue.fillers.iter_mut().filter(|filler| filler.role == "content") {
            room.within_paragraph(&cue.tokens, filler);
            room.within_sentence(&cue.tokens, filler);
            if let Some(second) = second {
                room.before(second, filler);
            }
            room.whole(filler);
            room.closed(filler);
        }
        room.at_infinitive(cue);
        room.source(cue);
        room.channel(cue);
        cue.fillers.retain(|filler| !filler.tokens.is_empty());
    }
    cues
}

struct Room<'r, 'm> {
    text: &'r str,
    tokens: &'r [Token],
    clauses: &'r Clauses<'m>,
}

/// Verbs after which the person asked is no part of what is asked.
const URGING: &[&str] = &[
    "urge",
    "tell",
    "ask",
    "order",
    "call",
    "invite",
    "warn",
    "persuade",
    "encourage",
    "instruct",
    "command",
    "beg",
    "advise",
    "request",
    "press",
    "implore",
    "task",
    "direct",
];

/// Verbs whose content needs no word to lead to it: "said of the plan that ..." tells about the plan.
const SAYING: &[&str] = &["say", "add", "tell", "write", "note", "state", "reply", "announce", "report"];

/// Words that lead from a cue to its content: "accused of", "concerns about".
const LEADS: &[&str] = &["of", "about", "for", "against", "over", "on"];

impl Room<'_, '_> {
    fn word(&self, at: usize) -> &str {
        self.tokens[at].span.of(self.text)
    }

    fn telling(&self, at: usize) -> bool {
        self.word(at).chars().any(char::is_alphanumeric)
    }

    /// Whether a word only carries or colours the verb that it depends on.
    fn light(&self, token: usize) -> bool {
        let word = &self.clauses.words[token];
        let relation = word.relation.split(':').next();
        (matches!(relation, Some("aux" | "advmod" | "cop")) || word.upos == "PART") && !word.xpos.starts_with('W')
    }

    /// "also" and "said" side by side are one cue: the former of two halves gives what it has to the latter.
    fn halves(&self, cues: &mut Vec<Cue>) {
        let mut at = 0;
        while at + 1 < cues.len() {
            let (one, two) = (cues[at].tokens.clone(), cues[at + 1].tokens.clone());
            let head = self.clauses.words[one.end - 1].head;
            if !(one.clone().all(|token| self.light(token))
                && one.end == two.start
                && head.is_some_and(|head| two.contains(&head)))
            {
                at += 1;
                continue;
            }
            let half = cues.remove(at);
            let whole = &mut cues[at];
            whole.tokens.start = one.start;
            for filler in half.fillers {
                if !whole.fillers.iter().any(|other| other.role == filler.role) {
                    whole.fillers.push(filler);
                }
            }
        }
    }

    /// "accused of", "calls for": the word that leads to what is told belongs to the cue, unless the cue needs none ("said").
    fn lead(&self, cue: &mut Cue) {
        let next = cue.tokens.end;
        let head = self.clauses.head_of(&cue.tokens);
        let saying = SAYING.contains(&self.clauses.words[head].lemma.as_str());
        if saying || next >= self.tokens.len() || !LEADS.contains(&self.word(next)) || self.tokens[next].quoted {
            return;
        }
        for filler in cue.fillers.iter_mut().filter(|filler| filler.role == "content") {
            let start = filler.tokens.start;
            if (start == next || start == next + 1) && filler.tokens.end > next + 1 {
                filler.tokens.start = next + 1;
                cue.tokens.end = next + 1;
                return;
            }
        }
    }

    /// A cue is the whole verb group: "has | sharply criticized" and "had | warned" take in what the model left out, if nothing else has it.
    fn verb_group(&self, cues: &mut [Cue], at: usize) {
        let words = &self.clauses.words;
        let range = cues[at].tokens.clone();
        let sentence = self.clauses.sentences[self.clauses.sentence_of(range.start)].tokens.clone();
        let after = cues.get(at + 1).map_or(sentence.end, |next| next.tokens.start.min(sentence.end));
        let before = at.checked_sub(1).map_or(sentence.start, |last| cues[last].tokens.end.max(sentence.start));
        let taken = |token: usize| {
            cues[at].fillers.iter().any(|filler| filler.role != "content" && filler.tokens.contains(&token))
        };
        let light = |token: usize| self.light(token);
        let (mut start, mut end) = (range.start, range.end);
        // nothing but auxiliaries and adverbs: the verb comes right after
        if range.clone().all(light)
            && let Some(head) = words[range.end - 1].head.filter(|head| (range.end..after).contains(head))
            && matches!(words[head].upos, "VERB" | "ADJ")
            && (range.end..head).all(light)
            && !(range.end..=head).any(taken)
        {
            end = head + 1;
        }
        let head = self.clauses.head_of(&(start..end));
        let led = |token: usize| {
            words[token].head == Some(head) && light(token) && matches!(words[token].upos, "AUX" | "ADV" | "PART")
        };
        if words[head].upos == "VERB" {
            while start > before && led(start - 1) && !taken(start - 1) && !self.tokens[start - 1].quoted {
                start -= 1;
            }
        }
        let cue = &mut cues[at];
        cue.tokens = start..end;
        for filler in cue.fillers.iter_mut().filter(|filler| filler.role == "content") {
            let own = filler.tokens.clone();
            if own.start >= range.end && own.start < end {
                filler.tokens.start = end.min(own.end);
            } else if own.end > start && own.end <= range.start {
                filler.tokens.end = start.max(own.start);
            }
        }
    }

    /// A source that runs over a paragraph's end is kept to the part nearer to the cue.
    fn source_in_paragraph(&self, cue: &mut Cue) {
        let at = cue.tokens.start;
        for filler in cue.fillers.iter_mut().filter(|filler| filler.role != "content") {
            filler.tokens = in_one_paragraph(self.tokens, at, filler.tokens.clone());
        }
    }

    /// Pieces of one content with nothing but marks between them are one piece, if both are quoted or neither is.
    fn join(&self, cue: &mut Cue) {
        cue.fillers.sort_by_key(|filler| filler.tokens.start);
        let mut at = 0;
        while at + 1 < cue.fillers.len() {
            let (one, two) = (&cue.fillers[at], &cue.fillers[at + 1]);
            let gap = one.tokens.end..two.tokens.start.max(one.tokens.end);
            let alike = self.tokens[one.tokens.end - 1].quoted == self.tokens[two.tokens.start].quoted;
            let together = one.role == "content"
                || self.tokens[one.tokens.start].paragraph == self.tokens[two.tokens.start].paragraph;
            if together
                && one.role == two.role
                && gap.clone().all(|at| !self.telling(at))
                && (gap.is_empty() || alike && one.role == "content")
            {
                let end = two.tokens.end;
                cue.fillers[at].tokens.end = end;
                cue.fillers.remove(at + 1);
            } else {
                at += 1;
            }
        }
    }

    /// Cuts a paraphrase to the paragraph of its cue; a quotation may run on.
    fn within_paragraph(&self, cue: &Range<usize>, filler: &mut Filler) {
        let paragraph = |at: usize| self.tokens[at].paragraph;
        let range = filler.tokens.clone();
        if paragraph(range.start) == paragraph(range.end - 1) {
            return;
        }
        let breaks = range.clone().skip(1).filter(|at| paragraph(*at) != paragraph(at - 1));
        let quoted = |at: usize| self.tokens[at].quoted;
        if breaks.clone().all(|at| quoted(at) && (quoted(at - 1) || !self.telling(at - 1))) {
            return;
        }
        let home = paragraph(cue.start);
        let kept = if range.clone().any(|at| paragraph(at) == home) { home } else { paragraph(range.end - 1) };
        let from = range.clone().find(|at| paragraph(*at) == kept).unwrap_or(range.start);
        let to = range.clone().rev().find(|at| paragraph(*at) == kept).map_or(range.end, |at| at + 1);
        filler.tokens = from..to;
    }

    /// Cuts a paraphrase that runs into a quotation of its own sentence: that one has its own place.
    fn within_sentence(&self, cue: &Range<usize>, filler: &mut Filler) {
        let range = filler.tokens.clone();
        if self.tokens[range.start].quoted {
            return;
        }
        for index in self.clauses.sentence_of(range.start)..self.clauses.sentence_of(range.end - 1) {
            let end = self.clauses.sentences[index].tokens.end;
            if self.tokens[end].quoted && end > cue.start && end > range.start {
                filler.tokens.end = end;
                return;
            }
        }
    }

    /// Whether another cue is joined to this one by "and": "said that ... and pledged to ...".
    fn goes_on(&self, cue: &Cue, other: &Cue) -> bool {
        let (one, two) = (self.clauses.head_of(&cue.tokens), self.clauses.head_of(&other.tokens));
        let word = &self.clauses.words[two];
        word.relation.starts_with("conj") && word.head == Some(one)
    }

    /// Cuts a content before a second cue, with the "and" and the comma before it.
    fn before(&self, second: usize, filler: &mut Filler) {
        if !filler.tokens.contains(&second) || second == filler.tokens.start {
            return;
        }
        filler.tokens.end = second;
        while !filler.tokens.is_empty()
            && (!self.telling(filler.tokens.end - 1)
                || matches!(self.word(filler.tokens.end - 1), "and" | "but" | "also" | "has" | "have"))
        {
            filler.tokens.end -= 1;
        }
    }

    /// A content does not end in a preposition or an article: it takes in what that belongs to; one of nothing else is none.
    fn whole(&self, filler: &mut Filler) {
        let range = filler.tokens.clone();
        let empty =
            |at: usize| matches!(self.clauses.words[at].upos, "ADP" | "DET" | "CCONJ" | "PART" | "SCONJ" | "PUNCT");
        if range.clone().all(empty) {
            filler.tokens.end = filler.tokens.start;
            return;
        }
        let last = range.end - 1;
        if matches!(self.clauses.words[last].upos, "ADP" | "DET") {
            let noun = self.clauses.words[last].head.filter(|head| *head >= range.end);
            if let Some(noun) = noun.filter(|noun| self.tokens[*noun].paragraph == self.tokens[last].paragraph) {
                filler.tokens.end = noun + 1;
            }
        }
    }

    /// Takes in the closing quotation mark, and the stop or comma before it, whose partner is inside.
    fn closed(&self, filler: &mut Filler) {
        let range = filler.tokens.clone();
        if range.is_empty() || !self.tokens[range.end - 1].quoted {
            return;
        }
        let opened = range.clone().rev().take_while(|at| self.tokens[*at].quoted).last().unwrap_or(range.start);
        if opened == range.start || !matches!(self.word(opened), "“" | "\"" | "«" | "„") {
            return;
        }
        let mut end = range.end;
        while end < self.tokens.len() && self.tokens[end].quoted && !self.telling(end) && end < range.end + 2 {
            end += 1;
        }
        if end > range.end && matches!(self.word(end - 1), "”" | "\"" | "»" | "“") {
            filler.tokens.end = end;
        }
    }

    /// "urged both sides to stop": the content begins at "to", and both sides are asked.
    fn at_infinitive(&self, cue: &mut Cue) {
        let head = self.clauses.head_of(&cue.tokens);
        if !cue.tokens.clone().any(|at| URGING.contains(&self.clauses.words[at].lemma.as_str())) {
            return;
        }
        let for_someone = cue.tokens.end < self.tokens.len() && self.word(cue.tokens.end) == "for"
            || self.word(cue.tokens.end - 1) == "for";
        let Some(content) =
            cue.fillers.iter_mut().find(|filler| filler.role == "content" && filler.tokens.start >= cue.tokens.end)
        else {
            return;
        };
        if for_someone {
            return;
        }
        let limit = content.tokens.end.min(content.tokens.start + 14);
        let to = (content.tokens.start + 1..limit)
            .find(|at| self.clauses.words[*at].xpos == "TO" && self.clauses.words[*at].relation == "mark");
        let Some(to) = to else { return };
        let asked = content.tokens.start..to;
        // only a person or body may stand between: no verb of its own, and the infinitive hangs on the cue
        let plain = asked
            .clone()
            .all(|at| !matches!(self.clauses.words[at].upos, "VERB" | "AUX" | "SCONJ") && !self.tokens[at].quoted);
        let verb = self.clauses.words[to].head;
        let hangs = verb
            .and_then(|verb| self.clauses.words[verb].head)
            .is_some_and(|up| up == head || cue.tokens.contains(&up) || asked.contains(&up));
        if plain && hangs {
            content.tokens.start = to;
            let from = if matches!(self.word(asked.start), "on" | "upon") { asked.start + 1 } else { asked.start };
            if !cue.fillers.iter().any(|filler| filler.role == "addressee") && from < to {
                cue.fillers.push(Filler { role: "addressee", tokens: from..to, confidence: 0.5 });
            }
        }
    }

    /// A channel is a noun with what belongs to it: "in a statement"; one that the cue's own words name is the channel too.
    fn channel(&self, cue: &mut Cue) {
        let noun =
            |range: &Range<usize>| range.clone().any(|at| matches!(self.clauses.words[at].upos, "NOUN" | "PROPN"));
        cue.fillers.retain(|filler| filler.role != "channel" || noun(&filler.tokens));
        if cue.fillers.iter().any(|filler| filler.role == "channel") {
            return;
        }
        let lead =
            cue.tokens.clone().skip(1).find(|at| matches!(self.word(*at), "in" | "on" | "at" | "during" | "via"));
        if let Some(lead) = lead.filter(|lead| noun(&(lead + 1..cue.tokens.end))) {
            cue.fillers.push(Filler { role: "channel", tokens: lead + 1..cue.tokens.end, confidence: 0.5 });
        }
    }

    /// The subject of the cue, where the model saw no source.
    fn source(&self, cue: &mut Cue) {
        let has = |role: &str| cue.fillers.iter().any(|filler| filler.role == role);
        if has("source") || !has("content") {
            return;
        }
        let head = self.clauses.head_of(&cue.tokens);
        let subject =
            self.clauses.dependents(head, "nsubj").next().filter(|at| self.clauses.words[*at].relation == "nsubj");
        let subject = subject.or_else(|| {
            let word = &self.clauses.words[head];
            let shares = matches!(word.relation.split(':').next(), Some("conj" | "advcl" | "xcomp"));
            word.head.filter(|_| shares).and_then(|up| self.clauses.dependents(up, "nsubj").next())
        });
        let Some(subject) = subject else { return };
        let range = self.clauses.subtree(subject);
        let clear = range.end <= cue.tokens.start || range.start >= cue.tokens.end;
        let inside =
            cue.fillers.iter().any(|filler| filler.tokens.start < range.end && range.start < filler.tokens.end);
        if clear && !inside && range.len() <= 12 {
            cue.fillers.push(Filler { role: "source", tokens: range, confidence: 0.5 });
        }
    }
}
