//! Furniture: what belongs to the page and not to the report is set apart.
//!
//! In: the text and its paragraphs. Out: the paragraphs to read, and the stretches that are furniture, each with its rule.
//! Furniture is short, stands alone, and says the same things on every page: share, subscribe, see also, photo by. A paragraph
//! goes only when its first words, its last words or all of them are such a formula; what may be prose stays. At the edges
//! of a paragraph a formula goes too, where a wide gap or a full stop sets it off.
//! **Invariant:** furniture and paragraphs do not overlap, and together they hold every word of the text.

use alloc::string::String;
use alloc::vec::Vec;

use super::{Furniture, dates};
use crate::span::Span;

/// The longest paragraph that can be furniture, in bytes.
const LONGEST: usize = 700;

/// Parts the paragraphs from the furniture.
pub(super) fn part(text: &str, paragraphs: &[Span]) -> (Vec<Span>, Vec<Furniture>) {
    let shouted = shouted(text);
    let mut kept = Vec::new();
    let mut noise = Vec::new();
    for (index, span) in paragraphs.iter().enumerate() {
        let mut rest = *span;
        if let Some(rule) = Line::of(rest.of(text), index, shouted).and_then(|line| line.rule()) {
            noise.push(Furniture { span: rest, rule });
            continue;
        }
        let first = noise.len();
        while let Some((start, rule)) = tail(rest.of(text)) {
            let at = rest.start as usize + start;
            noise.insert(first, Furniture { span: Span::new(at, rest.end as usize).trimmed(text), rule });
            rest = Span::new(rest.start as usize, at).trimmed(text);
        }
        if !rest.is_empty() {
            kept.push(rest);
        }
    }
    (kept, noise)
}

/// Whether the text as a whole is set in capitals.
fn shouted(text: &str) -> bool {
    let letters = text.chars().take(20_000).filter(|c| c.is_alphabetic());
    let (upper, lower) = letters.fold((0, 0), |(u, l), c| if c.is_uppercase() { (u + 1, l) } else { (u, l + 1) });
    upper > lower
}

/// The formula at the end of a paragraph of prose: where it begins, and its rule.
fn tail(words: &str) -> Option<(usize, &'static str)> {
    let near = super::markup::floor(words, words.len().saturating_sub(LONGEST));
    let last = &words[near..];
    // a wide gap sets a column or a layer of the page apart
    let gap = last.rfind("   ").map(|at| near + at + 3);
    let formula = ["Follow ", "The views expressed in this "]
        .iter()
        .filter_map(|start| last.rfind(start))
        .max()
        .map(|at| near + at);
    [gap, formula].into_iter().flatten().find_map(|at| {
        let before = words[..at].trim_end();
        let set_off = before.len() + 3 <= at || before.ends_with(['.', '!', '?', '”', '"', '’']);
        // a paragraph that is nothing but the formula was judged before
        let line = Line::of(words[at..].trim(), usize::MAX, true).filter(|_| set_off && !before.is_empty())?;
        let rule = line.rule()?;
        matches!(rule, "subscription" | "disclaimer" | "share-button" | "advertisement" | "read-more")
            .then_some((at, rule))
    })
}

const SHARE_UNITS: &[&str] =
    &["share", "comment", "like", "view", "tweet", "retweet", "reaction", "reply", "replie", "vote", "claps", "repost"];
const SHARE_WORDS: &[&str] = &[
    "share",
    "tweet",
    "email",
    "e-mail",
    "print",
    "facebook",
    "twitter",
    "whatsapp",
    "linkedin",
    "pinterest",
    "reddit",
    "telegram",
    "flipboard",
    "messenger",
    "bookmark",
    "instagram",
    "youtube",
    "bluesky",
    "threads",
    "copy",
    "save",
];
const SHARE_FILLERS: &[&str] = &[
    "x",
    "this",
    "article",
    "story",
    "page",
    "on",
    "via",
    "to",
    "with",
    "by",
    "link",
    "post",
    "and",
    "or",
    "clipboard",
    "now",
];

const ADVERTISEMENTS: &[&str] = &[
    "advertisement",
    "advertisements",
    "advertising",
    "ad",
    "sponsored",
    "sponsored content",
    "paid content",
    "paid post",
    "advertisement - scroll to continue",
    "scroll to continue",
    "scroll to continue with content",
    "promoted",
    "ad feedback",
];
const ADVERTISEMENT_STARTS: &[&str] = &[
    "advertisement ",
    "article continues below",
    "article continues after",
    "story continues below",
    "story continues after",
    "continue reading below",
    "continues after advertisement",
];

/// Openings of pointers that need a mark behind them to be one.
const POINTERS: &[&str] = &[
    "read more",
    "read also",
    "also read",
    "see also",
    "read next",
    "read this",
    "related",
    "related story",
    "related stories",
    "related article",
    "related articles",
    "further reading",
    "recommended",
    "watch",
    "watch more",
    "watch live",
    "watch now",
    "listen",
    "more",
    "more on this",
    "more on this story",
    "more from",
    "must read",
    "don't miss",
    "in pictures",
    "in photos",
    "you may also like",
    "live updates",
    "editor's picks",
    "up next",
];
/// Openings of pointers that are pointers by themselves.
const POINTER_STARTS: &[&str] = &[
    "read more",
    "read the report of",
    "read the full",
    "see the video",
    "view video",
    "watch the video",
    "watch tv",
    "more messages on",
    "you can read more",
    "you can find more",
    "you can read our full story",
    "for more information, please visit",
    "the rest of the text",
    "the rest of the article",
    "continuation of the material",
    "other topics of interest",
    "you may also like",
    "you might also like",
    "you might be interested",
    "continue reading",
    "video video",
    "video ad feedback",
    "click here for",
    "you can also listen to",
];

const SUBSCRIPTION_STARTS: &[&str] = &[
    "sign up",
    "subscribe",
    "join us",
    "join our",
    "follow us",
    "follow our",
    "follow this author",
    "get our",
    "get the latest",
    "get breaking news",
    "click here",
    "tap here",
    "download the",
    "download our",
    "newsletter",
    "support our",
    "donate",
    "become a member",
    "become a subscriber",
    "register now",
    "thank you for being with us",
    "we are glad that you are with us",
    "new you can now listen",
    "get unlimited access",
    "already a subscriber",
    "start your free trial",
    "help ukraine, join the collection",
    "support independent journalism",
    "stay informed",
    "like us on",
];
const NETWORKS: &[&str] = &[
    "twitter",
    "facebook",
    "instagram",
    "telegram",
    "linkedin",
    "youtube",
    "threads",
    "whatsapp",
    "tiktok",
    "bluesky",
    "x",
    "mastodon",
];

const CREDIT_STARTS: &[&str] = &[
    "photo:",
    "photos:",
    "photo by",
    "photo credit",
    "photo courtesy",
    "photo:",
    "cover photo",
    "image:",
    "images:",
    "image credit",
    "image source",
    "picture:",
    "pictures:",
    "picture by",
    "credit:",
    "credits:",
    "caption:",
    "graphic:",
    "infographic:",
    "file photo",
    "file image",
    "photograph:",
    "photograph by",
    "illustration:",
    "illustration by",
    "video:",
    "video by",
    "view image in fullscreen",
    "source:",
    "sources:",
    "getty images",
    "(photo",
    "[photo",
    "hide caption",
    "toggle caption",
    "enlarge this image",
];
/// Agencies and archives that stand behind a caption.
const ARCHIVES: &[&str] = &[
    "getty images",
    "shutterstock",
    "ap photo",
    "via ap",
    "via reuters",
    "via afp",
    "via getty",
    "/ap",
    "/afp",
    "/reuters",
    "/epa",
    "/pa",
    "/shutterstock",
    "/afp via getty images",
    "east news",
    "epa-efe",
    "anadolu agency",
    "pool photo",
];
/// Agencies whose name in capitals behind a caption is its credit.
const AGENCIES: &[&str] = &[
    "AP",
    "AFP",
    "PAP",
    "EPA",
    "TASS",
    "ANSA",
    "DPA",
    "UPI",
    "EFE",
    "TVN24",
    "BelTA",
    "Reuters",
    "REUTERS",
    "dpa",
    "Xinhua",
    "Interfax",
    "Ukrinform",
    "Kyodo",
    "ANI",
    "PTI",
    "IRNA",
    "SANA",
    "Bloomberg",
    "CNN",
    "RFE/RL",
];

const NAVIGATION: &[&str] = &[
    "home",
    "menu",
    "search",
    "log in",
    "login",
    "sign in",
    "sign out",
    "my account",
    "skip to content",
    "skip to main content",
    "back to top",
    "next",
    "previous",
    "prev",
    "more",
    "loading",
    "loading...",
    "related articles",
    "related stories",
    "related topics",
    "related",
    "most read",
    "most popular",
    "trending",
    "trending now",
    "latest",
    "latest news",
    "top stories",
    "editors' picks",
    "editor's picks",
    "listen",
    "listen to this article",
    "listen to article",
    "listen to this story",
    "comments",
    "leave a comment",
    "view comments",
    "show comments",
    "post a comment",
    "tags",
    "topics",
    "contents",
    "table of contents",
    "expand",
    "collapse",
    "close",
    "show more",
    "load more",
    "view more",
    "see more",
    "view all",
    "see all",
    "read more",
    "live",
    "watch live",
    "contact us",
    "about us",
    "privacy policy",
    "terms of use",
    "terms of service",
    "terms and conditions",
    "download pdf",
    "go to homepage",
    "abstract",
    "abstract.",
    "full text",
    "full text.",
    "ol",
    "op",
    "url",
    "copied",
    "link copied",
    "key points",
    "recommended stories",
    "end of list",
    "external",
    "view image in fullscreen",
    "text size",
    "translate",
    "select language",
    "enlarge",
    "article",
    "image",
    "gallery",
    "video",
    "view video",
    "keep reading",
    "list of 3 items",
    "list of 4 items",
    "click here",
    "for immediate release download pdf",
];

const PRESS_STARTS: &[&str] = &[
    "for press inquiries",
    "for media inquiries",
    "for press enquiries",
    "for media enquiries",
    "for further information",
    "for more information",
    "for additional information",
    "for any questions",
    "for questions",
    "media contact",
    "press contact",
    "media inquiries",
    "press inquiries",
    "please submit any media",
    "for updates, follow",
    "for interviews",
];
const CREDIT_LINES: &[&str] = &[
    "reporting by",
    "(reporting by",
    "additional reporting by",
    "(additional reporting by",
    "editing by",
    "(editing by",
    "writing by",
    "(writing by",
    "compiled by",
    "edited by",
    "translated by",
    "with reporting by",
    "author/author",
    "author/ author",
    "author / author",
    "the article comes from",
    "this article originally appeared",
    "this article was originally published",
    "this story was originally published",
];

/// One paragraph as the rules see it.
struct Line<'t> {
    words: &'t str,
    /// In lower case, with straight apostrophes and single spaces.
    lower: String,
    count: usize,
    /// Number of the paragraph, from 0.
    index: usize,
    /// Whether capitals mean nothing here.
    shouted: bool,
}

impl<'t> Line<'t> {
    fn of(words: &'t str, index: usize, shouted: bool) -> Option<Self> {
        if words.is_empty() || words.len() > LONGEST {
            return None;
        }
        let mut lower = String::with_capacity(words.len());
        for word in words.split_whitespace() {
            if !lower.is_empty() {
                lower.push(' ');
            }
            lower.extend(
                word.chars().map(|c| if matches!(c, '’' | '‘') { '\'' } else { c }).flat_map(char::to_lowercase),
            );
        }
        let count = words.split_whitespace().count();
        Some(Line { words, lower, count, index, shouted })
    }

    fn starts(&self, formulas: &[&str]) -> bool {
        formulas.iter().any(|formula| {
            self.lower.strip_prefix(formula).is_some_and(|rest| {
                !rest.starts_with(char::is_alphanumeric) || !formula.ends_with(char::is_alphanumeric)
            })
        })
    }

    fn is(&self, labels: &[&str]) -> bool {
        let bare = self.lower.trim_end_matches([':', '»', '›', '>', '→', '↓', ' ']);
        labels.contains(&bare)
    }

    /// Whether the paragraph is in the head of the document, where the masthead reads it.
    fn in_head(&self) -> bool {
        self.index < 4
    }

    fn rule(&self) -> Option<&'static str> {
        let tests: [(&'static str, bool); 17] = [
            ("separator-line", !self.words.contains(char::is_alphanumeric)),
            ("share-counter", self.is_counter()),
            ("timestamp-bar", self.is_timestamp()),
            ("share-button", self.is_share_button()),
            ("advertisement", self.is(ADVERTISEMENTS) || self.count <= 10 && self.starts(ADVERTISEMENT_STARTS)),
            ("copyright-line", self.is_copyright()),
            ("cookie-notice", self.is_cookie_notice()),
            ("press-contact", self.is_press_contact()),
            ("disclaimer", self.is_disclaimer()),
            ("image-credit", self.is_credit()),
            ("credits-line", self.is_credits_line()),
            ("social-post", self.is_social_post()),
            ("navigation", self.is(NAVIGATION) || self.is_trail()),
            ("subscription", self.is_subscription()),
            ("read-more", self.is_pointer()),
            ("inset-headline", self.is_inset_headline()),
            ("image-credit", self.is_video_label()),
        ];
        tests.into_iter().find(|(_, fits)| *fits).map(|(rule, _)| rule)
    }

    /// `0`, `1.2k`, `12 shares`, `Comments (3)`
    fn is_counter(&self) -> bool {
        let bare = self.lower.replace(['(', ')', '+'], " ");
        let words: Vec<&str> = bare.split_whitespace().collect();
        let number = |word: &str| {
            let digits = word.trim_end_matches(['k', 'm', '.']);
            !digits.is_empty()
                && digits.len() <= 9
                && digits.bytes().all(|b| b.is_ascii_digit() || matches!(b, b',' | b'.'))
        };
        let unit = |word: &str| SHARE_UNITS.contains(&word.trim_end_matches('s'));
        match words[..] {
            [only] => number(only),
            [first, second] => number(first) && unit(second) || unit(first) && number(second),
            _ => {
                !words.is_empty()
                    && words.len() <= 8
                    && words.chunks(2).all(|pair| matches!(pair, [n, u] if number(n) && unit(u)))
            }
        }
    }

    /// `5 min read`, `3 hours ago`, `Updated: 14 March 2025`
    fn is_timestamp(&self) -> bool {
        let read = self.count <= 6
            && (self.lower.ends_with("min read")
                || self.lower.ends_with("minute read")
                || self.lower.ends_with("minutes read"));
        let ago = self.count <= 6 && self.lower.ends_with(" ago") && self.lower.contains(|c: char| c.is_ascii_digit());
        let label = ["updated", "last updated", "last modified", "published", "posted", "first published", "created"]
            .iter()
            .filter_map(|label| self.lower.strip_prefix(label))
            .map(|rest| rest.trim_start_matches([':', ' ']).trim_start_matches("on "))
            .any(|rest| dates::printed(rest).is_some() || rest.ends_with(" ago"));
        read || ago || label && self.count <= 12 && !self.in_head()
    }

    fn is_share_button(&self) -> bool {
        let mut strong = false;
        let fits = self
            .lower
            .split(|c: char| c.is_whitespace() || matches!(c, '|' | ',' | '/' | '•' | '·'))
            .filter(|word| !word.is_empty())
            .all(|word| {
                let named = SHARE_WORDS.contains(&word);
                strong |= named;
                named || SHARE_FILLERS.contains(&word)
            });
        fits && strong && self.count <= 14
    }

    fn is_copyright(&self) -> bool {
        let opens = self.words.starts_with('©') || self.starts(&["copyright", "(c) 1", "(c) 2"]);
        let dated = self.lower.contains('©') || self.lower.contains(|c: char| c.is_ascii_digit());
        self.count <= 60 && (opens && dated || self.lower.contains("all rights reserved"))
    }

    fn is_cookie_notice(&self) -> bool {
        let asks = [
            "we use",
            "this site uses",
            "this website uses",
            "our site uses",
            "accept all",
            "your consent",
            "cookie policy",
            "cookie settings",
        ];
        self.starts(&["we need your consent"])
            || self.lower.contains("cookie") && asks.iter().any(|ask| self.lower.contains(ask))
    }

    fn is_press_contact(&self) -> bool {
        let asks = ["contact", "visit", "see ", "@", "follow", "http", "www.", "web form"];
        self.count <= 70 && self.starts(PRESS_STARTS) && asks.iter().any(|ask| self.lower.contains(ask))
    }

    fn is_disclaimer(&self) -> bool {
        let own = ["own", "necessarily", "editorial"];
        self.count <= 70
            && self.starts(&[
                "the views expressed",
                "views expressed",
                "the opinions expressed",
                "opinions expressed",
                "the views and opinions",
            ])
            && own.iter().any(|word| self.lower.contains(word))
    }

    /// `Photo: Jane Doe`, `A ship leaves port (Jane Doe/AP)`, `Image 1 of 3`
    fn is_credit(&self) -> bool {
        if self.starts(CREDIT_STARTS) && self.count <= if self.lower.starts_with("source") { 14 } else { 60 } {
            return true;
        }
        if self.starts(&["image "])
            && self.lower.contains(" of ")
            && self.count <= 8
            && self.lower.contains(|c: char| c.is_ascii_digit())
        {
            return true;
        }
        if self.count > 80 {
            return false;
        }
        let bare = self.words.trim_end_matches(['.', ' ']);
        // a credit in brackets: names in capitals around a stroke, or an archive by name
        if let Some(open) = bare.rfind(['(', '[']).filter(|_| bare.ends_with([')', ']'])) {
            let inside = bare[open + 1..].trim_end_matches([')', ']']);
            let folded = inside.to_lowercase();
            let named = inside.contains('/')
                && !inside.contains(|c: char| c.is_ascii_digit())
                && inside
                    .split(|c: char| c.is_whitespace() || c == '/')
                    .filter(|w| !w.is_empty())
                    .all(|w| w.starts_with(char::is_uppercase) || w == "via");
            let stops = self.words.matches(". ").count();
            let short = stops <= 1 && self.count <= 40 || self.index > 0 && stops <= 2 && self.count <= 60;
            return short
                && !inside.is_empty()
                && open > 0
                && (named || ARCHIVES.iter().any(|archive| folded.contains(archive)));
        }
        let ends = ARCHIVES.iter().any(|archive| self.lower.trim_end_matches(['.', ' ']).ends_with(archive));
        if ends && self.index > 0 {
            return true;
        }
        // a caption without a full stop, its agency or site behind it
        let last = self.words.split_whitespace().next_back().unwrap_or("");
        let site = last.split_once('.').is_some_and(|(name, end)| {
            name.len() >= 3
                && name.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-')
                && (2..=4).contains(&end.len())
                && end.bytes().all(|b| b.is_ascii_lowercase())
        });
        (2..=16).contains(&self.count)
            && self.index > 0
            && (site || AGENCIES.contains(&last) && !self.words.contains(['"', '“', ',']))
            && !self.words.ends_with('.')
    }

    /// `Reporting by Jane Doe; Editing by John Roe`, `(PMD)`, `Reuters`
    fn is_credits_line(&self) -> bool {
        if self.count <= 60
            && (self.starts(CREDIT_LINES)
                || self.lower.contains("contributed to this report")
                || self.lower.contains("contributed reporting"))
        {
            return true;
        }
        if self.in_head() {
            return false;
        }
        let inside = self.words.strip_prefix('(').and_then(|rest| rest.strip_suffix(')'));
        let initials = inside.is_some_and(|inside| {
            (2..=6).contains(&inside.len()) && inside.bytes().all(|b| b.is_ascii_uppercase() || b == b'/')
        });
        let agencies = self.words.split(['/', ',']).map(str::trim).all(|name| AGENCIES.contains(&name));
        initials || agencies || self.starts(&["author:", "by:"]) && self.count <= 14
    }

    fn is_social_post(&self) -> bool {
        let link = self.lower.contains("pic.twitter.com/")
            || self.lower.contains("https://t.co/")
            || self.lower.starts_with("<tweet ") && self.lower.contains("><");
        let signature = self.words.starts_with(['—', '–', '-']) && self.lower.contains("(@");
        self.count <= 80 && (link || signature)
    }

    /// A trail of short labels: `Home > World > Europe`, `News | Sport | Weather`
    fn is_trail(&self) -> bool {
        ['>', '|', '»', '›', '•', '·'].iter().any(|mark| {
            let labels: Vec<&str> = self.words.split(*mark).map(str::trim).collect();
            labels.len() >= 3
                && labels[1..].iter().filter(|label| !label.is_empty()).count() >= 2
                && labels.iter().all(|label| label.split_whitespace().count() <= 3 && !label.ends_with('.'))
        })
    }

    fn is_subscription(&self) -> bool {
        if self.count > 60 {
            return false;
        }
        if self.starts(SUBSCRIPTION_STARTS) {
            return true;
        }
        if let Some(rest) = self.lower.strip_prefix("follow ") {
            let network = NETWORKS
                .iter()
                .any(|network| rest.trim_end_matches(['.', '!']).ends_with(&alloc::format!(" on {network}")));
            return rest.starts_with('@')
                || network && self.count <= 14
                || rest.ends_with(':') && self.count <= 6
                || rest.contains("on twitter for updates");
        }
        let asks = ["sign up", "subscribe", "inbox", "click here", "free trial"];
        let offers =
            ["newsletter", "subscription", "fox nation", "our app", "news app", "our coverage", "our live coverage"];
        let asked =
            asks.iter().any(|ask| self.lower.contains(ask)) && offers.iter().any(|offer| self.lower.contains(offer));
        let tracked = self.starts(&["you can track", "you can follow"]) && self.lower.contains("our live");
        let newsletter =
            self.count <= 12 && self.lower.contains(" newsletter") && self.index > 0 && !self.words.ends_with('.');
        (self.count <= 40 && asked) || tracked || newsletter
    }

    fn is_pointer(&self) -> bool {
        if self.starts(&["other topics of interest"]) {
            return true;
        }
        if self.count > 40 {
            return false;
        }
        if self.starts(POINTER_STARTS) {
            return true;
        }
        let pointed = POINTERS.iter().filter_map(|start| self.lower.strip_prefix(start)).any(|rest| {
            rest.starts_with([':', '|', '»', '›', '>', '→'])
                || rest.starts_with(" |")
                || rest.starts_with(" >")
                || rest.starts_with(" »")
        });
        let elsewhere = ["main page", "home page", "homepage"].iter().any(|page| self.lower.contains(page));
        // "Video", then the title of one: a label where no full stop makes it a sentence
        let titled = self.words.strip_prefix("Video ").is_some_and(|rest| rest.starts_with(char::is_uppercase));
        let video = titled && self.count >= 4 && self.index > 0 && !self.words.ends_with('.');
        // above all else such a line may be the report's own title
        pointed && self.index > 0
            || video
            || elsewhere && self.starts(&["more", "read", "see", "find", "you can find", "you can read"])
    }

    /// The headline of another report, in capitals, without a full stop.
    fn is_inset_headline(&self) -> bool {
        let letters = self.words.chars().filter(|c| c.is_alphabetic()).count();
        let lower = self.words.chars().filter(|c| c.is_lowercase()).count();
        let label =
            self.words.contains('(') || self.words.ends_with(|c: char| matches!(c, '.' | ':') || c.is_ascii_digit());
        !self.shouted && self.index > 0 && self.count >= 5 && letters >= 16 && lower == 0 && !label
    }

    /// `1:02 The minister explains – video`
    fn is_video_label(&self) -> bool {
        let (minutes, seconds) = self
            .lower
            .split_once(' ')
            .map_or(self.lower.as_str(), |(time, _)| time)
            .split_once(':')
            .unwrap_or(("", ""));
        let timed = !minutes.is_empty()
            && minutes.len() <= 2
            && seconds.len() == 2
            && minutes.bytes().chain(seconds.bytes()).all(|b| b.is_ascii_digit());
        let video = self.lower.ends_with("– video") || self.lower.ends_with("- video");
        self.count <= 25 && (timed && (video || self.count == 1) || video && self.index > 0)
    }
}
