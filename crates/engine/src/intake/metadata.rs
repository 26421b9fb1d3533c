//! Metadata: what a web page says of itself.
//!
//! In: the page's tree. Out: its title, authors, publisher and date of publication, in its own words.
//! The linked data for search engines is asked first, then the tags for social networks and libraries, then the marked
//! elements of the page. A date counts only where it names a whole day; a page whose time elements name several days says none.
//! **Invariant:** nothing here is guessed: each answer is a value that the page marked as that answer.

use alloc::string::{String, ToString};
use alloc::vec::Vec;

use dom_query::{Document as Tree, NodeRef};
use serde_json::Value;

use super::dates;

/// What a page says of itself.
#[derive(Debug, Default)]
pub(super) struct Metadata {
    pub title: Option<String>,
    pub byline: Option<String>,
    pub publisher: Option<String>,
    pub published: Option<String>,
}

/// The kinds of linked data that describe a report.
const REPORTS: &[&str] = &[
    "NewsArticle",
    "Article",
    "ReportageNewsArticle",
    "AnalysisNewsArticle",
    "BackgroundNewsArticle",
    "OpinionNewsArticle",
    "ReviewNewsArticle",
    "BlogPosting",
    "LiveBlogPosting",
    "Report",
    "TechArticle",
    "ScholarlyArticle",
    "SocialMediaPosting",
    "WebPage",
];
/// The names under which pages keep the date of publication, surest first.
const PUBLISHED: &[&str] = &[
    "article:published_time",
    "og:article:published_time",
    "og:published_time",
    "article:published",
    "datepublished",
    "og:pubdate",
    "pubdate",
    "publishdate",
    "publish-date",
    "publish_date",
    "published-date",
    "publication_date",
    "publicationdate",
    "article.published",
    "parsely-pub-date",
    "sailthru.date",
    "rnews:datepublished",
    "cxenseparse:recs:publishtime",
    "dcterms.issued",
    "dc.date.issued",
    "dcterms.created",
    "dc.date.created",
    "dcterms.date",
    "dc.date",
    "citation_publication_date",
    "citation_date",
    "originalpublicationdate",
    "bt:pubdate",
    "date",
];
const AUTHORS: &[&str] = &[
    "author",
    "article:author",
    "parsely-author",
    "sailthru.author",
    "byl",
    "dc.creator",
    "dcterms.creator",
    "citation_author",
];
const TITLES: &[&str] = &[
    "og:title",
    "twitter:title",
    "parsely-title",
    "sailthru.title",
    "dc.title",
    "dcterms.title",
    "citation_title",
    "headline",
];
const PUBLISHERS: &[&str] = &["og:site_name", "dc.publisher", "dcterms.publisher", "application-name"];

/// Reads the metadata of a page.
pub(super) fn read(tree: &Tree) -> Metadata {
    let page = Page::of(tree);
    let report = page.report();
    let publisher = report
        .as_ref()
        .and_then(|report| names(&report["publisher"]))
        .or_else(|| page.tagged(PUBLISHERS, |value| Some(value.into())));
    let title = page.title(report.as_ref(), publisher.as_deref());
    let byline = report
        .as_ref()
        .and_then(|report| names(&report["author"]))
        .or_else(|| page.tagged(AUTHORS, |value| Some(value.into())))
        .or_else(|| page.authors.first().cloned())
        .and_then(|words| author(&words));
    let published = report
        .as_ref()
        .and_then(|report| report["datePublished"].as_str())
        .filter(|words| dates::iso(words).is_some())
        .map(str::to_string)
        .or_else(|| page.tagged(PUBLISHED, |value| dates::iso(value).map(|_| value.to_string())))
        .or_else(|| page.timed());
    Metadata { title, byline, publisher, published }
}

/// An author's name as it is told, without "By"; none where it is an address, not a name.
pub(super) fn author(words: &str) -> Option<String> {
    let words = plain(words);
    let name = words.strip_prefix("By ").or_else(|| words.strip_prefix("by ")).unwrap_or(&words).trim();
    let fits = !name.is_empty() && name.len() <= 200 && !name.contains("://") && name.chars().any(char::is_alphabetic);
    fits.then(|| name.into())
}

/// The elements of a page that tell about it.
#[derive(Default)]
struct Page {
    /// Names, in lower case, and values of the metadata tags, in order.
    tags: Vec<(String, String)>,
    linked: Vec<Value>,
    title: String,
    headings: Vec<String>,
    authors: Vec<String>,
    /// The values of elements marked as date of publication.
    marked: Vec<String>,
    /// The values of all elements of time.
    times: Vec<String>,
}

impl Page {
    fn of(tree: &Tree) -> Page {
        let mut page = Page::default();
        for node in tree.root().descendants_it() {
            let Some(name) = node.node_name() else { continue };
            let attribute =
                |name: &str| node.attr(name).map(|value| value.trim().to_string()).filter(|value| !value.is_empty());
            let is = |name: &str, value: &str| {
                node.attr(name)
                    .is_some_and(|told| told.split_ascii_whitespace().any(|word| word.eq_ignore_ascii_case(value)))
            };
            match &*name {
                "meta" => {
                    if let Some(value) = attribute("content") {
                        for key in ["property", "name", "itemprop"] {
                            page.tags.extend(attribute(key).map(|key| (key.to_ascii_lowercase(), value.clone())));
                        }
                    }
                }
                "script" => page.linked.extend(serde_json::from_str::<Value>(node.text().trim()).ok()),
                "title" if page.title.is_empty() => page.title = plain(&node.text()),
                "h1" => page.headings.push(spaced(&node.text())),
                _ => {}
            }
            let told =
                || attribute("datetime").or_else(|| attribute("content")).unwrap_or_else(|| spaced(&node.text()));
            if &*name == "time" {
                if is("itemprop", "datePublished")
                    || node.has_attr("pubdate")
                    || is("class", "published")
                    || is("class", "entry-date")
                {
                    page.marked.push(told());
                }
                page.times.extend(attribute("datetime"));
            } else if &*name != "meta" && is("itemprop", "datePublished") {
                page.marked.push(told());
            }
            let marks_author = is("itemprop", "author") || is("rel", "author");
            if &*name != "meta" && &*name != "link" && marks_author {
                page.authors.extend(Some(named(&node)).filter(|words| !words.is_empty() && words.len() <= 120));
            }
        }
        page
    }

    /// The linked data about the report; the last resort is the page that bears it.
    fn report(&self) -> Option<Value> {
        let mut items = Vec::new();
        for value in &self.linked {
            gather(value, 0, &mut items);
        }
        let dated = |item: &&&Value| item["datePublished"].is_string() || item["headline"].is_string();
        REPORTS
            .iter()
            .find_map(|kind| items.iter().filter(dated).find(|item| has_kind(item, kind)).map(|item| (*item).clone()))
    }

    /// The first value that a check lets pass, in the order of the names.
    fn tagged(&self, names: &[&str], check: impl Fn(&str) -> Option<String>) -> Option<String> {
        names.iter().find_map(|name| {
            let told = self.tags.iter().filter(|(key, _)| key == name).find_map(|(_, value)| check(value));
            told.map(|value| plain(&value)).filter(|value| !value.is_empty() && !value.contains("://"))
        })
    }

    /// The date of publication that the page's elements tell: the marked one, or the only day there is.
    fn timed(&self) -> Option<String> {
        let whole = |values: &[String]| -> Option<String> {
            let days: Vec<String> = values.iter().filter_map(|value| dates::iso(value)).collect();
            let same = days.iter().all(|day| day.get(..10) == days[0].get(..10));
            if days.is_empty() || !same {
                None
            } else {
                values.iter().find(|value| dates::iso(value).is_some()).cloned()
            }
        };
        whole(&self.marked).or_else(|| if self.marked.is_empty() { whole(&self.times) } else { None })
    }

    fn title(&self, report: Option<&Value>, publisher: Option<&str>) -> Option<String> {
        let told = report
            .and_then(|report| report["headline"].as_str())
            .map(plain)
            .filter(|words| !words.is_empty())
            .or_else(|| self.tagged(TITLES, |value| Some(value.into())));
        let page_title = Some(self.title.as_str()).filter(|words| !words.is_empty());
        let told = told.or_else(|| page_title.map(str::to_string));
        // the heading of the page has no name of the site about it, if it is part of what the page calls itself
        let heading = self.headings.iter().find(|heading| {
            heading.chars().count() >= 10
                && told.as_deref().or(page_title).is_some_and(|title| title.contains(heading.as_str()))
        });
        let heading =
            heading.or_else(|| if told.is_none() && self.headings.len() == 1 { self.headings.first() } else { None });
        let words = heading.cloned().or(told)?;
        Some(without_site(&words, publisher).to_string()).filter(|words| !words.is_empty())
    }
}

/// A title without the name of the site behind it.
fn without_site<'t>(title: &'t str, publisher: Option<&str>) -> &'t str {
    let Some(publisher) = publisher else {
        // behind a stroke stands the site, whatever its name
        let words = title.rsplit_once(" | ").map_or(title, |(words, _)| words.trim());
        return if words.split_whitespace().count() >= 3 { words } else { title };
    };
    for mark in [" | ", " - ", " – ", " — ", " :: "] {
        if let Some((words, site)) = title.rsplit_once(mark) {
            if site.trim().eq_ignore_ascii_case(publisher.trim()) {
                return words.trim();
            }
        }
    }
    title
}

/// Collects the objects of linked data, through lists and graphs.
fn gather<'v>(value: &'v Value, depth: usize, items: &mut Vec<&'v Value>) {
    match value {
        Value::Array(values) if depth < 4 => values.iter().for_each(|value| gather(value, depth + 1, items)),
        Value::Object(object) => {
            items.push(value);
            for key in ["@graph", "mainEntity", "mainEntityOfPage"] {
                if let Some(inner) = object.get(key).filter(|_| depth < 4) {
                    gather(inner, depth + 1, items);
                }
            }
        }
        _ => {}
    }
}

fn has_kind(item: &Value, kind: &str) -> bool {
    match &item["@type"] {
        Value::String(word) => word == kind,
        Value::Array(words) => words.iter().any(|word| word == kind),
        _ => false,
    }
}

/// The name or names in a value of linked data.
fn names(value: &Value) -> Option<String> {
    let mut found: Vec<String> = Vec::new();
    let one = |value: &Value| match value {
        Value::String(name) => Some(plain(name)),
        Value::Object(object) => object.get("name").and_then(Value::as_str).map(plain),
        _ => None,
    };
    let values = value.as_array().map_or(core::slice::from_ref(value), Vec::as_slice);
    for name in values.iter().filter_map(one).filter(|name| !name.is_empty() && !name.contains("://")) {
        if !found.contains(&name) {
            found.push(name);
        }
    }
    if found.is_empty() { None } else { Some(found.join(", ")) }
}

/// The words of an element that names someone: its name where one is marked inside it.
fn named(node: &NodeRef<'_>) -> String {
    let marked = node.descendants_it().find(|inner| inner.attr("itemprop").is_some_and(|told| &*told == "name"));
    let marked =
        marked.map(|inner| inner.attr("content").map_or_else(|| inner.text().to_string(), |told| told.to_string()));
    spaced(&marked.unwrap_or_else(|| node.text().to_string()))
}

/// A value as a person would read it: entities resolved, tags gone, white space plain.
fn plain(value: &str) -> String {
    if value.contains(['&', '<']) && value.len() < 2_000 {
        return spaced(&Tree::fragment(value).text());
    }
    spaced(value)
}

fn spaced(value: &str) -> String {
    value.split_whitespace().collect::<Vec<_>>().join(" ")
}
