//! Figures for Prometheus: counted where things happen, shown to this machine alone.

use std::{
    sync::{
        OnceLock,
        atomic::{AtomicU32, Ordering},
    },
    time::Duration,
};

use chrono::TimeDelta;
use metrics::{counter, describe_counter, describe_gauge, describe_histogram, gauge, histogram};
use metrics_exporter_prometheus::{PrometheusBuilder, PrometheusHandle};

const REQUESTS: &str = "huimin_requests_total";
const SECONDS: &str = "huimin_request_seconds";
const HOLDS: &str = "huimin_holds_total";
const BOOKINGS: &str = "huimin_bookings_total";
const CASES: &str = "huimin_cases_submitted_total";
const CASE_ALERTS: &str = "huimin_case_alerts_total";
const PROBLEMS: &str = "huimin_problems_total";
const CLOCK_MOVED: &str = "huimin_clock_moved_seconds";
const TURNED_AWAY: &str = "huimin_connections_turned_away_total";
const BUDGETS_GONE: &str = "huimin_codes_over_budget_total";
const PACKS_REFUSED: &str = "huimin_policy_packs_refused_total";
pub(super) const WAITING: &str = "huimin_outbox_waiting";
pub(super) const LOG_DROPPED: &str = "huimin_log_lines_dropped";

/// Upper bounds of the latency histogram, in seconds.
const BUCKETS: [f64; 10] = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 1.0, 5.0];

/// Starts counting; what is counted before is lost. Doing it again changes nothing.
pub fn start() {
    recorder();
}

/// A place was held.
pub fn held() {
    counter!(HOLDS).increment(1);
}

/// A booking was made.
pub fn booked() {
    counter!(BOOKINGS).increment(1);
}

/// An application was handed in.
pub fn case_submitted() {
    counter!(CASES).increment(1);
}

/// The clock had something to say of a case: `half`, `near`, `due` or `over`.
pub fn case_alert(alert: &'static str) {
    counter!(CASE_ALERTS, "alert" => alert).increment(1);
}

/// A request came to nothing for a reason that somebody was told; conflicts are among them by their codes.
pub fn refused(code: &'static str) {
    counter!(PROBLEMS, "code" => code).increment(1);
}

/// By how much the machine's clock was set while the process runs.
pub fn clock_moved(by: TimeDelta) {
    #[expect(clippy::cast_precision_loss, reason = "seconds of a clock are few")]
    gauge!(CLOCK_MOVED).set(by.num_milliseconds() as f64 / 1000.0);
}

/// A connection was not taken: its address has its share, or there is no place left.
pub fn turned_away(why: &'static str) {
    counter!(TURNED_AWAY, "why" => why).increment(1);
}

/// A code abroad was not sent, since the day's budget for its country or its block of numbers is gone.
pub fn budget_gone(country: u16) {
    counter!(BUDGETS_GONE, "country" => country.to_string()).increment(1);
}

/// Changed policy packs were not put in force.
pub fn packs_refused() {
    counter!(PACKS_REFUSED).increment(1);
}

/// A request was answered.
pub(super) fn answered(method: &'static str, route: &str, status: u16, took: Duration) {
    let route = route.to_owned();
    counter!(REQUESTS, "method" => method, "route" => route.clone(), "status" => status.to_string()).increment(1);
    histogram!(SECONDS, "method" => method, "route" => route).record(took);
    tidy();
}

/// The process has one recorder; none when something else has been counting before us.
pub(super) fn recorder() -> Option<&'static PrometheusHandle> {
    static RECORDER: OnceLock<Option<PrometheusHandle>> = OnceLock::new();
    RECORDER.get_or_init(install).as_ref()
}

fn install() -> Option<PrometheusHandle> {
    let builder = PrometheusBuilder::new().set_buckets(&BUCKETS).and_then(PrometheusBuilder::install_recorder);
    let recorder = builder.inspect_err(|error| tracing::warn!(%error, "nothing will be counted")).ok()?;
    describe_counter!(REQUESTS, "Requests answered, by method, route and status");
    describe_histogram!(SECONDS, "Time from a request to its answer, in seconds");
    describe_counter!(HOLDS, "Places held");
    describe_counter!(BOOKINGS, "Bookings made");
    describe_counter!(CASES, "Applications handed in");
    describe_counter!(CASE_ALERTS, "Times of cases that are half, four fifths or wholly gone, or over, each told once");
    describe_counter!(PROBLEMS, "Requests that came to nothing, by the problem told");
    describe_counter!(TURNED_AWAY, "Connections not taken, by whether their address or the process had no place left");
    describe_gauge!(CLOCK_MOVED, "Seconds by which the machine's clock was set while the portal runs");
    describe_counter!(BUDGETS_GONE, "Codes not sent abroad because a day's budget was gone, by country code");
    describe_gauge!(WAITING, "Messages that wait to be sent");
    describe_gauge!(LOG_DROPPED, "Lines of the log that nobody read in time");
    Some(recorder)
}

/// Samples gather until they are sorted into buckets, so that is done now and then even if nobody scrapes.
fn tidy() {
    const EVERY: u32 = 8192;
    static ANSWERED: AtomicU32 = AtomicU32::new(0);
    if ANSWERED.fetch_add(1, Ordering::Relaxed) % EVERY == EVERY - 1
        && let Some(recorder) = recorder()
    {
        recorder.run_upkeep();
    }
}
