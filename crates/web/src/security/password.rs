//! Passwords (口令): argon2id on a small pool of its own, so that a storm of sign-ins cannot take all threads and memory.

use std::sync::Arc;

use argon2::{Algorithm, Argon2, Params, PasswordHash, PasswordHasher, PasswordVerifier, Version};
use tokio::sync::Semaphore;

use super::fault::Fault;

/// Characters of a new password at least.
pub const LENGTH_MIN: usize = 8;
/// Characters of any password at most; more is refused unread.
pub const LENGTH_MAX: usize = 128;

/// Passwords that are tried first by everyone, in lower case.
const COMMON: &[&str] = &[
    "password",
    "passw0rd",
    "password1",
    "12345678",
    "123456789",
    "1234567890",
    "87654321",
    "qwertyui",
    "qwerty123",
    "1q2w3e4r",
    "1qaz2wsx",
    "zaq12wsx",
    "asdfghjk",
    "iloveyou",
    "woaini520",
    "woaini1314",
    "5201314520",
    "admin123",
    "admin888",
    "admin1234",
    "a1234567",
    "a12345678",
    "aa123456",
    "abc12345",
    "abcd1234",
    "abc123456",
    "qq123456",
    "q1234567",
    "zxcvbnm1",
    "11223344",
    "147258369",
    "123qweasd",
    "1234qwer",
    "qazwsxedc",
    "88888888",
    "00000000",
    "wuye1234",
    "wuye12345",
    "huiyin123",
    "kefu12345",
];

/// What is wrong with a new password.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Weakness {
    /// Fewer characters than `LENGTH_MIN`.
    Short,
    /// More characters than `LENGTH_MAX`.
    Long,
    /// One of those that everyone tries, or one character over and over.
    Common,
    /// It contains the account's own name.
    OwnName,
}

/// Judges a new password. No rule about kinds of characters: length and rarity count.
pub fn judge(password: &str, account: &str) -> Result<(), Weakness> {
    let lower = password.to_lowercase();
    let length = password.chars().count();
    let first = password.chars().next();
    if length < LENGTH_MIN {
        Err(Weakness::Short)
    } else if length > LENGTH_MAX {
        Err(Weakness::Long)
    } else if COMMON.contains(&lower.as_str()) || password.chars().all(|c| Some(c) == first) {
        Err(Weakness::Common)
    } else if account.chars().count() >= 3 && lower.contains(&account.to_lowercase()) {
        Err(Weakness::OwnName)
    } else {
        Ok(())
    }
}

/// Hashes and checks passwords; clones share one pool.
#[derive(Clone)]
pub struct Passwords {
    places: Arc<Semaphore>,
    decoy: Arc<str>,
}

impl Passwords {
    /// A pool that works on `at_once` passwords at a time, each in 19 MiB of memory.
    pub fn new(at_once: usize) -> Result<Passwords, Fault> {
        let decoy = hash("a password that nobody has")?.into();
        Ok(Passwords { places: Arc::new(Semaphore::new(at_once.max(1))), decoy })
    }

    /// The hash to store, with its salt and parameters in it.
    pub async fn hash(&self, password: String) -> Result<String, Fault> {
        self.at_work(move || hash(&password)).await?
    }

    /// Whether the password is the one behind `stored`. Without a stored hash (no such account) it works as long and
    /// says no, so that the time tells nothing.
    pub async fn check(&self, password: String, stored: Option<String>) -> Result<bool, Fault> {
        if password.chars().count() > LENGTH_MAX {
            return Ok(false);
        }
        let decoy = self.decoy.clone();
        self.at_work(move || match stored {
            Some(stored) => matches(&password, &stored),
            None => matches(&password, &decoy).map(|_| false),
        })
        .await?
    }

    async fn at_work<T: Send + 'static>(&self, work: impl FnOnce() -> T + Send + 'static) -> Result<T, Fault> {
        let place = self.places.clone().acquire_owned().await.map_err(|error| Fault::new("等待口令运算", error))?;
        let done = tokio::task::spawn_blocking(move || {
            let done = work();
            drop(place);
            done
        });
        done.await.map_err(|error| Fault::new("口令运算", error))
    }
}

fn engine() -> Argon2<'static> {
    Argon2::new(Algorithm::Argon2id, Version::V0x13, Params::DEFAULT)
}

fn hash(password: &str) -> Result<String, Fault> {
    let hash = engine().hash_password(password.as_bytes());
    hash.map(|it| it.to_string()).map_err(|error| Fault::said("计算口令摘要", &error.to_string()))
}

fn matches(password: &str, stored: &str) -> Result<bool, Fault> {
    let stored = PasswordHash::new(stored).map_err(|error| Fault::said("读取口令摘要", &error.to_string()))?;
    Ok(engine().verify_password(password.as_bytes(), &stored).is_ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn the_right_password_passes_and_no_other() {
        let passwords = Passwords::new(1).unwrap();
        let stored = passwords.hash("梧桐树下 6 号".to_owned()).await.unwrap();
        assert!(stored.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"));
        assert!(passwords.check("梧桐树下 6 号".to_owned(), Some(stored.clone())).await.unwrap());
        assert!(!passwords.check("梧桐树下 7 号".to_owned(), Some(stored)).await.unwrap());
        assert!(!passwords.check("a password that nobody has".to_owned(), None).await.unwrap());
        assert!(passwords.check("x".to_owned(), Some("not a hash".to_owned())).await.is_err());
    }

    #[test]
    fn weak_passwords_are_named() {
        assert_eq!(judge("1234567", "chen"), Err(Weakness::Short));
        assert_eq!(judge(&"长".repeat(129), "chen"), Err(Weakness::Long));
        assert_eq!(judge("Password1", "chen"), Err(Weakness::Common));
        assert_eq!(judge("zzzzzzzzz", "chen"), Err(Weakness::Common));
        assert_eq!(judge("x-CHEN-2026", "chen"), Err(Weakness::OwnName));
        assert_eq!(judge("三号楼的桂花", "chen"), Err(Weakness::Short));
        assert_eq!(judge("三号楼的桂花开了", "chen"), Ok(()));
    }
}
