//! Finding somebody who stands at the desk.

use server::counter::search::search;
use shared::identity::Sex;

use super::super::support::people::person;
use super::super::support::test_apps;
use super::hall::*;

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
            found.into_iter().map(|row| row.id).collect::<Vec<_>>()
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
        assert_eq!(found, [row(&test, &id).await]);
    }
}
