//! Both parties as they are stored: sealed for one appointment, and findable only by blind index.

use chrono::{DateTime, Utc};
use shared::appointments::HoldId;
use shared::calendar::shanghai_date;
use shared::marriage::booking::both_old_enough_on;
use shared::marriage::{Party, PartyInput, PartyKind, Refusal};
use shared::problem::Problem;

use crate::appointments::registry::Registry;
use crate::keys::{Keys, seal::Unsealable};

/// Seals both parties for one appointment; the codes they typed are not kept.
pub fn seal(keys: &Keys, id: &HoldId, parties: &[Party; 2]) -> Vec<u8> {
    let canonical = parties.each_ref().map(|party| PartyInput { phone_code: String::new(), ..party.to_input() });
    keys.seal(&context(id), &canonical)
}

/// Opens what [`seal`] made, parsed again; what was stored was parsed before, so this fails only on damage.
pub fn open(keys: &Keys, id: &HoldId, sealed: &[u8]) -> Result<[Party; 2], Unsealable> {
    let [first, second]: [PartyInput; 2] = keys.open(&context(id), sealed)?;
    Ok([first.party().map_err(|_| Unsealable)?, second.party().map_err(|_| Unsealable)?])
}

/// The blind index that makes one person the same person at every registry.
pub fn person_index(keys: &Keys, party: &Party) -> String {
    keys.blind_index("person", &party.identity.index_text())
}

/// The same people with the same phones, whatever codes came with them.
pub fn are_same(left: &[Party; 2], right: &[Party; 2]) -> bool {
    left.iter()
        .zip(right)
        .all(|(left, right)| left.identity == right.identity && left.contact.phone == right.contact.phone)
}

/// What the portal itself refuses: a party under age on the day, and a registry without the authority.
pub fn admissible(parties: &[Party; 2], starts_at: DateTime<Utc>, registry: &Registry) -> Result<(), Problem> {
    both_old_enough_on(parties, shanghai_date(starts_at)).map_err(Problem::Fields)?;
    let foreign = parties.iter().any(|party| party.identity.kind() != PartyKind::Mainland);
    if foreign && !registry.foreign_related { Err(Refusal::NoForeignAuthority.into()) } else { Ok(()) }
}

fn context(id: &HoldId) -> String {
    format!("appointment:{id}")
}
