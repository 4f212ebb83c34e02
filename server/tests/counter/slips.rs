//! Corrections at the desk, one after the other: what they leave to be corrected, what a press that comes twice does, and where what
//! waits for a phone goes.

use chrono::TimeDelta;
use server::Error;
use server::appointments::hold;
use server::counter::own_data::{self, Kept, Named};
use server::marriage::BOOKABLE;
use server::outbox::{Delivery, sending};
use server::staff::authority::Staff;
use shared::appointments::BookingReference;
use shared::identity::{IdDocument, IdType, PersonName, Sex};
use shared::problem::Problem;

use super::super::support::people::{self, person};
use super::super::support::{TestApp, anyone, test_apps};
use super::hall::*;

fn card(n: usize, sex: Sex) -> IdDocument {
    IdDocument::parse(IdType::ResidentId, &person(n, sex).id_number).unwrap()
}

async fn by_number(test: &TestApp, by: &Staff, n: usize, sex: Sex) -> Kept {
    let named = Named { document: card(n, sex), born: None, mistyped: None };
    own_data::find(&test.app, by, &named, test.now()).await.unwrap().remove(0)
}

/// With the card of woman `n`, in the booking of another where this is her name.
async fn by_name(test: &TestApp, by: &Staff, n: usize, (reference, name): (BookingReference, &str)) -> Kept {
    let mistyped = Some((reference, PersonName::parse(name).unwrap()));
    let named = Named { document: card(n, Sex::Female), born: None, mistyped };
    own_data::find(&test.app, by, &named, test.now()).await.unwrap().remove(0)
}

async fn correct(test: &TestApp, by: &Staff, found: &Kept, (name, phone): (&str, &str)) -> Result<(), Error> {
    let reviewed = own_data::review(&test.app, by, (&found.claim, name, phone), test.now()).await?;
    own_data::correct(&test.app, by, &reviewed.claim, test.now()).await
}

/// Why the only field that is wrong is.
fn why(refused: Result<(), Error>) -> &'static str {
    match refused.unwrap_err().into_problem() {
        Problem::Fields(errors) => errors.iter().next().unwrap().reason.code(),
        other => panic!("{other:?}"),
    }
}

async fn corrections(test: &TestApp) -> i64 {
    number(&test.app, "select count(*) from audit where act = 'people_corrected'").await
}

#[tokio::test]
async fn name_and_number_of_one_person_are_never_both_put_right() {
    for test in test_apps(setup()).await {
        let [one, two] = [booked(&test, 1, 0).await, booked(&test, 2, 0).await];
        let by = clerk(&test, 1).await;
        let found = by_name(&test, &by, 9, (one.reference, &person(1, Sex::Female).name)).await;
        correct(&test, &by, &found, ("", "")).await.unwrap();
        let found = by_number(&test, &by, 9, Sex::Female).await;
        assert_eq!(why(correct(&test, &by, &found, ("演别人", "13800009999")).await), "somebody_else");
        correct(&test, &by, &found, ("", "13800009999")).await.unwrap();
        let his = by_number(&test, &by, 1, Sex::Male).await;
        correct(&test, &by, &his, ("演正名", "")).await.unwrap();

        let colleague = clerk(&test, 2).await;
        let found = by_number(&test, &colleague, 2, Sex::Female).await;
        correct(&test, &colleague, &found, ("演正名", "")).await.unwrap();
        let found = by_name(&test, &colleague, 8, (two.reference, "演正名")).await;
        assert_eq!(why(correct(&test, &colleague, &found, ("", "")).await), "somebody_else");
        assert_eq!(corrections(&test).await, 4);
        holds(&test).await;
    }
}

#[tokio::test]
async fn what_is_kept_of_one_person_is_put_right_four_times_in_a_booking() {
    for test in test_apps(setup()).await {
        booked(&test, 1, 0).await;
        let by = clerk(&test, 1).await;
        let found = by_number(&test, &by, 1, Sex::Female).await;
        for n in 1..=4 {
            correct(&test, &by, &found, ("", &format!("1380000999{n}"))).await.unwrap();
        }
        assert_eq!(why(correct(&test, &by, &found, ("", "13800009995")).await), "corrected_often");
        let his = by_number(&test, &by, 1, Sex::Male).await;
        correct(&test, &by, &his, ("", "13800009996")).await.unwrap();
        holds(&test).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_correction_that_is_pressed_again_is_made_and_told_once() {
    for test in test_apps(setup()).await {
        booked(&test, 1, 0).await;
        let by = clerk(&test, 1).await;
        let found = by_number(&test, &by, 1, Sex::Female).await;
        let reviewed =
            own_data::review(&test.app, &by, (&found.claim, "演正名", "13800009999"), test.now()).await.unwrap();
        let other = own_data::review(&test.app, &by, (&found.claim, "", "13800009999"), test.now()).await.unwrap();
        let press = async || own_data::correct(&test.app, &by, &reviewed.claim, test.now()).await;
        let at_once = tokio::join!(press(), press(), press());
        assert!(at_once.0.is_ok() && at_once.1.is_ok() && at_once.2.is_ok(), "{at_once:?}");
        test.wait(TimeDelta::minutes(1));
        press().await.unwrap();
        press().await.unwrap();
        // What was read before and is so by now is no correction either.
        let again = own_data::correct(&test.app, &by, &other.claim, test.now()).await;
        assert_eq!(why(again), "nothing_to_correct");
        let told = test.messages().await.iter().filter(|posted| posted.kind == "people_corrected").count();
        assert_eq!((corrections(&test).await, told), (1, 3), "the phones of before and of now");
        holds(&test).await;
    }
}

/// How many texts of a kind each of these phones was sent.
async fn sent<const N: usize>(test: &TestApp, kind: &str, phones: [&str; N]) -> [usize; N] {
    let mut counts = [0; N];
    for (count, phone) in counts.iter_mut().zip(phones) {
        *count = test.messages_to(phone, kind).await.len();
    }
    counts
}

#[tokio::test]
async fn where_one_of_two_gives_a_phone_of_their_own_both_get_what_waits() {
    for test in test_apps(setup()).await {
        let slot = test.slots("nanshan", DAY).await[0].id;
        let held = hold::take(&test.app, &BOOKABLE, slot, anyone(), test.now()).await.unwrap();
        let mut couple = people::couple(1, &held);
        couple.parties[1].contact.phone = couple.parties[0].contact.phone.clone();
        people::book(&test.app, &couple, None, test.now()).await.unwrap();
        let (by, shared) = (clerk(&test, 1).await, person(1, Sex::Male).phone);
        // What was overtaken is told to neither.
        test.close("nanshan", DAY, ["停电", "Power cut"]).await;
        let found = by_number(&test, &by, 1, Sex::Female).await;
        correct(&test, &by, &found, ("", "13800009998")).await.unwrap();
        sending::send_due(&test.app).await.unwrap();
        assert_eq!(sent(&test, "booking_day_closed", [&shared, "13800009998"]).await, [1, 1]);
        assert_eq!(sent(&test, "booking_made", [&shared, "13800009998"]).await, [1, 0]);
        assert_eq!(sent(&test, "people_corrected", [&shared, "13800009998"]).await, [1, 1]);
        let delivered = test.messages().await.into_iter().filter(|posted| posted.delivery == Delivery::Sent).count();
        assert_eq!(delivered, 4, "that it was made is no longer so");
        holds(&test).await;
    }
}

#[tokio::test]
async fn the_phone_of_the_other_is_not_put_in_the_place_of_ones_own() {
    for test in test_apps(setup()).await {
        booked(&test, 1, 0).await;
        let by = clerk(&test, 1).await;
        let [him, her] = [Sex::Male, Sex::Female].map(|sex| person(1, sex).phone);
        let found = by_number(&test, &by, 1, Sex::Female).await;
        assert_eq!(why(correct(&test, &by, &found, ("", &him)).await), "same_phone_twice");
        sending::send_due(&test.app).await.unwrap();
        assert_eq!(sent(&test, "booking_made", [&him, &her]).await, [1, 1], "to each once");
    }
}

#[tokio::test]
async fn what_waits_for_a_phone_that_was_wrong_goes_to_the_right_one_and_corrections_to_both() {
    for test in test_apps(setup()).await {
        booked(&test, 1, 0).await;
        let by = clerk(&test, 1).await;
        let [him, her] = [Sex::Male, Sex::Female].map(|sex| person(1, sex).phone);
        test.close("nanshan", DAY, ["停电", "Power cut"]).await;
        let found = by_number(&test, &by, 1, Sex::Female).await;
        for phone in ["13800009998", "13800009999"] {
            correct(&test, &by, &found, ("", phone)).await.unwrap();
        }
        sending::send_due(&test.app).await.unwrap();
        let count = async |phone: &str, kind| test.messages_to(phone, kind).await.len();
        for kind in ["booking_made", "booking_day_closed"] {
            for (phone, texts) in [(&*him, 1), (&*her, 0), ("13800009998", 0), ("13800009999", 1)] {
                assert_eq!(count(phone, kind).await, texts, "{kind} to {phone}");
            }
        }
        for (phone, texts) in [(&*him, 2), (&*her, 1), ("13800009998", 2), ("13800009999", 1)] {
            assert_eq!(count(phone, "people_corrected").await, texts, "to {phone}");
        }
        // What was sent went where it went.
        correct(&test, &by, &found, ("", "13800009997")).await.unwrap();
        assert_eq!(count("13800009999", "booking_made").await, 1);
        holds(&test).await;
    }
}
