//! What holds of a whole model, shown on random weights.
//!
//! **Invariant:** no test here depends on trained weights.

mod weights;

use rapporteur_model::{Arithmetic, Encoding, Model, Word, viterbi};
use weights::{Draw, SMALL, Sizes, VOCABULARY, finish, parts, reader};

fn model(arithmetic: Arithmetic) -> Model {
    Model::from_bytes(&reader(&SMALL)).unwrap().with_arithmetic(arithmetic).unwrap()
}

fn window(text: &str) -> Vec<Word<'_>> {
    text.split(' ').enumerate().map(|(at, text)| Word { text, shape: (at % 16) as u8 }).collect()
}

const TEXT: &str = "The ministers said , Zelensky said , the talks could fail . a ab abc cabba Überraschung";

/// The bits of everything that an encoding can be asked.
fn everything(encoding: &Encoding) -> Vec<u32> {
    let words = encoding.words();
    let mut matrices = vec![encoding.tags("upos"), encoding.tags("entity"), encoding.vectors(0), encoding.vectors(1)];
    for predicate in 0..words {
        matrices.push(encoding.roles("statement", predicate, 0..words));
    }
    matrices.push(matrices[0].softmax());
    let mut bits = Vec::new();
    for matrix in matrices {
        for row in 0..matrix.rows() {
            bits.extend(matrix.row(row).iter().map(|value| value.to_bits()));
        }
    }
    for range in [0..words, 0..12.min(words), 3..words] {
        for attachment in encoding.parse(range) {
            let head = attachment.head.map_or(0, |head| head as u32 + 1);
            bits.extend([head, attachment.label as u32, attachment.probability.to_bits()]);
        }
    }
    bits
}

#[test]
fn every_arithmetic_gives_the_same_bits() {
    let expected: Vec<Vec<u32>> = {
        let scalar = model(Arithmetic::Scalar);
        (1..=17).map(|words| everything(&scalar.encode(&window(TEXT)[..words]))).collect()
    };
    assert!(expected[16].len() > 3000);
    for arithmetic in Arithmetic::available().into_iter().filter(|other| *other > Arithmetic::Scalar) {
        let model = model(arithmetic);
        assert_eq!(model.arithmetic(), arithmetic);
        for words in 1..=17 {
            let got = everything(&model.encode(&window(TEXT)[..words]));
            assert!(got == expected[words - 1], "{arithmetic:?} differs from scalar on {words} words");
        }
    }
}

#[test]
fn the_published_size_gives_the_same_bits() {
    let sizes = Sizes { layers: 2, hidden: 384, heads: 12, positions: 512 };
    let model = Model::from_bytes(&reader(&sizes)).unwrap();
    let text = [TEXT; 6].join(" ");
    let expected = everything(&model.clone().with_arithmetic(Arithmetic::Scalar).unwrap().encode(&window(&text)));
    for arithmetic in Arithmetic::available().into_iter().filter(|other| *other > Arithmetic::Scalar) {
        let model = model.clone().with_arithmetic(arithmetic).unwrap();
        assert!(everything(&model.encode(&window(&text))) == expected, "{arithmetic:?} differs from scalar");
    }
}

#[test]
fn integers_stay_close_to_floats() {
    let text = window(TEXT);
    let (integers, floats) = (model(Arithmetic::Scalar), model(Arithmetic::Reference));
    let (integers, floats) = (integers.encode(&text), floats.encode(&text));
    let cosine = |a: &[f32], b: &[f32]| {
        let dot = |a: &[f32], b: &[f32]| a.iter().zip(b).map(|(a, b)| f64::from(*a) * f64::from(*b)).sum::<f64>();
        dot(a, b) / (dot(a, a) * dot(b, b)).sqrt()
    };
    for group in 0..2 {
        let (integers, floats) = (integers.vectors(group), floats.vectors(group));
        assert_ne!(integers, floats);
        for word in 0..text.len() {
            let cosine = cosine(integers.row(word), floats.row(word));
            assert!(cosine > 0.995, "word {word} of group {group}: cosine {cosine}");
        }
    }
    let (integers, floats) = (integers.tags("upos"), floats.tags("upos"));
    for word in 0..text.len() {
        for (a, b) in integers.row(word).iter().zip(floats.row(word)) {
            assert!((a - b).abs() < 0.2, "word {word}: {a} and {b}");
        }
    }
}

/// The whole computation once more, by the formulas of the description and in double floats.
#[test]
fn the_reference_follows_the_formulas() {
    let bytes = reader(&SMALL);
    let (header, data) = parts(&bytes);
    let header: serde_json::Value = serde_json::from_str(&header).unwrap();
    let tensor = |name: &str| -> Vec<f64> {
        let entry = &header[name];
        let at = |index: usize| entry["data_offsets"][index].as_u64().unwrap() as usize;
        let bytes = &data[at(0)..at(1)];
        match entry["dtype"].as_str().unwrap() {
            "I8" => bytes.iter().map(|byte| f64::from(*byte as i8)).collect(),
            _ => bytes.chunks(4).map(|four| f64::from(f32::from_le_bytes(four.try_into().unwrap()))).collect(),
        }
    };
    let linear = |name: &str, x: &[f64]| -> Vec<f64> {
        let (weight, scale, bias) =
            (tensor(&format!("{name}.weight")), tensor(&format!("{name}.scale")), tensor(&format!("{name}.bias")));
        let row = |out: usize| weight[out * x.len()..][..x.len()].iter().zip(x).map(|(w, x)| w * x).sum::<f64>();
        (0..bias.len()).map(|out| row(out) * scale[out] + bias[out]).collect()
    };
    let norm = |name: &str, x: Vec<f64>| -> Vec<f64> {
        let (weight, bias) = (tensor(&format!("{name}.weight")), tensor(&format!("{name}.bias")));
        let mean = x.iter().sum::<f64>() / x.len() as f64;
        let variance = x.iter().map(|x| (x - mean).powi(2)).sum::<f64>() / x.len() as f64;
        (0..x.len()).map(|i| (x[i] - mean) / (variance + 1e-12).sqrt() * weight[i] + bias[i]).collect()
    };
    let erf = |x: f64| {
        let (mut term, mut sum) = (x, x);
        for n in 1..200 {
            term *= -x * x / f64::from(n);
            sum += term / f64::from(2 * n + 1);
        }
        sum * 2.0 / std::f64::consts::PI.sqrt()
    };
    let plus = |a: &[f64], b: &[f64]| -> Vec<f64> { a.iter().zip(b).map(|(a, b)| a + b).collect() };
    let softmax = |x: &[f64]| -> Vec<f64> {
        let sum: f64 = x.iter().map(|x| x.exp()).sum();
        x.iter().map(|x| x.exp() / sum).collect()
    };

    // "the ministers said": four pieces between the edges; the words' shapes are 0, 1, 2.
    let (pieces, shapes) = ([2, 4, 5, 6, 7, 3], [5, 0, 1, 1, 2, 5]);
    let width = SMALL.hidden;
    let (words, scales) = (tensor("embedding.word"), tensor("embedding.word.scale"));
    let (positions, shape_table) = (tensor("embedding.position"), tensor("embedding.shape"));
    let mut rows: Vec<Vec<f64>> = (0..6)
        .map(|at| {
            let value = |i: usize| {
                words[pieces[at] * width + i] * scales[pieces[at]]
                    + positions[at * width + i]
                    + shape_table[shapes[at] * width + i]
            };
            norm("embedding.norm", (0..width).map(value).collect())
        })
        .collect();
    let mut outputs = Vec::new();
    for layer in 0..SMALL.layers {
        let name = |part: &str| format!("layer.{layer}.{part}");
        let mixed: Vec<Vec<f64>> = rows.iter().map(|row| linear(&name("attention.qkv"), row)).collect();
        let size = width / SMALL.heads;
        let attended: Vec<Vec<f64>> = (0..6)
            .map(|query| {
                let mut all = Vec::new();
                for head in 0..SMALL.heads {
                    let part = |row: &Vec<f64>, kind: usize| row[kind * width + head * size..][..size].to_vec();
                    let q = part(&mixed[query], 0);
                    let scores: Vec<f64> = mixed
                        .iter()
                        .map(|row| part(row, 1).iter().zip(&q).map(|(k, q)| k * q).sum::<f64>() / (size as f64).sqrt())
                        .collect();
                    let shares = softmax(&scores);
                    let value = |i: usize| (0..6).map(|key| shares[key] * part(&mixed[key], 2)[i]).sum::<f64>();
                    all.extend((0..size).map(value));
                }
                all
            })
            .collect();
        rows = (0..6)
            .map(|at| {
                let out = linear(&name("attention.out"), &attended[at]);
                let row = norm(&name("attention.norm"), plus(&rows[at], &out));
                let raised = linear(&name("up"), &row);
                let raised: Vec<f64> = raised.iter().map(|x| 0.5 * x * (1.0 + erf(x / 2f64.sqrt()))).collect();
                norm(&name("norm"), plus(&row, &linear(&name("down"), &raised)))
            })
            .collect();
        outputs.push(rows.clone());
    }
    let vector = |group: &str, pieces: &[usize]| -> Vec<f64> {
        let mix = tensor(&format!("mix.{group}"));
        let last = &outputs[outputs.len() - 4..];
        let mixed = |piece: usize, i: usize| (0..4).map(|layer| mix[layer] * last[layer][piece][i]).sum::<f64>();
        (0..width).map(|i| pieces.iter().map(|p| mixed(*p, i)).sum::<f64>() / pieces.len() as f64).collect()
    };
    let own: [&[usize]; 3] = [&[1], &[2, 3], &[4]];
    let close = |got: &[f32], expected: &[f64]| {
        assert_eq!(got.len(), expected.len());
        for (got, expected) in got.iter().zip(expected) {
            assert!((f64::from(*got) - expected).abs() < 2e-4, "{got}, not {expected}");
        }
    };

    let model = model(Arithmetic::Reference);
    let encoding = model.encode(&window("The ministers said"));
    let relu = |x: Vec<f64>| -> Vec<f64> { x.into_iter().map(|x| x.max(0.0)).collect() };
    let out = |name: &str, hidden: &[f64]| -> Vec<f64> {
        let (weight, bias) = (tensor(&format!("{name}.out.weight")), tensor(&format!("{name}.out.bias")));
        let row = |out: usize| weight[out * hidden.len()..][..hidden.len()].iter().zip(hidden).map(|(w, h)| w * h);
        (0..bias.len()).map(|label| row(label).sum::<f64>() + bias[label]).collect()
    };
    for (word, pieces) in own.iter().enumerate() {
        close(encoding.vectors(1).row(word), &vector("names", pieces));
        let hidden = relu(linear("tagger.upos.hidden", &vector("syntax", pieces)));
        close(encoding.tags("upos").row(word), &out("tagger.upos", &hidden));
    }

    // Roles as seen from the second word.
    let project: Vec<Vec<f64>> =
        own.iter().map(|pieces| linear("role.statement.project", &vector("names", pieces))).collect();
    let distance = tensor("role.statement.distance");
    for word in 0..3 {
        let hidden = |k: usize| {
            let added = project[1][k] + project[word][32 + k] + distance[(9 + word) * 32 + k];
            added + project[1][64 + k] * project[word][96 + k]
        };
        let hidden = relu((0..32).map(hidden).collect());
        close(encoding.roles("statement", 1, 0..3).row(word), &out("role.statement", &hidden));
    }

    // The parser: with three words every tree can be tried.
    let mlp: Vec<Vec<f64>> = own.iter().map(|p| relu(linear("parser.mlp", &vector("syntax", p)))).collect();
    let (arc, arc_bias) = (tensor("parser.arc.weight"), tensor("parser.arc.bias"));
    let head_units = |head: usize| if head == 0 { tensor("parser.root_arc") } else { mlp[head - 1][32..64].to_vec() };
    let score = |word: usize, head: usize| -> f64 {
        let units = head_units(head);
        let pair = |d: usize, h: usize| mlp[word][d] * arc[d * 32 + h] * units[h];
        (0..32).map(|h| (0..32).map(|d| pair(d, h)).sum::<f64>() + arc_bias[h] * units[h]).sum()
    };
    let trees = [[0, 1, 1], [0, 1, 2], [0, 3, 1], [2, 0, 2], [3, 0, 2], [2, 0, 1], [3, 3, 0], [2, 3, 0], [3, 1, 0]];
    let total = |tree: &[usize; 3]| (0..3).map(|word| score(word, tree[word])).sum::<f64>();
    let best = trees.iter().max_by(|a, b| total(a).total_cmp(&total(b))).unwrap();
    let relation = tensor("parser.relation.weight");
    for (word, attachment) in encoding.parse(0..3).iter().enumerate() {
        let head = best[word];
        assert_eq!(attachment.head, head.checked_sub(1));
        let arcs: Vec<f64> = (0..4).filter(|head| *head != word + 1).map(|head| score(word, head)).collect();
        let arc_share = score(word, head).exp() / arcs.iter().map(|score| score.exp()).sum::<f64>();
        let mut dependent = mlp[word][64..80].to_vec();
        let mut units = if head == 0 { tensor("parser.root_relation") } else { mlp[head - 1][80..96].to_vec() };
        dependent.push(1.0);
        units.push(1.0);
        let pair = |r: usize, d: usize, h: usize| dependent[d] * relation[(r * 17 + d) * 17 + h] * units[h];
        let label = |r: usize| (0..17).map(|d| (0..17).map(|h| pair(r, d, h)).sum::<f64>()).sum::<f64>();
        let shares = softmax(&[label(0), label(1), label(2), label(3)]);
        let probability = arc_share * shares[attachment.label];
        assert!(shares.iter().all(|share| *share <= shares[attachment.label]));
        assert!((f64::from(attachment.probability) - probability).abs() < 1e-3, "{attachment:?}, not {probability}");
    }
}

#[test]
fn a_window_does_not_feel_what_was_read_before() {
    let model = model(*Arithmetic::available().last().unwrap());
    let alone = everything(&model.encode(&window("the talks could fail .")));
    model.encode(&window(TEXT));
    assert_eq!(everything(&model.encode(&window("the talks could fail ."))), alone);
    // Reading in several threads gives the same.
    std::thread::scope(|scope| {
        for _ in 0..2 {
            scope.spawn(|| assert_eq!(everything(&model.encode(&window("the talks could fail ."))), alone));
        }
    });
}

#[test]
fn every_sentence_of_a_window_is_a_tree_of_its_own() {
    let model = model(Arithmetic::Scalar);
    let encoding = model.encode(&window(TEXT));
    for range in [0..3, 3..12, 12..17, 4..5] {
        let attachments = encoding.parse(range.clone());
        assert_eq!(attachments.len(), range.len());
        assert_eq!(attachments.iter().filter(|attachment| attachment.head.is_none()).count(), 1);
        for (word, attachment) in range.clone().zip(&attachments) {
            assert!(attachment.head.is_none_or(|head| range.contains(&head) && head != word));
            assert!(attachment.label < model.labels("parser").len());
            assert!((0.0..=1.0).contains(&attachment.probability));
        }
    }
}

#[test]
fn odd_requests_get_empty_answers() {
    let model = model(Arithmetic::Scalar);
    let nothing = model.encode(&[]);
    assert_eq!((nothing.words(), nothing.tags("upos").rows(), nothing.parse(0..9).len()), (0, 0, 0));
    assert_eq!(nothing.roles("statement", 0, 0..1).columns(), 0);

    let encoding = model.encode(&[Word { text: "", shape: 255 }, Word { text: "talks", shape: 3 }]);
    assert_eq!(encoding.tags("no such head").columns(), 0);
    assert!(encoding.best_tags("no such head").is_empty());
    assert!(model.labels("no such head").is_empty());
    assert_eq!(model.labels("upos").len(), encoding.tags("upos").columns());
    assert_eq!(encoding.roles("statement", 7, 0..2).columns(), 0);
    assert_eq!(encoding.roles("statement", 0, 1..usize::MAX).rows(), 1);
    assert_eq!(encoding.parse(1..usize::MAX).len(), 1);
    assert_eq!(viterbi(&encoding.tags("entity"), model.labels("entity")).len(), 2);
}

#[test]
fn what_does_not_fit_is_cut() {
    let model = model(Arithmetic::Scalar);
    assert_eq!(model.window(), 94);
    let long = "abcabcabc".repeat(8);
    assert_eq!(model.pieces(&long), 72);
    let words: Vec<Word> = std::iter::repeat_n(Word { text: &long, shape: 0 }, 3).collect();
    let encoding = model.encode(&words);
    assert_eq!(encoding.tags("upos").rows(), 3);
    assert_eq!(encoding.parse(0..3).len(), 3);
    assert!(encoding.vectors(0).row(1).iter().any(|value| *value != 0.0));
    assert!(encoding.vectors(0).row(2).iter().all(|value| *value == 0.0));
    let points = ".".repeat(100_000);
    assert_eq!(model.pieces(&points), 100_000);
    assert_eq!(model.encode(&[Word { text: &points, shape: 0 }]).words(), 1);
}

#[test]
fn pieces_are_those_of_the_vocabulary() {
    let model = model(Arithmetic::Scalar);
    let spelled =
        |word: &str| -> Vec<&str> { model.split(word).iter().map(|piece| VOCABULARY[*piece as usize]).collect() };
    assert_eq!(spelled("Ministers,"), ["minister", "##s", ","]);
    assert_eq!(spelled("Žėlenský"), ["ze", "##len", "##sky"]);
    assert_eq!(spelled("Überraschung"), ["[UNK]"]);
}

#[test]
fn broken_files_are_refused_in_words() {
    let bytes = reader(&SMALL);
    assert_eq!(
        (Model::from_bytes(&bytes).unwrap().name(), Model::from_bytes(&bytes).unwrap().version()),
        ("random", "7")
    );
    let (header, data) = parts(&bytes);
    let refused = |header: &str, data: &[u8], expected: &str| {
        let error = Model::from_bytes(&finish(header, data)).unwrap_err();
        assert!(error.to_string().contains(expected), "`{error}` does not say `{expected}`");
    };

    for length in (0..400).chain((400..bytes.len()).step_by(997)).chain([bytes.len() - 1]) {
        assert!(Model::from_bytes(&bytes[..length]).is_err(), "cut at {length}");
    }
    assert!(Model::from_bytes(&[0xff; 64]).is_err());
    refused("{}", &[], "reader");
    refused(r#"{"__metadata__":{"reader":"{}"}}"#, &[], "missing field");
    refused(&header.replace("rapporteur.reader/1", "rapporteur.reader/9"), data, "this program reads");
    refused(&header.replace("layer.3.up.weight", "layer.3.up.height"), data, "layer.3.up.weight: missing");
    refused(&header.replace("[SEP]", "[PES]"), data, "[SEP]");
    refused(&header.replace(r#"\"layers\":5"#, r#"\"layers\":6"#), data, "layer.5.attention.qkv.weight: missing");
    refused(&header.replace(r#"\"layers\":5"#, r#"\"layers\":5000000000000"#), data, "layers");
    refused(&header.replace(r#"\"hidden\":64"#, r#"\"hidden\":63"#), data, "multiple of 16");
    refused(&header.replace(r#"\"hidden\":64"#, r#"\"hidden\":0"#), data, "multiple of 16");
    refused(&header.replace(r#"\"attention_heads\":2"#, r#"\"attention_heads\":0"#), data, "attention heads");
    refused(&header.replace(r#"\"positions\":96"#, r#"\"positions\":1"#), data, "positions");
    refused(&header.replace(r#"\"group\":\"names\""#, r#"\"group\":\"games\""#), data, "games");
    refused(&header.replace("[5, 48]", "[48, 5]"), data, "expected F32 [5, 48]");
    refused(
        &header.replace(r#""dtype":"I8","shape":[96, 64]"#, r#""dtype":"F32","shape":[96, 64]"#),
        data,
        "expected I8",
    );
    let name = header.find(r#""mix.names""#).unwrap();
    let offsets = name + header[name..].find("data_offsets").unwrap() + "data_offsets\":[".len();
    for (numbers, expected) in [
        ("18446744073709551615,1", "outside"),
        ("9,3", "outside"),
        ("0,18446744073709551615", "outside"),
        ("0,4", "do not make"),
    ] {
        let end = offsets + header[offsets..].find(']').unwrap();
        refused(&format!("{}{numbers}{}", &header[..offsets], &header[end..]), data, expected);
    }
    let mut poisoned = data.to_vec();
    let end = poisoned.len();
    poisoned[end - 4..].copy_from_slice(&f32::NAN.to_le_bytes());
    refused(&header, &poisoned, "finite");
}

#[test]
fn spoilt_files_never_panic() {
    let bytes = reader(&Sizes { layers: 1, hidden: 32, heads: 1, positions: 16 });
    let (header, _) = parts(&bytes);
    let mut draw = Draw(11);
    let mut opened = 0;
    for round in 0..400 {
        let mut spoilt = bytes.clone();
        for _ in 0..=round % 3 {
            // Half of the blows fall on the header.
            let reach = if round % 2 == 0 { 8 + header.len() } else { bytes.len() };
            let at = draw.next() as usize % reach;
            spoilt[at] = draw.next() as u8;
        }
        if let Ok(model) = Model::from_bytes(&spoilt) {
            opened += 1;
            let encoding = model.encode(&window("The ministers said talks could fail ."));
            let words = encoding.words();
            encoding.parse(0..words);
            encoding.roles("statement", 2, 0..words);
            viterbi(&encoding.tags("entity"), model.labels("entity"));
        }
    }
    assert!(opened > 50, "{opened}");
}
