//! What the events of a case make of it, so that a row that somebody changed beside the portal is found.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use serde_json::{Value as Json, json};
use shared::procedures::{Act, ActName, Actor, CaseId};
use shared::staff::StaffId;
use sqlx::{AnyConnection, any::AnyRow};

use super::alerts::KNOWN;
use super::consent::TAKEN_BACK;
use super::cosign::COSIGNED;
use super::erasing::ERASED;
use super::looks::LOOKED;
use super::notes::NOTED;
use super::ratings::{FOLLOWED, RATED};
use super::store::{self, Standing, Stored};
use super::talk::WROTE;
use super::unsettled::SETTLED;
use crate::audit::{Happened, Stream};
use crate::database::{
    DatabaseError,
    sql::{instant, sql, text},
};

/// Cases with all that acts make of them.
pub(super) const CASES: Stream = Stream {
    heads: "select 'case:' || id as stream, id, reference, region, procedure, rules_hash, version, state, state_json, \
         phone_index, applicant_index, passed_times, silent, erased_at, locale, filed_by, proposed_by, approved_by, assigned_to, \
         submitted_at, received_at, accepted_at, asked_at, decided_at, due_on, provisional, changed_at, sealed, receipt, \
         audit_length, audit_head from procedure_case",
    compare: Some(compare),
};

pub(super) const SUBMITTED: &str = "case_submitted";
pub(super) const ASSIGNED: &str = "case_assigned";

/// What is recorded of the beginning of a case.
#[derive(Serialize, Deserialize)]
pub(super) struct Begun {
    pub region: String,
    pub procedure: String,
    pub rules: String,
    pub receipt: String,
    pub filed_by: Option<StaffId>,
}

/// What is recorded of an act.
#[derive(Serialize, Deserialize)]
pub(super) struct Acted {
    pub by: Actor,
    pub act: Act,
}

/// How an act is called in the record.
pub(super) fn event(act: ActName) -> &'static str {
    match act {
        ActName::Accept => "case_accepted",
        ActName::AcceptBySilence => "case_accepted_by_silence",
        ActName::Review => "case_reviewed",
        ActName::Ask => "case_asked",
        ActName::Supply => "case_supplied",
        ActName::Correct => "case_corrected",
        ActName::Propose => "case_proposed",
        ActName::Approve => "case_approved",
        ActName::SendBack => "case_sent_back",
        ActName::Lapse => "case_lapsed",
        ActName::Withdraw => "case_withdrawn",
        ActName::Pass => "case_passed",
        ActName::Close => "case_closed",
        ActName::Reopen => "case_reopened",
    }
}

/// The acts of a case, the oldest first, with when each was done and the version that it made.
pub(super) async fn acts(
    connection: &mut AnyConnection,
    id: &CaseId,
) -> Result<Vec<(DateTime<Utc>, Acted)>, DatabaseError> {
    let statement = "select at, detail from audit where stream = $1 and act not in ($2, $3, $4, $5, $6, $7, $8, $9, \
         $10, $11, $12, $13) order by sequence";
    let values = [
        store::stream(id).into(),
        SUBMITTED.into(),
        ASSIGNED.into(),
        LOOKED.into(),
        NOTED.into(),
        RATED.into(),
        FOLLOWED.into(),
        COSIGNED.into(),
        ERASED.into(),
        WROTE.into(),
        SETTLED.into(),
        TAKEN_BACK.into(),
        KNOWN.into(),
    ];
    let rows = sql(statement, values).fetch_all(connection).await?;
    let read = |row: &AnyRow| {
        let acted: Acted =
            serde_json::from_str(&text(row, "detail")?).map_err(|_| DatabaseError::unreadable("detail"))?;
        Ok((instant(row, "at")?, acted))
    };
    rows.iter().map(read).collect()
}

fn compare(row: &AnyRow, events: &[Happened]) -> Result<[String; 2], DatabaseError> {
    let stored = store::read(row)?;
    let is = words(&stored).to_string();
    let state = (text(row, "state")?, store::state_name(stored.state()));
    let is = if state.0 == state.1 { is } else { format!("{is}, called {}", state.0) };
    Ok([is, replay(events).map_or_else(|| "nothing that a case can be".to_owned(), |made| made.to_string())])
}

fn words(stored: &Stored) -> Json {
    let begun = Begun {
        region: stored.region.clone(),
        procedure: stored.procedure.clone(),
        rules: stored.rules_hash.clone(),
        receipt: stored.receipt.clone(),
        filed_by: stored.standing.case.filed_by().cloned(),
    };
    said(&begun, &stored.standing, stored.assigned_to.as_ref(), stored.submitted_at.timestamp_millis())
}

fn said(begun: &Begun, standing: &Standing, assigned_to: Option<&StaffId>, submitted_at: i64) -> Json {
    let millis = |at: Option<DateTime<Utc>>| at.map(|at| at.timestamp_millis());
    json!({
        "begun": begun,
        "submitted_at": submitted_at,
        "state": standing.state(),
        "version": standing.case.version(),
        "silent": standing.case.was_silent(),
        "proposed_by": standing.proposed_by,
        "approved_by": standing.approved_by,
        "assigned_to": assigned_to,
        "received_at": standing.received_at.timestamp_millis(),
        "accepted_at": millis(standing.accepted_at),
        "asked_at": millis(standing.asked_at),
        "decided_at": millis(standing.decided_at),
        "changed_at": standing.changed_at.timestamp_millis(),
    })
}

/// None where an event could not have followed the one before it.
fn replay(events: &[Happened]) -> Option<Json> {
    let (first, rest) = events.split_first()?;
    let begun: Begun = serde_json::from_value(first.detail.clone()).ok().filter(|_| first.act == SUBMITTED)?;
    let mut standing = Standing::submitted(begun.filed_by.clone(), first.at);
    let mut assigned_to: Option<StaffId> = None;
    for Happened { at, act, detail } in rest {
        match act.as_str() {
            ASSIGNED => assigned_to = serde_json::from_value(detail["to"].clone()).ok()?,
            LOOKED | NOTED | RATED | FOLLOWED | COSIGNED | ERASED | WROTE | SETTLED | TAKEN_BACK | KNOWN => {}
            _ => {
                let Acted { by, act: done } = serde_json::from_value(detail.clone()).ok()?;
                standing = standing.after(standing.case.version(), (&by, &done), *at).ok()?;
                if act != event(done.name()) {
                    return None;
                }
            }
        }
    }
    Some(said(&begun, &standing, assigned_to.as_ref(), first.at.timestamp_millis()))
}
