//! Asking `clamd` whether a file holds malicious software (its INSTREAM, over a socket of this machine).

use std::{io, time::Duration};

use tokio::{
    io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt},
    net::{TcpStream, UnixStream},
    time::timeout,
};

use crate::settings::Clamd;

/// How long a file may be looked at, from the connection to the answer.
const PATIENCE: Duration = Duration::from_secs(10);
/// Bytes sent at a time; `clamd` wants the length before each.
const CHUNK: usize = 64 * 1024;
/// Bytes of an answer.
const LONGEST: u64 = 4096;

/// What the scanner says of a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Verdict {
    Clean,
    /// What it found, by its own name for it.
    Found(String),
    /// It is not there, which says nothing of the file.
    Away,
    /// It gave no answer that could be read, or not in time: perhaps to this file alone.
    Unknown,
}

pub(super) async fn scan(clamd: &Clamd, bytes: &[u8]) -> Verdict {
    let verdict = match timeout(PATIENCE, ask(clamd, bytes)).await {
        Ok(Ok(answer)) => read(&answer),
        Ok(Err(Unanswered::Away(error))) => {
            tracing::warn!(%error, "the scanner of files cannot be reached");
            return Verdict::Away;
        }
        Ok(Err(Unanswered::BrokeOff(error))) => {
            tracing::warn!(%error, "the scanner of files broke off");
            return Verdict::Unknown;
        }
        Err(_) => {
            tracing::warn!("the scanner of files did not answer in time");
            return Verdict::Unknown;
        }
    };
    match &verdict {
        Verdict::Found(name) => tracing::warn!(%name, "the scanner found something in a file that was handed in"),
        Verdict::Unknown => tracing::warn!("the scanner of files gave no answer that could be read"),
        Verdict::Clean | Verdict::Away => {}
    }
    verdict
}

/// Why there is no answer.
enum Unanswered {
    Away(io::Error),
    BrokeOff(io::Error),
}

async fn ask(clamd: &Clamd, bytes: &[u8]) -> Result<String, Unanswered> {
    let answer = match clamd {
        Clamd::Unix(path) => send(UnixStream::connect(path).await.map_err(Unanswered::Away)?, bytes).await,
        Clamd::Tcp(address) => send(TcpStream::connect(address).await.map_err(Unanswered::Away)?, bytes).await,
    };
    answer.map_err(Unanswered::BrokeOff)
}

async fn send(mut stream: impl AsyncRead + AsyncWrite + Unpin, bytes: &[u8]) -> io::Result<String> {
    stream.write_all(b"zINSTREAM\0").await?;
    for chunk in bytes.chunks(CHUNK) {
        let length = u32::try_from(chunk.len()).map_err(io::Error::other)?;
        stream.write_all(&length.to_be_bytes()).await?;
        stream.write_all(chunk).await?;
    }
    stream.write_all(&0_u32.to_be_bytes()).await?;
    stream.flush().await?;
    let mut answer = Vec::new();
    stream.take(LONGEST).read_to_end(&mut answer).await?;
    Ok(String::from_utf8_lossy(&answer).trim_end_matches(['\0', '\n']).to_owned())
}

/// `stream: OK`, or `stream: NAME FOUND`.
fn read(answer: &str) -> Verdict {
    match answer.strip_prefix("stream: ") {
        Some("OK") => Verdict::Clean,
        Some(said) => said.strip_suffix(" FOUND").map_or(Verdict::Unknown, |name| Verdict::Found(name.to_owned())),
        None => Verdict::Unknown,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_plain_yes_is_clean() {
        assert_eq!(read("stream: OK"), Verdict::Clean);
        assert_eq!(read("stream: Eicar-Test-Signature FOUND"), Verdict::Found("Eicar-Test-Signature".to_owned()));
        for unclear in ["", "OK", "stream: ", "stream: OKAY", "INSTREAM size limit exceeded. ERROR", "stream: ok"] {
            assert_eq!(read(unclear), Verdict::Unknown, "{unclear}");
        }
    }

    #[tokio::test]
    async fn a_scanner_that_is_not_there_says_nothing_of_the_file() {
        let nowhere = Clamd::Unix("/nonexistent/clamd.ctl".into());
        assert_eq!(scan(&nowhere, b"page").await, Verdict::Away);
    }
}
