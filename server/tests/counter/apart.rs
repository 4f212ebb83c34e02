//! An end that must not say why: to everybody but the manager and the auditor it is any other end.

use chrono::TimeDelta;
use server::appointments::booking::Booked;
use server::audit;
use server::counter::looks::safety;
use server::counter::one_visit;
use server::counter::paper::{Entered, enter};
use server::database::sql::{sql, text};
use server::outbox::{Posted, sending};
use server::staff::authority::Staff;
use shared::counter::paper::Ending;
use shared::counter::{Act, Outcome, Refusal, Seen, StateName, VisitId};
use shared::staff::Role;

use super::super::support::people;
use super::super::support::{TestApp, test_apps};
use super::hall::*;
use super::paper;

/// Two couples of the same time, each at a counter, of whom one ends as most do and the other apart.
struct Both {
    clerk: Staff,
    ordinary: Booked,
    apart: Booked,
}

async fn both(test: &TestApp) -> Both {
    let [one, two] = [booked(test, 1, 0).await, booked(test, 2, 0).await];
    clock(test, "09:05:00");
    let (clerk, other, windows) = (clerk(test, 1).await, super::hall::clerk(test, 2).await, windows(test).await);
    arrived(test, &clerk, &one).await;
    arrived(test, &clerk, &two).await;
    for (by, window) in [(&clerk, windows[0]), (&other, windows[1])] {
        let id = called(test, by, window).await;
        act(test, by, &id, Act::Serve).await.unwrap();
    }
    act(test, &clerk, &visit_of(&one), Act::Finish(Outcome::as_told())).await.unwrap();
    set_apart(test, &other, &visit_of(&two)).await.unwrap();
    Both { clerk, ordinary: one, apart: two }
}

/// What was written to the phones of a couple, but for the phones.
async fn told(test: &TestApp, n: usize) -> Vec<String> {
    let phone = people::person(n, shared::identity::Sex::Male).phone;
    let meant = |posted: &Posted| posted.message.to == phone && posted.kind.starts_with("visit_");
    let messages = test.messages().await.into_iter().filter(meant);
    let said = |posted: Posted| {
        let Posted { kind, message, delivery, created_at, due_at, sent_at } = posted;
        format!("{kind} {} {delivery:?} {created_at} {due_at} {sent_at:?}", message.text)
    };
    messages.map(said).collect()
}

/// The rows of a visit and its events, but for what names it, its counter and its press.
async fn kept(test: &TestApp, booked: &Booked) -> Vec<String> {
    let id = visit_of(booked);
    let mut connection = test.app.database().read().await.unwrap();
    let statement = "select state || detail || cast(version as text) || cast(changed_at as text) as kept from visit \
         where id = $1";
    let row = sql(statement, [id.as_str().into()]).fetch_one(&mut *connection).await.unwrap();
    let mut kept = vec![text(&row, "kept").unwrap()];
    let statement = "select act, cast(at as text) as at, detail from audit where stream = $1 order by sequence";
    for row in sql(statement, [format!("visit:{id}").into()]).fetch_all(&mut *connection).await.unwrap() {
        let mut detail: serde_json::Value = serde_json::from_str(&text(&row, "detail").unwrap()).unwrap();
        for own in ["press", "ticket", "at_counter", "counter"] {
            detail.as_object_mut().unwrap().remove(own);
        }
        kept.push(format!("{} {} {detail}", text(&row, "act").unwrap(), text(&row, "at").unwrap()));
    }
    kept
}

#[tokio::test]
async fn its_state_its_record_its_text_and_when_that_is_due_are_those_of_any_other_end() {
    for test in test_apps(setup()).await {
        let Both { ordinary, apart, .. } = both(&test).await;
        assert_eq!(kept(&test, &ordinary).await, kept(&test, &apart).await);
        let before = told(&test, 1).await;
        assert_eq!((before.len(), &before), (1, &told(&test, 2).await));
        assert!(!before[0].contains("愿"), "{before:?}");
        test.wait(TimeDelta::seconds(60));
        sending::send_due(&test.app).await.unwrap();
        assert_eq!(told(&test, 1).await, told(&test, 2).await);
        let rows = [row(&test, &visit_of(&ordinary)).await, row(&test, &visit_of(&apart)).await];
        let [one, two] = rows.map(|row| (row.state, row.version, row.since, row.undoable));
        assert_eq!(one, two);
        holds(&test).await;
    }
}

#[tokio::test]
async fn only_the_manager_reads_of_it_among_those_who_may_open_the_visit() {
    for test in test_apps(setup()).await {
        let Both { clerk, apart, ordinary } = both(&test).await;
        let manager = manager(&test, 3).await;
        let open = async |by: &Staff, booked: &Booked| {
            one_visit::open(&test.app, by, &visit_of(booked), None, test.now()).await.unwrap()
        };
        let seen = open(&clerk, &apart).await;
        assert_eq!(seen.hidden, None);
        assert!(seen.looks.iter().all(|look| look.shown.seen != Seen::SetApart));
        let what = |one: &one_visit::OneVisit| one.history.iter().map(|one| one.at).collect::<Vec<_>>();
        assert_eq!(what(&seen)[1..], what(&open(&clerk, &ordinary).await)[1..]);
        let hidden = open(&manager, &apart).await.hidden.unwrap();
        assert_eq!(hidden.iter().map(|look| look.seen).collect::<Vec<_>>(), [Seen::SetApart]);
        assert_eq!(open(&manager, &ordinary).await.hidden.unwrap(), []);
    }
}

#[tokio::test]
async fn it_can_be_undone_within_the_minute_and_nobody_is_told_then() {
    for test in test_apps(setup()).await {
        let booked = booked(&test, 1, 0).await;
        clock(&test, "09:05:00");
        let (clerk, windows) = (clerk(&test, 1).await, windows(&test).await);
        let id = arrived(&test, &clerk, &booked).await;
        called(&test, &clerk, windows[0]).await;
        let early = refused(set_apart(&test, &clerk, &id).await);
        assert!(matches!(early, Refusal::NotFrom { .. }), "{early:?}");
        act(&test, &clerk, &id, Act::Serve).await.unwrap();
        set_apart(&test, &clerk, &id).await.unwrap();
        assert_eq!(undo(&test, &clerk, &id).await.unwrap().state.kind(), StateName::Serving);
        assert_eq!(told(&test, 1).await, [""; 0]);
        register(&test, &clerk, &id).await;
    }
}

async fn register(test: &TestApp, by: &Staff, id: &VisitId) {
    act(test, by, id, Act::Finish(Outcome::Registered)).await.unwrap();
    audit::verify_all(test.app.database(), server::domains::streams()).await.unwrap().unwrap();
}

#[tokio::test]
async fn nobody_of_another_office_or_counter_ends_a_visit_so_and_nothing_is_written() {
    for test in test_apps(setup()).await {
        let booked = booked(&test, 1, 0).await;
        clock(&test, "09:05:00");
        let clerk = clerk(&test, 1).await;
        let id = serving(&test, &clerk, &booked).await;
        let others =
            [(2, Role::OfficeManager, "demo-hill"), (3, Role::Auditor, "nanshan"), (4, Role::CounterClerk, "nanshan")];
        for (n, role, office) in others {
            let other = staff_at(&test, n, role, office).await;
            assert!(is_not_allowed(&set_apart(&test, &other, &id).await), "{role:?}");
        }
        assert_eq!(number(&test.app, "select count(*) from look").await, 0);
    }
}

#[tokio::test]
async fn a_day_entered_from_paper_has_it_too_and_says_no_more_of_it() {
    for test in test_apps(setup()).await {
        let [ordinary, apart, third] =
            [booked(&test, 1, 0).await, booked(&test, 2, 0).await, booked(&test, 3, 1).await];
        clock(&test, "18:00:00");
        let (clerk, manager) = (clerk(&test, 1).await, manager(&test, 2).await);
        let counter = windows(&test).await[0];
        let line = async |booked: &Booked, ending: Ending, apart: bool| {
            let times = [Some("09:00"), Some("09:05"), Some("09:20")];
            let row = row(&test, &visit_of(booked)).await;
            Entered { apart, ..paper::of(&row, paper::written(ending, times, Some(counter))) }
        };
        let unfinished = || Ending::Finished(Outcome::as_told());
        for (booked, is_apart) in [(&ordinary, false), (&apart, true)] {
            let line = line(booked, unfinished(), is_apart).await;
            enter(&test.app, &clerk, &paper::on_paper(true), &line, test.now()).await.unwrap();
        }
        assert_eq!(kept(&test, &ordinary).await, kept(&test, &apart).await);
        let before = told(&test, 1).await;
        assert_eq!((before.len(), &before), (1, &told(&test, 2).await));
        let looks = safety::list(&test.app, &manager, &nanshan(), (safety::Back::Month, 0), test.now()).await.unwrap();
        let looks: Vec<_> = looks.looks.into_iter().map(|look| (look.visit, look.seen, look.later)).collect();
        assert_eq!(looks, [(visit_of(&apart), Seen::SetApart, None)]);
        let other = line(&third, paper::done(), true).await;
        let refused = enter(&test.app, &clerk, &paper::on_paper(true), &other, test.now()).await;
        assert!(refused.is_err(), "nothing else ends apart");
        holds(&test).await;
    }
}
