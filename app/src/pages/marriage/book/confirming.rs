//! The last press of a button: the hold becomes the booking, and the browser gets the key to it.

use axum::{
    http::{HeaderMap, StatusCode},
    response::{IntoResponse, Redirect, Response},
};
use leptos::prelude::*;
use server::{
    App,
    error::Error,
    marriage::{Booked, book},
};
use shared::{
    appointments::{HoldId, Refusal, Service},
    field::FieldErrors,
    marriage::{self, BookingInput, BookingRequest},
    problem::Problem,
};

use super::{
    booking_form::{BookingForm, FORM, no_authority},
    step::Step,
};
use crate::{
    components::{
        button::{LinkButton, Weight},
        hold_notice::hold_notice_above,
        notice::{Notice, Tone},
    },
    draw,
    pages::marriage::bookings::keys::KeyRing,
    site,
    visit::Visit,
};

/// What came of it.
pub enum Outcome {
    /// It stands, or something is in the way that has a page of its own.
    Answered(Response),
    /// Codes that are missing or wrong, fields named as in the request.
    Wrong(FieldErrors),
}

/// The booking that this browser made from a hold a moment ago: for a form that comes twice.
pub async fn made_before(
    app: &App,
    visit: &Visit,
    headers: &HeaderMap,
    form: &BookingForm,
    hold: &str,
) -> Result<Option<Response>, Error> {
    let Ok(hold) = HoldId::parse(hold) else { return Ok(None) };
    let booked = book::made_before(app, &form.request_key(app, &hold)?).await?;
    Ok(booked.map(|booked| to_booking(app, visit, headers, &booked)))
}

/// Books the held time for the couple of the draft, whose codes stand in it.
pub async fn confirm(app: &App, visit: &Visit, headers: &HeaderMap, form: &BookingForm) -> Result<Outcome, Error> {
    let locale = visit.locale;
    let Some(held) = &form.held else { return Ok(Outcome::Answered(to_review(visit))) };
    let input = BookingInput {
        hold_id: held.hold.id.as_str().to_owned(),
        hold_token: held.hold.token.reveal().to_owned(),
        service: Service::MarriageRegistration.name().to_owned(),
        locale: locale.tag().to_owned(),
        parties: form.draft.parties.to_vec(),
    };
    let request = match BookingRequest::parse(input) {
        Ok(request) => request,
        Err(errors) => return Ok(wrong_or_back(visit, errors)),
    };
    let key = form.request_key(app, &held.hold.id)?;
    match server::marriage::book(app, &request, Some(key), app.now()).await {
        Ok(booked) => Ok(Outcome::Answered(to_booking(app, visit, headers, &booked))),
        Err(Error::Problem(Problem::Fields(errors))) => Ok(wrong_or_back(visit, errors)),
        Err(error) if error.refusal() == Some(Refusal::HoldExpired) => Ok(Outcome::Answered(to_review(visit))),
        Err(error) if error.refusal() == Some(Refusal::AlreadyBooked) => {
            Ok(Outcome::Answered(already_booked(visit, form)))
        }
        Err(error) if error.refusal() == Some(marriage::Refusal::NoForeignAuthority) => {
            Ok(Outcome::Answered(elsewhere(visit)))
        }
        Err(error) => Ok(Outcome::Answered(site::refused(visit, error))),
    }
}

/// Codes are put right where they are typed; everything else where all answers stand.
fn wrong_or_back(visit: &Visit, errors: FieldErrors) -> Outcome {
    if errors.iter().all(|error| error.field.ends_with(".phone_code")) {
        Outcome::Wrong(errors)
    } else {
        Outcome::Answered(to_review(visit))
    }
}

fn to_review(visit: &Visit) -> Response {
    Redirect::to(&visit.url(Step::Review.path())).into_response()
}

fn to_booking(app: &App, visit: &Visit, headers: &HeaderMap, booked: &Booked) -> Response {
    let production = app.settings().production();
    let ring = KeyRing::read(headers, production).with(booked.reference, &booked.manage_token);
    let page = visit.url(&format!("/marriage/bookings/{}", booked.reference.as_str()));
    ring.give(Redirect::to(&page).into_response(), production)
}

/// Says nothing of the earlier booking but that there is one: whoever types a stranger's number learns no more.
fn already_booked(visit: &Visit, form: &BookingForm) -> Response {
    let locale = visit.locale;
    let title = locale.say("这次没有约成", "This booking was not made");
    draw::page_as(visit, StatusCode::CONFLICT, title, || {
        view! {
            <div class="column flow">
                <h1>{title}</h1>
                <Notice
                    tone=Tone::Warning
                    title=locale.say(
                        "两人中有人已经有一个结婚登记预约",
                        "One of you already has a marriage registration appointment",
                    )
                    live=true
                >
                    <p>
                        {locale.say(
                            "每人同时只能有一个。我们已经给原来预约的手机发了短信。",
                            "Each person can have one at a time. The phones of the earlier appointment have been told.",
                        )}
                    </p>
                </Notice>
                <h2>{locale.say("可以怎么办", "What you can do")}</h2>
                <ul>
                    <li>
                        {locale.say(
                            "想用原来的预约：不用再约，到时候带好证件去就行。也可以把它改到别的时间。",
                            "To keep the earlier one: nothing more to do, just come with your documents. You can also \
                             move it to another time.",
                        )}
                    </li>
                    <li>
                        {locale.say(
                            "不要原来的了：先取消它，再来预约这一次。",
                            "To give it up: cancel it first, then book again.",
                        )}
                    </li>
                    <li>
                        {locale.say(
                            "没有约过，或者是别人约的：请拨打 12345，登记处核对身份后会处理。",
                            "If you never booked, or somebody else did it: call 12345. The registry sorts it out once \
                             it has checked your identity.",
                        )}
                    </li>
                    <li>
                        {locale.say(
                            "可能填错了证件号码：",
                            "If a document number may be mistyped: ",
                        )}
                        <a href=visit.url(Step::Review.path())>
                            {locale.say("返回核对", "check your answers")}
                        </a>
                    </li>
                </ul>
                {form.held.as_ref().map(|held| hold_notice_above(visit, &held.hold, form.now, FORM))}
                <form id=FORM method="post" action=visit.url(Step::Codes.path())></form>
                <p class="actions">
                    <LinkButton
                        href=visit.url("/marriage/bookings")
                        text=locale.say("查找原来的预约", "Find the earlier booking")
                        weight=Weight::Secondary
                    />
                </p>
            </div>
        }
    })
}

fn elsewhere(visit: &Visit) -> Response {
    let locale = visit.locale;
    let title = locale.say("这次没有约成", "This booking was not made");
    draw::page_as(visit, StatusCode::CONFLICT, title, || {
        view! {
            <div class="column flow">
                <h1>{title}</h1>
                {no_authority(visit)}
            </div>
        }
    })
}
