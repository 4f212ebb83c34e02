//! What the rows for staff say is what the API does: each asked by nobody, and by somebody of every role.

use axum::http::{Method, StatusCode};
use chrono::TimeDelta;
use serde_json::Value;
use server::api::{self, Row};
use server::audit::Actor;
use server::route::{Cache, Who};
use server::staff::{authority, roles};
use shared::staff::{OfficeId, Refusal, Right, Role, Scope, Whereabouts};

use super::super::support::staff::{clerk, cookies, whoever_sends};
use super::super::support::{
    Setup, TestApp,
    http::{Answer, Api, document, request},
    test_apps,
};

fn rows() -> Vec<(Row, Method)> {
    let rows = api::rows().into_iter().filter(|row| row.who.wants_session());
    rows.flat_map(|row| row.methods.clone().into_iter().map(move |method| (row.clone(), method))).collect()
}

/// An address whose parameters name nothing.
fn address(path: &str) -> String {
    path.split('/').map(|part| if part.starts_with('{') { "none" } else { part }).collect::<Vec<_>>().join("/")
}

async fn ask(api: &Api, row: &Row, method: &Method) -> Answer {
    api.send(request(method.clone(), &address(&row.path), None, &Value::Null)).await
}

#[tokio::test]
async fn a_row_for_staff_is_there_for_the_roles_that_have_its_right_and_for_nobody_else() {
    for test in test_apps(Setup::default()).await {
        for (row, method) in rows() {
            let refused = ask(&Api::of(&test.app), &row, &method).await;
            assert_eq!((refused.status, refused.code()), (StatusCode::UNAUTHORIZED, "sign_in_needed"), "{row:?}");
        }
        for (n, role) in Role::ALL.iter().enumerate() {
            let somebody = clerk(&test, n).await;
            somebody.is_given(&test, *role, "nanshan").await;
            for (row, method) in rows() {
                let browser = Api::with_cookies(&test.app, cookies(&somebody.sign_in(&test, None).await));
                let answer = ask(&browser, &row, &method).await;
                let may = match row.who {
                    Who::Staff(right) => role.allows(right),
                    _ => true,
                };
                let refused = answer.status == StatusCode::FORBIDDEN && answer.code() == "not_allowed";
                assert_eq!(refused, !may, "{role:?} {method} {}: {answer:?}", row.path);
            }
        }
    }
}

#[test]
fn no_answer_to_staff_is_kept_and_the_document_says_who_may() {
    for (row, method) in rows() {
        assert_eq!(row.cache, Cache::Never, "{}", row.path);
        let operation = &document()["paths"][&row.path][method.as_str().to_ascii_lowercase()];
        assert!(operation["security"][0]["staff_session"].is_array(), "{method} {}", row.path);
        let description = operation["description"].as_str().unwrap();
        let Who::Staff(right) = row.who else { continue };
        for role in Role::ALL {
            let named = description.contains(role.words(shared::locale::Locale::En));
            assert_eq!(named, role.allows(right), "{method} {} {role:?}", row.path);
        }
    }
}

fn office(name: &str) -> OfficeId {
    OfficeId::parse(name).unwrap()
}

fn at(name: &str) -> Whereabouts {
    Whereabouts { office: Some(office(name)), ..Whereabouts::default() }
}

async fn staff(test: &TestApp, cookies: &str) -> Result<authority::Staff, Option<Refusal>> {
    whoever_sends(test, cookies).await.map_err(|error| error.refusal())
}

#[tokio::test]
async fn somebody_may_what_their_roles_allow_where_and_while_they_hold() {
    for test in test_apps(Setup::default()).await {
        let clerk = clerk(&test, 1).await;
        let role = clerk.is_given(&test, Role::CounterClerk, "nanshan").await;
        let sent = cookies(&clerk.sign_in(&test, None).await);
        let now = staff(&test, &sent).await.unwrap();
        assert_eq!((now.person(), now.account()), (&clerk.person, &clerk.account));
        assert_eq!(now.anywhere(Right::SeeDay), [Scope::Office(office("nanshan"))]);
        assert_eq!(now.anywhere(Right::ManageAccounts), []);
        assert_eq!(now.may(Right::SeeDay, &at("nanshan")), Ok(()));
        assert_eq!(now.may(Right::SeeDay, &at("futian")), Err(Refusal::NotAllowed));
        assert_eq!(now.may(Right::SeeDay, &Whereabouts::default()), Err(Refusal::NotAllowed));
        assert_eq!(now.may(Right::ManageOffice, &at("nanshan")), Err(Refusal::NotAllowed));
        assert!(now.is_fresh());

        test.wait(TimeDelta::minutes(5));
        roles::take_back(&test.app, &role, Actor::Operator, test.now()).await.unwrap();
        let later = staff(&test, &sent).await.unwrap();
        assert!(!later.is_fresh() && later.roles().next().is_none());
        assert_eq!(
            later.may(Right::SeeDay, &at("nanshan")),
            Err(Refusal::NotAllowed),
            "a role that is dropped is gone"
        );
    }
}

#[tokio::test]
async fn no_other_cookie_is_a_session() {
    for test in test_apps(Setup::default()).await {
        let signed = clerk(&test, 1).await.sign_in(&test, None).await;
        let (session, device) = (signed.session.reveal(), signed.device.reveal());
        for cookie in [
            String::new(),
            format!("staff={device}"),
            format!("session={session}"),
            format!("__Host-staff={session}"),
            format!("staff-device={session}"),
            "staff=".to_owned(),
        ] {
            assert_eq!(staff(&test, &cookie).await.unwrap_err(), Some(Refusal::SignInNeeded), "{cookie}");
        }
    }
}
