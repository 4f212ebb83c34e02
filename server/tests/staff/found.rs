//! The operator makes the first two administrators, and no third.

use chrono::TimeDelta;
use server::audit::{self, Actor};
use server::database::{
    DatabaseError, Rule,
    sql::{sql, text},
};
use server::staff::{found, invitation, roles};
use server::{Error, domains};
use shared::staff::{OfficeId, Refusal, Right, Role, Whereabouts, allowed_by};

use super::super::support::staff::{clerk, named, papers, person_of};
use super::super::support::{Setup, TestApp, test_apps};

fn offices(names: &[&str]) -> Vec<OfficeId> {
    names.iter().map(|name| OfficeId::parse(name).unwrap()).collect()
}

/// Makes the `n`th of the staff an administrator, as `admin` and their number.
async fn make(test: &TestApp, n: usize, names: &[&str]) -> Result<String, Refusal> {
    let account = named(&format!("admin{n}"));
    let made = found::found(&test.app, &papers(n), &account, &offices(names), test.now()).await;
    made.map_err(|error| error.refusal().unwrap_or_else(|| panic!("{error:?}")))
}

#[tokio::test]
async fn the_operator_makes_two_administrators_of_an_office_and_of_a_third_there_is_nothing() {
    for test in test_apps(Setup::default()).await {
        assert_eq!(make(&test, 1, &["nanshan"]).await, Err(Refusal::AdministratorsThere), "the invented two are there");
        let code = make(&test, 1, &["luohu", "futian"]).await.unwrap();
        make(&test, 2, &["luohu"]).await.unwrap();
        assert_eq!(make(&test, 3, &["futian", "luohu"]).await, Err(Refusal::AdministratorsThere));
        make(&test, 3, &["futian"]).await.unwrap();

        let person = person_of(&test, "admin1").await;
        let grants = roles::of(&test.app, &person).await.unwrap();
        for office in offices(&["luohu", "futian"]) {
            let at = Whereabouts { office: Some(office), ..Whereabouts::default() };
            assert!(allowed_by(&grants, Right::GrantRoles, &at, test.now()).is_some());
        }
        assert!(invitation::look(&test.app, &named("admin1"), &code, test.now()).await.is_ok());
        assert_eq!(make(&test, 1, &["bao-an"]).await, Err(Refusal::PersonKnown));

        let statement = "select act, actor from audit where stream = $1 order by sequence";
        let stream = format!("staff:{person}");
        let mut connection = test.app.database().read().await.unwrap();
        let rows = sql(statement, [stream.as_str().into()]).fetch_all(&mut *connection).await.unwrap();
        let acts: Vec<_> = rows.iter().map(|row| text(row, "act").unwrap()).collect();
        assert_eq!(acts, ["taken_on", "account_created", "role_given", "role_given", "account_invited"]);
        assert!(rows.iter().all(|row| text(row, "actor").unwrap() == "operator"));
        drop(connection);
        audit::verify_all(test.app.database(), domains::streams()).await.unwrap().unwrap();
    }
}

#[tokio::test]
async fn of_five_at_the_same_instant_two_are_administrators() {
    for test in test_apps(Setup::default()).await {
        let all = (1..=5).map(|n| make(&test, n, &["luohu"]));
        let made = futures_util::future::join_all(all).await;
        assert_eq!(made.iter().filter(|one| one.is_ok()).count(), 2, "{made:?}");
        assert!(made.into_iter().filter_map(Result::err).all(|refusal| refusal == Refusal::AdministratorsThere));
    }
}

#[tokio::test]
async fn where_an_administrator_is_gone_the_operator_makes_another() {
    for test in test_apps(Setup::default()).await {
        make(&test, 1, &["luohu"]).await.unwrap();
        make(&test, 2, &["luohu"]).await.unwrap();
        for (gone, next) in [(1, 3), (2, 4)] {
            let statement = "select id from staff_role where staff_id = $1";
            let person = person_of(&test, &format!("admin{gone}")).await;
            let row = sql(statement, [person.as_str().into()])
                .fetch_one(&mut *test.app.database().read().await.unwrap())
                .await
                .unwrap();
            roles::take_back(&test.app, &text(&row, "id").unwrap(), Actor::Operator, test.now()).await.unwrap();
            make(&test, next, &["luohu"]).await.unwrap();
            assert_eq!(make(&test, 5, &["luohu"]).await, Err(Refusal::AdministratorsThere));
        }
    }
}

#[tokio::test]
async fn only_an_administrator_is_invited_again_by_the_operator() {
    for test in test_apps(Setup::default()).await {
        let first = make(&test, 1, &["luohu"]).await.unwrap();
        test.wait(TimeDelta::hours(24));
        let account = named("admin1");
        let over = invitation::look(&test.app, &account, &first, test.now()).await.unwrap_err();
        assert_eq!(over.refusal(), Some(Refusal::InvitationOver));
        let code = found::invite_again(&test.app, &account, test.now()).await.unwrap();
        assert!(invitation::look(&test.app, &account, &code, test.now()).await.is_ok());

        let clerk = clerk(&test, 2).await;
        clerk.is_given(&test, Role::CounterClerk, "luohu").await;
        let refused = found::invite_again(&test.app, &clerk.account, test.now()).await.unwrap_err();
        assert_eq!(refused.refusal(), Some(Refusal::NotAllowed));
        assert!(found::invite_again(&test.app, &named("nobody"), test.now()).await.is_err());
    }
}

#[tokio::test]
async fn the_database_knows_that_there_are_two_founders_and_whom_the_operator_made() {
    for test in test_apps(Setup::default()).await {
        make(&test, 1, &["luohu"]).await.unwrap();
        let [first, other] = [person_of(&test, "admin1").await, person_of(&test, "demo-admin").await];
        let insert = async |role: &'static str, founder: i64, by: Option<String>| {
            let values = (other.to_string(), role, founder, by);
            test.app.database().write_with(values, insert).await
        };
        let refused = insert("account_administrator", 1, None).await.unwrap_err();
        assert!(matches!(refused, Error::Database(DatabaseError::Refused(Rule::TwoFounders))), "{refused:?}");
        assert!(insert("account_administrator", 3, None).await.is_err());
        assert!(insert("counter_clerk", 2, None).await.is_err());
        assert!(insert("account_administrator", 2, Some(first.to_string())).await.is_err());
        insert("account_administrator", 2, None).await.unwrap();
    }
}

async fn insert(
    connection: &mut sqlx::AnyConnection,
    (person, role, founder, by): &(String, &'static str, i64, Option<String>),
) -> Result<(), Error> {
    let statement = "insert into staff_role (id, staff_id, role, scope, scope_id, from_at, granted_by, granted_at, founder) \
         values ('x', $1, $2, 'office', 'luohu', 0, $3, 0, $4)";
    let values = [person.as_str().into(), (*role).into(), by.clone().into(), (*founder).into()];
    sql(statement, values).execute(connection).await?;
    Ok(())
}
