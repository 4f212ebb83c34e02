//! Pages a second beside a bare text route a second, asked for in turn.

use std::{
    net::SocketAddr,
    process::Command,
    time::{Duration, Instant},
};

use crate::{
    Outcome,
    pages::{Page, SLOTS},
    plan::Plan,
    portal::Portal,
    process::{Process, free_address},
    progress,
    report::{Report, table},
    stats::{Spread, grouped},
};

/// A page, what it is, who asks for it, and the share of the bare route's speed that it must reach, in percent.
struct Asked {
    path: &'static str,
    what: &'static str,
    by: Visitor,
    least: f64,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Visitor {
    /// Without a cookie: the page is drawn once a second for all of them.
    Stranger,
    /// A couple with a time in hand: the page is drawn for them alone.
    Couple,
}

const PAGES: [Asked; 7] = [
    Asked { path: "/", what: "home, no query", by: Visitor::Stranger, least: 30.0 },
    Asked { path: "/", what: "home, no query", by: Visitor::Couple, least: 30.0 },
    Asked { path: "/marriage/check", what: "a form, no query", by: Visitor::Stranger, least: 30.0 },
    Asked { path: "/marriage/check", what: "a form, no query", by: Visitor::Couple, least: 30.0 },
    Asked { path: "/marriage/book", what: "the registries, with queries", by: Visitor::Stranger, least: 10.0 },
    Asked { path: SLOTS, what: "the slots of a day, with queries", by: Visitor::Stranger, least: 10.0 },
    Asked { path: SLOTS, what: "the slots of a day, with queries", by: Visitor::Couple, least: 10.0 },
];

impl Visitor {
    fn word(self) -> &'static str {
        match self {
            Self::Stranger => "a stranger",
            Self::Couple => "a couple with a time in hand",
        }
    }
}

const CONNECTIONS: &str = "16";

/// Requests a second, and percent of the bare route in the same round.
#[derive(Default)]
struct Speed {
    plain: Spread,
    share: Spread,
    packed: Spread,
}

pub async fn measure(plan: &Plan, server: &Portal, pages: &[Page], report: &mut Report) -> Outcome<()> {
    progress("pages beside a bare axum route");
    let bare = bare(plan).await?;
    let cookie = pages.iter().find_map(|page| page.cookie.as_deref());
    let there = |asked: &Asked| {
        pages.iter().any(|page| page.path == asked.path) && (asked.by == Visitor::Stranger || cookie.is_some())
    };
    let mut speeds: Vec<(Asked, Speed)> =
        PAGES.into_iter().filter(there).map(|asked| (asked, Speed::default())).collect();
    let missing: Vec<Asked> = PAGES.into_iter().filter(|asked| !there(asked)).collect();
    let mut yardstick = Spread::default();
    let load = plan.lasting(3);
    for _ in 0..plan.runs(5) {
        let bare = rate(bare.address, "/", load, &[])?;
        yardstick.add(bare);
        for (asked, speed) in &mut speeds {
            let known = cookie.filter(|_| asked.by == Visitor::Couple).map(|cookie| format!("Cookie: {cookie}"));
            let known: Vec<String> = known.into_iter().collect();
            let plain = rate(server.address(), asked.path, load, &known)?;
            speed.plain.add(plain);
            speed.share.add(plain / bare * 100.0);
            let packed = [known, vec!["Accept-Encoding: br".to_owned()]].concat();
            speed.packed.add(rate(server.address(), asked.path, load, &packed)?);
        }
    }
    let name =
        |asked: &Asked| format!("`{}` ({}) for {}, share of a bare route", asked.path, asked.what, asked.by.word());
    let least = |asked: &Asked| format!("≥ {} %", grouped(asked.least, 0));
    for (asked, speed) in &speeds {
        let share = &speed.share;
        report.budget(name(asked), least(asked), format!("{} %", share.say(0)), share.median() >= asked.least);
    }
    for asked in &missing {
        report.not_measured(name(asked), least(asked), "there is no such page");
    }
    let first = ["a bare axum text route".to_owned(), String::new(), yardstick.say(0), "100".to_owned(), String::new()];
    let rows = speeds.iter().map(|(asked, speed)| {
        let (page, by) = (format!("`{}`", asked.path), asked.by.word().to_owned());
        [page, by, speed.plain.say(0), speed.share.say(0), speed.packed.say(0)]
    });
    let text = format!(
        "Requests a second over {CONNECTIONS} connections (wrk) for {} s at a time; each round asks the bare route \
         and then every page. A stranger's page is drawn once a second for all of them while nothing is written, and \
         packed; a couple's is drawn for them alone. The last column is what browsers ask for: the page in brotli \
         where it is packed.\n\n{}",
        load.as_secs(),
        table(
            ["page", "for", "requests/s", "% of the bare route", "in brotli, requests/s"],
            std::iter::once(first).chain(rows)
        )
    );
    report.section("Pages a second", text);
    Ok(())
}

/// A bare axum route.
pub async fn bare(plan: &Plan) -> Outcome<Process> {
    let address = free_address()?;
    let mut command = Command::new(std::env::current_exe()?);
    command.args(["bare", &address.to_string()]);
    let mut process = Process::start(command, address, &plan.scratch.join("bare.log"))?;
    process.answers("/", Instant::now()).await?;
    Ok(process)
}

/// Requests a second that were answered with a 2xx or 3xx; anything else is an error of the measurement.
pub fn rate(address: SocketAddr, path: &str, load: Duration, headers: &[String]) -> Outcome<f64> {
    let mut command = Command::new("wrk");
    command.args(["--threads", "2", "--connections", CONNECTIONS, "--duration", &format!("{}s", load.as_secs())]);
    for header in headers {
        command.args(["--header", header]);
    }
    let output = command.arg(format!("http://{address}{path}")).output()?;
    let said = String::from_utf8_lossy(&output.stdout);
    if said.contains("Non-2xx") || said.contains("Socket errors") {
        return Err(format!("{path} fails under load:\n{said}").into());
    }
    let rate = said.lines().find_map(|line| line.strip_prefix("Requests/sec:")).ok_or("wrk told no rate")?;
    Ok(rate.trim().parse()?)
}
