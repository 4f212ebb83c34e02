//! What was done to the places of an office: those that one person adds alone, and what is said of them. For whoever answers for
//! the office and for whoever reads the record: it stands in every text and page under the bureau's name.

use chrono::{DateTime, Utc};
use serde_json::Value as Json;
use shared::localised::Localised;
use shared::places::said::Said;
use shared::staff::{OfficeId, Right};
use sqlx::any::AnyRow;

use super::page;
use super::safety::Back;
use crate::app::App;
use crate::counter::history::{self, By};
use crate::counter::office::here;
use crate::database::{
    DatabaseError,
    sql::{instant, text, word},
};
use crate::error::Error;
use crate::staff::authority::Staff;

/// One thing that was done to a place.
#[derive(Clone, Debug, PartialEq)]
pub struct Entry {
    pub at: DateTime<Utc>,
    pub by: By,
    /// What it is called now.
    pub place: Localised,
    pub what: What,
}

/// What was done.
#[derive(Clone, Debug, PartialEq)]
pub enum What {
    /// By one person alone.
    Added(Said),
    /// While nothing needed it, by one person alone.
    TakenOut,
    /// Another thing is said of it: by the second of two, or by one alone while nothing needed it.
    Changed { from: Said, to: Said, by_two: bool },
    /// It waits for a second person, or waited.
    Proposed { from: Said, to: Said },
    /// A proposal came to nothing: withdrawn by whoever made it, or declined by another.
    NotChanged { from: Said, to: Said, withdrawn: bool },
}

/// One page of them.
#[derive(Clone, Debug, PartialEq)]
pub struct Listed {
    pub entries: Vec<Entry>,
    /// How many there are on all pages.
    pub total: usize,
}

macro_rules! of_office {
    ($columns:literal, $rest:literal) => {
        concat!(
            here!("$1"),
            " select ",
            $columns,
            " from here h join place p on p.id = h.id join audit e on e.stream = 'place:' || p.id \
             where e.act in ('place_added', 'place_withdrawn', 'place_described', 'place_change_proposed', \
             'place_change_declined', 'place_change_withdrawn') and e.at > $2",
            $rest
        )
    };
}

/// Those of an office, the newest first; the first page is 0.
///
/// # Errors
/// [`shared::staff::Refusal::NotAllowed`]; [`shared::problem::Problem::NotFound`] for no office.
pub async fn list(
    app: &App,
    staff: &Staff,
    id: &OfficeId,
    there: (Back, usize),
    now: DateTime<Utc>,
) -> Result<Listed, Error> {
    const COUNT: &str = of_office!("count(*) as total", "");
    const LIST: &str = of_office!(
        "e.at, e.actor, e.act, e.detail, p.name_zh, p.name_en, \
         (select min(a.name) from staff_account a where 'staff:' || a.staff_id = e.actor) as account",
        " order by e.at desc, e.stream, e.sequence desc limit $3 offset $4"
    );
    let (rows, total) = page::read(app, (staff, Right::SeeSafetyLooks, id), (COUNT, LIST), there, now).await?;
    Ok(Listed { entries: rows.iter().map(read).collect::<Result<_, _>>()?, total })
}

fn read(row: &AnyRow) -> Result<Entry, DatabaseError> {
    let detail: Json = word(row, "detail", |detail| serde_json::from_str(detail).ok())?;
    let said =
        |name: &str| serde_json::from_value(detail[name].clone()).map_err(|_| DatabaseError::unreadable("detail"));
    Ok(Entry {
        at: instant(row, "at")?,
        by: history::who(row)?,
        place: Localised::new(text(row, "name_zh")?, text(row, "name_en")?),
        what: match text(row, "act")?.as_str() {
            "place_added" => What::Added(said("said")?),
            "place_withdrawn" => What::TakenOut,
            "place_described" => {
                What::Changed { from: said("from")?, to: said("to")?, by_two: detail["proposer"].is_string() }
            }
            "place_change_proposed" => What::Proposed { from: said("from")?, to: said("to")? },
            act => {
                What::NotChanged { from: said("from")?, to: said("to")?, withdrawn: act == "place_change_withdrawn" }
            }
        },
    })
}
