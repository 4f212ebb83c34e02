//! What belongs beside those who are at my counter: what to look at, in the words of their service, and what each end of the
//! visit would tell them.

use leptos::prelude::*;
use server::{
    App, Error,
    counter::{
        WouldTell, WouldTellOfPapers,
        acting::{would_tell, would_tell_of_papers},
        beside,
    },
};
use shared::counter::{Act, Ground, Outcome, Paper, StateName, Step};

use super::{act::service_of, seen::Seen};

/// Nothing while nobody is there.
#[derive(Default)]
pub struct Beside {
    /// None while they are only called: whoever has not come shows no papers.
    pub look: Option<AnyView>,
    /// Papers that these very people may lack; none where nobody knows who they are.
    pub likely: Option<Vec<Paper>>,
    /// What they would be told as a no-show.
    pub no_show: Option<WouldTell>,
    /// What they would be told when they are refused, on whatever ground.
    pub refused: Option<WouldTell>,
    /// What they would be told where papers are missing, and where it was not completed.
    pub to_return: Option<WouldTellOfPapers>,
    pub not_done: Option<WouldTell>,
}

pub async fn load(app: &App, seen: &Seen<'_>) -> Result<Beside, Error> {
    let row = seen.at_mine();
    let Some((row, pages)) = row.and_then(|row| Some((row, service_of(seen, row)?))) else {
        return Ok(Beside::default());
    };
    let told = async |act| would_tell(app, seen.staff, &row.id, &Step::Act(act)).await;
    match row.state.kind() {
        StateName::Called => Ok(Beside { no_show: told(Act::NoShow).await?, ..Beside::default() }),
        StateName::Serving => {
            let people = beside::people(app, seen.staff, &row.id).await?;
            let look = pages.at_counter.beside(seen.visit, people.as_ref(), row.walk_in);
            let likely = people.as_ref().and_then(|people| (pages.at_counter.likely)(people));
            let ground =
                (pages.at_counter.grounds)(seen.locale()).into_iter().map(|(ground, _): (Ground, _)| ground).next();
            let refused = match ground {
                Some(ground) => told(Act::Finish(Outcome::Refused { ground })).await?,
                None => None,
            };
            let to_return = would_tell_of_papers(app, seen.staff, &row.id).await?;
            let not_done = told(Act::Finish(Outcome::as_told())).await?;
            Ok(Beside { look, likely, refused, to_return, not_done, ..Beside::default() })
        }
        _ => Ok(Beside::default()),
    }
}
