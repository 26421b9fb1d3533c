//! A question to a ledger: words in, the sentences that answer it on standard output.
//!
//! The question is read by the engine as a report of one sentence, published on the last day that the ledger knows of, so that “last
//! Tuesday” is counted from there. What it becomes and what answers it is the ledger's.
//!
//! **Invariant:** an answer that was not found is no failure: the exit status is 0.

use rapporteur::{Media, Source};
use rapporteur_ledger::views::Desk;

use crate::arguments::{AnswerFormat, Ask};
use crate::{CouldNot, Ended, ledger, reader, say};

/// How much of a question is read, in code points.
const LONGEST: usize = 2000;

/// Answers a question.
pub fn ask(asked: &Ask) -> Ended {
    let question: String = asked.question.trim().chars().take(LONGEST).collect();
    if question.is_empty() {
        return Err(CouldNot(
            "there is no question; ask one in quotation marks, such as \"Who met the envoy?\"".into(),
        ));
    }
    let mut ledger = ledger::open(&asked.ledger)?;
    let desk = Desk::open(&mut ledger, asked.as_of.as_deref())?;
    let today = desk.today.clone();
    let source = Source {
        bytes: question.as_bytes(),
        media: Media::Text,
        source: None,
        title: None,
        published: Some(today.as_str()).filter(|day| !day.is_empty()),
        publisher: None,
    };
    let record = rapporteur::read(&reader(&[])?, &source);
    let answer = rapporteur_ledger::ask::ask(&desk, &record)?;
    let written = match asked.format {
        AnswerFormat::Text => answer.text(),
        AnswerFormat::Json => answer.json(),
    };
    say(written.as_bytes())
}
