//! Who looked at a booking: written down before anything is shown, and read by those whose booking it is.

use chrono::TimeDelta;
use server::Error;
use server::appointments::booking::{Booked, find};
use server::audit::{self, Broken};
use server::counter::looks::{Shown, shown_to_holder};
use server::counter::one_visit::{self, OneVisit};
use server::counter::unmask::{Unmasking, WITHOUT_PROOF, unmask};
use server::domains;
use server::staff::authority::{self, Staff};
use shared::counter::{LookPurpose, PersonalDetail, Reason, Seen, UnmaskReason, VisitId};
use shared::staff::{Refusal, Role};
use sqlx::AssertSqlSafe;

use super::super::support::people;
use super::super::support::{TestApp, test_apps};
use super::hall::*;

async fn open(test: &TestApp, by: &Staff, id: &VisitId, purpose: Option<LookPurpose>) -> Result<OneVisit, Error> {
    one_visit::open(&test.app, by, id, purpose, test.now()).await
}

async fn shown(test: &TestApp, booked: &Booked) -> Vec<Shown> {
    let holder = find::by_token(&test.app, booked.reference, &booked.manage_token).await.unwrap();
    shown_to_holder(&test.app, &holder).await.unwrap()
}

fn asking(who: u8, what: PersonalDetail, why: UnmaskReason) -> Unmasking {
    Unmasking { who, what, why, reason: None }
}

async fn read(test: &TestApp, by: &Staff, id: &VisitId, unmasking: Unmasking) -> Result<String, Error> {
    unmask(&test.app, by, id, unmasking, test.now()).await
}

#[tokio::test]
async fn each_look_is_one_row_in_a_quarter_of_an_hour_and_names_no_clerk_to_the_couple() {
    for test in test_apps(setup()).await {
        let booked = booked(&test, 1, 0).await;
        clock(&test, "09:00:00");
        let (clerk, manager) = (clerk(&test, 1).await, manager(&test, 2).await);
        let id = visit_of(&booked);
        assert_eq!(shown(&test, &booked).await, []);
        for _ in 0..3 {
            open(&test, &clerk, &id, None).await.unwrap();
            test.wait(TimeDelta::minutes(4));
        }
        assert_eq!(shown(&test, &booked).await.len(), 1);
        test.wait(TimeDelta::minutes(4));
        open(&test, &clerk, &id, Some(LookPurpose::AskedByPerson)).await.unwrap();
        open(&test, &manager, &id, None).await.unwrap();
        let looks = shown(&test, &booked).await;
        let said: Vec<_> = looks.iter().map(|look| (look.role, look.purpose)).collect();
        assert_eq!(said.len(), 3);
        for one in [
            (Role::CounterClerk, LookPurpose::Checking),
            (Role::CounterClerk, LookPurpose::AskedByPerson),
            (Role::OfficeManager, LookPurpose::Checking),
        ] {
            assert!(said.contains(&one), "{said:?}");
        }
        assert!(looks.iter().all(|look| look.seen == Seen::Opened && look.office.zh.contains("南山")), "{looks:?}");
        holds(&test).await;
    }
}

#[tokio::test]
async fn whoever_has_them_at_their_own_counter_serves_them_and_nobody_else_is_believed_to() {
    for test in test_apps(setup()).await {
        let booked = booked(&test, 1, 0).await;
        clock(&test, "09:05:00");
        let (clerk, other, windows) = (clerk(&test, 1).await, super::hall::clerk(&test, 2).await, windows(&test).await);
        arrived(&test, &clerk, &booked).await;
        let id = called(&test, &clerk, windows[0]).await;
        assert_eq!(open(&test, &clerk, &id, None).await.unwrap().purpose, LookPurpose::Serving);
        let seen = open(&test, &other, &id, Some(LookPurpose::Serving)).await.unwrap();
        assert_eq!((seen.purpose, seen.is_mine), (LookPurpose::Checking, false));
        assert!(seen.history.len() >= 3, "booked, arrived, called: {:?}", seen.history);
    }
}

#[tokio::test]
async fn a_look_for_safety_leaves_no_trace_and_no_gap_for_whoever_holds_the_booking() {
    for test in test_apps(setup()).await {
        let [one, two] = [booked(&test, 1, 0).await, booked(&test, 2, 0).await];
        clock(&test, "09:00:00");
        let (clerk, manager) = (clerk(&test, 1).await, manager(&test, 2).await);
        // The same looks at both, but for those for safety.
        let hidden = visit_of(&two);
        let why = Reason::parse("单独说受到威胁").unwrap();
        let aside = async |by: &Staff| one_visit::open_aside(&test.app, by, &hidden, &why, test.now()).await.unwrap();
        aside(&clerk).await;
        let phone = asking(0, PersonalDetail::Phone, UnmaskReason::Safety);
        let phone = Unmasking { reason: Some(why.clone()), ..phone };
        read(&test, &clerk, &hidden, phone).await.unwrap();
        for id in [visit_of(&one), hidden.clone()] {
            open(&test, &clerk, &id, None).await.unwrap();
            let phone = asking(0, PersonalDetail::Phone, UnmaskReason::Call);
            read(&test, &clerk, &id, phone).await.unwrap();
        }
        aside(&clerk).await;
        assert_eq!(shown(&test, &one).await, shown(&test, &two).await);
        let seen = open(&test, &clerk, &hidden, None).await.unwrap();
        assert_eq!((seen.looks.len(), seen.hidden), (2, None), "a colleague reads of none either");
        let seen = aside(&manager).await;
        assert_eq!((seen.looks.len(), seen.hidden.unwrap().len()), (2, 4), "whoever answers for the day does");
        holds(&test).await;
    }
}

#[tokio::test]
async fn nobody_of_another_office_opens_a_visit_or_reads_anything_of_it_and_nothing_is_written() {
    for test in test_apps(setup()).await {
        let booked = booked(&test, 1, 0).await;
        clock(&test, "09:05:00");
        let id = visit_of(&booked);
        for (n, role) in [(1, Role::CounterClerk), (2, Role::OfficeManager)] {
            let stranger = staff_at(&test, n, role, "demo-hill").await;
            assert!(is_not_allowed(&open(&test, &stranger, &id, None).await));
            let name = asking(0, PersonalDetail::Name, UnmaskReason::Document);
            assert!(is_not_allowed(&read(&test, &stranger, &id, name).await));
        }
        for (n, role) in [(3, Role::Auditor), (4, Role::AccountAdministrator), (5, Role::Finance)] {
            let other = staff_at(&test, n, role, "nanshan").await;
            assert!(is_not_allowed(&open(&test, &other, &id, None).await), "{role:?}");
            let name = asking(0, PersonalDetail::Name, UnmaskReason::Document);
            assert!(is_not_allowed(&read(&test, &other, &id, name).await), "{role:?}");
        }
        assert_eq!(number(&test.app, "select count(*) from look").await, 0);
    }
}

#[tokio::test]
async fn one_thing_is_read_in_full_at_a_time_and_each_time_is_on_record_without_the_thing() {
    for test in test_apps(setup()).await {
        let booked = booked(&test, 1, 0).await;
        clock(&test, "09:05:00");
        let (clerk, id) = (clerk(&test, 1).await, visit_of(&booked));
        let his = people::person(1, shared::identity::Sex::Male);
        let close = |text: &str| text.replace(' ', "");
        for (what, value) in [
            (PersonalDetail::Name, &his.name),
            (PersonalDetail::Number, &his.id_number),
            (PersonalDetail::Phone, &his.phone),
        ] {
            let reason = shared::counter::Reason::parse("证件磨损，看不清").ok();
            let unmasking = Unmasking { reason, ..asking(0, what, UnmaskReason::Document) };
            assert_eq!(close(&read(&test, &clerk, &id, unmasking.clone()).await.unwrap()), close(value));
            read(&test, &clerk, &id, unmasking).await.unwrap();
        }
        let nobody = asking(2, PersonalDetail::Name, UnmaskReason::Document);
        assert!(read(&test, &clerk, &id, nobody).await.is_err());
        assert_eq!(number(&test.app, "select count(*) from look").await, 3);
        let events =
            "select count(*) from audit where stream like 'look:%' and act = 'unmasked' and detail like '%磨损%'";
        assert_eq!(number(&test.app, events).await, 6, "also where it was read again");
        let named =
            "select count(*) from audit where stream like 'look:%' and (detail like '%演%' or detail like '%139%')";
        assert_eq!(number(&test.app, named).await, 0);
        holds(&test).await;
    }
}

#[tokio::test]
async fn whoever_reads_much_in_an_hour_proves_again_who_they_are() {
    for test in test_apps(setup()).await {
        let mut bookings = Vec::new();
        for n in 1..=4 {
            bookings.push(booked(&test, n, n / 3).await);
        }
        clock(&test, "09:05:00");
        let clerk = clerk(&test, 1).await;
        test.wait(TimeDelta::minutes(6));
        let stale = authority::again(&test.app, &clerk, test.now()).await.unwrap();
        assert!(!stale.is_fresh());
        let things = bookings.iter().flat_map(|booked| {
            let each = |who| PersonalDetail::ALL.iter().map(move |what| (who, *what));
            each(0).chain(each(1)).map(|(who, what)| (visit_of(booked), who, what)).collect::<Vec<_>>()
        });
        let (mut read_so_far, mut asked_again) = (0, 0);
        for (id, who, what) in things {
            match read(&test, &stale, &id, asking(who, what, UnmaskReason::Mistake)).await {
                Ok(_) => read_so_far += 1,
                Err(error) => {
                    assert_eq!(error.refusal(), Some(Refusal::SignInAgain));
                    asked_again += 1;
                }
            }
        }
        assert_eq!((read_so_far, asked_again), (WITHOUT_PROOF, 4));
        // Whoever has just proved it goes on.
        let last = visit_of(&bookings[3]);
        read(&test, &clerk, &last, asking(1, PersonalDetail::Phone, UnmaskReason::Mistake)).await.unwrap();
        test.wait(TimeDelta::minutes(61));
        let later = authority::again(&test.app, &clerk, test.now()).await;
        assert!(later.is_err(), "the session is over by then");
    }
}

#[tokio::test]
async fn a_look_that_was_changed_or_taken_away_beside_the_portal_is_found() {
    for test in test_apps(setup()).await {
        let booked = booked(&test, 1, 0).await;
        clock(&test, "09:05:00");
        let clerk = clerk(&test, 1).await;
        open(&test, &clerk, &visit_of(&booked), None).await.unwrap();
        let verified = || async { audit::verify_all(test.app.database(), domains::streams()).await.unwrap() };
        verified().await.unwrap();
        let execute = async |statement: &str| {
            let statement = AssertSqlSafe(statement.to_owned());
            sqlx::raw_sql(statement).execute(&mut test.connection().await).await.unwrap();
        };
        for (tamper, mend) in [
            ("update look set purpose = 'safety'", "update look set purpose = 'checking'"),
            ("update look set role = 'auditor'", "update look set role = 'counter_clerk'"),
            ("update look set at = at + 1", "update look set at = at - 1"),
            ("update look set seen = '0.name'", "update look set seen = 'opened'"),
        ] {
            execute(tamper).await;
            let (_, broken) = verified().await.unwrap_err();
            assert!(matches!(broken, Broken::Row { .. }), "after {tamper}: {broken}");
            execute(mend).await;
            verified().await.unwrap();
        }
        execute("delete from look").await;
        assert!(matches!(verified().await.unwrap_err(), (_, Broken::NoRow)));
    }
}
