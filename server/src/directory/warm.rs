//! Lists are read before anybody asks for them, when the portal opens and in each round: of a large city that takes as long as a
//! page may take, and whoever comes first after a start or a change would wait for it.

use chrono::{DateTime, Utc};
use futures_util::future::BoxFuture;

use super::{kinds, shown};
use crate::app::App;
use crate::error::Error;

/// Reads and packs what has changed.
pub(super) fn keep(app: &App, now: DateTime<Utc>) -> BoxFuture<'_, Result<(), Error>> {
    Box::pin(async move {
        for kind in kinds::all() {
            // The page of a list names the piece that a phone may ask for, so it waits for that too.
            shown::of(app, kind, now).await?.packed(app.calendar());
        }
        Ok(())
    })
}
