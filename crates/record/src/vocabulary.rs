//! The closed vocabularies: one enum each, its variants written as the words of the format.
//!
//! An enum here knows all its words (`ALL`), the word of a variant (`as_str`) and the variant of a word (`FromStr`).
//!
//! **Invariant:** no other crate spells one of these words as a string.

use core::fmt;
use core::str::FromStr;
use serde::{Deserialize, Serialize};

/// A word that is not in the vocabulary it was looked up in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct UnknownWord;

impl fmt::Display for UnknownWord {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a word outside the vocabulary")
    }
}

impl core::error::Error for UnknownWord {}

macro_rules! vocabulary {
    ($(#[$doc:meta])* $name:ident { $($(#[$variant_doc:meta])* $variant:ident = $word:literal,)+ }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
        #[allow(missing_docs)] // A word of the trade is its own definition; GLOSSARY.md has the sentence.
        pub enum $name {
            $($(#[$variant_doc])* #[serde(rename = $word)] $variant,)+
        }

        impl $name {
            /// Every word of this vocabulary, in the order of the format.
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];

            /// The word as the format writes it.
            pub const fn as_str(self) -> &'static str {
                match self {
                    $(Self::$variant => $word,)+
                }
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.pad(self.as_str())
            }
        }

        impl FromStr for $name {
            type Err = UnknownWord;

            fn from_str(word: &str) -> Result<Self, UnknownWord> {
                match word {
                    $($word => Ok(Self::$variant),)+
                    _ => Err(UnknownWord),
                }
            }
        }
    };
}

vocabulary! {
    /// Where the publication date comes from.
    PublishedBasis { Given = "given", Metadata = "metadata", Dateline = "dateline", Unknown = "unknown", }
}

vocabulary! {
    /// What sort of actor this is.
    ActorKind {
        Person = "person",
        Government = "government",
        State = "state",
        Military = "military",
        ArmedGroup = "armed_group",
        Organisation = "organisation",
        Company = "company",
        Media = "media",
        Group = "group",
        /// A speaker whom the report does not name ("a senior official").
        Unnamed = "unnamed",
    }
}

vocabulary! {
    /// The form in which an actor is mentioned.
    Form {
        Name = "name",
        Nominal = "nominal",
        Pronoun = "pronoun",
        /// A place that stands for its government ("Moscow said").
        Metonym = "metonym",
    }
}

vocabulary! {
    /// How exactly a place is known.
    Precision { Exact = "exact", Settlement = "settlement", Region = "region", Country = "country", }
}

vocabulary! {
    /// TIMEX3 type.
    TimeType { Date = "DATE", Time = "TIME", Duration = "DURATION", Set = "SET", }
}

vocabulary! {
    /// How fine the date of an event is.
    TimePrecision {
        Time = "time",
        PartOfDay = "part_of_day",
        Day = "day",
        Week = "week",
        Month = "month",
        Period = "period",
        Year = "year",
        Duration = "duration",
        /// Only past, present or future.
        Reference = "ref",
    }
}

vocabulary! {
    /// Where the date of a statement or position comes from.
    TimeBasis { Text = "text", Published = "published", }
}

vocabulary! {
    /// How the words of a statement are given.
    Manner {
        Direct = "direct",
        Indirect = "indirect",
        Mixed = "mixed",
        /// A communication told without its content ("provided additional messages").
        ReportedAct = "reported_act",
    }
}

vocabulary! {
    /// What a statement does.
    Act {
        Assert = "assert",
        Deny = "deny",
        Accuse = "accuse",
        Demand = "demand",
        Promise = "promise",
        Threaten = "threaten",
        Propose = "propose",
        Forecast = "forecast",
        Evaluate = "evaluate",
        Ask = "ask",
        Other = "other",
    }
}

vocabulary! {
    /// PLOVER's sixteen event types.
    EventType {
        Agree = "AGREE",
        Consult = "CONSULT",
        Support = "SUPPORT",
        Concede = "CONCEDE",
        Cooperate = "COOPERATE",
        Aid = "AID",
        Retreat = "RETREAT",
        Request = "REQUEST",
        Accuse = "ACCUSE",
        Reject = "REJECT",
        Threaten = "THREATEN",
        Protest = "PROTEST",
        Sanction = "SANCTION",
        Mobilize = "MOBILIZE",
        Coerce = "COERCE",
        Assault = "ASSAULT",
    }
}

vocabulary! {
    /// The mode of an event: the words of all types; [`EventType::modes`] says which belong together.
    Mode {
        Meeting = "meeting",
        Visit = "visit",
        Phone = "phone",
        Summit = "summit",
        Talks = "talks",
        Relay = "relay",
        ThirdParty = "third_party",
        Aerial = "aerial",
        Missile = "missile",
        Drone = "drone",
        Artillery = "artillery",
        Firearms = "firearms",
        Explosives = "explosives",
        Ground = "ground",
        Beating = "beating",
        Execution = "execution",
        Abduction = "abduction",
        Economic = "economic",
        Diplomatic = "diplomatic",
        DiscontinueAid = "discontinue_aid",
        Designate = "designate",
        Expel = "expel",
        Withdraw = "withdraw",
        Seize = "seize",
        Arrest = "arrest",
        Displace = "displace",
        Restrict = "restrict",
        Deport = "deport",
        Censor = "censor",
        Cyber = "cyber",
        Military = "military",
        Sanctions = "sanctions",
        Assist = "assist",
        Yield = "yield",
        Change = "change",
        Meet = "meet",
        Clarify = "clarify",
        Proposal = "proposal",
        Accusation = "accusation",
        Membership = "membership",
        Allege = "allege",
        Disapprove = "disapprove",
        Investigate = "investigate",
        Humanitarian = "humanitarian",
        Asylum = "asylum",
        Welcome = "welcome",
        Praise = "praise",
        Recognise = "recognise",
        Accept = "accept",
        Sign = "sign",
        InPrinciple = "in_principle",
        Release = "release",
        Ease = "ease",
        Resign = "resign",
        HaltMilitary = "halt_military",
        Return = "return",
        Territory = "territory",
        Troops = "troops",
        Weapons = "weapons",
        Alert = "alert",
        Ceasefire = "ceasefire",
        Surrender = "surrender",
        Disarm = "disarm",
        Demonstrate = "demonstrate",
        Strike = "strike",
        Riot = "riot",
        Boycott = "boycott",
        Legal = "legal",
        Intelligence = "intelligence",
        Other = "other",
    }
}

impl EventType {
    /// The modes that an event of this type may have.
    pub const fn modes(self) -> &'static [Mode] {
        use Mode::*;
        match self {
            Self::Agree => &[Accept, Sign, InPrinciple],
            Self::Consult => &[Meeting, Visit, Phone, Summit, Talks, Relay, ThirdParty],
            Self::Support => &[Welcome, Praise, Membership, Recognise, Other],
            Self::Concede => &[Release, Ease, Resign, HaltMilitary, Return, Territory],
            Self::Cooperate => &[Economic, Military, Legal, Intelligence],
            Self::Aid => &[Military, Economic, Humanitarian, Asylum, Other],
            Self::Retreat => &[Withdraw, Ceasefire, Surrender, Disarm],
            Self::Request => &[Assist, Yield, Change, Meet, Clarify, Other],
            Self::Accuse => &[Allege, Disapprove, Investigate],
            Self::Reject => &[Proposal, Accusation, Assist, Yield, Membership],
            Self::Threaten => &[Military, Sanctions, Restrict, Other],
            Self::Protest => &[Demonstrate, Strike, Riot, Boycott],
            Self::Sanction => &[Economic, Diplomatic, DiscontinueAid, Designate, Expel, Withdraw],
            Self::Mobilize => &[Troops, Weapons, Alert],
            Self::Coerce => &[Seize, Arrest, Displace, Restrict, Deport, Censor, Cyber, Other],
            Self::Assault => {
                &[Aerial, Missile, Drone, Artillery, Firearms, Explosives, Ground, Beating, Execution, Abduction, Other]
            }
        }
    }
}

vocabulary! {
    /// How an event is told: done, planned, demanded, denied.
    Status {
        Occurred = "occurred",
        Ongoing = "ongoing",
        /// Decided or scheduled.
        Planned = "planned",
        /// May, might, could, is expected to.
        Possible = "possible",
        /// Being considered.
        Contemplated = "contemplated",
        /// Someone wants it done.
        Demanded = "demanded",
        Offered = "offered",
        /// If, unless; the words are in [`crate::Event::condition`].
        Conditional = "conditional",
        /// Attempted, intercepted, foiled.
        Failed = "failed",
        Denied = "denied",
        Ended = "ended",
    }
}

vocabulary! {
    /// What sort of proposal parties take positions on.
    ProposalKind {
        Ceasefire = "ceasefire",
        Agreement = "agreement",
        Talks = "talks",
        Call = "call",
        Membership = "membership",
        Territory = "territory",
        Sanctions = "sanctions",
        Aid = "aid",
        Vote = "vote",
        Other = "other",
    }
}

vocabulary! {
    /// Where a party stands on a proposal.
    Stance {
        Accepts = "accepts",
        Supports = "supports",
        SupportsWithReservations = "supports_with_reservations",
        Conditional = "conditional",
        Proposes = "proposes",
        Demands = "demands",
        Undecided = "undecided",
        Doubts = "doubts",
        Rejects = "rejects",
        Opposes = "opposes",
    }
}

vocabulary! {
    /// A pledge binds the one who makes it; a forecast does not.
    PledgeKind { Pledge = "pledge", Forecast = "forecast", }
}
