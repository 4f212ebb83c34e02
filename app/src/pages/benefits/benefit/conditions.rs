//! Who may ask for a benefit: every condition of the rules, its exceptions and what it rests on.

use leptos::prelude::*;
use shared::eligibility::{
    answer::rule,
    figures::only_params,
    pack::{Exception, Requirement, Rule, Scope, Unit},
};

use super::{
    super::{figure, fold, limit, sentence},
    BenefitPage,
};
use crate::{
    benefits::{rule::item, short},
    components::tag::Tag,
};

impl BenefitPage<'_> {
    pub(super) fn conditions(&self) -> AnyView {
        let (visit, asked) = (self.visit, self.asked());
        let whom = match asked.scope {
            // A household is recognised as a whole; relief and what follows a death go to whoever asks.
            Scope::Household if asked.already.is_none() => {
                visit.say("下面各条都符合的，一般可以办：", "If all of these hold, an application is worth making:")
            }
            Scope::Household => visit.say(
                "一家人合在一起看。下面各条都符合的，一般可以办：",
                "It is for the household as a whole. If all of these hold, an application is worth making:",
            ),
            Scope::Person => visit.say(
                "每个人单独看。下面各条都符合的，一般可以办：",
                "It is for one person. If all of these hold, an application is worth making:",
            ),
        };
        let conditions = asked.requires.iter().map(|requirement| view! { <li>{self.condition(requirement)}</li> });
        let sources = asked.requires.iter().map(|requirement| view! { <li>{self.basis(requirement)}</li> });
        let sources = view! { <ol class="numbered">{sources.collect_view()}</ol> };
        view! {
            <section class="flow">
                <h2>{visit.say("谁可以办", "Who it is for")}</h2>
                <p>{whom}</p>
                <ol class="benefit-conditions numbered">{conditions.collect_view()}</ol>
                {fold::folded(visit.locale, sources.into_any())}
            </section>
        }
        .into_any()
    }

    fn condition(&self, requirement: &Requirement) -> AnyView {
        let (figures, locale) = (&self.figures, self.locale());
        let sentence = sentence::asked(figures, locale, requirement, self.benefit);
        let (tag, limit, exceptions) = match &requirement.rule {
            Rule::Bureau { .. } => (Some(locale.say("由民政部门核实", "Checked by the bureau")), None, None),
            Rule::Holds { condition, unless } => {
                (None, limit::limit(figures.pack, locale, condition, &sentence), self.exceptions(unless))
            }
        };
        let tag = tag.map(|tag| view! { <p class="tags"><Tag text=tag /></p> });
        let used =
            only_params(requirement.rule.mentions()).into_iter().filter(|param| self.is_shown(*param, &sentence));
        let used = used.map(|param| figure::line(figures, locale, param)).collect_view();
        view! {
            {tag}
            <p>{sentence}</p>
            {limit.map(|limit| view! { <p>{limit}</p> })}
            {exceptions}
            {used}
        }
        .into_any()
    }

    /// A sum that nobody knows is named unless the sentence says so already; a switch that nobody knows is listed elsewhere.
    fn is_shown(&self, param: usize, sentence: &str) -> bool {
        let missed = sentence.contains(self.locale().say("没有查到", "not known here"));
        let known = self.figures.history(param).now().step().is_some();
        known || (self.figures.pack.params[param].unit == Unit::Money && !missed)
    }

    fn exceptions(&self, unless: &[Exception]) -> Option<AnyView> {
        let locale = self.locale();
        let exceptions = unless.iter().map(|exception| {
            let text = sentence::general(&self.figures, locale, exception.says.say(locale), self.benefit);
            let kind = if exception.grants {
                locale.say("这样也可以：", "Also possible: ")
            } else {
                locale.say("这样不可以：", "Not in this case: ")
            };
            let text = short::sentence(locale, &text).to_owned();
            view! { <li>{kind} {text}</li> }
        });
        let exceptions = exceptions.collect_view();
        (!exceptions.is_empty()).then(|| view! { <ul class="exceptions">{exceptions}</ul> }.into_any())
    }

    /// What a condition rests on, and where the figures that it uses were read.
    fn basis(&self, requirement: &Requirement) -> AnyView {
        let (figures, locale) = (&self.figures, self.locale());
        let used = only_params(requirement.rule.mentions()).into_iter().map(|param| figures.history(param));
        let used =
            used.filter(|history| !history.steps.is_empty()).map(|history| figure::noted(figures, locale, &history));
        let used: Vec<_> = used.collect();
        let used = (!used.is_empty()).then(|| view! { <ul class="benefit-sources" role="list">{used}</ul> });
        view! {
            {self.texts(requirement)}
            {used}
        }
        .into_any()
    }

    /// What its texts ask; where only routine is written down, their titles.
    fn texts(&self, requirement: &Requirement) -> AnyView {
        let (locale, pack) = (self.locale(), self.figures.pack);
        let exceptions = match &requirement.rule {
            Rule::Holds { unless, .. } => unless.as_slice(),
            Rule::Bureau { .. } => &[],
        };
        let passages = requirement.text.iter().chain(exceptions.iter().flat_map(|exception| &exception.text));
        let items =
            passages.map(|passage| item(locale, &rule(pack, passage, self.figures.today, locale))).collect_view();
        if !items.is_empty() {
            return view! { <ul>{items}</ul> }.into_any();
        }
        let sources = requirement.basis.iter().map(|source| pack.sources[*source].cited(locale));
        let sources = sources.collect::<Vec<_>>().join(locale.say("；", "; "));
        view! { <p class="source">{locale.say("依据：", "Rests on: ")} {sources}</p> }.into_any()
    }
}
