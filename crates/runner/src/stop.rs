//! Ending a guest from outside: Stop, time limits, and waking it where it sleeps.
//!
//! Wasmer interrupts a guest with a signal to its thread (`Store::interrupter`). A signal can come
//! at a bad moment: while a routine of the runtime works for the guest (filling memory, waiting for
//! a notification), where cutting it short could leave a lock held for ever. Wasmer cuts it short;
//! and a guest that spends all its time in such routines would hardly ever be met in its own code.
//!
//! So the way here is a [`Fence`]: the guest's code is made not executable, and the guest faults at
//! its next own instruction, which Wasmer takes for a trap. Where a fence cannot be had, the signal
//! is sent again and again, and [`Stop::let_through`] lets it act only on the guest's own code.

use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, OnceLock, PoisonError};
use std::thread::{self, Thread};
use std::time::{Duration, Instant};

use wasmer::sys::vm::ThreadConditions;

use crate::fence::Fence;
use crate::pipes;
use crate::wire::Outbox;

/// How often the time limit, which is one for each call, begins anew. To do so before every call
/// would cost as much as a short call.
pub const RENEWED: Duration = Duration::from_millis(1);

/// How long to wait before another attempt to wake and to interrupt.
const AGAIN: Duration = Duration::from_millis(1);

/// Why a guest is ended from outside.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reason {
    /// Somebody pressed Stop.
    Stopped,
    /// It ran longer than this many milliseconds.
    CallTime(u32),
}

/// Knows what the guest thread is doing and ends it on demand.
pub struct Stop {
    state: Mutex<State>,
    changed: Condvar,
    /// There is a reason to end the running job: for a guest that sleeps.
    ending: Condvar,
    /// There is a reason to end the running job. Read by the signal handler.
    wanted: AtomicBool,
    /// Guest code was ended. Written by the signal handler.
    landed: AtomicBool,
    /// The instruction that last touched memory it must not; 0 is none. Written by the signal
    /// handler.
    faulted: AtomicUsize,
    /// A fault cut work of the runtime itself short. Written by the signal handler, and true for
    /// ever: what was left half done stays so.
    cut_short: AtomicBool,
    /// Who answers then.
    rescue: OnceLock<Thread>,
    /// A host function called the guest.
    called_back: AtomicBool,
    outbox: Arc<Outbox>,
}

#[derive(Default)]
struct State {
    /// Jobs are numbered from 1 in the order they are given to the guest thread.
    submitted: u64,
    /// The last one that is over.
    ended: u64,
    /// All up to this one are to be stopped.
    stopped: u64,
    job: Option<Job>,
}

#[derive(Default)]
struct Job {
    reason: Option<Reason>,
    interrupter: Option<wasmer::Interrupter>,
    fence: Fence,
    closed: bool,
    /// Where a guest can wait for an atomic notification.
    conditions: Vec<ThreadConditions>,
    limit: Option<(Instant, u32)>,
}

impl Stop {
    /// Nothing is running; `outbox` is where a guest may be waiting when it is to end.
    pub fn new(outbox: Arc<Outbox>) -> Self {
        Self {
            state: Mutex::default(),
            changed: Condvar::new(),
            ending: Condvar::new(),
            wanted: AtomicBool::new(false),
            landed: AtomicBool::new(false),
            faulted: AtomicUsize::new(0),
            cut_short: AtomicBool::new(false),
            rescue: OnceLock::new(),
            called_back: AtomicBool::new(false),
            outbox,
        }
    }

    /// Numbers a job that is about to be given to the guest thread.
    pub fn submit(&self) -> u64 {
        let mut state = self.lock();
        state.submitted += 1;
        state.submitted
    }

    /// Ends every job submitted so far; false where there is none.
    pub fn stop(&self) -> bool {
        let mut state = self.lock();
        state.stopped = state.submitted;
        let running = state.ended < state.submitted;
        if let Some(job) = &mut state.job {
            job.reason.get_or_insert(Reason::Stopped);
            self.want();
        }
        drop(state);
        self.outbox.wake();
        running
    }

    /// Whether the guest thread has anything to do.
    pub fn busy(&self) -> bool {
        let state = self.lock();
        state.ended < state.submitted
    }

    /// The guest thread turns to a job; an error where it was stopped before it began.
    ///
    /// # Errors
    ///
    /// [`Reason::Stopped`]; the job counts as ended.
    pub fn begin(&self, number: u64) -> Result<Running<'_>, Reason> {
        let mut state = self.lock();
        self.wanted.store(false, Ordering::SeqCst);
        self.landed.store(false, Ordering::SeqCst);
        self.faulted.store(0, Ordering::SeqCst);
        self.called_back.store(false, Ordering::Relaxed);
        if number <= state.stopped {
            state.ended = number;
            return Err(Reason::Stopped);
        }
        state.job = Some(Job::default());
        Ok(Running { stop: self, number })
    }

    /// Whether the running job is to end.
    pub fn wanted(&self) -> bool {
        self.wanted.load(Ordering::SeqCst)
    }

    /// Asked by the signal handler, so it only touches atomics: whether a signal that met the
    /// guest's own code ends the guest. If so, that is remembered: see [`Running::landed`].
    pub fn let_through(&self) -> bool {
        let through = self.wanted();
        if through {
            self.landed.store(true, Ordering::SeqCst);
        }
        through
    }

    /// Told by the signal handler: the instruction at `at` touched memory that it must not.
    pub fn note_fault(&self, at: usize) {
        self.faulted.store(at, Ordering::SeqCst);
    }

    /// Told by the signal handler: the instruction that faulted is none of the guest's but the
    /// runtime's or a library's, which does not go on with what it was at. Locks that it holds are
    /// held for ever, that of the allocator perhaps, so this thread does nothing more:
    /// [`Stop::wait_for_rescue`] comes back in another one. Returns only if nobody waits there.
    pub fn cut_short(&self) {
        self.cut_short.store(true, Ordering::SeqCst);
        let Some(rescue) = self.rescue.get() else { return };
        // On Linux a store and a futex, which a signal handler may do.
        rescue.unpark();
        loop {
            #[allow(unsafe_code)]
            // SAFETY: it waits for nothing, for ever, and touches no memory of ours (poll(2)).
            unsafe {
                libc::poll(std::ptr::null_mut(), 0, -1);
            }
        }
    }

    /// Waits until the guest's thread cannot go on: see [`Stop::cut_short`].
    pub fn wait_for_rescue(&self) {
        let _ = self.rescue.set(thread::current());
        while !self.cut_short.load(Ordering::SeqCst) {
            thread::park();
        }
    }

    /// Told by a host function that is about to call the guest.
    pub fn note_call_back(&self) {
        self.called_back.store(true, Ordering::Relaxed);
    }

    /// Remembers where the running guest can wait for an atomic notification, from now on.
    pub fn add_conditions(&self, conditions: ThreadConditions) {
        if let Some(job) = &mut self.lock().job {
            job.conditions.push(conditions);
        }
    }

    /// Sleeps on the guest's thread until a time, or for ever if it has none; false if the job is
    /// to end instead.
    pub fn sleep(&self, until: Option<Instant>) -> bool {
        let mut state = self.lock();
        loop {
            if state.job.as_ref().is_none_or(|job| job.reason.is_some()) {
                return false;
            }
            let left = until.map(|until| until.saturating_duration_since(Instant::now()));
            state = match left {
                Some(Duration::ZERO) => return true,
                Some(left) => {
                    self.ending.wait_timeout(state, left).unwrap_or_else(PoisonError::into_inner).0
                }
                None => self.ending.wait(state).unwrap_or_else(PoisonError::into_inner),
            };
        }
    }

    /// Watches the clock and interrupts, for ever: the body of a thread of its own.
    pub fn watch(&self) -> ! {
        let mut state = self.lock();
        loop {
            let now = Instant::now();
            let wait = match &mut state.job {
                None => None,
                Some(job) => self.look_after(job, now),
            };
            state = match wait {
                None => self.changed.wait(state).unwrap_or_else(PoisonError::into_inner),
                Some(time) => {
                    self.changed.wait_timeout(state, time).unwrap_or_else(PoisonError::into_inner).0
                }
            };
        }
    }

    /// Does what is due, and gives how long nothing will be.
    fn look_after(&self, job: &mut Job, now: Instant) -> Option<Duration> {
        if let Some((_, limit)) = job.limit.filter(|(at, _)| *at <= now)
            && job.reason.is_none()
        {
            job.reason = Some(Reason::CallTime(limit));
            self.want();
            self.outbox.wake();
        }
        if job.reason.is_some() {
            for conditions in &job.conditions {
                conditions.wake_all_atomic_waiters();
            }
            job.end();
            return Some(AGAIN);
        }
        job.limit.map(|(at, _)| at.saturating_duration_since(now))
    }

    fn want(&self) {
        self.wanted.store(true, Ordering::SeqCst);
        self.changed.notify_one();
        self.ending.notify_all();
    }

    /// A panic while the lock is held leaves a state that is whole: no change has two steps that
    /// can fail.
    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Job {
    fn end(&mut self) {
        let Some(interrupter) = &self.interrupter else { return };
        if !self.closed {
            match self.fence.close() {
                Ok(()) => self.closed = true,
                Err(_) => interrupter.interrupt(),
            }
        }
    }

    fn finish(&mut self) {
        if self.closed
            && let Err(error) = self.fence.open()
        {
            // No guest could run here any more; the next Run starts another process.
            tracing::error!(%error, "the guest's code cannot be made executable again");
            pipes::end(1);
        }
        self.closed = false;
    }
}

/// What it takes to end a guest.
pub struct Entered<'a> {
    /// Of its store.
    pub interrupter: wasmer::Interrupter,
    /// Around its code.
    pub fence: &'a Fence,
    /// Of the memories it has already.
    pub conditions: &'a [ThreadConditions],
}

/// A job of the guest thread while it runs; over when dropped.
pub struct Running<'a> {
    stop: &'a Stop,
    number: u64,
}

impl Running<'_> {
    /// From here on a guest runs, with `limit_ms` milliseconds to go; 0 is no limit.
    pub fn enter(&self, guest: Entered<'_>, limit_ms: u32) {
        let mut state = self.stop.lock();
        if let Some(job) = &mut state.job {
            job.interrupter = Some(guest.interrupter);
            job.fence = guest.fence.clone();
            job.conditions.extend_from_slice(guest.conditions);
            let at = Instant::now().checked_add(Duration::from_millis(limit_ms.into()));
            job.limit = at.filter(|_| limit_ms > 0).map(|at| (at, limit_ms));
            self.stop.changed.notify_one();
        }
    }

    /// Another call of the same guest begins about now: its time limit counts from here.
    pub fn renew(&self, limit_ms: u32) {
        if let Some(job) = &mut self.stop.lock().job
            && let Some((at, _)) = &mut job.limit
        {
            let limit = Duration::from_millis(limit_ms.into()) + RENEWED;
            *at = Instant::now().checked_add(limit).unwrap_or(*at);
        }
    }

    /// Whether the job is to end; costs nothing to ask.
    pub fn wanted(&self) -> bool {
        self.stop.wanted()
    }

    /// The guest came back: no time limit counts any more.
    pub fn leave(&self) {
        if let Some(job) = &mut self.stop.lock().job {
            job.limit = None;
        }
    }

    /// Why the job is to end, where it is.
    pub fn reason(&self) -> Option<Reason> {
        self.stop.lock().job.as_ref().and_then(|job| job.reason)
    }

    /// Whether guest code was ended because it was wanted: the trap is no fault of the guest then.
    pub fn landed(&self) -> bool {
        self.stop.landed.load(Ordering::SeqCst)
    }

    /// The instruction that last touched memory it must not.
    pub fn faulted(&self) -> Option<usize> {
        Some(self.stop.faulted.load(Ordering::SeqCst)).filter(|at| *at != 0)
    }

    /// Whether a host function called the guest since this began.
    pub fn called_back(&self) -> bool {
        self.stop.called_back.load(Ordering::Relaxed)
    }
}

impl Drop for Running<'_> {
    fn drop(&mut self) {
        let mut state = self.stop.lock();
        state.ended = self.number;
        if let Some(mut job) = state.job.take() {
            job.finish();
        }
        self.stop.wanted.store(false, Ordering::SeqCst);
    }
}

#[cfg(test)]
#[path = "stop_tests.rs"]
mod tests;
