//! What every request needs: the database, the keys, the calendar, the clock and the settings.

use std::sync::Arc;

use chrono::{DateTime, Utc};
use shared::calendar::Calendar;
use tokio::sync::Notify;

use crate::appointments;
use crate::clock::Clock;
use crate::database::{Database, DatabaseError, sql::sql};
use crate::domains;
use crate::generation::{Generation, Generations};
use crate::keys::{KeyError, Keys};
use crate::limits::Limits;
use crate::policy::{Policies, PolicyError};
use crate::region::{self, RegionError};
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
    appointments: appointments::cache::Cache,
    generations: Generations,
    outbox: Notify,
    limits: Limits,
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
        let inner = Inner {
            settings,
            clock,
            keys,
            database,
            calendar,
            policies,
            appointments: appointments::cache::Cache::default(),
            generations: Generations::default(),
            outbox: Notify::new(),
            limits,
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

    /// What the appointment engine remembers.
    pub fn appointments(&self) -> &appointments::cache::Cache {
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

/// Loads the key file; makes one only where nothing has been sealed yet.
async fn open_keys(settings: &Settings, database: &Database) -> Result<Keys, OpenError> {
    if settings.keys.exists() {
        return Ok(Keys::load(&settings.keys)?);
    }
    let mut connection = database.read().await?;
    for sealed in domains::sealed() {
        let first = sql(sealed.list, ["".into(), 1_i64.into()]).fetch_optional(&mut *connection).await;
        if first.map_err(DatabaseError::from)?.is_some() {
            return Err(KeyError::Missing(settings.keys.display().to_string()).into());
        }
    }
    Ok(Keys::create(&settings.keys, settings.cipher)?)
}
