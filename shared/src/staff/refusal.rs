//! What staff are refused.

mod giving;
mod second_person;
mod sign_in;

use super::role::Role;
use crate::problem::{self, Problem, Words};

/// Why somebody was not let in, or may not do this.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// Account, password or code: never which.
    NotRecognised,
    /// Too many tries, from this machine or for this account from machines that are not known.
    TooManyTries {
        /// Seconds until the next one.
        retry_after: u64,
    },
    /// There is no session, or it is over.
    SignInNeeded,
    /// The session lasts, but this asks for password and code anew.
    SignInAgain,
    /// None of their roles allows this here and now.
    NotAllowed,
    /// The name is another account's, of whoever.
    AccountTaken,
    /// Somebody with this identity number works here already.
    PersonKnown,
    /// The invitation was taken up, replaced, or is older than a day.
    InvitationOver,
    /// The code is not one of the authenticator that is being set up.
    NotThisAuthenticator,
    /// Passkeys are not offered here.
    NoPasskey,
    /// The passkey did not sign what it was asked to in time, or belongs to an account already.
    PasskeyRefused,
    /// A further passkey is added, or one taken away, only in a session that one of them opened.
    PasskeyNeeded,
    /// An account has as many as it may.
    PasskeysFull,
    /// Nobody gives themselves a role.
    OwnRole,
    /// This role takes two others to give it.
    TakesTwo,
    /// The operator makes the first two administrators of an office; whoever comes after them is made by two.
    AdministratorsThere,
    /// They have a role that goes together with this one for nobody.
    RolesExclude { role: Role, held: Role },
    /// It is given for an office and for no single place of one.
    WholeOffice { role: Role },
    /// It would end before it begins.
    EmptyTime,
    /// Nobody suspends, resets or lets in their own account: another does.
    OwnAccount,
    /// Their account is at home at another office, so this one makes no administrator of them.
    RolesElsewhere,
    /// The account of an administrator is opened again by the operator: whoever holds two of them would be two persons.
    OperatorOpens,
    /// The same was proposed before and waits.
    ProposedAlready,
    /// A change of what is said of this place waits already.
    PlaceChangeWaits,
    /// It was decided, withdrawn, or is older than three days.
    ProposalOver,
    /// Who approves was an administrator there before it was proposed.
    ApproverTooNew,
    /// Password and code are right, but nobody has yet seen whose account it is, beside whoever opened it.
    Unconfirmed {
        /// What its owner tells the second person.
        number: u32,
    },
    /// Password and code are right, but whoever opened the account was stopped before a second person could confirm it.
    OpenedInVain,
    /// Not the number that the owner of the account was told.
    NotTheNumber,
    /// Who did the first half of it does not do the second.
    TakesAnother,
    /// Somebody was faster, or it was done anew.
    NothingToConfirm,
    /// Whoever did the first half was stopped since, so nobody does the second.
    FirstStopped,
    /// Their account is not at home where this administrator looks after accounts, so it is another's to close and open.
    WorksElsewhere,
    /// Nobody agreed when they suspended this administrator, less than thirty days ago.
    NotAgreed,
    /// They ended all sessions of this person as often as one other does.
    EndedLately { retry_after: u64 },
    /// An administrator's role is taken back, and the account of an auditor or of an office's last manager opened anew, once two
    /// have closed the account.
    SuspendFirst,
    /// They want this role ended already: somebody else ends it.
    EndProposedAlready,
    /// After them nobody would look after the accounts there.
    LastAdministrator,
    /// They closed an administrator's or auditor's account, and nobody else has said anything to it yet.
    SuspensionWaits,
    /// Who would be the second person became it after the first half was done, or just before by the first or whom it is about.
    NotTheSecond,
    /// They were let in on new machines as often as one person is.
    LetInOften { retry_after: u64 },
    /// Its owner's number was erased years after it was closed, so nobody can tell any more whose it would be.
    AccountEnded,
    /// They closed as many accounts as one person does in an hour.
    SuspendedMany { retry_after: u64 },
}

impl Refusal {
    /// One of each, for the tests of words and documents.
    pub fn examples() -> Vec<Problem> {
        [
            Self::NotRecognised,
            Self::TooManyTries { retry_after: 600 },
            Self::SignInNeeded,
            Self::SignInAgain,
            Self::NotAllowed,
            Self::AccountTaken,
            Self::PersonKnown,
            Self::InvitationOver,
            Self::NotThisAuthenticator,
            Self::NoPasskey,
            Self::PasskeyRefused,
            Self::PasskeyNeeded,
            Self::PasskeysFull,
            Self::OwnRole,
            Self::TakesTwo,
            Self::AdministratorsThere,
            Self::RolesExclude { role: Role::Auditor, held: Role::CounterClerk },
            Self::WholeOffice { role: Role::CounterClerk },
            Self::EmptyTime,
            Self::OwnAccount,
            Self::RolesElsewhere,
            Self::OperatorOpens,
            Self::ProposedAlready,
            Self::PlaceChangeWaits,
            Self::ProposalOver,
            Self::ApproverTooNew,
            Self::Unconfirmed { number: 48_213 },
            Self::OpenedInVain,
            Self::NotTheNumber,
            Self::TakesAnother,
            Self::NothingToConfirm,
            Self::FirstStopped,
            Self::WorksElsewhere,
            Self::NotAgreed,
            Self::EndedLately { retry_after: 3_600 },
            Self::SuspendFirst,
            Self::EndProposedAlready,
            Self::LastAdministrator,
            Self::SuspensionWaits,
            Self::NotTheSecond,
            Self::LetInOften { retry_after: 1_200 },
            Self::AccountEnded,
            Self::SuspendedMany { retry_after: 3_600 },
        ]
        .map(Problem::from)
        .into()
    }
}

impl problem::Refusal for Refusal {
    fn words(&self) -> Words {
        match *self {
            Self::NotRecognised => sign_in::not_recognised(),
            Self::TooManyTries { retry_after } => sign_in::too_many_tries(retry_after),
            Self::SignInNeeded => sign_in::sign_in_needed(),
            Self::SignInAgain => sign_in::sign_in_again(),
            Self::NotAllowed => sign_in::not_allowed(),
            Self::AccountTaken => sign_in::account_taken(),
            Self::PersonKnown => sign_in::person_known(),
            Self::InvitationOver => sign_in::invitation_over(),
            Self::NotThisAuthenticator => sign_in::not_this_authenticator(),
            Self::NoPasskey => sign_in::no_passkey(),
            Self::PasskeyRefused => sign_in::passkey_refused(),
            Self::PasskeyNeeded => sign_in::passkey_needed(),
            Self::PasskeysFull => sign_in::passkeys_full(),
            Self::OwnRole => giving::own_role(),
            Self::TakesTwo => giving::takes_two(),
            Self::AdministratorsThere => giving::administrators_there(),
            Self::RolesExclude { role, held } => giving::roles_exclude(role, held),
            Self::WholeOffice { role } => giving::whole_office(role),
            Self::EmptyTime => giving::empty_time(),
            Self::OwnAccount => second_person::own_account(),
            Self::RolesElsewhere => giving::roles_elsewhere(),
            Self::OperatorOpens => second_person::operator_opens(),
            Self::ProposedAlready => giving::proposed_already(),
            Self::PlaceChangeWaits => second_person::place_change_waits(),
            Self::ProposalOver => giving::proposal_over(),
            Self::ApproverTooNew => giving::approver_too_new(),
            Self::Unconfirmed { number } => second_person::unconfirmed(number),
            Self::OpenedInVain => second_person::opened_in_vain(),
            Self::NotTheNumber => second_person::not_the_number(),
            Self::TakesAnother => second_person::takes_another(),
            Self::NothingToConfirm => second_person::nothing_to_confirm(),
            Self::FirstStopped => second_person::first_stopped(),
            Self::WorksElsewhere => second_person::works_elsewhere(),
            Self::NotAgreed => second_person::not_agreed(),
            Self::EndedLately { retry_after } => second_person::ended_lately(retry_after),
            Self::SuspendFirst => second_person::suspend_first(),
            Self::EndProposedAlready => second_person::end_proposed_already(),
            Self::LastAdministrator => second_person::last_administrator(),
            Self::SuspensionWaits => second_person::suspension_waits(),
            Self::NotTheSecond => second_person::not_the_second(),
            Self::LetInOften { retry_after } => second_person::let_in_often(retry_after),
            Self::AccountEnded => second_person::account_ended(),
            Self::SuspendedMany { retry_after } => second_person::suspended_many(retry_after),
        }
    }

    fn retry_after(&self) -> Option<u64> {
        match self {
            Self::TooManyTries { retry_after }
            | Self::EndedLately { retry_after }
            | Self::LetInOften { retry_after }
            | Self::SuspendedMany { retry_after } => Some(*retry_after),
            _ => None,
        }
    }
}
