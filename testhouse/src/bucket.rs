//! A storage of the kind that a bureau rents (S3), on this machine: it checks signatures, goes away and comes back.

use std::{
    fs,
    net::{Ipv4Addr, SocketAddr},
    path::{Path, PathBuf},
    sync::mpsc,
    thread::{self, JoinHandle},
};

use hyper::server::conn::http1;
use hyper_util::rt::TokioIo;
use s3s::{
    auth::SimpleAuth,
    service::{S3Service, S3ServiceBuilder},
};
use s3s_fs::FileSystem;
use tempfile::TempDir;
use tokio::{net::TcpListener, runtime::Builder, sync::oneshot};

/// What opens it.
pub const ACCESS_KEY: &str = "invented-access-key";
pub const SECRET_KEY: &str = "invented-secret-key";
pub const REGION: &str = "local-1";
/// Its one bucket.
pub const BUCKET: &str = "papers";

/// A storage with one bucket; gone with all that lies in it when this is dropped.
pub struct S3 {
    folder: TempDir,
    address: SocketAddr,
    running: Option<Running>,
}

struct Running {
    stop: oneshot::Sender<()>,
    thread: JoinHandle<()>,
}

impl S3 {
    pub fn open() -> Self {
        let folder = tempfile::tempdir().unwrap();
        fs::create_dir(folder.path().join(BUCKET)).unwrap();
        let (address, running) = start(folder.path(), SocketAddr::from((Ipv4Addr::LOCALHOST, 0)));
        Self { folder, address, running: Some(running) }
    }

    pub fn endpoint(&self) -> String {
        format!("http://{}", self.address)
    }

    /// What a process that stores in it is told by its environment.
    pub fn environment(&self) -> [(&'static str, String); 5] {
        [
            ("HUIMIN_FILES", format!("s3://{BUCKET}/huimin")),
            ("AWS_ENDPOINT_URL", self.endpoint()),
            ("AWS_REGION", REGION.to_owned()),
            ("AWS_ACCESS_KEY_ID", ACCESS_KEY.to_owned()),
            ("AWS_SECRET_ACCESS_KEY", SECRET_KEY.to_owned()),
        ]
    }

    /// It is gone, with every connection to it; what it holds stays.
    pub fn goes_away(&mut self) {
        let Some(Running { stop, thread }) = self.running.take() else { return };
        stop.send(()).ok();
        thread.join().unwrap();
    }

    /// It is there again, at the same address.
    pub fn comes_back(&mut self) {
        self.goes_away();
        self.running = Some(start(self.folder.path(), self.address).1);
    }

    /// Everything that lies in its bucket, whatever it is called.
    pub fn objects(&self) -> Vec<Vec<u8>> {
        below(&self.folder.path().join(BUCKET)).iter().map(|path| fs::read(path).unwrap()).collect()
    }

    /// Names of everything that it keeps, also beside the bucket.
    pub fn names(&self) -> Vec<String> {
        below(self.folder.path()).iter().map(|path| path.display().to_string()).collect()
    }

    /// Loses everything in its bucket.
    pub fn loses_all(&self) {
        for path in below(&self.folder.path().join(BUCKET)) {
            fs::remove_file(path).unwrap();
        }
    }
}

impl Drop for S3 {
    fn drop(&mut self) {
        self.goes_away();
    }
}

fn below(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    entries.flat_map(|path| if path.is_dir() { below(&path) } else { vec![path] }).collect()
}

/// Serves a folder from a thread of its own; where it is, once it answers.
fn start(folder: &Path, address: SocketAddr) -> (SocketAddr, Running) {
    let mut service = S3ServiceBuilder::new(FileSystem::new(folder).unwrap());
    service.set_auth(SimpleAuth::from_single(ACCESS_KEY, SECRET_KEY));
    let service = service.build();
    let (stop, stopped) = oneshot::channel();
    let (tell, told) = mpsc::channel();
    let thread = thread::spawn(move || {
        let runtime = Builder::new_current_thread().enable_all().build().unwrap();
        runtime.block_on(async {
            let listener = TcpListener::bind(address).await.unwrap();
            tell.send(listener.local_addr().unwrap()).unwrap();
            tokio::select! {
                _ = stopped => {}
                () = serve(listener, service) => {}
            }
        });
        // Dropping the runtime breaks off what is under way.
    });
    (told.recv().unwrap(), Running { stop, thread })
}

async fn serve(listener: TcpListener, service: S3Service) {
    loop {
        let Ok((stream, _)) = listener.accept().await else { continue };
        let service = service.clone();
        tokio::spawn(async move {
            http1::Builder::new().serve_connection(TokioIo::new(stream), service).await.ok();
        });
    }
}
