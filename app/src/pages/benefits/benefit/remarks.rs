//! What a benefit shuts out, what is not known about it, and the rules it rests on.

use leptos::prelude::*;
use shared::say;

use super::{
    super::{figure, fold},
    BenefitPage,
};

impl BenefitPage<'_> {
    pub(super) fn not_beside(&self) -> Option<AnyView> {
        let (visit, locale, pack) = (self.visit, self.locale(), self.figures.pack);
        let others = self.asked().excludes.iter().map(|other| {
            let other = &pack.benefits[*other];
            let href = self.place.link(visit, &format!("/benefits/{}", other.id));
            view! { <li><a href=href>{other.name.say(locale).to_owned()}</a></li> }
        });
        let others = others.collect_view();
        (!others.is_empty()).then(|| {
            view! {
                <section class="flow">
                    <h2>{visit.say("不能同时领的", "Cannot be combined with")}</h2>
                    <ul class="links" role="list">{others}</ul>
                </section>
            }
            .into_any()
        })
    }

    /// What the pack does not know, and the bureau does.
    pub(super) fn unknown(&self) -> Option<AnyView> {
        let locale = self.locale();
        let unknown = self.asked().unknown.iter().map(|text| view! { <li>{text.say(locale).to_owned()}</li> });
        let unknown = unknown.collect_view();
        (!unknown.is_empty()).then(|| {
            view! {
                <section class="flow">
                    <h2>{locale.say("这里不知道、要问民政部门的", "Not known here: please ask the bureau")}</h2>
                    <ul>{unknown}</ul>
                </section>
            }
            .into_any()
        })
    }

    pub(super) fn law(&self) -> AnyView {
        let (locale, asked) = (self.locale(), self.asked());
        let [from, to] = [asked.valid_since(), asked.valid_to].map(|day| day.map(|day| locale.date(day)));
        let valid = match (from, to) {
            (Some(from), None) => say!(locale, "从 {from}起执行。", "In force since {from}."),
            (Some(from), Some(to)) => say!(locale, "从 {from}到 {to}。", "In force from {from} to {to}."),
            (None, None) => say!(locale, "从哪一天起执行，没有查到。", "Its first day has not been found."),
            (None, Some(to)) => say!(
                locale,
                "到 {to}为止，从哪一天起没有查到。",
                "In force until {to}; its first day has not been found."
            ),
        };
        let mut places = asked.basis.clone();
        for source in asked.requires.iter().flat_map(|requirement| &requirement.basis) {
            if !places.contains(source) {
                places.push(*source);
            }
        }
        let sources = places
            .into_iter()
            .map(|place| view! { <li>{figure::citation(&self.figures, locale, place)}</li> }.into_any());
        view! {
            <section class="flow">
                <h2>{locale.say("依据", "Rules it rests on")}</h2>
                <p>{valid}</p>
                {fold::sources(locale, sources.collect())}
            </section>
        }
        .into_any()
    }
}
