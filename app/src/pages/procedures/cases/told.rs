//! What a family reads beside where its application stands ([`shared::procedures::told`]): how long such applications took, and
//! who did something.

use server::procedures::cases::{Side, Usual};
use shared::{locale::Locale, say};

/// How long such applications took; nothing is promised by it.
pub(super) fn usual(locale: Locale, Usual { half, most, of }: Usual) -> String {
    say!(
        locale,
        "照一年来同样的申请看，大约一半在 {half} 天内、九成在 {most} 天内有决定（{of} 件已经有了决定，还在办的也算在内；不算等申请人补充的时间）。这不是承诺。",
        "By such applications of the last year about half are decided within {half} days and nine in ten within {most} ({of} are decided, \
         and those still open are counted too), without the time for which applicants were waited for. This is no promise."
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
