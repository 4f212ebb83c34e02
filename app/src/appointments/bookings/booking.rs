//! `…/bookings/{reference}`: one booking, for whoever has the key to it.

pub mod calendar;
pub mod cancel;
mod change;
mod counter_code;
pub mod data;
pub mod differently;
mod facts;
mod here;
mod keep;
mod looked;
mod panel;
pub mod print;
pub mod reschedule;

use axum::{
    Extension,
    extract::{FromRequestParts, Path, State},
    http::request::Parts,
    response::{IntoResponse, Redirect, Response},
};
use chrono::{DateTime, Utc};
use leptos::prelude::*;
use server::{
    App,
    appointments::booking::{
        Holder,
        view::{self, BookingView},
    },
    counter::{
        Lacking,
        beside::{self, Here, Today},
        looks::{self, Shown},
    },
    error::Error,
    rejection::Rejection,
};
use shared::{
    appointments::{AppointmentState, BookingReference},
    calendar::shanghai_date,
    locale::Locale,
    notices::Notice as Announced,
    problem::Problem,
    say,
};

use self::panel::title;
use super::locked;
use crate::{
    appointments::{
        keys::KeyRing,
        messages,
        service::{BookingPages, ServicePages},
        step::Step,
    },
    components::{
        button::{LinkButton, Weight},
        notice::Notice,
        summary::Summary,
    },
    draw, notices,
    site::BookableServices,
    visit::Visit,
};

pub async fn show(State(app): State<App>, visit: Visit, opened: Opened) -> Result<Response, Rejection> {
    let looks = looks::shown_to_holder(&app, &opened.holder).await?;
    // Whoever has been there knows.
    let notices = if opened.is_ahead() && opened.here().is_none() {
        notices::on_place_alone(&app, &opened.booking.point.place, opened.now).await?
    } else {
        Vec::new()
    };
    Ok(draw(&visit, &opened, &looks, &notices))
}

/// A booking that this browser has the key to, at one moment.
pub struct Opened {
    pages: &'static BookingPages,
    holder: Holder,
    booking: BookingView,
    now: DateTime<Utc>,
    /// Whether they have been at the counter today, or were called in vain.
    visit_over: bool,
    /// Whether their office ended its day today before they were served.
    day_over: bool,
    /// What was missing at the end of their visit, today or before.
    lacking: Option<Lacking>,
    /// Where they are with it in the hall, once they were seen there.
    here: Option<Box<Here>>,
    /// Scheme and host of the portal, for what leaves the browser.
    origin: String,
}

impl Opened {
    /// Whether it can be moved online: in time, and nobody has come with it, which the counter puts right.
    fn can_move(&self) -> bool {
        self.booking.state == AppointmentState::Booked && self.now < self.booking.reschedule_until && !self.visit_over
    }

    /// Whether the place closed its time before anything came of it.
    fn is_closed(&self) -> bool {
        self.booking.closed.is_some() && !self.visit_over
    }

    /// Whether they were in the hall, and their office ended its day before they were served.
    fn came_in_vain(&self) -> bool {
        self.day_over && self.visit_over
    }

    /// Whether their office ended its day before the time that they booked.
    fn ended_before_its_time(&self) -> bool {
        self.day_over && !self.visit_over && self.now < self.booking.starts_at
    }

    /// Whether it ended before its day.
    fn is_called_off(&self) -> bool {
        matches!(self.booking.state, AppointmentState::Cancelled | AppointmentState::Released)
    }

    fn can_cancel(&self) -> bool {
        self.booking.state == AppointmentState::Booked && self.now < self.booking.cancel_until
    }

    /// Whether it can be cancelled: in time, and nobody has begun with it.
    fn is_cancellable(&self) -> bool {
        self.can_cancel() && self.here.is_none() && !self.visit_over && !self.day_over
    }

    /// Whether there is something to say of changing it: nobody has begun with it, and where its day was ended, its own time
    /// was closed before, so that all of the day is left for moving it.
    fn can_change(&self) -> bool {
        !self.visit_over && (!self.day_over || self.booking.closed.is_some())
    }

    /// Whether it is to be kept: booked, its day not closed by the place, and what they came for not over.
    fn stands(&self) -> bool {
        self.booking.state == AppointmentState::Booked
            && self.booking.closed.is_none()
            && !self.visit_over
            && !self.day_over
    }

    /// Where they are in the hall with a booking that is to be kept, also where its time was closed since.
    fn here(&self) -> Option<&Here> {
        self.here.as_deref().filter(|_| self.booking.state == AppointmentState::Booked && !self.visit_over)
    }

    /// Whether its day is today.
    fn is_today(&self) -> bool {
        shanghai_date(self.now) == shanghai_date(self.booking.starts_at)
    }

    /// Whether its time has come, on its day.
    fn has_begun(&self) -> bool {
        self.stands() && self.now >= self.booking.starts_at
    }

    /// Whether its time is still to come, and there is something left to change.
    fn is_ahead(&self) -> bool {
        !self.booking.state.is_final()
            && !self.visit_over
            && !self.day_over
            && shanghai_date(self.now) <= shanghai_date(self.booking.starts_at)
    }

    /// A page of this booking, such as `cancel`; the booking itself for an empty name.
    fn address(&self, visit: &Visit, page: &str) -> String {
        visit.url(&self.path(page))
    }

    /// [`Self::address`] without the language prefix.
    fn path(&self, page: &str) -> String {
        let slash = if page.is_empty() { "" } else { "/" };
        self.pages.path(&format!("bookings/{}{slash}{page}", self.booking.reference.as_str()))
    }

    /// The address that may leave the browser: it opens nothing without the key.
    fn public_address(&self, visit: &Visit) -> String {
        format!("{}{}", self.origin, self.address(visit, ""))
    }
}

/// The booking that the address names, if this browser has the key to it; else the page that says what to do.
impl FromRequestParts<App> for Opened {
    type Rejection = Response;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Response> {
        let refused = |error: Error| Rejection::from(error).into_response();
        let Ok(visit) = Visit::from_request_parts(parts, app).await;
        let Extension(pages) =
            ServicePages::from_request_parts(parts, app).await.map_err(IntoResponse::into_response)?;
        let named = Path::<String>::from_request_parts(parts, app).await.ok();
        let reference = named.and_then(|Path(named)| BookingReference::parse(&named).ok());
        let reference = reference.ok_or_else(|| refused(Problem::NotFound.into()))?;
        let ring = KeyRing::read(&parts.headers, app.settings().production());
        let holder = ring.open(app, reference).await.map_err(|error| match error {
            Error::Problem(Problem::Unauthorized) => locked(&visit, pages, reference),
            error => refused(error),
        })?;
        if *holder.service() != pages.bookable.service {
            return Err(at_its_service(parts, app, &visit, &holder, reference).await);
        }
        let now = app.now();
        let booking = view::view(app, pages.bookable, &holder, now).await.map_err(refused)?;
        // Before its day it has no visit, and afterwards its state says so.
        let today = shanghai_date(now) == shanghai_date(booking.starts_at);
        let today = if today { beside::today(app, &holder).await.map_err(refused)? } else { Today::Expected };
        let day_over = matches!(today, Today::DayOver { .. });
        let (visit_over, here) = match today {
            Today::Expected | Today::DayOver { came: false } => (false, None),
            Today::Here(here) => (false, Some(here)),
            Today::Over | Today::DayOver { came: true } => (true, None),
        };
        let is_over = visit_over || booking.state == AppointmentState::Past;
        let lacking = if is_over { beside::lacking(app, &holder, now).await.map_err(refused)? } else { None };
        Ok(Self { pages, holder, booking, now, visit_over, day_over, lacking, here, origin: app.settings().origin() })
    }
}

/// To the booking among the pages of its own service, for whoever has its key.
async fn at_its_service(
    parts: &mut Parts,
    app: &App,
    visit: &Visit,
    holder: &Holder,
    reference: BookingReference,
) -> Response {
    let services = Extension::<BookableServices>::from_request_parts(parts, app).await;
    let pages = services.ok().and_then(|Extension(services)| services.of(holder.service()));
    match pages {
        Some(pages) => {
            Redirect::to(&visit.url(&pages.path(&format!("bookings/{}", reference.as_str())))).into_response()
        }
        None => Rejection::from(Problem::NotFound).into_response(),
    }
}

fn draw(visit: &Visit, opened: &Opened, looks: &[Shown], notices: &[Announced]) -> Response {
    let locale = visit.locale;
    let booking = &opened.booking;
    let title = title(visit, opened);
    let booked = booking.state == AppointmentState::Booked;
    // Whoever is in the hall reads where they are there, and nothing of how to come.
    let here = opened.here();
    let stands = opened.stands() && here.is_none();
    // On its day the code for the counter is what is looked for; before that, what to bring.
    let today = opened.is_today();
    draw::page(visit, &opened.pages.titled(locale, &title), || {
        view! {
            <div class="beside booking">
                <div class=if stands { "column flow with-code" } else { "column flow" }>
                    {match here {
                        Some(here) => here::panel(visit, opened, here, &title),
                        None => panel::panel(visit, opened, &title),
                    }}
                    {stands.then(|| notices::draw(visit, notices))}
                    {(stands && booking.at_desk).then(|| at_desk(visit, opened))}
                    {(stands && today).then(|| keep::at_the_counter(visit, opened))}
                    {(stands && !today).then(|| (opened.pages.booking.bring)(visit, booking))}
                    {stands.then(|| keep::keep(visit, opened))}
                    {(stands && !today).then(|| keep::at_the_counter(visit, opened))}
                    {(stands && today).then(|| (opened.pages.booking.bring)(visit, booking))}
                    {stands.then(|| next(visit, opened))}
                    {(!booked).then(|| again(visit, opened))}
                </div>
                <aside class="aside manage flow">
                    {(booked && here.is_none() && opened.can_change()).then(|| change::change(visit, opened))}
                    {people(visit, opened)}
                    <section class="flow">
                        <h2>{locale.say("短信通知", "Text messages")}</h2>
                        {messages::list(visit, &booking.messages, stands)}
                    </section>
                    {looked::draw(locale, looks)}
                </aside>
            </div>
        }
    })
}

fn phone_label(locale: Locale, pages: &BookingPages) -> String {
    let place = pages.place_label(locale);
    say!(locale, "{place}电话", "{place}’s phone")
}

fn people(visit: &Visit, opened: &Opened) -> AnyView {
    let (locale, pages) = (visit.locale, opened.pages);
    let kept = data::kept_until(locale, &opened.booking);
    // Nobody wants to change what has ended.
    let is_ahead = opened.is_ahead() && opened.here().is_none();
    let fixed = is_ahead.then(|| format!("{}{}", locale.say("", " "), pages.words.people_fixed.say(locale)));
    view! {
        <section class="flow booked-for">
            <h2>{pages.words.people.say(locale)}</h2>
            <Summary locale=locale rows=(pages.booking.people)(pages, &opened.booking, locale) />
            <p class="soft">
                {locale.say("为了保护隐私，只显示一部分。", "Partly hidden to protect your privacy.")}
                {fixed}
            </p>
            <p class="soft">
                {kept}
                " "
                <a href=opened.address(visit, "data")>{locale.say("看看存了什么，下载一份", "See what we keep, and download a \
                                                                                  copy")}</a>
            </p>
        </section>
    }
    .into_any()
}

/// That the desk checks who comes; why is not said, since whoever reads it may not be the one who booked.
fn at_desk(visit: &Visit, opened: &Opened) -> AnyView {
    let text = opened.pages.words.at_desk.say(visit.locale);
    view! { <Notice title=text /> }.into_any()
}

fn next(visit: &Visit, opened: &Opened) -> AnyView {
    let locale = visit.locale;
    let day = if opened.is_today() {
        locale.say("今天，", "Today, ")
    } else {
        locale.say("到了那天，", "On the day, ")
    };
    let mut steps: Vec<_> = opened.pages.words.next.iter().map(|step| step.say(locale).to_owned()).collect();
    if let Some(come) = steps.first_mut() {
        come.insert_str(0, day);
    }
    let steps = steps.into_iter().map(|step| view! { <li><p>{step}</p></li> });
    let place = opened.pages.words.place.say(locale);
    // Of one that the office has ended out of sight this is what stays true.
    let asking = say!(
        locale,
        "有没有变动，出门前可以打{place}的电话问，以窗口的答复为准。",
        "Before you set out you can phone the {place} to ask whether anything has changed: what the counter answers is what counts."
    );
    view! {
        <section class="flow off-paper">
            <h2>{locale.say("接下来", "What happens next")}</h2>
            <ol class="way">{steps.collect_view()}</ol>
            <p>{asking}</p>
        </section>
    }
    .into_any()
}

/// The entry that one made of the booking in a calendar of one's own still stands there.
fn off_calendar(visit: &Visit, opened: &Opened) -> impl IntoView + use<> {
    let text = visit.say("把手机日历里的安排标为取消", "Mark it as cancelled in my calendar");
    view! { <LinkButton href=opened.address(visit, "calendar.ics") text=text weight=Weight::Quiet /> }
}

fn again(visit: &Visit, opened: &Opened) -> AnyView {
    let locale = visit.locale;
    let calendar = (opened.is_called_off() || opened.booking.closed.is_some()).then(|| off_calendar(visit, opened));
    view! {
        <p class="actions">
            <LinkButton href=visit.url(&opened.pages.at(Step::Time)) text=locale.say("重新预约", "Book again") />
            {calendar}
        </p>
    }
    .into_any()
}
