//! `GET /demo/mailbox`: the messages that a real portal would send to phones.

use axum::{
    extract::State,
    http::{HeaderName, HeaderValue},
    response::Response,
};
use leptos::prelude::*;
use server::{
    App, Rejection,
    outbox::{self, Posted},
    settings::Channel,
    staff::demo::{self, Invented},
};
use shared::{calendar::shanghai, identity::Phone, locale::Locale, problem::Problem};

use crate::{
    appointments::messages::state,
    components::{back_link::BackLink, empty::Empty},
    draw,
    visit::Visit,
};

/// Messages shown at once.
const MOST: i64 = 50;
/// Seconds between two looks of a page that watches.
const PAUSE: &str = "5";

pub async fn show(State(app): State<App>, visit: Visit) -> Result<Response, Rejection> {
    let locale = visit.locale;
    // Where messages are really sent, nobody else may read them.
    if app.settings().channel() != Channel::Mailbox {
        return Err(Problem::NotFound.into());
    }
    let posted = outbox::newest(&app, MOST).await?;
    let staff = demo::shown(&app, app.now()).await?;
    let watches = visit.query.as_deref() == Some("watch");
    let title = locale.say("演示信箱", "Demo mailbox");
    let mut response = draw::page(&visit, title, || body(&visit, title, (posted, staff), watches));
    if watches {
        response.headers_mut().insert(HeaderName::from_static("refresh"), HeaderValue::from_static(PAUSE));
    }
    Ok(response)
}

fn body(
    visit: &Visit,
    title: &str,
    (posted, staff): (Vec<Posted>, Vec<Shown>),
    watches: bool,
) -> impl IntoView + use<> {
    let locale = visit.locale;
    let list = if posted.is_empty() {
        view! {
            <Empty title=locale.say("还没有消息", "No messages yet")>
                <p>{locale.say("发出的验证码和通知会出现在这里。", "Codes and notices appear here as they are sent.")}</p>
            </Empty>
        }
        .into_any()
    } else {
        let bubbles = posted.into_iter().map(|posted| view! { <li>{bubble(locale, posted)}</li> });
        view! { <ol class="mailbox" role="list" reversed>{bubbles.collect_view()}</ol> }.into_any()
    };
    let refresh = if watches {
        view! { <a href=visit.url("/demo/mailbox")>{locale.say("停止自动刷新", "Stop refreshing")}</a> }
    } else {
        view! { <a href=visit.url("/demo/mailbox?watch")>{locale.say("每 5 秒自动刷新", "Refresh every 5 seconds")}</a> }
    };
    view! {
        <div class="column flow">
            <BackLink href=visit.url("/") text=locale.say("首页", "Home") />
            <h1>{title.to_owned()}</h1>
            <p>
                {locale.say(
                    "这里显示本来要发到手机上的短信，最新的在最上面。只有演示才有这一页。",
                    "These are the texts that would go to phones, newest first. Only a demonstration has this page.",
                )}
            </p>
            <p>{refresh}</p>
            {at_work(locale, staff)}
            {list}
        </div>
    }
}

/// One of the invented staff, and the code that their authenticator shows.
type Shown = (Invented, Option<String>);

/// How to sign in as one of the staff.
fn at_work(locale: Locale, staff: Vec<Shown>) -> impl IntoView {
    let one = |(invented, code): Shown| {
        let code = code.unwrap_or_else(|| locale.say("刚用过，请等半分钟", "just used, wait half a minute").to_owned());
        view! {
            <li>
                <code>{invented.account}</code>
                {locale.say("（", " (")}
                {invented.role.words(locale)}
                {locale.say("）：", "): ")}
                <strong>{code}</strong>
            </li>
        }
    };
    view! {
        <details class="folded">
            <summary>{locale.say("演示工作人员的动态码", "Codes of the demo staff")}</summary>
            <p>
                {locale.say("密码都是 ", "The password of all is ")}
                <code>{demo::PASSWORD}</code>
                {locale.say(
                    "。这些人都是虚构的。每个动态码只能用一次，半分钟换一个。",
                    ". All of them are invented. A code works once and changes each half minute.",
                )}
            </p>
            <ul>{staff.into_iter().map(one).collect_view()}</ul>
        </details>
    }
}

fn bubble(locale: Locale, posted: Posted) -> impl IntoView {
    let to = Phone::parse(&posted.message.to).map(|phone| phone.masked()).unwrap_or_default();
    let written = shanghai(posted.sent_at.unwrap_or(posted.created_at));
    let time = format!("{} {}", locale.date(written.date_naive()), written.format("%H:%M:%S"));
    view! {
        <article class="message">
            <p class="message-head">
                <span>{locale.say("发给 ", "To ")}{to}</span>
                <span>{time}</span>
            </p>
            <p class="message-text">{with_links(&posted.message.text)}</p>
            <p class="message-foot">{state(locale, posted.delivery)}</p>
        </article>
    }
}

/// The text with its web addresses as links, as phones show them.
fn with_links(text: &str) -> Vec<AnyView> {
    let mut parts = Vec::new();
    let mut rest = text;
    while let Some(start) = ["https://", "http://"].iter().filter_map(|scheme| rest.find(scheme)).min() {
        let (before, from) = rest.split_at(start);
        let end = from.find(|c: char| !(c.is_ascii_graphic())).unwrap_or(from.len());
        let (address, after) = from.split_at(end);
        parts.push(view! { {before.to_owned()} }.into_any());
        parts.push(view! { <a href=address.to_owned()>{address.to_owned()}</a> }.into_any());
        rest = after;
    }
    parts.push(view! { {rest.to_owned()} }.into_any());
    parts
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_in_a_message_can_be_pressed() {
        let view = view! { <p>{with_links("查看：http://127.0.0.1:3000/m/K7-a。再见 <b>")}</p> };
        let html = draw::fragment(|| view).replace("<!>", "");
        assert!(html.contains(r#"<a href="http://127.0.0.1:3000/m/K7-a">http://127.0.0.1:3000/m/K7-a</a>"#), "{html}");
        assert!(html.contains("。再见 &lt;b&gt;"), "{html}");
    }
}
