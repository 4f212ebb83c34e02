//! Words for whoever is not the person to decide a case, whatever roles they have.

use crate::problem::Words;

pub(super) fn applied_by_you() -> Words {
    Words::new(
        "case_applied_by_you",
        403,
        ["这是您自己的申请", "It is your own application"],
        [
            "申请人是您自己，提出意见和复核要由别的同事办。请转给同事。",
            "You applied for this yourself, so others propose and sign. Pass it on to a colleague.",
        ],
    )
}

pub(super) fn entered_by_you() -> Words {
    Words::new(
        "case_entered_by_you",
        403,
        ["内容经过您的手", "You entered some of it"],
        [
            "这件申请有内容是您登记、更正或者转办的，复核要由另一个人办。请转给同事。",
            "You entered, put right or passed on what this case says, so another person signs it. Pass it on to a colleague.",
        ],
    )
}

pub(super) fn signer_too_new() -> Words {
    Words::new(
        "case_signer_too_new",
        403,
        ["您的复核岗位是后来给的", "Your role came later"],
        [
            "这条意见提出的时候，您还没有复核的岗位，要由那时已经能复核的人办。没有别人的，请退回，重新提出。",
            "You could not sign yet when this was proposed, so somebody signs it who could. If there is nobody, send it back to be \
             proposed anew.",
        ],
    )
}

pub(super) fn proposer_stopped() -> Words {
    Words::new(
        "case_proposer_stopped",
        409,
        ["提意见的账号后来停过", "Whoever proposed it was stopped"],
        [
            "提出这条意见的账号后来停用过、换过密码或者被退出过，意见不能再复核。请退回，重新提出。",
            "The account that proposed this was suspended, set up anew or signed out since, so it cannot be signed any more. Send \
             it back to be proposed anew.",
        ],
    )
}
