//! `/staff/account/codes`: new codes on paper for one's own account.

use axum::{
    Extension, Form,
    extract::State,
    http::{HeaderMap, StatusCode},
    response::Response,
};
use leptos::prelude::*;
use server::{App, Error, Rejection, client::Client, staff::authority::Staff, staff::own};

use crate::{
    components::{back_link::BackLink, button::Button},
    draw,
    pages::staff::{
        paper,
        proof::{Proof, prove},
    },
    pairs::Pairs,
    site::Signed,
    visit::Visit,
};

const PAGE: &str = "/staff/account/codes";

pub async fn show(visit: Visit) -> Response {
    let locale = visit.locale;
    let title = locale.say("换一套备用码", "New codes on paper");
    draw::staff(&visit, StatusCode::OK, title, || {
        view! {
            <div class="staff-door flow">
                <BackLink href=visit.url("/staff/account") text=locale.say("我的账号", "My account") />
                <h1>{title}</h1>
                <p>
                    {locale.say(
                        "会给您十个新的备用码，只显示一次。旧的从那时起全部作废，包括没用过的。",
                        "You get ten new codes, shown once. All old ones are void from then on, used or not.",
                    )}
                </p>
                <form method="post" action=visit.url(PAGE)>
                    <p class="actions">
                        <Button text=locale.say("换一套，看新的备用码", "Make new ones and show them") />
                    </p>
                </form>
            </div>
        }
    })
}

pub async fn submit(
    State(app): State<App>,
    visit: Visit,
    client: Client,
    headers: HeaderMap,
    Extension(staff): Signed,
    Form(typed): Form<Pairs>,
) -> Result<Response, Rejection> {
    let what = visit.say("确认，换一套备用码", "Confirm, and make new codes");
    match prove(&app, &visit, (&client, &headers), &staff, (&typed, what)).await? {
        Proof::Asked(page) => Ok(page),
        Proof::Given(given) => Ok(given.answer(make(&app, &visit, &given.staff).await)),
    }
}

async fn make(app: &App, visit: &Visit, staff: &Staff) -> Result<Response, Error> {
    let codes = own::new_paper(app, staff, app.now()).await?;
    let title = visit.say("新的备用码", "New codes on paper");
    let next = ("/staff/account", visit.say("我收好了", "I have kept them"));
    Ok(paper::page(visit, staff.account(), &codes, (title, None), next))
}
