//! Where roles can hold, by name: every office, and every place below one.

use shared::localised::Localised;
use shared::places::PlaceId;
use shared::staff::{OfficeId, Right, Scope, Whereabouts};
use sqlx::AnyConnection;

use super::authority::Staff;
use crate::database::{
    DatabaseError,
    sql::{maybe_int, maybe_text, sql, text, word},
};

/// All offices and places, as of one look.
#[derive(Clone, Debug)]
pub struct Scopes(Vec<Place>);

#[derive(Clone, Debug)]
struct Place {
    id: PlaceId,
    parent: Option<String>,
    name: Localised,
    /// Taken out again: roles that were given there keep its name, and none is given any more.
    is_withdrawn: bool,
}

impl Scopes {
    pub(super) async fn load(connection: &mut AnyConnection) -> Result<Self, DatabaseError> {
        let statement =
            "select id, parent, name_zh, name_en, withdrawn_at from place where staffed = 1 order by position, id";
        let rows = sql(statement, []).fetch_all(connection).await?;
        let read = |row| {
            Ok(Place {
                id: word(row, "id", |id| PlaceId::parse(id).ok())?,
                parent: maybe_text(row, "parent")?,
                name: Localised::new(text(row, "name_zh")?, text(row, "name_en")?),
                is_withdrawn: maybe_int(row, "withdrawn_at")?.is_some(),
            })
        };
        Ok(Self(rows.iter().map(read).collect::<Result<_, DatabaseError>>()?))
    }

    /// Where a role of this scope lies: whoever gives roles there may give it.
    pub fn whereabouts(&self, scope: &Scope) -> Whereabouts {
        match scope {
            Scope::Office(office) => Whereabouts {
                office: Some(office.clone()),
                place: PlaceId::parse(office.as_str()).ok(),
                organisation: None,
            },
            Scope::Place(place) => {
                Whereabouts { office: self.office_of(place.as_str()), place: Some(place.clone()), organisation: None }
            }
            Scope::Organisation(organisation) => {
                Whereabouts { organisation: Some(organisation.clone()), ..Whereabouts::default() }
            }
        }
    }

    /// What a scope is called; its id where it has no name.
    pub fn name(&self, scope: &Scope) -> Localised {
        let (_, id) = scope.columns();
        match (scope, self.place(id)) {
            (Scope::Office(_) | Scope::Place(_), Some(place)) => place.name.clone(),
            _ => Localised::new(id, id),
        }
    }

    /// Wherever somebody may give roles: the offices, each with the places below it, then organisations.
    pub fn of(&self, staff: &Staff, right: Right) -> Vec<Scope> {
        let all = self.0.iter().filter(|place| !place.is_withdrawn).filter_map(|place| match &place.parent {
            None => OfficeId::parse(place.id.as_str()).ok().map(Scope::Office),
            Some(_) => Some(Scope::Place(place.id.clone())),
        });
        let organisations = staff.anywhere(right).into_iter().filter(|scope| matches!(scope, Scope::Organisation(_)));
        let theirs = |scope: &Scope| staff.may(right, &self.whereabouts(scope)).is_ok();
        all.filter(theirs).chain(organisations).collect()
    }

    /// The office that a place belongs to: the place above it that has none above.
    fn office_of(&self, place: &str) -> Option<OfficeId> {
        let mut place = self.place(place)?;
        // No deeper than there are places, whatever the rows say.
        for _ in 0..self.0.len() {
            match &place.parent {
                Some(parent) => place = self.place(parent)?,
                None => return OfficeId::parse(place.id.as_str()).ok(),
            }
        }
        None
    }

    fn place(&self, id: &str) -> Option<&Place> {
        self.0.iter().find(|place| place.id.as_str() == id)
    }
}
