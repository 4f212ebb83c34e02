//! Cases that are alike in something that is granted to nobody once: the office sees it, and nobody is refused by it.

use server::procedures::acts;
use server::procedures::cases::Likeness;
use server::staff::authority::Staff;
use shared::procedures::{Act, CaseId, CaseReference, Typed};

use super::super::counter::hall::{holds, number, setup};
use super::super::support::{TestApp, test_apps, test_apps_set};
use super::desk::{act, answers, but, handed_in, jobs, only, reviewer, seen};

const ACCOUNTS: [&str; 4] = ["0918273645", "0918273646", "0918273647", "0918273648"];

/// What the `n`th family types, with an account of its own.
fn typed(n: usize) -> Typed {
    but(answers(n), "account", ACCOUNTS[n])
}

/// The cases that the office sees beside one, and in what each is alike.
async fn beside(test: &TestApp, by: &Staff, id: &CaseId) -> Vec<(CaseReference, Vec<Likeness>)> {
    seen(test, by, id).await.alike.into_iter().map(|alike| (alike.reference, alike.likeness)).collect()
}

#[tokio::test]
async fn the_office_sees_who_else_names_the_account_the_phone_or_the_deceased() {
    for test in test_apps(setup()).await {
        let by = reviewer(&test, 11).await;
        let one = handed_in(&test, &typed(0), None).await;
        assert!(beside(&test, &by, &one.id).await.is_empty());
        for (n, field, likeness) in [
            (1, "account", Likeness::Account),
            (2, "applicant_phone", Likeness::Phone),
            (3, "deceased_id", Likeness::About),
        ] {
            let other = handed_in(&test, &but(typed(n), field, &typed(0)[field]), None).await;
            let same = vec![(one.submitted.reference, vec![likeness])];
            assert_eq!(beside(&test, &by, &other.id).await, same, "{field}");
            let back = (other.submitted.reference, vec![likeness]);
            assert!(beside(&test, &by, &one.id).await.contains(&back), "{field}");
        }
        act(&test, &by, &one.id, Act::Accept).await.unwrap();
        holds(&test).await;
    }
}

#[tokio::test]
async fn who_applies_for_two_and_who_claims_for_the_same_certificate_is_no_such_case() {
    for test in test_apps(setup()).await {
        let by = reviewer(&test, 11).await;
        let one = handed_in(&test, &typed(0), None).await;
        let mut for_another = typed(1);
        for field in ["applicant_name", "applicant_id", "applicant_phone", "account"] {
            for_another.insert(field.to_owned(), typed(0)[field].clone());
        }
        let second = handed_in(&test, &for_another, None).await;
        assert!(beside(&test, &by, &second.id).await.is_empty(), "one applicant, two of the dead");
        let rival =
            ["deceased_id", "proof_number"].iter().fold(typed(2), |all, field| but(all, field, &typed(0)[*field]));
        let rival = handed_in(&test, &rival, None).await;
        assert!(beside(&test, &by, &rival.id).await.is_empty(), "a rival is told as one");
        assert_eq!(seen(&test, &by, &rival.id).await.rivals.len(), 1);
        assert!(beside(&test, &by, &one.id).await.is_empty());
    }
}

#[tokio::test]
async fn what_is_put_right_withdrawn_or_erased_is_like_nothing_any_more() {
    for test in test_apps_set(setup(), &["--case-years", "1"]).await {
        let by = reviewer(&test, 11).await;
        let one = handed_in(&test, &typed(0), None).await;
        let [right, gone] = [1, 2].map(|n| but(typed(n), "account", ACCOUNTS[0]));
        let [right, gone] = [handed_in(&test, &right, None).await, handed_in(&test, &gone, None).await];
        assert_eq!(beside(&test, &by, &one.id).await.len(), 2);
        acts::withdraw(&test.app, &gone.family, 0, test.now()).await.unwrap();
        act(&test, &by, &right.id, Act::Accept).await.unwrap();
        let version = act(&test, &by, &right.id, Act::Review).await.unwrap().version;
        let account = only("account", ACCOUNTS[1]);
        acts::correct(&test.app, &by, &right.id, version, &account, "卡号写错了。", test.now()).await.unwrap();
        assert!(beside(&test, &by, &one.id).await.is_empty());
        let named = "select count(*) from case_named";
        assert_eq!(number(&test.app, named).await, 6, "the account and the deceased of each");
        test.wait(chrono::TimeDelta::days(370));
        jobs(&test).await;
        assert_eq!(number(&test.app, named).await, 4, "what was withdrawn is erased");
        holds(&test).await;
    }
}
