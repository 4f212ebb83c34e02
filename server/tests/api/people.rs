//! Whose numbers are entered nobody can know: each has a phone of their own or says so, and one phone names so many people.

use axum::http::{Method, StatusCode, header};
use chrono::TimeDelta;
use futures_util::future::join_all;
use serde_json::{Value, json};
use server::database::{
    DatabaseError,
    sql::{int, sql},
};
use server::jobs;
use server::phone_codes::phone_index;
use shared::identity::Phone;
use shared::invented;
use shared::marriage::PartyInput;
use sqlx::AnyConnection;

use crate::support::{
    Setup, TestApp,
    http::{Answer, Api, booking_of},
    test_apps,
};

/// The `n`th couple with the phones of another.
fn with_phones_of(phones: usize, n: usize) -> [PartyInput; 2] {
    let [his, hers] = invented::couple(phones).map(|party| party.phone);
    let [first, second] = invented::couple(n);
    [PartyInput { phone: his, ..first }, PartyInput { phone: hers, ..second }]
}

/// Holds a time, confirms both phones and asks for the booking.
async fn try_to_book(api: &Api, test: &TestApp, parties: [PartyInput; 2]) -> Answer {
    let hold = api.hold(test.free_slot("nanshan", "2026-05-18").await.id.0).await;
    let parties = api.with_codes(test, parties).await;
    api.post("/api/v1/bookings", booking_of(&hold, &parties)).await
}

async fn cancel(api: &Api, made: &Answer) {
    let reference = made.body["reference"].as_str().unwrap_or_else(|| panic!("nothing was made: {made:?}"));
    let path = format!("/api/v1/bookings/{reference}/cancel");
    let answer = api.with_token(Method::POST, &path, made.body["manage_token"].as_str().unwrap(), Value::Null).await;
    assert_eq!(answer.status, StatusCode::OK, "{answer:?}");
}

#[tokio::test]
async fn one_phone_for_both_is_a_choice_that_the_desk_hears_of() {
    for test in test_apps(Setup { phone_codes: false, ..Setup::default() }).await {
        let api = Api::of(&test.app);
        let [first, second] = invented::couple(1);
        let second = PartyInput { phone: format!("+86 {}", first.phone), ..second };
        let hold = api.hold(test.free_slot("nanshan", "2026-05-14").await.id.0).await;
        let mut body = booking_of(&hold, &[first, second]);
        let refused = api.post("/api/v1/bookings", body.clone()).await;
        assert_eq!(refused.fields(), [("parties.1.phone", "same_phone_twice")]);
        body["shared_phone"] = json!(true);
        let made = api.post("/api/v1/bookings", body).await;
        assert_eq!((made.status, &made.body["check_at_desk"]), (StatusCode::CREATED, &json!(true)), "{made:?}");
        let path = format!("/api/v1/bookings/{}", made.body["reference"].as_str().unwrap());
        let token = made.body["manage_token"].as_str().unwrap();
        let shown = api.with_token(Method::GET, &path, token, Value::Null).await;
        assert_eq!(shown.body["check_at_desk"], true, "it is kept");

        let own = api.booking(&test, 2, "2026-05-14").await;
        assert_eq!(own["check_at_desk"], false);
    }
}

#[tokio::test]
async fn a_couple_cancels_and_books_again_as_often_as_it_likes() {
    for test in test_apps(Setup::default()).await {
        let api = Api::of(&test.app);
        for _ in 0..8 {
            let made = try_to_book(&api, &test, invented::couple(1)).await;
            cancel(&api, &made).await;
            test.wait(TimeDelta::minutes(1));
        }
    }
}

#[tokio::test]
async fn a_phone_that_books_and_cancels_one_person_after_another_is_stopped_for_days() {
    for test in test_apps(Setup::default()).await {
        let api = Api::of(&test.app);
        for couple in 1..=3 {
            let made = try_to_book(&api, &test, with_phones_of(1, couple)).await;
            cancel(&api, &made).await;
            test.wait(TimeDelta::days(1));
        }
        let refused = try_to_book(&api, &test, with_phones_of(1, 4)).await;
        assert_eq!((refused.status, refused.code()), (StatusCode::TOO_MANY_REQUESTS, "too_many_people"));
        let wait: i64 = refused.header(header::RETRY_AFTER).unwrap().parse().unwrap();
        let four_days = TimeDelta::days(4).num_seconds();
        assert!((four_days..four_days + 60).contains(&wait), "{wait}");
        assert!(refused.body["detail"].as_str().unwrap().contains("5月20日"), "{refused:?}");

        let again = try_to_book(&api, &test, with_phones_of(1, 2)).await;
        assert_eq!(again.status, StatusCode::CREATED, "whom it named before it may name again");
        assert_eq!(try_to_book(&api, &test, invented::couple(4)).await.status, StatusCode::CREATED);
    }
}

#[tokio::test]
async fn what_a_phone_named_counts_for_a_week_and_is_then_forgotten() {
    for test in test_apps(Setup::default()).await {
        let api = Api::of(&test.app);
        for couple in 1..=3 {
            let made = try_to_book(&api, &test, with_phones_of(1, couple)).await;
            cancel(&api, &made).await;
        }
        test.set_clock("2026-05-20T10:00:00+08:00");
        jobs::round(&test.app, test.now()).await.unwrap();
        let count = sql("select count(*) as kept from named_person", []);
        let row = count.fetch_one(&mut *test.app.database().read().await.unwrap()).await.unwrap();
        assert_eq!(int(&row, "kept").unwrap(), 0);
        let hold = api.hold(test.free_slot("nanshan", "2026-05-25").await.id.0).await;
        let parties = api.with_codes(&test, with_phones_of(1, 4)).await;
        assert_eq!(api.post("/api/v1/bookings", booking_of(&hold, &parties)).await.status, StatusCode::CREATED);
    }
}

/// Whether somebody is booked is learned from the answer "already booked", so that answer has its price too.
#[tokio::test]
async fn whoever_asks_for_one_stranger_after_another_is_soon_told_nothing_more() {
    for test in test_apps(Setup::default()).await {
        let api = Api::of(&test.app);
        for couple in 11..=14 {
            api.booking(&test, couple, "2026-05-14").await;
        }
        test.wait(TimeDelta::minutes(2));
        for couple in 11..=13 {
            let told = try_to_book(&api, &test, with_phones_of(1, couple)).await;
            assert_eq!(told.code(), "already_booked");
        }
        let booked = try_to_book(&api, &test, with_phones_of(1, 14)).await;
        let free = try_to_book(&api, &test, with_phones_of(1, 15)).await;
        assert_eq!((booked.status, booked.code()), (StatusCode::TOO_MANY_REQUESTS, "too_many_people"));
        assert_eq!(booked.body, free.body, "who is booked and who is not are answered alike");
    }
}

#[tokio::test]
async fn many_requests_at_once_name_no_more_people_than_one_after_the_other() {
    for test in test_apps(Setup::default()).await {
        let api = Api::of(&test.app);
        let mut bodies = Vec::new();
        for couple in 1..=8 {
            let hold = api.hold(test.free_slot("nanshan", "2026-05-18").await.id.0).await;
            let parties = with_phones_of(1, couple);
            for party in &parties {
                let id = hold["hold_id"].as_str().unwrap().to_owned();
                let phone = phone_index(&test.app, &Phone::parse(&party.phone).unwrap());
                test.app.database().write_with((id, phone), confirm).await.unwrap();
            }
            bodies.push(booking_of(&hold, &parties));
        }
        let tried = bodies.into_iter().map(|body| api.post("/api/v1/bookings", body));
        let answers = join_all(tried).await;
        let made = answers.iter().filter(|answer| answer.status == StatusCode::CREATED).count();
        assert_eq!(made, 3, "{answers:?}");
        assert!(answers.iter().all(|answer| matches!(answer.status.as_u16(), 201 | 429)), "{answers:?}");
    }
}

/// As if the code sent to the phone had been typed for the hold before.
async fn confirm(connection: &mut AnyConnection, (hold, phone): &(String, String)) -> Result<(), DatabaseError> {
    let statement = "insert into confirmed_phone (appointment_id, phone_index) values ($1, $2)";
    sql(statement, [hold.as_str().into(), phone.as_str().into()]).execute(connection).await?;
    Ok(())
}
