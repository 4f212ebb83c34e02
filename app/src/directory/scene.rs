//! Everything that a page of a kind is drawn from.

use std::{collections::BTreeSet, sync::Arc};

use chrono::NaiveDateTime;
use server::{
    App,
    appointments::point,
    directory::{Directory, shown},
    error::Error,
};
use shared::{
    calendar::{Calendar, shanghai},
    directory::{
        Filter, Fit, Found, Freshness, Kind, Listing, ServiceKind, Sought, find,
        said::{Bit, Entry, HoursOf, StateSaid, Sure},
    },
    hours::Now,
    locale::Locale,
    places::PlaceId,
};

use super::{DirectoryPages, invented};
use crate::{pairs::address, visit::Visit};

/// The places of a kind at an instant, as somebody looks at them.
pub struct Scene<'a> {
    pub visit: &'a Visit,
    pub pages: &'static DirectoryPages,
    pub directory: Arc<Directory>,
    pub calendar: &'a Calendar,
    /// In civil time of Shanghai.
    pub now: NaiveDateTime,
    /// Those that can be booked here.
    pub bookable: BTreeSet<PlaceId>,
}

impl<'a> Scene<'a> {
    pub async fn read(app: &'a App, visit: &'a Visit, pages: &'static DirectoryPages) -> Result<Self, Error> {
        let now = app.now();
        let directory = shown::of(app, pages.kind(), now).await?;
        let bookable = match pages.book {
            Some(book) => {
                point::all(app, &book.bookable.service).await?.iter().map(|point| point.place.id.clone()).collect()
            }
            None => BTreeSet::new(),
        };
        Ok(Self { visit, pages, directory, calendar: app.calendar(), now: shanghai(now).naive_local(), bookable })
    }

    pub fn locale(&self) -> Locale {
        self.visit.locale
    }

    pub fn kind(&self) -> &'static Kind {
        self.directory.kind
    }

    pub fn listings(&self) -> &[Listing] {
        &self.directory.listings
    }

    /// What fits, in the order in which it is shown.
    pub fn find(&self, filter: &Filter) -> Vec<Found> {
        let kept = self.bookable.iter().map(PlaceId::as_str).collect::<Vec<_>>().join(" ");
        let sought = Sought { kind: self.kind(), filter, kept: &kept, now: self.now, most: usize::MAX };
        find(self.listings(), &self.directory.names, sought, None, self.calendar).first
    }

    /// How many places would fit that are not shown, as nobody has confirmed anything of them for years.
    pub fn hidden(&self, filter: &Filter) -> usize {
        let fits = |listing: &Listing| filter.fit(&listing.sight(), self.kind(), self.now, self.calendar) != Fit::No;
        let is_hidden =
            |one: &Listing| one.is_open_for_good(self.now.date()) && self.freshness(one).is_hidden() && fits(one);
        let all = self.listings().iter().enumerate();
        let hidden: Vec<usize> = all.filter(|&(_, one)| is_hidden(one)).map(|(index, _)| index).collect();
        if hidden.is_empty() || filter.q.is_empty() {
            return hidden.len();
        }
        let ranks = self.directory.names.ranks(&filter.q);
        hidden.into_iter().filter(|index| ranks.get(*index).is_some_and(Option::is_some)).count()
    }

    /// What the last confirmation of a place is worth today.
    pub fn freshness(&self, listing: &Listing) -> Freshness {
        let freshness = listing.freshness(self.kind(), self.now.date());
        freshness.where_booked(self.bookable.contains(&listing.id))
    }

    /// The place of an id as somebody types it into an address.
    pub fn get(&self, id: &str) -> Option<&Listing> {
        self.directory.get(&PlaceId::parse(id).ok()?)
    }

    /// How a place stands now, for a service or as a whole.
    pub fn now_at(&self, listing: &Listing, service: Option<&str>) -> Now {
        listing.now(self.now, service, self.calendar)
    }

    /// Those that are chosen to be put beside each other, as the address names them.
    pub fn chosen(&self) -> Vec<&Listing> {
        let query = self.visit.query.as_deref().unwrap_or_default();
        let mut chosen: Vec<&Listing> = Vec::new();
        for listing in query.split('&').filter_map(|pair| self.get(pair.strip_prefix("id=")?)) {
            if self.is_shown(listing) && !chosen.iter().any(|one| one.id == listing.id) {
                chosen.push(listing);
            }
        }
        chosen
    }

    /// The address of a place, which goes on with those that are chosen.
    pub fn way_to(&self, listing: &Listing) -> String {
        let chosen = self.chosen();
        let chosen = chosen.iter().map(|one| ("id", one.id.as_str()));
        address(&self.pages.url(self.visit, &format!("/{}", listing.id)), chosen)
    }

    /// Whose hours are asked for.
    fn hours_of<'l>(&'l self, listing: &'l Listing) -> HoursOf<'l> {
        HoursOf { place: listing.sight(), ages: self.kind().ages, is_booked: self.bookable.contains(&listing.id) }
    }

    /// A place as a list says it to whoever looks for something.
    pub fn entry<'l>(&'l self, listing: &'l Listing, filter: &Filter) -> Entry<'l> {
        let asked = (self.kind(), filter);
        let mut entry = Entry::of(self.locale(), self.hours_of(listing), asked, self.open(), self.now, self.calendar);
        if listing.times.are_invented() {
            entry.state.class = invented::STATE;
            let is_old = self.freshness(listing).is_last();
            entry.sure = entry.sure.map(|sure| invented::beside(self.locale(), Some(sure).filter(|_| is_old)));
        }
        entry
    }

    /// How sure the hours of a place are, as they are announced.
    pub fn announced(&self, listing: &Listing) -> Sure {
        if listing.times.are_invented() {
            return invented::sure(self.locale());
        }
        self.hours_of(listing).announced(self.locale(), self.now.date())
    }

    /// The kind's word for what is open.
    fn open(&self) -> Bit<'static> {
        Bit::Text(self.pages.open.say(self.locale()))
    }

    /// How a place stands now, in words.
    pub fn state(&self, listing: &Listing, service: Option<&str>) -> StateSaid<'static> {
        let now = self.now_at(listing, service);
        let stands = self.hours_of(listing).state(self.locale(), self.open(), &now, self.now);
        if listing.times.are_invented() { invented::state(self.locale(), stands) } else { stands }
    }

    /// Whether a place offers a service now, and not only usually.
    pub fn has_now(&self, listing: &Listing, service: &str) -> bool {
        listing.service(service).is_some() && !listing.sight().is_suspended(service, self.now)
    }

    /// The services of a place that keep hours of their own, in the order of the kind.
    pub fn with_own_hours(&self, listing: &Listing) -> impl Iterator<Item = &'static ServiceKind> {
        let keeps =
            move |service: &&ServiceKind| listing.service(&service.id).is_some() && listing.times.has_own(&service.id);
        self.kind().services.iter().filter(keeps)
    }

    /// Whether a list shows it: neither closed for good nor hidden.
    pub fn is_shown(&self, listing: &Listing) -> bool {
        listing.is_open_for_good(self.now.date()) && !self.freshness(listing).is_hidden()
    }

    /// The name of a tier; nothing where the kind has none.
    pub fn tier(&self, listing: &Listing) -> Option<&'static str> {
        let tier = self.kind().tier(listing.tier.as_deref()?)?;
        Some(tier.name.say(self.locale()))
    }
}
