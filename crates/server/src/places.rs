//! Places for connections. Strangers (connections that have not shown the token yet) have few
//! places of their own, and lose them soon: after some time, or at once if another stranger comes
//! and no place is left.

use std::collections::VecDeque;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, Weak};
use std::time::Duration;

use tokio::sync::{Notify, watch};

/// The time in which a connection has to show that it may use the page. A browser does so with its
/// first bytes.
pub(crate) const PATIENCE: Duration = Duration::from_secs(10);

/// The places of a server.
#[derive(Debug)]
pub(crate) struct ConnectionPlaces {
    limits: ConnectionLimits,
    strangers: Mutex<VecDeque<Weak<Connection>>>,
    known: AtomicUsize,
}

/// The number of places of each kind.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct ConnectionLimits {
    pub strangers: usize,
    pub known: usize,
}

/// The other end of a connection. Clones stand for the same connection.
#[derive(Debug, Clone)]
pub(crate) struct Visitor(Arc<Connection>);

#[derive(Debug)]
struct Connection {
    places: Arc<ConnectionPlaces>,
    known: watch::Sender<bool>,
    leave: Notify,
}

impl ConnectionLimits {
    /// The limits for a number of open files. Most files stay in reserve, for runners, compilers
    /// and state.
    pub(crate) fn of(files: usize) -> Self {
        Self { strangers: (files / 8).clamp(4, 64), known: (files / 4).clamp(8, 512) }
    }
}

/// The number of files that the system allows this process to have open.
pub(crate) fn files() -> usize {
    /// The least number that any system allows.
    const LEAST: usize = 256;
    let limits = std::fs::read_to_string("/proc/self/limits").unwrap_or_default();
    let line = limits.lines().find_map(|line| line.strip_prefix("Max open files"));
    line.and_then(|line| line.split_whitespace().next()?.parse().ok()).unwrap_or(LEAST)
}

impl ConnectionPlaces {
    pub(crate) fn new(limits: ConnectionLimits) -> Arc<Self> {
        Arc::new(Self { limits, strangers: Mutex::default(), known: AtomicUsize::new(0) })
    }

    /// A place for a connection that is not known yet. If none is free, the stranger who has waited
    /// longest loses theirs.
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

    /// Closes the connection of the stranger who has waited longest, because the system has no more
    /// files. False if there is no stranger.
    pub(crate) fn make_room(&self) -> bool {
        dismiss(&mut self.strangers())
    }

    /// The connections that are open and not known yet.
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
    /// Gives a connection with the token a place that strangers cannot take. False if none is free.
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

    /// Returns if the connection must end. It never returns for a known connection.
    pub(crate) async fn dismissed(&self) {
        let mut known = self.0.known.subscribe();
        tokio::select! {
            biased;
            // The result of waiting is dropped at once, because it holds a lock.
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
        let places = ConnectionPlaces::new(ConnectionLimits { strangers: 2, known: 2 });
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
        let places = ConnectionPlaces::new(ConnectionLimits { strangers: 2, known: 1 });
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
            let ConnectionLimits { strangers, known } = ConnectionLimits::of(files);
            assert!(strangers + known <= files / 2, "{files}: {strangers} and {known}");
        }
        assert!(files() > 0);
    }
}
