//! What every request needs: the database, the keys, the calendar, the clock and the settings.

use std::sync::{Arc, OnceLock};

use chrono::{DateTime, Utc};
use shared::appointments::Service;
use shared::calendar::Calendar;
use tokio::sync::Notify;

use crate::appointments::{bookable::Bookable, cache::Cache};
use crate::clock::Clock;
use crate::counter::Hall;
use crate::database::Database;
use crate::directory::Shown as DirectoryShown;
use crate::generation::{Generation, Generations};
use crate::in_hand::InHand;
use crate::keys::Keys;
use crate::limits::Limits;
use crate::notices::shown::Shown;
use crate::policy::Policies;
use crate::procedures::files::Store;
use crate::settings::Settings;
use crate::staff::password::Passwords;

/// The state of one server process; cheap to clone. Nothing in it must survive or agree with another process.
#[derive(Clone)]
pub struct App(Arc<Inner>);

/// What [`App::open`] opens.
pub(crate) struct Parts {
    pub settings: Settings,
    pub clock: Clock,
    pub keys: Keys,
    pub database: Database,
    pub calendar: Calendar,
    pub policies: Policies,
    /// What residents can book under the settings.
    pub bookable: Vec<&'static Bookable>,
    pub files: Store,
}

struct Inner {
    parts: Parts,
    appointments: Cache,
    generations: Generations,
    outbox: Notify,
    limits: Limits,
    in_hand: InHand,
    /// When what the clock ends may be ended, where it was found far ahead.
    ends_from: OnceLock<DateTime<Utc>>,
    passwords: Passwords,
    hall: Hall,
    notices: Shown,
    directory: DirectoryShown,
}

impl App {
    pub(crate) fn of(parts: Parts) -> Self {
        let limits = Limits::new(parts.settings.rate_limit);
        Self(Arc::new(Inner {
            parts,
            appointments: Cache::default(),
            generations: Generations::default(),
            outbox: Notify::new(),
            limits,
            in_hand: InHand::default(),
            ends_from: OnceLock::new(),
            passwords: Passwords::default(),
            hall: Hall::default(),
            notices: Shown::default(),
            directory: DirectoryShown::default(),
        }))
    }

    pub fn settings(&self) -> &Settings {
        &self.0.parts.settings
    }

    pub fn database(&self) -> &Database {
        &self.0.parts.database
    }

    pub fn keys(&self) -> &Keys {
        &self.0.parts.keys
    }

    pub fn calendar(&self) -> &Calendar {
        &self.0.parts.calendar
    }

    pub fn policies(&self) -> &Policies {
        &self.0.parts.policies
    }

    /// What residents can book.
    pub fn bookable(&self) -> &[&'static Bookable] {
        &self.0.parts.bookable
    }

    /// The one of them with this service.
    pub fn bookable_of(&self, service: &Service) -> Option<&'static Bookable> {
        self.bookable().iter().copied().find(|bookable| bookable.service == *service)
    }

    /// Where the photographs and PDFs of applications lie.
    pub fn files(&self) -> &Store {
        &self.0.parts.files
    }

    /// How much each client may ask of this process.
    pub fn limits(&self) -> &Limits {
        &self.0.limits
    }

    /// What this process has in hand of what is sent.
    pub(crate) fn in_hand(&self) -> &InHand {
        &self.0.in_hand
    }

    /// Where staff's passwords are hashed, some at a time.
    pub fn passwords(&self) -> &Passwords {
        &self.0.passwords
    }

    /// What this process keeps of its halls.
    pub fn hall(&self) -> &Hall {
        &self.0.hall
    }

    /// The notices that this process lately showed.
    pub fn notices(&self) -> &Shown {
        &self.0.notices
    }

    /// The listed places that this process lately showed.
    pub fn directory(&self) -> &DirectoryShown {
        &self.0.directory
    }

    /// How often a domain has written something in this process.
    pub fn generation(&self, domain: &'static str) -> Generation {
        self.0.generations.of(domain)
    }

    pub(crate) fn clock(&self) -> &Clock {
        &self.0.parts.clock
    }

    /// Whether what is over by this instant may be ended for good.
    pub(crate) fn may_end(&self, now: DateTime<Utc>) -> bool {
        self.0.ends_from.get().is_none_or(|from| now >= *from)
    }

    /// Nothing is ended for good until then.
    pub(crate) fn end_nothing_until(&self, from: DateTime<Utc>) {
        self.0.ends_from.set(from).ok();
    }

    /// The current instant; everything below takes it as an argument.
    pub fn now(&self) -> DateTime<Utc> {
        self.0.parts.clock.now()
    }

    /// What the appointment engine remembers.
    pub fn appointments(&self) -> &Cache {
        &self.0.appointments
    }

    /// Tells the job that sends messages that there is something to send.
    pub fn outbox_wakes(&self) {
        self.0.outbox.notify_one();
    }

    pub(crate) async fn outbox_woken(&self) {
        self.0.outbox.notified().await;
    }
}
