//! Files that are not what an operator takes them for: none is put back, taken over or recommended.

use std::fs;

use testhouse::store::Store;

use super::portal::{Portal, command};

/// A database of another program: a store's, where the portal's would be.
async fn of_others(statements: &[&str]) -> Store {
    let store = Store::sqlite();
    fs::create_dir(store.folder().join("data")).unwrap();
    fs::write(store.folder().join("data").join("huimin.sqlite"), "").unwrap();
    for statement in statements {
        store.execute(statement).await;
    }
    store
}

/// Whether a command succeeds on a store's data, and what it says.
fn run(store: &Store, arguments: &[&str]) -> (bool, String) {
    let ran = command(store.folder(), None).args(arguments).output().unwrap();
    (ran.status.success(), String::from_utf8([ran.stdout, ran.stderr].concat()).unwrap())
}

#[tokio::test]
async fn what_is_no_portals_database_is_neither_put_back_nor_taken_over() {
    let home = Store::sqlite();
    drop(Portal::start(&home));
    let data = home.folder().join("data");
    fs::remove_dir_all(&data).unwrap();

    let history = "create table _sqlx_migrations (version bigint primary key, checksum blob)";
    let other_history = "insert into _sqlx_migrations values (1, x'00')";
    let strangers = [
        (of_others(&[]).await, "an empty database"),
        (of_others(&["create table note (text text)"]).await, "a database of another program"),
        (of_others(&["create table note (text text)", history, other_history]).await, "a database of another program"),
    ];
    for (stranger, what) in &strangers {
        let file = stranger.folder().join("data").join("huimin.sqlite");
        let before = fs::read(&file).unwrap();
        let (done, said) = run(&home, &["restore", file.to_str().unwrap()]);
        assert!(!done && said.contains(what) && said.contains(file.to_str().unwrap()), "{said}");
        assert_eq!(fs::read_dir(&data).unwrap().count(), 0, "nothing of it is kept");
        if !before.is_empty() {
            let (done, said) = run(stranger, &["admin", "places"]);
            assert!(!done && said.contains(what), "{said}");
            assert_eq!(fs::read(&file).unwrap(), before);
        }
    }

    let unused = Store::sqlite();
    assert!(run(&unused, &["migrate"]).0);
    let file = unused.folder().join("data").join("huimin.sqlite");
    let (done, said) = run(&home, &["restore", file.to_str().unwrap()]);
    assert!(!done && said.contains("knows no keys"), "{said}");
    assert_eq!(fs::read_dir(&data).unwrap().count(), 0);
}

#[test]
fn a_backup_names_only_the_key_file_that_opens_it() {
    let store = Store::sqlite();
    let portal = Portal::start(&store);
    let other = Store::sqlite();
    drop(Portal::start(&other));
    let backup = store.folder().join("backup.sqlite");
    let backup = backup.to_str().unwrap();
    let [others, missing, nowhere] = [
        other.folder().join("keys.json"),
        store.folder().join("missing.json"),
        store.folder().join("nowhere").join("backup.sqlite"),
    ]
    .map(|path| path.to_str().unwrap().to_owned());
    let refused: [(&[&str], [&str; 2]); 5] = [
        (&["backup", backup, "--keys", &others], [&others, "is not the one"]),
        (&["backup", backup, "--keys", &missing], [&missing, "is missing"]),
        (&["backup", backup, "--data", &nowhere], [&nowhere, "no database"]),
        (&["backup", &nowhere], [&nowhere, "No such file"]),
        (&["restore", &missing, "--data", &nowhere], [&missing, "No such file"]),
    ];
    for (arguments, words) in refused {
        let (done, said) = portal.run(arguments);
        assert!(!done && words.iter().all(|word| said.contains(word)), "{arguments:?}: {said}");
    }
    let left = fs::read_dir(store.folder()).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap());
    let left: Vec<_> =
        left.filter(|name| !["data", "keys.json", "keys.checkpoints"].contains(&name.as_str())).collect();
    assert_eq!(left, [""; 0]);
    let (done, said) = portal.run(&["backup", backup]);
    assert!(done && said.contains("keys.json"), "{said}");
}
