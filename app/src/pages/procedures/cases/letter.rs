//! `…/letter`: the decision on a sheet of paper, as the record has it; the sealed original is the bureau's.

use axum::response::{IntoResponse, Redirect, Response};
use leptos::prelude::*;
use shared::{
    calendar::shanghai_date,
    procedures::{
        Decision, FieldKind, Outcome, State,
        letter::{Bureau, Decided, Letter, letter},
    },
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
        State::Decided { outcome } | State::Closed { outcome } if !opened.case.is_erased => {
            draw(&visit, &opened, outcome)
        }
        // There is none yet, or none any more: its page says how it stands.
        _ => Redirect::to(&opened.address(&visit, "")).into_response(),
    }
}

fn draw(visit: &Visit, opened: &Opened, outcome: Outcome) -> Response {
    let locale = visit.locale;
    let Letter { title, lines, sentences, contested } = written(visit, opened, outcome);
    let rows: Vec<_> = lines.into_iter().map(|(name, value)| Row::new(name, value)).collect();
    let sentences = sentences.into_iter().map(|sentence| view! { <p>{sentence}</p> }).collect_view();
    let contested = contested.map(|sentence| view! { <p>{sentence}</p> }).into_iter().collect_view();
    draw::sheet(visit, &title, || {
        view! {
            <ForPrinting
                locale=locale
                href=opened.address(visit, "")
                back=locale.say("返回申请", "Back to the application")
            />
            <h1>{title.clone()}</h1>
            <div class="claim-words">
                <Summary locale=locale rows=rows />
            </div>
            {sentences}
            <h2>{locale.say("不同意这个决定", "If you disagree")}</h2>
            {contested}
            <p class="soft">
                {locale.say(
                    "这一页和申请里的记录一致，不是盖章的原件。盖章的决定书由民政部门送达。",
                    "This page says what the record of the application says. The sealed original is handed over by the bureau.",
                )}
            </p>
        }
    })
}

/// The letter as the office writes it; who applied, and to which account, stand on the original alone.
fn written(visit: &Visit, opened: &Opened, outcome: Outcome) -> Letter {
    let (locale, portal, case) = (visit.locale, &visit.portal, &opened.case);
    let (procedure, named) = (opened.procedure(), &portal.contesting);
    let decision = Decision::of_words(procedure, outcome, case.ground.as_deref().unwrap_or_default());
    let reference = case.reference.to_string();
    let has_account = procedure.fields().any(|field| field.kind == FieldKind::Account);
    let account = has_account.then(|| locale.say("尾号见盖章的原件", "its last digits stand on the sealed original"));
    let organ = named.organ.of_the_bureau().or(portal.bureau.as_deref());
    // A demonstration, which alone starts without their names, says whose they are.
    let government = named.review_government.of_the_bureau().unwrap_or_else(|| {
        locale.say("作出决定的机关所属的人民政府", "the people’s government to which the deciding organ belongs")
    });
    let court = named.court.of_the_bureau().unwrap_or_else(|| locale.say("人民法院", "the people’s court"));
    let decided = Decided {
        procedure,
        decision: &decision,
        reference: &reference,
        applicant: locale.say("见盖章的原件", "as on the sealed original"),
        account,
        submitted_on: shanghai_date(case.submitted_at),
        decided_on: shanghai_date(case.decided_at.unwrap_or(opened.now)),
        counts_on: case.counts_on,
        paid_by: None,
        bureau: Bureau {
            organ: organ.unwrap_or_else(|| locale.say("民政部门", "the bureau")),
            phone: portal.bureau_phone.as_deref(),
            government,
            court,
        },
    };
    letter(&decided, locale)
}
