//! Intake, tested on documents of our own: what is kept, what is cut, and what no bytes may break.
//!
//! In: small reports, pages and broken bytes written here. Out: nothing.
//! **Invariant:** no test looks at a file.

use alloc::format;
use alloc::string::String;
use alloc::vec;
use alloc::vec::Vec;

use super::*;

fn text(bytes: &[u8]) -> Document {
    read(&Source { bytes, ..Source::default() })
}

fn html(page: &str) -> Document {
    read(&Source { bytes: page.as_bytes(), media: Media::Html, ..Source::default() })
}

fn doubts(document: &Document) -> Vec<&'static str> {
    document.doubts.iter().map(|doubt| doubt.code).collect()
}

fn noise(words: &str) -> Vec<(&'static str, String)> {
    let document = text(words.as_bytes());
    document.noise.iter().map(|found| (found.rule, found.span.of(&document.text).into())).collect()
}

fn kept(document: &Document) -> Vec<&str> {
    document.paragraphs.iter().map(|span| span.of(&document.text)).collect()
}

const PROSE: &str =
    "The two foreign ministers met in the old harbour on Tuesday and agreed to meet again before the end of the month.";

/// A page as newspapers make them, with its metadata, menus and margins.
fn page() -> String {
    let mut page = String::from(
        r#"<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>Harbour talks end without a deal | The Daily Harbour</title>
<meta property="og:title" content="Harbour talks end without a deal"><meta property="og:site_name" content="The Daily Harbour">
<script type="application/ld+json">{"@context":"https://schema.org","@graph":[{"@type":"WebSite","name":"x"},
{"@type":"NewsArticle","headline":"Harbour talks end without a deal","datePublished":"2025-03-14T18:30:00+01:00",
"dateModified":"2025-03-16T08:00:00+01:00","author":[{"@type":"Person","name":"Jane Doe"},{"@type":"Person","name":"John Roe"}],
"publisher":{"@type":"Organization","name":"The Daily Harbour"}}]}</script><style>p{color:red}</style></head><body>
<header><nav><ul><li><a href="/">Home</a></li><li><a href="/world">World</a></li><li><a href="/sport">Sport</a></li></ul></nav></header>
<main><article><h1>Harbour talks end without a deal</h1><p class="byline">By <a rel="author" href="/jane">Jane Doe</a></p>
<figure><img src="a.jpg"><figcaption>Ministers in the harbour. Photo: Example Agency</figcaption></figure>"#,
    );
    for index in 0..8 {
        page.push_str(&format!(
            "<p>{PROSE} <em>Delegation {index}</em> said that the terms were &ldquo;close&rdquo;, but that more time was needed.</p>\n"
        ));
    }
    page.push_str(
        r#"<div class="share"><button>Share</button></div></article></main><aside><h3>Most read</h3><a href="/1">Another story altogether</a></aside>
<footer><p>© 2025 The Daily Harbour. All rights reserved.</p></footer><script>var x = "<p>no text</p>";</script></body></html>"#,
    );
    page
}

#[test]
fn plain_text_keeps_its_characters() {
    let words = "Ärger in Wien\r\n\r\n  “We go,” he said.\t\u{a0}Then…\r\n";
    assert_eq!(text(words.as_bytes()).text, words);
    let marked = format!("\u{feff}{words}");
    assert_eq!(text(marked.as_bytes()).text, words);
    assert_eq!(doubts(&text(words.as_bytes())), Vec::<&str>::new());
}

#[test]
fn wide_encodings_are_read_with_and_without_a_mark() {
    let words = "The envoy’s talks went on.\n\nNobody left the room before midnight.";
    for (swap, mark) in [(false, false), (false, true), (true, false), (true, true)] {
        let mut bytes = Vec::new();
        for unit in mark.then_some(0xFEFF).into_iter().chain(words.encode_utf16()) {
            bytes.extend(if swap { unit.to_be_bytes() } else { unit.to_le_bytes() });
        }
        let document = text(&bytes);
        assert_eq!(document.text, words, "big end first: {swap}, mark: {mark}");
        assert_eq!(doubts(&document), Vec::<&str>::new());
    }
}

#[test]
fn legacy_bytes_are_read_and_said_so() {
    let document = text(b"The caf\xe9 near the Elys\xe9e was full of people who had come to hear the minister speak.");
    assert!(document.text.starts_with("The café near the Elysée"), "{}", document.text);
    assert_eq!(doubts(&document), ["guessed-encoding"]);
}

#[test]
fn a_declared_encoding_is_believed() {
    let page = b"<html><head><meta charset=\"iso-8859-2\"></head><body><p>Pan Wa\xb3\xeasa was there, and he said that he would come again.</p>";
    let document = read(&Source { bytes: page, ..Source::default() });
    assert!(document.text.starts_with("Pan Wałęsa"), "{}", document.text);
    assert_eq!(doubts(&document), Vec::<&str>::new());
}

#[test]
fn broken_bytes_are_replaced_and_said_so() {
    for bytes in [
        &b"The talks \xff\xfe went on for the day."[..],
        b"The talks \xc3\x28 went on for the day.",
        b"Caf\xc3\xa9 talks \xe2\x82 and more of them.",
    ] {
        let document = text(bytes);
        assert!(document.text.contains('\u{FFFD}'), "{}", document.text);
        assert_eq!(doubts(&document), ["undecodable-bytes"]);
    }
}

#[test]
fn what_is_no_text_is_not_read() {
    for bytes in [
        &b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR"[..],
        b"%PDF-1.7 words words",
        &[0; 64],
        b"\x7fELF\x02\x01\x01",
        &[1, 2, 3, 250, 251, 252, 5, 6],
    ] {
        let document = text(bytes);
        assert_eq!((document.text.as_str(), doubts(&document)), ("", vec!["not-text"]), "{bytes:?}");
    }
}

#[test]
fn nothing_is_nothing() {
    for bytes in [&b""[..], b" \n\t ", b"\xef\xbb\xbf"] {
        assert_eq!(doubts(&text(bytes)), ["empty"]);
        assert!(text(bytes).paragraphs.is_empty());
    }
    assert_eq!(doubts(&html("<html><body><script>x()</script></body></html>")), ["empty"]);
}

#[test]
fn what_is_too_long_is_cut_between_paragraphs() {
    let document = text(format!("{PROSE}\n\n").repeat(30_000).as_bytes());
    assert!(document.text.len() <= LARGEST && document.text.ends_with("of the month."));
    assert_eq!(doubts(&document), ["cut-short"]);
    let line = text("wörter ".repeat(600_000).as_bytes());
    assert!(line.text.len() <= LARGEST && line.text.ends_with("wörter"));
    let endless = text("ö".repeat(1_500_000).as_bytes());
    assert_eq!((endless.text.len(), doubts(&endless).contains(&"cut-short")), (LARGEST, true));
}

#[test]
fn a_page_becomes_the_text_of_its_article() {
    let document = read(&Source { bytes: page().as_bytes(), ..Source::default() });
    let paragraphs = kept(&document);
    assert!(paragraphs.iter().filter(|words| words.starts_with(PROSE)).count() == 8, "{}", document.text);
    assert!(document.text.contains("Delegation 3 said that the terms were “close”, but"), "{}", document.text);
    for furniture in ["Sport", "Another story", "All rights", "no text", "Example Agency", "color:red", "Share"] {
        assert!(!document.text.contains(furniture), "{furniture}");
    }
    let told = |words: &str| Some(Told { words: words.into(), basis: Basis::Metadata });
    assert_eq!(document.title, told("Harbour talks end without a deal"));
    assert_eq!(document.byline, told("Jane Doe, John Roe"));
    assert_eq!(document.publisher, told("The Daily Harbour"));
    assert_eq!(document.published, told("2025-03-14T18:30:00+01:00"));
    assert_eq!(document.language, "en");
    assert_eq!(doubts(&document), Vec::<&str>::new());
}

#[test]
fn the_caller_knows_better_than_the_page() {
    let page = page();
    let source = Source {
        bytes: page.as_bytes(),
        title: Some("Given"),
        published: Some("2025-03-15"),
        publisher: Some("Wire"),
        ..Source::default()
    };
    let document = read(&source);
    let told = |words: &str| Some(Told { words: words.into(), basis: Basis::Given });
    assert_eq!(
        (document.title, document.published, document.publisher),
        (told("Given"), told("2025-03-15"), told("Wire"))
    );
}

#[test]
fn metadata_is_right_or_absent() {
    let date = |head: &str, body: &str| {
        let page = format!("<html><head>{head}</head><body><article>{body}<p>{PROSE}</p></article></body></html>");
        html(&page).published.map(|told| told.words)
    };
    let meta = |name: &str, value: &str| format!("<meta name=\"{name}\" content=\"{value}\">");
    assert_eq!(
        date("<meta property='article:published_time' content='2025-03-14T10:00:00Z'>", ""),
        Some("2025-03-14T10:00:00Z".into())
    );
    assert_eq!(date(&meta("date", "14 March 2025"), ""), Some("14 March 2025".into()));
    assert_eq!(date(&meta("date", "today"), ""), None);
    assert_eq!(date(&meta("article:modified_time", "2025-03-14"), ""), None);
    assert_eq!(date(&meta("pubdate", "03/04/2025"), ""), None);
    assert_eq!(date("", "<time datetime='2025-03-14'>14 March</time>"), Some("2025-03-14".into()));
    assert_eq!(date("", "<time datetime='2025-03-14'>x</time><time datetime='2025-03-15'>y</time>"), None);
    let marked = "<time itemprop='datePublished' datetime='2025-03-14'>x</time><time datetime='2025-03-15'>y</time>";
    assert_eq!(date("", marked), Some("2025-03-14".into()));
    assert_eq!(date("<script type='application/ld+json'>{\"@type\":\"NewsArticle\", broken</script>", ""), None);
    assert_eq!(date("", ""), None);
    let bare = html(&format!("<p>{PROSE}</p>"));
    assert_eq!((bare.title, bare.byline, bare.publisher), (None, None, None));
}

#[test]
fn fragments_give_their_text() {
    assert_eq!(
        html("<p>One sentence.</p><p>Another <b>one</b>,<br>broken.</p><ul><li>First<li>Second</ul>").text,
        "One sentence.\n\nAnother one,\nbroken.\n\nFirst\n\nSecond"
    );
    assert_eq!(html("Only words, no tags at all.").text, "Only words, no tags at all.");
    assert_eq!(html("2 < 3 & 4 &gt; 1 <3 AT&amp;T").text, "2 < 3 & 4 > 1 <3 AT&T");
    assert_eq!(html("<pre>one\ntwo</pre>").text, "one\ntwo");
    assert_eq!(html("<table><tr><td>Men<td>5<tr><td>Women<td>6</table>").text, "Men\t5\n\nWomen\t6");
}

#[test]
fn unclosed_and_crossed_tags_lose_nothing() {
    assert_eq!(html("<div><p>One <b>two <i>three</b> four<div>five<p>six").text, "One two three four\n\nfive\n\nsix");
    assert_eq!(
        html("</div></p>One</b><a href=x>two<div>three</a>four").text,
        "One\n\ntwo\n\nthree\n\nfour".replace("One\n\ntwo", "Onetwo")
    );
    assert_eq!(html("before <!-- never closed <p>gone").text, "before");
    assert_eq!(html("before <p class=\"never closed>gone").text, "before");
    assert_eq!(html("before <script>never closed").text, "before never closed");
}

#[test]
fn markup_is_told_by_its_tags_or_its_name() {
    let is = |bytes: &str, name: Option<&str>| {
        read(&Source { bytes: bytes.as_bytes(), source: name, ..Source::default() }).text != bytes
    };
    assert!(is("<!DOCTYPE html><p>Words.</p>", None));
    assert!(is("<HTML><body>Words.", None));
    assert!(is("<p>One.</p><p>Two.</p>", None));
    assert!(is("Words &amp; words", Some("a/b.HTML")));
    assert!(!is("<p>One.</p><p>Two.</p>", Some("b.txt")));
    assert!(!is("If a < b and b > c, then <unknown> follows.", None));
    assert!(!is("He wrote <b>one</b> tag in a long text. And then he went on.", None));
}

#[test]
fn hostile_markup_is_cut_and_read() {
    let deep = html(&("<div>".repeat(10_000) + "the word at the bottom" + &"</div>".repeat(10_000) + "<p>and after"));
    assert_eq!((deep.text.as_str(), doubts(&deep)), ("the word at the bottom\n\nand after", vec!["cut-short"]));
    let attributes: String = (0..100_000).map(|index| format!("a{index}=\"1\" ")).collect();
    let crowded = html(&format!("<p {attributes}>the word inside</p>"));
    assert_eq!((crowded.text.as_str(), doubts(&crowded)), ("the word inside", vec!["cut-short"]));
    for flood in
        ["<b id=x>", "<li><dd>", "<table><tr><td>", "<a href=x><div>", "<svg>", "<p>x", "</p>", "<!--", "&", "<span>"]
    {
        let document = html(&(flood.repeat(20_000) + "<p>end"));
        assert!(document.text.len() < LARGEST);
    }
}

#[test]
fn no_bytes_make_it_panic() {
    let mut state = 0x2545_F491_4F6C_DD1Du64;
    let mut next = || {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        state
    };
    let pieces = [
        "<div class='article'>",
        "</div>",
        "<p>",
        "</p>",
        "<table>",
        "<td>",
        "</table>",
        "<a href='#x'>",
        "</a>",
        "<time datetime='2025-02-30'>",
        "<script type=application/ld+json>",
        "{\"@type\":[\"Article\"],\"author\":[1,{}]}",
        "</script>",
        "<br><br>",
        "word, and word. ",
        "<h1>",
        "</h1>",
        "<meta name=author content='&lt;b'>",
        "é",
        "“",
        "\u{202e}",
        "<",
        ">",
        "&#0;",
        "&bogus;",
        "\0",
        "<title>",
        "<li>",
        "Share",
        "\n\n",
        "(CNN) —",
        "<img>",
    ];
    for round in 0..400 {
        let bytes: Vec<u8> = if round % 2 == 0 {
            (0..next() % 300).map(|_| next() as u8).collect()
        } else {
            (0..next() % 120).flat_map(|_| pieces[next() as usize % pieces.len()].bytes()).collect()
        };
        for media in [Media::Unknown, Media::Html, Media::Text] {
            let document = read(&Source { bytes: &bytes, media, ..Source::default() });
            let words: usize = document.text.split_whitespace().map(str::len).sum();
            let spans = document.paragraphs.iter().copied().chain(document.noise.iter().map(|found| found.span));
            let covered: usize = spans.flat_map(|span| span.of(&document.text).split_whitespace()).map(str::len).sum();
            assert_eq!(covered, words, "{:?}", document.text);
        }
    }
}

#[test]
fn furniture_is_set_apart() {
    let cases = [
        ("0", "share-counter"),
        ("1.2k shares", "share-counter"),
        ("Comments (14)", "share-counter"),
        ("Share on Facebook", "share-button"),
        ("Share Tweet Email Print", "share-button"),
        ("ADVERTISEMENT", "advertisement"),
        ("Article continues below", "advertisement"),
        ("Read more: Ministers to meet again in May", "read-more"),
        ("Also read: The harbour in pictures", "read-more"),
        ("Sign up for our newsletter and get the news every morning", "subscription"),
        ("Follow us on Facebook", "subscription"),
        ("Follow The Harbour on Telegram", "subscription"),
        ("© 2025 The Daily Harbour", "copyright-line"),
        ("Copyright 2024 Example Ltd. All rights reserved.", "copyright-line"),
        ("Photo: Jane Doe/Example", "image-credit"),
        ("The harbour at dawn (Jane Doe/AFP)", "image-credit"),
        ("Image 2 of 5", "image-credit"),
        ("We use cookies to make this site better for you.", "cookie-notice"),
        ("Home > World > Europe", "navigation"),
        ("Skip to content", "navigation"),
        ("MINISTERS RETURN TO HARBOUR FOR ONE LAST ROUND OF TALKS", "inset-headline"),
        ("Reporting by Jane Doe; Editing by John Roe", "credits-line"),
        ("John Roe contributed to this report.", "credits-line"),
        ("For press inquiries, contact press@example.org.", "press-contact"),
        ("5 min read", "timestamp-bar"),
        ("Last updated: 14 March 2025", "timestamp-bar"),
        ("The opinions expressed here are the author’s own.", "disclaimer"),
        ("* * *", "separator-line"),
    ];
    for (line, rule) in cases {
        let words = format!("{PROSE}\n\n{PROSE}\n\n{PROSE}\n\n{PROSE}\n\n{line}\n\n{PROSE}");
        assert_eq!(noise(&words), [(rule, String::from(line))], "{line}");
        assert_eq!(kept(&text(words.as_bytes())), [PROSE; 5]);
    }
}

#[test]
fn prose_is_left_alone() {
    let lines = [
        "Follow the money, he said, and the harbour will tell its story.",
        "Share prices in the harbour company fell by a third on Monday.",
        "More than 40 people were hurt when the ferry ran aground.",
        "Related to the talks, a second meeting will be held.",
        "Watch towers were built along the border in 2014.",
        "Subscribers to the treaty met again in the spring.",
        "Print workers and postal workers went on strike.",
        "The minister said the cookie factory would reopen, according to the agency (Reuters).",
        "“We will not sign,” the minister said on Monday (local time).",
        "Source countries and transit countries disagreed over the quota for the third year.",
        "NATO, the EU and the UN said they would send observers.",
        "12 soldiers were killed.",
        "Next: the ministers will meet the president, and then they will sign the agreement in the presence of both the delegations, the observers, the guarantors of the earlier agreement, the press, and whoever else wishes to come to the harbour.",
        "Yes.",
    ];
    for line in lines {
        let words = format!("{PROSE}\n\n{line}\n\n{PROSE}");
        assert_eq!(noise(&words), [], "{line}");
    }
}

#[test]
fn a_formula_at_the_end_of_a_paragraph_goes() {
    assert_eq!(
        noise(&format!("{PROSE}          Follow The Daily Harbour:")),
        [("subscription", "Follow The Daily Harbour:".into())]
    );
    let words = format!("{PROSE} The views expressed in this article are the author’s own. Follow The Daily Harbour:");
    let rules: Vec<_> = noise(&words).into_iter().map(|(rule, _)| rule).collect();
    assert_eq!(rules, ["disclaimer", "subscription"]);
    assert_eq!(kept(&text(words.as_bytes())), [PROSE]);
}

#[test]
fn a_text_in_capitals_is_no_row_of_headlines() {
    assert_eq!(
        noise("THE MINISTERS MET TODAY\n\nTHE TALKS WENT ON UNTIL MIDNIGHT AND BEYOND\n\nTHEY WILL MEET AGAIN IN MAY"),
        []
    );
}

#[test]
fn languages_are_told_apart() {
    let tag = |words: &str| text(words.as_bytes()).language;
    assert_eq!(tag(PROSE), "en");
    assert_eq!(
        tag(
            "Kyiv, Lviv, Odesa, Dnipro, Kharkiv, Mykolaiv, Zaporizhzhia, Kherson, Poltava, Sumy, Chernihiv, Vinnytsia, Rivne, Lutsk, Ternopil, Uzhhorod, Zhytomyr, Cherkasy, Kropyvnytskyi"
        ),
        "und"
    );
    assert_eq!(tag("Putin accepts"), "en");
    assert_eq!(tag("12 345"), "und");
    let foreign = [
        (
            "de",
            "Die beiden Außenminister haben sich am Dienstag im alten Hafen getroffen und vereinbart, dass sie sich noch vor dem Ende des Monats wieder sehen werden, wie ein Sprecher der Regierung mitteilte.",
        ),
        (
            "fr",
            "Les deux ministres des affaires étrangères se sont rencontrés mardi dans le vieux port et ont décidé de se revoir avant la fin du mois, selon un porte-parole du gouvernement qui n'a pas donné de détails.",
        ),
        (
            "es",
            "Los dos ministros de asuntos exteriores se reunieron el martes en el viejo puerto y acordaron volver a verse antes de que termine el mes, según dijo un portavoz del gobierno que no quiso dar más detalles.",
        ),
        (
            "ru",
            "Министры иностранных дел встретились во вторник в старом порту и договорились встретиться снова до конца месяца.",
        ),
        ("zh", "两国外长星期二在旧港会面，并同意在月底之前再次会晤。"),
        ("ar", "التقى وزيرا الخارجية يوم الثلاثاء في الميناء القديم واتفقا على اللقاء مرة أخرى قبل نهاية الشهر."),
    ];
    for (language, words) in foreign {
        let document = text(words.as_bytes());
        assert_eq!((document.language.as_str(), doubts(&document)), (language, vec!["not-english"]));
    }
}

#[test]
fn every_rule_is_explained_once() {
    let mut codes: Vec<_> = RULES.iter().map(|(code, _)| *code).collect();
    codes.sort_unstable();
    let count = codes.len();
    codes.dedup();
    assert_eq!(codes.len(), count);
}
