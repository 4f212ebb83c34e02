//! The log, which never keeps a request waiting: lines go to a thread of their own, and those that it cannot write in
//! time are dropped and counted.

use std::sync::OnceLock;

use tracing_appender::non_blocking::{ErrorCounter, NonBlockingBuilder, WorkerGuard};
use tracing_subscriber::EnvFilter;

/// Lines that may wait for whoever reads the log; beyond it they are dropped.
const LINES: usize = 4096;

static DROPPED: OnceLock<ErrorCounter> = OnceLock::new();

/// Writes one JSON line an event to standard error until the guard is gone; `RUST_LOG` chooses what is logged.
pub fn start() -> WorkerGuard {
    let filter = EnvFilter::try_from_default_env().unwrap_or_else(|_| EnvFilter::new("info,sqlx=warn"));
    let lines = NonBlockingBuilder::default().buffered_lines_limit(LINES).lossy(true).thread_name("log");
    let (writer, guard) = lines.finish(std::io::stderr());
    DROPPED.set(writer.error_counter()).ok();
    // A complaint about the log on the same stream would panic where that stream is closed.
    tracing_subscriber::fmt().json().with_env_filter(filter).with_writer(writer).log_internal_errors(false).init();
    // The hook of the standard library writes to standard error itself, and waits where nobody reads it.
    std::panic::set_hook(Box::new(|panic| tracing::error!(%panic, "panicked")));
    guard
}

/// Lines that were dropped since the start.
pub(super) fn dropped() -> usize {
    DROPPED.get().map_or(0, ErrorCounter::dropped_lines)
}
