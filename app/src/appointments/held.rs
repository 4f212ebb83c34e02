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

use super::{
    hold_notice::{Extendable, hold_notice},
    service::BookingPages,
    step::Step,
};
use crate::{components::button::LinkButton, visit::Visit, words};

/// A live hold and where it is.
pub struct Held {
    pub record: Record,
    pub hold: Hold,
    pub point: ServicePoint,
    longer: Option<u32>,
}

impl Held {
    pub fn extendable(&self) -> Extendable<'_> {
        Extendable { hold: &self.hold, longer: self.longer }
    }

    pub(super) async fn of(app: &App, (record, hold): (Record, Hold), now: DateTime<Utc>) -> Result<Self, Error> {
        let point = point::one(app, &record.service, &record.place).await?;
        let minutes = point.rule(now).ok().map(|rule| rule.hold_minutes);
        let longer = minutes.filter(|_| hold.extensions_left > 0);
        Ok(Self { record, hold, point, longer })
    }
}

/// The live holds of this browser for a service, the newest first.
pub(super) async fn load(
    app: &App,
    pages: &BookingPages,
    session: &Session,
    now: DateTime<Utc>,
) -> Result<Vec<Held>, Error> {
    let mut all = Vec::new();
    for held in hold::all_of_session(app, session, &pages.bookable.service, now).await? {
        all.push(Held::of(app, held, now).await?);
    }
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

/// One section a hold, above everything else. The form that follows books the newest, so only that one leads on.
pub(super) fn sections(visit: &Visit, pages: &BookingPages, all: &[Held], now: DateTime<Utc>) -> AnyView {
    let sections = all.iter().enumerate().map(|(place, held)| {
        let title = if place == 0 {
            visit.say("您已经保留了一个时间", "You are holding a time")
        } else {
            visit.say("还保留着另一个时间", "You are also holding another time")
        };
        let on = if place == 0 {
            let href = visit.url(&pages.at(Step::Details(0)));
            let text = visit.say("继续填写", "Continue with your details");
            view! { <p class="actions actions-near"><LinkButton href=href text=text /></p> }.into_any()
        } else {
            let text = visit.say("要用这个时间，请先放弃上面那个。", "To use this one, give up the one above first.");
            view! { <p class="soft">{text}</p> }.into_any()
        };
        view! {
            <section class="held flow">
                <h2>{title}</h2>
                {line(visit, held.record.starts_at, &held.point.place)}
                {hold_notice(visit, pages, held.extendable(), now)}
                {on}
            </section>
        }
    });
    sections.collect_view().into_any()
}
