//! Ends a guest from outside, for Stop and for time limits. It also wakes a guest that sleeps.
//!
//! Wasmer interrupts a guest with a signal to its thread (`Store::interrupter`). A signal can come
//! at a bad moment, while a routine of the runtime works for the guest: it fills memory, or waits
//! for a notification. Wasmer cuts the routine short, which could leave a lock held for ever. And a
//! guest that spends all its time in such routines would hardly ever be met in its own code.
//!
//! So a [`Fence`] makes the guest's code not executable. The guest faults at its next own
//! instruction, which Wasmer takes for a trap. If the system has no fence, the signal is sent again
//! and again, and [`Stop::let_through`] permits it only in the guest's own code.

use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, OnceLock, PoisonError, Weak};
use std::thread::{self, Thread};
use std::time::{Duration, Instant};

use wasmer::sys::vm::ThreadConditions;

use crate::fence::Fence;
use crate::outbox::Outbox;

/// The interval at which the time limit of many calls is renewed. To do it before every call would
/// cost as much as a short call.
pub const RENEWED: Duration = Duration::from_millis(1);

/// The time until another attempt to wake and to interrupt.
const AGAIN: Duration = Duration::from_millis(1);

/// The time until a guest that must end is given up: it waits for something, and nothing cuts that
/// short.
const GIVEN_UP: Duration = Duration::from_secs(3);

/// The reason to end a guest from outside.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum StopReason {
    /// A person pressed Stop.
    Stopped,
    /// The call ran longer than this many milliseconds.
    CallTime(u32),
}

/// Cuts a wait of a host function short: the guest must end. It may be told again and again.
pub type Waker = dyn Fn() + Send + Sync;

/// Knows the job of the guest's thread, and ends it on demand.
pub struct Stop {
    state: Mutex<StopState>,
    changed: Condvar,
    /// Signals a reason to end the running job to a guest that sleeps.
    ending: Condvar,
    /// True if there is a reason to end the running job. The signal handler reads it.
    wanted: AtomicBool,
    /// True if guest code was ended. The signal handler writes it.
    landed: AtomicBool,
    /// The instruction that last touched forbidden memory, or 0. The signal handler writes it.
    faulted: AtomicUsize,
    /// True if a fault cut work of the runtime itself short. The signal handler writes it. It stays
    /// true, because the work stays half done.
    cut_short: AtomicBool,
    /// The reason to end a guest that was given up. It is set while the state is locked.
    given_up: OnceLock<StopReason>,
    /// The thread that answers in these cases.
    rescue: OnceLock<Thread>,
    /// True if a host function called the guest.
    called_back: AtomicBool,
    outbox: Arc<Outbox>,
}

#[derive(Default)]
struct StopState {
    /// The number of the last job in the queue. Jobs are numbered from 1.
    submitted: u64,
    /// The last job that is over.
    ended: u64,
    /// The last job that must be stopped, with all before it.
    stopped: u64,
    job: Option<CurrentJob>,
    /// The programs that wait by means of their own.
    wakers: Vec<Weak<Waker>>,
}

#[derive(Default)]
struct CurrentJob {
    reason: Option<StopReason>,
    /// The time at which it was first told to end.
    told: Option<Instant>,
    interrupter: Option<wasmer::Interrupter>,
    fence: Fence,
    closed: bool,
    /// The conditions on which the guest can wait for an atomic notification.
    conditions: Vec<ThreadConditions>,
    limit: Option<(Instant, u32)>,
}

impl Stop {
    /// A state in which no job is running. A guest that must end may be waiting in `outbox`.
    pub fn new(outbox: Arc<Outbox>) -> Self {
        Self {
            state: Mutex::default(),
            changed: Condvar::new(),
            ending: Condvar::new(),
            wanted: AtomicBool::new(false),
            landed: AtomicBool::new(false),
            faulted: AtomicUsize::new(0),
            cut_short: AtomicBool::new(false),
            given_up: OnceLock::new(),
            rescue: OnceLock::new(),
            called_back: AtomicBool::new(false),
            outbox,
        }
    }

    /// Numbers a job that is about to be given to the guest's thread.
    pub fn submit(&self) -> u64 {
        let mut state = self.lock();
        state.submitted += 1;
        state.submitted
    }

    /// Ends every job submitted so far. False if there is none.
    pub fn stop(&self) -> bool {
        let mut state = self.lock();
        state.stopped = state.submitted;
        let running = state.ended < state.submitted;
        if let Some(job) = &mut state.job {
            job.reason.get_or_insert(StopReason::Stopped);
            self.want();
        }
        drop(state);
        self.outbox.wake();
        running
    }

    /// True if the guest's thread has a job.
    pub fn busy(&self) -> bool {
        let state = self.lock();
        state.ended < state.submitted
    }

    /// The guest's thread turns to a job.
    ///
    /// # Errors
    ///
    /// `StopReason::Stopped` if the job was stopped before it began. It counts as ended.
    pub fn begin(&self, number: u64) -> Result<RunningJob<'_>, StopReason> {
        let mut state = self.lock();
        self.wanted.store(false, Ordering::SeqCst);
        self.landed.store(false, Ordering::SeqCst);
        self.faulted.store(0, Ordering::SeqCst);
        self.called_back.store(false, Ordering::Relaxed);
        if number <= state.stopped {
            state.ended = number;
            return Err(StopReason::Stopped);
        }
        state.job = Some(CurrentJob::default());
        Ok(RunningJob { stop: self, number })
    }

    /// True if the running job must end.
    pub fn wanted(&self) -> bool {
        self.wanted.load(Ordering::SeqCst)
    }

    /// Decides whether a signal that met the guest's own code ends the guest. If so,
    /// `RunningJob::landed` is true from then on. The signal handler calls it, so it only touches
    /// atomics.
    pub fn let_through(&self) -> bool {
        let through = self.wanted();
        if through {
            self.landed.store(true, Ordering::SeqCst);
        }
        through
    }

    /// Notes that the instruction at `at` touched forbidden memory. The signal handler calls it.
    pub fn note_fault(&self, at: usize) {
        self.faulted.store(at, Ordering::SeqCst);
    }

    /// Notes that the instruction that faulted belongs to the runtime or to a library, which cannot
    /// continue. Locks that it holds are held for ever, perhaps that of the allocator. So this
    /// thread does nothing more, and [`Stop::wait_for_rescue`] returns in another one. The signal
    /// handler calls it. It returns only if no thread waits there.
    pub fn cut_short(&self) {
        self.cut_short.store(true, Ordering::SeqCst);
        let Some(rescue) = self.rescue.get() else { return };
        // On Linux this is a store and a futex, which a signal handler may use.
        rescue.unpark();
        loop {
            #[expect(
                unsafe_code,
                reason = "a signal handler may use system calls only, and no crate wraps this one"
            )]
            // SAFETY: it waits for no event, for ever, and touches no memory of ours (poll(2)).
            unsafe {
                libc::poll(std::ptr::null_mut(), 0, -1);
            }
        }
    }

    /// Waits until the guest's thread cannot continue, see [`Stop::cut_short`], or until it was given
    /// up. Gives the reason to end it in the second case.
    pub fn wait_for_rescue(&self) -> Option<StopReason> {
        let _ = self.rescue.set(thread::current());
        loop {
            let given_up = self.given_up.get();
            if given_up.is_some() || self.cut_short.load(Ordering::SeqCst) {
                return given_up.copied();
            }
            thread::park();
        }
    }

    /// True if the job that has just ended was given up, or one before it. A job is given up only
    /// while it runs, so this does not change between two jobs.
    pub fn has_given_up(&self) -> bool {
        self.given_up.get().is_some()
    }

    /// Notes that a host function is about to call the guest.
    pub fn note_call_back(&self) {
        self.called_back.store(true, Ordering::Relaxed);
    }

    /// Adds a condition on which the running guest can wait for an atomic notification.
    pub fn add_conditions(&self, conditions: ThreadConditions) {
        if let Some(job) = &mut self.lock().job {
            job.conditions.push(conditions);
        }
    }

    /// Adds what cuts the waits of a program short, for as long as the program has it.
    pub fn add_waker(&self, waker: &Arc<Waker>) {
        let wakers = &mut self.lock().wakers;
        wakers.retain(|other| other.strong_count() > 0);
        wakers.push(Arc::downgrade(waker));
    }

    /// Sleeps on the guest's thread until a time, or for ever if it has none. False if the job must
    /// end instead.
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

    /// Stops the clock of the running job until the result is dropped. The time limit is about what a
    /// guest does, so the time in which it waits for its input does not count.
    pub fn hold_limit(&self) -> HeldLimit<'_> {
        let mut state = self.lock();
        let limit = state.job.as_mut().and_then(|job| job.limit.take());
        let held = limit.map(|(at, ms)| (at.saturating_duration_since(Instant::now()), ms));
        HeldLimit { stop: self, held }
    }

    /// Watches the clock and interrupts the guest, for ever. It is the body of a thread of its own.
    pub fn watch(&self) -> ! {
        let mut state = self.lock();
        loop {
            let now = Instant::now();
            let StopState { job, wakers, .. } = &mut *state;
            let wait = job.as_mut().and_then(|job| self.look_after(job, wakers, now));
            state = match wait {
                None => self.changed.wait(state).unwrap_or_else(PoisonError::into_inner),
                Some(time) => {
                    self.changed.wait_timeout(state, time).unwrap_or_else(PoisonError::into_inner).0
                }
            };
        }
    }

    /// Does all that is due, and gives the time until something may be due again.
    fn look_after(
        &self,
        job: &mut CurrentJob,
        wakers: &[Weak<Waker>],
        now: Instant,
    ) -> Option<Duration> {
        if let Some((_, limit)) = job.limit.filter(|(at, _)| *at <= now)
            && job.reason.is_none()
        {
            job.reason = Some(StopReason::CallTime(limit));
            self.want();
            self.outbox.wake();
        }
        if let Some(reason) = job.reason {
            let told = *job.told.get_or_insert(now);
            if now.duration_since(told) >= GIVEN_UP
                && self.given_up.set(reason).is_ok()
                && let Some(rescue) = self.rescue.get()
            {
                rescue.unpark();
            }
            for conditions in &job.conditions {
                conditions.wake_all_atomic_waiters();
            }
            job.end();
            wakers.iter().filter_map(Weak::upgrade).for_each(|wake| wake());
            return Some(AGAIN);
        }
        job.limit.map(|(at, _)| at.saturating_duration_since(now))
    }

    fn want(&self) {
        self.wanted.store(true, Ordering::SeqCst);
        self.changed.notify_one();
        self.ending.notify_all();
    }

    /// Locks the state. It is whole even after a panic, because no change has two steps that can
    /// fail.
    fn lock(&self) -> MutexGuard<'_, StopState> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl CurrentJob {
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
            // No guest could run here again. The next Run starts another process.
            tracing::error!(%error, "the guest's code cannot be made executable again");
            watshop_child::end(1);
        }
        self.closed = false;
    }
}

/// The means to end a guest.
pub struct GuestEntry<'a> {
    /// The interrupter of its store.
    pub interrupter: wasmer::Interrupter,
    /// The pages of its code.
    pub fence: &'a Fence,
    /// The conditions of the memories that it has already.
    pub conditions: &'a [ThreadConditions],
}

/// A time limit that stands still.
pub struct HeldLimit<'a> {
    stop: &'a Stop,
    /// The time that was left, and the whole limit in milliseconds.
    held: Option<(Duration, u32)>,
}

impl Drop for HeldLimit<'_> {
    fn drop(&mut self) {
        let Some((left, limit_ms)) = self.held else { return };
        if let Some(job) = &mut self.stop.lock().job {
            job.limit = Instant::now().checked_add(left).map(|at| (at, limit_ms));
            self.stop.changed.notify_one();
        }
    }
}

/// A job of the guest's thread while it runs. Its end is the drop.
pub struct RunningJob<'a> {
    stop: &'a Stop,
    number: u64,
}

impl RunningJob<'_> {
    /// Notes that a guest runs from here on, for at most `limit_ms` milliseconds. 0 is no limit.
    pub fn enter(&self, guest: GuestEntry<'_>, limit_ms: u32) {
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

    /// Notes that another call of the same guest begins about now. Its time limit counts from here.
    pub fn renew(&self, limit_ms: u32) {
        if let Some(job) = &mut self.stop.lock().job
            && let Some((at, _)) = &mut job.limit
        {
            let limit = Duration::from_millis(limit_ms.into()) + RENEWED;
            *at = Instant::now().checked_add(limit).unwrap_or(*at);
        }
    }

    /// True if the job must end. It costs nothing to ask.
    pub fn wanted(&self) -> bool {
        self.stop.wanted()
    }

    /// Notes that the guest returned. The time limit does not count any more.
    pub fn leave(&self) {
        if let Some(job) = &mut self.stop.lock().job {
            job.limit = None;
        }
    }

    /// The reason to end the job, if there is one.
    pub fn reason(&self) -> Option<StopReason> {
        self.stop.lock().job.as_ref().and_then(|job| job.reason)
    }

    /// True if guest code was ended for such a reason. Then the trap is not a fault of the guest.
    pub fn landed(&self) -> bool {
        self.stop.landed.load(Ordering::SeqCst)
    }

    /// The instruction that last touched forbidden memory.
    pub fn faulted(&self) -> Option<usize> {
        Some(self.stop.faulted.load(Ordering::SeqCst)).filter(|at| *at != 0)
    }

    /// True if a host function has called the guest since this job began.
    pub fn called_back(&self) -> bool {
        self.stop.called_back.load(Ordering::Relaxed)
    }
}

impl Drop for RunningJob<'_> {
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
