//! Places for connections. Strangers have few, apart from those of people who were let in, and give
//! them up soon: by themselves when their time is over, at once when another stranger comes and
//! there is none left.

use std::collections::VecDeque;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, Weak};
use std::time::Duration;

use tokio::sync::{Notify, watch};

/// How long somebody may take to say who they are. A browser does so with its first bytes.
pub(crate) const PATIENCE: Duration = Duration::from_secs(10);

/// Places of a server.
#[derive(Debug)]
pub(crate) struct Places {
    limits: Limits,
    strangers: Mutex<VecDeque<Weak<Connection>>>,
    known: AtomicUsize,
}

/// How many there are of each kind.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Limits {
    pub strangers: usize,
    pub known: usize,
}

/// Who is at the other end of a connection. Clones are of the same.
#[derive(Debug, Clone)]
pub(crate) struct Visitor(Arc<Connection>);

#[derive(Debug)]
struct Connection {
    places: Arc<Places>,
    known: watch::Sender<bool>,
    leave: Notify,
}

impl Limits {
    /// Of so many files that the system permits this process: most stay in reserve, for runners,
    /// compilers and state.
    pub(crate) fn of(files: usize) -> Self {
        Self { strangers: (files / 8).clamp(4, 64), known: (files / 4).clamp(8, 512) }
    }
}

/// How many files the system permits this process to have open.
pub(crate) fn files() -> usize {
    /// The least that any system gives.
    const LEAST: usize = 256;
    let limits = std::fs::read_to_string("/proc/self/limits").unwrap_or_default();
    let line = limits.lines().find_map(|line| line.strip_prefix("Max open files"));
    line.and_then(|line| line.split_whitespace().next()?.parse().ok()).unwrap_or(LEAST)
}

impl Places {
    pub(crate) fn new(limits: Limits) -> Arc<Self> {
        Arc::new(Self { limits, strangers: Mutex::default(), known: AtomicUsize::new(0) })
    }

    /// A place for somebody who is not known yet; the stranger who has waited longest goes where
    /// there is none.
    pub(crate) fn take(self: &Arc<Self>) -> Visitor {
        let known = watch::Sender::new(false);
        let visitor =
            Arc::new(Connection { places: Arc::clone(self), known, leave: Notify::new() });
        let mut strangers = self.strangers();
        strangers.push_back(Arc::downgrade(&visitor));
        while strangers.len() > self.limits.strangers {
            dismiss(&mut strangers);
        }
        Visitor(visitor)
    }

    /// Sends the stranger away who has waited longest: the system has no more files. Whether there
    /// was one.
    pub(crate) fn make_room(&self) -> bool {
        dismiss(&mut self.strangers())
    }

    /// Those who wait to be known; who is, or has gone, is none of them.
    fn strangers(&self) -> std::sync::MutexGuard<'_, VecDeque<Weak<Connection>>> {
        let mut strangers =
            self.strangers.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        strangers.retain(|one| one.upgrade().is_some_and(|one| !*one.known.borrow()));
        strangers
    }
}

fn dismiss(strangers: &mut VecDeque<Weak<Connection>>) -> bool {
    let oldest = strangers.pop_front().and_then(|oldest| oldest.upgrade());
    oldest.inspect(|oldest| oldest.leave.notify_one()).is_some()
}

impl Visitor {
    /// They were let in: gives them a place that no stranger can take. Whether there is one.
    pub(crate) fn welcome(&self) -> bool {
        let places = &self.0.places;
        self.0.known.send_if_modified(|known| {
            let more = |count: usize| (count < places.limits.known).then_some(count + 1);
            let order = Ordering::Relaxed;
            let comes = !*known && places.known.fetch_update(order, order, more).is_ok();
            *known |= comes;
            comes
        });
        *self.0.known.borrow()
    }

    /// Comes back when the connection must end, which never is while its owner is known.
    pub(crate) async fn dismissed(&self) {
        let mut known = self.0.known.subscribe();
        tokio::select! {
            biased;
            // What it gives is not kept: it would hold a lock.
            () = async { drop(known.wait_for(|known| *known).await) } => std::future::pending().await,
            () = self.0.leave.notified() => {}
            () = tokio::time::sleep(PATIENCE) => {}
        }
    }
}

impl Drop for Connection {
    fn drop(&mut self) {
        if *self.known.borrow() {
            self.places.known.fetch_sub(1, Ordering::Relaxed);
        }
    }
}

#[cfg(test)]
mod tests {
    use futures_util::FutureExt as _;

    use super::*;

    fn leaves(visitor: &Visitor) -> bool {
        visitor.dismissed().now_or_never().is_some()
    }

    #[tokio::test]
    async fn the_stranger_who_waited_longest_goes_and_nobody_who_is_known() {
        let places = Places::new(Limits { strangers: 2, known: 2 });
        let known = places.take();
        assert!(known.welcome() && known.welcome(), "twice is no second place");
        let (one, two) = (places.take(), places.take());
        assert!(!leaves(&one) && !leaves(&two));
        let three = places.take();
        assert!(leaves(&one) && !leaves(&two) && !leaves(&three) && !leaves(&known));
        assert!(places.make_room());
        assert!(leaves(&two) && !leaves(&three));
        assert!(places.make_room() && !places.make_room());
        assert!(!leaves(&known));
    }

    #[tokio::test]
    async fn places_of_people_come_back_when_they_go() {
        let places = Places::new(Limits { strangers: 2, known: 1 });
        let (one, two) = (places.take(), places.take());
        assert!(one.welcome() && !two.welcome());
        let twin = one.clone();
        drop(one);
        assert!(!two.welcome(), "a window is still there");
        drop(twin);
        assert!(two.welcome());
    }

    #[test]
    fn most_files_stay_in_reserve() {
        for files in [64, 256, 1024, 1 << 20] {
            let Limits { strangers, known } = Limits::of(files);
            assert!(strangers + known <= files / 2, "{files}: {strangers} and {known}");
        }
        assert!(files() > 0);
    }
}
