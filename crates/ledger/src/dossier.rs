//! The dossier: a desk in, one self-contained page out.
//!
//! The page's style, script and outlines of countries are compiled in from `web/dossier`, which also says what the page expects; here the views
//! are put into it as one JSON. Words of reports stand in the page only as that JSON, so that nothing in them can become markup.
//!
//! **Invariant:** the page names no network address to load from, and the same ledger gives the same page.

use std::collections::{BTreeMap, BTreeSet};

use rapporteur_record::CodePoints;
use serde_json::{Value, json};

use crate::entry::Cite;
use crate::error::Error;
use crate::review;
use crate::views::{self, Contact, Desk, Scope};

const PAGE: &str = include_str!("../../../web/dossier/page.html");
const STYLE: &str = include_str!("../../../web/dossier/style.css");
const SCRIPT: &str = include_str!("../../../web/dossier/dossier.js");
const OUTLINES: &str = include_str!("../../../web/dossier/outlines.json");

/// The page of a ledger, or of what is in scope of it.
pub fn dossier(desk: &Desk, scope: &Scope, title: &str) -> Result<String, Error> {
    Ok(fill(&data(desk, scope, title)?))
}

/// Puts the data into the page: cut at the placeholders and joined once, since a report may hold a placeholder as words.
fn fill(data: &Value) -> String {
    // `<` could end the script element that holds the data; the other two end a line in older scripts
    let data = data.to_string().replace('<', "\\u003c").replace('\u{2028}', "\\u2028").replace('\u{2029}', "\\u2029");
    let mut page = String::new();
    let mut rest = PAGE;
    let mut marks = [("/*STYLE*/", STYLE), ("/*SCRIPT*/", SCRIPT), ("/*DATA*/", data.as_str())];
    marks.sort_by_key(|(mark, _)| PAGE.find(mark));
    for (mark, words) in marks {
        let (before, after) = rest.split_once(mark).unwrap_or((rest, ""));
        page.push_str(before);
        page.push_str(words);
        rest = after;
    }
    page.push_str(rest);
    page
}

/// Everything that the page shows, in the shape that `web/dossier/README.md` lays down.
pub fn data(desk: &Desk, scope: &Scope, title: &str) -> Result<Value, Error> {
    let (positions, _) = views::positions(desk, scope)?;
    let (moves, _) = views::moves(desk, scope)?;
    let (timeline, _) = views::timeline(desk, scope)?;
    let (contacts, _) = views::contacts(desk, scope)?;
    let (incidents, _) = views::incidents(desk, scope)?;
    let (pledges, _) = views::pledges(desk, scope)?;
    let (threats, _) = views::threats(desk, scope)?;
    let (disputed, _) = views::disputed(desk, scope)?;
    let (sources, _) = views::sources(desk, scope);
    let network = network(desk, &contacts);

    let on: BTreeSet<&str> = positions.iter().map(|standing| standing.proposal.as_str()).collect();
    // what the matrix leaves out does not move either
    let moved = || {
        moves
            .iter()
            .filter_map(|one| Some((one, one.keys.as_ref().filter(|(_, on_this)| on.contains(on_this.as_str()))?)))
    };
    let stand = positions.iter().map(|standing| standing.party.as_str());
    let parties: BTreeSet<&str> = stand.chain(moved().map(|(_, (party, _))| party.as_str())).collect();
    let actors: Vec<Value> = parties
        .iter()
        .filter_map(|key| desk.actors.get(*key))
        .filter_map(|actor| serde_json::to_value(actor).ok())
        .collect();
    let proposals: Vec<Value> = on
        .iter()
        .filter_map(|key| desk.proposals.get(*key))
        .map(|proposal| {
            let cites = positions.iter().find(|standing| standing.proposal == proposal.key).map(|one| &one.cites);
            json!({"key": proposal.key, "name": proposal.name, "kind": proposal.kind, "names": proposal.names,
                   "terms": proposal.terms, "cites": cites})
        })
        .collect();
    let stances: Vec<Value> = moved()
        .map(|(one, (party, proposal))| {
            json!({"day": one.day, "party": party, "proposal": proposal, "from": one.from, "to": one.to,
                   "words": one.words, "by": one.by, "cites": one.cites})
        })
        .collect();

    let mut whole = json!({
        "title": title, "as_of": desk.as_of, "moves": stances, "actors": actors, "proposals": proposals, "positions": positions,
        "timeline": timeline, "contacts": contacts, "network": network, "incidents": incidents, "pledges": pledges,
        "threats": threats, "disputed": disputed, "sources": sources,
    });
    let mut cited = BTreeSet::new();
    reports_in(&whole, &mut cited);
    let (reports, made) = reports(desk, &cited)?;
    whole["reports"] = reports;
    whole["reviewed"] = reviewed(desk, &cited)?.into();
    whole["made"] = made;
    whole["outlines"] = serde_json::from_str(OUTLINES)?;
    Ok(whole)
}

/// The words in cited reports of entries that a person accepted or corrected, with who did and why.
fn reviewed(desk: &Desk, cited: &BTreeSet<String>) -> Result<Vec<Value>, Error> {
    let mut reviewed = Vec::new();
    for entry in desk.ledger.decided()? {
        let Some(decided) = entry.decided.as_ref().filter(|_| cited.contains(&entry.report)) else { continue };
        for Cite { report, at, words } in entry.cites() {
            let told = review::told(decided);
            reviewed.push(json!({"report": report, "at": at, "words": words, "told": told, "reason": decided.reason}));
        }
    }
    Ok(reviewed)
}

/// The keys of all reports that are cited anywhere in a value.
fn reports_in(value: &Value, cited: &mut BTreeSet<String>) {
    match value {
        Value::Array(items) => items.iter().for_each(|item| reports_in(item, cited)),
        Value::Object(fields) => {
            if let (Some(report), true) = (fields.get("report").and_then(Value::as_str), fields.contains_key("at")) {
                cited.insert(report.to_owned());
            }
            fields.values().for_each(|field| reports_in(field, cited));
        }
        _ => {}
    }
}

/// The reports of a page with their texts and sentences, and what read the last of them.
fn reports(desk: &Desk, cited: &BTreeSet<String>) -> Result<(Value, Value), Error> {
    let mut copies: BTreeMap<&str, usize> = BTreeMap::new();
    for report in desk.reports.values() {
        *copies.entry(report.origin.as_str()).or_default() += 1;
    }
    let mut made = json!({"engine": "rapporteur", "model": null});
    let mut reports = Vec::new();
    let mut order: Vec<_> = desk.reports.values().filter(|report| cited.contains(&report.key)).collect();
    order.sort_by(|a, b| (&a.known, &a.key).cmp(&(&b.known, &b.key)));
    for report in order {
        let Some(record) = desk.ledger.record(&report.key)? else { continue };
        let end = CodePoints::new(&record.document.text).count();
        let sentences: Vec<[u32; 2]> =
            record.sentences.iter().map(|sentence| sentence.at).filter(|at| at[1] <= end).collect();
        made = json!({"engine": record.edition.engine, "model": record.edition.model});
        reports.push(json!({
            "key": report.key, "source": report.source, "publisher": report.publisher, "title": report.title,
            "published": report.published, "known_from": report.known, "origin": report.origin,
            "copies": copies.get(report.origin.as_str()), "text": record.document.text, "sentences": sentences,
        }));
    }
    Ok((reports.into(), made))
}

/// Who was in contact with whom, and how often.
fn network(desk: &Desk, contacts: &[Contact]) -> Value {
    let mut nodes: BTreeMap<&str, usize> = BTreeMap::new();
    let mut edges: BTreeMap<(&str, &str), (usize, usize, Vec<&Cite>)> = BTreeMap::new();
    let named =
        |key: &&String| desk.actors.get(*key).is_some_and(|actor| !matches!(actor.kind.as_str(), "unnamed" | "group"));
    for contact in contacts {
        let parties: BTreeSet<&String> = contact.party_keys.iter().filter(named).collect();
        for a in &parties {
            *nodes.entry(a.as_str()).or_default() += 1;
            for b in parties.iter().filter(|b| a < *b) {
                let edge = edges.entry((a.as_str(), b.as_str())).or_default();
                edge.0 += 1;
                edge.1 += usize::from(contact.state == "held");
                edge.2.extend(contact.cites.first());
            }
        }
    }
    let nodes: Vec<Value> = nodes
        .into_iter()
        .map(|(key, n)| json!({"key": key, "name": desk.name(key), "country": desk.country(key), "n": n}))
        .collect();
    let edges: Vec<Value> = edges
        .into_iter()
        .map(|((a, b), (n, held, cites))| json!({"a": a, "b": b, "n": n, "held": held, "cites": cites}))
        .collect();
    json!({"nodes": nodes, "edges": edges})
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_of_a_report_stay_words() {
        let page = fill(&json!({"title": "</script><script>alert(1)</script> /*STYLE*/ \u{2028}"}));
        let whole = page.split_once("id=\"data\">").and_then(|(_, rest)| rest.split_once("</script>"));
        let (data, _) = whole.expect("the page holds its data");
        let back: Value = serde_json::from_str(data).expect("the data is JSON");
        assert_eq!(back["title"], "</script><script>alert(1)</script> /*STYLE*/ \u{2028}");
        assert!(page.contains(STYLE) && page.contains(SCRIPT));
        assert_eq!(
            page.matches("<script").count(),
            PAGE.matches("<script").count() + SCRIPT.matches("<script").count()
        );
    }

    #[test]
    fn the_page_has_each_placeholder_once() {
        for mark in ["/*STYLE*/", "/*SCRIPT*/", "/*DATA*/"] {
            assert_eq!(PAGE.matches(mark).count(), 1, "{mark}");
        }
    }
}
