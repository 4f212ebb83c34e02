//! The hall: what a day sheet costs, how soon a call is on every display, and whether twenty clerks who press "next" in the
//! same instant ever call one couple twice or pass one over.

mod control;
mod display;
mod next;
mod sheet;
pub mod staff;
mod start_again;
mod words;

use crate::{Outcome, plan::Plan, progress, report::Report, store::Store};

pub async fn measure(plan: &Plan, report: &mut Report) -> Outcome<()> {
    progress("a day sheet with five hundred bookings");
    let sheet = sheet::run(plan).await?;
    words::sheet_budget(&sheet, report);
    let (mut displays, mut rushes) = (Vec::new(), Vec::new());
    for store in Store::all(plan) {
        progress(format_args!("calls on ten displays, {store}"));
        let mut hall = staff::Hall::open(plan, store).await?;
        let figures = display::run(plan, &mut hall).await?;
        words::display_budgets(store, &figures, report);
        displays.push((store, figures));
        progress(format_args!("twenty clerks press next at once, {store}"));
        let figures = next::run(plan, &mut hall).await?;
        let (portal, back) = start_again::run(plan, hall).await?;
        words::back_budget(store, back, report);
        portal.process.kill();
        let control = control::run(&portal.place).await?;
        words::next_budget(store, &figures, &control, report);
        rushes.push((store, figures, control));
    }
    report.section("The hall", words::section(&sheet, &displays, &rushes));
    Ok(())
}
