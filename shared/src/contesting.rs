//! Where what an organ decides is contested, and in which order that is safe: 行政复议法 art 20, 22, 23, 24 and 87, 行政诉讼法 art 45
//! and 46. Whether somebody may sue at once hangs on what the decision is: of a duty that was not performed (art 11(11)) a review
//! has to come first (art 23(1)(3)).

use crate::locale::Locale;

/// Asking the government that reviews it.
pub fn review(locale: Locale, government: &str) -> String {
    say!(
        locale,
        "对这个决定不服的，可以自知道或者应当知道之日起 60 日内，向{government}申请行政复议，不收费；书面申请，\
         书面有困难的也可以口头申请\
         （《行政复议法》第二十条、第二十二条、第二十四条、第八十七条）。有的决定，法律要求先申请复议，不服的再起诉（《行政复议法》第二十三条）；\
         先申请复议、再起诉，哪一种决定都可以。对复议决定不服的，可以自收到复议决定书之日起 15 日内起诉；复议机关到期不作决定的，自复议期满之日起 15 日内起诉\
         （《行政诉讼法》第四十五条）。",
        "Whoever disagrees can ask {government} for an administrative review within 60 days of \
         knowing of it, free of charge, in writing or, where writing is difficult, orally (Administrative Reconsideration Law art \
         20, 22, 24 and 87). For some decisions the law asks for the review first and a suit after it (art 23); a review first and \
         then a suit is open for every one. Sue within 15 days of receiving its decision, or of the end of the time for one \
         (Administrative Litigation Law art 45)."
    )
}

/// Suing at the court.
pub fn suit(locale: Locale, court: &str) -> String {
    say!(
        locale,
        "法律没有要求先申请复议的，也可以自知道或者应当知道之日起 6 个月内，直接向{court}提起行政诉讼（《行政诉讼法》第四十六条）。",
        "Where the law does not ask for a review first, you can also sue at {court} directly, within 6 months of knowing of it \
         (Administrative Litigation Law art 46)."
    )
}
