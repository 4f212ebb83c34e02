//! A light HTTP client: one connection, kept open, one request at a time, as one resident's browser.

use std::net::SocketAddr;

use http_body_util::{BodyExt, Full};
use hyper::{
    Method, Request, StatusCode,
    body::{Bytes, Incoming},
    client::conn::http1::{self, SendRequest},
    header::{HOST, HeaderMap, SET_COOKIE},
    http::response::Parts,
};
use hyper_util::rt::TokioIo;
use serde::Serialize;
use tokio::net::TcpStream;

use crate::Outcome;

pub struct Connection {
    host: String,
    sender: SendRequest<Full<Bytes>>,
}

pub struct Answer {
    pub status: StatusCode,
    pub headers: HeaderMap,
    pub body: Bytes,
}

/// Header names and values of one request.
pub type Headers<'a> = &'a [(&'static str, &'a str)];

impl Connection {
    pub async fn open(address: SocketAddr) -> Outcome<Self> {
        let stream = TcpStream::connect(address).await?;
        stream.set_nodelay(true)?;
        let (sender, connection) = http1::handshake(TokioIo::new(stream)).await?;
        // Ends with the sender; what goes wrong on the way is also told to the request.
        tokio::spawn(connection);
        Ok(Self { host: address.to_string(), sender })
    }

    pub async fn get(&mut self, path: &str, headers: Headers<'_>) -> Outcome<Answer> {
        self.send(Method::GET, path, headers, Bytes::new()).await
    }

    pub async fn post_json(&mut self, path: &str, headers: Headers<'_>, body: &impl Serialize) -> Outcome<Answer> {
        self.send_json((Method::POST, path), headers, body).await
    }

    pub async fn put_json(&mut self, path: &str, headers: Headers<'_>, body: &impl Serialize) -> Outcome<Answer> {
        self.send_json((Method::PUT, path), headers, body).await
    }

    /// Sends bytes as they are.
    pub async fn patch(&mut self, path: &str, headers: Headers<'_>, body: Bytes) -> Outcome<Answer> {
        let with_type = [headers, &[(CONTENT_TYPE, "application/octet-stream")]].concat();
        self.send(Method::PATCH, path, &with_type, body).await
    }

    /// Sends a form as a browser without scripts does; the body is already encoded.
    pub async fn post_form(&mut self, path: &str, headers: Headers<'_>, body: &str) -> Outcome<Answer> {
        let sent = [(CONTENT_TYPE, "application/x-www-form-urlencoded"), ("sec-fetch-site", "same-origin")];
        let with_type = [headers, &sent].concat();
        self.send(Method::POST, path, &with_type, Bytes::copy_from_slice(body.as_bytes())).await
    }

    /// Asks for what never ends, and gives its pieces as they come.
    pub async fn listen(mut self, path: &str, headers: Headers<'_>) -> Outcome<Listening> {
        let (parts, body) = self.request(Method::GET, path, headers, Bytes::new()).await?;
        match parts.status {
            StatusCode::OK => Ok(Listening { body, _connection: self }),
            status => Err(format!("{path} answers {status}").into()),
        }
    }

    async fn send_json(
        &mut self,
        (method, path): (Method, &str),
        headers: Headers<'_>,
        body: &impl Serialize,
    ) -> Outcome<Answer> {
        let body = serde_json::to_vec(body)?.into();
        let with_type = [headers, &[(CONTENT_TYPE, "application/json")]].concat();
        self.send(method, path, &with_type, body).await
    }

    async fn send(&mut self, method: Method, path: &str, headers: Headers<'_>, body: Bytes) -> Outcome<Answer> {
        let (parts, body) = self.request(method, path, headers, body).await?;
        Ok(Answer { status: parts.status, headers: parts.headers, body: body.collect().await?.to_bytes() })
    }

    async fn request(
        &mut self,
        method: Method,
        path: &str,
        headers: Headers<'_>,
        body: Bytes,
    ) -> Outcome<(Parts, Incoming)> {
        let mut request = Request::builder().method(method).uri(path).header(HOST, &self.host);
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        self.sender.ready().await?;
        let response = self.sender.send_request(request.body(Full::new(body))?).await?;
        Ok(response.into_parts())
    }
}

/// An answer that goes on.
pub struct Listening {
    body: Incoming,
    /// Ends the answer with it.
    _connection: Connection,
}

impl Listening {
    /// The next piece; none once it has ended.
    pub async fn next(&mut self) -> Outcome<Option<Bytes>> {
        match self.body.frame().await {
            Some(frame) => Ok(Some(frame?.into_data().unwrap_or_default())),
            None => Ok(None),
        }
    }
}

const CONTENT_TYPE: &str = "content-type";

impl Answer {
    /// The `Cookie` header that a browser would send after this answer.
    pub fn cookies(&self) -> String {
        let cookies = self.headers.get_all(SET_COOKIE).iter();
        let pairs = cookies.filter_map(|cookie| cookie.to_str().ok()?.split(';').next());
        pairs.collect::<Vec<_>>().join("; ")
    }
}
