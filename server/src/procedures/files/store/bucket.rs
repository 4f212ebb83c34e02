//! Files in S3-compatible storage, asked through the house's own HTTP client: one TLS in the program is enough.

use std::time::Duration;

use async_trait::async_trait;
use axum::{
    body::{self, Body, Bytes},
    http::{Request, request::Parts},
};
use futures_util::{StreamExt, stream};
use object_store::{
    ClientOptions, GetOptions, ObjectStore, PutOptions, RetryConfig,
    aws::{AmazonS3, AmazonS3Builder},
    client::{HttpClient, HttpConnector, HttpError, HttpErrorKind, HttpRequest, HttpResponse, HttpService},
    path::Path,
};
use ureq::Agent;

use super::StoreError;
use crate::settings::BucketAddress;

/// How long one question may take; somebody waits with a page open.
const PATIENCE: Duration = Duration::from_secs(8);
/// After how long nothing is asked again.
const GIVEN_UP: Duration = Duration::from_secs(10);
const TRIES_AGAIN: usize = 2;
/// Bytes of an answer: a sealed file, and something beside it.
const LONGEST: u64 = 64 * 1024 * 1024;

#[derive(Clone, Debug)]
pub struct Bucket {
    s3: AmazonS3,
    /// Empty, or ending with a slash.
    folder: String,
}

impl Bucket {
    /// With the endpoint and the keys of the environment. Asks nothing of the storage yet.
    pub(super) fn open(address: &BucketAddress) -> Result<Self, StoreError> {
        Self::with(AmazonS3Builder::from_env(), address)
    }

    fn with(builder: AmazonS3Builder, address: &BucketAddress) -> Result<Self, StoreError> {
        let retry = RetryConfig { max_retries: TRIES_AGAIN, retry_timeout: GIVEN_UP, ..RetryConfig::default() };
        let s3 = builder
            .with_bucket_name(address.bucket.clone())
            .with_http_connector(Connector)
            .with_retry(retry)
            // Not every storage knows how to delete many at once.
            .with_disable_bulk_delete(true)
            .build()?;
        let folder = if address.folder.is_empty() { String::new() } else { format!("{}/", address.folder) };
        Ok(Self { s3, folder })
    }

    pub(super) async fn put(&self, object: &str, bytes: Vec<u8>) -> Result<(), StoreError> {
        let stored = self.s3.put_opts(&self.path(object), bytes.into(), PutOptions::default()).await;
        // Where the bucket itself is missing, that is no file that is missing.
        stored.map(drop).map_err(|error| StoreError::Bucket(Box::new(error)))
    }

    pub(super) async fn get(&self, object: &str) -> Result<Vec<u8>, StoreError> {
        let found = self.s3.get_opts(&self.path(object), GetOptions::default()).await?;
        Ok(found.bytes().await?.into())
    }

    pub(super) async fn remove(&self, object: &str) -> Result<(), StoreError> {
        let path = self.path(object);
        let mut removed = self.s3.delete_stream(stream::iter([Ok(path)]).boxed());
        match removed.next().await {
            Some(Err(error)) if !matches!(error, object_store::Error::NotFound { .. }) => Err(error.into()),
            _ => Ok(()),
        }
    }

    fn path(&self, object: &str) -> Path {
        Path::from(format!("{}{object}", self.folder))
    }
}

/// Makes clients that share one pool of connections.
#[derive(Debug)]
struct Connector;

impl HttpConnector for Connector {
    fn connect(&self, _: &ClientOptions) -> object_store::Result<HttpClient> {
        let config = Agent::config_builder()
            .timeout_global(Some(PATIENCE))
            .max_redirects(0)
            .max_redirects_will_error(false)
            .http_status_as_error(false);
        Ok(HttpClient::new(Service(config.build().into())))
    }
}

#[derive(Debug)]
struct Service(Agent);

#[async_trait]
impl HttpService for Service {
    async fn call(&self, request: HttpRequest) -> Result<HttpResponse, HttpError> {
        let (parts, body) = request.into_parts();
        let body = body::to_bytes(Body::new(body), usize::MAX).await;
        let body = body.map_err(|error| HttpError::new(HttpErrorKind::Request, error))?;
        let agent = self.0.clone();
        let asked = tokio::task::spawn_blocking(move || ask(&agent, parts, &body)).await;
        asked.map_err(|error| HttpError::new(HttpErrorKind::Interrupted, error))?
    }
}

fn ask(agent: &Agent, parts: Parts, body: &Bytes) -> Result<HttpResponse, HttpError> {
    let answer = if body.is_empty() {
        agent.run(Request::from_parts(parts, ()))
    } else {
        agent.run(Request::from_parts(parts, &body[..]))
    };
    let (parts, body) = answer.map_err(failed)?.into_parts();
    let body = body.into_with_config().limit(LONGEST).read_to_vec().map_err(failed)?;
    Ok(HttpResponse::from_parts(parts, body.into()))
}

fn failed(error: ureq::Error) -> HttpError {
    let kind = match &error {
        ureq::Error::Timeout(_) => HttpErrorKind::Timeout,
        ureq::Error::HostNotFound | ureq::Error::ConnectionFailed => HttpErrorKind::Connect,
        ureq::Error::Io(_) => HttpErrorKind::Interrupted,
        _ => HttpErrorKind::Unknown,
    };
    HttpError::new(kind, error)
}

#[cfg(test)]
mod tests;
