//! Checking the record of what was done.

use server::{App, audit, domains, settings::Settings};

use super::Failure;

/// Recomputes every stream of events and every checkpoint.
pub async fn verify(settings: Settings) -> Result<(), Failure> {
    let app = App::open(settings).await?;
    let verified = verify_app(&app).await;
    app.database().close().await;
    println!("{}", verified?);
    Ok(())
}

/// What is to be said when everything is as it was written.
pub async fn verify_app(app: &App) -> Result<String, Failure> {
    let streams = audit::verify_all(app.database(), domains::streams())
        .await?
        .map_err(|(stream, broken)| format!("{stream}: {broken}"))?;
    let checkpoints = audit::checkpoint::verify(app).await??;
    Ok(format!("{streams} streams and {checkpoints} checkpoints are as they were written."))
}
