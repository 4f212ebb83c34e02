//! Lists that come in by the command line.

use std::path::Path;

use super::{KIND, empty, list};
use crate::{
    Outcome,
    plan::Plan,
    portal::command,
    process::{Ran, run},
    store::{Place, Store},
};

/// A city that came in.
pub struct Taken {
    pub rows: usize,
    pub ran: Ran,
}

/// A list that is too long, and one of a single line, both looked at only.
pub struct Endless {
    pub lines: usize,
    pub long: Ran,
    pub short: Ran,
}

/// Takes so many places in.
pub async fn city(plan: &Plan, place: &Place, places: usize) -> Outcome<Taken> {
    let file = place.folder.path().join("city.csv");
    list::write(&file, places)?;
    let ran = import(plan, place, &file, &["--write", "--gone", "keep"]).await?;
    if !ran.success {
        return Err(format!("the city was not taken in:\n{}", ran.said).into());
    }
    Ok(Taken { rows: places, ran })
}

pub async fn endless(plan: &Plan) -> Outcome<Endless> {
    let lines = if plan.quick { 200_000 } else { 1_000_000 };
    let place = empty(plan, Store::Sqlite).await?;
    let (long, short) = (place.folder.path().join("long.csv"), place.folder.path().join("short.csv"));
    list::write_lines(&long, lines)?;
    list::write_lines(&short, 1)?;
    let long = import(plan, &place, &long, &[]).await?;
    let short = import(plan, &place, &short, &[]).await?;
    if long.success || !short.success || !long.said.contains("rows") {
        return Err(format!("the long list was not refused:\n{}\n{}", long.said, short.said).into());
    }
    Ok(Endless { lines, long, short })
}

async fn import(plan: &Plan, place: &Place, file: &Path, more: &[&str]) -> Outcome<Ran> {
    let mut command = command(plan, place);
    command.args(["places", "import"]).arg(file).args(["--kind", KIND, "--source", "演示数据", "--invented"]);
    command.args(["--checked", list::CHECKED, "--datum", "gcj02"]).args(more);
    run(command, &place.folder.path().join("import.log")).await
}
