//! One axum text route, the yardstick of every page's speed.

use std::net::SocketAddr;

use axum::{Router, routing::get};
use tokio::net::TcpListener;

use crate::Outcome;

pub async fn serve(address: SocketAddr) -> Outcome<()> {
    let router = Router::new().route("/", get(async || "Huimin"));
    Ok(axum::serve(TcpListener::bind(address).await?, router).await?)
}
