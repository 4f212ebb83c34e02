//! The hall in words and tables.

use std::time::Duration;

use super::{control, display, next, sheet};
use crate::{
    report::{Report, table},
    stats::{grouped, number},
    store::Store,
};

pub fn sheet_budget(pages: &[sheet::Page], report: &mut Report) {
    let [home, .., whole] = pages else { return };
    let measured = format!(
        "p50 {:.1} ms, p95 {:.1} ms, {} kB: {:.1} times the home page",
        whole.p50,
        whole.p95,
        kilobytes(whole.wire),
        whole.p50 / home.p50
    );
    report.told("day sheet with 500 bookings, all rows, SQLite", measured);
}

pub fn display_budgets(store: Store<'_>, figures: &display::Figures, report: &mut Report) {
    let display::Figures { p95, p99, lost, .. } = figures;
    for (what, least, value) in [("p95", 300.0, p95), ("p99", 1000.0, p99)] {
        report.budget(
            format!("a call on ten displays, {what}, {store}"),
            format!("≤ {} ms", grouped(least, 0)),
            format!("{value:.1} ms"),
            *value <= least && *lost == 0,
        );
    }
}

pub fn back_budget(store: Store<'_>, back: Duration, report: &mut Report) {
    report.budget(
        format!("first call after a kill, from the start of the process, {store}"),
        "≤ 2 s",
        format!("{} ms", back.as_millis()),
        back.as_secs() < 2,
    );
}

pub fn next_budget(store: Store<'_>, figures: &next::Figures, control: &control::Figures, report: &mut Report) {
    let next::Figures { rounds, doubled, skipped, errors, .. } = figures;
    let control::Figures { failed, rounds: tried } = control;
    report.budget(
        format!("twenty clerks press next at once, {store}: called twice / passed over"),
        "0 / 0, and the control fails",
        format!(
            "{doubled} / {skipped} in {} rounds, {errors} errors; the control failed in {failed} of {tried}",
            grouped(number(*rounds), 0)
        ),
        *doubled == 0 && *skipped == 0 && *errors == 0 && *failed > 0,
    );
}

pub fn section(
    pages: &[sheet::Page],
    displays: &[(Store<'_>, display::Figures)],
    rushes: &[(Store<'_>, next::Figures, control::Figures)],
) -> String {
    let home = pages.first().map_or(1.0, |page| page.p50);
    let sheets = pages.iter().map(|page| {
        [
            page.what.to_owned(),
            format!("{:.2}", page.p50),
            format!("{:.2}", page.p95),
            format!("{:.1}", page.p50 / home),
            kilobytes(page.raw),
            kilobytes(page.wire),
            kilobytes(page.packed),
        ]
    });
    let displays = displays.iter().map(|(store, figures)| {
        let display::Figures { p50, p95, p99, calls, lost } = figures;
        [
            store.to_string(),
            calls.to_string(),
            format!("{p50:.1}"),
            format!("{p95:.1}"),
            format!("{p99:.1}"),
            lost.to_string(),
        ]
    });
    let rushes = rushes.iter().map(|(store, figures, control)| {
        let next::Figures { rounds, doubled, skipped, errors, p50, p99, lasted } = figures;
        [
            store.to_string(),
            grouped(number(*rounds), 0),
            doubled.to_string(),
            skipped.to_string(),
            errors.to_string(),
            format!("{p50:.1}"),
            format!("{p99:.1}"),
            format!("{lasted:.0}"),
            format!("{} of {}", control.failed, control.rounds),
        ]
    });
    format!(
        "The day sheet on SQLite, one request after the other over one connection, as one clerk asks for it on a day with \
         500 bookings, nobody of whom has come: rows with other acts are somewhat heavier. Pages for whoever is signed in go \
         over the wire unpacked, since the length of a packed page betrays its content; what brotli would make of them \
         stands beside it. The home page comes as every \
         stranger gets it, drawn and packed once a second for all; the day sheet is drawn anew for each.\n\n{}\n\
         Ten displays listen over loopback (`/display/…/events`) while twenty counters call in turn, four times a second; \
         the time is from the press to the piece of the event that holds the ticket, without a browser that draws it, and \
         without the network of a hall.\n\n{}\n\
         Twenty clerks, each with a connection of their own, press \"next\" in the same instant while 24 or more wait; then \
         everybody is put back by the database alone. The control is a database without the two rules, in which the same \
         twenty look first and write then, without naming the version they saw. Clerks are copies of the demonstration's \
         staff.\n\n{}",
        table(
            ["page", "p50, ms", "p95, ms", "of the home page's", "raw, kB", "on the wire, kB", "in brotli, kB"],
            sheets
        ),
        table(["database", "calls", "p50, ms", "p95, ms", "p99, ms", "not shown within 5 s"], displays),
        table(
            [
                "database",
                "rounds",
                "called twice",
                "passed over",
                "errors",
                "p50, ms",
                "p99, ms",
                "lasted, s",
                "the control failed"
            ],
            rushes
        ),
    )
}

fn kilobytes(bytes: usize) -> String {
    grouped(number(bytes) / 1000.0, 1)
}
