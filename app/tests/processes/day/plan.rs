//! What becomes of each visit: by its ticket, so that a day goes as it went before, whoever of the clerks has it.

use serde_json::{Value, json};

use super::staff::Staff;

/// Calls and serves until nobody waits.
pub fn work(clerk: &Staff<'_>, mine: i64, others: i64) {
    while let (200, called) = clerk.next(mine) {
        let visit = &called["visit"];
        match visit["ticket"].as_i64().unwrap() % 8 {
            1 => taken_back(clerk, visit),
            2 => set_aside(clerk, visit, mine),
            3 => handed_over(clerk, visit, mine, others),
            4 => {
                clerk.done(visit, "left", &json!({}));
            }
            _ => finish(clerk, visit),
        }
    }
}

/// Serves whoever is called, and ends the visit as its ticket says.
pub fn finish(clerk: &Staff<'_>, visit: &Value) {
    let mut visit = clerk.visit(visit);
    if visit["state"] == "called" {
        visit = clerk.done(&visit, "serve", &json!({}));
    }
    let outcome = match visit["ticket"].as_i64().unwrap() % 8 {
        5 => json!({ "outcome": "to_return", "papers": ["photos"] }),
        6 => json!({ "outcome": "refused", "ground": "not_voluntary" }),
        _ => json!({ "outcome": "registered" }),
    };
    clerk.done(&visit, "finish", &outcome);
}

/// Refused by a slip, which is taken back within the minute.
fn taken_back(clerk: &Staff<'_>, visit: &Value) {
    let serving = clerk.done(visit, "serve", &json!({}));
    let refused = clerk.done(&serving, "finish", &json!({ "outcome": "refused", "ground": "under_age" }));
    let serving = clerk.done(&refused, "undo", &json!({}));
    finish(clerk, &serving);
}

fn set_aside(clerk: &Staff<'_>, visit: &Value, mine: i64) {
    let parked = clerk.done(visit, "park", &json!({}));
    let called = clerk.done(&parked, "back", &json!({ "counter": mine }));
    finish(clerk, &called);
}

/// One hands over to the other, who serves.
fn handed_over(clerk: &Staff<'_>, visit: &Value, mine: i64, others: i64) {
    if mine < others {
        clerk.done(visit, "hand-over", &json!({ "counter": others }));
    } else {
        finish(clerk, visit);
    }
}
