//! Sent on to another place, within the office and to another.

use chrono::TimeDelta;
use server::appointments::booking::find;
use server::counter::beside::{self, Stand, Today};
use server::database::sql::{sql, text};
use shared::appointments::Service;
use shared::counter::{Act, Elsewhere, Refusal, StateName, VisitId, VisitState};
use shared::marriage::SERVICE;
use shared::places::PlaceId;

use super::super::support::{TestApp, test_apps};
use super::acts::province;
use super::hall::*;

/// Gives the office a second place below its own, with the same times.
pub async fn with_a_second_hall(test: &TestApp) {
    test.app.database().write_with((), second_hall).await.unwrap();
    test.app.appointments().forget();
}

async fn second_hall(connection: &mut sqlx::AnyConnection, (): &()) -> Result<(), server::Error> {
    for statement in [
        "insert into place (id, kind, parent, position, name_zh, name_en, address_zh, address_en, division, phone, demo, \
         source, checked) select 'nanshan-two', kind, 'nanshan', 9, name_zh, name_en, address_zh, address_en, division, \
         phone, demo, source, checked from place where id = 'nanshan'",
        "insert into service_point (place_id, service, phone_codes, demo) \
         select 'nanshan-two', service, phone_codes, demo from service_point where place_id = 'nanshan'",
        "insert into slot (place_id, service, date, starts_at, ends_at, capacity) \
         select 'nanshan-two', service, date, starts_at, ends_at, 1 from slot where place_id = 'nanshan'",
    ] {
        sql(statement, []).execute(&mut *connection).await?;
    }
    Ok(())
}

#[tokio::test]
async fn who_is_sent_on_within_the_office_goes_on_there_from_when_they_came_and_undoing_takes_it_back() {
    for test in test_apps(setup()).await {
        with_a_second_hall(&test).await;
        let booked = booked(&test, 1, 0).await;
        clock(&test, "08:50:00");
        let (clerk, windows) = (clerk(&test, 1).await, windows(&test).await);
        let id = arrived(&test, &clerk, &booked).await;
        let arrived_at = test.now();
        act(&test, &clerk, &id, Act::GivePriority).await.unwrap();
        called(&test, &clerk, windows[0]).await;
        test.wait(TimeDelta::minutes(9));
        let there = Elsewhere { place: PlaceId::parse("nanshan-two").unwrap(), service: SERVICE };
        act(&test, &clerk, &id, Act::Redirect(there.clone())).await.unwrap();
        let new = sheet(&test).await.visits.into_iter().find(|row| row.walk_in).unwrap();
        assert_eq!((&new.state, new.ticket), (&VisitState::Arrived { arrived_at, waits_for: None }, Some(2)));
        assert!(new.place == there.place && new.priority, "they are served first there too");
        holds(&test).await;
        let holder = find::by_token(&test.app, booked.reference, &booked.manage_token).await.unwrap();
        let today = async || match beside::today(&test.app, &holder).await.unwrap() {
            Today::Here(here) => (here.stand, here.ticket, here.sent_to.map(|sent| sent.place.id)),
            other => panic!("{other:?}"),
        };
        let sent_to = Some(there.place.clone());
        assert_eq!(today().await, (Stand::Waiting { counter: None }, Some(2), sent_to.clone()));

        undo(&test, &clerk, &id).await.unwrap();
        assert!(matches!(today().await, (Stand::Called(_), Some(1), None)), "they are not sent on any more");
        assert_eq!(row(&test, &id).await.state.counter(), Some(windows[0]));
        assert_eq!(row(&test, &new.id).await.state, VisitState::Left);
        holds(&test).await;

        act(&test, &clerk, &id, Act::Redirect(there.clone())).await.unwrap();
        let again = called(&test, &clerk, windows[0]).await;
        assert_ne!(again, new.id);
        let (stand, ticket, place) = today().await;
        assert!(matches!(stand, Stand::Called(_)) && (ticket, place) == (Some(3), sent_to), "where they go on");
        assert_eq!(refused(undo(&test, &clerk, &id).await), busy(&test, &again).await);
        act(&test, &clerk, &again, Act::Serve).await.unwrap();
        act(&test, &clerk, &again, Act::Park).await.unwrap();
        let gone_on = undo(&test, &clerk, &id).await;
        assert_eq!(refused(gone_on), Refusal::Changed { state: StateName::Parked });
        holds(&test).await;
    }
}

#[tokio::test]
async fn who_is_sent_on_to_another_office_takes_a_ticket_there_and_to_no_place_nobody_is() {
    for test in test_apps(setup()).await {
        let [first, second] = [booked(&test, 1, 0).await, booked(&test, 2, 0).await];
        clock(&test, "08:50:00");
        let clerk = clerk(&test, 1).await;
        let id = arrived(&test, &clerk, &first).await;
        arrived(&test, &clerk, &second).await;
        act(&test, &clerk, &id, Act::Redirect(province())).await.unwrap();
        assert_eq!(sheet(&test).await.visits.len(), 2, "nothing new here");
        // A place that is none, a service that is none, a service that is done elsewhere, and a place where none is.
        for (place, service) in [
            ("nowhere", "marriage_registration"),
            ("demo-bay", "nonsense"),
            ("nanshan", "certificate_ceremony"),
            ("es-440305001", "marriage_registration"),
        ] {
            let there = Elsewhere { place: PlaceId::parse(place).unwrap(), service: Service::parse(service).unwrap() };
            let outcome = act(&test, &clerk, &visit_of(&second), Act::Redirect(there)).await;
            assert_eq!(refused(outcome), Refusal::NotOffered, "{place} {service}");
        }
        assert!(row(&test, &visit_of(&second)).await.state.kind() == StateName::Arrived);
        holds(&test).await;
    }
}

#[tokio::test]
async fn who_booked_and_was_sent_on_in_vain_is_brought_back_with_their_time_and_number() {
    for test in test_apps(setup()).await {
        with_a_second_hall(&test).await;
        let booked = booked(&test, 1, 0).await;
        clock(&test, "08:50:00");
        let (clerk, windows) = (clerk(&test, 1).await, windows(&test).await);
        let id = arrived(&test, &clerk, &booked).await;
        let before = row(&test, &id).await;
        let there = Elsewhere { place: PlaceId::parse("nanshan-two").unwrap(), service: SERVICE };
        act(&test, &clerk, &id, Act::Redirect(there.clone())).await.unwrap();
        let sent_on = sheet(&test).await.visits.into_iter().find(|row| row.walk_in).unwrap().id;
        // Whoever waits there waits nowhere else.
        let over = Refusal::Over { state: StateName::Redirected };
        assert_eq!(refused(arrive(&test, &clerk, booked.reference).await), over);
        assert_eq!(refused(act(&test, &clerk, &id, Act::Arrive).await), over);

        act(&test, &clerk, &sent_on, Act::Left).await.unwrap();
        clock(&test, "09:40:00");
        let back = arrive(&test, &clerk, booked.reference).await.unwrap();
        assert_eq!((&back.row.state, back.row.ticket), (&before.state, before.ticket));
        holds(&test).await;
        assert_eq!(called(&test, &clerk, windows[0]).await, id, "in their old place");

        // Sent on once more, and out of the line at once: the slip is undone as long as they are not back.
        act(&test, &clerk, &id, Act::Redirect(there.clone())).await.unwrap();
        let again = sheet(&test).await.visits.into_iter().find(|row| row.walk_in && row.id != sent_on).unwrap().id;
        act(&test, &clerk, &again, Act::Left).await.unwrap();
        undo(&test, &clerk, &again).await.unwrap();
        act(&test, &clerk, &again, Act::Left).await.unwrap();
        arrive(&test, &clerk, booked.reference).await.unwrap();
        assert_eq!(refused(undo(&test, &clerk, &again).await), Refusal::Over { state: StateName::Left });
        holds(&test).await;

        // Sent on from there to where nobody waits any more, they come back; sent on once more by a slip, that is undone like
        // the first time, and until then nobody waits where they were before.
        called(&test, &clerk, windows[0]).await;
        act(&test, &clerk, &id, Act::Redirect(there.clone())).await.unwrap();
        let third = waiting_from(&test, &id).await;
        let here = Elsewhere { place: PlaceId::parse("nanshan").unwrap(), service: SERVICE };
        act(&test, &clerk, &third, Act::Redirect(here)).await.unwrap();
        let fourth = waiting_from(&test, &third).await;
        act(&test, &clerk, &fourth, Act::Left).await.unwrap();
        arrive(&test, &clerk, booked.reference).await.unwrap();
        called(&test, &clerk, windows[0]).await;
        act(&test, &clerk, &id, Act::Redirect(there)).await.unwrap();
        let fifth = waiting_from(&test, &id).await;
        assert_eq!(refused(undo(&test, &clerk, &fourth).await), Refusal::Over { state: StateName::Left });
        undo(&test, &clerk, &id).await.unwrap();
        assert_eq!(row(&test, &fifth).await.state.kind(), StateName::Left);
        assert_eq!(row(&test, &id).await.state.kind(), StateName::Called);
        holds(&test).await;
    }
}

/// The visit that waits where these people were sent on to.
async fn waiting_from(test: &TestApp, from: &VisitId) -> VisitId {
    let statement = "select id from visit where sent_from = $1 and state = 'arrived'";
    let row = sql(statement, [from.as_str().into()]).fetch_one(&mut test.connection().await).await.unwrap();
    VisitId::parse(&text(&row, "id").unwrap()).unwrap()
}
