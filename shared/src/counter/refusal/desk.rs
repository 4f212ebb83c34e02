//! What is refused where somebody is looked for by a number of their own, says that a booking is not theirs, or has one changed.

use chrono::{DateTime, Utc};

use crate::calendar::shanghai;
use crate::counter::bound::{BOOKINGS, Bound, CANCELLATIONS, MOVES};
use crate::locale::Locale;
use crate::problem::Words;

const NOT_LOOKED: [&str; 2] = ["没有查", "Not looked up"];

pub(super) fn too_many_lookups(retry_after: u64) -> Words {
    let [zh, en] = [Locale::Zh, Locale::En].map(|locale| locale.wait(retry_after));
    Words::new(
        "too_many_lookups",
        429,
        NOT_LOOKED,
        [
            &format!("按证件查预约，一小时最多十次。请过 {zh}再查；急的，请另一位同事查。"),
            &format!(
                "Bookings are looked up by document at most ten times an hour. Please wait {en}, or ask a colleague where it \
                 is urgent."
            ),
        ],
    )
}

pub(super) fn too_many_searches(retry_after: u64) -> Words {
    let [zh, en] = [Locale::Zh, Locale::En].map(|locale| locale.wait(retry_after));
    Words::new(
        "too_many_searches",
        429,
        NOT_LOOKED,
        [
            &format!(
                "按证件或者手机找人太频繁了，请过 {zh}再找。按号码、预约号找不受限制：可以请对方报预约号，或者在名单上按时间找。"
            ),
            &format!(
                "That was too much looking by document or phone. Please wait {en}. Tickets and references can be looked for \
                 at any time: ask for the reference, or look by time on the sheet."
            ),
        ],
    )
}

pub(super) fn too_many_bookings(retry_after: u64) -> Words {
    let Bound { hour, day } = BOOKINGS;
    let [zh, en] = Locale::ALL.map(|locale| locale.wait(retry_after));
    Words::new(
        "too_many_bookings",
        429,
        ["没有预约", "Not booked"],
        [
            &format!(
                "代人预约，一个人一小时最多 {hour} 个，一天最多 {day} 个，所以没有约。请过 {zh}再办；急的，请另一位同事或者大厅负责人来办。\
                 他们也可以自己在网上约。"
            ),
            &format!(
                "One person makes at most {hour} bookings for others in an hour and {day} in a day, so nothing was booked. Please \
                 wait {en}, or ask a colleague or the office manager to do it. They can also book online themselves."
            ),
        ],
    )
}

pub(super) fn phone_of_many(again_at: DateTime<Utc>) -> Words {
    let [zh, en] = Locale::ALL.map(|locale| locale.full_date(shanghai(again_at).date_naive()));
    Words::new(
        "phone_of_many",
        429,
        ["没有预约", "Not booked"],
        [
            &format!(
                "这里填的一个手机，七天里您已经用来约过六个人，所以没有约。请填他们本人的手机；没有手机的，请另一位同事来约，或者{zh}以后再约。"
            ),
            &format!(
                "Within seven days you have given one of these phones for six people, so nothing was booked. Enter their own phone. \
                 Where they have none, ask a colleague to book them, or book after {en}."
            ),
        ],
    )
}

pub(super) fn too_many_cancellations(retry_after: u64) -> Words {
    let Bound { hour, day } = CANCELLATIONS;
    let [zh, en] = Locale::ALL.map(|locale| locale.wait(retry_after));
    Words::new(
        "too_many_cancellations",
        429,
        ["没有取消", "Not cancelled"],
        [
            &format!(
                "代人取消预约，一个人一小时最多 {hour} 个，一天最多 {day} 个，所以没有取消。请过 {zh}再办；急的，请另一位同事或者大厅负责人\
                 来办。网上还能取消的，预约的人也可以自己取消。"
            ),
            &format!(
                "One person cancels at most {hour} bookings for others in an hour and {day} in a day, so this one stands. Please \
                 wait {en}, or ask a colleague or the office manager to do it. Whoever booked can do so online as long as that is open."
            ),
        ],
    )
}

pub(super) fn too_many_moves(retry_after: u64) -> Words {
    let Bound { hour, day } = MOVES;
    let [zh, en] = Locale::ALL.map(|locale| locale.wait(retry_after));
    Words::new(
        "too_many_moves",
        429,
        ["没有改期", "Not moved"],
        [
            &format!(
                "代人改期，一个人一小时最多 {hour} 个，一天最多 {day} 个，所以没有改，还是原来的时间。请过 {zh}再办；急的，请另一位同事或者\
                 大厅负责人来办。网上还能改期的，预约的人也可以自己改。"
            ),
            &format!(
                "One person moves at most {hour} bookings for others in an hour and {day} in a day, so this one keeps its time. \
                 Please wait {en}, or ask a colleague or the office manager to do it. Whoever booked can do so online as long as that is open."
            ),
        ],
    )
}

pub(super) fn served_already() -> Words {
    Words::new(
        "served_already",
        409,
        ["没有撤销", "Not released"],
        [
            "这个预约已经办结，不能再撤销。要是来办的不是证件上的本人，请马上告诉大厅负责人；已经发证的，由登记机关依法处理，本人也可以报警、\
             申请行政复议或者起诉。",
            "This booking was served to its end and cannot be released any more. If those who came are not whom the document \
             names, tell the office manager at once. Once a certificate was issued, the registration authority deals with it \
             by law; the person can also go to the police, ask for a review or sue.",
        ],
    )
}

pub(super) fn look_again() -> Words {
    Words::new(
        "look_again",
        409,
        ["没有办成", "Not done"],
        [
            "查到的结果只在十分钟里有效，只给查的人用。请看着证件再查一次。",
            "What was found is good for ten minutes and for whoever found it. Please look it up again from the document.",
        ],
    )
}

pub(super) fn ended_untold() -> Words {
    Words::new(
        "ended_untold",
        409,
        ["现在办不了", "Cannot be done now"],
        [
            "不要解释原因，只说“现在办不了，请稍等”，再请大厅负责人来。有危险的，先不要声张，叫保安或者拨 110。",
            "Give no reason: say only that it cannot be done now, and to wait a moment; then fetch the office manager. Where there \
             is danger, say nothing aloud; call security or 110.",
        ],
    )
}

pub(super) fn read_in_full() -> Words {
    Words::new(
        "read_in_full",
        409,
        ["没有办成", "Not done"],
        [
            "您一天以内看过这里面完整的证件号码，所以不能由您来办。请另一位同事看着证件再查、再办，或者请大厅负责人。",
            "Within the last day you read a document number of this booking in full, so this is not for you to do. Ask a \
             colleague, or the office manager, to look it up from the document and do it.",
        ],
    )
}

pub(super) fn texts_abroad(code: u16) -> Words {
    Words::new(
        "texts_abroad",
        409,
        ["没有办成", "Not done"],
        [
            &format!(
                "今天发往 +{code} 这类号码的短信已经太多，暂时不再发了，所以没有办。预约的，请改填一个内地手机号码；改期的，请明天再办。"
            ),
            &format!(
                "Too many texts went to numbers like this in +{code} today, so nothing was done. To book, enter a mainland \
                 number; to move a booking, try again tomorrow."
            ),
        ],
    )
}

pub(super) fn still_needed() -> Words {
    Words::new(
        "still_needed",
        409,
        ["没有删除", "Not erased"],
        [
            "这个预约还有效，或者它的那一天还没有过完，办理还要用到里面的信息，所以现在不能删。不来办了的，先取消预约，马上就可以删；当天办完的，\
             过了当天就可以删。本人不同意的，可以向法院起诉（《个人信息保护法》第五十条）。",
            "This booking stands, or its day is not over, and what is kept is needed for it, so it cannot be erased now. Whoever \
             will not come cancels it first, and it can be erased at once; after the day it can be erased in any case. Whoever \
             disagrees may go to court (Personal Information Protection Law art 50).",
        ],
    )
}

pub(super) fn number_booked() -> Words {
    Words::new(
        "number_booked",
        409,
        ["没有更正", "Not corrected"],
        [
            "证件上的这个号码已经有一个有效的预约，一个人同时只能有一个，所以没有更正。请按证件查那个预约：不是本人约的，可以撤销；是本人约的，留一个，\
             取消另一个。",
            "This number has a booking that stands already, and each person has one at most, so nothing was corrected. Look that \
             booking up by the document: one that they did not make can be released, of two that they made one is cancelled.",
        ],
    )
}
