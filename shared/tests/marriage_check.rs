//! The check before booking, as a couple meets it.

use chrono::NaiveDate;
use proptest::prelude::*;
use shared::field::Reason;
use shared::identity::{PersonReason, Sex};
use shared::marriage::check::{
    AdviceCode, CheckAnswer, CheckInput, CheckParty, CheckPartyInput, CheckRequest, Kinship, RegistryScope, Severity,
    Verdict, check,
};
use shared::marriage::documents::DocumentCode;
use shared::marriage::{MaritalStatus, MarriageReason, PartyKind};

const TODAY: &str = "2026-05-10";

fn date(text: &str) -> NaiveDate {
    text.parse().expect("tests write dates as YYYY-MM-DD")
}

fn party(kind: PartyKind, sex: Sex, birth: &str) -> CheckParty {
    CheckParty { kind, birth_date: date(birth), sex, status: MaritalStatus::NeverMarried }
}

/// A woman of 28 and a man of 30 from the mainland, never married, not related, on 20 May 2026.
fn couple() -> CheckRequest {
    CheckRequest {
        date: date("2026-05-20"),
        parties: [
            party(PartyKind::Mainland, Sex::Female, "1998-03-27"),
            party(PartyKind::Mainland, Sex::Male, "1996-01-02"),
        ],
        kinship: Kinship::None,
    }
}

fn answer(change: impl FnOnce(&mut CheckRequest)) -> CheckAnswer {
    let mut request = couple();
    change(&mut request);
    check(&request, date(TODAY))
}

fn codes(answer: &CheckAnswer) -> Vec<AdviceCode> {
    answer.advice.iter().map(|advice| advice.code).collect()
}

#[test]
fn an_ordinary_couple_may_register() {
    let answer = answer(|_| {});
    assert_eq!(answer.verdict, Verdict::MayRegister);
    assert_eq!(answer.registries, RegistryScope::Any);
    assert_eq!(codes(&answer), [AdviceCode::InPerson, AdviceCode::Voluntary, AdviceCode::Illness]);
}

#[test]
fn under_age_today_but_not_on_the_day_may_register() {
    let answer = answer(|couple| couple.parties[1].birth_date = date("2004-05-15"));
    assert_eq!(answer.verdict, Verdict::MayRegister);
}

#[test]
fn of_age_on_a_later_day_only_means_not_yet_and_says_from_when() {
    let answer = answer(|couple| couple.parties[1].birth_date = date("2004-05-21"));
    assert_eq!(answer.verdict, Verdict::NotYet { from: date("2026-05-21") });
    assert_eq!(answer.advice[0].code, AdviceCode::UnderAge);
    assert_eq!(answer.advice[0].party, Some(1));
    assert!(answer.advice[0].text.zh.contains("2026年5月21日"));
    assert!(answer.advice[0].text.en.contains("21 May 2026"));
}

#[test]
fn a_day_in_the_past_on_which_somebody_was_too_young_is_not_yet() {
    // Of age today, but not on the day that was asked about.
    let answer = answer(|couple| {
        couple.parties[1].birth_date = date("2004-05-05");
        couple.date = date("2026-05-04");
    });
    assert_eq!(answer.verdict, Verdict::NotYet { from: date("2026-05-05") });
    assert!(codes(&answer).contains(&AdviceCode::DatePast));
}

#[test]
fn when_both_are_too_young_the_later_day_counts() {
    let answer = answer(|couple| {
        couple.parties[0].birth_date = date("2006-08-01");
        couple.parties[1].birth_date = date("2004-07-01");
    });
    assert_eq!(answer.verdict, Verdict::NotYet { from: date("2026-08-01") });
    assert_eq!(codes(&answer).iter().filter(|code| **code == AdviceCode::UnderAge).count(), 2);
}

#[test]
fn the_birthday_itself_is_allowed_with_a_warning() {
    let answer = answer(|couple| couple.parties[0].birth_date = date("2006-05-20"));
    assert_eq!(answer.verdict, Verdict::MayRegister);
    assert_eq!(answer.advice[0].code, AdviceCode::AgeReachedThatDay);
    assert_eq!(answer.advice[0].party, Some(0));
}

#[test]
fn a_leap_day_child_may_register_from_the_last_of_february() {
    let on = |day| {
        let mut couple = couple();
        couple.parties[1].birth_date = date("2004-02-29");
        couple.date = date(day);
        check(&couple, date("2026-02-01"))
    };
    assert_eq!(on("2026-02-27").verdict, Verdict::NotYet { from: date("2026-02-28") });
    assert_eq!(on("2026-02-28").verdict, Verdict::MayRegister);
    assert!(codes(&on("2026-02-28")).contains(&AdviceCode::AgeReachedThatDay));
    assert!(!codes(&on("2026-03-01")).contains(&AdviceCode::AgeReachedThatDay));
}

#[test]
fn what_only_the_registry_can_judge_asks_and_never_blocks() {
    type Change = fn(&mut CheckRequest);
    let cases: [(AdviceCode, Change); 4] = [
        (AdviceCode::StatusUnsure, |couple| couple.parties[1].status = MaritalStatus::Unsure),
        (AdviceCode::KinshipUnsure, |couple| couple.kinship = Kinship::Unsure),
        (AdviceCode::BothOutsideMainland, |couple| {
            couple.parties[0].kind = PartyKind::HkMacaoTaiwan;
            couple.parties[1].kind = PartyKind::OverseasChinese;
        }),
        (AdviceCode::BothForeign, |couple| {
            couple.parties[0].kind = PartyKind::Foreigner;
            couple.parties[1].kind = PartyKind::Foreigner;
        }),
    ];
    for (code, change) in cases {
        let answer = answer(change);
        assert_eq!(answer.verdict, Verdict::AskRegistry, "{code:?}");
        assert_eq!(answer.advice[0].code, code);
        assert_eq!(answer.advice[0].severity, Severity::Ask);
        let is_outside = matches!(code, AdviceCode::BothOutsideMainland | AdviceCode::BothForeign);
        assert_eq!(answer.documents.provisional.is_some(), is_outside, "{code:?}");
    }
}

#[test]
fn what_every_registry_refuses_is_told_as_that_on_any_day() {
    type Change = fn(&mut CheckRequest);
    let cases: [(AdviceCode, Change); 3] = [
        (AdviceCode::Married, |couple| couple.parties[0].status = MaritalStatus::Married),
        (AdviceCode::CloseKin, |couple| couple.kinship = Kinship::Close),
        (AdviceCode::SameSex, |couple| couple.parties[1].sex = couple.parties[0].sex),
    ];
    for (code, change) in cases {
        for day in ["2026-05-01", "2026-05-20", "2028-05-20"] {
            let answer = answer(|couple| {
                change(couple);
                couple.date = date(day);
            });
            assert_eq!(answer.verdict, Verdict::MayNotRegister, "{code:?} on {day}");
            assert_eq!((answer.advice[0].code, answer.advice[0].severity), (code, Severity::Bars));
        }
    }
}

#[test]
fn a_day_that_has_passed_is_not_one_on_which_they_may_register() {
    let answer = answer(|couple| couple.date = date("2026-05-01"));
    assert_eq!(answer.verdict, Verdict::DayPast);
    assert_eq!((answer.advice[0].code, answer.advice[0].severity), (AdviceCode::DatePast, Severity::Blocks));
}

#[test]
fn divorced_and_widowed_people_may_register_and_get_their_proof_on_the_list() {
    let answer = answer(|couple| {
        couple.parties[0].status = MaritalStatus::Divorced;
        couple.parties[1].status = MaritalStatus::Widowed;
    });
    assert_eq!(answer.verdict, Verdict::MayRegister);
    let last = |party: usize| answer.documents.parties[party].last().map(|item| item.code);
    assert_eq!(last(0), Some(DocumentCode::DivorceProof));
    assert_eq!(last(1), Some(DocumentCode::WidowhoodProof));
}

#[test]
fn remarrying_each_other_is_an_ordinary_registration() {
    let answer = answer(|couple| {
        for party in &mut couple.parties {
            party.status = MaritalStatus::Divorced;
        }
    });
    assert_eq!(answer.verdict, Verdict::MayRegister);
    assert!(codes(&answer).contains(&AdviceCode::BothDivorced));
}

#[test]
fn a_couple_with_one_party_from_outside_needs_a_registry_with_that_authority() {
    for kind in [PartyKind::HkMacaoTaiwan, PartyKind::OverseasChinese, PartyKind::Foreigner] {
        let answer = answer(|couple| couple.parties[1].kind = kind);
        assert_eq!(answer.verdict, Verdict::MayRegister, "{kind:?}");
        assert_eq!(answer.registries, RegistryScope::ForeignRelated, "{kind:?}");
        assert!(codes(&answer).contains(&AdviceCode::ForeignRelated), "{kind:?}");
    }
}

#[test]
fn a_foreigner_may_marry_a_chinese_citizen_from_outside_the_mainland() {
    let answer = answer(|couple| {
        couple.parties[0].kind = PartyKind::Foreigner;
        couple.parties[1].kind = PartyKind::HkMacaoTaiwan;
    });
    assert_eq!(answer.verdict, Verdict::MayRegister);
}

#[test]
fn far_and_past_days_are_pointed_out() {
    for (day, expected) in [
        ("2026-05-09", Some(AdviceCode::DatePast)),
        ("2026-05-10", None),
        ("2027-05-11", None),
        ("2027-05-12", Some(AdviceCode::DateFar)),
        ("2100-12-31", Some(AdviceCode::DateFar)),
    ] {
        let answer = answer(|couple| couple.date = date(day));
        let found = codes(&answer).into_iter().find(|code| matches!(code, AdviceCode::DatePast | AdviceCode::DateFar));
        assert_eq!(found, expected, "{day}");
    }
}

fn input() -> CheckInput {
    let party = |birth_date: &str, sex: &str| CheckPartyInput {
        kind: "mainland".into(),
        birth_date: birth_date.into(),
        sex: sex.into(),
        status: "never_married".into(),
    };
    CheckInput {
        date: "2026-05-20".into(),
        parties: vec![party("1998-03-27", "female"), party("1996-01-02", "male")],
        kinship: "none".into(),
    }
}

/// The fields and codes of what is wrong, in order.
fn wrong(change: impl FnOnce(&mut CheckInput)) -> Vec<(String, &'static str)> {
    let mut input = input();
    change(&mut input);
    match CheckRequest::parse(&input, date(TODAY)) {
        Ok(_) => Vec::new(),
        Err(errors) => errors.into_iter().map(|error| (error.field, error.reason.code())).collect(),
    }
}

#[test]
fn a_complete_form_is_read_as_it_was_meant() {
    let request = CheckRequest::parse(&input(), date(TODAY));
    assert!(request == Ok(couple()));
}

#[test]
fn an_empty_form_asks_for_every_field_in_order() {
    let fields: Vec<_> = wrong(|input| *input = CheckInput::default()).into_iter().map(|(field, _)| field).collect();
    assert_eq!(
        fields,
        [
            "date",
            "parties.0.kind",
            "parties.0.birth_date",
            "parties.0.sex",
            "parties.0.status",
            "parties.1.kind",
            "parties.1.birth_date",
            "parties.1.sex",
            "parties.1.status",
            "kinship",
        ]
    );
}

#[test]
fn each_bad_answer_is_named_at_its_field() {
    let one = |field: &str, reason: Reason| vec![(field.to_owned(), reason.code())];
    assert_eq!(
        wrong(|input| input.parties[1].birth_date = "2026-05-11".into()),
        one("parties.1.birth_date", PersonReason::BirthDateInFuture.into())
    );
    assert_eq!(
        wrong(|input| input.parties[0].birth_date = "2001-02-29".into()),
        one("parties.0.birth_date", Reason::NoLeapDay { year: 2001 })
    );
    assert_eq!(
        wrong(|input| input.parties[0].birth_date = "1899-12-31".into()),
        one("parties.0.birth_date", Reason::DateYear { earliest: 1900, latest: 2026 })
    );
    assert_eq!(
        wrong(|input| input.date = "9999-01-01".into()),
        one("date", Reason::DateYear { earliest: 1900, latest: 2100 })
    );
    assert_eq!(
        wrong(|input| input.parties.push(CheckPartyInput::default())),
        one("parties", MarriageReason::PartyCount { found: 3 }.into())
    );
    let not_offered = wrong(|input| input.kinship = "cousin".into());
    assert_eq!(not_offered, [("kinship".to_owned(), "not_offered")]);
}

#[test]
fn a_json_body_without_fields_is_a_form_without_answers() {
    let empty: CheckInput = serde_json::from_str("{}").unwrap();
    assert!(empty == CheckInput::default());
}

#[test]
fn every_answer_comes_back_from_its_json() {
    let answer = answer(|couple| couple.parties[1].birth_date = date("2008-02-29"));
    let json = serde_json::to_string(&answer).unwrap();
    assert!(serde_json::from_str::<CheckAnswer>(&json).unwrap() == answer);
    assert!(json.starts_with(
        r#"{"date":"2026-05-20","verdict":{"type":"not_yet","from":"2030-02-28"},"registries":"any","advice":[{"code":"under_age","severity":"blocks","party":1,"text":{"zh":"男方要满 22 周岁"#
    ));
}

fn any_request() -> impl Strategy<Value = Hidden> {
    let party = || (0..4_usize, 0..2_usize, 0..5_usize, -20_000..25_000_i32);
    (party(), party(), 0..3_usize, 10_000..40_000_i32).prop_map(|(first, second, kinship, day)| {
        let party = |(kind, sex, status, birth): (usize, usize, usize, i32)| CheckParty {
            kind: PartyKind::ALL[kind],
            sex: Sex::ALL[sex],
            status: MaritalStatus::ALL[status],
            birth_date: NaiveDate::from_epoch_days(birth).expect("within a few decades of 1970"),
        };
        Hidden(CheckRequest {
            date: NaiveDate::from_epoch_days(day).expect("within a century of 1970"),
            parties: [party(first), party(second)],
            kinship: Kinship::ALL[kinship],
        })
    })
}

proptest! {
    #[test]
    fn only_age_and_a_past_day_block_and_the_day_it_names_no_longer_does(request in any_request()) {
        let answer = check(&request.0, date(TODAY));
        let blocks = answer.advice.iter().filter(|advice| advice.severity == Severity::Blocks);
        let blocking = [AdviceCode::UnderAge, AdviceCode::DatePast];
        prop_assert!(blocks.clone().all(|advice| blocking.contains(&advice.code)));
        let is_barred = answer.advice.iter().any(|advice| advice.severity == Severity::Bars);
        prop_assert_eq!(is_barred, answer.verdict == Verdict::MayNotRegister);
        match answer.verdict {
            Verdict::NotYet { from } => {
                prop_assert!(from > request.0.date);
                let on = |date| check(&CheckRequest { date, ..request.0 }, date).verdict;
                let still_blocked = matches!(on(from), Verdict::NotYet { .. });
                prop_assert!(!still_blocked);
                let day_before = from.pred_opt().expect("not the first day of the calendar");
                prop_assert_eq!(on(day_before), Verdict::NotYet { from });
            }
            Verdict::MayNotRegister => {}
            Verdict::DayPast => prop_assert!(request.0.date < date(TODAY)),
            Verdict::MayRegister | Verdict::AskRegistry => prop_assert_eq!(blocks.count(), 0),
        }
    }

    #[test]
    fn the_order_of_the_two_changes_nothing_but_their_places(request in any_request()) {
        let [first, second] = request.0.parties;
        let here = check(&request.0, date(TODAY));
        let there = check(&CheckRequest { parties: [second, first], ..request.0 }, date(TODAY));
        prop_assert_eq!(here.verdict, there.verdict);
        prop_assert_eq!(here.registries, there.registries);
        prop_assert_eq!(&here.documents.parties[0], &there.documents.parties[1]);
        let (mut these, mut those) = (codes(&here), codes(&there));
        these.sort();
        those.sort();
        prop_assert_eq!(these, those);
    }

    #[test]
    fn every_text_is_there_in_both_languages(request in any_request()) {
        let answer = check(&request.0, date(TODAY));
        let documents = answer.documents.parties.iter().flatten().chain(&answer.documents.together);
        let mut texts: Vec<_> = answer.advice.iter().map(|advice| &advice.text).collect();
        for item in documents.chain(&answer.documents.not_needed) {
            texts.extend([&item.title, &item.note, &item.source.text]);
        }
        for text in texts {
            prop_assert!(!text.zh.is_empty() && !text.en.is_empty());
            prop_assert!(!text.en.contains("  ") && !text.zh.contains("  "));
        }
    }
}

/// Proptest prints what fails; a request has no `Debug` of its own because it holds birth dates.
struct Hidden(CheckRequest);

impl std::fmt::Debug for Hidden {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let party = |party: &CheckParty| (party.kind, party.sex, party.status, party.birth_date);
        (self.0.date, self.0.parties.each_ref().map(party), self.0.kinship).fmt(f)
    }
}
