//! Who is served before the others who wait: in the line, in the record, and of whom nobody learns why.

use chrono::TimeDelta;
use server::counter::acting::{self, Acting};
use server::counter::day::standing_out;
use server::counter::next::Next;
use server::counter::{board, check_in, waiting, walk_in};
use shared::counter::{Act, Back, CounterId, Refusal, StateName, Step, VisitId, VisitState, Why};
use shared::locale::Locale;
use shared::marriage::SERVICE;
use shared::staff::Role;

use super::super::support::{TestApp, test_apps};
use super::hall::*;

async fn line(test: &TestApp, counter: Option<CounterId>) -> Vec<(VisitId, Why)> {
    let day = DAY.parse().unwrap();
    let line = waiting::line(&test.app, (&nanshan(), day), counter, test.now()).await.unwrap();
    line.0.into_iter().map(|waits| (waits.visit, waits.why)).collect()
}

async fn before(test: &TestApp, id: &VisitId) -> Option<usize> {
    waiting::before(&test.app, &nanshan(), id, test.now()).await.unwrap()
}

#[tokio::test]
async fn priority_comes_before_the_others_who_wait_and_after_whoever_was_called_or_handed_over() {
    for test in test_apps(setup()).await {
        let mut bookings = Vec::new();
        for slot in 0..4 {
            bookings.push(booked(&test, slot, slot).await);
        }
        clock(&test, "08:50:00");
        let (one, two, windows) = (clerk(&test, 1).await, clerk(&test, 2).await, windows(&test).await);
        let mut visits = Vec::new();
        for booking in &bookings {
            visits.push(arrived(&test, &one, booking).await);
        }
        assert_eq!(called(&test, &one, windows[0]).await, visits[0]);
        let walked = ticket(&test, &one).await.unwrap().visit;
        act(&test, &one, &visits[3], Act::GivePriority).await.unwrap();
        act(&test, &two, &walked, Act::GivePriority).await.unwrap();

        let first = row(&test, &visits[0]).await.state;
        assert!(
            matches!(first, VisitState::Called { counter, calls: 1, .. } if counter == windows[0]),
            "called stays so"
        );
        let here_since = Why::Priority { arrived_at: test.now() };
        let starts = |n: usize| Why::Time { starts_at: bookings[n].record.starts_at };
        // Among themselves as before: the ticket was taken before the time of the last booking.
        let expected = vec![
            (walked.clone(), here_since),
            (visits[3].clone(), here_since),
            (visits[1].clone(), starts(1)),
            (visits[2].clone(), starts(2)),
        ];
        assert_eq!(line(&test, Some(windows[1])).await, expected);
        assert_eq!(line(&test, None).await, expected);
        for (place, (visit, _)) in expected.iter().enumerate() {
            assert_eq!(before(&test, visit).await, Some(place));
        }
        assert_eq!([here_since.words(Locale::Zh), here_since.place(test.now(), Locale::Zh)], ["优先，8:50 到"; 2]);

        // Whoever is handed over to a counter is its first all the same.
        server::counter::counters::open(&test.app, &two, windows[1], test.now()).await.unwrap();
        act(&test, &one, &visits[0], Act::HandOver { counter: windows[1] }).await.unwrap();
        let handed = (visits[0].clone(), Why::HandedOver { arrived_at: test.now() });
        let expected: Vec<_> = [handed].into_iter().chain(expected).collect();
        assert_eq!(line(&test, Some(windows[1])).await, expected);
        let mut order = Vec::new();
        while let Next::Called { row, why, .. } = next(&test, &two, windows[1]).await.unwrap() {
            act(&test, &two, &row.id, Act::Park).await.unwrap();
            order.push((row.id, why));
        }
        assert_eq!(order, expected);
        act(&test, &two, &visits[1], Act::Back(Back::Hall)).await.unwrap();
        act(&test, &two, &walked, Act::Back(Back::Hall)).await.unwrap();
        let back: Vec<_> = line(&test, None).await.into_iter().map(|(visit, _)| visit).collect();
        assert_eq!(back, [walked, visits[1].clone()], "it is theirs until they are served");
        holds(&test).await;
    }
}

#[tokio::test]
async fn marks_are_counted_by_clerk_with_those_whom_the_clerk_called_and_whoever_waited_and_is_gone() {
    for test in test_apps(setup()).await {
        let mut bookings = Vec::new();
        for slot in 0..3 {
            bookings.push(booked(&test, slot, slot).await);
        }
        clock(&test, "08:50:00");
        let (one, two, windows) = (clerk(&test, 1).await, clerk(&test, 2).await, windows(&test).await);
        let mut visits = Vec::new();
        for booking in &bookings {
            visits.push(arrived(&test, &two, booking).await);
        }
        act(&test, &two, &visits[0], Act::GivePriority).await.unwrap();
        act(&test, &two, &visits[1], Act::GivePriority).await.unwrap();
        undo(&test, &two, &visits[1]).await.unwrap();
        assert_eq!(called(&test, &two, windows[0]).await, visits[0]);
        walk_in::with_priority(&test.app, &one, &nanshan(), &SERVICE, &press(), test.now()).await.unwrap();
        act(&test, &two, &visits[0], Act::Left).await.unwrap();
        act(&test, &one, &visits[1], Act::Left).await.unwrap();
        act(&test, &one, &visits[2], Act::Left).await.unwrap();
        undo(&test, &one, &visits[2]).await.unwrap();

        let day = DAY.parse().unwrap();
        let found = standing_out::on(&test.app, &nanshan(), day).await.unwrap();
        let counts =
            found.clerks.iter().map(|did| (did.in_all.priority, did.in_all.called_themselves, did.in_all.left));
        let mut counts: Vec<_> = counts.collect();
        counts.sort_unstable();
        let why = "who was called before they went is none, and one who was put back may have been passed meanwhile";
        assert_eq!(counts, [(1, 0, 2), (1, 1, 0)], "{why}");
        holds(&test).await;
    }
}

#[tokio::test]
async fn it_is_an_act_like_others_undone_within_the_minute_and_its_record_says_who_and_not_why() {
    for test in test_apps(setup()).await {
        let booked = booked(&test, 1, 0).await;
        let id = visit_of(&booked);
        clock(&test, "08:50:00");
        let clerk = clerk(&test, 1).await;
        let early = refused(act(&test, &clerk, &id, Act::GivePriority).await);
        assert!(matches!(early, Refusal::NotFrom { state: StateName::Booked, .. }), "{early:?}");
        arrived(&test, &clerk, &booked).await;
        let stranger = staff_at(&test, 3, Role::CounterClerk, "demo-hill").await;
        assert!(is_not_allowed(&act(&test, &stranger, &id, Act::GivePriority).await));

        let version = row(&test, &id).await.version;
        let acting = Acting { version, press: press(), step: Step::Act(Act::GivePriority), reason: None };
        let give = async || acting::act(&test.app, &clerk, &id, acting.clone(), test.now()).await.unwrap();
        let given = give().await;
        assert!(given.priority && given.version == version + 1);
        assert_eq!(give().await, given, "one press, one act");
        let again = refused(act(&test, &clerk, &id, Act::GivePriority).await);
        assert_eq!(again, Refusal::Changed { state: StateName::Arrived }, "somebody has done so already");
        assert!(!undo(&test, &clerk, &id).await.unwrap().priority);
        holds(&test).await;

        assert!(act(&test, &clerk, &id, Act::GivePriority).await.unwrap().priority);
        test.wait(TimeDelta::seconds(61));
        assert!(matches!(refused(undo(&test, &clerk, &id).await), Refusal::UndoTooLate { .. }));
        assert!(!act(&test, &clerk, &id, Act::EndPriority).await.unwrap().priority, "a slip is taken off later too");
        assert!(undo(&test, &clerk, &id).await.unwrap().priority);
        let counted = "select count(*) from audit where act = 'give-priority' and actor like 'staff:%' \
             and detail not like '%reason%'";
        assert_eq!(number(&test.app, counted).await, 2);
        holds(&test).await;
    }
}

#[tokio::test]
async fn whoever_is_brought_in_with_it_has_it_at_once_and_the_hall_shows_nothing_of_it() {
    for test in test_apps(setup()).await {
        let [first, second] = [booked(&test, 1, 0).await, booked(&test, 2, 1).await];
        clock(&test, "08:50:00");
        let clerk = clerk(&test, 1).await;
        let usual = ticket(&test, &clerk).await.unwrap().visit;
        let check_in = async |reference: shared::appointments::BookingReference| {
            check_in::with_priority(&test.app, &clerk, &nanshan(), &reference.to_string(), test.now()).await.unwrap()
        };
        let came = check_in(second.reference).await;
        assert!(came.row.priority && came.timeliness == check_in::Timeliness::InTime);
        test.wait(TimeDelta::minutes(1));
        let (office, pressed) = (nanshan(), press());
        let take = async || walk_in::with_priority(&test.app, &clerk, &office, &SERVICE, &pressed, test.now()).await;
        let walked = take().await.unwrap();
        assert_eq!(take().await.unwrap(), walked, "one press, one ticket");
        assert_eq!((walked.before, before(&test, &walked.visit).await), (0, Some(0)), "their time is still to come");
        let other = ticket(&test, &clerk).await.unwrap();
        assert_eq!((other.before, before(&test, &other.visit).await), (3, Some(3)));

        // Who was checked in without it gets it by being checked in again.
        let checked = arrived(&test, &clerk, &first).await;
        let board = async || format!("{:?}", board::today(&test.app, &nanshan(), test.now()).await.unwrap());
        let shown = board().await;
        let again = check_in(first.reference).await;
        assert!(again.row.priority && again.timeliness == check_in::Timeliness::AlreadyIn);
        let version = sheet(&test).await.version;
        assert_eq!(check_in(first.reference).await.row, again.row);
        assert_eq!(sheet(&test).await.version, version, "nothing has changed");
        assert_eq!(board().await, shown, "the hall shows nothing of it");
        let order: Vec<_> = line(&test, None).await.into_iter().map(|(visit, _)| visit).collect();
        assert_eq!(order, [walked.visit, checked, came.row.id, usual, other.visit]);
        holds(&test).await;
    }
}
