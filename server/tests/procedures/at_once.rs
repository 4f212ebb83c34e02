//! Two of the office do something to one case in one instant: one of them does it, and the other is told what it is by now.

use server::Error;
use server::procedures::acts;
use server::procedures::cases::OfficeCase;
use server::staff::authority::Staff;
use shared::procedures::{Act, Outcome, Refusal, StateName};

use super::super::counter::hall::{holds, number, setup};
use super::super::support::{TestApp, test_apps};
use super::desk::{Handed, answers, approver, only, proposed, refused, reviewer, seen, submitted};

/// What whoever signs has before them.
struct Proposed {
    case: Handed,
    version: u32,
    hash: String,
}

async fn case(test: &TestApp, by: &Staff, n: usize) -> Proposed {
    let case = submitted(test, n).await;
    let shown = proposed(test, &case.id, by, Outcome::Granted).await;
    Proposed { case, version: shown.version, hash: shown.proposal_hash.unwrap() }
}

impl Proposed {
    async fn act(&self, test: &TestApp, by: &Staff, act: Act) -> Result<OfficeCase, Error> {
        acts::act(&test.app, by, &self.case.id, self.version, act, Some("已经核对过。"), test.now()).await
    }

    async fn signs(&self, test: &TestApp, by: &Staff) -> Result<OfficeCase, Error> {
        self.act(test, by, Act::Approve { hash: self.hash.clone() }).await
    }

    /// One of two was first, and the other is told what came of it.
    async fn is_done_once<T, U>(
        &self,
        test: &TestApp,
        by: &Staff,
        done: (Result<T, Error>, Result<U, Error>),
    ) -> StateName
    where
        T: std::fmt::Debug,
        U: std::fmt::Debug,
    {
        let state = seen(test, by, &self.case.id).await.state.name();
        let told = match done {
            (Ok(_), other) => refused(other),
            (one, Ok(_)) => refused(one),
            (one, other) => panic!("nobody did it: {one:?}, {other:?}"),
        };
        assert_eq!(told, Some(Refusal::Changed { state }));
        state
    }
}

#[tokio::test]
async fn a_signature_and_a_sending_back_at_once_leave_one_of_both() {
    for test in test_apps(setup()).await {
        let [by, one, other] = [reviewer(&test, 11).await, approver(&test, 12).await, approver(&test, 13).await];
        for n in 1..=4 {
            let case = case(&test, &by, n).await;
            let done = tokio::join!(case.signs(&test, &one), case.act(&test, &other, Act::SendBack));
            let is_signed = done.0.is_ok();
            let state = case.is_done_once(&test, &by, done).await;
            assert_eq!(state, if is_signed { StateName::Decided } else { StateName::Reviewing });
            let told = test.messages_to(&answers(n)["applicant_phone"], "case_decided").await;
            assert_eq!(told.len(), usize::from(is_signed), "a family is told of what was decided alone");
        }
        let granted = "select count(*) from procedure_once o join procedure_case c on c.id = o.case_id \
             where o.granted = 1 and c.state <> 'decided'";
        assert_eq!(number(&test.app, granted).await, 0);
        holds(&test).await;
    }
}

#[tokio::test]
async fn two_signatures_at_once_on_one_case_are_one() {
    for test in test_apps(setup()).await {
        let [by, one, other] = [reviewer(&test, 11).await, approver(&test, 12).await, approver(&test, 13).await];
        let two = case(&test, &by, 1).await;
        let done = tokio::join!(two.signs(&test, &one), two.signs(&test, &other));
        let first = if done.0.is_ok() { &one } else { &other };
        assert_eq!(two.is_done_once(&test, &by, done).await, StateName::Decided);
        assert_eq!(seen(&test, &by, &two.case.id).await.approved_by.as_ref(), Some(first.person()));
        // One person presses twice.
        let twice = case(&test, &by, 2).await;
        let done = tokio::join!(twice.signs(&test, &one), twice.signs(&test, &one));
        assert_eq!(twice.is_done_once(&test, &by, done).await, StateName::Decided);
        assert_eq!(number(&test.app, "select count(*) from audit where act = 'case_approved'").await, 2);
        assert_eq!(number(&test.app, "select count(*) from outbox where kind = 'case_decided'").await, 2);
        holds(&test).await;
    }
}

#[tokio::test]
async fn an_answer_that_is_put_right_while_somebody_signs_voids_it_or_comes_too_late() {
    for test in test_apps(setup()).await {
        let [by, signs] = [reviewer(&test, 11).await, approver(&test, 12).await];
        let case = case(&test, &by, 1).await;
        let right = only("buried_on", "2026-05-09");
        let corrects = acts::correct(&test.app, &by, &case.case.id, case.version, &right, "日期写错了。", test.now());
        let done = tokio::join!(case.signs(&test, &signs), corrects);
        let is_signed = done.0.is_ok();
        let state = case.is_done_once(&test, &by, done).await;
        assert_eq!(state, if is_signed { StateName::Decided } else { StateName::Reviewing });
        let shown = seen(&test, &by, &case.case.id).await;
        let changed = shown.answers.iter().any(|answer| answer.field == "buried_on" && answer.before.is_some());
        assert_eq!(changed, !is_signed, "what was signed is what was read");
        holds(&test).await;
    }
}
