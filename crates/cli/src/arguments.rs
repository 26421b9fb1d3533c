//! The command line: words typed in, one value per subcommand out.
//!
//! One noun, one place: a flag stands here with its help; what it does stands in the module of its subcommand.
//!
//! **Invariant:** no flag changes what a record says, except those that state something about the document.

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};

/// Reads reports into records: who said what, who did what to whom, who stands where.
#[derive(Parser)]
#[command(name = "rapporteur", version, arg_required_else_help = true, max_term_width = 100)]
#[command(after_help = "\
Exit status: 0 done; 1 done, with something not as it should be; 2 could not.

Example:
  rapporteur read report.txt --published 2025-03-14")]
pub struct Arguments {
    #[command(subcommand)]
    pub command: Command,
}

#[derive(Subcommand)]
pub enum Command {
    /// Read reports: text, HTML, or JSON lines
    #[command(after_help = "\
A table of --books has the columns name, aliases (between |), kind, country, code, role, from and to.

A line of a .jsonl or .jsonl.gz file is one report: {\"id\", \"text\" or \"html\", \"published\"?, \"title\"?,
\"publisher\"?}. One record a report, in the order of the input, with any number of threads.

Example:
  rapporteur read report.txt --published 2025-03-14 --format json > report.record.json")]
    Read(Read),

    /// Write the grammar of reports as CoNLL-U
    #[command(after_help = "Example:\n  rapporteur parse report.txt > report.conllu")]
    Parse(Parse),

    /// Check records against the text they hold
    #[command(after_help = "Example:\n  rapporteur verify report.record.json")]
    Verify {
        /// Records: .json, .jsonl or .jsonl.gz; - is standard input
        #[arg(required = true, value_name = "RECORD")]
        files: Vec<PathBuf>,
    },

    /// Run specs written in Markdown
    #[command(after_help = "Example:\n  rapporteur spec specs/attribution.md")]
    Spec {
        #[command(flatten)]
        own: OwnBooks,

        /// Specs, or folders of them
        #[arg(required = true, value_name = "FILE")]
        files: Vec<PathBuf>,
    },

    /// Make books of your own
    #[command(subcommand)]
    Books(Books),

    /// Read reports into a ledger
    #[command(after_help = "\
A report is known by its text, its source and its date: the same three again add nothing. A run that was stopped goes on where it
was. Lines that are records already (from `rapporteur read --format jsonl`) are taken as they are. What cannot be read goes to
quarantine, which `rapporteur quarantine` lists.

Example:
  rapporteur ingest examples/talks --ledger talks.ledger
  rapporteur positions --ledger talks.ledger")]
    Ingest(Ingest),

    /// Who said what to whom
    Said(View),

    /// Who stands where on which proposal: latest stance, reservations, since when, in whose words
    Positions(View),

    /// What changed, with --since
    Moves(View),

    /// Who met whom: planned, held, lapsed; what each side says of it and leaves out
    Contacts(View),

    /// Attacks, seizures, protests: tolls as ranges, with who gives which number
    Incidents(View),

    /// What was promised: made, revised, due, kept or broken as later reports say
    Pledges(View),

    /// What was threatened, on what condition, and whether it was carried out
    Threats(View),

    /// What one says and another denies
    Disputed(View),

    /// What happened, by day, with what the accounts differ in
    Timeline(View),

    /// Who reported, and how much of it was their own
    Sources(View),

    /// The actors of a ledger, under all their names, and why these are one
    Actors(View),

    /// The proposals of a ledger, under all their names, and why these are one
    Proposals(View),

    /// Write one page about a process, to open in a browser
    #[command(after_help = "\
The page needs no network: style, script, map and the cited reports are in it.

Example:
  rapporteur dossier --ledger talks.ledger --title \"The talks\" --out talks.html")]
    Dossier(Dossier),

    /// Answer a question with the sentences that tell it, or with “not stated”
    #[command(after_help = "\
The question is read as a report is, and the query it becomes is shown. The answer is sentences of the reports, each with its
outlet and day, and a verdict: stated, claimed only by somebody, disputed, or not stated.

Example:
  rapporteur ask \"Who met the envoy, and when?\" --ledger talks.ledger --as-of 2026-03-01")]
    Ask(Ask),

    /// What could not be read into a ledger, and why
    Quarantine {
        /// The ledger
        #[arg(long, value_name = "FILE")]
        ledger: PathBuf,
    },

    /// Write a ledger for other programs
    #[command(after_help = "\
csv and parquet have one table a layer: name it with --layer. gdelt, polecat and plover have no place for what is planned, demanded or
denied; it is left out, and how much is said on standard error.

Example:
  rapporteur export --ledger talks.ledger --format csv --layer positions --out positions.csv")]
    Export(Export),

    /// Accept, reject or correct entries, each with a reviewer and a reason
    #[command(after_help = "\
Without --apply and --list it shows one entry after the other and reads answers line by line. A corrections file has one decision a line:
{\"verb\": \"correct\", \"subject\": \"REPORT:e3\", \"value\": {\"status\": \"planned\"}, \"reviewer\": ..., \"reason\": ..., \"day\"?}; the verbs are
accept, reject, correct (value: fields of the entry), merge (value: the other key) and split. A split takes a merge back, and a merge a split.
Of decisions on one subject the last one counts; all are kept.

Example:
  rapporteur review --ledger talks.ledger --reviewer ana --source \"Andes Wire\"
  rapporteur review --ledger talks.ledger --apply corrections.jsonl
  rapporteur review --ledger talks.ledger --list")]
    Review(Review),

    /// Explain the code of a rule or doubt; without one, list all codes
    #[command(after_help = "Example:\n  rapporteur explain unresolved-speaker")]
    Explain {
        /// The code, as a record's `rule` or `doubts[].code` has it
        code: Option<String>,
    },

    /// Print the JSON Schema of the record
    #[command(after_help = "Example:\n  rapporteur schema > record.schema.json")]
    Schema,

    /// Print the completions of a shell
    #[command(after_help = "Example:\n  rapporteur completions bash > rapporteur.bash")]
    Completions {
        /// Which shell
        shell: clap_complete::Shell,
    },
}

#[derive(Subcommand)]
pub enum Books {
    /// Convert actor and agent dictionaries of PETRARCH or TABARI to a table for --books
    #[command(after_help = "\
What is not understood is said on standard error and left out; then the exit status is 1.

Example:
  rapporteur books import My.actors.txt My.agents.txt > my.tsv
  rapporteur read report.txt --books my.tsv")]
    Import {
        /// Dictionaries: NAME_ [CODE], +SYNONYM_, [CODE 930101-951231]; SOLDIER {SOLDIERS} [~MIL]
        #[arg(required = true, value_name = "FILE")]
        files: Vec<PathBuf>,
    },
}

/// Books that the user brings.
#[derive(Args)]
pub struct OwnBooks {
    /// A table of actors of your own, which go before the built-in ones (see BOOKS.md); may be given several times
    #[arg(long = "books", value_name = "TABLE")]
    pub tables: Vec<PathBuf>,
}

#[derive(Args)]
pub struct Read {
    #[command(flatten)]
    pub input: Input,

    #[command(flatten)]
    pub own: OwnBooks,

    /// How to write what was read
    #[arg(long, value_enum, default_value_t = Format::Text)]
    pub format: Format,
}

#[derive(Args)]
pub struct Ingest {
    /// Reports: files, folders, patterns, .jsonl or .jsonl.gz; - is standard input
    #[arg(required = true, value_name = "PATH")]
    pub paths: Vec<PathBuf>,

    /// The ledger, which is begun where there is none
    #[arg(long, value_name = "FILE")]
    pub ledger: PathBuf,

    #[command(flatten)]
    pub own: OwnBooks,

    /// When the reports were published, where they do not say (2025-03-14, or with a time)
    #[arg(long, value_name = "DATE", value_parser = date)]
    pub published: Option<String>,

    /// Who published the reports, where they do not say
    #[arg(long, value_name = "NAME")]
    pub publisher: Option<String>,

    /// The day from which reports without a date count as known [default: today]
    #[arg(long, value_name = "DATE", value_parser = date)]
    pub received: Option<String>,

    /// How many reports to read at a time; the ledger is the same for any number [default: one per core]
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..))]
    pub threads: Option<u16>,
}

#[derive(Args)]
pub struct View {
    /// The ledger
    #[arg(long, value_name = "FILE")]
    pub ledger: PathBuf,

    #[command(flatten)]
    pub scope: Scope,

    /// How to write it
    #[arg(long, value_enum, default_value_t = TableFormat::Text)]
    pub format: TableFormat,
}

#[derive(Args)]
pub struct Dossier {
    /// The ledger
    #[arg(long, value_name = "FILE")]
    pub ledger: PathBuf,

    /// The page to write; - is standard output
    #[arg(long, value_name = "FILE")]
    pub out: PathBuf,

    /// What the page is called
    #[arg(long, default_value = "Dossier")]
    pub title: String,

    #[command(flatten)]
    pub scope: Scope,
}

#[derive(Args)]
pub struct Export {
    /// The ledger
    #[arg(long, value_name = "FILE")]
    pub ledger: PathBuf,

    /// The format
    #[arg(long, value_enum, required_unless_present = "training")]
    pub format: Option<ExportFormat>,

    /// Which table, for csv and parquet
    #[arg(long, value_enum)]
    pub layer: Option<Layer>,

    /// Write to this file, whole or not at all, instead of standard output
    #[arg(long, value_name = "PATH")]
    pub out: Option<PathBuf>,

    /// Write what was reviewed as training records: offsets and labels
    #[arg(long, conflicts_with_all = ["format", "layer"])]
    pub training: bool,

    /// Put the text of the reports into the training records
    #[arg(long, requires = "training")]
    pub with_text: bool,

    #[command(flatten)]
    pub scope: Scope,
}

#[derive(Clone, Copy, PartialEq, ValueEnum)]
pub enum ExportFormat {
    /// Every entry, one object a line
    Jsonl,
    /// Comma-separated values, one table a layer
    Csv,
    /// Parquet, one table a layer
    Parquet,
    /// Happenings in the shape of GDELT 2.0: 61 columns, no header
    Gdelt,
    /// Accounts of events in the shape of POLECAT: 40 columns, a header
    Polecat,
    /// Accounts of events as PLOVER JSON lines
    Plover,
    /// W3C Web Annotations, JSON-LD
    Annotations,
    /// FollowTheMoney entities, one a line
    Ftm,
}

#[derive(Clone, Copy, PartialEq, ValueEnum)]
pub enum Layer {
    /// Who said what
    Statements,
    /// What happened, an account a row
    Events,
    /// Who stands where
    Positions,
    /// What was promised
    Pledges,
}

#[derive(Args)]
pub struct Review {
    /// The ledger
    #[arg(long, value_name = "FILE")]
    pub ledger: PathBuf,

    /// Who reviews [default: the user's name]
    #[arg(long, value_name = "NAME", env = "USER", hide_env_values = true)]
    pub reviewer: Option<String>,

    /// Take the decisions of a file, one a line; - is standard input
    #[arg(long, value_name = "CORRECTIONS", conflicts_with = "list")]
    pub apply: Option<PathBuf>,

    /// List every decision and what became of it
    #[arg(long)]
    pub list: bool,

    /// How to write the list
    #[arg(long, value_enum, default_value_t = TableFormat::Text, requires = "list")]
    pub format: TableFormat,

    #[command(flatten)]
    pub scope: Scope,
}

#[derive(Args)]
pub struct Ask {
    /// The question, in one sentence
    #[arg(value_name = "QUESTION")]
    pub question: String,

    /// The ledger
    #[arg(long, value_name = "FILE")]
    pub ledger: PathBuf,

    /// Answer from what had been published by the end of this day
    #[arg(long, value_name = "DATE", value_parser = date)]
    pub as_of: Option<String>,

    /// How to write it
    #[arg(long, value_enum, default_value_t = AnswerFormat::Text)]
    pub format: AnswerFormat,
}

#[derive(Clone, Copy, PartialEq, ValueEnum)]
pub enum AnswerFormat {
    /// A page for a person
    Text,
    /// Everything that is known of the answer
    Json,
}

/// What of a ledger is asked for.
#[derive(Args)]
pub struct Scope {
    /// Only what this actor takes part in (part of a name)
    #[arg(long, value_name = "NAME")]
    pub actor: Option<String>,

    /// Only what is about this proposal (part of a name)
    #[arg(long, value_name = "NAME")]
    pub proposal: Option<String>,

    /// Only what happened at this place (part of a name)
    #[arg(long, value_name = "NAME")]
    pub place: Option<String>,

    /// Only what this outlet published (part of a name)
    #[arg(long, value_name = "NAME")]
    pub source: Option<String>,

    /// Only what became known on this day or later
    #[arg(long, value_name = "DATE", value_parser = date)]
    pub since: Option<String>,

    /// Answer from what had been published by the end of this day
    #[arg(long, value_name = "DATE", value_parser = date)]
    pub as_of: Option<String>,

    /// Only what happened in these days (2026-02-03..2026-02-10, or one day)
    #[arg(long, value_name = "FROM..TO", value_parser = stretch)]
    pub happened: Option<Stretch>,

    /// Also what is told in passing: a demand of no known sort that one report has and no other
    #[arg(long)]
    pub all: bool,
}

/// The first and the last day of a stretch of time.
#[derive(Clone)]
pub struct Stretch {
    pub from: String,
    pub to: String,
}

#[derive(Clone, Copy, PartialEq, ValueEnum)]
pub enum TableFormat {
    /// A table for a person
    Text,
    /// An array, one object a row, with everything that is known of it
    Json,
    /// Comma-separated values
    Csv,
    /// A Markdown table
    Md,
}

#[derive(Args)]
pub struct Parse {
    #[command(flatten)]
    pub input: Input,
}

/// Which reports to read, and what is known about them.
#[derive(Args)]
pub struct Input {
    /// Reports: text, HTML, .jsonl or .jsonl.gz; - is standard input
    #[arg(required = true, value_name = "FILE")]
    pub files: Vec<PathBuf>,

    /// When the reports were published, where they do not say (2025-03-14, or with a time)
    #[arg(long, value_name = "DATE", value_parser = date)]
    pub published: Option<String>,

    /// The name the record gives its document, instead of the file's
    #[arg(long, value_name = "NAME")]
    pub source: Option<String>,

    /// The title, where it is not in the text
    #[arg(long)]
    pub title: Option<String>,

    /// Who published the reports
    #[arg(long, value_name = "NAME")]
    pub publisher: Option<String>,

    /// How many reports to read at a time; the output is the same for any number [default: one per core]
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..))]
    pub threads: Option<u16>,
}

#[derive(Clone, Copy, PartialEq, ValueEnum)]
pub enum Format {
    /// A page for a person
    Text,
    /// One record, indented
    Json,
    /// One record a line
    Jsonl,
}

/// Accepts `YYYY-MM-DD`, alone or followed by `T` and a time.
fn date(words: &str) -> Result<String, String> {
    let (day, time) = words.split_once('T').map_or((words, None), |(day, time)| (day, Some(time)));
    let numbers: Vec<u32> = day.split('-').filter_map(|number| number.parse().ok()).collect();
    let sound = match *numbers {
        [year, month @ 1..=12, day] => day >= 1 && day <= days(year, month),
        _ => false,
    };
    let digit = |(at, byte): (usize, u8)| if at == 4 || at == 7 { byte == b'-' } else { byte.is_ascii_digit() };
    let shape = day.len() == 10 && day.bytes().enumerate().all(digit);
    let time = time.is_none_or(|time| time.len() >= 5 && time.is_ascii());
    if sound && shape && time { Ok(words.into()) } else { Err("write the date as 2025-03-14".into()) }
}

/// Accepts `FROM..TO`, or one day.
fn stretch(words: &str) -> Result<Stretch, String> {
    let (from, to) = words.split_once("..").unwrap_or((words, words));
    let stretch = Stretch { from: date(from)?, to: date(to)? };
    if stretch.from > stretch.to {
        return Err("the first day comes after the last".into());
    }
    Ok(stretch)
}

/// How many days a month of the Gregorian calendar has.
fn days(year: u32, month: u32) -> u32 {
    match month {
        2 if year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::CommandFactory;

    #[test]
    fn the_command_line_is_sound() {
        Arguments::command().debug_assert();
    }

    #[test]
    fn a_date_is_a_day_that_exists() {
        for good in ["2025-03-14", "2024-02-29", "2025-03-14T06:30:00Z"] {
            assert!(date(good).is_ok(), "{good}");
        }
        for bad in ["", "14 March", "2025-3-14", "2025-02-29", "2025-13-01", "2025-03-00", "2025-03-14T", "+025-03-14"]
        {
            assert!(date(bad).is_err(), "{bad}");
        }
    }
}
