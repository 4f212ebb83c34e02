//! `end2end/routes.json` says for every page how the browser tests look at it: `visit` lists addresses that
//! can be opened as they are, `journey` names the file whose journey passes it and calls `look(page, "…")`
//! with its path there. A page that nobody looks at fails here.

use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
};

use axum::http::Method;
use serde::Deserialize;

#[derive(Deserialize)]
#[serde(rename_all = "snake_case")]
enum Row {
    Visit(Vec<String>),
    Journey(String),
    WhyNot(String),
}

fn matrix() -> BTreeMap<String, Row> {
    let text = fs::read_to_string(end2end().join("routes.json")).expect("the matrix lies beside the browser tests");
    serde_json::from_str(&text).expect("each page has one of the three kinds of row")
}

fn end2end() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../end2end")
}

#[test]
fn every_page_is_looked_at_in_a_browser() {
    let matrix = matrix();
    let table = app::domains::site();
    let shown = table.rows().iter().filter(|row| row.methods.contains(&Method::GET));
    let missing: Vec<_> = shown.map(|row| &*row.path).filter(|path| !matrix.contains_key(*path)).collect();
    assert_eq!(missing, [""; 0], "add these to end2end/routes.json");
}

#[test]
fn the_matrix_names_only_pages_that_exist_and_journeys_that_pass_them() {
    let table = app::domains::site();
    for (path, row) in matrix() {
        assert!(table.rows().iter().any(|page| page.path == path), "{path} is no page");
        match row {
            Row::Visit(addresses) => assert!(!addresses.is_empty(), "{path}"),
            Row::WhyNot(reason) => assert!(!reason.is_empty(), "{path}"),
            Row::Journey(file) => {
                let journey = fs::read_to_string(end2end().join("tests").join(&file)).unwrap();
                assert!(journey.contains(&format!("\"{path}\"")), "{file} never looks at {path}");
            }
        }
    }
}
