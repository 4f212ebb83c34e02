//! Whether a place is open at an instant, until when, and when it opens next.

use chrono::{NaiveDate, NaiveDateTime, TimeDelta};
use serde::{Deserialize, Serialize};

use super::{Change, Hours, Status, span::Minutes};
use crate::calendar::Classes;

/// How it stands at an instant, in civil time of Shanghai.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Now {
    pub state: State,
    /// When the present opening ends; none where nothing is open, or where it never closes.
    pub until: Option<NaiveDateTime>,
    /// When it opens next, after `until` where it is open; none where nobody knows or it never does.
    pub next: Option<NaiveDateTime>,
    /// Then it is open for whoever has asked before, and for nobody else.
    pub next_is_asked: bool,
    /// Where it stands by the hours of today: the first day before `next`, or where there is none the first to come, of which
    /// no times are said.
    pub untimed: Option<Untimed>,
    /// What is said of now, `until` where it is open and otherwise what comes next, follows from the class of a day whose year has no
    /// holiday notice yet.
    pub provisional: bool,
}

/// A day of which no times are said: by appointment, or unknown.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Untimed {
    pub date: NaiveDate,
    pub state: State,
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
const AHEAD: usize = 400;
/// An opening that goes on for so long never ends.
const ALWAYS: TimeDelta = TimeDelta::days(30);

/// An opening without a break.
#[derive(Clone, Copy, Debug)]
pub(super) struct Opening {
    pub from: NaiveDateTime,
    /// [`NaiveDateTime::MAX`] where it never ends.
    pub to: NaiveDateTime,
}

/// What a day can be that has openings.
const OPENS: [Status; 2] = [Status::Open, Status::ByAppointment];

impl Hours {
    /// How it stands for a service, or for the place as a whole.
    pub fn at(&self, now: NaiveDateTime, service: Option<&str>, calendar: &impl Classes) -> Now {
        let today = now.date();
        let said = self.on(today, service, calendar);
        let closed = self.changes().any(|change| change.holds(now) && change.closes(service));
        let first = |status, after| self.first(status, after, today, service, calendar);
        let [open, asked] = OPENS.map(|status| first(status, now));
        let [is_open, is_asked] = [open, asked].map(|one| one.filter(|one| one.from <= now));
        // Where it is open for everybody, nobody has to have asked.
        let is_asked = is_asked.map(|one| Opening { to: one.to.min(open.map_or(one.to, |open| open.from)), ..one });
        let present = is_open.or(is_asked);
        let state = match present {
            Some(_) if is_open.is_some() => State::Open,
            Some(_) => State::ByAppointment,
            None if !closed && said.status == Status::Unknown => State::Unknown,
            // Whoever asks is told when.
            None if !closed && said.status == Status::ByAppointment && said.spans.is_empty() => State::ByAppointment,
            None => State::Closed,
        };
        let is_endless = present.is_some_and(|opening| opening.to == NaiveDateTime::MAX);
        let until = present.map(|opening| opening.to).filter(|_| !is_endless);
        let after = until.unwrap_or(now);
        let next_of = |seen: Option<Opening>, status| {
            let opening = seen.filter(|one| one.to > after).or_else(|| seen.and_then(|_| first(status, after)))?;
            Some(opening.from.max(after))
        };
        let next_open = next_of(open, Status::Open);
        let next = match (next_open, next_of(asked, Status::ByAppointment)) {
            (Some(open), Some(asked)) => Some(open.min(asked)),
            (open, asked) => open.or(asked),
        };
        let next = next.filter(|_| state != State::Unknown);
        let is_told = present.is_none() && matches!(state, State::Unknown | State::ByAppointment);
        let (next, untimed) = if is_endless || is_told && next.is_none() {
            (None, None)
        } else {
            let from = if is_told { today.succ_opt().unwrap_or(today) } else { today };
            self.known(next, from, after, service, calendar)
        };
        let untimed = untimed.filter(|_| !is_told);
        let provisional = match (until, state) {
            (Some(end), _) => self.may_end_otherwise(now, end, service, calendar),
            (None, State::Closed) => {
                let seen = next.map_or(today, |next| next.date());
                let seen = untimed.map_or(seen, |day| seen.max(day.date));
                self.may_change(today, seen, service, calendar)
            }
            (None, _) => self.may_change(today, today, service, calendar),
        };
        Now { state, until, next, next_is_asked: next.is_some() && next != next_open, untimed, provisional }
    }

    /// Whether the notice of its year may change what is said of one of these days.
    fn may_change(&self, from: NaiveDate, to: NaiveDate, service: Option<&str>, calendar: &impl Classes) -> bool {
        from.iter_days().take_while(|day| *day <= to).any(|day| self.is_provisional(day, service, calendar))
    }

    /// Whether it may change when the opening of an instant ends. A span is of the day that it begins on: the eve's is certain however
    /// far it reaches into another year.
    fn may_end_otherwise(
        &self,
        now: NaiveDateTime,
        end: NaiveDateTime,
        service: Option<&str>,
        calendar: &impl Classes,
    ) -> bool {
        let today = now.date();
        for day in today.pred_opt().unwrap_or(today).iter_days().take_while(|day| *day <= end.date()) {
            let spans = self.on(day, service, calendar).spans;
            let is_part = |span: Minutes| Opening::of(day, span).to > now && Opening::of(day, span).from < end;
            if spans.into_iter().any(is_part) && self.is_provisional(day, service, calendar) {
                return true;
            }
        }
        false
    }

    /// What opens next, unless nobody knows of a day before it; and the first day of which no times are said before it, or of all
    /// where nothing opens. By loops, as [`Self::first`].
    fn known(
        &self,
        next: Option<NaiveDateTime>,
        from: NaiveDate,
        after: NaiveDateTime,
        service: Option<&str>,
        calendar: &impl Classes,
    ) -> (Option<NaiveDateTime>, Option<Untimed>) {
        let mut untimed = None;
        for date in from.iter_days().take(AHEAD).take_while(|date| next.is_none_or(|next| *date < next.date())) {
            let Some(day) = self.untimed(date, after, service, calendar) else { continue };
            untimed = untimed.or(Some(day));
            // What comes after a day that nobody knows need not be the next.
            if next.is_none() || day.state == State::Unknown {
                return (None, untimed);
            }
        }
        (next, untimed)
    }

    /// A day of which no times are said, unless closures take all that is left of it after an instant.
    fn untimed(
        &self,
        date: NaiveDate,
        after: NaiveDateTime,
        service: Option<&str>,
        calendar: &impl Classes,
    ) -> Option<Untimed> {
        let said = self.on(date, service, calendar);
        let state = match said.status {
            Status::Unknown => State::Unknown,
            Status::ByAppointment if said.spans.is_empty() => State::ByAppointment,
            _ => return None,
        };
        let day = Opening::of(date, Minutes::DAY);
        let rest = Opening { from: day.from.max(after), ..day };
        (rest.lasts() && !self.left_open(rest, service).is_empty()).then_some(Untimed { date, state })
    }

    /// The first opening of a status that ends after an instant, with whatever it goes over into. By loops, since a phone has to load
    /// what iterators become.
    fn first(
        &self,
        status: Status,
        after: NaiveDateTime,
        today: NaiveDate,
        service: Option<&str>,
        calendar: &impl Classes,
    ) -> Option<Opening> {
        if !self.may_say(status, service) {
            return None;
        }
        let mut joined: Option<Opening> = None;
        // What began on the eve may last until tonight.
        for day in today.pred_opt().unwrap_or(today).iter_days().take(AHEAD) {
            let said = self.on(day, service, calendar);
            if said.status != status {
                continue;
            }
            for span in said.spans {
                for part in self.left_open(Opening::of(day, span), service) {
                    match &mut joined {
                        Some(joined) if part.from <= joined.to => joined.to = joined.to.max(part.to),
                        Some(joined) if joined.to > after => return Some(*joined),
                        _ => joined = Some(part),
                    }
                }
            }
            if let Some(joined) = joined.filter(|joined| joined.to - joined.from > ALWAYS) {
                return Some(Opening { to: NaiveDateTime::MAX, ..joined });
            }
        }
        joined.filter(|joined| joined.to > after)
    }

    /// Whether any day can be of this status: nobody looks through a year for what no rule says.
    fn may_say(&self, status: Status, service: Option<&str>) -> bool {
        self.rules_for(service).any(|rule| rule.status == status)
            || status == Status::Open && !self.has_own(service) && self.changes.iter().any(|one| !one.spans.is_empty())
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
    pub(super) fn of(day: NaiveDate, Minutes { opens, closes }: Minutes) -> Self {
        let at = |minute: u32| {
            let midnight = day.and_time(chrono::NaiveTime::MIN);
            midnight.checked_add_signed(TimeDelta::minutes(i64::from(minute))).unwrap_or(NaiveDateTime::MAX)
        };
        Self { from: at(opens), to: at(closes) }
    }

    fn lasts(&self) -> bool {
        self.from < self.to
    }
}
