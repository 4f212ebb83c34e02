//! The hall's part of a demo region: counters, and how offices call.

use chrono::{DateTime, NaiveDate, Utc};
use futures_util::future::BoxFuture;
use serde::Deserialize;
use shared::counter::{CallingRule, CounterName};
use shared::staff::OfficeId;
use sqlx::AnyConnection;

use super::by::Hand;
use super::counters::insert;
use crate::database::sql::sql;
use crate::error::Error;
use crate::region::{self, Founding};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Section {
    offices: Vec<OfficeEntry>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct OfficeEntry {
    office: OfficeId,
    counters: Vec<CounterName>,
    /// With the day from which it holds.
    #[serde(default)]
    rule: Option<(NaiveDate, CallingRule)>,
}

/// Writes the section's counters, at which nobody sits.
pub(super) fn load<'c>(
    connection: &'c mut AnyConnection,
    _: Founding<'c>,
    section: &'c serde_json::Value,
) -> BoxFuture<'c, Result<(), Error>> {
    Box::pin(async move {
        let Section { offices } = region::section(section)?;
        for OfficeEntry { office, counters, rule } in offices {
            for name in &counters {
                insert(connection, (&Hand::system(), &office, name), MADE_AT).await?;
            }
            if let Some((valid_from, rule)) = rule {
                let rule = serde_json::to_string(&rule).expect("rules always serialise");
                let statement = "insert into calling_rule (office, valid_from, rule) values ($1, $2, $3)";
                let values = [office.as_str().into(), valid_from.into(), rule.into()];
                sql(statement, values).execute(&mut *connection).await?;
            }
        }
        Ok(())
    })
}

/// A region is loaded before any clock is asked.
const MADE_AT: DateTime<Utc> = DateTime::UNIX_EPOCH;
