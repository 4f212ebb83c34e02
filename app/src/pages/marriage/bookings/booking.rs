//! `/marriage/bookings/{reference}`: one booking, for whoever has the key to it.

pub mod calendar;
pub mod cancel;
mod counter_code;
mod facts;
pub mod print;
pub mod reschedule;

use axum::{
    extract::{FromRequestParts, Path},
    http::{StatusCode, request::Parts},
    response::Response,
};
use chrono::{DateTime, Utc};
use leptos::prelude::*;
use server::{
    App,
    error::Error,
    marriage::{
        Holder,
        view::{self, BookingView},
    },
};
use shared::{
    appointments::{AppointmentState, BookingReference},
    problem::Problem,
};

use super::{keys::KeyRing, locked, messages};
use crate::{
    components::{
        button::{LinkButton, Weight},
        confirmation::Confirmation,
        notice::{Notice, Tone},
        summary::{Row, Summary},
    },
    draw,
    pages::marriage::book::registries,
    site,
    visit::Visit,
    words,
};

pub async fn show(visit: Visit, opened: Opened) -> Response {
    draw(&visit, opened)
}

/// A booking that this browser has the key to, at one moment.
pub struct Opened {
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

    /// A page of this booking, such as `cancel`; the booking itself for an empty name.
    fn address(&self, visit: &Visit, page: &str) -> String {
        visit.url(&self.path(page))
    }

    /// [`Self::address`] without the language prefix.
    fn path(&self, page: &str) -> String {
        let slash = if page.is_empty() { "" } else { "/" };
        format!("/marriage/bookings/{}{slash}{page}", self.booking.reference.as_str())
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
        let Ok(visit) = Visit::from_request_parts(parts, app).await;
        let named = Path::<String>::from_request_parts(parts, app).await.ok();
        let reference = named.and_then(|Path(named)| BookingReference::parse(&named).ok());
        let reference = reference.ok_or_else(|| site::error_page(&visit, StatusCode::NOT_FOUND))?;
        let ring = KeyRing::read(&parts.headers, app.settings().production());
        let holder = ring.open(app, reference).await.map_err(|error| match error {
            Error::Problem(Problem::Unauthorized) => locked(&visit, reference),
            error => site::refused(&visit, error),
        })?;
        let now = app.now();
        let booking = view::view(app, &holder, now).await.map_err(|error| site::refused(&visit, error))?;
        Ok(Self { holder, booking, now, origin: app.settings().origin() })
    }
}

fn draw(visit: &Visit, opened: Opened) -> Response {
    let locale = visit.locale;
    let booking = &opened.booking;
    let title = title(visit, booking.state);
    let live = booking.state == AppointmentState::Booked;
    let moved = (visit.query.as_deref() == Some(MOVED)).then(|| {
        view! {
            <Notice tone=Tone::Success title=locale.say("时间已经改好", "The new time is yours") live=true>
                <p>{locale.say("预约号没有变。", "The reference number has not changed.")}</p>
            </Notice>
        }
    });
    draw::page(visit, title, || {
        view! {
            <div class="beside">
                <div class="column flow">
                    {moved}
                    {panel(visit, booking, title)}
                    {live.then(|| keep(visit, &opened))}
                    {live.then(|| facts::bring(visit, &booking.parties))}
                    {live.then(|| next(visit))}
                    {(!live).then(|| again(visit))}
                </div>
                <aside class="aside manage flow">
                    {live.then(|| change(visit, &opened))}
                    {people(visit, booking)}
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

fn title(visit: &Visit, state: AppointmentState) -> &'static str {
    let locale = visit.locale;
    match state {
        AppointmentState::Cancelled => locale.say("预约已经取消", "This booking is cancelled"),
        AppointmentState::Past => locale.say("预约的时间已经过了", "The time of this booking has passed"),
        AppointmentState::Released | AppointmentState::Expired => {
            locale.say("登记处撤销了这个预约", "The registry has withdrawn this booking")
        }
        AppointmentState::Booked | AppointmentState::Held { .. } => locale.say("预约成功", "You are booked"),
    }
}

fn panel(visit: &Visit, booking: &BookingView, title: &str) -> AnyView {
    let locale = visit.locale;
    let when = words::moment(locale, booking.starts_at);
    let place = booking.registry.name.say(locale).to_owned();
    if booking.state == AppointmentState::Booked {
        return view! {
            <Confirmation
                title=title.to_owned()
                label=locale.say("预约号", "Reference number")
                reference=booking.reference.to_string()
            >
                <p class="confirmed-time">{when}</p>
                <p>{place}</p>
            </Confirmation>
        }
        .into_any();
    }
    let told = match booking.state {
        AppointmentState::Cancelled => locale.say(
            "名额会在一段随机的时间后放回，供大家预约。需要时可以重新预约。",
            "The place returns to the public after a random wait. You can book again whenever you like.",
        ),
        AppointmentState::Past => locale.say(
            "如果已经登记，祝您二位生活美满。没有来得及办的，可以重新预约。",
            "If you have registered, we wish you both well. If you could not come, you can book again.",
        ),
        _ => locale.say(
            "登记处会打电话说明原因，也可以打电话询问。需要时可以重新预约。",
            "The registry will phone you about the reason; you can also call it. You can book again.",
        ),
    };
    let rows = vec![
        Row::new(locale.say("预约号", "Reference number"), booking.reference.to_string()),
        Row::new(locale.say("原来的时间", "The time it was for"), when),
        Row::new(locale.say("登记处", "Registry"), place),
        Row::phone(locale.say("登记处电话", "Registry’s phone"), &booking.registry.phone),
    ];
    view! {
        <h1>{title.to_owned()}</h1>
        <p>{told}</p>
        <Summary locale=locale rows=rows />
    }
    .into_any()
}

/// What to take away: the place, the calendar entry, the paper, the code for the counter.
fn keep(visit: &Visit, opened: &Opened) -> AnyView {
    let (locale, booking) = (visit.locale, &opened.booking);
    let rows = vec![
        Row::new(locale.say("时间", "Time"), words::period(locale, booking.starts_at, booking.ends_at)),
        Row::new(locale.say("登记处", "Registry"), booking.registry.name.say(locale)),
        Row::new(locale.say("地址", "Address"), booking.registry.address.say(locale)),
        Row::phone(locale.say("电话", "Phone"), &booking.registry.phone),
    ];
    view! {
        <section class="flow">
            <h2>{locale.say("时间和地点", "Time and place")}</h2>
            <Summary locale=locale rows=rows />
            {registries::map(visit, &booking.registry).map(|map| view! { <p>{map}</p> })}
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
                <p>
                    {locale.say(
                        "到了登记处，出示这个二维码，或者说出预约号。二维码里只有预约号，没有个人信息。",
                        "At the registry show this code, or say the reference number. The code holds the reference number \
                         and nothing personal.",
                    )}
                </p>
            </div>
        </section>
    }
    .into_any()
}

fn people(visit: &Visit, booking: &BookingView) -> AnyView {
    let locale = visit.locale;
    let rows = facts::couple(locale, &booking.parties)
        .map(|(label, party)| Row::new(label, [&*party.name, &party.id_number, &party.phone].join("\n")));
    view! {
        <section class="flow">
            <h2>{locale.say("登记的两个人", "The couple")}</h2>
            <Summary locale=locale rows=rows.into() />
            <p class="soft">
                {locale.say(
                    "为了保护隐私，只显示一部分。预约后不能换人，也不能改证件号码。",
                    "Partly hidden to protect your privacy. People and document numbers cannot be changed after booking.",
                )}
            </p>
        </section>
    }
    .into_any()
}

fn next(visit: &Visit) -> AnyView {
    let locale = visit.locale;
    let steps = [
        locale.say(
            "到了那天，两个人带上证件一起到登记处，请按时到。",
            "On the day, come to the registry together, on time and with your documents.",
        ),
        locale.say("在前台报预约号，或者出示二维码。", "Say the reference number at the desk, or show the code."),
        locale.say(
            "登记员核对证件、问几个问题。符合条件的，当场发给结婚证，不收费。",
            "The registrar checks your documents and asks some questions. If all is in order you get the certificate on \
             the spot, free of charge.",
        ),
    ];
    view! {
        <section class="flow">
            <h2>{locale.say("接下来", "What happens next")}</h2>
            <ol class="way">{steps.map(|step| view! { <li><p>{step}</p></li> }).into_iter().collect_view()}</ol>
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
        view! {
            <p>
                {locale.say("确实来不了的，请打登记处电话 ", "If you cannot come, please phone the registry: ")}
                {facts::call(&booking.registry.phone)}
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
                facts::until(locale, facts::Change::Move, booking.reschedule_until, move_open),
            )}
            {act(
                cancel_open,
                "cancel",
                locale.say("取消预约", "Cancel the booking"),
                Weight::Danger,
                facts::until(locale, facts::Change::Cancel, booking.cancel_until, cancel_open),
            )}
            {closed}
        </section>
    }
    .into_any()
}

fn again(visit: &Visit) -> AnyView {
    let locale = visit.locale;
    view! {
        <p class="actions">
            <LinkButton
                href=visit.url("/marriage/book")
                text=locale.say("重新预约", "Book again")
                weight=Weight::Secondary
            />
        </p>
    }
    .into_any()
}
