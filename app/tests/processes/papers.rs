//! Photographs of applications: in backups, in a bucket, and where there is no room for one.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use image::{Rgb, RgbImage, codecs::jpeg::JpegEncoder};
use serde_json::{Value, json};
use testhouse::bucket::S3;
use testhouse::store::Store;

use super::portal::{Client, Portal, command};
use super::stores;

const DRAFTS: &str = "/api/v1/procedures/green_burial/drafts";
/// Bytes of a part.
const PART: usize = 2 * 1024 * 1024;

/// A draft that somebody has begun to fill in.
struct Draft {
    place: String,
    token: String,
}

impl Draft {
    fn begin(client: &Client) -> Self {
        let (status, begun) = client.with_token(("POST", DRAFTS), "none", None);
        assert_eq!(status, 201, "{begun}");
        let [id, token] = ["draft_id", "token"].map(|name| begun[name].as_str().unwrap().to_owned());
        let draft = Self { place: format!("{DRAFTS}/{id}"), token };
        assert_eq!(draft.fill_in(client, 0), 200);
        draft
    }

    /// Types a name into the version that was seen.
    fn fill_in(&self, client: &Client, version: u32) -> u16 {
        let typed = json!({ "version": version, "fields": { "deceased_name": format!("赵演示{version}") } });
        client.with_token(("PUT", &self.place), &self.token, Some(&typed)).0
    }

    /// Announces a file of so many bytes; where its parts go.
    fn announce(&self, client: &Client, size: usize) -> String {
        let new = json!({ "paper": "cremation_proof", "name": "IMG_0001.JPG", "size": size });
        let (status, begun) = client.with_token(("POST", &format!("{}/files", self.place)), &self.token, Some(&new));
        assert_eq!(status, 201, "{begun}");
        format!("{}/files/{}", self.place, begun["file_id"].as_str().unwrap())
    }

    fn send(&self, client: &Client, (file, offset): (&str, usize), bytes: &[u8]) -> (u16, Value) {
        client.send_part(&format!("{file}?offset={offset}"), &self.token, bytes)
    }

    /// Sends a photograph at once; its id.
    fn photograph(&self, client: &Client, bytes: &[u8]) -> String {
        let file = self.announce(client, bytes.len());
        let (status, taken) = self.send(client, (&file, 0), bytes);
        assert_eq!((status, &taken["file"]["state"]), (200, &json!("kept")), "{taken}");
        taken["file"]["file_id"].as_str().unwrap().to_owned()
    }

    fn remove(&self, client: &Client, id: &str) {
        let (status, _) = client.with_token(("DELETE", &format!("{}/files/{id}", self.place)), &self.token, None);
        assert_eq!(status, 204);
    }

    /// The ids of what was handed in.
    fn files(&self, client: &Client) -> Vec<String> {
        let (status, listed) = client.with_token(("GET", &format!("{}/files", self.place)), &self.token, None);
        assert_eq!(status, 200, "{listed}");
        let files = listed["files"].as_array().unwrap();
        files.iter().map(|file| file["file_id"].as_str().unwrap().to_owned()).collect()
    }
}

/// A small photograph, of another colour for each number.
fn photo(number: u8) -> Vec<u8> {
    let mut bytes = Vec::new();
    let photo = RgbImage::from_pixel(64, 48, Rgb([number.wrapping_mul(40), 120, 40]));
    JpegEncoder::new_with_quality(&mut bytes, 90).encode_image(&photo).unwrap();
    bytes
}

fn text(path: &Path) -> &str {
    path.to_str().unwrap()
}

/// A photograph that lies somewhere in a folder, and no part of one.
fn any_file(folder: &Path) -> PathBuf {
    let folders = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let mut files = folders.flat_map(|folder| fs::read_dir(folder).unwrap()).map(|entry| entry.unwrap().path());
    files.find(|file| !file.file_name().unwrap().to_str().unwrap().starts_with("part-")).unwrap()
}

#[test]
fn photographs_go_with_a_backup_and_are_put_back_whole_or_not_at_all() {
    let store = Store::sqlite();
    let (data, backup) = (store.folder().join("data"), store.folder().join("backup.sqlite"));
    let files = store.folder().join("backup.sqlite.files");
    let mut portal = Portal::start(&store);
    let client = portal.client();
    let draft = Draft::begin(&client);
    let [kept, removed] = [1, 2].map(|number| draft.photograph(&client, &photo(number)));
    let (done, said) = portal.run(&["backup", text(&backup)]);
    assert!(done && said.contains("backup.sqlite.files") && said.contains("keep both together"), "{said}");
    // What comes and goes after the backup, and other keys, change nothing of it.
    draft.remove(&client, &removed);
    draft.photograph(&client, &photo(3));
    assert!(portal.run(&["keys", "rotate"]).0);
    let (done, said) = portal.run(&["backup", text(&backup)]);
    assert!(!done && said.contains("exists already"), "{said}");
    portal.kill();
    fs::remove_dir_all(&data).unwrap();

    let away = store.folder().join("elsewhere");
    fs::rename(&files, &away).unwrap();
    let (done, said) = portal.run(&["restore", text(&backup)]);
    assert!(!done && said.contains("2 photographs") && said.contains("nothing was restored"), "{said}");
    assert_eq!(fs::read_dir(&data).unwrap().count(), 0, "nothing half restored stays behind");
    fs::rename(&away, &files).unwrap();
    let (damaged, whole) = (any_file(&files), fs::read(any_file(&files)).unwrap());
    fs::write(&damaged, &whole[..whole.len() / 2]).unwrap();
    let (done, said) = portal.run(&["restore", text(&backup)]);
    assert!(!done && said.contains("1 photographs") && said.contains("--without-files"), "{said}");
    assert_eq!(fs::read_dir(&data).unwrap().count(), 0, "nothing half restored stays behind");
    let (done, said) = portal.run(&["restore", text(&backup), "--without-files"]);
    assert!(done && said.contains("1 photographs") && said.contains("Restored to"), "{said}");
    let (done, said) = portal.run(&["files", "verify"]);
    assert!(!done && said.contains("1 photographs"), "{said}");
    fs::remove_dir_all(&data).unwrap();

    fs::write(&damaged, &whole).unwrap();
    let (done, said) = portal.run(&["restore", text(&backup)]);
    assert!(done && said.contains("2 photographs and PDFs of applications are there and open"), "{said}");
    let portal = Portal::start(&store);
    let mut both = [kept, removed];
    both.sort();
    let mut listed = draft.files(&portal.client());
    listed.sort();
    assert_eq!(listed, both, "as it was when the backup was made");
    let (done, said) = portal.run(&["files", "verify"]);
    assert!(done && said.contains("2 photographs"), "{said}");
    portal.verify_audit();
}

#[test]
fn the_commands_of_the_operating_guide_for_backups_do_what_it_says() {
    let guide = fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/../docs/operating.md")).unwrap();
    let part = guide.split("\n## Backup and restore\n").nth(1).unwrap().split("\n## ").next().unwrap();
    let blocks = part.split("```sh\n").skip(1).map(|block| block.split("```").next().unwrap());
    let lines: Vec<_> = blocks.flat_map(str::lines).filter(|line| line.starts_with("huimin ")).collect();
    let store = Store::sqlite();
    let backups = store.folder().join("backup");
    fs::create_dir(&backups).unwrap();
    let mut portal = Portal::start(&store);
    let draft = Draft::begin(&portal.client());
    let kept = draft.photograph(&portal.client(), &photo(1));
    for line in &lines {
        let words: Vec<_> =
            line.split(' ').skip(1).map(|word| word.replace("/backup/", &format!("{}/", text(&backups)))).collect();
        match words[0].as_str() {
            "serve" => {
                portal = Portal::start(&store);
                continue;
            }
            // The steps that stand before it.
            "restore" => {
                portal.kill();
                fs::rename(store.folder().join("data"), store.folder().join("moved-away")).unwrap();
            }
            _ => {}
        }
        let (done, said) = portal.run(&words.iter().map(String::as_str).collect::<Vec<_>>());
        assert!(done, "{line}\n{said}");
    }
    assert!(lines.len() >= 4, "{lines:?}");
    assert_eq!(draft.files(&portal.client()), [kept]);
}

#[test]
fn what_lies_in_a_bucket_is_readable_to_nobody_there_and_a_bucket_that_is_away_is_said() {
    for store in stores() {
        let mut s3 = S3::open();
        let mut portal = Portal::start_in(&store, |mut serve| {
            serve.envs(s3.environment());
            serve
        });
        let client = portal.client();
        let draft = Draft::begin(&client);
        let [one, two] = [photo(1), photo(2)];
        let first = draft.photograph(&client, &one);
        assert_eq!(draft.photograph(&client, &one), first, "the same photograph is the one that is there");
        assert_eq!(draft.files(&client), [first.as_str()]);
        assert!(!s3.objects().is_empty());
        for object in s3.objects() {
            assert!(!object.starts_with(b"\xff\xd8\xff") && !object.windows(4).any(|bytes| bytes == b"JFIF"));
        }
        assert!(!s3.names().iter().any(|name| name.contains("IMG_") || name.contains("cremation")));

        s3.goes_away();
        let file = draft.announce(&client, two.len());
        let (status, refused) = draft.send(&client, (&file, 0), &two);
        assert_eq!((status, &refused["code"]), (503, &json!("file_store_away")), "{refused}");
        assert!(refused["detail"].as_str().unwrap().contains("已经填写和交过的都在"), "{refused}");
        assert_eq!(draft.fill_in(&client, 1), 200, "the draft goes on");
        assert_eq!(draft.files(&client), [first.as_str()]);
        s3.comes_back();
        let (status, taken) = draft.send(&client, (&file, 0), &two);
        assert_eq!((status, &taken["file"]["state"]), (200, &json!("kept")), "{taken}");

        let run = |environment: [(&str, String); 5], arguments: &[&str]| {
            let mut command = command(store.folder(), store.url().as_deref());
            let ran = command.envs(environment).args(arguments).output().unwrap();
            (ran.status.success(), String::from_utf8([ran.stdout, ran.stderr].concat()).unwrap())
        };
        let (done, said) = run(s3.environment(), &["files", "verify"]);
        assert!(done && said.contains("2 photographs and PDFs of applications are there and open"), "{said}");
        let wrong = s3.environment().map(|(name, value)| {
            (name, if name == "AWS_SECRET_ACCESS_KEY" { "another-secret-key".to_owned() } else { value })
        });
        let (done, said) = run(wrong, &["files", "verify"]);
        assert!(!done && said.contains("file_store_away"), "a wrong key is no lost file: {said}");
        if store.url().is_none() {
            let backup = store.folder().join("backup.sqlite");
            let (done, said) = run(s3.environment(), &["backup", text(&backup)]);
            assert!(done && said.contains("backed up by its own means"), "{said}");
        }
        s3.loses_all();
        let (done, said) = run(s3.environment(), &["files", "verify"]);
        assert!(!done && said.contains("2 photographs and PDFs of applications are missing"), "{said}");
        portal.kill();
    }
}

#[test]
fn a_file_for_which_there_is_no_room_is_said_and_goes_on_once_there_is() {
    let store = Store::sqlite();
    // A process whose files may have 16 MB each, as a nearly full disk leaves them; 512 bytes are a block of the shell's.
    let limited = |serve: Command| {
        let mut shell = Command::new("/bin/sh");
        shell.args(["-c", "trap '' XFSZ; ulimit -f 32768; exec \"$@\"", "sh"]).arg(serve.get_program());
        shell.args(serve.get_args()).env_clear();
        shell.envs(serve.get_envs().filter_map(|(name, value)| Some((name, value?))));
        shell
    };
    let mut portal = Portal::start_in(&store, limited);
    let client = portal.client();
    let draft = Draft::begin(&client);
    let kept = draft.photograph(&client, &photo(1));
    let mut page = b"%PDF-1.7\n1 0 obj\n<< /Type /Page >>\nendobj\n".to_vec();
    page.resize(18 * 1024 * 1024, b' ');
    page.extend(b"\ntrailer << /Root 1 0 R >>\nstartxref\n9\n%%EOF\n");
    let file = draft.announce(&client, page.len());
    let parts: Vec<_> = page.chunks(PART).enumerate().map(|(n, part)| (n * PART, part)).collect();
    let (last, first) = parts.split_last().unwrap();
    for (offset, part) in first {
        assert_eq!(draft.send(&client, (&file, *offset), part).0, 200);
    }
    let (status, refused) = draft.send(&client, (&file, last.0), last.1);
    assert_eq!((status, &refused["code"]), (507, &json!("file_no_room")), "{refused}");
    assert!(refused["detail"].as_str().unwrap().contains("请过一会儿再试，或者把材料带到窗口"), "{refused}");
    assert_eq!(draft.files(&client), [kept.as_str()], "nothing half is shown");
    assert_eq!(draft.fill_in(&client, 1), 200, "the draft goes on");
    portal.kill();
    let portal = Portal::start(&store);
    let (status, taken) = draft.send(&portal.client(), (&file, last.0), last.1);
    assert_eq!((status, &taken["file"]["state"]), (200, &json!("kept")), "what had come is still there: {taken}");
    assert_eq!(draft.files(&portal.client()).len(), 2);
}
