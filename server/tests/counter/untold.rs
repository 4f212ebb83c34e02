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

#[tokio::test]
async fn a_message_that_cannot_be_read_is_a_task_like_the_others() {
    for test in test_apps(setup()).await {
        booked(&test, 1, 0).await;
        let clerk = clerk(&test, 1).await;
        fail_all(&test).await;
        let listed = async || untold::list(&test.app, &clerk, &nanshan(), test.now()).await.unwrap();
        let first = listed().await[0].message;
        let damage = "update outbox set sealed = (select people from appointment limit 1) where id = $1";
        sql(damage, [first.into()]).execute(&mut test.connection().await).await.unwrap();
        let tasks = listed().await;
        assert_eq!((tasks.len(), tasks[0].to.as_str()), (2, ""));
        assert!(tasks[1].to.contains('*'));
        untold::settle(&test.app, &clerk, (&nanshan(), first), test.now()).await.unwrap();
        assert_eq!(listed().await.len(), 1);
    }
}

#[tokio::test]
async fn messages_of_every_place_below_an_office_are_its_task() {
    for test in test_apps(setup()).await {
        booked_on(&test, 1, ("demo-hill", DAY), 0).await;
        let clerk = clerk(&test, 1).await;
        fail_all(&test).await;
        assert_eq!(untold::count(&test.app, &nanshan(), test.now()).await.unwrap(), 0);
        // It is a room of a floor of the office by now.
        let mut connection = test.connection().await;
        for statement in [
            "update place set parent = 'nanshan' where id = 'demo-bay'",
            "update place set parent = 'demo-bay' where id = 'demo-hill'",
        ] {
            sql(statement, []).execute(&mut connection).await.unwrap();
        }
        let tasks = untold::list(&test.app, &clerk, &nanshan(), test.now()).await.unwrap();
        assert_eq!(tasks.len(), 2);
        untold::settle(&test.app, &clerk, (&nanshan(), tasks[0].message), test.now()).await.unwrap();
        assert_eq!(untold::count(&test.app, &nanshan(), test.now()).await.unwrap(), 1);
    }
}
