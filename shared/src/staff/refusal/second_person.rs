//! The words for what one person alone cannot do.

use crate::locale::Locale;
use crate::problem::Words;

const NOT_DONE: [&str; 2] = ["没有办成", "Not done"];

pub(super) fn unconfirmed(number: u32) -> Words {
    Words::new(
        "account_unconfirmed",
        403,
        ["没有登录成功", "Not signed in"],
        [
            &format!(
                "账号设好了，还差第二个人确认。请带上身份证，当面找另一位账号管理员或者大厅负责人（不能是给您邀请码的那位），\
                 把这个数字告诉对方：{number:06}。确认以后就能登录。"
            ),
            &format!(
                "Your account is set up, and a second person has to confirm that it is yours. Take your identity \
                 card to another account administrator or to the office manager, not to whoever gave you the \
                 invitation, and tell them this number: {number:06}. Then you can sign in."
            ),
        ],
    )
}

pub(super) fn opened_in_vain() -> Words {
    Words::new(
        "opened_in_vain",
        403,
        ["没有登录成功", "Not signed in"],
        [
            "这次开通作废了：给您邀请码的人，账号后来被停用过、结束过登录，或者换过密码、验证器。请带上身份证，当面找账号管理员重新发邀请码。",
            "Your account is not confirmed any more: since they gave you the invitation, somebody closed its maker's account, ended their sessions, or their password or authenticator was changed. Please take your identity card to an account administrator, who hands you another invitation.",
        ],
    )
}

pub(super) fn not_the_number() -> Words {
    Words::new(
        "not_the_number",
        409,
        NOT_DONE,
        [
            "数字对不上。请本人用新密码登录一次，把页面上显示的 6 位数字告诉您。本人不知道数字，就不要确认。",
            "This is not the number. Ask them to sign in with their new password and to read the six digits to you. \
             If they know of none, do not confirm.",
        ],
    )
}

pub(super) fn takes_another() -> Words {
    Words::new(
        "takes_another",
        403,
        NOT_DONE,
        [
            "前一步是您自己办的，要由另一位账号管理员或者大厅负责人来确认。",
            "You did the first half of this; another account administrator or the office manager does the second.",
        ],
    )
}

pub(super) fn nothing_to_confirm() -> Words {
    Words::new(
        "nothing_to_confirm",
        409,
        NOT_DONE,
        [
            "这一项已经有人处理过，或者重新办过了。请看现在的名单。",
            "Somebody has dealt with this, or it was done anew. Please look at the list as it is now.",
        ],
    )
}

pub(super) fn first_stopped() -> Words {
    Words::new(
        "first_half_void",
        409,
        NOT_DONE,
        [
            "这一项作废了：办前一步的人，账号后来被停用过、结束过登录，或者换过密码、验证器。请问一问本人；确有必要，请重新办前一步，再由第二个人来办。",
            "This is void: since they did the first half of it, somebody closed that person's account, ended their sessions, or their password or authenticator was changed. Ask them; if it is still needed, begin it anew, and a second person finishes it.",
        ],
    )
}

pub(super) fn place_change_waits() -> Words {
    Words::new(
        "place_change_waits",
        409,
        NOT_DONE,
        [
            "这个地点已经有一项改动在等第二个人确认。请先在“等第二个人确认”里处理：您提出的可以撤回，别人提出的可以确认或者不同意。",
            "A change of this place waits for a second person already. See to it first under “Waiting for a second person”: withdraw \
             what you proposed yourself, confirm or decline what somebody else did.",
        ],
    )
}

pub(super) fn works_elsewhere() -> Words {
    Words::new(
        "works_elsewhere",
        403,
        NOT_DONE,
        [
            "这个账号不归您管的大厅管：账号由本人任职最久的大厅管，已经不任职的，由最后任职的大厅管。停用、恢复和重新邀请请找那里的\
             账号管理员；您这里授予的岗位，您可以收回。",
            "This account is not your office's to close or open: that is done at the office where they have worked for \
             longest, or worked last where they work nowhere any more. Roles that were given at your office you can take back.",
        ],
    )
}

pub(super) fn not_agreed() -> Words {
    Words::new(
        "suspension_not_agreed",
        409,
        NOT_DONE,
        [
            "您上次停用这个账号，没有第二个人同意，已经恢复，30 天内不能再由您停用。确有必要，请另一位账号管理员办理，或者找\
             系统运维人员；是大厅唯一负责人的，也可以先另外指定一位负责人，满一天以后再停用。",
            "You suspended this account within the last 30 days, and nobody agreed. Ask another account \
             administrator, or whoever operates the portal. Where it is an office's only manager, you can also name another one \
             first, and suspend this one a day later.",
        ],
    )
}

pub(super) fn ended_lately(retry_after: u64) -> Words {
    Words::new(
        "sessions_ended_lately",
        429,
        NOT_DONE,
        [
            &format!("您刚结束过这位同事的全部登录，请过 {}再办。情况紧急，请停用账号。", Locale::Zh.wait(retry_after)),
            &format!(
                "You have just ended all sessions of this colleague. Please do so again in {}; where it cannot wait, \
                 suspend the account.",
                Locale::En.wait(retry_after)
            ),
        ],
    )
}

pub(super) fn suspend_first() -> Words {
    Words::new(
        "suspend_first",
        409,
        NOT_DONE,
        [
            "收回账号管理员的岗位，重新邀请审计员或者大厅唯一的负责人，都要两个人：请先停用这个账号，另一个人同意停用以后再办。",
            "It takes two to take an administrator's role back, or to invite an auditor or an office's only manager again: \
             suspend the account first, and do this once somebody else has agreed to that.",
        ],
    )
}

pub(super) fn end_proposed_already() -> Words {
    Words::new(
        "end_proposed_already",
        409,
        NOT_DONE,
        [
            "您已经提出收回了，正等另一位账号管理员来收回。72 小时没有人办，提议作废。",
            "You proposed this already, and another administrator takes the role back. After 72 hours the proposal is void.",
        ],
    )
}

pub(super) fn last_administrator() -> Words {
    Words::new(
        "last_administrator",
        409,
        NOT_DONE,
        [
            "您是这里唯一的账号管理员，收回以后就没有人管账号了。请系统运维人员先再建一位，您再收回。",
            "You are the only account administrator here, and nobody would be left to look after accounts. Ask whoever operates the \
             portal for another one first.",
        ],
    )
}

pub(super) fn suspension_waits() -> Words {
    Words::new(
        "suspension_waits",
        409,
        NOT_DONE,
        [
            "您停用了一位账号管理员或者审计员，还没有第二个人同意或者不同意。在这以前，您不能单独授予、收回岗位。请另一位账号管理员或者大厅\
             负责人在“等第二个人确认”里点同意或者不同意，或者由您恢复对方的登录。",
            "You suspended an administrator or an auditor, and no second person has spoken yet. Until then you give and take \
             no roles alone. Another administrator or the office manager answers under “Waiting for a second person”, or \
             you let them in again.",
        ],
    )
}

pub(super) fn not_the_second() -> Words {
    Words::new(
        "not_the_second",
        403,
        NOT_DONE,
        [
            "您的岗位是在这件事以后才有的，或者是当事人三天内刚授予的，或者对方的岗位是您三天内刚授予的，不能由您当第二个人。请另一位账号管理员或者大厅负责人来办。",
            "You got your role after this was begun, or within three days before from one of those it is about, or gave theirs \
             to whoever began it within those days, so you are not the second person for it. Please ask another account administrator or the office manager.",
        ],
    )
}

pub(super) fn let_in_often(retry_after: u64) -> Words {
    Words::new(
        "let_in_often",
        429,
        NOT_DONE,
        [
            &format!(
                "这位同事刚放行过几次，请过 {}再放行。上一个放行码十分钟内还能用；可能有人在试账号，请告诉账号管理员。",
                Locale::Zh.wait(retry_after)
            ),
            &format!(
                "This colleague was let in several times just now. Please do so again in {}. The last word is good for ten \
                 minutes; if somebody is trying their account, tell the account administrator.",
                Locale::En.wait(retry_after)
            ),
        ],
    )
}

pub(super) fn suspended_many(retry_after: u64) -> Words {
    Words::new(
        "suspended_many",
        429,
        NOT_DONE,
        [
            &format!(
                "一个人一小时最多停用、重置五个账号，收回同事仅有的岗位也算。请过 {}再办。等不了的，请另一位账号管理员办理，或者找系统运维人员。",
                Locale::Zh.wait(retry_after)
            ),
            &format!(
                "One person suspends or resets five accounts an hour at most, and taking back the only role of a colleague counts as \
                 one. Please do so again in {}; where it cannot \
                 wait, ask another account administrator, or whoever operates the portal.",
                Locale::En.wait(retry_after)
            ),
        ],
    )
}

pub(super) fn account_ended() -> Words {
    Words::new(
        "account_ended",
        409,
        NOT_DONE,
        [
            "这个账号停用多年，本人的身份证号码已经按期删除，不能再启用。本人回来上班的，请重新登记，用新的账号名。",
            "This account was closed years ago, and its owner’s identity number has been erased since, so it is not opened again. Whoever \
             comes back to work is taken on anew, with another account name.",
        ],
    )
}

pub(super) fn own_account() -> Words {
    Words::new(
        "own_account",
        403,
        NOT_DONE,
        [
            "不能停用、重置、放行自己的账号，请另一位管理员办理。改密码、换验证器在“我的账号”里。",
            "Nobody suspends, resets or lets in their own account; another administrator does. A new password or \
                     authenticator is under “My account”.",
        ],
    )
}

pub(super) fn operator_opens() -> Words {
    Words::new(
        "operator_opens",
        409,
        NOT_DONE,
        [
            "账号管理员的账号由系统运维人员用命令重新邀请，这样谁也拿不到两个管理员的账号。",
            "An administrator's account is opened again by whoever operates the portal, so that nobody holds two \
                     of them.",
        ],
    )
}
