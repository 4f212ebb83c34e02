//! The pages of the appointment engine: choosing a place and a time, holding it, booking it, and looking after the
//! booking. They know no service: what differs stands in a service's [`service::BookingPages`].

pub mod acts;
pub mod alone;
pub mod book;
pub mod booking_form;
pub mod bookings;
mod choosing;
mod confirming;
pub mod draft;
pub mod held;
mod held_time;
pub mod hold_notice;
mod keys;
pub mod manage_link;
pub mod messages;
mod places;
pub mod question_page;
mod reasons;
mod rules;
mod sending;
pub mod service;
pub mod start;
pub mod step;
mod taking;
mod times;
pub mod wish;
pub mod words;

use self::service::BookingPages;
use crate::site::{Cache, Site, Who, get};

/// Adds the pages of one service. One that does not only ask declared questions adds those of its own questions, and
/// one that says more of itself the page it begins at.
pub fn pages(site: Site, service: &'static BookingPages) -> Site {
    let site = match service.start {
        Some(_) => site.page(service.root, Who::Anyone, Cache::Shared, get(start::show).of(service)),
        None => site,
    };
    let site = match service.form.questions {
        Some(_) => {
            let details = get(book::details::show).post(book::details::submit);
            site.page(service.path(alone::DETAILS), Who::Anyone, Cache::Never, details.of(service))
        }
        None => site,
    };
    managing(booking(site, service), service)
}

fn booking(site: Site, service: &'static BookingPages) -> Site {
    use book::{codes, hold, phone, review};
    let at = |page: &str| service.path(page);
    site.page(at("book"), Who::Anyone, Cache::UntilKnown, get(book::show).post(book::submit).of(service))
        .page(at("book/phone"), Who::Anyone, Cache::Never, get(phone::show).post(phone::submit).of(service))
        .page(at("book/hold"), Who::Anyone, Cache::Never, get(hold::show).post(hold::submit).of(service))
        .page(at("book/review"), Who::Anyone, Cache::Never, get(review::show).post(review::submit).of(service))
        .page(at("book/codes"), Who::Anyone, Cache::Never, get(codes::show).post(codes::submit).of(service))
}

fn managing(site: Site, service: &'static BookingPages) -> Site {
    use bookings::{
        booking::{self, calendar, cancel, print, reschedule, reschedule::confirm},
        code,
    };
    let at = |page: &str| service.path(&format!("bookings{page}"));
    let one = |page: &str| at(&format!("/{{reference}}{page}"));
    site.page(at(""), Who::Anyone, Cache::UntilKnown, get(bookings::show).post(bookings::submit).of(service))
        .page(at("/code"), Who::Anyone, Cache::Never, get(code::show).post(code::submit).of(service))
        .page(one(""), Who::Anyone, Cache::Never, get(booking::show).of(service))
        .page(one("/cancel"), Who::Anyone, Cache::Never, get(cancel::show).post(cancel::submit).of(service))
        .page(one("/reschedule"), Who::Anyone, Cache::Never, get(reschedule::show).post(reschedule::submit).of(service))
        .page(
            one("/reschedule/confirm"),
            Who::Anyone,
            Cache::Never,
            get(confirm::show).post(confirm::submit).of(service),
        )
        .page(one("/calendar.ics"), Who::Anyone, Cache::Never, get(calendar::show).of(service))
        .page(one("/print"), Who::Anyone, Cache::Never, get(print::show).of(service))
}

#[cfg(test)]
mod tests;
