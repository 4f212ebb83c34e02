//! What a family says of how its case was handled: once it is decided, in one of five grades. It can be put otherwise until somebody
//! of the office has read it; nobody is asked twice, and silence is no grade.

pub mod follow;

use std::fmt;

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};
use serde_json::json;
use shared::calendar::{Limit, Unit, shanghai_date};
use shared::problem::Problem;
use shared::procedures::{ActName, CaseId, Complaint, Grade, Rating, Refusal, State};
use shared::staff::{Right, StaffId};
use sqlx::{AnyConnection, any::AnyRow};

use super::family::Family;
use super::replay;
use super::store;
use super::{kept, may};
use crate::app::App;
use crate::audit::{self, Actor, Event};
use crate::database::{
    DatabaseError, Rule,
    sql::{bytes, instant, int, maybe_bytes, maybe_instant, sql, word},
};
use crate::error::Error;
use crate::staff::authority::Staff;

/// What the record says of a rating, and of what came of a bad one.
pub(super) const RATED: &str = "case_rated";
pub(super) const FOLLOWED: &str = "case_rating_followed";

/// What was said of a case. `Debug` shows its grade alone.
#[derive(Clone, PartialEq, Eq)]
pub struct Rated {
    pub grade: Grade,
    pub reasons: Vec<Complaint>,
    /// In the family's own words.
    pub words: Option<String>,
    pub rated_at: DateTime<Utc>,
    /// When somebody of the office first read it: from then on it stays.
    pub read_at: Option<DateTime<Utc>>,
    pub followed: Option<Followed>,
    /// It was said by the applicant before the case passed on to a relative, whose word it is not.
    pub is_of_before: bool,
}

/// Somebody asked what went wrong. `Debug` hides it.
#[derive(Clone, PartialEq, Eq)]
pub struct Followed {
    /// None for the family's eyes, and so are the words.
    pub by: Option<StaffId>,
    pub at: DateTime<Utc>,
    pub words: String,
}

impl Rated {
    /// Whether somebody is to ask what went wrong.
    pub fn waits(&self) -> bool {
        self.grade.is_bad() && self.followed.is_none()
    }
}

impl fmt::Debug for Rated {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Rated({:?}, hidden)", self.grade)
    }
}

impl fmt::Debug for Followed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Followed(hidden)")
    }
}

/// Words that are sealed.
#[derive(Serialize, Deserialize)]
struct Words {
    words: Option<String>,
}

/// The name under which the words of a rating are sealed.
pub(super) fn context(id: &str) -> String {
    format!("case_rating:{id}")
}

/// That under which it is sealed what came of a bad one.
pub(super) fn follow_context(id: &str) -> String {
    format!("case_follow_up:{id}")
}

/// How often one case is rated, each time written into its record, which is kept for good.
pub const MOST: i64 = 10;

/// Rates one's own case, or puts the rating otherwise that nobody has read. The same again changes nothing. What a relative says to
/// whom the case passed on takes the place of what was said before.
///
/// # Errors
/// [`Problem::Unauthorized`] once the case passed on to a relative; [`Refusal::RatedTooEarly`]; [`Refusal::Erased`];
/// [`Refusal::RatingRead`]; [`Refusal::RatedOften`] after [`MOST`] times.
pub async fn rate(app: &App, family: &Family, rating: &Rating, now: DateTime<Utc>) -> Result<Rated, Error> {
    let rating = New { app: app.clone(), family: family.clone(), rating: rating.clone(), now: kept(now) };
    match app.database().write_with(rating, write).await {
        Err(Error::Database(DatabaseError::Refused(Rule::RatingStays))) => return Err(Refusal::RatingRead.into()),
        done => done?,
    }
    Ok(of_family(app, family).await.map_err(Error::after_a_write)?.ok_or(Problem::NotFound)?)
}

/// What a family said of its case, if anything.
///
/// # Errors
/// [`Problem::Unauthorized`] once the case passed on to a relative.
pub async fn of_family(app: &App, family: &Family) -> Result<Option<Rated>, Error> {
    let mut connection = app.database().instant().await?;
    let stored = family.opens(store::one(&mut connection, family.id()).await?)?;
    let rated = one(&mut connection, app, &stored.id).await?;
    drop(connection);
    let mut rated = rated.filter(|rated| !rated.is_of_before);
    if let Some(followed) = rated.as_mut().and_then(|rated| rated.followed.as_mut()) {
        (followed.by, followed.words) = (None, String::new());
    }
    Ok(rated)
}

/// The same for somebody of the office, who has read it now.
///
/// # Errors
/// [`shared::staff::Refusal::NotAllowed`].
pub async fn of_case(app: &App, staff: &Staff, id: &CaseId, now: DateTime<Utc>) -> Result<Option<Rated>, Error> {
    may(staff, Right::SeeCases)?;
    let rated = one(&mut *app.database().read().await?, app, id).await?;
    if rated.as_ref().is_some_and(|rated| rated.read_at.is_none()) {
        staff.write(app, (id.clone(), kept(now)), read).await?;
        // What was read is what stays.
        return one(&mut *app.database().read().await?, app, id).await;
    }
    Ok(rated)
}

/// Until when a bad rating is followed up, where the bureau has set days for that.
fn due(app: &App, rated_at: DateTime<Utc>) -> Option<NaiveDate> {
    let days = usize::try_from(app.settings().rating_days?).ok()?;
    let limit = Limit::new(days, Unit::Working, false)?;
    Some(limit.ends(shanghai_date(rated_at), app.calendar()).date)
}

/// A rating as it is written.
struct New {
    app: App,
    family: Family,
    rating: Rating,
    now: DateTime<Utc>,
}

async fn write(connection: &mut AnyConnection, new: &New) -> Result<(), Error> {
    let New { app, family, rating, now } = new;
    let id = family.id();
    let stored = family.opens(store::keep(connection, id).await?)?;
    if stored.erased_at.is_some() {
        return Err(Refusal::Erased.into());
    }
    if !matches!(stored.state(), State::Decided { .. } | State::Closed { .. }) {
        return Err(Refusal::RatedTooEarly.into());
    }
    let words = rating.words.as_ref().map(|words| words.as_str().to_owned());
    let before = one(connection, app, id).await?;
    if before.as_ref().is_some_and(|before| before.is_of_before) {
        clear(connection, id).await?;
    } else if let Some(before) = before {
        if (before.grade, &before.reasons, &before.words) == (rating.grade, &rating.reasons, &words) {
            return Ok(());
        }
        if before.read_at.is_some() {
            return Err(Refusal::RatingRead.into());
        }
        if times(connection, id).await? >= MOST {
            return Err(Refusal::RatedOften.into());
        }
    }
    let statement = "insert into case_rating (case_id, grade, reasons, sealed, rated_at, read_at) \
         values ($1, $2, $3, $4, $5, null) on conflict (case_id) do update set grade = excluded.grade, \
         reasons = excluded.reasons, sealed = excluded.sealed, rated_at = excluded.rated_at";
    let reasons: Vec<_> = rating.reasons.iter().map(|reason| reason.name()).collect();
    let values = [
        id.as_str().into(),
        rating.grade.number().into(),
        reasons.join(" ").into(),
        app.keys().seal(&context(id.as_str()), &Words { words }).into(),
        (*now).into(),
    ];
    sql(statement, values).execute(&mut *connection).await?;
    let stream = store::stream(id);
    let detail = json!({ "grade": rating.grade.number(), "reasons": reasons });
    let event = Event { stream: &stream, actor: Actor::Holder, act: RATED, detail };
    Ok(store::append(connection, &stored, &audit::prepare(&stored.head, &event, *now)).await?)
}

/// How often a case was rated by whoever it is now.
async fn times(connection: &mut AnyConnection, id: &CaseId) -> Result<i64, DatabaseError> {
    let passed = last(connection, (id, replay::event(ActName::Pass))).await?;
    let statement = "select count(*) as ratings from audit where stream = $1 and act = $2 and sequence > $3";
    let values = [store::stream(id).into(), RATED.into(), passed.into()];
    int(&sql(statement, values).fetch_one(connection).await?, "ratings")
}

/// The place of the last event of a kind in the stream of a case; before all of them where there is none.
async fn last(connection: &mut AnyConnection, (id, act): (&CaseId, &str)) -> Result<i64, DatabaseError> {
    let statement = "select coalesce(max(sequence), -1) as last from audit where stream = $1 and act = $2";
    int(&sql(statement, [store::stream(id).into(), act.into()]).fetch_one(connection).await?, "last")
}

/// Takes away what the applicant of before said; that it was said, in which grade and for which reasons, the record keeps.
async fn clear(connection: &mut AnyConnection, id: &CaseId) -> Result<(), DatabaseError> {
    for statement in ["delete from case_follow_up where case_id = $1", "delete from case_rating where case_id = $1"] {
        sql(statement, [id.as_str().into()]).execute(&mut *connection).await?;
    }
    Ok(())
}

async fn read(connection: &mut AnyConnection, (id, now): &(CaseId, DateTime<Utc>)) -> Result<(), Error> {
    let statement = "update case_rating set read_at = $1 where case_id = $2 and read_at is null";
    sql(statement, [(*now).into(), id.as_str().into()]).execute(connection).await?;
    Ok(())
}

async fn one(connection: &mut AnyConnection, app: &App, id: &CaseId) -> Result<Option<Rated>, Error> {
    let statement = "select r.grade, r.reasons, r.sealed, r.rated_at, r.read_at, f.staff_id, f.at, f.sealed as said \
         from case_rating r left join case_follow_up f on f.case_id = r.case_id where r.case_id = $1";
    let row = sql(statement, [id.as_str().into()]).fetch_optional(&mut *connection).await?;
    let Some(row) = row else { return Ok(None) };
    let passed = last(connection, (id, replay::event(ActName::Pass))).await?;
    let is_of_before = passed > last(connection, (id, RATED)).await?;
    let sealed: Words = app.keys().open(&context(id.as_str()), &bytes(&row, "sealed")?)?;
    Ok(Some(Rated {
        grade: grade(&row)?,
        reasons: reasons(&row)?,
        words: sealed.words,
        rated_at: instant(&row, "rated_at")?,
        read_at: maybe_instant(&row, "read_at")?,
        followed: followed(app, id, &row)?,
        is_of_before,
    }))
}

fn followed(app: &App, id: &CaseId, row: &AnyRow) -> Result<Option<Followed>, Error> {
    let Some(said) = maybe_bytes(row, "said")? else { return Ok(None) };
    let said: Words = app.keys().open(&follow_context(id.as_str()), &said)?;
    Ok(Some(Followed {
        by: store::person(row, "staff_id")?,
        at: instant(row, "at")?,
        words: said.words.unwrap_or_default(),
    }))
}

fn grade(row: &AnyRow) -> Result<Grade, DatabaseError> {
    Grade::from_number(int(row, "grade")?).ok_or_else(|| DatabaseError::unreadable("grade"))
}

fn reasons(row: &AnyRow) -> Result<Vec<Complaint>, DatabaseError> {
    let known = |names: &str| names.split_whitespace().map(Complaint::from_name).collect::<Option<Vec<_>>>();
    word(row, "reasons", known)
}
