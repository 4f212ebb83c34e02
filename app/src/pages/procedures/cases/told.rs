//! What a family reads of where its application stands, and what comes next.

use server::procedures::cases::{Side, Usual};
use shared::{
    calendar::Deadline,
    locale::Locale,
    procedures::{Outcome, State},
    say,
};

/// Where it stands, as the title of its page.
pub(super) fn title(locale: Locale, state: &State) -> &'static str {
    match state {
        State::Submitted => locale.say("已经提交，等民政部门受理", "Handed in, waiting to be accepted"),
        State::Accepted => locale.say("已经受理", "Accepted"),
        State::Reviewing => locale.say("正在审核", "Being reviewed"),
        State::Supplementing { .. } => locale.say("请补充几项内容", "Something more is needed from you"),
        State::Proposed(_) => locale.say("正在复核", "Being checked a second time"),
        State::Decided { outcome } | State::Closed { outcome } => match outcome {
            Outcome::Granted => locale.say("申请已经准予", "Your application is granted"),
            Outcome::Refused => locale.say("申请没有准予", "Your application is refused"),
        },
        State::Withdrawn => locale.say("申请已经撤回", "The application is withdrawn"),
    }
}

/// What comes next, and who does it.
pub(super) fn next(locale: Locale, state: &State) -> &'static str {
    match state {
        State::Submitted => locale.say(
            "民政部门看过以后受理。缺什么，会一次告诉您，现在不用做什么。",
            "The bureau looks at it and accepts it. If something is missing, you are told once, in full. There is nothing to do for now.",
        ),
        State::Accepted => locale.say(
            "接下来由工作人员审核。缺什么，会一次告诉您，现在不用做什么。",
            "Next it is reviewed. If something is missing, you are told once, in full. There is nothing to do for now.",
        ),
        State::Reviewing => locale.say(
            "工作人员在核实填写的内容。现在不用做什么。",
            "The bureau is checking what you entered. There is nothing to do for now.",
        ),
        State::Supplementing { .. } => locale.say(
            "补好以后接着办。只要求这一次，等您的时间不算在办理期限里。",
            "Once it is there, the bureau goes on. You are asked once only, and the time for which you are waited for is not counted.",
        ),
        State::Proposed(_) => locale.say(
            "一位工作人员已经审核过，另一位在复核。复核以后作出决定。",
            "One person has reviewed it, and another checks it. Then it is decided.",
        ),
        State::Decided { outcome: Outcome::Granted } => locale.say(
            "决定书可以在这里看、打印。怎么发、什么时候到账，请问民政部门。",
            "You can read and print the decision here. How and when it is paid, please ask the bureau.",
        ),
        State::Closed { outcome: Outcome::Granted } => locale.say(
            "已经办结。决定书可以在这里看、打印。",
            "It is closed. You can read and print the decision here.",
        ),
        State::Decided { outcome: Outcome::Refused } | State::Closed { outcome: Outcome::Refused } => locale.say(
            "理由写在决定书里。不同意的，可以申请复议或者起诉，怎么办也写在里面。",
            "The decision gives the reason. If you disagree, you can ask for a review or sue; the decision says how.",
        ),
        State::Withdrawn => locale.say(
            "民政部门不再办理。以后想申请，可以重新填一份。",
            "The bureau does nothing more with it. If you want to apply later, you can begin a new one.",
        ),
    }
}

/// Until when an answer is due, in a sentence.
pub(super) fn latest(locale: Locale, Deadline { date, provisional }: Deadline) -> String {
    let day = locale.full_date(date);
    let may_change = if provisional {
        locale.say(
            "（算到的日子里有一年的放假通知还没有公布，以后可能会变）",
            " (the holiday notice of a year that was counted is not out yet, so this may change)",
        )
    } else {
        ""
    };
    say!(locale, "最晚 {day}作出决定{may_change}。", "It is decided on {day} at the latest{may_change}.")
}

/// How long such applications took; nothing is promised by it.
pub(super) fn usual(locale: Locale, Usual { half, most, of }: Usual) -> String {
    say!(
        locale,
        "以往同样的申请，一半在 {half} 天内、九成在 {most} 天内有了决定（{of} 件里，不算等申请人补充的时间）。这不是承诺。",
        "Of {of} such applications, half were decided within {half} days and nine in ten within {most}, without the time for which \
         applicants were waited for. This is no promise."
    )
}

/// Who did something.
pub(super) fn side(locale: Locale, side: Side) -> &'static str {
    match side {
        Side::Office => locale.say("民政部门", "The bureau"),
        Side::Family => locale.say("您", "You"),
        Side::Clock => locale.say("到时间自动", "By the end of a time"),
    }
}
