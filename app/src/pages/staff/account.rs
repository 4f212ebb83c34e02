//! `/staff/account`: who one is here, what one may do, and where one is signed in. Ending a session asks for password and
//! code within the last five minutes.

pub mod authenticator;
mod begun;
mod browser;
pub mod codes;
mod kept;
pub mod keys;
pub mod password;

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
        own::{self, WayIn},
        passkey,
        session::{self, Signed as Sitting},
    },
};
use shared::{calendar::shanghai, locale::Locale, say};

use super::proof::{Proof, prove};
use crate::{
    components::{
        button::{Button, Weight},
        notice::{Notice, Tone},
        tag::Tag,
    },
    draw,
    pairs::{Pairs, value},
    site::Signed,
    visit::Visit,
    words,
};

const PAGE: &str = "/staff/account";

pub async fn show(State(app): State<App>, visit: Visit, Extension(staff): Signed) -> Result<Response, Rejection> {
    let done = Done::read(&visit);
    Ok(draw(&app, &visit, &staff, done).await?)
}

/// What was just done, by the query of this page.
#[derive(Clone, Copy)]
enum Done {
    Ended,
    Password,
    Authenticator,
}

impl Done {
    fn read(visit: &Visit) -> Option<Self> {
        match visit.query.as_deref()? {
            "ended" => Some(Self::Ended),
            "password" => Some(Self::Password),
            "authenticator" => Some(Self::Authenticator),
            _ => None,
        }
    }

    fn words(self, locale: Locale) -> &'static str {
        match self {
            Self::Ended => locale.say("已经结束", "It has ended"),
            Self::Password => locale
                .say("密码改好了，别处的登录都已结束", "The password is changed, and every other session has ended"),
            Self::Authenticator => locale.say(
                "验证器换好了，别处的登录都已结束",
                "The authenticator is changed, and every other session has ended",
            ),
        }
    }
}

/// What is to be ended.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Ending {
    One(String),
    All,
}

impl Ending {
    fn read(typed: &Pairs) -> Option<Self> {
        match value(typed, "end")? {
            "all" => Some(Self::All),
            id => Some(Self::One(id.to_owned())),
        }
    }
}

pub async fn submit(
    State(app): State<App>,
    visit: Visit,
    client: Client,
    headers: HeaderMap,
    Extension(staff): Signed,
    Form(typed): Form<Pairs>,
) -> Result<Response, Rejection> {
    let Some(ending) = Ending::read(&typed) else {
        return Ok(Redirect::to(&visit.url(PAGE)).into_response());
    };
    let what = match ending {
        Ending::One(_) => visit.say("确认，并结束这个登录", "Confirm and end this session"),
        Ending::All => visit.say("确认，并结束全部登录", "Confirm and end all"),
    };
    match prove(&app, &visit, (&client, &headers), &staff, (&typed, what)).await? {
        Proof::Asked(page) => Ok(page),
        Proof::Given(given) => {
            let page = end(&app, &visit, &given.staff, ending).await;
            Ok(given.answer(page))
        }
    }
}

async fn end(app: &App, visit: &Visit, staff: &Staff, ending: Ending) -> Result<Response, Error> {
    let now = app.now();
    let next = match ending {
        Ending::All => {
            session::end_all(app, staff.account(), staff.actor(), now).await?;
            "/staff/sign-in".to_owned()
        }
        Ending::One(id) => {
            session::end(app, &staff.signed, &id, now).await?;
            format!("{PAGE}?ended")
        }
    };
    Ok(Redirect::to(&visit.url(&next)).into_response())
}

async fn draw(app: &App, visit: &Visit, staff: &Staff, done: Option<Done>) -> Result<Response, Error> {
    let locale = visit.locale;
    let sittings = session::list(app, staff.account(), app.now()).await?;
    let way_in = way_in(visit, own::way_in(app, staff.account()).await?);
    let title = locale.say("我的账号", "My account");
    let done = done.map(|done| view! { <Notice tone=Tone::Success title=done.words(locale) live=true focus=true /> });
    let roles = roles(locale, staff);
    let withheld = withheld(visit, staff);
    let keys = passkey::are_offered(app.settings()).then(|| {
        view! {
            <p>
                <a href=visit.url("/staff/account/keys")>{locale.say("通行密钥", "Passkeys")}</a>
            </p>
        }
    });
    let list = sittings.into_iter().map(|sitting| {
        let here = sitting.id == staff.signed.id;
        view! { <li>{one(visit, &sitting, here)}</li> }
    });
    let list = list.collect_view();
    let begun = begun::draw(app, visit, staff).await?;
    Ok(draw::staff(visit, StatusCode::OK, title, || {
        view! {
            <div class="flow column">
                <h1>{title}</h1>
                <p>{locale.say("账号：", "Account: ")}<b>{staff.account().to_string()}</b></p>
                {roles}
                {withheld}
                {done}
                {way_in}
                {keys}
                <section class="flow">
                    <h2>{locale.say("登录过的浏览器", "Where you are signed in")}</h2>
                    <p class="soft">
                        {locale.say(
                            "半小时没有操作，或者登录满 12 小时，就要重新登录；填写的内容会留着。",
                            "A session ends after half an hour without a request, or after twelve hours; what you typed is \
                             kept.",
                        )}
                    </p>
                    {begun}
                    <ul class="sittings" role="list">{list}</ul>
                    <form method="post" action=visit.url(PAGE)>
                        <p class="actions">
                            <Button
                                text=locale.say("结束全部登录，包括这一个", "End all, this one included")
                                weight=Weight::Danger
                                name="end"
                                value="all"
                            />
                        </p>
                    </form>
                </section>
                {kept::draw(visit)}
            </div>
        }
    }))
}

/// What one comes in with, and who else has tried.
fn way_in(visit: &Visit, way_in: WayIn) -> AnyView {
    let locale = visit.locale;
    let WayIn { failed_tries, failed_at, paper_left, let_in } = way_in;
    let tried = failed_at.filter(|_| failed_tries > 0).map(|last| {
        let last = words::moment(locale, last);
        let title = say!(
            locale,
            "这次登录以后，有 {failed_tries} 次没有登录成功",
            "There were {failed_tries} failed tries since you signed in"
        );
        view! {
            <Notice tone=Tone::Warning title=title>
                <p>{say!(locale, "最近一次：{last}。", "The last one: {last}.")}</p>
                <p>
                    {locale.say(
                        "如果不是您自己，请马上告诉账号管理员。",
                        "If that was not you, tell the account administrator at once.",
                    )}
                </p>
            </Notice>
        }
    });
    let let_in = let_in.map(|(by, at)| {
        let at = words::moment(locale, at);
        view! {
            <p>
                {say!(
                    locale,
                    "{by} 在 {at} 放行过您在新电脑上登录。您没有找过对方的，请马上告诉账号管理员和审计员。",
                    "{by} let you in on a new machine on {at}. If you had not asked for it, tell the account administrator and \
                     the auditor at once."
                )}
            </p>
        }
    });
    let none = (failed_tries == 0).then(|| {
        view! { <p class="soft">{locale.say("这次登录以后没有人试错过。", "Nobody has tried in vain since you signed in.")}</p> }
    });
    let paper =
        say!(locale, "换一套备用码（还剩 {paper_left} 个没用过）", "New codes on paper ({paper_left} are left)");
    let none_left = (paper_left == 0).then(|| {
        view! {
            <Notice tone=Tone::Warning title=locale.say("一个备用码也没有了", "No code on paper is left")>
                <p>
                    {locale.say(
                        "手机丢了或者坏了，您就登录不了。请现在换一套，打印或者抄下来收好。",
                        "Without your phone you could not sign in. Please make new ones now, and keep them on paper.",
                    )}
                </p>
            </Notice>
        }
    });
    view! {
        <section class="flow">
            <h2>{locale.say("密码和验证器", "Password and authenticator")}</h2>
            {none_left}
            {tried}
            {none}
            {let_in}
            <ul class="ways-on" role="list">
                <li><a href=visit.url("/staff/account/password")>{locale.say("改密码", "Change the password")}</a></li>
                <li>
                    <a href=visit.url("/staff/account/authenticator")>
                        {locale.say("换手机或者换验证器", "Change the phone or the authenticator")}
                    </a>
                </li>
                <li><a href=visit.url("/staff/account/codes")>{paper}</a></li>
            </ul>
        </section>
    }
    .into_any()
}

/// What somebody was given, in words.
fn roles(locale: Locale, staff: &Staff) -> AnyView {
    let roles = staff.roles().map(|grant| view! { <li><Tag text=grant.role.words(locale) /></li> });
    let roles = roles.collect_view();
    view! { <ul class="tags" role="list" aria-label=locale.say("岗位", "Roles")>{roles}</ul> }.into_any()
}

/// Roles that hold only once a passkey has opened the session.
fn withheld(visit: &Visit, staff: &Staff) -> Option<AnyView> {
    let locale = visit.locale;
    let roles: Vec<_> = staff.withheld().map(|grant| grant.role.words(locale)).collect();
    if roles.is_empty() {
        return None;
    }
    let roles = roles.join(locale.say("、", ", "));
    let view = view! {
        <Notice
            tone=Tone::Warning
            title=say!(locale, "{roles}：要用通行密钥登录才能工作", "{roles}: works only with a passkey")
        >
            <p>
                {locale.say(
                    "还没有通行密钥的，请在“通行密钥”里添加，马上就能用；已经有的，请退出后用它登录。",
                    "If you have none yet, add one under “Passkeys” and go on at once; if you have one, sign out and sign in \
                     with it.",
                )}
            </p>
        </Notice>
    };
    Some(view.into_any())
}

fn one(visit: &Visit, sitting: &Sitting, here: bool) -> AnyView {
    let locale = visit.locale;
    let since = words::short_moment(locale, sitting.created_at);
    let seen = locale.time(shanghai(sitting.seen_at).time());
    let when = say!(locale, "{since} 登录，最近一次操作 {seen}", "signed in {since}, last seen {seen}");
    let browser = browser::words(locale, &sitting.browser);
    let (id, whose) = (sitting.id.clone(), format!(" {when}"));
    view! {
        <div class="sitting">
            <div>
                <p class="sitting-browser">{browser}</p>
                <p class="soft">{when}</p>
            </div>
            {if here {
                view! { <p><Tag text=locale.say("就是这里", "this one") tone=Tone::Success /></p> }.into_any()
            } else {
                view! {
                    <form method="post" action=visit.url(PAGE)>
                        <button class="act" name="end" value=id>
                            {locale.say("结束这个登录", "End it")}
                            <span class="hidden-visually">{whose}</span>
                        </button>
                    </form>
                }
                .into_any()
            }}
        </div>
    }
    .into_any()
}
