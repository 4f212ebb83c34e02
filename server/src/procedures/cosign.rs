//! The further signature that a grant from a certain sum on takes, of whoever pays: over the proposal that was read, by none of those
//! who filled it in, entered, proposed or sign it, nor by who could not pay yet when it was proposed. That of whoever was stopped
//! since is none.

use chrono::{DateTime, Utc};
use serde_json::json;
use shared::problem::Problem;
use shared::procedures::{ActName, CaseId, Decision, Outcome, Procedure, Proposal, Refusal, State};
use shared::staff::{Right, StaffId};
use sqlx::AnyConnection;

use super::contents::Contents;
use super::store::{self, Stored};
use super::{apart, kept, may, threshold};
use crate::app::App;
use crate::audit::{self, Actor, Event};
use crate::database::{DatabaseError, sql::sql};
use crate::error::Error;
use crate::staff::{authority::Staff, stopped::stopped};

/// What the record says of it.
pub(super) const COSIGNED: &str = "case_cosigned";

/// Signs a proposal before the second signature, where its sum asks for that.
///
/// # Errors
/// [`shared::staff::Refusal::NotAllowed`]; [`Problem::NotFound`]; [`Refusal::Changed`], [`Refusal::NotNow`],
/// [`Refusal::ProposalChanged`]; [`Refusal::FiledByYou`], [`Refusal::ProposedByYou`], [`Refusal::AppliedByYou`],
/// [`Refusal::EnteredByYou`]; [`Refusal::SignerTooNew`], [`Refusal::ProposerStopped`].
pub async fn cosign(
    app: &App,
    staff: &Staff,
    id: &CaseId,
    (seen, hash): (u32, &str),
    now: DateTime<Utc>,
) -> Result<(), Error> {
    may(staff, Right::ReleasePayouts)?;
    let signing = Signing { id: id.clone(), seen, hash: hash.to_owned(), by: staff.person().clone(), now: kept(now) };
    staff.write(app, signing, write).await
}

/// Whether a proposal waits for the further signature.
pub(super) async fn is_missing(
    connection: &mut AnyConnection,
    (stored, contents): (&Stored, &Contents),
    procedure: &Procedure,
) -> Result<bool, DatabaseError> {
    const SIGNED: &str = concat!(
        "select 1 as one from case_cosign s where s.case_id = $1 and s.hash = $2 and s.at >= $3 and not ",
        stopped!("s.staff_id", "s.signed_after")
    );
    let State::Proposed(proposal) = stored.state() else { return Ok(false) };
    let of = (stored.region.as_str(), stored.procedure.as_str());
    let Some(sum) = threshold::in_force(connection, of).await? else { return Ok(false) };
    let words = contents.said_at(stored.version()).unwrap_or_default();
    let decision = Decision::of_words(procedure, proposal.outcome, words);
    if proposal.outcome == Outcome::Refused || !threshold::reaches(&decision, sum) {
        return Ok(false);
    }
    // One over the same words that were proposed before does not hold for those of now, nor one of whoever was stopped since.
    let values = [stored.id.as_str().into(), proposal.hash.as_str().into(), proposal.at.into()];
    Ok(sql(SIGNED, values).fetch_optional(connection).await?.is_none())
}

/// Whether somebody gave the further signature in a case.
pub(super) async fn is_by(connection: &mut AnyConnection, id: &CaseId, by: &StaffId) -> Result<bool, DatabaseError> {
    let statement = "select 1 as one from case_cosign where case_id = $1 and staff_id = $2";
    let values = [id.as_str().into(), by.as_str().into()];
    Ok(sql(statement, values).fetch_optional(connection).await?.is_some())
}

/// Whether somebody may give the further signature to what stands proposed.
pub(super) async fn is_for(
    connection: &mut AnyConnection,
    staff: &Staff,
    stored: &Stored,
    now: DateTime<Utc>,
) -> Result<bool, Error> {
    let State::Proposed(proposal) = stored.state() else { return Ok(false) };
    Ok(may(staff, Right::ReleasePayouts).is_ok()
        && refusal(connection, (stored, proposal), staff.person(), now).await?.is_none())
}

/// Why somebody does not sign what stands proposed: they filled it in, proposed it, applied, put an answer into it or have come to
/// pay since, or it is void.
async fn refusal(
    connection: &mut AnyConnection,
    (stored, proposal): (&Stored, &Proposal),
    by: &StaffId,
    now: DateTime<Utc>,
) -> Result<Option<Refusal>, Error> {
    if stored.standing.case.filed_by() == Some(by) {
        return Ok(Some(Refusal::FiledByYou));
    }
    if proposal.by == *by {
        return Ok(Some(Refusal::ProposedByYou));
    }
    if let Some(refusal) = apart::entered(connection, stored, by).await? {
        return Ok(Some(refusal));
    }
    apart::late(connection, (&stored.id, proposal), (by, Right::ReleasePayouts), now).await
}

struct Signing {
    id: CaseId,
    seen: u32,
    hash: String,
    by: StaffId,
    now: DateTime<Utc>,
}

async fn write(connection: &mut AnyConnection, signing: &Signing) -> Result<(), Error> {
    let Signing { id, seen, hash, by, now } = signing;
    let stored = store::keep(connection, id).await?.ok_or(Problem::NotFound)?;
    let state = stored.state().name();
    if *seen != stored.version() {
        return Err(Refusal::Changed { state }.into());
    }
    let State::Proposed(proposal) = stored.state() else {
        return Err(Refusal::NotNow { state, act: ActName::Approve }.into());
    };
    if proposal.hash != *hash {
        return Err(Refusal::ProposalChanged.into());
    }
    if let Some(refusal) = refusal(connection, (&stored, proposal), by, *now).await? {
        return Err(refusal.into());
    }
    let statement = "insert into case_cosign (case_id, staff_id, hash, at, signed_after) \
         values ($1, $2, $3, $4, (select p.audit_length from staff p where p.id = $2)) \
         on conflict (case_id, hash, staff_id) do update set at = excluded.at, signed_after = excluded.signed_after";
    let values = [id.as_str().into(), by.as_str().into(), hash.as_str().into(), (*now).into()];
    sql(statement, values).execute(&mut *connection).await?;
    let stream = store::stream(id);
    let detail = json!({ "hash": hash });
    let event = Event { stream: &stream, actor: Actor::Staff(by.clone()), act: COSIGNED, detail };
    Ok(store::append(connection, &stored, &audit::prepare(&stored.head, &event, *now)).await?)
}
