//! What every request needs: the database, the keys, the clock and the settings.

use std::sync::Arc;

use chrono::{DateTime, Utc};

use crate::{clock::Clock, settings::Settings};

/// The state of one server process; cheap to clone.
#[derive(Clone)]
pub struct Office(Arc<Inner>);

struct Inner {
    settings: Settings,
    clock: Clock,
}

impl Office {
    pub fn new(settings: Settings) -> Self {
        let clock = Clock::starting_at(settings.now.map(|now| now.to_utc()));
        Self(Arc::new(Inner { settings, clock }))
    }

    pub fn settings(&self) -> &Settings {
        &self.0.settings
    }

    /// The current instant; everything below takes it as an argument.
    pub fn now(&self) -> DateTime<Utc> {
        self.0.clock.now()
    }
}
