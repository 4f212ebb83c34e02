//! Whether a text is still true at the moment in which it is sent: what it tells of may have been moved, called off, ended or put
//! right while it waited.

use chrono::{DateTime, Utc};
use shared::appointments::HoldId;
use shared::procedures::CaseId;
use sqlx::{AnyConnection, any::AnyRow};

use crate::appointments::booking::overtaken as booking;
use crate::counter::overtaken as visit;
use crate::database::{
    DatabaseError,
    sql::{int, maybe_text, text},
};
use crate::error::Error;
use crate::procedures::overtaken as case;

/// What a text is about, and which of those about it.
#[derive(Clone, Debug)]
pub(crate) struct About {
    pub(crate) message: i64,
    pub(crate) subject: Subject,
    pub(crate) kind: String,
    pub(crate) once_key: Option<String>,
}

/// Whose change would make a text untrue.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Subject {
    /// Such as of a code, whose owner waits for it.
    Nothing,
    Booking(HoldId),
    Case(CaseId),
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
        Ok(Self {
            message: int(row, "id")?,
            subject: subject.as_deref().map_or(Subject::Nothing, Subject::parse),
            kind: text(row, "kind")?,
            once_key: maybe_text(row, "once_key")?,
        })
    }
}

impl Subject {
    fn parse(subject: &str) -> Self {
        let known = match subject.split_once(':') {
            Some(("appointment", id)) => HoldId::parse(id).ok().map(Self::Booking),
            Some(("case", id)) => CaseId::parse(id).ok().map(Self::Case),
            _ => None,
        };
        known.unwrap_or(Self::Nothing)
    }
}

pub(super) async fn truth(connection: &mut AnyConnection, about: &About, now: DateTime<Utc>) -> Result<Truth, Error> {
    let id = match &about.subject {
        Subject::Nothing => return Ok(Truth::Holds),
        Subject::Case(id) => return case::truth(connection, (id, about)).await,
        Subject::Booking(id) => id,
    };
    match booking::truth(connection, (id, about), now).await? {
        Truth::Holds if about.kind.starts_with(visit::KIND) => visit::truth(connection, (id, about), now).await,
        truth => Ok(truth),
    }
}
