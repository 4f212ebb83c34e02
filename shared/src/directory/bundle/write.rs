//! A bundle as bytes; what [`super::read`] reads, in the same order.

use chrono::{NaiveDate, NaiveDateTime, Timelike};

use super::bytes::Writer;
use super::{Bundle, Closing, Columns, FORMAT, Line, Timetable};
use crate::calendar::DayClass;
use crate::directory::access::Feature;
use crate::directory::{Capacity, Confirmation, Grade, Kind, ServiceHere};
use crate::hours::{Change, ChangeKind, On, Span};
use crate::localised::Localised;

impl Bundle {
    /// As it is sent.
    pub fn bytes(&self) -> Vec<u8> {
        let mut to = Writer::default();
        to.number(u32::from(FORMAT));
        kind(&mut to, &self.kind);
        to.many(&self.days.years, |to, (year, notified)| {
            to.signed(*year);
            to.number(u32::from(*notified));
        });
        to.many(&self.days.days, |to, day| {
            date(to, day.date);
            to.number(day.class as u32);
        });
        to.many(&self.days.fixed, |to, (month, day)| [*month, *day].into_iter().for_each(|one| to.number(one)));
        for edge in [self.bounds.south, self.bounds.west, self.bounds.north, self.bounds.east] {
            to.signed(edge);
        }
        to.text(&String::from(self.letters.clone()));
        columns(&mut to, &self.columns);
        to.0
    }
}

fn columns(to: &mut Writer, columns: &Columns) {
    for texts in [
        &columns.texts,
        &columns.ids,
        &columns.names_zh,
        &columns.names_en,
        &columns.addresses_zh,
        &columns.addresses_en,
        &columns.phones,
    ] {
        to.many(texts, |to, text| to.text(text));
    }
    for numbers in [
        &columns.tiers,
        &columns.parents,
        &columns.divisions,
        &columns.streets,
        &columns.communities,
        &columns.directions,
        &columns.times,
        &columns.services,
        &columns.access,
        &columns.confirmed,
        &columns.sources,
    ] {
        to.many(numbers, |to, number| to.number(*number));
    }
    for flags in [&columns.placed, &columns.demo] {
        to.many(flags, |to, flag| to.number(u32::from(*flag)));
    }
    to.many(&columns.checked, |to, day| date(to, *day));
    for ways in [&columns.latitudes, &columns.longitudes] {
        to.many(ways, |to, way| to.signed(*way));
    }
    to.many(&columns.areas, |to, (code, name)| [code, name].into_iter().for_each(|text| to.text(text)));
    to.many(&columns.words, words);
    to.many(&columns.timetables, timetable);
    to.many(&columns.offers, |to, offers| to.many(offers, service));
    to.many(&columns.entrances, |to, access| {
        for feature in Feature::ALL {
            to.number(access.of(*feature) as u32);
        }
    });
    to.many(&columns.confirmations, |to, all| {
        to.many(&all.iter().collect::<Vec<_>>(), |to, (section, Confirmation { on, by })| {
            to.number(**section as u32);
            date(to, *on);
            to.text(by);
        });
    });
    to.many(&columns.capacities, |to, (place, capacity)| {
        let Capacity { beds, nursing_beds, places, as_of } = capacity;
        to.number(*place);
        for count in [beds, nursing_beds, places] {
            to.maybe(count.as_ref(), |to, count| to.number(*count));
        }
        date(to, *as_of);
    });
    to.many(&columns.grades, |to, (place, Grade { grade, issuer, on })| {
        to.number(*place);
        words(to, grade);
        words(to, issuer);
        date(to, *on);
    });
    to.many(&columns.closed, |to, (place, Closing { on, reason })| {
        to.number(*place);
        date(to, *on);
        words(to, reason);
    });
}

fn kind(to: &mut Writer, kind: &Kind) {
    to.text(&kind.id);
    words(to, &kind.name);
    to.text(&kind.path);
    to.many(&kind.tiers, |to, tier| {
        to.text(&tier.id);
        words(to, &tier.name);
        to.number(tier.shape as u32);
    });
    to.many(&kind.services, |to, service| {
        to.text(&service.id);
        words(to, &service.name);
        for benefit in [&service.benefit, &service.subsidy] {
            to.maybe(benefit.as_ref(), |to, text| to.text(text));
        }
        to.number(u32::from(service.comes_home));
    });
    for age in [kind.ages.unconfirmed, kind.ages.last, kind.ages.hidden] {
        to.number(age);
    }
}

fn timetable(to: &mut Writer, Timetable { rules, changes, announced }: &Timetable) {
    to.many(rules, |to, Line { from, to: until, on, status, spans: times, note, service }| {
        for day in [from, until] {
            to.maybe(day.as_ref(), |to, day| date(to, *day));
        }
        match on {
            On::Weekdays(days) => {
                to.number(0);
                to.many(days, |to, day| to.number(*day));
            }
            On::NthWeekday { weekday, nth } => {
                to.number(1);
                to.number(*weekday);
                to.signed(*nth);
            }
            On::Classes(classes) => {
                to.number(2);
                to.many(classes, |to, class: &DayClass| to.number(*class as u32));
            }
            On::Dates(dates) => {
                to.number(3);
                to.many(dates, |to, day| date(to, *day));
            }
        }
        to.number(*status as u32);
        spans(to, times);
        to.maybe(note.as_ref(), words);
        to.maybe(service.as_ref(), |to, text| to.text(text));
    });
    to.many(changes, |to, Change { from, to: until, kind, reason }| {
        instant(to, *from);
        instant(to, *until);
        match kind {
            ChangeKind::Closed => to.number(0),
            ChangeKind::Hours(times) => {
                to.number(1);
                spans(to, times);
            }
            ChangeKind::Message => to.number(2),
            ChangeKind::WithoutService(service) => {
                to.number(3);
                to.text(service);
            }
        }
        words(to, reason);
    });
    to.maybe(announced.as_ref(), |to, text| to.text(text));
}

fn spans(to: &mut Writer, spans: &[Span]) {
    to.many(spans, |to, Span { opens, closes }| [opens, closes].into_iter().for_each(|text| to.text(text)));
}

fn service(to: &mut Writer, ServiceHere { service, price_fen, who }: &ServiceHere) {
    to.text(service);
    to.maybe(price_fen.as_ref(), |to, fen| to.number(*fen));
    words(to, who);
}

fn words(to: &mut Writer, Localised { zh, en }: &Localised) {
    to.text(zh);
    to.text(en);
}

fn date(to: &mut Writer, date: NaiveDate) {
    to.signed(date.to_epoch_days());
}

fn instant(to: &mut Writer, at: NaiveDateTime) {
    date(to, at.date());
    to.number(at.num_seconds_from_midnight());
}
