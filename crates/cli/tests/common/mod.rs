//! What the tests of the command share: it is started as a user starts it.

use std::path::Path;
use std::process::Command;

/// Runs `rapporteur` in a folder and holds it to an exit status; what it wrote to standard output and standard error.
pub fn run(folder: &Path, arguments: &[&str], status: i32) -> (String, String) {
    let output =
        Command::new(env!("CARGO_BIN_EXE_rapporteur")).args(arguments).current_dir(folder).output().expect("it starts");
    let words = |bytes: Vec<u8>| String::from_utf8(bytes).expect("the command writes UTF-8");
    let (out, err) = (words(output.stdout), words(output.stderr));
    assert_eq!(output.status.code(), Some(status), "{arguments:?}\n{err}");
    (out, err)
}
