//! Applications: the office's lists with a million of them, photographs that families send at once, families beside the hot day,
//! applications that break off, and deadlines of three years.

mod broken;
mod deadlines;
mod family;
mod lists;
mod photos;
mod rush;
mod seal;
mod stock;
mod words;

use crate::{Outcome, plan::Plan, report::Report, store::Store};

pub async fn measure(plan: &Plan, report: &mut Report) -> Outcome<()> {
    let (mut queues, mut rushes, mut broken_off) = (Vec::new(), Vec::new(), Vec::new());
    for store in Store::all(plan) {
        let figures = lists::measure(plan, store).await?;
        words::lists_budgets(store, &figures, report);
        queues.push((store, figures));
    }
    let photos = photos::measure(plan).await?;
    words::photo_budgets(&photos, report);
    for store in Store::all(plan) {
        let (alone, mut beside) = (vec![rush::alone(plan, store).await?], Vec::new());
        for _ in 0..plan.runs(2) {
            beside.push(rush::beside_the_rush(plan, store).await?);
        }
        words::rush_budget(store, (&alone, &beside), report);
        rushes.push((store, alone, beside));
    }
    for store in Store::all(plan) {
        let figures = broken::run(plan, store).await?;
        words::broken_budget(store, &figures, report);
        broken_off.push((store, figures));
    }
    words::deadlines_budget(&deadlines::run(plan).await?, report);
    report.section("Applications", words::section(&queues, &photos, &rushes, &broken_off));
    Ok(())
}
