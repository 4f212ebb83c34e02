//! One party of a couple, once the other had their own details erased: each has that right, and only for themselves.

use chrono::{DateTime, NaiveDate, Utc};
use futures_util::future::BoxFuture;
use serde_json::{Value as Json, json};
use shared::counter::Ground;
use shared::identity::{MaskedPerson, Phone};
use shared::marriage::age::may_marry_from;
use shared::marriage::{Party, PartyInput, PartyKind};

use super::couple::{self, MaskedParty, kept};
use crate::appointments::attendees::{Attendees, InFull, Masked};
use crate::appointments::record::Record;
use crate::database::Database;
use crate::error::Error;

/// What stands in place of the other's name.
const ERASED: &str = "（已删除）";

/// Whose details are kept, and whether they were named first or second.
pub(super) struct OneLeft {
    pub(super) place: usize,
    pub(super) party: Party,
}

impl OneLeft {
    /// Reads what was kept, where one of the two is nothing.
    pub(super) fn restore(parties: &[PartyInput; 2]) -> Option<Self> {
        let nobody = PartyInput::default();
        let place = match parties {
            [first, second] if *first == nobody && *second != nobody => 1,
            [first, second] if *second == nobody && *first != nobody => 0,
            _ => return None,
        };
        Some(Self { place, party: parties[place].party().ok()? })
    }

    /// For each of the two: what is said of the one who is left, or of the one who is not.
    fn each<T>(&self, left: impl Fn(&Party) -> T, erased: impl Fn() -> T) -> [T; 2] {
        [0, 1].map(|place| if place == self.place { left(&self.party) } else { erased() })
    }
}

impl Attendees for OneLeft {
    fn keep(&self) -> Json {
        serde_json::to_value(self.each(kept, PartyInput::default)).expect("texts always serialise")
    }

    fn copied(&self, own: Option<usize>) -> Json {
        let left = |party: &Party| {
            if own == Some(self.place) { json!(kept(party)) } else { couple::hidden(party) }
        };
        self.each(left, || json!({ "erased": true })).into_iter().collect()
    }

    fn masked(&self) -> Masked {
        let erased = || MaskedParty {
            kind: PartyKind::Mainland,
            name: ERASED.to_owned(),
            id_number: String::new(),
            phone: String::new(),
            shares_phone: false,
        };
        Masked::new(self.each(MaskedParty::of, erased))
    }

    fn listed(&self) -> Vec<MaskedPerson> {
        let erased = || MaskedPerson { name: ERASED.to_owned(), id_number_tail: None, phone_tail: String::new() };
        self.each(couple::listed, erased).into()
    }

    fn in_full(&self) -> Vec<InFull> {
        let erased = || InFull { name: String::new(), id_number: None, phone: String::new() };
        self.each(couple::in_full, erased).into()
    }

    fn identities(&self) -> Vec<String> {
        vec![self.party.identity.index_text()]
    }

    fn phones(&self) -> Vec<Phone> {
        vec![self.party.contact.phone.clone()]
    }

    fn left(&self) -> Option<usize> {
        Some(self.place)
    }

    fn is_ground_of(&self, place: usize, ground: &Ground, on: NaiveDate) -> bool {
        place == self.place && couple::is_ground_of(&self.party, ground, on)
    }

    fn earliest_day(&self) -> Option<NaiveDate> {
        Some(may_marry_from(self.party.identity.sex(), self.party.identity.birth_date()))
    }

    /// Nobody comes alone, and only what is over was erased in part.
    fn admissible<'a>(&'a self, _: &'a Database, _: &'a Record, _: DateTime<Utc>) -> BoxFuture<'a, Result<(), Error>> {
        Box::pin(async { Err(shared::appointments::Refusal::BookingEnded.into()) })
    }
}
