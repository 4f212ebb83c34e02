//! Whether a place is open at an instant, until when, and when it opens next.

use chrono::{Days, NaiveDate, NaiveDateTime, TimeDelta};
use serde::{Deserialize, Serialize};

use super::{Change, ChangeKind, Hours, Status, span::Minutes};
use crate::calendar::Classes;
use crate::localised::Localised;

/// How it stands at an instant, in civil time of Shanghai.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Now {
    pub state: State,
    /// When the present opening ends; none where nothing is open, or where it never closes.
    pub until: Option<NaiveDateTime>,
    /// When it opens next, after `until` where it is open; none where nobody knows or it never does.
    pub next: Option<NaiveDateTime>,
    /// It follows from the class of a day whose year has no holiday notice yet.
    pub provisional: bool,
    /// What is said beside the hours of the day, and of every change that holds.
    pub notes: Vec<Localised>,
}

/// What somebody finds who stands before the door.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema), schema(as = HoursState))]
#[serde(rename_all = "snake_case")]
pub enum State {
    Open,
    /// Open for whoever has asked before.
    ByAppointment,
    Closed,
    /// Nobody has said so: call first.
    Unknown,
}

/// How far ahead the next opening is looked for.
const AHEAD: u64 = 400;
/// An opening that goes on for so long never ends.
const ALWAYS: TimeDelta = TimeDelta::days(15);

/// An opening without a break.
#[derive(Clone, Copy, Debug)]
pub(super) struct Opening {
    pub from: NaiveDateTime,
    pub to: NaiveDateTime,
    pub state: State,
}

impl Hours {
    /// How it stands for a service, or for the place as a whole.
    pub fn at(&self, now: NaiveDateTime, service: Option<&str>, calendar: &impl Classes) -> Now {
        let today = now.date();
        let said = self.on(today, service, calendar);
        let closed = self.changes().any(|change| change.holds(now) && change.closes(service));
        let [first, second] = self.ahead(now, service, calendar);
        let present = first.filter(|opening| opening.from <= now);
        let next = if present.is_some() { second } else { first };
        let state = match present {
            Some(opening) => opening.state,
            None if !closed && said.status == Status::Unknown => State::Unknown,
            // Whoever asks is told when.
            None if !closed && said.status == Status::ByAppointment && said.spans.is_empty() => State::ByAppointment,
            None => State::Closed,
        };
        let endless = present.is_some_and(|opening| opening.to - now > ALWAYS);
        let (until, next) = (present.map(|opening| opening.to), next.map(|opening| opening.from));
        let (until, next) = match state {
            _ if endless => (None, None),
            State::Unknown => (None, None),
            _ => (until, next),
        };
        let seen = until.max(next).map_or(today, |last| last.date());
        let mut notes = Vec::new();
        notes.extend(said.note);
        for change in self.changes().filter(|change| change.holds(now) && change.concerns(service)) {
            notes.push(change.reason.clone());
        }
        Now {
            state,
            until,
            next,
            provisional: self.depends_on_classes(service)
                && today.iter_days().take_while(|day| *day <= seen).any(|day| calendar.is_provisional(day)),
            notes,
        }
    }

    /// The first opening that ends after an instant, and if it has begun the one after it; each with whatever it goes over into.
    /// By loops, since a phone has to load what iterators become.
    fn ahead(&self, now: NaiveDateTime, service: Option<&str>, calendar: &impl Classes) -> [Option<Opening>; 2] {
        let (mut first, mut joined): (Option<Opening>, Option<Opening>) = (None, None);
        // What began on the eve may last until tonight.
        let eve = now.date().pred_opt().unwrap_or(now.date());
        for day in (0..AHEAD).map_while(|n| eve.checked_add_days(Days::new(n))) {
            let said = self.on(day, service, calendar);
            let state = if said.status == Status::ByAppointment { State::ByAppointment } else { State::Open };
            for opening in said.spans.into_iter().filter_map(|span| Opening::of(day, span, state)) {
                for part in self.left_open(opening, service) {
                    match &mut joined {
                        Some(joined) if joined.goes_over_into(part) => joined.to = joined.to.max(part.to),
                        _ => {
                            let whole = joined.replace(part).filter(|whole| whole.to > now);
                            if first.is_some() && whole.is_some() {
                                return [first, whole];
                            }
                            first = first.or(whole);
                            if first.is_some_and(|first| first.from > now) {
                                return [first, None];
                            }
                        }
                    }
                }
            }
        }
        let last = joined.filter(|last| last.to > now);
        if first.is_some() { [first, last] } else { [last, None] }
    }

    fn changes(&self) -> impl Iterator<Item = &Change> {
        self.changes.iter().map(|announced| &announced.change)
    }

    /// What closures leave of an opening, in order.
    pub(super) fn left_open(&self, opening: Opening, service: Option<&str>) -> Vec<Opening> {
        let mut left = vec![opening];
        for closure in self.changes().filter(|change| change.closes(service)) {
            for one in std::mem::take(&mut left) {
                let before = Opening { to: one.to.min(closure.from), ..one };
                let after = Opening { from: one.from.max(closure.to), ..one };
                left.extend(Some(before).filter(Opening::lasts));
                left.extend(Some(after).filter(Opening::lasts));
            }
        }
        left
    }
}

impl Opening {
    /// None beyond the last day that there is.
    pub(super) fn of(day: NaiveDate, Minutes { opens, closes }: Minutes, state: State) -> Option<Self> {
        let midnight = day.and_time(chrono::NaiveTime::MIN);
        let at = |minute: u32| midnight.checked_add_signed(TimeDelta::minutes(i64::from(minute)));
        Some(Self { from: at(opens)?, to: at(closes)?, state })
    }

    fn lasts(&self) -> bool {
        self.from < self.to
    }

    /// Whether nobody is sent away between the two; what lasts so long that it never ends is long enough.
    fn goes_over_into(&self, next: Self) -> bool {
        next.state == self.state && next.from <= self.to && self.to - self.from <= ALWAYS * 2
    }
}

impl Change {
    /// Whether whoever asks for a service, or for the place, is told of it.
    fn concerns(&self, service: Option<&str>) -> bool {
        match &self.kind {
            ChangeKind::WithoutService(off) => service.is_none_or(|asked| asked == off),
            // Its word stands beside the hours of the day.
            ChangeKind::Hours(_) => false,
            ChangeKind::Closed | ChangeKind::Message => true,
        }
    }
}
