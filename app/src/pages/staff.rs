//! The pages of those who work here: signing in, the day at the counter, and what hangs and stands in the hall.

pub mod account;
pub mod day;
mod next_page;
pub mod office;
mod refused;
pub mod sign_in;
pub mod sign_out;

use axum::response::{IntoResponse, Redirect, Response};
use shared::staff::Right;

use crate::{
    pages::{display, kiosk, screen},
    site::{Cache, Signed, Site, Who, get},
    visit::Visit,
};

/// What staff come for, and the screens of their offices.
pub fn pages(site: Site) -> Site {
    screens(
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
            .page("/staff/day/events", Who::Staff(Right::SeeDay), Cache::Never, get(day::events::show))
            .page("/staff/day/print", Who::Staff(Right::SeeDay), Cache::Never, get(day::print::show))
            .page(
                "/staff/office",
                Who::Staff(Right::ManageOffice),
                Cache::Never,
                get(office::show).post(office::submit),
            ),
    )
}

/// Screens are known by what their browser was given, and not by who stands before them.
fn screens(site: Site) -> Site {
    site.page("/screen/{code}", Who::Anyone, Cache::Never, get(screen::show).post(screen::submit))
        .page("/display/{office}", Who::Anyone, Cache::Never, get(display::show))
        .page("/display/{office}/events", Who::Anyone, Cache::Never, get(display::events::show))
        .page("/kiosk/{office}", Who::Anyone, Cache::Never, get(kiosk::show).post(kiosk::submit))
}

/// Whoever works at a counter has the day before them, whoever does not their own account.
async fn show(visit: Visit, axum::Extension(staff): Signed) -> Response {
    let sees_days = !staff.anywhere(Right::SeeDay).is_empty();
    let path = if sees_days { "/staff/day" } else { "/staff/account" };
    Redirect::to(&visit.url(path)).into_response()
}
