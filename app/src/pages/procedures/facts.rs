//! What one wants to know before applying, all of it from the rules; what they do not say is said to be unknown.

use chrono::NaiveDate;
use leptos::prelude::*;
use server::policy::Offered;
use shared::{
    calendar::Unit,
    eligibility::pack::{Benefit, Grade, Param, Unit as Counted},
    locale::Locale,
    procedures::{definition::Relations, told::settled},
    say,
};

use super::papers;
use crate::{pages::benefits, visit::Visit};

/// One procedure on a day.
pub(super) struct Facts<'a> {
    pub visit: &'a Visit,
    pub offered: &'a Offered,
    pub today: NaiveDate,
}

impl Facts<'_> {
    pub fn all(&self) -> AnyView {
        view! {
            {self.who()} {self.steps()} {papers::before(self.visit, &self.offered.procedure)} {self.time()} {self.sums()} {self.unknown()}
            {self.law()}
        }
        .into_any()
    }

    fn locale(&self) -> Locale {
        self.visit.locale
    }

    fn benefit(&self) -> Option<&Benefit> {
        self.offered.procedure.rules.benefits.first()
    }

    /// For whom it is, and which relatives may apply.
    fn who(&self) -> AnyView {
        let (locale, procedure) = (self.locale(), &self.offered.procedure);
        let settled = settled::settled(procedure, self.today, locale);
        let conditions: Vec<_> = self.asks().into_iter().chain(settled).map(|asks| view! { <li>{asks}</li> }).collect();
        let conditions = if conditions.is_empty() {
            let text =
                locale.say("看到的条文没有写，请问民政部门。", "No text that was seen says it; please ask the bureau.");
            view! { <p>{text}</p> }.into_any()
        } else {
            view! { <ul>{conditions}</ul> }.into_any()
        };
        let relations = procedure.relations.as_ref().map(|relations| self.relations(relations));
        view! {
            <section class="flow">
                <h2>{locale.say("什么情况可以申请", "Who can apply")}</h2>
                {conditions}
                {relations}
                <p class="soft">
                    {locale.say(
                        "拿不准也可以先申请，能不能办由民政部门核实以后决定。",
                        "If you are not sure, you can apply all the same: the bureau decides after its own check.",
                    )}
                </p>
            </section>
        }
        .into_any()
    }

    /// Who may apply as far as a text says so, and what the form can be told.
    fn relations(&self, relations: &Relations) -> AnyView {
        let locale = self.locale();
        let who: Vec<_> = relations.who.iter().map(|option| option.label.say(locale)).collect();
        let who = who.join(locale.say("、", ", "));
        let source = match relations.source {
            Some(source) => {
                let source = self.offered.procedure.rules.sources[source].cited(locale);
                say!(locale, "谁可以申请，见{source}。", "Who may apply stands in {source}.")
            }
            None => locale
                .say(
                    "谁可以申请，看到的规定没有写，请问民政部门。",
                    "Who may apply, no rule that was seen says; please ask the bureau.",
                )
                .to_owned(),
        };
        let text = say!(locale, "申请表里可以选您是逝者的：{who}。", "In the form you can say that you are: {who}.");
        view! {
            <p>{source}</p>
            <p>{text}</p>
        }
        .into_any()
    }

    /// What the texts ask, each once.
    fn asks(&self) -> Vec<String> {
        let conditions = self.benefit().into_iter().flat_map(|benefit| &benefit.requires);
        let mut asks: Vec<_> = conditions.flat_map(|condition| &condition.text).map(|passage| &passage.asks).collect();
        asks.dedup();
        asks.into_iter().map(|asks| asks.say(self.locale()).to_owned()).collect()
    }

    /// What the form asks, page by page.
    fn steps(&self) -> AnyView {
        let locale = self.locale();
        let steps = self.offered.procedure.steps.iter().map(|step| {
            let labels: Vec<_> = step.fields.iter().map(|field| field.label.say(locale)).collect();
            let labels = labels.join(locale.say("；", "; "));
            view! {
                <li>
                    <strong>{step.title.say(locale).to_owned()}</strong>
                    <p>{labels}</p>
                </li>
            }
        });
        view! {
            <section class="flow">
                <h2>{locale.say("要填什么", "What the form asks")}</h2>
                <ol class="way">{steps.collect_view()}</ol>
            </section>
        }
        .into_any()
    }

    /// How long a decision may take, where a text says so; nothing is promised otherwise.
    fn time(&self) -> AnyView {
        let (locale, procedure) = (self.locale(), &self.offered.procedure);
        let text = match &procedure.clock {
            Some(clock) => {
                let (days, source) = (clock.limit.days(), procedure.rules.sources[clock.source].cited(locale));
                match clock.limit.unit() {
                    Unit::Working => say!(
                        locale,
                        "受理以后 {days} 个工作日内作出决定，等您补充的时间不算（{source}）。",
                        "It is decided within {days} working days of being accepted, without the time for which you are waited for \
                         ({source})."
                    ),
                    Unit::Calendar => say!(
                        locale,
                        "受理以后 {days} 天内作出决定，等您补充的时间不算（{source}）。",
                        "It is decided within {days} days of being accepted, without the time for which you are waited for ({source})."
                    ),
                }
            }
            None => locale
                .say(
                    "多少天办完，见到的规定里没有写，所以这里不说。提交以后，办到哪一步随时能看。",
                    "The rules that we have seen set no time, so none is given here. Once it is handed in, you can see at any \
                     time how far it is.",
                )
                .to_owned(),
        };
        let route = procedure.route.map(|route| view! { <p>{route.words().say(locale).to_owned()}</p> });
        view! {
            <section class="flow">
                <h2>{locale.say("要多久", "How long it takes")}</h2>
                {self.claim()}
                <p>{text}</p>
                {route}
            </section>
        }
        .into_any()
    }

    /// Within which time it is to be claimed, where a text says so.
    fn claim(&self) -> Option<AnyView> {
        let (locale, procedure) = (self.locale(), &self.offered.procedure);
        let claim = procedure.claim.as_ref()?;
        let (days, source) = (claim.limit.days(), procedure.rules.sources[claim.source].cited(locale));
        let from = procedure.counts.as_ref().and_then(|field| procedure.field(field))?.label.say(locale);
        let text = match claim.limit.unit() {
            Unit::Working => say!(
                locale,
                "从“{from}”起 {days} 个工作日内申请（{source}）。",
                "Apply within {days} working days of: {from} ({source})."
            ),
            Unit::Calendar => say!(
                locale,
                "从“{from}”起 {days} 天内申请（{source}）。",
                "Apply within {days} days of: {from} ({source})."
            ),
        };
        Some(view! { <p><strong>{text}</strong></p> }.into_any())
    }

    /// The sums of the rules; what no reliable text says is for the bureau to tell.
    fn sums(&self) -> Option<AnyView> {
        let (locale, procedure) = (self.locale(), &self.offered.procedure);
        let rules = &procedure.rules;
        let all = rules.params.iter().filter(|param| param.unit == Counted::Money);
        let known = all.clone().filter(|param| self.is_sure(param));
        let known = known.filter_map(|param| benefits::line_of(rules, self.today, &procedure.id, &param.id, locale));
        let known: Vec<_> = known.map(|line| view! { <li>{line}</li> }).collect();
        let formula = self.benefit().and_then(|benefit| benefit.amount.as_ref());
        let formula = formula.map(|amount| view! { <p>{amount.formula.say(locale).to_owned()}</p> });
        let ask = match (known.len(), all.count()) {
            (_, 0) => return None,
            (0, _) => Some(locale.say(
                "给多少，这里没有可靠的数字，请问民政部门。",
                "How much it is, no reliable text says; please ask the bureau.",
            )),
            (some, all) if some < all => {
                Some(locale.say("没有列出的，请问民政部门。", "Of what is not listed, please ask the bureau."))
            }
            _ => None,
        };
        let ended =
            self.benefit().and_then(|benefit| benefit.valid_to).filter(|to| *to < self.today && !known.is_empty());
        let ended = ended.map(|to| {
            let to = locale.date(to);
            let text = say!(
                locale,
                "这些数字只到 {to}为止；以后给多少，请问民政部门。",
                "These sums end on {to}; how much it is since, please ask the bureau."
            );
            view! { <p>{text}</p> }
        });
        let demo = (procedure.has_demo_sums() && !known.is_empty()).then(|| {
            let text = locale.say(
                "下面是演示用的数字，不是真的标准。",
                "The figures below are invented for this demonstration and no real rule.",
            );
            view! { <p><strong>{text}</strong></p> }
        });
        Some(
            view! {
                <section class="flow">
                    <h2>{locale.say("给多少", "How much")}</h2>
                    {formula}
                    {demo}
                    {ended}
                    {(!known.is_empty()).then(|| view! { <ul>{known}</ul> })}
                    {ask.map(|ask| view! { <p>{ask}</p> })}
                </section>
            }
            .into_any(),
        )
    }

    /// Whether the text of today's value was seen, or a report of it.
    fn is_sure(&self, param: &Param) -> bool {
        let now = param.values.iter().rfind(|dated| dated.from <= self.today);
        now.is_some_and(|dated| self.offered.procedure.rules.sources[dated.source].grade != Grade::Copied)
    }

    fn unknown(&self) -> Option<AnyView> {
        let locale = self.locale();
        let unknown = self.benefit()?.unknown.iter().map(|text| text.say(locale).to_owned());
        let questions = settled::open(&self.offered.procedure, self.today, locale);
        let unknown: Vec<_> = unknown.chain(questions).map(|text| view! { <li>{text}</li> }).collect();
        (!unknown.is_empty()).then(|| {
            view! {
                <section class="flow">
                    <h2>{locale.say("这里不知道、要先问的", "Not known here: please ask first")}</h2>
                    <ul>{unknown}</ul>
                </section>
            }
            .into_any()
        })
    }

    /// The texts that it rests on.
    fn law(&self) -> Option<AnyView> {
        let benefit = self.benefit()?;
        let mut places = benefit.basis.clone();
        for place in benefit.requires.iter().flat_map(|condition| &condition.basis) {
            if !places.contains(place) {
                places.push(*place);
            }
        }
        benefits::sources_of(&self.offered.procedure.rules, self.today, &places, self.locale())
    }
}
