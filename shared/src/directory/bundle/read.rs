//! A bundle from bytes; what [`super::write`] wrote, in the same order.

use std::collections::BTreeMap;

use chrono::{NaiveDate, NaiveDateTime, NaiveTime};

use super::bytes::Reader;
use super::{BadBundle, Bundle, Closing, Columns, FORMAT, Line, Timetable};
use crate::calendar::{DayClass, DayClasses, classes::Classed};
use crate::directory::access::{Access, Fact, Feature};
use crate::directory::kind::{Ages, Tier};
use crate::directory::position::Bounds;
use crate::directory::{Capacity, Confirmation, Grade, Kind, Section, ServiceHere, ServiceKind, Shape};
use crate::hours::{Change, ChangeKind, On, Span, Status};
use crate::localised::Localised;
use crate::search::Letters;

// Each in the order in which it is declared.
const CLASSES: [DayClass; 5] = [
    DayClass::StatutoryHoliday,
    DayClass::RestOfHoliday,
    DayClass::MakeUpWorkday,
    DayClass::Workday,
    DayClass::Weekend,
];
const STATES: [Status; 4] = [Status::Open, Status::Closed, Status::ByAppointment, Status::Unknown];
const SHAPES: [Shape; 4] = [Shape::Circle, Shape::Square, Shape::Triangle, Shape::Diamond];
const FACTS: [Fact; 3] = [Fact::Yes, Fact::No, Fact::Unknown];

impl Bundle {
    /// From what was sent.
    ///
    /// # Errors
    /// [`BadBundle`].
    pub fn read(bytes: &[u8]) -> Result<Self, BadBundle> {
        let from = &mut Reader::of(bytes);
        if from.number() != u32::from(FORMAT) {
            return Err(BadBundle);
        }
        let kind = kind(from);
        let days = DayClasses {
            years: from.many(|from| (from.signed(), from.flag())),
            days: from.many(|from| Classed { date: date(from), class: from.one_of(&CLASSES) }),
            fixed: from.many(|from| (from.number(), from.number())),
        };
        let bounds = Bounds { south: from.signed(), west: from.signed(), north: from.signed(), east: from.signed() };
        let letters = Letters::try_from(from.text()).map_err(|_| BadBundle)?;
        let columns = columns(from);
        if from.is_whole() { Ok(Self { kind, days, bounds, letters, columns }) } else { Err(BadBundle) }
    }
}

fn columns(from: &mut Reader<'_>) -> Columns {
    let mut columns = Columns::default();
    for texts in [
        &mut columns.texts,
        &mut columns.ids,
        &mut columns.names_zh,
        &mut columns.names_en,
        &mut columns.addresses_zh,
        &mut columns.addresses_en,
        &mut columns.phones,
    ] {
        *texts = from.many(Reader::text);
    }
    for numbers in [
        &mut columns.tiers,
        &mut columns.parents,
        &mut columns.divisions,
        &mut columns.streets,
        &mut columns.communities,
        &mut columns.directions,
        &mut columns.times,
        &mut columns.services,
        &mut columns.access,
        &mut columns.confirmed,
        &mut columns.sources,
    ] {
        *numbers = from.many(Reader::number);
    }
    for flags in [&mut columns.placed, &mut columns.demo] {
        *flags = from.many(Reader::flag);
    }
    columns.checked = from.many(date);
    for ways in [&mut columns.latitudes, &mut columns.longitudes] {
        *ways = from.many(Reader::signed);
    }
    columns.areas = from.many(|from| (from.text(), from.text()));
    columns.words = from.many(words);
    columns.timetables = from.many(timetable);
    columns.offers = from.many(|from| from.many(service));
    columns.entrances = from.many(|from| {
        let mut access = Access::default();
        for feature in Feature::ALL {
            access.set(*feature, from.one_of(&FACTS));
        }
        access
    });
    columns.confirmations = from.many(|from| {
        let mut all = BTreeMap::new();
        for (section, confirmation) in from.many(confirmation) {
            all.insert(section, confirmation);
        }
        all
    });
    columns.capacities = from.many(|from| {
        let place = from.number();
        let mut count = || from.maybe(Reader::number);
        let (beds, nursing_beds, places) = (count(), count(), count());
        (place, Capacity { beds, nursing_beds, places, as_of: date(from) })
    });
    columns.grades =
        from.many(|from| (from.number(), Grade { grade: words(from), issuer: words(from), on: date(from) }));
    columns.closed = from.many(|from| (from.number(), Closing { on: date(from), reason: words(from) }));
    columns
}

fn kind(from: &mut Reader<'_>) -> Kind {
    Kind {
        id: from.text(),
        name: words(from),
        path: from.text(),
        tiers: from.many(|from| Tier { id: from.text(), name: words(from), shape: from.one_of(&SHAPES) }),
        services: from.many(|from| ServiceKind {
            id: from.text(),
            name: words(from),
            benefit: from.maybe(Reader::text),
            subsidy: from.maybe(Reader::text),
            comes_home: from.flag(),
        }),
        ages: Ages { unconfirmed: from.number(), last: from.number(), hidden: from.number() },
        columns: BTreeMap::new(),
    }
}

fn timetable(from: &mut Reader<'_>) -> Timetable {
    Timetable {
        rules: from.many(|from| Line {
            from: from.maybe(date),
            to: from.maybe(date),
            on: match from.number() {
                0 => On::Weekdays(from.many(Reader::number)),
                1 => On::NthWeekday { weekday: from.number(), nth: from.signed() },
                2 => On::Classes(from.many(|from| from.one_of(&CLASSES))),
                // What is none of them breaks off the dates.
                _ => On::Dates(from.many(date)),
            },
            status: from.one_of(&STATES),
            spans: from.many(span),
            note: from.maybe(words),
            service: from.maybe(Reader::text),
        }),
        changes: from.many(|from| Change {
            from: instant(from),
            to: instant(from),
            kind: match from.number() {
                0 => ChangeKind::Closed,
                1 => ChangeKind::Hours(from.many(span)),
                2 => ChangeKind::Message,
                _ => ChangeKind::WithoutService(from.text()),
            },
            reason: words(from),
        }),
        announced: from.maybe(Reader::text),
    }
}

fn span(from: &mut Reader<'_>) -> Span {
    Span { opens: from.text(), closes: from.text() }
}

fn service(from: &mut Reader<'_>) -> ServiceHere {
    ServiceHere { service: from.text(), price_fen: from.maybe(Reader::number), who: words(from) }
}

fn confirmation(from: &mut Reader<'_>) -> (Section, Confirmation) {
    (from.one_of(Section::ALL), Confirmation { on: date(from), by: from.text() })
}

fn words(from: &mut Reader<'_>) -> Localised {
    Localised { zh: from.text(), en: from.text() }
}

fn date(from: &mut Reader<'_>) -> NaiveDate {
    let date = NaiveDate::from_epoch_days(from.signed());
    from.known(date).unwrap_or_default()
}

fn instant(from: &mut Reader<'_>) -> NaiveDateTime {
    let date = date(from);
    let time = NaiveTime::from_num_seconds_from_midnight_opt(from.number(), 0);
    date.and_time(from.known(time).unwrap_or_default())
}
