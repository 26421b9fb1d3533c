//! What was known when: a thing as it is known after a report in; for each day on which it changed, what came to it out.
//!
//! Names and terms gather over the reports. Whoever asks as of a day puts together what came until then, and gets no name that became known
//! later. Of lists only the new part is kept for a day, so that a thing of a thousand names does not weigh a million. Of days that are over
//! nothing is needed to go on, so a checkpoint does not hold them.
//!
//! **Invariant:** what was noted for a day does not change because of a report of a later one.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

/// A thing whose lists only grow.
pub trait Grows: Clone + PartialEq {
    /// The thing with only that part of its lists which an earlier state of it did not have.
    fn since(&self, earlier: &Self) -> Self;

    /// Puts a later part to what was known before.
    fn then(&mut self, later: Self);
}

/// Things by key.
#[derive(Serialize, Deserialize)]
#[serde(bound(deserialize = "Thing: Deserialize<'de>"))]
pub struct Noted<Thing> {
    things: BTreeMap<String, Known<Thing>>,
    /// What came to things on days that are over, with the day.
    #[serde(skip)]
    over: Vec<(String, Thing)>,
}

#[derive(Serialize, Deserialize)]
struct Known<Thing> {
    /// The last day on which something came to it.
    day: String,
    /// As it was before that day.
    before: Option<Thing>,
    /// As it is.
    now: Thing,
}

impl<Thing> Default for Noted<Thing> {
    fn default() -> Self {
        Self { things: BTreeMap::new(), over: Vec::new() }
    }
}

impl<Thing: Grows> Noted<Thing> {
    /// Notes a thing as it is known from this day on; the days come in order.
    pub fn note(&mut self, key: &str, day: &str, thing: &Thing) {
        let Some(known) = self.things.get_mut(key) else {
            let known = Known { day: day.to_owned(), before: None, now: thing.clone() };
            self.things.insert(key.to_owned(), known);
            return;
        };
        if known.now == *thing {
            return;
        }
        if known.day != day {
            self.over.push((core::mem::replace(&mut known.day, day.to_owned()), known.last()));
            known.before = Some(known.now.clone());
        }
        known.now = thing.clone();
    }

    /// What came to each thing on this day or later, with the day.
    pub fn end(self, from: &str) -> Vec<(String, Thing)> {
        let last = self.things.into_values().map(|known| (known.day.clone(), known.last()));
        self.over.into_iter().chain(last).filter(|(day, _)| day.as_str() >= from).collect()
    }
}

impl<Thing: Grows> Known<Thing> {
    /// What came to it on its last day.
    fn last(&self) -> Thing {
        self.before.as_ref().map_or_else(|| self.now.clone(), |before| self.now.since(before))
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
        assert_eq!(noted.end("3"), [("3".to_owned(), vec![1, 2]), ("5".to_owned(), vec![3, 4])]);
    }
}
