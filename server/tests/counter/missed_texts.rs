//! Texts about somebody who was missed, which wait and may be true no more.

use chrono::TimeDelta;
use server::appointments::booking::release::Telling;
use server::outbox::{Delivery, sending};
use shared::counter::Act;
use shared::identity::Sex;

use super::super::support::people::person;
use super::super::support::test_apps;
use super::hall::*;
use super::late_texts::{delivery, released_by_card};

#[tokio::test]
async fn that_somebody_was_missed_is_told_unless_they_came_back_and_waits_while_that_can_be_undone() {
    for (undone, expected) in [(false, Delivery::Overtaken), (true, Delivery::Sent)] {
        for test in test_apps(setup()).await {
            let booked = booked(&test, 1, 0).await;
            clock(&test, "09:30:00");
            let (clerk, id) = (clerk(&test, 1).await, visit_of(&booked));
            act(&test, &clerk, &id, Act::NoShow).await.unwrap();
            test.wait(TimeDelta::seconds(30));
            arrive(&test, &clerk, booked.reference).await.unwrap();
            test.wait(TimeDelta::seconds(40));
            sending::send_due(&test.app).await.unwrap();
            assert_eq!(delivery(&test, "visit_no_show").await, Delivery::Waiting, "coming back may be undone");
            if undone {
                undo(&test, &clerk, &id).await.unwrap();
            }
            test.wait(TimeDelta::seconds(60));
            sending::send_due(&test.app).await.unwrap();
            assert_eq!(delivery(&test, "visit_no_show").await, expected);
            holds(&test).await;
        }
    }
}

#[tokio::test]
async fn who_is_missed_a_second_time_before_the_first_text_could_be_sent_gets_one_text() {
    for test in test_apps(setup()).await {
        let booked = booked(&test, 1, 0).await;
        clock(&test, "09:30:00");
        let (clerk, id) = (clerk(&test, 1).await, visit_of(&booked));
        act(&test, &clerk, &id, Act::NoShow).await.unwrap();
        test.wait(TimeDelta::seconds(70));
        arrive(&test, &clerk, booked.reference).await.unwrap();
        assert_eq!(called(&test, &clerk, windows(&test).await[0]).await, id);
        act(&test, &clerk, &id, Act::NoShow).await.unwrap();
        sending::send_due(&test.app).await.unwrap();
        let missed = async || {
            let (messages, his) = (test.messages().await, person(1, Sex::Male).phone);
            let to_him = messages.iter().filter(|one| one.kind == "visit_no_show" && one.message.to.ends_with(&his));
            to_him.map(|one| one.delivery).collect::<Vec<_>>()
        };
        assert_eq!(missed().await, [Delivery::Waiting; 2], "the second may be undone");
        test.wait(TimeDelta::seconds(70));
        sending::send_due(&test.app).await.unwrap();
        assert_eq!(missed().await, [Delivery::Sent, Delivery::Overtaken], "the newest first");
        holds(&test).await;
    }
}

#[tokio::test]
async fn that_somebody_was_missed_is_not_told_once_they_know_that_the_office_ended_it_and_is_where_they_do_not() {
    for (telling, expected) in [(Telling::Now, Delivery::Overtaken), (Telling::Never, Delivery::Sent)] {
        for test in test_apps(setup()).await {
            let booked = booked(&test, 1, 0).await;
            clock(&test, "09:30:00");
            let clerk = clerk(&test, 1).await;
            act(&test, &clerk, &visit_of(&booked), Act::NoShow).await.unwrap();
            released_by_card(&test, &clerk, telling).await;
            test.wait(TimeDelta::seconds(60));
            sending::send_due(&test.app).await.unwrap();
            assert_eq!(delivery(&test, "visit_no_show").await, expected, "{telling:?}");
            holds(&test).await;
        }
    }
}
