//! The hours of registries, as the directory shows them: what they plan to give out appointments for.

use futures_util::future::BoxFuture;
use shared::marriage::SERVICE;
use sqlx::AnyConnection;

use crate::appointments::listed;
use crate::directory::Planned;
use crate::error::Error;

/// The rules of each registry that plans its hours.
pub(super) fn rules(connection: &mut AnyConnection) -> BoxFuture<'_, Result<Planned, Error>> {
    Box::pin(async move { listed::rules(connection, &SERVICE).await })
}
