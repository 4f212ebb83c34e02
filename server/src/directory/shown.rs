//! What residents are shown: the places of each kind, read again only when something of the kind was changed, and outside of the
//! requests that ask for them.

use std::collections::{BTreeMap, HashMap};
use std::sync::{Arc, Mutex, OnceLock, PoisonError};
use std::time::Duration;

use chrono::{DateTime, NaiveDate, Utc};
use futures_util::future::{BoxFuture, FutureExt, Shared};
use shared::calendar::{Calendar, DayClasses};
use shared::directory::{Freshness, Kind, Listing, Names, ServiceHere, bundle, is_among};
use shared::places::PlaceId;
use shared::problem::Problem;
use shared::search;
use tokio::task::spawn_blocking;

use super::bundle::{Packed, around, hash};
use super::latest::Latest;
use super::{NAME, PlannedHours, kinds, store};
use crate::app::App;
use crate::database::sql::{int, maybe_text, sql, text};
use crate::domains;
use crate::error::Error;
use crate::stamped::{Stamp, Stamped};

/// The places of a kind, as of one version.
pub struct Directory {
    pub kind: &'static Kind,
    pub listings: Vec<Listing>,
    /// What their names are found by.
    pub names: Names,
    /// Ids, between spaces, of those that times are given out for: they are shown however long nobody has confirmed them.
    pub booked: String,
    /// Of all of them in one piece: another content has another hash.
    pub hash: String,
    /// Where each is, in the order of their ids.
    by_id: Vec<usize>,
    /// Being packed, or packed.
    packed: OnceLock<Shared<BoxFuture<'static, Option<Packed>>>>,
}

/// What one process remembers.
pub struct Shown {
    versions: Stamped<(), Arc<BTreeMap<String, i64>>>,
    /// By kind, each since each may be large; stamped with its version, and for planned hours with the moment.
    read: Mutex<HashMap<&'static str, Latest<Arc<Directory>>>>,
}

/// How long whoever asks waits for a list to be read anew: small ones are there long before, and of a large one the former is shown
/// from then on.
const PATIENCE: Duration = Duration::from_millis(500);

/// Seconds for which hours that another domain plans are remembered.
const PLANNED: i64 = 10;

impl Default for Shown {
    fn default() -> Self {
        Self { versions: Stamped::new(1), read: Mutex::default() }
    }
}

impl Shown {
    fn of(&self, kind: &'static Kind) -> Latest<Arc<Directory>> {
        let mut read = self.read.lock().unwrap_or_else(PoisonError::into_inner);
        read.entry(kind.id.as_str()).or_default().clone()
    }
}

/// The places of a kind, at most a second old, or of a list that takes long to read the former one until the new is there.
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
    shown.of(kind).get(stamp, app.clock().patience(PATIENCE), || load(app.clone(), kind, planned, now)).await
}

/// The directory that has a place of this id, also one that is closed or hidden.
///
/// # Errors
/// Those of the database.
pub async fn with(app: &App, id: &PlaceId, now: DateTime<Utc>) -> Result<Option<Arc<Directory>>, Error> {
    // The list of another kind may be large and changed a moment ago.
    let statement = "select kind from place where id = $1";
    let row = sql(statement, [id.as_str().into()]).fetch_optional(&mut *app.database().read().await?).await?;
    let kind = row.map(|row| maybe_text(&row, "kind")).transpose()?.flatten();
    let Some(kind) = kind.and_then(|kind| kinds::kind(&kind)) else { return Ok(None) };
    let directory = of(app, kind, now).await?;
    Ok(directory.get(id).is_some().then_some(directory))
}

async fn versions(app: &App) -> Result<Arc<BTreeMap<String, i64>>, Error> {
    let rows = sql("select kind, version from listing_kind", []).fetch_all(&mut *app.database().read().await?).await?;
    let read = rows.iter().map(|row| Ok((text(row, "kind")?, int(row, "version")?)));
    Ok(Arc::new(read.collect::<Result<_, Error>>()?))
}

async fn load(
    app: App,
    kind: &'static Kind,
    planned: Option<&PlannedHours>,
    now: DateTime<Utc>,
) -> Result<Arc<Directory>, Error> {
    let mut instant = app.database().instant().await?;
    let mut listings = store::load(&mut instant, &kind.id, now).await?;
    let mut booked = String::new();
    if let Some(planned) = planned {
        let mut plans = (planned.load)(&mut instant, now).await?;
        booked = plans.keys().map(PlaceId::as_str).collect::<Vec<_>>().join(" ");
        for listing in &mut listings {
            let Some(plan) = plans.remove(&listing.id) else { continue };
            offer(listing, (kind, planned.gives.1));
            let changes = plan.changes().iter().chain(listing.times.changes()).cloned().collect();
            if let Ok(times) = plan.with(changes) {
                listing.times = times;
            }
        }
    }
    instant.rollback().await?;
    let made = spawn_blocking(move || {
        let directory = Directory::of(kind, listings, app.calendar());
        Arc::new(Directory { booked, ..directory })
    });
    made.await.map_err(|_| Problem::Internal.into())
}

/// What times are given out for is known to be offered, whoever has said what else is.
fn offer(listing: &mut Listing, (kind, service): (&Kind, &str)) {
    if listing.service(service).is_none() {
        let price_fen = kind.service(service).and_then(|one| one.price_fen(None));
        listing.services.push(ServiceHere { price_fen, ..ServiceHere::of(service) });
    }
}

impl Directory {
    /// In the order of tiers, then of streets and communities.
    pub fn of(kind: &'static Kind, mut listings: Vec<Listing>, calendar: &Calendar) -> Self {
        listings.sort_by_cached_key(|one| {
            let code = |area: &Option<shared::directory::Area>| area.as_ref().map(|area| area.code.clone());
            (kind.rank(one.tier.as_deref()), code(&one.street), code(&one.community))
        });
        let mut by_id: Vec<usize> = (0..listings.len()).collect();
        by_id.sort_unstable_by(|a, b| listings[*a].id.cmp(&listings[*b].id));
        let texts: Vec<_> = listings.iter().flat_map(|one| one.sight().texts()).collect();
        let letters = search::letters(texts.iter().map(String::as_str));
        let names = Names::of(letters, listings.iter().map(Listing::sight));
        let mut directory =
            Self { kind, listings, names, booked: String::new(), hash: String::new(), by_id, packed: OnceLock::new() };
        directory.hash = hash(&directory.plain(calendar));
        directory
    }

    pub fn get(&self, id: &PlaceId) -> Option<&Listing> {
        self.index(id).map(|n| &self.listings[n])
    }

    /// What the last confirmation of one of them is worth on a day.
    pub fn freshness(&self, listing: &Listing, today: NaiveDate) -> Freshness {
        listing.freshness(self.kind, today).where_booked(is_among(&self.booked, listing.id.as_str()))
    }

    pub fn index(&self, id: &PlaceId) -> Option<usize> {
        let found = self.by_id.binary_search_by(|n| self.listings[*n].id.cmp(id));
        found.ok().map(|at| self.by_id[at])
    }

    /// The places that belong to one.
    pub fn below<'a>(&'a self, id: &'a PlaceId) -> impl Iterator<Item = &'a Listing> {
        self.listings.iter().filter(move |one| one.parent.as_ref() == Some(id))
    }

    /// Where all of them in one piece are, for ever the same.
    pub fn address(&self) -> String {
        format!("/api/v1/bundles/by-hash/{}", self.hash)
    }

    /// All of them in one piece, for a phone to keep; packed once, beside everything else that the server does, whoever waits for it.
    ///
    /// # Errors
    /// [`Problem::Internal`], where it cannot be packed.
    pub async fn packed(self: &Arc<Self>, app: &App) -> Result<Packed, Error> {
        let pack = || {
            let (directory, app) = (Arc::clone(self), app.clone());
            let work = spawn_blocking(move || Packed::of(&directory.plain(app.calendar())));
            async move { work.await.ok() }.boxed().shared()
        };
        let packed = self.packed.get_or_init(pack).clone().await;
        packed.ok_or_else(|| Problem::Internal.into())
    }

    /// The same without being packed, written anew each time.
    pub(super) fn plain(&self, calendar: &Calendar) -> Vec<u8> {
        let (letters, days) = (self.names.letters(), DayClasses::of(calendar));
        bundle::write(self.kind, &self.listings, letters, &days, around(&self.listings))
    }
}
