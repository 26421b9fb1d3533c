//! In: how well each word likes each other word, or the root, as its head. Out: the best tree.
//!
//! Chu-Liu/Edmonds: everyone takes the best head; a cycle among the choices is shrunk to one node, the smaller graph is
//! solved, and the cycle is opened where the solution enters it. Arcs from the root pay a toll larger than any tree can
//! gain, so that the best tree uses exactly one of them.
//!
//! **Invariant:** the answer is never a forest, never a cycle, never more than one child of the root; equal scores fall
//! to the lower head.

/// Scores beyond this are taken as this, and so is what is no number; far beyond what a model gives.
const LARGEST_SCORE: f64 = 1e6;

/// A square table of scores: `at(head, dependent)`, node 0 being the root.
struct Scores {
    nodes: usize,
    values: Vec<f64>,
}

impl Scores {
    fn at(&self, head: usize, dependent: usize) -> f64 {
        self.values[dependent * self.nodes + head]
    }
}

/// The best tree over `words` words: for each word its head, `None` the root, of which there is exactly one.
///
/// `score(dependent, head)` is asked for every pair of differing words and for head `None`.
pub(crate) fn best_tree(words: usize, score: impl Fn(usize, Option<usize>) -> f32) -> Vec<Option<usize>> {
    if words == 0 {
        return Vec::new();
    }
    let nodes = words + 1;
    let mut values = vec![f64::NEG_INFINITY; nodes * nodes];
    let (mut lowest, mut highest) = (0.0f64, 0.0f64);
    for dependent in 0..words {
        for head in (0..nodes).filter(|head| *head != dependent + 1) {
            let given = f64::from(score(dependent, head.checked_sub(1)));
            let value = if given.is_nan() { -LARGEST_SCORE } else { given.clamp(-LARGEST_SCORE, LARGEST_SCORE) };
            lowest = lowest.min(value);
            highest = highest.max(value);
            values[(dependent + 1) * nodes + head] = value;
        }
    }
    let toll = (words as f64 + 1.0) * (highest - lowest + 1.0);
    for dependent in 1..nodes {
        values[dependent * nodes] -= toll;
    }
    let heads = arborescence(Scores { nodes, values });
    heads[1..].iter().map(|head| head.checked_sub(1)).collect()
}

/// The best arborescence from node 0; the root's own entry is 0 and means nothing.
fn arborescence(scores: Scores) -> Vec<usize> {
    let nodes = scores.nodes;
    let mut heads = vec![0; nodes];
    for (dependent, chosen) in heads.iter_mut().enumerate().skip(1) {
        for head in (1..nodes).filter(|head| *head != dependent) {
            if scores.at(head, dependent) > scores.at(*chosen, dependent) {
                *chosen = head;
            }
        }
    }
    let Some(cycle) = first_cycle(&heads) else { return heads };

    // The smaller graph: the nodes outside in their order (the root stays first), then the cycle as one node.
    let outside: Vec<usize> = (0..nodes).filter(|node| !cycle.contains(node)).collect();
    let shrunk = outside.len();
    let mut values = vec![f64::NEG_INFINITY; (shrunk + 1) * (shrunk + 1)];
    let mut leaves_from = vec![0; shrunk];
    let mut enters_at = vec![0; shrunk];
    for (new, old) in outside.iter().enumerate() {
        let mut entering = f64::NEG_INFINITY;
        let mut leaving = f64::NEG_INFINITY;
        for node in &cycle {
            let gain = scores.at(*old, *node) - scores.at(heads[*node], *node);
            if gain > entering || enters_at[new] == 0 {
                (entering, enters_at[new]) = (gain, *node);
            }
            let score = scores.at(*node, *old);
            if score > leaving || leaves_from[new] == 0 {
                (leaving, leaves_from[new]) = (score, *node);
            }
        }
        values[shrunk * (shrunk + 1) + new] = entering;
        if new > 0 {
            values[new * (shrunk + 1) + shrunk] = leaving;
            for (head, old_head) in outside.iter().enumerate().filter(|(head, _)| *head != new) {
                values[new * (shrunk + 1) + head] = scores.at(*old_head, *old);
            }
        }
    }
    drop(scores);

    let smaller = arborescence(Scores { nodes: shrunk + 1, values });
    for new in 1..shrunk {
        heads[outside[new]] = if smaller[new] == shrunk { leaves_from[new] } else { outside[smaller[new]] };
    }
    let entrance = smaller[shrunk];
    heads[enters_at[entrance]] = outside[entrance];
    heads
}

/// The nodes of a cycle among the chosen heads, in rising order, if there is one.
fn first_cycle(heads: &[usize]) -> Option<Vec<usize>> {
    // The walk that reached a node; node 0 ends every walk.
    let mut reached_by = vec![0; heads.len()];
    for start in 1..heads.len() {
        let mut node = start;
        while node != 0 && reached_by[node] == 0 {
            reached_by[node] = start;
            node = heads[node];
        }
        if node != 0 && reached_by[node] == start {
            let mut cycle = vec![node];
            let mut next = heads[node];
            while next != node {
                cycle.push(next);
                next = heads[next];
            }
            cycle.sort_unstable();
            return Some(cycle);
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    fn is_tree(heads: &[Option<usize>]) -> bool {
        let roots = heads.iter().filter(|head| head.is_none()).count();
        let reaches_root = |word: usize| {
            let mut at = Some(word);
            for _ in 0..=heads.len() {
                match at {
                    Some(node) => at = heads[node],
                    None => return true,
                }
            }
            false
        };
        roots == 1 && (0..heads.len()).all(reaches_root)
    }

    fn total(heads: &[Option<usize>], scores: &[Vec<f32>]) -> f32 {
        heads.iter().enumerate().map(|(word, head)| scores[word][head.map_or(0, |head| head + 1)]).sum()
    }

    fn best_by_trying_all(words: usize, scores: &[Vec<f32>]) -> f32 {
        let mut best = f32::NEG_INFINITY;
        for code in 0..(words + 1).pow(words as u32) {
            let heads: Vec<Option<usize>> =
                (0..words).map(|word| (code / (words + 1).pow(word as u32) % (words + 1)).checked_sub(1)).collect();
            if is_tree(&heads) {
                best = best.max(total(&heads, scores));
            }
        }
        best
    }

    #[test]
    fn agrees_with_trying_every_tree() {
        let mut state = 7u32;
        for words in 1..=5 {
            for _ in 0..150 {
                let mut draw = || {
                    state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
                    // Whole numbers, so that sums are exact; few of them, so that there are ties.
                    ((state >> 16) % 21) as f32 - 10.0
                };
                let scores: Vec<Vec<f32>> = (0..words).map(|_| (0..=words).map(|_| draw()).collect()).collect();
                let heads = best_tree(words, |word, head| scores[word][head.map_or(0, |head| head + 1)]);
                assert!(is_tree(&heads), "{heads:?}");
                assert_eq!(total(&heads, &scores), best_by_trying_all(words, &scores), "{scores:?}");
            }
        }
    }

    #[test]
    fn stays_a_tree_on_numbers_that_are_none() {
        for bad in [f32::NAN, f32::INFINITY, f32::NEG_INFINITY] {
            let heads = best_tree(40, |word, head| if head.is_some_and(|head| head > word) { bad } else { 0.5 });
            assert!(is_tree(&heads));
        }
        assert!(best_tree(0, |_, _| 0.0).is_empty());
        assert_eq!(best_tree(1, |_, _| -3.0), [None]);
    }

    #[test]
    fn shrinks_nested_cycles() {
        // Each pair of neighbours prefers each other, and the pairs prefer each other again.
        let heads = best_tree(64, |word, head| match head {
            None => -1.0,
            Some(head) => -f32::from((word ^ head).ilog2() as u8),
        });
        assert!(is_tree(&heads));
    }
}
