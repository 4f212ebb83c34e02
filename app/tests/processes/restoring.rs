//! The rehearsal of `docs/operating.md`: a backup is made while couples book, the machine dies, and the backup is put back.

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;

use testhouse::store::Store;

use super::portal::Portal;

/// Books the `n`th couple; the reference and the token of its booking.
fn book(portal: &Portal, n: usize) -> [String; 2] {
    let slots = portal.slots("demo-hill", "2026-05-20");
    let booking = portal.client().book(slots[n], n).unwrap();
    ["reference", "manage_token"].map(|name| booking[name].as_str().unwrap().to_owned())
}

fn text(path: &Path) -> &str {
    path.to_str().unwrap()
}

#[test]
fn a_backup_made_while_couples_book_is_put_back_whole_or_not_at_all() {
    let store = Store::sqlite();
    let (data, backup) = (store.folder().join("data"), store.folder().join("backup.sqlite"));
    let database = data.join("huimin.sqlite");
    let mut portal = Portal::start(&store);
    let [kept, token] = book(&portal, 0);
    let (done, said) = portal.run(&["backup", text(&backup)]);
    assert!(done, "{said}");
    for file in [&backup, &database] {
        assert_eq!(fs::metadata(file).unwrap().permissions().mode() & 0o777, 0o600, "{}", file.display());
    }
    let [later, its_token] = book(&portal, 1);
    portal.kill();
    assert!(database.with_extension("sqlite-wal").exists(), "a crash leaves what was not yet in the database");

    let (done, said) = portal.run(&["restore", text(&backup)]);
    assert!(!done && said.contains("huimin.sqlite is there; move it away first"), "{said}");
    // Somebody who deletes the database alone leaves the crash's file to be taken for a part of the backup.
    fs::remove_file(&database).unwrap();
    let (done, said) = portal.run(&["restore", text(&backup)]);
    assert!(!done && said.contains("huimin.sqlite-wal is there"), "{said}");
    fs::remove_dir_all(&data).unwrap();

    let whole = fs::read(&backup).unwrap();
    let mut torn = whole.clone();
    torn.truncate(whole.len() / 2);
    let mut scribbled = whole.clone();
    let middle = whole.len() / 2;
    scribbled[middle..middle + 4096].fill(0xa5);
    for damaged in [torn, scribbled, b"no database at all".repeat(400)] {
        fs::write(&backup, damaged).unwrap();
        let (done, said) = portal.run(&["restore", text(&backup)]);
        assert!(!done && said.contains("damaged"), "{said}");
        assert_eq!(fs::read_dir(&data).unwrap().count(), 0, "nothing half restored stays behind");
    }

    fs::write(&backup, &whole).unwrap();
    let (done, said) = portal.run(&["restore", text(&backup)]);
    assert!(done && said.contains("are as they were written") && said.contains("Restored to"), "{said}");
    assert_eq!(fs::read_dir(&data).unwrap().count(), 1, "{said}");
    let portal = Portal::start(&store);
    assert_eq!(portal.client().booking(&kept, &token)["state"], "booked");
    let later = portal.client().booking(&later, &its_token);
    assert!(later["state"].is_null(), "it was booked after the backup: {later}");
    portal.verify_audit();
}

#[test]
fn last_nights_backup_is_put_back_though_more_was_sealed_since() {
    let store = Store::sqlite();
    let backup = store.folder().join("backup.sqlite");
    let mut portal = Portal::start(&store);
    let [kept, token] = book(&portal, 0);
    assert!(portal.run(&["backup", text(&backup)]).0);
    portal.kill();
    let later = |at: &'static str| {
        Portal::start_in(&store, move |mut serve| {
            serve.env("HUIMIN_NOW", at);
            serve
        })
    };
    let mut portal = later("2026-05-13T10:40:00+08:00");
    portal.verify_audit();
    portal.kill();
    fs::remove_dir_all(store.folder().join("data")).unwrap();

    let (done, said) = portal.run(&["restore", text(&backup)]);
    assert!(done && said.contains("The backup ends before checkpoint") && said.contains(".until-"), "{said}");
    let portal = later("2026-05-13T11:20:00+08:00");
    assert_eq!(portal.client().booking(&kept, &token)["state"], "booked");
    portal.verify_audit();
}

#[test]
fn a_backup_is_not_put_back_with_the_keys_of_another_portal_nor_from_a_database_in_use() {
    let store = Store::sqlite();
    let portal = Portal::start(&store);
    book(&portal, 0);
    let backup = store.folder().join("backup.sqlite");
    assert!(portal.run(&["backup", text(&backup)]).0);

    let other = Store::sqlite();
    let elsewhere = Portal::start(&other);
    fs::remove_dir_all(other.folder().join("data")).unwrap();
    let (done, said) = elsewhere.run(&["restore", text(&backup)]);
    assert!(!done && said.contains("key"), "{said}");
    assert_eq!(fs::read_dir(other.folder().join("data")).unwrap().count(), 0);

    let in_use = store.folder().join("data").join("huimin.sqlite");
    let (done, said) = elsewhere.run(&["restore", text(&in_use)]);
    assert!(!done && said.contains("huimin backup FILE"), "{said}");
}

#[test]
fn a_damaged_database_is_told_at_the_start() {
    let store = Store::sqlite();
    let mut portal = Portal::start(&store);
    book(&portal, 0);
    let backup = store.folder().join("backup.sqlite");
    assert!(portal.run(&["backup", text(&backup)]).0);
    portal.kill();
    let data = store.folder().join("data");
    fs::remove_dir_all(&data).unwrap();
    fs::create_dir(&data).unwrap();
    let mut damaged = fs::read(&backup).unwrap();
    let middle = damaged.len() / 2;
    damaged[middle..middle + 4096].fill(0xa5);
    fs::write(data.join("huimin.sqlite"), damaged).unwrap();
    let (done, said) = portal.run(&["serve"]);
    assert!(!done && said.contains("damaged") && said.contains("restore a backup"), "{said}");
}
