//! What finding a place and saying it in a list need of it, wherever it is kept: on the server as a [`super::Listing`], on a phone
//! as a row of a [`super::bundle`].

use chrono::{NaiveDate, NaiveDateTime};

use super::freshness::Freshness;
use super::kind::Ages;
use super::section::ServiceHere;
use crate::calendar::Classes;
use crate::hours::{Hours, Now, State};
use crate::locale::Locale;
use crate::localised::Localised;

/// One place.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Sight<'a> {
    pub id: &'a str,
    pub name: Words<'a>,
    pub address: Words<'a>,
    /// By its name in the kind.
    pub tier: Option<&'a str>,
    /// Code and name.
    pub street: Option<(&'a str, &'a str)>,
    pub community: Option<(&'a str, &'a str)>,
    pub hours: &'a Hours,
    pub services: &'a [ServiceHere],
    pub is_step_free: bool,
    /// Invented.
    pub is_demo: bool,
    /// As it is written.
    pub phone: Option<&'a str>,
    /// When it closes for good.
    pub closed: Option<NaiveDate>,
    /// When somebody last said of anything that it is right.
    pub confirmed: NaiveDate,
    /// When somebody last said so of the hours.
    pub hours_confirmed: Option<NaiveDate>,
}

/// The same in Chinese and in English.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Words<'a> {
    pub zh: &'a str,
    pub en: &'a str,
}

impl<'a> Words<'a> {
    pub fn of(Localised { zh, en }: &'a Localised) -> Self {
        Self { zh, en }
    }

    pub fn say(self, locale: Locale) -> &'a str {
        locale.say(self.zh, self.en)
    }
}

impl<'a> Sight<'a> {
    pub fn is_open_for_good(&self, today: NaiveDate) -> bool {
        self.closed.is_none_or(|closed| today < closed)
    }

    /// Whether anybody has looked after it at all, by whatever was confirmed last.
    pub fn freshness(&self, ages: Ages, today: NaiveDate) -> Freshness {
        Freshness::of(self.confirmed, today, ages)
    }

    pub fn service(&self, id: &str) -> Option<&'a ServiceHere> {
        self.services.iter().find(|service| service.service == id)
    }

    /// Whether a service that is offered is announced not to be there at an instant.
    pub fn is_suspended(&self, service: &str, at: NaiveDateTime) -> bool {
        self.hours.is_suspended(service, at)
    }

    /// How it stands at an instant; what is closed for good never opens again.
    pub fn now(&self, at: NaiveDateTime, service: Option<&str>, calendar: &impl Classes) -> Now {
        if self.is_open_for_good(at.date()) {
            return self.hours.at(at, service, calendar);
        }
        Now { state: State::Closed, until: None, next: None, next_is_asked: false, untimed: None, provisional: false }
    }

    /// What is searched: its name, its community, and its street with its address.
    pub fn texts(&self) -> [String; 3] {
        let name = |area: Option<(&'a str, &'a str)>| area.map_or("", |(_, name)| name);
        [self.name.zh.to_owned(), name(self.community).to_owned(), name(self.street).to_owned() + self.address.zh]
    }
}
