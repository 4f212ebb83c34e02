//! How many files a draft or case has, and which of them goes for the newest.

use std::cmp::Reverse;

use shared::procedures::NotTaken;
use shared::procedures::file::{MOST_BYTES_OF_A_CASE, MOST_OF_A_CASE, MOST_OF_A_PAPER};
use sqlx::AnyConnection;

use super::Begun;
use crate::database::{
    DatabaseError,
    sql::{int, sql},
};
use crate::error::Error;
use crate::procedures::files::rows::{self, Row, State};

/// Makes a place for a file that is about to come. What broke off is seen by nobody, so the oldest of it goes for the newest.
///
/// # Errors
/// [`NotTaken::TooManyOfPaper`] and [`NotTaken::TooManyOfCase`], where those that are whole are as many already.
pub(super) async fn make(connection: &mut AnyConnection, begun: &Begun) -> Result<(), Error> {
    let there = rows::of(connection, &begun.owner).await?;
    let live = there.iter().filter(|row| row.state != State::Refused);
    let (mut unfinished, kept): (Vec<&Row>, Vec<&Row>) = live.partition(|row| row.state == State::Receiving);
    // The last goes first: of the same paper, and the oldest of those.
    unfinished.sort_by_key(|row| (row.paper == begun.paper, Reverse(row.created_at)));
    loop {
        let files: Vec<&Row> = kept.iter().chain(&unfinished).copied().collect();
        match (full(&files, begun), unfinished.pop()) {
            (None, _) => return Ok(()),
            (Some(_), Some(oldest)) => {
                rows::remove_unfinished(connection, &(oldest.id.clone(), begun.now)).await?;
            }
            (Some(why), None) => return Err(why.into()),
        }
    }
}

/// The place behind all other files of its paper.
pub(super) async fn last(connection: &mut AnyConnection, begun: &Begun) -> Result<i64, DatabaseError> {
    let [draft, case] = begun.owner.columns();
    let statement = "select coalesce(max(position), -1) + 1 as position from case_file \
         where (draft_id = $1 or case_id = $2) and paper = $3";
    let row = sql(statement, [draft, case, begun.paper.as_str().into()]).fetch_one(connection).await?;
    int(&row, "position")
}

fn full(files: &[&Row], begun: &Begun) -> Option<NotTaken> {
    let of_paper = files.iter().filter(|row| row.paper == begun.paper).count();
    let bytes: u64 = files.iter().map(|row| row.whole.as_ref().map_or(row.announced, |whole| whole.size)).sum();
    if reaches(of_paper, MOST_OF_A_PAPER) {
        return Some(NotTaken::TooManyOfPaper);
    }
    let is_full = reaches(files.len(), MOST_OF_A_CASE) || bytes + begun.size > MOST_BYTES_OF_A_CASE;
    is_full.then_some(NotTaken::TooManyOfCase)
}

fn reaches(count: usize, most: i64) -> bool {
    i64::try_from(count).is_ok_and(|count| count >= most)
}
