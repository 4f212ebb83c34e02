//! What the lists of the office count, and that rivals are found however they come.

use std::collections::BTreeSet;

use server::procedures::cases::{self, Queue};
use server::procedures::drafts::Draft;
use server::procedures::queue;
use server::procedures::submit::{self, Submitted};
use server::procedures::talk;
use server::staff::authority::Staff;
use shared::locale::Locale;
use shared::procedures::{Act, Outcome};

use super::super::counter::hall::{holds, setup};
use super::super::support::{TestApp, people::nobody, test_apps};
use super::desk::{act, answers, approver, but, drafted, proposed, reviewer, submitted};

/// What stands beside the name of each list.
async fn counted(test: &TestApp, staff: &Staff) -> Vec<(Queue, String)> {
    let counts = queue::counts(&test.app, staff, test.now()).await.unwrap();
    counts.into_iter().map(|(queue, count)| (queue, count.to_string())).collect()
}

async fn hands_in(test: &TestApp, draft: &Draft) -> Submitted {
    submit::submit(&test.app, (draft, &nobody()), Locale::Zh, None, test.now()).await.unwrap()
}

#[tokio::test]
async fn a_list_counts_what_it_lists_for_whoever_looks() {
    for test in test_apps(setup()).await {
        let [by, signs] = [reviewer(&test, 11).await, approver(&test, 12).await];
        for n in 1..=3 {
            submitted(&test, n).await;
        }
        let to_sign = submitted(&test, 4).await;
        proposed(&test, &to_sign.id, &by, Outcome::Granted).await;
        let waits = submitted(&test, 5).await;
        act(&test, &by, &waits.id, Act::Ask { items: vec!["buried_on".to_owned()] }).await.unwrap();
        talk::ask(&test.app, &waits.family, "请问办得怎么样了？", test.now()).await.unwrap();
        // As the sender leaves it after its last try.
        let lost = "update outbox set state = 'failed' where kind = 'case_asked'";
        sqlx::query(lost).execute(&mut test.connection().await).await.unwrap();
        for staff in [&by, &signs] {
            let counts = counted(&test, staff).await;
            assert_eq!(counts.len(), Queue::ALL.len() - 1, "all is no work");
            for (queue, count) in counts {
                let page = cases::queue(&test.app, staff, queue, 0, test.now()).await.unwrap();
                assert_eq!(count, page.rows.len().to_string(), "{queue:?}");
                let has_one = matches!(queue, Queue::FamilyWrote | Queue::NotReached);
                assert!(!has_one || count == "1", "{queue:?}: {count}");
            }
        }
        holds(&test).await;
    }
}

#[tokio::test]
async fn a_list_is_counted_no_further_than_a_hundred() {
    // The same case once more under other names, so often; nobody opens these.
    let copies = "with recursive many (n) as (select 1 union all select n + 1 from many where n < 98) \
         insert into procedure_case (id, reference, region, procedure, rules_hash, state, version, state_json, locale, \
         submitted_at, received_at, provisional, changed_at, sealed, receipt, audit_length, audit_head) \
         select id || '-' || n, reference || n, region, procedure, rules_hash, state, version, state_json, locale, \
         submitted_at, received_at, provisional, changed_at, sealed, receipt, audit_length, audit_head \
         from procedure_case, many";
    for test in test_apps(setup()).await {
        let by = reviewer(&test, 11).await;
        let unassigned = async || {
            let counts = counted(&test, &by).await;
            counts.into_iter().find(|(queue, _)| *queue == Queue::Unassigned).unwrap().1
        };
        submitted(&test, 1).await;
        sqlx::query(copies).execute(&mut test.connection().await).await.unwrap();
        assert_eq!(unassigned().await, "99");
        submitted(&test, 2).await;
        assert_eq!(unassigned().await, "99+");
    }
}

#[tokio::test]
async fn claims_for_the_same_that_are_handed_in_at_once_are_all_listed_as_rivals_and_no_other_is() {
    for test in test_apps(setup()).await {
        let by = reviewer(&test, 11).await;
        let mut rivals = BTreeSet::new();
        for n in 0..4 {
            let one = drafted(&test, &answers(2 * n), None).await;
            let same = but(answers(2 * n + 1), "proof_number", &answers(2 * n)["proof_number"]);
            let other = drafted(&test, &same, None).await;
            let (one, other) = tokio::join!(hands_in(&test, &one), hands_in(&test, &other));
            rivals.extend([one.reference, other.reference]);
        }
        submitted(&test, 20).await;
        let page = cases::queue(&test.app, &by, Queue::Rivals, 0, test.now()).await.unwrap();
        assert_eq!(page.rows.iter().map(|row| row.reference).collect::<BTreeSet<_>>(), rivals);
        assert!(page.rows.iter().all(|row| row.has_rivals));
        holds(&test).await;
    }
}
