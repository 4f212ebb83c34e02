//! No office is left without anybody who answers for it by one person alone, and whoever must be stopped is stopped at once.

use chrono::TimeDelta;
use server::audit::{self, Actor};
use server::counter::history::By;
use server::counter::looks::accounts::{self, Act, Entry};
use server::counter::looks::safety::Back;
use server::staff::authority::Staff;
use server::staff::confirming::{self, Decision, What};
use server::staff::giving::{self, TakenBack};
use server::staff::managing::{self, ALONE};
use server::staff::people::{self, State};
use server::staff::{account, last};
use server::{domains, jobs};
use shared::staff::{Grant, OfficeId, Refusal, Role};

use super::super::support::staff::{Clerk, clerk, named};
use super::super::support::{Setup, TestApp, test_apps};
use super::administrators::{acting, administrator, refusal};
use super::hiring::grant;
use super::switched_off::{comes_in, says, state, suspend};

const DAY: TimeDelta = TimeDelta::hours(25);

async fn two(test: &TestApp) -> [Clerk; 2] {
    [administrator(test, 1, "nanshan").await, administrator(test, 2, "nanshan").await]
}

/// The managers of `nanshan`, for longer than a day: these and nobody of the demonstration.
async fn managers<const N: usize>(test: &TestApp, numbers: [usize; N]) -> [Clerk; N] {
    for name in ["demo-manager", "demo-manager-2"] {
        account::suspend(&test.app, &named(name), Actor::Operator, test.now()).await.unwrap();
    }
    let mut managers = Vec::new();
    for n in numbers {
        let manager = clerk(test, n).await;
        manager.is_given(test, Role::OfficeManager, "nanshan").await;
        managers.push(manager);
    }
    test.wait(DAY);
    managers.try_into().unwrap_or_else(|_| unreachable!("one for each number"))
}

/// Takes the only role of somebody back.
async fn take_back(test: &TestApp, staff: &Staff, clerk: &Clerk) -> Result<TakenBack, Refusal> {
    let role = people::one(&test.app, staff, &clerk.account, test.now()).await.unwrap().0.roles.remove(0);
    giving::take_back(&test.app, staff, &role.id, test.now()).await.map_err(|error| refusal(&error))
}

#[tokio::test]
async fn one_administrator_stops_an_offices_last_manager_at_once_and_for_three_days_only() {
    for test in test_apps(Setup::default()).await {
        let [one, other] = two(&test).await;
        let [manager] = managers(&test, [3]).await;
        assert!(comes_in(&test, &manager).await);
        let staff = acting(&test, &one).await;
        suspend(&test, &staff, &manager).await.unwrap();
        let until = test.now() + ALONE;
        assert_eq!(state(&test, &staff, &manager).await, State::SuspendedUntil { until });
        assert!(!comes_in(&test, &manager).await, "at once");
        assert_eq!(says(&test, &staff, &manager, Decision::Agree).await, Err(Refusal::TakesAnother));
        // The other one sees it at once, and could let them in.
        let second = acting(&test, &other).await;
        let waiting = confirming::waiting(&test.app, &second, test.now()).await.unwrap();
        assert!(waiting[0].is_theirs && waiting[0].what == What::Suspended { until });
        test.wait(ALONE);
        jobs::round(&test.app, test.now()).await.unwrap();
        assert!(comes_in(&test, &manager).await, "nobody agreed");
        let staff = acting(&test, &one).await;
        assert_eq!(suspend(&test, &staff, &manager).await, Err(Refusal::NotAgreed));

        let second = acting(&test, &other).await;
        suspend(&test, &second, &manager).await.unwrap();
        says(&test, &staff, &manager, Decision::Agree).await.unwrap();
        test.wait(ALONE);
        jobs::round(&test.app, test.now()).await.unwrap();
        assert!(!comes_in(&test, &manager).await, "two have closed it");
        // Either of them lets them in again.
        let staff = acting(&test, &one).await;
        managing::lift(&test.app, &staff, &manager.account, test.now()).await.unwrap();
        assert!(comes_in(&test, &manager).await);
        audit::verify_all(test.app.database(), domains::streams()).await.unwrap().unwrap();
    }
}

#[tokio::test]
async fn of_several_managers_one_administrator_closes_all_but_one_for_good() {
    for test in test_apps(Setup::default()).await {
        let [one, _] = two(&test).await;
        let [first, second, third] = managers(&test, [3, 4, 5]).await;
        let staff = acting(&test, &one).await;
        suspend(&test, &staff, &first).await.unwrap();
        assert_eq!(state(&test, &staff, &first).await, State::Suspended);
        // Of two at the same instant one is the last.
        let both = futures_util::future::join(suspend(&test, &staff, &second), suspend(&test, &staff, &third)).await;
        assert_eq!(both, (Ok(()), Ok(())));
        let states = [state(&test, &staff, &second).await, state(&test, &staff, &third).await];
        let until = State::SuspendedUntil { until: test.now() + ALONE };
        assert!(states.contains(&State::Suspended) && states.contains(&until), "{states:?}");
    }
}

#[tokio::test]
async fn a_manager_of_today_or_for_a_while_stands_in_for_nobody() {
    for test in test_apps(Setup::default()).await {
        let [one, other] = two(&test).await;
        let [manager] = managers(&test, [3]).await;
        let [brief, new] = [clerk(&test, 4).await, clerk(&test, 5).await];
        for somebody in [&brief, &new] {
            somebody.is_given(&test, Role::ContentEditor, "nanshan").await;
        }
        let staff = acting(&test, &one).await;
        let gives = async |to: &Clerk, grant: Grant| {
            giving::give(&test.app, &staff, &to.account, grant, test.now()).await.unwrap();
        };
        let manages = || grant(&test, Role::OfficeManager, "nanshan");
        gives(&brief, Grant { until: Some(test.now() + TimeDelta::days(2)), ..manages() }).await;
        test.wait(DAY);
        let staff = acting(&test, &one).await;
        giving::give(&test.app, &staff, &new.account, manages(), test.now()).await.unwrap();
        let alone = last::of(&test.app, &manager.person, test.now()).await.unwrap();
        assert!(last::manages_alone(&alone));
        assert_eq!(take_back(&test, &staff, &manager).await, Ok(TakenBack::Proposed));
        suspend(&test, &staff, &manager).await.unwrap();
        assert!(matches!(state(&test, &staff, &manager).await, State::SuspendedUntil { .. }));
        // Whoever stays for as long does, once they have been it for a day.
        let second = acting(&test, &other).await;
        managing::lift(&test.app, &second, &manager.account, test.now()).await.unwrap();
        test.wait(DAY);
        let staff = acting(&test, &one).await;
        assert!(last::of(&test.app, &manager.person, test.now()).await.unwrap().is_empty());
        suspend(&test, &staff, &manager).await.unwrap();
        assert_eq!(state(&test, &staff, &manager).await, State::Suspended);
    }
}

#[tokio::test]
async fn whoever_has_stopped_the_last_manager_names_another_one_at_once() {
    for test in test_apps(Setup::default()).await {
        let [one, _] = two(&test).await;
        let [manager] = managers(&test, [3]).await;
        let next = clerk(&test, 4).await;
        next.is_given(&test, Role::ContentEditor, "nanshan").await;
        let staff = acting(&test, &one).await;
        suspend(&test, &staff, &manager).await.unwrap();
        let manages = grant(&test, Role::OfficeManager, "nanshan");
        giving::give(&test.app, &staff, &next.account, manages, test.now()).await.unwrap();
        test.wait(ALONE);
        jobs::round(&test.app, test.now()).await.unwrap();
        let staff = acting(&test, &one).await;
        suspend(&test, &staff, &manager).await.unwrap();
        assert_eq!(state(&test, &staff, &manager).await, State::Suspended, "somebody else answers by now");
    }
}

#[tokio::test]
async fn the_account_of_the_last_manager_is_opened_anew_only_once_two_have_closed_it() {
    for test in test_apps(Setup::default()).await {
        let [one, other] = two(&test).await;
        let [manager] = managers(&test, [3]).await;
        let staff = acting(&test, &one).await;
        let reset = async || {
            let done = managing::reset(&test.app, &staff, &manager.account, test.now()).await;
            done.map(drop).map_err(|error| refusal(&error))
        };
        assert_eq!(reset().await, Err(Refusal::SuspendFirst));
        assert!(comes_in(&test, &manager).await);
        suspend(&test, &staff, &manager).await.unwrap();
        assert_eq!(reset().await, Err(Refusal::SuspendFirst));
        let second = acting(&test, &other).await;
        says(&test, &second, &manager, Decision::Agree).await.unwrap();
        assert_eq!(reset().await, Ok(()));
    }
}

#[tokio::test]
async fn sessions_of_the_last_manager_are_ended_by_the_same_one_once_an_hour() {
    for test in test_apps(Setup::default()).await {
        let [one, _] = two(&test).await;
        let [manager] = managers(&test, [3]).await;
        let staff = acting(&test, &one).await;
        let end = async || {
            let ended = managing::end_sessions(&test.app, &staff, &manager.account, test.now()).await;
            ended.map_err(|error| refusal(&error))
        };
        assert_eq!(end().await, Ok(()));
        assert!(matches!(end().await, Err(Refusal::EndedLately { retry_after }) if retry_after > 3_500));
    }
}

#[tokio::test]
async fn the_last_administrator_of_an_office_keeps_the_role_until_there_is_another() {
    for test in test_apps(Setup::default()).await {
        let one = administrator(&test, 1, "demo-bay").await;
        let staff = acting(&test, &one).await;
        assert_eq!(take_back(&test, &staff, &one).await, Err(Refusal::LastAdministrator));
        administrator(&test, 2, "demo-bay").await;
        let staff = acting(&test, &one).await;
        assert_eq!(take_back(&test, &staff, &one).await, Ok(TakenBack::Ended));
    }
}

#[tokio::test]
async fn of_the_last_two_administrators_who_give_up_the_role_at_one_instant_one_keeps_it() {
    for test in test_apps(Setup::default()).await {
        let mut one = administrator(&test, 1, "demo-bay").await;
        for n in 2..6 {
            let other = administrator(&test, n, "demo-bay").await;
            let both = [acting(&test, &one).await, acting(&test, &other).await];
            let done = futures_util::future::join(take_back(&test, &both[0], &one), take_back(&test, &both[1], &other));
            let (first, second) = done.await;
            let kept = Err(Refusal::LastAdministrator);
            let ended = Ok(TakenBack::Ended);
            assert!([(kept, ended), (ended, kept)].contains(&(first, second)), "{first:?} {second:?}");
            one = if first == kept { one } else { other };
        }
    }
}

#[tokio::test]
async fn of_the_last_two_managers_whom_two_administrators_stop_at_one_instant_one_comes_back() {
    for test in test_apps(Setup::default()).await {
        let [one, other] = two(&test).await;
        let [first, second] = managers(&test, [3, 4]).await;
        let (by_one, by_other) = (acting(&test, &one).await, acting(&test, &other).await);
        let until = test.now() + ALONE;
        // One closes an account, the other takes a role back.
        let done = futures_util::future::join(suspend(&test, &by_one, &first), take_back(&test, &by_other, &second));
        let (closed, taken) = done.await;
        closed.unwrap();
        let is_closed_for_good = state(&test, &by_one, &first).await == State::Suspended;
        assert!(is_closed_for_good || state(&test, &by_one, &first).await == State::SuspendedUntil { until });
        let expected = if is_closed_for_good { TakenBack::Proposed } else { TakenBack::Ended };
        assert_eq!(taken, Ok(expected), "one of them needs a second person");
    }
}

#[tokio::test]
async fn auditors_and_administrators_read_at_once_who_closed_an_account_or_took_a_role_back() {
    for test in test_apps(Setup::default()).await {
        let [one, other] = two(&test).await;
        let [manager] = managers(&test, [3]).await;
        let [auditor, elsewhere, editor] = [clerk(&test, 4).await, clerk(&test, 5).await, clerk(&test, 6).await];
        auditor.is_given(&test, Role::Auditor, "nanshan").await;
        elsewhere.is_given(&test, Role::Auditor, "demo-bay").await;
        editor.is_given(&test, Role::ContentEditor, "nanshan").await;
        let reads = async |clerk: &Clerk, office: &str| {
            let (staff, office) = (acting(&test, clerk).await, OfficeId::parse(office).unwrap());
            let listed = accounts::list(&test.app, &staff, &office, (Back::Month, 0), test.now()).await;
            listed.map(|listed| (listed.total, listed.entries)).map_err(|error| refusal(&error))
        };
        let before = reads(&auditor, "nanshan").await.unwrap().0;
        let staff = acting(&test, &one).await;
        suspend(&test, &staff, &manager).await.unwrap();
        let until = Some(test.now() + ALONE);
        let (total, entries) = reads(&auditor, "nanshan").await.unwrap();
        assert_eq!(total, before + 1);
        let Entry { by, account, act, until: told, .. } = &entries[0];
        assert_eq!(
            (by, account.as_ref(), *act),
            (&By::Staff(Some(named("clerk1"))), Some(&manager.account), Act::AccountSuspended)
        );
        assert_eq!(*told, until);
        let second = acting(&test, &other).await;
        says(&test, &second, &manager, Decision::Disagree).await.unwrap();
        test.wait(TimeDelta::seconds(1));
        assert_eq!(take_back(&test, &second, &editor).await, Ok(TakenBack::Ended));
        let (_, entries) = reads(&auditor, "nanshan").await.unwrap();
        let last: Vec<_> = entries[..2].iter().map(|entry| (entry.act, entry.role)).collect();
        assert_eq!(last, [(Act::RoleTakenBack, Some(Role::ContentEditor)), (Act::SuspensionNotAgreed, None)]);
        assert_eq!(reads(&one, "nanshan").await.unwrap().1, entries, "administrators read of each other");
        assert_eq!(reads(&elsewhere, "demo-bay").await, Ok((0, Vec::new())));
        assert_eq!(reads(&elsewhere, "nanshan").await, Err(Refusal::NotAllowed));
    }
}
