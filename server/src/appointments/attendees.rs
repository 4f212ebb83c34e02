//! Who comes to an appointment, as each service keeps them: sealed for one appointment, found only by blind index.

use chrono::{DateTime, Utc};
use serde::{Serialize, de::DeserializeOwned};
use shared::appointments::HoldId;
use shared::identity::Phone;

use super::record::Record;
use crate::app::App;
use crate::error::Error;
use crate::keys::{Keys, seal::Unsealable};

/// The people of one booking and what they told, in the type of their service.
pub trait Attendees: Send + Sync + Sized {
    /// What is sealed of them.
    type Kept: Serialize + DeserializeOwned;
    /// What they see of themselves: recognisable to them and to nobody else.
    type Masked: Send;

    fn keep(&self) -> Self::Kept;

    /// Reads what was kept; nothing on damage, since what was kept was read before.
    fn restore(kept: Self::Kept) -> Option<Self>;

    fn masked(&self) -> Self::Masked;

    /// A text for each person that is the same at every place; each may have one live booking of the service.
    fn identities(&self) -> Vec<String>;

    /// The distinct phones that messages go to, in order.
    fn phones(&self) -> Vec<Phone>;

    /// The same people with the same phones, for a request that comes again.
    fn are_same(&self, other: &Self) -> bool;

    /// What the service itself refuses at this time and place.
    fn admissible(&self, app: &App, at: &Record, now: DateTime<Utc>) -> impl Future<Output = Result<(), Error>> + Send;
}

/// Seals people for one appointment.
pub fn seal<A: Attendees>(keys: &Keys, id: &HoldId, attendees: &A) -> Vec<u8> {
    keys.seal(&context(id.as_str()), &attendees.keep())
}

/// Opens what [`seal`] made.
pub fn open<A: Attendees>(keys: &Keys, id: &HoldId, sealed: &[u8]) -> Result<A, Unsealable> {
    A::restore(keys.open(&context(id.as_str()), sealed)?).ok_or(Unsealable)
}

/// Blind indexes that make one person the same person at every place.
pub fn person_indexes<A: Attendees>(keys: &Keys, attendees: &A) -> Vec<String> {
    attendees.identities().iter().map(|identity| keys.blind_index("person", identity)).collect()
}

/// The name under which people are sealed.
pub(super) fn context(id: &str) -> String {
    format!("appointment:{id}")
}
