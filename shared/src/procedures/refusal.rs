//! What is refused where a case is worked on, each in its own words.

mod apart;

use super::act::ActName;
use super::file::NotTaken;
use super::state::{PROPOSAL_LIFETIME, StateName};
use crate::problem::{self, Problem, Words};

/// Why something is not done to a case.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// Somebody has done something to it since it was looked at.
    Changed {
        state: StateName,
    },
    /// Somebody has given it to somebody else since it was looked at.
    GivenMeanwhile,
    /// It is not to be done in this state, or not by this side.
    NotNow {
        state: StateName,
        act: ActName,
    },
    /// The family is asked once, in full.
    AskedBefore,
    /// Nobody told the family in time what is missing, so that it counts as accepted.
    AcceptedBySilence,
    NothingAsked,
    /// Whoever filled it in for the family neither proposes nor signs.
    FiledByYou,
    ProposedByYou,
    /// Nobody decides on their own application.
    AppliedByYou,
    /// Whoever put an answer into a case does not sign it.
    EnteredByYou,
    /// Who signs could sign before it was proposed.
    SignerTooNew,
    /// Whoever proposed it was stopped since.
    ProposerStopped,
    /// Its sum asks for a further signature first.
    NeedsCosign,
    CosignedByYou,
    /// Another change of the sum waits.
    ThresholdWaits,
    ProposalLapsed,
    ProposalChanged,
    /// What is granted once was granted in another case.
    GrantedBefore,
    /// What it said of people was erased, as long after its end as it is kept.
    Erased,
    /// The day until which a draft was kept is over.
    DraftOver,
    /// It has become a case.
    DraftSubmitted,
    /// Another window saved since it was read.
    DraftChanged,
    /// The region takes no such applications, or none any more.
    NotOffered,
    /// A photograph or file is not taken, or not given out.
    File(NotTaken),
    /// Nothing was decided that could be rated.
    RatedTooEarly,
    /// Somebody of the office has read the rating, so that it stays as it is.
    RatingRead,
    /// It was put otherwise as often as it can be.
    RatedOften,
    /// Whoever worked on a case does not ask what went wrong with it.
    RatingOfYourWork,
    /// Somebody has followed it up, or there is no bad word to follow up.
    NothingToFollow,
    /// The family has written as often as it can before the office answers.
    WrittenOften,
}

impl Refusal {
    /// One of each, for the tests of words and documents.
    pub fn examples() -> Vec<Problem> {
        let all = [
            Self::Changed { state: StateName::Reviewing },
            Self::GivenMeanwhile,
            Self::NotNow { state: StateName::Closed, act: ActName::Propose },
            Self::AskedBefore,
            Self::AcceptedBySilence,
            Self::NothingAsked,
            Self::FiledByYou,
            Self::ProposedByYou,
            Self::AppliedByYou,
            Self::EnteredByYou,
            Self::SignerTooNew,
            Self::ProposerStopped,
            Self::NeedsCosign,
            Self::CosignedByYou,
            Self::ThresholdWaits,
            Self::ProposalLapsed,
            Self::ProposalChanged,
            Self::GrantedBefore,
            Self::Erased,
            Self::DraftOver,
            Self::DraftSubmitted,
            Self::DraftChanged,
            Self::NotOffered,
            Self::RatedTooEarly,
            Self::RatingRead,
            Self::RatedOften,
            Self::RatingOfYourWork,
            Self::NothingToFollow,
            Self::WrittenOften,
        ];
        all.into_iter().chain(NotTaken::examples().map(Self::File)).map(Problem::from).collect()
    }
}

impl problem::Refusal for Refusal {
    fn words(&self) -> Words {
        match self {
            Self::File(why) => why.words(),
            Self::Changed { state } => {
                let state = state.words();
                Words::new(
                    "case_changed",
                    409,
                    ["这件申请刚刚有变化", "The case has changed"],
                    [
                        &format!("有人刚办过这件申请，它现在：{}。请看过最新的情况再办。", state.zh),
                        &format!(
                            "Somebody has just worked on this case, which is {} now. Look at it again first.",
                            state.en
                        ),
                    ],
                )
            }
            Self::GivenMeanwhile => given_meanwhile(),
            Self::NotNow { state, act } => {
                let (state, act) = (state.words(), act.words());
                Words::new(
                    "case_not_now",
                    409,
                    ["现在不能这样办", "Not possible now"],
                    [
                        &format!("这件申请现在：{}，不能{}。请看看现在能办什么。", state.zh, act.zh),
                        &format!(
                            "This case is {} now, which leaves no room for {}. See what can be done.",
                            state.en, act.en
                        ),
                    ],
                )
            }
            Self::AskedBefore => Words::new(
                "case_asked_before",
                409,
                ["补正只能要求一次", "More can be asked for once"],
                [
                    "已经向申请人要求过一次补正，不能再要求。请根据现有的材料办理；缺的是本机关能查到的，请自己查。",
                    "The applicant has been asked once, which is all. Decide on what is there; look up yourselves what the bureau can \
                     look up.",
                ],
            ),
            Self::AcceptedBySilence => accepted_by_silence(),
            Self::NothingAsked => Words::new(
                "case_nothing_asked",
                422,
                ["没有选要补的内容", "Nothing was chosen"],
                [
                    "请选出要补正的每一项，一次说全。",
                    "Choose everything that is missing: it is asked for once, in full.",
                ],
            ),
            Self::FiledByYou => apart::filed_by_you(),
            Self::ProposedByYou => apart::proposed_by_you(),
            Self::AppliedByYou => apart::applied_by_you(),
            Self::EnteredByYou => apart::entered_by_you(),
            Self::SignerTooNew => apart::signer_too_new(),
            Self::ProposerStopped => apart::proposer_stopped(),
            Self::NeedsCosign => apart::needs_cosign(),
            Self::CosignedByYou => apart::cosigned_by_you(),
            Self::ThresholdWaits => apart::threshold_waits(),
            Self::ProposalLapsed => {
                let hours = PROPOSAL_LIFETIME.num_hours();
                Words::new(
                    "case_proposal_lapsed",
                    409,
                    ["意见已经过期", "The proposal is over"],
                    [
                        &format!("这条意见提出已经超过 {hours} 小时，不能再复核。请退回，重新提出。"),
                        &format!(
                            "This proposal is more than {hours} hours old and cannot be signed any more. Send it back to be made anew."
                        ),
                    ],
                )
            }
            Self::ProposalChanged => Words::new(
                "case_proposal_changed",
                409,
                ["意见和您看到的不一样", "Not what you saw"],
                [
                    "要复核的意见和您打开时看到的不一样了。请重新看过再复核。",
                    "The proposal is not the one that you looked at. Read it again before you sign.",
                ],
            ),
            Self::GrantedBefore => granted_before(),
            Self::Erased => erased(),
            Self::DraftOver => draft_over(),
            Self::DraftSubmitted => draft_submitted(),
            Self::DraftChanged => draft_changed(),
            Self::NotOffered => not_offered(),
            Self::RatedTooEarly => rated_too_early(),
            Self::RatingRead => rating_read(),
            Self::RatedOften => rated_often(),
            Self::RatingOfYourWork => rating_of_your_work(),
            Self::NothingToFollow => nothing_to_follow(),
            Self::WrittenOften => written_often(),
        }
    }
}

fn given_meanwhile() -> Words {
    Words::new(
        "case_given_meanwhile",
        409,
        ["这件申请刚刚转过手", "Given to somebody else"],
        [
            "您打开以后，有人把这件申请转过手，所以这次没有转。请看看现在在谁手里，再决定要不要转。",
            "Somebody has given this to another since you looked, so it was left as it is. See whose it is now before you give it away.",
        ],
    )
}

fn accepted_by_silence() -> Words {
    Words::new(
        "case_accepted_by_silence",
        409,
        ["已经视为受理，不能再要求补正", "Accepted by law: nothing more is asked for"],
        [
            "规定的时间里没有告知申请人要补什么，这件申请从收到那天起就视为受理了，不能再要求补正。请按现有的材料审核；缺的是本机关能查到的，请自己查。",
            "Nobody told the applicant in time what is missing, so the case counts as accepted since the day it came, and nothing more is \
             asked for. Decide on what is there; look up yourselves what the bureau can look up.",
        ],
    )
}

fn granted_before() -> Words {
    Words::new(
        "case_granted_before",
        409,
        ["已经准予过一次", "Granted before"],
        [
            "同一个编号在另一件申请里已经准予过，只能准予一次。请看看关联的申请，再决定怎么办。",
            "The same number was granted in another case, and it is granted once. Look at the linked case before you decide.",
        ],
    )
}

fn erased() -> Words {
    Words::new(
        "case_erased",
        409,
        ["内容已经按期限抹去", "Erased by now"],
        [
            "这件申请办完很久，里面的姓名、号码已经按保存期限抹去，不能再办。还有事的，请重新申请。",
            "This case ended long ago, and what it said of people has been erased, so nothing can be done with it. If there is more to \
             settle, please apply anew.",
        ],
    )
}

fn draft_over() -> Words {
    Words::new(
        "draft_over",
        410,
        ["草稿已经过期", "The draft is over"],
        [
            "这份草稿的保存期限已经过了，内容已经删除。请重新填写。",
            "The time for which this draft was kept is over, and it has been deleted. Please begin again.",
        ],
    )
}

fn draft_submitted() -> Words {
    Words::new(
        "draft_submitted",
        409,
        ["已经提交", "Handed in already"],
        [
            "这份申请已经提交，不能再改。可以用申请编号和手机号查看办理情况。",
            "This application has been handed in and cannot be changed any more. See how it stands with its number and the phone.",
        ],
    )
}

fn draft_changed() -> Words {
    Words::new(
        "draft_changed",
        409,
        ["草稿刚刚有变化", "The draft has changed"],
        [
            "这份草稿在另一个窗口改过，这一步没有保存，也没有提交。请看过现在填写的内容，再保存或者提交。",
            "The draft was changed in another window, and this step was neither kept nor handed in. Look at what stands there now first.",
        ],
    )
}

fn not_offered() -> Words {
    Words::new(
        "procedure_not_offered",
        404,
        ["这里不办理这件事", "Not offered here"],
        [
            "这个地方没有开通网上申请，或者已经停办。请到窗口询问。",
            "Applications for this are not taken online here, or not any more. Please ask at the counter.",
        ],
    )
}

fn rated_too_early() -> Words {
    Words::new(
        "rating_too_early",
        409,
        ["现在还不能评价", "Too early to be rated"],
        [
            "这件申请还没有决定，或者正在重新审核。作出决定以后，可以在申请的页面上评价。",
            "This application is not decided, or is being looked at again. Once it is decided you can rate it on its page.",
        ],
    )
}

fn rating_read() -> Words {
    Words::new(
        "rating_read",
        409,
        ["评价已经有人看过", "The rating has been read"],
        [
            "您的评价已经有工作人员看过，不能再改；这次写的没有保存。还有话要说，请拨打 12345。",
            "Staff have read your rating, so it stays as it is, and what you wrote now was not kept. To say more, call 12345.",
        ],
    )
}

fn rated_often() -> Words {
    Words::new(
        "rating_often",
        409,
        ["评价已经改过好多次", "Changed many times"],
        [
            "您的评价已经改过好多次，不能再改；这次写的没有保存，留下的是上一次的。还有话要说，请拨打 12345。",
            "Your rating was changed many times and stays as it was last; what you wrote now was not kept. To say more, call 12345.",
        ],
    )
}

fn rating_of_your_work() -> Words {
    Words::new(
        "rating_of_your_work",
        403,
        ["这件申请您办过", "You worked on this case"],
        [
            "差评要由没有办过这件申请的人回访。请转给别的同事。",
            "A bad rating is followed up by somebody who did not work on the case. Pass it on to a colleague.",
        ],
    )
}

fn nothing_to_follow() -> Words {
    Words::new(
        "rating_not_open",
        409,
        ["没有要回访的", "Nothing to follow up"],
        [
            "这件申请没有差评，或者同事已经回访过了。请看看现在的情况。",
            "This case has no bad rating, or a colleague has followed it up. See how it stands now.",
        ],
    )
}

fn written_often() -> Words {
    Words::new(
        "case_written_often",
        409,
        ["已经写了好几条", "Several messages wait already"],
        [
            "您写的好几条都在等工作人员看，这一条没有发出去。有人回复以后就可以再写；着急的，请拨打 12345。",
            "Several of your messages wait for somebody to read them, so this one was not sent. Once they have answered you can write \
             again; if it is urgent, call 12345.",
        ],
    )
}
