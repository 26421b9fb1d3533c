//! Words that tell one thing: a word in, the classes it belongs to out.
//!
//! A question and a report seldom use one word: “Who proposed it?” is answered by “put forward”. A class gathers such words, with the
//! types that the record has for them. Classes of acts (`meet`, `kill`) say what is asked about; classes of things (`truce`) name it.
//! The words are of the trade, and none of them is a name.
//!
//! **Invariant:** a class never decides alone that something is stated; it only says which words may mean one thing.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use rapporteur_record::{Act, EventType, Mode, Stance};

/// Words that tell one thing.
pub struct Kin {
    /// What the class is called in a query.
    pub name: &'static str,
    /// Its words as written; `_` joins two that stand together.
    words: &'static str,
    /// Whether it is an act, and no thing.
    pub act: bool,
    /// The types of events that are this act.
    pub events: &'static [EventType],
    /// The modes that it is confined to; all where none is named.
    pub modes: &'static [Mode],
    /// The acts of statements that are this act.
    pub acts: &'static [Act],
    /// The stances of positions that are this act.
    pub stances: &'static [Stance],
}

const fn thing(name: &'static str, words: &'static str) -> Kin {
    Kin { name, words, act: false, events: &[], modes: &[], acts: &[], stances: &[] }
}

const fn act(name: &'static str, words: &'static str) -> Kin {
    Kin { name, words, act: true, events: &[], modes: &[], acts: &[], stances: &[] }
}

const fn event(name: &'static str, words: &'static str, events: &'static [EventType], modes: &'static [Mode]) -> Kin {
    Kin { name, words, act: true, events, modes, acts: &[], stances: &[] }
}

const fn said(name: &'static str, words: &'static str, acts: &'static [Act], events: &'static [EventType]) -> Kin {
    Kin { name, words, act: true, events, modes: &[], acts, stances: &[] }
}

const fn stance(
    name: &'static str,
    words: &'static str,
    stances: &'static [Stance],
    events: &'static [EventType],
) -> Kin {
    Kin { name, words, act: true, events, modes: &[], acts: &[], stances }
}

/// All classes.
pub static KIN: &[Kin] = &[
    event(
        "meet",
        "meet meets met meeting meetings talks summit receive received visit visited host hosted welcomed see discussion \
         discussions audience",
        &[EventType::Consult],
        &[Mode::Meeting, Mode::Visit, Mode::Summit, Mode::Talks],
    ),
    event(
        "phone",
        "phone telephone phoned telephoned call calls phone_call telephone_call conversation",
        &[EventType::Consult],
        &[Mode::Phone],
    ),
    event(
        "talk",
        "talk talks talked speak speaks spoke spoken speaking discuss discusses discussed discussion discussions \
         conversation converse negotiate negotiated negotiation negotiations telephone phone the_call a_call such_call first_call",
        &[EventType::Consult],
        &[],
    ),
    event(
        "relay",
        "relay relayed convey conveyed conveyance carry carried deliver delivered pass_on passed pass hand_over message_to \
         transmit transmitted",
        &[EventType::Consult],
        &[Mode::Relay],
    ),
    event(
        "mediate",
        "mediate mediated mediation mediator mediators broker brokered facilitate facilitated host",
        &[EventType::Consult],
        &[Mode::ThirdParty],
    ),
    said(
        "propose",
        "propose proposed proposes suggest suggested suggests put_forward present presented presents offer offered offers \
         draft drafted tabled float floated initiate initiated author",
        &[Act::Propose],
        &[],
    ),
    stance(
        "accept",
        "accept accepts accepted acceptance agree agrees agreed agreement approve approved approves approval yes endorse \
         endorsed consent consented observe",
        &[Stance::Accepts, Stance::Supports, Stance::SupportsWithReservations, Stance::Conditional],
        &[EventType::Agree],
    ),
    stance(
        "reject",
        "reject rejects rejected rejection refuse refuses refused refusal turn_down turned_down dismiss dismissed decline \
         declined oppose opposes opposed opposition no rule_out ruled_out rebuff rebuffed",
        &[Stance::Rejects, Stance::Opposes, Stance::Doubts],
        &[EventType::Reject],
    ),
    stance(
        "support",
        "support supports supported supporting back backs backed backing favour favor favours endorse endorsed welcome \
         welcomed welcomes praise praised ally allies allied aid assist assisted help helped",
        &[Stance::Accepts, Stance::Supports, Stance::SupportsWithReservations],
        &[EventType::Support, EventType::Aid],
    ),
    stance(
        "want",
        "want wants wanted wish wishes seek seeks sought desire desires need needs needed essential demand demands demanded \
         insist insists insisted necessary hope hopes prepared ready eager keen willing",
        &[Stance::Supports, Stance::Demands, Stance::Proposes],
        &[EventType::Request],
    ),
    said(
        "deny",
        "deny denies denied denial disclaim disclaimed disavow rejects_as reject_as rejected_as forgery false no_such \
          dispute disputes disputed refute refuted contradict",
        &[Act::Deny],
        &[],
    ),
    said(
        "accuse",
        "accuse accuses accused accusation accusations blame blames blamed allege alleges alleged charged hold_responsible",
        &[Act::Accuse],
        &[EventType::Accuse],
    ),
    said(
        "condemn",
        "condemn condemns condemned condemnation denounce denounced denounces criticise criticised criticize criticized \
         deplore deplored",
        &[],
        &[EventType::Accuse],
    ),
    said(
        "threaten",
        "threaten threatens threatened threat threats threatening warn warns warned warning warnings ultimatum vow vowed",
        &[Act::Threaten],
        &[EventType::Threaten],
    ),
    said(
        "promise",
        "promise promises promised promising pledge pledges pledged vow vowed vows commit committed commitment undertake \
         undertakes undertook undertook gave_word word deadline guarantee guaranteed swear swore",
        &[Act::Promise],
        &[],
    ),
    said(
        "demand",
        "ask asks asked asking urge urges urged urging request requests requested demand demands demanded call_on called_on \
         appeal appealed appeals tell told ordered pressed",
        &[Act::Demand, Act::Ask],
        &[EventType::Request],
    ),
    said(
        "say",
        "say says said saying tell tells told stated claim claims claimed argue argues argued arguing remark \
         remarked commented comments explain explained announce announced disclose disclosed declare declared \
         according added noted believe believes think thinks maintain maintained insist insisted clarify clarified \
         confirm confirmed reveal revealed",
        &[
            Act::Assert,
            Act::Deny,
            Act::Accuse,
            Act::Evaluate,
            Act::Forecast,
            Act::Demand,
            Act::Promise,
            Act::Threaten,
            Act::Propose,
            Act::Other,
        ],
        &[],
    ),
    said(
        "describe",
        "call calls called describe describes described characterize characterized characterise characterised characterizes \
         term termed label labelled labeled dub dubbed refer referred praise praised",
        &[Act::Evaluate],
        &[],
    ),
    said(
        "forecast",
        "forecast forecasts predict predicts predicted prediction expect expects expected foresee foresaw estimate \
         estimated",
        &[Act::Forecast],
        &[],
    ),
    event(
        "kill",
        "kill kills killed killing die dies died dying dead death deaths deadly fatal fatality fatalities slain toll lives lost_lives \
         lose_lives perish perished bury buried massacre massacred murder murdered assassinated",
        &[],
        &[],
    ),
    event(
        "injure",
        "injure injured injures injury injuries wound wounded wounds wounding hurt maimed casualty casualties harmed burns",
        &[],
        &[],
    ),
    event(
        "attack",
        "attack attacks attacked attacking strike strikes struck shell shells shelled shelling bomb bombs bombed bombing \
         bombardment bombarded raid raids raided fire fires fired firing hit hits rocket rockets missile missiles artillery \
         airstrike assault assaulted blast invade invaded invasion shoot shot shots shooting gunfire opened_fire",
        &[EventType::Assault],
        &[],
    ),
    event(
        "shoot",
        "shoot shoots shot shots shooting fire fires fired firing gunfire opened_fire",
        &[EventType::Assault],
        &[Mode::Firearms],
    ),
    event(
        "intercept",
        "intercept intercepts intercepted interception shot_down shoot_down shooting_down down downed downs destroyed",
        &[],
        &[],
    ),
    thing(
        "damage",
        "damage damages damaged destroy destroyed destruction sink sank sinking sunk fire wreck wrecked ruin ruined",
    ),
    event(
        "detain",
        "detain detained detains detention arrest arrested arrests jail jailed custody capture captured imprison imprisoned",
        &[EventType::Coerce],
        &[Mode::Arrest],
    ),
    event(
        "encircle",
        "encircle encircled encircles encirclement surround surrounded surrounds besiege besieged siege trapped cut_off",
        &[],
        &[],
    ),
    event(
        "occupy",
        "occupy occupied occupies occupation seize seized seizes capture captured control controls \
         controlled annex annexed take_over",
        &[EventType::Coerce],
        &[Mode::Seize],
    ),
    event(
        "blockade",
        "blockade blockades blockaded block blocked close closed closes closure seal sealed cut_off",
        &[EventType::Coerce],
        &[Mode::Restrict],
    ),
    event(
        "withdraw",
        "withdraw withdraws withdrew withdrawn withdrawing withdrawal leave leaves left leaving departure depart departed pull \
         pulled pull_out pulled_out pull_back pulled_back retreat retreated evacuate evacuated remove removed removes \
         removal removing take_out taken_away take_away quit",
        &[EventType::Retreat],
        &[Mode::Withdraw],
    ),
    event(
        "take back",
        "take_back took_back takes_back taken_back taking_back take_it revoke revoked withdraw withdrew withdrawing withdrawn \
         suspend suspends suspended reverse reversed rescind rescinded retract retracted go_back went_back renege reneged",
        &[],
        &[],
    ),
    event("sign", "sign signs signed signing signature conclude concluded", &[EventType::Agree], &[Mode::Sign]),
    act("ratify", "ratify ratifies ratified ratification approve approved approves approval adopt adopted adoption"),
    act("vote", "vote votes voted voting ballot approve approved abstain abstained"),
    event(
        "release",
        "release released releases releasing free freed frees set_free exchange exchanged exchanges swap swapped return \
         returned hand_over handed_over hand_back gave_back came_home repatriate repatriated receive received",
        &[EventType::Concede],
        &[Mode::Release],
    ),
    event(
        "lift",
        "lift lifts lifted lifting ease eased relax relaxed end ended ends remove removed revoke revoked",
        &[],
        &[],
    ),
    event(
        "sanction",
        "sanction sanctions sanctioned impose imposes imposed imposing blacklist blacklisted embargo ban bans banned freeze \
         froze frozen",
        &[EventType::Sanction],
        &[],
    ),
    event(
        "halt",
        "halt halted halts halting suspend suspended suspends suspension stop stopped stops stopping pause paused freeze froze \
         frozen cut cuts interrupt interrupted cease ceased discontinue discontinued",
        &[EventType::Sanction],
        &[Mode::DiscontinueAid],
    ),
    event(
        "cancel",
        "cancel cancelled canceled cancels cancellation call_off called_off drop dropped scrap scrapped postpone postponed \
         postponement",
        &[],
        &[],
    ),
    event(
        "aid",
        "aid assistance support supplies supply supplied relief humanitarian fund funds funding finance money donate donated",
        &[EventType::Aid],
        &[],
    ),
    act("pay", "pay pays paid paying payment finance financed fund funded foot_bill cost costs"),
    act("send", "send sends sent sending dispatch dispatched deploy deployed deliver delivered launch launched"),
    act(
        "arrive",
        "reach reached reaches arrive arrived arrives arrival land landed lands deliver delivered delivery come came get_to got_to",
    ),
    event(
        "protest",
        "protest protests protested demonstrate demonstrated demonstration demonstrations march marched marches rally rallied \
         rallies strike riot",
        &[EventType::Protest],
        &[],
    ),
    event(
        "pressure",
        "leverage pressure pressured pressuring tactic tactics compel compelled compels forced coerce coerced lever \
         push pushed induce induced",
        &[EventType::Coerce, EventType::Threaten],
        &[],
    ),
    act(
        "implement",
        "implement implemented implementation enforce enforced effect begin began begins start started take_effect",
    ),
    act(
        "change",
        "change changed changes shift shifted adjust adjusted revise revised revision alter altered later extend extended",
    ),
    act("clarify", "clarify clarified clarification clarifications specify specified"),
    act("end", "end ends ended ending resolve resolved resolves settle settled over finish finished stop stopped"),
    act(
        "reserve",
        "reservation reservations caveat caveats objection objections condition conditions reserve reserves qualm qualms \
         proviso misgivings concern concerns",
    ),
    act("confirm", "confirm confirmed confirms confirmation verify verified corroborate corroborated"),
    act("violate", "violate violated violates violation violations breach breached breaches break broke broken"),
    act("elect", "elect elected election win won wins"),
    act("appoint", "appoint appointed appoints name named nominate nominated"),
    act("resign", "resign resigned resigns resignation step_down stepped_down quit"),
    thing("truce", "truce truces ceasefire ceasefires cease_fire pause armistice"),
    thing("plan", "plan plans proposal proposals paper text initiative agreement accord deal pact offer draft"),
    thing("ceasefire plan", "truce ceasefire plan proposal"),
    thing("side", "side sides party parties"),
    thing("war", "war wars conflict conflicts fighting hostilities invasion"),
    thing("people", "people person persons civilian civilians resident residents man men woman women child children"),
    thing("soldier", "soldier soldiers troops troop forces force serviceman servicemen fighter fighters army men"),
    thing("airman", "airman airmen pilot pilots crew"),
    thing(
        "prisoner",
        "prisoner prisoners captive captives detainee detainees hostage hostages soldier soldiers servicemen",
    ),
    thing("demonstrator", "demonstrator demonstrators protester protesters marcher marchers"),
    thing("gun", "gun guns howitzer howitzers artillery weapon weapons arms"),
    thing("bomb", "bomb bombs munition munitions weapon weapons"),
    thing("message", "message messages letter letters"),
    thing("territory", "territory territories land lands area areas region"),
    thing("leader", "leader leaders president prime_minister chief"),
    thing("talks", "talks negotiations discussions dialogue meeting conversation"),
    thing("observer", "observer observers monitor monitors"),
    thing("drone", "drone drones uav uavs"),
    thing("telephone", "telephone phone call"),
];

/// Words that say nothing of what is asked.
const PLAIN: &str = " a about hold holds held holding went gone goes after again all also an and any anyone anybody are as at be been before being between both but by can could \
    did do does doing done during each either else ever for from get gets give gives given gave go goes had happen happened \
    happens happening has have having he her him his how i if in into is it its itself just keep kept keeps made make makes many may \
    me might more most much my new no nor not of off on one or other our out over own place put so some soon still such take \
    takes taken taking than that the their them themselves then there these they this those through to together toward towards under \
    up upon us use used uses very was we were what when where whether which while who whom whose why will with would yet you \
    your carry carried first near against ’ ' s whatsoever attach attached so-called if us exactly currently now today ";

/// Verbs whose stem is that of a noun with another meaning; they are taken whole: a state has not stated.
const WHOLE: &str = " stated forced noted ordered charged pressed called calls hosted tabled ";

/// Stem to the classes that have a word with it.
static CLASSES: LazyLock<BTreeMap<String, Vec<usize>>> = LazyLock::new(|| {
    let mut classes: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for (index, kin) in KIN.iter().enumerate() {
        for word in kin.words.split_whitespace() {
            let stem = word.split('_').map(stem).collect::<Vec<_>>().join("_");
            let of = classes.entry(stem).or_default();
            if !of.contains(&index) {
                of.push(index);
            }
        }
    }
    classes
});

/// The classes of a stem, or of two stems joined by `_`.
pub fn classes(stem: &str) -> &'static [usize] {
    CLASSES.get(stem).map_or(&[], Vec::as_slice)
}

/// The class of this name.
pub fn class(name: &str) -> Option<usize> {
    KIN.iter().position(|kin| kin.name == name)
}

/// The words of a class that stand alone, as they are searched for.
pub fn searched(class: usize) -> impl Iterator<Item = &'static str> {
    KIN[class].words.split_whitespace().filter(|word| !word.contains('_') && word.len() > 2)
}

/// Whether a word in small letters says nothing of what is asked.
pub fn is_plain(word: &str) -> bool {
    PLAIN.contains(&format!(" {word} "))
}

/// A word in small letters without its ending.
pub fn stem(word: &str) -> String {
    if WHOLE.contains(&format!(" {word} ")) {
        return word.to_owned();
    }
    let long = |stem: &str, least: usize| stem.chars().count() >= least;
    let mut stem = word.to_owned();
    if let Some(rest) = word.strip_suffix("ies").or_else(|| word.strip_suffix("ied"))
        && long(rest, 2)
    {
        return format!("{rest}y");
    }
    for ending in ["ings", "ing", "ed", "es", "s"] {
        if let Some(rest) = word.strip_suffix(ending)
            && long(rest, 3)
            && !(ending == "s" && rest.ends_with(['s', 'u', 'i']))
        {
            stem = rest.to_owned();
            break;
        }
    }
    let letters: Vec<char> = stem.chars().collect();
    if let [.., a, b] = letters[..]
        && letters.len() > 3
        && a == b
        && !"lsz".contains(a)
        && stem.len() < word.len()
    {
        stem.pop();
    }
    if letters.len() > 3 && stem.ends_with('e') {
        stem.pop();
    }
    stem
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn endings_go() {
        for (word, other) in [
            ("encircled", "encircle"),
            ("stopped", "stop"),
            ("territories", "territory"),
            ("accused", "accuse"),
            ("killing", "kill"),
            ("promises", "promise"),
        ] {
            assert_eq!(stem(word), stem(other), "{word}");
        }
        assert_eq!(stem("press"), "press");
        assert_eq!(stem("bus"), "bus");
    }

    #[test]
    fn a_word_finds_its_class() {
        let named = |word: &str| classes(&stem(word)).iter().map(|class| KIN[*class].name).collect::<Vec<_>>();
        assert!(named("proposed").contains(&"propose"));
        assert!(named("truce").contains(&"truce"));
        assert!(named("banana").is_empty());
        assert!(is_plain("who") && !is_plain("bridge"));
    }
}
