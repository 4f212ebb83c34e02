//! Marriage registration: from "what do I need" to a booked time.

pub mod book;
pub mod bookings;
pub mod check;
pub mod safety;
pub mod start;
pub mod tile;

use crate::{
    pages::manage_link,
    site::{Cache, Site, Who, get},
};

pub fn pages(site: Site) -> Site {
    about(managing(booking(site)))
}

fn about(site: Site) -> Site {
    site.page("/marriage", Who::Anyone, Cache::Shared, get(start::show))
        .page("/marriage/safety", Who::Anyone, Cache::Shared, get(safety::show))
        .page("/marriage/check", Who::Anyone, Cache::Shared, get(check::show).post(check::submit))
}

fn booking(site: Site) -> Site {
    use book::{codes, details, hold, phone, review};
    site.page("/marriage/book", Who::Anyone, Cache::UntilKnown, get(book::show).post(book::submit))
        .page("/marriage/book/phone", Who::Anyone, Cache::Never, get(phone::show).post(phone::submit))
        .page("/marriage/book/hold", Who::Anyone, Cache::Never, get(hold::show).post(hold::submit))
        .page(
            "/marriage/book/details/{who}/identity",
            Who::Anyone,
            Cache::Never,
            get(details::identity::show).post(details::identity::submit),
        )
        .page(
            "/marriage/book/details/{who}/contact",
            Who::Anyone,
            Cache::Never,
            get(details::contact::show).post(details::contact::submit),
        )
        .page("/marriage/book/review", Who::Anyone, Cache::Never, get(review::show).post(review::submit))
        .page("/marriage/book/codes", Who::Anyone, Cache::Never, get(codes::show).post(codes::submit))
}

fn managing(site: Site) -> Site {
    use bookings::{
        booking::{self, calendar, cancel, print, reschedule},
        code,
    };
    let at = |below: &str| format!("/marriage/bookings/{{reference}}{below}");
    site.page("/marriage/bookings", Who::Anyone, Cache::UntilKnown, get(bookings::show).post(bookings::submit))
        .page("/marriage/bookings/code", Who::Anyone, Cache::Never, get(code::show).post(code::submit))
        .page(at(""), Who::Anyone, Cache::Never, get(booking::show))
        .page(at("/cancel"), Who::Anyone, Cache::Never, get(cancel::show).post(cancel::submit))
        .page(at("/reschedule"), Who::Anyone, Cache::Never, get(reschedule::show).post(reschedule::submit))
        .page(
            at("/reschedule/confirm"),
            Who::Anyone,
            Cache::Never,
            get(reschedule::confirm::show).post(reschedule::confirm::submit),
        )
        .page(at("/calendar.ics"), Who::Anyone, Cache::Never, get(calendar::show))
        .page(at("/print"), Who::Anyone, Cache::Never, get(print::show))
        .page("/m/{key}", Who::Anyone, Cache::Never, get(manage_link::show))
}
