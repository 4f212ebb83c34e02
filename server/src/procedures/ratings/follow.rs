//! Bad ratings that wait for somebody who asks what went wrong: a person who did not work on the case, within the days that the
//! bureau has set.

use chrono::{DateTime, NaiveDate, Utc};
use serde_json::json;
use shared::field::FieldErrors;
use shared::localised::Localised;
use shared::plain_words::PlainWords;
use shared::problem::Problem;
use shared::procedures::{CaseId, CaseReference, Complaint, Grade, Refusal};
use shared::staff::Right;
use sqlx::{AnyConnection, any::AnyRow};

use super::{FOLLOWED, RATED, Words, due, follow_context, grade, one, reasons};
use crate::app::App;
use crate::audit::{self, Actor, Event};
use crate::database::{
    DatabaseError, Rule,
    sql::{instant, int, sql, text, word},
};
use crate::error::Error;
use crate::procedures::alerts::KNOWN;
use crate::procedures::looks::LOOKED;
use crate::procedures::notes::NOTED;
use crate::procedures::queue::Count;
use crate::procedures::replay::ASSIGNED;
use crate::procedures::store::{self, Stored};
use crate::procedures::{kept, may};
use crate::staff::authority::Staff;

/// A bad rating that nobody has followed up.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Task {
    pub id: CaseId,
    pub reference: CaseReference,
    pub name: Localised,
    pub grade: Grade,
    pub reasons: Vec<Complaint>,
    pub rated_at: DateTime<Utc>,
    /// Where the bureau has set days for it.
    pub due: Option<NaiveDate>,
    /// Whether whoever looks worked on the case, so that it is another's to follow up.
    pub is_own: bool,
}

/// So many are listed; whoever follows them up finds the next.
const MOST: i64 = 200;

/// Those that wait, the oldest first.
///
/// # Errors
/// [`shared::staff::Refusal::NotAllowed`].
pub async fn waiting(app: &App, staff: &Staff) -> Result<Vec<Task>, Error> {
    may(staff, Right::SeeCases)?;
    let statement = "select r.case_id, r.grade, r.reasons, r.rated_at, c.reference, c.region, c.procedure, \
         case when c.filed_by = $1 or c.assigned_to = $1 or exists (select 1 from audit a where a.stream = 'case:' || c.id \
         and a.actor = $2 and a.act not in ($3, $4, $5, $6)) then 1 else 0 end as is_own \
         from case_rating r join procedure_case c on c.id = r.case_id \
         where r.grade <= 2 and r.followed = 0 \
         order by r.rated_at, r.case_id limit $7";
    let values = [
        staff.person().as_str().into(),
        staff.actor().words().into(),
        LOOKED.into(),
        ASSIGNED.into(),
        NOTED.into(),
        KNOWN.into(),
        MOST.into(),
    ];
    let rows = sql(statement, values).fetch_all(&mut *app.database().read().await?).await?;
    Ok(rows.iter().map(|row| task(app, row)).collect::<Result<_, DatabaseError>>()?)
}

/// Whether somebody worked on a case, so that it is another's to ask what went wrong with it.
///
/// # Errors
/// [`shared::staff::Refusal::NotAllowed`]; [`Problem::NotFound`].
pub async fn is_own(app: &App, staff: &Staff, id: &CaseId) -> Result<bool, Error> {
    may(staff, Right::SeeCases)?;
    let mut connection = app.database().read().await?;
    let stored = store::one(&mut connection, id).await?.ok_or(Problem::NotFound)?;
    Ok(worked(&mut connection, &stored, (staff.person().as_str(), &staff.actor())).await?)
}

/// How many wait.
///
/// # Errors
/// [`shared::staff::Refusal::NotAllowed`].
pub async fn count(app: &App, staff: &Staff) -> Result<Count, Error> {
    may(staff, Right::SeeCases)?;
    let statement = "select count(*) as waiting from \
         (select 1 from case_rating r where r.grade <= 2 and r.followed = 0 limit $1) w";
    let row = sql(statement, [Count::LIMIT.into()]).fetch_one(&mut *app.database().read().await?).await?;
    Ok(Count::until_limit(int(&row, "waiting")?))
}

/// Writes down that somebody asked what went wrong, and what came of it. It is for colleagues; the family reads that it was done.
///
/// # Errors
/// [`shared::staff::Refusal::NotAllowed`]; [`Refusal::RatingOfYourWork`]; [`Refusal::NothingToFollow`]; [`Problem::NotFound`]; at
/// `followed`.
pub async fn follow(app: &App, staff: &Staff, id: &CaseId, said: &str, now: DateTime<Utc>) -> Result<(), Error> {
    may(staff, Right::ReviewCases).or_else(|_| may(staff, Right::DecideCases))?;
    let words =
        PlainWords::of(PlainWords::ASKED, LONGEST, said).map_err(|reason| FieldErrors::one("followed", reason))?;
    let following = Following {
        app: app.clone(),
        id: id.clone(),
        by: staff.actor(),
        person: staff.person().as_str().to_owned(),
        words: words.as_str().to_owned(),
        now: kept(now),
    };
    match staff.write(app, following, write).await {
        Err(Error::Database(DatabaseError::Refused(Rule::FollowedByAnother))) => Err(Refusal::RatingOfYourWork.into()),
        done => done,
    }
}

/// Characters of what came of it.
const LONGEST: usize = 500;

/// A follow-up as it is written.
struct Following {
    app: App,
    id: CaseId,
    by: Actor,
    person: String,
    words: String,
    now: DateTime<Utc>,
}

async fn write(connection: &mut AnyConnection, following: &Following) -> Result<(), Error> {
    let Following { app, id, by, person, words, now } = following;
    let stored = store::keep(connection, id).await?.ok_or(Problem::NotFound)?;
    let rated = one(connection, app, id).await?;
    if rated.is_none_or(|rated| !rated.grade.is_bad() || rated.followed.is_some()) {
        return Err(Refusal::NothingToFollow.into());
    }
    if worked(connection, &stored, (person, by)).await? {
        return Err(Refusal::RatingOfYourWork.into());
    }
    let sealed = app.keys().seal(&follow_context(id.as_str()), &Words { words: Some(words.clone()) });
    let statement = "insert into case_follow_up (case_id, staff_id, at, sealed) values ($1, $2, $3, $4)";
    let values = [id.as_str().into(), person.as_str().into(), (*now).into(), sealed.into()];
    sql(statement, values).execute(&mut *connection).await?;
    // Whoever asks what went wrong has read what was said.
    let statement = "update case_rating set read_at = $1 where case_id = $2 and read_at is null";
    sql(statement, [(*now).into(), id.as_str().into()]).execute(&mut *connection).await?;
    let stream = store::stream(id);
    let event = Event { stream: &stream, actor: by.clone(), act: FOLLOWED, detail: json!({}) };
    Ok(store::append(connection, &stored, &audit::prepare(&stored.head, &event, *now)).await?)
}

/// Whether somebody did anything to a case but look at it, know that it is late, give it to somebody and leave words for colleagues.
async fn worked(
    connection: &mut AnyConnection,
    stored: &Stored,
    (person, by): (&str, &Actor),
) -> Result<bool, DatabaseError> {
    let of_case = [stored.standing.case.filed_by(), stored.assigned_to.as_ref()];
    if of_case.into_iter().flatten().any(|one| one.as_str() == person) {
        return Ok(true);
    }
    let statement =
        "select count(*) as acts from audit where stream = $1 and actor = $2 and act not in ($3, $4, $5, $6, $7)";
    let values = [
        store::stream(&stored.id).into(),
        by.words().into(),
        LOOKED.into(),
        ASSIGNED.into(),
        NOTED.into(),
        KNOWN.into(),
        RATED.into(),
    ];
    Ok(int(&sql(statement, values).fetch_one(connection).await?, "acts")? > 0)
}

fn task(app: &App, row: &AnyRow) -> Result<Task, DatabaseError> {
    let (region, procedure) = (text(row, "region")?, text(row, "procedure")?);
    let offered = app.policies().procedure(&region, &procedure);
    let rated_at = instant(row, "rated_at")?;
    Ok(Task {
        id: word(row, "case_id", |id| CaseId::parse(id).ok())?,
        reference: word(row, "reference", |kept| CaseReference::restore(kept).ok())?,
        name: offered.map_or_else(|| Localised::new(&procedure, &procedure), |offered| offered.procedure.name()),
        grade: grade(row)?,
        reasons: reasons(row)?,
        rated_at,
        due: due(app, rated_at),
        is_own: int(row, "is_own")? != 0,
    })
}
