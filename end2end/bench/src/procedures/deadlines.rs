//! Deadlines of three calendar years, of the clock alone: whether any passes on which it has no word before and on the day. `make soak`
//! has the portal's jobs tell of as many in a database.

use std::{collections::BTreeMap, time::Duration, time::Instant};

use shared::{
    calendar::Calendar,
    invented::deadlines::{clock, told, wrong},
};

use crate::{Outcome, plan::Plan, progress};

const CALENDAR: &str = include_str!("../../../../shared/packs/cn/calendar.json");

pub struct Figures {
    pub cases: u64,
    /// What was wrong, and with how many.
    pub wrong: BTreeMap<&'static str, usize>,
    pub lasted: Duration,
}

pub async fn run(plan: &Plan) -> Outcome<Figures> {
    let cases = if plan.quick { 1_000 } else { 100_000 };
    progress(format_args!("{cases} deadlines of three years"));
    let simulated = tokio::task::spawn_blocking(move || {
        let (begun, mut found) = (Instant::now(), BTreeMap::new());
        let calendar = Calendar::new(serde_json::from_str(CALENDAR)?)?;
        for clock in (0..cases).map(clock) {
            let Some(what) = wrong(&clock, &told(&clock, &calendar), &calendar) else { continue };
            *found.entry(what).or_insert(0) += 1;
        }
        Outcome::Ok(Figures { cases, wrong: found, lasted: begun.elapsed() })
    });
    simulated.await?
}
