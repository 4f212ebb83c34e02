//! Why somebody of the office opens a file: asked once in a quarter of an hour, counted as answers are, and never in the clear.

use chrono::TimeDelta;
use server::Error;
use server::procedures::cases::{self, OfficeCase};
use server::procedures::files::{self, Opened, Owner};
use server::procedures::looks::WITHOUT_PROOF;
use server::procedures::papers::{self, Tray};
use server::procedures::{family, submit};
use server::staff::authority::{self, Staff};
use shared::locale::Locale;
use shared::problem::Problem;
use shared::procedures::{CaseId, FileId};
use shared::staff::Refusal as NotStaff;

use super::super::desk::{Handed, answers, drafted, reviewer, seen};
use super::{jpeg, photo};
use crate::counter::hall::{holds, number, setup};
use crate::support::people::nobody;
use crate::support::{TestApp, test_apps};

const WHY: Option<&str> = Some("和窗口的证件核对。");

/// The case of the `n`th family, with so many photographs of each of two papers.
async fn photographed(test: &TestApp, n: usize, each: u8) -> (Handed, Vec<FileId>) {
    let (app, now) = (&test.app, test.now());
    let draft = drafted(test, &answers(n), None).await;
    let tray = Tray::of_draft(&draft).unwrap();
    let mut files = Vec::new();
    for paper in ["cremation_proof", "burial_certificate"] {
        for number in 0..each {
            let bytes = jpeg(&photo(10 * number));
            files.push(tray.take(app, (paper, "IMG.JPG"), bytes, now).await.unwrap().id);
        }
    }
    let submitted = submit::submit(app, (&draft, &nobody()), Locale::Zh, None, now).await.unwrap();
    let token = submitted.manage_token.reveal();
    let family = family::by_token(app, submitted.reference, token).await.unwrap();
    (Handed { id: family.id().clone(), family, submitted }, files)
}

async fn opens(
    test: &TestApp,
    by: &Staff,
    (case, file): (&CaseId, &FileId),
    why: Option<&str>,
) -> Result<Opened, Error> {
    papers::look(&test.app, by, (case, file), why, test.now()).await
}

fn asks_why(outcome: Result<Opened, Error>) -> bool {
    matches!(outcome.err(), Some(Error::Problem(Problem::Fields(errors))) if errors.iter().all(|error| error.field == "why"))
}

fn looks_at(case: &OfficeCase) -> Vec<(Option<&str>, Option<&str>)> {
    case.looks
        .iter()
        .filter(|look| look.paper.is_some())
        .map(|look| (look.paper.as_deref(), look.why.as_deref()))
        .collect()
}

#[tokio::test]
async fn a_reason_is_asked_once_in_a_case_and_a_quarter_of_an_hour_of_each_who_looks() {
    for test in test_apps(setup()).await {
        let [li, zhao] = [reviewer(&test, 11).await, reviewer(&test, 12).await];
        let (case, files) = photographed(&test, 1, 2).await;
        let (other, theirs) = photographed(&test, 2, 1).await;
        assert!(asks_why(opens(&test, &li, (&case.id, &files[0]), None).await));
        assert!(asks_why(opens(&test, &li, (&case.id, &files[0]), Some(" ")).await));
        assert_eq!(number(&test.app, "select count(*) from case_look").await, 0, "nothing was shown");

        assert!(opens(&test, &li, (&case.id, &files[0]), WHY).await.is_ok());
        assert!(opens(&test, &li, (&case.id, &files[1]), None).await.is_ok(), "said a moment ago");
        assert!(asks_why(opens(&test, &zhao, (&case.id, &files[1]), None).await), "by somebody else");
        assert!(asks_why(opens(&test, &li, (&other.id, &theirs[0]), None).await), "of another case");
        test.wait(TimeDelta::minutes(10));
        assert!(opens(&test, &li, (&case.id, &files[2]), None).await.is_ok());
        test.wait(TimeDelta::minutes(6));
        assert!(asks_why(opens(&test, &li, (&case.id, &files[3]), None).await), "it does not go on from file to file");

        cases::reveal(&test.app, &li, &case.id, "account", "核对银行卡号。", test.now()).await.unwrap();
        assert!(opens(&test, &li, (&case.id, &files[3]), None).await.is_ok(), "what was said of an answer holds too");
        let case = seen(&test, &li, &case.id).await;
        let mut told = looks_at(&case);
        told.sort_unstable();
        let proof = (Some("cremation_proof"), WHY);
        let certificate = |why| (Some("burial_certificate"), why);
        assert_eq!(told, [certificate(WHY), certificate(Some("核对银行卡号。")), proof], "a paper at a time");
        assert_eq!(number(&test.app, "select count(*) from case_look where file_id is not null").await, 4);
        holds(&test).await;
    }
}

#[tokio::test]
async fn files_count_as_answers_do_and_the_next_after_twenty_asks_who_is_there() {
    for test in test_apps(setup()).await {
        let li = reviewer(&test, 11).await;
        let (case, files) = photographed(&test, 1, 11).await;
        test.wait(TimeDelta::minutes(6));
        let li = authority::again(&test.app, &li, test.now()).await.unwrap();
        cases::reveal(&test.app, &li, &case.id, "account", "核对银行卡号。", test.now()).await.unwrap();
        let most = usize::try_from(WITHOUT_PROOF).unwrap();
        for file in &files[..most - 1] {
            assert!(opens(&test, &li, (&case.id, file), None).await.is_ok());
        }
        let next = opens(&test, &li, (&case.id, &files[most]), WHY).await.err().unwrap();
        assert_eq!(next.refusal(), Some(NotStaff::SignInAgain));
        let answer = cases::reveal(&test.app, &li, &case.id, "account", "核对银行卡号。", test.now()).await;
        assert_eq!(answer.unwrap_err().refusal(), Some(NotStaff::SignInAgain), "one count for both");
        assert_eq!(
            number(&test.app, "select count(*) from case_look where file_id is not null").await,
            WITHOUT_PROOF - 1
        );
        test.wait(TimeDelta::hours(1));
        assert!(opens(&test, &li, (&case.id, &files[most]), WHY).await.is_ok());
        holds(&test).await;
    }
}

#[tokio::test]
async fn the_database_itself_keeps_no_look_at_a_file_without_a_reason() {
    for test in test_apps(setup()).await {
        let li = reviewer(&test, 11).await;
        let (case, files) = photographed(&test, 1, 1).await;
        assert_eq!(files::list(&test.app, &Owner::Case(case.id.clone())).await.unwrap().len(), 2);
        opens(&test, &li, (&case.id, &files[0]), WHY).await.map(drop).unwrap();
        let mut connection = test.connection().await;
        let bare = "insert into case_look (id, case_id, staff_id, at, paper, file_id) \
             select 'bare', case_id, staff_id, at + 1, paper, 'another' from case_look where file_id is not null";
        assert!(sqlx::raw_sql(bare).execute(&mut connection).await.is_err());
        let taken = "update case_look set sealed = null";
        assert!(sqlx::raw_sql(taken).execute(&mut connection).await.is_err());
    }
}
