//! The rule by which an office calls those who wait: dated, and set by whoever manages it.

use chrono::{DateTime, NaiveDate, Utc};
use serde_json::json;
use sha2::{Digest, Sha256};
use shared::calendar::shanghai_date;
use shared::counter::CallingRule;
use shared::problem::Problem;
use shared::staff::{OfficeId, Right};
use sqlx::{AnyConnection, any::AnyRow};

use super::{described, office};
use crate::app::App;
use crate::audit::Actor;
use crate::database::{
    DatabaseError,
    sql::{date, sql, word},
};
use crate::error::Error;
use crate::places;
use crate::staff::authority::Staff;

/// The rule of an office that holds today, and those that are to come, each with its first day.
#[derive(Clone, Debug, PartialEq)]
pub struct Rules {
    pub now: CallingRule,
    pub coming: Vec<(NaiveDate, CallingRule)>,
}

/// What became of setting one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    Made,
    /// Somebody else set one since.
    Overtaken,
}

impl Rules {
    /// Names what was read exactly, so that nobody writes over what they have not seen.
    pub fn seen(&self) -> String {
        let text = serde_json::to_vec(&(&self.now, &self.coming)).expect("rules always serialise");
        data_encoding::HEXLOWER.encode(&Sha256::digest(text)[..8])
    }
}

/// The rules of an office.
///
/// # Errors
/// [`Problem::NotFound`] for no office.
pub async fn of(app: &App, id: &OfficeId, now: DateTime<Utc>) -> Result<Rules, Error> {
    office::one(app, id).await?;
    Ok(standing(&mut *app.database().read().await?, id, shanghai_date(now)).await?)
}

/// Sets the rule that holds from a day to come on, where the rules are still those that were `seen`. One that was to begin on
/// the same day is replaced.
///
/// # Errors
/// [`Problem::Malformed`] for a day that has begun; [`shared::staff::Refusal::NotAllowed`].
pub async fn set(
    app: &App,
    staff: &Staff,
    id: &OfficeId,
    (from, rule, seen): (NaiveDate, &CallingRule, &str),
    now: DateTime<Utc>,
) -> Result<Outcome, Error> {
    staff.may(Right::ManageOffice, &office::one(app, id).await?.whereabouts)?;
    if from <= shanghai_date(now) {
        return Err(Problem::Malformed.into());
    }
    let (office, rule, seen) = (id.clone(), rule.clone(), seen.to_owned());
    let setting = Setting { office, from, rule, seen, by: staff.actor(), now };
    staff.write(app, setting, write).await
}

/// The rule in force on a day; the usual one where the office has none of its own.
pub(super) async fn in_force(
    connection: &mut AnyConnection,
    office: &OfficeId,
    date: NaiveDate,
) -> Result<CallingRule, DatabaseError> {
    let statement = "select rule from calling_rule where office = $1 and valid_from <= $2 \
         order by valid_from desc limit 1";
    let row = sql(statement, [office.as_str().into(), date.into()]).fetch_optional(connection).await?;
    row.as_ref().map_or_else(|| Ok(CallingRule::usual()), read)
}

/// The rules of an office as of a day.
async fn standing(connection: &mut AnyConnection, id: &OfficeId, today: NaiveDate) -> Result<Rules, DatabaseError> {
    let holds = in_force(connection, id, today).await?;
    let statement =
        "select valid_from, rule from calling_rule where office = $1 and valid_from > $2 order by valid_from";
    let rows = sql(statement, [id.as_str().into(), today.into()]).fetch_all(connection).await?;
    let coming = rows.iter().map(|row| Ok((date(row, "valid_from")?, read(row)?)));
    Ok(Rules { now: holds, coming: coming.collect::<Result<_, DatabaseError>>()? })
}

struct Setting {
    office: OfficeId,
    from: NaiveDate,
    rule: CallingRule,
    /// As [`Rules::seen`] named those that stood on the page.
    seen: String,
    by: Actor,
    now: DateTime<Utc>,
}

async fn write(connection: &mut AnyConnection, setting: &Setting) -> Result<Outcome, Error> {
    let Setting { office, from, rule, seen, by, now } = setting;
    let place = office::place(office)?;
    // Of two who set one at once, the second reads what the first has set.
    described::keep(connection, &place).await?;
    if standing(connection, office, shanghai_date(*now)).await?.seen() != *seen {
        return Ok(Outcome::Overtaken);
    }
    let detail = json!({ "from": from, "rule": rule });
    places::record_by(connection, &place, (by.clone(), "calling_rule_set", detail), *now).await?;
    let statement = "insert into calling_rule (office, valid_from, rule) values ($1, $2, $3) \
         on conflict (office, valid_from) do update set rule = $3";
    let rule = serde_json::to_string(rule).expect("rules always serialise");
    sql(statement, [office.as_str().into(), (*from).into(), rule.into()]).execute(connection).await?;
    Ok(Outcome::Made)
}

fn read(row: &AnyRow) -> Result<CallingRule, DatabaseError> {
    word(row, "rule", |rule| serde_json::from_str(rule).ok())
}
