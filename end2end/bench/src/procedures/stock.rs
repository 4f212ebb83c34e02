//! A database full of cases. A few are made over the API and worked on by the office; all others are their rows under other names
//! and numbers, each sealed anew for itself, so that every one can be listed and opened. Their events are not copied: no list
//! reads them.

use std::collections::BTreeMap;

use chrono::{DateTime, Days, FixedOffset};
use hyper::StatusCode;
use serde_json::{Value, json};
use shared::procedures::CaseReference;
use sqlx::{AnyPool, AssertSqlSafe, Row};

use super::{family::Family, seal::Seal};
use crate::{Outcome, hall::staff::sign_in, http::Connection, plan::NOW, portal::Portal, store::Place};

/// What the rows are made of.
pub struct Stock {
    seal: Seal,
    /// By how far the office has come with them.
    templates: BTreeMap<Stage, Template>,
    /// Whose lists are looked at, and somebody else.
    viewer: String,
    other: String,
    /// The cookie of whoever looks.
    pub cookie: String,
}

#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Stage {
    Submitted,
    Reviewing,
    Supplementing,
    Proposed,
    Decided,
    Closed,
}

struct Template {
    id: String,
    plain: Vec<u8>,
}

/// The `n`th case.
struct Shape {
    stage: Stage,
    /// Whose it is; nobody's where it is empty.
    assigned_to: String,
    /// Its last day; none where it is empty.
    due_on: String,
    contested: bool,
}

/// Rows of one statement.
const ROWS: usize = 500;
/// Statements of one transaction.
const STATEMENTS: usize = 50;

const VIEWER: &str = "demo-approver";
const OTHER: &str = "demo-reviewer";

/// What an office does one after the other, with the act that leads to each stage.
const ACTS: [(&str, &str, Stage); 6] = [
    (OTHER, "accept", Stage::Reviewing),
    (OTHER, "review", Stage::Reviewing),
    (OTHER, "ask", Stage::Supplementing),
    (OTHER, "propose", Stage::Proposed),
    (VIEWER, "approve", Stage::Decided),
    (OTHER, "close", Stage::Closed),
];

impl Stock {
    /// Makes the first few on an empty portal.
    pub async fn begin(portal: &Portal) -> Outcome<Self> {
        let cookies =
            BTreeMap::from([(VIEWER, sign_in(portal, VIEWER).await?), (OTHER, sign_in(portal, OTHER).await?)]);
        let pool = portal.place.connect(1).await?;
        let (seal, mut templates) = (Seal::of(&portal.place)?, BTreeMap::new());
        let mut family = Family::connect(portal.address()).await?;
        let mut office = Connection::open(portal.address()).await?;
        let stages =
            [Stage::Submitted, Stage::Reviewing, Stage::Supplementing, Stage::Proposed, Stage::Decided, Stage::Closed];
        for (n, stage) in stages.into_iter().enumerate() {
            let id = id(&pool, family.applies(n).await?.reference).await?;
            work(&mut office, &cookies, &id, stage).await?;
            let statement = "select sealed from procedure_case where id = $1";
            let sealed: Vec<u8> = sqlx::query(statement).bind(&id).fetch_one(&pool).await?.try_get(0)?;
            let plain = seal.open(&format!("case:{id}"), &sealed)?;
            templates.insert(stage, Template { id, plain });
        }
        let [viewer, other] = [person(&pool, VIEWER).await?, person(&pool, OTHER).await?];
        pool.close().await;
        Ok(Self { seal, templates, viewer, other, cookie: cookies[VIEWER].clone() })
    }

    /// Adds the `from`th case and those after it, up to the `to`th, to the data of a portal that does not run.
    pub async fn grow(&self, place: &Place, (from, to): (usize, usize)) -> Outcome<()> {
        let is_postgres = place.database.is_some();
        let pool = place.connect(1).await?;
        if is_postgres {
            // It would take a lock for every row; what it finds out is known here.
            sqlx::query("alter table procedure_once disable trigger case_contested").execute(&pool).await?;
            // What was decided is copied as it is.
            sqlx::query("alter table procedure_case disable trigger case_begins_unsigned").execute(&pool).await?;
        } else {
            sqlx::query("drop trigger if exists case_begins_unsigned").execute(&pool).await?;
            // What the rows point at is there.
            sqlx::raw_sql("pragma foreign_keys = off").execute(&pool).await?;
        }
        let statement = insert();
        for start in (from..to).step_by(ROWS * STATEMENTS) {
            let end = to.min(start + ROWS * STATEMENTS);
            let mut transaction = pool.begin().await?;
            for batch in (start..end).step_by(ROWS) {
                let mut query = sqlx::query::<sqlx::Any>(AssertSqlSafe(statement.clone()));
                for n in batch..batch + ROWS {
                    let shape = self.shape(n)?;
                    let (id, template) = (name(n), &self.templates[&shape.stage]);
                    let sealed = self.seal.seal(&format!("case:{id}"), &template.plain, n)?;
                    let reference = CaseReference::from_random(u64::try_from(n)? + FIRST_NUMBER);
                    query = query.bind(template.id.clone()).bind(id).bind(reference.as_str().to_owned()).bind(sealed);
                    query = query.bind(shape.assigned_to).bind(shape.due_on);
                    query = query.bind(i64::try_from(n)?).bind(i64::from(shape.contested));
                }
                query.execute(&mut *transaction).await?;
            }
            sqlx::query(ONCE).bind(name(start)).bind(name(end - 1)).execute(&mut *transaction).await?;
            transaction.commit().await?;
        }
        if is_postgres {
            sqlx::query("alter table procedure_once enable trigger case_contested").execute(&pool).await?;
            sqlx::query("alter table procedure_case enable trigger case_begins_unsigned").execute(&pool).await?;
            // As it does by itself soon after so much was written.
            sqlx::raw_sql("vacuum (analyze) procedure_case").execute(&pool).await?;
            sqlx::raw_sql("vacuum (analyze) procedure_once").execute(&pool).await?;
        } else {
            sqlx::raw_sql("pragma wal_checkpoint(truncate)").execute(&pool).await?;
        }
        pool.close().await;
        Ok(())
    }

    /// Of a hundred cases seven are open, each list has one or two of them, and those that are due are due over forty days.
    fn shape(&self, n: usize) -> Outcome<Shape> {
        let (viewer, other) = (self.viewer.clone(), self.other.clone());
        let today = DateTime::<FixedOffset>::parse_from_rfc3339(NOW)?.date_naive() - Days::new(10);
        let due = (today + Days::new(u64::try_from(n / 100 % 40)?)).to_string();
        let (nobody, none) = (String::new(), String::new());
        let (stage, assigned_to, due_on) = match n % 100 {
            0 | 5 | 6 => (Stage::Submitted, nobody, none),
            1 => (Stage::Reviewing, viewer, due),
            2 => (Stage::Reviewing, other, due),
            3 => (Stage::Supplementing, other, none),
            4 => (Stage::Proposed, other, due),
            7..50 => (Stage::Decided, other, none),
            _ => (Stage::Closed, other, none),
        };
        Ok(Shape { stage, assigned_to, due_on, contested: matches!(n % 100, 5 | 6) })
    }
}

/// Far from what is drawn at random for the few.
const FIRST_NUMBER: u64 = 1 << 40;

fn name(n: usize) -> String {
    format!("bench{n:010}")
}

/// Both databases call the columns of a list of values so.
fn insert() -> String {
    let row = |row: usize| {
        let columns: Vec<String> = (1..=8).map(|column| format!("${}", 8 * row + column)).collect();
        format!("({})", columns.join(", "))
    };
    let rows: Vec<String> = (0..ROWS).map(row).collect();
    format!("{INSERT} from (values {}) v join procedure_case t on t.id = v.column1", rows.join(", "))
}

/// One a minute was handed in, over two years of a million.
const INSERT: &str = "insert into procedure_case (id, reference, region, procedure, rules_hash, state, version, state_json, \
     phone_index, applicant_index, locale, proposed_by, approved_by, assigned_to, submitted_at, received_at, accepted_at, \
     asked_at, decided_at, due_on, provisional, lapses_at, changed_at, sealed, receipt, audit_length, audit_head, contested) \
     select v.column2, v.column3, t.region, t.procedure, t.rules_hash, t.state, t.version, t.state_json, v.column2, v.column2, \
     t.locale, t.proposed_by, t.approved_by, nullif(v.column5, ''), t.submitted_at - 60000 * v.column7, \
     t.received_at - 60000 * v.column7, t.accepted_at - 60000 * v.column7, t.asked_at - v.column7, \
     t.decided_at - 60000 * v.column7, nullif(v.column6, ''), 0, t.lapses_at + v.column7, t.changed_at - 60000 * v.column7, \
     v.column4, t.receipt, t.audit_length, t.audit_head, v.column8";

/// Of every hundred cases two name the same, and both are open.
const ONCE: &str = "insert into procedure_once (case_id, procedure, field, value_index, granted) \
     select c.id, c.procedure, 'proof_number', \
     case when c.contested = 1 then 'same' || cast(cast(substr(c.id, 6) as bigint) / 100 as text) else c.id end, \
     case when c.state in ('decided', 'closed') then 1 else 0 end from procedure_case c where c.id >= $1 and c.id <= $2";

async fn id(pool: &AnyPool, reference: CaseReference) -> Outcome<String> {
    let statement = "select id from procedure_case where reference = $1";
    Ok(sqlx::query_scalar(statement).bind(reference.as_str().to_owned()).fetch_one(pool).await?)
}

async fn person(pool: &AnyPool, account: &str) -> Outcome<String> {
    let statement = "select staff_id from staff_account where name = $1";
    Ok(sqlx::query_scalar(statement).bind(account.to_owned()).fetch_one(pool).await?)
}

/// Does with a case what leads to a stage.
async fn work(
    office: &mut Connection,
    cookies: &BTreeMap<&'static str, String>,
    id: &str,
    stage: Stage,
) -> Outcome<()> {
    let (mut version, mut hash) = (0, Value::Null);
    for (who, act, leads_to) in ACTS {
        let is_asked = act == "ask";
        if leads_to > stage || (is_asked && stage != Stage::Supplementing) {
            continue;
        }
        let body = json!({
            "version": version,
            "said": "材料已经核对过。",
            "items": ["buried_on"],
            "outcome": "granted",
            "hash": hash,
        });
        let path = format!("/api/v1/staff/cases/{id}/{act}");
        let answer = office.post_json(&path, &[("cookie", &cookies[who])], &body).await?;
        if answer.status != StatusCode::OK {
            let said = String::from_utf8_lossy(&answer.body);
            return Err(format!("{act} is answered {}: {said}", answer.status).into());
        }
        let case: Value = serde_json::from_slice(&answer.body)?;
        (version, hash) = (version + 1, case["proposal_hash"].clone());
    }
    Ok(())
}
