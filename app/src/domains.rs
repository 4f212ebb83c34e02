//! The one place where the domains are chained: whoever adds one adds a row here, and nothing elsewhere.

use crate::{
    pages,
    site::{Domain, Site},
};

/// Every domain that has pages; the first is the ground that all stand on.
pub const DOMAINS: &[Domain] = &[
    Domain { name: "ground", pages: pages::pages },
    Domain { name: "marriage", pages: pages::marriage::pages },
    Domain { name: "benefits", pages: pages::benefits::pages },
];

/// Every page of the portal.
pub fn site() -> Site {
    Site::of(DOMAINS)
}
