//! The two schemas are one.

use std::collections::BTreeSet;

use server::database::Backend;
use server::database::sql::{sql, text};

use super::support::{Setup, TestApp, test_apps};

const COLUMNS_SQLITE: &str = "select m.name as tab, c.name as col, c.type as kind, \
     case when c.\"notnull\" = 1 or c.pk > 0 then 'required' else 'optional' end as need \
     from sqlite_schema m join pragma_table_info(m.name) c where m.type = 'table' and m.name not like '\\_sqlx%' escape '\\' \
     and m.name not like 'sqlite%'";
const COLUMNS_POSTGRES: &str = "select cast(table_name as text) as tab, cast(column_name as text) as col, \
     cast(data_type as text) as kind, case when is_nullable = 'NO' then 'required' else 'optional' end as need \
     from information_schema.columns where table_schema = current_schema() and table_name not like '\\_sqlx%'";
const INDEXES_SQLITE: &str = "select name as tab, '' as col, '' as kind, '' as need from sqlite_schema \
     where type in ('index', 'trigger') and name not like 'sqlite%'";
const INDEXES_POSTGRES: &str = "select cast(indexname as text) as tab, '' as col, '' as kind, '' as need from pg_indexes \
     where schemaname = current_schema() and not exists (select 1 from pg_constraint where conname = indexname) \
     union select cast(tgname as text), '', '', '' from pg_trigger t join pg_class c on c.oid = t.tgrelid \
     join pg_namespace n on n.oid = c.relnamespace where not tgisinternal and n.nspname = current_schema()";

#[tokio::test]
async fn both_databases_have_the_same_tables_columns_and_named_rules() {
    let mut schemas = Vec::new();
    for test in test_apps(Setup::default()).await {
        schemas.push(schema(&test).await);
    }
    if let [sqlite, postgres] = &schemas[..] {
        assert_eq!(sqlite.difference(postgres).collect::<Vec<_>>(), Vec::<&String>::new(), "only in SQLite");
        assert_eq!(postgres.difference(sqlite).collect::<Vec<_>>(), Vec::<&String>::new(), "only in PostgreSQL");
    }
    assert!(schemas[0].contains("slot.taken number required"));
}

#[tokio::test]
async fn what_is_asked_with_every_booking_and_call_looks_at_few_in_an_embedded_database() {
    let withheld = "explain query plan select a.id from appointment a join slot s on s.id = a.slot_id where a.state = 'booked' \
         and a.released = 1 and a.service = 'marriage_registration' and s.date >= '2026-05-20'";
    let of_clerk = "explain query plan select at from audit where act in ('booking_made', 'booking_cancelled', 'booking_moved') \
         and substr(actor, 1, 6) = 'staff:' and act = 'booking_made' and actor = 'staff:one' and at > 5 order by at desc limit 20";
    let from_paper = "explain query plan select 1 from audit e where e.stream in ('visit:one', 'visit:two') \
         and e.act in ('ticket-taken', 'arrive') and e.detail like '%\"from_paper\":{%'";
    for test in test_apps(Setup::default()).await.into_iter().filter(|test| test.backend() == Backend::Sqlite) {
        let mut connection = test.app.database().read().await.unwrap();
        for (asked, searched) in [
            (from_paper, "SEARCH e USING INDEX audit_from_paper (stream=?)"),
            (withheld, "SEARCH a USING INDEX appointment_withheld (released=? AND service=?)"),
            (of_clerk, "SEARCH audit USING INDEX audit_of_staff_for_people (at>?)"),
        ] {
            let rows = sql(asked, []).fetch_all(&mut *connection).await.unwrap();
            let plan: Vec<String> = rows.iter().map(|row| text(row, "detail").unwrap()).collect();
            assert!(plan[0].starts_with(searched), "{plan:?}");
        }
    }
}

pub(super) async fn schema(test: &TestApp) -> BTreeSet<String> {
    let (columns, indexes) = match test.backend() {
        Backend::Sqlite => (COLUMNS_SQLITE, INDEXES_SQLITE),
        Backend::Postgres => (COLUMNS_POSTGRES, INDEXES_POSTGRES),
    };
    let mut connection = test.app.database().read().await.unwrap();
    let mut lines = BTreeSet::new();
    for statement in [columns, indexes] {
        for row in sql(statement, []).fetch_all(&mut *connection).await.unwrap() {
            let word = |column| text(&row, column).unwrap();
            let kind = match word("kind").to_lowercase().as_str() {
                "integer" | "bigint" => "number",
                "blob" | "bytea" => "bytes",
                "text" => "text",
                "" => "index or trigger",
                other => panic!("a column type that one of the two does not have: {other}"),
            };
            let (tab, col, need) = (word("tab"), word("col"), word("need"));
            // PostgreSQL needs one trigger where SQLite needs two.
            if tab != "audit_is_never_deleted" {
                lines.insert(format!("{tab}.{col} {kind} {need}"));
            }
        }
    }
    lines
}
