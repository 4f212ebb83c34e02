//! An office with twenty counters, a clerk at each, and ten displays. The clerks are copies: the demonstration has staff
//! enough to sign in with, but no twenty clerks.

use hyper::StatusCode;
use serde::Deserialize;
use serde_json::json;

use crate::{
    Outcome,
    http::{Answer, Connection},
    plan::{NOW, Plan, REGISTRY},
    portal::{Portal, slots, start},
    store::Store,
};

pub const CLERKS: usize = 20;
pub const DISPLAYS: usize = 10;
/// Three codes are to be had for each of them at once.
const INVENTED: [&str; 7] =
    ["demo-clerk", "demo-clerk-2", "demo-reviewer", "demo-approver", "demo-finance", "demo-editor", "demo-auditor"];
const MANAGER: &str = "demo-manager";
/// Tickets that one person may take at once; what is measured comes after them, so the bench pays for none.
const AT_ONCE: usize = 40;

pub struct Hall {
    pub portal: Portal,
    /// Each with the cookie that they are known by, their counter, and a connection of their own.
    pub clerks: Vec<Clerk>,
    manager: String,
    /// By which the pages drawn for the manager are known.
    mark: String,
    presses: usize,
}

pub struct Clerk {
    pub cookie: String,
    pub counter: i64,
    pub connection: Connection,
}

#[derive(Deserialize)]
struct Day {
    counters: Vec<Counter>,
}

#[derive(Deserialize)]
struct Counter {
    id: i64,
}

impl Hall {
    /// Opens it on an empty place, with nobody but the couples of the demonstration.
    pub async fn open(plan: &Plan, store: Store<'_>) -> Outcome<Self> {
        let place = store.place(&plan.scratch).await?;
        let (process, _) = start(plan, &place).await?;
        slots(process.address).await?;
        let portal = Portal { process, place };
        let mut cookies = Vec::new();
        for account in INVENTED.into_iter().cycle().take(CLERKS) {
            cookies.push(sign_in(&portal, account).await?);
        }
        become_clerks(&portal).await?;
        let manager = sign_in(&portal, MANAGER).await?;
        let mark = mark_of(&portal, &manager).await?;
        let mut hall = Self { portal, clerks: Vec::new(), manager, mark, presses: 0 };
        for sign in 0..CLERKS {
            let form = format!("do=create&name=B{sign}");
            hall.manage(&form).await?;
        }
        let mut connection = Connection::open(hall.portal.address()).await?;
        let manager = hall.manager.clone();
        let day = connection.get("/api/v1/staff/day", &[("cookie", &manager)]).await?;
        let day: Day = serde_json::from_slice(&day.body)?;
        for (cookie, counter) in cookies.into_iter().zip(day.counters) {
            let connection = Connection::open(hall.portal.address()).await?;
            hall.clerks.push(Clerk { cookie, counter: counter.id, connection });
        }
        Ok(hall)
    }

    /// Sends a form of the page of counters and screens.
    async fn manage(&mut self, form: &str) -> Outcome<Answer> {
        let mut connection = Connection::open(self.portal.address()).await?;
        let path = format!("/staff/office?office={REGISTRY}");
        let marked = format!("{form}&drawn-for={}", self.mark);
        let answer = connection.post_form(&path, &[("cookie", &self.manager)], &marked).await?;
        match answer.status {
            StatusCode::OK | StatusCode::SEE_OTHER => Ok(answer),
            status => Err(format!("{form} is answered {status}").into()),
        }
    }

    /// So many people without a booking take a ticket.
    pub async fn tickets(&mut self, count: usize) -> Outcome<()> {
        let pool = self.portal.place.connect(1).await?;
        let more = "update slot set capacity = 1000 where place_id = $1 and date = '2026-05-13'";
        sqlx::query(more).bind(REGISTRY).execute(&pool).await?;
        let mut connection = Connection::open(self.portal.address()).await?;
        let path = format!("/staff/day?office={REGISTRY}");
        let today = NOW.split_once('T').map_or(NOW, |(day, _)| day);
        for place in 0..count {
            if place % AT_ONCE == 0 {
                sqlx::query("delete from sign_in_budget").execute(&pool).await?;
            }
            self.presses += 1;
            let press = format!("press=ticket{:06}&do=walk-in:marriage_registration", self.presses);
            let form = format!("{press}&drawn-on={today}&drawn-for={}", self.mark);
            let answer = connection.post_form(&path, &[("cookie", &self.manager)], &form).await?;
            if answer.status != StatusCode::SEE_OTHER {
                return Err(format!("a ticket is answered {}", answer.status).into());
            }
        }
        pool.close().await;
        Ok(())
    }

    /// The cookie of a new display.
    pub async fn display(&mut self) -> Outcome<String> {
        let page = self.manage("do=screen&kind=display&screen-name=bench").await?;
        let page = String::from_utf8(page.body.to_vec())?;
        let from = page.find("/screen/").ok_or("no link for a display")?;
        let link = page[from..].split(['<', '"']).next().unwrap_or_default();
        let mut connection = Connection::open(self.portal.address()).await?;
        Ok(connection.post_form(link, &[], "").await?.cookies())
    }
}

impl Clerk {
    /// Presses "next".
    pub async fn next(&mut self, press: &str) -> Outcome<Answer> {
        let path = format!("/api/v1/staff/counters/{}/next", self.counter);
        self.connection.post_json(&path, &[("cookie", &self.cookie)], &json!({ "press": press })).await
    }

    pub async fn act(&mut self, visit: &str, act: &str, body: &serde_json::Value) -> Outcome<Answer> {
        let path = format!("/api/v1/staff/visits/{visit}/{act}");
        self.connection.post_json(&path, &[("cookie", &self.cookie)], body).await
    }
}

/// By what the forms of somebody's pages say that they were drawn for them.
async fn mark_of(portal: &Portal, cookie: &str) -> Outcome<String> {
    let mut connection = Connection::open(portal.address()).await?;
    let page = connection.get("/staff/account", &[("cookie", cookie)]).await?;
    let page = String::from_utf8(page.body.to_vec())?;
    let (_, mark) = page.split_once(r#"name="drawn-for" value=""#).ok_or("a form says for nobody that it was drawn")?;
    Ok(mark.split('"').next().unwrap_or_default().to_owned())
}

/// The session's cookie of one of the invented staff.
pub async fn sign_in(portal: &Portal, account: &str) -> Outcome<String> {
    #[derive(Deserialize)]
    struct Shown {
        code: String,
    }
    let mut connection = Connection::open(portal.address()).await?;
    let code = connection.get(&format!("/demo/staff-code/{account}"), &[]).await?;
    let Shown { code } = serde_json::from_slice(&code.body)?;
    let body = json!({ "account": account, "password": "demo-huimin", "code": code });
    let answer = connection.post_json("/api/v1/staff/session", &[], &body).await?;
    match answer.status {
        StatusCode::NO_CONTENT => Ok(answer.cookies()),
        status => Err(format!("{account} is not let in: {status}").into()),
    }
}

/// Gives each session that there is to somebody else, who is a clerk of the office.
async fn become_clerks(portal: &Portal) -> Outcome<()> {
    let pool = portal.place.connect(1).await?;
    let sessions: Vec<String> = sqlx::query_scalar("select id from staff_session").fetch_all(&pool).await?;
    for (n, session) in sessions.iter().enumerate() {
        let (person, account) = (format!("bench{n}"), format!("bench-{n}"));
        let statement = "insert into staff (id, person, person_index, created_at, audit_length, audit_head) \
             select $1, person, $1, 0, 0, '' from staff limit 1";
        sqlx::query(statement).bind(&person).execute(&pool).await?;
        let statement = "insert into staff_account (name, staff_id, created_at) values ($1, $2, 0)";
        sqlx::query(statement).bind(&account).bind(&person).execute(&pool).await?;
        let statement = "insert into staff_role (id, staff_id, role, scope, scope_id, from_at, granted_at) \
             values ($1, $1, 'counter_clerk', 'office', $2, 0, 0)";
        sqlx::query(statement).bind(&person).bind(REGISTRY).execute(&pool).await?;
        sqlx::query("update staff_session set account = $1 where id = $2")
            .bind(&account)
            .bind(session)
            .execute(&pool)
            .await?;
    }
    pool.close().await;
    Ok(())
}
