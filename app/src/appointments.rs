//! The pages of the appointment engine: choosing a place and a time, holding it, booking it, and looking after the
//! booking. They know no service: what differs stands in a service's [`service::BookingPages`].

mod again;
pub mod alone;
pub mod book;
pub mod booking_form;
pub mod bookings;
mod by_date;
mod choosing;
mod closed;
pub mod confirming;
pub mod draft;
pub mod first_free;
pub mod held;
mod held_time;
pub mod hold_notice;
mod instead;
mod keys;
pub mod manage_link;
pub mod messages;
mod moving;
mod no_cookie;
pub mod open_hours;
pub mod places;
pub mod question_page;
mod reasons;
mod rules;
mod sending;
pub mod service;
pub mod start;
pub mod step;
mod steps;
mod taking;
mod times;
mod until_release;
pub mod wish;
pub mod words;

#[cfg(test)]
mod tests;

use service::BookingPages;

use crate::site::{Cache, Page, Site, Who, get};

/// The pages of one service: all those below its own page, and that page too where the service gives only its text. A
/// service whose questions are not declared as data brings the pages that ask them.
pub fn pages(site: Site, pages: &'static BookingPages) -> Site {
    use bookings::booking::{calendar, cancel, data, print, reschedule};

    // Where places and times are chosen, nothing is personal until a time is held.
    let page = |site: Site, path: &str, page: Page| {
        let cache = if matches!(path, "book" | "bookings") { Cache::UntilKnown } else { Cache::Never };
        site.page(pages.path(path), Who::Anyone, cache, page.with_pages(pages))
    };
    let site = match pages.start {
        Some(_) => site.page(pages.root, Who::Anyone, Cache::Shared, get(start::show).with_pages(pages)),
        None => site,
    };
    let site = match pages.form.questions {
        Some(_) => page(site, alone::DETAILS, get(book::details::show).post(book::details::submit)),
        None => site,
    };
    let site = page(site, "book", get(book::show).post(book::submit));
    let site = page(site, "book/phone", get(book::phone::show).post(book::phone::submit));
    let site = page(site, "book/hold", get(book::hold::show).post(book::hold::submit));
    let site = page(site, book::release::PAGE, get(book::release::show));
    let site = page(site, "book/review", get(book::review::show).post(book::review::submit));
    let site = page(site, "book/codes", get(book::codes::show).post(book::codes::submit));
    let site = page(site, "bookings", get(bookings::show).post(bookings::submit));
    let site = page(site, "bookings/code", get(bookings::code::show).post(bookings::code::submit));
    let site = page(site, "bookings/{reference}", get(bookings::booking::show));
    let site = page(site, "bookings/{reference}/cancel", get(cancel::show).post(cancel::submit));
    let site = page(site, "bookings/{reference}/reschedule", get(reschedule::show).post(reschedule::submit));
    let confirm = get(reschedule::confirm::show).post(reschedule::confirm::submit);
    let site = page(site, "bookings/{reference}/reschedule/confirm", confirm);
    let site = page(site, "bookings/{reference}/calendar.ics", get(calendar::show));
    let site = page(site, "bookings/{reference}/data", get(data::show).post(data::submit));
    page(site, "bookings/{reference}/print", get(print::show))
}

/// The page that links in messages open, whatever the booking is for.
pub fn manage_link(site: Site) -> Site {
    site.page("/m/{key}", Who::Anyone, Cache::Never, get(manage_link::show))
}
