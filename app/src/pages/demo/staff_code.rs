//! `GET /demo/staff-code/{account}`: a code with which one of the invented staff can sign in, for programs.

use axum::{
    Json,
    extract::{Path, State},
    response::{IntoResponse, Response},
};
use serde::Serialize;
use server::{App, Rejection, staff::demo};
use shared::problem::Problem;

#[derive(Serialize)]
struct StaffCode {
    code: String,
}

pub async fn show(State(app): State<App>, account: Option<Path<String>>) -> Result<Response, Rejection> {
    let Path(account) = account.ok_or(Problem::NotFound)?;
    let code = demo::code(&app, &account, app.now()).await?;
    Ok(Json(StaffCode { code }).into_response())
}
