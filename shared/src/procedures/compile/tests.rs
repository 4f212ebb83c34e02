mod taken;
mod vectors;

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
pub(crate) fn files() -> Files {
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
    ("organised", "yes"),
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
    let papers: Vec<&str> = procedure.papers.iter().map(|paper| paper.id.as_str()).collect();
    assert_eq!(
        papers,
        ["cremation_proof", "burial_certificate", "deceased_register", "mandate_letter", "relation_proof"]
    );
    assert_eq!(procedure.clock, None, "no text that was seen sets a time");
    assert_eq!(procedure.relations.unwrap().source, None, "and none says who may apply");
    let longnan = compiled("360783");
    let source = longnan.relations.unwrap().source.unwrap();
    assert_eq!(longnan.rules.sources[source].document, "龙南市节地生态安葬奖补实施办法");
}

#[test]
fn the_family_is_spoken_to_and_the_office_is_not() {
    let procedure = shenzhen();
    let words = |id: &str| {
        let field = procedure.field(id).unwrap();
        [field.label.zh.as_str(), field.for_office().zh.as_str()]
    };
    assert_eq!(words("applicant_name"), ["您的姓名", "申请人姓名"]);
    assert_eq!(words("died_on"), ["去世的日子", "去世的日子"], "one name is enough where it speaks to nobody");
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
        let buried = [("burial_kind", kind), ("buried_on", "2023-03-31"), ("died_on", "2023-02-06")];
        let typed: Typed = with(&buried).into_iter().chain([("buried_here", "yes")]).map(owned).collect();
        let checked = jinan.check(&typed, date("2026-11-28"));
        let verdict = checked.verdict().unwrap();
        assert_eq!(
            (verdict.status, verdict.amount.and_then(Span::value)),
            (Status::Likely, Some(fen.into())),
            "{kind}"
        );
    }
    for (changed, status) in [
        // Of those registered elsewhere copies alone speak.
        (vec![("deceased_hukou_here", "no")], Status::Bureau),
        (vec![("burial_kind", "tree")], Status::Ask),
        (vec![("burial_kind", "tree"), ("unmarked", "yes")], Status::Likely),
        (vec![("burial_kind", "niche")], Status::No),
        (vec![("organised", "no")], Status::No),
        (vec![("buried_on", "2026-05-05")], Status::No),
        (vec![("buried_on", "2026-05-06")], Status::Likely),
    ] {
        assert_eq!(judged(&procedure, &with(&changed)).status, status, "{changed:?}");
    }
    let without_place: Vec<_> = SEA.iter().filter(|(name, _)| *name != "organised").copied().collect();
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
            let answer = match fact.id.as_str() {
                "deceased_hukou_here" => Answer::OneOf(1 << 1),
                "cremated_on" => Answer::exactly(days(date("2026-04-10"))),
                _ => Answer::OneOf(1),
            };
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
        (
            r#"basis = ["sz2023", "rules2026"]"#,
            "basis = [\"sz2023\", \"rules2026\"]\ndrop = [\"died_before\"]",
            "there is no condition `died_before`",
        ),
        (r#"drop = ["moved_away","#, r#"drop = ["nothing", "moved_away","#, "nothing above is called `nothing`"),
        (
            r#"label = { zh = "火化证明编号", en = "Number of the cremation proof" }"#,
            "label = { zh = \"编号\", en = \"Number\" }\ndeclaration = { version = \"1\", consent = [\"account\"], text = { zh = \"好\", en = \"Yes\" } }",
            "both `optional`: nobody has to give either",
        ),
        ("unwritten = true", "", "name with `text` the article that this condition stands for"),
        ("if = \"organised\"", "if = \"organised\"\nunwritten = true", "this is `unwritten` and has a `text`"),
        ("offered = true", "offered = true\nonce = [\"nothing\"]", "there is no field `nothing`"),
        ("offered = true", "offered = true\nonce = [\"burial_kind\"]", "`burial_kind` is no number and no name"),
        ("offered = true", "offered = true\ncounts = \"nothing\"", "there is no field `nothing`"),
        ("offered = true", "offered = true\ncounts = \"burial_kind\"", "`burial_kind` is no date"),
        (
            "offered = true",
            "offered = true\nclaim = { days = 3651, unit = \"calendar\", source = \"sz2023\" }",
            "a time has at most 3650 days",
        ),
        (r#"route = "organiser""#, r#"route = "rocket""#, "unknown variant `rocket`"),
        (
            r#"from = "2018-10-01", source"#,
            r#"from = "2018-10-01", to = "2018-09-30", source"#,
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
        (
            r#"label = { zh = "火化证明编号", en = "Number of the cremation proof" }"#,
            r#"label = { zh = "您的火化证明编号", en = "Number of the cremation proof" }"#,
            "`called` says what the office reads instead",
        ),
        (
            r#"label = { zh = "火化证明编号", en = "Number of the cremation proof" }"#,
            "label = { zh = \"您的编号\", en = \"Your number\" }\ncalled = { zh = \"编号\", en = \"Your number\" }",
            "the office reads `called`, which speaks to nobody",
        ),
        (
            r#"name = { zh = "安葬证明", en = "Burial certificate" }"#,
            r#"name = { zh = "安葬证明", en = "Your burial certificate" }"#,
            "the office reads of this paper too",
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
fn two_times_of_one_text_cite_it_once() {
    let mut files = files();
    let file = files.get_mut("440300/procedures/green_burial.toml").unwrap();
    let times =
        ["clock", "silence"].map(|name| format!("{name} = {{ days = 5, unit = \"working\", source = \"sz2023\" }}\n"));
    file.insert_str(0, &times.concat());
    let procedure = compile(&files, "440300", "green_burial").unwrap();
    let [clock, silence] = [procedure.clock, procedure.silence].map(|time| time.unwrap().source);
    assert_eq!(clock, silence);
    assert_eq!(procedure.rules.sources[clock].document, "深圳市节地生态安葬奖励办法（深民规〔2023〕6号）");
}
