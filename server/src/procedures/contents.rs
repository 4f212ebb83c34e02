//! What is sealed of a case, and who the applicant is in it.

use serde::{Deserialize, Serialize};
use shared::identity::{Phone, clean::half_width};
use shared::procedures::{FieldKind, Procedure, Typed, Value};

use crate::app::App;
use crate::appointments::person_index;
use crate::error::Error;
use crate::keys::Keys;
use crate::phone_codes::phone_index;

/// What a case holds that names people.
#[derive(Clone, Default, Serialize, Deserialize)]
pub(super) struct Contents {
    pub typed: Typed,
    /// Answers that were changed since, by their fields, as they stood when it was handed in.
    #[serde(default)]
    pub before: Typed,
    /// Grounds and reasons that came with acts.
    #[serde(default)]
    pub said: Vec<Said>,
}

/// Words that came with an act.
#[derive(Clone, Serialize, Deserialize)]
pub(super) struct Said {
    /// The version that the act made.
    pub version: u32,
    pub words: String,
}

/// What a draft holds.
#[derive(Clone, Default, Serialize, Deserialize)]
pub(super) struct Filled {
    pub typed: Typed,
}

/// Blind indexes of the applicant, as far as the form says who that is.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Indexes {
    pub phone: Option<String>,
    /// The one under which somebody of the staff is known too: nobody decides on their own application.
    pub number: Option<String>,
    /// Of the last six signs of the number.
    pub tail: Option<String>,
}

/// The name under which a case is sealed.
pub(super) fn context(id: &str) -> String {
    format!("case:{id}")
}

/// The name under which a draft is sealed.
pub(super) fn draft_context(id: &str) -> String {
    format!("application_draft:{id}")
}

impl Contents {
    pub fn open(keys: &Keys, id: &str, sealed: &[u8]) -> Result<Self, Error> {
        Ok(keys.open(&context(id), sealed)?)
    }

    pub fn seal(&self, keys: &Keys, id: &str) -> Vec<u8> {
        keys.seal(&context(id), self)
    }

    /// The words of the act that made a version.
    pub fn said_at(&self, version: u32) -> Option<&str> {
        self.said.iter().find(|said| said.version == version).map(|said| said.words.as_str())
    }

    /// Lays other answers over these, and remembers what stood there at first.
    pub fn lay_over(&mut self, typed: &Typed) {
        for (field, text) in typed {
            let stood = self.typed.insert(field.clone(), text.clone()).unwrap_or_default();
            if stood != *text {
                self.before.entry(field.clone()).or_insert(stood);
            }
        }
    }
}

fn read(procedure: &Procedure, typed: &Typed, is_asked: impl Fn(&FieldKind) -> bool) -> Option<Value> {
    let field = procedure.of_applicant().iter().find(|field| is_asked(&field.kind))?;
    procedure.value(field, typed.get(&field.id)?).ok()
}

/// The applicant's phone, where it was given and can be one.
pub(super) fn phone(procedure: &Procedure, typed: &Typed) -> Option<Phone> {
    match read(procedure, typed, |kind| *kind == FieldKind::Phone)? {
        Value::Phone(phone) => Some(phone),
        _ => None,
    }
}

/// The applicant's name as lists show it.
pub(super) fn masked_name(procedure: &Procedure, typed: &Typed) -> String {
    match read(procedure, typed, |kind| *kind == FieldKind::Name) {
        Some(Value::Name(name)) => name.masked(),
        _ => String::new(),
    }
}

/// By what the applicant is found again.
pub(super) fn indexes(app: &App, procedure: &Procedure, typed: &Typed) -> Indexes {
    let number = match read(procedure, typed, |kind| *kind == FieldKind::IdNumber) {
        Some(Value::Id(document)) => Some(document.as_str().to_owned()),
        _ => None,
    };
    Indexes {
        phone: phone(procedure, typed).map(|phone| phone_index(app, &phone)),
        tail: number.as_deref().and_then(|number| tail_index(app.keys(), number)),
        number: number.map(|number| person_index(app.keys(), &number)),
    }
}

/// The blind index of the last six signs of a number, however they are typed; none for fewer.
pub(super) fn tail_index(keys: &Keys, number: &str) -> Option<String> {
    let signs: Vec<char> = number.chars().map(half_width).filter(char::is_ascii_alphanumeric).collect();
    let from = signs.len().checked_sub(TAIL)?;
    let tail: String = signs[from..].iter().map(char::to_ascii_uppercase).collect();
    Some(keys.blind_index("id_tail", &tail))
}

/// Signs of a number by which its draft is found again.
const TAIL: usize = 6;
