//! Checking in: four answers, and one for whatever is not here.

use chrono::TimeDelta;
use server::appointments::booking::release::release;
use server::counter::check_in::{self, Timeliness};
use server::counter::day::closing;
use server::counter::{By, Kiosk};
use server::marriage::BOOKABLE;
use shared::appointments::Refusal as NotBooked;
use shared::counter::{Act, Refusal, StateName};
use shared::locale::Locale;
use shared::plain_words::PlainWords;

use super::super::support::test_apps;
use super::hall::*;

#[tokio::test]
async fn a_check_in_says_whether_somebody_is_early_in_time_late_or_in_already() {
    for test in test_apps(setup()).await {
        let mut bookings = Vec::new();
        for n in 0..3 {
            bookings.push(booked(&test, n, 4 * n).await);
        }
        clock(&test, "09:20:00");
        let clerk = clerk(&test, 1).await;
        let starts_at = |n: usize| bookings[n].record.starts_at;
        let expected = [
            Timeliness::Late { since: starts_at(0) },
            Timeliness::Early { starts_at: starts_at(1) },
            Timeliness::Early { starts_at: starts_at(2) },
        ];
        for (n, expected) in expected.into_iter().enumerate().take(2) {
            let checked = arrive(&test, &clerk, bookings[n].reference).await.unwrap();
            assert_eq!((checked.timeliness, checked.row.state.kind()), (expected, StateName::Arrived));
        }
        clock(&test, "10:45:00");
        let third = arrive(&test, &clerk, bookings[2].reference).await.unwrap();
        assert_eq!(third.timeliness, Timeliness::InTime);
        let version = sheet(&test).await.version;
        let again = arrive(&test, &clerk, bookings[2].reference).await.unwrap();
        assert_eq!((again.timeliness, again.row.ticket), (Timeliness::AlreadyIn, third.row.ticket));
        assert_eq!(sheet(&test).await.version, version, "nothing has changed");
        holds(&test).await;
    }
}

#[tokio::test]
async fn a_number_is_read_however_it_is_scanned_or_typed_at_the_desk_and_at_a_kiosk() {
    for test in test_apps(setup()).await {
        let booked = booked(&test, 1, 0).await;
        clock(&test, "08:55:00");
        let kiosk = By::Kiosk(Kiosk { id: "door".to_owned(), office: nanshan() });
        let typed = format!("  {} ", booked.reference.to_string().to_lowercase());
        let checked = check_in::by_reference(&test.app, &kiosk, &nanshan(), &typed, test.now()).await.unwrap();
        assert_eq!(checked.row.id, visit_of(&booked));
        let said = "select count(*) from audit where act = 'arrive' and actor = 'resident'";
        assert_eq!(number(&test.app, said).await, 1);
        holds(&test).await;
    }
}

#[tokio::test]
async fn what_is_unknown_and_what_is_booked_elsewhere_get_the_same_answer() {
    for test in test_apps(setup()).await {
        let elsewhere = booked_on(&test, 1, ("demo-hill", DAY), 0).await;
        clock(&test, "08:55:00");
        let by = By::Staff(clerk(&test, 1).await);
        let unknown = shared::appointments::BookingReference::from_random(7).to_string();
        for typed in [&elsewhere.reference.to_string(), &unknown, "", "not a number", "'; drop table visit; --"] {
            let outcome = check_in::by_reference(&test.app, &by, &nanshan(), typed, test.now()).await;
            assert_eq!(refused(outcome), Refusal::NotHere, "{typed}");
        }
        assert_eq!(number(&test.app, "select count(*) from visit").await, 0);
    }
}

#[tokio::test]
async fn nobody_is_checked_in_on_another_day_with_a_booking_that_ended_or_a_visit_that_is_over() {
    for test in test_apps(setup()).await {
        let [first, second] = [booked(&test, 1, 0).await, booked(&test, 2, 0).await];
        let clerk = clerk(&test, 1).await;
        let refusal = refused(arrive(&test, &clerk, first.reference).await);
        assert_eq!(refusal, Refusal::NotToday { starts_at: first.record.starts_at });
        let why = PlainWords::parse("核对了证件").unwrap();
        release(&test.app, &[&BOOKABLE], second.reference, &why, test.now()).await.unwrap();

        clock(&test, "09:05:00");
        let ended = arrive(&test, &clerk, second.reference).await.unwrap_err();
        assert_eq!(ended.refusal(), Some(NotBooked::BookingEnded));
        arrived(&test, &clerk, &first).await;
        let windows = windows(&test).await;
        let id = called(&test, &clerk, windows[0]).await;
        register(&test, &clerk, &id).await;
        let over = refused(arrive(&test, &clerk, first.reference).await);
        assert_eq!(over, Refusal::Over { state: StateName::Finished });

        test.wait(TimeDelta::days(1));
        // Whatever became of it, its number is nobody's on another day.
        let refusal = refused(arrive(&test, &clerk, first.reference).await);
        assert_eq!(refusal, Refusal::NotToday { starts_at: first.record.starts_at });
        holds(&test).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_couple_that_is_checked_in_at_three_places_at_once_has_one_ticket() {
    for test in test_apps(setup()).await {
        let booked = booked(&test, 1, 0).await;
        clock(&test, "08:55:00");
        let clerk = clerk(&test, 1).await;
        let (one, two, three) = tokio::join!(
            arrive(&test, &clerk, booked.reference),
            arrive(&test, &clerk, booked.reference),
            arrive(&test, &clerk, booked.reference),
        );
        let all = [one.unwrap(), two.unwrap(), three.unwrap()];
        assert!(all.iter().all(|checked| checked.row.ticket == Some(1)), "{all:?}");
        let first = all.iter().filter(|checked| checked.timeliness == Timeliness::InTime).count();
        assert_eq!(first, 1);
        assert!(Timeliness::AlreadyIn.words(Locale::Zh).contains("不用再签"));
        holds(&test).await;
    }
}

#[tokio::test]
async fn whoever_booked_and_was_marked_as_gone_is_brought_back_with_their_time_and_number() {
    for test in test_apps(setup()).await {
        let [first, second] = [booked(&test, 1, 0).await, booked(&test, 2, 1).await];
        clock(&test, "08:50:00");
        let clerk = clerk(&test, 1).await;
        let visits = [arrived(&test, &clerk, &first).await, arrived(&test, &clerk, &second).await];
        let before = row(&test, &visits[0]).await;
        act(&test, &clerk, &visits[0], Act::Left).await.unwrap();
        clock(&test, "09:40:00");
        assert!(row(&test, &visits[0]).await.comes_back);
        let back = arrive(&test, &clerk, first.reference).await.unwrap();
        assert_eq!(
            (&back.row.state, back.row.ticket, back.timeliness),
            (&before.state, before.ticket, Timeliness::AlreadyIn)
        );
        assert!(!back.row.comes_back);
        let windows = windows(&test).await;
        assert_eq!(called(&test, &clerk, windows[0]).await, visits[0], "in their old place");

        // A ticket is over, and so is whoever left on another day.
        let walked = ticket(&test, &clerk).await.unwrap().visit;
        act(&test, &clerk, &walked, Act::Left).await.unwrap();
        let over = refused(act(&test, &clerk, &walked, Act::Arrive).await);
        assert_eq!(over, Refusal::Over { state: StateName::Left });
        holds(&test).await;
    }
}

#[tokio::test]
async fn a_no_show_before_the_call_or_after_it_is_brought_back_at_the_desk_while_the_day_is_open() {
    for test in test_apps(setup()).await {
        let [first, second, third] = [booked(&test, 1, 0).await, booked(&test, 2, 0).await, booked(&test, 3, 0).await];
        clock(&test, "08:50:00");
        let (clerk, windows) = (clerk(&test, 1).await, windows(&test).await);
        let called_one = arrived(&test, &clerk, &first).await;
        let unseen = visit_of(&second);
        clock(&test, "09:00:00");
        assert_eq!(called(&test, &clerk, windows[0]).await, called_one);
        let came = row(&test, &called_one).await;
        act(&test, &clerk, &called_one, Act::NoShow).await.unwrap();
        act(&test, &clerk, &unseen, Act::NoShow).await.unwrap();
        let told = async || number(&test.app, "select count(*) from outbox where kind = 'visit_no_show'").await;
        let texts = told().await;
        assert!(texts > 0 && row(&test, &unseen).await.comes_back);

        let back = arrive(&test, &clerk, first.reference).await.unwrap();
        assert_eq!(told().await, texts, "what waits is looked at when it is sent");
        assert_eq!((back.row.ticket, back.timeliness), (came.ticket, Timeliness::AlreadyIn));
        assert_eq!(back.row.state.arrived_at(), came.state.arrived_at(), "in the place of their arrival");
        clock(&test, "09:40:00");
        let late = arrive(&test, &clerk, second.reference).await.unwrap();
        assert_eq!(late.timeliness, Timeliness::Late { since: second.record.starts_at });
        assert_eq!((late.row.state.arrived_at(), late.row.ticket), (Some(test.now()), Some(2)));
        holds(&test).await;

        // At a kiosk nobody learns which of those that are over it was, and a ticket is over.
        let missed = visit_of(&third);
        act(&test, &clerk, &missed, Act::NoShow).await.unwrap();
        let kiosk = By::Kiosk(Kiosk { id: "door".to_owned(), office: nanshan() });
        let typed = third.reference.to_string();
        let over = refused(check_in::by_reference(&test.app, &kiosk, &nanshan(), &typed, test.now()).await);
        assert_eq!(over, Refusal::Over { state: StateName::NoShow });
        let manager = manager(&test, 2).await;
        for visit in [&called_one, &unseen] {
            act(&test, &clerk, visit, Act::Left).await.unwrap();
        }
        let version = sheet(&test).await.version;
        let day = DAY.parse().unwrap();
        closing::close(&test.app, &manager, &nanshan(), (day, version), Some(reason()), test.now()).await.unwrap();
        for booked in [&first, &second, &third] {
            assert_eq!(refused(arrive(&test, &clerk, booked.reference).await), Refusal::DayClosed { date: day });
        }
        holds(&test).await;
    }
}
