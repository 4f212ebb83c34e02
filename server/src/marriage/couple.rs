//! Both parties of a marriage as the appointment engine books them.

use chrono::{DateTime, NaiveDate, Utc};
use futures_util::future::BoxFuture;
use serde::Serialize;
use serde_json::{Value as Json, json};
use shared::calendar::shanghai_date;
use shared::counter::Ground;
use shared::field::FieldErrors;
use shared::identity::{MaskedPerson, Phone};
use shared::marriage::age::may_marry_from;
use shared::marriage::booking::{both_old_enough_on, couple};
use shared::marriage::{Party, PartyInput, PartyKind, Refusal, RefusalGround};

use super::one_left::OneLeft;
use super::registry;
use crate::appointments::attendees::{Attendees, Correction, InFull, Masked};
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
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct MaskedParty {
    pub kind: PartyKind,
    pub name: String,
    pub id_number: String,
    pub phone: String,
    /// Whether the other has the same, as far as it is known; two numbers can look alike when they are masked.
    #[serde(skip)]
    pub shares_phone: bool,
}

impl Couple {
    /// Reads what was kept.
    pub fn restore(kept: Json) -> Option<Box<dyn Attendees>> {
        let parties: [PartyInput; 2] = serde_json::from_value(kept).ok()?;
        if let Some(one) = OneLeft::restore(&parties) {
            return Some(Box::new(one));
        }
        let [first, second] = parties;
        Some(Box::new(Self([first.party().ok()?, second.party().ok()?])))
    }
}

/// What is kept of a party; the codes they typed are not.
pub(super) fn kept(party: &Party) -> PartyInput {
    PartyInput { phone_code: String::new(), ..party.to_input() }
}

/// What the other party sees of one, in a copy too.
pub(super) fn hidden(party: &Party) -> Json {
    json!(MaskedParty::of(party))
}

impl MaskedParty {
    pub(super) fn of(party: &Party) -> Self {
        Self {
            kind: party.identity.kind(),
            name: party.identity.name().masked(),
            id_number: party.identity.document().masked(),
            phone: party.contact.phone.masked(),
            shares_phone: false,
        }
    }
}

/// A party as the lists of the registry show them.
pub(super) fn listed(party: &Party) -> MaskedPerson {
    MaskedPerson::of(party.identity.name(), Some(party.identity.document()), &party.contact.phone)
}

pub(super) fn in_full(party: &Party) -> InFull {
    InFull {
        name: party.identity.name().as_str().to_owned(),
        id_number: Some(party.identity.document().grouped()),
        phone: party.contact.phone.spoken(),
    }
}

/// Whether a ground tells a party of themselves alone: kinship both share, and their own age they know.
pub(super) fn is_ground_of(party: &Party, ground: &Ground, on: NaiveDate) -> bool {
    match RefusalGround::of(ground) {
        Some(RefusalGround::CloseKin) => true,
        Some(RefusalGround::UnderAge) => may_marry_from(party.identity.sex(), party.identity.birth_date()) > on,
        Some(RefusalGround::NotVoluntary | RefusalGround::HasSpouse) | None => false,
    }
}

impl Attendees for Couple {
    fn keep(&self) -> Json {
        serde_json::to_value(self.0.each_ref().map(kept)).expect("texts always serialise")
    }

    fn copied(&self, own: Option<usize>) -> Json {
        let kept = self.keep();
        let parties = self.0.iter().enumerate();
        parties.map(|(place, party)| if own == Some(place) { kept[place].clone() } else { hidden(party) }).collect()
    }

    fn masked(&self) -> Masked {
        let shares_phone = self.share_a_phone();
        Masked::new(self.0.each_ref().map(|party| MaskedParty { shares_phone, ..MaskedParty::of(party) }))
    }

    fn listed(&self) -> Vec<MaskedPerson> {
        self.0.iter().map(listed).collect()
    }

    fn in_full(&self) -> Vec<InFull> {
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

    fn without(&self, place: usize) -> Option<Box<dyn Attendees>> {
        let place = 1_usize.checked_sub(place)?;
        Some(Box::new(OneLeft { place, party: self.0.get(place)?.clone() }))
    }

    fn corrected(&self, place: usize, correction: &Correction) -> Option<Result<Box<dyn Attendees>, FieldErrors>> {
        let mut parties = self.0.each_ref().map(kept);
        let one = parties.get_mut(place)?;
        let put_right = |kept: &mut String, typed: &str| {
            if !typed.trim().is_empty() {
                typed.clone_into(kept);
            }
        };
        put_right(&mut one.name, &correction.name);
        put_right(&mut one.id_number, &correction.id_number);
        put_right(&mut one.phone, &correction.phone);
        let carries_both = self.0.get(place)?.identity.document().birth_date().is_some();
        if !correction.id_number.trim().is_empty() && carries_both {
            (one.birth_date, one.sex) = (String::new(), String::new());
        }
        Some(couple(&parties, self.share_a_phone()).map(|parties| Box::new(Self(parties)) as Box<dyn Attendees>))
    }

    fn is_ground_of(&self, place: usize, ground: &Ground, on: NaiveDate) -> bool {
        self.0.get(place).is_some_and(|party| is_ground_of(party, ground, on))
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
