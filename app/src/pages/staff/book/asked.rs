//! What the address of the page asks for; nothing in it is personal.

use chrono::NaiveDate;
use shared::{
    appointments::{Service, SlotId},
    counter::VisitId,
    places::PlaceId,
};

use super::PAGE;
use crate::{
    pages::staff::service_at,
    pairs::{Pairs, address, value},
};

/// `?at=museum@hall&date=2026-05-20&slot=12&move=…`, as far as it could be read.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Asked {
    pub at: Option<(Service, PlaceId)>,
    pub date: Option<NaiveDate>,
    pub slot: Option<SlotId>,
    /// The booking that moves.
    pub moves: Option<VisitId>,
    /// The booking that was just made or moved.
    pub done: Option<VisitId>,
    pub moved: bool,
}

impl Asked {
    /// What means nothing is not there.
    pub(super) fn read(pairs: &Pairs) -> Self {
        let text = |name| value(pairs, name).unwrap_or_default();
        Self {
            at: service_at::read(text("at")),
            date: text("date").parse().ok(),
            slot: text("slot").parse().ok().map(SlotId),
            moves: VisitId::parse(text("move")).ok(),
            done: VisitId::parse(text("done")).ok(),
            moved: value(pairs, "moved").is_some(),
        }
    }

    /// The address that asks for this, without the language prefix.
    pub fn path(&self) -> String {
        let at = self.at.as_ref().map(|(service, place)| service_at::write(service, place));
        let (date, slot) = (self.date.map(|date| date.to_string()), self.slot.map(|slot| slot.to_string()));
        let pairs = [
            ("at", at.as_deref()),
            ("date", date.as_deref()),
            ("slot", slot.as_deref()),
            ("move", self.moves.as_ref().map(VisitId::as_str)),
            ("done", self.done.as_ref().map(VisitId::as_str)),
            ("moved", self.moved.then_some("1")),
        ];
        address(PAGE, pairs.into_iter().filter_map(|(name, value)| Some((name, value?))))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_asks_again_for_what_was_asked() {
        let pairs = |list: &[(&str, &str)]| -> Pairs {
            list.iter().map(|(name, text)| ((*name).to_owned(), (*text).to_owned())).collect()
        };
        let asked =
            Asked::read(&pairs(&[("at", "museum@hall"), ("date", "2026-05-20"), ("slot", "12"), ("move", "v1")]));
        assert_eq!(asked.path(), "/staff/book?at=museum%40hall&date=2026-05-20&slot=12&move=v1");
        let nothing = [("at", "museum"), ("date", "2026-02-30"), ("slot", "x"), ("move", "../etc")];
        assert_eq!(Asked::read(&pairs(&nothing)), Asked::default());
    }
}
