//! What lasts beyond what a day alone says: last night's opening, and what is not there for a while.

use chrono::{NaiveDateTime, Timelike};

use super::{DayHours, Hours};
use crate::calendar::{Classes, DAY_MINUTES};

impl Hours {
    /// What is left at an instant of spans that began on the eve, in minutes since today's midnight; none where nothing is.
    pub fn left_of_eve(&self, at: NaiveDateTime, service: Option<&str>, calendar: &impl Classes) -> Option<DayHours> {
        let eve = self.day(at.date().pred_opt()?, service, calendar);
        let now = DAY_MINUTES + at.hour() * 60 + at.minute();
        let left = eve.spans.iter().filter(|(_, closes)| *closes > now);
        let spans: Vec<_> =
            left.map(|(opens, closes)| (opens.saturating_sub(DAY_MINUTES), closes - DAY_MINUTES)).collect();
        (!spans.is_empty()).then_some(DayHours { spans, ..eve })
    }

    /// Until when a service is announced not to be there, where that holds at an instant.
    pub fn suspended_until(&self, service: &str, at: NaiveDateTime) -> Option<NaiveDateTime> {
        let mut until = None;
        // What is announced to go on after another holds with it.
        while let Some(next) = self.suspending(service, until.unwrap_or(at)) {
            until = Some(next);
        }
        until
    }

    /// Whether that holds at an instant.
    pub fn is_suspended(&self, service: &str, at: NaiveDateTime) -> bool {
        self.changes.iter().any(|announced| announced.change.suspends(service, at))
    }

    fn suspending(&self, service: &str, at: NaiveDateTime) -> Option<NaiveDateTime> {
        let announced = self.changes.iter().map(|announced| &announced.change);
        announced.filter(|change| change.suspends(service, at)).map(|change| change.to).max()
    }
}
