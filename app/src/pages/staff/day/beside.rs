//! What to look at beside those who are at my counter, in the words of their service.

use leptos::prelude::*;
use server::{App, Error, counter::beside};
use shared::counter::StateName;

use super::{act::service_of, seen::Seen};

/// Nothing while they are only called: whoever has not come shows no papers.
pub async fn load(app: &App, seen: &Seen<'_>) -> Result<Option<AnyView>, Error> {
    let row = seen.mine().and_then(|mine| seen.row(mine.visit.as_ref()?));
    let Some(row) = row.filter(|row| row.state.kind() == StateName::Serving) else { return Ok(None) };
    let Some(pages) = service_of(seen, row) else { return Ok(None) };
    let people = beside::people(app, seen.staff, &row.id).await?;
    Ok(people.and_then(|people| (pages.at_counter.look)(seen.visit, &people)))
}
