//! Positions: who stands where on which proposal, and what was promised.
//!
//! In: statements and events, and the clauses and actors they rest on. Out: proposals, positions on them, pledges.
//! **Invariant:** every position and pledge rests on a statement or an event of the record.

use alloc::string::String;
use alloc::vec::Vec;

use rapporteur_record::{PledgeKind, ProposalKind, Stance, TimeBasis};

use crate::events::Event;
use crate::grammar::Clauses;
use crate::names::{ActorIndex, Actors};
use crate::span::Span;
use crate::statements::Statement;
use crate::times::Time;
use crate::tokens::Token;

/// Something that parties take positions on.
#[derive(Clone, Debug)]
pub struct Proposal {
    /// What sort.
    pub kind: ProposalKind,
    /// Its name, in words of the document.
    pub name: String,
    /// What it lays down.
    pub terms: Vec<Term>,
    /// Who proposed it.
    pub proposer: Option<ActorIndex>,
    /// Where the document names it.
    pub mentions: Vec<Span>,
    /// The rule that made it.
    pub rule: &'static str,
}

/// One term of a proposal.
#[derive(Clone, Debug)]
pub struct Term {
    /// What it settles (`duration`).
    pub term: &'static str,
    /// Normalised value (`P30D`).
    pub value: String,
    /// The words.
    pub at: Span,
}

/// Where a party stands; proposal, statements and events by index.
#[derive(Clone, Debug)]
pub struct Position {
    /// Whose position.
    pub party: ActorIndex,
    /// For whom the party speaks.
    pub on_behalf_of: Option<ActorIndex>,
    /// On what.
    pub proposal: usize,
    /// The stance.
    pub stance: Stance,
    /// Reservations and conditions, quoted.
    pub reservations: Vec<Span>,
    /// The words that show the stance.
    pub evidence: Vec<Span>,
    /// What it rests on.
    pub rests_on: Vec<Rest>,
    /// When it was taken.
    pub time: Option<(String, TimeBasis)>,
    /// The rule that made it.
    pub rule: &'static str,
}

/// What a position or pledge rests on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Rest {
    /// A statement, by index.
    Statement(usize),
    /// An event, by index.
    Event(usize),
}

/// What someone promised or forecast.
#[derive(Clone, Debug)]
pub struct Pledge {
    /// Who made it.
    pub by: ActorIndex,
    /// Pledge or forecast.
    pub kind: PledgeKind,
    /// Its words.
    pub content: Span,
    /// Deadline value and the date it counts from.
    pub deadline: Option<(String, Option<String>)>,
    /// The earlier pledge that this one changes.
    pub revises: Option<usize>,
    /// What it rests on.
    pub rests_on: Vec<Rest>,
    /// The rule that made it.
    pub rule: &'static str,
}

/// Everything of this room.
#[derive(Clone, Debug, Default)]
pub struct Stances {
    /// Proposals in order of first mention.
    pub proposals: Vec<Proposal>,
    /// Positions in text order.
    pub positions: Vec<Position>,
    /// Pledges in text order.
    pub pledges: Vec<Pledge>,
}

/// What the room is given.
pub struct Given<'g> {
    /// The document's text.
    pub text: &'g str,
    /// Its tokens.
    pub tokens: &'g [Token],
    /// What the model made of them.
    pub clauses: &'g Clauses<'g>,
    /// The actors.
    pub actors: &'g Actors,
    /// The times.
    pub times: &'g [Time],
    /// The statements.
    pub statements: &'g [Statement],
    /// The events.
    pub events: &'g [Event],
}

/// The rules of this room.
pub const RULES: &[(&str, &str)] = &[];

/// Derives proposals, positions and pledges.
pub fn derive(_given: &Given) -> Stances {
    Stances::default()
}
