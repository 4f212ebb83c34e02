//! What a browser holds, and by which code.

use std::net::Ipv4Addr;

use chrono::TimeDelta;
use server::appointments::hold;
use server::database::sql::{int, sql};
use server::marriage::BOOKABLE;
use server::phone_codes::{self, Asker, Recent, Sending};
use server::session::Session;
use server::{Error, jobs};
use shared::appointments::Refusal;
use shared::identity::Phone;
use shared::locale::Locale;
use shared::problem::Problem;

use super::returning::{take, take_with_code, without_codes};
use super::support::people::{self, book};
use super::support::{Setup, test_apps};

#[tokio::test]
async fn a_browser_holds_two_times_and_a_third_only_when_one_is_over() {
    for test in test_apps(without_codes()).await {
        let (slots, session) = (test.slots("nanshan", "2026-05-19").await, Session::new());
        let first = take(&test, slots[0].id, Some(&session)).await.unwrap();
        take(&test, slots[1].id, Some(&session)).await.unwrap();
        let third = take(&test, slots[2].id, Some(&session)).await;
        assert!(matches!(&third, Err(error) if error.refusal() == Some(Refusal::TooManyHolds)), "{third:?}");
        take(&test, slots[2].id, Some(&Session::new())).await.unwrap();

        hold::release(&test.app, &first.id, first.token.reveal(), test.now()).await.unwrap();
        take(&test, slots[2].id, Some(&session)).await.unwrap();
        test.wait(TimeDelta::minutes(15));
        take(&test, slots[3].id, Some(&session)).await.unwrap();
        take(&test, slots[4].id, Some(&session)).await.unwrap();
    }
}

#[tokio::test]
async fn a_browser_that_asks_twice_for_a_time_holds_one_place_of_it() {
    for test in test_apps(without_codes()).await {
        let (slot, session) = (test.free_slot("nanshan", "2026-05-19").await, Session::new());
        let first = take(&test, slot.id, Some(&session)).await.unwrap();
        let again = take(&test, slot.id, Some(&session)).await.unwrap();
        assert_eq!((first.id, first.expires_at), (again.id, again.expires_at));
        let left = test.slots("nanshan", "2026-05-19").await;
        assert_eq!(left[0].remaining, slot.capacity - 1);
    }
}

#[tokio::test]
async fn a_code_is_used_up_only_together_with_a_place() {
    for test in test_apps(Setup::default()).await {
        let (phone, session) = ("13800000001", Session::new());
        let slots = test.slots("nanshan", "2026-05-20").await;
        for n in 0..slots[0].capacity {
            let other = format!("1390000000{n}");
            let code = test.send_code(&BOOKABLE, &other).await;
            take_with_code(&test, slots[0].id, (&other, &code), &Session::new()).await.unwrap();
        }
        let code = test.send_code(&BOOKABLE, phone).await;
        let ask = async |place: usize| take_with_code(&test, slots[place].id, (phone, &code), &session).await;
        assert!(matches!(&ask(0).await, Err(error) if error.refusal() == Some(Refusal::SlotFull)));
        let taken = ask(1).await.unwrap();
        assert_eq!(ask(1).await.unwrap().id, taken.id, "a form sent twice takes one place");
        assert!(matches!(ask(2).await, Err(Error::Problem(Problem::Fields(_)))), "a code is used once");
    }
}

#[tokio::test]
async fn a_hold_is_extended_twice_and_not_a_third_time() {
    for test in test_apps(without_codes()).await {
        let slot = test.free_slot("nanshan", "2026-05-19").await;
        let hold = take(&test, slot.id, None).await.unwrap();
        for left in [1, 0] {
            let extended = hold::extend(&test.app, &hold.id, hold.token.reveal(), test.now()).await.unwrap();
            assert_eq!(extended.extensions_left, left);
        }
        let third = hold::extend(&test.app, &hold.id, hold.token.reveal(), test.now()).await;
        assert!(matches!(&third, Err(error) if error.refusal() == Some(Refusal::NoExtensionLeft)), "{third:?}");
        test.wait(TimeDelta::minutes(44));
        book(&test.app, &people::couple(1, &hold), None, test.now()).await.unwrap();
    }
}

#[tokio::test]
async fn nothing_is_kept_of_the_phone_of_a_hold_that_no_booking_came_of() {
    for test in test_apps(Setup::default()).await {
        let slots = test.slots("nanshan", "2026-05-20").await;
        let mut holds = Vec::new();
        for (slot, phone) in slots.iter().zip(["13800000001", "13800000002"]) {
            let code = test.send_code(&BOOKABLE, phone).await;
            holds.push(take_with_code(&test, slot.id, (phone, &code), &Session::new()).await.unwrap());
        }
        let kept = async || {
            let mut connection = test.app.database().read().await.unwrap();
            let statement = "select (select count(*) from appointment where holder is not null) \
                 + (select count(*) from confirmed_phone) as kept";
            int(&sql(statement, []).fetch_one(&mut *connection).await.unwrap(), "kept").unwrap()
        };
        assert_eq!(kept().await, 4);
        hold::release(&test.app, &holds[0].id, holds[0].token.reveal(), test.now()).await.unwrap();
        test.wait(TimeDelta::minutes(16));
        jobs::round(&test.app, test.now()).await.unwrap();
        assert_eq!(kept().await, 0);
    }
}

#[tokio::test]
async fn a_browser_holds_two_hot_times_however_many_phones_it_confirms() {
    for test in test_apps(Setup::default()).await {
        let (slots, session) = (test.slots("nanshan", "2026-05-20").await, Session::new());
        let mut answers = Vec::new();
        for (slot, phone) in slots.iter().zip(["13800000001", "13800000002", "13800000003"]) {
            let code = test.send_code(&BOOKABLE, phone).await;
            answers.push(take_with_code(&test, slot.id, (phone, &code), &session).await);
        }
        assert!(answers[0].is_ok() && answers[1].is_ok(), "{answers:?}");
        let third = &answers[2];
        assert!(matches!(third, Err(error) if error.refusal() == Some(Refusal::TooManyHolds)), "{third:?}");
        assert_eq!(test.slots("nanshan", "2026-05-20").await[2].remaining, slots[2].capacity);
    }
}

#[tokio::test]
async fn a_code_whose_tries_are_used_up_is_not_called_good() {
    for test in test_apps(Setup::default()).await {
        let (phone, asker) = (Phone::parse("13800000001").unwrap(), Asker::unknown());
        let send = async || {
            let asking = (&asker, Ipv4Addr::LOCALHOST.into());
            phone_codes::send(&test.app, asking, &phone, BOOKABLE.purpose(), Locale::Zh, test.now()).await.unwrap()
        };
        assert_eq!(send().await, Sending::Sent);
        test.wait(TimeDelta::seconds(20));
        assert_eq!(send().await, Sending::JustNow(Recent { is_good: true, again_in: 40 }));
        for _ in 0..5 {
            let purpose = BOOKABLE.purpose();
            phone_codes::confirm(&test.app, &asker, &phone, purpose, "not six", test.now()).await.unwrap_err();
        }
        assert_eq!(send().await, Sending::JustNow(Recent { is_good: false, again_in: 40 }));
        test.wait(TimeDelta::seconds(40));
        assert_eq!(send().await, Sending::Sent);
    }
}
