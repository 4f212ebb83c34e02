//! The rule by which an office calls those who wait.

use chrono::NaiveDate;
use shared::counter::CallingRule;
use shared::staff::OfficeId;
use sqlx::AnyConnection;

use crate::database::{
    DatabaseError,
    sql::{sql, word},
};

/// The rule in force on a day; the usual one where the office has none of its own.
pub(super) async fn in_force(
    connection: &mut AnyConnection,
    office: &OfficeId,
    date: NaiveDate,
) -> Result<CallingRule, DatabaseError> {
    let statement = "select rule from calling_rule where office = $1 and valid_from <= $2 \
         order by valid_from desc limit 1";
    let row = sql(statement, [office.as_str().into(), date.into()]).fetch_optional(connection).await?;
    row.map_or_else(|| Ok(CallingRule::usual()), |row| word(&row, "rule", |rule| serde_json::from_str(rule).ok()))
}
