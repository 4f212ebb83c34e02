//! Where files of applications lie, and what scans them.

use std::{net::SocketAddr, path::PathBuf, str::FromStr};

use clap::Args;

/// Both may be left out.
#[derive(Args, Clone, Debug, Default)]
pub struct Storage {
    /// `s3://bucket/folder` for the photographs and PDFs of applications, where several servers share them; its endpoint, region
    /// and keys stand in the usual `AWS_` variables. In the folder of `HUIMIN_DATA` when left out.
    #[arg(long, global = true, help_heading = "Settings", env = "HUIMIN_FILES")]
    pub files: Option<BucketAddress>,

    /// Where `clamd` scans them: `unix:/run/clamav/clamd.ctl` or `tcp:127.0.0.1:3310`. What it has not scanned is given
    /// to nobody; nothing is scanned when left out.
    #[arg(long, global = true, help_heading = "Settings", env = "HUIMIN_CLAMD")]
    pub clamd: Option<Clamd>,
}

/// A bucket of S3-compatible storage and a folder in it, which may be empty.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BucketAddress {
    pub bucket: String,
    pub folder: String,
}

/// Where `clamd` listens. What goes there is not sealed, so over TCP it is this machine itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Clamd {
    Unix(PathBuf),
    Tcp(SocketAddr),
}

impl FromStr for BucketAddress {
    type Err = &'static str;

    fn from_str(url: &str) -> Result<Self, Self::Err> {
        const EXPECTED: &str = "use s3://bucket or s3://bucket/folder, of small letters, digits, `-`, `_` and `.`";
        let plain = |part: &str| {
            let is_plain = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || b"-_.".contains(&byte);
            !part.is_empty() && !part.starts_with('.') && part.bytes().all(is_plain)
        };
        let rest = url.strip_prefix("s3://").ok_or(EXPECTED)?.trim_end_matches('/');
        let (bucket, folder) = rest.split_once('/').unwrap_or((rest, ""));
        if !plain(bucket) || !(folder.is_empty() || folder.split('/').all(plain)) {
            return Err(EXPECTED);
        }
        Ok(Self { bucket: bucket.to_owned(), folder: folder.to_owned() })
    }
}

impl FromStr for Clamd {
    type Err = &'static str;

    fn from_str(address: &str) -> Result<Self, Self::Err> {
        const EXPECTED: &str = "use unix:/path/of/the/socket, or tcp:127.0.0.1:3310 on this machine";
        if let Some(path) = address.strip_prefix("unix:").filter(|path| path.starts_with('/')) {
            return Ok(Self::Unix(path.into()));
        }
        let address = address.strip_prefix("tcp:").and_then(|address| address.parse::<SocketAddr>().ok());
        address.filter(|address| address.ip().is_loopback()).map(Self::Tcp).ok_or(EXPECTED)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bucket_has_a_name_and_perhaps_a_folder() {
        let address =
            |bucket: &str, folder: &str| BucketAddress { bucket: bucket.to_owned(), folder: folder.to_owned() };
        assert_eq!("s3://papers".parse(), Ok(address("papers", "")));
        assert_eq!("s3://papers/huimin/2026/".parse(), Ok(address("papers", "huimin/2026")));
        for wrong in ["papers", "s3://", "s3:///folder", "s3://Papers", "s3://papers/../other", "https://papers"] {
            assert!(wrong.parse::<BucketAddress>().is_err(), "{wrong}");
        }
    }

    #[test]
    fn what_is_scanned_goes_over_no_network() {
        assert_eq!("unix:/run/clamd.ctl".parse(), Ok(Clamd::Unix("/run/clamd.ctl".into())));
        assert!("tcp:127.0.0.1:3310".parse::<Clamd>().is_ok() && "tcp:[::1]:3310".parse::<Clamd>().is_ok());
        for wrong in ["tcp:10.0.0.2:3310", "tcp:clamav:3310", "unix:clamd.ctl", "127.0.0.1:3310", ""] {
            assert!(wrong.parse::<Clamd>().is_err(), "{wrong}");
        }
    }
}
