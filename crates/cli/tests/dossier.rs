//! The dossier: the worked process in, one page out, and what a browser makes of it.
//!
//! The page itself is tested in a browser by `web/tests`, where Node and a Chromium are on the machine; where they are not, the
//! test says that it skips them.
//!
//! **Invariant:** nothing is installed for a test outside `web/tests/node_modules`.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

mod common;
use common::run;

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// The page of the worked process.
fn talks(folder: &Path) -> PathBuf {
    let reports = root().join("examples/talks");
    let reports = reports.to_str().expect("a path is text");
    run(folder, &["ingest", reports, "--received", "2026-04-20", "--ledger", "talks.ledger"], 0);
    run(folder, &["dossier", "--ledger", "talks.ledger", "--title", "The talks", "--out", "talks.html"], 0);
    folder.join("talks.html")
}

#[test]
fn one_page_holds_everything_and_no_words_act() {
    let folder = tempfile::tempdir().expect("a folder");
    let page = fs::read_to_string(talks(folder.path())).expect("the page is written");
    let again = fs::read_to_string(talks(folder.path())).expect("the page is written");
    assert_eq!(page, again, "the same ledger gives the same page");
    assert!(page.contains("default-src 'none'"));
    // a banner of one report is quoted with its markup
    assert!(!page.contains("<script>alert"), "words of a report are markup");
    assert!(page.contains("\\u003cscript>alert"));
    assert!(!folder.path().join("talks.html.part").exists());
}

#[test]
fn no_ledger_and_no_folder_are_said_in_one_line() {
    let folder = tempfile::tempdir().expect("a folder");
    let (_, said) = run(folder.path(), &["dossier", "--ledger", "no.ledger", "--out", "page.html"], 2);
    assert!(said.contains("rapporteur ingest") && said.lines().count() == 1, "{said}");
    talks(folder.path());
    let (_, said) = run(folder.path(), &["dossier", "--ledger", "talks.ledger", "--out", "none/page.html"], 2);
    assert!(said.starts_with("rapporteur: cannot write") && said.lines().count() == 1, "{said}");
}

#[test]
fn a_browser_shows_it() {
    let chromium = std::env::var("CHROMIUM").unwrap_or_else(|_| "/usr/bin/chromium".into());
    let node = Command::new("npm").arg("--version").output().is_ok_and(|done| done.status.success());
    if !node || !Path::new(&chromium).exists() {
        println!("skipped: the browser tests need npm and a Chromium (CHROMIUM names another than {chromium})");
        return;
    }
    let folder = tempfile::tempdir().expect("a folder");
    let page = talks(folder.path());
    let tests = root().join("web/tests");
    for arguments in [["ci", "--silent"], ["test", "--silent"]] {
        let done = Command::new("npm").args(arguments).current_dir(&tests).env("DOSSIER", &page).output();
        let done = done.expect("npm starts");
        let (out, err) = (String::from_utf8_lossy(&done.stdout), String::from_utf8_lossy(&done.stderr));
        assert!(done.status.success(), "npm {arguments:?}\n{out}\n{err}");
    }
}
