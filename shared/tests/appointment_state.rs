//! Random lives of an appointment: no order of steps breaks the rules of the state machine.

use chrono::{DateTime, TimeDelta, Utc};
use proptest::prelude::*;
use shared::appointments::{AppointmentState, BookingRule, Horizon, ReturnDelay, TransitionError};
use shared::source::Source;

const EXTENSIONS: u8 = 2;

fn rule() -> BookingRule {
    BookingRule {
        lead_days: 1,
        horizon: Horizon::Days(15),
        release_minute: 0,
        cancel_cutoff_days: 1,
        reschedule_cutoff_days: 1,
        hold_minutes: 15,
        extensions: EXTENSIONS,
        returns: ReturnDelay { shortest: 5, longest: 60 },
        penalty: None,
        source: Source::of("a test"),
        checked: "2026-11-21".parse().unwrap(),
        valid_from: "2024-05-01".parse().unwrap(),
    }
}

/// Whether a place of the slot is taken by it; told here once more, as what the steps are held against.
fn takes_place(state: AppointmentState, now: DateTime<Utc>) -> bool {
    match state {
        AppointmentState::Held { expires_at, .. } => now < expires_at,
        AppointmentState::Booked | AppointmentState::Past => true,
        AppointmentState::Released | AppointmentState::Expired | AppointmentState::Cancelled => false,
    }
}

fn minutes(count: i64) -> DateTime<Utc> {
    DateTime::UNIX_EPOCH + TimeDelta::minutes(count)
}

#[derive(Clone, Copy, Debug)]
enum Step {
    Extend,
    Book,
    Release,
    Expire,
    Cancel,
    Reschedule,
    Undo,
    Pass,
}

fn any_step() -> impl Strategy<Value = Step> {
    prop_oneof![
        Just(Step::Extend),
        Just(Step::Book),
        Just(Step::Release),
        Just(Step::Expire),
        Just(Step::Cancel),
        Just(Step::Reschedule),
        Just(Step::Undo),
        Just(Step::Pass),
    ]
}

fn take(
    state: AppointmentState,
    step: Step,
    now: DateTime<Utc>,
    start: DateTime<Utc>,
    until: DateTime<Utc>,
) -> Result<AppointmentState, TransitionError> {
    match step {
        Step::Extend => state.extend(now, &rule()),
        Step::Book => state.book(now, start),
        Step::Release => state.release(now),
        Step::Expire => state.expire(now),
        Step::Cancel => state.cancel(now, start, until),
        Step::Reschedule => state.reschedule(now, start, until),
        Step::Undo => state.undo(now, start),
        Step::Pass => state.pass(now, start),
    }
}

proptest! {
    #[test]
    fn no_sequence_of_steps_breaks_the_rules(
        steps in proptest::collection::vec((any_step(), 0_i64..20), 0..40),
        start in 0_i64..200,
        cut_off in 0_i64..200,
    ) {
        let start = minutes(start);
        let until = minutes(cut_off);
        let mut now = minutes(0);
        let mut state = AppointmentState::held(now, &rule(), start);
        for (step, passed) in steps {
            now += TimeDelta::minutes(passed);
            let before = state;
            let Ok(after) = take(before, step, now, start, until) else { continue };
            prop_assert!(!before.is_final(), "{before:?} is final but led to {after:?}");
            if after == AppointmentState::Booked && before != AppointmentState::Booked {
                prop_assert!(takes_place(before, now), "only a live hold books");
                prop_assert!(now < start);
            }
            if let AppointmentState::Held { expires_at, extensions_left } = after {
                prop_assert!(takes_place(before, now), "only a live hold is extended");
                prop_assert!(extensions_left <= EXTENSIONS);
                prop_assert!(expires_at <= minutes(0) + rule().hold() * 3);
                prop_assert!(expires_at <= start, "no minute is promised in which it cannot be booked");
            }
            if after == AppointmentState::Cancelled {
                prop_assert!(now < until && now < start);
            }
            if after == AppointmentState::Expired {
                prop_assert!(!takes_place(before, now), "a live hold does not expire");
            }
            state = after;
        }
    }

    #[test]
    fn what_the_clock_shows_agrees_with_what_can_be_done(
        extensions_left in 0..=EXTENSIONS, expires in 0_i64..100, now in 0_i64..100,
        start in 0_i64..100, booked in any::<bool>(),
    ) {
        let (now, start) = (minutes(now), minutes(start));
        let state = if booked {
            AppointmentState::Booked
        } else {
            AppointmentState::Held { expires_at: minutes(expires), extensions_left }
        };
        let seen = state.observed(now, start);
        prop_assert_eq!(seen.observed(now, start), seen);
        prop_assert_eq!(takes_place(seen, now), takes_place(state, now));
        prop_assert_eq!(seen == AppointmentState::Expired, state.expire(now).is_ok());
        prop_assert_eq!(seen == AppointmentState::Past, state.pass(now, start).is_ok());
        prop_assert_eq!(seen.release(now).is_ok(), state.release(now).is_ok());
    }
}
