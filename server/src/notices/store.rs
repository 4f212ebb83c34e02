//! Notices as they are kept, and held against what their events say.

use chrono::{DateTime, TimeDelta, Utc};
use serde_json::{Value as Json, json};
use shared::notices::{Board, Notice, Tone, Wording};
use sqlx::{AnyConnection, any::AnyRow};

use super::Kept;
use crate::audit::{self, Actor, Event, Happened, Head, Stream};
use crate::database::{
    DatabaseError,
    sql::{instant, int, maybe_text, sql, text, word},
};
use crate::error::Error;

/// How long a notice that is over is still on the list.
pub(super) const REMEMBERED: TimeDelta = TimeDelta::days(366);

/// A statement that [`read`] can read.
macro_rules! notices {
    ($rest:literal) => {
        concat!(
            "select id, board, subject, tone, title_zh, text_zh, title_en, text_en, from_at, until_at, version, before, \
             changed_at, audit_length, audit_head from notice ",
            $rest
        )
    };
}

/// What each notice went through: its last event is what it is.
pub(super) const STREAM: Stream = Stream {
    heads: "select 'notice:' || id as stream, id, board, subject, tone, title_zh, text_zh, title_en, text_en, from_at, \
         until_at, version, before, changed_at, audit_length, audit_head from notice",
    compare: Some(compare),
};

/// Those that are not over at an instant, the last to begin first.
pub(super) async fn since(connection: &mut AnyConnection, instant: DateTime<Utc>) -> Result<Vec<Kept>, DatabaseError> {
    let statement = notices!("where until_at > $1 order by from_at desc, id");
    let rows = sql(statement, [instant.into()]).fetch_all(connection).await?;
    rows.iter().map(read).collect()
}

pub(super) async fn one(connection: &mut AnyConnection, id: &str) -> Result<Option<Kept>, DatabaseError> {
    let row = sql(notices!("where id = $1"), [id.into()]).fetch_optional(connection).await?;
    row.as_ref().map(read).transpose()
}

/// Keeps the row of a notice to itself until the end of the transaction.
pub(super) async fn keep(connection: &mut AnyConnection, id: &str) -> Result<Option<(Kept, Head)>, DatabaseError> {
    let statement = "update notice set version = version where id = $1";
    sql(statement, [id.into()]).execute(&mut *connection).await?;
    let row = sql(notices!("where id = $1"), [id.into()]).fetch_optional(connection).await?;
    row.as_ref().map(|row| Ok((read(row)?, head(row)?))).transpose()
}

/// Writes a notice that is not there yet; whether it was not.
pub(super) async fn insert(
    connection: &mut AnyConnection,
    (id, notice): (&str, &Notice),
    now: DateTime<Utc>,
) -> Result<bool, DatabaseError> {
    let statement = "insert into notice (id, board, subject, tone, title_zh, text_zh, title_en, text_en, from_at, \
         until_at, version, before, changed_at, audit_length, audit_head) \
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, 1, null, $11, 0, '') on conflict (id) do nothing";
    let (board, subject) = notice.board.columns();
    let en = notice.en.as_ref();
    let values = [
        id.into(),
        board.into(),
        subject.into(),
        notice.tone.name().into(),
        notice.zh.title().into(),
        notice.zh.text().into(),
        en.map(|en| en.title().to_owned()).into(),
        en.map(|en| en.text().to_owned()).into(),
        notice.from.into(),
        notice.until.into(),
        now.into(),
    ];
    Ok(sql(statement, values).execute(connection).await?.rows_affected() > 0)
}

/// Gives a notice other words or other times.
pub(super) async fn replace(
    connection: &mut AnyConnection,
    kept: &Kept,
    notice: &Notice,
    now: DateTime<Utc>,
) -> Result<(), Error> {
    let statement = "update notice set board = $1, subject = $2, tone = $3, title_zh = $4, text_zh = $5, title_en = $6, \
         text_en = $7, from_at = $8, until_at = $9, version = version + 1, before = $10, changed_at = $11 where id = $12";
    let (board, subject) = notice.board.columns();
    let en = notice.en.as_ref();
    let values = [
        board.into(),
        subject.into(),
        notice.tone.name().into(),
        notice.zh.title().into(),
        notice.zh.text().into(),
        en.map(|en| en.title().to_owned()).into(),
        en.map(|en| en.text().to_owned()).into(),
        notice.from.into(),
        notice.until.into(),
        json!(kept.notice).to_string().into(),
        now.into(),
        kept.id.as_str().into(),
    ];
    sql(statement, values).execute(connection).await?;
    Ok(())
}

/// Appends to the stream of a notice what it is from now on.
pub(super) async fn note(
    connection: &mut AnyConnection,
    (id, head): (&str, &Head),
    (actor, act, notice, version): (Actor, &'static str, &Notice, i64),
    now: DateTime<Utc>,
) -> Result<(), DatabaseError> {
    let stream = format!("notice:{id}");
    let detail = json!({ "notice": notice, "version": version });
    let head = audit::append(connection, head, &Event { stream: &stream, actor, act, detail }, now).await?;
    let statement = "update notice set audit_length = $1, audit_head = $2 where id = $3";
    sql(statement, [head.length.into(), head.hash.as_str().into(), id.into()]).execute(connection).await?;
    Ok(())
}

fn compare(row: &AnyRow, events: &[Happened]) -> Result<[String; 2], DatabaseError> {
    let kept = read(row)?;
    let row = json!({ "notice": kept.notice, "version": kept.version });
    Ok([row.to_string(), events.last().map_or(Json::Null, |event| event.detail.clone()).to_string()])
}

fn read(row: &AnyRow) -> Result<Kept, DatabaseError> {
    let subject = text(row, "subject")?;
    let wording = |title: &str, body: &str, column: &str| {
        Wording::parse(title, body).map_err(|_| DatabaseError::unreadable(column))
    };
    let en = maybe_text(row, "title_en")?.zip(maybe_text(row, "text_en")?);
    let before = maybe_text(row, "before")?.map(|before| serde_json::from_str(&before)).transpose();
    Ok(Kept {
        id: text(row, "id")?,
        notice: Notice {
            board: word(row, "board", |kind| Board::restore(kind, &subject))?,
            tone: word(row, "tone", Tone::from_name)?,
            zh: wording(&text(row, "title_zh")?, &text(row, "text_zh")?, "text_zh")?,
            en: en.map(|(title, body)| wording(&title, &body, "text_en")).transpose()?,
            from: instant(row, "from_at")?,
            until: instant(row, "until_at")?,
        },
        version: int(row, "version")?,
        changed_at: instant(row, "changed_at")?,
        before: before.map_err(|_| DatabaseError::unreadable("before"))?,
    })
}

fn head(row: &AnyRow) -> Result<Head, DatabaseError> {
    Ok(Head { length: int(row, "audit_length")?, hash: text(row, "audit_head")? })
}
