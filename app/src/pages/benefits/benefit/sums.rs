//! How much a benefit gives: how it is worked out, and every figure of it with its history.

use leptos::prelude::*;
use shared::eligibility::figures::only_params;

use super::{
    super::{figure, figures::History, fold, history, read, words},
    BenefitPage,
};

impl BenefitPage<'_> {
    pub(super) fn sums(&self) -> AnyView {
        let (visit, locale, asked, pack) = (self.visit, self.locale(), self.asked(), self.figures.pack);
        let amount = asked.amount.as_ref().map(|amount| {
            view! {
                <div class="fact">
                    <dt>{visit.say("怎么算", "How it is worked out")}</dt>
                    <dd>
                        {amount.formula.say(locale).to_owned()}
                        <p class="soft">
                            {visit.say("单位：", "Counted in ")} {amount.per.say(locale).to_owned()}
                        </p>
                    </dd>
                </div>
            }
        });
        let (known, unknown): (Vec<History>, Vec<History>) =
            self.histories().partition(|history| !history.steps.is_empty());
        let others = asked.amount.iter().flat_map(|amount| only_params(amount.value.mentions()));
        let others = others.filter(|param| pack.params[*param].benefit != self.benefit);
        let others: Vec<History> = others.map(|param| self.figures.history(param)).collect();
        let noted = others.iter().filter(|history| !history.steps.is_empty()).chain(&known);
        let noted = noted.map(|history| figure::noted(&self.figures, locale, history)).collect();
        let others = others.iter().map(|history| figure::line(&self.figures, locale, history.param));
        let known = known.iter().map(|history| self.figure(history));
        view! {
            <section class="flow">
                <h2>{visit.say("给什么，给多少", "What it gives, and how much")}</h2>
                <dl class="facts facts-tall">
                    <div class="fact">
                        <dt>{visit.say("给什么", "What it gives")}</dt>
                        <dd>{words::gives(locale, asked.gives)}</dd>
                    </div>
                    {amount}
                </dl>
                {others.collect_view()}
                {known.collect_view()}
                {self.not_known(&unknown)}
                {fold::sources(locale, noted)}
            </section>
        }
        .into_any()
    }

    /// How the figures have changed, as far as they have.
    pub(super) fn changes(&self) -> Option<AnyView> {
        let locale = self.locale();
        let changes = self.histories().filter_map(|history| history::show(&self.figures, locale, &history));
        let changes = changes.collect_view();
        (!changes.is_empty()).then(|| {
            view! {
                <section class="flow">
                    <h2>{locale.say("这些年的变化", "Over the years")}</h2>
                    {changes}
                </section>
            }
            .into_any()
        })
    }

    /// The figures that the benefit declares itself: first what it pays, then what it asks, as the rules name them.
    fn histories(&self) -> impl Iterator<Item = History> {
        let (asked, pack) = (self.asked(), self.figures.pack);
        let amount = asked.amount.iter().flat_map(|amount| only_params(amount.value.mentions()));
        let conditions = asked.requires.iter().flat_map(|requirement| only_params(requirement.rule.mentions()));
        let mut own: Vec<usize> = Vec::new();
        for param in amount.chain(conditions).chain(0..pack.params.len()) {
            let of_its_own = pack.params[param].benefit == self.benefit && read::is_told(pack, asked, param);
            if of_its_own && !own.contains(&param) {
                own.push(param);
            }
        }
        own.into_iter().map(|param| self.figures.history(param))
    }

    fn figure(&self, history: &History) -> AnyView {
        let locale = self.locale();
        let name = self.figures.pack.params[history.param].name.say(locale).to_owned();
        view! {
            <div class="figure">
                <h3>{name}</h3>
                {figure::today(&self.figures, locale, history)}
            </div>
        }
        .into_any()
    }

    /// Named in the sentence itself, so that it is not read as being about the figure above it.
    fn not_known(&self, unknown: &[History]) -> Option<AnyView> {
        let locale = self.locale();
        let names = unknown.iter().map(|history| self.figures.pack.params[history.param].name.say(locale));
        let ceilings = unknown.iter().map(|history| figure::ceiling(&self.figures, locale, history));
        let names = names.collect::<Vec<_>>().join(locale.say("；", "; "));
        (!unknown.is_empty()).then(|| {
            view! {
                <div class="figure figure-unknown">
                    <p>
                        {locale.say("没有查到、要问民政部门的：", "Not known here, please ask the bureau: ")}
                        {names} {locale.say("。", ".")}
                    </p>
                    {ceilings.collect_view()}
                </div>
            }
            .into_any()
        })
    }
}
