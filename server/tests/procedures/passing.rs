//! The applicant has died: a relative whom the office names goes on with the case, and nothing of it is lost.

use server::Error;
use server::keys::token::Purpose;
use server::procedures::family::{self, Family};
use server::procedures::ratings::{self, follow};
use server::procedures::submit::{self, NotSubmitted};
use server::procedures::{acts, cases, own};
use shared::identity::{Phone, PhoneCode};
use shared::locale::Locale;
use shared::problem::Problem;
use shared::procedures::{Act, ActName, Grade, Outcome, Rating, Refusal, StateName, Typed};

use super::super::counter::hall::{holds, number, setup};
use super::super::support::people::nobody;
use super::super::support::{TestApp, test_apps};
use super::desk::{
    Handed, act, answers, approver, drafted, granted, only, proposes, reviewer, seen, signed, submitted,
};

const SEEN: &str = "死亡证明和户口本已经看过。";

/// What the `n`th applicant types on the page that says who applies.
fn of_relative(n: usize) -> Typed {
    let all = answers(n);
    let own = ["relation", "applicant_name", "applicant_id", "applicant_phone", "account"];
    own.map(|field| (field.to_owned(), all[field].clone())).into()
}

/// The authority of the relative to whom a case passed on once.
async fn of_now(test: &TestApp, case: &Handed) -> Family {
    let token = test.app.keys().token(Purpose::Case, &format!("{}:1", case.id));
    family::by_token(&test.app, case.submitted.reference, &token).await.unwrap()
}

fn is_no_more_theirs<T: std::fmt::Debug>(outcome: Result<T, Error>) -> bool {
    matches!(outcome.unwrap_err(), Error::Problem(Problem::Unauthorized))
}

#[tokio::test]
async fn a_case_passes_on_with_all_that_was_entered_and_is_signed_anew() {
    for test in test_apps(setup()).await {
        let [by, signs] = [reviewer(&test, 11).await, approver(&test, 12).await];
        let (app, now) = (&test.app, test.now());
        let case = submitted(&test, 1).await;
        let reference = case.submitted.reference;
        let decided = granted(&test, &case.id, (&by, &signs)).await;
        let passed = acts::pass(app, &by, &case.id, decided.version, &of_relative(2), SEEN, now).await.unwrap();
        assert_eq!((passed.state.name(), passed.version), (StateName::Reviewing, decided.version + 1));
        for field in ["deceased_name", "deceased_id", "proof_number", "burial_kind", "wish"] {
            let shown = |case: &cases::OfficeCase| case.answers.iter().find(|answer| answer.field == field).cloned();
            assert_eq!(shown(&passed), shown(&decided), "{field}");
        }

        let old = family::by_token(app, reference, case.submitted.manage_token.reveal()).await.unwrap_err();
        assert!(matches!(old, Error::Problem(Problem::Unauthorized)), "{old}");
        let [before, after] = [1, 2].map(|n| Phone::parse(&answers(n)["applicant_phone"]).unwrap());
        family::send_code(app, (reference, &before), &nobody(), Locale::Zh, now).await.unwrap();
        assert!(test.messages_to(before.as_str(), "phone_code").await.is_empty(), "it opens nothing any more");
        family::send_code(app, (reference, &after), &nobody(), Locale::Zh, now).await.unwrap();
        let code = PhoneCode::parse(&test.last_code(after.as_str()).await).unwrap();
        let (_, token) = family::by_code(app, (reference, &after), &code, &nobody(), now).await.unwrap();
        let opened = cases::for_family(app, reference, token.reveal(), now).await.unwrap();
        assert!(opened.history.iter().any(|done| done.act == ActName::Pass && done.said.is_none()));
        assert_eq!(test.messages_to(before.as_str(), "case_other_phone").await.len(), 1);
        assert_eq!(test.messages_to(after.as_str(), "case_passed").await.len(), 1);

        assert_eq!(number(app, "select count(*) from procedure_once where granted = 1").await, 1, "nobody slips in");
        act(&test, &by, &case.id, proposes(Outcome::Granted)).await.unwrap();
        assert_eq!(signed(&test, &case.id, &signs).await.unwrap().state.name(), StateName::Decided);
        assert_eq!(test.messages_to(after.as_str(), "case_decided").await.len(), 1);
        holds(&test).await;
    }
}

#[tokio::test]
async fn what_the_applicant_before_said_of_it_is_not_the_word_of_whom_it_passed_on_to() {
    for test in test_apps(setup()).await {
        let [by, signs, other] = [reviewer(&test, 11).await, approver(&test, 12).await, reviewer(&test, 13).await];
        let (app, now) = (&test.app, test.now());
        let case = submitted(&test, 1).await;
        let decided = granted(&test, &case.id, (&by, &signs)).await;
        let bad = Rating::read("very_bad", ["slow"], "等了很久才有人回复").unwrap();
        ratings::rate(app, &case.family, &bad, now).await.unwrap();
        let read = ratings::of_case(app, &by, &case.id, now).await.unwrap().unwrap();
        assert!(!read.is_of_before);
        acts::pass(app, &by, &case.id, decided.version, &of_relative(2), SEEN, now).await.unwrap();
        let relative = of_now(&test, &case).await;
        assert_eq!(ratings::of_family(app, &relative).await.unwrap(), None, "it is shown to nobody as theirs");
        let read = ratings::of_case(app, &by, &case.id, now).await.unwrap().unwrap();
        assert!(read.is_of_before && read.words.is_some(), "the office still reads it, and whose it is");
        assert_eq!(follow::waiting(app, &other).await.unwrap().len(), 1, "and still asks what went wrong");

        act(&test, &by, &case.id, proposes(Outcome::Granted)).await.unwrap();
        signed(&test, &case.id, &signs).await.unwrap();
        let good = Rating::read("good", [], "").unwrap();
        ratings::rate(app, &relative, &good, now).await.unwrap();
        let theirs = ratings::of_family(app, &relative).await.unwrap().unwrap();
        assert_eq!((theirs.grade, theirs.is_of_before), (Grade::Good, false), "theirs takes its place");
        assert!(follow::waiting(app, &other).await.unwrap().is_empty());
        holds(&test).await;
    }
}

#[tokio::test]
async fn whoever_has_the_draft_of_before_finds_nothing_of_what_was_passed_on() {
    for test in test_apps(setup()).await {
        let (app, now, by) = (&test.app, test.now(), reviewer(&test, 11).await);
        let draft = drafted(&test, &answers(1), None).await;
        let made = submit::submit(app, (&draft, &nobody()), Locale::Zh, None, now).await.unwrap();
        let holder = family::by_token(app, made.reference, made.manage_token.reveal()).await.unwrap();
        acts::pass(app, &by, holder.id(), 0, &of_relative(2), SEEN, now).await.unwrap();
        let again = submit::submit(app, (&draft, &nobody()), Locale::Zh, None, now).await.unwrap_err();
        let NotSubmitted::Other(error) = again else { panic!("{again}") };
        assert_eq!(error.refusal(), Some(Refusal::DraftSubmitted));
        holds(&test).await;
    }
}

#[tokio::test]
async fn whoever_had_opened_a_case_when_it_passed_on_does_and_reads_nothing_of_it_any_more() {
    for test in test_apps(setup()).await {
        let [by, signs] = [reviewer(&test, 11).await, approver(&test, 12).await];
        let (app, now) = (&test.app, test.now());
        let case = submitted(&test, 1).await;
        let decided = granted(&test, &case.id, (&by, &signs)).await;
        let passed = acts::pass(app, &by, &case.id, decided.version, &of_relative(2), SEEN, now).await.unwrap();
        // Under the version that stands, which can be guessed.
        let (before, version) = (&case.family, passed.version);
        assert!(is_no_more_theirs(acts::withdraw(app, before, version, now).await));
        assert!(is_no_more_theirs(acts::supply(app, before, version, &Typed::new(), now).await));
        act(&test, &by, &case.id, proposes(Outcome::Granted)).await.unwrap();
        signed(&test, &case.id, &signs).await.unwrap();
        let bad = Rating::read("very_bad", ["slow"], "等了很久才有人回复").unwrap();
        assert!(is_no_more_theirs(ratings::rate(app, before, &bad, now).await));
        assert!(is_no_more_theirs(ratings::of_family(app, before).await));
        assert!(is_no_more_theirs(own::phone(app, before).await));
        let relative = of_now(&test, &case).await;
        let theirs = Phone::parse(&answers(2)["applicant_phone"]).unwrap();
        assert_eq!(own::phone(app, &relative).await.unwrap(), theirs);
        ratings::rate(app, &relative, &bad, now).await.unwrap();
        holds(&test).await;
    }
}

#[tokio::test]
async fn a_case_passes_on_to_somebody_else_with_all_of_their_answers() {
    for test in test_apps(setup()).await {
        let (app, now, by) = (&test.app, test.now(), reviewer(&test, 11).await);
        let case = submitted(&test, 1).await;
        let mut without = of_relative(2);
        without.remove("account");
        for (typed, field) in [(of_relative(1), "applicant_id"), (without, "account")] {
            let wrong = acts::pass(app, &by, &case.id, 0, &typed, SEEN, now).await.unwrap_err();
            let Error::Problem(Problem::Fields(errors)) = wrong else { panic!("{wrong}") };
            assert!(errors.for_field(field).is_some(), "{errors}");
        }
        let silent = acts::pass(app, &by, &case.id, 0, &of_relative(2), " ", now).await.unwrap_err();
        assert!(matches!(silent, Error::Problem(Problem::Fields(_))), "{silent}");
        assert_eq!(seen(&test, &by, &case.id).await.version, 0, "nothing was done");
        holds(&test).await;
    }
}

#[tokio::test]
async fn the_phone_of_before_is_told_when_somebody_of_the_office_changes_it() {
    for test in test_apps(setup()).await {
        let (app, now, by) = (&test.app, test.now(), reviewer(&test, 11).await);
        let case = submitted(&test, 1).await;
        act(&test, &by, &case.id, Act::Accept).await.unwrap();
        let version = act(&test, &by, &case.id, Act::Review).await.unwrap().version;
        let other = only("applicant_phone", &answers(2)["applicant_phone"]);
        acts::correct(app, &by, &case.id, version, &other, "号码写错了。", now).await.unwrap();
        assert_eq!(test.messages_to(&answers(1)["applicant_phone"], "case_other_phone").await.len(), 1);
        assert!(test.messages_to(&answers(2)["applicant_phone"], "case_other_phone").await.is_empty());
        holds(&test).await;
    }
}
