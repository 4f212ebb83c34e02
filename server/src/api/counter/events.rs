//! `/api/v1/staff/day/events`

use std::{convert::Infallible, sync::Arc, time::Duration};

use axum::{
    Extension,
    extract::State,
    response::{
        Response,
        sse::{Event, KeepAlive, Sse},
    },
};
use chrono::NaiveDate;
use futures_util::stream;
use shared::calendar::shanghai_date;
use shared::staff::{OfficeId, Right};
use tokio::sync::watch;

use super::super::input::Parameters;
use super::super::problem::ProblemBody;
use super::day::{Asked, meant};
use super::shown::DayShown;
use crate::app::App;
use crate::counter::{
    changes::Told,
    day, office,
    streams::{self, Place},
};
use crate::error::Error;
use crate::rejection::Rejection;
use crate::staff::authority::{self, Staff};

/// Something is sent at least this often, so that whoever shows the day knows that it is live.
const HEARTBEAT: Duration = Duration::from_secs(10);
/// How often a day without changes is looked at anew: whether its reader is still signed in, and whether it is still today.
const LOOK: Duration = Duration::from_mins(1);

/// The sheet of a day as it changes: an event `day` with the whole sheet at first and after each change, its id the version.
/// Where no date is named it goes on with the new day within a minute after midnight. A comment comes every ten seconds. The stream
/// ends with its reader's session, which it does not keep awake, however often it is opened, and where they have opened eight newer
/// ones.
#[utoipa::path(
    get,
    path = "/api/v1/staff/day/events",
    operation_id = "follow_day",
    tag = "staff",
    params(Asked),
    responses(
        (status = 200, description = "Events named `day`, each with a sheet as `GET /api/v1/staff/day` answers it", body = String, content_type = "text/event-stream"),
        (status = 400, description = "`malformed`: a parameter that cannot be read", body = ProblemBody, content_type = "application/problem+json"),
        (status = 401, description = "`sign_in_needed`", body = ProblemBody, content_type = "application/problem+json"),
        (status = 403, description = "`not_allowed`: none of one's roles allows it there", body = ProblemBody, content_type = "application/problem+json"),
        (status = 404, description = "`not_found`: no such office", body = ProblemBody, content_type = "application/problem+json"),
        (status = 422, description = "`invalid_fields` at `office` where several could be meant", body = ProblemBody, content_type = "application/problem+json"),
        (status = 429, description = "`rate_limited`", body = ProblemBody, content_type = "application/problem+json"),
        (status = 503, description = "`busy` or `unavailable`", body = ProblemBody, content_type = "application/problem+json"),
    )
)]
pub(super) async fn show(
    State(app): State<App>,
    Extension(staff): Extension<Arc<Staff>>,
    Parameters(asked): Parameters<Asked>,
) -> Result<Response, Rejection> {
    let (office, date) = meant(&app, &staff, &asked, app.now()).await?;
    let is_of_today = asked.date.is_none();
    // Nothing is watched but an office that there is, for whoever may see it.
    let at = office::one(&app, &office).await?.whereabouts;
    staff.may(Right::SeeDay, &at).map_err(Error::from)?;
    // Before the first look, so that no change falls between the two.
    let changes = app.hall().changes().watch(&office);
    let first = sheet(&app, &staff, &office, date).await?;
    let place = app.hall().streams().open(&staff.signed.id);
    let (version, first) = (first.1, Some(first.0));
    let following = Following { app, staff, office, date, is_of_today, changes, place, version, first };
    let events = stream::unfold(following, async |mut following| {
        let event = following.next().await?;
        Some((Ok::<_, Infallible>(event), following))
    });
    Ok(streams::answer(Sse::new(events).keep_alive(KeepAlive::new().interval(HEARTBEAT))))
}

struct Following {
    app: App,
    /// Who follows; asked again before each sheet, since a right may have ended.
    staff: Arc<Staff>,
    office: OfficeId,
    date: NaiveDate,
    /// Whether no day was named.
    is_of_today: bool,
    changes: watch::Receiver<Option<Told>>,
    place: Place,
    version: i64,
    first: Option<Event>,
}

impl Following {
    /// The next sheet, or the end.
    async fn next(&mut self) -> Option<Event> {
        if let Some(first) = self.first.take() {
            return Some(first);
        }
        loop {
            let changed = tokio::time::timeout(LOOK, self.changes.changed()).await;
            self.changes.borrow_and_update();
            if !self.place.stands() {
                return None;
            }
            // Only being open is no use of a session: it ends as it would without.
            let now = self.app.now();
            let staff = authority::again(&self.app, &self.staff, now).await.ok()?;
            let date = if self.is_of_today { shanghai_date(now) } else { self.date };
            let (event, version) = sheet(&self.app, &staff, &self.office, date).await.ok()?;
            if (date, version) != (self.date, self.version) || matches!(changed, Ok(Err(_))) {
                (self.date, self.version) = (date, version);
                return Some(event);
            }
        }
    }
}

async fn sheet(app: &App, staff: &Staff, office: &OfficeId, date: NaiveDate) -> Result<(Event, i64), Error> {
    let sheet = day::seen_by(app, staff, office, date, app.now()).await?;
    let version = sheet.version;
    let data = serde_json::to_string(&DayShown::from(sheet)).expect("a sheet is made of texts and numbers");
    Ok((Event::default().event("day").id(version.to_string()).data(data), version))
}
