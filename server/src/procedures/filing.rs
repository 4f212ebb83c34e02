//! Applications that somebody of the office fills in for a family that stands there. Whoever does that neither proposes nor signs what
//! comes of it.

use chrono::{DateTime, TimeDelta, Utc};
use shared::localised::Localised;
use shared::procedures::CaseReference;
use shared::staff::Right;
use sqlx::any::AnyRow;

use super::drafts::{self, Begun};
use super::may;
use crate::app::App;
use crate::database::sql::{instant, sql, text, word};
use crate::error::Error;
use crate::policy::Offered;
use crate::staff::authority::Staff;

/// An application that was handed in for a family.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Filed {
    pub reference: CaseReference,
    pub name: Localised,
    pub at: DateTime<Utc>,
    /// SHA-256 of what was handed in, in hex.
    pub receipt: String,
}

/// Begins a draft in somebody's name, which goes on as that of any family.
///
/// # Errors
/// [`shared::staff::Refusal::NotAllowed`].
pub async fn begin(app: &App, staff: &Staff, offered: &Offered, now: DateTime<Utc>) -> Result<Begun, Error> {
    may(staff, Right::BookForPeople)?;
    drafts::begin(app, offered, Some(staff.person()), now).await
}

/// For so long somebody finds what they have handed in: the family stands there.
const LATELY: TimeDelta = TimeDelta::hours(12);

/// What somebody has handed in for families of late, the newest first; twenty at most.
///
/// # Errors
/// [`shared::staff::Refusal::NotAllowed`].
pub async fn lately(app: &App, staff: &Staff, now: DateTime<Utc>) -> Result<Vec<Filed>, Error> {
    may(staff, Right::BookForPeople)?;
    let statement = "select reference, region, procedure, submitted_at, receipt from procedure_case \
         where filed_by = $1 and submitted_at > $2 order by submitted_at desc, id limit 20";
    let values = [staff.person().as_str().into(), (now - LATELY).into()];
    let rows = sql(statement, values).fetch_all(&mut *app.database().read().await?).await?;
    rows.iter().map(|row| read(app, row)).collect()
}

fn read(app: &App, row: &AnyRow) -> Result<Filed, Error> {
    let (region, procedure) = (text(row, "region")?, text(row, "procedure")?);
    let offered = app.policies().procedure(&region, &procedure);
    let name = offered.map_or_else(|| Localised::new(&procedure, &procedure), |offered| offered.procedure.name());
    Ok(Filed {
        reference: word(row, "reference", |kept| CaseReference::restore(kept).ok())?,
        name,
        at: instant(row, "submitted_at")?,
        receipt: text(row, "receipt")?,
    })
}
