//! Putting notices up, changing them, ending them, and taking the last change back.

use chrono::{DateTime, Utc};
use shared::notices::{Notice, Refusal};
use shared::problem::Problem;
use shared::staff::Refusal as NotStaff;
use sqlx::AnyConnection;

use super::{NAME, boards, one, store};
use crate::app::App;
use crate::audit::{Actor, Head};
use crate::error::Error;
use crate::staff::authority::Staff;

/// Puts a notice up under a name that the form was given: the same press again finds it there.
///
/// # Errors
/// [`NotStaff::NotAllowed`] where its board is not theirs; [`Refusal::Changed`] where another notice has the name.
pub async fn make(app: &App, staff: &Staff, id: &str, notice: &Notice, now: DateTime<Utc>) -> Result<(), Error> {
    let id = shared::id::plain(id).map_err(|_| Problem::Malformed)?;
    allowed(app, staff, notice).await?;
    written(app, staff, (id, notice.clone(), staff.actor(), now), insert).await
}

/// Gives a notice other words, times, or another board.
///
/// # Errors
/// [`Refusal::Changed`] for a version that is not the present one; [`Problem::NotFound`] for one that is not theirs,
/// [`NotStaff::NotAllowed`] where the new board is not.
pub async fn change(
    app: &App,
    staff: &Staff,
    (id, version): (&str, i64),
    notice: &Notice,
    now: DateTime<Utc>,
) -> Result<(), Error> {
    one(app, staff, id).await?;
    allowed(app, staff, notice).await?;
    let changing = Changing { id: id.to_owned(), version, to: To::Notice(notice.clone()), by: staff.actor(), now };
    written(app, staff, changing, write).await
}

/// Ends a notice now; one that is over stays so.
///
/// # Errors
/// As [`change`].
pub async fn end(app: &App, staff: &Staff, (id, version): (&str, i64), now: DateTime<Utc>) -> Result<(), Error> {
    one(app, staff, id).await?;
    written(app, staff, Changing { id: id.to_owned(), version, to: To::End, by: staff.actor(), now }, write).await
}

/// Gives a notice back what its last change took, which is a change itself and can be undone in turn.
///
/// # Errors
/// As [`change`], and [`Refusal::NothingToUndo`].
pub async fn undo(app: &App, staff: &Staff, (id, version): (&str, i64), now: DateTime<Utc>) -> Result<(), Error> {
    let before = one(app, staff, id).await?.before.ok_or(Refusal::NothingToUndo)?;
    allowed(app, staff, &before).await?;
    written(app, staff, Changing { id: id.to_owned(), version, to: To::Before, by: staff.actor(), now }, write).await
}

async fn allowed(app: &App, staff: &Staff, notice: &Notice) -> Result<(), Error> {
    if boards::of(app, staff).await?.may(&notice.board) { Ok(()) } else { Err(NotStaff::NotAllowed.into()) }
}

async fn written<A, F>(app: &App, staff: &Staff, argument: A, job: F) -> Result<(), Error>
where
    A: Send + Sync + 'static,
    F: for<'c> crate::database::Transaction<'c, A, Outcome = Result<(), Error>> + Send + Sync + 'static,
{
    let outcome = staff.write(app, argument, job).await;
    app.generation(NAME).bump();
    outcome
}

struct Changing {
    id: String,
    version: i64,
    to: To,
    by: Actor,
    now: DateTime<Utc>,
}

enum To {
    Notice(Notice),
    End,
    Before,
}

async fn insert(
    connection: &mut AnyConnection,
    (id, notice, by, now): &(String, Notice, Actor, DateTime<Utc>),
) -> Result<(), Error> {
    if store::insert(connection, (id, notice), *now).await? {
        let made = (by.clone(), "notice_made", notice, 1);
        return Ok(store::note(connection, (id, &Head::empty()), made, *now).await?);
    }
    let known = store::one(connection, id).await?.is_some_and(|kept| kept.notice == *notice);
    if known { Ok(()) } else { Err(Refusal::Changed.into()) }
}

async fn write(connection: &mut AnyConnection, changing: &Changing) -> Result<(), Error> {
    let Changing { id, version, to, by, now } = changing;
    let (kept, head) = store::keep(connection, id).await?.ok_or(Problem::NotFound)?;
    if kept.version != *version {
        return Err(Refusal::Changed.into());
    }
    let (act, notice) = match to {
        To::Notice(notice) => ("notice_changed", notice.clone()),
        To::End => ("notice_ended", kept.notice.clone().ended(*now)),
        To::Before => ("notice_undone", kept.before.clone().ok_or(Refusal::NothingToUndo)?),
    };
    if notice == kept.notice {
        return Ok(());
    }
    store::replace(connection, &kept, &notice, *now).await?;
    Ok(store::note(connection, (id, &head), (by.clone(), act, &notice, version + 1), *now).await?)
}
