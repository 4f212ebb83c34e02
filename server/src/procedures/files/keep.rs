//! What becomes of a file that has come whole: looked at, drawn anew, scanned, sealed, stored, and named by its row at last.

use std::time::Duration;

use chrono::{DateTime, Utc};
use image::ImageFormat;
use shared::problem::Problem;
use shared::procedures::{FileId, FileKind, NotTaken};
use sqlx::AnyConnection;
use tokio::{
    sync::{Semaphore, SemaphorePermit},
    time::timeout,
};

use super::look::{Seen, look};
use super::owner::{Owner, handed, still_open};
use super::rows::{self, Inside, Row, Whole};
use super::scan::{Verdict, scan};
use super::{Handed, doomed, pdf, photo};
use crate::app::App;
use crate::database::sql::sql;
use crate::error::Error;

/// Whole files in the hands of this process: each takes its bytes two or three times over.
const IN_HAND: usize = 4;
/// How long a sender waits to be one of them.
const PATIENCE: Duration = Duration::from_secs(8);

/// Room in memory for one whole file, until the answer is dropped.
///
/// # Errors
/// [`Problem::Busy`] where none is free in time.
pub(super) async fn turn(app: &App) -> Result<SemaphorePermit<'static>, Error> {
    static ROOM: Semaphore = Semaphore::const_new(IN_HAND);
    match timeout(app.clock().patience(PATIENCE), ROOM.acquire()).await {
        Ok(Ok(turn)) => Ok(turn),
        _ => Err(Problem::Busy.into()),
    }
}

/// Keeps the bytes of a file whose row is there. The same bytes for the same paper are the file that is there already.
pub(super) async fn keep(
    app: &App,
    owner: &Owner,
    row: &Row,
    bytes: Vec<u8>,
    now: DateTime<Utc>,
) -> Result<Handed, Error> {
    let (kind, bytes) = clean(bytes).await?;
    let scanned_at = scanned(app, &bytes, now).await?;
    let size = bytes.len() as u64;
    let Sealed { address, object, bytes } = seal(app, owner, row, bytes).await?;
    let equal = rows::equal(&mut *app.database().read().await?, owner, (row.paper.as_str(), address.as_str())).await?;
    if let Some(equal) = equal.filter(|equal| equal.id != row.id) {
        app.database().write_with((row.id.clone(), now), rows::remove_unfinished).await?;
        return seen(app, &equal);
    }
    doomed::put(app, &object, bytes, now).await?;
    let whole = Whole { kind, size, address, object, scanned_at };
    let kept = app.database().write_with((owner.clone(), row.id.clone(), whole, now), name_it).await?;
    seen(app, &kept)
}

/// What is kept of bytes that came.
async fn clean(bytes: Vec<u8>) -> Result<(FileKind, Vec<u8>), Error> {
    match look(&bytes)? {
        Seen::Jpeg => Ok((FileKind::Photo, photo::redraw(bytes, ImageFormat::Jpeg).await?)),
        Seen::Png => Ok((FileKind::Photo, photo::redraw(bytes, ImageFormat::Png).await?)),
        Seen::Pdf => {
            let checked = tokio::task::spawn_blocking(move || pdf::check(&bytes).map(|()| bytes)).await;
            Ok((FileKind::Pdf, checked.unwrap_or(Err(NotTaken::Damaged))?))
        }
    }
}

/// When the scanner found nothing in what is to be kept, if it could be asked.
async fn scanned(app: &App, bytes: &[u8], now: DateTime<Utc>) -> Result<Option<DateTime<Utc>>, Error> {
    let Some(clamd) = &app.settings().storage.clamd else { return Ok(None) };
    match scan(clamd, bytes).await {
        Verdict::Clean => Ok(Some(now)),
        Verdict::Found(_) => Err(NotTaken::Infected.into()),
        Verdict::Unknown => Ok(None),
    }
}

struct Sealed {
    address: String,
    object: String,
    bytes: Vec<u8>,
}

async fn seal(app: &App, owner: &Owner, row: &Row, bytes: Vec<u8>) -> Result<Sealed, Error> {
    let inside: Inside = app.keys().open(&rows::context(row.id.as_str()), &row.sealed)?;
    let (keys, within) = (app.keys().clone(), format!("case_file {} {}", owner.as_str(), row.paper));
    let sealing = tokio::task::spawn_blocking(move || {
        let address = keys.fingerprint(&within, &bytes);
        let object = rows::new_object(&address);
        Sealed { bytes: inside.key.seal(&object, &bytes), address, object }
    });
    Ok(sealing.await.map_err(|_| Problem::Internal)?)
}

fn seen(app: &App, row: &Row) -> Result<Handed, Error> {
    Ok(handed(app, row)?.ok_or(Problem::NotFound)?)
}

/// Names what was stored; where another did so for this file meanwhile, what was stored stays doomed.
async fn name_it(
    connection: &mut AnyConnection,
    (owner, id, whole, now): &(Owner, FileId, Whole, DateTime<Utc>),
) -> Result<Row, Error> {
    still_open(connection, owner).await?;
    let [draft, case] = owner.columns();
    let statement = "update case_file set state = 'kept', kind = $1, size = $2, address = $3, object = $4, \
         scanned_at = $5 where id = $6 and state = 'receiving' and (draft_id = $7 or case_id = $8)";
    let values = [
        whole.kind.name().into(),
        rows::column(whole.size),
        whole.address.as_str().into(),
        whole.object.as_str().into(),
        whole.scanned_at.into(),
        id.as_str().into(),
        draft,
        case,
    ];
    if sql(statement, values).execute(&mut *connection).await?.rows_affected() > 0 {
        doomed::spare(connection, &whole.object).await?;
        rows::doom_parts(connection, id, *now).await?;
    }
    Ok(rows::one(connection, owner, id).await?.ok_or(Problem::NotFound)?)
}
