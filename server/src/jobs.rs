//! What the server does by itself: send messages, publish slots, write down what the clock has ended.

use std::time::Duration;

use chrono::{DateTime, Utc};
use tokio::time::sleep;

use crate::app::App;
use crate::clock::office;
use crate::counter::{changes, demo_day};
use crate::domain::{Domain, Job};
use crate::domains;
use crate::error::Error;
use crate::observe::metrics;
use crate::outbox::sending;

/// How often the server looks around when nothing wakes it.
const ROUND: Duration = Duration::from_secs(20);
/// What has to be done before anybody comes in: without published slots a registry would look closed.
pub async fn before_opening(app: &App) {
    fill_demo_day(app).await;
    look_around(app).await;
}

/// Runs until the process ends. Every process may run it: each step is safe beside its twins.
pub async fn run(app: App) {
    tokio::join!(sending::run(app.clone()), changes::run(app.clone()), rounds(app.clone()), slow_rounds(app));
}

/// One round of everything but messages: each domain's jobs, one after the other. One that fails keeps none of the
/// others from its turn; the first failure is the answer.
pub async fn round(app: &App, now: DateTime<Utc>) -> Result<(), Error> {
    one_after_the_other(app, |domain| domain.jobs, now).await
}

/// The same of what waits for a scanner or a store that may not answer: nothing else waits for it, nor does the opening.
pub async fn slow_round(app: &App, now: DateTime<Utc>) -> Result<(), Error> {
    one_after_the_other(app, |domain| domain.slow_jobs, now).await
}

async fn one_after_the_other(
    app: &App,
    jobs: fn(&'static Domain) -> &'static [Job],
    now: DateTime<Utc>,
) -> Result<(), Error> {
    let mut outcome = Ok(());
    for job in domains::ALL.iter().flat_map(jobs) {
        let done = job(app, now).await;
        if let Err(error) = &done {
            tracing::error!(%error, "a job of the portal failed");
        }
        outcome = outcome.and(done);
    }
    outcome
}

async fn rounds(app: App) {
    loop {
        sleep(ROUND).await;
        fill_demo_day(&app).await;
        look_around(&app).await;
        reload_policies(&app);
        if let Err(error) = app.keys().reread() {
            tracing::error!(%error, "the key file cannot be read again; the keys that were read stay in use");
        }
    }
}

async fn slow_rounds(app: App) {
    loop {
        sleep(ROUND).await;
        if office::may_write(&app).await {
            // What failed was logged where it did, and comes round again.
            let _ = slow_round(&app, app.now()).await;
        }
    }
}

async fn look_around(app: &App) {
    if !office::may_write(app).await {
        return;
    }
    // What failed was logged where it did, and comes round again.
    let _ = round(app, app.now()).await;
}

/// In demonstrations, before anything is sealed: some couples came before the portal did.
async fn fill_demo_day(app: &App) {
    if office::may_write(app).await
        && let Err(error) = demo_day::fill(app, app.now()).await
    {
        tracing::error!(%error, "the demonstration's day could not be filled");
    }
}

/// Puts changed packs in force; packs that do not compile leave the old ones in force, and the operator is told.
fn reload_policies(app: &App) {
    let Some(folder) = &app.settings().packs else { return };
    match app.policies().load(folder) {
        Ok(true) => tracing::info!("changed policy packs are in force"),
        Ok(false) => {}
        Err(error) => {
            metrics::packs_refused();
            tracing::error!(%error, "the changed policy packs are not used; the old ones stay in force");
        }
    }
}
