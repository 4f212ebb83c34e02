//! Whoever shows a day is told that it has changed, once it has.

use std::{sync::Arc, time::Duration};

use server::counter::changes::{self, Told};
use server::counter::day::{
    self,
    news::{self, News},
};
use server::database::Backend;
use server::database::sql::sql;
use tokio::time::timeout;

use super::super::support::test_apps;
use super::hall::*;

#[tokio::test]
async fn every_change_is_told_with_its_version_and_a_refusal_tells_nothing() {
    for test in test_apps(setup()).await {
        let [first, second] = [booked(&test, 1, 0).await, booked(&test, 2, 0).await];
        clock(&test, "09:05:00");
        let (clerk, windows) = (clerk(&test, 1).await, windows(&test).await);
        let mut watch = test.app.hall().changes().watch(&nanshan());
        let mut elsewhere = test.app.hall().changes().watch(&shared::staff::OfficeId::parse("demo-hill").unwrap());
        let mut version = 0;
        for booked in [&first, &second] {
            arrived(&test, &clerk, booked).await;
            version += 1;
            let told = watch.borrow_and_update().clone();
            assert_eq!(told, Some(Told { office: nanshan(), date: DAY.parse().unwrap(), version }));
            assert_eq!(sheet(&test).await.version, version);
        }
        let id = called(&test, &clerk, windows[0]).await;
        assert!(watch.has_changed().unwrap());
        watch.mark_unchanged();
        assert_eq!(refused(next(&test, &clerk, windows[0]).await), busy(&test, &id).await);
        arrived(&test, &clerk, &first).await;
        assert!(!watch.has_changed().unwrap());
        register(&test, &clerk, &id).await;
        assert_eq!(watch.borrow_and_update().clone().unwrap().version, sheet(&test).await.version);
        assert!(!elsewhere.has_changed().unwrap() && elsewhere.borrow_and_update().is_none());
    }
}

#[tokio::test]
async fn a_version_is_read_once_for_all_who_follow_and_never_answers_for_a_later_one() {
    for test in test_apps(setup()).await {
        let [first, second] = [booked(&test, 1, 0).await, booked(&test, 2, 0).await];
        clock(&test, "09:05:00");
        let (clerk, windows) = (clerk(&test, 1).await, windows(&test).await);
        let office = nanshan();
        let news = async |version| news::of(&test.app, &office, DAY.parse().unwrap(), version).await.unwrap();
        assert_eq!(*news(None).await, News { version: 0, waiting: Vec::new() });
        let here = [arrived(&test, &clerk, &first).await, arrived(&test, &clerk, &second).await];
        let told = sheet(&test).await.version;
        let (one, other) = tokio::join!(news(Some(told)), news(Some(told)));
        assert!(Arc::ptr_eq(&one, &other), "read once");
        assert_eq!((one.version, one.waiting.len()), (told, 2));
        assert!(here.iter().all(|visit| one.waiting.contains(visit)));
        assert!(Arc::ptr_eq(&one, &news(Some(told - 1)).await), "an earlier version is in it");
        called(&test, &clerk, windows[0]).await;
        // Whoever was told of nothing looks what there is; whoever was told is not answered with what was before.
        let (asked, told) = (news(None).await, news(Some(sheet(&test).await.version)).await);
        assert!(Arc::ptr_eq(&asked, &told) && told.version > one.version && told.waiting.len() == 1, "{told:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_one_process_changes_another_hears_at_once() {
    for test in test_apps(setup()).await.into_iter().filter(|test| test.backend() == Backend::Postgres) {
        let booked = booked(&test, 1, 0).await;
        clock(&test, "09:05:00");
        let clerk = clerk(&test, 1).await;
        let beside = test.beside().await;
        let hearing = tokio::spawn(changes::run(beside.clone()));
        let mut watch = beside.hall().changes().watch(&nanshan());
        arrived(&test, &clerk, &booked).await;
        timeout(LONG, watch.changed()).await.unwrap().unwrap();
        let told = watch.borrow_and_update().clone().unwrap();
        let seen = day::sheet(&beside, &nanshan(), told.date, test.now()).await.unwrap();
        assert_eq!((told.version, seen.version), (1, 1));
        assert_eq!(seen.visits[0].ticket, Some(1));
        hearing.abort();
        beside.database().close().await;
    }
}

/// As when whoever pressed went away after the commit, or the line between two processes was down.
#[tokio::test(flavor = "multi_thread")]
async fn what_nobody_told_is_seen_all_the_same() {
    for test in test_apps(setup()).await {
        let booked = booked(&test, 1, 0).await;
        clock(&test, "09:05:00");
        let clerk = clerk(&test, 1).await;
        arrived(&test, &clerk, &booked).await;
        let mut watch = test.app.hall().changes().watch(&nanshan());
        watch.mark_unchanged();
        let looking = tokio::spawn(changes::run(test.app.clone()));
        test.app.database().write_with((), untold).await.unwrap();
        timeout(LONG, watch.wait_for(|told| told.as_ref().is_some_and(|told| told.version == 2)))
            .await
            .unwrap()
            .unwrap();
        looking.abort();
    }
}

async fn untold(connection: &mut sqlx::AnyConnection, (): &()) -> Result<(), server::Error> {
    sql("update office_day set version = version + 1", []).execute(connection).await?;
    Ok(())
}

/// Longer than any machine takes.
const LONG: Duration = Duration::from_secs(30);
