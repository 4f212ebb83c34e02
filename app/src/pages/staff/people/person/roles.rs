//! What somebody was given, and how each of it ends.

use leptos::prelude::*;
use server::staff::roles::Held;
use shared::{
    locale::Locale,
    problem::Problem,
    say,
    staff::{Refusal, Right, Role},
};

use super::{super::tasks, Seen};
use crate::{components::tag::Tag, pages::staff::grant_fields::scope_words, words};

/// What they were given: what holds or will, what waits, and what is over.
pub(super) fn draw(seen: &Seen<'_>) -> AnyView {
    let (locale, entry, now) = (seen.visit.locale, seen.entry, seen.now);
    let live: Vec<_> = entry.live_roles(now).collect();
    let over: Vec<_> = entry.roles.iter().rev().filter(|held| !live.contains(held)).collect();
    let none = live.is_empty().then(|| {
        view! {
            <p class="soft">
                {locale.say("现在没有岗位，登录以后什么也办不了。", "No role: once signed in, they can do nothing.")}
            </p>
        }
    });
    let live = live.into_iter().map(|held| view! { <li>{role(seen, held, true)}</li> }).collect_view();
    let waiting = entry.proposals.iter().map(|proposal| {
        view! { <li>{tasks::one(seen.visit, seen.staff, entry, proposal, seen.scopes)}</li> }
    });
    let waiting = (!entry.proposals.is_empty()).then(|| {
        view! {
            <h3>{locale.say("等另一位管理员同意", "Waiting for a second administrator")}</h3>
            <ul class="sign-rows" role="list">{waiting.collect_view()}</ul>
        }
    });
    let over = (!over.is_empty()).then(|| {
        let rows = over.into_iter().map(|held| view! { <li>{role(seen, held, false)}</li> });
        view! {
            <details class="ask">
                <summary>{locale.say("以前的岗位", "Earlier roles")}</summary>
                <ul class="sign-rows" role="list">{rows.collect_view()}</ul>
            </details>
        }
    });
    let final_words = seen.takes_roles().then(|| {
        view! {
            <p class="soft">
                {locale.say(
                    "收回一生效就不能撤销；要恢复，重新授予。",
                    "A role that was taken back is not restored: it is given again.",
                )}
            </p>
        }
    });
    view! {
        <section class="flow">
            <h2>{locale.say("岗位", "Roles")}</h2>
            {none}
            <ul class="sign-rows" role="list">{live}</ul>
            {final_words}
            {waiting}
            {over}
        </section>
    }
    .into_any()
}

fn role(seen: &Seen<'_>, held: &Held, is_live: bool) -> AnyView {
    let (locale, now) = (seen.visit.locale, seen.now);
    let grant = &held.grant;
    let name = grant.role.words(locale);
    let from = words::short_moment(locale, grant.from);
    let time = match (grant.until, grant.from > now) {
        (Some(until), true) => say!(locale, "{from} 起，到 {}", "from {from} to {}", locale.deadline(until)),
        (Some(until), false) => say!(locale, "到 {}", "until {}", locale.deadline(until)),
        (None, true) => say!(locale, "{from} 起", "from {from}"),
        (None, false) => say!(locale, "{from} 起，一直有效", "since {from}, with no end"),
    };
    let by = match (&held.given_by, &held.approved_by) {
        (None, _) => locale.say("系统运维人员授予", "given by the operator").to_owned(),
        (Some(by), None) => say!(locale, "{by} 授予", "given by {by}"),
        (Some(by), Some(and)) => say!(locale, "{by} 提出，{and} 同意", "proposed by {by}, approved by {and}"),
    };
    let place = scope_words(locale, seen.scopes, &grant.scope);
    let later = (grant.from > now && is_live).then(|| view! { <Tag text=locale.say("还没开始", "to come") /> });
    let is_theirs = seen.staff.may(Right::GrantRoles, &seen.scopes.whereabouts(&grant.scope)).is_ok();
    let ending = held.is_ending(now);
    let ended_by_two = ending.map(|ending| tasks::ending(locale, ending));
    let is_void = held.void_ending(now).map(|ending| tasks::void_ending(locale, ending));
    let is_alone = seen.alone.contains(held);
    let takes_two = grant.role == Role::Auditor || (grant.role == Role::OfficeManager && is_alone);
    let is_first = ending.map_or(takes_two, |ending| ending.by == *seen.staff.person());
    let stays = seen.is_own() && grant.role.takes_two() && is_alone;
    let office = seen.scopes.name(&grant.scope);
    let after =
        (is_live && is_theirs).then(|| after(locale, (grant.role, office.say(locale)), (stays, is_alone))).flatten();
    let take_back = (is_live && is_theirs && !stays).then(|| {
        let words = if is_first {
            say!(locale, "提议收回“{name}”", "Propose to take back {name}")
        } else {
            say!(locale, "收回“{name}”", "Take back {name}")
        };
        view! {
            <form method="post" action=seen.itself()>
                <button class="act act-taking" name="do" value=format!("take:{}", held.id)>
                    {words}
                    <span class="hidden-visually">{format!(" {place}")}</span>
                </button>
            </form>
        }
    });
    // Whether whoever reads it is enough, before anybody presses.
    let how = take_back.is_some().then(|| match grant.role {
        Role::AccountAdministrator if !seen.is_own() => locale.say(
            "收回要两个人：先停用这个账号，另一个人同意停用以后，再收回。",
            "It takes two: suspend the account first, and take the role back once another person has agreed.",
        ),
        _ if takes_two && !seen.is_own() => locale.say(
            "收回要两位账号管理员：一位先收回，另一位在 72 小时内也收回，才生效。",
            "It takes two administrators: it ends once another takes it back too, within 72 hours.",
        ),
        _ => locale.say("您一个人就能收回，马上生效。", "You alone can take it back, at once."),
    });
    let how = how.map(|how| view! { <p class="soft">{how}</p> });
    view! {
        <div class="sign-row">
            <div>
                <p><b>{name}</b> " " {later}</p>
                <p>{place.clone()}</p>
                <p class="soft">{time}</p>
                <p class="soft">{by}</p>
                {ended_by_two}
                {is_void}
                {after}
                {how}
            </div>
            {take_back}
        </div>
    }
    .into_any()
}

/// What comes of it when the role ends that nobody else has, before anybody presses.
fn after(locale: Locale, (role, place): (Role, &str), (stays, is_alone): (bool, bool)) -> Option<AnyView> {
    let words = if stays {
        Problem::from(Refusal::LastAdministrator).sentence(locale)
    } else if is_alone && role == Role::OfficeManager {
        say!(
            locale,
            "{place}没有别的负责人（任职不满一天的不算）：收回以后要是也没有新指定的负责人，就没有人能改窗口、服务和开放时间，也没有人能更正结果。要两位账号管理员先后收回才生效；另外指定的负责人满一天以后，一个人就可以收回。",
            "Nobody else has managed {place} for a day: once this ends nobody but a new manager changes counters, services and hours there, or corrects an outcome. \
             It ends once two account administrators have taken it back; or one of them takes it back once somebody else has been \
             the manager for a day."
        )
    } else {
        return None;
    };
    Some(view! { <p class="soft">{words}</p> }.into_any())
}
