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
        let undated = asked.valid_since().is_none();
        let undated = undated.then(|| locale.say("从哪一天起执行，没有查到。", "Its first day has not been found."));
        let until = asked.valid_to.map(|to| locale.date(to)).map(|to| say!(locale, "到 {to}为止。", "Until {to}."));
        let mut places = asked.basis.clone();
        let others = asked.requires.iter().flat_map(|requirement| &requirement.basis).chain(&asked.valid_by);
        for source in others {
            if !places.contains(source) {
                places.push(*source);
            }
        }
        let sources = places.into_iter().map(|place| {
            view! { <li>{figure::citation(&self.figures, locale, place)} {self.since(place)}</li> }.into_any()
        });
        view! {
            <section class="flow">
                <h2>{locale.say("依据", "Rules it rests on")}</h2>
                {undated.map(|text| view! { <p>{text}</p> })}
                {until.map(|text| view! { <p>{text}</p> })}
                {fold::sources(locale, sources.collect())}
            </section>
        }
        .into_any()
    }

    /// Since when there is the benefit by this text, or since when the text binds, where that is known: no day stands
    /// without the text that says it, as a law's is not that of a place's own rule.
    fn since(&self, place: usize) -> Option<String> {
        let (locale, asked) = (self.locale(), self.asked());
        let told = asked.valid_since().filter(|_| asked.valid_by == Some(place));
        let day = locale.date(told.or(self.figures.pack.sources[place].in_force)?);
        Some(say!(locale, " · 从 {day}起执行", " · in force from {day}"))
    }
}
