//! Closing days and cutting places over people who are already booked.

use server::appointments::booking::Booked;
use server::appointments::closure::{self, ClosureError, Kind, Seen, SlotChange};
use server::appointments::hold::{self, Asking};
use server::appointments::publish;
use shared::appointments::{Refusal, SlotState};
use shared::locale::Locale;
use shared::localised::Localised;
use shared::marriage::SERVICE;
use shared::places::PlaceId;

use super::support::people::{self, book};
use super::support::{Setup, TestApp, test_apps};

fn change(kind: Kind) -> SlotChange {
    SlotChange {
        place: PlaceId::parse("nanshan").unwrap(),
        service: SERVICE,
        from: "2026-05-19".parse().unwrap(),
        to: "2026-05-19".parse().unwrap(),
        kind,
        reason: Localised::new("停电检修", "Power cut"),
    }
}

async fn book_first(test: &TestApp, n: usize) -> Booked {
    let slot = test.free_slot("nanshan", "2026-05-19").await;
    let asking = Asking { session: None, phone: None, locale: Locale::Zh };
    let hold = hold::take(&test.app, &SERVICE, slot.id, asking, test.now()).await.unwrap();
    book(&test.app, &people::couple(n, &hold), None, test.now()).await.unwrap()
}

fn without_codes() -> Setup {
    Setup { phone_codes: false, ..Setup::default() }
}

#[tokio::test]
async fn a_closure_is_refused_until_its_effect_was_seen_and_refused_again_when_it_changed() {
    for test in test_apps(without_codes()).await {
        let booked = book_first(&test, 1).await;
        let blind = closure::apply(&test.app, change(Kind::Close), Seen::parse("guess"), test.now()).await;
        let Err(ClosureError::Unseen(effect)) = blind else { panic!("{blind:?}") };
        assert_eq!(effect.bookings.len(), 1);
        assert_eq!(effect.bookings[0].reference, booked.reference);

        book_first(&test, 2).await;
        let stale = closure::apply(&test.app, change(Kind::Close), effect.seen(), test.now()).await;
        let Err(ClosureError::Unseen(effect)) = stale else { panic!("{stale:?}") };
        assert_eq!(effect.bookings.len(), 2);

        closure::apply(&test.app, change(Kind::Close), effect.seen(), test.now()).await.unwrap();
        let slots = test.slots("nanshan", "2026-05-19").await;
        assert!(slots.iter().all(|slot| slot.state == SlotState::Closed));
        let asking = Asking { session: None, phone: None, locale: Locale::Zh };
        let late = hold::take(&test.app, &SERVICE, slots[0].id, asking, test.now()).await;
        assert!(matches!(&late, Err(error) if error.refusal() == Some(Refusal::SlotClosed)), "{late:?}");
    }
}

#[tokio::test]
async fn a_cut_keeps_every_booking_and_gives_out_no_more() {
    for test in test_apps(without_codes()).await {
        for n in 1..=2 {
            book_first(&test, n).await;
        }
        let preview = closure::preview(&test.app, &change(Kind::Capacity(1)), test.now()).await.unwrap();
        assert_eq!(preview.bookings.len(), 1, "one of the two is over the new capacity");
        closure::apply(&test.app, change(Kind::Capacity(1)), preview.seen(), test.now()).await.unwrap();
        let slots = test.slots("nanshan", "2026-05-19").await;
        assert_eq!((slots[0].capacity, slots[0].remaining), (2, 0));
        assert_eq!((slots[1].capacity, slots[1].remaining), (1, 1));
    }
}

#[tokio::test]
async fn a_closed_day_is_not_published_again() {
    for test in test_apps(without_codes()).await {
        let effect = closure::preview(&test.app, &change(Kind::Close), test.now()).await.unwrap();
        closure::apply(&test.app, change(Kind::Close), effect.seen(), test.now()).await.unwrap();
        publish::publish(&test.app, test.now()).await.unwrap();
        assert!(test.slots("nanshan", "2026-05-19").await.iter().all(|slot| slot.state == SlotState::Closed));
    }
}
