//! Who is next, and why.

use chrono::TimeDelta;
use server::counter::next::Next;
use server::database::sql::sql;
use shared::counter::{Act, Back, CallingOrder, CallingRule, CounterState, Refusal, VisitId, Why};
use shared::locale::Locale;

use super::super::support::{TestApp, test_apps};
use super::hall::*;
use server::staff::authority::Staff;
use shared::counter::CounterId;

/// Calls, and sets aside at once, until nobody waits: the order, with the reasons.
async fn order(test: &TestApp, by: &Staff, counter: CounterId) -> Vec<(VisitId, Why)> {
    let mut order = Vec::new();
    while let Next::Called { row, why, .. } = next(test, by, counter).await.unwrap() {
        act(test, by, &row.id, Act::Park).await.unwrap();
        order.push((row.id, why));
    }
    order
}

#[tokio::test]
async fn bookings_go_by_their_time_and_late_comers_and_tickets_by_when_they_came() {
    for test in test_apps(setup()).await {
        let mut bookings = Vec::new();
        for slot in [0, 1, 3, 4] {
            bookings.push(booked(&test, slot, slot).await);
        }
        clock(&test, "08:40:00");
        let (clerk, windows) = (clerk(&test, 1).await, windows(&test).await);
        // 9:45 comes first of all, 9:15 in time, then a ticket, then 9:00 too late, and 10:00 just before their time.
        let nine_45 = arrived(&test, &clerk, &bookings[2]).await;
        clock(&test, "09:05:00");
        let nine_15 = arrived(&test, &clerk, &bookings[1]).await;
        clock(&test, "09:10:00");
        let walked = ticket(&test, &clerk).await.unwrap().visit;
        clock(&test, "09:30:00");
        let late = arrived(&test, &clerk, &bookings[0]).await;
        clock(&test, "09:59:00");
        let ten = arrived(&test, &clerk, &bookings[3]).await;
        let starts = |n: usize| bookings[n].record.starts_at;
        let came = |time: &str| format!("{DAY}T{time}:00+08:00").parse().unwrap();
        let expected = [
            (walked, Why::Ticket { arrived_at: came("09:10") }),
            (nine_15, Why::Time { starts_at: starts(1) }),
            (late, Why::CameLate { starts_at: starts(0), arrived_at: came("09:30") }),
            (nine_45, Why::Time { starts_at: starts(2) }),
            (ten, Why::Time { starts_at: starts(3) }),
        ];
        let order = order(&test, &clerk, windows[0]).await;
        assert_eq!(order, expected);
        assert_eq!(order[1].1.words(Locale::Zh), "约的 9:15，最早");
        holds(&test).await;
    }
}

#[tokio::test]
async fn an_office_may_call_by_arrival_from_a_day_on() {
    for test in test_apps(setup()).await {
        let [early, late] = [booked(&test, 1, 0).await, booked(&test, 2, 2).await];
        let rule = CallingRule { order: CallingOrder::Arrival, ..CallingRule::usual() };
        test.app.database().write_with(rule, rule_from_today).await.unwrap();
        clock(&test, "09:01:00");
        let (clerk, windows) = (clerk(&test, 1).await, windows(&test).await);
        let first = arrived(&test, &clerk, &late).await;
        test.wait(TimeDelta::minutes(5));
        let second = arrived(&test, &clerk, &early).await;
        let order = order(&test, &clerk, windows[0]).await;
        assert_eq!(order.iter().map(|(id, _)| id).collect::<Vec<_>>(), [&first, &second]);
        assert!(matches!(order[0].1, Why::Arrival { .. }), "{order:?}");
    }
}

async fn rule_from_today(connection: &mut sqlx::AnyConnection, rule: &CallingRule) -> Result<(), server::Error> {
    let statement = "insert into calling_rule (office, valid_from, rule) values ('nanshan', $1, $2)";
    sql(statement, [DAY.into(), serde_json::to_string(rule).unwrap().into()]).execute(connection).await?;
    Ok(())
}

#[tokio::test]
async fn who_was_parked_has_left_or_did_not_come_is_nobodys_next_until_brought_back() {
    for test in test_apps(setup()).await {
        let mut ids = Vec::new();
        for n in 0..3 {
            ids.push(booked(&test, n, 0).await);
        }
        clock(&test, "09:00:00");
        let (clerk, windows) = (clerk(&test, 1).await, windows(&test).await);
        let mut visits = Vec::new();
        for booked in &ids {
            visits.push(arrived(&test, &clerk, booked).await);
        }
        for end in [Act::Park, Act::NoShow, Act::Left] {
            let id = called(&test, &clerk, windows[0]).await;
            act(&test, &clerk, &id, end).await.unwrap();
        }
        assert_eq!(next(&test, &clerk, windows[0]).await.unwrap(), Next::Nobody);
        act(&test, &clerk, &visits[0], Act::Back(Back::Hall)).await.unwrap();
        assert_eq!(called(&test, &clerk, windows[0]).await, visits[0]);
        holds(&test).await;
    }
}

#[tokio::test]
async fn the_first_press_opens_the_counter_and_one_with_somebody_is_busy() {
    for test in test_apps(setup()).await {
        let [first, second] = [booked(&test, 1, 0).await, booked(&test, 2, 0).await];
        clock(&test, "08:50:00");
        let (clerk, other) = (clerk(&test, 1).await, clerk(&test, 2).await);
        let windows = windows(&test).await;
        assert_eq!(next(&test, &clerk, windows[0]).await.unwrap(), Next::Nobody);
        assert_eq!(sheet(&test).await.counters[0].state, CounterState::Open);
        let id = arrived(&test, &clerk, &first).await;
        arrived(&test, &clerk, &second).await;
        assert_eq!(called(&test, &clerk, windows[0]).await, id);
        let version = sheet(&test).await.version;
        assert_eq!(refused(next(&test, &clerk, windows[0]).await), busy(&test, &id).await);
        assert_eq!(refused(next(&test, &other, windows[0]).await), Refusal::CounterTaken);
        let elsewhere = refused(next(&test, &clerk, windows[1]).await);
        assert_eq!(elsewhere, seated_at(&test, windows[0]).await);
        assert_eq!(sheet(&test).await.version, version, "refusals change nothing");
        assert_eq!(called(&test, &other, windows[1]).await, visit_of(&second));
        holds(&test).await;
    }
}

#[tokio::test]
async fn a_booking_that_the_office_has_ended_is_not_called() {
    use server::appointments::booking::release::{Ending, Telling, release};
    use server::audit::Actor;
    use server::counter::releasing;
    use server::marriage::BOOKABLE;
    use shared::plain_words::PlainWords;
    for test in test_apps(setup()).await {
        let booked = booked(&test, 1, 0).await;
        clock(&test, "08:50:00");
        let (clerk, windows) = (clerk(&test, 1).await, windows(&test).await);
        arrived(&test, &clerk, &booked).await;
        let why = PlainWords::parse("核对了证件").unwrap();
        let alone = release(&test.app, &[&BOOKABLE], booked.reference, &why, test.now()).await.unwrap_err();
        assert_eq!(alone.refusal(), Some(shared::appointments::Refusal::Arrived), "not without its visit");
        let ending = Ending { actor: Actor::Operator, reason: why, telling: Telling::Now, at_desk: None };
        releasing::release(&test.app, &[&BOOKABLE], booked.reference, &ending, test.now()).await.unwrap();
        assert_eq!(next(&test, &clerk, windows[0]).await.unwrap(), Next::Nobody);
        assert_eq!(sheet(&test).await.visits.len(), 1, "what happened stays on the sheet");
    }
}
