//! Closing days and cutting capacity: refused until somebody has seen what it does to those already booked.

mod held;
mod notices;

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use serde::Serialize;
use serde_json::json;
use sha2::{Digest, Sha256};
use shared::appointments::{BookingReference, Service};
use shared::locale::Locale;
use shared::localised::Localised;
use shared::places::PlaceId;
use shared::problem::Problem;
use sqlx::{AnyConnection, any::AnyRow};

pub use notices::reason;

use super::bookable::Bookable;
use super::booking::messages::{self, About};
use super::{point, publish};
use crate::app::App;
use crate::audit::Actor;
use crate::database::{
    DatabaseError,
    sql::{instant, int, sql, word},
};
use crate::error::Error;
use crate::places;
use crate::staff::authority::Staff;

/// What is to change for a service at a place, from one day to another, both included.
#[derive(Clone, Debug)]
pub struct SlotChange {
    pub place: PlaceId,
    pub service: Service,
    pub from: NaiveDate,
    pub to: NaiveDate,
    pub kind: Kind,
    pub reason: Localised,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    Close,
    /// What begins at an instant of its first day or later is closed: the rest of a day.
    CloseFrom(DateTime<Utc>),
    /// Places of each slot from now on. A slot that has more taken keeps those and gives out no others.
    Capacity(u32),
}

/// What a change would do, as of the moment it was computed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Effect {
    /// Slots that change.
    pub slots: usize,
    /// Free places that would no longer be given out.
    pub free_places: i64,
    /// Live holds that could still become bookings there.
    pub holds: i64,
    /// Bookings that stand in slots which close and whose people have not come, or which are over the new capacity, the newest
    /// first.
    pub bookings: Vec<Affected>,
    /// Of those whose time closes, how many get no text: they had two of the kind within a day.
    pub untold: usize,
    /// Of what: the same numbers on another day or elsewhere are another effect.
    #[serde(skip)]
    of: Of,
}

/// Place, service, first and last day, and what is done to them.
type Of = (PlaceId, Service, NaiveDate, NaiveDate, Kind);

#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Affected {
    pub reference: BookingReference,
    pub starts_at: DateTime<Utc>,
}

/// What was changed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Made {
    pub effect: Effect,
    /// Texts that go out.
    pub texts: usize,
}

impl Kind {
    fn closes(self) -> bool {
        !matches!(self, Self::Capacity(_))
    }

    /// When the first times begin that close, where it is the rest of a day.
    fn first(self) -> Option<DateTime<Utc>> {
        match self {
            Self::CloseFrom(first) => Some(first),
            Self::Close | Self::Capacity(_) => None,
        }
    }
}

impl SlotChange {
    /// Only what begins after this instant changes.
    fn after(&self, now: DateTime<Utc>) -> DateTime<Utc> {
        self.kind.first().map_or(now, |first| now.max(first - TimeDelta::milliseconds(1)))
    }
}

/// The times of a change that are not over: those to come and, where the rest of a day closes, what was added to it for the hall.
macro_rules! still {
    () => {
        "place_id = $1 and service = $2 and date between $3 and $4 \
         and (starts_at > $5 or ($6 = 1 and added = 1 and ends_at > $5))"
    };
}

/// Names one effect exactly; whoever applies a change shows which effect they saw.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Seen(String);

/// Why a change was not made.
#[derive(Debug, thiserror::Error)]
pub enum ClosureError {
    /// Nobody has seen this effect yet, or it has changed since: look again.
    #[error("the effect has to be seen first")]
    Unseen(Effect),
    #[error(transparent)]
    Error(#[from] Error),
}

impl Effect {
    /// What to hand to [`apply`] after looking.
    ///
    /// Free places and holds come and go each second on a day that is being booked: that they are others by now is no reason
    /// to look again.
    pub fn seen(&self) -> Seen {
        let seen = (&self.of, self.slots, self.holds > 0, &self.bookings, self.untold);
        let text = serde_json::to_vec(&seen).expect("effects always serialise");
        Seen(data_encoding::HEXLOWER.encode(&Sha256::digest(text)[..8]))
    }
}

impl Seen {
    pub fn parse(text: &str) -> Self {
        Self(text.trim().to_ascii_lowercase())
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// Computes the effect and changes nothing.
pub async fn preview(app: &App, change: &SlotChange, now: DateTime<Utc>) -> Result<Effect, Error> {
    point::one(app, &change.service, &change.place).await?;
    Ok(effect(&mut *app.database().read().await?, change, now).await?)
}

/// What whoever is booked where it closes is told at once, as the first of them reads it but for the link that is theirs alone;
/// nothing where nobody is booked, or all have been told often enough.
pub(crate) async fn would_tell(
    app: &App,
    bookable: &Bookable,
    (change, effect): (&SlotChange, &Effect),
    locale: Locale,
) -> Result<Option<String>, Error> {
    let is_told = change.kind.closes() && effect.bookings.len() > effect.untold;
    let Some(Affected { reference, starts_at }) = effect.bookings.first().filter(|_| is_told) else {
        return Ok(None);
    };
    let point = point::one(app, &change.service, &change.place).await?;
    let manage_link = messages::own_link(locale).to_owned();
    let about = About { bookable, reference: *reference, place: &point.place, starts_at: *starts_at, manage_link };
    Ok(Some(messages::closed_day(&about, (change.kind.first(), &change.reason), locale)))
}

/// Makes the change if its effect is the one that was seen, and nothing is booked unseen. Who makes it has been asked for their
/// right, and has the screens of the hall drawn anew: [`crate::counter::offered`] does both.
///
/// Bookings stay until their people move or cancel them; whoever is booked at a time that closes and has not come is told so
/// at once, but for whoever was so twice within a day, and what is held there can no longer be booked.
pub(crate) async fn apply(
    app: &App,
    bookable: &Bookable,
    (change, by, staff): (SlotChange, Actor, Option<&Staff>),
    seen: Seen,
    now: DateTime<Utc>,
) -> Result<Made, ClosureError> {
    point::one(app, &change.service, &change.place).await?;
    let notices = match change.kind {
        Kind::Close | Kind::CloseFrom(_) => notices::compose(app, bookable, &change, now).await?,
        Kind::Capacity(_) => Vec::new(),
    };
    let texts = notices.iter().map(notices::Notice::texts).sum();
    let applying = Applying { change, by, seen, notices, now };
    let outcome: Result<Effect, Effect> = match staff {
        Some(staff) => super::write_by(app, staff, applying, write).await?,
        None => super::write(app, applying, write).await?,
    };
    app.appointments().forget();
    app.outbox_wakes();
    outcome.map(|effect| Made { effect, texts }).map_err(ClosureError::Unseen)
}

struct Applying {
    change: SlotChange,
    by: Actor,
    seen: Seen,
    /// For those whose bookings the seen effect names.
    notices: Vec<notices::Notice>,
    now: DateTime<Utc>,
}

async fn write(connection: &mut AnyConnection, applying: &Applying) -> Result<Result<Effect, Effect>, Error> {
    let Applying { change, by, seen, notices, now } = applying;
    let now = *now;
    publish::keep(connection, (&change.place, &change.service)).await?;
    // Taking the rows of the slots keeps new holds out between looking and changing; those of the holds waits for the
    // bookings that are being made of them, which are counted then.
    lock(connection, change, now).await?;
    let held = held::lock(connection, change, now).await?;
    let effect = effect(connection, change, now).await?;
    if effect.seen() != *seen {
        return Ok(Err(effect));
    }
    match change.kind {
        Kind::Close | Kind::CloseFrom(_) => {
            close(connection, change, now).await?;
            held::note(connection, held, now).await?;
        }
        Kind::Capacity(capacity) => cut(connection, change, capacity, now).await?,
    }
    let detail = json!({ "service": change.service, "kind": change.kind, "from": change.from, "to": change.to, "bookings": effect.bookings.len() });
    places::record_by(connection, &change.place, (by.clone(), "opening_changed", detail), now).await?;
    notices::insert(connection, notices, now).await?;
    Ok(Ok(effect))
}

async fn lock(connection: &mut AnyConnection, change: &SlotChange, now: DateTime<Utc>) -> Result<(), DatabaseError> {
    const LOCK: &str = concat!("update slot set closed = closed where ", still!());
    sql(LOCK, still(change, now)).execute(connection).await?;
    Ok(())
}

async fn close(connection: &mut AnyConnection, change: &SlotChange, now: DateTime<Utc>) -> Result<(), DatabaseError> {
    const CLOSE: &str = concat!("update slot set closed = 1 where ", still!());
    sql(CLOSE, still(change, now)).execute(&mut *connection).await?;
    let statement = "insert into special_day (place_id, service, date, open_as_weekday, reason_zh, reason_en) \
         values ($1, $2, $3, null, $4, $5) on conflict (place_id, service, date) \
         do update set open_as_weekday = null, reason_zh = $4, reason_en = $5";
    for day in change.from.iter_days().take_while(|day| *day <= change.to) {
        let values = [
            change.place.as_str().into(),
            change.service.name().into(),
            day.into(),
            change.reason.zh.as_str().into(),
            change.reason.en.as_str().into(),
        ];
        sql(statement, values).execute(&mut *connection).await?;
    }
    Ok(())
}

async fn cut(
    connection: &mut AnyConnection,
    change: &SlotChange,
    capacity: u32,
    now: DateTime<Utc>,
) -> Result<(), DatabaseError> {
    let statement = "update slot set capacity = case when taken > $6 then taken else $6 end, \
         cut_to = case when taken > $6 then $6 else null end \
         where place_id = $1 and service = $2 and date between $3 and $4 and starts_at > $5 \
         and coalesce(cut_to, capacity) > 0";
    let [place, service, from, to, now] = range(change, now);
    sql(statement, [place, service, from, to, now, capacity.into()]).execute(connection).await?;
    Ok(())
}

async fn effect(
    connection: &mut AnyConnection,
    change: &SlotChange,
    now: DateTime<Utc>,
) -> Result<Effect, DatabaseError> {
    const OPEN: &str = concat!(
        "select id, capacity, taken, coalesce(cut_to, capacity) as given from slot where ",
        still!(),
        " and closed = 0 and capacity > 0 order by starts_at"
    );
    let rows = sql(OPEN, still(change, now)).fetch_all(&mut *connection).await?;
    let of = (change.place.clone(), change.service.clone(), change.from, change.to, change.kind);
    let mut effect = Effect { slots: 0, free_places: 0, holds: 0, bookings: Vec::new(), untold: 0, of };
    for row in &rows {
        let (id, capacity, taken) = (int(row, "id")?, int(row, "capacity")?, int(row, "taken")?);
        let kept = match change.kind {
            Kind::Close | Kind::CloseFrom(_) => 0,
            Kind::Capacity(kept) => i64::from(kept),
        };
        // A time that is no more stays so, whatever is taken there.
        let is_gone = !change.kind.closes() && int(row, "given")? == 0;
        if is_gone || change.kind == Kind::Capacity(u32::try_from(capacity).unwrap_or(u32::MAX)) {
            continue;
        }
        effect.slots += 1;
        effect.free_places += (capacity - taken).min(capacity - kept).max(0);
        let over = if change.kind.closes() { taken } else { (taken - kept).max(0) };
        if over > 0 {
            effect.holds += live_holds(connection, id, now).await?;
            if change.kind.closes() {
                for (booking, texts) in expected(connection, id, now).await? {
                    effect.bookings.push(booking);
                    effect.untold += usize::from(texts >= notices::MOST_TEXTS);
                }
            } else {
                effect.bookings.extend(newest_bookings(connection, id, over).await?);
            }
        }
    }
    Ok(effect)
}

/// Holds in a slot that can still become bookings.
pub(super) async fn live_holds(
    connection: &mut AnyConnection,
    slot: i64,
    now: DateTime<Utc>,
) -> Result<i64, DatabaseError> {
    let statement =
        "select count(*) as held from appointment where slot_id = $1 and state = 'held' and occupies_until > $2";
    let row = sql(statement, [slot.into(), now.into()]).fetch_one(connection).await?;
    int(&row, "held")
}

/// Bookings in a slot, the newest first, at most so many.
pub(super) async fn newest_bookings(
    connection: &mut AnyConnection,
    slot: i64,
    limit: i64,
) -> Result<Vec<Affected>, DatabaseError> {
    let statement = "select a.reference, s.starts_at from appointment a join slot s on s.id = a.slot_id \
         where a.slot_id = $1 and a.state = 'booked' order by a.booked_at desc, a.id limit $2";
    let rows = sql(statement, [slot.into(), limit.into()]).fetch_all(connection).await?;
    rows.iter().map(affected).collect()
}

/// Bookings in a slot whose people have not come, the newest first, each with how often it was told lately that its time
/// closed: whoever is in the hall is told there.
async fn expected(
    connection: &mut AnyConnection,
    slot: i64,
    now: DateTime<Utc>,
) -> Result<Vec<(Affected, i64)>, DatabaseError> {
    const EXPECTED: &str = concat!(
        "select a.reference, s.starts_at, ",
        notices::texts!("$2"),
        " as texts from appointment a join slot s on s.id = a.slot_id \
         where a.slot_id = $1 and a.state = 'booked' and a.arrived = 0 order by a.booked_at desc, a.id"
    );
    let rows = sql(EXPECTED, [slot.into(), (now - notices::LATELY).into()]).fetch_all(connection).await?;
    rows.iter().map(|row| Ok((affected(row)?, int(row, "texts")?))).collect()
}

fn affected(row: &AnyRow) -> Result<Affected, DatabaseError> {
    let reference = word(row, "reference", |text| BookingReference::parse(text).ok())?;
    Ok(Affected { reference, starts_at: instant(row, "starts_at")? })
}

fn range(change: &SlotChange, now: DateTime<Utc>) -> [crate::database::sql::Value; 5] {
    let after = change.after(now);
    [change.place.as_str().into(), change.service.name().into(), change.from.into(), change.to.into(), after.into()]
}

/// The values of its times that are not over.
fn still(change: &SlotChange, now: DateTime<Utc>) -> [crate::database::sql::Value; 6] {
    let [place, service, from, to, now] = range(change, now);
    [place, service, from, to, now, change.kind.closes().into()]
}

impl From<Problem> for ClosureError {
    fn from(problem: Problem) -> Self {
        Self::Error(problem.into())
    }
}
