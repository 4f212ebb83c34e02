//! The same command several times at once: one does the work, none destroys another's.

use std::{fs, thread};

use serde_json::Value;
use testhouse::store::Store;

use super::portal::{Portal, command};
use super::stores;

/// Whether each of them succeeded, and what it said.
fn at_once(store: &Store, arguments: &[&str]) -> Vec<(bool, String)> {
    let run = || {
        let ran = command(store.folder(), store.url().as_deref()).args(arguments).output().unwrap();
        (ran.status.success(), String::from_utf8([ran.stdout, ran.stderr].concat()).unwrap())
    };
    thread::scope(|scope| {
        let running: Vec<_> = (0..4).map(|_| scope.spawn(run)).collect();
        running.into_iter().map(|one| one.join().unwrap()).collect()
    })
}

/// How many succeeded; the others said one of these.
fn done(outcomes: &[(bool, String)], refusals: &[&str]) -> usize {
    let refused = |said: &str| refusals.iter().any(|refusal| said.contains(refusal));
    assert!(outcomes.iter().all(|(done, said)| *done || refused(said)), "{outcomes:#?}");
    outcomes.iter().filter(|(done, _)| *done).count()
}

#[test]
fn rotations_at_once_lose_no_key_and_no_record() {
    for store in stores() {
        let mut portal = Portal::start(&store);
        let slot = portal.slots("demo-hill", "2026-05-20")[0];
        let booking = portal.client().book(slot, 0).unwrap();
        let [reference, token] = ["reference", "manage_token"].map(|name| booking[name].as_str().unwrap());
        let mut keys = 1;
        for _ in 0..4 {
            let rotated = done(&at_once(&store, &["keys", "rotate"]), &["another rotation runs"]);
            assert!(rotated > 0);
            keys += rotated;
            let file: Value = serde_json::from_slice(&fs::read(store.folder().join("keys.json")).unwrap()).unwrap();
            assert_eq!(file["sealing"].as_array().unwrap().len(), keys);
            assert_eq!(portal.client().booking(reference, token)["state"], "booked", "what runs takes the keys up");
        }
        portal.kill();
        let portal = Portal::start(&store);
        assert_eq!(portal.client().booking(reference, token)["state"], "booked");
        assert!(portal.run(&["keys", "rotate"]).0, "every record is opened and sealed anew");
        portal.verify_audit();
    }
}

#[test]
fn processes_that_find_no_database_at_once_make_one() {
    for store in stores() {
        assert_eq!(done(&at_once(&store, &["migrate"]), &[]), 4);
    }
    for store in stores() {
        assert_eq!(done(&at_once(&store, &["admin", "places"]), &[]), 4, "the keys and the demonstration too");
        Portal::start(&store).verify_audit();
    }
}

#[test]
fn of_backups_and_restorations_at_once_one_is_made_and_it_is_whole() {
    let store = Store::sqlite();
    let mut portal = Portal::start(&store);
    let slot = portal.slots("demo-hill", "2026-05-20")[0];
    let booking = portal.client().book(slot, 0).unwrap();
    let backups = store.folder().join("backups");
    fs::create_dir(&backups).unwrap();
    let backup = backups.join("backup.sqlite");
    let backup = backup.to_str().unwrap();
    assert_eq!(done(&at_once(&store, &["backup", backup]), &["another process is at work", "exists already"]), 1);
    assert_eq!(fs::read_dir(&backups).unwrap().count(), 1, "nothing unfinished is left");
    portal.kill();

    let data = store.folder().join("data");
    for _ in 0..3 {
        fs::remove_dir_all(&data).unwrap();
        let restored = at_once(&store, &["restore", backup]);
        assert_eq!(done(&restored, &["another process is at work", "move it away first"]), 1);
        assert_eq!(fs::read_dir(&data).unwrap().count(), 1);
    }
    let portal = Portal::start(&store);
    let [reference, token] = ["reference", "manage_token"].map(|name| booking[name].as_str().unwrap());
    assert_eq!(portal.client().booking(reference, token)["state"], "booked");
}
