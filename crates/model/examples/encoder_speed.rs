//! In: a weights file. Out: how many pieces a second one thread encodes, for each arithmetic.
//!
//! A batch is 8 windows of 128 pieces, words of one piece each with the edges counted, read one after the other. Each
//! round times one batch; the middle round counts. Only the encoder runs, and the word vectors; no head is asked.
//!
//! Usage: `encoder_speed WEIGHTS [ROUNDS]`. With `--serve` after WEIGHTS it times one batch for each line of its input
//! and answers with the seconds, so that another program can take turns with it.
//!
//! **Invariant:** nothing is measured before it has run once.

use std::io::{BufRead, Write};
use std::time::Instant;

use rapporteur_model::{Arithmetic, Model, Word};

const WINDOWS: usize = 8;
const PIECES: usize = 128;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut arguments = std::env::args().skip(1);
    let path = arguments.next().ok_or("usage: encoder_speed WEIGHTS [ROUNDS | --serve]")?;
    let model = Model::from_bytes(&std::fs::read(&path)?)?;
    let second = arguments.next();

    if second.as_deref() == Some("--serve") {
        time_batch(&model);
        for line in std::io::stdin().lock().lines() {
            line?;
            println!("{}", time_batch(&model));
            std::io::stdout().flush()?;
        }
        return Ok(());
    }

    let rounds: usize = second.map_or(Ok(9), |rounds| rounds.parse())?;
    for arithmetic in Arithmetic::available().into_iter().filter(|arithmetic| *arithmetic > Arithmetic::Reference) {
        let Some(model) = model.clone().with_arithmetic(arithmetic) else { continue };
        time_batch(&model);
        let mut seconds: Vec<f64> = (0..rounds.max(1)).map(|_| time_batch(&model)).collect();
        seconds.sort_by(f64::total_cmp);
        let middle = seconds[seconds.len() / 2];
        let rate = (WINDOWS * PIECES) as f64 / middle;
        println!("{arithmetic:?}\t{rate:.0} pieces/s\t{:.2} ms a window", middle * 1000.0 / WINDOWS as f64);
    }
    Ok(())
}

/// The seconds that one batch takes.
fn time_batch(model: &Model) -> f64 {
    // Single letters are pieces of their own in every BERT vocabulary; an unknown word is one piece too.
    let letters = ["a", "b", "c", "d", "e", "f", "g"];
    let windows: Vec<Vec<Word>> = (0..WINDOWS)
        .map(|window| {
            (0..PIECES - 2).map(|at| Word { text: letters[(at * 5 + window) % 7], shape: (at % 16) as u8 }).collect()
        })
        .collect();
    let start = Instant::now();
    for window in &windows {
        std::hint::black_box(model.encode(window));
    }
    start.elapsed().as_secs_f64()
}
