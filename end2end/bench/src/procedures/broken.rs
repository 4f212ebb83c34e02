//! Applications whose senders go away at any moment of handing in, and whose server is killed with many of them under way: each is
//! handed in again, and then is there once.

use std::{
    collections::BTreeSet,
    io::Write,
    net::{SocketAddr, TcpStream},
    sync::{Arc, atomic::AtomicUsize},
    time::Duration,
};

use shared::procedures::CaseReference;
use sqlx::AnyPool;
use tokio::{
    task::{JoinSet, spawn_blocking},
    time::sleep,
};

use super::family::{Draft, Family};
use crate::{
    Outcome,
    plan::Plan,
    portal::start,
    progress,
    queue::turn,
    store::{Place, Store},
};

const SENDERS: usize = 16;
/// The server is killed in each.
const ROUNDS: usize = 4;
/// Applications that are under way at that moment.
const UNDER_WAY: usize = 40;
/// How much longer each sender stays than the one before it, until after so many the first comes again: a submission takes less
/// than all of that.
const STEP: Duration = Duration::from_micros(100);
const STEPS: u32 = 40;

/// What a database holds in the end.
pub struct Figures {
    pub applications: usize,
    /// How many of them had become cases before they were handed in again.
    pub there: usize,
    /// Acknowledged ones that are no case.
    pub lost: usize,
    /// Cases, values that are granted once, events, texts to a phone and used drafts: how many are more than one for each
    /// application, and how many lack.
    pub doubled: usize,
    pub lacking: usize,
}

pub async fn run(plan: &Plan, store: Store<'_>) -> Outcome<Figures> {
    let round = if plan.quick { 100 } else { 2_500 };
    let applications = ROUNDS * round;
    progress(format_args!("{applications} applications break off on {store}"));
    let place = store.place(&plan.scratch).await?;
    let (mut acknowledged, mut there) = (BTreeSet::new(), 0);
    for first in (0..applications).step_by(round) {
        let (process, _) = start(plan, &place).await?;
        let drafts = Arc::new(drafts(process.address, first..first + round).await?);
        break_off(process.address, &drafts).await?;
        let under_way = drafts[round - UNDER_WAY..].iter().map(|draft| send(process.address, draft));
        let under_way = under_way.collect::<Outcome<Vec<TcpStream>>>()?;
        sleep(STEP * STEPS / 2).await;
        process.kill();
        drop(under_way);
        there += counted(&place, CASES).await?.saturating_sub(first);
        let (process, _) = start(plan, &place).await?;
        acknowledged.extend(again(process.address, &drafts).await?);
        // What was acknowledged is there also when a server ends like this.
        process.kill();
    }
    let mut figures = Figures { applications, there, lost: lost(&place, &acknowledged).await?, doubled: 0, lacking: 0 };
    for statement in ONE_EACH {
        let rows = counted(&place, statement).await?;
        figures.doubled += rows.saturating_sub(applications);
        figures.lacking += applications.saturating_sub(rows);
    }
    Ok(figures)
}

const CASES: &str = "select count(*) from procedure_case";
const ONE_EACH: [&str; 5] = [
    CASES,
    "select count(*) from procedure_once",
    "select count(*) from audit where act = 'case_submitted'",
    "select count(*) from outbox where kind = 'case_submitted'",
    "select count(*) from application_draft where submitted is not null",
];

/// Begins and fills in so many.
async fn drafts(address: SocketAddr, families: std::ops::Range<usize>) -> Outcome<Vec<Draft>> {
    let (next, first, count) = (Arc::new(AtomicUsize::new(0)), families.start, families.len());
    let mut senders = JoinSet::new();
    for _ in 0..SENDERS {
        let next = Arc::clone(&next);
        senders.spawn(async move {
            let (mut family, mut drafts) = (Family::connect(address).await?, Vec::new());
            while let Some(n) = turn(&next, count) {
                let draft = family.begin().await?;
                family.fill_in(&draft, first + n).await?;
                drafts.push(draft);
            }
            Outcome::Ok(drafts)
        });
    }
    let mut drafts = Vec::with_capacity(count);
    while let Some(of_one) = senders.join_next().await {
        drafts.extend(of_one??);
    }
    Ok(drafts)
}

/// Hands all in but the last, and goes away: after nothing, after a moment, after a longer one.
async fn break_off(address: SocketAddr, drafts: &Arc<Vec<Draft>>) -> Outcome<()> {
    let mut senders = JoinSet::new();
    for sender in 0..SENDERS {
        let drafts = Arc::clone(drafts);
        senders.spawn(async move {
            let goes_away = spawn_blocking(move || {
                let of_this = drafts.iter().take(drafts.len() - UNDER_WAY).zip(0_u32..);
                for (draft, place) in of_this.skip(sender).step_by(SENDERS) {
                    let connection = send(address, draft)?;
                    std::thread::sleep(STEP * (place % STEPS));
                    drop(connection);
                }
                Outcome::Ok(())
            });
            goes_away.await?
        });
    }
    while let Some(done) = senders.join_next().await {
        done??;
    }
    Ok(())
}

/// Sends a draft for handing in, and does not wait for an answer.
fn send(address: SocketAddr, draft: &Draft) -> Outcome<TcpStream> {
    let Draft { path, bearer } = draft;
    let body = r#"{"version":1}"#;
    let request = format!(
        "POST {path}/submit HTTP/1.1\r\nhost: {address}\r\nauthorization: {bearer}\r\nidempotency-key: {path}\r\n\
         content-type: application/json\r\ncontent-length: {}\r\n\r\n{body}",
        body.len()
    );
    let mut stream = TcpStream::connect(address)?;
    stream.write_all(request.as_bytes())?;
    Ok(stream)
}

/// Hands all of them in as if nobody knew what became of them.
async fn again(address: SocketAddr, drafts: &Arc<Vec<Draft>>) -> Outcome<Vec<CaseReference>> {
    let next = Arc::new(AtomicUsize::new(0));
    let mut senders = JoinSet::new();
    for _ in 0..SENDERS {
        let (drafts, next) = (Arc::clone(drafts), Arc::clone(&next));
        senders.spawn(async move {
            let (mut family, mut made) = (Family::connect(address).await?, Vec::new());
            while let Some(n) = turn(&next, drafts.len()) {
                made.push(family.hand_in(&drafts[n]).await?.reference);
            }
            Outcome::Ok(made)
        });
    }
    let mut made = Vec::with_capacity(drafts.len());
    while let Some(of_one) = senders.join_next().await {
        made.extend(of_one??);
    }
    Ok(made)
}

async fn lost(place: &Place, acknowledged: &BTreeSet<CaseReference>) -> Outcome<usize> {
    let pool: AnyPool = place.connect(1).await?;
    let kept: Vec<String> = sqlx::query_scalar("select reference from procedure_case").fetch_all(&pool).await?;
    pool.close().await;
    let kept: BTreeSet<String> = kept.into_iter().collect();
    Ok(acknowledged.iter().filter(|reference| !kept.contains(reference.as_str())).count())
}

async fn counted(place: &Place, statement: &'static str) -> Outcome<usize> {
    let pool: AnyPool = place.connect(1).await?;
    let count: i64 = sqlx::query_scalar(statement).fetch_one(&pool).await?;
    pool.close().await;
    Ok(usize::try_from(count)?)
}
