//! Answers are masked until somebody says why, and the family reads who looked.

use chrono::TimeDelta;
use server::Error;
use server::procedures::cases;
use server::procedures::looks::WITHOUT_PROOF;
use shared::problem::Problem;
use shared::staff::{Refusal, Role};

use super::super::counter::hall::{clerk, grant, holds, is_not_allowed, number, setup, without_roles};
use super::super::support::test_apps;
use super::desk::{answers, reviewer, seen, submitted};

#[tokio::test]
async fn nobody_is_read_in_full_on_the_page_of_a_case() {
    for test in test_apps(setup()).await {
        let by = reviewer(&test, 11).await;
        let case = submitted(&test, 1).await;
        let shown = seen(&test, &by, &case.id).await;
        let all: Vec<&str> =
            shown.answers.iter().flat_map(|answer| [answer.shown.zh.as_str(), answer.shown.en.as_str()]).collect();
        let all = all.concat();
        let typed = answers(1);
        for field in ["deceased_name", "deceased_id", "applicant_name", "applicant_id", "applicant_phone", "account"] {
            assert!(!all.contains(&typed[field]), "{field}");
            let answer = shown.answers.iter().find(|answer| answer.field == field).unwrap();
            assert!(answer.is_masked, "{field}");
        }
        let relation = shown.answers.iter().find(|answer| answer.field == "relation").unwrap();
        assert_eq!((relation.shown.zh.as_str(), relation.is_masked), ("子女", false));
        assert!(!format!("{shown:?}").contains("2026-04-06"));
        assert!(shown.papers.contains(&"cremation_proof".to_owned()), "{:?}", shown.papers);
        assert!(shown.verdict.is_some());
    }
}

#[tokio::test]
async fn whoever_reads_an_answer_in_full_says_why_and_the_family_reads_it() {
    for test in test_apps(setup()).await {
        let by = reviewer(&test, 11).await;
        let case = submitted(&test, 1).await;
        let (app, now) = (&test.app, test.now());
        let reveal = async |field: &str, why: &str| cases::reveal(app, &by, &case.id, field, why, now).await;
        assert!(matches!(reveal("account", " ").await.unwrap_err(), Error::Problem(Problem::Fields(_))));
        assert!(matches!(reveal("no_such", "核对银行卡号。").await.unwrap_err(), Error::Problem(Problem::NotFound)));
        assert_eq!(number(app, "select count(*) from case_look").await, 0, "nothing was shown");
        assert_eq!(reveal("account", "核对银行卡号。").await.unwrap(), "0918273645");
        let at_desk = clerk(&test, 12).await;
        assert!(is_not_allowed(&cases::reveal(app, &at_desk, &case.id, "account", "核对银行卡号。", now).await));

        seen(&test, &by, &case.id).await;
        seen(&test, &by, &case.id).await;
        test.wait(TimeDelta::minutes(20));
        seen(&test, &by, &case.id).await;
        let token = case.submitted.manage_token.reveal();
        let family = cases::for_family(app, case.submitted.reference, token, test.now()).await.unwrap();
        let read: Vec<_> = family.looks.iter().map(|look| (look.field.as_deref(), look.why.as_deref())).collect();
        let opened = (None, None);
        assert_eq!(read.len(), 3, "opening twice within a quarter of an hour is one look");
        assert!(read.contains(&(Some("account"), Some("核对银行卡号。"))) && read.contains(&opened), "{read:?}");
        assert!(family.looks.iter().all(|look| look.by.is_none()));
        let offices: Vec<_> = family.looks.iter().filter_map(|look| look.office.as_ref()).collect();
        assert_eq!(offices.len(), 3, "and from which office they looked");
        assert!(offices.iter().all(|office| office.zh.contains("南山")), "{offices:?}");
        let left = without_roles(&test, &by).await;
        let later = cases::for_family(app, case.submitted.reference, token, test.now()).await.unwrap();
        assert_eq!(later.looks, family.looks, "as it was then, also once they have left");
        grant(&test, left.person(), Role::Reviewer, "nanshan").await;
        let by = server::staff::authority::again(&test.app, &left, test.now()).await.unwrap();
        assert!(seen(&test, &by, &case.id).await.looks.iter().all(|look| look.by.as_ref() == Some(by.person())));
        holds(&test).await;
    }
}

#[tokio::test]
async fn whoever_reads_many_answers_within_an_hour_proves_again_who_they_are() {
    for test in test_apps(setup()).await {
        let by = reviewer(&test, 11).await;
        let case = submitted(&test, 1).await;
        test.wait(TimeDelta::minutes(6));
        let by = server::staff::authority::again(&test.app, &by, test.now()).await.unwrap();
        let reveal = async || cases::reveal(&test.app, &by, &case.id, "account", "核对银行卡号。", test.now()).await;
        for _ in 0..WITHOUT_PROOF {
            reveal().await.unwrap();
        }
        assert_eq!(reveal().await.unwrap_err().refusal(), Some(Refusal::SignInAgain));
        test.wait(TimeDelta::hours(1));
        assert!(reveal().await.is_ok());
        holds(&test).await;
    }
}
