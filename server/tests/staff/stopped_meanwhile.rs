//! A stop and what somebody began meet: whichever is written first, and whatever the clocks say, nobody finishes it.

use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};
use server::Error;
use server::audit::{self, Actor};
use server::database::{Backend, sql::sql};
use server::domains;
use server::staff::authority::Staff;
use server::staff::confirming::{self, Decision};
use server::staff::giving::{self, TakenBack};
use server::staff::proposal::{self, waiting_for};
use server::staff::{hiring, invitation, letting_in, managing, own, session};
use shared::staff::{Refusal, Role};

use super::super::support::staff::{Clerk, PASSWORD, chosen, named, papers};
use super::super::support::{Setup, TestApp, test_apps};
use super::administrators::{acting, refusal};
use super::hiring::grant;
use super::second_person::{says, set_up, take_on};
use super::switched_off::suspend;
use super::void::{auditor, take_back, three};

/// All sessions of somebody end, pressed at an instant.
async fn end_all(test: &TestApp, whom: &Clerk, pressed: DateTime<Utc>) {
    session::end_all(&test.app, &whom.account, Actor::Operator, pressed).await.unwrap();
}

fn why<T>(done: Result<T, Error>) -> Option<Refusal> {
    done.err().map(|error| refusal(&error))
}

#[tokio::test]
async fn whoever_was_stopped_before_it_is_written_begins_finishes_and_changes_nothing() {
    for test in test_apps(Setup::default()).await {
        let [one, other, third] = three(&test).await;
        let (auditor, role) = auditor(&test).await;
        let second = acting(&test, &other).await;
        let waits = take_on(&test, &second, 5, "wang.min").await;
        let (wang, number) = set_up(&test, "wang.min", &waits).await;
        let told = format!("{:06}", number.unwrap());
        let first = acting(&test, &one).await;
        end_all(&test, &one, test.now()).await;

        let (app, now) = (&test.app, test.now());
        let gone = Some(Refusal::SignInNeeded);
        assert_eq!(take_back(&test, &first, &role).await, Err(Refusal::SignInNeeded));
        assert_eq!(suspend(&test, &first, &auditor).await.err(), gone);
        let clerk = grant(&test, Role::CounterClerk, "nanshan");
        let hired = hiring::hire(app, &first, (&papers(6), &named("li.na")), clerk, now).await;
        assert_eq!(why(hired), gone);
        let further = grant(&test, Role::AccountAdministrator, "nanshan");
        assert_eq!(why(proposal::propose(app, &first, &wang.account, further, now).await), gone);
        let editor = grant(&test, Role::ContentEditor, "nanshan");
        assert_eq!(why(giving::give(app, &first, &wang.account, editor, now).await), gone);
        assert_eq!(why(managing::reset(app, &first, &wang.account, now).await), gone);
        assert_eq!(why(managing::lift(app, &first, &wang.account, now).await), gone);
        assert_eq!(why(managing::end_sessions(app, &first, &third.account, now).await), gone);
        assert_eq!(why(letting_in::let_in(app, &first, &third.account, now).await), gone);
        let seen = Decision::Seen { number: &told };
        assert_eq!(says(&test, &first, &wang.account, seen).await, Err(Refusal::SignInNeeded));
        assert_eq!(why(own::change_password(app, &first, &chosen("quite another set of words")).await), gone);
        assert_eq!(why(own::new_paper(app, &first, now).await), gone);

        // None of it was done: it waits for somebody who is still there.
        let last = acting(&test, &third).await;
        assert_eq!(says(&test, &last, &wang.account, seen).await, Ok(()));
        one.try_in(&test, PASSWORD, &one.code(&test), None).await.unwrap();
        audit::verify_all(test.app.database(), domains::streams()).await.unwrap().unwrap();
    }
}

#[tokio::test]
async fn a_stop_that_was_pressed_before_and_is_written_after_voids_what_was_begun_in_between() {
    for test in test_apps(Setup::default()).await {
        let [one, other, third] = three(&test).await;
        let (_, role) = auditor(&test).await;
        let (stranger, second) = (acting(&test, &one).await, acting(&test, &other).await);
        let pressed = test.now();
        test.wait(TimeDelta::seconds(20));
        begins_all(&test, &stranger, (&role, &third)).await;
        assert_eq!(waiting_for(&test.app, &second, test.now()).await.unwrap(), 1);
        end_all(&test, &one, pressed).await;
        is_void(&test, (&second, &third), &role).await;
    }
}

#[tokio::test]
async fn a_clock_that_was_set_back_brings_nothing_to_life_that_was_stopped_later() {
    for test in test_apps(Setup::default()).await {
        let [one, other, third] = three(&test).await;
        let (_, role) = auditor(&test).await;
        let (stranger, second) = (acting(&test, &one).await, acting(&test, &other).await);
        begins_all(&test, &stranger, (&role, &third)).await;
        let set_back = test.now() - TimeDelta::minutes(9);
        end_all(&test, &one, set_back).await;
        is_void(&test, (&second, &third), &role).await;
    }
}

/// An invitation, the end of an auditor's role and, last, since whoever does so gives no role then, somebody's suspension.
async fn begins_all(test: &TestApp, stranger: &Staff, (role, whom): (&str, &Clerk)) {
    take_on(test, stranger, 5, "wang.min").await;
    assert_eq!(take_back(test, stranger, role).await, Ok(TakenBack::Proposed));
    suspend(test, stranger, whom).await.unwrap();
}

async fn is_void(test: &TestApp, (second, whom): (&Staff, &Clerk), role: &str) {
    assert_eq!(waiting_for(&test.app, second, test.now()).await.unwrap(), 0);
    let all = confirming::waiting(&test.app, second, test.now()).await.unwrap();
    assert!(all.iter().all(|one| one.is_void), "{:?}", all.iter().map(|one| &one.account).collect::<Vec<_>>());
    assert_eq!(says(test, second, &whom.account, Decision::Agree).await, Err(Refusal::FirstStopped));
    assert_eq!(
        take_back(test, second, role).await,
        Ok(TakenBack::ProposedAnew),
        "one press of one person ends nothing"
    );
    audit::verify_all(test.app.database(), domains::streams()).await.unwrap().unwrap();
}

#[tokio::test]
async fn an_invitation_by_somebody_who_is_stopped_after_it_whatever_the_clock_says_is_void() {
    for test in test_apps(Setup::default()).await {
        let [one, _, _] = three(&test).await;
        let first = acting(&test, &one).await;
        let code = take_on(&test, &first, 5, "wang.min").await;
        end_all(&test, &one, test.now() - TimeDelta::minutes(9)).await;
        let account = named("wang.min");
        let secret = invitation::look(&test.app, &account, &code, test.now()).await.unwrap();
        let totp = secret.code(server::staff::totp::step_at(test.now())).unwrap();
        let taken = invitation::take_up(&test.app, (&account, &code), &chosen(PASSWORD), &totp, test.now()).await;
        assert_eq!(why(taken), Some(Refusal::InvitationOver));
    }
}

#[tokio::test]
async fn what_waits_for_a_stop_to_be_written_finds_it() {
    for test in test_apps(Setup::default()).await {
        let [one, _, _] = three(&test).await;
        let (_, role) = auditor(&test).await;
        let stranger = acting(&test, &one).await;
        let mut stop = test.connection().await;
        let begin = if test.backend() == Backend::Sqlite { "begin immediate" } else { "begin" };
        sqlx::raw_sql(begin).execute(&mut stop).await.unwrap();
        let ended = "delete from staff_session where account = $1";
        sql(ended, [one.account.as_str().into()]).execute(&mut stop).await.unwrap();
        let written = async {
            tokio::time::sleep(Duration::from_millis(300)).await;
            sqlx::raw_sql("commit").execute(&mut stop).await.unwrap();
        };
        let (half, ()) = tokio::join!(take_back(&test, &stranger, &role), written);
        assert_eq!(half, Err(Refusal::SignInNeeded));
    }
}

#[tokio::test]
async fn of_a_stop_and_a_first_half_at_the_same_instant_the_half_is_void_or_was_never_written() {
    for test in test_apps(Setup::default()).await {
        let [one, other, _] = three(&test).await;
        let (_, role) = auditor(&test).await;
        let second = acting(&test, &other).await;
        for _ in 0..8 {
            let stranger = acting(&test, &one).await;
            // The stop was pressed first.
            let pressed = test.now() - TimeDelta::milliseconds(30);
            let stop = session::end_all(&test.app, &one.account, Actor::Operator, pressed);
            let (stopped, half) = tokio::join!(stop, take_back(&test, &stranger, &role));
            stopped.unwrap();
            assert!(matches!(half, Ok(TakenBack::Proposed) | Err(Refusal::SignInNeeded)), "{half:?}");
            assert_eq!(waiting_for(&test.app, &second, test.now()).await.unwrap(), 0, "{half:?}");
        }
        audit::verify_all(test.app.database(), domains::streams()).await.unwrap().unwrap();
    }
}
