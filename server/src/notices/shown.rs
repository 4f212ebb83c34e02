//! Which notices stand now. They begin and end by the clock: each second asks anew, once for all who ask within it.

use std::sync::Arc;

use chrono::{DateTime, Utc};
use shared::notices::{Board, Notice, Phase, Tone};

use super::{NAME, store};
use crate::app::App;
use crate::error::Error;
use crate::stamped::{Stamp, Stamped};

/// What one process lately showed.
pub struct Shown(Stamped<(), Arc<[Notice]>>);

impl Default for Shown {
    fn default() -> Self {
        Self(Stamped::new(1))
    }
}

/// The notices that stand now on any of these boards, what is important first, then in the order of the boards, the newest
/// first.
pub async fn on(app: &App, boards: &[Board], now: DateTime<Utc>) -> Result<Vec<Notice>, Error> {
    let stamp = Stamp { second: now.timestamp(), generation: app.generation(NAME).now() };
    let load = async || {
        let kept = store::since(&mut *app.database().read().await?, now).await?;
        Ok(kept.into_iter().map(|kept| kept.notice).collect::<Arc<[_]>>())
    };
    let all = app.notices().0.get((), stamp, load).await?;
    let rank = |notice: &Notice| boards.iter().position(|board| *board == notice.board);
    let standing = all.iter().filter(|notice| notice.phase(now) == Phase::Current && rank(notice).is_some());
    let mut standing: Vec<_> = standing.cloned().collect();
    standing.sort_by_key(|notice| (notice.tone != Tone::Warning, rank(notice)));
    Ok(standing)
}
