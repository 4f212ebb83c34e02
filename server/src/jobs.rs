//! What the server does by itself: send messages, publish slots, write down what the clock has ended.

use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};
use serde_json::json;
use shared::appointments::SlotId;
use sqlx::AnyConnection;
use tokio::time::{sleep, timeout};

use crate::app::App;
use crate::appointments::{ending, publish};
use crate::audit::{self, Actor, Event, Head, checkpoint};
use crate::database::sql::{int, sql, text};
use crate::error::Error;
use crate::observe::metrics;
use crate::outbox;

/// How often the server looks around when nothing wakes it.
const ROUND: Duration = Duration::from_secs(20);
/// Waiting messages are looked for this often even if nobody rings.
const OUTBOX_ROUND: Duration = Duration::from_secs(5);
/// Time for a burst of bookings to gather before their messages are sent together.
const OUTBOX_GATHER: Duration = Duration::from_millis(200);
/// Records handled in one transaction.
const BATCH: i64 = 100;
/// Hours after its start at which a booking that nobody closed counts as past.
const PAST_AFTER: TimeDelta = TimeDelta::hours(24);

/// What has to be done before anybody comes in: without published slots a registry would look closed.
pub async fn before_opening(app: &App) {
    look_around(app).await;
}

/// Runs until the process ends. Every process may run it: each step is safe beside its twins.
pub async fn run(app: App) {
    tokio::join!(send_messages(app.clone()), rounds(app));
}

/// One round of everything but messages.
pub async fn round(app: &App, now: DateTime<Utc>) -> Result<(), Error> {
    publish::publish(app, now).await?;
    let ended = ending::slots_with_ended_places(&mut *app.database().read().await?, now, BATCH).await?;
    for slot in ended {
        app.database().write(move |connection| Box::pin(end_places(connection, slot, now))).await?;
    }
    app.database().write(move |connection| Box::pin(forget(connection, now))).await?;
    app.database().write(move |connection| Box::pin(close_past(connection, now))).await?;
    checkpoint::make(app, now).await
}

async fn end_places(connection: &mut AnyConnection, slot: SlotId, now: DateTime<Utc>) -> Result<(), Error> {
    ending::return_ended_places(connection, slot, now).await?;
    Ok(())
}

async fn rounds(app: App) {
    loop {
        sleep(ROUND).await;
        look_around(&app).await;
        reload_policies(&app);
    }
}

async fn look_around(app: &App) {
    if let Err(error) = round(app, app.now()).await {
        tracing::error!(%error, "a round of the app's own work failed");
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

async fn send_messages(app: App) {
    loop {
        match outbox::send_due(&app, app.now()).await {
            // A full batch means that more may be due.
            Ok(sent) if sent > 0 => sleep(OUTBOX_GATHER).await,
            Ok(_) => drop(timeout(OUTBOX_ROUND, app.outbox_woken()).await),
            Err(error) => {
                tracing::error!(%error, "messages could not be sent");
                sleep(OUTBOX_ROUND).await;
            }
        }
    }
}

/// Removes what was only kept for a while: drafts and used codes.
async fn forget(connection: &mut AnyConnection, now: DateTime<Utc>) -> Result<(), Error> {
    sql("delete from draft where expires_at <= $1", [now.into()]).execute(&mut *connection).await?;
    let day_ago = now - TimeDelta::days(1);
    sql("delete from phone_code where expires_at <= $1", [day_ago.into()]).execute(connection).await?;
    Ok(())
}

/// Bookings that nobody closed after their day: their people may book again.
async fn close_past(connection: &mut AnyConnection, now: DateTime<Utc>) -> Result<(), Error> {
    let statement = "select a.id, a.audit_length, a.audit_head from appointment a join slot s on s.id = a.slot_id \
         where a.state = 'booked' and s.starts_at <= $1 order by s.starts_at limit $2";
    let rows = sql(statement, [(now - PAST_AFTER).into(), BATCH.into()]).fetch_all(&mut *connection).await?;
    for row in rows {
        let (id, head) =
            (text(&row, "id")?, Head { length: int(&row, "audit_length")?, hash: text(&row, "audit_head")? });
        let event = Event { stream: &id, actor: Actor::System, act: "booking_past", detail: json!({}) };
        let link = audit::prepare(&head, &event, now);
        let next = link.head();
        let statement = "update appointment set state = 'past', audit_length = $1, audit_head = $2 \
             where id = $3 and state = 'booked' and audit_length = $4";
        let values = [next.length.into(), next.hash.into(), id.as_str().into(), head.length.into()];
        if sql(statement, values).execute(&mut *connection).await?.rows_affected() == 1 {
            audit::insert(connection, &link).await?;
            sql("update person set live = 0 where appointment_id = $1", [id.into()]).execute(&mut *connection).await?;
        }
    }
    Ok(())
}
