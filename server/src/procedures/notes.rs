//! Words that colleagues leave for each other beside a case. The family never reads them; the record says that there is one.

use std::fmt;

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use serde_json::json;
use shared::field::{Asked, FieldErrors};
use shared::plain_words::PlainWords;
use shared::problem::Problem;
use shared::procedures::{CaseId, Refusal};
use shared::staff::{Right, StaffId};
use sqlx::{AnyConnection, any::AnyRow};

use super::store;
use super::{kept, may};
use crate::app::App;
use crate::audit::{self, Actor, Event};
use crate::database::sql::{bytes, instant, sql, text, word};
use crate::error::Error;
use crate::keys::token::new_id;
use crate::staff::authority::Staff;

/// What the record says of a note.
pub(super) const NOTED: &str = "case_noted";

/// A note as colleagues read it. `Debug` hides it.
#[derive(Clone, PartialEq, Eq)]
pub struct Note {
    pub at: DateTime<Utc>,
    pub by: StaffId,
    pub words: String,
}

impl fmt::Debug for Note {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Note(hidden)")
    }
}

/// What is sealed.
#[derive(Serialize, Deserialize)]
struct Sealed {
    words: String,
}

/// The name under which a note is sealed.
pub(super) fn context(id: &str) -> String {
    format!("case_note:{id}")
}

const ASKED: &Asked = &Asked::typed("note_missing", ("请写备注。", "Write the note."), ("备注", "note"));
/// Characters of a note.
const LONGEST: usize = 500;

/// Leaves a note.
///
/// # Errors
/// [`shared::staff::Refusal::NotAllowed`]; [`Problem::NotFound`]; [`Refusal::Erased`]; at `note`.
pub async fn leave(app: &App, staff: &Staff, id: &CaseId, words: &str, now: DateTime<Utc>) -> Result<(), Error> {
    may(staff, Right::ReviewCases).or_else(|_| may(staff, Right::DecideCases))?;
    let words = PlainWords::of(ASKED, LONGEST, words).map_err(|reason| FieldErrors::one("note", reason))?;
    let note = new_id();
    let sealed = app.keys().seal(&context(&note), &Sealed { words: words.as_str().to_owned() });
    let new = New {
        note,
        case: id.clone(),
        by: staff.actor(),
        person: staff.person().as_str().to_owned(),
        sealed,
        now: kept(now),
    };
    staff.write(app, new, write).await
}

/// All notes beside a case, the oldest first.
///
/// # Errors
/// [`shared::staff::Refusal::NotAllowed`].
pub async fn of_case(app: &App, staff: &Staff, id: &CaseId) -> Result<Vec<Note>, Error> {
    may(staff, Right::SeeCases)?;
    let statement = "select id, staff_id, at, sealed from case_note where case_id = $1 order by at, id";
    let rows = sql(statement, [id.as_str().into()]).fetch_all(&mut *app.database().read().await?).await?;
    rows.iter().map(|row| note(app, row)).collect()
}

/// A note as it is written.
struct New {
    note: String,
    case: CaseId,
    by: Actor,
    person: String,
    sealed: Vec<u8>,
    now: DateTime<Utc>,
}

async fn write(connection: &mut AnyConnection, new: &New) -> Result<(), Error> {
    let stored = store::keep(connection, &new.case).await?.ok_or(Problem::NotFound)?;
    if stored.erased_at.is_some() {
        return Err(Refusal::Erased.into());
    }
    let statement = "insert into case_note (id, case_id, staff_id, at, sealed) values ($1, $2, $3, $4, $5)";
    let values = [
        new.note.as_str().into(),
        new.case.as_str().into(),
        new.person.as_str().into(),
        new.now.into(),
        new.sealed.clone().into(),
    ];
    sql(statement, values).execute(&mut *connection).await?;
    let stream = store::stream(&new.case);
    let event = Event { stream: &stream, actor: new.by.clone(), act: NOTED, detail: json!({}) };
    Ok(store::append(connection, &stored, &audit::prepare(&stored.head, &event, new.now)).await?)
}

fn note(app: &App, row: &AnyRow) -> Result<Note, Error> {
    let sealed: Sealed = app.keys().open(&context(&text(row, "id")?), &bytes(row, "sealed")?)?;
    Ok(Note { at: instant(row, "at")?, by: word(row, "staff_id", |id| StaffId::parse(id).ok())?, words: sealed.words })
}
