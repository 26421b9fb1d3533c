//! What was known when: a thing as it is known after a report in; for each day on which it changed, what came to it out.
//!
//! Names and terms gather over the reports. Whoever asks as of a day puts together what came until then, and gets no name that became known
//! later. Of lists only the new part is kept for a day, so that a thing of a thousand names does not weigh a million.
//!
//! **Invariant:** what was noted for a day does not change because of a report of a later one.

use std::collections::BTreeMap;

/// A thing whose lists only grow.
pub trait Grows: Clone + PartialEq {
    /// The thing with only that part of its lists which an earlier state of it did not have.
    fn since(&self, earlier: &Self) -> Self;

    /// Puts a later part to what was known before.
    fn then(&mut self, later: Self);
}

/// Things by key.
pub struct Noted<Thing>(BTreeMap<String, Known<Thing>>);

struct Known<Thing> {
    /// As it was at the end of the day before the last noted.
    before: Option<Thing>,
    /// As it is.
    now: Thing,
    /// What came to it, by day.
    days: Vec<(String, Thing)>,
}

impl<Thing> Default for Noted<Thing> {
    fn default() -> Self {
        Self(BTreeMap::new())
    }
}

impl<Thing: Grows> Noted<Thing> {
    /// Notes a thing as it is known from this day on; the days come in order.
    pub fn note(&mut self, key: &str, day: &str, thing: &Thing) {
        let Some(known) = self.0.get_mut(key) else {
            let days = vec![(day.to_owned(), thing.clone())];
            self.0.insert(key.to_owned(), Known { before: None, now: thing.clone(), days });
            return;
        };
        if known.now == *thing {
            return;
        }
        if known.days.last().is_some_and(|(last, _)| last == day) {
            known.days.pop();
        } else {
            known.before = Some(known.now.clone());
        }
        known.now = thing.clone();
        let new = known.before.as_ref().map_or_else(|| thing.clone(), |before| thing.since(before));
        known.days.push((day.to_owned(), new));
    }

    /// What came to each thing, by key and day.
    pub fn end(self) -> Vec<(String, Thing)> {
        self.0.into_values().flat_map(|known| known.days).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::{Grows, Noted};

    impl Grows for Vec<u8> {
        fn since(&self, earlier: &Self) -> Self {
            self[earlier.len()..].to_vec()
        }

        fn then(&mut self, later: Self) {
            self.extend(later);
        }
    }

    #[test]
    fn a_day_has_what_came_on_it() {
        let mut noted = Noted::default();
        let states: [(&str, &[u8]); 5] =
            [("3", &[1]), ("3", &[1, 2]), ("4", &[1, 2]), ("5", &[1, 2, 3]), ("5", &[1, 2, 3, 4])];
        for (day, thing) in states {
            noted.note("a", day, &thing.to_vec());
        }
        assert_eq!(noted.end(), [("3".to_owned(), vec![1, 2]), ("5".to_owned(), vec![3, 4])]);
    }
}
