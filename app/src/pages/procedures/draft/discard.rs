//! `…/discard`: what is lost with a draft, then the press that deletes it.

use axum::{
    extract::State,
    http::HeaderMap,
    response::{IntoResponse, Redirect, Response},
};
use leptos::prelude::*;
use server::{App, Rejection, procedures::drafts};

use super::{Opened, handed_in, kept};
use crate::{
    components::{
        back_link::BackLink,
        button::{Button, LinkButton, Weight},
    },
    cookies, draw,
    pages::procedures::{keys::Keys, path_of},
    visit::Visit,
};

pub async fn show(visit: Visit, opened: Opened) -> Response {
    if opened.draft.submitted.is_some() {
        return handed_in::draw(&visit, &opened);
    }
    let title = visit.say("删除填写的内容", "Delete what you entered");
    draw::page(&visit, title, || {
        view! {
            <div class="column flow">
                <BackLink
                    href=opened.address(&visit, "")
                    text=visit.say("申请的各部分", "All parts of the application")
                />
                <h1>{title}</h1>
                {kept::line(&visit, &opened)}
                <p>
                    {visit.say(
                        "只是现在不想填，关掉页面就行，内容替您留着。",
                        "If you only want to stop for now, close the page: your answers are kept.",
                    )}
                </p>
                <p>
                    <LinkButton
                        href=opened.address(&visit, "")
                        text=visit.say("不删除，接着填", "Keep it and go on")
                        weight=Weight::Secondary
                    />
                </p>
                <section class="flow">
                    <h2>{visit.say("删除以后", "If you delete it")}</h2>
                    <p>
                        {visit.say(
                            "填过的都没有了，不能恢复。还没有提交，所以民政部门那里什么也没有。以后想申请，可以重新填。",
                            "Everything you entered is gone and cannot be brought back. As nothing was handed in, the bureau has \
                             nothing of it. You can begin anew at any time.",
                        )}
                    </p>
                    <form method="post" action=opened.address(&visit, "discard")>
                        <p class="actions">
                            <Button text=visit.say("删除这份申请", "Delete this application") weight=Weight::Danger />
                        </p>
                    </form>
                </section>
            </div>
        }
    })
}

pub async fn submit(
    State(app): State<App>,
    visit: Visit,
    opened: Opened,
    headers: HeaderMap,
) -> Result<Response, Rejection> {
    if opened.draft.submitted.is_some() {
        return Ok(handed_in::draw(&visit, &opened));
    }
    drafts::discard(&app, &opened.draft, opened.now).await?;
    let production = app.settings().production();
    let keys = Keys::read(&headers, cookies::DRAFTS, production).without(opened.draft.id.as_str());
    let start = visit.url(&path_of(&opened.procedure().id));
    Ok(keys.give(Redirect::to(&start).into_response(), production))
}
