//! The servers that clients ask, and what befalls them meanwhile.

use std::thread;
use std::time::{Duration, Instant};

use chrono::{DateTime, FixedOffset, TimeDelta};
use testhouse::store::Store;
use tokio::runtime::Runtime;

use super::office::Office;
use crate::processes::between::Between;
use crate::processes::portal::Portal;

/// How far the clock jumps while the only server is away: past every hold and every place on its way back.
const JUMP: TimeDelta = TimeDelta::minutes(70);

pub struct House<'a> {
    store: &'a Store,
    runtime: &'a Runtime,
    /// Between the first server and its database.
    between: Option<Between>,
    portals: Vec<Option<Portal>>,
    began: Instant,
    jumps: i32,
}

/// What can befall servers.
#[derive(Clone, Copy, Debug)]
pub enum Trouble {
    /// One of them is killed and started again.
    Killed(usize),
    /// The database answers the first one nothing for some seconds.
    StandsStill,
    /// The database ends all its connections, as when it is started anew.
    CutOff,
}

impl<'a> House<'a> {
    /// On PostgreSQL two servers, on SQLite one.
    pub fn open(store: &'a Store, runtime: &'a Runtime) -> Self {
        let between = store.url().map(|url| Between::of(&url));
        let servers = if between.is_some() { 2 } else { 1 };
        let portals = (0..servers).map(|_| None).collect();
        let mut house = Self { store, runtime, between, portals, began: Instant::now(), jumps: 0 };
        for server in 0..servers {
            house.start(server);
        }
        house
    }

    pub fn origins(&self) -> Vec<Option<String>> {
        self.portals.iter().map(|portal| portal.as_ref().map(|portal| portal.origin().to_owned())).collect()
    }

    /// What befalls this house, again and again.
    pub fn troubles(&self) -> &'static [Trouble] {
        match self.between {
            None => &[Trouble::Killed(0)],
            Some(_) => &[Trouble::Killed(0), Trouble::StandsStill, Trouble::Killed(1), Trouble::CutOff],
        }
    }

    pub fn suffer(&mut self, trouble: Trouble, office: &Office) {
        match trouble {
            Trouble::Killed(server) => {
                office.opens(server, None);
                self.portals[server] = None;
                // Two clocks must agree; where there is one, time passes while it is away.
                if self.between.is_none() {
                    self.jumps += 1;
                    office.jump();
                }
                self.start(server);
                office.opens(server, self.origins()[server].clone());
            }
            Trouble::StandsStill => {
                let between = self.between.as_ref().unwrap();
                between.stand_still(true);
                thread::sleep(Duration::from_secs(3));
                between.stand_still(false);
            }
            Trouble::CutOff => self.runtime.block_on(self.store.cut_off()),
        }
    }

    /// Ends all servers.
    pub fn close(&mut self) {
        self.portals.iter_mut().for_each(|portal| *portal = None);
    }

    fn start(&mut self, server: usize) {
        let portal = Portal::start_in(self.store, |mut serve| {
            serve.env("HUIMIN_NOW", self.now().to_rfc3339());
            if let (0, Some(between)) = (server, &self.between) {
                serve.env("DATABASE_URL", &between.url);
            }
            serve
        });
        self.portals[server] = Some(portal);
    }

    fn now(&self) -> DateTime<FixedOffset> {
        let first: DateTime<FixedOffset> = "2026-05-13T10:00:00+08:00".parse().unwrap();
        first + self.began.elapsed() + JUMP * self.jumps
    }
}
