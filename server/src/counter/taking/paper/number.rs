//! The number that stands on somebody's paper ticket.

use shared::field::{FieldErrors, Reason as Wrong};
use sqlx::AnyConnection;

use crate::counter::store::Stored;
use crate::database::{
    DatabaseError, Rule,
    sql::{int, sql},
};
use crate::error::Error;

/// How many numbers the paper may be ahead of as many as were given out, by the portal and on paper.
const AHEAD: u32 = 200;

/// Which number they get.
pub(super) enum Number {
    None,
    Next,
    OnPaper(u32),
}

impl Number {
    pub(super) fn of(comes: bool, ticket: Option<u32>) -> Self {
        match (comes, ticket) {
            (false, _) => Self::None,
            (true, None) => Self::Next,
            (true, Some(number)) => Self::OnPaper(number),
        }
    }
}

/// Counts a number that was given out on paper, so that none of the portal's own is the same. How far it may be ahead goes by how
/// many have one, and not by the last, which such a number has raised itself.
pub(super) async fn give_out(connection: &mut AnyConnection, stored: &Stored, number: u32) -> Result<(), Error> {
    let statement = "update office_day set tickets = case when tickets < $1 then $1 else tickets end \
         where office = $2 and date = $3 and $1 between 1 and $4 + (select count(*) from visit v \
         where v.office = $2 and v.date = $3 and v.ticket is not null) returning tickets";
    let values = [number.into(), stored.office.as_str().into(), stored.date.into(), AHEAD.into()];
    let given = sql(statement, values).fetch_optional(connection).await?;
    match given {
        Some(row) => int(&row, "tickets").map(drop).map_err(Error::from),
        None => Err(FieldErrors::one("ticket", far_ahead()).into()),
    }
}

/// What is said of a number that somebody has already.
pub(super) fn number_taken(error: Error) -> Error {
    match error {
        Error::Database(DatabaseError::Refused(Rule::VisitTicket)) => FieldErrors::one(
            "ticket",
            Wrong::own(
                "paper_ticket_taken",
                "这个号码今天已经有人了，请核对纸上写的。",
                "Somebody else has this number on that day. Please compare with the paper.",
            ),
        )
        .into(),
        other => other,
    }
}

fn far_ahead() -> Wrong {
    Wrong::own(
        "paper_ticket_far",
        "号码比已经发出的大太多，请核对。",
        "That is far beyond the numbers that were given out. Please check.",
    )
}
