//! `GET /benefits/{id}`: what one benefit is, for whom, how much, and how to ask for it, all of it from the rules.

mod apply;
mod conditions;
mod remarks;
mod sums;

use axum::{
    extract::{Path, Query, State},
    response::Response,
};
use leptos::prelude::*;
use server::{App, Rejection};
use shared::{
    eligibility::pack::{Benefit, Rule},
    locale::Locale,
    problem::Problem,
    say,
};

use super::{chosen_region::ChosenRegion, figures::Figures};
use crate::{
    components::{back_link::BackLink, button::LinkButton, notice::Notice},
    draw,
    pairs::Pairs,
    visit::Visit,
};

pub async fn show(
    State(app): State<App>,
    visit: Visit,
    Path(id): Path<String>,
    Query(pairs): Query<Pairs>,
) -> Result<Response, Rejection> {
    let place = ChosenRegion::read(&app, &pairs)?;
    let benefit = place.pack().benefits.iter().position(|benefit| benefit.id == id).ok_or(Problem::NotFound)?;
    let figures = Figures::new(place.pack(), place.today);
    let page = BenefitPage { visit: &visit, place: &place, figures, benefit };
    Ok(draw::page(&visit, page.asked().name.say(visit.locale), || page.body()))
}

/// The page of one benefit.
struct BenefitPage<'a> {
    visit: &'a Visit,
    place: &'a ChosenRegion,
    figures: Figures<'a>,
    /// Its index in the pack.
    benefit: usize,
}

impl BenefitPage<'_> {
    fn locale(&self) -> Locale {
        self.visit.locale
    }

    fn asked(&self) -> &Benefit {
        &self.figures.pack.benefits[self.benefit]
    }

    fn body(&self) -> AnyView {
        let (visit, locale, asked) = (self.visit, self.locale(), self.asked());
        let check = self.place.link_with(visit, "/benefits/check", &[("benefit", &asked.id)]);
        view! {
            <div class="opening opening-calm bleed">
                <div class="column flow">
                    <BackLink
                        href=self.place.link(visit, "/benefits")
                        text=visit.say("惠民政策与补贴", "Benefits")
                    />
                    <h1>{asked.name.say(locale).to_owned()}</h1>
                    <p class="lead">{asked.summary.say(locale).to_owned()}</p>
                    {self.not_now()}
                    <p class="actions">
                        <LinkButton href=check text=visit.say("看看自己能不能办", "See whether it fits you") />
                    </p>
                    {self.place.line(visit)}
                </div>
            </div>
            <div class="beside">
                <div class="column flow">
                    {self.conditions()} {self.sums()} {self.apply()} {self.not_beside()} {self.unknown()} {self.changes()}
                    {self.law()}
                </div>
                {self.aside()}
            </div>
        }
        .into_any()
    }

    /// That it has not begun, or is over.
    fn not_now(&self) -> Option<AnyView> {
        let (locale, asked, today) = (self.locale(), self.asked(), self.place.today);
        let title = match asked.valid_to.filter(|to| *to < today) {
            Some(to) => say!(
                locale,
                "这项政策到 {}为止，已经不再办理。",
                "This ended on {} and can no longer be applied for.",
                locale.date(to)
            ),
            None if today < asked.valid_from => match asked.valid_since().map(|day| locale.date(day)) {
                Some(from) => say!(locale, "从 {from}起才开始办理。", "It begins on {from}."),
                None => locale.say("还没有开始办理。", "It has not begun yet.").to_owned(),
            },
            None => return None,
        };
        Some(view! { <Notice title=title /> }.into_any())
    }

    fn aside(&self) -> AnyView {
        let visit = self.visit;
        let bureau = self.asked().requires.iter().any(|requirement| matches!(requirement.rule, Rule::Bureau { .. }));
        let decides = bureau.then(|| {
            view! {
                <h2>{visit.say("谁来决定", "Who decides")}</h2>
                <p>
                    {visit.say(
                        "这里只帮您先看一看。能不能办、给多少，由民政部门核实以后决定。",
                        "This page only helps you look ahead. The bureau decides whether and how much, after its own check.",
                    )}
                </p>
            }
        });
        view! {
            <aside class="aside flow">
                {decides}
                <h2>{visit.say("标准有没有变", "Have the figures changed?")}</h2>
                <p>
                    <a href=self.place.link(visit, "/benefits/changes")>{visit.say("看看有哪些变化", "See what has changed")}</a>
                </p>
                <h2>{visit.say("拿不准", "Not sure?")}</h2>
                <p>
                    {visit.say("问街道办事处，或者拨打 ", "Ask the street office, or call ")}
                    <a class="nowrap" href="tel:12345">"12345"</a>
                    {visit.say("。", ".")}
                </p>
            </aside>
        }
        .into_any()
    }
}
