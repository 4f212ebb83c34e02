//! Lists of places and closures, at the command line beside a running portal.

use std::fs;
use std::io::{BufWriter, Write};
use std::time::{Duration, Instant};

use serde_json::Value;

use super::portal::Portal;
use super::stores;

const LIST: &str = "名称,类型,地址,电话,开放时间\n甲演示站,社区长者服务站,示例路 1 号,0755-00000101,每天 00:00-24:00\n\
    乙演示站,社区长者服务站,示例路 2 号,0755-00000102,每天 00:00-24:00\n";
/// A closure shows within a minute.
const SOON: Duration = Duration::from_mins(1);

/// What a page of the API says, once it says what is waited for.
fn shown(portal: &Portal, path: &str, wanted: impl Fn(&Value) -> bool) -> Value {
    let (client, begun) = (portal.client(), Instant::now());
    loop {
        let (_, _, body) = client.ask(path);
        let answer: Value = serde_json::from_str(&body).unwrap();
        if wanted(&answer) {
            return answer;
        }
        assert!(begun.elapsed() < SOON, "{path} still says {answer}");
        std::thread::yield_now();
    }
}

#[test]
fn a_list_is_shown_first_then_taken_in_and_undone_while_the_portal_runs() {
    for store in stores() {
        let portal = Portal::start(&store);
        let file = store.folder().join("list.csv");
        let file = file.to_str().unwrap();
        fs::write(file, LIST).unwrap();
        let import = ["places", "import", file, "--kind", "elderly_station", "--source", "演示名单", "--invented"];

        let (done, said) = portal.run(&import);
        assert!(done && said.contains("New: 2") && said.contains("Not in the file: 57"), "{said}");
        assert!(said.contains("--write would be refused: 57 of 57") && !said.contains("Add --write"), "{said}");
        let (done, said) = portal.run(&[&import[..], &["--gone", "keep"]].concat());
        assert!(done && said.contains("Nothing was changed. Add --write to take it in."), "{said}");
        let (done, said) = portal.run(&[&import[..], &["--write", "--gone", "close"]].concat());
        assert!(!done && said.contains("57 of 57 places would close at once"), "{said}");
        let (done, said) = portal.run(&[&import[..], &["--write", "--gone", "keep"]].concat());
        assert!(done, "{said}");
        let id = said.split("places undo ").nth(1).and_then(|rest| rest.split('`').next()).unwrap().to_owned();

        let found = "/api/v1/places?kind=elderly_station&q=jiayanshi";
        let station =
            shown(&portal, found, |answer| answer["total"] == 1)["items"][0]["id"].as_str().unwrap().to_owned();
        let announce =
            ["places", "announce", &station, "closed", "--from", "2026-05-13T00:00", "--to", "2026-05-14T00:00"];
        let why = ["--reason", "停电", "--reason-en", "Power cut"];
        for (more, told) in
            [(["--hours", "10:00-12:00"], "--hours belongs"), (["--service", "meals"], "--service belongs")]
        {
            let (done, said) = portal.run(&[&announce[..], &why, &more].concat());
            assert!(!done && said.contains(told), "{said}");
        }
        let (done, said) = portal.run(&[&announce[..], &why].concat());
        assert!(done && said.contains("ends by itself"), "{said}");
        let closed = shown(&portal, &format!("/api/v1/places/{station}"), |answer| answer["open"]["state"] == "closed");
        assert_eq!(closed["open"]["next"], "2026-05-14T00:00:00+08:00");

        let (done, said) = portal.run(&["places", "confirm", &station, "--section", "hours", "--by", "演示街道办"]);
        assert!(done && said.contains("hours"), "{said}");
        let other = "名称,电话\n甲演示站,0755-00000103\n";
        fs::write(file, other).unwrap();
        let (done, said) = portal.run(&import);
        assert!(done && said.contains("phone 0755-00000101 → 0755-00000103"), "{said}");
        let (done, said) = portal.run(&["places", "undo", &id]);
        assert!(done && said.contains("New ones closed: 1."), "{said}");
        assert!(said.contains(&format!("left as they are: {station}")), "somebody has confirmed it since: {said}");
        shown(&portal, "/api/v1/places?kind=elderly_station&q=%E4%B9%99%E6%BC%94%E7%A4%BA%E7%AB%99", |answer| {
            // Once it is gone, the other is found in its place as a slip.
            answer["items"].as_array().unwrap().iter().all(|one| one["name"]["zh"] != "乙演示站")
        });
        let (done, said) = portal.run(&["places", "undo", &id]);
        assert!(!done, "{said}");
        portal.verify_audit();
    }
}

#[test]
fn a_list_of_a_million_lines_is_refused_in_words_and_takes_no_more_memory_than_one_line() {
    let store = testhouse::store::Store::sqlite();
    let portal = Portal::start(&store);
    let weigh = |name: &str, lines: usize| {
        let file = store.folder().join(name);
        let mut list = BufWriter::new(fs::File::create(&file).unwrap());
        writeln!(list, "名称,地址").unwrap();
        for n in 0..lines {
            writeln!(list, "演示站 {n},示例路 {n} 号（虚构）").unwrap();
        }
        list.into_inner().unwrap();
        let about = ["--kind", "elderly_station", "--source", "演示名单", "--invented"];
        portal.run_and_weigh(&[&["places", "import", file.to_str().unwrap()][..], &about].concat())
    };
    let (done, said, one_line) = weigh("one.csv", 1);
    assert!(done && said.contains("New: 1"), "{said}");
    let (done, said, million) = weigh("million.csv", 1_000_000);
    assert!(
        !done && said.contains("the file has more than 50000 rows") && said.contains("Nothing was changed"),
        "{said}"
    );
    assert!(million < one_line + 16_000, "{million} kB instead of {one_line} kB");
}

#[test]
fn a_wrong_list_changes_nothing_and_a_list_becomes_another_file() {
    let store = testhouse::store::Store::sqlite();
    let portal = Portal::start(&store);
    let path = |name: &str| store.folder().join(name).to_str().unwrap().to_owned();
    let (wrong, right, json) = (path("wrong.csv"), path("right.csv"), path("right.geojson"));
    fs::write(&wrong, "名称,电话\n甲,打 110\n").unwrap();
    let about = ["--kind", "elderly_station", "--source", "演示名单", "--invented"];
    let (done, said) = portal.run(&[&["places", "import", &wrong][..], &about, &["--write"]].concat());
    assert!(!done && said.contains("row 2, 电话: “打 110”"), "{said}");

    let (streets, divisions) = (path("streets.csv"), path("divisions.csv"));
    fs::write(&streets, "名称,街道\n甲,演示街道\n").unwrap();
    // 440305900,演示街道 as a Chinese spreadsheet writes it.
    fs::write(&divisions, b"440305900,\xd1\xdd\xca\xbe\xbd\xd6\xb5\xc0\n").unwrap();
    let taken = [&["places", "import", &streets][..], &about, &["--divisions", &divisions]].concat();
    let (done, said) = portal.run(&taken);
    assert!(done && said.contains("New: 1"), "{said}");
    for source in ["", "见 http://x.cn"] {
        let named = ["places", "import", &streets, "--kind", "elderly_station", "--source", source];
        let (done, said) = portal.run(&named);
        assert!(!done && said.contains("--source: "), "{said}");
    }
    for (option, value) in [("--division", "南山"), ("--area-code", "755"), ("--whole-of", "44030")] {
        let (done, said) = portal.run(&[&taken[..], &[option, value]].concat());
        assert!(!done && said.contains(&format!("`{value}` is no")), "{said}");
    }

    let (done, said) = portal.run(&["places", "export", "elderly_station", &right]);
    assert!(done && said.contains("57 places"), "{said}");
    let (done, said) = portal.run(&[&["places", "convert", &right, &json][..], &about].concat());
    assert!(done, "{said}");
    let collection: Value = serde_json::from_slice(&fs::read(&json).unwrap()).unwrap();
    assert_eq!(collection["features"].as_array().unwrap().len(), 57);
    let (done, said) = portal.run(&["places", "export", "cinema", &right]);
    assert!(!done && said.contains("there is no kind `cinema`"), "{said}");
}
