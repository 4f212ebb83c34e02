//! From which office somebody looked at a case, as its family reads it.

use std::collections::{BTreeMap, BTreeSet};

use shared::localised::Localised;
use shared::notices::bureau;
use shared::staff::{Grant, Right, Scope, StaffId};

use crate::app::App;
use crate::error::Error;
use crate::procedures::looks::Look;
use crate::staff::people::scopes;
use crate::staff::roles;

/// Looks as a family reads them: nobody by name, and the office whose role let them look then; none where that is of the bureau as a
/// whole.
pub(super) async fn of_looks(app: &App, looks: Vec<Look>) -> Result<Vec<Look>, Error> {
    if looks.is_empty() {
        return Ok(looks);
    }
    let scopes = scopes(app).await?;
    let people: BTreeSet<StaffId> = looks.iter().filter_map(|look| look.by.clone()).collect();
    let mut grants: BTreeMap<StaffId, Vec<Grant>> = BTreeMap::new();
    for person in people {
        let held = roles::of(app, &person).await?;
        grants.insert(person, held);
    }
    let office = |look: &Look| -> Option<Localised> {
        let held = grants.get(look.by.as_ref()?)?.iter();
        let held: Vec<&Grant> =
            held.filter(|grant| grant.holds(look.at) && grant.role.allows(Right::SeeCases)).collect();
        if held.iter().any(|grant| grant.scope.covers(&bureau())) {
            return None;
        }
        let office = held.into_iter().find(|grant| matches!(grant.scope, Scope::Office(_)))?;
        Some(scopes.name(&office.scope))
    };
    Ok(looks.into_iter().map(|look| Look { office: office(&look), by: None, ..look }).collect())
}
