//! A page of Markdown in, its cases out.
//!
//! Only headings, fences and the mark `not yet:` are looked at; all other prose is for people. Fences of other kinds are
//! passed over, so a page may show whatever it likes.
//!
//! **Invariant:** no `report` or `record` fence is dropped without a fault.

use crate::Report;

/// The cases of a page, and what on it is no case.
pub struct Page<'a> {
    pub cases: Vec<Case<'a>>,
    /// Line from 1, and what is wrong there.
    pub faults: Vec<(usize, String)>,
}

/// One report and one fence of claims about it.
pub struct Case<'a> {
    /// The headings above it.
    pub name: String,
    /// The line of the `record` fence, from 1.
    pub line: usize,
    /// The line of a `not yet:` above it.
    pub not_yet: Option<usize>,
    /// The lines of the claims, with their numbers.
    pub claims: Vec<(usize, &'a str)>,
    text: String,
    published: Option<&'a str>,
    title: Option<&'a str>,
}

impl Case<'_> {
    pub fn report(&self) -> Report<'_> {
        Report { text: &self.text, published: self.published, title: self.title }
    }
}

/// A fence: the number of its first line, its info string and the lines in it.
struct Fence<'a> {
    line: usize,
    about: &'a str,
    lines: Vec<(usize, &'a str)>,
    closed: bool,
}

/// The report that record fences claim about, and whether one has.
struct Current<'a> {
    line: usize,
    text: String,
    published: Option<&'a str>,
    title: Option<&'a str>,
    claimed: bool,
}

/// Finds the cases of a page.
pub fn cases(markdown: &str) -> Page<'_> {
    let mut page = Page { cases: Vec::new(), faults: Vec::new() };
    let mut headings: Vec<(usize, &str)> = Vec::new();
    let mut report: Option<Current> = None;
    let mut not_yet = None;
    let mut lines = markdown.lines().enumerate().map(|(index, line)| (index + 1, line));
    while let Some((number, line)) = lines.next() {
        let marks = line.chars().take_while(|&mark| mark == '`').count();
        if marks >= 3 {
            let fence = fence(number, line, marks, &mut lines);
            let (kind, about) = fence.about.split_once(' ').unwrap_or((fence.about, ""));
            if (kind == "report" || kind == "record") && !fence.closed {
                page.faults.push((number, "the fence is not closed".into()));
            }
            match kind {
                "report" => {
                    unclaimed(&report, &mut page);
                    report = Some(current(&fence, about, &mut page));
                }
                "record" => match &mut report {
                    None => page.faults.push((number, "a record without a report above it".into())),
                    Some(report) => {
                        report.claimed = true;
                        page.cases.push(Case {
                            name: headings.iter().map(|(_, words)| *words).collect::<Vec<_>>().join(" / "),
                            line: fence.line,
                            not_yet: not_yet.take(),
                            claims: fence.lines,
                            text: report.text.clone(),
                            published: report.published,
                            title: report.title,
                        });
                    }
                },
                _ => {}
            }
        } else if line.starts_with('#') {
            let depth = line.chars().take_while(|&mark| mark == '#').count();
            headings.retain(|(above, _)| *above < depth);
            headings.push((depth, line[depth..].trim()));
            unclaimed(&report, &mut page);
            report = None;
            if let Some(line) = not_yet.take() {
                page.faults.push((line, "`not yet` without a record below it".into()));
            }
        } else if line.trim_start().starts_with("not yet:") {
            not_yet = Some(number);
        }
    }
    unclaimed(&report, &mut page);
    if let Some(line) = not_yet {
        page.faults.push((line, "`not yet` without a record below it".into()));
    }
    page
}

fn unclaimed(report: &Option<Current>, page: &mut Page) {
    if let Some(report) = report.as_ref().filter(|report| !report.claimed) {
        page.faults.push((report.line, "a report without a record below it".into()));
    }
}

fn fence<'a>(
    line: usize,
    opening: &'a str,
    marks: usize,
    lines: &mut impl Iterator<Item = (usize, &'a str)>,
) -> Fence<'a> {
    let mut fence = Fence { line, about: opening[marks..].trim(), lines: Vec::new(), closed: false };
    for (number, line) in lines {
        let end = line.trim_end();
        if end.len() >= marks && end.bytes().all(|mark| mark == b'`') {
            fence.closed = true;
            break;
        }
        fence.lines.push((number, line));
    }
    fence
}

fn current<'a>(fence: &Fence<'a>, about: &'a str, page: &mut Page) -> Current<'a> {
    let text: Vec<&str> = fence.lines.iter().map(|(_, line)| *line).collect();
    let mut current = Current { line: fence.line, text: text.join("\n"), published: None, title: None, claimed: false };
    let mut rest = about.trim();
    while !rest.is_empty() {
        let Some((name, value)) = rest.split_once('=') else {
            page.faults.push((fence.line, format!("{rest:?} is no name=value")));
            break;
        };
        let (value, after) = match value.strip_prefix('"') {
            Some(quoted) => quoted.split_once('"').unwrap_or((quoted, "")),
            None => value.split_once(' ').unwrap_or((value, "")),
        };
        match name {
            "published" => current.published = Some(value),
            "title" => current.title = Some(value),
            _ => page.faults.push((fence.line, format!("{name:?} is not known of a report; published and title are"))),
        }
        rest = after.trim_start();
    }
    current
}
