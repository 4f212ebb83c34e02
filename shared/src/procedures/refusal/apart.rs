//! Words for whoever is not the person to decide a case, whatever roles they have.

use crate::problem::Words;

pub(super) fn filed_by_you() -> Words {
    Words::new(
        "case_filed_by_you",
        403,
        ["这件申请是您代填的", "You filled this in"],
        [
            "这件申请是您在窗口代填的，提出意见和复核要由别的同事办。请转给同事。",
            "You filled this case in for the family, so others propose and sign. Pass it on to a colleague.",
        ],
    )
}

pub(super) fn proposed_by_you() -> Words {
    Words::new(
        "case_proposed_by_you",
        403,
        ["意见是您提的", "You proposed it"],
        [
            "这条意见是您自己提的，要由另一个人复核。请转给同事。",
            "You proposed this decision yourself, so another person signs it. Pass it on to a colleague.",
        ],
    )
}

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
        ["您的岗位是后来给的", "Your role came later"],
        [
            "这条意见提出的时候，您还没有签它的岗位，要由那时已经有这个岗位的人签。没有别人的，退回后重新提出。",
            "You could not sign yet when this was proposed, so somebody signs it who could. If there is nobody, it is sent back and \
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
            "提出这条意见的账号后来停用过、换过密码或者被退出过，意见不能再签。退回后重新提出。",
            "The account that proposed this was suspended, set up anew or signed out since, so it cannot be signed any more. It is \
             sent back and proposed anew.",
        ],
    )
}

pub(super) fn needs_cosign() -> Words {
    Words::new(
        "case_needs_cosign",
        409,
        ["还要财务岗位先签", "A further signature comes first"],
        [
            "金额到了要加签的起点，请财务岗位的人先在这件申请里签，再复核。",
            "From this sum on a finance officer signs first, on the page of this case. Then it is signed as decided.",
        ],
    )
}

pub(super) fn cosigned_by_you() -> Words {
    Words::new(
        "case_cosigned_by_you",
        403,
        ["您在这件申请里加签过", "You gave the further signature"],
        [
            "这件申请的加签是您签的，复核要由另一个人办。请转给同事。",
            "You gave the further signature in this case, so another person signs the decision. Pass it on to a colleague.",
        ],
    )
}

pub(super) fn threshold_waits() -> Words {
    Words::new(
        "threshold_waits",
        409,
        ["已经有一个改动在等确认", "Another change waits"],
        [
            "这一项已经有人提了新的起点，等别人确认。请先确认或者不同意那一个。",
            "Somebody has proposed another sum for this, which waits for a second person. Confirm or decline that one first.",
        ],
    )
}
