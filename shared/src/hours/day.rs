//! What holds on a day: the rule that is said most closely of it.

use std::cmp::Reverse;

use chrono::{Datelike, NaiveDate};

use super::{Announced, Hours, Known, On, Status, now::Opening, span::Minutes};
use crate::calendar::{Classes, DayClass};
use crate::localised::Localised;

/// What is announced for a day, for whoever shows a week.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DayHours {
    pub status: Status,
    /// From and to in minutes since the day's midnight, in order, without what changes take away; past 1440 on the next day.
    pub spans: Vec<(u32, u32)>,
    pub note: Option<Localised>,
    /// It follows from the class of the day, whose year has no holiday notice yet.
    pub provisional: bool,
}

/// What is said of a day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Said {
    pub status: Status,
    /// In their order.
    pub spans: Vec<Minutes>,
    pub note: Option<Localised>,
}

impl Hours {
    /// What is announced for a day, and what changes leave of it: closed where they leave nothing.
    pub fn day(&self, date: NaiveDate, service: Option<&str>, calendar: &impl Classes) -> DayHours {
        let Said { status, spans, note } = self.on(date, service, calendar);
        let announced = spans.len();
        let midnight = date.and_time(chrono::NaiveTime::MIN);
        let minute = |at: chrono::NaiveDateTime| u32::try_from((at - midnight).num_minutes()).unwrap_or(0);
        let left = spans.into_iter().flat_map(|span| self.left_open(Opening::of(date, span), service));
        let spans: Vec<_> = left.map(|opening| (minute(opening.from), minute(opening.to))).collect();
        // Of a day without times, such as one that nobody knows, a closure has to take all.
        let leaves = |span| !self.left_open(Opening::of(date, span), service).is_empty();
        let is_shut = status != Status::Closed && spans.is_empty() && (announced > 0 || !leaves(Minutes::DAY));
        let status = if is_shut { Status::Closed } else { status };
        let shuts = |one: &&Announced| one.change.closes(service) && one.change.touches(date);
        let reason = self.changes.iter().find(shuts).filter(|_| is_shut).map(|one| one.change.reason.clone());
        let note = reason.or(note);
        let provisional = !is_shut && self.is_provisional(date, service, calendar);
        DayHours { status, spans, note, provisional }
    }

    /// What is said of a day for a service, or for the place where the service has no hours of its own.
    pub(super) fn on(&self, date: NaiveDate, service: Option<&str>, calendar: &impl Classes) -> Said {
        if let Some((spans, reason)) = self.changed(date, service) {
            return Said { status: Status::Open, spans: spans.to_vec(), note: Some(reason.clone()) };
        }
        let (rules, class) = (|| self.rules_for(service).filter(|rule| rule.is_valid(date)), calendar.class(date));
        let decides = rules().filter(|rule| rule.is_about(date, class)).max_by_key(|rule| rule.closeness(class));
        match decides {
            Some(rule) => Said { status: rule.status, spans: rule.spans.clone(), note: rule.note.clone() },
            // Hours are announced for the days that have some: the others have none.
            None if rules().any(|rule| rule.says_hours() && !matches!(rule.on, On::Dates(_))) => {
                Said::of(Status::Closed)
            }
            None => Said::of(Status::Unknown),
        }
    }

    /// Whether what is said of a day follows from what class of day it is, which the holiday notice of its year may still change.
    pub(super) fn is_provisional(&self, date: NaiveDate, service: Option<&str>, calendar: &impl Classes) -> bool {
        let rules = || self.rules_for(service).filter(|rule| rule.is_valid(date));
        let says_date = |rule: &Known| matches!(&rule.on, On::Dates(dates) if dates.contains(&date));
        calendar.is_provisional(date)
            && rules().any(|rule| matches!(rule.on, On::Classes(_)))
            && !rules().any(says_date)
            && self.changed(date, service).is_none()
    }

    pub(super) fn rules_for<'a>(&'a self, service: Option<&'a str>) -> impl Iterator<Item = &'a Known> {
        let of = service.filter(|_| self.has_own(service));
        self.rules.iter().filter(move |rule| rule.service.as_deref() == of)
    }

    /// Whether a service keeps hours of its own, whatever those of its place are.
    pub fn has_own(&self, service: Option<&str>) -> bool {
        service.is_some() && self.rules.iter().any(|rule| rule.service.as_deref() == service)
    }

    /// The spans that a change puts in place of the place's rules, the one that was announced last.
    fn changed(&self, date: NaiveDate, service: Option<&str>) -> Option<(&[Minutes], &Localised)> {
        let mut last_first = self.changes.iter().rev().filter(|_| !self.has_own(service));
        let decides = last_first.find(|Announced { change, spans }| !spans.is_empty() && change.touches(date))?;
        Some((decides.spans.as_slice(), &decides.change.reason))
    }
}

impl Said {
    fn of(status: Status) -> Self {
        Self { status, spans: Vec::new(), note: None }
    }
}

impl Known {
    pub(super) fn is_valid(&self, date: NaiveDate) -> bool {
        self.from.is_none_or(|from| from <= date) && self.to.is_none_or(|to| date <= to)
    }

    fn is_about(&self, date: NaiveDate, class: DayClass) -> bool {
        match &self.on {
            On::Weekdays(weekdays) => weekdays.contains(&date.weekday().number_from_monday()),
            On::NthWeekday { weekday, nth } => date.weekday().number_from_monday() == *weekday && is_nth(date, *nth),
            On::Classes(classes) => classes.contains(&class),
            On::Dates(dates) => dates.contains(&date),
        }
    }

    pub(super) fn says_hours(&self) -> bool {
        matches!(self.status, Status::Open | Status::ByAppointment)
    }

    /// How closely it is said of a day of this class: a date before a class that the holiday notice gives, that before a
    /// season, and that before every week. 工作日 and 周末 are what the days of a week are called where no notice speaks of
    /// them, so a rule of theirs is of the week or of its season: closer than a weekday, less close than the nth one. Among
    /// equals the one that began last holds, and of those the one that ends first.
    pub(super) fn closeness(&self, class: DayClass) -> (u8, Option<NaiveDate>, Reverse<NaiveDate>) {
        let is_season = self.from.is_some() || self.to.is_some();
        let rank = match (&self.on, is_season) {
            (On::Dates(_), _) => 7,
            (On::Classes(_), _) if !matches!(class, DayClass::Workday | DayClass::Weekend) => 6,
            (On::NthWeekday { .. }, true) => 5,
            (On::Classes(_), true) => 4,
            (On::Weekdays(_), true) => 3,
            (On::NthWeekday { .. }, false) => 2,
            (On::Classes(_), false) => 1,
            (On::Weekdays(_), false) => 0,
        };
        (rank, self.from, Reverse(self.to.unwrap_or(NaiveDate::MAX)))
    }
}

fn is_nth(date: NaiveDate, nth: i32) -> bool {
    match nth {
        -1 => u32::from(date.num_days_in_month()) < date.day() + 7,
        _ => i32::try_from(date.day0() / 7) == Ok(nth - 1),
    }
}
