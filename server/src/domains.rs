//! The domains of the house: a new one is a row here.

use chrono::{DateTime, Utc};
use futures_util::future::BoxFuture;
use shared::problem;

use crate::api::{benefits, calendar};
use crate::app::App;
use crate::appointments::{self, bookable::Bookable};
use crate::audit::{Stream, checkpoint};
use crate::clock::office;
use crate::directory::{self, PlannedHours};
use crate::domain::Domain;
use crate::error::Error;
use crate::keys::reseal::Sealed;
use crate::settings::Settings;
use crate::{ceremony, counter, drafts, marriage, notices, outbox, phone_codes, places, procedures, staff};

/// Every domain, each after those it stands on.
pub const ALL: &[Domain] = &[
    GROUND,
    places::domain::DOMAIN,
    appointments::domain::DOMAIN,
    marriage::domain::DOMAIN,
    ceremony::DOMAIN,
    BENEFITS,
    staff::domain::DOMAIN,
    counter::domain::DOMAIN,
    notices::domain::DOMAIN,
    directory::domain::DOMAIN,
    procedures::domain::DOMAIN,
];

/// What every domain stands on.
const GROUND: Domain = Domain {
    tables: &["audit", "checkpoint", "outbox", "draft", "phone_code", "asked_code", "office"],
    problems: problem::examples,
    sealed: &[
        Sealed {
            column: ("draft", "sealed"),
            list: "select id, sealed from draft where id > $1 order by id limit $2",
            store: "update draft set sealed = $1 where id = $2 and sealed = $3",
            context: drafts::context,
        },
        Sealed {
            column: ("outbox", "sealed"),
            list: "select cast(id as text) as id, sealed from outbox where cast(id as text) > $1 \
                 order by cast(id as text) limit $2",
            store: "update outbox set sealed = $1 where cast(id as text) = $2 and sealed = $3",
            context: |_| outbox::SEAL.to_owned(),
        },
    ],
    streams: &[office::OFFICE],
    jobs: &[forget, seal_window, mark],
    routes: calendar::routes,
    ..Domain::named("ground")
};

/// The benefit check keeps nothing of anybody, so it has no tables.
const BENEFITS: Domain = Domain { services: &["benefits"], routes: benefits::routes, ..Domain::named("benefits") };

/// The rows of all domains that carry the head of an audit stream.
pub fn streams() -> impl Iterator<Item = &'static Stream> {
    ALL.iter().flat_map(|domain| domain.streams)
}

/// Every kind of sealed record.
pub fn sealed() -> impl Iterator<Item = &'static Sealed> {
    ALL.iter().flat_map(|domain| domain.sealed)
}

/// What residents can book under these settings.
pub fn bookable(settings: &Settings) -> impl Iterator<Item = &'static Bookable> {
    let offered = ALL.iter().filter(|domain| domain.services.iter().any(|name| settings.services.offer(name)));
    offered.flat_map(|domain| domain.bookable).copied()
}

/// What can be booked, whether or not this portal offers it: what was booked before stays the service's.
pub fn every_bookable() -> impl Iterator<Item = &'static Bookable> {
    ALL.iter().flat_map(|domain| domain.bookable).copied()
}

/// The hours of a kind of place that a domain plans.
pub fn planned_hours(kind: &str) -> Option<&'static PlannedHours> {
    ALL.iter().filter_map(|domain| domain.planned_hours.as_ref()).find(|planned| planned.kind == kind)
}

/// Removes what was only kept for a while.
fn forget(app: &App, now: DateTime<Utc>) -> BoxFuture<'_, Result<(), Error>> {
    Box::pin(async move {
        app.database().write_with(now, drafts::forget).await?;
        app.database().write_with(now, phone_codes::forget).await?;
        app.database().write_with(now, outbox::forget).await
    })
}

fn mark(app: &App, now: DateTime<Utc>) -> BoxFuture<'_, Result<(), Error>> {
    Box::pin(office::mark(app, now))
}

fn seal_window(app: &App, now: DateTime<Utc>) -> BoxFuture<'_, Result<(), Error>> {
    Box::pin(checkpoint::make(app, now))
}
