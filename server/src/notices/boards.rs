//! Where notices can stand, and whose each place of theirs is.

use shared::localised::Localised;
use shared::notices::{Board, bureau};
use shared::places::PlaceId;
use shared::staff::{OfficeId, Refusal, Right, Whereabouts};

use crate::app::App;
use crate::counter::office;
use crate::database::sql::{sql, text, word};
use crate::error::Error;
use crate::staff::authority::Staff;

/// Where somebody may put notices up.
#[derive(Clone, Debug)]
pub struct Boards {
    /// Whether the home page and all services are theirs.
    pub bureau: bool,
    /// The places that are theirs, offices first, each with its name.
    pub places: Vec<(PlaceId, Localised)>,
}

impl Boards {
    pub fn may(&self, board: &Board) -> bool {
        match board {
            Board::Home | Board::Service(_) => self.bureau,
            Board::Place(id) => self.places.iter().any(|(place, _)| place == id),
        }
    }
}

/// Where somebody may put notices up: at the places of the offices whose texts they edit, and for the bureau as a whole with a
/// role for it, or with one at each of its offices.
///
/// # Errors
/// [`Refusal::NotAllowed`] where that is nowhere.
pub async fn of(app: &App, staff: &Staff) -> Result<Boards, Error> {
    let may = |at: &Whereabouts| staff.may(Right::EditTexts, at).is_ok();
    let offices = office::list(app).await?;
    let everywhere = !offices.is_empty() && offices.iter().all(|office| may(&office.whereabouts));
    let places = places(app).await?.into_iter().filter(|place| may(&place.at)).map(|place| (place.id, place.name));
    let boards = Boards { bureau: everywhere || may(&bureau()), places: places.collect() };
    if boards.bureau || !boards.places.is_empty() { Ok(boards) } else { Err(Refusal::NotAllowed.into()) }
}

struct Placed {
    id: PlaceId,
    name: Localised,
    at: Whereabouts,
}

/// Every place, each office before what belongs to it.
async fn places(app: &App) -> Result<Vec<Placed>, Error> {
    let statement = "with recursive below (id, office, depth) as (select id, id, 0 from place where parent is null and staffed = 1 \
         union all select p.id, b.office, b.depth + 1 from below b join place p on p.parent = b.id where b.depth < 8) \
         select p.id as place_id, b.office as office, p.name_zh as name_zh, p.name_en as name_en \
         from below b join place p on p.id = b.id join place o on o.id = b.office \
         order by o.position, o.id, b.depth, p.position, p.id";
    let rows = sql(statement, []).fetch_all(&mut *app.database().read().await?).await?;
    let read = |row: &sqlx::any::AnyRow| {
        let id = word(row, "place_id", |id| PlaceId::parse(id).ok())?;
        let office = word(row, "office", |id| OfficeId::parse(id).ok())?;
        let name = Localised::new(text(row, "name_zh")?, text(row, "name_en")?);
        let at = Whereabouts { office: Some(office), place: Some(id.clone()), organisation: None };
        Ok(Placed { id, name, at })
    };
    Ok(rows.iter().map(read).collect::<Result<_, crate::database::DatabaseError>>()?)
}
