//! The search and the sort that run on a phone, here and in Chromium's WebAssembly, over the bundle that a phone has.

use std::{
    hint::black_box,
    time::{Duration, Instant},
};

use cases::Places;

use super::now;
use crate::{Outcome, in_browser, plan::Plan, stats::percentile};

/// What people type, and what is slow.
const TYPED: [&str; 10] = [
    "n",
    "ns",
    "nanshan",
    "nansjied",
    "南山",
    "社区",
    "nanshna",
    "xinancunjinglaozhongxin",
    "taoyuan jinglao",
    "shishishishishishishishishishi",
];
/// Where somebody is, in WGS-84.
const HERE: [f64; 2] = [22.53301, 113.93042];
const TIMES: usize = 21;

pub struct Looked {
    pub what: String,
    pub hits: usize,
    pub here: Times,
    /// In Chromium, where there is one.
    pub browser: Option<Times>,
}

/// Milliseconds.
#[derive(Clone, Copy)]
pub struct Times {
    pub median: f64,
    pub p95: f64,
}

/// All that is typed, and last the nearest, as far as a page shows them.
pub fn measure(plan: &Plan, bundle: &[u8]) -> Outcome<Vec<Looked>> {
    let places = Places::new(bundle, now())?;
    let search = |typed: &str| Looked {
        what: format!("`{typed}`"),
        hits: places.search(typed),
        here: timed(plan, || places.search(typed)),
        browser: None,
    };
    let mut looked: Vec<Looked> = TYPED.into_iter().map(search).collect();
    let nearest = || places.nearest(HERE[0], HERE[1]).unwrap_or_default();
    looked.push(Looked {
        what: "the nearest of all".to_owned(),
        hits: places.len(),
        here: timed(plan, nearest),
        browser: None,
    });
    for (looked, times) in looked.iter_mut().zip(in_chromium(plan, bundle)?.into_iter().flatten()) {
        looked.browser = Some(times);
    }
    Ok(looked)
}

fn timed(plan: &Plan, call: impl Fn() -> usize) -> Times {
    let once = |_| {
        let begun = Instant::now();
        black_box(call());
        begun.elapsed()
    };
    times((0..plan.times(TIMES)).map(once).collect())
}

fn in_chromium(plan: &Plan, bundle: &[u8]) -> Outcome<Option<Vec<Times>>> {
    let before = format!(
        "const places = new Places(new Uint8Array({}), {});
const timed = (call) => {{
  call();
  return Array.from({{ length: {} }}, () => {{
    const begin = performance.now();
    call();
    return performance.now() - begin;
  }});
}};",
        serde_json::to_string(bundle)?,
        serde_json::to_string(now())?,
        plan.times(TIMES),
    );
    let measuring = format!(
        "[...{}.map((typed) => timed(() => places.search(typed))), timed(() => places.nearest({}, {}))]",
        serde_json::to_string(&TYPED)?,
        HERE[0],
        HERE[1],
    );
    let measured: Option<Vec<Vec<f64>>> = in_browser::run(plan, &before, &measuring)?;
    let durations =
        |milliseconds: Vec<f64>| milliseconds.iter().map(|one| Duration::from_secs_f64(one / 1000.0)).collect();
    Ok(measured.map(|all| all.into_iter().map(|one| times(durations(one))).collect()))
}

fn times(mut durations: Vec<Duration>) -> Times {
    Times { median: percentile(&mut durations, 0.5), p95: percentile(&mut durations, 0.95) }
}
