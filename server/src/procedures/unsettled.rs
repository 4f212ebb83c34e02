//! What waits for somebody of the office beside what is decided: words of a family that nobody has answered, and texts to it that
//! did not arrive, of which somebody tells it otherwise.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use serde_json::json;
use shared::identity::Phone;
use shared::problem::Problem;
use shared::procedures::{CaseId, Refusal};
use shared::staff::Right;
use sqlx::{AnyConnection, any::AnyRow};

use super::store;
use super::{kept, may};
use crate::app::App;
use crate::audit::{self, Actor, Event};
use crate::database::{
    DatabaseError,
    sql::{bytes, instant, maybe_instant, sql, text},
};
use crate::error::Error;
use crate::outbox::{Message, SEAL};
use crate::staff::authority::Staff;

/// What the record says once something waits no more without an answer in writing.
pub(super) const SETTLED: &str = "case_settled";

/// What waits.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[schema(as = CaseWaiting)]
#[serde(rename_all = "snake_case")]
pub enum Waiting {
    /// Words of the family: settled, they need no answer, or were answered otherwise.
    Messages,
    /// Texts that did not arrive: settled, the family was told otherwise, such as by telephone.
    Texts,
}

/// A text to a family that did not arrive.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Untold {
    /// Which text it was, by its name in the outbox.
    pub kind: String,
    /// Masked; empty where the text cannot be read.
    pub to: String,
    /// When it was given up.
    pub failed_at: DateTime<Utc>,
}

/// The texts of a case that nobody has settled, the oldest first.
///
/// # Errors
/// [`shared::staff::Refusal::NotAllowed`].
pub async fn untold(app: &App, staff: &Staff, id: &CaseId) -> Result<Vec<Untold>, Error> {
    may(staff, Right::SeeCases)?;
    let statement = "select o.kind, o.sealed, o.due_at from procedure_case c join outbox o on o.subject = 'case:' || c.id \
         where c.id = $1 and o.state = 'failed' and o.useful_until is null and o.due_at >= c.unreached_at order by o.id";
    let rows = sql(statement, [id.as_str().into()]).fetch_all(&mut *app.database().read().await?).await?;
    Ok(rows.iter().map(|row| read(app, row)).collect::<Result<_, DatabaseError>>()?)
}

/// Writes down that what was seen until an instant waits no more; what came later still does. Done again it changes nothing.
///
/// # Errors
/// [`shared::staff::Refusal::NotAllowed`]; [`Problem::NotFound`]; [`Refusal::Erased`].
pub async fn settle(
    app: &App,
    staff: &Staff,
    (id, what): (&CaseId, Waiting),
    until: DateTime<Utc>,
    now: DateTime<Utc>,
) -> Result<(), Error> {
    may(staff, Right::ReviewCases).or_else(|_| may(staff, Right::DecideCases))?;
    let settling = Settling { id: id.clone(), what, by: staff.actor(), until, now: kept(now) };
    staff.write(app, settling, write).await
}

/// Since when a word of the family waits.
pub(super) async fn written_at(
    connection: &mut AnyConnection,
    id: &CaseId,
) -> Result<Option<DateTime<Utc>>, DatabaseError> {
    let statement = "select written_at from procedure_case where id = $1";
    let row = sql(statement, [id.as_str().into()]).fetch_optional(connection).await?;
    Ok(row.as_ref().map(|row| maybe_instant(row, "written_at")).transpose()?.flatten())
}

/// A word of the family waits from now on, unless an older one does.
pub(super) async fn wrote(
    connection: &mut AnyConnection,
    id: &CaseId,
    now: DateTime<Utc>,
) -> Result<(), DatabaseError> {
    let statement = "update procedure_case set written_at = coalesce(written_at, $1) where id = $2";
    sql(statement, [now.into(), id.as_str().into()]).execute(connection).await?;
    Ok(())
}

/// Whether anything that had waited until an instant waits no more.
pub(super) async fn settled(
    connection: &mut AnyConnection,
    (id, what): (&CaseId, Waiting),
    until: DateTime<Utc>,
) -> Result<bool, DatabaseError> {
    let statement = match what {
        Waiting::Messages => {
            "update procedure_case set written_at = (select min(m.at) from case_message m where m.case_id = procedure_case.id \
             and m.side = 'family' and m.at > $2) where id = $1 and written_at <= $2"
        }
        Waiting::Texts => {
            "update procedure_case set unreached_at = (select min(o.due_at) from outbox o \
             where o.subject = 'case:' || procedure_case.id and o.state = 'failed' and o.useful_until is null \
             and o.due_at > $2) where id = $1 and unreached_at <= $2"
        }
    };
    Ok(sql(statement, [id.as_str().into(), until.into()]).execute(connection).await?.rows_affected() > 0)
}

struct Settling {
    id: CaseId,
    what: Waiting,
    by: Actor,
    until: DateTime<Utc>,
    now: DateTime<Utc>,
}

async fn write(connection: &mut AnyConnection, settling: &Settling) -> Result<(), Error> {
    let Settling { id, what, by, until, now } = settling;
    let stored = store::keep(connection, id).await?.ok_or(Problem::NotFound)?;
    if stored.erased_at.is_some() {
        return Err(Refusal::Erased.into());
    }
    if !settled(connection, (id, *what), *until).await? {
        return Ok(());
    }
    let stream = store::stream(id);
    let event = Event { stream: &stream, actor: by.clone(), act: SETTLED, detail: json!({ "what": what }) };
    Ok(store::append(connection, &stored, &audit::prepare(&stored.head, &event, *now)).await?)
}

fn read(app: &App, row: &AnyRow) -> Result<Untold, DatabaseError> {
    // One that cannot be opened is a task like the others; it keeps nobody from the rest.
    let to = match app.keys().open::<Message>(SEAL, &bytes(row, "sealed")?) {
        Ok(message) => Phone::parse(&message.to).map(|phone| phone.masked()).unwrap_or_default(),
        Err(error) => {
            tracing::error!(%error, "a text about a case that did not arrive cannot be read");
            String::new()
        }
    };
    Ok(Untold { kind: text(row, "kind")?, to, failed_at: instant(row, "due_at")? })
}
