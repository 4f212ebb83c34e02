//! The times of a case: until when something is due, and when the clock has the next thing to say.

use chrono::{DateTime, NaiveDate, Utc};
use shared::calendar::{Calendar, Deadline, Limit, shanghai_date};
use shared::procedures::state::PROPOSAL_LIFETIME;
use shared::procedures::{Alert, Clock, Pause, Procedure, State};

use super::store::Standing;

/// What the clock says of a case on one day.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Times {
    /// The last day of the time that runs.
    pub due: Option<Deadline>,
    /// The next day on which it is to be asked again.
    pub alert_on: Option<NaiveDate>,
    /// When the proposal is over.
    pub lapses_at: Option<DateTime<Utc>>,
}

impl Times {
    /// After something was done today: whether there is something to tell already is asked at once.
    pub fn anew(procedure: &Procedure, standing: &Standing, pauses: &[Pause], (today, calendar): On<'_>) -> Self {
        let due = due(procedure, standing, pauses, calendar);
        let lapses_at = match standing.state() {
            State::Proposed(proposal) => Some(proposal.at + PROPOSAL_LIFETIME),
            _ => None,
        };
        Self { due, alert_on: due.map(|_| today), lapses_at }
    }
}

/// Which time of a case runs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Running {
    /// Until it counts as accepted, where nobody looks at it.
    Silence,
    /// Until it is decided.
    Office,
}

impl Running {
    /// The word in the database.
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Silence => "silence",
            Self::Office => "office",
        }
    }

    pub(super) fn from_name(name: &str) -> Option<Self> {
        [Self::Silence, Self::Office].into_iter().find(|running| running.name() == name)
    }
}

/// A day, and the calendar that counts to it.
pub(super) type On<'a> = (NaiveDate, &'a Calendar);

/// The clock over the office's work, where a text sets one and the case waits for the office.
pub(super) fn office(procedure: &Procedure, standing: &Standing, pauses: &[Pause]) -> Option<Clock> {
    let works = matches!(
        standing.state(),
        State::Accepted | State::Reviewing | State::Proposed(_) | State::Supplementing { accepted: true }
    );
    let begun = shanghai_date(standing.accepted_at.filter(|_| works)?);
    Some(Clock { limit: procedure.clock?.limit, begun, pauses: pauses.to_vec() })
}

/// Whatever time runs, where a text sets one.
pub(super) fn running(procedure: &Procedure, standing: &Standing, pauses: &[Pause]) -> Option<(Running, Clock)> {
    if *standing.state() == State::Submitted {
        let (begun, limit) = (shanghai_date(standing.received_at), procedure.silence?.limit);
        return Some((Running::Silence, Clock { limit, begun, pauses: Vec::new() }));
    }
    Some((Running::Office, office(procedure, standing, pauses)?))
}

/// The last day of whatever time runs.
pub(super) fn due(
    procedure: &Procedure,
    standing: &Standing,
    pauses: &[Pause],
    calendar: &Calendar,
) -> Option<Deadline> {
    running(procedure, standing, pauses)?.1.due(calendar)
}

/// What the clock says of a case whose last day is known, without its pauses: none of them lies after today.
pub(super) fn alert(limit: Limit, due: Deadline, (today, calendar): On<'_>) -> Option<Alert> {
    if due.date <= today {
        return Some(if due.date < today { Alert::Over } else { Alert::Due });
    }
    let left = limit.counted(today, &|_| false, calendar).take_while(|day| *day <= due.date).count();
    let (gone, all) = (limit.days().saturating_sub(left), limit.days());
    match gone {
        0 => None,
        gone if gone * 5 >= all * 4 => Some(Alert::Near),
        gone if gone * 2 >= all => Some(Alert::Half),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use chrono::Days;
    use proptest::prelude::*;
    use shared::calendar::Unit;
    use shared::invented::deadlines::{told, wrong};

    use super::*;

    fn calendar() -> Calendar {
        let pack = include_str!("../../../shared/packs/cn/calendar.json");
        Calendar::new(serde_json::from_str(pack).unwrap()).unwrap()
    }

    fn date(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[test]
    fn the_clock_is_asked_again_on_each_day_on_which_it_says_more() {
        let calendar = calendar();
        let limit = Limit::new(10, Unit::Working, false).unwrap();
        let clock = Clock { limit, begun: date("2026-05-06"), pauses: Vec::new() };
        let mut days = vec![date("2026-05-06")];
        while let Some(next) = clock.next_alert(*days.last().unwrap(), &calendar) {
            days.push(next);
        }
        let said: Vec<_> = days.iter().map(|day| clock.alert(*day, &calendar)).collect();
        assert_eq!(said, [None, Some(Alert::Half), Some(Alert::Near), Some(Alert::Due), Some(Alert::Over)]);
    }

    #[test]
    fn a_list_says_of_a_case_what_its_own_clock_says() {
        let calendar = calendar();
        let limit = Limit::new(10, Unit::Working, false).unwrap();
        let pauses = vec![Pause { asked: date("2026-05-08"), came: Some(date("2026-05-12")) }];
        let clock = Clock { limit, begun: date("2026-05-06"), pauses };
        let due = clock.due(&calendar).unwrap();
        for today in date("2026-05-12").iter_days().take(15) {
            assert_eq!(alert(limit, due, (today, &calendar)), clock.alert(today, &calendar), "{today}");
        }
    }

    /// Cases of three calendar years, with the families' own time in them.
    fn any_case() -> impl Strategy<Value = Clock> {
        let units = prop::sample::select(vec![(Unit::Working, false), (Unit::Calendar, false), (Unit::Calendar, true)]);
        let pauses = prop::collection::vec((0_u64..40, 0_u64..40), 0..3);
        (0_usize..60, units, 0_u64..1096, pauses).prop_map(|(days, (unit, roll), offset, pauses)| {
            let begun = date("2024-01-01") + Days::new(offset);
            let mut day = begun;
            let pause = |(after, long): (u64, u64)| {
                let asked = day + Days::new(after);
                day = asked + Days::new(long);
                Pause { asked, came: Some(day) }
            };
            Clock {
                limit: Limit::new(days, unit, roll).unwrap(),
                begun,
                pauses: pauses.into_iter().map(pause).collect(),
            }
        })
    }

    proptest! {
        /// Of the clock alone; a test of the server has the jobs tell of such cases in a database.
        #[test]
        fn no_clock_of_three_years_passes_its_last_day_without_a_word(clock in any_case()) {
            let calendar = calendar();
            let told = told(&clock, &calendar);
            prop_assert_eq!(wrong(&clock, &told, &calendar), None, "{:?}: {:?}", clock, told);
        }
    }

    #[test]
    fn a_clock_that_stands_still_is_not_asked() {
        let limit = Limit::new(10, Unit::Working, false).unwrap();
        let pauses = vec![Pause { asked: date("2026-05-11"), came: None }];
        let clock = Clock { limit, begun: date("2026-05-06"), pauses };
        assert_eq!(clock.next_alert(date("2026-05-12"), &calendar()), None);
    }
}
