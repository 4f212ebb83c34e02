//! What every request needs: the database, the keys, the calendar, the clock and the settings.

use std::sync::Arc;

use chrono::{DateTime, Utc};
use shared::appointments::{PlaceId, Service, SlotId};
use shared::calendar::Calendar;
use shared::problem::Problem;
use tokio::sync::Notify;

use crate::appointments::month::{FirstFree, Months};
use crate::appointments::registry::{self, Registry};
use crate::appointments::slots::Placed;
use crate::clock::Clock;
use crate::database::{Database, DatabaseError, sql::sql};
use crate::error::Error;
use crate::generation::{Generation, Generations};
use crate::keys::{KeyError, Keys};
use crate::limits::Limits;
use crate::policy::{Policies, PolicyError};
use crate::region::{self, RegionError};
use crate::remembered::Remembered;
use crate::settings::Settings;

/// The state of one server process; cheap to clone. Nothing in it must survive or agree with another process.
#[derive(Clone)]
pub struct App(Arc<Inner>);

struct Inner {
    settings: Settings,
    clock: Clock,
    keys: Keys,
    database: Database,
    calendar: Calendar,
    policies: Policies,
    registries: Remembered<(), Arc<[Registry]>>,
    slots: Remembered<(SlotId, Service), Placed>,
    months: Months,
    first_free: FirstFree,
    outbox: Notify,
    limits: Limits,
    generations: Generations,
}

/// Slots remembered at a time; a rush asks for far fewer.
const MOST_SLOTS: usize = 4096;

/// Months and first free times remembered at a time.
const MOST_VIEWS: usize = 64;

/// Second of the server’s clock, and what this process had written by then: while it stays the same, so does what is
/// shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Moment {
    second: i64,
    writes: u64,
}

/// Why the server cannot start.
#[derive(Debug, thiserror::Error)]
pub enum OpenError {
    #[error("the database cannot be opened: {0}")]
    Database(#[from] DatabaseError),
    #[error(transparent)]
    Keys(#[from] KeyError),
    #[error(transparent)]
    Region(#[from] RegionError),
    #[error(transparent)]
    Policy(#[from] PolicyError),
}

impl App {
    /// Opens the database (bringing its schema up to date), the keys and the calendar; on an empty database
    /// in demo mode also loads the demo region.
    pub async fn open(settings: Settings) -> Result<Self, OpenError> {
        let clock = Clock::starting_at(settings.now.map(|now| now.to_utc()));
        Self::open_with_clock(settings, clock).await
    }

    /// [`Self::open`] with a clock of one's own.
    pub async fn open_with_clock(settings: Settings, clock: Clock) -> Result<Self, OpenError> {
        let database = Database::open(&settings.database()).await?;
        let keys = open_keys(&settings, &database).await?;
        let calendar = region::calendar()?;
        let policies = Policies::embedded();
        if let Some(folder) = &settings.packs {
            policies.load(folder)?;
        }
        let (demo, limits) = (settings.demo, Limits::new(settings.rate_limit));
        // Until each write says whose it is, every write is one of the appointments.
        let generations = Generations::counted("appointments", database.counter());
        let inner = Inner {
            settings,
            clock,
            keys,
            database,
            calendar,
            policies,
            registries: Remembered::new(1),
            slots: Remembered::new(MOST_SLOTS),
            months: Remembered::new(MOST_VIEWS),
            first_free: Remembered::new(MOST_VIEWS),
            outbox: Notify::new(),
            limits,
            generations,
        };
        let app = Self(Arc::new(inner));
        if demo {
            region::load_demo(&app).await?;
        }
        Ok(app)
    }

    pub fn settings(&self) -> &Settings {
        &self.0.settings
    }

    pub fn database(&self) -> &Database {
        &self.0.database
    }

    pub fn keys(&self) -> &Keys {
        &self.0.keys
    }

    pub fn calendar(&self) -> &Calendar {
        &self.0.calendar
    }

    pub fn policies(&self) -> &Policies {
        &self.0.policies
    }

    /// How much each client may ask of this process.
    pub fn limits(&self) -> &Limits {
        &self.0.limits
    }

    /// How often a domain has written something in this process.
    pub fn generation(&self, domain: &'static str) -> Generation {
        self.0.generations.of(domain)
    }

    /// The current instant; everything below takes it as an argument.
    pub fn now(&self) -> DateTime<Utc> {
        self.0.clock.now()
    }

    pub fn moment(&self, now: DateTime<Utc>) -> Moment {
        Moment { second: now.timestamp(), writes: self.0.database.writes() }
    }

    /// All registries, at most a second old.
    pub async fn registries(&self) -> Result<Arc<[Registry]>, Error> {
        if let Some(list) = self.0.registries.get(&()) {
            return Ok(list);
        }
        let list = registry::load_all(&self.0.database).await?;
        self.0.registries.put((), list.clone());
        Ok(list)
    }

    /// Slots looked at lately, each by itself.
    pub(crate) fn slots(&self) -> &Remembered<(SlotId, Service), Placed> {
        &self.0.slots
    }

    pub(crate) fn months(&self) -> &Months {
        &self.0.months
    }

    pub(crate) fn first_free(&self) -> &FirstFree {
        &self.0.first_free
    }

    /// Reads registries and slots afresh next time; for whoever changes them.
    pub fn forget_remembered(&self) {
        self.0.registries.forget();
        self.0.slots.forget();
        self.0.months.forget();
        self.0.first_free.forget();
    }

    /// One registry.
    ///
    /// # Errors
    /// [`Problem::NotFound`] when there is none with this id.
    pub async fn registry(&self, id: &PlaceId) -> Result<Registry, Error> {
        let registries = self.registries().await?;
        let found = registries.iter().find(|registry| registry.id == *id);
        Ok(found.cloned().ok_or(Problem::NotFound)?)
    }

    /// Tells the job that sends messages that there is something to send.
    pub fn outbox_wakes(&self) {
        self.0.outbox.notify_one();
    }

    pub(crate) async fn outbox_woken(&self) {
        self.0.outbox.notified().await;
    }
}

/// Loads the key file; makes one only where nothing has been sealed yet.
async fn open_keys(settings: &Settings, database: &Database) -> Result<Keys, OpenError> {
    if settings.keys.exists() {
        return Ok(Keys::load(&settings.keys)?);
    }
    let mut connection = database.read().await?;
    let sealed = sql("select 1 from outbox union all select 1 from appointment limit 1", []);
    if sealed.fetch_optional(&mut *connection).await.map_err(DatabaseError::from)?.is_some() {
        return Err(KeyError::Missing(settings.keys.display().to_string()).into());
    }
    Ok(Keys::create(&settings.keys, settings.cipher)?)
}
