//! Prints the words and sentences of texts, so that training cuts raw text exactly as the engine does.
//!
//! In: JSON lines `{"id", "text"}` on standard input. Out: JSON lines `{"id", "sentences": [[[start, end, shape], ...], ...]}` with offsets in
//! code points and `shape` the number under which the model knows the word's letters and quotation. With `--conllu`, the
//! plain text on standard input is printed as a CoNLL-U skeleton instead, to score words and sentences alone.

use std::io::{BufRead, Read, Write};

fn main() {
    let mut out = std::io::BufWriter::new(std::io::stdout().lock());
    if std::env::args().any(|argument| argument == "--conllu") {
        let mut text = String::new();
        std::io::stdin().read_to_string(&mut text).expect("text on standard input");
        let (tokens, sentences) = cut(&text);
        for sentence in sentences {
            for (index, token) in tokens[sentence.tokens].iter().enumerate() {
                writeln!(out, "{}\t{}\t_\tX\t_\t_\t{index}\tdep\t_\t_", index + 1, token.span.of(&text))
                    .expect("standard output");
            }
            writeln!(out).expect("standard output");
        }
        return;
    }
    for line in std::io::stdin().lock().lines() {
        let document: serde_json::Value = serde_json::from_str(&line.expect("a line")).expect("JSON");
        let text = document["text"].as_str().expect("text");
        let mut points = vec![0u32; text.len() + 1];
        let mut count = 0;
        for (byte, character) in text.char_indices() {
            points[byte..byte + character.len_utf8()].fill(count);
            count += 1;
        }
        points[text.len()] = count;
        let (tokens, sentences) = cut(text);
        let sentences: Vec<Vec<[u32; 3]>> = sentences
            .iter()
            .map(|sentence| {
                let tokens = tokens[sentence.tokens.clone()].iter();
                tokens
                    .map(|t| [points[t.span.start as usize], points[t.span.end as usize], t.model_shape() as u32])
                    .collect()
            })
            .collect();
        writeln!(out, "{}", serde_json::json!({"id": document["id"], "sentences": sentences}))
            .expect("standard output");
    }
}

fn cut(text: &str) -> (Vec<rapporteur::tokens::Token>, Vec<rapporteur::sentences::Sentence>) {
    let paragraphs = rapporteur::paragraphs::cut(text);
    let tokens = rapporteur::tokens::cut(text, &paragraphs);
    let sentences = rapporteur::sentences::cut(text, &tokens);
    (tokens, sentences)
}
