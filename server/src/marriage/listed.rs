//! The hours of registries, as the directory shows them: what they plan to give out appointments for.

use chrono::{DateTime, Utc};
use futures_util::future::BoxFuture;
use shared::marriage::SERVICE;
use sqlx::AnyConnection;

use crate::appointments::listed;
use crate::directory::Planned;
use crate::error::Error;

/// The hours of each registry that plans them.
pub(super) fn planned(connection: &mut AnyConnection, now: DateTime<Utc>) -> BoxFuture<'_, Result<Planned, Error>> {
    Box::pin(async move { listed::planned(connection, &SERVICE, now).await })
}
