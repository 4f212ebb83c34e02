//! Giving somebody a role for a while, and what a person may by all they were given.

use chrono::{DateTime, Utc};

use super::ids::StaffId;
use super::refusal::Refusal;
use super::right::Right;
use super::role::Role;
use super::scope::{Scope, Whereabouts};

/// A role that somebody has, where and when.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Grant {
    pub role: Role,
    pub scope: Scope,
    pub from: DateTime<Utc>,
    /// Excluded; none where it holds until it is taken back.
    pub until: Option<DateTime<Utc>>,
}

/// A role that is to be given.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewGrant {
    pub person: StaffId,
    pub grant: Grant,
    pub by: GrantedBy,
}

/// Who gives it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum GrantedBy {
    /// Whoever runs the portal, at its command line: for the first administrators.
    Operator,
    One(StaffId),
    /// One proposed it and another approved.
    Two {
        proposer: StaffId,
        approver: StaffId,
    },
}

impl Grant {
    /// Whether it holds at an instant.
    pub fn holds(&self, now: DateTime<Utc>) -> bool {
        self.from <= now && self.until.is_none_or(|until| now < until)
    }

    /// Whether there is an instant at which both hold.
    pub fn meets(&self, other: &Self) -> bool {
        let begins_before = |from: DateTime<Utc>, until: Option<DateTime<Utc>>| until.is_none_or(|until| from < until);
        !self.is_empty()
            && !other.is_empty()
            && begins_before(self.from, other.until)
            && begins_before(other.from, self.until)
    }

    /// Whether there is no instant at which it holds: it was taken back before it began.
    pub fn is_empty(&self) -> bool {
        self.until.is_some_and(|until| until <= self.from)
    }
}

/// The grant by which somebody may do something there and now, for the record; none where they may not.
pub fn allowed_by<'a>(
    grants: impl IntoIterator<Item = &'a Grant>,
    right: Right,
    at: &Whereabouts,
    now: DateTime<Utc>,
) -> Option<&'a Grant> {
    grants.into_iter().find(|grant| grant.holds(now) && grant.role.allows(right) && grant.scope.covers(at))
}

/// Whether a role may be given to somebody who was given `theirs` before. Whether those who give it may give roles there is
/// asked by [`allowed_by`] of each of them.
pub fn check_new<'a>(new: &NewGrant, theirs: impl IntoIterator<Item = &'a Grant>) -> Result<(), Refusal> {
    let NewGrant { person, grant, by } = new;
    if grant.is_empty() {
        return Err(Refusal::EmptyTime);
    }
    if grant.role.is_of_whole_office() && !matches!(grant.scope, Scope::Office(_)) {
        return Err(Refusal::WholeOffice { role: grant.role });
    }
    match by {
        GrantedBy::One(giver) if giver == person => return Err(Refusal::OwnRole),
        GrantedBy::Two { proposer, approver } if proposer == person || approver == person => {
            return Err(Refusal::OwnRole);
        }
        GrantedBy::Two { proposer, approver } if proposer == approver => return Err(Refusal::TakesTwo),
        GrantedBy::One(_) if grant.role.takes_two() => return Err(Refusal::TakesTwo),
        GrantedBy::Operator | GrantedBy::One(_) | GrantedBy::Two { .. } => {}
    }
    let excluded = theirs.into_iter().find(|held| held.role.excludes(grant.role) && held.meets(grant));
    match excluded {
        Some(held) => Err(Refusal::RolesExclude { role: grant.role, held: held.role }),
        None => Ok(()),
    }
}
