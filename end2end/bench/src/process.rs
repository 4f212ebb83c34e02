//! Processes: a server that is started, asked for its memory and ended, and a program that runs to its end.

use std::{
    fs::File,
    net::{Ipv4Addr, SocketAddr},
    path::Path,
    process::{Child, Command, Stdio},
    time::{Duration, Instant},
};

use hyper::StatusCode;
use tokio::time::sleep;

use crate::{Outcome, http::Connection};

/// Ends with a kill when dropped.
pub struct Process {
    child: Child,
    pub address: SocketAddr,
}

/// Memory in bytes.
pub struct Memory {
    pub now: f64,
    pub most: f64,
}

/// A program that has ended by itself.
pub struct Ran {
    pub success: bool,
    pub said: String,
    pub lasted: Duration,
    /// The most memory it had, in bytes.
    pub most: f64,
}

/// How often a program is asked for its memory: of what it takes in its last moment nothing is seen.
const LOOKS: Duration = Duration::from_millis(3);

/// Runs a program to its end; what it says goes by way of a file.
pub async fn run(mut command: Command, log: &Path) -> Outcome<Ran> {
    let file = File::create(log)?;
    command.stdin(Stdio::null()).stdout(file.try_clone()?).stderr(file);
    let begun = Instant::now();
    let (mut child, mut most) = (command.spawn()?, 0.0_f64);
    loop {
        // One that has just ended has no memory.
        if let Ok(memory) = memory(&child) {
            most = most.max(memory.most);
        }
        if let Some(status) = child.try_wait()? {
            let (lasted, said) = (begun.elapsed(), std::fs::read_to_string(log)?);
            return Ok(Ran { success: status.success(), said, lasted, most });
        }
        sleep(LOOKS).await;
    }
}

/// A server that does not answer by then never will; one with a large embedded database reads it from end to end before.
const START_LIMIT: Duration = Duration::from_secs(120);

impl Process {
    /// Starts a program that will listen on `address`; what it says goes to a file.
    pub fn start(mut command: Command, address: SocketAddr, log: &Path) -> Outcome<Self> {
        let log = File::options().create(true).append(true).open(log)?;
        command.stdin(Stdio::null()).stdout(log.try_clone()?).stderr(log);
        Ok(Self { child: command.spawn()?, address })
    }

    /// Waits for the first answer 200 of `path` and says how long after `since` it came.
    pub async fn answers(&mut self, path: &str, since: Instant) -> Outcome<Duration> {
        loop {
            if let Ok(mut connection) = Connection::open(self.address).await
                && let Ok(answer) = connection.get(path, &[]).await
                && answer.status == StatusCode::OK
            {
                return Ok(since.elapsed());
            }
            if let Some(status) = self.child.try_wait()? {
                return Err(format!("the server ended at once: {status}").into());
            }
            if since.elapsed() > START_LIMIT {
                return Err(format!("the server does not answer {path}").into());
            }
            sleep(Duration::from_micros(500)).await;
        }
    }

    pub fn memory(&self) -> Outcome<Memory> {
        memory(&self.child)
    }

    /// Processor time that it has used so far, its own and the kernel's for it.
    pub fn processor(&self) -> Outcome<Duration> {
        let stat = std::fs::read_to_string(format!("/proc/{}/stat", self.child.id()))?;
        // The name, in brackets, may hold spaces; user and system time are the 12th and 13th field after it.
        let (_, fields) = stat.rsplit_once(") ").ok_or("/proc tells no times")?;
        let ticks = fields.split(' ').skip(11).take(2).map(str::parse::<u32>).sum::<Result<u32, _>>()?;
        // Linux counts a hundred ticks a second for every program that reads /proc.
        Ok(Duration::from_secs(1) * ticks / 100)
    }

    /// Asks it to stop, and waits until it has.
    pub fn stop(mut self) -> Outcome<()> {
        Command::new("kill").args(["-TERM", &self.child.id().to_string()]).status()?;
        self.child.wait()?;
        Ok(())
    }

    /// Ends it with SIGKILL: it writes nothing more.
    pub fn kill(self) {
        drop(self);
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        // It may have ended by itself; then there is nothing to do.
        self.child.kill().ok();
        self.child.wait().ok();
    }
}

fn memory(child: &Child) -> Outcome<Memory> {
    let status = std::fs::read_to_string(format!("/proc/{}/status", child.id()))?;
    let bytes = |name: &str| -> Outcome<f64> {
        let line = status.lines().find_map(|line| line.strip_prefix(name));
        let kibibytes = line.and_then(|line| line.trim_start_matches(':').trim().strip_suffix(" kB"));
        Ok(kibibytes.ok_or("/proc tells no memory")?.parse::<f64>()? * 1024.0)
    };
    Ok(Memory { now: bytes("VmRSS")?, most: bytes("VmHWM")? })
}

/// A loopback address on which nobody listens at this moment.
pub fn free_address() -> Outcome<SocketAddr> {
    Ok(std::net::TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?.local_addr()?)
}
