//! Who neither proposes nor signs, whatever roles they have: whoever applied; whoever put an answer into the case does not sign it,
//! nor whoever could not sign yet when it was proposed; and nobody signs what somebody proposed who was stopped since.

use chrono::{DateTime, Utc};
use shared::procedures::{ActName, CaseId, Proposal, Refusal, State};
use shared::staff::{Right, StaffId};
use sqlx::{AnyConnection, any::AnyRow};

use super::cosign;
use super::store::Stored;
use crate::database::{
    DatabaseError,
    sql::{maybe_int, sql},
};
use crate::error::Error;
use crate::staff::{roles, stopped::is_stopped};

/// Why somebody of the office does not do this to a case as it stands; nothing where no other than they has to.
pub(super) async fn refusal(
    connection: &mut AnyConnection,
    stored: &Stored,
    (by, act): (&StaffId, ActName),
    now: DateTime<Utc>,
) -> Result<Option<Refusal>, Error> {
    if !matches!(act, ActName::Propose | ActName::Approve) {
        return Ok(None);
    }
    if is_applicant(connection, stored, by).await? {
        return Ok(Some(Refusal::AppliedByYou));
    }
    match stored.state() {
        State::Proposed(proposal) if act == ActName::Approve => signing(connection, stored, (by, proposal), now).await,
        _ => Ok(None),
    }
}

/// Why somebody does not sign what a case says, since they applied or put an answer into it.
pub(super) async fn entered(
    connection: &mut AnyConnection,
    stored: &Stored,
    by: &StaffId,
) -> Result<Option<Refusal>, DatabaseError> {
    if is_applicant(connection, stored, by).await? {
        return Ok(Some(Refusal::AppliedByYou));
    }
    Ok(has_hand(connection, &stored.id, by).await?.then_some(Refusal::EnteredByYou))
}

async fn signing(
    connection: &mut AnyConnection,
    stored: &Stored,
    (by, proposal): (&StaffId, &Proposal),
    now: DateTime<Utc>,
) -> Result<Option<Refusal>, Error> {
    if has_hand(connection, &stored.id, by).await? {
        return Ok(Some(Refusal::EnteredByYou));
    }
    if cosign::is_by(connection, &stored.id, by).await? {
        return Ok(Some(Refusal::CosignedByYou));
    }
    late(connection, (&stored.id, proposal), (by, Right::DecideCases), now).await
}

/// Why somebody signs nothing, now or further, of what stands proposed: they could not yet when it was, or whoever proposed it was
/// stopped since.
pub(super) async fn late(
    connection: &mut AnyConnection,
    (id, proposal): (&CaseId, &Proposal),
    (by, right): (&StaffId, Right),
    now: DateTime<Utc>,
) -> Result<Option<Refusal>, Error> {
    let held = roles::held(connection, by).await?;
    let could = held.iter().any(|held| held.could(right, proposal.at, now));
    if !could {
        return Ok(Some(Refusal::SignerTooNew));
    }
    let after = proposed_after(connection, id).await?;
    let is_void = is_stopped(connection, (&proposal.by, after)).await?;
    Ok(is_void.then_some(Refusal::ProposerStopped))
}

/// Keeps that somebody of the office put an answer into a case.
pub(super) async fn note_hand(connection: &mut AnyConnection, id: &CaseId, by: &StaffId) -> Result<(), DatabaseError> {
    let statement = "insert into case_hand (case_id, staff_id) values ($1, $2) on conflict do nothing";
    sql(statement, [id.as_str().into(), by.as_str().into()]).execute(connection).await?;
    Ok(())
}

/// Keeps how long the record of whoever proposes is by now.
pub(super) async fn note_proposer(
    connection: &mut AnyConnection,
    id: &CaseId,
    by: &StaffId,
) -> Result<(), DatabaseError> {
    let statement = "update procedure_case set proposed_after = (select s.audit_length from staff s where s.id = $1) \
         where id = $2";
    sql(statement, [by.as_str().into(), id.as_str().into()]).execute(connection).await?;
    Ok(())
}

async fn is_applicant(connection: &mut AnyConnection, stored: &Stored, by: &StaffId) -> Result<bool, DatabaseError> {
    let Some(index) = &stored.applicant_index else { return Ok(false) };
    let statement = "select 1 as one from staff where id = $1 and person_index = $2";
    let values = [by.as_str().into(), index.as_str().into()];
    Ok(sql(statement, values).fetch_optional(connection).await?.is_some())
}

async fn has_hand(connection: &mut AnyConnection, id: &CaseId, by: &StaffId) -> Result<bool, DatabaseError> {
    let statement = "select 1 as one from case_hand where case_id = $1 and staff_id = $2";
    let values = [id.as_str().into(), by.as_str().into()];
    Ok(sql(statement, values).fetch_optional(connection).await?.is_some())
}

async fn proposed_after(connection: &mut AnyConnection, id: &CaseId) -> Result<Option<i64>, DatabaseError> {
    let statement = "select proposed_after from procedure_case where id = $1";
    let row: Option<AnyRow> = sql(statement, [id.as_str().into()]).fetch_optional(connection).await?;
    row.as_ref().map_or(Ok(None), |row| maybe_int(row, "proposed_after"))
}
