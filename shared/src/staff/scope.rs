//! Where a role holds, and where a thing is.

use serde::{Deserialize, Serialize};

use super::ids::{OfficeId, OrganisationId};
use crate::places::PlaceId;

/// Where a role holds.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(tag = "scope", content = "id", rename_all = "snake_case")]
pub enum Scope {
    /// A whole office with all of its places.
    Office(OfficeId),
    /// One place, whatever office it belongs to.
    Place(PlaceId),
    Organisation(OrganisationId),
}

/// Where a thing is: a booking, a case, a text, a grant. Nobody has a right to what is nowhere.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Whereabouts {
    pub office: Option<OfficeId>,
    pub place: Option<PlaceId>,
    pub organisation: Option<OrganisationId>,
}

impl Scope {
    /// Whether what is there is within it.
    pub fn covers(&self, at: &Whereabouts) -> bool {
        match self {
            Self::Office(office) => at.office.as_ref() == Some(office),
            Self::Place(place) => at.place.as_ref() == Some(place),
            Self::Organisation(organisation) => at.organisation.as_ref() == Some(organisation),
        }
    }

    /// The word in the database, and the id beside it.
    pub fn columns(&self) -> (&'static str, &str) {
        match self {
            Self::Office(id) => ("office", id.as_str()),
            Self::Place(id) => ("place", id.as_str()),
            Self::Organisation(id) => ("organisation", id.as_str()),
        }
    }

    /// Reads a scope back from its columns; `None` if they are not one.
    pub fn restore(kind: &str, id: &str) -> Option<Self> {
        match kind {
            "office" => OfficeId::parse(id).ok().map(Self::Office),
            "place" => PlaceId::parse(id).ok().map(Self::Place),
            "organisation" => OrganisationId::parse(id).ok().map(Self::Organisation),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn nanshan() -> Whereabouts {
        Whereabouts {
            office: OfficeId::parse("nanshan").ok(),
            place: PlaceId::parse("nanshan-hall").ok(),
            organisation: None,
        }
    }

    #[test]
    fn a_scope_covers_what_is_there_and_nothing_of_another_kind_with_the_same_id() {
        for (kind, id, covered) in [
            ("office", "nanshan", true),
            ("office", "futian", false),
            ("office", "nanshan-hall", false),
            ("place", "nanshan-hall", true),
            ("place", "nanshan", false),
            ("organisation", "nanshan", false),
        ] {
            let scope = Scope::restore(kind, id).unwrap();
            assert_eq!(scope.columns(), (kind, id));
            assert_eq!(scope.covers(&nanshan()), covered, "{scope:?}");
            assert!(!scope.covers(&Whereabouts::default()), "what is nowhere is nobody's");
        }
        assert_eq!(Scope::restore("everywhere", "x"), None);
        assert_eq!(Scope::restore("office", "a/b"), None);
    }
}
