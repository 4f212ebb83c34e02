//! A bundle from bytes; what [`super::write`] wrote, in the same order.

use std::cell::OnceCell;
use std::collections::BTreeMap;

use super::{BadBundle, COMMUNITY, CONFIRMED, FORMAT, IS_PLACED, MARKS, NUMBERS, OFFERS, Places, STREET, TIER, TIMES};
use crate::bytes::Reader;
use crate::calendar::DayClasses;
use crate::directory::kind::{Ages, Tier};
use crate::directory::position::Bounds;
use crate::directory::{Kind, ServiceHere, ServiceKind, Shape};
use crate::geo::{Degrees, Gcj02};
use crate::hours::Hours;
use crate::localised::Localised;

impl<'a> Places<'a> {
    /// From what was sent.
    ///
    /// # Errors
    /// [`BadBundle`].
    pub fn read(bytes: &'a [u8]) -> Result<Self, BadBundle> {
        Self::as_far(bytes).filter(|places| places.is_whole).ok_or(BadBundle)
    }

    /// As far as it can be read; nothing of another format.
    pub fn as_far(bytes: &'a [u8]) -> Option<Self> {
        let from = &mut Reader::of(bytes, FORMAT)?;
        let kind = kind(from);
        let days = DayClasses::read(from);
        let bounds = Bounds { south: from.signed(), west: from.signed(), north: from.signed(), east: from.signed() };
        let letters = from.text();
        let areas = from.many(|from| (from.text(), from.text()));
        let timetables = from.many(Hours::unpack);
        let offers = from.many(|from| from.many(|from| offer(from, &kind)));
        let count = from.number();
        // Damage ends each of them early.
        let count = if count as usize <= bytes.len() { count } else { 0 };
        let texts = std::array::from_fn(|_| (0..count).map(|_| from.text()).collect());
        let numbers: [Vec<u32>; NUMBERS] = std::array::from_fn(|_| (0..count).map(|_| from.number()).collect());
        let points = points(from, &numbers[MARKS]);
        let numbered =
            [(TIER, kind.tiers.len()), (STREET, areas.len()), (COMMUNITY, areas.len()), (TIMES, timetables.len())];
        let leads_nowhere = |(column, most): (usize, usize)| numbers[column].iter().any(|n| *n as usize > most);
        let lacks = |column: usize| numbers[column].contains(&0);
        let is_whole = from.is_whole()
            && !numbered.into_iter().chain([(OFFERS, offers.len())]).any(leads_nowhere)
            && ![TIMES, OFFERS, CONFIRMED].into_iter().any(lacks);
        let names = OnceCell::new();
        Some(Self { kind, days, bounds, is_whole, letters, names, areas, timetables, offers, points, texts, numbers })
    }
}

fn kind(from: &mut Reader<'_>) -> Kind {
    let nothing = || Localised::new("", "");
    let tier = |from: &mut Reader<'_>| Tier { id: from.text().to_owned(), name: nothing(), shape: Shape::Circle };
    let service = |from: &mut Reader<'_>| ServiceKind {
        unlisted_is_unknown: from.number() == 1,
        id: from.text().to_owned(),
        name: Localised::new(from.text(), from.text()),
        benefit: None,
        subsidy: None,
        comes_home: false,
        free_of_charge: from.number() == 1,
        note: None,
    };
    Kind {
        id: String::new(),
        name: nothing(),
        path: String::new(),
        tiers: from.many(tier),
        services: from.many(service),
        ages: Ages { unconfirmed: from.number(), last: from.number(), hidden: from.number() },
        columns: BTreeMap::new(),
    }
}

fn offer(from: &mut Reader<'_>, kind: &Kind) -> ServiceHere {
    let place = from.number() as usize;
    let id = kind.services.get(place).map_or("", |service| service.id.as_str());
    ServiceHere { price_fen: from.maybe(Reader::number), ..ServiceHere::of(id) }
}

/// Each as its way from the one before, in hundred-thousandths of a degree: first all latitudes, then all longitudes.
fn points(from: &mut Reader<'_>, marks: &[u32]) -> Vec<Option<Gcj02>> {
    let mut axis = || {
        let mut last = 0_i32;
        let mut next = |mark: &u32| {
            (mark & IS_PLACED != 0).then(|| {
                last = last.wrapping_add(from.signed());
                f64::from(last) / 100_000.0
            })
        };
        marks.iter().map(&mut next).collect::<Vec<_>>()
    };
    let (latitudes, longitudes) = (axis(), axis());
    let point = |(latitude, longitude): (Option<f64>, Option<f64>)| {
        let (latitude, longitude) = latitude.zip(longitude)?;
        Some(Gcj02(Degrees::new(latitude, longitude)))
    };
    latitudes.into_iter().zip(longitudes).map(point).collect()
}
