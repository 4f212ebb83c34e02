//! What a service tells the engine of itself.

use chrono::NaiveDate;
use serde_json::Value as Json;
use shared::appointments::{HoldId, Refusal, Service};
use shared::counter::{Ground, Outcome, Paper};
use shared::field::{FieldErrors, Reason};
use shared::localised::Localised;

use super::attendees::{self, Attendees};
use super::record::Record;
use crate::error::Error;
use crate::keys::{Keys, seal::Unsealable};
use crate::phone_codes::{Family, Purpose};

/// A service that can be booked, with the words that messages need.
pub struct Bookable {
    pub service: Service,
    /// `参观`, `museum visit`: reads before "appointment".
    pub name: [&'static str; 2],
    /// Who comes and with what, a sentence that stands in the message of a booking.
    pub bring: [&'static str; 2],
    /// Reads what [`Attendees::keep`] kept; nothing on damage, since what was kept was read before.
    pub restore: fn(Json) -> Option<Box<dyn Attendees>>,
    /// Under which of [`Attendees::identities`] somebody can be known by a document's number, with the birth date where the
    /// number alone is not enough.
    pub known_as: fn(&str, Option<NaiveDate>) -> Vec<String>,
    /// On which grounds the counter refuses somebody, as the law names them; none where it refuses nobody.
    pub grounds: fn() -> Vec<Ground>,
    /// The papers that the counter can miss; none where it asks for none.
    pub papers: fn() -> Vec<Paper>,
    /// What a text says of such a paper; none where it is another service's.
    pub paper: fn(&Paper) -> Option<Missing>,
    /// The people of an invented booking, for demonstrations: different numbers give different people.
    pub invented: fn(usize) -> Option<Box<dyn Attendees>>,
}

/// A missing paper in a text that goes to everybody who comes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Missing {
    /// It is named.
    Named(Localised),
    /// It tells something of one of them, and was named at the counter.
    Unnamed,
}

impl Bookable {
    /// Refuses an end that says what this service does not know: a ground that the law does not name, a paper that nobody may be
    /// sent home for.
    ///
    /// # Errors
    /// [`Reason::NotOffered`] at `ground` or `papers`.
    pub fn check(&self, outcome: &Outcome) -> Result<(), FieldErrors> {
        match outcome {
            Outcome::Refused { ground } if !(self.grounds)().contains(ground) => {
                Err(FieldErrors::one("ground", Reason::NotOffered(Ground::ASKED)))
            }
            Outcome::ToReturn { papers } if *outcome != Outcome::as_told() => {
                let known = (self.papers)();
                let is_known = papers.iter().all(|paper| known.contains(paper));
                if is_known { Ok(()) } else { Err(FieldErrors::one("papers", Reason::NotOffered(Paper::ASKED))) }
            }
            Outcome::Registered | Outcome::Refused { .. } | Outcome::ToReturn { .. } => Ok(()),
        }
    }

    /// Whether no text, and no list that others read too, names it.
    pub fn is_unnamed(&self, paper: &Paper) -> bool {
        (self.paper)(paper) == Some(Missing::Unnamed)
    }

    /// Opens the people that were sealed for one appointment.
    pub(crate) fn open(&self, keys: &Keys, id: &HoldId, sealed: &[u8]) -> Result<Box<dyn Attendees>, Unsealable> {
        (self.restore)(keys.open(&attendees::context(id.as_str()), sealed)?).ok_or(Unsealable)
    }

    /// The people of a booking.
    ///
    /// # Errors
    /// [`Refusal::Erased`] where they are kept no more.
    pub(crate) fn people_of(&self, keys: &Keys, record: &Record) -> Result<Box<dyn Attendees>, Error> {
        Ok(self.open(keys, &record.id, record.people.as_deref().ok_or(Refusal::Erased)?)?)
    }

    /// What codes to the phones of those who book are for.
    pub fn purpose(&self) -> Purpose<'_> {
        Purpose { name: self.service.name(), words: self.name, family: Family::Booking }
    }

    /// What codes to the phones of a booking are for that somebody looks for.
    pub fn finding(&self) -> Purpose<'_> {
        Purpose { family: Family::Finding, ..self.purpose() }
    }
}
