//! A case as the acts of its stream make it: the same acts at the same instants always make the same case.

use chrono::{DateTime, Utc};

use super::act::{Act, ActName, Actor};
use super::refusal::Refusal;
use super::state::{Outcome, Proposal, State};
use crate::staff::StaffId;

/// One application from its submission on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Case {
    state: State,
    version: u32,
    /// Who filled it in at the counter for the family, where somebody did.
    filed_by: Option<StaffId>,
    /// What was done once and leaves no room for asking.
    past: Past,
}

/// What a case keeps of acts that are over, beside its state.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Past {
    /// The family has been asked for more; that is done once.
    pub asked: bool,
    /// It counted as accepted since nobody looked at it in time: what is missing had to be told before (行政许可法 第三十二条).
    pub silent: bool,
}

impl Case {
    /// As it is handed in.
    pub fn submitted(filed_by: Option<StaffId>) -> Self {
        Self { state: State::Submitted, version: 0, filed_by, past: Past::default() }
    }

    /// As it was kept: its state, how many acts it has behind it, who filled it in, and what is past.
    pub fn restore(state: State, version: u32, (filed_by, past): (Option<StaffId>, Past)) -> Self {
        Self { state, version, filed_by, past }
    }

    pub fn state(&self) -> &State {
        &self.state
    }

    /// How many acts it has behind it.
    pub fn version(&self) -> u32 {
        self.version
    }

    /// Who filled it in at the counter for the family.
    pub fn filed_by(&self) -> Option<&StaffId> {
        self.filed_by.as_ref()
    }

    /// Whether the one time of asking for more is used.
    pub fn was_asked(&self) -> bool {
        self.past.asked
    }

    /// Whether it counted as accepted since nobody looked at it in time.
    pub fn was_silent(&self) -> bool {
        self.past.silent
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
        let past = Past {
            asked: self.past.asked || act.name() == ActName::Ask,
            silent: self.past.silent || act.name() == ActName::AcceptBySilence,
        };
        Ok(Self { state, past, version: self.version + 1, filed_by: self.filed_by.clone() })
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
        match (by, act, &self.state) {
            (Actor::Clock, Act::AcceptBySilence, State::Submitted)
            | (Actor::Office(_), Act::Accept, State::Submitted) => Ok(State::Accepted),
            (Actor::Office(_), Act::Review, State::Accepted)
            | (Actor::Office(_), Act::Correct, State::Reviewing | State::Proposed(_))
            | (Actor::Office(_), Act::SendBack, State::Proposed(_))
            // Somebody else is paid then: what was proposed or signed is signed anew.
            | (Actor::Office(_), Act::Pass, State::Proposed(_) | State::Decided { .. })
            | (Actor::Office(_), Act::Reopen, State::Decided { .. } | State::Closed { .. } | State::Withdrawn) => {
                Ok(State::Reviewing)
            }
            (Actor::Office(_), Act::Ask { items }, State::Submitted | State::Accepted | State::Reviewing) => {
                self.asked(items)
            }
            (Actor::Family, Act::Supply, State::Supplementing { accepted: false }) => Ok(State::Submitted),
            (Actor::Family, Act::Supply, State::Supplementing { accepted: true }) => Ok(State::Reviewing),
            (Actor::Office(by), Act::Propose { outcome, hash }, State::Reviewing) => {
                self.proposed(by, (*outcome, hash), now)
            }
            (Actor::Office(by), Act::Approve { hash }, State::Proposed(proposal)) => {
                self.approved(by, (proposal, hash), now)
            }
            (Actor::Clock, Act::Lapse, State::Proposed(proposal)) if proposal.is_over(now) => Ok(State::Reviewing),
            (Actor::Clock | Actor::Office(_), Act::Close, State::Decided { outcome }) => {
                Ok(State::Closed { outcome: *outcome })
            }
            (Actor::Family, Act::Withdraw, state) if state.is_open() => Ok(State::Withdrawn),
            (Actor::Office(_), Act::Pass, state) if state.is_open() => Ok(state.clone()),
            _ => Err(Refusal::NotNow { state: self.state.name(), act: act.name() }),
        }
    }

    fn asked(&self, items: &[String]) -> Result<State, Refusal> {
        if self.past.asked {
            return Err(Refusal::AskedBefore);
        }
        if self.past.silent {
            return Err(Refusal::AcceptedBySilence);
        }
        if items.is_empty() {
            return Err(Refusal::NothingAsked);
        }
        Ok(State::Supplementing { accepted: self.state != State::Submitted })
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
}

#[cfg(test)]
mod tests;
