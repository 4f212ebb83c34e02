//! What staff are refused.

mod second_person;

use super::role::Role;
use crate::locale::Locale;
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
    /// It was decided, withdrawn, or is older than three days.
    ProposalOver,
    /// Who approves was an administrator there before it was proposed.
    ApproverTooNew,
    /// Password and code are right, but nobody has yet seen whose account it is, beside whoever opened it.
    Unconfirmed {
        /// What its owner tells the second person.
        number: u32,
    },
    /// Not the number that the owner of the account was told.
    NotTheNumber,
    /// Who did the first half of it does not do the second.
    TakesAnother,
    /// Somebody was faster, or it was done anew.
    NothingToConfirm,
    /// Their account is not at home where this administrator looks after accounts, so it is another's to close and open.
    WorksElsewhere,
    /// Nobody agreed when they suspended this administrator, less than thirty days ago.
    NotAgreed,
    /// They ended all sessions of this person as often as one other does.
    EndedLately { retry_after: u64 },
    /// An administrator's role is taken back, and an auditor's account opened anew, once two have closed the account.
    SuspendFirst,
    /// They want this role ended already: somebody else ends it.
    EndProposedAlready,
    /// They closed an administrator's or auditor's account, and nobody else has said anything to it yet.
    SuspensionWaits,
    /// Who would be the second person became it after the first half was done, or just before by the first or whom it is about.
    NotTheSecond,
    /// They were let in on new machines as often as one person is.
    LetInOften { retry_after: u64 },
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
            Self::ProposalOver,
            Self::ApproverTooNew,
            Self::Unconfirmed { number: 48_213 },
            Self::NotTheNumber,
            Self::TakesAnother,
            Self::NothingToConfirm,
            Self::WorksElsewhere,
            Self::NotAgreed,
            Self::EndedLately { retry_after: 3_600 },
            Self::SuspendFirst,
            Self::EndProposedAlready,
            Self::SuspensionWaits,
            Self::NotTheSecond,
            Self::LetInOften { retry_after: 1_200 },
            Self::SuspendedMany { retry_after: 3_600 },
        ]
        .map(Problem::from)
        .into()
    }
}

impl problem::Refusal for Refusal {
    #[expect(clippy::too_many_lines, reason = "one table of words, a refusal a row")]
    fn words(&self) -> Words {
        const NOT_IN: [&str; 2] = ["没有登录成功", "Not signed in"];
        const NOT_DONE: [&str; 2] = ["没有办成", "Not done"];
        const NOT_GIVEN: [&str; 2] = ["没有授予", "The role was not given"];
        match *self {
            Self::NotRecognised => Words::new(
                "not_recognised",
                401,
                NOT_IN,
                [
                    "账号、密码和动态码没有全部对上。请检查后重试；动态码用过一次就失效，请等下一个。",
                    "Account, password and code do not all match. Please check them and try again; a code works once, so \
                     wait for the next one.",
                ],
            ),
            Self::TooManyTries { retry_after } => Words::new(
                "too_many_tries",
                429,
                NOT_IN,
                [
                    &format!(
                        "试的次数太多了，请过 {}再试。在自己平时登录的电脑上，别人试错不影响您；急着用新电脑，请大厅负责人或者\
                         账号管理员当面给您一个放行码。",
                        Locale::Zh.wait(retry_after)
                    ),
                    &format!(
                        "Too many tries. Please try again in {}. On the machine where you usually sign in, other people's \
                         tries do not count against you; on a new one your office manager or an account administrator \
                         can hand you a word that lets you in.",
                        Locale::En.wait(retry_after)
                    ),
                ],
            ),
            Self::SignInNeeded => Words::new(
                "sign_in_needed",
                401,
                ["请先登录", "Please sign in"],
                [
                    "还没有登录，或者登录已经失效（太久没有操作，或者登录被结束了）。请登录后继续，刚才填写的内容还在。",
                    "You are not signed in, were away too long, or your session was ended. Please sign in to go on; what you typed is kept.",
                ],
            ),
            Self::SignInAgain => Words::new(
                "sign_in_again",
                403,
                ["请再次确认身份", "Please confirm that it is you"],
                [
                    "这一步要求五分钟之内确认过身份。请再输入一次密码和动态码。",
                    "This step asks for password and code within the last five minutes. Please enter them once more.",
                ],
            ),
            Self::NotAllowed => Words::new(
                "not_allowed",
                403,
                ["没有权限", "Not allowed"],
                [
                    "您的岗位在这里不能做这一步。需要的话，请找账号管理员。",
                    "Your role does not allow this here. If you need it, please ask the account administrator.",
                ],
            ),
            Self::AccountTaken => Words::new(
                "account_taken",
                409,
                ["账号名已被使用", "The name is taken"],
                [
                    "已经有人用这个账号名，请换一个。",
                    "There is an account of this name already. Please choose another.",
                ],
            ),
            Self::PersonKnown => Words::new(
                "person_known",
                409,
                ["已经登记过", "Known already"],
                [
                    "这个证件号码的人已经登记过，一个人只登记一次。请在人员名单里查找。",
                    "Somebody with this number is on the list already, where everybody stands once. Please look there.",
                ],
            ),
            Self::InvitationOver => Words::new(
                "invitation_over",
                410,
                ["邀请已失效", "The invitation is over"],
                [
                    "这个邀请已经用过、换过，或者超过了 24 小时。请账号管理员重新发一个。",
                    "This invitation was used, replaced, or is older than 24 hours. Please ask the account administrator for \
                     a new one.",
                ],
            ),
            Self::NotThisAuthenticator => Words::new(
                "not_this_authenticator",
                409,
                ["动态码不对", "Not its code"],
                [
                    "动态码和刚才扫的二维码对不上。请看手机的时间是不是准的，等下一个动态码再填。",
                    "The code is not one of the authenticator that you have just set up. Please check the time on the phone \
                     and enter its next code.",
                ],
            ),
            Self::NoPasskey => Words::new(
                "no_passkey",
                409,
                ["不能用通行密钥", "No passkey"],
                [
                    "这里没有开通通行密钥。请用动态码登录。",
                    "Passkeys are not offered here. Please sign in with a code.",
                ],
            ),
            Self::PasskeyRefused => Words::new(
                "passkey_refused",
                409,
                ["通行密钥没有通过", "The passkey was not accepted"],
                [
                    "没有在五分钟内完成，或者这把密钥已经登记过。请从头再试一次。",
                    "It took more than five minutes, or this key is registered already. Please start again.",
                ],
            ),
            Self::PasskeyNeeded => Words::new(
                "passkey_needed",
                403,
                ["请先用通行密钥登录", "Sign in with a passkey first"],
                [
                    "已经有通行密钥的账号，要用其中一把登录以后才能添加或删除。密钥都不在了，请账号管理员重新邀请。",
                    "Once an account has a passkey, one of them must have opened the session before one is added or \
                     removed. If all are lost, ask the account administrator for a new invitation.",
                ],
            ),
            Self::PasskeysFull => Words::new(
                "passkeys_full",
                409,
                ["通行密钥已经够多", "Enough passkeys"],
                [
                    "一个账号最多十把通行密钥。请先删除一把不用的。",
                    "An account has ten passkeys at most. Remove one that is not used first.",
                ],
            ),
            Self::OwnRole => Words::new(
                "own_role",
                403,
                NOT_GIVEN,
                [
                    "不能给自己授予岗位，请另一位管理员办理。",
                    "Nobody gives themselves a role. Please ask another administrator.",
                ],
            ),
            Self::TakesTwo => Words::new(
                "role_takes_two",
                409,
                NOT_GIVEN,
                [
                    "这个岗位要由两位管理员授予：一位提出，另一位同意。",
                    "It takes two administrators to give this role: one proposes it and the other approves.",
                ],
            ),
            Self::AdministratorsThere => Words::new(
                "administrators_there",
                409,
                NOT_GIVEN,
                [
                    "这里已经有两位账号管理员。再增加的，由其中一位提出，另一位同意。",
                    "There are two account administrators here already. A further one is proposed by one of them and \
                     approved by another.",
                ],
            ),
            Self::RolesExclude { role, held } => Words::new(
                "roles_exclude",
                409,
                NOT_GIVEN,
                [
                    &format!(
                        "同一个人不能同时担任{}和{}。请先收回原来的岗位，或者交给别人。",
                        role.words(Locale::Zh),
                        held.words(Locale::Zh)
                    ),
                    &format!(
                        "Nobody can be {} and {} at the same time. Please take the other role back first, or choose \
                         somebody else.",
                        role.words(Locale::En),
                        held.words(Locale::En)
                    ),
                ],
            ),
            Self::WholeOffice { role } => Words::new(
                "role_of_whole_office",
                422,
                NOT_GIVEN,
                [
                    &format!("{}只能按整个大厅任职，不能只管一处。请选择大厅。", role.words(Locale::Zh)),
                    &format!(
                        "The role of {} holds for a whole office and not for one of its places. Please choose the office.",
                        role.words(Locale::En)
                    ),
                ],
            ),
            Self::EmptyTime => Words::new(
                "role_without_time",
                422,
                NOT_GIVEN,
                ["结束时间要晚于开始时间。", "A role ends after it begins. Please check both times."],
            ),
            Self::OwnAccount => Words::new(
                "own_account",
                403,
                NOT_DONE,
                [
                    "不能停用、重置、放行自己的账号，请另一位管理员办理。改密码、换验证器在“我的账号”里。",
                    "Nobody suspends, resets or lets in their own account; another administrator does. A new password or \
                     authenticator is under “My account”.",
                ],
            ),
            Self::RolesElsewhere => Words::new(
                "roles_elsewhere",
                409,
                NOT_DONE,
                [
                    "这个人的账号归别的大厅管，不能在这里提名为账号管理员。请那边的账号管理员来办，或者找系统运维人员。",
                    "Their account belongs to another office, so no administrator is made of them here. Ask an account \
                     administrator there, or whoever operates the portal.",
                ],
            ),
            Self::OperatorOpens => Words::new(
                "operator_opens",
                409,
                NOT_DONE,
                [
                    "账号管理员的账号由系统运维人员用命令重新邀请，这样谁也拿不到两个管理员的账号。",
                    "An administrator's account is opened again by whoever operates the portal, so that nobody holds two \
                     of them.",
                ],
            ),
            Self::ProposedAlready => Words::new(
                "proposed_already",
                409,
                NOT_GIVEN,
                [
                    "同样的提议已经有了，正等另一位管理员同意。",
                    "The same was proposed before and waits for another administrator.",
                ],
            ),
            Self::ProposalOver => Words::new(
                "proposal_over",
                409,
                NOT_GIVEN,
                [
                    "这个提议已经有人处理过、撤回了，或者超过了 72 小时。需要的话请重新提出。",
                    "This proposal was decided, withdrawn, or is older than 72 hours. If it is still needed, please \
                     propose it anew.",
                ],
            ),
            Self::ApproverTooNew => Words::new(
                "approver_too_new",
                403,
                NOT_GIVEN,
                [
                    "提出的时候您还不是这里的账号管理员，请当时就在任的另一位来同意。",
                    "You were no administrator there yet when this was proposed. Please ask another who was.",
                ],
            ),
            Self::Unconfirmed { number } => second_person::unconfirmed(number),
            Self::NotTheNumber => second_person::not_the_number(),
            Self::TakesAnother => second_person::takes_another(),
            Self::NothingToConfirm => second_person::nothing_to_confirm(),
            Self::WorksElsewhere => second_person::works_elsewhere(),
            Self::NotAgreed => second_person::not_agreed(),
            Self::EndedLately { retry_after } => second_person::ended_lately(retry_after),
            Self::SuspendFirst => second_person::suspend_first(),
            Self::EndProposedAlready => second_person::end_proposed_already(),
            Self::SuspensionWaits => second_person::suspension_waits(),
            Self::NotTheSecond => second_person::not_the_second(),
            Self::LetInOften { retry_after } => second_person::let_in_often(retry_after),
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
