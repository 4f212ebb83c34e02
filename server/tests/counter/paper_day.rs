//! A random day, acted live and entered from paper: both become the same.

use chrono::{DateTime, TimeDelta, Utc};
use server::counter::acting::{self, Acting};
use server::counter::{By, walk_in};
use server::staff::authority::Staff;
use shared::counter::paper::{Ending, Written};
use shared::counter::{Act, CounterId, Ground, Outcome, Step, Visit, VisitId};
use shared::marriage::SERVICE;

use super::super::support::{TestApp, test_apps};
use super::hall::*;
use super::paper::{at, done, enter, of, walked_in};

/// Numbers that look like chance and are the same each time.
struct Dice(u64);

impl Dice {
    fn below(&mut self, sides: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % sides
    }

    fn minutes(&mut self, most: u64) -> TimeDelta {
        TimeDelta::minutes(i64::try_from(self.below(most)).unwrap())
    }
}

/// A line for a booking, or for a walk-in, and what is written on it.
#[derive(Clone)]
struct Told {
    couple: Option<usize>,
    written: Written,
}

/// A day at one counter: whoever is called is called after the one before is done.
fn day_of(dice: &mut Dice, starts: &[DateTime<Utc>], counter: CounterId) -> Vec<Told> {
    let mut free = *starts.last().unwrap();
    let mut day = Vec::new();
    for n in 0..starts.len() + 2 {
        let couple = (n < starts.len()).then_some(n + 1);
        let arrived = starts[0] - TimeDelta::minutes(20) + dice.minutes(60);
        let called = free.max(arrived) + dice.minutes(9);
        let ended = called + dice.minutes(15);
        let (ending, is_called) = match dice.below(if couple.is_some() { 6 } else { 4 }) {
            0 => (Ending::Waiting, false),
            1 => (Ending::Left, dice.below(2) == 0),
            2 => (done(), true),
            3 => (Ending::Finished(Outcome::Refused { ground: Ground::named("under_age") }), true),
            4 => (Ending::NoShow, true),
            _ => (Ending::NoShow, false),
        };
        let comes = ending != Ending::NoShow || is_called;
        if is_called {
            free = ended;
        }
        let ended = (ending != Ending::Waiting).then_some(if is_called { ended } else { ended.max(free) });
        let counter = is_called.then_some(counter);
        let written =
            Written { ending, arrived: comes.then_some(arrived), called: is_called.then_some(called), counter, ended };
        day.push(Told { couple, written });
    }
    day
}

/// Acts the day live, each act when it happened, and gives the tickets.
async fn live(test: &TestApp, by: &Staff, day: &[Told], visits: &[VisitId]) -> Vec<VisitId> {
    let mut ids: Vec<Option<VisitId>> = day.iter().map(|told| told.couple.map(|n| visits[n - 1].clone())).collect();
    let mut steps: Vec<(DateTime<Utc>, usize, usize, Option<Act>)> = Vec::new();
    for (n, told) in day.iter().enumerate() {
        let began = if told.couple.is_some() {
            Visit::booked(row(test, ids[n].as_ref().unwrap()).await.starts_at, test.now())
        } else {
            let arrived = told.written.arrived.unwrap();
            steps.push((arrived, n, 0, None));
            Visit::walked_in(arrived, arrived)
        };
        let acts = told.written.acts(&began, at("18:00")).unwrap();
        steps.extend(acts.into_iter().enumerate().map(|(k, (act, at))| (at, n, k + 1, Some(act))));
    }
    steps.sort_by_key(|(at, n, k, _)| (*at, *n, *k));
    for (at, n, _, act) in steps {
        test.set_clock(&at.to_rfc3339());
        let Some(act) = act else {
            let taken =
                walk_in::take(&test.app, &By::Staff(by.clone()), &nanshan(), &SERVICE, &press(), at).await.unwrap();
            ids[n] = Some(taken.visit);
            continue;
        };
        let id = ids[n].clone().unwrap();
        let version = row(test, &id).await.version;
        let acting = Acting { version, press: press(), step: Step::Act(act), reason: Some(reason()) };
        acting::act(&test.app, by, &id, acting, at).await.unwrap();
    }
    ids.into_iter().map(Option::unwrap).collect()
}

#[tokio::test]
async fn a_day_entered_from_paper_is_the_day_that_was_acted_live() {
    for seed in 1..=4_u64 {
        let (acted, entered) = (test_apps(setup()).await, test_apps(setup()).await);
        for (acted, entered) in acted.iter().zip(&entered) {
            let mut visits = Vec::new();
            for test in [acted, entered] {
                let mut of_test = Vec::new();
                for n in 1..=5 {
                    of_test.push(visit_of(&booked(test, n, n - 1).await));
                }
                visits.push(of_test);
            }
            let (by, clerk) = (manager(acted, 1).await, manager(entered, 1).await);
            let counter = windows(acted).await[0];
            let mut starts = Vec::new();
            for visit in &visits[0] {
                starts.push(row(acted, visit).await.starts_at);
            }
            let day = day_of(&mut Dice(seed), &starts, counter);
            let ids = live(acted, &by, &day, &visits[0]).await;
            clock(entered, "18:00:00");
            for (n, told) in day.iter().enumerate() {
                let live = row(acted, &ids[n]).await;
                let line = match told.couple {
                    Some(couple) => {
                        let mut line = of(&row(entered, &visits[1][couple - 1]).await, told.written.clone());
                        line.ticket = live.ticket;
                        line
                    }
                    None => walked_in(live.ticket.unwrap(), told.written.clone()),
                };
                let paper = enter(entered, &clerk, &line)
                    .await
                    .unwrap_or_else(|error| panic!("{seed} {n}: {error:?} {line:?}"));
                assert_eq!(
                    (paper.state, paper.version, paper.since, paper.ticket),
                    (live.state, live.version, live.since, live.ticket),
                    "{seed} {n}"
                );
            }
            holds(acted).await;
            holds(entered).await;
        }
    }
}
