//! The second of two whom a booking names, once the office has ended it out of sight for the first: she stands at the desk with
//! her card, or he does who made it. Either is shown what a booking that nobody has ended shows, and the press of either counts.

use chrono::TimeDelta;
use serde_json::Value as Json;
use server::appointments::booking::release::Telling;
use server::appointments::booking::withheld::Guise;
use server::appointments::booking::{Booked, Holder, cancel, find as find_booking, reschedule, view};
use server::appointments::hold;
use server::counter::disowned::{self, Done, Found, ReadAs};
use server::counter::for_people::{self, For};
use server::counter::looks::releases::{self, Told, What};
use server::counter::looks::safety::Back;
use server::counter::{copied, history, one_visit};
use server::jobs;
use server::marriage::{BOOKABLE, Couple};
use server::outbox::sending;
use server::staff::authority::Staff;
use shared::appointments::{AppointmentState, Refusal as NotBooked};
use shared::counter::{Act, StateName};
use shared::identity::{IdDocument, IdType, Sex};
use shared::locale::Locale;
use shared::marriage::PartyInput;
use shared::plain_words::PlainWords;
use shared::staff::Role;

use super::super::support::people::{self, book, person};
use super::super::support::{TestApp, anyone, test_apps};
use super::hall::*;

/// A day until which each of those who hold a booking can call it off.
const LATER: &str = "2026-05-19";

async fn find(test: &TestApp, by: &Staff, n: usize, sex: Sex) -> Vec<Found> {
    let card = IdDocument::parse(IdType::ResidentId, &person(n, sex).id_number).unwrap();
    disowned::find(&test.app, by, (&card, None), test.now()).await.unwrap()
}

/// All that a clerk reads of what was found, and could say.
async fn shown(test: &TestApp, by: &Staff, n: usize, sex: Sex) -> Vec<([&'static str; 2], String, StateName, ReadAs)> {
    let found = find(test, by, n, sex).await;
    found.into_iter().map(|found| (found.service, found.date.to_string(), found.visit, found.read_as)).collect()
}

async fn press(test: &TestApp, by: &Staff, (n, sex): (usize, Sex), telling: Telling) -> Done {
    let found = find(test, by, n, sex).await.into_iter().next().expect("it is found");
    let why = (PlainWords::parse("本人单独说有危险").unwrap(), telling);
    disowned::release(&test.app, by, &found.claim, why, test.now()).await.unwrap()
}

async fn holder(test: &TestApp, booked: &Booked) -> Holder {
    find_booking::by_token(&test.app, booked.reference, &booked.manage_token).await.unwrap()
}

/// What a page and a copy say, but for the copies that were taken.
async fn read(test: &TestApp, booked: &Booked) -> (AppointmentState, i64, usize, Json) {
    let holder = holder(test, booked).await;
    let view = view::view(&test.app, &BOOKABLE, &holder, test.now()).await.unwrap();
    let copy = copied::copy(&test.app, &BOOKABLE, &holder, test.now()).await.unwrap();
    let mut copy: Json = serde_json::from_str(&copy).unwrap();
    let done = copy["done"].as_array().unwrap().iter().filter(|done| done["act"] != "booking_copied");
    let done = done.cloned().collect::<Vec<_>>();
    copy["done"] = done.into();
    copy["messages"] = Json::Null;
    let messages = view.messages.iter().filter(|posted| posted.kind != "booking_copied").count();
    (view.state, view.changes, messages, copy)
}

async fn released_texts(test: &TestApp) -> usize {
    sending::send_due(&test.app).await.unwrap();
    let all = test.messages().await;
    all.iter().filter(|posted| posted.kind == "booking_released" && posted.sent_at.is_some()).count()
}

/// The first couple, whose booking can be ended so that it reads as this, and the second with one that nobody ends; and a clerk.
pub(super) async fn with_a_control(test: &TestApp, guise: Guise) -> ([Booked; 2], Staff) {
    let date = if guise == Guise::Cancelled { LATER } else { DAY };
    let ended = booked_on(test, 1, ("nanshan", date), 8).await;
    let control = booked_on(test, 2, ("nanshan", date), 8).await;
    match guise {
        Guise::Cancelled => {}
        Guise::Standing => clock(test, "08:30:00"),
        Guise::VisitOver => clock(test, "10:50:00"),
    }
    let by = clerk(test, 1).await;
    if guise == Guise::VisitOver {
        for one in [&ended, &control] {
            arrived(test, &by, one).await;
        }
        act(test, &by, &visit_of(&control), Act::Left).await.unwrap();
    }
    ([ended, control], by)
}

/// Books these two online.
async fn online(test: &TestApp, parties: [PartyInput; 2]) -> Result<Booked, server::Error> {
    let slot = test.free_slot("demo-hill", "2026-05-19").await.id;
    let held = hold::take(&test.app, &BOOKABLE, slot, anyone(), test.now()).await.unwrap();
    book(&test.app, &people::request(parties, &held), None, test.now()).await
}

#[tokio::test]
async fn whoever_of_two_comes_second_is_shown_what_a_booking_that_nobody_ended_shows() {
    for guise in [Guise::Cancelled, Guise::Standing, Guise::VisitOver] {
        for test in test_apps(setup()).await {
            let ([ended, control], by) = with_a_control(&test, guise).await;
            press(&test, &by, (1, Sex::Female), Telling::Never).await;
            if guise == Guise::Cancelled {
                cancel::cancel(&test.app, &BOOKABLE, &holder(&test, &control).await, test.now()).await.unwrap();
            }
            let seen = shown(&test, &by, 1, Sex::Male).await;
            assert_eq!(seen, shown(&test, &by, 2, Sex::Male).await, "{guise:?}");
            let expected = if guise == Guise::Cancelled { ReadAs::Cancelled } else { ReadAs::Standing(guise) };
            assert_eq!((seen.len(), seen[0].3), (1, expected));

            // What he has done for himself shows nothing of what she did: not at the desk, nor at once, nor later.
            let before = read(&test, &ended).await;
            for (n, telling) in [(1, Telling::Now), (2, Telling::Never)] {
                let done = press(&test, &by, (n, Sex::Male), telling).await;
                assert_eq!(done, if guise == Guise::Cancelled { Done::Noted } else { Done::Ended });
            }
            assert_eq!(read(&test, &ended).await, before, "{guise:?}");
            let by = clerk(&test, 2).await;
            assert_eq!(shown(&test, &by, 1, Sex::Male).await, shown(&test, &by, 2, Sex::Male).await, "{guise:?}");
            assert_eq!(released_texts(&test).await, 0, "she asked that nobody be told");
            let [read_of_his, read_of_control] = [read(&test, &ended).await, read(&test, &control).await];
            assert_eq!((read_of_his.0, read_of_his.1), (read_of_control.0, read_of_control.1), "{guise:?}");
            holds(&test).await;
            test.wait(TimeDelta::days(3));
            jobs::round(&test.app, test.now()).await.unwrap();
            assert_eq!(released_texts(&test).await, 0);
            holds(&test).await;
        }
    }
}

#[tokio::test]
async fn each_of_them_books_with_somebody_else_and_the_two_together_are_refused_as_before() {
    for test in test_apps(setup()).await {
        let made = booked(&test, 1, 8).await;
        clock(&test, "08:30:00");
        let by = clerk(&test, 1).await;
        let [him, her] = [Sex::Male, Sex::Female].map(|sex| person(1, sex));
        press(&test, &by, (1, Sex::Female), Telling::Never).await;
        let third = person(7, Sex::Female);
        assert!(
            online(&test, [him.clone(), third.clone()]).await.is_err(),
            "he counts until he says that it is not his"
        );
        press(&test, &by, (1, Sex::Male), Telling::Never).await;
        let warned = async || test.messages_to(&him.phone, "duplicate_tried").await.len();
        let before = warned().await;
        let both = online(&test, [him.clone(), her.clone()]).await.unwrap_err();
        assert_eq!(both.refusal(), Some(NotBooked::AlreadyBooked));
        assert_eq!(warned().await, before.max(1), "its phones hear of it as of any second try");
        online(&test, [him.clone(), third]).await.unwrap();
        online(&test, [person(8, Sex::Male), her.clone()]).await.unwrap();
        assert_eq!(read(&test, &made).await.0, AppointmentState::Booked);
        holds(&test).await;
    }
    for test in test_apps(setup()).await {
        booked(&test, 1, 8).await;
        clock(&test, "08:30:00");
        let by = clerk(&test, 1).await;
        for sex in [Sex::Female, Sex::Male] {
            press(&test, &by, (1, sex), Telling::Never).await;
        }
        let slot = test.free_slot("nanshan", "2026-05-18").await.id;
        let held = hold::take(&test.app, &BOOKABLE, slot, anyone(), test.now()).await.unwrap();
        let who = For { people: Box::new(Couple(people::couple(1, &held).parties)), locale: Locale::Zh, seen: true };
        for_people::book(&test.app, &by, &BOOKABLE, (slot, &super::hall::press()), who, test.now()).await.unwrap();
        holds(&test).await;
    }
}

#[tokio::test]
async fn they_are_told_when_the_last_of_the_two_wishes_and_never_where_one_wishes_that() {
    let hours = |hours| Telling::After(TimeDelta::hours(hours));
    let after = |hours| Some(TimeDelta::hours(hours));
    for (first, second, told) in [
        (hours(2), Telling::Now, after(2)),
        (hours(2), hours(5), after(5)),
        (hours(5), hours(2), after(5)),
        (hours(2), Telling::Never, None),
        (Telling::Never, hours(2), None),
    ] {
        for reads_as in [ReadAs::Cancelled, ReadAs::Standing(Guise::Standing)] {
            for test in test_apps(setup()).await {
                let date = if reads_as == ReadAs::Cancelled { LATER } else { DAY };
                let made = booked_on(&test, 1, ("nanshan", date), 20).await;
                if reads_as != ReadAs::Cancelled {
                    clock(&test, "08:30:00");
                }
                let by = clerk(&test, 1).await;
                press(&test, &by, (1, Sex::Female), first).await;
                assert_eq!(find(&test, &by, 1, Sex::Male).await[0].read_as, reads_as);
                press(&test, &by, (1, Sex::Male), second).await;
                let wait = told.unwrap_or(TimeDelta::hours(6));
                test.wait(wait - TimeDelta::seconds(1));
                assert_eq!(released_texts(&test).await, 0, "{first:?}, {second:?}, {reads_as:?}");
                assert_ne!(read(&test, &made).await.0, AppointmentState::Released, "{first:?}, {second:?}");
                test.wait(TimeDelta::seconds(1));
                let state = read(&test, &made).await.0;
                assert_eq!(released_texts(&test).await, if told.is_some() { 2 } else { 0 }, "{first:?}, {second:?}");
                assert_eq!(state == AppointmentState::Released, told.is_some(), "{first:?}, {second:?}, {reads_as:?}");
                let acts = read(&test, &made).await.3["done"].to_string();
                assert_eq!(acts.matches("booking_released").count(), usize::from(told.is_some()), "{acts}");
                assert!(!acts.contains("disowned"), "{acts}");
                jobs::round(&test.app, test.now()).await.unwrap();
                holds(&test).await;
            }
        }
    }
}

#[tokio::test]
async fn that_she_disowns_it_too_is_on_record_and_costs_what_it_cost_the_first() {
    for test in test_apps(setup()).await {
        let made = booked_on(&test, 1, ("nanshan", LATER), 8).await;
        let by = clerk(&test, 1).await;
        press(&test, &by, (1, Sex::Female), Telling::After(TimeDelta::hours(2))).await;
        press(&test, &by, (1, Sex::Male), Telling::Never).await;
        let asked = "select count(*) from audit where stream = 'office' and act = 'document_looked_up'";
        assert_eq!(number(&test.app, asked).await, 2);
        let auditor = staff_at(&test, 2, Role::Auditor, "nanshan").await;
        let listed = releases::list(&test.app, &auditor, &nanshan(), (Back::Month, 0), test.now()).await.unwrap();
        let what: Vec<_> = listed.entries.iter().map(|entry| entry.what.clone()).collect();
        let reason = Some("本人单独说有危险".to_owned());
        assert_eq!(what[0], What::Disowned { told: Some(Told::Never), reason: reason.clone() });
        let told = Told::At(test.now() + TimeDelta::hours(2));
        assert!(what.contains(&What::Released { told, reason }), "{what:?}");
        let opened = one_visit::open(&test.app, &by, &visit_of(&made), None, test.now()).await.unwrap();
        assert!(opened.history.iter().any(|done| done.what == history::What::Disowned));
        assert!(find(&test, &by, 1, Sex::Male).await.is_empty(), "there is nothing more of it to say for him");

        // Of one that they know the office has ended it is said so, and written down alike.
        booked_on(&test, 3, ("nanshan", LATER), 8).await;
        let other = clerk(&test, 3).await;
        press(&test, &other, (3, Sex::Female), Telling::Now).await;
        assert_eq!(find(&test, &other, 3, Sex::Male).await[0].read_as, ReadAs::Released);
        assert_eq!(press(&test, &other, (3, Sex::Male), Telling::Now).await, Done::Noted);
        assert_eq!(released_texts(&test).await, 2, "no further text goes out");
        holds(&test).await;
    }
}

#[tokio::test]
async fn what_stood_and_was_moved_since_reads_as_called_off_once_the_second_has_it_ended() {
    for test in test_apps(setup()).await {
        let made = booked(&test, 1, 8).await;
        clock(&test, "08:30:00");
        let by = clerk(&test, 1).await;
        press(&test, &by, (1, Sex::Female), Telling::Never).await;
        test.close("nanshan", DAY, ["停电", "Power cut"]).await;
        let theirs = holder(&test, &made).await;
        let slot = test.free_slot("nanshan", "2026-05-20").await.id;
        let held = reschedule::hold(&test.app, &BOOKABLE, &theirs, slot, test.now()).await.unwrap();
        let to = (&held.id, held.token.reveal());
        reschedule::reschedule(&test.app, &BOOKABLE, &theirs, to, test.now()).await.unwrap();
        assert_eq!(find(&test, &by, 1, Sex::Male).await[0].read_as, ReadAs::Standing(Guise::Cancelled));
        press(&test, &by, (1, Sex::Male), Telling::Never).await;
        let (state, changes, _, copy) = read(&test, &made).await;
        assert_eq!((state, changes), (AppointmentState::Cancelled, 2));
        let done: Vec<_> = copy["done"].as_array().unwrap().iter().map(|done| done["act"].clone()).collect();
        assert_eq!(done, ["hold_taken", "booking_made", "booking_moved", "booking_cancelled"]);
        holds(&test).await;
    }
}
