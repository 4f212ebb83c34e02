//! Both parties as they are stored: sealed for one appointment, and findable only by blind index.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use shared::appointments::HoldId;
use shared::identity::{IdDocument, IdType, PersonName, Phone, Sex};
use shared::marriage::{Party, PartyKind};

use crate::keys::{Keys, seal::Unsealable};

/// One party, in the clear only while a request needs it.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct StoredParty {
    pub kind: PartyKind,
    pub name: String,
    pub id_type: IdType,
    pub id_number: String,
    pub birth_date: NaiveDate,
    pub sex: Sex,
    pub phone: String,
}

impl StoredParty {
    pub fn new(party: &Party) -> Self {
        Self {
            kind: party.kind,
            name: party.name.as_str().to_owned(),
            id_type: party.document.id_type(),
            id_number: party.document.as_str().to_owned(),
            birth_date: party.birth_date,
            sex: party.sex,
            phone: party.phone.as_str().to_owned(),
        }
    }

    /// The phone, parsed again; what was stored was parsed before, so this fails only on damage.
    pub fn phone(&self) -> Result<Phone, Unsealable> {
        Phone::parse(&self.phone).map_err(|_| Unsealable)
    }

    pub fn name(&self) -> Result<PersonName, Unsealable> {
        PersonName::parse(&self.name).map_err(|_| Unsealable)
    }

    pub fn document(&self) -> Result<IdDocument, Unsealable> {
        IdDocument::parse(self.id_type, &self.id_number).map_err(|_| Unsealable)
    }
}

/// The blind index that makes one person the same person at every registry.
pub fn person_index(keys: &Keys, document: &IdDocument) -> String {
    keys.blind_index("person", &format!("{}:{}", document.id_type().wire(), document.as_str()))
}

pub fn seal(keys: &Keys, id: &HoldId, parties: &[StoredParty; 2]) -> Vec<u8> {
    keys.seal(&context(id), parties)
}

pub fn open(keys: &Keys, id: &HoldId, sealed: &[u8]) -> Result<[StoredParty; 2], Unsealable> {
    keys.open(&context(id), sealed)
}

fn context(id: &HoldId) -> String {
    format!("appointment:{id}")
}
