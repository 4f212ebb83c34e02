//! `/staff/people`: who works in one's offices, and what waits for a second administrator.

pub mod one;
mod person;
pub(super) mod tasks;

use axum::{
    Extension, Form,
    extract::{Query, State},
    http::{HeaderMap, StatusCode},
    response::{IntoResponse, Redirect, Response},
};
use chrono::{DateTime, Utc};
use leptos::prelude::*;
use server::{
    App, Error, Rejection,
    client::Client,
    rejection,
    staff::{
        authority::Staff,
        confirming,
        people::{self, Entry, People, State as Standing},
        roles::Held,
        scopes::Scopes,
    },
};
use shared::{locale::Locale, problem::Problem, say, staff::Role};

use super::{
    confirm,
    grant_fields::scope_words,
    proof::{Proof, prove},
    refused::refused,
};
use crate::{
    components::{
        button::{Button, LinkButton, Weight},
        empty::Empty,
        notice::{Notice, Tone},
        tag::Tag,
    },
    draw,
    pairs::{Pairs, address, value},
    site::Signed,
    visit::Visit,
    words,
};

const PAGE: &str = "/staff/people";

/// Which of them are shown.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Asked {
    state: Option<&'static str>,
    role: Option<Role>,
    text: String,
}

/// The words for a state, in the order of the list.
const STATES: [(&str, [&str; 2]); 5] = [
    ("active", ["在用", "active"]),
    ("invited", ["等设置账号", "invited"]),
    ("unconfirmed", ["等当面确认", "to be seen"]),
    ("suspended", ["已停用", "suspended"]),
    ("unused", ["90 天没用", "unused for 90 days"]),
];

impl Asked {
    fn read(asked: &Pairs) -> Self {
        let state = value(asked, "state").and_then(|state| STATES.iter().find(|(name, _)| *name == state));
        Self { state: state.map(|(name, _)| *name), ..Self::typed(asked) }
    }

    /// What the search form says.
    fn typed(typed: &Pairs) -> Self {
        let role = value(typed, "role").and_then(Role::from_name);
        Self { state: None, role, text: text(value(typed, "q").unwrap_or_default()) }
    }

    /// Whether they are among those whom the search is for, however their accounts stand.
    fn finds(&self, entry: &Entry, now: DateTime<Utc>) -> bool {
        let is_named = || {
            let account = entry.account.as_str().contains(&self.text);
            account || entry.who.name.as_str().to_lowercase().contains(&self.text)
        };
        let has = |role| entry.live_roles(now).any(|held| held.grant.role == role);
        self.role.is_none_or(has) && (self.text.is_empty() || is_named())
    }

    fn way(&self, state: Option<&'static str>) -> String {
        let state = state.map(|state| ("state", state));
        let role = self.role.map(|role| ("role", role.name()));
        let text = Some(("q", self.text.as_str())).filter(|(_, text)| is_account(text));
        address(PAGE, state.into_iter().chain(role).chain(text))
    }
}

fn text(typed: &str) -> String {
    typed.trim().chars().take(60).collect::<String>().to_lowercase()
}

/// Whether a text can be of an account's name: what may be of a person's stands in no address.
fn is_account(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || matches!(b, b'-' | b'.'))
}

fn state_name(state: Standing) -> &'static str {
    match state {
        Standing::Active => "active",
        Standing::Invited { .. } | Standing::InvitationOver => "invited",
        Standing::Unconfirmed => "unconfirmed",
        Standing::Suspended | Standing::SuspendedUntil { .. } | Standing::Ended => "suspended",
        Standing::Unused => "unused",
    }
}

pub async fn show(
    State(app): State<App>,
    visit: Visit,
    Extension(staff): Signed,
    Query(asked): Query<Pairs>,
) -> Result<Response, Rejection> {
    Ok(draw(&app, &visit, &staff, &Asked::read(&asked), None).await?)
}

/// Looking for a name, or a decision on what was proposed: `approve:id`, `decline:id`.
pub async fn submit(
    State(app): State<App>,
    visit: Visit,
    client: Client,
    headers: HeaderMap,
    Extension(staff): Signed,
    Query(asked): Query<Pairs>,
    Form(typed): Form<Pairs>,
) -> Result<Response, Rejection> {
    let asked = Asked::read(&asked);
    let Some(decision) = value(&typed, "do").and_then(tasks::Pressed::read) else {
        let asked = Asked { state: asked.state, ..Asked::typed(&typed) };
        if asked.text.is_empty() || is_account(&asked.text) {
            return Ok(Redirect::to(&visit.url(&asked.way(asked.state))).into_response());
        }
        return Ok(draw(&app, &visit, &staff, &asked, None).await?);
    };
    match prove(&app, &visit, (&client, &headers), &staff, (&typed, decision.words(visit.locale))).await? {
        Proof::Asked(page) => Ok(page),
        Proof::Given(given) => {
            let page = match decision.take(&app, &given.staff).await {
                Ok(()) => Ok(Redirect::to(&visit.url(&address(PAGE, [("done", decision.done())]))).into_response()),
                Err(error) => told(&app, &visit, &given.staff, &asked, error).await,
            };
            Ok(given.answer(page))
        }
    }
}

async fn told(app: &App, visit: &Visit, staff: &Staff, asked: &Asked, error: Error) -> Result<Response, Error> {
    let problem = error.into_problem();
    if !matches!(problem, Problem::Refused(_)) || problem.status() == 401 {
        return Err(problem.into());
    }
    draw(app, visit, staff, asked, Some(problem)).await
}

async fn draw(
    app: &App,
    visit: &Visit,
    staff: &Staff,
    asked: &Asked,
    problem: Option<Problem>,
) -> Result<Response, Error> {
    let locale = visit.locale;
    let now = app.now();
    let people = people::list(app, staff, now).await?;
    let title = locale.say("人员与岗位", "People and roles");
    let status = problem.as_ref().map_or(StatusCode::OK, rejection::status);
    let problem = problem.map(|problem| refused(locale, &problem, None));
    let done = tasks::done(visit).map(|done| view! { <Notice tone=Tone::Success title=done live=true focus=true /> });
    let tasks = tasks::draw(visit, staff, &people, now);
    let uninvited = tasks::uninvited(visit, staff, &people, now);
    let waiting = confirming::waiting(app, staff, now).await?;
    let to_confirm = confirm::section(visit, staff, (&waiting, &people.scopes), &[]);
    let list = list(visit, &people, asked, now);
    let (ways, search) = (ways(visit, &people, asked, now), search(visit, asked));
    Ok(draw::staff(visit, status, title, || {
        view! {
            <div class="flow">
                <div class="people-head">
                    <h1>{title}</h1>
                    <LinkButton href=visit.url("/staff/new-person") text=locale.say("登记新人员", "Take somebody on") />
                </div>
                {problem}
                {done}
                {to_confirm}
                {tasks}
                {uninvited}
                {search}
                {ways}
                {list}
            </div>
        }
    }))
}

fn search(visit: &Visit, asked: &Asked) -> AnyView {
    let locale = visit.locale;
    let roles = Role::ALL.iter().map(|role| {
        let name = role.words(locale);
        view! { <option value=role.name() selected=asked.role == Some(*role)>{name}</option> }
    });
    view! {
        <form class="people-search" method="post" action=visit.url(&asked.way(asked.state)) role="search">
            <div>
                <label for="q">{locale.say("账号或者姓名", "Account or name")}</label>
                <input class="input" type="search" id="q" name="q" value=asked.text.clone() autocomplete="off" />
            </div>
            <div>
                <label for="role">{locale.say("岗位", "Role")}</label>
                <select class="input" id="role" name="role">
                    <option value="">{locale.say("什么岗位都可以", "Any role")}</option>
                    {roles.collect_view()}
                </select>
            </div>
            <div>
                <Button text=locale.say("查找", "Search") weight=Weight::Secondary />
            </div>
        </form>
    }
    .into_any()
}

fn ways(visit: &Visit, people: &People, asked: &Asked, now: DateTime<Utc>) -> AnyView {
    let locale = visit.locale;
    let all = (None, locale.say("全部", "all"));
    let states = STATES.iter().map(|(state, [zh, en])| (Some(*state), locale.say(zh, en)));
    let ways = std::iter::once(all).chain(states).map(|(state, name)| {
        let of_it = |entry: &&Entry| state.is_none_or(|state| state_name(entry.state) == state);
        let count = people.entries.iter().filter(|entry| asked.finds(entry, now)).filter(of_it).count();
        let current = (asked.state == state).then_some("true");
        view! {
            <li>
                <a href=visit.url(&asked.way(state)) aria-current=current>
                    {name.to_owned()}
                    <span class="count">{count}</span>
                </a>
            </li>
        }
    });
    view! {
        <nav aria-label=locale.say("按状态看", "By state")>
            <ul class="states" role="list">{ways.collect_view()}</ul>
        </nav>
    }
    .into_any()
}

fn list(visit: &Visit, people: &People, asked: &Asked, now: DateTime<Utc>) -> AnyView {
    let locale = visit.locale;
    let is_asked = |entry: &&Entry| asked.state.is_none_or(|state| state == state_name(entry.state));
    let shown = people.entries.iter().filter(|entry| asked.finds(entry, now)).filter(is_asked);
    let shown: Vec<_> = shown.collect();
    if shown.is_empty() {
        let title = locale.say("没有找到这样的人", "Nobody like that");
        return view! {
            <Empty title=title>
                <p>
                    {locale.say(
                        "请换个写法，或者看看“全部”。只列出在您管的大厅任职的人。",
                        "Try another spelling, or look at all. Only people of your offices stand here.",
                    )}
                </p>
            </Empty>
        }
        .into_any();
    }
    let rows = shown.into_iter().map(|entry| view! { <li>{row(visit, entry, &people.scopes, now)}</li> });
    view! { <ul class="sign-rows" role="list">{rows.collect_view()}</ul> }.into_any()
}

fn row(visit: &Visit, entry: &Entry, scopes: &Scopes, now: DateTime<Utc>) -> AnyView {
    let locale = visit.locale;
    let page = visit.url(&format!("{PAGE}/{}", entry.account));
    let role =
        |held: &Held| format!("{} · {}", held.grant.role.words(locale), scope_words(locale, scopes, &held.grant.scope));
    let mut roles: Vec<_> = entry.live_roles(now).map(role).collect();
    roles.sort_unstable();
    roles.dedup();
    let roles = if roles.is_empty() {
        locale.say("没有岗位", "no role").to_owned()
    } else {
        roles.join(locale.say("；", "; "))
    };
    let came_in = match entry.signed_in_at {
        Some(at) => {
            let at = words::near(locale, at, now);
            say!(locale, "最近登录 {at}", "last signed in {at}")
        }
        None => locale.say("还没有登录过", "never signed in").to_owned(),
    };
    view! {
        <div class="sign-row">
            <div>
                <p>
                    <a class="sign-name" href=page>{entry.who.name.as_str().to_owned()}</a>
                    " "
                    <span class="soft">{entry.account.to_string()}</span>
                </p>
                <p>{roles}</p>
            </div>
            <p class="people-state">
                {state(locale, entry)}
                " "
                <span class="soft">{came_in}</span>
            </p>
        </div>
    }
    .into_any()
}

/// How an account stands.
fn state(locale: Locale, entry: &Entry) -> AnyView {
    let (tone, text) = match entry.state {
        Standing::Active => (Tone::Success, locale.say("在用", "active")),
        Standing::Invited { .. } => (Tone::Info, locale.say("等本人设置账号", "invited")),
        // Whether there ever was an invitation nobody can tell from that there is none.
        Standing::InvitationOver if entry.proposals.is_empty() => {
            (Tone::Warning, locale.say("没设置账号，没有邀请码", "not set up, and no invitation"))
        }
        Standing::InvitationOver => {
            (Tone::Info, locale.say("等另一位管理员同意岗位", "its role waits for another administrator"))
        }
        Standing::Unconfirmed if entry.is_void => {
            (Tone::Warning, locale.say("开通作废，要重新邀请", "to be invited again"))
        }
        Standing::Unconfirmed => (Tone::Warning, locale.say("等当面确认", "to be seen by a second person")),
        Standing::Suspended => (Tone::Danger, locale.say("已停用", "suspended")),
        Standing::SuspendedUntil { .. } if entry.is_void => {
            (Tone::Danger, locale.say("暂时停用，没有人能同意", "suspended for a while"))
        }
        Standing::SuspendedUntil { .. } => {
            (Tone::Danger, locale.say("暂时停用，等第二个人同意", "suspended until a second person agrees"))
        }
        Standing::Unused => (Tone::Warning, locale.say("90 天没用，已停用", "suspended: unused for 90 days")),
        Standing::Ended => (Tone::Info, locale.say("停用多年，不能再启用", "closed for good")),
    };
    view! { <Tag text=text tone=tone /> }.into_any()
}
