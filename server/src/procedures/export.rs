//! A queue taken along as a file: masked as it is listed, for a reason, and written down before it is given.

use chrono::{DateTime, Utc};
use serde_json::json;
use shared::field::FieldErrors;
use shared::plain_words::PlainWords;
use shared::staff::{Right, StaffId};
use sqlx::{AnyConnection, any::AnyRow};

use super::queue::{self, Queue, Row};
use super::reasons::{self, Reason, Table};
use super::{kept, may};
use crate::app::App;
use crate::audit::{self, ChainedEvent, Event, Happened, Head, Stream};
use crate::database::{
    DatabaseError,
    sql::{instant, int, sql, text, word},
};
use crate::error::Error;
use crate::keys::Keys;
use crate::keys::token::new_id;
use crate::staff::authority::Staff;

/// Cases in one file at most.
pub const MOST: usize = 1_000;

/// Files that were taken along, each with a stream of its own.
pub(super) const EXPORTS: Stream = Stream {
    heads: "select 'case_export:' || id as stream, queue, cases, audit_length, audit_head from case_export",
    compare: Some(compare),
};

const EXPORTED: &str = "cases_exported";

/// What a file holds.
#[derive(Clone, Debug)]
pub struct Exported {
    pub rows: Vec<Row>,
    /// Whether the queue is longer than the file.
    pub has_more: bool,
}

/// Somebody took a queue along.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Taken {
    pub by: StaffId,
    /// None where there is no such queue any more.
    pub queue: Option<Queue>,
    pub why: String,
    pub cases: i64,
    pub at: DateTime<Utc>,
}

/// The cases of a queue, in its order. Who took them and why is written down first.
///
/// # Errors
/// [`shared::staff::Refusal::NotAllowed`]; at `why`.
pub async fn take(app: &App, staff: &Staff, queue: Queue, why: &str, now: DateTime<Utc>) -> Result<Exported, Error> {
    may(staff, Right::SeeCases)?;
    let why = PlainWords::parse(why).map_err(|reason| FieldErrors::one("why", reason))?;
    let (mut rows, mut page) = (Vec::new(), 0);
    let has_more = loop {
        let next = queue::queue(app, staff, queue, page, now).await?;
        rows.extend(next.rows);
        if !next.has_more {
            break false;
        }
        if rows.len() >= MOST {
            break true;
        }
        page += 1;
    };
    let new = New::prepare(app.keys(), staff, (queue, &why), rows.len(), kept(now));
    staff.write(app, new, write).await?;
    Ok(Exported { rows, has_more })
}

/// Who took what along of late, the newest first.
///
/// # Errors
/// [`shared::staff::Refusal::NotAllowed`].
pub async fn taken(app: &App, staff: &Staff) -> Result<Vec<Taken>, Error> {
    may(staff, Right::SeeCases)?;
    let statement = "select id, staff_id, queue, why, sealed, cases, at from case_export order by at desc, id limit 50";
    let rows = sql(statement, []).fetch_all(&mut *app.database().read().await?).await?;
    let read = |row: &AnyRow| -> Result<Taken, Error> {
        let why = reasons::read(app.keys(), Table::Exports, row)?.map(|reason| reason.words);
        Ok(Taken {
            by: word(row, "staff_id", |id| StaffId::parse(id).ok())?,
            queue: Queue::from_name(&text(row, "queue")?),
            why: why.unwrap_or_default(),
            cases: int(row, "cases")?,
            at: instant(row, "at")?,
        })
    };
    rows.iter().map(read).collect()
}

/// A file as it is written down.
struct New {
    id: String,
    by: StaffId,
    queue: Queue,
    /// Its reason.
    sealed: Vec<u8>,
    cases: i64,
    link: ChainedEvent,
    now: DateTime<Utc>,
}

impl New {
    fn prepare(
        keys: &Keys,
        staff: &Staff,
        (queue, why): (Queue, &PlainWords),
        cases: usize,
        now: DateTime<Utc>,
    ) -> Self {
        let (id, cases) = (new_id(), i64::try_from(cases).unwrap_or(i64::MAX));
        let stream = format!("case_export:{id}");
        let detail = json!({ "queue": queue.name(), "cases": cases });
        let event = Event { stream: &stream, actor: staff.actor(), act: EXPORTED, detail };
        let link = audit::prepare(&Head::empty(), &event, now);
        let reason = Reason { words: why.as_str().to_owned(), given_at: now };
        let sealed = reasons::seal(keys, (Table::Exports, &id), &reason);
        Self { id, by: staff.person().clone(), queue, sealed, cases, link, now }
    }
}

async fn write(connection: &mut AnyConnection, new: &New) -> Result<(), Error> {
    audit::insert(connection, &new.link).await?;
    let head = new.link.head();
    let statement = "insert into case_export (id, staff_id, queue, why, sealed, cases, at, audit_length, audit_head) \
         values ($1, $2, $3, '', $4, $5, $6, $7, $8)";
    let values = [
        new.id.as_str().into(),
        new.by.as_str().into(),
        new.queue.name().into(),
        new.sealed.clone().into(),
        new.cases.into(),
        new.now.into(),
        head.length.into(),
        head.hash.as_str().into(),
    ];
    sql(statement, values).execute(connection).await?;
    Ok(())
}

fn compare(row: &AnyRow, events: &[Happened]) -> Result<[String; 2], DatabaseError> {
    let is = json!({ "queue": text(row, "queue")?, "cases": int(row, "cases")? });
    let said = events.first().filter(|event| event.act == EXPORTED).map(|event| event.detail.to_string());
    Ok([is.to_string(), said.unwrap_or_else(|| "nothing that was taken along".to_owned())])
}
