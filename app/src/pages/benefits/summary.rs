//! `/benefits/summary`: the result of a check as it is carried to the counter: what may fit and what to bring, and
//! nothing of the answers.

use std::collections::BTreeSet;

use axum::{
    extract::{Query, State},
    response::Response,
};
use chrono::NaiveDate;
use leptos::prelude::*;
use serde::Deserialize;
use server::{App, Rejection};
use shared::{eligibility::pack::Pack, problem::Problem, say};

use crate::{
    benefits::status,
    components::{
        back_link::BackLink,
        checklist::{Checklist, Thing},
        empty::Empty,
    },
    draw,
    visit::Visit,
};

#[derive(Deserialize)]
pub struct Carried {
    region: Option<String>,
    /// The day of the check.
    on: Option<String>,
    likely: Option<String>,
    bureau: Option<String>,
}

pub async fn show(State(app): State<App>, visit: Visit, Query(carried): Query<Carried>) -> Result<Response, Rejection> {
    let region = carried.region.as_deref().unwrap_or(&app.settings().region);
    let compiled = app.policies().of(region).ok_or(Problem::NotFound)?;
    let pack = &compiled.pack;
    let locale = visit.locale;
    let (likely, bureau) = (named(pack, carried.likely.as_deref()), named(pack, carried.bureau.as_deref()));
    let on = carried.on.as_deref().and_then(|day| day.parse::<NaiveDate>().ok());
    let on = on.map(|day| {
        let (day, place) = (locale.date(day), pack.name.say(locale));
        say!(locale, "{day}查的，按{place}的规定。", "Checked on {day} by the rules of {place}.")
    });
    let title = visit.say("可能适合的补贴和服务", "Benefits that may suit you");
    let nothing = likely.is_empty() && bureau.is_empty();
    let documents: BTreeSet<usize> =
        likely.iter().chain(&bureau).flat_map(|place| pack.benefits[*place].apply.documents.iter().copied()).collect();
    let things: Vec<Thing> = documents
        .into_iter()
        .map(|document| Thing { name: pack.documents[document].name.say(locale).to_owned(), note: None })
        .collect();
    Ok(draw::page(&visit, title, || {
        view! {
            <div class="column flow">
                <BackLink href=visit.url("/benefits") text=visit.say("惠民政策与补贴", "Benefits") />
                <h1>{title}</h1>
                <p class="lead">
                    {on} " "
                    {visit.say("这是居民自己查的结果，由民政部门审核后决定。", "A resident's own check; the bureau decides.")}
                </p>
                {nothing.then(|| view! { <Empty title=visit.say("这份清单是空的", "This list is empty") /> })}
                {list(&visit, pack, status::label(locale, shared::eligibility::verdict::Status::Likely), &likely)}
                {list(&visit, pack, status::label(locale, shared::eligibility::verdict::Status::Bureau), &bureau)}
                {(!things.is_empty())
                    .then(|| {
                        view! {
                            <section class="flow">
                                <h2>{visit.say("要带的材料", "What to bring")}</h2>
                                <Checklist things=things />
                            </section>
                        }
                    })}
            </div>
        }
    }))
}

/// The benefits of a list of ids; ids that this pack does not have are left out.
fn named(pack: &Pack, ids: Option<&str>) -> Vec<usize> {
    let ids: BTreeSet<&str> = ids.unwrap_or_default().split(',').collect();
    (0..pack.benefits.len()).filter(|place| ids.contains(pack.benefits[*place].id.as_str())).collect()
}

fn list(visit: &Visit, pack: &Pack, title: &'static str, benefits: &[usize]) -> Option<AnyView> {
    let locale = visit.locale;
    let rows = benefits.iter().map(|place| {
        let benefit = &pack.benefits[*place];
        let href = format!("/benefits/{}?region={}", benefit.id, pack.region);
        view! {
            <li class="flow">
                <h3>
                    <a href=visit.url(&href)>{benefit.name.say(locale).to_owned()}</a>
                </h3>
                <p>{benefit.apply.place.say(locale).to_owned()}</p>
            </li>
        }
    });
    (!benefits.is_empty()).then(|| {
        view! {
            <section class="flow">
                <h2>{title}</h2>
                <ul class="flow" role="list">{rows.collect_view()}</ul>
            </section>
        }
        .into_any()
    })
}
