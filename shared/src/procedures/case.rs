//! A case as the acts of its stream make it: the same acts at the same instants always make the same case.

use chrono::{DateTime, Utc};

use super::act::{Act, ActName, Actor};
use super::refusal::Refusal;
use super::state::{Outcome, PROPOSAL_LIFETIME, Proposal, State};
use crate::staff::StaffId;

/// One application from its submission on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Case {
    state: State,
    version: u32,
    /// Who filled it in at the counter for the family, where somebody did.
    filed_by: Option<StaffId>,
    /// The family has been asked for more; that is done once.
    asked: bool,
}

impl Case {
    /// As it is handed in.
    pub fn submitted(filed_by: Option<StaffId>) -> Self {
        Self { state: State::Submitted, version: 0, filed_by, asked: false }
    }

    pub fn state(&self) -> &State {
        &self.state
    }

    /// How many acts it has behind it.
    pub fn version(&self) -> u32 {
        self.version
    }

    /// Whether the one time of asking for more is used.
    pub fn was_asked(&self) -> bool {
        self.asked
    }

    /// Does something to the case as it was `seen`.
    ///
    /// # Errors
    /// [`Refusal::Changed`] where somebody has done something since, before anything else is looked at.
    pub fn take(&self, seen: u32, (by, act): (&Actor, &Act), now: DateTime<Utc>) -> Result<Self, Refusal> {
        if seen != self.version {
            return Err(Refusal::Changed { state: self.state.name() });
        }
        let state = self.after((by, act), now)?;
        let asked = self.asked || act.name() == ActName::Ask;
        Ok(Self { state, asked, version: self.version + 1, filed_by: self.filed_by.clone() })
    }

    /// What the recorded acts make of a case as it was handed in.
    ///
    /// # Errors
    /// That of the first act that could not have been done: the record is not of this case.
    pub fn replay<'a>(
        self,
        acts: impl IntoIterator<Item = (&'a Actor, &'a Act, DateTime<Utc>)>,
    ) -> Result<Self, Refusal> {
        acts.into_iter().try_fold(self, |case, (by, act, at)| case.take(case.version, (by, act), at))
    }

    fn after(&self, (by, act): (&Actor, &Act), now: DateTime<Utc>) -> Result<State, Refusal> {
        let not_now = Refusal::NotNow { state: self.state.name(), act: act.name() };
        match (by, act) {
            (Actor::Family, Act::Supply) => match self.state {
                State::Supplementing { accepted: false } => Ok(State::Submitted),
                State::Supplementing { accepted: true } => Ok(State::Reviewing),
                _ => Err(not_now),
            },
            (Actor::Family, Act::Withdraw) if self.state.is_open() => Ok(State::Withdrawn),
            (Actor::Clock, Act::AcceptBySilence) if self.state == State::Submitted => Ok(State::Accepted),
            (Actor::Clock, Act::Lapse) => match &self.state {
                State::Proposed(proposal) if proposal.is_over(now) => Ok(State::Reviewing),
                _ => Err(not_now),
            },
            (Actor::Clock, Act::Close) => self.closed().ok_or(not_now),
            (Actor::Office(by), act) => self.after_office(by, act, now).unwrap_or(Err(not_now)),
            _ => Err(not_now),
        }
    }

    /// None for what is not to be done now.
    fn after_office(&self, by: &StaffId, act: &Act, now: DateTime<Utc>) -> Option<Result<State, Refusal>> {
        let next = match (act, &self.state) {
            (Act::Accept, State::Submitted) => State::Accepted,
            (Act::Ask { items }, State::Submitted | State::Accepted | State::Reviewing) => {
                if self.asked {
                    return Some(Err(Refusal::AskedBefore));
                }
                if items.is_empty() {
                    return Some(Err(Refusal::NothingAsked));
                }
                State::Supplementing { accepted: self.state != State::Submitted }
            }
            (Act::Correct, State::Reviewing | State::Proposed(_)) | (Act::SendBack, State::Proposed(_)) => {
                State::Reviewing
            }
            (Act::Propose { outcome, hash }, State::Reviewing) => {
                return Some(self.proposed(by, (*outcome, hash), now));
            }
            (Act::Approve { hash }, State::Proposed(proposal)) => {
                return Some(self.approved(by, (proposal, hash), now));
            }
            (Act::Close, State::Decided { .. }) => return self.closed().map(Ok),
            (Act::Review, State::Accepted)
            | (Act::Reopen, State::Decided { .. } | State::Closed { .. } | State::Withdrawn) => State::Reviewing,
            _ => return None,
        };
        Some(Ok(next))
    }

    fn proposed(&self, by: &StaffId, (outcome, hash): (Outcome, &str), at: DateTime<Utc>) -> Result<State, Refusal> {
        if self.filed_by.as_ref() == Some(by) {
            return Err(Refusal::FiledByYou);
        }
        Ok(State::Proposed(Proposal { outcome, by: by.clone(), at, hash: hash.to_owned() }))
    }

    fn approved(
        &self,
        by: &StaffId,
        (proposal, hash): (&Proposal, &str),
        now: DateTime<Utc>,
    ) -> Result<State, Refusal> {
        if self.filed_by.as_ref() == Some(by) {
            return Err(Refusal::FiledByYou);
        }
        if proposal.by == *by {
            return Err(Refusal::ProposedByYou);
        }
        if proposal.is_over(now) {
            return Err(Refusal::ProposalLapsed);
        }
        if proposal.hash != hash {
            return Err(Refusal::ProposalChanged);
        }
        Ok(State::Decided { outcome: proposal.outcome })
    }

    fn closed(&self) -> Option<State> {
        match self.state {
            State::Decided { outcome } => Some(State::Closed { outcome }),
            _ => None,
        }
    }
}

impl Proposal {
    /// Whether it waited too long for its second signature.
    pub fn is_over(&self, now: DateTime<Utc>) -> bool {
        now >= self.at + PROPOSAL_LIFETIME
    }
}

#[cfg(test)]
mod tests;
