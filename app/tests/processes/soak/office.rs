//! What all clients share: which servers may be asked, the times, and how long nobody was served.

use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Mutex, RwLock};
use std::time::{Duration, Instant};

use testhouse::draw::Draw;

pub struct Office {
    origins: RwLock<Vec<Option<String>>>,
    /// How often the clock has jumped, which ends every hold from before.
    jumps: AtomicUsize,
    over: AtomicBool,
    /// Bookings that were acknowledged.
    bookings: AtomicUsize,
    pub slots: Vec<Slot>,
    service: Mutex<Service>,
}

/// A time that can be booked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Slot {
    pub id: i64,
    pub starts_at: String,
}

/// When somebody was last served, and the longest time without.
struct Service {
    last: Instant,
    longest: Duration,
}

impl Office {
    pub fn new(origins: Vec<Option<String>>, slots: Vec<Slot>) -> Self {
        let service = Mutex::new(Service { last: Instant::now(), longest: Duration::ZERO });
        let (jumps, over, bookings) = (AtomicUsize::new(0), AtomicBool::new(false), AtomicUsize::new(0));
        Self { origins: RwLock::new(origins), jumps, over, bookings, slots, service }
    }

    /// One of the servers that run.
    pub fn origin(&self, draw: &mut Draw) -> Option<String> {
        let origins = self.origins.read().unwrap();
        let open: Vec<&String> = origins.iter().flatten().collect();
        (!open.is_empty()).then(|| open[draw.below(open.len())].clone())
    }

    pub fn opens(&self, server: usize, origin: Option<String>) {
        self.origins.write().unwrap()[server] = origin;
    }

    pub fn jumps(&self) -> usize {
        self.jumps.load(Ordering::SeqCst)
    }

    pub fn jump(&self) {
        self.jumps.fetch_add(1, Ordering::SeqCst);
    }

    pub fn booked(&self) {
        self.bookings.fetch_add(1, Ordering::SeqCst);
    }

    pub fn bookings(&self) -> usize {
        self.bookings.load(Ordering::SeqCst)
    }

    pub fn is_over(&self) -> bool {
        self.over.load(Ordering::SeqCst)
    }

    pub fn end(&self) {
        self.over.store(true, Ordering::SeqCst);
    }

    pub fn served(&self) {
        let mut service = self.service.lock().unwrap();
        let now = Instant::now();
        service.longest = service.longest.max(now - service.last);
        service.last = now;
    }

    /// The longest time in which nobody was served since this was last asked.
    pub fn longest_without_service(&self) -> Duration {
        std::mem::take(&mut self.service.lock().unwrap().longest)
    }
}
