//! The hours of registries, as the directory shows them: what they plan to give out appointments for.

use std::collections::BTreeMap;

use futures_util::future::BoxFuture;
use shared::hours::Rule;
use shared::marriage::SERVICE;
use shared::places::PlaceId;
use sqlx::AnyConnection;

use crate::appointments::listed;
use crate::error::Error;

/// The rules of each registry that plans its hours.
pub(super) fn rules(connection: &mut AnyConnection) -> BoxFuture<'_, Result<BTreeMap<PlaceId, Vec<Rule>>, Error>> {
    Box::pin(async move { listed::rules(connection, &SERVICE).await })
}
