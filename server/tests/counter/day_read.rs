//! The list of another day is not read unseen.

use chrono::NaiveDate;
use server::audit;
use server::counter::day::{self, read};
use server::domains;
use server::staff::authority::Staff;
use shared::calendar::Month;
use shared::staff::Role;

use super::super::support::{TestApp, test_apps};
use super::hall::*;

fn day(date: &str) -> NaiveDate {
    date.parse().unwrap()
}

async fn reads(test: &TestApp, by: &Staff, date: &str) {
    day::seen_by(&test.app, by, &nanshan(), date.parse().unwrap(), test.now()).await.unwrap();
}

#[tokio::test]
async fn who_reads_the_lists_of_other_days_is_on_record_once_a_day_each_and_its_readers_are_listed() {
    for test in test_apps(setup()).await {
        booked(&test, 1, 0).await;
        booked_on(&test, 2, ("nanshan", "2026-05-15"), 0).await;
        clock(&test, "09:00:00");
        let (clerk, manager) = (clerk(&test, 1).await, manager(&test, 2).await);
        let listed = async |by: &Staff| read::list(&test.app, by, &nanshan(), Month::of(day(DAY))).await;
        reads(&test, &clerk, DAY).await;
        // Nobody stands on it.
        reads(&test, &clerk, "2026-05-12").await;
        assert_eq!(listed(&manager).await.unwrap(), [], "today's list is what the counter needs");
        for _ in 0..2 {
            reads(&test, &clerk, "2026-05-15").await;
        }
        test.set_clock("2026-05-15T09:00:00+08:00");
        reads(&test, &clerk, DAY).await;
        test.set_clock("2026-05-16T09:00:00+08:00");
        reads(&test, &clerk, DAY).await;
        reads(&test, &clerk, "2026-05-15").await;
        for reader in [&manager, &staff_at(&test, 3, Role::Auditor, "nanshan").await] {
            let all = listed(reader).await.unwrap();
            let said: Vec<_> = all.iter().map(|one| (one.read_on, one.days, one.first, one.last)).collect();
            let (first, second, third) = (day(DAY), day("2026-05-15"), day("2026-05-16"));
            assert_eq!(said, [(third, 2, first, second), (second, 1, first, first), (first, 1, second, second)]);
            assert!(all.iter().all(|one| one.account.as_ref().unwrap().as_str() == "staff1"));
            assert!(all.iter().all(|one| one.role == Role::CounterClerk));
        }
        assert!(is_not_allowed(&listed(&clerk).await));
        let elsewhere = staff_at(&test, 4, Role::OfficeManager, "demo-bay").await;
        assert!(is_not_allowed(&listed(&elsewhere).await));
        let noted = "select count(*) from audit where act = 'day_read'";
        assert_eq!(number(&test.app, noted).await, 4);
        audit::verify_all(test.app.database(), domains::streams()).await.unwrap().unwrap();
    }
}
