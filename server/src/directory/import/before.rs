//! What is there before an import.

use std::collections::BTreeSet;

use chrono::{DateTime, Utc};
use shared::directory::Listing;

use crate::app::App;
use crate::database::DatabaseError;
use crate::directory::store;

/// The places of a kind as of one instant. Nothing is taken in over a later one.
#[derive(Clone, Debug, Default)]
pub struct Before {
    pub listings: Vec<Listing>,
    /// Ids of all other places, also of those that nobody is shown.
    pub taken: BTreeSet<String>,
    /// How often something of the kind was changed.
    pub version: i64,
    /// An import of the kind that is not over.
    pub unfinished: Option<String>,
}

impl Before {
    /// # Errors
    /// Those of the database.
    pub async fn load(app: &App, kind: &str, now: DateTime<Utc>) -> Result<Self, DatabaseError> {
        let mut instant = app.database().instant().await?;
        let before = Self {
            listings: store::load(&mut instant, kind, now).await?,
            taken: store::taken(&mut instant, kind).await?,
            version: store::version(&mut instant, kind).await?,
            unfinished: store::unfinished(&mut instant, kind).await?,
        };
        instant.rollback().await?;
        Ok(before)
    }
}
