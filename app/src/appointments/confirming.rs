//! The last press of a button: the hold becomes the booking, and the browser gets the key to it.

use axum::{
    http::{HeaderMap, StatusCode},
    response::{IntoResponse, Redirect, Response},
};
use leptos::prelude::*;
use server::{
    App,
    appointments::booking::{self, Booked, Claimed, NotBooked, idempotency::RequestKey},
    client::Client,
    error::Error,
    session::Session,
};
use shared::{
    appointments::{HoldId, Refusal},
    field::{FieldErrors, Reason},
    identity::PhoneCode,
    problem::Problem,
    say,
};

use super::{
    booking_form::BookingForm,
    held_time::{held_in_full, held_time},
    hold_notice::FORM,
    keys::KeyRing,
    places::call,
    service::BookingPages,
    step::Step,
};
use crate::{
    components::{
        button::LinkButton,
        notice::{Notice, Tone},
    },
    draw,
    visit::Visit,
};

/// What came of it.
pub(super) enum Confirmed {
    /// It stands, or something is in the way that has a page of its own.
    Answered(Response),
    /// Codes that are missing or wrong.
    Wrong(FieldErrors),
}

/// The booking that this browser made from a hold that it has no more: for a form that comes twice, and for pages that
/// stayed open in another window.
pub async fn made_before(
    app: &App,
    visit: &Visit,
    headers: &HeaderMap,
    form: &BookingForm,
    hold: &str,
) -> Result<Option<Response>, Error> {
    if form.holds(hold) {
        return Ok(None);
    }
    made_from(app, visit, headers, (form.pages, form.session()), hold).await
}

/// [`made_before`] for a page without a form.
pub(super) async fn made_from(
    app: &App,
    visit: &Visit,
    headers: &HeaderMap,
    (pages, session): (&BookingPages, &Session),
    hold: &str,
) -> Result<Option<Response>, Error> {
    let Ok(hold) = HoldId::parse(hold) else { return Ok(None) };
    let booked = booking::made_before(app, &request_key(app, (pages, session), &hold)?).await?;
    Ok(booked.map(|booked| to_booking(app, visit, headers, pages, &booked)))
}

/// What makes a second press of the last button the same request, for this browser and this hold.
fn request_key(app: &App, (pages, session): (&BookingPages, &Session), hold: &HoldId) -> Result<RequestKey, Error> {
    let (service, session) = (pages.bookable.service.name(), session.fingerprint(app.keys()));
    Ok(RequestKey::new(app.keys(), &format!("page:{service}:{session}"), hold.as_str(), hold.as_str().as_bytes())?)
}

/// Books the held time with the answers of the draft, in which the codes stand.
pub(super) async fn confirm(
    app: &App,
    visit: &Visit,
    client: &Client,
    headers: &HeaderMap,
    form: &BookingForm,
) -> Result<Confirmed, Error> {
    let to_review = || Confirmed::Answered(form.go(app, visit, &form.pages.at(Step::Review)));
    let Some(held) = &form.held else { return Ok(to_review()) };
    if let Err(errors) = read_codes(form) {
        return Ok(Confirmed::Wrong(errors));
    }
    let key = request_key(app, (form.pages, form.session()), &held.hold.id)?;
    let hold = Claimed::Session(Box::new(held.record.clone()));
    match (form.pages.form.book)(app, client, form.pages, &form.draft.answers, hold, key, visit.locale).await {
        Ok(booked) => Ok(Confirmed::Answered(to_booking(app, visit, headers, form.pages, &booked))),
        Err(NotBooked::Codes(errors)) => Ok(Confirmed::Wrong(errors)),
        // Answers are put right where all of them stand.
        Err(NotBooked::Other(Error::Problem(Problem::Fields(_)))) => Ok(to_review()),
        Err(NotBooked::Other(error)) => match error.refusal() {
            Some(Refusal::HoldExpired | Refusal::SlotClosed) => Ok(to_review()),
            Some(Refusal::AlreadyBooked) => Ok(Confirmed::Answered(already_booked(visit, form))),
            _ => match (form.pages.form.refused)(visit, &error) {
                Some(instead) => Ok(Confirmed::Answered(not_made(visit, || instead))),
                None => Err(error),
            },
        },
    }
}

/// Whether what was typed can be codes at all; missing ones are left to the server, which knows the phones that need
/// none.
fn read_codes(form: &BookingForm) -> Result<(), FieldErrors> {
    let mut errors = FieldErrors::new();
    for contact in form.contacts() {
        match PhoneCode::parse(form.draft.answers.get(contact.field)) {
            Ok(_) | Err(Reason::Missing(_)) => {}
            Err(reason) => errors.push(contact.field, reason),
        }
    }
    errors.into_result()
}

fn to_booking(app: &App, visit: &Visit, headers: &HeaderMap, pages: &BookingPages, booked: &Booked) -> Response {
    let production = app.settings().production();
    let ring = KeyRing::read(headers, production).with(booked.reference, &booked.manage_token);
    let page = visit.url(&pages.path(&format!("bookings/{}", booked.reference.as_str())));
    ring.give(Redirect::to(&page).into_response(), production)
}

/// Says nothing of the earlier booking but that there is one: whoever types a stranger's number learns no more.
fn already_booked(visit: &Visit, form: &BookingForm) -> Response {
    let (locale, pages) = (visit.locale, form.pages);
    let (place, originals) = (pages.words.place.say(locale), pages.words.originals.say(locale));
    let call = form.held.as_ref().map(|held| {
        let name = held.point.place.name.say(locale).to_owned();
        view! { {say!(locale, "{name}电话：", "{name}: ")} {call(locale, &held.point.place)} }
    });
    let not_ours = say!(
        locale,
        "没有约过，或者是别人约的：请打{place}电话，或者{originals}去{place}。手机号填的是不是本人的，网上核实不了，所以会有\
         填错或者冒用的。工作人员核对证件以后，可以撤销那个预约；撤销以后马上就能约。",
        "If you never booked, or somebody else did: phone the {place}, or {originals}. We cannot check online whose \
         numbers are entered, so they may have been mistyped or misused. Once staff have checked your documents, they can \
         withdraw that booking, and you can book straight away."
    );
    let missed = say!(
        locale,
        "原来的预约就在今天、没有赶上：打电话问{place}今天还能不能办；今天办不了，明天起就可以再约。",
        "If it is for today and you missed it: phone the {place} to ask whether it can still be done today; if not, you \
             can book again from tomorrow."
    );
    let body = || {
        view! {
            {form.held.is_some().then(|| held_time(visit, form))}
            <Notice tone=Tone::Warning title=pages.words.already.say(locale) live=true>
                <p>
                    {locale.say(
                        "每人同时只能有一个。原来预约的手机会收到提醒短信，一天最多一条。",
                        "Each person can have only one at a time. We tell the phones on the earlier booking by text \
                         message, at most once a day.",
                    )}
                </p>
            </Notice>
            <h2>{locale.say("可以怎么办", "What you can do")}</h2>
            <ul>
                <li>
                    {locale.say(
                        "想用原来的预约：不用再约，到时候按时去就行。也可以把它改到别的时间。",
                        "To keep the earlier booking, you do not need to do anything: just come at that time. You \
                         can also move it to another time.",
                    )}
                </li>
                <li>
                    {locale.say(
                        "不要原来的了：先取消它，再来预约这一次。",
                        "To use this time instead, cancel the earlier booking first, then book again.",
                    )}
                </li>
                <li>{missed}</li>
                <li>{not_ours} " " {call}</li>
                <li>
                    {pages.words.mistyped.say(locale)}
                    <a href=visit.url(&pages.at(Step::Review))>{locale.say("返回核对", "check your answers")}</a>
                </li>
            </ul>
            {held_in_full(visit, form)}
            <form id=FORM method="post" action=visit.url(&pages.at(Step::Codes))></form>
            <p class="actions">
                <LinkButton
                    href=visit.url(&pages.path("bookings"))
                    text=locale.say("查找原来的预约", "Find the earlier booking")
                />
            </p>
        }
    };
    not_made(visit, || body().into_any())
}

fn not_made(visit: &Visit, body: impl FnOnce() -> AnyView) -> Response {
    let title = visit.say("这次没有约成", "We could not make this booking");
    draw::page_as(visit, StatusCode::CONFLICT, title, || {
        view! {
            <div class="column flow">
                <h1>{title}</h1>
                {body()}
            </div>
        }
    })
}
