//! One SQL text for SQLite and PostgreSQL, through sqlx `Any`.
//!
//! Reads take a pooled connection; every write is one transaction given as a closure. On SQLite one writer
//! takes all writes in batches; on PostgreSQL each write is its own transaction.

pub(crate) mod condition;
pub mod error;
pub mod migrate;
pub mod sql;
mod writer;

use std::{
    io,
    path::{Path, PathBuf},
    sync::{
        Arc, Once,
        atomic::{AtomicBool, Ordering},
    },
    time::Duration,
};

use futures_util::future::BoxFuture;
use sqlx::{
    AnyConnection, AnyPool, Connection,
    any::{AnyPoolOptions, install_default_drivers},
    pool::PoolConnection,
};

pub use error::{DatabaseError, Rule};
use migrate::Holds;
use writer::Writer;

use crate::files::{self, Lock};

/// Connections of one process to its database; cheap to clone.
#[derive(Clone)]
pub struct Database {
    backend: Backend,
    readers: AnyPool,
    writer: Writer,
    /// Nothing may be written now; see [`crate::clock::office`].
    only_reads: Arc<AtomicBool>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Backend {
    Sqlite,
    Postgres,
}

/// SQLite readers; more than the cores would only wait for each other.
const SQLITE_READERS: u32 = 4;
/// Time after which a PostgreSQL connection may have been closed from the other side.
const LONG_IDLE: Duration = Duration::from_secs(5);
/// How long a connection may be waited for; a page that comes after more is no use.
const CONNECTION_PATIENCE: Duration = Duration::from_secs(4);
/// PostgreSQL connections of one process, shared by reads and writes.
const POSTGRES_CONNECTIONS: u32 = 24;

impl Backend {
    pub fn of(url: &str) -> Self {
        if url.starts_with("postgres:") || url.starts_with("postgresql:") { Self::Postgres } else { Self::Sqlite }
    }
}

impl Database {
    /// Opens the database at `url` (`sqlite://path` or `postgres://…`), bringing its schema up to date.
    pub async fn open(url: &str) -> Result<Self, DatabaseError> {
        drivers();
        match Backend::of(url) {
            Backend::Sqlite => Self::open_sqlite(url).await,
            Backend::Postgres => Self::open_postgres(url).await,
        }
    }

    pub fn backend(&self) -> Backend {
        self.backend
    }

    /// A connection for reading; on SQLite it refuses to write.
    pub async fn read(&self) -> Result<PoolConnection<sqlx::Any>, DatabaseError> {
        Ok(self.readers.acquire().await?)
    }

    /// Everything that is read in it is as of one instant, the first in which something is.
    pub async fn instant(&self) -> Result<sqlx::Transaction<'static, sqlx::Any>, DatabaseError> {
        let statement = match self.backend {
            Backend::Sqlite => "begin",
            Backend::Postgres => "begin isolation level repeatable read read only",
        };
        begin(&self.readers, statement).await
    }

    /// Runs `job` as one transaction and answers only once it is durable.
    ///
    /// The job may run more than once (a failed batch is replayed, a deadlock retried), so it must have no
    /// effect outside the database. Its error undoes whatever it wrote. What is done on behalf of somebody who was shut out
    /// meanwhile ([`condition`]) is not run.
    pub async fn write<T, E, F>(&self, job: F) -> Result<T, E>
    where
        F: for<'c> Fn(&'c mut AnyConnection) -> BoxFuture<'c, Result<T, E>> + Send + Sync + 'static,
        T: Send + 'static,
        E: From<DatabaseError> + Retry + Send + 'static,
    {
        if self.is_only_reading() {
            return Err(DatabaseError::OnlyReads.into());
        }
        let Some(condition) = condition::of_this() else { return self.writer.write(job).await };
        let (backend, shared) = (self.backend, Arc::new((condition, job)));
        let write = self.writer.write(move |connection| {
            let shared = Arc::clone(&shared);
            Box::pin(async move {
                let (condition, job) = &*shared;
                condition.holds(connection, backend).await?;
                job(connection).await
            })
        });
        write.await
    }

    /// [`Self::write`] for a function that takes what it writes as an argument.
    pub async fn write_with<A, T, E, F>(&self, argument: A, job: F) -> Result<T, E>
    where
        A: Send + Sync + 'static,
        F: for<'c> Transaction<'c, A, Outcome = Result<T, E>> + Send + Sync + 'static,
        T: Send + 'static,
        E: From<DatabaseError> + Retry + Send + 'static,
    {
        // A job may be run again while an earlier run still holds its argument, so both share it.
        let shared = Arc::new((argument, job));
        self.write(move |connection| {
            let shared = Arc::clone(&shared);
            Box::pin(async move {
                let (argument, job) = &*shared;
                job.run(connection, argument).await
            })
        })
        .await
    }

    /// Whether writes are refused.
    pub fn is_only_reading(&self) -> bool {
        self.only_reads.load(Ordering::Relaxed)
    }

    pub(crate) fn only_reads(&self, only: bool) {
        self.only_reads.store(only, Ordering::Relaxed);
    }

    /// Copies the embedded database as of one instant to a file that does not exist yet.
    pub async fn copy_to(&self, file: &Path) -> Result<(), DatabaseError> {
        let mut connection = self.readers.acquire().await?;
        // A reader may not write to its own database; the copy is another one.
        sqlx::raw_sql("pragma query_only = off").execute(&mut *connection).await?;
        let path = file.display().to_string();
        let copied = sql::sql("vacuum into $1", [path.into()]).execute(&mut *connection).await;
        sqlx::raw_sql("pragma query_only = on").execute(&mut *connection).await?;
        copied?;
        Ok(())
    }

    /// Reads an embedded database from end to end, without writing to it.
    ///
    /// # Errors
    /// [`DatabaseError::Damaged`] with the first thing that is not as SQLite wrote it, [`DatabaseError::NotOurs`] for
    /// what no portal has written.
    pub async fn check(url: &str) -> Result<(), DatabaseError> {
        drivers();
        match look(&format!("{url}?mode=ro"), "pragma integrity_check(1)").await? {
            Holds::Ours => Ok(()),
            Holds::Others => Err(DatabaseError::NotOurs("a database of another program")),
            Holds::Nothing => Err(DatabaseError::NotOurs("an empty database")),
        }
    }

    /// Waits for writes under way, then closes every connection.
    pub async fn close(&self) {
        self.writer.close().await;
        self.readers.close().await;
    }

    async fn open_sqlite(url: &str) -> Result<Self, DatabaseError> {
        let path = url.strip_prefix("sqlite://").map(PathBuf::from);
        // SQLite lets two processes into one change of a schema and then refuses one of them.
        let _alone = match path {
            Some(path) => Some(alone(path).await.map_err(sqlx::Error::Io)?),
            None => None,
        };
        if look(&format!("{url}?mode=rwc"), "pragma quick_check(1)").await? == Holds::Others {
            return Err(DatabaseError::NotOurs("a database of another program"));
        }
        let writer = sqlite_pool(1, WRITER_PRAGMAS).connect(&format!("{url}?mode=rwc")).await?;
        migrate::run(&writer, Backend::Sqlite).await?;
        let readers = sqlite_pool(SQLITE_READERS, READER_PRAGMAS).connect(&format!("{url}?mode=rw")).await?;
        Ok(Self { backend: Backend::Sqlite, readers, writer: Writer::start_sqlite(writer), only_reads: Arc::default() })
    }

    async fn open_postgres(url: &str) -> Result<Self, DatabaseError> {
        // A look at each connection before its use would double the trips; only one that has long been idle is asked.
        let pool = AnyPoolOptions::new()
            .max_connections(POSTGRES_CONNECTIONS)
            .acquire_timeout(CONNECTION_PATIENCE)
            .test_before_acquire(false)
            .before_acquire(|connection, lately| {
                Box::pin(async move {
                    if lately.idle_for > LONG_IDLE {
                        connection.ping().await?;
                    }
                    Ok(true)
                })
            })
            .connect(url)
            .await?;
        migrate::run(&pool, Backend::Postgres).await?;
        let writer = Writer::Postgres(pool.clone());
        Ok(Self { backend: Backend::Postgres, readers: pool, writer, only_reads: Arc::default() })
    }
}

/// Begins a transaction, to the end even where nobody waits for it any more: a connection that is given back while it only
/// begins would go to the next asker in the middle of a transaction, since nobody ends one that has not begun.
async fn begin(
    pool: &AnyPool,
    statement: &'static str,
) -> Result<sqlx::Transaction<'static, sqlx::Any>, DatabaseError> {
    let pool = pool.clone();
    let begun = tokio::spawn(async move { pool.begin_with(statement).await }).await;
    Ok(begun.map_err(|_| DatabaseError::Stopped)??)
}

/// Makes the file where it is missing, for its owner alone; SQLite gives what it writes beside it the same rights.
/// Whoever opens it too waits until the answer is dropped.
async fn alone(path: PathBuf) -> io::Result<Lock> {
    let wait = move || {
        files::make_folder_of(&path)?;
        let alone = Lock::wait_for(&path)?;
        match files::new(&path) {
            Err(error) if error.kind() != io::ErrorKind::AlreadyExists => Err(error),
            _ => Ok(alone),
        }
    };
    tokio::task::spawn_blocking(wait).await?
}

fn drivers() {
    static DRIVERS: Once = Once::new();
    DRIVERS.call_once(install_default_drivers);
}

/// Whose database an embedded one is, if it is whole; nothing is written.
async fn look(url: &str, pragma: &'static str) -> Result<Holds, DatabaseError> {
    let mut connection = AnyConnection::connect(url).await?;
    let whole = whole(&mut connection, pragma).await;
    let holds = migrate::holds(&mut connection).await;
    connection.close().await?;
    whole?;
    holds
}

/// Asks SQLite whether a database is whole; `quick_check` leaves out only whether indexes agree with their tables.
async fn whole(connection: &mut AnyConnection, pragma: &'static str) -> Result<(), DatabaseError> {
    let said = sqlx::query_scalar::<_, String>(pragma).fetch_one(connection).await;
    match said {
        Ok(said) if said == "ok" => Ok(()),
        Ok(said) => Err(DatabaseError::Damaged(said)),
        Err(error) => match error.as_database_error() {
            Some(said) => Err(DatabaseError::Damaged(said.message().to_owned())),
            None => Err(error.into()),
        },
    }
}

/// An `async fn(connection, argument)`: stable Rust cannot say in a bound that its future may cross threads.
pub trait Transaction<'c, A: 'c> {
    type Outcome;
    fn run(&self, connection: &'c mut AnyConnection, argument: &'c A) -> impl Future<Output = Self::Outcome> + Send;
}

impl<'c, A, F, R> Transaction<'c, A> for F
where
    A: Sync + 'c,
    F: Fn(&'c mut AnyConnection, &'c A) -> R + Sync,
    R: Future + Send + 'c,
{
    type Outcome = R::Output;

    fn run(&self, connection: &'c mut AnyConnection, argument: &'c A) -> impl Future<Output = R::Output> + Send {
        self(connection, argument)
    }
}

/// Whether an error is worth running the same transaction again.
pub trait Retry {
    fn is_transient(&self) -> bool;
}

/// `full` makes each acknowledged batch survive a power cut, not only the end of the process.
const WRITER_PRAGMAS: &str = "pragma journal_mode = wal; pragma synchronous = full; pragma wal_autocheckpoint = 4000; \
     pragma cache_size = -8000; pragma temp_store = memory;";
const READER_PRAGMAS: &str = "pragma query_only = on; pragma cache_size = -2000; pragma temp_store = memory;";

fn sqlite_pool(connections: u32, pragmas: &'static str) -> AnyPoolOptions {
    AnyPoolOptions::new()
        .max_connections(connections)
        .min_connections(1)
        .idle_timeout(None)
        .max_lifetime(None)
        .test_before_acquire(false)
        .after_connect(move |connection, _| {
            Box::pin(async move { sqlx::raw_sql(pragmas).execute(connection).await.map(drop) })
        })
}
