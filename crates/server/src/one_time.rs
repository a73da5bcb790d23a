//! Addresses that are valid once, and for a short time. After that, a process list, a history or a
//! screen that shows one gives nothing away.

use std::collections::VecDeque;
use std::io;
use std::sync::Mutex;
use std::time::{Duration, Instant};

use crate::secret;

/// The time for which an address is valid. It is enough for a browser that has to start on a busy
/// machine, and for a person who copies the address.
pub(crate) const LIFE: Duration = Duration::from_secs(60);

/// The number of addresses that are remembered at once.
const MOST: usize = 64;

/// The addresses that were given out.
#[derive(Default)]
pub(crate) struct OneTimeSecrets(Mutex<VecDeque<IssuedSecret>>);

struct IssuedSecret {
    secret: String,
    until: Instant,
    used: bool,
}

/// The result of checking a secret.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum SecretUse {
    /// The secret was valid, and is used up now.
    Now,
    /// The secret was used before.
    Before,
    /// The secret is unknown or too old.
    Never,
}

impl OneTimeSecrets {
    /// Makes a new secret.
    pub(crate) fn give(&self) -> io::Result<String> {
        let secret = secret::random()?;
        let mut given = self.given();
        if given.len() == MOST {
            given.pop_front();
        }
        given.push_back(IssuedSecret {
            secret: secret.clone(),
            until: Instant::now() + LIFE,
            used: false,
        });
        Ok(secret)
    }

    /// Checks a secret and uses it up.
    pub(crate) fn take(&self, secret: &str) -> SecretUse {
        let now = Instant::now();
        let mut given = self.given();
        given.retain(|one| one.until > now);
        let Some(one) = given.iter_mut().find(|one| secret::is_same(&one.secret, secret)) else {
            return SecretUse::Never;
        };
        if std::mem::replace(&mut one.used, true) { SecretUse::Before } else { SecretUse::Now }
    }

    fn given(&self) -> std::sync::MutexGuard<'_, VecDeque<IssuedSecret>> {
        self.0.lock().unwrap_or_else(std::sync::PoisonError::into_inner)
    }

    /// Makes all of them too old.
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
        let once = OneTimeSecrets::default();
        let (one, two) = (once.give().unwrap(), once.give().unwrap());
        assert_eq!((one.len(), one == two), (64, false));
        assert_eq!(once.take(&one), SecretUse::Now);
        assert_eq!(once.take(&one), SecretUse::Before);
        for none in ["", "0", &one[..63], &format!("{one}0"), &"0".repeat(64)] {
            assert_eq!(once.take(none), SecretUse::Never, "{none}");
        }
        once.age();
        assert_eq!(once.take(&two), SecretUse::Never);
    }

    #[test]
    fn however_many_are_asked_for_few_are_remembered_and_the_last_is_good() {
        let once = OneTimeSecrets::default();
        for _ in 0..1000 {
            once.give().unwrap();
        }
        let last = once.give().unwrap();
        assert!(once.given().len() <= MOST);
        assert_eq!(once.take(&last), SecretUse::Now);
    }
}
