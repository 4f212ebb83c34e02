//! The pages of the directory engine: a list with its filters, a place, places beside each other, and what is wrong with one.
//! They know no kind: what differs stands in a kind's data and in its [`DirectoryPages`].

mod call;
mod compare;
mod empty;
mod entry;
mod filter_form;
mod gone;
mod heading;
pub mod invented;
mod list;
mod near;
mod pages_of;
mod picture;
mod place;
mod receipts;
mod scene;
mod sources;
mod streets;
mod wrong;

#[cfg(test)]
mod tests;

use server::{App, directory::kinds, error::Error};
use shared::directory::Kind;

pub use self::{list::LIST_LENGTH, pages_of::DirectoryPages, scene::Scene};

use crate::{
    site::{Cache, Site, Way, Who, get},
    visit::Visit,
};

/// The pages of one kind: all lie below the path that its data names.
pub fn pages(site: Site, pages: &'static DirectoryPages) -> Site {
    let path = |below: &str| format!("{}{below}", pages.kind().path);
    let page = |site: Site, below: &str, page: crate::site::Page| {
        site.page(path(below), Who::Anyone, Cache::Shared, page.with_pages(pages))
    };
    let site = page(site, "", get(list::show));
    let site = page(site, "/compare", get(compare::show));
    let site = page(site, "/{id}", get(place::show));
    let site = page(site, "/{id}/print", get(place::print::show));
    // What is typed there is nobody's to keep.
    let wrong = get(wrong::show).post(wrong::submit).with_pages(pages);
    site.page(path("/{id}/wrong"), Who::Anyone, Cache::Never, wrong)
}

/// The pages of the kinds that no service shows as its own, and what came of what people said.
pub fn others(site: Site) -> Site {
    DirectoryPages::others().fold(receipts::pages(site), pages)
}

/// The ways to the kinds that no service shows as its own and of which any place is listed.
pub async fn ways_to_others(app: &App, visit: &Visit) -> Result<Vec<Way>, Error> {
    let mut ways = Vec::new();
    for pages in DirectoryPages::others() {
        let scene = Scene::read(app, visit, pages).await?;
        if scene.listings().iter().any(|listing| scene.is_shown(listing)) {
            let text = pages.plural.say(visit.locale).to_owned();
            ways.push(Way { sign: None, text, href: pages.url(visit, "") });
        }
    }
    Ok(ways)
}

/// A kind that the program itself names, so that its file is there.
fn kind(id: &str) -> &'static Kind {
    kinds::kind(id).expect("the kinds that pages name have their files")
}
