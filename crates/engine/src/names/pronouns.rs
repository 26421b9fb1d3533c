//! Pronouns: a word that points at someone in; whom it points at out.
//!
//! "I" and "we" mean the speaker of the words they stand in, a relative pronoun its noun, and all others whom the model's
//! coreference head points back at, among mentions of fitting number.
//!
//! **Invariant:** a pronoun never means someone of another number.

use super::*;

const PERSONAL: &[&str] = &["he", "she", "him", "her", "his", "hers", "himself", "herself"];
const PLURAL: &[&str] = &["they", "them", "their", "theirs", "themselves", "both"];
const NEUTER: &[&str] = &["it", "its", "itself"];
const OWN: &[&str] = &["i", "me", "my", "mine", "myself"];
const OURS: &[&str] = &["we", "us", "our", "ours", "ourselves"];
const RELATIVE: &[&str] = &["who", "which", "that", "whom", "whose"];

#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Pronoun {
    Personal,
    Plural,
    Neuter,
    Own,
    Ours,
    Relative,
}

pub(super) fn pronoun(word: &str) -> Option<Pronoun> {
    [
        (PERSONAL, Pronoun::Personal),
        (PLURAL, Pronoun::Plural),
        (NEUTER, Pronoun::Neuter),
        (OWN, Pronoun::Own),
        (OURS, Pronoun::Ours),
        (RELATIVE, Pronoun::Relative),
    ]
    .into_iter()
    .find(|(list, _)| list.contains(&word))
    .map(|(_, kind)| kind)
}

/// How much having spoken last counts for a pronoun that speaks, beside the model's shares, which sum to one at most.
const SPOKE_LAST: f32 = 0.4;

/// What is left of the model's share for someone whom only others' words name.
const SPOKEN_OF: f32 = 0.6;

impl Room<'_> {
    pub(super) fn pronoun(&mut self, at: usize, depth: usize) -> ActorIndex {
        let word = self.lower(at);
        let found = match pronoun(&word) {
            Some(Pronoun::Own) => self.speaker_around(at, depth).or_else(|| self.author()),
            Some(Pronoun::Ours) => {
                self.speaker_around(at, depth).or_else(|| self.author()).map(|speaker| self.side_of(speaker))
            }
            Some(Pronoun::Relative) => self.relative_of(at, depth),
            Some(kind) => self.pointed_at(at, kind),
            None => None,
        };
        if let Some(actor) = found {
            self.mention(actor, &(at..at + 1), Form::Pronoun);
            return actor;
        }
        let words = self.word(at).to_owned();
        let actor = self.add(Actor {
            name: words,
            kind: ActorKind::Unnamed,
            role: None,
            country: None,
            code: None,
            mentions: Vec::new(),
            rule: "name-pronoun",
        });
        self.mention(actor, &(at..at + 1), Form::Pronoun);
        actor
    }

    /// The speaker of the innermost content that holds the word.
    pub(super) fn speaker_around(&mut self, at: usize, depth: usize) -> Option<ActorIndex> {
        let (cue, _) = self
            .cues
            .iter()
            .filter_map(|cue| {
                let piece = cue.fillers.iter().find(|f| f.role == "content" && f.tokens.contains(&at))?;
                Some((cue, piece.tokens.len()))
            })
            .min_by_key(|(_, size)| *size)?;
        let source = cue.fillers.iter().find(|f| f.role == "source" && !f.tokens.contains(&at))?;
        self.settle(&source.tokens.clone(), depth + 1)
    }

    /// Who issues the report in their own name: the person named above its body.
    pub(super) fn author(&self) -> Option<ActorIndex> {
        self.order
            .iter()
            .filter(|(at, actor)| *at < self.body && self.actors.all[*actor].kind == ActorKind::Person)
            .min_by_key(|(at, _)| *at)
            .map(|(_, actor)| *actor)
    }

    /// "We" in the mouth of someone in office is the government spoken for; in another mouth the speaker.
    pub(super) fn side_of(&mut self, speaker: ActorIndex) -> ActorIndex {
        let actor = &self.actors.all[speaker];
        let in_office =
            actor.kind == ActorKind::Person && actor.code.as_deref().is_some_and(|code| code.ends_with("GOV"));
        match actor.country.clone().filter(|_| in_office) {
            Some(country) => self.government(&country),
            None => speaker,
        }
    }

    /// "the envoy, who said": the word that the relative clause belongs to.
    pub(super) fn relative_of(&mut self, at: usize, depth: usize) -> Option<ActorIndex> {
        let clause = self.clauses.clause_of(at);
        let noun = self.clauses.words[clause].head.filter(|_| self.clauses.words[clause].relation.starts_with("acl"));
        let Some(noun) = noun else {
            // "from Mr Haddad, who sought": the tree lost the clause, the words stand side by side
            let comma = usize::from(at > 0 && self.word(at - 1) == ",");
            let before = at.checked_sub(1 + comma)?;
            let who = matches!(self.lower(at).as_str(), "who" | "whom");
            return self.at.get(&before).copied().filter(|actor| !who || self.may_be_who(*actor));
        };
        if let Some(actor) = self.at.get(&noun) {
            return Some(*actor);
        }
        let whole = self.clauses.subtree(noun);
        let range = whole.start..at.min(whole.end);
        self.settle(&self.without_edges(range), depth + 1)
    }

    /// Whether "who" may mean an actor: people, one or many.
    fn may_be_who(&self, actor: ActorIndex) -> bool {
        matches!(self.actors.all[actor].kind, ActorKind::Person | ActorKind::Unnamed | ActorKind::Group)
    }

    pub(super) fn pointed_at(&mut self, at: usize, kind: Pronoun) -> Option<ActorIndex> {
        let gender = match self.lower(at).as_str() {
            "he" | "him" | "his" | "himself" => Some(Gender::Male),
            "she" | "her" | "hers" | "herself" => Some(Gender::Female),
            _ => None,
        };
        let person_of = |actor: ActorIndex| self.persons.iter().position(|person| person.actor == actor);
        let fits = |actor: ActorIndex| match (kind, self.actors.all[actor].kind) {
            (Pronoun::Personal, ActorKind::Person | ActorKind::Unnamed) => {
                let known = person_of(actor).and_then(|person| self.persons[person].gender);
                known.is_none() || gender.is_none() || known == gender
            }
            (Pronoun::Personal, _) => false,
            (Pronoun::Plural, ActorKind::Person | ActorKind::Unnamed) => false,
            (Pronoun::Neuter, ActorKind::Person | ActorKind::Group | ActorKind::Unnamed) => false,
            _ => true,
        };
        // who reports words of their own is not named in them, and goes on where they spoke last
        let cue = self
            .cues
            .iter()
            .find(|cue| cue.fillers.iter().any(|filler| filler.role == "source" && filler.tokens == (at..at + 1)));
        let in_own_words = |word: usize| {
            let content = |cue: &Cue| cue.fillers.iter().any(|f| f.role == "content" && f.tokens.contains(&word));
            cue.is_some_and(content)
        };
        // nor is someone who is only spoken of in another's words as likely meant as who speaks
        let in_words = |word: usize| {
            let role = |cue: &Cue, role: &str| cue.fillers.iter().any(|f| f.role == role && f.tokens.contains(&word));
            self.cues.iter().any(|cue| role(cue, "content")) && !self.cues.iter().any(|cue| role(cue, "source"))
        };
        let mut believed: BTreeMap<ActorIndex, f32> = BTreeMap::new();
        for (word, share) in self.clauses.antecedents(at) {
            let actor = self.at.get(word).copied().filter(|actor| fits(*actor) && !in_own_words(*word));
            if let Some(actor) = actor {
                let share = if cue.is_some() && in_words(*word) { share * SPOKEN_OF } else { *share };
                *believed.entry(actor).or_default() += share;
            }
        }
        if cue.is_some()
            && let Some(actor) = self.spoke_before(at, &fits)
        {
            *believed.entry(actor).or_default() += SPOKE_LAST;
        }
        let best = believed.into_iter().max_by(|a, b| a.1.total_cmp(&b.1));
        if let Some((actor, share)) = best {
            if share > 0.08 {
                let person = person_of(actor).filter(|_| share > 0.6);
                if let Some(person) = person {
                    self.persons[person].gender = self.persons[person].gender.or(gender);
                }
                return Some(actor);
            }
        }
        // the last fitting mention before, in this paragraph or the one before
        let paragraph = self.tokens[at].paragraph;
        self.order
            .iter()
            .filter(|(place, actor)| {
                *place < at
                    && self.tokens[*place].paragraph + 1 >= paragraph
                    && fits(*actor)
                    && !in_own_words(*place)
                    && self.actors.all[*actor].rule != "name-pronoun"
            })
            .max_by_key(|(place, _)| *place)
            .map(|(_, actor)| *actor)
    }

    /// Who of those who fit spoke last before a word, in its paragraph or one of the two before.
    fn spoke_before(&self, at: usize, fits: &dyn Fn(ActorIndex) -> bool) -> Option<ActorIndex> {
        let near = |cue: &&Cue| {
            cue.tokens.start < at && self.tokens[cue.tokens.start].paragraph + 2 >= self.tokens[at].paragraph
        };
        self.cues
            .iter()
            .filter(near)
            .flat_map(|cue| cue.fillers.iter().filter(|f| f.role == "source").map(|f| (cue.tokens.start, &f.tokens)))
            .filter(|(_, source)| !source.contains(&at) && !self.tokens[source.start].quoted)
            .filter_map(|(place, source)| {
                self.actors.of(source).filter(|actor| fits(*actor)).map(|actor| (place, actor))
            })
            .max_by_key(|(place, _)| *place)
            .map(|(_, actor)| actor)
    }
}
