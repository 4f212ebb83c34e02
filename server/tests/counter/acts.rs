//! Every act through the engine, and every refusal.

use chrono::TimeDelta;
use server::counter::acting::{self, Acting};
use shared::appointments::Service;
use shared::counter::{
    Act, ActName, Back, CounterId, CounterState, Elsewhere, Ground, Outcome, Refusal, StateName, Step, VisitId,
    VisitState,
};
use shared::locale::Locale;
use shared::places::PlaceId;
use shared::problem::Problem;

use super::super::support::{TestApp, test_apps};
use super::hall::*;
use server::staff::authority::Staff;

#[tokio::test]
async fn a_couple_is_checked_in_called_served_and_registered_and_the_sheet_says_so_at_every_step() {
    for test in test_apps(setup()).await {
        let booked = booked(&test, 1, 0).await;
        let id = visit_of(&booked);
        clock(&test, "08:50:00");
        let (clerk, windows) = (clerk(&test, 1).await, windows(&test).await);
        let before = row(&test, &id).await;
        assert_eq!((&before.state, before.ticket, before.version), (&VisitState::Booked, None, 0));
        assert_eq!(before.people.iter().map(|person| person.name.as_str()).collect::<Vec<_>>(), ["演**", "演**"]);

        let arrived_at = test.now();
        arrived(&test, &clerk, &booked).await;
        let here = row(&test, &id).await;
        assert_eq!((&here.state, here.ticket), (&VisitState::Arrived { arrived_at, waits_for: None }, Some(1)));

        test.wait(TimeDelta::minutes(11));
        assert_eq!(called(&test, &clerk, windows[1]).await, id);
        let sheet_now = sheet(&test).await;
        let counter = sheet_now.counters.iter().find(|counter| counter.id == windows[1]).unwrap();
        let there = counter.visit.as_ref().map(|there| &there.id);
        assert_eq!((counter.state, there), (CounterState::Open, Some(&id)));
        assert_eq!(counter.clerk.as_ref(), Some(clerk.person()));

        act(&test, &clerk, &id, Act::Call { counter: windows[1] }).await.unwrap();
        let again = VisitState::Called { arrived_at, counter: windows[1], calls: 2 };
        assert_eq!(row(&test, &id).await.state, again);
        act(&test, &clerk, &id, Act::Serve).await.unwrap();
        let end = act(&test, &clerk, &id, Act::Finish(Outcome::Registered)).await.unwrap();
        assert_eq!((&end.state, end.version), (&VisitState::Finished(Outcome::Registered), 5));
        assert_eq!(end.undoable.map(|(act, _)| act), Some(ActName::Finish));
        let after = sheet(&test).await;
        assert!(after.version > sheet_now.version && after.counters.iter().all(|counter| counter.visit.is_none()));
        assert_eq!(number(&test.app, "select count(*) from open_call").await, 0);
        holds(&test).await;
    }
}

#[tokio::test]
async fn every_act_that_a_state_does_not_offer_is_refused_with_the_state_and_changes_nothing() {
    for test in test_apps(setup()).await {
        let mut bookings = Vec::new();
        for n in 0..StateName::ALL.len() {
            bookings.push(booked(&test, n, n / 3).await);
        }
        clock(&test, "09:40:00");
        let (manager, windows) = (manager(&test, 1).await, windows(&test).await);
        for (booking, state) in bookings.iter().zip(StateName::ALL) {
            let id = visit_of(booking);
            let own = bring_to(&test, (&manager, windows[0]), &id, *state).await;
            let version = sheet(&test).await.version;
            // Whoever booked and was marked as gone or as a no-show, or sent on, comes back.
            let is_marked = matches!(state, StateName::Left | StateName::NoShow | StateName::Redirected);
            let comes_back = |act: &Act| is_marked && *act == Act::Arrive;
            let is_wrong = |act: &Act| !state.acts().contains(&act.kind()) && !comes_back(act);
            for wrong in acts(windows[0], windows[1]).into_iter().filter(is_wrong) {
                let kind = wrong.kind();
                let refusal = refused(act(&test, &manager, &id, wrong).await);
                let over = Refusal::Over { state: *state };
                let expected = if state.is_over() { over } else { Refusal::NotFrom { act: kind, state: *state } };
                assert_eq!(refusal, expected, "{kind:?}");
            }
            assert_eq!((row(&test, &id).await.state.kind(), sheet(&test).await.version), (*state, version));
            if own {
                act(&test, &manager, &id, Act::Redirect(province())).await.unwrap();
            }
        }
        holds(&test).await;
    }
}

#[tokio::test]
async fn who_saw_another_version_is_told_what_is_true_by_now() {
    for test in test_apps(setup()).await {
        let booked = booked(&test, 1, 0).await;
        let id = visit_of(&booked);
        clock(&test, "08:50:00");
        let (one, other) = (clerk(&test, 1).await, clerk(&test, 2).await);
        let windows = windows(&test).await;
        arrived(&test, &one, &booked).await;
        let seen = row(&test, &id).await.version;
        called(&test, &one, windows[0]).await;
        let late = Acting { version: seen, press: press(), step: Step::Act(Act::Left), reason: None };
        let outcome = acting::act(&test.app, &other, &id, late, test.now()).await;
        let Err(server::Error::Problem(problem)) = &outcome else { panic!("{outcome:?}") };
        assert_eq!(problem.refusal(), Some(Refusal::Changed { state: StateName::Called }));
        assert_eq!(problem.status(), 409);
        assert!(problem.sentence(Locale::Zh).contains("已叫号"), "{}", problem.sentence(Locale::Zh));
        assert_eq!(row(&test, &id).await.state.counter(), Some(windows[0]));
    }
}

#[tokio::test]
async fn nobody_is_a_no_show_before_their_time_and_nobody_is_called_away_from_another_counter() {
    for test in test_apps(setup()).await {
        let [first, second] = [booked(&test, 1, 0).await, booked(&test, 2, 1).await];
        clock(&test, "09:10:00");
        let (one, other) = (clerk(&test, 1).await, clerk(&test, 2).await);
        let windows = windows(&test).await;
        let starts_at = second.record.starts_at;
        assert_eq!(refused(act(&test, &one, &visit_of(&second), Act::NoShow).await), Refusal::NotYet { starts_at });
        let id = arrived(&test, &one, &first).await;
        called(&test, &one, windows[0]).await;
        let away = act(&test, &other, &id, Act::Call { counter: windows[1] }).await;
        assert_eq!(refused(away), Refusal::CalledElsewhere { counter: windows[0] });
        assert_eq!(number(&test.app, "select count(*) from counter where state = 'open'").await, 1);
        // Who came early and was called loses nothing before the time that they booked.
        let early = arrived(&test, &other, &second).await;
        called(&test, &other, windows[1]).await;
        assert_eq!(refused(act(&test, &other, &early, Act::NoShow).await), Refusal::NotYet { starts_at });
        clock(&test, "09:15:00");
        act(&test, &other, &early, Act::NoShow).await.unwrap();
        holds(&test).await;
    }
}

#[tokio::test]
async fn what_is_no_visit_is_not_found() {
    for test in test_apps(setup()).await {
        let held = server::appointments::hold::take(
            &test.app,
            &server::marriage::BOOKABLE,
            test.slots("nanshan", DAY).await[0].id,
            super::super::support::anyone(),
            test.now(),
        );
        let held = held.await.unwrap();
        let clerk = clerk(&test, 1).await;
        for id in [held.id.as_str(), "nothing"] {
            let acting = Acting { version: 0, press: press(), step: Step::Act(Act::Arrive), reason: None };
            let id = VisitId::parse(id).unwrap();
            let outcome = acting::act(&test.app, &clerk, &id, acting, test.now()).await;
            assert!(matches!(outcome, Err(server::Error::Problem(Problem::NotFound))), "{outcome:?}");
        }
    }
}

#[tokio::test]
async fn calling_whose_turn_it_is_not_takes_the_right_to_and_a_reason_and_is_counted() {
    for test in test_apps(setup()).await {
        let [first, second] = [booked(&test, 1, 0).await, booked(&test, 2, 1).await];
        clock(&test, "08:50:00");
        let (clerk, manager) = (clerk(&test, 1).await, manager(&test, 2).await);
        let windows = windows(&test).await;
        arrived(&test, &clerk, &first).await;
        let id = arrived(&test, &clerk, &second).await;
        let call = |counter| Act::Call { counter };
        assert!(is_not_allowed(&act(&test, &clerk, &id, call(windows[0])).await));
        assert_eq!(refused(act(&test, &manager, &id, call(windows[1])).await), Refusal::ReasonNeeded);
        let version = row(&test, &id).await.version;
        let acting = Acting { version, press: press(), step: Step::Act(call(windows[1])), reason: Some(reason()) };
        acting::act(&test.app, &manager, &id, acting, test.now()).await.unwrap();
        // Whose turn it is needs neither.
        act(&test, &clerk, &visit_of(&first), call(windows[0])).await.unwrap();
        let counted = "select count(*) from audit where act = 'call' and detail like '%\"out_of_order\":true%' \
             and detail like '%叫号屏%'";
        assert_eq!(number(&test.app, counted).await, 1);
        holds(&test).await;
    }
}

pub fn province() -> Elsewhere {
    Elsewhere { place: PlaceId::parse("demo-bay").unwrap(), service: Service::named("marriage_registration") }
}

fn acts(here: CounterId, there: CounterId) -> Vec<Act> {
    vec![
        Act::Arrive,
        Act::Call { counter: here },
        Act::Serve,
        Act::Finish(Outcome::Refused { ground: Ground::named("under_age") }),
        Act::NoShow,
        Act::Park,
        Act::Back(Back::Hall),
        Act::Left,
        Act::GivePriority,
        Act::EndPriority,
        Act::HandOver { counter: there },
        Act::Redirect(province()),
    ]
}

/// Brings a visit to a state, and says whether it keeps the counter.
async fn bring_to(test: &TestApp, (by, counter): (&Staff, CounterId), id: &VisitId, state: StateName) -> bool {
    let do_all = async |acts: Vec<Act>| {
        for next in acts {
            let version = row(test, id).await.version;
            let acting = Acting { version, press: press(), step: Step::Act(next), reason: Some(reason()) };
            acting::act(&test.app, by, id, acting, test.now()).await.unwrap();
        }
    };
    let call = Act::Call { counter };
    match state {
        StateName::Booked => {}
        StateName::Arrived => do_all(vec![Act::Arrive]).await,
        StateName::Called => do_all(vec![Act::Arrive, call]).await,
        StateName::Serving => do_all(vec![Act::Arrive, call, Act::Serve]).await,
        StateName::Parked => do_all(vec![Act::Arrive, call, Act::Park]).await,
        StateName::Finished => do_all(vec![Act::Arrive, call, Act::Serve, Act::Finish(Outcome::Registered)]).await,
        StateName::NoShow => do_all(vec![Act::NoShow]).await,
        StateName::Left => do_all(vec![Act::Arrive, Act::Left]).await,
        StateName::Redirected => do_all(vec![Act::Arrive, Act::Redirect(province())]).await,
    }
    matches!(state, StateName::Called | StateName::Serving)
}
