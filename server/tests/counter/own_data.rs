//! What is kept of somebody who stands at the desk: a copy and an erasure, by the card that lies there.

use chrono::TimeDelta;
use serde_json::Value as Json;
use server::appointments::booking::{Booked, find as find_booking, view};
use server::counter::looks::releases::{self, What};
use server::counter::looks::safety::Back;
use server::counter::one_visit;
use server::counter::own_data::{self, Kept, Named};
use server::counter::{copied, disowned, unmask};
use server::marriage::BOOKABLE;
use server::marriage::couple::MaskedCouple;
use server::staff::authority::Staff;
use server::{Error, jobs};
use shared::appointments::Refusal as NotBooked;
use shared::counter::{Act, Outcome, PersonalDetail, Refusal, UnmaskReason};
use shared::identity::{IdDocument, IdType, Sex};
use shared::marriage::{BookingRequest, PartyInput};
use shared::staff::Role;

use super::super::support::people::{person, request};
use super::super::support::{TestApp, anyone, test_apps};
use super::hall::*;

pub fn card(n: usize, sex: Sex) -> IdDocument {
    IdDocument::parse(IdType::ResidentId, &person(n, sex).id_number).unwrap()
}

fn named(n: usize, sex: Sex) -> Named {
    Named { document: card(n, sex), born: None, mistyped: None }
}

pub async fn find(test: &TestApp, by: &Staff, n: usize, sex: Sex) -> Vec<Kept> {
    own_data::find(&test.app, by, &named(n, sex), test.now()).await.unwrap()
}

pub async fn one(test: &TestApp, by: &Staff, n: usize, sex: Sex) -> Kept {
    let found = find(test, by, n, sex).await;
    assert_eq!(found.len(), 1);
    found.into_iter().next().unwrap()
}

pub async fn copy(test: &TestApp, by: &Staff, n: usize, sex: Sex) -> Json {
    let found = one(test, by, n, sex).await;
    own_data::copy(&test.app, by, &found.claim, test.now()).await.unwrap().kept
}

pub async fn erase(test: &TestApp, by: &Staff, n: usize, sex: Sex) -> Result<(), Error> {
    let found = one(test, by, n, sex).await;
    own_data::erase(&test.app, by, &found.claim, test.now()).await
}

async fn texts(test: &TestApp, kind: &str) -> usize {
    test.messages().await.iter().filter(|posted| posted.kind == kind).count()
}

/// The copy that whoever has the link gets.
pub async fn online(test: &TestApp, booked: &Booked) -> Json {
    let holder = find_booking::by_token(&test.app, booked.reference, &booked.manage_token).await.unwrap();
    serde_json::from_str(&copied::copy(&test.app, &BOOKABLE, &holder, test.now()).await.unwrap()).unwrap()
}

/// Who comes with a booking, as its page shows them.
pub async fn shown(test: &TestApp, booked: &Booked) -> MaskedCouple {
    let holder = find_booking::by_token(&test.app, booked.reference, &booked.manage_token).await.unwrap();
    let view = view::view(&test.app, &BOOKABLE, &holder, test.now()).await.unwrap();
    view.people.read::<MaskedCouple>().unwrap().clone()
}

#[tokio::test]
async fn a_copy_at_the_desk_has_ones_own_in_full_and_tells_no_phone() {
    for test in test_apps(setup()).await {
        let booked = booked(&test, 1, 0).await;
        let clerk = clerk(&test, 1).await;
        let [him, her] = [Sex::Male, Sex::Female].map(|sex| person(1, sex));
        let hers = copy(&test, &clerk, 1, Sex::Female).await;
        let text = hers.to_string();
        assert_eq!(
            (&hers["people"][1]["name"], &hers["people"][1]["id_number"]),
            (&her.name.into(), &her.id_number.into())
        );
        for hidden in [&him.name, &him.id_number, &him.phone, clerk.account().as_str(), "http"] {
            assert!(!text.contains(hidden), "{hidden}: {text}");
        }
        assert_eq!(hers["reference"], serde_json::json!(booked.reference));
        assert_eq!(texts(&test, "booking_copied").await, 0);
        // Neither of them reads online that the other was here.
        let online = online(&test, &booked).await.to_string();
        assert!(!online.contains("desk") && !online.contains("looked_up"), "{online}");
        let opened = one_visit::open(&test.app, &clerk, &visit_of(&booked), None, test.now()).await.unwrap();
        assert!(opened.history.iter().any(|done| done.what == server::counter::history::What::Copied));
        holds(&test).await;
    }
}

#[tokio::test]
async fn a_copy_at_the_desk_is_to_be_had_where_both_gave_one_phone() {
    for test in test_apps(setup()).await {
        let slot = test.slots("nanshan", DAY).await[0].id;
        let held = server::appointments::hold::take(&test.app, &BOOKABLE, slot, anyone(), test.now()).await.unwrap();
        let [first, second] = [Sex::Male, Sex::Female].map(|sex| person(1, sex));
        let second = PartyInput { phone: first.phone.clone(), ..second };
        let parties = shared::marriage::booking::couple(&[first.clone(), second.clone()], true).unwrap();
        let asked = BookingRequest { parties, ..request(shared::invented::couple(1), &held) };
        super::super::support::people::book(&test.app, &asked, None, test.now()).await.unwrap();
        let clerk = clerk(&test, 1).await;
        let hers = copy(&test, &clerk, 1, Sex::Female).await;
        assert_eq!(hers["people"][1]["id_number"], second.id_number);
        assert!(!hers.to_string().contains(&first.id_number));
    }
}

#[tokio::test]
async fn each_is_told_of_the_look_ups_by_their_own_card_and_of_no_other() {
    for test in test_apps(setup()).await {
        booked(&test, 1, 0).await;
        let clerk = clerk(&test, 1).await;
        let told = async |sex| {
            let found = one(&test, &clerk, 1, sex).await;
            own_data::copy(&test.app, &clerk, &found.claim, test.now()).await.unwrap().looked_up
        };
        let first = test.now();
        assert_eq!(told(Sex::Female).await, [first]);
        test.wait(TimeDelta::minutes(5));
        assert_eq!(told(Sex::Male).await, [test.now()], "of hers he learns nothing");
        test.wait(TimeDelta::minutes(5));
        disowned::find(&test.app, &clerk, (&card(1, Sex::Female), None), test.now()).await.unwrap();
        assert_eq!(told(Sex::Female).await, [first, test.now(), test.now()]);
        holds(&test).await;
    }
}

pub async fn ended_with(test: &TestApp, clerk: &Staff, booked: &Booked, outcome: Outcome) {
    clock(test, "09:05:00");
    let id = serving(test, clerk, booked).await;
    act(test, clerk, &id, Act::Finish(outcome)).await.unwrap();
}

#[tokio::test]
async fn each_has_only_their_own_erased_once_it_is_over_and_the_other_keeps_theirs() {
    for test in test_apps(setup()).await {
        let booked = booked(&test, 1, 0).await;
        let by = clerk(&test, 1).await;
        let refused = erase(&test, &by, 1, Sex::Male).await.unwrap_err();
        assert_eq!(refused.refusal(), Some(Refusal::StillNeeded), "it stands");
        let holder = find_booking::by_token(&test.app, booked.reference, &booked.manage_token).await.unwrap();
        server::appointments::booking::cancel::cancel(&test.app, &BOOKABLE, &holder, test.now()).await.unwrap();
        let [him, her] = [Sex::Male, Sex::Female].map(|sex| person(1, sex));
        erase(&test, &by, 1, Sex::Male).await.unwrap();
        assert!(find(&test, &by, 1, Sex::Male).await.is_empty());
        assert!(test.messages_to(&him.phone, "booking_made").await.is_empty());
        assert_eq!(test.messages_to(&her.phone, "booking_made").await.len(), 1);
        let [first, second] = shown(&test, &booked).await;
        assert_eq!((&*first.name, &*first.phone), ("（已删除）", ""));
        assert!(second.phone.ends_with(&her.phone[her.phone.len() - 4..]));
        // Hers is to be had in full by her alone: not by the link, which he has too.
        let hers = copy(&test, &by, 1, Sex::Female).await;
        assert_eq!(hers["people"], serde_json::json!([{ "erased": true }, hers["people"][1]]));
        assert_eq!(hers["people"][1]["id_number"], her.id_number);
        assert!(!online(&test, &booked).await.to_string().contains(&her.id_number));
        holds(&test).await;

        let other = clerk(&test, 2).await;
        erase(&test, &other, 1, Sex::Female).await.unwrap();
        let gone = view::view(&test.app, &BOOKABLE, &holder, test.now()).await.err().unwrap();
        assert_eq!(gone.refusal(), Some(NotBooked::Erased));
        assert_eq!(texts(&test, "booking_made").await, 0);
        holds(&test).await;
    }
}

#[tokio::test]
async fn what_is_over_today_is_kept_until_its_day_is() {
    for test in test_apps(setup()).await {
        let booked = booked(&test, 1, 0).await;
        let by = clerk(&test, 1).await;
        ended_with(&test, &by, &booked, Outcome::Registered).await;
        let refused = erase(&test, &by, 1, Sex::Male).await.unwrap_err();
        assert_eq!(refused.refusal(), Some(Refusal::StillNeeded));
        test.wait(TimeDelta::days(1));
        let by = clerk(&test, 2).await;
        erase(&test, &by, 1, Sex::Male).await.unwrap();
        erase(&test, &by, 1, Sex::Female).await.unwrap();
        jobs::round(&test.app, test.now()).await.unwrap();
        holds(&test).await;
    }
}

#[tokio::test]
async fn who_looked_at_the_number_needs_a_colleague_and_who_may_not_release_may_nothing() {
    for test in test_apps(setup()).await {
        let booked = booked(&test, 1, 0).await;
        let clerk = clerk(&test, 1).await;
        let number =
            unmask::Unmasking { who: 0, what: PersonalDetail::Number, why: UnmaskReason::Document, reason: None };
        unmask::unmask(&test.app, &clerk, &visit_of(&booked), number, test.now()).await.unwrap();
        let found = one(&test, &clerk, 1, Sex::Female).await;
        let refused = own_data::copy(&test.app, &clerk, &found.claim, test.now()).await.err().unwrap();
        assert_eq!(refused.refusal(), Some(Refusal::ReadInFull));
        let colleague = super::hall::clerk(&test, 2).await;
        let theirs = own_data::copy(&test.app, &colleague, &found.claim, test.now()).await.err().unwrap();
        assert_eq!(theirs.refusal(), Some(Refusal::LookAgain), "what another found");
        copy(&test, &colleague, 1, Sex::Female).await;
        for (n, role) in [(3, Role::Reviewer), (4, Role::Auditor)] {
            let other = staff_at(&test, n, role, "nanshan").await;
            assert!(is_not_allowed(&own_data::find(&test.app, &other, &named(1, Sex::Male), test.now()).await));
        }
        let auditor = staff_at(&test, 5, Role::Auditor, "nanshan").await;
        let listed = releases::list(&test.app, &auditor, &nanshan(), (Back::Month, 0), test.now()).await.unwrap();
        assert_eq!(listed.entries[0].what, What::Copied);
    }
}
