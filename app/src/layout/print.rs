//! A sheet of paper, for printing and for showing at the counter.

use leptos::prelude::*;

use super::{Content, document};
use crate::visit::Visit;

/// A sheet without navigation; its foot says where it came from and whom to ask.
pub fn print(visit: &Visit, title: &str, content: Content) -> impl IntoView + use<> {
    let foot =
        visit.say("惠民 · 民政服务。有疑问请拨打 12345。", "Huimin · civil affairs services. Questions? Call 12345.");
    sheet(visit, title, content, foot)
}

/// A sheet of those who work here.
pub fn print_for_staff(visit: &Visit, title: &str, content: Content) -> impl IntoView + use<> {
    sheet(visit, title, content, visit.say("惠民 · 民政服务。", "Huimin · civil affairs services."))
}

fn sheet(visit: &Visit, title: &str, content: Content, foot: &'static str) -> impl IntoView + use<> {
    let Content { body, scripts } = content;
    let demo = visit
        .portal
        .demo
        .then(|| visit.say("演示网站打印的，不作数", "Printed from a demonstration: it counts for nothing"));
    let department = visit.department.as_ref();
    let department = department.map(|name| format!("{}{name}", visit.say(" 承办单位：", " Provided by ")));
    let body = view! {
        <main class="sheet" id="main">
            {demo.map(|demo| view! { <p class="sheet-demo">{demo}</p> })}
            <div class="flow">{body}</div>
            <footer class="sheet-foot">{foot} {department}</footer>
        </main>
    };
    document(visit, title, body.into_any(), scripts)
}
