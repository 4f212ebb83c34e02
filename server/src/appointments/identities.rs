//! Whether those who come are who they say they are, as far as it can be known before they stand at the desk.

use shared::appointments::Refusal;

use super::attendees::Attendees;
use crate::app::App;
use crate::identity_check::{Match, ask};

/// Whether the desk has to check the identity of each, because it could not be known here.
///
/// # Errors
/// [`Refusal::IdentityNotConfirmed`] where the operator's check says that something does not belong together.
pub(super) async fn left_to_the_desk(app: &App, attendees: &dyn Attendees) -> Result<bool, Refusal> {
    let shared = attendees.share_a_phone();
    let Some(endpoint) = &app.settings().identity_check else { return Ok(shared) };
    judge(&ask(endpoint, attendees.stated_identities()).await, shared)
}

/// A phone that several share is in one name: it has to fit one of them, and the desk checks all.
fn judge(answers: &[Match], shared: bool) -> Result<bool, Refusal> {
    let mut refused = answers.iter().map(|answer| *answer == Match::NoMatch);
    let is_refused = if shared { !answers.is_empty() && refused.all(|no| no) } else { refused.any(|no| no) };
    if is_refused {
        return Err(Refusal::IdentityNotConfirmed);
    }
    Ok(shared || answers.contains(&Match::Unknown))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_who_does_not_match_is_enough_unless_they_share_a_phone() {
        use Match::{Match as Yes, NoMatch as No, Unknown};
        for (answers, own, shared) in [
            ([Yes, Yes], Ok(false), Ok(true)),
            ([Yes, Unknown], Ok(true), Ok(true)),
            ([Unknown, Unknown], Ok(true), Ok(true)),
            ([Yes, No], Err(Refusal::IdentityNotConfirmed), Ok(true)),
            ([No, Unknown], Err(Refusal::IdentityNotConfirmed), Ok(true)),
            ([No, No], Err(Refusal::IdentityNotConfirmed), Err(Refusal::IdentityNotConfirmed)),
        ] {
            assert_eq!((judge(&answers, false), judge(&answers, true)), (own, shared), "{answers:?}");
        }
        assert_eq!((judge(&[], false), judge(&[], true)), (Ok(false), Ok(true)));
    }
}
