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
    site::BookableServices,
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

    /// Whether it ended before its day.
    fn is_called_off(&self) -> bool {
        matches!(self.booking.state, AppointmentState::Cancelled | AppointmentState::Released)
    }

    fn can_cancel(&self) -> bool {
        self.booking.state == AppointmentState::Booked && self.now < self.booking.cancel_until
    }

    /// Whether it is to be kept: booked, and its day not closed by the place.
    fn stands(&self) -> bool {
        self.booking.state == AppointmentState::Booked && self.booking.closed.is_none()
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
        Ok(Self { pages, holder, booking, now, origin: app.settings().origin() })
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

fn draw(visit: &Visit, opened: &Opened) -> Response {
    let locale = visit.locale;
    let booking = &opened.booking;
    let title = title(visit, opened);
    let (stands, booked) = (opened.stands(), booking.state == AppointmentState::Booked);
    draw::page(visit, &title, || {
        view! {
            <div class="beside">
                <div class="column flow">
                    {panel(visit, opened, &title)}
                    {stands.then(|| keep(visit, opened))}
                    {stands.then(|| (opened.pages.booking.bring)(visit, booking))}
                    {stands.then(|| next(visit, opened.pages))}
                    {(!booked).then(|| again(visit, opened))}
                </div>
                <aside class="aside manage flow">
                    {booked.then(|| change(visit, opened))}
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

fn title(visit: &Visit, opened: &Opened) -> String {
    let (locale, place) = (visit.locale, opened.pages.words.place.say(visit.locale));
    let booking = &opened.booking;
    let title = match booking.state {
        AppointmentState::Booked if booking.closed.is_some() => {
            return say!(
                locale,
                "{place}这一天不办理，请改期",
                "The {place} is closed that day: please choose another time"
            );
        }
        AppointmentState::Booked if booking.changes > 0 => {
            locale.say("已经改到新的时间", "Your booking has a new time")
        }
        AppointmentState::Cancelled => locale.say("预约已经取消", "This booking is cancelled"),
        AppointmentState::Past => locale.say("预约的日子已经过了", "The day of this booking has passed"),
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
    if let (AppointmentState::Booked, Some(reason)) = (booking.state, &booking.closed) {
        return closed(visit, opened, title, reason.say(locale));
    }
    if booking.state == AppointmentState::Booked {
        let kept = (booking.changes > 0).then(|| {
            view! { <p>{locale.say("预约号没有变。", "The reference number has not changed.")}</p> }
        });
        return view! {
            <Confirmation
                title=title.to_owned()
                label=locale.say("预约号", "Reference number")
                reference=booking.reference.to_string()
            >
                <p class="confirmed-time">{when}</p>
                <p>{name}</p>
                {kept}
            </Confirmation>
        }
        .into_any();
    }
    let what_now = match booking.state {
        AppointmentState::Cancelled => locale
            .say(
                "名额会在一段随机的时间后放回，供大家预约。现在就可以重新预约。",
                "The place becomes available to others after a random wait. You can book again now.",
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

/// The place closed the day after it was booked: why, and the way on.
fn closed(visit: &Visit, opened: &Opened, title: &str, reason: &str) -> AnyView {
    let (locale, booking, pages) = (visit.locale, &opened.booking, opened.pages);
    let place = pages.words.place.say(locale);
    let why = say!(locale, "{place}说明：{reason}", "The {place} says: {reason}");
    let rows = vec![
        Row::new(locale.say("预约号", "Reference number"), booking.reference.to_string()),
        Row::new(locale.say("原来的时间", "The time it was for"), words::moment(locale, booking.starts_at)),
        Row::new(pages.place_label(locale), booking.point.place.name.say(locale)),
        Row::phone(phone_label(locale, pages), &booking.point.place.phone),
    ];
    let ways = if opened.can_move() {
        let text = locale.say("选一个新的时间", "Choose a new time");
        let kept = locale.say(
            "预约号和填写的内容都保留，只用选一个新的时间。",
            "The reference number and all you filled in stay; only choose a new time.",
        );
        view! {
            <p>{kept}</p>
            <p class="actions">
                <LinkButton href=opened.address(visit, "reschedule") text=text />
            </p>
        }
        .into_any()
    } else {
        let call = say!(locale, "请打{place}电话改时间：", "Please phone the {place} for another time: ");
        view! { <p>{call} {places::call(&booking.point.place)}</p> }.into_any()
    };
    view! {
        <h1>{title.to_owned()}</h1>
        <Notice tone=Tone::Warning title=why />
        {ways}
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

fn again(visit: &Visit, opened: &Opened) -> AnyView {
    let locale = visit.locale;
    // The entry that one made of the booking in a calendar of one's own still stands there.
    let calendar = opened.is_called_off().then(|| {
        let text = locale.say("把手机日历里的安排标为取消", "Mark it as cancelled in your calendar");
        view! { <LinkButton href=opened.address(visit, "calendar.ics") text=text weight=Weight::Quiet /> }
    });
    view! {
        <p class="actions">
            <LinkButton
                href=visit.url(&opened.pages.at(Step::Time))
                text=locale.say("重新预约", "Book again")
                weight=Weight::Secondary
            />
            {calendar}
        </p>
    }
    .into_any()
}
