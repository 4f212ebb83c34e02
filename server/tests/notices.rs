//! Notices: whose each board is, what each went through, and when it stands.

use chrono::{DateTime, TimeDelta, Utc};
use server::Error;
use server::notices::{self, Kept, shown};
use server::staff::authority::{self, Staff};
use server::staff::roles;
use shared::notices::{Board, Notice, Refusal, Tone, Wording, bureau};
use shared::places::PlaceId;
use shared::problem::Problem;
use shared::staff::{Grant, GrantedBy, NewGrant, Role, Scope};

use super::counter::hall::{holds, is_not_allowed, setup, staff_at};
use super::support::{TestApp, test_apps};

fn place(id: &str) -> Board {
    Board::Place(PlaceId::parse(id).unwrap())
}

fn notice(board: Board, now: DateTime<Utc>) -> Notice {
    Notice {
        board,
        tone: Tone::Info,
        zh: Wording::parse("电梯检修", "请走楼梯，或者[改约](/marriage/bookings)。").unwrap(),
        en: None,
        from: now,
        until: now + TimeDelta::days(3),
    }
}

async fn editor(test: &TestApp, n: usize, office: &str) -> Staff {
    staff_at(test, n, Role::ContentEditor, office).await
}

/// The same person, who speaks for the bureau from now on.
async fn for_the_bureau(test: &TestApp, staff: &Staff) -> Staff {
    let at = bureau();
    let scope = Scope::Organisation(at.organisation.clone().unwrap());
    let grant = Grant { role: Role::ContentEditor, scope, from: test.now(), until: None };
    let new = NewGrant { person: staff.person().clone(), grant, by: GrantedBy::Operator };
    roles::give(&test.app, &new, &at, test.now()).await.unwrap();
    authority::again(&test.app, staff, test.now()).await.unwrap()
}

async fn make(test: &TestApp, by: &Staff, id: &str, notice: &Notice) -> Result<(), Error> {
    notices::make(&test.app, by, id, notice, test.now()).await
}

async fn one(test: &TestApp, by: &Staff, id: &str) -> Kept {
    notices::one(&test.app, by, id).await.unwrap()
}

async fn standing(test: &TestApp, boards: &[Board]) -> Vec<String> {
    let on = shown::on(&test.app, boards, test.now()).await.unwrap();
    on.into_iter().map(|notice| notice.zh.title().to_owned()).collect()
}

fn is_changed<T: std::fmt::Debug>(outcome: Result<T, Error>) -> bool {
    outcome.unwrap_err().refusal() == Some(Refusal::Changed)
}

#[tokio::test]
async fn an_editor_speaks_for_the_places_of_the_office_and_for_nobody_else() {
    for test in test_apps(setup()).await {
        let (theirs, now) = (editor(&test, 1, "nanshan").await, test.now());
        make(&test, &theirs, "n1", &notice(place("nanshan"), now)).await.unwrap();
        for board in [Board::Home, Board::Service("marriage".to_owned()), place("demo-bay"), place("nowhere")] {
            assert!(is_not_allowed(&make(&test, &theirs, "n2", &notice(board, now)).await));
        }
        let moved = notice(place("demo-bay"), now);
        assert!(is_not_allowed(&notices::change(&test.app, &theirs, ("n1", 1), &moved, now).await));
        let other = editor(&test, 2, "demo-bay").await;
        assert_eq!(notices::list(&test.app, &other, now).await.unwrap(), []);
        for outcome in [
            notices::change(&test.app, &other, ("n1", 1), &notice(place("demo-bay"), now), now).await,
            notices::end(&test.app, &other, ("n1", 1), now).await,
            notices::undo(&test.app, &other, ("n1", 1), now).await,
        ] {
            assert!(matches!(outcome.unwrap_err(), Error::Problem(Problem::NotFound)), "it is none of theirs");
        }
        make(&test, &other, "n3", &notice(place("demo-bay-hall"), now)).await.unwrap();
        let clerk = staff_at(&test, 3, Role::CounterClerk, "nanshan").await;
        assert!(is_not_allowed(&make(&test, &clerk, "n4", &notice(place("nanshan"), now)).await));
        assert!(is_not_allowed(&notices::list(&test.app, &clerk, now).await));
        holds(&test).await;
    }
}

#[tokio::test]
async fn who_has_the_role_for_the_bureau_speaks_on_the_home_page() {
    for test in test_apps(setup()).await {
        let theirs = editor(&test, 1, "nanshan").await;
        assert!(is_not_allowed(&make(&test, &theirs, "n1", &notice(Board::Home, test.now())).await));
        let theirs = for_the_bureau(&test, &theirs).await;
        make(&test, &theirs, "n1", &notice(Board::Home, test.now())).await.unwrap();
        make(&test, &theirs, "n2", &notice(Board::Service("benefits".to_owned()), test.now())).await.unwrap();
        make(&test, &theirs, "n3", &notice(place("nanshan"), test.now())).await.unwrap();
        assert!(is_not_allowed(&make(&test, &theirs, "n4", &notice(place("demo-bay"), test.now())).await));
        assert_eq!(notices::list(&test.app, &theirs, test.now()).await.unwrap().len(), 3);
        holds(&test).await;
    }
}

#[tokio::test]
async fn a_notice_stands_from_its_beginning_to_its_end_and_only_on_its_board() {
    for test in test_apps(setup()).await {
        let (theirs, now) = (editor(&test, 1, "nanshan").await, test.now());
        let mut coming = notice(place("nanshan"), now);
        coming.from = now + TimeDelta::hours(1);
        make(&test, &theirs, "n1", &coming).await.unwrap();
        let here = [place("nanshan")];
        assert_eq!(standing(&test, &here).await, [""; 0], "not yet");
        test.wait(TimeDelta::hours(1));
        assert_eq!(standing(&test, &here).await, ["电梯检修"], "no job was needed");
        assert_eq!(standing(&test, &[Board::Home, place("demo-bay")]).await, [""; 0]);
        let mut warning = notice(place("nanshan"), test.now());
        (warning.tone, warning.zh) = (Tone::Warning, Wording::parse("今天停电", "改期。").unwrap());
        make(&test, &theirs, "n2", &warning).await.unwrap();
        assert_eq!(
            standing(&test, &here).await,
            ["今天停电", "电梯检修"],
            "within the same second, what matters first"
        );
        notices::end(&test.app, &theirs, ("n2", 1), test.now()).await.unwrap();
        assert_eq!(standing(&test, &here).await, ["电梯检修"], "at once");
        test.set_clock(&coming.until.to_rfc3339());
        assert_eq!(standing(&test, &here).await, [""; 0], "it is over");
        holds(&test).await;
    }
}

#[tokio::test]
async fn a_press_that_comes_twice_makes_one_notice() {
    for test in test_apps(setup()).await {
        let (theirs, now) = (editor(&test, 1, "nanshan").await, test.now());
        let first = notice(place("nanshan"), now);
        make(&test, &theirs, "n1", &first).await.unwrap();
        make(&test, &theirs, "n1", &first).await.unwrap();
        let mut other = first.clone();
        other.tone = Tone::Warning;
        assert!(is_changed(make(&test, &theirs, "n1", &other).await));
        assert_eq!((one(&test, &theirs, "n1").await.notice, one(&test, &theirs, "n1").await.version), (first, 1));
        holds(&test).await;
    }
}

#[tokio::test]
async fn whoever_read_an_earlier_version_changes_nothing() {
    for test in test_apps(setup()).await {
        let (theirs, now) = (editor(&test, 1, "nanshan").await, test.now());
        let first = notice(place("nanshan"), now);
        make(&test, &theirs, "n1", &first).await.unwrap();
        let mut second = first.clone();
        second.tone = Tone::Warning;
        let mut third = first.clone();
        third.until = now + TimeDelta::days(9);
        let (one_change, other_change) = tokio::join!(
            notices::change(&test.app, &theirs, ("n1", 1), &second, now),
            notices::change(&test.app, &theirs, ("n1", 1), &third, now),
        );
        assert_eq!([one_change.is_ok(), other_change.is_ok()].iter().filter(|ok| **ok).count(), 1, "one of two");
        assert!(is_changed(notices::change(&test.app, &theirs, ("n1", 1), &third, now).await));
        assert!(is_changed(notices::end(&test.app, &theirs, ("n1", 1), now).await));
        assert!(is_changed(notices::undo(&test.app, &theirs, ("n1", 1), now).await));
        assert_eq!(one(&test, &theirs, "n1").await.version, 2);
        holds(&test).await;
    }
}

#[tokio::test]
async fn the_last_change_is_taken_back_and_so_is_taking_it_back() {
    for test in test_apps(setup()).await {
        let (theirs, now) = (editor(&test, 1, "nanshan").await, test.now());
        let first = notice(place("nanshan"), now);
        make(&test, &theirs, "n1", &first).await.unwrap();
        let nothing = notices::undo(&test.app, &theirs, ("n1", 1), now).await.unwrap_err();
        assert_eq!(nothing.refusal(), Some(Refusal::NothingToUndo));
        notices::end(&test.app, &theirs, ("n1", 1), now + TimeDelta::hours(2)).await.unwrap();
        assert_eq!(one(&test, &theirs, "n1").await.notice.until, now + TimeDelta::hours(2));
        notices::undo(&test.app, &theirs, ("n1", 2), test.now()).await.unwrap();
        assert_eq!(one(&test, &theirs, "n1").await.notice, first, "it stands again");
        notices::undo(&test.app, &theirs, ("n1", 3), test.now()).await.unwrap();
        let kept = one(&test, &theirs, "n1").await;
        assert_eq!((kept.notice.until, kept.version), (now + TimeDelta::hours(2), 4));
        holds(&test).await;
    }
}

#[tokio::test]
async fn a_notice_that_somebody_rewrote_in_the_database_is_found() {
    for test in test_apps(setup()).await {
        let (theirs, now) = (editor(&test, 1, "nanshan").await, test.now());
        make(&test, &theirs, "n1", &notice(place("nanshan"), now)).await.unwrap();
        holds(&test).await;
        sqlx::query("update notice set title_zh = '不一样'").execute(&mut test.connection().await).await.unwrap();
        let verified =
            server::audit::verify_all(test.app.database(), server::domains::streams()).await.unwrap().unwrap_err();
        assert_eq!(verified.0, "notice:n1");
    }
}
