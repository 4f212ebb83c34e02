//! What the counter refuses, in words that fit every service.

mod desk;
mod hall;
mod visit;

use chrono::{DateTime, NaiveDate, Utc};

use super::act::ActName;
use super::ids::{CounterId, VisitId};
use super::state::StateName;
use super::window::CounterName;
use crate::problem::{self, Problem, Words};

/// Why an act was not done. Nothing was changed by any of them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// No such act leads out of this state.
    NotFrom {
        act: ActName,
        state: StateName,
    },
    /// The visit is over.
    Over {
        state: StateName,
    },
    /// Somebody else was faster; the state is what it is now.
    Changed {
        state: StateName,
    },
    /// Another counter called them.
    CalledElsewhere {
        counter: CounterId,
    },
    /// Handed over to the counter where they are.
    SameCounter,
    /// Their time is on another Shanghai day.
    NotToday {
        starts_at: DateTime<Utc>,
    },
    /// Nobody is a no-show before their time begins.
    NotYet {
        starts_at: DateTime<Utc>,
    },
    /// Their time was closed, or they were told so: nobody is a no-show for it, and a kiosk lets nobody wait for it.
    TimeClosed,
    NothingToUndo,
    /// The last act that stands could be undone until then, excluded.
    UndoTooLate {
        act: ActName,
        until: DateTime<Utc>,
    },
    /// What is to be corrected can still be undone.
    UndoInstead {
        act: ActName,
    },
    /// It ended so already.
    SameOutcome,
    /// Two corrections of it were told: no third text goes out.
    ToldTwice,
    /// The visit of a booking that is to be ended was served to its end.
    ServedAlready,
    /// The counter calls or serves somebody, or was not freed of them on the day that they came.
    CounterBusy {
        visit: VisitId,
        /// The day whose sheet has them.
        date: NaiveDate,
        ticket: Option<u32>,
    },
    /// Nobody would come to it.
    CounterClosed,
    /// Another clerk is there.
    CounterTaken,
    /// Whoever asks has another counter.
    SeatedElsewhere {
        counter: CounterId,
        sign: CounterName,
    },
    /// Another counter of the office has this sign, or one that is read the same.
    CounterNameTaken,
    /// The office has more counters, or more screens, than any hall.
    HallFull,
    /// The office has closed that day.
    DayClosed {
        date: NaiveDate,
    },
    /// Nobody is called on from a day that is not today: whoever is left on it is let go of.
    DayOver {
        date: NaiveDate,
    },
    /// What concerns today was sent from a page of another day, or from one that does not say of which it is.
    PageOver {
        date: Option<NaiveDate>,
    },
    /// The day is not any more what whoever closes it has seen.
    DayChanged,
    /// Out of order, or on a day that is closed.
    ReasonNeeded,
    /// Sent on to where that is not done.
    NotOffered,
    /// All places of the day are taken.
    NoPlaceLeft,
    /// The day has no times, or none that are not over.
    NoTimeLeft,
    /// No booking of this office, whether or not there is such a booking elsewhere.
    NotHere,
    /// The office ended the booking, and those who come with it are not to learn that from whoever checks them in.
    EndedUntold,
    /// This clerk has looked for people by their documents too often in this hour.
    TooManyLookups {
        /// Seconds until the next one.
        retry_after: u64,
    },
    /// This person has looked for people of the hall by their own numbers too often.
    TooManySearches {
        /// Seconds until the next one.
        retry_after: u64,
    },
    /// This person has made too many bookings for others.
    TooManyBookings {
        /// Seconds until the next one.
        retry_after: u64,
    },
    /// This person has given one phone for as many others as a phone is good for.
    PhoneOfMany {
        /// From when on it is good for another.
        again_at: DateTime<Utc>,
        /// The seconds until then.
        retry_after: u64,
    },
    /// This person has cancelled too many bookings for others.
    TooManyCancellations {
        /// Seconds until the next one.
        retry_after: u64,
    },
    /// This person has moved too many bookings for others.
    TooManyMoves {
        /// Seconds until the next one.
        retry_after: u64,
    },
    /// This kiosk has given out tickets too fast.
    TooManyTickets {
        /// Seconds until the next one.
        retry_after: u64,
    },
    /// This person has taken walk-in tickets too fast.
    TooManyTicketsTaken {
        /// Seconds until the next one.
        retry_after: u64,
    },
    /// What was found by a document was found too long ago, or by somebody else.
    LookAgain,
    /// Whoever would end the booking has read the very number in full that found it, which proves no card on the desk.
    ReadInFull,
    /// No more texts go to numbers like this today.
    TextsAbroad {
        code: u16,
    },
    /// What is kept of somebody is needed for a booking that stands.
    StillNeeded,
    /// The number that somebody is to be known by in a booking has another one that stands.
    NumberBooked,
}

impl Refusal {
    /// The visit that stands in the way.
    pub fn visit(&self) -> Option<&VisitId> {
        match self {
            Self::CounterBusy { visit, .. } => Some(visit),
            _ => None,
        }
    }

    /// The counter that stands in the way.
    pub fn counter(&self) -> Option<CounterId> {
        match self {
            Self::CalledElsewhere { counter } | Self::SeatedElsewhere { counter, .. } => Some(*counter),
            _ => None,
        }
    }

    /// One of each, for the tests of words and documents.
    pub fn examples() -> Vec<Problem> {
        let instant = DateTime::UNIX_EPOCH;
        [
            Self::NotFrom { act: ActName::Finish, state: StateName::Arrived },
            Self::Over { state: StateName::Left },
            Self::Changed { state: StateName::Called },
            Self::CalledElsewhere { counter: CounterId(1) },
            Self::SameCounter,
            Self::NotToday { starts_at: instant },
            Self::NotYet { starts_at: instant },
            Self::TimeClosed,
            Self::NothingToUndo,
            Self::UndoTooLate { act: ActName::Call, until: instant },
            Self::UndoInstead { act: ActName::Finish },
            Self::SameOutcome,
            Self::ToldTwice,
            Self::ServedAlready,
            Self::CounterBusy {
                visit: VisitId::parse("visit").expect("an id"),
                date: instant.date_naive(),
                ticket: Some(5),
            },
            Self::CounterClosed,
            Self::CounterTaken,
            Self::SeatedElsewhere { counter: CounterId(1), sign: CounterName::parse("1").expect("a sign") },
            Self::CounterNameTaken,
            Self::HallFull,
            Self::DayClosed { date: instant.date_naive() },
            Self::DayOver { date: instant.date_naive() },
            Self::PageOver { date: Some(instant.date_naive()) },
            Self::DayChanged,
            Self::ReasonNeeded,
            Self::NotOffered,
            Self::NoPlaceLeft,
            Self::NoTimeLeft,
            Self::NotHere,
            Self::EndedUntold,
            Self::TooManyLookups { retry_after: 720 },
            Self::TooManySearches { retry_after: 60 },
            Self::TooManyBookings { retry_after: 3600 },
            Self::PhoneOfMany { again_at: instant, retry_after: 3600 },
            Self::TooManyCancellations { retry_after: 3600 },
            Self::TooManyMoves { retry_after: 3600 },
            Self::TooManyTickets { retry_after: 20 },
            Self::TooManyTicketsTaken { retry_after: 60 },
            Self::LookAgain,
            Self::ReadInFull,
            Self::TextsAbroad { code: 852 },
            Self::StillNeeded,
            Self::NumberBooked,
        ]
        .map(Problem::from)
        .into()
    }
}

impl problem::Refusal for Refusal {
    fn words(&self) -> Words {
        match *self {
            Self::NotFrom { act, state } => visit::not_from(act, state),
            Self::Over { state } => visit::over(state),
            Self::Changed { state } => visit::changed(state),
            Self::CalledElsewhere { .. } => visit::called_elsewhere(),
            Self::SameCounter => visit::same_counter(),
            Self::NotToday { starts_at } => visit::not_today(starts_at),
            Self::NotYet { starts_at } => visit::not_yet(starts_at),
            Self::TimeClosed => hall::time_closed(),
            Self::NothingToUndo => visit::nothing_to_undo(),
            Self::UndoTooLate { act, .. } => visit::undo_too_late(act),
            Self::UndoInstead { act } => hall::undo_instead(act),
            Self::SameOutcome => hall::same_outcome(),
            Self::ToldTwice => hall::told_twice(),
            Self::ServedAlready => desk::served_already(),
            Self::CounterBusy { date, ticket, .. } => hall::counter_busy(date, ticket),
            Self::CounterClosed => hall::counter_closed(),
            Self::CounterTaken => hall::counter_taken(),
            Self::SeatedElsewhere { ref sign, .. } => hall::seated_elsewhere(sign),
            Self::CounterNameTaken => hall::counter_name_taken(),
            Self::HallFull => hall::hall_full(),
            Self::DayClosed { date } => hall::day_closed(date),
            Self::DayOver { date } => hall::day_over(date),
            Self::PageOver { date } => hall::page_over(date),
            Self::DayChanged => hall::day_changed(),
            Self::ReasonNeeded => hall::reason_needed(),
            Self::NotOffered => hall::not_offered(),
            Self::NoPlaceLeft => hall::no_place_left(),
            Self::NoTimeLeft => hall::no_time_left(),
            Self::NotHere => hall::not_here(),
            Self::EndedUntold => desk::ended_untold(),
            Self::TooManyLookups { retry_after } => desk::too_many_lookups(retry_after),
            Self::TooManySearches { retry_after } => desk::too_many_searches(retry_after),
            Self::TooManyBookings { retry_after } => desk::too_many_bookings(retry_after),
            Self::PhoneOfMany { again_at, .. } => desk::phone_of_many(again_at),
            Self::TooManyCancellations { retry_after } => desk::too_many_cancellations(retry_after),
            Self::TooManyMoves { retry_after } => desk::too_many_moves(retry_after),
            Self::TooManyTickets { retry_after } => hall::too_many_tickets(retry_after),
            Self::TooManyTicketsTaken { retry_after } => hall::too_many_tickets_taken(retry_after),
            Self::LookAgain => desk::look_again(),
            Self::ReadInFull => desk::read_in_full(),
            Self::TextsAbroad { code } => desk::texts_abroad(code),
            Self::StillNeeded => desk::still_needed(),
            Self::NumberBooked => desk::number_booked(),
        }
    }

    fn retry_after(&self) -> Option<u64> {
        match self {
            Self::TooManyLookups { retry_after }
            | Self::TooManySearches { retry_after }
            | Self::TooManyBookings { retry_after }
            | Self::PhoneOfMany { retry_after, .. }
            | Self::TooManyCancellations { retry_after }
            | Self::TooManyMoves { retry_after }
            | Self::TooManyTickets { retry_after }
            | Self::TooManyTicketsTaken { retry_after } => Some(*retry_after),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::locale::Locale;
    use crate::problem::Refusal as _;

    #[test]
    fn a_refusal_says_how_the_visit_stands_and_what_can_be_done() {
        let said = Refusal::NotFrom { act: ActName::Finish, state: StateName::Parked }.words().sentence;
        assert_eq!(said.zh, "这个号现在已暂放，不能“办结”。可以：叫回、标记离开、转到别处。");
        assert_eq!(
            said.en,
            "This visit is now set aside, so “finish” is not possible. What is: bring back, mark as left, send on."
        );
    }

    #[test]
    fn every_state_and_act_has_words_of_its_own_in_both_languages() {
        for locale in Locale::ALL {
            let words = StateName::ALL.iter().map(|state| state.words(locale));
            let words: Vec<_> = words.chain(ActName::ALL.iter().map(|act| act.words(locale))).collect();
            let distinct: std::collections::BTreeSet<_> = words.iter().collect();
            assert_eq!(distinct.len(), words.len());
        }
    }
}
