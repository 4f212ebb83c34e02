//! What the clock does to cases: proposals that nobody signs lapse, silence accepts where a text says so, and whoever is late is
//! told before they are.

use std::sync::Arc;

use chrono::{DateTime, Utc};
use shared::calendar::shanghai_date;
use shared::procedures::{Act, Actor, CaseId, Refusal};
use sqlx::AnyConnection;

use super::acts::{Doing, Writing, write};
use super::clock::{self, Running, Times};
use super::store;
use super::{alerts, kept, rules};
use crate::app::App;
use crate::audit::Actor as Recorded;
use crate::database::{
    DatabaseError,
    sql::{Value, sql, sql_list, word},
};
use crate::error::Error;
use crate::observe::metrics;
use crate::policy::Offered;

/// Cases looked at in one turn; the others come in the next.
pub(super) const BATCH: i64 = 500;

/// Proposals that waited too long go back to whoever reviews.
pub(super) async fn lapse(app: &App, now: DateTime<Utc>) -> Result<(), Error> {
    if !app.may_end(now) {
        return Ok(());
    }
    let now = kept(now);
    let statement =
        "select id from procedure_case where lapses_at is not null and lapses_at <= $1 order by lapses_at limit $2";
    // One that cannot be read keeps no other waiting.
    let mut outcome = Ok(());
    for id in found(app, statement, vec![now.into(), BATCH.into()]).await? {
        outcome = outcome.and(by_clock(app, &id, Act::Lapse, now).await);
    }
    outcome
}

/// What nobody looked at in time counts as accepted, where a text says so.
pub(super) async fn accept_by_silence(app: &App, now: DateTime<Utc>) -> Result<(), Error> {
    if !app.may_end(now) {
        return Ok(());
    }
    let now = kept(now);
    let statement = "select id from procedure_case where state = 'submitted' and due_on is not null and due_on < $1 \
         order by due_on limit $2";
    let mut outcome = Ok(());
    for id in found(app, statement, vec![shanghai_date(now).into(), BATCH.into()]).await? {
        outcome = outcome.and(accept(app, &id, now).await);
    }
    outcome
}

/// Accepts a case whose last day is over, also by the calendar as it is now; a day that moved is reckoned again by [`alert`].
async fn accept(app: &App, id: &CaseId, now: DateTime<Utc>) -> Result<(), Error> {
    let Some(stored) = store::one(&mut *app.database().read().await?, id).await? else { return Ok(()) };
    let offered = rules::of(app, &stored).await?;
    let due = clock::due(&offered.procedure, &stored.standing, &[], app.calendar());
    let is_over = due.is_some_and(|due| due.date < shanghai_date(now));
    if is_over { by_clock(app, id, Act::AcceptBySilence, now).await } else { Ok(()) }
}

/// Tells of every case once that half, four fifths or all of its time is gone, or that it is over, and reckons again what may
/// have changed with the calendar.
pub(super) async fn alert(app: &App, now: DateTime<Utc>) -> Result<(), Error> {
    let now = kept(now);
    let statement = "select id from procedure_case where alert_on is not null and alert_on <= $1 \
         order by alert_on, id limit $2";
    let mut outcome = Ok(());
    for id in found(app, statement, vec![shanghai_date(now).into(), BATCH.into()]).await? {
        outcome = outcome.and(alert_of(app, id, now).await);
    }
    outcome
}

async fn alert_of(app: &App, id: CaseId, now: DateTime<Utc>) -> Result<(), Error> {
    let Some(stored) = store::one(&mut *app.database().read().await?, &id).await? else { return Ok(()) };
    let offered = rules::of(app, &stored).await?;
    let alerting = Alerting { app: app.clone(), offered, id, now };
    if let Some(told) = app.database().write_with(alerting, write_alert).await? {
        metrics::case_alert(told);
    }
    Ok(())
}

pub(super) async fn found(app: &App, statement: &'static str, values: Vec<Value>) -> Result<Vec<CaseId>, Error> {
    let rows = sql_list(statement, values).fetch_all(&mut *app.database().read().await?).await?;
    let ids = rows.iter().map(|row| word(row, "id", |id| CaseId::parse(id).ok()));
    Ok(ids.collect::<Result<_, DatabaseError>>()?)
}

async fn by_clock(app: &App, id: &CaseId, act: Act, now: DateTime<Utc>) -> Result<(), Error> {
    let Some(stored) = store::one(&mut *app.database().read().await?, id).await? else { return Ok(()) };
    let writing = Writing {
        app: app.clone(),
        offered: rules::of(app, &stored).await?,
        id: id.clone(),
        seen: stored.version(),
        by: Actor::Clock,
        recorded: Recorded::System,
        holder: None,
        silent: Vec::new(),
        doing: Doing::Act(act),
        said: None,
        now,
    };
    match app.database().write_with(writing, write).await {
        // Somebody, or this job in another process, was faster.
        Err(error) if error.refusal::<Refusal>().is_some() => Ok(()),
        done => done,
    }
}

/// A case whose clock may have something to say.
struct Alerting {
    app: App,
    offered: Arc<Offered>,
    id: CaseId,
    now: DateTime<Utc>,
}

/// What was told, if anything was for the first time.
async fn write_alert(connection: &mut AnyConnection, alerting: &Alerting) -> Result<Option<&'static str>, Error> {
    let Alerting { app, offered, id, now } = alerting;
    let (calendar, today) = (app.calendar(), shanghai_date(*now));
    let Some(stored) = store::keep(connection, id).await? else { return Ok(None) };
    let pauses = store::pauses(connection, id).await?;
    let Some((running, clock)) = clock::running(&offered.procedure, &stored.standing, &pauses) else {
        set_times(connection, id, &Times::default()).await?;
        return Ok(None);
    };
    let alert_on = match running {
        // Its last day is reckoned again each day, since the calendar can change.
        Running::Silence => today.succ_opt(),
        Running::Office => clock.next_alert(today, calendar),
    };
    set_times(connection, id, &Times { due: clock.due(calendar), alert_on, lapses_at: None }).await?;
    let Some(alert) = clock.alert(today, calendar) else { return Ok(None) };
    let is_new = alerts::tell(connection, id, (running, clock.begun), alert, *now).await?;
    Ok(is_new.then_some(alert.name()))
}

async fn set_times(connection: &mut AnyConnection, id: &CaseId, times: &Times) -> Result<(), DatabaseError> {
    let statement = "update procedure_case set due_on = $1, provisional = $2, alert_on = $3 where id = $4";
    let values = [
        times.due.map(|due| due.date).into(),
        times.due.is_some_and(|due| due.provisional).into(),
        times.alert_on.into(),
        id.as_str().into(),
    ];
    sql(statement, values).execute(connection).await?;
    Ok(())
}
