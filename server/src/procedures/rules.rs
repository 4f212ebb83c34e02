//! The definition that a case was handed in under: what changes in the rules afterwards does not change the case.

use std::sync::Arc;

use shared::problem::Problem;
use shared::procedures::Procedure;
use sqlx::AnyConnection;

use super::store::Stored;
use crate::app::App;
use crate::database::{
    DatabaseError,
    sql::{sql, word},
};
use crate::error::Error;
use crate::policy::Offered;

/// The definition of a case: the one in force where it is still the same, and else the one that was kept.
pub(super) async fn of(app: &App, stored: &Stored) -> Result<Arc<Offered>, Error> {
    let in_force = app.policies().procedure(&stored.region, &stored.procedure);
    if let Some(offered) = in_force.filter(|offered| offered.hash == stored.rules_hash) {
        return Ok(offered);
    }
    let statement = "select body from procedure_rules where hash = $1";
    let row = sql(statement, [stored.rules_hash.as_str().into()])
        .fetch_optional(&mut *app.database().read().await?)
        .await?
        .ok_or(Problem::NotFound)?;
    let procedure: Procedure = word(&row, "body", |body| serde_json::from_str(body).ok())?;
    Ok(Arc::new(Offered { region: stored.region.clone(), procedure, hash: stored.rules_hash.clone() }))
}

/// Keeps a definition for the cases that are handed in under it.
pub(super) async fn keep(connection: &mut AnyConnection, offered: &Offered) -> Result<(), DatabaseError> {
    let statement = "insert into procedure_rules (hash, body) values ($1, $2) on conflict (hash) do nothing";
    let body = serde_json::to_string(&offered.procedure).expect("definitions always serialise");
    sql(statement, [offered.hash.as_str().into(), body.into()]).execute(connection).await?;
    Ok(())
}
