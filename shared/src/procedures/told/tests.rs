use chrono::{DateTime, Utc};

use super::*;
use crate::procedures::state::Proposal;
use crate::staff::StaffId;

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn states() -> Vec<State> {
    let at: DateTime<Utc> = "2026-05-06T02:00:00Z".parse().unwrap();
    let by = StaffId::parse("li").unwrap();
    let outcomes = [Outcome::Granted, Outcome::Refused];
    let mut states = vec![
        State::Submitted,
        State::Accepted,
        State::Reviewing,
        State::Supplementing { accepted: false },
        State::Supplementing { accepted: true },
        State::Withdrawn,
    ];
    for outcome in outcomes {
        states.push(State::Proposed(Proposal { outcome, by: by.clone(), at, hash: "aa".to_owned() }));
        states.push(State::Decided { outcome });
        states.push(State::Closed { outcome });
    }
    states
}

fn all(told: &Told) -> String {
    let sentences = told.sentences.iter().flat_map(|sentence| [sentence.zh.as_str(), sentence.en.as_str()]);
    [told.title.zh.as_str(), told.title.en.as_str()].into_iter().chain(sentences).collect::<Vec<_>>().join("\n")
}

#[test]
fn every_state_is_told_gently_in_both_languages() {
    for state in states() {
        for payee in [Payee::Applicant, Payee::Waived] {
            let told = told(&state, payee);
            assert!(told.sentences.len() >= 2, "{state:?} says what has happened and what comes next");
            for words in told.sentences.iter().chain([&told.title]) {
                assert!(!words.zh.is_empty() && !words.en.is_empty());
                assert!(!words.en.chars().next().unwrap().is_lowercase(), "{}", words.en);
            }
            let said = all(&told);
            for harsh in ["！", "!", "罚", "fine", "恭喜", "congratul", "必须", "must", "违"] {
                assert!(!said.to_lowercase().contains(harsh), "{state:?} says {harsh}: {said}");
            }
        }
    }
}

#[test]
fn what_is_proposed_is_told_to_nobody_before_the_second_signature() {
    let proposed: Vec<Told> = states()
        .iter()
        .filter(|state| matches!(state, State::Proposed(_)))
        .map(|state| told(state, Payee::Applicant))
        .collect();
    assert_eq!(proposed[0], proposed[1], "granted or refused");
}

#[test]
fn a_refusal_names_both_ways_to_contest_it_with_their_times() {
    for state in [State::Decided { outcome: Outcome::Refused }, State::Closed { outcome: Outcome::Refused }] {
        let said = all(&told(&state, Payee::Applicant));
        for needed in ["60 天", "60 days", "6 个月", "six months", "行政复议", "法院", "court"] {
            assert!(said.contains(needed), "{needed}: {said}");
        }
    }
    let granted = all(&told(&State::Decided { outcome: Outcome::Granted }, Payee::Applicant));
    assert!(!granted.contains("行政复议"));
}

#[test]
fn nobody_is_told_a_day_that_no_text_sets() {
    let by = |date: &str, provisional| Until::By(Deadline { date: day(date), provisional });
    let today = day("2026-05-06");
    for until in [Until::NotSet, Until::NotBegun, Until::StandsStill] {
        let told = until.told(today);
        assert_eq!(told.len(), 1);
        assert!(!told[0].zh.contains(|sign: char| sign.is_ascii_digit()), "{}", told[0].zh);
    }
    assert!(Until::Answered.told(today).is_empty());
    assert_eq!(by("2026-05-19", false).told(today).len(), 1);
    assert_eq!(by("2026-05-19", true).told(today).len(), 2, "it may still change");
    assert_eq!(by("2026-05-06", false).told(today).len(), 1, "the last day is not over");
    assert_eq!(by("2026-05-05", false).told(today).len(), 2, "late, and not by the family's fault");
    assert_eq!(by("2026-05-19", false).told(today)[0].zh, "按规定，最迟 2026年5月19日 星期二 作出决定。");
}

#[cfg(feature = "compile")]
#[test]
fn a_latest_day_is_told_only_where_the_definition_has_a_clock() {
    use crate::calendar::{Limit, Unit};

    let mut procedure = crate::procedures::compile::tests::shenzhen();
    let last = Deadline { date: day("2026-05-19"), provisional: false };
    let latest = Some(last);
    assert_eq!(procedure.clock, None);
    assert_eq!(Until::of(&procedure, &State::Reviewing, latest), Until::NotSet);
    let limit = Limit::new(20, Unit::Working, false).unwrap();
    procedure.clock = Some(crate::procedures::definition::ClockRule { limit, source: 0 });
    assert_eq!(Until::of(&procedure, &State::Reviewing, latest), Until::By(last));
    let unsure = Some(Deadline { provisional: true, ..last });
    assert_eq!(Until::of(&procedure, &State::Reviewing, unsure), Until::By(Deadline { provisional: true, ..last }));
    let every_day = Limit::new(20, Unit::Calendar, false).unwrap();
    procedure.clock = Some(crate::procedures::definition::ClockRule { limit: every_day, source: 0 });
    assert_eq!(Until::of(&procedure, &State::Reviewing, unsure), Until::By(last), "no holiday moves it");
    procedure.clock = Some(crate::procedures::definition::ClockRule { limit, source: 0 });
    assert_eq!(Until::of(&procedure, &State::Submitted, None), Until::NotBegun);
    assert_eq!(Until::of(&procedure, &State::Supplementing { accepted: true }, None), Until::StandsStill);
    assert_eq!(Until::of(&procedure, &State::Closed { outcome: Outcome::Granted }, latest), Until::Answered);
}

#[cfg(feature = "compile")]
mod before {
    use super::*;
    use crate::locale::Locale;
    use crate::procedures::compile::tests::{compiled, shenzhen};
    use crate::procedures::form::Typed;
    use crate::procedures::told::before::before;

    fn said(procedure: &Procedure, changed: &[(&str, &str)]) -> String {
        let usual = [
            ("deceased_hukou_here", "yes"),
            ("burial_kind", "sea"),
            ("buried_here", "yes"),
            ("organised", "yes"),
            ("died_on", "2026-04-06"),
            ("buried_on", "2026-05-10"),
            ("relation", "child"),
        ];
        let typed: Typed =
            usual.iter().chain(changed).map(|(id, text)| ((*id).to_owned(), (*text).to_owned())).collect();
        let checked = procedure.check(&typed, day("2026-11-30"));
        let told = Locale::ALL.map(|locale| before(procedure, &checked, locale).join("\n"));
        told.join("\n")
    }

    #[test]
    fn a_sum_is_told_where_an_official_text_sets_it_and_else_the_way_to_the_bureau() {
        let guangzhou = said(&compiled("440100"), &[]);
        assert!(guangzhou.contains("2,000") && guangzhou.contains("已知的条件都符合"), "{guangzhou}");
        let copied = said(&shenzhen(), &[]);
        assert!(copied.contains("给多少，这里没有可靠的数字") && !copied.contains("3,000"), "{copied}");
    }

    #[test]
    fn what_the_bureau_has_to_say_is_named_as_a_question_to_it() {
        let elsewhere = said(&compiled("440100"), &[("relation", "other")]);
        assert!(elsewhere.contains("逝者的其他亲属（儿媳、女婿等），能不能来领？"), "{elsewhere}");
        assert!(elsewhere.contains("You may apply all the same"), "{elsewhere}");
    }

    #[test]
    fn who_is_told_no_reads_why_and_may_apply_all_the_same() {
        let elsewhere = said(&shenzhen(), &[("organised", "no")]);
        assert!(
            elsewhere.contains("看到的规定只给深圳民政部门组织的") && elsewhere.contains("也可以交"),
            "{elsewhere}"
        );
    }

    #[test]
    fn a_rule_that_was_due_for_review_is_told_to_be_asked_about() {
        let told = said(&shenzhen(), &[]);
        assert!(told.contains("2026年9月26日以前重新评估，这一天已经过了"), "{told}");
        assert!(!said(&compiled("440100"), &[]).contains("重新评估"));
    }

    #[test]
    fn after_the_end_of_a_rule_the_bureau_is_asked_what_holds() {
        let jinan = compiled("370100");
        assert!(said(&jinan, &[("died_on", "2023-02-06"), ("buried_on", "2023-03-31")]).contains("4,000"));
        let after = said(&jinan, &[("died_on", "2023-02-06"), ("buried_on", "2023-04-01")]);
        assert!(
            after.contains("2023年3月31日") && after.contains("请问民政部门") && !after.contains("4,000"),
            "{after}"
        );
    }
}
