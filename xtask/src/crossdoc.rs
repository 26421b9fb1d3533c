//! Happenings across reports: annotated news in, how well tellings are put together out.
//!
//! ECB+ says of each mention of an event which chain it belongs to. The reports are taken one after the other as a ledger takes them, in the
//! order of their ids and in two others, and the worst order counts. Beside it stands what one gets by putting equal words together.
//!
//! **Invariant:** the topic of a report is never told to what is measured, only to the baseline that asks for it.

use std::collections::BTreeMap;
use std::path::Path;

use rapporteur_ledger::likeness::{Account, Happenings, Telling, Texts};
use serde_json::Value;

use crate::repository::unpack;

/// Seeds of the orders besides that of the ids.
const SHUFFLES: [u64; 2] = [1, 2];

/// One report: its text, and what it tells.
struct Report {
    topic: String,
    text: String,
    mentions: Vec<Mention>,
}

/// One telling: its sentence, the bytes of its words there, and the chain it belongs to.
struct Mention {
    line: usize,
    at: core::ops::Range<usize>,
    words: String,
    chain: String,
}

/// The measures: BCubed F1 of the lowest order, and of the two baselines.
pub fn measure(gold: &Path) -> Result<BTreeMap<String, f64>, String> {
    let text = unpack(gold)?;
    let mut reports: Vec<(String, Report)> = text.lines().map(report).collect::<Result<_, _>>()?;
    reports.sort_by(|a, b| a.0.cmp(&b.0));
    let reports: Vec<Report> = reports.into_iter().map(|(_, report)| report).collect();
    let mentions = || reports.iter().flat_map(|report| report.mentions.iter().map(move |mention| (report, mention)));
    let gold: Vec<&str> = mentions().map(|(_, mention)| mention.chain.as_str()).collect();
    let same_words: Vec<String> = mentions().map(|(_, mention)| mention.words.to_lowercase()).collect();
    let in_topic: Vec<(&str, String)> =
        mentions().map(|(report, mention)| (report.topic.as_str(), mention.words.to_lowercase())).collect();
    println!("crossdoc: {} reports, {} tellings; the weights were trained on these topics", reports.len(), gold.len());

    let mut orders = vec![(0..reports.len()).collect::<Vec<usize>>()];
    orders.extend(SHUFFLES.map(|seed| shuffled(reports.len(), seed)));
    let mut lowest = f64::MAX;
    for order in orders {
        let [precision, recall, f1] = bcubed(&fold(&reports, &order), &gold);
        println!("  trained on, one order: P {precision:.3} R {recall:.3} F1 {f1:.3}");
        lowest = lowest.min(f1);
    }
    Ok(BTreeMap::from([
        ("trained_on_f1".to_owned(), lowest),
        ("exact_words_f1".to_owned(), bcubed(&same_words, &gold)[2]),
        ("exact_words_in_topic_f1".to_owned(), bcubed(&in_topic, &gold)[2]),
    ]))
}

/// The happening of every mention, in the order of the reports, when they are taken in another.
fn fold(reports: &[Report], order: &[usize]) -> Vec<usize> {
    let mut texts = Texts::default();
    let mut happenings = Happenings::default();
    let mut found: Vec<Vec<usize>> = reports.iter().map(|_| Vec::new()).collect();
    for &at in order {
        let report = &reports[at];
        let number = texts.add(&report.text);
        let lines: Vec<&str> = report.text.split('\n').collect();
        for mention in &report.mentions {
            let sentence = lines.get(mention.line).copied().unwrap_or_default();
            let account = Account::of(&texts, &Telling { report: number, sentence, at: mention.at.clone() });
            found[at].push(happenings.put(&texts, account, |_, _| true));
        }
    }
    found.into_iter().flatten().collect()
}

/// One line of the set: the id and the report, with the mentions of events in annotated sentences.
fn report(line: &str) -> Result<(String, Report), String> {
    let value: Value = serde_json::from_str(line).map_err(|error| format!("gold that is no JSON: {error}"))?;
    let words = |value: &Value| value.as_str().map(str::to_owned).unwrap_or_else(|| value.to_string());
    let text = words(&value["text"]);
    // where each line begins, in code points
    let mut begins = vec![0];
    begins.extend(text.chars().enumerate().filter(|(_, c)| *c == '\n').map(|(at, _)| at + 1));
    let lines: Vec<&str> = text.split('\n').collect();
    let annotated: Vec<&Value> = value["annotated"].as_array().into_iter().flatten().collect();
    let mut mentions = Vec::new();
    for mention in value["mentions"].as_array().into_iter().flatten() {
        if mention["kind"] != "event" || !annotated.contains(&&mention["sentence"]) {
            continue;
        }
        let number = |value: &Value| value.as_u64().map(|number| number as usize);
        let found = || {
            let line = number(&mention["sentence"])?;
            let begin = *begins.get(line)?;
            let sentence = *lines.get(line)?;
            let byte = |at: usize| {
                let mut bytes = sentence.char_indices().map(|(byte, _)| byte).chain([sentence.len()]);
                bytes.nth(at.checked_sub(begin)?)
            };
            let [start, end] = [number(&mention["at"][0])?, number(&mention["at"][1])?];
            let at = byte(start)?..byte(end)?;
            let own = sentence.get(at.clone())? == mention["words"].as_str()?;
            own.then(|| Mention { line, at, words: words(&mention["words"]), chain: words(&mention["chain"]) })
        };
        mentions
            .push((number(&mention["at"][0]), found().ok_or_else(|| format!("words that are not there: {mention}"))?));
    }
    mentions.sort_by_key(|(start, _)| *start);
    let mentions = mentions.into_iter().map(|(_, mention)| mention).collect();
    Ok((words(&value["id"]), Report { topic: words(&value["topic"]), text, mentions }))
}

/// An order that is always the same for a seed.
fn shuffled(count: usize, seed: u64) -> Vec<usize> {
    let mut order: Vec<usize> = (0..count).collect();
    let mut state = seed;
    for last in (1..count).rev() {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        order.swap(last, (state >> 33) as usize % (last + 1));
    }
    order
}

/// BCubed precision, recall and F1 over all mentions, those that stand alone among them.
fn bcubed<Found: Ord, Gold: Ord>(found: &[Found], gold: &[Gold]) -> [f64; 3] {
    let mut both: BTreeMap<(&Found, &Gold), f64> = BTreeMap::new();
    let (mut in_found, mut in_gold): (BTreeMap<&Found, f64>, BTreeMap<&Gold, f64>) = Default::default();
    for (found, gold) in found.iter().zip(gold) {
        *both.entry((found, gold)).or_default() += 1.0;
        *in_found.entry(found).or_default() += 1.0;
        *in_gold.entry(gold).or_default() += 1.0;
    }
    let (mut precision, mut recall) = (0.0, 0.0);
    for ((found, gold), count) in &both {
        precision += count * count / in_found[found];
        recall += count * count / in_gold[gold];
    }
    let all = found.len().min(gold.len()).max(1) as f64;
    let (precision, recall) = (precision / all, recall / all);
    [precision, recall, 2.0 * precision * recall / (precision + recall).max(f64::MIN_POSITIVE)]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bcubed_is_as_by_hand() {
        assert_eq!(bcubed(&[1, 1, 2], &["a", "a", "b"]), [1.0, 1.0, 1.0]);
        // all in one: precision is (2/3 + 2/3 + 1/3) / 3
        let [precision, recall, _] = bcubed(&[1, 1, 1], &["a", "a", "b"]);
        assert!((precision - 5.0 / 9.0).abs() < 1e-9 && recall == 1.0);
        let [precision, recall, _] = bcubed(&[1, 2, 3], &["a", "a", "b"]);
        assert!(precision == 1.0 && (recall - 2.0 / 3.0).abs() < 1e-9);
    }

    #[test]
    fn a_shuffle_has_everything_once() {
        let mut order = shuffled(50, 1);
        assert_ne!(order, shuffled(50, 2));
        order.sort_unstable();
        assert_eq!(order, (0..50).collect::<Vec<_>>());
    }

    #[test]
    fn a_mention_is_found_on_its_line() {
        let line = r#"{"id": "1", "topic": 1, "text": "Café.\nA storm hit.", "annotated": [1], "mentions": [
            {"at": [14, 17], "words": "hit", "kind": "event", "chain": "x", "sentence": 1},
            {"at": [0, 4], "words": "Café", "kind": "event", "chain": "y", "sentence": 0}]}"#;
        let (_, report) = report(&line.replace('\n', " ")).unwrap();
        assert_eq!(report.mentions.len(), 1);
        assert_eq!((report.mentions[0].line, report.mentions[0].at.clone()), (1, 8..11));
    }
}
