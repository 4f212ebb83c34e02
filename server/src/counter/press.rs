//! The same press of a button is done once and answered the same, however often it reaches the portal.

use chrono::{DateTime, TimeDelta, Utc};
use serde::{Serialize, de::DeserializeOwned};
use shared::counter::Press;
use shared::problem::Problem;
use sqlx::{AnyConnection, any::AnyRow};

use super::by::Hand;
use super::changes::Told;
use crate::app::App;
use crate::database::{
    DatabaseError,
    sql::{sql, text},
};
use crate::error::Error;
use crate::keys::Keys;

/// How long a press is known again: no line is down for longer, and no clerk presses again after a night.
const KNOWN_FOR: TimeDelta = TimeDelta::days(1);

/// A press and what it asks for, as fingerprints.
#[derive(Clone)]
pub(crate) struct Pressed {
    id: String,
    asked: String,
    now: DateTime<Utc>,
}

impl Pressed {
    pub(super) fn new(keys: &Keys, hand: &Hand, press: &Press, asked: &impl Serialize, now: DateTime<Utc>) -> Self {
        let asked = serde_json::to_vec(asked).expect("what is asked always serialises");
        Self {
            id: keys.fingerprint("counter-press", format!("{}:{}", hand.presser, press.as_str()).as_bytes()),
            asked: keys.fingerprint("counter-asked", &asked),
            now,
        }
    }
}

/// Does what a press asks for, once: a press that came before, or comes twice in the same moment, is answered what it was
/// answered then.
pub(super) async fn once<T, F>(app: &App, pressed: &Pressed, act: F) -> Result<(T, Option<Told>), Error>
where
    T: DeserializeOwned,
    F: AsyncFnOnce() -> Result<(T, Option<Told>), Error>,
{
    if let Some(answer) = before(app, pressed).await? {
        return Ok((answer, None));
    }
    match act().await {
        // What is refused now may have been granted a moment ago.
        Err(Error::Problem(refused)) => match before(app, pressed).await? {
            Some(answer) => Ok((answer, None)),
            None => Err(refused.into()),
        },
        done => done,
    }
}

async fn before<T: DeserializeOwned>(app: &App, pressed: &Pressed) -> Result<Option<T>, Error> {
    answered(&mut *app.database().read().await?, pressed).await
}

/// The answer that this press was given before.
///
/// # Errors
/// [`Problem::IdempotencyMismatch`] where it asked for something else then.
pub(super) async fn answered<T: DeserializeOwned>(
    connection: &mut AnyConnection,
    pressed: &Pressed,
) -> Result<Option<T>, Error> {
    let statement = "select asked, answer from counter_press where id = $1";
    let row = sql(statement, [pressed.id.as_str().into()]).fetch_optional(connection).await?;
    row.map(|row| read(&row, pressed)).transpose()
}

/// Writes what a press is answered, in the write that does what it asks for.
///
/// # Errors
/// [`Error::Overtaken`] where the same press came a second time and was done meanwhile.
pub(crate) async fn answer(
    connection: &mut AnyConnection,
    pressed: &Pressed,
    answer: &impl Serialize,
) -> Result<(), Error> {
    let statement = "insert into counter_press (id, asked, answer, created_at) values ($1, $2, $3, $4) \
         on conflict do nothing";
    let answer = serde_json::to_string(answer).expect("answers always serialise");
    let values = [pressed.id.as_str().into(), pressed.asked.as_str().into(), answer.into(), pressed.now.into()];
    if sql(statement, values).execute(connection).await?.rows_affected() == 1 { Ok(()) } else { Err(Error::Overtaken) }
}

/// Keeps that what a press asked for was done before, by whomever.
pub(super) async fn note(app: &App, pressed: &Pressed) -> Result<(), Error> {
    match app.database().write_with(pressed.clone(), noted).await {
        // Its twin has written so meanwhile.
        Ok(()) | Err(Error::Overtaken) => Ok(()),
        Err(error) => Err(error.after_a_write()),
    }
}

async fn noted(connection: &mut AnyConnection, pressed: &Pressed) -> Result<(), Error> {
    answer(connection, pressed, &()).await
}

/// Forgets presses that nobody repeats any more.
pub(super) async fn forget(connection: &mut AnyConnection, now: &DateTime<Utc>) -> Result<(), Error> {
    sql("delete from counter_press where created_at <= $1", [(*now - KNOWN_FOR).into()]).execute(connection).await?;
    Ok(())
}

fn read<T: DeserializeOwned>(row: &AnyRow, pressed: &Pressed) -> Result<T, Error> {
    if text(row, "asked")? != pressed.asked {
        return Err(Problem::IdempotencyMismatch.into());
    }
    let answer = serde_json::from_str(&text(row, "answer")?);
    Ok(answer.map_err(|_| DatabaseError::unreadable("answer"))?)
}
