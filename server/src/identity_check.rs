//! Asking an operator's endpoint whether a name, a document number and a phone belong to one person.
//!
//! The portal itself cannot know whose phone it is. Where there is no endpoint, nothing is asked; where it does not answer,
//! nobody is refused for it.

use std::{sync::OnceLock, time::Duration};

use futures_util::future::join_all;
use serde::{Deserialize, Serialize};
use tokio::sync::Semaphore;
use ureq::Agent;

use crate::settings::Endpoint;

/// How long the endpoint may take from the connection to its answer: somebody waits with a page open, and is answered
/// within [`crate::in_time::LONGEST`].
const PATIENCE: Duration = Duration::from_secs(2);
const _: () = assert!(PATIENCE.as_millis() * 2 < crate::in_time::LONGEST.as_millis());
/// Questions under way at a time: threads that wait for it are not there for anything else.
const AT_ONCE: usize = 16;
/// Bytes of an answer.
const LONGEST: u64 = 4096;

/// What somebody says of themselves, as it is posted. It has no `Debug`: nothing of it may reach a log.
#[derive(Serialize)]
pub struct StatedIdentity {
    pub name: String,
    /// Such as `resident_id`.
    pub id_type: &'static str,
    pub id_number: String,
    /// Eleven digits on the mainland, else with `+` and country code.
    pub phone: String,
}

/// What the endpoint knows of one person.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Match {
    /// `match`: name, number and phone belong together.
    Match,
    /// `no_match`: they do not.
    NoMatch,
    /// `unknown`, or no answer that could be read.
    Unknown,
}

/// `{"answer": "match"}`.
#[derive(Deserialize)]
struct Answered {
    answer: Match,
}

/// What the endpoint says of each, all asked at once.
pub async fn ask(endpoint: &Endpoint, people: Vec<StatedIdentity>) -> Vec<Match> {
    join_all(people.into_iter().map(|stated| ask_one(endpoint.clone(), stated))).await
}

async fn ask_one(endpoint: Endpoint, stated: StatedIdentity) -> Match {
    static UNDER_WAY: Semaphore = Semaphore::const_new(AT_ONCE);
    let Ok(_under_way) = UNDER_WAY.try_acquire() else {
        tracing::warn!("the identity check is asked too much at once");
        return Match::Unknown;
    };
    let post = move || {
        let mut answer = agent().post(endpoint.as_str()).send_json(stated).ok()?;
        let answered: Option<Answered> = answer.body_mut().with_config().limit(LONGEST).read_json().ok();
        answered.map(|answered| answered.answer)
    };
    let answer = tokio::task::spawn_blocking(post).await.ok().flatten();
    if answer.is_none() {
        tracing::warn!("the identity check gave no answer that could be read");
    }
    answer.unwrap_or(Match::Unknown)
}

fn agent() -> &'static Agent {
    static AGENT: OnceLock<Agent> = OnceLock::new();
    AGENT.get_or_init(|| Agent::config_builder().timeout_global(Some(PATIENCE)).max_redirects(0).build().into())
}
