//! The times that are held for this browser.

use chrono::{DateTime, Utc};
use leptos::prelude::*;
use server::{
    App,
    appointments::{
        hold::{self, Hold},
        point::{self, ServicePoint},
        record::Record,
    },
    error::Error,
    places::Place,
    session::Session,
};
use shared::{appointments::Service, locale::Locale};

use super::{draft::LastHeld, hold_notice::Line, service::BookingPages};
use crate::{visit::Visit, words};

/// A live hold and where it is.
pub struct Held {
    pub record: Record,
    pub hold: Hold,
    pub point: ServicePoint,
    longer: Option<u32>,
}

impl Held {
    pub fn line(&self, pages: &BookingPages, locale: Locale) -> Line<'_> {
        let place = pages.short_place(self.point.place.name.say(locale), locale);
        let Record { slot, starts_at, .. } = self.record;
        Line { hold: &self.hold, slot, starts_at, place, longer: self.longer }
    }

    /// As a draft remembers it.
    pub fn remembered(&self) -> LastHeld {
        let Record { slot, starts_at, .. } = self.record;
        LastHeld { slot, place: self.record.place.clone(), starts_at, until: self.hold.expires_at }
    }

    pub(super) async fn of(app: &App, (record, hold): (Record, Hold), now: DateTime<Utc>) -> Result<Self, Error> {
        let point = point::one(app, &record.service, &record.place).await?;
        let minutes = point.rule(now).ok().map(|rule| rule.hold_minutes);
        let longer = minutes.filter(|_| hold.extensions_left > 0);
        Ok(Self { record, hold, point, longer })
    }
}

/// The live holds of this browser for a service: the newest first, those of closed days last, since nothing can be booked
/// there.
pub(super) async fn load(
    app: &App,
    service: &Service,
    session: &Session,
    now: DateTime<Utc>,
) -> Result<Vec<Held>, Error> {
    let mut all = Vec::new();
    for held in hold::all_of_session(app, session, service, now).await? {
        all.push(Held::of(app, held, now).await?);
    }
    all.sort_by_key(|held| held.record.closed);
    Ok(all)
}

/// The time of a hold and its place, in a line.
pub(super) fn line(visit: &Visit, starts_at: DateTime<Utc>, place: &Place) -> AnyView {
    view! {
        <p class="held-time">
            <span>{words::moment(visit.locale, starts_at)}</span>
            " "
            <span>{place.name.say(visit.locale).to_owned()}</span>
        </p>
    }
    .into_any()
}
