//! What the figures were measured on, in words that name no place.

use std::{fs::File, os::unix::fs::FileExt, path::Path, time::Instant};

use chrono::Utc;
use shared::calendar::shanghai_date;

use crate::{
    Outcome,
    plan::Plan,
    stats::{grouped, percentile},
};

/// The lines at the head of the report.
pub fn describe(plan: &Plan) -> Outcome<String> {
    let cores = std::thread::available_parallelism()?;
    let memory = std::fs::read_to_string("/proc/meminfo")?;
    let total = memory.lines().find_map(|line| line.strip_prefix("MemTotal:")?.trim().strip_suffix(" kB"));
    let gigabytes = total.ok_or("/proc tells no memory")?.parse::<f64>()? * 1024.0 / 1e9;
    let kernel = std::fs::read_to_string("/proc/sys/kernel/osrelease")?;
    // What follows the version is the builder's own name for it.
    let kernel = kernel.trim().split('-').next().unwrap_or_default();
    let write = durable_write(&plan.scratch)?;
    Ok(format!(
        "- Machine: {cores} cores, {gigabytes:.0} GB of memory, Linux {kernel}; load and server share it\n\
         - Disk: a durable write of 8 kB takes {} µs (median of {WRITES})\n\
         - Date: {}\n\
         - Commit: {}\n",
        grouped(write, 0),
        shanghai_date(Utc::now()),
        plan.commit,
    ))
}

const WRITES: usize = 200;

/// Microseconds until 8 kB are on the disk, so that a reader can tell what a commit can cost at best.
fn durable_write(folder: &Path) -> Outcome<f64> {
    let path = folder.join("durable");
    let file = File::create(&path)?;
    let block = [7_u8; 8192];
    let mut durations = Vec::with_capacity(WRITES);
    for offset in (0..).step_by(block.len()).take(WRITES) {
        let start = Instant::now();
        file.write_all_at(&block, offset)?;
        file.sync_data()?;
        durations.push(start.elapsed());
    }
    std::fs::remove_file(path)?;
    Ok(percentile(&mut durations, 0.5) * 1000.0)
}
