//! Closing a day, and what can still be done with it.

use chrono::TimeDelta;
use server::counter::acting::{self, Acting};
use server::counter::counters;
use server::counter::day::unfinished::{self, Unfinished};
use server::counter::day::{closing, shut, standing_out};
use server::counter::one_visit;
use server::database::sql::{sql, text};
use shared::counter::{Act, ActName, CounterState, Ended, Refusal, Step};
use shared::problem::Problem;

use super::super::support::{http::Api, test_apps};
use super::hall::*;

fn day() -> chrono::NaiveDate {
    DAY.parse().unwrap()
}

#[tokio::test]
async fn whoever_closes_a_day_sees_who_still_waits_and_closes_what_they_saw() {
    for test in test_apps(setup()).await {
        let mut bookings = Vec::new();
        for n in 0..4 {
            bookings.push(booked(&test, n, n / 3).await);
        }
        clock(&test, "17:30:00");
        let (clerk, manager) = (clerk(&test, 1).await, manager(&test, 2).await);
        let windows = windows(&test).await;
        for booked in &bookings[..3] {
            arrived(&test, &clerk, booked).await;
        }
        let first = called(&test, &clerk, windows[0]).await;
        act(&test, &clerk, &first, Act::Park).await.unwrap();
        let second = called(&test, &clerk, windows[0]).await;
        let seen = closing::preview(&test.app, &manager, &nanshan(), day(), test.now()).await.unwrap();
        let counts = [&seen.waiting, &seen.at_counters, &seen.parked, &seen.not_come].map(Vec::len);
        assert_eq!(counts, [1; 4]);
        let close = async |version| {
            closing::close(&test.app, &manager, &nanshan(), (day(), version), Some(reason()), test.now()).await
        };
        assert_eq!(refused(close(seen.version).await), busy(&test, &second).await);
        register(&test, &clerk, &second).await;
        assert_eq!(refused(close(seen.version).await), Refusal::DayChanged);
        let seen = closing::preview(&test.app, &manager, &nanshan(), day(), test.now()).await.unwrap();
        let closed = close(seen.version).await.unwrap();
        assert_eq!(closed.waiting.len(), 1);
        let sheet = sheet(&test).await;
        assert_eq!((sheet.closed, sheet.corrected, sheet.version), (Some(test.now()), false, closed.version));
        assert!(sheet.counters.iter().all(|counter| counter.state == CounterState::Closed));
        assert_eq!(refused(close(closed.version).await), Refusal::DayClosed { date: day() });

        let statement = "select actor from audit where stream = 'place:nanshan' and act = 'day_closed'";
        let mut connection = test.app.database().read().await.unwrap();
        let rows = sql(statement, []).fetch_all(&mut *connection).await.unwrap();
        assert_eq!(rows.len(), 1);
        assert_eq!(text(&rows[0], "actor").unwrap(), format!("staff:{}", manager.person()));
        drop(connection);
        holds(&test).await;
    }
}

#[tokio::test]
async fn a_day_that_was_ended_is_over_in_the_directory_too() {
    for test in test_apps(setup()).await {
        clock(&test, "16:00:00");
        let manager = manager(&test, 2).await;
        let place = async || Api::of(&test.app).get("/api/v1/places/nanshan").await.body;
        assert_eq!(place().await["open"]["state"], "open");
        let seen = closing::preview(&test.app, &manager, &nanshan(), day(), test.now()).await.unwrap();
        let as_seen = (day(), seen.version);
        closing::close(&test.app, &manager, &nanshan(), as_seen, Some(reason()), test.now()).await.unwrap();
        test.wait(TimeDelta::seconds(10));
        let over = place().await;
        assert_eq!(over["open"]["state"], "closed");
        assert!(over["open"]["next"].as_str().unwrap().starts_with("2026-05-15T"), "{over}");
        assert_eq!(over["changes"][0]["from"], "2026-05-14T16:00:00");
    }
}

#[tokio::test]
async fn who_is_left_waiting_or_set_aside_is_told_on_later_days_until_their_day_is_ended() {
    for test in test_apps(setup()).await {
        let bookings = [booked(&test, 1, 0).await, booked(&test, 2, 0).await, booked(&test, 3, 1).await];
        clock(&test, "09:20:00");
        let (clerk, manager) = (clerk(&test, 1).await, manager(&test, 2).await);
        let windows = windows(&test).await;
        for booked in &bookings[..2] {
            arrived(&test, &clerk, booked).await;
        }
        let first = called(&test, &clerk, windows[0]).await;
        act(&test, &clerk, &first, Act::Park).await.unwrap();
        let left = async || {
            let next = day().succ_opt().unwrap();
            unfinished::before(&test.app, &nanshan(), next).await.unwrap()
        };
        assert_eq!(left().await, [Unfinished { date: day(), visits: 2 }], "who did not come is nobody's task");
        assert_eq!(unfinished::before(&test.app, &nanshan(), day()).await.unwrap(), [], "today goes on");
        let version = sheet(&test).await.version;
        closing::close(&test.app, &manager, &nanshan(), (day(), version), Some(reason()), test.now()).await.unwrap();
        assert_eq!(left().await, []);
        holds(&test).await;
    }
}

#[tokio::test]
async fn a_closed_day_takes_no_act_of_a_clerk_and_a_correction_only_with_a_reason_and_is_marked() {
    for test in test_apps(setup()).await {
        let [first, second] = [booked(&test, 1, 0).await, booked(&test, 2, 0).await];
        clock(&test, "17:30:00");
        let (clerk, manager) = (clerk(&test, 1).await, manager(&test, 2).await);
        let windows = windows(&test).await;
        let id = arrived(&test, &clerk, &first).await;
        let version = sheet(&test).await.version;
        closing::close(&test.app, &manager, &nanshan(), (day(), version), Some(reason()), test.now()).await.unwrap();

        assert!(is_not_allowed(&act(&test, &clerk, &id, Act::Left).await));
        assert_eq!(refused(act(&test, &manager, &id, Act::Left).await), Refusal::ReasonNeeded);
        for refusal in
            [refused(arrive(&test, &clerk, second.reference).await), refused(next(&test, &clerk, windows[0]).await)]
        {
            assert_eq!(refusal, Refusal::DayClosed { date: day() });
        }
        let seat = counters::open(&test.app, &clerk, windows[0], test.now()).await;
        assert_eq!(refused(seat), Refusal::DayClosed { date: day() }, "nobody sits down to call");
        // The last time of the day goes on to half past five.
        clock(&test, "17:29:00");
        assert_eq!(refused(ticket(&test, &clerk).await), Refusal::DayClosed { date: day() });
        assert!(!sheet(&test).await.corrected);

        let seen = row(&test, &id).await.version;
        let acting = Acting { version: seen, press: press(), step: Step::Act(Act::Left), reason: Some(reason()) };
        acting::act(&test.app, &manager, &id, acting, test.now()).await.unwrap();
        assert!(sheet(&test).await.corrected);
        holds(&test).await;
    }
}

#[tokio::test]
async fn a_day_that_ends_for_somebody_takes_a_reason_and_is_opened_again_until_it_is_over() {
    for test in test_apps(setup()).await {
        let [first, second] = [booked(&test, 1, 0).await, booked(&test, 2, 3).await];
        clock(&test, "09:05:00");
        let (clerk, manager) = (clerk(&test, 1).await, manager(&test, 2).await);
        let close = async |why| {
            let version = sheet(&test).await.version;
            closing::close(&test.app, &manager, &nanshan(), (day(), version), why, test.now()).await
        };
        assert_eq!(refused(close(None).await), Refusal::ReasonNeeded, "somebody is still to come");
        let closed = close(Some(reason())).await.unwrap();
        assert_eq!(refused(arrive(&test, &clerk, first.reference).await), Refusal::DayClosed { date: day() });
        let open = async |by, version| closing::reopen(&test.app, by, &nanshan(), (day(), version), test.now()).await;
        assert!(is_not_allowed(&open(&clerk, closed.version).await));
        assert_eq!(refused(open(&manager, closed.version - 1).await), Refusal::DayChanged);
        open(&manager, closed.version).await.unwrap();
        assert_eq!(refused(open(&manager, closed.version).await), Refusal::DayChanged, "it is open");
        assert_eq!((sheet(&test).await.closed, sheet(&test).await.corrected), (None, false));
        let id = arrived(&test, &clerk, &first).await;

        clock(&test, "17:30:00");
        assert_eq!(refused(close(None).await), Refusal::ReasonNeeded, "somebody waits");
        act(&test, &clerk, &id, Act::Left).await.unwrap();
        assert_eq!(row(&test, &visit_of(&second)).await.state.kind(), shared::counter::StateName::Booked);
        let closed = close(None).await.unwrap();
        test.set_clock("2026-05-15T00:00:00+08:00");
        let late = closing::reopen(&test.app, &manager, &nanshan(), (day(), closed.version), test.now()).await;
        assert!(matches!(late, Err(server::Error::Problem(Problem::Malformed))), "{late:?}");

        let found = standing_out::on(&test.app, &nanshan(), day()).await.unwrap();
        let ends: Vec<_> = found.ends.iter().map(|end| (end.reopened, end.reason.is_some())).collect();
        assert_eq!(ends, [(true, false), (false, true)], "an ordinary end is none of them");
        assert_eq!(found.clerks.iter().map(|clerk| clerk.in_all.left).sum::<u32>(), 1);
        holds(&test).await;
    }
}

#[tokio::test]
async fn a_day_that_is_switched_off_says_why_and_how_many_are_still_booked() {
    for test in test_apps(setup()).await {
        let [first, _] = [booked(&test, 1, 0).await, booked(&test, 2, 3).await];
        let on = async |date: &str| shut::on(&test.app, &nanshan(), date.parse().unwrap()).await.unwrap();
        assert_eq!(on(DAY).await, []);
        test.close("nanshan", DAY, ["停电", "Power cut"]).await;
        let shut = on(DAY).await;
        assert_eq!((shut.len(), shut[0].left, shut[0].partly, &*shut[0].reason.zh), (1, 2, false, "停电"));
        assert_eq!(on("2026-05-15").await, []);
        // Whoever stands there all the same has not to be moved any more.
        clock(&test, "09:05:00");
        arrived(&test, &clerk(&test, 1).await, &first).await;
        assert_eq!(on(DAY).await[0].left, 1);
    }
}

#[tokio::test]
async fn a_counter_that_gets_another_sign_corrects_no_day() {
    for test in test_apps(setup()).await {
        clock(&test, "17:30:00");
        let manager = manager(&test, 1).await;
        closing::close(&test.app, &manager, &nanshan(), (day(), 0), Some(reason()), test.now()).await.unwrap();
        let name = shared::counter::CounterName::parse("5").unwrap();
        counters::create(&test.app, &manager, &nanshan(), &name, test.now()).await.unwrap();
        let sheet = sheet(&test).await;
        assert_eq!((sheet.corrected, sheet.counters.len()), (false, 5));
        let tomorrow = "2026-05-15".parse().unwrap();
        let early = closing::close(&test.app, &manager, &nanshan(), (tomorrow, 0), Some(reason()), test.now()).await;
        assert!(matches!(early, Err(server::Error::Problem(Problem::Malformed))), "{early:?}");
        holds(&test).await;
    }
}

/// Whoever is called while a day is being closed is called before it is, or not at all.
#[tokio::test(flavor = "multi_thread")]
async fn a_day_that_is_closed_while_somebody_is_called_is_one_of_both() {
    for test in test_apps(setup()).await {
        let booked = booked(&test, 1, 0).await;
        clock(&test, "17:30:00");
        let (clerk, manager) = (clerk(&test, 1).await, manager(&test, 2).await);
        let windows = windows(&test).await;
        arrived(&test, &clerk, &booked).await;
        counters::open(&test.app, &clerk, windows[0], test.now()).await.unwrap();
        let (version, office) = (sheet(&test).await.version, nanshan());
        let (called, closed) = tokio::join!(
            next(&test, &clerk, windows[0]),
            closing::close(&test.app, &manager, &office, (day(), version), Some(reason()), test.now())
        );
        assert_ne!(called.is_ok(), closed.is_ok(), "{called:?} {closed:?}");
        holds(&test).await;
    }
}

#[tokio::test]
async fn a_day_that_none_follows_is_empty_like_any_other() {
    for test in test_apps(setup()).await {
        let sheet =
            server::counter::day::sheet(&test.app, &nanshan(), chrono::NaiveDate::MAX, test.now()).await.unwrap();
        assert!(sheet.visits.is_empty());
    }
}

#[tokio::test]
async fn what_was_done_before_a_day_was_closed_cannot_be_undone_and_what_was_corrected_since_can() {
    for test in test_apps(setup()).await {
        let booked = booked(&test, 1, 0).await;
        clock(&test, "17:30:00");
        let (clerk, manager) = (clerk(&test, 1).await, manager(&test, 2).await);
        let id = arrived(&test, &clerk, &booked).await;
        act(&test, &clerk, &id, Act::Left).await.unwrap();
        assert!(row(&test, &id).await.undoable.is_some());
        let version = sheet(&test).await.version;
        test.wait(TimeDelta::seconds(1));
        closing::close(&test.app, &manager, &nanshan(), (day(), version), Some(reason()), test.now()).await.unwrap();
        let listed = sheet(&test).await.visits.into_iter().find(|row| row.id == id).unwrap();
        let opened = one_visit::open(&test.app, &manager, &id, None, test.now()).await.unwrap();
        for row in [&listed, &opened.row] {
            assert_eq!(row.undoable, None);
        }
        assert_eq!(opened.correctable_from, Some(test.now() + TimeDelta::seconds(59)));
        test.wait(TimeDelta::seconds(59));
        let opened = one_visit::open(&test.app, &manager, &id, None, test.now()).await.unwrap();
        assert_eq!(opened.correctable_from, None);
        let (step, seen) = (Step::Act(Act::Correct { to: Ended::NoShow }), row(&test, &id).await.version);
        let acting = Acting { version: seen, press: press(), step, reason: Some(reason()) };
        acting::correct(&test.app, &manager, &id, (acting, false), test.now()).await.unwrap();
        let opened = one_visit::open(&test.app, &manager, &id, None, test.now()).await.unwrap();
        assert_eq!(opened.row.undoable.map(|(act, _)| act), Some(ActName::Correct));
        holds(&test).await;
    }
}
