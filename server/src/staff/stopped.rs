//! Whether somebody was stopped since they proposed something. A thief's proposal does not come to life again under the name of
//! whoever is let in again.

/// The condition that since an instant the account of a person was closed or set up anew, all its sessions were ended, or its
/// password or authenticator was changed.
macro_rules! stopped {
    ($person:literal, $since:literal) => {
        concat!(
            "exists (select 1 from audit e where e.stream = 'staff:' || ",
            $person,
            " and e.at >= ",
            $since,
            " and (e.act in ('account_suspended', 'account_reset', 'account_set_up', 'password_changed', \
             'authenticator_changed') or (e.act = 'session_ended' and e.detail like '%\"session\":null%')))"
        )
    };
}

pub(crate) use stopped;
