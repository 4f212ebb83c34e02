//! `GET /m/{key}`: the link in a message. The key moves from the address into a cookie, and nothing on the
//! server changes, since programs that preview links open them too.

use axum::{
    Extension,
    extract::{Path, State},
    http::{HeaderMap, StatusCode},
    response::{IntoResponse, Redirect, Response},
};
use leptos::prelude::*;
use server::{App, appointments::booking::find, error::Error, rejection::Rejection};
use shared::{appointments::BookingReference, problem::Problem, say};

use super::keys::KeyRing;
use crate::{
    components::button::{LinkButton, Weight},
    draw,
    site::BookableServices,
    visit::Visit,
};

pub async fn show(
    State(app): State<App>,
    visit: Visit,
    Extension(services): Extension<BookableServices>,
    headers: HeaderMap,
    Path(key): Path<String>,
) -> Result<Response, Rejection> {
    // Reference and token in one segment: `K7MP4CRT9WXC-4q…`.
    let parts =
        key.rsplit_once('-').and_then(|(reference, token)| Some((BookingReference::parse(reference).ok()?, token)));
    // What was copied along after the link, `。查看` or what nobody sees, is no part of the token.
    let within = |token: &str| token.find(|c: char| !c.is_ascii_alphanumeric() && c != '_').unwrap_or(token.len());
    let parts = parts.map(|(reference, token)| (reference, &token[..within(token)]));
    let Some((reference, token)) = parts else { return Ok(wrong(&visit, &services)) };
    match find::by_token(&app, reference, token).await {
        Ok(holder) => {
            let pages = services.of(holder.service()).ok_or(Problem::NotFound)?;
            let production = app.settings().production();
            let page = Redirect::to(&visit.url(&pages.path(&format!("bookings/{}", reference.as_str()))));
            let ring = KeyRing::read(&headers, production);
            // Whoever proved their phone in this browser sees more by that than by the link.
            let keeps = ring.open(&app, reference).await.is_ok_and(|held| held.has_proved_phone());
            let ring = if keeps { ring } else { ring.with(reference, token) };
            Ok(ring.give(page.into_response(), production))
        }
        Err(Error::Problem(Problem::Unauthorized)) => Ok(wrong(&visit, &services)),
        Err(error) => Err(error.into()),
    }
}

fn wrong(visit: &Visit, BookableServices(services): &BookableServices) -> Response {
    let locale = visit.locale;
    let title = locale.say("这个链接打不开预约", "This link does not open a booking");
    let find = services.iter().map(|pages| {
        let name = pages.words.name.say(locale);
        let text = if services.len() == 1 {
            locale.say("查找预约", "Find a booking").to_owned()
        } else {
            say!(locale, "查找预约：{name}", "Find a booking: {name}")
        };
        let weight = if services.len() == 1 { Weight::Primary } else { Weight::Secondary };
        view! { <LinkButton href=visit.url(&pages.path("bookings")) text=text weight=weight /> }
    });
    let page = draw::page_as(visit, StatusCode::NOT_FOUND, title, || {
        view! {
            <div class="column flow">
                <h1>{title}</h1>
                <p>
                    {locale.say(
                        "链接可能没有复制完整。请打开短信，点完整的链接，或者把它从头到尾复制过来。",
                        "Part of the link may be missing. Open it from the text message, or copy all of it.",
                    )}
                </p>
                <p>
                    {locale.say(
                        "也可以用预约号和手机号找到预约。",
                        "You can also find the booking with its reference number and your mobile number.",
                    )}
                </p>
                <p class="actions">{find.collect_view()}</p>
            </div>
        }
    });
    draw::no_store(page)
}
