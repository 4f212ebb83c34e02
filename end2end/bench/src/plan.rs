//! What to measure, with what, and how often.

use std::{path::PathBuf, time::Duration};

use clap::{Args, ValueEnum};

#[derive(Args)]
pub struct Plan {
    /// The release binary.
    #[arg(long)]
    pub huimin: PathBuf,
    /// A folder on a real disk for the databases of this run.
    #[arg(long)]
    pub scratch: PathBuf,
    /// `postgres://…` of an empty PostgreSQL with durable settings; without it PostgreSQL is not measured.
    #[arg(long)]
    pub postgres: Option<String>,
    /// File to write; standard output if left out.
    #[arg(long)]
    pub report: Option<PathBuf>,
    /// The commit that is measured.
    #[arg(long, default_value = "unknown")]
    pub commit: String,
    /// The Chromium that Lighthouse is to use; without it those rows say not measured.
    #[arg(long)]
    pub chromium: Option<PathBuf>,
    /// Where `cases.js` and `cases_bg.wasm` are: the rules for the browser.
    #[arg(long)]
    pub cases: Option<PathBuf>,
    /// Measure only this part, and print it.
    #[arg(long, value_enum)]
    pub only: Option<Part>,
    /// A rehearsal: everything once and shortly, to see that it works.
    #[arg(long)]
    pub quick: bool,
}

/// A part of the measurement that stands alone.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Part {
    /// How soon the server answers, and its memory at rest.
    Start,
    /// Weights of the pages.
    Weights,
    /// Pages a second.
    Speed,
    /// The eligibility check.
    Eligibility,
    Lighthouse,
    /// The hot day.
    Load,
    /// The day sheet, the display, and twenty clerks at once.
    Hall,
    /// The directory with twenty thousand places.
    Places,
    /// Applications: a million of them, photographs, the hot day, and what breaks off.
    Procedures,
}

impl Plan {
    pub fn wants(&self, part: Part) -> bool {
        self.only.is_none_or(|only| only == part)
    }

    /// Times that a figure with a median is measured.
    pub fn runs(&self, full: usize) -> usize {
        if self.quick { 1 } else { full }
    }

    /// Times that something is repeated which takes no time worth speaking of.
    pub fn times(&self, full: usize) -> usize {
        if self.quick { full.min(20) } else { full }
    }

    /// How long a load lasts.
    pub fn lasting(&self, seconds: u64) -> Duration {
        if self.quick { Duration::from_secs(2) } else { Duration::from_secs(seconds) }
    }
}

/// The clock of every server that is measured: a week before the hot day, which is then open for booking.
pub const NOW: &str = "2026-05-13T10:00:00+08:00";
/// The hot day (我爱你, 5·20).
pub const DAY: &str = "2026-05-20";
/// The registry that everybody wants.
pub const REGISTRY: &str = "nanshan";
