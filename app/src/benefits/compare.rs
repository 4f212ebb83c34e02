//! What a change of answers changes in the result.

use leptos::prelude::*;
use shared::eligibility::{
    pack::Pack,
    verdict::{Outcome, Status, Verdict},
};

use super::{
    scene::{Scene, benefit},
    status::label,
};
use crate::components::notice::Notice;

/// Every benefit and its status, to be compared with after a change: `dibao:no;tekun@0:ask`.
pub fn statuses(pack: &Pack, outcome: &Outcome) -> String {
    let one = |verdict: &Verdict| format!("{}:{}", key(pack, verdict), verdict.status.wire());
    outcome.verdicts.iter().map(one).collect::<Vec<_>>().join(";")
}

/// `dibao`, `tekun@0`.
fn key(pack: &Pack, verdict: &Verdict) -> String {
    let whose = verdict.who.map(|person| format!("@{person}")).unwrap_or_default();
    format!("{}{whose}", pack.benefits[verdict.benefit].id)
}

/// What a change of answers has changed.
pub fn changes(scene: Scene<'_>, outcome: &Outcome) -> Option<AnyView> {
    let Scene { locale, pack, screen, .. } = scene;
    let before = screen.answers.get("before");
    if before.is_empty() {
        return None;
    }
    let old: Vec<(&str, &str)> = before.split(';').filter_map(|entry| entry.split_once(':')).collect();
    let changed = outcome.verdicts.iter().filter_map(|verdict| {
        let key = key(pack, verdict);
        let (_, word) = old.iter().find(|(known, _)| *known == key)?;
        let was = Status::from_wire(word).filter(|was| *was != verdict.status)?;
        let (name, colon) = (benefit(scene, verdict), locale.say("：", ": "));
        Some(format!("{name}{colon}{} → {}", label(locale, was), label(locale, verdict.status)))
    });
    let changed: Vec<AnyView> = changed.map(|line| view! { <li>{line}</li> }.into_any()).collect();
    let title = if changed.is_empty() {
        locale.say("改了以后，结果没有变化", "Nothing changes with these answers")
    } else {
        locale.say("改了以后，这些变了", "With these answers this changes")
    };
    Some(view! { <Notice title=title live=true><ul>{changed}</ul></Notice> }.into_any())
}
