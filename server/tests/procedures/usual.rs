//! What is usual is told where no text sets a time: of real cases, of five at least, without the time that families took.

use server::procedures::acts;
use server::procedures::cases::{self, Usual};
use shared::procedures::{Act, Outcome};

use super::super::counter::hall::{holds, setup};
use super::super::support::{TestApp, test_apps};
use super::desk::{Handed, act, approver, granted, only, proposes, reviewer, signed, submitted};

async fn told(test: &TestApp, case: &Handed) -> Option<Usual> {
    let token = case.submitted.manage_token.reveal();
    cases::for_family(&test.app, case.submitted.reference, token, test.now()).await.unwrap().usual
}

#[tokio::test]
async fn how_long_it_took_is_told_of_five_cases_without_the_time_that_families_took() {
    for test in test_apps(setup()).await {
        let [by, signs] = [reviewer(&test, 11).await, approver(&test, 12).await];
        let mut quick = Vec::new();
        for n in 1..=4 {
            quick.push(submitted(&test, n).await);
        }
        let slow = submitted(&test, 5).await;
        act(&test, &by, &slow.id, Act::Accept).await.unwrap();
        act(&test, &by, &slow.id, Act::Ask { items: vec!["buried_on".to_owned()] }).await.unwrap();
        test.set_clock("2026-05-15T10:00:00+08:00");
        for case in &quick {
            granted(&test, &case.id, (&by, &signs)).await;
        }
        assert_eq!(told(&test, &slow).await, None, "four would tell of single families");

        test.set_clock("2026-05-18T10:00:00+08:00");
        let typed = only("buried_on", "2026-05-10");
        acts::supply(&test.app, &slow.family, 2, &typed, test.now()).await.unwrap();
        test.set_clock("2026-05-20T10:00:00+08:00");
        act(&test, &by, &slow.id, proposes(Outcome::Granted)).await.unwrap();
        signed(&test, &slow.id, &signs).await.unwrap();
        assert_eq!(told(&test, &slow).await, Some(Usual { half: 2, most: 2, of: 5 }));
        for n in [6, 7] {
            submitted(&test, n).await;
        }
        assert_eq!(told(&test, &slow).await, Some(Usual { half: 2, most: 2, of: 5 }), "they have just come");
        test.set_clock("2026-06-10T10:00:00+08:00");
        assert_eq!(told(&test, &slow).await, None, "two of seven take much longer, and nobody knows how much");
        holds(&test).await;
    }
}
