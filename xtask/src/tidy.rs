//! Tidiness: the repository in, what is out of place in it out.
//!
//! A wall needs a check. What a crate may use is asked of cargo, what a file must say at its head is looked for there, and
//! what a document names must exist.
//!
//! **Invariant:** every rule here is about the whole house; what concerns one crate is tested in that crate.

use std::collections::BTreeSet;
use std::path::Path;
use std::process::Command;

use crate::repository::{Ended, output, read, root};

/// A crate, and what must never stand below it: not a file, clock, network, thread pool or randomness.
const WALLS: [(&str, &[&str]); 3] = [
    (
        "rapporteur-record",
        &["rapporteur", "rapporteur-model", "rapporteur-books", "tokio", "regex", "rand", "getrandom"],
    ),
    (
        "rapporteur-model",
        &["rapporteur", "rapporteur-record", "rapporteur-books", "tokio", "rayon", "rand", "getrandom"],
    ),
    (
        "rapporteur",
        &[
            "rapporteur-books",
            "tokio",
            "async-std",
            "rayon",
            "reqwest",
            "hyper",
            "ureq",
            "rusqlite",
            "rand",
            "getrandom",
            "chrono",
            "time",
            "tempfile",
            "walkdir",
        ],
    ),
];

/// Crates that the compiler keeps from file, clock, environment and randomly ordered maps.
const PURE: [&str; 2] = ["record", "engine"];

/// Words that end a file's claim to be finished. Written in halves, so that this file is not found by itself.
const UNFINISHED: [&str; 3] = [concat!("todo", "!("), concat!("unimplemented", "!("), concat!("dbg", "!(")];

/// The beginnings of paths that exist on one machine only.
const MACHINE: [&str; 5] =
    [concat!("/wo", "rk/"), concat!("/tm", "p/"), concat!("/ro", "ot/"), concat!("/ho", "me/"), concat!("/Us", "ers/")];

/// Hosts that packages come from on one machine only.
const HOSTS: [&str; 2] = [concat!("artifact", "ory"), concat!("index.crates", ".io")];

/// Says everything that is out of place.
pub fn tidy() -> Ended {
    let mut faults = Vec::new();
    walls(&mut faults)?;
    let root = root();
    let listed = output(
        Command::new("git").args(["ls-files", "--cached", "--others", "--exclude-standard"]).current_dir(&root),
    )?;
    let files: BTreeSet<&str> = listed.lines().filter(|file| root.join(file).is_file()).collect();
    for file in &files {
        // What is no text (weights, pictures) has no words to look at.
        let Ok(text) = std::fs::read_to_string(root.join(file)) else { continue };
        faults.extend(places(&text).into_iter().map(|fault| format!("{file}{fault}")));
        if file.ends_with(".rs") {
            faults.extend(heads(file, &text).into_iter().map(|fault| format!("{file}: {fault}")));
        }
        if file.ends_with(".md") && !file.starts_with("specs/") {
            faults.extend(names(&root, file, &text).into_iter().map(|fault| format!("{file}{fault}")));
        }
    }
    faults.iter().for_each(|fault| println!("{fault}"));
    println!("{} files looked at, {} out of place", files.len(), faults.len());
    Ok(faults.is_empty())
}

/// Asks cargo what stands below each crate, and the source of the pure ones whether they say so.
fn walls(faults: &mut Vec<String>) -> Result<(), String> {
    for (above, forbidden) in WALLS {
        let tree = ["tree", "--package", above, "--edges", "normal", "--prefix", "none", "--format", "{p}"];
        let tree = output(Command::new(env!("CARGO")).args(tree).current_dir(root()))?;
        let below: BTreeSet<&str> = tree.lines().skip(1).filter_map(|line| line.split(' ').next()).collect();
        for name in forbidden.iter().filter(|name| below.contains(*name)) {
            faults.push(format!("{above} uses {name}, and must not"));
        }
    }
    for name in PURE {
        let path = format!("crates/{name}/src/lib.rs");
        if !read(&root().join(&path))?.lines().any(|line| line.contains("#![") && line.contains("no_std")) {
            faults.push(format!("{path}: is not #![no_std]"));
        }
    }
    Ok(())
}

/// Paths and hosts of one machine, with their lines.
fn places(text: &str) -> Vec<String> {
    let mut faults = Vec::new();
    for (number, line) in text.lines().enumerate() {
        for name in MACHINE {
            // Inside an address or a longer path the same letters mean another thing.
            let begins = |at: usize| {
                line[..at].chars().next_back().is_none_or(|c| !c.is_alphanumeric() && !"./_-}>".contains(c))
            };
            if line.match_indices(name).any(|(at, _)| begins(at)) {
                faults.push(format!(":{}: names {name}, which exists on one machine only", number + 1));
            }
        }
        for host in HOSTS.iter().filter(|host| line.contains(*host)) {
            faults.push(format!(":{}: names the host {host}", number + 1));
        }
    }
    faults
}

/// What a source file must say at its head, and must not say anywhere.
fn heads(file: &str, text: &str) -> Vec<String> {
    let mut faults = Vec::new();
    let head: Vec<&str> = text.lines().take_while(|line| line.starts_with("//!")).collect();
    if head.is_empty() {
        faults.push("has no head; say what goes in and out, the idea, and the invariant".into());
    } else if file.starts_with("crates/")
        && file.ends_with("src/lib.rs")
        && !head.iter().any(|line| line.contains("**Invariant"))
    {
        faults.push("names no invariant in its head".into());
    }
    for word in UNFINISHED.iter().filter(|word| text.contains(*word)) {
        faults.push(format!("has {word}...)"));
    }
    faults
}

/// Names in a document that do not exist: files it links to or writes in backticks, crates, tasks and subcommands.
fn names(root: &Path, file: &str, text: &str) -> Vec<String> {
    let mut faults = Vec::new();
    let folder = Path::new(file).parent().unwrap_or(Path::new(""));
    let exists = |name: &str| root.join(name).exists() || root.join(folder).join(name).exists();
    let mut fenced = false;
    for (number, line) in text.lines().enumerate() {
        if line.trim_start().starts_with("```") {
            fenced = !fenced;
        }
        let mut fault = |name: &str| faults.push(format!(":{}: names {name:?}, which does not exist", number + 1));
        for link in line.split("](").skip(1).filter_map(|rest| rest.split(')').next()) {
            let path = link.split('#').next().unwrap_or_default();
            if !path.is_empty() && !path.contains("://") && !path.starts_with("mailto:") && !exists(path) {
                fault(path);
            }
        }
        // Within a fence every word is code; outside, what stands between backticks.
        let code: Vec<&str> = if fenced { vec![line] } else { line.split('`').skip(1).step_by(2).collect() };
        for code in &code {
            if !fenced && is_path(code) && !exists(code) {
                fault(code);
            }
            if let Some(name) = code.strip_prefix("rapporteur-").filter(|name| !fenced && is_word(name)) {
                if !exists(&format!("crates/{name}")) {
                    fault(code);
                }
            }
            for task in after(code, "cargo xtask ") {
                if !["tidy", "goldens", "eval", "bench", "generate"].contains(&task) && is_word(task) {
                    fault(&format!("cargo xtask {task}"));
                }
            }
        }
    }
    faults
}

/// The words that follow a phrase.
fn after<'a>(text: &'a str, phrase: &str) -> Vec<&'a str> {
    text.split(phrase).skip(1).filter_map(|rest| rest.split_whitespace().next()).collect()
}

fn is_word(word: &str) -> bool {
    !word.is_empty() && word.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'-')
}

/// A path of this repository: begins with one of its folders, and has no pattern or place holder in it.
fn is_path(code: &str) -> bool {
    const FOLDERS: [&str; 12] = [
        "crates/",
        "xtask/",
        "specs/",
        "goldens/",
        "evals/",
        "examples/",
        "benches/",
        "training/",
        "fuzz/",
        "web/",
        ".ci/",
        ".cargo/",
    ];
    FOLDERS.iter().any(|folder| code.starts_with(folder))
        && !code.contains(|c: char| c.is_whitespace() || "*<>{}…".contains(c))
        && !code.contains("NAME")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_of_one_machine_are_found() {
        let line = |words: &str| places(&words.replace('%', "/")).len();
        assert_eq!(line("see %tmp%x"), 1);
        assert_eq!(line("\"%work%main\""), 1);
        assert_eq!(line("a.example%tmp%x and the frame%work%"), 0);
    }

    #[test]
    fn a_file_says_what_it_is() {
        assert_eq!(heads("crates/a/src/b.rs", "//! Words in, words out.\n").len(), 0);
        assert_eq!(heads("crates/a/src/lib.rs", "//! Words in, words out.\n").len(), 1);
        assert_eq!(heads("crates/a/src/b.rs", "use std;\n").len(), 1);
    }

    #[test]
    fn names_in_documents_exist() {
        let faults = |words: &str| names(&root(), "README.md", words);
        assert_eq!(
            faults("`xtask/src/tidy.rs`, [specs](specs/README.md), `rapporteur-record`, `cargo xtask tidy`"),
            Vec::<String>::new()
        );
        for gone in ["`xtask/src/gone.rs`", "[a](gone.md)", "`rapporteur-gone`", "`cargo xtask gone`"] {
            assert_eq!(faults(gone).len(), 1, "{gone}");
        }
    }
}
