use super::*;
use crate::procedures::compile::tests::shenzhen;

fn today() -> NaiveDate {
    "2026-11-28".parse().unwrap()
}

fn typed(pairs: &[(&str, &str)]) -> Typed {
    pairs.iter().map(|(name, text)| ((*name).to_owned(), (*text).to_owned())).collect()
}

/// Everything a family types; the people and numbers are invented.
fn whole() -> Typed {
    typed(&[
        ("deceased_name", "赵演示"),
        ("deceased_id", "11010519491231002X"),
        ("died_on", "2026-05-06"),
        ("deceased_hukou_here", "yes"),
        ("proof_number", "ＳＺ２０２６－００１２３"),
        ("burial_kind", "sea"),
        ("buried_on", "2026年9月20日"),
        ("buried_here", "yes"),
        ("relation", "child"),
        ("applicant_name", "钱演示"),
        ("applicant_id", "440305199001011234"),
        ("applicant_phone", "138 0000 0000"),
        ("account", "0123456789"),
        ("wish", "yes"),
    ])
}

#[test]
fn a_whole_form_is_read_and_what_is_not_asked_for_is_not_missing() {
    let procedure = shenzhen();
    let mut typed = whole();
    typed.remove("applicant_id");
    let errors = procedure.read(&typed, today()).unwrap_err();
    assert_eq!(errors.iter().map(|error| error.field.as_str()).collect::<Vec<_>>(), ["applicant_id"]);
    // The check digit of an invented number.
    let last = (0..=10).map(|n| if n == 10 { "X".to_owned() } else { n.to_string() });
    let number = last.map(|last| format!("44030519900101123{last}")).find(|number| id(number).is_ok()).unwrap();
    typed.insert("applicant_id".to_owned(), number);
    let values = procedure.read(&typed, today()).unwrap();
    assert_eq!(values["buried_on"], Value::Date("2026-09-20".parse().unwrap()));
    let Value::Certificate(proof) = &values["proof_number"] else { panic!("{values:?}") };
    assert_eq!(proof.as_str(), "SZ202600123");
    assert!(!values.contains_key("cremated_here"), "whose register was here is not asked where they died");

    typed.insert("deceased_hukou_here".to_owned(), "no".to_owned());
    let errors = procedure.read(&typed, today()).unwrap_err();
    assert_eq!(errors.iter().map(|error| error.field.as_str()).collect::<Vec<_>>(), ["cremated_here"]);
}

#[test]
fn every_field_says_what_is_wrong_with_it() {
    let procedure = shenzhen();
    let empty = procedure.read(&Typed::new(), today()).unwrap_err();
    let asked: Vec<_> = procedure.fields().map(|field| field.id.as_str()).collect();
    assert_eq!(empty.iter().map(|error| error.field.as_str()).collect::<Vec<_>>(), asked, "nothing is known yet");
    for (field, text, code) in [
        ("died_on", "2026-02-29", "date_no_leap_day"),
        ("burial_kind", "rocket", "not_offered"),
        ("relation", "friend", "not_offered"),
        ("deceased_hukou_here", "maybe", "not_offered"),
        ("account", "62220212345678901", "account_check"),
        ("wish", "no", "declaration_missing"),
        ("applicant_name", &"名".repeat(10_000), "too_long"),
    ] {
        let mut typed = whole();
        typed.insert(field.to_owned(), text.to_owned());
        let errors = procedure.read(&typed, today()).unwrap_err();
        assert_eq!(errors.for_field(field).map(Reason::code), Some(code), "{field}");
    }
}
