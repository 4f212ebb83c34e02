//! A message that did not arrive is a task of its office until somebody has told people otherwise.

use server::counter::untold;
use server::database::sql::sql;
use shared::problem::Problem;
use shared::staff::Role;

use super::super::support::{TestApp, test_apps};
use super::hall::*;

async fn fail_all(test: &TestApp) {
    sql("update outbox set state = 'failed'", []).execute(&mut test.connection().await).await.unwrap();
}

#[tokio::test]
async fn a_message_that_did_not_arrive_is_its_offices_task_until_somebody_has_told_them_otherwise() {
    for test in test_apps(setup()).await {
        let booked = booked(&test, 1, 0).await;
        let clerk = clerk(&test, 1).await;
        let listed = async || untold::list(&test.app, &clerk, &nanshan(), test.now()).await.unwrap();
        assert_eq!(listed().await, [], "what is on its way is nobody's task");
        fail_all(&test).await;
        let tasks = listed().await;
        assert_eq!(tasks.len(), 2);
        assert_eq!(untold::count(&test.app, &nanshan(), test.now()).await.unwrap(), 2);
        assert_eq!((&tasks[0].visit, &tasks[0].reference), (&visit_of(&booked), &booked.reference));
        assert_eq!(tasks[0].kind, "booking_made");
        assert!(tasks[0].to.contains('*'), "{}", tasks[0].to);

        let settle = async |message| untold::settle(&test.app, &clerk, (&nanshan(), message), test.now()).await;
        settle(tasks[0].message).await.unwrap();
        settle(tasks[0].message).await.unwrap();
        assert_eq!(listed().await, tasks[1..]);
        assert!(matches!(settle(9_999).await, Err(server::Error::Problem(Problem::NotFound))));
        holds(&test).await;
    }
}

#[tokio::test]
async fn another_office_neither_sees_nor_settles_it() {
    for test in test_apps(setup()).await {
        booked(&test, 1, 0).await;
        fail_all(&test).await;
        let here = clerk(&test, 1).await;
        let message = untold::list(&test.app, &here, &nanshan(), test.now()).await.unwrap()[0].message;
        let stranger = staff_at(&test, 2, Role::OfficeManager, "demo-hill").await;
        let hill = shared::staff::OfficeId::parse("demo-hill").unwrap();
        assert!(is_not_allowed(&untold::list(&test.app, &stranger, &nanshan(), test.now()).await));
        assert!(is_not_allowed(&untold::settle(&test.app, &stranger, (&nanshan(), message), test.now()).await));
        let theirs = untold::settle(&test.app, &stranger, (&hill, message), test.now()).await;
        assert!(matches!(theirs, Err(server::Error::Problem(Problem::NotFound))));
        assert_eq!(untold::list(&test.app, &stranger, &hill, test.now()).await.unwrap(), []);
    }
}
