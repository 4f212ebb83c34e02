//! The big day: five thousand couples at one office.

use server::counter::search::search;
use testhouse::crowd;

use super::super::support::test_apps;
use super::hall::*;

/// Couples of the day.
const COUPLES: usize = 5_000;

#[tokio::test]
async fn with_five_thousand_couples_the_day_opens_and_everybody_is_found_and_called_in_their_turn() {
    for test in test_apps(setup()).await {
        let couples = crowd::book(&test, ("nanshan", DAY), COUPLES).await;
        clock(&test, "08:40:00");
        let sheet = sheet(&test).await;
        assert_eq!(sheet.visits.len(), COUPLES);
        assert!(sheet.visits.is_sorted_by_key(|row| row.starts_at));
        assert!(sheet.visits.iter().all(|row| row.people.len() == 2), "each is masked and named");

        let (clerk, windows) = (clerk(&test, 1).await, windows(&test).await);
        // Those of the first hours come, the last of them first.
        let come: Vec<_> = (0..12).map(|n| &couples[n * 211]).collect();
        for couple in come.iter().rev() {
            arrive(&test, &clerk, couple.reference).await.unwrap();
        }
        for (couple, window) in come.iter().zip(&windows) {
            let next = super::hall::clerk(&test, 10 + usize::try_from(window.0).unwrap()).await;
            assert_eq!(called(&test, &next, *window).await, couple.visit);
        }

        let last = &couples[COUPLES - 679];
        for typed in [last.reference.to_string(), last.id_number.clone()] {
            let found = search(&test.app, &clerk, &nanshan(), &typed, test.now()).await.unwrap();
            assert_eq!(found.rows.iter().map(|row| &row.id).collect::<Vec<_>>(), [&last.visit], "{typed}");
        }
    }
}
