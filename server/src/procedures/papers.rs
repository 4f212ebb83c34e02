//! Papers that are handed in as files: where they can be laid now, which are still to be brought, and who of the office opens one.

use chrono::{DateTime, Utc};
use shared::problem::Problem;
use shared::procedures::{ActName, CaseId, FileId, Procedure, Refusal, State, definition::Paper};
use shared::staff::Right;

use super::cases::{FamilyCase, OfficeCase};
use super::drafts::Draft;
use super::files::{self, Handed, New, Opened, Owner, Stands};
use super::looks::{self, NewLook};
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
}

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
        Ok(Self { owner: Owner::Draft(draft.id.clone()), papers, since: DateTime::UNIX_EPOCH })
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
        Ok(Self { owner: Owner::Case(case.id.clone()), papers, since: asked.at })
    }

    /// Whose files they are, for those whose parts come one by one.
    pub fn owner(&self) -> &Owner {
        &self.owner
    }

    /// Counts one file that somebody is about to hand in.
    ///
    /// # Errors
    /// [`Problem::RateLimited`].
    pub fn count(&self, app: &App, client: &Client) -> Result<(), Problem> {
        app.limits().file(client.address, self.owner.as_str())
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
        bytes: Vec<u8>,
        now: DateTime<Utc>,
    ) -> Result<Handed, Error> {
        self.knows(paper)?;
        files::take(app, &self.owner, (paper, name), bytes, now).await
    }

    /// Makes room for a file that comes in parts.
    ///
    /// # Errors
    /// As [`Tray::take`].
    pub async fn begin(&self, app: &App, new: New<'_>, now: DateTime<Utc>) -> Result<FileId, Error> {
        self.knows(new.paper)?;
        files::begin(app, &self.owner, new, now).await
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

/// A file of a case for somebody of the office; that they looked is written down before they see it.
///
/// # Errors
/// [`shared::staff::Refusal::NotAllowed`]; [`Problem::NotFound`]; [`shared::procedures::NotTaken`] for what was not scanned
/// yet or is gone.
pub async fn look(
    app: &App,
    staff: &Staff,
    (case, id): (&CaseId, &FileId),
    now: DateTime<Utc>,
) -> Result<Opened, Error> {
    may(staff, Right::SeeCases)?;
    // It shows what the answers only show masked.
    may(staff, Right::Unmask)?;
    let owner = Owner::Case(case.clone());
    let handed = files::list(app, &owner).await?.into_iter().find(|file| file.id == *id).ok_or(Problem::NotFound)?;
    let opened = files::open(app, &owner, id).await?;
    let look = NewLook {
        case: case.clone(),
        by: staff.person().clone(),
        field: None,
        paper: Some(handed.paper),
        is_fresh: true,
        at: kept(now),
    };
    staff.write(app, look, looks::write).await?;
    Ok(opened)
}
