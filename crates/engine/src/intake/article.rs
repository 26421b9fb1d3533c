//! Article: a web page becomes the text of its report.
//!
//! In: a page. Out: paragraphs with a blank line between them, and the page's metadata.
//! The readability rules that browsers use find the element that holds the report; its blocks become paragraphs. Where they
//! find too little, as in a fragment or a very short notice, the whole page is taken but for its menus and margins.
//! **Invariant:** every word of the text stands in the page, in that order.

use alloc::string::String;
use alloc::vec::Vec;

use dom_query::{Document as Tree, NodeRef};
use dom_smoothie::{Config, Readability};

use super::metadata::{self, Metadata};
use super::{Doubt, markup};

/// A report found in a page.
pub(super) struct Article {
    pub text: String,
    pub metadata: Metadata,
}

/// Below this many bytes of text the whole page is the report.
const SHORT: usize = 600;

/// Reads a page.
pub(super) fn read(page: &str, doubts: &mut Vec<Doubt>) -> Article {
    let bounded = markup::bound(page);
    if bounded.cut {
        doubts.push(Doubt::new("cut-short", "the page has more tags or attributes, or deeper ones, than are read"));
    }
    let tree = Tree::from(bounded.html);
    let mut metadata = metadata::read(&tree);
    let whole = whole(&tree);
    if whole.len() < SHORT {
        return Article { text: whole, metadata };
    }
    let config = Config { disable_json_ld: true, ..Config::default() };
    let found = Readability::with_document(tree, None, Some(config)).and_then(|mut page| page.parse());
    let mut text = whole;
    if let Ok(found) = found {
        let article = words(&Tree::from(found.content).root());
        if article.len() >= SHORT || article.len() * 4 >= text.len() {
            text = article;
        }
        metadata.byline = metadata.byline.or_else(|| metadata::author(&found.byline?));
    }
    Article { text, metadata }
}

/// The text of the page's article where it has exactly one, else of all but menus and margins.
fn whole(tree: &Tree) -> String {
    let root = tree.root();
    for name in ["article", "main"] {
        let mut marked = root.descendants_it().filter(|node| node.has_name(name));
        if let (Some(only), None) = (marked.next(), marked.next()) {
            let text = words(&only);
            if !text.is_empty() {
                return text;
            }
        }
    }
    words(&tree.body().unwrap_or(root))
}

/// What stands between the last words and the next.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Gap {
    None,
    Space,
    Cell,
    Line,
    Paragraph,
}

/// The words under a node, its blocks as paragraphs.
fn words(root: &NodeRef<'_>) -> String {
    let mut text = String::new();
    let mut gap = Gap::None;
    let mut verbatim = 0usize;
    let mut node = *root;
    loop {
        let mut descend = true;
        if node.is_text() {
            let words = node.text();
            for (index, line) in words.split('\n').enumerate() {
                if index > 0 {
                    gap = gap.max(if verbatim > 0 { Gap::Line } else { Gap::Space });
                }
                push(&mut text, line, &mut gap);
            }
        } else if let Some(name) = node.node_name() {
            descend = !left_out(&name, &node);
            gap = gap.max(gap_at(&name));
            verbatim += usize::from(descend && &*name == "pre");
        }
        if let Some(child) = node.first_child().filter(|_| descend) {
            node = child;
            continue;
        }
        // up to the next node that has not been seen, closing what is left behind
        loop {
            if let Some(name) = node.node_name() {
                if descend {
                    verbatim = verbatim.saturating_sub(usize::from(&*name == "pre"));
                }
                gap = gap.max(gap_at(&name));
            }
            descend = true;
            if node.id == root.id {
                return text;
            }
            if let Some(next) = node.next_sibling() {
                node = next;
                break;
            }
            match node.parent() {
                Some(parent) => node = parent,
                None => return text,
            }
        }
    }
}

/// Appends words after the gap that is due; white space inside them is one space.
fn push(text: &mut String, line: &str, gap: &mut Gap) {
    let mut words = line.split_whitespace();
    if line.starts_with(char::is_whitespace) {
        *gap = (*gap).max(Gap::Space);
    }
    let Some(first) = words.next() else { return };
    if !text.is_empty() {
        text.push_str(match gap {
            Gap::None => "",
            Gap::Space => " ",
            Gap::Cell => "\t",
            Gap::Line => "\n",
            Gap::Paragraph => "\n\n",
        });
    }
    text.push_str(first);
    for word in words {
        text.push(' ');
        text.push_str(word);
    }
    *gap = if line.ends_with(char::is_whitespace) { Gap::Space } else { Gap::None };
}

fn gap_at(name: &str) -> Gap {
    match name {
        "br" => Gap::Line,
        "td" | "th" => Gap::Cell,
        "a" | "abbr" | "cite" | "label" | "q" | "span" | "sub" | "sup" | "time" | "img" | "input" | "html" => Gap::None,
        _ => Gap::Paragraph,
    }
}

/// Menus, margins, captions and what is hidden.
fn left_out(name: &str, node: &NodeRef<'_>) -> bool {
    matches!(
        name,
        "head"
            | "script"
            | "style"
            | "title"
            | "nav"
            | "footer"
            | "aside"
            | "menu"
            | "figcaption"
            | "form"
            | "noscript"
    ) || node.has_attr("hidden")
        || node.attr("aria-hidden").is_some_and(|told| told.eq_ignore_ascii_case("true"))
        || node
            .attr("role")
            .is_some_and(|role| matches!(&*role, "navigation" | "contentinfo" | "search" | "banner" | "complementary"))
        || node.attr("style").is_some_and(|style| style.replace(' ', "").contains("display:none"))
}
