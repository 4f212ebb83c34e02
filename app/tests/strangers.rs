//! What a stranger may learn by asking: nothing. For each question the cases, and one answer for all of them: the same
//! status, the same headers, the same body, but for what the stranger wrote into the request.

mod asking;
mod world;

use axum::http::StatusCode;

use asking::{Asked, Told, ask};
use world::World;

/// A question, the ways to put it, and what everybody is answered whose guess was wrong.
struct Question {
    asks: &'static str,
    cases: Vec<(&'static str, Asked)>,
    answers: &'static [u16],
}

#[tokio::test]
async fn no_stranger_is_told_one_case_from_another() {
    let world = World::open().await;
    for Question { asks, cases, answers } in questions(&world) {
        let mut first: Option<(&str, Vec<Told>)> = None;
        for (case, asked) in cases {
            let told = ask(world.app(), &asked).await;
            let statuses: Vec<u16> = told.iter().map(|told| told.status.as_u16()).collect();
            assert_eq!(statuses, answers, "{asks} {case}: {told:?}");
            match &first {
                None => first = Some((case, told)),
                Some((other, before)) => {
                    for (before, told) in before.iter().zip(&told) {
                        assert_eq!(before, told, "{asks} {other}, and {case}");
                    }
                }
            }
        }
    }
}

#[tokio::test]
async fn the_answers_of_those_who_may_know_differ() {
    // Were they the same for owners too, the table above could not fail.
    let world = World::open().await;
    let [booked, _, unknown] = world.references();
    for (reference, status) in [(booked, StatusCode::OK), (unknown, StatusCode::UNAUTHORIZED)] {
        let owner = Asked::new().get(&format!("/api/v1/bookings/{reference}")).with_token(&world.booked.token);
        assert_eq!(ask(world.app(), &owner).await[0].status, status);
    }
}

fn questions(world: &World) -> Vec<Question> {
    [codes(world), phones(world), people(world), references(world), holds(world)].into_iter().flatten().collect()
}

fn codes(world: &World) -> Vec<Question> {
    let phones = [
        ("never asked for one", &world.never),
        ("had one that ran out", &world.expired),
        ("used one", &world.used),
        ("waits for one", &world.waits),
        ("is a booking's", &world.booked.phone),
    ];
    let typed = phones.map(|(case, phone)| (case, Asked::new().naming(phone).hold(world.hot_slot, phone, "424242")));
    let sent = phones.map(|(case, phone)| (case, Asked::new().naming(phone).send_code(phone)));
    vec![
        Question { asks: "Is this the phone's code?", cases: typed.into(), answers: &[422] },
        Question { asks: "Did somebody else ask for a code?", cases: sent.into(), answers: &[202] },
    ]
}

fn phones(world: &World) -> Vec<Question> {
    let [booked, cancelled, unknown] = world.references();
    let pairs = [
        ("they belong together", booked, &world.booked.phone),
        ("the phone is another's", booked, &world.never),
        ("the booking is cancelled", cancelled, &world.cancelled.phone),
        ("there is no such booking", unknown, &world.booked.phone),
    ];
    let cases = pairs.map(|(case, reference, phone)| {
        let asked = Asked::new().naming(phone).naming(reference).look_up(reference, phone);
        (case, asked.get("/marriage/bookings/code").post("/marriage/bookings/code", "phone_code=424242"))
    });
    let asks = "Do this phone and this reference belong together?";
    vec![Question { asks, cases: cases.into(), answers: &[303, 200, 422] }]
}

fn people(world: &World) -> Vec<Question> {
    let couples = [
        ("nobody is booked", [3, 3]),
        ("both are booked", [1, 1]),
        ("one is booked", [1, 3]),
        ("both were booked", [2, 2]),
    ];
    let with = |code: &str| couples.map(|(case, of)| (case, Asked::new().book(&world.own_hold, of, code))).into();
    vec![
        Question { asks: "Is this person booked (with a guessed code)?", cases: with("424242"), answers: &[422] },
        Question { asks: "Is this person booked (without a code)?", cases: with(""), answers: &[422] },
    ]
}

fn references(world: &World) -> Vec<Question> {
    let cases = ["it stands", "it is cancelled", "there is none"].into_iter().zip(world.references());
    let cases = cases.map(|(case, reference)| {
        let api = format!("/api/v1/bookings/{reference}");
        let page = format!("/marriage/bookings/{reference}");
        let (token, forged) = (&world.own_booking.token, r#"{"hold_id":"a","hold_token":"b"}"#);
        let asked = Asked::new().naming(reference).get(&api).get(&api).with_token(token);
        let asked = asked.post_json(&format!("{api}/cancel"), "").with_token(token);
        let asked = asked.post_json(&format!("{api}/reschedule"), forged).with_token(token);
        let pages = ["", "/cancel", "/reschedule", "/reschedule/confirm", "/calendar.ics", "/data", "/print"];
        let asked = pages.iter().fold(asked, |asked, under| asked.get(&format!("{page}{under}")));
        let asked = asked.post(&format!("{page}/cancel"), "").post(&format!("{page}/data"), "");
        (case, asked.get(&format!("/m/{reference}-{token}")))
    });
    let answers = &[401, 401, 401, 401, 401, 401, 401, 401, 401, 401, 401, 401, 401, 404];
    vec![Question { asks: "Does this reference exist?", cases: cases.collect(), answers }]
}

fn holds(world: &World) -> Vec<Question> {
    let holds = [("it runs", &world.runs), ("it was given back", &world.released), ("there is none", &world.no_hold)];
    let cases = holds.map(|(case, hold)| {
        let forged = &world.own_hold.token;
        let path = format!("/api/v1/holds/{}", hold.id);
        let target = serde_json::json!({ "hold_id": hold.id, "hold_token": forged }).to_string();
        let asked = Asked::new().naming(&hold.id).post_json(&format!("{path}/extend"), "").with_token(forged);
        let asked = asked.delete(&path).with_token(forged).book(&hold.with_token(forged), [3, 3], "424242");
        let own = format!("/api/v1/bookings/{}/reschedule", world.own_booking.reference);
        (case, asked.post_json(&own, &target).with_token(&world.own_booking.token))
    });
    vec![Question { asks: "Does this hold exist?", cases: cases.into(), answers: &[404, 404, 404, 404] }]
}
