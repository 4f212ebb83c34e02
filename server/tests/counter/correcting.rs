//! What came of a visit was written down wrongly: the manager puts it right, for a reason, whenever that is found.

use chrono::TimeDelta;
use server::Error;
use server::counter::acting::{self, Acting};
use server::counter::day::{Row, closing};
use server::counter::one_visit;
use server::staff::authority::Staff;
use shared::counter::paper::{Ending, Written};
use shared::counter::{
    Act, ActName, Ended, Ground, Outcome, Paper, Papers, Reason, Refusal, StateName, Step, VisitId, VisitState,
};
use shared::staff::Role;

use super::super::support::{TestApp, test_apps};
use super::hall::*;
use super::paper::{enter, of};

fn refused_for_age() -> Ended {
    Ended::Finished(Outcome::Refused { ground: Ground::named("under_age") })
}

async fn correct_with(
    test: &TestApp,
    by: &Staff,
    id: &VisitId,
    (to, reason, tell): (Ended, Option<Reason>, bool),
) -> Result<Row, Error> {
    let version = row(test, id).await.version;
    let acting = Acting { version, press: press(), step: Step::Act(Act::Correct { to }), reason };
    acting::correct(&test.app, by, id, (acting, tell), test.now()).await
}

async fn correct(test: &TestApp, by: &Staff, id: &VisitId, to: Ended) -> Result<Row, Error> {
    correct_with(test, by, id, (to, Some(reason()), false)).await
}

async fn texts(test: &TestApp) -> usize {
    test.messages().await.iter().filter(|message| message.kind.starts_with("visit_")).count()
}

/// A couple that was registered, as the sheet says.
async fn registered(test: &TestApp, clerk: &Staff) -> VisitId {
    let booked = booked(test, 1, 0).await;
    clock(test, "09:05:00");
    arrived(test, clerk, &booked).await;
    let id = called(test, clerk, windows(test).await[0]).await;
    register(test, clerk, &id).await;
    id
}

#[tokio::test]
async fn a_manager_corrects_for_a_reason_and_a_clerk_does_not() {
    for test in test_apps(setup()).await {
        let (clerk, manager) = (clerk(&test, 1).await, manager(&test, 2).await);
        let id = registered(&test, &clerk).await;
        let early = refused(correct(&test, &manager, &id, Ended::Left).await);
        assert_eq!(early, Refusal::UndoInstead { act: ActName::Finish });
        test.wait(TimeDelta::seconds(60));
        assert!(is_not_allowed(&correct(&test, &clerk, &id, Ended::Left).await));
        let stranger = staff_at(&test, 3, Role::OfficeManager, "demo-hill").await;
        assert!(is_not_allowed(&correct(&test, &stranger, &id, Ended::Left).await));
        let unsaid = correct_with(&test, &manager, &id, (Ended::Left, None, false)).await;
        assert_eq!(refused(unsaid), Refusal::ReasonNeeded);
        let same = correct(&test, &manager, &id, Ended::Finished(Outcome::Registered)).await;
        assert_eq!(refused(same), Refusal::SameOutcome);

        let corrected = correct(&test, &manager, &id, refused_for_age()).await.unwrap();
        assert_eq!(corrected.state, VisitState::from(refused_for_age()));
        assert_eq!(texts(&test).await, 0, "nobody is told who was not to be");
        let stale = Acting {
            version: 1,
            press: press(),
            step: Step::Act(Act::Correct { to: Ended::Left }),
            reason: Some(reason()),
        };
        let stale = acting::correct(&test.app, &manager, &id, (stale, false), test.now()).await;
        assert!(matches!(refused(stale), Refusal::Changed { .. }));
        let recorded = "select count(*) from audit where stream like 'visit:%' and act = 'correct' \
             and detail like '%叫号屏%' and detail like '%under_age%'";
        assert_eq!(number(&test.app, recorded).await, 1);
        holds(&test).await;
    }
}

#[tokio::test]
async fn it_tells_what_was_ticked_and_undone_within_the_minute_it_tells_nothing() {
    for test in test_apps(setup()).await {
        let (clerk, manager) = (clerk(&test, 1).await, manager(&test, 2).await);
        let id = registered(&test, &clerk).await;
        test.wait(TimeDelta::seconds(60));
        let papers = Papers::new([Paper::named("photos")]).unwrap();
        let to = Ended::Finished(Outcome::ToReturn { papers });
        correct_with(&test, &manager, &id, (to.clone(), Some(reason()), true)).await.unwrap();
        assert_eq!(texts(&test).await, 2);
        assert!(is_not_allowed(&undo(&test, &clerk, &id).await), "a clerk undoes no correction");
        let undone = undo(&test, &manager, &id).await.unwrap();
        assert_eq!(undone.state, VisitState::Finished(Outcome::Registered));
        assert_eq!(texts(&test).await, 0);
        correct_with(&test, &manager, &id, (to, Some(reason()), true)).await.unwrap();
        test.wait(TimeDelta::seconds(60));
        assert!(matches!(refused(undo(&test, &manager, &id).await), Refusal::UndoTooLate { .. }));
        assert_eq!(texts(&test).await, 2);
        holds(&test).await;
    }
}

#[tokio::test]
async fn two_corrections_of_a_visit_are_told_and_a_third_is_made_without_a_text() {
    for test in test_apps(setup()).await {
        let (clerk, manager) = (clerk(&test, 1).await, manager(&test, 2).await);
        let id = registered(&test, &clerk).await;
        let told = async |to: Ended| correct_with(&test, &manager, &id, (to, Some(reason()), true)).await;
        let not_done = || Ended::Finished(Outcome::as_told());
        test.wait(TimeDelta::seconds(60));
        // What is undone was told to nobody, and what has no text neither.
        told(Ended::NoShow).await.unwrap();
        undo(&test, &manager, &id).await.unwrap();
        told(Ended::Left).await.unwrap();
        for to in [Ended::NoShow, not_done()] {
            test.wait(TimeDelta::seconds(60));
            told(to).await.unwrap();
        }
        test.wait(TimeDelta::seconds(60));
        assert_eq!(texts(&test).await, 4);
        assert_eq!(refused(told(Ended::NoShow).await), Refusal::ToldTwice);
        let opened = one_visit::open(&test.app, &manager, &id, None, test.now()).await.unwrap();
        assert!(opened.told_enough);
        correct(&test, &manager, &id, Ended::NoShow).await.unwrap();
        assert_eq!(texts(&test).await, 4);
        holds(&test).await;
    }
}

#[tokio::test]
async fn a_day_that_is_closed_is_corrected_too_and_says_so() {
    for test in test_apps(setup()).await {
        let (clerk, manager) = (clerk(&test, 1).await, manager(&test, 2).await);
        let id = registered(&test, &clerk).await;
        clock(&test, "18:00:00");
        let version = sheet(&test).await.version;
        closing::close(&test.app, &manager, &nanshan(), (DAY.parse().unwrap(), version), Some(reason()), test.now())
            .await
            .unwrap();
        test.wait(TimeDelta::days(5));
        assert!(is_not_allowed(&correct(&test, &clerk, &id, Ended::NoShow).await));
        correct(&test, &manager, &id, Ended::NoShow).await.unwrap();
        assert!(sheet(&test).await.corrected);
        assert_eq!(undo(&test, &manager, &id).await.unwrap().state.kind(), StateName::Finished);
        holds(&test).await;
    }
}

#[tokio::test]
async fn a_line_of_paper_is_corrected_and_who_was_here_after_all_has_a_number() {
    for test in test_apps(setup()).await {
        let (booked, manager) = (booked(&test, 1, 0).await, manager(&test, 2).await);
        clock(&test, "17:30:00");
        let before = row(&test, &visit_of(&booked)).await;
        let written = Written { ending: Ending::NoShow, arrived: None, called: None, counter: None, ended: None };
        let missed = enter(&test, &manager, &of(&before, written)).await.unwrap();
        assert_eq!((missed.state.kind(), missed.ticket), (StateName::NoShow, None));
        test.wait(TimeDelta::seconds(60));
        let done = correct(&test, &manager, &missed.id, Ended::Finished(Outcome::Registered)).await.unwrap();
        assert_eq!((done.state.kind(), done.ticket), (StateName::Finished, Some(1)));
        holds(&test).await;
    }
}

#[tokio::test]
async fn a_walk_in_who_left_after_all_gives_their_place_back_and_takes_it_again() {
    for test in test_apps(setup()).await {
        let (clerk, manager) = (clerk(&test, 1).await, manager(&test, 2).await);
        clock(&test, "09:05:00");
        let ticket = ticket(&test, &clerk).await.unwrap();
        called(&test, &clerk, windows(&test).await[0]).await;
        register(&test, &clerk, &ticket.visit).await;
        test.wait(TimeDelta::seconds(60));
        let taken = async || number(&test.app, "select cast(sum(taken) as bigint) from slot").await;
        let before = taken().await;
        correct(&test, &manager, &ticket.visit, Ended::Left).await.unwrap();
        assert_eq!(taken().await, before - 1);
        test.wait(TimeDelta::seconds(60));
        correct(&test, &manager, &ticket.visit, refused_for_age()).await.unwrap();
        assert_eq!(taken().await, before);
        holds(&test).await;
    }
}

#[tokio::test]
async fn a_ticket_is_corrected_also_where_its_place_was_given_to_another_or_closed_since() {
    for test in test_apps(setup()).await {
        let (clerk, manager) = (clerk(&test, 1).await, manager(&test, 2).await);
        clock(&test, "17:20:00");
        let first = ticket(&test, &clerk).await.unwrap();
        act(&test, &clerk, &first.visit, Act::Left).await.unwrap();
        while ticket(&test, &clerk).await.is_ok() {}
        test.wait(TimeDelta::seconds(60));
        correct(&test, &manager, &first.visit, refused_for_age()).await.unwrap();
        holds(&test).await;
        undo(&test, &manager, &first.visit).await.unwrap();
        let slots = "select count(*) from slot where cut_to is not null";
        assert_eq!(number(&test.app, slots).await, 0, "a slot that grew is as before");
        let close = "update slot set closed = 1 where place_id = 'nanshan'";
        server::database::sql::sql(close, []).execute(&mut test.connection().await).await.unwrap();
        test.wait(TimeDelta::days(1));
        correct(&test, &manager, &first.visit, Ended::Finished(Outcome::Registered)).await.unwrap();
        holds(&test).await;
    }
}
