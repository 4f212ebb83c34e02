//! What both databases say when a write is refused, read in this one file.

use super::Retry;

/// A rule that the database enforces; its constraint carries the same name in both schemas.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Rule {
    /// `taken` stays between 0 and `capacity`.
    SlotCapacity,
    /// One live booking per person and service, across all places.
    PersonBooksOnce,
    /// At most two live holds per holder.
    HoldsPerHolder,
    /// A hold is extended no further than its rule says.
    HoldExtensions,
    /// One booking per idempotency key.
    IdempotencyKey,
    /// One event per place in an audit stream.
    AuditSequence,
    /// Reference numbers are unique.
    BookingReference,
    /// One checkpoint at each place of their chain.
    CheckpointSequence,
    /// A code may be tried five times.
    CodeAttempts,
    /// Nobody gives themselves a role.
    NobodyGrantsThemselves,
    /// An administrator is made by two people, or by the operator.
    RoleTakesTwo,
    /// The operator makes two administrators for an office and no third.
    TwoFounders,
    /// Who proposes an administrator does not approve them, nor what they propose to be said of a place.
    TwoPersons,
    /// One proposal at a time for the same person at the same place.
    RoleProposedOnce,
    /// One change of what is said of a place waits at a time.
    PlaceChangedOnce,
    /// Who opens an account for somebody does not say that they have seen them, nor do they themselves.
    SeenByAnother,
    /// Who suspends an administrator does not agree to it, nor does whom it is about.
    AgreedByAnother,
    /// A second person was one before, and not by the hand of those it is about.
    SecondIsOlder,
    /// An account whose owner's number was erased never opens again.
    EndedStaysClosed,
    /// The signs of an office's counters differ.
    CounterName,
    /// A clerk sits at one counter.
    CounterOfClerk,
    /// A visit is called to one counter.
    VisitCalledOnce,
    /// A counter calls one visit.
    CounterCallsOnce,
    /// A ticket of an office and a day is one visit's.
    VisitTicket,
    /// A booking has one visit.
    VisitOfBooking,
    /// A change of a place ends after it begins.
    ListingChangeEnds,
    /// A listed place is never deleted, and keeps its id.
    ListingStays,
    /// No place belongs to itself, however far above; at most three belong to each other in a row.
    PlaceHasNoLoop,
    /// Who filled a case in, who proposed and who signed are different people.
    ThreePersons,
    /// What is granted once is granted in one case.
    GrantedOnce,
    /// A reference number is one case's.
    CaseReference,
    /// One change of the sum from which on a further signature is needed waits at a time.
    ThresholdChangedOnce,
    /// What somebody has read of a rating stays as it was.
    RatingStays,
    /// Whoever worked on a case does not follow up what was said of it.
    FollowedByAnother,
}

const RULES: [(&str, Rule); 36] = [
    ("slot_capacity", Rule::SlotCapacity),
    ("person_books_once", Rule::PersonBooksOnce),
    ("holds_per_holder", Rule::HoldsPerHolder),
    ("holds_per_holder_once", Rule::HoldsPerHolder),
    ("hold_extensions", Rule::HoldExtensions),
    ("idempotency_key", Rule::IdempotencyKey),
    ("audit_sequence", Rule::AuditSequence),
    ("booking_reference", Rule::BookingReference),
    ("checkpoint_sequence", Rule::CheckpointSequence),
    ("code_attempts", Rule::CodeAttempts),
    ("nobody_grants_themselves", Rule::NobodyGrantsThemselves),
    ("role_takes_two", Rule::RoleTakesTwo),
    ("two_founders", Rule::TwoFounders),
    ("two_persons", Rule::TwoPersons),
    ("role_proposed_once", Rule::RoleProposedOnce),
    ("place_changed_once", Rule::PlaceChangedOnce),
    ("seen_by_another", Rule::SeenByAnother),
    ("agreed_by_another", Rule::AgreedByAnother),
    ("second_is_older", Rule::SecondIsOlder),
    ("ended_stays_closed", Rule::EndedStaysClosed),
    ("counter_name", Rule::CounterName),
    ("counter_of_clerk", Rule::CounterOfClerk),
    ("visit_is_called_once", Rule::VisitCalledOnce),
    ("counter_calls_once", Rule::CounterCallsOnce),
    ("visit_ticket", Rule::VisitTicket),
    ("visit_of_booking", Rule::VisitOfBooking),
    ("listing_change_ends", Rule::ListingChangeEnds),
    ("listing_stays", Rule::ListingStays),
    ("place_has_no_loop", Rule::PlaceHasNoLoop),
    ("three_persons", Rule::ThreePersons),
    ("granted_once", Rule::GrantedOnce),
    ("case_reference", Rule::CaseReference),
    ("case_request_key", Rule::IdempotencyKey),
    ("threshold_changed_once", Rule::ThresholdChangedOnce),
    ("rating_stays", Rule::RatingStays),
    ("followed_by_another", Rule::FollowedByAnother),
];

/// Why the database did not do as asked.
#[derive(Debug, thiserror::Error)]
pub enum DatabaseError {
    #[error("refused by the rule {0:?}")]
    Refused(Rule),
    /// Deadlock, serialisation failure or a lock that did not come in time: worth another try.
    #[error("the database is busy: {0}")]
    Busy(#[source] sqlx::Error),
    /// It cannot be reached, has no room left or may not be written: nothing is wrong with what was asked.
    #[error("the database is not available: {0}")]
    Unavailable(#[source] sqlx::Error),
    /// It broke off while a transaction was being ended, and may have kept what was written or not.
    #[error("the database did not say whether it kept what was written: {0}")]
    Unanswered(#[source] sqlx::Error),
    /// Whoever asks for it was let in before, and is no more; see [`super::condition`].
    #[error("whoever asks was shut out before it was written")]
    AskerStopped,
    /// This process may not write for now.
    #[error("nothing is written while the clock is behind what was last written; see docs/operating.md")]
    OnlyReads,
    #[error("column {0} holds something this version cannot read")]
    Unreadable(String),
    #[error("it is damaged ({0}); restore a backup, see docs/operating.md")]
    Damaged(String),
    #[error("it is {0} and none of this portal; nothing was written to it")]
    NotOurs(&'static str),
    #[error("the writer has stopped")]
    Stopped,
    #[error("a transaction was given up after an internal error")]
    Panicked,
    #[error(transparent)]
    Other(sqlx::Error),
}

impl DatabaseError {
    pub fn unreadable(column: &str) -> Self {
        Self::Unreadable(column.to_owned())
    }

    /// Why a transaction could not be ended.
    pub(super) fn of_commit(error: sqlx::Error) -> Self {
        match error.into() {
            Self::Unavailable(error) => Self::Unanswered(error),
            other => other,
        }
    }
}

impl Retry for DatabaseError {
    fn is_transient(&self) -> bool {
        matches!(self, Self::Busy(_))
    }
}

impl From<sqlx::Error> for DatabaseError {
    fn from(error: sqlx::Error) -> Self {
        let Some(database) = error.as_database_error() else {
            return if is_away(&error) { Self::Unavailable(error) } else { Self::Other(error) };
        };
        let named = database.constraint().unwrap_or_else(|| sqlite_constraint(database.message()));
        if let Some((_, rule)) = RULES.iter().find(|(name, _)| *name == named) {
            return Self::Refused(*rule);
        }
        match database.code().as_deref() {
            // PostgreSQL: serialisation failure, deadlock, lock not available. SQLite: busy, locked, busy snapshot.
            Some("40001" | "40P01" | "55P03" | "5" | "6" | "517") => Self::Busy(error),
            Some(code) if is_no_fault_of_the_asker(code) => Self::Unavailable(error),
            _ => Self::Other(error),
        }
    }
}

/// A connection that cannot be had, or broke.
fn is_away(error: &sqlx::Error) -> bool {
    use sqlx::Error::{Io, PoolClosed, PoolTimedOut, Protocol, Tls, WorkerCrashed};
    matches!(error, Io(_) | Tls(_) | Protocol(_) | PoolTimedOut | PoolClosed | WorkerCrashed)
}

/// PostgreSQL: connection lost, no resources (disk, memory, connections), shut down or starting, read-only, time over.
/// SQLite, whose kinds are the lowest byte: read-only, input and output, full, cannot be opened.
fn is_no_fault_of_the_asker(code: &str) -> bool {
    let sqlite = code.parse::<u32>().ok().filter(|_| code.len() < 5);
    match sqlite {
        Some(code) => matches!(code & 0xff, 8 | 10 | 13 | 14),
        None => {
            matches!(code.get(..2), Some("08" | "53"))
                || matches!(code, "57P01" | "57P02" | "57P03" | "25006" | "57014")
        }
    }
}

/// `CHECK constraint failed: slot_capacity`, `UNIQUE constraint failed: index 'person_books_once'`.
fn sqlite_constraint(message: &str) -> &str {
    let name = message.rsplit_once("constraint failed: ").map_or("", |(_, name)| name);
    name.strip_prefix("index ").unwrap_or(name).trim_matches('\'')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sqlite_messages_name_checks_and_expression_indexes() {
        assert_eq!(sqlite_constraint("CHECK constraint failed: slot_capacity"), "slot_capacity");
        assert_eq!(sqlite_constraint("UNIQUE constraint failed: index 'person_books_once'"), "person_books_once");
        assert_eq!(sqlite_constraint("NOT NULL constraint failed: slot.id"), "slot.id");
        assert_eq!(sqlite_constraint("disk I/O error"), "");
    }
}
