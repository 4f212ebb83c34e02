//! Where and how to ask for a benefit, what to bring, how long it takes.

use leptos::prelude::*;

use super::BenefitPage;
use crate::components::checklist::{Checklist, Thing};

impl BenefitPage<'_> {
    pub(super) fn apply(&self) -> AnyView {
        let (visit, locale, apply) = (self.visit, self.locale(), &self.asked().apply);
        let channels = apply.channels.iter().map(|channel| view! { <li>{channel.say(locale).to_owned()}</li> });
        let takes = apply.takes.as_ref().map(|takes| {
            view! {
                <div class="fact">
                    <dt>{visit.say("要多久", "How long it takes")}</dt>
                    <dd>{takes.say(locale).to_owned()}</dd>
                </div>
            }
        });
        let things = self.documents();
        let bring = (!things.is_empty()).then(|| {
            view! {
                <h3>{visit.say("要带的材料", "What to bring")}</h3>
                <Checklist things=things />
            }
        });
        view! {
            <section class="flow">
                <h2>{visit.say("到哪里办", "Where and how to apply")}</h2>
                <dl class="facts facts-tall">
                    <div class="fact">
                        <dt>{visit.say("地点", "Place")}</dt>
                        <dd>{apply.place.say(locale).to_owned()}</dd>
                    </div>
                    <div class="fact">
                        <dt>{visit.say("怎么办", "How")}</dt>
                        <dd>
                            <ul>{channels.collect_view()}</ul>
                        </dd>
                    </div>
                    {takes}
                </dl>
                {bring}
            </section>
        }
        .into_any()
    }

    /// What to bring: named for the application, or as evidence of a condition.
    fn documents(&self) -> Vec<Thing> {
        let asked = self.asked();
        let mut places = asked.apply.documents.clone();
        for evidence in asked.requires.iter().flat_map(|requirement| &requirement.evidence) {
            if !places.contains(evidence) {
                places.push(*evidence);
            }
        }
        let name = |place: usize| self.figures.pack.documents[place].name.say(self.locale()).to_owned();
        places.into_iter().map(|place| Thing { name: name(place), note: None }).collect()
    }
}
