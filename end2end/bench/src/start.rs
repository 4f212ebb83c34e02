//! How soon the server answers, how much memory it needs at rest, how big it is.

use std::time::Duration;

use tokio::time::sleep;

use crate::{
    Outcome,
    plan::Plan,
    portal::{slots, start},
    progress,
    report::{Report, table},
    stats::{Spread, grouped, number},
    store::Store,
};

pub async fn measure(plan: &Plan, report: &mut Report) -> Outcome<()> {
    let mut rows = Vec::new();
    for store in Store::all(plan) {
        let figures = figures(plan, store).await?;
        report.budget(
            format!("first answer after start, existing database, {store}"),
            "≤ 100 ms",
            format!("{} ms", figures.again.say(0)),
            figures.again.median() <= 100.0,
        );
        report.budget(
            format!("server memory at rest, {store}"),
            "≤ 30 MB",
            format!("{} MB", figures.memory.say(1)),
            figures.memory.median() <= 30.0,
        );
        rows.push([store.to_string(), figures.first.say(0), figures.again.say(0), figures.memory.say(1)]);
    }
    let size = std::fs::metadata(&plan.huimin)?.len();
    let text = format!(
        "The release is one file of {} MB. A first start creates the database and loads the demo region. Memory at \
         rest is the resident set {} s after the start.\n\n{}",
        grouped(number(usize::try_from(size)?) / 1e6, 1),
        REST.as_secs(),
        table(["database", "first start, ms", "existing database, ms", "memory at rest, MB"], rows),
    );
    report.section("Start and rest", text);
    Ok(())
}

/// Time for the work after a start to be done: publishing slots, the first checkpoint.
const REST: Duration = Duration::from_secs(3);

struct Figures {
    /// Milliseconds from the start of the process to the first page, with an empty database.
    first: Spread,
    /// The same with the database that an earlier start left.
    again: Spread,
    /// Megabytes.
    memory: Spread,
}

async fn figures(plan: &Plan, store: Store<'_>) -> Outcome<Figures> {
    progress(format_args!("starting on {store}"));
    let (mut first, mut again, mut memory) = (Spread::default(), Spread::default(), Spread::default());
    for _ in 0..plan.runs(3) {
        let place = store.place(&plan.scratch).await?;
        let (process, lasted) = start(plan, &place).await?;
        first.add(milliseconds(lasted));
        slots(process.address).await?;
        process.stop()?;
        let (process, _) = start(plan, &place).await?;
        sleep(REST).await;
        memory.add(process.memory()?.now / 1e6);
        process.stop()?;
        for _ in 0..plan.runs(4) {
            let (process, lasted) = start(plan, &place).await?;
            again.add(milliseconds(lasted));
            process.stop()?;
        }
    }
    Ok(Figures { first, again, memory })
}

fn milliseconds(duration: Duration) -> f64 {
    duration.as_secs_f64() * 1000.0
}
