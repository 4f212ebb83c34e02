//! How a file comes: at once, or in parts that go on where a connection broke.

mod parts;
mod places;

use axum::body::Bytes;
use chrono::{DateTime, Utc};
use shared::id::plain;
use shared::problem::Problem;
use shared::procedures::file::{LONGEST_PART, MOST_BYTES, SHORTEST_PART};
use shared::procedures::{FileId, NotTaken};
use sqlx::AnyConnection;

use super::owner::{Owner, handed, still_open};
use super::rows::{self, Inside, Row, State};
use super::{Handed, Handing, is_no_good, keep, name};
use crate::app::App;
use crate::database::sql::sql;
use crate::error::Error;
use crate::in_hand;
use crate::keys::token::new_id;
use parts::Part;

/// What a sender says of a file before it comes.
#[derive(Clone, Copy, Debug)]
pub struct New<'a> {
    /// The paper that it is of, by its id in the procedure; whether there is one is settled before.
    pub paper: &'a str,
    /// As its sender calls it; nothing is concluded from it.
    pub name: &'a str,
    /// Bytes.
    pub size: u64,
}

/// How much of a file has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Progress {
    pub received: u64,
    pub size: u64,
}

/// Takes a file that comes at once.
///
/// # Errors
/// [`NotTaken`] with why; nothing of it stays then.
pub async fn take(
    app: &App,
    handing: Handing<'_>,
    (paper, name): (&str, &str),
    bytes: Bytes,
    now: DateTime<Utc>,
) -> Result<Handed, Error> {
    let size = bytes.len() as u64;
    let _room = in_hand::whole(app, handing.from, size).await?;
    let id = begin(app, handing.owner, New { paper, name, size }, now).await?;
    let row = one(app, handing.owner, &id).await?;
    let kept = keep::keep(app, handing, &row, bytes.into(), now).await;
    if kept.is_err() {
        drop_again(app, &id, now).await;
    }
    kept
}

/// Makes room for a file that comes in parts, which is forgotten again where it does not come within a day.
///
/// # Errors
/// [`NotTaken`] for one that is too large or empty, or where there are too many; [`Problem::NotFound`] for what cannot be a
/// paper.
pub async fn begin(app: &App, owner: &Owner, new: New<'_>, now: DateTime<Utc>) -> Result<FileId, Error> {
    let paper = plain(new.paper).map_err(|_| Problem::NotFound)?;
    match new.size {
        0 => return Err(NotTaken::Empty.into()),
        size if size > MOST_BYTES => return Err(NotTaken::TooLarge.into()),
        _ => {}
    }
    let id = FileId::parse(&new_id()).map_err(|_| Problem::Internal)?;
    let inside = Inside { name: name::tidy(new.name), key: app.keys().new_file_key() };
    let begun = Begun {
        sealed: app.keys().seal(&rows::context(id.as_str()), &inside),
        owner: owner.clone(),
        id: id.clone(),
        paper,
        size: new.size,
        now,
    };
    app.database().write_with(begun, insert).await?;
    Ok(id)
}

/// Takes the next part of a file. A part that has come before is the same again, so a sender who heard no answer sends it anew.
///
/// # Errors
/// [`NotTaken::OtherPart`] with where to go on; [`Problem::TooLarge`] for more than [`LONGEST_PART`] at once, and
/// [`Problem::Malformed`] for less than [`SHORTEST_PART`] where more is to come.
pub async fn append(
    app: &App,
    owner: &Owner,
    id: &FileId,
    (offset, bytes): (u64, &[u8]),
    now: DateTime<Utc>,
) -> Result<Progress, Error> {
    let row = one(app, owner, id).await?;
    if bytes.len() > LONGEST_PART {
        return Err(Problem::TooLarge.into());
    }
    if bytes.is_empty() || row.state != State::Receiving {
        return Ok(progress_of(&row));
    }
    let inside: Inside = app.keys().open(&rows::context(id.as_str()), &row.sealed)?;
    let part = Part::of(app.keys(), id, (offset, bytes));
    let end = offset.checked_add(part.size).filter(|end| *end <= row.announced);
    if let Some(end) = end.filter(|_| offset == row.received) {
        // Each part is an object of the store and a row.
        if bytes.len() < SHORTEST_PART && end < row.announced {
            return Err(Problem::Malformed.into());
        }
        parts::store(app, &inside.key, &part, bytes, now).await?;
        return parts::join(app, owner, &part).await;
    }
    match parts::at(app, id, offset).await? {
        Some(before) if before.is_same(&part) => Ok(progress_of(&row)),
        _ => Err(NotTaken::OtherPart { received: row.received }.into()),
    }
}

/// How much of a file has come.
pub async fn progress(app: &App, owner: &Owner, id: &FileId) -> Result<Progress, Error> {
    Ok(progress_of(&one(app, owner, id).await?))
}

/// Takes a file all of whose parts have come. Doing it again changes nothing.
///
/// # Errors
/// [`NotTaken::NotWhole`]; any other [`NotTaken`] where it is no good, and nothing of it stays. [`Problem::Busy`],
/// [`Problem::RateLimited`] for whoever tries again and again, and [`NotTaken::NoRoom`] leave the parts where they are, for another
/// try.
pub async fn finish(app: &App, handing: Handing<'_>, id: &FileId, now: DateTime<Utc>) -> Result<Handed, Error> {
    let row = one(app, handing.owner, id).await?;
    if let Some(handed) = handed(app, &row)? {
        return Ok(handed);
    }
    let Progress { received, size } = progress_of(&row);
    if received < size {
        return Err(NotTaken::NotWhole { received, size }.into());
    }
    let inside: Inside = app.keys().open(&rows::context(id.as_str()), &row.sealed)?;
    let _room = in_hand::whole(app, handing.from, size).await?;
    // Who found no room has cost nothing.
    app.limits().finishing(id.as_str())?;
    let bytes = parts::together(app, &inside.key, id, size).await?;
    let kept = keep::keep(app, handing, &row, bytes, now).await;
    if kept.as_ref().is_err_and(is_no_good) {
        drop_again(app, id, now).await;
    }
    kept
}

/// What is no good is gone at once; where that fails, with the others that never became whole.
async fn drop_again(app: &App, id: &FileId, now: DateTime<Utc>) {
    let dropped = app.database().write_with((id.clone(), now), rows::remove_unfinished).await;
    if let Err(error) = dropped {
        tracing::warn!(%error, "a file that was not taken is removed later");
    }
}

async fn one(app: &App, owner: &Owner, id: &FileId) -> Result<Row, Error> {
    let row = rows::one(&mut *app.database().read().await?, owner, id).await?;
    Ok(row.ok_or(Problem::NotFound)?)
}

fn progress_of(row: &Row) -> Progress {
    // What came at once has no parts.
    let received = if row.state == State::Receiving { row.received } else { row.announced };
    Progress { received, size: row.announced }
}

struct Begun {
    id: FileId,
    owner: Owner,
    paper: String,
    size: u64,
    sealed: Vec<u8>,
    now: DateTime<Utc>,
}

async fn insert(connection: &mut AnyConnection, begun: &Begun) -> Result<(), Error> {
    still_open(connection, &begun.owner).await?;
    places::make(connection, begun).await?;
    let [draft, case] = begun.owner.columns();
    let statement = "insert into case_file (id, draft_id, case_id, paper, position, state, announced, received, sealed, \
         created_at) values ($1, $2, $3, $4, $5, 'receiving', $6, 0, $7, $8)";
    let values = [
        begun.id.as_str().into(),
        draft,
        case,
        begun.paper.as_str().into(),
        places::last(connection, begun).await?.into(),
        rows::column(begun.size),
        begun.sealed.clone().into(),
        begun.now.into(),
    ];
    sql(statement, values).execute(connection).await?;
    Ok(())
}
