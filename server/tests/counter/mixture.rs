//! Many clerks at once, each doing what comes to their mind: nothing breaks, nothing is half done, and the record says all.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use chrono::TimeDelta;
use futures_util::future::join_all;
use server::counter::acting::{self, Acting};
use server::counter::{By, check_in, counters, day, next, walk_in};
use server::staff::authority::Staff;
use server::{App, Error};
use shared::counter::{
    Act, ActName, Back, CounterId, Elsewhere, Ended, Ground, Outcome, Paper, Papers, Step, VisitId, VisitState,
};
use shared::marriage::SERVICE;
use shared::places::PlaceId;

use super::super::support::test_apps;
use super::hall::*;

const CLERKS: usize = 8;
/// Windows of browsers in which they press: two of the clerks have two, which know nothing of each other.
const WINDOWS: usize = 10;
const STEPS: usize = 40;

#[tokio::test(flavor = "multi_thread")]
async fn no_mixture_of_acts_breaks_the_hall() {
    for test in test_apps(setup()).await {
        let mut references = Vec::new();
        for n in 0..18 {
            references.push(booked(&test, n, n / 3).await.reference.to_string());
        }
        clock(&test, "09:00:00");
        let mut clerks = Vec::new();
        for n in 0..CLERKS {
            clerks.push(manager(&test, n).await);
        }
        let (references, windows) = (Arc::new(references), Arc::new(windows(&test).await));
        let tried = Arc::new(AtomicUsize::new(0));
        let live = |n: usize| {
            let clerk = &clerks[n % CLERKS];
            let life = Life {
                app: test.app.clone(),
                clerk: clerk.clone(),
                references: Arc::clone(&references),
                windows: Arc::clone(&windows),
                tried: Arc::clone(&tried),
                draw: u64::try_from(n).unwrap() + 1,
            };
            tokio::spawn(life.live())
        };
        let all = tokio::spawn(join_all((0..WINDOWS).map(live).collect::<Vec<_>>()));
        // A second goes by for each act, however fast this machine is.
        let mut gone_by = 0;
        while !all.is_finished() {
            let acts = tried.load(Ordering::Relaxed);
            test.wait(TimeDelta::seconds(i64::try_from(acts - gone_by).unwrap()));
            gone_by = acts;
            tokio::task::yield_now().await;
        }
        let done: usize = all.await.unwrap().into_iter().map(Result::unwrap).sum();
        assert!(done > WINDOWS * STEPS / 4, "only {done} acts were possible");
        holds(&test).await;
    }
}

/// One clerk's life, drawn from their number.
struct Life {
    app: App,
    clerk: Staff,
    references: Arc<Vec<String>>,
    windows: Arc<Vec<CounterId>>,
    /// What all of them tried so far.
    tried: Arc<AtomicUsize>,
    draw: u64,
}

impl Life {
    /// How much of what they tried was done.
    async fn live(mut self) -> usize {
        let mut done = 0;
        for _ in 0..STEPS {
            let outcome = match self.next(6) {
                0 => self.bring_in().await,
                1 => self.at_counter().await,
                2 => {
                    let window = self.window();
                    next::next(&self.app, &self.clerk, window, &press(), self.app.now()).await.map(drop)
                }
                _ => self.act().await,
            };
            self.tried.fetch_add(1, Ordering::Relaxed);
            match outcome {
                Ok(()) => done += 1,
                Err(Error::Problem(_)) => {}
                Err(error) => panic!("{error:?}"),
            }
        }
        done
    }

    async fn bring_in(&mut self) -> Result<(), Error> {
        let by = By::Staff(self.clerk.clone());
        if self.next(3) == 0 {
            let taken = walk_in::take(&self.app, &by, &nanshan(), &SERVICE, &press(), self.app.now()).await;
            return taken.map(drop);
        }
        let which = self.next(self.references.len());
        let reference = self.references[which].clone();
        check_in::by_reference(&self.app, &by, &nanshan(), &reference, self.app.now()).await.map(drop)
    }

    async fn at_counter(&mut self) -> Result<(), Error> {
        let (window, now) = (self.window(), self.app.now());
        let counter = match self.next(3) {
            0 => counters::open(&self.app, &self.clerk, window, now).await,
            1 => counters::pause(&self.app, &self.clerk, window, now).await,
            _ => counters::close(&self.app, &self.clerk, window, now).await,
        };
        counter.map(drop)
    }

    async fn act(&mut self) -> Result<(), Error> {
        let now = self.app.now();
        let sheet = day::sheet(&self.app, &nanshan(), DAY.parse().unwrap(), now).await?;
        let which = self.next(sheet.visits.len());
        let seen = &sheet.visits[which];
        let step = if self.next(4) == 0 { Step::UNDO } else { Step::Act(self.step(&seen.state)) };
        let acting = Acting { version: seen.version, press: press(), step, reason: Some(reason()) };
        let id: VisitId = seen.id.clone();
        acting::act(&self.app, &self.clerk, &id, acting, now).await.map(drop)
    }

    /// One of what the state offers, and now and then something else.
    fn step(&mut self, state: &VisitState) -> Act {
        let offered = state.kind().acts();
        let any = ActName::ALL.len() - 1;
        let name = match offered.len() {
            0 => ActName::ALL[self.next(any)],
            count if self.next(8) > 0 => offered[self.next(count)],
            _ => ActName::ALL[self.next(any)],
        };
        let counter = self.window();
        match name {
            ActName::Arrive | ActName::Undo => Act::Arrive,
            ActName::Call => Act::Call { counter },
            ActName::Serve => Act::Serve,
            ActName::Finish => Act::Finish(self.outcome()),
            ActName::NoShow => Act::NoShow,
            ActName::Park => Act::Park,
            ActName::Back if self.next(2) == 0 => Act::Back(Back::Hall),
            ActName::Back => Act::Back(Back::Counter { counter }),
            ActName::Left => Act::Left,
            ActName::GiveBack => Act::GiveBack,
            ActName::GivePriority => Act::GivePriority,
            ActName::EndPriority => Act::EndPriority,
            ActName::HandOver => Act::HandOver { counter },
            ActName::Release => Act::Release,
            ActName::Correct => Act::Correct { to: self.ended() },
            ActName::Redirect => {
                let place = if self.next(2) == 0 { "nanshan" } else { "demo-bay" };
                Act::Redirect(Elsewhere { place: PlaceId::parse(place).unwrap(), service: SERVICE })
            }
        }
    }

    fn ended(&mut self) -> Ended {
        match self.next(3) {
            0 => Ended::NoShow,
            1 => Ended::Left,
            _ => Ended::Finished(self.outcome()),
        }
    }

    fn outcome(&mut self) -> Outcome {
        match self.next(3) {
            0 => Outcome::Registered,
            1 => Outcome::Refused { ground: Ground::named("under_age") },
            _ => Outcome::ToReturn { papers: Papers::new([Paper::named("photos")]).unwrap() },
        }
    }

    fn window(&mut self) -> CounterId {
        let which = self.next(self.windows.len());
        self.windows[which]
    }

    fn next(&mut self, below: usize) -> usize {
        // xorshift64: enough to mix the order of acts.
        self.draw ^= self.draw << 13;
        self.draw ^= self.draw >> 7;
        self.draw ^= self.draw << 17;
        usize::try_from(self.draw % u64::try_from(below).unwrap()).unwrap()
    }
}
