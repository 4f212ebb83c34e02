//! A stop and a press in the same moment: once the stop is written, nothing is that was pressed by whoever was stopped.

use std::time::Duration;

use server::Error;
use server::counter::screens;
use server::counter::unmask::{Unmasking, unmask};
use server::counter::{By, releasing, walk_in};
use server::database::Backend;
use server::database::sql::{int, sql};
use server::marriage::BOOKABLE;
use server::staff::authority::Staff;
use shared::appointments::BookingReference;
use shared::counter::screen::{ScreenKind, ScreenName};
use shared::counter::{CounterId, PersonalDetail, UnmaskReason, VisitId};
use shared::marriage::SERVICE;
use shared::staff::Refusal;
use tokio::time::sleep;

use super::super::support::{TestApp, test_apps};
use super::hall::*;
use super::releasing::ending;

/// How long a stop takes to be written.
const HELD: Duration = Duration::from_millis(300);

/// Presses while a stop is being written, which is kept in the end or given up.
async fn meanwhile<T>(
    test: &TestApp,
    (stop, id, is_kept): (&'static str, &str, bool),
    press: impl Future<Output = T>,
) -> T {
    let mut beside = test.connection().await;
    let begin = match test.backend() {
        Backend::Sqlite => "begin immediate",
        Backend::Postgres => "begin",
    };
    sqlx::raw_sql(begin).execute(&mut beside).await.unwrap();
    assert_eq!(sql(stop, [id.into()]).execute(&mut beside).await.unwrap().rows_affected(), 1);
    let (pressed, ()) = tokio::join!(press, async {
        sleep(HELD).await;
        sqlx::raw_sql(if is_kept { "commit" } else { "rollback" }).execute(&mut beside).await.unwrap();
    });
    pressed
}

/// All that is on record of what was done and of what was read.
async fn written(test: &TestApp) -> i64 {
    let statement = "select (select count(*) from audit) + (select count(*) from look) as written";
    let row = sql(statement, []).fetch_one(&mut *test.app.database().read().await.unwrap()).await.unwrap();
    int(&row, "written").unwrap()
}

#[derive(Clone, Copy, Debug)]
enum Act {
    Call,
    Ticket,
    Unmask,
    Release,
}

/// As a request of theirs does it.
async fn press_one(
    test: &TestApp,
    (staff, act): (&Staff, Act),
    (window, visit, reference): (CounterId, &VisitId, BookingReference),
) -> Result<(), Error> {
    let now = test.now();
    match act {
        Act::Call => staff.within(next(test, staff, window)).await.map(drop),
        Act::Ticket => staff.within(ticket(test, staff)).await.map(drop),
        Act::Unmask => {
            let one = Unmasking { who: 0, what: PersonalDetail::Phone, why: UnmaskReason::Call, reason: None };
            staff.within(unmask(&test.app, staff, visit, one, now)).await.map(drop)
        }
        Act::Release => staff.within(releasing::release(&test.app, &[&BOOKABLE], reference, &ending(), now)).await,
    }
}

const SIGNED_OUT: &str = "delete from staff_session where id = $1";
const SUSPENDED: &str = "update staff_account set suspended_at = 1 where name = $1";

#[tokio::test]
async fn whoever_is_stopped_in_the_same_moment_calls_releases_reads_and_gives_out_nothing() {
    for test in test_apps(setup()).await {
        let booked = booked(&test, 1, 0).await;
        clock(&test, "09:05:00");
        let (window, first) = (windows(&test).await[0], clerk(&test, 1).await);
        let visit = arrived(&test, &first, &booked).await;
        let what = (window, &visit, booked.reference);
        for (n, act) in [Act::Call, Act::Ticket, Act::Unmask, Act::Release].into_iter().enumerate() {
            for (stop, number) in [(SIGNED_OUT, 10 + n), (SUSPENDED, 20 + n)] {
                let staff = clerk(&test, number).await;
                let before = written(&test).await;
                let id = if stop == SIGNED_OUT { staff.signed.id.as_str() } else { staff.account().as_str() };
                let refused = meanwhile(&test, (stop, id, true), Box::pin(press_one(&test, (&staff, act), what))).await;
                let refusal = refused.expect_err("a stop was written first").refusal();
                assert_eq!(refusal, Some(Refusal::SignInNeeded), "{act:?}");
                assert_eq!(written(&test).await, before, "{act:?}");
            }
            let staff = clerk(&test, 30 + n).await;
            let before = written(&test).await;
            let stop = (SIGNED_OUT, staff.signed.id.as_str(), false);
            meanwhile(&test, stop, Box::pin(press_one(&test, (&staff, act), what))).await.unwrap();
            assert!(written(&test).await > before, "{act:?}");
        }
    }
}

#[tokio::test]
async fn a_kiosk_that_is_taken_back_in_the_same_moment_gives_out_no_ticket() {
    const TAKEN_BACK: &str = "update screen set token_hash = null, revoked_at = made_at where id = $1";
    for test in test_apps(setup()).await {
        clock(&test, "09:05:00");
        let manager = manager(&test, 1).await;
        let name = ScreenName::parse("大厅东侧").unwrap();
        let made = screens::make(&test.app, &manager, (&nanshan(), ScreenKind::Kiosk, &name), test.now()).await;
        let (screen, _) = screens::open(&test.app, &made.unwrap(), test.now()).await.unwrap();
        let kiosk = screen.kiosk().unwrap();
        let by = By::Kiosk(kiosk.clone());
        let take = async || {
            let press = press();
            kiosk.within(walk_in::take(&test.app, &by, &nanshan(), &SERVICE, &press, test.now())).await
        };
        let stands = meanwhile(&test, (TAKEN_BACK, &screen.id, false), Box::pin(take())).await.unwrap();
        assert_eq!(stands.number, 1);
        let refused = meanwhile(&test, (TAKEN_BACK, &screen.id, true), Box::pin(take())).await.unwrap_err();
        assert_eq!(refused.refusal(), Some(Refusal::SignInNeeded));
        assert!(!screens::stands(&test.app, &screen.id, test.now()).await.unwrap());
        assert_eq!(sheet(&test).await.visits.len(), 1);
    }
}
