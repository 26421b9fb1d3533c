//! A small record by hand, and every way in which it may be wrong.

use rapporteur_record::*;
use serde_json::{Value, json};

const TEXT: &str = "Łódź’s mayor said Kyiv “rejected the plan” on Monday.";

fn span(words: &str) -> Value {
    let byte = TEXT.find(words).expect("words of the text");
    let start = TEXT[..byte].chars().count();
    json!({"at": [start, start + words.chars().count()], "words": words})
}

fn with(mut entry: Value, span: Value) -> Value {
    for (name, value) in span.as_object().expect("a span") {
        entry[name] = value.clone();
    }
    entry
}

fn record() -> Value {
    json!({
        "format": FORMAT,
        "edition": {"engine": "0.1.0", "model": null, "books": {"places": "1"}},
        "document": {
            "id": document_id(TEXT), "source": "a.txt", "published": "2025-03-14", "published_basis": "given",
            "language": "en", "text": TEXT, "noise": [],
        },
        "sentences": [{"at": [0, TEXT.chars().count()], "paragraph": 0}],
        "actors": [
            {"id": "a1", "name": "mayor of Łódź", "kind": "person", "mentions": [with(json!({"form": "nominal"}), span("Łódź’s mayor"))]},
            {"id": "a2", "name": "Ukraine", "kind": "government", "country": "UKR",
             "mentions": [with(json!({"form": "metonym"}), span("Kyiv"))]},
        ],
        "places": [],
        "times": [with(json!({"id": "t1", "type": "DATE", "value": "2025-03-10"}), span("Monday"))],
        "statements": [{
            "id": "s1", "speaker": "a1", "speaker_at": span("Łódź’s mayor"), "cue": span("said"),
            "content": [span("Kyiv “rejected the plan” on Monday")], "quoted": [span("rejected the plan")],
            "manner": "mixed", "act": "assert", "time": {"value": "2025-03-14", "basis": "published"},
            "rule": "cue-verb", "confidence": 0.876,
        }],
        "events": [{
            "id": "e1", "type": "REJECT", "mode": "proposal", "actors": ["a2"], "recipients": [],
            "trigger": span("rejected"), "evidence": span("Kyiv “rejected the plan”"), "status": "occurred",
            "asserted_by": "s1", "time": {"value": "2025-03-10", "precision": "day", "from": "t1"}, "rule": "event-head",
        }],
        "proposals": [{"id": "pr1", "kind": "other", "name": "the plan", "mentions": [span("the plan")]}],
        "positions": [{
            "id": "p1", "party": "a2", "proposal": "pr1", "stance": "rejects", "evidence": [span("rejected the plan")],
            "rests_on": ["e1"], "time": null,
        }],
        "pledges": [],
        "doubts": [{"code": "undated", "about": "e1", "message": "No date."}],
    })
}

fn failures(change: impl FnOnce(&mut Value)) -> Vec<String> {
    let mut record = record();
    change(&mut record);
    verify_json(&record.to_string()).iter().map(ToString::to_string).collect()
}

#[test]
fn a_sound_record_has_no_failures_and_survives_the_wire() {
    assert_eq!(failures(|_| ()), Vec::<String>::new());
    let record = Record::from_json(&record().to_string()).unwrap();
    assert_eq!(record.verify(), []);
    let json = record.to_json();
    assert!(json.starts_with(r#"{"format":"rapporteur.record/1","edition":{"#), "{json}");
    assert!(json.contains(r#""confidence":0.88"#), "{json}");
    let again = Record::from_json(&json).unwrap();
    assert_eq!(again.to_json(), json);
    assert_eq!(verify_json(&record.to_json_pretty()), []);
}

#[test]
fn every_fault_is_found_where_it_is() {
    type Case = (&'static str, fn(&mut Value));
    let cases: &[Case] = &[
        ("events[0].trigger", |r| r["events"][0]["trigger"]["words"] = "refused".into()),
        ("events[0].evidence", |r| r["events"][0]["evidence"]["at"] = json!([40, 400])),
        ("events[0].evidence", |r| r["events"][0]["evidence"]["at"] = json!([9, 9])),
        ("events[0].evidence", |r| r["events"][0]["evidence"]["at"] = json!([-1, 9])),
        ("events[0].actors", |r| r["events"][0]["actors"] = json!(["a9"])),
        ("events[0].asserted_by", |r| r["events"][0]["asserted_by"] = "a1".into()),
        ("events[0].mode", |r| r["events"][0]["mode"] = "phone".into()),
        ("events[0]: is conditional", |r| r["events"][0]["status"] = "conditional".into()),
        ("events[0].time.from", |r| r["events"][0]["time"]["from"] = "e1".into()),
        ("record: unknown variant", |r| r["events"][0]["status"] = "done".into()),
        ("record: missing field", |r| {
            r["events"][0].as_object_mut().unwrap().remove("trigger");
        }),
        ("actors[1].id", |r| r["actors"][1]["id"] = "a1".into()),
        ("actors[1].country", |r| r["actors"][1]["country"] = "".into()),
        ("actors[0]: rests on no words", |r| r["actors"][0]["mentions"] = json!([])),
        ("statements[0].within", |r| r["statements"][0]["within"] = "s1".into()),
        ("statements[0]: has a quoted part", |r| r["statements"][0]["quoted"] = json!([span("said")])),
        ("statements[0]: has no content", |r| {
            r["statements"][0]["content"] = json!([]);
            r["statements"][0]["quoted"] = json!([]);
        }),
        ("positions[0].rests_on", |r| r["positions"][0]["rests_on"] = json!(["pr1"])),
        ("doubts[0].about", |r| r["doubts"][0]["about"] = "e7".into()),
        ("document.id", |r| r["document"]["id"] = "0".into()),
        ("document.id", |r| {
            let text = format!("{TEXT} ");
            r["document"]["text"] = text.into();
        }),
        ("format", |r| r["format"] = "rapporteur.record/9".into()),
        // A field of a later edition is not known here, and its words are compared all the same.
        ("events[0].weather[0]", |r| r["events"][0]["weather"] = json!([{"at": [0, 3], "words": "fog"}])),
        ("events[0].weather", |r| r["events"][0]["weather"] = json!({"words": "fog"})),
    ];
    for (expected, change) in cases {
        let found = failures(change);
        assert!(found.iter().any(|failure| failure.starts_with(expected)), "{expected}: {found:?}");
    }
}

#[test]
fn what_is_no_record_is_said_to_be_none() {
    for text in ["", "{", "[]", "null", "{\"format\": 1}", "\"words\""] {
        assert!(!verify_json(text).is_empty(), "{text}");
        assert!(Record::from_json(text).is_err(), "{text}");
    }
}

#[test]
fn every_word_reads_back_and_every_type_has_modes() {
    for kind in EventType::ALL {
        assert_eq!(kind.as_str().parse(), Ok(*kind));
        assert!(!kind.modes().is_empty());
    }
    for mode in Mode::ALL {
        assert_eq!(serde_json::to_value(mode).unwrap(), mode.as_str());
        assert!(EventType::ALL.iter().any(|kind| kind.modes().contains(mode)), "{mode} belongs to no type");
    }
}

#[cfg(feature = "schema")]
#[test]
fn the_schema_names_the_words_of_the_format() {
    let schema = schema();
    assert_eq!(schema["$schema"], "https://json-schema.org/draft/2020-12/schema");
    let text = schema.to_string();
    for word in ["third_party", "asserted_by", "supports_with_reservations", "none_reported", "confidence"] {
        assert!(text.contains(&format!("\"{word}\"")), "{word}");
    }
}
