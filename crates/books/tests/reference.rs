//! The shipped weights make in Rust the scores that the training side computed from them in Python (`training/export.py
//! reference`), on sentences of our own.

use rapporteur_model::{Model, Word};
use serde_json::Value;

/// The most that one score may differ (more where it is far from zero), and all together as a share of their sizes: the two sides add
/// floats in another order, so that now and then an activation is rounded to the next integer, and that grows a little through six
/// layers. Measured: weights 1 at most .0034, weights 2 at most .0045, weights 3 .0052.
const NEAR: f64 = 0.5;
const NEAR_IN_ALL: f64 = 0.006;

#[test]
fn the_shipped_weights_score_as_in_training() {
    let model = Model::from_bytes(rapporteur_books::weights()).expect("the weights open");
    let cases: Vec<Value> =
        serde_json::from_str(include_str!("../model/reference.json")).expect("the reference is JSON");
    assert!(cases.len() >= 5);
    let (mut size, mut sum) = (0.0, 0.0);
    for case in &cases {
        let words: Vec<&str> = list(&case["words"]).iter().map(|word| word.as_str().expect("a word")).collect();
        let shapes: Vec<u8> =
            list(&case["shapes"]).iter().map(|shape| shape.as_u64().expect("a shape") as u8).collect();
        let input: Vec<Word> = words.iter().zip(&shapes).map(|(text, shape)| Word { text, shape: *shape }).collect();

        let pieces: Vec<u64> = words.iter().flat_map(|word| model.split(word)).map(u64::from).collect();
        let expected: Vec<u64> = list(&case["pieces"]).iter().map(|piece| piece.as_u64().expect("a piece")).collect();
        assert_eq!(pieces, expected, "{words:?}");

        let encoding = model.encode(&input);
        let mut compare = |what: &str, expected: &Value, got: &rapporteur_model::Matrix| {
            let rows = list(expected);
            assert_eq!(rows.len(), got.rows(), "{what}");
            for (row, expected) in rows.iter().enumerate() {
                let expected: Vec<f64> = list(expected).iter().map(|score| score.as_f64().expect("a score")).collect();
                assert_eq!(expected.len(), got.row(row).len(), "{what}");
                for (score, expected) in got.row(row).iter().zip(&expected) {
                    let apart = (f64::from(*score) - expected).abs();
                    assert!(
                        apart < NEAR * (1.0 + expected.abs() / 5.0),
                        "{what}, word {row} of {words:?}: {score} for {expected}"
                    );
                    sum += apart;
                    size += expected.abs();
                }
            }
        };
        for (tagger, expected) in case["tags"].as_object().expect("taggers") {
            compare(tagger, expected, &encoding.tags(tagger));
        }
        let predicate = case["predicate"].as_u64().expect("a predicate") as usize;
        for (role, expected) in case["roles"].as_object().expect("roles") {
            compare(role, expected, &encoding.roles(role, predicate, 0..words.len()));
        }

        // the tree: where every word's best head makes a tree by itself, the decoder must find the same
        let range = list(&case["sentence"]);
        let (from, to) = (range[0].as_u64().expect("a word") as usize, range[1].as_u64().expect("a word") as usize);
        let best = |row: &Value| {
            let row: Vec<f64> = list(row).iter().map(|score| score.as_f64().expect("a score")).collect();
            (0..row.len()).max_by(|a, b| row[*a].total_cmp(&row[*b])).expect("a head")
        };
        let heads: Vec<usize> = list(&case["arcs"]).iter().map(best).collect();
        let found: Vec<usize> =
            encoding.parse(from..to).iter().map(|place| place.head.map_or(0, |head| head + 1 - from)).collect();
        let roots = heads.iter().filter(|head| **head == 0).count();
        if roots == 1 && (0..heads.len()).all(|word| reaches_root(&heads, word)) {
            for (word, (found, best)) in found.iter().zip(&heads).enumerate() {
                let score = |head: usize| list(&case["arcs"])[word][head].as_f64().expect("a score");
                assert!(score(*best) - score(*found) < NEAR, "head {found} for {best}, word {word} of {words:?}");
            }
        }
    }
    assert!(sum / size < NEAR_IN_ALL, "scores differ by {} of their size", sum / size);
}

fn reaches_root(heads: &[usize], mut word: usize) -> bool {
    for _ in 0..=heads.len() {
        match heads[word] {
            0 => return true,
            head => word = head - 1,
        }
    }
    false
}

fn list(value: &Value) -> &Vec<Value> {
    value.as_array().expect("a list")
}
