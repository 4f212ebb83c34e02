//! Several services on one engine: nothing of one is worth anything at another.

use chrono::{DateTime, TimeDelta, Utc};
use server::appointments::booking::{
    Booked, Claimed, NotBooked, cancel, find, idempotency::RequestKey, reschedule, view,
};
use server::appointments::hold::{self, Hold};
use server::appointments::visitor::{self, Visitor};
use server::appointments::{Bookable, point, slots};
use server::database::DatabaseError;
use server::outbox::{self, Delivery, Message, sending};
use server::phone_codes::{self, Asker};
use server::{Error, ceremony, marriage};
use shared::appointments::{Refusal, SlotId};
use shared::identity::{PersonName, Phone, PhoneCode};
use shared::locale::Locale;
use shared::places::PlaceId;
use shared::problem::Problem;
use sqlx::AnyConnection;

use super::support::people::{self, book};
use super::support::{Setup, TestApp, anyone, test_apps};

const HALL: &str = "demo-bay-hall";
const DAY: &str = "2026-05-19";

fn without_codes() -> Setup {
    Setup { phone_codes: false, ..Setup::default() }
}

async fn hall_slot(test: &TestApp, number: usize) -> SlotId {
    let service = &ceremony::BOOKABLE.service;
    let hall = point::one(&test.app, service, &PlaceId::parse(HALL).unwrap()).await.unwrap();
    let day = DAY.parse().unwrap();
    slots::between(&test.app, &hall, (day, day), test.now()).await.unwrap()[number].id
}

async fn take(test: &TestApp, bookable: &Bookable, slot: SlotId) -> Result<Hold, Error> {
    let asking = anyone();
    hold::take(&test.app, bookable, slot, asking, test.now()).await
}

fn guest() -> Visitor {
    let (name, phone) = (PersonName::parse("张三").unwrap(), Phone::parse("13800000000").unwrap());
    Visitor { name, phone, answers: vec![("guests".to_owned(), "3".to_owned())] }
}

async fn visit(test: &TestApp, hold: &Hold, code: Option<PhoneCode>) -> Result<Booked, NotBooked> {
    let key = RequestKey::new(test.app.keys(), "test", hold.id.as_str(), b"").unwrap();
    let held = Claimed::Token(hold.id.clone(), hold.token.clone());
    visitor::book(&test.app, &people::nobody(), &ceremony::BOOKABLE, held, (guest(), code), &key, Locale::Zh).await
}

fn is_unknown<T>(answer: Result<T, Error>) -> bool {
    matches!(answer, Err(Error::Problem(Problem::NotFound | Problem::Unauthorized)))
}

#[tokio::test]
async fn a_time_is_held_only_for_the_service_whose_it_is() {
    for test in test_apps(without_codes()).await {
        let (hall, registry) = (hall_slot(&test, 0).await, test.free_slot("nanshan", DAY).await.id);
        assert!(is_unknown(take(&test, &marriage::BOOKABLE, hall).await));
        assert!(is_unknown(take(&test, &ceremony::BOOKABLE, registry).await));
        take(&test, &ceremony::BOOKABLE, hall).await.unwrap();
        take(&test, &marriage::BOOKABLE, registry).await.unwrap();
    }
}

#[tokio::test]
async fn a_hold_of_one_service_never_becomes_a_booking_of_another() {
    for test in test_apps(without_codes()).await {
        let hall = take(&test, &ceremony::BOOKABLE, hall_slot(&test, 0).await).await.unwrap();
        let registry = take(&test, &marriage::BOOKABLE, test.free_slot("nanshan", DAY).await.id).await.unwrap();

        let couple_in_hall = book(&test.app, &people::couple(1, &hall), None, test.now()).await;
        assert!(is_unknown(couple_in_hall));
        let guest_at_registry = visit(&test, &registry, None).await.map_err(Error::from);
        assert!(is_unknown(guest_at_registry));

        // Neither hold has suffered from it.
        visit(&test, &hall, None).await.unwrap();
        book(&test.app, &people::couple(1, &registry), None, test.now()).await.unwrap();
    }
}

#[tokio::test]
async fn a_booking_is_shown_moved_and_cancelled_only_as_what_it_is() {
    for test in test_apps(without_codes()).await {
        let (now, couple, hall) = (test.now(), &marriage::BOOKABLE, &ceremony::BOOKABLE);
        let registry = take(&test, couple, test.free_slot("nanshan", DAY).await.id).await.unwrap();
        let booked = book(&test.app, &people::couple(1, &registry), None, now).await.unwrap();
        let holder = find::by_token(&test.app, booked.reference, &booked.manage_token).await.unwrap();
        assert!(holder.clone().of_service(&hall.service).is_err());
        assert!(is_unknown(view::view(&test.app, hall, &holder, now).await));
        assert!(is_unknown(cancel::cancel(&test.app, hall, &holder, now).await));

        let elsewhere = take(&test, hall, hall_slot(&test, 1).await).await.unwrap();
        let to = (&elsewhere.id, elsewhere.token.reveal());
        assert!(is_unknown(reschedule::reschedule(&test.app, couple, &holder, to, now).await));
        assert!(is_unknown(reschedule::hold(&test.app, couple, &holder, hall_slot(&test, 2).await, now).await));

        let view = view::view(&test.app, couple, &holder, now).await.unwrap();
        assert_eq!((view.starts_at, view.changes), (booked.record.starts_at, 0));
    }
}

#[tokio::test]
async fn a_code_sent_for_one_service_confirms_nothing_for_another() {
    for test in test_apps(Setup::default()).await {
        let hold = take(&test, &ceremony::BOOKABLE, hall_slot(&test, 0).await).await.unwrap();
        let phone = guest().phone;
        let code = PhoneCode::parse(&test.send_code(&marriage::BOOKABLE, phone.as_str()).await).unwrap();
        let refused = visit(&test, &hold, Some(code.clone())).await;
        let Err(NotBooked::Codes(errors)) = refused else { panic!("a code of another service was taken") };
        assert_eq!(errors.for_field("phone_code").unwrap().code(), "phone_code_not_right");

        // The minute between two codes is counted for each, and the code is still good for what it was sent for.
        let own = PhoneCode::parse(&test.send_code(&ceremony::BOOKABLE, phone.as_str()).await).unwrap();
        visit(&test, &hold, Some(own)).await.unwrap();
        let (asker, purpose) = (Asker::unknown(), marriage::BOOKABLE.purpose());
        phone_codes::confirm(&test.app, &asker, &phone, purpose, code.as_str(), test.now()).await.unwrap();
    }
}

#[tokio::test]
async fn one_person_may_have_a_booking_of_each_service_and_two_of_none() {
    for test in test_apps(without_codes()).await {
        let first = take(&test, &ceremony::BOOKABLE, hall_slot(&test, 0).await).await.unwrap();
        visit(&test, &first, None).await.unwrap();
        let registry = take(&test, &marriage::BOOKABLE, test.free_slot("nanshan", DAY).await.id).await.unwrap();
        book(&test.app, &people::couple(1, &registry), None, test.now()).await.unwrap();
        let second = take(&test, &ceremony::BOOKABLE, hall_slot(&test, 1).await).await.unwrap();
        let again = visit(&test, &second, None).await.map_err(Error::from);
        assert!(matches!(&again, Err(error) if error.refusal() == Some(Refusal::AlreadyBooked)), "{again:?}");
    }
}

async fn tell(
    connection: &mut AnyConnection,
    (three, one, now): &(Vec<Vec<u8>>, Vec<Vec<u8>>, DateTime<Utc>),
) -> Result<(), DatabaseError> {
    outbox::insert(connection, "case:7", "told", three, *now).await?;
    outbox::insert(connection, "case:8", "told", &[], *now).await?;
    for text in one {
        outbox::insert_urgent(connection, "told", text, *now + TimeDelta::minutes(10), *now).await?;
    }
    Ok(())
}

#[tokio::test]
async fn messages_go_out_in_any_number_with_any_subject_and_without_one() {
    for test in test_apps(without_codes()).await {
        let sealed = |text: &str| Message::new(&guest().phone, text.to_owned()).seal(test.app.keys());
        let (three, one) = (["甲", "乙", "丙"].map(sealed).to_vec(), vec![sealed("丁")]);
        let now = test.now();
        test.app.database().write_with((three, one, now), tell).await.unwrap();
        let texts = |posted: Vec<outbox::Posted>| posted.into_iter().map(|posted| posted.message.text);
        let mut of_case: Vec<_> = texts(outbox::of_subject(&test.app, "case:7").await.unwrap()).collect();
        of_case.sort();
        assert_eq!(of_case, ["丙", "乙", "甲"].map(String::from));
        assert!(outbox::of_subject(&test.app, "case:8").await.unwrap().is_empty());
        assert_eq!(test.messages_to("13800000000", "told").await.len(), 4);
    }
}

#[tokio::test]
async fn a_message_that_cannot_be_opened_holds_up_no_other_and_is_not_tried_for_ever() {
    for test in test_apps(without_codes()).await {
        let sealed = |text: &str| Message::new(&guest().phone, text.to_owned()).seal(test.app.keys());
        let all = vec![sealed("甲"), b"damaged".to_vec(), sealed("丙")];
        test.app.database().write_with((all, Vec::new(), test.now()), tell).await.unwrap();
        assert_eq!(sending::send_due(&test.app).await.unwrap(), 3);
        let posted = outbox::of_subject(&test.app, "case:7").await.unwrap();
        let delivered: Vec<_> = posted.iter().map(|posted| (posted.message.text.as_str(), posted.delivery)).collect();
        assert_eq!(delivered, [("丙", Delivery::Sent), ("甲", Delivery::Sent)]);
        test.wait(TimeDelta::hours(5));
        assert_eq!(sending::send_due(&test.app).await.unwrap(), 0, "it is given up");
    }
}
