//! What is otherwise for a while, now or soon: from when to when, and why.

use chrono::TimeDelta;
use leptos::prelude::*;
use shared::{
    directory::{Listing, said::month_day::span},
    hours::{Change, ChangeKind},
    say,
};

use super::super::Scene;
use crate::components::notice::{Notice, Tone};

/// Draws every change that holds now or later, the first to begin first.
pub fn draw(scene: &Scene<'_>, listing: &Listing) -> Vec<AnyView> {
    let mut ahead: Vec<&Change> = listing.times.ahead(scene.now).collect();
    ahead.sort_by_key(|change| change.from);
    ahead.into_iter().map(|change| one(scene, change)).collect()
}

/// Those that go on for longer than a week, for a sheet that hangs for long.
pub(super) fn lasting(scene: &Scene<'_>, listing: &Listing) -> Vec<AnyView> {
    let mut lasting: Vec<&Change> = listing.times.ahead(scene.now).filter(|change| is_lasting(scene, change)).collect();
    lasting.sort_by_key(|change| change.from);
    lasting.into_iter().map(|change| one(scene, change)).collect()
}

/// Whether a service is not there now, for longer than a week.
pub(super) fn is_lasting_without(scene: &Scene<'_>, listing: &Listing, service: &str) -> bool {
    let until = listing.times.hours().suspended_until(service, scene.now);
    until.is_some_and(|until| until - scene.now > LASTING)
}

fn is_lasting(scene: &Scene<'_>, change: &Change) -> bool {
    change.to - change.from.max(scene.now) > LASTING
}

const LASTING: TimeDelta = TimeDelta::days(7);

fn one(scene: &Scene<'_>, change: &Change) -> AnyView {
    let (locale, holds) = (scene.locale(), change.holds(scene.now));
    let when = span(locale, change.from, change.to, scene.now.date());
    let title = match &change.kind {
        ChangeKind::Closed if holds => say!(locale, "暂停开放：{when}", "Closed for now: {when}"),
        ChangeKind::Closed => say!(locale, "将要暂停开放：{when}", "It will be closed: {when}"),
        ChangeKind::Hours(spans) => {
            let spans = spans.iter().map(|span| format!("{}–{}", span.opens, span.closes));
            let spans = spans.collect::<Vec<_>>().join(locale.say("，", ", "));
            say!(locale, "时间有变：{when}，每天 {spans}", "Other hours: {when}, {spans} each day")
        }
        ChangeKind::WithoutService(service) => {
            let service = scene.kind().service(service).map_or(service.as_str(), |service| service.name.say(locale));
            say!(locale, "暂停{service}：{when}，其他照常", "No {service}: {when}; all else as usual")
        }
        ChangeKind::Message => say!(locale, "通知：{when}", "Note: {when}"),
    };
    let tone = if change.kind == ChangeKind::Message { Tone::Info } else { Tone::Warning };
    let reason = change.reason.say(locale).to_owned();
    let reason = (!reason.is_empty()).then(|| view! { <p>{reason}</p> });
    view! { <Notice title=title tone=tone>{reason}</Notice> }.into_any()
}
