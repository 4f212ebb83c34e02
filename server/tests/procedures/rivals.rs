//! One reward is paid for a set of ashes: who claims first has no right by that, and the database grants one of them.

use std::time::Duration;

use chrono::TimeDelta;
use server::database::Backend;
use server::procedures::cases::{self, FamilyCase};
use server::procedures::{acts, family};
use shared::identity::{Phone, PhoneCode};
use shared::locale::Locale;
use shared::procedures::{Act, Outcome, Refusal, StateName};
use sqlx::Connection;

use super::super::counter::hall::{holds, number, setup};
use super::super::support::people::nobody;
use super::super::support::{TestApp, test_apps};
use super::desk::{
    Handed, act, answers, approver, but, granted, handed_in, only, proposed, proposes, refused, reviewer, seen, signed,
    submitted,
};

/// Two families that claim for the same ashes, one of them with full-width signs.
async fn two_claims(test: &TestApp) -> [Handed; 2] {
    let one = submitted(test, 1).await;
    let same = but(answers(2), "proof_number", "ＹＳ２０２６－００００１");
    [one, handed_in(test, &same, None).await]
}

#[tokio::test]
async fn rival_claims_are_both_taken_and_each_is_shown_beside_the_other() {
    for test in test_apps(setup()).await {
        let by = reviewer(&test, 11).await;
        let [one, other] = two_claims(&test).await;
        let third = submitted(&test, 3).await;
        for (case, rival) in [(&one, &other), (&other, &one)] {
            act(&test, &by, &case.id, Act::Accept).await.unwrap();
            let rivals = seen(&test, &by, &case.id).await.rivals;
            assert_eq!(rivals.iter().map(|rival| &rival.id).collect::<Vec<_>>(), [&rival.id]);
        }
        assert!(seen(&test, &by, &third.id).await.rivals.is_empty());
        holds(&test).await;
    }
}

#[tokio::test]
async fn of_very_many_claims_each_is_known_and_some_are_listed_with_how_many_more_there_are() {
    for test in test_apps(setup()).await {
        let [by, signs] = [reviewer(&test, 11).await, approver(&test, 12).await];
        let one = submitted(&test, 1).await;
        let mut last = None;
        for n in 22..=43 {
            let same = but(answers(n), "proof_number", &answers(1)["proof_number"]);
            last = Some(handed_in(&test, &same, None).await.id);
        }
        let last = last.unwrap();
        granted(&test, &last, (&by, &signs)).await;
        let case = seen(&test, &by, &one.id).await;
        assert_eq!((case.rivals.len(), case.more_rivals), (20, 2));
        assert!(case.rivals[0].granted && case.rivals[0].id == last, "what was granted is never among those left out");
        assert!(case.rivals[1..].is_sorted_by_key(|rival| rival.submitted_at));
        let known = "select count(*) from procedure_case where contested = 1";
        assert_eq!(number(&test.app, known).await, 23);
        holds(&test).await;
    }
}

#[tokio::test]
async fn whoever_puts_an_answer_right_holds_nothing_that_somebody_needs_who_hands_in_the_same() {
    for test in test_apps(setup()).await {
        if test.backend() == Backend::Sqlite {
            // It has one writer.
            continue;
        }
        let by = reviewer(&test, 11).await;
        let case = submitted(&test, 1).await;
        act(&test, &by, &case.id, Act::Accept).await.unwrap();
        let version = act(&test, &by, &case.id, Act::Review).await.unwrap().version;
        let mut connection = test.connection().await;
        let mut handing_in = connection.begin().await.unwrap();
        let has_value = "select 1 as one from procedure_once o, \
             lateral pg_advisory_xact_lock(hashtextextended(o.value_index, 0))";
        sqlx::query(has_value).execute(&mut *handing_in).await.unwrap();
        let waits = "select count(*) from pg_locks where locktype = 'advisory' and not granted \
             and database = (select oid from pg_database where datname = current_database())";
        let goes_on = async {
            let mut tries = 0;
            while number(&test.app, waits).await == 0 {
                tries += 1;
                assert!(tries < 500, "nobody waits for the value");
                tokio::time::sleep(Duration::from_millis(10)).await;
            }
            sqlx::query("set local lock_timeout = '300ms'").execute(&mut *handing_in).await.unwrap();
            sqlx::query("update procedure_case set contested = 1").execute(&mut *handing_in).await.unwrap();
            handing_in.commit().await.unwrap();
        };
        let account = only("account", "9876543210");
        let corrects = acts::correct(&test.app, &by, &case.id, version, &account, "卡号写错了。", test.now());
        let (corrected, ()) = tokio::join!(corrects, goes_on);
        assert_eq!(corrected.unwrap().version, version + 1);
    }
}

#[tokio::test]
async fn one_of_two_claims_is_granted_whoever_signs_and_the_other_can_still_be_refused() {
    for test in test_apps(setup()).await {
        let [by, signs] = [reviewer(&test, 11).await, approver(&test, 12).await];
        let [one, other] = two_claims(&test).await;
        granted(&test, &one.id, (&by, &signs)).await;
        let rivals = proposed(&test, &other.id, &by, Outcome::Granted).await.rivals;
        assert!(rivals[0].granted && rivals[0].state == StateName::Decided, "whoever signs is told before");
        assert_eq!(refused(signed(&test, &other.id, &signs).await), Some(Refusal::GrantedBefore));
        assert_eq!(seen(&test, &signs, &other.id).await.state.name(), StateName::Proposed, "nothing was done");
        act(&test, &signs, &other.id, Act::SendBack).await.unwrap();
        act(&test, &by, &other.id, proposes(Outcome::Refused)).await.unwrap();
        assert_eq!(signed(&test, &other.id, &signs).await.unwrap().state.name(), StateName::Decided);
        holds(&test).await;
    }
}

#[tokio::test]
async fn two_signatures_at_once_grant_one_claim() {
    for test in test_apps(setup()).await {
        let [by, signs] = [reviewer(&test, 11).await, approver(&test, 12).await];
        let claims = two_claims(&test).await;
        let mut signing = Vec::new();
        for claim in &claims {
            let case = proposed(&test, &claim.id, &by, Outcome::Granted).await;
            signing.push((case.version, Act::Approve { hash: case.proposal_hash.unwrap() }));
        }
        let (app, now) = (&test.app, test.now());
        let [(one_seen, one), (other_seen, other)] = <[_; 2]>::try_from(signing).unwrap();
        let (one, other) = tokio::join!(
            acts::act(app, &signs, &claims[0].id, one_seen, one, None, now),
            acts::act(app, &signs, &claims[1].id, other_seen, other, None, now),
        );
        assert_eq!([one.is_ok(), other.is_ok()].iter().filter(|ok| **ok).count(), 1);
        let lost = if one.is_ok() { other } else { one };
        assert_eq!(refused(lost), Some(Refusal::GrantedBefore));
        assert_eq!(number(app, "select count(*) from procedure_once where granted = 1").await, 1);
        holds(&test).await;
    }
}

#[tokio::test]
async fn the_database_itself_grants_a_value_once_and_takes_it_back_once_two_people_have_refused_it() {
    for test in test_apps(setup()).await {
        let [by, signs] = [reviewer(&test, 11).await, approver(&test, 12).await];
        let [one, other] = two_claims(&test).await;
        granted(&test, &one.id, (&by, &signs)).await;
        let statement = "update procedure_once set granted = 1";
        let error = sqlx::query(statement).execute(&mut test.connection().await).await.unwrap_err();
        assert!(error.to_string().contains("granted_once"), "{error}");
        act(&test, &by, &one.id, Act::Reopen).await.unwrap();
        let standing = "select count(*) from procedure_once where granted = 1";
        assert_eq!(number(&test.app, standing).await, 1, "it may be paid for already");
        let version = seen(&test, &by, &one.id).await.version;
        let mistyped = only("proof_number", "YS202600009");
        acts::correct(&test.app, &by, &one.id, version, &mistyped, "编号写错了。", test.now()).await.unwrap();
        assert_eq!(number(&test.app, standing).await, 1, "nor is it free under another number");
        let version = seen(&test, &by, &one.id).await.version;
        let right = only("proof_number", "YS202600001");
        acts::correct(&test.app, &by, &one.id, version, &right, "编号改回来。", test.now()).await.unwrap();
        proposed(&test, &other.id, &by, Outcome::Granted).await;
        assert_eq!(refused(signed(&test, &other.id, &signs).await), Some(Refusal::GrantedBefore));
        act(&test, &by, &one.id, proposes(Outcome::Refused)).await.unwrap();
        signed(&test, &one.id, &signs).await.unwrap();
        assert_eq!(number(&test.app, standing).await, 0);
        signed(&test, &other.id, &signs).await.unwrap();
        holds(&test).await;
    }
}

/// The case of a family that had its phone at hand.
async fn with_phone(test: &TestApp, case: &Handed, n: usize) -> FamilyCase {
    let (app, now, reference) = (&test.app, test.now(), case.submitted.reference);
    let phone = Phone::parse(&answers(n)["applicant_phone"]).unwrap();
    family::send_code(app, (reference, &phone), &nobody(), Locale::Zh, now).await.unwrap();
    let code = PhoneCode::parse(&test.last_code(phone.as_str()).await).unwrap();
    let (_, token) = family::by_code(app, (reference, &phone), &code, &nobody(), now).await.unwrap();
    cases::for_family(app, reference, token.reveal(), now).await.unwrap()
}

#[tokio::test]
async fn that_another_case_was_granted_is_told_after_a_code_to_the_phone_and_never_before() {
    for test in test_apps(setup()).await {
        let [by, signs] = [reviewer(&test, 11).await, approver(&test, 12).await];
        let [one, other] = two_claims(&test).await;
        let alone = async |case: &Handed| {
            let (reference, token) = (case.submitted.reference, case.submitted.manage_token.reveal());
            cases::for_family(&test.app, reference, token, test.now()).await.unwrap()
        };
        assert!(!with_phone(&test, &other, 2).await.granted_elsewhere, "it is open still");
        granted(&test, &one.id, (&by, &signs)).await;
        test.wait(TimeDelta::minutes(2));
        assert!(with_phone(&test, &other, 2).await.granted_elsewhere);
        let told = alone(&other).await;
        assert!(!told.granted_elsewhere, "a number that somebody guessed tells them nothing");
        assert_eq!(told.state.name(), StateName::Submitted);
        assert!(!with_phone(&test, &one, 1).await.granted_elsewhere, "theirs is the one that was");
        let gone = acts::withdraw(&test.app, &other.family, told.version, test.now()).await.unwrap();
        assert!(!gone.granted_elsewhere);
        holds(&test).await;
    }
}
