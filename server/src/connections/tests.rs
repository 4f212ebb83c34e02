use std::time::Instant;

use axum::{body::Bytes, routing::get};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpSocket,
    sync::oneshot,
    time::timeout,
};

use super::*;

/// Bytes that no connection takes at once.
const LARGE: usize = 32 * 1024 * 1024;

struct Server {
    address: SocketAddr,
    places: Places,
    stop: Option<oneshot::Sender<()>>,
    ended: tokio::task::JoinHandle<()>,
}

async fn server(places: Places) -> Server {
    let [head, body, answer] = [300, 300, 300].map(Duration::from_millis);
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let router = Router::new()
        .route("/", get(async |peer: ConnectInfo<SocketAddr>| peer.ip().to_string()).post(async |body: String| body))
        .route("/large", get(async || Bytes::from(vec![b'x'; LARGE])))
        .route("/slow", get(async || sleep(Duration::from_millis(800)).await));
    let (stop, stopped) = oneshot::channel();
    let serving = serve(listener, router, (places.clone(), Patience { head, body, answer }), async {
        stopped.await.ok();
    });
    Server { address, places, stop: Some(stop), ended: tokio::spawn(serving) }
}

fn some() -> Places {
    Places::new(64, Some(8), Vec::new())
}

impl Server {
    async fn connect(&self) -> TcpStream {
        TcpStream::connect(self.address).await.unwrap()
    }

    async fn connect_from(&self, address: &str) -> TcpStream {
        let socket = TcpSocket::new_v4().unwrap();
        socket.bind(SocketAddr::new(address.parse().unwrap(), 0)).unwrap();
        socket.connect(self.address).await.unwrap()
    }

    async fn empties(&self) {
        let emptied = async {
            while self.places.taken() > 0 {
                sleep(Duration::from_millis(10)).await;
            }
        };
        timeout(Duration::from_secs(10), emptied).await.expect("every place is given back");
    }
}

/// What comes back until the connection is closed.
async fn told(stream: &mut TcpStream) -> String {
    let mut text = Vec::new();
    timeout(Duration::from_secs(10), stream.read_to_end(&mut text)).await.expect("the connection ends").ok();
    String::from_utf8(text).unwrap()
}

const ASK: &[u8] = b"GET / HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n";

#[tokio::test]
async fn who_says_nothing_or_a_byte_now_and_then_gives_the_place_back() {
    let server = server(some()).await;
    let mut silent = server.connect().await;
    let mut dripping = server.connect().await;
    let begun = Instant::now();
    let drip = async {
        while dripping.write_all(b"G").await.is_ok() && begun.elapsed() < Duration::from_secs(10) {
            sleep(Duration::from_millis(50)).await;
        }
    };
    tokio::join!(drip, told(&mut silent));
    assert!(begun.elapsed() < Duration::from_secs(10));
    server.empties().await;
}

#[tokio::test]
async fn a_connection_kept_for_later_is_closed_when_nothing_more_is_asked() {
    let server = server(some()).await;
    let mut kept = server.connect().await;
    kept.write_all(b"GET / HTTP/1.1\r\nhost: x\r\n\r\n").await.unwrap();
    assert!(told(&mut kept).await.contains("200 OK"));
    server.empties().await;
}

#[tokio::test]
async fn a_body_that_stops_coming_ends_its_request() {
    let server = server(some()).await;
    let mut stopping = server.connect().await;
    stopping.write_all(b"POST / HTTP/1.1\r\nhost: x\r\ncontent-length: 100\r\n\r\na").await.unwrap();
    assert!(told(&mut stopping).await.starts_with("HTTP/1.1 4"));
    server.empties().await;
}

#[tokio::test]
async fn a_slow_body_that_keeps_coming_is_read_to_its_end() {
    let server = server(some()).await;
    let mut slow = server.connect().await;
    slow.write_all(b"POST / HTTP/1.1\r\nhost: x\r\nconnection: close\r\ncontent-length: 8\r\n\r\n").await.unwrap();
    for _ in 0..8 {
        sleep(Duration::from_millis(100)).await;
        slow.write_all(b"a").await.unwrap();
    }
    assert!(told(&mut slow).await.ends_with("aaaaaaaa"));
}

#[tokio::test]
async fn an_answer_that_nobody_takes_is_given_up() {
    let server = server(some()).await;
    let mut deaf = server.connect().await;
    deaf.write_all(b"GET /large HTTP/1.1\r\nhost: x\r\n\r\n").await.unwrap();
    server.empties().await;
    drop(deaf);
}

#[tokio::test]
async fn one_address_leaves_places_to_the_others() {
    let server = server(Places::new(64, Some(2), vec!["127.0.0.9/32".parse().unwrap()])).await;
    let held = [server.connect().await, server.connect().await];
    let mut third = server.connect().await;
    let refused = told(&mut third).await;
    assert!(refused.starts_with("HTTP/1.1 503") && refused.contains("retry-after: 5"), "{refused}");
    let mut other = server.connect_from("127.0.0.2").await;
    other.write_all(ASK).await.unwrap();
    assert!(told(&mut other).await.ends_with("127.0.0.2"));
    for _ in 0..4 {
        let mut proxied = server.connect_from("127.0.0.9").await;
        proxied.write_all(ASK).await.unwrap();
        assert!(told(&mut proxied).await.ends_with("127.0.0.9"));
    }
    drop(held);
    server.empties().await;
    let mut again = server.connect().await;
    again.write_all(ASK).await.unwrap();
    assert!(told(&mut again).await.contains("200 OK"));
}

#[tokio::test]
async fn when_all_places_are_taken_the_next_is_told_at_once() {
    let server = server(Places::new(1, None, Vec::new())).await;
    let held = server.connect().await;
    assert!(told(&mut server.connect_from("127.0.0.2").await).await.starts_with("HTTP/1.1 503"));
    drop(held);
}

#[tokio::test]
async fn a_server_that_stops_finishes_what_is_under_way_and_takes_nothing_new() {
    let mut server = server(some()).await;
    let (mut idle, mut asking) = (server.connect().await, server.connect().await);
    asking.write_all(b"GET /slow HTTP/1.1\r\nhost: x\r\n\r\n").await.unwrap();
    sleep(Duration::from_millis(100)).await;
    server.stop.take().unwrap().send(()).unwrap();
    assert!(told(&mut asking).await.contains("200 OK"));
    assert_eq!(told(&mut idle).await, "");
    timeout(Duration::from_secs(10), server.ended).await.unwrap().unwrap();
    assert!(TcpStream::connect(server.address).await.is_err());
}
