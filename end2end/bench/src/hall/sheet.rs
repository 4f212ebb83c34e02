//! A day with five hundred bookings, as a clerk asks for it: how long the server takes, and what it sends.

use std::{
    io::Write,
    net::SocketAddr,
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
    time::Instant,
};

use hyper::StatusCode;
use shared::appointments::SlotView;

use super::staff::sign_in;
use crate::{
    Outcome,
    http::Connection,
    load::client::Client,
    plan::{DAY, Plan},
    portal::{Portal, slots, start_at},
    stats::percentile,
    store::Store,
};

const BOOKINGS: usize = 500;
/// Places of each slot; the day has a few more than are booked.
const PLACES: u32 = 20;
const TIMES: usize = 300;

/// The pages that are compared.
const PAGES: [(&str, &str); 3] =
    [("home page", "/"), ("day sheet, now", "/staff/day"), ("day sheet, all 500 rows", "/staff/day?state=all")];

/// One page; times in milliseconds, weights in bytes.
pub struct Page {
    pub what: &'static str,
    pub p50: f64,
    pub p95: f64,
    pub raw: usize,
    /// As it goes over the wire to a browser that reads brotli.
    pub wire: usize,
    /// What brotli would make of it.
    pub packed: usize,
}

pub async fn run(plan: &Plan) -> Outcome<Vec<Page>> {
    let Portal { process, place } = Portal::with_capacity(plan, Store::Sqlite, PLACES).await?;
    couples(process.address, BOOKINGS).await?;
    process.stop()?;
    let (process, _) = start_at(plan, &place, &format!("{DAY}T09:30:00+08:00")).await?;
    let portal = Portal { process, place };
    let cookie = sign_in(&portal, "demo-clerk").await?;
    let mut connection = Connection::open(portal.address()).await?;
    let mut pages = Vec::new();
    for (what, path) in PAGES {
        pages.push(ask(plan, &mut connection, (what, path), &cookie).await?);
    }
    Ok(pages)
}

async fn ask(
    plan: &Plan,
    connection: &mut Connection,
    (what, path): (&'static str, &str),
    cookie: &str,
) -> Outcome<Page> {
    let (mut lasted, mut raw) = (Vec::new(), Vec::new());
    for _ in 0..plan.times(TIMES) {
        let begun = Instant::now();
        let answer = connection.get(path, &[("cookie", cookie), ("accept-encoding", "identity")]).await?;
        lasted.push(begun.elapsed());
        if answer.status != StatusCode::OK {
            return Err(format!("{path} answers {}", answer.status).into());
        }
        raw = answer.body.to_vec();
    }
    let wire = connection.get(path, &[("cookie", cookie), ("accept-encoding", "br")]).await?.body.len();
    let mut packed = brotli::CompressorWriter::new(Vec::new(), 4096, 5, 22);
    packed.write_all(&raw)?;
    let [p50, p95] = [0.5, 0.95].map(|share| percentile(&mut lasted, share));
    Ok(Page { what, p50, p95, raw: raw.len(), wire, packed: packed.into_inner().len() })
}

/// Books so many couples all over the hot day.
async fn couples(address: SocketAddr, count: usize) -> Outcome<()> {
    let slots = Arc::new(slots(address).await?);
    let next = Arc::new(AtomicUsize::new(0));
    let book = |slots: Arc<Vec<SlotView>>, next: Arc<AtomicUsize>| async move {
        let mut client = Client::connect(address).await?;
        loop {
            let n = next.fetch_add(1, Ordering::Relaxed);
            if n >= count {
                return Outcome::Ok(());
            }
            let hold = client.hold(slots[n % slots.len()].id).await?.map_err(|refused| refused.0)?;
            client.book(n, &hold).await?.map_err(|refused| refused.0)?;
        }
    };
    let booking: Vec<_> = (0..8).map(|_| tokio::spawn(book(Arc::clone(&slots), Arc::clone(&next)))).collect();
    for one in booking {
        one.await??;
    }
    Ok(())
}
