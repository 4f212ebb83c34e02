//! `/benefits/check`: which benefits may suit a household. With scripts the check runs in the browser; without, each
//! step is worked out here from the form's body, and nothing of it is stored or logged.

use axum::{
    Form,
    extract::{Query, State},
    http::StatusCode,
    response::Response,
};
use chrono::NaiveDate;
use leptos::prelude::*;
use serde::Deserialize;
use server::{App, Rejection};
use shared::{
    calendar::shanghai_date,
    eligibility::pack::{LifeEvent, Pack},
    problem::Problem,
};

use crate::{
    benefits::{
        answers::Answers,
        draw::{screen, title},
        scene::Scene,
        screen::{Screen, first, next_screen},
    },
    components::back_link::BackLink,
    draw::{self, Script},
    pairs::Pairs,
    visit::Visit,
};

/// What a link may bring along; never an answer.
#[derive(Deserialize)]
pub struct StartLink {
    region: Option<String>,
    event: Option<String>,
    benefit: Option<String>,
}

pub async fn show(State(app): State<App>, visit: Visit, Query(asked): Query<StartLink>) -> Result<Response, Rejection> {
    let region = asked.region.as_deref().unwrap_or(&app.settings().region);
    let compiled = app.policies().of(region).ok_or(Problem::NotFound)?;
    let event = asked.event.as_deref().and_then(LifeEvent::from_wire);
    let benefit = asked.benefit.filter(|id| compiled.pack.benefits.iter().any(|benefit| benefit.id == *id));
    let today = shanghai_date(app.now());
    let start = first(&compiled.pack, today, region, event, benefit.as_deref());
    let policy = format!("/api/v1/policy/{}?hash={}&form=compact", compiled.pack.region, compiled.hash);
    let origin = app.settings().origin();
    let drawn = screen(scene(&visit, &compiled.pack, &start, today, &origin));
    Ok(page(&visit, StatusCode::OK, &start, || {
        draw::needs(Script::Check);
        view! {
            <div
                id="check"
                data-policy=policy
                data-region=region.to_owned()
                data-today=today.to_string()
                data-locale=visit.locale.tag()
                data-event=event.map(LifeEvent::wire)
                data-benefit=benefit
            >
                {drawn}
            </div>
        }
        .into_any()
    }))
}

/// A step of a browser without scripts.
pub async fn submit(State(app): State<App>, visit: Visit, Form(pairs): Form<Pairs>) -> Result<Response, Rejection> {
    let answers = Answers(pairs);
    let region = Some(answers.get("region")).filter(|region| !region.is_empty()).unwrap_or(&app.settings().region);
    let compiled = app.policies().of(region).ok_or(Problem::NotFound)?;
    let today = shanghai_date(app.now());
    let next = next_screen(&compiled.pack, answers, today);
    let status = if next.errors.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    let origin = app.settings().origin();
    let drawn = screen(scene(&visit, &compiled.pack, &next, today, &origin));
    Ok(draw::no_store(page(&visit, status, &next, || view! { <div id="check">{drawn}</div> }.into_any())))
}

fn scene<'a>(visit: &'a Visit, pack: &'a Pack, screen: &'a Screen, today: NaiveDate, origin: &'a str) -> Scene<'a> {
    let action = visit.locale.say("/benefits/check", "/en/benefits/check");
    Scene { locale: visit.locale, pack, screen, today, origin, action }
}

fn page(visit: &Visit, status: StatusCode, now: &Screen, body: impl FnOnce() -> AnyView) -> Response {
    draw::page_as(visit, status, title(visit.locale, &now.page), || {
        view! {
            <div class="column flow">
                <BackLink href=visit.url("/benefits") text=visit.say("惠民政策与补贴", "Benefits") />
                {body()}
            </div>
        }
    })
}
