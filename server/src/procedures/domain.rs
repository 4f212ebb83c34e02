//! What applications bring to the house.

use chrono::{DateTime, Utc};
use futures_util::future::BoxFuture;
use shared::procedures::Refusal;

use super::{NAME, batch, contents, drafts, erasing, export, files, jobs, notes, ratings, reasons, replay, talk};
use crate::api;
use crate::app::App;
use crate::domain::Domain;
use crate::error::Error;
use crate::keys::reseal::Sealed;

/// The row of applications.
pub const DOMAIN: Domain = Domain {
    services: &[NAME],
    routes: api::procedures::routes,
    tables: &[
        "procedure_rules",
        "procedure_case",
        "procedure_once",
        "case_pause",
        "case_alert",
        "case_look",
        "case_hand",
        "case_cosign",
        "signing_threshold",
        "application_draft",
        "case_file",
        "case_file_part",
        "file_doomed",
        "case_rating",
        "case_follow_up",
        "case_note",
        "case_message",
        "case_export",
        "case_press",
        "case_named",
    ],
    problems: Refusal::examples,
    sealed: &[
        Sealed {
            column: ("procedure_case", "sealed"),
            list: "select id, sealed from procedure_case where id > $1 order by id limit $2",
            store: "update procedure_case set sealed = $1 where id = $2 and sealed = $3",
            context: contents::context,
        },
        Sealed {
            column: ("application_draft", "sealed"),
            list: "select id, sealed from application_draft where id > $1 order by id limit $2",
            store: "update application_draft set sealed = $1 where id = $2 and sealed = $3",
            context: contents::draft_context,
        },
        Sealed {
            column: ("case_rating", "sealed"),
            list: "select case_id as id, sealed from case_rating where case_id > $1 order by case_id limit $2",
            store: "update case_rating set sealed = $1 where case_id = $2 and sealed = $3",
            context: ratings::context,
        },
        Sealed {
            column: ("case_follow_up", "sealed"),
            list: "select case_id as id, sealed from case_follow_up where case_id > $1 order by case_id limit $2",
            store: "update case_follow_up set sealed = $1 where case_id = $2 and sealed = $3",
            context: ratings::follow_context,
        },
        Sealed {
            column: ("case_note", "sealed"),
            list: "select id, sealed from case_note where id > $1 order by id limit $2",
            store: "update case_note set sealed = $1 where id = $2 and sealed = $3",
            context: notes::context,
        },
        Sealed {
            column: ("case_message", "sealed"),
            list: "select id, sealed from case_message where id > $1 order by id limit $2",
            store: "update case_message set sealed = $1 where id = $2 and sealed = $3",
            context: talk::context,
        },
        files::SEALED,
        reasons::LOOKS,
        reasons::EXPORTS,
    ],
    streams: &[replay::CASES, export::EXPORTS],
    jobs: &[lapse, accept_by_silence, alert, forget, erase, forget_presses, seal_reasons],
    slow_jobs: &[files::forget, files::sweep, files::scan_waiting],
    ..Domain::named(NAME)
};

fn lapse(app: &App, now: DateTime<Utc>) -> BoxFuture<'_, Result<(), Error>> {
    Box::pin(jobs::lapse(app, now))
}

fn accept_by_silence(app: &App, now: DateTime<Utc>) -> BoxFuture<'_, Result<(), Error>> {
    Box::pin(jobs::accept_by_silence(app, now))
}

fn alert(app: &App, now: DateTime<Utc>) -> BoxFuture<'_, Result<(), Error>> {
    Box::pin(jobs::alert(app, now))
}

fn erase(app: &App, now: DateTime<Utc>) -> BoxFuture<'_, Result<(), Error>> {
    Box::pin(erasing::erase(app, now))
}

/// Removes drafts whose day is over.
fn forget(app: &App, now: DateTime<Utc>) -> BoxFuture<'_, Result<(), Error>> {
    Box::pin(async move {
        if !app.may_end(now) {
            return Ok(());
        }
        app.database().write_with(now, drafts::forget).await
    })
}

/// Removes presses that nobody repeats any more.
fn forget_presses(app: &App, now: DateTime<Utc>) -> BoxFuture<'_, Result<(), Error>> {
    Box::pin(async move { app.database().write_with(now, batch::forget).await })
}

/// Seals reasons that stand in the clear.
fn seal_reasons(app: &App, _: DateTime<Utc>) -> BoxFuture<'_, Result<(), Error>> {
    Box::pin(reasons::seal_plain(app))
}
