//! What stands between a portal and its database, and can hold back all that is said.

use std::io::{Read, Write};
use std::net::{Shutdown, TcpListener, TcpStream};
use std::sync::{
    Arc,
    atomic::{AtomicBool, Ordering},
};
use std::thread;
use std::time::Duration;

pub struct Between {
    pub url: String,
    mood: Arc<Mood>,
}

/// What it does with what is said.
#[derive(Default)]
struct Mood {
    still: AtomicBool,
    /// The next `COMMIT` reaches the database, and its answer reaches nobody.
    cuts: AtomicBool,
}

impl Between {
    pub fn of(database: &str) -> Self {
        let (who, rest) = database.split_once('@').unwrap();
        let (server, name) = rest.split_once('/').unwrap();
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let url = format!("{who}@{}/{name}", listener.local_addr().unwrap());
        let (mood, server) = (Arc::new(Mood::default()), server.to_owned());
        let shared = Arc::clone(&mood);
        thread::spawn(move || {
            for client in listener.incoming().map_while(Result::ok) {
                let Ok(server) = TcpStream::connect(&server) else { continue };
                for (from, to) in [(&client, &server), (&server, &client)] {
                    let (from, to, mood) = (from.try_clone().unwrap(), to.try_clone().unwrap(), Arc::clone(&shared));
                    thread::spawn(move || hand_on(from, to, &mood));
                }
            }
        });
        Self { url, mood }
    }

    pub fn stand_still(&self, still: bool) {
        self.mood.still.store(still, Ordering::SeqCst);
    }

    pub fn cut_at_next_commit(&self) {
        self.mood.cuts.store(true, Ordering::SeqCst);
    }
}

fn hand_on(mut from: TcpStream, mut to: TcpStream, mood: &Mood) {
    let mut some = [0; 16 * 1024];
    while let Ok(read @ 1..) = from.read(&mut some) {
        while mood.still.load(Ordering::SeqCst) {
            thread::sleep(Duration::from_millis(5));
        }
        let is_end = some[..read].windows(7).any(|said| said == b"COMMIT\0");
        let cuts = is_end && mood.cuts.swap(false, Ordering::SeqCst);
        // The answer waits where everything waits, until nobody is there to take it.
        mood.still.fetch_or(cuts, Ordering::SeqCst);
        if to.write_all(&some[..read]).is_err() {
            break;
        }
        if cuts {
            thread::sleep(Duration::from_millis(300));
            from.shutdown(Shutdown::Both).ok();
            mood.still.store(false, Ordering::SeqCst);
        }
    }
    to.shutdown(Shutdown::Both).ok();
}
