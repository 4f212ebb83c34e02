//! Both parties of a marriage as the appointment engine books them.

use chrono::{DateTime, Utc};
use shared::calendar::shanghai_date;
use shared::identity::Phone;
use shared::marriage::booking::both_old_enough_on;
use shared::marriage::{Party, PartyInput, PartyKind, Refusal};

use super::registry;
use crate::app::App;
use crate::appointments::Attendees;
use crate::appointments::record::Record;
use crate::error::Error;

/// The two who come, the man first.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Couple(pub [Party; 2]);

/// A party with everything hidden that the couple does not need to recognise itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MaskedParty {
    pub kind: PartyKind,
    pub name: String,
    pub id_number: String,
    pub phone: String,
}

impl Attendees for Couple {
    type Kept = [PartyInput; 2];
    type Masked = [MaskedParty; 2];

    /// The codes they typed are not kept.
    fn keep(&self) -> [PartyInput; 2] {
        self.0.each_ref().map(|party| PartyInput { phone_code: String::new(), ..party.to_input() })
    }

    fn restore([first, second]: [PartyInput; 2]) -> Option<Self> {
        Some(Self([first.party().ok()?, second.party().ok()?]))
    }

    fn masked(&self) -> [MaskedParty; 2] {
        self.0.each_ref().map(|party| MaskedParty {
            kind: party.identity.kind(),
            name: party.identity.name().masked(),
            id_number: party.identity.document().masked(),
            phone: party.contact.phone.masked(),
        })
    }

    fn identities(&self) -> Vec<String> {
        self.0.iter().map(|party| party.identity.index_text()).collect()
    }

    fn phones(&self) -> Vec<Phone> {
        let [first, second] = self.0.each_ref().map(|party| party.contact.phone.clone());
        if first == second { vec![first] } else { vec![first, second] }
    }

    fn are_same(&self, other: &Self) -> bool {
        let same = |(left, right): (&Party, &Party)| {
            left.identity == right.identity && left.contact.phone == right.contact.phone
        };
        self.0.iter().zip(&other.0).all(same)
    }

    /// What the portal itself refuses: a party under age on the day, and a registry without the authority.
    async fn admissible(&self, app: &App, at: &Record, _: DateTime<Utc>) -> Result<(), Error> {
        both_old_enough_on(&self.0, shanghai_date(at.starts_at))?;
        let foreign = self.0.iter().any(|party| party.identity.kind() != PartyKind::Mainland);
        if foreign && !registry::one(app, &at.place).await?.foreign_related {
            return Err(Refusal::NoForeignAuthority.into());
        }
        Ok(())
    }
}
