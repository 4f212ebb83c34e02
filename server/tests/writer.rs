//! The one writer of the embedded database: batches, savepoints, a full disk.

use futures_util::future::join_all;
use server::Error;
use server::database::sql::{int, sql};
use server::database::{Database, DatabaseError};
use shared::appointments::Refusal;
use sqlx::AnyConnection;

async fn database() -> (tempfile::TempDir, Database) {
    let folder = tempfile::tempdir().unwrap();
    let url = format!("sqlite://{}", folder.path().join("test.sqlite").display());
    let database = Database::open(&url).await.unwrap();
    run(&database, "create table note (n integer not null, body text)").await.unwrap();
    (folder, database)
}

async fn run(database: &Database, statement: &'static str) -> Result<(), Error> {
    database.write(move |connection| Box::pin(execute(connection, statement))).await
}

async fn execute(connection: &mut AnyConnection, statement: &'static str) -> Result<(), Error> {
    sqlx::raw_sql(statement).execute(connection).await?;
    Ok(())
}

async fn insert(connection: &mut AnyConnection, n: i64) -> Result<(), Error> {
    sql("insert into note (n) values ($1)", [n.into()]).execute(connection).await?;
    match n % 4 {
        0 => Err(Refusal::SlotFull.into()),
        1 => panic!("a job that panics on purpose"),
        _ => Ok(()),
    }
}

async fn notes(database: &Database) -> Vec<i64> {
    let mut connection = database.read().await.unwrap();
    let rows = sql("select n from note order by n", []).fetch_all(&mut *connection).await.unwrap();
    rows.iter().map(|row| int(row, "n").unwrap()).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_job_that_fails_or_panics_takes_nobody_in_its_batch_along() {
    let (_folder, database) = database().await;
    let job = |n: i64| {
        let database = database.clone();
        tokio::spawn(async move { database.write(move |connection| Box::pin(insert(connection, n))).await })
    };
    let outcomes = join_all((0..200).map(job)).await;
    for (n, outcome) in outcomes.into_iter().enumerate() {
        match (n % 4, outcome.unwrap()) {
            (0, Err(error)) if error.refusal() == Some(Refusal::SlotFull) => {}
            (1, Err(Error::Database(DatabaseError::Panicked))) | (2 | 3, Ok(())) => {}
            (_, other) => panic!("job {n}: {other:?}"),
        }
    }
    assert_eq!(notes(&database).await, (0..200).filter(|n| n % 4 > 1).collect::<Vec<_>>());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_full_disk_is_said_and_nothing_acknowledged_is_lost() {
    let (_folder, database) = database().await;
    // The database's own page limit fails exactly as a disk without space does.
    run(&database, "pragma max_page_count = 300").await.unwrap();
    let mut acknowledged = Vec::new();
    let mut refused = 0;
    for n in 0..200 {
        match database.write(move |connection| Box::pin(fill(connection, n))).await {
            Ok(()) => acknowledged.push(n),
            Err(Error::Database(_)) => refused += 1,
            Err(error) => panic!("{error:?}"),
        }
    }
    assert!(refused > 0 && !acknowledged.is_empty());
    assert_eq!(notes(&database).await, acknowledged);
    run(&database, "pragma max_page_count = 10000").await.unwrap();
    database.write(move |connection| Box::pin(fill(connection, 1000))).await.unwrap();
}

async fn fill(connection: &mut AnyConnection, n: i64) -> Result<(), Error> {
    let page = "x".repeat(4096);
    sql("insert into note (n, body) values ($1, $2)", [n.into(), page.into()]).execute(connection).await?;
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_reader_may_not_write() {
    let (_folder, database) = database().await;
    let mut connection = database.read().await.unwrap();
    let refused = sqlx::raw_sql("delete from note").execute(&mut *connection).await.unwrap_err();
    assert!(refused.to_string().contains("readonly"), "{refused}");
}

#[tokio::test(flavor = "multi_thread")]
async fn writes_handed_in_before_closing_are_done() {
    let (folder, database) = database().await;
    let writes: Vec<_> = (2..4)
        .map(|n| {
            let database = database.clone();
            tokio::spawn(async move { database.write(move |connection| Box::pin(insert(connection, n))).await })
        })
        .collect();
    for write in writes {
        write.await.unwrap().unwrap();
    }
    database.close().await;
    let url = format!("sqlite://{}", folder.path().join("test.sqlite").display());
    assert_eq!(notes(&Database::open(&url).await.unwrap()).await, [2, 3]);
}
