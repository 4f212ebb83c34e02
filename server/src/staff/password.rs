//! Hashing passwords with argon2id, on no more than half of the cores.

use std::{sync::Arc, thread::available_parallelism, time::Duration};

use argon2::{
    Algorithm, Argon2, Params, Version,
    password_hash::{PasswordHasher, PasswordVerifier, phc::PasswordHash},
};
use shared::problem::Problem;
use tokio::{sync::Semaphore, task::spawn_blocking, time::timeout};

use crate::error::Error;
use crate::keys::random;

/// The door to hashing in one process; cheap to clone.
#[derive(Clone)]
pub struct Passwords {
    permits: Arc<Semaphore>,
    parameters: Params,
    patience: Duration,
}

/// What came of comparing a password.
#[derive(Debug, PartialEq, Eq)]
pub enum Verdict {
    Wrong,
    Right {
        /// The same password under today's parameters, where it was stored under others.
        rehashed: Option<String>,
    },
}

/// How long somebody waits for their turn; then the portal is busy.
const PATIENCE: Duration = Duration::from_secs(2);
/// More than anybody types: hashing a flood of letters is work too. Bytes.
pub const LONGEST: usize = 1024;
/// The most that a stored hash may ask for, whoever wrote it there: kibibytes, rounds, lanes.
const CEILING: (u32, u32, u32) = (256 * 1024, 10, 4);

impl Default for Passwords {
    /// 19 MiB, two rounds, one lane (OWASP ASVS 5.0, appendix C).
    fn default() -> Self {
        let cores = available_parallelism().map_or(1, std::num::NonZero::get);
        Self::new(at_a_time(cores), Params::DEFAULT, PATIENCE)
    }
}

/// Half of the cores: whatever passwords are tried, the rest serve everybody else.
fn at_a_time(cores: usize) -> usize {
    (cores / 2).max(1)
}

impl Passwords {
    /// So many at a time, under these parameters, for those who have the patience to wait for their turn.
    pub fn new(at_a_time: usize, parameters: Params, patience: Duration) -> Self {
        Self { permits: Arc::new(Semaphore::new(at_a_time)), parameters, patience }
    }

    /// Hashes a password that somebody chose.
    ///
    /// # Errors
    /// [`Problem::Busy`] for whoever gets no turn in time.
    pub async fn hash(&self, password: &str) -> Result<String, Error> {
        let (parameters, password) = (self.parameters.clone(), password.as_bytes().to_vec());
        self.in_turn(move || hash(parameters, &password)).await?
    }

    /// Compares a password with a stored hash. Without one it takes as long, and is wrong.
    ///
    /// # Errors
    /// [`Problem::Busy`] for whoever gets no turn in time.
    pub async fn verify(&self, password: &str, stored: Option<&str>) -> Result<Verdict, Error> {
        let (parameters, stored) = (self.parameters.clone(), stored.map(str::to_owned));
        let too_long = password.len() > LONGEST;
        let password = if too_long { Vec::new() } else { password.as_bytes().to_vec() };
        self.in_turn(move || {
            let stored = stored.filter(|_| !too_long).and_then(|stored| readable(&stored));
            let Some(stored) = stored else {
                hash(parameters, &password)?;
                return Ok(Verdict::Wrong);
            };
            if Argon2::default().verify_password(&password, &stored).is_err() {
                return Ok(Verdict::Wrong);
            }
            let is_of_today = Params::try_from(&stored).is_ok_and(|of| is_same(&of, &parameters));
            let rehashed = if is_of_today { None } else { Some(hash(parameters, &password)?) };
            Ok(Verdict::Right { rehashed })
        })
        .await?
    }

    /// Runs the work when it is its turn. The turn belongs to the work and not to who waits for it: a request that was given
    /// up frees no core before its hash is done.
    async fn in_turn<T: Send + 'static>(&self, work: impl FnOnce() -> T + Send + 'static) -> Result<T, Error> {
        let turn = timeout(self.patience, Arc::clone(&self.permits).acquire_owned()).await;
        let Ok(Ok(turn)) = turn else { return Err(Problem::Busy.into()) };
        let done = spawn_blocking(move || {
            let done = work();
            drop(turn);
            done
        });
        done.await.map_err(|_| Problem::Internal.into())
    }
}

fn hash(parameters: Params, password: &[u8]) -> Result<String, Error> {
    let argon = Argon2::new(Algorithm::Argon2id, Version::V0x13, parameters);
    let hashed = argon.hash_password_with_salt(password, &random(16));
    hashed.map(|hash| hash.to_string()).map_err(|error| {
        tracing::error!(%error, "a password could not be hashed");
        Problem::Internal.into()
    })
}

/// A stored hash that is argon2id and asks for no more than it may.
fn readable(stored: &str) -> Option<PasswordHash> {
    let hash = PasswordHash::new(stored).ok()?;
    let parameters = Params::try_from(&hash).ok()?;
    let (memory, rounds, lanes) = CEILING;
    let fits = parameters.m_cost() <= memory && parameters.t_cost() <= rounds && parameters.p_cost() <= lanes;
    let is_argon2id = hash.algorithm.as_str() == Algorithm::Argon2id.as_str();
    if !(fits && is_argon2id) {
        tracing::error!("a stored password hash asks for what no hash of the portal does");
    }
    (fits && is_argon2id).then_some(hash)
}

fn is_same(a: &Params, b: &Params) -> bool {
    (a.m_cost(), a.t_cost(), a.p_cost()) == (b.m_cost(), b.t_cost(), b.p_cost())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn quick(rounds: u32) -> Passwords {
        Passwords::new(1, Params::new(64, rounds, 1, None).unwrap(), PATIENCE)
    }

    #[tokio::test]
    async fn a_password_is_right_as_it_was_typed_and_in_no_other_way() {
        let stored = quick(1).hash("Ночь, 夜 und Tag").await.unwrap();
        assert!(stored.starts_with("$argon2id$v=19$m=64,t=1,p=1$"), "{stored}");
        let right = Verdict::Right { rehashed: None };
        assert_eq!(quick(1).verify("Ночь, 夜 und Tag", Some(&stored)).await.unwrap(), right);
        for wrong in ["", "ночь, 夜 und Tag", "Ночь, 夜 und Tag ", &"x".repeat(LONGEST + 1)] {
            assert_eq!(quick(1).verify(wrong, Some(&stored)).await.unwrap(), Verdict::Wrong);
        }
        assert_ne!(quick(1).hash("Ночь, 夜 und Tag").await.unwrap(), stored, "each hash has a salt of its own");
    }

    #[tokio::test]
    async fn a_hash_under_other_parameters_is_renewed_when_its_password_is_given() {
        let stored = quick(1).hash("correct horse").await.unwrap();
        let Verdict::Right { rehashed: Some(newer) } = quick(2).verify("correct horse", Some(&stored)).await.unwrap()
        else {
            panic!("it was not renewed");
        };
        assert!(newer.contains("t=2"));
        assert_eq!(quick(2).verify("battery staple", Some(&stored)).await.unwrap(), Verdict::Wrong);
        let right = Verdict::Right { rehashed: None };
        assert_eq!(quick(2).verify("correct horse", Some(&newer)).await.unwrap(), right);
    }

    #[tokio::test]
    async fn a_stored_hash_that_asks_for_too_much_or_is_none_is_never_right() {
        let salt_and_hash = "c29tZXNhbHRzb21lc2FsdA$SqlVijFGiPG+935vDSGEsA";
        for stored in [
            format!("$argon2id$v=19$m=4194304,t=1,p=1${salt_and_hash}"),
            format!("$argon2id$v=19$m=64,t=4000000,p=1${salt_and_hash}"),
            format!("$argon2i$v=19$m=64,t=1,p=1${salt_and_hash}"),
            "5f4dcc3b5aa765d61d8327deb882cf99".to_owned(),
            String::new(),
        ] {
            assert_eq!(quick(1).verify("password", Some(&stored)).await.unwrap(), Verdict::Wrong, "{stored}");
        }
        assert_eq!(quick(1).verify("password", None).await.unwrap(), Verdict::Wrong);
    }

    #[test]
    fn at_most_half_of_the_cores_hash_at_a_time() {
        for (cores, hashing) in [(1, 1), (2, 1), (3, 1), (8, 4)] {
            assert_eq!(at_a_time(cores), hashing, "{cores}");
        }
        let cores = available_parallelism().unwrap().get();
        assert_eq!(Passwords::default().permits.available_permits(), at_a_time(cores));
    }

    #[tokio::test]
    async fn who_gets_no_turn_in_time_is_told_that_the_portal_is_busy() {
        let passwords = Passwords { patience: Duration::from_millis(5), ..quick(1) };
        let others = Arc::clone(&passwords.permits).acquire_owned().await.unwrap();
        let refused = passwords.verify("password", None).await.unwrap_err();
        assert_eq!(refused.into_problem(), Problem::Busy);
        drop(others);
        assert_eq!(quick(1).patience, Duration::from_secs(2));
    }

    #[tokio::test]
    async fn a_request_that_was_given_up_keeps_its_turn_until_its_work_is_done() {
        let passwords = quick(1);
        let (go, wait) = std::sync::mpsc::channel::<()>();
        let asking = passwords.clone();
        let request = tokio::spawn(async move { asking.in_turn(move || wait.recv()).await });
        while passwords.permits.available_permits() > 0 {
            tokio::task::yield_now().await;
        }
        request.abort();
        assert!(request.await.unwrap_err().is_cancelled());
        assert_eq!(passwords.permits.available_permits(), 0);
        go.send(()).unwrap();
        assert!(passwords.permits.acquire().await.is_ok());
    }
}
