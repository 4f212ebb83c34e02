//! `/staff/cases/{id}/letter`: the decision on paper, to be numbered, sealed and handed over; and as whoever signs reads it before.
//! Nobody's name is printed from here.

use axum::{
    Extension,
    extract::{Path, State},
    response::Response,
};
use chrono::NaiveDate;
use leptos::prelude::*;
use server::{App, Error, Rejection};
use shared::{
    calendar::shanghai_date,
    problem::Problem,
    procedures::{
        CaseId, FieldKind, State as Standing,
        letter::{Bureau, Decided, Letter, letter},
    },
    say,
};

use super::{Opened, proposal};
use crate::{
    components::summary::{Row, Summary},
    pages::staff::visits::on_paper::{self, TO_WRITE},
    site::Signed,
    visit::Visit,
};

/// The letter of a case, without the language prefix.
pub fn path(id: &CaseId) -> String {
    format!("{}/letter", super::path(id))
}

pub async fn show(
    State(app): State<App>,
    visit: Visit,
    Path(id): Path<String>,
    Extension(staff): Signed,
) -> Result<Response, Rejection> {
    let opened = Opened::load(&app, &visit, &staff, &id).await?;
    Ok(sheet(&opened)?)
}

/// Whether there is one to print.
pub(super) fn is_there(opened: &Opened<'_>) -> bool {
    !opened.case.is_erased() && matches!(opened.case.state, Standing::Decided { .. } | Standing::Closed { .. })
}

/// The letter as it will be, for whoever signs it.
pub(super) fn preview(opened: &Opened<'_>) -> Option<AnyView> {
    let written = written(opened, opened.today)?;
    let title = written.title.clone();
    Some(view! { <section class="case-letter flow"><h2>{title}</h2>{body(opened, written)}</section> }.into_any())
}

fn sheet(opened: &Opened<'_>) -> Result<Response, Error> {
    let (locale, visit) = (opened.locale(), opened.visit);
    let decided_on = opened.case.decided_at.map_or(opened.today, shanghai_date);
    let written = is_there(opened).then(|| written(opened, decided_on)).flatten().ok_or(Problem::NotFound)?;
    let title = written.title.clone();
    let said = locale.say(
        "这一页是打印用的。打印以后写上姓名和编号，盖章，交给申请人，送达要有签收。本人签收的一份存档。",
        "This page is for printing: write the name and a number on it, seal it and hand it over against a signature, and keep one \
         that they have signed for.",
    );
    let signed = vec![
        Row::new(locale.say("收到的人（签名、日期）", "Received by (signature, date)"), String::new()),
        Row::new(locale.say("决定机关（盖章）", "Decided by (seal)"), organ(opened).to_owned()),
    ];
    let signed: Vec<_> = on_paper::supervision(visit).into_iter().chain(signed).collect();
    Ok(on_paper::draw(visit, &super::path(&opened.case.id), (title.as_str(), said), || {
        view! {
            <h1>{title.clone()}</h1>
            // The bureau gives its papers numbers of its own.
            <p>{say!(locale, "编号：{TO_WRITE}", "Number: {TO_WRITE}")}</p>
            {body(opened, written)}
            <div class="by-hand signed">
                <Summary locale=locale rows=signed />
            </div>
        }
    }))
}

fn body(opened: &Opened<'_>, written: Letter) -> AnyView {
    let locale = opened.locale();
    let rows: Vec<_> = written.lines.into_iter().map(|(name, value)| Row::new(name, value)).collect();
    let sentences = written.sentences.into_iter().map(|sentence| view! { <p>{sentence}</p> }).collect_view();
    let contested = written.contested.map(|sentence| view! { <p class="to-write">{sentence}</p> });
    view! {
        <div class="by-hand">
            <Summary locale=locale rows=rows />
        </div>
        {sentences}
        {contested.into_iter().collect_view()}
    }
    .into_any()
}

/// What the letter says; nothing where nothing is proposed or decided.
fn written(opened: &Opened<'_>, decided_on: NaiveDate) -> Option<Letter> {
    let (locale, portal, case) = (opened.locale(), &opened.visit.portal, &opened.case);
    let decision = proposal::decision(opened)?;
    let named = &portal.contesting;
    // A demonstration, which alone starts without them, leaves them to be written by hand.
    let government = named.review_government.of_the_bureau().map(str::to_owned);
    let government =
        government.unwrap_or_else(|| say!(locale, "{TO_WRITE}人民政府", "the people’s government of {TO_WRITE}"));
    let court = named.court.of_the_bureau().map(str::to_owned);
    let court = court.unwrap_or_else(|| say!(locale, "{TO_WRITE}人民法院", "the people’s court of {TO_WRITE}"));
    let reference = case.reference.to_string();
    let bureau =
        Bureau { organ: organ(opened), phone: portal.bureau_phone.as_deref(), government: &government, court: &court };
    let decided = Decided {
        procedure: opened.procedure(),
        decision: &decision,
        reference: &reference,
        applicant: TO_WRITE,
        account: account(opened),
        submitted_on: shanghai_date(case.submitted_at),
        decided_on,
        counts_on: case.counts_on,
        paid_by: None,
        bureau,
    };
    Some(letter(&decided, locale))
}

/// The bureau that decides.
fn organ<'a>(opened: &'a Opened<'_>) -> &'a str {
    let portal = &opened.visit.portal;
    portal.contesting.organ.of_the_bureau().or(portal.bureau.as_deref()).unwrap_or(TO_WRITE)
}

/// The account that was answered, masked as it is shown.
fn account<'a>(opened: &'a Opened<'_>) -> Option<&'a str> {
    let field = opened.procedure().fields().find(|field| field.kind == FieldKind::Account)?;
    let answer = opened.case.answers.iter().find(|answer| answer.field == field.id)?;
    Some(answer.shown.say(opened.locale()))
}
