//! The clock of a case over long holidays, days that are worked in their place, and into a year of which no notice has come.

use server::database::sql::{sql, text};
use server::procedures::acts;
use server::staff::authority::Staff;
use shared::calendar::Deadline;
use shared::procedures::{Act, CaseId};

use super::super::counter::hall::{holds, setup};
use super::super::support::{TestApp, test_apps};
use super::desk::{Handed, act, jobs, only, reviewer, seen, submitted, with_times};

const TEN_DAYS: &str = "clock = { days = 10, unit = \"working\", source = \"sz2023\" }";

fn on(test: &TestApp, day: &str) {
    test.set_clock(&format!("{day}T10:00:00+08:00"));
}

/// The case of the `n`th family, handed in and accepted on a day.
async fn accepted_on(test: &TestApp, by: &Staff, (n, day): (usize, &str)) -> Handed {
    on(test, day);
    let case = submitted(test, n).await;
    act(test, by, &case.id, Act::Accept).await.unwrap();
    case
}

/// The last day, and whether it may still change.
async fn due(test: &TestApp, by: &Staff, id: &CaseId) -> (String, bool) {
    let Deadline { date, provisional } = seen(test, by, id).await.latest_on.unwrap();
    (date.to_string(), provisional)
}

fn known(day: &str) -> (String, bool) {
    (day.to_owned(), false)
}

fn provisional(day: &str) -> (String, bool) {
    (day.to_owned(), true)
}

/// What was told of a case, with its day.
async fn told(test: &TestApp, id: &CaseId) -> Vec<String> {
    let statement = "select alert from case_alert where case_id = $1 order by at";
    let rows = sql(statement, [id.as_str().into()]).fetch_all(&mut test.connection().await).await.unwrap();
    rows.iter().map(|row| text(row, "alert").unwrap()).collect()
}

#[tokio::test]
async fn a_week_of_rest_is_not_counted_and_the_saturday_that_is_worked_for_it_is() {
    for test in test_apps(setup()).await {
        with_times(&test, TEN_DAYS);
        let by = reviewer(&test, 11).await;
        // 29 and 30 September, then 8 to 10 October, of which the last is a Saturday that is worked, then five more.
        let case = accepted_on(&test, &by, (1, "2026-09-28")).await;
        assert_eq!(due(&test, &by, &case.id).await, known("2026-10-16"));
        on(&test, "2026-10-09");
        jobs(&test).await;
        assert!(told(&test, &case.id).await.is_empty(), "four days are gone");
        on(&test, "2026-10-10");
        jobs(&test).await;
        assert_eq!(told(&test, &case.id).await, ["half"], "on a Saturday");
        holds(&test).await;
    }
}

#[tokio::test]
async fn a_last_day_in_a_year_without_notice_may_change_and_is_reckoned_again_each_day() {
    for test in test_apps(setup()).await {
        with_times(&test, TEN_DAYS);
        let by = reviewer(&test, 11).await;
        let case = accepted_on(&test, &by, (1, "2026-12-21")).await;
        assert_eq!(due(&test, &by, &case.id).await, provisional("2027-01-05"));
        // As a calendar left it that has been corrected since.
        let statement = "update procedure_case set due_on = '2027-01-20', provisional = 0 where id = $1";
        sql(statement, [case.id.as_str().into()]).execute(&mut test.connection().await).await.unwrap();
        for (day, all) in [
            ("2026-12-22", ""),
            ("2026-12-28", "half"),
            ("2026-12-31", "half near"),
            ("2027-01-01", "half near"),
            ("2027-01-05", "half near due"),
            ("2027-01-06", "half near due over"),
        ] {
            on(&test, day);
            jobs(&test).await;
            assert_eq!(told(&test, &case.id).await.join(" "), all, "{day}");
            assert_eq!(due(&test, &by, &case.id).await, provisional("2027-01-05"), "{day}");
        }
        holds(&test).await;
    }
}

#[tokio::test]
async fn a_case_over_spring_festival_waits_for_the_family_and_for_the_holiday_once() {
    for test in test_apps(setup()).await {
        with_times(&test, TEN_DAYS);
        let by = reviewer(&test, 11).await;
        // 1 to 4 February 2027, then 9 to 12, then two more: the four days by law, since no notice has come.
        let plain = accepted_on(&test, &by, (1, "2027-01-29")).await;
        assert_eq!(due(&test, &by, &plain.id).await, provisional("2027-02-16"));
        let waits = accepted_on(&test, &by, (2, "2027-01-29")).await;
        on(&test, "2027-02-02");
        let asked = act(&test, &by, &waits.id, Act::Ask { items: vec!["buried_on".to_owned()] }).await.unwrap();
        assert_eq!(asked.latest_on, None);
        on(&test, "2027-02-10");
        let typed = only("buried_on", "2026-05-09");
        acts::supply(&test.app, &waits.family, asked.version, &typed, test.now()).await.unwrap();
        // Two days were gone, and the next is the 11th.
        assert_eq!(due(&test, &by, &waits.id).await, provisional("2027-02-22"));
        assert_eq!(due(&test, &by, &plain.id).await, provisional("2027-02-16"));
        holds(&test).await;
    }
}
