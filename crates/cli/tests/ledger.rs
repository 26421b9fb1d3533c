//! A ledger under harm: killed runs, two writers, other orders, broken input in; one and the same ledger out.
//!
//! What a ledger holds is compared table by table, the half that is only added to and the half that is worked out of it. The reports are
//! those of the worked process among the examples, read once into records, which a ledger takes without reading them again.
//!
//! **Invariant:** no test depends on how fast the machine is.

use std::collections::BTreeMap;
use std::fs;
use std::io::Write;
use std::path::Path;
use std::process::{Command, Stdio};
use std::sync::OnceLock;
use std::time::Instant;

use rapporteur_ledger::{Anchor, Arrival, Decision, Ledger, views};
use rapporteur_record::Record;
use rusqlite::Connection;
use rusqlite::types::Value as Cell;
use serde_json::{Value, json};

mod common;
use common::run;

const LEDGER: &str = "talks.ledger";

fn folder() -> tempfile::TempDir {
    tempfile::tempdir().expect("a folder")
}

fn write(folder: &Path, name: &str, bytes: impl AsRef<[u8]>) {
    fs::write(folder.join(name), bytes).expect("the folder can be written");
}

/// The records of the worked process, one a line; the one report without a date among them.
fn records() -> &'static [String] {
    static RECORDS: OnceLock<Vec<String>> = OnceLock::new();
    RECORDS.get_or_init(|| {
        let talks = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../examples/talks");
        let files = fs::read_dir(&talks).expect("the examples are there").map(|file| file.expect("a file").file_name());
        let mut names: Vec<String> = files.map(|name| name.to_string_lossy().into_owned()).collect();
        names.retain(|name| name != "README.md");
        names.sort();
        let arguments = ["read", "--format", "jsonl"].into_iter().chain(names.iter().map(String::as_str));
        let (lines, _) = run(&talks, &arguments.collect::<Vec<_>>(), 0);
        let lines: Vec<String> = lines.lines().map(str::to_owned).collect();
        assert!(lines.len() > 70, "{}", lines.len());
        lines
    })
}

/// The records twice, as printed by two groups of papers, the second a day later.
fn many() -> Vec<String> {
    let mut many = Vec::new();
    for (days, group) in ["", " North"].into_iter().enumerate() {
        for line in records() {
            let mut record: Value = serde_json::from_str(line).expect("a record is JSON");
            let document = &mut record["document"];
            let publisher = format!("{}{group}", document["publisher"].as_str().unwrap_or("Nobody"));
            document["publisher"] = publisher.into();
            if let Some(date) = document["published"].as_str() {
                // February to April: every day up to the 28th is one
                let day: usize = date[8..10].parse().expect("a day");
                document["published"] = format!("{}{:02}", &date[..8], (day + days).min(28).max(day)).into();
            }
            many.push(record.to_string());
        }
    }
    many
}

/// A file of JSON lines.
fn lines(folder: &Path, name: &str, records: &[String]) {
    write(folder, name, records.join("\n") + "\n");
}

/// Ingests files and says what the command said.
fn ingest(folder: &Path, files: &[&str], status: i32) -> (String, String) {
    let arguments = [&["ingest", "--ledger", LEDGER, "--received", "2026-03-01"][..], files].concat();
    run(folder, &arguments, status)
}

/// Everything in a ledger, by table: the rows without numbers that only tell the order of ingestion.
fn dump(ledger: &Path) -> BTreeMap<String, Vec<String>> {
    let base = Connection::open(ledger).expect("a ledger");
    let mut tables = base
        .prepare("SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sentence\\_%' ESCAPE '\\'")
        .expect("a schema");
    let tables: Vec<String> = tables.query_map([], |row| row.get(0)).expect("tables").map(Result::unwrap).collect();
    assert!(tables.len() > 8, "{tables:?}");
    tables.into_iter().map(|table| (table.clone(), rows(&base, &table))).collect()
}

fn rows(base: &Connection, table: &str) -> Vec<String> {
    // entries are shown in the order in which they stand
    let ordered = table == "entry";
    let order = if ordered { " ORDER BY rowid" } else { "" };
    let mut query = base.prepare(&format!("SELECT * FROM {table}{order}")).expect("a table");
    let columns: Vec<usize> = (0..query.column_count()).filter(|at| query.column_name(*at) != Ok("id")).collect();
    let row = |row: &rusqlite::Row| columns.iter().map(|at| row.get::<_, Cell>(*at)).collect::<Result<Vec<_>, _>>();
    let rows = query.query_map([], row).expect("rows");
    let mut rows: Vec<String> = rows.map(|row| format!("{:?}", row.expect("a row"))).collect();
    if !ordered {
        rows.sort();
    }
    rows
}

/// Says where two ledgers part, without printing both.
fn assert_same(found: &BTreeMap<String, Vec<String>>, expected: &BTreeMap<String, Vec<String>>, about: &str) {
    assert_eq!(found.keys().collect::<Vec<_>>(), expected.keys().collect::<Vec<_>>(), "{about}");
    for (table, rows) in expected {
        let own = &found[table];
        let differs = own.iter().zip(rows).find(|(a, b)| a != b);
        let short = |row: &String| row.chars().take(300).collect::<String>();
        assert!(
            own.len() == rows.len() && differs.is_none(),
            "{about}: {table} has {} rows for {}; first that differs: {:?}",
            own.len(),
            rows.len(),
            differs.map(|(a, b)| (short(a), short(b)))
        );
    }
}

/// The ledger of all records, ingested by one writer in one run.
fn whole() -> &'static BTreeMap<String, Vec<String>> {
    static WHOLE: OnceLock<BTreeMap<String, Vec<String>>> = OnceLock::new();
    WHOLE.get_or_init(|| {
        let folder = folder();
        lines(folder.path(), "all.jsonl", records());
        let said = ingest(folder.path(), &["all.jsonl"], 0).0;
        assert!(said.starts_with(&format!("{} new, 0 ", records().len())), "{said}");
        dump(&folder.path().join(LEDGER))
    })
}

fn view(folder: &Path, ledger: &str, view: &str, more: &[&str]) -> String {
    run(folder, &[&[view, "--ledger", ledger, "--format", "json"][..], more].concat(), 0).0
}

#[test]
fn ingested_twice_adds_nothing() {
    let folder = folder();
    lines(folder.path(), "all.jsonl", records());
    ingest(folder.path(), &["all.jsonl"], 0);
    let said = ingest(folder.path(), &["all.jsonl"], 0).0;
    assert_eq!(said, format!("0 new, 0 read again by this edition, {} known, 0 in quarantine\n", records().len()));
    assert_same(&dump(&folder.path().join(LEDGER)), whole(), "twice");
}

#[test]
fn another_order_several_runs_and_any_number_of_threads_give_the_same_ledger() {
    for threads in ["1", "2"] {
        let folder = folder();
        let mut backwards = records().to_vec();
        backwards.reverse();
        let (first, second) = backwards.split_at(31);
        lines(folder.path(), "first.jsonl", first);
        lines(folder.path(), "second.jsonl", second);
        ingest(folder.path(), &["first.jsonl", "--threads", threads], 0);
        ingest(folder.path(), &["second.jsonl", "--threads", threads], 0);
        assert_same(&dump(&folder.path().join(LEDGER)), whole(), threads);
    }
}

/// Records in an order that only the number decides.
fn shuffled(records: &[String], mut random: u64) -> Vec<String> {
    let mut shuffled = records.to_vec();
    for at in (1..shuffled.len()).rev() {
        random ^= random << 13;
        random ^= random >> 7;
        random ^= random << 17;
        shuffled.swap(at, (random % (at as u64 + 1)) as usize);
    }
    shuffled
}

/// A ledger into which records and decisions came a few at a time, worked out whenever some had come.
fn fed(records: &[String], at_a_time: usize, decisions: &[Decision]) -> BTreeMap<String, Vec<String>> {
    let folder = folder();
    let path = folder.path().join(LEDGER);
    let mut ledger = Ledger::open(&path).expect("a ledger");
    let every = records.len() / (decisions.len() + 1) + 1;
    let mut deciding = decisions.iter();
    for (number, some) in records.chunks(at_a_time).enumerate() {
        let some: Vec<Arrival> = some
            .iter()
            .map(|line| Arrival::Record(Box::new(Record::from_json(line).expect("a record")), None))
            .collect();
        ledger.add(&some, "2026-03-01").expect("they are added");
        if at_a_time < every && (number + 1) * at_a_time % every < at_a_time {
            deciding.next().map(|decision| ledger.decide(decision).expect("it is decided"));
        }
        ledger.settle().expect("it is worked out");
    }
    deciding.for_each(|decision| assert!(ledger.decide(decision).expect("it is decided")));
    ledger.settle().expect("it is worked out");
    drop(ledger);
    dump(&path)
}

#[test]
fn reports_that_come_one_by_one_give_the_same_ledger_as_all_at_once() {
    let mut records = many();
    records.sort_by_key(|line| {
        let record: Value = serde_json::from_str(line).expect("a record is JSON");
        record["document"]["published"].to_string()
    });
    let once = fed(&records, records.len(), &[]);
    // to go on from, there must be a state that was kept
    assert_eq!(once["checkpoint"].len(), 1);
    assert_same(&fed(&records, 1, &[]), &once, "by day");
    for random in [0x9e37_79b9, 0x2545_f491] {
        assert_same(&fed(&shuffled(&records, random), 5, &[]), &once, "mixed");
    }
    let mut late = records.clone();
    late.rotate_left(9);
    assert_same(&fed(&late, 3, &[]), &once, "the earliest last");
}

#[test]
fn readings_and_decisions_that_come_late_give_the_same_ledger_as_all_at_once() {
    // every fourth report again, read by a later edition that finds less
    let records = many();
    let mut again: Vec<String> = Vec::new();
    for line in records.iter().step_by(4) {
        let mut record: Value = serde_json::from_str(line).expect("a record is JSON");
        record["edition"]["engine"] = "rapporteur 99.0.0".into();
        record["events"].as_array_mut().expect("events").truncate(1);
        record["positions"] = json!([]);
        again.push(record.to_string());
    }
    let all = [records.clone(), again].concat();
    let folder = folder();
    lines(folder.path(), "all.jsonl", &all);
    ingest(folder.path(), &["all.jsonl"], 0);
    let ledger = Ledger::open(&folder.path().join(LEDGER)).expect("a ledger");
    let (mut entries, mut decisions) = (Vec::new(), Vec::new());
    for layer in ["event", "statement"] {
        entries.extend(ledger.entries(layer, &[], None).expect("entries"));
    }
    let decision = |verb: &str, subject: &str, value: Option<&str>| {
        let record = |key: &str| {
            let (report, id) = key.split_once(':').filter(|(report, _)| report.len() == 16)?;
            Anchor::of(report, &ledger.record(report).expect("a ledger")?, id)
        };
        Decision {
            verb: verb.into(),
            subject: subject.into(),
            value: value.map(Into::into),
            reviewer: "a reader".into(),
            reason: "so it says".into(),
            day: "2026-05-01".into(),
            anchor: record(subject),
            into: value.and_then(record),
        }
    };
    for (verb, at) in [("reject", 3), ("accept", 40), ("accept", 400), ("reject", 500), ("accept", 3)] {
        decisions.push(decision(verb, &entries[at].key, None));
    }
    let happening = entries.iter().find(|entry| entry.shared.as_ref().is_some_and(|shared| *shared != entry.key));
    let happening = happening.expect("two accounts of one happening");
    decisions.push(decision("split", &happening.key, None));
    decisions.push(decision("merge", &entries[1].key, Some(&entries[200].key)));
    let accepted = decision("accept", &entries[60].key, None);
    decisions.push(accepted);
    drop(ledger);
    let once = fed(&all, all.len(), &decisions);
    assert_eq!(once["found"].len(), decisions.len());
    assert_same(&fed(&all, 1, &decisions), &once, "as they came");
    assert_same(&fed(&shuffled(&all, 0x9e37_79b9), 7, &decisions), &once, "mixed");
}

#[test]
fn reports_read_by_one_thread_or_two_give_the_same_ledger() {
    let talks = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../examples/talks");
    let ingested = |threads: &str| {
        let folder = folder();
        let ledger = folder.path().join(LEDGER);
        let name = ledger.display().to_string();
        run(&talks, &["ingest", "un-envoy.jsonl", "prisoners-bridge.html", "--threads", threads, "--ledger", &name], 0);
        dump(&ledger)
    };
    assert_same(&ingested("2"), &ingested("1"), "two threads");
}

#[test]
fn two_writers_at_once_are_as_good_as_one() {
    for round in 0..4 {
        let folder = folder();
        let mut backwards = records().to_vec();
        backwards.reverse();
        lines(folder.path(), "all.jsonl", records());
        lines(folder.path(), "backwards.jsonl", &backwards);
        let writers = ["all.jsonl", "backwards.jsonl"].map(|file| start(folder.path(), file));
        for writer in writers {
            let ended = writer.wait_with_output().expect("it ends");
            assert!(ended.status.success(), "{}", String::from_utf8_lossy(&ended.stderr));
        }
        assert_same(&dump(&folder.path().join(LEDGER)), whole(), &format!("round {round}"));
    }
}

/// Starts an ingestion that is not waited for.
fn start(folder: &Path, file: &str) -> std::process::Child {
    Command::new(env!("CARGO_BIN_EXE_rapporteur"))
        .args(["ingest", file, "--ledger", LEDGER, "--received", "2026-03-01"])
        .current_dir(folder)
        .stdout(Stdio::null())
        .stderr(Stdio::piped())
        .spawn()
        .expect("it starts")
}

/// The rows of what was ingested, by report.
fn by_report(base: &Connection) -> BTreeMap<String, Vec<String>> {
    let mut reports: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for query in [
        "SELECT key, * FROM report",
        "SELECT report, edition, record FROM reading",
        "SELECT report, number, words FROM sentence",
    ] {
        let mut query = base.prepare(query).expect("a table");
        let columns = query.column_count();
        let mut rows = query.query([]).expect("rows");
        while let Some(row) = rows.next().expect("a row") {
            let cells: Vec<Cell> = (1..columns).map(|at| row.get(at).expect("a cell")).collect();
            reports.entry(row.get(0).expect("a key")).or_default().push(format!("{cells:?}"));
        }
    }
    reports.values_mut().for_each(|rows| rows.sort());
    reports
}

/// Kills ingestions at so many random moments; each reopened ledger is sound and, once the run went on, that of a run that was not killed.
fn kill(points: usize) {
    let records = many();
    let told = folder();
    lines(told.path(), "all.jsonl", &records);
    let started = Instant::now();
    ingest(told.path(), &["all.jsonl"], 0);
    let took = started.elapsed();
    let expected = dump(&told.path().join(LEDGER));
    let reports = by_report(&Connection::open(told.path().join(LEDGER)).expect("a ledger"));
    assert_eq!(reports.len(), records.len());

    let mut random = 0x9e37_79b9_7f4a_7c15_u64;
    let mut moment = || {
        random ^= random << 13;
        random ^= random >> 7;
        random ^= random << 17;
        took.mul_f64((random % 10_000) as f64 / 10_000.0)
    };
    let (mut killed, mut partly) = (0, 0);
    for point in 0..points {
        let folder = folder();
        lines(folder.path(), "all.jsonl", &records);
        let ledger = folder.path().join(LEDGER);
        // every third run is killed again as it goes on
        for again in 0..=usize::from(point % 3 == 0) {
            let mut writer = start(folder.path(), "all.jsonl");
            let waited = if again == 0 { moment() } else { moment() / 2 };
            std::thread::sleep(waited);
            // SIGKILL: nothing in the process learns of it
            writer.kill().expect("it can be killed");
            killed += usize::from(!writer.wait().expect("it ended").success());
            if !ledger.exists() {
                continue;
            }
            let base = Connection::open(&ledger).expect("a ledger");
            let check: String = base.query_row("PRAGMA integrity_check", [], |row| row.get(0)).expect("a check");
            assert_eq!(check, "ok", "killed after {waited:?}");
            let begun: i64 =
                base.query_row("SELECT count(*) FROM sqlite_schema", [], |row| row.get(0)).expect("a schema");
            if begun > 0 {
                let found = by_report(&base);
                partly += usize::from(!found.is_empty() && found.len() < reports.len());
                for (key, rows) in &found {
                    assert_eq!(Some(rows), reports.get(key), "killed after {waited:?}: {key} is not whole");
                }
            }
        }
        ingest(folder.path(), &["all.jsonl"], 0);
        assert_same(&dump(&ledger), &expected, &format!("point {point}"));
    }
    println!(
        "{points} points of a run of {took:?}: {killed} runs killed, {partly} with part of the reports in the ledger"
    );
}

#[test]
fn a_killed_run_leaves_a_sound_ledger_and_goes_on() {
    let points = std::env::var("RAPPORTEUR_KILLS").ok().and_then(|points| points.parse().ok());
    kill(points.unwrap_or(25));
}

#[test]
#[ignore = "takes minutes: cargo test --test ledger -- --ignored"]
fn a_thousand_killed_runs_leave_sound_ledgers() {
    kill(1000);
}

#[test]
fn an_undated_report_is_known_from_the_day_it_came_in() {
    let folder = folder();
    let text = "The foreign minister of Peru met the envoy of Brazil. The envoy said that the truce would hold.";
    write(folder.path(), "undated.jsonl", json!({"id": "undated", "text": text}).to_string() + "\n");
    let ingest =
        |file: &str, day: &str| run(folder.path(), &["ingest", file, "--ledger", LEDGER, "--received", day], 0).0;
    assert!(ingest("undated.jsonl", "2026-05-01").starts_with("1 new"));
    let first = dump(&folder.path().join(LEDGER));
    assert!(ingest("undated.jsonl", "2026-05-09").starts_with("0 new"));
    assert_same(&dump(&folder.path().join(LEDGER)), &first, "another day");
    // the same report as a record is another input, and still the same report
    let (record, _) = run(folder.path(), &["read", "undated.jsonl", "--format", "jsonl"], 0);
    write(folder.path(), "record.jsonl", record);
    assert!(ingest("record.jsonl", "2026-05-12").starts_with("0 new"));
    let sources: Value = serde_json::from_str(&view(folder.path(), LEDGER, "sources", &[])).expect("JSON");
    assert_eq!((&sources[0]["first"], &sources[0]["last"]), (&json!("2026-05-01"), &json!("2026-05-01")));
    let before: Value =
        serde_json::from_str(&view(folder.path(), LEDGER, "said", &["--as-of", "2026-04-30"])).expect("JSON");
    assert_eq!(before, json!([]));
}

#[test]
fn a_text_of_another_outlet_is_a_report_of_its_own_with_the_first_as_origin() {
    let folder = folder();
    let text = "LOJA — Two soldiers were killed in a mortar attack on a post near Zamora on Tuesday, the army of Ecuador said. \
        The attack began at dawn and lasted an hour. A spokesman said that the fire had come from across the river.";
    let line = |publisher: &str, date: &str| {
        json!({"id": publisher, "publisher": publisher, "published": date, "text": text}).to_string()
    };
    lines(folder.path(), "two.jsonl", &[line("The Copy", "2026-02-05"), line("The Agency", "2026-02-04")]);
    assert!(ingest(folder.path(), &["two.jsonl"], 0).0.starts_with("2 new"));
    let sources: Value = serde_json::from_str(&view(folder.path(), LEDGER, "sources", &[])).expect("JSON");
    let found: Vec<_> = sources.as_array().expect("rows").iter().map(|row| (&row["name"], &row["origins"])).collect();
    assert_eq!(found, [(&json!("The Agency"), &json!(1)), (&json!("The Copy"), &json!(0))]);
    let timeline: Value = serde_json::from_str(&view(folder.path(), LEDGER, "timeline", &[])).expect("JSON");
    let happenings = timeline.as_array().expect("rows");
    assert!(!happenings.is_empty());
    for happening in happenings {
        let accounts = happening["accounts"].as_u64().expect("a count");
        assert!(accounts >= 2 && happening["origins"] == 1, "{happening}");
    }
}

/// Runs the command as somebody whom permissions stop, which the superuser is not.
fn run_as_somebody(folder: &Path, arguments: &[&str]) -> (Option<i32>, String, String) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_rapporteur"));
    #[cfg(unix)]
    {
        use std::os::unix::fs::{MetadataExt, PermissionsExt};
        use std::os::unix::process::CommandExt;
        if fs::metadata(folder).expect("a folder").uid() == 0 {
            // the build may lie where nobody else may look
            let open = folder.parent().expect("a folder above").join("command");
            fs::create_dir_all(&open).expect("a folder");
            let own = open.join("rapporteur");
            if !own.exists() {
                let build = env!("CARGO_BIN_EXE_rapporteur");
                fs::hard_link(build, &own).or_else(|_| fs::copy(build, &own).map(|_| ())).expect("a copy");
            }
            for path in [folder.parent().expect("a folder above"), &open] {
                fs::set_permissions(path, fs::Permissions::from_mode(0o755)).expect("it is ours");
            }
            command = Command::new(own);
            command.uid(65534).gid(65534);
        }
    }
    let output = command.args(arguments).current_dir(folder).output().expect("it starts");
    let words = |bytes: Vec<u8>| String::from_utf8(bytes).expect("the command writes UTF-8");
    (output.status.code(), words(output.stdout), words(output.stderr))
}

#[cfg(unix)]
fn permit(path: &Path, mode: u32) {
    use std::os::unix::fs::PermissionsExt;
    fs::set_permissions(path, fs::Permissions::from_mode(mode)).expect("it is ours");
}

#[cfg(unix)]
#[test]
fn what_cannot_be_read_is_said_and_the_rest_is_ingested() {
    let whole = folder();
    let folder = whole.path().join("reports");
    fs::create_dir_all(folder.join("closed")).expect("a folder");
    let zipped = |bytes: &[u8]| {
        let mut zip = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
        zip.write_all(bytes).expect("memory");
        zip.finish().expect("memory")
    };
    let report = |n: usize| {
        let text =
            format!("On Monday the governor of province {n} met the envoy of Norway. He said that the road was open.");
        json!({"id": format!("good-{n}"), "text": text, "published": "2026-02-03"}).to_string()
    };
    write(&folder, "corrupt.jsonl", [&report(1), "{\"id\": \"x\", \"text\": ", &report(2), ""].join("\n"));
    write(&folder, "textless.jsonl", "{\"id\": \"no-text\"}\n[1, 2]\n\"words\"\n");
    write(&folder, "empty.txt", "");
    write(&folder, "image.txt", [b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR".as_slice(), &[0; 400], &[7; 400]].concat());
    let invalid = [b"{\"id\": \"bad\", \"text\": \"caf\xe9 \xff\"}\n".as_slice(), report(3).as_bytes()].concat();
    write(&folder, "invalid.jsonl", invalid);
    let latin = b"The mayor of C\xf3rdoba met the envoy of Norway on Monday. He said that the caf\xe9 was open.";
    write(&folder, "latin.txt", latin);
    let long = zipped((0..400).map(|n| report(n * 7919) + "\n").collect::<String>().as_bytes());
    write(&folder, "cut.jsonl.gz", &long[..long.len() / 2]);
    write(&folder, "cut.txt.gz", &zipped(&latin.repeat(50))[..60]);
    let mut huge = vec![b' '; 65 << 20];
    huge[..11].copy_from_slice(b"{\"text\": \"a");
    huge.push(b'\n');
    huge.extend(report(4).bytes());
    write(&folder, "huge.jsonl", huge);
    write(&folder, "locked.txt", "Nobody may read this.");
    write(&folder.join("closed"), "hidden.txt", "Nobody may look here.");
    std::os::unix::fs::symlink(&folder, folder.join("around")).expect("a link");
    permit(&folder.join("locked.txt"), 0o000);
    permit(&folder.join("closed"), 0o000);
    permit(&folder, 0o777);

    let arguments = ["ingest", ".", "--ledger", LEDGER, "--published", "2026-02-03"];
    let (status, out, err) = run_as_somebody(&folder, &arguments);
    permit(&folder.join("closed"), 0o755);
    assert_eq!(status, Some(1), "{out}{err}");
    let (_, quarantine, _) = run_as_somebody(&folder, &["quarantine", "--ledger", LEDGER]);
    for name in [
        "closed",
        "corrupt.jsonl:2",
        "textless.jsonl:1",
        "textless.jsonl:2",
        "textless.jsonl:3",
        "empty.txt",
        "image.txt",
        "invalid.jsonl:1",
        "cut.jsonl.gz",
        "cut.txt.gz",
        "huge.jsonl:1",
        "locked.txt",
    ] {
        let named = |words: &str| {
            words.lines().any(|line| line.trim_start_matches("rapporteur: ").starts_with(&format!("{name}: ")))
        };
        assert!(named(&err) && named(&quarantine), "{name}\n{err}\n{quarantine}");
    }
    let column = |what: &str| -> Vec<String> {
        let base = Connection::open(folder.join(LEDGER)).expect("a ledger");
        let mut query = base.prepare(&format!("SELECT {what}")).expect("a table");
        query.query_map([], |row| row.get(0)).expect("rows").map(Result::unwrap).collect()
    };
    let sources = column("source FROM report");
    for source in ["good-1", "good-2", "good-3", "good-4", "good-0", "latin.txt"] {
        assert!(sources.iter().any(|own| own == source), "{source} is not among {sources:?}");
    }
    assert_eq!(sources.iter().filter(|source| *source == "latin.txt").count(), 1, "a link was followed");
    let refused = column("name FROM quarantine");
    // again: said again, and nothing added
    permit(&folder.join("closed"), 0o000);
    let (status, out, _) = run_as_somebody(&folder, &arguments);
    permit(&folder.join("closed"), 0o755);
    assert_eq!(status, Some(1));
    assert!(out.starts_with("0 new, 0 read again"), "{out}");
    assert_eq!(column("name FROM quarantine"), refused);
}

#[test]
fn a_record_whose_words_are_not_at_their_offsets_is_refused() {
    let folder = folder();
    let mut record: Value = serde_json::from_str(&records()[0]).expect("a record is JSON");
    record["actors"][0]["mentions"][0]["words"] = "nobody of this name".into();
    lines(folder.path(), "mixed.jsonl", &[record.to_string(), records()[1].clone()]);
    let (out, err) = ingest(folder.path(), &["mixed.jsonl"], 1);
    assert_eq!(out, "1 new, 0 read again by this edition, 0 known, 1 in quarantine\n");
    assert!(err.contains("mixed.jsonl:1: actors[0].mentions[0]"), "{err}");
}

#[test]
fn what_is_no_ledger_and_what_is_of_a_later_program_is_left_alone() {
    let folder = folder();
    lines(folder.path(), "one.jsonl", &records()[..1]);
    write(
        folder.path(),
        "words.ledger",
        "These are only words, and many of them, so that it is longer than a header. ".repeat(30),
    );
    let other = Connection::open(folder.path().join("other.ledger")).expect("a database");
    other.execute_batch("CREATE TABLE recipes (name TEXT); INSERT INTO recipes VALUES ('soup')").expect("a table");
    drop(other);
    ingest(folder.path(), &["one.jsonl"], 0);
    fs::copy(folder.path().join(LEDGER), folder.path().join("later.ledger")).expect("a copy");
    let later = Connection::open(folder.path().join("later.ledger")).expect("a ledger");
    later.pragma_update(None, "user_version", 99).expect("a version");
    drop(later);
    for (name, why) in [
        ("words.ledger", "as a ledger"),
        ("other.ledger", "another program"),
        ("later.ledger", "later rapporteur"),
        (".", "as a ledger"),
    ] {
        let bytes = || fs::read(folder.path().join(name)).unwrap_or_default();
        let before = bytes();
        for arguments in [&["positions", "--ledger", name][..], &["ingest", "one.jsonl", "--ledger", name]] {
            let (out, err) = run(folder.path(), arguments, 2);
            assert!(out.is_empty() && err.lines().count() == 1 && err.contains(why), "{arguments:?}: {err}");
        }
        assert!(bytes() == before, "{name} was changed");
    }
}

#[cfg(unix)]
#[test]
fn a_ledger_that_may_not_be_written_is_shown_and_not_added_to() {
    let above = folder();
    let folder = above.path().join("archive");
    fs::create_dir_all(&folder).expect("a folder");
    lines(&folder, "all.jsonl", &records()[1..]);
    lines(&folder, "one.jsonl", &records()[..1]);
    ingest(&folder, &["all.jsonl"], 0);
    let expected = view(&folder, LEDGER, "timeline", &[]);
    // as an earlier program left it, and as it was before its reports were put together
    for change in
        ["", "UPDATE settled SET program = '0.0.1'", "DELETE FROM settled; DELETE FROM checkpoint; DELETE FROM entry;"]
    {
        let base = Connection::open(folder.join(LEDGER)).expect("a ledger");
        base.execute_batch(change).expect("a change");
        drop(base);
        for (file, around) in [(0o444, 0o777), (0o444, 0o555), (0o666, 0o555)] {
            permit(&folder.join(LEDGER), file);
            permit(&folder, around);
            let before = fs::read(folder.join(LEDGER)).expect("a file");
            let shown = run_as_somebody(&folder, &["timeline", "--ledger", LEDGER, "--format", "json"]);
            let added = run_as_somebody(&folder, &["ingest", "one.jsonl", "--ledger", LEDGER]);
            let after = fs::read(folder.join(LEDGER)).expect("a file");
            permit(&folder, 0o777);
            assert_eq!((shown.0, shown.2.as_str()), (Some(0), ""), "{change} {file:o} {around:o}");
            assert!(shown.1 == expected, "{change} {file:o} {around:o}");
            assert_eq!(added.0, Some(2), "{}{}", added.1, added.2);
            assert!(added.2.lines().count() == 1 && added.2.contains("cannot write to"), "{}", added.2);
            assert!(before == after);
        }
    }
}

#[test]
fn an_answer_as_of_a_day_needs_no_report_of_a_later_one() {
    let folder = folder();
    lines(folder.path(), "all.jsonl", records());
    ingest(folder.path(), &["all.jsonl"], 0);
    let known = |line: &String| -> String {
        let record: Value = serde_json::from_str(line).expect("a record is JSON");
        record["document"]["published"].as_str().map_or("2026-03-01".into(), |date| date[..10].into())
    };
    for day in
        ["2026-02-02", "2026-02-03", "2026-02-07", "2026-02-20", "2026-03-01", "2026-03-17", "2026-03-27", "2026-04-09"]
    {
        let until: Vec<String> = records().iter().filter(|line| known(line).as_str() <= day).cloned().collect();
        let last = until.iter().map(known).max();
        let file = format!("{day}.jsonl");
        let ledger = format!("{day}.ledger");
        lines(folder.path(), &file, &until);
        run(folder.path(), &["ingest", &file, "--ledger", &ledger, "--received", "2026-03-01"], 0);
        for name in views::NAMES {
            let of_all = view(folder.path(), LEDGER, name, &["--as-of", day]);
            assert!(of_all == view(folder.path(), &ledger, name, &["--as-of", day]), "{name} as of {day}");
            if last.as_deref() == Some(day) {
                assert!(of_all == view(folder.path(), &ledger, name, &[]), "{name} on {day}");
            }
        }
    }
}

#[test]
fn a_later_edition_adds_a_reading_and_counts_in_whatever_order_it_comes() {
    let record: Value = serde_json::from_str(&records()[0]).expect("a record is JSON");
    let edition = |version: &str, status: &str| {
        let mut record = record.clone();
        record["edition"]["engine"] = format!("rapporteur {version}").into();
        record["events"][0]["status"] = status.into();
        if version == "0.10.0" {
            // this one cuts its last two sentences as one
            let sentences = record["sentences"].as_array_mut().expect("sentences");
            let last = sentences.pop().expect("a sentence");
            sentences.last_mut().expect("a sentence")["at"][1] = last["at"][1].clone();
        }
        record.to_string()
    };
    let readings = [edition("0.1.0", "occurred"), edition("0.9.0", "failed"), edition("0.10.0", "denied")];
    let ingested = |order: [usize; 3]| -> (tempfile::TempDir, BTreeMap<String, Vec<String>>) {
        let folder = folder();
        for at in order {
            lines(folder.path(), "one.jsonl", &readings[at..=at]);
            let said = ingest(folder.path(), &["one.jsonl"], 0).0;
            assert!(said.starts_with(if at == order[0] { "1 new, 0 read" } else { "0 new, 1 read" }), "{said}");
        }
        let dumped = dump(&folder.path().join(LEDGER));
        (folder, dumped)
    };
    let (folder, forwards) = ingested([0, 1, 2]);
    assert_eq!((forwards["report"].len(), forwards["reading"].len()), (1, 3));
    assert_same(&ingested([2, 1, 0]).1, &forwards, "backwards");
    assert_same(&ingested([1, 2, 0]).1, &forwards, "mixed");
    let timeline: Value = serde_json::from_str(&view(folder.path(), LEDGER, "timeline", &[])).expect("JSON");
    let differences =
        timeline.as_array().expect("rows").iter().filter_map(|row| row["differences"].as_array()).flatten();
    let mut sides = differences.filter_map(|difference| difference["sides"].as_array()).flatten();
    assert!(sides.any(|side| side["by"] == "Andes Wire" && side["value"] == "denied"), "{timeline}");
}
