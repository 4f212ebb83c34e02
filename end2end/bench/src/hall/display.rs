//! From the press of "next" to the call on each display: ten screens that listen, twenty counters that call in turn, and
//! the day sheet open at each of them.

use std::{
    collections::BTreeSet,
    time::{Duration, Instant},
};

use hyper::StatusCode;
use serde_json::{Value, json};
use tokio::{sync::mpsc, time::timeout};

use super::staff::{CLERKS, DISPLAYS, Hall};
use crate::{
    Outcome,
    http::{Connection, Listening},
    plan::{Plan, REGISTRY},
    stats::percentile,
};

const CALLS: usize = 200;
/// Between two calls: a hall that calls four times a second is a loud one.
const PAUSE: Duration = Duration::from_millis(250);
/// Whatever has not come by then is lost.
const LIMIT: Duration = Duration::from_secs(5);

/// Milliseconds from the press to the display.
pub struct Figures {
    pub p50: f64,
    pub p95: f64,
    pub p99: f64,
    pub calls: usize,
    /// Calls that some display did not show in time.
    pub lost: usize,
}

/// A ticket on a display, and when it was there.
type Seen = (u64, Instant);

pub async fn run(plan: &Plan, hall: &mut Hall) -> Outcome<Figures> {
    let calls = plan.times(CALLS);
    hall.tickets(calls).await?;
    let (tell, mut told) = mpsc::unbounded_channel();
    let mut screens = Vec::new();
    for _ in 0..DISPLAYS {
        let cookie = hall.display().await?;
        let connection = Connection::open(hall.portal.address()).await?;
        let line = connection.listen(&format!("/display/{REGISTRY}/events"), &[("cookie", &cookie)]).await?;
        screens.push(tokio::spawn(watch(line, tell.clone())));
    }
    for clerk in &hall.clerks {
        let connection = Connection::open(hall.portal.address()).await?;
        let path = format!("/staff/day/events?office={REGISTRY}");
        let line = connection.listen(&path, &[("cookie", &clerk.cookie)]).await?;
        screens.push(tokio::spawn(follow(line)));
    }
    // The boards as they are at first.
    tokio::time::sleep(PAUSE).await;
    while told.try_recv().is_ok() {}
    let (mut lasted, mut lost) = (Vec::new(), 0);
    let mut at: Vec<Option<Value>> = vec![None; CLERKS];
    for n in 0..calls {
        let clerk = &mut hall.clerks[n % CLERKS];
        if let Some(before) = at[n % CLERKS].take() {
            let body = json!({ "version": before["version"], "press": format!("leave{n}") });
            let answer = clerk.act(before["id"].as_str().unwrap_or_default(), "left", &body).await?;
            if answer.status != StatusCode::OK {
                return Err(format!("somebody who left is answered {}", answer.status).into());
            }
        }
        let begun = Instant::now();
        let answer = clerk.next(&format!("call{n}")).await?;
        if answer.status != StatusCode::OK {
            return Err(format!("a call is answered {}", answer.status).into());
        }
        let called: Value = serde_json::from_slice(&answer.body)?;
        let ticket = called["visit"]["ticket"].as_u64().ok_or("a call without a ticket")?;
        at[n % CLERKS] = Some(called["visit"].clone());
        let mut shown = 0;
        while shown < DISPLAYS {
            match timeout(LIMIT.saturating_sub(begun.elapsed()), told.recv()).await {
                Ok(Some((seen, when))) if seen == ticket => {
                    lasted.push(when.saturating_duration_since(begun));
                    shown += 1;
                }
                Ok(Some(_)) => {}
                Ok(None) | Err(_) => break,
            }
        }
        lost += usize::from(shown < DISPLAYS);
        tokio::time::sleep(PAUSE.saturating_sub(begun.elapsed())).await;
    }
    screens.iter().for_each(tokio::task::JoinHandle::abort);
    let [p50, p95, p99] = [0.5, 0.95, 0.99].map(|share| percentile(&mut lasted, share));
    Ok(Figures { p50, p95, p99, calls, lost })
}

/// Reads what a day sheet is told, and does nothing with it.
async fn follow(mut line: Listening) {
    while let Ok(Some(_)) = line.next().await {}
}

/// Tells of each ticket when it is first on the board.
async fn watch(mut line: Listening, tell: mpsc::UnboundedSender<Seen>) {
    let (mut text, mut known) = (String::new(), BTreeSet::new());
    while let Ok(Some(piece)) = line.next().await {
        let when = Instant::now();
        text.push_str(&String::from_utf8_lossy(&piece));
        let Some(end) = text.rfind("\n\n") else { continue };
        for ticket in tickets(&text[..end]) {
            if known.insert(ticket) && tell.send((ticket, when)).is_err() {
                return;
            }
        }
        text.drain(..end + 2);
    }
}

/// The tickets that are called on a board.
fn tickets(board: &str) -> impl Iterator<Item = u64> {
    board.split("data-call=\"").skip(1).filter_map(|rest| rest.split('|').next()?.parse().ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_tickets_of_a_board_are_those_that_are_called() {
        let board = r#"event: board
data: <li data-call="012|3 号窗口|1"></li><li data-call="007|1 号窗口|2"></li><b>099</b>"#;
        assert_eq!(tickets(board).collect::<Vec<_>>(), [12, 7]);
    }
}
