//! A text that waited while something else happened: what is no longer so when it could be sent is not sent, and says why.

use chrono::TimeDelta;
use server::appointments::booking::release::Telling;
use server::appointments::booking::{Booked, find, reschedule};
use server::appointments::hours::PlanChange;
use server::counter::acting::{self, Acting};
use server::counter::{disowned, for_people, hours, releasing, untold};
use server::jobs;
use server::marriage::BOOKABLE;
use server::outbox::{Delivery, sending};
use server::staff::authority::Staff;
use shared::counter::{Act, Ended, Ground, Outcome, Step};
use shared::identity::{IdDocument, IdType, Sex};
use shared::marriage::SERVICE;
use shared::places::PlaceId;
use shared::plain_words::PlainWords;

use super::super::support::people::person;
use super::super::support::{TestApp, test_apps};
use super::hall::*;
use super::releasing::ending;

/// A Friday, of which reminders go out the day before.
const FRIDAY: &str = "2026-05-15";
const MOVED_TO: &str = "2026-05-18";

/// What happens with a booking, and what is told of each but the last two.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Happens {
    Made,
    Moved,
    Reminded,
    Closed,
    Reopened,
    Cancelled,
    Released,
    Unseen,
    Nothing,
}

impl Happens {
    fn text(self) -> &'static str {
        match self {
            Self::Made => "booking_made",
            Self::Moved => "booking_moved",
            Self::Reminded => "booking_reminder",
            Self::Closed => "booking_day_closed",
            Self::Reopened => "booking_day_reopened",
            Self::Cancelled => "booking_cancelled",
            Self::Released | Self::Unseen | Self::Nothing => "booking_released",
        }
    }
}

/// Moved for whoever calls, each time to another, as is possible at each hour.
async fn moved(test: &TestApp, by: &Staff, booked: &Booked) {
    let slots = test.slots("nanshan", MOVED_TO).await;
    let id = visit_of(booked);
    let from = for_people::one(&test.app, by, &id, test.now()).await.unwrap().slot;
    let to = slots.iter().map(|slot| slot.id).find(|slot| *slot != from).unwrap();
    for_people::move_to(&test.app, by, &id, (from, to, &press()), test.now()).await.unwrap();
}

async fn reopened(test: &TestApp, by: &Staff) {
    let (place, date) = (PlaceId::parse("nanshan").unwrap(), FRIDAY.parse().unwrap());
    let (there, change) = ((&place, &SERVICE), PlanChange::Reopen { from: date, to: date });
    let effect = hours::preview(&test.app, by, there, &change, test.now()).await.unwrap();
    let read = hours::planned(&test.app, by, there, test.now()).await.unwrap().plan.seen();
    hours::change(&test.app, by, there, (change, read, effect.seen()), true, test.now()).await.unwrap();
}

/// Ends couple 1's booking as whoever stands here with her card asks.
pub async fn released_by_card(test: &TestApp, by: &Staff, telling: Telling) {
    let card = IdDocument::parse(IdType::ResidentId, &person(1, Sex::Female).id_number).unwrap();
    let found = disowned::find(&test.app, by, (&card, None), test.now()).await.unwrap();
    let why = (PlainWords::parse("本人单独说有危险").unwrap(), telling);
    disowned::release(&test.app, by, &found[0].claim, why, test.now()).await.unwrap();
}

async fn happen(test: &TestApp, (manager, clerk): (&Staff, &Staff), booked: &Booked, what: Happens) {
    match what {
        Happens::Made | Happens::Nothing => {}
        Happens::Moved => moved(test, clerk, booked).await,
        Happens::Reminded => jobs::round(&test.app, test.now()).await.unwrap(),
        Happens::Closed => test.close("nanshan", FRIDAY, ["停电", "Power cut"]).await,
        Happens::Reopened => reopened(test, manager).await,
        Happens::Cancelled => {
            for_people::cancel(&test.app, clerk, &visit_of(booked), &press(), test.now()).await.unwrap();
        }
        Happens::Released => {
            releasing::release(&test.app, &[&BOOKABLE], booked.reference, &ending(), test.now()).await.unwrap();
        }
        Happens::Unseen => released_by_card(test, clerk, Telling::Never).await,
    }
}

/// How far the last text of a kind came, which all phones got alike.
pub async fn delivery(test: &TestApp, kind: &str) -> Delivery {
    let messages = test.messages().await;
    let mut of_kind = messages.iter().filter(|posted| posted.kind == kind).map(|posted| posted.delivery);
    let last = of_kind.next().unwrap_or_else(|| panic!("no {kind} was written"));
    assert_eq!(of_kind.next(), Some(last), "{kind}: the other phone was told something else");
    last
}

#[tokio::test]
async fn what_waits_is_sent_where_it_is_still_so_and_never_once_something_else_has_happened() {
    use Happens::{Cancelled, Closed, Made, Moved, Nothing, Released, Reminded, Reopened, Unseen};
    // What has happened before, the act whose text waits, what happens then, and whether the text is sent.
    let pairs: &[(&[Happens], Happens, bool)] = &[
        (&[Made], Nothing, true),
        (&[Made], Moved, false),
        (&[Made], Reminded, true),
        (&[Made], Closed, false),
        (&[Made], Cancelled, false),
        (&[Made], Released, false),
        (&[Made], Unseen, false),
        (&[Made, Moved], Nothing, true),
        (&[Made, Moved], Moved, false),
        (&[Made, Moved], Closed, true),
        (&[Made, Moved], Cancelled, false),
        (&[Made, Moved], Released, false),
        (&[Made, Moved], Unseen, false),
        (&[Made, Reminded], Nothing, true),
        (&[Made, Reminded], Moved, false),
        (&[Made, Reminded], Closed, false),
        (&[Made, Reminded], Cancelled, false),
        (&[Made, Reminded], Released, false),
        (&[Made, Reminded], Unseen, false),
        (&[Made, Closed], Nothing, true),
        (&[Made, Closed], Reopened, false),
        (&[Made, Closed], Moved, false),
        (&[Made, Closed], Cancelled, false),
        (&[Made, Closed], Released, false),
        (&[Made, Closed, Reopened], Nothing, true),
        (&[Made, Closed, Reopened], Closed, false),
        (&[Made, Closed, Reopened], Moved, false),
        (&[Made, Closed, Reopened], Cancelled, false),
        (&[Made, Closed, Reopened], Released, false),
        (&[Made, Cancelled], Nothing, true),
        (&[Made, Released], Nothing, true),
    ];
    for (before, then, is_sent) in pairs {
        for test in test_apps(setup()).await {
            let booked = booked_on(&test, 1, ("nanshan", FRIDAY), 20).await;
            // The day before, at an hour of reminders: what is ended unseen then reads as called off.
            if before.contains(&Reminded) || [Reminded, Unseen].contains(then) {
                test.set_clock(&format!("{DAY}T10:30:00+08:00"));
            }
            let staff = (manager(&test, 1).await, clerk(&test, 2).await);
            for what in *before {
                happen(&test, (&staff.0, &staff.1), &booked, *what).await;
            }
            happen(&test, (&staff.0, &staff.1), &booked, *then).await;
            sending::send_due(&test.app).await.unwrap();
            let text = before.last().unwrap().text();
            let expected = if *is_sent { Delivery::Sent } else { Delivery::Overtaken };
            let messages = test.messages().await;
            let of_text: Vec<_> = messages.iter().filter(|posted| posted.kind == text).collect();
            // Where it happens twice, the newest two are of the second time.
            let waited = if before.last() == Some(then) { &of_text[2..] } else { &of_text[..] };
            assert_eq!(waited.len(), 2, "{before:?}, then {then:?}");
            for posted in waited {
                assert_eq!(posted.delivery, expected, "{before:?}, then {then:?}");
            }
            // Whoever was moved to another day hears nothing of this one.
            let is_elsewhere = *then == Closed && before.contains(&Moved);
            if *then != Nothing && *then != Unseen && !is_elsewhere {
                assert_eq!(delivery(&test, then.text()).await, Delivery::Sent, "{before:?}, then {then:?}");
            }
            // What nobody has to hear any more is nobody's task.
            let tasks = untold::list(&test.app, &staff.1, &nanshan(), test.now()).await.unwrap();
            assert!(tasks.is_empty(), "{tasks:?}");
            holds(&test).await;
        }
    }
}

#[tokio::test]
async fn a_text_about_a_visit_is_not_sent_once_its_end_was_put_right_and_waits_while_that_can_be_undone() {
    for test in test_apps(setup()).await {
        let booked = booked(&test, 1, 0).await;
        clock(&test, "09:05:00");
        let (clerk, manager) = (clerk(&test, 1).await, manager(&test, 2).await);
        let id = serving(&test, &clerk, &booked).await;
        sending::send_due(&test.app).await.unwrap();
        let refused = |ground| Outcome::Refused { ground: Ground::named(ground) };
        act(&test, &clerk, &id, Act::Finish(refused("under_age"))).await.unwrap();
        test.wait(TimeDelta::seconds(60));
        let correct = async |to| {
            let version = row(&test, &id).await.version;
            let step = Step::Act(Act::Correct { to });
            let acting = Acting { version, press: press(), step, reason: Some(reason()) };
            acting::correct(&test.app, &manager, &id, (acting, false), test.now()).await.unwrap();
        };
        correct(Ended::Finished(Outcome::Registered)).await;
        sending::send_due(&test.app).await.unwrap();
        assert_eq!(delivery(&test, "visit_refused").await, Delivery::Waiting, "it may be undone");
        undo(&test, &manager, &id).await.unwrap();
        test.wait(TimeDelta::seconds(60));
        sending::send_due(&test.app).await.unwrap();
        assert_eq!(delivery(&test, "visit_refused").await, Delivery::Sent);
        holds(&test).await;
    }
    for (to, expected) in [
        (Ended::Finished(Outcome::Registered), Delivery::Overtaken),
        (Ended::Left, Delivery::Overtaken),
        (Ended::Finished(Outcome::Refused { ground: Ground::named("close_kin") }), Delivery::Sent),
    ] {
        for test in test_apps(setup()).await {
            let booked = booked(&test, 1, 0).await;
            clock(&test, "09:05:00");
            let (clerk, manager) = (clerk(&test, 1).await, manager(&test, 2).await);
            let id = serving(&test, &clerk, &booked).await;
            let refused = Outcome::Refused { ground: Ground::named("under_age") };
            act(&test, &clerk, &id, Act::Finish(refused)).await.unwrap();
            test.wait(TimeDelta::seconds(60));
            let version = row(&test, &id).await.version;
            let step = Step::Act(Act::Correct { to: to.clone() });
            let acting = Acting { version, press: press(), step, reason: Some(reason()) };
            acting::correct(&test.app, &manager, &id, (acting, false), test.now()).await.unwrap();
            test.wait(TimeDelta::seconds(60));
            sending::send_due(&test.app).await.unwrap();
            assert_eq!(delivery(&test, "visit_refused").await, expected, "{to:?}");
            holds(&test).await;
        }
    }
}

#[tokio::test]
async fn a_release_that_is_told_later_names_the_time_that_the_booking_was_moved_to() {
    for test in test_apps(setup()).await {
        let booked = booked(&test, 1, 8).await;
        clock(&test, "08:30:00");
        let clerk = clerk(&test, 1).await;
        released_by_card(&test, &clerk, Telling::After(TimeDelta::hours(5))).await;
        test.close("nanshan", DAY, ["停电", "Power cut"]).await;
        let theirs = find::by_token(&test.app, booked.reference, &booked.manage_token).await.unwrap();
        let slot = test.free_slot("nanshan", MOVED_TO).await.id;
        let held = reschedule::hold(&test.app, &BOOKABLE, &theirs, slot, test.now()).await.unwrap();
        let to = (&held.id, held.token.reveal());
        reschedule::reschedule(&test.app, &BOOKABLE, &theirs, to, test.now()).await.unwrap();
        test.wait(TimeDelta::hours(5));
        sending::send_due(&test.app).await.unwrap();
        assert_eq!(delivery(&test, "booking_released").await, Delivery::Sent);
        let told = test.text_to(&person(1, Sex::Male).phone, "booking_released").await;
        assert!(told.contains("5月18日") && !told.contains("5月14日"), "{told}");
        assert_eq!(test.messages_to(&person(1, Sex::Male).phone, "booking_released").await.len(), 1);
        holds(&test).await;
    }
}

#[tokio::test]
async fn nobody_is_reminded_of_a_time_that_has_begun_or_at_which_they_are_in_the_hall() {
    for comes in [true, false] {
        for test in test_apps(setup()).await {
            let booked = booked_on(&test, 1, ("nanshan", FRIDAY), 8).await;
            test.set_clock(&format!("{DAY}T10:30:00+08:00"));
            jobs::round(&test.app, test.now()).await.unwrap();
            test.set_clock(&format!("{FRIDAY}T{}+08:00", if comes { "08:50:00" } else { "12:00:00" }));
            if comes {
                arrived_on_friday(&test, &booked).await;
            }
            sending::send_due(&test.app).await.unwrap();
            assert_eq!(delivery(&test, "booking_reminder").await, Delivery::Overtaken, "{comes}");
        }
    }
}

#[tokio::test]
async fn of_what_stands_for_those_who_hold_it_each_text_goes_out_as_if_the_office_had_not_ended_it() {
    for text in ["booking_made", "booking_reminder"] {
        for test in test_apps(setup()).await {
            booked_on(&test, 1, ("nanshan", FRIDAY), 8).await;
            if text == "booking_reminder" {
                test.set_clock(&format!("{DAY}T10:30:00+08:00"));
                jobs::round(&test.app, test.now()).await.unwrap();
            }
            test.set_clock(&format!("{FRIDAY}T07:00:00+08:00"));
            released_by_card(&test, &clerk(&test, 1).await, Telling::Never).await;
            sending::send_due(&test.app).await.unwrap();
            assert_eq!(delivery(&test, text).await, Delivery::Sent);
        }
    }
}

async fn arrived_on_friday(test: &TestApp, booked: &Booked) {
    let clerk = clerk(test, 1).await;
    arrive(test, &clerk, booked.reference).await.unwrap();
}
