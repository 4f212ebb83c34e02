//! What can be allowed, one by one.

use serde::{Deserialize, Serialize};
use strum::{EnumString, IntoStaticStr, VariantArray};

/// One thing that a role allows where it holds.
#[derive(
    Clone,
    Copy,
    Debug,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    Hash,
    Serialize,
    Deserialize,
    EnumString,
    IntoStaticStr,
    VariantArray,
)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
pub enum Right {
    /// The day sheet and whose bookings are on it, masked.
    SeeDay,
    /// Checking in, calling the next, serving, finishing, and all other acts of a visit.
    WorkAtCounter,
    /// Calling somebody whose turn it is not, for a reason.
    CallOutOfOrder,
    /// Booking, moving and cancelling for somebody who calls or stands there, and filling an application in for them.
    BookForPeople,
    /// Reading a name, a number or a phone in full, for a reason.
    Unmask,
    /// What is done at whatever office from the document of a person who stands there: ending a booking that somebody else made
    /// with their numbers; copying, putting right and erasing what is kept of them.
    ReleaseBooking,
    /// What people applied for, masked.
    SeeCases,
    /// Looking through applications and asking for what is missing.
    ReviewCases,
    /// Deciding what somebody else has reviewed.
    DecideCases,
    /// Paying what was decided.
    ReleasePayouts,
    /// Notices and texts of pages; no rules.
    EditTexts,
    /// Counters, services and hours of an office.
    ManageOffice,
    /// Further places of an office.
    AddPlaces,
    /// Changing what happened on a day that is closed, for a reason.
    CorrectClosedDay,
    /// Figures, computed from what happened.
    SeeFigures,
    /// What was done, when and by whom.
    ReadLogs,
    /// Who of the staff looked at a booking to keep somebody safe, which whoever holds it never learns.
    SeeSafetyLooks,
    /// Whose account was closed or lost a role, and by whom.
    SeeClosedAccounts,
    /// People, their accounts and their sessions.
    ManageAccounts,
    /// Giving roles to others and taking them back.
    GrantRoles,
    /// Being the second person: for an account that somebody else opened, one that another closed alone, or what another wants
    /// said of a place.
    ConfirmAccounts,
}

impl Right {
    pub const ALL: &'static [Self] = Self::VARIANTS;

    /// The name in the database and on the wire.
    pub fn name(self) -> &'static str {
        self.into()
    }

    /// Whether it shows anything of the people who come or apply.
    pub fn shows_people(self) -> bool {
        match self {
            Self::SeeDay
            | Self::WorkAtCounter
            | Self::CallOutOfOrder
            | Self::BookForPeople
            | Self::Unmask
            | Self::ReleaseBooking
            | Self::SeeCases
            | Self::ReviewCases
            | Self::DecideCases
            | Self::ReleasePayouts
            | Self::CorrectClosedDay => true,
            Self::EditTexts
            | Self::ManageOffice
            | Self::AddPlaces
            | Self::SeeFigures
            | Self::ReadLogs
            | Self::SeeSafetyLooks
            | Self::SeeClosedAccounts
            | Self::ManageAccounts
            | Self::GrantRoles
            | Self::ConfirmAccounts => false,
        }
    }

    /// Whether something is different afterwards.
    pub fn changes(self) -> bool {
        match self {
            Self::SeeDay
            | Self::Unmask
            | Self::SeeCases
            | Self::SeeFigures
            | Self::ReadLogs
            | Self::SeeSafetyLooks
            | Self::SeeClosedAccounts => false,
            Self::WorkAtCounter
            | Self::CallOutOfOrder
            | Self::BookForPeople
            | Self::ReleaseBooking
            | Self::ReviewCases
            | Self::DecideCases
            | Self::ReleasePayouts
            | Self::EditTexts
            | Self::ManageOffice
            | Self::AddPlaces
            | Self::CorrectClosedDay
            | Self::ManageAccounts
            | Self::GrantRoles
            | Self::ConfirmAccounts => true,
        }
    }
}
