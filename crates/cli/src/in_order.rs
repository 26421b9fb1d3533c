//! Work on many items at a time, taken in the order they came.
//!
//! Workers take the next item as they become free; what they make waits until everything before it has been taken. Only a
//! few items per worker are under way, so that an endless input needs no endless memory.
//!
//! **Invariant:** what is taken, and its order, do not depend on the number of threads.

use std::collections::BTreeMap;
use std::ops::ControlFlow;
use std::sync::{Mutex, PoisonError, mpsc};
use std::thread;

/// Items under way for each worker: enough that one long report does not leave the others idle.
const UNDER_WAY: usize = 8;

/// Deep enough for the engine, whatever the default of the machine is.
const STACK: usize = 16 << 20;

/// Does `work` on every item with this many threads and hands the results to `take` in order, until it breaks.
pub fn in_order<Item: Send, Result: Send>(
    items: impl Iterator<Item = Item>,
    threads: usize,
    work: impl Fn(Item) -> Result + Sync,
    mut take: impl FnMut(Result) -> ControlFlow<()>,
) -> std::io::Result<()> {
    let (give, queue) = mpsc::channel::<(usize, Item)>();
    let queue = Mutex::new(queue);
    let (hand_back, made) = mpsc::channel();
    thread::scope(|scope| {
        // Owned here, so that the workers stop when this closure ends, early or not.
        let (give, made) = (give, made);
        for _ in 0..threads.max(1) {
            let (queue, work, hand_back) = (&queue, &work, hand_back.clone());
            thread::Builder::new().stack_size(STACK).spawn_scoped(scope, move || {
                loop {
                    let next = queue.lock().unwrap_or_else(PoisonError::into_inner).recv();
                    let Ok((number, item)) = next else { return };
                    if hand_back.send((number, work(item))).is_err() {
                        return;
                    }
                }
            })?;
        }
        drop(hand_back);

        let mut items = items.enumerate().fuse();
        let mut waiting = BTreeMap::new();
        let (mut given, mut taken) = (0, 0);
        loop {
            while given - taken < threads.max(1) * UNDER_WAY {
                let Some(next) = items.next() else { break };
                given += 1;
                if give.send(next).is_err() {
                    return Ok(());
                }
            }
            if given == taken {
                return Ok(());
            }
            let Ok((number, result)) = made.recv() else { return Ok(()) };
            waiting.insert(number, result);
            while let Some(result) = waiting.remove(&taken) {
                taken += 1;
                if take(result).is_break() {
                    return Ok(());
                }
            }
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_order_is_that_of_the_input() {
        for threads in [1, 2, 7] {
            let mut taken = Vec::new();
            let uneven = |item: u64| {
                thread::sleep(std::time::Duration::from_micros(item * 7919 % 300));
                item
            };
            in_order(0..200, threads, uneven, |item| {
                taken.push(item);
                ControlFlow::Continue(())
            })
            .unwrap();
            assert_eq!(taken, (0..200).collect::<Vec<_>>());
        }
    }

    #[test]
    fn an_endless_input_can_be_left() {
        let mut taken = 0;
        in_order(
            0..,
            3,
            |item| item,
            |_| {
                taken += 1;
                if taken == 50 { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
            },
        )
        .unwrap();
        assert_eq!(taken, 50);
    }
}
