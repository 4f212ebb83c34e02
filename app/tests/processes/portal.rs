//! One running process, and a client of its API.

use std::fs::{self, File};
use std::io::{BufRead, BufReader, Write};
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use serde_json::{Value, json};
use shared::invented;
use testhouse::store::Store;
use ureq::http::{Request, Response, request::Builder};
use ureq::{Agent, Body};

pub struct Portal {
    child: Child,
    origin: String,
    greeting: String,
    folder: PathBuf,
    database: Option<String>,
}

/// Talks to one process; a connection that breaks is an answer that never came.
pub struct Client {
    agent: Agent,
    origin: String,
}

impl Portal {
    /// Starts a process on a free port with the demo region, codes and limits off, on 13 May 2026.
    pub fn start(store: &Store) -> Self {
        Self::start_in(store, |serve| serve)
    }

    /// [`Self::start`] in circumstances of one's own.
    pub fn start_in(store: &Store, around: impl FnOnce(Command) -> Command) -> Self {
        let (folder, database) = (store.folder().to_owned(), store.url());
        let mut serve = command(&folder, database.as_deref());
        serve.arg("serve");
        let mut child = around(serve).stdout(Stdio::piped()).spawn().unwrap();
        let (mut greeting, mut said) = (String::new(), BufReader::new(child.stdout.take().unwrap()));
        said.read_line(&mut greeting).unwrap();
        // It is written at once.
        greeting.push_str(str::from_utf8(said.buffer()).unwrap());
        let origin = greeting.split_whitespace().find(|word| word.starts_with("http://"));
        let origin = origin.unwrap_or_else(|| panic!("no address in: {greeting}")).to_owned();
        Self { child, origin, greeting, folder, database }
    }

    /// What it says first to whoever started it.
    pub fn greeting(&self) -> &str {
        &self.greeting
    }

    pub fn client(&self) -> Client {
        let agent = Agent::config_builder()
            .http_status_as_error(false)
            .timeout_global(Some(Duration::from_mins(1)))
            .build()
            .new_agent();
        Client { agent, origin: self.origin.clone() }
    }

    pub fn origin(&self) -> &str {
        &self.origin
    }

    /// The ids of a day's slots, published before the first request is answered.
    pub fn slots(&self, registry: &str, date: &str) -> Vec<i64> {
        let path = format!("/api/v1/registries/{registry}/slots?service=marriage_registration&from={date}&to={date}");
        let slots = self.client().get(&path, None).unwrap();
        let ids: Vec<i64> = slots.as_array().unwrap().iter().map(|slot| slot["id"].as_i64().unwrap()).collect();
        assert!(!ids.is_empty(), "{registry} has no slots on {date} yet");
        ids
    }

    /// Whoever read the log goes away.
    pub fn close_log(&mut self) {
        drop(self.child.stderr.take().unwrap());
    }

    /// SIGKILL: no chance to finish anything.
    pub fn kill(&mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }

    /// Every chain of events fits its record.
    pub fn verify_audit(&self) {
        let verified = command(&self.folder, self.database.as_deref()).args(["audit", "verify"]).output().unwrap();
        assert!(verified.status.success(), "{}", String::from_utf8_lossy(&verified.stderr));
    }

    /// Where it keeps its data.
    pub fn data(&self) -> PathBuf {
        self.folder.join("data")
    }

    /// Runs another command of the program on the same data; whether it succeeded, and what it said.
    pub fn run(&self, arguments: &[&str]) -> (bool, String) {
        self.run_and_tell(arguments, "")
    }

    /// [`Self::run`], and the most memory that it had, in kB.
    pub fn run_and_weigh(&self, arguments: &[&str]) -> (bool, String, u64) {
        let log = self.folder.join("weighed.log");
        let said = File::create(&log).unwrap();
        let mut command = command(&self.folder, self.database.as_deref());
        let all = command.args(arguments).stdin(Stdio::null()).stdout(said.try_clone().unwrap()).stderr(said);
        let (mut child, mut most) = (all.spawn().unwrap(), 0);
        loop {
            // What it takes in its last moment is not seen.
            let status = fs::read_to_string(format!("/proc/{}/status", child.id())).unwrap();
            let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
            let now = line.map_or(0, |line| line.trim().trim_end_matches(" kB").parse().unwrap());
            most = most.max(now);
            if let Some(status) = child.try_wait().unwrap() {
                return (status.success(), fs::read_to_string(log).unwrap(), most);
            }
            std::thread::yield_now();
        }
    }

    /// [`Self::run`], with a line for it to read.
    pub fn run_and_tell(&self, arguments: &[&str], line: &str) -> (bool, String) {
        let mut command = command(&self.folder, self.database.as_deref());
        let piped = command.args(arguments).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = piped.spawn().unwrap();
        // A command that reads nothing may be gone by now.
        writeln!(child.stdin.take().unwrap(), "{line}").ok();
        let ran = child.wait_with_output().unwrap();
        let said = [ran.stdout, ran.stderr].concat();
        (ran.status.success(), String::from_utf8(said).unwrap())
    }
}

impl Drop for Portal {
    fn drop(&mut self) {
        drop(self.child.kill());
        drop(self.child.wait());
    }
}

impl Client {
    /// Holds a place and books it for the `n`th invented couple; the booking if it was acknowledged.
    pub fn book(&self, slot: i64, n: usize) -> Option<Value> {
        let (status, hold) = self.take(slot)?;
        if status != 201 {
            return None;
        }
        let (status, booking) = self.book_held(&hold, n)?;
        assert_eq!(status, 201, "{booking}");
        Some(booking)
    }

    pub fn take(&self, slot: i64) -> Option<(u16, Value)> {
        self.post("/api/v1/holds", &json!({ "slot_id": slot }))
    }

    pub fn book_held(&self, hold: &Value, n: usize) -> Option<(u16, Value)> {
        let request = json!({
            "hold_id": hold["hold_id"],
            "hold_token": hold["hold_token"],
            "service": "marriage_registration",
            "locale": "zh-CN",
            "parties": invented::couple(n),
        });
        self.post("/api/v1/bookings", &request)
    }

    /// Status, `Retry-After` and text of any address.
    pub fn ask(&self, path: &str) -> (u16, Option<String>, String) {
        let mut answer = self.agent.get(format!("{}{path}", self.origin)).call().unwrap();
        let wait = answer.headers().get("retry-after").map(|value| value.to_str().unwrap().to_owned());
        (answer.status().as_u16(), wait, answer.body_mut().read_to_string().unwrap())
    }

    /// Sends a form as a browser does from its own page; the status of the page that it leads to.
    pub fn send(&self, path: &str, form: &[(&str, &str)]) -> u16 {
        let form = form.iter().copied();
        let request = self.agent.post(format!("{}{path}", self.origin)).header("origin", &self.origin);
        request.header("sec-fetch-site", "same-origin").send_form(form).unwrap().status().as_u16()
    }

    /// The value of one header of any address.
    pub fn header(&self, path: &str, name: &str) -> Option<String> {
        let answer = self.agent.get(format!("{}{path}", self.origin)).call().unwrap();
        answer.headers().get(name).map(|value| value.to_str().unwrap().to_owned())
    }

    /// Asks for a place: the status, and the code of the problem.
    pub fn hold(&self, slot: i64) -> (u16, Value) {
        let (status, answer) = self.take(slot).unwrap();
        (status, answer["code"].clone())
    }

    pub fn booking(&self, reference: &str, token: &str) -> Value {
        self.get(&format!("/api/v1/bookings/{reference}"), Some(token)).unwrap()
    }

    /// Asks with a token and perhaps with a body; the status and the answer, null where there is none.
    pub fn with_token(&self, (method, path): (&str, &str), token: &str, body: Option<&Value>) -> (u16, Value) {
        let request = self.request((method, path), token);
        match body {
            Some(body) => {
                let request = request.header("content-type", "application/json").body(body.to_string());
                read(self.agent.run(request.unwrap()).unwrap())
            }
            None => read(self.agent.run(request.body(()).unwrap()).unwrap()),
        }
    }

    /// Sends a part of a file.
    pub fn send_part(&self, path: &str, token: &str, bytes: &[u8]) -> (u16, Value) {
        let request = self.request(("PATCH", path), token).header("content-type", "application/octet-stream");
        read(self.agent.run(request.body(bytes).unwrap()).unwrap())
    }

    fn request(&self, (method, path): (&str, &str), token: &str) -> Builder {
        let request = Request::builder().method(method).uri(format!("{}{path}", self.origin));
        request.header("authorization", format!("Bearer {token}"))
    }

    fn get(&self, path: &str, token: Option<&str>) -> Option<Value> {
        let mut request = self.agent.get(format!("{}{path}", self.origin));
        if let Some(token) = token {
            request = request.header("authorization", format!("Bearer {token}"));
        }
        request.call().ok()?.body_mut().read_json().ok()
    }

    fn post(&self, path: &str, body: &Value) -> Option<(u16, Value)> {
        let mut answer = self.agent.post(format!("{}{path}", self.origin)).send_json(body).ok()?;
        let status = answer.status().as_u16();
        Some((status, answer.body_mut().read_json().ok()?))
    }
}

fn read(mut answer: Response<Body>) -> (u16, Value) {
    let status = answer.status().as_u16();
    let text = answer.body_mut().read_to_string().unwrap();
    (status, serde_json::from_str(&text).unwrap_or_default())
}

/// The program with the settings of every test.
pub fn command(folder: &std::path::Path, database: Option<&str>) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_huimin"));
    command
        .env_clear()
        .env("HUIMIN_ADDR", "127.0.0.1:0")
        .env("HUIMIN_DATA", folder.join("data"))
        .env("HUIMIN_KEYS", folder.join("keys.json"))
        .env("HUIMIN_DEMO", "1")
        .env("HUIMIN_NOW", "2026-05-13T10:00:00+08:00")
        .env("HUIMIN_RATE_LIMIT", "off")
        .env("HUIMIN_PHONE_CODES", "off")
        .env("RUST_LOG", "error");
    if let Some(url) = database {
        command.env("DATABASE_URL", url);
    }
    command
}
