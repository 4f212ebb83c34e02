//! What waits for a second person, one by one, with what is said to it.

use leptos::prelude::*;
use server::staff::{
    authority::Staff,
    confirming::{Waiting, What},
    scopes::Scopes,
};
use shared::{
    field::FieldMessage,
    problem::Problem,
    say,
    staff::{Refusal, Role},
};

use super::{PAGE, number_field};
use crate::{
    components::{
        button::{Button, Weight},
        error_summary::message_at,
        text_field::TextField,
    },
    pages::staff::grant_fields::scope_words,
    visit::Visit,
    words,
};

/// All that waits; nothing where nothing does.
pub(in crate::pages::staff) fn section(
    visit: &Visit,
    staff: &Staff,
    (waiting, scopes): (&[Waiting], &Scopes),
    messages: &[FieldMessage],
) -> AnyView {
    if waiting.is_empty() {
        return ().into_any();
    }
    let rows = waiting.iter().map(|one| {
        let what = what(visit, one, scopes);
        let said = match one.what {
            _ if one.is_void => in_vain(visit, one),
            _ if one.is_of(staff) => own(visit),
            _ if !one.is_theirs => not_theirs(visit),
            What::Opened { .. } => opened(visit, one, messages),
            What::Suspended { .. } => suspended(visit, one),
        };
        view! {
            <li class="flow">
                {what}
                {said}
            </li>
        }
    });
    let rows = rows.collect_view();
    view! {
        <section class="flow people-tasks" aria-labelledby="to-confirm">
            <h2 id="to-confirm">{visit.say("要第二个人当面确认", "To be confirmed by a second person")}</h2>
            <ul class="sign-rows" role="list">{rows}</ul>
        </section>
    }
    .into_any()
}

/// Whose account it is, and what was done with it by whom.
fn what(visit: &Visit, one: &Waiting, scopes: &Scopes) -> AnyView {
    let locale = visit.locale;
    let (name, account) = (one.who.name.as_str(), &one.account);
    let (by, at) = (one.first_by.clone().unwrap_or_default(), words::short_moment(locale, one.at));
    let title = match one.what {
        What::Opened { anew: false } => say!(locale, "新账号：{name}（{account}）", "New account: {name} ({account})"),
        What::Opened { anew: true } => {
            say!(locale, "重新开通的账号：{name}（{account}）", "Account opened anew: {name} ({account})")
        }
        What::Suspended { .. } if one.roles.iter().any(|held| held.grant.role == Role::Auditor) => {
            say!(locale, "停用审计员：{name}（{account}）", "Auditor suspended: {name} ({account})")
        }
        What::Suspended { .. } if one.roles.iter().any(|held| held.grant.role.takes_two()) => {
            say!(locale, "停用账号管理员：{name}（{account}）", "Administrator suspended: {name} ({account})")
        }
        What::Suspended { .. } => {
            say!(
                locale,
                "停用大厅的负责人（没有别人任满一天）：{name}（{account}）",
                "Only manager suspended: {name} ({account})"
            )
        }
    };
    let when = match one.what {
        What::Opened { .. } => {
            say!(locale, "{by} 发的邀请码，{at} 设好", "invited by {by}, set up on {at}")
        }
        What::Suspended { until } => {
            let until = words::short_moment(locale, until);
            say!(
                locale,
                "{by} 于 {at} 停用，{until} 前没有人同意就恢复",
                "by {by} on {at}; over on {until} if nobody agrees"
            )
        }
    };
    let roles = one.roles.iter().map(|held| {
        let (role, place) = (held.grant.role.words(locale), scope_words(locale, scopes, &held.grant.scope));
        view! { <p>{say!(locale, "{role}，{place}", "{role}, {place}")}</p> }
    });
    let number = one.who.document.as_ref().map(shared::identity::IdDocument::masked).unwrap_or_default();
    let roles = roles.collect_view();
    view! {
        <div>
            <p><b>{title}</b></p>
            {roles}
            <p>{say!(locale, "身份证号码 {number}", "Identity card {number}")}</p>
            <p class="soft">{when}</p>
        </div>
    }
    .into_any()
}

/// Why nobody finishes it, and for whoever could have, that it can still be called off.
fn in_vain(visit: &Visit, one: &Waiting) -> AnyView {
    let locale = visit.locale;
    let (act, words) = match one.what {
        What::Opened { .. } => ("not-seen", locale.say("关闭账号", "Close the account")),
        What::Suspended { .. } => ("disagree", locale.say("马上恢复", "Let them in again")),
    };
    let call_off = one.is_theirs.then(|| {
        view! {
            <form class="acts" method="post" action=visit.url(PAGE)>
                <button class="act act-taking" name="do" value=format!("{act}:{}", one.account)>
                    {words}
                    <span class="hidden-visually">{format!(" {}", one.account)}</span>
                </button>
            </form>
        }
    });
    view! {
        <p>{Problem::from(Refusal::FirstStopped).sentence(locale)}</p>
        {call_off}
    }
    .into_any()
}

fn own(visit: &Visit) -> AnyView {
    let text = visit.say(
        "前一步是您办的，由另一位账号管理员或者大厅负责人来确认。",
        "You did the first half; another account administrator or the office manager does the second.",
    );
    view! { <p>{text}</p> }.into_any()
}

/// In the place of the buttons, for somebody who became the second too late, or by the first.
fn not_theirs(visit: &Visit) -> AnyView {
    view! { <p>{Problem::from(Refusal::NotTheSecond).sentence(visit.locale)}</p> }.into_any()
}

fn opened(visit: &Visit, one: &Waiting, messages: &[FieldMessage]) -> AnyView {
    let locale = visit.locale;
    let (name, field) = (one.who.name.as_str(), number_field(&one.account));
    let error = message_at(messages, &field);
    view! {
        <form class="flow" method="post" action=visit.url(PAGE) novalidate>
            <TextField
                locale=locale
                name=field
                label=say!(locale, "{name}报的 6 位数字", "The six digits that {name} tells you")
                hint=Some(
                    locale
                        .say(
                            "请先当面看本人和身份证。数字在本人设好账号时和登录时的页面上；本人不知道，就拒绝。",
                            "Look at the person and their card first. They read it when they set the account up and when they \
                             sign in; if they know of none, refuse.",
                        )
                        .to_owned(),
                )
                error=error
                inputmode="numeric"
                width="input-code"
            />
            <p class="actions">
                <Button
                    text=locale.say("见到本人了，确认", "I have seen them: confirm")
                    weight=Weight::Secondary
                    name="do"
                    value=format!("seen:{}", one.account)
                />
                <Button
                    text=locale.say("不是本人开的，拒绝", "It is not theirs: refuse")
                    weight=Weight::Danger
                    name="do"
                    value=format!("not-seen:{}", one.account)
                />
            </p>
        </form>
    }
    .into_any()
}

fn suspended(visit: &Visit, one: &Waiting) -> AnyView {
    let locale = visit.locale;
    view! {
        <form class="acts" method="post" action=visit.url(PAGE)>
            <button class="act act-strong" name="do" value=format!("agree:{}", one.account)>
                {locale.say("同意停用", "Agree")}
                <span class="hidden-visually">{format!(" {}", one.account)}</span>
            </button>
            <button class="act act-taking" name="do" value=format!("disagree:{}", one.account)>
                {locale.say("不同意，马上恢复", "Let them in again")}
                <span class="hidden-visually">{format!(" {}", one.account)}</span>
            </button>
        </form>
    }
    .into_any()
}
