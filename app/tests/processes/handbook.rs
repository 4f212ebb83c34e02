//! Every command that `docs/operating.md` shows for listed places, run as it stands there.

use std::{collections::BTreeMap, fs, path::Path};

use super::portal::Portal;
use super::stores;

/// The words of a line as a shell has them; what follows a number sign is a remark.
fn words(line: &str) -> Vec<String> {
    let (mut words, mut word, mut quoted) = (Vec::new(), String::new(), false);
    for sign in line.split(" #").next().unwrap_or_default().chars() {
        match sign {
            '"' => quoted = !quoted,
            ' ' if !quoted => words.extend(Some(std::mem::take(&mut word)).filter(|word| !word.is_empty())),
            sign => word.push(sign),
        }
    }
    words.extend(Some(word).filter(|word| !word.is_empty()));
    words
}

fn between<'t>(text: &'t str, before: &str, after: &str) -> Option<&'t str> {
    text.split_once(before)?.1.split_once(after).map(|(found, _)| found)
}

#[test]
fn every_command_of_the_operating_guide_for_listed_places_does_what_it_says() {
    let guide = fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/../docs/operating.md")).unwrap();
    let part = between(&guide, "\n## Listed places\n", "\n## ").unwrap();
    let [list, preview] = ["csv", "text"].map(|what| between(part, &format!("```{what}\n"), "```").unwrap());
    let blocks = part.split("```sh\n").skip(1).map(|block| block.split("```").next().unwrap());
    let lines = blocks.flat_map(str::lines).filter(|line| !line.is_empty());
    // What is shown of the places is tried before the list of them is taken back.
    let (undoing, others): (Vec<_>, Vec<_>) = lines.partition(|line| line.contains("places undo"));
    assert!(undoing.len() == 1 && others.len() > 12, "{others:?}");
    for store in stores() {
        let portal = Portal::start(&store);
        let client = portal.client();
        let report = [("about", "hours"), ("text", "星期三下午不开门"), ("phone", "")];
        assert_eq!(client.send("/stations/es-440305007/wrong", &report), 200, "a receipt");
        fs::write(store.folder().join("list.csv"), list).unwrap();
        let mut names: BTreeMap<&str, String> = BTreeMap::new();
        for (n, line) in others.iter().chain(&undoing).enumerate() {
            let called = |word: String| match names.get(word.as_str()) {
                Some(name) => name.clone(),
                None if Path::new(&word).extension().is_some_and(|end| end == "csv" || end == "geojson") => {
                    store.folder().join(word).display().to_string()
                }
                None => word,
            };
            let words: Vec<String> = words(line).into_iter().map(called).collect();
            assert_eq!(words[..2], ["huimin", "places"], "{line}");
            let (done, said) = portal.run(&words[1..].iter().map(String::as_str).collect::<Vec<_>>());
            assert!(done, "{line}\n{said}");
            if n == 0 {
                assert_eq!(said, preview, "what the guide shows of it");
            }
            let receipt = || Some(said.split_whitespace().next()?).filter(|_| line.ends_with("places reports"));
            for (name, found) in [
                ("IMPORT", between(&said, "Taken in as ", ":")),
                ("CHANGE", between(&said, "announced as ", " ")),
                ("RECEIPT", receipt()),
            ] {
                names.extend(found.map(|found| (name, found.to_owned())));
            }
        }
        assert_eq!(names.len(), 3, "{names:?}");
        portal.verify_audit();
    }
}
