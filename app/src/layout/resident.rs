//! What stands on every page for residents: the bar on top, the foot, and the way past both.

use leptos::prelude::*;

use super::{
    Content, document,
    switches::{switches, text_sizes},
};
use crate::{
    components::mark::Mark,
    visit::{Mode, Visit},
};

/// A page for residents. An empty title leaves only the portal's name in the browser's tab.
///
/// The switches send the form that is named, where one is being filled in.
pub fn resident(visit: &Visit, title: &str, form: Option<&'static str>, content: Content) -> impl IntoView + use<> {
    let Content { body, scripts } = content;
    let demo = visit.portal.demo.then(|| demo_strip(visit));
    let sizes = match visit.mode {
        Mode::Elder(size) => Some(text_sizes(visit, form, size)),
        Mode::Standard => None,
    };
    let body = view! {
        <a class="skip" href="#main">{visit.say("跳到正文", "Skip to content")}</a>
        <header>
            {demo}
            {bar(visit, form)}
            {sizes}
        </header>
        <main id="main" tabindex="-1">
            {body}
        </main>
        {foot(visit)}
    };
    document(visit, title, body.into_any(), scripts)
}

fn demo_strip(visit: &Visit) -> impl IntoView + use<> {
    let says = visit.say("预约都不是真的。", "No booking here is real.");
    view! {
        <div class="demo-strip">
            <p class="frame">
                <strong>{visit.say("演示数据 Demo", "Demo data")}</strong>
                {says}
            </p>
        </div>
    }
}

fn bar(visit: &Visit, form: Option<&'static str>) -> impl IntoView + use<> {
    let owner = match visit.portal.bureau.clone() {
        Some(bureau) => view! { <small class="bureau">{bureau}</small> }.into_any(),
        None => view! { <small>{visit.say("民政服务", "Civil affairs services")}</small> }.into_any(),
    };
    view! {
        <div class="bar">
            <div class="frame">
                <a class="service-name" href=visit.url("/")>
                    <Mark />
                    <span>
                        <b>{visit.say("惠民", "Huimin")}</b>
                        {owner}
                    </span>
                </a>
                {switches(visit, form)}
            </div>
        </div>
    }
}

fn foot(visit: &Visit) -> impl IntoView + use<> {
    let bureau =
        visit.portal.bureau.clone().map(|bureau| view! { <p>{visit.say("主办单位：", "Run by ")}{bureau}</p> });
    let department = visit.department.clone().map(|department| {
        view! { <p>{visit.say("承办单位：", "Provided by ")}{department.to_string()}</p> }
    });
    let record = visit.portal.record_number.clone().map(|number| {
        view! { <p class="soft">{number}</p> }
    });
    let help = visit.help.filter(|(_, page)| visit.path != *page).map(|([zh, en], page)| {
        view! { <p><a href=visit.url(page)>{visit.say(zh, en)}</a></p> }
    });
    view! {
        <footer class="foot">
            <div class="frame">
                {help}
                <p class="help-line">
                    {visit.say("需要帮忙？请拨打政务服务热线 ", "Need help? Call the government service line ")}
                    <a class="nowrap" href="tel:12345">"12345"</a>
                    {visit.say("。", ".")}
                </p>
                <ul role="list">
                    <li><a href=visit.url("/privacy")>{visit.say("隐私说明", "Privacy notice")}</a></li>
                    <li>
                        <a href=visit.url("/accessibility")>
                            {visit.say("无障碍声明", "Accessibility statement")}
                        </a>
                    </li>
                </ul>
                {bureau}
                {department}
                {record}
            </div>
        </footer>
    }
}
