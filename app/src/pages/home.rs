//! `GET /`: what can be done here, and where to begin.

use axum::response::Response;
use leptos::prelude::*;

use crate::{
    components::{
        button::{LinkButton, Weight},
        card::Card,
    },
    draw,
    visit::Visit,
};

pub async fn show(visit: Visit) -> Response {
    draw::page(&visit, visit.say("民政服务", "Civil affairs services"), || body(&visit))
}

fn body(visit: &Visit) -> impl IntoView + use<> {
    let title = visit.say("您想办什么事？", "What would you like to do?");
    let lead = visit.say("不用注册，不用下载，打开就能办。", "No account, nothing to install: just begin.");
    view! {
        <div class="welcome bleed">
            <div class="column">
                <h1>{title}</h1>
                <p class="lead">{lead}</p>
            </div>
        </div>
        <div class="beside welcome-below">
            <div class="services">{marriage(visit).into_any()} {benefits(visit).into_any()}</div>
            {(!visit.mode.is_elder()).then(|| ways(visit))}
        </div>
    }
}

fn marriage(visit: &Visit) -> impl IntoView + use<> {
    let locale = visit.locale;
    let what = locale.say(
        "选好登记处和时间，两个人带着身份证一起来，符合条件当场领证。登记不收费。",
        "Choose a registry and a time, come together with your ID cards, and leave with the certificate \
         if all conditions are met. Registration is free.",
    );
    view! {
        <section class="feature flow" aria-labelledby="marriage">
            <h2 id="marriage">{locale.say("结婚登记", "Marriage registration")}</h2>
            <p>{what}</p>
            <p class="actions">
                <LinkButton
                    href=visit.url("/marriage")
                    text=locale.say("预约结婚登记", "Book a registration")
                />
            </p>
            <div class="cards">
                <Card
                    href=visit.url("/marriage/check")
                    title=locale.say("先核对条件和材料", "Check conditions and documents first")
                >
                    <p>{locale.say("回答几个问题，就知道能不能办、要带什么。", "A few questions tell whether you can register and what to bring.")}</p>
                </Card>
                <Card
                    href=visit.url("/marriage/bookings")
                    title=locale.say("查看、改期或取消预约", "See, move or cancel a booking")
                >
                    <p>{locale.say("需要预约号和预约时留的手机。", "You need the reference number and the phone you gave.")}</p>
                </Card>
            </div>
        </section>
    }
}

fn benefits(visit: &Visit) -> impl IntoView + use<> {
    let locale = visit.locale;
    let what = locale.say(
        "低保、临时救助、高龄津贴、残疾人补贴、孩子的生活费……看看给谁、给多少、到哪里办。",
        "Living allowances, relief in an emergency, allowances for old age and disability, support for children: for \
         whom, how much, and where to ask.",
    );
    view! {
        <section class="feature feature-calm flow" aria-labelledby="benefits">
            <h2 id="benefits">{locale.say("惠民政策与补贴", "Benefits")}</h2>
            <p>{what}</p>
            <p class="actions">
                <LinkButton
                    href=visit.url("/benefits")
                    text=locale.say("看看有哪些补贴", "See what there is")
                    weight=Weight::Secondary
                />
            </p>
        </section>
    }
}

fn ways(visit: &Visit) -> impl IntoView + use<> {
    view! {
        <aside class="aside flow">
            <h2>{visit.say("想要大字", "Larger text")}</h2>
            <p>
                {visit.say(
                    "点页面上方的“长者版”，每一页都会变成大字。",
                    "Press “Large text” at the top; it stays on for every page.",
                )}
            </p>
            <h2>{visit.say("不方便上网", "Not at ease online")}</h2>
            <p>
                {visit.say("请家人帮您操作，或者拨打 ", "Let a relative help you, or call ")}
                <a class="nowrap" href="tel:12345">"12345"</a>
                {visit.say(" 咨询。", ".")}
            </p>
        </aside>
    }
}
