//! What the server does with the people of a booking, whatever their type is in each service.

use std::pin::Pin;

use chrono::{DateTime, Utc};
use leptos::prelude::*;
use server::{
    App,
    appointments::{
        Attendees, Bookable,
        booking::{
            Holder, cancel, find, reschedule,
            view::{self, BookingView},
        },
        hold::Hold,
    },
    error::Error,
};
use shared::{
    appointments::{BookingReference, HoldId, SlotId},
    identity::{Phone, PhoneCode},
    locale::Locale,
};

use super::service::BookingPages;
use crate::{components::summary::Row, visit::Visit};

/// What is shown of those whom a booking is for, masked.
pub trait Shown: Send + Sync {
    fn people(&self, pages: &BookingPages, locale: Locale) -> Vec<Row>;

    /// The same on paper, which anybody may find.
    fn people_on_paper(&self, pages: &BookingPages, locale: Locale) -> Vec<Row>;

    /// What they bring.
    fn bring(&self, _: &Visit) -> Option<AnyView> {
        None
    }

    /// Whether not every place suits them: see [`super::service::Narrowing`].
    fn is_narrowed(&self) -> bool {
        false
    }
}

/// A booking as its pages show it.
pub type View = BookingView<Box<dyn Shown>>;

/// What comes of an act.
pub type Doing<'a, T> = Pin<Box<dyn Future<Output = Result<T, Error>> + Send + 'a>>;

/// The server's functions for one type of people.
pub struct Acts {
    pub view: for<'a> fn(&'a App, &'a Bookable, &'a Holder, DateTime<Utc>) -> Doing<'a, View>,
    pub cancel: for<'a> fn(&'a App, &'a Bookable, &'a Holder, DateTime<Utc>) -> Doing<'a, ()>,
    /// Holds a time that a booking could move to.
    pub hold: for<'a> fn(&'a App, &'a Bookable, &'a Holder, SlotId, DateTime<Utc>) -> Doing<'a, Hold>,
    pub reschedule: Reschedule,
    pub send_code: for<'a> fn(&'a App, &'a Bookable, Finder<'a>, Locale, DateTime<Utc>) -> Doing<'a, ()>,
    pub by_code: ByCode,
}

/// Moves a booking to the time of a hold, which is named with its token.
type Reschedule = for<'a> fn(&'a App, &'a Bookable, &'a Holder, (&'a HoldId, &'a str), DateTime<Utc>) -> Doing<'a, ()>;

/// Opens a booking with a code, and gives its token.
type ByCode = for<'a> fn(&'a App, &'a Bookable, Finder<'a>, &'a PhoneCode, DateTime<Utc>) -> Opening<'a>;

/// What comes of [`Acts::by_code`].
pub type Opening<'a> = Doing<'a, (Holder, String)>;

/// What somebody knows who looks for a booking.
pub type Finder<'a> = (BookingReference, &'a Phone);

impl Acts {
    pub const fn of<A>() -> Self
    where
        A: Attendees + 'static,
        A::Masked: Shown + 'static,
    {
        Self {
            view: |app, bookable, holder, now| {
                Box::pin(async move {
                    let booking = view::view::<A>(app, bookable, holder, now).await?;
                    Ok(booking.map(|people| Box::new(people) as Box<dyn Shown>))
                })
            },
            cancel: |app, bookable, holder, now| Box::pin(cancel::cancel::<A>(app, bookable, holder, now)),
            hold: |app, bookable, holder, slot, now| Box::pin(reschedule::hold::<A>(app, bookable, holder, slot, now)),
            reschedule: |app, bookable, holder, hold, now| {
                Box::pin(reschedule::reschedule::<A>(app, bookable, holder, hold, now))
            },
            send_code: |app, bookable, (reference, phone), locale, now| {
                Box::pin(find::send_code::<A>(app, bookable, reference, phone, locale, now))
            },
            by_code: |app, bookable, (reference, phone), code, now| {
                Box::pin(find::by_code::<A>(app, bookable, reference, phone, code, now))
            },
        }
    }
}
