//! What residents are shown: the places of each kind, read again only when something of the kind was changed.

use std::collections::{BTreeMap, HashMap};
use std::sync::{Arc, OnceLock};

use chrono::{DateTime, Utc};
use shared::calendar::Calendar;
use shared::directory::{Kind, Listing, Names, Times};
use shared::places::PlaceId;
use shared::search;

use super::bundle::Packed;
use super::{NAME, PlannedHours, kinds, store};
use crate::app::App;
use crate::database::sql::{int, sql, text};
use crate::domains;
use crate::error::Error;
use crate::stamped::{Stamp, Stamped};

/// The places of a kind, as of one version.
pub struct Directory {
    pub kind: &'static Kind,
    pub listings: Vec<Listing>,
    /// What their names are found by.
    pub names: Names,
    by_id: HashMap<PlaceId, usize>,
    packed: OnceLock<Packed>,
}

/// What one process remembers.
pub struct Shown {
    versions: Stamped<(), Arc<BTreeMap<String, i64>>>,
    /// By kind, the newest alone, since each may be large; stamped with its version, and for planned hours with the moment.
    read: Stamped<&'static str, Arc<Directory>>,
}

/// Kinds that are remembered.
const MOST_KINDS: u64 = 64;

/// Seconds for which hours that another domain plans are remembered.
const PLANNED: i64 = 10;

impl Default for Shown {
    fn default() -> Self {
        Self { versions: Stamped::new(1), read: Stamped::new(MOST_KINDS) }
    }
}

/// The places of a kind, at most a second old.
///
/// # Errors
/// Those of the database.
pub async fn of(app: &App, kind: &'static Kind, now: DateTime<Utc>) -> Result<Arc<Directory>, Error> {
    let shown = app.directory();
    let stamp = Stamp { second: now.timestamp(), generation: app.generation(NAME).now() };
    let versions = shown.versions.get((), stamp, async || versions(app).await).await?;
    let version = versions.get(&kind.id).copied().unwrap_or_default();
    let planned = domains::planned_hours(&kind.id);
    let moment = planned.map_or(0, |_| now.timestamp() / PLANNED);
    let stamp = Stamp { second: moment, generation: version.cast_unsigned() };
    shown.read.get(kind.id.as_str(), stamp, async || load(app, kind, planned, now).await).await
}

/// The directory that has a place of this id, also one that is closed or hidden.
///
/// # Errors
/// Those of the database.
pub async fn with(app: &App, id: &PlaceId, now: DateTime<Utc>) -> Result<Option<Arc<Directory>>, Error> {
    for kind in kinds::all() {
        let directory = of(app, kind, now).await?;
        if directory.get(id).is_some() {
            return Ok(Some(directory));
        }
    }
    Ok(None)
}

async fn versions(app: &App) -> Result<Arc<BTreeMap<String, i64>>, Error> {
    let rows = sql("select kind, version from listing_kind", []).fetch_all(&mut *app.database().read().await?).await?;
    let read = rows.iter().map(|row| Ok((text(row, "kind")?, int(row, "version")?)));
    Ok(Arc::new(read.collect::<Result<_, Error>>()?))
}

async fn load(
    app: &App,
    kind: &'static Kind,
    planned: Option<&PlannedHours>,
    now: DateTime<Utc>,
) -> Result<Arc<Directory>, Error> {
    let mut connection = app.database().read().await?;
    let mut instant = app.database().instant(&mut connection).await?;
    let mut listings = store::load(&mut instant, &kind.id, now).await?;
    if let Some(planned) = planned {
        let mut plans = (planned.load)(&mut instant, now).await?;
        for listing in &mut listings {
            let Some((rules, mut changes)) = plans.remove(&listing.id) else { continue };
            changes.extend_from_slice(listing.times.changes());
            // A plan that cannot be said in rules leaves what is written down.
            if let Ok(times) = Times::read(rules, changes) {
                listing.times = times;
            }
        }
    }
    instant.rollback().await?;
    Ok(Arc::new(Directory::of(kind, listings)))
}

impl Directory {
    /// In the order of tiers, then of streets and communities.
    pub fn of(kind: &'static Kind, mut listings: Vec<Listing>) -> Self {
        for here in listings.iter_mut().flat_map(|one| &mut one.services) {
            let is_free = kind.service(&here.service).is_some_and(|service| service.free_of_charge);
            here.price_fen = here.price_fen.or(is_free.then_some(0));
        }
        listings.sort_by_cached_key(|one| {
            let code = |area: &Option<shared::directory::Area>| area.as_ref().map(|area| area.code.clone());
            (kind.rank(one.tier.as_deref()), code(&one.street), code(&one.community))
        });
        let by_id = listings.iter().enumerate().map(|(n, one)| (one.id.clone(), n)).collect();
        let texts: Vec<_> = listings.iter().flat_map(|one| one.sight().texts()).collect();
        let letters = search::letters(texts.iter().map(String::as_str));
        let names = Names::of(letters, listings.iter().map(Listing::sight));
        Self { kind, listings, names, by_id, packed: OnceLock::new() }
    }

    pub fn get(&self, id: &PlaceId) -> Option<&Listing> {
        self.by_id.get(id).map(|n| &self.listings[*n])
    }

    pub fn index(&self, id: &PlaceId) -> Option<usize> {
        self.by_id.get(id).copied()
    }

    /// The places that belong to one.
    pub fn below<'a>(&'a self, id: &'a PlaceId) -> impl Iterator<Item = &'a Listing> {
        self.listings.iter().filter(move |one| one.parent.as_ref() == Some(id))
    }

    /// All of them in one piece, for a phone to keep.
    pub fn packed(&self, calendar: &Calendar) -> &Packed {
        self.packed.get_or_init(|| Packed::of(self, calendar))
    }
}
