//! What is refused where roles are given.

use super::super::role::Role;
use crate::locale::Locale;
use crate::problem::Words;

const NOT_GIVEN: [&str; 2] = ["没有授予", "The role was not given"];
const NOT_DONE: [&str; 2] = ["没有办成", "Not done"];

pub(super) fn own_role() -> Words {
    Words::new(
        "own_role",
        403,
        NOT_GIVEN,
        [
            "不能给自己授予岗位，请另一位管理员办理。",
            "Nobody gives themselves a role. Please ask another administrator.",
        ],
    )
}

pub(super) fn takes_two() -> Words {
    Words::new(
        "role_takes_two",
        409,
        NOT_GIVEN,
        [
            "这个岗位要由两位管理员授予：一位提出，另一位同意。",
            "It takes two administrators to give this role: one proposes it and the other approves.",
        ],
    )
}

pub(super) fn administrators_there() -> Words {
    Words::new(
        "administrators_there",
        409,
        NOT_GIVEN,
        [
            "这里已经有两位账号管理员。再增加的，由其中一位提出，另一位同意。",
            "There are two account administrators here already. A further one is proposed by one of them and \
                     approved by another.",
        ],
    )
}

pub(super) fn roles_exclude(role: Role, held: Role) -> Words {
    Words::new(
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
    )
}

pub(super) fn whole_office(role: Role) -> Words {
    Words::new(
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
    )
}

pub(super) fn empty_time() -> Words {
    Words::new(
        "role_without_time",
        422,
        NOT_GIVEN,
        ["结束时间要晚于开始时间。", "A role ends after it begins. Please check both times."],
    )
}

pub(super) fn roles_elsewhere() -> Words {
    Words::new(
        "roles_elsewhere",
        409,
        NOT_DONE,
        [
            "这个人的账号归别的大厅管，不能在这里提名为账号管理员。请那边的账号管理员来办，或者找系统运维人员。",
            "Their account belongs to another office, so no administrator is made of them here. Ask an account \
                     administrator there, or whoever operates the portal.",
        ],
    )
}

pub(super) fn proposed_already() -> Words {
    Words::new(
        "proposed_already",
        409,
        NOT_GIVEN,
        [
            "同样的提议已经有了，正等另一位管理员同意。",
            "The same was proposed before and waits for another administrator.",
        ],
    )
}

pub(super) fn proposal_over() -> Words {
    Words::new(
        "proposal_over",
        409,
        NOT_GIVEN,
        [
            "这个提议已经有人处理过、撤回了、作废了，或者超过了 72 小时。需要的话请重新提出。",
            "This proposal was decided, withdrawn, void, or is older than 72 hours. If it is still needed, please \
                     propose it anew.",
        ],
    )
}

pub(super) fn approver_too_new() -> Words {
    Words::new(
        "approver_too_new",
        403,
        NOT_GIVEN,
        [
            "提出的时候您还不是这里的账号管理员，请当时就在任的另一位来同意。",
            "You were no administrator there yet when this was proposed. Please ask another who was.",
        ],
    )
}
