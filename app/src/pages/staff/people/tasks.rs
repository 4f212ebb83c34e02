//! What waits for a second administrator, and what is said to it.

use chrono::{DateTime, Utc};
use leptos::prelude::*;
use server::{
    App, Error,
    staff::{
        authority::Staff,
        people::{Entry, People, State},
        proposal::{self, Decision, Proposal},
        roles::Ending,
        scopes::Scopes,
    },
};
use shared::{
    locale::Locale,
    say,
    staff::{Right, Scope},
};

use super::PAGE;
use crate::{pages::staff::grant_fields::scope_words, visit::Visit, words};

/// A decision that was pressed.
pub(super) struct Pressed {
    decision: Decision,
    id: String,
}

impl Pressed {
    /// `approve:id` or `decline:id`.
    pub(super) fn read(pressed: &str) -> Option<Self> {
        let (act, id) = pressed.split_once(':')?;
        let decision = match act {
            "approve" => Decision::Approve,
            "decline" => Decision::Decline,
            _ => return None,
        };
        Some(Self { decision, id: id.to_owned() })
    }

    pub(super) fn words(&self, locale: Locale) -> &'static str {
        match self.decision {
            Decision::Approve => locale.say("确认，并同意授予", "Confirm and approve"),
            Decision::Decline => locale.say("确认，不授予", "Confirm: the role is not given"),
        }
    }

    /// What the address says once it is done.
    pub(super) fn done(&self) -> &'static str {
        match self.decision {
            Decision::Approve => "approved",
            Decision::Decline => "declined",
        }
    }

    pub(super) async fn take(&self, app: &App, staff: &Staff) -> Result<(), Error> {
        proposal::decide(app, staff, &self.id, self.decision, app.now()).await
    }
}

/// What was just done, by the query of the page.
pub(super) fn done(visit: &Visit) -> Option<&'static str> {
    match visit.query.as_deref()? {
        "done=approved" => Some(visit.say(
            "已经同意，岗位生效了；还没设置账号的，请当面发邀请码",
            "Approved: the role holds. If their account is not set up, hand them an invitation",
        )),
        "done=declined" => {
            Some(visit.say("没有授予，提议已经了结", "The role was not given, and the proposal is closed"))
        }
        _ => None,
    }
}

/// All that waits where this administrator gives roles; nothing where nothing does.
pub(in crate::pages::staff) fn draw(
    visit: &Visit,
    staff: &Staff,
    people: &People,
    now: DateTime<Utc>,
) -> Option<AnyView> {
    let locale = visit.locale;
    let waiting = people.entries.iter().flat_map(|entry| entry.proposals.iter().map(move |proposal| (entry, proposal)));
    let gives = |scope: &Scope| staff.may(Right::GrantRoles, &people.scopes.whereabouts(scope)).is_ok();
    let waiting: Vec<_> = waiting.filter(|(_, proposal)| gives(&proposal.grant.scope)).collect();
    let ends = people.entries.iter().flat_map(|entry| entry.roles.iter().map(move |held| (entry, held)));
    let ends = ends.filter_map(|(entry, held)| Some((entry, held, held.is_ending(now)?)));
    let ends: Vec<_> = ends.filter(|(_, held, _)| gives(&held.grant.scope)).collect();
    if waiting.is_empty() && ends.is_empty() {
        return None;
    }
    let rows = waiting.into_iter().map(|(entry, proposal)| {
        view! { <li>{one(visit, staff, entry, proposal, &people.scopes)}</li> }
    });
    let ends = ends.into_iter().map(|(entry, held, ending)| {
        let (name, role) = (entry.who.name.as_str(), held.grant.role.words(locale));
        let what = say!(locale, "收回{name}（{}）的{role}岗位", "{name} ({}) is no {role} any more", entry.account);
        view! {
            <li>
                <p><a class="sign-name" href=visit.url(&format!("{PAGE}/{}", entry.account))>{what}</a></p>
                <p>{scope_words(locale, &people.scopes, &held.grant.scope)}</p>
                {self::ending(locale, ending)}
            </li>
        }
    });
    let rows = (rows.collect_view(), ends.collect_view());
    Some(
        view! {
            <section class="flow people-tasks" aria-labelledby="tasks">
                <h2 id="tasks">{locale.say("等另一位管理员同意", "Waiting for a second administrator")}</h2>
                <ul class="sign-rows" role="list">{rows}</ul>
            </section>
        }
        .into_any(),
    )
}

/// Who wants a role ended, and until when somebody else may end it.
pub(super) fn ending(locale: Locale, ending: &Ending) -> AnyView {
    let by = ending.account.clone().unwrap_or_default();
    let (at, until) =
        (words::short_moment(locale, ending.at), words::short_moment(locale, ending.at + proposal::LIFETIME));
    let text = say!(
        locale,
        "{by} 于 {at} 提议收回，另一位账号管理员也收回才生效；{until} 前没有，就作废",
        "{by} proposed on {at} to take it back; it ends once another administrator does so too, by {until}"
    );
    view! { <p class="soft">{text}</p> }.into_any()
}

/// That a role was to be ended, and is not, since whoever wanted it was stopped.
pub(super) fn void_ending(locale: Locale, ending: &Ending) -> AnyView {
    let (by, at) = (ending.account.clone().unwrap_or_default(), words::short_moment(locale, ending.at));
    let text = say!(
        locale,
        "{by} 于 {at} 提议收回，已经作废：{by} 后来被停用过、结束过登录，或者换过密码、验证器",
        "{by} proposed on {at} to take it back, which is void: since then their account was closed, their sessions were ended, or \
         their password or authenticator was changed"
    );
    view! { <p class="soft">{text}</p> }.into_any()
}

/// Whoever has a role and nothing to set an account up with, so that somebody makes the invitation.
pub(super) fn uninvited(visit: &Visit, staff: &Staff, people: &People, now: DateTime<Utc>) -> Option<AnyView> {
    let locale = visit.locale;
    let needs_one = |entry: &&Entry| {
        let waits = entry.state == State::InvitationOver && entry.person != *staff.person();
        waits && entry.live_roles(now).next().is_some() && entry.is_managed_by(staff, &people.scopes, now)
    };
    let rows = people.entries.iter().filter(needs_one).map(|entry| {
        let name = format!("{}（{}）", entry.who.name.as_str(), entry.account);
        view! { <li><a href=visit.url(&format!("{PAGE}/{}", entry.account))>{name}</a></li> }
    });
    let rows: Vec<_> = rows.collect();
    (!rows.is_empty()).then(|| {
        view! {
            <section class="flow people-tasks" aria-labelledby="uninvited">
                <h2 id="uninvited">{locale.say("还要发邀请码", "Still to be invited")}</h2>
                <p class="soft">
                    {locale.say(
                        "岗位已经有了，账号还没设置，也没有有效的邀请码。请本人带身份证来，当面发给他们。",
                        "They have a role, no account that is set up, and no invitation. Have them come with their identity card, and \
                         hand them one.",
                    )}
                </p>
                <ul>{rows}</ul>
            </section>
        }
        .into_any()
    })
}

/// One proposal: what it is, and what can be said to it.
pub(super) fn one(visit: &Visit, staff: &Staff, entry: &Entry, proposal: &Proposal, scopes: &Scopes) -> AnyView {
    let locale = visit.locale;
    let name = entry.who.name.as_str().to_owned();
    let role = proposal.grant.role.words(locale);
    let place = scope_words(locale, scopes, &proposal.grant.scope);
    let what = say!(locale, "{name}（{}）担任{role}", "{name} ({}) as {role}", entry.account);
    let by = proposal.proposed_by.clone().unwrap_or_default();
    let (at, until) =
        (words::short_moment(locale, proposal.proposed_at), words::short_moment(locale, proposal.expires_at));
    let when = say!(locale, "{by} 于 {at} 提出，{until} 前有效", "proposed by {by} on {at}, open until {until}");
    let is_own = proposal.proposer == *staff.person();
    let is_about_them = proposal.person == *staff.person();
    let approve = (!is_own && !is_about_them).then(|| {
        view! {
            <button class="act act-strong" name="do" value=format!("approve:{}", proposal.id)>
                {locale.say("同意授予", "Approve")}
                <span class="hidden-visually">{format!(" {what}")}</span>
            </button>
        }
    });
    let decline = if is_own { locale.say("撤回提议", "Withdraw") } else { locale.say("不同意", "Decline") };
    let own = is_own.then(|| {
        view! { <p class="soft">{locale.say("这是您提出的，由另一位账号管理员来同意。", "You proposed this; another administrator approves it.")}</p> }
    });
    let decision = (!is_about_them).then(|| {
        view! {
            <form class="acts" method="post" action=visit.url(PAGE)>
                {approve}
                <button class="act act-taking" name="do" value=format!("decline:{}", proposal.id)>
                    {decline}
                    <span class="hidden-visually">{format!(" {what}")}</span>
                </button>
            </form>
        }
    });
    view! {
        <div class="sign-row">
            <div>
                <p><b>{what.clone()}</b></p>
                <p>{place}</p>
                <p class="soft">{when}</p>
                {own}
            </div>
            {decision}
        </div>
    }
    .into_any()
}
