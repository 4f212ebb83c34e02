//! `/staff/cases/new`: an application that somebody of the office fills in for a family that stands there, on the family's own pages;
//! and what they have handed in of late, for the slip that the family takes home.

use axum::{
    Extension, Form,
    extract::{Query, State},
    http::{HeaderMap, StatusCode},
    response::Response,
};
use leptos::prelude::*;
use server::{
    App, Rejection,
    policy::Offered,
    procedures::filing::{self, Filed},
};
use shared::{problem::Problem, say};

use crate::{
    components::{
        button::Button,
        empty::Empty,
        notice::{Notice, Tone},
        summary::{Row, Summary},
    },
    draw,
    pages::procedures::lead_to,
    pairs::{Pairs, value},
    site::Signed,
    visit::Visit,
    words,
};

/// Without the language prefix.
const HERE: &str = "/staff/cases/new";
/// Where whoever has just handed one in comes back to.
pub const HANDED_IN: &str = "/staff/cases/new?done=yes";

pub async fn show(
    State(app): State<App>,
    visit: Visit,
    Extension(staff): Signed,
    Query(pairs): Query<Pairs>,
) -> Result<Response, Rejection> {
    let filed = filing::lately(&app, &staff, app.now()).await?;
    let done = value(&pairs, "done").is_some() && !filed.is_empty();
    let all = app.policies().procedures(&app.settings().region);
    let none = visit.say("这里还没有开通网上申请", "Nothing is applied for online here");
    let title = visit.say("代为申请", "Apply for somebody");
    Ok(draw::no_store(draw::staff(&visit, StatusCode::OK, title, || {
        let done = done.then(|| {
            let said = visit.say(
                "已经提交。请把最上面的编号交给申请人；填了手机号的，短信也会发过去",
                "It is handed in. Give the applicant the first number below; where a phone was entered, a text goes there too",
            );
            view! { <Notice tone=Tone::Success title=said live=true focus=true /> }
        });
        view! {
            <div class="flow column">
                <h1>{title}</h1>
                {done}
                <p>
                    {visit.say(
                        "申请人站在面前、自己不方便填的，您替他们填。请一项一项问，声明要念给申请人听。谁替填的会记下来：提交以后，\
                         这一件的意见和复核都由别的同事办。",
                        "For whoever stands there and cannot well fill it in. Ask them answer by answer, and read the declarations out to \
                         them. It is recorded who filled it in: once it is handed in, others propose and sign.",
                    )}
                </p>
                {all.iter().map(|offered| begin(&visit, offered)).collect_view()}
                {all.is_empty().then(|| view! { <Empty title=none /> })}
                {lately(&visit, &filed)}
            </div>
        }
    })))
}

/// Begins a draft, which opens in this browser and for whoever is signed in now.
pub async fn submit(
    State(app): State<App>,
    visit: Visit,
    Extension(staff): Signed,
    headers: HeaderMap,
    Form(typed): Form<Pairs>,
) -> Result<Response, Rejection> {
    let id = value(&typed, "procedure").unwrap_or_default();
    let offered = app.policies().procedure(&app.settings().region, id).ok_or(Problem::NotFound)?;
    let begun = filing::begin(&app, &staff, &offered, app.now()).await?;
    Ok(lead_to(&app, &visit, &headers, (id, &begun)))
}

fn begin(visit: &Visit, offered: &Offered) -> AnyView {
    let (locale, procedure) = (visit.locale, &offered.procedure);
    let summary = procedure.rules.benefits.first().map(|benefit| benefit.summary.say(locale).to_owned());
    view! {
        <section class="flow">
            <h2>{procedure.name().say(locale).to_owned()}</h2>
            {summary.map(|summary| view! { <p>{summary}</p> })}
            <form method="post" action=visit.url(HERE)>
                <p class="actions">
                    <Button text=locale.say("开始填写", "Begin") name="procedure" value=procedure.id.clone() />
                </p>
            </form>
        </section>
    }
    .into_any()
}

fn lately(visit: &Visit, filed: &[Filed]) -> Option<AnyView> {
    let locale = visit.locale;
    let row = |filed: &Filed| {
        let (name, at, receipt) = (filed.name.say(locale), words::moment(locale, filed.at), &filed.receipt);
        let said = say!(locale, "{name}，{at}\n凭证 {receipt}", "{name}, {at}\nreceipt {receipt}");
        Row::new(filed.reference.to_string(), said)
    };
    let rows: Vec<_> = filed.iter().map(row).collect();
    (!rows.is_empty()).then(|| {
        view! {
            <section class="flow">
                <h2>{locale.say("您刚刚替人提交的", "What you have just handed in for others")}</h2>
                <Summary locale=locale rows=rows />
                <p>
                    {locale.say(
                        "申请人凭编号和手机验证码，在“网上申请”的“查进度”里看办到哪一步。",
                        "With its number and a code to their phone the applicant sees at any time how far it is.",
                    )}
                </p>
            </section>
        }
        .into_any()
    })
}
