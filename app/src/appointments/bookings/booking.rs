//! `…/bookings/{reference}`: one booking, for whoever has the key to it.

pub mod calendar;
pub mod cancel;
mod counter_code;
mod facts;
pub mod print;
pub mod reschedule;

use axum::{
    Extension,
    extract::{FromRequestParts, Path},
    http::request::Parts,
    response::{IntoResponse, Response},
};
use chrono::{DateTime, Utc};
use leptos::prelude::*;
use server::{
    App,
    appointments::booking::{
        Holder,
        view::{self, BookingView},
    },
    error::Error,
    rejection::Rejection,
};
use shared::{
    appointments::{AppointmentState, BookingReference},
    calendar::shanghai_date,
    locale::Locale,
    problem::Problem,
    say,
};

use super::locked;
use crate::{
    appointments::{
        keys::KeyRing,
        messages, places,
        service::{BookingPages, ServicePages},
        step::Step,
    },
    components::{
        button::{LinkButton, Weight},
        confirmation::Confirmation,
        notice::{Notice, Tone},
        summary::{Row, Summary},
    },
    draw,
    visit::Visit,
    words,
};

pub async fn show(visit: Visit, opened: Opened) -> Response {
    draw(&visit, &opened)
}

/// A booking that this browser has the key to, at one moment.
pub struct Opened {
    pages: &'static BookingPages,
    holder: Holder,
    booking: BookingView,
    now: DateTime<Utc>,
    /// Scheme and host of the portal, for what leaves the browser.
    origin: String,
}

impl Opened {
    fn can_move(&self) -> bool {
        self.booking.state == AppointmentState::Booked && self.now < self.booking.reschedule_until
    }

    fn can_cancel(&self) -> bool {
        self.booking.state == AppointmentState::Booked && self.now < self.booking.cancel_until
    }

    /// Whether its time is still to come, and there is something left to change.
    fn is_ahead(&self) -> bool {
        !self.booking.state.is_final() && shanghai_date(self.now) <= shanghai_date(self.booking.starts_at)
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
    fn public_address(&self) -> String {
        format!("{}{}", self.origin, self.path(""))
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
        let holder = ring.open(app, reference).await;
        let holder = holder.and_then(|holder| Ok(holder.of_service(&pages.bookable.service)?));
        let holder = holder.map_err(|error| match error {
            Error::Problem(Problem::Unauthorized) => locked(&visit, pages, reference),
            error => refused(error),
        })?;
        let now = app.now();
        let booking = view::view(app, pages.bookable, &holder, now).await.map_err(refused)?;
        Ok(Self { pages, holder, booking, now, origin: app.settings().origin() })
    }
}

fn draw(visit: &Visit, opened: &Opened) -> Response {
    let locale = visit.locale;
    let booking = &opened.booking;
    let title = title(visit, opened.pages, booking.state);
    let live = booking.state == AppointmentState::Booked;
    let moved = (visit.query.as_deref() == Some(MOVED)).then(|| {
        view! {
            <Notice tone=Tone::Success title=locale.say("时间已经改好", "The new time is yours") live=true>
                <p>{locale.say("预约号没有变。", "The reference number has not changed.")}</p>
            </Notice>
        }
    });
    draw::page(visit, &title, || {
        view! {
            <div class="beside">
                <div class="column flow">
                    {moved}
                    {panel(visit, opened, &title)}
                    {live.then(|| keep(visit, opened))}
                    {live.then(|| (opened.pages.booking.bring)(visit, booking))}
                    {live.then(|| next(visit, opened.pages))}
                    {(!live).then(|| again(visit, opened.pages))}
                </div>
                <aside class="aside manage flow">
                    {live.then(|| change(visit, opened))}
                    {people(visit, opened)}
                    <section class="flow">
                        <h2>{locale.say("短信通知", "Text messages")}</h2>
                        {messages::list(visit, &booking.messages)}
                    </section>
                </aside>
            </div>
        }
    })
}

/// The query of this page after the booking moved.
const MOVED: &str = "moved";

fn title(visit: &Visit, pages: &BookingPages, state: AppointmentState) -> String {
    let (locale, place) = (visit.locale, pages.words.place.say(visit.locale));
    let title = match state {
        AppointmentState::Cancelled => locale.say("预约已经取消", "This booking is cancelled"),
        AppointmentState::Past => locale.say("预约的时间已经过了", "The time of this booking has passed"),
        AppointmentState::Released | AppointmentState::Expired => {
            return say!(locale, "{place}撤销了这个预约", "The {place} has withdrawn this booking");
        }
        AppointmentState::Booked | AppointmentState::Held { .. } => locale.say("预约成功", "You are booked"),
    };
    title.to_owned()
}

fn panel(visit: &Visit, opened: &Opened, title: &str) -> AnyView {
    let (locale, booking, pages) = (visit.locale, &opened.booking, opened.pages);
    let when = words::moment(locale, booking.starts_at);
    let name = booking.point.place.name.say(locale).to_owned();
    if booking.state == AppointmentState::Booked {
        return view! {
            <Confirmation
                title=title.to_owned()
                label=locale.say("预约号", "Reference number")
                reference=booking.reference.to_string()
            >
                <p class="confirmed-time">{when}</p>
                <p>{name}</p>
            </Confirmation>
        }
        .into_any();
    }
    let what_now = match booking.state {
        AppointmentState::Cancelled => locale
            .say(
                "名额会在一段随机的时间后放回，供大家预约。需要时可以重新预约。",
                "The place becomes available to others after a random wait. You can book again whenever you like.",
            )
            .to_owned(),
        AppointmentState::Past => pages.words.past.say(locale).to_owned(),
        _ => {
            let place = pages.words.place.say(locale);
            say!(
                locale,
                "{place}会打电话说明原因，也可以打电话询问。需要时可以重新预约。",
                "The {place} will phone you about the reason; you can also call it. You can book again."
            )
        }
    };
    let rows = vec![
        Row::new(locale.say("预约号", "Reference number"), booking.reference.to_string()),
        Row::new(locale.say("原来的时间", "The time it was for"), when),
        Row::new(pages.place_label(locale), name),
        Row::phone(phone_label(locale, pages), &booking.point.place.phone),
    ];
    view! {
        <h1>{title.to_owned()}</h1>
        <p>{what_now}</p>
        <Summary locale=locale rows=rows />
    }
    .into_any()
}

fn phone_label(locale: Locale, pages: &BookingPages) -> String {
    let place = pages.place_label(locale);
    say!(locale, "{place}电话", "{place}’s phone")
}

/// What to take away: the place, the calendar entry, the paper, the code for the counter.
fn keep(visit: &Visit, opened: &Opened) -> AnyView {
    let (locale, booking) = (visit.locale, &opened.booking);
    let place = opened.pages.words.place.say(locale);
    let at_the_desk = say!(
        locale,
        "到了{place}，出示这个二维码，或者说出预约号。二维码里只有预约号，没有个人信息。",
        "At the {place} show this code, or say the reference number. The code holds the reference number and nothing \
             personal."
    );
    let rows = vec![
        Row::new(locale.say("时间", "Time"), words::period(locale, booking.starts_at, booking.ends_at)),
        Row::new(opened.pages.place_label(locale), booking.point.place.name.say(locale)),
        Row::new(locale.say("地址", "Address"), booking.point.place.address.say(locale)),
        Row::phone(locale.say("电话", "Phone"), &booking.point.place.phone),
    ];
    view! {
        <section class="flow">
            <h2>{locale.say("时间和地点", "Time and place")}</h2>
            <Summary locale=locale rows=rows />
            {places::map(visit, &booking.point.place).map(|map| view! { <p>{map}</p> })}
            <p class="actions actions-near">
                <LinkButton
                    href=opened.address(visit, "calendar.ics")
                    text=locale.say("加到手机日历", "Add to calendar")
                    weight=Weight::Secondary
                />
                <LinkButton
                    href=opened.address(visit, "print")
                    text=locale.say("打印", "Print")
                    weight=Weight::Secondary
                />
            </p>
            <div class="at-counter">
                {counter_code::counter_code(visit, opened)}
                <p>{at_the_desk}</p>
            </div>
        </section>
    }
    .into_any()
}

fn people(visit: &Visit, opened: &Opened) -> AnyView {
    let (locale, pages) = (visit.locale, opened.pages);
    view! {
        <section class="flow">
            <h2>{pages.words.people.say(locale)}</h2>
            <Summary locale=locale rows=(pages.booking.people)(pages, &opened.booking, locale) />
            <p class="soft">{pages.words.people_fixed.say(locale)}</p>
        </section>
    }
    .into_any()
}

fn next(visit: &Visit, pages: &BookingPages) -> AnyView {
    let locale = visit.locale;
    let steps = pages.words.next.iter().map(|step| view! { <li><p>{step.say(locale)}</p></li> });
    view! {
        <section class="flow">
            <h2>{locale.say("接下来", "What happens next")}</h2>
            <ol class="way">{steps.collect_view()}</ol>
        </section>
    }
    .into_any()
}

/// Moving and cancelling, each with its deadline.
fn change(visit: &Visit, opened: &Opened) -> AnyView {
    let locale = visit.locale;
    let booking = &opened.booking;
    let act = |open: bool, page: &str, text: &str, weight: Weight, until: String| {
        let button = open.then(|| view! { <LinkButton href=opened.address(visit, page) text=text weight=weight /> });
        view! {
            <div class="change">
                {button}
                <p>{until}</p>
            </div>
        }
    };
    let (move_open, cancel_open) = (opened.can_move(), opened.can_cancel());
    let closed = (!move_open || !cancel_open).then(|| {
        let place = opened.pages.words.place.say(locale);
        let call = say!(locale, "确实来不了的，请打{place}电话 ", "If you cannot come, please phone the {place}: ");
        view! {
            <p>
                {call}
                {places::call(&booking.point.place)}
            </p>
        }
    });
    view! {
        <section class="flow">
            <h2>{locale.say("改期或取消", "Move or cancel")}</h2>
            {act(
                move_open,
                "reschedule",
                locale.say("换一个时间", "Choose another time"),
                Weight::Secondary,
                facts::until(locale, facts::BookingChange::Move, booking.reschedule_until, move_open),
            )}
            {act(
                cancel_open,
                "cancel",
                locale.say("取消预约", "Cancel the booking"),
                Weight::Danger,
                facts::until(locale, facts::BookingChange::Cancel, booking.cancel_until, cancel_open),
            )}
            {closed}
        </section>
    }
    .into_any()
}

fn again(visit: &Visit, pages: &BookingPages) -> AnyView {
    let locale = visit.locale;
    view! {
        <p class="actions">
            <LinkButton
                href=visit.url(&pages.at(Step::Time))
                text=locale.say("重新预约", "Book again")
                weight=Weight::Secondary
            />
        </p>
    }
    .into_any()
}
