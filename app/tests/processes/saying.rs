//! What a command did is done, whether or not anybody reads of it.

use std::fs::File;
use std::io;
use std::process::{Output, Stdio};
use std::thread;
use std::time::Duration;

use testhouse::store::Store;

use super::portal::command;

/// One command of each kind; the first makes the database.
const COMMANDS: [&[&str]; 7] = [
    &["migrate"],
    &["admin", "places"],
    &["keys", "rotate"],
    &["audit", "verify"],
    &["clock", "accept"],
    &["policy", "check"],
    &["policy", "explain", "440305", "dibao"],
];

fn run(store: &Store, arguments: &[&str], out: Stdio) -> Output {
    let child = command(store.folder(), None).args(arguments).stdout(out).stderr(Stdio::piped()).spawn().unwrap();
    child.wait_with_output().unwrap()
}

#[test]
fn a_command_whose_reader_has_gone_succeeds() {
    let store = Store::sqlite();
    for arguments in COMMANDS {
        let (reader, writer) = io::pipe().unwrap();
        drop(reader);
        let ran = run(&store, arguments, writer.into());
        assert!(ran.status.success() && ran.stderr.is_empty(), "{arguments:?}: {ran:?}");
    }
}

#[test]
fn a_command_that_cannot_say_what_it_did_says_that_it_is_done() {
    let store = Store::sqlite();
    for arguments in COMMANDS {
        let full = File::options().write(true).open("/dev/full").unwrap();
        let ran = run(&store, arguments, full.into());
        let said = String::from_utf8(ran.stderr).unwrap();
        assert_eq!(ran.status.code(), Some(3), "{arguments:?}: {said}");
        assert!(said.contains("it is done") && said.lines().count() > 1, "{arguments:?}: {said}");
    }
    // Nowhere to complain either: still no panic.
    let full = || Stdio::from(File::options().write(true).open("/dev/full").unwrap());
    for (arguments, code) in [(["audit", "verify"], 3), (["policy", "explain"], 2), (["backup", "/"], 1)] {
        let mut command = command(store.folder(), None);
        let ran = command.args(arguments).stdout(full()).stderr(full()).status().unwrap();
        assert_eq!(ran.code(), Some(code), "{arguments:?}");
    }
}

#[test]
fn a_portal_that_is_told_of_a_registry_which_there_is_not_says_so_and_does_not_start() {
    let store = Store::sqlite();
    let mut serve = command(store.folder(), None);
    serve.env("HUIMIN_COURT", "演示市人民法院; nanshen=演示区人民法院").arg("serve");
    let mut serving = serve.stdout(Stdio::null()).stderr(Stdio::piped()).spawn().unwrap();
    let is_over = (0..300).any(|_| {
        thread::sleep(Duration::from_millis(100));
        serving.try_wait().unwrap().is_some()
    });
    serving.kill().ok();
    let ran = serving.wait_with_output().unwrap();
    let said = String::from_utf8(ran.stderr).unwrap();
    assert!(is_over && !ran.status.success(), "{said}");
    assert!(said.contains("HUIMIN_COURT names `nanshen`") && said.contains("nanshan"), "{said}");
}
