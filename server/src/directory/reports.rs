//! What people say is wrong with a place: kept with a receipt, by which whoever said it sees what came of it, and for a while.

pub(super) mod forgetting;

use chrono::{DateTime, Utc};
use serde_json::json;
use shared::appointments::BookingReference as Receipt;
use shared::calendar::shanghai;
use shared::directory::{About, Report};
use shared::field::{FieldErrors, Reason};
use shared::places::PlaceId;
use shared::plain_words::PlainWords;
use shared::problem::Problem;
use sqlx::{AnyConnection, any::AnyRow};

use crate::app::App;
use crate::audit::Actor;
use crate::client::Client;
use crate::database::{
    DatabaseError,
    sql::{instant, maybe_instant, maybe_text, sql, text, word},
};
use crate::error::Error;
use crate::keys::token::new_id;
use crate::places;
pub use forgetting::UNANSWERED_DAYS;

/// A report as it is kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Kept {
    pub receipt: Receipt,
    pub place: PlaceId,
    pub report: Report,
    pub made_at: DateTime<Utc>,
    pub answered: Option<(DateTime<Utc>, PlainWords)>,
}

/// A statement that [`read`] can read.
macro_rules! reports {
    ($rest:literal) => {
        concat!("select place_id, section, text, receipt, created_at, answered_at, answer from place_report ", $rest)
    };
}

/// Keeps a report. The same press of the same page with the same words again is answered with the same receipt, and counts once.
///
/// # Errors
/// [`Problem::RateLimited`] for whoever has made many; the database's for a place that is not there.
pub async fn make(
    app: &App,
    asker: &Client,
    place: &PlaceId,
    (report, press): (&Report, Option<&str>),
    now: DateTime<Utc>,
) -> Result<Receipt, Error> {
    let id = press.map_or_else(new_id, |press| {
        let parts = [press, place.as_str(), report.about.name(), report.words.as_str()];
        app.keys().fingerprint("place-report", parts.join("\n").as_bytes())
    });
    if let Some(receipt) = of_id(&mut *app.database().read().await?, &id).await? {
        return Ok(receipt);
    }
    app.limits().report(asker, app.keys())?;
    // One in a million million is taken already.
    let receipt = Receipt::from_random(rand::random());
    app.database().write_with((id, place.clone(), report.clone(), receipt, now), insert).await
}

/// The receipt of a press that came before.
async fn of_id(connection: &mut AnyConnection, id: &str) -> Result<Option<Receipt>, DatabaseError> {
    let row = sql("select receipt from place_report where id = $1", [id.into()]).fetch_optional(connection).await?;
    row.map(|row| word(&row, "receipt", |receipt| Receipt::parse(receipt).ok())).transpose()
}

/// The report of a receipt.
///
/// # Errors
/// [`Problem::RateLimited`] for whoever tries many.
pub async fn one(app: &App, asker: &Client, receipt: &Receipt) -> Result<Option<Kept>, Error> {
    app.limits().receipt(asker.address)?;
    let row = sql(reports!("where receipt = $1"), [receipt.as_str().into()]);
    let row = row.fetch_optional(&mut *app.database().read().await?).await?;
    Ok(row.as_ref().map(read).transpose()?)
}

/// Those that wait for an answer, the oldest first.
pub async fn waiting(app: &App) -> Result<Vec<Kept>, Error> {
    let rows = sql(reports!("where answered_at is null order by created_at, id"), []);
    let rows = rows.fetch_all(&mut *app.database().read().await?).await?;
    Ok(rows.iter().map(read).collect::<Result<_, _>>()?)
}

/// Answers a report that nobody has answered.
///
/// # Errors
/// A field error that names the answer it has; [`Problem::NotFound`].
pub async fn answer(app: &App, receipt: &Receipt, words: &PlainWords, now: DateTime<Utc>) -> Result<(), Error> {
    app.database().write_with((*receipt, words.clone(), Over::Nothing, now), write_answer).await
}

/// Answers a report once more, in place of what was said before; whoever has the receipt reads it with its own day.
///
/// # Errors
/// [`Problem::NotFound`].
pub async fn answer_again(app: &App, receipt: &Receipt, words: &PlainWords, now: DateTime<Utc>) -> Result<(), Error> {
    app.database().write_with((*receipt, words.clone(), Over::AnAnswer, now), write_answer).await
}

/// What an answer may be written over.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Over {
    Nothing,
    AnAnswer,
}

async fn insert(
    connection: &mut AnyConnection,
    (id, place, report, receipt, now): &(String, PlaceId, Report, Receipt, DateTime<Utc>),
) -> Result<Receipt, Error> {
    let statement = "insert into place_report (id, place_id, section, text, receipt, created_at) \
         values ($1, $2, $3, $4, $5, $6) on conflict (id) do nothing";
    let values = [
        id.as_str().into(),
        place.as_str().into(),
        report.about.name().into(),
        report.words.as_str().into(),
        receipt.as_str().into(),
        (*now).into(),
    ];
    if sql(statement, values).execute(&mut *connection).await?.rows_affected() == 0 {
        // Its twin was written a moment ago.
        return of_id(connection, id).await?.ok_or(Error::Overtaken);
    }
    // The words are kept once, where they can be taken away.
    let detail = json!({ "report": id, "section": report.about.name() });
    places::record_by(connection, place, (Actor::Resident, "wrong_reported", detail), *now).await?;
    Ok(*receipt)
}

async fn write_answer(
    connection: &mut AnyConnection,
    (receipt, words, over, now): &(Receipt, PlainWords, Over, DateTime<Utc>),
) -> Result<(), Error> {
    let statement = "update place_report set answered_at = $1, answer = $2 where receipt = $3 \
         and (answered_at is null or $4 = 1) returning id, place_id";
    let values =
        [(*now).into(), words.as_str().into(), receipt.as_str().into(), i64::from(*over == Over::AnAnswer).into()];
    let Some(row) = sql(statement, values).fetch_optional(&mut *connection).await? else {
        let row = sql(reports!("where receipt = $1"), [receipt.as_str().into()]).fetch_optional(connection).await?;
        return Err(answered(&read(&row.ok_or(Problem::NotFound)?)?).into());
    };
    let place = word(&row, "place_id", |id| PlaceId::parse(id).ok())?;
    let detail = json!({ "report": text(&row, "id")?, "answer": words.as_str() });
    Ok(places::record_by(connection, &place, (Actor::Operator, "wrong_answered", detail), *now).await?)
}

fn answered(kept: &Kept) -> FieldErrors {
    let said = kept.answered.as_ref().map(|(at, words)| (shanghai(*at).format("%Y-%m-%d %H:%M"), words));
    let said = said.map_or_else(String::new, |(at, words)| format!("{at} “{words}”"));
    let reason = Reason::own(
        "report_answered",
        format!("已经答复过：{said}。要改答复，请加 --again。"),
        format!("It was answered already: {said}. Add --again to say something else in its place."),
    );
    FieldErrors::one("receipt", reason)
}

fn read(row: &AnyRow) -> Result<Kept, DatabaseError> {
    let answer = maybe_instant(row, "answered_at")?.zip(maybe_text(row, "answer")?);
    Ok(Kept {
        receipt: word(row, "receipt", |receipt| Receipt::parse(receipt).ok())?,
        place: word(row, "place_id", |id| PlaceId::parse(id).ok())?,
        report: Report {
            about: word(row, "section", |about| about.parse::<About>().ok())?,
            words: PlainWords::kept(text(row, "text")?),
        },
        made_at: instant(row, "created_at")?,
        answered: answer.map(|(at, words)| (at, PlainWords::kept(words))),
    })
}
