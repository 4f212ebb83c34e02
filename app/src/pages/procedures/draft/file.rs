//! `…/file?file=`: a photograph of a draft as it is, or a PDF to save, for whoever fills it in.

use axum::{
    extract::{Query, State},
    response::{IntoResponse, Response},
};
use server::{App, Rejection, procedures::papers::open_of_draft};

use super::Opened;
use crate::{pages::procedures::photos::asked_file, pairs::Pairs};

/// The name of this page below its draft.
pub(super) const PAGE: &str = "file";

pub async fn show(State(app): State<App>, opened: Opened, Query(asked): Query<Pairs>) -> Result<Response, Rejection> {
    let id = asked_file(&asked)?;
    Ok(open_of_draft(&app, &opened.draft, &id).await?.into_response())
}
