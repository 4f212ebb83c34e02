//! What somebody is here, and what follows from it.

use serde::{Deserialize, Serialize};
use strum::{EnumString, IntoStaticStr, VariantArray};

use super::right::Right;
use crate::locale::Locale;

/// A role; where and when it holds is said by its grant.
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
pub enum Role {
    CounterClerk,
    Reviewer,
    Approver,
    Finance,
    ContentEditor,
    OfficeManager,
    Auditor,
    AccountAdministrator,
}

impl Role {
    pub const ALL: &'static [Self] = Self::VARIANTS;

    /// The name in the database and on the wire.
    pub fn name(self) -> &'static str {
        self.into()
    }

    pub fn from_name(name: &str) -> Option<Self> {
        name.parse().ok()
    }

    /// Everything that it allows.
    pub fn rights(self) -> &'static [Right] {
        use Right::{
            AddPlaces, BookForPeople, CallOutOfOrder, ConfirmAccounts, CorrectClosedDay, DecideCases, EditTexts,
            GrantRoles, ManageAccounts, ManageOffice, ReadLogs, ReleaseBooking, ReleasePayouts, ReviewCases, SeeCases,
            SeeClosedAccounts, SeeDay, SeeFigures, SeeSafetyLooks, Unmask, WorkAtCounter,
        };
        match self {
            Self::CounterClerk => &[SeeDay, WorkAtCounter, BookForPeople, Unmask, ReleaseBooking],
            Self::Reviewer => &[SeeCases, ReviewCases, Unmask],
            Self::Approver => &[SeeCases, DecideCases, Unmask, SeeFigures],
            Self::Finance => &[SeeCases, ReleasePayouts, SeeFigures],
            Self::ContentEditor => &[EditTexts],
            Self::OfficeManager => &[
                SeeDay,
                WorkAtCounter,
                CallOutOfOrder,
                BookForPeople,
                Unmask,
                ReleaseBooking,
                ManageOffice,
                AddPlaces,
                CorrectClosedDay,
                SeeFigures,
                ConfirmAccounts,
                SeeSafetyLooks,
                SeeClosedAccounts,
            ],
            Self::Auditor => &[ReadLogs, SeeSafetyLooks, SeeClosedAccounts, SeeFigures],
            Self::AccountAdministrator => &[ManageAccounts, GrantRoles, ConfirmAccounts, AddPlaces, SeeClosedAccounts],
        }
    }

    pub fn allows(self, right: Right) -> bool {
        self.rights().contains(&right)
    }

    /// Whether one person may never hold both at a time, wherever either holds: who manages accounts sees nothing of the
    /// people who come, who reads the logs changes nothing, and neither is the other (GB/T 22239-2019, 三员分立).
    pub fn excludes(self, other: Self) -> bool {
        self.keeps_from(other) || other.keeps_from(self)
    }

    /// Whether it takes two people to give it to a third.
    pub fn takes_two(self) -> bool {
        self == Self::AccountAdministrator
    }

    /// Whether one person alone neither takes it back nor closes the account of whoever holds it: who looks after accounts
    /// would be rid of whoever could look at them.
    pub fn ends_by_two(self) -> bool {
        matches!(self, Self::AccountAdministrator | Self::Auditor)
    }

    /// Whether it is given for whole offices alone: counters, queue and closing belong to the office, and to none of its places.
    pub fn is_of_whole_office(self) -> bool {
        self.allows(Right::SeeDay)
    }

    /// Whether a passkey may be required of whoever holds it.
    pub fn is_sensitive(self) -> bool {
        matches!(self, Self::AccountAdministrator | Self::Approver | Self::Finance)
    }

    /// As it stands beside a name.
    pub fn words(self, locale: Locale) -> &'static str {
        match self {
            Self::CounterClerk => locale.say("窗口工作人员", "counter clerk"),
            Self::Reviewer => locale.say("审核人员", "reviewer"),
            Self::Approver => locale.say("审批人员", "approver"),
            Self::Finance => locale.say("财务人员", "finance officer"),
            Self::ContentEditor => locale.say("内容编辑", "content editor"),
            Self::OfficeManager => locale.say("大厅负责人", "office manager"),
            Self::Auditor => locale.say("审计员", "auditor"),
            Self::AccountAdministrator => locale.say("账号管理员", "account administrator"),
        }
    }

    fn keeps_from(self, other: Self) -> bool {
        match self {
            Self::AccountAdministrator => other == Self::Auditor || other.rights().iter().any(|r| r.shows_people()),
            Self::Auditor => other.rights().iter().any(|right| right.changes()),
            _ => false,
        }
    }
}
