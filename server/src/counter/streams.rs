//! Lines that stay open, over which those who show a hall are told of it: how many each has, and how they are answered.

use std::{
    collections::{HashMap, VecDeque},
    convert::Infallible,
    sync::{Arc, Mutex, PoisonError},
};

use axum::{
    http::{HeaderName, HeaderValue},
    response::{
        IntoResponse, Response,
        sse::{Event, Sse},
    },
};
use futures_util::Stream;

/// Lines of one session or one screen: more windows than anybody looks at. A further one ends the oldest, and is not refused
/// itself, since a line that broke without a word is still counted for a while.
const OF_EACH: usize = 8;

/// The lines of one process; cheap to clone.
#[derive(Clone, Default)]
pub struct Streams(Arc<Mutex<Open>>);

#[derive(Default)]
struct Open {
    last: u64,
    /// Each reader's, the oldest first.
    of: HashMap<String, VecDeque<u64>>,
}

/// A place among the lines of its reader, given back when it is dropped.
pub struct Place {
    streams: Streams,
    reader: String,
    number: u64,
}

impl Streams {
    /// A place for whoever reads: the id of a session or of a screen.
    pub fn open(&self, reader: &str) -> Place {
        let number = self.with(|open| {
            open.last += 1;
            let theirs = open.of.entry(reader.to_owned()).or_default();
            theirs.push_back(open.last);
            if theirs.len() > OF_EACH {
                theirs.pop_front();
            }
            open.last
        });
        Place { streams: self.clone(), reader: reader.to_owned(), number }
    }

    fn with<T>(&self, act: impl FnOnce(&mut Open) -> T) -> T {
        act(&mut self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

impl Place {
    /// Whether the line is still among the newest of its reader.
    pub fn stands(&self) -> bool {
        self.streams.with(|open| open.of.get(&self.reader).is_some_and(|theirs| theirs.contains(&self.number)))
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        self.streams.with(|open| {
            let Some(theirs) = open.of.get_mut(&self.reader) else { return };
            theirs.retain(|known| *known != self.number);
            if theirs.is_empty() {
                open.of.remove(&self.reader);
            }
        });
    }
}

/// Answers with events. A proxy in between would hand on nothing until it had enough, and is told not to wait.
pub fn answer(events: Sse<impl Stream<Item = Result<Event, Infallible>> + Send + 'static>) -> Response {
    let mut response = events.into_response();
    response.headers_mut().insert(HeaderName::from_static("x-accel-buffering"), HeaderValue::from_static("no"));
    response
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_reader_has_eight_lines_and_a_further_one_ends_the_oldest_of_theirs() {
        let streams = Streams::default();
        let other = streams.open("other");
        let mut lines: Vec<_> = (0..OF_EACH).map(|_| streams.open("reader")).collect();
        assert!(lines.iter().all(Place::stands));
        let further = streams.open("reader");
        assert!(!lines[0].stands() && lines[1].stands() && further.stands() && other.stands());
        lines.clear();
        let again: Vec<_> = (1..OF_EACH).map(|_| streams.open("reader")).collect();
        assert!(further.stands() && again.iter().all(Place::stands), "places are given back");
        drop((further, again, other));
        assert!(streams.with(|open| open.of.is_empty()), "nothing is kept of whoever has gone");
    }
}
