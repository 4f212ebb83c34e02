//! Marriage registration: from "what do I need" to a booked time.

pub mod book;
pub mod check;
pub mod registries;
pub mod safety;
pub mod start;
pub mod tile;

use crate::{
    directory,
    site::{Cache, Site, Who, get},
};

pub fn pages(site: Site) -> Site {
    directory::pages(details(about(site)), &registries::REGISTRIES)
}

fn about(site: Site) -> Site {
    site.page("/marriage", Who::Anyone, Cache::Shared, get(start::show))
        .page("/marriage/safety", Who::Anyone, Cache::Shared, get(safety::show))
        .page("/marriage/check", Who::Anyone, Cache::Shared, get(check::show).post(check::submit))
}

fn details(site: Site) -> Site {
    use book::details::person;
    let site =
        site.page("/marriage/book/details/{who}", Who::Anyone, Cache::Never, get(person::show).post(person::submit));
    ["identity", "contact"].into_iter().fold(site, |site, before| {
        let path = format!("/marriage/book/details/{{who}}/{before}");
        site.page(path, Who::Anyone, Cache::Never, get(person::moved).post(person::moved))
    })
}
