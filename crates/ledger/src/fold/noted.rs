//! What was known when: a thing as it is known after a report in, each state of it with its first day out.
//!
//! Names and terms gather over the reports. Whoever asks as of a day gets those of that day and none that became known later.
//!
//! **Invariant:** a state that was noted for a day does not change because of a report of a later one.

use std::collections::BTreeMap;

/// Things by key, each as it was known from a day on, the earliest first.
pub struct Noted<Thing>(BTreeMap<String, Vec<(String, Thing)>>);

impl<Thing> Default for Noted<Thing> {
    fn default() -> Self {
        Self(BTreeMap::new())
    }
}

impl<Thing: Clone + PartialEq> Noted<Thing> {
    /// Notes a thing as it is known from this day on; the days come in order.
    pub fn note(&mut self, key: &str, day: &str, thing: &Thing) {
        let states = self.0.entry(key.to_owned()).or_default();
        match states.last_mut() {
            Some((_, last)) if last == thing => {}
            Some((known, last)) if known == day => *last = thing.clone(),
            _ => states.push((day.to_owned(), thing.clone())),
        }
    }

    /// All states, by key and day.
    pub fn end(self) -> Vec<(String, Thing)> {
        self.0.into_values().flatten().collect()
    }
}

#[cfg(test)]
mod tests {
    use super::Noted;

    #[test]
    fn a_day_has_one_state_and_a_state_its_first_day() {
        let mut noted = Noted::default();
        for (day, thing) in [("2026-02-03", 1), ("2026-02-03", 2), ("2026-02-04", 2), ("2026-02-05", 3)] {
            noted.note("a", day, &thing);
        }
        assert_eq!(noted.end(), [("2026-02-03".to_owned(), 2), ("2026-02-05".to_owned(), 3)]);
    }
}
