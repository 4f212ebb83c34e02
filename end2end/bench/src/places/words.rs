//! The directory in words and tables.

use super::{
    Bundle, City,
    looking::{Looked, Times},
    near::Near,
    pages::Shown,
    taking::{Endless, Taken},
};
use crate::{
    Outcome,
    process::Ran,
    report::{Report, table},
    stats::{Spread, grouped, number},
    store::Store,
};

/// What a stranger's page is allowed to cost: as other pages with queries.
const SHARE: f64 = 10.0;
/// Milliseconds of one search or sort: a phone that is four times slower answers within a tenth of a second.
const SEARCH: f64 = 25.0;

pub fn endless_budget(endless: &Endless, report: &mut Report) {
    let Endless { lines, long, short } = endless;
    let more = (long.most - short.most) / 1e6;
    report.budget(
        format!("a list of {} lines is refused: memory beyond that of one line, time", grouped(number(*lines), 0)),
        "≤ 10 MB, ≤ 3 s",
        format!("{more:.1} MB, {:.1} s", seconds(long)),
        more <= 10.0 && seconds(long) <= 3.0,
    );
}

pub fn import_budgets(store: Store<'_>, taken: &Taken, near: &Near, report: &mut Report) {
    let Taken { rows, ran } = taken;
    report.budget(
        format!("a list of {} places comes in, {store}: rows a second, most memory", grouped(number(*rows), 0)),
        "≥ 500, ≤ 250 MB",
        format!("{}, {} MB", grouped(speed(taken), 0), grouped(ran.most / 1e6, 0)),
        speed(taken) >= 500.0 && ran.most <= 250e6,
    );
    let ratio = near.api[0] / near.scan[0];
    report.budget(
        format!("the nearest of {} over the API, of a plain scan, {store}", grouped(number(*rows), 0)),
        "≤ 1 times",
        format!("{ratio:.2} times"),
        ratio <= 1.0,
    );
}

pub fn looking_budgets(looked: &[Looked], report: &mut Report) {
    let slowest = |times: &dyn Fn(&Looked) -> Option<Times>| {
        looked.iter().filter_map(|one| Some((times(one)?.p95, &one.what))).max_by(|a, b| a.0.total_cmp(&b.0))
    };
    let what = |where_is: &str| format!("the slowest search or sort, p95, {where_is}");
    let least = format!("≤ {SEARCH:.0} ms");
    let told = |(p95, what): (f64, &String)| format!("{p95:.1} ms ({what})");
    if let Some(found) = slowest(&|one| Some(one.here)) {
        report.told(what("native"), told(found));
    }
    match slowest(&|one| one.browser) {
        Some(found) => report.budget(what("WebAssembly"), least, told(found), found.0 <= SEARCH),
        None => report.not_measured(what("WebAssembly"), least, "no Chromium here"),
    }
}

pub fn page_budgets(shown: &[Shown], large: &City, report: &mut Report) -> Outcome<()> {
    for Shown { what, of } in shown {
        for figures in of {
            let median = figures.share.median();
            report.budget(
                format!(
                    "{what} of {} places for a stranger, share of a bare route",
                    grouped(number(figures.places), 0)
                ),
                format!("≥ {SHARE:.0} %"),
                format!("{} %", figures.share.say(0)),
                median >= SHARE,
            );
        }
    }
    let places = grouped(number(large.places), 0);
    let memory = large.portal.process.memory()?;
    report.told(format!("server memory with {places} places, now and at most"), {
        format!("{} and {} MB", grouped(memory.now / 1e6, 0), grouped(memory.most / 1e6, 0))
    });
    report.told(format!("the first list of {places} after it was changed"), format!("{} ms", large.first.as_millis()));
    Ok(())
}

pub fn paint_budget(paint: Option<&Spread>, report: &mut Report) {
    let (what, least) = ("the first list on a phone slowed four times, slow network", "≤ 1.8 s");
    match paint {
        Some(paint) => {
            let seconds = Spread::of([paint.median() / 1000.0]);
            report.budget(what, least, format!("{} s", seconds.say(2)), seconds.median() <= 1.8);
        }
        None => report.not_measured(what, least, "no Chromium here"),
    }
}

pub fn bundle_budget(places: usize, bundle: &Bundle, report: &mut Report) {
    report.budget(
        format!("the list of {} places for a phone to keep, in brotli", grouped(number(places), 0)),
        "≤ 60 kB",
        format!("{} kB", kilobytes(bundle.packed)),
        bundle.packed <= 60_000,
    );
}

pub fn section(
    endless: &Endless,
    imports: &[(Store<'_>, Taken, Near, City)],
    bundles: &[(usize, Bundle)],
    looked: &[Looked],
    shown: &[Shown],
) -> String {
    let Endless { lines, long, short } = endless;
    let taken = imports.iter().map(|(store, taken, near, _)| {
        [
            store.to_string(),
            format!("{:.1}", seconds(&taken.ran)),
            grouped(speed(taken), 0),
            grouped(taken.ran.most / 1e6, 0),
            both(near.api),
            both(near.scan),
        ]
    });
    let bundles = bundles.iter().map(|(places, bundle)| {
        let made = bundle.made.as_millis().to_string();
        [grouped(number(*places), 0), kilobytes(bundle.plain.len()), kilobytes(bundle.packed), made]
    });
    let times = |times: Times| both([times.median, times.p95]);
    let looked = looked.iter().map(|one| {
        let browser = one.browser.map_or_else(|| "–".to_owned(), times);
        [one.what.clone(), grouped(number(one.hits), 0), times(one.here), browser]
    });
    let pages = shown.iter().flat_map(|Shown { what, of }| {
        of.iter().map(move |figures| {
            [
                (*what).to_owned(),
                grouped(number(figures.places), 0),
                kilobytes(figures.weight[0]),
                kilobytes(figures.weight[1]),
                figures.rate.say(0),
                figures.share.say(0),
                both(figures.drawn),
            ]
        })
    });
    format!(
        "An invented city beside the 57 places of the demonstration. Its list comes in by `huimin places import --write`, from \
         the start of the program to its end; the memory is the most that the program had. The nearest fifty are asked for over \
         one connection, one after the other; a plain scan is one statement that looks at every row and sorts, over a connection \
         of its own, without anything around it. Milliseconds are p50 / p95.\n\n{}\n\
         A list of {} lines is refused after {:.1} s with {} MB at most; one of a single line has {} MB.\n\n\
         The list for a phone to keep, from the first question for its name to the answer: read from what the process has, made \
         and packed.\n\n{}\n\
         Search and sort over the large list as a phone has it, natively and in the WebAssembly of Chromium.\n\n{}\n\
         Pages for strangers: requests a second over 16 connections (wrk), drawn and packed once a second for all; and one after \
         the other, each drawn anew.\n\n{}",
        table(
            ["database", "lasted, s", "rows/s", "most memory, MB", "nearest over the API, ms", "a plain scan, ms"],
            taken
        ),
        grouped(number(*lines), 0),
        seconds(long),
        grouped(long.most / 1e6, 1),
        grouped(short.most / 1e6, 1),
        table(["places", "plain, kB", "in brotli, kB", "made in, ms"], bundles),
        table(["typed", "found", "native, ms", "in Chromium, ms"], looked),
        table(["page", "places", "kB", "in brotli, kB", "requests/s", "% of the bare route", "drawn anew, ms"], pages),
    )
}

fn both([p50, p95]: [f64; 2]) -> String {
    format!("{p50:.1} / {p95:.1}")
}

fn speed(taken: &Taken) -> f64 {
    number(taken.rows) / taken.ran.lasted.as_secs_f64()
}

fn seconds(ran: &Ran) -> f64 {
    ran.lasted.as_secs_f64()
}

fn kilobytes(bytes: usize) -> String {
    grouped(number(bytes) / 1000.0, 1)
}
