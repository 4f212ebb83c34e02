//! The portal as it is measured: a demo portal with its clock a week before the hot day, without rate limits and
//! phone codes.

use std::{
    net::SocketAddr,
    path::PathBuf,
    process::Command,
    time::{Duration, Instant},
};

use shared::{appointments::SlotView, marriage::SERVICE};
use tokio::time::sleep;

use crate::{
    Outcome,
    http::Connection,
    plan::{DAY, NOW, Plan, REGISTRY},
    process::{Process, free_address},
    store::{Place, Store},
};

/// A running server and its data.
pub struct Portal {
    pub process: Process,
    pub place: Place,
}

impl Portal {
    /// A demo portal as anybody gets it at the first start, on SQLite.
    pub async fn demo(plan: &Plan) -> Outcome<Self> {
        let place = Store::Sqlite.place(&plan.scratch).await?;
        let (process, _) = start(plan, &place).await?;
        slots(process.address).await?;
        Ok(Self { process, place })
    }

    /// A demo portal with so many places in each slot of the hot day.
    pub async fn with_capacity(plan: &Plan, store: Store<'_>, places: u32) -> Outcome<Self> {
        let place = store.place(&plan.scratch).await?;
        let (process, _) = start(plan, &place).await?;
        slots(process.address).await?;
        process.stop()?;
        set_capacity(plan, &place, places)?;
        let (process, _) = start(plan, &place).await?;
        Ok(Self { process, place })
    }

    pub fn address(&self) -> SocketAddr {
        self.process.address
    }
}

/// Starts a server on this data; says how long it took to the first answer of the home page.
pub async fn start(plan: &Plan, place: &Place) -> Outcome<(Process, Duration)> {
    start_at(plan, place, NOW).await
}

/// [`start`] with the clock at another instant.
pub async fn start_at(plan: &Plan, place: &Place, now: &str) -> Outcome<(Process, Duration)> {
    let address = free_address()?;
    let mut command = command(plan, place);
    command.arg("serve").env("HUIMIN_ADDR", address.to_string()).env("HUIMIN_NOW", now);
    let since = Instant::now();
    let mut process = Process::start(command, address, &place.folder.path().join("log"))?;
    let lasted = process.answers("/", since).await?;
    Ok((process, lasted))
}

/// The slots of the hot day; waits for the portal to publish them.
pub async fn slots(address: SocketAddr) -> Outcome<Vec<SlotView>> {
    let path = format!("/api/v1/registries/{REGISTRY}/slots?from={DAY}&to={DAY}");
    let mut connection = Connection::open(address).await?;
    for _ in 0..500 {
        let answer = connection.get(&path, &[]).await?;
        let slots: Vec<SlotView> = serde_json::from_slice(&answer.body)
            .map_err(|error| format!("{path} answers {}, which is no list of slots: {error}", answer.status))?;
        if !slots.is_empty() {
            return Ok(slots);
        }
        sleep(Duration::from_millis(20)).await;
    }
    Err(format!("nothing is published for {DAY}").into())
}

/// As an operator does it: see the effect first, then repeat the command with its mark.
fn set_capacity(plan: &Plan, place: &Place, places: u32) -> Outcome<()> {
    let places = places.to_string();
    let change = |seen: &[&str]| -> Outcome<String> {
        let mut command = command(plan, place);
        let output = command
            .args(["admin", "capacity", REGISTRY, SERVICE.name(), DAY, "--places", &places])
            .args(seen)
            .output()?;
        if output.status.success() {
            Ok(String::from_utf8(output.stdout)?)
        } else {
            Err(String::from_utf8_lossy(&output.stderr).into_owned().into())
        }
    };
    let shown = change(&[])?;
    let (_, mark) = shown.split_once("--seen ").ok_or("the effect of a new capacity was shown without a mark")?;
    change(&["--seen", mark.trim()])?;
    Ok(())
}

/// The binary with exactly our settings; the caller's own must not leak in.
pub fn command(plan: &Plan, place: &Place) -> Command {
    let mut command = Command::new(&plan.huimin);
    for (name, _) in std::env::vars_os() {
        if name == "DATABASE_URL" || name == "RUST_LOG" || name.to_string_lossy().starts_with("HUIMIN_") {
            command.env_remove(name);
        }
    }
    let folder: PathBuf = place.folder.path().to_owned();
    command
        .env("HUIMIN_DATA", &folder)
        .env("HUIMIN_KEYS", folder.join("keys.json"))
        .env("HUIMIN_DEMO", "1")
        .env("HUIMIN_NOW", NOW)
        .env("HUIMIN_RATE_LIMIT", "off")
        .env("HUIMIN_PHONE_CODES", "off")
        // So that strangers can come from anywhere.
        .env("HUIMIN_TRUSTED_PROXIES", "127.0.0.1/32");
    if let Some(url) = &place.database {
        command.env("DATABASE_URL", url);
    }
    command
}
