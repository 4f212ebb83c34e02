//! Pages a second beside a bare text route a second, asked for in turn.

use std::{
    net::SocketAddr,
    process::Command,
    time::{Duration, Instant},
};

use crate::{
    Outcome,
    office::Office,
    pages::{Page, SLOTS},
    plan::Plan,
    process::{Process, free_address},
    progress,
    report::{Report, table},
    stats::{Spread, grouped},
};

/// A page, what it is, and the share of the bare route's speed that it must reach, in percent.
const PAGES: [(&str, &str, f64); 4] = [
    ("/", "home, no query", 30.0),
    ("/marriage/check", "a form, no query", 30.0),
    ("/marriage/book", "the month, with queries", 10.0),
    (SLOTS, "the slots of a day, with queries", 10.0),
];

const CONNECTIONS: &str = "16";

/// Requests a second, and percent of the bare route in the same round.
#[derive(Default)]
struct Speed {
    plain: Spread,
    share: Spread,
    packed: Spread,
}

pub async fn measure(plan: &Plan, server: &Office, pages: &[Page], report: &mut Report) -> Outcome<()> {
    progress("pages beside a bare axum route");
    let bare = bare(plan).await?;
    let known: Vec<_> = PAGES.into_iter().filter(|(path, ..)| pages.iter().any(|page| page.path == *path)).collect();
    let mut speeds: Vec<Speed> = known.iter().map(|_| Speed::default()).collect();
    let mut yardstick = Spread::default();
    let load = plan.lasting(3);
    for _ in 0..plan.runs(5) {
        let bare = rate(bare.address, "/", load, None)?;
        yardstick.add(bare);
        for ((path, ..), speed) in known.iter().zip(&mut speeds) {
            let plain = rate(server.address(), path, load, None)?;
            speed.plain.add(plain);
            speed.share.add(plain / bare * 100.0);
            speed.packed.add(rate(server.address(), path, load, Some("br"))?);
        }
    }
    for (path, what, least) in PAGES {
        let name = format!("`{path}` ({what}), share of a bare route");
        let least_text = format!("≥ {} %", grouped(least, 0));
        match known.iter().position(|(known, ..)| *known == path) {
            Some(index) => {
                let share = &speeds[index].share;
                report.budget(name, least_text, format!("{} %", share.say(0)), share.median() >= least);
            }
            None => report.not_measured(name, least_text, "there is no such page"),
        }
    }
    let first = ["a bare axum text route".to_owned(), yardstick.say(0), "100".to_owned(), String::new()];
    let rows = known
        .iter()
        .zip(&speeds)
        .map(|((path, ..), speed)| [format!("`{path}`"), speed.plain.say(0), speed.share.say(0), speed.packed.say(0)]);
    let text = format!(
        "Requests a second over {CONNECTIONS} connections (wrk) for {} s at a time; each round asks the bare route \
         and then every page. The last column is what browsers ask for: the page packed in brotli.\n\n{}",
        load.as_secs(),
        table(
            ["page", "requests/s", "% of the bare route", "in brotli, requests/s"],
            std::iter::once(first).chain(rows)
        )
    );
    report.section("Pages a second", text);
    Ok(())
}

async fn bare(plan: &Plan) -> Outcome<Process> {
    let address = free_address()?;
    let mut command = Command::new(std::env::current_exe()?);
    command.args(["bare", &address.to_string()]);
    let mut process = Process::start(command, address, &plan.scratch.join("bare.log"))?;
    process.answers("/", Instant::now()).await?;
    Ok(process)
}

/// Requests a second that were answered with a 2xx or 3xx; anything else is an error of the measurement.
fn rate(address: SocketAddr, path: &str, load: Duration, encoding: Option<&str>) -> Outcome<f64> {
    let mut command = Command::new("wrk");
    command.args(["--threads", "2", "--connections", CONNECTIONS, "--duration", &format!("{}s", load.as_secs())]);
    if let Some(encoding) = encoding {
        command.args(["--header", &format!("Accept-Encoding: {encoding}")]);
    }
    let output = command.arg(format!("http://{address}{path}")).output()?;
    let said = String::from_utf8_lossy(&output.stdout);
    if said.contains("Non-2xx") || said.contains("Socket errors") {
        return Err(format!("{path} fails under load:\n{said}").into());
    }
    let rate = said.lines().find_map(|line| line.strip_prefix("Requests/sec:")).ok_or("wrk told no rate")?;
    Ok(rate.trim().parse()?)
}
