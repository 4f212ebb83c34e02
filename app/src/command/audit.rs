//! Checking the record of what was done.

use server::{Office, audit, settings::Settings};

use super::Failure;

/// Recomputes every stream of events and every checkpoint.
pub async fn verify(settings: Settings) -> Result<(), Failure> {
    let office = Office::open(settings).await?;
    let streams = audit::verify_all(&office).await?.map_err(|(stream, broken)| format!("{stream}: {broken}"))?;
    let checkpoints = audit::checkpoint::verify(&office).await??;
    println!("{streams} streams and {checkpoints} checkpoints are as they were written.");
    office.database().close().await;
    Ok(())
}
