//! The words for what is said of places, with gaps: `{n}` for a number, `{c}` for a time of day, `{t}` for a text, `{s}` for
//! another phrase, a weekday or a month.

use strum::VariantArray;

use crate::locale::Locale;

#[derive(Clone, Copy, Debug, PartialEq, Eq, VariantArray)]
pub enum Phrase {
    Nothing,
    /// The kind's own word for what is open, which a page knows.
    Open,
    Plain,
    Dotted,
    Both,
    Also,
    Of,
    More,
    AndMore,
    Suspended,
    ServiceUnknown,
    PriceUnknown,
    // A state, and what follows from it.
    ByAppointment,
    Closed,
    Unknown,
    Until,
    Always,
    AskFirst,
    UntilAskFirst,
    Opens,
    OpensAsked,
    NoNews,
    Later,
    MayBeAsked,
    MayOpen,
    CallFirst,
    OldRecord,
    // Days.
    Clock,
    DayClock,
    Tomorrow,
    Day,
    DayOfYear,
    Short,
    ShortOfYear,
    // How sure it is.
    Provisional,
    Booked,
    NeverConfirmed,
    ConfirmedOn,
    LongUnconfirmed,
    // How far it is.
    Metres,
    Kilometres,
    Tenths,
    Walk,
    // How it is called.
    NoPhone,
    DemoPhone,
    Phone,
    // Above a list.
    NothingFits,
    NearestFirst,
    NotSorted,
    VagueOrder,
    GoodTo,
    Outside,
    NoneNear,
    TooVague,
    Elsewhere,
    Unsure,
    // While somebody types.
    NothingFound,
    Meant,
    BestOf,
    Found,
    TooLong,
    Control,
}

impl Phrase {
    pub const ALL: &'static [Self] = Self::VARIANTS;

    /// With its gaps.
    pub fn words(self, locale: Locale) -> &'static str {
        let [zh, en] = self.both();
        locale.say(zh, en)
    }

    #[expect(clippy::too_many_lines, reason = "one table of words, a phrase a row")]
    fn both(self) -> [&'static str; 2] {
        match self {
            Self::Nothing | Self::Open => ["", ""],
            Self::Plain => ["{t}", "{t}"],
            Self::Dotted => ["{t} · {t}", "{t} · {t}"],
            Self::Both => ["{s}，{s}", "{s}, {s}"],
            Self::Also => ["{s}；{s}", "{s}; {s}"],
            Self::Of => ["{s}：", "{s}: "],
            Self::More => ["{t}、{s}", "{t}, {s}"],
            Self::AndMore => ["{t} 等 {n} 项", "{t} and {n} more"],
            Self::Suspended => ["暂停：{s}", "not for now: {s}"],
            Self::ServiceUnknown => {
                ["有没有这项服务不清楚，先打电话问", "Not known whether this is offered; call first"]
            }
            Self::PriceUnknown => ["收多少钱不清楚，先打电话问", "Not known what it costs; call first"],
            Self::ByAppointment => ["可以预约", "By appointment"],
            Self::Closed => ["现在关着", "Closed now"],
            Self::Unknown => ["不清楚开不开", "Hours not known"],
            Self::Until => ["到 {s}", "until {s}"],
            Self::Always => ["一直开着", "around the clock"],
            Self::AskFirst => ["要先预约", "ask for an appointment first"],
            Self::UntilAskFirst => ["到 {s}，要先预约", "until {s}; ask for an appointment first"],
            Self::Opens => ["{s} 开", "opens {s}"],
            Self::OpensAsked => ["{s} 起可以来，要先预约", "by appointment only, from {s}"],
            Self::NoNews => ["什么时候再开还没有消息", "nobody has said when it opens again"],
            Self::Later => ["今天晚些时候", "later today"],
            Self::MayBeAsked => ["{s}可以预约", "by appointment {s}"],
            Self::MayOpen => ["{s}开不开不清楚，先打电话问", "not known whether it opens {s}; call first"],
            Self::CallFirst => ["去之前先打电话问", "call before you go"],
            Self::OldRecord => ["按旧记录{s}", "By an old record: {s}"],
            Self::Clock => ["{c}", "{c}"],
            Self::DayClock => ["{s} {c}", "{s}, {c}"],
            Self::Tomorrow => ["明天 {s}", "Tomorrow, {s}"],
            Self::Day => ["{n}月{n}日 {s}", "{s} {n} {s}"],
            Self::DayOfYear => ["{n}年{n}月{n}日 {s}", "{s} {n} {s} {n}"],
            Self::Short => ["{n}月{n}日", "{n} {s}"],
            Self::ShortOfYear => ["{n}年{n}月{n}日", "{n} {s} {n}"],
            Self::Provisional => {
                ["放假安排还没有公布，时间可能会变", "The year’s holidays are not announced yet, so this may change"]
            }
            Self::Booked => [
                "预约的时间也在这里面；网上随时可以约",
                "Times to book lie within these hours; you can book online at any time",
            ],
            Self::NeverConfirmed => ["还没有人核实过，去之前先打电话", "Nobody has confirmed this; call before you go"],
            Self::ConfirmedOn => ["{s}核实过", "Confirmed on {s}"],
            Self::LongUnconfirmed => {
                ["已有 {n} 天没有人核实，去之前先打电话", "Nobody has confirmed this for {n} days; call before you go"]
            }
            Self::Metres => ["约 {n} 米", "about {n} m"],
            Self::Kilometres => ["约 {n} 公里", "about {n} km"],
            Self::Tenths => ["约 {n}.{n} 公里", "about {n}.{n} km"],
            Self::Walk => ["{s}，步行约 {n} 分钟", "{s}, about {n} minutes on foot"],
            Self::NoPhone => ["没有登记电话", "No phone is known"],
            Self::DemoPhone => ["演示电话，打不通：{t}", "Demo number, cannot be called: {t}"],
            Self::Phone => ["电话：{t}", "Phone: {t}"],
            Self::NothingFits => ["没有完全符合的", "Nothing fits all of this"],
            Self::NearestFirst => ["离您近的在前，共 {n} 个", "Nearest first, {n} in all"],
            Self::NotSorted => ["没法按远近排", "This cannot be sorted by distance"],
            Self::VagueOrder => [
                "手机给的位置很含糊，可能差{s}，先后只供参考。",
                "Your phone is unsure of where you are ({s}), so the order may be wrong.",
            ],
            Self::GoodTo => [
                "位置准到{s}；距离是直线，步行按老人的速度估。",
                "Your position is good to {s}. Distances are straight lines; walking is reckoned at an older person’s pace.",
            ],
            Self::Outside => [
                "您现在好像不在本地区。这里只有本地区的，下面还是近的在前。",
                "You seem to be outside this region. Only places of this region are listed here, nearest first all the same.",
            ],
            Self::NoneNear => [
                "{n} 公里以内没有，最近的{s}。走不开、走不动的，往下看还可以怎么办。",
                "There is none within {n} km; the nearest is {s} away. See below what else you can do.",
            ],
            Self::TooVague => [
                "手机只知道您在{s}的范围里，排不出远近。请在名单里选，或者到窗边、室外再点一次。",
                "Your phone only knows where you are within {s}, which is too vague to sort by. Choose from the list, or try \
                 again by a window or outdoors.",
            ],
            Self::Elsewhere => [
                "手机给的位置不在内地，没法按远近排。请在名单里选。",
                "Your phone says that you are not on the Chinese mainland, so nothing here can be sorted by distance. Choose \
                 from the list.",
            ],
            Self::Unsure => [
                "{n} 个还不清楚有没有要找的，排在最后，先打电话问",
                "{n} may or may not have it and come last: call first",
            ],
            Self::NothingFound => {
                ["没有找到。换个写法试试，拼音或者首字母也行。", "Nothing found. Try other words, pinyin or initials."]
            }
            Self::Meant => ["没有叫“{t}”的。您找的是不是这些？", "Nothing is called “{t}”. Did you mean one of these?"],
            Self::BestOf => [
                "找到 {n} 个，下面是最像的 {n} 个。点“找一找”看全部。",
                "{n} found; these are the best {n}. Press “Search” for all.",
            ],
            Self::Found => ["找到 {n} 个", "{n} found"],
            // As the server refuses them.
            Self::TooLong => [
                "要找的最多 {n} 个字符，请删去多余的内容。",
                "The words may have up to {n} characters. Please take out the rest.",
            ],
            Self::Control => [
                "这里有看不见的控制字符，请清空后用键盘重新输入。",
                "There is a hidden control character here. Please clear the field and type it again.",
            ],
        }
    }
}

/// All phrases of a language by their numbers, then weekdays and months, a line each, as a page carries them; `open` is the kind's
/// word for what is open.
pub fn table(locale: Locale, open: &str) -> String {
    let words =
        |phrase: &Phrase| if *phrase == Phrase::Open { open.to_owned() } else { phrase.words(locale).to_owned() };
    let names = locale.weekdays().into_iter().chain(locale.months()).map(str::to_owned);
    Phrase::ALL.iter().map(words).chain(names).collect::<Vec<_>>().join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn gaps(words: &str) -> Vec<&str> {
        words.split('{').skip(1).map(|part| &part[..1]).collect()
    }

    #[test]
    fn a_phrase_has_the_same_gaps_in_both_languages_but_for_the_order_of_a_date() {
        for phrase in Phrase::ALL {
            let [zh, en] = phrase.both();
            let is_date = matches!(phrase, Phrase::Day | Phrase::DayOfYear | Phrase::Short | Phrase::ShortOfYear);
            assert!(is_date || gaps(zh) == gaps(en), "{phrase:?}");
            assert!(!zh.contains('\n') && !en.contains('\n'), "{phrase:?}");
        }
    }

    #[test]
    fn a_page_carries_every_phrase_at_its_number() {
        let table = table(Locale::En, "In business");
        let lines: Vec<_> = table.split('\n').collect();
        assert_eq!(lines.len(), Phrase::ALL.len() + 7 + 12);
        assert_eq!(lines[Phrase::Open as usize], "In business");
        assert_eq!((lines[Phrase::Found as usize], lines[Phrase::ALL.len()]), ("{n} found", "Monday"));
        for (number, phrase) in Phrase::ALL.iter().enumerate() {
            assert_eq!(*phrase as usize, number);
        }
    }
}
