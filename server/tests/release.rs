//! The office ends a booking that somebody made with other people's numbers.

use chrono::TimeDelta;
use server::appointments::booking::release::release;
use server::appointments::booking::{Booked, cancel, find, search, view};
use server::appointments::hold::{self, Hold};
use server::database::sql::{int, sql, text};
use server::marriage::BOOKABLE;
use server::{App, Error, audit, domains};
use shared::appointments::{AppointmentState, BookingReference, Refusal, SlotId};
use shared::identity::Sex;
use shared::marriage::PartyInput;
use shared::plain_words::PlainWords;
use shared::problem::Problem;

use super::support::people::{self, book};
use super::support::{Setup, TestApp, anyone, test_apps};

fn without_codes() -> Setup {
    Setup { phone_codes: false, ..Setup::default() }
}

async fn take(test: &TestApp, slot: SlotId) -> Hold {
    hold::take(&test.app, &BOOKABLE, slot, anyone(), test.now()).await.unwrap()
}

/// A booking of couple 1's numbers with a stranger's phones.
async fn hostile(test: &TestApp) -> Booked {
    let held = take(test, test.free_slot("nanshan", "2026-05-19").await.id).await;
    let [his, hers] = [Sex::Male, Sex::Female].map(|sex| people::person(99, sex).phone);
    let [first, second] = [Sex::Male, Sex::Female].map(|sex| people::person(1, sex));
    let parties = [PartyInput { phone: his, ..first }, PartyInput { phone: hers, ..second }];
    book(&test.app, &people::request(parties, &held), None, test.now()).await.unwrap()
}

async fn end(app: &App, reference: BookingReference) -> Result<(), Error> {
    let reason = PlainWords::parse("两人到窗口核对了证件").unwrap();
    release(app, &[&BOOKABLE], reference, &reason, app.now()).await
}

#[tokio::test]
async fn those_whose_numbers_were_used_can_book_at_once_and_all_of_it_is_on_record() {
    for test in test_apps(without_codes()).await {
        let made = hostile(&test).await;
        let held = take(&test, test.free_slot("demo-hill", "2026-05-15").await.id).await;
        let refused = book(&test.app, &people::couple(1, &held), None, test.now()).await.unwrap_err();
        assert_eq!(refused.refusal(), Some(Refusal::AlreadyBooked));

        end(&test.app, made.reference).await.unwrap();
        book(&test.app, &people::couple(1, &held), None, test.now()).await.unwrap();

        let stream = [made.id.as_str().into()];
        let statement = "select actor, act, detail from audit where stream = $1 order by sequence desc limit 1";
        let row = sql(statement, stream).fetch_one(&mut *test.app.database().read().await.unwrap()).await.unwrap();
        assert_eq!((&*text(&row, "actor").unwrap(), &*text(&row, "act").unwrap()), ("operator", "booking_released"));
        assert!(text(&row, "detail").unwrap().contains("核对了证件"));
        let verified = audit::verify_all(test.app.database(), domains::streams()).await.unwrap();
        verified.unwrap();
    }
}

#[tokio::test]
async fn its_phones_are_told_without_a_reason_and_its_page_says_what_it_is() {
    for test in test_apps(without_codes()).await {
        let made = hostile(&test).await;
        end(&test.app, made.reference).await.unwrap();
        let told = test.text_to(&people::person(99, Sex::Male).phone, "booking_released").await;
        assert!(told.contains("已由办理机关撤销") && told.contains(&made.reference.to_string()), "{told}");
        assert!(!told.contains("证件") && !told.contains("冒"), "{told}");
        assert!(test.messages_to(&people::person(1, Sex::Male).phone, "booking_released").await.is_empty());

        let holder = find::by_token(&test.app, made.reference, &made.manage_token).await.unwrap();
        let seen = view::view(&test.app, &BOOKABLE, &holder, test.now()).await.unwrap();
        assert_eq!((seen.state, seen.changes), (AppointmentState::Released, 1));
        let refused = cancel::cancel(&test.app, &BOOKABLE, &holder, test.now()).await.unwrap_err();
        assert_eq!(refused.refusal(), Some(Refusal::BookingEnded));
    }
}

#[tokio::test]
async fn the_place_comes_back_after_a_wait_as_after_a_cancellation() {
    for test in test_apps(without_codes()).await {
        let made = hostile(&test).await;
        let taken = async || {
            let statement = "select taken from slot where id = $1";
            let row = sql(statement, [made.record.slot.0.into()]);
            let row = row.fetch_one(&mut *test.app.database().read().await.unwrap()).await.unwrap();
            int(&row, "taken").unwrap()
        };
        end(&test.app, made.reference).await.unwrap();
        assert_eq!(taken().await, 1, "not at once");
        test.wait(TimeDelta::days(1));
        server::jobs::round(&test.app, test.now()).await.unwrap();
        assert_eq!(taken().await, 0);
    }
}

#[tokio::test]
async fn only_a_booking_that_stands_can_be_released_and_once() {
    for test in test_apps(without_codes()).await {
        let made = hostile(&test).await;
        // On its day, after its time has come, it still blocks those whose numbers it names.
        test.set_clock("2026-05-19T23:00:00+08:00");
        end(&test.app, made.reference).await.unwrap();
        let again = end(&test.app, made.reference).await.unwrap_err();
        assert_eq!(again.refusal(), Some(Refusal::BookingEnded));
        let unknown = end(&test.app, BookingReference::from_random(7)).await.unwrap_err();
        assert!(matches!(unknown, Error::Problem(Problem::NotFound)), "{unknown:?}");
    }
}

/// Whoever holds the booking may cancel it in the same moment: one of the two ends it, and only once.
#[tokio::test(flavor = "multi_thread")]
async fn a_release_and_a_cancellation_at_once_end_it_once() {
    for test in test_apps(without_codes()).await {
        for _ in 0..8 {
            let made = hostile(&test).await;
            let holder = find::by_token(&test.app, made.reference, &made.manage_token).await.unwrap();
            let (released, cancelled) =
                tokio::join!(end(&test.app, made.reference), cancel::cancel(&test.app, &BOOKABLE, &holder, test.now()));
            assert_eq!([released.is_ok(), cancelled.is_ok()].iter().filter(|ended| **ended).count(), 1);
        }
        let verified = audit::verify_all(test.app.database(), domains::streams()).await.unwrap();
        verified.unwrap();
    }
}

/// Whoever never booked knows no reference, and comes to the desk with a document.
#[tokio::test]
async fn the_office_finds_a_booking_by_the_document_of_whom_it_names_and_that_is_on_record() {
    for test in test_apps(without_codes()).await {
        let made = hostile(&test).await;
        let find = async |number: &str| {
            let found = search::of_document(&test.app, &BOOKABLE, (number, None), test.now()).await.unwrap();
            found.map(|found| (found.reference, found.place.id.to_string()))
        };
        let number = people::person(1, Sex::Female).id_number;
        let spaced = format!("{} {}", &number[..6], &number[6..]);
        assert_eq!(find(&spaced).await, Some((made.reference, "nanshan".to_owned())));
        for unknown in [&*people::person(2, Sex::Female).id_number, "", "E12345678"] {
            assert_eq!(find(unknown).await, None);
        }
        let statement = "select count(*) as looked from audit where stream = $1 and act = 'booking_looked_up' \
             and actor = 'operator'";
        let row = sql(statement, [made.id.as_str().into()]);
        let row = row.fetch_one(&mut *test.app.database().read().await.unwrap()).await.unwrap();
        assert_eq!(int(&row, "looked").unwrap(), 1);
        end(&test.app, made.reference).await.unwrap();
        assert_eq!(find(&number).await, None);
        let statement = "select count(*) as looked from audit where stream = 'office' and act = 'document_looked_up'";
        let row = sql(statement, []).fetch_one(&mut *test.app.database().read().await.unwrap()).await.unwrap();
        assert_eq!(int(&row, "looked").unwrap(), 5, "also what found nothing");
        audit::verify_all(test.app.database(), domains::streams()).await.unwrap().unwrap();
    }
}
