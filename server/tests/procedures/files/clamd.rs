//! The scanner itself, with a database of one signature, on a socket of its own.

use std::fs;
use std::os::unix::net::UnixStream;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use server::procedures::files::{self, New, Stands};
use shared::procedures::file::SHORTEST_PART;
use shared::procedures::{FileKind, NotTaken};
use tempfile::TempDir;

use super::scanner::infected;
use super::{handing, jpeg, open, pdf, photo, someone, stored, swept, take, why};
use crate::support::{Setup, test_apps_set};

/// How long it may take to load its one signature, on a machine that has other work too.
const STARTS_WITHIN: Duration = Duration::from_mins(1);

/// The daemon `clamd`; ended and gone with its folder when this is dropped.
struct Clamd {
    folder: TempDir,
    child: Child,
}

impl Clamd {
    fn start() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let place = folder.path();
        let database = place.join("database");
        fs::create_dir(&database).unwrap();
        // Of any file, at any place: the bytes of the test file of the makers of scanners (EICAR).
        let bytes = data_encoding::HEXLOWER.encode(super::scanner::EICAR.concat().as_bytes());
        fs::write(database.join("test.ndb"), format!("Eicar-Test-Signature:0:*:{bytes}\n")).unwrap();
        let config = format!(
            "Foreground yes\nDatabaseDirectory {}\nLocalSocket {}\nTemporaryDirectory {}\nLogFile {}\nStreamMaxLength 25M\n",
            database.display(),
            socket(place).display(),
            place.display(),
            place.join("clamd.log").display(),
        );
        fs::write(place.join("clamd.conf"), config).unwrap();
        let child = begin(place);
        Self { folder, child }
    }

    /// The flag with which a server asks it.
    fn flag(&self) -> &'static str {
        format!("--clamd=unix:{}", socket(self.folder.path()).display()).leak()
    }

    fn dies(&mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }

    fn comes_back(&mut self) {
        self.dies();
        self.child = begin(self.folder.path());
    }
}

impl Drop for Clamd {
    fn drop(&mut self) {
        self.child.kill().ok();
        self.child.wait().ok();
    }
}

fn socket(folder: &Path) -> PathBuf {
    folder.join("clamd.ctl")
}

/// Starts it, and waits until it takes connections.
fn begin(folder: &Path) -> Child {
    let log = || fs::read_to_string(folder.join("clamd.log")).unwrap_or_default();
    let mut command = Command::new(program());
    command.arg("--config-file").arg(folder.join("clamd.conf"));
    let mut child = command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
    let begun = Instant::now();
    while UnixStream::connect(socket(folder)).is_err() {
        let ended = child.try_wait().unwrap();
        assert!(ended.is_none(), "clamd ended at once ({ended:?}): {}", log());
        assert!(begun.elapsed() < STARTS_WITHIN, "clamd does not start: {}", log());
        thread::sleep(Duration::from_millis(50));
    }
    child
}

/// Debian installs it where only administrators look.
fn program() -> PathBuf {
    let path = std::env::var_os("PATH").unwrap_or_default();
    let folders = std::env::split_paths(&path).chain(["/usr/sbin", "/usr/local/sbin"].map(PathBuf::from));
    let found = folders.map(|folder| folder.join("clamd")).find(|program| program.is_file());
    found.expect("ClamAV's clamd is not installed here: run make setup-test, or apt-get install clamav-daemon")
}

#[tokio::test]
async fn clamd_itself_lets_photographs_through_and_finds_what_it_knows() {
    let clamd = Clamd::start();
    for test in test_apps_set(Setup::default(), &[clamd.flag()]).await {
        let owner = someone();
        assert_eq!(why(take(&test, &owner, "page.pdf", &infected()).await), Some(NotTaken::Infected));
        for (name, bytes, kind) in
            [("photo.jpg", jpeg(&photo(200)), FileKind::Photo), ("page.pdf", pdf("<< /Type /Page >>"), FileKind::Pdf)]
        {
            let clean = take(&test, &owner, name, &bytes).await.unwrap();
            assert!(matches!(clean.stands, Stands::Open { .. }), "{name}: {:?}", clean.stands);
            assert_eq!(open(&test, &owner, &clean.id).await.unwrap().kind, kind);
        }
        // As large as one that is taken: it must not be too much for the scanner.
        let large = [pdf("<< /Type /Page >>"), vec![b' '; 19 * 1024 * 1024], b"%%EOF".to_vec()].concat();
        let large = take(&test, &owner, "large.pdf", &large).await.unwrap();
        assert!(matches!(large.stands, Stands::Open { .. }), "{:?}", large.stands);
        swept(&test).await;
        assert_eq!(stored(&test).len(), 3);
    }
}

#[tokio::test]
async fn what_comes_while_clamd_is_dead_is_given_to_nobody_until_it_was_scanned() {
    let mut clamd = Clamd::start();
    for test in test_apps_set(Setup::default(), &[clamd.flag()]).await {
        let (app, owner) = (&test.app, someone());
        // Half of it came while the scanner was alive.
        let bytes = [infected(), vec![b' '; SHORTEST_PART], b"%%EOF".to_vec()].concat();
        let new = New { paper: "cremation_proof", name: "page.pdf", size: bytes.len() as u64 };
        let id = files::begin(app, &owner, new, test.now()).await.unwrap();
        files::append(app, &owner, &id, (0, &bytes[..SHORTEST_PART]), test.now()).await.unwrap();
        clamd.dies();
        files::append(app, &owner, &id, (SHORTEST_PART as u64, &bytes[SHORTEST_PART..]), test.now()).await.unwrap();
        let resumed = files::finish(app, handing(&owner), &id, test.now()).await.unwrap();
        let clean = take(&test, &owner, "photo.jpg", &jpeg(&photo(200))).await.unwrap();
        files::scan_waiting(app, test.now()).await.unwrap();
        for file in [&resumed, &clean] {
            assert!(matches!(file.stands, Stands::Waiting { .. }));
            assert_eq!(why(open(&test, &owner, &file.id).await), Some(NotTaken::NotScanned));
        }
        clamd.comes_back();
        files::scan_waiting(app, test.now()).await.unwrap();
        assert_eq!(open(&test, &owner, &clean.id).await.unwrap().kind, FileKind::Photo);
        assert_eq!(why(open(&test, &owner, &resumed.id).await), Some(NotTaken::Infected));
    }
}
