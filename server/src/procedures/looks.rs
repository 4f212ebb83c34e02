//! Who of the office looked at a case, when and why: the family reads all of it.

use chrono::{DateTime, TimeDelta, Utc};
use serde_json::json;
use shared::field::{FieldErrors, Reason as Wrong};
use shared::localised::Localised;
use shared::plain_words::PlainWords;
use shared::problem::Problem;
use shared::procedures::{CaseId, FileId};
use shared::staff::{Refusal, StaffId};
use sqlx::{AnyConnection, any::AnyRow};

use super::reasons::{self, Reason, Table};
use super::store;
use crate::app::App;
use crate::audit::{self, Actor, Event};
use crate::database::{
    DatabaseError,
    sql::{instant, int, maybe_text, sql, word},
};
use crate::error::Error;
use crate::keys::Keys;
use crate::keys::token::new_id;

/// Somebody looked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Look {
    pub at: DateTime<Utc>,
    /// None for the family's eyes.
    pub by: Option<StaffId>,
    /// From which office they looked, for the family's eyes; none where it was for the bureau as a whole.
    pub office: Option<Localised>,
    /// The field that was read in full; none where the case was opened.
    pub field: Option<String>,
    /// In their words; none where the case was opened.
    pub why: Option<String>,
    /// The paper whose files were opened.
    pub paper: Option<String>,
}

/// Answers and files that somebody reads in full within an hour before they prove again who they are, as at the counter.
pub const WITHOUT_PROOF: i64 = 20;
const WITHIN: TimeDelta = TimeDelta::hours(1);

/// For so long a reason that somebody gave in a case is that of each file of it which they open.
pub const ASKED_ONCE: TimeDelta = TimeDelta::minutes(15);

/// A look as it is written.
pub(super) struct NewLook {
    pub app: App,
    pub case: CaseId,
    pub by: StaffId,
    pub seen: Seen,
    /// Whether password and code were given just now.
    pub is_fresh: bool,
    pub at: DateTime<Utc>,
}

/// What somebody looks at.
pub(super) enum Seen {
    /// The case, with its answers masked.
    Case,
    Field {
        field: String,
        why: String,
    },
    File {
        file: FileId,
        paper: String,
        /// None for the reason that was given within [`ASKED_ONCE`].
        why: Option<String>,
    },
}

/// Writes a look with its event. Opening a case or a file again within a quarter of an hour adds nothing.
///
/// # Errors
/// A field error at `why` where a file is opened and no reason was given; [`Refusal::SignInAgain`] after [`WITHOUT_PROOF`] answers and
/// files in an hour; [`Problem::NotFound`].
pub(super) async fn write(connection: &mut AnyConnection, look: &NewLook) -> Result<(), Error> {
    let stored = store::keep(connection, &look.case).await?.ok_or(Problem::NotFound)?;
    let reason = reason(connection, look).await?;
    if reason.is_some() && !look.is_fresh && in_full_since(connection, look).await? >= WITHOUT_PROOF {
        return Err(Refusal::SignInAgain.into());
    }
    let (field, paper, file) = match &look.seen {
        Seen::Case => (None, None, None),
        Seen::Field { field, .. } => (Some(field.clone()), None, None),
        Seen::File { file, paper, .. } => (None, Some(paper.clone()), Some(file.to_string())),
    };
    let id = new_id();
    let sealed = reason.map(|reason| reasons::seal(look.app.keys(), (Table::Looks, &id), &reason));
    let statement = "insert into case_look (id, case_id, staff_id, field, why, at, paper, file_id, sealed) \
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9) on conflict do nothing";
    let values = [
        id.into(),
        look.case.as_str().into(),
        look.by.as_str().into(),
        field.clone().into(),
        // The reason stood here once, and the column still goes with the field.
        field.as_ref().map(|_| String::new()).into(),
        look.at.into(),
        paper.clone().into(),
        file.clone().into(),
        sealed.into(),
    ];
    if sql(statement, values).execute(&mut *connection).await?.rows_affected() == 0 {
        return Ok(());
    }
    let stream = store::stream(&look.case);
    let (actor, detail) = (Actor::Staff(look.by.clone()), json!({ "field": field, "paper": paper, "file": file }));
    let event = Event { stream: &stream, actor, act: LOOKED, detail };
    Ok(store::append(connection, &stored, &audit::prepare(&stored.head, &event, look.at)).await?)
}

/// What the record says of a look.
pub(super) const LOOKED: &str = "case_looked";

/// Why somebody reads something in full; none where a case is opened, which shows nobody in full.
async fn reason(connection: &mut AnyConnection, look: &NewLook) -> Result<Option<Reason>, Error> {
    match &look.seen {
        Seen::Case => Ok(None),
        Seen::Field { why, .. } | Seen::File { why: Some(why), .. } => {
            Ok(Some(Reason { words: why.clone(), given_at: look.at }))
        }
        Seen::File { why: None, .. } => {
            let missing = || FieldErrors::one("why", Wrong::Missing(PlainWords::ASKED));
            Ok(Some(given(connection, look).await?.ok_or_else(missing)?))
        }
    }
}

/// What they said in this case a moment ago.
async fn given(connection: &mut AnyConnection, look: &NewLook) -> Result<Option<Reason>, Error> {
    let since = look.at - ASKED_ONCE;
    let statement = "select id, sealed, why, at from case_look where case_id = $1 and staff_id = $2 and at > $3 \
         and sealed is not null order by at desc, id";
    let values = [look.case.as_str().into(), look.by.as_str().into(), since.into()];
    let rows = sql(statement, values).fetch_all(connection).await?;
    let reasons = rows.iter().map(|row| reasons::read(look.app.keys(), Table::Looks, row));
    let reasons = reasons.collect::<Result<Vec<_>, Error>>()?;
    // One that goes on from file to file ends all the same.
    Ok(reasons.into_iter().flatten().find(|reason| reason.given_at > since))
}

async fn in_full_since(connection: &mut AnyConnection, look: &NewLook) -> Result<i64, DatabaseError> {
    let statement = "select count(*) as looks from case_look where staff_id = $1 and at > $2 \
         and (field is not null or paper is not null)";
    let values = [look.by.as_str().into(), (look.at - WITHIN).into()];
    int(&sql(statement, values).fetch_one(connection).await?, "looks")
}

/// All looks at a case, the newest first; several files of a paper within a quarter of an hour are one.
pub(super) async fn of(connection: &mut AnyConnection, keys: &Keys, id: &CaseId) -> Result<Vec<Look>, Error> {
    let statement =
        "select id, staff_id, field, why, sealed, at, paper from case_look where case_id = $1 order by at desc, id";
    let rows = sql(statement, [id.as_str().into()]).fetch_all(connection).await?;
    let mut looks: Vec<Look> = Vec::new();
    for row in &rows {
        let look = read(keys, row)?;
        if !looks.iter().any(|other| is_one_sitting(other, &look)) {
            looks.push(look);
        }
    }
    Ok(looks)
}

fn read(keys: &Keys, row: &AnyRow) -> Result<Look, Error> {
    Ok(Look {
        at: instant(row, "at")?,
        by: Some(word(row, "staff_id", |id| StaffId::parse(id).ok())?),
        office: None,
        field: maybe_text(row, "field")?,
        why: reasons::read(keys, Table::Looks, row)?.map(|reason| reason.words),
        paper: maybe_text(row, "paper")?,
    })
}

fn is_one_sitting(one: &Look, other: &Look) -> bool {
    let quarter = |look: &Look| look.at.timestamp().div_euclid(ASKED_ONCE.num_seconds());
    let about = |look: &Look| (look.by.clone(), look.paper.clone(), look.why.clone());
    one.paper.is_some() && about(one) == about(other) && quarter(one) == quarter(other)
}
