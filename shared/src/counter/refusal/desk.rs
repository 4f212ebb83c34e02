//! What is refused where somebody says that a booking is not theirs.

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

pub(super) fn look_again() -> Words {
    Words::new(
        "look_again",
        409,
        ["没有撤销", "Not released"],
        [
            "查到的结果只在十分钟里有效，只给查的人用。请看着证件再查一次。",
            "What was found is good for ten minutes and for whoever found it. Please look it up again from the document.",
        ],
    )
}
