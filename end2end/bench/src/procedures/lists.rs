//! The page of the office's lists, with ten thousand cases and with a million.

use std::time::{Duration, Instant};

use hyper::StatusCode;

use super::stock::Stock;
use crate::{
    Outcome,
    http::Connection,
    plan::Plan,
    portal::{Portal, start},
    progress,
    stats::percentile,
    store::Store,
};

/// The lists by their names in the address, the first of which needs none.
pub const LISTS: [&str; 9] = [
    "mine",
    "unassigned",
    "near_deadline",
    "waiting_on_family",
    "second_signature",
    "rivals",
    "family_wrote",
    "not_reached",
    "all",
];
const TIMES: usize = 200;
/// Before anything is measured: the first pages read what lies on the disk.
const WARM_UP: usize = 20;

/// What one database showed.
pub struct Figures {
    pub cases: [usize; 2],
    /// Of each list with few cases and with many: the median and the 95th percentile in milliseconds.
    pub lists: Vec<(&'static str, [[f64; 2]; 2])>,
    /// From the start of the process to the first answer, in milliseconds, with few and with many.
    pub started: [f64; 2],
    /// The server's memory after the lists of many, in megabytes.
    pub memory: f64,
    /// How long it took to make the many.
    pub filled: Duration,
}

pub async fn measure(plan: &Plan, store: Store<'_>) -> Outcome<Figures> {
    let cases = if plan.quick { [1_000, 20_000] } else { [10_000, 1_000_000] };
    let place = store.place(&plan.scratch).await?;
    let (process, _) = start(plan, &place).await?;
    let mut portal = Portal { process, place };
    let stock = Stock::begin(&portal).await?;
    let (mut measured, mut started, mut filled) = (Vec::new(), Vec::new(), Duration::ZERO);
    let (mut there, mut memory) = (0, 0.0);
    for many in cases {
        progress(format_args!("{many} applications on {store}"));
        portal.process.stop()?;
        let begun = Instant::now();
        stock.grow(&portal.place, (there, many)).await?;
        (there, filled) = (many, begun.elapsed());
        let (process, lasted) = start(plan, &portal.place).await?;
        portal.process = process;
        started.push(lasted.as_secs_f64() * 1000.0);
        measured.push(lists(plan, &portal, &stock.cookie).await?);
        memory = portal.process.memory()?.now / 1e6;
    }
    let [few, many] = <[Vec<[f64; 2]>; 2]>::try_from(measured).map_err(|_| "two sizes are measured")?;
    let lists = LISTS.into_iter().zip(few.into_iter().zip(many)).map(|(list, (few, many))| (list, [few, many]));
    let started = <[f64; 2]>::try_from(started).map_err(|_| "two sizes are measured")?;
    Ok(Figures { cases, lists: lists.collect(), started, memory, filled })
}

/// The median and the 95th percentile of each list.
async fn lists(plan: &Plan, portal: &Portal, cookie: &str) -> Outcome<Vec<[f64; 2]>> {
    let mut connection = Connection::open(portal.address()).await?;
    let mut measured = Vec::new();
    for list in LISTS {
        let path = format!("/staff/cases?queue={list}");
        let mut lasted = Vec::new();
        for n in 0..WARM_UP + plan.times(TIMES) {
            let begun = Instant::now();
            let answer = connection.get(&path, &[("cookie", cookie), ("accept-encoding", "identity")]).await?;
            if n >= WARM_UP {
                lasted.push(begun.elapsed());
            }
            if answer.status != StatusCode::OK {
                return Err(format!("{path} answers {}", answer.status).into());
            }
            // A list that shows nothing costs nothing.
            if n == 0 && !String::from_utf8_lossy(&answer.body).contains("data-row") {
                return Err(format!("{path} lists nothing").into());
            }
        }
        measured.push([0.5, 0.95].map(|share| percentile(&mut lasted, share)));
    }
    Ok(measured)
}
