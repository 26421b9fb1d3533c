//! Quality: the released program on text we did not choose, scored by scorers that share no code with it.
//!
//! Each set is read, its records are verified, scored, and the measures that have a floor compared with it. A floor is
//! raised or lowered by a person, in `evals/floors.toml`, never here.
//!
//! **Invariant:** a floor whose measure was not found is a failure, not a pass.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use serde_json::{Value, json};

use crate::ask;
use crate::crossdoc;
use crate::repository::{Ended, SKIPPED, files, output, read, released, root, scratch, shared, unpack, write};
use crate::talks;

/// A set of reports with what people found in them.
struct Set {
    name: &'static str,
    /// In the data folder, or the folder of our own gold.
    gold: &'static str,
    scorer: &'static str,
    /// Further words for the scorer.
    words: &'static [&'static str],
    /// Whether it is measured when no set is named.
    usual: bool,
}

const SETS: [Set; 9] = [
    Set { name: "gold", gold: "gold/dev", scorer: "gold.py", words: &[], usual: true },
    Set {
        name: "polnear",
        gold: "data/attribution/polnear/polnear_dev.jsonl.gz",
        scorer: "polnear.py",
        words: &[],
        usual: true,
    },
    Set { name: "time", gold: "data/time/tbaq.jsonl.gz", scorer: "timex.py", words: &["--fold", "dev"], usual: true },
    Set { name: "ewt", gold: "data/ud/ewt/en_ewt-ud-dev.conllu.gz", scorer: "conllu.py", words: &[], usual: true },
    Set {
        name: "gum",
        gold: "data/ud/gum/en_gum-permissive-dev.conllu.gz",
        scorer: "conllu.py",
        words: &[],
        usual: false,
    },
    Set {
        name: "plv",
        gold: "data/events/plv_train.jsonl.gz",
        scorer: "events_sentences.py",
        words: &[],
        usual: false,
    },
    Set { name: "places", gold: "data/toponyms/lgl.jsonl.gz", scorer: "toponyms.py", words: &[], usual: false },
    Set { name: UNSEEN, gold: "data", scorer: "gold.py", words: &["--layers", "events"], usual: true },
    Set { name: CROSSDOC, gold: "data/crossdoc/ecbplus_train.jsonl.gz", scorer: "", words: &[], usual: true },
];

/// Reports that no weights were trained on, annotated as offsets in `evals/unseen.jsonl`; their texts are in the shared data.
const UNSEEN: &str = "unseen";

/// Not read by the program but put together by the ledger's module of likeness, and scored here.
const CROSSDOC: &str = "crossdoc";

/// The set of questions, which needs shared data only in part.
const ASK: &str = "ask";

/// The happenings of the worked process, which need no shared data.
const TALKS: &str = "talks";

/// Measures the named sets, or the usual ones.
pub fn eval(names: &[&str]) -> Ended {
    let known: Vec<&str> = SETS.iter().map(|set| set.name).chain([ASK, TALKS]).collect();
    if let Some(unknown) = names.iter().find(|name| !known.contains(name)) {
        return Err(format!("no set {unknown:?}; there are {}", known.join(", ")));
    }
    let floors = floors(&read(&root().join("evals/floors.toml"))?)?;
    let mut rapporteur = None;
    let scratch = scratch("eval")?;
    let mut sound = true;
    let asks = names.is_empty() || names.contains(&ASK);
    if asks {
        let measures = ask::measure(&released()?, &scratch)?;
        // what needs the shared data is not held to a floor where that is not there
        let mut floors = floors.get(ASK).cloned().unwrap_or_default();
        floors.retain(|name, _| shared().is_some() || !name.starts_with("founding"));
        sound &= report(ASK, &measures, Some(&floors));
    }
    let talks = names.is_empty() || names.contains(&TALKS);
    if talks {
        sound &= report(TALKS, &talks::measure(&released()?, &scratch)?, floors.get(TALKS));
    }
    if !names.is_empty() && names.iter().all(|name| [ASK, TALKS].contains(name)) {
        return Ok(sound);
    }
    let Some(shared) = shared() else {
        println!("{SKIPPED}");
        return Ok(sound);
    };
    for set in SETS.iter().filter(|set| if names.is_empty() { set.usual } else { names.contains(&set.name) }) {
        let mut gold = shared.join(set.gold);
        if !gold.exists() {
            println!("{}: {SKIPPED}", set.name);
            continue;
        }
        if set.name == UNSEEN {
            let (offsets, texts) = (root().join("evals/unseen.jsonl"), gold);
            gold = scratch.join(UNSEEN);
            let annotate = root().join("training/annotate.py");
            output(Command::new("python3").arg(annotate).arg("gold").args([&offsets, &texts, &gold]))?;
        }
        if set.name == CROSSDOC {
            sound &= report(set.name, &crossdoc::measure(&gold)?, floors.get(set.name));
            continue;
        }
        let rapporteur = match &rapporteur {
            Some(built) => built,
            None => rapporteur.insert(released()?),
        };
        let measures = measure(set, &gold, &shared.join("score"), rapporteur, &scratch)?;
        sound &= report(set.name, &measures, floors.get(set.name));
    }
    Ok(sound)
}

/// Reads a set and scores what was read: measure to value.
fn measure(
    set: &Set,
    gold: &Path,
    score: &Path,
    rapporteur: &Path,
    scratch: &Path,
) -> Result<BTreeMap<String, f64>, String> {
    let system = scratch.join(format!("{}.{}", set.name, if set.scorer == "conllu.py" { "conllu" } else { "jsonl" }));
    let python = |scorer: &str| {
        let mut command = Command::new("python3");
        command.arg(score.join(scorer)).env("PYTHONDONTWRITEBYTECODE", "1");
        command
    };
    if set.scorer == "conllu.py" {
        let raw = scratch.join(format!("{}.txt", set.name));
        write(&raw, &output(python("conllu.py").arg("--raw").arg(gold))?)?;
        write(&system, &output(Command::new(rapporteur).arg("parse").arg(&raw))?)?;
    } else {
        let reports = scratch.join(format!("{}.in.jsonl", set.name));
        write(&reports, &reports_of(set, gold)?)?;
        write(&system, &output(Command::new(rapporteur).args(["read", "--format", "jsonl"]).arg(&reports))?)?;
        // An entry whose words are not on the page is no matter of degree: it ends the measuring.
        let verified = python("verify.py").arg(&system).stdout(Stdio::piped()).output();
        let verified = verified.map_err(|error| format!("cannot run python3: {error}"))?;
        if !verified.status.success() {
            let said = String::from_utf8_lossy(&verified.stdout);
            return Err(format!("{}: the records do not verify:\n{said}", set.name));
        }
    }
    let scored = output(python(set.scorer).arg(gold).arg(&system).args(set.words).arg("--json"))?;
    write(&scratch.join(format!("{}.score.json", set.name)), &scored)?;
    let scored: Value = serde_json::from_str(&scored).map_err(|error| format!("{}: {error}", set.scorer))?;
    let measures = scored.as_object().into_iter().flatten();
    let value = |scored: &Value| scored.as_f64().or(scored["f1"].as_f64()).or(scored["accuracy"].as_f64());
    Ok(measures.filter_map(|(name, scored)| Some((name.clone(), value(scored)?))).collect())
}

/// The reports of a set as JSON lines: what the program may know, and nothing of what is scored.
fn reports_of(set: &Set, gold: &Path) -> Result<String, String> {
    let documents: Vec<(Value, Option<PathBuf>)> = if gold.is_dir() {
        let parsed = files(gold, &["json"]).into_iter().map(|path| Ok((json_of(&read(&path)?)?, Some(path))));
        parsed.collect::<Result<_, String>>()?
    } else {
        unpack(gold)?.lines().map(|line| Ok((json_of(line)?, None))).collect::<Result<_, String>>()?
    };
    let mut lines = String::new();
    for (document, path) in documents {
        let fold = set.words.iter().position(|word| *word == "--fold").and_then(|at| set.words.get(at + 1));
        if fold.is_some_and(|fold| document["fold"] != **fold) {
            continue;
        }
        let text = match path {
            Some(path) => read(&path.with_extension("txt"))?.into(),
            None => document["text"].clone(),
        };
        lines += &json!({"id": document["id"], "text": text, "published": document["published"]}).to_string();
        lines.push('\n');
    }
    Ok(lines)
}

fn json_of(text: &str) -> Result<Value, String> {
    serde_json::from_str(text).map_err(|error| format!("gold that is no JSON: {error}"))
}

/// Prints the measures of a set and says whether every floor holds.
fn report(set: &str, measures: &BTreeMap<String, f64>, floors: Option<&BTreeMap<String, f64>>) -> bool {
    let nothing = BTreeMap::new();
    let floors = floors.unwrap_or(&nothing);
    let mut sound = true;
    println!("{set}");
    for (name, value) in measures {
        let floor = floors.get(name);
        let below = floor.is_some_and(|floor| value < floor);
        let floor = floor.map_or_else(String::new, |floor| format!("  floor {floor:.4}"));
        println!("  {name:<32} {value:>9.4}{floor}{}", if below { "  BELOW" } else { "" });
        sound &= !below;
    }
    for name in floors.keys().filter(|name| !measures.contains_key(*name)) {
        println!("  {name:<32} has a floor and was not measured  BELOW");
        sound = false;
    }
    sound
}

/// Set to measure to floor.
fn floors(toml: &str) -> Result<BTreeMap<String, BTreeMap<String, f64>>, String> {
    let floors: BTreeMap<String, BTreeMap<String, f64>> =
        toml::from_str(toml).map_err(|error| format!("evals/floors.toml: {error}"))?;
    match floors
        .keys()
        .find(|name| ![ASK, TALKS].contains(&name.as_str()) && SETS.iter().all(|set| set.name != name.as_str()))
    {
        Some(unknown) => Err(format!("evals/floors.toml: there is no set {unknown:?}")),
        None => Ok(floors),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_floor_holds_only_where_it_was_measured() {
        let measures = BTreeMap::from([("a".to_owned(), 0.5)]);
        let floor = |name: &str, value| BTreeMap::from([(name.to_owned(), value)]);
        assert!(report("set", &measures, None));
        assert!(report("set", &measures, Some(&floor("a", 0.5))));
        assert!(!report("set", &measures, Some(&floor("a", 0.51))));
        assert!(!report("set", &measures, Some(&floor("b", 0.1))));
    }

    #[test]
    fn the_floors_name_sets_that_there_are() {
        assert!(floors(&read(&root().join("evals/floors.toml")).unwrap()).is_ok());
        assert!(floors("[nowhere]\na = 1.0").is_err());
    }
}
