//! What a couple was promised: a reminder, a copy, an end to what is kept of them.

use std::net::Ipv4Addr;

use chrono::TimeDelta;
use server::appointments::booking::{Booked, Holder, find, reschedule, view};
use server::appointments::closure::{self, Kind, SlotChange};
use server::appointments::hold;
use server::audit::Actor;
use server::counter::{copied, offered};
use server::database::sql::int;
use server::marriage::BOOKABLE;
use server::phone_codes::Asker;
use server::{audit, domains, jobs};
use shared::appointments::{Refusal, SlotState};
use shared::identity::{Phone, PhoneCode};
use shared::locale::Locale;
use shared::localised::Localised;
use shared::marriage::{PartyInput, SERVICE};
use shared::places::PlaceId;

use super::support::people::{self, book};
use super::support::{Setup, TestApp, anyone, test_apps};

fn without_codes() -> Setup {
    Setup { phone_codes: false, ..Setup::default() }
}

async fn booked(test: &TestApp, couple: usize, date: &str) -> (Booked, Holder) {
    let slot = test.free_slot("nanshan", date).await;
    let asking = anyone();
    let hold = hold::take(&test.app, &BOOKABLE, slot.id, asking, test.now()).await.unwrap();
    let booked = book(&test.app, &people::couple(couple, &hold), None, test.now()).await.unwrap();
    let holder = find::by_token(&test.app, booked.reference, &booked.manage_token).await.unwrap();
    (booked, holder)
}

async fn round_at(test: &TestApp, instant: &str) {
    test.set_clock(instant);
    jobs::round(&test.app, test.now()).await.unwrap();
}

async fn of_kind(test: &TestApp, kind: &str) -> usize {
    test.messages().await.iter().filter(|posted| posted.kind == kind).count()
}

#[tokio::test]
async fn a_reminder_goes_out_once_on_the_working_day_before_and_wakes_nobody() {
    for test in test_apps(without_codes()).await {
        // A Monday; the working day before it is Friday, 22 May.
        booked(&test, 1, "2026-05-25").await;
        for (instant, reminded) in [
            ("2026-05-21T12:00:00+08:00", 0),
            ("2026-05-22T09:59:00+08:00", 0),
            ("2026-05-22T10:00:00+08:00", 2),
            ("2026-05-22T15:00:00+08:00", 2),
            ("2026-05-24T12:00:00+08:00", 2),
        ] {
            round_at(&test, instant).await;
            assert_eq!(of_kind(&test, "booking_reminder").await, reminded, "{instant}");
        }
        let text = &test.messages().await.into_iter().find(|posted| posted.kind == "booking_reminder").unwrap().message;
        assert!(text.text.contains("2026年5月25日 星期一") && text.text.contains("/m/"), "{}", text.text);
    }
}

#[tokio::test]
async fn whoever_was_just_told_of_a_new_time_is_not_reminded_of_it_in_the_same_minute() {
    for test in test_apps(without_codes()).await {
        let (_, holder) = booked(&test, 1, "2026-05-20").await;
        test.set_clock("2026-05-18T10:30:00+08:00");
        let slot = test.free_slot("nanshan", "2026-05-19").await;
        let to = reschedule::hold(&test.app, &BOOKABLE, &holder, slot.id, test.now()).await.unwrap();
        let to = (&to.id, to.token.reveal());
        reschedule::reschedule(&test.app, &BOOKABLE, &holder, to, test.now()).await.unwrap();
        for (instant, reminded) in
            [("2026-05-18T10:30:15+08:00", 0), ("2026-05-18T11:29:00+08:00", 0), ("2026-05-18T11:31:00+08:00", 2)]
        {
            round_at(&test, instant).await;
            assert_eq!(of_kind(&test, "booking_reminder").await, reminded, "{instant}");
        }
    }
}

#[tokio::test]
async fn nobody_is_reminded_of_what_was_booked_that_day_or_where_reminders_are_off() {
    for test in test_apps(without_codes()).await {
        test.set_clock("2026-05-18T09:00:00+08:00");
        booked(&test, 1, "2026-05-19").await;
        round_at(&test, "2026-05-18T12:00:00+08:00").await;
        assert_eq!(of_kind(&test, "booking_reminder").await, 0);
    }
    let quiet = TestApp::open(
        server::database::Backend::Sqlite,
        &["--demo", "on", "--phone-codes", "off", "--reminders", "off"],
        "2026-05-13T10:00:00+08:00",
    )
    .await;
    booked(&quiet, 1, "2026-05-19").await;
    round_at(&quiet, "2026-05-18T12:00:00+08:00").await;
    assert_eq!(of_kind(&quiet, "booking_reminder").await, 0);
}

#[tokio::test]
async fn what_is_kept_of_people_is_erased_on_the_day_that_was_said() {
    for test in test_apps(without_codes()).await {
        let (booked, holder) = booked(&test, 1, "2026-05-19").await;
        let unused = test.free_slot("nanshan", "2026-05-19").await;
        hold::take(&test.app, &BOOKABLE, unused.id, anyone(), test.now()).await.unwrap();
        let until = view::view(&test.app, &BOOKABLE, &holder, test.now()).await.unwrap().kept_until;
        assert_eq!(until.to_string(), "2026-07-18");
        round_at(&test, "2026-05-20T12:00:00+08:00").await;
        round_at(&test, "2026-07-18T23:59:00+08:00").await;
        view::view(&test.app, &BOOKABLE, &holder, test.now()).await.unwrap();

        round_at(&test, "2026-07-19T00:00:00+08:00").await;
        let gone = view::view(&test.app, &BOOKABLE, &holder, test.now()).await.err().unwrap();
        assert_eq!(gone.refusal(), Some(Refusal::Erased));
        for table in [
            "person where 1 = 1",
            "confirmed_phone where 1 = 1",
            "appointment where people is not null",
            "outbox where subject is not null",
        ] {
            assert_eq!(count(&test, table).await, 0, "{table}");
        }
        audit::verify_all(test.app.database(), domains::streams()).await.unwrap().unwrap();
        assert!(find::by_token(&test.app, booked.reference, &booked.manage_token).await.is_ok(), "the record stays");
        let of_whom = "appointment where session is not null or holder is not null or network is not null \
             or request_key is not null";
        assert_eq!(count(&test, of_whom).await, 0, "whose browser and phone it was is gone too");

        round_at(&test, "2031-05-19T23:59:00+08:00").await;
        assert!(
            find::by_token(&test.app, booked.reference, &booked.manage_token).await.is_ok(),
            "its years are not over"
        );
        round_at(&test, "2031-05-20T00:00:00+08:00").await;
        assert!(find::by_token(&test.app, booked.reference, &booked.manage_token).await.is_err());
        assert_eq!(count(&test, "appointment where reference is not null").await, 0);
        assert_eq!(count(&test, "audit where act = 'booking_made'").await, 1, "what was done stays");
        audit::verify_all(test.app.database(), domains::streams()).await.unwrap().unwrap();
        let mut connection = test.app.database().read().await.unwrap();
        assert_eq!(testhouse::invariants::broken(&mut connection).await, [""; 0]);
    }
}

#[tokio::test]
async fn a_code_and_the_phone_that_it_went_to_are_gone_a_day_after_it_ran_out_whatever_became_of_it() {
    for test in test_apps(without_codes()).await {
        booked(&test, 1, "2026-05-19").await;
        // Whoever has them books nothing.
        for phone in ["13600000000", "13700000000", "13800000000", "13900000000"] {
            test.send_code(&BOOKABLE, phone).await;
        }
        let mut beside = test.connection().await;
        let code = "from outbox where subject is null and state = 'waiting'";
        for statement in [
            format!("update outbox set state = 'sent', sent_at = created_at where id = (select min(id) {code})"),
            format!("update outbox set state = 'failed', attempts = 10 where id = (select min(id) {code})"),
            // As a version before wrote it, and as it was never sent.
            format!("update outbox set useful_until = null where id = (select max(id) {code})"),
        ] {
            sqlx::query(sqlx::AssertSqlSafe(statement)).execute(&mut beside).await.unwrap();
        }
        for (instant, left) in [
            ("2026-05-13T10:10:00+08:00", 4),
            ("2026-05-14T09:59:59+08:00", 4),
            ("2026-05-14T10:00:00+08:00", 3),
            ("2026-05-14T10:09:59+08:00", 3),
            ("2026-05-14T10:10:00+08:00", 0),
        ] {
            round_at(&test, instant).await;
            assert_eq!(count(&test, "outbox where subject is null").await, left, "{instant}");
        }
        assert_eq!(count(&test, "asked_code where 1 = 1").await, 0);
        assert_eq!(count(&test, "outbox where subject is not null").await, 2, "a booking's texts stay with it");
    }
}

/// How many rows there are, by a table and what is asked of it.
async fn count(test: &TestApp, rows: &str) -> i64 {
    let statement = format!("select count(*) as found from {rows}");
    let mut connection = test.app.database().read().await.unwrap();
    let row = sqlx::query(sqlx::AssertSqlSafe(statement)).fetch_one(&mut *connection).await.unwrap();
    int(&row, "found").unwrap()
}

/// Opens the booking by a code to one of its phones, and gives the token that opens it again.
async fn by_code(test: &TestApp, booked: &Booked, phone: &str) -> String {
    let (asker, phone) = (Asker::unknown(), Phone::parse(phone).unwrap());
    let (app, now, named) = (&test.app, test.now(), (booked.reference, &phone));
    let here = Ipv4Addr::LOCALHOST.into();
    find::send_code(app, &BOOKABLE, (&asker, here), named, Locale::Zh, now).await.unwrap();
    let code = PhoneCode::parse(&test.last_code(phone.as_str()).await).unwrap();
    find::by_code(app, &BOOKABLE, &asker, named, &code, now).await.unwrap().1
}

async fn copy(test: &TestApp, holder: &Holder) -> String {
    copied::copy(&test.app, &BOOKABLE, holder, test.now()).await.unwrap()
}

#[tokio::test]
async fn a_copy_has_in_full_only_whoever_proved_their_phone_and_its_phones_hear_of_it_once_a_day() {
    for test in test_apps(without_codes()).await {
        let (booked, by_link) = booked(&test, 1, "2026-05-19").await;
        let people = shared::invented::couple(1);
        let in_full = |copy: &str, place: usize| {
            let PartyInput { name, id_number, phone, .. } = &people[place];
            [name, id_number, phone].map(|kept| copy.contains(kept.as_str()))
        };
        let masked = copy(&test, &by_link).await;
        assert_eq!([in_full(&masked, 0), in_full(&masked, 1)], [[false; 3]; 2], "everybody has the link: {masked}");
        assert!(masked.contains("验证码") && masked.contains(&booked.reference.to_string()), "{masked}");
        for (place, person) in people.iter().enumerate() {
            let token = by_code(&test, &booked, &person.phone).await;
            let holder = find::by_token(&test.app, booked.reference, &token).await.unwrap();
            let own = copy(&test, &holder).await;
            assert_eq!((in_full(&own, place), in_full(&own, 1 - place)), ([true; 3], [false; 3]), "{own}");
            assert!(!own.contains("/m/") && own.contains("（链接略）"), "{own}");
            view::view(&test.app, &BOOKABLE, &holder, test.now()).await.unwrap();
        }
        assert_eq!(of_kind(&test, "booking_copied").await, 2);
        audit::verify_all(test.app.database(), domains::streams()).await.unwrap().unwrap();
        test.wait(TimeDelta::days(1));
        copy(&test, &by_link).await;
        assert_eq!(of_kind(&test, "booking_copied").await, 4);
    }
}

#[tokio::test]
async fn a_phone_that_both_gave_has_nobody_in_full_and_says_where_that_is_to_be_had() {
    for test in test_apps(without_codes()).await {
        let slot = test.free_slot("nanshan", "2026-05-19").await;
        let hold = hold::take(&test.app, &BOOKABLE, slot.id, anyone(), test.now()).await.unwrap();
        let [first, second] = shared::invented::couple(1);
        let phone = first.phone.clone();
        let numbers = [&first, &second].map(|party| party.id_number.clone());
        let mut request = people::request([first, second], &hold);
        request.parties[1].contact.phone = request.parties[0].contact.phone.clone();
        let booked = book(&test.app, &request, None, test.now()).await.unwrap();
        let token = by_code(&test, &booked, &phone).await;
        let holder = find::by_token(&test.app, booked.reference, &token).await.unwrap();
        let copy = copy(&test, &holder).await;
        for kept in numbers.iter().chain([&phone]) {
            assert!(!copy.contains(kept.as_str()), "{copy}");
        }
        assert!(copy.contains("请本人带证件到"), "{copy}");
    }
}

#[tokio::test]
async fn a_slot_that_was_cut_gives_out_no_place_until_it_is_down_to_its_new_size() {
    for test in test_apps(without_codes()).await {
        let (_, holder) = booked(&test, 1, "2026-05-19").await;
        booked(&test, 2, "2026-05-19").await;
        let day = "2026-05-19".parse().unwrap();
        let change = SlotChange {
            place: PlaceId::parse("nanshan").unwrap(),
            service: SERVICE,
            from: day,
            to: day,
            kind: Kind::Capacity(1),
            reason: Localised::new("人手不够", "Short of staff"),
        };
        let effect = closure::preview(&test.app, &change, test.now()).await.unwrap();
        offered::make(&test.app, &BOOKABLE, (change, Actor::Operator), effect.seen(), test.now()).await.unwrap();

        server::appointments::booking::cancel::cancel(&test.app, &BOOKABLE, &holder, test.now()).await.unwrap();
        test.wait(TimeDelta::hours(2));
        let slot = test.slots("nanshan", "2026-05-19").await.remove(0);
        assert_eq!((slot.remaining, slot.state), (0, SlotState::Full), "one booking is left, and one place");
        let asking = anyone();
        let late = hold::take(&test.app, &BOOKABLE, slot.id, asking, test.now()).await;
        assert!(matches!(&late, Err(error) if error.refusal() == Some(Refusal::SlotFull)), "{late:?}");
        jobs::round(&test.app, test.now()).await.unwrap();
        let slot = test.slots("nanshan", "2026-05-19").await.remove(0);
        assert_eq!((slot.capacity, slot.remaining), (1, 0));
    }
}
