//! The list of domains: nothing that any of them keeps, tells or promises is in nobody's row.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use server::appointments::point;
use server::database::sql::{sql, text};
use server::domains::ALL;
use shared::problem::Problem;

use super::schema::schema;
use super::support::{Setup, TestApp, test_apps};

/// `table.column kind need` of every column, without indexes and triggers.
async fn columns(test: &TestApp) -> Vec<(String, String, String)> {
    let lines = schema(test).await.into_iter().filter(|line| !line.contains("index or trigger"));
    let parts = lines.map(|line| {
        let (name, kind) = line.split_once(' ').unwrap();
        let (table, column) = name.split_once('.').unwrap();
        (table.to_owned(), column.to_owned(), kind.to_owned())
    });
    parts.collect()
}

#[tokio::test]
async fn every_table_is_looked_after_by_exactly_one_domain() {
    for test in test_apps(Setup::default()).await {
        let there: BTreeSet<_> = columns(&test).await.into_iter().map(|(table, ..)| table).collect();
        let mut listed = BTreeMap::new();
        for (domain, table) in ALL.iter().flat_map(|domain| domain.tables.iter().map(|table| (domain.name, *table))) {
            if let Some(other) = listed.insert(table.to_owned(), domain) {
                panic!("{table} is listed by {domain} and by {other}");
            }
        }
        assert_eq!(there, listed.into_keys().collect());
    }
}

#[tokio::test]
async fn every_sealed_column_is_sealed_anew_when_keys_change() {
    for test in test_apps(Setup::default()).await {
        let blobs = columns(&test).await.into_iter().filter(|(.., kind)| kind.starts_with("bytes"));
        let blobs: BTreeSet<_> = blobs.map(|(table, column, _)| (table, column)).collect();
        let listed = ALL.iter().flat_map(|domain| domain.sealed).map(|sealed| sealed.column);
        assert_eq!(blobs, listed.map(|(table, column)| (table.to_owned(), column.to_owned())).collect());
        assert!(!blobs.is_empty());
    }
}

#[tokio::test]
async fn every_head_of_an_audit_stream_is_compared_with_its_chain() {
    for test in test_apps(Setup::default()).await {
        let carrying = columns(&test).await.into_iter().filter(|(_, column, _)| column == "audit_head");
        let carrying: BTreeSet<_> = carrying.map(|(table, ..)| table).collect();
        let statements: Vec<_> = ALL.iter().flat_map(|domain| domain.streams).collect();
        for table in &carrying {
            let read = statements.iter().filter(|statement| statement.heads.contains(&format!("from {table}"))).count();
            assert_eq!(read, 1, "{table} carries audit_head");
        }
        for statement in &statements {
            let rows =
                sql(statement.heads, []).fetch_all(&mut *test.app.database().read().await.unwrap()).await.unwrap();
            for row in rows {
                assert!(!text(&row, "stream").unwrap().is_empty(), "{}", statement.heads);
            }
        }
        assert_eq!(carrying.len() + 1, statements.len(), "the office has a stream beside its tables");
    }
}

#[test]
fn every_problem_that_a_domain_can_tell_is_in_its_row_with_a_code_of_its_own() {
    let problems: Vec<Problem> = ALL.iter().flat_map(|domain| (domain.problems)()).collect();
    let mut codes = BTreeSet::new();
    for problem in &problems {
        assert!(codes.insert(problem.code().to_owned()), "{} is the code of two problems", problem.code());
        for locale in shared::locale::Locale::ALL {
            assert!(!problem.title(locale).is_empty() && !problem.sentence(locale).is_empty(), "{}", problem.code());
        }
        let (zh, en) = (shared::locale::Locale::Zh, shared::locale::Locale::En);
        assert_ne!(problem.sentence(zh), problem.sentence(en), "{}", problem.code());
    }
    let written = codes_of_refusals(Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../shared/src")));
    assert!(written.contains("slot_full") && written.contains("no_foreign_authority"), "{written:?}");
    assert_eq!(written.difference(&codes).collect::<Vec<_>>(), Vec::<&String>::new(), "in nobody's row");
}

/// The codes in every file that says what a refusal of some domain is called.
fn codes_of_refusals(folder: &Path) -> BTreeSet<String> {
    let mut codes = BTreeSet::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            codes.extend(codes_of_refusals(&path));
        } else if let Ok(source) = fs::read_to_string(&path)
            && source.contains("Refusal for ")
        {
            let calls = source.split("Words::new(").skip(1);
            codes.extend(calls.filter_map(|call| Some(call.split('"').nth(1)?.to_owned())));
        }
    }
    codes
}

#[tokio::test]
async fn every_service_that_is_offered_somewhere_says_what_it_is_called() {
    for test in test_apps(Setup::default()).await {
        let offered = point::services(test.app.database()).await.unwrap();
        let known = ALL.iter().flat_map(|domain| domain.bookable);
        let known: BTreeSet<_> = known.map(|bookable| bookable.service.name().to_owned()).collect();
        assert_eq!(offered.iter().map(|service| service.name().to_owned()).collect::<BTreeSet<_>>(), known);
    }
}
