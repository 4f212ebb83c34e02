//! Tickets: numbers of an office and a day, and places that are the same as those of bookings.

use chrono::TimeDelta;
use futures_util::future::join_all;
use server::appointments::hold;
use server::counter::{By, Kiosk, given_back, screens, waiting, walk_in};
use server::database::{DatabaseError, Rule, sql::sql};
use server::marriage::BOOKABLE;
use shared::appointments::{Refusal as NotBooked, Service, SlotId};
use shared::calendar::shanghai_date;
use shared::counter::{Act, Refusal, StateName};
use shared::marriage::SERVICE;
use shared::problem::Problem;

use super::super::support::{TestApp, anyone, test_apps};
use super::hall::*;

#[tokio::test]
async fn numbers_begin_anew_with_the_shanghai_day_and_not_with_another() {
    for test in test_apps(setup()).await {
        let [first, second] = [booked(&test, 1, 25).await, booked(&test, 2, 25).await];
        let tomorrow = booked_on(&test, 3, ("nanshan", "2026-05-15"), 0).await;
        let clerk = clerk(&test, 1).await;
        let number = async |booked: &server::appointments::booking::Booked| {
            arrive(&test, &clerk, booked.reference).await.unwrap().row.ticket
        };
        // Noon in Greenwich, and a second before midnight in Shanghai.
        test.set_clock("2026-05-14T12:00:00Z");
        assert_eq!(number(&first).await, Some(1));
        test.set_clock("2026-05-14T15:59:59Z");
        assert_eq!(number(&second).await, Some(2));
        test.set_clock("2026-05-14T16:00:00Z");
        assert_eq!(number(&tomorrow).await, Some(1));
        assert_eq!(row(&test, &visit_of(&second)).await.ticket, Some(2), "a ticket stays what it was");
        holds(&test).await;
    }
}

#[tokio::test]
async fn the_database_knows_that_a_number_is_given_out_once_on_a_day() {
    for test in test_apps(setup()).await {
        let [first, second] = [booked(&test, 1, 0).await, booked(&test, 2, 0).await];
        clock(&test, "08:50:00");
        let clerk = clerk(&test, 1).await;
        arrived(&test, &clerk, &first).await;
        arrived(&test, &clerk, &second).await;
        let refused = test.app.database().write_with((), one_number).await.unwrap_err();
        assert!(matches!(refused, DatabaseError::Refused(Rule::VisitTicket)), "{refused:?}");
    }
}

async fn one_number(connection: &mut sqlx::AnyConnection, (): &()) -> Result<(), DatabaseError> {
    sql("update visit set ticket = 1", []).execute(connection).await?;
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn twenty_kiosks_at_once_give_twenty_numbers_and_a_press_that_comes_twice_one() {
    for test in test_apps(setup()).await {
        clock(&test, "08:50:00");
        let take = |n: usize| {
            let app = test.app.clone();
            let now = test.now();
            tokio::spawn(async move {
                let kiosk = By::Kiosk(Kiosk { id: format!("kiosk{n}"), office: nanshan() });
                let (pressed, office, service) = (press(), nanshan(), SERVICE);
                let take = || walk_in::take(&app, &kiosk, &office, &service, &pressed, now);
                let (one, two) = tokio::join!(take(), take());
                let one = one.unwrap();
                assert_eq!(one, two.unwrap());
                one.number
            })
        };
        let taken = join_all((0..20).map(take)).await;
        let mut numbers: Vec<_> = taken.into_iter().map(Result::unwrap).collect();
        numbers.sort_unstable();
        assert_eq!(numbers, (1..=20).collect::<Vec<_>>());
        holds(&test).await;
    }
}

#[tokio::test]
async fn a_ticket_takes_a_place_of_the_day_until_there_is_none_and_gives_it_back_with_whoever_leaves() {
    for test in test_apps(setup()).await {
        clock(&test, "17:20:00");
        let clerk = clerk(&test, 1).await;
        let mut taken = Vec::new();
        for before in 0..3 {
            let ticket = ticket(&test, &clerk).await.unwrap();
            assert_eq!((ticket.number, ticket.before), (before + 1, before));
            taken.push(ticket.visit);
        }
        let version = sheet(&test).await.version;
        assert_eq!(refused(ticket(&test, &clerk).await), Refusal::NoPlaceLeft);
        assert_eq!(sheet(&test).await.version, version, "no number was used up");
        act(&test, &clerk, &taken[0], Act::Left).await.unwrap();
        holds(&test).await;
        let fourth = ticket(&test, &clerk).await.unwrap();
        assert_eq!(fourth.number, 4);
        undo(&test, &clerk, &taken[0]).await.unwrap();
        assert_eq!(
            row(&test, &taken[0]).await.state.kind(),
            StateName::Arrived,
            "a slip is undone, whoever came since"
        );
        holds(&test).await;
        act(&test, &clerk, &fourth.visit, Act::Left).await.unwrap();
        assert_eq!(refused(ticket(&test, &clerk).await), Refusal::NoPlaceLeft, "and no place more is given out for it");
        holds(&test).await;
        clock(&test, "17:30:00");
        assert_eq!(refused(ticket(&test, &clerk).await), Refusal::NoTimeLeft, "the day is over");
    }
}

#[tokio::test]
async fn there_are_tickets_for_what_the_office_offers_only() {
    for test in test_apps(setup()).await {
        clock(&test, "08:50:00");
        let by = By::Staff(clerk(&test, 1).await);
        for service in ["certificate_ceremony", "anything"] {
            let service = Service::parse(service).unwrap();
            let outcome = walk_in::take(&test.app, &by, &nanshan(), &service, &press(), test.now()).await;
            assert!(matches!(outcome, Err(server::Error::Problem(Problem::NotFound))), "{outcome:?}");
        }
    }
}

/// One place is left, for whoever is faster: somebody online, or somebody in the hall.
#[tokio::test(flavor = "multi_thread")]
async fn the_last_place_goes_to_a_ticket_or_to_a_hold_and_never_to_both() {
    for test in test_apps(setup()).await {
        let slots = test.slots("nanshan", DAY).await;
        test.app.database().write_with((), bookable_today).await.unwrap();
        test.app.appointments().forget();
        clock(&test, "08:50:00");
        let (mut tickets, mut online) = (0, 0);
        for (n, slot) in slots.iter().enumerate() {
            // Each gives out few at a time.
            let by = By::Kiosk(Kiosk { id: format!("door{n}"), office: nanshan() });
            test.app.database().write_with(slot.id, one_place_in).await.unwrap();
            let (pressed, office, service) = (press(), nanshan(), SERVICE);
            let (ticket, held) = tokio::join!(
                walk_in::take(&test.app, &by, &office, &service, &pressed, test.now()),
                hold::take(&test.app, &BOOKABLE, slot.id, anyone(), test.now()),
            );
            match (&ticket, &held) {
                (Ok(_), Err(error)) => assert_eq!(error.refusal(), Some(NotBooked::SlotFull)),
                (Err(error), Ok(_)) => assert_eq!(error.refusal(), Some(Refusal::NoPlaceLeft)),
                both => panic!("{both:?}"),
            }
            tickets += usize::from(ticket.is_ok());
            online += usize::from(held.is_ok());
            assert_eq!(wrong_slots(&test).await, 0);
        }
        assert_eq!(tickets + online, slots.len());
        holds(&test).await;
    }
}

async fn wrong_slots(test: &TestApp) -> i64 {
    let statement = "select count(*) from slot s where s.taken > s.capacity or s.taken <> \
         (select count(*) from appointment a where a.slot_id = s.id and a.occupies = 1) \
         + (select count(*) from visit v where v.slot_id = s.id and v.occupies = 1)";
    number(&test.app, statement).await
}

async fn bookable_today(connection: &mut sqlx::AnyConnection, (): &()) -> Result<(), server::Error> {
    let statement = "update booking_rule set rule = replace(rule, '\"lead_days\":1', '\"lead_days\":0')";
    sql(statement, []).execute(connection).await?;
    Ok(())
}

async fn one_place_in(connection: &mut sqlx::AnyConnection, slot: &SlotId) -> Result<(), server::Error> {
    let statement = "update slot set capacity = case when id = $1 then taken + 1 else taken end where date = $2";
    sql(statement, [slot.0.into(), DAY.into()]).execute(connection).await?;
    Ok(())
}

#[tokio::test]
async fn a_place_that_ran_out_in_somebodys_hands_is_free_for_a_ticket() {
    for test in test_apps(setup()).await {
        let slots = test.slots("nanshan", DAY).await;
        test.app.database().write_with((), bookable_today).await.unwrap();
        test.app.appointments().forget();
        clock(&test, "08:30:00");
        let last = slots.last().unwrap().id;
        test.app.database().write_with(last, one_place_in).await.unwrap();
        hold::take(&test.app, &BOOKABLE, last, anyone(), test.now()).await.unwrap();
        let clerk = clerk(&test, 1).await;
        assert_eq!(refused(ticket(&test, &clerk).await), Refusal::NoPlaceLeft);
        test.wait(TimeDelta::hours(2));
        assert_eq!(ticket(&test, &clerk).await.unwrap().number, 1);
        holds(&test).await;
    }
}

#[tokio::test]
async fn a_kiosk_gives_out_six_tickets_at_once_and_then_one_each_twenty_seconds() {
    for test in test_apps(setup()).await {
        clock(&test, "08:50:00");
        let take = async |kiosk: &str| {
            let by = By::Kiosk(Kiosk { id: kiosk.to_owned(), office: nanshan() });
            walk_in::take(&test.app, &by, &nanshan(), &SERVICE, &press(), test.now()).await
        };
        for _ in 0..6 {
            take("door").await.unwrap();
        }
        let version = sheet(&test).await.version;
        let too_many = refused(take("door").await);
        assert_eq!(too_many, Refusal::TooManyTickets { retry_after: 20 });
        assert_eq!(sheet(&test).await.version, version, "no number and no place was used up");
        take("stairs").await.unwrap();
        ticket(&test, &clerk(&test, 1).await).await.unwrap();
        test.wait(TimeDelta::seconds(20));
        take("door").await.unwrap();
        assert!(matches!(refused(take("door").await), Refusal::TooManyTickets { .. }));
        let of_door = "select count(*) from kiosk_ticket where screen_id = 'door'";
        assert_eq!(number(&test.app, of_door).await, 7);
        test.wait(TimeDelta::minutes(61));
        server::jobs::round(&test.app, test.now()).await.unwrap();
        assert_eq!(number(&test.app, of_door).await, 0, "which kiosk it was is forgotten");
        holds(&test).await;
    }
}

#[tokio::test]
async fn a_clerk_takes_forty_tickets_at_once_and_then_one_a_minute_and_a_colleague_goes_on() {
    for test in test_apps(setup()).await {
        clock(&test, "08:50:00");
        let (one, other) = (clerk(&test, 1).await, clerk(&test, 2).await);
        let once = press();
        let again = async || {
            walk_in::take(&test.app, &By::Staff(one.clone()), &nanshan(), &SERVICE, &once, test.now()).await.unwrap()
        };
        again().await;
        for _ in 1..40 {
            ticket(&test, &one).await.unwrap();
        }
        let version = sheet(&test).await.version;
        assert_eq!(refused(ticket(&test, &one).await), Refusal::TooManyTicketsTaken { retry_after: 60 });
        assert_eq!(again().await.number, 1, "a press of before is answered as it was");
        assert_eq!(sheet(&test).await.version, version, "no number and no place was used up");
        ticket(&test, &other).await.unwrap();
        test.wait(TimeDelta::minutes(1));
        ticket(&test, &one).await.unwrap();
        assert!(matches!(refused(ticket(&test, &one).await), Refusal::TooManyTicketsTaken { .. }));
        holds(&test).await;
    }
}

#[tokio::test]
async fn a_kiosk_takes_back_a_ticket_of_its_own_within_a_minute_and_its_place_is_free_again() {
    for test in test_apps(setup()).await {
        clock(&test, "17:20:00");
        let (door, stairs) =
            (Kiosk { id: "door".to_owned(), office: nanshan() }, Kiosk { id: "stairs".to_owned(), office: nanshan() });
        let take = async || {
            let by = By::Kiosk(door.clone());
            walk_in::take(&test.app, &by, &nanshan(), &SERVICE, &press(), test.now()).await.unwrap().visit
        };
        let give_back = async |kiosk: &Kiosk, visit| given_back::give_back(&test.app, kiosk, visit, test.now()).await;
        let slip = take().await;
        assert!(matches!(give_back(&stairs, &slip).await, Err(server::Error::Problem(Problem::NotFound))));
        give_back(&door, &slip).await.unwrap();
        give_back(&door, &slip).await.unwrap();
        let day = sheet(&test).await;
        assert!(day.visits.is_empty(), "nobody of the day stands behind it");
        assert_eq!((&day.given_back[0].id, day.given_back[0].state.kind()), (&slip, StateName::Left));
        assert_eq!(wrong_slots(&test).await, 0);
        for _ in 0..3 {
            take().await;
        }
        let clerk = clerk(&test, 1).await;
        let today = (&nanshan(), shanghai_date(test.now()));
        let last = waiting::line(&test.app, today, None, test.now()).await.unwrap().0.pop().unwrap().visit;
        assert_eq!(waiting::before(&test.app, &nanshan(), &last, test.now()).await.unwrap(), Some(2));
        assert_eq!(
            refused(ticket(&test, &clerk).await),
            Refusal::NoPlaceLeft,
            "the place of the slip was given out again"
        );
        test.wait(TimeDelta::seconds(60));
        assert_eq!(refused(give_back(&door, &last).await), Refusal::NothingToUndo);
        holds(&test).await;
    }
}

#[tokio::test]
async fn a_manager_sees_how_many_tickets_each_kiosk_gave_out_within_the_hour() {
    for test in test_apps(setup()).await {
        let manager = manager(&test, 1).await;
        let name = shared::counter::screen::ScreenName::parse("门口").unwrap();
        let what = (&nanshan(), shared::counter::screen::ScreenKind::Kiosk, &name);
        screens::make(&test.app, &manager, what, test.now()).await.unwrap();
        let screen = screens::list(&test.app, &manager, &nanshan()).await.unwrap().remove(0);
        clock(&test, "08:50:00");
        for _ in 0..3 {
            let by = By::Kiosk(screen.kiosk().unwrap());
            walk_in::take(&test.app, &by, &nanshan(), &SERVICE, &press(), test.now()).await.unwrap();
        }
        let counted = async || screens::tickets(&test.app, &manager, &nanshan(), test.now()).await.unwrap();
        assert_eq!(counted().await.get(&screen.id), Some(&3));
        test.wait(TimeDelta::hours(1));
        assert!(counted().await.is_empty());
        let clerk = clerk(&test, 2).await;
        assert!(is_not_allowed(&screens::tickets(&test.app, &clerk, &nanshan(), test.now()).await));
    }
}
