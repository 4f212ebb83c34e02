//! What is shown before and after a call: whom the next press would call, and the board of the hall.

use chrono::TimeDelta;
use server::counter::{board, waiting};
use shared::counter::{Act, Back};

use super::super::support::test_apps;
use super::hall::*;

#[tokio::test]
async fn whom_a_counter_would_call_is_whom_it_calls_and_for_the_same_reason() {
    for test in test_apps(setup()).await {
        let mut bookings = Vec::new();
        for slot in [0, 1, 2] {
            bookings.push(booked(&test, slot, slot).await);
        }
        clock(&test, "08:50:00");
        let (clerk, windows) = (clerk(&test, 1).await, windows(&test).await);
        let day = DAY.parse().unwrap();
        let line = async || waiting::line(&test.app, (&nanshan(), day), Some(windows[0]), test.now()).await.unwrap();
        assert_eq!(line().await, waiting::Line::default());
        for booking in &bookings {
            arrived(&test, &clerk, booking).await;
        }
        ticket(&test, &clerk).await.unwrap();
        let shown = line().await;
        assert_eq!(shown.0.len(), 4);
        for expected in &shown.0 {
            let now = line().await;
            assert_eq!(now.0.first(), Some(expected));
            let server::counter::next::Next::Called { row, why, .. } = next(&test, &clerk, windows[0]).await.unwrap()
            else {
                panic!("somebody waits")
            };
            assert_eq!((row.id.clone(), why), (expected.visit.clone(), expected.why));
            act(&test, &clerk, &row.id, Act::Park).await.unwrap();
        }
        assert_eq!(line().await, waiting::Line::default());
    }
}

#[tokio::test]
async fn a_board_has_tickets_and_counters_and_the_wait_that_the_record_says() {
    for test in test_apps(setup()).await {
        let (first, second) = (booked(&test, 1, 0).await, booked(&test, 2, 1).await);
        clock(&test, "08:50:00");
        let (clerk, windows) = (clerk(&test, 1).await, windows(&test).await);
        let board = async || board::today(&test.app, &nanshan(), test.now()).await.unwrap();
        assert_eq!((board().await.waiting, board().await.wait), (0, None));
        arrived(&test, &clerk, &first).await;
        arrived(&test, &clerk, &second).await;
        assert_eq!(board().await.waiting, 2);
        // Booked for 9:00 and called at 9:10.
        clock(&test, "09:10:00");
        let one = called(&test, &clerk, windows[0]).await;
        let shown = board().await;
        assert_eq!((shown.calls.len(), shown.before.len(), shown.waiting), (1, 0, 1));
        assert_eq!(shown.calls[0].counter.as_str(), "1");
        assert_eq!(shown.wait, Some(board::Wait { minutes: 10, of: 1 }));
        register(&test, &clerk, &one).await;
        test.wait(TimeDelta::minutes(25));
        let other = called(&test, &clerk, windows[0]).await;
        let shown = board().await;
        assert_eq!(
            shown.before.iter().map(|called| called.ticket).collect::<Vec<_>>(),
            [row(&test, &one).await.ticket.unwrap()]
        );
        // Booked for 9:15 and called at 9:35: a quarter of an hour on average.
        assert_eq!(shown.wait, Some(board::Wait { minutes: 15, of: 2 }));
        undo(&test, &clerk, &other).await.unwrap();
        assert_eq!(
            board().await.wait,
            Some(board::Wait { minutes: 10, of: 1 }),
            "who was called by a slip has not been called"
        );
        let again = called(&test, &clerk, windows[0]).await;
        act(&test, &clerk, &again, Act::Park).await.unwrap();
        act(&test, &clerk, &again, Act::Back(Back::Hall)).await.unwrap();
        assert_eq!(
            board().await.wait,
            Some(board::Wait { minutes: 15, of: 2 }),
            "and whoever waits again after a call has been"
        );
    }
}
