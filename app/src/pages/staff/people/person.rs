//! One person as the administrators of their offices see them.

mod roles;
mod signing_in;

use axum::{http::StatusCode, response::Response};
use chrono::{DateTime, Utc};
use leptos::prelude::*;
use server::{
    App, Error,
    counter::counters::{self, Counter},
    rejection,
    staff::{
        authority::Staff,
        confirming, last,
        people::{self, Entry, State},
        roles::Held,
        scopes::Scopes,
    },
};
use shared::{
    field::FieldMessage,
    problem::Problem,
    say,
    staff::{AccountName, Right, Role},
};

use super::{PAGE, one::done, state};
use crate::{
    components::{
        back_link::BackLink,
        button::Button,
        error_summary::ErrorSummary,
        notice::{Notice, Tone},
        summary::{Row, Summary},
    },
    draw,
    pages::staff::{grant_fields::Choices, handed, refused::refused},
    pairs::Pairs,
    visit::Visit,
    words,
};

/// The box that says that somebody was looked at, with their card.
pub(super) const SEEN: &str = "checked-person";

/// What the page says beside what there is.
#[derive(Default)]
pub(super) struct Told {
    pub(super) messages: Vec<FieldMessage>,
    pub(super) problem: Option<Problem>,
    /// The code of an invitation that was just made.
    pub(super) code: Option<String>,
    pub(super) typed: Pairs,
}

/// What every part of the page is drawn from.
struct Seen<'a> {
    visit: &'a Visit,
    staff: &'a Staff,
    entry: &'a Entry,
    scopes: &'a Scopes,
    told: &'a Told,
    /// The counter where they sit.
    seat: Option<Counter>,
    /// What they have as the only one.
    alone: Vec<Held>,
    /// Who could agree, if whoever looks closed the account of an office's last manager.
    seconds: Vec<String>,
    now: DateTime<Utc>,
}

pub(super) async fn draw(
    app: &App,
    visit: &Visit,
    staff: &Staff,
    account: &AccountName,
    told: Told,
) -> Result<Response, Error> {
    let (locale, now) = (visit.locale, app.now());
    let (entry, scopes) = people::one(app, staff, account, now).await?;
    let name = entry.who.name.as_str().to_owned();
    let status = match &told.problem {
        Some(problem) => rejection::status(problem),
        None if told.messages.is_empty() => StatusCode::OK,
        None => StatusCode::UNPROCESSABLE_ENTITY,
    };
    let problem = told.problem.as_ref().map(|problem| refused(locale, problem, None));
    let done = done(visit).filter(|_| problem.is_none() && told.code.is_none());
    let done = done.map(|done| view! { <Notice tone=Tone::Success title=done live=true focus=true /> });
    let seat = counters::seat_of(app, &entry.person).await?;
    let alone = last::of(app, &entry.person, now).await?;
    let seconds =
        if last::manages_alone(&alone) { confirming::could_agree(app, staff, &entry, now).await? } else { Vec::new() };
    let seen = Seen { visit, staff, entry: &entry, scopes: &scopes, told: &told, seat, alone, seconds, now };
    let (facts, roles, account) = (facts(&seen), roles::draw(&seen), signing_in::draw(&seen));
    let waits = match entry.state {
        State::Unconfirmed if entry.is_void => Some(opened_in_vain(visit)),
        State::Unconfirmed => Some(unconfirmed(visit, &confirming::seconds(app, &entry, now).await?)),
        State::SuspendedUntil { until } if entry.is_void => Some(suspended_in_vain(visit, until)),
        State::SuspendedUntil { until } => Some(suspended_alone(visit, until)),
        _ => None,
    };
    let (messages, origin) = (told.messages.clone(), app.settings().origin());
    Ok(draw::staff(visit, status, &name, || {
        let code = told.code.as_ref().map(|code| handed::invitation(visit, &origin, &entry.account, code));
        let fields = if seen.gives_roles() { give(&seen) } else { ().into_any() };
        view! {
            <div class="flow">
                <BackLink href=visit.url(PAGE) text=locale.say("人员与岗位", "People and roles") />
                <ErrorSummary locale=locale messages=messages />
                <h1>{name.clone()}</h1>
                {problem}
                {done}
                {code}
                {waits}
                {facts}
                <div class="two-parts">
                    <div class="flow">
                        {roles}
                        {fields}
                    </div>
                    {account}
                </div>
            </div>
        }
    }))
}

impl Seen<'_> {
    fn is_own(&self) -> bool {
        self.entry.person == *self.staff.person()
    }

    /// Whether one of the roles that hold or will is taken back here.
    fn takes_roles(&self) -> bool {
        let gives =
            |held: &Held| self.staff.may(Right::GrantRoles, &self.scopes.whereabouts(&held.grant.scope)).is_ok();
        self.entry.live_roles(self.now).any(gives)
    }

    /// The offices that nobody else manages.
    fn managed_alone(&self) -> Vec<String> {
        let manages = self.alone.iter().filter(|held| held.grant.role == Role::OfficeManager);
        let name = |held: &Held| self.scopes.name(&held.grant.scope).say(self.visit.locale).to_owned();
        let mut names: Vec<_> = manages.map(name).collect();
        names.sort_unstable();
        names.dedup();
        names
    }

    /// Whether one person alone closes their account for a while only.
    fn is_closed_by_two(&self) -> bool {
        self.entry.is_closed_by_two(self.now) || last::manages_alone(&self.alone)
    }

    fn gives_roles(&self) -> bool {
        !self.is_own() && self.entry.state != State::Ended && !self.scopes.of(self.staff, Right::GrantRoles).is_empty()
    }

    /// Where the forms of this page go.
    fn itself(&self) -> String {
        self.visit.url(&format!("{PAGE}/{}", self.entry.account))
    }
}

/// Who can be the second person for an account that was set up, or that there is nobody.
fn unconfirmed(visit: &Visit, seconds: &[String]) -> AnyView {
    let locale = visit.locale;
    let who = if seconds.is_empty() {
        locale
            .say(
                "现在没有这样的人。请系统运维人员用命令再建一位账号管理员，有了以后再给本人重新发邀请码。",
                "There is nobody who could. Ask whoever operates the portal for a second account administrator, and invite them \
                 again once there is one.",
            )
            .to_owned()
    } else {
        let names = seconds.join(locale.say("、", ", "));
        say!(locale, "可以确认的：{names}。", "These can: {names}.")
    };
    view! {
        <Notice title=locale.say("账号设好了，等第二个人确认", "Set up, and waiting for a second person")>
            <p>
                {locale.say(
                    "请本人带上身份证和页面上显示的 6 位数字，去见给邀请码以外的一位账号管理员或者大厅负责人。确认以前不能登录。",
                    "They take their identity card and the six digits they were shown to an account administrator or office \
                     manager who did not make the invitation. Until then it lets nobody in.",
                )}
            </p>
            <p>{who}</p>
        </Notice>
    }
    .into_any()
}

/// Until when somebody stays out to whose suspension nobody has agreed.
fn suspended_alone(visit: &Visit, until: DateTime<Utc>) -> AnyView {
    let locale = visit.locale;
    let until = words::moment(locale, until);
    let title = locale.say("一个人停用的，等第二个人同意", "Suspended by one, waiting for a second");
    let text = say!(
        locale,
        "{until} 以前没有另一位账号管理员或者大厅负责人同意，就自动恢复；账号管理员现在也可以恢复登录。",
        "Unless another account administrator or the office manager agrees, they can sign in again from {until} on. \
         An account administrator can let them in before that."
    );
    warned(title, text)
}

/// That nobody can confirm an account any more, since whoever opened it was stopped.
fn opened_in_vain(visit: &Visit) -> AnyView {
    let locale = visit.locale;
    let title = locale.say("账号设好了，但没有人能确认", "Set up, and nobody can confirm it");
    let text = locale.say(
        "发邀请码的人，账号后来被停用过、结束过登录，或者换过密码、验证器，所以这次开通作废了。请当面看过本人和身份证，重新发邀请码。",
        "Since they made the invitation, its maker's account was closed, their sessions were ended, or their password or \
         authenticator was changed. Look at the person and their identity card, and hand them another invitation.",
    );
    warned(title, text.to_owned())
}

/// That nobody can agree to a suspension any more, since whoever suspended them was stopped, and what can be done.
fn suspended_in_vain(visit: &Visit, until: DateTime<Utc>) -> AnyView {
    let locale = visit.locale;
    let until = words::moment(locale, until);
    let title = locale.say("一个人停用的，没有人能同意了", "Suspended by one, and nobody can agree");
    let text = say!(
        locale,
        "停用的人，账号后来被停用过、结束过登录，或者换过密码、验证器，所以第二个人不能再同意。{until} 自动恢复，账号管理员现在也可以恢复登录；确有必要，请再停用一次，再等第二个人同意。",
        "Since they suspended it, that person's account was closed, their sessions were ended, or their password or \
         authenticator was changed, so no second person agrees any more. They can sign in again from {until} on; an account \
         administrator can let them in before that, or suspend them anew where it is needed."
    );
    warned(title, text)
}

fn warned(title: &'static str, text: String) -> AnyView {
    view! {
        <Notice tone=Tone::Warning title=title>
            <p>{text}</p>
        </Notice>
    }
    .into_any()
}

fn facts(seen: &Seen<'_>) -> AnyView {
    let (locale, entry) = (seen.visit.locale, seen.entry);
    let came_in = match entry.signed_in_at {
        Some(at) => words::moment(locale, at),
        None => locale.say("还没有登录过", "never").to_owned(),
    };
    let number = match &entry.who.document {
        Some(document) => document.masked(),
        None => locale.say("已删除", "erased").to_owned(),
    };
    let rows = vec![
        Row::new(locale.say("账号", "Account"), entry.account.to_string()),
        Row::new(locale.say("证件号码", "Number of the card"), number),
        Row::new(locale.say("最近登录", "Last signed in"), came_in),
        Row::new(locale.say("登记时间", "On the list since"), words::moment(locale, entry.created_at)),
    ];
    view! {
        <p>{state(locale, entry)}</p>
        <Summary locale=locale rows=rows />
    }
    .into_any()
}

fn give(seen: &Seen<'_>) -> AnyView {
    let locale = seen.visit.locale;
    let there = seen.scopes.of(seen.staff, Right::GrantRoles);
    let choices = Choices { locale, scopes: seen.scopes, there, now: seen.now };
    let live: Vec<_> = seen.entry.live_roles(seen.now).collect();
    let fields = choices.fields(&seen.told.typed, &seen.told.messages, &live, true);
    // Open where something of it has to be corrected.
    let is_open = seen.told.typed.iter().any(|(name, text)| name == "do" && text == "give");
    view! {
        <details class="ask" open=is_open>
            <summary>{locale.say("授予岗位…", "Give a role…")}</summary>
            <form class="flow" method="post" action=seen.itself() novalidate>
                {fields}
                <p class="actions">
                    <Button text=locale.say("授予岗位", "Give the role") name="do" value="give" />
                </p>
            </form>
        </details>
    }
    .into_any()
}
