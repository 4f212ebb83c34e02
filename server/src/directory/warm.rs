//! Lists are read before anybody asks for them, when the portal opens and in each round: of a large city that takes as long as a
//! page may take, and whoever comes first after a start would wait for it, or after a change see what was before.

use chrono::{DateTime, Utc};
use futures_util::future::BoxFuture;

use super::{kinds, shown};
use crate::app::App;
use crate::error::Error;

/// Reads what has changed.
pub(super) fn keep(app: &App, now: DateTime<Utc>) -> BoxFuture<'_, Result<(), Error>> {
    Box::pin(async move {
        for kind in kinds::all() {
            shown::of(app, kind, now).await?;
        }
        Ok(())
    })
}
