//! What can be done with somebody's account: closing it, letting them in again, opening it anew.

use leptos::prelude::*;
use server::staff::{last, people::State};
use shared::{problem::Problem, say, staff::Refusal};

use super::{SEEN, Seen};
use crate::components::{
    button::{Button, Weight},
    checkbox::Checkbox,
    error_summary::message_at,
    notice::{Notice, Tone},
};

/// What can be done with the account. Of one's own nothing is done here.
pub(super) fn draw(seen: &Seen<'_>) -> AnyView {
    let (locale, entry) = (seen.visit.locale, seen.entry);
    let acts = if seen.is_own() {
        view! {
            <p>
                {locale.say(
                    "这是您自己的账号。岗位和停用由另一位管理员办理；密码和验证器在",
                    "This is your own account. Another administrator looks after its roles; password and authenticator are under ",
                )}
                <a href=seen.visit.url("/staff/account")>{locale.say("我的账号", "My account")}</a>
                {locale.say("里改。", ".")}
            </p>
        }
        .into_any()
    } else if entry.roles.is_empty() {
        view! {
            <p class="soft">
                {locale.say(
                    "第一个岗位授予以后，才能在这里发邀请码。",
                    "The account can be opened here once its first role is given.",
                )}
            </p>
        }
        .into_any()
    } else if !entry.is_managed_by(seen.staff, seen.scopes, seen.now) {
        view! { <p class="soft">{Problem::from(Refusal::WorksElsewhere).sentence(locale)}</p> }.into_any()
    } else if entry.state == State::Ended {
        view! { <p class="soft">{Problem::from(Refusal::AccountEnded).sentence(locale)}</p> }.into_any()
    } else {
        let is_closed = matches!(entry.state, State::Suspended | State::SuspendedUntil { .. } | State::Unused);
        let is_reset = entry.is_set_up && matches!(entry.state, State::Invited { .. });
        let serving = if is_closed || is_reset { still_open(seen) } else { serving(seen) };
        let is_in_vain = entry.is_void && matches!(entry.state, State::SuspendedUntil { .. });
        view! {
            {serving}
            {(is_closed || is_reset).then(|| lift(seen, is_reset))}
            {is_in_vain.then(|| suspend_anew(seen))}
            {(!is_closed && !is_reset).then(|| closing(seen))}
            {reset(seen)}
        }
        .into_any()
    };
    view! {
        <section class="flow">
            <h2>{locale.say("登录", "Signing in")}</h2>
            {acts}
        </section>
    }
    .into_any()
}

/// What is in their hands at this moment: of nobody it is said who.
fn serving(seen: &Seen<'_>) -> Option<AnyView> {
    let locale = seen.visit.locale;
    let counter = seen.seat.as_ref()?;
    let name = &counter.name;
    let (title, then) = if counter.visit.is_some() {
        (
            say!(locale, "现在在 {name} 号窗口接待", "Serving at counter {name} now"),
            locale.say(
                "停用、重置或者结束登录以后，那个号会留在窗口上，窗口和这一天都不能关闭。请先让本人办完；来不及的，请大厅负责人在“今天”里把它暂放，再在“大厅设置”里关闭窗口。",
                "Once the account is closed or its sessions end, that visit stays at the counter, and neither counter nor day can \
                 be closed. Let them finish first; otherwise the office manager sets it aside under “Today” and \
                 then closes the counter under “Office settings”.",
            ),
        )
    } else {
        (
            say!(locale, "现在坐在 {name} 号窗口", "At counter {name} now"),
            locale.say(
                "停用、重置或者结束登录以后，窗口还是开着的。请大厅负责人在“大厅设置”里关闭它。",
                "Once the account is closed or its sessions end, the counter is still open. The office manager closes it under \
                 “Office settings”.",
            ),
        )
    };
    Some(view! { <Notice tone=Tone::Warning title=title><p>{then}</p></Notice> }.into_any())
}

/// What is left at a counter of whoever was just closed out of it: who does what.
fn still_open(seen: &Seen<'_>) -> Option<AnyView> {
    let locale = seen.visit.locale;
    let counter = seen.seat.as_ref()?;
    let name = &counter.name;
    let (title, then) = if counter.visit.is_some() {
        (
            say!(locale, "{name} 号窗口上还有一个号", "Somebody is still at counter {name}"),
            locale.say(
                "本人已经不能办理。请告诉大厅负责人：在“今天”里把这个号暂放，让别的窗口接着办，再在“大厅设置”里关闭窗口。不处理，窗口和这一天都不能关闭。",
                "The clerk can no longer serve them. Tell the office manager: set the visit aside under “Today”, so that another \
                 counter goes on, then close the counter under “Office settings”. Until then neither counter nor day can be closed.",
            ),
        )
    } else {
        (
            say!(locale, "{name} 号窗口还开着", "Counter {name} is still open"),
            locale.say(
                "请告诉大厅负责人，在“大厅设置”里关闭它，别人才能坐。",
                "Tell the office manager: once it is closed under “Office settings”, somebody else can sit there.",
            ),
        )
    };
    Some(view! { <Notice tone=Tone::Warning title=title><p>{then}</p></Notice> }.into_any())
}

fn closing(seen: &Seen<'_>) -> AnyView {
    let locale = seen.visit.locale;
    let then = if seen.entry.is_closed_by_two(seen.now) {
        let words = locale.say(
            "停用账号管理员、审计员马上生效，但要第二个人在 72 小时内同意，否则自动恢复。在第二个人同意或者不同意以前，您不能单独授予、收回岗位。",
            "Suspending an administrator or auditor holds at once, and lapses after 72 hours unless a second person \
             agrees. Until one has spoken you give and take no roles alone.",
        );
        view! { <p class="soft">{words}</p> }.into_any()
    } else if last::manages_alone(&seen.alone) {
        last_manager(seen)
    } else {
        let words = locale.say(
            "停用以后，账号管理员随时可以在这里恢复登录。",
            "Once it is suspended, an account administrator can let them in again here at any time.",
        );
        view! { <p class="soft">{words}</p> }.into_any()
    };
    // Nobody is signed out who never was in.
    let end = seen.entry.signed_in_at.is_some().then(|| {
        view! { <button class="act" name="do" value="end">{locale.say("结束全部登录", "End all sessions")}</button> }
    });
    view! {
        {then}
        <form class="acts" method="post" action=seen.itself()>
            {end}
            <button class="act act-taking" name="do" value="suspend">
                {locale.say("停用账号，马上退出", "Suspend the account at once")}
            </button>
        </form>
    }
    .into_any()
}

/// What happens to the office, and who can agree, before the account of its last manager is closed.
fn last_manager(seen: &Seen<'_>) -> AnyView {
    let locale = seen.visit.locale;
    let offices = seen.managed_alone().join(locale.say("、", ", "));
    let who = if seen.seconds.is_empty() {
        locale
            .say(
                "现在没有能同意的人，所以 72 小时以后一定恢复。要一直停用，请先另外指定一位负责人，满一天以后再停用。",
                "There is nobody who could agree, so it lapses after 72 hours. To suspend it for longer, name another manager \
                 first, and suspend it a day later.",
            )
            .to_owned()
    } else {
        let names = seen.seconds.join(locale.say("、", ", "));
        say!(locale, "可以同意的：{names}。", "These can agree: {names}.")
    };
    view! {
        <Notice tone=Tone::Warning title=say!(locale, "{offices}没有别的负责人（任职不满一天的不算）", "Nobody else has managed {offices} for a day")>
            <p>
                {locale.say(
                    "停用马上生效，但要第二个人在 72 小时内同意，否则自动恢复；账号管理员随时可以恢复。停用期间，要是没有新指定的负责人，就没有人能改窗口、服务和开放时间，也没有人能更正结果。",
                    "Suspending it holds at once, and lapses after 72 hours unless a second person agrees; an account administrator \
                     can let them in again before. Meanwhile nobody but a new manager changes counters, services and hours, or \
                     corrects an outcome.",
                )}
            </p>
            <p>{who}</p>
        </Notice>
    }
    .into_any()
}

fn lift(seen: &Seen<'_>, is_reset: bool) -> AnyView {
    let locale = seen.visit.locale;
    let text = if is_reset {
        locale.say("撤回邀请，用原来的密码恢复登录", "Take the invitation back and let them in as before")
    } else {
        locale.say("恢复登录", "Let them in again")
    };
    view! {
        <form class="acts" method="post" action=seen.itself()>
            <button class="act" name="do" value="lift">{text}</button>
        </form>
    }
    .into_any()
}

/// For whoever wants somebody kept out whose suspension nobody can agree to any more.
fn suspend_anew(seen: &Seen<'_>) -> AnyView {
    view! {
        <form class="acts" method="post" action=seen.itself()>
            <button class="act act-taking" name="do" value="suspend">
                {seen.visit.say("再停用一次，等第二个人同意", "Suspend it anew, for a second person to agree")}
            </button>
        </form>
    }
    .into_any()
}

/// Opening an account anew takes looking at its owner, so it stands behind a fold and asks for that.
fn reset(seen: &Seen<'_>) -> AnyView {
    let (locale, entry, told) = (seen.visit.locale, seen.entry, seen.told);
    // Whoever approved a new administrator makes the first invitation.
    if entry.administers(seen.now) && entry.is_set_up {
        return view! {
            <p class="soft">
                {locale.say(
                    "账号管理员丢了密码或者验证器，由系统运维人员重新邀请。",
                    "An administrator who has lost password or authenticator is invited again by whoever operates the portal.",
                )}
            </p>
        }
        .into_any();
    }
    let is_closed = matches!(entry.state, State::Invited { .. } | State::Suspended | State::Unused);
    if seen.is_closed_by_two() && entry.is_set_up && !is_closed {
        let words = if entry.is_closed_by_two(seen.now) {
            locale.say(
                "审计员丢了密码或者验证器：先停用账号，第二个人同意以后，再在这里重新邀请。",
                "An auditor who has lost password or authenticator: suspend the account first, and invite them again here \
                 once a second person has agreed.",
            )
        } else {
            locale.say(
                "大厅唯一的负责人丢了密码或者验证器：先停用账号，第二个人同意以后，再在这里重新邀请。",
                "An office's only manager who has lost password or authenticator: suspend the account first, and invite them \
                 again here once a second person has agreed.",
            )
        };
        return view! { <p class="soft">{words}</p> }.into_any();
    }
    let (summary, what) = if entry.is_set_up {
        (
            locale.say("丢了密码或者验证器…", "Lost password or authenticator…"),
            locale.say(
                "账号马上停用、登录全部结束，再凭新的邀请码重新设密码、绑定验证器。您看不到对方的密码。",
                "The account is closed at once and its sessions end; the new invitation opens it with another password and \
                 authenticator. You never learn the password.",
            ),
        )
    } else if let State::Invited { .. } = entry.state {
        (
            locale.say("换一个邀请码…", "Make another invitation…"),
            locale.say("手里的邀请码马上作废。", "The one they have is void at once."),
        )
    } else {
        (
            locale.say("发邀请码…", "Invite them…"),
            locale.say(
                "还没有设置账号，也没有有效的邀请码。新的邀请码 24 小时内有效，只能用一次。",
                "Their account is not set up, and no invitation is open. A new one works once, within 24 hours.",
            ),
        )
    };
    let error = message_at(&told.messages, SEEN);
    let is_open = error.is_some();
    view! {
        <details class="ask" open=is_open>
            <summary>{summary}</summary>
            <form class="flow" method="post" action=seen.itself() novalidate>
                <p>{what}</p>
                <Checkbox
                    locale=locale
                    name=SEEN
                    label=locale.say(
                        "本人就在面前，我核对过身份证",
                        "They stand before me, and I have looked at their identity card",
                    )
                    error=error
                />
                <p class="actions">
                    <Button
                        text=locale.say("生成新的邀请码", "Make a new invitation")
                        weight=Weight::Secondary
                        name="do"
                        value="reset"
                    />
                </p>
            </form>
        </details>
    }
    .into_any()
}
