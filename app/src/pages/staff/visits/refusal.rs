//! `/staff/visits/{id}/refusal`: why a visit was refused, on one sheet of paper that a registry fills in and seals, for whoever
//! wants it in writing. The registry is the civil affairs bureau and not its hall: 婚姻登记条例 art 2. Ways to contest it: 行政复议法
//! art 20, 22, 24 and 87, 行政诉讼法 art 45 and 46.

use axum::{
    Extension,
    extract::{Path, State},
    response::Response,
};
use leptos::prelude::*;
use server::{App, Error, Rejection, appointments::point, counter::day::Row};
use shared::{
    counter::{Outcome, VisitState},
    locale::Locale,
    problem::Problem,
    say,
};

use super::{
    Opened,
    on_paper::{self, TO_WRITE},
};
use crate::{
    appointments::service::{BookingPages, Refusing},
    components::summary::{Row as Line, Summary},
    site::{BookableServices, Signed},
    visit::Visit,
    words,
};

pub async fn show(
    State(app): State<App>,
    visit: Visit,
    Path(id): Path<String>,
    Extension(services): Extension<BookableServices>,
    Extension(staff): Signed,
) -> Result<Response, Rejection> {
    let is_owed = |row: &Row| refused(visit.locale, row, services.of(&row.service)).is_some();
    let opened = Opened::to_print(&app, &visit, (&id, &staff), &services, is_owed).await?;
    let row = &opened.one.row;
    let point = point::one(&app, &row.service, &row.place).await?;
    Ok(sheet(&opened, point.place.name.say(visit.locale))?)
}

/// The sheet of a visit, without the language prefix; none where it was not refused, or where nobody is owed one.
pub fn path(locale: Locale, row: &Row, pages: Option<&'static BookingPages>) -> Option<String> {
    refused(locale, row, pages).map(|_| format!("{}/refusal", super::path(&row.id)))
}

/// The ground in words, the article that names it, and what is said besides.
fn refused(
    locale: Locale,
    row: &Row,
    pages: Option<&'static BookingPages>,
) -> Option<(String, String, &'static Refusing)> {
    let VisitState::Finished(Outcome::Refused { ground }) = &row.state else { return None };
    let at_counter = &pages?.at_counter;
    let refusing = at_counter.refusing.as_ref()?;
    let words = at_counter.ground(locale, ground)?;
    Some((words, (refusing.article)(ground)?.say(locale).to_owned(), refusing))
}

fn sheet(opened: &Opened<'_>, registry: &str) -> Result<Response, Error> {
    let (locale, visit, row) = (opened.locale(), opened.visit, &opened.one.row);
    let (ground, article, refusing) = refused(locale, row, opened.pages).ok_or(Problem::NotFound)?;
    let title = refusing.title.say(locale);
    let people = Line::new(locale.say("当事人", "The people"), format!("{TO_WRITE}　{TO_WRITE}"));
    let rest = [
        Line::new(locale.say("日期", "Date"), words::moment(locale, row.since)),
        Line::new(locale.say("理由", "Reason"), ground),
        Line::new(locale.say("依据", "According to"), article),
    ];
    let rows: Vec<_> = std::iter::once(people).chain(on_paper::number(locale, row)).chain(rest).collect();
    // Who exactly, from when, what the check showed: by hand, so that nothing of it is kept here.
    let facts = vec![Line::new(locale.say("事实和证据", "Facts and evidence"), String::new())];
    let bureau = visit.portal.bureau.as_deref().unwrap_or(TO_WRITE);
    let signed = [
        Line::new(locale.say("经办人（签名）", "Dealt with by (signature)"), String::new()),
        Line::new(locale.say("收到的人（签名、日期）", "Received by (signature, date)"), String::new()),
        Line::new(
            locale.say("登记机关（盖章）", "Registry (seal)"),
            say!(locale, "{bureau}（{registry}）", "{bureau} ({registry})"),
        ),
    ];
    let signed: Vec<_> = on_paper::supervision(visit).into_iter().chain(signed).collect();
    let said = locale.say(
        "这一页是打印用的。打印以后填写、盖章，当面交给本人，每人一份；本人签收的一份，登记机关存档。民政部规范附有告知书\
         式样的，用那个式样，照这里的内容填。",
        "This page is for printing: fill it in, seal it and hand it over, one for each, and keep one that they have signed for. \
         Where the ministry's rules have a form for it, use that form, and fill it in from here.",
    );
    Ok(on_paper::draw(visit, &super::path(&row.id), (title, said), || {
        view! {
            <h1>{title}</h1>
            <div class="by-hand">
                <Summary locale=locale rows=rows />
            </div>
            <div class="by-hand signed">
                <Summary locale=locale rows=facts />
            </div>
            {contesting(visit).map(|sentence| view! { <p class="to-write">{sentence}</p> })}
            <div class="by-hand signed">
                <Summary locale=locale rows=signed />
            </div>
        }
    }))
}

/// Before which government and court. A demonstration, which alone starts without them, leaves them to be written by hand.
fn contesting(visit: &Visit) -> [String; 2] {
    let (locale, named) = (visit.locale, &visit.portal.contesting);
    let government = named
        .review_government
        .clone()
        .unwrap_or_else(|| say!(locale, "{TO_WRITE}人民政府", "the people’s government of {TO_WRITE}"));
    let court =
        named.court.clone().unwrap_or_else(|| say!(locale, "{TO_WRITE}人民法院", "the people’s court of {TO_WRITE}"));
    [
        say!(
            locale,
            "对这个决定不服的，可以自知道或者应当知道之日起 60 日内，向{government}申请行政复议，书面、口头都可以，不收费\
             （《行政复议法》第二十条、第二十二条、第二十四条、第八十七条）。对复议决定不服的，可以自收到复议决定书之日起 15 日内起诉；复议机关到期不作决定的，自复议期满之日起 15 日内起诉\
             （《行政诉讼法》第四十五条）。",
            "Whoever disagrees can ask {government} for an administrative review within 60 days of \
             knowing of it, in writing or orally, free of charge (Administrative Reconsideration Law art 20, 22, 24 and 87), and \
             sue within 15 days of receiving its decision, or of the end of the time for one (Administrative Litigation Law art 45)."
        ),
        say!(
            locale,
            "也可以不申请复议，自知道或者应当知道之日起 6 个月内，直接向{court}提起行政诉讼（《行政诉讼法》第四十六条）。",
            "Or, without a review, sue at {court} within 6 months of knowing of it (Administrative \
             Litigation Law art 46)."
        ),
    ]
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use server::settings::Contesting;

    use super::*;
    use crate::visit::{PortalFacts, tests::visit};

    #[test]
    fn the_sheet_names_where_it_is_contested_and_leaves_it_to_be_written_in_a_demonstration_alone() {
        let mut visit = visit(Locale::Zh, "/staff/visits/x/refusal", "");
        assert!(contesting(&visit).iter().all(|sentence| sentence.contains(TO_WRITE)));
        let named = Contesting {
            review_government: Some("演示区人民政府".to_owned()),
            court: Some("演示区人民法院".to_owned()),
        };
        visit.portal = Arc::new(PortalFacts { contesting: named, ..PortalFacts::default() });
        let [review, court] = contesting(&visit);
        assert!(review.contains("向演示区人民政府申请行政复议") && court.contains("向演示区人民法院提起行政诉讼"));
        assert!(!review.contains(TO_WRITE) && !court.contains(TO_WRITE));
    }
}
