//! `GET /components`: every part in every state, for those who build and check pages; not in production.

mod samples;

use axum::response::Response;

use crate::{draw, visit::Visit};

pub async fn show(visit: Visit) -> Response {
    draw::page(&visit, visit.say("部件", "Parts"), || samples::body(&visit))
}
