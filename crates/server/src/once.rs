//! Addresses that let a browser in once, and soon: what a process list, a history or a screen shows
//! of them is of no use.

use std::collections::VecDeque;
use std::io;
use std::sync::Mutex;
use std::time::{Duration, Instant};

use crate::secret;

/// How long one lives: for a browser that has to start first on a busy machine, and for a person
/// who copies it.
pub(crate) const LIFE: Duration = Duration::from_secs(60);

/// Those that are remembered at once.
const MOST: usize = 64;

/// What was given out and may still come.
#[derive(Default)]
pub(crate) struct Once(Mutex<VecDeque<Given>>);

struct Given {
    secret: String,
    until: Instant,
    used: bool,
}

/// What became of a secret that somebody came with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Taken {
    /// It was good, and is not any more.
    Now,
    /// Somebody had used it before.
    Before,
    /// It is none, or too old.
    Never,
}

impl Once {
    /// A new one.
    pub(crate) fn give(&self) -> io::Result<String> {
        let secret = secret::random()?;
        let mut given = self.given();
        if given.len() == MOST {
            given.pop_front();
        }
        given.push_back(Given {
            secret: secret.clone(),
            until: Instant::now() + LIFE,
            used: false,
        });
        Ok(secret)
    }

    /// Takes one.
    pub(crate) fn take(&self, secret: &str) -> Taken {
        let now = Instant::now();
        let mut given = self.given();
        given.retain(|one| one.until > now);
        let Some(one) = given.iter_mut().find(|one| secret::is_same(&one.secret, secret)) else {
            return Taken::Never;
        };
        if std::mem::replace(&mut one.used, true) { Taken::Before } else { Taken::Now }
    }

    fn given(&self) -> std::sync::MutexGuard<'_, VecDeque<Given>> {
        self.0.lock().unwrap_or_else(std::sync::PoisonError::into_inner)
    }

    /// All of them become too old.
    #[cfg(test)]
    pub(crate) fn age(&self) {
        self.given().iter_mut().for_each(|one| one.until = Instant::now());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_is_good_once_and_not_for_long() {
        let once = Once::default();
        let (one, two) = (once.give().unwrap(), once.give().unwrap());
        assert_eq!((one.len(), one == two), (64, false));
        assert_eq!(once.take(&one), Taken::Now);
        assert_eq!(once.take(&one), Taken::Before);
        for none in ["", "0", &one[..63], &format!("{one}0"), &"0".repeat(64)] {
            assert_eq!(once.take(none), Taken::Never, "{none}");
        }
        once.age();
        assert_eq!(once.take(&two), Taken::Never);
    }

    #[test]
    fn however_many_are_asked_for_few_are_remembered_and_the_last_is_good() {
        let once = Once::default();
        for _ in 0..1000 {
            once.give().unwrap();
        }
        let last = once.give().unwrap();
        assert!(once.given().len() <= MOST);
        assert_eq!(once.take(&last), Taken::Now);
    }
}
