//! Values of a schema, right and wrong.

use std::collections::BTreeMap;

use serde_json::{Map, Value, json};
use server::counter::{By, counters, walk_in};
use server::keys::token::new_id;
use shared::counter::Press;
use shared::invented;
use shared::marriage::SERVICE;
use shared::staff::{OfficeId, Role};
use testhouse::draw::Draw;
use testhouse::staff::{self, PASSWORD};

use super::broken;
use crate::support::{TestApp, http::document};

/// What a client may know: by name, the values that are good somewhere.
pub(super) struct Known {
    by_name: BTreeMap<String, Vec<Value>>,
    turn: usize,
    path: String,
    /// The cookies of somebody who stays signed in, and of a session that may be ended.
    at_work: [String; 2],
}

const FILES_OF_A_CASE: &str = "/api/v1/cases/{reference}/files";
const FILES_FOR_STAFF: &str = "/api/v1/staff/cases/{id}/files/{file_id}";
/// The newest values of a name are kept.
pub(super) const KEPT: usize = 24;

impl Known {
    pub(super) async fn of(test: &TestApp) -> Self {
        let clerk = staff::clerk(test, 1).await;
        for role in [Role::OfficeManager, Role::Reviewer, Role::Approver] {
            clerk.is_given(test, role, "nanshan").await;
        }
        let at_work =
            [clerk.sign_in(test, None).await, clerk.sign_in(test, None).await].map(|one| staff::cookies(&one));
        let mut known = Self { by_name: BTreeMap::new(), turn: 0, path: String::new(), at_work };
        for code in &clerk.paper {
            known.keep("code", json!(code));
        }
        for slot in test.slots("nanshan", "2026-05-20").await.iter().chain(&test.slots("demo-hill", "2026-05-18").await)
        {
            known.keep("slot_id", json!(slot.id));
        }
        for (name, value) in [
            ("id", "nanshan"),
            ("id", "demo-hill"),
            ("service", "ceremony"),
            ("service", "marriage_registration"),
            ("region", "440305"),
            ("region", "44"),
            ("date", "2026-05-20"),
            ("from", "2026-05-18"),
            ("to", "2026-05-20"),
            ("days", "5"),
            ("unit", "working"),
            ("unit", "calendar"),
            ("roll", "true"),
            ("kinship", "none"),
            ("locale", "en"),
            ("locale", "zh-CN"),
            ("phone", "13900000002"),
            ("phone", "+8613900000003"),
            ("phone_code", "424242"),
            ("id_number", "100000199001010018"),
            ("account", clerk.account.as_str()),
            ("password", PASSWORD),
        ] {
            known.keep(name, json!(value));
        }
        for (name, value) in [
            ("kind", "elderly_station"),
            ("kind", "marriage_registry"),
            ("near", "22.53301,113.93042"),
            ("datum", "gcj02"),
            ("datum", "wgs84"),
            ("q", "yuehai"),
            ("open_at", "now"),
            ("at", "2026-05-20T14:30"),
            ("service of a place", "meals"),
            ("tier", "street_centre"),
            ("parent", "es-440305007"),
            ("street", "440305007"),
            ("community", "440305007001"),
            ("step_free", "1"),
            ("free", "1"),
            ("limit", "20"),
            ("after", "es-440305007"),
        ] {
            known.keep(name, json!(value));
        }
        known.keep("officer", json!(clerk.person));
        known.keep("press of several", json!(new_id()));
        known.keep("rules", json!([{ "on": { "weekdays": [1, 2] }, "status": "open", "spans": [{ "opens": "09:00", "closes": "26:00" }] }]));
        for version in 0..4 {
            known.keep("version", json!(version));
        }
        known.in_the_hall(test).await;
        known.applied_for(test).await;
        for couple in 0..KEPT {
            known.keep("parties", json!(invented::couple(couple)));
        }
        known.keep(
            "parties to check",
            json!([
                { "kind": "mainland", "sex": "male", "birth_date": "1999-01-02", "status": "never_married" },
                { "kind": "mainland", "sex": "female", "birth_date": "1999-03-04", "status": "never_married" },
            ]),
        );
        known
    }

    /// People who wait at the office of a day that has begun, and the counters there.
    async fn in_the_hall(&mut self, test: &TestApp) {
        let office = OfficeId::parse("nanshan").unwrap();
        for counter in counters::list(&test.app, &office).await.unwrap() {
            self.keep("counter", json!(counter.id));
        }
        let manager = staff::whoever_sends(test, &self.at_work[0]).await.unwrap();
        for _ in 0..6 {
            let press = Press::parse(&new_id()).unwrap();
            let by = By::Staff(manager.clone());
            let ticket = walk_in::take(&test.app, &by, &office, &SERVICE, &press, test.now()).await.unwrap();
            self.keep("visit", json!(ticket.visit));
        }
    }

    pub(super) fn keep(&mut self, name: &str, value: Value) {
        let kept = self.by_name.entry(name.to_owned()).or_default();
        if kept.len() >= KEPT {
            kept.remove(0);
        }
        kept.push(value);
    }

    /// Takes over what an answer gave.
    pub(super) fn learn(&mut self, answer: &Value) {
        let both = |name: &str, token: &str| answer[name].is_string() && answer[token].is_string();
        if both("draft_id", "token") {
            self.keep("draft_id", answer["draft_id"].clone());
            self.keep("draft_token", answer["token"].clone());
            self.keep("file_id", json!("none yet"));
        }
        self.learn_file(answer);
        for threshold in answer["thresholds"].as_array().into_iter().flatten() {
            if threshold["waiting"].is_object() {
                self.keep("threshold", threshold["waiting"]["id"].clone());
            }
        }
        // A case has a receipt, and a booking has none.
        if answer["receipt"].is_string() {
            if both("reference", "manage_token") {
                self.keep("case_reference", answer["reference"].clone());
                self.keep("case_token", answer["manage_token"].clone());
            }
            return;
        }
        for name in ["hold_id", "hold_token", "reference", "manage_token", "hash"] {
            // What belongs together comes together: a hold's id with its token, a booking's number with its own.
            let is_whole = match name {
                "reference" => answer["manage_token"].is_string(),
                _ => answer[name].is_string(),
            };
            if is_whole {
                self.keep(name, answer[name].clone());
            }
        }
    }

    /// A file goes with its draft or its case.
    fn learn_file(&mut self, answer: &Value) {
        for (owners, owner, files) in
            [("draft_id", "draft_id", "file_id"), ("asked_reference", "reference", "asked_file")]
        {
            let owners = self.by_name.get(owners);
            let place = owners.and_then(|owners| owners.iter().position(|one| *one == answer[owner]));
            if let (Some(place), Some(files)) = (place, self.by_name.get_mut(files))
                && answer["file_id"].is_string()
            {
                files[place] = answer["file_id"].clone();
            }
        }
    }

    /// The cookies of a session; whoever signs out takes the one that nobody else needs.
    pub(super) fn at_work(&self) -> &str {
        let [stays, goes] = &self.at_work;
        if self.path == "/api/v1/staff/session" { goes } else { stays }
    }

    /// One request is about one hold and one booking, one draft and one case: the newest as often as all others.
    pub(super) fn focus(&mut self, draw: &mut Draw, path: &str) {
        self.turn = if draw.one_in(2) { usize::MAX } else { draw.below(KEPT) };
        path.clone_into(&mut self.path);
    }

    /// A value of this name that is good somewhere.
    pub(super) fn any(&self, draw: &mut Draw, name: &str) -> Option<Value> {
        let name = match name {
            "id" if self.path.starts_with("/api/v1/procedures") => "procedure",
            "id" if self.path.starts_with("/api/v1/staff/procedures") => "procedure",
            "id" if self.path == FILES_FOR_STAFF => "case with a file",
            "file_id" if self.path == FILES_FOR_STAFF => "file of a case",
            "id" if self.path.starts_with("/api/v1/staff/cases") => "case",
            "id" if self.path.starts_with("/api/v1/staff/thresholds") => "threshold",
            "to" if self.path.starts_with("/api/v1/staff/cases") => "officer",
            "press" if self.path.starts_with("/api/v1/staff/cases") => "press of several",
            "id" if self.path.starts_with("/api/v1/staff/ratings") => "rated case",
            "act" if self.path.starts_with("/api/v1/staff/cases") => "act of a case",
            "reference" if self.path.ends_with("/rating") => "rated_reference",
            "case_token" if self.path.ends_with("/rating") => "rated_token",
            "reference" if self.path.ends_with("/supplement") => "supplied_reference",
            "case_token" if self.path.ends_with("/supplement") => "supplied_token",
            "fields" if self.path.ends_with("/supplement") => "fields of a supplement",
            "version" if self.path.ends_with("/supplement") => "version of a supplement",
            "reference" if self.path.starts_with(FILES_OF_A_CASE) => "asked_reference",
            "case_token" if self.path.starts_with(FILES_OF_A_CASE) => "asked_token",
            "file_id" if self.path.starts_with(FILES_OF_A_CASE) => "asked_file",
            "reference" if self.path.starts_with("/api/v1/cases") => "case_reference",
            "version" if self.path.ends_with("/submit") => "version of a draft",
            "id" if self.path.contains("/holds/") => "hold_id",
            "id" if self.path.contains("/counters/") => "counter",
            "id" if self.path.contains("/visits/") => "visit",
            "parties" if self.path.ends_with("/check") => "parties to check",
            "service" if self.path.ends_with("/places") => "service of a place",
            name => name,
        };
        let kept = self.by_name.get(name)?;
        let is_of_one = [
            "hold_id",
            "hold_token",
            "reference",
            "manage_token",
            "draft_id",
            "draft_token",
            "file_id",
            "case_reference",
            "case_token",
            "rated_reference",
            "rated_token",
            "asked_reference",
            "asked_token",
            "asked_file",
            "supplied_reference",
            "supplied_token",
        ]
        .contains(&name);
        Some(if is_of_one { kept[self.turn.min(kept.len() - 1)].clone() } else { draw.of(kept).clone() })
    }
}

/// A value for a name: one that is known, one that the schema allows, or one that nobody asked for.
pub(super) fn value(draw: &mut Draw, known: &Known, name: &str, schema: &Value, oddness: usize) -> Value {
    if draw.one_in(oddness) {
        return broken::value(draw);
    }
    match known.any(draw, name) {
        Some(value) if !draw.one_in(2 * oddness) => value,
        _ => of_schema(draw, known, schema, oddness, 0),
    }
}

fn of_schema(draw: &mut Draw, known: &Known, schema: &Value, oddness: usize, depth: usize) -> Value {
    if depth > 6 {
        return Value::Null;
    }
    if let Some(name) = schema["$ref"].as_str() {
        let schema = document().pointer(name.trim_start_matches('#')).unwrap();
        return of_schema(draw, known, schema, oddness, depth + 1);
    }
    for kind in ["oneOf", "anyOf", "allOf"] {
        if let Some(schemas) = schema[kind].as_array() {
            let schema = draw.of(schemas);
            return of_schema(draw, known, schema, oddness, depth + 1);
        }
    }
    if let Some(words) = schema["enum"].as_array() {
        return draw.of(words).clone();
    }
    if !schema["const"].is_null() {
        return schema["const"].clone();
    }
    let kind = match &schema["type"] {
        Value::Array(kinds) => draw.of(kinds),
        kind => kind,
    };
    match kind.as_str() {
        Some("object") => object(draw, known, schema, oddness, depth),
        Some("array") => {
            let items = draw.below(4);
            (0..items).map(|_| of_schema(draw, known, &schema["items"], oddness, depth + 1)).collect()
        }
        Some("integer" | "number") => number(draw, schema),
        Some("boolean") => json!(draw.one_in(2)),
        Some("null") => Value::Null,
        _ => text(draw, schema),
    }
}

fn object(draw: &mut Draw, known: &Known, schema: &Value, oddness: usize, depth: usize) -> Value {
    let mut object = Map::new();
    let required: Vec<&str> =
        schema["required"].as_array().map_or(&[][..], Vec::as_slice).iter().filter_map(Value::as_str).collect();
    for (name, property) in schema["properties"].as_object().into_iter().flatten() {
        let is_left_out = draw.one_in(if required.contains(&name.as_str()) { oddness } else { 2 });
        if !is_left_out {
            let value = if depth > 4 { Value::Null } else { value(draw, known, name, property, oddness) };
            object.insert(name.clone(), value);
        }
    }
    if schema["additionalProperties"].is_object() {
        for _ in 0..draw.below(3) {
            let value = of_schema(draw, known, &schema["additionalProperties"], oddness, depth + 1);
            object.insert(broken::text(draw), value);
        }
    }
    if draw.one_in(oddness) {
        object.insert(broken::text(draw), broken::value(draw));
    }
    Value::Object(object)
}

fn number(draw: &mut Draw, schema: &Value) -> Value {
    let (least, most) = (schema["minimum"].as_i64().unwrap_or(-2), schema["maximum"].as_i64().unwrap_or(1_000_000));
    let beyond = [json!(least), json!(most), json!(least.saturating_sub(1)), json!(most.saturating_add(1)), json!(1.5)];
    if draw.one_in(3) { draw.of(&beyond).clone() } else { json!(draw.below(400)) }
}

fn text(draw: &mut Draw, schema: &Value) -> Value {
    match schema["format"].as_str() {
        Some("date") => {
            json!(draw.of(&["2026-05-20", "1990-01-01", "2024-02-29", "2026-02-29", "9999-12-31", "0000-00-00"]))
        }
        Some("date-time") => json!(draw.of(&["2026-05-20T09:00:00+08:00", "2026-05-20T24:00:00Z", "1970-01-01"])),
        _ => json!(broken::text(draw)),
    }
}
