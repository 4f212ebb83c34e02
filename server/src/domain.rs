//! What a domain brings to the house. The ground floor knows no domain; `domains.rs` lists them.

use std::fmt;

use chrono::{DateTime, Utc};
use futures_util::future::BoxFuture;
use shared::problem::Problem;
use sqlx::AnyConnection;

use crate::api::rows::Api;
use crate::app::App;
use crate::appointments::bookable::Bookable;
use crate::audit::Stream;
use crate::directory::PlannedHours;
use crate::error::Error;
use crate::keys::reseal::Sealed;
use crate::region::Founding;

/// One row of the house: everything that other parts of it must know of a domain.
#[derive(Clone, Copy)]
pub struct Domain {
    pub name: &'static str,
    /// The services that need it, by the names of the settings; it is there while one of them is offered, and always
    /// when there are none.
    pub services: &'static [&'static str],
    /// Whether there is use for it, where only other domains' rows can say so.
    pub needed: fn(&App) -> bool,
    /// What it lets residents book through the appointment engine.
    pub bookable: &'static [&'static Bookable],
    /// Adds its rows to the API.
    pub routes: fn(Api) -> Api,
    /// Every table that is the domain's to look after.
    pub tables: &'static [&'static str],
    /// One of each problem that only this domain tells.
    pub problems: fn() -> Vec<Problem>,
    /// Columns with personal data, for the rotation of keys.
    pub sealed: &'static [Sealed],
    /// The rows that carry the head of a stream.
    pub streams: &'static [Stream],
    /// What is done every round, in this order.
    pub jobs: &'static [Job],
    /// What is done in rounds of its own, since it waits for what may not answer: a scanner, a store on other machines.
    pub slow_jobs: &'static [Job],
    /// Hours that the directory shows as this domain plans them.
    pub planned_hours: Option<PlannedHours>,
    /// Puts the domain's part of a demo region into an empty database.
    pub demo: Option<LoadDemo>,
    /// Counts its invented days from a later day on which the demonstration is started again.
    pub demo_again: Option<LoadDemo>,
}

/// One step of a round; safe beside its twins in other processes.
pub type Job = for<'a> fn(&'a App, DateTime<Utc>) -> BoxFuture<'a, Result<(), Error>>;

/// Reads a domain's section of a region's data and writes it, or what of it has to be otherwise by now.
pub type LoadDemo = for<'c> fn(
    &'c mut AnyConnection,
    founding: Founding<'c>,
    section: &'c serde_json::Value,
) -> BoxFuture<'c, Result<(), Error>>;

impl Domain {
    /// Whether its API is there.
    pub fn is_offered(&self, app: &App) -> bool {
        let settings = app.settings();
        let named = self.services.is_empty() || self.services.iter().any(|name| settings.services.offer(name));
        named && (self.needed)(app)
    }

    /// A domain that brings nothing yet.
    pub const fn named(name: &'static str) -> Self {
        Self {
            name,
            services: &[],
            needed: |_| true,
            bookable: &[],
            routes: |api| api,
            tables: &[],
            problems: Vec::new,
            sealed: &[],
            streams: &[],
            jobs: &[],
            slow_jobs: &[],
            planned_hours: None,
            demo: None,
            demo_again: None,
        }
    }
}

impl fmt::Debug for Domain {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Domain({})", self.name)
    }
}
