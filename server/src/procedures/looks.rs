//! Who of the office looked at a case, when and why: the family reads all of it.

use chrono::{DateTime, TimeDelta, Utc};
use serde_json::json;
use shared::localised::Localised;
use shared::problem::Problem;
use shared::procedures::CaseId;
use shared::staff::{Refusal, StaffId};
use sqlx::{AnyConnection, any::AnyRow};

use super::store;
use crate::audit::{self, Actor, Event};
use crate::database::{
    DatabaseError,
    sql::{instant, int, maybe_text, sql, word},
};
use crate::error::Error;
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

/// Answers that somebody reads in full within an hour before they prove again who they are, as at the counter.
pub const WITHOUT_PROOF: i64 = 20;
const WITHIN: TimeDelta = TimeDelta::hours(1);

/// A look as it is written.
#[derive(Clone)]
pub(super) struct NewLook {
    pub case: CaseId,
    pub by: StaffId,
    /// A field that is read in full, and why.
    pub field: Option<(String, String)>,
    /// A paper of which a file is opened.
    pub paper: Option<String>,
    /// Whether password and code were given just now.
    pub is_fresh: bool,
    pub at: DateTime<Utc>,
}

/// Writes a look with its event. Opening a case or a paper again within a quarter of an hour adds nothing.
///
/// # Errors
/// [`Refusal::SignInAgain`] after [`WITHOUT_PROOF`] answers in an hour; [`Problem::NotFound`].
pub(super) async fn write(connection: &mut AnyConnection, look: &NewLook) -> Result<(), Error> {
    let stored = store::keep(connection, &look.case).await?.ok_or(Problem::NotFound)?;
    if look.field.is_some() && !look.is_fresh && read_since(connection, look).await? >= WITHOUT_PROOF {
        return Err(Refusal::SignInAgain.into());
    }
    let statement = "insert into case_look (id, case_id, staff_id, field, why, at, paper) \
         values ($1, $2, $3, $4, $5, $6, $7) on conflict do nothing";
    let (field, why) = look.field.clone().unzip();
    let values = [
        new_id().into(),
        look.case.as_str().into(),
        look.by.as_str().into(),
        field.clone().into(),
        why.into(),
        look.at.into(),
        look.paper.clone().into(),
    ];
    if sql(statement, values).execute(&mut *connection).await?.rows_affected() == 0 {
        return Ok(());
    }
    let stream = store::stream(&look.case);
    let (actor, detail) = (Actor::Staff(look.by.clone()), json!({ "field": field, "paper": look.paper }));
    let event = Event { stream: &stream, actor, act: LOOKED, detail };
    Ok(store::append(connection, &stored, &audit::prepare(&stored.head, &event, look.at)).await?)
}

/// What the record says of a look.
pub(super) const LOOKED: &str = "case_looked";

async fn read_since(connection: &mut AnyConnection, look: &NewLook) -> Result<i64, DatabaseError> {
    let statement = "select count(*) as looks from case_look where staff_id = $1 and at > $2 and field is not null";
    let values = [look.by.as_str().into(), (look.at - WITHIN).into()];
    int(&sql(statement, values).fetch_one(connection).await?, "looks")
}

/// All looks at a case, the newest first.
pub(super) async fn of(connection: &mut AnyConnection, id: &CaseId) -> Result<Vec<Look>, DatabaseError> {
    let statement = "select staff_id, field, why, at, paper from case_look where case_id = $1 order by at desc, id";
    let rows = sql(statement, [id.as_str().into()]).fetch_all(connection).await?;
    let read = |row: &AnyRow| {
        Ok(Look {
            at: instant(row, "at")?,
            by: Some(word(row, "staff_id", |id| StaffId::parse(id).ok())?),
            office: None,
            field: maybe_text(row, "field")?,
            why: maybe_text(row, "why")?,
            paper: maybe_text(row, "paper")?,
        })
    };
    rows.iter().map(read).collect()
}
