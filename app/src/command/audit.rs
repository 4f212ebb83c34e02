//! Checking the record of what was done.

use server::{
    App,
    audit::{self, checkpoint::Tampered},
    domains,
    keys::opens,
    settings::Settings,
};

use super::{Failure, Said};

/// Recomputes every stream of events and every checkpoint, and opens every sealed record.
pub async fn verify(settings: Settings) -> Said {
    let app = App::open(settings).await?;
    let verified = verify_app(&app).await;
    app.database().close().await;
    verified
}

/// What is to be said when everything is as it was written.
pub async fn verify_app(app: &App) -> Said {
    let streams = verify_streams(app).await?;
    let checkpoints = audit::checkpoint::verify(app).await??;
    let sealed = verify_sealed(app).await?;
    Ok(format!("{streams} streams and {checkpoints} checkpoints are as they were written.{sealed}\n"))
}

/// [`verify_app`] for a backup, which lacks the checkpoints made since: their copies beside the key file are set aside.
pub async fn verify_restored(app: &App) -> Said {
    let streams = verify_streams(app).await?;
    let sealed = verify_sealed(app).await?;
    match audit::checkpoint::verify(app).await? {
        Ok(checkpoints) => {
            Ok(format!("{streams} streams and {checkpoints} checkpoints are as they were written.{sealed}\n"))
        }
        Err(Tampered::Removed(newest)) => {
            let aside = audit::checkpoint::set_copies_aside(app, app.now())?;
            Ok(format!(
                "{streams} streams are as they were written.{sealed} The backup ends before checkpoint {newest}; the copies of \
                 the later ones lie in {} now.\n",
                aside.display()
            ))
        }
        Err(tampered) => Err(tampered.into()),
    }
}

async fn verify_streams(app: &App) -> Result<usize, Failure> {
    let verified = audit::verify_all(app.database(), domains::streams()).await?;
    Ok(verified.map_err(|(stream, broken)| format!("{stream}: {broken}"))?)
}

async fn verify_sealed(app: &App) -> Result<String, Failure> {
    let opened = opens::all(app, domains::sealed()).await??;
    Ok(format!(" {opened} sealed records open."))
}
