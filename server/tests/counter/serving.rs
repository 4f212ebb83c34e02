//! Whoever serves somebody is at work, though they press nothing.

use chrono::TimeDelta;
use server::jobs;
use server::staff::authority::{self, Staff};
use server::staff::session;
use shared::counter::{Act, Outcome};

use super::super::support::test_apps;
use super::hall::*;

#[tokio::test]
async fn whoever_serves_somebody_stays_signed_in_without_pressing_anything() {
    for test in test_apps(setup()).await {
        let booked = booked(&test, 1, 0).await;
        clock(&test, "09:00:00");
        let (serving, idle) = (clerk(&test, 1).await, clerk(&test, 2).await);
        let id = arrived(&test, &serving, &booked).await;
        let counter = windows(&test).await[0];
        assert_eq!(called(&test, &serving, counter).await, id);
        act(&test, &serving, &id, Act::Serve).await.unwrap();
        for _ in 0..4 {
            test.wait(TimeDelta::minutes(20));
            jobs::round(&test.app, test.now()).await.unwrap();
        }
        let lasts = async |staff: &Staff| authority::again(&test.app, staff, test.now()).await.is_ok();
        assert!(lasts(&serving).await && !lasts(&idle).await);
        act(&test, &serving, &id, Act::Finish(Outcome::Registered)).await.unwrap();
        test.wait(session::IDLE);
        jobs::round(&test.app, test.now()).await.unwrap();
        assert!(!lasts(&serving).await, "whoever serves nobody any more is idle");
    }
}
