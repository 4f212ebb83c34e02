//! Changing what a place publishes: its hours from a day on, days that differ, and days that were switched off and open again.
//!
//! Nobody who is booked is moved. A time that is no more keeps its bookings and gives out no other place; whoever changes the
//! hours has seen which those are.

mod difference;
mod effect;
mod keeping;
pub(crate) mod own_day;
mod reopened;

use chrono::{DateTime, Datelike, Days, NaiveDate, Utc};
use serde::Serialize;
use serde_json::json;
use shared::appointments::{
    Service,
    opening::{self, Hours},
};
use shared::calendar::shanghai_date;
use shared::field::{FieldErrors, Reason};
use shared::localised::Localised;
use shared::places::PlaceId;
use sqlx::AnyConnection;

pub use effect::{DayPlan, Effect};
pub use own_day::OwnDay;
pub use reopened::OpenAgain;
pub(crate) use reopened::{open_again, tell, would_tell};

use super::closure::Seen;
use super::plan::{Plan, Special, Week};
use super::point;
use super::publish::{self, Kinds};
use crate::app::App;
use crate::audit::Actor;
use crate::error::Error;
use crate::places;
use crate::staff::authority::Staff;

/// Days whose plan is shown before anything is changed.
const SHOWN: u64 = 14;

/// What is to change for a service at a place.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum PlanChange {
    /// Hours that hold from a day on, until the next ones begin.
    Week { from: NaiveDate, hours: Vec<Hours> },
    /// Hours that were to begin on a day do not.
    GiveUp { from: NaiveDate },
    /// One day has the hours of a weekday, whatever the calendar says of it.
    Like { date: NaiveDate, weekday: u32, reason: Localised },
    /// One day has hours of its own, whatever the calendar says of it. The weekdays of these say nothing.
    Own { from: NaiveDate, hours: Vec<Hours>, reason: Localised },
    /// One day is as the calendar says again.
    Ordinary { date: NaiveDate },
    /// Days that were switched off are not any more, from one to another, both included; of today, the times to come.
    Reopen { from: NaiveDate, to: NaiveDate },
}

/// What became of a change.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    Made,
    /// Nobody has seen this effect yet, or it has changed since.
    Unseen(Effect),
    /// Somebody else changed the plan since it was read.
    Overtaken,
}

/// The plan of a service at a place, from today on.
pub async fn plan(app: &App, there: (&PlaceId, &Service), now: DateTime<Utc>) -> Result<Plan, Error> {
    let mut connection = app.database().read().await?;
    Ok(Plan::load(&mut connection, there, shanghai_date(now)).await?)
}

/// Computes what a change would do, and changes nothing.
///
/// # Errors
/// [`shared::problem::Problem::NotFound`] where the service is not offered; [`FieldErrors`] for a change that cannot be made.
pub(crate) async fn preview(
    app: &App,
    (place, service): (&PlaceId, &Service),
    change: &PlanChange,
    now: DateTime<Utc>,
) -> Result<Effect, Error> {
    let changing = Changing::new(app, (place, service), (change.clone(), Actor::System), now).await?;
    let mut connection = app.database().read().await?;
    let changing = changing.as_published(&mut connection).await?;
    let before = Plan::load(&mut connection, (place, service), changing.today).await?;
    let after = change.made_of(&before, changing.earliest())?;
    let acts = difference::between(&mut connection, &changing, (&before, &after)).await?;
    Ok(effect::of(&mut connection, &changing, (&before, &after), &acts).await?)
}

/// Makes a change where the plan is the one that was read, and its effect the one that was seen; where it opens days again, it
/// may tell whoever was told that they are closed and still stands there.
///
/// # Errors
/// As [`preview`].
pub(crate) async fn apply(
    app: &App,
    there: (&PlaceId, &Service),
    (change, staff): (PlanChange, &Staff),
    (read, seen): (String, Seen),
    tell: bool,
    now: DateTime<Utc>,
) -> Result<Outcome, Error> {
    let notices = match &change {
        PlanChange::Reopen { from, to } if tell => reopened::compose(app, there, ((*from, *to), true), now).await?,
        _ => Vec::new(),
    };
    let changing = Changing::new(app, there, (change, staff.actor()), now).await?;
    let outcome = super::write_by(app, staff, Applying { changing, read, seen, notices }, write).await;
    app.appointments().forget();
    app.outbox_wakes();
    outcome
}

/// A change as it is asked for.
struct Applying {
    changing: Changing,
    read: String,
    seen: Seen,
    /// For those whom the seen effect names as told.
    notices: Vec<reopened::Notice>,
}

/// A change with all that is known of it before the database is asked.
#[derive(Clone)]
struct Changing {
    place: PlaceId,
    service: Service,
    change: PlanChange,
    by: Actor,
    today: NaiveDate,
    /// The last day that is published.
    horizon: NaiveDate,
    /// Every day that the change or its preview can touch.
    kinds: Kinds,
    now: DateTime<Utc>,
    app: App,
}

impl Changing {
    async fn new(
        app: &App,
        (place, service): (&PlaceId, &Service),
        (change, by): (PlanChange, Actor),
        now: DateTime<Utc>,
    ) -> Result<Self, Error> {
        let point = point::one(app, service, place).await?;
        // Before anything is done for each day until then.
        let today = shanghai_date(now);
        if !(change.reopens() && change.first() == today) {
            opening::within_reach(change.first(), now).map_err(|wrong| FieldErrors::one(change.field(), wrong))?;
        }
        let tomorrow = today + Days::new(1);
        // A place that gives out nothing yet publishes nothing.
        let horizon = publish::days(&point, now).map_or(today, |(_, to)| to);
        let shown = change.first().max(tomorrow) + Days::new(SHOWN);
        let kinds = publish::kinds(app, today, horizon.max(shown));
        let (place, service, app) = (place.clone(), service.clone(), app.clone());
        Ok(Self { place, service, change, by, today, horizon, kinds, now, app })
    }

    /// The same up to the last day that has times: the job may have published one since, or more under another rule.
    async fn as_published(&self, connection: &mut AnyConnection) -> Result<Self, Error> {
        let mut changing = self.clone();
        // Whoever waited for the other past midnight changes nothing of a day that has begun meanwhile.
        changing.today = self.today.max(shanghai_date(self.app.now()));
        let last = publish::last_day(connection, self.there()).await?;
        changing.horizon = last.map_or(self.horizon, |last| last.max(self.horizon));
        if let Some((known, _)) = self.kinds.last()
            && *known < changing.horizon
        {
            changing.kinds = publish::kinds(&self.app, changing.today, changing.horizon);
        }
        Ok(changing)
    }

    fn there(&self) -> (&PlaceId, &Service) {
        (&self.place, &self.service)
    }

    /// The first day that the change may touch: of today only what is left, and only where it opens again.
    fn earliest(&self) -> NaiveDate {
        if self.change.reopens() { self.today } else { self.today + Days::new(1) }
    }

    /// The days that are published and that the change is about.
    fn days(&self, after: &Plan) -> impl Iterator<Item = &(NaiveDate, shared::calendar::DayKind)> {
        let (from, to) = self.change.range(after);
        let to = to.unwrap_or(self.horizon).min(self.horizon);
        self.kinds.iter().filter(move |(day, _)| (from..=to).contains(day))
    }
}

impl PlanChange {
    fn reopens(&self) -> bool {
        matches!(self, Self::Reopen { .. })
    }

    fn first(&self) -> NaiveDate {
        match self {
            Self::Week { from, .. } | Self::Own { from, .. } | Self::GiveUp { from } | Self::Reopen { from, .. } => {
                *from
            }
            Self::Like { date, .. } | Self::Ordinary { date } => *date,
        }
    }

    /// From its first day to its last, where it has one.
    fn range(&self, after: &Plan) -> (NaiveDate, Option<NaiveDate>) {
        match self {
            Self::Week { from, .. } | Self::GiveUp { from } => {
                let next = after.weeks.iter().map(|week| week.from).find(|other| other > from);
                (*from, next.and_then(|next| next.pred_opt()))
            }
            Self::Like { date, .. } | Self::Ordinary { date } | Self::Own { from: date, .. } => (*date, Some(*date)),
            Self::Reopen { from, to } => (*from, Some(*to)),
        }
    }

    /// The plan as it is once this is made of it.
    ///
    /// # Errors
    /// [`FieldErrors`]: a day that has begun is not changed any more, but for opening again, and some changes fit only some
    /// plans.
    fn made_of(&self, before: &Plan, earliest: NaiveDate) -> Result<Plan, FieldErrors> {
        if self.first() < earliest {
            return Err(FieldErrors::one(self.field(), opening::too_early()));
        }
        let mut plan = before.clone();
        let has_special = |date: &NaiveDate, off: bool| {
            before.special.iter().any(|special| special.date == *date && special.like.is_none() == off)
        };
        let refuse = |reason: Reason| Err(FieldErrors::one(self.field(), reason));
        match self {
            Self::Week { from, hours } => {
                plan.weeks.retain(|week| week.from != *from);
                plan.weeks.push(Week { from: *from, hours: hours.clone() });
                plan.weeks.sort_by_key(|week| week.from);
            }
            Self::GiveUp { from } => {
                plan.weeks.retain(|week| week.from != *from);
                if plan.weeks.len() == before.weeks.len() {
                    return refuse(opening::not_there());
                }
            }
            Self::Like { date, weekday, reason } => {
                if has_special(date, true) {
                    return refuse(opening::switched_off());
                }
                plan.set(Special { date: *date, like: Some(*weekday), hours: Vec::new(), reason: reason.clone() });
            }
            Self::Own { from, hours, reason } => {
                if has_special(from, true) {
                    return refuse(opening::switched_off());
                }
                let hours = hours.iter().map(|hours| Hours { weekdays: Vec::new(), ..hours.clone() }).collect();
                let like = Some(from.weekday().number_from_monday());
                plan.set(Special { date: *from, like, hours, reason: reason.clone() });
            }
            Self::Ordinary { date } => {
                if !has_special(date, false) {
                    return refuse(opening::not_there());
                }
                plan.special.retain(|special| special.date != *date);
            }
            Self::Reopen { from, to } => {
                plan.special.retain(|special| special.like.is_some() || !(from..=to).contains(&&special.date));
                if plan.special.len() == before.special.len() {
                    return refuse(opening::not_switched_off());
                }
            }
        }
        Ok(plan)
    }

    /// The field that says when.
    fn field(&self) -> &'static str {
        match self {
            Self::Week { .. } | Self::Own { .. } | Self::GiveUp { .. } | Self::Reopen { .. } => "from",
            Self::Like { .. } | Self::Ordinary { .. } => "date",
        }
    }

    /// What the record calls it.
    fn act(&self) -> &'static str {
        match self {
            Self::Week { .. } | Self::GiveUp { .. } => "hours_changed",
            Self::Like { .. } | Self::Ordinary { .. } | Self::Own { .. } => "day_changed",
            Self::Reopen { .. } => "day_reopened",
        }
    }
}

async fn write(
    connection: &mut AnyConnection,
    Applying { changing, read, seen, notices }: &Applying,
) -> Result<Outcome, Error> {
    // Two who change the hours come one after the other, and so does the job that publishes.
    publish::keep(connection, changing.there()).await?;
    let changing = &changing.as_published(connection).await?;
    let Changing { place, change, by, now, .. } = changing;
    let before = Plan::load(connection, changing.there(), changing.today).await?;
    if before.seen() != *read {
        return Ok(Outcome::Overtaken);
    }
    let after = change.made_of(&before, changing.earliest())?;
    // Taking the rows of the slots keeps new holds out between looking and changing.
    keeping::lock(connection, changing).await?;
    let acts = difference::between(connection, changing, (&before, &after)).await?;
    let effect = effect::of(connection, changing, (&before, &after), &acts).await?;
    if effect.seen() != *seen {
        return Ok(Outcome::Unseen(effect));
    }
    keeping::change(connection, changing).await?;
    for act in &acts {
        keeping::take(connection, changing, act).await?;
    }
    let told = reopened::insert(connection, notices, &effect.told, *now).await?;
    let detail =
        json!({ "service": changing.service, "change": change, "bookings": effect.bookings.len(), "told": told });
    places::record_by(connection, place, (by.clone(), change.act(), detail), *now).await?;
    Ok(Outcome::Made)
}
