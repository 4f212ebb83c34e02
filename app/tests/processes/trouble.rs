//! What a machine in trouble does to those who ask: a log that nobody reads, a disk without room.

use std::fs;
use std::process::{Command, Stdio};
use std::thread;
use std::time::Duration;

use testhouse::store::Store;

use super::portal::Portal;

/// The program with each request in its log, which goes to a pipe that is full after some hundred lines.
fn logged(mut serve: Command) -> Command {
    serve.env("RUST_LOG", "info").stderr(Stdio::piped());
    serve
}

#[test]
fn a_log_that_nobody_reads_keeps_no_request_waiting() {
    let store = Store::sqlite();
    let portal = Portal::start_in(&store, logged);
    let client = portal.client();
    for _ in 0..6_000 {
        assert_eq!(client.ask("/api/nothing").0, 404);
    }
    let (status, _, figures) = client.ask("/metrics");
    assert_eq!(status, 200);
    let dropped = figures.lines().find_map(|line| line.strip_prefix("huimin_log_lines_dropped ")).unwrap();
    assert!(dropped.parse::<u64>().unwrap() > 0, "what was not read in time is counted");
    assert_eq!(client.ask("/readyz").0, 200);
}

#[test]
fn a_log_whose_reader_has_gone_keeps_no_request_waiting() {
    let store = Store::sqlite();
    let mut portal = Portal::start_in(&store, logged);
    portal.close_log();
    let client = portal.client();
    for _ in 0..50 {
        assert_eq!(client.ask("/api/nothing").0, 404);
    }
    assert_eq!(client.ask("/readyz").0, 200);
}

/// The program where no file may grow beyond so many kilobytes, as on a disk that is full.
fn cramped(kilobytes: u64) -> impl FnOnce(Command) -> Command {
    move |serve| {
        let mut shell = Command::new("bash");
        let script = format!("trap '' XFSZ; ulimit -f {kilobytes}; exec \"$0\" \"$@\"");
        shell.arg("-c").arg(script).arg(serve.get_program()).args(serve.get_args()).env_clear();
        for (name, value) in serve.get_envs() {
            shell.env(name, value.unwrap());
        }
        shell
    }
}

#[test]
fn a_full_disk_is_told_as_that_and_costs_nothing_that_was_acknowledged() {
    let store = Store::sqlite();
    let mut portal = Portal::start(&store);
    portal.kill();
    // Whoever closes the database as the last one writes the log of writes into it, so that the log begins anew below.
    portal.verify_audit();
    let size = fs::metadata(portal.data().join("huimin.sqlite")).unwrap().len();
    drop(portal);

    let mut portal = Portal::start_in(&store, cramped(size / 1024 + 600));
    let client = portal.client();
    let slots = portal.slots("demo-hill", "2026-05-20");
    let mut held = 0;
    let refused = loop {
        assert!(held < 5_000, "the disk never got full");
        let (status, code) = client.hold(slots[held % slots.len()]);
        match status {
            201 | 409 => held += 1,
            _ => break (status, code),
        }
    };
    assert_eq!(refused, (503, "unavailable".into()));
    // A place takes more room than the little that is asked for here, which may fit in some times more.
    let mut readiness = (0..30).map(|_| {
        thread::sleep(Duration::from_millis(1_100));
        client.ask("/readyz")
    });
    let (_, _, text) = readiness.find(|(status, ..)| *status == 503).expect("it stayed ready");
    assert_eq!(text, "the database cannot be written\n");
    let (status, _, page) = client.ask("/marriage");
    assert!(status == 200 && page.contains("结婚登记"), "what can be read is still shown");
    assert_eq!(client.ask("/healthz").0, 200);
    portal.kill();
    drop(portal);

    let portal = Portal::start(&store);
    assert_eq!(portal.client().ask("/readyz").0, 200);
    portal.verify_audit();
}
