//! `/staff/cases/{id}/files/{file}`: a photograph of a paper as it is, or a PDF to save. That it was opened is written down, and the
//! family reads that.

use axum::{
    Extension,
    extract::{Path, State},
    response::{IntoResponse, Response},
};
use server::{App, Rejection, procedures::papers};
use shared::{
    problem::Problem,
    procedures::{CaseId, FileId},
};

use crate::site::Signed;

pub async fn show(
    State(app): State<App>,
    Path((id, file)): Path<(String, String)>,
    Extension(staff): Signed,
) -> Result<Response, Rejection> {
    let id = CaseId::parse(&id).map_err(|_| Problem::NotFound)?;
    let file = FileId::parse(&file).map_err(|_| Problem::NotFound)?;
    Ok(papers::look(&app, &staff, (&id, &file), app.now()).await?.into_response())
}
