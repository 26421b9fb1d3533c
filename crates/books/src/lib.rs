//! Countries, places, offices, lexicons and model weights, versioned, with checksums and licences.
//!
//! Nothing goes in; the text of every table and what edition of it this is come out. The tables are compiled in as they
//! lie in `data/`, so that a reading needs no file. What they mean is the engine's to say: it parses them, once, at the rim.
//!
//! **Invariant:** nothing here is computed from a table, read from disk or remembered; a table never differs from the
//! checksum that its edition states (a test compares them, and so does `sha256sum --check`).

/// Every table with its name, in the order in which the engine's library names them.
pub fn tables() -> [(&'static str, &'static str); 9] {
    [
        ("countries", include_str!("../data/countries.tsv")),
        ("metonyms", include_str!("../data/metonyms.tsv")),
        ("places", include_str!("../data/places.tsv")),
        ("cities", include_str!("../data/cities.tsv")),
        ("offices", include_str!("../data/offices.tsv")),
        ("organisations", include_str!("../data/organisations.tsv")),
        ("roles", include_str!("../data/roles.tsv")),
        ("plover", include_str!("../data/plover.tsv")),
        ("lemmas", include_str!("../data/lemmas.tsv")),
    ]
}

/// The edition of every table, in the order of [`tables`]: its name, and `VERSION sha256:` with the first twelve
/// hexadecimal digits of its checksum, as `2026-11 sha256:0f1e2d3c4b5a`.
pub fn edition() -> Vec<(&'static str, String)> {
    let edition = |(name, text)| (name, format!("{} sha256:{}", version(text), checksum(name).get(..12).unwrap_or("")));
    tables().into_iter().map(edition).collect()
}

/// The weights of the reader model, as `training/export.py` writes them.
pub fn weights() -> &'static [u8] {
    include_bytes!("../model/reader.safetensors")
}

/// The checksums of all tables, as `sha256sum` writes and checks them: hexadecimal digits, two blanks, the file.
const CHECKSUMS: &str = include_str!("../data/SHA256SUMS");

/// The checksum of a table in hexadecimal digits, as the list has it; empty if the list does not have it.
fn checksum(name: &str) -> &'static str {
    let lines = CHECKSUMS.lines().filter_map(|line| line.split_once("  "));
    lines.filter(|(_, file)| file.strip_suffix(".tsv") == Some(name)).map(|(digits, _)| digits).next().unwrap_or("")
}

/// The version that a table states among the comments at its head; empty if it states none.
fn version(text: &'static str) -> &'static str {
    let comments = text.lines().map_while(|line| line.strip_prefix('#'));
    comments.filter_map(|comment| comment.trim().strip_prefix("version:")).next().unwrap_or("").trim()
}

#[cfg(test)]
mod tests {
    use super::*;
    use sha2::{Digest, Sha256};

    #[test]
    fn every_table_is_the_one_its_checksum_states() {
        for (name, text) in tables() {
            let digits: String = Sha256::digest(text).iter().map(|byte| format!("{byte:02x}")).collect();
            assert_eq!(checksum(name), digits, "data/{name}.tsv has changed: run cargo xtask generate");
        }
        assert_eq!(CHECKSUMS.lines().count(), tables().len(), "a checksum of a table that is not there");
    }

    #[test]
    fn an_edition_has_a_version_and_twelve_digits() {
        let edition = edition();
        assert_eq!(edition.len(), tables().len());
        for (name, edition) in edition {
            let (version, digits) = edition.split_once(" sha256:").expect(name);
            assert!(version.len() >= 4 && version.is_ascii(), "{name} states no version");
            assert_eq!(digits.len(), 12, "{name}");
        }
    }
}
