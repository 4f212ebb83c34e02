//! The papers of an application: which are needed, and where those are brought that nobody sends a photograph of.

use chrono::NaiveDate;
use leptos::prelude::*;
use shared::{
    eligibility::truth::Truth,
    locale::Locale,
    procedures::{Procedure, Typed, definition::Paper},
    say,
};

use super::answers;
use crate::{
    components::checklist::{Checklist, Thing},
    visit::Visit,
};

/// Of what is not known whether it is needed.
const MAYBE: [&str; 2] = ["有的情况才要", "Needed in some cases"];

/// All that may be needed, before anything was answered.
pub(super) fn before(visit: &Visit, procedure: &Procedure) -> Option<AnyView> {
    let papers = procedure.papers.iter();
    let papers = papers.map(|paper| (paper, if paper.needed_if.is_some() { Truth::Open } else { Truth::Yes }));
    section(visit, procedure, &papers.collect::<Vec<_>>())
}

/// Those that are needed by what was answered.
pub(super) fn needed(visit: &Visit, procedure: &Procedure, typed: &Typed, today: NaiveDate) -> Option<AnyView> {
    section(visit, procedure, &answers::papers(procedure, typed, today))
}

/// The names of papers that were asked for, with what to look out for.
pub(super) fn things(locale: Locale, papers: &[(&Paper, Truth)]) -> Vec<Thing> {
    let thing = |(paper, needed): &(&Paper, Truth)| {
        let [zh, en] = MAYBE;
        let hint = paper.hint.as_ref().map(|hint| hint.say(locale).to_owned());
        let maybe = (*needed == Truth::Open).then(|| locale.say(zh, en).to_owned());
        let note: Vec<_> = hint.into_iter().chain(maybe).collect();
        let note = (!note.is_empty()).then(|| note.join(locale.say("；", "; ")));
        Thing { name: paper.name.say(locale).to_owned(), note }
    };
    papers.iter().map(thing).collect()
}

/// Where papers are brought that were not sent, and what is brought beside them, in a sentence.
pub(super) fn to_bring(locale: Locale, procedure: &Procedure) -> String {
    let place = procedure.rules.benefits.first().map_or("", |benefit| benefit.apply.place.say(locale));
    say!(
        locale,
        "没有拍照交的材料，请带原件到{place}，把您的身份证也带上。",
        "Papers that you send no photo of: bring the originals to {place}, and bring your identity card."
    )
}

fn section(visit: &Visit, procedure: &Procedure, papers: &[(&Paper, Truth)]) -> Option<AnyView> {
    let locale = visit.locale;
    (!papers.is_empty()).then(|| {
        view! {
            <section class="flow">
                <h2>{locale.say("要准备的材料", "Papers to have ready")}</h2>
                <Checklist things=things(locale, papers) />
                <p>{to_bring(locale, procedure)}</p>
            </section>
        }
        .into_any()
    })
}
