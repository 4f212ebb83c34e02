//! Half-filled applications: every step is kept as it is sent, on any device, until a day that is always told.

mod found;

use std::fmt;
use std::sync::Arc;

use chrono::{DateTime, TimeDelta, Utc};
use shared::problem::Problem;
use shared::procedures::{CaseId, DraftId, DraftToken, Refusal, Typed};
use shared::staff::StaffId;
use sqlx::{AnyConnection, any::AnyRow};

use super::contents::{Filled, Indexes, draft_context, indexes};
use super::files::{self, Owner};
use super::kept;
use super::store::person;
use crate::app::App;
use crate::database::{
    DatabaseError,
    sql::{bytes, flag, instant, int, maybe_text, sql, text},
};
use crate::error::Error;
use crate::keys::token::{Purpose, new_id};
use crate::policy::Offered;
pub use found::{resume, send_code};

/// How long a draft is kept after it was last saved.
pub fn lifetime(app: &App) -> TimeDelta {
    TimeDelta::days(app.settings().draft_days.into())
}

/// A draft that was begun or found again; its token is shown to its holder alone.
#[derive(Clone, Debug)]
pub struct Begun {
    pub id: DraftId,
    pub token: DraftToken,
    pub expires_at: DateTime<Utc>,
}

/// A draft as it stands. `Debug` hides what was typed.
#[derive(Clone)]
pub struct Draft {
    pub id: DraftId,
    pub offered: Arc<Offered>,
    /// How often it was saved.
    pub version: u32,
    /// Empty once it was handed in.
    pub typed: Typed,
    pub expires_at: DateTime<Utc>,
    /// Who fills it in at the counter.
    pub filed_by: Option<StaffId>,
    /// The case that was made of it.
    pub submitted: Option<CaseId>,
    pub elsewhere: Elsewhere,
}

/// Whether another device finds a draft, by its phone and the end of the applicant's number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Elsewhere {
    /// One of both is not filled in yet, or cannot be read.
    NotYet,
    Found,
    /// [`MOST_FOUND`] others name the same two, so that it goes on where it was begun alone.
    Crowded,
}

/// What became of one step that was sent. `Debug` hides what was typed.
#[derive(Clone, PartialEq, Eq)]
pub enum Saved {
    Kept {
        version: u32,
        expires_at: DateTime<Utc>,
    },
    /// Another window has saved something else since: nothing was kept.
    Changed {
        version: u32,
        /// The fields that differ, as they stand.
        theirs: Typed,
    },
}

/// Drafts of a procedure that are found by the same phone and number: as many as a browser has keys for. Whoever begins more in
/// somebody's name pushes theirs out of nobody's sight.
pub const MOST_FOUND: i64 = 6;

/// Characters of one answer: more than any field takes.
const LONGEST: usize = 20_000;

/// Begins a draft.
pub async fn begin(
    app: &App,
    offered: &Offered,
    filed_by: Option<&StaffId>,
    now: DateTime<Utc>,
) -> Result<Begun, Error> {
    let id = DraftId::parse(&new_id()).expect("new ids are plain");
    let new = New {
        sealed: seal(app, &id, &Typed::new()),
        region: offered.region.clone(),
        procedure: offered.procedure.id.clone(),
        filed_by: filed_by.cloned(),
        expires_at: kept(now) + lifetime(app),
        id,
    };
    let begun = begun(app, new.id.clone(), new.expires_at);
    app.database().write_with(new, insert).await?;
    Ok(begun)
}

/// The draft that a token opens.
///
/// # Errors
/// [`Problem::NotFound`] for an unknown draft and a wrong token alike; [`Refusal::DraftOver`] once its day is over;
/// [`Refusal::NotOffered`] where the region takes no such applications any more.
pub async fn load(app: &App, id: &DraftId, token: &DraftToken, now: DateTime<Utc>) -> Result<Draft, Error> {
    if !app.keys().is_token(Purpose::Draft, id.as_str(), token.reveal()) {
        return Err(Problem::NotFound.into());
    }
    let row = one(&mut *app.database().read().await?, id).await?.ok_or(Problem::NotFound)?;
    if now >= row.expires_at {
        return Err(Refusal::DraftOver.into());
    }
    let offered = app.policies().procedure(&row.region, &row.procedure).ok_or(Refusal::NotOffered)?;
    let Filled { typed } = app.keys().open(&draft_context(id.as_str()), &row.sealed)?;
    let elsewhere = match indexes(app, &offered.procedure, &typed) {
        _ if row.is_found => Elsewhere::Found,
        Indexes { phone: Some(_), tail: Some(_), .. } => Elsewhere::Crowded,
        _ => Elsewhere::NotYet,
    };
    Ok(Draft {
        id: id.clone(),
        offered,
        elsewhere,
        version: row.version,
        typed,
        expires_at: row.expires_at,
        filed_by: row.filed_by,
        submitted: row.submitted,
    })
}

/// Keeps the fields of one step, laid over the others. A window that was open before another one saved loses nothing of theirs:
/// where both filled in the same field differently, nothing is kept and both are to be shown.
///
/// # Errors
/// [`Refusal::DraftSubmitted`], [`Refusal::DraftOver`], [`Problem::TooLarge`].
pub async fn save(app: &App, draft: &Draft, seen: u32, typed: &Typed, now: DateTime<Utc>) -> Result<Saved, Error> {
    if typed.values().any(|text| text.len() > LONGEST) {
        return Err(Problem::TooLarge.into());
    }
    let procedure = &draft.offered.procedure;
    let known = typed.iter().filter(|(field, _)| procedure.field(field).is_some());
    let typed = known.map(|(field, text)| (field.clone(), text.clone())).collect();
    let step = Step {
        app: app.clone(),
        id: draft.id.clone(),
        offered: Arc::clone(&draft.offered),
        seen,
        typed,
        now: kept(now),
    };
    app.database().write_with(step, lay_over).await
}

/// Removes a draft for good, with its files; one that was handed in stays until its day, so that a second press finds the case.
pub async fn discard(app: &App, draft: &Draft, now: DateTime<Utc>) -> Result<(), Error> {
    app.database().write_with((draft.id.clone(), now), delete).await
}

/// Removes drafts whose day is over; what files they had goes in the same round.
pub(super) async fn forget(connection: &mut AnyConnection, now: &DateTime<Utc>) -> Result<(), Error> {
    sql("delete from application_draft where expires_at <= $1", [(*now).into()]).execute(connection).await?;
    Ok(())
}

/// A draft as its row has it.
pub(super) struct Row {
    pub version: u32,
    pub expires_at: DateTime<Utc>,
    pub submitted: Option<CaseId>,
    is_found: bool,
    region: String,
    procedure: String,
    sealed: Vec<u8>,
    filed_by: Option<StaffId>,
}

pub(super) async fn one(connection: &mut AnyConnection, id: &DraftId) -> Result<Option<Row>, DatabaseError> {
    let statement = "select version, expires_at, submitted, region, procedure, sealed, filed_by, \
         case when phone_index is not null and id_tail_index is not null then 1 else 0 end as is_found \
         from application_draft where id = $1";
    let row = sql(statement, [id.as_str().into()]).fetch_optional(connection).await?;
    row.as_ref().map(read).transpose()
}

/// A draft is done: of what was typed nothing stays in it. Whether it was as it had been read.
pub(super) async fn used_up(
    connection: &mut AnyConnection,
    (app, draft, case): (&App, &Draft, &CaseId),
    now: DateTime<Utc>,
) -> Result<bool, DatabaseError> {
    let statement = "update application_draft set submitted = $1, sealed = $2, phone_index = null, id_tail_index = null, \
         version = version + 1 where id = $3 and version = $4 and submitted is null and expires_at > $5";
    let values = [
        case.as_str().into(),
        seal(app, &draft.id, &Typed::new()).into(),
        draft.id.as_str().into(),
        draft.version.into(),
        now.into(),
    ];
    Ok(sql(statement, values).execute(connection).await?.rows_affected() == 1)
}

fn begun(app: &App, id: DraftId, expires_at: DateTime<Utc>) -> Begun {
    let token = app.keys().token(Purpose::Draft, id.as_str());
    Begun { token: DraftToken::parse(&token).expect("tokens are plain"), id, expires_at }
}

fn seal(app: &App, id: &DraftId, typed: &Typed) -> Vec<u8> {
    app.keys().seal(&draft_context(id.as_str()), &Filled { typed: typed.clone() })
}

struct New {
    id: DraftId,
    region: String,
    procedure: String,
    sealed: Vec<u8>,
    filed_by: Option<StaffId>,
    expires_at: DateTime<Utc>,
}

async fn insert(connection: &mut AnyConnection, new: &New) -> Result<(), Error> {
    let statement = "insert into application_draft (id, region, procedure, version, sealed, filed_by, expires_at) \
         values ($1, $2, $3, 0, $4, $5, $6)";
    let values = [
        new.id.as_str().into(),
        new.region.as_str().into(),
        new.procedure.as_str().into(),
        new.sealed.clone().into(),
        new.filed_by.as_ref().map(|person| person.as_str().to_owned()).into(),
        new.expires_at.into(),
    ];
    sql(statement, values).execute(connection).await?;
    Ok(())
}

/// One step that is kept.
struct Step {
    app: App,
    id: DraftId,
    offered: Arc<Offered>,
    seen: u32,
    typed: Typed,
    now: DateTime<Utc>,
}

async fn lay_over(connection: &mut AnyConnection, step: &Step) -> Result<Saved, Error> {
    let Step { app, id, offered, seen, typed, now } = step;
    let statement = "update application_draft set version = version where id = $1";
    sql(statement, [id.as_str().into()]).execute(&mut *connection).await?;
    let row = one(connection, id).await?.ok_or(Problem::NotFound)?;
    if row.submitted.is_some() {
        return Err(Refusal::DraftSubmitted.into());
    }
    if *now >= row.expires_at {
        return Err(Refusal::DraftOver.into());
    }
    let Filled { typed: mut all } = app.keys().open(&draft_context(id.as_str()), &row.sealed)?;
    if *seen != row.version {
        let theirs = differing(&all, typed);
        if !theirs.is_empty() {
            return Ok(Saved::Changed { version: row.version, theirs });
        }
    }
    all.extend(typed.iter().map(|(field, text)| (field.clone(), text.clone())));
    let found_by = indexes(app, &offered.procedure, &all);
    let Indexes { phone, tail, .. } =
        if is_crowded(connection, (id, &row), &found_by, *now).await? { Indexes::default() } else { found_by };
    let (version, expires_at) = (row.version + 1, *now + lifetime(app));
    let statement = "update application_draft set version = $1, sealed = $2, phone_index = $3, id_tail_index = $4, \
         expires_at = $5 where id = $6";
    let values =
        [version.into(), seal(app, id, &all).into(), phone.into(), tail.into(), expires_at.into(), id.as_str().into()];
    sql(statement, values).execute(connection).await?;
    Ok(Saved::Kept { version, expires_at })
}

/// Whether so many others are found by the same phone and number that one more would push one of them out.
async fn is_crowded(
    connection: &mut AnyConnection,
    (id, row): (&DraftId, &Row),
    found_by: &Indexes,
    now: DateTime<Utc>,
) -> Result<bool, DatabaseError> {
    let (Some(phone), Some(tail)) = (&found_by.phone, &found_by.tail) else { return Ok(false) };
    let statement = "select count(*) as others from application_draft where phone_index = $1 and id_tail_index = $2 \
         and region = $3 and procedure = $4 and id <> $5 and submitted is null and expires_at > $6";
    let values = [
        phone.as_str().into(),
        tail.as_str().into(),
        row.region.as_str().into(),
        row.procedure.as_str().into(),
        id.as_str().into(),
        now.into(),
    ];
    Ok(int(&sql(statement, values).fetch_one(connection).await?, "others")? >= MOST_FOUND)
}

/// What stands there and would be lost: an answer that nobody has given yet is lost by nobody.
fn differing(all: &Typed, typed: &Typed) -> Typed {
    let stands = |field: &String, text: &String| {
        all.get(field).filter(|stands| !stands.trim().is_empty() && stands.trim() != text.trim())
    };
    typed.iter().filter_map(|(field, text)| Some((field.clone(), stands(field, text)?.clone()))).collect()
}

async fn delete(connection: &mut AnyConnection, (id, now): &(DraftId, DateTime<Utc>)) -> Result<(), Error> {
    let statement = "delete from application_draft where id = $1 and submitted is null";
    let is_gone = sql(statement, [id.as_str().into()]).execute(&mut *connection).await?.rows_affected() > 0;
    if is_gone {
        files::erase(connection, &Owner::Draft(id.clone()), *now).await?;
    }
    Ok(())
}

fn read(row: &AnyRow) -> Result<Row, DatabaseError> {
    let submitted = maybe_text(row, "submitted")?.map(|id| CaseId::parse(&id)).transpose();
    Ok(Row {
        version: u32::try_from(int(row, "version")?).map_err(|_| DatabaseError::unreadable("version"))?,
        expires_at: instant(row, "expires_at")?,
        submitted: submitted.map_err(|_| DatabaseError::unreadable("submitted"))?,
        is_found: flag(row, "is_found")?,
        region: text(row, "region")?,
        procedure: text(row, "procedure")?,
        sealed: bytes(row, "sealed")?,
        filed_by: person(row, "filed_by")?,
    })
}

impl fmt::Debug for Draft {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Draft({}, version {}, hidden)", self.id, self.version)
    }
}

impl fmt::Debug for Saved {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Kept { version, .. } => write!(f, "Kept({version})"),
            Self::Changed { version, theirs } => {
                write!(f, "Changed({version}, {:?})", theirs.keys().collect::<Vec<_>>())
            }
        }
    }
}
