//! The runner against a reader made by hand: what holds, what does not, and what is said.

use rapporteur_record::*;
use rapporteur_spec::{Outcome, Report, Tally, run};
use serde_json::json;

/// Reads one sentence, and nothing else.
fn read(report: &Report) -> Record {
    let text = report.text;
    let span = |words: &str| {
        let start = text[..text.find(words).expect("words of the text")].chars().count();
        json!({"at": [start, start + words.chars().count()], "words": words})
    };
    let mention = |words: &str, form: &str| {
        let mut mention = span(words);
        mention["form"] = form.into();
        mention
    };
    let mut record = json!({
        "format": FORMAT,
        "edition": {"engine": "0", "model": null},
        "document": {"id": document_id(text), "source": null, "published": report.published, "title": report.title,
                     "published_basis": "given", "language": "en", "text": text},
    });
    if text.contains("envoy") {
        record["actors"] = json!([
            {"id": "a1", "name": "the envoy", "kind": "unnamed", "mentions": [mention("The envoy", "nominal")]},
            {"id": "a2", "name": "Mali", "kind": "government", "mentions": [mention("Mali", "name")]},
        ]);
        record["statements"] = json!([{
            "id": "s1", "speaker": "a1", "speaker_at": span("The envoy"), "cue": span("said"),
            "content": [span("Mali rejected the truce")], "manner": "indirect", "act": "assert",
            "time": report.published.map(|date| json!({"value": date, "basis": "published"})),
        }]);
        record["events"] = json!([{
            "id": "e1", "type": "REJECT", "mode": "proposal", "actors": ["a2"], "trigger": span("rejected"),
            "evidence": span("Mali rejected the truce"), "status": "occurred", "asserted_by": "s1",
            "counts": [{"of": "killed", "value": 4, "at": span("truce")["at"], "words": "truce"}],
        }]);
    }
    serde_json::from_value::<Record>(record).expect("a record")
}

const TEXT: &str = "The envoy said Mali rejected the truce.";

fn claims(claims: &str) -> Outcome {
    page(&format!("# Case\n\n```report published=2025-03-14\n{TEXT}\n```\n\n```record\n{claims}\n```\n"))
}

fn page(markdown: &str) -> Outcome {
    run("case.md", markdown, &read)
}

fn said(outcome: &Outcome) -> Vec<String> {
    outcome.failures.iter().map(ToString::to_string).collect()
}

#[test]
fn claims_that_hold() {
    for sound in [
        "statement\n  speaker \"the envoy\" (unnamed)\n  cue \"said\"\n  content \"Mali rejected the truce\"\n  time 2025-03-14",
        "event\n  type REJECT\n  mode membership or proposal\n  actors \"Mali\" (government)\n  recipients none\n  trigger \"rejected\"",
        "event\n  trigger \"rejected the truce\"\n  asserted_by \"The envoy\"\n  counts killed 4\n  time none\n  place none",
        "no time\nno position\nno doubt",
        "actor\n  name \"mali\"\nopen actor",
        "statement\n  manner indirect\nevent\n  status failed or occurred",
    ] {
        assert_eq!(said(&claims(sound)), Vec::<String>::new(), "{sound}");
    }
    assert_eq!(page("```report\nRain.\n```\n```record\nnothing\n```").tally, Tally { held: 1, failed: 0, not_yet: 0 });
}

#[test]
fn claims_that_do_not_hold_are_said_with_their_line() {
    for (unsound, expected) in [
        (
            "event\n  type REJECT\n  status denied",
            "case.md:10: Case: expected status \"denied\", the record has \"occurred\" (e1 REJECT \"rejected\")",
        ),
        (
            "event\n  type ASSAULT",
            "case.md:8: Case: no event with type \"ASSAULT\"; the record has e1 REJECT \"rejected\"",
        ),
        ("nothing", "case.md:8: Case: the record has a statement that is not claimed: s1 \"Mali rejected the truce\""),
        ("no event", "case.md:8: Case: the record has an event that is not claimed: e1 REJECT \"rejected\""),
        ("actor\n  name Mali", "case.md:7: Case: the record has an actor that is not claimed: a1 the envoy"),
        (
            "statement\n  speaker \"the envoy\" (person)\n  cue said",
            "case.md:9: Case: expected speaker \"the envoy\" (person), the record has \"the envoy\" (unnamed) (s1 \"Mali rejected the truce\")",
        ),
        ("statement\n  content \"Mali rejected the truce.\"\n  cue said", "case.md:9: Case: expected content"),
        (
            "event\n  counts killed 40\n  type REJECT",
            "case.md:9: Case: expected counts \"killed 40\", the record has \"killed 4\"",
        ),
        ("event\n  actors \"Mali\", \"Chad\"\n  type REJECT", "case.md:9: Case: expected actors \"Mali\", \"Chad\""),
        ("position\n  stance rejects", "case.md:8: Case: no position with stance \"rejects\"; the record has no other"),
        ("event\n  colour red", "case.md:9: an event has no field"),
    ] {
        let outcome = claims(unsound);
        let said = said(&outcome);
        assert!(said.iter().any(|failure| failure.starts_with(expected)), "{unsound}\n{said:#?}");
        assert_eq!(outcome.tally.failed, 1, "{unsound}");
    }
}

#[test]
fn two_claims_need_two_entries() {
    let twice = claims("event\n  type REJECT\nevent\n  type REJECT");
    assert_eq!(said(&twice), ["case.md:10: Case: no event with type \"REJECT\"; the record has no other"]);
}

#[test]
fn a_mark_not_yet_must_fail() {
    let case =
        |claim: &str| page(&format!("not yet: hard\n```report\n{TEXT}\n```\n```record\nevent\n  type {claim}\n```"));
    assert_eq!(case("ASSAULT").tally, Tally { held: 0, failed: 0, not_yet: 1 });
    let passing = case("REJECT");
    assert_eq!(passing.tally.failed, 1);
    assert!(said(&passing)[0].starts_with("case.md:1:"), "{passing:?}");
    assert_eq!(case("REJECT\n  colour red").tally.failed, 1, "what is no claim is no `not yet` either");
}

#[test]
fn a_page_that_is_no_spec_says_so() {
    for (markdown, line) in [
        ("```record\nnothing\n```", 1),
        ("# A\n```report\nRain.\n```\n# B", 2),
        ("```report\nRain.\n```\n```record\nnothing", 4),
        ("```report colour=red\nRain.\n```\n```record\nnothing\n```", 1),
        ("not yet: hard\n", 1),
        ("```report\nRain.\n```\n```record\n```", 1),
    ] {
        let outcome = page(markdown);
        assert!(outcome.tally.failed > 0, "{markdown}");
        assert_eq!(outcome.failures[0].line, line, "{markdown} {outcome:?}");
    }
    let shown = page("````markdown\n```report\nRain.\n```\n````\n\nProse.\n\n```text\nother\n```\n");
    assert_eq!((shown.tally, said(&shown)), (Tally::default(), vec![]));
}

#[test]
fn a_record_that_does_not_verify_fails_its_case() {
    let markdown = format!("```report\n{TEXT}\n```\n```record\nno time\n```");
    let outcome = run("case.md", &markdown, &|report| {
        let mut record = read(report);
        record.events[0].actors = vec!["a9".into()];
        record
    });
    assert!(said(&outcome)[0].contains("does not verify: events[0].actors"), "{outcome:?}");
}
