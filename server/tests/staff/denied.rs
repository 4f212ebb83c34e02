//! What somebody who is signed in was refused is on record.

use axum::http::{Method, StatusCode};
use chrono::TimeDelta;
use serde_json::{Value, json};
use server::api;
use server::database::sql::{sql, text};
use server::route::Who;
use shared::staff::Role;

use super::super::support::staff::{clerk, cookies};
use super::super::support::{
    Setup,
    http::{Api, request},
    test_apps,
};

#[tokio::test]
async fn a_refusal_is_on_record_once_a_minute_by_its_row_and_never_by_what_stood_in_the_address() {
    for test in test_apps(Setup::default()).await {
        let editor = clerk(&test, 1).await;
        editor.is_given(&test, Role::ContentEditor, "nanshan").await;
        let api = Api::with_cookies(&test.app, cookies(&editor.sign_in(&test, None).await));
        let is_refused = |who| matches!(who, Who::Staff(right) if !Role::ContentEditor.allows(right));
        let row = api::rows().into_iter().find(|row| is_refused(row.who)).unwrap();
        let method = row.methods[0].clone();
        let address = row.path.split('/').map(|part| if part.starts_with('{') { "secret" } else { part });
        let address = format!("{}?of=secret", address.collect::<Vec<_>>().join("/"));
        let ask = async || {
            let refused = api.send(request(method.clone(), &address, None, &Value::Null)).await;
            assert_eq!(refused.status, StatusCode::FORBIDDEN);
        };
        let noted = async || {
            let statement = "select detail from audit where act = 'refused' and stream = $1 order by sequence";
            let stream = format!("staff:{}", editor.person);
            let rows = sql(statement, [stream.into()]).fetch_all(&mut test.connection().await).await.unwrap();
            rows.iter().map(|row| text(row, "detail").unwrap()).collect::<Vec<_>>()
        };
        ask().await;
        ask().await;
        let [one] = &noted().await[..] else { panic!("{:?}", noted().await) };
        let Who::Staff(right) = row.who else { unreachable!() };
        let told: Value = serde_json::from_str(one).unwrap();
        assert_eq!(told, json!({ "route": row.path, "right": right.name(), "why": "not_allowed" }));
        test.wait(TimeDelta::minutes(1));
        ask().await;
        assert_eq!(noted().await.len(), 2);
        // What is allowed is no refusal.
        api.send(request(Method::DELETE, "/api/v1/staff/session", None, &Value::Null)).await;
        assert_eq!(noted().await.len(), 2);
    }
}
