//! The tables of a ledger, one step of the schema after the other.
//!
//! Two halves. What was ingested (`report`, `reading`, `quarantine`, `decision`) is only ever added to. What was worked out of
//! it (`entry`, `actor`, ...) is brought up to date in one transaction when something has come in, and can always be made again.
//!
//! **Invariant:** a step that has shipped is never changed; a change is a new step at the end.

/// What tells a ledger from databases of other programs: "Rapp".
pub const APPLICATION: i64 = 0x5261_7070;

/// The steps; the version of a ledger is how many of them it has taken.
pub const STEPS: [&str; 2] = [
    r#"
CREATE TABLE report (
    key          TEXT PRIMARY KEY,
    text_id      TEXT NOT NULL,
    source       TEXT,
    publisher    TEXT,
    title        TEXT,
    byline       TEXT,
    published    TEXT,
    -- the day from which the report counts as known: that of publication, else that of ingestion
    known        TEXT NOT NULL,
    language     TEXT NOT NULL,
    text         TEXT NOT NULL
) STRICT;
CREATE INDEX report_known ON report (known, key);

CREATE TABLE reading (
    id           INTEGER PRIMARY KEY,
    report       TEXT NOT NULL REFERENCES report (key),
    edition      TEXT NOT NULL,
    -- the record without its text, deflated
    record       BLOB NOT NULL,
    UNIQUE (report, edition)
) STRICT;

-- what was handed in and by which edition it was read, so that a run that goes on does not read it again
CREATE TABLE taken (
    input        TEXT PRIMARY KEY
) STRICT, WITHOUT ROWID;

CREATE TABLE quarantine (
    name         TEXT NOT NULL,
    reason       TEXT NOT NULL,
    PRIMARY KEY (name, reason)
) STRICT;

-- what a person decided: accept, reject, correct, merge, split; a later decision on the same subject goes before an earlier one
CREATE TABLE decision (
    id           INTEGER PRIMARY KEY,
    verb         TEXT NOT NULL,
    subject      TEXT NOT NULL,
    value        TEXT,
    reviewer     TEXT NOT NULL,
    reason       TEXT NOT NULL,
    day          TEXT NOT NULL,
    -- where in their reports subject and value stand, as JSON: ids shift between readings, words do not
    anchor       TEXT,
    into_anchor  TEXT,
    -- how often the same was decided before: undone and done again is no repetition
    again        INTEGER NOT NULL,
    UNIQUE (verb, subject, value, reviewer, reason, day, again)
) STRICT;
CREATE INDEX decision_subject ON decision (subject);

CREATE VIRTUAL TABLE sentence USING fts5 (
    words, report UNINDEXED, number UNINDEXED, tokenize = "unicode61 remove_diacritics 2"
);

-- from here on: worked out
CREATE TABLE settled (
    one          INTEGER PRIMARY KEY CHECK (one = 1),
    -- the readings and decisions it was worked out of
    readings     INTEGER NOT NULL,
    decisions    INTEGER NOT NULL,
    program      TEXT NOT NULL
) STRICT;

-- which decisions found what they are about, and under which key; one that did not is orphaned
CREATE TABLE found (
    decision     INTEGER PRIMARY KEY,
    subject      TEXT NOT NULL
) STRICT;

CREATE TABLE origin (
    report       TEXT PRIMARY KEY,
    -- the earliest report that this one is a copy or light rewrite of; itself where it is none
    origin       TEXT NOT NULL,
    likeness     REAL NOT NULL,
    -- where its sentences begin and end, in code points, so that a view need not open the record
    sentences    TEXT NOT NULL
) STRICT;

-- one row for every day on which something became known of the actor: what is new in the lists, the rest as it is then
CREATE TABLE actor (
    key          TEXT NOT NULL,
    known        TEXT NOT NULL,
    name         TEXT NOT NULL,
    kind         TEXT NOT NULL,
    country      TEXT,
    code         TEXT,
    names        TEXT NOT NULL,
    why          TEXT NOT NULL,
    PRIMARY KEY (key, known)
) STRICT, WITHOUT ROWID;

CREATE TABLE proposal (
    key          TEXT NOT NULL,
    known        TEXT NOT NULL,
    name         TEXT NOT NULL,
    kind         TEXT NOT NULL,
    names        TEXT NOT NULL,
    terms        TEXT NOT NULL,
    why          TEXT NOT NULL,
    PRIMARY KEY (key, known)
) STRICT, WITHOUT ROWID;

CREATE TABLE entry (
    key          TEXT PRIMARY KEY,
    report       TEXT NOT NULL,
    known        TEXT NOT NULL,
    layer        TEXT NOT NULL,
    kind         TEXT NOT NULL,
    -- the happening or proposal it belongs to
    shared       TEXT,
    first_day    TEXT,
    last_day     TEXT,
    body         TEXT NOT NULL
) STRICT;
CREATE INDEX entry_layer ON entry (layer, kind, known);
CREATE INDEX entry_shared ON entry (shared);
CREATE INDEX entry_report ON entry (report);

CREATE TABLE party (
    actor        TEXT NOT NULL,
    entry        TEXT NOT NULL,
    PRIMARY KEY (actor, entry)
) STRICT, WITHOUT ROWID;
"#,
    r#"
-- the decisions it was worked out with, as they were found in the readings; none in a ledger that took this step since
ALTER TABLE settled ADD COLUMN decided TEXT;

-- the state of the fold after a report, to go on from; with it goes what is remembered of each text until then
CREATE TABLE checkpoint (
    -- how many reports had been taken
    reports      INTEGER PRIMARY KEY,
    -- the last of them
    known        TEXT NOT NULL,
    published    TEXT NOT NULL,
    key          TEXT NOT NULL,
    state        BLOB NOT NULL
) STRICT;

-- what is remembered of the text of a report, to tell copies of it by
CREATE TABLE seen (
    report       TEXT PRIMARY KEY,
    shingles     BLOB NOT NULL
) STRICT;

-- all that a view shows of a report, so that none has to pass by the texts
DROP INDEX report_known;
CREATE INDEX report_known ON report (known, published, key, source, publisher, title);

-- nothing asked for the parties
DROP TABLE party;

DROP TABLE entry;
CREATE TABLE entry (
    -- in the order of reports and records
    id           INTEGER PRIMARY KEY,
    key          TEXT NOT NULL UNIQUE,
    report       TEXT NOT NULL,
    known        TEXT NOT NULL,
    layer        TEXT NOT NULL,
    kind         TEXT NOT NULL,
    -- everything else of the entry
    body         BLOB NOT NULL
) STRICT;
CREATE INDEX entry_layer ON entry (layer, kind, known);
CREATE INDEX entry_report ON entry (report);
DELETE FROM settled;
"#,
];

/// What is worked out, in an order in which it can be emptied.
pub const WORKED_OUT: [&str; 8] = ["entry", "proposal", "actor", "origin", "seen", "checkpoint", "found", "settled"];
