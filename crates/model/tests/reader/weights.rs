//! In: the sizes of a model. Out: a weights file with random numbers, made in memory.
//!
//! **Invariant:** the same sizes give the same bytes.

use std::fmt::Write;

/// Draws numbers in a fixed sequence.
pub struct Draw(pub u32);

impl Draw {
    pub fn next(&mut self) -> u32 {
        self.0 = self.0.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        self.0 >> 8
    }

    /// Between -1 and 1.
    pub fn float(&mut self) -> f32 {
        self.next() as f32 / (1 << 23) as f32 - 1.0
    }
}

/// A weights file in the making.
pub struct File {
    header: String,
    data: Vec<u8>,
    draw: Draw,
}

impl File {
    /// Adds floats around `middle`.
    fn floats(&mut self, name: &str, shape: &[usize], middle: f32, spread: f32) {
        let start = self.data.len();
        for _ in 0..shape.iter().product() {
            let value = middle + spread * self.draw.float();
            self.data.extend(value.to_le_bytes());
        }
        self.describe(name, "F32", shape, start);
    }

    fn integers(&mut self, name: &str, shape: &[usize]) {
        let start = self.data.len();
        for _ in 0..shape.iter().product() {
            let value = (self.draw.next() % 255) as i32 - 127;
            self.data.push(value as u8);
        }
        self.describe(name, "I8", shape, start);
    }

    fn describe(&mut self, name: &str, dtype: &str, shape: &[usize], start: usize) {
        let end = self.data.len();
        write!(self.header, r#","{name}":{{"dtype":"{dtype}","shape":{shape:?},"data_offsets":[{start},{end}]}}"#)
            .unwrap();
    }

    /// A layer whose outputs are about as large as its inputs.
    fn linear(&mut self, name: &str, inputs: usize, outputs: usize) {
        let scale = 1.0 / (73.0 * (inputs as f32).sqrt());
        self.integers(&format!("{name}.weight"), &[outputs, inputs]);
        self.floats(&format!("{name}.scale"), &[outputs], scale, scale * 0.3);
        self.floats(&format!("{name}.bias"), &[outputs], 0.0, 0.1);
    }

    fn norm(&mut self, name: &str, width: usize) {
        self.floats(&format!("{name}.weight"), &[width], 1.0, 0.2);
        self.floats(&format!("{name}.bias"), &[width], 0.0, 0.2);
    }

    fn labels(&mut self, name: &str, inputs: usize, labels: usize) {
        let spread = 2.0 / (inputs as f32).sqrt();
        self.floats(&format!("{name}.out.weight"), &[labels, inputs], 0.0, spread);
        self.floats(&format!("{name}.out.bias"), &[labels], 0.0, 0.1);
    }
}

/// The sizes that a test may vary.
pub struct Sizes {
    pub layers: usize,
    pub hidden: usize,
    pub heads: usize,
    pub positions: usize,
}

pub const SMALL: Sizes = Sizes { layers: 5, hidden: 64, heads: 2, positions: 96 };

/// The vocabulary of the random models.
pub const VOCABULARY: [&str; 22] = [
    "[PAD]", "[UNK]", "[CLS]", "[SEP]", "the", "minister", "##s", "said", "talks", "could", "fail", ",", ".", "ze",
    "##len", "##sky", "a", "b", "c", "##a", "##b", "##c",
];

/// A whole weights file.
pub fn reader(sizes: &Sizes) -> Vec<u8> {
    let Sizes { layers, hidden, heads, positions } = *sizes;
    let intermediate = 2 * hidden;
    let vocabulary = serde_json::to_string(&VOCABULARY).unwrap();
    let description = format!(
        r#"{{"format":"rapporteur.reader/1","name":"random","version":"7","layers":{layers},"hidden":{hidden},
        "attention_heads":{heads},"intermediate":{intermediate},"positions":{positions},"shapes":16,
        "vocabulary":{vocabulary},"groups":["syntax","names"],
        "taggers":[{{"name":"upos","group":"syntax","hidden":32,"labels":["NOUN","VERB","X"]}},
                   {{"name":"entity","group":"names","hidden":48,"labels":["O","B-PER","I-PER","B-LOC","I-LOC"]}}],
        "parser":{{"group":"syntax","arc":32,"relation":16,"labels":["nsubj","obj","root","punct"]}},
        "roles":[{{"name":"statement","group":"names","hidden":32,"labels":["O","B-source","I-source"]}}]}}"#
    );
    let reader = serde_json::to_string(&description).unwrap();
    let header = format!(r#"{{"__metadata__":{{"reader":{reader}}}"#);
    let mut file = File { header, data: Vec::new(), draw: Draw(42) };

    file.integers("embedding.word", &[VOCABULARY.len(), hidden]);
    file.floats("embedding.word.scale", &[VOCABULARY.len()], 0.01, 0.002);
    file.floats("embedding.position", &[positions, hidden], 0.0, 0.3);
    file.floats("embedding.shape", &[16, hidden], 0.0, 0.3);
    file.norm("embedding.norm", hidden);
    for layer in 0..layers {
        let name = |part: &str| format!("layer.{layer}.{part}");
        file.linear(&name("attention.qkv"), hidden, 3 * hidden);
        file.linear(&name("attention.out"), hidden, hidden);
        file.norm(&name("attention.norm"), hidden);
        file.linear(&name("up"), hidden, intermediate);
        file.linear(&name("down"), intermediate, hidden);
        file.norm(&name("norm"), hidden);
    }
    for group in ["syntax", "names"] {
        file.floats(&format!("mix.{group}"), &[layers.min(4)], 0.25, 0.2);
    }
    file.linear("tagger.upos.hidden", hidden, 32);
    file.labels("tagger.upos", 32, 3);
    file.linear("tagger.entity.hidden", hidden, 48);
    file.labels("tagger.entity", 48, 5);
    file.linear("parser.mlp", hidden, 96);
    file.floats("parser.root_arc", &[32], 0.5, 0.5);
    file.floats("parser.root_relation", &[16], 0.5, 0.5);
    file.floats("parser.arc.weight", &[32, 32], 0.0, 0.5);
    file.floats("parser.arc.bias", &[32], 0.0, 0.5);
    file.floats("parser.relation.weight", &[4, 17, 17], 0.0, 0.5);
    file.linear("role.statement.project", hidden, 128);
    file.floats("role.statement.distance", &[21, 32], 0.0, 0.5);
    file.labels("role.statement", 32, 3);

    let File { header, data, .. } = file;
    finish(&(header + "}"), &data)
}

/// A file of this header and data.
pub fn finish(header: &str, data: &[u8]) -> Vec<u8> {
    let mut bytes = (header.len() as u64).to_le_bytes().to_vec();
    bytes.extend(header.as_bytes());
    bytes.extend(data);
    bytes
}

/// The header of a file, as text, and its data.
pub fn parts(bytes: &[u8]) -> (String, &[u8]) {
    let length = u64::from_le_bytes(bytes[..8].try_into().unwrap()) as usize;
    (String::from_utf8(bytes[8..8 + length].to_vec()).unwrap(), &bytes[8 + length..])
}
