//! What was proposed last, as whoever signs reads it, and what was decided.

use leptos::prelude::*;
use shared::{
    procedures::{ActName, Decision, Outcome, State, letter, state::PROPOSAL_LIFETIME},
    say,
    staff::StaffId,
};

use super::Opened;
use crate::{
    components::summary::{Row, Summary},
    words,
};

/// What stands proposed or decided; nothing where neither is, and where its words are erased.
pub(super) fn decision(opened: &Opened<'_>) -> Option<Decision> {
    if opened.case.is_erased() {
        return None;
    }
    let outcome = match &opened.case.state {
        State::Proposed(proposal) => proposal.outcome,
        State::Decided { outcome } | State::Closed { outcome } => *outcome,
        _ => return None,
    };
    let proposed = opened.case.history.iter().rev().find(|done| done.act == ActName::Propose);
    let said = proposed.and_then(|done| done.said.as_deref()).unwrap_or_default();
    Some(Decision::of_words(opened.procedure(), outcome, said))
}

pub(super) fn draw(opened: &Opened<'_>) -> Option<AnyView> {
    let locale = opened.locale();
    let decision = decision(opened)?;
    let title = match &opened.case.state {
        State::Proposed(_) => locale.say("提出的意见", "What is proposed"),
        _ => locale.say("决定", "The decision"),
    };
    let who = if let State::Proposed(proposal) = &opened.case.state {
        let (by, until) =
            (opened.officers.called(&proposal.by, locale), words::moment(locale, proposal.at + PROPOSAL_LIFETIME));
        say!(locale, "{by} 提出，{until} 以前复核有效", "proposed by {by}, to be signed before {until}")
    } else {
        let called = |person: Option<&StaffId>| match person {
            Some(person) => opened.officers.called(person, locale),
            None => locale.say("（没有记录）", "(not on record)").to_owned(),
        };
        let by = called(opened.case.proposed_by.as_ref());
        let signed = called(opened.case.approved_by.as_ref());
        say!(locale, "{by} 提出，{signed} 复核", "proposed by {by}, signed by {signed}")
    };
    Some(
        view! {
            <section class="flow">
                <h2>{title}</h2>
                <Summary locale=locale rows=rows(opened, &decision) />
                <p class="soft">{who}</p>
            </section>
        }
        .into_any(),
    )
}

/// A decision, line by line.
fn rows(opened: &Opened<'_>, decision: &Decision) -> Vec<Row> {
    let locale = opened.locale();
    let outcome = Row::new(locale.say("意见", "Decision"), letter::outcome(decision.outcome(), locale));
    let rest = match decision {
        Decision::Granted { fen } => {
            let sum = fen.map(|fen| opened.procedure().told_sum(fen, locale));
            let sum = sum.unwrap_or_else(|| locale.say("由民政部门核定", "as the bureau works it out").to_owned());
            vec![Row::new(locale.say("金额", "Sum"), sum)]
        }
        Decision::Cash { fen, why } => {
            let sum = fen.map(|fen| opened.procedure().told_sum(fen, locale));
            let sum = sum.unwrap_or_else(|| locale.say("由民政部门核定", "as the bureau works it out").to_owned());
            vec![
                Row::new(locale.say("金额", "Sum"), sum),
                Row::new(locale.say("例外付现金，理由", "In cash as an exception, because"), why.clone()),
            ]
        }
        Decision::Refused { requirement, facts, evidence, article } => {
            let on = opened.counts_on();
            let by = letter::according_to(opened.procedure(), (requirement.as_deref(), article), on, locale);
            vec![
                Row::new(locale.say("查明的事实", "What was found"), facts.clone()),
                Row::new(locale.say("证据", "Evidence"), evidence.clone()),
                Row::new(locale.say("依据", "According to"), by),
            ]
        }
    };
    std::iter::once(outcome).chain(rest).collect()
}

/// Whether what is proposed gives something.
pub(super) fn is_grant(opened: &Opened<'_>) -> bool {
    decision(opened).is_some_and(|decision| decision.outcome() == Outcome::Granted)
}
