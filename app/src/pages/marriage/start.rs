//! `GET /marriage`: what registering a marriage is, what to bring, and how booking works.

use axum::{extract::State, response::Response};
use chrono::NaiveDate;
use leptos::prelude::*;
use server::{App, appointments::point, rejection::Rejection};
use shared::{locale::Locale, marriage::SERVICE};

use crate::{
    components::{
        back_link::BackLink,
        button::{LinkButton, Weight},
        source::SourceFold,
    },
    draw, notices,
    visit::Visit,
};

/// The day the regulation and the Civil Code were last compared with what stands here.
const CHECKED: Option<NaiveDate> = NaiveDate::from_ymd_opt(2026, 11, 21);

pub async fn show(State(app): State<App>, visit: Visit) -> Result<Response, Rejection> {
    let (points, now) = (point::all(&app, &SERVICE).await?, app.now());
    let minutes = points.iter().filter_map(|point| Some(point.rule(now).ok()?.hold_minutes)).min();
    let notices = notices::on_service(&app, "/marriage", now).await?;
    Ok(draw::page(&visit, visit.say("结婚登记", "Marriage registration"), || {
        view! {
            {notices::draw(&visit, &notices)}
            {body(&visit, minutes)}
        }
    }))
}

/// `minutes` is the shortest time for which a registry holds a time.
fn body(visit: &Visit, minutes: Option<u32>) -> impl IntoView + use<> {
    let lead = visit.say(
        "约好时间，两个人带上证件一起来。符合条件的，当场登记发证。",
        "Book a time and come together with your documents. If you meet the conditions, you are registered and get \
         your certificate on the spot.",
    );
    view! {
        <div class="opening bleed">
            <div class="column flow">
                <BackLink href=visit.url("/") text=visit.say("首页", "Home") />
                <h1>{visit.say("结婚登记", "Marriage registration")}</h1>
                <p class="lead">{lead}</p>
                <p class="actions">
                    <LinkButton href=visit.url("/marriage/book") text=visit.say("预约登记", "Book a time") />
                    <LinkButton
                        href=visit.url("/marriage/check")
                        text=visit.say("先核对条件", "Check conditions first")
                        weight=Weight::Secondary
                    />
                </p>
            </div>
        </div>
        <div class="beside">
            <div class="column flow">{facts(visit)} {bring(visit)} {how(visit, minutes)}</div>
            {aside(visit)}
        </div>
    }
}

fn facts(visit: &Visit) -> impl IntoView + use<> {
    let facts = [
        (
            visit.say("不收费", "It is free"),
            visit.say("婚姻登记不收任何费用。", "No fee is charged for registering a marriage."),
        ),
        (
            visit.say("哪里都能办", "Anywhere in the mainland"),
            visit.say(
                "双方都是内地居民的，全国任何一个婚姻登记处都可以，不用回户籍地，也不用带户口簿。",
                "If you are both mainland residents, you can use any marriage registry in the country. You do not \
                 need to return to where your household is registered or bring the household register (户口簿).",
            ),
        ),
        (
            visit.say("没有预约也能来", "You can come without a booking"),
            visit.say(
                "当天还有名额的，可以到登记处现场取号、排队办理；名额取完了还能不能办，请问登记处的工作人员。想稳妥的请先预约。",
                "While the day has places left, you can take a ticket at the registry and wait. Once they are gone, ask the staff of the \
                 registry whether you can still be served that day. Book if you want to be sure.",
            ),
        ),
        (
            visit.say("两个人都要来", "Both of you must come"),
            visit.say("双方要亲自到场，不能请人代办。", "You must both come in person. Nobody can do it for you."),
        ),
        (
            visit.say("当场领证", "Certificate on the spot"),
            visit.say(
                "登记员核对证件、问几个问题，符合条件就当场发证；不符合的，会说明理由。",
                "The registrar checks your documents and asks you some questions. If everything is in order, you get \
                 your certificate. If not, you are told why.",
            ),
        ),
        (
            visit.say("谁先办", "Who is served first"),
            visit.say(
                "残疾人优先（《残疾人保障法》第五十五条）；老年人，法律要求涉及他们权益的重大事项依法优先办理（《老年人权益保障法》\
                 第五十五条）；孕妇、带婴儿的，登记处也可以照顾，这是惯例，不是法律规定。到了请告诉工作人员，记录里不写原因。",
                "People with disabilities are served first (Law on the Protection of Persons with Disabilities, Article 55); \
                 for older people, the law has weighty matters that touch their rights handled first (Law on the \
                 Protection of the Rights and Interests of the Elderly, Article 55); a registry may also let pregnant \
                 women and people with a baby go first, which is custom and not law. Please tell the staff when you \
                 arrive; the record does not say why.",
            ),
        ),
    ];
    let facts = facts.map(|(title, text)| {
        view! { <div class="fact"><dt>{title}</dt><dd>{text}</dd></div> }
    });
    let law = visit.say(
        "《婚姻登记条例》（国务院令第804号，2025年5月10日起施行）第二、六、七、八、十条，《民法典》第一千零四十九条",
        "Marriage Registration Regulations (State Council Order 804, in force since 10 May 2025), Articles 2, 6, 7, 8 \
         and 10; Civil Code, Article 1049",
    );
    view! {
        <section class="flow">
            <h2>{visit.say("先知道这几件事", "Good to know")}</h2>
            <dl class="facts">{facts.into_iter().collect_view()}</dl>
            <p class="links">
                <a href=visit.url("/marriage/registries")>
                    {visit.say("登记处在哪里、几点办、打什么电话", "Registries: where, when, and what to call")}
                </a>
            </p>
            {CHECKED.map(|checked| view! { <SourceFold locale=visit.locale title=law checked=checked /> })}
        </section>
    }
}

fn bring(visit: &Visit) -> impl IntoView + use<> {
    view! {
        <section class="flow">
            <h2>{visit.say("要带什么", "What to bring")}</h2>
            <p>
                {visit.say(
                    "双方都是内地居民的，各带本人的居民身份证。没有配偶、不是近亲的声明，到了登记处再签。",
                    "If you are both mainland residents, each bring your own resident ID card. At the \
                     registry you also sign a declaration that you have no spouse and are not closely related.",
                )}
            </p>
            <p>
                {visit.say(
                    "有一方是港澳台居民、华侨或外国人的，还要准备声明或证明（经公证、经认证、由使领馆出具，或者按国际条约办理），并且要到能办这类登记的登记处。",
                    "If one of you is from Hong Kong, Macao or Taiwan, is an overseas Chinese or a foreign national, \
                     you also need a declaration or certificate (notarised, authenticated, issued by an embassy or \
                     consulate, or made under a treaty), and only some registries can register you.",
                )}
            </p>
            <p>
                {visit.say(
                    "现役军人，请先问所在单位和登记处：不少地方还要部队出具的证明。",
                    "If one of you serves in the military, ask your unit and the registry first: many also want proof from the unit.",
                )}
            </p>
            <p class="links">
                <a href=visit.url("/marriage/check")>
                    {visit.say("看看您二位具体要带什么", "See the exact list for the two of you")}
                </a>
            </p>
        </section>
    }
}

fn how(visit: &Visit, minutes: Option<u32>) -> impl IntoView + use<> {
    let steps = [
        (
            visit.say("选登记处和时间", "Choose a registry and a time").to_owned(),
            match (minutes, visit.locale) {
                (Some(minutes), Locale::Zh) => format!("选好以后，这个时间至少为您二位保留 {minutes} 分钟，不够可以延长。"),
                (Some(minutes), Locale::En) => format!(
                    "We then hold the time for the two of you for at least {minutes} minutes. You can ask for longer."
                ),
                (None, locale) => locale
                    .say("选好以后，这个时间先为您二位保留。", "We then hold the time for the two of you for a while.")
                    .to_owned(),
            },
        ),
        (
            visit.say("填写两个人的信息", "Fill in your details").to_owned(),
            visit.say("姓名、证件号码和手机号。", "Names, document numbers and mobile numbers.").to_owned(),
        ),
        (
            visit.say("用手机确认", "Confirm by phone").to_owned(),
            visit.say(
                "两个人的手机各收到一个六位验证码，填好预约才算数。共用一部手机的，只收一个。",
                "We send a six-digit code to each phone. You are booked once both are entered. If you share a phone, \
                 you get only one.",
            )
            .to_owned(),
        ),
        (
            visit.say("记下预约号", "Keep your reference number").to_owned(),
            visit.say(
                "到了那天，两个人带好证件一起来。来不了，可以在这里改期或取消。",
                "On the day, come together with your documents. If you cannot come, you can move or cancel the \
                 booking here.",
            )
            .to_owned(),
        ),
    ];
    let steps = steps.map(|(title, text)| {
        view! { <li><strong>{title}</strong><p>{text}</p></li> }
    });
    view! {
        <section class="flow">
            <h2>{visit.say("预约怎么进行", "How booking works")}</h2>
            <ol class="way">{steps.into_iter().collect_view()}</ol>
        </section>
    }
}

fn aside(visit: &Visit) -> impl IntoView + use<> {
    view! {
        <aside class="aside flow">
            <h2>{visit.say("已经预约了", "Already booked?")}</h2>
            <p class="links">
                <a href=visit.url("/marriage/bookings")>
                    {visit.say("查看、改期或取消预约", "View, move or cancel your booking")}
                </a>
            </p>
            <h2>{visit.say("想找人谈谈", "Somebody to talk to")}</h2>
            <p>
                {visit.say(
                    "登记机关提供婚姻家庭辅导，自愿参加，可以问登记处（《婚姻登记条例》第五条）。",
                    "Registries offer counselling on marriage and family; it is voluntary. Ask the registry (Marriage Registration \
                     Regulations, Article 5).",
                )}
            </p>
            <h2>{visit.say("有顾虑", "Worried?")}</h2>
            <p class="links">
                <a href=visit.url("/marriage/safety")>
                    {visit.say("我不安全，或者我不是自愿的", "I am not safe, or I am not doing this freely")}
                </a>
            </p>
        </aside>
    }
}
