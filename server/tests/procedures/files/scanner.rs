//! What the scanner has not seen is given to nobody.

use std::net::Ipv4Addr;
use std::sync::{
    Arc,
    atomic::{AtomicBool, Ordering},
};

use chrono::TimeDelta;
use server::jobs;
use server::keys::token::new_id;
use server::procedures::files::{self, Owner, Stands};
use server::procedures::papers;
use shared::procedures::{CaseId, FileKind, NotTaken};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};

use super::super::desk::reviewer;
use super::with_cases::photographed;
use super::{holds, open, pdf, someone, stored, swept, take, why};
use crate::counter::hall::{number, setup};
use crate::support::{Setup, test_apps, test_apps_set};

/// The test file of the makers of scanners (EICAR), in two pieces so that no scanner takes this file away.
pub(super) const EICAR: [&str; 2] = ["X5O!P%@AP[4\\PZX54(P^)7CC)7}$EICAR-STANDARD-", "ANTIVIRUS-TEST-FILE!$H+H*"];

/// In a file for which that scanner gives no answer.
const UNANSWERED: &str = "<< /Title (unanswered) >>";

/// A `clamd` on this machine that knows one signature, and gives no answer while it is down.
pub(super) struct Scanner {
    pub flag: &'static str,
    is_up: Arc<AtomicBool>,
}

impl Scanner {
    pub async fn open() -> Self {
        let is_up = Arc::new(AtomicBool::new(true));
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await.unwrap();
        let flag = format!("--clamd=tcp:{}", listener.local_addr().unwrap()).leak();
        let up = Arc::clone(&is_up);
        tokio::spawn(async move {
            loop {
                let (stream, _) = listener.accept().await.unwrap();
                if up.load(Ordering::SeqCst) {
                    tokio::spawn(answer(stream));
                }
            }
        });
        Self { flag, is_up }
    }

    pub fn set_up(&self, is_up: bool) {
        self.is_up.store(is_up, Ordering::SeqCst);
    }
}

async fn answer(mut stream: TcpStream) {
    let mut command = [0; 10];
    stream.read_exact(&mut command).await.unwrap();
    assert_eq!(&command, b"zINSTREAM\0");
    let mut bytes = Vec::new();
    loop {
        let length = stream.read_u32().await.unwrap();
        if length == 0 {
            break;
        }
        let mut chunk = vec![0; usize::try_from(length).unwrap()];
        stream.read_exact(&mut chunk).await.unwrap();
        bytes.extend(chunk);
    }
    if holds(&bytes, UNANSWERED.as_bytes()) {
        return;
    }
    let is_found = holds(&bytes, EICAR.concat().as_bytes());
    let said: &[u8] = if is_found { b"stream: Eicar-Test-Signature FOUND\0" } else { b"stream: OK\0" };
    stream.write_all(said).await.unwrap();
}

pub(super) fn infected() -> Vec<u8> {
    pdf(&format!("<< /Title ({}) >>", EICAR.concat()))
}

#[tokio::test]
async fn what_the_scanner_finds_is_not_taken() {
    let scanner = Scanner::open().await;
    for test in test_apps_set(Setup::default(), &[scanner.flag]).await {
        let owner = someone();
        assert_eq!(why(take(&test, &owner, "page.pdf", &infected()).await), Some(NotTaken::Infected));
        assert!(files::list(&test.app, &owner).await.unwrap().is_empty());
        let clean = take(&test, &owner, "page.pdf", &pdf("<< >>")).await.unwrap();
        assert_eq!(open(&test, &owner, &clean.id).await.unwrap().kind, FileKind::Pdf);
        swept(&test).await;
        assert_eq!(stored(&test).len(), 1);
    }
}

#[tokio::test]
async fn what_was_not_scanned_waits_and_is_given_to_nobody() {
    let scanner = Scanner::open().await;
    for test in test_apps_set(Setup::default(), &[scanner.flag]).await {
        scanner.set_up(false);
        let owner = someone();
        let clean = take(&test, &owner, "page.pdf", &pdf("<< >>")).await.unwrap();
        let bad = take(&test, &owner, "other.pdf", &infected()).await.unwrap();
        for file in [&clean, &bad] {
            assert!(matches!(file.stands, Stands::Waiting { kind: FileKind::Pdf, .. }));
            assert_eq!(why(open(&test, &owner, &file.id).await), Some(NotTaken::NotScanned));
        }
        files::scan_waiting(&test.app, test.now()).await.unwrap();
        assert_eq!(why(open(&test, &owner, &clean.id).await), Some(NotTaken::NotScanned), "it still gives no answer");

        scanner.set_up(true);
        files::scan_waiting(&test.app, test.now()).await.unwrap();
        assert!(open(&test, &owner, &clean.id).await.is_ok());
        assert_eq!(why(open(&test, &owner, &bad.id).await), Some(NotTaken::Infected));
        let listed = files::list(&test.app, &owner).await.unwrap();
        let refused = listed.iter().find(|file| file.id == bad.id).unwrap();
        assert_eq!(refused.stands, Stands::Refused, "the family is told");
        swept(&test).await;
        assert_eq!(stored(&test).len(), 1, "and it is gone");
    }
}

#[tokio::test]
async fn one_that_the_scanner_never_answers_for_keeps_no_other_waiting() {
    let scanner = Scanner::open().await;
    for test in test_apps_set(Setup::default(), &[scanner.flag]).await {
        scanner.set_up(false);
        let owner = someone();
        let odd = take(&test, &owner, "odd.pdf", &pdf(UNANSWERED)).await.unwrap();
        test.wait(TimeDelta::seconds(1));
        let clean = take(&test, &owner, "page.pdf", &pdf("<< >>")).await.unwrap();
        scanner.set_up(true);
        files::scan_waiting(&test.app, test.now()).await.unwrap();
        assert!(open(&test, &owner, &clean.id).await.is_ok());
        assert_eq!(why(open(&test, &owner, &odd.id).await), Some(NotTaken::NotScanned));
        let tries = async || number(&test.app, "select max(scan_tries) from case_file").await;
        // Tried again at once, and later and later after that.
        for (minutes, tried) in [(0, 2), (0, 2), (1, 3), (1, 3), (1, 4)] {
            test.wait(TimeDelta::minutes(minutes));
            files::scan_waiting(&test.app, test.now()).await.unwrap();
            assert_eq!(tries().await, tried);
        }
    }
}

#[tokio::test]
async fn nobody_waits_for_the_scanner_before_the_portal_opens() {
    let scanner = Scanner::open().await;
    for test in test_apps_set(Setup::default(), &[scanner.flag]).await {
        scanner.set_up(false);
        let owner = Owner::Case(CaseId::parse(&new_id()).unwrap());
        let clean = take(&test, &owner, "page.pdf", &pdf("<< >>")).await.unwrap();
        scanner.set_up(true);
        jobs::before_opening(&test.app).await;
        jobs::round(&test.app, test.now()).await.unwrap();
        assert_eq!(why(open(&test, &owner, &clean.id).await), Some(NotTaken::NotScanned), "it has rounds of its own");
        jobs::slow_round(&test.app, test.now()).await.unwrap();
        assert!(open(&test, &owner, &clean.id).await.is_ok());
    }
}

#[tokio::test]
async fn without_a_scanner_nothing_waits() {
    for test in test_apps(Setup::default()).await {
        let owner = someone();
        let handed = take(&test, &owner, "page.pdf", &pdf("<< >>")).await.unwrap();
        assert!(matches!(handed.stands, Stands::Open { .. }));
        files::scan_waiting(&test.app, test.now()).await.unwrap();
        assert!(open(&test, &owner, &handed.id).await.is_ok());
    }
}

#[tokio::test]
async fn the_office_opens_nothing_that_was_not_scanned_either_and_no_look_is_written_down() {
    let scanner = Scanner::open().await;
    for test in test_apps_set(setup(), &[scanner.flag]).await {
        scanner.set_up(false);
        let handed = photographed(&test, 1).await;
        let file = files::list(&test.app, &Owner::Case(handed.id.clone())).await.unwrap().remove(0);
        assert!(matches!(file.stands, Stands::Waiting { .. }), "it waits from the draft on");
        let li = reviewer(&test, 1).await;
        let looked = papers::look(&test.app, &li, (&handed.id, &file.id), Some("和窗口的证件核对。"), test.now()).await;
        assert_eq!(why(looked), Some(NotTaken::NotScanned));
        assert_eq!(number(&test.app, "select count(*) from case_look").await, 0);
        scanner.set_up(true);
        files::scan_waiting(&test.app, test.now()).await.unwrap();
        assert!(
            papers::look(&test.app, &li, (&handed.id, &file.id), Some("和窗口的证件核对。"), test.now()).await.is_ok()
        );
    }
}
