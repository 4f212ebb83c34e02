//! The pages of those who work here: signing in, the day at the counter, and what hangs and stands in the hall.

pub mod account;
mod apart;
pub mod book;
mod card;
pub mod cases;
mod choosing;
pub mod confirm;
pub mod day;
pub mod day_lists;
mod grant_fields;
mod handed;
pub mod invitation;
pub mod looks;
pub mod messages;
pub mod new_person;
mod next_page;
pub mod notices;
pub mod office;
pub mod own_data;
mod paper;
pub mod people;
pub mod places;
mod proof;
mod refused;
pub mod release;
mod service_at;
pub mod sign_in;
pub mod sign_out;
mod small_field;
pub mod visits;

use axum::response::{IntoResponse, Redirect, Response};
use shared::staff::Right;

use crate::{
    pages::{display, kiosk, screen},
    site::{Cache, Signed, Site, Who, get},
    visit::Visit,
};

/// What staff come for, and the screens of their offices.
pub fn pages(site: Site) -> Site {
    screens(people(applications(
        site.page("/staff", Who::SignedIn, Cache::Never, get(show))
            .page("/staff/sign-in", Who::Anyone, Cache::Never, get(sign_in::show).post(sign_in::submit))
            .page("/staff/sign-out", Who::Anyone, Cache::Never, get(sign_out::show).post(sign_out::submit))
            .page("/staff/account", Who::SignedIn, Cache::Never, get(account::show).post(account::submit))
            .page(
                "/staff/account/keys",
                Who::SignedIn,
                Cache::Never,
                get(account::keys::show).post(account::keys::submit),
            )
            .page("/staff/day", Who::Staff(Right::SeeDay), Cache::Never, get(day::show).post(day::submit))
            .page("/staff/book", Who::Staff(Right::BookForPeople), Cache::Never, get(book::show).post(book::submit))
            .page("/staff/day/events", Who::Staff(Right::SeeDay), Cache::Never, get(day::events::show))
            .page(
                "/staff/day/paper",
                Who::Staff(Right::WorkAtCounter),
                Cache::Never,
                get(day::paper::show).post(day::paper::submit),
            )
            .page("/staff/day/print", Who::Staff(Right::SeeDay), Cache::Never, get(day::print::show))
            .page(
                "/staff/messages",
                Who::Staff(Right::WorkAtCounter),
                Cache::Never,
                get(messages::show).post(messages::submit),
            )
            .page("/staff/visits/{id}", Who::Staff(Right::SeeDay), Cache::Never, get(visits::show).post(visits::submit))
            .page("/staff/visits/{id}/refusal", Who::Staff(Right::SeeDay), Cache::Never, get(visits::refusal::show))
            .page("/staff/visits/{id}/missing", Who::Staff(Right::SeeDay), Cache::Never, get(visits::missing::show))
            .page("/staff/day-lists", Who::Staff(Right::SeeSafetyLooks), Cache::Never, get(day_lists::show))
            .page("/staff/looks", Who::Staff(Right::SeeClosedAccounts), Cache::Never, get(looks::show))
            .page(
                "/staff/release",
                Who::Staff(Right::ReleaseBooking),
                Cache::Never,
                get(release::show).post(release::submit),
            )
            .page(
                "/staff/own-data",
                Who::Staff(Right::ReleaseBooking),
                Cache::Never,
                get(own_data::show).post(own_data::submit),
            )
            .page(
                "/staff/office",
                Who::Staff(Right::ManageOffice),
                Cache::Never,
                get(office::show).post(office::submit),
            )
            .page(
                "/staff/office/services",
                Who::Staff(Right::ManageOffice),
                Cache::Never,
                get(office::services::show).post(office::services::submit),
            )
            .page(
                "/staff/office/hours",
                Who::Staff(Right::ManageOffice),
                Cache::Never,
                get(office::hours::show).post(office::hours::submit),
            )
            .page(
                "/staff/office/today",
                Who::Staff(Right::ManageOffice),
                Cache::Never,
                get(office::today::show).post(office::today::submit),
            )
            .page(
                "/staff/notices",
                Who::Staff(Right::EditTexts),
                Cache::Never,
                get(notices::show).post(notices::submit),
            ),
    )))
}

/// What people applied for, and what is decided on it.
fn applications(site: Site) -> Site {
    const SEE: Who = Who::Staff(Right::SeeCases);
    site.page("/staff/cases", SEE, Cache::Never, get(cases::show).post(cases::submit))
        .page("/staff/cases/batch", SEE, Cache::Never, get(cases::batch::show).post(cases::batch::submit))
        .page("/staff/cases/export", SEE, Cache::Never, get(cases::export::show).post(cases::export::submit))
        .page("/staff/cases/figures", SEE, Cache::Never, get(cases::figures::show))
        .page("/staff/cases/figures/file", SEE, Cache::Never, get(cases::figures::file))
        .page("/staff/cases/ratings", SEE, Cache::Never, get(cases::ratings::show))
        .page("/staff/cases/threshold", SEE, Cache::Never, get(cases::threshold::show).post(cases::threshold::submit))
        .page("/staff/cases/{id}", SEE, Cache::Never, get(cases::one::show).post(cases::one::submit))
        .page(
            "/staff/cases/{id}/files/{file}",
            SEE,
            Cache::Never,
            get(cases::one::file::show).post(cases::one::file::submit),
        )
        .page("/staff/cases/{id}/letter", SEE, Cache::Never, get(cases::one::letter::show))
}

/// Accounts: coming to one, looking after one's own and after those of others.
fn people(site: Site) -> Site {
    use account::{authenticator, codes, password};
    const MANAGE: Who = Who::Staff(Right::ManageAccounts);
    let new = get(new_person::show).post(new_person::submit);
    let one = get(people::one::show).post(people::one::submit);
    let secret = get(authenticator::show).post(authenticator::submit);
    site.page("/staff/invitation", Who::Anyone, Cache::Never, get(invitation::show).post(invitation::submit))
        .page("/staff/account/password", Who::SignedIn, Cache::Never, get(password::show).post(password::submit))
        .page("/staff/account/authenticator", Who::SignedIn, Cache::Never, secret)
        .page("/staff/account/codes", Who::SignedIn, Cache::Never, get(codes::show).post(codes::submit))
        .page(
            "/staff/confirm",
            Who::Staff(Right::ConfirmAccounts),
            Cache::Never,
            get(confirm::show).post(confirm::submit),
        )
        .page("/staff/people", MANAGE, Cache::Never, get(people::show).post(people::submit))
        .page("/staff/people/{account}", MANAGE, Cache::Never, one)
        .page("/staff/new-person", MANAGE, Cache::Never, new)
        .page("/staff/places", Who::Staff(Right::AddPlaces), Cache::Never, get(places::show).post(places::submit))
}

/// Screens are known by what their browser was given, and not by who stands before them.
fn screens(site: Site) -> Site {
    site.page("/screen/{code}", Who::Anyone, Cache::Never, get(screen::show).post(screen::submit))
        .page("/display/{office}", Who::Anyone, Cache::Never, get(display::show))
        .page("/display/{office}/events", Who::Anyone, Cache::Never, get(display::events::show))
        .page("/kiosk/{office}", Who::Anyone, Cache::Never, get(kiosk::show).post(kiosk::submit))
}

/// Whoever works at a counter has the day before them, whoever decides on applications the cases, an administrator the people, an
/// editor the notices, an auditor the looks that nobody else would ask about, everybody else their own account.
async fn show(visit: Visit, axum::Extension(staff): Signed) -> Response {
    let has = |right| !staff.anywhere(right).is_empty();
    let path = match () {
        () if has(Right::SeeDay) => "/staff/day",
        () if has(Right::SeeCases) => "/staff/cases",
        () if has(Right::ManageAccounts) => "/staff/people",
        () if has(Right::EditTexts) => "/staff/notices",
        () if has(Right::SeeSafetyLooks) => "/staff/looks",
        () => "/staff/account",
    };
    Redirect::to(&visit.url(path)).into_response()
}
