//! What a manager wants said of a place and a second person has not confirmed yet: until then what was said before is in force.

use chrono::{DateTime, Utc};
use serde_json::json;
use shared::places::{PlaceId, said::Said};
use shared::staff::{OfficeId, Refusal, Right, StaffId, Whereabouts, allowed_by};
use sqlx::{AnyConnection, any::AnyRow};

use super::described::{self, PlaceSaid};
use super::office;
use crate::app::App;
use crate::audit::Actor;
use crate::database::{
    DatabaseError, Rule,
    sql::{instant, maybe_text, sql, text, word},
};
use crate::error::Error;
use crate::places::record_by;
use crate::staff::authority::Staff;
use crate::staff::proposal::LIFETIME;
use crate::staff::{
    confirming::is_second,
    roles::{self, Held},
    stopped::stopped,
};

/// A change that waits.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PlaceChange {
    pub id: String,
    pub place: PlaceId,
    pub office: OfficeId,
    /// As it stands.
    pub was: Said,
    /// As it is to stand.
    pub said: Said,
    pub proposer: StaffId,
    /// Their account.
    pub proposed_by: Option<String>,
    pub proposed_at: DateTime<Utc>,
    pub expires_at: DateTime<Utc>,
    /// Whether whoever looks may be the second person.
    pub is_theirs: bool,
    /// The roles of whoever proposed it, which they had before.
    roles: Vec<Held>,
}

/// What is said to it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Decision {
    Confirm,
    /// By whoever proposed it, it is withdrawn.
    Decline,
}

impl PlaceChange {
    /// With what whoever proposed it was given before they did, out of what these people were given.
    fn with_roles(self, held: &[Held]) -> Self {
        let theirs = held.iter().filter(|held| held.person == self.proposer && held.given_at <= self.proposed_at);
        Self { roles: theirs.cloned().collect(), ..self }
    }

    fn at(&self) -> Whereabouts {
        office::at(&self.office, &self.place)
    }

    /// Whether whoever proposed it may still do so.
    fn is_open(&self, now: DateTime<Utc>) -> bool {
        allowed_by(self.roles.iter().map(|held| &held.grant), Right::ManageOffice, &self.at(), now).is_some()
    }

    /// Whether somebody with these roles is a second person: neither of the two has just made the other one of them.
    fn is_between_two(&self, (second, theirs): (&StaffId, &[Held]), now: DateTime<Utc>) -> bool {
        let by_another = self.roles.iter().filter(|held| held.is_apart_from([second, second], now));
        let first = allowed_by(by_another.map(|held| &held.grant), Right::ManageOffice, &self.at(), now);
        let those = ([&self.proposer, &self.proposer], self.proposed_at);
        first.is_some() && self.proposer != *second && is_second(theirs, those, &[self.at()], now)
    }
}

/// Every change that waits where `staff` may be a second person, the oldest first; also what they proposed themselves.
pub async fn waiting(app: &App, staff: &Staff, now: DateTime<Utc>) -> Result<Vec<PlaceChange>, Error> {
    if staff.anywhere(Right::ConfirmAccounts).is_empty() {
        return Ok(Vec::new());
    }
    let mut connection = app.database().read().await?;
    let open = open(&mut connection, now).await?;
    if open.is_empty() {
        return Ok(open);
    }
    let theirs = roles::held(&mut connection, staff.person()).await?;
    let seen = open.into_iter().filter(|change| staff.may(Right::ConfirmAccounts, &change.at()).is_ok());
    let seen = seen.map(|change| {
        let is_theirs = change.is_between_two((staff.person(), &theirs), now);
        PlaceChange { is_theirs, ..change }
    });
    Ok(seen.collect())
}

/// How many wait for this person.
pub async fn waiting_for(app: &App, staff: &Staff, now: DateTime<Utc>) -> Result<usize, Error> {
    Ok(waiting(app, staff, now).await?.into_iter().filter(|change| change.is_theirs).count())
}

/// Confirms a change, which is said from now on, or declines it.
///
/// # Errors
/// [`Refusal::NothingToConfirm`], also for what waits elsewhere; [`Refusal::FirstStopped`]; [`Refusal::SignInAgain`]; for a
/// confirmation also [`Refusal::TakesAnother`] for whoever proposed it, [`Refusal::NotTheSecond`], and
/// [`shared::directory::Refusal::ListUnfinished`].
pub async fn decide(app: &App, staff: &Staff, id: &str, decision: Decision, now: DateTime<Utc>) -> Result<(), Error> {
    let all = waiting(app, staff, now).await?;
    let Some(change) = all.into_iter().find(|change| change.id == id) else {
        return Err(why_not(&mut *app.database().read().await?, id, now).await?.into());
    };
    staff.confirmed()?;
    let deciding = Deciding { change, by: staff.person().clone(), now };
    match decision {
        Decision::Confirm => {
            let confirmed = staff.write(app, deciding, confirm).await;
            described::forget(app);
            confirmed
        }
        Decision::Decline => staff.write(app, deciding, decline).await,
    }
}

/// What is said of one that is not open.
async fn why_not(connection: &mut AnyConnection, id: &str, now: DateTime<Utc>) -> Result<Refusal, DatabaseError> {
    const VOID: &str = concat!(
        "select 1 as one from place_change where id = $1 and outcome is null and expires_at > $2 and ",
        stopped!("proposer", "proposed_after")
    );
    let void = sql(VOID, [id.into(), now.into()]).fetch_optional(connection).await?;
    Ok(if void.is_some() { Refusal::FirstStopped } else { Refusal::NothingToConfirm })
}

/// Keeps a change of a place, whose row is kept ([`described::keep`]), for a second person. The same once more is the same press.
///
/// # Errors
/// [`Refusal::PlaceChangeWaits`].
pub(super) async fn propose(
    connection: &mut AnyConnection,
    (id, before, said): (&str, &PlaceSaid, &Said),
    by: &StaffId,
    now: DateTime<Utc>,
) -> Result<(), Error> {
    let place = &before.id;
    if let Some(waits) = open(connection, now).await?.into_iter().find(|change| change.place == *place) {
        let is_same = waits.proposer == *by && waits.said == *said;
        return if is_same { Ok(()) } else { Err(Refusal::PlaceChangeWaits.into()) };
    }
    // Whatever is left is over, or of what was said once.
    let over = "update place_change set outcome = 'expired', decided_at = $1 where place = $2 and outcome is null";
    sql(over, [now.into(), place.as_str().into()]).execute(&mut *connection).await?;
    let statement = "insert into place_change (id, place, was, said, proposer, proposed_at, expires_at, proposed_after) \
         values ($1, $2, $3, $4, $5, $6, $7, (select s.audit_length from staff s where s.id = $5))";
    let values = [
        id.into(),
        place.as_str().into(),
        written(&before.said).into(),
        written(said).into(),
        by.as_str().into(),
        now.into(),
        (now + LIFETIME).into(),
    ];
    match sql(statement, values).execute(&mut *connection).await.map_err(DatabaseError::from) {
        Err(DatabaseError::Refused(Rule::PlaceChangedOnce)) => return Err(Refusal::PlaceChangeWaits.into()),
        inserted => inserted?,
    };
    let detail = json!({ "change": id, "from": before.said, "to": said });
    Ok(record_by(connection, place, (Actor::Staff(by.clone()), "place_change_proposed", detail), now).await?)
}

struct Deciding {
    change: PlaceChange,
    by: StaffId,
    now: DateTime<Utc>,
}

impl Deciding {
    async fn note(&self, connection: &mut AnyConnection, act: &'static str) -> Result<(), Error> {
        let PlaceChange { id, place, was, said, proposer, .. } = &self.change;
        let detail = json!({ "change": id, "proposer": proposer, "from": was, "to": said });
        Ok(record_by(connection, place, (Actor::Staff(self.by.clone()), act, detail), self.now).await?)
    }
}

async fn confirm(connection: &mut AnyConnection, deciding: &Deciding) -> Result<(), Error> {
    let Deciding { change, by, now } = deciding;
    let before = described::keep(connection, &change.place).await?;
    described::is_whole(connection, &change.place).await?;
    close(connection, deciding, "confirmed").await?;
    let change = change.clone().with_roles(&roles::held(connection, &change.proposer).await?);
    if before.said != change.was || !change.is_open(*now) {
        return Err(Refusal::NothingToConfirm.into());
    }
    let theirs = roles::held(connection, by).await?;
    if !change.is_between_two((by, &theirs), *now) {
        return Err(Refusal::NotTheSecond.into());
    }
    described::say(connection, &change.place, &change.said).await?;
    deciding.note(connection, "place_described").await
}

async fn decline(connection: &mut AnyConnection, deciding: &Deciding) -> Result<(), Error> {
    let Deciding { change, by, .. } = deciding;
    let (outcome, act) = if *by == change.proposer {
        ("withdrawn", "place_change_withdrawn")
    } else {
        ("declined", "place_change_declined")
    };
    described::keep(connection, &change.place).await?;
    close(connection, deciding, outcome).await?;
    deciding.note(connection, act).await
}

/// The change is decided first: of two at the same instant the second finds it decided.
async fn close(connection: &mut AnyConnection, deciding: &Deciding, outcome: &'static str) -> Result<(), Error> {
    const CLOSED: &str = concat!(
        "update place_change set outcome = $1, decided_by = $2, decided_at = $3 \
         where id = $4 and outcome is null and expires_at > $3 and not ",
        stopped!("proposer", "proposed_after")
    );
    let Deciding { change, by, now } = deciding;
    let values = [outcome.into(), by.as_str().into(), (*now).into(), change.id.as_str().into()];
    match sql(CLOSED, values).execute(connection).await.map_err(DatabaseError::from) {
        Err(DatabaseError::Refused(Rule::TwoPersons)) => Err(Refusal::TakesAnother.into()),
        Ok(written) if written.rows_affected() == 0 => Err(Refusal::NothingToConfirm.into()),
        written => Ok(written.map(drop)?),
    }
}

/// Every change that waits, of a place that still says what it said when it was proposed, by somebody who may still propose it:
/// what somebody proposed who was stopped since is confirmed by nobody.
async fn open(connection: &mut AnyConnection, now: DateTime<Utc>) -> Result<Vec<PlaceChange>, Error> {
    const OPEN: &str = concat!(
        "select c.id as change_id, c.was, c.said, c.proposer, c.proposed_at, c.expires_at, \
         (select min(a.name) from staff_account a where a.staff_id = c.proposer) as proposed_by, \
         p.id, p.name_zh, p.name_en, p.address_zh, p.address_en, p.phone, p.directions_zh, p.directions_en \
         from place_change c join place p on p.id = c.place \
         where c.outcome is null and c.expires_at > $1 and p.withdrawn_at is null and not ",
        stopped!("c.proposer", "c.proposed_after"),
        " order by c.proposed_at, c.id"
    );
    let rows = sql(OPEN, [now.into()]).fetch_all(&mut *connection).await?;
    let proposers = if rows.is_empty() { Vec::new() } else { roles::of_place_proposers(connection, now).await? };
    let mut open = Vec::new();
    for row in &rows {
        let stands = described::read(row)?;
        let was = said(row, "was")?;
        if was == stands.said {
            let office = office::of_place(connection, &stands.id).await?;
            let change = read(row, (stands, office))?.with_roles(&proposers);
            if change.is_open(now) {
                open.push(change);
            }
        }
    }
    Ok(open)
}

fn read(row: &AnyRow, (stands, office): (PlaceSaid, OfficeId)) -> Result<PlaceChange, DatabaseError> {
    Ok(PlaceChange {
        id: text(row, "change_id")?,
        place: stands.id,
        office,
        was: stands.said,
        said: said(row, "said")?,
        proposer: word(row, "proposer", |id| StaffId::parse(id).ok())?,
        proposed_by: maybe_text(row, "proposed_by")?,
        proposed_at: instant(row, "proposed_at")?,
        expires_at: instant(row, "expires_at")?,
        is_theirs: false,
        roles: Vec::new(),
    })
}

fn said(row: &AnyRow, column: &'static str) -> Result<Said, DatabaseError> {
    serde_json::from_str(&text(row, column)?).map_err(|_| DatabaseError::unreadable(column))
}

fn written(said: &Said) -> String {
    serde_json::to_string(said).expect("what is said of a place always serialises")
}
