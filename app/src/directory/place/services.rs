//! What is offered here, for whom and at what price, with the way into the benefit check.

use std::sync::Arc;

use leptos::prelude::*;
use server::{App, policy::Compiled};
use shared::{
    calendar::shanghai_date,
    directory::{Listing, Section, ServiceHere, ServiceKind},
    locale::Locale,
    say,
};

use super::{super::entry::state_tag, PlacePage, aged::aged};
use crate::{
    pages::benefits::{by_age, figure_of, line_of},
    words::capital,
};

/// The rules of the portal's region, where it shows benefits at all.
pub struct Benefits(Option<(Arc<Compiled>, chrono::NaiveDate)>);

impl Benefits {
    pub fn read(app: &App) -> Self {
        let offered = app.settings().services.offer("benefits");
        let compiled = offered.then(|| app.policies().of(&app.settings().region)).flatten();
        Self(compiled.map(|compiled| (compiled, shanghai_date(app.now()))))
    }

    fn has(&self, benefit: &str) -> bool {
        let known = |(compiled, _): &(Arc<Compiled>, _)| compiled.pack.benefits.iter().any(|one| one.id == benefit);
        self.0.as_ref().is_some_and(known)
    }

    /// Who has it and when, in the words of its rules.
    fn summary(&self, benefit: &str, locale: Locale) -> Option<String> {
        let (compiled, _) = self.0.as_ref()?;
        let found = compiled.pack.benefits.iter().find(|one| one.id == benefit)?;
        Some(found.summary.say(locale).to_owned())
    }

    /// What it pays at each age, and what is left to pay of a price.
    fn by_age(&self, benefit: &str, price_fen: Option<u32>, locale: Locale) -> Option<AnyView> {
        let (compiled, today) = self.0.as_ref()?;
        by_age(&compiled.pack, *today, benefit, price_fen, locale)
    }

    /// How much it gives today, in a line.
    fn figure(&self, benefit: &str, locale: Locale) -> Option<AnyView> {
        let (compiled, today) = self.0.as_ref()?;
        figure_of(&compiled.pack, *today, benefit, locale)
    }

    /// One of its figures, with its day.
    fn line(&self, benefit: &str, id: &str, locale: Locale) -> Option<AnyView> {
        let (compiled, today) = self.0.as_ref()?;
        line_of(&compiled.pack, *today, benefit, id, locale)
    }
}

pub(super) fn draw(page: &PlacePage<'_>) -> Option<AnyView> {
    let (scene, listing, locale) = (page.scene, page.listing, page.locale());
    let here = scene.kind().services.iter().filter_map(|kind| Some((kind, listing.service(&kind.id)?)));
    let rows = here.map(|(kind, here)| one(page, listing, kind, here)).collect_view();
    // What is known by its times alone is nobody's to confirm.
    let said = listing.confirmed.contains_key(&Section::Services);
    let old = said.then(|| aged(scene, listing, Section::Services)).flatten();
    (!rows.is_empty()).then(|| {
        view! {
            <section class="flow">
                <h2>{locale.say("有哪些服务", "What is offered")}</h2>
                <ul class="offered" role="list">{rows}</ul>
                {old}
            </section>
        }
        .into_any()
    })
}

fn one(page: &PlacePage<'_>, listing: &Listing, kind: &ServiceKind, here: &ServiceHere) -> AnyView {
    let (scene, locale) = (page.scene, page.locale());
    let off = {
        let is_off = !scene.has_now(listing, &kind.id);
        let own = listing.times.has_own(&kind.id) && !is_off;
        let own = own.then(|| state_tag(locale, &scene.state(listing, Some(&kind.id))));
        let off = || view! { <span class="state state-closed">{locale.say("暂停", "Not for now")}</span> }.into_any();
        own.or_else(|| is_off.then(off))
    };
    let price = price(locale, here).map(|price| match here.price_fen {
        Some(0) => capital(&price),
        _ => say!(locale, "{price}（{}）", "{price} ({})", terms(locale)),
    });
    let price = (price.is_some() || off.is_some()).then(|| view! { <p>{price} " " {off}</p> });
    let who = Some(here.who.say(locale)).filter(|who| !who.is_empty()).map(|who| {
        view! { <p>{say!(locale, "给谁：{who}", "For whom: {who}")}</p> }
    });
    let benefit = kind.benefit.as_deref().filter(|benefit| page.benefits.has(benefit)).map(|benefit| {
        let href = scene.visit.url(&format!("/benefits/check?benefit={benefit}"));
        let service = kind.name.say(locale);
        view! {
            <p><a href=href>{say!(locale, "看看自己能不能用{service}、补多少", "See whether you may use it, and what is paid for {service}")}</a></p>
        }
    });
    let subsidy = kind.subsidy.as_deref().and_then(|subsidy| match subsidy.split_once('.') {
        Some((benefit, id)) => one_figure(page, benefit, id),
        None => whole(page, here, subsidy),
    });
    let note = kind.note.as_ref().map(|note| view! { <p>{note.say(locale).to_owned()}</p> });
    view! {
        <li>
            <h3>{capital(kind.name.say(locale))}</h3>
            {price}
            {who}
            {note}
            {subsidy}
            {benefit}
        </li>
    }
    .into_any()
}

/// What a benefit pays of the price, for whom, and what is left at each age.
fn whole(page: &PlacePage<'_>, here: &ServiceHere, benefit: &str) -> Option<AnyView> {
    let (benefits, locale) = (page.benefits, page.locale());
    let (figure, summary) = (benefits.figure(benefit, locale)?, benefits.summary(benefit, locale));
    Some(
        view! {
            <div class="offered-subsidy">
                <p>{summary}</p>
                <p>{locale.say("符合条件的，按年龄补：", "For whoever fits, by age:")}</p>
                {figure}
                {benefits.by_age(benefit, here.price_fen, locale)}
            </div>
        }
        .into_any(),
    )
}

/// What is paid by one figure of a benefit: nothing is taken off a price by it that no rule takes off.
fn one_figure(page: &PlacePage<'_>, benefit: &str, id: &str) -> Option<AnyView> {
    let locale = page.locale();
    let line = page.benefits.line(benefit, id, locale)?;
    let href = page.scene.visit.url(&format!("/benefits/{benefit}"));
    Some(
        view! {
            <div class="offered-subsidy">
                {line}
                <p>
                    {locale.say(
                        "是不是从价钱里减，没有查到，请问站点。",
                        "Whether it comes off the price is not known here; please ask the place. ",
                    )}
                    <a href=href>{locale.say("看这项补贴的规定", "The rules of this subsidy")}</a>
                </p>
            </div>
        }
        .into_any(),
    )
}

/// `12 元`, or that it is free; nothing where nobody has said.
pub fn price(locale: Locale, here: &ServiceHere) -> Option<String> {
    let fen = here.price_fen?;
    if fen == 0 {
        return Some(locale.say("不收费", "free of charge").to_owned());
    }
    let yuan = if fen % 100 == 0 { (fen / 100).to_string() } else { format!("{}.{:02}", fen / 100, fen % 100) };
    Some(say!(locale, "{yuan} 元", "{yuan} yuan"))
}

/// Whose price it is.
pub fn terms(locale: Locale) -> &'static str {
    locale.say(
        "站点公布的；怎么计价、有什么条件，以现场公示为准",
        "as the place says; how it is counted and on what terms, see the notice there",
    )
}
