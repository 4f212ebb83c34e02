//! What somebody began that waits for a second person, so that they see whether all of it is theirs. What is said of places stands
//! in [`crate::counter::place_change`].

use chrono::{DateTime, Utc};
use shared::staff::Role;

use super::authority::Staff;
use super::stopped::stopped;
use super::{invitation, proposal};
use crate::app::App;
use crate::database::sql::{instant, sql, text, word};
use crate::error::Error;

/// A first half.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Begun {
    pub what: What,
    /// The account that it is about.
    pub about: String,
    pub at: DateTime<Utc>,
}

/// What the second person would finish.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum What {
    /// The role that takes two to be given.
    Role(Role),
    /// The role that takes two to end.
    End(Role),
    Suspended,
    /// An invitation that was not taken up yet.
    Invited,
    Opened,
}

/// Everything that waits of what `staff` began, the oldest first. It is void once they are stopped.
pub async fn of(app: &App, staff: &Staff, now: DateTime<Utc>) -> Result<Vec<Begun>, Error> {
    const BEGUN: &str = concat!(
        "select 'role' as what, p.role, (select min(a.name) from staff_account a where a.staff_id = p.staff_id) as about, \
         p.proposed_at as begun_at from role_proposal p \
         where p.proposer = $1 and p.outcome is null and p.expires_at > $2 and not ",
        stopped!("p.proposer", "p.proposed_after"),
        " union all select 'end', r.role, (select min(a.name) from staff_account a where a.staff_id = r.staff_id), r.ending_at \
         from staff_role r where r.ending_by = $1 and r.ending_at > $3 and (r.until_at is null or r.until_at > $2) and not ",
        stopped!("r.ending_by", "r.ending_after"),
        " union all select 'suspended', '', s.name, s.suspended_at from staff_account s \
         where s.suspended_by = $1 and s.suspended_until > $2 and not ",
        stopped!("s.suspended_by", "s.suspended_after"),
        " union all select 'invited', '', i.account, i.expires_at - $4 from staff_invitation i \
         where i.made_by = $1 and i.expires_at > $2 and not ",
        stopped!("i.made_by", "i.made_after"),
        " union all select 'opened', '', o.name, o.opened_at from staff_account o \
         where o.opened_by = $1 and o.seen_by is null and o.suspended_at is null and not ",
        stopped!("o.opened_by", "o.opened_after"),
        " order by begun_at, about"
    );
    let values = [
        staff.person().as_str().into(),
        now.into(),
        (now - proposal::LIFETIME).into(),
        invitation::LIFETIME.num_milliseconds().into(),
    ];
    let rows = sql(BEGUN, values).fetch_all(&mut *app.database().read().await?).await?;
    let mut begun = Vec::with_capacity(rows.len());
    for row in &rows {
        let role = || word(row, "role", Role::from_name);
        let what = match text(row, "what")?.as_str() {
            "role" => What::Role(role()?),
            "end" => What::End(role()?),
            "suspended" => What::Suspended,
            "invited" => What::Invited,
            _ => What::Opened,
        };
        begun.push(Begun { what, about: text(row, "about")?, at: instant(row, "begun_at")? });
    }
    Ok(begun)
}
