//! A clerk books people in who call or stand there.

use server::counter::for_people::{self, For};
use server::counter::history::By as ByWhom;
use server::counter::looks::releases::{self, What};
use server::counter::looks::safety::Back;
use server::database::sql::{flag, sql, text};
use server::marriage::BOOKABLE;
use server::staff::authority::Staff;
use shared::appointments::{Refusal as NotBooked, SlotId};
use shared::counter::{Press, Refusal, VisitId};
use shared::locale::Locale;
use shared::staff::Role;

use super::super::support::{TestApp, test_apps};
use super::hall::*;

fn couple(n: usize, seen: bool) -> For {
    For { people: (BOOKABLE.invented)(n).unwrap(), locale: Locale::Zh, seen }
}

pub async fn book(test: &TestApp, by: &Staff, slot: SlotId, press: &Press, n: usize) -> Result<VisitId, server::Error> {
    for_people::book(&test.app, by, &BOOKABLE, (slot, press), couple(n, n.is_multiple_of(2)), test.now()).await
}

#[tokio::test]
async fn a_clerk_books_people_in_at_the_own_office_alone_and_the_same_press_books_once() {
    for test in test_apps(setup()).await {
        let slot = test.slots("nanshan", DAY).await[0].clone();
        let (clerk, stranger) = (clerk(&test, 1).await, staff_at(&test, 2, Role::OfficeManager, "demo-hill").await);
        assert!(is_not_allowed(&book(&test, &stranger, slot.id, &press(), 1).await));
        let editor = staff_at(&test, 3, Role::ContentEditor, "nanshan").await;
        assert!(is_not_allowed(&book(&test, &editor, slot.id, &press(), 1).await));
        let once = press();
        let one = book(&test, &clerk, slot.id, &once, 1).await.unwrap();
        assert_eq!(book(&test, &clerk, slot.id, &once, 1).await.unwrap(), one);
        let two = book(&test, &clerk, slot.id, &press(), 2).await.unwrap();
        for (id, at_desk) in [(&one, true), (&two, false)] {
            let statement = "select actor, at_desk from audit join appointment a on a.id = stream where stream = $1 \
                 and act like 'booking_made%'";
            let row = sql(statement, [id.as_str().into()]).fetch_one(&mut test.connection().await).await.unwrap();
            assert_eq!(text(&row, "actor").unwrap(), format!("staff:{}", clerk.person()));
            assert_eq!(flag(&row, "at_desk").unwrap(), at_desk, "who saw no documents leaves that to the desk");
        }
        let seen = for_people::one(&test.app, &clerk, &one, test.now()).await.unwrap();
        assert_eq!((seen.row.starts_at, seen.slot), (slot.starts_at.to_utc(), slot.id));
        assert!(for_people::one(&test.app, &stranger, &one, test.now()).await.is_err());
        holds(&test).await;
    }
}

#[tokio::test]
async fn that_somebody_is_booked_already_is_paid_for_on_record_told_to_no_phone_and_keeps_no_place() {
    for test in test_apps(setup()).await {
        let slots = test.slots("nanshan", DAY).await;
        let clerk = clerk(&test, 1).await;
        book(&test, &clerk, slots[0].id, &press(), 1).await.unwrap();
        let again = book(&test, &clerk, slots[1].id, &press(), 1).await.unwrap_err();
        assert_eq!(again.refusal(), Some(NotBooked::AlreadyBooked));
        assert_eq!(number(&test.app, "select count(*) from outbox where kind = 'duplicate_tried'").await, 0);
        let looked = "select count(*) from audit where act = 'document_looked_up' and actor like 'staff:%'";
        assert_eq!(number(&test.app, looked).await, 2, "whatever came of it");
        for n in 10..48 {
            // A time that is full takes no booking, and is paid for all the same.
            let _ = book(&test, &clerk, slots[0].id, &press(), n).await;
        }
        assert!(matches!(
            refused(book(&test, &clerk, slots[1].id, &press(), 99).await),
            Refusal::TooManySearches { .. }
        ));
        assert_eq!(number(&test.app, "select count(*) from appointment where state = 'held'").await, 0);
        holds(&test).await;
    }
}

#[tokio::test]
async fn that_somebody_is_booked_already_costs_what_a_document_costs_and_stands_in_that_bookings_record() {
    for test in test_apps(setup()).await {
        let slots = test.slots("nanshan", DAY).await;
        let (clerk, hill) = (clerk(&test, 1).await, staff_at(&test, 2, Role::CounterClerk, "demo-hill").await);
        let theirs = test.slots("demo-hill", DAY).await[0].id;
        let met = book(&test, &hill, theirs, &press(), 99).await.unwrap();
        for (n, slot) in slots.iter().enumerate().take(6) {
            book(&test, &clerk, slot.id, &press(), n).await.unwrap();
        }
        for _ in 0..5 {
            let hit = book(&test, &clerk, slots[7].id, &press(), 99).await.unwrap_err();
            assert_eq!(hit.refusal(), Some(NotBooked::AlreadyBooked));
        }
        for n in [99, 50] {
            let over = refused(book(&test, &clerk, slots[7].id, &press(), n).await);
            assert!(matches!(over, Refusal::TooManyLookups { .. }), "whoever it is: {over:?}");
        }
        let noted = "select count(*) from audit where act = 'booking_looked_up' and actor like 'staff:%'";
        assert_eq!(number(&test.app, noted).await, 5);
        for (n, office) in [(3, "nanshan"), (4, "demo-hill")] {
            let auditor = staff_at(&test, n, Role::Auditor, office).await;
            let office = shared::staff::OfficeId::parse(office).unwrap();
            let listed = releases::list(&test.app, &auditor, &office, (Back::Month, 0), test.now()).await.unwrap();
            assert_eq!(listed.total, 5, "where the booking is, and where the clerk works");
            for entry in &listed.entries {
                assert_eq!((&entry.what, &entry.who), (&What::Met, &ByWhom::Staff(Some(clerk.account().clone()))));
                assert_eq!(entry.visit.as_ref(), (office.as_str() == "demo-hill").then_some(&met));
            }
        }
        holds(&test).await;
    }
}

#[tokio::test]
async fn the_last_place_of_a_time_is_given_once_whoever_asks() {
    for test in test_apps(setup()).await {
        let slot = test.slots("nanshan", DAY).await[0].clone();
        let clerk = clerk(&test, 1).await;
        for n in 0..slot.capacity as usize {
            book(&test, &clerk, slot.id, &press(), n).await.unwrap();
        }
        let over = book(&test, &clerk, slot.id, &press(), 99).await.unwrap_err();
        assert_eq!(over.refusal(), Some(NotBooked::SlotFull));
        holds(&test).await;
    }
}
