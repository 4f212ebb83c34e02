//! Which act leads from which state to which.

use chrono::{DateTime, Utc};

use super::act::{Act, ActName, Back, Elsewhere};
use super::ended::Ended;
use super::ids::CounterId;
use super::outcome::Outcome;
use super::refusal::Refusal;
use super::state::{StateName, VisitState};
use crate::calendar::shanghai_date;

impl VisitState {
    /// Somebody without a booking who was given a time: in the hall already.
    pub fn walked_in(now: DateTime<Utc>) -> Self {
        Self::Arrived { arrived_at: now, waits_for: None }
    }

    /// The state after an act; `starts_at` is the beginning of the time they have.
    pub fn after(&self, act: &Act, starts_at: DateTime<Utc>, now: DateTime<Utc>) -> Result<Self, Refusal> {
        match act {
            Act::Arrive => self.arrive(starts_at, now),
            Act::Call { counter } => self.call(*counter),
            Act::Serve => self.serve(),
            Act::Finish(outcome) => self.finish(outcome.clone()),
            Act::NoShow => self.no_show(starts_at, now),
            Act::Park => self.park(),
            Act::Back(back) => self.back(*back),
            Act::Left => self.left(),
            Act::GiveBack => self.give_back(),
            Act::GivePriority | Act::EndPriority => self.keep_waiting(act.kind()),
            Act::HandOver { counter } => self.hand_over(*counter),
            Act::Redirect(elsewhere) => self.redirect(elsewhere.clone()),
            Act::Release => self.release(),
            Act::Correct { to } => self.correct(to.clone()),
        }
    }

    /// They are in the hall, on the Shanghai day of their time.
    pub fn arrive(&self, starts_at: DateTime<Utc>, now: DateTime<Utc>) -> Result<Self, Refusal> {
        match self {
            Self::Booked if shanghai_date(now) == shanghai_date(starts_at) => Ok(Self::walked_in(now)),
            Self::Booked => Err(Refusal::NotToday { starts_at }),
            _ => Err(self.refuse(ActName::Arrive)),
        }
    }

    /// Calls who waits. Who is called to this counter already is called again; another counter's stay its own.
    pub fn call(&self, counter: CounterId) -> Result<Self, Refusal> {
        match *self {
            Self::Arrived { arrived_at, .. } => Ok(Self::Called { arrived_at, counter, calls: 1 }),
            Self::Called { arrived_at, counter: there, calls } if there == counter => {
                Ok(Self::Called { arrived_at, counter, calls: calls.saturating_add(1) })
            }
            Self::Called { counter, .. } => Err(Refusal::CalledElsewhere { counter }),
            _ => Err(self.refuse(ActName::Call)),
        }
    }

    /// They came to the counter that called them.
    pub fn serve(&self) -> Result<Self, Refusal> {
        match *self {
            Self::Called { arrived_at, counter, .. } => Ok(Self::Serving { arrived_at, counter }),
            _ => Err(self.refuse(ActName::Serve)),
        }
    }

    /// Ends what is served, with what came of it.
    pub fn finish(&self, outcome: Outcome) -> Result<Self, Refusal> {
        match self {
            Self::Serving { .. } => Ok(Self::Finished(outcome)),
            _ => Err(self.refuse(ActName::Finish)),
        }
    }

    /// Nobody came: not to the hall once their time has begun, or not to the counter that called.
    pub fn no_show(&self, starts_at: DateTime<Utc>, now: DateTime<Utc>) -> Result<Self, Refusal> {
        match self {
            Self::Booked if now < starts_at => Err(Refusal::NotYet { starts_at }),
            Self::Booked | Self::Called { .. } => Ok(Self::NoShow),
            _ => Err(self.refuse(ActName::NoShow)),
        }
    }

    /// Sets them aside.
    pub fn park(&self) -> Result<Self, Refusal> {
        match *self {
            Self::Called { arrived_at, .. } | Self::Serving { arrived_at, .. } => Ok(Self::Parked { arrived_at }),
            _ => Err(self.refuse(ActName::Park)),
        }
    }

    /// Brings back who was set aside.
    pub fn back(&self, back: Back) -> Result<Self, Refusal> {
        match (self, back) {
            (Self::Parked { arrived_at }, Back::Hall) => Ok(Self::Arrived { arrived_at: *arrived_at, waits_for: None }),
            (Self::Parked { arrived_at }, Back::Counter { counter }) => {
                Ok(Self::Called { arrived_at: *arrived_at, counter, calls: 1 })
            }
            _ => Err(self.refuse(ActName::Back)),
        }
    }

    /// They went away before it was done. From wherever a release ends a visit, so that one which is not told reads as a visit
    /// that can be.
    pub fn left(&self) -> Result<Self, Refusal> {
        match self {
            Self::Arrived { .. } | Self::Called { .. } | Self::Serving { .. } | Self::Parked { .. } => Ok(Self::Left),
            _ => Err(self.refuse(ActName::Left)),
        }
    }

    /// The ticket of whoever waits goes back.
    fn give_back(&self) -> Result<Self, Refusal> {
        match self {
            Self::Arrived { .. } => Ok(Self::Left),
            _ => Err(self.refuse(ActName::GiveBack)),
        }
    }

    /// Who waits goes on waiting, in another place of the line.
    fn keep_waiting(&self, act: ActName) -> Result<Self, Refusal> {
        match self {
            Self::Arrived { .. } => Ok(self.clone()),
            _ => Err(self.refuse(act)),
        }
    }

    /// Another counter goes on: it need not be free, since they wait for it in the place of their arrival.
    pub fn hand_over(&self, to: CounterId) -> Result<Self, Refusal> {
        match *self {
            Self::Called { counter, .. } | Self::Serving { counter, .. } if counter == to => Err(Refusal::SameCounter),
            Self::Called { arrived_at, .. } | Self::Serving { arrived_at, .. } => {
                Ok(Self::Arrived { arrived_at, waits_for: Some(to) })
            }
            _ => Err(self.refuse(ActName::HandOver)),
        }
    }

    /// Another place or service goes on with whoever is in the hall.
    pub fn redirect(&self, elsewhere: Elsewhere) -> Result<Self, Refusal> {
        match self {
            Self::Arrived { .. } | Self::Called { .. } | Self::Serving { .. } | Self::Parked { .. } => {
                Ok(Self::Redirected(elsewhere))
            }
            _ => Err(self.refuse(ActName::Redirect)),
        }
    }

    /// Ends the visit of whoever is in the hall with a booking that the office ends.
    pub fn release(&self) -> Result<Self, Refusal> {
        match self {
            Self::Arrived { .. } | Self::Called { .. } | Self::Serving { .. } | Self::Parked { .. } => Ok(Self::Left),
            _ => Err(self.refuse(ActName::Release)),
        }
    }

    /// Puts right how it ended. Where it goes on elsewhere there is another visit, which stands as it is.
    pub fn correct(&self, to: Ended) -> Result<Self, Refusal> {
        let corrected = Self::from(to);
        match self {
            Self::Finished(_) | Self::NoShow | Self::Left if *self == corrected => Err(Refusal::SameOutcome),
            Self::Finished(_) | Self::NoShow | Self::Left => Ok(corrected),
            _ => Err(self.refuse(ActName::Correct)),
        }
    }

    fn refuse(&self, act: ActName) -> Refusal {
        let state = self.kind();
        if state.is_over() { Refusal::Over { state } } else { Refusal::NotFrom { act, state } }
    }
}

impl StateName {
    /// The acts that are offered at a counter, in their order. Undoing, releasing, correcting and giving a
    /// ticket back are not: they follow from something else.
    pub fn acts(self) -> &'static [ActName] {
        use ActName::{
            Arrive, Back, Call, EndPriority, Finish, GivePriority, HandOver, Left, NoShow, Park, Redirect, Serve,
        };
        match self {
            Self::Booked => &[Arrive, NoShow],
            // Of the two about priority the one that changes something.
            Self::Arrived => &[Call, GivePriority, EndPriority, Left, Redirect],
            Self::Called => &[Serve, Call, NoShow, Park, Left, HandOver, Redirect],
            Self::Serving => &[Finish, Park, Left, HandOver, Redirect],
            Self::Parked => &[Back, Left, Redirect],
            Self::Finished | Self::NoShow | Self::Left | Self::Redirected => &[],
        }
    }
}
