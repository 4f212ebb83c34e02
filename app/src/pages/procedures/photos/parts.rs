//! Photographs that a script sends in parts (`public/assets/parts.js`), so that a connection that breaks costs one part.

use axum::{
    Json,
    body::{Body, HttpBody, to_bytes},
    response::{IntoResponse, Response},
};
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use server::{
    App, Error,
    client::Client,
    in_hand,
    procedures::{files::New, papers::Tray},
};
use shared::{
    locale::Locale,
    problem::Problem,
    procedures::{FileId, NotTaken, Refusal, file::LONGEST_PART},
};

use super::PAPER;
use crate::pairs::{Pairs, value};

/// Bytes of the parts that the script makes: small enough for a weak connection to get one through.
pub(super) const PART: usize = LONGEST_PART / 2;

/// What a script sends: a file that is about to come, or, where the address names one, its next part.
pub(in crate::pages::procedures) struct Coming<'a> {
    pub client: &'a Client,
    pub asked: &'a Pairs,
    pub body: Body,
}

/// A file that is about to come. Its name stands in no address.
#[derive(Deserialize)]
struct Announced {
    name: String,
    /// Bytes.
    size: u64,
}

/// What the script is told.
#[derive(Serialize)]
#[serde(untagged)]
enum Told {
    /// The next part begins after so many bytes.
    Far { file: FileId, received: u64, whole: bool },
    /// It is not taken, and why.
    Refused { message: String },
}

/// Lays a part into the tray, which is not read before there is room for it.
///
/// # Errors
/// What is not the file's fault.
pub(in crate::pages::procedures) async fn take(
    app: &App,
    (locale, now): (Locale, DateTime<Utc>),
    tray: &Tray,
    coming: Coming<'_>,
) -> Result<Response, Error> {
    let Coming { client, asked, body } = coming;
    let most = body.size_hint().upper().unwrap_or(u64::MAX).min(LONGEST_PART as u64);
    let _room = in_hand::coming(app, client.address, most).await?;
    let bytes = to_bytes(body, LONGEST_PART).await.map_err(|_| Problem::TooLarge)?;
    let told = match named(asked)? {
        Some((file, offset)) => next(app, tray, file, (offset, &bytes), now).await,
        None => begin(app, client, tray, (asked, &bytes), now).await,
    };
    let told = told.or_else(|error| match error.refusal::<Refusal>() {
        Some(refusal @ Refusal::File(_)) => Ok(Told::Refused { message: Problem::from(refusal).sentence(locale) }),
        _ => Err(error),
    });
    Ok(Json(told?).into_response())
}

/// The file that an address names, and the bytes before its part.
fn named(asked: &Pairs) -> Result<Option<(FileId, u64)>, Problem> {
    let Some(file) = value(asked, "file") else { return Ok(None) };
    let file = FileId::parse(file).map_err(|_| Problem::NotFound)?;
    let offset = value(asked, "offset").and_then(|offset| offset.parse().ok()).ok_or(Problem::Malformed)?;
    Ok(Some((file, offset)))
}

async fn begin(
    app: &App,
    client: &Client,
    tray: &Tray,
    (asked, bytes): (&Pairs, &[u8]),
    now: DateTime<Utc>,
) -> Result<Told, Error> {
    let paper = value(asked, PAPER).ok_or(Problem::NotFound)?;
    let Ok(Json(Announced { name, size })) = Json::from_bytes(bytes) else { return Err(Problem::Malformed.into()) };
    tray.count(app, client, size)?;
    let file = tray.begin(app, New { paper, name: &name, size }, now).await?;
    Ok(Told::Far { file, received: 0, whole: false })
}

async fn next(app: &App, tray: &Tray, file: FileId, part: (u64, &[u8]), now: DateTime<Utc>) -> Result<Told, Error> {
    match tray.lay(app, &file, part, now).await {
        Ok((progress, handed)) => Ok(Told::Far { file, received: progress.received, whole: handed.is_some() }),
        Err(error) => match error.refusal() {
            // What came before the connection broke; it goes on from there.
            Some(Refusal::File(NotTaken::OtherPart { received })) => Ok(Told::Far { file, received, whole: false }),
            _ => Err(error),
        },
    }
}
