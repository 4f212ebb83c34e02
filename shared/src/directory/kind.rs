//! A kind of place, as data: what it is called, in which tiers it comes, what is offered there, and when what is said of it
//! counts as old.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use super::listing::Listing;
use crate::id::is_plain;
use crate::localised::Localised;

/// A kind of place, such as `elderly_station`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Kind {
    pub id: String,
    /// What one of them is called.
    pub name: Localised,
    /// Where its pages are, such as `/stations`.
    pub path: String,
    /// From the largest to the smallest; none where all are alike.
    #[serde(default)]
    pub tiers: Vec<Tier>,
    /// In the order in which they are shown.
    #[serde(default)]
    pub services: Vec<ServiceKind>,
    #[serde(default)]
    pub ages: Ages,
    /// Other headings by which an import knows a column, by the column's name.
    #[serde(default)]
    pub columns: BTreeMap<String, Vec<String>>,
}

/// A level of a kind.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Tier {
    pub id: String,
    pub name: Localised,
    /// By which it is told apart in a picture, without colours.
    pub shape: Shape,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Shape {
    Circle,
    Square,
    Triangle,
    Diamond,
}

/// Something that places of a kind may offer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ServiceKind {
    pub id: String,
    pub name: Localised,
    /// The benefit of the policy packs whose conditions say who may use it.
    #[serde(default)]
    pub benefit: Option<String>,
    /// The benefit of the policy packs that pays a part of the price, or one figure of it (`elder_meals.delivery`) where
    /// its other figures are for something else.
    #[serde(default)]
    pub subsidy: Option<String>,
    /// Whoever cannot come gets it at home; said where nothing is near.
    #[serde(default)]
    pub comes_home: bool,
    /// Nobody may take money for it, wherever it is offered.
    #[serde(default)]
    pub free_of_charge: bool,
    /// Where a place does not list it, that does not say that it has none.
    #[serde(default)]
    pub unlisted_is_unknown: bool,
    /// What somebody who wants it should know before they go, with what it rests on; stands beside it at each place.
    #[serde(default)]
    pub note: Option<Localised>,
}

impl ServiceKind {
    /// What it costs, in fen, where a place says `said`: free is what nobody may take money for, whatever is written.
    pub fn price_fen(&self, said: Option<u32>) -> Option<u32> {
        if self.free_of_charge { Some(0) } else { said }
    }
}

/// Days after its last confirmation from which something that is said of a place counts as old.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Ages {
    /// It is said that nobody has confirmed it.
    pub unconfirmed: u32,
    /// The place comes after all others.
    pub last: u32,
    /// It is not shown any more.
    pub hidden: u32,
}

impl Default for Ages {
    fn default() -> Self {
        Self { unconfirmed: 90, last: 365, hidden: 730 }
    }
}

/// Why data is no kind.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum BadKind {
    #[error("`{0}` is no id")]
    Id(String),
    #[error("`{0}` comes twice")]
    Twice(String),
    #[error("the path `{0}` does not begin with a slash")]
    Path(String),
    #[error("the ages do not ascend")]
    Ages,
}

impl Kind {
    /// Whether it can be meant.
    pub fn check(&self) -> Result<(), BadKind> {
        let ids = || self.tiers.iter().map(|tier| &tier.id).chain(self.services.iter().map(|service| &service.id));
        let mut seen = BTreeSet::new();
        for id in [&self.id].into_iter().chain(ids()) {
            if !is_plain(id.as_bytes()) {
                return Err(BadKind::Id(id.clone()));
            }
            if !seen.insert(id) {
                return Err(BadKind::Twice(id.clone()));
            }
        }
        if !self.path.starts_with('/') {
            return Err(BadKind::Path(self.path.clone()));
        }
        let Ages { unconfirmed, last, hidden } = self.ages;
        if unconfirmed < last && last < hidden { Ok(()) } else { Err(BadKind::Ages) }
    }

    pub fn tier(&self, id: &str) -> Option<&Tier> {
        self.tiers.iter().find(|tier| tier.id == id)
    }

    pub fn service(&self, id: &str) -> Option<&ServiceKind> {
        self.services.iter().find(|service| service.id == id)
    }

    /// Whether nobody may take money for anything there: then no price is asked for, and none is looked for.
    pub fn is_free(&self) -> bool {
        !self.services.is_empty() && self.services.iter().all(|service| service.free_of_charge)
    }

    /// What a place offers, in the order of the kind.
    pub fn services_of<'k>(&'k self, listing: &'k Listing) -> impl Iterator<Item = &'k ServiceKind> {
        self.services.iter().filter(|service| listing.service(&service.id).is_some())
    }

    /// The place of a tier in the order of all; what has none comes last.
    pub fn rank(&self, tier: Option<&str>) -> usize {
        tier.and_then(|id| self.tiers.iter().position(|tier| tier.id == id)).unwrap_or(self.tiers.len())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::directory::found::tests::stations;

    #[test]
    fn a_kind_names_everything_once_and_its_ages_ascend() {
        let kind = stations();
        assert_eq!(kind.check(), Ok(()));
        let mut twice = kind.clone();
        twice.services.push(kind.services[0].clone());
        assert_eq!(twice.check(), Err(BadKind::Twice("meals".into())));
        let mut strange = kind.clone();
        strange.tiers[0].id = "街道".into();
        assert_eq!(strange.check(), Err(BadKind::Id("街道".into())));
        let ages = Ages { unconfirmed: 90, last: 90, hidden: 91 };
        assert_eq!(Kind { ages, ..kind.clone() }.check(), Err(BadKind::Ages));
        assert_eq!(Kind { path: "stations".into(), ..kind }.check(), Err(BadKind::Path("stations".into())));
    }

    #[test]
    fn what_nobody_may_take_money_for_is_free_whatever_is_written_and_a_kind_of_nothing_else_has_no_prices() {
        let mut kind = stations();
        let prices = [None, Some(0), Some(900)];
        assert_eq!(prices.map(|said| kind.services[0].price_fen(said)), prices);
        kind.services[0].free_of_charge = true;
        assert_eq!(prices.map(|said| kind.services[0].price_fen(said)), [Some(0); 3]);
        assert!(!kind.is_free(), "something else there may cost");
        kind.services.truncate(1);
        assert!(kind.is_free());
        kind.services.clear();
        assert!(!kind.is_free());
    }

    #[test]
    fn tiers_come_in_their_order_and_what_has_none_comes_last() {
        let kind = stations();
        let ranks = [Some("street_centre"), Some("point"), None, Some("unheard of")].map(|tier| kind.rank(tier));
        assert_eq!(ranks, [0, 2, 3, 3]);
    }
}
