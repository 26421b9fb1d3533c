//! In: rows of scores, one per word. Out: probabilities, best labels, and the best run of spans.
//!
//! The heads answer with unnormalised scores (logits); what a caller makes of them lies here.
//!
//! **Invariant:** a decoded sequence never holds an `I-X` that does not follow `B-X` or `I-X`, as long as the labels
//! leave another way.

use crate::kernels::{Machine, softmax};

/// A table of numbers, one row per word, one column per label.
#[derive(Clone, Debug, PartialEq)]
pub struct Matrix {
    rows: usize,
    columns: usize,
    values: Vec<f32>,
}

impl Matrix {
    /// A table of `rows` rows from values in row order; missing values are 0, values too many are dropped.
    pub fn new(rows: usize, columns: usize, mut values: Vec<f32>) -> Matrix {
        values.resize(rows.saturating_mul(columns), 0.0);
        Matrix { rows, columns, values }
    }

    /// The number of rows: words.
    pub fn rows(&self) -> usize {
        self.rows
    }

    /// The number of columns: labels.
    pub fn columns(&self) -> usize {
        self.columns
    }

    /// One row; empty beyond the last.
    pub fn row(&self, row: usize) -> &[f32] {
        let start = row.saturating_mul(self.columns);
        self.values.get(start..start.saturating_add(self.columns)).unwrap_or_default()
    }

    /// Each row as probabilities that sum to one.
    pub fn softmax(&self) -> Matrix {
        let mut values = self.values.clone();
        softmax(Machine::best(), &mut values, self.columns);
        Matrix { values, ..*self }
    }

    /// The column of the largest value of a row and that value, the first of equals; `None` for an empty row.
    pub fn best(&self, row: usize) -> Option<(usize, f32)> {
        let mut best = None;
        for (column, value) in self.row(row).iter().enumerate() {
            if best.is_none_or(|(_, highest)| *value > highest) {
                best = Some((column, *value));
            }
        }
        best
    }
}

/// What a span label says.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Step<'a> {
    Outside,
    Begins(&'a str),
    Inside(&'a str),
}

impl<'a> Step<'a> {
    fn read(label: &'a str) -> Step<'a> {
        match (label.strip_prefix("B-"), label.strip_prefix("I-")) {
            (Some(kind), _) => Step::Begins(kind),
            (_, Some(kind)) => Step::Inside(kind),
            _ => Step::Outside,
        }
    }

    /// Whether this label may come after `before`; nothing comes before the first word.
    fn may_follow(self, before: Option<Step>) -> bool {
        match self {
            Step::Inside(kind) => before == Some(Step::Begins(kind)) || before == Some(Step::Inside(kind)),
            _ => true,
        }
    }
}

/// The best sequence of `O`, `B-X` and `I-X` labels (one column each): the highest sum of scores in which `I-X` only
/// continues `B-X` or `I-X`.
///
/// Scores are logits: their log-softmax differs by one constant per row and so has the same best sequence. Where no
/// sequence is allowed each row keeps its own best label.
pub fn viterbi(scores: &Matrix, labels: &[String]) -> Vec<usize> {
    let steps: Vec<Step> = labels.iter().take(scores.columns()).map(|label| Step::read(label)).collect();
    let mut totals: Vec<f32> = Vec::new();
    let mut came_from: Vec<Vec<usize>> = Vec::new();
    for row in 0..scores.rows() {
        let mut next = vec![f32::NEG_INFINITY; steps.len()];
        let mut from = vec![0; steps.len()];
        for (label, step) in steps.iter().enumerate() {
            let score = scores.row(row)[label];
            if row == 0 {
                next[label] = if step.may_follow(None) { score } else { f32::NEG_INFINITY };
                continue;
            }
            let mut best = f32::NEG_INFINITY;
            for (before, total) in totals.iter().enumerate() {
                if *total > best && step.may_follow(Some(steps[before])) {
                    (best, from[label]) = (*total, before);
                }
            }
            next[label] = best + score;
        }
        totals = next;
        came_from.push(from);
    }

    let mut last = None;
    for (label, total) in totals.iter().enumerate() {
        if *total > last.map_or(f32::NEG_INFINITY, |label: usize| totals[label]) {
            last = Some(label);
        }
    }
    let Some(mut label) = last else {
        return (0..scores.rows()).map(|row| scores.best(row).map_or(0, |(label, _)| label)).collect();
    };
    let mut path = Vec::with_capacity(scores.rows());
    for from in came_from.iter().rev() {
        path.push(label);
        label = from[label];
    }
    path.reverse();
    path
}

#[cfg(test)]
mod tests {
    use super::*;

    fn labels(names: &str) -> Vec<String> {
        names.split(' ').map(str::to_string).collect()
    }

    #[test]
    fn viterbi_never_enters_a_span_in_its_middle() {
        let labels = labels("O B-cue I-cue B-source I-source");
        // Row by row the best labels are I-cue, I-source: both forbidden. The best allowed path gives up the least.
        let scores = Matrix::new(3, 5, vec![0.0, 1.0, 3.0, 0.5, 0.0, 0.0, 0.0, 1.5, 0.0, 4.0, 2.0, 0.0, 0.0, 0.0, 1.0]);
        assert_eq!(viterbi(&scores, &labels), [3, 4, 0]);
    }

    #[test]
    fn viterbi_agrees_with_trying_every_path() {
        let labels = labels("O B-a I-a B-b I-b");
        let steps: Vec<Step> = labels.iter().map(|label| Step::read(label)).collect();
        let mut state = 3u32;
        for _ in 0..200 {
            let mut draw = || {
                state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
                ((state >> 16) % 17) as f32
            };
            let scores = Matrix::new(4, 5, (0..20).map(|_| draw()).collect());
            let total = |path: &[usize]| -> f32 { path.iter().enumerate().map(|(row, l)| scores.row(row)[*l]).sum() };
            let allowed =
                |path: &[usize]| (0..4).all(|row| steps[path[row]].may_follow((row > 0).then(|| steps[path[row - 1]])));
            let mut best = f32::NEG_INFINITY;
            for code in 0..625 {
                let path = [code % 5, code / 5 % 5, code / 25 % 5, code / 125];
                if allowed(&path) {
                    best = best.max(total(&path));
                }
            }
            let path = viterbi(&scores, &labels);
            assert!(allowed(&path));
            assert_eq!(total(&path), best);
        }
    }

    #[test]
    fn viterbi_without_a_way_keeps_each_best() {
        let scores = Matrix::new(2, 2, vec![0.0, 1.0, 2.0, 1.0]);
        assert_eq!(viterbi(&scores, &labels("I-a I-b")), [1, 0]);
        assert!(viterbi(&Matrix::new(0, 2, Vec::new()), &labels("O B-a")).is_empty());
        assert_eq!(viterbi(&Matrix::new(2, 0, Vec::new()), &[]), [0, 0]);
    }

    #[test]
    fn softmax_rows_sum_to_one() {
        let matrix = Matrix::new(2, 19, (0..38).map(|value| value as f32 * 0.7 - 9.0).collect());
        let probabilities = matrix.softmax();
        for row in 0..2 {
            let exact: f64 = matrix.row(row).iter().map(|value| f64::from(*value).exp()).sum();
            for (value, probability) in matrix.row(row).iter().zip(probabilities.row(row)) {
                assert!((f64::from(*value).exp() / exact - f64::from(*probability)).abs() < 1e-6);
            }
        }
        assert_eq!(probabilities.best(1).map(|(column, _)| column), Some(18));
        assert_eq!(probabilities.row(2), &[] as &[f32]);
    }
}
