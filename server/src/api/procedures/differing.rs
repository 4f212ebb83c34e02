//! Two windows filled in the same field of a draft differently: both values go back to whoever came second.

use std::collections::BTreeMap;
use std::fmt;

use axum::response::{IntoResponse, Response};
use serde::{Deserialize, Serialize};
use shared::problem::Problem;
use shared::procedures::{Refusal, Typed};

use crate::rejection::Rejection;

/// What stands in a draft where it is not what was sent.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct DraftDiffers {
    /// The version that the draft has by now.
    pub version: u32,
    /// By the ids of fields.
    pub fields: BTreeMap<String, BothValues>,
}

/// `Debug` hides them: people typed both.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct BothValues {
    /// As it was sent now.
    pub yours: String,
    /// As it stands in the draft.
    pub theirs: String,
}

impl DraftDiffers {
    /// Of what was sent, the fields that stand there otherwise.
    pub(super) fn new(version: u32, mut yours: Typed, theirs: Typed) -> Self {
        let both = theirs.into_iter().map(|(id, theirs)| {
            let yours = yours.remove(&id).unwrap_or_default();
            (id, BothValues { yours, theirs })
        });
        Self { version, fields: both.collect() }
    }

    /// The answer that tells of it; whoever draws it finds both values beside the problem.
    pub(super) fn refused(self) -> Response {
        let mut response = Rejection::from(Problem::from(Refusal::DraftChanged)).into_response();
        response.extensions_mut().insert(self);
        response
    }
}

impl fmt::Debug for BothValues {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("BothValues(hidden)")
    }
}
