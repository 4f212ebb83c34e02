//! One case as its events tell it, as far as it is counted.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use serde_json::Value as Json;
use shared::calendar::{Calendar, shanghai_date};
use shared::procedures::{ActName, Grade, Outcome, Pause, Procedure, State};

use crate::procedures::clock;
use crate::procedures::ratings::RATED;
use crate::procedures::replay::{Acted, Begun, SUBMITTED};
use crate::procedures::store::Standing;

/// When something happened, what, and its detail in JSON.
pub(super) type Event<'a> = (DateTime<Utc>, &'a str, &'a str);

pub(super) struct Story {
    pub begun: Begun,
    pub submitted_at: DateTime<Utc>,
    pub accepted: Vec<DateTime<Utc>>,
    pub asked: Vec<DateTime<Utc>>,
    /// The last decision.
    pub decided: Option<Decided>,
    /// Its place in [`Grade::ALL`].
    pub grade: Option<usize>,
    standing: Standing,
    pauses: Vec<Pause>,
}

pub(super) struct Decided {
    pub at: DateTime<Utc>,
    pub outcome: Outcome,
    /// Where a text sets a time.
    pub is_late: Option<bool>,
    /// From handing in, without those on which the office waited for the family.
    pub days: i64,
}

impl Story {
    /// None for what begins no case.
    pub fn begun((at, act, detail): Event<'_>) -> Option<Self> {
        let begun: Begun = serde_json::from_str(detail).ok().filter(|_| act == SUBMITTED)?;
        Some(Self {
            standing: Standing::submitted(begun.filed_by.clone(), at),
            begun,
            submitted_at: at,
            accepted: Vec::new(),
            asked: Vec::new(),
            decided: None,
            grade: None,
            pauses: Vec::new(),
        })
    }

    /// None for what cannot have followed.
    pub fn goes_on(
        &mut self,
        (at, act, detail): Event<'_>,
        rules: &BTreeMap<String, Procedure>,
        calendar: &Calendar,
    ) -> Option<()> {
        if act == RATED {
            let detail: Json = serde_json::from_str(detail).ok()?;
            let grade = Grade::from_number(detail["grade"].as_i64()?)?;
            self.grade = Grade::ALL.iter().position(|one| *one == grade);
            return Some(());
        }
        let acted: Acted = serde_json::from_str(detail).ok()?;
        let after = self.standing.after(self.standing.case.version(), (&acted.by, &acted.act), at).ok()?;
        let today = shanghai_date(at);
        let waits = |state: &State| matches!(state, State::Supplementing { .. });
        if waits(self.standing.state())
            && !waits(after.state())
            && let Some(last) = self.pauses.last_mut()
        {
            last.came = Some(today);
        }
        match acted.act.name() {
            ActName::Accept | ActName::AcceptBySilence => self.accepted.push(at),
            ActName::Ask => {
                self.asked.push(at);
                self.pauses.push(Pause { asked: today, came: None });
            }
            ActName::Approve => {
                let outcome = match after.state() {
                    State::Decided { outcome } => *outcome,
                    _ => return None,
                };
                let clock = rules
                    .get(&self.begun.rules)
                    .and_then(|procedure| clock::office(procedure, &self.standing, &self.pauses));
                let due = clock.and_then(|clock| clock.due(calendar));
                let is_late = due.map(|due| today > due.date);
                self.decided = Some(Decided { at, outcome, is_late, days: self.days(at) });
            }
            ActName::Review
            | ActName::Supply
            | ActName::Correct
            | ActName::Propose
            | ActName::SendBack
            | ActName::Lapse
            | ActName::Withdraw
            | ActName::Pass
            | ActName::Close
            | ActName::Reopen => {}
        }
        self.standing = after;
        Some(())
    }

    fn days(&self, at: DateTime<Utc>) -> i64 {
        let waited = |pause: &Pause| pause.came.map_or(0, |came| (came - pause.asked).num_days());
        let waited: i64 = self.pauses.iter().map(waited).sum();
        ((shanghai_date(at) - shanghai_date(self.submitted_at)).num_days() - waited).max(0)
    }
}
