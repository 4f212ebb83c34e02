//! What is refused at the door: signing in, and what one signs in with.

use crate::locale::Locale;
use crate::problem::Words;

const NOT_IN: [&str; 2] = ["没有登录成功", "Not signed in"];

pub(super) fn not_recognised() -> Words {
    Words::new(
        "not_recognised",
        401,
        NOT_IN,
        [
            "账号、密码和动态码没有全部对上。请检查后重试；动态码用过一次就失效，请等下一个。",
            "Account, password and code do not all match. Please check them and try again; a code works once, so \
                     wait for the next one.",
        ],
    )
}

pub(super) fn too_many_tries(retry_after: u64) -> Words {
    Words::new(
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
    )
}

pub(super) fn sign_in_needed() -> Words {
    Words::new(
        "sign_in_needed",
        401,
        ["请先登录", "Please sign in"],
        [
            "还没有登录，或者登录已经失效（太久没有操作，或者登录被结束了）。请登录后继续，刚才填写的内容还在。",
            "You are not signed in, were away too long, or your session was ended. Please sign in to go on; what you typed is kept.",
        ],
    )
}

pub(super) fn sign_in_again() -> Words {
    Words::new(
        "sign_in_again",
        403,
        ["请再次确认身份", "Please confirm that it is you"],
        [
            "这一步要求五分钟之内确认过身份。请再输入一次密码和动态码。",
            "This step asks for password and code within the last five minutes. Please enter them once more.",
        ],
    )
}

pub(super) fn account_taken() -> Words {
    Words::new(
        "account_taken",
        409,
        ["账号名已被使用", "The name is taken"],
        ["已经有人用这个账号名，请换一个。", "There is an account of this name already. Please choose another."],
    )
}

pub(super) fn person_known() -> Words {
    Words::new(
        "person_known",
        409,
        ["已经登记过", "Known already"],
        [
            "这个证件号码的人已经登记过，一个人只登记一次。请在人员名单里查找。",
            "Somebody with this number is on the list already, where everybody stands once. Please look there.",
        ],
    )
}

pub(super) fn invitation_over() -> Words {
    Words::new(
        "invitation_over",
        410,
        ["邀请已失效", "The invitation is over"],
        [
            "这个邀请已经用过、换过、作废了，或者超过了 24 小时。请账号管理员重新发一个。",
            "This invitation was used, replaced, void, or is older than 24 hours. Please ask the account administrator for \
                     a new one.",
        ],
    )
}

pub(super) fn not_this_authenticator() -> Words {
    Words::new(
        "not_this_authenticator",
        409,
        ["动态码不对", "Not its code"],
        [
            "动态码和刚才扫的二维码对不上。请看手机的时间是不是准的，等下一个动态码再填。",
            "The code is not one of the authenticator that you have just set up. Please check the time on the phone \
                     and enter its next code.",
        ],
    )
}

pub(super) fn no_passkey() -> Words {
    Words::new(
        "no_passkey",
        409,
        ["不能用通行密钥", "No passkey"],
        ["这里没有开通通行密钥。请用动态码登录。", "Passkeys are not offered here. Please sign in with a code."],
    )
}

pub(super) fn passkey_refused() -> Words {
    Words::new(
        "passkey_refused",
        409,
        ["通行密钥没有通过", "The passkey was not accepted"],
        [
            "没有在五分钟内完成，或者这把密钥已经登记过。请从头再试一次。",
            "It took more than five minutes, or this key is registered already. Please start again.",
        ],
    )
}

pub(super) fn passkey_needed() -> Words {
    Words::new(
        "passkey_needed",
        403,
        ["请先用通行密钥登录", "Sign in with a passkey first"],
        [
            "已经有通行密钥的账号，要用其中一把登录以后才能添加或删除。密钥都不在了，请账号管理员重新邀请。",
            "Once an account has a passkey, one of them must have opened the session before one is added or \
                     removed. If all are lost, ask the account administrator for a new invitation.",
        ],
    )
}

pub(super) fn passkeys_full() -> Words {
    Words::new(
        "passkeys_full",
        409,
        ["通行密钥已经够多", "Enough passkeys"],
        [
            "一个账号最多十把通行密钥。请先删除一把不用的。",
            "An account has ten passkeys at most. Remove one that is not used first.",
        ],
    )
}

pub(super) fn not_allowed() -> Words {
    Words::new(
        "not_allowed",
        403,
        ["没有权限", "Not allowed"],
        [
            "您的岗位在这里不能做这一步。需要的话，请找账号管理员。",
            "Your role does not allow this here. If you need it, please ask the account administrator.",
        ],
    )
}
