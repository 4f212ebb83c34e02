//! What the directory brings to the house.

use shared::directory::Refusal;

use super::reports::forgetting;
use super::{NAME, demo, import, warm};
use crate::api::directory::routes;
use crate::domain::Domain;

/// The row of the directory.
pub const DOMAIN: Domain = Domain {
    tables: &[
        "listing",
        "listing_kind",
        "listing_section",
        "listing_change",
        "listing_import",
        "listing_import_row",
        "place_report",
    ],
    problems: Refusal::examples,
    streams: &[import::STREAM],
    jobs: &[forgetting::forget, warm::keep],
    routes,
    demo: Some(demo::load),
    demo_again: Some(demo::renew),
    ..Domain::named(NAME)
};
