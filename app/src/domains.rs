//! The one place where the domains' pages are chained; what they bring to the server is listed in `server::domains`.

use crate::{
    appointments, directory,
    pages::{
        self, benefits,
        ceremony::{self, CEREMONY},
        marriage, procedures, staff, stations,
    },
    site::{Domain, Service, Site},
};

/// Every domain that has pages; the first is the ground that all stand on.
pub const DOMAINS: &[Domain] = &[
    Domain {
        name: "ground",
        service: None,
        pages: pages::pages,
        changes_with: &["appointments", "directory", "notices"],
        sheets: &[],
    },
    Domain {
        name: "appointments",
        service: None,
        pages: appointments::manage_link,
        changes_with: &[],
        sheets: &["40-appointments.css"],
    },
    Domain {
        name: "marriage",
        service: Some(Service {
            name: ["结婚登记", "Marriage registration"],
            start: "/marriage",
            tile: marriage::tile::TILE,
            calm: false,
            help: Some((
                ["我不安全，或者我不是自愿的", "I am not safe, or I am not doing this freely"],
                "/marriage/safety",
            )),
            booking: Some(&marriage::book::MARRIAGE),
        }),
        pages: |site| appointments::pages(marriage::pages(site), &marriage::book::MARRIAGE),
        changes_with: &["appointments", "directory", "notices"],
        sheets: &["40-marriage.css"],
    },
    Domain {
        name: "ceremony",
        service: Some(Service {
            name: ["免费颁证仪式", "Free certificate ceremony"],
            start: "/ceremony",
            tile: ceremony::TILE,
            calm: false,
            help: None,
            booking: Some(&CEREMONY),
        }),
        pages: |site| appointments::pages(site, &CEREMONY),
        changes_with: &["appointments", "notices"],
        sheets: &[],
    },
    Domain {
        name: "benefits",
        service: Some(Service {
            name: ["惠民政策与补贴", "Benefits"],
            start: "/benefits",
            tile: benefits::tile::TILE,
            calm: true,
            help: None,
            booking: None,
        }),
        pages: benefits::pages,
        changes_with: &["benefits", "notices"],
        sheets: &["40-benefits.css"],
    },
    Domain {
        name: "stations",
        service: Some(Service {
            name: ["长者服务站", "Elderly stations"],
            start: "/stations",
            tile: stations::TILE,
            calm: true,
            help: None,
            booking: None,
        }),
        pages: stations::pages,
        changes_with: &["directory", "benefits", "notices"],
        sheets: &[],
    },
    Domain {
        name: "procedures",
        service: Some(Service {
            name: ["网上申请", "Applications online"],
            start: "/procedures",
            tile: procedures::tile::TILE,
            calm: true,
            help: None,
            booking: None,
        }),
        pages: procedures::pages,
        changes_with: &["notices"],
        sheets: &["40-procedures.css"],
    },
    Domain {
        name: "directory",
        service: None,
        pages: directory::others,
        changes_with: &["directory", "notices"],
        sheets: &["40-directory.css"],
    },
    Domain {
        name: "staff",
        service: None,
        pages: staff::pages,
        changes_with: &[],
        sheets: &[
            "41-cases.css",
            "41-counter.css",
            "41-desk.css",
            "41-hall.css",
            "41-paper.css",
            "41-staff.css",
            "41-visit.css",
        ],
    },
];

/// Every page of the portal.
pub fn site() -> Site {
    Site::of(DOMAINS)
}

/// The names of all services, as the settings know them.
pub fn services() -> Vec<&'static str> {
    DOMAINS.iter().filter(|domain| domain.service.is_some()).map(|domain| domain.name).collect()
}
