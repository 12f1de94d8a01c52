//! The parallel run: a fixed set of workers, each taking the next document,
//! typesetting, proving and exporting it.
//!
//! No document is ever a rayon job: krilla waits with `rayon::yield_now`, which
//! would start another whole document on the same stack. Results leave in plan
//! order, and no worker runs further ahead of what has left than it may, so
//! memory stays bounded however long the plan is. Documents that take longest are
//! begun first, by one worker one after another: they take most memory, too.

use std::collections::{BTreeMap, HashSet};
use std::num::NonZeroUsize;
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError, mpsc};
use std::thread;
use std::time::Duration;

/// What typst needs for a template nested as deep as it allows, with room to
/// spare; a thread's usual 2 MiB is not enough for that.
const STACK: usize = 16 << 20;

/// How many single documents may wait for a slow one before them.
pub(super) const AHEAD: usize = 64;

/// How long nothing may leave before the run is told so.
const PATIENCE: Duration = Duration::from_millis(100);

/// What is to be done.
pub(super) struct Work {
    /// Every index below this.
    pub count: usize,
    /// How many results may wait for one before them.
    pub ahead: usize,
    /// Indices that take so long and so much memory that they are begun first, one after
    /// another, whatever has left.
    pub long: Vec<usize>,
}

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
    let all = Work { count, ahead, long: Vec::new() };
    in_order_or_wait(all, threads, work, |left| match left {
        Some((index, result)) => leave(index, result),
        None => Ok(()),
    })
}

/// The same, but `leave` is also called, with `None`, ten times a second while
/// there is nothing to leave, and may end the run then, too.
pub(super) fn in_order_or_wait<T: Send, E>(
    all: Work,
    threads: NonZeroUsize,
    work: impl Fn(usize) -> T + Sync,
    mut leave: impl FnMut(Option<(usize, T)>) -> Result<(), E>,
) -> Result<(), E> {
    let pool = rayon::ThreadPoolBuilder::new()
        .num_threads(threads.get())
        .stack_size(STACK)
        .thread_name(|index| format!("press-{index}"))
        .build()
        .expect("the system can start threads");
    let count = all.count;
    let turnstile = Turnstile::new(all);
    pool.in_place_scope(|scope| {
        let (sender, results) = mpsc::channel();
        let (turnstile, work) = (&turnstile, &work);
        scope.spawn_broadcast(move |_, _| {
            while let Some(index) = turnstile.claim() {
                let result = catch_unwind(AssertUnwindSafe(|| work(index)));
                turnstile.done(index);
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
    leave: &mut impl FnMut(Option<(usize, T)>) -> Result<(), E>,
) -> Result<(), E> {
    let mut waiting = BTreeMap::new();
    for index in 0..count {
        let result = loop {
            if let Some(result) = waiting.remove(&index) {
                break result;
            }
            match results.recv_timeout(PATIENCE) {
                Ok((index, result)) => {
                    waiting.insert(index, result);
                }
                Err(mpsc::RecvTimeoutError::Timeout) => leave(None)?,
                Err(mpsc::RecvTimeoutError::Disconnected) => {
                    unreachable!("workers outlive their results")
                }
            }
        };
        match result {
            Ok(result) => leave(Some((index, result)))?,
            Err(panic) => {
                turnstile.close();
                resume_unwind(panic);
            }
        }
        turnstile.advance();
    }
    Ok(())
}

/// Hands out indices in order, long ones first, and keeps the workers within `ahead` of
/// what has left.
struct Turnstile {
    state: Mutex<State>,
    moved: Condvar,
    closed: AtomicBool,
    count: usize,
    ahead: usize,
    is_long: HashSet<usize>,
}

struct State {
    next: usize,
    left: usize,
    /// The long ones that are still to be done, the last one first.
    long: Vec<usize>,
    /// Whether a worker is at one of them.
    is_at_long: bool,
}

impl Turnstile {
    fn new(Work { count, ahead, mut long }: Work) -> Self {
        let is_long = long.iter().copied().collect();
        long.reverse();
        Self {
            state: Mutex::new(State { next: 0, left: 0, long, is_at_long: false }),
            moved: Condvar::new(),
            closed: AtomicBool::new(false),
            count,
            ahead,
            is_long,
        }
    }

    /// The next index; waits while it is too far ahead.
    fn claim(&self) -> Option<usize> {
        let mut state = self.lock();
        loop {
            while self.is_long.contains(&state.next) {
                state.next += 1;
            }
            if self.is_closed() {
                return None;
            }
            if !state.is_at_long
                && let Some(long) = state.long.pop()
            {
                state.is_at_long = true;
                return Some(long);
            }
            if state.next >= self.count {
                return None;
            }
            if state.next < state.left + self.ahead {
                state.next += 1;
                return Some(state.next - 1);
            }
            state = self.moved.wait(state).unwrap_or_else(PoisonError::into_inner);
        }
    }

    /// Whoever was at this index is done with it.
    fn done(&self, index: usize) {
        if self.is_long.contains(&index) {
            self.lock().is_at_long = false;
            self.moved.notify_all();
        }
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
    use std::sync::atomic::AtomicUsize;
    use std::time::Instant;

    use super::*;

    const FOUR: NonZeroUsize = NonZeroUsize::new(4).unwrap();

    #[test]
    fn results_leave_in_order_whoever_is_slow() {
        let mut left = Vec::new();
        let slow_first = |index: usize| {
            if index.is_multiple_of(50) {
                thread::sleep(Duration::from_millis(5));
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
                thread::sleep(Duration::from_micros(100));
                *left.lock().unwrap() = index;
                Ok(())
            },
        );
        assert_eq!(ended, Ok(()));
        assert!(*furthest.lock().unwrap() <= AHEAD + 1, "{}", furthest.lock().unwrap());
    }

    /// Waits until so many are made, and a little longer to see whether more are.
    fn wait_for(made: &AtomicUsize, many: usize) -> usize {
        let start = Instant::now();
        while made.load(Ordering::SeqCst) < many {
            assert!(start.elapsed() < Duration::from_secs(60), "{made:?} of {many} are made");
            thread::yield_now();
        }
        thread::sleep(Duration::from_millis(20));
        made.load(Ordering::SeqCst)
    }

    #[test]
    fn a_slow_document_stalls_nobody_until_the_buffer_is_full() {
        let made = AtomicUsize::new(0);
        let ended: Result<(), ()> = in_order(
            500,
            FOUR,
            AHEAD,
            |index| {
                if index == 0 {
                    assert_eq!(wait_for(&made, AHEAD - 1), AHEAD - 1);
                }
                made.fetch_add(1, Ordering::SeqCst);
            },
            |_, ()| Ok(()),
        );
        assert_eq!((ended, made.into_inner()), (Ok(()), 500));
    }

    #[test]
    fn a_slow_disk_stalls_nobody_until_the_buffer_is_full() {
        let made = AtomicUsize::new(0);
        let ended: Result<(), ()> = in_order(
            500,
            FOUR,
            AHEAD,
            |_| made.fetch_add(1, Ordering::SeqCst),
            |index, _| {
                if index == 100 {
                    assert_eq!(wait_for(&made, 100 + AHEAD), 100 + AHEAD);
                }
                Ok(())
            },
        );
        assert_eq!((ended, made.into_inner()), (Ok(()), 500));
    }

    #[test]
    fn no_more_results_are_kept_than_the_buffer_holds() {
        /// A result that counts how many of its kind there are.
        struct Kept<'a>(&'a AtomicUsize);
        impl Drop for Kept<'_> {
            fn drop(&mut self) {
                self.0.fetch_sub(1, Ordering::SeqCst);
            }
        }
        let (kept, most) = (AtomicUsize::new(0), AtomicUsize::new(0));
        let ended: Result<(), ()> = in_order(
            500,
            FOUR,
            AHEAD,
            |_| {
                most.fetch_max(kept.fetch_add(1, Ordering::SeqCst) + 1, Ordering::SeqCst);
                Kept(&kept)
            },
            |_, _| {
                thread::sleep(Duration::from_micros(100));
                Ok(())
            },
        );
        assert_eq!((ended, kept.into_inner()), (Ok(()), 0));
        assert!(most.load(Ordering::SeqCst) <= AHEAD, "{most:?}");
    }

    #[test]
    fn who_waits_for_a_long_document_is_asked_and_may_end_the_run() {
        let given_up = AtomicBool::new(false);
        let ended = in_order_or_wait(
            Work { count: 100, ahead: AHEAD, long: Vec::new() },
            FOUR,
            |_| {
                while !given_up.load(Ordering::SeqCst) {
                    thread::yield_now();
                }
            },
            |left| match left {
                Some(_) => Ok(()),
                None => {
                    given_up.store(true, Ordering::SeqCst);
                    Err("enough")
                }
            },
        );
        assert_eq!(ended, Err("enough"));
    }

    #[test]
    fn long_ones_are_begun_first_one_after_another_and_leave_in_their_places() {
        let (begun, at_long) = (Mutex::new(Vec::new()), AtomicUsize::new(0));
        let mut left = Vec::new();
        let ended = in_order_or_wait(
            Work { count: 500, ahead: AHEAD, long: vec![300, 499, 7] },
            FOUR,
            |index| {
                begun.lock().unwrap().push(index);
                if [300, 499, 7].contains(&index) {
                    assert_eq!(at_long.fetch_add(1, Ordering::SeqCst), 0);
                    thread::sleep(Duration::from_millis(20));
                    at_long.fetch_sub(1, Ordering::SeqCst);
                }
                index
            },
            |result| {
                left.extend(result.map(|(_, index)| index));
                Ok::<_, ()>(())
            },
        );
        assert_eq!(ended, Ok(()));
        assert!(left.into_iter().eq(0..500));
        let begun = begun.into_inner().unwrap();
        let place = |index| begun.iter().position(|&it| it == index).unwrap();
        assert!(place(300) < 4, "{begun:?}");
        assert!(place(300) < place(499) && place(499) < place(7), "{begun:?}");
        // Nothing leaves before 7 does, so no more is begun than may wait, and the long ones.
        assert!(place(7) <= 7 + AHEAD + 2, "{begun:?}");
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
