//! Looks to keep somebody safe: each takes a reason, and is read by whoever answers for the office and whoever reads the
//! record, and by nobody who holds the booking.

use chrono::TimeDelta;
use server::Error;
use server::appointments::booking::find;
use server::counter::looks::safety::{self, Back, Later, ON_A_PAGE, SafetyLook};
use server::counter::looks::{by_person, shown_to_holder};
use server::counter::one_visit;
use server::counter::unmask::{Unmasking, unmask};
use server::database::sql::sql;
use server::staff::authority::Staff;
use shared::counter::{LookPurpose, PersonalDetail, Reason, Refusal, Seen, UnmaskReason};
use shared::staff::Role;

use super::super::support::{TestApp, test_apps};
use super::hall::*;

async fn list(test: &TestApp, by: &Staff, back: Back) -> Result<Vec<SafetyLook>, Error> {
    Ok(safety::list(&test.app, by, &nanshan(), (back, 0), test.now()).await?.looks)
}

fn said(text: &str) -> Reason {
    Reason::parse(text).unwrap()
}

#[tokio::test]
async fn nothing_is_opened_or_read_for_safety_without_a_word_and_nothing_is_written_then() {
    for test in test_apps(setup()).await {
        let id = visit_of(&booked(&test, 1, 0).await);
        clock(&test, "09:05:00");
        let clerk = clerk(&test, 1).await;
        let opened = one_visit::open(&test.app, &clerk, &id, Some(LookPurpose::Safety), test.now()).await;
        assert_eq!(opened.err().and_then(|error| error.refusal()), Some(Refusal::ReasonNeeded));
        let asked = Unmasking { who: 0, what: PersonalDetail::Phone, why: UnmaskReason::Safety, reason: None };
        let read = unmask(&test.app, &clerk, &id, asked, test.now()).await;
        assert_eq!(read.err().and_then(|error| error.refusal()), Some(Refusal::ReasonNeeded));
        assert_eq!(number(&test.app, "select count(*) from look").await, 0);
    }
}

#[tokio::test]
async fn the_auditor_reads_of_all_with_their_reasons_also_those_of_the_manager_and_the_couple_of_none() {
    for test in test_apps(setup()).await {
        let booked = booked(&test, 1, 0).await;
        let id = visit_of(&booked);
        clock(&test, "09:05:00");
        let (clerk, manager) = (clerk(&test, 1).await, manager(&test, 2).await);
        let auditor = staff_at(&test, 3, Role::Auditor, "nanshan").await;
        let open = async |by: &Staff, why: &str| {
            one_visit::open_aside(&test.app, by, &id, &said(why), test.now()).await.unwrap()
        };
        assert_eq!(open(&clerk, "单独说受到威胁").await.purpose, LookPurpose::Safety);
        // Again within the quarter of an hour, with a reason of its own.
        open(&clerk, "回拨确认安全").await;
        test.wait(TimeDelta::minutes(1));
        open(&manager, "核对当事人情况").await;
        let reason = Some(said("核对尾号"));
        let asked = Unmasking { who: 1, what: PersonalDetail::Phone, why: UnmaskReason::Safety, reason };
        unmask(&test.app, &manager, &id, asked, test.now()).await.unwrap();
        for reader in [&auditor, &manager] {
            let looks = list(&test, reader, Back::Month).await.unwrap();
            let said: Vec<_> = looks.iter().map(|look| look.reason.clone().unwrap()).collect();
            assert_eq!(said.len(), 4, "{said:?}");
            for why in ["单独说受到威胁", "回拨确认安全", "核对当事人情况", "核对尾号"] {
                assert!(said.iter().any(|said| said == why), "{why}: {said:?}");
            }
            assert!(looks.iter().all(|look| look.visit == id && look.account.is_some() && look.starts_at.is_some()));
            assert_eq!(looks.iter().filter(|look| look.role == Role::OfficeManager).count(), 2);
        }
        let by_person = by_person::list(&test.app, &auditor, &nanshan(), (Back::Year, 0), test.now()).await.unwrap();
        let read =
            by_person.readers.iter().map(|reader| (reader.role, reader.opened, reader.in_full, reader.other_days));
        let mut read: Vec<_> = read.collect();
        read.sort_by_key(|(_, _, in_full, _)| *in_full);
        assert_eq!(read, [(Role::CounterClerk, 1, 0, 0), (Role::OfficeManager, 1, 1, 0)]);
        let denied = by_person::list(&test.app, &clerk, &nanshan(), (Back::Month, 0), test.now()).await;
        assert!(denied.is_err(), "{denied:?}");
        let holder = find::by_token(&test.app, booked.reference, &booked.manage_token).await.unwrap();
        assert_eq!(shown_to_holder(&test.app, &holder).await.unwrap(), []);
        holds(&test).await;
    }
}

#[tokio::test]
async fn what_was_set_apart_is_among_them_and_nobody_else_reads_the_list() {
    for test in test_apps(setup()).await {
        let booked = booked(&test, 1, 0).await;
        clock(&test, "09:05:00");
        let (clerk, manager) = (clerk(&test, 1).await, manager(&test, 2).await);
        let id = serving(&test, &clerk, &booked).await;
        set_apart(&test, &clerk, &id).await.unwrap();
        let looks = list(&test, &manager, Back::Month).await.unwrap();
        let said: Vec<_> = looks.iter().map(|look| (look.seen, look.reason.clone(), look.ticket)).collect();
        assert_eq!(said, [(Seen::SetApart, None, Some(1))]);
        assert_eq!(looks[0].later, None);
        assert!(is_not_allowed(&list(&test, &clerk, Back::Month).await));
        for (n, role, office) in [
            (3, Role::Auditor, "demo-hill"),
            (4, Role::OfficeManager, "demo-hill"),
            (5, Role::AccountAdministrator, "nanshan"),
            (6, Role::Reviewer, "nanshan"),
        ] {
            let other = staff_at(&test, n, role, office).await;
            assert!(is_not_allowed(&list(&test, &other, Back::Month).await), "{role:?}");
        }
    }
}

#[tokio::test]
async fn they_are_listed_for_a_month_and_for_a_quarter_where_that_is_asked() {
    for test in test_apps(setup()).await {
        let id = visit_of(&booked(&test, 1, 0).await);
        clock(&test, "09:05:00");
        let clerk = clerk(&test, 1).await;
        one_visit::open_aside(&test.app, &clerk, &id, &said("单独说受到威胁"), test.now()).await.unwrap();
        let listed = async |n: usize, days: i64| {
            test.wait(TimeDelta::days(days));
            let auditor = staff_at(&test, n, Role::Auditor, "nanshan").await;
            let month = list(&test, &auditor, Back::Month).await.unwrap().len();
            (month, list(&test, &auditor, Back::Quarter).await.unwrap().len())
        };
        assert_eq!(listed(2, 29).await, (1, 1));
        assert_eq!(listed(3, 2).await, (0, 1));
        assert_eq!(listed(4, 60).await, (0, 0));
    }
}

#[tokio::test]
async fn an_end_that_was_taken_back_says_so_and_the_next_one_stands() {
    for test in test_apps(setup()).await {
        let booked = booked(&test, 1, 0).await;
        clock(&test, "09:05:00");
        let (clerk, manager) = (clerk(&test, 1).await, manager(&test, 2).await);
        let id = serving(&test, &clerk, &booked).await;
        let later = async || {
            let looks = list(&test, &manager, Back::Month).await.unwrap();
            looks.iter().map(|look| look.later).collect::<Vec<_>>()
        };
        set_apart(&test, &clerk, &id).await.unwrap();
        clock(&test, "09:05:20");
        undo(&test, &clerk, &id).await.unwrap();
        let undone = Some(Later::Undone(test.now()));
        assert_eq!(later().await, [undone]);
        // Within the same quarter of an hour, as the same look.
        clock(&test, "09:06:00");
        set_apart(&test, &clerk, &id).await.unwrap();
        assert_eq!(later().await, [None, undone]);
        let hidden = one_visit::open(&test.app, &manager, &id, None, test.now()).await.unwrap().hidden.unwrap();
        assert_eq!(hidden.iter().map(|look| look.later).collect::<Vec<_>>(), [None, undone]);
        holds(&test).await;
    }
}

#[tokio::test]
async fn whoever_looks_often_covers_nothing_up() {
    for test in test_apps(setup()).await {
        let id = visit_of(&booked(&test, 1, 0).await);
        clock(&test, "09:05:00");
        let clerk = clerk(&test, 1).await;
        one_visit::open_aside(&test.app, &clerk, &id, &said("最早的一次"), test.now()).await.unwrap();
        test.app.database().write_with((), many_more).await.unwrap();
        let auditor = staff_at(&test, 2, Role::Auditor, "nanshan").await;
        let page = async |page| safety::list(&test.app, &auditor, &nanshan(), (Back::Month, page), test.now()).await;
        let (first, second) = (page(0).await.unwrap(), page(1).await.unwrap());
        assert_eq!((first.total, first.looks.len()), (ON_A_PAGE + 1, ON_A_PAGE));
        let said: Vec<_> = second.looks.iter().map(|look| look.reason.as_deref().unwrap()).collect();
        assert_eq!(said, ["最早的一次"]);
    }
}

/// As many looks more as stand on a page.
async fn many_more(connection: &mut sqlx::AnyConnection, (): &()) -> Result<(), Error> {
    let statement = "insert into audit (stream, sequence, at, actor, act, detail, previous, hash, era) \
         with recursive n (n) as (select 1 union all select n + 1 from n where n < $1) \
         select a.stream, a.sequence + n.n, a.at + n.n, a.actor, a.act, '{\"reason\":\"又一次\"}', a.previous, \
         a.hash || cast(n.n as text), a.era from audit a cross join n where a.stream like 'look:%'";
    let count = i64::try_from(ON_A_PAGE).unwrap();
    sql(statement, [count.into()]).execute(connection).await?;
    Ok(())
}
