//! What residents and careless programs send to `POST /api/v1/bookings`, and the one message each gets.

use serde_json::{Value, json};
use shared::field::FieldErrors;
use shared::locale::Locale;
use shared::marriage::{BookingInput, BookingRequest};

/// Two made-up people; the numbers are the published samples of the standards.
fn good() -> Value {
    json!({
        "hold_id": "h1", "hold_token": "t1", "service": "marriage_registration", "locale": "zh-CN",
        "parties": [
            {"kind": "mainland", "name": "张三", "id_type": "resident_id", "id_number": "440308199901101512",
             "phone": "13800000000"},
            {"kind": "hk_macao_taiwan", "name": "陈·大文", "id_type": "hk_macao_permit", "id_number": "H12345678",
             "birth_date": "2000-02-29", "sex": "female", "phone": "+852 9123 4567", "phone_code": "123456"}
        ]
    })
}

fn parse(body: &Value) -> Result<BookingRequest, FieldErrors> {
    let input: BookingInput = serde_json::from_value(body.clone()).expect("a body of texts is always read");
    BookingRequest::parse(input)
}

#[test]
fn each_slip_gets_one_message_at_its_field() {
    let megabyte = "三".repeat(350_000);
    let cases = [
        ("/parties/0/id_number", "440308199901101513", "id_check_digit"),
        ("/parties/0/id_number", "110105491231002", "id_old_number"),
        ("/parties/0/id_number", "44030819990110151", "id_length"),
        ("/parties/0/id_number", "44030819990110l512", "id_character"),
        ("/parties/0/id_number", "440308199902301512", "id_birth_date"),
        ("/parties/0/id_number", "440308199902291512", "id_birth_date"),
        ("/parties/0/id_number", "810000199408230021", "id_other_document"),
        ("/parties/0/id_number", "820000199001011013", "id_other_document"),
        ("/parties/0/id_number", "830000199201300022", "id_other_document"),
        ("/parties/0/id_number", "944840198501010018", "id_other_document"),
        ("/parties/0/id_number", "4403081999\u{0}1101512", "control_character"),
        ("/parties/0/id_number", "", "id_number_missing"),
        ("/parties/0/id_number", &megabyte, "too_long"),
        ("/parties/0/id_type", "passport", "id_type_not_for_kind"),
        ("/parties/0/kind", "", "kind_missing"),
        ("/parties/0/kind", "royal", "not_offered"),
        ("/parties/0/name", "张三😀", "name_character"),
        ("/parties/0/name", "张三ℹ", "name_character"),
        ("/parties/0/name", "王\u{e000}", "name_private_use"),
        ("/parties/0/name", "张\u{0}三", "control_character"),
        ("/parties/0/name", "  ", "name_missing"),
        ("/parties/0/name", &megabyte, "too_long"),
        ("/parties/0/birth_date", "1999-01-11", "birth_date_contradicts_id"),
        ("/parties/0/birth_date", "1999-02-29", "date_no_leap_day"),
        ("/parties/0/birth_date", "1999--10", "date_month_missing"),
        ("/parties/0/birth_date", &megabyte, "too_long"),
        ("/parties/0/sex", "female", "sex_contradicts_id"),
        ("/parties/0/phone", "0755-26661013", "phone_landline"),
        ("/parties/0/phone", "138", "phone_length"),
        ("/parties/0/phone", "", "phone_missing"),
        ("/parties/0/phone", "+44 7911 12345", "phone_length_abroad"),
        ("/parties/0/phone", "001 65 9123 4567", "phone_international"),
        ("/parties/0/phone", &megabyte, "too_long"),
        ("/parties/0/phone_code", "12345", "phone_code_shape"),
        ("/parties/0/phone_code", &megabyte, "phone_code_shape"),
        ("/parties/1/birth_date", "", "birth_date_missing"),
        ("/parties/1/sex", "", "sex_missing"),
        ("/parties/1/sex", "male", "same_sex"),
        ("/parties/1/id_number", "H1234567", "document_shape"),
        ("/hold_id", "", "hold_missing"),
        ("/hold_id", "no such hold", "hold_unknown"),
        ("/hold_token", &megabyte, "hold_unknown"),
        ("/service", "", "service_missing"),
        ("/service", "divorce", "not_offered"),
        ("/locale", "fr", "not_offered"),
    ];
    for (pointer, typed, code) in cases {
        let mut body = good();
        let (owner, field) = pointer.rsplit_once('/').unwrap();
        body.pointer_mut(owner).unwrap()[field] = Value::from(typed);
        let found = parse(&body).expect_err(pointer).messages(Locale::Zh);
        let found: Vec<_> = found.iter().map(|entry| (entry.field.as_str(), entry.code.as_str())).collect();
        let path = pointer[1..].replace('/', ".");
        assert_eq!(found, [(path.as_str(), code)]);
    }
}

#[test]
fn what_only_looks_unusual_is_taken() {
    for (pointer, typed) in [
        ("/parties/0/id_number", "11010519491231029x"),
        ("/parties/0/id_number", "４４０３０８ １９９９０１１０ １５１２"),
        ("/parties/0/id_number", "110103198001010013"),
        ("/parties/0/name", "𠮷三"),
        ("/parties/0/name", "买买提•艾力"),
        ("/parties/0/name", "王\u{e863}"),
        ("/parties/0/name", "⽊子"),
        ("/parties/1/name", "नरेन्द्र"),
        ("/parties/1/name", "MUTHU A/L RAJAN"),
        ("/parties/0/id_number", "11010519491231029X（本人）"),
        ("/parties/1/phone", "+44 (0)7911 123456"),
        ("/parties/1/phone", "001 852 9123 4567"),
        ("/parties/0/phone", "＋86 138-0000-0000"),
        ("/parties/1/birth_date", "2000年2月29日"),
        ("/parties/1/phone_code", "123 456"),
    ] {
        let mut body = good();
        *body.pointer_mut(pointer).unwrap() = Value::from(typed);
        assert!(parse(&body).is_ok(), "{pointer} {typed} {:?}", parse(&body));
    }
}

#[test]
fn nothing_typed_is_repeated_in_what_is_logged() {
    let mut body = good();
    body["parties"][0]["id_number"] = Value::from("440308199901101513");
    let errors = parse(&body).expect_err("the check digit does not fit");
    assert_eq!(format!("{errors} {errors:?}").matches(char::is_numeric).collect::<String>(), "00");
}
