//! Whether the process runs, and whether it can serve.

use std::{
    sync::Arc,
    time::{Duration, Instant},
};

use axum::{
    extract::State,
    http::{StatusCode, header},
    response::IntoResponse,
};
use tokio::{sync::Mutex, time::timeout};

use crate::app::App;
use crate::clock::office;
use crate::database::{Backend, DatabaseError, sql::sql};
use crate::files;

/// How long the database may take to answer.
const PATIENCE: Duration = Duration::from_secs(2);
/// How long an answer is given again, so that asking costs the database nothing to speak of.
const REMEMBERED: Duration = Duration::from_secs(1);
/// Bytes below which a disk is as good as full: the log before each checkpoint needs some of them.
const ROOM: u64 = 64 * 1024 * 1024;

/// What a portal needs to serve.
#[derive(Clone)]
pub(super) struct Health {
    app: App,
    last: Arc<Mutex<Option<Answer>>>,
}

/// What was found, and when.
#[derive(Clone, Copy)]
struct Answer {
    at: Instant,
    found: Result<(), Unready>,
}

#[derive(Clone, Copy, Debug, thiserror::Error)]
enum Unready {
    #[error("the database does not answer in time")]
    Slow,
    #[error("the database cannot be read")]
    Read,
    #[error("the database cannot be written")]
    Write,
    #[error("the clock is behind what was last written")]
    Clock,
    #[error("the disk is full")]
    Room,
}

impl Health {
    pub(super) fn of(app: App) -> Self {
        Self { app, last: Arc::default() }
    }

    /// The same for everybody who asks at once.
    async fn check(&self) -> Result<(), Unready> {
        let mut last = self.last.lock().await;
        if let Some(answer) = last.filter(|answer| answer.at.elapsed() < REMEMBERED) {
            return answer.found;
        }
        let found = timeout(PATIENCE, serves(&self.app)).await.unwrap_or(Err(Unready::Slow));
        *last = Some(Answer { at: Instant::now(), found });
        found
    }
}

/// `GET /healthz`: the process answers.
pub(super) async fn up() -> impl IntoResponse {
    ([(header::CACHE_CONTROL, "no-store")], "ok\n")
}

/// `GET /readyz`: what a booking needs is there, or 503 with what is not.
pub(super) async fn ready(State(health): State<Health>) -> impl IntoResponse {
    let (status, text) = match health.check().await {
        Ok(()) => (StatusCode::OK, "ready\n".to_owned()),
        Err(unready) => (StatusCode::SERVICE_UNAVAILABLE, format!("{unready}\n")),
    };
    (status, [(header::CACHE_CONTROL, "no-store")], text)
}

/// One read, one write, and room for more.
async fn serves(app: &App) -> Result<(), Unready> {
    let told = |unready: Unready| {
        move |error: &dyn std::fmt::Display| {
            tracing::warn!(%error, "not ready: {unready}");
            unready
        }
    };
    let database = app.database();
    if database.is_only_reading() {
        return Err(Unready::Clock);
    }
    read(app).await.map_err(|error| told(Unready::Read)(&error))?;
    office::touch(app).await.map_err(|error| told(Unready::Write)(&error))?;
    if database.backend() == Backend::Sqlite {
        let free = files::free(&app.settings().data).map_err(|error| told(Unready::Room)(&error))?;
        if free < ROOM {
            return Err(told(Unready::Room)(&format_args!("{free} bytes are left")));
        }
    }
    Ok(())
}

async fn read(app: &App) -> Result<(), DatabaseError> {
    let mut connection = app.database().read().await?;
    sql("select value from office limit 1", []).fetch_optional(&mut *connection).await?;
    Ok(())
}
