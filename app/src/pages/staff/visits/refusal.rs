//! `/staff/visits/{id}/refusal`: why a visit was refused, on one sheet of paper that a registry fills in and seals, for whoever
//! wants it in writing. Ways to contest it: 行政复议法 art 20, 行政诉讼法 art 46.

use axum::{
    Extension,
    extract::{Path, State},
    response::Response,
};
use leptos::prelude::*;
use server::{App, Error, Rejection};
use shared::{
    counter::{Outcome, VisitState},
    locale::Locale,
    problem::Problem,
    say,
};

use super::Opened;
use crate::{
    appointments::service::Refusing,
    components::{
        back_link::BackLink,
        summary::{Row, Summary},
    },
    draw,
    site::{BookableServices, Signed},
    visit::Visit,
    words,
};

/// Written by hand.
const TO_WRITE: &str = "＿＿＿＿＿＿＿＿";

pub async fn show(
    State(app): State<App>,
    visit: Visit,
    Path(id): Path<String>,
    Extension(services): Extension<BookableServices>,
    Extension(staff): Signed,
) -> Result<Response, Rejection> {
    Ok(sheet(&Opened::load(&app, &visit, (&id, None), &services, &staff).await?)?)
}

/// The sheet of this visit; none where it was not refused, or where nobody is owed one.
pub(super) fn path(opened: &Opened<'_>) -> Option<String> {
    refused(opened).map(|_| opened.visit.url(&format!("{}/{}/refusal", super::PAGE, opened.one.row.id)))
}

/// The ground in words, the article that names it, and what is said besides.
fn refused<'a>(opened: &Opened<'a>) -> Option<(String, String, &'a Refusing)> {
    let VisitState::Finished(Outcome::Refused { ground }) = &opened.one.row.state else { return None };
    let (locale, at_counter) = (opened.locale(), &opened.pages?.at_counter);
    let refusing = at_counter.refusing.as_ref()?;
    let (_, words) = (at_counter.grounds)(locale).into_iter().find(|(known, _)| known == ground)?;
    Some((words, (refusing.article)(ground)?.say(locale).to_owned(), refusing))
}

fn sheet(opened: &Opened<'_>) -> Result<Response, Error> {
    let (ground, article, refusing) = refused(opened).ok_or(Problem::NotFound)?;
    let (locale, visit, row) = (opened.locale(), opened.visit, &opened.one.row);
    let title = refusing.title.say(locale);
    let back = visit.url(&format!("{}/{}", super::PAGE, row.id));
    let rows = vec![
        Row::new(locale.say("当事人", "The people"), format!("{TO_WRITE}　{TO_WRITE}")),
        Row::new(locale.say("日期", "Date"), words::moment(locale, row.since)),
        Row::new(locale.say("理由", "Reason"), ground),
        Row::new(locale.say("依据", "According to"), article),
    ];
    let signed = vec![
        Row::new(locale.say("经办人", "Dealt with by"), TO_WRITE.to_owned()),
        Row::new(locale.say("登记机关（盖章）", "Registry (seal)"), TO_WRITE.to_owned()),
    ];
    Ok(draw::no_store(draw::sheet(visit, title, || {
        view! {
            <div class="sheet-screen">
                <BackLink href=back text=locale.say("返回", "Back") />
                <p>
                    {locale.say(
                        "这一页是打印用的。打印以后填写、盖章，当面交给本人。这不是统一规定的式样。",
                        "This page is for printing: fill it in, seal it and hand it over. It is no prescribed form.",
                    )}
                </p>
            </div>
            <h1>{title}</h1>
            <Summary locale=locale rows=rows />
            <p>{contesting(locale)}</p>
            <Summary locale=locale rows=signed />
        }
    })))
}

fn contesting(locale: Locale) -> String {
    say!(
        locale,
        "对这个决定不服的，可以自知道之日起 60 日内向{TO_WRITE}申请行政复议（《行政复议法》第二十条），也可以自知道之日起 6 个月内向\
         {TO_WRITE}人民法院提起行政诉讼（《行政诉讼法》第四十六条）。",
        "Whoever disagrees can ask {TO_WRITE} for an administrative review within 60 days of knowing of it (Administrative \
         Reconsideration Law art 20), or sue at the court {TO_WRITE} within 6 months of knowing of it (Administrative \
         Litigation Law art 46)."
    )
}
