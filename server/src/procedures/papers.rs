//! Papers that are handed in as files: where they can be laid now, which are still to be brought, and who of the office opens one.

use std::net::{IpAddr, Ipv4Addr};

use axum::body::Bytes;
use chrono::{DateTime, Utc};
use shared::field::FieldErrors;
use shared::plain_words::PlainWords;
use shared::problem::Problem;
use shared::procedures::{ActName, CaseId, FileId, Procedure, Refusal, State, definition::Paper};
use shared::staff::Right;

use super::cases::{FamilyCase, OfficeCase};
use super::drafts::Draft;
use super::files::{self, Handed, Handing, New, Opened, Owner, Progress, Stands};
use super::looks::{self, NewLook, Seen};
use super::{kept, may};
use crate::app::App;
use crate::client::Client;
use crate::error::Error;
use crate::staff::authority::Staff;

/// Where files can be handed in now: a draft, or a case whose family was asked for papers.
#[derive(Clone, Debug)]
pub struct Tray {
    owner: Owner,
    /// The papers that are taken, by their ids in the procedure.
    papers: Vec<String>,
    /// What was handed in before is not taken away again.
    since: DateTime<Utc>,
    from: IpAddr,
}

/// Of whoever does not say where they are.
const NOWHERE: IpAddr = IpAddr::V4(Ipv4Addr::UNSPECIFIED);

impl Tray {
    /// All papers of a draft.
    ///
    /// # Errors
    /// [`Refusal::DraftSubmitted`].
    pub fn of_draft(draft: &Draft) -> Result<Self, Refusal> {
        if draft.submitted.is_some() {
            return Err(Refusal::DraftSubmitted);
        }
        let papers = draft.offered.procedure.papers.iter().map(|paper| paper.id.clone()).collect();
        Ok(Self { owner: Owner::Draft(draft.id.clone()), papers, since: DateTime::UNIX_EPOCH, from: NOWHERE })
    }

    /// The papers that a family was asked for.
    ///
    /// # Errors
    /// [`Refusal::NotNow`] where it is asked for nothing.
    pub fn of_case(case: &FamilyCase) -> Result<Self, Refusal> {
        let asked = case.history.iter().rfind(|done| done.act == ActName::Ask);
        let (State::Supplementing { .. }, Some(asked)) = (&case.state, asked) else {
            return Err(Refusal::NotNow { state: case.state.name(), act: ActName::Supply });
        };
        let papers = case.offered.procedure.papers.iter().map(|paper| paper.id.clone());
        let papers = papers.filter(|paper| case.asked_items.contains(paper)).collect();
        Ok(Self { owner: Owner::Case(case.id.clone()), papers, since: asked.at, from: NOWHERE })
    }

    /// From where files come into it, for a share of what is in hand at once; whoever does not say it shares with all who do not.
    #[must_use]
    pub fn sent_by(self, client: &Client) -> Self {
        Self { from: client.address, ..self }
    }

    /// Whose files they are.
    pub fn owner(&self) -> &Owner {
        &self.owner
    }

    /// How files that are laid into it are kept.
    fn handing(&self) -> Handing<'_> {
        Handing { owner: &self.owner, since: self.since, from: self.from }
    }

    /// Counts one file that somebody is about to hand in, or one form of them.
    ///
    /// # Errors
    /// [`Problem::RateLimited`].
    pub fn count(&self, app: &App, client: &Client, bytes: u64) -> Result<(), Problem> {
        app.limits().file(client.address, self.owner.as_str(), bytes)
    }

    /// What lies in it and may be taken away again, each paper's in their order.
    pub async fn list(&self, app: &App) -> Result<Vec<Handed>, Error> {
        let all = files::list(app, &self.owner).await?.into_iter();
        Ok(all.filter(|file| self.takes(&file.paper) && file.handed_at >= self.since).collect())
    }

    /// Takes a file of a paper, with its name, that comes at once.
    ///
    /// # Errors
    /// [`shared::procedures::NotTaken`]; [`Problem::NotFound`] for what is no paper of it.
    pub async fn take(
        &self,
        app: &App,
        (paper, name): (&str, &str),
        bytes: impl Into<Bytes>,
        now: DateTime<Utc>,
    ) -> Result<Handed, Error> {
        self.knows(paper)?;
        files::take(app, self.handing(), (paper, name), bytes.into(), now).await
    }

    /// Makes room for a file that comes in parts.
    ///
    /// # Errors
    /// As [`Tray::take`].
    pub async fn begin(&self, app: &App, new: New<'_>, now: DateTime<Utc>) -> Result<FileId, Error> {
        self.knows(new.paper)?;
        files::begin(app, &self.owner, new, now).await
    }

    /// Lays in the next part of a file, by its bytes and how many came before it. With the last one the file is taken, or refused and
    /// gone. An empty part asks how much has come.
    ///
    /// # Errors
    /// [`shared::procedures::NotTaken`], [`Problem::TooLarge`], [`Problem::NotFound`]; [`Problem::Busy`], after which the same again
    /// goes on.
    pub async fn lay(
        &self,
        app: &App,
        id: &FileId,
        part: (u64, &[u8]),
        now: DateTime<Utc>,
    ) -> Result<(Progress, Option<Handed>), Error> {
        let progress = files::append(app, &self.owner, id, part, now).await?;
        if progress.received < progress.size {
            return Ok((progress, None));
        }
        let handed = files::finish(app, self.handing(), id, now).await?;
        Ok((progress, Some(handed)))
    }

    /// Takes a file away for good, also one of which only parts came.
    ///
    /// # Errors
    /// [`Problem::NotFound`], also for what was handed in before.
    pub async fn remove(&self, app: &App, id: &FileId, now: DateTime<Utc>) -> Result<(), Error> {
        let all = files::list(app, &self.owner).await?;
        let is_older = all.iter().any(|file| file.id == *id && file.handed_at < self.since);
        if is_older { Err(Problem::NotFound.into()) } else { files::remove(app, &self.owner, id, now).await }
    }

    /// Puts a file before the one that it came after; the first one stays where it is.
    ///
    /// # Errors
    /// [`Problem::NotFound`]; [`Error::Overtaken`] where another window changed the paper meanwhile.
    pub async fn move_up(&self, app: &App, id: &FileId) -> Result<(), Error> {
        let all = files::list(app, &self.owner).await?;
        let file = all.iter().find(|file| file.id == *id).ok_or(Problem::NotFound)?;
        let of_paper: Vec<_> = all.iter().filter(|other| other.paper == file.paper).collect();
        let mut order: Vec<FileId> = of_paper.iter().map(|file| file.id.clone()).collect();
        let place = order.iter().position(|other| other == id).ok_or(Problem::NotFound)?;
        let Some(before) = place.checked_sub(1).filter(|before| of_paper[*before].handed_at >= self.since) else {
            return Ok(());
        };
        order.swap(before, place);
        files::arrange(app, &self.owner, &file.paper, &order).await
    }

    fn takes(&self, paper: &str) -> bool {
        self.papers.iter().any(|known| known == paper)
    }

    fn knows(&self, paper: &str) -> Result<(), Problem> {
        if self.takes(paper) { Ok(()) } else { Err(Problem::NotFound) }
    }
}

/// Everything that was handed in of a draft, whether it was submitted or not.
pub async fn of_draft(app: &App, draft: &Draft) -> Result<Vec<Handed>, Error> {
    files::list(app, &Owner::Draft(draft.id.clone())).await
}

/// A file of a draft, for whoever fills it in.
///
/// # Errors
/// [`Problem::NotFound`], also once it was handed in; [`shared::procedures::NotTaken`] for what was not scanned yet or is gone.
pub async fn open_of_draft(app: &App, draft: &Draft, id: &FileId) -> Result<Opened, Error> {
    files::open(app, &Owner::Draft(draft.id.clone()), id).await
}

/// The papers that a family still brings to the counter: those that are needed by its answers and not here, while its case is open.
pub fn missing(case: &FamilyCase) -> Vec<&Paper> {
    if case.state.is_open() { lacking(&case.offered.procedure, &case.papers, &case.files) } else { Vec::new() }
}

/// The papers that are needed by the answers of a case and not here as files, for the office.
pub fn not_here(case: &OfficeCase) -> Vec<&Paper> {
    lacking(&case.offered.procedure, &case.papers, &case.files)
}

/// Of the papers that are needed, by their ids, those of which nothing that can be read was handed in. Their lack keeps nobody from
/// handing in.
fn lacking<'p>(procedure: &'p Procedure, needed: &[String], handed: &[Handed]) -> Vec<&'p Paper> {
    let is_there = |id: &str| handed.iter().any(|file| file.paper == id && file.stands != Stands::Refused);
    procedure.papers.iter().filter(|paper| needed.contains(&paper.id) && !is_there(&paper.id)).collect()
}

/// A file of a case for somebody of the office; that they looked and why is written down before they see it. Without a reason it is
/// the one that they gave in this case within a quarter of an hour.
///
/// # Errors
/// [`shared::staff::Refusal::NotAllowed`]; a field error at `why`; [`shared::staff::Refusal::SignInAgain`] after many answers and files
/// within an hour; [`Problem::NotFound`]; [`shared::procedures::NotTaken`] for what was not scanned yet or is gone.
pub async fn look(
    app: &App,
    staff: &Staff,
    (case, id): (&CaseId, &FileId),
    why: Option<&str>,
    now: DateTime<Utc>,
) -> Result<Opened, Error> {
    may(staff, Right::SeeCases)?;
    // It shows what the answers only show masked.
    may(staff, Right::Unmask)?;
    let why = why.map(PlainWords::parse).transpose().map_err(|reason| FieldErrors::one("why", reason))?;
    let owner = Owner::Case(case.clone());
    let handed = files::list(app, &owner).await?.into_iter().find(|file| file.id == *id).ok_or(Problem::NotFound)?;
    let opened = files::open(app, &owner, id).await?;
    let why = why.map(|why| why.as_str().to_owned());
    let look = NewLook {
        app: app.clone(),
        case: case.clone(),
        by: staff.person().clone(),
        seen: Seen::File { file: id.clone(), paper: handed.paper, why },
        is_fresh: staff.is_fresh(),
        at: kept(now),
    };
    staff.write(app, look, looks::write).await?;
    Ok(opened)
}
