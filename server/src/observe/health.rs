//! Whether the process runs, and whether it can serve.

use std::time::Duration;

use axum::{
    extract::State,
    http::{StatusCode, header},
    response::IntoResponse,
};
use tokio::time::timeout;

use crate::app::App;
use crate::database::{DatabaseError, sql::sql};

/// How long the database may take to answer.
const PATIENCE: Duration = Duration::from_secs(2);

/// `GET /healthz`: the process answers.
pub(super) async fn up() -> impl IntoResponse {
    ([(header::CACHE_CONTROL, "no-store")], "ok\n")
}

/// `GET /readyz`: the database answers, or 503.
pub(super) async fn ready(State(app): State<App>) -> impl IntoResponse {
    let (status, text) = match timeout(PATIENCE, ask(&app)).await {
        Ok(Ok(())) => (StatusCode::OK, "ready\n"),
        Ok(Err(error)) => {
            tracing::warn!(%error, "not ready");
            (StatusCode::SERVICE_UNAVAILABLE, "the database does not answer\n")
        }
        Err(_) => (StatusCode::SERVICE_UNAVAILABLE, "the database does not answer in time\n"),
    };
    (status, [(header::CACHE_CONTROL, "no-store")], text)
}

async fn ask(app: &App) -> Result<(), DatabaseError> {
    let mut connection = app.database().read().await?;
    sql("select 1", []).execute(&mut *connection).await?;
    Ok(())
}
