//! A line of events, as whoever follows it hears them.

use std::time::Duration;

use axum::{
    body::{Body, Bytes},
    http::{HeaderMap, header},
    response::Response,
};
use http_body_util::BodyExt;
use tokio::time::timeout;

/// A line that was opened, and all of its answer's headers.
pub struct Line {
    pub headers: HeaderMap,
    body: Body,
}

/// What is said over a line at one time.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Event {
    pub name: String,
    pub id: String,
    pub data: String,
}

/// Longer than any machine takes.
const LONG: Duration = Duration::from_secs(30);

impl Line {
    pub(super) fn of(response: Response) -> Self {
        let (parts, body) = response.into_parts();
        assert!(is_events(&parts.headers), "{} and no events", parts.status);
        Self { headers: parts.headers, body }
    }

    /// What is said next, beside signs of life; nothing once the line has ended.
    pub async fn next(&mut self) -> Option<Event> {
        loop {
            let event = self.event().await?;
            if !["", "beat"].contains(&&*event.name) {
                return Some(event);
            }
        }
    }

    /// The next sign of life; nothing once the line has ended.
    pub async fn beat(&mut self) -> Option<Event> {
        loop {
            let event = self.event().await?;
            if event.name == "beat" {
                return Some(event);
            }
        }
    }

    async fn event(&mut self) -> Option<Event> {
        let frame = timeout(LONG, self.body.frame()).await.expect("something is said")?;
        Some(Event::read(&frame.unwrap().into_data().unwrap()))
    }
}

impl Event {
    fn read(frame: &Bytes) -> Self {
        let text = str::from_utf8(frame).unwrap();
        let of = |field: &str| -> Vec<&str> {
            text.lines().filter_map(|line| line.strip_prefix(field)?.strip_prefix(": ")).collect()
        };
        let [name, id, data] = ["event", "id", "data"].map(|field| of(field).join("\n"));
        Self { name, id, data }
    }
}

/// The whole of an answer; of events the first, since they go on until their reader goes.
pub(super) async fn whole_or_first(headers: &HeaderMap, mut body: Body) -> Bytes {
    if is_events(headers) {
        body.frame().await.unwrap().unwrap().into_data().unwrap()
    } else {
        body.collect().await.unwrap().to_bytes()
    }
}

fn is_events(headers: &HeaderMap) -> bool {
    headers.get(header::CONTENT_TYPE).is_some_and(|kind| kind == "text/event-stream")
}
