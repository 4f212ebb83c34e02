//! `/staff/account/keys`: one's own passkeys. To add or remove one, password and code were given within the last five minutes,
//! and a key has opened the session where there is one already.

use axum::{
    Extension, Form,
    extract::State,
    http::{HeaderMap, StatusCode},
    response::{IntoResponse, Redirect, Response},
};
use leptos::prelude::*;
use server::{
    App, Rejection,
    client::Client,
    error::Error,
    staff::{
        authority::Staff,
        passkey::{self, Key},
    },
};
use shared::{locale::Locale, problem::Problem, say, staff::Refusal};

use super::super::{
    proof::{Proof, prove},
    sign_in::key,
};
use crate::{
    components::{
        button::Button,
        empty::Empty,
        notice::{Notice, Tone},
        text_field::TextField,
    },
    draw,
    pairs::{Pairs, value},
    site::Signed,
    visit::Visit,
    words,
};

const PAGE: &str = "/staff/account/keys";

pub async fn show(State(app): State<App>, visit: Visit, Extension(staff): Signed) -> Result<Response, Rejection> {
    Ok(draw(&app, &visit, &staff, StatusCode::OK, None).await?)
}

pub async fn submit(
    State(app): State<App>,
    visit: Visit,
    client: Client,
    headers: HeaderMap,
    Extension(staff): Signed,
    Form(typed): Form<Pairs>,
) -> Result<Response, Rejection> {
    if value(&typed, "ask").is_some() {
        return Ok(key::in_json(visit.locale, passkey::begin_adding(&app, &staff, app.now()).await));
    }
    let what = visit.say("确认", "Confirm");
    let given = match prove(&app, &visit, (&client, &headers), &staff, (&typed, what)).await? {
        Proof::Asked(page) => return Ok(page),
        Proof::Given(given) => given,
    };
    let page = match change(&app, &given.staff, &typed).await {
        Ok(()) => Ok(Redirect::to(&visit.url(PAGE)).into_response()),
        Err(error) => told(&app, &visit, &given.staff, error).await,
    };
    Ok(given.answer(page))
}

/// The page again with what was refused.
async fn told(app: &App, visit: &Visit, staff: &Staff, error: Error) -> Result<Response, Error> {
    let problem = error.into_problem();
    if !matches!(problem, Problem::Refused(_)) || problem.status() == 401 {
        return Err(problem.into());
    }
    draw(app, visit, staff, server::rejection::status(&problem), Some(problem)).await
}

/// Adds the key that has answered, or removes one; nothing where somebody only proved who they are.
async fn change(app: &App, staff: &Staff, typed: &Pairs) -> Result<(), Error> {
    let now = app.now();
    if let Some(id) = value(typed, "remove") {
        return passkey::remove(app, staff, id, now).await;
    }
    let text = |name| value(typed, name).unwrap_or_default();
    if value(typed, "prove").is_some() {
        return Ok(());
    }
    passkey::finish_adding(app, staff, (text("challenge"), text("name")), text("answer"), now).await
}

async fn draw(
    app: &App,
    visit: &Visit,
    staff: &Staff,
    status: StatusCode,
    problem: Option<Problem>,
) -> Result<Response, Error> {
    let locale = visit.locale;
    let keys = passkey::list(app, staff.account()).await?;
    let offered = passkey::are_offered(app.settings());
    let title = locale.say("通行密钥", "Passkeys");
    let needs_key = !staff.signed.by_key && !keys.is_empty();
    // Drawn with the page, which learns from it that it needs a script.
    let next = || {
        if !offered {
            refusal(locale, Refusal::NoPasskey)
        } else if needs_key {
            refusal(locale, Refusal::PasskeyNeeded)
        } else if staff.is_fresh() {
            add(visit)
        } else {
            fresh_first(visit)
        }
    };
    let may_remove = offered && staff.is_fresh() && staff.signed.by_key;
    let list = listed(visit, keys, may_remove);
    let problem = problem.map(|problem| {
        view! {
            <Notice tone=Tone::Warning title=problem.title(locale) live=true>
                <p>{problem.sentence(locale)}</p>
            </Notice>
        }
    });
    Ok(draw::staff(visit, status, title, || {
        view! {
            <div class="flow column">
                <p><a href=visit.url("/staff/account")>{locale.say("我的账号", "My account")}</a></p>
                <h1>{title}</h1>
                {problem}
                <p>
                    {locale.say(
                        "通行密钥是手机、电脑或者安全钥匙里的一把钥匙，登录时用指纹、面容或者密码锁打开，不用再填动态码，也不会被假网站骗走。建议登记两把，丢了一把还有一把。",
                        "A passkey is a key in your phone, computer or security key. Signing in you unlock it with a finger, \
                         your face or a PIN instead of typing a code, and no false page can take it from you. Register two, \
                         so that one is left if you lose the other.",
                    )}
                </p>
                {list}
                {next()}
            </div>
        }
    }))
}

fn refusal(locale: Locale, refusal: Refusal) -> AnyView {
    let problem = Problem::from(refusal);
    view! {
        <Notice tone=Tone::Info title=problem.title(locale)>
            <p>{problem.sentence(locale)}</p>
        </Notice>
    }
    .into_any()
}

fn listed(visit: &Visit, keys: Vec<Key>, may_remove: bool) -> AnyView {
    let locale = visit.locale;
    if keys.is_empty() {
        return view! { <Empty title=locale.say("还没有通行密钥", "No passkey yet") /> }.into_any();
    }
    let rows = keys.into_iter().map(|key| view! { <li>{one(visit, key, may_remove)}</li> });
    view! { <ul class="sittings" role="list">{rows.collect_view()}</ul> }.into_any()
}

fn one(visit: &Visit, key: Key, may_remove: bool) -> AnyView {
    let locale = visit.locale;
    let name = if key.name.is_empty() {
        locale.say("没有起名的密钥", "a key without a name").to_owned()
    } else {
        key.name
    };
    let added = words::short_moment(locale, key.created_at);
    let when = match key.used_at {
        Some(used) => {
            let used = words::short_moment(locale, used);
            say!(locale, "{added} 添加，最近一次使用 {used}", "added {added}, last used {used}")
        }
        None => say!(locale, "{added} 添加，还没有用过", "added {added}, not used yet"),
    };
    let whose = format!(" {name}");
    let remove = may_remove.then(|| {
        view! {
            <form method="post" action=visit.url(PAGE)>
                <button class="act act-taking" name="remove" value=key.id>
                    {locale.say("删除", "Remove")}
                    <span class="hidden-visually">{whose}</span>
                </button>
            </form>
        }
    });
    view! {
        <div class="sitting">
            <div>
                <p class="sitting-browser">{name}</p>
                <p class="soft">{when}</p>
            </div>
            {remove}
        </div>
    }
    .into_any()
}

/// The form of a new key; without scripts no browser can ask one.
fn add(visit: &Visit) -> AnyView {
    let locale = visit.locale;
    let button = key::of(
        locale,
        visit.url(PAGE),
        locale.say("添加一把通行密钥", "Add a passkey"),
        locale.say(
            "没有完成。可以再试一次；这把钥匙已经登记过的，不用再添加。",
            "It was not completed. Try again; a key that is registered already need not be added.",
        ),
    );
    view! {
        <section class="flow">
            <h2>{locale.say("添加一把", "Add one")}</h2>
            <form class="flow" method="post" action=visit.url(PAGE) novalidate>
                <TextField
                    locale=locale
                    name="name"
                    label=locale.say("起个名字，比如“办公室的钥匙”", "A name for it, such as “key at the office”")
                />
                {button}
            </form>
            <noscript>
                <p class="soft">
                    {locale.say("添加通行密钥要打开浏览器的脚本。", "Adding a passkey needs the browser's scripts.")}
                </p>
            </noscript>
        </section>
    }
    .into_any()
}

/// Adding asks for password and code just now, and the key is asked in the same breath: so they are given first.
fn fresh_first(visit: &Visit) -> AnyView {
    let locale = visit.locale;
    view! {
        <form method="post" action=visit.url(PAGE)>
            <p class="actions">
                <Button
                    text=locale.say("添加或删除：先确认是本人", "Add or remove: confirm that it is you")
                    name="prove"
                    value="1"
                />
            </p>
        </form>
    }
    .into_any()
}
