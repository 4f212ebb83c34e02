//! Connections from the network: how many there may be, and how long one may keep the server waiting.
//!
//! Each part of a request has a time of its own, so that clients that say nothing, send a byte now and then or never
//! read their answer give their place back. What is asked over a connection is counted in [`crate::limits`].

mod places;

use std::{io, net::SocketAddr, time::Duration};

use axum::{
    Extension, Router,
    body::Body,
    extract::{ConnectInfo, Request},
};
use hyper::{body::Incoming, server::conn::http1};
use hyper_util::{
    rt::{TokioIo, TokioTimer},
    server::graceful::GracefulShutdown,
    service::TowerToHyperService,
};
use tokio::{
    net::{TcpListener, TcpStream},
    time::sleep,
};
use tokio_io_timeout::TimeoutStream;
use tower::{Layer, ServiceExt};
use tower_http::timeout::RequestBodyTimeoutLayer;

pub use places::Places;
use places::{Place, Refused};

/// How long each part may take.
#[derive(Clone, Copy, Debug)]
pub struct Patience {
    /// From the end of one request, or the opening of the connection, to the end of the next one's head.
    pub head: Duration,
    /// Between two pieces of a body; how long a whole request may take is [`crate::LONGEST_REQUEST`].
    pub body: Duration,
    /// Between two pieces of an answer that the client takes.
    pub answer: Duration,
}

impl Default for Patience {
    fn default() -> Self {
        let [head, body, answer] = [15, 10, 15].map(Duration::from_secs);
        Self { head, body, answer }
    }
}

/// Bytes of a request's head; browsers send less than a tenth.
const LARGEST_HEAD: usize = 64 * 1024;
/// How long to wait where the machine has no room for another connection.
const NO_ROOM: Duration = Duration::from_millis(100);

/// Answers what comes in until `stop`; then finishes the requests under way.
pub async fn serve(
    listener: TcpListener,
    router: Router,
    (places, patience): (Places, Patience),
    stop: impl Future<Output = ()>,
) {
    let router = router.layer(RequestBodyTimeoutLayer::new(patience.body));
    let mut http = http1::Builder::new();
    http.timer(TokioTimer::new()).header_read_timeout(patience.head).max_buf_size(LARGEST_HEAD);
    let under_way = GracefulShutdown::new();
    let mut stop = std::pin::pin!(stop);
    loop {
        let next = tokio::select! {
            next = listener.accept() => next,
            () = &mut stop => break,
        };
        let Some((stream, peer)) = accepted(next).await else { continue };
        let place = match places.take(peer.ip()) {
            Ok(place) => place,
            Err(refused) => {
                turn_away(&stream, refused);
                continue;
            }
        };
        let service = Extension(ConnectInfo(peer)).layer(router.clone());
        let service = service.map_request(|request: Request<Incoming>| request.map(Body::new));
        let io = TokioIo::new(timed(stream, patience.answer));
        let connection = under_way.watch(http.serve_connection(io, TowerToHyperService::new(service)));
        tokio::spawn(keep(place, connection));
    }
    drop(listener);
    under_way.shutdown().await;
}

/// Serves one connection and gives its place back, whatever became of it.
async fn keep(place: Place, connection: impl Future<Output = hyper::Result<()>>) {
    // A client that went away or was too slow is nothing that anybody here could mend.
    connection.await.ok();
    drop(place);
}

/// The connection, unless it was gone before it was taken; no room for it ends nothing but is waited for.
async fn accepted(next: io::Result<(TcpStream, SocketAddr)>) -> Option<(TcpStream, SocketAddr)> {
    use io::ErrorKind::{ConnectionAborted, ConnectionRefused, ConnectionReset};
    match next {
        Ok((stream, peer)) => {
            stream.set_nodelay(true).ok();
            Some((stream, peer))
        }
        Err(error) if matches!(error.kind(), ConnectionAborted | ConnectionRefused | ConnectionReset) => None,
        Err(error) => {
            tracing::error!(%error, "no connection can be taken now");
            sleep(NO_ROOM).await;
            None
        }
    }
}

/// Says why in as few bytes as any connection takes at once, so that nobody has to be waited for.
fn turn_away(stream: &TcpStream, refused: Refused) {
    crate::observe::metrics::turned_away(refused.name());
    let answer =
        b"HTTP/1.1 503 Service Unavailable\r\nretry-after: 5\r\ncontent-length: 0\r\nconnection: close\r\n\r\n";
    stream.try_write(answer).ok();
}

type Timed = std::pin::Pin<Box<TimeoutStream<TcpStream>>>;

fn timed(stream: TcpStream, answer: Duration) -> Timed {
    let mut stream = TimeoutStream::new(stream);
    stream.set_write_timeout(Some(answer));
    Box::pin(stream)
}

#[cfg(test)]
mod tests;
