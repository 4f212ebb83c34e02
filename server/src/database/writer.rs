//! Who writes: on SQLite one task that commits in batches, on PostgreSQL each caller for itself.

use std::{panic::AssertUnwindSafe, sync::Arc};

use futures_util::{FutureExt, future::BoxFuture};
use sqlx::{AnyConnection, AnyPool};
use tokio::sync::{mpsc, oneshot};

use super::{DatabaseError, Retry, begin};

/// Jobs in one SQLite transaction; the disk is asked once for all of them.
const BATCH: usize = 64;
/// Jobs that may wait; beyond it callers wait to hand theirs in.
const QUEUE: usize = 1024;
/// Runs of a transaction that keeps meeting others.
const TRIES: usize = 5;

#[derive(Clone)]
pub enum Writer {
    Sqlite { jobs: mpsc::Sender<Box<dyn Job>>, pool: AnyPool },
    Postgres(AnyPool),
}

impl Writer {
    pub fn start_sqlite(pool: AnyPool) -> Self {
        let (jobs, queue) = mpsc::channel(QUEUE);
        tokio::spawn(serve(pool.clone(), queue));
        Self::Sqlite { jobs, pool }
    }

    pub async fn write<T, E, F>(&self, job: F) -> Result<T, E>
    where
        F: for<'c> Fn(&'c mut AnyConnection) -> BoxFuture<'c, Result<T, E>> + Send + Sync + 'static,
        T: Send + 'static,
        E: From<DatabaseError> + Retry + Send + 'static,
    {
        match self {
            Self::Sqlite { jobs, .. } => {
                let (reply, answer) = oneshot::channel();
                let waiting = Waiting { job: Arc::new(job), outcome: None, reply };
                jobs.send(Box::new(waiting)).await.map_err(|_| E::from(DatabaseError::Stopped))?;
                answer.await.unwrap_or_else(|_| Err(DatabaseError::Stopped.into()))
            }
            Self::Postgres(pool) => write_postgres(pool, &job).await,
        }
    }

    pub async fn close(&self) {
        if let Self::Sqlite { jobs, pool } = self {
            let (done, closed) = oneshot::channel();
            // The queue is served in order, so its turn comes after all that was handed in before.
            if jobs.send(Box::new(Closing(Some(done)))).await.is_ok() {
                closed.await.ok();
            }
            pool.close().await;
        }
    }
}

async fn write_postgres<T, E, F>(pool: &AnyPool, job: &F) -> Result<T, E>
where
    F: for<'c> Fn(&'c mut AnyConnection) -> BoxFuture<'c, Result<T, E>>,
    E: From<DatabaseError> + Retry,
{
    let mut tries = 1;
    loop {
        let outcome = async {
            let mut transaction = begin(pool, "begin").await?;
            match job(&mut transaction).await {
                Ok(value) => {
                    transaction.commit().await.map_err(DatabaseError::of_commit)?;
                    Ok(value)
                }
                Err(error) => {
                    // One that is only dropped keeps its locks until the runtime finds time to end it; a connection
                    // that cannot even do that is broken, and the job's own error says more.
                    transaction.rollback().await.ok();
                    Err(error)
                }
            }
        }
        .await;
        match outcome {
            Err(error) if E::is_transient(&error) && tries < TRIES => tries += 1,
            other => return other,
        }
    }
}

/// A transaction in the queue, its types erased.
pub trait Job: Send {
    /// Runs it; true when what it wrote should stay.
    fn run<'c>(&'c mut self, connection: &'c mut AnyConnection) -> BoxFuture<'c, bool>;
    /// Answers the caller, after the commit.
    fn reply(self: Box<Self>);
    /// Answers the caller that it came to nothing.
    fn fail(self: Box<Self>, error: DatabaseError);
}

struct Waiting<F, T, E> {
    job: Arc<F>,
    outcome: Option<Result<T, E>>,
    reply: oneshot::Sender<Result<T, E>>,
}

impl<T, E, F> Job for Waiting<F, T, E>
where
    F: for<'c> Fn(&'c mut AnyConnection) -> BoxFuture<'c, Result<T, E>> + Send + Sync + 'static,
    T: Send,
    E: From<DatabaseError> + Send,
{
    fn run<'c>(&'c mut self, connection: &'c mut AnyConnection) -> BoxFuture<'c, bool> {
        Box::pin(async move {
            let job = Arc::clone(&self.job);
            // A panic in one job must not take the writer, and with it every other resident, along.
            let run = AssertUnwindSafe(async move { job(connection).await }).catch_unwind().await;
            let outcome = run.unwrap_or_else(|_| Err(DatabaseError::Panicked.into()));
            let keep = outcome.is_ok();
            self.outcome = Some(outcome);
            keep
        })
    }

    fn reply(self: Box<Self>) {
        let outcome = self.outcome.unwrap_or_else(|| Err(DatabaseError::Stopped.into()));
        // The caller may have gone away; the write stands all the same.
        drop(self.reply.send(outcome));
    }

    fn fail(self: Box<Self>, error: DatabaseError) {
        drop(self.reply.send(Err(error.into())));
    }
}

/// The last job: tells that all before it are done.
struct Closing(Option<oneshot::Sender<()>>);

impl Job for Closing {
    fn run<'c>(&'c mut self, _: &'c mut AnyConnection) -> BoxFuture<'c, bool> {
        Box::pin(async { true })
    }

    fn reply(mut self: Box<Self>) {
        if let Some(done) = self.0.take() {
            done.send(()).ok();
        }
    }

    fn fail(self: Box<Self>, _: DatabaseError) {
        self.reply();
    }
}

async fn serve(pool: AnyPool, mut queue: mpsc::Receiver<Box<dyn Job>>) {
    let mut batch = Vec::with_capacity(BATCH);
    while queue.recv_many(&mut batch, BATCH).await > 0 {
        if run_batch(&pool, &mut batch).await.is_ok() {
            batch.drain(..).for_each(Job::reply);
            continue;
        }
        for mut job in batch.drain(..) {
            match run_batch(&pool, std::slice::from_mut(&mut job)).await {
                Ok(()) => job.reply(),
                Err(error) => {
                    tracing::error!(%error, "a write could not be committed");
                    job.fail(error);
                }
            }
        }
    }
}

/// Runs the jobs in one transaction, each under a savepoint of its own, and commits.
async fn run_batch(pool: &AnyPool, batch: &mut [Box<dyn Job>]) -> Result<(), DatabaseError> {
    let mut connection = pool.acquire().await?;
    let outcome = run_jobs(&mut connection, batch).await;
    if outcome.is_err() {
        // SQLite may have rolled back by itself (a full disk does that), and then this has nothing to do.
        sqlx::raw_sql("rollback").execute(&mut *connection).await.ok();
    }
    outcome
}

/// The transaction's own statements are plain SQL, since sqlx loses count when SQLite rolls back by itself.
async fn run_jobs(connection: &mut AnyConnection, batch: &mut [Box<dyn Job>]) -> Result<(), DatabaseError> {
    let mut next = "begin immediate; savepoint job";
    let mut last = "commit";
    for job in batch {
        sqlx::raw_sql(next).execute(&mut *connection).await?;
        (next, last) = if job.run(connection).await {
            ("release job; savepoint job", "release job; commit")
        } else {
            ("rollback to job; release job; savepoint job", "rollback to job; release job; commit")
        };
    }
    sqlx::raw_sql(last).execute(connection).await?;
    Ok(())
}
