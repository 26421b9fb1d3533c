//! Where things lie: the root of the checkout, the data beside it, the released binary; and how to run a program.
//!
//! **Invariant:** every path is relative to the checkout; no machine is named.

use std::fs;
use std::io::Read;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use flate2::read::MultiGzDecoder;

/// How a task ends: whether all is as it should be, or why it could not be done.
pub type Ended = Result<bool, String>;

/// What a task says where the data that it measures on is not there.
pub const SKIPPED: &str = "skipped: shared data not beside the checkout";

/// The root of the checkout.
pub fn root() -> PathBuf {
    let own = Path::new(env!("CARGO_MANIFEST_DIR"));
    own.parent().unwrap_or(own).to_owned()
}

/// The shared data beside the checkout, where it is there.
pub fn shared() -> Option<PathBuf> {
    let shared = root().parent()?.join("shared");
    shared.join("score").is_dir().then_some(shared)
}

/// A folder for what a task makes on its way, inside the target folder.
pub fn scratch(task: &str) -> Result<PathBuf, String> {
    let target = std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| root().join("target"), PathBuf::from);
    let folder = target.join("xtask").join(task);
    fs::create_dir_all(&folder).map_err(|error| format!("cannot make {}: {error}", folder.display()))?;
    Ok(folder)
}

/// Builds the released `rapporteur` and says where it lies.
pub fn released() -> Result<PathBuf, String> {
    let arguments =
        ["build", "--release", "--package", "rapporteur-cli", "--message-format", "json-render-diagnostics"];
    let messages = output(Command::new(env!("CARGO")).args(arguments).current_dir(root()).stderr(Stdio::inherit()))?;
    let built = messages.lines().filter_map(|line| serde_json::from_str::<serde_json::Value>(line).ok());
    built
        .filter_map(|message| message["executable"].as_str().map(PathBuf::from))
        .find(|path| path.file_stem().is_some_and(|name| name == "rapporteur"))
        .ok_or_else(|| "cargo built no rapporteur".into())
}

/// Runs a program and gives what it prints; its messages are passed on, and a failure names it.
pub fn output(command: &mut Command) -> Result<String, String> {
    let name = command.get_program().to_string_lossy().into_owned();
    let ended = command.stdin(Stdio::null()).stdout(Stdio::piped()).spawn().and_then(|child| child.wait_with_output());
    let ended = ended.map_err(|error| format!("cannot run {name}: {error}"))?;
    if !ended.status.success() {
        return Err(format!("{name} ended with {}", ended.status));
    }
    String::from_utf8(ended.stdout).map_err(|_| format!("{name} did not print text"))
}

/// Reads a file.
pub fn read(path: &Path) -> Result<String, String> {
    fs::read_to_string(path).map_err(|error| format!("cannot read {}: {error}", path.display()))
}

/// Writes a file.
pub fn write(path: &Path, text: &str) -> Result<(), String> {
    fs::write(path, text).map_err(|error| format!("cannot write {}: {error}", path.display()))
}

/// Reads a file compressed with gzip.
pub fn unpack(path: &Path) -> Result<String, String> {
    let mut text = String::new();
    let file = fs::File::open(path).map_err(|error| format!("cannot read {}: {error}", path.display()))?;
    let unpacked = MultiGzDecoder::new(file).read_to_string(&mut text);
    unpacked.map_err(|error| format!("cannot read {}: {error}", path.display()))?;
    Ok(text)
}

/// The files of a folder with one of these extensions, in order of their names; none where there is no folder.
pub fn files(folder: &Path, extensions: &[&str]) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).into_iter().flatten().filter_map(Result::ok).map(|entry| entry.path());
    let wanted = |path: &PathBuf| path.extension().is_some_and(|found| extensions.iter().any(|one| found == *one));
    let mut files: Vec<PathBuf> = entries.filter(wanted).collect();
    files.sort();
    files
}
