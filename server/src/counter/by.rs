//! On whose authority something is done in a hall.

use shared::staff::{OfficeId, Refusal, Right, StaffId, Whereabouts};

use crate::audit::Actor;
use crate::database::condition::{Condition, only_while};
use crate::staff::authority::Staff;

/// Who asks.
pub enum By {
    Staff(Staff),
    /// Whoever stands at a kiosk.
    Kiosk(Kiosk),
}

/// A kiosk of one office, which may do there what brings somebody in, and nothing else.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Kiosk {
    pub id: String,
    pub office: OfficeId,
}

/// A screen that nobody has taken back.
macro_rules! screen {
    ($kept:literal) => {
        concat!("select 1 as one from screen where id = $1 and revoked_at is null", $kept)
    };
}

impl Kiosk {
    /// Does something for whoever stands at it. What it writes is written only while nobody has taken it back, and is refused
    /// with [`Refusal::SignInNeeded`] from then on.
    pub async fn within<W: Future>(&self, work: W) -> W::Output {
        let there = Condition {
            on_sqlite: screen!(""),
            on_postgres: screen!(" for no key update"),
            values: vec![self.id.as_str().into()],
        };
        only_while(there, work).await
    }
}

/// Before the names of kiosks among those who press.
const KIOSK: &str = "kiosk:";

/// Whose hand is on the button, as it is recorded.
#[derive(Clone)]
pub(super) struct Hand {
    pub(super) actor: Actor,
    /// Who of the staff, where somebody is.
    pub(super) staff: Option<StaffId>,
    /// Whose presses these are: two windows of one clerk are one clerk.
    pub(super) presser: String,
}

impl By {
    /// Refuses whoever may not bring somebody into this hall.
    pub(super) fn may_bring_in(&self, at: &Whereabouts) -> Result<(), Refusal> {
        match self {
            Self::Staff(staff) => staff.may(Right::WorkAtCounter, at),
            Self::Kiosk(kiosk) if at.office.as_ref() == Some(&kiosk.office) => Ok(()),
            Self::Kiosk(_) => Err(Refusal::NotAllowed),
        }
    }

    pub(super) fn hand(&self) -> Hand {
        match self {
            Self::Staff(staff) => Hand::of(staff),
            Self::Kiosk(kiosk) => Hand { actor: Actor::Resident, staff: None, presser: format!("{KIOSK}{}", kiosk.id) },
        }
    }
}

impl Hand {
    pub(super) fn of(staff: &Staff) -> Self {
        let person = staff.person().clone();
        Self { actor: staff.actor(), presser: format!("staff:{person}"), staff: Some(person) }
    }

    /// Of somebody who stands at no counter, such as whoever runs the portal.
    pub(super) fn by(actor: Actor) -> Self {
        let staff = match &actor {
            Actor::Staff(person) => Some(person.clone()),
            _ => None,
        };
        let presser = staff.as_ref().map_or_else(|| "operator".to_owned(), |person| format!("staff:{person}"));
        Self { actor, staff, presser }
    }

    /// Whether somebody stands at a kiosk.
    pub(super) fn is_kiosk(&self) -> bool {
        self.presser.starts_with(KIOSK)
    }

    /// The portal's own, in demonstrations.
    pub(super) fn system() -> Self {
        Self { actor: Actor::System, staff: None, presser: "system".to_owned() }
    }
}
