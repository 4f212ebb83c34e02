//! Times of rounds, reckoned as in end2end/peers/measure.mjs and measure.py: all households, again and again for a second.

use std::{
    fs,
    time::{Duration, Instant},
};

use serde_json::{Value, json};

use super::households::Drawn;
use crate::{Outcome, stats::number};

const ROUNDS: usize = 7;
const ROUND: Duration = Duration::from_secs(1);

/// A way to ask: what it gives, and how.
pub type Way<'a> = (&'static str, &'a dyn Fn(&Drawn) -> usize);

/// The rows of the report. The ways take turns, so that what the machine does meanwhile falls on all of them; two turns
/// warm up.
pub fn rows(households: &[Drawn], ways: &[Way<'_>]) -> Outcome<Vec<Value>> {
    let mut rounds = vec![Vec::new(); ways.len()];
    for turn in 0..ROUNDS + 2 {
        for ((_, ask), rounds) in ways.iter().zip(&mut rounds) {
            let found = round(households, ask)?;
            if turn >= 2 {
                rounds.push(found);
            }
        }
    }
    Ok(ways.iter().zip(rounds).map(|((how, _), rounds)| json!({ "how": how, "rounds": rounds })).collect())
}

/// Microseconds a household, by the clock and of the processor.
fn round(households: &[Drawn], ask: &dyn Fn(&Drawn) -> usize) -> Outcome<Value> {
    let (begin, before, mut count, mut verdicts) = (Instant::now(), processor()?, 0, 0);
    while begin.elapsed() < ROUND {
        verdicts += households.iter().map(ask).sum::<usize>();
        count += households.len();
    }
    std::hint::black_box(verdicts);
    let each = |time: Duration| time.as_secs_f64() * 1e6 / number(count);
    Ok(json!({ "wall": each(begin.elapsed()), "processor": each(processor()?.saturating_sub(before)) }))
}

/// Processor time that this process has used so far, its own and the kernel's for it.
fn processor() -> Outcome<Duration> {
    let stat = fs::read_to_string("/proc/self/stat")?;
    let (_, fields) = stat.rsplit_once(") ").ok_or("/proc tells no times")?;
    let ticks = fields.split(' ').skip(11).take(2).map(str::parse::<u32>).sum::<Result<u32, _>>()?;
    // Linux counts a hundred ticks a second for every program that reads /proc.
    Ok(Duration::from_secs(1) * ticks / 100)
}

/// Bytes that this process held at most.
pub fn most_memory() -> Outcome<u64> {
    let status = fs::read_to_string("/proc/self/status")?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:")?.trim().strip_suffix(" kB"));
    Ok(line.ok_or("/proc tells no memory")?.parse::<u64>()? * 1024)
}
