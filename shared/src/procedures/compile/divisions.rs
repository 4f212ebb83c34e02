//! The divisions that an address can name.

use crate::eligibility::pack::FactOption;
use crate::localised::Localised;

const DISTRICTS: &str = include_str!("../../../packs/cn/districts.csv");

/// The districts of the city that a place is or lies in, by their codes.
pub(super) fn of_city(region: &str) -> Vec<FactOption> {
    let city = region.get(..4).unwrap_or(region);
    let rows = DISTRICTS.lines().filter_map(|line| line.split_once(','));
    let here = rows.filter(|(code, _)| code.starts_with(city));
    let option = |(code, name): (&str, &str)| FactOption {
        id: code.to_owned(),
        label: Localised::new(name, format!("{name} ({code})")),
    };
    here.map(option).collect()
}
