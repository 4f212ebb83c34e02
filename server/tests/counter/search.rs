//! Finding somebody who stands at the desk.

use chrono::TimeDelta;
use server::counter::releasing;
use server::counter::search::{Looked, search};
use server::marriage::BOOKABLE;
use shared::counter::Refusal;
use shared::identity::Sex;

use super::super::support::people::person;
use super::super::support::test_apps;
use super::hall::*;
use super::releasing::ending;

#[tokio::test]
async fn a_visit_is_found_by_reference_document_or_phone_and_only_at_its_own_office() {
    for test in test_apps(setup()).await {
        let here = booked(&test, 1, 3).await;
        let later = booked_on(&test, 2, ("nanshan", "2026-05-15"), 0).await;
        let elsewhere = booked_on(&test, 3, ("demo-hill", DAY), 0).await;
        clock(&test, "09:05:00");
        let clerk = clerk(&test, 1).await;
        let find = async |typed: &str| {
            let found = search(&test.app, &clerk, &nanshan(), typed, test.now()).await.unwrap();
            found.rows.into_iter().map(|row| row.id).collect::<Vec<_>>()
        };
        let [his, hers] = [person(1, Sex::Male), person(1, Sex::Female)];
        let spaced = format!("{} {}", &his.id_number[..6], &his.id_number[6..]);
        let reference = here.reference.to_string().to_lowercase();
        for typed in [reference.as_str(), &spaced, &hers.id_number, &his.phone, &hers.phone] {
            assert_eq!(find(typed).await, [visit_of(&here)], "{typed}");
        }
        let tomorrow = person(2, Sex::Male);
        for typed in [&later.reference.to_string(), &tomorrow.id_number] {
            assert_eq!(find(typed).await, [visit_of(&later)], "{typed}");
        }
        let other = person(3, Sex::Male);
        for typed in [&elsewhere.reference.to_string(), &other.id_number, &other.phone] {
            assert_eq!(find(typed).await, [], "{typed}");
        }
        for typed in ["", " ", "1", "演示甲", "%", "' or 1=1 --", "a\0b"] {
            assert_eq!(find(typed).await, [], "{typed:?}");
        }
    }
}

#[tokio::test]
async fn who_was_served_today_is_found_with_what_came_of_it() {
    for test in test_apps(setup()).await {
        let here = booked(&test, 1, 3).await;
        clock(&test, "09:40:00");
        let (clerk, windows) = (clerk(&test, 1).await, windows(&test).await);
        arrived(&test, &clerk, &here).await;
        let id = called(&test, &clerk, windows[0]).await;
        register(&test, &clerk, &id).await;
        let phone = person(1, Sex::Male).phone;
        let found = search(&test.app, &clerk, &nanshan(), &phone, test.now()).await.unwrap();
        assert_eq!(found.rows, [row(&test, &id).await]);
    }
}

#[tokio::test]
async fn whoever_looks_by_document_or_phone_pays_and_leaves_a_trace_and_by_reference_neither() {
    for test in test_apps(setup()).await {
        let here = booked(&test, 1, 3).await;
        clock(&test, "09:05:00");
        let (clerk, colleague) = (clerk(&test, 1).await, super::hall::clerk(&test, 2).await);
        let looked = "select count(*) from audit where stream = 'office' and act = 'document_looked_up'";
        let find =
            async |by, typed: &str| search(&test.app, by, &nanshan(), typed, test.now()).await.map(|found| found.rows);
        let reference = here.reference.to_string();
        for _ in 0..60 {
            assert_eq!(find(&clerk, &reference).await.unwrap().len(), 1);
            assert_eq!(find(&clerk, "演示").await.unwrap(), []);
        }
        assert_eq!(number(&test.app, looked).await, 0);
        let phone = person(1, Sex::Male).phone;
        for n in 0..40 {
            // What finds nobody costs the same.
            let typed = if n % 2 == 0 { person(50 + n, Sex::Male).id_number } else { phone.clone() };
            assert_eq!(find(&clerk, &typed).await.unwrap().len(), n % 2);
        }
        assert_eq!(number(&test.app, looked).await, 40);
        assert_eq!(refused(find(&clerk, &phone).await), Refusal::TooManySearches { retry_after: 60 });
        assert_eq!(number(&test.app, looked).await, 40, "nobody was looked for");
        assert_eq!(find(&clerk, &reference).await.unwrap().len(), 1);
        assert_eq!(find(&colleague, &phone).await.unwrap().len(), 1, "each has their own");
        test.wait(TimeDelta::minutes(1));
        assert_eq!(find(&clerk, &phone).await.unwrap().len(), 1);
        let named = "select count(*) from audit where stream = 'office' and act = 'document_looked_up' \
             and detail = '{\"office\":\"nanshan\"}' and actor like 'staff:%'";
        assert_eq!(number(&test.app, named).await, 42, "it says who and where, and not whom");
        holds(&test).await;
    }
}

#[tokio::test]
async fn what_was_looked_through_is_told_and_nobody_is_found_in_a_booking_that_was_ended() {
    for test in test_apps(setup()).await {
        let (stands, ended) = (booked(&test, 1, 3).await, booked(&test, 2, 3).await);
        clock(&test, "09:05:00");
        let clerk = clerk(&test, 1).await;
        let find = async |typed: &str| search(&test.app, &clerk, &nanshan(), typed, test.now()).await.unwrap();
        let him = person(2, Sex::Male);
        assert_eq!(find(&him.id_number).await.rows.len(), 1);
        releasing::release(&test.app, &[&BOOKABLE], ended.reference, &ending(), test.now()).await.unwrap();
        for (typed, looked) in [
            (ended.reference.to_string(), Looked::EveryDay),
            (him.id_number, Looked::Documents),
            (him.phone, Looked::Phones),
            ("演示甲".to_owned(), Looked::Nowhere),
        ] {
            let found = find(&typed).await;
            assert_eq!((found.rows.len(), found.looked), (0, looked), "{typed}");
        }
        assert_eq!(find(&stands.reference.to_string()).await.rows.len(), 1);
    }
}
