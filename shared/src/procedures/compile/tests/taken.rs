//! What is shipped compiles and comes out as its cases say, and what has none is not taken.

use super::*;
use crate::eligibility::pack::Unit;

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
        let sums = procedure.rules.params.iter().filter(|param| param.unit == Unit::Money);
        // Of the rule of 2018, which is over, a report was seen.
        let mut told = sums.flat_map(|param| &param.values).filter(|dated| dated.to.is_none());
        assert!(told.next().is_none(), "{}", procedure.rules.region);
    }
    let file = &files()["440300/procedures/green_burial.toml"];
    assert!(file.contains("3000 yuan"), "those who check it find it there");
    let cited = compiled("440100").rules.sources;
    assert!(cited.iter().any(|source| source.document.contains("广州市骨灰撒海预约须知")), "{cited:?}");
    assert!(cited.iter().all(|source| source.url.is_none()), "what is read on a foreign address is never linked");
}

#[test]
fn every_place_that_takes_claims_says_what_no_text_that_was_seen_says() {
    let places = ["330902", "360783", "370100", "440100", "440300"];
    for procedure in places.map(compiled) {
        let unknown: Vec<&str> = procedure.rules.benefits[0].unknown.iter().map(|note| note.zh.as_str()).collect();
        let unknown = unknown.join("\n");
        assert_eq!((procedure.clock, procedure.claim), (None, None), "{}", procedure.rules.region);
        // The day of the burial is looked up, and no text says that it is that day; so is it of two people in one urn.
        for words in ["这里按安葬那天看，以民政部门的决定为准", "两个人的骨灰", "已经安葬|安葬以后多久|多久以内要申请"]
        {
            let is_said = words.split('|').any(|words| unknown.contains(words));
            assert!(is_said, "{} does not say {words}:\n{unknown}", procedure.rules.region);
        }
    }
}

#[test]
fn whoever_was_asked_to_brings_a_letter_and_nobody_else_does() {
    for (region, id) in [("440300", "green_burial"), ("440300", "funeral_fees"), ("370100", "green_burial")] {
        let procedure = compile(&files(), region, id).unwrap_or_else(|wrong| panic!("{}", lines(&wrong)));
        let letter = procedure.papers.iter().find(|paper| paper.id == "mandate_letter").unwrap();
        assert!(letter.needed_if.is_some(), "{region} {id}");
        let who = procedure.relations.unwrap().who;
        assert_eq!(who.last().unwrap().id, "mandated");
        let kin = who.iter().find(|who| who.id == "other").unwrap();
        assert!(kin.label.zh.contains("儿媳"), "somebody by marriage is a relative and brings no letter");
    }
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
            ("organised", "yes"),
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
