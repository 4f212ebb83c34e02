//! What a correction changes of a person, and what those before it leave to be changed: a slip is put right, and nobody becomes
//! somebody else by two of them.

use serde_json::{Value as Json, json};
use shared::appointments::HoldId;
use shared::field::{FieldErrors, Reason};
use shared::problem::Problem;
use sqlx::AnyConnection;

use super::correct::CORRECTED;
use super::release::WHO;
use crate::appointments::attendees::Attendees;
use crate::database::sql::{sql, word};
use crate::error::Error;

/// What the record says was changed, in the detail.
pub(super) const WHAT: &str = "what";
const NAME: &str = "name";
const NUMBER: &str = "number";
const PHONE: &str = "phone";

/// So often what is kept of one person is put right in a booking: more than anybody mistypes, and each is told to all its phones.
const MOST: usize = 4;

/// What a correction changes: a list shows too little of a person to tell.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Changes {
    pub name: bool,
    pub number: bool,
    pub phone: bool,
}

impl Changes {
    /// # Errors
    /// A field error where nothing is.
    pub(super) fn of(before: &dyn Attendees, after: &dyn Attendees, place: usize) -> Result<Self, Error> {
        let one = |people: &dyn Attendees| people.in_full().into_iter().nth(place).ok_or(Problem::NotFound);
        let (was, is) = (one(before)?, one(after)?);
        let changes =
            Self { name: was.name != is.name, number: was.id_number != is.id_number, phone: was.phone != is.phone };
        let is_one = changes.name || changes.number || changes.phone;
        if is_one { Ok(changes) } else { Err(wrong(nothing_to_correct())) }
    }

    /// As the record names them.
    pub(super) fn names(self) -> Vec<&'static str> {
        let all = [(self.name, NAME), (self.number, NUMBER), (self.phone, PHONE)];
        all.into_iter().filter(|(is_changed, _)| *is_changed).map(|(_, name)| name).collect()
    }
}

/// Refuses what would make the one at a place somebody else, and one correction too many.
///
/// # Errors
/// Field errors.
pub(super) async fn leave(
    connection: &mut AnyConnection,
    (id, place): (&HoldId, usize),
    changes: Changes,
) -> Result<(), Error> {
    let statement = "select detail from audit where stream = $1 and act = $2";
    let mut before = Vec::new();
    for row in sql(statement, [id.as_str().into(), CORRECTED.into()]).fetch_all(connection).await? {
        let detail: Json = word(&row, "detail", |detail| serde_json::from_str(detail).ok())?;
        // Events from before they said of whom may be of either.
        if detail[WHO].is_null() || detail[WHO] == json!(place) {
            before.push(detail[WHAT].clone());
        }
    }
    let has = |what: &str| before.iter().filter_map(Json::as_array).flatten().any(|one| one == what);
    if changes.name && (changes.number || has(NUMBER)) || changes.number && has(NAME) {
        return Err(wrong(somebody_else()));
    }
    if before.len() >= MOST { Err(wrong(corrected_often())) } else { Ok(()) }
}

fn wrong(reason: Reason) -> Error {
    FieldErrors::one(NAME, reason).into()
}

fn nothing_to_correct() -> Reason {
    Reason::own(
        "nothing_to_correct",
        "填的和预约里的一样，没有要更正的。请填证件上的姓名，或者新的手机号。",
        "This is what the booking says already. Enter the name as on the document, or the new phone.",
    )
}

fn somebody_else() -> Reason {
    Reason::own(
        "somebody_else",
        "一个预约里，每个人的姓名和证件号码只能更正其中一样：两样都改了，就成了另一个人。两样都填错了的，请取消以后重新约。",
        "Of each person in a booking, either the name or the number is put right: with both changed it would be somebody else. \
         Where both are wrong, cancel it and book again.",
    )
}

fn corrected_often() -> Reason {
    Reason::own(
        "corrected_often",
        format!("这个预约里这个人的信息已经更正过 {MOST} 次，不能再更正。还有错的，请取消以后重新约。"),
        format!(
            "What this booking says of this person was put right {MOST} times already. Where something is still wrong, cancel \
             it and book again."
        ),
    )
}
