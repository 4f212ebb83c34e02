//! An account that one person opens lets nobody in until a second has seen whose it is.

use chrono::TimeDelta;
use server::audit::{self, Actor};
use server::counter::history::By;
use server::counter::looks::accounts::{self, Act};
use server::counter::looks::safety::Back;
use server::database::{DatabaseError, Rule, sql::sql};
use server::staff::authority::Staff;
use server::staff::confirming::{self, Decision, Waiting, What};
use server::staff::hiring::{self, Hired};
use server::staff::people::{self, State};
use server::staff::totp::step_at;
use server::staff::{found, giving, invitation, managing, roles, session};
use server::{Error, domains};
use shared::staff::{AccountName, OfficeId, Refusal, Role};

use super::super::support::staff::{Clerk, PASSWORD, chosen, clerk, named, papers, person_of};
use super::super::support::{Setup, TestApp, test_apps};
use super::administrators::{acting, administrator, refusal};
use super::hiring::grant;

/// Takes an invitation up, whoever holds its code: with whom the account is then, and what they are told.
pub async fn set_up(test: &TestApp, name: &str, code: &str) -> (Clerk, Option<u32>) {
    let account = named(name);
    let secret = invitation::look(&test.app, &account, code, test.now()).await.unwrap();
    let totp = secret.code(step_at(test.now())).unwrap();
    let ready = invitation::take_up(&test.app, (&account, code), &chosen(PASSWORD), &totp, test.now()).await.unwrap();
    test.wait(TimeDelta::seconds(30));
    (Clerk { person: person_of(test, name).await, account, secret, paper: ready.paper }, ready.number)
}

/// An administrator who resets the account of the third clerk: their session, with whom the account is then, and what those are
/// told.
async fn reset_and_taken_up(test: &TestApp, admin: &Clerk) -> (Staff, Clerk, Option<u32>) {
    let somebody = clerk(test, 3).await;
    somebody.is_given(test, Role::CounterClerk, "nanshan").await;
    let first = acting(test, admin).await;
    let code = managing::reset(&test.app, &first, &somebody.account, test.now()).await.unwrap();
    let (taken, number) = set_up(test, "clerk3", &code).await;
    (first, taken, number)
}

pub async fn take_on(test: &TestApp, staff: &Staff, n: usize, name: &str) -> String {
    let (person, account, role) = (papers(n), named(name), grant(test, Role::CounterClerk, "nanshan"));
    match hiring::hire(&test.app, staff, (&person, &account), role, test.now()).await.unwrap() {
        Hired::Invited { code } => code,
        other => panic!("{other:?}"),
    }
}

/// What somebody is refused who signs in with what is right.
pub async fn door(test: &TestApp, clerk: &Clerk) -> Option<Refusal> {
    test.wait(TimeDelta::seconds(30));
    clerk.try_in(test, PASSWORD, &clerk.code(test), None).await.err().map(|error| refusal(&error))
}

async fn waiting(test: &TestApp, staff: &Staff) -> Vec<Waiting> {
    confirming::waiting(&test.app, staff, test.now()).await.unwrap()
}

pub async fn says(test: &TestApp, staff: &Staff, name: &AccountName, decision: Decision<'_>) -> Result<(), Refusal> {
    confirming::decide(&test.app, staff, name, decision, test.now()).await.map_err(|error| refusal(&error))
}

async fn state(test: &TestApp, staff: &Staff, name: &AccountName) -> State {
    people::one(&test.app, staff, name, test.now()).await.unwrap().0.state
}

#[tokio::test]
async fn a_new_account_lets_nobody_in_before_a_second_person_has_seen_its_owner() {
    for test in test_apps(Setup::default()).await {
        let admin = administrator(&test, 1, "nanshan").await;
        let manager = clerk(&test, 2).await;
        manager.is_given(&test, Role::OfficeManager, "nanshan").await;
        let first = acting(&test, &admin).await;
        let code = take_on(&test, &first, 3, "wang.min").await;
        let (wang, number) = set_up(&test, "wang.min", &code).await;
        let number = number.expect("it takes a second person");
        assert_eq!(door(&test, &wang).await, Some(Refusal::Unconfirmed { number }));
        assert!(session::list(&test.app, &wang.account, test.now()).await.unwrap().is_empty());
        assert_eq!(state(&test, &first, &wang.account).await, State::Unconfirmed);

        let told = format!("{number:06}");
        let first = acting(&test, &admin).await;
        assert!(!waiting(&test, &first).await[0].is_theirs);
        let seen = Decision::Seen { number: &told };
        assert_eq!(says(&test, &first, &wang.account, seen).await, Err(Refusal::TakesAnother));
        assert_eq!(says(&test, &first, &wang.account, Decision::NotSeen).await, Err(Refusal::TakesAnother));
        for (n, role, office) in [(4, Role::CounterClerk, "nanshan"), (5, Role::OfficeManager, "demo-bay")] {
            let stranger = clerk(&test, n).await;
            stranger.is_given(&test, role, office).await;
            let stranger = acting(&test, &stranger).await;
            assert!(waiting(&test, &stranger).await.is_empty());
            assert_eq!(says(&test, &stranger, &wang.account, seen).await, Err(Refusal::NothingToConfirm), "{role:?}");
        }

        let second = acting(&test, &manager).await;
        let task = waiting(&test, &second).await.remove(0);
        assert_eq!((task.what, task.first_by.as_deref()), (What::Opened { anew: false }, Some("clerk1")));
        assert!(task.is_theirs && task.who.document == Some(papers(3).document));
        let wrong = format!("{:06}", (number + 1) % 1_000_000);
        let guessed = Decision::Seen { number: &wrong };
        assert_eq!(says(&test, &second, &wang.account, guessed).await, Err(Refusal::NotTheNumber));
        let spaced = format!("{} {}", &told[..3], &told[3..]);
        assert_eq!(says(&test, &second, &wang.account, Decision::Seen { number: &spaced }).await, Ok(()));
        assert_eq!(says(&test, &second, &wang.account, seen).await, Err(Refusal::NothingToConfirm), "once");
        assert_eq!(door(&test, &wang).await, None);
        audit::verify_all(test.app.database(), domains::streams()).await.unwrap().unwrap();
    }
}

#[tokio::test]
async fn an_administrator_who_takes_up_what_he_made_for_another_comes_in_to_nothing() {
    for test in test_apps(Setup::default()).await {
        let (admin, other) = (administrator(&test, 1, "nanshan").await, administrator(&test, 2, "nanshan").await);
        let (_, taken, number) = reset_and_taken_up(&test, &admin).await;
        assert_eq!(door(&test, &taken).await, Some(Refusal::Unconfirmed { number: number.unwrap() }));
        // Closing and opening the account again is no way around.
        let first = acting(&test, &admin).await;
        managing::suspend(&test.app, &first, &taken.account, test.now()).await.unwrap();
        managing::lift(&test.app, &first, &taken.account, test.now()).await.unwrap();
        assert!(matches!(door(&test, &taken).await, Some(Refusal::Unconfirmed { .. })));

        // The clerk knows of nothing, and the other one says so.
        let second = acting(&test, &other).await;
        assert_eq!(waiting(&test, &second).await[0].what, What::Opened { anew: true });
        says(&test, &second, &taken.account, Decision::NotSeen).await.unwrap();
        assert_eq!(door(&test, &taken).await, Some(Refusal::NotRecognised));
        assert_eq!(state(&test, &second, &taken.account).await, State::Suspended);
        assert!(waiting(&test, &second).await.is_empty());
        let first = acting(&test, &admin).await;
        managing::lift(&test.app, &first, &taken.account, test.now()).await.unwrap();
        assert_eq!(door(&test, &taken).await, Some(Refusal::NotRecognised));

        let first = acting(&test, &admin).await;
        let code = managing::reset(&test.app, &first, &taken.account, test.now()).await.unwrap();
        let (clerk, anew) = set_up(&test, "clerk3", &code).await;
        let second = acting(&test, &other).await;
        let told = |number: Option<u32>| format!("{:06}", number.unwrap());
        let (before, now) = (told(number), told(anew));
        let old = says(&test, &second, &clerk.account, Decision::Seen { number: &before }).await;
        assert_eq!(old, Err(Refusal::NotTheNumber), "of what was set up before");
        says(&test, &second, &clerk.account, Decision::Seen { number: &now }).await.unwrap();
        assert_eq!(door(&test, &clerk).await, None);
    }
}

#[tokio::test]
async fn what_the_operator_opens_waits_for_nobody() {
    for test in test_apps(Setup::default()).await {
        let luohu = [OfficeId::parse("luohu").unwrap()];
        let code = found::found(&test.app, &papers(1), &named("admin1"), &luohu, test.now()).await.unwrap();
        let (founder, number) = set_up(&test, "admin1", &code).await;
        assert_eq!((number, door(&test, &founder).await), (None, None));
        let again = found::invite_again(&test.app, &founder.account, test.now()).await.unwrap();
        let (founder, number) = set_up(&test, "admin1", &again).await;
        assert_eq!((number, door(&test, &founder).await), (None, None));
    }
}

#[tokio::test]
async fn the_database_knows_that_the_second_is_neither_the_first_nor_the_owner() {
    for test in test_apps(Setup::default()).await {
        let (admin, other) = (administrator(&test, 1, "nanshan").await, administrator(&test, 2, "nanshan").await);
        let first = acting(&test, &admin).await;
        let code = take_on(&test, &first, 3, "wang.min").await;
        let (wang, _) = set_up(&test, "wang.min", &code).await;
        let seen_by = async |clerk: &Clerk| {
            let statement = "update staff_account set seen_by = $1 where name = 'wang.min'";
            let done = sql(statement, [clerk.person.as_str().into()]).execute(&mut test.connection().await).await;
            done.map(drop).map_err(DatabaseError::from)
        };
        let late = clerk(&test, 4).await;
        late.is_given(&test, Role::OfficeManager, "nanshan").await;
        for (clerk, rule) in [(&admin, Rule::SeenByAnother), (&wang, Rule::SecondIsOlder), (&late, Rule::SecondIsOlder)]
        {
            let refused = seen_by(clerk).await.unwrap_err();
            assert!(matches!(&refused, DatabaseError::Refused(broken) if *broken == rule), "{refused:?}");
        }
        seen_by(&other).await.unwrap();
    }
}

#[tokio::test]
async fn an_account_that_a_second_person_refuses_to_confirm_stands_among_those_that_were_closed() {
    for test in test_apps(Setup::default()).await {
        let (admin, other) = (administrator(&test, 1, "nanshan").await, administrator(&test, 2, "nanshan").await);
        let (first, taken, _) = reset_and_taken_up(&test, &admin).await;
        let second = acting(&test, &other).await;
        says(&test, &second, &taken.account, Decision::NotSeen).await.unwrap();
        let (office, there) = (OfficeId::parse("nanshan").unwrap(), (Back::Month, 0));
        let listed = accounts::list(&test.app, &first, &office, there, test.now()).await.unwrap().entries.remove(0);
        assert_eq!((listed.act, listed.by), (Act::AccountNotConfirmed, By::Staff(Some(other.account))));
        assert_eq!(listed.account, Some(taken.account));
    }
}

#[tokio::test]
async fn nobody_is_the_second_who_became_it_since_or_just_before_by_the_first() {
    for test in test_apps(Setup::default()).await {
        let admin = administrator(&test, 1, "nanshan").await;
        let [theirs, since] = [clerk(&test, 2).await, clerk(&test, 3).await];
        for clerk in [&theirs, &since] {
            clerk.is_given(&test, Role::ContentEditor, "nanshan").await;
        }
        let manages = grant(&test, Role::OfficeManager, "nanshan");
        let first = acting(&test, &admin).await;
        giving::give(&test.app, &first, &theirs.account, manages, test.now()).await.unwrap();
        test.wait(TimeDelta::minutes(1));
        let first = acting(&test, &admin).await;
        let code = take_on(&test, &first, 4, "wang.min").await;
        let (wang, _) = set_up(&test, "wang.min", &code).await;
        since.is_given(&test, Role::OfficeManager, "nanshan").await;
        for clerk in [&theirs, &since] {
            let second = acting(&test, clerk).await;
            assert!(!waiting(&test, &second).await[0].is_theirs);
            assert_eq!(says(&test, &second, &wang.account, Decision::NotSeen).await, Err(Refusal::NotTheSecond));
        }
        let seconds = async |name: &str| {
            let entry = people::one(&test.app, &first, &named(name), test.now()).await.unwrap().0;
            confirming::seconds(&test.app, &entry, test.now()).await.unwrap()
        };
        // The invented administrators and manager were there before.
        assert!(!seconds("wang.min").await.contains(&"clerk2".to_owned()));
        // Of what is begun when they have been a manager for three days, they are the second.
        test.wait(TimeDelta::hours(72));
        let first = acting(&test, &admin).await;
        let code = take_on(&test, &first, 5, "li.na").await;
        let (li, number) = set_up(&test, "li.na", &code).await;
        let told = format!("{:06}", number.unwrap());
        let second = acting(&test, &theirs).await;
        says(&test, &second, &li.account, Decision::Seen { number: &told }).await.unwrap();
    }
}

#[tokio::test]
async fn an_invitation_is_void_once_whoever_made_it_could_not_make_it_any_more() {
    for test in test_apps(Setup::default()).await {
        let (admin, other) = (administrator(&test, 1, "nanshan").await, administrator(&test, 2, "nanshan").await);
        let somebody = clerk(&test, 3).await;
        let here = somebody.is_given(&test, Role::CounterClerk, "nanshan").await;
        let staff = acting(&test, &admin).await;
        let code = managing::reset(&test.app, &staff, &somebody.account, test.now()).await.unwrap();
        let secret = invitation::look(&test.app, &somebody.account, &code, test.now()).await.unwrap();
        let take_up = async || -> Result<(), Error> {
            let (who, totp) = ((&somebody.account, &*code), secret.code(step_at(test.now())).unwrap());
            invitation::take_up(&test.app, who, &chosen(PASSWORD), &totp, test.now()).await.map(drop)
        };
        // Another office gives them a role meanwhile, and they work only there.
        let there = somebody.is_given(&test, Role::CounterClerk, "demo-bay").await;
        roles::take_back(&test.app, &here, Actor::Operator, test.now()).await.unwrap();
        assert_eq!(refusal(&take_up().await.unwrap_err()), Refusal::InvitationOver);
        roles::take_back(&test.app, &there, Actor::Operator, test.now()).await.unwrap();
        // Whoever made it is stopped.
        let second = acting(&test, &other).await;
        managing::suspend(&test.app, &second, &admin.account, test.now()).await.unwrap();
        assert_eq!(refusal(&take_up().await.unwrap_err()), Refusal::InvitationOver);
    }
}
