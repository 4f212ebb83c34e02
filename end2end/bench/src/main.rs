//! Measures the release binary from outside and writes BENCHMARKS.md; `make bench` runs it.
//!
//! Everything is measured in one run on one machine, so that ratios mean something; each figure is the median
//! of several runs. Nothing here is a test: no figure makes the run fail.

mod bare;
mod http;
mod lighthouse;
mod load;
mod machine;
mod naive;
mod office;
mod pages;
mod plan;
mod process;
mod report;
mod speed;
mod start;
mod stats;
mod store;
mod weights;

use clap::{Parser, Subcommand};
use plan::Plan;
use report::Report;

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
}

#[tokio::main]
async fn main() -> Outcome<()> {
    match Cli::parse().command {
        Command::Run(plan) => run(&plan).await,
        Command::Bare { address } => bare::serve(address).await,
    }
}

async fn run(plan: &Plan) -> Outcome<()> {
    sqlx::any::install_default_drivers();
    let mut report = Report::new(machine::describe(plan)?);
    start::measure(plan, &mut report).await?;
    {
        let server = office::Office::demo(plan).await?;
        let pages = pages::all(&server).await?;
        weights::measure(&server, &pages, &mut report).await?;
        speed::measure(plan, &server, &pages, &mut report).await?;
        lighthouse::measure(plan, &server, &pages, &mut report)?;
    }
    load::measure(plan, &mut report).await?;
    let text = report.markdown();
    match &plan.report {
        Some(file) => std::fs::write(file, text)?,
        None => println!("{text}"),
    }
    Ok(())
}

/// One line of progress.
pub fn progress(text: impl std::fmt::Display) {
    eprintln!("      {text}");
}
