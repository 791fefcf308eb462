//! What waits for a worker (队列): bounded, and closed in order: what was accepted is still done.

use std::collections::VecDeque;
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

/// What a worker gets when it asks.
pub(crate) enum Taken<J> {
    /// Work, oldest first.
    Jobs(Vec<J>),
    /// Nothing came for a while.
    Idle,
    /// Nothing will come any more.
    Closed,
}

/// Why a queue took nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum NoRoom {
    Full,
    Closed,
}

struct Waiting<J> {
    jobs: VecDeque<J>,
    closed: bool,
}

/// A queue between many senders and a few workers.
pub(crate) struct Queue<J> {
    waiting: Mutex<Waiting<J>>,
    wake: Condvar,
    limit: usize,
}

impl<J> Queue<J> {
    /// A queue that holds at most `limit` jobs.
    pub fn new(limit: usize) -> Queue<J> {
        let waiting = Mutex::new(Waiting { jobs: VecDeque::new(), closed: false });
        Queue { waiting, wake: Condvar::new(), limit }
    }

    fn lock(&self) -> MutexGuard<'_, Waiting<J>> {
        // No code that can panic runs under this lock.
        self.waiting.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Puts a job at the end; gives it back with the reason when there is no room.
    pub fn push(&self, job: J) -> Result<(), (J, NoRoom)> {
        let mut waiting = self.lock();
        if waiting.closed {
            return Err((job, NoRoom::Closed));
        }
        if waiting.jobs.len() >= self.limit {
            return Err((job, NoRoom::Full));
        }
        waiting.jobs.push_back(job);
        drop(waiting);
        self.wake.notify_one();
        Ok(())
    }

    /// The oldest job and at most `most - 1` others that `fit` it, in order; waits up to `patience` for the first.
    pub fn take(&self, most: usize, patience: Duration, fit: impl Fn(&J, &J) -> bool) -> Taken<J> {
        let mut waiting = self.lock();
        while waiting.jobs.is_empty() {
            if waiting.closed {
                return Taken::Closed;
            }
            let (next, pause) = self.wake.wait_timeout(waiting, patience).unwrap_or_else(PoisonError::into_inner);
            waiting = next;
            if pause.timed_out() && waiting.jobs.is_empty() && !waiting.closed {
                return Taken::Idle;
            }
        }
        let mut taken: Vec<J> = waiting.jobs.pop_front().into_iter().collect();
        let mut others = VecDeque::new();
        while taken.len() < most
            && let Some(job) = waiting.jobs.pop_front()
        {
            if fit(&taken[0], &job) {
                taken.push(job);
            } else {
                others.push_back(job);
            }
        }
        others.append(&mut waiting.jobs);
        waiting.jobs = others;
        Taken::Jobs(taken)
    }

    /// Takes nothing new; workers finish what waits.
    pub fn close(&self) {
        self.lock().closed = true;
        self.wake.notify_all();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn taken(queue: &Queue<i32>, most: usize, fit: impl Fn(&i32, &i32) -> bool) -> Vec<i32> {
        match queue.take(most, Duration::ZERO, fit) {
            Taken::Jobs(jobs) => jobs,
            Taken::Idle | Taken::Closed => Vec::new(),
        }
    }

    #[test]
    fn jobs_that_fit_the_oldest_come_together_and_the_others_keep_their_order() {
        let queue = Queue::new(9);
        for job in [1, 2, 3, 5, 4, 7] {
            queue.push(job).unwrap();
        }
        assert_eq!(taken(&queue, 3, |first, other| first % 2 == other % 2), [1, 3, 5]);
        assert_eq!(taken(&queue, 9, |first, other| first % 2 == other % 2), [2, 4]);
        assert_eq!(taken(&queue, 9, |_, _| true), [7]);
        assert!(matches!(queue.take(1, Duration::ZERO, |_, _| true), Taken::Idle));
    }

    #[test]
    fn a_full_queue_refuses_and_a_closed_one_is_emptied_first() {
        let queue = Queue::new(2);
        queue.push(1).unwrap();
        queue.push(2).unwrap();
        assert_eq!(queue.push(3), Err((3, NoRoom::Full)));
        queue.close();
        assert_eq!(queue.push(4), Err((4, NoRoom::Closed)));
        assert_eq!(taken(&queue, 9, |_, _| true), [1, 2]);
        assert!(matches!(queue.take(1, Duration::ZERO, |_, _| true), Taken::Closed));
    }
}
