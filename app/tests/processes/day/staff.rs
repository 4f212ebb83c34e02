//! Somebody of the staff: the API where there is one, and the pages where there is none.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use serde_json::{Value, json};
use ureq::Agent;
use ureq::http::Response;

use super::{DATE, OFFICE};
use crate::processes::portal::Portal;

pub struct Staff<'d> {
    agent: Agent,
    origin: String,
    cookie: String,
    /// By which the pages drawn for them are known.
    mark: String,
    presses: &'d AtomicUsize,
}

impl<'d> Staff<'d> {
    pub fn sign_in(portal: &Portal, account: &str, presses: &'d AtomicUsize) -> Self {
        let agent = Agent::config_builder()
            .http_status_as_error(false)
            .max_redirects(0)
            .max_redirects_will_error(false)
            .timeout_global(Some(Duration::from_mins(1)))
            .build()
            .new_agent();
        let mut staff =
            Self { agent, origin: portal.origin().to_owned(), cookie: String::new(), mark: String::new(), presses };
        let code = staff.get(&format!("/demo/staff-code/{account}"));
        let body = json!({ "account": account, "password": "demo-huimin", "code": code["code"] });
        let answer = staff.agent.post(staff.address("/api/v1/staff/session")).send_json(&body).unwrap();
        assert_eq!(answer.status(), 204, "{account} signs in");
        staff.cookie = cookies(&answer);
        let page = staff.page("/staff/account");
        let (_, mark) = page.split_once(r#"name="drawn-for" value=""#).expect("a form says for whom it was drawn");
        mark.split('"').next().unwrap_or_default().clone_into(&mut staff.mark);
        staff
    }

    /// The same session, of the program that runs now.
    pub fn moves_to(&mut self, portal: &Portal) {
        portal.origin().clone_into(&mut self.origin);
    }

    pub fn day(&self) -> Value {
        self.get("/api/v1/staff/day")
    }

    pub fn visits(&self, is_meant: impl Fn(&Value) -> bool) -> Vec<Value> {
        let day = self.day();
        day["visits"].as_array().unwrap().iter().filter(|visit| is_meant(visit)).cloned().collect()
    }

    pub fn waiting(&self) -> usize {
        self.visits(|visit| visit["state"] == "arrived").len()
    }

    /// As it stands now.
    pub fn visit(&self, known: &Value) -> Value {
        self.visits(|visit| visit["id"] == known["id"]).remove(0)
    }

    /// Who is at a counter.
    pub fn at(&self, counter: i64) -> Option<Value> {
        self.visits(|visit| visit["counter"] == counter).pop()
    }

    pub fn next(&self, counter: i64) -> (u16, Value) {
        self.post(&format!("/api/v1/staff/counters/{counter}/next"), json!({}))
    }

    /// The next, who must be there.
    pub fn call(&self, counter: i64) -> Value {
        let (status, mut called) = self.next(counter);
        assert_eq!(status, 200, "{called}");
        called["visit"].take()
    }

    /// Does something with a visit as it was seen, which must be possible.
    pub fn done(&self, visit: &Value, act: &str, more: &Value) -> Value {
        let mut body = more.clone();
        body["version"] = visit["version"].clone();
        let (status, now) = self.post(&format!("/api/v1/staff/visits/{}/{act}", visit["id"].as_str().unwrap()), body);
        assert_eq!(status, 200, "{act} {visit}: {now}");
        now
    }

    /// Presses a button of the day sheet.
    pub fn press(&self, button: &str) -> u16 {
        let form = format!("press={}&drawn-on={DATE}&do={button}", self.one_press());
        self.send_form(&format!("/staff/day?office={OFFICE}"), &form).0
    }

    fn one_press(&self) -> String {
        format!("press{:08}", self.presses.fetch_add(1, Ordering::SeqCst))
    }

    fn address(&self, path: &str) -> String {
        format!("{}{path}", self.origin)
    }

    fn get(&self, path: &str) -> Value {
        let answer = self.agent.get(self.address(path)).header("cookie", &self.cookie).call();
        answer.unwrap().body_mut().read_json().unwrap()
    }

    fn page(&self, path: &str) -> String {
        let answer = self.agent.get(self.address(path)).header("cookie", &self.cookie).call();
        answer.unwrap().body_mut().read_to_string().unwrap()
    }

    fn post(&self, path: &str, mut body: Value) -> (u16, Value) {
        body["press"] = self.one_press().into();
        let answer = self.agent.post(self.address(path)).header("cookie", &self.cookie).send_json(&body);
        let mut answer = answer.unwrap();
        (answer.status().as_u16(), answer.body_mut().read_json().unwrap_or_default())
    }

    /// Status, page and cookies.
    fn send_form(&self, path: &str, form: &str) -> (u16, String, String) {
        let request = self.agent.post(self.address(path)).header("cookie", &self.cookie).header("origin", &self.origin);
        let form = format!("{form}&drawn-for={}", self.mark);
        let mut answer = request.content_type("application/x-www-form-urlencoded").send(form).unwrap();
        let cookies = cookies(&answer);
        (answer.status().as_u16(), answer.body_mut().read_to_string().unwrap(), cookies)
    }
}

/// Ends the day as it was seen at a version.
pub fn close_day(manager: &Staff<'_>, version: i64) -> u16 {
    // Whoever still waits is no secret: why the day ends all the same is asked.
    let (press, pressed) = (manager.one_press(), format!("close-day:{DATE}:{version}"));
    let form = format!("press={press}&drawn-on={DATE}&do={pressed}&reason=Power%20cut");
    manager.send_form(&format!("/staff/day?office={OFFICE}"), &form).0
}

/// Opens a display, and reads how long people waited.
pub fn display(manager: &Staff<'_>) -> String {
    let page = format!("/staff/office?office={OFFICE}");
    let (_, made, _) = manager.send_form(&page, "do=screen&kind=display&screen-name=hall");
    let from = made.find("/screen/").expect("a link");
    let link = made[from..].split(['<', '"']).next().unwrap();
    let (opened, _, cookie) = manager.send_form(link, "");
    assert_eq!(opened, 303);
    let (agent, origin) = (manager.agent.clone(), manager.origin.clone());
    let screen = Staff { agent, origin, cookie, mark: String::new(), ..*manager };
    screen.page(&format!("/display/{OFFICE}"))
}

fn cookies(answer: &Response<ureq::Body>) -> String {
    let all = answer.headers().get_all("set-cookie").iter();
    let pairs = all.filter_map(|cookie| cookie.to_str().ok()?.split(';').next());
    pairs.collect::<Vec<_>>().join("; ")
}
