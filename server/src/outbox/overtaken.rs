//! Whether a text is still true at the moment in which it is sent: what it tells of may have been moved, called off, ended or put
//! right while it waited.

use chrono::{DateTime, Utc};
use shared::appointments::HoldId;
use sqlx::{AnyConnection, any::AnyRow};

use crate::appointments::booking::overtaken as booking;
use crate::counter::overtaken as visit;
use crate::database::{
    DatabaseError,
    sql::{int, maybe_text, text},
};
use crate::error::Error;

/// What a text is about, and which of those about it.
#[derive(Clone, Debug)]
pub(crate) struct About {
    pub(crate) message: i64,
    /// Its booking; none of a code.
    pub(crate) booking: Option<HoldId>,
    pub(crate) kind: String,
    pub(crate) once_key: Option<String>,
}

/// Whether what a text says is so.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Truth {
    Holds,
    /// It is not so now, and will be again where the act that changed it is undone.
    Open,
    Overtaken,
}

impl Truth {
    pub(crate) fn of(holds: bool) -> Self {
        if holds { Self::Holds } else { Self::Overtaken }
    }
}

impl About {
    pub(super) fn read(row: &AnyRow) -> Result<Self, DatabaseError> {
        let subject = maybe_text(row, "subject")?;
        let booking = subject.as_deref().and_then(|subject| subject.strip_prefix("appointment:"));
        Ok(Self {
            message: int(row, "id")?,
            booking: booking.and_then(|id| HoldId::parse(id).ok()),
            kind: text(row, "kind")?,
            once_key: maybe_text(row, "once_key")?,
        })
    }
}

pub(super) async fn truth(connection: &mut AnyConnection, about: &About, now: DateTime<Utc>) -> Result<Truth, Error> {
    let Some(id) = &about.booking else { return Ok(Truth::Holds) };
    match booking::truth(connection, (id, about), now).await? {
        Truth::Holds if about.kind.starts_with(visit::KIND) => visit::truth(connection, (id, about), now).await,
        truth => Ok(truth),
    }
}
