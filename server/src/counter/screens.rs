//! Screens in a hall: a manager makes a link, the link opens one screen once, and its browser is known from then on, for one
//! office and one purpose, until somebody takes it back.

use std::collections::HashMap;

use axum::http::HeaderMap;
use chrono::{DateTime, TimeDelta, Utc};
use serde_json::{Value as Json, json};
use shared::counter::Refusal;
use shared::counter::screen::{ScreenKind, ScreenName};
use shared::problem::Problem;
use shared::staff::{OfficeId, Right};
use sqlx::{AnyConnection, any::AnyRow};

use super::by::Kiosk;
use super::counters::MOST;
use super::office;
use crate::app::App;
use crate::audit::{self, Actor, Event, Head, Stream};
use crate::database::{
    DatabaseError,
    sql::{instant, int, maybe_instant, sql, text, word},
};
use crate::error::Error;
use crate::keys::{Keys, token::new_id};
use crate::staff::authority::Staff;
use crate::staff::token::{Kind, Token};

/// How long a link waits for its screen.
const LINK: TimeDelta = TimeDelta::hours(24);
/// Looks within so long of each other are noted once.
const NOTED_EACH: TimeDelta = TimeDelta::minutes(1);

/// Tickets of a kiosk are counted for so long.
const TICKETS_OF: TimeDelta = TimeDelta::hours(1);

/// A screen as those see it who look after it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Screen {
    pub id: String,
    pub office: OfficeId,
    pub kind: ScreenKind,
    pub name: ScreenName,
    pub made_at: DateTime<Utc>,
    /// Until when its link opens it; none once it was opened.
    pub link_until: Option<DateTime<Utc>>,
    /// When it last asked for anything.
    pub seen_at: Option<DateTime<Utc>>,
}

impl Screen {
    /// The authority of whoever stands before it.
    ///
    /// # Errors
    /// [`Problem::NotFound`] for a display, which does nothing.
    pub fn kiosk(&self) -> Result<Kiosk, Problem> {
        match self.kind {
            ScreenKind::Kiosk => Ok(Kiosk { id: self.id.clone(), office: self.office.clone() }),
            ScreenKind::Display => Err(Problem::NotFound),
        }
    }
}

/// A statement that [`read`] can read.
macro_rules! screens {
    ($condition:literal) => {
        concat!(
            "select id, office, kind, name, made_at, link_until, seen_at from screen where revoked_at is null and ",
            $condition
        )
    };
}

/// Makes a screen; gives what stands in its link, which is shown this once.
///
/// # Errors
/// [`shared::staff::Refusal::NotAllowed`] for whoever does not manage the office; [`Refusal::HallFull`].
pub async fn make(
    app: &App,
    staff: &Staff,
    (id, kind, name): (&OfficeId, ScreenKind, &ScreenName),
    now: DateTime<Utc>,
) -> Result<String, Error> {
    staff.may(Right::ManageOffice, &office::one(app, id).await?.whereabouts)?;
    let code = new_id();
    let new = New {
        id: new_id(),
        office: id.clone(),
        kind,
        name: name.clone(),
        link: of_link(app.keys(), &code),
        by: staff.actor(),
        person: staff.person().to_string(),
        now,
    };
    staff.write(app, new, insert).await?;
    Ok(code)
}

/// The screens of an office, the newest first.
///
/// # Errors
/// [`shared::staff::Refusal::NotAllowed`].
pub async fn list(app: &App, staff: &Staff, id: &OfficeId) -> Result<Vec<Screen>, Error> {
    staff.may(Right::ManageOffice, &office::one(app, id).await?.whereabouts)?;
    let statement = screens!("office = $1 order by made_at desc, id");
    let rows = sql(statement, [id.as_str().into()]).fetch_all(&mut *app.database().read().await?).await?;
    Ok(rows.iter().map(read).collect::<Result<_, _>>()?)
}

/// How many tickets each kiosk of an office gave out within the last hour, by its id; none of one that gave out none.
///
/// # Errors
/// [`shared::staff::Refusal::NotAllowed`].
pub async fn tickets(
    app: &App,
    staff: &Staff,
    id: &OfficeId,
    now: DateTime<Utc>,
) -> Result<HashMap<String, i64>, Error> {
    staff.may(Right::ManageOffice, &office::one(app, id).await?.whereabouts)?;
    let statement = "select k.screen_id, count(*) as tickets from kiosk_ticket k join screen s on s.id = k.screen_id \
         where s.office = $1 and k.taken_at > $2 group by k.screen_id";
    let values = [id.as_str().into(), (now - TICKETS_OF).into()];
    let rows = sql(statement, values).fetch_all(&mut *app.database().read().await?).await?;
    let counted = rows.iter().map(|row| Ok((text(row, "screen_id")?, int(row, "tickets")?)));
    Ok(counted.collect::<Result<_, DatabaseError>>()?)
}

/// Forgets which kiosk gave out what nobody asks for any more.
pub(super) async fn forget_tickets(connection: &mut AnyConnection, now: &DateTime<Utc>) -> Result<(), Error> {
    sql("delete from kiosk_ticket where taken_at <= $1", [(*now - TICKETS_OF).into()]).execute(connection).await?;
    Ok(())
}

/// The screen that a link would open; nothing once it has opened it, is a day old or was taken back.
pub async fn of_code(app: &App, code: &str, now: DateTime<Utc>) -> Result<Option<Screen>, Error> {
    let statement = screens!("link_hash = $1 and link_until > $2");
    let values = [of_link(app.keys(), code).into(), now.into()];
    let row = sql(statement, values).fetch_optional(&mut *app.database().read().await?).await?;
    Ok(row.as_ref().map(read).transpose()?)
}

/// Opens a screen; gives what its browser carries from now on.
///
/// # Errors
/// [`Problem::NotFound`] for a link that opens nothing (any more).
pub async fn open(app: &App, code: &str, now: DateTime<Utc>) -> Result<(Screen, Token), Error> {
    let screen = of_code(app, code, now).await?.ok_or(Problem::NotFound)?;
    let token = Token::new(Kind::Screen, app.keys());
    let opening = (of_link(app.keys(), code), token.fingerprint(app.keys()), now);
    app.database().write_with(opening, take_up).await?;
    Ok((screen, token))
}

/// The screen that this browser is, and notes that it is there.
pub async fn of_cookie(app: &App, headers: &HeaderMap, now: DateTime<Utc>) -> Result<Option<Screen>, Error> {
    let production = app.settings().production();
    let Some(token) = Token::sent(Kind::Screen, headers, production) else { return Ok(None) };
    let statement = screens!("token_hash = $1");
    let values = [token.fingerprint(app.keys()).into()];
    let row = sql(statement, values).fetch_optional(&mut *app.database().read().await?).await?;
    let screen = row.as_ref().map(read).transpose()?;
    if let Some(screen) = &screen {
        note_there(app, &screen.id, screen.seen_at, now).await?;
    }
    Ok(screen)
}

/// Whether a screen is still one; notes that it is there, since a line that stays open asks for nothing anew.
pub async fn stands(app: &App, id: &str, now: DateTime<Utc>) -> Result<bool, Error> {
    let statement = "select seen_at from screen where id = $1 and revoked_at is null";
    let row = sql(statement, [id.into()]).fetch_optional(&mut *app.database().read().await?).await?;
    let Some(row) = row else { return Ok(false) };
    note_there(app, id, maybe_instant(&row, "seen_at")?, now).await?;
    Ok(true)
}

async fn note_there(app: &App, id: &str, seen: Option<DateTime<Utc>>, now: DateTime<Utc>) -> Result<(), Error> {
    if seen.is_some_and(|seen| now < seen + NOTED_EACH) {
        return Ok(());
    }
    match app.database().write_with((id.to_owned(), now), see).await {
        // What can only be read is read all the same, also where the disk is full.
        Err(Error::Database(DatabaseError::OnlyReads | DatabaseError::Unavailable(_))) => Ok(()),
        noted => noted,
    }
}

/// Takes a screen back: its link and its browser open nothing any more. One that is taken back already stays so.
///
/// # Errors
/// [`Problem::NotFound`] for a screen of no office that this person manages.
pub async fn revoke(app: &App, staff: &Staff, id: &str, now: DateTime<Utc>) -> Result<(), Error> {
    let statement = "select office from screen where id = $1";
    let row = sql(statement, [id.into()]).fetch_optional(&mut *app.database().read().await?).await?;
    let of = word(&row.ok_or(Problem::NotFound)?, "office", |id| OfficeId::parse(id).ok())?;
    let at = office::one(app, &of).await?.whereabouts;
    staff.may(Right::ManageOffice, &at).map_err(|_| staff.sees_nothing())?;
    staff.write(app, (id.to_owned(), staff.actor(), now), take_back).await
}

/// What each screen went through.
pub(super) const STREAM: Stream =
    Stream { heads: "select 'screen:' || id as stream, audit_length, audit_head from screen", compare: None };

struct New {
    id: String,
    office: OfficeId,
    kind: ScreenKind,
    name: ScreenName,
    link: String,
    by: Actor,
    person: String,
    now: DateTime<Utc>,
}

async fn insert(connection: &mut AnyConnection, new: &New) -> Result<(), Error> {
    // A link that was opened by nobody in time is none any more.
    let statement = "select count(*) as screens from screen where office = $1 and revoked_at is null \
         and (link_until is null or link_until > $2)";
    let row = sql(statement, [new.office.as_str().into(), new.now.into()]).fetch_one(&mut *connection).await?;
    if usize::try_from(int(&row, "screens")?).is_ok_and(|screens| screens >= MOST) {
        return Err(Refusal::HallFull.into());
    }
    let statement = "insert into screen (id, office, kind, name, link_hash, link_until, made_by, made_at, audit_length, \
         audit_head) values ($1, $2, $3, $4, $5, $6, $7, $8, 0, '')";
    let values = [
        new.id.as_str().into(),
        new.office.as_str().into(),
        new.kind.name().into(),
        new.name.as_str().into(),
        new.link.as_str().into(),
        (new.now + LINK).into(),
        new.person.as_str().into(),
        new.now.into(),
    ];
    sql(statement, values).execute(&mut *connection).await?;
    let detail = json!({ "office": new.office, "kind": new.kind });
    note(connection, &new.id, (new.by.clone(), "screen_made", detail), new.now).await
}

async fn take_up(
    connection: &mut AnyConnection,
    (link, token, now): &(String, String, DateTime<Utc>),
) -> Result<(), Error> {
    let statement = "update screen set link_hash = null, link_until = null, token_hash = $1, seen_at = $2 \
         where link_hash = $3 and link_until > $2 and revoked_at is null returning id";
    let values = [token.as_str().into(), (*now).into(), link.as_str().into()];
    let row = sql(statement, values).fetch_optional(&mut *connection).await?.ok_or(Problem::NotFound)?;
    note(connection, &text(&row, "id")?, (Actor::Resident, "screen_opened", json!({})), *now).await
}

async fn take_back(
    connection: &mut AnyConnection,
    (id, by, now): &(String, Actor, DateTime<Utc>),
) -> Result<(), Error> {
    let statement = "update screen set link_hash = null, link_until = null, token_hash = null, revoked_at = $1 \
         where id = $2 and revoked_at is null";
    let values = [(*now).into(), id.as_str().into()];
    if sql(statement, values).execute(&mut *connection).await?.rows_affected() == 0 {
        return Ok(());
    }
    note(connection, id, (by.clone(), "screen_taken_back", json!({})), *now).await
}

async fn see(connection: &mut AnyConnection, (id, now): &(String, DateTime<Utc>)) -> Result<(), Error> {
    let statement = "update screen set seen_at = $1 where id = $2 and revoked_at is null \
         and (seen_at is null or seen_at < $1)";
    sql(statement, [(*now).into(), id.as_str().into()]).execute(connection).await?;
    Ok(())
}

/// Appends to the stream of a screen.
async fn note(
    connection: &mut AnyConnection,
    id: &str,
    (actor, act, detail): (Actor, &'static str, Json),
    now: DateTime<Utc>,
) -> Result<(), Error> {
    // Changing nothing, it keeps the row to itself until the end of the transaction: events come one after the other.
    let statement = "update screen set audit_length = audit_length where id = $1 returning audit_length, audit_head";
    let row = sql(statement, [id.into()]).fetch_one(&mut *connection).await?;
    let head = Head { length: int(&row, "audit_length")?, hash: text(&row, "audit_head")? };
    let stream = format!("screen:{id}");
    let head = audit::append(connection, &head, &Event { stream: &stream, actor, act, detail }, now).await?;
    let statement = "update screen set audit_length = $1, audit_head = $2 where id = $3";
    sql(statement, [head.length.into(), head.hash.as_str().into(), id.into()]).execute(connection).await?;
    Ok(())
}

fn of_link(keys: &Keys, code: &str) -> String {
    keys.fingerprint("screen-link", code.as_bytes())
}

fn read(row: &AnyRow) -> Result<Screen, DatabaseError> {
    Ok(Screen {
        id: text(row, "id")?,
        office: word(row, "office", |id| OfficeId::parse(id).ok())?,
        kind: word(row, "kind", ScreenKind::from_name)?,
        name: word(row, "name", |name| ScreenName::parse(name).ok())?,
        made_at: instant(row, "made_at")?,
        link_until: maybe_instant(row, "link_until")?,
        seen_at: maybe_instant(row, "seen_at")?,
    })
}
