//! Applications in words and tables.

use super::{broken, deadlines, lists, photos, rush};
use crate::{
    report::{Report, table},
    stats::{Spread, grouped, number},
    store::Store,
};

/// One decoded photograph of the largest kind, turned beside itself, and whole files in the hands of a few.
const MOST_MEMORY: f64 = 400.0;
/// As for bookings.
const SLOWEST: f64 = 250.0;

pub fn lists_budgets(store: Store<'_>, figures: &lists::Figures, report: &mut Report) {
    let lists::Figures { cases: [few, many], lists, started, memory, .. } = figures;
    let share = |of: &[[f64; 2]; 2]| of[1][1] / of[0][1];
    let slowest = lists.iter().max_by(|one, other| share(&one.1).total_cmp(&share(&other.1)));
    let Some((list, of)) = slowest else { return };
    report.budget(
        format!(
            "a page of the office's lists, p95, with {} applications of that with {}, the worst list, {store}",
            grouped(number(*many), 0),
            grouped(number(*few), 0)
        ),
        "≤ 1.5 times",
        format!("{:.2} times (`{list}`: {:.1} ms after {:.1})", share(of), of[1][1], of[0][1]),
        share(of) <= 1.5,
    );
    report.told(
        format!("start with {} applications, and memory after their lists, {store}", grouped(number(*many), 0)),
        format!("{} ms, {} MB", grouped(started[1], 0), grouped(*memory, 0)),
    );
}

pub fn photo_budgets(figures: &[photos::Figures], report: &mut Report) {
    for of in figures {
        let what = match of.families {
            1 => "from one family".to_owned(),
            families => format!("from {families} families at once"),
        };
        let megapixels = grouped(of.megapixels, 0);
        report.told(
            format!("photographs of {megapixels} megapixels, {what}, drawn anew"),
            format!("{:.2} a second, {:.1} MB/s", of.a_second, of.a_second * of.weight),
        );
        report.budget(
            format!("most memory meanwhile, {megapixels} megapixels, {what}"),
            format!("≤ {} MB", grouped(MOST_MEMORY, 0)),
            format!("{} MB", grouped(of.memory, 0)),
            of.memory <= MOST_MEMORY,
        );
    }
}

/// Families alone and beside the hot day.
type Both<'a> = (&'a [rush::Figures], &'a [rush::Figures]);

pub fn rush_budget(store: Store<'_>, (alone, beside): Both<'_>, report: &mut Report) {
    let [quiet, busy] = [alone, beside].map(|runs| spread(runs, |run| run.handed_in[1]));
    report.budget(
        format!("handing in beside the hot day, p99, {} families a second, {store}", rush::A_SECOND),
        format!("≤ {} ms", grouped(SLOWEST, 0)),
        format!("{} ms; without it {} ms", busy.say(0), quiet.say(1)),
        busy.median() <= SLOWEST,
    );
}

pub fn broken_budget(store: Store<'_>, figures: &broken::Figures, report: &mut Report) {
    let broken::Figures { applications, there, lost, doubled, lacking } = figures;
    report.budget(
        format!(
            "{} applications that break off at any step, {store}: lost / doubled / half there",
            grouped(number(*applications), 0)
        ),
        "0 / 0 / 0",
        format!("{lost} / {doubled} / {lacking}; {} were there when they came again", grouped(number(*there), 0)),
        *lost == 0 && *doubled == 0 && *lacking == 0,
    );
}

pub fn deadlines_budget(figures: &deadlines::Figures, report: &mut Report) {
    let deadlines::Figures { cases, wrong, lasted } = figures;
    let found: Vec<String> = wrong.iter().map(|(what, count)| format!("{count} × {what}")).collect();
    let found = if found.is_empty() { "0".to_owned() } else { found.join(", ") };
    report.budget(
        format!("deadlines of {cases} clocks over three calendar years, reckoned alone, on which there is no warning before or no word on the day"),
        "0",
        format!("{found} (in {} s)", lasted.as_secs()),
        wrong.is_empty(),
    );
}

type ByStore<'a> = [(Store<'a>, Vec<rush::Figures>, Vec<rush::Figures>)];

pub fn section(
    queues: &[(Store<'_>, lists::Figures)],
    photos: &[photos::Figures],
    rushes: &ByStore<'_>,
    broken_off: &[(Store<'_>, broken::Figures)],
) -> String {
    [lists_text(queues), photos_text(photos), rushes_text(rushes), broken_text(broken_off)].join("\n\n")
}

fn lists_text(queues: &[(Store<'_>, lists::Figures)]) -> String {
    let [few, many] = queues.first().map_or([0, 0], |(_, figures)| figures.cases);
    let rows = queues.iter().flat_map(|(store, figures)| {
        figures.lists.iter().map(move |(list, [few, many])| {
            [
                store.to_string(),
                format!("`{list}`"),
                format!("{:.1}", few[0]),
                format!("{:.1}", few[1]),
                format!("{:.1}", many[0]),
                format!("{:.1}", many[1]),
                format!("{:.2}", many[1] / few[1]),
            ]
        })
    });
    let head = ["database", "list", "few: p50, ms", "p95, ms", "many: p50, ms", "p95, ms", "p95, times"];
    let filled: Vec<String> = queues
        .iter()
        .map(|(store, figures)| format!("{} s on {store}", grouped(figures.filled.as_secs_f64(), 0)))
        .collect();
    format!(
        "`/staff/cases` for somebody who signs, with {} applications and with {}: a first page of fifty with what every list \
         counts, one after the other over one connection. Seven of a hundred applications are open, one of them is whoever \
         looks's own, and two name the same certificate; the others were decided. Six were made over the API and worked on; all \
         others are their rows under names and numbers of their own, each sealed for itself, without their events, which no list \
         reads ({} for the many). After that PostgreSQL is told to look at its tables anew, as it does by itself; the \
         embedded database is never told.\n\n{}",
        grouped(number(few), 0),
        grouped(number(many), 0),
        filled.join(", "),
        table(head, rows),
    )
}

fn photos_text(photos: &[photos::Figures]) -> String {
    let rows = photos.iter().map(|of| {
        [
            grouped(of.megapixels, 1),
            grouped(of.weight, 1),
            of.families.to_string(),
            format!("{:.2}", of.a_second),
            grouped(of.a_second * of.weight, 1),
            grouped(of.memory, 0),
            of.busy.to_string(),
        ]
    });
    let head = [
        "megapixels",
        "MB each",
        "families at once",
        "photographs/s",
        "MB/s",
        "most memory, MB",
        "last parts sent again",
    ];
    format!(
        "Photographs that say that they are to be turned, each in parts over the API and in a draft of its own. One at a time is \
         decoded, turned, drawn anew, sealed and stored, whoever else waits, so that more families take more time and not more \
         memory for pixels; four whole files wait for that in memory. A sender whom the server tells after eight seconds that it \
         has its hands full sends the last part again.\n\n{}",
        table(head, rows)
    )
}

fn rushes_text(rushes: &ByStore<'_>) -> String {
    let rows = rushes.iter().map(|(store, alone, beside)| {
        [
            store.to_string(),
            spread(alone, |run| run.handed_in[0]).say(1),
            spread(alone, |run| run.handed_in[1]).say(1),
            spread(beside, |run| run.handed_in[0]).say(1),
            spread(beside, |run| run.handed_in[1]).say(1),
            spread(beside, |run| run.booked.unwrap_or_default()).say(1),
            alone.iter().chain(beside).map(|run| run.families).sum::<usize>().to_string(),
        ]
    });
    let head =
        ["database", "alone: p50, ms", "p99, ms", "beside: p50, ms", "p99, ms", "bookings' p99 then, ms", "families"];
    format!(
        "{} families a second begin an application, fill it in and hand it in, each over a connection of its own; what is timed \
         is the handing in. Beside them 64 clients hold and book as on the hot day.\n\n{}",
        rush::A_SECOND,
        table(head, rows)
    )
}

fn broken_text(broken_off: &[(Store<'_>, broken::Figures)]) -> String {
    let rows = broken_off.iter().map(|(store, figures)| {
        let broken::Figures { applications, there, lost, doubled, lacking } = figures;
        [
            store.to_string(),
            grouped(number(*applications), 0),
            grouped(number(*there), 0),
            lost.to_string(),
            doubled.to_string(),
            lacking.to_string(),
        ]
    });
    let head = ["database", "applications", "there when they came again", "lost", "doubled", "half there"];
    format!(
        "Each is sent and its sender goes away after nothing up to four milliseconds, a tenth of one more each time; four times \
         the server is killed (SIGKILL) with forty of them under way. Then every one is handed in again with the same key, the \
         server is killed once more, and the database is asked: cases, values that are granted once, events, texts to the phone \
         and used drafts, one of each for each application.\n\n{}",
        table(head, rows)
    )
}

fn spread(runs: &[rush::Figures], figure: impl Fn(&rush::Figures) -> f64) -> Spread {
    Spread::of(runs.iter().map(figure))
}
