//! Whoever asks and goes away again: a request that is dropped, wherever it stood.

use std::time::Duration;

use server::database::Backend;
use server::database::sql::sql;
use server::{Error, database::DatabaseError};
use tokio::task::yield_now;

use crate::support::{Setup, TestApp, test_apps};

/// More than there are connections.
const ASKERS: usize = 100;

#[tokio::test]
async fn whoever_goes_away_while_a_transaction_begins_leaves_no_connection_in_one() {
    for test in test_apps(Setup::default()).await {
        let database = test.app.database();
        for _ in 0..ASKERS {
            tokio::select! {
                biased;
                _ = database.instant() => {}
                () = yield_now() => {}
            }
            let nothing = database.write(|_| Box::pin(async { Ok::<_, Error>(()) }));
            tokio::select! {
                biased;
                _ = nothing => {}
                () = yield_now() => {}
            }
        }
        assert_eq!(in_a_transaction(&test).await, 0, "connections that nobody asks anything");
        let read = async || -> Result<(), DatabaseError> {
            let mut instant = database.instant().await?;
            sql("select count(*) as n from place", []).fetch_one(&mut *instant).await?;
            Ok(())
        };
        // On a busy machine those who went away may stand in the queue for longer than one is patient.
        let mut read_at_last = read().await;
        for _ in 0..4 {
            if read_at_last.is_err() {
                read_at_last = read().await;
            }
        }
        read_at_last.expect("the next one is served");
    }
}

/// How many of its connections the database sees within a transaction, once all that was begun has had time to end.
async fn in_a_transaction(test: &TestApp) -> i64 {
    if test.app.database().backend() == Backend::Sqlite {
        return 0;
    }
    let mut connection = test.connection().await;
    let statement = "select count(*) from pg_stat_activity \
         where datname = current_database() and pid <> pg_backend_pid() and state like 'idle in transaction%'";
    for _ in 0..100 {
        let count: i64 = sqlx::query_scalar(statement).fetch_one(&mut connection).await.unwrap();
        if count == 0 {
            return 0;
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    sqlx::query_scalar(statement).fetch_one(&mut connection).await.unwrap()
}
