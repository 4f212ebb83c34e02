//! `/benefits/check`: which benefits may suit a household. With scripts the check runs in the browser; without, each
//! step is worked out here from the form's body, and nothing of it is stored or logged.

use axum::{
    Form,
    extract::{Path, Query, State},
    http::{StatusCode, header},
    response::{IntoResponse, Response},
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
        draw::{FORM, screen},
        heading::title,
        scene::Scene,
        screen::{Gone, Screen, first, next_screen, same_screen},
    },
    components::back_link::BackLink,
    draw::{self, Script},
    layout::Switch,
    pages::preferences::remembered,
    pairs::{Pairs, value},
    visit::Visit,
};

/// What a link may bring along; never an answer.
#[derive(Deserialize)]
pub struct StartLink {
    region: Option<String>,
    event: Option<String>,
    benefit: Option<String>,
}

pub async fn show(
    State(app): State<App>,
    visit: Visit,
    step: Option<Path<String>>,
    Query(asked): Query<StartLink>,
) -> Result<Response, Rejection> {
    let region = asked.region.as_deref().unwrap_or(&app.settings().region);
    let compiled = app.policies().of(region).ok_or(Problem::NotFound)?;
    let event = asked.event.as_deref().and_then(LifeEvent::from_wire);
    let benefit = asked.benefit.filter(|id| compiled.pack.benefits.iter().any(|benefit| benefit.id == *id));
    let today = shanghai_date(app.now());
    let mut start = first(&compiled.pack, today, region, event, benefit.as_deref());
    // A later step is nowhere but in the page that was left or closed.
    if step.is_some() {
        start.gone = Gone::Lost;
    }
    let policy = format!("/api/v1/policy/{}?hash={}&form=compact", compiled.pack.region, compiled.hash);
    let origin = app.settings().origin();
    let drawn = screen(scene(&visit, &compiled.pack, &start, today, &origin));
    Ok(page(&visit, &compiled.pack, StatusCode::OK, &start, || {
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
                data-keeps=visit.portal.offline.then_some("")
            >
                {drawn}
            </div>
        }
        .into_any()
    }))
}

/// A step of a browser without scripts, or a switch of the bar, which keeps the page and all that stands on it.
pub async fn submit(State(app): State<App>, mut visit: Visit, Form(pairs): Form<Pairs>) -> Result<Response, Rejection> {
    let switch = value(&pairs, "action").and_then(Switch::read);
    match switch {
        // The browser sends the same form again to the address of the other language.
        Some(Switch::Language(other)) if other != visit.locale => {
            let there = [(header::LOCATION, visit.here_in(other))];
            return Ok(draw::no_store((StatusCode::TEMPORARY_REDIRECT, there).into_response()));
        }
        Some(Switch::Mode(mode)) => visit.mode = mode,
        _ => {}
    }
    let answers = Answers(pairs);
    let region = Some(answers.get("region")).filter(|region| !region.is_empty()).unwrap_or(&app.settings().region);
    let compiled = app.policies().of(region).ok_or(Problem::NotFound)?;
    let today = shanghai_date(app.now());
    let turn = if switch.is_some() { same_screen } else { next_screen };
    let next = turn(&compiled.pack, answers, today);
    let status = if next.errors.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    let origin = app.settings().origin();
    let drawn = screen(scene(&visit, &compiled.pack, &next, today, &origin));
    let body = || view! { <div id="check">{drawn}</div> }.into_any();
    let answer = draw::no_store(page(&visit, &compiled.pack, status, &next, body));
    Ok(match switch {
        Some(Switch::Mode(mode)) => remembered(mode, answer, app.settings().production()),
        _ => answer,
    })
}

fn scene<'a>(visit: &'a Visit, pack: &'a Pack, screen: &'a Screen, today: NaiveDate, origin: &'a str) -> Scene<'a> {
    let action = visit.locale.say("/benefits/check", "/en/benefits/check");
    Scene { locale: visit.locale, pack, screen, today, origin, action, kept: None }
}

fn page(visit: &Visit, pack: &Pack, status: StatusCode, now: &Screen, body: impl FnOnce() -> AnyView) -> Response {
    draw::page_of_form(visit, status, &title(visit.locale, pack, now), FORM, || {
        view! {
            <div class="column flow">
                <BackLink href=visit.url("/benefits") text=visit.say("惠民政策与补贴", "Benefits") />
                {body()}
            </div>
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::site::tests::TestSite;

    /// A page of questions as it stands while it is answered: a box ticked, a sum that nobody can read.
    const SENT: &str = "region=440305&people=2&people.0.name=Mum&people.1.name=Kid&trail=start&trail=people&\
                        at=who.hukou_here.0-1%2Chousehold.wages&who.hukou_here=1&household.wages.sum=three";

    fn keeps_all(body: &str) {
        for field in [
            r#"name="people.0.name" value="Mum""#,
            r#"name="trail" value="people""#,
            r#"id="who.hukou_here.1" name="who.hukou_here" checked value="1""#,
            r#"name="household.wages.sum" value="three""#,
        ] {
            assert!(body.contains(field), "{field}: {body}");
        }
        assert!(!body.contains("role=\"alert\""), "nothing was sent to be looked at: {body}");
    }

    #[tokio::test]
    async fn large_print_draws_the_same_page_with_all_that_stands_on_it() {
        let house = TestSite::open(&[]).await;
        let answer = house.post("/benefits/check", &[], &format!("{SENT}&action=elder-26")).await;
        assert_eq!((answer.status, answer.header("cache-control")), (StatusCode::OK, "no-store"));
        assert!(answer.header("set-cookie").starts_with("elder=26;") && answer.body.contains("data-size=\"26\""));
        keeps_all(&answer.body);
        let answer = house.post("/benefits/check", &[], &format!("{SENT}&action=elder-standard")).await;
        assert!(answer.header("set-cookie").contains("Max-Age=0") && !answer.body.contains("data-mode"));
        keeps_all(&answer.body);
    }

    #[tokio::test]
    async fn the_other_language_is_sent_the_same_form_and_draws_the_same_page() {
        let house = TestSite::open(&[]).await;
        let form = format!("{SENT}&action=speak-en");
        let answer = house.post("/benefits/check", &[], &form).await;
        // The browser keeps the method and the body of what it sends on.
        assert_eq!((answer.status, answer.header("location")), (StatusCode::TEMPORARY_REDIRECT, "/en/benefits/check"));
        let answer = house.post("/en/benefits/check", &[], &form).await;
        assert_eq!((answer.status, answer.header("set-cookie")), (StatusCode::OK, ""));
        assert!(answer.body.contains("lang=\"en\"") && answer.body.contains("Whose household register"));
        keeps_all(&answer.body);
    }

    #[tokio::test]
    async fn a_step_that_is_opened_anew_says_that_the_answers_are_gone() {
        let house = TestSite::open(&[]).await;
        let told = "刚才的回答没有留下";
        assert!(house.get("/benefits/check/3").await.body.contains(told));
        assert!(!house.get("/benefits/check").await.body.contains(told));
    }

    #[tokio::test]
    async fn a_step_says_in_its_title_and_its_heading_where_one_is() {
        let house = TestSite::open(&[]).await;
        let title = |body: &str| body.split("<title>").nth(1).unwrap().split("</title>").next().unwrap().to_owned();
        let start = house.get("/benefits/check").await.body;
        assert_eq!(title(&start), "看看能办哪些 · 惠民");
        assert!(!start.contains("autofocus"), "{start}");
        let people = house.post("/benefits/check", &[], "at=start&region=440305").await.body;
        assert_eq!(title(&people), "第 2 步，家里有谁 · 看看能办哪些 · 惠民");
        assert!(people.contains("<h1 tabindex=\"-1\" autofocus>家里有谁"), "{people}");
        let wrong = house.post("/benefits/check", &[], SENT).await;
        assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(title(&wrong.body).starts_with("请更正："));
        assert_eq!(wrong.body.matches("autofocus").count(), 1, "what is wrong has the focus alone");
        assert!(
            wrong.body.contains("href=\"#household.wages.sum\"") && wrong.body.contains("id=\"household.wages.sum\"")
        );
    }
}
