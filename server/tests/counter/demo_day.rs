//! A demonstration has a day of its own.

use server::counter::{day, demo_day};
use server::jobs;
use shared::counter::StateName;

use super::super::support::test_apps;
use super::hall::*;

#[tokio::test]
async fn a_demonstration_has_couples_booked_arrived_and_waiting_today_and_booked_for_tomorrow() {
    for test in test_apps(setup()).await {
        let today = "2026-05-13".parse().unwrap();
        let of = async |date| {
            let sheet = day::sheet(&test.app, &nanshan(), date, test.now()).await.unwrap();
            let count = |state| sheet.visits.iter().filter(|row| row.state.kind() == state).count();
            (count(StateName::Booked), count(StateName::Arrived), sheet.visits.len())
        };
        demo_day::fill(&test.app, test.now()).await.unwrap();
        let (booked, waiting, all) = of(today).await;
        assert!(all == 12 && booked > 2 && waiting > 2 && booked + waiting == all, "{booked} {waiting} {all}");
        assert_eq!(of("2026-05-14".parse().unwrap()).await, (12, 0, 12));
        let people = day::sheet(&test.app, &nanshan(), today, test.now()).await.unwrap();
        assert!(people.visits.iter().all(|row| row.people.len() == 2));
        holds(&test).await;

        demo_day::fill(&test.app, test.now()).await.unwrap();
        assert_eq!(of(today).await, (booked, waiting, all), "done again it changes nothing");
        test.set_clock("2026-05-13T12:30:00+08:00");
        jobs::round(&test.app, test.now()).await.unwrap();
        demo_day::fill(&test.app, test.now()).await.unwrap();
        let (left, later, _) = of(today).await;
        assert!(later > waiting && left > 0, "more have come, and some never do");
        test.set_clock("2026-05-14T10:00:00+08:00");
        jobs::round(&test.app, test.now()).await.unwrap();
        demo_day::fill(&test.app, test.now()).await.unwrap();
        let (_, waiting, all) = of("2026-05-14".parse().unwrap()).await;
        assert!(waiting > 2 && all == 12);
        holds(&test).await;
    }
}
