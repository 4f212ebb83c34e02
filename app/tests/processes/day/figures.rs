//! What the events of a day make of it, reckoned here anew, beside what the tables and the display say.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;
use testhouse::store::Store;
use tokio::runtime::Runtime;

/// A visit as its events tell it; an act that was undone has not happened.
#[derive(Default)]
struct Told {
    standing: Vec<(String, Value)>,
    arrived_at: Option<i64>,
    first_call: Option<i64>,
}

const EVENTS: &str = "select a.stream, a.act, a.detail, cast(a.at as text) from audit a \
     join visit v on 'visit:' || v.id = a.stream where v.date = '2026-05-14' order by a.stream, a.sequence";
const VISITS: &str = "select 'visit:' || id, state, detail, cast(starts_at as text), cast(coalesce(ticket, 0) as text), \
     coalesce(appointment_id, '') from visit where date = '2026-05-14'";
const BOOKED: &str = "select 'visit:' || a.id from appointment a join slot s on s.id = a.slot_id \
     where s.date = '2026-05-14' and s.place_id = 'nanshan' and a.state = 'booked'";
const MESSAGES: &str = "select 'visit:' || substr(subject, 13), kind, state from outbox where kind like 'visit_%'";

pub fn compare(store: &Store, runtime: &Runtime, display: &str) {
    let rows = |statement| runtime.block_on(store.rows(statement));
    let told = told(rows(EVENTS));
    let visits = rows(VISITS);
    assert_eq!(told.len(), visits.len(), "each visit has a stream");

    let (mut from_events, mut from_tables) = (BTreeMap::new(), BTreeMap::new());
    let mut waits = Vec::new();
    for row in &visits {
        let visit = &told[&row[0]];
        *from_events.entry(visit.end()).or_insert(0) += 1;
        let detail: Value = serde_json::from_str(&row[2]).unwrap();
        *from_tables.entry(end(&row[1], &detail)).or_insert(0) += 1;
        waits.extend(visit.waited(row[3].parse().unwrap()));
    }
    assert_eq!(from_events, from_tables);
    for end in ["finished registered", "finished refused", "finished to_return", "no_show", "left"] {
        assert!(from_tables.contains_key(end), "nobody is {end}: {from_tables:?}");
    }

    let tickets: Vec<u32> = visits.iter().map(|row| row[4].parse().unwrap()).filter(|ticket| *ticket > 0).collect();
    let given: BTreeSet<u32> = tickets.iter().copied().collect();
    assert_eq!(given, (1..=u32::try_from(tickets.len()).unwrap()).collect(), "one after the other, none twice");

    for row in rows(BOOKED) {
        let standing = told.get(&row[0]).map_or(&[][..], |visit| &visit.standing);
        let acts: Vec<_> = standing.iter().map(|(act, _)| act.as_str()).collect();
        assert_eq!(acts.iter().filter(|act| is_end(act)).count(), 1, "{} has one end: {acts:?}", row[0]);
    }

    let minutes = (waits.iter().sum::<i64>() + 30 * i64::try_from(waits.len()).unwrap())
        / (60 * i64::try_from(waits.len()).unwrap());
    let display = without_tags(display);
    for words in [format!("平均等候 {minutes} 分钟"), format!("今天已叫的 {} 位", waits.len())] {
        assert!(display.contains(&words), "the display says otherwise than {words}: {display}");
    }
    messages(&told, &rows(MESSAGES), &rows(BOOKED));
    println!("{from_tables:?}, {} called after {minutes} minutes", waits.len());
}

/// Who was told of an end was told of the one that stands, and of none that was taken back; both phones of each.
fn messages(told: &BTreeMap<String, Told>, sent: &[Vec<String>], booked: &[Vec<String>]) {
    let (mut expected, mut found) = (BTreeMap::new(), BTreeMap::new());
    let booked: BTreeSet<&str> = booked.iter().map(|row| row[0].as_str()).collect();
    for (stream, visit) in told.iter().filter(|(stream, _)| booked.contains(stream.as_str())) {
        let kind = match visit.end().as_str() {
            "no_show" => "visit_no_show",
            "finished refused" => "visit_refused",
            "finished to_return" => "visit_to_return",
            _ => continue,
        };
        expected.insert((stream.as_str(), kind), 2);
    }
    for row in sent {
        assert_eq!(row[2], "sent", "{row:?}");
        *found.entry((row[0].as_str(), row[1].as_str())).or_insert(0) += 1;
    }
    assert_eq!(found, expected);
}

fn told(rows: Vec<Vec<String>>) -> BTreeMap<String, Told> {
    let mut all: BTreeMap<String, Told> = BTreeMap::new();
    for row in rows {
        let visit = all.entry(row[0].clone()).or_default();
        let (act, at) = (row[1].as_str(), row[3].parse().unwrap());
        let detail: Value = serde_json::from_str(&row[2]).unwrap();
        match act {
            "undo" => {
                visit.standing.pop().expect("something to undo");
                continue;
            }
            "arrive" | "ticket-taken" => visit.arrived_at = visit.arrived_at.or(Some(at)),
            "call" => visit.first_call = visit.first_call.or(Some(at)),
            "back" if detail["counter"].is_i64() => visit.first_call = visit.first_call.or(Some(at)),
            _ => {}
        }
        visit.standing.push((act.to_owned(), detail));
    }
    all
}

fn is_end(act: &str) -> bool {
    matches!(act, "finish" | "no-show" | "left")
}

impl Told {
    fn end(&self) -> String {
        let Some((act, detail)) = self.standing.last() else { return "booked".to_owned() };
        match act.as_str() {
            "finish" => end("finished", detail),
            "no-show" => "no_show".to_owned(),
            other => other.to_owned(),
        }
    }

    /// Seconds, from when they came or from their time, the later, to their first call; nothing of whoever was called before.
    fn waited(&self, starts_at: i64) -> Option<i64> {
        let from = self.arrived_at?.max(starts_at);
        Some((self.first_call? - from) / 1000).filter(|seconds| *seconds >= 0)
    }
}

/// A state with what came of it.
fn end(state: &str, detail: &Value) -> String {
    match detail["outcome"].as_str() {
        Some(outcome) if state == "finished" => format!("{state} {outcome}"),
        _ => state.to_owned(),
    }
}

fn without_tags(html: &str) -> String {
    html.split('<').map(|part| part.split_once('>').map_or(part, |(_, text)| text)).collect()
}
