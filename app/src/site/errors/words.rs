//! What a page says of a problem.

use shared::{locale::Locale, problem::Problem};

use crate::words::Text;

pub(super) struct ProblemWords {
    pub title: String,
    pub what: String,
    /// What to do, where the sentence before does not say so.
    pub next: Option<&'static str>,
}

/// What any request can meet is explained at some length to somebody in front of a page; a domain's own refusals, and
/// what there is no more to say of, as they are.
pub(super) fn words(problem: &Problem, locale: Locale) -> ProblemWords {
    if let Some([title, what, next]) = at_length(problem) {
        let [title, what] = [title, what].map(|text| text.say(locale).to_owned());
        return ProblemWords { title, what, next: Some(next.say(locale)) };
    }
    match problem {
        Problem::RateLimited { .. } => {
            let title = locale.say("请稍等一会儿再试", "Please wait a moment").to_owned();
            let next = locale.say("您已经保存过的内容不会丢失。", "What you have already saved is not lost.");
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
        Problem::Busy => [
            Text("现在太忙了，请稍后再试", "We are very busy right now"),
            Text("我们暂时没能完成这一步。", "We could not finish this step for the moment."),
            Text(
                "请过几分钟重新打开这个页面。急事请拨打 12345。",
                "Please open the page again in a few minutes. If it is urgent, call 12345.",
            ),
        ],
        Problem::Unavailable => [
            Text("系统暂时用不了", "Out of service for the moment"),
            Text("这一步没有办成，您不用为此做什么。", "This step was not done. You did nothing wrong."),
            Text(
                "请过一会儿重新打开这个页面。急事请拨打 12345。",
                "Please open the page again in a little while. If it is urgent, call 12345.",
            ),
        ],
        Problem::Unanswered => [
            Text("没有等到结果", "No answer in time"),
            Text(
                "系统太久没有回应，不知道这一步有没有办成。",
                "The service did not answer in time, and this step may have been done or not.",
            ),
            Text(
                "请先看一下有没有办成（比如查一下预约），没有的话再试一次。急事请拨打 12345。",
                "Please look first (find the booking, for instance), and try again if it was not. If it is urgent, call \
                 12345.",
            ),
        ],
        Problem::Malformed | Problem::UnsupportedMediaType => [
            Text("没有看懂这次提交的内容", "We could not read what was sent"),
            Text(
                "可能是页面没有完整打开，所以什么都没有保存。",
                "The page may not have loaded completely, so nothing was saved.",
            ),
            Text("请返回上一页，刷新后再填写一次。", "Please go back, reload the page and fill it in again."),
        ],
        Problem::Internal => [
            Text("出了点问题，是我们这边的", "Something went wrong on our side"),
            Text("这一步没有完成，您不用为此做什么。", "This step was not completed. You did nothing wrong."),
            Text(
                "请过几分钟再试。如果还是不行，请拨打 12345。",
                "Please try again in a few minutes. If it still fails, call 12345.",
            ),
        ],
        Problem::RateLimited { .. }
        | Problem::Fields(_)
        | Problem::Unauthorized
        | Problem::IdempotencyMismatch
        | Problem::Refused(_) => return None,
    })
}
