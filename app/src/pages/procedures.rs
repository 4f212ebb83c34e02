//! `GET /procedures`: what can be applied for online, and the way back to what was begun or handed in.

mod answers;
pub mod cases;
mod code_page;
pub mod draft;
mod facts;
pub(super) mod fields;
mod keys;
mod papers;
mod photos;
pub mod resume;
mod search;
pub mod start;
pub mod tile;

use std::sync::Arc;

use axum::{extract::State, response::Response};
use leptos::prelude::*;
use server::{App, Rejection, policy::Offered};
use shared::problem::Problem;

use crate::{
    components::{back_link::BackLink, card::Card, empty::Empty},
    draw, notices,
    site::{Cache, Site, Who, get},
    visit::Visit,
};

pub fn pages(site: Site) -> Site {
    cases::pages(drafts(starts(site)))
}

fn starts(site: Site) -> Site {
    site.page("/procedures", Who::Anyone, Cache::Shared, get(show))
        .page("/procedures/{id}", Who::Anyone, Cache::Shared, get(start::show).post(start::submit))
        .page("/procedures/{id}/resume", Who::Anyone, Cache::Never, get(resume::show).post(resume::submit))
        .page(
            "/procedures/{id}/resume/code",
            Who::Anyone,
            Cache::Never,
            get(resume::code::show).post(resume::code::submit),
        )
}

fn drafts(site: Site) -> Site {
    let below = |page: &str| format!("/procedures/{{id}}/drafts/{{draft}}{page}");
    site.page(below(""), Who::Anyone, Cache::Never, get(draft::show).post(draft::submit))
        .page(below("/papers"), Who::Anyone, Cache::Never, get(draft::papers::show).post(draft::papers::change))
        .page(
            below("/papers/photos"),
            Who::Anyone,
            Cache::Never,
            get(draft::papers::lead_back).post(draft::papers::submit).with_files(),
        )
        .page(below("/file"), Who::Anyone, Cache::Never, get(draft::file::show))
        .page(
            below("/papers/parts"),
            Who::Anyone,
            Cache::Never,
            get(draft::papers::lead_back).post(draft::papers::take_part).with_files(),
        )
        .page(below("/check"), Who::Anyone, Cache::Never, get(draft::check::show).post(draft::check::submit))
        .page(below("/discard"), Who::Anyone, Cache::Never, get(draft::discard::show).post(draft::discard::submit))
}

/// The page of a procedure, without the language prefix.
fn path_of(id: &str) -> String {
    format!("/procedures/{id}")
}

/// What this portal's own place offers under this name.
fn offered(app: &App, id: &str) -> Result<Arc<Offered>, Problem> {
    app.policies().procedure(&app.settings().region, id).ok_or(Problem::NotFound)
}

pub async fn show(State(app): State<App>, visit: Visit) -> Result<Response, Rejection> {
    let all = app.policies().procedures(&app.settings().region);
    let notices = notices::on_service(&app, "/procedures", app.now()).await?;
    let title = visit.say("网上申请", "Apply online");
    Ok(draw::page(&visit, title, || {
        view! {
            {notices::draw(&visit, &notices)}
            {body(&visit, title, &all)}
        }
    }))
}

fn body(visit: &Visit, title: &'static str, all: &[Arc<Offered>]) -> impl IntoView + use<> {
    let lead = visit.say(
        "填到一半可以停下，内容替您留着；提交以后，随时能看办到哪一步。",
        "You can stop half way and go on later: what you entered is kept. Once it is handed in, you can see at any time how far it is.",
    );
    let cards = all.iter().filter_map(|offered| {
        let benefit = offered.procedure.rules.benefits.first()?;
        let (name, summary) = (benefit.name.say(visit.locale), benefit.summary.say(visit.locale).to_owned());
        let href = visit.url(&path_of(&offered.procedure.id));
        Some(view! { <li><Card href=href title=name><p>{summary}</p></Card></li> })
    });
    let cards = cards.collect_view();
    let list =
        if cards.is_empty() { none(visit) } else { view! { <ul class="cards" role="list">{cards}</ul> }.into_any() };
    view! {
        <div class="opening opening-calm bleed">
            <div class="column flow">
                <BackLink href=visit.url("/") text=visit.say("首页", "Home") />
                <h1>{title}</h1>
                <p class="lead">{lead}</p>
            </div>
        </div>
        <div class="beside">
            <div class="column flow">
                <section class="flow">
                    <h2>{visit.say("可以申请的", "What you can apply for")}</h2>
                    {list}
                </section>
            </div>
            <aside class="aside flow">
                <h2>{visit.say("已经提交了", "Already handed in?")}</h2>
                <p>
                    <a href=visit.url("/cases")>
                        {visit.say("查进度、补充、撤回", "See how far it is, add to it or withdraw it")}
                    </a>
                </p>
                <h2>{visit.say("不方便在网上填", "Rather not fill in a form?")}</h2>
                <p>
                    {visit.say("可以到窗口办，先拨打 ", "You can apply at a counter: call ")}
                    <a class="nowrap" href="tel:12345">"12345"</a>
                    {visit.say(" 问到哪里。", " to ask where.")}
                </p>
            </aside>
        </div>
    }
}

/// Where this place has nothing to apply for online.
fn none(visit: &Visit) -> AnyView {
    let elsewhere = visit.say(
        "请到窗口办理，或者先看看有哪些补贴和救助。",
        "Please apply at a counter, or look first at what help there is.",
    );
    let (benefits, called) = (visit.url("/benefits"), visit.say("惠民政策与补贴", "Benefits"));
    view! {
        <Empty title=visit.say("这里还没有可以在网上申请的事项", "Nothing can be applied for online here yet")>
            <p>
                {elsewhere} " " <a href=benefits>{called}</a>
            </p>
        </Empty>
    }
    .into_any()
}
