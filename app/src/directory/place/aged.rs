//! What nobody has confirmed for long, said where it stands, for the sections that are silent while they are fresh.

use leptos::prelude::*;
use shared::{
    directory::{Listing, Section},
    say,
};

use super::{super::Scene, confirmed};

/// Of a section, where nobody has confirmed it for long, or ever.
pub(super) fn aged(scene: &Scene<'_>, listing: &Listing, section: Section) -> Option<AnyView> {
    let locale = scene.locale();
    let name = section.words();
    let name = name.say(locale);
    let text = match listing.freshness_of(section, scene.kind(), scene.now.date()) {
        None => say!(locale, "{name}还没有人核实过", "{name}: nobody has confirmed this"),
        Some(freshness) => {
            let days = freshness.days()?;
            say!(locale, "{name}已有 {days} 天没有人核实", "{name}: nobody has confirmed this for {days} days")
        }
    };
    Some(view! { <p class="place-sure place-unsure">{text}</p> }.into_any())
}

/// Of the phone, with whom else to call; a place without one has said so.
pub(super) fn phone(scene: &Scene<'_>, listing: &Listing) -> Option<AnyView> {
    let said = listing.phone.as_ref().and_then(|_| aged(scene, listing, Section::Contact))?;
    let else_where = scene.locale().say("打不通的话，可以打 12345 问。", "If nobody answers, ask 12345.");
    let read = confirmed::only_read(scene, listing, Section::Contact);
    Some(view! { <div>{said} {read} <p class="soft">{else_where}</p></div> }.into_any())
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use chrono::{Days, NaiveDate};
    use shared::directory::Confirmation;

    use super::*;
    use crate::directory::tests::{drawn, real, text};

    fn said(section: Section, days: Option<u64>) -> String {
        let today: NaiveDate = "2026-05-13".parse().unwrap();
        let confirmed = days.map(|days| (section, Confirmation { on: today - Days::new(days), by: "示例".into() }));
        let listing = Listing { confirmed: BTreeMap::from_iter(confirmed), ..real() };
        let draw = |scene: &Scene<'_>, listing: &Listing| match section {
            Section::Contact => phone(scene, listing).into_any(),
            other => aged(scene, listing, other).into_any(),
        };
        text(&drawn(vec![listing], draw))
    }

    #[test]
    fn a_section_is_silent_while_it_is_fresh_and_says_so_in_sight_from_ninety_days_on() {
        for section in [Section::Contact, Section::Services, Section::Capacity, Section::Grade] {
            let name = section.words().zh;
            assert_eq!(said(section, Some(89)), "", "{name}");
            let old = said(section, Some(90));
            assert!(old.starts_with(&format!("{name}已有 90 天没有人核实")), "{old}");
            assert!(said(section, None).starts_with(&format!("{name}还没有人核实过")));
        }
        assert!(said(Section::Contact, Some(90)).contains("可以打 12345 问"));
    }
}
