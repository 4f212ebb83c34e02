//! `…/letter`: the decision on a sheet of paper, with its ground and where it can be contested.

use axum::response::{IntoResponse, Redirect, Response};
use leptos::prelude::*;
use shared::{
    calendar::shanghai_date,
    locale::Locale,
    procedures::{Outcome, State},
    say,
};

use super::opened::Opened;
use crate::{
    components::{
        for_printing::ForPrinting,
        summary::{Row, Summary},
    },
    draw,
    visit::Visit,
};

pub async fn show(visit: Visit, opened: Opened) -> Response {
    match opened.case.state {
        State::Decided { outcome } | State::Closed { outcome } => draw(&visit, &opened, outcome),
        // There is none yet, or none any more: its page says how it stands.
        _ => Redirect::to(&opened.address(&visit, "")).into_response(),
    }
}

fn draw(visit: &Visit, opened: &Opened, outcome: Outcome) -> Response {
    let (locale, case) = (visit.locale, &opened.case);
    let name = opened.name(locale);
    let title = match outcome {
        Outcome::Granted => say!(locale, "准予决定：{name}", "Decision to grant: {name}"),
        Outcome::Refused => say!(locale, "不予决定：{name}", "Decision to refuse: {name}"),
    };
    let decided = case.decided_at.map(|at| locale.full_date(shanghai_date(at)));
    let bureau = visit.portal.bureau.clone();
    let rows = [
        Some(Row::new(locale.say("申请编号", "Application number"), case.reference.to_string())),
        Some(Row::new(locale.say("提交的日期", "Handed in on"), locale.full_date(shanghai_date(case.submitted_at)))),
        decided.map(|day| Row::new(locale.say("决定的日期", "Decided on"), day)),
        bureau.map(|bureau| Row::new(locale.say("决定机关", "Decided by"), bureau)),
    ];
    let rows = rows.into_iter().flatten().collect();
    let says = match outcome {
        Outcome::Granted => locale.say("经审核，准予您的申请。", "After review, your application is granted."),
        Outcome::Refused => locale.say("经审核，不予准许您的申请。", "After review, your application is refused."),
    };
    let contesting = (outcome == Outcome::Refused).then(|| contesting(visit));
    draw::sheet(visit, &title, || {
        view! {
            <ForPrinting locale=locale href=opened.address(visit, "") back=locale.say("返回申请", "Back to the application") />
            <h1>{title.clone()}</h1>
            <Summary locale=locale rows=rows />
            <p>{says}</p>
            {ground(opened, locale)}
            {basis(opened, locale)}
            {contesting}
            <p class="soft">
                {locale.say(
                    "这一页和申请里的记录一致，不是盖章的原件。要盖章的决定书，请向民政部门领取。",
                    "This page says what the record of the application says; it is not the sealed original, which the bureau hands out.",
                )}
            </p>
        }
    })
}

/// Why, in the office's words.
fn ground(opened: &Opened, locale: Locale) -> Option<AnyView> {
    let words = opened.case.ground.clone()?;
    Some(
        view! {
            <section class="flow">
                <h2>{locale.say("理由", "Reason")}</h2>
                <p class="case-words">{words}</p>
            </section>
        }
        .into_any(),
    )
}

/// The texts that the rules of this application rest on.
fn basis(opened: &Opened, locale: Locale) -> Option<AnyView> {
    let rules = &opened.procedure().rules;
    let texts = rules.benefits.first()?.basis.iter().map(|place| rules.sources[*place].cited(locale));
    let texts: Vec<_> = texts.map(|text| view! { <li>{text}</li> }).collect();
    (!texts.is_empty()).then(|| {
        view! {
            <section class="flow">
                <h2>{locale.say("依据", "Rules it rests on")}</h2>
                <ul>{texts}</ul>
            </section>
        }
        .into_any()
    })
}

/// Both ways, and which is safe first (行政复议法 art 20, 22, 23, 24 and 87; 行政诉讼法 art 45 and 46). A demonstration, which alone
/// starts without their names, says whose they are.
fn contesting(visit: &Visit) -> AnyView {
    let (locale, named) = (visit.locale, &visit.portal.contesting);
    let government = named.review_government.everywhere().unwrap_or_else(|| {
        locale.say("作出决定的机关所属的人民政府", "the people’s government to which the deciding organ belongs")
    });
    let court = named.court.everywhere().unwrap_or_else(|| locale.say("人民法院", "the people’s court"));
    let ways = [
        say!(
            locale,
            "可以自知道或者应当知道这个决定之日起 60 日内，向{government}申请行政复议，书面、口头都可以，不收费（《行政复议法》第二十条、第二十二条、\
             第二十四条、第八十七条）。对复议决定不服的，收到复议决定书之日起 15 日内可以起诉（《行政诉讼法》第四十五条）。",
            "Within 60 days of knowing of this decision you can ask {government} for an administrative review, in writing or orally, free \
             of charge (Administrative Reconsideration Law art 20, 22, 24 and 87). Whoever disagrees with its decision can sue within 15 \
             days of receiving that (Administrative Litigation Law art 45)."
        ),
        say!(
            locale,
            "法律没有要求先申请复议的，也可以自知道或者应当知道之日起 6 个月内，直接向{court}提起行政诉讼（《行政诉讼法》第四十六条）。先申请复议、\
             再起诉，哪一种决定都可以。",
            "Where the law does not ask for a review first, you can also sue at {court} directly, within 6 months of knowing of it \
             (Administrative Litigation Law art 46). A review first and then a suit is open for every decision."
        ),
    ];
    let ways = ways.map(|way| view! { <li>{way}</li> }).into_iter().collect_view();
    view! {
        <section class="flow">
            <h2>{locale.say("不同意这个决定", "If you disagree")}</h2>
            <ul>{ways}</ul>
        </section>
    }
    .into_any()
}
