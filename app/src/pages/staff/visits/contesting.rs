//! Where a decision of a registry is contested ([`shared::contesting`]): before which government and court its own settings name.

use shared::{contesting, places::PlaceId, say, staff::OfficeId};

use super::{Opened, on_paper::TO_WRITE};
use crate::visit::Visit;

/// Before which government and court. A demonstration, which alone starts without them, leaves them to be written by hand.
pub(super) fn sentences(opened: &Opened<'_>) -> [String; 2] {
    at(opened.visit, &opened.one.row.place, &opened.one.office)
}

/// The organ that decides at this registry.
pub(super) fn organ<'a>(opened: &'a Opened<'_>) -> &'a str {
    let portal = &opened.visit.portal;
    let own = portal.contesting.organ.of(&opened.one.row.place, &opened.one.office);
    own.or(portal.bureau.as_deref()).unwrap_or(TO_WRITE)
}

fn at(visit: &Visit, registry: &PlaceId, office: &OfficeId) -> [String; 2] {
    let (locale, named) = (visit.locale, &visit.portal.contesting);
    let government = named.review_government.of(registry, office).map(str::to_owned);
    let government =
        government.unwrap_or_else(|| say!(locale, "{TO_WRITE}人民政府", "the people’s government of {TO_WRITE}"));
    let court = named.court.of(registry, office).map(str::to_owned);
    let court = court.unwrap_or_else(|| say!(locale, "{TO_WRITE}人民法院", "the people’s court of {TO_WRITE}"));
    [contesting::review(locale, &government), contesting::suit(locale, &court)]
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use server::settings::Contesting;
    use shared::locale::Locale;

    use super::*;
    use crate::visit::{PortalFacts, tests::visit};

    fn of(visit: &Visit, registry: &str) -> [String; 2] {
        at(visit, &PlaceId::parse(registry).unwrap(), &OfficeId::parse("nanshan").unwrap())
    }

    #[test]
    fn the_sheet_names_where_it_is_contested_and_leaves_it_to_be_written_in_a_demonstration_alone() {
        let mut visit = visit(Locale::Zh, "/staff/visits/x/refusal", "");
        assert!(of(&visit, "nanshan").iter().all(|sentence| sentence.contains(TO_WRITE)));
        let named = Contesting {
            review_government: "演示市人民政府; demo-hill=演示区人民政府".parse().unwrap(),
            court: "演示市人民法院; demo-hill=演示区人民法院".parse().unwrap(),
            ..Contesting::default()
        };
        visit.portal = Arc::new(PortalFacts { contesting: named, ..PortalFacts::default() });
        for (registry, whose) in [("nanshan", "演示市"), ("demo-hill", "演示区")] {
            let [review, court] = of(&visit, registry);
            assert!(review.contains(&format!("向{whose}人民政府申请行政复议")), "{review}");
            assert!(court.contains(&format!("向{whose}人民法院提起行政诉讼")), "{court}");
            assert!(!review.contains(TO_WRITE) && !court.contains(TO_WRITE));
        }
    }

    #[test]
    fn a_review_stands_first_and_a_suit_at_once_only_where_the_law_asks_for_no_review_before() {
        for (locale, first, else_) in [
            (Locale::Zh, "有的决定，法律要求先申请复议", "法律没有要求先申请复议的，也可以"),
            (
                Locale::En,
                "For some decisions the law asks for the review first",
                "Where the law does not ask for a review first",
            ),
        ] {
            let [review, suit] = of(&visit(locale, "/staff/visits/x/refusal", ""), "nanshan");
            assert!(review.contains(first), "{review}");
            assert!(suit.starts_with(else_), "{suit}");
        }
    }
}
