use std::collections::BTreeSet;
use std::path::Path;

use chrono::NaiveDate;

use super::*;
use crate::eligibility::answers::{Answer, EVERYBODY, Household, Question};
use crate::eligibility::dates::days;
use crate::eligibility::pack::Kind;
use crate::eligibility::span::Span;
use crate::eligibility::verdict::{Status, Verdict, check};
use crate::procedures::form::Typed;

/// All files, as they are shipped.
fn files() -> Files {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("packs");
    let mut files = Files::new();
    collect(&root, &root, &mut files);
    files
}

fn collect(root: &Path, folder: &Path, files: &mut Files) {
    for path in std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()) {
        if path.is_dir() {
            collect(root, &path, files);
        } else if path.extension().is_some_and(|ending| ending == "toml") {
            let name = path.strip_prefix(root).unwrap().to_str().unwrap().to_owned();
            files.insert(name, std::fs::read_to_string(&path).unwrap());
        }
    }
}

/// The green-burial reward of a place.
pub(crate) fn compiled(region: &str) -> Procedure {
    compile(&files(), region, "green_burial").unwrap_or_else(|complaints| panic!("{complaints:#?}"))
}

pub(crate) fn shenzhen() -> Procedure {
    compiled("440300")
}

fn date(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

/// What comes of answers by the names of fields: an option, or a day.
fn judged(procedure: &Procedure, answers: &[(&str, &str)]) -> Verdict {
    let mut household = Household::new(&procedure.rules);
    household.list = EVERYBODY;
    for (field, answer) in answers {
        let fact = procedure.rules.facts.iter().position(|fact| fact.id == *field).unwrap();
        let told = match &procedure.rules.facts[fact].kind {
            Kind::Choice(options) => {
                Answer::OneOf(1 << options.iter().position(|option| option.id == *answer).unwrap())
            }
            _ => Answer::exactly(days(date(answer))),
        };
        household.set(Question::Household(fact), told);
    }
    let today = date("2026-11-28");
    check(&procedure.rules, &household, today, today).verdicts.remove(0)
}

const SEA: [(&str, &str); 7] = [
    ("deceased_hukou_here", "yes"),
    ("cremated_here", "yes"),
    ("burial_kind", "sea"),
    ("buried_here", "yes"),
    ("died_on", "2026-05-06"),
    ("buried_on", "2026-09-20"),
    ("relation", "child"),
];

fn with(changed: &[(&'static str, &'static str)]) -> Vec<(&'static str, &'static str)> {
    let kept = SEA.iter().filter(|(name, _)| changed.iter().all(|(other, _)| other != name));
    kept.chain(changed).copied().collect()
}

fn owned((field, text): (&str, &str)) -> (String, String) {
    (field.to_owned(), text.to_owned())
}

#[test]
fn a_place_says_only_what_differs_and_its_form_has_the_rest() {
    let procedure = shenzhen();
    let ids: Vec<&str> = procedure.fields().map(|field| field.id.as_str()).collect();
    assert_eq!(ids.len(), ids.iter().collect::<BTreeSet<_>>().len());
    assert!(ids.contains(&"deceased_name") && ids.contains(&"cremated_here"));
    assert!(procedure.field("cremated_here").unwrap().asked_if.is_some());
    assert!(procedure.is_offered && procedure.once == ["proof_number"]);
    assert_eq!(procedure.papers.len(), 3);
    assert_eq!(procedure.clock, None, "no text that was seen sets a time");
    let relations = procedure.relations.unwrap();
    assert_eq!(procedure.rules.sources[relations.source].document, "中华人民共和国民法典");
}

#[test]
fn the_law_alone_offers_nothing() {
    let country = compile(&files(), "100000", "green_burial").unwrap();
    assert!(!country.is_offered);
    assert_eq!(names(&files(), "440305"), ["funeral_fees", "green_burial"]);
    assert!(compile(&files(), "440305", "green_burial").unwrap().is_offered, "a district of a place that offers it");
}

#[test]
fn conditions_and_sums_come_out_of_the_same_engine_as_the_check() {
    let procedure = shenzhen();
    assert_eq!(judged(&procedure, &SEA).status, Status::Likely);
    let jinan = compiled("370100");
    for (kind, fen) in [("sea", 400_000), ("degradable", 300_000), ("deep", 200_000)] {
        let buried = [("burial_kind", kind), ("buried_on", "2026-05-19"), ("died_on", "2026-05-06")];
        let typed: Typed =
            with(&buried).into_iter().filter(|(field, _)| *field != "cremated_here").map(owned).collect();
        let checked = jinan.check(&typed, date("2026-11-28"));
        let verdict = checked.verdict().unwrap();
        assert_eq!(
            (verdict.status, verdict.amount.and_then(Span::value)),
            (Status::Likely, Some(fen.into())),
            "{kind}"
        );
    }
    for (changed, status) in [
        (vec![("deceased_hukou_here", "no")], Status::Likely),
        (vec![("deceased_hukou_here", "no"), ("burial_kind", "tree")], Status::No),
        (vec![("buried_here", "no")], Status::No),
        (vec![("buried_on", "2026-05-05")], Status::No),
        (vec![("buried_on", "2026-05-06")], Status::Likely),
    ] {
        assert_eq!(judged(&procedure, &with(&changed)).status, status, "{changed:?}");
    }
    let without_place: Vec<_> = SEA.iter().filter(|(name, _)| *name != "buried_here").copied().collect();
    assert_eq!(judged(&procedure, &without_place).status, Status::Ask, "one answer is missing");
}

#[test]
fn a_second_procedure_is_data_alone() {
    let procedure = compile(&files(), "440300", "funeral_fees").unwrap_or_else(|complaints| panic!("{complaints:#?}"));
    let paid = procedure.rules.facts.iter().position(|fact| fact.id == "paid").unwrap();
    for (yuan, fen) in [(1_500, 150_000), (9_000, 220_000)] {
        let mut household = Household::new(&procedure.rules);
        household.list = EVERYBODY;
        for (at, fact) in procedure.rules.facts.iter().enumerate() {
            let answer = if fact.id == "deceased_hukou_here" { Answer::OneOf(1 << 1) } else { Answer::OneOf(1) };
            household.set(Question::Household(at), answer);
        }
        household.set(Question::Household(paid), Answer::exactly(yuan * 100));
        let today = date("2026-11-28");
        let verdict = check(&procedure.rules, &household, today, today).verdicts.remove(0);
        assert_eq!(verdict.status, Status::Likely);
        assert_eq!(verdict.amount.and_then(Span::value), Some(fen.into()));
    }
}

#[test]
fn a_place_below_says_a_title_and_a_time_of_its_own() {
    let mut files = files();
    let file = files.get_mut("440300/procedures/green_burial.toml").unwrap();
    *file = file
        .replace("id = \"deceased\"", "id = \"deceased\"\ntitle = { zh = \"亲人\", en = \"Your relative\" }")
        .replace("offered = true", "offered = true\nclock = { days = 20, unit = \"working\", source = \"sz2023\" }");
    let procedure = compile(&files, "440300", "green_burial").unwrap();
    assert_eq!(procedure.steps[0].title.en, "Your relative");
    assert!(procedure.steps[0].lead.is_some(), "what is not said stays");
    let clock = procedure.clock.unwrap();
    assert_eq!(clock.limit.days(), 20);
    let sources = &procedure.rules.sources;
    assert!(sources[clock.source].document.contains("深民规〔2023〕6号"));
    assert_eq!(sources.iter().filter(|source| **source == sources[clock.source]).count(), 1, "it is cited once");
}

#[test]
fn what_no_file_speaks_of_is_no_procedure() {
    let complaints = compile(&files(), "440300", "rocket").unwrap_err();
    assert!(complaints[0].to_string().contains("there is no procedure `rocket`"), "{complaints:?}");
}

#[test]
fn what_is_wrong_is_told_by_file_and_line() {
    let wrong = |from: &str, to: &str| {
        let mut files = files();
        let file = files.get_mut("440300/procedures/green_burial.toml").unwrap();
        assert!(file.contains(from));
        *file = file.replacen(from, to, 1);
        let complaints = compile(&files, "440300", "green_burial").unwrap_err();
        complaints.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n")
    };
    for (from, to, said) in [
        (r#"asked_if = "not deceased_hukou_here""#, r#"asked_if = "not hukou""#, "there is no fact `hukou`"),
        (r#"drop = ["died_from"]"#, r#"drop = ["died_before"]"#, "there is no condition `died_before`"),
        (r#"drop = ["moved_away"]"#, r#"drop = ["moved_away", "nothing"]"#, "nothing above is called `nothing`"),
        ("offered = true", "offered = true\nonce = [\"nothing\"]", "there is no field `nothing`"),
        ("offered = true", "offered = true\nonce = [\"burial_kind\"]", "`burial_kind` is no number and no name"),
        ("offered = true", "offered = true\ncounts = \"nothing\"", "there is no field `nothing`"),
        ("offered = true", "offered = true\ncounts = \"burial_kind\"", "`burial_kind` is no date"),
        (
            "offered = true",
            "offered = true\nclaim = { days = 3651, unit = \"calendar\", source = \"sz2023\" }",
            "a time has at most 3650 days",
        ),
        ("offered = true", "offered = true\nroute = \"rocket\"", "unknown variant `rocket`"),
        (
            r#"from = "2023-09-26", source"#,
            r#"from = "2023-09-26", to = "2023-09-25", source"#,
            "ends before it begins",
        ),
        (
            r#"seen = "yzwku.com 1380169""#,
            "seen = \"yzwku.com 1380169\"\nurl = \"https://example.com\"",
            "so it is cited and has no `url`",
        ),
        (
            "[[steps]]\nid = \"deceased\"",
            "[[compared]]\nid = \"alike\"\none = \"proof_number\"\nother = \"applicant_name\"\nholds = \"same\"\n\n[[steps]]\nid = \"deceased\"",
            "`proof_number` and `applicant_name` cannot be compared",
        ),
        (
            "[[steps]]\nid = \"deceased\"",
            "[[compared]]\nid = \"alike\"\none = \"proof_number\"\nother = \"nothing\"\nholds = \"same\"\n\n[[steps]]\nid = \"deceased\"",
            "there is no field `nothing`",
        ),
        (
            "[[steps]]\nid = \"deceased\"",
            "[[compared]]\nid = \"died_on\"\none = \"applicant_id\"\nother = \"deceased_id\"\nholds = \"same\"\n\n[[steps]]\nid = \"deceased\"",
            "`died_on` is there twice",
        ),
        (
            r#"asked_if = "not deceased_hukou_here""#,
            "[[steps.fields.refuse]]\nid = \"never\"\nif = \"hukou\"\nsays = { zh = \"不行。\", en = \"No.\" }",
            "there is no fact `hukou`",
        ),
        (r#"id = "deceased""#, r#"id = "another""#, "a new step has a title"),
        ("offered = true", "offerred = true", "unknown field"),
        (
            "[[steps]]\nid = \"deceased\"",
            "[[steps]]\nid = \"burial\"\nfields = [{ id = \"deceased_name\", kind = \"name\", label = { zh = \"名\", en = \"Name\" } }]\n\n[[steps]]\nid = \"deceased\"",
            "`deceased_name` is there twice",
        ),
        (
            "offered = true",
            "offered = true\nclock = { days = 3651, unit = \"working\", source = \"sz2023\" }",
            "a time has at most 3650 days",
        ),
    ] {
        let told = wrong(from, to);
        assert!(told.contains(said) && told.contains("440300/procedures/green_burial.toml:"), "{told}");
    }
}

#[test]
fn every_definition_compiles_and_every_case_beside_it_comes_out_as_it_says() {
    let compiled = compile_all(&files()).unwrap_or_else(|complaints| panic!("{}", lines(&complaints)));
    let offered = compiled.iter().filter(|procedure| procedure.is_offered && procedure.id == "green_burial");
    let offered: Vec<&str> = offered.map(|procedure| procedure.rules.region.as_str()).collect();
    assert_eq!(offered, ["330902", "360783", "370100", "440100", "440300"]);
    let count = cases::run_all(&files()).unwrap_or_else(|complaints| panic!("{}", lines(&complaints)));
    assert!(count >= 90, "only {count} cases");
}

fn lines(complaints: &[Complaint]) -> String {
    complaints.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n")
}

/// What is complained of once one file says something else, or is gone.
fn complained(path: &str, change: impl Fn(&str) -> Option<String>) -> String {
    let mut files = files();
    let text = files.remove(path).unwrap();
    if let Some(changed) = change(&text) {
        assert_ne!(changed, text, "{path}");
        files.insert(path.to_owned(), changed);
    }
    lines(&cases::run_all(&files).unwrap_err())
}

#[test]
fn a_definition_is_taken_only_with_what_must_come_out_of_it() {
    let beside = "440100/procedures/cases/green_burial";
    let died = format!("{beside}/died-2012-buried-2026.toml");
    let told = complained(&died, |case| Some(case.replace("status = \"no\"", "status = \"likely\"")));
    assert!(told.starts_with(&died) && told.contains("should be Likely and is No"), "{told}");
    let told = complained(&died, |case| Some(case.replace("died_from", "hukou")));
    assert!(told.contains("should fail by {\"hukou\"} and fails by {\"died_from\"}"), "{told}");
    let told = complained(&died, |case| Some(case.replace("[typed]", "[typed]\nrocket = \"yes\"")));
    assert!(told.contains("there is no field `rocket`"), "{told}");

    let whole = format!("{beside}/whole-form.toml");
    let told = complained(&whole, |case| Some(case.replace("2000 yuan", "1999 yuan")));
    assert!(told.contains("should give 1999 yuan and gives Some(200000) fen"), "{told}");
    let told = complained(&whole, |case| Some(case.replace("2000 yuan", "plenty")));
    assert!(told.contains("`amount` is a sum such as `2000 yuan`, or `ask`"), "{told}");
    let told = complained(&whole, |case| Some(case[..case.find("[expect]").unwrap()].to_owned() + "[expect]\n"));
    assert!(told.contains("the case expects nothing"), "{told}");

    let handlers = format!("{beside}/two-handlers.toml");
    let told = complained(&handlers, |case| Some(case.replace("rival = true", "rival = false")));
    assert!(told.contains("the other application should not be for the same"), "{told}");
    let told = complained(&format!("{beside}/death-yet-to-come.toml"), |_| None);
    assert!(told.starts_with("440100/procedures/green_burial.toml: no case shows `died_later` refused"), "{told}");
    let told = complained(&format!("{beside}/two-sets.toml"), |_| None);
    assert!(told.contains("no case shows another application for something else"), "{told}");
}

#[test]
fn a_definition_without_cases_is_not_taken() {
    let mut files = files();
    files.retain(|path, _| !path.starts_with("370100/procedures/cases/"));
    let told = lines(&cases::run_all(&files).unwrap_err());
    assert!(told.contains("370100/procedures/green_burial.toml: there is no case in cases/green_burial/"), "{told}");
}

#[test]
fn a_sum_that_was_seen_in_copies_alone_is_in_its_file_and_in_no_definition() {
    let places = ["440300", "330902"];
    for procedure in places.map(compiled) {
        let sums = procedure.rules.params.iter().filter(|param| param.unit == crate::eligibility::pack::Unit::Money);
        assert!(sums.flat_map(|param| &param.values).next().is_none(), "{}", procedure.rules.region);
    }
    let file = &files()["440300/procedures/green_burial.toml"];
    assert!(file.contains("3000 yuan"), "those who check it find it there");
    let cited = compiled("440100").rules.sources;
    assert!(cited.iter().any(|source| source.document.contains("广州市骨灰海葬")), "{cited:?}");
    assert!(cited.iter().all(|source| source.url.is_none()), "what is read on a foreign address is never linked");
}

#[test]
fn a_place_of_which_procedures_alone_are_known_has_them_and_no_pack_of_benefits() {
    let files = files();
    assert_eq!(nearest_place(&files, "440106"), Some("440100"), "a district of it");
    assert_eq!(nearest_place(&files, "440305"), Some("440305"));
    assert_eq!(nearest_place(&files, "110101"), Some("100000"));
    assert_eq!(crate::eligibility::compile::nearest(&files, "440106"), Some("440000"), "benefits are the province's");
    assert_eq!(names(&files, "440106"), ["green_burial"]);
    assert_eq!(compiled("360783").rules.name.zh, "江西省龙南市");
}

#[test]
fn the_day_of_the_burial_decides_which_sum_holds() {
    let mut files = files();
    let file = files.get_mut("440100/procedures/green_burial.toml").unwrap();
    let rise = "value = \"2000 yuan\"\nsource = \"gz2024\"\n";
    let risen = "\n[[rules.params.sea.values]]\nfrom = \"2026-06-15\"\nvalue = \"2500 yuan\"\nsource = \"gz2024\"\n";
    *file = file.replacen(rise, &format!("{rise}{risen}"), 1);
    let procedure = compile(&files, "440100", "green_burial").unwrap_or_else(|wrong| panic!("{}", lines(&wrong)));
    let sum = |buried: &'static str| {
        let typed: Typed = [
            ("deceased_hukou_here", "yes"),
            ("burial_kind", "sea"),
            ("buried_here", "yes"),
            ("died_on", "2026-05-06"),
            ("buried_on", buried),
            ("relation", "child"),
        ]
        .map(owned)
        .into();
        let checked = procedure.check(&typed, date("2026-11-28"));
        checked.verdict().and_then(|verdict| verdict.amount).and_then(Span::value)
    };
    assert_eq!(sum("2026-06-14"), Some(200_000.into()), "registered before, buried before");
    assert_eq!(sum("2026-06-15"), Some(250_000.into()), "registered before, buried after");
}
