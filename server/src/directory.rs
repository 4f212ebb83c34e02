//! Places that residents look for: kinds as data, what is kept of each place, what is otherwise for a while, and files of places
//! that come in and go out. Knows no kind.

pub mod bundle;
pub mod change;
pub mod confirm;
pub mod demo;
pub mod domain;
pub mod english;
pub(crate) mod enlist;
pub mod export;
pub mod file;
pub mod import;
pub mod kinds;
mod latest;
pub mod reports;
mod sections;
pub mod shown;
pub mod store;
mod warm;

pub use shown::{Directory, Shown};

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use futures_util::future::BoxFuture;
use shared::directory::Times;
use shared::places::PlaceId;
use sqlx::AnyConnection;

use crate::error::Error;

/// The name of the domain.
pub const NAME: &str = "directory";

/// Hours of a kind that follow from what another domain plans, so that nobody writes them twice.
#[derive(Clone, Copy)]
pub struct PlannedHours {
    pub kind: &'static str,
    /// The name of what is booked there, and of the service of the kind that it is.
    pub gives: (&'static str, &'static str),
    pub load: LoadPlanned,
}

/// Reads what each place plans, as it stands at an instant.
pub type LoadPlanned = for<'c> fn(&'c mut AnyConnection, DateTime<Utc>) -> BoxFuture<'c, Result<Planned, Error>>;

/// By place.
pub type Planned = BTreeMap<PlaceId, Times>;
