//! What somebody began and nobody has finished, as they read it on their own page, and ending the sessions that may have begun it.

use chrono::TimeDelta;
use server::audit::{self, Actor};
use server::domains;
use server::staff::authority::Staff;
use server::staff::begun::{self, What};
use server::staff::proposal::waiting_for;
use server::staff::session;
use shared::staff::Role;

use super::super::support::{Setup, test_apps};
use super::administrators::acting;
use super::second_person::take_on;
use super::switched_off::suspend;
use super::void::{auditor, stop, take_back, three};

#[tokio::test]
async fn whoever_ends_a_session_that_is_not_theirs_reads_before_what_waits_in_their_name_and_afterwards_nothing_does() {
    for test in test_apps(Setup::default()).await {
        let [one, other, third] = three(&test).await;
        let (auditor, role) = auditor(&test).await;
        let stranger = acting(&test, &one).await;
        take_on(&test, &stranger, 5, "wang.min").await;
        test.wait(TimeDelta::seconds(1));
        take_back(&test, &stranger, &role).await.unwrap();
        test.wait(TimeDelta::seconds(1));
        suspend(&test, &stranger, &third).await.unwrap();
        let own = acting(&test, &one).await;
        let begun = async |staff: &Staff| {
            let begun = begun::of(&test.app, staff, test.now()).await.unwrap();
            begun.into_iter().map(|begun| (begun.what, begun.about)).collect::<Vec<_>>()
        };
        let all = [
            (What::Invited, "wang.min".to_owned()),
            (What::End(Role::Auditor), auditor.account.to_string()),
            (What::Suspended, third.account.to_string()),
        ];
        assert_eq!(begun(&own).await, all);
        let another = acting(&test, &other).await;
        assert!(begun(&another).await.is_empty(), "of nobody else");

        let (app, signed) = (&test.app, &own.signed);
        session::end(app, signed, "no session", test.now()).await.unwrap();
        assert_eq!(begun(&own).await.len(), 3, "what is over already ends nothing");
        session::end(app, signed, &stranger.signed.id, test.now()).await.unwrap();
        assert!(begun(&own).await.is_empty());
        assert_eq!(waiting_for(app, &another, test.now()).await.unwrap(), 0);
    }
}

#[tokio::test]
async fn ending_all_sessions_of_somebody_who_has_none_any_more_voids_what_they_began() {
    for test in test_apps(Setup::default()).await {
        let [one, other, _] = three(&test).await;
        let (_, role) = auditor(&test).await;
        let first = acting(&test, &one).await;
        take_back(&test, &first, &role).await.unwrap();
        session::end(&test.app, &first.signed, &first.signed.id, test.now()).await.unwrap();
        let second = acting(&test, &other).await;
        assert_eq!(waiting_for(&test.app, &second, test.now()).await.unwrap(), 1, "signing out ends nothing");
        stop(&test, &second, &one).await;
        assert_eq!(waiting_for(&test.app, &second, test.now()).await.unwrap(), 0);
        let by = Actor::Staff(other.person.clone());
        session::end_all(&test.app, &one.account, by, test.now()).await.unwrap();
        audit::verify_all(test.app.database(), domains::streams()).await.unwrap().unwrap();
    }
}
