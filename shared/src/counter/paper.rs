//! What was written on paper while the network was down, read as the acts that it tells of.

use chrono::{DateTime, TimeDelta, Utc};
use serde::{Deserialize, Serialize};

use super::act::{Act, ActName, Back};
use super::ids::CounterId;
use super::outcome::Outcome;
use super::state::StateName;
use super::visit::{Step, Visit};
use crate::calendar::shanghai_date;
use crate::field::{Asked, FieldErrors, Reason};
use crate::locale::Locale;

/// One line of the paper, with times to the minute.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Written {
    pub ending: Ending,
    pub arrived: Option<DateTime<Utc>>,
    pub called: Option<DateTime<Utc>>,
    pub counter: Option<CounterId>,
    /// When they were done, or went away.
    pub ended: Option<DateTime<Utc>>,
}

/// What became of somebody by the paper.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "ending", content = "outcome", rename_all = "snake_case")]
pub enum Ending {
    NoShow,
    /// They were still in the hall when the paper ended.
    Waiting,
    Left,
    Finished(Outcome),
}

/// An act, and when the paper says that it happened.
pub type Happened = (Act, DateTime<Utc>);

const ARRIVED: &Asked = &time("paper_arrived_missing", "请填写到达的时间。", "Enter when they came.");
const CALLED: &Asked = &time("paper_called_missing", "请填写叫号的时间。", "Enter when they were called.");
const ENDED: &Asked = &time("paper_ended_missing", "请填写办完的时间。", "Enter when they were done.");
const COUNTER: &Asked = &Asked::one_of("paper_counter_missing", "请选择在哪个窗口办的。", "Choose the counter.");

const fn time(code: &'static str, zh: &'static str, en: &'static str) -> Asked {
    Asked::typed(code, (zh, en), ("时间", "time"))
}

/// What is said of somebody's place in the line, with the mark of whoever came by paper alone: everybody who reads it reads
/// that no machine here saw them come.
pub fn mark_from_paper(said: String, from_paper: bool, locale: Locale) -> String {
    if from_paper { say!(locale, "{said} · 从纸上补录", "{said} · entered from paper") } else { said }
}

impl Written {
    /// The acts that lead from a visit as it is to what the paper says of it, each after the one before.
    ///
    /// Whether each of them is possible is asked of the visit when it is taken.
    ///
    /// # Errors
    /// One for each of `arrived`, `called`, `counter` and `ended` that is missing or cannot be.
    pub fn acts(&self, visit: &Visit, now: DateTime<Utc>) -> Result<Vec<Happened>, FieldErrors> {
        let state = visit.state().kind();
        let mut reading =
            Reading { visit, now, last: visit.changed_at(), acts: Vec::new(), errors: FieldErrors::new() };
        let was_called = matches!(state, StateName::Called | StateName::Serving);
        // A paper that names a time of call or a counter says that they were called.
        let is_called = match self.ending {
            Ending::Finished(_) => true,
            Ending::NoShow => self.arrived.is_some() || state == StateName::Arrived,
            Ending::Left => self.called.is_some() || self.counter.is_some(),
            Ending::Waiting => false,
        };
        if state == StateName::Booked && (is_called || matches!(self.ending, Ending::Waiting | Ending::Left)) {
            reading.take("arrived", self.arrived, ARRIVED, Act::Arrive);
        }
        if is_called && !was_called {
            if let Some(counter) = self.counter {
                let act = match state {
                    StateName::Parked => Act::Back(Back::Counter { counter }),
                    _ => Act::Call { counter },
                };
                reading.take("called", self.called, CALLED, act);
            } else {
                reading.errors.push("counter", Reason::Missing(COUNTER));
                if self.called.is_none() {
                    reading.errors.push("called", Reason::Missing(CALLED));
                }
            }
        }
        match &self.ending {
            Ending::Waiting => {
                if self.called.is_some() || self.ended.is_some() {
                    let field = if self.ended.is_some() { "ended" } else { "called" };
                    reading.errors.push(field, still_waiting());
                }
            }
            Ending::Finished(outcome) => {
                if state != StateName::Serving {
                    reading.acts.push((Act::Serve, reading.last));
                }
                reading.take("ended", self.ended, ENDED, Act::Finish(outcome.clone()));
            }
            Ending::Left => reading.take_or_last("ended", self.ended, Act::Left),
            Ending::NoShow => {
                reading.last = reading.last.max(visit.starts_at());
                reading.take_or_last("ended", self.ended, Act::NoShow);
            }
        }
        let Reading { acts, errors, .. } = reading;
        errors.into_result().map(|()| acts)
    }
}

/// A line on its way from top to bottom.
struct Reading<'a> {
    visit: &'a Visit,
    now: DateTime<Utc>,
    /// When the act before happened.
    last: DateTime<Utc>,
    acts: Vec<Happened>,
    errors: FieldErrors,
}

impl Reading<'_> {
    fn take(&mut self, field: &'static str, at: Option<DateTime<Utc>>, asked: &'static Asked, act: Act) {
        match at {
            Some(at) => self.happened(field, at, act),
            None => self.errors.push(field, Reason::Missing(asked)),
        }
    }

    fn take_or_last(&mut self, field: &'static str, at: Option<DateTime<Utc>>, act: Act) {
        self.happened(field, at.unwrap_or(self.last.min(self.now)), act);
    }

    fn happened(&mut self, field: &'static str, at: DateTime<Utc>, act: Act) {
        // The paper knows minutes; what the portal itself has noted in the same minute was before.
        let at = if at < self.last && self.last < at + TimeDelta::minutes(1) { self.last } else { at };
        // That they came to the counter has no time of its own on paper.
        let is_first = self.acts.iter().all(|(act, _)| *act == Act::Serve);
        if let Some(reason) = self.wrong(at, act.kind(), is_first) {
            self.errors.push(field, reason);
            return;
        }
        self.last = at;
        self.acts.push((act, at));
    }

    fn wrong(&self, at: DateTime<Utc>, act: ActName, is_first: bool) -> Option<Reason> {
        if shanghai_date(at) != shanghai_date(self.visit.starts_at()) {
            return Some(Reason::own("paper_other_day", "要是这一天的时间。", "That is on another day."));
        }
        if at > self.now {
            return Some(Reason::own(
                "paper_future",
                "这个时间还没有到，请核对。",
                "That is yet to come. Please check.",
            ));
        }
        if act == ActName::NoShow && self.visit.is_due(&Step::Act(Act::NoShow), at).is_err() {
            return Some(Reason::own(
                "paper_not_yet",
                "约的时间还没有到，不能算未到。",
                "Nobody is a no-show before their time begins.",
            ));
        }
        (at < self.last).then(|| {
            if is_first && self.visit.state().kind() == StateName::Arrived {
                Reason::own(
                    "paper_before_arrival",
                    "早于到达的时间，请核对先后。",
                    "That is before they came. Please check.",
                )
            } else if is_first {
                Reason::own(
                    "paper_before_record",
                    "早于系统里记的上一步，请对照核对。",
                    "That is before the last step that the portal has on record. Please compare.",
                )
            } else {
                Reason::own("paper_order", "早于前一项的时间，请核对先后。", "That is before the time above it.")
            }
        })
    }
}

fn still_waiting() -> Reason {
    Reason::own(
        "paper_still_waiting",
        "结果选了“还在等”，就不填叫号和办完的时间；已经办了的，请选办理结果。",
        "Whoever still waits was neither called nor done. If they were, choose what came of it.",
    )
}

#[cfg(test)]
mod tests;
