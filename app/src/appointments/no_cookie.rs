//! The answer to a browser that sends a form without the session it was given: what would be kept for it, nobody could
//! find again, so nothing is.

use axum::{http::StatusCode, response::Response};
use leptos::prelude::*;
use server::{App, session::Session};

use super::{service::BookingPages, step::Step};
use crate::{
    components::{
        back_link::BackLink,
        button::{Button, LinkButton},
    },
    draw,
    pairs::{Pairs, value},
    visit::{Visit, keep_session},
};

/// Gives the session once more, and offers to send the same form again.
pub fn not_kept(app: &App, visit: &Visit, pages: &BookingPages, form: &Pairs) -> Response {
    let had_time = value(form, "hold").is_some_and(|hold| !hold.is_empty());
    let (locale, action) = (visit.locale, visit.here_in(visit.locale));
    page(app, visit, pages, had_time, || {
        let fields = form.iter().map(|(name, value)| {
            view! { <input type="hidden" name=name.clone() value=value.clone() /> }
        });
        view! {
            <form method="post" action=action>
                {fields.collect_view()}
                <p class="actions"><Button text=locale.say("再试一次", "Try again") /></p>
            </form>
        }
        .into_any()
    })
}

/// For a form that confirms, extends or gives back what was kept: sent again, it would find nothing.
pub fn lost(app: &App, visit: &Visit, pages: &BookingPages) -> Response {
    page(app, visit, pages, true, || {
        let choose = visit.url(&pages.at(Step::Time));
        view! {
            <p class="actions">
                <LinkButton href=choose text=visit.say("重新选时间", "Choose a time again") />
            </p>
        }
        .into_any()
    })
}

fn page(app: &App, visit: &Visit, pages: &BookingPages, had_time: bool, way_on: impl FnOnce() -> AnyView) -> Response {
    let locale = visit.locale;
    let so = if had_time {
        locale.say(
            "所以之前为您保留的时间和填写的内容，在这里找不到了。那个时间到期以后会放回。",
            "so we cannot find the time we held for you, or what you entered. That time will be released when it runs \
             out.",
        )
    } else {
        locale.say(
            "所以还没有为您保留时间，也没有保存填写的内容。",
            "so we are not holding a time for you and have not saved anything you entered.",
        )
    };
    let title = locale.say("浏览器没有保存 Cookie", "Your browser did not keep our cookie");
    let page = draw::page_as(visit, StatusCode::CONFLICT, title, || {
        let ways = [
            locale.say(
                "如果是在微信或其他 App 里打开的：点右上角的菜单，选“在浏览器打开”，用手机自带的浏览器。",
                "If you opened this page inside WeChat or another app: choose “Open in browser” from its menu and use the \
                 phone’s own browser.",
            ),
            locale.say(
                "如果浏览器设置了阻止 Cookie，或者开了无痕浏览：请允许 Cookie，再试一次。",
                "If your browser blocks cookies, or is in private mode: allow cookies and try again.",
            ),
        ];
        view! {
            <div class="column flow">
                <BackLink href=visit.url(pages.root) text=pages.words.name.say(locale) />
                <h1>{title}</h1>
                <p>
                    {locale.say(
                        "我们用一个 Cookie 认出是您在预约，关掉浏览器它就没有了。这次它没有回来，",
                        "We use a cookie to recognise you while you book. It is deleted when you close your browser. \
                         This time your browser did not send it back, ",
                    )}
                    {so}
                </p>
                <ul>{ways.map(|way| view! { <li>{way}</li> }).into_iter().collect_view()}</ul>
                {way_on()}
            </div>
        }
    });
    keep_session(draw::no_store(page), &Session::new(), app.settings().production())
}
