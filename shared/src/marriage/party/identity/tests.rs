use proptest::prelude::*;

use super::*;
use crate::identity::{NumberReason, number18::with_check};

fn mainland() -> PartyInput {
    PartyInput {
        kind: "mainland".into(),
        name: "张三".into(),
        id_type: "resident_id".into(),
        id_number: "440308199901101512".into(),
        ..PartyInput::default()
    }
}

fn abroad() -> PartyInput {
    PartyInput {
        kind: "foreigner".into(),
        name: "Mary O'Neill".into(),
        id_type: "passport".into(),
        id_number: "X1234567".into(),
        birth_date: "1998-3-27".into(),
        sex: "female".into(),
        ..PartyInput::default()
    }
}

fn date(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

#[test]
fn a_resident_id_tells_birth_date_and_sex() {
    let identity = mainland().identity().unwrap();
    assert_eq!(identity.birth_date(), date("1999-01-10"));
    assert_eq!(identity.sex(), Sex::Male);
    assert_eq!(identity.birth_date_field(), "id_number");
}

#[test]
fn a_kind_with_one_document_need_not_choose_it() {
    let input = PartyInput { id_type: String::new(), ..mainland() };
    assert_eq!(input.identity(), mainland().identity());
}

#[test]
fn birth_date_and_sex_may_repeat_the_number_but_not_contradict_it() {
    let same = PartyInput { birth_date: "1999年1月10日".into(), sex: "male".into(), ..mainland() };
    assert_eq!(same.identity(), mainland().identity());
    let other = PartyInput { birth_date: "1999-01-11".into(), sex: "female".into(), ..mainland() };
    let errors = other.identity().unwrap_err();
    assert_eq!(errors.for_field("birth_date"), Some(&PersonReason::BirthDateContradictsId.into()));
    assert_eq!(errors.for_field("sex"), Some(&PersonReason::SexContradictsId.into()));
    assert_eq!(errors.len(), 2);
}

#[test]
fn whoever_shows_a_document_is_known_by_what_they_were_booked_under() {
    for (person, typed, born) in [
        (mainland(), " 440308 19990110 1512", None),
        (mainland(), "440308199901101512", Some("1999-01-10")),
        (abroad(), "x1234567", Some("1998-03-27")),
    ] {
        let known = Identity::index_texts(typed, born.map(date));
        assert!(known.contains(&person.identity().unwrap().index_text()), "{typed}: {known:?}");
    }
    let other = Identity::index_texts("X1234567", Some(date("1998-03-28")));
    assert!(!other.contains(&abroad().identity().unwrap().index_text()));
    assert!(Identity::index_texts("X1234567", None).is_empty() && Identity::index_texts("", None).is_empty());
}

#[test]
fn a_passport_needs_birth_date_and_sex() {
    assert_eq!(abroad().identity().unwrap().birth_date(), date("1998-03-27"));
    let bare = PartyInput { birth_date: String::new(), sex: String::new(), ..abroad() };
    let errors = bare.identity().unwrap_err();
    assert_eq!(errors.for_field("birth_date"), Some(&Reason::Missing(BIRTH_DATE)));
    assert_eq!(errors.for_field("sex"), Some(&Reason::Missing(Sex::ASKED)));
}

#[test]
fn both_cards_of_a_permanent_resident_are_taken() {
    let new = PartyInput {
        id_type: "foreign_permanent_resident_id".into(),
        id_number: "944840198501010018".into(),
        birth_date: String::new(),
        sex: String::new(),
        ..abroad()
    };
    assert_eq!(new.identity().unwrap().sex(), Sex::Male);
    let older = PartyInput { id_number: "USA110000000018".into(), ..new };
    let errors = older.identity().unwrap_err();
    assert!(errors.for_field("birth_date").is_some() && errors.for_field("sex").is_some());
}

#[test]
fn an_unreadable_number_gets_one_message_only() {
    let input = PartyInput { id_number: "440308199901101513".into(), ..mainland() };
    assert_eq!(input.identity(), Err(FieldErrors::one("id_number", NumberReason::CheckDigit)));
}

#[test]
fn each_kind_of_person_has_its_documents() {
    for &kind in PartyKind::ALL {
        for &id_type in IdType::ALL {
            let input = PartyInput { kind: kind.wire().into(), id_type: id_type.wire().into(), ..abroad() };
            let refused = input.identity().is_err_and(|errors| {
                errors.for_field("id_type") == Some(&MarriageReason::IdTypeNotForKind(kind).into())
            });
            assert_eq!(refused, !kind.id_types().contains(&id_type));
        }
    }
}

#[test]
fn a_residence_permit_number_of_a_mainland_person_says_what_to_choose() {
    let input = PartyInput { id_number: "810000199408230021".into(), ..mainland() };
    assert_eq!(
        input.identity(),
        Err(FieldErrors::one(
            "id_number",
            MarriageReason::OtherDocument { choose: IdType::HkMacaoTaiwanResidencePermit }
        ))
    );
}

#[test]
fn unknown_choices_are_asked_again() {
    let input = PartyInput { kind: "martian".into(), id_type: "library_card".into(), sex: "yes".into(), ..abroad() };
    let errors = input.identity().unwrap_err();
    for (field, asked) in [("kind", PartyKind::ASKED), ("id_type", IdType::ASKED), ("sex", Sex::ASKED)] {
        assert_eq!(errors.for_field(field), Some(&Reason::NotOffered(asked)));
    }
}

#[test]
fn a_birth_date_after_today_is_noticed_where_it_was_typed() {
    let born = abroad().identity().unwrap();
    assert_eq!(born.born_by(date("1998-03-27")), Ok(()));
    assert_eq!(born.born_by(date("1998-03-26")), Err(FieldErrors::one("birth_date", PersonReason::BirthDateInFuture)));
    let carried = mainland().identity().unwrap();
    assert_eq!(
        carried.born_by(date("1999-01-09")),
        Err(FieldErrors::one("id_number", PersonReason::BirthDateInFuture))
    );
}

#[test]
fn one_document_is_one_person_however_it_is_typed() {
    let again = PartyInput { name: "张叁".into(), id_number: "440308 19990110 151２".into(), ..mainland() };
    let (first, second) = (mainland().identity().unwrap(), again.identity().unwrap());
    assert_eq!(first.index_text(), second.index_text());
    assert_eq!(second.other_than(&first), Err(FieldErrors::one("id_number", MarriageReason::SamePersonTwice)));
    assert_eq!(abroad().identity().unwrap().other_than(&first), Ok(()));
}

#[test]
fn passports_of_two_countries_with_one_number_are_two_people() {
    let other = PartyInput { birth_date: "1990-01-01".into(), ..abroad() };
    assert_ne!(abroad().identity().unwrap().index_text(), other.identity().unwrap().index_text());
}

fn any_input() -> impl Strategy<Value = PartyInput> {
    let typed = || "\\PC{0,24}|[0-9X]{15,18}|[HM]?[0-9]{8}";
    let kinds = PartyKind::ALL.iter().map(|kind| kind.wire().to_owned()).collect::<Vec<_>>();
    let id_types = IdType::ALL.iter().map(|kind| kind.wire().to_owned()).collect::<Vec<_>>();
    (
        (prop::sample::select(kinds), typed()),
        (prop::sample::select(id_types), typed(), typed()),
        (any::<bool>(), "[0-9]{17}"),
    )
        .prop_map(|((kind, name), (id_type, id_number, birth_date), (checked, first17))| PartyInput {
            kind,
            name,
            id_type,
            id_number: if checked { with_check(&first17) } else { id_number },
            birth_date,
            ..PartyInput::default()
        })
}

proptest! {
    #[test]
    fn parsing_never_panics_and_gives_a_person_or_a_message(input in any_input()) {
        match input.identity() {
            Ok(identity) => prop_assert_eq!(identity.to_input().identity(), Ok(identity)),
            Err(errors) => prop_assert!(!errors.is_empty()),
        }
    }

    #[test]
    fn a_person_is_read_again_from_the_canonical_form(days in 0i64..36_000, seq in 0u32..1000) {
        let born = NaiveDate::from_ymd_opt(1920, 1, 1).unwrap() + chrono::TimeDelta::days(days);
        let first17 = format!("440305{}{seq:03}", born.to_string().replace('-', ""));
        let input = PartyInput { id_number: with_check(&first17), ..mainland() };
        let identity = input.identity().unwrap();
        prop_assert_eq!(identity.birth_date(), born);
        prop_assert_eq!(identity.to_input().identity(), Ok(identity));
    }
}
