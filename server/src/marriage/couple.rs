//! Both parties of a marriage as the appointment engine books them.

use chrono::{DateTime, NaiveDate, Utc};
use futures_util::future::BoxFuture;
use serde_json::{Value as Json, json};
use shared::calendar::shanghai_date;
use shared::identity::{MaskedPerson, Phone};
use shared::marriage::age::may_marry_from;
use shared::marriage::booking::both_old_enough_on;
use shared::marriage::{Party, PartyInput, PartyKind, Refusal};

use super::registry;
use crate::appointments::attendees::{Attendees, InFull, Masked};
use crate::appointments::record::Record;
use crate::database::Database;
use crate::error::Error;
use crate::identity_check::StatedIdentity;

/// The two who come, the man first.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Couple(pub [Party; 2]);

/// Both parties as [`Masked`] holds them.
pub type MaskedCouple = [MaskedParty; 2];

/// A party with everything hidden that the couple does not need to recognise itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MaskedParty {
    pub kind: PartyKind,
    pub name: String,
    pub id_number: String,
    pub phone: String,
}

impl Couple {
    /// Reads what was kept.
    pub fn restore(kept: Json) -> Option<Box<dyn Attendees>> {
        let [first, second]: [PartyInput; 2] = serde_json::from_value(kept).ok()?;
        Some(Box::new(Self([first.party().ok()?, second.party().ok()?])))
    }
}

impl Attendees for Couple {
    /// The codes they typed are not kept.
    fn keep(&self) -> Json {
        let kept = self.0.each_ref().map(|party| PartyInput { phone_code: String::new(), ..party.to_input() });
        serde_json::to_value(kept).expect("texts always serialise")
    }

    fn copied(&self, own: Option<usize>) -> Json {
        let kept = self.keep();
        let hidden = |party: &Party| {
            json!({
                "kind": party.identity.kind(),
                "name": party.identity.name().masked(),
                "id_number": party.identity.document().masked(),
                "phone": party.contact.phone.masked(),
            })
        };
        let parties = self.0.iter().enumerate();
        parties.map(|(place, party)| if own == Some(place) { kept[place].clone() } else { hidden(party) }).collect()
    }

    fn masked(&self) -> Masked {
        Masked::new(self.0.each_ref().map(|party| MaskedParty {
            kind: party.identity.kind(),
            name: party.identity.name().masked(),
            id_number: party.identity.document().masked(),
            phone: party.contact.phone.masked(),
        }))
    }

    fn listed(&self) -> Vec<MaskedPerson> {
        let listed = |party: &Party| {
            MaskedPerson::of(party.identity.name(), Some(party.identity.document()), &party.contact.phone)
        };
        self.0.iter().map(listed).collect()
    }

    fn in_full(&self) -> Vec<InFull> {
        let in_full = |party: &Party| InFull {
            name: party.identity.name().as_str().to_owned(),
            id_number: Some(party.identity.document().grouped()),
            phone: party.contact.phone.spoken(),
        };
        self.0.iter().map(in_full).collect()
    }

    fn identities(&self) -> Vec<String> {
        self.0.iter().map(|party| party.identity.index_text()).collect()
    }

    fn phones(&self) -> Vec<Phone> {
        let [first, second] = self.0.each_ref().map(|party| party.contact.phone.clone());
        if first == second { vec![first] } else { vec![first, second] }
    }

    fn share_a_phone(&self) -> bool {
        let [first, second] = &self.0;
        first.contact.phone == second.contact.phone
    }

    fn stated_identities(&self) -> Vec<StatedIdentity> {
        let stated = |party: &Party| StatedIdentity {
            name: party.identity.name().as_str().to_owned(),
            id_type: party.identity.document().id_type().wire(),
            id_number: party.identity.document().as_str().to_owned(),
            phone: party.contact.phone.as_str().to_owned(),
        };
        self.0.iter().map(stated).collect()
    }

    /// From which both are of age.
    fn earliest_day(&self) -> Option<NaiveDate> {
        let of_age = |party: &Party| may_marry_from(party.identity.sex(), party.identity.birth_date());
        self.0.iter().map(of_age).max()
    }

    /// What the portal itself refuses: a party under age on the day, and a registry without the authority.
    fn admissible<'a>(
        &'a self,
        database: &'a Database,
        at: &'a Record,
        _: DateTime<Utc>,
    ) -> BoxFuture<'a, Result<(), Error>> {
        Box::pin(async move {
            both_old_enough_on(&self.0, shanghai_date(at.starts_at))?;
            let foreign = self.0.iter().any(|party| party.identity.kind() != PartyKind::Mainland);
            if foreign && !registry::has_foreign_authority(database, &at.place).await? {
                return Err(Refusal::NoForeignAuthority.into());
            }
            Ok(())
        })
    }
}
