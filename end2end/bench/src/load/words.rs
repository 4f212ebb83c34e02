//! The hot day in words and tables.

use super::{CLIENTS, flood, proof::Proof, rush, scramble};
use crate::{
    report::{Report, table},
    stats::{Spread, grouped, number},
    store::Store,
};

/// Every store with its runs.
pub type ByStore<'a, F> = [(Store<'a>, Vec<F>)];

pub fn rush_budgets(store: Store<'_>, runs: &[rush::Figures], report: &mut Report) {
    let pairs = spread(runs, |run| run.pairs);
    report.budget(
        format!("hold and book, {CLIENTS} clients, {store}"),
        "≥ 1,000 pairs/s",
        format!("{} pairs/s", pairs.say(0)),
        pairs.median() >= 1000.0,
    );
    let slowest = spread(runs, |run| run.hold[1].max(run.book[1]));
    report.budget(
        format!("p99 of the slower of the two, {store}"),
        "≤ 250 ms",
        format!("{} ms", slowest.say(0)),
        slowest.median() <= 250.0,
    );
    let proof = sum(runs.iter().map(|run| run.proof));
    report.budget(
        format!("oversold / lost, {store}"),
        "0 / 0",
        format!("{} / {} of {}", proof.oversold, proof.lost, acknowledged(runs)),
        proof.kept(),
    );
    let memory = spread(runs, |run| run.memory);
    report.budget(
        format!("server memory under that load, {store}"),
        "≤ 150 MB",
        format!("{} MB", memory.say(0)),
        memory.median() <= 150.0,
    );
}

/// A rush with what strangers were answered beside it.
pub type Flooded = (rush::Figures, flood::Figures);

pub fn flood_budget(store: Store<'_>, quiet: &[rush::Figures], flooded: &[Flooded], report: &mut Report) {
    let ratio = p99(flooded.iter().map(|(rush, _)| rush)) / p99(quiet.iter());
    report.budget(
        format!("bookings' p99 beside {} sign-ins a second, of that without, {store}", flood::A_SECOND),
        "< 2 times",
        format!("{ratio:.2} times"),
        ratio < 2.0,
    );
}

pub fn floods(quiet: &ByStore<'_, rush::Figures>, flooded: &ByStore<'_, Flooded>) -> String {
    let rows = quiet.iter().zip(flooded).map(|((store, quiet), (_, flooded))| {
        let mut answers = std::collections::BTreeMap::new();
        for (status, count) in flooded.iter().flat_map(|(_, flood)| &flood.answers) {
            *answers.entry(*status).or_insert(0) += count;
        }
        let answers = answers.into_iter().map(|(status, count)| format!("{} × {status}", grouped(number(count), 0)));
        [
            store.to_string(),
            spread(quiet, |run| run.pairs).say(0),
            spread(flooded, |(run, _)| run.pairs).say(0),
            spread(quiet, |run| run.book[1]).say(1),
            spread(flooded, |(run, _)| run.book[1]).say(1),
            flooded.iter().map(|(run, _)| run.errors).sum::<usize>().to_string(),
            answers.collect::<Vec<_>>().join(", "),
        ]
    });
    let head = [
        "database",
        "pairs/s, quiet",
        "pairs/s, flooded",
        "book p99 quiet, ms",
        "flooded, ms",
        "errors",
        "what strangers were answered",
    ];
    format!(
        "The hot day once more, while {} times a second somebody opens a connection and tries to sign in as staff with a name \
         and a password that nobody has, each from another network (a proxy says so), so that no budget keeps them from the \
         hash: half the cores hash, and who waited two seconds for one is answered 503. Strangers and couples share the two cores with the server, so part of the difference is what it \
         costs to send the tries.\n\n{}",
        flood::A_SECOND,
        table(head, rows)
    )
}

/// The median of the slowest hundredth of bookings.
fn p99<'a>(runs: impl Iterator<Item = &'a rush::Figures>) -> f64 {
    Spread::of(runs.map(|run| run.book[1])).median()
}

pub fn scramble_budget(store: Store<'_>, runs: &[scramble::Figures], report: &mut Report) {
    let right = runs.iter().all(|run| run.booked == run.places && run.errors == 0 && run.proof.kept());
    let booked: Vec<String> = runs.iter().map(|run| grouped(number(run.booked), 0)).collect();
    let places = runs.first().map_or(0, |run| run.places);
    report.budget(
        format!("more couples than places, {store}"),
        format!("exactly {} booked", grouped(number(places), 0)),
        booked.join(", "),
        right,
    );
}

pub fn rushes(all: &ByStore<'_, rush::Figures>) -> String {
    let rows = all.iter().map(|(store, runs)| {
        [
            store.to_string(),
            spread(runs, |run| run.pairs).say(0),
            spread(runs, |run| run.hold[0]).say(1),
            spread(runs, |run| run.hold[1]).say(1),
            spread(runs, |run| run.book[0]).say(1),
            spread(runs, |run| run.book[1]).say(1),
            runs.iter().map(|run| run.errors).sum::<usize>().to_string(),
            spread(runs, |run| run.processor).say(2),
            spread(runs, |run| run.memory).say(0),
        ]
    });
    let head = [
        "database",
        "pairs/s",
        "hold p50, ms",
        "p99, ms",
        "book p50, ms",
        "p99, ms",
        "errors",
        "processor a pair, ms",
        "memory, MB",
    ];
    let proofs = all.iter().map(|(store, runs)| {
        let proof = sum(runs.iter().map(|run| run.proof));
        proof_row(store.to_string(), acknowledged(runs), proof)
    });
    format!(
        "{CLIENTS} clients, each with its own connection, take a time on 20 May 2026 (`POST /api/v1/holds`) and book \
         it for a couple that nobody has seen before (`POST /api/v1/bookings` with an `Idempotency-Key`), as fast as \
         they are answered. A booking seals both people's data, binds them, adds to the audit chain and writes a \
         message to each phone; the messages are sent to the demo's mailbox meanwhile. Every commit is durable \
         (SQLite `synchronous=full`; PostgreSQL `fsync` and `synchronous_commit` on, reached over a Unix socket). Codes \
         to phones and rate limits are off.\n\n{}\nThen the server is killed (SIGKILL) and its database is asked. All of this must be \
         zero:\n\n{}",
        table(head, rows),
        table(PROOF_HEAD, proofs),
    )
}

pub fn scrambles(all: &ByStore<'_, scramble::Figures>) -> String {
    let couples = all.iter().flat_map(|(_, runs)| runs).next().map_or((0, 0), |run| (run.couples, run.places));
    let rows = all.iter().flat_map(|(store, runs)| {
        let booked = spread(runs, |run| number(run.booked)).say(0);
        let ours = [
            format!("Huimin, {store}"),
            booked,
            sum(runs.iter().map(|run| run.proof)).oversold.to_string(),
            spread(runs, scramble::Figures::rate).say(0),
            spread(runs, |run| number(run.left_out)).say(0),
            spread(runs, |run| number(run.refused)).say(0),
        ];
        let naive = [
            format!("look, then write, {store}"),
            spread(runs, |run| number(run.naive.booked)).say(0),
            #[expect(clippy::cast_precision_loss)]
            spread(runs, |run| run.naive.oversold as f64).say(0),
            spread(runs, |run| run.naive.rate()).say(0),
            spread(runs, |run| number(run.couples - run.naive.booked)).say(0),
            "–".to_owned(),
        ];
        [ours, naive]
    });
    let proofs = all.iter().map(|(store, runs)| {
        let booked = runs.iter().map(|run| run.booked).sum();
        proof_row(store.to_string(), grouped(number(booked), 0), sum(runs.iter().map(|run| run.proof)))
    });
    let head = ["booker", "booked", "oversold", "bookings/s", "couples left out", "times told that a slot is full"];
    format!(
        "{} couples for {} places, {CLIENTS} at a time; a couple that finds a slot full tries the next until it has \
         tried all. Beside it, on the same database, a booker that looks whether a place is left and then books it, \
         in two transactions and without a rule in the database. It does only that: no HTTP, no sealing, no binding \
         of people, no audit, no messages; so its speed is what the promises cost, and what it oversells is what \
         they are for. Huimin's bookings a second are those until the last place was booked, refusals on the way \
         included.\n\n{}\nAfter a SIGKILL, all zero:\n\n{}",
        grouped(number(couples.0), 0),
        grouped(number(couples.1), 0),
        table(head, rows),
        table(PROOF_HEAD, proofs),
    )
}

const PROOF_HEAD: [&str; 9] = [
    "database",
    "acknowledged",
    "oversold",
    "lost",
    "untold",
    "slots miscounted",
    "without audit",
    "without messages",
    "without two people",
];

fn proof_row(store: String, acknowledged: String, proof: Proof) -> [String; 9] {
    let Proof { oversold, miscounted, lost, untold, without_audit, without_messages, without_people } = proof;
    [
        store,
        acknowledged,
        oversold.to_string(),
        lost.to_string(),
        untold.to_string(),
        miscounted.to_string(),
        without_audit.to_string(),
        without_messages.to_string(),
        without_people.to_string(),
    ]
}

fn acknowledged(runs: &[rush::Figures]) -> String {
    grouped(number(runs.iter().map(|run| run.acknowledged).sum()), 0)
}

fn sum(proofs: impl Iterator<Item = Proof>) -> Proof {
    let mut all = Proof::default();
    proofs.for_each(|proof| all.add(proof));
    all
}

fn spread<F>(runs: &[F], figure: impl Fn(&F) -> f64) -> Spread {
    Spread::of(runs.iter().map(figure))
}
