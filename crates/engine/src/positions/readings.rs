//! Readings: every place where the words show that a party takes a stance.
//!
//! In: statements, events, clauses and matters. Out: readings: party, stance, object, and what they rest on.
//! Three rules read: a word of attitude or appraisal with what it governs; the act of a statement; the type of an event. What a
//! surer rule has read, a later one does not read again.
//! **Invariant:** no reading without a party that the document names and a statement or event under it.

use alloc::collections::BTreeMap;
use alloc::vec;
use alloc::vec::Vec;
use core::ops::Range;

use rapporteur_record::{Act, EventType, Form, Mode, Stance, Status};

use super::matters::{Matters, is_time, shorten};
use super::pledges::Commitment;
use super::{Given, Rest, words};
use crate::events::Event;
use crate::grammar::span_of;
use crate::names::ActorIndex;
use crate::span::Span;
use crate::statements::{Statement, trim};

/// How many words away a matter may stand that the tree does not join to its word of attitude.
const REACH: usize = 9;

/// Prepositions between a word of attitude and what it is about.
const LEADING_TO_OBJECT: &[&str] =
    &["to", "for", "on", "with", "of", "about", "regarding", "against", "towards", "toward", "in", "over", "at"];

/// What a stance is taken on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Object {
    /// A matter, by index.
    Matter(usize),
    /// A clause, by its words.
    Clause(Range<usize>),
}

/// What an object must be for a stance on it to be worth a position.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Need {
    /// A matter and nothing less.
    Matter,
    /// A matter, or a clause that tells an event or a deed of another.
    Moment,
    /// Any clause.
    Anything,
}

/// One stance as one place of the text shows it.
#[derive(Clone, Debug)]
pub struct Reading {
    /// Whose stance.
    pub party: ActorIndex,
    /// The stance.
    pub stance: Stance,
    /// On what.
    pub object: Object,
    /// Conditions and reservations.
    pub reservations: Vec<Span>,
    /// The words that show it, as tokens.
    pub evidence: Range<usize>,
    /// What it rests on.
    pub rests_on: Vec<Rest>,
    /// The rule.
    pub rule: &'static str,
}

/// Reads stances, surest rule first, and the commitments that words of attitude tell.
pub fn read(given: &Given, matters: &Matters) -> (Vec<Reading>, Vec<Commitment>) {
    let mut room = Room { given, matters, actor_at: actors_by_word(given), readings: Vec::new() };
    let commitments = (0..given.clauses.words.len()).filter_map(|at| room.commitment(at)).collect();
    for at in 0..given.clauses.words.len() {
        room.attitude(at);
        room.appraisal(at);
    }
    for index in 0..given.statements.len() {
        room.act(index);
    }
    for index in 0..given.events.len() {
        room.event(index);
    }
    for at in 0..given.clauses.words.len() {
        room.precondition(at);
    }
    (room.readings, commitments)
}

struct Room<'r> {
    given: &'r Given<'r>,
    matters: &'r Matters,
    actor_at: BTreeMap<usize, (ActorIndex, Form)>,
    readings: Vec<Reading>,
}

/// For every word of a mention, the actor of the shortest mention that holds it.
fn actors_by_word(given: &Given) -> BTreeMap<usize, (ActorIndex, Form)> {
    let mut mentions: Vec<(u32, Span, ActorIndex, Form)> = Vec::new();
    for (index, actor) in given.actors.all.iter().enumerate() {
        mentions.extend(actor.mentions.iter().map(|(span, form)| (span.end - span.start, *span, index, *form)));
    }
    mentions.sort_by_key(|(length, span, index, _)| (core::cmp::Reverse(*length), *span, *index));
    let mut by_word = BTreeMap::new();
    for (_, span, index, form) in mentions {
        let first = given.tokens.partition_point(|token| token.span.end <= span.start);
        for at in (first..given.tokens.len()).take_while(|at| given.tokens[*at].span.start < span.end) {
            by_word.insert(at, (index, form));
        }
    }
    by_word
}

impl Room<'_> {
    fn lemma(&self, at: usize) -> &str {
        &self.given.clauses.words[at].lemma
    }

    fn base(&self, at: usize) -> &str {
        self.given.clauses.words[at].relation.split(':').next().unwrap_or("")
    }

    fn word_is(&self, at: usize, known: &[&str]) -> bool {
        let word = self.given.tokens[at].span.of(self.given.text);
        known.iter().any(|k| word.eq_ignore_ascii_case(k))
    }

    // ---- the three rules ----

    /// "X opposes Y", "its support for Y", "ready to Y".
    fn attitude(&mut self, at: usize) {
        let word = &self.given.clauses.words[at];
        let Some(mut stance) = words::attitude(&word.lemma) else { return };
        if !matches!(word.upos, "VERB" | "NOUN" | "ADJ") || self.base(at) == "compound" || self.governed_by_attitude(at)
        {
            return;
        }
        let only_verb = matches!(word.lemma.as_str(), "back" | "object" | "sign" | "float" | "offer" | "want" | "push");
        if only_verb && word.upos != "VERB" && word.lemma != "offer" {
            return;
        }
        let cue = self.statement_by_cue(at);
        if matches!(word.lemma.as_str(), "call" | "appeal" | "push" | "press") && !self.calls_for(at) {
            return;
        }
        let speaker = cue.and_then(|index| self.speaker(index));
        let Some(party) = speaker.or_else(|| self.party_of(at)) else { return };
        let Some(rests_on) = self.rests(at, cue, party) else { return };
        if rests_on.iter().any(|rest| self.asks(rest)) {
            return;
        }
        let asked = rests_on.iter().any(|rest| self.is_demand_or_proposal(rest));
        if matches!(word.lemma.as_str(), "suggest" | "insist") && !asked {
            return;
        }
        let contested = matches!(stance, Stance::Rejects | Stance::Opposes | Stance::Doubts);
        let need = if asked || contested { Need::Anything } else { Need::Moment };
        let mut governed = self.governed(at);
        if matches!(word.lemma.as_str(), "call" | "appeal" | "push" | "press") {
            // "a call for an end to the violence" is not for the violence
            let clauses = self.given.clauses;
            let addressed = |head: usize| clauses.dependents(head, "case").any(|case| self.word_is(case, &["to"]));
            governed.retain(|head| clauses.words[*head].upos == "VERB" || !addressed(*head));
        }
        let mut objects = self.objects(&governed, need);
        if objects.is_empty()
            && let Some(index) = cue
        {
            let content = self.spoken(index);
            objects = self.objects(&content, need);
        }
        if objects.is_empty() {
            objects.extend(self.matter_after(at));
        }
        if self.is_negated(at) {
            stance = words::negated(stance);
        }
        if governed.iter().any(|deed| words::attitude(self.lemma(*deed)) == Some(Stance::Undecided)) {
            // "ready to study the plan"
            stance = Stance::Undecided;
        }
        if words::is_for(stance) && self.is_weakened(at) {
            stance = Stance::SupportsWithReservations;
        }
        for party in self.joint_parties(party, at) {
            self.push_all(party, stance, objects.clone(), at, rests_on.clone(), "position-attitude");
        }
    }

    /// "committed to X", "its readiness to X", "intends to X": in someone's words, what a party binds itself to.
    fn commitment(&self, at: usize) -> Option<Commitment> {
        let word = &self.given.clauses.words[at];
        let binds = words::commits(&word.lemma) && matches!(word.upos, "VERB" | "ADJ" | "NOUN");
        if !binds || self.is_negated(at) {
            return None;
        }
        let cue = self.statement_by_cue(at);
        let statement =
            cue.or_else(|| self.statement_around(at)).filter(|index| !self.asks(&Rest::Statement(*index)))?;
        let by = cue.and_then(|index| self.speaker(index)).or_else(|| self.party_of(at))?;
        let clauses = self.given.clauses;
        let to = |head: usize| {
            clauses
                .dependents(head, "case")
                .chain(clauses.dependents(head, "mark"))
                .any(|led| self.word_is(led, &["to"]))
        };
        let head = self.governed(at).into_iter().find(|head| *head > at && to(*head))?;
        Some(Commitment { by, words: self.given.clauses.subtree(head), statement })
    }

    /// "Y is unlikely", "the need for Y": the speaker's stance.
    fn appraisal(&mut self, at: usize) {
        let word = &self.given.clauses.words[at];
        let modal = word.upos == "AUX" && matches!(word.lemma.as_str(), "must" | "should");
        let stance = if modal { Some(Stance::Demands) } else { words::appraisal(&word.lemma) };
        let Some(mut stance) = stance else { return };
        let clauses = self.given.clauses;
        if word.lemma == "need" && word.relation == "acl:relcl" {
            return;
        }
        let Some(index) = self.statement_around(at) else { return };
        let Some(party) = self.thinker(at).or(self.speaker(index)) else { return };
        let governed: Vec<usize> = if modal {
            let verb = word.head.unwrap_or(at);
            vec![verb]
        } else {
            // "remains dim": the subject hangs on the verb
            let carrier = word.head.filter(|_| self.base(at) == "xcomp" && word.upos == "ADJ").unwrap_or(at);
            let subjects = clauses.dependents(carrier, "nsubj").chain(clauses.dependents(carrier, "csubj"));
            subjects.filter(|_| word.upos != "VERB").chain(self.governed(at)).collect()
        };
        let negated = self.is_negated(if modal { word.head.unwrap_or(at) } else { at });
        if negated {
            stance = words::negated(stance);
        }
        let need = if stance == Stance::Demands && !modal { Need::Anything } else { Need::Moment };
        let mut objects = self.objects(&governed, need);
        if modal {
            // "we must stay calm" is no position: a deed must be told
            let told = |words: &Range<usize>| self.given.events.iter().any(|event| words.contains(&event.tokens.start));
            objects.retain(|(object, words)| matches!(object, Object::Matter(_)) || told(words));
        }
        if objects.is_empty() && !modal {
            objects.extend(if word.upos == "ADJ" { self.matter_before(at) } else { self.matter_after(at) });
        }
        self.push_all(party, stance, objects, at, vec![Rest::Statement(index)], "position-appraisal");
    }

    /// A demand, a proposal, a promise: the act is the stance.
    fn act(&mut self, index: usize) {
        let statement = &self.given.statements[index];
        let Some(party) = self.speaker(index) else { return };
        let (stance, need) = match statement.act {
            Act::Demand => (Stance::Demands, Need::Anything),
            Act::Propose => (Stance::Proposes, Need::Anything),
            Act::Promise => (Stance::Supports, Need::Matter),
            Act::Assert | Act::Evaluate | Act::Other if super::pledges::is_own_will(self.given, statement) => {
                (Stance::Supports, Need::Matter)
            }
            _ => return,
        };
        if self
            .readings
            .iter()
            .any(|reading| reading.rests_on.contains(&Rest::Statement(index)) && reading.party == party)
        {
            return;
        }
        let content: Vec<usize> = self.spoken(index);
        let mut objects = self.objects(&content, need);
        // what is told as a fact is not what is asked for
        let fact = content.iter().all(|head| self.is_fact(*head));
        objects.retain(|(object, _)| matches!(object, Object::Matter(_)) || !fact);
        let Some(anchor) = content.first().copied() else { return };
        self.push_all(party, stance, objects, anchor, vec![Rest::Statement(index)], "position-act");
    }

    /// "demands X as a condition for Y": for Y, on condition of X.
    fn precondition(&mut self, at: usize) {
        if !matches!(self.lemma(at), "condition" | "precondition" | "prerequisite") {
            return;
        }
        let governed = self.governed(at);
        let object = self.objects(&governed, Need::Matter).into_iter().next().or_else(|| self.matter_after(at));
        let Some((object, words)) = object else { return };
        let sentence = self.given.clauses.sentence_of(at);
        let demand = self.readings.iter().find(|reading| {
            reading.stance == Stance::Demands
                && reading.object != object
                && reading.evidence.start < at
                && self.given.clauses.sentence_of(reading.evidence.start) == sentence
        });
        let Some(demand) = demand else { return };
        let from = match &demand.object {
            Object::Clause(words) => words.start,
            Object::Matter(_) => demand.evidence.start,
        };
        let condition = trim(self.given.text, self.given.tokens, shorten(self.given, from..at.max(from + 1)));
        let reading = Reading {
            stance: Stance::Conditional,
            object,
            reservations: condition.map(|words| span_of(self.given.tokens, &words)).into_iter().collect(),
            evidence: demand.evidence.start..words.end.max(at + 1),
            rule: "position-precondition",
            ..demand.clone()
        };
        self.readings.push(reading);
    }

    /// An agreement, a refusal, a request: the type is the stance.
    fn event(&mut self, index: usize) {
        let event = &self.given.events[index];
        let at = self.given.clauses.head_of(&event.tokens);
        let teller = event.asserted_by.and_then(|statement| self.speaker(statement));
        let mut rests_on = vec![Rest::Event(index)];
        let (parties, stance, need) = match (event.status, teller) {
            (Status::Denied, _) => return,
            (Status::Demanded, Some(speaker)) => {
                rests_on.extend(event.asserted_by.map(Rest::Statement));
                (vec![speaker], Stance::Demands, Need::Anything)
            }
            _ => {
                let Some((stance, need)) = stance_of(event) else { return };
                (event.actors.clone(), stance, need)
            }
        };
        let stance = if self.is_negated(at) { words::negated(stance) } else { stance };
        let mut governed = self.governed(at);
        if event.status == Status::Demanded {
            governed = vec![self.given.clauses.clause_of(at)];
        }
        let mut objects = self.objects(&governed, need);
        if objects.is_empty() {
            objects = self.objects(&[at], Need::Matter);
        }
        let bare = objects.is_empty() && governed.is_empty();
        if bare && need == Need::Anything && matches!(event.kind, EventType::Agree | EventType::Reject) {
            // "Moscow objected": to what was named just before
            let near = self.matters.last_before(at).filter(|(head, _)| self.near(*head, at));
            objects.extend(near.map(|(_, matter)| (Object::Matter(matter), event.tokens.clone())));
        }
        for party in parties {
            self.push_all(party, stance, objects.clone(), at, rests_on.clone(), "position-event");
        }
    }

    // ---- putting a reading in ----

    fn push_all(
        &mut self,
        party: ActorIndex,
        stance: Stance,
        objects: Vec<(Object, Range<usize>)>,
        at: usize,
        rests_on: Vec<Rest>,
        rule: &'static str,
    ) {
        let pointing = ["who", "which", "that", "it", "they", "he", "she", "him", "them", "those", "this"];
        if pointing.contains(&self.given.actors.all[party].name.to_lowercase().as_str()) {
            return;
        }
        for (object, words) in objects {
            let evidence = at.min(words.start)..words.end.max(at + 1);
            let (condition, stance) = self.conditioned(at, &evidence, stance);
            let read_before = self.readings.iter_mut().find(|other| {
                other.party == party
                    && words::is_for(other.stance) == words::is_for(stance)
                    && other.evidence.start < evidence.end
                    && evidence.start < other.evidence.end
                    && (other.object == object
                        || matches!(object, Object::Clause(_))
                        || matches!(other.object, Object::Clause(_)))
            });
            if let Some(other) = read_before {
                for rest in &rests_on {
                    if !other.rests_on.contains(rest) {
                        other.rests_on.push(*rest);
                    }
                }
                continue;
            }
            self.readings.push(Reading {
                party,
                stance,
                object,
                reservations: condition.into_iter().collect(),
                evidence,
                rests_on: rests_on.clone(),
                rule,
            });
        }
    }

    /// A condition on the stance: "if", "unless", "until" beside it.
    fn conditioned(&self, at: usize, evidence: &Range<usize>, stance: Stance) -> (Option<Span>, Stance) {
        let clauses = self.given.clauses;
        let marked =
            |clause: usize, marks: &[&str]| clauses.dependents(clause, "mark").any(|mark| self.word_is(mark, marks));
        let even = |clause: usize| clauses.children(clause).iter().any(|child| self.word_is(*child, &["even"]));
        let governor = clauses.clause_of(at);
        let beside = clauses.children(governor).iter().chain(clauses.children(at)).copied().find(|child| {
            self.base(*child) == "advcl"
                && marked(*child, &["if", "unless", "until", "provided"])
                && !even(*child)
                && !clauses.subtree(*child).contains(&at)
        });
        let Some(clause) = beside else { return (None, stance) };
        let words = clauses.subtree(clause);
        let apart = words.start >= evidence.end || words.end <= evidence.start || words.start > at;
        let Some(words) = trim(self.given.text, self.given.tokens, words).filter(|_| apart) else {
            return (None, stance);
        };
        let unless = marked(clause, &["unless", "until"]) || self.is_negated(clause);
        let stance = match stance {
            Stance::Accepts | Stance::Supports | Stance::Proposes => Stance::Conditional,
            Stance::Rejects if unless => Stance::Conditional,
            other => other,
        };
        (Some(span_of(self.given.tokens, &words)), stance)
    }

    // ---- who ----

    fn party_of(&self, at: usize) -> Option<ActorIndex> {
        let clauses = self.given.clauses;
        let mut here = at;
        for _ in 0..5 {
            let adjective = here == at && matches!(self.lemma(at), "oppose" | "commit" | "prepare" | "reluctant");
            if adjective && let Some(subject) = clauses.dependents(here, "nsubj").next() {
                return self.actor(subject);
            }
            let passive = clauses.children(here).iter().any(|child| clauses.words[*child].relation == "nsubj:pass")
                || clauses.words[here].relation == "acl" && clauses.words[here].xpos == "VBN";
            if passive {
                let agent = clauses
                    .dependents(here, "obl")
                    .find(|child| clauses.dependents(*child, "case").any(|case| self.word_is(case, &["by"])));
                return agent.and_then(|agent| self.actor(agent));
            }
            if let Some(subject) = clauses.dependents(here, "nsubj").next() {
                return self.actor(subject);
            }
            if clauses.words[here].upos == "NOUN" {
                let of = |child: &usize| {
                    clauses.words[*child].relation == "nmod:poss"
                        || self.base(*child) == "amod" && self.actor_at.contains_key(child)
                        || self.base(*child) == "nmod"
                            && clauses
                                .dependents(*child, "case")
                                .any(|case| self.word_is(case, &["from", "by", "among"]))
                };
                if let Some(owner) = clauses.children(here).iter().find(|child| of(child)) {
                    return self.actor(*owner);
                }
            }
            let up = clauses.words[here].head?;
            match self.base(here) {
                "xcomp" | "conj" | "advcl" | "obj" | "parataxis" | "obl" => here = up,
                "nmod" if words::weakens(self.lemma(up)) => here = up,
                "acl" if clauses.words[up].upos != "VERB" => return self.actor(up),
                _ => break,
            }
        }
        // words at the head of what someone says have no subject of their own
        let index = self.statement_around(at)?;
        let piece = self.given.statements[index].tokens.iter().find(|piece| piece.contains(&at))?;
        let subjectless =
            clauses.words[piece.start..at].iter().all(|word| !matches!(word.upos, "VERB" | "AUX" | "PRON" | "PROPN"));
        if subjectless { self.speaker(index) } else { None }
    }

    /// Who speaks; a "we" inside someone's words is that someone.
    fn speaker(&self, index: usize) -> Option<ActorIndex> {
        let statement = &self.given.statements[index];
        let own = statement.speaker_at.is_some_and(|at| {
            let first = at.of(self.given.text).split_whitespace().next().unwrap_or("");
            ["we", "i", "our", "us"].iter().any(|word| first.eq_ignore_ascii_case(word))
        });
        if let Some(at) = statement.speaker_at
            && ["who", "which", "that"].contains(&at.of(self.given.text))
        {
            let word = self.given.tokens.partition_point(|token| token.span.start < at.start);
            return self.antecedent(word).or(statement.speaker);
        }
        let outer = statement.within.filter(|_| own).and_then(|outer| self.given.statements[outer].speaker);
        outer.or(statement.speaker)
    }

    /// "both sides believe X is vital": whose thought a clause is, inside someone's words.
    fn thinker(&self, at: usize) -> Option<ActorIndex> {
        let clauses = self.given.clauses;
        let clause = clauses.clause_of(at);
        let verb = clauses.words[clause].head.filter(|_| self.base(clause) == "ccomp")?;
        if !matches!(self.lemma(verb), "believe" | "think" | "consider" | "agree" | "feel" | "find") {
            return None;
        }
        let subject = clauses.dependents(verb, "nsubj").next()?;
        self.actor(subject)
    }

    /// Those who take the stance together: fellows of the subject, and all actors of an event that the word triggers.
    fn joint_parties(&self, party: ActorIndex, at: usize) -> Vec<ActorIndex> {
        let by_name = |at: usize| self.actor_at.get(&at).is_some_and(|(actor, _)| *actor == party);
        let clauses = self.given.clauses;
        let subject =
            clauses.children(at).iter().chain(clauses.words[at].head.iter().flat_map(|up| clauses.children(*up)));
        let mut joint = vec![party];
        for subject in subject.copied().filter(|child| self.base(*child) == "nsubj" && by_name(*child)) {
            for fellow in clauses.dependents(subject, "conj") {
                joint.extend(self.actor(fellow).filter(|actor| !joint.contains(actor)));
            }
        }
        let triggered =
            self.given.events.iter().find(|event| event.tokens.contains(&at) && event.actors.contains(&party));
        for actor in triggered.into_iter().flat_map(|event| &event.actors) {
            if !joint.contains(actor) {
                joint.push(*actor);
            }
        }
        joint
    }

    /// Whom a word means: "we" is the speaker, "he" whom the names room says, else the speaker.
    fn actor(&self, at: usize) -> Option<ActorIndex> {
        let speaker = || self.statement_around(at).and_then(|index| self.speaker(index));
        if self.word_is(at, &["i", "we", "our", "my", "us"]) {
            return speaker();
        }
        if self.word_is(at, &["who", "which", "that"])
            && let Some(actor) = self.antecedent(at)
        {
            return Some(actor);
        }
        let known = self.actor_at.get(&at).map(|(actor, _)| *actor);
        match self.given.clauses.words[at].upos {
            "PRON" => known.or_else(speaker),
            "PROPN" => known.or_else(|| self.namesake(at)),
            _ => known,
        }
    }

    /// Whom "who" means: the noun that its clause describes, else the name right before it.
    fn antecedent(&self, at: usize) -> Option<ActorIndex> {
        let words = &self.given.clauses.words;
        let named = |noun: usize| self.actor_at.get(&noun).map(|(actor, _)| *actor).or_else(|| self.namesake(noun));
        let described =
            words[at].head.filter(|verb| words[*verb].relation == "acl:relcl").and_then(|verb| words[verb].head);
        described.and_then(named).or_else(|| {
            let before = (at.saturating_sub(3)..at).rev().find(|noun| words[*noun].upos != "PUNCT")?;
            named(before).filter(|_| words[before].upos == "PROPN")
        })
    }

    /// The actor that is called the same elsewhere in the document.
    fn namesake(&self, at: usize) -> Option<ActorIndex> {
        let clauses = self.given.clauses;
        let part =
            |word: &usize| matches!(self.base(*word), "compound" | "flat") && clauses.words[*word].upos == "PROPN";
        let (mut first, mut last) = (at, at);
        for child in clauses.children(at).iter().filter(|word| part(word)) {
            (first, last) = (first.min(*child), last.max(*child));
        }
        let name = span_of(self.given.tokens, &(first..last + 1)).of(self.given.text);
        self.given.actors.all.iter().position(|actor| {
            let called = |form: &Form| matches!(form, Form::Name | Form::Metonym);
            actor.mentions.iter().any(|(span, form)| called(form) && span.of(self.given.text) == name)
        })
    }

    // ---- on what ----

    /// The heads of what a word governs, clauses first.
    fn governed(&self, at: usize) -> Vec<usize> {
        let clauses = self.given.clauses;
        let mut found: Vec<usize> = Vec::new();
        for relation in ["ccomp", "xcomp", "obj", "obl", "nmod", "acl", "nsubj:pass", "advcl"] {
            for child in clauses.dependents(at, relation) {
                let case: Vec<usize> = clauses.dependents(child, "case").collect();
                let fits = match relation {
                    "obl" | "nmod" => {
                        case.iter().any(|case| self.word_is(*case, LEADING_TO_OBJECT)) && !is_time(self.given, child)
                    }
                    "advcl" => {
                        clauses.dependents(child, "mark").any(|mark| self.word_is(mark, &["to", "that", "on", "for"]))
                    }
                    _ => true,
                };
                let own = clauses.words[child].relation;
                if fits && own != "acl:relcl" && own != "nmod:poss" {
                    found.push(child);
                }
            }
        }
        if clauses.words[at].relation == "acl" && clauses.words[at].xpos == "VBN" {
            // "the plan backed by X"
            found.extend(clauses.words[at].head);
        }
        if clauses.words[at].relation == "acl:relcl" {
            found.extend(clauses.words[at].head);
        }
        if found.is_empty() {
            // "accepted and backed the plan"
            let fellow = clauses.dependents(at, "conj").find(|child| clauses.words[*child].upos == "VERB");
            if let Some(fellow) = fellow {
                found.extend(clauses.dependents(fellow, "obj"));
            }
        }
        found
    }

    /// The heads of the sentences that a statement says.
    fn spoken(&self, index: usize) -> Vec<usize> {
        let clauses = self.given.clauses;
        let mut heads = Vec::new();
        for piece in &self.given.statements[index].tokens {
            let mut from = piece.start;
            while from < piece.end {
                let end = clauses.sentences[clauses.sentence_of(from)].tokens.end.min(piece.end);
                heads.push(clauses.head_of(&(from..end.max(from + 1))));
                from = end.max(from + 1);
            }
        }
        heads
    }

    /// What the governed words name: matters where they do, else the clause itself, with the words each covers.
    fn objects(&self, governed: &[usize], need: Need) -> Vec<(Object, Range<usize>)> {
        for head in governed {
            let covered = self.given.clauses.subtree(*head);
            if let Some(found) = self.matter_under(*head) {
                let mut objects =
                    vec![(Object::Matter(self.matters.headed_by(found).unwrap_or(0)), self.up_to(*head, found))];
                for fellow in self.given.clauses.dependents(found, "conj") {
                    if let Some(matter) = self.matters.headed_by(fellow) {
                        let object = Object::Matter(matter);
                        if objects.iter().all(|(other, _)| *other != object) {
                            objects.push((object, self.up_to(*head, fellow)));
                        }
                    }
                }
                return objects;
            }
            // "rejected it"
            if self.word_is(*head, &["it", "this", "that", "them"])
                && let Some((last, matter)) = self.matters.last_before(*head)
                && self.near(last, *head)
            {
                return vec![(Object::Matter(matter), *head..*head + 1)];
            }
            let covered = self.within_content(*head, covered);
            if self.is_of_moment(*head, &covered, need) {
                let words = shorten(self.given, covered.clone());
                return vec![(Object::Clause(words.clone()), words)];
            }
        }
        Vec::new()
    }

    /// Words of a clause inside someone's words, without those of who tells them: not "..., the minister said".
    fn within_content(&self, head: usize, covered: Range<usize>) -> Range<usize> {
        let around = self.statement_around(head);
        let pieces = around.map(|index| self.given.statements[index].tokens.as_slice()).unwrap_or_default();
        match pieces.iter().find(|piece| piece.contains(&head)) {
            Some(piece) => covered.start.max(piece.start)..covered.end.min(piece.end),
            None => covered,
        }
    }

    /// Whether a word stands in the same sentence as a later one, or in one of the two before.
    fn near(&self, earlier: usize, later: usize) -> bool {
        self.given.clauses.sentence_of(earlier) + 2 >= self.given.clauses.sentence_of(later)
    }

    fn up_to(&self, head: usize, matter: usize) -> Range<usize> {
        let phrase = super::matters::phrase(self.given, matter);
        head.min(phrase.start)..(head + 1).max(phrase.end)
    }

    /// Whether a clause that names no matter is one to take a stance on: it tells an event, or nothing more is asked of it.
    fn is_of_moment(&self, head: usize, covered: &Range<usize>, need: Need) -> bool {
        let deed = self.given.clauses.words[head].upos == "VERB";
        let of_another = || {
            self.given.clauses.dependents(head, "nsubj").next().is_some()
                || self.base(head) == "ccomp"
                || self.base(head) == "xcomp" && self.has_object(head)
        };
        let moment = match need {
            Need::Matter => false,
            Need::Moment => {
                deed && (self.tells_event(covered) || of_another() || self.given.clauses.words[head].xpos == "VBG")
            }
            Need::Anything => true,
        };
        covered.len() > 1 && moment && self.is_deed(head, covered)
    }

    /// Whether a clause tells a fact: a subject and a finite verb, and no word for what should or will be.
    fn is_fact(&self, head: usize) -> bool {
        let clauses = self.given.clauses;
        let finite = |at: usize| matches!(clauses.words[at].xpos, "VBZ" | "VBP" | "VBD");
        let helpers = || clauses.dependents(head, "aux").chain(clauses.dependents(head, "cop"));
        let subject = clauses.dependents(head, "nsubj").next().is_some();
        let bound = helpers().any(|at| clauses.words[at].xpos == "MD")
            || matches!(
                clauses.words[head].lemma.as_str(),
                "need" | "have" | "want" | "expect" | "ask" | "demand" | "call"
            );
        subject && (finite(head) || helpers().any(finite)) && !bound
    }

    fn tells_event(&self, words: &Range<usize>) -> bool {
        self.given.events.iter().any(|event| words.contains(&event.tokens.start))
    }

    /// Whether words name something that can be done or left undone: no person, place or time, no question, no mere "do" or "leave".
    fn is_deed(&self, head: usize, covered: &Range<usize>) -> bool {
        let words = &self.given.clauses.words;
        let first = covered.clone().find(|at| words[*at].upos != "PUNCT");
        let asks = first.is_some_and(|at| words[at].xpos.starts_with('W') || self.word_is(at, &["according"]));
        let telling = |at: &usize| matches!(words[*at].upos, "VERB" | "NOUN" | "PROPN" | "ADJ" | "NUM");
        let own =
            self.given.clauses.dependents(head, "nsubj").any(|subject| self.word_is(subject, &["i", "we", "you"]));
        let bound =
            self.given.clauses.dependents(head, "aux").any(|aux| self.word_is(aux, &["must", "should", "shall"]));
        let with_deed = || {
            ["acl", "xcomp", "ccomp"]
                .iter()
                .any(|relation| self.given.clauses.dependents(head, relation).next().is_some())
        };
        match words[head].upos {
            _ if asks => false,
            "VERB" | "ADJ" => covered.clone().filter(telling).count() > 1 && (!own || bound),
            "NOUN" if is_time(self.given, head) => false,
            "NOUN" if self.actor_at.contains_key(&head) => with_deed(),
            "NOUN" if self.tells_event(covered) || with_deed() => true,
            "NOUN" => words::is_doing(&words[head].lemma) && covered.clone().filter(telling).count() > 1,
            _ => false,
        }
    }

    /// The matter that follows within a few words of the same phrase, where the tree joins nothing to a word of attitude.
    fn matter_after(&self, at: usize) -> Option<(Object, Range<usize>)> {
        let words = &self.given.clauses.words;
        let end = self.given.clauses.sentences[self.given.clauses.sentence_of(at)].tokens.end.min(at + REACH);
        let breaks = |at: &usize| {
            words[*at].upos == "PUNCT" && !self.word_is(*at, &["-"])
                || words[*at].upos == "VERB" && words[*at].xpos != "VBG"
                || matches!(words[*at].upos, "PRON" | "SCONJ")
        };
        let head = (at + 1..end).take_while(|at| !breaks(at)).find(|at| self.matters.headed_by(*at).is_some())?;
        Some((Object::Matter(self.matters.headed_by(head)?), head..head + 1))
    }

    /// The matter that stands within a few words before an appraisal.
    fn matter_before(&self, at: usize) -> Option<(Object, Range<usize>)> {
        let words = &self.given.clauses.words;
        let start =
            self.given.clauses.sentences[self.given.clauses.sentence_of(at)].tokens.start.max(at.saturating_sub(REACH));
        let breaks = |at: &usize| words[*at].upos == "VERB" || words[*at].upos == "PUNCT" && !self.word_is(*at, &["-"]);
        let head = (start..at).rev().take_while(|at| !breaks(at)).find(|at| self.matters.headed_by(*at).is_some())?;
        Some((Object::Matter(self.matters.headed_by(head)?), head..head + 1))
    }

    /// "wants them to go": the verb above a clause has an object that does the deed.
    fn has_object(&self, clause: usize) -> bool {
        let verb = self.given.clauses.words[clause].head;
        verb.is_some_and(|verb| self.given.clauses.dependents(verb, "obj").next().is_some())
    }

    /// The matter nearest under a word, not through a verb that undoes it.
    fn matter_under(&self, head: usize) -> Option<usize> {
        let clauses = self.given.clauses;
        let mut level = vec![head];
        for _ in 0..4 {
            let found = level.iter().copied().filter(|at| self.matters.headed_by(*at).is_some()).min();
            if found.is_some() {
                return found;
            }
            let mut next = Vec::new();
            for at in level {
                let word = &clauses.words[at];
                if word.upos == "VERB" && words::undoes(&word.lemma) {
                    return None;
                }
                let negated = word.upos == "VERB" && self.is_negated(at);
                next.extend(clauses.children(at).iter().copied().filter(|child| {
                    !negated
                        && (matches!(self.base(*child), "obj" | "obl" | "nmod" | "xcomp" | "ccomp" | "nsubj" | "acl")
                            || self.base(*child) == "conj" && clauses.words[*child].upos == "NOUN")
                        && clauses.words[*child].relation != "acl:relcl"
                }));
            }
            level = next;
        }
        None
    }

    // ---- turns ----

    fn is_negated(&self, at: usize) -> bool {
        let clauses = self.given.clauses;
        let no = |at: usize| {
            clauses.children(at).iter().any(|child| {
                self.word_is(*child, &["not", "n't", "n’t", "never", "no", "neither", "nor", "hardly"])
                    && matches!(self.base(*child), "advmod" | "det" | "cc")
            })
        };
        no(at) || self.base(at) == "xcomp" && clauses.words[at].head.is_some_and(no)
    }

    fn is_weakened(&self, at: usize) -> bool {
        let clauses = self.given.clauses;
        let up = clauses.words[at].head.filter(|_| self.base(at) == "nmod");
        clauses.children(at).iter().copied().chain(up).any(|word| words::weakens(self.lemma(word)))
    }

    /// "willing to accept", "refuses to support": the outer word is the stance.
    fn governed_by_attitude(&self, at: usize) -> bool {
        let word = &self.given.clauses.words[at];
        let linked = matches!(self.base(at), "xcomp" | "acl") && word.relation != "acl:relcl";
        linked && word.head.is_some_and(|up| words::attitude(self.lemma(up)).is_some())
    }

    /// "call for X", "called on them to", not "called it a lie".
    fn calls_for(&self, at: usize) -> bool {
        let clauses = self.given.clauses;
        let led =
            |child: &usize| clauses.dependents(*child, "case").any(|case| self.word_is(case, &["for", "on", "to"]));
        clauses
            .children(at)
            .iter()
            .any(|child| matches!(self.base(*child), "obl" | "nmod") && led(child) || self.base(*child) == "xcomp")
    }

    // ---- what it rests on ----

    fn statement_by_cue(&self, at: usize) -> Option<usize> {
        self.given
            .statements
            .iter()
            .position(|statement| statement.cue_tokens.contains(&at) && statement.rule == "statement-cue")
    }

    /// The innermost statement in whose content a word stands.
    fn statement_around(&self, at: usize) -> Option<usize> {
        let size = |statement: &Statement| statement.tokens.iter().map(Range::len).sum::<usize>();
        let holds = |statement: &Statement| statement.tokens.iter().any(|piece| piece.contains(&at));
        (0..self.given.statements.len())
            .filter(|index| holds(&self.given.statements[*index]))
            .min_by_key(|index| size(&self.given.statements[*index]))
    }

    fn rests(&self, at: usize, cue: Option<usize>, party: ActorIndex) -> Option<Vec<Rest>> {
        let events = &self.given.events;
        let statement = cue.or_else(|| self.statement_around(at));
        let triggered = events.iter().position(|event| event.tokens.contains(&at));
        let mut rests: Vec<Rest> =
            statement.map(Rest::Statement).into_iter().chain(triggered.map(Rest::Event)).collect();
        if rests.is_empty() {
            let word = self.given.tokens[at].span;
            let told = |event: &Event| event.evidence.contains(word) && event.actors.contains(&party);
            rests.extend(events.iter().position(told).map(Rest::Event));
        }
        (!rests.is_empty()).then_some(rests)
    }

    /// A question about someone's stance tells none.
    fn asks(&self, rest: &Rest) -> bool {
        matches!(rest, Rest::Statement(index) if self.given.statements[*index].act == Act::Ask)
    }

    fn is_demand_or_proposal(&self, rest: &Rest) -> bool {
        match rest {
            Rest::Statement(index) => {
                matches!(self.given.statements[*index].act, Act::Demand | Act::Propose)
            }
            Rest::Event(index) => matches!(self.given.events[*index].kind, EventType::Request),
        }
    }
}

/// The stance that an event shows its actors to take, and what its object must be.
fn stance_of(event: &Event) -> Option<(Stance, Need)> {
    let done = matches!(event.status, Status::Occurred | Status::Ongoing | Status::Ended);
    Some(match event.kind {
        EventType::Agree if done => (Stance::Accepts, Need::Anything),
        EventType::Agree if event.status == Status::Offered => (Stance::Proposes, Need::Matter),
        EventType::Agree if event.status != Status::Failed => (Stance::Supports, Need::Matter),
        EventType::Reject if done && event.mode != Some(Mode::Accusation) => (Stance::Rejects, Need::Anything),
        EventType::Support if done && event.mode == Some(Mode::Welcome) => (Stance::Supports, Need::Anything),
        EventType::Support if done => (Stance::Supports, Need::Matter),
        EventType::Request if done => (Stance::Demands, Need::Anything),
        EventType::Accuse if done && event.mode == Some(Mode::Disapprove) => (Stance::Opposes, Need::Matter),
        EventType::Consult | EventType::Aid | EventType::Concede | EventType::Retreat
            if event.status == Status::Offered =>
        {
            (Stance::Proposes, Need::Anything)
        }
        EventType::Consult if event.status == Status::Contemplated => (Stance::Supports, Need::Matter),
        _ => return None,
    })
}
