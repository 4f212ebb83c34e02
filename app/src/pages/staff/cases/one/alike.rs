//! Other applications with the account or the phone of this one under another applicant, or about the same person with another
//! certificate: a reason to look, and none to refuse.

use leptos::prelude::*;
use server::procedures::cases::{Alike, Likeness};
use shared::{calendar::shanghai_date, say};

use super::Opened;
use crate::components::tag::Tag;

pub(super) fn draw(opened: &Opened<'_>) -> Option<AnyView> {
    let locale = opened.locale();
    if opened.case.alike.is_empty() {
        return None;
    }
    let rows = opened.case.alike.iter().map(|alike| row(opened, alike)).collect_view();
    Some(
        view! {
            <section class="flow">
                <h2>{locale.say("可能有关的其他申请", "Others that may belong together")}</h2>
                <p>
                    {locale.say(
                        "一家人常常共用银行卡和手机，这本身不是不予批准的理由。请核对是不是同一件事申请了两次。",
                        "Families share cards and phones, and that is no ground to refuse. Check whether one thing was applied for twice.",
                    )}
                </p>
                <ul class="looks" role="list">{rows}</ul>
            </section>
        }
        .into_any(),
    )
}

fn row(opened: &Opened<'_>, alike: &Alike) -> AnyView {
    let locale = opened.locale();
    let href = opened.visit.url(&super::path(&alike.id));
    let day = locale.date(shanghai_date(alike.submitted_at));
    let state = alike.state.words().say(locale).to_owned();
    let shared = alike.likeness.iter().map(|likeness| view! { <p>{said(opened, *likeness)}</p> }).collect_view();
    view! {
        <li>
            <p><a href=href>{alike.reference.to_string()}</a> " " <Tag text=state /></p>
            {shared}
            <p class="soft">{say!(locale, "{day}提交", "handed in on {day}")}</p>
        </li>
    }
    .into_any()
}

/// In what it is alike, by the names of the form.
fn said(opened: &Opened<'_>, likeness: Likeness) -> String {
    let locale = opened.locale();
    let field = likeness.called(opened.procedure()).map_or("", |name| name.say(locale));
    match likeness {
        Likeness::Account | Likeness::Phone => {
            say!(locale, "“{field}”相同，申请人不同", "The same “{field}”, another applicant")
        }
        Likeness::About => say!(locale, "“{field}”相同，证明编号不同", "The same “{field}”, another certificate"),
    }
}
