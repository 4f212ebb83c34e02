//! Serving the portal until asked to stop.

use std::io::Write;
use std::net::SocketAddr;
use std::time::Duration;

use axum::{Router, middleware::from_fn_with_state};
use server::{
    App,
    connections::{self, Patience, Places},
    counter::office,
    jobs,
    settings::Settings,
};
use tokio::net::TcpListener;
use tokio::signal::unix::{SignalKind, signal};
use tower_http::catch_panic::CatchPanicLayer;

use super::Said;

const PATIENCE: Duration = Duration::from_secs(10);

pub async fn run(settings: Settings) -> Said {
    settings.check()?;
    settings.services.check(&app::domains::services())?;
    let _log = server::observe::log::start();
    server::observe::metrics::start();
    let listener = TcpListener::bind(settings.addr).await.map_err(|error| format!("{}: {error}", settings.addr))?;
    let app = App::open(settings).await?;
    app.settings().contesting.check(&office::places(&app).await?)?;
    jobs::before_opening(&app).await;
    let working = tokio::spawn(jobs::run(app.clone()));
    greet(&app, listener.local_addr()?);
    let places = Places::of(app.settings());
    let (stopping, stopped) = tokio::sync::oneshot::channel();
    let asked = async move {
        asked_to_stop().await;
        stopping.send(()).ok();
    };
    let served = connections::serve(listener, router(&app), (places, Patience::default()), asked);
    tokio::select! {
        () = served => {}
        () = patience(stopped) => {}
    }
    working.abort();
    app.database().close().await;
    Ok(String::new())
}

/// The API below `/api` and the health addresses, the pages for everything else.
fn router(app: &App) -> Router {
    let served = server::api::router(app.clone()).merge(server::observe::router(app.clone()));
    // The pages have them by themselves.
    let served = served.layer(from_fn_with_state(app.clone(), app::site::headers::secure));
    // Outermost: a panic anywhere is an answer of 500 and not a connection that breaks.
    served.fallback_service(app::domains::site().router(app)).layer(CatchPanicLayer::new())
}

/// Tells the operator where the portal is; nobody reading along is no reason to stop.
fn greet(app: &App, address: SocketAddr) {
    let demo = if app.settings().demo {
        format!(
            "Everything in it is for demonstration. Messages to residents: http://{address}/demo/mailbox\n\
             Staff sign in as demo-clerk with the password {}; the same page shows their codes.\n",
            server::staff::demo::PASSWORD
        )
    } else {
        String::new()
    };
    let text = format!("Huimin 惠民 is open at http://{address}\n{demo}");
    std::io::stdout().write_all(text.as_bytes()).ok();
}

/// Requests under way are finished, but a browser that keeps its connection open does not keep the server.
async fn patience(stopped: tokio::sync::oneshot::Receiver<()>) {
    match stopped.await {
        Ok(()) => tokio::time::sleep(PATIENCE).await,
        Err(_) => std::future::pending().await,
    }
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
