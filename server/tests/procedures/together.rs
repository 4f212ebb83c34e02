//! Several cases at once, notes between colleagues, and lists that are taken along.

use server::Error;
use server::procedures::batch::{self, Batch, Seen, Told};
use server::procedures::queue::Queue;
use server::procedures::{
    acts::{self, Had},
    cases, export, notes,
};
use server::staff::authority::Staff;
use shared::counter::Press;
use shared::problem::Problem;
use shared::procedures::{Act, CaseId, Refusal, StateName};

use super::super::counter::hall::{clerk, holds, is_not_allowed, number, setup};
use super::super::support::test_apps;
use super::desk::{act, answers, refused, reviewer, seen, submitted};

fn codes(told: &[Told]) -> Vec<String> {
    told.iter().map(|one| one.refused.as_ref().map_or_else(String::new, |problem| problem.code().to_owned())).collect()
}

/// A case that was nobody's, as it was seen.
fn at(id: &CaseId, version: u32) -> Seen {
    Seen { id: id.clone(), version, whose: None }
}

#[tokio::test]
async fn one_press_does_each_case_by_itself_and_the_same_press_again_does_nothing_again() {
    for test in test_apps(setup()).await {
        let by = reviewer(&test, 11).await;
        let (fresh, worked) = (submitted(&test, 1).await, submitted(&test, 2).await);
        act(&test, &by, &worked.id, Act::Accept).await.unwrap();
        let gone = CaseId::parse("none").unwrap();
        let picked = [at(&fresh.id, 0), at(&worked.id, 0), at(&gone, 0)];
        let plan = batch::plan(&test.app, &by, &Batch::Accept, &picked, test.now()).await.unwrap();
        let doable: Vec<_> = plan.iter().map(|one| (&one.row.id, one.refused.is_none())).collect();
        assert_eq!(doable, [(&fresh.id, true), (&worked.id, false)], "nothing is done by looking");
        assert_eq!(seen(&test, &by, &fresh.id).await.state.name(), StateName::Submitted);

        let press = Press::parse("press-1").unwrap();
        let run = async || batch::run(&test.app, &by, (&press, &Batch::Accept), &picked, test.now()).await.unwrap();
        assert_eq!(codes(&run().await), ["", "case_changed", "not_found"]);
        assert_eq!(codes(&run().await), ["", "case_changed", "not_found"], "told the same");
        let case = seen(&test, &by, &fresh.id).await;
        assert_eq!((case.state.name(), case.version), (StateName::Accepted, 1));

        let give = Batch::Assign(Some(by.person().clone()));
        let other = Press::parse("press-2").unwrap();
        let picked = [at(&fresh.id, 1), at(&worked.id, 0)];
        let told = batch::run(&test.app, &by, (&other, &give), &picked, test.now()).await.unwrap();
        assert_eq!(codes(&told), ["", "case_changed"]);
        assert_eq!(seen(&test, &by, &fresh.id).await.assigned_to.as_ref(), Some(by.person()));
        let at_desk = clerk(&test, 12).await;
        assert!(is_not_allowed(&batch::run(&test.app, &at_desk, (&other, &give), &picked, test.now()).await));
        holds(&test).await;
    }
}

#[tokio::test]
async fn whoever_gives_a_case_that_was_given_meanwhile_is_told_so_and_takes_it_from_nobody() {
    for test in test_apps(setup()).await {
        let [by, one, other] = [reviewer(&test, 11).await, reviewer(&test, 12).await, reviewer(&test, 13).await];
        let case = submitted(&test, 1).await;
        let give = async |had: Option<&Staff>, to: &Staff| {
            let had = Had::Seen(had.map(|had| had.person().clone()));
            acts::give(&test.app, &by, (&case.id, had), Some(to.person()), test.now()).await
        };
        let whose = async || seen(&test, &by, &case.id).await.assigned_to;
        give(None, &one).await.unwrap();
        assert_eq!(refused(give(None, &other).await), Some(Refusal::GivenMeanwhile));
        let press = Press::parse("press-1").unwrap();
        let several = Batch::Assign(Some(other.person().clone()));
        let plan = batch::plan(&test.app, &by, &several, &[at(&case.id, 0)], test.now()).await.unwrap();
        assert_eq!(plan[0].refused.as_ref().map(Problem::code), Some("case_given_meanwhile"));
        let told = batch::run(&test.app, &by, (&press, &several), &[at(&case.id, 0)], test.now()).await.unwrap();
        assert_eq!(codes(&told), ["case_given_meanwhile"]);
        assert_eq!(whose().await.as_ref(), Some(one.person()), "it is still theirs");
        give(None, &one).await.expect("the same again changes nothing");
        give(Some(&one), &other).await.unwrap();
        assert_eq!(whose().await.as_ref(), Some(other.person()));
        holds(&test).await;
    }
}

#[tokio::test]
async fn a_note_is_for_colleagues_and_the_family_never_reads_it() {
    for test in test_apps(setup()).await {
        let by = reviewer(&test, 11).await;
        let case = submitted(&test, 1).await;
        let leave = async |words: &str| notes::leave(&test.app, &by, &case.id, words, test.now()).await;
        assert!(matches!(leave(" ").await, Err(Error::Problem(Problem::Fields(_)))));
        leave("打过电话，家属明天带证明来。").await.unwrap();
        let all = notes::of_case(&test.app, &by, &case.id).await.unwrap();
        let read: Vec<_> = all.iter().map(|note| (&note.by, note.words.as_str())).collect();
        assert_eq!(read, [(by.person(), "打过电话，家属明天带证明来。")]);
        let at_desk = clerk(&test, 12).await;
        assert!(is_not_allowed(&notes::of_case(&test.app, &at_desk, &case.id).await));
        let token = case.submitted.manage_token.reveal();
        let family = cases::for_family(&test.app, case.submitted.reference, token, test.now()).await.unwrap();
        assert_eq!((family.history, family.version), (Vec::new(), 0), "a note is no act");
        assert_eq!(number(&test.app, "select count(*) from audit where act = 'case_noted'").await, 1);
        act(&test, &by, &case.id, Act::Accept).await.unwrap();
        holds(&test).await;
    }
}

#[tokio::test]
async fn a_list_is_taken_along_masked_for_a_reason_that_is_written_down_first() {
    for test in test_apps(setup()).await {
        let by = reviewer(&test, 11).await;
        submitted(&test, 1).await;
        let take = async |why: &str| export::take(&test.app, &by, Queue::All, why, test.now()).await;
        assert!(matches!(take("").await, Err(Error::Problem(Problem::Fields(_)))));
        assert_eq!(number(&test.app, "select count(*) from case_export").await, 0);
        let taken = take("周会上一起看积压的申请。").await.unwrap();
        assert_eq!((taken.rows.len(), taken.has_more), (1, false));
        assert!(taken.rows[0].applicant.contains('*'), "{}", taken.rows[0].applicant);
        assert_ne!(taken.rows[0].applicant, answers(1)["applicant_name"]);
        let before = export::taken(&test.app, &by).await.unwrap();
        let said: Vec<_> = before.iter().map(|one| (&one.by, one.why.as_str(), one.cases)).collect();
        assert_eq!(said, [(by.person(), "周会上一起看积压的申请。", 1)]);
        let at_desk = clerk(&test, 12).await;
        assert!(is_not_allowed(&export::take(&test.app, &at_desk, Queue::All, "看看。", test.now()).await));
        holds(&test).await;
    }
}
