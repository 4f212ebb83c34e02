//! The hot day: 64 clients hold and book over HTTP, on each database.

pub mod client;
mod flood;
mod people;
mod proof;
pub mod rush;
mod scramble;
mod words;

use client::Tally;

use crate::{Outcome, plan::Plan, progress, queue::CLIENTS, report::Report, store::Store};

pub async fn measure(plan: &Plan, report: &mut Report) -> Outcome<()> {
    let (mut rushes, mut scrambles, mut floods) = (Vec::new(), Vec::new(), Vec::new());
    for store in Store::all(plan) {
        let mut runs = Vec::new();
        for _ in 0..plan.runs(3) {
            progress(format_args!("{CLIENTS} clients hold and book on {store}"));
            runs.push(rush::run(plan, store).await?);
        }
        words::rush_budgets(store, &runs, report);
        let mut flooded = Vec::new();
        for _ in 0..plan.runs(3) {
            progress(format_args!("the same on {store} while strangers try to sign in, {} a second", flood::A_SECOND));
            flooded.push(rush::beside(plan, store, flood::run).await?);
        }
        words::flood_budget(store, &runs, &flooded, report);
        floods.push((store, flooded));
        rushes.push((store, runs));
    }
    for store in Store::all(plan) {
        let mut runs = Vec::new();
        for _ in 0..plan.runs(3) {
            progress(format_args!("{CLIENTS} clients want more than there is on {store}"));
            runs.push(scramble::run(plan, store).await?);
        }
        words::scramble_budget(store, &runs, report);
        scrambles.push((store, runs));
    }
    report.section("The hot day", words::rushes(&rushes));
    report.section("Sign-ins beside the hot day", words::floods(&rushes, &floods));
    report.section("More couples than places", words::scrambles(&scrambles));
    Ok(())
}

/// Runs so many clients at once and adds up what they met; the first that breaks ends the run.
pub async fn ask_all<F>(clients: usize, client: impl Fn() -> F) -> Outcome<Tally>
where
    F: Future<Output = Outcome<Tally>> + Send + 'static,
{
    let tasks: Vec<_> = (0..clients).map(|_| tokio::spawn(client())).collect();
    let mut all = Tally::default();
    for task in tasks {
        all.add(task.await??);
    }
    Ok(all)
}
