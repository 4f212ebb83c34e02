//! What the family reads of its case: where it stands, what comes next, and by when, as far as a text says so.
//!
//! Nothing is promised here that no text sets, and what somebody proposes is not told before a second person has signed.

pub mod before;
pub mod settled;

use chrono::NaiveDate;

use super::definition::{Payee, Procedure};
use super::state::{Outcome, State};
use crate::calendar::Deadline;
use crate::localised::Localised;

/// Where a case stands, for those who wait.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Told {
    /// In a few words.
    pub title: Localised,
    /// What has happened, and what comes next.
    pub sentences: Vec<Localised>,
}

/// By when the office owes an answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Until {
    /// No text that was seen sets a time.
    NotSet,
    /// The time begins with acceptance (受理).
    NotBegun,
    /// The time stands still until the family has handed in what it was asked for.
    StandsStill,
    By(Deadline),
    /// Everything is answered.
    Answered,
}

/// Where a case stands, by its state and by who is paid.
pub fn told(state: &State, payee: Payee) -> Told {
    match state {
        State::Submitted => said(
            ["已经收到", "We have your application"],
            &[
                ["您的申请已经交到，还没有受理。", "Your application has arrived and is not accepted yet."],
                [
                    "接下来由工作人员看过再受理，受理以后这一页会写明。缺什么，只问一次，一次说全。",
                    "Next, somebody looks at it and accepts it, which this page will say. What is missing is asked for once, all of it \
                     together.",
                ],
            ],
        ),
        State::Accepted => said(
            ["已经受理", "Accepted"],
            &[
                ["您的申请已经受理。", "Your application has been accepted."],
                [
                    "接下来由工作人员核对您填的内容和材料。",
                    "Next, what you entered and your papers are looked through.",
                ],
            ],
        ),
        State::Reviewing => said(
            ["正在审核", "Being reviewed"],
            &[
                ["工作人员正在核对您填的内容和材料。", "Somebody is looking through what you entered and your papers."],
                [
                    "一个人提出意见以后，要另一个人复核，才是决定。",
                    "One person proposes an answer, and it becomes the decision once another has signed it.",
                ],
            ],
        ),
        State::Supplementing { .. } => said(
            ["还缺几样，请您补上", "A few things are missing"],
            &[
                [
                    "要补的都列出来了，只问这一次。别的您填过的都还在，不用再填。",
                    "All that is missing is listed, and it is asked once. Everything else that you entered is kept.",
                ],
                [
                    "有拿不准的，请问办理的部门。您补的这段时间不算在办理的时间里。",
                    "If something is unclear, please ask the office. The time that you need is not counted as the office's.",
                ],
            ],
        ),
        State::Proposed(_) => said(
            ["等另一个人复核", "Waiting for a second signature"],
            &[
                [
                    "审核的人已经提出意见，正在等另一个人复核。复核以前还不是决定。",
                    "Somebody has proposed an answer, which another person is to sign. Until then it is not a decision.",
                ],
                [
                    "复核的人同意了就作出决定；有疑问的，会退回再审。",
                    "If the other person agrees, it is decided; if there are doubts, it goes back to be reviewed.",
                ],
            ],
        ),
        State::Decided { outcome } => decided(*outcome, payee, ["已经作出决定", "Decided"]),
        State::Closed { outcome } => decided(*outcome, payee, ["已经办结", "Closed"]),
        State::Withdrawn => said(
            ["您已经撤回", "Withdrawn"],
            &[
                ["按您的意思，这件申请不再往下办。", "As you wished, nothing more is done about this application."],
                [
                    "以后想再办，可以重新申请，也可以请办理的部门把这一件重新打开。到哪一天为止可以再申请，请早一点问。",
                    "If you want to go on later, apply again, or ask the office to open this one again. Ask early until when you can.",
                ],
            ],
        ),
    }
}

/// What was decided: the letter is the decision, and this is where it leads.
fn decided(outcome: Outcome, payee: Payee, title: [&str; 2]) -> Told {
    match outcome {
        Outcome::Granted => said(title, &[GRANTED, next(payee)]),
        Outcome::Refused => said(title, &[REFUSED, CONTEST, ASK_ABOUT_IT]),
    }
}

fn said(title: [&str; 2], sentences: &[[&str; 2]]) -> Told {
    Told { title: words(title), sentences: sentences.iter().copied().map(words).collect() }
}

impl Until {
    /// By the definition's clock and what it comes to for this case.
    pub fn of(procedure: &Procedure, state: &State, latest: Option<Deadline>) -> Self {
        match (state, latest) {
            _ if !state.is_open() => Self::Answered,
            _ if procedure.clock.is_none() => Self::NotSet,
            (State::Supplementing { .. }, _) => Self::StandsStill,
            (_, None) => Self::NotBegun,
            // What no holiday notice can change is told as it is.
            (_, Some(latest)) => {
                let heeds = procedure.clock.is_some_and(|clock| clock.limit.heeds_holidays());
                Self::By(Deadline { provisional: latest.provisional && heeds, ..latest })
            }
        }
    }

    /// In words; nothing where everything is answered.
    pub fn told(self, today: NaiveDate) -> Vec<Localised> {
        let latest = match self {
            Self::Answered => return Vec::new(),
            Self::NotSet => return vec![words(NO_TIME)],
            Self::NotBegun => return vec![words(NOT_BEGUN)],
            Self::StandsStill => return vec![words(STANDS_STILL)],
            Self::By(latest) => latest,
        };
        let mut told = vec![by(latest.date)];
        if latest.provisional {
            told.push(words([
                "后面的放假安排还没有全部公布，这一天可能会变；变了这里会改。",
                "Not all holidays until then are announced, so the day may still change; this page will say so.",
            ]));
        }
        if latest.date < today {
            told.push(words([
                "这一天已经过了，您还没有收到决定。这不是您的错，请问办理的部门。",
                "That day is over and you have no decision. This is not your fault; please ask the office.",
            ]));
        }
        told
    }
}

fn by(day: NaiveDate) -> Localised {
    use crate::locale::Locale::{En, Zh};
    let (zh, en) = (Zh.full_date(day), En.full_date(day));
    Localised::new(
        format!("按规定，最迟 {zh} 作出决定。"),
        format!("By the rules it is decided on {en} at the latest."),
    )
}

const NO_TIME: [&str; 2] = [
    "没有看到规定写明多久要办好，所以这里不写日子。想知道办到哪里，随时可以来这一页看。",
    "No text that was seen says how long this may take, so no day stands here. This page shows how far it is.",
];
const NOT_BEGUN: [&str; 2] = [
    "受理以后才开始算时间，那时这里会写最迟哪一天。",
    "The time begins once it is accepted, and the latest day stands here then.",
];
const STANDS_STILL: [&str; 2] = [
    "办理的时间停着，等您补上以后接着算，那时这里会写最迟哪一天。",
    "The office's time stands still. It goes on once you have handed in what is missing; the latest day stands here then.",
];
const GRANTED: [&str; 2] =
    ["您的申请得到了同意，写在决定书里。", "Your application has been granted, as the letter says."];
const REFUSED: [&str; 2] = [
    "这次没有同意。为什么、依据哪一条，都写在决定书里。",
    "It was not granted this time. The letter says why, and by which article.",
];
/// 行政复议法（2023）第二十条、第二十三条；行政诉讼法第四十六条.
const CONTEST: [&str; 2] = [
    "不同意的，从知道决定那天起，60 天内可以申请行政复议；法律没有要求先复议的，6 个月内也可以直接向法院起诉。向哪里提，决定书里写着。",
    "If you disagree, from the day you learn of it you have 60 days to ask for a review (行政复议) or, where the law does not ask \
     for one first, six months to go to court directly; the letter says where.",
];
const ASK_ABOUT_IT: [&str; 2] = [
    "看不明白的，可以先问办理的部门，不影响您复议或者起诉；上面的时间不会因此停下来。",
    "If something is unclear you may ask the office first. You keep both ways, and the time for them goes on.",
];

/// What comes of a grant.
fn next(payee: Payee) -> [&'static str; 2] {
    match payee {
        Payee::Applicant => [
            "给多少、怎么发，看决定书；决定书里没有写金额的，核定以后再书面告诉您。哪一天到账要看发放的部门和银行，这里说不准。",
            "How much it is and how it is paid, the letter says; where it names no sum, you are told in writing once that is worked out. \
             The day depends on the paying office and the bank, so none is named here.",
        ],
        Payee::Waived => [
            "同意减免的部分不用您付，怎么减写在决定书里。",
            "You do not pay what is waived; the letter says how it is taken off.",
        ],
    }
}

fn words([zh, en]: [&str; 2]) -> Localised {
    Localised::new(zh, en)
}

#[cfg(test)]
mod tests;
