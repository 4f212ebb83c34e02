//! From which sum on a grant takes a further signature, of whoever pays. It is data of the office: one of those who sign cases proposes
//! another, and another of them confirms it; until then what was in force before is in force.

use chrono::{DateTime, Utc};
use shared::problem::Problem;
use shared::procedures::{Decision, Refusal};
use shared::staff::{Right, StaffId};
use sqlx::{AnyConnection, any::AnyRow};

use super::{kept, may};
use crate::app::App;
use crate::database::{
    DatabaseError, Rule,
    sql::{instant, maybe_int, sql, text, word},
};
use crate::error::Error;
use crate::keys::token::new_id;
use crate::staff::authority::Staff;
use crate::staff::proposal::LIFETIME;
use crate::staff::{roles, stopped::stopped};

/// What holds for one procedure of a region.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Threshold {
    /// In fen; none where every grant takes two persons and no third.
    pub fen: Option<i64>,
    pub waiting: Option<Waiting>,
}

/// A change that waits for a second person.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Waiting {
    pub id: String,
    pub fen: Option<i64>,
    pub proposer: StaffId,
    pub proposed_at: DateTime<Utc>,
    pub expires_at: DateTime<Utc>,
}

/// What is said to a change that waits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Answer {
    Confirm,
    /// By whoever proposed it, it is withdrawn.
    Decline,
}

/// What is in force for a procedure, and what waits.
///
/// # Errors
/// [`shared::staff::Refusal::NotAllowed`].
pub async fn of(app: &App, staff: &Staff, of: (&str, &str), now: DateTime<Utc>) -> Result<Threshold, Error> {
    may(staff, Right::SeeCases)?;
    let mut connection = app.database().read().await?;
    let fen = in_force(&mut connection, of).await?;
    Ok(Threshold { fen, waiting: waiting(&mut connection, of, now).await? })
}

/// Proposes a sum, or none at all.
///
/// # Errors
/// [`shared::staff::Refusal::NotAllowed`]; [`shared::staff::Refusal::SignInAgain`]; [`Refusal::ThresholdWaits`].
pub async fn propose(
    app: &App,
    staff: &Staff,
    (region, procedure): (&str, &str),
    fen: Option<i64>,
    now: DateTime<Utc>,
) -> Result<(), Error> {
    may(staff, Right::DecideCases)?;
    staff.confirmed()?;
    let new = New {
        id: new_id(),
        region: region.to_owned(),
        procedure: procedure.to_owned(),
        fen,
        proposer: staff.person().clone(),
        now: kept(now),
    };
    staff.write(app, new, insert).await
}

/// Confirms a change, which is in force from then on, or declines it.
///
/// # Errors
/// As [`propose`]; [`Problem::NotFound`] where nothing waits; for a confirmation also [`Refusal::ProposedByYou`] for whoever proposed
/// it, [`Refusal::SignerTooNew`] and [`Refusal::ProposerStopped`].
pub async fn decide(app: &App, staff: &Staff, id: &str, answer: Answer, now: DateTime<Utc>) -> Result<(), Error> {
    may(staff, Right::DecideCases)?;
    staff.confirmed()?;
    let deciding = Deciding { id: id.to_owned(), answer, by: staff.person().clone(), now: kept(now) };
    staff.write(app, deciding, write).await
}

/// The sum from which on a further signature is needed, in fen.
pub(super) async fn in_force(
    connection: &mut AnyConnection,
    (region, procedure): (&str, &str),
) -> Result<Option<i64>, DatabaseError> {
    let statement = "select fen from signing_threshold where region = $1 and procedure = $2 and outcome = 'confirmed' \
         order by decided_at desc, proposed_at desc limit 1";
    let row = sql(statement, [region.into(), procedure.into()]).fetch_optional(connection).await?;
    row.as_ref().map_or(Ok(None), |row| maybe_int(row, "fen"))
}

/// Whether a decision takes the further signature: what the bureau works out later may be any sum.
pub(super) fn reaches(decision: &Decision, threshold: i64) -> bool {
    match decision {
        Decision::Granted { fen } | Decision::Cash { fen, .. } => fen.is_none_or(|fen| fen >= threshold),
        Decision::Refused { .. } => false,
    }
}

async fn waiting(
    connection: &mut AnyConnection,
    (region, procedure): (&str, &str),
    now: DateTime<Utc>,
) -> Result<Option<Waiting>, DatabaseError> {
    let statement = "select id, fen, proposer, proposed_at, expires_at from signing_threshold \
         where region = $1 and procedure = $2 and outcome is null and expires_at > $3";
    let row = sql(statement, [region.into(), procedure.into(), now.into()]).fetch_optional(connection).await?;
    row.as_ref().map(read).transpose()
}

fn read(row: &AnyRow) -> Result<Waiting, DatabaseError> {
    Ok(Waiting {
        id: text(row, "id")?,
        fen: maybe_int(row, "fen")?,
        proposer: word(row, "proposer", |id| StaffId::parse(id).ok())?,
        proposed_at: instant(row, "proposed_at")?,
        expires_at: instant(row, "expires_at")?,
    })
}

struct New {
    id: String,
    region: String,
    procedure: String,
    fen: Option<i64>,
    proposer: StaffId,
    now: DateTime<Utc>,
}

async fn insert(connection: &mut AnyConnection, new: &New) -> Result<(), Error> {
    let New { id, region, procedure, fen, proposer, now } = new;
    let over =
        "update signing_threshold set outcome = 'expired', decided_at = $1 where outcome is null and expires_at <= $1";
    sql(over, [(*now).into()]).execute(&mut *connection).await?;
    if waiting(connection, (region, procedure), *now).await?.is_some() {
        return Err(Refusal::ThresholdWaits.into());
    }
    let statement = "insert into signing_threshold (id, region, procedure, fen, proposer, proposed_at, expires_at, \
         proposed_after) values ($1, $2, $3, $4, $5, $6, $7, (select s.audit_length from staff s where s.id = $5))";
    let values = [
        id.as_str().into(),
        region.as_str().into(),
        procedure.as_str().into(),
        (*fen).into(),
        proposer.as_str().into(),
        (*now).into(),
        (*now + LIFETIME).into(),
    ];
    match sql(statement, values).execute(connection).await.map_err(DatabaseError::from) {
        // Another was proposed in the same instant.
        Err(DatabaseError::Refused(Rule::ThresholdChangedOnce)) => Err(Refusal::ThresholdWaits.into()),
        written => Ok(written.map(drop)?),
    }
}

struct Deciding {
    id: String,
    answer: Answer,
    by: StaffId,
    now: DateTime<Utc>,
}

async fn write(connection: &mut AnyConnection, deciding: &Deciding) -> Result<(), Error> {
    const WAITS: &str = concat!(
        "select t.id, t.fen, t.proposer, t.proposed_at, t.expires_at, cast(case when ",
        stopped!("t.proposer", "t.proposed_after"),
        " then 1 else 0 end as bigint) as is_void from signing_threshold t \
         where t.id = $1 and t.outcome is null and t.expires_at > $2"
    );
    let Deciding { id, answer, by, now } = deciding;
    let row = sql(WAITS, [id.as_str().into(), (*now).into()]).fetch_optional(&mut *connection).await?;
    let row = row.ok_or(Problem::NotFound)?;
    let waits = read(&row)?;
    if *answer == Answer::Confirm {
        if waits.proposer == *by {
            return Err(Refusal::ProposedByYou.into());
        }
        if maybe_int(&row, "is_void")? == Some(1) {
            return Err(Refusal::ProposerStopped.into());
        }
        let held = roles::held(connection, by).await?;
        let could = held.iter().any(|held| held.could(Right::DecideCases, waits.proposed_at, *now));
        if !could {
            return Err(Refusal::SignerTooNew.into());
        }
    }
    let outcome = match answer {
        Answer::Confirm => "confirmed",
        Answer::Decline if waits.proposer == *by => "withdrawn",
        Answer::Decline => "declined",
    };
    let statement = "update signing_threshold set outcome = $1, decided_by = $2, decided_at = $3 \
         where id = $4 and outcome is null";
    let values = [outcome.into(), by.as_str().into(), (*now).into(), id.as_str().into()];
    // Of two at the same instant the second finds it decided.
    if sql(statement, values).execute(connection).await?.rows_affected() == 0 {
        return Err(Problem::NotFound.into());
    }
    Ok(())
}
