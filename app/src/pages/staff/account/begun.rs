//! What waits for a second person under somebody's own name: whoever reads of something that they did not begin ends the session
//! that did.

use leptos::prelude::*;
use server::{
    App, Error,
    counter::place_change,
    staff::{
        authority::Staff,
        begun::{self, What},
    },
};
use shared::{locale::Locale, say, staff::Right};

use crate::{
    components::notice::{Notice, Tone},
    pages::staff::confirm,
    visit::Visit,
    words,
};

/// Nothing where nothing waits.
pub(super) async fn draw(app: &App, visit: &Visit, staff: &Staff) -> Result<Option<AnyView>, Error> {
    let (locale, now) = (visit.locale, app.now());
    let begun = begun::of(app, staff, now).await?;
    let places = place_change::waiting(app, staff, now).await?;
    let places = places.into_iter().filter(|change| change.proposer == *staff.person());
    let mut lines: Vec<_> = begun.iter().map(|begun| (begun.at, said(locale, begun.what, &begun.about))).collect();
    lines.extend(places.map(|change| {
        let place = change.was.name.say(locale);
        (
            change.proposed_at,
            say!(locale, "改“{place}”的名称、地址、电话或者怎么走", "changing what is said of {place}"),
        )
    }));
    if lines.is_empty() {
        return Ok(None);
    }
    lines.sort_by_key(|(at, _)| *at);
    let lines = lines.into_iter().map(|(at, line)| {
        let at = words::short_moment(locale, at);
        view! { <li>{line} <span class="soft">{say!(locale, "（{at}）", " ({at})")}</span></li> }
    });
    let lines = lines.collect_view();
    // Whoever only holds a role that waits sees it where roles are given.
    let (page, words) = if staff.anywhere(Right::ConfirmAccounts).is_empty() {
        ("/staff/people", locale.say("去人员与岗位看", "See it under people and roles"))
    } else {
        (confirm::PAGE, locale.say("去看等着的是什么，也可以撤回", "See what waits, or withdraw it"))
    };
    let way = view! { <p><a href=visit.url(page)>{words}</a></p> };
    let password = visit.url("/staff/account/password");
    let view = view! {
        <Notice
            tone=Tone::Warning
            title=locale.say("以您的名义办了、还没有办完的", "Begun in your name, and not finished")
        >
            <ul>{lines}</ul>
            {way}
            <p>
                {locale.say(
                    "有不是您办的？请改密码，上面这些就全部作废；其中是您办的，再办一次。只退出登录，不会作废。",
                    "Is any of it not yours? Change your password, and all of it is void; do again what was yours. Signing out alone \
                     changes nothing. ",
                )}
                <a href=password>{locale.say("改密码", "Change the password")}</a>
            </p>
            <p class="soft">
                {locale.say(
                    "结束别处的登录、结束全部登录、换验证器，也会让它们作废。",
                    "Ending another session or all of them, or changing the authenticator, makes it void too.",
                )}
            </p>
        </Notice>
    };
    Ok(Some(view.into_any()))
}

fn said(locale: Locale, what: What, about: &str) -> String {
    match what {
        What::Role(role) => {
            let role = role.words(locale);
            say!(locale, "提名 {about} 担任{role}", "proposing {about} as {role}")
        }
        What::End(role) => {
            let role = role.words(locale);
            say!(locale, "提议收回 {about} 的{role}岗位", "proposing that {about} be no {role} any more")
        }
        What::Suspended => {
            say!(locale, "停用账号 {about}，等第二个人同意", "suspending {about}, for a second person to agree")
        }
        What::Invited => {
            say!(locale, "给 {about} 的邀请码，还没有用", "an invitation for {about} that was not taken up")
        }
        What::Opened => say!(
            locale,
            "给 {about} 开的账号，等第二个人确认",
            "the account of {about}, for a second person to confirm"
        ),
    }
}
