//! What stands on every page for staff: who is signed in, where else there is work, the way out.

use leptos::prelude::*;
use shared::{say, staff::Right};

use super::{Content, document, switches::switches};
use crate::{
    components::mark::Mark,
    visit::{AtWork, Visit},
};

/// A page for staff.
pub fn staff(visit: &Visit, title: &str, content: Content) -> impl IntoView + use<> {
    let Content { body, scripts } = content;
    let demo = visit.portal.demo.then(|| {
        view! {
            <div class="demo-strip">
                <p class="frame">
                    <strong>{visit.say("演示数据 Demo", "Demo data")}</strong>
                    {visit.say("预约都不是真的。", "No booking here is real.")}
                </p>
            </div>
        }
    });
    let menus = visit.at_work.as_deref().map(|person| menus(visit, person));
    let body = view! {
        <a class="skip" href="#main">{visit.say("跳到正文", "Skip to content")}</a>
        <header class="off-paper">
            {demo}
            <div class="staff-bar">
                <div class="frame">
                    <a class="service-name" href=visit.url("/staff")>
                        <Mark />
                        <span>
                            <b>{visit.say("惠民", "Huimin")}</b>
                            <small>{visit.say("窗口工作台", "for staff")}</small>
                        </span>
                    </a>
                    {menus}
                </div>
            </div>
        </header>
        <main id="main" tabindex="-1">
            {body}
        </main>
        {ending(visit)}
        <footer class="staff-foot off-paper">
            <div class="frame">
                {visit.portal.bureau.clone().map(|bureau| view! { <p>{bureau}</p> })}
                {switches(visit, None)}
            </div>
        </footer>
    };
    document(visit, title, body.into_any(), scripts)
}

/// The ways and the way out: beside each other on a screen, behind one press on a phone. The style shows one of the two.
fn menus(visit: &Visit, person: &AtWork) -> AnyView {
    let menu = visit.say("菜单", "Menu");
    // What waits for somebody is seen before anything is pressed.
    let waits = (person.to_confirm > 0).then(|| format!(" · {}", confirm_words(visit, person)));
    view! {
        <div class="staff-wide">{ways(visit, person)} {itself(visit, person)}</div>
        <details class="staff-menu">
            // What waits may stand on a second line; the word itself is never cut in two.
            <summary>
                <span><span class="nowrap">{menu}</span>{waits}</span>
            </summary>
            <div class="staff-menu-body">{ways(visit, person)} {itself(visit, person)}</div>
        </details>
    }
    .into_any()
}

/// Where this person has something to do.
fn ways(visit: &Visit, person: &AtWork) -> impl IntoView + use<> {
    let may = |right| person.rights.contains(&right);
    let to_confirm = person.to_confirm;
    let confirm = confirm_words(visit, person);
    let all = [
        (to_confirm > 0, "/staff/confirm", confirm.as_str()),
        (may(Right::SeeDay), "/staff/day", visit.say("今天", "Today")),
        (may(Right::SeeCases), "/staff/cases", visit.say("申请", "Applications")),
        (may(Right::ReleaseBooking), "/staff/release", visit.say("不是本人的预约", "Not their booking")),
        (may(Right::ReleaseBooking), "/staff/own-data", visit.say("本人的信息", "Their own data")),
        (may(Right::SeeSafetyLooks), "/staff/looks", visit.say("查看记录", "Record of looks")),
        (
            may(Right::SeeClosedAccounts) && !may(Right::SeeSafetyLooks),
            "/staff/looks",
            visit.say("停用和收回", "Closed and taken back"),
        ),
        // Whoever sees a day has the way to it there.
        (
            may(Right::SeeSafetyLooks) && !may(Right::SeeDay),
            "/staff/day-lists",
            visit.say("名单和计数", "Lists and counts"),
        ),
        (may(Right::ManageOffice), "/staff/office", visit.say("大厅设置", "Office settings")),
        (may(Right::AddPlaces) && !may(Right::ManageOffice), "/staff/places", visit.say("地点", "Places")),
        (may(Right::ManageAccounts), "/staff/people", visit.say("人员与岗位", "People and roles")),
        (may(Right::EditTexts), "/staff/notices", visit.say("通知", "Notices")),
        (to_confirm == 0 && may(Right::ConfirmAccounts), "/staff/confirm", visit.say("确认与放行", "Second person")),
        (true, "/staff/account", visit.say("我的账号", "My account")),
    ];
    let ways = all.into_iter().filter(|(is_theirs, ..)| *is_theirs).map(|(_, path, name)| {
        let is_below = || visit.path.strip_prefix(path).is_some_and(|rest| rest.starts_with('/'));
        let current = if visit.path == path { Some("page") } else { is_below().then_some("true") };
        view! { <li><a href=visit.url(path) aria-current=current>{name.to_owned()}</a></li> }
    });
    view! {
        <nav aria-label=visit.say("工作区", "Work")>
            <ul role="list">{ways.collect_view()}</ul>
        </nav>
    }
}

fn confirm_words(visit: &Visit, person: &AtWork) -> String {
    let to_confirm = person.to_confirm;
    say!(visit.locale, "等您确认（{to_confirm}）", "Waits for you ({to_confirm})")
}

fn itself(visit: &Visit, person: &AtWork) -> impl IntoView + use<> {
    view! {
        <form class="staff-self" method="post" action=visit.url("/staff/sign-out")>
            <span>{person.account.clone()}</span>
            <button class="switch switch-framed">{visit.say("退出", "Sign out")}</button>
        </form>
    }
}

/// Two minutes before a session ends `public/assets/at-work.js` shows this and lets it go on; hidden until then.
fn ending(visit: &Visit) -> Option<impl IntoView + use<>> {
    let person = visit.at_work.as_deref()?;
    Some(view! {
        <div
            class="ending off-paper"
            id="ending"
            hidden
            role="status"
            data-left=person.seconds_left.to_string()
            data-keep=visit.url("/staff/account")
        >
            <p data-soon>
                <b>{visit.say("太久没有操作，两分钟后会退出登录。", "You will be signed out in two minutes.")}</b>
                {visit.say("填写的内容会留着。", "What you typed is kept.")}
            </p>
            <p data-over hidden>
                <b>{visit.say("登录已经失效。", "You are signed out.")}</b>
                {visit.say(
                    "页面停在这里，填写的内容还在；下一步会请您重新登录。",
                    "The page stays as it is, with what you typed; the next press asks you to sign in.",
                )}
            </p>
            <button class="act" type="button">{visit.say("我还在", "I am still here")}</button>
        </div>
    })
}
