//! The place whose rules a page shows: the portal's own, or the one that the address names.

use std::sync::Arc;

use chrono::NaiveDate;
use leptos::prelude::*;
use server::{App, policy::Compiled};
use shared::{calendar::shanghai_date, eligibility::pack::Pack, problem::Problem, say};

use crate::{
    benefits::region::stands_in,
    components::button::{Button, Weight},
    visit::Visit,
};

pub(super) struct ChosenRegion {
    compiled: Arc<Compiled>,
    /// The division code that was asked for.
    code: String,
    /// Whether it is the portal's own, which no address needs to name.
    own: bool,
    pub today: NaiveDate,
}

impl ChosenRegion {
    /// # Errors
    /// [`Problem::NotFound`] when what the address names is no region.
    pub fn read(app: &App, pairs: &[(String, String)]) -> Result<Self, Problem> {
        let own = &app.settings().region;
        let asked = pairs.iter().find(|(name, _)| name == "region").map(|(_, value)| value);
        let code = asked.unwrap_or(own);
        Ok(Self {
            compiled: app.policies().of(code).ok_or(Problem::NotFound)?,
            code: code.clone(),
            own: code == own,
            today: shanghai_date(app.now()),
        })
    }

    pub fn pack(&self) -> &Pack {
        &self.compiled.pack
    }

    /// An address about the same place.
    pub fn link(&self, visit: &Visit, path: &str) -> String {
        self.link_with(visit, path, &[])
    }

    /// [`Self::link`] that asks for something; names and values are ids.
    pub fn link_with(&self, visit: &Visit, path: &str, asked: &[(&str, &str)]) -> String {
        let region = (!self.own).then_some(("region", self.code.as_str()));
        let pairs = asked.iter().copied().chain(region).map(|(name, value)| format!("{name}={value}"));
        let query = pairs.collect::<Vec<_>>().join("&");
        let mark = if query.is_empty() { "" } else { "?" };
        visit.url(&format!("{path}{mark}{query}"))
    }

    /// Whose rules the page shows, and the way to those of another place.
    pub fn line(&self, visit: &Visit) -> AnyView {
        let locale = visit.locale;
        let pack = self.pack();
        let own = || say!(locale, "这里说的是{}的规定。", "These are the rules of {}.", pack.name.say(locale));
        let notice = stands_in(locale, pack, &self.code).unwrap_or_else(own);
        let other = format!("{}#region", self.link(visit, "/benefits"));
        view! {
            <p class="benefit-place">
                {notice} " " <a href=other>{locale.say("换一个地方", "Choose another place")}</a>
            </p>
        }
        .into_any()
    }

    /// The form that leads to the list of another place.
    pub fn form(&self, visit: &Visit, app: &App) -> AnyView {
        let policies = app.policies();
        let regions = policies.regions().into_iter().filter_map(|code| {
            let name = policies.of(&code)?.pack.name.say(visit.locale).to_owned();
            let chosen = code == self.pack().region;
            Some(view! { <option value=code selected=chosen>{name}</option> })
        });
        view! {
            <form class="flow" method="get" action=visit.url("/benefits")>
                <div class="field">
                    <label class="label" for="region">{visit.say("哪里的规定", "Rules of which place")}</label>
                    <p class="hint" id="region.hint">
                        {visit.say("一般按户口所在地选。", "Usually where the household is registered (户口).")}
                    </p>
                    <select class="input" id="region" name="region" aria-describedby="region.hint">
                        {regions.collect_view()}
                    </select>
                </div>
                <p class="actions">
                    <Button text=visit.say("看这里的规定", "Show its rules") weight=Weight::Secondary />
                </p>
            </form>
        }
        .into_any()
    }
}
