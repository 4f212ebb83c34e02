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
        ("organised", "yes"),
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
    // A card is taken to be the applicant's own until another name stands beside it.
    let asked = procedure.fields().filter(|field| !field.optional && field.id != "account_other");
    let asked: Vec<_> = asked.map(|field| field.id.as_str()).collect();
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

/// The whole form with a few answers changed, read.
fn read(changed: &[(&str, &str)]) -> Result<Values, FieldErrors> {
    let mut all = whole();
    all.insert("applicant_id".to_owned(), "44030519900101123X".to_owned());
    all.extend(typed(changed));
    shenzhen().read(&all, today())
}

/// The one sentence that stands at one field.
fn said(changed: &[(&str, &str)], field: &str) -> String {
    let errors = read(changed).unwrap_err();
    assert_eq!(errors.iter().map(|error| error.field.as_str()).collect::<Vec<_>>(), [field]);
    errors.for_field(field).unwrap().sentence(crate::locale::Locale::Zh)
}

#[test]
fn the_deceased_is_not_the_one_who_applies() {
    let same = "这是逝者的号码。这里要填申请人自己的身份证号码。";
    for number in ["11010519491231002X", "110105 19491231 002x", "１１０１０５１９４９１２３１００２Ｘ"]
    {
        assert_eq!(said(&[("applicant_id", number)], "applicant_id"), same, "{number}");
    }
    assert!(read(&[]).is_ok());
}

#[test]
fn a_burial_before_the_death_is_told_at_the_burial() {
    assert!(said(&[("buried_on", "2026-05-05")], "buried_on").contains("比去世的日子还早"));
    assert!(read(&[("buried_on", "2026-05-06")]).is_ok(), "on the same day");
    let errors = read(&[("died_on", "2026-02-30"), ("buried_on", "2026-02-01")]).unwrap_err();
    assert_eq!(errors.len(), 1, "a day that cannot be read refuses nothing else");
    assert!(errors.for_field("died_on").is_some());
}

#[test]
fn a_death_that_is_yet_to_come_is_told_at_the_death() {
    assert!(said(&[("died_on", "2026-11-29"), ("buried_on", "2026-11-30")], "died_on").contains("还没有到"));
    assert!(read(&[("died_on", "2026-11-28"), ("buried_on", "2026-11-28")]).is_ok(), "today");
}

#[test]
fn a_card_in_another_name_is_asked_about_once_and_goes_to_the_office() {
    let other = [("account_name", "孙演示")];
    assert!(said(&other, "account_other").contains("打勾"));
    let values = read(&[("account_name", "孙演示"), ("account_other", "yes")]).unwrap();
    assert_eq!(values["account_other"], Value::Agreed { version: "1".to_owned() });
    for own in ["钱演示", " 钱 演示 ", ""] {
        let values = read(&[("account_name", own)]).unwrap();
        assert!(!values.contains_key("account_other"), "{own}");
    }
}

#[test]
fn a_consent_is_asked_for_only_beside_what_rests_on_it() {
    use crate::procedures::compile::{compile, tests::files};

    let fees = compile(&files(), "440300", "funeral_fees").unwrap();
    let wrong = |pairs: &[(&str, &str)]| {
        let errors = fees.read(&typed(pairs), today()).unwrap_err();
        let of_post = |field: &&str| ["letter_address", "post_consent"].contains(field);
        errors.iter().map(|error| error.field.as_str()).filter(of_post).map(str::to_owned).collect::<Vec<_>>()
    };
    let (address, agreed) = (("letter_address", "440305 演示街道1号"), ("post_consent", "yes"));
    assert_eq!(wrong(&[]), [""; 0], "nobody has to give either");
    assert_eq!(wrong(&[address]), ["post_consent"]);
    assert_eq!(wrong(&[address, agreed]), [""; 0]);
    assert_eq!(wrong(&[("letter_address", "演示街道1号"), agreed]), ["letter_address"]);
    let given = typed(&[address, agreed]);
    let given: Vec<_> = fees.consents(&given).map(|(field, rests)| (field.id.clone(), rests.to_vec())).collect();
    assert_eq!(given, [("post_consent".to_owned(), vec!["letter_address".to_owned()])]);
    assert!(fees.consents(&typed(&[address])).next().is_none());
}

#[test]
fn a_page_asks_for_what_can_matter() {
    let procedure = shenzhen();
    let page = procedure.steps.iter().find(|step| step.id == "applicant").unwrap();
    let asked = |changed: &[(&str, &str)]| {
        let mut all = whole();
        all.extend(typed(changed));
        procedure.asked(page, &all, today()).into_iter().any(|field| field.id == "account_other")
    };
    assert!(!asked(&[]) && !asked(&[("account_name", "钱演示")]));
    assert!(asked(&[("account_name", "孙演示")]));
}

#[test]
fn one_set_of_ashes_is_the_same_however_its_number_is_typed_and_whoever_claims_it() {
    let procedure = shenzhen();
    let once = |changed: &[(&str, &str)]| {
        let once = procedure.once_values(&read(changed).unwrap());
        once.into_iter().map(|once| (once.field, once.value)).collect::<Vec<_>>()
    };
    let first = once(&[]);
    assert_eq!(first, [("proof_number".to_owned(), "SZ202600123".to_owned())]);
    let second = once(&[
        ("applicant_name", "孙演示"),
        ("applicant_id", "440305198503041020"),
        ("proof_number", "sz 2026 00123"),
    ]);
    assert_eq!(first, second);
    assert_ne!(first, once(&[("proof_number", "SZ2026-00124")]));
}
