//! The portal's one program: serves it, and does what an operator needs done around it.

mod command;

use std::io::{ErrorKind, Write};
use std::process::ExitCode;

use clap::{Parser, Subcommand};
use server::settings::Settings;

/// Pages are many small strings, which this allocator hands out faster than the system's.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// The exit code of a command whose work is done and that could not say so; 1 is for work that failed, and 2 for a
/// command that is none.
const UNSAID: u8 = 3;

/// Huimin 惠民: a self-service portal for civil-affairs bureaus.
#[derive(Parser)]
#[command(name = "huimin", version, max_term_width = 100)]
struct Cli {
    #[command(subcommand)]
    command: Command,

    #[command(flatten)]
    settings: Settings,

    /// File with settings, `name = "value"` a line, named like the flags (TOML); flags and environment win over it.
    #[arg(long, env = "HUIMIN_CONFIG", global = true, help_heading = "Settings")]
    config: Option<std::path::PathBuf>,
}

#[derive(Subcommand)]
enum Command {
    /// Serve the portal.
    Serve,
    /// Create the database or bring its schema up to date, then stop.
    Migrate,
    /// Copy the embedded database to a new file while it is in use, and the files of applications to a folder beside that; the
    /// key file is not part of it.
    Backup { file: std::path::PathBuf },
    /// Put a backup in place of a missing database.
    Restore {
        file: std::path::PathBuf,
        /// Also where photographs or PDFs that the database names are missing.
        #[arg(long)]
        without_files: bool,
    },
    /// Look after the photographs and PDFs of applications.
    #[command(subcommand)]
    Files(FilesCommand),
    /// Look after the key file.
    #[command(subcommand)]
    Keys(KeysCommand),
    /// Check that nobody changed what was recorded.
    #[command(subcommand)]
    Audit(AuditCommand),
    /// Look after the clock.
    #[command(subcommand)]
    Clock(ClockCommand),
    /// Look after the policy packs.
    #[command(subcommand)]
    Policy(command::policy::Policy),
    /// Look after listed places: lists, closures, confirmations.
    #[command(subcommand)]
    Places(command::places::Places),
    /// Look after places and their days, and make the first administrators.
    #[command(subcommand)]
    Admin(command::admin::Admin),
}

#[derive(Subcommand)]
enum AuditCommand {
    /// Recompute every chain and checkpoint, and name the first thing that does not fit.
    Verify,
}

#[derive(Subcommand)]
enum ClockCommand {
    /// Say that the clock is right although it is behind what was last written; servers that only read write again.
    Accept,
}

#[derive(Subcommand)]
enum FilesCommand {
    /// Open every one of them, and say how many are missing or do not open.
    Verify,
}

#[derive(Subcommand)]
enum KeysCommand {
    /// Make a new sealing key and seal every record with it; servers that run take it up.
    Rotate,
}

fn main() -> ExitCode {
    let cli = match command::config::arguments(std::env::args_os()) {
        Ok(arguments) => Cli::parse_from(arguments),
        Err(error) => return failed(&error),
    };
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build();
    let outcome = match runtime {
        Ok(runtime) => runtime.block_on(run(cli)),
        Err(error) => Err(error.into()),
    };
    outcome.map_or_else(|error| failed(&error), |said| say(&said))
}

async fn run(cli: Cli) -> command::Said {
    let settings = cli.settings;
    match cli.command {
        Command::Serve => command::serve::run(settings).await,
        Command::Migrate => command::upkeep::migrate(&settings).await,
        Command::Backup { file } => command::backup::backup(&settings, &file).await,
        Command::Restore { file, without_files } => command::restore::restore(&settings, &file, without_files).await,
        Command::Files(FilesCommand::Verify) => command::files::verify(settings).await,
        Command::Keys(KeysCommand::Rotate) => command::upkeep::rotate_keys(&settings).await,
        Command::Audit(AuditCommand::Verify) => command::audit::verify(settings).await,
        Command::Clock(ClockCommand::Accept) => command::upkeep::accept_clock(settings).await,
        Command::Policy(policy) => command::policy::run(policy),
        Command::Places(places) => command::places::run(settings, places).await,
        Command::Admin(admin) => command::admin::run(settings, admin).await,
    }
}

/// What was done is done, whether or not anybody reads of it.
fn say(said: &str) -> ExitCode {
    let mut out = std::io::stdout().lock();
    match out.write_all(said.as_bytes()).and_then(|()| out.flush()) {
        Err(error) if error.kind() != ErrorKind::BrokenPipe => {
            complain(&format!("it is done, but what there is to say cannot be written: {error}\n{said}"));
            ExitCode::from(UNSAID)
        }
        _ => ExitCode::SUCCESS,
    }
}

fn failed(error: &command::Failure) -> ExitCode {
    complain(&error.to_string());
    ExitCode::FAILURE
}

fn complain(text: &str) {
    writeln!(std::io::stderr(), "huimin: {text}").ok();
}
