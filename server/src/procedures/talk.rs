//! What a family and the office write to each other about a case. Each side sees whether the other has read it; a word of the family
//! waits until somebody has answered it, or has said that it needs no answer.

use std::fmt;
use std::sync::Arc;

use chrono::{DateTime, TimeDelta, Utc};
use serde_json::json;
use shared::localised::Localised;
use shared::problem::Problem;
use shared::procedures::{CaseId, Refusal, message};
use shared::staff::{Right, StaffId};
use sqlx::{AnyConnection, any::AnyRow};

use super::cases::Side;
use super::contents::Contents;
use super::family::Family;
use super::messages::{News, compose};
use super::store::{self, Stored};
use super::unsettled::{self, Waiting};
use super::{kept, may, rules};
use crate::app::App;
use crate::audit::{self, Actor, Event};
use crate::database::{
    DatabaseError,
    sql::{bytes, instant, int, maybe_instant, sql, text, word},
};
use crate::error::Error;
use crate::keys::token::new_id;
use crate::outbox;
use crate::policy::Offered;
use crate::staff::authority::Staff;

/// What the record says of a message, whoever wrote it.
pub(super) const WROTE: &str = "case_wrote";

/// One message. `Debug` hides its words.
#[derive(Clone, PartialEq, Eq)]
pub struct Line {
    pub at: DateTime<Utc>,
    pub side: Side,
    /// Who of the office wrote it; none for the family's eyes.
    pub by: Option<StaffId>,
    /// When the other side first read it.
    pub seen_at: Option<DateTime<Utc>>,
    pub words: Localised,
}

/// What was written about a case, as the office reads it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Talk {
    /// The oldest first.
    pub lines: Vec<Line>,
    /// Since when a word of the family waits for an answer.
    pub waits_since: Option<DateTime<Utc>>,
}

/// Messages of a family that wait for an answer before it can write no more.
pub const MOST: i64 = 10;
/// The same words again within this time are the same press again.
const AGAIN: TimeDelta = TimeDelta::minutes(10);

/// The name under which a message is sealed.
pub(super) fn context(id: &str) -> String {
    format!("case_message:{id}")
}

/// All messages about one's own case, the oldest first; those of the office are read by that.
pub async fn of_family(app: &App, family: &Family, now: DateTime<Utc>) -> Result<Vec<Line>, Error> {
    let mut connection = app.database().read().await?;
    let stored = store::one(&mut connection, family.id()).await?.ok_or(Problem::Unauthorized)?;
    // Whom it passed on to does not read the words of another.
    let lines = lines(&mut connection, app, (family.id(), stored.passed)).await?;
    drop(connection);
    if let Some(seen) = Seen::of(&lines, (family.id(), Side::Office, stored.passed), now)
        && let Err(error) = app.database().write_with(seen, mark).await
    {
        tracing::warn!(%error, "that a family has read its messages could not be kept");
    }
    Ok(lines.into_iter().map(|line| Line { by: None, ..line }).collect())
}

/// How many messages of the office a family has not read.
pub async fn unread_of_family(app: &App, family: &Family) -> Result<i64, Error> {
    let mut connection = app.database().read().await?;
    let stored = store::one(&mut connection, family.id()).await?.ok_or(Problem::Unauthorized)?;
    Ok(unread(&mut connection, &stored).await?)
}

/// The same for somebody of the office. Those of the family are read once somebody who works on cases has them before them.
///
/// # Errors
/// [`shared::staff::Refusal::NotAllowed`].
pub async fn of_case(app: &App, staff: &Staff, id: &CaseId, now: DateTime<Utc>) -> Result<Talk, Error> {
    may(staff, Right::SeeCases)?;
    let mut connection = app.database().read().await?;
    let lines = lines(&mut connection, app, (id, 0)).await?;
    let waits_since = unsettled::written_at(&mut connection, id).await?;
    drop(connection);
    if works(staff).is_ok()
        && let Some(seen) = Seen::of(&lines, (id, Side::Family, 0), now)
    {
        staff.write(app, seen, mark).await?;
    }
    Ok(Talk { lines, waits_since })
}

/// Writes to the office about one's own case. The same words again within minutes change nothing.
///
/// # Errors
/// At `words`; [`Refusal::Erased`]; [`Refusal::WrittenOften`] where [`MOST`] wait for an answer.
pub async fn ask(app: &App, family: &Family, words: &str, now: DateTime<Utc>) -> Result<(), Error> {
    let words = message::of_family(words)?;
    let new = New { app: app.clone(), case: family.id().clone(), by: By::Family, words, now: kept(now) };
    app.database().write_with(new, insert).await
}

/// Writes to the family, whose phone is told that a message waits: with ready words by their name, own words, or both. What the
/// family wrote until `seen` is answered by that, and what came later still waits.
///
/// # Errors
/// [`shared::staff::Refusal::NotAllowed`]; at `template` and `words`; [`Problem::NotFound`]; [`Refusal::Erased`].
pub async fn answer(
    app: &App,
    staff: &Staff,
    id: &CaseId,
    (template, words): (&str, &str),
    seen: Option<DateTime<Utc>>,
    now: DateTime<Utc>,
) -> Result<(), Error> {
    works(staff)?;
    let words = message::of_office(template, words)?;
    let stored = store::one(&mut *app.database().read().await?, id).await?.ok_or(Problem::NotFound)?;
    let by = By::Office { person: staff.person().clone(), offered: rules::of(app, &stored).await?, seen };
    let new = New { app: app.clone(), case: id.clone(), by, words, now: kept(now) };
    staff.write(app, new, insert).await?;
    app.outbox_wakes();
    Ok(())
}

/// How many messages of the office whoever has the case now has not read.
pub(super) async fn unread(connection: &mut AnyConnection, stored: &Stored) -> Result<i64, DatabaseError> {
    let statement = "select count(*) as unread from case_message \
         where case_id = $1 and passed_times = $2 and side = 'office' and seen_at is null";
    let values = [stored.id.as_str().into(), stored.passed.into()];
    int(&sql(statement, values).fetch_one(connection).await?, "unread")
}

/// Whoever reviews or signs writes to families.
fn works(staff: &Staff) -> Result<(), shared::staff::Refusal> {
    may(staff, Right::ReviewCases).or_else(|_| may(staff, Right::DecideCases))
}

/// Those since a case passed on so often.
async fn lines(connection: &mut AnyConnection, app: &App, (id, since): (&CaseId, u32)) -> Result<Vec<Line>, Error> {
    let statement = "select id, side, staff_id, at, seen_at, sealed from case_message \
         where case_id = $1 and passed_times >= $2 order by at, id";
    let rows = sql(statement, [id.as_str().into(), since.into()]).fetch_all(connection).await?;
    rows.iter().map(|row| line(app, row)).collect()
}

fn line(app: &App, row: &AnyRow) -> Result<Line, Error> {
    Ok(Line {
        at: instant(row, "at")?,
        side: word(row, "side", side)?,
        by: store::person(row, "staff_id")?,
        seen_at: maybe_instant(row, "seen_at")?,
        words: app.keys().open(&context(&text(row, "id")?), &bytes(row, "sealed")?)?,
    })
}

fn side(word: &str) -> Option<Side> {
    [Side::Office, Side::Family].into_iter().find(|side| name(*side) == word)
}

/// The word of a side in the database; the clock writes to nobody.
fn name(side: Side) -> &'static str {
    match side {
        Side::Office => "office",
        Side::Family => "family",
        Side::Clock => "clock",
    }
}

/// What one side has read of the other's words.
struct Seen {
    case: CaseId,
    of: Side,
    since: u32,
    until: DateTime<Utc>,
    now: DateTime<Utc>,
}

impl Seen {
    /// None where nothing is new.
    fn of(lines: &[Line], (case, of, since): (&CaseId, Side, u32), now: DateTime<Utc>) -> Option<Self> {
        let last = lines.iter().rfind(|line| line.side == of && line.seen_at.is_none())?;
        Some(Self { case: case.clone(), of, since, until: last.at, now: kept(now) })
    }
}

async fn mark(connection: &mut AnyConnection, seen: &Seen) -> Result<(), Error> {
    let statement = "update case_message set seen_at = $1 where case_id = $2 and side = $3 and passed_times >= $4 \
         and at <= $5 and seen_at is null";
    let Seen { case, of, since, until, now } = seen;
    let values = [(*now).into(), case.as_str().into(), name(*of).into(), (*since).into(), (*until).into()];
    sql(statement, values).execute(connection).await?;
    Ok(())
}

/// A message as it is written.
struct New {
    app: App,
    case: CaseId,
    by: By,
    words: Localised,
    now: DateTime<Utc>,
}

enum By {
    Family,
    Office {
        person: StaffId,
        offered: Arc<Offered>,
        /// Until when they have read what the family wrote.
        seen: Option<DateTime<Utc>>,
    },
}

impl By {
    fn side(&self) -> Side {
        match self {
            Self::Family => Side::Family,
            Self::Office { .. } => Side::Office,
        }
    }

    fn person(&self) -> Option<&StaffId> {
        match self {
            Self::Family => None,
            Self::Office { person, .. } => Some(person),
        }
    }
}

async fn insert(connection: &mut AnyConnection, new: &New) -> Result<(), Error> {
    let New { app, case, by, words, now } = new;
    let stored = store::keep(connection, case).await?.ok_or(Problem::NotFound)?;
    if stored.erased_at.is_some() {
        return Err(Refusal::Erased.into());
    }
    if is_repeated(connection, new).await? {
        return Ok(());
    }
    if matches!(by, By::Family) && unanswered(connection, case).await? >= MOST {
        return Err(Refusal::WrittenOften.into());
    }
    let id = new_id();
    let statement = "insert into case_message (id, case_id, side, staff_id, at, seen_at, passed_times, sealed) \
         values ($1, $2, $3, $4, $5, null, $6, $7)";
    let values = [
        id.as_str().into(),
        case.as_str().into(),
        name(by.side()).into(),
        by.person().map(|person| person.as_str().to_owned()).into(),
        (*now).into(),
        stored.passed.into(),
        app.keys().seal(&context(&id), words).into(),
    ];
    sql(statement, values).execute(&mut *connection).await?;
    let stream = store::stream(case);
    let actor = match by {
        By::Family => Actor::Holder,
        By::Office { person, .. } => Actor::Staff(person.clone()),
    };
    let event = Event { stream: &stream, actor, act: WROTE, detail: json!({ "message": id }) };
    store::append(connection, &stored, &audit::prepare(&stored.head, &event, *now)).await?;
    match by {
        By::Family => Ok(unsettled::wrote(connection, case, *now).await?),
        By::Office { offered, seen, .. } => {
            if let Some(seen) = seen {
                unsettled::settled(connection, (case, Waiting::Messages), *seen).await?;
            }
            let contents = Contents::open(app.keys(), case.as_str(), &stored.sealed)?;
            let texts = compose(app, News::Wrote, &stored, &offered.procedure, &contents.typed);
            Ok(outbox::insert(connection, &stream, News::Wrote.kind(), &texts, *now).await?)
        }
    }
}

/// Whether the last message is the same, from the same side and just written: a button that was pressed twice.
async fn is_repeated(connection: &mut AnyConnection, new: &New) -> Result<bool, Error> {
    let statement = "select id, side, staff_id, at, seen_at, sealed from case_message \
         where case_id = $1 order by at desc, id desc limit 1";
    let row = sql(statement, [new.case.as_str().into()]).fetch_optional(connection).await?;
    let last = row.as_ref().map(|row| line(&new.app, row)).transpose()?;
    Ok(last.is_some_and(|last| last.side == new.by.side() && last.words == new.words && new.now - last.at < AGAIN))
}

/// Messages of the family since the first that waits.
async fn unanswered(connection: &mut AnyConnection, id: &CaseId) -> Result<i64, DatabaseError> {
    let statement = "select count(*) as messages from case_message m join procedure_case c on c.id = m.case_id \
         where m.case_id = $1 and m.side = 'family' and m.at >= c.written_at";
    int(&sql(statement, [id.as_str().into()]).fetch_one(connection).await?, "messages")
}

impl fmt::Debug for Line {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Line({:?}, hidden)", self.side)
    }
}
