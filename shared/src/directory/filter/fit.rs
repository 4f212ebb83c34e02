//! Whether a place is what somebody looks for, as far as anybody has said.

use chrono::NaiveDateTime;

use super::Filter;
use crate::calendar::Classes;
use crate::directory::{Kind, ServiceHere, Sight};
use crate::hours::State;

/// How a place goes by what is looked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fit {
    No,
    /// By all that is known, but nobody has said whether it offers it, or at what price.
    Unsure,
    Yes,
}

impl Filter {
    /// Whether a place is one of those that are looked for, whatever its name.
    pub fn fit(&self, place: &Sight<'_>, kind: &Kind, now: NaiveDateTime, calendar: &impl Classes) -> Fit {
        if !self.fits_apart_from_services(place, now, calendar) {
            return Fit::No;
        }
        if self.is_unsure(place, kind) {
            return Fit::Unsure;
        }
        let is_asked = |here: &&ServiceHere| self.service.as_ref().is_none_or(|id| here.service == *id);
        let asked = || place.services.iter().filter(is_asked);
        let fits = self.service.as_ref().is_none_or(|id| place.service(id).is_some())
            && (!self.free_of_charge || asked().any(ServiceHere::is_free))
            && self.most_yuan.is_none_or(|yuan| asked().any(|here| here.costs_at_most(yuan)));
        if fits { Fit::Yes } else { Fit::No }
    }

    /// Whether nobody has said if a place offers what is looked for: a list without services says of none that it is missing.
    pub fn is_unsure(&self, place: &Sight<'_>, kind: &Kind) -> bool {
        let is_unlisted = |id: &String| {
            place.service(id).is_none() && kind.service(id).is_some_and(|service| service.unlisted_is_unknown)
        };
        let asks = self.service.is_some() || self.free_of_charge || self.most_yuan.is_some();
        asks && (place.services.is_empty() || self.service.as_ref().is_some_and(is_unlisted))
    }

    fn fits_apart_from_services(&self, place: &Sight<'_>, now: NaiveDateTime, calendar: &impl Classes) -> bool {
        let lies_in = |area: Option<(&str, &str)>, code: &String| area.is_some_and(|(one, _)| one == code);
        self.tier.as_ref().is_none_or(|tier| place.tier == Some(tier.as_str()))
            && (!self.step_free || place.is_step_free)
            && self.street.as_ref().is_none_or(|code| lies_in(place.street, code))
            && self.community.as_ref().is_none_or(|code| lies_in(place.community, code))
            && self.open_at.is_none_or(|when| {
                let state = place.now(when.instant(now), self.service.as_deref(), calendar).state;
                matches!(state, State::Open | State::ByAppointment)
            })
    }
}
