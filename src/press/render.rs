//! The parallel run: a fixed set of workers, each taking the next document,
//! typesetting, proving and exporting it.
//!
//! No document is ever a rayon job: krilla waits with `rayon::yield_now`, which
//! would start another whole document on the same stack. Results leave in plan
//! order, and no worker runs further ahead of what has left than it may, so
//! memory stays bounded however long the plan is.

use std::collections::BTreeMap;
use std::num::NonZeroUsize;
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError, mpsc};
use std::thread;

/// What typst needs for a template nested as deep as it allows, with room to
/// spare; a thread's usual 2 MiB is not enough for that.
const STACK: usize = 16 << 20;

/// How many single documents may wait for a slow one before them.
pub(super) const AHEAD: usize = 64;

/// Runs `work` for every index below `count` on `threads` workers and hands
/// the results to `leave` in order, while no worker runs more than `ahead`
/// results ahead of what has left. An `Err` of `leave` ends the run.
pub(super) fn in_order<T: Send, E>(
    count: usize,
    threads: NonZeroUsize,
    ahead: usize,
    work: impl Fn(usize) -> T + Sync,
    mut leave: impl FnMut(usize, T) -> Result<(), E>,
) -> Result<(), E> {
    let pool = rayon::ThreadPoolBuilder::new()
        .num_threads(threads.get())
        .stack_size(STACK)
        .thread_name(|index| format!("press-{index}"))
        .build()
        .expect("the system can start threads");
    let turnstile = Turnstile::new(count, ahead);
    pool.in_place_scope(|scope| {
        let (sender, results) = mpsc::channel();
        let (turnstile, work) = (&turnstile, &work);
        scope.spawn_broadcast(move |_, _| {
            while let Some(index) = turnstile.claim() {
                let result = catch_unwind(AssertUnwindSafe(|| work(index)));
                if sender.send((index, result)).is_err() {
                    break;
                }
            }
        });
        let ended = leave_in_order(count, turnstile, &results, &mut leave);
        turnstile.close();
        ended
    })
}

fn leave_in_order<T, E>(
    count: usize,
    turnstile: &Turnstile,
    results: &mpsc::Receiver<(usize, thread::Result<T>)>,
    leave: &mut impl FnMut(usize, T) -> Result<(), E>,
) -> Result<(), E> {
    let mut waiting = BTreeMap::new();
    for index in 0..count {
        let result = loop {
            if let Some(result) = waiting.remove(&index) {
                break result;
            }
            let (index, result) = results.recv().expect("workers outlive their results");
            waiting.insert(index, result);
        };
        match result {
            Ok(result) => leave(index, result)?,
            Err(panic) => {
                turnstile.close();
                resume_unwind(panic);
            }
        }
        turnstile.advance();
    }
    Ok(())
}

/// Hands out indices in order and keeps the workers within `ahead` of what has
/// left.
struct Turnstile {
    state: Mutex<State>,
    moved: Condvar,
    closed: AtomicBool,
    count: usize,
    ahead: usize,
}

struct State {
    next: usize,
    left: usize,
}

impl Turnstile {
    fn new(count: usize, ahead: usize) -> Self {
        Self {
            ahead,
            state: Mutex::new(State { next: 0, left: 0 }),
            moved: Condvar::new(),
            closed: AtomicBool::new(false),
            count,
        }
    }

    /// The next index; waits while it is too far ahead.
    fn claim(&self) -> Option<usize> {
        let mut state = self.lock();
        while !self.is_closed() && state.next < self.count && state.next >= state.left + self.ahead
        {
            state = self.moved.wait(state).unwrap_or_else(PoisonError::into_inner);
        }
        if self.is_closed() || state.next >= self.count {
            return None;
        }
        state.next += 1;
        Some(state.next - 1)
    }

    fn advance(&self) {
        self.lock().left += 1;
        self.moved.notify_all();
    }

    fn close(&self) {
        let state = self.lock();
        self.closed.store(true, Ordering::Relaxed);
        drop(state);
        self.moved.notify_all();
    }

    fn is_closed(&self) -> bool {
        self.closed.load(Ordering::Relaxed)
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const FOUR: NonZeroUsize = NonZeroUsize::new(4).unwrap();

    #[test]
    fn results_leave_in_order_whoever_is_slow() {
        let mut left = Vec::new();
        let slow_first = |index: usize| {
            if index.is_multiple_of(50) {
                thread::sleep(std::time::Duration::from_millis(5));
            }
            index * 2
        };
        let ended: Result<(), ()> = in_order(300, FOUR, AHEAD, slow_first, |index, result| {
            left.push((index, result));
            Ok(())
        });
        assert_eq!(ended, Ok(()));
        assert!(left.iter().copied().eq((0..300).map(|index| (index, index * 2))));
    }

    #[test]
    fn nobody_runs_further_ahead_than_allowed() {
        let (left, furthest) = (Mutex::new(0), Mutex::new(0));
        let ended: Result<(), ()> = in_order(
            500,
            FOUR,
            AHEAD,
            |index| {
                let ahead = index.saturating_sub(*left.lock().unwrap());
                let mut furthest = furthest.lock().unwrap();
                *furthest = (*furthest).max(ahead);
            },
            |index, ()| {
                thread::sleep(std::time::Duration::from_micros(100));
                *left.lock().unwrap() = index;
                Ok(())
            },
        );
        assert_eq!(ended, Ok(()));
        assert!(*furthest.lock().unwrap() <= AHEAD + 1, "{}", furthest.lock().unwrap());
    }

    #[test]
    fn a_failure_to_leave_ends_the_run() {
        let worked = Mutex::new(0);
        let ended = in_order(
            100_000,
            FOUR,
            AHEAD,
            |_| *worked.lock().unwrap() += 1,
            |index, ()| if index == 10 { Err("disk full") } else { Ok(()) },
        );
        assert_eq!(ended, Err("disk full"));
        assert!(*worked.lock().unwrap() < 1000);
    }

    #[test]
    fn a_panic_reaches_the_caller() {
        let run = || {
            let work = |index| assert_ne!(index, 70, "our bug");
            in_order(500, FOUR, AHEAD, work, |_, ()| Ok::<_, ()>(()))
        };
        assert!(catch_unwind(AssertUnwindSafe(run)).is_err());
    }
}
