//! The order of those who wait, for every rule, booking and arrival.

use chrono::{DateTime, TimeDelta, Utc};
use proptest::prelude::*;
use shared::counter::{CallingOrder, CallingRule, Coming, Standing, Timeliness, Why};

fn at(minutes: i64) -> DateTime<Utc> {
    let nine: DateTime<Utc> = "2026-05-20T09:00:00+08:00".parse().expect("an instant");
    nine + TimeDelta::minutes(minutes)
}

fn any_rule() -> impl Strategy<Value = CallingRule> {
    let order = prop_oneof![Just(CallingOrder::Time), Just(CallingOrder::Arrival)];
    (order, 0_u16..120, 0_u16..120).prop_map(|(order, early_minutes, late_minutes)| CallingRule {
        order,
        early_minutes,
        late_minutes,
        ..CallingRule::usual()
    })
}

fn any_coming() -> impl Strategy<Value = Coming> {
    prop_oneof![
        3 => (0_i64..480).prop_map(|minutes| Coming::Booking { starts_at: at(minutes) }),
        1 => Just(Coming::Ticket),
    ]
}

fn any_arrival() -> impl Strategy<Value = DateTime<Utc>> {
    (-120_i64..600).prop_map(at)
}

proptest! {
    #[test]
    fn coming_later_never_gives_an_earlier_place(
        rule in any_rule(), coming in any_coming(), came in any_arrival(), later in 0_i64..600,
    ) {
        let after = rule.queue_at(coming, came + TimeDelta::minutes(later));
        prop_assert!(rule.queue_at(coming, came) <= after);
    }

    #[test]
    fn nobody_waits_from_before_they_came_and_before_their_time(
        rule in any_rule(), coming in any_coming(), came in any_arrival(),
    ) {
        let from = rule.queue_at(coming, came);
        let floor = match coming {
            Coming::Booking { starts_at } => came.min(starts_at),
            Coming::Ticket => came,
        };
        prop_assert!(from >= floor);
    }

    #[test]
    fn bookings_in_time_keep_the_order_of_their_times_whoever_comes_first(
        rule in any_rule(), first in 0_i64..400, between in 1_i64..80, came in any_arrival(), other_came in any_arrival(),
    ) {
        let rule = CallingRule { order: CallingOrder::Time, ..rule };
        let [early, late] = [at(first), at(first + between)];
        let is_late = |starts_at, came| matches!(rule.timeliness(starts_at, came), Timeliness::Late { .. });
        prop_assume!(!is_late(early, came) && !is_late(late, other_came));
        let place = |starts_at, came| rule.queue_at(Coming::Booking { starts_at }, came);
        prop_assert!(place(early, came) < place(late, other_came));
    }

    #[test]
    fn tickets_keep_the_order_in_which_they_were_taken(
        rule in any_rule(), came in any_arrival(), later in 1_i64..600,
    ) {
        let later = came + TimeDelta::minutes(later);
        prop_assert!(rule.queue_at(Coming::Ticket, came) < rule.queue_at(Coming::Ticket, later));
    }

    #[test]
    fn who_comes_late_is_not_called_before_whoever_came_before_them(
        rule in any_rule(), starts in 0_i64..400, came in any_arrival(), ticket in any_arrival(),
    ) {
        let starts_at = at(starts);
        prop_assume!(matches!(rule.timeliness(starts_at, came), Timeliness::Late { .. }) && ticket < came);
        let late = rule.queue_at(Coming::Booking { starts_at }, came);
        prop_assert!(rule.queue_at(Coming::Ticket, ticket) < late);
    }

    #[test]
    fn nobody_gains_where_arrival_counts_by_coming_before_they_are_expected(
        rule in any_rule(), starts in 0_i64..400, minutes in 0_i64..300,
    ) {
        let rule = CallingRule { order: CallingOrder::Arrival, ..rule };
        let starts_at = at(starts);
        let expected = starts_at - TimeDelta::minutes(rule.early_minutes.into());
        let early = rule.queue_at(Coming::Booking { starts_at }, expected - TimeDelta::minutes(minutes));
        prop_assert_eq!(early, rule.queue_at(Coming::Booking { starts_at }, expected));
    }

    #[test]
    fn the_reason_is_what_the_place_goes_by(
        rule in any_rule(), coming in any_coming(), came in any_arrival(), is_handed_over in any::<bool>(),
        has_priority in any::<bool>(),
    ) {
        let from = rule.queue_at(coming, came);
        match rule.why(coming, came, Standing::of(is_handed_over, has_priority)) {
            Why::HandedOver { arrived_at } => prop_assert!(is_handed_over && arrived_at == came),
            Why::Priority { arrived_at } => prop_assert!(!is_handed_over && has_priority && arrived_at == came),
            usual if is_handed_over || has_priority => prop_assert!(false, "{usual:?} is not what it goes by"),
            Why::Time { starts_at } => prop_assert_eq!(from, starts_at),
            Why::CameLate { starts_at, arrived_at } => {
                prop_assert!(from == arrived_at);
                prop_assert_eq!(rule.timeliness(starts_at, came), Timeliness::Late { since: starts_at });
            }
            Why::Ticket { arrived_at } => prop_assert_eq!(from, arrived_at),
            Why::Arrival { arrived_at } => prop_assert!(arrived_at <= from),
        }
    }

    #[test]
    fn a_rule_comes_back_from_its_data(rule in any_rule()) {
        let written = serde_json::to_string(&rule).expect("a rule");
        prop_assert_eq!(serde_json::from_str::<CallingRule>(&written).expect("the same rule"), rule);
    }
}
