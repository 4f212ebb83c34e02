//! Who filled a case in, who proposes and who signs are three people, and what was seen before another act is not done.

use chrono::TimeDelta;
use server::Error;
use server::audit::Actor;
use server::procedures::{acts, cases};
use server::staff::account;
use server::staff::authority;
use shared::problem::Problem;
use shared::procedures::state::PROPOSAL_LIFETIME;
use shared::procedures::{Act, ActName, Outcome, Refusal, StateName};
use shared::staff::Role;

use super::super::counter::hall::{clerk, grant, holds, is_not_allowed, setup};
use super::super::support::test_apps;
use super::desk::{
    act, answers, approver, both, granted, handed_in, jobs, only, proposed, proposes, refused, reviewer, seen, signed,
    submitted,
};

#[tokio::test]
async fn a_case_goes_from_its_submission_to_its_closing_with_two_people_on_the_way() {
    for test in test_apps(setup()).await {
        let [by, signs] = [reviewer(&test, 11).await, approver(&test, 12).await];
        let case = submitted(&test, 1).await;
        let decided = granted(&test, &case.id, (&by, &signs)).await;
        assert_eq!((decided.state.name(), decided.version), (StateName::Decided, 4));
        assert_eq!(decided.proposed_by.as_ref(), Some(by.person()));
        assert_eq!(decided.approved_by.as_ref(), Some(signs.person()));
        assert_eq!(test.messages_to(&answers(1)["applicant_phone"], "case_decided").await.len(), 1);
        let closed = act(&test, &by, &case.id, Act::Close).await.unwrap();
        assert_eq!(closed.state.name(), StateName::Closed);
        let reference = case.submitted.reference;
        let token = case.submitted.manage_token.reveal();
        let family = cases::for_family(&test.app, reference, token, test.now()).await.unwrap();
        let acts: Vec<_> = family.history.iter().map(|done| done.act).collect();
        assert_eq!(acts, [ActName::Accept, ActName::Review, ActName::Approve, ActName::Close]);
        assert!(family.history.iter().all(|done| done.by.is_none()), "the family reads of nobody by name");
        assert_eq!(family.ground.as_deref(), Some("材料已经核对过。"));
        holds(&test).await;
    }
}

#[tokio::test]
async fn whoever_filled_it_in_or_proposed_it_does_not_sign_it_whatever_roles_they_have() {
    for test in test_apps(setup()).await {
        let [filer, one, other] = [both(&test, 11).await, both(&test, 12).await, both(&test, 13).await];
        let case = handed_in(&test, &answers(1), Some(filer.person())).await;
        act(&test, &one, &case.id, Act::Accept).await.unwrap();
        act(&test, &one, &case.id, Act::Review).await.unwrap();
        let own = act(&test, &filer, &case.id, proposes(Outcome::Granted)).await;
        assert_eq!(refused(own), Some(Refusal::FiledByYou));
        act(&test, &one, &case.id, proposes(Outcome::Granted)).await.unwrap();
        assert_eq!(refused(signed(&test, &case.id, &filer).await), Some(Refusal::FiledByYou));
        assert_eq!(refused(signed(&test, &case.id, &one).await), Some(Refusal::ProposedByYou));
        for (staff, may) in [(&filer, false), (&one, false), (&other, true)] {
            let shown = seen(&test, staff, &case.id).await.may;
            assert_eq!(shown.contains(&ActName::Approve), may, "no button that is refused");
        }
        signed(&test, &case.id, &other).await.unwrap();
        holds(&test).await;
    }
}

#[tokio::test]
async fn the_database_itself_refuses_one_person_in_two_parts_of_a_case() {
    for test in test_apps(setup()).await {
        let [filer, one, other] = [both(&test, 11).await, both(&test, 12).await, both(&test, 13).await];
        let case = handed_in(&test, &answers(1), Some(filer.person())).await;
        proposed(&test, &case.id, &one, Outcome::Granted).await;
        let open = handed_in(&test, &answers(2), Some(filer.person())).await;
        act(&test, &one, &open.id, Act::Accept).await.unwrap();
        let mut connection = test.connection().await;
        for statement in [
            "update procedure_case set approved_by = proposed_by, state = 'decided', decided_at = 1 where state = 'proposed'",
            "update procedure_case set approved_by = filed_by, state = 'decided', decided_at = 1 where state = 'proposed'",
            "update procedure_case set proposed_by = filed_by where state = 'proposed'",
            "update procedure_case set proposed_by = filed_by where state = 'accepted'",
            "update procedure_case set filed_by = null",
            "update procedure_case set filed_by = proposed_by where state = 'proposed'",
            "update procedure_case set approved_by = (select max(id) from staff) where state = 'accepted'",
        ] {
            let error = sqlx::query(statement).execute(&mut connection).await.unwrap_err();
            assert!(error.to_string().contains("three_persons"), "{statement}: {error}");
        }
        for statement in [
            "update procedure_case set state = 'decided', decided_at = 1 where state = 'proposed'",
            "update procedure_case set state = 'closed', decided_at = 1 where state = 'accepted'",
        ] {
            let error = sqlx::query(statement).execute(&mut connection).await.unwrap_err();
            assert!(error.to_string().to_lowercase().contains("check constraint"), "{statement}: {error}");
        }
        signed(&test, &case.id, &other).await.unwrap();
        holds(&test).await;
    }
}

#[tokio::test]
async fn of_two_who_act_at_once_one_is_told_how_it_stands_now() {
    for test in test_apps(setup()).await {
        let [one, other] = [reviewer(&test, 11).await, reviewer(&test, 12).await];
        let case = submitted(&test, 1).await;
        let (app, now) = (&test.app, test.now());
        let (first, second) = tokio::join!(
            acts::act(app, &one, &case.id, 0, Act::Accept, None, now),
            acts::act(app, &other, &case.id, 0, Act::Accept, None, now),
        );
        assert_eq!([first.is_ok(), second.is_ok()].iter().filter(|ok| **ok).count(), 1);
        let lost = if first.is_ok() { second } else { first };
        let lost = lost.unwrap_err();
        assert_eq!(lost.refusal(), Some(Refusal::Changed { state: StateName::Accepted }));
        assert_eq!(lost.into_problem().status(), 409);
        let stale = acts::act(app, &one, &case.id, 0, Act::Review, None, now).await;
        assert_eq!(refused(stale), Some(Refusal::Changed { state: StateName::Accepted }));
        holds(&test).await;
    }
}

#[tokio::test]
async fn what_is_put_right_after_it_was_proposed_is_proposed_anew() {
    for test in test_apps(setup()).await {
        let [by, signs] = [reviewer(&test, 11).await, approver(&test, 12).await];
        let case = submitted(&test, 1).await;
        let version = proposed(&test, &case.id, &by, Outcome::Granted).await.version;
        let other = Act::Approve { hash: "another".to_owned() };
        assert_eq!(refused(act(&test, &signs, &case.id, other).await), Some(Refusal::ProposalChanged));
        let (app, now) = (&test.app, test.now());
        let wrong = only("buried_on", "2026-02-30");
        let refused_at = acts::correct(app, &by, &case.id, version, &wrong, "日期写错了。", now).await.unwrap_err();
        assert!(matches!(refused_at, Error::Problem(Problem::Fields(_))), "{refused_at}");
        let typed = only("buried_on", "2026-05-11");
        let put_right = acts::correct(app, &by, &case.id, version, &typed, "日期写错了。", now).await.unwrap();
        assert_eq!((put_right.state.name(), put_right.proposal_hash), (StateName::Reviewing, None));
        let answer = put_right.answers.iter().find(|answer| answer.field == "buried_on").unwrap();
        assert_eq!(answer.shown.zh, "2026-05-11");
        assert_eq!(answer.before.as_ref().unwrap().zh, "2026-05-10");
        let late = signed(&test, &case.id, &signs).await;
        assert_eq!(refused(late), Some(Refusal::NotNow { state: StateName::Reviewing, act: ActName::Approve }));
        holds(&test).await;
    }
}

#[tokio::test]
async fn a_proposal_that_nobody_signs_in_three_days_goes_back_by_itself() {
    for test in test_apps(setup()).await {
        let [by, signs] = [reviewer(&test, 11).await, approver(&test, 12).await];
        let case = submitted(&test, 1).await;
        let hash = proposed(&test, &case.id, &by, Outcome::Granted).await.proposal_hash.unwrap();
        test.wait(PROPOSAL_LIFETIME - TimeDelta::milliseconds(1));
        jobs(&test).await;
        assert_eq!(seen(&test, &by, &case.id).await.state.name(), StateName::Proposed);
        test.wait(TimeDelta::milliseconds(1));
        let late = acts::act(&test.app, &signs, &case.id, 3, Act::Approve { hash }, None, test.now()).await;
        assert_eq!(refused(late), Some(Refusal::ProposalLapsed), "before any job has run");
        jobs(&test).await;
        jobs(&test).await;
        let back = seen(&test, &by, &case.id).await;
        assert_eq!((back.state.name(), back.version, back.proposed_by), (StateName::Reviewing, 4, None));
        holds(&test).await;
    }
}

#[tokio::test]
async fn each_does_what_their_role_allows_and_a_refusal_has_words() {
    for test in test_apps(setup()).await {
        let [by, signs, at_desk] = [reviewer(&test, 11).await, approver(&test, 12).await, clerk(&test, 13).await];
        let case = submitted(&test, 1).await;
        let (app, now) = (&test.app, test.now());
        assert!(is_not_allowed(&cases::one(app, &at_desk, &case.id, now).await));
        assert!(is_not_allowed(&cases::queue(app, &at_desk, cases::Queue::All, 0, now).await));
        assert!(is_not_allowed(&acts::act(app, &at_desk, &case.id, 0, Act::Accept, None, now).await));
        assert!(is_not_allowed(&acts::act(app, &signs, &case.id, 0, Act::Accept, None, now).await));
        act(&test, &by, &case.id, Act::Accept).await.unwrap();
        act(&test, &by, &case.id, Act::Review).await.unwrap();
        let silent = acts::act(app, &by, &case.id, 2, proposes(Outcome::Refused), Some("  "), now).await.unwrap_err();
        let Error::Problem(Problem::Fields(errors)) = silent else { panic!("{silent}") };
        assert!(errors.for_field("said").is_some());
        act(&test, &by, &case.id, proposes(Outcome::Refused)).await.unwrap();
        let own = acts::act(app, &by, &case.id, 3, Act::SendBack, Some("请再核对。"), now).await;
        assert!(is_not_allowed(&own));
        let back = acts::act(app, &signs, &case.id, 3, Act::SendBack, Some("请再核对一遍。"), now).await.unwrap();
        assert_eq!(back.history.last().unwrap().said.as_deref(), Some("请再核对一遍。"));
        holds(&test).await;
    }
}

#[tokio::test]
async fn nobody_decides_on_their_own_application() {
    for test in test_apps(setup()).await {
        let [own, one, other] = [both(&test, 1).await, both(&test, 12).await, both(&test, 13).await];
        // The first of the staff has the number of the first family's applicant.
        let case = submitted(&test, 1).await;
        act(&test, &own, &case.id, Act::Accept).await.unwrap();
        act(&test, &own, &case.id, Act::Review).await.unwrap();
        assert_eq!(refused(act(&test, &own, &case.id, proposes(Outcome::Granted)).await), Some(Refusal::AppliedByYou));
        assert!(!seen(&test, &own, &case.id).await.may.contains(&ActName::Propose), "no button that is refused");
        act(&test, &one, &case.id, proposes(Outcome::Granted)).await.unwrap();
        assert_eq!(refused(signed(&test, &case.id, &own).await), Some(Refusal::AppliedByYou));
        let statement = "update procedure_case set state = 'decided', decided_at = 1, \
             approved_by = (select s.id from staff s where s.person_index = applicant_index)";
        let error = sqlx::query(statement).execute(&mut test.connection().await).await.unwrap_err();
        assert!(error.to_string().contains("three_persons"), "{error}");
        signed(&test, &case.id, &other).await.unwrap();
        holds(&test).await;
    }
}

#[tokio::test]
async fn whoever_put_an_answer_into_a_case_does_not_sign_it() {
    for test in test_apps(setup()).await {
        let [one, hand, other] = [both(&test, 11).await, both(&test, 12).await, both(&test, 13).await];
        let case = submitted(&test, 1).await;
        act(&test, &one, &case.id, Act::Accept).await.unwrap();
        let version = act(&test, &one, &case.id, Act::Review).await.unwrap().version;
        let account = only("account", "9876543210");
        acts::correct(&test.app, &hand, &case.id, version, &account, "卡号写错了。", test.now()).await.unwrap();
        act(&test, &one, &case.id, proposes(Outcome::Granted)).await.unwrap();
        assert_eq!(refused(signed(&test, &case.id, &hand).await), Some(Refusal::EnteredByYou));
        assert!(!seen(&test, &hand, &case.id).await.may.contains(&ActName::Approve));
        let statement = "update procedure_case set state = 'decided', decided_at = 1, \
             approved_by = (select h.staff_id from case_hand h where h.case_id = id)";
        let error = sqlx::query(statement).execute(&mut test.connection().await).await.unwrap_err();
        assert!(error.to_string().contains("three_persons"), "{error}");
        signed(&test, &case.id, &other).await.unwrap();
        // That an answer of theirs was changed, the family reads.
        let token = case.submitted.manage_token.reveal();
        let family = cases::for_family(&test.app, case.submitted.reference, token, test.now()).await.unwrap();
        assert!(family.history.iter().any(|done| done.act == ActName::Correct && done.said.is_none()));
        holds(&test).await;
    }
}

#[tokio::test]
async fn a_role_that_came_after_the_proposal_signs_nothing_that_stood_before() {
    for test in test_apps(setup()).await {
        let [by, late] = [reviewer(&test, 11).await, reviewer(&test, 12).await];
        let case = submitted(&test, 1).await;
        proposed(&test, &case.id, &by, Outcome::Granted).await;
        test.wait(TimeDelta::seconds(1));
        grant(&test, late.person(), Role::Approver, "nanshan").await;
        let late = authority::again(&test.app, &late, test.now()).await.unwrap();
        assert_eq!(refused(signed(&test, &case.id, &late).await), Some(Refusal::SignerTooNew));
        act(&test, &late, &case.id, Act::SendBack).await.unwrap();
        act(&test, &by, &case.id, proposes(Outcome::Granted)).await.unwrap();
        signed(&test, &case.id, &late).await.unwrap();
        holds(&test).await;
    }
}

#[tokio::test]
async fn what_somebody_proposed_who_was_stopped_since_is_signed_by_nobody() {
    for test in test_apps(setup()).await {
        let [by, signs] = [reviewer(&test, 11).await, approver(&test, 12).await];
        let case = submitted(&test, 1).await;
        proposed(&test, &case.id, &by, Outcome::Granted).await;
        let own = by.account().clone();
        account::suspend(&test.app, &own, Actor::Operator, test.now()).await.unwrap();
        assert_eq!(refused(signed(&test, &case.id, &signs).await), Some(Refusal::ProposerStopped));
        act(&test, &signs, &case.id, Act::SendBack).await.unwrap();
        holds(&test).await;
    }
}
