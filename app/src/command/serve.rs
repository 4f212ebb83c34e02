//! Serving the portal until asked to stop.

use std::net::SocketAddr;

use axum::Router;
use server::{Office, jobs, settings::Settings};
use tokio::net::TcpListener;
use tokio::signal::unix::{SignalKind, signal};
use tracing_subscriber::EnvFilter;

use super::Failure;

pub async fn run(settings: Settings) -> Result<(), Failure> {
    settings.check()?;
    start_log();
    let listener = TcpListener::bind(settings.addr).await.map_err(|error| format!("{}: {error}", settings.addr))?;
    let office = Office::open(settings).await?;
    let working = tokio::spawn(jobs::run(office.clone()));
    greet(&office, listener.local_addr()?);
    let service = router(&office).into_make_service_with_connect_info::<SocketAddr>();
    axum::serve(listener, service).with_graceful_shutdown(asked_to_stop()).await?;
    working.abort();
    office.database().close().await;
    Ok(())
}

/// The API below `/api` and the health addresses, the pages for everything else.
fn router(office: &Office) -> Router {
    server::api::router(office.clone()).fallback_service(app::site::table().router(office))
}

fn greet(office: &Office, address: SocketAddr) {
    println!("Huimin 惠民 is open at http://{address}");
    if office.settings().demo {
        println!("Everything in it is for demonstration. Messages to residents: http://{address}/demo/mailbox");
    }
}

/// One JSON line an event; `RUST_LOG` chooses what is logged.
fn start_log() {
    let filter = EnvFilter::try_from_default_env().unwrap_or_else(|_| EnvFilter::new("info,sqlx=warn"));
    tracing_subscriber::fmt().json().with_env_filter(filter).with_writer(std::io::stderr).init();
}

async fn asked_to_stop() {
    let terminated = async {
        match signal(SignalKind::terminate()) {
            Ok(mut signal) => drop(signal.recv().await),
            Err(_) => std::future::pending().await,
        }
    };
    tokio::select! {
        _ = tokio::signal::ctrl_c() => {}
        () = terminated => {}
    }
}
