//! The sentences that must be true of every database are true after whatever residents do, and each one's statement does
//! find what contradicts it.

use axum::http::{Method, StatusCode};
use serde_json::{Value, json};
use server::database::Backend;
use shared::appointments::BookingReference;
use sqlx::Connection;
use testhouse::invariants::{all, broken};

use super::counter::hall;
use super::procedures::desk;
use super::support::{
    Setup, TestApp,
    http::{Api, booking_of},
    test_apps,
};

const WITHOUT_CODES: Setup =
    Setup { now: "2026-05-13T10:00:00+08:00", phone_codes: false, rate_limit: false, public_url: None };

/// What somebody with the database's own rights could do to contradict a sentence.
const CONTRADICTIONS: [(&str, &str); 50] = [
    (
        "a time counts exactly the appointments and the tickets that occupy it",
        "update slot set taken = taken + 1 where taken > 0 and taken < capacity",
    ),
    ("a time gives out no more places than it has", "update slot set taken = capacity + 1"),
    ("an appointment is for what its time is for", "update appointment set service = 'ceremony_hall'"),
    (
        "what is released, expired or cancelled keeps no place without an end",
        "update appointment set occupies = 1, occupies_until = null where state = 'cancelled'",
    ),
    ("what occupies no place waits for no end", "update appointment set occupies = 0 where state = 'held'"),
    (
        "a hold has a place, an end and nobody's details",
        "update appointment set people = (select people from appointment where state = 'booked' limit 1) where state = 'held'",
    ),
    (
        "nobody is booked twice for one service",
        "update person set person_index = 'the same' \
 where person_index in (select min(person_index) from person where live = 1 group by appointment_id)",
    ),
    ("nobody counts as booked without a booking that stands", "update person set live = 1"),
    ("everybody of a booking that stands counts as booked", "update person set live = 0"),
    (
        "nobody holds more than two times of a service",
        "update appointment set holder = 'the same' where state = 'held'",
    ),
    (
        "a booking that stands has a place without an end, a number and people",
        "update appointment set booked_at = null where state = 'booked'",
    ),
    (
        "what was never booked keeps nobody's details",
        "update appointment set people = (select people from appointment where state = 'booked' limit 1) where state = 'released'",
    ),
    ("a reference number names one booking", "update appointment set reference = 'the same' where reference <> ''"),
    ("a request's key names one appointment", "update appointment set request_key = 'the same'"),
    (
        "a request's key is kept together with what was asked",
        "update appointment set request_body = null where request_key is not null",
    ),
    ("an appointment knows how many events it has", "update appointment set audit_length = audit_length + 1"),
    (
        "the events of a stream are numbered without a gap",
        "update audit set sequence = sequence + 1 where sequence > 1",
    ),
    ("an event continues the one before it", "update audit set hash = 'other' where sequence = 1"),
    (
        "what was booked has one event that says so, and nothing else has",
        "update audit set act = 'booking_seen' where act = 'booking_made'",
    ),
    ("every move and cancelling is counted as a change", "update appointment set changes = 0"),
    ("whatever happened to a booking was told to its phones", "delete from outbox where kind = 'booking_moved'"),
    (
        "nobody is told what did not happen",
        "update outbox set subject = 'appointment:none' where kind = 'booking_made'",
    ),
    (
        "a visit is called to one counter, and a counter calls one visit",
        "insert into open_call (visit_id, counter_id) select visit_id, counter_id + 1 from open_call",
    ),
    ("who is at a counter has an open call there, and nobody else has one", "delete from open_call"),
    ("nobody is at a counter that is closed", "update counter set state = 'closed'"),
    (
        "a clerk sits at one counter",
        "update counter set staff_id = (select staff_id from counter where staff_id is not null)",
    ),
    (
        "a ticket is one visit's of its office and day, and no higher than the day has given out",
        "update visit set ticket = 1",
    ),
    ("whoever is or was in the hall has a ticket", "update visit set ticket = null"),
    ("a booking is marked exactly while the hall has begun with it", "update appointment set arrived = 0"),
    (
        "nobody is in the hall with a booking that was ended",
        "update appointment set state = 'cancelled' where arrived = 1",
    ),
    ("nobody has priority who has not come", "update visit set priority = 1, state = 'booked'"),
    ("a visit and a counter know how many events they have", "update visit set audit_length = audit_length + 1"),
    (
        "nobody is told of a visit what its record does not say",
        "update outbox set kind = 'visit_refused' where kind = 'booking_moved'",
    ),
    (
        "nobody is signed in whose account waits for a second person or is suspended",
        "update staff_account set suspended_at = 1",
    ),
    (
        "a second person is neither the first nor the one it is about",
        "update staff_account set opened_by = staff_id, seen_by = staff_id",
    ),
    (
        "what is said of a place was confirmed by another than who proposed it",
        "insert into place_change (id, place, was, said, proposer, proposed_at, expires_at, decided_by, decided_at, outcome) \
         select 'one', 'nanshan', 'before', 'after', min(id), 1, 2, min(id), 1, 'confirmed' from staff",
    ),
    (
        "an account whose owner's number was erased is closed",
        "update staff_account set ended_at = 1, suspended_at = null",
    ),
    (
        "who filled a case in, who proposed and who signed are three people",
        "update procedure_case set proposed_by = approved_by where state = 'decided'",
    ),
    (
        "nobody decides on their own application",
        "update procedure_case set applicant_index = (select s.person_index from staff s where s.id = approved_by) \
         where state = 'decided'",
    ),
    (
        "whoever put an answer into a case did not sign it",
        "insert into case_hand (case_id, staff_id) select id, approved_by from procedure_case where state = 'decided'",
    ),
    (
        "what was decided was proposed and signed",
        "update procedure_case set approved_by = null where state = 'decided'",
    ),
    ("what is granted once is granted in one case", "update procedure_once set granted = 1, value_index = 'the same'"),
    ("nothing counts as granted by a case that nobody signed", "update procedure_once set granted = 1"),
    ("a case knows how many events it has", "update procedure_case set audit_length = audit_length + 1"),
    (
        "a draft that was handed in is found by nobody's phone",
        "update application_draft set phone_index = 'a phone' where submitted is not null",
    ),
    (
        "the office waits for a family exactly while it was asked for something",
        "update procedure_case set state = 'supplementing' where state = 'submitted'",
    ),
    (
        "a draft that was handed in keeps no file",
        "insert into case_file (id, draft_id, paper, position, state, announced, received, sealed, created_at) \
         select id, id, 'a paper', 0, 'receiving', 1, 0, sealed, 0 from application_draft where submitted is not null",
    ),
    (
        "only a bad rating is followed up",
        "insert into case_rating (case_id, grade, reasons, sealed, rated_at) \
         select id, 5, '', sealed, 1 from procedure_case where state = 'decided'; \
         insert into case_follow_up (case_id, staff_id, at, sealed) \
         select id, approved_by, 1, sealed from procedure_case where state = 'decided'",
    ),
    (
        "cases that name the same are looked for among each other's rivals",
        "update procedure_once set granted = 0, value_index = 'the same'",
    ),
    ("a word of a family waits since it was written", "update procedure_case set written_at = 1"),
];

#[tokio::test]
async fn what_residents_do_contradicts_no_sentence() {
    for test in test_apps(WITHOUT_CODES).await {
        live(&test).await;
        assert_eq!(broken(&mut test.connection().await).await, [""; 0]);
    }
}

#[tokio::test]
async fn each_sentence_is_found_untrue_once_somebody_contradicts_it() {
    let named: Vec<_> = all().map(|invariant| invariant.sentence).collect();
    assert_eq!(CONTRADICTIONS.map(|(sentence, _)| sentence).as_slice(), named);
    for test in test_apps(WITHOUT_CODES).await {
        live(&test).await;
        let mut connection = test.connection().await;
        for (sentence, contradiction) in CONTRADICTIONS {
            // Undone each time, so that every sentence meets the same database.
            let mut undone = connection.begin().await.unwrap();
            for statement in unguarded(test.backend()).iter().chain(&[contradiction]) {
                sqlx::raw_sql(*statement).execute(&mut *undone).await.unwrap();
            }
            let found = broken(&mut undone).await;
            assert!(found.iter().any(|found| found.contains(sentence)), "after {contradiction}: {found:?}");
            undone.rollback().await.unwrap();
        }
        assert_eq!(broken(&mut connection).await, [""; 0]);
    }
}

/// Takes away the database's own rules, which would refuse most contradictions.
fn unguarded(backend: Backend) -> &'static [&'static str] {
    match backend {
        Backend::Sqlite => &[
            "pragma ignore_check_constraints = on",
            "drop index person_books_once",
            "drop index holds_per_holder_once",
            "drop index booking_reference",
            "drop index idempotency_key",
            "drop index visit_is_called_once",
            "drop index counter_calls_once",
            "drop index counter_of_clerk",
            "drop index visit_ticket",
            "drop index audit_sequence",
            "drop index granted_once",
            "drop trigger audit_is_never_changed",
            "drop trigger audit_is_never_deleted",
            "drop trigger second_of_account_is_older",
            "drop trigger followed_by_another",
            "drop trigger case_is_not_ones_own",
        ],
        Backend::Postgres => &[
            "do $$ declare rule record; begin \
             for rule in select conrelid::regclass as whose, conname from pg_constraint where contype = 'c' and conrelid <> 0 \
             loop execute format('alter table %s drop constraint %I', rule.whose, rule.conname); end loop; end $$",
            "drop index person_books_once",
            "drop index holds_per_holder_once",
            "drop index booking_reference",
            "drop index idempotency_key",
            "drop index visit_is_called_once",
            "drop index counter_calls_once",
            "drop index counter_of_clerk",
            "drop index visit_ticket",
            "drop index audit_sequence",
            "drop index granted_once",
            "drop trigger audit_is_never_changed on audit",
            "drop trigger second_of_account_is_older on staff_account",
            "drop trigger followed_by_another on case_follow_up",
            "drop trigger case_is_not_ones_own on procedure_case",
        ],
    }
}

/// A little of everything: three holds, one given back, two bookings of which one was moved, and one cancelled; then in the
/// hall somebody who is called, and somebody who waits; then an application that is granted, and one that nobody has looked at.
async fn live(test: &TestApp) {
    let api = Api::of(&test.app);
    let slots = test.slots("nanshan", "2026-05-18").await;
    for slot in &slots[..3] {
        api.hold(slot.id.0).await;
    }
    let released = api.hold(slots[3].id.0).await;
    with_token(&api, Method::DELETE, &format!("holds/{}", text(&released, "hold_id")), &released, Value::Null).await;
    let mut bookings = Vec::new();
    for n in 0..3 {
        let hold = api.hold(slots[4].id.0).await;
        let booking = api.post("/api/v1/bookings", booking_of(&hold, &shared::invented::couple(n))).await;
        assert_eq!(booking.status, StatusCode::CREATED, "{booking:?}");
        bookings.push(booking.body);
    }
    let path = |n: usize, act: &str| format!("bookings/{}/{act}", text(&bookings[n], "reference"));
    let target = api.hold(slots[5].id.0).await;
    let to = json!({ "hold_id": target["hold_id"], "hold_token": target["hold_token"] });
    with_token(&api, Method::POST, &path(0, "reschedule"), &bookings[0], to).await;
    with_token(&api, Method::POST, &path(1, "cancel"), &bookings[1], Value::Null).await;

    test.set_clock("2026-05-18T09:30:00+08:00");
    let clerk = hall::clerk(test, 1).await;
    let reference = BookingReference::parse(text(&bookings[2], "reference")).unwrap();
    hall::arrive(test, &clerk, reference).await.unwrap();
    hall::ticket(test, &clerk).await.unwrap();
    let windows = hall::windows(test).await;
    hall::called(test, &clerk, windows[0]).await;

    let [reviewer, approver] = [desk::reviewer(test, 11).await, desk::approver(test, 12).await];
    let granted = desk::submitted(test, 21).await;
    desk::granted(test, &granted.id, (&reviewer, &approver)).await;
    desk::submitted(test, 22).await;
}

async fn with_token(api: &Api, method: Method, path: &str, of: &Value, body: Value) {
    let token = of["hold_token"].as_str().or(of["manage_token"].as_str()).unwrap();
    let answer = api.with_token(method, &format!("/api/v1/{path}"), token, body).await;
    assert!(answer.status.is_success(), "{answer:?}");
}

fn text<'a>(of: &'a Value, name: &str) -> &'a str {
    of[name].as_str().unwrap()
}
