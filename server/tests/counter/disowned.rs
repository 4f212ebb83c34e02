//! A booking that somebody else made with a person's numbers, who stands at the desk with the card.

use chrono::TimeDelta;
use server::Error;
use server::appointments::booking::release::Telling;
use server::appointments::booking::{Booked, find as find_booking, view};
use server::appointments::hold;
use server::counter::copied;
use server::counter::disowned::{self, Found};
use server::counter::looks::releases::{self, Told, What};
use server::counter::looks::safety::Back;
use server::database::sql::{sql, text};
use server::marriage::BOOKABLE;
use server::outbox::sending;
use server::staff::authority::Staff;
use shared::appointments::{AppointmentState, Refusal as NotBooked};
use shared::counter::Refusal;
use shared::identity::{IdDocument, IdType, Sex};
use shared::marriage::PartyInput;
use shared::plain_words::PlainWords;
use shared::staff::{OfficeId, Role};

use super::super::support::people::{self, book, person};
use super::super::support::{TestApp, anyone, test_apps};
use super::hall::{clerk, holds, is_not_allowed, number, setup, staff_at};

/// A booking at another office of couple 1's numbers with a stranger's phones.
async fn hostile(test: &TestApp) -> Booked {
    let slot = test.free_slot("demo-hill", "2026-05-19").await.id;
    let held = hold::take(&test.app, &BOOKABLE, slot, anyone(), test.now()).await.unwrap();
    let [his, hers] = [Sex::Male, Sex::Female].map(|sex| person(99, sex).phone);
    let [first, second] = [Sex::Male, Sex::Female].map(|sex| person(1, sex));
    let parties = [PartyInput { phone: his, ..first }, PartyInput { phone: hers, ..second }];
    book(&test.app, &people::request(parties, &held), None, test.now()).await.unwrap()
}

fn card(n: usize) -> IdDocument {
    IdDocument::parse(IdType::ResidentId, &person(n, Sex::Female).id_number).unwrap()
}

async fn find(test: &TestApp, by: &Staff, n: usize) -> Result<Vec<Found>, Error> {
    disowned::find(&test.app, by, (&card(n), None), test.now()).await
}

async fn release(test: &TestApp, by: &Staff, claim: &str, telling: Telling) -> Result<(), Error> {
    let reason = PlainWords::parse("本人持证到窗口").unwrap();
    disowned::release(&test.app, by, claim, (reason, telling), test.now()).await.map(drop)
}

async fn one(test: &TestApp, by: &Staff) -> Found {
    find(test, by, 1).await.unwrap().into_iter().next().expect("it is found")
}

#[tokio::test]
async fn two_presses_end_it_at_whatever_office_and_show_its_day_alone() {
    for test in test_apps(setup()).await {
        let made = hostile(&test).await;
        let clerk = clerk(&test, 1).await;
        let found = one(&test, &clerk).await;
        assert_eq!(found.date.to_string(), "2026-05-19");
        let debug = format!("{found:?}");
        for hidden in ["演", "139", "hill", &made.reference.to_string()] {
            assert!(!debug.contains(hidden), "{hidden}: {debug}");
        }
        release(&test, &clerk, &found.claim, Telling::Now).await.unwrap();
        assert!(find(&test, &clerk, 1).await.unwrap().is_empty());
        let again = release(&test, &clerk, &found.claim, Telling::Now).await.unwrap_err();
        assert_eq!(again.refusal(), Some(NotBooked::BookingEnded));

        let statement = "select actor, detail from audit where stream = $1 and act = 'booking_released'";
        let row = sql(statement, [made.id.as_str().into()]);
        let row = row.fetch_one(&mut *test.app.database().read().await.unwrap()).await.unwrap();
        assert_eq!(text(&row, "actor").unwrap(), format!("staff:{}", clerk.person()));
        assert!(text(&row, "detail").unwrap().contains("本人持证"));
        let told = test.text_to(&person(99, Sex::Male).phone, "booking_released").await;
        assert!(told.contains("撤销") && !told.contains("本人") && !told.contains("证件"), "{told}");
        holds(&test).await;
    }
}

#[tokio::test]
async fn who_booked_is_told_later_or_never_as_the_clerk_chooses() {
    for test in test_apps(setup()).await {
        let clerk = clerk(&test, 1).await;
        let phone = person(99, Sex::Male).phone;
        let texts = async || test.messages_to(&phone, "booking_released").await.len();
        let made = hostile(&test).await;
        let never = one(&test, &clerk).await;
        release(&test, &clerk, &never.claim, Telling::Never).await.unwrap();
        assert_eq!(texts().await, 0);
        test.wait(TimeDelta::days(3));
        let holder = find_booking::by_token(&test.app, made.reference, &made.manage_token).await.unwrap();
        let seen = view::view(&test.app, &BOOKABLE, &holder, test.now()).await.unwrap();
        assert_eq!((seen.state, seen.messages.len()), (AppointmentState::Cancelled, 2), "they never learn of it");
        let clerk = super::hall::clerk(&test, 2).await;

        let made = hostile(&test).await;
        let later = one(&test, &clerk).await;
        release(&test, &clerk, &later.claim, Telling::After(TimeDelta::hours(5))).await.unwrap();
        let holder = find_booking::by_token(&test.app, made.reference, &made.manage_token).await.unwrap();
        let read = async || {
            let view = view::view(&test.app, &BOOKABLE, &holder, test.now()).await.unwrap();
            (view.state, view.messages.iter().filter(|posted| posted.kind == "booking_released").count())
        };
        assert_eq!(
            read().await,
            (AppointmentState::Cancelled, 0),
            "its page tells neither of it nor of a text that waits"
        );
        let copied = copied::copy(&test.app, &BOOKABLE, &holder, test.now()).await.unwrap();
        for told in ["已由办理机关撤销", "booking_looked_up", "release"] {
            assert!(!copied.contains(told), "{told}: {copied}");
        }
        test.wait(TimeDelta::hours(5) - TimeDelta::seconds(1));
        sending::send_due(&test.app).await.unwrap();
        let sent = async || {
            let all = test.messages().await;
            all.into_iter().filter(|posted| posted.kind == "booking_released" && posted.sent_at.is_some()).count()
        };
        assert_eq!(sent().await, 0);
        test.wait(TimeDelta::seconds(1));
        sending::send_due(&test.app).await.unwrap();
        assert_eq!((sent().await, read().await), (2, (AppointmentState::Released, 2)));
    }
}

#[tokio::test]
async fn what_one_clerk_found_no_other_releases_and_nobody_after_ten_minutes() {
    for test in test_apps(setup()).await {
        hostile(&test).await;
        let (clerk, other) = (clerk(&test, 1).await, super::hall::clerk(&test, 2).await);
        let found = one(&test, &clerk).await;
        let refused = async |by: &Staff, claim: &str| {
            release(&test, by, claim, Telling::Now).await.unwrap_err().refusal::<Refusal>()
        };
        for claim in [&*found.claim, "", "AAAA", &found.claim[1..]] {
            assert_eq!(refused(&other, claim).await, Some(Refusal::LookAgain));
        }
        test.wait(TimeDelta::minutes(10));
        assert_eq!(refused(&clerk, &found.claim).await, Some(Refusal::LookAgain));
        release(&test, &clerk, &one(&test, &clerk).await.claim, Telling::Now).await.unwrap();
    }
}

#[tokio::test]
async fn nobody_looks_for_people_without_the_right_or_more_than_ten_times_an_hour() {
    for test in test_apps(setup()).await {
        hostile(&test).await;
        for (n, role) in [(1, Role::Reviewer), (2, Role::Auditor), (3, Role::Finance)] {
            let other = staff_at(&test, n, role, "nanshan").await;
            assert!(is_not_allowed(&find(&test, &other, 1).await), "{role:?}");
        }
        let (clerk, colleague) = (clerk(&test, 4).await, super::hall::clerk(&test, 5).await);
        let mut looked = 0;
        for minute in 0..60 {
            for _ in 0..3 {
                match find(&test, &clerk, 50 + minute).await {
                    Ok(found) => {
                        assert!(found.is_empty());
                        looked += 1;
                    }
                    Err(error) => {
                        let refused = error.refusal();
                        assert!(matches!(refused, Some(Refusal::TooManyLookups { retry_after: 1..=720 })), "{error:?}");
                    }
                }
            }
            if minute < 59 {
                test.wait(TimeDelta::minutes(1));
            }
        }
        assert!((9..=10).contains(&looked), "{looked} in an hour");
        assert_eq!(find(&test, &colleague, 1).await.unwrap().len(), 1, "each has their own");
        let noted = "select count(*) from audit where stream = 'office' and act = 'document_looked_up' \
             and actor like 'staff:%'";
        assert_eq!(number(&test.app, noted).await, looked + 1, "also what found nothing");
        holds(&test).await;
    }
}

#[tokio::test]
async fn who_released_what_and_who_is_told_of_it_is_read_where_the_booking_is_and_where_the_clerk_works() {
    for test in test_apps(setup()).await {
        let made = hostile(&test).await;
        let clerk = clerk(&test, 1).await;
        release(&test, &clerk, &one(&test, &clerk).await.claim, Telling::Never).await.unwrap();
        for (n, role, office, count) in [
            (2, Role::OfficeManager, "nanshan", 2),
            (3, Role::Auditor, "nanshan", 2),
            (4, Role::OfficeManager, "demo-hill", 2),
            (5, Role::OfficeManager, "demo-bay", 0),
        ] {
            let reader = staff_at(&test, n, role, office).await;
            let office = OfficeId::parse(office).unwrap();
            let listed = releases::list(&test.app, &reader, &office, (Back::Month, 0), test.now()).await.unwrap();
            assert_eq!((listed.total, listed.entries.len()), (count, count), "{office}");
            let done: Vec<_> = listed.entries.iter().map(|entry| entry.what.clone()).collect();
            let reason = Some("本人持证到窗口".to_owned());
            let both = [What::Released { told: Told::Never, reason }, What::LookedUp];
            assert_eq!(done, both[..count], "{office}");
            assert!(listed.entries.iter().all(|entry| entry.reference == Some(made.reference)));
            assert!(listed.entries.iter().all(|entry| entry.number_read_at.is_none()));
        }
        let refused = releases::list(&test.app, &clerk, &super::hall::nanshan(), (Back::Month, 0), test.now()).await;
        assert!(is_not_allowed(&refused));
    }
}
