//! What a page says of a problem.

use shared::{locale::Locale, problem::Problem, staff::Refusal};

use crate::words::Text;

pub(super) struct ProblemWords {
    pub title: String,
    pub what: String,
    /// What to do, where the sentence before does not say so.
    pub next: Option<&'static str>,
}

/// Of whom it is said, and what they wanted.
#[derive(Clone, Copy, Default)]
pub(super) struct Asked {
    /// A page was opened, and nothing was sent.
    pub opening: bool,
    pub staff: bool,
    /// They are the account administrator whom others are sent to.
    pub administers: bool,
}

/// What any request can meet is explained at some length to somebody in front of a page; a domain's own refusals, and
/// what there is no more to say of, as they are.
pub(super) fn words(problem: &Problem, asked: Asked, locale: Locale) -> ProblemWords {
    if asked.administers && problem.refusal() == Some(Refusal::NotAllowed) {
        let what = locale.say(
            "这一页不是您的岗位用的：管账号的人不办业务。还要别的岗位的，请另一位账号管理员授予，自己不能给自己。",
            "This page is for other roles: whoever looks after accounts does not work at counters. Another administrator gives you a \
             further role; nobody gives themselves one.",
        );
        return ProblemWords { title: problem.title(locale), what: what.to_owned(), next: None };
    }
    if let Some([title, what, next]) = ours(problem, asked).or_else(|| at_length(problem)) {
        let [title, what] = [title, what].map(|text| text.say(locale).to_owned());
        return ProblemWords { title, what, next: Some(next.say(locale)) };
    }
    match problem {
        Problem::RateLimited { .. } => {
            let title = locale.say("请稍等一会儿再试", "Please wait a moment").to_owned();
            let next = if asked.opening {
                locale.say("您已经保存过的内容不会丢失。", "What you have already saved is not lost.")
            } else {
                locale.say(
                    "这一次没有保存，什么都没有改变；以前保存过的不会丢失。",
                    "Nothing was saved this time and nothing was changed; what was saved before is not lost.",
                )
            };
            ProblemWords { title, what: problem.sentence(locale), next: Some(next) }
        }
        Problem::Fields(_) => {
            let what = locale.say("下面这些内容需要修改：", "These answers need attention:");
            let next = locale.say("请返回上一页修改。", "Please go back and change them.");
            ProblemWords { title: problem.title(locale), what: what.to_owned(), next: Some(next) }
        }
        _ => ProblemWords { title: problem.title(locale), what: problem.sentence(locale), next: None },
    }
}

/// What happened, why, and what to do next.
fn at_length(problem: &Problem) -> Option<[Text; 3]> {
    Some(match problem {
        Problem::NotFound => [
            Text("没有找到这个页面", "We can’t find this page"),
            Text("网址可能打错了，或者页面已经搬走。", "The address may be mistyped, or the page may have moved."),
            Text(
                "如果网址是别人发给您的，请对照原文检查有没有少复制几个字符。",
                "If somebody sent you the address, check that all of it was copied.",
            ),
        ],
        Problem::MethodNotAllowed => [
            Text("这个页面不能这样打开", "This page can’t be opened this way"),
            Text("它只用来接收表单，或者只能查看。", "It only takes forms, or can only be looked at."),
            Text("请从首页重新进入。", "Please start again from the home page."),
        ],
        Problem::CrossSite => [
            Text("为了您的安全，我们没有接收这次提交", "For your safety we did not accept this"),
            Text(
                "它看起来不是从本站的页面发出的，所以什么都没有改变。",
                "It does not seem to come from a page of this site, so nothing was changed.",
            ),
            Text("请回到本站的页面，再填写一次。", "Please go back to our page and send the form from there."),
        ],
        Problem::TooLarge => [
            Text("填写的内容太长了", "That is too much text"),
            Text(
                "一次最多接收 64 kB，大约两万个汉字，所以这次没有保存。",
                "We can take at most 64 kB at a time, so nothing was saved.",
            ),
            Text("请返回上一页，把内容改短后再继续。", "Please go back, shorten what you entered and continue."),
        ],
        Problem::Malformed | Problem::UnsupportedMediaType => [
            Text("没有看懂这次提交的内容", "We could not read what was sent"),
            Text(
                "可能是页面没有完整打开，所以什么都没有保存。",
                "The page may not have loaded completely, so nothing was saved.",
            ),
            Text("请返回上一页，刷新后再填写一次。", "Please go back, reload the page and fill it in again."),
        ],
        Problem::RateLimited { .. }
        | Problem::Fields(_)
        | Problem::Unauthorized
        | Problem::IdempotencyMismatch
        | Problem::Busy
        | Problem::Unavailable
        | Problem::Unanswered
        | Problem::Internal
        | Problem::Refused(_) => return None,
    })
}

/// What is wrong with the portal and not with what was asked. A page that was only opened has changed nothing, and whoever works
/// here calls nobody's service line.
fn ours(problem: &Problem, asked: Asked) -> Option<[Text; 3]> {
    let title = match problem {
        Problem::Busy => Text("现在太忙了，请稍后再试", "We are very busy right now"),
        Problem::Unavailable => Text("系统暂时用不了", "Out of service for the moment"),
        Problem::Unanswered => Text("没有等到结果", "No answer in time"),
        Problem::Internal => Text("出了点问题，是我们这边的", "Something went wrong on our side"),
        _ => return None,
    };
    let unsure = *problem == Problem::Unanswered;
    let what = match (asked.opening, unsure) {
        (true, _) => Text("这一页没有打开，什么都没有改变。", "The page was not opened, and nothing was changed."),
        (false, true) => Text(
            "系统太久没有回应，不知道这一步有没有办成。",
            "The service did not answer in time, and this step may have been done or not.",
        ),
        (false, false) => Text("这一步没有办成，您不用为此做什么。", "This step was not done. You did nothing wrong."),
    };
    let next = match (asked.opening, asked.staff, unsure) {
        (true, false, _) => Text(
            "请过一会儿再打开一次。急事请拨打 12345。",
            "Please open it again in a little while. If it is urgent, call 12345.",
        ),
        (true, true, _) => Text(
            "请再打开一次。一直打不开的，请告诉负责系统的同事；有人在等的，先用纸记，恢复以后补录。",
            "Please open it again. If it stays so, tell whoever looks after the system; while people wait, write on paper and enter \
             it afterwards.",
        ),
        (false, false, true) => Text(
            "请先看一下有没有办成（比如查一下预约），没有的话再试一次。急事请拨打 12345。",
            "Please look first (find the booking, for instance), and try again if it was not. If it is urgent, call \
             12345.",
        ),
        (false, false, false) => Text(
            "请过几分钟再试一次。急事请拨打 12345。",
            "Please try again in a few minutes. If it is urgent, call 12345.",
        ),
        (false, true, true) => Text(
            "请先回去看一下办成了没有，没有再做一次。一直这样的，请告诉负责系统的同事。",
            "Please look first whether it was done, and press again if it was not. If it stays so, tell whoever looks after the \
             system.",
        ),
        (false, true, false) => Text(
            "请回去再做一次。一直这样的，请告诉负责系统的同事；有人在等的，先用纸记，恢复以后补录。",
            "Please go back and press again. If it stays so, tell whoever looks after the system; while people wait, write on paper \
             and enter it afterwards.",
        ),
    };
    Some([title, what, next])
}
