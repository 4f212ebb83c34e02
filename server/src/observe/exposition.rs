//! The figures as a scraper reads them.

use axum::{
    extract::{Request, State},
    http::{StatusCode, header},
    response::{IntoResponse, Response},
};
use metrics::gauge;

use super::metrics::{LOG_DROPPED, WAITING, recorder};
use crate::app::App;
use crate::client;
use crate::database::sql::{int, sql};
use crate::error::Error;

/// `GET /metrics`, for a scraper on this machine; everyone else finds nothing here.
pub(super) async fn show(State(app): State<App>, request: Request) -> Response {
    if !client::is_local(request.headers(), request.extensions()) {
        return StatusCode::NOT_FOUND.into_response();
    }
    match waiting(&app).await {
        // Prometheus takes integers and floats alike; no queue is long enough to lose precision.
        #[expect(clippy::cast_precision_loss, reason = "exact up to 2^52 messages")]
        Ok(count) => gauge!(WAITING).set(count as f64),
        Err(error) => tracing::warn!(%error, "the waiting messages could not be counted"),
    }
    #[expect(clippy::cast_precision_loss, reason = "exact up to 2^52 lines")]
    gauge!(LOG_DROPPED).set(super::log::dropped() as f64);
    let Some(recorder) = recorder() else { return StatusCode::NOT_FOUND.into_response() };
    ([(header::CONTENT_TYPE, "text/plain; version=0.0.4")], recorder.render()).into_response()
}

async fn waiting(app: &App) -> Result<i64, Error> {
    let mut connection = app.database().read().await?;
    let row = sql("select count(*) as waiting from outbox where state = 'waiting'", []);
    Ok(int(&row.fetch_one(&mut *connection).await?, "waiting")?)
}
