//! Who of the staff looked at a visit, and for what: a row and an event for each person, thing seen and quarter of an hour.
//! Whoever holds the booking reads of all of them but those for safety, which leave no gap.

pub mod accounts;
pub mod by_person;
pub mod changed;
mod of_office;
mod page;
pub mod places;
mod reading;
pub mod releases;
pub mod safety;

use chrono::{DateTime, TimeDelta, Utc};
use serde::Serialize;
use shared::counter::{LookPurpose, Reason, Seen, UnmaskReason, VisitId};
use shared::staff::{OfficeId, Role, StaffId};
use sqlx::AnyConnection;

use crate::audit::{self, Actor, Event, Happened, Head, Stream};
use crate::database::{
    DatabaseError,
    sql::{Value, int, sql, text},
};
use crate::error::Error;
use crate::keys::token::new_id;
use crate::staff::authority::Staff;

pub use reading::{Look, Shown, shown_to_holder};
pub(super) use reading::{all_shown, of_visit};

/// Looks of one person at one thing within a quarter of an hour are one row; the index `look_once` counts by it.
const ONE_EACH: TimeDelta = TimeDelta::minutes(15);

/// Looks with what was seen and for what.
pub(super) const LOOKS: Stream = Stream {
    heads: "select 'look:' || id as stream, audit_length, audit_head, \
         visit_id || ' by ' || staff_id || ' of ' || office || ' as ' || role || ', ' || purpose || ', ' || seen || ' at ' \
         || cast(at as text) as row from look",
    compare: Some(|row, events| Ok([text(row, "row")?, words(events)])),
};

/// A look as it is written.
#[derive(Clone, Debug)]
pub(super) struct NewLook {
    pub(super) visit: VisitId,
    pub(super) staff: StaffId,
    /// The office of the visit.
    pub(super) office: OfficeId,
    /// As what they may look there.
    pub(super) role: Role,
    pub(super) purpose: LookPurpose,
    pub(super) seen: Seen,
    /// Always with words where it is hidden, but where a visit was set apart, which says why.
    pub(super) why: Option<(UnmaskReason, Option<Reason>)>,
    pub(super) at: DateTime<Utc>,
}

/// What the event says: nothing of the people.
#[derive(Serialize)]
struct Detail<'a> {
    visit: &'a VisitId,
    by: &'a StaffId,
    office: &'a OfficeId,
    role: &'static str,
    purpose: &'static str,
    seen: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    why: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    reason: Option<&'a Reason>,
}

impl NewLook {
    /// That somebody ended a visit because one of them is not willing; it is written down out of sight.
    pub(super) fn apart(id: VisitId, staff: &Staff, (office, role): (OfficeId, Role), at: DateTime<Utc>) -> Self {
        let (purpose, seen) = (LookPurpose::Safety, Seen::SetApart);
        Self { visit: id, staff: staff.person().clone(), office, role, purpose, seen, why: None, at }
    }

    fn detail(&self) -> Detail<'_> {
        let (why, reason) = match &self.why {
            Some((why, reason)) => (Some(why.name()), reason.as_ref()),
            None => (None, None),
        };
        Detail {
            visit: &self.visit,
            by: &self.staff,
            office: &self.office,
            role: self.role.name(),
            purpose: self.purpose.name(),
            seen: self.seen.to_string(),
            why,
            reason,
        }
    }

    fn act(&self) -> &'static str {
        match self.seen {
            Seen::Opened => "opened",
            Seen::Unmasked { .. } => "unmasked",
            Seen::SetApart => "set_apart",
        }
    }
}

/// Writes a look. Opening again within the quarter of an hour adds nothing, but for its reason where it is hidden; each time
/// something is read in full is an event.
pub(super) async fn write(connection: &mut AnyConnection, look: &NewLook) -> Result<(), Error> {
    const INSERT: &str = "insert into look (id, visit_id, staff_id, office, role, purpose, seen, at, audit_length, audit_head) \
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) on conflict do nothing";
    let (id, seen) = (new_id(), look.seen.to_string());
    let stream = format!("look:{id}");
    let event =
        Event { stream: &stream, actor: Actor::Staff(look.staff.clone()), act: look.act(), detail: look.detail() };
    let link = audit::prepare(&Head::empty(), &event, look.at);
    let head = link.head();
    let values = [
        id.as_str().into(),
        look.visit.as_str().into(),
        look.staff.as_str().into(),
        look.office.as_str().into(),
        look.role.name().into(),
        look.purpose.name().into(),
        seen.as_str().into(),
        look.at.into(),
        head.length.into(),
        head.hash.as_str().into(),
    ];
    if sql(INSERT, values).execute(&mut *connection).await?.rows_affected() == 1 {
        return Ok(audit::insert(connection, &link).await?);
    }
    if look.seen == Seen::Opened && !look.purpose.is_hidden() { Ok(()) } else { again(connection, look).await }
}

/// Appends to the look that is there already.
async fn again(connection: &mut AnyConnection, look: &NewLook) -> Result<(), Error> {
    const FIND: &str = "select id, audit_length, audit_head from look where staff_id = $1 and visit_id = $2 and seen = $3 \
         and at / 900000 = $4 and case when purpose = 'safety' then 1 else 0 end = $5";
    let quarter = look.at.timestamp_millis().div_euclid(ONE_EACH.num_milliseconds());
    let values = [
        look.staff.as_str().into(),
        look.visit.as_str().into(),
        look.seen.to_string().into(),
        quarter.into(),
        Value::from(look.purpose.is_hidden()),
    ];
    let row = sql(FIND, values).fetch_one(&mut *connection).await?;
    let (id, head) = (text(&row, "id")?, Head { length: int(&row, "audit_length")?, hash: text(&row, "audit_head")? });
    let stream = format!("look:{id}");
    let event =
        Event { stream: &stream, actor: Actor::Staff(look.staff.clone()), act: look.act(), detail: look.detail() };
    let head = audit::append(connection, &head, &event, look.at).await?;
    let statement = "update look set audit_length = $1, audit_head = $2 where id = $3";
    sql(statement, [head.length.into(), head.hash.into(), id.into()]).execute(connection).await?;
    Ok(())
}

/// How many things one person has read in full since an instant.
pub(super) async fn unmasked_since(
    connection: &mut AnyConnection,
    staff: &StaffId,
    since: DateTime<Utc>,
) -> Result<i64, DatabaseError> {
    let statement = "select count(*) as unmasked from look where staff_id = $1 and at > $2 \
         and seen not in ('opened', 'set_apart')";
    int(&sql(statement, [staff.as_str().into(), since.into()]).fetch_one(connection).await?, "unmasked")
}

/// The row that the first event makes.
fn words(events: &[Happened]) -> String {
    let Some(Happened { at, detail, .. }) = events.first() else { return String::new() };
    let said = |name: &str| detail[name].as_str().unwrap_or_default().to_owned();
    format!(
        "{} by {} of {} as {}, {}, {} at {}",
        said("visit"),
        said("by"),
        said("office"),
        said("role"),
        said("purpose"),
        said("seen"),
        at.timestamp_millis()
    )
}
