//! Whoever has not worked here for years keeps a name in the record, and no number.

use chrono::{Months, TimeDelta, Utc};
use server::audit::{self, Actor};
use server::database::sql::{sql, text};
use server::database::{DatabaseError, Rule};
use server::staff::people::{self, State};
use server::staff::{account, invitation, managing};
use server::{domains, jobs};
use shared::staff::{Refusal, Role, StaffId};

use super::super::support::staff::{Clerk, clerk, named, papers};
use super::super::support::{Setup, TestApp, test_apps};
use super::administrators::{acting, administrator, refusal};

/// The instant five years on, but for a day, by the clock of the house.
fn almost_five_years(test: &TestApp) -> TimeDelta {
    let (now, then): (chrono::DateTime<Utc>, _) = (test.now(), test.now() + Months::new(60));
    then - now - TimeDelta::days(1)
}

async fn index(test: &TestApp, person: &StaffId) -> String {
    let statement = "select person_index from staff where id = $1";
    let row = sql(statement, [person.as_str().into()]).fetch_one(&mut *test.app.database().read().await.unwrap()).await;
    text(&row.unwrap(), "person_index").unwrap()
}

async fn number_of(test: &TestApp, clerk: &Clerk) -> bool {
    account::person(&test.app, &clerk.account).await.unwrap().document.is_some()
}

#[tokio::test]
async fn the_number_of_whoever_left_is_erased_after_the_years_of_the_record_and_the_name_stays() {
    for test in test_apps(Setup::default()).await {
        let admin = administrator(&test, 1, "nanshan").await;
        let [gone, stays] = [clerk(&test, 2).await, clerk(&test, 3).await];
        for one in [&gone, &stays] {
            one.is_given(&test, Role::CounterClerk, "nanshan").await;
        }
        let staff = acting(&test, &admin).await;
        managing::suspend(&test.app, &staff, &gone.account, test.now()).await.unwrap();
        let known = index(&test, &gone.person).await;
        test.wait(almost_five_years(&test));
        acting(&test, &admin).await;
        jobs::round(&test.app, test.now()).await.unwrap();
        assert!(number_of(&test, &gone).await, "not before its time");
        assert_eq!(index(&test, &gone.person).await, known);
        // Nobody is two people until then.
        let again = account::take_on(&test.app, &papers(2), Actor::Operator, test.now()).await;
        assert_eq!(again.map_err(|error| refusal(&error)), Err(Refusal::PersonKnown));

        test.wait(TimeDelta::days(2));
        let staff = acting(&test, &admin).await;
        for _ in 0..2 {
            jobs::round(&test.app, test.now()).await.unwrap();
        }
        assert!(!number_of(&test, &gone).await, "erased, and once only");
        assert!(number_of(&test, &stays).await && number_of(&test, &admin).await, "nobody else's");
        assert_ne!(index(&test, &gone.person).await, known, "nor can it be found by it");
        let (entry, _) = people::one(&test.app, &staff, &gone.account, test.now()).await.unwrap();
        assert_eq!((entry.state, entry.who.name), (State::Ended, papers(2).name), "whose the record is");
        assert!(audit::verify_all(test.app.database(), domains::streams()).await.unwrap().is_ok());
        let erased = "select cast(count(*) as text) as events from audit where act = 'number_erased'";
        let row = sql(erased, []).fetch_one(&mut *test.app.database().read().await.unwrap()).await.unwrap();
        assert_eq!(text(&row, "events").unwrap(), "1");
    }
}

#[tokio::test]
async fn an_account_whose_number_was_erased_never_opens_again_and_whoever_comes_back_is_taken_on_anew() {
    for test in test_apps(Setup::default()).await {
        let admin = administrator(&test, 1, "nanshan").await;
        let gone = clerk(&test, 2).await;
        gone.is_given(&test, Role::CounterClerk, "nanshan").await;
        let staff = acting(&test, &admin).await;
        managing::suspend(&test.app, &staff, &gone.account, test.now()).await.unwrap();
        test.wait(almost_five_years(&test) + TimeDelta::days(2));
        let staff = acting(&test, &admin).await;
        jobs::round(&test.app, test.now()).await.unwrap();

        let lifted = managing::lift(&test.app, &staff, &gone.account, test.now()).await;
        assert_eq!(lifted.map_err(|error| refusal(&error)), Err(Refusal::AccountEnded));
        let reset = managing::reset(&test.app, &staff, &gone.account, test.now()).await;
        assert_eq!(reset.map_err(|error| refusal(&error)), Err(Refusal::AccountEnded));
        let invited = invitation::invite(&test.app, &gone.account, Actor::Operator, test.now()).await;
        assert_eq!(invited.map_err(|error| refusal(&error)), Err(Refusal::AccountEnded));
        // Nor by whoever writes to the database.
        let opened =
            sql("update staff_account set suspended_at = null where name = $1", [gone.account.as_str().into()]);
        let opened = opened.execute(&mut test.connection().await).await.map_err(DatabaseError::from);
        assert!(matches!(opened, Err(DatabaseError::Refused(Rule::EndedStaysClosed))), "{opened:?}");

        let back = account::take_on(&test.app, &papers(2), Actor::Operator, test.now()).await.unwrap();
        assert_ne!(back, gone.person);
        account::create(&test.app, &back, &named("clerk2.again"), Actor::Operator, test.now()).await.unwrap();
        let twice = account::take_on(&test.app, &papers(2), Actor::Operator, test.now()).await;
        assert_eq!(twice.map_err(|error| refusal(&error)), Err(Refusal::PersonKnown), "still one person");
    }
}
