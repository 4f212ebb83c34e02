//! What a domain brings to the portal.

use server::settings::Settings;

use super::Site;
use crate::{appointments::service::BookingPages, components::sign::Sign, visit::Visit, words::Text};

/// One row of [`crate::domains`].
#[derive(Debug)]
pub struct Domain {
    /// The name of its folder in all crates, and of its service in the settings.
    pub name: &'static str,
    /// What residents come for; nothing where the domain is part of every portal.
    pub service: Option<Service>,
    /// Adds its pages.
    pub pages: fn(Site) -> Site,
    /// The domains whose writes change what strangers see on its pages.
    pub changes_with: &'static [&'static str],
    /// Its sheets in `style/`, beside those that are everybody's.
    pub sheets: &'static [&'static str],
}

/// A domain that a portal may offer or not.
#[derive(Debug)]
pub struct Service {
    /// In Chinese and in English.
    pub name: [&'static str; 2],
    /// Its first page.
    pub start: &'static str,
    /// What stands of it on the home page; where it takes appointments, its first free time stands there too.
    pub tile: Tile,
    /// Whether people come to it in need or grief: nothing on its pages is red but an error.
    pub calm: bool,
    /// A way that stands at the foot of each of its pages: its words in both languages, and where it leads.
    pub help: Option<([&'static str; 2], &'static str)>,
    /// How it shows itself to the pages of appointments, if it takes any.
    pub booking: Option<&'static BookingPages>,
}

/// What a service shows of itself on the home page.
#[derive(Debug)]
pub struct Tile {
    pub sign: Sign,
    /// In one short sentence.
    pub what: Text,
    /// Whether it may be red: an occasion for joy.
    pub warm: bool,
    /// Above the ways that begin in the middle of it, and those ways.
    pub more_title: Text,
    pub more: fn(&Visit) -> Vec<Way>,
}

/// A way into a service, past its first page.
#[derive(Debug)]
pub struct Way {
    pub sign: Option<Sign>,
    pub text: String,
    /// With the language prefix.
    pub href: String,
}

impl Domain {
    /// The home of rows that no domain added.
    pub(super) const NONE: Self = Self { name: "", service: None, pages: |site| site, changes_with: &[], sheets: &[] };

    /// Whether its pages are there under these settings.
    pub fn is_offered(&self, settings: &Settings) -> bool {
        self.service.is_none() || settings.services.offer(self.name)
    }
}
