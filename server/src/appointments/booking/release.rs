//! The office ends a booking that should not stand, such as one made with somebody else's document number: its people are
//! free at once, and its place comes back as after a cancellation. Where those who hold it are not to know and nobody could
//! have called it off, it goes on for them ([`super::withheld`]), and only whoever stands at the desk is free. The visit that a
//! hall has begun with it ends in the same transaction, which is the hall's to do.

use chrono::{DateTime, TimeDelta, Utc};
use serde_json::json;
use shared::appointments::{BookingReference, HoldId, Service};
use shared::field::{FieldErrors, Reason};
use shared::plain_words::PlainWords;
use shared::problem::Problem;
use sqlx::AnyConnection;

use super::messages::{self, About, BookingEvent};
use super::withheld::{self, Guise, Withheld};
use crate::app::App;
use crate::appointments::attendees::place_of;
use crate::appointments::bookable::Bookable;
use crate::appointments::record::{self, Record};
use crate::appointments::{self, hold, point, undisturbed};
use crate::audit::{self, Actor, ChainedEvent, Event};
use crate::database::{
    DatabaseError,
    sql::{int, sql},
};
use crate::error::Error;
use crate::outbox;

/// In the detail of the event, where those who hold the booking read it as one that stands.
pub(in crate::appointments) const STANDS: &str = "stands";
/// In the detail, where nobody counts as booked by it any more.
pub(in crate::appointments) const LAST_FREED: &str = "last_freed";
/// In the detail, by the place among those listed: whose document lay on the desk.
pub(super) const WHO: &str = "who";

/// When the phones of a booking are told that it was ended. Whoever made it may be the one from whom its people are kept safe.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Telling {
    Now,
    After(TimeDelta),
    Never,
}

impl Telling {
    /// Where it is chosen at an instant; none for never.
    pub(super) fn at(self, now: DateTime<Utc>) -> Option<DateTime<Utc>> {
        match self {
            Self::Now => Some(now),
            Self::After(time) => Some(now + time),
            Self::Never => None,
        }
    }
}

/// Whose document lies on the desk.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AtDesk {
    /// Their blind index.
    pub person: String,
    /// As what it would go on, as the clerk has read it: what is not to be found out is chosen knowing by what it can be.
    pub read_as: Guise,
}

/// On whose authority a booking is ended, why, and when its phones are told.
#[derive(Clone, Debug)]
pub struct Ending {
    pub actor: Actor,
    /// It may be read by auditors for years.
    pub reason: PlainWords,
    pub telling: Telling,
    pub at_desk: Option<AtDesk>,
}

/// Ends a booking with which no hall has begun, whatever its deadlines; its phones are told so without a reason.
///
/// # Errors
/// [`Problem::NotFound`] for an unknown reference, and for a booking of a service that is not among `bookable`;
/// [`Refusal::BookingEnded`] for one that stands no more, [`Refusal::Arrived`] where its visit ends with it,
/// [`Problem::Busy`] when its holders keep changing it.
pub async fn release(
    app: &App,
    bookable: &[&'static Bookable],
    reference: BookingReference,
    reason: &PlainWords,
    now: DateTime<Utc>,
) -> Result<(), Error> {
    let ending = Ending { actor: Actor::Operator, reason: reason.clone(), telling: Telling::Now, at_desk: None };
    undisturbed(|| release_once(app, (bookable, reference), &ending, now)).await
}

async fn release_once(
    app: &App,
    which: (&[&'static Bookable], BookingReference),
    ending: &Ending,
    now: DateTime<Utc>,
) -> Result<(), Error> {
    let releasing = Releasing::prepare(app, which, ending, now).await?;
    releasing.record.untouched(now)?;
    let ended = releasing.after();
    appointments::write(app, releasing, write_untouched).await?;
    ended.told(app, now).await;
    Ok(())
}

/// A booking that is about to be ended, with all that is written for it.
pub(crate) struct Releasing {
    pub(crate) record: Record,
    service: Service,
    link: ChainedEvent,
    messages: Vec<Vec<u8>>,
    /// None where nobody is told.
    told_at: Option<DateTime<Utc>>,
    /// It goes on as one that stands for those who hold it.
    stands: bool,
    /// It was ended before, out of their sight.
    is_again: bool,
    at_desk: Option<String>,
    returns_at: DateTime<Utc>,
    now: DateTime<Utc>,
}

/// What follows once a booking was ended.
pub(crate) struct Released {
    id: HoldId,
    service: Service,
    stands: bool,
}

impl Releasing {
    /// Whoever stands at the desk ends what reads as standing, also where another whom it names has ended it already: who holds it
    /// may be either of them, and is told when both are safe.
    ///
    /// # Errors
    /// As [`release`], of a booking that stands no more, and of none; a field error at `tell` where it would go on as something
    /// else by now than the clerk has read.
    pub(crate) async fn prepare(
        app: &App,
        (bookable, reference): (&[&'static Bookable], BookingReference),
        Ending { actor, reason, telling, at_desk }: &Ending,
        now: DateTime<Utc>,
    ) -> Result<Self, Error> {
        let (record, before) = read(app, reference, at_desk.is_some(), now).await?;
        let bookable = bookable.iter().find(|bookable| bookable.service == record.service);
        let bookable = *bookable.ok_or(Problem::NotFound)?;
        record.state.undo(now, record.starts_at)?;
        let point = point::one(app, &record.service, &record.place).await?;
        let rule = point.rule(now)?;
        let people = bookable.people_of(app.keys(), &record)?;
        let about = About::of(app, bookable, reference, &record, &point);
        let would = Guise::of(&record, rule, now);
        if *telling != Telling::Now && at_desk.as_ref().is_some_and(|desk| desk.read_as != would) {
            return Err(FieldErrors::one("tell", changed()).into());
        }
        let wished = telling.at(now);
        let told_at = before.map_or(wished, |before| before.or_longer(wished));
        let guise = (before.is_some() || *telling != Telling::Now).then_some(would);
        let stands = guise.is_some_and(Guise::stands);
        let mut detail = json!({ "reason": reason });
        if let Some(guise) = guise {
            detail = json!({ "reason": reason, "told_at": told_at, "shown_as": guise, STANDS: stands });
        }
        if let Some(desk) = at_desk {
            detail[WHO] = json!(place_of(app.keys(), &*people, &desk.person));
            if stands && is_last(app, &record.id, &desk.person).await? {
                detail[LAST_FREED] = true.into();
            }
        }
        if before.is_some() {
            detail["wished"] = json!(wished);
        }
        let act = BookingEvent::Released.kind();
        let event = Event { stream: record.id.as_str(), actor: actor.clone(), act, detail };
        Ok(Self {
            link: audit::prepare(&record.head, &event, now),
            messages: messages::compose(app, &people.phones(), BookingEvent::Released, &about, record.locale),
            told_at,
            stands,
            is_again: before.is_some(),
            at_desk: at_desk.as_ref().map(|desk| desk.person.clone()),
            returns_at: now + rule.returns.draw(rand::random()),
            service: bookable.service.clone(),
            record,
            now,
        })
    }

    pub(crate) fn after(&self) -> Released {
        Released { id: self.record.id.clone(), service: self.service.clone(), stands: self.stands }
    }
}

/// A booking, and how it is withheld: to whoever stands at the desk as those who hold it read it.
pub(super) async fn read(
    app: &App,
    reference: BookingReference,
    is_at_desk: bool,
    now: DateTime<Utc>,
) -> Result<(Record, Option<Withheld>), Error> {
    let mut connection = app.database().read().await?;
    let record = record::by_reference(&mut connection, reference).await?.ok_or(Problem::NotFound)?;
    if !is_at_desk {
        return Ok((record, None));
    }
    let before = withheld::of_booking(&mut connection, &record.id, now).await?;
    Ok((withheld::as_held(&mut connection, record, now).await?, before))
}

/// Whether this is the last of several who counts as booked.
async fn is_last(app: &App, id: &HoldId, person: &str) -> Result<bool, Error> {
    let statement = "select count(*) as others, count(case when live = 1 then 1 end) as live from person \
         where appointment_id = $1 and person_index <> $2";
    let values = [id.as_str().into(), person.into()];
    let row = sql(statement, values).fetch_one(&mut *app.database().read().await?).await?;
    Ok(int(&row, "others")? > 0 && int(&row, "live")? == 0)
}

fn changed() -> Reason {
    Reason::own(
        "shown_as_changed",
        "预约页面会显示的内容刚刚变了：请再看一遍下面的说明，再选。",
        "What its page will show has just changed: read below what it is by now, and choose again.",
    )
}

impl Released {
    /// Wakes whoever sends, and gives back what the booking held to move, unless that would tell.
    pub(crate) async fn told(self, app: &App, now: DateTime<Utc>) {
        app.outbox_wakes();
        if !self.stands {
            hold::release_of_booking(app, &self.id, &self.service, now).await;
        }
    }
}

async fn write_untouched(connection: &mut AnyConnection, releasing: &Releasing) -> Result<(), Error> {
    write(connection, releasing, false).await
}

/// Writes the end of a booking with which the hall has begun, or has not.
///
/// # Errors
/// [`Error::Overtaken`] where it was changed meanwhile.
pub(crate) async fn write(
    connection: &mut AnyConnection,
    releasing: &Releasing,
    has_arrived: bool,
) -> Result<(), Error> {
    let (record, head) = (&releasing.record, releasing.link.head());
    if record.arrived != has_arrived {
        // As what it goes on for those who hold it depends on that.
        return Err(Error::Overtaken);
    }
    let statement = "update appointment set released = 1, audit_length = $1, audit_head = $2 \
         where id = $3 and state = 'booked' and audit_length = $4 and arrived = $5";
    let id = record.id.as_str();
    let values = [head.length.into(), head.hash.into(), id.into(), record.head.length.into(), has_arrived.into()];
    if sql(statement, values).execute(&mut *connection).await?.rows_affected() == 0 {
        return Err(Error::Overtaken);
    }
    if releasing.stands {
        free_whoever_is_here(connection, releasing).await?;
    } else {
        let statement =
            "update appointment set state = 'cancelled', occupies_until = $1, changes = changes + 1 where id = $2";
        sql(statement, [releasing.returns_at.into(), id.into()]).execute(&mut *connection).await?;
        sql("update person set live = 0 where appointment_id = $1", [id.into()]).execute(&mut *connection).await?;
    }
    audit::insert(connection, &releasing.link).await?;
    let (subject, kind) = (record.subject(), BookingEvent::Released.kind());
    match releasing.told_at {
        Some(due_at) if due_at > releasing.now => {
            tell_later(connection, &subject, (&releasing.messages, due_at), releasing.now).await
        }
        None if releasing.is_again => tell_never(connection, &subject).await,
        Some(_) => Ok(outbox::insert(connection, &subject, kind, &releasing.messages, releasing.now).await?),
        None => Ok(()),
    }
}

/// Has the text that it was ended go out later, in place of one that waits already.
///
/// # Errors
/// [`Error::Overtaken`] where that one is on its way.
pub(super) async fn tell_later(
    connection: &mut AnyConnection,
    subject: &str,
    (messages, due_at): (&[Vec<u8>], DateTime<Utc>),
    now: DateTime<Utc>,
) -> Result<(), Error> {
    tell_never(connection, subject).await?;
    let kind = BookingEvent::Released.kind();
    Ok(outbox::insert_later(connection, (subject, kind, kind), messages, due_at, now).await?)
}

/// Takes that text back.
///
/// # Errors
/// As [`tell_later`].
pub(super) async fn tell_never(connection: &mut AnyConnection, subject: &str) -> Result<(), Error> {
    let is_back = outbox::withdraw(connection, subject, BookingEvent::Released.kind()).await?;
    if is_back { Ok(()) } else { Err(Error::Overtaken) }
}

/// Whoever stands at the desk can book again, with somebody else: the others count as booked for as long as it goes on, as does
/// somebody whom alone it names.
async fn free_whoever_is_here(connection: &mut AnyConnection, releasing: &Releasing) -> Result<(), DatabaseError> {
    let statement = "update person set live = 0 where appointment_id = $1 and person_index = $2 \
         and exists (select 1 from person o where o.appointment_id = $1 and o.person_index <> $2)";
    let values = [releasing.record.id.as_str().into(), releasing.at_desk.clone().into()];
    sql(statement, values).execute(connection).await?;
    Ok(())
}
