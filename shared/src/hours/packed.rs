//! Hours on their way to a phone: what decides whether a place is open, without the words beside it.

use chrono::{NaiveDate, NaiveDateTime, NaiveTime, Timelike};

use super::{Announced, Change, ChangeKind, Hours, Known, On, Status, span::Minutes};
use crate::bytes::{Reader, Writer};
use crate::calendar::DayClass;
use crate::localised::Localised;

impl Hours {
    pub(crate) fn pack(&self, to: &mut Writer) {
        to.many(&self.rules, rule);
        to.many(&self.changes, change);
    }

    pub(crate) fn unpack(from: &mut Reader<'_>) -> Self {
        Self { rules: from.many(read_rule), changes: from.many(read_change) }
    }
}

fn rule(to: &mut Writer, rule: &Known) {
    let Known { from, to: until, on, status, spans: times, note: _, service } = rule;
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
            to.many(classes, |to, class| to.number(class.number()));
        }
        On::Dates(dates) => {
            to.number(3);
            to.many(dates, |to, day| date(to, *day));
        }
    }
    to.number(match status {
        Status::Open => 0,
        Status::Closed => 1,
        Status::ByAppointment => 2,
        Status::Unknown => 3,
    });
    spans(to, times);
    to.maybe(service.as_ref(), |to, service| to.text(service));
}

fn read_rule(from: &mut Reader<'_>) -> Known {
    Known {
        from: from.maybe(read_date),
        to: from.maybe(read_date),
        on: match from.number() {
            0 => On::Weekdays(from.many(Reader::number)),
            1 => On::NthWeekday { weekday: from.number(), nth: from.signed() },
            2 => On::Classes(from.many(|from| DayClass::numbered(from.number()))),
            _ => On::Dates(from.many(read_date)),
        },
        status: match from.number() {
            0 => Status::Open,
            1 => Status::Closed,
            2 => Status::ByAppointment,
            _ => Status::Unknown,
        },
        spans: from.many(read_span),
        note: None,
        service: from.maybe(Reader::text).map(str::to_owned),
    }
}

fn change(to: &mut Writer, Announced { change, spans: times }: &Announced) {
    let Change { from, to: until, kind, reason: _ } = change;
    instant(to, *from);
    instant(to, *until);
    match kind {
        ChangeKind::Closed => to.number(0),
        ChangeKind::Hours(_) => to.number(1),
        ChangeKind::Message => to.number(2),
        ChangeKind::WithoutService(service) => {
            to.number(3);
            to.text(service);
        }
    }
    spans(to, times);
}

fn read_change(from: &mut Reader<'_>) -> Announced {
    let change = Change {
        from: read_instant(from),
        to: read_instant(from),
        kind: match from.number() {
            0 => ChangeKind::Closed,
            // As they were written nobody needs them: the evaluator goes by the numbers below.
            1 => ChangeKind::Hours(Vec::new()),
            2 => ChangeKind::Message,
            _ => ChangeKind::WithoutService(from.text().to_owned()),
        },
        reason: Localised::new("", ""),
    };
    Announced { change, spans: from.many(read_span) }
}

fn spans(to: &mut Writer, spans: &[Minutes]) {
    to.many(spans, |to, Minutes { opens, closes }| {
        to.number(*opens);
        to.number(*closes);
    });
}

fn read_span(from: &mut Reader<'_>) -> Minutes {
    Minutes { opens: from.number(), closes: from.number() }
}

pub(crate) fn date(to: &mut Writer, date: NaiveDate) {
    to.signed(date.to_epoch_days());
}

pub(crate) fn read_date(from: &mut Reader<'_>) -> NaiveDate {
    let date = NaiveDate::from_epoch_days(from.signed());
    from.is_broken |= date.is_none();
    date.unwrap_or_default()
}

fn instant(to: &mut Writer, at: NaiveDateTime) {
    date(to, at.date());
    to.number(at.num_seconds_from_midnight());
}

fn read_instant(from: &mut Reader<'_>) -> NaiveDateTime {
    let date = read_date(from);
    date.and_time(NaiveTime::from_num_seconds_from_midnight_opt(from.number(), 0).unwrap_or_default())
}
