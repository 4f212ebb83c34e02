//! What becomes of a file that has come whole: looked at, drawn anew, scanned, sealed, stored, and named by its row at last.

use chrono::{DateTime, Utc};
use image::ImageFormat;
use shared::problem::Problem;
use shared::procedures::{FileId, FileKind, NotTaken};
use sqlx::AnyConnection;
use tokio::sync::Semaphore;

use super::look::{Seen, look};
use super::owner::{Owner, handed, still_open};
use super::rows::{self, Inside, Row, Whole};
use super::scan::{Verdict, scan};
use super::{Handed, Handing, doomed, pdf, photo};
use crate::app::App;
use crate::database::sql::sql;
use crate::error::Error;

/// Keeps the bytes of a file whose row is there. The same bytes for the same paper are the file that is there already, where it was
/// handed in for the same.
pub(super) async fn keep(
    app: &App,
    Handing { owner, since, .. }: Handing<'_>,
    row: &Row,
    bytes: Vec<u8>,
    now: DateTime<Utc>,
) -> Result<Handed, Error> {
    let (kind, bytes) = clean(bytes).await?;
    let scanned_at = scanned(app, &bytes, now).await?;
    let size = bytes.len() as u64;
    let Sealed { address, object, bytes } = seal(app, owner, row, bytes).await?;
    let same = (row.paper.as_str(), address.as_str());
    let equal = rows::equal(&mut *app.database().read().await?, owner, same, since).await?;
    if let Some(equal) = equal.filter(|equal| equal.id != row.id) {
        app.database().write_with((row.id.clone(), now), rows::remove_unfinished).await?;
        return seen(app, &equal);
    }
    doomed::put(app, &object, bytes, now).await?;
    let whole = Whole { kind, size, address, object, scanned_at };
    let kept = app.database().write_with((owner.clone(), row.id.clone(), whole, now), name_it).await?;
    seen(app, &kept)
}

/// What is kept of bytes that came. One file at a time in the process is looked at or drawn.
async fn clean(bytes: Vec<u8>) -> Result<(FileKind, Vec<u8>), Error> {
    static ONE_AT_A_TIME: Semaphore = Semaphore::const_new(1);
    let turn = ONE_AT_A_TIME.acquire().await;
    let cleaned = tokio::task::spawn_blocking(move || {
        // Until it is done, also where nobody waits for it any more.
        let _turn = turn;
        clean_now(bytes)
    });
    // What panics has met something that no camera makes.
    Ok(cleaned.await.unwrap_or(Err(NotTaken::Damaged))?)
}

fn clean_now(bytes: Vec<u8>) -> Result<(FileKind, Vec<u8>), NotTaken> {
    match look(&bytes)? {
        Seen::Jpeg => Ok((FileKind::Photo, photo::draw(&bytes, ImageFormat::Jpeg)?)),
        Seen::Png => Ok((FileKind::Photo, photo::draw(&bytes, ImageFormat::Png)?)),
        Seen::Pdf => pdf::check(&bytes).map(|()| (FileKind::Pdf, bytes)),
    }
}

/// When the scanner found nothing in what is to be kept, if it could be asked.
async fn scanned(app: &App, bytes: &[u8], now: DateTime<Utc>) -> Result<Option<DateTime<Utc>>, Error> {
    let Some(clamd) = &app.settings().storage.clamd else { return Ok(None) };
    match scan(clamd, bytes).await {
        Verdict::Clean => Ok(Some(now)),
        Verdict::Found(_) => Err(NotTaken::Infected.into()),
        Verdict::Away | Verdict::Unknown => Ok(None),
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
