//! What was answered, masked, and what is different since the family added to it.

use leptos::prelude::*;
use server::procedures::cases::Answer;
use shared::procedures::{ActName, FieldKind};

use super::{Opened, correct};
use crate::components::summary::{Row, Summary};

pub(super) fn draw(opened: &Opened<'_>) -> Option<AnyView> {
    let locale = opened.locale();
    let rows: Vec<_> = opened.case.answers.iter().map(|answer| row(opened, answer)).collect();
    (!rows.is_empty()).then(|| {
        view! {
            <section class="flow">
                <h2>{locale.say("填写的内容", "What was answered")}</h2>
                <Summary locale=locale rows=rows />
            </section>
        }
        .into_any()
    })
}

fn row(opened: &Opened<'_>, answer: &Answer) -> Row {
    let locale = opened.locale();
    let row = Row::new(answer.label.say(locale), answer.shown.say(locale));
    let kind = opened.procedure().field(&answer.field).map(|field| &field.kind);
    let is_theirs_alone = matches!(kind, None | Some(FieldKind::Declaration { .. }));
    if opened.may(ActName::Correct) && !is_theirs_alone {
        row.change(format!("{}?{}={}#answer", opened.itself(), correct::WHICH, answer.field))
    } else {
        row
    }
}

/// Each answer that changed, before and after.
pub(super) fn differences(opened: &Opened<'_>) -> Option<AnyView> {
    let locale = opened.locale();
    let changed = opened.case.answers.iter().filter_map(|answer| Some((answer, answer.before.as_ref()?)));
    let changed: Vec<_> = changed
        .map(|(answer, before)| {
            let (label, now) = (answer.label.say(locale).to_owned(), answer.shown.say(locale).to_owned());
            let before = before.say(locale).to_owned();
            view! {
                <li>
                    <p>{label}</p>
                    <p class="case-was">{locale.say("原来：", "before: ")} <s>{before}</s></p>
                    <p>{locale.say("现在：", "now: ")} <b>{now}</b></p>
                </li>
            }
        })
        .collect();
    (!changed.is_empty()).then(|| {
        view! {
            <section class="flow">
                <h2>{locale.say("和最初提交的不一样", "Different from what was handed in")}</h2>
                <ul class="case-differences" role="list">{changed}</ul>
            </section>
        }
        .into_any()
    })
}
