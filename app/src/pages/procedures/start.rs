//! `/procedures/{id}`: before anybody types anything, who may apply, what it takes, how long, how much, by which text, and what
//! is not known; then the press that begins.

use axum::{
    extract::{Path, State},
    http::HeaderMap,
    response::{IntoResponse, Redirect, Response},
};
use chrono::NaiveDate;
use leptos::prelude::*;
use server::{
    App, Rejection,
    client::Client,
    policy::Offered,
    procedures::drafts::{self, Begun},
};
use shared::{
    calendar::shanghai_date,
    eligibility::pack::{Benefit, LifeEvent},
    say,
};

use super::{facts::Facts, keys::Keys, offered, path_of};
use crate::{
    components::{
        back_link::BackLink,
        button::{Button, LinkButton, Weight},
        notice::Notice,
    },
    cookies, draw,
    visit::Visit,
};

pub async fn show(State(app): State<App>, visit: Visit, Path(id): Path<String>) -> Result<Response, Rejection> {
    let offered = offered(&app, &id)?;
    let today = shanghai_date(app.now());
    let title = offered.procedure.name().say(visit.locale).to_owned();
    Ok(draw::page(&visit, &title, || body(&visit, &offered, &title, today)))
}

/// Begins a draft of its own with each press: two people who share a browser apply each for themselves.
pub async fn submit(
    State(app): State<App>,
    visit: Visit,
    client: Client,
    headers: HeaderMap,
    Path(id): Path<String>,
) -> Result<Response, Rejection> {
    let offered = offered(&app, &id)?;
    app.limits().draft(&client, app.keys())?;
    let begun = drafts::begin(&app, &offered, None, app.now()).await?;
    Ok(lead_to(&app, &visit, &headers, (&id, &begun)))
}

/// Leads a browser to a draft that was begun in it, with the key to it.
pub(in crate::pages) fn lead_to(
    app: &App,
    visit: &Visit,
    headers: &HeaderMap,
    (id, begun): (&str, &Begun),
) -> Response {
    let production = app.settings().production();
    let keys = Keys::read(headers, cookies::DRAFTS, production).with(begun.id.as_str(), begun.token.reveal());
    let draft = visit.url(&format!("{}/drafts/{}", path_of(id), begun.id));
    keys.give(Redirect::to(&draft).into_response(), production)
}

fn body(visit: &Visit, offered: &Offered, title: &str, today: NaiveDate) -> AnyView {
    let benefit = offered.procedure.rules.benefits.first();
    let summary = benefit.map(|benefit| view! { <p class="lead">{benefit.summary.say(visit.locale).to_owned()}</p> });
    let comfort = benefit.filter(|benefit| benefit.events.contains(&LifeEvent::Death)).map(|_| comfort(visit));
    let facts = Facts { visit, offered, today };
    let not_now = benefit.and_then(|benefit| not_now(visit, benefit, today));
    let title = title.to_owned();
    view! {
        <div class="opening opening-calm bleed">
            <div class="column flow">
                <BackLink href=visit.url("/procedures") text=visit.say("网上申请", "Apply online") />
                <h1>{title}</h1>
                {summary}
                {comfort}
                {not_now}
                {begin(visit, offered)}
            </div>
        </div>
        <div class="beside">
            <div class="column flow">{facts.all()}</div>
            {aside(visit, offered)}
        </div>
    }
    .into_any()
}

fn comfort(visit: &Visit) -> AnyView {
    let days = visit.portal.draft_days;
    let text = say!(
        visit.locale,
        "如果您刚送别亲人，可以慢慢填：填到哪里算哪里，替您保留 {days} 天，随时可以接着填。到哪一天为止可以申请，看下面；下面没有写的，请早一点问民政部门。",
        "If you have just lost somebody, fill it in at your own pace: what you enter is kept for {days} days, and you can stop and go \
         on whenever you like. Until when to apply stands below; where it does not, please ask the bureau early."
    );
    view! { <p>{text}</p> }.into_any()
}

fn begin(visit: &Visit, offered: &Offered) -> AnyView {
    let path = path_of(&offered.procedure.id);
    view! {
        <form method="post" action=visit.url(&path)>
            <p class="actions">
                <Button text=visit.say("开始填写申请", "Begin the application") />
                <LinkButton
                    href=visit.url(&format!("{path}/resume"))
                    text=visit.say("接着填上次的", "Go on with one I began")
                    weight=Weight::Secondary
                />
            </p>
        </form>
        <p>{visit.say("在这里申请不收费，不用注册。", "Applying here is free, and there is nothing to register for.")}</p>
    }
    .into_any()
}

/// That the rules that were seen are not those of today. Whether they hold for what came before is for the bureau to say, so nobody
/// is kept from applying.
fn not_now(visit: &Visit, benefit: &Benefit, today: NaiveDate) -> Option<AnyView> {
    let locale = visit.locale;
    let title = match benefit.valid_to.filter(|to| *to < today) {
        Some(to) => say!(locale, "看到的规定到 {}为止", "The rules that were seen end on {}", locale.date(to)),
        None if benefit.valid_from <= today => return None,
        None => match benefit.valid_since() {
            Some(from) => {
                say!(locale, "看到的规定从 {}起执行", "The rules that were seen begin on {}", locale.date(from))
            }
            None => locale.say("看到的规定还没有开始执行", "The rules that were seen do not hold yet").to_owned(),
        },
    };
    Some(
        view! {
            <Notice title=title>
                <p>
                    {locale.say(
                        "您这件办不办得了，由民政部门决定。可以照样申请，也可以先拨打 ",
                        "Whether yours can be granted, the bureau decides. You may apply all the same, or first call ",
                    )}
                    <a class="nowrap" href="tel:12345">"12345"</a>
                    {locale.say(" 问一问。", " to ask.")}
                </p>
            </Notice>
        }
        .into_any(),
    )
}

fn aside(visit: &Visit, offered: &Offered) -> AnyView {
    let resume = visit.url(&format!("{}/resume", path_of(&offered.procedure.id)));
    view! {
        <aside class="aside flow">
            <h2>{visit.say("填了一半", "Half way through?")}</h2>
            <p>
                <a href=resume>{visit.say("用手机验证码接着填", "Go on with a code to your phone")}</a>
            </p>
            <h2>{visit.say("已经提交了", "Already handed in?")}</h2>
            <p>
                <a href=visit.url("/cases")>
                    {visit.say("查进度、补充、撤回", "See how far it is, add to it or withdraw it")}
                </a>
            </p>
            <h2>{visit.say("谁来决定", "Who decides")}</h2>
            <p>
                {visit.say(
                    "由民政部门核实以后决定，要两位工作人员都看过。",
                    "The bureau decides after its own check; two people of the staff have to look at it.",
                )}
            </p>
        </aside>
    }
    .into_any()
}
