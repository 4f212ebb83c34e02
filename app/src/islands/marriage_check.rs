//! "May we register on that day, and what do we bring?", answered where the form is: in the browser with the same
//! code as on the server, so that nothing typed has to leave the device.

pub mod answer;
#[cfg(feature = "hydrate")]
mod hydrated;

use chrono::NaiveDate;
use leptos::prelude::*;
use shared::{
    civil_date::DateBoxes,
    field::{FieldErrors, FieldMessage},
    identity::Sex,
    locale::Locale,
    marriage::check::{CheckAnswer, CheckInput, CheckPartyInput, CheckRequest, check},
};

/// Stands around the form of the check and the element `#told` above it, which takes the answer.
///
/// The form stays the one that the server drew: what is typed is the browser's, and is only read.
#[island]
pub fn MarriageCheck(children: Children) -> impl IntoView {
    #[cfg(feature = "ssr")]
    crate::draw::needs(crate::draw::Script::Islands);
    let here = NodeRef::new();
    #[cfg(feature = "hydrate")]
    here.on_load(hydrated::check);
    view! {
        <div class="flow" node_ref=here>
            {children()}
        </div>
    }
}

/// The days that the answer depends on.
#[derive(Clone, Copy)]
pub struct Days {
    pub today: NaiveDate,
    /// The day that is meant when none is chosen: the next that can be booked.
    pub next: NaiveDate,
    /// The last day that has times which can be booked by now.
    pub last: NaiveDate,
    /// The last day that is open for booking by now; whether it has times is another thing.
    pub released: NaiveDate,
}

/// Reads the form, whose fields `field` gives. The man's answers come first, so nobody is asked for a sex.
pub fn read(field: impl Fn(&str) -> String) -> CheckInput {
    let date = |name: &str| {
        let part = |part: &str| field(&format!("{name}.{part}"));
        DateBoxes { year: part("year"), month: part("month"), day: part("day") }.join()
    };
    let party = |(index, sex): (usize, Sex)| CheckPartyInput {
        kind: field(&format!("parties.{index}.kind")),
        birth_date: date(&format!("parties.{index}.birth_date")),
        sex: sex.wire().to_owned(),
        status: field(&format!("parties.{index}.status")),
    };
    CheckInput {
        date: date("date"),
        parties: Sex::ALL.iter().copied().enumerate().map(party).collect(),
        kinship: field("kinship"),
    }
}

/// Answers what was typed, or says what is missing.
pub fn answer_to(typed: &CheckInput, days: Days) -> Result<CheckAnswer, FieldErrors> {
    let mut meant = typed.clone();
    if meant.date.is_empty() {
        meant.date = days.next.to_string();
    }
    CheckRequest::parse(&meant, days.today).map(|request| check(&request, days.today))
}

/// What is missing, and about whom.
pub fn messages(locale: Locale, errors: &FieldErrors) -> Vec<FieldMessage> {
    let mut messages = errors.messages(locale);
    for message in &mut messages {
        let who = match message.field.split('.').nth(1) {
            Some("0") => locale.say("男方：", "The groom: "),
            Some("1") => locale.say("女方：", "The bride: "),
            _ => "",
        };
        message.message.insert_str(0, who);
    }
    messages
}
