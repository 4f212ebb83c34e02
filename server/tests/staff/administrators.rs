//! A further administrator takes two, whatever anybody tries.

use axum::http::{HeaderMap, header};
use chrono::TimeDelta;
use server::database::{DatabaseError, Rule, sql::sql};
use server::staff::authority::{self, Staff};
use server::staff::hiring::{self, Hired};
use server::staff::people;
use server::staff::proposal::{self, Decision, LIFETIME, Proposal};
use server::staff::{giving, invitation, managing};
use server::{Error, audit, domains};
use shared::staff::{OfficeId, Refusal, Right, Role, StaffId, Whereabouts};

use super::super::support::staff::{Clerk, clerk, cookies, named, papers};
use super::super::support::{Setup, TestApp, test_apps};
use super::hiring::grant;

const ROLE: Role = Role::AccountAdministrator;

/// An administrator of an office, with an account.
pub async fn administrator(test: &TestApp, n: usize, office: &str) -> Clerk {
    let somebody = clerk(test, n).await;
    if office == "nanshan" {
        somebody.is_given(test, ROLE, office).await;
    } else {
        let found = server::staff::roles::give;
        let new = shared::staff::NewGrant {
            person: somebody.person.clone(),
            grant: grant(test, ROLE, office),
            by: shared::staff::GrantedBy::Operator,
        };
        found(&test.app, &new, &at(office), test.now()).await.unwrap();
    }
    test.wait(TimeDelta::seconds(1));
    somebody
}

/// Somebody who has just signed in.
pub async fn acting(test: &TestApp, clerk: &Clerk) -> Staff {
    test.wait(TimeDelta::seconds(30));
    let sent = cookies(&clerk.sign_in(test, None).await);
    let headers: HeaderMap = [(header::COOKIE, sent.parse().unwrap())].into_iter().collect();
    authority::of_cookie(&test.app, &headers, test.now()).await.unwrap()
}

/// What somebody was refused.
pub fn refusal(error: &Error) -> Refusal {
    error.refusal().unwrap_or_else(|| panic!("{error:?}"))
}

fn at(office: &str) -> Whereabouts {
    Whereabouts { office: OfficeId::parse(office).ok(), ..Whereabouts::default() }
}

async fn propose(test: &TestApp, staff: &Staff, name: &str) -> Result<(), Refusal> {
    let grant = grant(test, ROLE, "nanshan");
    proposal::propose(&test.app, staff, &named(name), grant, test.now()).await.map_err(|error| refusal(&error))
}

async fn decide(test: &TestApp, staff: &Staff, id: &str, decision: Decision) -> Result<(), Refusal> {
    proposal::decide(&test.app, staff, id, decision, test.now()).await.map_err(|error| refusal(&error))
}

async fn waiting(test: &TestApp, staff: &Staff) -> Vec<Proposal> {
    let people = people::list(&test.app, staff, test.now()).await.unwrap();
    people.entries.into_iter().flat_map(|entry| entry.proposals).collect()
}

async fn administers(test: &TestApp, clerk: &Clerk) -> bool {
    acting(test, clerk).await.may(Right::ManageAccounts, &at("nanshan")).is_ok()
}

/// Two administrators of `nanshan`, and an editor there whom they could make a third.
async fn three(test: &TestApp) -> ([Clerk; 2], Clerk) {
    let both = [administrator(test, 1, "nanshan").await, administrator(test, 2, "nanshan").await];
    let editor = clerk(test, 3).await;
    editor.is_given(test, Role::ContentEditor, "nanshan").await;
    (both, editor)
}

#[tokio::test]
async fn one_administrator_proposes_and_another_approves() {
    for test in test_apps(Setup::default()).await {
        let ([first, second], editor) = three(&test).await;
        let proposer = acting(&test, &first).await;
        let alone =
            giving::give(&test.app, &proposer, &editor.account, grant(&test, ROLE, "nanshan"), test.now()).await;
        assert_eq!(alone.map_err(|error| refusal(&error)), Err(Refusal::TakesTwo));
        propose(&test, &proposer, "clerk3").await.unwrap();
        assert_eq!(propose(&test, &proposer, "clerk3").await, Err(Refusal::ProposedAlready));
        assert!(!administers(&test, &editor).await, "a proposal gives nothing");
        let proposal = waiting(&test, &proposer).await.remove(0);
        let proposer = acting(&test, &first).await;
        assert_eq!(decide(&test, &proposer, &proposal.id, Decision::Approve).await, Err(Refusal::TakesTwo));
        let approver = acting(&test, &second).await;
        decide(&test, &approver, &proposal.id, Decision::Approve).await.unwrap();
        assert!(administers(&test, &editor).await);
        let given = people::one(&test.app, &approver, &editor.account, test.now()).await.unwrap().0;
        let given = given.roles.iter().find(|held| held.grant.role == ROLE).unwrap();
        assert_eq!((given.given_by.as_deref(), given.approved_by.as_deref()), (Some("clerk1"), Some("clerk2")));
        let approver = acting(&test, &second).await;
        assert_eq!(decide(&test, &approver, &proposal.id, Decision::Approve).await, Err(Refusal::ProposalOver));
        audit::verify_all(test.app.database(), domains::streams()).await.unwrap().unwrap();
    }
}

#[tokio::test]
async fn nobody_proposes_or_approves_themselves_and_exclusions_are_told_at_once() {
    for test in test_apps(Setup::default()).await {
        let ([first, _], editor) = three(&test).await;
        let proposer = acting(&test, &first).await;
        assert_eq!(propose(&test, &proposer, "clerk1").await, Err(Refusal::OwnRole));
        let of_editor = acting(&test, &editor).await;
        let (name, here) = (named("clerk2"), grant(&test, ROLE, "nanshan"));
        let nobody = proposal::propose(&test.app, &of_editor, &name, here, test.now());
        assert!(nobody.await.is_err(), "an editor sees nobody");
        let counter = clerk(&test, 4).await;
        counter.is_given(&test, Role::CounterClerk, "nanshan").await;
        let excluded = Refusal::RolesExclude { role: ROLE, held: Role::CounterClerk };
        let proposer = acting(&test, &first).await;
        assert_eq!(propose(&test, &proposer, "clerk4").await, Err(excluded));
        assert!(waiting(&test, &proposer).await.is_empty());
        let here = grant(&test, Role::ContentEditor, "nanshan");
        let own = giving::give(&test.app, &proposer, &first.account, here, test.now()).await;
        assert_eq!(own.map_err(|error| refusal(&error)), Err(Refusal::OwnRole));
    }
}

#[tokio::test]
async fn what_a_stopped_administrator_proposed_is_over_and_can_be_proposed_anew() {
    for test in test_apps(Setup::default()).await {
        let ([first, second], editor) = three(&test).await;
        let proposer = acting(&test, &first).await;
        propose(&test, &proposer, "clerk3").await.unwrap();
        let proposal = waiting(&test, &proposer).await.remove(0);
        let approver = acting(&test, &second).await;
        managing::end_sessions(&test.app, &approver, &first.account, test.now()).await.unwrap();
        assert!(waiting(&test, &approver).await.is_empty());
        assert_eq!(decide(&test, &approver, &proposal.id, Decision::Approve).await, Err(Refusal::FirstStopped));
        assert!(!administers(&test, &editor).await);
        assert_eq!(propose(&test, &approver, "clerk3").await, Ok(()));
        assert_eq!(decide(&test, &approver, &proposal.id, Decision::Approve).await, Err(Refusal::ProposalOver));
    }
}

#[tokio::test]
async fn who_became_administrator_after_the_proposal_does_not_approve_it() {
    for test in test_apps(Setup::default()).await {
        let ([first, _], _) = three(&test).await;
        let proposer = acting(&test, &first).await;
        propose(&test, &proposer, "clerk3").await.unwrap();
        let proposal = waiting(&test, &proposer).await.remove(0);
        let younger = administrator(&test, 4, "nanshan").await;
        let younger = acting(&test, &younger).await;
        assert_eq!(decide(&test, &younger, &proposal.id, Decision::Approve).await, Err(Refusal::ApproverTooNew));
        decide(&test, &younger, &proposal.id, Decision::Decline).await.unwrap();
        assert!(waiting(&test, &younger).await.is_empty());
    }
}

#[tokio::test]
async fn an_administrator_of_another_office_decides_nothing_here() {
    for test in test_apps(Setup::default()).await {
        let ([first, second], _) = three(&test).await;
        let elsewhere = administrator(&test, 4, "demo-bay").await;
        let proposer = acting(&test, &first).await;
        propose(&test, &proposer, "clerk3").await.unwrap();
        let proposal = waiting(&test, &proposer).await.remove(0);
        let elsewhere = acting(&test, &elsewhere).await;
        for decision in [Decision::Approve, Decision::Decline] {
            assert_eq!(decide(&test, &elsewhere, &proposal.id, decision).await, Err(Refusal::NotAllowed));
        }
        assert!(waiting(&test, &elsewhere).await.is_empty());
        // Nor does whoever was one here when the proposal was made and is none any more.
        let approver = acting(&test, &second).await;
        let own = people::one(&test.app, &approver, &second.account, test.now()).await.unwrap().0.roles.remove(0);
        giving::take_back(&test.app, &approver, &own.id, test.now()).await.unwrap();
        let approver = authority::again(&test.app, &approver, test.now()).await.unwrap();
        assert_eq!(decide(&test, &approver, &proposal.id, Decision::Approve).await, Err(Refusal::NotAllowed));
    }
}

#[tokio::test]
async fn a_proposal_is_over_after_three_days_and_can_be_made_anew() {
    for test in test_apps(Setup::default()).await {
        let ([first, second], _) = three(&test).await;
        let proposer = acting(&test, &first).await;
        propose(&test, &proposer, "clerk3").await.unwrap();
        let proposal = waiting(&test, &proposer).await.remove(0);
        test.wait(LIFETIME);
        let approver = acting(&test, &second).await;
        assert_eq!(decide(&test, &approver, &proposal.id, Decision::Approve).await, Err(Refusal::ProposalOver));
        assert!(waiting(&test, &approver).await.is_empty());
        let proposer = acting(&test, &first).await;
        propose(&test, &proposer, "clerk3").await.unwrap();
        let anew = waiting(&test, &proposer).await.remove(0);
        decide(&test, &proposer, &anew.id, Decision::Decline).await.unwrap();
        let approver = acting(&test, &second).await;
        assert_eq!(
            decide(&test, &approver, &anew.id, Decision::Approve).await,
            Err(Refusal::ProposalOver),
            "withdrawn"
        );
    }
}

#[tokio::test]
async fn of_two_approvals_at_the_same_instant_one_gives_the_role() {
    for test in test_apps(Setup::default()).await {
        let ([first, second], editor) = three(&test).await;
        let another = administrator(&test, 4, "nanshan").await;
        let proposer = acting(&test, &first).await;
        propose(&test, &proposer, "clerk3").await.unwrap();
        let id = waiting(&test, &proposer).await.remove(0).id;
        let [one, other] = [acting(&test, &second).await, acting(&test, &another).await];
        let (one, other) =
            tokio::join!(decide(&test, &one, &id, Decision::Approve), decide(&test, &other, &id, Decision::Approve),);
        assert_ne!(one.is_ok(), other.is_ok(), "{one:?} {other:?}");
        assert_eq!(one.and(other), Err(Refusal::ProposalOver));
        let proposer = acting(&test, &first).await;
        let entry = people::one(&test.app, &proposer, &editor.account, test.now()).await.unwrap().0;
        assert_eq!(entry.roles.iter().filter(|held| held.grant.role == ROLE).count(), 1);
    }
}

#[tokio::test]
async fn the_database_knows_that_two_persons_make_an_administrator() {
    for test in test_apps(Setup::default()).await {
        let ([first, second], editor) = three(&test).await;
        let proposer = acting(&test, &first).await;
        propose(&test, &proposer, "clerk3").await.unwrap();
        for (by, rule) in [(&first, Rule::TwoPersons), (&editor, Rule::NobodyGrantsThemselves)] {
            let refused = test.app.database().write_with(by.person.clone(), approved).await.unwrap_err();
            assert!(matches!(refused, DatabaseError::Refused(broken) if broken == rule), "{refused:?}");
        }
        test.app.database().write_with(second.person.clone(), approved).await.unwrap();
    }
}

async fn approved(connection: &mut sqlx::AnyConnection, by: &StaffId) -> Result<(), DatabaseError> {
    let statement = "update role_proposal set outcome = 'approved', decided_by = $1, decided_at = 1";
    sql(statement, [by.as_str().into()]).execute(connection).await?;
    Ok(())
}

#[tokio::test]
async fn whoever_proposes_a_new_administrator_never_holds_the_code_that_opens_the_account() {
    for test in test_apps(Setup::default()).await {
        let ([first, second], _) = three(&test).await;
        let proposer = acting(&test, &first).await;
        let (person, account) = (papers(4), named("zhao.li"));
        let role = grant(&test, ROLE, "nanshan");
        let hired = hiring::hire(&test.app, &proposer, (&person, &account), role, test.now()).await;
        assert_eq!(hired.unwrap(), Hired::Proposed);
        let early = managing::reset(&test.app, &proposer, &account, test.now()).await.unwrap_err();
        assert_eq!(refusal(&early), Refusal::WorksElsewhere, "who has no role yet is opened by nobody");
        // An invitation that the proposer makes for another role is void once another has approved this one.
        let editor = grant(&test, Role::ContentEditor, "nanshan");
        giving::give(&test.app, &proposer, &account, editor, test.now()).await.unwrap();
        let early = managing::reset(&test.app, &proposer, &account, test.now()).await.unwrap();
        let approver = acting(&test, &second).await;
        let proposal = waiting(&test, &approver).await.remove(0);
        decide(&test, &approver, &proposal.id, Decision::Approve).await.unwrap();
        let over = invitation::look(&test.app, &named("zhao.li"), &early, test.now()).await.unwrap_err();
        assert_eq!(refusal(&over), Refusal::InvitationOver);
        let again = managing::reset(&test.app, &proposer, &named("zhao.li"), test.now()).await.unwrap_err();
        assert_eq!(refusal(&again), Refusal::OperatorOpens);
        let code = managing::reset(&test.app, &approver, &named("zhao.li"), test.now()).await.unwrap();
        invitation::look(&test.app, &named("zhao.li"), &code, test.now()).await.unwrap();
    }
}
