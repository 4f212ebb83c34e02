//! What is kept of a family: it reads a copy of all of it, and it is erased as long after its end as the bureau says.

use chrono::TimeDelta;
use server::Error;
use server::procedures::{acts, cases, notes, own, ratings, talk};
use shared::identity::PhoneCode;
use shared::locale::Locale;
use shared::problem::Problem;
use shared::procedures::{Act, Rating, Refusal, StateName};
use shared::staff::Role;

use super::super::counter::hall::{holds, number, setup, staff_at};
use super::super::secrecy;
use super::super::support::people::nobody;
use super::super::support::{TestApp, test_apps, test_apps_set};
use super::desk::{act, answers, approver, but, drafted, granted, jobs, only, refused, reviewer, seen, submitted};

/// How many cases were erased.
async fn erased(test: &TestApp) -> i64 {
    number(&test.app, "select count(*) from procedure_case where erased_at is not null").await
}

#[tokio::test]
async fn what_is_over_is_erased_after_its_years_and_what_is_not_over_never() {
    for test in test_apps_set(setup(), &["--case-years", "5"]).await {
        let [by, signs] = [reviewer(&test, 11).await, approver(&test, 12).await];
        let [closed, withdrawn, decided, open] = [
            submitted(&test, 1).await,
            submitted(&test, 2).await,
            submitted(&test, 3).await,
            submitted(&test, 4).await,
        ];
        granted(&test, &closed.id, (&by, &signs)).await;
        act(&test, &by, &closed.id, Act::Close).await.unwrap();
        let rating = Rating::read("bad", ["slow"], "等了很久才有人回复").unwrap();
        ratings::rate(&test.app, &closed.family, &rating, test.now()).await.unwrap();
        notes::leave(&test.app, &by, &closed.id, "家属明天带证明来。", test.now()).await.unwrap();
        talk::ask(&test.app, &closed.family, "谢谢你们，办得很仔细。", test.now()).await.unwrap();
        acts::withdraw(&test.app, &withdrawn.family, 0, test.now()).await.unwrap();
        granted(&test, &decided.id, (&by, &signs)).await;
        test.wait(TimeDelta::days(5 * 365));
        jobs(&test).await;
        assert_eq!(erased(&test).await, 0, "a leap day is missing yet");
        test.wait(TimeDelta::days(2));
        jobs(&test).await;
        jobs(&test).await;
        assert_eq!(erased(&test).await, 2);
        assert_eq!(number(&test.app, "select count(*) from outbox where kind = 'case_submitted'").await, 2);
        assert_eq!(number(&test.app, "select count(*) from procedure_once where granted = 1").await, 2, "nor again");
        let words = "select (select count(*) from case_rating) + (select count(*) from case_note) \
             + (select count(*) from case_message)";
        assert_eq!(number(&test.app, words).await, 0, "nor what was said of it");
        let more = talk::ask(&test.app, &closed.family, "还想再说一句。", test.now()).await;
        assert_eq!(refused(more), Some(Refusal::Erased));
        let late = ratings::rate(&test.app, &closed.family, &rating, test.now()).await;
        assert_eq!(refused(late), Some(Refusal::Erased));
        let token = closed.submitted.manage_token.reveal();
        let family = cases::for_family(&test.app, closed.submitted.reference, token, test.now()).await.unwrap();
        assert_eq!(family.state.name(), StateName::Closed, "what was done stays");
        assert!(own::phone(&test.app, &closed.family).await.is_err(), "it names no phone any more");
        assert!(own::phone(&test.app, &open.family).await.is_ok());
        let dump = secrecy::dump(&test).await;
        assert!(!secrecy::holds(&dump, &answers(1)["applicant_phone"][1..]));
        holds(&test).await;
    }
}

#[tokio::test]
async fn nothing_is_done_with_what_was_erased() {
    for test in test_apps_set(setup(), &["--case-years", "1"]).await {
        let by = reviewer(&test, 11).await;
        let case = submitted(&test, 1).await;
        acts::withdraw(&test.app, &case.family, 0, test.now()).await.unwrap();
        let shown = seen(&test, &by, &case.id).await;
        assert!(!shown.may.is_empty());
        test.wait(TimeDelta::days(367));
        jobs(&test).await;
        let statement = "update procedure_case set state = 'reviewing'";
        let error = sqlx::query(statement).execute(&mut test.connection().await).await.unwrap_err();
        assert!(error.to_string().to_lowercase().contains("check constraint"), "{error}");
        let by = staff_at(&test, 12, Role::Reviewer, "nanshan").await;
        assert!(seen(&test, &by, &case.id).await.may.is_empty(), "no button that is refused");
        let reopened = acts::act(&test.app, &by, &case.id, 1, Act::Reopen, Some("家属又来问。"), test.now()).await;
        assert_eq!(refused(reopened), Some(Refusal::Erased));
        let given = acts::assign(&test.app, &by, &case.id, Some(by.person()), test.now()).await;
        assert_eq!(refused(given), Some(Refusal::Erased));
        holds(&test).await;
    }
}

#[tokio::test]
async fn nothing_is_erased_by_itself_where_the_bureau_has_set_no_years() {
    for test in test_apps(setup()).await {
        let case = submitted(&test, 1).await;
        acts::withdraw(&test.app, &case.family, 0, test.now()).await.unwrap();
        test.wait(TimeDelta::days(50 * 366));
        jobs(&test).await;
        assert_eq!(erased(&test).await, 0);
    }
}

#[tokio::test]
async fn a_family_reads_all_that_it_entered_with_a_code_to_its_phone() {
    for test in test_apps(setup()).await {
        let (app, now, by) = (&test.app, test.now(), reviewer(&test, 11).await);
        let case = submitted(&test, 1).await;
        act(&test, &by, &case.id, Act::Accept).await.unwrap();
        let version = act(&test, &by, &case.id, Act::Review).await.unwrap().version;
        let typed = only("buried_on", "2026-05-11");
        acts::correct(app, &by, &case.id, version, &typed, "日期写错了。", now).await.unwrap();
        let phone = own::send_code(app, &case.family, &nobody(), Locale::Zh, now).await.unwrap();
        assert_eq!(phone.as_str(), answers(1)["applicant_phone"]);
        let code = test.last_code(phone.as_str()).await;
        let wrong = PhoneCode::parse(if code == "111111" { "222222" } else { "111111" }).unwrap();
        let refused = own::copy(app, &case.family, &wrong, &nobody(), now).await.err().unwrap();
        assert!(matches!(refused, Error::Problem(Problem::Fields(_))), "{refused}");
        let code = PhoneCode::parse(&code).unwrap();
        let kept = own::copy(app, &case.family, &code, &nobody(), now).await.unwrap();
        assert_eq!(kept.typed, but(answers(1), "buried_on", "2026-05-11"));
        assert_eq!(kept.before, only("buried_on", "2026-05-10"));
        let again = own::copy(app, &case.family, &code, &nobody(), now).await.err().unwrap();
        assert!(matches!(again, Error::Problem(Problem::Fields(_))), "a code works once: {again}");
    }
}

#[tokio::test]
async fn a_draft_is_kept_for_as_long_as_the_bureau_says() {
    for test in test_apps_set(setup(), &["--draft-days", "7"]).await {
        let draft = drafted(&test, &answers(1), None).await;
        assert_eq!(draft.expires_at, test.now() + TimeDelta::days(7));
    }
}
