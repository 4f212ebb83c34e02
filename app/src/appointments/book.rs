//! `…/book`: choose a place, a day and a time. Pressing a time holds it for everybody at once, before anything has
//! to be filled in.

pub mod codes;
pub mod details;
pub mod hold;
pub mod phone;
pub mod release;
pub mod review;

use axum::{
    Extension, Form,
    extract::{Query, State},
    response::{IntoResponse, Redirect, Response},
};
use server::{App, appointments::hold::Asking, client::Client, rejection::Rejection};
use shared::{appointments::Refusal, problem::Problem};

use super::{
    choosing::{self, not_held},
    no_cookie::not_kept,
    service::ServicePages,
    taking::{self, held_response, slot_in},
    wish::Wish,
};
use crate::{pairs::Pairs, visit::Visit};

pub async fn show(
    State(app): State<App>,
    visit: Visit,
    Extension(pages): ServicePages,
    Query(pairs): Query<Pairs>,
) -> Result<Response, Rejection> {
    Ok(choosing::page(&app, &visit, Wish::read(pages, &pairs), None).await?)
}

pub async fn submit(
    State(app): State<App>,
    visit: Visit,
    client: Client,
    Extension(pages): ServicePages,
    Query(pairs): Query<Pairs>,
    Form(form): Form<Pairs>,
) -> Result<Response, Rejection> {
    let wish = Wish::read(pages, &pairs);
    let Some(slot) = slot_in(&form) else {
        return Ok(choosing::page(&app, &visit, wish, Some(Problem::NotFound)).await?);
    };
    // The page with the times gives every browser its session; whoever comes without it could not come back to a hold.
    let Some(session) = &visit.session else { return Ok(not_kept(&app, &visit, pages, &form)) };
    let asking = Asking { session: session.clone(), address: client.address, phone: None, locale: visit.locale };
    match taking::hold(&app, &wish, slot, asking).await {
        Ok(hold) => Ok(held_response(&app, &visit, pages, session, (slot, &hold)).await?),
        Err(error) if error.refusal() == Some(Refusal::PhoneNeeded) => {
            Ok(Redirect::to(&visit.url(&phone::path(slot, &wish))).into_response())
        }
        Err(error) => Ok(not_held(&app, &visit, wish, slot, error).await?),
    }
}
