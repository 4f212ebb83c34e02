//! Each domain has its own style sheets and no name in them that another uses too.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::{Path, PathBuf},
};

use app::domains::DOMAINS;

/// The sheets of domains begin with one of these; all others are everybody's. Residents load none of the second kind.
const OF_A_DOMAIN: [&str; 2] = ["40-", "41-"];

fn style() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../style")
}

/// Every sheet with the classes that it says something of.
fn sheets() -> BTreeMap<String, BTreeSet<String>> {
    let files = fs::read_dir(style()).unwrap().map(|file| file.unwrap().path());
    let sheets = files.filter(|path| path.extension().is_some_and(|end| end == "css"));
    sheets.map(|path| (name(&path), classes(&fs::read_to_string(&path).unwrap()))).collect()
}

/// The domain whose sheet it is.
fn owner(sheet: &str) -> &'static str {
    DOMAINS.iter().find(|domain| domain.sheets.contains(&sheet)).unwrap().name
}

fn is_of_a_domain(name: &str) -> bool {
    OF_A_DOMAIN.iter().any(|start| name.starts_with(start))
}

fn name(path: &Path) -> String {
    path.file_name().unwrap().to_str().unwrap().to_owned()
}

/// The classes in the selectors of a sheet.
fn classes(css: &str) -> BTreeSet<String> {
    let code: String = css.split("/*").map(|part| part.split_once("*/").map_or(part, |(_, code)| code)).collect();
    let selectors = code.split('{').filter_map(|before| before.rsplit(['}', ';']).next());
    let named = selectors.flat_map(|selector| selector.split('.').skip(1));
    let class = |text: &str| -> String { text.chars().take_while(|c| c.is_alphanumeric() || *c == '-').collect() };
    named.map(class).filter(|class| class.starts_with(char::is_alphabetic)).collect()
}

#[test]
fn every_sheet_of_a_domain_is_listed_by_one_and_every_listed_sheet_is_there() {
    let listed: BTreeSet<_> = DOMAINS.iter().flat_map(|domain| domain.sheets).map(|name| (*name).to_owned()).collect();
    let there: BTreeSet<_> = sheets().into_keys().filter(|name| is_of_a_domain(name)).collect();
    assert_eq!(there, listed);
}

#[test]
fn no_class_of_one_domain_is_a_class_of_another() {
    let (of_domains, of_all): (BTreeMap<_, _>, BTreeMap<_, _>) =
        sheets().into_iter().partition(|(name, _)| is_of_a_domain(name));
    let shared: BTreeSet<_> = of_all.into_values().flatten().collect();
    let mut owners = BTreeMap::new();
    for (sheet, classes) in of_domains {
        for class in classes.into_iter().filter(|class| !shared.contains(class)) {
            let owner = owner(&sheet);
            let other = owners.insert(class.clone(), owner);
            assert!(other.is_none_or(|other| other == owner), ".{class} is in {sheet} too");
        }
    }
    assert!(owners.len() > 50, "only {} classes were read", owners.len());
}

#[test]
fn nothing_in_a_hall_blinks_or_moves() {
    let css = fs::read_to_string(style().join("41-hall.css")).unwrap();
    for word in ["animation", "transition", "@keyframes"] {
        assert!(!css.contains(word), "{word}");
    }
}

#[test]
fn no_sheet_evens_out_lines_since_that_cuts_chinese_words() {
    for (name, _) in sheets() {
        let css = fs::read_to_string(style().join(&name)).unwrap();
        assert!(!css.contains("balance"), "{name}");
    }
}

#[test]
fn the_classes_of_a_sheet_are_read_from_its_selectors_alone() {
    let css = "/* .not */ @layer parts { .one > .two-b:not(.three)::after { width: 1.5em; content: \".x\" } @media (min-width: 4.5rem) { p.four, .five { margin: .5em } } }";
    assert_eq!(classes(css).into_iter().collect::<Vec<_>>(), ["five", "four", "one", "three", "two-b"]);
}
