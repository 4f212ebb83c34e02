//! Measures the release binary from outside and writes BENCHMARKS.md; `make bench` runs it.
//!
//! Everything is measured in one run on one machine, so that ratios mean something; each figure is the median
//! of several runs. Nothing here is a test: no figure makes the run fail.

mod bare;
mod eligibility;
mod hall;
mod http;
mod in_browser;
mod lighthouse;
mod load;
mod machine;
mod naive;
mod pages;
mod peers;
mod places;
mod plan;
mod portal;
mod procedures;
mod process;
mod queue;
mod report;
mod speed;
mod start;
mod stats;
mod store;
mod weights;

use clap::{Parser, Subcommand};
use plan::{Part, Plan};
use report::Report;

/// The rules are measured in this process, so it hands out memory as the portal does.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// Whatever ends the run; printed to whoever started it.
pub type Failure = Box<dyn std::error::Error + Send + Sync>;
pub type Outcome<T> = Result<T, Failure>;

#[derive(Parser)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Measure everything.
    Run(Plan),
    /// Serve one axum text route: what the pages are compared with.
    Bare { address: std::net::SocketAddr },
    /// Draw the households that other rule engines are asked about too, and measure our own over them.
    Peers(peers::Asked),
}

#[tokio::main]
async fn main() -> Outcome<()> {
    match Cli::parse().command {
        Command::Run(plan) => run(&plan).await,
        Command::Bare { address } => bare::serve(address).await,
        Command::Peers(asked) => peers::measure(&asked),
    }
}

async fn run(plan: &Plan) -> Outcome<()> {
    sqlx::any::install_default_drivers();
    let mut report = Report::new(machine::describe(plan)?);
    if plan.wants(Part::Start) {
        start::measure(plan, &mut report).await?;
    }
    if [Part::Weights, Part::Speed, Part::Eligibility, Part::Lighthouse].into_iter().any(|part| plan.wants(part)) {
        pages(plan, &mut report).await?;
    }
    if plan.wants(Part::Load) {
        load::measure(plan, &mut report).await?;
    }
    if plan.wants(Part::Hall) {
        hall::measure(plan, &mut report).await?;
    }
    if plan.wants(Part::Places) {
        places::measure(plan, &mut report).await?;
    }
    if plan.wants(Part::Procedures) {
        procedures::measure(plan, &mut report).await?;
    }
    let text = report.markdown();
    match &plan.report {
        // A part is no report.
        Some(file) if plan.only.is_none() => std::fs::write(file, text)?,
        _ => println!("{text}"),
    }
    Ok(())
}

async fn pages(plan: &Plan, report: &mut Report) -> Outcome<()> {
    let server = portal::Portal::demo(plan).await?;
    let pages = pages::all(&server).await?;
    if plan.wants(Part::Weights) {
        weights::measure(&server, &pages, report).await?;
    }
    if plan.wants(Part::Speed) {
        speed::measure(plan, &server, &pages, report).await?;
    }
    if plan.wants(Part::Eligibility) {
        eligibility::measure(plan, &server, report).await?;
    }
    if plan.wants(Part::Lighthouse) {
        lighthouse::measure(plan, &server, &pages, report)?;
    }
    Ok(())
}

/// One line of progress.
pub fn progress(text: impl std::fmt::Display) {
    eprintln!("      {text}");
}
