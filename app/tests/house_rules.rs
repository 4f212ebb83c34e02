//! Rules that keep pages safe, held over the text of the sources.

use std::{
    fs,
    path::{Path, PathBuf},
};

#[test]
fn there_is_one_text_area_and_it_escapes() {
    let found = containing("<textarea");
    assert_eq!(found, ["components/text_area.rs"], "leptos 0.8 does not escape a textarea's text: use TextArea");
}

#[test]
fn nothing_sets_style_or_script_inside_a_page() {
    for forbidden in [" style=\"", " style:", "<style", " onclick=", "inner_html"] {
        assert_eq!(containing(forbidden), [""; 0], "the content security policy refuses {forbidden}");
    }
}

#[test]
fn commands_give_what_they_have_to_say_to_the_one_who_says_it() {
    assert_eq!(containing("println!"), [""; 0], "it ends a command whose reader has gone: return what there is to say");
}

#[test]
fn every_drawing_has_a_size_of_its_own() {
    // Without the style sheet a drawing that has none fills the window.
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut drawings = 0;
    for path in sources(&root) {
        let source = fs::read_to_string(&path).expect("a source file is text");
        let code = source.split("#[cfg(test)]").next().unwrap_or_default();
        for drawing in code.split("<svg").skip(1) {
            let tag = drawing.split_once('>').map_or(drawing, |(tag, _)| tag);
            assert!(tag.contains("width=") && tag.contains("height="), "{}: <svg{tag}>", path.display());
            drawings += 1;
        }
    }
    assert!(drawings > 4, "only {drawings} were found");
}

/// Source files whose code contains the text; tests and comments do not count.
fn containing(text: &str) -> Vec<String> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut found: Vec<_> = sources(&root)
        .into_iter()
        .filter(|path| {
            let source = fs::read_to_string(path).expect("a source file is text");
            let code = source.split("#[cfg(test)]").next().unwrap_or_default();
            code.lines().filter(|line| !line.trim_start().starts_with("//")).any(|line| line.contains(text))
        })
        .map(|path| path.strip_prefix(&root).expect("sources lie below the root").display().to_string())
        .collect();
    found.sort();
    found
}

fn sources(folder: &Path) -> Vec<PathBuf> {
    let mut all = Vec::new();
    for entry in fs::read_dir(folder).expect("the folder was just listed") {
        let path = entry.expect("the folder can be read").path();
        if path.is_dir() {
            all.extend(sources(&path));
        } else if path.extension().is_some_and(|end| end == "rs") && !path.ends_with("tests.rs") {
            all.push(path);
        }
    }
    all
}

#[test]
fn every_test_that_the_promises_name_is_there() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let promises = fs::read_to_string(root.join("SECURITY.md")).expect("the promises are text");
    let row =
        |line: &str| line.starts_with('|').then(|| line.trim_end_matches(" |").rsplit_once('|').unwrap().1.to_owned());
    let rows: Vec<String> = promises.lines().filter_map(row).skip(2).collect();
    let folders = ["app/src", "app/tests", "server/src", "server/tests", "shared/src", "shared/tests"];
    let all: String = folders.iter().flat_map(|folder| all_files(&root.join(folder))).collect();
    for row in &rows {
        let names: Vec<&str> = row.split('`').skip(1).step_by(2).collect();
        assert!(!names.is_empty(), "a promise without a test: {row}");
        for name in names {
            assert!(all.contains(&format!("fn {name}(")), "SECURITY.md names a test that is not there: {name}");
        }
    }
    assert!(rows.len() > 25, "only {} promises were found", rows.len());
}

fn all_files(folder: &Path) -> Vec<String> {
    let mut all = Vec::new();
    for entry in fs::read_dir(folder).expect("the folder is there") {
        let path = entry.expect("the folder can be read").path();
        if path.is_dir() {
            all.extend(all_files(&path));
        } else if path.extension().is_some_and(|end| end == "rs") {
            all.push(fs::read_to_string(path).expect("a source file is text"));
        }
    }
    all
}
