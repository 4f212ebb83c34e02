//! Every page of applications for staff that takes a form, as a way to decide one alone: a page that is added says here what is sent
//! to it.

use axum::http::{Method, StatusCode};
use server::database::sql::{int, sql, text};
use shared::procedures::CaseReference;
use shared::staff::Role;
use testhouse::{browser::Browser, staff::Clerk};

use super::{House, act, approver, correct, done, handed_in, reviewed, reviewer, typed, way_to};

/// Somebody who may review and sign, and a case in which they have a part.
struct Part {
    what: &'static str,
    clerk: Clerk,
    browser: Browser,
    case: String,
}

async fn both(house: &House, n: usize) -> (Clerk, Browser) {
    let (clerk, browser) = reviewer(house, n).await;
    clerk.is_given(house, Role::Approver, "nanshan").await;
    (clerk, browser)
}

async fn proposed(browser: &mut Browser, case: &str) {
    let granted = [("outcome", "granted"), ("sum", "3000")];
    act(browser, case, "propose", &granted).await.leads_to(&done(case, "propose"));
}

async fn parts(house: &House) -> Vec<Part> {
    let [(filer, of_filer), (hand, mut of_hand), (by, mut of_by)] =
        [both(house, 1).await, both(house, 2).await, both(house, 3).await];
    let filed = handed_in(house, &typed(1), Some(&filer.person)).await.reference;
    let corrected = handed_in(house, &typed(2), None).await.reference;
    let own = handed_in(house, &typed(3), None).await.reference;
    let case = async |browser: &mut Browser, reference: CaseReference| {
        let case = way_to(browser, reference).await;
        reviewed(browser, &case).await;
        case
    };
    let (filed, corrected, own) =
        (case(&mut of_by, filed).await, case(&mut of_by, corrected).await, case(&mut of_by, own).await);
    let right = ["account", "9876543210", "卡号写错了。"];
    correct(&mut of_hand, &corrected, right).await.leads_to(&done(&corrected, "correct"));
    for case in [&filed, &corrected, &own] {
        proposed(&mut of_by, case).await;
    }
    vec![
        Part { what: "who filled it in", clerk: filer, browser: of_filer, case: filed },
        Part { what: "who put an answer right", clerk: hand, browser: of_hand, case: corrected },
        Part { what: "who proposed it", clerk: by, browser: of_by, case: own },
    ]
}

/// All acts, by the names of their buttons; the signature comes first, while it could be given.
const ACTS: [&str; 15] = [
    "approve",
    "accept",
    "accept_by_silence",
    "review",
    "ask",
    "supply",
    "correct",
    "cosign",
    "send_back",
    "propose",
    "pass",
    "lapse",
    "withdraw",
    "close",
    "reopen",
];

type Sent = Vec<(&'static str, String)>;

/// What is sent to a page, once or more, for a case as it stands.
fn forms(path: &str, part: &Part, (version, hash): (&str, &str)) -> Vec<Sent> {
    let id = part.case.rsplit('/').next().unwrap();
    let form = |pairs: &[(&'static str, &str)]| -> Sent {
        pairs.iter().map(|(name, value)| (*name, (*value).to_owned())).collect()
    };
    match path {
        "/staff/cases" => vec![form(&[("case", id), ("do", "take")])],
        "/staff/cases/batch" => {
            let pick = format!("{id}:{version}");
            let acts = ["accept", "review", "close", "assign"].into_iter().flat_map(|act| [(act, "one"), (act, "two")]);
            let sent = |(act, press)| form(&[("act", act), ("whose", ""), ("pick", pick.as_str()), ("press", press)]);
            acts.map(sent).collect()
        }
        "/staff/cases/export" => vec![form(&[("queue", "all"), ("why", "月底汇总。")])],
        "/staff/cases/new" => vec![form(&[("procedure", "green_burial")])],
        "/staff/cases/threshold" => vec![form(&[("procedure", "green_burial"), ("do", "propose"), ("sum", "")])],
        "/staff/cases/{id}" => ACTS.map(|act| form(&whole(act, version, hash))).into(),
        "/staff/cases/{id}/files/{file}" => vec![form(&[("why", "核对火化证明。")])],
        _ => panic!("say in this test what {path} could decide"),
    }
}

/// All that any act is told.
fn whole<'a>(act: &'a str, version: &'a str, hash: &'a str) -> [(&'static str, &'a str); 12] {
    let why = "材料已经核对过。";
    [
        ("do", act),
        ("version", version),
        ("hash", hash),
        ("sure", "yes"),
        ("outcome", "granted"),
        ("sum", "3000"),
        ("correct", "account"),
        ("answer", "0987654321"),
        ("said-correct", why),
        ("said-send_back", why),
        ("said-reopen", why),
        ("said-pass", why),
    ]
}

/// The version of a case, and the hash of what stands proposed.
async fn stands(house: &House, case: &str) -> (String, String) {
    let statement = "select version, state_json from procedure_case where id = $1";
    let id = case.rsplit('/').next().unwrap();
    let mut connection = house.app.database().read().await.unwrap();
    let row = sql(statement, [id.into()]).fetch_one(&mut *connection).await.unwrap();
    let state: serde_json::Value = serde_json::from_str(&text(&row, "state_json").unwrap()).unwrap();
    (int(&row, "version").unwrap().to_string(), state["hash"].as_str().unwrap_or_default().to_owned())
}

async fn nothing_is_decided(house: &House, what: &str) {
    let statement =
        "select count(*) as decided from procedure_case where approved_by is not null or decided_at is not null";
    let row = sql(statement, []).fetch_one(&mut *house.app.database().read().await.unwrap()).await.unwrap();
    assert_eq!(int(&row, "decided").unwrap(), 0, "{what}");
}

#[tokio::test]
async fn no_page_lets_anybody_decide_a_case_alone_in_which_they_have_a_part() {
    let house = House::open().await;
    let table = app::domains::site();
    let rows = table.rows().iter().filter(|row| row.path.starts_with("/staff/cases"));
    let paths: Vec<_> =
        rows.filter(|row| row.methods.contains(&Method::POST)).map(|row| row.path.to_string()).collect();
    assert!(paths.len() > 4, "{paths:?}");
    for mut part in parts(&house).await {
        for path in &paths {
            let (version, hash) = stands(&house, &part.case).await;
            for n in 0..forms(path, &part, (&version, &hash)).len() {
                let (version, hash) = stands(&house, &part.case).await;
                let sent = forms(path, &part, (&version, &hash)).swap_remove(n);
                let what = format!("{}, {}: {path} {sent:?}", part.what, part.clerk.account);
                let form: Vec<_> = sent.iter().map(|(name, value)| (*name, value.as_str())).collect();
                let id = part.case.rsplit('/').next().unwrap();
                part.browser.post(&path.replace("{id}", id).replace("{file}", "none"), &form).await;
                nothing_is_decided(&house, &what).await;
                let (version, hash) = stands(&house, &part.case).await;
                let signs = part.browser.post(&part.case, &whole("approve", &version, &hash)).await;
                assert_ne!(signs.status, StatusCode::SEE_OTHER, "{what}");
                nothing_is_decided(&house, &what).await;
            }
        }
    }
    // The way itself leads somewhere.
    let (_, mut zhao) = reviewer(&house, 4).await;
    let (_, mut wang) = approver(&house, 5).await;
    let reference = handed_in(&house, &typed(4), None).await.reference;
    let case = way_to(&mut zhao, reference).await;
    reviewed(&mut zhao, &case).await;
    proposed(&mut zhao, &case).await;
    let (version, hash) = stands(&house, &case).await;
    wang.post(&case, &whole("approve", &version, &hash)).await.leads_to(&done(&case, "approve"));
}
