//! Who comes to an appointment, as each service keeps them: sealed for one appointment, found only by blind index.

use std::any::Any;

use chrono::{DateTime, NaiveDate, Utc};
use futures_util::future::BoxFuture;
use serde::{Deserialize, Serialize};
use serde_json::Value as Json;
use shared::appointments::HoldId;
use shared::counter::Ground;
use shared::field::FieldErrors;
use shared::identity::{MaskedPerson, Phone};

use super::record::Record;
use crate::database::Database;
use crate::error::Error;
use crate::identity_check::StatedIdentity;
use crate::keys::Keys;

/// The people of one booking and what they told, in the type of their service.
pub trait Attendees: Send + Sync {
    /// What is sealed of them; the service's `Bookable` restores it.
    fn keep(&self) -> Json;

    /// What a copy of the booking says of them to the one at a place among [`Self::listed`]: their own in full, and of
    /// everybody else no more than [`Self::masked`] shows. To nobody known, nobody's.
    fn copied(&self, own: Option<usize>) -> Json;

    /// What they see of themselves: recognisable to them and to nobody else.
    fn masked(&self) -> Masked;

    /// How they stand in the lists of the place, in the order in which they were named.
    fn listed(&self) -> Vec<MaskedPerson>;

    /// Everything of each that [`Self::listed`] masks, in the same order: for whoever may read one of them for a reason.
    fn in_full(&self) -> Vec<InFull>;

    /// A text for each person that is the same at every place; each may have one live booking of the service.
    fn identities(&self) -> Vec<String>;

    /// The distinct phones that messages go to, in order.
    fn phones(&self) -> Vec<Phone>;

    /// Whether they chose to give one phone for several of them, so that nobody can know whose it is.
    fn share_a_phone(&self) -> bool {
        false
    }

    /// Who is left, by their place among [`Self::listed`], where all others had their own details erased.
    fn left(&self) -> Option<usize> {
        None
    }

    /// Those who are left once the one at a place among [`Self::listed`] had theirs erased; none where nobody is.
    fn without(&self, _place: usize) -> Option<Box<dyn Attendees>> {
        None
    }

    /// The same with a slip put right in what is kept of the one at a place among [`Self::listed`]; none where the service has
    /// nobody show a document.
    fn corrected(&self, _place: usize, _correction: &Correction) -> Option<Result<Box<dyn Attendees>, FieldErrors>> {
        None
    }

    /// Whether the ground of a refusal, on a day, is certain to tell the one at a place among [`Self::listed`] of nobody but
    /// themselves: what is recorded does not say of whom it is.
    fn is_ground_of(&self, _place: usize, _ground: &Ground, _on: NaiveDate) -> bool {
        true
    }

    /// What those who show a document say of themselves, for an identity check.
    fn stated_identities(&self) -> Vec<StatedIdentity> {
        Vec::new()
    }

    /// The first day on which they may come, where the service makes the day depend on who comes.
    fn earliest_day(&self) -> Option<NaiveDate> {
        None
    }

    /// What the service itself refuses at this time and place.
    fn admissible<'a>(
        &'a self,
        database: &'a Database,
        at: &'a Record,
        now: DateTime<Utc>,
    ) -> BoxFuture<'a, Result<(), Error>>;
}

/// A person with nothing hidden; `Debug` is not for it.
pub struct InFull {
    pub name: String,
    /// Grouped for the eye; none where no document is asked for.
    pub id_number: Option<String>,
    pub phone: String,
}

/// What is put right of one person, as typed: from the document that lies on the desk. Empty where it stays.
#[derive(Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Correction {
    pub name: String,
    pub id_number: String,
    pub phone: String,
}

impl std::fmt::Debug for Correction {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Correction(hidden)")
    }
}

/// Masked people in the type of their service, whose pages know it.
pub struct Masked(Box<dyn Any + Send + Sync>);

impl Masked {
    pub fn new<T: Any + Send + Sync>(people: T) -> Self {
        Self(Box::new(people))
    }

    /// The people, if they are of this service's type.
    pub fn read<T: Any>(&self) -> Option<&T> {
        self.0.downcast_ref()
    }
}

/// Seals people for one appointment; their service's `Bookable` opens it.
pub(super) fn seal(keys: &Keys, id: &HoldId, attendees: &dyn Attendees) -> Vec<u8> {
    keys.seal(&context(id.as_str()), &attendees.keep())
}

/// Blind indexes that make one person the same person at every place.
pub(super) fn person_indexes(keys: &Keys, attendees: &dyn Attendees) -> Vec<String> {
    attendees.identities().iter().map(|identity| person_index(keys, identity)).collect()
}

/// The place among [`Attendees::listed`] of whoever has this blind index.
pub(super) fn place_of(keys: &Keys, attendees: &dyn Attendees, person: &str) -> Option<usize> {
    let place = person_indexes(keys, attendees).iter().position(|index| index == person)?;
    Some(attendees.left().unwrap_or(place))
}

/// The phone of the one at a place among [`Attendees::listed`].
pub(super) fn phone_of(attendees: &dyn Attendees, place: usize) -> Option<Phone> {
    let phones = attendees.phones();
    phones.get(place).or(phones.last()).cloned()
}

/// The blind index of one of [`Attendees::identities`].
pub(crate) fn person_index(keys: &Keys, identity: &str) -> String {
    keys.blind_index("person", identity)
}

/// The name under which people are sealed.
pub(super) fn context(id: &str) -> String {
    format!("appointment:{id}")
}
