//! The usual week, for what hangs on a wall: what the rules say of ordinary days, whatever is otherwise on some dates, on holidays or
//! for a while.

use chrono::NaiveDate;

use super::{DayHours, Hours, Known, On, Status};
use crate::calendar::DayClass;

/// What usually holds from one day to another.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Usual {
    pub from: NaiveDate,
    /// The last day; none where no other rule is announced.
    pub to: Option<NaiveDate>,
    /// From Monday on.
    pub week: [DayHours; 7],
    /// Days of the month that are unlike the others of their weekday.
    pub nth: Vec<Nth>,
}

/// Such as the first Wednesday of each month.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Nth {
    /// From 1, Monday.
    pub weekday: u32,
    /// From 1 to 5, or -1 for the last.
    pub nth: i32,
    pub hours: DayHours,
}

impl Hours {
    /// From a day on, one season after the other; those that say the same are one.
    pub fn usual(&self, from: NaiveDate, service: Option<&str>) -> Vec<Usual> {
        let turns = |rule: &Known| [rule.from, rule.to.and_then(|last| last.succ_opt())];
        let of_weeks = self.rules_for(service).filter(|rule| !matches!(rule.on, On::Dates(_)));
        let mut starts: Vec<NaiveDate> = of_weeks.flat_map(turns).flatten().filter(|day| *day > from).collect();
        starts.push(from);
        starts.sort_unstable();
        starts.dedup();
        let mut all: Vec<Usual> = Vec::new();
        for start in starts {
            let (week, nth) = (self.week(start, service), self.nth(start, service));
            match all.last_mut() {
                Some(last) if last.week == week && last.nth == nth => {}
                Some(last) => {
                    last.to = start.pred_opt();
                    all.push(Usual { from: start, to: None, week, nth });
                }
                None => all.push(Usual { from: start, to: None, week, nth }),
            }
        }
        all
    }

    fn week(&self, date: NaiveDate, service: Option<&str>) -> [DayHours; 7] {
        [1, 2, 3, 4, 5, 6, 7].map(|weekday| {
            if let Some(rule) = self.usually(date, (weekday, None), service) {
                return rule.hours();
            }
            // As of any day: hours are announced for the days that have some.
            let mut valid = self.rules_for(service).filter(|rule| rule.is_valid(date));
            let says_hours = valid.any(|rule| rule.says_hours() && !matches!(rule.on, On::Dates(_)));
            let status = if says_hours { Status::Closed } else { Status::Unknown };
            DayHours { status, spans: Vec::new(), note: None, provisional: false }
        })
    }

    fn nth(&self, date: NaiveDate, service: Option<&str>) -> Vec<Nth> {
        let mut all: Vec<Nth> = Vec::new();
        for rule in self.rules_for(service).filter(|rule| rule.is_valid(date)) {
            let On::NthWeekday { weekday, nth } = rule.on else { continue };
            let decides = self.usually(date, (weekday, Some(nth)), service).filter(|one| *one == rule);
            all.extend(decides.map(|rule| Nth { weekday, nth, hours: rule.hours() }));
        }
        all.sort_by_key(|one| (one.weekday, one.nth.rem_euclid(7)));
        all
    }

    /// The rule that is said most closely of such a weekday, where a season holds at `date`.
    fn usually<'a>(
        &'a self,
        date: NaiveDate,
        (weekday, nth): (u32, Option<i32>),
        service: Option<&'a str>,
    ) -> Option<&'a Known> {
        let class = if weekday <= 5 { DayClass::Workday } else { DayClass::Weekend };
        let is_about = |rule: &&Known| match &rule.on {
            On::Weekdays(weekdays) => weekdays.contains(&weekday),
            On::Classes(classes) => classes.contains(&class),
            On::NthWeekday { weekday: day, nth: number } => *day == weekday && Some(*number) == nth,
            On::Dates(_) => false,
        };
        let valid = self.rules_for(service).filter(|rule| rule.is_valid(date));
        valid.filter(is_about).max_by_key(|rule| rule.closeness(class))
    }
}

impl Known {
    fn hours(&self) -> DayHours {
        let spans = self.spans.iter().map(|span| (span.opens, span.closes)).collect();
        DayHours { status: self.status, spans, note: self.note.clone(), provisional: false }
    }
}
